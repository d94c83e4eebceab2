/*-------------------------------------------------------------------------
 *
 * core/rate/summary.c
 *	  Exchange rates over time, and what a set of them comes down to.
 *
 *-------------------------------------------------------------------------
 */
#include "core/rate/summary.h"

#include <math.h>

/*
 * Take all points of "other" into "into".  Commutative and associative: each
 * field is a minimum or maximum over the points (of time first, of the rate
 * among equal times), or a count.
 *
 * Returns CORE_OUT_OF_RANGE, with "into" unchanged, when the number of points
 * passes what an int64 holds: only a forged summary can bring that about.
 */
core_status
rate_summary_merge(rate_summary *into, const rate_summary *other)
{
	if (into->num_rates > INT64_MAX - other->num_rates)
		return CORE_OUT_OF_RANGE;
	into->num_rates += other->num_rates;

	if (other->first_time < into->first_time)
	{
		into->first_time = other->first_time;
		into->first_rate = other->first_rate;
	}
	else if (other->first_time == into->first_time && other->first_rate > into->first_rate)
		into->first_rate = other->first_rate;

	if (other->last_time > into->last_time)
	{
		into->last_time = other->last_time;
		into->last_rate = other->last_rate;
	}
	else if (other->last_time == into->last_time && other->last_rate > into->last_rate)
		into->last_rate = other->last_rate;

	if (other->min_rate < into->min_rate)
		into->min_rate = other->min_rate;
	if (other->max_rate > into->max_rate)
		into->max_rate = other->max_rate;
	return CORE_OK;
}

/*
 * Is there a set of points of which this is the summary?  Exactly those
 * images pass that adding points can produce, so that whatever was computed
 * here can be stored and read back, and nothing else can be read.
 */
bool
rate_summary_is_valid(const rate_summary *s)
{
	double		low,
				high;

	if (s->num_rates < 1 ||
		!time_is_valid(s->first_time) || !time_is_valid(s->last_time) ||
		s->first_time > s->last_time ||
		!rate_is_valid(s->first_rate) || !rate_is_valid(s->last_rate) ||
		!rate_is_valid(s->min_rate) || !rate_is_valid(s->max_rate))
		return false;

	low = s->first_rate < s->last_rate ? s->first_rate : s->last_rate;
	high = s->first_rate < s->last_rate ? s->last_rate : s->first_rate;
	if (s->min_rate > low || s->max_rate < high)
		return false;

	if (s->first_time == s->last_time)
	{
		/* all points tie, so the greatest of them is first and last */
		if (low != high || s->max_rate != high)
			return false;
		return s->num_rates > 1 || s->min_rate == high;
	}

	/*
	 * A rate above both the first and the last lies at a time between theirs,
	 * which are whole microseconds.
	 */
	if (s->max_rate > high && s->last_time - 1 == s->first_time)
		return false;

	/*
	 * Two points are the first and the last.  A third can be the least or the
	 * greatest, but not both.
	 */
	if (s->num_rates < 2)
		return false;
	if (s->num_rates == 2)
		return s->min_rate == low && s->max_rate == high;
	if (s->num_rates == 3)
		return s->min_rate == low || s->max_rate == high;
	return true;
}

static int
cmp_int64(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int
cmp_double(double a, double b)
{
	return (a > b) - (a < b);
}

/*
 * A total order: by the span of time first, so that summaries of one history
 * sort as a calendar does, then by whatever is left.  Zero means equal in
 * every bit, since a valid summary holds neither NaN nor a signed zero.
 */
int
rate_summary_cmp(const rate_summary *a, const rate_summary *b)
{
	int			c;

	if ((c = cmp_int64(a->first_time, b->first_time)) != 0 ||
		(c = cmp_int64(a->last_time, b->last_time)) != 0 ||
		(c = cmp_double(a->first_rate, b->first_rate)) != 0 ||
		(c = cmp_double(a->last_rate, b->last_rate)) != 0 ||
		(c = cmp_double(a->min_rate, b->min_rate)) != 0 ||
		(c = cmp_double(a->max_rate, b->max_rate)) != 0)
		return c;
	return cmp_int64(a->num_rates, b->num_rates);
}

/*
 * to - from in double, rounded once.  Two rates in wei that differ in their
 * last digits may be one and the same double, so that taking the difference
 * later would lose it.
 */
double
rate_change_exact(u256 from, u256 to)
{
	u256		change;

	if (u256_sub(to, from, &change))
		return u256_to_double(change);
	return -u256_to_double(u256_sub_wrap(from, to));
}

/*
 * What the market pays over the fair rate, as a fraction of it: market/fair
 * - 1.  Negative is a discount, -1 a market that pays nothing.
 *
 * Both are finite, market >= 0 and fair > 0 (the caller words the error).
 * The difference is taken before the division: it is exact when the two are
 * within a factor of two of each other, as they are near the peg.
 */
core_status
rate_premium(double market, double fair, double *premium)
{
	return rate_premium_of_change(fair, market - fair, premium);
}

/* The same where the caller knows change = market - fair better than two doubles do. */
core_status
rate_premium_of_change(double fair, double change, double *premium)
{
	*premium = change / fair;
	return isfinite(*premium) ? CORE_OK : CORE_OUT_OF_RANGE;
}
