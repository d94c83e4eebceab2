/*-------------------------------------------------------------------------
 *
 * core/rate/savings.h
 *	  Savings rates of Maker and Sky: an index that grows by a factor a second.
 *
 * Factors and indices are rays, 1e27 for one.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_SAVINGS_H
#define PG_YIELD_CORE_SAVINGS_H

#include "core/chain/u256.h"

#define SAVINGS_YEAR	UINT64_C(31536000)	/* seconds of 365 days */

/*
 * floor(rpow(rate, seconds) * chi / 1e27), as drip() and the views of the
 * contracts compute it.  CORE_OUT_OF_RANGE where they revert because a product
 * is 2^256 or more.
 */
extern core_status savings_index(u256 chi, u256 rate, u256 seconds, u256 *index);

/* rpow(rate, a year) - 1e27; negative for a factor below one */
extern core_status savings_apy(u256 rate, s256 *apy);

#endif							/* PG_YIELD_CORE_SAVINGS_H */
