/*-------------------------------------------------------------------------
 *
 * core/series/order.c
 *	  Points into the order of a series: ascending and distinct in time.
 *
 * Rows come in order, nearly in order (a few late ones), as some ascending
 * runs one after the other (the parts of a parallel plan, two series that are
 * merged), or in no order.  One look at the times tells which:
 *
 *	no late point		nothing to sort
 *	late ones, at most	they are taken out, sorted by themselves in the room that
 *	a quarter of all	they leave, and merged back
 *	few runs			these are merged two by two
 *	otherwise			radix sort of the time since the earliest, in units that
 *						all times share, since whole seconds of some years have
 *						three digits where microseconds have five
 *
 * A point is late if one before it has a greater time.
 *
 *-------------------------------------------------------------------------
 */
#include "core/series/layout.h"

#include <string.h>

#include "core/series/bits.h"

/* Below this insertion sort is quickest. */
#define SMALL			24

/* So many runs are merged sooner than sorted by radix. */
#define MAX_RUNS		16

/* So many points, and the room for them, are in the cache of one core. */
#define CACHED			32768

/* Bits of digits: by which parts are made that fit, and within such a part */
#define TOP_BITS		9
#define MAX_DIGIT_BITS	11
#define FEW				4096
#define FEW_DIGIT_BITS	8

/* Points as two arrays */
typedef struct points
{
	int64_t    *time;
	double	   *value;
} points;

/* What one look at the times tells */
typedef struct survey
{
	int64_t		min;
	int64_t		max;
	size_t		late;
	size_t		runs;
} survey;

/* Are these times strictly ascending, as those of a series are? */
bool
series_is_ordered(const int64_t *time, size_t num_points)
{
	for (size_t i = 1; i < num_points; i++)
		if (time[i] <= time[i - 1])
			return false;
	return true;
}

static inline void
move_point(points to, size_t i, points from, size_t j)
{
	to.time[i] = from.time[j];
	to.value[i] = from.value[j];
}

static inline points
points_at(points p, size_t i)
{
	return (points) {p.time + i, p.value + i};
}

static void sort_points(points p, size_t n, points room, core_pause pause);

static void
copy_points(points to, points from, size_t n)
{
	memcpy(to.time, from.time, n * sizeof(*to.time));
	memcpy(to.value, from.value, n * sizeof(*to.value));
}

static survey
look_at(const int64_t *time, size_t n)
{
	survey		s = {time[0], time[0], 0, 1};

	for (size_t i = 1; i < n; i++)
	{
		s.late += time[i] < s.max;
		s.runs += time[i] < time[i - 1];
		s.max = time[i] > s.max ? time[i] : s.max;
		s.min = time[i] < s.min ? time[i] : s.min;
	}
	return s;
}

static void
insertion_sort(points p, size_t n)
{
	for (size_t i = 1; i < n; i++)
	{
		int64_t		time = p.time[i];
		double		value = p.value[i];
		size_t		j = i;

		for (; j > 0 && p.time[j - 1] > time; j--)
			move_point(p, j, p, j - 1);
		p.time[j] = time;
		p.value[j] = value;
	}
}

/* Merge a[0 .. n) and b[0 .. m) into out. */
static void
merge_runs(points a, size_t n, points b, size_t m, points out, core_pause pause)
{
	size_t		i = 0;
	size_t		j = 0;
	size_t		k = 0;

	while (i < n && j < m)
	{
		size_t		stop = core_next_pause(pause, k, n + m);

		while (i < n && j < m && k < stop)
		{
			bool		first = a.time[i] <= b.time[j];

			out.time[k] = first ? a.time[i] : b.time[j];
			out.value[k++] = first ? a.value[i] : b.value[j];
			i += first;
			j += !first;
		}
	}
	copy_points(points_at(out, k), points_at(a, i), n - i);
	copy_points(points_at(out, k + n - i), points_at(b, j), m - j);
}

