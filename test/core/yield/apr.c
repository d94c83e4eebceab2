/*
 * Unit tests of core/yield/apr.c and core/base/dd.h: closed forms, laws, and long
 * double as an independent reference.
 */
#include "test.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "core/yield/apr.h"

#define DAY		INT64_C(86400000000)
#define ROWS	1000

static double
apr(double rate0, double rate1, int64_t time0, int64_t time1)
{
	double		result;

	assert_int_equal(yield_apr(rate0, rate1, time0, time1, 365, &result), CORE_OK);
	return result;
}

static double
apy(double rate0, double rate1, int64_t time0, int64_t time1)
{
	double		result;

	assert_int_equal(yield_apy(rate0, rate1, time0, time1, 365, &result), CORE_OK);
	return result;
}

static void
known_yields(void **state)
{
	(void) state;
	assert_same(apr(1, 1.5, 0, 365 * DAY), 0.5);
	assert_same(apr(2, 1, 0, 365 * DAY), -0.5);
	assert_same(apr(1, 1, 0, 1), 0);
	assert_close(apr(1000, 1500, 0, 365 * DAY / 2), 1.0, 1e-15);
	assert_close(apy(1, 1.1, 0, 365 * DAY / 2), 0.21, 1e-14);
	assert_close(apy(1, 4, 0, 2 * 365 * DAY), 1.0, 1e-14);
	assert_close(apy(4, 1, 0, 2 * 365 * DAY), -0.5, 1e-14);
}

/* A change that is known better than the difference of two doubles. */
static void
change_is_taken_as_given(void **state)
{
	double		result;

	(void) state;
	assert_int_equal(yield_apr_of_change(1e18, 1e18, 1, 0, 365 * DAY, 365, &result), CORE_OK);
	assert_same(result, 1e-18);
	assert_int_equal(yield_apy_of_change(1e18, 1e18, -1, 0, 365 * DAY / 2, 365, &result), CORE_OK);
	assert_close(result, -2e-18, 1e-15);
	assert_int_equal(yield_apr_of_change(1, 2, 1, DAY, DAY, 365, &result), CORE_NULL);
	assert_int_equal(yield_apy_of_change(1, 2, 1, DAY, 0, 365, &result), CORE_BAD_PARAMETER);
}

/* The year may be any number of days, and the yield is in proportion to it. */
static void
year_is_an_argument(void **state)
{
	double		result;

	(void) state;
	assert_int_equal(yield_apr(1, 2, 0, DAY, 1, &result), CORE_OK);
	assert_same(result, 1);
	assert_int_equal(yield_apr(1, 2, 0, DAY, 360, &result), CORE_OK);
	assert_same(result, 360);
}

static void
spans_without_an_answer(void **state)
{
	double		result;

	(void) state;
	assert_int_equal(yield_apr(1, 2, 5, 5, 365, &result), CORE_NULL);
	assert_int_equal(yield_apy(1, 2, 5, 5, 365, &result), CORE_NULL);
	assert_int_equal(yield_apr(1, 2, 5, 4, 365, &result), CORE_BAD_PARAMETER);
	assert_int_equal(yield_apy(1, 2, 5, 4, 365, &result), CORE_BAD_PARAMETER);
	assert_int_equal(yield_apr(DBL_MIN, DBL_MAX, 0, 1, 365, &result), CORE_NULL);
	assert_int_equal(yield_apy(1, 1.1, 0, 1, 365, &result), CORE_NULL);
	/* wider than an int64 holds */
	assert_int_equal(yield_apr(1, 2, INT64_MIN, INT64_MAX, 365, &result), CORE_OK);
	assert_true(result > 0);
}

