/*-------------------------------------------------------------------------
 *
 * core/derivative/swap.c
 *	  Swaps of a fixed against a floating rate.
 *
 * With one curve for both, the floating leg is worth 1 - DF(end), as any textbook
 * shows (J. Hull, "Options, Futures, and Other Derivatives", chapter on swaps).
 *
 *-------------------------------------------------------------------------
 */
#include "core/derivative/swap.h"

/* What a swap is worth whose annuity is known, and the factor at its end. */
static core_status
measure(const swap_terms *terms, double annuity, double last_factor, swap_measures *m)
{
	double		floating = 1 - last_factor;

	m->annuity = annuity;
	m->has_par_rate = annuity != 0;
	m->par_rate = m->has_par_rate ? floating / annuity : 0;
	m->pv = terms->notional * (floating - terms->fixed_rate * annuity);
	m->pv01 = terms->notional * annuity * 1e-4;
	return bond_checked(m->par_rate + m->pv + m->pv01);
}

static inline double
period(const swap_terms *terms, size_t i)
{
	return terms->times[i] - (i == 0 ? 0 : terms->times[i - 1]);
}

/* The swap at a discount factor, positive, for each of its times. */
core_status
swap_value(const swap_terms *terms, const double *factors, swap_measures *measures)
{
	double		annuity = 0;

	for (size_t i = 0; i < terms->n; i++)
	{
		core_pause_at(terms->pause, i);
		annuity += period(terms, i) * factors[i];
	}
	return measure(terms, annuity, factors[terms->n - 1], measures);
}

/* The same with the factors of a curve; CORE_NULL if a payment lies beyond it. */
core_status
curve_swap_value(const discount_curve *curve, const swap_terms *terms, curve_method method,
				 swap_measures *measures)
{
	double		annuity = 0;
	double		factor = 1;

	for (size_t i = 0; i < terms->n; i++)
	{
		core_status status = curve_discount_factor(curve, terms->times[i], method, &factor);

		core_pause_at(terms->pause, i);
		if (status != CORE_OK)
			return status;
		annuity += period(terms, i) * factor;
	}
	return measure(terms, annuity, factor, measures);
}

/*
 * What is paid at the end of a swap whose floating leg is the growth of an
 * index, both values positive: notional (index1/index0 - 1 - fixed_rate years).
 */
core_status
swap_settlement(double notional, double fixed_rate, double index0, double index1, double years,
				double *payment)
{
	*payment = notional * ((index1 - index0) / index0 - fixed_rate * years);
	return bond_checked(*payment);
}

/*
 * What the same swap is worth before: the leg that pays index/index0 at the end
 * costs index1/index0 now, whatever the index will do.
 *
 *		notional (index1/index0 - DF - fixed_rate (elapsed + left) DF)
 */
core_status
swap_index_value(double notional, double fixed_rate, double index0, double index1,
				 double years_elapsed, double years_left, double factor, double *value)
{
	double		floating = (index1 - index0) / index0 + (1 - factor);

	*value = notional * (floating - fixed_rate * (years_elapsed + years_left) * factor);
	return bond_checked(*value);
}
