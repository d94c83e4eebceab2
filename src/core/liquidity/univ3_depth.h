/*-------------------------------------------------------------------------
 *
 * core/liquidity/univ3_depth.h
 *	  How much can be sold into a pool before its price is too bad?
 *
 * The price of what is sold, in what is bought, must stay within a slippage of
 * a reference: the pool's price before the sale, or a fair one.
 *	UNIV3_MARGINAL	the pool's price after the sale, without the fee
 *	UNIV3_AVERAGE	what the whole sale brings, the fee included
 * Both are answered by swaps as the contract does them (core/liquidity/univ3_swap.h): the
 * answer's amount_in, sold at once, brings amount_out.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_LIQUIDITY_UNIV3_DEPTH_H
#define PG_YIELD_CORE_LIQUIDITY_UNIV3_DEPTH_H

#include "core/liquidity/univ3_swap.h"

typedef enum univ3_depth_mode
{
	UNIV3_MARGINAL,
	UNIV3_AVERAGE
} univ3_depth_mode;

/* A search on its way; when is_over, swap has the amounts and the price after them */
typedef struct univ3_depth
{
	univ3_swap	swap;
	univ3_swap	good;			/* the last of its steps whose average was good enough */
	univ3_depth_mode mode;
	u256		bend;			/* sqrt price beyond which a sale makes its average worse */
	u256		least;			/* least average price that will do, */
	unsigned	least_shift;	/* times 2^-least_shift */
	bool		is_over;
	bool		is_exhausted;	/* all that the pool takes is good enough */
} univ3_depth;

/*
 * Begin a search in a sound pool, which must outlive it.  reference is a sqrt
 * price in the domain of pools; slippage is a fraction from 0 to below 1.
 * CORE_BAD_PARAMETER where it is not.
 */
extern core_status univ3_depth_begin(univ3_depth *depth, const univ3_pool *pool,
									 u256 reference, double slippage, univ3_depth_mode mode,
									 bool zero_for_one);

/* One step of a search that is not over, bounded as a step of a swap; fails as that does */
extern core_status univ3_depth_advance(univ3_depth *depth);

/*
 * Token0's price in token1, in whole tokens, at which a swap was done, fee
 * included; decimals as in univ3_price.  CORE_NULL where it sold or bought
 * nothing.
 */
extern core_status univ3_average_price(const univ3_swap *swap, int decimals, double *price);

#endif							/* PG_YIELD_CORE_LIQUIDITY_UNIV3_DEPTH_H */
