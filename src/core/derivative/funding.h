/*-------------------------------------------------------------------------
 *
 * core/derivative/funding.h
 *	  What a set of funding payments comes down to.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_DERIVATIVE_FUNDING_H
#define PG_YIELD_CORE_DERIVATIVE_FUNDING_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/base/binned_sum.h"
#include "core/base/point.h"
#include "core/base/status.h"

/* Payments: their rates, and the logarithms of 1 + rate. */
typedef struct funding_sums
{
	binned_sum	rate;
	binned_sum	growth;
} funding_sums;

/*
 * A set of payments (time, rate), rates above -1; each row is one, also where
 * times are equal.  Those at the first time pay for what was before it, so they
 * are kept apart from the later ones: a yield is that of the later ones over the
 * time from first to last.  Sums do not depend on the order of rows.  There is
 * no empty summary.  Eight-byte fields only, so there is no padding.
 */
typedef struct funding_summary
{
	int64_t		first_time;
	int64_t		last_time;
	int64_t		num_payments;
	int64_t		num_positive;
	int64_t		num_first;		/* at the first time */
	funding_sums first;
	funding_sums later;
} funding_summary;

static inline bool
funding_rate_is_valid(double rate)
{
	return rate > -1 && rate <= DBL_MAX;
}

/*
 * ln(1 + rate).  Rates are small nearly always, and then six terms of the series
 * are all that a double holds, and quicker: the first that is left out is below
 * 2^-60 of the result.
 */
static inline double
funding_growth(double rate)
{
	if (fabs(rate) > 0x1p-10)
		return log1p(rate);
	return rate + rate * rate * (-1 / 2.0 + rate * (1 / 3.0 + rate * (-1 / 4.0 + rate *
		(1 / 5.0 + rate * (-1 / 6.0)))));
}

static inline void
funding_sums_add(funding_sums *s, double rate)
{
	binned_add(&s->rate, rate);
	binned_add(&s->growth, funding_growth(rate));
}

/* The time is one that time_is_valid, the rate one that funding_rate_is_valid. */
extern void funding_summary_init(funding_summary *s, int64_t time, double rate);
extern core_status funding_summary_add_other(funding_summary *s, int64_t time, double rate);
extern core_status funding_summary_merge(funding_summary *into, const funding_summary *other);
extern bool funding_summary_is_valid(const funding_summary *s);
extern core_status funding_summary_total(const funding_summary *s, double *total);
extern core_status funding_summary_apr(const funding_summary *s, double year_days, double *apr);
extern core_status funding_summary_apy(const funding_summary *s, double year_days, double *apy);

/* Add a payment; written for rows in order of time. */
static inline core_status
funding_summary_add(funding_summary *s, int64_t time, double rate)
{
	if (time <= s->first_time || s->num_payments >= BINNED_MAX_TERMS)
		return funding_summary_add_other(s, time, rate);
	if (time > s->last_time)
		s->last_time = time;
	s->num_payments++;
	s->num_positive += rate > 0;
	funding_sums_add(&s->later, rate);
	return CORE_OK;
}

#endif							/* PG_YIELD_CORE_DERIVATIVE_FUNDING_H */
