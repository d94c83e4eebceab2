/*-------------------------------------------------------------------------
 *
 * core/rate/guard.c
 *	  Is an update of an exchange rate within the bounds one sets for it?
 *
 *-------------------------------------------------------------------------
 */
#include "core/rate/guard.h"

#include <math.h>

#define USECS_PER_DAY	86400000000.0

/*
 * Two rates and a bound are each rounded by half a unit in the last place when
 * they are read, and the limit twice when it is computed.
 */
#define ROUNDING	(4 * DBL_EPSILON)

/* Is the rate above old_rate * (1 + max_growth)? */
static bool
is_above(double rate, double old_rate, double max_growth)
{
	return rate > old_rate * (1 + max_growth) * (1 + ROUNDING);
}

/*
 * Is it below old_rate * (1 - max_fall)?  The rounding is of the rates, not of
 * their difference, which near a total loss is much less than they are.
 */
static bool
is_below(double rate, double old_rate, double max_fall)
{
	return rate < old_rate * (1 - max_fall) - old_rate * ROUNDING;
}

/*
 * Did the rate go up by at most max_up of the old one, or down by at most
 * max_down?  Either may be RATE_NO_BOUND.  The rates are positive and finite.
 */
bool
rate_jump_is_within(double old_rate, double new_rate, double max_up, double max_down)
{
	if (max_up >= 0 && is_above(new_rate, old_rate, max_up))
		return false;
	return !(max_down >= 0 && is_below(new_rate, old_rate, max_down));
}

/* The years from t0 to t1, t1 not before t0. */
static double
years(int64_t t0, int64_t t1, double year_days)
{
	return (double) ((uint64_t) t1 - (uint64_t) t0) / USECS_PER_DAY / year_days;
}

/*
 * Judge the update from old_rate at t0 to new_rate at t1, rates positive and
 * finite, t1 not before t0.  Growth within no time at all is too fast for any
 * max_apr.
 */
rate_verdict
rate_judge(double old_rate, double new_rate, int64_t t0, int64_t t1,
		   const rate_bounds *bounds)
{
	if (!rate_jump_is_within(old_rate, new_rate, bounds->max_up, RATE_NO_BOUND))
		return RATE_JUMPED_UP;
	if (!rate_jump_is_within(old_rate, new_rate, RATE_NO_BOUND, bounds->max_down))
		return RATE_JUMPED_DOWN;
	if (bounds->max_apr >= 0 &&
		is_above(new_rate, old_rate, bounds->max_apr * years(t0, t1, bounds->year_days)))
		return RATE_GREW_TOO_FAST;
	return RATE_WITHIN_BOUNDS;
}

/*
 * The greatest rate that growth by max_apr a year, simple, allows at t1:
 *
 *		rate0 * (1 + max_apr * (t1 - t0) / year)
 *
 * rate0 positive and finite, max_apr finite and not negative.
 * CORE_BAD_PARAMETER when t1 is before t0, CORE_OUT_OF_RANGE when the cap is
 * beyond a double.
 * Source: the rule of Aave's correlated-asset price oracle (bgd-labs
 * aave-capo), here in floating point.
 */
core_status
rate_growth_cap(double rate0, int64_t t0, int64_t t1, double max_apr,
				double year_days, double *cap)
{
	if (t1 < t0)
		return CORE_BAD_PARAMETER;
	*cap = rate0 * (1 + max_apr * years(t0, t1, year_days));
	return isfinite(*cap) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/*
 * What backs a token over what it promises: assets / (supply * rate).  Assets
 * and supply are finite, not negative and in one unit, the rate is positive
 * and finite.  Below one, holders are owed more than there is.
 *
 * CORE_NULL without supply: nothing is owed.  CORE_OUT_OF_RANGE when the ratio
 * is beyond a double.
 */
core_status
rate_backing(double assets, double supply, double rate, double *ratio)
{
	if (supply == 0)
		return CORE_NULL;
	*ratio = assets / supply / rate;
	return isfinite(*ratio) ? CORE_OK : CORE_OUT_OF_RANGE;
}
