/*-------------------------------------------------------------------------
 *
 * core/risk/feeds.c
 *	  How long a feed had nothing fresh to say.
 *
 *-------------------------------------------------------------------------
 */
#include "core/risk/feeds.h"

static int64_t
later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* What is stale between the last point and the next one, or the end, as far as the window goes. */
static void
add_gap(stale_time *s, int64_t to)
{
	uint64_t	age = (uint64_t) to - (uint64_t) s->last;
	int64_t		from;

	if (age <= s->max_age)
		return;
	from = later((int64_t) ((uint64_t) s->last + s->max_age), s->start);
	if (from < to)
		s->total += (uint64_t) to - (uint64_t) from;
}

void
stale_time_fold(stale_time *s, const int64_t *time, size_t n)
{
	for (size_t i = 0; i < n && time[i] <= s->end; i++)
	{
		if (s->has_point)
			add_gap(s, time[i]);
		else
			s->from = later(time[i], s->start);
		s->has_point = true;
		s->last = time[i];
	}
}

/* After all points; false if none is in the window or before it. */
bool
stale_time_finish(stale_time *s)
{
	if (s->has_point)
		add_gap(s, s->end);
	return s->has_point;
}
