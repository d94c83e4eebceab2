/*-------------------------------------------------------------------------
 *
 * core/leverage/euler.c
 *	  Euler v2 to the last digit.
 *
 * The order of the steps and the rounding of each are the contracts'.
 *
 *-------------------------------------------------------------------------
 */
#include "core/leverage/euler.h"

#include "core/chain/calc.h"

#define FULL_UTILIZATION	u256_from_u64(EULER_FULL_UTILIZATION)

/* Bits that a stored debt has below one unit of the asset */
#define DEBT_PRECISION_BITS	31

static u256
ratio_of(core_status *status, u256 value, u256 bps)
{
	return calc_mul_div(status, value, bps, FIXED_PERCENT, U256_FLOOR);
}

static bool
is_portion(u256 bps)
{
	return u256_cmp(bps, FIXED_PERCENT) <= 0;
}

/* ---------- rates ---------- */

core_status
euler_utilization(u256 cash, u256 borrows, u256 *out)
{
	core_status status = CORE_OK;
	u256		total = calc_add(&status, cash, borrows);
	u256		result = U256_ZERO;

	if (!u256_is_zero(total))
		result = calc_mul_div(&status, borrows, FULL_UTILIZATION, total, U256_FLOOR);
	return calc_done(status, result, out);
}

core_status
euler_borrow_rate(u256 cash, u256 borrows, const euler_curve *curve, u256 *out)
{
	u256		utilization = U256_ZERO;
	core_status status = euler_utilization(cash, borrows, &utilization);
	u256		low = calc_min(utilization, curve->kink);
	u256		high = calc_floor_sub(utilization, curve->kink);
	u256		rate;

	calc_require(&status, u256_cmp(curve->kink, FULL_UTILIZATION) <= 0);
	rate = calc_add(&status, curve->base, calc_mul(&status, low, curve->slope1));
	rate = calc_add(&status, rate, calc_mul(&status, high, curve->slope2));
	return calc_done(status, rate, out);
}

core_status
euler_supply_rate(u256 rate, u256 cash, u256 borrows, u256 fee_bps, u256 *out)
{
	core_status status = CORE_OK;
	u256		total = calc_add(&status, cash, borrows);
	u256		result = U256_ZERO;

	calc_require(&status, is_portion(fee_bps));
	if (!u256_is_zero(total))
	{
		result = calc_mul(&status, rate, calc_floor_sub(FIXED_PERCENT, fee_bps));
		result = calc_mul_div(&status, result, borrows, total, U256_FLOOR);
		result = calc_div(&status, result, FIXED_PERCENT);
	}
	return calc_done(status, result, out);
}

/* (1 + rate)^seconds in ray */
static u256
compounded(core_status *status, u256 rate, u256 seconds)
{
	u256		base = calc_add(status, FIXED_RAY, rate);
	u256		power = FIXED_RAY;

	base = calc_fits(status, u256_fits_u64(seconds), base);
	if (*status == CORE_OK)
		*status = u256_pow_fixed(base, seconds.limb[0], FIXED_RAY, &power);
	return power;
}

core_status
euler_apy(u256 rate, u256 *out)
{
	core_status status = CORE_OK;
	u256		power = compounded(&status, rate, u256_from_u64(EULER_YEAR_SECONDS));

	return calc_done(status, calc_floor_sub(power, FIXED_RAY), out);
}

core_status
euler_accumulator(u256 rate, u256 seconds, u256 accumulator, u256 *out)
{
	core_status status = CORE_OK;
	u256		power = compounded(&status, rate, seconds);
	u256		result = calc_mul_div(&status, accumulator, power, FIXED_RAY, U256_FLOOR);

	return calc_done(status, result, out);
}

core_status
euler_debt(u256 owed, u256 accumulator, u256 account_accumulator, u256 *out)
{
	core_status status = CORE_OK;
	u256		unit = u256_shl(u256_from_u64(1), DEBT_PRECISION_BITS);
	u256		now = calc_mul_div(&status, owed, accumulator, account_accumulator, U256_FLOOR);
	u256		result = calc_mul_div(&status, now, u256_from_u64(1), unit, U256_CEIL);

	return calc_done(status, result, out);
}

/* ---------- health ---------- */

