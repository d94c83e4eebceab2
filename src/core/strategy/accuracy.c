/*-------------------------------------------------------------------------
 *
 * core/strategy/accuracy.c
 *	  How far forecasts were off, and whether that beats doing nothing.
 *
 *-------------------------------------------------------------------------
 */
#include "core/strategy/accuracy.h"

#include <math.h>
#include <stdlib.h>

#include "core/base/gamma.h"
#include "core/base/normal.h"

/* ---------- the summary ---------- */

void
accuracy_init(accuracy_summary *s)
{
	*s = (accuracy_summary) {
		.error = BINNED_EMPTY, .size = BINNED_EMPTY, .square = BINNED_EMPTY, .share = BINNED_EMPTY,
		.symmetric = BINNED_EMPTY, .width = BINNED_EMPTY, .outside = BINNED_EMPTY
	};
}

/* One forecast; both numbers are finite. */
core_status
accuracy_add(accuracy_summary *s, double actual, double forecast)
{
	double		error = forecast - actual;
	double		size = fabs(error);
	double		sizes = fabs(actual) / 2 + fabs(forecast) / 2;

	if (!isfinite(size * size) || (actual != 0 && !isfinite(size / fabs(actual))))
		return CORE_OUT_OF_RANGE;
	s->num_forecasts++;
	s->num_zero += actual == 0;
	binned_add(&s->error, error);
	binned_add(&s->size, size);
	binned_add(&s->square, size * size);
	if (actual != 0)
		binned_add(&s->share, size / fabs(actual));
	if (size != 0)
		binned_add(&s->symmetric, size / sizes);
	return CORE_OK;
}

/* How far a value lies from the bounds. */
static double
distance_outside(double actual, double lower, double upper)
{
	return actual < lower ? lower - actual : actual > upper ? actual - upper : 0;
}

/* The same with bounds, lower not above upper. */
core_status
accuracy_add_bounded(accuracy_summary *s, double actual, double forecast, double lower, double upper)
{
	double		outside = distance_outside(actual, lower, upper);

	if (!isfinite(upper - lower) || !isfinite(outside))
		return CORE_OUT_OF_RANGE;
	s->num_bounded++;
	s->num_inside += outside == 0;
	binned_add(&s->width, upper - lower);
	binned_add(&s->outside, outside);
	return accuracy_add(s, actual, forecast);
}

core_status
accuracy_merge(accuracy_summary *into, const accuracy_summary *other)
{
	if (other->num_forecasts > INT64_MAX - into->num_forecasts)
		return CORE_OUT_OF_RANGE;
	into->num_forecasts += other->num_forecasts;
	into->num_zero += other->num_zero;
	into->num_bounded += other->num_bounded;
	into->num_inside += other->num_inside;
	binned_merge(&into->error, &other->error);
	binned_merge(&into->size, &other->size);
	binned_merge(&into->square, &other->square);
	binned_merge(&into->share, &other->share);
	binned_merge(&into->symmetric, &other->symmetric);
	binned_merge(&into->width, &other->width);
	binned_merge(&into->outside, &other->outside);
	return CORE_OK;
}

static bool
is_sum_of_sizes(const binned_sum *s, int64_t n)
{
	return binned_is_valid(s, n) && binned_value(s).hi >= 0;
}

bool
accuracy_is_valid(const accuracy_summary *s)
{
	int64_t		n = s->num_forecasts;

	return n >= 1 && s->num_zero >= 0 && s->num_zero <= n &&
		s->num_bounded >= 0 && s->num_bounded <= n &&
		s->num_inside >= 0 && s->num_inside <= s->num_bounded &&
		binned_is_valid(&s->error, n) && is_sum_of_sizes(&s->size, n) && is_sum_of_sizes(&s->square, n) &&
		is_sum_of_sizes(&s->share, n - s->num_zero) && is_sum_of_sizes(&s->symmetric, n) &&
		is_sum_of_sizes(&s->width, s->num_bounded) && is_sum_of_sizes(&s->outside, s->num_bounded - s->num_inside) &&
		fabs(binned_value(&s->error).hi) <= binned_value(&s->size).hi * (1 + 1e-15);
}

