/*-------------------------------------------------------------------------
 *
 * core/series/stream.h
 *	  The points of a series one after the other, whatever holds its blocks.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_SERIES_STREAM_H
#define PG_YIELD_CORE_SERIES_STREAM_H

#include "core/series/layout.h"

typedef struct series_point
{
	int64_t		time;
	double		value;
} series_point;

/*
 * Points in ascending order of time: the ones at hand, from "at" on, and a
 * function that puts the next block, at least one point, in their place and
 * sets "at" to 0, or returns false when there is none.  The arrays of a block
 * need not outlive it.
 */
typedef struct series_stream
{
	const int64_t *time;
	const double *value;
	size_t		num_points;
	size_t		at;
	bool		(*fill) (struct series_stream *stream);
	void	   *source;
} series_stream;

/* Is there a point left?  It is then the one at "at". */
static inline bool
series_stream_has_point(series_stream *s)
{
	return s->at < s->num_points || s->fill(s);
}

/* The point at hand, of which series_stream_has_point has said that it is there. */
static inline series_point
series_stream_front(const series_stream *s)
{
	return (series_point) {s->time[s->at], s->value[s->at]};
}

/* An age in microseconds that no value reaches: all of them count. */
#define SERIES_ANY_AGE	UINT64_MAX

/*
 * A stream and the last point taken from it, whose value is carried forward,
 * though no further than max_age, in microseconds.
 */
typedef struct series_carry
{
	series_stream *points;
	bool		has_last;
	series_point last;
	uint64_t	max_age;
} series_carry;

static inline void
series_carry_init(series_carry *c, series_stream *points)
{
	*c = (series_carry) {.points = points, .max_age = SERIES_ANY_AGE};
}

/* Is there a last point, and at a time not before it is it no older than counts? */
static inline bool
series_carry_is_fresh(const series_carry *c, int64_t time)
{
	return c->has_last && (uint64_t) time - (uint64_t) c->last.time <= c->max_age;
}

/* Take the point at hand, if there is one at this time. */
static inline bool
series_carry_take(series_carry *c, int64_t time)
{
	if (!series_stream_has_point(c->points) || c->points->time[c->points->at] != time)
		return false;
	c->last = series_stream_front(c->points);
	c->has_last = true;
	c->points->at++;
	return true;
}

extern void series_carry_to(series_carry *c, int64_t time);
extern size_t series_carry_run(series_carry *c, int64_t end,
							   const int64_t **time, const double **value);

#endif							/* PG_YIELD_CORE_SERIES_STREAM_H */
