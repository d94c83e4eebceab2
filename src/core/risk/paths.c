/*-------------------------------------------------------------------------
 *
 * core/risk/paths.c
 *	  What a path of values says of risk and reward.
 *
 *-------------------------------------------------------------------------
 */
#include "core/risk/paths.h"

#include <math.h>
#include <string.h>

#include "core/risk/moments.h"
#include "core/yield/apr.h"

#define USECS_PER_DAY	86400000000.0

/* A product of some floats that is a whole number may come out a little below it. */
#define RANK_FUZZ		1e-9

static double
span(int64_t from, int64_t to)
{
	return (double) ((uint64_t) to - (uint64_t) from);
}

/* ---------- steps ---------- */

void
paths_steps_init(paths_steps *s)
{
	memset(s, 0, sizeof(*s));
}

static void
take_step(paths_steps *s, int64_t time, double value)
{
	double		ret = (value - s->last.value) / s->last.value;
	double		pace = ret / span(s->last.time, time);

	s->sum = dd_add_double(s->sum, ret);
	s->least = s->num_steps == 0 || pace < s->least ? pace : s->least;
	s->greatest = s->num_steps == 0 || pace > s->greatest ? pace : s->greatest;
	s->num_steps++;
}

void
paths_steps_fold(void *state, const int64_t *time, const double *value, size_t n)
{
	paths_steps *s = state;

	for (size_t i = 0; i < n; i++)
	{
		if (s->last.exists)
			take_step(s, time[i], value[i]);
		else
			s->first_time = time[i];
		s->last = (path_point) {true, time[i], value[i]};
	}
}

/* The sum of the simple returns for each year of the path.  CORE_NULL of a single point. */
core_status
paths_drift(const paths_steps *s, double year_days, double *drift)
{
	if (s->num_steps == 0)
		return CORE_NULL;
	*drift = s->sum.hi * (year_days * USECS_PER_DAY / span(s->first_time, s->last.time));
	return finite_or_out_of_range(*drift);
}

/* Do two steps go at a different pace? */
bool
paths_steps_vary(const paths_steps *s)
{
	return s->least < s->greatest;
}

/* ---------- stability ---------- */

void
paths_line_init(paths_line *s, int64_t first_time, int64_t last_time)
{
	memset(s, 0, sizeof(*s));
	s->width = span(first_time, last_time);
}

static void
take_point(paths_line *s, int64_t time, double value)
{
	double		x = s->width > 0 ? span(s->first.time, time) / s->width : 0;
	double		y = yield_log_growth(s->first.value, value);

	s->time = dd_add_double(s->time, x);
	s->log = dd_add_double(s->log, y);
	s->time_square = dd_add(s->time_square, dd_two_product(x, x));
	s->log_square = dd_add(s->log_square, dd_two_product(y, y));
	s->product = dd_add(s->product, dd_two_product(x, y));
	s->least = value < s->least ? value : s->least;
	s->greatest = value > s->greatest ? value : s->greatest;
	s->num_points++;
}

void
paths_line_fold(void *state, const int64_t *time, const double *value, size_t n)
{
	paths_line *s = state;

	for (size_t i = 0; i < n; i++)
	{
		if (!s->first.exists)
		{
			s->first = (path_point) {true, time[i], value[i]};
			s->least = s->greatest = value[i];
		}
		take_point(s, time[i], value[i]);
	}
}

/* n times the covariance of two sums of products about their means */
static dd
about_means(dd product, dd a, dd b, double n)
{
	return dd_add(product, dd_negated(part(dd_product(a, b), n)));
}

/*
 * How much of the variation of the logarithm a straight line over time
 * explains, R^2 from 0 to 1 (empyrical: stability_of_timeseries, which leaves
 * out the first point).  CORE_NULL where the value does not vary.
 */
core_status
paths_stability(const paths_line *s, double *stability)
{
	double		n = (double) s->num_points;
	dd			xx = about_means(s->time_square, s->time, s->time, n);
	dd			yy = about_means(s->log_square, s->log, s->log, n);
	dd			xy = about_means(s->product, s->time, s->log, n);

	if (s->num_points < 2 || !(s->least < s->greatest) || !(xx.hi > 0 && yy.hi > 0))
		return CORE_NULL;
	*stability = fmin((xy.hi / xx.hi) * (xy.hi / yy.hi), 1);
	return finite_or_out_of_range(*stability);
}

/* ---------- drawdowns ---------- */

/*
 * The next point.  True when it ends a fall, which "ended" gets; a fall that is
 * open at the end of the path is in the state.
 */
bool
paths_drawdown_step(paths_drawdown *s, int64_t time, double value, paths_drawdown *ended)
{
	path_point	point = {true, time, value};
	bool		ends = s->trough.exists && value >= s->peak.value;

	if (ends)
	{
		*ended = *s;
		ended->recovery = point;
	}
	if (!s->peak.exists || value >= s->peak.value)
		*s = (paths_drawdown) {.peak = point};
	else if (!s->trough.exists || value < s->trough.value)
		s->trough = point;
	return ends;
}

/* How many of n the worst share 1 - confidence has, at least one. */
size_t
paths_num_worst(size_t n, double confidence)
{
	size_t		k = (size_t) floor((double) (n - 1) * (1 - confidence) + RANK_FUZZ) + 1;

	return k < n ? k : n;
}

/* The mean of n numbers, at least one, between 0 and -1. */
core_status
paths_mean(const double *value, size_t n, double *mean)
{
	dd			sum = {0, 0};

	for (size_t i = 0; i < n; i++)
		sum = dd_add_double(sum, value[i]);
	*mean = sum.hi / (double) n;
	return CORE_OK;
}
