/*-------------------------------------------------------------------------
 *
 * core/derivative/credit.c
 *	  Default at a hazard rate: swaps and covers against it, and pools cut into
 *	  tranches.
 *
 *-------------------------------------------------------------------------
 */
#include "core/derivative/credit.h"

#include <math.h>

#include "core/base/normal.h"
#include "core/base/root.h"

/* The constant hazard that makes default within so many years as likely as this, below 1; years > 0. */
core_status
credit_hazard_from_probability(double probability, double years, double *hazard)
{
	if (years == 0 || probability == 1)
		return CORE_NULL;
	*hazard = -log1p(-probability) / years;
	return bond_checked(*hazard);
}

/* ---------- credit default swaps ---------- */

/*
 * A period of a swap as what it pays: protection for a default, taken to be in
 * the middle of the period, and the premium at its end, or up to the default.
 * Source: QuantLib, MidPointCdsEngine.
 */
typedef struct cds_period
{
	double		middle_factor;	/* discount factors in the middle and at the end */
	double		end_factor;
	double		end_survival;
	double		default_chance;
	double		length;
} cds_period;

/* Both legs for a notional of 1 and full loss. */
typedef struct cds_legs
{
	double		protection;
	double		annuity;
} cds_legs;

static inline double
period_begin(const cds_terms *terms, size_t i)
{
	return i == 0 ? 0 : terms->times[i - 1];
}

static inline void
add_period(cds_legs *legs, const cds_period *p)
{
	legs->protection += p->default_chance * p->middle_factor;
	legs->annuity += p->length * (p->end_survival * p->end_factor +
								  p->default_chance * 0.5 * p->middle_factor);
}

static core_status
measure(const cds_terms *terms, const cds_legs *legs, cds_measures *m)
{
	double		protection = legs->protection * (1 - terms->recovery);

	m->has_par_spread = legs->annuity != 0;
	m->par_spread = m->has_par_spread ? protection / legs->annuity : 0;
	m->protection_leg = terms->notional * protection;
	m->risky_annuity = terms->notional * legs->annuity;
	m->pv = terms->notional * (protection - terms->coupon * legs->annuity);
	return bond_checked(m->par_spread + m->protection_leg + m->risky_annuity + m->pv);
}

/* The legs at flat rates, and how they change with the hazard. */
static void
flat_legs(const cds_terms *terms, double rate, double hazard, cds_legs *legs, cds_legs *slopes)
{
	*legs = *slopes = (cds_legs) {0, 0};
	for (size_t i = 0; i < terms->n; i++)
	{
		double		begin = period_begin(terms, i);
		double		end = terms->times[i];
		double		length = end - begin;
		double		chance = -expm1(-hazard * length);
		double		survival = exp(-hazard * begin);
		cds_period	p = {
			exp(-rate * (begin + length / 2)), exp(-rate * end), exp(-hazard * end),
			survival * chance, length
		};
		cds_period	slope = p;

		core_pause_at(terms->pause, i);
		slope.end_survival = -end * p.end_survival;
		slope.default_chance = end * p.end_survival - begin * survival;
		add_period(legs, &p);
		add_period(slopes, &slope);
	}
}

/* A swap where rate and hazard, not negative, are constant and continuous. */
core_status
cds_value(const cds_terms *terms, double rate, double hazard, cds_measures *measures)
{
	cds_legs	legs;
	cds_legs	slopes;

	flat_legs(terms, rate, hazard, &legs, &slopes);
	return measure(terms, &legs, measures);
}

/*
 * The same on a curve of discount factors and one of chances of survival;
 * CORE_NULL if the swap goes beyond either.
 */
