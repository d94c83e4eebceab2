/*-------------------------------------------------------------------------
 *
 * core/risk/tails.c
 *	  How far the worst returns go.
 *
 *-------------------------------------------------------------------------
 */
#include "core/risk/tails.h"

#include <math.h>
#include <stdbool.h>

#include "core/base/dd.h"
#include "core/base/normal.h"
#include "core/base/rank.h"

/* ---------- beyond a threshold ---------- */

/* Excesses over a threshold, all positive, in descending order. */
typedef struct gpd_excess
{
	const double *y;
	size_t		n;
	double		mean;
	core_pause	pause;
} gpd_excess;

static double
gpd_likelihood(const gpd_excess *e, double shape, double scale)
{
	double		sum = 0;

	if (!(scale > 0) || 1 + shape * e->y[0] / scale <= 0)
		return -INFINITY;
	for (size_t i = 0; i < e->n; i++)
		sum += shape == 0 ? e->y[i] / scale :
			(1 + 1 / shape) * log1p(shape * e->y[i] / scale);
	return -(double) e->n * log(scale) - sum;
}

/* The shape that is best where shape / scale is tau, above -1 / the greatest excess. */
static double
shape_at(const gpd_excess *e, double tau)
{
	double		sum = 0;

	for (size_t i = 0; i < e->n; i++)
		sum += log1p(tau * e->y[i]);
	return sum / (double) e->n;
}

static double
scale_at(const gpd_excess *e, double tau, double shape)
{
	return tau == 0 ? e->mean : shape / tau;
}

/* The likelihood of the best law of a tau; S. D. Grimshaw, Technometrics 35 (1993). */
static double
profile(const gpd_excess *e, double tau)
{
	double		shape = shape_at(e, tau);

	if (e->pause != NULL)
		e->pause();
	/* where the shape is below -1/2 there is no law of large numbers for it */
	if (!(shape > -0.5))
		return -INFINITY;
	return -(double) e->n * (log(scale_at(e, tau, shape)) + shape + 1);
}

/* tau is -1 / the greatest excess + exp(u) / the mean one */
static double
tau_of(const gpd_excess *e, double u)
{
	return exp(u) / e->mean - 1 / e->y[0];
}

#define SCAN_FROM	-20.0
#define SCAN_TO		20.0
#define SCAN_STEPS	160

/* The greatest value between two places, by golden sections. */
static double
refine(const gpd_excess *e, double low, double high)
{
	const double golden = 0.6180339887498949;
	double		a = high - golden * (high - low);
	double		b = low + golden * (high - low);
	double		at_a = profile(e, tau_of(e, a));
	double		at_b = profile(e, tau_of(e, b));

	while (high - low > 1e-9)
		if (at_a >= at_b)
		{
			high = b;
			b = a;
			at_b = at_a;
			a = high - golden * (high - low);
			at_a = profile(e, tau_of(e, a));
		}
		else
		{
			low = a;
			a = b;
			at_a = at_b;
			b = low + golden * (high - low);
			at_b = profile(e, tau_of(e, b));
		}
	return low + (high - low) / 2;
}

/* CORE_NULL if the likelihood has no maximum with a shape above -1/2. */
static core_status
fit_by_likelihood(const gpd_excess *e, gpd_fitted *fitted)
{
	const double width = (SCAN_TO - SCAN_FROM) / SCAN_STEPS;
	double		best = -INFINITY;
	double		before = -INFINITY;
	int			at = -1;
	double		tau;

	for (int i = 0; i <= SCAN_STEPS; i++)
	{
		double		found = profile(e, tau_of(e, SCAN_FROM + i * width));

		/* the first place within bounds is no maximum unless the next is lower */
		if (found > best && isfinite(found))
		{
			at = isfinite(before) || i == 0 ? i : -i;
			best = found;
		}
		before = found;
	}
	if (at == SCAN_STEPS || at == -1 || !isfinite(best))
		return CORE_NULL;
	at = at < 0 ? -at : at;
	tau = tau_of(e, refine(e, SCAN_FROM + (at - 1) * width, SCAN_FROM + (at + 1) * width));
	fitted->law.shape = shape_at(e, tau);
	fitted->law.scale = scale_at(e, tau, fitted->law.shape);
	return fitted->law.shape > -0.5 + 1e-6 ? CORE_OK : CORE_NULL;
}

