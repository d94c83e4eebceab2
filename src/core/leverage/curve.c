/*-------------------------------------------------------------------------
 *
 * core/leverage/curve.c
 *	  Interest rates as functions of utilization.
 *
 *-------------------------------------------------------------------------
 */
#include "core/leverage/curve.h"

#include <float.h>
#include <math.h>

#include "core/chain/calc.h"

#define SECONDS_PER_DAY	86400.0

/* ---------- curves of doubles ---------- */

curve_fault
curve_check(const double *utilizations, const double *rates, int n, int *at)
{
	for (*at = 0; *at < n; (*at)++)
	{
		if (!isfinite(utilizations[*at]) || !isfinite(rates[*at]))
			return CURVE_NOT_FINITE;
		if (*at > 0 && !(utilizations[*at - 1] < utilizations[*at]))
			return CURVE_NOT_ASCENDING;
	}
	return CURVE_SOUND;
}

static core_status
finite_result(double value, double *out)
{
	if (!isfinite(value))
		return CORE_OUT_OF_RANGE;
	*out = value;
	return CORE_OK;
}

/*
 * The value at x of the line through (x0, y0) and (x1, y1), reckoned from the
 * nearer end, so that each end's own value is exact; between them never beyond
 * either.
 */
static double
line_at(double x, const double *xs, const double *ys)
{
	double		share = (x - xs[0]) / (xs[1] - xs[0]);
	double		rest = (xs[1] - x) / (xs[1] - xs[0]);
	double		change = ys[1] - ys[0];
	double		value = share <= rest ? ys[0] + change * share : ys[1] - change * rest;

	if (!isfinite(change))
		value = ys[0] * rest + ys[1] * share;
	if (x < xs[0] || x > xs[1])
		return value;
	return fmax(fmin(ys[0], ys[1]), fmin(fmax(ys[0], ys[1]), value));
}

core_status
curve_kinked_rate(double utilization, const double *utilizations, const double *rates, int n,
				  bool extrapolate, double *out)
{
	int			low = 0;
	int			high = n - 1;

	if (!extrapolate && !(utilization >= utilizations[0] && utilization <= utilizations[n - 1]))
		return CORE_BAD_PARAMETER;
	while (high - low > 1)
	{
		int			middle = low + (high - low) / 2;

		if (utilizations[middle] <= utilization)
			low = middle;
		else
			high = middle;
	}
	return finite_result(line_at(utilization, &utilizations[low], &rates[low]), out);
}

core_status
curve_utilization(double borrowed, double supplied, double *out)
{
	if (supplied == 0 && borrowed > 0)
		return CORE_NULL;
	return finite_result(borrowed == 0 ? 0 : borrowed / supplied, out);
}

core_status
curve_supply_rate(double borrow_rate, double utilization, double reserve_factor, double *out)
{
	return finite_result(borrow_rate * utilization * (1 - reserve_factor), out);
}

core_status
curve_per_second_apr(double rate, double year_days, double *out)
{
	return finite_result(rate * (year_days * SECONDS_PER_DAY), out);
}

core_status
curve_per_second_apy(double rate, double year_days, double *out)
{
	return finite_result(expm1(year_days * SECONDS_PER_DAY * log1p(rate)), out);
}

/* ---------- Spark ---------- */

core_status
spark_savings_apr(u256 rate, u256 *out)
{
	core_status status = CORE_OK;
	u256		apr;

	calc_require(&status, u256_cmp(rate, FIXED_RAY) >= 0);
	apr = calc_mul(&status, calc_floor_sub(rate, FIXED_RAY), u256_from_u64(CURVE_YEAR_SECONDS));
	return calc_done(status, apr, out);
}

core_status
spark_source_rate(const u256 *rate, u256 lower, u256 upper, u256 fallback, u256 *out)
{
	core_status status = CORE_OK;
	u256		given = rate == NULL ? fallback : *rate;
	u256		bounded = calc_min(given, upper);

	calc_require(&status, u256_cmp(lower, fallback) <= 0 && u256_cmp(fallback, upper) <= 0);
	if (u256_cmp(bounded, lower) < 0)
		bounded = lower;
	return calc_done(status, bounded, out);
}

