/*-------------------------------------------------------------------------
 *
 * core/leverage/morpho.c
 *	  Morpho Blue to the last digit.
 *
 * The order of the steps and the rounding of each are the contracts'.
 *
 *-------------------------------------------------------------------------
 */
#include "core/leverage/morpho.h"

#include <math.h>

#include "core/chain/calc.h"
#include "core/rate/shares.h"

#define WORD(x)			u256_from_u64(UINT64_C(x))

#define MAX_FEE				WORD(250000000000000000)
#define LIQUIDATION_CURSOR	WORD(300000000000000000)
#define MAX_INCENTIVE		WORD(1150000000000000000)

/* The model's constants, floored to a second as its ConstantsLib.sol does */
#define TARGET_UTILIZATION	WORD(900000000000000000)
#define ADJUSTMENT_SPEED	WORD(1585489599188)	/* 50 a year */
#define CURVE_STEEPNESS		WORD(4000000000000000000)
#define INITIAL_RATE		WORD(1268391679)	/* 4 % a year */
#define MIN_RATE			WORD(31709791)	/* 0.1 % */
#define MAX_RATE			WORD(63419583967)	/* 200 % */

static u256
wad_down(core_status *status, u256 a, u256 b)
{
	return calc_mul_div(status, a, b, FIXED_WAD, U256_FLOOR);
}

static u256
wad_over(core_status *status, u256 a, u256 b, u256_rounding rounding)
{
	return calc_mul_div(status, a, FIXED_WAD, b, rounding);
}

/* The unit of prices: 1e36 */
static u256
price_scale(void)
{
	return u256_mul_wrap(FIXED_WAD, FIXED_WAD);
}

static bool
is_portion(u256 wad)
{
	return u256_cmp(wad, FIXED_WAD) <= 0;
}

/* ---------- shares and interest ---------- */

static share_pool
market_pool(u256 total_assets, u256 total_shares)
{
	return (share_pool) {total_assets, total_shares, WORD(1), WORD(1000000)};
}

core_status
morpho_to_assets(u256 shares, u256 total_assets, u256 total_shares, u256_rounding rounding,
				 u256 *out)
{
	share_pool	pool = market_pool(total_assets, total_shares);

	return shares_to_assets(shares, &pool, rounding, out);
}

core_status
morpho_to_shares(u256 assets, u256 total_assets, u256 total_shares, u256_rounding rounding,
				 u256 *out)
{
	share_pool	pool = market_pool(total_assets, total_shares);

	return assets_to_shares(assets, &pool, rounding, out);
}

static u256
assets_of(core_status *status, u256 shares, u256 total_assets, u256 total_shares,
		  u256_rounding rounding)
{
	u256		out = U256_ZERO;
	core_status outcome = morpho_to_assets(shares, total_assets, total_shares, rounding, &out);

	return calc_step(status, outcome, out);
}

static u256
shares_of(core_status *status, u256 assets, u256 total_assets, u256 total_shares,
		  u256_rounding rounding)
{
	u256		out = U256_ZERO;
	core_status outcome = morpho_to_shares(assets, total_assets, total_shares, rounding, &out);

	return calc_step(status, outcome, out);
}

core_status
morpho_taylor_compounded(u256 rate, u256 seconds, u256 *out)
{
	core_status status = CORE_OK;
	u256		first = calc_mul(&status, rate, seconds);
	u256		second = calc_mul_div(&status, first, first, WORD(2000000000000000000), U256_FLOOR);
	u256		third = calc_mul_div(&status, second, first, WORD(3000000000000000000), U256_FLOOR);
	u256		sum = calc_add(&status, calc_add(&status, first, second), third);

	return calc_done(status, sum, out);
}