core_status
curve_cds_value(const cds_terms *terms, const discount_curve *discount,
				const discount_curve *survival, curve_method method, cds_measures *measures)
{
	cds_legs	legs = {0, 0};
	double		survived = 1;

	for (size_t i = 0; i < terms->n; i++)
	{
		double		begin = period_begin(terms, i);
		double		end = terms->times[i];
		cds_period	p = {.length = end - begin};
		core_status status = curve_discount_factor(discount, begin + p.length / 2, method,
												   &p.middle_factor);

		core_pause_at(terms->pause, i);
		if (status == CORE_OK)
			status = curve_discount_factor(discount, end, method, &p.end_factor);
		if (status == CORE_OK)
			status = curve_discount_factor(survival, end, method, &p.end_survival);
		if (status != CORE_OK)
			return status;
		p.default_chance = survived - p.end_survival;
		survived = p.end_survival;
		add_period(&legs, &p);
	}
	return measure(terms, &legs, measures);
}

typedef struct hazard_search
{
	const cds_terms *terms;
	double		rate;
} hazard_search;

/* What a swap at a coupon is worth to the buyer of protection at a hazard, and its slope. */
static double
value_at_hazard(double hazard, double *slope, const void *context)
{
	const hazard_search *s = context;
	double		loss = 1 - s->terms->recovery;
	cds_legs	legs;
	cds_legs	slopes;

	flat_legs(s->terms, s->rate, hazard, &legs, &slopes);
	*slope = loss * slopes.protection - s->terms->coupon * slopes.annuity;
	return loss * legs.protection - s->terms->coupon * legs.annuity;
}

/*
 * The constant hazard at which the coupon of a swap is its par spread: the par
 * spread rises with the hazard, up to that of a certain default in the first
 * period, 2 (1 - recovery) / its length.  CORE_NULL from there on and for a
 * coupon below 0.
 */
core_status
cds_hazard(const cds_terms *terms, double rate, double *hazard)
{
	hazard_search s = {terms, rate};
	double		guess = terms->coupon / (1 - terms->recovery);
	double		high = guess;
	double		slope;
	double		value;

	*hazard = 0;
	if (terms->coupon == 0)
		return CORE_OK;
	if (terms->coupon < 0 || terms->times[0] / 2 * guess >= 1)
		return CORE_NULL;
	while ((value = value_at_hazard(high, &slope, &s)) <= 0)
	{
		if (high > DBL_MAX / 2)
			return CORE_NULL;
		high *= 2;
	}
	*hazard = root_between(value_at_hazard, &s, 0, high, true, guess);
	return isfinite(value) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* ---------- cover and pools ---------- */

/*
 * What a cover is worth up front that pays "severity" at a default within so
 * many years, discounted at a continuous rate, with a loading on top:
 *
 *		severity (1 + loading) h / (h + r) (1 - e^(-(h + r) years))
 */
core_status
credit_cover_premium(double hazard, double severity, double years, double rate, double loading,
					 double *premium)
{
	double		x = (hazard + rate) * years;
	double		mean = x == 0 ? 1 : -expm1(-x) / x;

	*premium = severity * (1 + loading) * (hazard * years * mean);
	return bond_checked(*premium);
}

/* The part of a tranche that a loss of the pool takes */
static double
tranche_part(double loss, double attachment, double detachment)
{
	return (fmin(fmax(loss, attachment), detachment) - attachment) / (detachment - attachment);
}

/*
 * The expected loss, as a share of the tranche from "attachment" to "detachment"
 * of a large uniform pool each of whose claims defaults with a probability and
 * then loses "severity", where the common factor has the correlation given, at
 * least 0 and below 1: the chance that the pool loses more than x, summed over
 * the x of the tranche.
 *
 * The pool's loss is x where its conditional probability of default is x /
 * severity, so with y its normal quantile the sum is the probability that y is
 * within the tranche and the claim defaults.
 * Source: O. Vasicek, "Loan portfolio value", Risk (December 2002).
 */
double
credit_tranche_loss(double probability, double correlation, double attachment,
					double detachment, double severity)
{
	double		low = attachment / severity;
	double		high = fmin(detachment / severity, 1);

	if (probability == 0 || probability == 1 || correlation == 0)
		return tranche_part(probability * severity, attachment, detachment);
	if (!(low < high))
		return 0;
	/* rounding does not make it more than all */
	return fmin(1, severity / (detachment - attachment) *
				normal_between_and_below(normal_quantile(low), normal_quantile(high),
										 normal_quantile(probability), sqrt(1 - correlation)));
}
