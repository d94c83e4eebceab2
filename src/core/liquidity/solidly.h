/*-------------------------------------------------------------------------
 *
 * core/liquidity/solidly.h
 *	  Stable pools of Solidly's kind (x^3 y + x y^3 = k), to the last wei.
 *
 * Two algorithms for the same curve, which differ in the last digits:
 * contracts/Pool.sol of aerodrome-finance/contracts (a5fae2e), which Velodrome
 * v2 has too, and contracts/Pair.sol of velodrome-finance/v1 (de6b2a1), which
 * is that of Solidly and its other forks.
 *
 * Balances are unsigned words in the token's smallest unit, units are 10 to the
 * power of the token's decimals; the curve is in 18 decimals.  Every product
 * must fit 256 bits, as in the contracts.
 *
 * How functions fail, all of them where the contract reverts:
 * CORE_DIVISION_BY_ZERO where the slope of the curve is zero,
 * CORE_OUT_OF_RANGE where an amount on the way is negative or 2^256 or more,
 * CORE_BAD_PARAMETER where Newton's iteration has not ended after 255 rounds.
 * A failed function leaves *out alone.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_LIQUIDITY_SOLIDLY_H
#define PG_YIELD_CORE_LIQUIDITY_SOLIDLY_H

#include "core/chain/u256.h"

#define SOLIDLY_MAX_ROUNDS	255

typedef enum solidly_version
{
	SOLIDLY_AERODROME,			/* and Velodrome v2: the least y on the curve or above */
	SOLIDLY_ORIGINAL			/* Velodrome v1, other forks: where y moves by no more than one */
} solidly_version;

typedef struct solidly_pool
{
	solidly_version version;
	u256		reserve[2];
	u256		unit[2];		/* 10^decimals of each token, not zero */
	u256		fee_bps;		/* at most 10000 */
} solidly_pool;

/* k of both reserves: (x y) (x^2 + y^2), every product floored to 18 decimals */
extern core_status solidly_k(const solidly_pool *pool, u256 *out);

/*
 * The balance that goes with balance x at k, both with 18 decimals, by Newton's
 * iteration from y; of the pool only version and units matter.
 */
extern core_status solidly_y(const solidly_pool *pool, u256 x, u256 k, u256 y, u256 *out);

/* What amount_in of token 0, or else 1, buys; the fee is taken off it first */
extern core_status solidly_amount_out(const solidly_pool *pool, u256 amount_in,
									  bool zero_for_one, u256 *out);

/*
 * Price of token 0 in token 1, both in whole tokens, before the fee:
 * (3 x^2 y + y^3) / (x^3 + 3 x y^2).  CORE_DIVISION_BY_ZERO where x is zero.
 */
extern core_status solidly_spot_price(const solidly_pool *pool, double *out);

#endif							/* PG_YIELD_CORE_LIQUIDITY_SOLIDLY_H */
