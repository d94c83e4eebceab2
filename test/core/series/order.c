/*
 * Unit tests of core/series/order.c: the order and the ties are those of qsort,
 * whatever the points look like.
 */
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/series/layout.h"

typedef struct point
{
	int64_t		time;
	double		value;
} point;

/* By time, the greatest value first */
static int
compare_points(const void *a, const void *b)
{
	const point *p = a;
	const point *q = b;

	if (p->time != q->time)
		return p->time < q->time ? -1 : 1;
	return series_value_is_less(q->value, p->value) ? -1 : series_value_is_less(p->value, q->value);
}

static size_t
sort_by_qsort(point *points, size_t n)
{
	size_t		kept = 0;

	qsort(points, n, sizeof(*points), compare_points);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || points[i].time != points[i - 1].time)
			points[kept++] = points[i];
	return kept;
}

/* The sanitizer watches over the exact sizes of these. */
static void
check(const int64_t *time, const double *value, size_t n)
{
	point	   *points = malloc(n * sizeof(*points) + 1);
	int64_t    *t = malloc(n * 8 + 1);
	double	   *v = malloc(n * 8 + 1);
	int64_t    *time_room = malloc(n * 8 + 1);
	double	   *value_room = malloc(n * 8 + 1);
	size_t		expected;

	for (size_t i = 0; i < n; i++)
	{
		points[i] = (point) {time[i], value[i]};
		t[i] = time[i];
		v[i] = value[i];
	}
	expected = sort_by_qsort(points, n);
	assert_int_equal(series_sort(t, v, n, time_room, value_room, NULL), expected);
	assert_true(series_is_ordered(t, expected));
	for (size_t i = 0; i < expected; i++)
	{
		assert_true(t[i] == points[i].time);
		assert_memory_equal(&v[i], &points[i].value, sizeof(double));
	}
	free(points);
	free(t);
	free(v);
	free(time_room);
	free(value_room);
}

#define SHAPES	13

static int64_t
time_of_shape(int shape, size_t i, size_t n, uint64_t *seed)
{
	const int64_t second = 1000000;
	uint64_t	r = next_random(seed);
	int64_t		at = (int64_t) i;

	switch (shape)
	{
		case 0:					/* ascending */
			return at * 3600 * second;
		case 1:					/* descending */
			return -at * 3600 * second;
		case 2:					/* any time at all */
			r %= (uint64_t) TIME_END - (uint64_t) TIME_MIN;
			return (int64_t) ((uint64_t) TIME_MIN + r);
		case 3:					/* any number at all */
			return (int64_t) r;
		case 4:					/* one time */
			return 7 * second;
		case 5:					/* many ties */
			return (int64_t) (r % 50) * second;
		case 6:					/* slots of twelve seconds */
			return (int64_t) (r % 100000) * 12 * second;
		case 7:					/* a few late ones */
			return (at - (r % 20 == 0 ? (int64_t) (r >> 32) % 500 : 0)) * second;
		case 8:					/* two runs */
			return (at % (int64_t) (n / 2 + 1) * 2 + at / (int64_t) (n / 2 + 1)) * second;
		case 9:					/* seven runs with ties */
			return (at % (int64_t) (n / 7 + 1)) * second;
		case 10:				/* shuffled nearby */
			return (at / 16 * 16 + (int64_t) (r % 16)) * second;
		case 11:				/* one far off, the others close to each other */
			return i == n / 2 ? TIME_END - 1 : (int64_t) (r % 1000000);
		default:				/* the far ends only */
			return r % 2 ? TIME_END - 1 : TIME_MIN;
	}
}

