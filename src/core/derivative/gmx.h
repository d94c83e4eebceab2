/*-------------------------------------------------------------------------
 *
 * core/derivative/gmx.h
 *	  Funding of GMX v2, exactly.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_DERIVATIVE_GMX_H
#define PG_YIELD_CORE_DERIVATIVE_GMX_H

#include "core/chain/u256.h"

/* A market: amounts in US dollars and factors with 30 decimals. */
typedef struct gmx_market
{
	u256		long_open_interest;
	u256		short_open_interest;
	s256		saved_factor;	/* a second, positive where longs pay */
	u256		seconds;		/* since it was saved */
	u256		increase_factor;	/* 0: not adaptive */
	u256		decrease_factor;
	u256		threshold_stable;
	u256		threshold_decrease;
	u256		min_factor;
	u256		max_factor;
	u256		funding_factor; /* of a market that is not adaptive */
} gmx_market;

typedef struct gmx_funding
{
	u256		factor_per_second;
	bool		longs_pay_shorts;
	s256		next_saved_factor;
} gmx_funding;

extern core_status gmx_next_funding(const gmx_market *market, gmx_funding *funding);

#endif							/* PG_YIELD_CORE_DERIVATIVE_GMX_H */
