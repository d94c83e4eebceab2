/*-------------------------------------------------------------------------
 *
 * core/risk/benchmark.c
 *	  Returns beside those of a benchmark over the same periods.
 *
 *-------------------------------------------------------------------------
 */
#include "core/risk/benchmark.h"

#include <math.h>

#include "core/chain/limb.h"
#include "core/risk/moments.h"

/* Below this a few terms of the logarithm's series have all digits */
#define SMALL_RETURN	0x1p-7

/* e^x - 1 is e^x to a double from here on */
#define GREAT_LOG		40

/* ---------- the summary ---------- */

void
benchmark_summary_init(benchmark_summary *s)
{
	const benchmark_growth none = {.log = BINNED_EMPTY, .log_benchmark = BINNED_EMPTY};

	*s = (benchmark_summary) {
		.sum = BINNED_EMPTY, .sum_benchmark = BINNED_EMPTY, .square = BINNED_EMPTY,
		.square_benchmark = BINNED_EMPTY, .product = BINNED_EMPTY, .growth = {none, none}
	};
}

/* Add a * b, of numbers of which both mantissas and exponents are given. */
static inline void
add_product(binned_sum *s, uint64_t a, int exponent_a, uint64_t b, int exponent_b, int64_t sign)
{
	uint64_t	high,
				low = limb_mul(a, b, &high);

	binned_add_wide(s, high, low, exponent_a + exponent_b, sign);
}

static inline void
add_products(benchmark_summary *s, double ret, double benchmark)
{
	int			e = 0,
				e_benchmark = 0;
	uint64_t	m = ret == 0 ? 0 : mantissa_of(ret, &e);
	uint64_t	m_benchmark = benchmark == 0 ? 0 : mantissa_of(benchmark, &e_benchmark);

	if (m != 0)
		add_product(&s->square, m, e, m, e, 0);
	if (m_benchmark != 0)
		add_product(&s->square_benchmark, m_benchmark, e_benchmark, m_benchmark, e_benchmark, 0);
	if (m != 0 && m_benchmark != 0)
		add_product(&s->product, m, e, m_benchmark, e_benchmark,
					-(int64_t) ((ret < 0) != (benchmark < 0)));
}

/*
 * Add ln(1 + x), x above -1, to better than 2^-60 of itself: of a small x, x
 * itself and the rest of the series apart.
 */
static inline void
add_log(binned_sum *s, double x)
{
	double		rest;

	if (fabs(x) >= SMALL_RETURN)
	{
		binned_add_dd(s, dd_log(dd_two_sum(1, x)));
		return;
	}
	rest = -1.0 / 2 + x * (1.0 / 3 - x * (1.0 / 4 - x * (1.0 / 5 - x * (1.0 / 6 - x *
		(1.0 / 7 - x * (1.0 / 8 - x * (1.0 / 9 - x / 10)))))));
	binned_add(s, x);
	binned_add(s, x * x * rest);
}

static void
take_growth(benchmark_growth *g, double ret, double benchmark)
{
	if (g->num_periods == 0)
	{
		g->worst = ret;
		g->worst_benchmark = benchmark;
	}
	g->num_periods++;
	g->worst = ret < g->worst ? ret : g->worst;
	g->worst_benchmark = benchmark < g->worst_benchmark ? benchmark : g->worst_benchmark;
	if (ret > -1)
		add_log(&g->log, ret);
	if (benchmark > -1)
		add_log(&g->log_benchmark, benchmark);
}

static inline void
widen(benchmark_range *range, double least, double greatest)
{
	range->least = least < range->least ? least : range->least;
	range->greatest = greatest > range->greatest ? greatest : range->greatest;
}

/* Take in a pair of returns, finite.  CORE_OUT_OF_RANGE only after more rows than there are. */
core_status
benchmark_summary_add(benchmark_summary *s, double ret, double benchmark)
{
	double		lead = ret / 2 - benchmark / 2 + 0.0;

	/* a logarithm may be two terms */
	if (s->num_returns >= BINNED_MAX_TERMS / 2)
		return CORE_OUT_OF_RANGE;
	ret += 0.0;
	benchmark += 0.0;
	if (s->num_returns == 0)
	{
		s->range = (benchmark_range) {ret, ret};
		s->range_benchmark = (benchmark_range) {benchmark, benchmark};
		s->lead = (benchmark_range) {lead, lead};
	}
	s->num_returns++;
	s->num_better += ret > benchmark;
	widen(&s->range, ret, ret);
	widen(&s->range_benchmark, benchmark, benchmark);
	widen(&s->lead, lead, lead);
	binned_add(&s->sum, ret);
	binned_add(&s->sum_benchmark, benchmark);
	add_products(s, ret, benchmark);
	if (benchmark != 0)
		take_growth(&s->growth[benchmark < 0], ret, benchmark);
	return CORE_OK;
}