static void
equals_qsort(void **state)
{
	static const size_t sizes[] = {
		0, 1, 2, 3, 7, 24, 25, 26, 100, 1000, 4095, 4097, 20000, 33000, 90000
	};
	static int64_t time[90000];
	static double value[90000];
	uint64_t	seed = 5;

	(void) state;
	for (size_t s = 0; s < sizeof(sizes) / sizeof(*sizes); s++)
		for (int shape = 0; shape < SHAPES; shape++)
		{
			for (size_t i = 0; i < sizes[s]; i++)
			{
				static const double special[] = {0.0, -0.0, 1.0, -1.0, 5e-324, -5e-324, 1e308, -1e308};
				uint64_t	r = next_random(&seed);

				time[i] = time_of_shape(shape, i, sizes[s], &seed);
				value[i] = r % 2 ? special[r >> 8 & 7] : next_fraction(&seed) - 0.5;
			}
			check(time, value, sizes[s]);
		}
}

static size_t pauses;

static void
count_pause(void)
{
	pauses++;
}

/* Of many points no step is long without a pause, and the order is the same. */
static void
long_sorts_pause(void **state)
{
	enum
	{
		N = 3 << 19
	};
	static const int shapes[] = {1, 2, 7, 8, 9};
	int64_t    *time[2] = {malloc(N * sizeof(int64_t)), malloc(N * sizeof(int64_t))};
	double	   *value[2] = {malloc(N * sizeof(double)), malloc(N * sizeof(double))};
	int64_t    *time_room = malloc(N * sizeof(int64_t));
	double	   *value_room = malloc(N * sizeof(double));
	uint64_t	seed = 11;

	(void) state;
	for (size_t s = 0; s < sizeof(shapes) / sizeof(*shapes); s++)
	{
		size_t		n;

		for (size_t i = 0; i < N; i++)
		{
			time[0][i] = time[1][i] = time_of_shape(shapes[s], i, N, &seed);
			value[0][i] = value[1][i] = next_fraction(&seed);
		}
		pauses = 0;
		n = series_sort(time[0], value[0], N, time_room, value_room, count_pause);
		assert_true(pauses >= 4);
		assert_int_equal(series_sort(time[1], value[1], N, time_room, value_room, NULL), n);
		assert_true(series_is_ordered(time[0], n));
		assert_memory_equal(time[0], time[1], n * sizeof(int64_t));
		assert_memory_equal(value[0], value[1], n * sizeof(double));
	}
	for (int i = 0; i < 2; i++)
	{
		free(time[i]);
		free(value[i]);
	}
	free(time_room);
	free(value_room);
}

static void
small_cases_in_full(void **state)
{
	(void) state;
	/* every sequence of up to six times out of three */
	for (size_t n = 1; n <= 6; n++)
		for (int code = 0; code < 729; code++)
		{
			int64_t		time[6];
			double		value[6];
			int			rest = code;

			for (size_t i = 0; i < n; i++, rest /= 3)
			{
				time[i] = rest % 3;
				value[i] = (double) (i * 5 % 7) - 3;
			}
			check(time, value, n);
		}
}

static void
the_greater_zero_is_positive(void **state)
{
	int64_t		time[3] = {1, 1, 1};
	double		value[3] = {-0.0, 0.0, -0.0};
	int64_t		time_room[3];
	double		value_room[3];

	(void) state;
	assert_int_equal(series_sort(time, value, 3, time_room, value_room, NULL), 1);
	assert_false(signbit(value[0]));
	assert_true(series_value_is_less(-0.0, 0.0));
	assert_false(series_value_is_less(0.0, -0.0));
	assert_false(series_value_is_less(0.0, 0.0));
}

static void
order_is_strict(void **state)
{
	static const int64_t times[] = {INT64_MIN, -1, 0, 1, INT64_MAX, INT64_MAX};

	(void) state;
	assert_true(series_is_ordered(times, 0));
	assert_true(series_is_ordered(times, 1));
	assert_true(series_is_ordered(times, 5));
	assert_false(series_is_ordered(times, 6));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equals_qsort),
		cmocka_unit_test(long_sorts_pause),
		cmocka_unit_test(small_cases_in_full),
		cmocka_unit_test(the_greater_zero_is_positive),
		cmocka_unit_test(order_is_strict),
	};

	return cmocka_run_group_tests_name("series_order", tests, NULL, NULL);
}
