/*-------------------------------------------------------------------------
 *
 * core/strategy/forecast.c
 *	  What comes next in a history of equal steps, and how sure that is.
 *
 * Sources: Hyndman and Athanasopoulos, Forecasting: principles and practice,
 * 3rd edition, 2021, sections 5.2, 5.5, 8.1, 8.2, 8.7, and Hyndman's R package
 * "forecast" for what starts a smoothing: the first value, and the first
 * difference.  Theta is simple smoothing with half the trend of a straight line
 * (Hyndman and Billah, International Journal of Forecasting 19, 2003).
 *
 *-------------------------------------------------------------------------
 */
#include "core/strategy/forecast.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "core/base/normal.h"

/* ---------- exponential smoothing ---------- */

#define PARAMETERS	3			/* alpha, beta, phi */
#define MAX_STEPS	100

/* Steps by products of slopes before second slopes are asked for */
#define ROUGH_STEPS	4
#define SMALL_CHANGE	1e-5

typedef struct fit_problem
{
	bool		has_trend;
	bool		free[PARAMETERS];
	const double *y;
	size_t		n;
} fit_problem;

/* Products of slopes of the errors with one another and with the errors, summed up */
typedef struct fit_slopes
{
	double		squares[PARAMETERS][PARAMETERS];
	double		error[PARAMETERS];
} fit_slopes;

/* Smooth n > 0 values: what is left is the level and the trend after the last. */
void
smoothing_run(smoothing *s, bool has_trend, const double *y, size_t n)
{
	double		level = y[0];
	double		trend = has_trend && n > 1 ? y[1] - y[0] : 0;
	double		sse = 0;

	for (size_t i = 0; i < n; i++)
	{
		double		fading = s->phi * trend;
		double		e = y[i] - level - fading;

		level += fading + s->alpha * e;
		trend = has_trend ? fading + s->alpha * s->beta * e : 0;
		sse += e * e;
	}
	s->level = level;
	s->trend = trend;
	s->sse = sse;
}

/* The same with the slopes of each error by the parameters. */
static void
run_with_slopes(smoothing *s, const fit_problem *p, fit_slopes *slopes)
{
	double		level = p->y[0];
	double		trend = p->has_trend && p->n > 1 ? p->y[1] - p->y[0] : 0;
	double		dl[PARAMETERS] = {0};
	double		db[PARAMETERS] = {0};
	double		ab = s->alpha * s->beta;

	*slopes = (fit_slopes) {0};
	for (size_t i = 0; i < p->n; i++)
	{
		double		e = p->y[i] - level - s->phi * trend;
		double		de[PARAMETERS];

		for (int k = 0; k < PARAMETERS; k++)
		{
			double		by_phi = k == 2 ? trend : 0;

			de[k] = -dl[k] - s->phi * db[k] - by_phi;
			dl[k] = -de[k] + s->alpha * de[k] + (k == 0 ? e : 0);
			db[k] = s->phi * db[k] + by_phi + ab * de[k] + (k == 0 ? s->beta * e : k == 1 ? s->alpha * e : 0);
		}
		for (int k = 0; k < PARAMETERS; k++)
		{
			slopes->error[k] += de[k] * e;
			for (int j = 0; j <= k; j++)
				slopes->squares[k][j] += de[k] * de[j];
		}
		level += s->phi * trend + s->alpha * e;
		trend = p->has_trend ? s->phi * trend + ab * e : 0;
	}
}

static double *
parameter(smoothing *s, int k)
{
	return k == 0 ? &s->alpha : k == 1 ? &s->beta : &s->phi;
}

static double
bounded(int k, double x)
{
	double		least = k == 2 ? DAMPED_LEAST : 0;
	double		greatest = k == 2 ? DAMPED_GREATEST : 1;

	return x < least ? least : x > greatest ? greatest : x;
}

