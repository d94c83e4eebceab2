/*-------------------------------------------------------------------------
 *
 * test/core/base/quadrature.c
 *	  Integrals against closed forms.
 *
 *-------------------------------------------------------------------------
 */
#include "test.h"

#include <math.h>

#include "core/base/quadrature.h"

static double
monomial(double x, const void *context)
{
	return pow(x, *(const int *) context);
}

static double
bell(double x, const void *context)
{
	return exp(-x * x / *(const double *) context);
}

static double
kinked(double x, const void *context)
{
	return fabs(x - *(const double *) context);
}

static void
polynomials_are_exact(void **state)
{
	(void) state;
	for (int power = 0; power < 20; power++)
	{
		double		edge[] = {0, 0.3, 2};
		double		want = pow(2, power + 1) / (power + 1);

		assert_true(fabs(quadrature(monomial, &power, edge, 3) - want) <= 1e-13 * want);
	}
}

/* Narrow bells are found by halving as long as an edge is near. */
static void
bells_are_found(void **state)
{
	(void) state;
	for (double variance = 1e-4; variance < 1e4; variance *= 10)
	{
		double		far = 8 * sqrt(variance);
		double		edge[] = {-far, 0, far};
		double		want = sqrt(acos(-1) * variance);

		assert_true(fabs(quadrature(bell, &variance, edge, 3) - want) <= 1e-12 * want);
	}
}

static void
edges_take_kinks(void **state)
{
	double		kink = 0.7;
	double		with[] = {0, 0.7, 2};

	(void) state;
	assert_true(fabs(quadrature(kinked, &kink, with, 3) - (0.49 + 1.69) / 2) <= 1e-15);
	/* empty pieces are nothing */
	assert_true(quadrature(kinked, &kink, (double[]) {1, 1}, 2) == 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(polynomials_are_exact),
		cmocka_unit_test(bells_are_found),
		cmocka_unit_test(edges_take_kinks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
