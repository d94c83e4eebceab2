/*-------------------------------------------------------------------------
 *
 * core/yield/cashflow.c
 *	  Returns of cash flows: internal rates, present values, linked returns,
 *	  and the fees of a vault.
 *
 * The internal rate of return r makes the present value of all flows zero,
 *
 *		f(x) = sum of amount * e^(-x * when),  x = ln(1 + r)
 *
 * a sum of exponentials rather than a polynomial.  Instead of f, which spans
 * hundreds of orders of magnitude, the search looks at
 *
 *		g(x) = ln(present value of what came back) - ln(of what was paid in)
 *
 * which has the same sign and the same roots, is a straight line for two flows
 * and nearly one for most others, and never leaves the range of a double.
 *
 *-------------------------------------------------------------------------
 */
#include "core/yield/cashflow.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

#include "core/base/dd.h"
#include "core/base/root.h"
#include "core/yield/apr.h"

#define USECS_PER_YEAR	(YIELD_DEFAULT_YEAR_DAYS * 86400000000.0)

/*
 * Where x = ln(1 + r) ends: above the first, r is beyond a double; below the
 * second, it rounds to -1.
 */
#define MAX_X	709.78
#define MIN_X	(-37.5)

/* the band of growth in a year, 1/100 to 100 and the yield of it, in x */
#define LEAST_LIKELY_X		(-4.605170185988091)	/* r = -0.99 */
#define GREATEST_LIKELY_X	4.61512051684126	/* r = 100 */

/* amounts are scaled to below this power of two: room for sums, and for small ones */
#define AMOUNT_EXPONENT	900

/* Flows in order of "when", no two at one, none zero; and where each sign begins and ends. */
typedef struct flow_set
{
	const cash_flow *flows;
	size_t		n;
	double		first_in,		/* the first and the last that came back */
				last_in,
				first_out,		/* the first and the last that were paid */
				last_out;
	core_pause	pause;
} flow_set;

/* ---------- flows ---------- */

/*
 * Bring amounts to a common size by a power of two, which changes no digit, so
 * that no sum of them overflows.  A rate does not depend on the unit.
 */
static void
scale_amounts(cash_flow *flows, size_t n, core_pause pause)
{
	double		greatest = 0;
	int			exponent;

	for (size_t i = 0; i < n; i++)
	{
		core_pause_at(pause, i);
		greatest = fmax(greatest, fabs(flows[i].amount));
	}
	frexp(greatest, &exponent);
	for (size_t i = 0; i < n; i++)
	{
		core_pause_at(pause, i);
		flows[i].amount = ldexp(flows[i].amount, AMOUNT_EXPONENT - exponent);
	}
}

/*
 * Make one flow of all at a time, and years of times.  "flows" are in order
 * of time, then amount.  Returns how many are left.
 */
static size_t
merge_times(cash_flow *flows, size_t n, core_pause pause)
{
	size_t		m = 0;
	int64_t		first = n > 0 ? flows[0].time : 0;

	for (size_t i = 0; i < n;)
	{
		int64_t		time = flows[i].time;
		dd			sum = {0, 0};

		for (; i < n && flows[i].time == time; i++)
		{
			core_pause_at(pause, i);
			sum = dd_add_double(sum, flows[i].amount);
		}
		flows[m].when = (double) ((uint64_t) time - (uint64_t) first) / USECS_PER_YEAR;
		flows[m++].amount = sum.hi;
	}
	return m;
}

/* Leave out flows of nothing; returns how many are left. */
static size_t
drop_zeros(cash_flow *flows, size_t n)
{
	size_t		m = 0;

	for (size_t i = 0; i < n; i++)
	{
		if (flows[i].amount != 0)
			flows[m++] = flows[i];
	}
	return m;
}

/* How often the amounts change their sign in the order of time. */
static size_t
sign_changes(const cash_flow *flows, size_t n)
{
	size_t		changes = 0;

	for (size_t i = 1; i < n; i++)
		changes += (flows[i].amount > 0) != (flows[i - 1].amount > 0);
	return changes;
}

/* Needs at least one flow of each sign. */
static flow_set
describe(const cash_flow *flows, size_t n, core_pause pause)
{
	flow_set	set = {.flows = flows, .n = n, .pause = pause};
	bool		seen_in = false;
	bool		seen_out = false;

	for (size_t i = 0; i < n; i++)
	{
		bool		in = flows[i].amount > 0;
		double		when = flows[i].when;

		if (in)
			set.last_in = when;
		else
			set.last_out = when;
		if (in && !seen_in)
			set.first_in = when;
		if (!in && !seen_out)
			set.first_out = when;
		seen_in |= in;
		seen_out |= !in;
	}
	return set;
}

