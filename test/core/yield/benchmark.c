/*
 * Unit tests of core/yield/benchmark.c and core/yield/sector.c: closed forms,
 * laws, and long double as an independent reference.
 */
#include "test.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "core/yield/benchmark.h"
#include "core/yield/sector.h"

#define DAY		INT64_C(86400000000)
#define ROWS	300

static double
mean_of(const ema_summary *s)
{
	double		result;

	assert_true(ema_summary_is_valid(s));
	assert_int_equal(ema_summary_mean(s, &result), CORE_OK);
	return result;
}

/* Rows in any order and any split, around the zero of time, against explicit weights. */
static void
average_over_time(void **state)
{
	uint64_t	seed = 41;

	(void) state;
	for (int round = 0; round < 200; round++)
	{
		int64_t		half_life = 1 + (int64_t) (next_random(&seed) % (uint64_t) (20 * DAY));
		int64_t		time[ROWS],
					last = INT64_MIN;
		double		value[ROWS];
		long double sum = 0,
					weights = 0;
		ema_summary whole,
					part[3];

		ema_summary_init(&whole, half_life);
		for (int k = 0; k < 3; k++)
			ema_summary_init(&part[k], half_life);
		for (int i = 0; i < ROWS; i++)
		{
			time[i] = (int64_t) (next_random(&seed) % (uint64_t) (60 * DAY)) - 30 * DAY;
			value[i] = next_fraction(&seed) - 0.2;
			last = time[i] > last ? time[i] : last;
			assert_int_equal(ema_summary_add(&whole, time[i], value[i]), CORE_OK);
		}
		for (int i = ROWS - 1; i >= 0; i--)
		{
			long double weight = exp2l((long double) (time[i] - last) / (long double) half_life);

			sum += weight * value[i];
			weights += weight;
			assert_int_equal(ema_summary_add(&part[i % 3], time[i], value[i]), CORE_OK);
		}
		assert_int_equal(ema_summary_merge(&part[1], &part[2]), CORE_OK);
		assert_int_equal(ema_summary_merge(&part[0], &part[1]), CORE_OK);
		assert_int_equal(part[0].num_values, ROWS);
		assert_true(fabsl(mean_of(&whole) - sum / weights) <= 1e-15L);
		assert_memory_equal(&part[0], &whole, sizeof(whole));
	}
}

static void
edges_of_averages(void **state)
{
	ema_summary s,
				other;

	(void) state;
	ema_summary_init(&s, 1);
	assert_int_equal(ema_summary_add(&s, INT64_MIN + 1, DBL_MAX / 4), CORE_OK);
	assert_int_equal(ema_summary_add(&s, INT64_MAX, 3), CORE_OK);
	assert_same(mean_of(&s), 3);
	assert_int_equal(ema_summary_add(&s, INT64_MIN + 1, DBL_MAX / 4), CORE_OK);
	assert_same(mean_of(&s), 3);

	ema_summary_init(&s, DAY);
	assert_int_equal(ema_summary_add(&s, 0, 4), CORE_OK);
	assert_int_equal(ema_summary_add(&s, -DAY, 1), CORE_OK);
	assert_same(mean_of(&s), 3);
	/* a product with the weight may be beyond a double, its mean is not */
	other = s;
	assert_int_equal(ema_summary_add(&other, DAY / 2, DBL_MAX), CORE_OK);
	assert_close(mean_of(&other), DBL_MAX * (M_SQRT2 / (M_SQRT2 + 1.5)), 1e-15);
	ema_summary_init(&other, DAY + 1);
	assert_int_equal(ema_summary_add(&other, 0, 4), CORE_OK);
	assert_int_equal(ema_summary_merge(&s, &other), CORE_BAD_PARAMETER);
	other = s;
	other.num_values = BINNED_MAX_TERMS;
	assert_int_equal(ema_summary_merge(&s, &other), CORE_OUT_OF_RANGE);
	other = s;
	other.weight = BINNED_EMPTY;
	assert_false(ema_summary_is_valid(&other));
	other = s;
	other.weighted.bin[0] = INT64_MAX;
	assert_false(ema_summary_is_valid(&other));
	other = s;
	other.weight.top = INT64_MAX;
	assert_false(ema_summary_is_valid(&other));
	other = s;
	other.half_life = 0;
	assert_false(ema_summary_is_valid(&other));
	assert_same(ema_next(4, 8, 0.25), 5);
	assert_same(ema_next(4, 8, 1), 8);
}

static int
compare(const void *a, const void *b)
{
	double		x = *(const double *) a;
	double		y = *(const double *) b;

	return (x > y) - (x < y);
}

static void
means_and_medians(void **state)
{
	uint64_t	seed = 42;

	(void) state;
	for (size_t n = 1; n < 200; n++)
	{
		double		values[200];
		weighted_value weighted[200];
		double		result,
					middle;

		for (size_t i = 0; i < n; i++)
			values[i] = next_fraction(&seed) - 0.3;
		qsort(values, n, sizeof(double), compare);
		for (size_t i = 0; i < n; i++)
			weighted[i] = (weighted_value) {values[i], 3};
		middle = (values[(n - 1) / 2] + values[n / 2]) / 2;
		assert_int_equal(weighted_median(weighted, n, &result), CORE_OK);
		assert_true(fabs(result - middle) <= 1e-17);
		/* all but the middle are cut */
		assert_int_equal(trimmed_mean(values, n, nextafter(0.5, 0), &result), CORE_OK);
		if (n % 2 == 1)
			assert_true(fabs(result - middle) <= 1e-17);
		/* a value with more than half of the weight is the median */
		weighted[n / 3].weight = 3.5 * (double) n;
		assert_int_equal(weighted_median(weighted, n, &result), CORE_OK);
		assert_same(result, values[n / 3]);
	}
}

