/*-------------------------------------------------------------------------
 *
 * core/rate/guard.h
 *	  Is an update of an exchange rate within the bounds one sets for it?
 *
 * Bounds are fractions, 0.01 for 1 %, finite and not negative.  A change that
 * is equal to its bound is within it.  Decimal figures are rounded when they
 * become doubles, so a change beyond its bound by no more than that rounding
 * counts as equal to it.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_RATE_GUARD_H
#define PG_YIELD_CORE_RATE_GUARD_H

#include "core/rate/summary.h"

/* No bound. */
#define RATE_NO_BOUND	(-1.0)

/* What is wrong with an update; the first that applies. */
typedef enum rate_verdict
{
	RATE_WITHIN_BOUNDS = 0,
	RATE_JUMPED_UP,				/* by more than max_up */
	RATE_JUMPED_DOWN,			/* by more than max_down */
	RATE_GREW_TOO_FAST			/* by more than max_apr for the time it took */
} rate_verdict;

typedef struct rate_bounds
{
	double		max_up;			/* of one update; or RATE_NO_BOUND */
	double		max_down;
	double		max_apr;		/* simple, per year of year_days */
	double		year_days;		/* positive and finite */
} rate_bounds;

extern bool rate_jump_is_within(double old_rate, double new_rate, double max_up,
								double max_down);
extern rate_verdict rate_judge(double old_rate, double new_rate, int64_t t0, int64_t t1,
							   const rate_bounds *bounds);
extern core_status rate_growth_cap(double rate0, int64_t t0, int64_t t1, double max_apr,
							double year_days, double *cap);
extern core_status rate_backing(double assets, double supply, double rate, double *ratio);

#endif							/* PG_YIELD_CORE_RATE_GUARD_H */