/* ---------- the function whose root is the rate ---------- */

/* ln(a / b) of positive sums, exact where they are nearly equal */
static double
log_ratio(dd a, dd b)
{
	dd			difference = dd_add(a, (dd) {-b.hi, -b.lo});
	double		ratio = a.hi / b.hi;

	if (fabs(difference.hi) < 0.5 * b.hi)
		return log1p(difference.hi / b.hi);
	if (ratio >= DBL_MIN && ratio <= DBL_MAX)
		return log(ratio);
	return log(a.hi) - log(b.hi);
}

/*
 * g(x) and its slope, which is the mean time of what was paid in less that of
 * what came back, each weighted by present value.  Each side is taken at the
 * moment at which it weighs most, so that no exponential exceeds one.
 */
static double
balance(double x, double *slope, const void *context)
{
	const flow_set *set = context;
	double		from_in = x >= 0 ? set->first_in : set->last_in;
	double		from_out = x >= 0 ? set->first_out : set->last_out;
	dd			in = {0, 0};
	dd			out = {0, 0};
	double		in_time = 0;
	double		out_time = 0;

	for (size_t i = 0; i < set->n; i++)
	{
		double		amount = set->flows[i].amount;
		double		since = set->flows[i].when - (amount > 0 ? from_in : from_out);
		double		weight = since == 0 ? amount : amount * exp(-x * since);

		core_pause_at(set->pause, i);
		if (amount > 0)
		{
			in = dd_add_double(in, weight);
			in_time += weight * since;
		}
		else
		{
			out = dd_add_double(out, -weight);
			out_time -= weight * since;
		}
	}
	*slope = (from_out + out_time / out.hi) - (from_in + in_time / in.hi);
	return log_ratio(in, out) - x * (from_in - from_out);
}

/* ---------- the search for roots ---------- */

/*
 * A bound on the number of roots beyond x, away from zero (dir 1 or -1): how
 * often the partial sums of present values at x change their sign, taken from
 * the end that gains weight.  Zero and one are exact.  Source: E. Laguerre's
 * extension of Descartes' rule, in G. J. O. Jameson, "Counting zeros of
 * generalised polynomials", The Mathematical Gazette 90 (2006).
 */
static size_t
bound_roots(const flow_set *set, double x, int dir)
{
	const cash_flow *end = &set->flows[dir > 0 ? 0 : set->n - 1];
	dd			sum = {0, 0};
	size_t		changes = 0;
	int			sign = 0;

	for (size_t i = 0; i < set->n; i++)
	{
		const cash_flow *flow = end + (dir > 0 ? (ptrdiff_t) i : -(ptrdiff_t) i);
		double		weight = x == 0 ? 1 : exp(-x * (flow->when - end->when));
		int			sum_sign;

		core_pause_at(set->pause, i);
		sum = dd_add_double(sum, flow->amount * weight);
		sum_sign = (sum.hi > 0) - (sum.hi < 0);
		if (sum_sign != 0)
		{
			changes += sum_sign == -sign;
			sign = sum_sign;
		}
	}
	return changes;
}

/*
 * Between a and b g has one sign at both ends; if it comes nearer to zero and
 * goes away again in between, does it get past zero?  Then *x is where.
 */
static bool
dips(const flow_set *set, double a, double b, double slope_a, double slope_b,
	 bool positive, double *x)
{
	double		toward = positive ? -1 : 1;

	if (!(slope_a * toward * (b - a) > 0 && slope_b * toward * (b - a) < 0))
		return false;
	for (int i = 0; i < 40; i++)
	{
		double		slope;
		double		g;

		*x = a + (b - a) / 2;
		g = balance(*x, &slope, set);
		if ((g > 0) != positive)
			return true;
		if (slope * toward * (b - a) > 0)
			a = *x;
		else
			b = *x;
	}
	return false;
}

/*
 * The nearest root beyond "from", away from zero (dir 1 or -1) but not beyond
 * "limit".  "positive" is the sign of g just beyond "from".  A root at which r
 * would round to -1 is -Infinity.
 *
 * The steps are a sixteenth of x, and at least a quarter of what it takes the
 * last flow to change its weight by e: the scale on which g bends.  Where
 * only one root can be left they double.
 */
