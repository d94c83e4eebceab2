/*-------------------------------------------------------------------------
 *
 * test/core/derivative/implied.c
 *	  Implied volatility takes every price back.
 *
 *-------------------------------------------------------------------------
 */
#include "test.h"

#include <float.h>
#include <math.h>

#include "core/derivative/implied.h"

#define STEPS	100

static double
in_proportion(double low, double high, int step)
{
	return low * pow(high / low, step / (double) (STEPS - 1));
}

/* By which part of it the volatility moves with one unit in the last place of a price. */
static double
move_of_last_place(const option_terms *o, double price)
{
	option_greeks g;

	assert_int_equal(option_greeks_of(o, &g), CORE_OK);
	return (nextafter(price, INFINITY) - price) / (g.vega * o->volatility);
}

static void
check_option(const option_terms *o, long *found)
{
	double		price,
				volatility,
				move;
	core_status status;

	assert_int_equal(option_price(o, &price), CORE_OK);
	move = move_of_last_place(o, price);
	status = implied_volatility(o, price, &volatility);
	if (status == CORE_OK)
	{
		++*found;
		assert_true(fabs(volatility / o->volatility - 1) <= 4 * move + 16 * DBL_EPSILON);
	}
	else
		/* a price that underflows to nothing has none */
		assert_true(status == CORE_NULL && (price == 0 || !(move < 0.0099)));
}

/* Spot 1 to 10,000 with a strike of 100, an hour to 30 years, volatility 1 % to 1000 %; calls and puts */
static void
every_price_comes_back(void **state)
{
	long		found = 0;

	(void) state;
	for (int i = 0; i < STEPS; i++)
		for (int j = 0; j < STEPS; j++)
			for (int k = 0; k < STEPS; k++)
			{
				option_terms o = {(i + j + k) % 2 == 0, in_proportion(1, 1e4, i), 100,
					in_proportion(1e-4, 31.6, j), in_proportion(0.01, 10, k), 0, 0};

				check_option(&o, &found);
			}
	assert_true(found > 400000);
}

/* With rates the discounted amounts are rounded, which a price feels as some of its own size. */
static void
also_with_rates(void **state)
{
	uint64_t	seed = 5;

	(void) state;
	for (int i = 0; i < 100000; i++)
	{
		option_terms o = {next_fraction(&seed) < 0.5, 100 * exp(2 * next_fraction(&seed) - 1), 100,
			0.003 + 3 * next_fraction(&seed), 0.05 + next_fraction(&seed),
			0.3 * next_fraction(&seed) - 0.1, 0.3 * next_fraction(&seed) - 0.1};
		option_greeks g;
		double		volatility;

		assert_int_equal(option_greeks_of(&o, &g), CORE_OK);
		if (g.vega * o.volatility < 1e-9)
			continue;
		assert_int_equal(implied_volatility(&o, g.price, &volatility), CORE_OK);
		assert_true(fabs(volatility - o.volatility) * g.vega <= 8 * DBL_EPSILON * (o.spot + o.strike) * 2);
	}
}

static void
no_volatility(void **state)
{
	option_terms call = {true, 100, 95, 1, 0, 0, 0};
	option_terms put = {false, 100, 95, 1, 0, 0.05, 0};
	double		v;

	(void) state;
	assert_int_equal(implied_volatility(&call, 0, &v), CORE_NULL);
	assert_int_equal(implied_volatility(&call, 5, &v), CORE_NULL);
	assert_int_equal(implied_volatility(&call, nextafter(5, 0), &v), CORE_NULL);
	assert_int_equal(implied_volatility(&call, 100, &v), CORE_NULL);
	assert_int_equal(implied_volatility(&call, 1e308, &v), CORE_NULL);
	assert_int_equal(implied_volatility(&put, 95 * exp(-0.05), &v), CORE_NULL);
	assert_int_equal(implied_volatility(&put, 1e-30, &v), CORE_OK);
	call.years = 0;
	assert_int_equal(implied_volatility(&call, 7, &v), CORE_NULL);
	/* at the money in closed form */
	call = (option_terms) {true, 100, 100, 4, 0, 0, 0};
	assert_int_equal(implied_volatility(&call, 68.26894921370859, &v), CORE_OK);
	assert_close(v, 1.0, 1e-14);
	/* in coin */
	assert_int_equal(inverse_implied_volatility(&call, 0.6826894921370859, &v), CORE_OK);
	assert_close(v, 1.0, 1e-14);
	assert_int_equal(inverse_implied_volatility(&call, DBL_MAX, &v), CORE_NULL);
}

/* Whatever it is given, it ends, with a number or none. */
static void
hostile(void **state)
{
	static const double size[] = {5e-324, 1e-300, 1e-100, 1e-9, 1, 1 + 1e-15, 1e9, 1e100, 1e300, DBL_MAX};
	int			n = sizeof(size) / sizeof(size[0]);

	(void) state;
	for (int i = 0; i < n * n * n * n; i++)
	{
		option_terms o = {i % 2, size[i % n], size[i / n % n], size[i / n / n % n], 0, 0, 0};
		double		v = 0;

		if (implied_volatility(&o, size[i / n / n / n], &v) == CORE_OK)
			assert_true(v > 0 && v <= DBL_MAX);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_price_comes_back),
		cmocka_unit_test(also_with_rates),
		cmocka_unit_test(no_volatility),
		cmocka_unit_test(hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
