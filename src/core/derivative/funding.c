/*-------------------------------------------------------------------------
 *
 * core/derivative/funding.c
 *	  What a set of funding payments comes down to.
 *
 *-------------------------------------------------------------------------
 */
#include "core/derivative/funding.h"

#define FUNDING_NONE	((funding_sums) {BINNED_EMPTY, BINNED_EMPTY})
#define DAY_MICROSECONDS	86400e6

static void
merge_sums(funding_sums *into, const funding_sums *other)
{
	binned_merge(&into->rate, &other->rate);
	binned_merge(&into->growth, &other->growth);
}

void
funding_summary_init(funding_summary *s, int64_t time, double rate)
{
	s->first_time = s->last_time = time;
	s->num_payments = s->num_first = 1;
	s->num_positive = rate > 0;
	s->first = s->later = FUNDING_NONE;
	funding_sums_add(&s->first, rate);
}

/* A payment that is not after the first time, or one too many. */
core_status
funding_summary_add_other(funding_summary *s, int64_t time, double rate)
{
	funding_summary one;

	funding_summary_init(&one, time, rate);
	return funding_summary_merge(s, &one);
}

/*
 * Take all payments of "other" into "into"; commutative and associative.
 * CORE_OUT_OF_RANGE, with "into" unchanged, beyond BINNED_MAX_TERMS payments.
 */
core_status
funding_summary_merge(funding_summary *into, const funding_summary *other)
{
	if (other->num_payments > BINNED_MAX_TERMS - into->num_payments)
		return CORE_OUT_OF_RANGE;
	if (other->first_time < into->first_time)
	{
		merge_sums(&into->later, &into->first);
		into->first = other->first;
		into->num_first = other->num_first;
		into->first_time = other->first_time;
	}
	else if (other->first_time == into->first_time)
	{
		merge_sums(&into->first, &other->first);
		into->num_first += other->num_first;
	}
	else
		merge_sums(&into->later, &other->first);
	merge_sums(&into->later, &other->later);
	if (other->last_time > into->last_time)
		into->last_time = other->last_time;
	into->num_payments += other->num_payments;
	into->num_positive += other->num_positive;
	return CORE_OK;
}

/* Can they be sums of so many payments? */
static bool
sums_are_valid(const funding_sums *s, int64_t n)
{
	return binned_is_valid(&s->rate, n) && binned_is_valid(&s->growth, n);
}

/* Does the sum have the sign that payments of one sign give it? */
static bool
signs_are_valid(const binned_sum *sum, int64_t num_positive, int64_t n)
{
	double		value = binned_value(sum).hi;

	return (num_positive > 0 || value <= 0) && (num_positive < n || value > 0);
}

/* Can payments have this summary? */
bool
funding_summary_is_valid(const funding_summary *s)
{
	funding_sums all;

	if (!time_is_valid(s->first_time) || !time_is_valid(s->last_time) ||
		s->first_time > s->last_time ||
		s->num_payments < 1 || s->num_payments > BINNED_MAX_TERMS ||
		s->num_positive < 0 || s->num_positive > s->num_payments ||
		s->num_first < 1 || s->num_first > s->num_payments ||
		(s->first_time == s->last_time) != (s->num_first == s->num_payments) ||
		!sums_are_valid(&s->first, s->num_first) ||
		!sums_are_valid(&s->later, s->num_payments - s->num_first))
		return false;
	all = s->first;
	merge_sums(&all, &s->later);
	return signs_are_valid(&all.rate, s->num_positive, s->num_payments) &&
		signs_are_valid(&all.growth, s->num_positive, s->num_payments);
}

static core_status
finite_result(double value, double *result)
{
	if (!isfinite(value))
		return CORE_OUT_OF_RANGE;
	*result = value;
	return CORE_OK;
}

/* The sum of all rates. */
core_status
funding_summary_total(const funding_summary *s, double *total)
{
	binned_sum	all = s->first.rate;

	binned_merge(&all, &s->later.rate);
	return finite_result(binned_value(&all).hi, total);
}

/*
 * How often the time from first to last goes into a year of so many days, which
 * are positive; CORE_NULL where all payments are at one time.
 */
static core_status
spans_a_year(const funding_summary *s, double year_days, double *spans)
{
	if (s->first_time == s->last_time)
		return CORE_NULL;
	*spans = year_days * DAY_MICROSECONDS / ((double) s->last_time - (double) s->first_time);
	return CORE_OK;
}

/* The rates after the first time for a year, simple. */
core_status
funding_summary_apr(const funding_summary *s, double year_days, double *apr)
{
	double		spans;
	core_status status = spans_a_year(s, year_days, &spans);

	if (status != CORE_OK)
		return status;
	return finite_result(binned_value(&s->later.rate).hi * spans, apr);
}

/* The same, each payment reinvested. */
core_status
funding_summary_apy(const funding_summary *s, double year_days, double *apy)
{
	double		spans;
	core_status status = spans_a_year(s, year_days, &spans);

	if (status != CORE_OK)
		return status;
	return finite_result(expm1(binned_value(&s->later.growth).hi * spans), apy);
}
