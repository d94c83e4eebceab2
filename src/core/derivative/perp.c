/*-------------------------------------------------------------------------
 *
 * core/derivative/perp.c
 *	  Perpetual and dated futures: funding rates, basis, carry, liquidation.
 *
 *-------------------------------------------------------------------------
 */
#include "core/derivative/perp.h"

#include <math.h>

/* Hand a result over if it is a number. */
static core_status
finite_result(double value, double *result)
{
	if (!isfinite(value))
		return CORE_OUT_OF_RANGE;
	*result = value;
	return CORE_OK;
}

/* Zero or more of x */
static double
positive_part(double x)
{
	return x > 0 ? x : 0;
}

/*
 * How far the prices at which a given amount trades lie off the index, as a
 * fraction of it: (max(0, bid - index) - max(0, index - ask)) / index, zero
 * where the index is between them (Binance and Hyperliquid).  Bid and ask are
 * not negative, and the bid is not above the ask.
 */
core_status
perp_premium_index(double bid, double ask, double index, double *premium)
{
	return finite_result((positive_part(bid - index) - positive_part(index - ask)) / index, premium);
}

/* x between -bound and bound */
static double
within(double x, double bound)
{
	return x > bound ? bound : x < -bound ? -bound : x;
}

/*
 * The rate of a payment: the premium moves towards the interest rate by at most
 * the clamp, both for eight hours; of that the part of the period is paid, at
 * most the cap.  Where the clamp does not bind that is the interest rate, and
 * is said to be just that, not the premium and what it lacks.
 */
core_status
perp_funding_rate(double premium, const funding_terms *terms, double *rate)
{
	double		pull = terms->interest_rate - premium;
	double		of_eight_hours = terms->interest_rate;

	if (fabs(pull) > terms->clamp)
		of_eight_hours = premium + within(pull, terms->clamp);
	return finite_result(within(of_eight_hours * (terms->hours / 8), terms->cap), rate);
}

/* Of so many payments a year, simple. */
core_status
perp_rate_apr(double rate, double periods, double *apr)
{
	return finite_result(rate * periods, apr);
}

/* The same, each payment reinvested.  CORE_NULL where one loses more than everything. */
core_status
perp_rate_apy(double rate, double periods, double *apy)
{
	if (rate < -1)
		return CORE_NULL;
	return finite_result(expm1(periods * log1p(rate)), apy);
}

/*
 * spot e^(carry years), carry being the interest less the yield of the spot, both
 * continuous.  The spot may be 0.
 */
core_status
perp_forward_price(double spot, double years, double carry, double *price)
{
	if (spot == 0)
		return finite_result(0, price);
	return finite_result(spot * exp(carry * years), price);
}

/* future/spot - 1 */
static double
relative_basis(double spot, double future)
{
	return (future - spot) / spot;
}

/* The basis for a year, simple.  The future may be 0; expired, CORE_NULL. */
core_status
perp_basis_apr(double spot, double future, double years, double *apr)
{
	if (years <= 0)
		return CORE_NULL;
	return finite_result(relative_basis(spot, future) / years, apr);
}

/* The same, compounding. */
core_status
perp_basis_apy(double spot, double future, double years, double *apy)
{
	if (years <= 0)
		return CORE_NULL;
	return finite_result(expm1(log1p(relative_basis(spot, future)) / years), apy);
}

/* The yield of the spot at which the future is fair, r - ln(future/spot)/years. */
core_status
perp_implied_yield(double spot, double future, double years, double rate, double *yield)
{
	if (years <= 0 || future == 0)
		return CORE_NULL;
	return finite_result(rate - log1p(relative_basis(spot, future)) / years, yield);
}

/*
 * What a spot that earns spot_apr yields on all capital, a future being sold
 * against it: ((F/S - 1) + spot_apr years - fee) / ((1 + margin) years), the fee
 * once.  Expired, CORE_NULL.
 */
core_status
perp_cash_and_carry(double spot, double future, double years, const carry_terms *terms,
					double *apr)
{
	double		gain = relative_basis(spot, future) + terms->spot_apr * years - terms->fee;

	if (years <= 0)
		return CORE_NULL;
	return finite_result(gain / (1 + terms->margin) / years, apr);
}

/* The same with a perpetual future, which receives funding; the fee by the year. */
core_status
perp_delta_neutral(double funding_apr, const carry_terms *terms, double *apr)
{
	double		income = terms->spot_apr + funding_apr + terms->margin * terms->margin_apr - terms->fee;

	return finite_result(income / (1 + terms->margin), apr);
}

/* A price at which something happens, if there is one */
static core_status
price_result(double numerator, double denominator, double *price)
{
	if (!isfinite(numerator) || !isfinite(denominator))
		return CORE_OUT_OF_RANGE;
	if (denominator == 0 || !(numerator / denominator > 0))
		return CORE_NULL;
	return finite_result(numerator / denominator, price);
}

/*
 * Where equity, C + c P + q (P - E), has come down to the maintenance margin,
 * m |q| P - A: P = (q E - C - A) / (q + c - m |q|).  CORE_NULL without a position
 * or such a price.
 */
core_status
perp_liquidation(const perp_position *p, double *price)
{
	double		numerator = fma(p->size, p->entry_price, -p->collateral) - p->maintenance_amount;
	double		denominator = fma(-p->maintenance_margin, fabs(p->size),
								  p->size + p->coin_collateral);

	if (p->size == 0)
		return CORE_NULL;
	return price_result(numerator, denominator, price);
}

/*
 * The same of an inverse future, whose notional is in US dollars and whose
 * collateral is in coins: C + N/E - N/P = m |N|/P.
 */
core_status
perp_inverse_liquidation(double entry, double notional, double collateral,
						 double maintenance_margin, double *price)
{
	if (notional == 0)
		return CORE_NULL;
	return price_result(fma(maintenance_margin, fabs(notional), notional),
						collateral + notional / entry, price);
}

/* In coins: N (1/entry - 1/exit), without the difference of two nearly equal quotients. */
core_status
perp_inverse_pnl(double entry, double exit, double notional, double *pnl)
{
	return finite_result((exit - entry) / exit * (notional / entry), pnl);
}
