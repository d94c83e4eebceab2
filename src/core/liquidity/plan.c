/*-------------------------------------------------------------------------
 *
 * core/liquidity/plan.c
 *	  Which range to choose.
 *
 *-------------------------------------------------------------------------
 */
#include "core/liquidity/plan.h"

#include <math.h>

#include "core/liquidity/lvr.h"
#include "core/liquidity/pool.h"
#include "core/liquidity/range.h"
#include "core/liquidity/univ3.h"

/* ---------- a proposal ---------- */

/*
 * Bounds that hold a price, which follows a fair rate that grows at "apy" and
 * strays from it with "sigma", to "width" standard deviations at the start and
 * at the end of a time:
 *
 *		pa = min(rate, rate g) exp(-width sigma sqrt(years))
 *		pb = max(rate, rate g) exp(+width sigma sqrt(years)),	g = (1 + apy)^years
 *
 * Centred on the fair rate, not on the market's price, and reaching up by
 * what accrues: this project's own form of what range managers describe.
 * apy above -1.  CORE_BAD_PARAMETER where the range has no width,
 * CORE_OUT_OF_RANGE where a bound is no positive double.
 */
core_status
plan_propose(double rate, double sigma, double apy, double years, double width,
			 range_bounds *bounds)
{
	double		growth = log1p(apy) * years;
	double		deviation = width * sigma * sqrt(years);

	bounds->pa = rate * exp(fmin(growth, 0) - deviation);
	bounds->pb = rate * exp(fmax(growth, 0) + deviation);
	if (!(bounds->pa > 0) || !isfinite(bounds->pb))
		return CORE_OUT_OF_RANGE;
	return bounds->pa < bounds->pb ? CORE_OK : CORE_BAD_PARAMETER;
}

/* The greatest multiple of spacing that is not above a tick */
static int32_t
floor_to(int32_t tick, int32_t spacing)
{
	int32_t		rest = tick % spacing;

	return tick - (rest < 0 ? rest + spacing : rest);
}

/*
 * The next ticks outward of the bounds that positions can have, spacing
 * positive, at least one apart, and pa and pb theirs.  CORE_OUT_OF_RANGE where
 * there are none.
 */
core_status
plan_widen_to_ticks(range_bounds *bounds, int32_t spacing, int decimals)
{
	int32_t		lower,
				upper;

	if (univ3_price_to_tick(bounds->pa, decimals, &lower) != CORE_OK ||
		univ3_price_to_tick(bounds->pb, decimals, &upper) != CORE_OK)
		return CORE_OUT_OF_RANGE;
	if (univ3_tick_to_price(upper, decimals) < bounds->pb)
		upper++;
	lower = floor_to(lower, spacing);
	upper = -floor_to(-upper, spacing);
	if (upper == lower)
		upper += spacing;
	if (lower < -UNIV3_MAX_TICK || upper > UNIV3_MAX_TICK)
		return CORE_OUT_OF_RANGE;
	*bounds = (range_bounds) {
		univ3_tick_to_price(lower, decimals), univ3_tick_to_price(upper, decimals), lower, upper
	};
	return CORE_OK;
}

/* ---------- what to expect ---------- */

/* A range as a function of the logarithm of the price over what it is now */
typedef struct plan_shape
{
	pool		p;
	double		price;
	double		target;			/* share of token 0 where the price is now */
} plan_shape;

static double
price_at(const plan_shape *shape, double log_price)
{
	return shape->price * exp(log_price);
}

/* Within the range, whose edges a rounding must not cross */
static double
efficiency_at(double log_price, const void *context)
{
	const plan_shape *shape = context;
	double		price = fmin(fmax(price_at(shape, log_price), shape->p.pa),
							 nextafter(shape->p.pb, 0));

	return lvr_capital_efficiency(price, shape->p.pa, shape->p.pb);
}

/* The part of a position's value that is token 0 */
static double
share_at(const plan_shape *shape, double price)
{
	pool_amounts held = pool_amounts_at(&shape->p, price);
	double		value0 = held.amount0 * price;

	return value0 / (value0 + held.amount1);
}

/* What is to be traded, of the position's value, to have the target again */
static double
traded_at(double log_price, const void *context)
{
	const plan_shape *shape = context;

	return fabs(share_at(shape, price_at(shape, log_price)) - shape->target);
}