static void
edges_of_samples(void **state)
{
	double		result;

	(void) state;
	assert_int_equal(trimmed_mean(NULL, 0, 0, &result), CORE_NULL);
	assert_int_equal(trimmed_mean((double[]) {DBL_MAX, DBL_MAX}, 2, 0, &result), CORE_OUT_OF_RANGE);
	assert_int_equal(trimmed_mean((double[]) {-9, 1, 2, 99}, 4, 0.25, &result), CORE_OK);
	assert_same(result, 1.5);
	assert_true(sample_median((weighted_value[]) {{7, 0}}, 1) == 7);
	assert_true(sample_median((weighted_value[]) {{1, 9}, {2, 0}, {4, 1}, {9, 1}}, 4) == 3);
	assert_true(sample_median((weighted_value[]) {{DBL_MAX / 2, 1}, {DBL_MAX, 1}}, 2) == DBL_MAX / 4 * 3);
	assert_true(sample_median((weighted_value[]) {{-DBL_MAX, 1}, {DBL_MAX, 1}}, 2) == 0);
	assert_true(sample_median((weighted_value[]) {{5e-324, 1}, {5e-324, 1}}, 2) == 5e-324);
	assert_int_equal(weighted_median(NULL, 0, &result), CORE_NULL);
	assert_int_equal(weighted_median((weighted_value[]) {{1, 0}, {2, 0}}, 2, &result), CORE_NULL);
	assert_int_equal(weighted_median((weighted_value[]) {{1, DBL_MAX}, {2, DBL_MAX}}, 2, &result), CORE_OUT_OF_RANGE);
	assert_int_equal(weighted_median((weighted_value[]) {{-DBL_MAX, 1}, {0, 0}, {DBL_MAX, 1}, {DBL_MAX, 0}}, 4, &result), CORE_OK);
	assert_same(result, 0);
	assert_int_equal(weighted_median((weighted_value[]) {{1, 0.1}, {2, 0.2}, {3, 0.3}}, 3, &result), CORE_OK);
	assert_true(result == 2 || result == 2.5 || result == 3);
}

static void
concentration(void **state)
{
	blend_summary s;
	double		result;

	(void) state;
	blend_summary_init(&s);
	assert_int_equal(sector_hhi(&s, &result), CORE_NULL);
	for (int n = 1; n <= 1000; n++)
	{
		assert_int_equal(blend_summary_add(&s, 0.1, 0.1), CORE_OK);
		assert_int_equal(sector_hhi(&s, &result), CORE_OK);
		assert_close(result, 1.0 / n, 1e-15);
	}
	blend_summary_init(&s);
	assert_int_equal(blend_summary_add(&s, 1e-300, 1e-300), CORE_OK);
	assert_int_equal(sector_hhi(&s, &result), CORE_OK);
	assert_same(result, 1);
	assert_int_equal(blend_summary_add(&s, DBL_MAX, DBL_MAX), CORE_OK);
	assert_int_equal(blend_summary_add(&s, DBL_MAX, DBL_MAX), CORE_OK);
	assert_int_equal(sector_hhi(&s, &result), CORE_OUT_OF_RANGE);
}

static void
growth(void **state)
{
	uint64_t	seed = 43;
	growth_parts p;

	(void) state;
	for (int i = 0; i < 50000; i++)
	{
		locked_value a = {i % 7 == 0 ? 0 : next_fraction(&seed), 1 + next_fraction(&seed), next_fraction(&seed) * 4000};
		locked_value b = {next_fraction(&seed), 1 + next_fraction(&seed), next_fraction(&seed) * 4000};
		double		change = b.units * b.rate * b.price - a.units * a.rate * a.price;

		assert_int_equal(sector_growth(&a, &b, &p), CORE_OK);
		assert_same(p.price + p.accrual + p.flow, p.total);
		assert_true(fabs(p.total - change) <= 1e-11);
		b.rate = a.rate;
		b.price = a.price;
		assert_int_equal(sector_growth(&a, &b, &p), CORE_OK);
		assert_true(p.price == 0 && p.accrual == 0 && p.flow == p.total);
	}
	assert_int_equal(sector_growth(&(locked_value) {DBL_MAX, 1, 1}, &(locked_value) {1, DBL_MAX, 1}, &p), CORE_OUT_OF_RANGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(average_over_time),
		cmocka_unit_test(edges_of_averages),
		cmocka_unit_test(means_and_medians),
		cmocka_unit_test(edges_of_samples),
		cmocka_unit_test(concentration),
		cmocka_unit_test(growth),
	};

	return cmocka_run_group_tests_name("yield_benchmark", tests, NULL, NULL);
}
