/*-------------------------------------------------------------------------
 *
 * core/liquidity/stableswap_depth.c
 *	  How much of a coin a StableSwap pool takes before the price is bad.
 *
 *-------------------------------------------------------------------------
 */
#include "core/liquidity/stableswap_depth.h"

#include "core/chain/calc.h"
#include "core/chain/fixed.h"

#define TRIPLE_LIMBS	12

/* How a trade of some size compares with the least price */
typedef enum verdict
{
	IS_GOOD,
	IS_BAD,
	IS_REFUSED					/* the contract reverts */
} verdict;

/* The rate of coin k; any number will do for all of them where there are none */
static u256
rate_of(const stableswap_pool *pool, int k)
{
	return pool->has_rates ? pool->rate[k] : u256_from_u64(1);
}

/* a * b * c, which has up to 768 bits */
static void
triple_product(u256 a, u256 b, u256 c, uint64_t out[TRIPLE_LIMBS])
{
	u512		ab = u256_mul_full(a, b);

	memset(out, 0, sizeof(uint64_t) * TRIPLE_LIMBS);
	for (int m = 0; m < 4; m++)
	{
		uint64_t	high = 0;

		for (int k = 0; k < 8; k++)
			out[k + m] = limb_mul_add(ab.limb[k], c.limb[m], out[k + m], high, &high);
		out[m + 8] = high;
	}
}

/*
 * Whether dy * rate_j / (dx * rate_i) is at least the least price, as whole
 * numbers: the last digits of an answer depend on nothing else.
 */
static bool
average_is_good(const depth_search *search, u256 dx, u256 dy)
{
	uint64_t	got[TRIPLE_LIMBS];
	uint64_t	wanted[TRIPLE_LIMBS];

	triple_product(dy, rate_of(search->pool, search->j), FIXED_WAD, got);
	triple_product(dx, rate_of(search->pool, search->i), search->least_price, wanted);
	for (int k = TRIPLE_LIMBS - 1; k >= 0; k--)
		if (got[k] != wanted[k])
			return got[k] > wanted[k];
	return true;
}

/* The pool's price after dx has come in, were there no fee */
static core_status
price_after(const depth_search *search, u256 dx, u256 *price)
{
	stableswap_pool after = *search->pool;
	core_status status = CORE_OK;
	u256		amount = after.has_rates
		? calc_mul_then_div(&status, dx, after.rate[search->i], FIXED_WAD) : dx;

	after.xp[search->i] = calc_add(&status, after.xp[search->i], amount);
	if (status == CORE_OK)
		status = stableswap_y_at(search->pool, search->d, search->i, search->j,
								 after.xp[search->i], &after.xp[search->j]);
	if (status == CORE_OK)
		status = stableswap_spot_price_at(&after, search->d, search->i, search->j, price);
	return status;
}

static verdict
try_amount(const depth_search *search, u256 dx)
{
	core_status status;
	u256		result;
	bool		good;

	if (search->mode == DEPTH_MARGINAL)
	{
		status = price_after(search, dx, &result);
		good = status == CORE_OK && u256_cmp(result, search->least_price) >= 0;
	}
	else
	{
		status = stableswap_dy_at(search->pool, search->d, search->i, search->j, dx, &result);
		good = status == CORE_OK && average_is_good(search, dx, result);
	}
	/* a trade too small to give anything is a bad one, but the pool is not at its end */
	if (status != CORE_OK && status != CORE_NULL)
		return IS_REFUSED;
	return good ? IS_GOOD : IS_BAD;
}

core_status
depth_start(depth_search *search, const stableswap_pool *pool, int i, int j, u256 slippage,
			depth_reference reference, depth_mode mode)
{
	core_status status;
	u256		price = FIXED_WAD;

	*search = (depth_search) {.pool = pool, .i = i, .j = j, .mode = mode};
	status = stableswap_d(pool, &search->d);
	if (status == CORE_OK && reference == DEPTH_SPOT)
		status = stableswap_spot_price_at(pool, search->d, i, j, &price);
	if (status == CORE_OK)
		status = u256_mul_div(price, u256_sub_wrap(FIXED_WAD, slippage), FIXED_WAD, U256_FLOOR,
							  &search->least_price);
	return status;
}

/* The next amount to try: doubling until one is not good, then halving what is left */
static bool
next_amount(const depth_search *search, u256 *dx)
{
	u256		distance;

	if (!search->has_high)
	{
		*dx = search->pool->balance[search->i];
		if (!u256_is_zero(search->low))
			*dx = u256_shl(search->low, 1);
		if (u256_is_zero(*dx))
			*dx = u256_from_u64(1);
		return true;
	}
	distance = u256_sub_wrap(search->high, search->low);
	*dx = u256_add_wrap(search->low, u256_shr(distance, 1));
	return u256_bit_length(distance) > 1;
}

bool
depth_step(depth_search *search)
{
	u256		dx;
	verdict		answer;

	if (!next_amount(search, &dx))
		return false;
	/* doubled beyond 2^256 the amount has lost its top bit */
	answer = u256_cmp(dx, search->low) <= 0 ? IS_REFUSED : try_amount(search, dx);
	if (answer == IS_GOOD)
		search->low = dx;
	else
	{
		search->high = u256_cmp(dx, search->low) <= 0 ? U256_MAX : dx;
		search->has_high = true;
		search->high_failed = answer == IS_REFUSED;
	}
	return true;
}

/*
 * dy * rate_j / (dx * rate_i) as a double.  Rounded once, so that it is not below
 * 1 - slippage where the whole numbers are not; where the products do not fit,
 * as good as doubles are.
 */
static double
average_price(const depth_search *search, u256 dx, u256 dy)
{
	u256		rate_i = rate_of(search->pool, search->i);
	u256		rate_j = rate_of(search->pool, search->j);
	u256		in;
	u256		out;
	double		price = 0;

	if (u256_mul(dx, rate_i, &in) && u256_mul(dy, rate_j, &out))
		(void) u256_ratio(out, in, &price);
	else
		price = u256_to_double(dy) * u256_to_double(rate_j) /
			(u256_to_double(dx) * u256_to_double(rate_i));
	return price;
}

depth
depth_result(const depth_search *search)
{
	depth		found = {.amount_in = search->low, .exhausted = search->high_failed};

	if (u256_is_zero(search->low) ||
		stableswap_dy_at(search->pool, search->d, search->i, search->j, search->low,
						 &found.amount_out) != CORE_OK)
		return found;
	found.has_price = true;
	found.average_price = average_price(search, search->low, found.amount_out);
	return found;
}