/* The mean part of the value that is traded at the end of a horizon */
static double
traded_at_end(const range_walk *walk, const plan_shape *shape, double years)
{
	range_walk	upward = *walk;
	double		inside = range_inside_at(walk, years);
	double		above;

	/* beyond the upper bound: the range from there to where no price is */
	upward.below = -walk->above;
	upward.above = INFINITY;
	above = range_inside_at(&upward, years);
	return range_average_at(walk, years, traded_at, shape) + above * shape->target +
		fmax(0, 1 - inside - above) * (1 - shape->target);
}

/*
 * How often a year the position is recentred, and the mean part of its value
 * that is then traded.  CORE_NULL where it would be at once.
 */
static core_status
recentring(const range_plan *plan, const range_walk *walk, const plan_shape *shape,
		   double *times, double *traded)
{
	double		up,
				years;
	core_status status;

	*times = 0;
	*traded = 0;
	if (plan->trigger == PLAN_NEVER)
		return CORE_OK;
	if (plan->trigger == PLAN_AT_INTERVAL)
	{
		*times = 1 / plan->years;
		*traded = traded_at_end(walk, shape, plan->years);
		return CORE_OK;
	}
	status = range_exit_time(walk, &years);
	if (status == CORE_NULL)
		return CORE_OK;
	if (status != CORE_OK || years == 0)
		return status == CORE_OK ? CORE_NULL : status;
	(void) range_exit_up(walk, &up);
	*times = 1 / years;
	*traded = up * shape->target + (1 - up) * (1 - shape->target);
	return CORE_OK;
}

/* The part of the fees in a range that one's own liquidity leaves of what a small one gets */
static double
undiluted(const range_plan *plan, const plan_shape *shape)
{
	pool_amounts held = pool_amounts_at(&shape->p, plan->price);
	double		liquidity = plan->value / (held.amount0 * plan->price + held.amount1);

	return plan->has_others ? plan->other_liquidity / (plan->other_liquidity + liquidity) : 1;
}

/*
 * What a range is expected to bring a year, of its value, over a holder of
 * what it holds at each moment who trades at the market.  Fees and LVR are
 * those of a position over all prices, fee_apr and sigma^2/8, times the mean
 * capital efficiency, which is 0 out of range.  The mean is over
 *
 *	AT_EXIT		the time from one recentring to the next, which is the first exit:
 *				the long run, in which the price is always in range, and recentrings
 *				are 1/E[exit] a year (elementary renewal theorem).  CORE_NULL where
 *				the price is out of the range now
 *	AT_INTERVAL	the horizon, after which the position is recentred whatever happened
 *	NEVER		the horizon
 *
 * Recentring costs "cost" of what has to be traded to hold what it held at
 * first, and gas.  Values change by little over the time that counts, as APRs
 * take it.  CORE_OUT_OF_RANGE.  Sources: LVR as lvr_rate_of_pool; the rest is
 * put together here.
 */
core_status
plan_evaluate(const range_plan *plan, range_outlook *outlook)
{
	plan_shape	shape = {{.kind = POOL_CONCENTRATED, .pa = plan->pa, .pb = plan->pb}, plan->price, 0};
	range_walk	walk;
	core_status status = range_walk_init(&walk, plan->price, plan->pa, plan->pb, plan->sigma,
										 plan->mu);
	bool		until_exit = plan->trigger == PLAN_AT_EXIT;
	double		efficiency,
				traded;

	if (status != CORE_OK)
		return status;
	shape.target = share_at(&shape, plan->price);
	status = recentring(plan, &walk, &shape, &outlook->rebalances, &traded);
	if (status != CORE_OK)
		return status;
	efficiency = until_exit ? range_average_until_exit(&walk, efficiency_at, &shape) :
		range_average_over_time(&walk, plan->years, efficiency_at, &shape);
	outlook->years_inside = until_exit ? plan->years : range_time_inside(&walk, plan->years);
	outlook->fee_apr = plan->fee_apr * efficiency * undiluted(plan, &shape);
	outlook->lvr_apr = plan->sigma * plan->sigma / 8 * efficiency;
	outlook->cost_apr = outlook->rebalances * (plan->cost * traded + plan->gas / plan->value);
	outlook->net_apr = outlook->fee_apr - outlook->lvr_apr - outlook->cost_apr;
	return isfinite(outlook->net_apr) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/*
 * The fees that a small position over all prices earns a year over its value,
 * 2 L sqrt(price), in a pool that has "liquidity" at the price: volume * fee /
 * (2 liquidity sqrt(price) years).  Positive liquidity, price and years.
 */
double
plan_full_range_fee_apr(double volume, double fee, double liquidity, double price, double years)
{
	return volume * fee / (2 * liquidity * sqrt(price)) / years;
}
