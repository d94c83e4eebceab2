/*-------------------------------------------------------------------------
 *
 * core/liquidity/stableswap.c
 *	  The invariant of StableSwap pools, swaps along it, and its slope.
 *
 * Sources of the formulas: Curve's 3pool, steth and pool templates
 * (curvefi/curve-contract), CurveStableSwapNG (curvefi/stableswap-ng),
 * StableMath of Balancer v2 as deployed with its MetaStable pools and, later,
 * with its ComposableStable pools, and of balancer/balancer-v3-monorepo.
 *
 *-------------------------------------------------------------------------
 */
#include "core/liquidity/stableswap.h"

#include "core/chain/calc.h"
#include "core/chain/fixed.h"

#define ONE		u256_from_u64(1)

static bool
is_balancer(const stableswap_pool *pool)
{
	return pool->variant >= STABLESWAP_BALANCER_V2;
}

/* What amp is a multiple of: the A_PRECISION of the contract */
static uint64_t
amp_precision(const stableswap_pool *pool)
{
	if (is_balancer(pool))
		return 1000;
	return pool->variant == STABLESWAP_RAW ? 1 : 100;
}

/* x / precision, which most pools of the raw kind do not have */
static u256
drop_precision(u256 x, uint64_t precision, core_status *status)
{
	return precision == 1 ? x : calc_div(status, x, u256_from_u64(precision));
}

/* Newton's iteration ends when it moves by no more than one unit */
static bool
is_settled(u256 a, u256 b)
{
	u256		distance = u256_cmp(a, b) > 0 ? u256_sub_wrap(a, b) : u256_sub_wrap(b, a);

	return u256_fits_u64(distance) && distance.limb[0] <= 1;
}

/*
 * The end of an iteration: a failure of its arithmetic, or 255 rounds without
 * an end, which 3pool alone takes for an answer.
 */
static core_status
iteration_result(const stableswap_pool *pool, core_status status, bool settled, u256 result,
				 u256 *out)
{
	if (status != CORE_OK)
		return status;
	if (!settled && pool->variant != STABLESWAP_RAW)
		return CORE_BAD_PARAMETER;
	*out = result;
	return CORE_OK;
}

core_status
stableswap_scale_balances(stableswap_pool *pool)
{
	core_status status = CORE_OK;

	for (int k = 0; k < pool->n; k++)
		pool->xp[k] = pool->has_rates
			? calc_mul_then_div(&status, pool->balance[k], pool->rate[k], FIXED_WAD)
			: pool->balance[k];
	return status;
}

/* ---------- the invariant ---------- */

/* n^n, of which the greatest is 8^8 */
static u256
coins_to_the_coins(int n)
{
	uint64_t	power = 1;

	for (int k = 0; k < n; k++)
		power *= (uint64_t) n;
	return u256_from_u64(power);
}

/* D^(n+1) / (n^n * product of xp), in the order of operations of the variant */
static u256
curve_product(const stableswap_pool *pool, u256 d, core_status *status)
{
	u256		product = d;

	for (int k = 0; k < pool->n; k++)
	{
		u256		divisor = pool->xp[k];

		if (pool->variant != STABLESWAP_NG)
			divisor = calc_scale(status, divisor, (uint64_t) pool->n);
		if (pool->variant == STABLESWAP_PLUS1)
			divisor = calc_add(status, divisor, ONE);
		product = calc_mul_then_div(status, product, d, divisor);
	}
	if (pool->variant == STABLESWAP_NG)
		product = calc_div(status, product, coins_to_the_coins(pool->n));
	return product;
}

/* D of all variants but that of MetaStable pools; sum is that of xp and not zero */
static core_status
curve_d(const stableswap_pool *pool, u256 sum, u256 *out)
{
	core_status status = CORE_OK;
	uint64_t	n = (uint64_t) pool->n;
	uint64_t	precision = amp_precision(pool);
	u256		ann = calc_scale(&status, pool->amp, n);
	u256		ann_less = calc_sub(&status, ann, u256_from_u64(precision));
	u256		weighted_sum = drop_precision(calc_mul(&status, ann, sum), precision, &status);
	u256		d = sum;
	bool		settled = false;

	for (int round = 0; round < STABLESWAP_MAX_ROUNDS && !settled && status == CORE_OK; round++)
	{
		u256		before = d;
		u256		product = curve_product(pool, d, &status);
		u256		num = calc_add(&status, weighted_sum, calc_scale(&status, product, n));
		u256		den = drop_precision(calc_mul(&status, ann_less, d), precision, &status);

		den = calc_add(&status, den, calc_scale(&status, product, n + 1));
		d = calc_mul_then_div(&status, num, d, den);
		settled = is_settled(d, before);
	}
	return iteration_result(pool, status, settled, d, out);
}

