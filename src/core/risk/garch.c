/*-------------------------------------------------------------------------
 *
 * core/risk/garch.c
 *	  Volatility that comes in clusters.
 *
 *-------------------------------------------------------------------------
 */
#include "core/risk/garch.h"

#include <math.h>

#include "core/base/dd.h"
#include "core/base/minimise.h"

#define LOG_TWO_PI	1.8378770664093454836

/* ---------- weights that fade ---------- */

/* One more point of a path of positive values: J. P. Morgan's RiskMetrics (1996). */
void
ewma_path_step(ewma_path *path, int64_t time, double value)
{
	if (path->has_point)
	{
		double		step = log1p((value - path->value) / path->value);
		double		square = step * step / (double) ((uint64_t) time - (uint64_t) path->time);

		path->variance = path->has_variance ?
			path->lambda * path->variance + (1 - path->lambda) * square : square;
		path->has_variance = true;
	}
	path->has_point = true;
	path->time = time;
	path->value = value;
}

/* ---------- GARCH(1,1) ---------- */

/* The mean of squared residuals, from which the recursion starts, and their mean. */
static double
mean_square(const double *returns, size_t n, double mu, double *mean)
{
	dd			sum = {0, 0};
	dd			squares = {0, 0};

	for (size_t i = 0; i < n; i++)
	{
		double		e = returns[i] - mu;

		sum = dd_add_double(sum, e);
		squares = dd_add_double(squares, e * e);
	}
	*mean = sum.hi / (double) n;
	return squares.hi / (double) n;
}

/*
 * The logarithm of the likelihood of returns with normal shocks, and the
 * variances of all of them and of the next, n + 1, unless "variance" is NULL.
 * The recursion starts from the mean of squared residuals, as in the benchmark
 * of G. Fiorentini, G. Calzolari and L. Panattoni (1996).
 */
double
garch_likelihood(const double *returns, size_t n, const garch_model *model, double *variance)
{
	double		mean;
	double		h = model->omega +
		(model->alpha + model->beta) * mean_square(returns, n, model->mu, &mean);
	dd			sum = {0, 0};

	for (size_t i = 0; i < n; i++)
	{
		double		e = returns[i] - model->mu;

		if (variance != NULL)
			variance[i] = h;
		sum = dd_add_double(sum, LOG_TWO_PI + log(h) + e * e / h);
		h = model->omega + model->alpha * e * e + model->beta * h;
	}
	if (variance != NULL)
		variance[n] = h;
	return -0.5 * sum.hi;
}

/* The mean variance of the period after one whose variance is expected to be this. */
double
garch_next(const garch_model *model, double variance)
{
	return model->omega + (model->alpha + model->beta) * variance;
}

/* Returns of unit variance about a mean near 0. */
typedef struct garch_problem
{
	const double *returns;
	size_t		n;
	core_pause	pause;
} garch_problem;

/* Beyond this a logistic function is 0 or 1 */
#define LOGIT_RANGE	32.0

static double
logistic(double x)
{
	return 1 / (1 + exp(-x));
}

/*
 * A model out of numbers without bounds: mu, ln omega, and the logits of
 * alpha + beta and of alpha's share of it.
 */
static garch_model
model_of(const double *x)
{
	double		kept = logistic(x[2]);
	double		share = logistic(x[3]);

	return (garch_model) {x[0], exp(x[1]), kept * share, kept * (1 - share)};
}

/* Minus the likelihood and its slopes in mu, omega, alpha and beta. */
static double
minus_likelihood(const garch_problem *problem, const garch_model *m, double *slope)
{
	double		mean;
	double		start = mean_square(problem->returns, problem->n, m->mu, &mean);
	double		kept = m->alpha + m->beta;
	double		h = m->omega + kept * start;
	double		d[4] = {-2 * kept * mean, 1, start, start};
	double		sum = 0;

	slope[0] = slope[1] = slope[2] = slope[3] = 0;
	for (size_t i = 0; i < problem->n; i++)
	{
		double		e = problem->returns[i] - m->mu;
		double		inverse = 1 / h;
		double		standard = e * e * inverse;
		double		by_h = 0.5 * inverse * (1 - standard);

		sum += log(h) + standard;
		for (int k = 0; k < 4; k++)
			slope[k] += by_h * d[k];
		slope[0] -= e * inverse;
		d[0] = m->beta * d[0] - 2 * m->alpha * e;
		d[1] = m->beta * d[1] + 1;
		d[2] = m->beta * d[2] + e * e;
		d[3] = m->beta * d[3] + h;
		h = m->omega + m->alpha * e * e + m->beta * h;
	}
	return 0.5 * (sum + (double) problem->n * LOG_TWO_PI);
}