/* Solve a symmetric system of at most three, by elimination; false if it has no direction down. */
static bool
solve_small(double a[PARAMETERS][PARAMETERS], double *b, int n)
{
	for (int i = 0; i < n; i++)
	{
		if (!(a[i][i] > 0))
			return false;
		for (int k = i + 1; k < n; k++)
		{
			double		f = a[k][i] / a[i][i];

			for (int j = i; j < n; j++)
				a[k][j] -= f * a[i][j];
			b[k] -= f * b[i];
		}
	}
	for (int i = n - 1; i >= 0; i--)
	{
		for (int j = i + 1; j < n; j++)
			b[i] -= a[i][j] * b[j];
		b[i] /= a[i][i];
	}
	return true;
}

/* The step of n parameters that brings the squares down most, by the model of them so far. */
static bool
solve_step(const fit_slopes *slopes, double damping, const int *moving, int n, const double *fixed, double *step)
{
	double		a[PARAMETERS][PARAMETERS];

	for (int i = 0; i < n; i++)
	{
		step[i] = -slopes->error[moving[i]];
		for (int k = 0; k < PARAMETERS; k++)
			step[i] -= slopes->squares[moving[i] > k ? moving[i] : k][moving[i] > k ? k : moving[i]] * fixed[k];
		for (int j = 0; j < n; j++)
		{
			int			k = moving[i] > moving[j] ? moving[i] : moving[j];

			a[i][j] = slopes->squares[k][moving[i] + moving[j] - k] * (i == j ? 1 + damping : 1);
		}
	}
	return solve_small(a, step, n);
}

/*
 * A step of Levenberg and Marquardt's within the bounds: what would leave them
 * stays at the bound, and the others are solved for anew.  False if none moves.
 */
static bool
propose(const smoothing *s, const fit_problem *p, const fit_slopes *slopes, double damping, smoothing *next)
{
	int			moving[PARAMETERS];
	double		step[PARAMETERS];
	double		fixed[PARAMETERS] = {0};
	int			n = 0;
	bool		again = true;

	*next = *s;
	for (int k = 0; k < PARAMETERS; k++)
		if (p->free[k] && slopes->squares[k][k] > 0)
			moving[n++] = k;
	while (again && n > 0)
	{
		again = false;
		if (!solve_step(slopes, damping, moving, n, fixed, step))
			return false;
		for (int i = n - 1; i >= 0; i--)
		{
			int			k = moving[i];
			double		x = *parameter(next, k);

			if (bounded(k, x + step[i]) == x + step[i])
				continue;
			fixed[k] = bounded(k, x + step[i]) - x;
			for (int j = i + 1; j < n; j++)
			{
				moving[j - 1] = moving[j];
				step[j - 1] = step[j];
			}
			n--;
			again = true;
		}
	}
	for (int i = 0; i < n; i++)
		fixed[moving[i]] = step[i];
	for (int k = 0; k < PARAMETERS; k++)
		*parameter(next, k) = p->free[k] ? bounded(k, *parameter(next, k) + fixed[k]) : *parameter(next, k);
	return fixed[0] != 0 || fixed[1] != 0 || fixed[2] != 0;
}

/*
 * Take what the products of slopes leave out into account: second slopes, as
 * differences of the first.  The products are good far from the least sum; near
 * it, where errors are large, they are not.
 */
static void
sharpen(const smoothing *s, const fit_problem *p, fit_slopes *slopes)
{
	double		second[PARAMETERS][PARAMETERS] = {{0}};

	for (int k = 0; k < PARAMETERS; k++)
	{
		smoothing	near = *s;
		fit_slopes	there;
		double		*x = parameter(&near, k);
		double		before = *x;

		if (!p->free[k])
			continue;
		*x = bounded(k, before + SMALL_CHANGE) > before ? before + SMALL_CHANGE : before - SMALL_CHANGE;
		run_with_slopes(&near, p, &there);
		for (int j = 0; j < PARAMETERS; j++)
			second[k][j] = (there.error[j] - slopes->error[j]) / (*x - before);
	}
	for (int k = 0; k < PARAMETERS; k++)
		for (int j = 0; j <= k; j++)
			slopes->squares[k][j] = p->free[k] && p->free[j] ? (second[k][j] + second[j][k]) / 2 : 0;
}

