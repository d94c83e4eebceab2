/*-------------------------------------------------------------------------
 *
 * core/liquidity/backtest.h
 *	  What a policy of ranges would have brought over a history of prices.
 *
 * Prices are those of token 0 in token 1, which is the unit of values, volumes
 * and liquidity's amounts; times are microseconds as in core/base/point.h.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_LIQUIDITY_BACKTEST_H
#define PG_YIELD_CORE_LIQUIDITY_BACKTEST_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/status.h"
#include "core/liquidity/pool.h"

/* When the position is put around the price anew; looked at when a price comes. */
typedef enum backtest_trigger
{
	BACKTEST_AT_EXIT,			/* the price is out of the range */
	BACKTEST_AT_DISTANCE,		/* it is as far from the centre as "distance" */
	BACKTEST_AT_INTERVAL,		/* "every" microseconds have passed */
	BACKTEST_NEVER
} backtest_trigger;

typedef struct backtest_policy
{
	double		fee;			/* of a swap, a fraction */
	double		width;			/* bounds are the centre times and over 1 + width */
	double		skew;			/* the centre is the price times 1 + skew */
	backtest_trigger trigger;
	double		distance;		/* fraction of the centre */
	int64_t		every;
	double		cost;			/* of what is traded to recentre, below 1 */
	double		gas;			/* of each recentring */
	bool		has_volume;		/* else the position's own flow is all there is */
	double		other_liquidity;	/* in range beside the position, where has_volume */
} backtest_policy;

/* The strategy at a point of the history. */
typedef struct backtest
{
	backtest_policy policy;
	double		initial;
	pool_amounts held;			/* the deposit */
	double		first_price;
	int64_t		first_time;
	pool		range;			/* in force, and its centre */
	double		centre;
	double		liquidity;
	int64_t		since;			/* when it was put there */
	int64_t		time;
	double		price;
	double		fees;			/* so far, each kept as token 1 */
	double		costs;
	double		lvr;
	int64_t		num_rebalances;
	uint64_t	time_inside;
} backtest;

typedef struct backtest_result
{
	double		fees;
	double		costs;
	double		il;				/* fraction of hodl */
	double		lvr;
	int64_t		num_rebalances;
	double		share_in_range;
	double		value;
	double		hodl;
	double		net_apr;
} backtest_result;

extern core_status backtest_begin(backtest *b, const backtest_policy *policy, double initial,
								  int64_t time, double price);
extern core_status backtest_step(backtest *b, int64_t time, double price, double volume);
extern pool_amounts backtest_amounts(const backtest *b);
extern double backtest_value(const backtest *b);
extern double backtest_hodl(const backtest *b);
extern core_status backtest_finish(const backtest *b, double year_days, backtest_result *result);

#endif							/* PG_YIELD_CORE_LIQUIDITY_BACKTEST_H */
