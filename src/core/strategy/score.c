/*-------------------------------------------------------------------------
 *
 * core/strategy/score.c
 *	  One number out of several, and where a value stands among others.
 *
 *-------------------------------------------------------------------------
 */
#include "core/strategy/score.h"

#include <math.h>

#include "core/base/select.h"

/* A normal deviation is as many times a median absolute one (Iglewicz and Hoaglin, 1993) */
#define MAD_OF_NORMAL	0.6745

void
score_add(score_sum *s, double weight, double metric, bool is_known)
{
	s->all += fabs(weight);
	if (!is_known)
		return;
	s->known += fabs(weight);
	s->sum += weight * metric;
}

/* The sum, the weights of what is not known shared out among the rest; CORE_NULL where nothing is. */
core_status
score_of(const score_sum *s, double *result)
{
	if (s->known == 0)
		return CORE_NULL;
	*result = s->known == s->all ? s->sum : s->sum * (s->all / s->known);
	return isfinite(*result) ? CORE_OK : CORE_OUT_OF_RANGE;
}

static void
bounds_of(const double *value, size_t n, double *least, double *greatest)
{
	*least = *greatest = value[0];
	for (size_t i = 1; i < n; i++)
	{
		*least = fmin(*least, value[i]);
		*greatest = fmax(*greatest, value[i]);
	}
}

/* Mean and deviation (n - 1). */
static score_scale
normal_scale(const double *value, size_t n)
{
	score_scale s = {0, 0};
	double		squares = 0;

	for (size_t i = 0; i < n; i++)
	{
		double		d = value[i] - s.origin;

		s.origin += d / (double) (i + 1);
		squares += d * (value[i] - s.origin);
	}
	s.unit = sqrt(squares / (double) (n - 1));
	return s;
}

/* Median and median absolute deviation, as that of a normal law. */
static score_scale
robust_scale(double *value, size_t n)
{
	score_scale s = {.origin = select_median(value, n)};

	for (size_t i = 0; i < n; i++)
		value[i] = fabs(value[i] - s.origin);
	s.unit = select_median(value, n) / MAD_OF_NORMAL;
	return s;
}

/* The scale of n values, which are used up; one that does not vary has unit 0. */
score_scale
score_scale_of(score_kind kind, double *value, size_t n)
{
	double		least,
				greatest;

	if (n == 0)
		return (score_scale) {0, 0};
	bounds_of(value, n, &least, &greatest);
	if (least == greatest)
		return (score_scale) {least, 0};
	if (kind == SCORE_MIN_MAX)
		return (score_scale) {least, greatest - least};
	return kind == SCORE_Z ? normal_scale(value, n) : robust_scale(value, n);
}

/* CORE_NULL on a scale without a unit. */
core_status
scaled_score(const score_scale *scale, double value, double *result)
{
	if (scale->unit == 0)
		return CORE_NULL;
	*result = (value - scale->origin) / scale->unit;
	return isfinite(*result) ? CORE_OK : CORE_OUT_OF_RANGE;
}
