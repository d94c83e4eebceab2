/* yield_trailing: against a search through all points, in every order of coming and going. */
#include <stdlib.h>

#include "test.h"

#include "core/base/point.h"
#include "core/yield/apr.h"
#include "core/yield/trailing.h"

#define MAX_POINTS	400

static trailing_point room[4 * MAX_POINTS];

/* All points in order, as they are once they are put there. */
static bool
is_in_order(const trailing *t)
{
	for (size_t i = t->head; i + 1 < t->end; i++)
	{
		if (trailing_point_cmp(&t->points[i], &t->points[i + 1]) > 0)
			return false;
	}
	return t->sorted == t->end;
}

/* The definition, over the points first .. n - 1 as they came. */
static core_status
searched(const trailing_point *points, size_t first, size_t n, int64_t window, double *result)
{
	const trailing_point *last = NULL;
	const trailing_point *start = NULL;

	for (size_t i = first; i < n; i++)
	{
		if (last == NULL || trailing_point_cmp(&points[i], last) > 0)
			last = &points[i];
	}
	for (size_t i = first; i < n && last != NULL; i++)
	{
		if (points[i].time <= last->time - window &&
			(start == NULL || trailing_point_cmp(&points[i], start) > 0))
			start = &points[i];
	}
	if (start == NULL)
		return CORE_NULL;
	return yield_apr(start->rate, last->rate, last->time - window, last->time,
					 YIELD_DEFAULT_YEAR_DAYS, result);
}

static void
make_room(trailing *t)
{
	if (t->end == t->capacity)
		trailing_move(t, room, 4 * MAX_POINTS);
	assert_true(t->end < t->capacity);
}

static int
compare(const void *a, const void *b)
{
	return trailing_point_cmp(a, b);
}

static void
assert_searched(trailing *t, const trailing_point *points, size_t first, size_t n)
{
	double		got = 0;
	double		expected = 0;
	core_status status;

	if (rand() % 2 == 0)
		trailing_insert_rest(t);
	else
	{
		qsort(t->points + t->head, trailing_length(t), sizeof(trailing_point), compare);
		trailing_all_sorted(t);
	}
	assert_true(is_in_order(t));
	status = searched(points, first, n, t->window, &expected);
	assert_int_equal(trailing_result(t, yield_apr, &got), status);
	assert_true(got == expected);
}

/* Times with many ties, ascending, descending or in no order. */
static void
make_points(trailing_point *points, size_t n, int order)
{
	for (size_t i = 0; i < n; i++)
	{
		points[i].time = (rand() % 300) * INT64_C(1000000);
		points[i].rate = 1 + (rand() % 50) / 64.0;
	}
	if (order < 2)
		qsort(points, n, sizeof(trailing_point), compare);
	for (size_t i = 0; order == 1 && i < n / 2; i++)
	{
		trailing_point swap = points[i];

		points[i] = points[n - 1 - i];
		points[n - 1 - i] = swap;
	}
}

static void
test_growing(void **state)
{
	trailing_point points[MAX_POINTS];

	(void) state;
	for (int round = 0; round < 300; round++)
	{
		size_t		n = 1 + rand() % MAX_POINTS;
		int			every = 1 + rand() % 20;
		trailing	t;

		make_points(points, n, round % 3);
		trailing_init(&t, (1 + rand() % 200) * INT64_C(1000000), false);
		for (size_t i = 0; i < n; i++)
		{
			make_room(&t);
			trailing_add(&t, points[i].time, points[i].rate);
			if (i % every == 0)
				assert_searched(&t, points, 0, i + 1);
		}
		assert_searched(&t, points, 0, n);
	}
}

static void
test_moving(void **state)
{
	trailing_point points[MAX_POINTS];

	(void) state;
	for (int round = 0; round < 300; round++)
	{
		size_t		n = 1 + rand() % MAX_POINTS;
		size_t		frame = 1 + rand() % n;
		trailing	t;

		make_points(points, n, round % 3);
		trailing_init(&t, (1 + rand() % 200) * INT64_C(1000000), true);
		for (size_t i = 0; i < n; i++)
		{
			if (i >= frame)
			{
				trailing_insert_rest(&t);
				assert_true(trailing_remove(&t, points[i - frame].time, points[i - frame].rate));
			}
			make_room(&t);
			trailing_add(&t, points[i].time, points[i].rate);
			assert_searched(&t, points, i >= frame ? i - frame + 1 : 0, i + 1);
		}
		assert_false(trailing_remove(&t, -1, 1));
		assert_int_equal(trailing_length(&t), n < frame ? n : frame);
	}
}

/* Points in order of time: only those of the window are kept. */
static void
test_forgets(void **state)
{
	trailing	t;

	(void) state;
	trailing_init(&t, 10, false);
	for (int i = 0; i < 1000; i++)
	{
		make_room(&t);
		trailing_add(&t, i, 1 + i);
		assert_true(trailing_length(&t) <= 11);
	}
	make_room(&t);
	trailing_add(&t, 5, 1);
	assert_int_equal(trailing_length(&t), 11);
	make_room(&t);
	trailing_add(&t, 2000, 1);
	assert_int_equal(trailing_length(&t), 2);
}

static void
test_edges(void **state)
{
	trailing	t;
	double		result;

	(void) state;
	trailing_init(&t, INT64_MAX, false);
	assert_int_equal(trailing_result(&t, yield_apr, &result), CORE_NULL);
	make_room(&t);
	trailing_add(&t, TIME_MIN, 1);
	assert_int_equal(trailing_result(&t, yield_apr, &result), CORE_NULL);
	make_room(&t);
	trailing_add(&t, TIME_END - 1, 2);
	assert_int_equal(trailing_result(&t, yield_apr, &result), CORE_OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_growing),
		cmocka_unit_test(test_moving),
		cmocka_unit_test(test_forgets),
		cmocka_unit_test(test_edges),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