static u256
div_rounded(u256 a, u256 b, bool round_up, core_status *status)
{
	return round_up ? calc_div_up(status, a, b) : calc_div(status, a, b);
}

/* n^n * product of xp / D^(n-1), which Balancer keeps instead of its inverse */
static u256
balancer_product(const stableswap_pool *pool, u256 d, bool round_up, core_status *status)
{
	uint64_t	n = (uint64_t) pool->n;
	u256		product = calc_scale(status, pool->xp[0], n);

	for (int k = 1; k < pool->n; k++)
	{
		product = calc_scale(status, calc_mul(status, product, pool->xp[k]), n);
		product = div_rounded(product, d, round_up, status);
	}
	return product;
}

static core_status
balancer_v2_d(const stableswap_pool *pool, u256 sum, bool round_up, u256 *out)
{
	core_status status = CORE_OK;
	uint64_t	n = (uint64_t) pool->n;
	u256		precision = u256_from_u64(amp_precision(pool));
	u256		ann = calc_scale(&status, pool->amp, n);
	u256		ann_less = calc_sub(&status, ann, precision);
	u256		weighted_sum = calc_mul(&status, ann, sum);
	u256		d = sum;
	bool		settled = false;

	for (int round = 0; round < STABLESWAP_MAX_ROUNDS && !settled && status == CORE_OK; round++)
	{
		u256		before = d;
		u256		product = balancer_product(pool, d, round_up, &status);
		u256		num = div_rounded(calc_mul(&status, weighted_sum, product), precision,
									  round_up, &status);
		u256		den = div_rounded(calc_mul(&status, ann_less, product), precision,
									  !round_up, &status);

		num = calc_add(&status, calc_mul(&status, calc_scale(&status, d, n), d), num);
		den = calc_add(&status, calc_scale(&status, d, n + 1), den);
		d = div_rounded(num, den, round_up, &status);
		settled = is_settled(d, before);
	}
	return iteration_result(pool, status, settled, d, out);
}

/* round_up matters to MetaStable pools only */
static core_status
invariant(const stableswap_pool *pool, bool round_up, u256 *out)
{
	core_status status = CORE_OK;
	u256		sum = U256_ZERO;

	for (int k = 0; k < pool->n; k++)
		sum = calc_add(&status, sum, pool->xp[k]);
	if (status != CORE_OK)
		return status;
	if (u256_is_zero(sum))
	{
		*out = U256_ZERO;
		return CORE_OK;
	}
	if (pool->variant == STABLESWAP_BALANCER_V2)
		return balancer_v2_d(pool, sum, round_up, out);
	return curve_d(pool, sum, out);
}

core_status
stableswap_d(const stableswap_pool *pool, u256 *out)
{
	return invariant(pool, true, out);
}

core_status
stableswap_virtual_price(const stableswap_pool *pool, u256 supply, u256 *out)
{
	u256		d = U256_ZERO;
	u256		price;
	core_status status = invariant(pool, false, &d);

	price = calc_mul_then_div(&status, d, FIXED_WAD, supply);
	if (status == CORE_OK)
		*out = price;
	return status;
}

/* ---------- one balance from the others ---------- */

/*
 * y = (y^2 + c) / (2 * y + b - D) until it settles.  Balancer rounds up, and
 * begins one step further.
 */
static core_status
solve_balance(const stableswap_pool *pool, u256 d, u256 b, u256 c, u256 y, core_status status,
			  u256 *out)
{
	bool		round_up = is_balancer(pool);
	bool		settled = false;

	for (int round = 0; round < STABLESWAP_MAX_ROUNDS && !settled && status == CORE_OK; round++)
	{
		u256		before = y;
		u256		num = calc_add(&status, calc_mul(&status, y, y), c);
		u256		den = calc_add(&status, calc_scale(&status, y, 2), b);

		den = calc_sub(&status, den, d);
		y = div_rounded(num, den, round_up, &status);
		settled = is_settled(y, before);
	}
	return iteration_result(pool, status, settled, y, out);
}