/* Down from where s is: some rough steps, or as far as it goes. */
static void
descend(smoothing *s, const fit_problem *p, bool to_the_end, core_pause pause)
{
	double		damping = 1e-3;
	int			taken = 0;
	fit_slopes	slopes;

	run_with_slopes(s, p, &slopes);
	for (int step = 0; step < (to_the_end ? MAX_STEPS : ROUGH_STEPS + 2) && damping < 1e10; step++)
	{
		smoothing	next;
		double		gain = 0;

		if (pause != NULL)
			pause();
		if (propose(s, p, &slopes, damping, &next))
		{
			smoothing_run(&next, p->has_trend, p->y, p->n);
			gain = s->sse - next.sse;
		}
		if (!(gain > 0))
		{
			/* where the second slopes point up, the products of the first do not */
			if (taken > 1 && damping > 1)
				run_with_slopes(s, p, &slopes);
			damping *= 10;
			continue;
		}
		*s = next;
		if (gain < 1e-14 * s->sse)
			return;
		damping = damping > 1e-9 ? damping / 10 : damping;
		run_with_slopes(s, p, &slopes);
		if (to_the_end && ++taken > 1)
			sharpen(s, p, &slopes);
	}
}

/* Where a descent begins: the sum has more than one valley. */
static const double start_alpha[] = {0.02, 0.2, 0.5, 0.8, 0.98};
static const double start_beta[] = {0.01, 0.1, 0.4, 0.9};
static const double start_phi[] = {0.82, 0.9, 0.97};

#define STARTS	(5 * 4 * 3)
#define DESCENTS	5
#define FINALISTS	2

/* Values at starts, of which the best of each alpha is kept: valleys differ in how fast they forget. */
static void
look_around(const smoothing *given, const fit_problem *p, smoothing *best)
{
	for (int i = 0; i < DESCENTS; i++)
		best[i] = (smoothing) {.sse = INFINITY};
	for (int i = 0; i < STARTS; i++)
	{
		smoothing	s = *given;

		if ((!p->free[0] && i % 5 != 0) || (!p->free[1] && i / 5 % 4 != 0) || (!p->free[2] && i / 20 != 0))
			continue;
		if (p->free[0])
			s.alpha = start_alpha[i % 5];
		if (p->free[1])
			s.beta = start_beta[i / 5 % 4];
		if (p->free[2])
			s.phi = start_phi[i / 20];
		smoothing_run(&s, p->has_trend, p->y, p->n);
		if (s.sse < best[i % DESCENTS].sse)
			best[i % DESCENTS] = s;
	}
}

/* Put best[i] among those before it, the least sum first. */
static void
sort_in(smoothing *best, int i)
{
	smoothing	s = best[i];

	for (; i > 0 && best[i - 1].sse > s.sse; i--)
		best[i] = best[i - 1];
	best[i] = s;
}

/*
 * Smooth n > 0 values by the parameters that make the sum of squared errors
 * least, of those that are free; the others are in s.
 */
void
smoothing_fit(smoothing *s, bool has_trend, bool fit_alpha, bool fit_beta, bool fit_phi,
			  const double *y, size_t n, core_pause pause)
{
	fit_problem p = {has_trend, {fit_alpha, has_trend && fit_beta, has_trend && fit_phi}, y, n};
	smoothing	best[DESCENTS];

	look_around(s, &p, best);
	for (int i = 0; i < DESCENTS; i++)
	{
		if ((fit_alpha || fit_beta || fit_phi) && isfinite(best[i].sse))
			descend(&best[i], &p, false, pause);
		sort_in(best, i);
	}
	for (int i = 0; i < FINALISTS && (fit_alpha || fit_beta || fit_phi) && isfinite(best[i].sse); i++)
		descend(&best[i], &p, true, pause);
	*s = best[best[1].sse < best[0].sse];
}

