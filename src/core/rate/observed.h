/*-------------------------------------------------------------------------
 *
 * core/rate/observed.h
 *	  Rates that are seen in what was paid for shares: a quotient of two whole
 *	  amounts, and between which bounds the price was that a contract rounded.
 *
 * Amounts are words in the smallest units of asset and share; results are
 * assets for a share times 10^exponent, floored.  The exponent is -95 .. 113:
 * 18 where both have the same decimals and the rate is over 1e18.
 *
 * CORE_OUT_OF_RANGE where a result is 2^256 or more, CORE_NULL where there is
 * nothing to divide by.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_RATE_OBSERVED_H
#define PG_YIELD_CORE_RATE_OBSERVED_H

#include "core/chain/wide.h"

/* assets / shares, of numbers of up to 257 bits */
extern core_status observed_quotient(wide assets, wide shares, int exponent, u256 *rate);

/* Shares were rounded down: the price is above assets / (shares + 1) */
extern core_status observed_of_more_shares(u256 assets, u256 shares, int exponent, u256 *least);

/* Assets were rounded down: the price is below (assets + 1) / shares */
extern core_status observed_of_more_assets(u256 assets, u256 shares, int exponent,
										   u256 *greatest);

/*
 * Of a deposit either amount was asked for, and the vault rounded the other to
 * its own advantage: assets / price was less than a unit above the shares, or
 * shares * price less than a unit below the assets.  Zero without assets.
 */
extern core_status observed_deposit_least(u256 assets, u256 shares, int exponent, u256 *least);

/* The other way round; CORE_NULL for one share, which may have been nearly none */
extern core_status observed_withdrawal_greatest(u256 assets, u256 shares, int exponent,
												u256 *greatest);

#endif							/* PG_YIELD_CORE_RATE_OBSERVED_H */
