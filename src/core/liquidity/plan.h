/*-------------------------------------------------------------------------
 *
 * core/liquidity/plan.h
 *	  Which range to choose: a proposal from volatility, and what a range is
 *	  expected to bring.
 *
 * Prices, sigma and mu as in core/liquidity/range.h; APRs are simple, as fractions.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_LIQUIDITY_PLAN_H
#define PG_YIELD_CORE_LIQUIDITY_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/status.h"

/* When a position is put around the price anew. */
typedef enum plan_trigger
{
	PLAN_AT_EXIT,				/* as soon as the price leaves the range */
	PLAN_AT_INTERVAL,			/* at the end of each horizon, and only then */
	PLAN_NEVER
} plan_trigger;

/* A range, and what is known of its market. */
typedef struct range_plan
{
	double		price;
	double		pa;
	double		pb;
	double		sigma;
	double		mu;
	double		years;			/* the horizon, positive */
	double		fee_apr;		/* of a position over all prices */
	double		cost;			/* of what is traded to recentre, a fraction */
	double		gas;			/* of each recentring, in the unit of value */
	double		value;			/* of the position, positive */
	bool		has_others;
	double		other_liquidity;	/* in the range, where has_others */
	plan_trigger trigger;
} range_plan;

/* What is expected of it, a year but for the time in range. */
typedef struct range_outlook
{
	double		years_inside;	/* of the horizon */
	double		fee_apr;
	double		lvr_apr;
	double		rebalances;
	double		cost_apr;
	double		net_apr;		/* fee_apr - lvr_apr - cost_apr, to the last bit */
} range_outlook;

typedef struct range_bounds
{
	double		pa;
	double		pb;
	int32_t		tick_lower;
	int32_t		tick_upper;
} range_bounds;

extern core_status plan_propose(double rate, double sigma, double apy, double years,
								double width, range_bounds *bounds);
extern core_status plan_widen_to_ticks(range_bounds *bounds, int32_t spacing, int decimals);
extern core_status plan_evaluate(const range_plan *plan, range_outlook *outlook);
extern double plan_full_range_fee_apr(double volume, double fee, double liquidity, double price,
									  double years);

#endif							/* PG_YIELD_CORE_LIQUIDITY_PLAN_H */