core_status
morpho_accrue(const morpho_market *market, u256 borrow_rate, u256 seconds, u256 fee,
			  morpho_accrual *out)
{
	u256		growth = U256_ZERO;
	core_status status = morpho_taylor_compounded(borrow_rate, seconds, &growth);
	morpho_accrual accrual = {U256_ZERO, U256_ZERO, *market};
	morpho_market *after = &accrual.after;
	u256		fee_assets;

	calc_require(&status, u256_cmp(fee, MAX_FEE) <= 0);
	accrual.interest = wad_down(&status, market->borrow_assets, growth);
	after->borrow_assets = calc_add(&status, market->borrow_assets, accrual.interest);
	after->supply_assets = calc_add(&status, market->supply_assets, accrual.interest);
	fee_assets = wad_down(&status, accrual.interest, fee);
	/* the fee was never the suppliers', so that it does not raise the price it buys at */
	accrual.fee_shares = shares_of(&status, fee_assets,
								   calc_sub(&status, after->supply_assets, fee_assets),
								   market->supply_shares, U256_FLOOR);
	after->supply_shares = calc_add(&status, market->supply_shares, accrual.fee_shares);
	(void) calc_u128(&status, after->borrow_assets);
	(void) calc_u128(&status, after->supply_assets);
	(void) calc_u128(&status, after->supply_shares);
	if (status == CORE_OK)
		*out = accrual;
	return status;
}

core_status
morpho_utilization(u256 supply_assets, u256 borrow_assets, u256 *out)
{
	core_status status = CORE_OK;
	u256		result = U256_ZERO;

	calc_require(&status, u256_cmp(borrow_assets, supply_assets) <= 0);
	if (!u256_is_zero(supply_assets))
		result = wad_over(&status, borrow_assets, supply_assets, U256_FLOOR);
	return calc_done(status, result, out);
}

/* ---------- adaptive curve ---------- */

/*
 * Signed operations that truncate toward zero.  What these get is bounded so
 * that they cannot fail: rates are below 2^36, errors at most 1e18, and the
 * greatest exponential, 5.8e58, times the greatest rate is below 2^255.
 */
static s256
mul_to_zero(s256 a, s256 b)
{
	s256		product = U256_ZERO;
	s256		out = U256_ZERO;

	(void) s256_mul(a, b, &product);
	(void) s256_div(product, FIXED_WAD, &out);
	return out;
}

static s256
div_to_zero(s256 a, s256 b)
{
	s256		out = U256_ZERO;

	(void) s256_div(a, b, &out);
	return out;
}

/* 2^q * value, truncated; value is positive and q within -60 .. 136 */
static s256
shifted(s256 value, s256 q)
{
	unsigned	bits = (unsigned) s256_magnitude(q).limb[0];

	return s256_is_negative(q) ? u256_shr(value, bits) : u256_shl(value, bits);
}

/* exp(x) = 2^q * exp(r) for |r| at most ln(2)/2, and that to the second term */
static s256
wexp_within_bounds(s256 x)
{
	const s256	ln2 = WORD(693147180559945309);
	s256		half = WORD(346573590279972654);
	s256		q;
	s256		r;
	s256		exp_r;

	if (s256_is_negative(x))
		half = s256_neg_wrap(half);
	q = div_to_zero(u256_add_wrap(x, half), ln2);
	r = u256_sub_wrap(x, u256_mul_wrap(q, ln2));
	/* the contract's two divisions of the square, which is positive, are one */
	exp_r = div_to_zero(u256_mul_wrap(r, r), WORD(2000000000000000000));
	return shifted(u256_add_wrap(u256_add_wrap(FIXED_WAD, r), exp_r), q);
}

s256
morpho_wexp(s256 x)
{
	/* -41.446531673892822312, 93.859467695000404319 and what the contract has for its exponential */
	static const s256 lower = {{UINT64_C(13893700547235832536), UINT64_MAX - 2,
	UINT64_MAX, UINT64_MAX}};
	static const s256 upper = {{UINT64_C(1625747326452646239), 5, 0, 0}};
	static const s256 upper_value = {{0, 0, UINT64_C(0x31d81650c7d88b80), 9}};

	if (s256_cmp(x, lower) < 0)
		return U256_ZERO;
	return s256_cmp(x, upper) >= 0 ? upper_value : wexp_within_bounds(x);
}

/* How far utilization is from its target: from -1 at zero to 1 at one */
static s256
utilization_error(u256 utilization)
{
	bool		above = u256_cmp(utilization, TARGET_UTILIZATION) > 0;
	s256		distance = u256_sub_wrap(utilization, TARGET_UTILIZATION);
	u256		range = above ? u256_sub_wrap(FIXED_WAD, TARGET_UTILIZATION) : TARGET_UTILIZATION;

	return div_to_zero(u256_mul_wrap(distance, FIXED_WAD), range);
}

