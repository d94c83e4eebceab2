/*-------------------------------------------------------------------------
 *
 * core/base/point.h
 *	  What the time and the rate of a point may be.
 *
 * A rate is what one token is worth in its underlying asset, a positive and
 * finite double.  A time is microseconds since 2000-01-01 00:00:00 UTC, as
 * PostgreSQL counts them.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_BASE_POINT_H
#define PG_YIELD_CORE_BASE_POINT_H

#include <float.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * The span of times that PostgreSQL itself accepts, so that a summary read
 * from outside cannot hold one that no timestamptz could.  The SQL face
 * asserts that these agree with the server's own limits.
 */
#define TIME_MIN	INT64_C(-211813488000000000)	/* 4714-11-24 BC */
#define TIME_END	INT64_C(9223371331200000000)	/* 294277-01-01, excluded */

/* Is this a rate: positive and finite?  NaN fails both comparisons. */
static inline bool
rate_is_valid(double rate)
{
	return rate > 0 && rate <= DBL_MAX;
}

static inline bool
time_is_valid(int64_t time)
{
	return time >= TIME_MIN && time < TIME_END;
}

#endif							/* PG_YIELD_CORE_BASE_POINT_H */
