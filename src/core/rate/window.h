/*-------------------------------------------------------------------------
 *
 * core/rate/window.h
 *	  The exchange rates that are in force at the two ends of a window of time.
 *
 * A window starts and ends at moments of its own, between which there may be
 * any number of rates, or none.  What the window earned depends only on the
 * rates at its ends, and these depend only on the points nearest to each end,
 * which is all that is kept.  A moment is a window of no length.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_RATE_WINDOW_H
#define PG_YIELD_CORE_RATE_WINDOW_H

#include "core/rate/summary.h"

/*
 * The points nearest to a moment: the last one not after it, and the first one
 * not before it.  A point at the very moment is both.  Of several points at
 * one time the greatest rate counts.
 *
 * Where there is no such point, the time is beyond all times and the rate
 * zero, so that whatever comes is nearer.
 */
typedef struct rate_edge
{
	int64_t		before_time;
	double		before_rate;
	int64_t		after_time;
	double		after_rate;
} rate_edge;

#define RATE_NO_BEFORE	INT64_MIN
#define RATE_NO_AFTER	INT64_MAX

/*
 * A window, and the nearest points of a set.  Eight-byte fields only, so there
 * is no padding, and equal windows are equal byte by byte.
 */
typedef struct rate_window
{
	int64_t		start_time;
	int64_t		end_time;		/* not before start_time */
	rate_edge	start;
	rate_edge	end;
} rate_window;

/* How a rate between two points is found. */
typedef enum rate_method
{
	RATE_LOCF,					/* last observation carried forward */
	RATE_LINEAR					/* on the line between the two neighbours */
} rate_method;

static inline void
rate_edge_init(rate_edge *e)
{
	*e = (rate_edge) {RATE_NO_BEFORE, 0, RATE_NO_AFTER, 0};
}

/* The window of no points; start_time <= end_time, both valid times. */
static inline void
rate_window_init(rate_window *w, int64_t start_time, int64_t end_time)
{
	w->start_time = start_time;
	w->end_time = end_time;
	rate_edge_init(&w->start);
	rate_edge_init(&w->end);
}

static inline void
rate_edge_take_before(rate_edge *e, int64_t time, double rate)
{
	if (time > e->before_time)
	{
		e->before_time = time;
		e->before_rate = rate;
	}
	else if (time == e->before_time && rate > e->before_rate)
		e->before_rate = rate;
}

static inline void
rate_edge_take_after(rate_edge *e, int64_t time, double rate)
{
	if (time < e->after_time)
	{
		e->after_time = time;
		e->after_rate = rate;
	}
	else if (time == e->after_time && rate > e->after_rate)
		e->after_rate = rate;
}

static inline void
rate_edge_add(rate_edge *e, int64_t moment, int64_t time, double rate)
{
	if (time <= moment)
		rate_edge_take_before(e, time, rate);
	if (time >= moment)
		rate_edge_take_after(e, time, rate);
}

/* Add a point, checked with rate_is_valid and time_is_valid. */
static inline void
rate_window_add(rate_window *w, int64_t time, double rate)
{
	rate_edge_add(&w->start, w->start_time, time, rate);
	rate_edge_add(&w->end, w->end_time, time, rate);
}

extern core_status rate_window_merge(rate_window *into, const rate_window *other);
extern bool rate_window_is_valid(const rate_window *w);
extern int	rate_window_cmp(const rate_window *a, const rate_window *b);
extern core_status rate_window_rate_at_start(const rate_window *w, rate_method method,
										  double *rate);
extern core_status rate_window_rate_at_end(const rate_window *w, rate_method method,
										double *rate);
extern core_status rate_window_age(const rate_window *w, int64_t *age);

#endif							/* PG_YIELD_CORE_RATE_WINDOW_H */
