/*-------------------------------------------------------------------------
 *
 * core/series/union.c
 *	  Several series side by side, at each time at which one of them has a point.
 *
 *-------------------------------------------------------------------------
 */
#include "core/series/union.h"

/* The carries are as series_carry_init leaves them; all series have a point at "start" or before. */
void
series_union_init(series_union *u, series_carry *carry, double *value, size_t n, int64_t start)
{
	*u = (series_union) {carry, value, n, start, 0};
}

/* The next time at which a series has a point; false if there is none. */
static bool
next_time(const series_union *u, int64_t *time)
{
	bool		found = false;

	for (size_t i = 0; i < u->n; i++)
	{
		series_stream *points = u->carry[i].points;

		if (series_stream_has_point(points) && (!found || points->time[points->at] < *time))
		{
			*time = points->time[points->at];
			found = true;
		}
	}
	return found;
}

/*
 * Go on to the next time, from the start on, at which no value is older than it
 * may be; false after the last.
 */
bool
series_union_next(series_union *u)
{
	while (next_time(u, &u->time))
	{
		bool		fresh = u->time >= u->start;

		for (size_t i = 0; i < u->n; i++)
		{
			series_carry_take(&u->carry[i], u->time);
			u->value[i] = u->carry[i].last.value;
			fresh = fresh && series_carry_is_fresh(&u->carry[i], u->time);
		}
		if (fresh)
			return true;
	}
	return false;
}
