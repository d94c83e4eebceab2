/*-------------------------------------------------------------------------
 *
 * core/yield/trailing.h
 *	  The yield of the time before the last of a set of rates, which grows or
 *	  moves along.
 *
 * The rates are kept in order of time in an array of the caller's, between
 * "head" and "sorted"; behind them wait those that came out of order.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_YIELD_TRAILING_H
#define PG_YIELD_CORE_YIELD_TRAILING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/status.h"

typedef struct trailing_point
{
	int64_t		time;
	double		rate;
} trailing_point;

typedef struct trailing
{
	int64_t		window;			/* microseconds, positive */
	bool		keep_all;		/* rates may leave again, so none is let go */
	size_t		head;			/* the first */
	size_t		sorted;			/* behind the last in order */
	size_t		end;			/* behind the last */
	size_t		capacity;
	trailing_point *points;
} trailing;

/* yield_apr or yield_apy */
typedef core_status (*trailing_yield) (double rate0, double rate1, int64_t time0, int64_t time1,
									   double year_days, double *result);

static inline size_t
trailing_length(const trailing *t)
{
	return t->end - t->head;
}

/* How many have come out of order since they were last put in order */
static inline size_t
trailing_disorder(const trailing *t)
{
	return t->end - t->sorted;
}

extern int	trailing_point_cmp(const void *a, const void *b);
extern void trailing_init(trailing *t, int64_t window, bool keep_all);
extern void trailing_move(trailing *t, trailing_point *points, size_t capacity);
extern void trailing_add(trailing *t, int64_t time, double rate);
extern void trailing_insert_rest(trailing *t);
extern void trailing_all_sorted(trailing *t);
extern bool trailing_remove(trailing *t, int64_t time, double rate);
extern core_status trailing_result(const trailing *t, trailing_yield yield, double *result);

#endif							/* PG_YIELD_CORE_YIELD_TRAILING_H */
