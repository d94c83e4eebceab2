/*-------------------------------------------------------------------------
 *
 * leverage/position.h
 *	  Checks of a lending position's figures, for the files of domain leverage.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_LEVERAGE_POSITION_H
#define PG_YIELD_LEVERAGE_POSITION_H

#include "fmgr.h"
#include "utils/array.h"

#include "core/leverage/account.h"
#include "core/leverage/cascade.h"
#include "core/leverage/loop.h"
#include "core/leverage/stress.h"
#include "server/compat.h"
#include "server/float8_array.h"

/* Errors 22023; "requirement" completes "must be ...". */
pg_noreturn extern void report_bad_position(const char *argument, double value,
											const char *requirement);
pg_noreturn extern void report_bad_threshold(const char *argument, double value);

/* Collateral or debt: finite and not negative. */
static inline void
check_amount(const char *argument, double amount)
{
	if (unlikely(!leverage_amount_is_valid(amount)))
		report_bad_position(argument, amount, "finite and not negative");
}

/* A liquidation threshold or an ltv. */
static inline void
check_threshold(const char *argument, double threshold)
{
	if (unlikely(!leverage_threshold_is_valid(threshold)))
		report_bad_threshold(argument, threshold);
}

/* The threshold of a loop, which divides: zero would never do. */
static inline void
check_loop_threshold(double threshold)
{
	if (unlikely(!loop_threshold_is_valid(threshold)))
		report_bad_position("liquidation_threshold", threshold, "above 0 and at most 1");
}

/* Collateral over equity. */
static inline void
check_leverage(const char *argument, double leverage)
{
	if (unlikely(!loop_leverage_is_valid(leverage)))
		report_bad_position(argument, leverage, "finite and at least 1");
}

/* A fee, or another share that is lost. */
static inline void
check_share(const char *argument, double share)
{
	if (unlikely(!(share >= 0 && share < 1)))
		report_bad_position(argument, share, "at least 0 and below 1");
}

/* A change of price as a fraction. */
static inline void
check_shock(const char *argument, double shock)
{
	if (unlikely(!stress_shock_is_valid(shock)))
		report_bad_position(argument, shock, "finite and at least -1");
}

static inline void
check_bonus(double bonus)
{
	if (unlikely(!stress_bonus_is_valid(bonus)))
		report_bad_position("liquidation_bonus", bonus, "finite and not negative");
}

static inline void
check_close_factor(double close_factor)
{
	if (unlikely(!stress_close_factor_is_valid(close_factor)))
		report_bad_position("close_factor", close_factor, "above 0 and at most 1");
}

/* Argument n, zero where it is NULL: what is not there adds nothing. */
static inline double
amount_argument(FunctionCallInfo fcinfo, int n)
{
	return PG_ARGISNULL(n) ? 0 : PG_GETARG_FLOAT8(n);
}

extern int	book_arguments(FunctionCallInfo fcinfo, double **collateral, double **threshold,
						   double **debt);
extern void depth_arguments(FunctionCallInfo fcinfo, int n, cascade_depth *depth);

#endif							/* PG_YIELD_LEVERAGE_POSITION_H */
