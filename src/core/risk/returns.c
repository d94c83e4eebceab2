/*-------------------------------------------------------------------------
 *
 * core/risk/returns.c
 *	  What a set of returns says of risk and reward.
 *
 *-------------------------------------------------------------------------
 */
#include "core/risk/returns.h"

#include <math.h>

#include "core/base/normal.h"
#include "core/chain/limb.h"
#include "core/risk/moments.h"

/*
 * What rounding may leave in a moment, of returns that are 1 in size at most;
 * a moment counts only where it is SIGNIFICANT times that.
 */
#define MOMENT_NOISE	0x1p-98
#define SIGNIFICANT		1000

/* ---------- the summary ---------- */

/* The target is finite. */
void
risk_summary_init(risk_summary *s, double target)
{
	*s = (risk_summary) {
		.target = target + 0.0, .sum = {BINNED_EMPTY, BINNED_EMPTY},
		.square = {BINNED_EMPTY, BINNED_EMPTY}, .cube = BINNED_EMPTY, .fourth = BINNED_EMPTY
	};
}

/*
 * Add the powers 1 to 4.  They are taken from the mantissa in integers of 128
 * bits, which have more digits than the sums keep and leave no range.
 */
static inline void
add_powers(risk_summary *s, double ret, risk_side side)
{
	int64_t		sign = -(int64_t) (ret < 0);
	int			e;
	uint64_t	m,
				high2,
				low2,
				high3,
				low3,
				high4,
				low4,
				carry;

	if (ret == 0)
		return;
	m = mantissa_of(ret, &e);
	low2 = limb_mul(m, m, &high2);
	limb_mul(low2, m, &carry);
	low3 = limb_mul_add(high2, m, carry, 0, &high3);
	limb_mul(high2, low2, &carry);
	low4 = limb_mul_add(high2, high2, carry, carry, &high4);
	binned_add(&s->sum[side], ret);
	binned_add_wide(&s->square[side], high2, low2, 2 * e, 0);
	binned_add_wide(&s->cube, high3, low3, 3 * e + 64, sign);
	binned_add_wide(&s->fourth, high4, low4, 4 * e + 128, 0);
}

/* Take in a return, finite.  CORE_OUT_OF_RANGE only after more rows than there are. */
core_status
risk_summary_add(risk_summary *s, double ret)
{
	if (s->num_returns >= BINNED_MAX_TERMS)
		return CORE_OUT_OF_RANGE;
	ret += 0.0;
	if (s->num_returns == 0)
		s->worst = s->best = ret;
	s->worst = ret < s->worst ? ret : s->worst;
	s->best = ret > s->best ? ret : s->best;
	s->num_returns++;
	s->num_above += ret > s->target;
	s->num_below += ret < s->target;
	/* which side is chosen without a branch, that no processor could foretell */
	add_powers(s, ret, (risk_side) (ret < s->target));
	return CORE_OK;
}

/*
 * Take all returns of "other" into "into".  Commutative and associative.
 * CORE_BAD_PARAMETER where their targets differ.
 */
core_status
risk_summary_merge(risk_summary *into, const risk_summary *other)
{
	if (into->target != other->target)
		return CORE_BAD_PARAMETER;
	if (into->num_returns > BINNED_MAX_TERMS - other->num_returns)
		return CORE_OUT_OF_RANGE;
	into->num_returns += other->num_returns;
	into->num_above += other->num_above;
	into->num_below += other->num_below;
	into->worst = other->worst < into->worst ? other->worst : into->worst;
	into->best = other->best > into->best ? other->best : into->best;
	for (int side = 0; side < RISK_SIDES; side++)
	{
		binned_merge(&into->sum[side], &other->sum[side]);
		binned_merge(&into->square[side], &other->square[side]);
	}
	binned_merge(&into->cube, &other->cube);
	binned_merge(&into->fourth, &other->fourth);
	return CORE_OK;
}

/* How many of n lie beyond a bound, of which some, all or none do. */
static bool
count_is_valid(int64_t count, int64_t n, bool some, bool all)
{
	return some ? count > 0 && count <= n && (count == n) == all : count == 0;
}

/* Do the numbers that are not sums fit together? */
static bool
counts_are_valid(const risk_summary *s)
{
	int64_t		n = s->num_returns;

	return n >= 1 && n <= BINNED_MAX_TERMS &&
		is_plain(s->target) && is_plain(s->worst) && is_plain(s->best) && s->worst <= s->best &&
		count_is_valid(s->num_above, n, s->best > s->target, s->worst > s->target) &&
		count_is_valid(s->num_below, n, s->worst < s->target, s->best < s->target) &&
		s->num_above <= n - s->num_below;
}

