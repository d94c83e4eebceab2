/*-------------------------------------------------------------------------
 *
 * core/derivative/option.h
 *	  European options in closed form: prices, greeks, digitals, touches.
 *
 * Years are at least 0, rate and yield continuous and a year, volatility a
 * fraction per square root of a year and at least 0, prices positive; the SQL
 * face has checked that.  CORE_OUT_OF_RANGE: a result, or what it is made of,
 * is beyond a double.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_DERIVATIVE_OPTION_H
#define PG_YIELD_CORE_DERIVATIVE_OPTION_H

#include <stdbool.h>

#include "core/base/status.h"

typedef struct option_terms
{
	bool		call;			/* or a put */
	double		spot;
	double		strike;
	double		years;
	double		volatility;
	double		rate;
	double		yield;
} option_terms;

/* What Black and Scholes's formula takes of them */
typedef struct black_terms
{
	double		asset;			/* the spot less its yield until expiry */
	double		cash;			/* the strike, discounted */
	double		moneyness;		/* logarithm of the one over the other */
	double		deviation;		/* of the logarithm of the price at expiry */
} black_terms;

/* Per unit and per year; in the order of the columns in SQL. */
typedef struct option_greeks
{
	double		price;
	double		delta;
	double		gamma;
	double		vega;
	double		theta;
	double		rho;
	double		yield_rho;
	double		vanna;
	double		volga;
	double		charm;
	double		dual_delta;
	double		itm_probability;
} option_greeks;

/* Of options that are settled in coin; in the order of the columns in SQL. */
typedef struct inverse_greeks
{
	double		price;
	double		price_usd;
	double		delta;
	double		net_delta;
	double		gamma;
	double		vega;
	double		theta;
} inverse_greeks;

extern bool black_terms_of(const option_terms *option, black_terms *black);
extern double black_most(const black_terms *black);
extern double black_far_ratio(double moneyness, double deviation);
extern double black_far_lack(double moneyness, double deviation);
extern double black_far_value(double most, double moneyness, double deviation);
extern core_status option_price(const option_terms *option, double *price);
extern core_status option_greeks_of(const option_terms *option, option_greeks *greeks);
extern core_status inverse_price(const option_terms *option, double *price);
extern core_status inverse_greeks_of(const option_terms *option, inverse_greeks *greeks);
extern core_status inverse_payoff(bool call, double strike, double settlement, double *payoff);
extern core_status digital_price(const option_terms *option, double *price);
extern core_status touch_price(const option_terms *option, bool at_expiry, double *price);
extern core_status parity_gap(const option_terms *option, double call_price, double put_price,
							  double *gap);
extern core_status strike_at_delta(const option_terms *option, double delta, double *strike);

#endif							/* PG_YIELD_CORE_DERIVATIVE_OPTION_H */