/* Merge ascending runs, at most MAX_RUNS of them, with room for all. */
static void
sort_runs(points p, size_t n, points room, core_pause pause)
{
	size_t		start[MAX_RUNS + 1];
	size_t		runs = 0;
	points		from = p;
	points		to = room;

	for (size_t i = 0; i < n; i++)
		if (i == 0 || p.time[i] < p.time[i - 1])
			start[runs++] = i;
	start[runs] = n;
	while (runs > 1)
	{
		size_t		left = 0;

		for (size_t r = 0; r < runs; r += 2, left++)
		{
			size_t		a = start[r];
			size_t		b = start[r + 1];
			size_t		end = r + 1 < runs ? start[r + 2] : b;

			merge_runs(points_at(from, a), b - a, points_at(from, b), end - b, points_at(to, a),
					   pause);
			start[left] = a;
		}
		start[left] = n;
		runs = left;
		to = from;
		from = from.time == p.time ? room : p;
	}
	if (from.time != p.time)
		copy_points(p, from, n);
}

/* The greatest unit of the times since "min" */
static exact_divisor
common_unit(const int64_t *time, size_t n, int64_t min)
{
	exact_divisor unit;
	bool		found = false;

	exact_divisor_init(&unit, 1);
	for (size_t i = 0; i < n && !(found && unit.value == 1); i++)
	{
		uint64_t	x = (uint64_t) time[i] - (uint64_t) min;

		if (x != 0 && !found)
		{
			exact_divisor_init(&unit, x);
			found = true;
		}
		else if (!exact_divides(&unit, x))
			exact_divisor_reduce(&unit, x);
	}
	return unit;
}

/* Times as whole numbers of units since the earliest */
static void
times_to_keys(int64_t *time, size_t n, uint64_t min, const exact_divisor *unit)
{
	for (size_t i = 0; i < n; i++)
		time[i] = (int64_t) ((((uint64_t) time[i] - min) >> unit->shift) * unit->inverse);
}

static void
keys_to_times(int64_t *time, size_t n, uint64_t min, const exact_divisor *unit)
{
	for (size_t i = 0; i < n; i++)
		time[i] = (int64_t) ((uint64_t) time[i] * unit->value + min);
}

/*
 * Move points, stable, to where the digit of their key that has so many bits
 * and starts at "shift" puts them.  place[d] becomes where digit d ends.
 */
static void
scatter(points from, size_t n, unsigned shift, unsigned bits, points to, size_t *place,
		core_pause pause)
{
	const uint64_t mask = (UINT64_C(1) << bits) - 1;
	size_t		sum = 0;

	memset(place, 0, (mask + 1) * sizeof(*place));
	for (size_t i = 0; i < n; i++)
		place[(uint64_t) from.time[i] >> shift & mask]++;
	for (size_t d = 0; d <= mask; d++)
	{
		size_t		count = place[d];

		place[d] = sum;
		sum += count;
	}
	for (size_t i = 0; i < n;)
		for (size_t stop = core_next_pause(pause, i, n); i < stop; i++)
			move_point(to, place[(uint64_t) from.time[i] >> shift & mask]++, from, i);
}

/* By all digits, the lowest first: for points that the cache holds */
static void
sort_by_low_digits(points p, size_t n, unsigned key_bits, points room)
{
	size_t		place[1 << MAX_DIGIT_BITS];
	unsigned	most = n < FEW ? FEW_DIGIT_BITS : MAX_DIGIT_BITS;
	unsigned	passes = (key_bits + most - 1) / most;
	unsigned	bits = (key_bits + passes - 1) / passes;
	points		from = p;
	points		to = room;

	for (unsigned pass = 0; pass < passes; pass++)
	{
		scatter(from, n, pass * bits, bits, to, place, NULL);
		to = from;
		from = from.time == p.time ? room : p;
	}
	if (from.time != p.time)
		copy_points(p, from, n);
}

/*
 * By the highest digit, and then each part by itself.  Each level of this takes
 * TOP_BITS off the range, so there are few.
 */
