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

/* Table A.2 of many books; the last two of 30 digits */
static void
quantiles_are_the_published_ones(void **state)
{
	(void) state;
	assert_close(normal_quantile(0.975), 1.9599639845400542355, 4e-16);
	assert_close(normal_quantile(0.99), 2.3263478740408411009, 4e-16);
	assert_close(normal_quantile(0.25), -0.67448975019608174320, 4e-16);
	assert_close(normal_quantile(1e-12), -7.0344838253011319326, 8e-16);
	assert_close(normal_quantile(1e-300), -37.047096299361199237, 8e-16);
	assert_true(normal_quantile(0.5) == 0);
	assert_true(normal_quantile(0) == -INFINITY && normal_quantile(1) == INFINITY);
}

static void
quantile_undoes_the_tail(void **state)
{
	(void) state;
	for (double x = -37; x < 0; x += 0.01)
		assert_close(normal_quantile(normal_tail(-x)), x, 1e-14 + 2e-15 / fabs(x));
	for (double p = 1e-9; p < 0.5; p *= 1.1)
		assert_close(normal_quantile(1 - p), -normal_quantile(1 - (1 - p)), 0);
}

/* W. F. Sheppard's value at the middle, and two of which each follows from the other */
static void
two_variables(void **state)
{
	(void) state;
	for (double r = -0.999; r < 1; r += 0.0625)
	{
		assert_close(normal_both_below(0, 0, r), 0.25 + asin(r) / (2 * M_PI), 1e-12);
		for (double h = -4; h < 4; h += 0.75)
			for (double k = -4; k < 4; k += 0.875)
			{
				assert_close(normal_both_below(h, k, r), normal_both_below(k, h, r), 1e-11);
				assert_close(normal_both_below(h, k, r) + normal_both_below(h, -k, -r),
							 normal_tail(-h), 1e-11);
			}
	}
	assert_close(normal_both_below(-1, -2, 0), normal_tail(1) * normal_tail(2), 1e-15);
	assert_close(normal_both_below(-1, -2, 1), normal_tail(2), 1e-15);
	assert_close(normal_both_below(1, -0.5, -1), normal_between(0.5, 1), 1e-15);
	assert_true(normal_both_below(-1, -2, -1) == 0);
	assert_close(normal_both_below(-1, INFINITY, 0.5), normal_tail(1), 1e-15);
	assert_true(normal_both_below(-INFINITY, 1, 0.5) == 0);
	/* far out, to its own digits: of 40 digits */
	assert_close(normal_both_below(1.7580796278338657, -5.595184780263913, 0.7717582323440872),
				 1.1019346035415496e-8, 1e-13);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tails_are_the_published_ones),
		cmocka_unit_test(scaled_tail_is_the_tail),
		cmocka_unit_test(between_adds_up),
		cmocka_unit_test(quantiles_are_the_published_ones),
		cmocka_unit_test(quantile_undoes_the_tail),
		cmocka_unit_test(two_variables),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
