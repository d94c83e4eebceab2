/*-------------------------------------------------------------------------
 *
 * core/liquidity/univ2.h
 *	  Swaps against two reserves whose product stays the same: Uniswap v2.
 *
 * getAmountOut and getAmountIn of UniswapV2Library.sol in Uniswap/v2-periphery,
 * with the fee in basis points: 30 gives its 997/1000, as forks have others.
 * Products have 512 bits here; the contract reverts where they exceed 256.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_LIQUIDITY_UNIV2_H
#define PG_YIELD_CORE_LIQUIDITY_UNIV2_H

#include "core/chain/u256.h"

#define UNIV2_FEE_UNIT		10000

/*
 * What amount_in buys, floored.  CORE_BAD_PARAMETER where a reserve is zero or
 * fee_bps is UNIV2_FEE_UNIT or more, CORE_OUT_OF_RANGE where a sum reaches 2^256.
 */
extern core_status univ2_amount_out(u256 amount_in, u256 reserve_in, u256 reserve_out,
									uint32_t fee_bps, u256 *amount_out);

/*
 * What amount_out costs: floor + 1, which is one more than needed where the
 * division leaves nothing, and 0 for 0.  CORE_BAD_PARAMETER also where
 * amount_out is not below reserve_out.
 */
extern core_status univ2_amount_in(u256 amount_out, u256 reserve_in, u256 reserve_out,
								   uint32_t fee_bps, u256 *amount_in);

#endif							/* PG_YIELD_CORE_LIQUIDITY_UNIV2_H */
