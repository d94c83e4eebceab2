/*-------------------------------------------------------------------------
 *
 * core/leverage/optimum.h
 *	  How much a loop should borrow, where its own borrowing moves the rate.
 *
 * Rates are fractions a year of 365 days, a utilization is borrowed over
 * supplied, and amounts are in units of the market's asset.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_LEVERAGE_OPTIMUM_H
#define PG_YIELD_CORE_LEVERAGE_OPTIMUM_H

#include <stddef.h>

#include "core/base/pause.h"
#include "core/base/status.h"

/* ---------- curves ---------- */

/* A borrow rate that is straight between points, as those of pools with kinks are */
typedef struct rate_curve
{
	const double *utilization;	/* rising */
	const double *rate;
	size_t		num_points;		/* at least 1 */
	core_pause	pause;			/* or NULL */
} rate_curve;

extern double rate_curve_at(const rate_curve *curve, double utilization);

/* AdaptiveCurveIrm of Morpho, as its contract has these constants */
#define ADAPTIVE_TARGET		0.9
#define ADAPTIVE_STEEPNESS	4.0
#define ADAPTIVE_SPEED		50.0
#define ADAPTIVE_MIN_RATE	0.001
#define ADAPTIVE_MAX_RATE	2.0

extern double adaptive_rate(double utilization, double rate_at_target, double years);

/* ---------- the optimum ---------- */

typedef struct loop_problem
{
	double		equity;			/* > 0 */
	double		supply_apr;		/* of the collateral */
	double		market_supply;	/* > 0 */
	double		others;			/* what others have borrowed, >= 0 */
	double		max_leverage;	/* >= 1 */
	double		own_debt;		/* at present, >= 0 */
	double		trade_cost;		/* of each unit of debt more or less, a year, >= 0 */
} loop_problem;

/* What keeps the loop from another size */
typedef enum loop_limit
{
	LOOP_LIMIT_RATE,			/* the next unit costs more than it earns */
	LOOP_LIMIT_LEVERAGE,
	LOOP_LIMIT_LIQUIDITY,		/* nothing is left to borrow */
	LOOP_LIMIT_COST				/* a change would cost more than it brings */
} loop_limit;

typedef struct loop_optimum
{
	double		borrow;
	double		leverage;
	double		utilization;
	double		borrow_apr;
	double		net_apr;		/* of equity, after the cost of the change */
	loop_limit	limit;
} loop_optimum;

extern core_status loop_optimum_on_curve(const loop_problem *problem, const rate_curve *curve,
										 loop_optimum *out);
extern core_status loop_optimum_adaptive(const loop_problem *problem, double rate_at_target,
										 double years, loop_optimum *out);

#endif							/* PG_YIELD_CORE_LEVERAGE_OPTIMUM_H */
