/*-------------------------------------------------------------------------
 *
 * core/series/union.h
 *	  Several series side by side, at each time at which one of them has a point.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_SERIES_UNION_H
#define PG_YIELD_CORE_SERIES_UNION_H

#include "core/series/stream.h"

/* Values of n series, each carried forward; room for both arrays is the caller's. */
typedef struct series_union
{
	series_carry *carry;
	double	   *value;
	size_t		n;
	int64_t		start;			/* the first time that counts */
	int64_t		time;			/* of the values */
} series_union;

extern void series_union_init(series_union *u, series_carry *carry, double *value, size_t n, int64_t start);
extern bool series_union_next(series_union *u);

#endif							/* PG_YIELD_CORE_SERIES_UNION_H */
