/*-------------------------------------------------------------------------
 *
 * core/derivative/dydx.h
 *	  Funding of dYdX, exactly.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_DERIVATIVE_DYDX_H
#define PG_YIELD_CORE_DERIVATIVE_DYDX_H

#include "core/chain/u256.h"

/* What the funding index of a market moves by. */
typedef struct dydx_funding
{
	s256		rate_ppm;		/* for eight hours, in millionths */
	u256		seconds;		/* since it last moved */
	u256		price;			/* of the oracle, times 10^exponent */
	int			exponent;
	int			atomic_resolution;	/* of the base token, as an exponent of ten */
} dydx_funding;

extern core_status dydx_index_delta(const dydx_funding *f, s256 *delta);

#endif							/* PG_YIELD_CORE_DERIVATIVE_DYDX_H */
