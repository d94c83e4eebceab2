/*
 * Unit tests of core/series/sparkline.c.
 */
#include "test.h"

#include <float.h>
#include <math.h>

#include "core/series/sparkline.h"

static void
levels_span_the_values(void **state)
{
	const double ramp[] = {0, 1, 2, 3, 4, 5, 6, 7};
	const double extremes[] = {-DBL_MAX, 0, DBL_MAX};
	const double flat[] = {3, 3};
	uint8_t		level[8];

	(void) state;
	sparkline_levels(ramp, 8, level, NULL);
	for (int i = 0; i < 8; i++)
		assert_int_equal(level[i], i);
	sparkline_levels(extremes, 3, level, NULL);
	assert_int_equal(level[0], 0);
	assert_int_equal(level[1], 4);
	assert_int_equal(level[2], 7);
	sparkline_levels(flat, 2, level, NULL);
	assert_int_equal(level[0], 3);
	assert_int_equal(level[1], 3);
	sparkline_levels(NULL, 0, level, NULL);
}

/* Greater values never get a lower mark, and the extremes get the extremes. */
static void
levels_keep_order(void **state)
{
	uint64_t	seed = 7;

	(void) state;
	for (int round = 0; round < 1000; round++)
	{
		double		value[50];
		uint8_t		level[50];
		double		scale = exp(100 * (next_fraction(&seed) - 0.5));

		for (int i = 0; i < 50; i++)
			value[i] = scale * (next_fraction(&seed) - 0.5);
		sparkline_levels(value, 50, level, NULL);
		for (int i = 0; i < 50; i++)
		{
			assert_true(level[i] < SPARKLINE_LEVELS);
			for (int j = 0; j < 50; j++)
				assert_true(value[i] <= value[j] ? level[i] <= level[j] : level[i] >= level[j]);
		}
	}
}

static void
shrinking_takes_means(void **state)
{
	double		value[] = {1, 3, 5, 7, 9, 11, 13};
	double		same[] = {2, 2, 2, 2, 2};

	(void) state;
	assert_int_equal(sparkline_shrink(value, 7, 7, NULL), 7);
	assert_int_equal(sparkline_shrink(value, 7, 3, NULL), 3);
	assert_same(value[0], 2);	/* of 1, 3 */
	assert_same(value[1], 6);	/* of 5, 7 */
	assert_same(round(value[2]), 11);	/* of 9, 11, 13 */
	assert_int_equal(sparkline_shrink(same, 5, 1, NULL), 1);
	assert_close(same[0], 2.0, 1e-15);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(levels_span_the_values),
		cmocka_unit_test(levels_keep_order),
		cmocka_unit_test(shrinking_takes_means),
	};

	return cmocka_run_group_tests_name("sparkline", tests, NULL, NULL);
}