/* Could these be sums of n numbers, of an odd power and the next, even one? */
static bool
sums_are_valid(const binned_sum *odd, const binned_sum *even, int64_t n)
{
	if (!binned_is_valid_scaled(odd, n) || !binned_is_valid_scaled(even, n))
		return false;
	return even->top == BINNED_NONE ? odd->top == BINNED_NONE : binned_is_positive(even);
}

/* Could adding returns have led to this? */
bool
risk_summary_is_valid(const risk_summary *s)
{
	bool		any = s->worst != 0 || s->best != 0;

	return counts_are_valid(s) &&
		sums_are_valid(&s->sum[RISK_BELOW], &s->square[RISK_BELOW], s->num_below) &&
		sums_are_valid(&s->sum[RISK_FROM], &s->square[RISK_FROM],
					   s->num_returns - s->num_below) &&
		sums_are_valid(&s->cube, &s->fourth, s->num_returns) &&
		(s->fourth.top != BINNED_NONE) == any &&
		(s->square[RISK_BELOW].top != BINNED_NONE || s->square[RISK_FROM].top != BINNED_NONE) == any;
}

/* ---------- moments ---------- */

static double
half_range(const risk_summary *s, int exponent)
{
	return size_of(s->best, -exponent - 1) - size_of(s->worst, -exponent - 1);
}

/* Of both sides together, in units of which 2^-exponent make one. */
static dd
whole(const binned_sum *side, int64_t exponent)
{
	return dd_add(binned_scaled_value(&side[RISK_FROM], exponent),
				  binned_scaled_value(&side[RISK_BELOW], exponent));
}

/* The means of the powers 1 to 4 in these units. */
static void
mean_powers(const risk_summary *s, int64_t exponent, dd *mean)
{
	double		n = (double) s->num_returns;

	mean[0] = part(whole(s->sum, -exponent), n);
	mean[1] = part(whole(s->square, -2 * exponent), n);
	mean[2] = part(binned_scaled_value(&s->cube, -3 * exponent), n);
	mean[3] = part(binned_scaled_value(&s->fourth, -4 * exponent), n);
}

/*
 *		m2 = E r^2 - m^2
 *		m3 = E r^3 - 3 m E r^2 + 2 m^3
 *		m4 = E r^4 - 4 m E r^3 + 6 m^2 E r^2 - 3 m^4
 */
static risk_moments
moments_of(const risk_summary *s)
{
	risk_moments result = {.num_returns = s->num_returns, .varies = s->worst < s->best};
	dd			mean[4],
				m,
				square,
				variance;

	result.exponent = unit_between(s->worst, s->best);
	mean_powers(s, result.exponent, mean);
	m = mean[0];
	square = dd_product(m, m);
	variance = dd_add(mean[1], dd_negated(square));
	result.mean = m.hi;
	result.variance = bounded_variance(variance.hi, half_range(s, result.exponent), s->num_returns);
	result.third = dd_add(dd_add(mean[2], times(dd_product(m, mean[1]), -3)),
						  times(dd_product(m, square), 2));
	result.fourth = dd_add(dd_add(mean[3], times(dd_product(m, mean[2]), -4)),
						   dd_add(times(dd_product(square, mean[1]), 6),
								  times(dd_product(square, square), -3)));
	return result;
}

/* The deviation of a sample, with n - 1; there are two returns or more. */
static double
sample_deviation(const risk_moments *m)
{
	double		n = (double) m->num_returns;

	return m->varies ? sqrt(m->variance * (n / (n - 1))) : 0;
}

/* Moments of returns that vary; CORE_NULL of others. */
static core_status
varying_moments(const risk_summary *s, risk_moments *m)
{
	*m = moments_of(s);
	return m->varies ? CORE_OK : CORE_NULL;
}

/*
 * Skewness and excess kurtosis of the population, m3 / m2^1.5 and m4 / m2^2 - 3.
 * CORE_NULL without variation, and where returns are so nearly alike that 32
 * digits of their sums do not tell.
 */
static core_status
population_skewness(const risk_moments *m, double *skewness)
{
	double		unit = m->variance * sqrt(m->variance);

	if (!m->varies || !(unit > SIGNIFICANT * MOMENT_NOISE))
		return CORE_NULL;
	*skewness = m->third.hi / unit;
	return CORE_OK;
}

