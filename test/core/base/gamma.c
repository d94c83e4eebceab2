/*-------------------------------------------------------------------------
 *
 * test/core/base/gamma.c
 *	  The gamma and beta laws against published values and their own laws.
 *
 *-------------------------------------------------------------------------
 */
#include "test.h"

#include <math.h>

#include "core/base/gamma.h"
#include "core/base/normal.h"

/* Of a shape that is whole: the chance of fewer events than that, a sum */
static void
whole_shapes_count_events(void **state)
{
	(void) state;
	for (int n = 1; n < 60; n++)
		for (double x = 0.01; x < 150; x *= 1.3)
		{
			long double term = expl(-(long double) x);
			long double sum = term;

			for (int k = 1; k < n; k++)
				sum += term *= (long double) x / k;
			assert_true(fabsl(gamma_above(n, x) - sum) <= 1e-13L * sum + 1e-15L);
		}
}

/* One degree of freedom is the square of a normal variable */
static void
half_is_the_normal_law(void **state)
{
	(void) state;
	for (double z = 0.01; z < 36; z += 0.1)
		assert_close(gamma_above(0.5, z * z / 2), 2 * normal_tail(z), 1e-11);
}

static void
quantiles_undo(void **state)
{
	(void) state;
	for (double shape = 0.1; shape < 1e6; shape *= 2.3)
		for (double p = 1e-12; p < 0.6; p *= 7)
		{
			assert_close(gamma_below(shape, gamma_quantile(shape, p)), p, 1e-10);
			assert_close(gamma_above(shape, gamma_upper_quantile(shape, p)), p, 1e-10);
		}
	/* from one way to the other */
	assert_close(gamma_quantile(0.999e7, 0.025) / 0.999e7, gamma_quantile(1.001e7, 0.025) / 1.001e7,
				 1e-6);
	assert_close(gamma_below(1.2e7, gamma_quantile(1.2e7, 1e-6)), 1e-6, 1e-8);
	assert_close(gamma_below(1.2e7, gamma_quantile(1.2e7, 0.4)), 0.4, 1e-9);
	assert_true(isfinite(gamma_upper_quantile(9e18, 1e-9)));
}

/* Tables of chi squared and of Student's t */
static void
tables(void **state)
{
	(void) state;
	assert_close(2 * gamma_upper_quantile(0.5, 0.05), 3.8414588206941260, 1e-13);
	assert_close(2 * gamma_upper_quantile(5, 0.01), 23.209251158954360, 1e-13);
	assert_close(2 * gamma_quantile(5, 0.025), 3.2469727802368411, 1e-13);
	assert_close(student_two_tails(12.706204736174706, 1), 0.05, 1e-13);
	assert_close(student_two_tails(2.2281388519862747, 10), 0.05, 1e-13);
	assert_close(student_two_tails(1.9623390808264085, 1000), 0.05, 1e-11);
	assert_true(student_two_tails(0, 7) == 1);
}

static void
beta_is_symmetric(void **state)
{
	(void) state;
	for (double a = 0.3; a < 200; a *= 1.7)
		for (double b = 0.3; b < 200; b *= 1.9)
			for (double x = 0.05; x < 1; x += 0.1)
				assert_true(fabs(beta_below(a, b, x) + beta_below(b, a, 1 - x) - 1) < 1e-12);
	assert_close(beta_below(2, 3, 0.4), 0.5248, 1e-13);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_shapes_count_events),
		cmocka_unit_test(half_is_the_normal_law),
		cmocka_unit_test(quantiles_undo),
		cmocka_unit_test(tables),
		cmocka_unit_test(beta_is_symmetric),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
