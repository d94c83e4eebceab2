/*-------------------------------------------------------------------------
 *
 * test/core/base/normal.c
 *	  The normal law against published values and against its own laws.
 *
 *-------------------------------------------------------------------------
 */
#include "test.h"

#include <math.h>

#include "core/base/normal.h"

/* erfc(x / sqrt 2) / 2, of tables and of 50 digits */
static void
tails_are_the_published_ones(void **state)
{
	(void) state;
	assert_close(normal_tail(0), 0.5, 0);
	assert_close(normal_tail(1), 0.15865525393145705141, 4e-16);
	assert_close(normal_tail(1.959963984540054), 0.025000000000000005, 1e-14);
	assert_close(normal_tail(-3), 0.99865010196836990547, 4e-16);
	assert_close(normal_tail(10), 7.6198530241605260660e-24, 1e-14);
	assert_close(normal_tail(37), 5.7255712225245768e-300, 1e-12);
	assert_close(normal_density(0), 0.39894228040143267794, 4e-16);
	assert_close(normal_density(2), 0.053990966513188051949, 4e-16);
}

static void
scaled_tail_is_the_tail(void **state)
{
	(void) state;
	for (double x = 0; x <= 36; x += 0.125)
		assert_close(normal_scaled_tail(x) * exp(-x * x / 2), normal_tail(x), 1e-12);
	/* far out it goes as 1 / (x sqrt(2 pi)), less than that */
	for (double x = 1e3; x < 1e300; x *= 1e10)
		assert_close(normal_scaled_tail(x) * x, 0.39894228040143267794, 2 / (x * x) + 1e-15);
}

/* The parts of an interval sum to the whole; narrow ones are density times width. */
static void
between_adds_up(void **state)
{
	(void) state;
	for (double low = -9; low < 9; low += 0.37)
	{
		double		sum = 0;
		double		x = low;

		for (int k = 0; k < 50; k++, x += 0.02)
			sum += normal_between(x, x + 0.02);
		assert_close(sum, normal_between(low, x), 1e-11);
		assert_close(normal_between(low, low + 1e-9), normal_density(low) * 1e-9, 1e-7);
		assert_close(normal_between(-low - 1, -low), normal_between(low, low + 1), 1e-13);
	}
	assert_close(normal_between(-INFINITY, INFINITY), 1.0, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tails_are_the_published_ones),
		cmocka_unit_test(scaled_tail_is_the_tail),
		cmocka_unit_test(between_adds_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
