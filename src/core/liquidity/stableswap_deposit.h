/*-------------------------------------------------------------------------
 *
 * core/liquidity/stableswap_deposit.h
 *	  Deposits into Curve's StableSwap pools and withdrawals of any amounts.
 *
 * add_liquidity, remove_liquidity_imbalance and calc_token_amount of 3pool,
 * steth and pool-templates/base (curvefi/curve-contract 574f440) and of
 * CurveStableSwapNG with its views contract (curvefi/stableswap-ng 2abe778).
 * Balancer's variants have other rules and are not taken here.
 *
 * Failures are those of core/liquidity/stableswap.h; CORE_NULL here also where
 * a deposit does not raise the invariant, or no share at all is burned.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_LIQUIDITY_STABLESWAP_DEPOSIT_H
#define PG_YIELD_CORE_LIQUIDITY_STABLESWAP_DEPOSIT_H

#include "core/liquidity/stableswap.h"

/*
 * Shares that a deposit of amounts, one for each coin, mints.  With a supply of
 * zero those are D, and every amount must be positive (CORE_NULL).
 */
extern core_status stableswap_add_liquidity(const stableswap_pool *pool, const u256 *amounts,
											u256 supply, u256 *out);

/*
 * Shares that a withdrawal of amounts burns.  CORE_OUT_OF_RANGE where an amount
 * is above its balance, or where rounding asks for more than the supply.
 */
extern core_status stableswap_remove_liquidity_imbalance(const stableswap_pool *pool,
														 const u256 *amounts, u256 supply,
														 u256 *out);

/*
 * What the contract's view says of either, which is without fees but in
 * stableswap-ng, and a unit off the withdrawal.
 */
extern core_status stableswap_calc_token_amount(const stableswap_pool *pool, const u256 *amounts,
												u256 supply, bool deposit, u256 *out);

#endif							/* PG_YIELD_CORE_LIQUIDITY_STABLESWAP_DEPOSIT_H */