/* Balance j of a Curve pool with the other balances as in pool->xp */
static core_status
curve_balance(const stableswap_pool *pool, u256 d, int j, u256 *out)
{
	core_status status = CORE_OK;
	uint64_t	n = (uint64_t) pool->n;
	uint64_t	precision = amp_precision(pool);
	u256		ann = calc_scale(&status, pool->amp, n);
	u256		sum = U256_ZERO;
	u256		c = d;
	u256		b;

	for (int k = 0; k < pool->n; k++)
	{
		if (k == j)
			continue;
		sum = calc_add(&status, sum, pool->xp[k]);
		c = calc_mul_then_div(&status, c, d, calc_scale(&status, pool->xp[k], n));
	}
	c = calc_scale(&status, calc_mul(&status, c, d), precision);
	c = calc_div(&status, c, calc_scale(&status, ann, n));
	b = calc_div(&status, calc_scale(&status, d, precision), ann);
	return solve_balance(pool, d, calc_add(&status, sum, b), c, d, status, out);
}

/*
 * The same of a Balancer pool, where the old balance of coin j cancels out but
 * for rounding.  v2 divides before it multiplies by the precision of amp, and
 * so do its composable pools, whose D is that of Curve.
 */
static core_status
balancer_balance(const stableswap_pool *pool, u256 d, int j, u256 *out)
{
	core_status status = CORE_OK;
	uint64_t	precision = amp_precision(pool);
	bool		is_v3 = pool->variant == STABLESWAP_BALANCER_V3;
	u256		ann = calc_scale(&status, pool->amp, (uint64_t) pool->n);
	u256		product = balancer_product(pool, d, false, &status);
	u256		square = calc_mul(&status, d, d);
	u256		sum = U256_ZERO;
	u256		b;
	u256		c;
	u256		y;

	for (int k = 0; k < pool->n; k++)
		if (k != j)
			sum = calc_add(&status, sum, pool->xp[k]);
	c = is_v3 ? calc_scale(&status, square, precision) : square;
	c = calc_div_up(&status, c, calc_mul(&status, ann, product));
	b = calc_div(&status, is_v3 ? calc_scale(&status, d, precision) : d, ann);
	if (!is_v3)
	{
		c = calc_scale(&status, c, precision);
		b = calc_scale(&status, b, precision);
	}
	c = calc_mul(&status, c, pool->xp[j]);
	b = calc_add(&status, sum, b);
	y = calc_div_up(&status, calc_add(&status, square, c), calc_add(&status, d, b));
	return solve_balance(pool, d, b, c, y, status, out);
}

static core_status
balance_of(const stableswap_pool *pool, u256 d, int j, u256 *out)
{
	return is_balancer(pool) ? balancer_balance(pool, d, j, out)
		: curve_balance(pool, d, j, out);
}

core_status
stableswap_y_at(const stableswap_pool *pool, u256 d, int i, int j, u256 x, u256 *out)
{
	stableswap_pool after = *pool;

	after.xp[i] = x;
	return balance_of(&after, d, j, out);
}

core_status
stableswap_y(const stableswap_pool *pool, int i, int j, u256 x, u256 *out)
{
	u256		d;
	core_status status = stableswap_d(pool, &d);

	return status == CORE_OK ? stableswap_y_at(pool, d, i, j, x, out) : status;
}

/* ---------- swaps ---------- */

/* Token units of coin k from units of xp, floored */
static u256
to_token_units(const stableswap_pool *pool, int k, u256 amount, core_status *status)
{
	return pool->has_rates ? calc_mul_then_div(status, amount, FIXED_WAD, pool->rate[k]) : amount;
}

static u256
from_token_units(const stableswap_pool *pool, int k, u256 amount, core_status *status)
{
	return pool->has_rates ? calc_mul_then_div(status, amount, pool->rate[k], FIXED_WAD) : amount;
}

/* amount less its fee, which is floored; ceiled by Balancer */
static u256
less_fee(u256 amount, u256 fee, bool round_up, core_status *status)
{
	u256		taken;

	if (u256_is_zero(fee))
		return amount;
	taken = div_rounded(calc_mul(status, amount, fee), u256_from_u64(STABLESWAP_FEE_ONE),
						round_up, status);
	return calc_sub(status, amount, taken);
}