/* Of n numbers; CORE_NULL of none. */
static core_status
mean_of(const binned_sum *sum, int64_t n, double *result)
{
	if (n == 0)
		return CORE_NULL;
	*result = binned_value(sum).hi / (double) n;
	return isfinite(*result) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* Mean of forecast - actual. */
core_status
accuracy_bias(const accuracy_summary *s, double *result)
{
	return mean_of(&s->error, s->num_forecasts, result);
}

/* Mean size of the errors. */
core_status
accuracy_mae(const accuracy_summary *s, double *result)
{
	return mean_of(&s->size, s->num_forecasts, result);
}

core_status
accuracy_rmse(const accuracy_summary *s, double *result)
{
	core_status status = mean_of(&s->square, s->num_forecasts, result);

	*result = sqrt(*result);
	return status;
}

/* Mean size as a share of that of the actual value; CORE_NULL where one is 0. */
core_status
accuracy_mape(const accuracy_summary *s, double *result)
{
	return s->num_zero > 0 ? CORE_NULL : mean_of(&s->share, s->num_forecasts, result);
}

/* The same of the mean of both sizes; 0 where both are 0 (Armstrong, Long-range forecasting, 1985). */
core_status
accuracy_smape(const accuracy_summary *s, double *result)
{
	return mean_of(&s->symmetric, s->num_forecasts, result);
}

/* Share of bounds in which the actual value lay. */
core_status
accuracy_coverage(const accuracy_summary *s, double *result)
{
	if (s->num_bounded == 0)
		return CORE_NULL;
	*result = (double) s->num_inside / (double) s->num_bounded;
	return CORE_OK;
}

/* Mean of winkler_score. */
core_status
accuracy_interval_score(const accuracy_summary *s, double confidence, double *result)
{
	double		outside = 0;
	core_status status = mean_of(&s->width, s->num_bounded, result);

	if (status != CORE_OK)
		return status;
	mean_of(&s->outside, s->num_bounded, &outside);
	*result += 2 / (1 - confidence) * outside;
	return isfinite(*result) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* ---------- scores of one forecast ---------- */

/* Width of the bounds and what it costs to lie outside (Gneiting and Raftery, JASA 102, 2007, eq. 43). */
double
winkler_score(double actual, double lower, double upper, double confidence)
{
	return upper - lower + 2 / (1 - confidence) * distance_outside(actual, lower, upper);
}

/* Loss of a forecast of the quantile "fraction" (Koenker and Bassett, Econometrica 46, 1978). */
double
pinball_loss_of(double actual, double forecast, double fraction)
{
	return actual >= forecast ? (actual - forecast) * fraction : (forecast - actual) * (1 - fraction);
}

/* Continuous ranked probability score of a normal forecast (Gneiting et al., Monthly Weather Review 133, 2005, eq. 5). */
double
crps_of_normal(double actual, double mean, double stddev)
{
	double		z = (actual - mean) / stddev;

	if (stddev == 0)
		return fabs(actual - mean);
	return stddev * (fabs(z) * normal_between(-fabs(z), fabs(z)) + 2 * normal_density(z) - 1 / sqrt(acos(-1)));
}

static int
compare_numbers(const void *left, const void *right)
{
	double		a = *(const double *) left;
	double		b = *(const double *) right;

	return (a > b) - (a < b);
}

/*
 * The size of residual that as many as "confidence" of the next do not pass,
 * whatever their law, if it stays: the ceil((n + 1) confidence)-th least (Lei
 * et al., JASA 113, 2018).  CORE_NULL if n are too few.  The residuals are
 * sorted by size.
 */
core_status
conformal_radius_of(double *residual, size_t n, double confidence, double *result)
{
	double		rank = ceil(((double) n + 1) * confidence - 1e-9);

	if (n == 0 || rank > (double) n)
		return CORE_NULL;
	for (size_t i = 0; i < n; i++)
		residual[i] = fabs(residual[i]);
	qsort(residual, n, sizeof(double), compare_numbers);
	*result = residual[rank < 1 ? 0 : (size_t) rank - 1];
	return CORE_OK;
}

/* Mean size of the error of "as a season ago", by which errors are scaled (Hyndman and Koehler, IJF 22, 2006). */
core_status
naive_scale_of(const double *y, size_t n, size_t season, double *result)
{
	double		sum = 0;

	if (n <= season)
		return CORE_NULL;
	for (size_t i = season; i < n; i++)
		sum += fabs(y[i] - y[i - season]);
	*result = sum / (double) (n - season);
	return isfinite(*result) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* ---------- Diebold and Mariano ---------- */

static double
autocovariance(const double *d, size_t n, double mean, size_t lag)
{
	double		sum = 0;

	for (size_t i = lag; i < n; i++)
		sum += (d[i] - mean) * (d[i - lag] - mean);
	return sum / (double) n;
}

static bool
is_constant(const double *d, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (d[i] != d[0])
			return false;
	return true;
}

/*
 * Are errors a less than errors b, by their sizes to a power?  Diebold and
 * Mariano (Journal of Business & Economic Statistics 13, 1995) with the small
 * sample's factor and Student's law of Harvey, Leybourne and Newbold (IJF 13,
 * 1997).  CORE_NULL where differences do not vary.
 */
core_status
diebold_mariano_of(const double *a, const double *b, size_t n, int horizon, double power, double *d,
				   core_pause pause, comparison *result)
{
	double		mean = 0;
	double		variance;
	double		count = (double) n;
	double		h = horizon;
	double		factor;

	for (size_t i = 0; i < n; i++)
	{
		d[i] = pow(fabs(a[i]), power) - pow(fabs(b[i]), power);
		if (!isfinite(d[i]))
			return CORE_OUT_OF_RANGE;
		mean += (d[i] - mean) / (double) (i + 1);
	}
	if (n < 2 || is_constant(d, n))
		return CORE_NULL;
	variance = autocovariance(d, n, mean, 0);
	for (int k = 1; k < horizon && (size_t) k < n; k++)
	{
		if (pause != NULL)
			pause();
		variance += 2 * autocovariance(d, n, mean, k);
	}
	if (!(variance > 0))
	{
		variance = autocovariance(d, n, mean, 0);
		h = 1;
	}
	factor = (count + 1 - 2 * h + h * (h - 1) / count) / count;
	if (!(factor > 0))
		return CORE_NULL;
	result->statistic = mean / sqrt(variance / count) * sqrt(factor);
	result->p_value = student_two_tails(result->statistic, count - 1);
	return isfinite(result->statistic) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* ---------- backtests ---------- */

/*
 * Forecasts from each origin with a whole horizon of values left.  Origins at
 * which the values are too few for the model are passed over.
 */
core_status
backtest_origins(const backtest_plan *plan, const double *y, size_t n, double *scratch, core_pause pause,
				 forecast_step *steps, origin_taker take, void *state)
{
	for (size_t origin = plan->min_train; origin + plan->horizon <= n; origin += plan->every)
	{
		core_status status = forecast_steps(plan->model, y, origin, plan->season, plan->confidence,
											plan->horizon, scratch, pause, steps);

		if (pause != NULL)
			pause();
		if (status == CORE_NULL)
			continue;
		if (status == CORE_OK)
			status = take(state, origin, steps);
		if (status != CORE_OK)
			return status;
	}
	return CORE_OK;
}

/* What a backtest adds up, beside the naive forecast and the mean so far. */
typedef struct backtest_state
{
	const backtest_plan *plan;
	const double *y;
	accuracy_summary accuracy;
	accuracy_summary naive;
	accuracy_summary mean;
	double		total;			/* of the values before "counted" */
	size_t		counted;
	double	   *errors;			/* at the last step, then those of the naive forecast */
	size_t		num_errors;
	size_t		room;
} backtest_state;

static double
mean_so_far(backtest_state *s, size_t origin)
{
	for (; s->counted < origin; s->counted++)
		s->total += (s->y[s->counted] - s->total) / (double) (s->counted + 1);
	return s->total;
}

static core_status
add_origin(void *state, size_t origin, const forecast_step *steps)
{
	backtest_state *s = state;
	size_t		season = (size_t) s->plan->season;
	double		mean = mean_so_far(s, origin);
	core_status status = CORE_OK;

	for (int h = 0; h < s->plan->horizon && status == CORE_OK; h++)
	{
		double		actual = s->y[origin + h];
		double		naive = origin >= season ? s->y[origin - season + h % season] : s->y[origin - 1];

		status = accuracy_add_bounded(&s->accuracy, actual, steps[h].value, steps[h].lower, steps[h].upper);
		if (status == CORE_OK)
			status = accuracy_add(&s->naive, actual, naive);
		if (status == CORE_OK)
			status = accuracy_add(&s->mean, actual, mean);
		s->errors[s->num_errors] = steps[h].value - actual;
		s->errors[s->room + s->num_errors] = naive - actual;
	}
	s->num_errors++;
	return status;
}

/*
 * A backtest of all origins; "errors" has room for three times as many numbers
 * as there are origins.  CORE_NULL if there is none at which the model can be
 * fitted.
 */
core_status
backtest(const backtest_plan *plan, const double *y, size_t n, double *scratch, double *errors,
		 core_pause pause, forecast_step *steps, backtest_result *result)
{
	backtest_state s = {.plan = plan, .y = y, .errors = errors};
	core_status status;

	if (plan->min_train + plan->horizon > n)
		return CORE_NULL;
	s.room = (n - plan->horizon - plan->min_train) / plan->every + 1;
	accuracy_init(&s.accuracy);
	accuracy_init(&s.naive);
	accuracy_init(&s.mean);
	status = backtest_origins(plan, y, n, scratch, pause, steps, add_origin, &s);
	if (status == CORE_OK && s.num_errors == 0)
		status = CORE_NULL;
	if (status != CORE_OK)
		return status;
	*result = (backtest_result) {.accuracy = s.accuracy, .scale = NAN};
	accuracy_mae(&s.naive, &result->naive_mae);
	accuracy_mae(&s.mean, &result->mean_mae);
	naive_scale_of(y, plan->min_train, plan->season, &result->scale);
	status = diebold_mariano_of(errors, errors + s.room, s.num_errors, plan->horizon, 2,
								errors + 2 * s.room, pause, &result->comparison);
	result->has_comparison = status == CORE_OK;
	return status == CORE_NULL ? CORE_OK : status;
}
