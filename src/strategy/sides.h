/*-------------------------------------------------------------------------
 *
 * strategy/sides.h
 *	  Series side by side, from the latest of their first points on.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_STRATEGY_SIDES_H
#define PG_YIELD_STRATEGY_SIDES_H

#include "fmgr.h"

#include "core/series/union.h"

/* "points" has the time and the values of the step at hand. */
typedef struct sides
{
	series_union points;
	Datum	   *series;
	int64	   *end;
	int			n;
	int			capacity;
	int			lead;			/* only times of this one count, or -1 */
	int64		start;
	size_t		steps;
} sides;

extern void sides_begin(sides *s);
extern void sides_add(sides *s, Datum series, const char *argument, bool positive);
extern int	sides_add_all(sides *s, FunctionCallInfo fcinfo, int n, const char *argument, bool positive);
extern void sides_open(sides *s, uint64 max_age);
extern void sides_lead(sides *s, int which);
extern int64 sides_end(const sides *s, int which);
extern bool sides_next(sides *s);
extern void check_positive_side(Datum series, const char *argument);

#endif							/* PG_YIELD_STRATEGY_SIDES_H */