static core_status
population_kurtosis(const risk_moments *m, double *kurtosis)
{
	double		unit = m->variance * m->variance;

	if (!m->varies || !(unit > SIGNIFICANT * MOMENT_NOISE))
		return CORE_NULL;
	*kurtosis = (m->fourth.hi - 3 * unit) / unit;
	return CORE_OK;
}

/* ---------- plain measures ---------- */

/* The arithmetic mean. */
core_status
risk_mean(const risk_summary *s, double *mean)
{
	risk_moments m = moments_of(s);
	double		value = size_of(m.mean, m.exponent);

	*mean = value < s->worst ? s->worst : value > s->best ? s->best : value;
	return CORE_OK;
}

/* The deviation (n - 1) of a year.  CORE_NULL of one return. */
core_status
risk_volatility(const risk_summary *s, double periods, double *volatility)
{
	risk_moments m = moments_of(s);

	if (s->num_returns < 2)
		return CORE_NULL;
	*volatility = size_of(sample_deviation(&m) * sqrt(periods), m.exponent);
	return finite_or_out_of_range(*volatility);
}

/* Units in which neither a return nor the target is greater than 1 in size. */
static int
unit_with_target(const risk_summary *s)
{
	return unit_between(fmin(s->worst, s->target), fmax(s->best, s->target));
}

/* n t in these units */
static dd
targets(const risk_summary *s, int64_t n, int exponent)
{
	return dd_two_product(size_of(s->target, -exponent), (double) n);
}

/*
 * sqrt(sum((t - r)+^2) / n) of a period: all returns count in n, as F.
 * Sortino and R. van der Meer have it ("Downside risk", Journal of Portfolio
 * Management 17/4, 1991).  The sum is sum(r^2) - t (2 sum(r) - n t) of those
 * below.
 */
static double
downside_of_period(const risk_summary *s, int exponent)
{
	dd			sum = binned_scaled_value(&s->sum[RISK_BELOW], -exponent);
	dd			square = binned_scaled_value(&s->square[RISK_BELOW], -(int64_t) 2 * exponent);
	dd			rest = dd_add(times(sum, 2), dd_negated(targets(s, s->num_below, exponent)));

	square = dd_add(square, times(rest, -size_of(s->target, -exponent)));
	return sqrt(fmax(square.hi, 0) / (double) s->num_returns);
}

/* The same of a year. */
core_status
risk_downside_deviation(const risk_summary *s, double periods, double *deviation)
{
	int			exponent = unit_with_target(s);

	*deviation = size_of(downside_of_period(s, exponent) * sqrt(periods), exponent);
	return finite_or_out_of_range(*deviation);
}

/*
 * Skewness: of the population g, or of a sample g sqrt(n (n - 1)) / (n - 2)
 * (D. Joanes and C. Gill, The Statistician 47, 1998).  CORE_NULL without
 * variation, and of samples of fewer than three.
 */
core_status
risk_skewness(const risk_summary *s, risk_estimate estimate, double *skewness)
{
	risk_moments m = moments_of(s);
	double		n = (double) s->num_returns;
	core_status status = population_skewness(&m, skewness);

	if (status != CORE_OK || estimate == RISK_POPULATION)
		return status;
	if (n < 3)
		return CORE_NULL;
	*skewness *= sqrt(n * (n - 1)) / (n - 2);
	return CORE_OK;
}

/*
 * Excess kurtosis: of the population g, or of a sample
 * (n - 1) / ((n - 2) (n - 3)) ((n + 1) g + 6) (the same source).  CORE_NULL
 * without variation, and of samples of fewer than four.
 */
core_status
risk_kurtosis(const risk_summary *s, risk_estimate estimate, double *kurtosis)
{
	risk_moments m = moments_of(s);
	double		n = (double) s->num_returns;
	core_status status = population_kurtosis(&m, kurtosis);

	if (status != CORE_OK || estimate == RISK_POPULATION)
		return status;
	if (n < 4)
		return CORE_NULL;
	*kurtosis = (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * *kurtosis + 6);
	return CORE_OK;
}

/* ---------- ratios ---------- */

/* The Sharpe ratio of a period; the moments vary. */
static core_status
period_sharpe(const risk_moments *m, double risk_free, double periods, double *ratio)
{
	*ratio = (m->mean - size_of(risk_free / periods, -m->exponent)) / sample_deviation(m);
	return finite_or_out_of_range(*ratio);
}

/*
 * (mean - risk_free / periods) / deviation * sqrt(periods), the deviation of a
 * sample (W. Sharpe, Journal of Portfolio Management 21/1, 1994).  CORE_NULL
 * without variation.
 */
