/*
 * Unit tests of core/rate/guard.c.
 */
#include "test.h"

#include <math.h>

#include "core/rate/guard.h"

#define DAY	INT64_C(86400000000)

static void
jumps(void **state)
{
	(void) state;
	assert_true(rate_jump_is_within(1, 1.25, 0.25, 0.25));
	assert_false(rate_jump_is_within(1, 1.2500001, 0.25, 0.25));
	assert_true(rate_jump_is_within(1, 0.75, 0.25, 0.25));
	assert_false(rate_jump_is_within(1, 0.7499999, 0.25, 0.25));
	assert_true(rate_jump_is_within(1, 1e300, RATE_NO_BOUND, 0));
	assert_true(rate_jump_is_within(1, 1e-300, 0, RATE_NO_BOUND));
	assert_true(rate_jump_is_within(1, 1, 0, 0));
	assert_false(rate_jump_is_within(1, 1 + 1e-14, 0, 0));
	assert_false(rate_jump_is_within(1, 1 - 1e-14, 0, 0));
	/* nothing falls by more than everything, and no limit is too great */
	assert_true(rate_jump_is_within(1, 5e-324, 0, 1));
	assert_true(rate_jump_is_within(1, 5e-324, 0, 2));
	assert_true(rate_jump_is_within(1e308, DBL_MAX, DBL_MAX, 0));
}

/*
 * A change of exactly the bound is within it, whatever the decimal figures
 * became as doubles; one ten-billionth more is not.
 */
static void
decimal_bounds(void **state)
{
	uint64_t	seed = 1;

	(void) state;
	for (int round = 0; round < 200000; round++)
	{
		/* old = a / 1e6, bound = b / 1e4: the limit is a whole number over 1e10 */
		int64_t		a = 900000 + (int64_t) (next_random(&seed) % 400000);
		int64_t		b = 1 + (int64_t) (next_random(&seed) % 200);
		double		old = (double) a / 1e6;
		double		bound = (double) b / 1e4;

		assert_true(rate_jump_is_within(old, (double) (a * (10000 + b)) / 1e10, bound, bound));
		assert_true(rate_jump_is_within(old, (double) (a * (10000 - b)) / 1e10, bound, bound));
		assert_false(rate_jump_is_within(old, (double) (a * (10000 + b) + 1) / 1e10, bound, bound));
		assert_false(rate_jump_is_within(old, (double) (a * (10000 - b) - 1) / 1e10, bound, bound));
	}
}

static void
verdicts(void **state)
{
	const rate_bounds all = {0.01, 0.005, 0.27, 365};
	const rate_bounds none = {RATE_NO_BOUND, RATE_NO_BOUND, RATE_NO_BOUND, 365};
	const rate_bounds still = {RATE_NO_BOUND, RATE_NO_BOUND, 0, 365};

	(void) state;
	assert_int_equal(rate_judge(1, 1.0001, 0, DAY, &all), RATE_WITHIN_BOUNDS);
	assert_int_equal(rate_judge(1, 1.011, 0, DAY, &all), RATE_JUMPED_UP);
	assert_int_equal(rate_judge(1, 0.994, 0, DAY, &all), RATE_JUMPED_DOWN);
	assert_int_equal(rate_judge(1, 1.001, 0, DAY, &all), RATE_GREW_TOO_FAST);
	assert_int_equal(rate_judge(1, 1.001, 0, 2 * DAY, &all), RATE_WITHIN_BOUNDS);
	/* in no time there is no growth */
	assert_int_equal(rate_judge(1, 1.0001, 0, 0, &all), RATE_GREW_TOO_FAST);
	assert_int_equal(rate_judge(1, 1, 0, 0, &all), RATE_WITHIN_BOUNDS);
	assert_int_equal(rate_judge(1, 0.999, 0, 0, &all), RATE_WITHIN_BOUNDS);
	assert_int_equal(rate_judge(1, 9, 0, 0, &none), RATE_WITHIN_BOUNDS);
	assert_int_equal(rate_judge(1, 1.0001, TIME_MIN, TIME_END - 1, &still), RATE_GREW_TOO_FAST);
	assert_int_equal(rate_judge(1, 0.5, TIME_MIN, TIME_END - 1, &still), RATE_WITHIN_BOUNDS);
}

static void
caps(void **state)
{
	double		cap;

	(void) state;
	assert_int_equal(rate_growth_cap(1.5, 0, 365 * DAY, 0.1, 365, &cap), CORE_OK);
	assert_close(cap, 1.65, 1e-15);
	assert_int_equal(rate_growth_cap(1.5, 0, 0, 0.1, 365, &cap), CORE_OK);
	assert_same(cap, 1.5);
	assert_int_equal(rate_growth_cap(1.5, 1, 0, 0.1, 365, &cap), CORE_BAD_PARAMETER);
	assert_int_equal(rate_growth_cap(1e308, 0, DAY, 1e308, 365, &cap), CORE_OUT_OF_RANGE);
	/* what a cap allows, a guard lets pass */
	for (int day = 1; day < 400; day++)
	{
		const rate_bounds bounds = {RATE_NO_BOUND, RATE_NO_BOUND, 0.0872, 365};

		assert_int_equal(rate_growth_cap(1.166301569445, 0, day * DAY, 0.0872, 365, &cap), CORE_OK);
		assert_int_equal(rate_judge(1.166301569445, cap, 0, day * DAY, &bounds), RATE_WITHIN_BOUNDS);
		assert_int_equal(rate_judge(1.166301569445, cap + 1e-12, 0, day * DAY, &bounds), RATE_GREW_TOO_FAST);
	}
}

static void
backings(void **state)
{
	double		ratio;

	(void) state;
	assert_int_equal(rate_backing(99, 100, 1, &ratio), CORE_OK);
	assert_close(ratio, 0.99, 1e-15);
	assert_int_equal(rate_backing(0, 100, 1, &ratio), CORE_OK);
	assert_same(ratio, 0);
	assert_int_equal(rate_backing(3, 2, 1.5, &ratio), CORE_OK);
	assert_same(ratio, 1);
	assert_int_equal(rate_backing(1, 0, 1, &ratio), CORE_NULL);
	assert_int_equal(rate_backing(0, 0, 1, &ratio), CORE_NULL);
	assert_int_equal(rate_backing(1e300, 1e-300, 1, &ratio), CORE_OUT_OF_RANGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(jumps),
		cmocka_unit_test(decimal_bounds),
		cmocka_unit_test(verdicts),
		cmocka_unit_test(caps),
		cmocka_unit_test(backings),
	};

	return cmocka_run_group_tests_name("rate_guard", tests, NULL, NULL);
}