static void
apy_agrees_with_long_double(void **state)
{
	uint64_t	seed = 3;

	(void) state;
	for (int i = 0; i < 100000; i++)
	{
		double		rate0 = exp(10 * next_fraction(&seed) - 5);
		double		rate1 = rate0 * exp((next_fraction(&seed) - 0.5) * (i % 3 == 0 ? 4 : 1e-3));
		int64_t		span = 30 * DAY + (int64_t) (next_fraction(&seed) * 1000 * (double) DAY);
		long double years = 365.0L * DAY / (long double) span;
		long double exact = expm1l(log1pl(((long double) rate1 - rate0) / rate0) * years);

		assert_true(fabsl(apy(rate0, rate1, 0, span) - exact) <= 1e-13L * fabsl(exact));
	}
}

static void
compounding_goes_both_ways(void **state)
{
	const double periods[] = {1, 2, 12, 365, 0.5, 31536000, INFINITY};
	double		there,
				back;

	(void) state;
	for (size_t i = 0; i < sizeof(periods) / sizeof(periods[0]); i++)
	{
		for (double x = -0.4; x < 2; x += 0.03)
		{
			assert_int_equal(yield_apr_to_apy(x, periods[i], &there), CORE_OK);
			assert_int_equal(yield_apy_to_apr(there, periods[i], &back), CORE_OK);
			assert_true(fabs(back - x) <= 1e-13);
		}
	}
	assert_int_equal(yield_apr_to_apy(-2, 2, &there), CORE_OK);
	assert_same(there, -1);
	assert_int_equal(yield_apy_to_apr(-1, 2, &back), CORE_OK);
	assert_same(back, -2);
	assert_int_equal(yield_apr_to_apy(-2.5, 2, &there), CORE_NULL);
	assert_int_equal(yield_apy_to_apr(-1.5, 2, &back), CORE_NULL);
	assert_int_equal(yield_apy_to_apr(-1, INFINITY, &back), CORE_NULL);
	assert_int_equal(yield_apr_to_apy(1000, INFINITY, &there), CORE_OUT_OF_RANGE);
}

/* TwoSum and TwoProduct lose nothing: checked with 64 bits of mantissa. */
static void
steps_are_free_of_error(void **state)
{
	uint64_t	seed = 4;

	(void) state;
	for (int i = 0; i < 100000; i++)
	{
		double		a = ldexp(next_fraction(&seed) - 0.5, (int) (next_random(&seed) % 60));
		double		b = ldexp(next_fraction(&seed) - 0.5, (int) (next_random(&seed) % 60));
		dd			s = dd_two_sum(a, b);
		dd			p = dd_two_product(a, b);

		assert_same(s.hi, a + b);
		assert_same(p.hi, a * b);
		assert_same(p.lo, fma(a, b, -p.hi));
		/* the sum read back the other way round has the same error */
		assert_same(s.lo, dd_two_sum(b, a).lo);
		if (fabs(a) > fabs(b))
			assert_same(s.lo, b - (s.hi - a));
	}
	assert_same(dd_two_product(1e300, 1e-300).lo, fma(1e300, 1e-300, -(1e300 * 1e-300)));
}

/*
 * Any order and any split give the same summary to the last byte, also when the
 * yields cancel to a millionth of their size and the weights differ by twelve
 * orders.
 */
static void
blend_does_not_depend_on_order(void **state)
{
	static double apr_of[ROWS],
				weight_of[ROWS];
	uint64_t	seed = 5;
	blend_summary expected;

	(void) state;
	for (int i = 0; i < ROWS; i++)
	{
		apr_of[i] = i % 2 ? -apr_of[i - 1] * (1 + 1e-6) : next_fraction(&seed);
		weight_of[i] = i % 2 ? weight_of[i - 1] : exp(28 * next_fraction(&seed));
	}
	for (int round = 0; round < 50; round++)
	{
		blend_summary part[3];

		for (int i = ROWS - 1; i > 0; i--)
		{
			int			j = (int) (next_random(&seed) % (unsigned) (i + 1));
			double		swap = apr_of[i];

			apr_of[i] = apr_of[j];
			apr_of[j] = swap;
			swap = weight_of[i];
			weight_of[i] = weight_of[j];
			weight_of[j] = swap;
		}
		for (int k = 0; k < 3; k++)
			blend_summary_init(&part[k]);
		for (int i = 0; i < ROWS; i++)
			assert_int_equal(blend_summary_add(&part[next_random(&seed) % 3],
											   apr_of[i], weight_of[i]), CORE_OK);
		assert_int_equal(blend_summary_merge(&part[1], &part[2]), CORE_OK);
		assert_int_equal(blend_summary_merge(&part[0], &part[1]), CORE_OK);
		assert_true(blend_summary_is_valid(&part[0]));
		assert_int_equal(part[0].num_aprs, ROWS);
		if (round == 0)
			expected = part[0];
		assert_memory_equal(&part[0], &expected, sizeof(expected));
	}
}

