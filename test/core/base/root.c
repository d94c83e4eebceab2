/*-------------------------------------------------------------------------
 *
 * test/core/base/root.c
 *	  Roots of functions whose slope is known, also where Newton's method alone fails.
 *
 *-------------------------------------------------------------------------
 */
#include "test.h"

#include <math.h>

#include "core/base/root.h"

static int	calls;

static double
power_less(double x, double *slope, const void *context)
{
	calls++;
	*slope = 3 * x * x;
	return x * x * x - *(const double *) context;
}

/* From most guesses Newton's method alone runs away from this one's root. */
static double
arc(double x, double *slope, const void *context)
{
	double		at = x - *(const double *) context;

	calls++;
	*slope = 1 / (1 + at * at);
	return atan(at);
}

static double
falling(double x, double *slope, const void *context)
{
	(void) context;
	calls++;
	*slope = -exp(-x);
	return exp(-x) - 0.125;
}

static void
cube_roots(void **state)
{
	(void) state;
	for (double cube = 1e-12; cube < 1e12; cube *= 7)
	{
		double		want = cbrt(cube);

		calls = 0;
		assert_true(fabs(root_between(power_less, &cube, 0, 1e5, true, 1) - want) <= 1e-15 * want);
		assert_true(calls < 100);
	}
}

static void
wild_guesses(void **state)
{
	(void) state;
	for (double at = -900; at < 1000; at += 123.456)
	{
		calls = 0;
		/* a guess outside of the bracket is none */
		assert_true(fabs(root_between(arc, &at, -1000, 1000, true, 1e9) - at) <= 4e-16 * fabs(at));
		assert_true(fabs(root_between(arc, &at, -1000, 1000, true, NAN) - at) <= 4e-16 * fabs(at));
		assert_true(calls < 200);
	}
}

static void
falling_functions(void **state)
{
	(void) state;
	calls = 0;
	assert_true(fabs(root_between(falling, NULL, 0, 700, false, 600) - log(8)) <= 1e-15);
	assert_true(calls < 100);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cube_roots),
		cmocka_unit_test(wild_guesses),
		cmocka_unit_test(falling_functions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