static void
merge_growth(benchmark_growth *into, const benchmark_growth *other)
{
	if (other->num_periods == 0)
		return;
	if (into->num_periods == 0)
	{
		*into = *other;
		return;
	}
	into->num_periods += other->num_periods;
	into->worst = fmin(into->worst, other->worst);
	into->worst_benchmark = fmin(into->worst_benchmark, other->worst_benchmark);
	binned_merge(&into->log, &other->log);
	binned_merge(&into->log_benchmark, &other->log_benchmark);
}

/* Take all pairs of "other" into "into".  Commutative and associative. */
core_status
benchmark_summary_merge(benchmark_summary *into, const benchmark_summary *other)
{
	if (into->num_returns > BINNED_MAX_TERMS / 2 - other->num_returns)
		return CORE_OUT_OF_RANGE;
	into->num_returns += other->num_returns;
	into->num_better += other->num_better;
	widen(&into->range, other->range.least, other->range.greatest);
	widen(&into->range_benchmark, other->range_benchmark.least, other->range_benchmark.greatest);
	widen(&into->lead, other->lead.least, other->lead.greatest);
	binned_merge(&into->sum, &other->sum);
	binned_merge(&into->sum_benchmark, &other->sum_benchmark);
	binned_merge(&into->square, &other->square);
	binned_merge(&into->square_benchmark, &other->square_benchmark);
	binned_merge(&into->product, &other->product);
	for (int d = 0; d < BENCHMARK_DIRECTIONS; d++)
		merge_growth(&into->growth[d], &other->growth[d]);
	return CORE_OK;
}

static bool
range_is_valid(const benchmark_range *range)
{
	return is_plain(range->least) && is_plain(range->greatest) && range->least <= range->greatest;
}

/* Could this be what became of periods, with returns from these ranges? */
static bool
growth_is_valid(const benchmark_growth *g, const benchmark_range *range,
				const benchmark_range *benchmark)
{
	int64_t		n = g->num_periods;

	if (n == 0)
		return g->worst == 0 && g->worst_benchmark == 0 && is_plain(g->worst) &&
			is_plain(g->worst_benchmark) && g->log.top == BINNED_NONE &&
			g->log_benchmark.top == BINNED_NONE && binned_is_valid(&g->log, 0) &&
			binned_is_valid(&g->log_benchmark, 0);
	return n > 0 && is_plain(g->worst) && is_plain(g->worst_benchmark) &&
		g->worst >= range->least && g->worst <= range->greatest &&
		g->worst_benchmark >= benchmark->least && g->worst_benchmark <= benchmark->greatest &&
		binned_is_valid(&g->log, 2 * n) && binned_is_valid(&g->log_benchmark, 2 * n);
}

/* A sum and one of squares, of numbers of a range. */
static bool
squares_are_valid(const binned_sum *sum, const binned_sum *square, const benchmark_range *range,
				  int64_t n)
{
	bool		any = range->least != 0 || range->greatest != 0;

	return binned_is_valid(sum, n) && binned_is_valid_scaled(square, n) &&
		(any ? binned_is_positive(square) : sum->top == BINNED_NONE && square->top == BINNED_NONE);
}

/* Which periods there are follows from the range of the benchmark. */
static bool
directions_are_valid(const benchmark_summary *s)
{
	const benchmark_growth *up = &s->growth[BENCHMARK_UP],
			   *down = &s->growth[BENCHMARK_DOWN];

	return growth_is_valid(up, &s->range, &s->range_benchmark) &&
		growth_is_valid(down, &s->range, &s->range_benchmark) &&
		(up->num_periods > 0) == (s->range_benchmark.greatest > 0) &&
		(down->num_periods > 0) == (s->range_benchmark.least < 0) &&
		(up->num_periods == 0 || up->worst_benchmark > 0) &&
		(down->num_periods == 0 || down->worst_benchmark == s->range_benchmark.least) &&
		up->num_periods <= s->num_returns - down->num_periods;
}

