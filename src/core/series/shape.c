/*-------------------------------------------------------------------------
 *
 * core/series/shape.c
 *	  A series in another shape: its value at a moment, buckets of time,
 *	  returns, moving averages, fewer points.
 *
 *-------------------------------------------------------------------------
 */
#include "core/series/shape.h"

#include <math.h>

#include "core/base/dd.h"
#include "core/base/interpolate.h"
#include "core/yield/apr.h"

/* ---------- the value at a moment ---------- */

/* Microseconds between a moment and a point on either side of it. */
static inline uint64_t
distance_to(const series_point *p, int64_t at)
{
	if (p->time <= at)
		return (uint64_t) at - (uint64_t) p->time;
	return (uint64_t) p->time - (uint64_t) at;
}

/*
 * The point that a method goes by, or NULL: of a line the one before.  Of two
 * that are equally near the earlier one counts, since it was known by then.
 */
static const series_point *
point_by_method(const series_neighbours *n, int64_t at, series_method method)
{
	const series_point *before = n->has_before ? &n->before : NULL;
	const series_point *after = n->has_after ? &n->after : NULL;

	switch (method)
	{
		case SERIES_LOCF:
			return before;
		case SERIES_LINEAR:
			return after != NULL ? before : NULL;
		case SERIES_NEXT:
			return after;
		case SERIES_NEAREST:
			break;
	}
	if (before == NULL || after == NULL)
		return before != NULL ? before : after;
	return distance_to(before, at) <= distance_to(after, at) ? before : after;
}

/*
 * The value at a moment from the points around it.  CORE_NULL where the method
 * asks for a point that there is not: nothing is carried before the first one
 * by SERIES_LOCF or after the last one by SERIES_NEXT, and no line is
 * prolonged.  The method chooses the point; if that is more than max_age
 * microseconds away, there is no value.
 */
core_status
series_value_between(const series_neighbours *n, int64_t at, series_method method,
					 uint64_t max_age, double *value)
{
	const series_point *p = point_by_method(n, at, method);

	if (p == NULL || distance_to(p, at) > max_age)
		return CORE_NULL;
	if (method == SERIES_LINEAR && n->before.time != n->after.time)
		*value = interpolate(n->before.time, n->before.value,
							 n->after.time, n->after.value, at);
	else
		*value = p->value;
	return CORE_OK;
}

/*
 * The value at a moment, all points up to it taken; of several moments ask in
 * ascending order.  Outcomes as series_value_between.
 */
core_status
series_value_at(series_carry *c, int64_t at, series_method method, double *value)
{
	series_neighbours n = {0};

	series_carry_to(c, at);
	n.has_before = c->has_last;
	n.before = c->last;
	if (n.has_before && (method == SERIES_LOCF || n.before.time == at))
	{
		*value = n.before.value;
		return series_carry_is_fresh(c, at) ? CORE_OK : CORE_NULL;
	}
	n.has_after = series_stream_has_point(c->points);
	if (n.has_after)
		n.after = series_stream_front(c->points);
	return series_value_between(&n, at, method, c->max_age, value);
}

/* ---------- buckets of time ---------- */

static core_status
first_of_bucket(series_carry *c, int64_t end, double *value)
{
	const int64_t *times;
	const double *values;

	if (series_carry_run(c, end, &times, &values) == 0)
		return CORE_NULL;
	*value = values[0];
	series_carry_to(c, end - 1);
	return CORE_OK;
}

/* The least, or the greatest, of the points in a bucket. */
static core_status
extreme_of_bucket(series_carry *c, int64_t end, bool greatest, double *value)
{
	const int64_t *times;
	const double *values;
	double		extreme = 0;
	bool		is_first = true;

	for (size_t n; (n = series_carry_run(c, end, &times, &values)) > 0;)
	{
		if (is_first)
			extreme = values[0];
		is_first = false;
		for (size_t i = 0; i < n; i++)
			if (greatest ? values[i] > extreme : values[i] < extreme)
				extreme = values[i];
	}
	if (is_first)
		return CORE_NULL;
	*value = extreme;
	return CORE_OK;
}