/* A quarter of the rate at target at no utilization, four times it at full */
static u256
curve_rate(u256 rate_at_target, s256 error)
{
	s256		slope = u256_sub_wrap(CURVE_STEEPNESS, FIXED_WAD);

	if (s256_is_negative(error))
		slope = u256_sub_wrap(FIXED_WAD, div_to_zero(price_scale(), CURVE_STEEPNESS));
	return mul_to_zero(u256_add_wrap(mul_to_zero(slope, error), FIXED_WAD), rate_at_target);
}

static u256
adapted_rate(u256 rate_at_target, s256 adaptation)
{
	u256		rate = mul_to_zero(rate_at_target, morpho_wexp(adaptation));

	return u256_cmp(rate, MIN_RATE) < 0 ? MIN_RATE : calc_min(rate, MAX_RATE);
}

/* The average of the rates at the start, in the middle (twice) and at the end */
static u256
average_rate(u256 start, u256 end, s256 adaptation)
{
	u256		mid = adapted_rate(start, div_to_zero(adaptation, WORD(2)));
	u256		sum = u256_add_wrap(u256_add_wrap(start, end), u256_add_wrap(mid, mid));

	return u256_shr(sum, 2);
}

/* Rates that the model can have stored */
static bool
is_rate_at_target(u256 rate)
{
	return u256_cmp(rate, MIN_RATE) >= 0 && u256_cmp(rate, MAX_RATE) <= 0;
}

core_status
morpho_irm(u256 utilization, u256 rate_at_target, u256 seconds, u256 *avg_rate,
		   u256 *end_rate_at_target)
{
	bool		is_first = u256_is_zero(rate_at_target);
	u256		average = INITIAL_RATE;
	u256		end = INITIAL_RATE;
	s256		error;
	s256		adaptation = U256_ZERO;

	if (!is_portion(utilization) || !(is_first || is_rate_at_target(rate_at_target)))
		return CORE_BAD_PARAMETER;
	error = utilization_error(utilization);
	if (s256_is_negative(seconds) ||
		!s256_mul(mul_to_zero(ADJUSTMENT_SPEED, error), seconds, &adaptation))
		return CORE_OUT_OF_RANGE;
	if (!is_first && u256_is_zero(adaptation))
		average = end = rate_at_target;
	else if (!is_first)
	{
		end = adapted_rate(rate_at_target, adaptation);
		average = average_rate(rate_at_target, end, adaptation);
	}
	*avg_rate = curve_rate(average, error);
	*end_rate_at_target = end;
	return CORE_OK;
}

core_status
morpho_borrow_rate(u256 utilization, u256 rate_at_target, u256 *out)
{
	if (!is_portion(utilization) || !is_rate_at_target(rate_at_target))
		return CORE_BAD_PARAMETER;
	*out = curve_rate(rate_at_target, utilization_error(utilization));
	return CORE_OK;
}

core_status
morpho_borrow_apy(u256 rate, double *out)
{
	double		apy = expm1(u256_to_double(rate) / 1e18 * (double) MORPHO_YEAR_SECONDS);

	if (!(apy <= DBL_MAX))
		return CORE_OUT_OF_RANGE;
	*out = apy;
	return CORE_OK;
}

core_status
morpho_supply_apy(u256 rate, u256 utilization, u256 fee, double *out)
{
	double		apy = 0;
	core_status status;

	if (!is_portion(utilization) || !is_portion(fee))
		return CORE_BAD_PARAMETER;
	status = morpho_borrow_apy(rate, &apy);
	if (status == CORE_OK)
		*out = apy * (u256_to_double(utilization) / 1e18) *
			(u256_to_double(u256_sub_wrap(FIXED_WAD, fee)) / 1e18);
	return status;
}

/* ---------- positions ---------- */

static void
require_lltv(core_status *status, u256 lltv)
{
	calc_require(status, u256_cmp(lltv, FIXED_WAD) < 0);
}

