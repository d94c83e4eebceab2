/*-------------------------------------------------------------------------
 *
 * core/series/stream.c
 *	  The points of a series one after the other, whatever holds its blocks.
 *
 *-------------------------------------------------------------------------
 */
#include "core/series/stream.h"

/*
 * The number of points in the block at hand, from the one at hand on, that are
 * before "end".  Looks at the last one first: long spans take whole blocks.
 */
static size_t
count_before(const series_stream *s, int64_t end)
{
	size_t		low = s->at;
	size_t		high = s->num_points;
	size_t		step = 1;

	if (s->time[high - 1] < end)
		return high - low;
	/* doubling steps from the near end, since most spans are short */
	while (low + step < high && s->time[low + step] < end)
	{
		low += step;
		step *= 2;
	}
	if (low + step < high)
		high = low + step;
	while (low < high)
	{
		size_t		middle = low + (high - low) / 2;

		if (s->time[middle] < end)
			low = middle + 1;
		else
			high = middle;
	}
	return low - s->at;
}

/*
 * Take the points before "end" that the block at hand holds, and return how
 * many they are and where.  Zero when the next point is at "end" or later, or
 * there is none; until then there may be more to take.
 */
size_t
series_carry_run(series_carry *c, int64_t end, const int64_t **time, const double **value)
{
	series_stream *s = c->points;
	size_t		n;

	if (!series_stream_has_point(s))
		return 0;
	n = count_before(s, end);
	if (n == 0)
		return 0;
	*time = s->time + s->at;
	*value = s->value + s->at;
	s->at += n;
	c->has_last = true;
	c->last = (series_point) {s->time[s->at - 1], s->value[s->at - 1]};
	return n;
}

/* Take all points up to a time, itself included. */
void
series_carry_to(series_carry *c, int64_t time)
{
	const int64_t *times;
	const double *values;

	/* no time of a series is INT64_MAX: see TIME_END */
	if (time < TIME_END)
		time++;
	while (series_carry_run(c, time, &times, &values) > 0)
		;
}
