/*-------------------------------------------------------------------------
 *
 * test/core/risk/slashing.c
 *	  Losses of many that fail together: against sums over all outcomes.
 *
 *-------------------------------------------------------------------------
 */
#include "test.h"

#include <math.h>

#include "core/base/normal.h"
#include "core/base/rank.h"
#include "core/base/splitmix.h"
#include "core/risk/slashing.h"

/* Of Steele, Lea and Flood's own program */
static void
numbers_are_the_published_ones(void **state)
{
	(void) state;
	assert_true(splitmix(0, 0) == UINT64_C(0xE220A8397B1DCDAF));
	assert_true(splitmix(0, 1) == UINT64_C(0x6E789E6AA1B965F4));
	assert_true(splitmix(1234567, 0) == UINT64_C(6457827717110365317));
	assert_true(splitmix(1234567, 1) == UINT64_C(3203168211198807973));
	for (uint64_t k = 0; k < 100000; k++)
		assert_true(splitmix_uniform(k * k, k) > 0 && splitmix_uniform(k * k, k) < 1);
}

static void
ranks_forgive_a_product(void **state)
{
	(void) state;
	assert_true(rank_down((1 - 0.9) * 20) == 2 && rank_up(0.55 * 100) == 55);
	assert_true(rank_down(2.5) == 2 && rank_up(2.5) == 3 && rank_up(0) == 0);
}

/* Operators of 1, 2, 4, ... units: each outcome is a loss of its own */
static void
law_is_that_of_all_outcomes(void **state)
{
	const double probability[] = {0.02, 0.5, 0.3, 0.999, 0};
	const int64_t units[] = {1, 2, 4, 8, 16};
	double		quantile[5];

	(void) state;
	for (int i = 0; i < 5; i++)
		quantile[i] = normal_quantile(probability[i]);
	for (double r = 0; r < 1; r += 0.0999)
	{
		slashing_book book = {units, quantile, 5, r, NULL};
		double		chance[32] = {0};
		double		work[32];
		double		expected[32] = {0};
		double		step = 1.0 / 256;

		slashing_law(&book, chance, work);
		/* the same integral, by far more steps, over all outcomes */
		for (double m = -10; m < 10; m += step)
			for (int outcome = 0; outcome < 32; outcome++)
			{
				double		p = step * normal_density(m);

				for (int i = 0; i < 5; i++)
				{
					double		z = (quantile[i] - sqrt(r) * m) / sqrt(1 - r);

					p *= outcome >> i & 1 ? normal_tail(-z) : normal_tail(z);
				}
				expected[outcome] += p;
			}
		for (int i = 0; i < 32; i++)
			assert_true(fabs(chance[i] - expected[i]) <= 1e-14 + 1e-11 * expected[i]);
	}
}

static void
nobody_and_nothing(void **state)
{
	slashing_book book = {NULL, NULL, 0, 0.5, NULL};
	double		chance[1] = {0};
	double		work[1];

	(void) state;
	slashing_law(&book, chance, work);
	assert_close(chance[0], 1.0, 1e-14);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_the_published_ones),
		cmocka_unit_test(ranks_forgive_a_product),
		cmocka_unit_test(law_is_that_of_all_outcomes),
		cmocka_unit_test(nobody_and_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
