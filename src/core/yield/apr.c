/*-------------------------------------------------------------------------
 *
 * core/yield/apr.c
 *	  Yields from exchange rates: simple, compound and blended.
 *
 *-------------------------------------------------------------------------
 */
#include "core/yield/apr.h"

#include <float.h>
#include <math.h>

#define USECS_PER_DAY	86400000000.0

/*
 * How many times the span from time0 to time1 goes into a year.  The span is
 * taken without sign: the whole range of timestamps is wider than an int64.
 */
static double
spans_per_year(int64_t time0, int64_t time1, double year_days)
{
	uint64_t	span = (uint64_t) time1 - (uint64_t) time0;

	return year_days * USECS_PER_DAY / (double) span;
}

/*
 * Is there a span at all?  A growth needs two moments, the second after the
 * first: equal ones have no answer, reversed ones are the caller's mistake.
 */
static core_status
check_span(int64_t time0, int64_t time1)
{
	if (time0 == time1)
		return CORE_NULL;
	return time0 < time1 ? CORE_OK : CORE_BAD_PARAMETER;
}

/*
 * Simple annual yield between two points of an exchange rate:
 *
 *		(rate1 - rate0) / rate0 * year / (time1 - time0)
 *
 * The rates are positive and finite; times in microseconds.  The change is
 * relative to the old rate, not to one: dividing by one overstates the yield
 * by the rate itself.  Negative when the rate fell.
 *
 * CORE_BAD_PARAMETER for reversed times.  CORE_NULL for equal ones, and when
 * the yield is beyond a double: two blocks can differ by what, compounded over
 * a year of blocks, is no number that means anything, and a rolling yield must
 * get past such a frame.
 * Source: Lido's definition of APR as the relative change of the share rate,
 * docs.lido.fi, "Lido APR"; there and here without compounding.
 */
core_status
yield_apr(double rate0, double rate1, int64_t time0, int64_t time1,
		  double year_days, double *apr)
{
	return yield_apr_of_change(rate0, rate1, rate1 - rate0, time0, time1, year_days, apr);
}

/*
 * The same where the caller knows change = rate1 - rate0 better than two
 * doubles do, see rate_change_exact.  rate1 is not needed; it is there for the
 * sake of one signature.
 */
core_status
yield_apr_of_change(double rate0, double rate1, double change, int64_t time0, int64_t time1,
					double year_days, double *apr)
{
	core_status status = check_span(time0, time1);

	(void) rate1;
	if (status != CORE_OK)
		return status;
	*apr = change / rate0 * spans_per_year(time0, time1, year_days);
	return isfinite(*apr) ? CORE_OK : CORE_NULL;
}

/*
 * ln(rate1 / rate0) for positive, finite rates and their difference.  Growth of a day is some 1e-4,
 * of which a quotient near one would lose four digits, hence log1p; far from
 * one the quotient is the more exact, unless it leaves the range of a double.
 */
static double
log_growth(double rate0, double rate1, double change)
{
	double		growth = change / rate0;
	double		ratio;

	if (fabs(growth) < 0.5)
		return log1p(growth);
	ratio = rate1 / rate0;
	if (ratio >= DBL_MIN && ratio <= DBL_MAX)
		return log(ratio);
	return log(rate1) - log(rate0);
}

/*
 * Compound annual yield between two points of an exchange rate:
 *
 *		(rate1 / rate0) ^ (year / (time1 - time0)) - 1
 *
 * Arguments and outcomes as yield_apr.
 */
core_status
yield_apy(double rate0, double rate1, int64_t time0, int64_t time1,
		  double year_days, double *apy)
{
	return yield_apy_of_change(rate0, rate1, rate1 - rate0, time0, time1, year_days, apy);
}

/* The same with a change that the caller knows better, as yield_apr_of_change. */
core_status
yield_apy_of_change(double rate0, double rate1, double change, int64_t time0, int64_t time1,
					double year_days, double *apy)
{
	core_status status = check_span(time0, time1);

	if (status != CORE_OK)
		return status;
	*apy = expm1(log_growth(rate0, rate1, change) * spans_per_year(time0, time1, year_days));
	return isfinite(*apy) ? CORE_OK : CORE_NULL;
}

/* ln(rate1 / rate0) for positive, finite rates; exact to an ulp near zero. */
double
yield_log_growth(double rate0, double rate1)
{
	return log_growth(rate0, rate1, rate1 - rate0);
}