/* dx in units of xp, less the fee where that is taken here */
static u256
scaled_input(const stableswap_pool *pool, int i, u256 dx, core_status *status)
{
	if (is_balancer(pool) && pool->variant != STABLESWAP_BALANCER_V3)
		dx = less_fee(dx, pool->fee, true, status);
	dx = from_token_units(pool, i, dx, status);
	if (pool->variant == STABLESWAP_BALANCER_V3)
		dx = less_fee(dx, pool->fee, true, status);
	return dx;
}

/* (a + b) / 2, the balance in the middle of a trade */
static u256
middle(u256 a, u256 b, core_status *status)
{
	return u256_shr(calc_add(status, a, b), 1);
}

/* The fee of a trade that takes coin i from xp[i] to x and coin j from xp[j] to y */
static u256
trade_fee(const stableswap_pool *pool, int i, int j, u256 x, u256 y, core_status *status)
{
	u256		fee = pool->fee;
	core_status fee_status;

	if (pool->variant != STABLESWAP_NG)
		return fee;
	fee_status = stableswap_dynamic_fee(fee, pool->offpeg_fee_multiplier,
										middle(pool->xp[i], x, status),
										middle(pool->xp[j], y, status), &fee);
	return calc_step(status, fee_status, fee);
}

core_status
stableswap_dy_at(const stableswap_pool *pool, u256 d, int i, int j, u256 dx, u256 *out)
{
	core_status status = CORE_OK;
	u256		x = calc_add(&status, pool->xp[i], scaled_input(pool, i, dx, &status));
	u256		y;
	u256		dy;

	if (status == CORE_OK)
		status = stableswap_y_at(pool, d, i, j, x, &y);
	if (status != CORE_OK)
		return status;
	/* one unit stays in the pool, in case y was rounded down */
	if (!u256_sub(pool->xp[j], y, &dy) || !u256_sub(dy, ONE, &dy))
		return CORE_NULL;
	if (is_balancer(pool))
		dy = to_token_units(pool, j, dy, &status);
	else if (pool->variant == STABLESWAP_RAW)
		dy = less_fee(to_token_units(pool, j, dy, &status), pool->fee, false, &status);
	else
	{
		dy = less_fee(dy, trade_fee(pool, i, j, x, y, &status), false, &status);
		dy = to_token_units(pool, j, dy, &status);
	}
	if (status == CORE_OK)
		*out = dy;
	return status;
}

core_status
stableswap_dy(const stableswap_pool *pool, int i, int j, u256 dx, u256 *out)
{
	u256		d;
	core_status status = stableswap_d(pool, &d);

	return status == CORE_OK ? stableswap_dy_at(pool, d, i, j, dx, out) : status;
}

core_status
stableswap_dynamic_fee(u256 fee, u256 offpeg_fee_multiplier, u256 xi, u256 xj, u256 *out)
{
	core_status status = CORE_OK;
	u256		one = u256_from_u64(STABLESWAP_FEE_ONE);
	u256		sum;
	u256		damped;

	if (u256_cmp(offpeg_fee_multiplier, one) <= 0)
	{
		*out = fee;
		return CORE_OK;
	}
	sum = calc_add(&status, xi, xj);
	damped = calc_scale(&status, u256_sub_wrap(offpeg_fee_multiplier, one), 4);
	damped = calc_mul(&status, calc_mul(&status, damped, xi), xj);
	damped = calc_div(&status, damped, calc_mul(&status, sum, sum));
	fee = calc_mul_then_div(&status, offpeg_fee_multiplier, fee, calc_add(&status, damped, one));
	if (status == CORE_OK)
		*out = fee;
	return status;
}

/* ---------- the slope ---------- */

core_status
stableswap_spot_price_at(const stableswap_pool *pool, u256 d, int i, int j, u256 *out)
{
	core_status status = CORE_OK;
	u256		ann = calc_scale(&status, pool->amp, (uint64_t) pool->n);
	u256		weighted = drop_precision(calc_mul(&status, ann, pool->xp[j]),
										  amp_precision(pool), &status);
	u256		product = calc_div(&status, d, coins_to_the_coins(pool->n));
	u256		price;

	for (int k = 0; k < pool->n; k++)
		product = calc_mul_then_div(&status, product, d, pool->xp[k]);
	price = calc_mul_then_div(&status, product, pool->xp[j], pool->xp[i]);
	price = calc_mul_then_div(&status, FIXED_WAD, calc_add(&status, weighted, price),
							calc_add(&status, weighted, product));
	if (status == CORE_OK)
		*out = price;
	return status;
}