core_status
spark_slope1(u256 source_rate, s256 spread, u256 base, u256 *out)
{
	core_status status = CORE_OK;
	s256		slope = U256_ZERO;
	bool		fits = !s256_is_negative(source_rate) && !s256_is_negative(base) &&
		s256_add(source_rate, spread, &slope) && s256_sub(slope, base, &slope);

	slope = calc_fits(&status, fits, slope);
	return calc_done(status, s256_is_negative(slope) ? U256_ZERO : slope, out);
}

/* ---------- Gearbox ---------- */

/* The part of a rise that lies between two utilizations */
static u256
part_of_rise(core_status *status, u256 rise, u256 utilization, u256 from, u256 to)
{
	return calc_mul_div(status, rise, calc_floor_sub(utilization, from), calc_floor_sub(to, from),
						U256_FLOOR);
}

/* The share of the expected liquidity that is lent out, in wad */
static u256
lent_share(core_status *status, u256 expected, u256 available)
{
	return calc_mul_div(status, FIXED_WAD, calc_floor_sub(expected, available), expected, U256_FLOOR);
}

core_status
gearbox_borrow_rate(u256 expected_liquidity, u256 available_liquidity, const gearbox_curve *curve,
					u256 *out)
{
	core_status status = CORE_OK;
	u256		utilization = U256_ZERO;
	u256		rate = curve->base;

	calc_require(&status, u256_cmp(curve->u1, curve->u2) <= 0 &&
				 u256_cmp(curve->u2, FIXED_WAD) < 0);
	if (u256_is_zero(expected_liquidity) || u256_cmp(expected_liquidity, available_liquidity) < 0)
		return calc_done(status, rate, out);
	utilization = lent_share(&status, expected_liquidity, available_liquidity);
	if (u256_cmp(utilization, curve->u1) < 0)
	{
		rate = calc_add(&status, rate, part_of_rise(&status, curve->slope1, utilization, U256_ZERO,
													curve->u1));
		return calc_done(status, rate, out);
	}
	rate = calc_add(&status, rate, curve->slope1);
	if (u256_cmp(utilization, curve->u2) < 0)
	{
		rate = calc_add(&status, rate, part_of_rise(&status, curve->slope2, utilization, curve->u1,
													curve->u2));
		return calc_done(status, rate, out);
	}
	rate = calc_add(&status, rate, curve->slope2);
	rate = calc_add(&status, rate, part_of_rise(&status, curve->slope3, utilization, curve->u2,
												FIXED_WAD));
	return calc_done(status, rate, out);
}

core_status
gearbox_available_to_borrow(u256 expected_liquidity, u256 available_liquidity, u256 u2, u256 *out)
{
	core_status status = CORE_OK;
	u256		left = available_liquidity;

	calc_require(&status, u256_cmp(u2, FIXED_WAD) < 0);
	if (u256_cmp(expected_liquidity, available_liquidity) >= 0)
	{
		left = lent_share(&status, expected_liquidity, available_liquidity);
		left = calc_mul_div(&status, calc_floor_sub(u2, left), expected_liquidity, FIXED_WAD,
							U256_FLOOR);
	}
	return calc_done(status, left, out);
}

core_status
gearbox_weighted_value(u256 value, u256 threshold_bps, u256 quota, u256 *out)
{
	core_status status = CORE_OK;
	u256		result = calc_mul_div(&status, calc_min(value, quota), threshold_bps, FIXED_PERCENT,
									  U256_FLOOR);

	calc_require(&status, u256_cmp(threshold_bps, FIXED_PERCENT) <= 0);
	return calc_done(status, result, out);
}

core_status
gearbox_quota_interest(u256 quota, u256 rate_bps, u256 seconds, u256 *out)
{
	core_status status = CORE_OK;
	u256		index = calc_div(&status, FIXED_RAY, FIXED_PERCENT);
	u256		interest;

	index = calc_mul(&status, index, rate_bps);
	index = calc_mul_div(&status, index, seconds, u256_from_u64(CURVE_YEAR_SECONDS), U256_FLOOR);
	interest = calc_mul_div(&status, quota, index, FIXED_RAY, U256_FLOOR);
	return calc_done(status, interest, out);
}