static core_status
mean_of_bucket(series_carry *c, int64_t end, double *value)
{
	const int64_t *times;
	const double *values;
	dd			sum = {0, 0};
	uint64_t	count = 0;

	for (size_t n; (n = series_carry_run(c, end, &times, &values)) > 0; count += n)
		for (size_t i = 0; i < n; i++)
			sum = dd_add_double(sum, values[i]);
	if (count == 0)
		return CORE_NULL;
	*value = dd_quotient(sum, (dd) {(double) count, 0});
	return isfinite(*value) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* A mean over time as it grows: what was in force, weighed by how long. */
typedef struct time_mean
{
	uint64_t	max_age;		/* for which a value is in force at most */
	uint64_t	covered;		/* time in which one was, in microseconds */
	int64_t		since;			/* when the value at hand came into force, or the start */
	uint64_t	rest;			/* how long it stays there at most */
	double		in_force;
	double		low;
	double		high;
	dd			sum;
} time_mean;

/* A time in units of 2^64 microseconds: at most 1, so that no weight makes a sum overflow. */
static inline double
scaled_span(uint64_t span)
{
	return (double) span * 0x1p-64;
}

/* At the start what was carried there is in force, unless it is too old or there is nothing. */
static void
time_mean_start(time_mean *m, int64_t start, const series_carry *carried)
{
	*m = (time_mean) {
		.max_age = carried->max_age, .since = start, .low = INFINITY, .high = -INFINITY
	};
	if (!series_carry_is_fresh(carried, start))
		return;
	m->in_force = carried->last.value;
	m->rest = m->max_age - ((uint64_t) start - (uint64_t) carried->last.time);
}

/* Time passes, not backward. */
static inline void
time_mean_until(time_mean *m, int64_t time)
{
	uint64_t	span = (uint64_t) time - (uint64_t) m->since;

	m->since = time;
	if (span > m->rest)
		span = m->rest;
	if (span == 0)
		return;
	m->sum = dd_add(m->sum, dd_two_product(m->in_force, scaled_span(span)));
	m->covered += span;
	m->low = m->in_force < m->low ? m->in_force : m->low;
	m->high = m->in_force > m->high ? m->in_force : m->high;
}

/*
 * The mean of a bucket over time: each value counts from its point up to the
 * next one, the end, or the age that counts, and the one carried into the
 * bucket from its start.  The mean is over the time in which a value was in
 * force; CORE_NULL if there was none.
 */
static core_status
twap_of_bucket(series_carry *c, int64_t start, int64_t end, double *value)
{
	const int64_t *times;
	const double *values;
	time_mean	m;
	double		mean;

	/* a point at the very start ends the value that was carried to it */
	series_carry_to(c, start);
	time_mean_start(&m, start, c);
	for (size_t n; (n = series_carry_run(c, end, &times, &values)) > 0;)
		for (size_t i = 0; i < n; i++)
		{
			time_mean_until(&m, times[i]);
			m.in_force = values[i];
			m.rest = m.max_age;
		}
	time_mean_until(&m, end);
	if (m.covered == 0)
		return CORE_NULL;
	mean = dd_quotient(m.sum, (dd) {scaled_span(m.covered), 0});
	/* rounding does not lead out of the interval of the values */
	*value = mean < m.low ? m.low : mean > m.high ? m.high : mean;
	return CORE_OK;
}

static core_status
measure_bucket(series_carry *c, series_measure measure, int64_t start, int64_t end,
			   double *value)
{
	switch (measure)
	{
		case SERIES_BUCKET_LOCF:
			return series_value_at(c, start, SERIES_LOCF, value);
		case SERIES_BUCKET_LINEAR:
			return series_value_at(c, start, SERIES_LINEAR, value);
		case SERIES_BUCKET_LAST:
			return series_value_at(c, end - 1, SERIES_LOCF, value);
		case SERIES_BUCKET_TWAP:
			return twap_of_bucket(c, start, end, value);
		default:
			break;
	}
	/* the rest is of the points inside only */
	series_carry_to(c, start - 1);
	switch (measure)
	{
		case SERIES_BUCKET_FIRST:
			return first_of_bucket(c, end, value);
		case SERIES_BUCKET_MIN:
			return extreme_of_bucket(c, end, false, value);
		case SERIES_BUCKET_MAX:
			return extreme_of_bucket(c, end, true, value);
		default:
			return mean_of_bucket(c, end, value);
	}
}

/*
 * One value for each of a number of buckets of time, the i-th from edge[i],
 * included, to edge[i + 1], excluded; edges are valid times and ascend.  The
 * next call goes on with the bucket after the last.  Points before the first
 * bucket are carried in where the measure carries: into the start of a bucket,
 * and into buckets without points.  is_null[i] says where there is no value:
 * before the first point, and for those measures that are of the points inside
 * a bucket, where it has none.  A value carried further than the carry's
 * max_age is none; "last" is judged a microsecond before the end.
 *
 * CORE_OUT_OF_RANGE when the sum behind a mean leaves the range of a double.
 */
core_status
series_resample(series_carry *c, series_measure measure, const int64_t *edge,
				size_t num_buckets, double *value, bool *is_null)
{
	for (size_t i = 0; i < num_buckets; i++)
	{
		core_status status = measure_bucket(c, measure, edge[i], edge[i + 1], &value[i]);

		if (status != CORE_OK && status != CORE_NULL)
			return status;
		is_null[i] = status == CORE_NULL;
	}
	return CORE_OK;
}

/* ---------- returns ---------- */

/*
 * What came of a value, by one measure or another.  For SERIES_SIMPLE and
 * SERIES_LOG both are positive and finite, for the others finite (the caller
 * words the error).  CORE_OUT_OF_RANGE when no double holds the result.
 */
core_status
series_change_of(series_change kind, double from, double to, double *change)
{
	switch (kind)
	{
		case SERIES_SIMPLE:
			return rate_premium(to, from, change);
		case SERIES_LOG:
			*change = yield_log_growth(from, to);
			break;
		case SERIES_DELTA:
			*change = to - from;
			break;
		case SERIES_LEVEL:
			*change = to;
			break;
	}
	return isfinite(*change) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* ---------- exponential moving average ---------- */

/* half_life in microseconds, positive */
void
series_ema_init(series_ema *e, series_ema_method method, int64_t half_life)
{
	*e = (series_ema) {.method = method, .decay = log(2) / (double) half_life};
}

/*
 * The part "part" of the way from a to b, also where they are far apart,
 * reckoned from the nearer one: from a alone, a small b would drown in the
 * rounding of a, and the mean of positive values could be zero.
 */
static inline double
mix(double a, double b, double part)
{
	double		change = b - a;

	if (!isfinite(change))
		return (1 - part) * a + part * b;
	return part <= 0.5 ? a + part * change : b - (1 - part) * change;
}

/*
 * How much of the second of two values a line between them counts for, the
 * mean over it being weighed by exp(s): 1 / (1 - exp(-a)) - 1 / a, which for
 * small a is the difference of two large numbers, hence its series there.
 */
static double
line_part(double a, double fade)
{
	if (a < 1e-3)
		return 0.5 + a / 12 - a * a * a / 720;
	return 1 / fade - 1 / a;
}

/*
 * The average after one more point, later than the one before.
 *
 * A path in time is averaged by the weight exp(-age * ln 2 / half_life), what
 * is before the first point counting as the first value: with a the distance
 * to the point before in units of half_life / ln 2 and u = exp(-a),
 *
 *		locf:	u * mean + (1 - u) * value before
 *		next:	u * mean + (1 - u) * value
 *		linear:	u * mean + (v - u) * value before + (1 - v) * value,
 *				v = (1 - u) / a
 *
 * which are EMA_last, EMA_next and EMA_lin of A. Eckner, "Algorithms for
 * Unevenly Spaced Time Series: Moving Averages and Other Rolling Operators"
 * (2019).  SERIES_EMA_POINTS is the mean of the points themselves by that
 * weight, as ema_summary of core/yield/benchmark.h.
 */
double
series_ema_add(series_ema *e, int64_t time, double value)
{
	series_point before = e->last;
	double		span;

	e->last = (series_point) {time, value};
	if (!e->has_last)
	{
		e->has_last = true;
		e->weight = 1;
		return e->mean = value;
	}
	/* points mostly come at one distance, and expm1 is what takes time */
	span = time_span(before.time, time);
	if (span != e->span)
	{
		e->span = span;
		e->fade = -expm1(-e->decay * span);
	}
	switch (e->method)
	{
		case SERIES_EMA_LOCF:
			value = before.value;
			break;
		case SERIES_EMA_NEXT:
			break;
		case SERIES_EMA_LINEAR:
			value = mix(before.value, value, line_part(e->decay * span, e->fade));
			break;
		case SERIES_EMA_POINTS:
			e->weight = 1 + e->weight * (1 - e->fade);
			return e->mean = mix(e->mean, value, 1 / e->weight);
	}
	return e->mean = mix(e->mean, value, e->fade);
}

/* ---------- fewer points ---------- */

/*
 * Largest-Triangle-Three-Buckets: S. Steinarsson, "Downsampling Time Series
 * for Visual Representation" (2013).  The first and the last point stay; those
 * between fall into num_kept - 2 buckets of equal numbers, and of each the one
 * is given that makes the largest triangle with the point given before and the
 * mean of the next bucket.  So that nothing needs to be kept, the mean is taken
 * from a second stream of the same points, which runs ahead.
 *
 * 3 <= num_kept <= num_points < 2^32.
 */
void
series_lttb_init(series_lttb *l, series_stream *points, series_stream *ahead,
				 uint64_t num_points, uint64_t num_kept)
{
	*l = (series_lttb) {
		.points = points, .ahead = ahead, .num_points = num_points, .num_kept = num_kept
	};
}

/* The number of the first point of a bucket; the first bucket is 0. */
static uint64_t
bucket_start(const series_lttb *l, uint64_t bucket)
{
	uint64_t	start = bucket * (l->num_points - 2) / (l->num_kept - 2) + 1;

	return start < l->num_points ? start : l->num_points;
}

/* Let the points before number "to" pass; "at" is the number of the next one. */
static void
skip_points(series_stream *s, uint64_t *at, uint64_t to)
{
	while (*at < to && series_stream_has_point(s))
	{
		uint64_t	rest = s->num_points - s->at;
		uint64_t	n = to - *at < rest ? to - *at : rest;

		s->at += (size_t) n;
		*at += n;
	}
}

/* The mean of the points of a bucket, their times as distances from "origin". */
static void
mean_ahead(series_lttb *l, uint64_t bucket, int64_t origin, double *distance, double *value)
{
	uint64_t	end = bucket_start(l, bucket + 1);
	uint64_t	count;
	double		distances = 0;
	double		values = 0;

	skip_points(l->ahead, &l->ahead_at, bucket_start(l, bucket));
	count = end - l->ahead_at;
	for (; l->ahead_at < end && series_stream_has_point(l->ahead); l->ahead_at++)
	{
		series_point p = series_stream_front(l->ahead);

		l->ahead->at++;
		distances += time_span(origin, p.time);
		values += p.value;
	}
	*distance = distances / (double) count;
	*value = values / (double) count;
}

/* The point of a bucket that makes the largest triangle; the first of several. */
static series_point
largest_triangle(series_lttb *l, uint64_t bucket)
{
	uint64_t	end = bucket_start(l, bucket + 1);
	double		mean_distance,
				mean_value;
	double		largest = -1;
	series_point chosen = l->last;

	mean_ahead(l, bucket + 1, l->last.time, &mean_distance, &mean_value);
	for (; l->at < end && series_stream_has_point(l->points); l->at++)
	{
		series_point p = series_stream_front(l->points);
		double		area = fabs(time_span(l->last.time, p.time) * (mean_value - l->last.value) -
								mean_distance * (p.value - l->last.value));

		l->points->at++;
		/* of values so large that the area is no number any point is as good */
		if (area > largest || largest < 0)
		{
			largest = isnan(area) ? INFINITY : area;
			chosen = p;
		}
	}
	return chosen;
}

/* The next of the points that are kept; false after the last. */
bool
series_lttb_next(series_lttb *l, series_point *point)
{
	if (l->next == l->num_kept)
		return false;
	if (l->next > 0 && l->next + 1 < l->num_kept)
		*point = largest_triangle(l, l->next - 1);
	else
	{
		skip_points(l->points, &l->at, l->next == 0 ? 0 : l->num_points - 1);
		if (!series_stream_has_point(l->points))
			return false;
		*point = series_stream_front(l->points);
		l->points->at++;
		l->at++;
	}
	l->last = *point;
	l->next++;
	return true;
}
