/*-------------------------------------------------------------------------
 *
 * core/leverage/curve.h
 *	  Interest rates as functions of utilization: any curve of straight lines,
 *	  and the rules of Spark and Gearbox.
 *
 * What takes a double is a fraction: 0.05 is 5 %.  What takes a word is a chain
 * integer: rates are rays (27 decimals) per year, utilization is a wad (18).
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_LEVERAGE_CURVE_H
#define PG_YIELD_CORE_LEVERAGE_CURVE_H

#include "core/chain/u256.h"

#define CURVE_YEAR_SECONDS	UINT64_C(31536000)

/* ---------- curves of doubles ---------- */

/* How points fail to be a curve, for the report of it */
typedef enum curve_fault
{
	CURVE_SOUND,
	CURVE_NOT_FINITE,
	CURVE_NOT_ASCENDING
} curve_fault;

/* The first fault of n points, and the point (from 0) that has it */
extern curve_fault curve_check(const double *utilizations, const double *rates, int n, int *at);

/*
 * The rate at a utilization on the lines through n points, two or more, that
 * curve_check finds sound and none of whose utilizations is negative; exactly a
 * point's rate at the point.  Beyond them the first or the last line goes on
 * where "extrapolate" is set, and CORE_BAD_PARAMETER is returned where it is not.
 * CORE_OUT_OF_RANGE where no double holds the result.
 */
extern core_status curve_kinked_rate(double utilization, const double *utilizations,
									 const double *rates, int n, bool extrapolate, double *out);

/*
 * Borrowed over supplied, neither negative; zero where neither is anything,
 * CORE_NULL where nothing is supplied; CORE_OUT_OF_RANGE.
 */
extern core_status curve_utilization(double borrowed, double supplied, double *out);

/* borrow_rate * utilization * (1 - reserve_factor); CORE_OUT_OF_RANGE */
extern core_status curve_supply_rate(double borrow_rate, double utilization,
									 double reserve_factor, double *out);

/*
 * A rate per second over a year of that many days: rate * seconds, and with the
 * interest of each second compounded, (1 + rate)^seconds - 1, for a rate above
 * -1.  CORE_OUT_OF_RANGE where no double holds the result.
 */
extern core_status curve_per_second_apr(double rate, double year_days, double *out);
extern core_status curve_per_second_apy(double rate, double year_days, double *out);

/* ---------- Spark (sparklend-advanced) ---------- */

/*
 * The APR of a savings rate, which is one and the interest of a second in ray
 * (PotRateSource.sol, SSRRateSource.sol); CORE_BAD_PARAMETER for one below one.
 */
extern core_status spark_savings_apr(u256 rate, u256 *out);

/*
 * CappedFallbackRateSource.sol: a rate, or the fallback where it is NULL, within
 * bounds.  CORE_BAD_PARAMETER where the fallback is not within them.
 */
extern core_status spark_source_rate(const u256 *rate, u256 lower, u256 upper, u256 fallback,
									 u256 *out);

/*
 * RateTargetKinkInterestRateStrategy.sol: the slope that leads to source_rate +
 * spread at the kink, never below zero.  CORE_OUT_OF_RANGE beyond int256.
 */
extern core_status spark_slope1(u256 source_rate, s256 spread, u256 base, u256 *out);

/* ---------- Gearbox (core-v3) ---------- */

typedef struct gearbox_curve
{
	u256		u1;				/* wad */
	u256		u2;
	u256		base;			/* ray */
	u256		slope1;			/* rise until u1, between, and from u2 to one */
	u256		slope2;
	u256		slope3;
} gearbox_curve;

/*
 * LinearInterestRateModelV3.calcBorrowRate; the base rate where nothing is
 * expected or more is available.  CORE_BAD_PARAMETER unless u1 <= u2 < 1.
 */
extern core_status gearbox_borrow_rate(u256 expected_liquidity, u256 available_liquidity,
									   const gearbox_curve *curve, u256 *out);

/*
 * availableToBorrow where borrowing beyond u2 is forbidden: what is left until
 * there.  CORE_DIVISION_BY_ZERO where nothing is expected; CORE_BAD_PARAMETER for
 * u2 of one or more.
 */
extern core_status gearbox_available_to_borrow(u256 expected_liquidity, u256 available_liquidity,
											   u256 u2, u256 *out);

/* CollateralLogic: min(value, quota) * threshold; CORE_BAD_PARAMETER for one above 10000 */
extern core_status gearbox_weighted_value(u256 value, u256 threshold_bps, u256 quota, u256 *out);

/* QuotasLogic: simple interest on a quota over some seconds, floored twice */
extern core_status gearbox_quota_interest(u256 quota, u256 rate_bps, u256 seconds, u256 *out);

#endif							/* PG_YIELD_CORE_LEVERAGE_CURVE_H */
