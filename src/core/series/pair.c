/*-------------------------------------------------------------------------
 *
 * core/series/pair.c
 *	  Two series side by side.
 *
 *-------------------------------------------------------------------------
 */
#include "core/series/pair.h"

#include <float.h>
#include <math.h>

#include "core/base/interpolate.h"

/* ---------- one table of two series ---------- */

/* What a series without a point at this time is, all before it being taken. */
static bool
value_off_point(const series_align *s, const series_carry *c, int64_t time, double *value)
{
	series_point next;

	if (!series_carry_is_fresh(c, time))
		return false;
	if (s->join == SERIES_JOIN_LOCF)
	{
		*value = c->last.value;
		return true;
	}
	if (!series_stream_has_point(c->points))
		return false;
	next = series_stream_front(c->points);
	*value = interpolate(c->last.time, c->last.value, next.time, next.value, time);
	return true;
}

/*
 * The next row; false after the last.  A value is missing before the first
 * point of its series, on lines after the last one, and where the last point
 * is older than counts.
 */
bool
series_align_next(series_align *s, series_pair *pair)
{
	for (;;)
	{
		bool		more_a = series_stream_has_point(s->a.points);
		bool		more_b = series_stream_has_point(s->b.points);
		int64_t		time_a = more_a ? s->a.points->time[s->a.points->at] : INT64_MAX;
		int64_t		time_b = more_b ? s->b.points->time[s->b.points->at] : INT64_MAX;

		if (s->join == SERIES_JOIN_INNER ? !more_a || !more_b : !more_a && !more_b)
			return false;
		pair->time = time_a < time_b ? time_a : time_b;
		pair->has_a = series_carry_take(&s->a, pair->time);
		pair->has_b = series_carry_take(&s->b, pair->time);
		pair->a = s->a.last.value;
		pair->b = s->b.last.value;
		if (pair->has_a && pair->has_b)
			return true;
		if (s->join == SERIES_JOIN_INNER)
			continue;
		if (!pair->has_a)
			pair->has_a = value_off_point(s, &s->a, pair->time, &pair->a);
		else
			pair->has_b = value_off_point(s, &s->b, pair->time, &pair->b);
		return true;
	}
}

/*
 * The premium of the next market point over the fair rate carried to its time;
 * market points before the first fair one are passed over.  Market values are
 * not negative and fair ones positive (the caller words the error).  CORE_NULL
 * after the last; CORE_OUT_OF_RANGE when no double holds the premium.
 */
core_status
series_premium_next(series_stream *market, series_carry *fair, series_point *premium)
{
	while (series_stream_has_point(market))
	{
		series_point p = series_stream_front(market);

		market->at++;
		series_carry_to(fair, p.time);
		if (!fair->has_last)
			continue;
		premium->time = p.time;
		return rate_premium(p.value, fair->last.value, &premium->value);
	}
	return CORE_NULL;
}

/* ---------- correlation ---------- */

/*
 * Add the changes of both series from the values given last to these, by the
 * recurrence of E. A. Youngs and E. M. Cramer (Technometrics 13, 1971).  The
 * three sums take the same steps, so that a series with itself gives three that
 * are equal to the last bit, and the order of the two does not matter.
 *
 * The first values count for SERIES_LEVEL only.  Their range is that of
 * series_change_of.  CORE_OUT_OF_RANGE when a change or a sum leaves the range
 * of a double.
 */
core_status
series_comoment_add(series_comoment *m, double a, double b)
{
	double		change_a,
				change_b,
				rest;
	core_status status_a,
				status_b;

	if (!m->has_previous && m->kind != SERIES_LEVEL)
	{
		m->has_previous = true;
		m->previous_a = a;
		m->previous_b = b;
		return CORE_OK;
	}
	status_a = series_change_of(m->kind, m->previous_a, a, &change_a);
	status_b = series_change_of(m->kind, m->previous_b, b, &change_b);
	m->previous_a = a;
	m->previous_b = b;
	if (status_a != CORE_OK || status_b != CORE_OK)
		return CORE_OUT_OF_RANGE;

	m->num_changes++;
	rest = (double) (m->num_changes - 1) / (double) m->num_changes;
	change_a -= m->mean_a;
	change_b -= m->mean_b;
	m->mean_a += change_a / (double) m->num_changes;
	m->mean_b += change_b / (double) m->num_changes;
	m->square_a += change_a * change_a * rest;
	m->square_b += change_b * change_b * rest;
	m->product += change_a * change_b * rest;
	return isfinite(m->square_a) && isfinite(m->square_b) && isfinite(m->product)
		? CORE_OK : CORE_OUT_OF_RANGE;
}

/*
 * Pearson's correlation of the changes added, from -1 to 1.  CORE_NULL with
 * fewer than two, and where one of the series has but one and the same change.
 */
core_status
series_correlation(const series_comoment *m, double *result)
{
	double		squares = m->square_a * m->square_b;
	double		r;

	if (m->num_changes < 2 || m->square_a == 0 || m->square_b == 0)
		return CORE_NULL;
	/* the root of a square is exact, so a series correlates by 1 with itself */
	if (squares >= DBL_MIN && squares <= DBL_MAX)
		r = m->product / sqrt(squares);
	else
		r = m->product / sqrt(m->square_a) / sqrt(m->square_b);
	*result = r < -1 ? -1 : r > 1 ? 1 : r;
	return CORE_OK;
}

/*
 * The slope of the changes of a over those of b: their covariance over the
 * variance of b.  CORE_NULL with fewer than two changes, and where those of b
 * are all one.
 */
core_status
series_beta(const series_comoment *m, double *result)
{
	if (m->num_changes < 2 || m->square_b == 0)
		return CORE_NULL;
	*result = m->product / m->square_b;
	return isfinite(*result) ? CORE_OK : CORE_OUT_OF_RANGE;
}