static u256
debt_of(core_status *status, const morpho_position *position)
{
	return assets_of(status, position->borrow_shares, position->borrow_assets,
					 position->total_borrow_shares, U256_CEIL);
}

core_status
morpho_max_borrow(u256 collateral, u256 price, u256 lltv, u256 *out)
{
	core_status status = CORE_OK;
	u256		value;

	require_lltv(&status, lltv);
	value = calc_mul_div(&status, collateral, price, price_scale(), U256_FLOOR);
	return calc_done(status, wad_down(&status, value, lltv), out);
}

static u256
max_borrow_of(core_status *status, const morpho_position *position)
{
	u256		out = U256_ZERO;
	core_status outcome = morpho_max_borrow(position->collateral, position->price,
											position->lltv, &out);

	return calc_step(status, outcome, out);
}

core_status
morpho_max_borrowable(const morpho_position *position, u256 *out)
{
	core_status status = CORE_OK;
	u256		limit = max_borrow_of(&status, position);
	u256		debt = debt_of(&status, position);

	return calc_done(status, calc_floor_sub(limit, debt), out);
}

core_status
morpho_is_healthy(const morpho_position *position, bool *out)
{
	core_status status = CORE_OK;
	u256		limit = max_borrow_of(&status, position);
	u256		debt = debt_of(&status, position);

	if (status == CORE_OK)
		*out = u256_is_zero(position->borrow_shares) || u256_cmp(limit, debt) >= 0;
	return status;
}

core_status
morpho_health_factor(const morpho_position *position, u256 *out)
{
	core_status status = CORE_OK;
	u256		limit = max_borrow_of(&status, position);
	u256		debt = debt_of(&status, position);

	if (status == CORE_OK && u256_is_zero(debt))
		return CORE_NULL;
	limit = wad_over(&status, limit, debt, U256_FLOOR);
	return calc_done(status, limit, out);
}

core_status
morpho_borrow_usage(const morpho_position *position, u256 *out)
{
	u256		health = U256_ZERO;
	u256		usage = U256_MAX;
	core_status status = morpho_health_factor(position, &health);

	if (status == CORE_OK && !u256_is_zero(health))
		usage = wad_over(&status, FIXED_WAD, health, U256_CEIL);
	return calc_done(status, usage, out);
}

core_status
morpho_liquidation_price(const morpho_position *position, u256 *out)
{
	core_status status = CORE_OK;
	u256		debt = debt_of(&status, position);
	u256		power = wad_down(&status, position->collateral, position->lltv);
	u256		price = U256_MAX;

	require_lltv(&status, position->lltv);
	if (status == CORE_OK && u256_is_zero(debt))
		return CORE_NULL;
	if (!u256_is_zero(power))
		price = calc_mul_div(&status, debt, price_scale(), power, U256_CEIL);
	return calc_done(status, price, out);
}

core_status
morpho_price_variation(const morpho_position *position, s256 *out)
{
	u256		price = U256_ZERO;
	core_status status = morpho_liquidation_price(position, &price);

	if (status == CORE_OK &&
		(u256_is_zero(position->price) || u256_equal(price, U256_MAX)))
		return CORE_NULL;
	price = wad_over(&status, price, position->price, U256_CEIL);
	price = calc_fits(&status, !s256_is_negative(price), price);
	return calc_done(status, u256_sub_wrap(price, FIXED_WAD), out);
}

core_status
morpho_incentive_factor(u256 lltv, u256 *out)
{
	core_status status = CORE_OK;
	u256		discount;
	u256		factor;

	require_lltv(&status, lltv);
	discount = wad_down(&status, LIQUIDATION_CURSOR, calc_floor_sub(FIXED_WAD, lltv));
	factor = wad_over(&status, FIXED_WAD, calc_sub(&status, FIXED_WAD, discount), U256_FLOOR);
	return calc_done(status, calc_min(factor, MAX_INCENTIVE), out);
}