static bool
next_root(const flow_set *set, double from, int dir, double limit, bool positive,
		  double *root)
{
	const cash_flow *last = &set->flows[set->n - 1];
	double		bend = 1 / (4 * (last->when - set->flows[0].when));
	double		x = from;
	double		slope;
	double		g = balance(x, &slope, set);

	while (dir * x < dir * limit)
	{
		size_t		bound = bound_roots(set, x, dir);
		double		last_x = x;
		double		last_slope = slope;
		double		newton = x - g / slope;
		double		step = fmax(bend, fabs(x) / 16);
		double		inside;

		if (bound == 0)
			return false;
		if (bound == 1)
			step = fmax(fmax(step, fabs(x)), 1.5 * dir * (newton - x));
		x = dir > 0 ? fmin(x + step, limit) : fmax(x - step, limit);
		g = balance(x, &slope, set);
		if ((g > 0) == positive && dips(set, last_x, x, last_slope, slope, positive, &inside))
		{
			x = inside;
			g = -g;
		}
		if ((g > 0) != positive)
		{
			*root = root_between(balance, set, fmin(last_x, x), fmax(last_x, x),
								 (dir > 0) != positive, newton);
			return true;
		}
	}
	*root = -INFINITY;
	return dir < 0 && limit == MIN_X && (last->amount > 0) != positive;
}

/*
 * The root when the amounts change their sign once, which is one root, for g
 * then only rises or only falls, by at least the gap and at most the span of
 * all flows: so g(0) tells between which bounds it lies.
 */
static double
only_root(const flow_set *set)
{
	double		span = set->flows[set->n - 1].when - set->flows[0].when;
	bool		rising = set->first_in < set->first_out;
	double		gap = rising ? set->first_out - set->last_in : set->first_in - set->last_out;
	double		slope;
	double		g = balance(0, &slope, set);
	double		least = fabs(g) / span * (1 - 1e-12);
	double		most = fabs(g) / gap * (1 + 1e-12);

	if (g == 0)
		return 0;
	return (g > 0) != rising ? root_between(balance, set, least, most, rising, -g / slope) :
		root_between(balance, set, -most, -least, rising, -g / slope);
}

/*
 * The root that counts when there may be several:
 *
 * Flows that sum to a gain are asked for a root at which the present value
 * falls as the rate rises, as of any investment, so that more money back means
 * a higher rate; between -0.99 and 100, the first going up from zero, else the
 * first going down.  Without one, and for flows that sum to a loss, it is the
 * root that is nearest to zero, by |ln(1 + r)|, that is by factor of growth;
 * of two as near the positive one.
 *
 * CORE_NULL if there is none.  This agrees with what numpy-financial and
 * pyxirr give for the flows in their tests, wherever they find a rate.
 */
static core_status
choose_root(const flow_set *set, double *x)
{
	double		slope;
	double		g = balance(0, &slope, set);
	bool		gain = g > 0;
	bool		is_above;
	bool		is_below;
	double		above;
	double		below;
	double		further;

	*x = 0;
	if (g == 0)
		return CORE_OK;
	is_above = next_root(set, 0, 1, MAX_X, gain, &above);
	*x = above;
	if (is_above && gain && above <= GREATEST_LIKELY_X)
		return CORE_OK;
	is_below = next_root(set, 0, -1, MIN_X, gain, &below);
	if (is_below && gain && below > LEAST_LIKELY_X &&
		next_root(set, below, -1, LEAST_LIKELY_X, !gain, &further))
	{
		*x = further;
		return CORE_OK;
	}
	if (is_below && !(is_above && above <= -below))
		*x = below;
	return is_above || is_below ? CORE_OK : CORE_NULL;
}

/* The root that is nearest to zero; of two as near the positive one. */
static core_status
nearest_root(const flow_set *set, double *x)
{
	double		slope;
	double		g = balance(0, &slope, set);
	bool		is_above;
	bool		is_below;
	double		below;

	*x = 0;
	if (g == 0)
		return CORE_OK;
	is_above = next_root(set, 0, 1, MAX_X, g > 0, x);
	is_below = next_root(set, 0, -1, MIN_X, g > 0, &below);
	if (is_below && !(is_above && *x <= -below))
		*x = below;
	return is_above || is_below ? CORE_OK : CORE_NULL;
}