/* Probability-weighted moments: J. R. M. Hosking and J. R. Wallis, Technometrics 29 (1987). */
static core_status
fit_by_moments(const gpd_excess *e, gpd_fitted *fitted)
{
	double		weighted = 0;
	double		n = (double) e->n;

	/* the j-th from below, from 1, is e->y[n - j] */
	for (size_t j = 1; j <= e->n; j++)
		weighted += e->y[e->n - j] * (1 - ((double) j - 0.35) / n);
	weighted /= n;
	if (e->mean - 2 * weighted == 0)
		return CORE_NULL;
	fitted->law.shape = 2 - e->mean / (e->mean - 2 * weighted);
	fitted->law.scale = 2 * e->mean * weighted / (e->mean - 2 * weighted);
	return fitted->law.scale > 0 ? CORE_OK : CORE_NULL;
}

/*
 * The law of the worst tail_fraction of returns, in ascending order; "excess"
 * has room for n numbers.  CORE_NULL if they are too few, or without a law.
 */
core_status
gpd_estimate(const double *sorted, size_t n, double tail_fraction, gpd_method method,
			 double *excess, core_pause pause, gpd_fitted *fitted)
{
	size_t		k = rank_down(tail_fraction * (double) n);
	gpd_excess	e = {excess, 0, 0, pause};
	core_status status;

	if (k < GPD_MIN_EXCEEDANCES || k >= n)
		return CORE_NULL;
	fitted->law.threshold = sorted[k];
	for (; sorted[e.n] < sorted[k]; e.n++)
	{
		excess[e.n] = sorted[k] - sorted[e.n];
		e.mean += excess[e.n];
	}
	if (e.n < 2)
		return CORE_NULL;
	e.mean /= (double) e.n;
	if (!isfinite(e.mean))
		return CORE_OUT_OF_RANGE;
	fitted->exceedances = e.n;
	status = method == GPD_MLE ? fit_by_likelihood(&e, fitted) : fit_by_moments(&e, fitted);
	if (status == CORE_OK)
		fitted->log_likelihood = gpd_likelihood(&e, fitted->law.shape, fitted->law.scale);
	return status;
}

/* How far below the threshold the return is that is undercut with probability 1 - confidence. */
static core_status
excess_at(const gpd_law *law, double share, double confidence, double *excess)
{
	double		log_ratio = log((1 - confidence) / share);

	if (log_ratio > 0)
		return CORE_NULL;
	*excess = law->shape == 0 ? -law->scale * log_ratio :
		law->scale / law->shape * expm1(-law->shape * log_ratio);
	return CORE_OK;
}

/*
 * A. J. McNeil, R. Frey and P. Embrechts, "Quantitative Risk Management", 5.19
 * and 5.20.  "share" is that of returns below the threshold; CORE_NULL for a
 * confidence that does not reach below it, and for a mean that is infinite.
 */
core_status
gpd_quantile(const gpd_law *law, double share, double confidence, double *value_at_risk)
{
	double		excess;
	core_status status = excess_at(law, share, confidence, &excess);

	if (status == CORE_OK)
		*value_at_risk = law->threshold - excess;
	return status;
}

core_status
gpd_shortfall(const gpd_law *law, double share, double confidence, double *shortfall)
{
	double		excess;
	core_status status = excess_at(law, share, confidence, &excess);

	if (status != CORE_OK || law->shape >= 1)
		return CORE_NULL;
	*shortfall = law->threshold - (excess + law->scale) / (1 - law->shape);
	return CORE_OK;
}