core_status
stableswap_spot_price(const stableswap_pool *pool, int i, int j, u256 *out)
{
	u256		d;
	core_status status = stableswap_d(pool, &d);

	return status == CORE_OK ? stableswap_spot_price_at(pool, d, i, j, out) : status;
}

/* ---------- withdrawal of one coin ---------- */

u256
stableswap_imbalance_fee(const stableswap_pool *pool, core_status *status)
{
	return calc_div(status, calc_scale(status, pool->fee, (uint64_t) pool->n),
					   u256_from_u64(4 * ((uint64_t) pool->n - 1)));
}

/*
 * pool->xp less the fee on what each balance is out of proportion when coin i
 * goes to new_y and the invariant from d0 to d1.
 */
static core_status
reduce_balances(const stableswap_pool *pool, int i, u256 new_y, u256 d0, u256 d1,
				stableswap_pool *reduced)
{
	core_status status = CORE_OK;
	u256		base_fee = stableswap_imbalance_fee(pool, &status);
	u256		ideal = calc_div(&status, calc_add(&status, d0, d1),
									u256_from_u64(2 * (uint64_t) pool->n));

	*reduced = *pool;
	for (int k = 0; k < pool->n && status == CORE_OK; k++)
	{
		u256		x = pool->xp[k];
		u256		kept = calc_mul_then_div(&status, x, d1, d0);
		u256		expected = k == i ? calc_sub(&status, kept, new_y)
			: calc_sub(&status, x, kept);
		u256		average = k == i ? middle(x, new_y, &status) : x;
		u256		fee = base_fee;

		if (pool->variant == STABLESWAP_NG && status == CORE_OK)
			status = stableswap_dynamic_fee(base_fee, pool->offpeg_fee_multiplier, average,
											ideal, &fee);
		fee = calc_mul_then_div(&status, fee, expected, u256_from_u64(STABLESWAP_FEE_ONE));
		reduced->xp[k] = calc_sub(&status, x, fee);
	}
	return status;
}

core_status
stableswap_withdraw_one_coin(const stableswap_pool *pool, int i, u256 amount, u256 supply,
							 u256 *out)
{
	stableswap_pool reduced;
	u256		d0;
	u256		d1;
	u256		y;
	u256		dy;
	core_status status = stableswap_d(pool, &d0);

	if (status != CORE_OK)
		return status;
	d1 = calc_sub(&status, d0, calc_mul_then_div(&status, amount, d0, supply));
	if (status == CORE_OK)
		status = balance_of(pool, d1, i, &y);
	if (status == CORE_OK)
		status = reduce_balances(pool, i, y, d0, d1, &reduced);
	if (status == CORE_OK)
		status = balance_of(&reduced, d1, i, &y);
	if (status != CORE_OK)
		return status;
	if (!u256_sub(reduced.xp[i], y, &dy) || !u256_sub(dy, ONE, &dy))
		return CORE_NULL;
	dy = to_token_units(pool, i, dy, &status);
	if (status == CORE_OK)
		*out = dy;
	return status;
}

/* ---------- A over time, and shares ---------- */

core_status
stableswap_amp(u256 a0, u256 a1, uint64_t elapsed, uint64_t duration, u256 *out)
{
	bool		rises = u256_cmp(a1, a0) > 0;
	u256		distance = rises ? u256_sub_wrap(a1, a0) : u256_sub_wrap(a0, a1);
	u256		moved;
	core_status status;

	if (elapsed >= duration)
	{
		*out = a1;
		return CORE_OK;
	}
	status = u256_mul_div(distance, u256_from_u64(elapsed), u256_from_u64(duration),
						  U256_FLOOR, &moved);
	/* moved is at most the distance */
	if (status == CORE_OK)
		*out = rises ? u256_add_wrap(a0, moved) : u256_sub_wrap(a0, moved);
	return status;
}

core_status
stableswap_share(const stableswap_pool *pool, int i, double *out)
{
	core_status status = CORE_OK;
	u256		sum = U256_ZERO;

	for (int k = 0; k < pool->n; k++)
		sum = calc_add(&status, sum, pool->xp[k]);
	if (status != CORE_OK)
		return status;
	if (u256_is_zero(sum))
		return CORE_NULL;
	(void) u256_ratio(pool->xp[i], sum, out);
	return CORE_OK;
}
