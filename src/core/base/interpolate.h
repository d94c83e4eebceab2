/*-------------------------------------------------------------------------
 *
 * core/base/interpolate.h
 *	  The straight line between two points in time.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_BASE_INTERPOLATE_H
#define PG_YIELD_CORE_BASE_INTERPOLATE_H

#include <math.h>
#include <stdint.h>

/*
 * Microseconds from one time to a later one.  All times together span more
 * than an int64 holds.
 */
static inline double
time_span(int64_t from, int64_t to)
{
	return (double) ((uint64_t) to - (uint64_t) from);
}

/*
 * The value at a moment on the line through (time0, value0) and
 * (time1, value1), where time0 <= at <= time1 and time0 < time1, reckoned from
 * the nearer one.  Rounding does not lead out of the interval between the two
 * values, nor does the difference of two very large ones.
 */
static inline double
interpolate(int64_t time0, double value0, int64_t time1, double value1, int64_t at)
{
	double		change = value1 - value0;
	double		whole = time_span(time0, time1);
	double		since = time_span(time0, at);
	double		until = time_span(at, time1);
	double		low = change < 0 ? value1 : value0;
	double		high = change < 0 ? value0 : value1;
	double		value;

	if (!isfinite(change))
		value = value0 * (until / whole) + value1 * (since / whole);
	else
		value = since <= until ? value0 + change * (since / whole)
			: value1 - change * (until / whole);
	return value < low ? low : value > high ? high : value;
}

#endif							/* PG_YIELD_CORE_BASE_INTERPOLATE_H */