/* The side of the exchange that the caller did not name */
static void
complete_exchange(core_status *status, const morpho_position *position,
				  morpho_liquidation *exchange)
{
	u256		factor = U256_ZERO;
	core_status outcome = morpho_incentive_factor(position->lltv, &factor);
	u256		amount;

	factor = calc_step(status, outcome, factor);
	if (!u256_is_zero(exchange->seized_assets))
	{
		amount = calc_mul_div(status, exchange->seized_assets, position->price, price_scale(), U256_CEIL);
		amount = wad_over(status, amount, factor, U256_CEIL);
		exchange->repaid_shares = shares_of(status, amount, position->borrow_assets,
											position->total_borrow_shares, U256_CEIL);
	}
	else
	{
		amount = assets_of(status, exchange->repaid_shares, position->borrow_assets,
						   position->total_borrow_shares, U256_FLOOR);
		amount = wad_down(status, amount, factor);
		exchange->seized_assets = calc_mul_div(status, amount, price_scale(), position->price,
											   U256_FLOOR);
	}
	exchange->repaid_assets = assets_of(status, exchange->repaid_shares, position->borrow_assets,
										position->total_borrow_shares, U256_CEIL);
}

/* Debt that is left when no collateral is: it leaves the market, at the suppliers' cost */
static void
write_off(core_status *status, const morpho_position *position, morpho_liquidation *exchange)
{
	u256		market_assets = calc_floor_sub(position->borrow_assets, exchange->repaid_assets);
	u256		market_shares = calc_sub(status, position->total_borrow_shares, exchange->repaid_shares);
	u256		assets;

	if (!u256_equal(exchange->seized_assets, position->collateral))
		return;
	exchange->bad_debt_shares = calc_sub(status, position->borrow_shares, exchange->repaid_shares);
	assets = assets_of(status, exchange->bad_debt_shares, market_assets, market_shares, U256_CEIL);
	exchange->bad_debt_assets = calc_min(assets, market_assets);
}

core_status
morpho_liquidate(const morpho_position *position, u256 seized_assets, u256 repaid_shares,
				 morpho_liquidation *out)
{
	bool		healthy = true;
	core_status status = morpho_is_healthy(position, &healthy);
	morpho_liquidation exchange = {.seized_assets = seized_assets,.repaid_shares = repaid_shares};

	calc_require(&status, !healthy && u256_is_zero(seized_assets) != u256_is_zero(repaid_shares));
	calc_require(&status, u256_cmp(position->borrow_shares, position->total_borrow_shares) <= 0);
	if (status == CORE_OK)
		complete_exchange(&status, position, &exchange);
	calc_require(&status, u256_cmp(exchange.seized_assets, position->collateral) <= 0);
	calc_require(&status, u256_cmp(exchange.repaid_shares, position->borrow_shares) <= 0);
	if (status == CORE_OK)
		write_off(&status, position, &exchange);
	if (status == CORE_OK)
		*out = exchange;
	return status;
}

/* ---------- to a utilization ---------- */

/* The supply at which what is borrowed is that utilization of it, rounded up */
static core_status
supply_for(u256 borrow_assets, u256 utilization, u256 *out)
{
	core_status status = CORE_OK;
	u256		supply = U256_ZERO;

	if (u256_is_zero(utilization) && !u256_is_zero(borrow_assets))
		return CORE_NULL;
	if (!u256_is_zero(utilization))
		supply = wad_over(&status, borrow_assets, utilization, U256_CEIL);
	return calc_done(status, supply, out);
}

core_status
morpho_to_utilization(morpho_action action, u256 supply_assets, u256 borrow_assets,
					  u256 utilization, u256 *out)
{
	u256		limit = U256_ZERO;
	core_status status;

	if (!is_portion(utilization))
		return CORE_BAD_PARAMETER;
	if (action == MORPHO_SUPPLY || action == MORPHO_WITHDRAW)
	{
		status = supply_for(borrow_assets, utilization, &limit);
		if (status == CORE_NULL && action == MORPHO_WITHDRAW)
			return calc_done(CORE_OK, U256_ZERO, out);
		return calc_done(status, action == MORPHO_SUPPLY ? calc_floor_sub(limit, supply_assets)
						 : calc_floor_sub(supply_assets, limit), out);
	}
	status = wad_mul(supply_assets, utilization, U256_FLOOR, &limit);
	return calc_done(status, action == MORPHO_BORROW ? calc_floor_sub(limit, borrow_assets)
					 : calc_floor_sub(borrow_assets, limit), out);
}
