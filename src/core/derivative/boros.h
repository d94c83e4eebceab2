/*-------------------------------------------------------------------------
 *
 * core/derivative/boros.h
 *	  Boros, Pendle's swaps of yields and funding rates, to the last digit.
 *
 * Source of the formulas: boros-core-public at 78403bf, PaymentLib.sol,
 * Trade.sol, MarginViewUtils.sol, TickMath.sol, PositiveAMMMath.sol.  All
 * numbers have 18 decimals unless said; a size is above 0 of who pays fixed.
 *
 * CORE_BAD_PARAMETER stands for what the contract refuses, CORE_OUT_OF_RANGE for
 * an overflow.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_DERIVATIVE_BOROS_H
#define PG_YIELD_CORE_DERIVATIVE_BOROS_H

#include "core/base/status.h"
#include "core/chain/u256.h"

/* What a market asks of a position as margin; seconds are those to maturity */
typedef struct boros_margin
{
	s256		size;
	s256		mark_rate;
	u256		seconds;
	u256		factor;
	u256		rate_floor;
	u256		time_floor;		/* in seconds */
} boros_margin;

typedef struct boros_pool
{
	u256		total_float;
	u256		norm_fixed;
	u256		seconds;
	u256		total_seconds;	/* from its seeding to maturity */
	u256		min_rate;
	u256		max_rate;
} boros_pool;

typedef struct boros_swapped
{
	s256		fixed_in;
	u256		total_float_after;
	u256		norm_fixed_after;
	u256		implied_rate_after;
} boros_swapped;

#define BOROS_MAX_STEP	15

extern core_status boros_cost(s256 size, s256 rate, u256 seconds, s256 *cost);
extern core_status boros_value(s256 size, s256 mark_rate, u256 seconds, s256 *value);
extern core_status boros_settled(s256 size, s256 floating0, s256 floating1, u256 fee0, u256 fee1,
								 s256 *payment, u256 *fee);
extern core_status boros_fee_of(s256 size, u256 fee_rate, u256 seconds, u256 *fee);
extern core_status boros_initial(const boros_margin *margin, u256 *out);
extern core_status boros_maintenance(const boros_margin *margin, u256 *out);
extern s256 boros_tick_rate(int tick, int step);
extern bool boros_has_float(const boros_pool *pool, s256 float_out);
extern core_status boros_swap(const boros_pool *pool, s256 float_out, boros_swapped *swapped);

#endif							/* PG_YIELD_CORE_DERIVATIVE_BOROS_H */
