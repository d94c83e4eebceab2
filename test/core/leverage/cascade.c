/*
 * Unit tests of core/leverage/cascade.c: depth curves, single liquidations,
 * and what a cascade keeps.
 */
#include "test.h"

#include <math.h>

#include "core/leverage/cascade.h"

#define ACCOUNTS	300

static uint64_t seed;

static double
uniform(double from, double to)
{
	return from + (to - from) * next_fraction(&seed);
}

static void
depth_curves(void **state)
{
	const double amounts[] = {10, 20, 40};
	const double impacts[] = {0.1, 0.1, 0.5};
	const cascade_depth curve = {amounts, impacts, 3, 0, NULL};
	const cascade_depth pool = {NULL, NULL, 0, 100, NULL};

	(void) state;
	assert_same(cascade_price(&curve, 0), 1);
	assert_same(cascade_price(&curve, 5), 0.95);
	assert_same(cascade_price(&curve, 10), 0.9);
	assert_same(cascade_price(&curve, 15), 0.9);
	assert_close(cascade_price(&curve, 30), 0.7, 1e-15);
	assert_close(cascade_price(&curve, 50), 0.3, 1e-15);
	assert_same(cascade_price(&curve, 1000), 0);
	assert_same(cascade_price(&pool, 0), 1);
	assert_same(cascade_price(&pool, 100), 0.25);
}

static void
single_liquidations(void **state)
{
	double		collateral[] = {100, 100, 100, 0, 100};
	const double threshold[] = {0.8, 0.8, 0.9, 0, 0.8};
	double		debt[] = {80, 81, 99, 5, 0};
	cascade_book book = {collateral, threshold, debt, 5, 0.25, 0.5};
	cascade_round round = {0};

	(void) state;
	cascade_liquidate(&book, 0, 5, 1, &round);
	/* the first is safe, the next two repay half, the fourth has nothing, the fifth no debt */
	assert_int_equal(round.num_accounts, 3);
	assert_same(debt[0], 80);
	assert_same(collateral[1], 100 - 40.5 * 1.25);
	assert_same(debt[1], 40.5);
	assert_same(collateral[2], 100 - 49.5 * 1.25);
	assert_same(debt[3], 0);
	assert_same(round.repaid.hi, 90);
	assert_same(round.seized.hi, 112.5);
	assert_same(round.sold.hi, 112.5);
	assert_same(round.bad_debt.hi, 5);
	/* and at half the price what is left of the third is all seized */
	round = (cascade_round) {0};
	cascade_liquidate(&book, 2, 3, 0.5, &round);
	assert_same(collateral[2], 0);
	assert_same(debt[2], 0);
	assert_same(round.seized.hi, (100 - 49.5 * 1.25) / 2);
	assert_same(round.bad_debt.hi, 49.5 - (100 - 49.5 * 1.25) / 2 / 1.25);
}

/* Debt is repaid, lost or still owed; collateral is sold or still there. */
static void
nothing_is_lost(void **state)
{
	const double amounts[] = {1000, 5000};
	const double impacts[] = {0.02, 0.2};
	const cascade_depth curve = {amounts, impacts, 2, 0, NULL};

	(void) state;
	for (int run = 0; run < 100; run++)
	{
		double		c[ACCOUNTS],
					t[ACCOUNTS],
					d[ACCOUNTS];
		double		collateral = 0,
					debt = 0,
					sold = 0,
					repaid = 0,
					bad = 0,
					price = 0.9;
		cascade_book book = {c, t, d, ACCOUNTS, run % 3 * 0.05, run % 2 ? 1 : 0.5};

		seed = run;
		for (int i = 0; i < ACCOUNTS; i++)
		{
			c[i] = uniform(0, 100);
			t[i] = uniform(0.5, 0.93);
			d[i] = c[i] * t[i] * uniform(0, 1);
			collateral += c[i];
			debt += d[i];
		}
		for (int n = 0; n < 200; n++)
		{
			cascade_round round = {0};

			cascade_liquidate(&book, 0, ACCOUNTS, price, &round);
			if (round.num_accounts == 0)
				break;
			assert_true(n < 199);
			sold += round.sold.hi;
			repaid += round.repaid.hi;
			bad += round.bad_debt.hi;
			assert_true(0.9 * cascade_price(&curve, sold) <= price);
			price = 0.9 * cascade_price(&curve, sold);
		}
		for (int i = 0; i < ACCOUNTS; i++)
		{
			assert_true(c[i] >= 0 && d[i] >= 0);
			assert_false(c[i] * price * t[i] < d[i]);
			collateral -= c[i];
			debt -= d[i];
		}
		assert_close(sold, collateral, 1e-10);
		assert_close(repaid + bad, debt, 1e-10);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(depth_curves),
		cmocka_unit_test(single_liquidations),
		cmocka_unit_test(nothing_is_lost),
	};

	return cmocka_run_group_tests_name("leverage_cascade", tests, NULL, NULL);
}