core_status
risk_sharpe(const risk_summary *s, double risk_free, double periods, double *ratio)
{
	risk_moments m;
	core_status status = varying_moments(s, &m);

	if (status == CORE_OK)
		status = period_sharpe(&m, risk_free, periods, ratio);
	if (status != CORE_OK)
		return status;
	*ratio *= sqrt(periods);
	return finite_or_out_of_range(*ratio);
}

/*
 * (mean - target) / downside deviation * sqrt(periods).  CORE_NULL where no
 * return is below the target.
 */
core_status
risk_sortino(const risk_summary *s, double periods, double *ratio)
{
	int			exponent = unit_with_target(s);
	dd			lead = dd_add(whole(s->sum, -exponent),
							  dd_negated(targets(s, s->num_returns, exponent)));

	if (s->num_below == 0)
		return CORE_NULL;
	*ratio = lead.hi / (double) s->num_returns / downside_of_period(s, exponent) * sqrt(periods);
	return finite_or_out_of_range(*ratio);
}

/*
 * What lies above the target over what lies below it (C. Keating and W.
 * Shadwick, 2002), sum((r - t)+) / sum((t - r)+).  CORE_NULL where no return is
 * below the target.
 */
core_status
risk_omega(const risk_summary *s, double *ratio)
{
	int			exponent = unit_with_target(s);
	dd			below = dd_add(targets(s, s->num_below, exponent),
							   dd_negated(binned_scaled_value(&s->sum[RISK_BELOW], -exponent)));
	dd			above = dd_add(binned_scaled_value(&s->sum[RISK_FROM], -exponent),
							   dd_negated(targets(s, s->num_returns - s->num_below, exponent)));

	if (s->num_below == 0)
		return CORE_NULL;
	*ratio = s->num_above == 0 ? 0 : fmax(dd_quotient(above, below), 0);
	return finite_or_out_of_range(*ratio);
}

/* The share of returns above the target. */
double
risk_hit_rate(const risk_summary *s)
{
	return (double) s->num_above / (double) s->num_returns;
}

/* ---------- tails ---------- */

/* A normal law's quantile at 1 - confidence, without the rounding of that. */
static double
lower_quantile(double confidence)
{
	return confidence < 0.5 ? -normal_quantile(confidence) : normal_quantile(1 - confidence);
}

/* Skewness and excess kurtosis as the expansion takes them. */
typedef struct shape
{
	double		skew;
	double		excess;
} shape;

static core_status
shape_of(const risk_moments *m, shape *result)
{
	core_status status = population_skewness(m, &result->skew);

	return status != CORE_OK ? status : population_kurtosis(m, &result->excess);
}

/*
 * The quantile z of a normal law moved by skewness S and excess kurtosis K (E.
 * Cornish and R. Fisher, 1937):
 *
 *		z + (z^2 - 1) S/6 + (z^3 - 3z) K/24 - (2z^3 - 5z) S^2/36
 *
 * CORE_NULL where it falls as z rises, and so is no quantile.
 */
static core_status
moved_quantile(const shape *s, double z, double *moved)
{
	double		slope = 1 + z * s->skew / 3 + (3 * z * z - 3) * s->excess / 24 -
		(6 * z * z - 5) * s->skew * s->skew / 36;

	*moved = z + (z * z - 1) * s->skew / 6 + (z * z * z - 3 * z) * s->excess / 24 -
		(2 * z * z * z - 5 * z) * s->skew * s->skew / 36;
	return slope > 0 ? CORE_OK : CORE_NULL;
}

/*
 * The mean beyond the moved quantile h (K. Boudt, B. Peterson and C. Croux,
 * "Estimation and decomposition of downside risk for portfolios with
 * non-normal returns", Journal of Risk 11/2, 2008), in deviations.  Where it
 * is milder than h it is h.
 */
static double
moved_shortfall(const shape *s, double h, double confidence)
{
	double		h2 = h * h;
	double		factor = 1 + h2 * h * s->skew / 6 +
		((h2 - 9) * h2 * h2 + 9 * h2 + 3) * s->skew * s->skew / 72 +
		((h2 - 2) * h2 - 1) * s->excess / 24;

	return fmin(-normal_density(h) / (1 - confidence) * factor, h);
}

/* mean + deviations * deviation, with its unit */
static core_status
return_at(const risk_moments *m, double deviations, double *result)
{
	*result = size_of(m->mean + deviations * sample_deviation(m), m->exponent);
	return finite_or_out_of_range(*result);
}

/*
 * The return that a period falls below with chance 1 - confidence, from mean
 * and deviation, and by RISK_CORNISH_FISHER also skewness and kurtosis; 0 <
 * confidence < 1.  CORE_NULL without variation, or where the expansion has none.
 */
