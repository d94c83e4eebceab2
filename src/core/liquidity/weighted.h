/*-------------------------------------------------------------------------
 *
 * core/liquidity/weighted.h
 *	  Balancer's weighted pools, to the last wei, as the contracts compute
 *	  them.
 *
 * Everything has 18 decimals: amounts and balances scaled to them, weights as
 * parts of one (in fact only their ratio counts), the fee as a part of the
 * amount that comes in.  Powers are those of Balancer's LogExpMath, with its
 * errors, and with the margin that FixedPoint adds on top.
 *
 * How functions fail: CORE_DIVISION_BY_ZERO where the contract would divide by
 * zero, CORE_OUT_OF_RANGE where an amount on the way is negative, is 2^256 or
 * more, or beyond the domain of the power, CORE_BAD_PARAMETER where a trade is
 * above the 30 % of a balance that pools accept.  A failed function leaves
 * *out alone.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_LIQUIDITY_WEIGHTED_H
#define PG_YIELD_CORE_LIQUIDITY_WEIGHTED_H

#include "core/chain/u256.h"

typedef enum weighted_pow
{
	WEIGHTED_POW_V1,			/* every power by logarithm: the first pools */
	WEIGHTED_POW_V2				/* powers of 1, 2 and 4 by multiplication */
} weighted_pow;

/* Both sides of a trade; swap_fee is below one */
typedef struct weighted_pair
{
	u256		balance_in;
	u256		weight_in;
	u256		balance_out;
	u256		weight_out;
	u256		swap_fee;
	weighted_pow pow_version;
} weighted_pair;

/* x^y rounded up beyond doubt: FixedPoint.powUp */
extern core_status weighted_power_up(u256 x, u256 y, weighted_pow version, u256 *out);

/* What amount_in buys: the fee, rounded up, is taken off it first */
extern core_status weighted_out(const weighted_pair *pair, u256 amount_in, u256 *out);

/* What buys amount_out, the fee included, rounded up */
extern core_status weighted_in(const weighted_pair *pair, u256 amount_out, u256 *out);

/*
 * What a very small amount buys per unit, fee included:
 * balance_out * weight_in / (balance_in * weight_out) * (1 - swap_fee).
 * CORE_DIVISION_BY_ZERO where balance_in or weight_out is zero.
 */
extern core_status weighted_spot_price(const weighted_pair *pair, double *out);

#endif							/* PG_YIELD_CORE_LIQUIDITY_WEIGHTED_H */
