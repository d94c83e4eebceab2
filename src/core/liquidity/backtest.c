/*-------------------------------------------------------------------------
 *
 * core/liquidity/backtest.c
 *	  What a policy of ranges would have brought over a history of prices.
 *
 *-------------------------------------------------------------------------
 */
#include "core/liquidity/backtest.h"

#include <math.h>

#include "core/liquidity/il.h"
#include "core/liquidity/lvr.h"

#define USECS_PER_DAY	86400e6

static double
value_of(pool_amounts a, double price)
{
	return a.amount0 * price + a.amount1;
}

/* What the position holds now. */
pool_amounts
backtest_amounts(const backtest *b)
{
	pool_amounts one = pool_amounts_at(&b->range, b->price);

	return (pool_amounts) {b->liquidity * one.amount0, b->liquidity * one.amount1};
}

static double
position_value(const backtest *b)
{
	return value_of(backtest_amounts(b), b->price);
}

/* Position and fees now. */
double
backtest_value(const backtest *b)
{
	return position_value(b) + b->fees;
}

/* The deposit, held. */
double
backtest_hodl(const backtest *b)
{
	return value_of(b->held, b->price);
}

/* The range of the policy around the present price, and what a unit of it holds there. */
static pool_amounts
place_range(backtest *b)
{
	double		size = 1 + b->policy.width;

	b->centre = b->price * (1 + b->policy.skew);
	b->range = (pool) {.kind = POOL_CONCENTRATED, .pa = b->centre / size, .pb = b->centre * size};
	b->since = b->time;
	return pool_amounts_at(&b->range, b->price);
}

