/*-------------------------------------------------------------------------
 *
 * core/yield/trailing.c
 *	  The yield of the time before the last of a set of rates, which grows or
 *	  moves along.
 *
 * Of rates that only come, all before the one in force at the start of the
 * window can be let go, since the last time never goes back: so as many are
 * kept as the window holds, and where they come in order each costs the same.
 *
 *-------------------------------------------------------------------------
 */
#include "core/yield/trailing.h"

#include <math.h>
#include <string.h>

#include "core/base/point.h"
#include "core/yield/apr.h"

/* By time, then rate: of several rates with one time the last counts. */
int
trailing_point_cmp(const void *a, const void *b)
{
	const trailing_point *x = a;
	const trailing_point *y = b;

	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return (x->rate > y->rate) - (x->rate < y->rate);
}

void
trailing_init(trailing *t, int64_t window, bool keep_all)
{
	*t = (trailing) {.window = window, .keep_all = keep_all};
}

/*
 * Move the points to another array, with as much room in front of them as a
 * quarter of what is free: rows may come in the other order of time as well.
 */
void
trailing_move(trailing *t, trailing_point *points, size_t capacity)
{
	size_t		length = trailing_length(t);
	size_t		head = (capacity - length) / 4;

	if (length > 0)
		memmove(points + head, t->points + t->head, length * sizeof(trailing_point));
	t->sorted = head + (t->sorted - t->head);
	t->head = head;
	t->end = head + length;
	t->points = points;
	t->capacity = capacity;
}

/* The start of the window, which lies before all times where they begin later. */
static bool
window_start(const trailing *t, int64_t *start)
{
	int64_t		last = t->points[t->sorted - 1].time;

	/* the whole range of times is wider than an int64 */
	if ((uint64_t) t->window > (uint64_t) last - (uint64_t) TIME_MIN)
		return false;
	*start = last - t->window;
	return true;
}

/* Let go what is before the rate in force at the start of the window. */
static void
prune(trailing *t)
{
	int64_t		start;

	if (t->keep_all || !window_start(t, &start))
		return;
	while (t->sorted - t->head > 1 && t->points[t->head + 1].time <= start)
		t->head++;
}

/* Is a rate before the one in force at the start of the window, as that is now? */
static bool
is_too_early(const trailing *t, int64_t time)
{
	int64_t		start;

	return !t->keep_all && t->sorted > t->head && time < t->points[t->head].time &&
		window_start(t, &start) && t->points[t->head].time <= start;
}

/* Take a point in; there is room for one behind the last. */
void
trailing_add(trailing *t, int64_t time, double rate)
{
	trailing_point point = {time, rate};
	bool		in_order = t->sorted == t->end &&
		(t->sorted == t->head || trailing_point_cmp(&t->points[t->sorted - 1], &point) <= 0);

	if (!in_order && is_too_early(t, time))
		return;
	t->points[t->end++] = point;
	if (in_order)
	{
		t->sorted = t->end;
		prune(t);
	}
}

/* Where in order a point belongs: behind all that are less or equal. */
static size_t
place_of(const trailing *t, const trailing_point *point)
{
	size_t		low = t->head;
	size_t		high = t->sorted;

	while (low < high)
	{
		size_t		middle = low + (high - low) / 2;

		if (trailing_point_cmp(&t->points[middle], point) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/*
 * Put the last point that waits where it belongs, moving those on the shorter
 * side of the place.
 */
static void
insert_last(trailing *t)
{
	trailing_point point = t->points[t->end - 1];
	size_t		place = place_of(t, &point);
	size_t		before = place - t->head;
	size_t		after = t->end - 1 - place;

	if (before < after && t->head > 0)
	{
		memmove(&t->points[t->head - 1], &t->points[t->head], before * sizeof(point));
		t->head--;
		place--;
		t->end--;
	}
	else
	{
		memmove(&t->points[place + 1], &t->points[place], after * sizeof(point));
		t->sorted++;
	}
	t->points[place] = point;
}

/* Put the points that wait in order one by one: for a few of them. */
void
trailing_insert_rest(trailing *t)
{
	while (t->sorted < t->end)
		insert_last(t);
	if (t->sorted > t->head)
		prune(t);
}

/* The caller has sorted all points. */
void
trailing_all_sorted(trailing *t)
{
	t->sorted = t->end;
	if (t->sorted > t->head)
		prune(t);
}

/* Take a point out again, of a set that keeps all and is in order; false if it is not in it. */
bool
trailing_remove(trailing *t, int64_t time, double rate)
{
	trailing_point point = {time, rate};
	size_t		place = place_of(t, &point);
	size_t		before,
				after;

	if (place == t->head || trailing_point_cmp(&t->points[place - 1], &point) != 0)
		return false;
	place--;
	before = place - t->head;
	after = t->end - place - 1;
	if (before <= after)
	{
		memmove(&t->points[t->head + 1], &t->points[t->head], before * sizeof(point));
		t->head++;
	}
	else
	{
		memmove(&t->points[place], &t->points[place + 1], after * sizeof(point));
		t->sorted = --t->end;
	}
	return true;
}

/*
 * The yield from the rate in force at the start of the window to that of the
 * last time, over the length of the window, per year of 365 days.  All points
 * are in order.  CORE_NULL when there are none, when none is known at the start
 * of the window, and as the yield has it.
 */
core_status
trailing_result(const trailing *t, trailing_yield yield, double *result)
{
	trailing_point start = {.rate = INFINITY};
	size_t		place;

	if (t->sorted == t->head || !window_start(t, &start.time))
		return CORE_NULL;
	place = place_of(t, &start);
	if (place == t->head)
		return CORE_NULL;
	return yield(t->points[place - 1].rate, t->points[t->sorted - 1].rate, start.time,
				 t->points[t->sorted - 1].time, YIELD_DEFAULT_YEAR_DAYS, result);
}