static void
sort_by_top_digit(points p, size_t n, unsigned key_bits, points room, core_pause pause)
{
	size_t		place[1 << TOP_BITS];
	unsigned	bits = key_bits < TOP_BITS ? key_bits : TOP_BITS;
	size_t		start = 0;

	scatter(p, n, key_bits - bits, bits, room, place, pause);
	for (size_t d = 0; d < (size_t) 1 << bits; d++)
	{
		size_t		end = place[d];

		if (pause != NULL)
			pause();
		if (key_bits > bits)
			sort_points(points_at(room, start), end - start, points_at(p, start), pause);
		copy_points(points_at(p, start), points_at(room, start), end - start);
		start = end;
	}
}

/* Not all times are the same. */
static void
radix_sort(points p, size_t n, const survey *s, points room, core_pause pause)
{
	exact_divisor unit = common_unit(p.time, n, s->min);
	uint64_t	min = (uint64_t) s->min;
	uint64_t	range = (((uint64_t) s->max - min) >> unit.shift) * unit.inverse;
	unsigned	key_bits = 0;

	while (key_bits < 64 && range >> key_bits != 0)
		key_bits++;
	times_to_keys(p.time, n, min, &unit);
	if (n <= CACHED)
		sort_by_low_digits(p, n, key_bits, room);
	else
		sort_by_top_digit(p, n, key_bits, room, pause);
	keys_to_times(p.time, n, min, &unit);
}

/* Merge late points into those that were kept, from the end, where there is room. */
static void
merge_back(points p, size_t kept, points late_ones, size_t late, core_pause pause)
{
	size_t		n = kept + late;

	while (late > 0)
	{
		size_t		stop = core_next_pause(pause, n - (kept + late), n);

		for (; late > 0 && n - (kept + late) < stop;)
		{
			bool		first = kept > 0 && p.time[kept - 1] > late_ones.time[late - 1];

			if (first)
			{
				move_point(p, kept + late - 1, p, kept - 1);
				kept--;
			}
			else
			{
				move_point(p, kept + late - 1, late_ones, late - 1);
				late--;
			}
		}
	}
}

/*
 * Take the late points out, sort them and merge them back.  Recursion ends
 * because each time at most a quarter is left.
 */
static void
sort_late(points p, size_t n, points room, core_pause pause)
{
	int64_t		max = p.time[0];
	size_t		kept = 0;
	size_t		late = 0;

	for (size_t i = 0; i < n;)
		for (size_t stop = core_next_pause(pause, i, n); i < stop; i++)
		{
			bool		is_late = p.time[i] < max;

			max = is_late ? max : p.time[i];
			move_point(room, late, p, i);
			move_point(p, kept, p, i);
			late += is_late;
			kept += !is_late;
		}
	sort_points(room, late, points_at(p, kept), pause);
	merge_back(p, kept, room, late, pause);
}

/* Sort by time; "room" is for as many points. */
static void
sort_points(points p, size_t n, points room, core_pause pause)
{
	survey		s;

	if (n <= SMALL)
	{
		insertion_sort(p, n);
		return;
	}
	s = look_at(p.time, n);
	if (s.late == 0)
		return;
	if (s.late <= n / 4)
		sort_late(p, n, room, pause);
	else if (s.runs <= MAX_RUNS)
		sort_runs(p, n, room, pause);
	else
		radix_sort(p, n, &s, room, pause);
}

/* Of points at the same time the greatest value stays.  Returns how many do. */
static size_t
remove_ties(points p, size_t n)
{
	size_t		last = 0;

	for (size_t i = 1; i < n; i++)
	{
		if (p.time[i] != p.time[last])
			move_point(p, ++last, p, i);
		else if (series_value_is_less(p.value[last], p.value[i]))
			p.value[last] = p.value[i];
	}
	return n > 0 ? last + 1 : 0;
}

/*
 * Sort points by time, in place, and of those at the same time keep the one
 * with the greatest value (series_value_is_less).  Any times and any values
 * but NaN will do.  The rooms are for as many points and hold nothing of
 * interest afterwards.  Returns the number of points left.
 */
size_t
series_sort(int64_t *time, double *value, size_t num_points,
			int64_t *time_room, double *value_room, core_pause pause)
{
	points		p = {time, value};

	if (series_is_ordered(time, num_points))
		return num_points;
	sort_points(p, num_points, (points) {time_room, value_room}, pause);
	return remove_ties(p, num_points);
}
