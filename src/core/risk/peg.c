/*-------------------------------------------------------------------------
 *
 * core/risk/peg.c
 *	  Below the fair rate: what it earns, how long it lasts, where it goes.
 *
 *-------------------------------------------------------------------------
 */
#include "core/risk/peg.h"

#include <math.h>

#include "core/base/gamma.h"

#define LOG_TWO_PI	1.8378770664093454836

/*
 * What is gained by buying at the market what is redeemed at the fair rate less
 * a fee, a fraction of 1.
 */
double
redemption_gain(double market, double fair, double fee)
{
	return ((fair - market) - fair * fee) / market;
}

/* ---------- spells ---------- */

/*
 * One more value.  True if it ends a spell, which is then in watch->spell; what
 * is below when there are no more goes on.
 */
bool
peg_watch_step(peg_watch *watch, int64_t time, double value)
{
	peg_spell  *spell = &watch->spell;

	if (!watch->is_below)
	{
		watch->is_below = value < watch->threshold;
		*spell = (peg_spell) {time, time, value, time};
		return false;
	}
	spell->end = time;
	if (value >= watch->recover)
	{
		watch->is_below = false;
		return true;
	}
	if (value < spell->lowest)
	{
		spell->lowest = value;
		spell->lowest_time = time;
	}
	return false;
}

/* ---------- a rate that comes back to a mean ---------- */

static double
years_of_step(const ou_path *path, size_t i)
{
	return (double) ((uint64_t) path->time[i + 1] - (uint64_t) path->time[i]) / path->year;
}

static bool
steps_are_equal(const ou_path *path)
{
	uint64_t	first = (uint64_t) path->time[1] - (uint64_t) path->time[0];

	for (size_t i = 1; i + 1 < path->n; i++)
		if ((uint64_t) path->time[i + 1] - (uint64_t) path->time[i] != first)
			return false;
	return true;
}

/*
 * What the likelihood at a given theta needs, of sums over all steps: mu and
 * sigma that make it greatest, it, and its slope in theta.
 */
typedef struct ou_profile
{
	double		mu;
	double		variance;		/* sigma squared */
	double		log_likelihood;
	double		slope;
} ou_profile;

/* Of step i: the part of a gap that is closed, and the variance where sigma is 1. */
static void
step_law(const ou_path *path, double theta, size_t i, double *closed, double *spread)
{
	double		years = years_of_step(path, i);

	*closed = -expm1(-theta * years);
	*spread = -expm1(-2 * theta * years) / (2 * theta);
}

/* The mu that makes the likelihood greatest: least squares, weighted by 1 / spread. */
static double
best_mu(const ou_path *path, double theta)
{
	double		above = 0;
	double		below = 0;

	for (size_t i = 0; i + 1 < path->n; i++)
	{
		double		closed,
					spread;

		step_law(path, theta, i, &closed, &spread);
		above += closed * (path->value[i + 1] - path->value[i]) / spread +
			closed * closed * (path->value[i] - path->value[0]) / spread;
		below += closed * closed / spread;
	}
	return path->value[0] + above / below;
}

static ou_profile
profile_at(const ou_path *path, double theta)
{
	ou_profile	p = {.mu = best_mu(path, theta)};
	double		n = (double) path->n - 1;
	double		squares = 0;
	double		squares_slope = 0;
	double		log_spread = 0;
	double		log_spread_slope = 0;

	for (size_t i = 0; i + 1 < path->n; i++)
	{
		double		years = years_of_step(path, i);
		double		gap = path->value[i] - p.mu;
		double		closed,
					spread,
					error,
					left,
					spread_slope;

		step_law(path, theta, i, &closed, &spread);
		left = 1 - closed;
		error = (path->value[i + 1] - path->value[i]) + closed * gap;
		spread_slope = (years * left * left - spread) / theta;
		squares += error * error / spread;
		squares_slope += 2 * error * years * left * gap / spread -
			error * error * spread_slope / (spread * spread);
		log_spread += log(spread);
		log_spread_slope += spread_slope / spread;
	}
	if (path->pause != NULL)
		path->pause();
	p.variance = squares / n;
	p.log_likelihood = -0.5 * (n * (LOG_TWO_PI + log(p.variance) + 1) + log_spread);
	p.slope = -0.5 * (n * squares_slope / squares + log_spread_slope);
	return p;
}

/*
 * Where all steps are equal, the path is one of first order autoregression,
 * whose least squares are the greatest likelihood.  CORE_NULL if it does not
 * come back.
 */