core_status
euler_liquidation_ltv(u256 initial_bps, u256 target_bps, uint64_t remaining, u256 ramp, u256 *out)
{
	core_status status = CORE_OK;
	u256		left = u256_from_u64(remaining);
	u256		result = target_bps;

	calc_require(&status, is_portion(initial_bps) && is_portion(target_bps));
	if (remaining > 0 && u256_cmp(target_bps, initial_bps) < 0)
	{
		calc_require(&status, u256_cmp(left, ramp) <= 0);
		left = calc_mul_div(&status, calc_floor_sub(initial_bps, target_bps), left, ramp, U256_FLOOR);
		result = calc_add(&status, target_bps, left);
	}
	return calc_done(status, result, out);
}

core_status
euler_adjusted_collateral(const u256 *values, const u256 *ltvs_bps, int n, u256 *out)
{
	core_status status = CORE_OK;
	u256		sum = U256_ZERO;

	for (int i = 0; i < n; i++)
	{
		calc_require(&status, is_portion(ltvs_bps[i]));
		sum = calc_add(&status, sum, ratio_of(&status, values[i], ltvs_bps[i]));
	}
	return calc_done(status, sum, out);
}

bool
euler_is_healthy(u256 adjusted_collateral, u256 liability_value)
{
	return u256_is_zero(liability_value) || u256_cmp(adjusted_collateral, liability_value) > 0;
}

core_status
euler_health_score(u256 adjusted_collateral, u256 liability_value, u256 *out)
{
	core_status status = u256_is_zero(liability_value) ? CORE_NULL : CORE_OK;
	u256		score = calc_mul_div(&status, adjusted_collateral, FIXED_WAD, liability_value,
									 U256_FLOOR);

	return calc_done(status, score, out);
}

/* ---------- liquidation ---------- */

/* What is paid for collateral of a value of one, in wad: one less the discount */
static u256
discount_factor(core_status *status, const euler_violation *violation)
{
	u256		factor = calc_mul_div(status, violation->adjusted_collateral, FIXED_WAD,
									  violation->liability_value, U256_FLOOR);
	u256		least;

	calc_require(status, u256_cmp(violation->max_discount_bps, FIXED_PERCENT) < 0);
	least = calc_floor_sub(FIXED_WAD, ratio_of(status, FIXED_WAD, violation->max_discount_bps));
	return u256_cmp(factor, least) < 0 ? least : factor;
}

core_status
euler_liquidation_discount(const euler_violation *violation, u256 *out)
{
	core_status status = CORE_OK;
	u256		factor = FIXED_WAD;

	calc_require(&status, u256_cmp(violation->max_discount_bps, FIXED_PERCENT) < 0);
	if (!euler_is_healthy(violation->adjusted_collateral, violation->liability_value))
		factor = discount_factor(&status, violation);
	return calc_done(status, calc_floor_sub(FIXED_WAD, factor), out);
}

/* The most that can be repaid, and what it buys */
static void
largest_liquidation(core_status *status, const euler_violation *violation, u256 *repay,
					u256 *yield)
{
	u256		factor = discount_factor(status, violation);
	u256		repay_value = violation->liability_value;
	u256		yield_value;

	*repay = U256_ZERO;
	*yield = violation->collateral_balance;
	if (u256_is_zero(violation->collateral_value))
		return;
	yield_value = calc_mul_div(status, repay_value, FIXED_WAD, factor, U256_FLOOR);
	if (u256_cmp(violation->collateral_value, yield_value) < 0)
	{
		repay_value = calc_mul_div(status, violation->collateral_value, factor, FIXED_WAD, U256_FLOOR);
		yield_value = violation->collateral_value;
	}
	*repay = calc_mul_div(status, repay_value, violation->liability, violation->liability_value,
						  U256_FLOOR);
	*yield = calc_mul_div(status, yield_value, violation->collateral_balance,
						  violation->collateral_value, U256_FLOOR);
}

core_status
euler_liquidate(const euler_violation *violation, u256 repay, u256 *repay_assets,
				u256 *yield_balance)
{
	core_status status = CORE_OK;
	u256		max_repay = U256_ZERO;
	u256		yield = U256_ZERO;

	calc_require(&status, u256_cmp(violation->max_discount_bps, FIXED_PERCENT) < 0);
	if (!u256_is_zero(violation->liability) &&
		!euler_is_healthy(violation->adjusted_collateral, violation->liability_value))
		largest_liquidation(&status, violation, &max_repay, &yield);
	if (!u256_equal(repay, U256_MAX))
	{
		calc_require(&status, u256_cmp(repay, max_repay) <= 0);
		if (!u256_is_zero(max_repay))
			yield = calc_mul_div(&status, repay, yield, max_repay, U256_FLOOR);
		max_repay = repay;
	}
	if (status == CORE_OK)
	{
		*repay_assets = max_repay;
		*yield_balance = yield;
	}
	return status;
}
