/*-------------------------------------------------------------------------
 *
 * core/liquidity/univ3_swap.h
 *	  Swaps in a snapshot of a Uniswap v3 or v4 pool, step by step.
 *
 * A step is one turn of the loop of UniswapV3Pool.swap: from the price where
 * the pool is to the next initialized tick, the end of the tick bitmap's word,
 * the price limit, or where the amount ends, whichever comes first; each rounds
 * in the pool's favour.  One call is one step, so that a caller who must be
 * interruptible is in control; no swap has more than about 2 * 887272 of them.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_LIQUIDITY_UNIV3_SWAP_H
#define PG_YIELD_CORE_LIQUIDITY_UNIV3_SWAP_H

#include "core/liquidity/univ3.h"

/* Uniswap v4's bounds; v3's lie within */
#define UNIV3_MAX_TICK_SPACING	32767

/* The prices nearest to the ends at which a swap may be told to stop */
#define UNIV3_LOWEST_LIMIT	u256_add_wrap(UNIV3_MIN_SQRT_PRICE, u256_from_u64(1))
#define UNIV3_HIGHEST_LIMIT	u256_sub_wrap(UNIV3_MAX_SQRT_PRICE, u256_from_u64(1))

/* What slot0, liquidity and the initialized ticks of a pool say at one block */
typedef struct univ3_pool
{
	u256		sqrt_price;
	u256		liquidity;
	int32_t		tick;
	uint32_t	fee_pips;		/* in 1e-6, below UNIV3_FEE_UNIT */
	int32_t		tick_spacing;	/* 1 .. UNIV3_MAX_TICK_SPACING */
	int			num_ticks;
	const int32_t *ticks;		/* ascending */
	const s256 *liquidity_net;	/* added where the price rises through the tick; int128 */
} univ3_pool;

/* What makes a snapshot impossible; the first that is found */
typedef enum univ3_flaw
{
	UNIV3_SOUND = 0,
	UNIV3_BAD_PRICE,			/* sqrt_price outside its domain */
	UNIV3_BAD_LIQUIDITY,		/* 2^128 or more */
	UNIV3_BAD_FEE,
	UNIV3_BAD_SPACING,
	UNIV3_BAD_TICK,				/* not the tick of sqrt_price */
	UNIV3_TICK_OUT_OF_RANGE,	/* of the ticks: one beyond +-887272, */
	UNIV3_TICKS_UNSORTED,		/* not above the one before, */
	UNIV3_TICK_NOT_SPACED		/* no multiple of tick_spacing */
} univ3_flaw;

/* A swap on its way; read the results when univ3_swap_is_over */
typedef struct univ3_swap
{
	const univ3_pool *pool;
	u256		sqrt_price;
	u256		liquidity;
	int32_t		tick;
	int			num_below;		/* ticks of the pool that are not above this tick */
	bool		exact_in;
	bool		zero_for_one;
	u256		limit;
	u256		remaining;
	u256		amount_in;		/* the fee included */
	u256		amount_out;
} univ3_swap;

/*
 * Whether a snapshot can be: *at is the index of the tick that is flawed.  The
 * pool's tick is that of its sqrt price, or one less where the price is exactly
 * that of a tick, as it is after the price fell onto it.
 */
extern univ3_flaw univ3_pool_check(const univ3_pool *pool, int *at);

/*
 * Begin a swap in a sound pool, which must outlive it.  zero_for_one sells
 * token0, so that the price falls; amount is of what is sold (exact_in) or
 * bought, below 2^255.  The price goes no further than limit; NULL lets it go to
 * the end of its domain (where it may be already, so that the swap is over).
 * CORE_OUT_OF_RANGE for the amount; CORE_BAD_PARAMETER where limit is not beyond
 * the pool's price in the direction of the swap, or not within
 * UNIV3_LOWEST_LIMIT .. UNIV3_HIGHEST_LIMIT.
 */
extern core_status univ3_swap_begin(univ3_swap *swap, const univ3_pool *pool, u256 amount,
									bool exact_in, bool zero_for_one, const u256 *limit);

/* Whether the amount is used up or the limit reached */
static inline bool
univ3_swap_is_over(const univ3_swap *swap)
{
	return u256_is_zero(swap->remaining) || u256_equal(swap->sqrt_price, swap->limit);
}

/*
 * One step of a swap that is not over.  CORE_BAD_PARAMETER where crossing a
 * tick makes liquidity negative and CORE_OUT_OF_RANGE where it makes it 2^128 or
 * more; *swap is then as it was, and univ3_swap_next_tick that tick.
 */
extern core_status univ3_swap_advance(univ3_swap *swap);

/* The tick where the next step ends at the latest, and whether it is one of the pool's ticks */
extern int32_t univ3_swap_next_tick(const univ3_swap *swap, bool *initialized);

/* Whether there is no liquidity here or in the direction of the swap */
extern bool univ3_swap_is_dry(const univ3_swap *swap);

#endif							/* PG_YIELD_CORE_LIQUIDITY_UNIV3_SWAP_H */