/* ---------- models ---------- */

/* What a model needs of values to be fitted. */
static size_t
least_values(forecast_model model, int season)
{
	switch (model)
	{
		case FORECAST_HOLT:
		case FORECAST_DAMPED:
		case FORECAST_AR1:
		case FORECAST_COMB:
			return 4;
		case FORECAST_SEASONAL_NAIVE:
			return season >= 3 ? (size_t) season + 1 : 3;
		default:
			return 3;
	}
}

/* Mean square of differences over "lag" values. */
static double
mean_squared_difference(const double *y, size_t n, size_t lag)
{
	double		sum = 0;

	for (size_t i = lag; i < n; i++)
		sum += (y[i] - y[i - lag]) * (y[i] - y[i - lag]);
	return sum / (double) (n - lag);
}

static void
naive_steps(const double *y, size_t n, size_t season, int horizon, forecast_step *steps)
{
	double		sigma = sqrt(mean_squared_difference(y, n, season));

	for (int h = 0; h < horizon; h++)
		steps[h] = (forecast_step) {y[n - season + h % season], 0, sigma * sqrt((double) (h / season) + 1)};
}

static void
drift_steps(const double *y, size_t n, int horizon, forecast_step *steps)
{
	double		slope = (y[n - 1] - y[0]) / (double) (n - 1);
	double		sum = 0;
	double		sigma;

	for (size_t i = 1; i < n; i++)
		sum += (y[i] - y[i - 1] - slope) * (y[i] - y[i - 1] - slope);
	sigma = sqrt(sum / (double) (n - 2));
	for (int h = 1; h <= horizon; h++)
		steps[h - 1] = (forecast_step) {y[n - 1] + h * slope, 0, sigma * sqrt(h + (double) h * h / (double) (n - 1))};
}

static void
mean_steps(const double *y, size_t n, int horizon, forecast_step *steps)
{
	double		mean = 0;
	double		sum = 0;

	for (size_t i = 0; i < n; i++)
		mean += (y[i] - mean) / (double) (i + 1);
	for (size_t i = 0; i < n; i++)
		sum += (y[i] - mean) * (y[i] - mean);
	for (int h = 0; h < horizon; h++)
		steps[h] = (forecast_step) {mean, 0, sqrt(sum / (double) (n - 1)) * sqrt(1 + 1.0 / (double) n)};
}

static smoothing
simple_smoothing(const double *y, size_t n, core_pause pause)
{
	smoothing	s = {.phi = 1};

	smoothing_fit(&s, false, true, false, false, y, n, pause);
	return s;
}

static void
ses_steps(const double *y, size_t n, int horizon, core_pause pause, forecast_step *steps)
{
	smoothing	s = simple_smoothing(y, n, pause);
	double		sigma = sqrt(s.sse / (double) (n - 1));

	for (int h = 0; h < horizon; h++)
		steps[h] = (forecast_step) {s.level, 0, sigma * sqrt(1 + h * s.alpha * s.alpha)};
}

/* The slope of the line by least squares through the values in their order. */
static double
slope_of(const double *y, size_t n)
{
	double		middle = (double) (n - 1) / 2;
	double		products = 0;
	double		squares = 0;

	for (size_t i = 0; i < n; i++)
	{
		products += ((double) i - middle) * (y[i] - y[0]);
		squares += ((double) i - middle) * ((double) i - middle);
	}
	return products / squares;
}

static void
theta_steps(const double *y, size_t n, int horizon, core_pause pause, forecast_step *steps)
{
	smoothing	s = simple_smoothing(y, n, pause);
	double		sigma = sqrt(s.sse / (double) (n - 1));
	double		slope = slope_of(y, n);
	double		lag = s.alpha > 1e-12 ? -expm1((double) n * log1p(-s.alpha)) / s.alpha : (double) n;

	for (int h = 0; h < horizon; h++)
		steps[h] = (forecast_step) {
			s.level + slope / 2 * (h + lag), 0, sigma * sqrt(1 + h * s.alpha * s.alpha)
		};
}