static core_status
theta_of_equal_steps(const ou_path *path, double *theta)
{
	double		n = (double) path->n - 1;
	double		sum_from = 0;
	double		sum_change = 0;
	double		cross = 0;
	double		square = 0;
	double		kept;

	for (size_t i = 0; i + 1 < path->n; i++)
	{
		sum_from += path->value[i] - path->value[0];
		sum_change += path->value[i + 1] - path->value[i];
	}
	for (size_t i = 0; i + 1 < path->n; i++)
	{
		double		from = path->value[i] - path->value[0] - sum_from / n;

		cross += from * (path->value[i + 1] - path->value[i] - sum_change / n);
		square += from * from;
	}
	kept = 1 + cross / square;
	if (!(kept > 0 && kept < 1 - 1e-12))
		return CORE_NULL;
	*theta = -log1p(cross / square) / years_of_step(path, 0);
	return CORE_OK;
}

/* theta times the mean step is sought between these, in so many steps of equal ratio */
#define LEAST_DECAY		1e-8
#define GREATEST_DECAY	40.0
#define DECAY_STEPS		72

static double
mean_years(const ou_path *path)
{
	return (double) ((uint64_t) path->time[path->n - 1] - (uint64_t) path->time[0]) /
		path->year / ((double) path->n - 1);
}

/* The root of the slope between two thetas, by halving their ratio until nothing is left. */
static double
theta_between(const ou_path *path, double low, double high)
{
	for (int i = 0; i < 60; i++)
	{
		double		middle = sqrt(low * high);

		if (!(middle > low && middle < high))
			break;
		if (profile_at(path, middle).slope > 0)
			low = middle;
		else
			high = middle;
	}
	return sqrt(low * high);
}

/*
 * Steps of any width: the best of a scan, then the root of the slope beside it.
 * CORE_NULL if the likelihood is greatest at an end, where the path does not
 * come back, or forgets all from one point to the next.
 */
static core_status
theta_of_likelihood(const ou_path *path, double *theta)
{
	double		ratio = pow(GREATEST_DECAY / LEAST_DECAY, 1.0 / DECAY_STEPS);
	double		start = LEAST_DECAY / mean_years(path);
	double		best = -INFINITY;
	int			at = 0;

	for (int i = 0; i <= DECAY_STEPS; i++)
	{
		double		found = profile_at(path, start * pow(ratio, i)).log_likelihood;

		if (found > best)
		{
			best = found;
			at = i;
		}
	}
	if (at == 0 || at == DECAY_STEPS)
		return CORE_NULL;
	*theta = theta_between(path, start * pow(ratio, at - 1), start * pow(ratio, at + 1));
	return CORE_OK;
}

/*
 * The Ornstein-Uhlenbeck process of greatest likelihood, given the first point;
 * at least three points.  CORE_NULL if there is none: a path that does not come
 * back, does not vary, or has no noise.
 */
core_status
ou_estimate(const ou_path *path, ou_model *model)
{
	ou_profile	p;
	double		theta;
	core_status status;

	if (path->n < 3)
		return CORE_NULL;
	status = steps_are_equal(path) ? theta_of_equal_steps(path, &theta) :
		theta_of_likelihood(path, &theta);
	if (status != CORE_OK)
		return status;
	p = profile_at(path, theta);
	if (!(p.variance > 0) || !isfinite(p.log_likelihood) || !isfinite(p.mu))
		return CORE_NULL;
	*model = (ou_model) {theta, p.mu, sqrt(p.variance), p.log_likelihood};
	return CORE_OK;
}

/* Mean and deviation after "years" from x. */
void
ou_moments(const ou_model *model, double x, double years, double *mean, double *stddev)
{
	*mean = model->mu + (x - model->mu) * exp(-model->theta * years);
	*stddev = model->sigma * sqrt(-expm1(-2 * model->theta * years) / (2 * model->theta));
}

/* ---------- how long, how often ---------- */

/*
 * The product limit of E. L. Kaplan and P. Meier (1958) of cases in ascending
 * order of duration, with M. Greenwood's error: a row for each distinct
 * duration; their number.
 */
size_t
kaplan_meier_rows(const survival_case *sorted, size_t n, survival_row *row)
{
	double		survival = 1;
	double		relative = 0;
	size_t		rows = 0;

	for (size_t i = 0, next; i < n; i = next)
	{
		size_t		events = 0;
		size_t		at_risk = n - i;

		for (next = i; next < n && sorted[next].duration == sorted[i].duration; next++)
			events += sorted[next].observed;
		survival *= (double) (at_risk - events) / (double) at_risk;
		relative += (double) events / ((double) at_risk * (double) (at_risk - events));
		row[rows++] = (survival_row) {
			sorted[i].duration, (int64_t) at_risk, (int64_t) events,
			(int64_t) (next - i - events), survival,
			survival > 0 ? survival * sqrt(relative) : NAN
		};
	}
	return rows;
}

/*
 * The exact interval of a rate of rare events, of which so many were seen in
 * "exposure", above 0 (F. Garwood, Biometrika 28, 1936).
 */
void
poisson_interval(double events, double exposure, double confidence, double *lower, double *upper)
{
	double		tail = (1 - confidence) / 2;

	*lower = events == 0 ? 0 : gamma_quantile(events, tail) / exposure;
	*upper = gamma_upper_quantile(events + 1, tail) / exposure;
}