/*
 * B. M. Hill's index (1975) of the count greatest of n values in descending
 * order.  CORE_NULL if the next one is missing or not positive.
 */
core_status
hill_index(const double *greatest, size_t n, size_t count, double *index)
{
	double		sum = 0;

	if (count >= n || !(greatest[count] > 0))
		return CORE_NULL;
	for (size_t i = 0; i < count; i++)
		sum += log(greatest[i] / greatest[count]);
	if (sum == 0)
		return CORE_NULL;
	*index = (double) count / sum;
	return CORE_OK;
}

/* ---------- of what was seen ---------- */

/*
 * The return that is undercut with probability 1 - confidence, of n > 0 in
 * ascending order: between its neighbours on a line, as percentile_cont, numpy
 * and R's type 7.
 */
double
worst_quantile(const double *sorted, size_t n, double confidence)
{
	double		place = (1 - confidence) * (double) (n - 1);
	size_t		below = rank_down(place);

	if (below + 1 >= n || place <= (double) below)
		return sorted[below];
	return sorted[below] + (place - (double) below) * (sorted[below + 1] - sorted[below]);
}

/* The mean of the returns up to there. */
double
worst_mean(const double *sorted, size_t n, double confidence)
{
	size_t		worst = rank_down((1 - confidence) * (double) (n - 1)) + 1;
	dd			sum = {0, 0};

	for (size_t i = 0; i < worst; i++)
		sum = dd_add_double(sum, sorted[i]);
	return sum.hi / (double) worst;
}

/* ---------- was a value at risk right? ---------- */

/* n ln(p), where nothing times anything is nothing */
static double
times_log(double n, double p)
{
	return n == 0 ? 0 : n * log(p);
}

/* The logarithm of the likelihood of so many failures among trials. */
static double
log_binomial(double failures, double trials, double p)
{
	return times_log(failures, p) + times_log(trials - failures, 1 - p);
}

/* Do violations follow each other?  P. F. Christoffersen, 1998. */
static double
independence_of(const bool *violated, size_t n)
{
	double		after[2] = {0, 0};	/* days after one without, and with */
	double		then[2] = {0, 0};	/* of these, those that violate */
	double		all;

	for (size_t i = 1; i < n; i++)
	{
		after[violated[i - 1]]++;
		then[violated[i - 1]] += violated[i];
	}
	all = then[0] + then[1];
	if (all == 0 || all == after[0] + after[1])
		return 0;
	return fmax(0, 2 * ((after[0] > 0 ? log_binomial(then[0], after[0], then[0] / after[0]) : 0) +
						(after[1] > 0 ? log_binomial(then[1], after[1], then[1] / after[1]) : 0) -
						log_binomial(all, after[0] + after[1], all / (after[0] + after[1]))));
}

/*
 * Tests of how often returns were below a value at risk: P. H. Kupiec (1995)
 * of their number, Christoffersen's of their independence, and both together.
 * "violated" has room for n flags.  CORE_NULL without returns.
 */
core_status
var_test_of(const double *returns, const double *value_at_risk, bool *violated, size_t n,
			double confidence, var_test *test)
{
	double		violations = 0;
	double		p = 1 - confidence;

	if (n == 0)
		return CORE_NULL;
	for (size_t i = 0; i < n; i++)
		violations += violated[i] = returns[i] < value_at_risk[i];
	test->violations = (int64_t) violations;
	test->expected = (double) n * p;
	test->kupiec = fmax(0, 2 * (log_binomial(violations, (double) n, violations / (double) n) -
								log_binomial(violations, (double) n, p)));
	test->independence = independence_of(violated, n);
	test->coverage = test->kupiec + test->independence;
	test->kupiec_p = 2 * normal_tail(sqrt(test->kupiec));
	test->independence_p = 2 * normal_tail(sqrt(test->independence));
	test->coverage_p = exp(-test->coverage / 2);
	return CORE_OK;
}