/*
 * The root of flows in order of "when", none at the same moment; "choose" says
 * which of several.  Zeros are taken out of the array.
 */
static core_status
root_of_flows(cash_flow *flows, size_t n, core_pause pause,
			  core_status (*choose) (const flow_set *set, double *x), double *x)
{
	size_t		m = drop_zeros(flows, n);
	size_t		changes = sign_changes(flows, m);
	flow_set	set;

	if (changes == 0)
		return CORE_NULL;
	set = describe(flows, m, pause);
	if (changes > 1)
		return choose(&set, x);
	*x = only_root(&set);
	return CORE_OK;
}

/* The internal rate of return of such flows. */
static core_status
internal_rate(cash_flow *flows, size_t n, core_pause pause, double *rate)
{
	double		x;
	core_status status = root_of_flows(flows, n, pause, choose_root, &x);

	if (status != CORE_OK)
		return status;
	*rate = expm1(x);
	return isfinite(*rate) ? CORE_OK : CORE_NULL;
}

/*
 * The rate of growth, continuous and for one unit of "when", at which flows in
 * order of "when", none at the same moment, have no present value; of several
 * the one that is nearest to zero.  The flows, with finite amounts, are used
 * up.  CORE_NULL if there is none.
 */
core_status
cash_nearest_growth(cash_flow *flows, size_t n, core_pause pause, double *growth)
{
	core_status status;

	scale_amounts(flows, n, pause);
	status = root_of_flows(flows, n, pause, nearest_root, growth);
	return status == CORE_OK && !isfinite(*growth) ? CORE_NULL : status;
}

/*
 * The rate of a year of 365 days at which flows have no present value.
 * "flows" are sorted by time and amount, with finite amounts, and are used up.
 * "pause" may be NULL.
 *
 * CORE_NULL if there is no such rate: amounts of one sign only, all at one
 * time, none for which the present values meet, or only one beyond a double.
 * Flows that come down to two have the yield_apy of the two.  For several
 * rates see choose_root.
 */
core_status
cash_xirr(cash_flow *flows, size_t n, core_pause pause, double *rate)
{
	int64_t		first,
				last;
	size_t		m;

	scale_amounts(flows, n, pause);
	n = drop_zeros(flows, n);
	if (n < 2)
		return CORE_NULL;
	first = flows[0].time;
	last = flows[n - 1].time;
	m = merge_times(flows, n, pause);
	if (m == 2 && flows[0].amount * flows[1].amount < 0)
		return yield_apy(fabs(flows[0].amount), fabs(flows[1].amount), first, last,
						 YIELD_DEFAULT_YEAR_DAYS, rate);
	return internal_rate(flows, m, pause, rate);
}

/*
 * The same of flows at equal steps, a rate for one step; "when" is the number
 * of each.
 */
core_status
cash_irr(cash_flow *flows, size_t n, core_pause pause, double *rate)
{
	scale_amounts(flows, n, pause);
	return internal_rate(flows, n, pause, rate);
}

/* ---------- present values ---------- */

/* Sum of amount * (1 + rate)^-when over the flows of one sign, or of both (0). */
static double
present_value(const cash_flow *flows, size_t n, double rate, int sign, core_pause pause)
{
	double		x = log1p(rate);
	dd			sum = {0, 0};

	for (size_t i = 0; i < n; i++)
	{
		double		amount = flows[i].amount;

		core_pause_at(pause, i);
		if (amount != 0 && (sign == 0 || (amount > 0) == (sign > 0)))
			sum = dd_add_double(sum, amount * exp(-x * flows[i].when));
	}
	return sum.hi + sum.lo;
}

/*
 * The present value of flows at a rate for one unit of "when", as of its zero.
 * CORE_NULL for a rate of -1 and less, at which nothing has one.
 */
