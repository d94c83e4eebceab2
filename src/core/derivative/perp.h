/*-------------------------------------------------------------------------
 *
 * core/derivative/perp.h
 *	  Perpetual and dated futures: funding rates, basis, carry, liquidation.
 *
 * Rates are fractions, of a period where one is given and a year elsewhere;
 * times to expiry are in years.  All arguments are finite.  Prices are positive
 * unless said.  CORE_OUT_OF_RANGE where a result is beyond the range of a
 * double, CORE_NULL as each function says.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_DERIVATIVE_PERP_H
#define PG_YIELD_CORE_DERIVATIVE_PERP_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/status.h"

/* How an exchange turns a premium into the rate of a payment. */
typedef struct funding_terms
{
	double		interest_rate;	/* for eight hours */
	double		clamp;			/* >= 0: how far the interest may pull the premium */
	double		cap;			/* >= 0, or infinite: the greatest rate of a payment */
	double		hours;			/* > 0: from one payment to the next */
} funding_terms;

extern core_status perp_premium_index(double bid, double ask, double index, double *premium);
extern core_status perp_funding_rate(double premium, const funding_terms *terms, double *rate);
extern core_status perp_rate_apr(double rate, double periods, double *apr);
extern core_status perp_rate_apy(double rate, double periods, double *apy);

extern core_status perp_forward_price(double spot, double years, double carry, double *price);
extern core_status perp_basis_apr(double spot, double future, double years, double *apr);
extern core_status perp_basis_apy(double spot, double future, double years, double *apy);
extern core_status perp_implied_yield(double spot, double future, double years, double rate,
									  double *yield);

/* What a carry trade has beside its hedge; margin and fee are fractions of the notional. */
typedef struct carry_terms
{
	double		spot_apr;
	double		margin;			/* >= 0: collateral that earns nothing of the spot */
	double		margin_apr;
	double		fee;
} carry_terms;

extern core_status perp_cash_and_carry(double spot, double future, double years,
									   const carry_terms *terms, double *apr);
extern core_status perp_delta_neutral(double funding_apr, const carry_terms *terms, double *apr);

/* A position in a linear future; size and collateral may have either sign. */
typedef struct perp_position
{
	double		entry_price;
	double		size;			/* in coins, negative if short */
	double		collateral;		/* in quote */
	double		coin_collateral;	/* in coins */
	double		maintenance_margin; /* 0 <= m < 1, of the notional */
	double		maintenance_amount; /* >= 0, in quote */
} perp_position;

extern core_status perp_liquidation(const perp_position *p, double *price);
extern core_status perp_inverse_liquidation(double entry, double notional, double collateral,
											double maintenance_margin, double *price);
extern core_status perp_inverse_pnl(double entry, double exit, double notional, double *pnl);

#endif							/* PG_YIELD_CORE_DERIVATIVE_PERP_H */