/* Could adding pairs have led to this? */
bool
benchmark_summary_is_valid(const benchmark_summary *s)
{
	int64_t		n = s->num_returns;

	return n >= 1 && n <= BINNED_MAX_TERMS / 2 && s->num_better >= 0 && s->num_better <= n &&
		range_is_valid(&s->range) && range_is_valid(&s->range_benchmark) &&
		range_is_valid(&s->lead) &&
		squares_are_valid(&s->sum, &s->square, &s->range, n) &&
		squares_are_valid(&s->sum_benchmark, &s->square_benchmark, &s->range_benchmark, n) &&
		binned_is_valid_scaled(&s->product, n) && directions_are_valid(s);
}

/* ---------- moments ---------- */

/* Means and central moments, the returns and the benchmark's in units of their own. */
typedef struct comoments
{
	double		n;
	int			unit;
	int			unit_benchmark;
	dd			mean;
	dd			mean_benchmark;
	dd			variance;
	dd			variance_benchmark;
	dd			covariance;
} comoments;

static dd
mean_of(const binned_sum *s, int64_t exponent, double n)
{
	return part(binned_scaled_value(s, -exponent), n);
}

static comoments
comoments_of(const benchmark_summary *s, int unit, int unit_benchmark)
{
	comoments	m = {.n = (double) s->num_returns, .unit = unit, .unit_benchmark = unit_benchmark};

	m.mean = mean_of(&s->sum, unit, m.n);
	m.mean_benchmark = mean_of(&s->sum_benchmark, unit_benchmark, m.n);
	m.variance = dd_add(mean_of(&s->square, 2 * (int64_t) unit, m.n),
						dd_negated(dd_product(m.mean, m.mean)));
	m.variance_benchmark = dd_add(mean_of(&s->square_benchmark, 2 * (int64_t) unit_benchmark, m.n),
								  dd_negated(dd_product(m.mean_benchmark, m.mean_benchmark)));
	m.covariance = dd_add(mean_of(&s->product, (int64_t) unit + unit_benchmark, m.n),
						  dd_negated(dd_product(m.mean, m.mean_benchmark)));
	return m;
}

/* Each in the unit of its own. */
static comoments
own_comoments(const benchmark_summary *s)
{
	return comoments_of(s, unit_between(s->range.least, s->range.greatest),
						unit_between(s->range_benchmark.least, s->range_benchmark.greatest));
}

/* Both in one unit. */
static comoments
joint_comoments(const benchmark_summary *s)
{
	int			unit = unit_between(fmin(s->range.least, s->range_benchmark.least),
									fmax(s->range.greatest, s->range_benchmark.greatest));

	return comoments_of(s, unit, unit);
}

static bool
varies(const benchmark_range *range)
{
	return range->least < range->greatest;
}

/* ---------- beta and alpha ---------- */

static dd
beta_of(const comoments *m)
{
	return quotient(m->covariance, m->variance_benchmark);
}

/*
 * The slope of the returns over those of the benchmark, covariance over
 * variance.  CORE_NULL where the benchmark does not vary.
 */
core_status
benchmark_beta(const benchmark_summary *s, double *beta)
{
	comoments	m = own_comoments(s);

	if (!varies(&s->range_benchmark) || !(m.variance_benchmark.hi > 0))
		return CORE_NULL;
	*beta = size_of(beta_of(&m).hi, m.unit - m.unit_benchmark);
	return finite_or_out_of_range(*beta);
}

/* Pearson's correlation, from -1 to 1.  CORE_NULL where one of both does not vary. */
core_status
benchmark_correlation(const benchmark_summary *s, double *correlation)
{
	comoments	m = own_comoments(s);
	double		r;

	if (!varies(&s->range) || !varies(&s->range_benchmark) ||
		!(m.variance.hi > 0 && m.variance_benchmark.hi > 0))
		return CORE_NULL;
	r = m.covariance.hi / sqrt(m.variance.hi) / sqrt(m.variance_benchmark.hi);
	if (m.variance.hi == m.variance_benchmark.hi)
		r = m.covariance.hi / m.variance.hi;
	*correlation = r < -1 ? -1 : r > 1 ? 1 : r;
	return CORE_OK;
}

/* The share of periods in which the return was above the benchmark's. */
double
benchmark_batting_average(const benchmark_summary *s)
{
	return (double) s->num_better / (double) s->num_returns;
}

static dd
in_unit(dd x, int exponent)
{
	return (dd) {size_of(x.hi, exponent), size_of(x.lo, exponent)};
}

/*
 * What is left of a year's return when beta times the benchmark's is taken
 * off, both above the risk-free rate q of a period (M. Jensen, Journal of
 * Finance 23, 1968): ((mean r - q) - beta (mean b - q)) * periods.  It is
 * simple, not compounded.  CORE_NULL where the benchmark does not vary.
 */