static void
edges_of_blends(void **state)
{
	blend_summary s,
				other;
	double		result;

	(void) state;
	blend_summary_init(&s);
	assert_int_equal(blend_summary_apr(&s, &result), CORE_NULL);
	assert_int_equal(blend_summary_add(&s, 0.5, 0), CORE_OK);
	assert_true(blend_summary_is_valid(&s));
	assert_int_equal(blend_summary_apr(&s, &result), CORE_NULL);
	assert_int_equal(blend_summary_add(&s, 0.25, 1e-300), CORE_OK);
	assert_int_equal(blend_summary_apr(&s, &result), CORE_OK);
	assert_same(result, 0.25);

	blend_summary_init(&s);
	assert_int_equal(blend_summary_add(&s, 1e10, DBL_MAX), CORE_OK);
	assert_int_equal(blend_summary_apr(&s, &result), CORE_OK);
	assert_same(result, 1e10);
	assert_int_equal(blend_summary_add(&s, DBL_MAX, 1), CORE_OK);
	assert_true(blend_summary_is_valid(&s));
	blend_summary_init(&s);
	assert_int_equal(blend_summary_add(&s, 0.5, DBL_MAX), CORE_OK);
	assert_int_equal(blend_summary_apr(&s, &result), CORE_OK);
	assert_close(result, 0.5, 1e-15);
	other = s;
	/* sums may be beyond a double, for a while or in the end */
	assert_int_equal(blend_summary_merge(&s, &other), CORE_OK);
	assert_true(blend_summary_is_valid(&s));
	assert_int_equal(blend_summary_apr(&s, &result), CORE_OK);
	assert_close(result, 0.5, 1e-15);
	assert_int_equal(blend_summary_weight(&s, &result), CORE_OUT_OF_RANGE);
	other.num_aprs = BINNED_MAX_TERMS;
	assert_true(blend_summary_is_valid(&other));
	assert_int_equal(blend_summary_merge(&s, &other), CORE_OUT_OF_RANGE);
	assert_int_equal(blend_summary_add(&other, 1, 1), CORE_OUT_OF_RANGE);
	assert_int_equal(s.num_aprs, 2);

	other.num_aprs++;
	assert_false(blend_summary_is_valid(&other));
	other.num_aprs = 0;
	assert_false(blend_summary_is_valid(&other));
	other = s;
	other.weight = BINNED_EMPTY;	/* yield without weight */
	assert_false(blend_summary_is_valid(&other));
	other = s;
	other.weight.bin[0] = -other.weight.bin[0];
	assert_false(blend_summary_is_valid(&other));
	other = s;
	other.weighted.bin[0] = INT64_MAX;
	assert_false(blend_summary_is_valid(&other));
	other = s;
	other.weighted.top = INT64_MAX;
	assert_false(blend_summary_is_valid(&other));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_yields),
		cmocka_unit_test(change_is_taken_as_given),
		cmocka_unit_test(year_is_an_argument),
		cmocka_unit_test(spans_without_an_answer),
		cmocka_unit_test(apy_agrees_with_long_double),
		cmocka_unit_test(compounding_goes_both_ways),
		cmocka_unit_test(steps_are_free_of_error),
		cmocka_unit_test(blend_does_not_depend_on_order),
		cmocka_unit_test(edges_of_blends),
	};

	return cmocka_run_group_tests_name("yield", tests, NULL, NULL);
}