/*
 * Continuous (logarithmic) annual yield between two points of an exchange
 * rate, ln(rate1 / rate0) * year / (time1 - time0).  The log yields of
 * adjacent windows, weighted by their spans, add up to that of the whole.
 * Arguments and outcomes as yield_apr_of_change.
 */
core_status
yield_log_of_change(double rate0, double rate1, double change, int64_t time0, int64_t time1,
					double year_days, double *result)
{
	core_status status = check_span(time0, time1);

	if (status != CORE_OK)
		return status;
	*result = log_growth(rate0, rate1, change) * spans_per_year(time0, time1, year_days);
	return isfinite(*result) ? CORE_OK : CORE_NULL;
}

/*
 * A yearly rate that is credited "from" times a year as the one that, credited
 * "to" times a year, grows by as much:
 *
 *		to * ((1 + rate/from)^(from/to) - 1)
 *
 * An infinite number of periods is continuous compounding, e^rate.  rate is
 * finite, from and to > 0 and not NaN.
 *
 * CORE_NULL when a period loses more than everything (rate < -from), since no
 * power of a negative number is a growth, and when a total loss is asked for
 * as a continuous rate, of which none is that.
 */
core_status
yield_convert(double rate, double from, double to, double *result)
{
	double		growth;			/* natural logarithm of a year's growth */

	if (rate < -from)
		return CORE_NULL;
	growth = isinf(from) ? rate : from * log1p(rate / from);
	if (isinf(to) && growth == -INFINITY)
		return CORE_NULL;
	*result = isinf(to) ? growth : to * expm1(growth / to);
	return isfinite(*result) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* The compound yield of a nominal one that is credited "periods" times a year. */
core_status
yield_apr_to_apy(double apr, double periods, double *apy)
{
	return yield_convert(apr, periods, 1, apy);
}

/* Its inverse. */
core_status
yield_apy_to_apr(double apy, double periods, double *apr)
{
	return yield_convert(apy, 1, periods, apr);
}

/* The sums of nothing, to which points are added. */
void
blend_summary_init(blend_summary *s)
{
	*s = (blend_summary) {0, BINNED_EMPTY, BINNED_EMPTY};
}

/*
 * Add a yield with its weight: apr finite, weight finite and >= 0, both
 * checked by the caller.  CORE_OUT_OF_RANGE only after more points than there
 * are; products and sums may be beyond the range of a double.
 */
core_status
blend_summary_add(blend_summary *s, double apr, double weight)
{
	if (s->num_aprs >= BINNED_MAX_TERMS)
		return CORE_OUT_OF_RANGE;
	s->num_aprs++;
	binned_add(&s->weight, weight);
	binned_add_product(&s->weighted, apr, weight);
	return CORE_OK;
}

/* Take all points of "other" into "into".  Commutative and associative. */
core_status
blend_summary_merge(blend_summary *into, const blend_summary *other)
{
	if (into->num_aprs > BINNED_MAX_TERMS - other->num_aprs)
		return CORE_OUT_OF_RANGE;
	into->num_aprs += other->num_aprs;
	binned_merge(&into->weight, &other->weight);
	binned_merge(&into->weighted, &other->weighted);
	return CORE_OK;
}

/* Could adding points have led to these sums? */
bool
blend_summary_is_valid(const blend_summary *s)
{
	return s->num_aprs >= 1 && s->num_aprs <= BINNED_MAX_TERMS &&
		binned_is_sum_of_positives(&s->weight, s->num_aprs) &&
		binned_is_valid(&s->weighted, s->num_aprs) &&
	/* without weight there is nothing to have weighted */
		(s->weight.top != BINNED_NONE || s->weighted.top == BINNED_NONE);
}

/* The sum of the weights. */
core_status
blend_summary_weight(const blend_summary *s, double *weight)
{
	*weight = binned_value(&s->weight).hi;
	return isfinite(*weight) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/*
 * The weighted mean, sum(apr * weight) / sum(weight).  CORE_NULL when the
 * weights sum to zero.
 */
core_status
blend_summary_apr(const blend_summary *s, double *apr)
{
	if (s->weight.top == BINNED_NONE)
		return CORE_NULL;
	*apr = binned_quotient(&s->weighted, &s->weight);
	return isfinite(*apr) ? CORE_OK : CORE_OUT_OF_RANGE;
}