core_status
benchmark_alpha(const benchmark_summary *s, double risk_free, double periods, double *alpha)
{
	comoments	m = own_comoments(s);
	dd			q = part((dd) {risk_free, 0}, periods);
	dd			own,
				benchmark;

	if (!varies(&s->range_benchmark) || !(m.variance_benchmark.hi > 0))
		return CORE_NULL;
	own = dd_add(in_unit(m.mean, m.unit), dd_negated(q));
	benchmark = dd_add(in_unit(m.mean_benchmark, m.unit_benchmark), dd_negated(q));
	benchmark = dd_product(in_unit(beta_of(&m), m.unit - m.unit_benchmark), benchmark);
	*alpha = times(dd_add(own, dd_negated(benchmark)), periods).hi;
	return finite_or_out_of_range(*alpha);
}

/* ---------- beside the benchmark ---------- */

/* The mean difference of a period, in the unit of both. */
static double
mean_lead(const comoments *m)
{
	return dd_add(m->mean, dd_negated(m->mean_benchmark)).hi;
}

/* Its deviation (n - 1). */
static double
lead_deviation(const benchmark_summary *s, const comoments *m)
{
	double		half = size_of(s->lead.greatest, -m->unit) - size_of(s->lead.least, -m->unit);
	dd			variance = dd_add(dd_add(m->variance, m->variance_benchmark),
								  times(m->covariance, -2));

	return sqrt(bounded_variance(variance.hi, half, s->num_returns) * (m->n / (m->n - 1)));
}

/* periods times the mean of r - b. */
core_status
benchmark_active_return(const benchmark_summary *s, double periods, double *active)
{
	comoments	m = joint_comoments(s);

	*active = size_of(mean_lead(&m) * periods, m.unit);
	return finite_or_out_of_range(*active);
}

/* The deviation of r - b of a year.  CORE_NULL of one pair. */
core_status
benchmark_tracking_error(const benchmark_summary *s, double periods, double *error)
{
	comoments	m = joint_comoments(s);

	if (s->num_returns < 2)
		return CORE_NULL;
	*error = size_of(lead_deviation(s, &m) * sqrt(periods), m.unit);
	return finite_or_out_of_range(*error);
}

/* The first over the second (T. Goodwin, Financial Analysts Journal 54/4, 1998).  CORE_NULL where r - b does not vary. */
core_status
benchmark_information_ratio(const benchmark_summary *s, double periods, double *ratio)
{
	comoments	m = joint_comoments(s);

	if (!varies(&s->lead))
		return CORE_NULL;
	*ratio = mean_lead(&m) / lead_deviation(s, &m) * sqrt(periods);
	return finite_or_out_of_range(*ratio);
}

/* ---------- capture ---------- */

/* The logarithm of the growth of a year; minus infinity after a total loss. */
static core_status
yearly_log(const binned_sum *log, double worst, double years, double *result)
{
	if (worst < -1)
		return CORE_NULL;
	*result = worst == -1 ? -INFINITY : times(binned_value(log), 1 / years).hi;
	return CORE_OK;
}

/*
 * The yearly growth over the periods of one direction, over that of the
 * benchmark, ((1 + r1) (1 + r2) ...)^(periods / n) - 1, as Morningstar and
 * empyrical have it.  CORE_NULL without such periods, and where one loses more
 * than everything, of which there is no power.
 */
core_status
benchmark_capture(const benchmark_summary *s, benchmark_direction direction, double periods,
				  double *capture)
{
	const benchmark_growth *g = &s->growth[direction];
	double		years = (double) g->num_periods / periods;
	double		own,
				benchmark;

	if (g->num_periods == 0 || yearly_log(&g->log, g->worst, years, &own) != CORE_OK ||
		yearly_log(&g->log_benchmark, g->worst_benchmark, years, &benchmark) != CORE_OK)
		return CORE_NULL;
	*capture = own > GREAT_LOG && benchmark > GREAT_LOG ? exp(own - benchmark) :
		expm1(own) / expm1(benchmark);
	return finite_or_out_of_range(*capture);
}

/* Up over down capture.  CORE_NULL where one of them is, and where the second is 0. */
core_status
benchmark_capture_ratio(const benchmark_summary *s, double periods, double *ratio)
{
	double		down;
	core_status status = benchmark_capture(s, BENCHMARK_UP, periods, ratio);

	if (status == CORE_OK)
		status = benchmark_capture(s, BENCHMARK_DOWN, periods, &down);
	if (status != CORE_OK)
		return status;
	if (down == 0)
		return CORE_NULL;
	*ratio /= down;
	return finite_or_out_of_range(*ratio);
}