core_status
cash_npv(const cash_flow *flows, size_t n, double rate, core_pause pause, double *value)
{
	if (rate <= -1)
		return CORE_NULL;
	*value = present_value(flows, n, rate, 0, pause);
	return isfinite(*value) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/*
 * The same of flows at times, sorted by time and amount, and a rate of a year of
 * 365 days, as of the first flow.  The flows are used up.
 */
core_status
cash_xnpv(cash_flow *flows, size_t n, double rate, core_pause pause, double *value)
{
	return cash_npv(flows, merge_times(flows, n, pause), rate, pause, value);
}

/*
 * The modified internal rate of return of flows at equal steps: what was paid
 * in is financed at one rate, what came back is reinvested at another to the
 * last of the n steps,
 *
 *		(value at the end of gains / present value of payments)^(1/(n - 1)) - 1
 *
 * CORE_NULL without flows of both signs, and for rates of -1 and less.
 * Source: numpy-financial, mirr; Excel, MIRR.
 */
core_status
cash_mirr(const cash_flow *flows, size_t n, double finance_rate, double reinvest_rate,
		  core_pause pause, double *rate)
{
	double		gains,
				payments;

	if (finance_rate <= -1 || reinvest_rate <= -1)
		return CORE_NULL;
	gains = present_value(flows, n, reinvest_rate, 1, pause);
	payments = -present_value(flows, n, finance_rate, -1, pause);
	if (!isfinite(gains) || !isfinite(payments))
		return CORE_OUT_OF_RANGE;
	if (gains == 0 || payments == 0)
		return CORE_NULL;
	*rate = expm1((log(gains) - log(payments)) / ((double) n - 1) + log1p(reinvest_rate));
	return isfinite(*rate) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/*
 * The modified Dietz return of flows at times, for the whole of their span T:
 *
 *		sum of amount / -(sum of amount * (T - t) / T)
 *
 * The first flow pays in what there was, the last gets back what there is.
 * "flows" are sorted by time and amount and are used up.  CORE_NULL without a
 * span, and when nothing was invested on average.
 * Source: P. Dietz; Global Investment Performance Standards.
 */
core_status
cash_modified_dietz(cash_flow *flows, size_t n, core_pause pause, double *result)
{
	dd			gain = {0, 0};
	dd			capital = {0, 0};
	size_t		m;

	scale_amounts(flows, n, pause);
	m = merge_times(flows, n, pause);
	if (m < 2)
		return CORE_NULL;
	for (size_t i = 0; i < m; i++)
	{
		double		left = 1 - flows[i].when / flows[m - 1].when;

		core_pause_at(pause, i);
		gain = dd_add_double(gain, flows[i].amount);
		capital = dd_add_double(capital, -flows[i].amount * left);
	}
	if (capital.hi <= 0)
		return CORE_NULL;
	*result = gain.hi / capital.hi;
	return isfinite(*result) ? CORE_OK : CORE_NULL;
}

/* ---------- linked returns ---------- */

/*
 * The sum of ln(value / capital) over the periods between valuations, where
 * the capital of a period is the value at its start and the flow of that
 * moment.  A period that starts and ends with nothing is none.  CORE_NULL
 * without a period, or if one makes something of nothing or of less.  "take",
 * if there is one, gets the sum at the start of the first period and at the end
 * of each.
 */
static core_status
linked_growth(const valuation *rows, size_t n, core_pause pause, unit_taker take, void *state, double *growth)
{
	dd			sum = {0, 0};
	bool		any = false;
	bool		lost = false;
	size_t		periods = 0;
	size_t		i = 0;

	while (i < n)
	{
		dd			capital = {0, 0};
		size_t		end = i;
		double		start;
		int64_t		start_time = rows[i].time;

		core_pause_at(pause, periods++);
		/* of several values at a time the greatest counts, and all flows */
		for (; end < n && rows[end].time == rows[i].time; end++)
			capital = dd_add_double(capital, rows[end].flow);
		if (end == n)
			break;
		start = dd_add_double(capital, rows[end - 1].value).hi;
		i = end;
		while (end + 1 < n && rows[end + 1].time == rows[i].time)
			end++;
		if (start == 0 && rows[end].value == 0)
			continue;
		if (!(start > 0 && start <= DBL_MAX))
			return CORE_NULL;
		if (!any && take != NULL)
			take(state, start_time, 0);
		any = true;
		if (rows[end].value == 0)
			lost = true;
		else if (fabs(rows[end].value - start) < 0.5 * start)
			sum = dd_add_double(sum, log1p((rows[end].value - start) / start));
		else
			sum = dd_add_double(sum, log(rows[end].value) - log(start));
		if (take != NULL)
			take(state, rows[end].time, lost ? -INFINITY : sum.hi);
	}
	*growth = lost ? -INFINITY : sum.hi;
	return any ? CORE_OK : CORE_NULL;
}

/*
 * The logarithm of what a unit is worth that was 1 at the first valuation, at
 * each of them: deposits and withdrawals buy and sell units.  CORE_NULL as
 * linked_growth says, after some may have been taken.
 */
core_status
cash_unit_values(const valuation *rows, size_t n, core_pause pause, unit_taker take, void *state)
{
	double		growth;

	return linked_growth(rows, n, pause, take, state, &growth);
}

/*
 * The time-weighted return over the whole span of the valuations,
 *
 *		product of value[i] / (value[i-1] + flow[i-1]) - 1
 *
 * "rows" are sorted by time, value and flow; values are finite and not negative,
 * flows finite.  See linked_growth for CORE_NULL.
 * Source: Global Investment Performance Standards, time-weighted return.
 */
core_status
cash_twr(const valuation *rows, size_t n, core_pause pause, double *result)
{
	double		growth;
	core_status status = linked_growth(rows, n, pause, NULL, NULL, &growth);

	if (status != CORE_OK)
		return status;
	*result = expm1(growth);
	return isfinite(*result) ? CORE_OK : CORE_NULL;
}

/* The same compounded to a year of 365 days. */
core_status
cash_twr_apy(const valuation *rows, size_t n, core_pause pause, double *result)
{
	double		growth;
	core_status status = linked_growth(rows, n, pause, NULL, NULL, &growth);

	if (status != CORE_OK)
		return status;
	*result = expm1(growth * (USECS_PER_YEAR /
							  (double) ((uint64_t) rows[n - 1].time - (uint64_t) rows[0].time)));
	return isfinite(*result) ? CORE_OK : CORE_NULL;
}

/* ---------- vaults ---------- */

/*
 * Take the fees of a period from a share of a vault.  The management fee is
 * management_fee of its value for a year, in proportion to time; of what is
 * left above the high-water mark, performance_fee goes to the manager, and
 * the price after that is the new mark.  Both fees are paid by minting shares.
 *
 * Prices are positive and finite; fees are from 0 to below 1.
 * CORE_BAD_PARAMETER for reversed times, CORE_OUT_OF_RANGE when the period is
 * so long that the management fee takes everything.
 * Source: Enzyme Onyx, ContinuousFlatRateManagementFeeTracker and
 * ContinuousFlatRatePerformanceFeeTracker without a hurdle.
 */
core_status
vault_crystallize(double gross_price, double high_water_mark, int64_t time0, int64_t time1,
				  double management_fee, double performance_fee, double year_days,
				  vault_account *account)
{
	double		years = (double) ((uint64_t) time1 - (uint64_t) time0) /
		(year_days * 86400000000.0);
	double		managed;

	if (time1 < time0)
		return CORE_BAD_PARAMETER;
	account->management = management_fee == 0 ? 0 : gross_price * (management_fee * years);
	managed = gross_price - account->management;
	if (!(managed > 0))
		return CORE_OUT_OF_RANGE;
	account->performance = managed > high_water_mark ?
		performance_fee * (managed - high_water_mark) : 0;
	account->net_price = managed - account->performance;
	account->high_water_mark = fmax(high_water_mark, account->net_price);
	account->fee_shares = (account->management + account->performance) / account->net_price;
	return isfinite(account->fee_shares) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/*
 * The same over a history of prices before fees, sorted by time and amount: the
 * net price starts at the first of them, which is also the first high-water
 * mark, grows as they do, and pays the fees at each of their times.  Fees are
 * summed per share; fee_shares is the growth of the number of shares.  Of
 * several prices at a time the greatest counts.
 */
core_status
vault_history(const cash_flow *prices, size_t n, double management_fee,
			  double performance_fee, core_pause pause, vault_account *account)
{
	vault_account total = {0};
	size_t		last = 0;

	while (last + 1 < n && prices[last + 1].time == prices[0].time)
		last++;
	total.net_price = total.high_water_mark = prices[last].amount;
	for (size_t i = last + 1; i < n; i++)
	{
		vault_account step;
		core_status status;

		core_pause_at(pause, i);
		if (i + 1 < n && prices[i + 1].time == prices[i].time)
			continue;
		status = vault_crystallize(total.net_price * (prices[i].amount / prices[last].amount),
								   total.high_water_mark, prices[last].time, prices[i].time,
								   management_fee, performance_fee,
								   YIELD_DEFAULT_YEAR_DAYS, &step);
		if (status != CORE_OK)
			return status;
		step.management += total.management;
		step.performance += total.performance;
		step.fee_shares += total.fee_shares + step.fee_shares * total.fee_shares;
		total = step;
		last = i;
	}
	*account = total;
	return CORE_OK;
}
