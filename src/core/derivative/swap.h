/*-------------------------------------------------------------------------
 *
 * core/derivative/swap.h
 *	  Swaps of a fixed against a floating rate.
 *
 * Values are to who pays the fixed rate, in the unit of the notional.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_DERIVATIVE_SWAP_H
#define PG_YIELD_CORE_DERIVATIVE_SWAP_H

#include <stdbool.h>
#include <stddef.h>

#include "core/derivative/curve.h"

/* A swap with payments at ascending times, the first period from 0. */
typedef struct swap_terms
{
	const double *times;
	size_t		n;
	double		fixed_rate;
	double		notional;
	core_pause	pause;
} swap_terms;

typedef struct swap_measures
{
	double		annuity;		/* what a rate of 1 on a notional of 1 is worth */
	bool		has_par_rate;
	double		par_rate;
	double		pv;
	double		pv01;			/* what a fixed rate lower by 1e-4 would add */
} swap_measures;

extern core_status swap_value(const swap_terms *terms, const double *factors,
							  swap_measures *measures);
extern core_status curve_swap_value(const discount_curve *curve, const swap_terms *terms,
									curve_method method, swap_measures *measures);
extern core_status swap_settlement(double notional, double fixed_rate, double index0,
								   double index1, double years, double *payment);
extern core_status swap_index_value(double notional, double fixed_rate, double index0,
									double index1, double years_elapsed, double years_left,
									double factor, double *value);

#endif							/* PG_YIELD_CORE_DERIVATIVE_SWAP_H */
