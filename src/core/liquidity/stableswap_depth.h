/*-------------------------------------------------------------------------
 *
 * core/liquidity/stableswap_depth.h
 *	  How much of a coin a StableSwap pool takes before the price is bad.
 *
 * The greatest amount in, by bisection on the exact swap, so that the answer is
 * the contract's and not that of a formula for the curve.  A search is run step
 * by step: its caller may stop in between.
 *
 *	   depth_search search;
 *
 *	   status = depth_start(&search, ...);
 *	   while (status == CORE_OK && depth_step(&search))
 *		   ;
 *	   depth = depth_result(&search);
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_LIQUIDITY_STABLESWAP_DEPTH_H
#define PG_YIELD_CORE_LIQUIDITY_STABLESWAP_DEPTH_H

#include "core/liquidity/stableswap.h"

/* What the price is compared with */
typedef enum depth_reference
{
	DEPTH_PAR,					/* one: the coins at their rates */
	DEPTH_SPOT					/* the pool's price before the trade, without fee */
} depth_reference;

/* Which price is compared */
typedef enum depth_mode
{
	DEPTH_AVERAGE,				/* amount out over amount in, fee included */
	DEPTH_MARGINAL				/* the pool's price after the trade, without fee */
} depth_mode;

typedef struct depth_search
{
	const stableswap_pool *pool;
	int			i;
	int			j;
	depth_mode	mode;
	u256		d;
	u256		least_price;	/* 18 decimals */
	u256		low;			/* the greatest amount known to be good, or zero */
	u256		high;			/* where has_high: the least known not to be */
	bool		has_high;
	bool		high_failed;	/* at high the contract itself gives up */
} depth_search;

typedef struct depth
{
	u256		amount_in;
	u256		amount_out;
	bool		has_price;		/* false where nothing can be traded */
	double		average_price;	/* out over in, both at their rates */
	bool		exhausted;		/* the contract gave up before the price was reached */
} depth;

/*
 * A search for the greatest dx of coin i, in its token's units, whose price in
 * coin j is at least reference * (1 - slippage).  slippage has 18 decimals and
 * is below one; the pool must outlive the search.  Fails as stableswap_d and
 * stableswap_spot_price do.
 */
extern core_status depth_start(depth_search *search, const stableswap_pool *pool, int i, int j,
							   u256 slippage, depth_reference reference, depth_mode mode);

/* One trade tried; false when there is nothing more to try */
extern bool depth_step(depth_search *search);

/* What a finished search has found */
extern depth depth_result(const depth_search *search);

#endif							/* PG_YIELD_CORE_LIQUIDITY_STABLESWAP_DEPTH_H */
