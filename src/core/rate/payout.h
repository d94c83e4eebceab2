/*-------------------------------------------------------------------------
 *
 * core/rate/payout.h
 *	  What a queue of withdrawals pays, as the contracts compute it.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_PAYOUT_H
#define PG_YIELD_CORE_PAYOUT_H

#include "core/chain/fixed.h"

/*
 * ether.fi: the rate at which requests are finalised, rounded up, over 1e18;
 * 0 without shares (etherfi-protocol/smart-contracts src/core/LiquidityPool.sol,
 * amountPerShareCeil).
 */
static inline core_status
etherfi_finalization_rate(u256 pooled, u256 total_shares, u256 *rate)
{
	if (u256_is_zero(total_shares))
	{
		*rate = U256_ZERO;
		return CORE_OK;
	}
	return wad_div(pooled, total_shares, U256_CEIL, rate);
}

/*
 * ether.fi: what a request gets, never more than was asked for
 * (src/withdrawals/WithdrawRequestNFT.sol, _getClaimableAmount).
 */
static inline core_status
etherfi_withdrawal_payout(u256 requested, u256 shares, u256 rate, u256 *payout)
{
	u256		worth = U256_ZERO;
	core_status status = wad_mul(shares, rate, U256_FLOOR, &worth);

	if (status == CORE_OK)
		*payout = u256_cmp(worth, requested) < 0 ? worth : requested;
	return status;
}

#endif							/* PG_YIELD_CORE_PAYOUT_H */
