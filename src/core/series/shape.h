/*-------------------------------------------------------------------------
 *
 * core/series/shape.h
 *	  A series in another shape: its value at a moment, buckets of time,
 *	  returns, moving averages, fewer points.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_SERIES_SHAPE_H
#define PG_YIELD_CORE_SERIES_SHAPE_H

#include "core/series/stream.h"

/* ---------- the value at a moment ---------- */

typedef enum series_method
{
	SERIES_LOCF,				/* last observation carried forward */
	SERIES_LINEAR,				/* on the line between the two neighbours */
	SERIES_NEAREST,				/* whichever neighbour is nearer in time */
	SERIES_NEXT					/* next observation carried backward */
} series_method;

/* The points around a moment; a point at the moment itself is both. */
typedef struct series_neighbours
{
	bool		has_before;
	bool		has_after;
	series_point before;		/* the last one at the moment or before */
	series_point after;			/* the first one at the moment or after */
} series_neighbours;

extern core_status series_value_between(const series_neighbours *n, int64_t at,
										series_method method, uint64_t max_age,
										double *value);
extern core_status series_value_at(series_carry *c, int64_t at, series_method method,
								   double *value);

/* ---------- buckets of time ---------- */

typedef enum series_measure
{
	SERIES_BUCKET_LOCF,			/* in force at the start of the bucket */
	SERIES_BUCKET_LINEAR,		/* on the line, at the start of the bucket */
	SERIES_BUCKET_LAST,			/* in force at the end of the bucket */
	SERIES_BUCKET_FIRST,		/* of the points in the bucket ... */
	SERIES_BUCKET_MIN,
	SERIES_BUCKET_MAX,
	SERIES_BUCKET_MEAN,
	SERIES_BUCKET_TWAP			/* mean over the time in which a value is in force */
} series_measure;

extern core_status series_resample(series_carry *c, series_measure measure,
								   const int64_t *edge, size_t num_buckets,
								   double *value, bool *is_null);

/* ---------- returns ---------- */

typedef enum series_change
{
	SERIES_SIMPLE,				/* to / from - 1 */
	SERIES_LOG,					/* ln(to / from) */
	SERIES_DELTA,				/* to - from */
	SERIES_LEVEL				/* to itself */
} series_change;

extern core_status series_change_of(series_change kind, double from, double to, double *change);

/* ---------- exponential moving average ---------- */

typedef enum series_ema_method
{
	SERIES_EMA_LOCF,			/* of the path that jumps at each point */
	SERIES_EMA_NEXT,			/* of the path that has jumped to the next value already */
	SERIES_EMA_LINEAR,			/* of the path that goes straight from point to point */
	SERIES_EMA_POINTS			/* of the points, each weighed by its age */
} series_ema_method;

typedef struct series_ema
{
	series_ema_method method;
	double		decay;			/* per microsecond: ln 2 / half-life */
	bool		has_last;
	series_point last;
	double		mean;
	double		weight;			/* SERIES_EMA_POINTS: of all points so far */
	double		span;			/* the last distance of two points ... */
	double		fade;			/* ... and 1 - exp(-decay * span) */
} series_ema;

extern void series_ema_init(series_ema *e, series_ema_method method, int64_t half_life);
extern double series_ema_add(series_ema *e, int64_t time, double value);

/* ---------- fewer points ---------- */

typedef struct series_lttb
{
	series_stream *points;
	series_stream *ahead;		/* the same points once more */
	uint64_t	num_points;		/* at least num_kept, which is at least 3 */
	uint64_t	num_kept;
	uint64_t	next;			/* number of the next point to give */
	uint64_t	at;				/* points taken from "points" ... */
	uint64_t	ahead_at;		/* ... and from "ahead" */
	series_point last;			/* the point given before */
} series_lttb;

extern void series_lttb_init(series_lttb *l, series_stream *points, series_stream *ahead,
							 uint64_t num_points, uint64_t num_kept);
extern bool series_lttb_next(series_lttb *l, series_point *point);

#endif							/* PG_YIELD_CORE_SERIES_SHAPE_H */