/* Is the range one that doubles can tell from a point? */
static core_status
check_range(const backtest *b)
{
	return b->range.pa > 0 && b->range.pa < b->price && b->price < b->range.pb &&
		isfinite(b->range.pb) && isfinite(b->liquidity) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/*
 * Deposit "initial" at a price.  The policy is within its bounds: width
 * positive, skew so that the price is inside, cost from 0 to below 1, the
 * rest not negative, checked by the caller.  CORE_OUT_OF_RANGE where the range
 * is no wider than a rounding or beyond a double.
 */
core_status
backtest_begin(backtest *b, const backtest_policy *policy, double initial, int64_t time,
			   double price)
{
	pool_amounts one;

	*b = (backtest) {.policy = *policy, .initial = initial, .first_price = price,
		.first_time = time, .time = time, .price = price};
	one = place_range(b);
	b->liquidity = initial / value_of(one, price);
	b->held = backtest_amounts(b);
	return check_range(b);
}

static bool
is_inside(const backtest *b)
{
	return b->price >= b->range.pa && b->price < b->range.pb;
}

static bool
is_due(const backtest *b)
{
	const backtest_policy *p = &b->policy;

	switch (p->trigger)
	{
		case BACKTEST_AT_EXIT:
			return !is_inside(b);
		case BACKTEST_AT_DISTANCE:
			return b->price >= b->centre * (1 + p->distance) ||
				b->price <= b->centre / (1 + p->distance);
		case BACKTEST_AT_INTERVAL:
			return (uint64_t) b->time - (uint64_t) b->since >= (uint64_t) p->every;
		case BACKTEST_NEVER:
			break;
	}
	return false;
}

/*
 * Put the position around the present price.  It sells at the market what it
 * has too much of and pays "cost" of that, and gas, out of what it has: with X
 * the value of its token 0, V of both after gas, s the share of token 0 in the
 * new range and V' what is left,
 *
 *		V' = V - cost |s V' - X|
 *
 * A position that cannot pay stays where it is.
 */
static core_status
recentre(backtest *b)
{
	backtest	moved = *b;
	pool_amounts held = backtest_amounts(b);
	pool_amounts one = place_range(&moved);
	double		unit = value_of(one, b->price);
	double		share = one.amount0 * b->price / unit;
	double		value0 = held.amount0 * b->price;
	double		before = value0 + held.amount1;
	double		after = before - b->policy.gas;
	double		cost = b->policy.cost;

	if (share * after > value0)
		after = (after + cost * value0) / (1 + cost * share);
	else
		after = (after - cost * value0) / (1 - cost * share);
	if (!(after > 0))
		return CORE_OK;
	moved.liquidity = after / unit;
	moved.costs += before - after;
	moved.num_rebalances++;
	*b = moved;
	return check_range(b);
}

/* A price held within the range */
static double
held_within(const pool *p, double price)
{
	return price < p->pa ? p->pa : price > p->pb ? p->pb : price;
}

static double
root_change(double from, double to)
{
	return (to - from) / (sqrt(from) + sqrt(to));
}

/*
 * The fees of a step to a price.  The volume is taken to be traded evenly
 * along the way, a straight one in the root of the price, which is what a
 * constant liquidity makes of it; the part of the way in the range counts, and
 * the position's part of the liquidity there.  Without a volume, what the
 * position itself trades along the way, in token 1: the least there was.
 */
static core_status
fees_of_step(const backtest *b, double price, double volume, double *fees)
{
	double		way = fabs(root_change(b->price, price));
	double		inside = fabs(root_change(held_within(&b->range, b->price),
										  held_within(&b->range, price)));
	core_status status;

	if (!b->policy.has_volume)
	{
		*fees = b->policy.fee * b->liquidity * inside;
		return CORE_OK;
	}
	status = lvr_fees_of_volume(volume * (way == 0 ? is_inside(b) : fmin(inside / way, 1)),
								b->policy.fee, b->liquidity, b->policy.other_liquidity, fees);
	if (status == CORE_NULL)
		*fees = 0;
	return status == CORE_NULL ? CORE_OK : status;
}

/* What the holder of what the position held makes of a step more than it. */
static core_status
lvr_of_step(const backtest *b, double price, double *lvr)
{
	double		il;
	core_status status = il_of_range(b->price, price, b->range.pa, b->range.pb, &il);

	*lvr = status == CORE_OK ? -il * value_of(backtest_amounts(b), price) : 0;
	return status;
}

/*
 * Go on to the next point: recentre where the last one called for it, at its
 * price, then move the price, with a volume traded on the way.  Times ascend.
 * CORE_OUT_OF_RANGE where a sum is beyond a double.
 */
core_status
backtest_step(backtest *b, int64_t time, double price, double volume)
{
	double		fees,
				lvr;
	core_status status = is_due(b) ? recentre(b) : CORE_OK;

	if (status == CORE_OK)
		status = fees_of_step(b, price, volume, &fees);
	if (status == CORE_OK)
		status = lvr_of_step(b, price, &lvr);
	if (status != CORE_OK)
		return status;
	if (is_inside(b))
		b->time_inside += (uint64_t) time - (uint64_t) b->time;
	b->fees += fees;
	b->lvr += lvr;
	b->time = time;
	b->price = price;
	return isfinite(b->fees) && isfinite(b->lvr) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* Against the deposit held; of a position that never moved, without cancellation. */
static core_status
loss_of(const backtest *b, double hodl, double *il)
{
	if (b->num_rebalances == 0)
		return il_of_range(b->first_price, b->price, b->range.pa, b->range.pb, il);
	*il = (position_value(b) + b->costs - hodl) / hodl;
	return CORE_OK;
}

/*
 * The account at the last point: value = hodl (1 + il) + fees - costs, and the
 * gain over hodl a year, simple, over what was deposited.  CORE_NULL of no
 * time, CORE_OUT_OF_RANGE.
 */
core_status
backtest_finish(const backtest *b, double year_days, backtest_result *result)
{
	double		span = (double) ((uint64_t) b->time - (uint64_t) b->first_time);
	core_status status;

	if (span == 0)
		return CORE_NULL;
	*result = (backtest_result) {
		.fees = b->fees, .costs = b->costs, .lvr = b->lvr, .num_rebalances = b->num_rebalances,
		.share_in_range = (double) b->time_inside / span,
		.value = backtest_value(b), .hodl = backtest_hodl(b)
	};
	status = loss_of(b, result->hodl, &result->il);
	result->net_apr = (result->value - result->hodl) / b->initial *
		(year_days * USECS_PER_DAY / span);
	if (status != CORE_OK)
		return status;
	return isfinite(result->value) && isfinite(result->hodl) && isfinite(result->il) &&
		isfinite(result->net_apr) ? CORE_OK : CORE_OUT_OF_RANGE;
}