static void
trend_steps(const double *y, size_t n, bool damped, int horizon, core_pause pause, forecast_step *steps)
{
	smoothing	s = {.phi = 1};
	double		sigma;
	double		power = 1;
	double		powers = 0;
	double		squares = 1;

	smoothing_fit(&s, true, true, true, damped, y, n, pause);
	sigma = sqrt(s.sse / (double) (n - 1));
	for (int h = 0; h < horizon; h++)
	{
		double		c;

		power *= s.phi;
		powers += power;
		steps[h] = (forecast_step) {s.level + powers * s.trend, 0, sigma * sqrt(squares)};
		c = s.alpha + s.alpha * s.beta * powers;
		squares += c * c;
	}
}

static core_status
ar1_steps(const double *y, size_t n, int horizon, double *scratch, core_pause pause, forecast_step *steps)
{
	double		intercept,
				phi,
				sigma;
	double		value = y[n - 1];
	double		power = 1;
	double		squares = 0;
	core_status status = autoregression(y, n, 1, scratch, pause, &intercept, &phi, &sigma);

	/* of values that do not vary there is but one forecast */
	if (status == CORE_NULL)
	{
		intercept = y[n - 1];
		phi = sigma = 0;
	}
	else if (status != CORE_OK)
		return status;
	for (int h = 0; h < horizon; h++)
	{
		value = intercept + phi * value;
		squares += power * power;
		power *= phi;
		steps[h] = (forecast_step) {value, 0, sigma * sqrt(squares)};
	}
	return CORE_OK;
}

static void
comb_steps(const double *y, size_t n, int horizon, core_pause pause, forecast_step *steps)
{

	ses_steps(y, n, horizon, pause, steps + horizon);
	trend_steps(y, n, false, horizon, pause, steps + 2 * (size_t) horizon);
	trend_steps(y, n, true, horizon, pause, steps + 3 * (size_t) horizon);
	for (int h = 0; h < horizon; h++)
	{
		steps[h] = (forecast_step) {0, 0, 0};
		for (int k = 1; k <= 3; k++)
		{
			steps[h].value += steps[k * (size_t) horizon + h].value / 3;
			steps[h].upper += steps[k * (size_t) horizon + h].upper / 3;
		}
	}
}

/* Numbers of room that forecast_steps needs for a history of n. */
size_t
forecast_scratch(size_t n)
{
	return autoregression_scratch(n, 1);
}

/*
 * Steps 1 to "horizon" after n finite values; there is room for four times as
 * many steps.  CORE_NULL if the values are too few for the model.
 */
core_status
forecast_steps(forecast_model model, const double *y, size_t n, int season, double confidence,
			   int horizon, double *scratch, core_pause pause, forecast_step *steps)
{
	double		z = normal_quantile((1 + confidence) / 2);
	core_status status = CORE_OK;

	if (n < least_values(model, season) || (model == FORECAST_SEASONAL_NAIVE && n <= (size_t) season))
		return CORE_NULL;
	switch (model)
	{
		case FORECAST_NAIVE:
			naive_steps(y, n, 1, horizon, steps);
			break;
		case FORECAST_DRIFT:
			drift_steps(y, n, horizon, steps);
			break;
		case FORECAST_MEAN:
			mean_steps(y, n, horizon, steps);
			break;
		case FORECAST_SEASONAL_NAIVE:
			naive_steps(y, n, (size_t) season, horizon, steps);
			break;
		case FORECAST_SES:
			ses_steps(y, n, horizon, pause, steps);
			break;
		case FORECAST_HOLT:
		case FORECAST_DAMPED:
			trend_steps(y, n, model == FORECAST_DAMPED, horizon, pause, steps);
			break;
		case FORECAST_THETA:
			theta_steps(y, n, horizon, pause, steps);
			break;
		case FORECAST_AR1:
			status = ar1_steps(y, n, horizon, scratch, pause, steps);
			break;
		case FORECAST_COMB:
			comb_steps(y, n, horizon, pause, steps);
			break;
	}
	for (int h = 0; h < horizon && status == CORE_OK; h++)
	{
		double		half = z * steps[h].upper;

		steps[h].lower = steps[h].value - half;
		steps[h].upper = steps[h].value + half;
		if (!isfinite(steps[h].lower) || !isfinite(steps[h].upper))
			status = CORE_OUT_OF_RANGE;
	}
	return status;
}

