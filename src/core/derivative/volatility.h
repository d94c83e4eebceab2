/*-------------------------------------------------------------------------
 *
 * core/derivative/volatility.h
 *	  Volatility out of many options: fair variance, smiles.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_DERIVATIVE_VOLATILITY_H
#define PG_YIELD_CORE_DERIVATIVE_VOLATILITY_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/pause.h"
#include "core/base/status.h"

/* The quotes of a strike; a price that is not there is NaN, and not both are. */
typedef struct strike_quote
{
	double		strike;
	double		call_price;
	double		put_price;
} strike_quote;

typedef struct expiry_terms
{
	double		forward;
	double		years;
	double		rate;
} expiry_terms;

/* A slice of Gatheral's SVI: total variance over log-moneyness. */
typedef struct svi_slice
{
	double		a;
	double		b;
	double		rho;
	double		m;
	double		sigma;
} svi_slice;

typedef struct smile_point
{
	double		log_moneyness;
	double		total_variance;
} smile_point;

typedef struct sabr_terms
{
	double		alpha;
	double		beta;
	double		rho;
	double		nu;
} sabr_terms;

extern core_status variance_strike(const strike_quote *quotes, size_t n, const expiry_terms *expiry,
								   double *variance);
extern core_status volatility_index(double variance0, double years0, double variance1,
									double years1, double target_years, double *volatility);
extern double svi_variance(const svi_slice *slice, double log_moneyness);
extern core_status svi_density_sign(const svi_slice *slice, double log_moneyness, double *g);
extern core_status svi_fit(const smile_point *points, size_t n, core_pause pause, svi_slice *slice,
						   double *rmse);
extern core_status sabr_volatility(double strike, double forward, double years,
								   const sabr_terms *sabr, double *volatility);

#endif							/* PG_YIELD_CORE_DERIVATIVE_VOLATILITY_H */