/* The same in the numbers without bounds. */
static double
objective(const double *x, double *slope, const void *context)
{
	const garch_problem *problem = context;
	garch_model m = model_of(x);
	double		share = m.alpha / (m.alpha + m.beta);
	double		kept = m.alpha + m.beta;
	double		by[4];
	double		value;

	if (fabs(x[2]) > LOGIT_RANGE || fabs(x[3]) > LOGIT_RANGE || !(m.omega > 0) || !(kept < 1))
		return INFINITY;
	if (problem->pause != NULL)
		problem->pause();
	value = minus_likelihood(problem, &m, by);
	slope[0] = by[0];
	slope[1] = by[1] * m.omega;
	slope[2] = (by[2] * share + by[3] * (1 - share)) * kept * (1 - kept);
	slope[3] = (by[2] - by[3]) * kept * share * (1 - share);
	return value;
}

/* Unit variance, mean 0: what the returns were divided by. */
static double
scale_returns(const double *returns, size_t n, double *scaled, double *mean)
{
	double		square = mean_square(returns, n, returns[0], mean);
	double		deviation = sqrt(square - *mean * *mean);

	*mean += returns[0];
	for (size_t i = 0; i < n; i++)
		scaled[i] = (returns[i] - *mean) / deviation;
	return deviation;
}

static bool
all_equal(const double *returns, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (returns[i] != returns[0])
			return false;
	return true;
}

/* The best of several starts; false if the best did not get to the bottom. */
static bool
best_of_starts(const garch_problem *problem, double *best)
{
	static const double start[][2] = {
		{0.05, 0.9}, {0.1, 0.8}, {0.2, 0.5}, {0.02, 0.97}, {0.05, 0.4}, {0.4, 0.1}
	};
	double		least = INFINITY;
	double		least_of_any = INFINITY;

	for (size_t i = 0; i < sizeof(start) / sizeof(start[0]); i++)
	{
		double		kept = start[i][0] + start[i][1];
		double		x[4] = {0, log(1 - kept), log(kept / (1 - kept)), log(start[i][0] / start[i][1])};
		double		value;
		bool		is_bottom = minimise(objective, problem, 4, x, &value);

		least_of_any = fmin(least_of_any, value);
		if (!is_bottom || value >= least)
			continue;
		least = value;
		for (int k = 0; k < 4; k++)
			best[k] = x[k];
	}
	return least <= least_of_any + 1e-7;
}

/*
 * The model of greatest likelihood.  "scaled" has room for n + 1 numbers.
 * CORE_NULL of fewer returns than GARCH_MIN_RETURNS, of equal ones, and if the
 * search did not end at a maximum.
 */
core_status
garch_estimate(const double *returns, size_t n, double *scaled, core_pause pause,
			   garch_fitted *fitted)
{
	garch_problem problem = {scaled, n, pause};
	double		best[4];
	double		deviation,
				mean;

	if (n < GARCH_MIN_RETURNS || all_equal(returns, n))
		return CORE_NULL;
	deviation = scale_returns(returns, n, scaled, &mean);
	if (!isfinite(deviation))
		return CORE_OUT_OF_RANGE;
	if (!(deviation > 0) || !best_of_starts(&problem, best))
		return CORE_NULL;
	fitted->model = model_of(best);
	fitted->model.mu = mean + fitted->model.mu * deviation;
	fitted->model.omega *= deviation * deviation;
	fitted->last_residual = returns[n - 1] - fitted->model.mu;
	fitted->log_likelihood = garch_likelihood(returns, n, &fitted->model, scaled);
	fitted->next_variance = scaled[n];
	return isfinite(fitted->log_likelihood) ? CORE_OK : CORE_OUT_OF_RANGE;
}
