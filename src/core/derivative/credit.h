/*-------------------------------------------------------------------------
 *
 * core/derivative/credit.h
 *	  Default at a hazard rate: swaps and covers against it, and pools cut into
 *	  tranches.
 *
 * Hazards, rates and spreads are fractions a year, continuous but for spreads;
 * recovery is what is left of a claim, from 0 to below 1.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_DERIVATIVE_CREDIT_H
#define PG_YIELD_CORE_DERIVATIVE_CREDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/derivative/curve.h"

/* A credit default swap with premiums at ascending times, the first period from 0. */
typedef struct cds_terms
{
	const double *times;
	size_t		n;
	double		coupon;
	double		recovery;
	double		notional;
	core_pause	pause;
} cds_terms;

/* To the buyer of protection; legs for the notional of the swap. */
typedef struct cds_measures
{
	bool		has_par_spread;
	double		par_spread;
	double		protection_leg;
	double		risky_annuity;
	double		pv;
} cds_measures;

extern core_status credit_hazard_from_probability(double probability, double years,
												  double *hazard);
extern core_status cds_value(const cds_terms *terms, double rate, double hazard,
							 cds_measures *measures);
extern core_status curve_cds_value(const cds_terms *terms, const discount_curve *discount,
								   const discount_curve *survival, curve_method method,
								   cds_measures *measures);
extern core_status cds_hazard(const cds_terms *terms, double rate, double *hazard);
extern core_status credit_cover_premium(double hazard, double severity, double years,
										double rate, double loading, double *premium);
extern double credit_tranche_loss(double probability, double correlation, double attachment,
								  double detachment, double severity);

#endif							/* PG_YIELD_CORE_DERIVATIVE_CREDIT_H */