core_status
risk_value_at_risk(const risk_summary *s, double confidence, risk_tail tail, double *result)
{
	risk_moments m;
	shape		shape;
	double		h = lower_quantile(confidence);
	core_status status = varying_moments(s, &m);

	if (status == CORE_OK && tail == RISK_CORNISH_FISHER)
	{
		status = shape_of(&m, &shape);
		if (status == CORE_OK)
			status = moved_quantile(&shape, lower_quantile(confidence), &h);
	}
	return status == CORE_OK ? return_at(&m, h, result) : status;
}

/* The mean return of the periods below that, under the same law. */
core_status
risk_expected_shortfall(const risk_summary *s, double confidence, risk_tail tail, double *result)
{
	risk_moments m;
	shape		shape;
	double		h = lower_quantile(confidence);
	core_status status = varying_moments(s, &m);

	if (status == CORE_OK && tail == RISK_CORNISH_FISHER)
	{
		status = shape_of(&m, &shape);
		if (status == CORE_OK)
			status = moved_quantile(&shape, lower_quantile(confidence), &h);
		if (status == CORE_OK)
			h = moved_shortfall(&shape, h, confidence);
	}
	else
		h = -normal_density(h) / (1 - confidence);
	return status == CORE_OK ? return_at(&m, h, result) : status;
}

/* ---------- how sure a Sharpe ratio is ---------- */

/*
 * A Sharpe ratio q of a period, and n - 1 times the variance of its estimate,
 * 1 - S q + (K + 2)/4 q^2 (E. Mertens, 2002; D. Bailey and M. Lopez de Prado,
 * "The Sharpe ratio efficient frontier", Journal of Risk 15/2, 2012).
 */
typedef struct estimate
{
	double		ratio;
	double		variance;
} estimate;

static core_status
estimate_of(const risk_summary *s, double risk_free, double periods, estimate *e)
{
	risk_moments m;
	shape		shape;
	core_status status = varying_moments(s, &m);

	if (status == CORE_OK)
		status = period_sharpe(&m, risk_free, periods, &e->ratio);
	if (status == CORE_OK)
		status = shape_of(&m, &shape);
	if (status != CORE_OK)
		return status;
	e->variance = 1 - shape.skew * e->ratio + (shape.excess + 2) / 4 * e->ratio * e->ratio;
	/* K >= S^2 - 2 keeps it from being negative but for rounding */
	e->variance = e->variance < 0 ? 0 : e->variance;
	return finite_or_out_of_range(e->variance);
}

/* The standard error of a yearly Sharpe ratio.  CORE_NULL without variation. */
core_status
risk_sharpe_error(const risk_summary *s, double risk_free, double periods, double *error)
{
	estimate	e;
	core_status status = estimate_of(s, risk_free, periods, &e);

	if (status != CORE_OK)
		return status;
	*error = sqrt(e.variance / (double) (s->num_returns - 1)) * sqrt(periods);
	return finite_or_out_of_range(*error);
}

/*
 * The chance that the true Sharpe ratio is above that of a benchmark, by a
 * normal law with that error.  CORE_NULL without variation or error.
 */
core_status
risk_probabilistic_sharpe(const risk_summary *s, const risk_hurdle *hurdle, double *probability)
{
	estimate	e;
	double		lead;
	core_status status = estimate_of(s, hurdle->risk_free, hurdle->periods, &e);

	if (status != CORE_OK || e.variance == 0)
		return status != CORE_OK ? status : CORE_NULL;
	lead = e.ratio - hurdle->benchmark / sqrt(hurdle->periods);
	*probability = normal_tail(-lead / sqrt(e.variance / (double) (s->num_returns - 1)));
	return finite_or_out_of_range(*probability);
}

/*
 * How many periods of such returns it takes to say with that confidence that
 * the Sharpe ratio is above the benchmark (same source).  CORE_NULL where it is
 * not.
 */
core_status
risk_min_track_record(const risk_summary *s, const risk_hurdle *hurdle, double confidence,
					  double *periods)
{
	estimate	e;
	double		lead;
	core_status status = estimate_of(s, hurdle->risk_free, hurdle->periods, &e);

	if (status != CORE_OK)
		return status;
	lead = e.ratio - hurdle->benchmark / sqrt(hurdle->periods);
	if (!(lead > 0))
		return CORE_NULL;
	lead = normal_quantile(confidence) / lead;
	*periods = 1 + e.variance * lead * lead;
	return finite_or_out_of_range(*periods);
}
