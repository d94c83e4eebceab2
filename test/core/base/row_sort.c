/*-------------------------------------------------------------------------
 *
 * test/core/base/row_sort.c
 *	  Rows in order, against qsort of the C library with doubles compared as doubles.
 *
 *-------------------------------------------------------------------------
 */
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/row_sort.h"

#define MAX_ROWS	60000

static const row_order *sorted_by;
static uint64_t rows[MAX_ROWS * ROW_MAX_WORDS];
static uint64_t want[MAX_ROWS * ROW_MAX_WORDS];
static uint64_t room[MAX_ROWS * ROW_MAX_WORDS];

static uint64_t
bits_of_double(double x)
{
	uint64_t	bits;

	memcpy(&bits, &x, sizeof(bits));
	return bits;
}

/* NaN behind all numbers */
static int
compare_doubles(uint64_t a, uint64_t b)
{
	double		x,
				y;

	memcpy(&x, &a, sizeof(x));
	memcpy(&y, &b, sizeof(y));
	if (isnan(x) || isnan(y))
		return isnan(x) - isnan(y);
	return (x > y) - (x < y);
}

static int
compare_plainly(const void *left, const void *right)
{
	const uint64_t *a = left;
	const uint64_t *b = right;
	int			order = 0;

	for (unsigned i = 0; order == 0 && i < sorted_by->num_words; i++)
		order = sorted_by->is_integer[i] ?
			((int64_t) a[i] > (int64_t) b[i]) - ((int64_t) a[i] < (int64_t) b[i]) :
			compare_doubles(a[i], b[i]);
	return order;
}

/* The rows are as qsort has them. */
static void
check(size_t n, const row_order *order)
{
	size_t		size = order->num_words * sizeof(uint64_t);
	uint64_t   *sorted;

	sorted_by = order;
	memcpy(want, rows, n * size);
	qsort(want, n, size, compare_plainly);
	assert_int_equal(rows_ascend(rows, n, order), memcmp(rows, want, n * size) == 0);
	sorted = sort_rows(rows, n, order, room, NULL);
	assert_true(sorted == rows || (sorted == room && n > ROW_SORT_SMALL));
	assert_memory_equal(sorted, want, n * size);
	assert_true(rows_ascend(sorted, n, order));
	for (size_t i = 1; i < n; i++)
		assert_int_equal(compare_rows(sorted + (i - 1) * order->num_words, sorted + i * order->num_words,
									  order),
						 compare_plainly(want + (i - 1) * order->num_words, want + i * order->num_words));
}

/* A number of one kind or another: few values, many, of all sizes and signs, missing, near each other */
static uint64_t
some_word(int kind, bool is_integer)
{
	uint64_t	r = ((uint64_t) random() << 42) ^ ((uint64_t) random() << 21) ^ (uint64_t) random();
	double		fraction = (double) random() / RAND_MAX;

	switch (kind)
	{
		case 0:
			return is_integer ? r % 7 : bits_of_double((double) (r % 7) - 3);
		case 1:
			return is_integer ? r : bits_of_double(1000 + 4000 * fraction);
		case 2:
			return is_integer ? r % 2000 - 1000 :
				bits_of_double(ldexp(fraction + 0.5, (int) (r % 2000) - 1000) * (r & 1 << 20 ? 1 : -1));
		case 3:
			return is_integer ? r % 100 : bits_of_double(r & 1 ? (double) (r % 100) : NAN);
		default:
			return is_integer ? r % 2 + (UINT64_C(1) << 62) : bits_of_double(r % 1000 == 0 ? 1e300 : 1 + fraction * 1e-13);
	}
}

static void
rows_are_sorted(void **state)
{
	static const size_t counts[] = {0, 1, 2, 24, 25, 26, 100, 777, 5000, MAX_ROWS};

	(void) state;
	for (int kinds = 0; kinds < 125; kinds++)
		for (unsigned width = 1; width <= ROW_MAX_WORDS; width++)
			for (size_t c = 0; c < (kinds % 25 == 7 ? 10 : 8); c++)
			{
				row_order	order = {width, {kinds % 2, kinds % 3 == 0, kinds % 5 == 0}};

				for (size_t i = 0; i < counts[c] * width; i++)
					rows[i] = some_word(i % width == 0 ? kinds % 5 : i % width == 1 ? kinds / 5 % 5 : kinds / 25,
										order.is_integer[i % width]);
				check(counts[c], &order);
			}
}

static int	pauses;

static void
count_pause(void)
{
	pauses++;
}

/* Of many rows there are pauses. */
static void
long_sorts_pause(void **state)
{
	size_t		n = 2 * CORE_PAUSE_AFTER;
	row_order	order = {1, {true}};
	uint64_t   *many = malloc(2 * n * sizeof(uint64_t));
	uint64_t   *sorted;

	(void) state;
	for (size_t i = 0; i < n; i++)
		many[i] = n - i;
	sorted = sort_rows(many, n, &order, many + n, count_pause);
	assert_true(rows_ascend(sorted, n, &order));
	assert_true(pauses > 0);
	free(many);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_sorted),
		cmocka_unit_test(long_sorts_pause),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