/* ---------- autoregressions ---------- */

size_t
autoregression_scratch(size_t n, int order)
{
	return n * ((size_t) order + 1);
}

/*
 * y[t] = intercept + sum of coefficients[k] * y[t - 1 - k], by least squares;
 * sigma: deviation of what is left, over the values less the coefficients.
 * CORE_NULL if there are too few values, or if they do not vary.
 */
core_status
autoregression(const double *y, size_t n, int order, double *scratch, core_pause pause,
			   double *intercept, double *coefficients, double *sigma)
{
	size_t		rows = n - order;
	double	   *now = scratch + rows * order;
	double		sse;
	core_status status;

	if (n < 2 * (size_t) order + 2)
		return CORE_NULL;
	memcpy(now, y + order, rows * sizeof(double));
	for (int k = 0; k < order; k++)
		memcpy(scratch + k * rows, y + order - 1 - k, rows * sizeof(double));
	status = least_squares(scratch, now, rows, order, pause, intercept, coefficients, &sse);
	*sigma = sqrt(sse / (double) (n - 2 * order - 1));
	return status;
}

static double
mean_of_last(const double *v, size_t n, int count)
{
	double		sum = 0;

	for (int i = 1; i <= count; i++)
		sum += v[n - i];
	return sum / count;
}

/* The variance that comes after n of them, at least "month". */
double
har_next(const har_model *model, const double *v, size_t n, int week, int month)
{
	return model->intercept + model->daily * v[n - 1] + model->weekly * mean_of_last(v, n, week) +
		model->monthly * mean_of_last(v, n, month);
}

/*
 * Each variance by the one before, and by means of the last "week" and "month"
 * (Corsi, Journal of Financial Econometrics 7, 2009), by least squares; scratch
 * is room for 4 n numbers.  CORE_NULL if there are too few.
 */
core_status
har_estimate(const double *v, size_t n, int week, int month, double *scratch, core_pause pause,
			 har_model *model, double *sigma, double *r_squared)
{
	size_t		rows = n > (size_t) month ? n - month : 0;
	double	   *now = scratch + 3 * rows;
	double		mean = 0;
	double		total = 0;
	double		sse;
	double		c[3];
	core_status status;

	if (rows < 5)
		return CORE_NULL;
	for (size_t t = 0; t < rows; t++)
	{
		size_t		known = t + month;

		if (pause != NULL && t % 4096 == 0)
			pause();
		scratch[t] = v[known - 1];
		scratch[rows + t] = mean_of_last(v, known, week);
		scratch[2 * rows + t] = mean_of_last(v, known, month);
		now[t] = v[known];
		mean += (now[t] - mean) / (double) (t + 1);
	}
	for (size_t t = 0; t < rows; t++)
		total += (now[t] - mean) * (now[t] - mean);
	status = least_squares(scratch, now, rows, 3, pause, &model->intercept, c, &sse);
	if (status != CORE_OK)
		return status;
	model->daily = c[0];
	model->weekly = c[1];
	model->monthly = c[2];
	*sigma = sqrt(sse / (double) (rows - 4));
	*r_squared = 1 - sse / total;
	return CORE_OK;
}
