/*-------------------------------------------------------------------------
 *
 * test/core/derivative/option.c
 *	  European options against the formulas in long double, and their laws.
 *
 *-------------------------------------------------------------------------
 */
#include "test.h"

#include <float.h>
#include <math.h>

#include "core/base/quadrature.h"
#include "core/derivative/option.h"
#include "core/derivative/option_income.h"

#define ROUNDS	20000

static uint64_t seed = 1;

static option_terms
random_option(void)
{
	option_terms o;

	o.call = next_fraction(&seed) < 0.5;
	o.strike = 100;
	o.spot = 100 * exp(4 * next_fraction(&seed) - 2);
	o.years = 0.001 + 5 * next_fraction(&seed) * next_fraction(&seed);
	o.volatility = exp(5 * next_fraction(&seed) - 4);
	o.rate = 0.3 * next_fraction(&seed) - 0.1;
	o.yield = 0.2 * next_fraction(&seed) - 0.05;
	return o;
}

static long double
tail_of(long double x)
{
	return erfcl(x / sqrtl(2)) / 2;
}

static long double
exact_price(const option_terms *o)
{
	long double asset = o->spot * expl(-(long double) o->yield * o->years);
	long double cash = o->strike * expl(-(long double) o->rate * o->years);
	long double deviation = o->volatility * sqrtl(o->years);
	long double d1 = (logl((long double) o->spot / o->strike) +
					  ((long double) o->rate - o->yield) * o->years) / deviation + deviation / 2;

	return o->call ? asset * tail_of(-d1) - cash * tail_of(deviation - d1) :
		cash * tail_of(d1 - deviation) - asset * tail_of(d1);
}

static void
prices_are_those_of_the_formula(void **state)
{
	(void) state;
	for (int i = 0; i < ROUNDS; i++)
	{
		option_terms o = random_option();
		double		price;

		assert_int_equal(option_price(&o, &price), CORE_OK);
		assert_true(fabsl(price - exact_price(&o)) <= 4e-16L * (o.spot + o.strike) * (1 + o.years));
		assert_true(price >= 0);
	}
}

/* The integral that the value out of the money is, none of whose terms cancel */
typedef struct tail_context
{
	double		tail;
	double		half;
} tail_context;

static double
tail_integrand(double u, const void *context)
{
	const tail_context *c = context;

	return exp(-c->tail * u - u * u / 2) * 2 * sinh(c->half * u);
}

/* Digits of small prices, and no step where one way to compute them takes over from another. */
static void
small_prices_have_their_digits(void **state)
{
	(void) state;
	for (double tail = 0; tail < 36; tail += 0.0817)
		for (double half = 1e-3; half < 0.7; half *= 1.7)
		{
			tail_context c = {tail, half};
			double		scale = 1 / (1 + tail - half);
			double		edge[] = {0, scale, 2 * scale, 4 * scale, 8 * scale, 16 * scale, 40 * scale};

			assert_close(black_far_ratio(2 * tail * half, 2 * half),
						 quadrature(tail_integrand, &c, edge, 7), 3e-12);
		}
}

static void
least_prices_are_denormal(void **state)
{
	option_terms o = {true, 100, 260, 1, 0.025, 0, 0};
	double		price;

	(void) state;
	assert_int_equal(option_price(&o, &price), CORE_OK);
	assert_true(price > 0 && price < DBL_MIN);
}

static double
differentiated(const option_terms *o, size_t field, double step)
{
	option_terms more = *o;
	option_terms less = *o;
	double		high,
				low;

	*(double *) ((char *) &more + field) += step;
	*(double *) ((char *) &less + field) -= step;
	assert_int_equal(option_price(&more, &high), CORE_OK);
	assert_int_equal(option_price(&less, &low), CORE_OK);
	return (high - low) / (2 * step);
}

static void
greeks_are_differentiated_prices(void **state)
{
	(void) state;
	for (int i = 0; i < ROUNDS; i++)
	{
		option_terms o = random_option();
		option_greeks g;

		if (o.volatility < 0.1 || o.years < 0.05)
			continue;
		assert_int_equal(option_greeks_of(&o, &g), CORE_OK);
		assert_true(fabs(g.delta - differentiated(&o, offsetof(option_terms, spot), 1e-3)) < 1e-7);
		assert_true(fabs(g.vega - differentiated(&o, offsetof(option_terms, volatility), 1e-5)) < 1e-4);
		assert_true(fabs(g.theta + differentiated(&o, offsetof(option_terms, years), 1e-5)) <
					1e-4 * (1 + fabs(g.theta)));
		assert_true(fabs(g.rho - differentiated(&o, offsetof(option_terms, rate), 1e-5)) < 1e-4);
		assert_true(fabs(g.yield_rho - differentiated(&o, offsetof(option_terms, yield), 1e-5)) < 1e-3);
		assert_true(fabs(g.dual_delta - differentiated(&o, offsetof(option_terms, strike), 1e-3)) < 1e-7);
	}
}

/* A digital is the slope of calls over strikes; a touch that pays at expiry is two digitals without drift. */
static void
digitals_and_touches(void **state)
{
	(void) state;
	for (int i = 0; i < ROUNDS; i++)
	{
		option_terms o = random_option();
		option_greeks g;
		double		digital,
					touch;

		assert_int_equal(option_greeks_of(&o, &g), CORE_OK);
		assert_int_equal(digital_price(&o, &digital), CORE_OK);
		assert_true(fabs(digital - fabs(g.dual_delta)) <= 4e-16 * (1 + digital));
		o.yield = o.rate - o.volatility * o.volatility / 2;
		o.call = o.spot < o.strike;
		assert_int_equal(digital_price(&o, &digital), CORE_OK);
		assert_int_equal(touch_price(&o, true, &touch), CORE_OK);
		assert_true(fabs(touch - 2 * digital) <= 1e-13 * (1 + digital));
	}
}

/* The volatility goes to nothing, or is none: a touch is certain, or impossible, without a step. */
static void
touches_without_chance(void **state)
{
	(void) state;
	for (double volatility = 1e-2; volatility > 1e-9; volatility /= 10)
	{
		option_terms o = {true, 100, 105, 1, volatility, 0.1, 0};
		option_terms none = o;
		double		some,
					certain;

		none.volatility = 0;
		assert_int_equal(touch_price(&o, false, &some), CORE_OK);
		assert_int_equal(touch_price(&none, false, &certain), CORE_OK);
		assert_close(certain, 100.0 / 105, 1e-14);
		assert_true(fabs(some - certain) <= volatility * volatility + 1e-8);
		o.strike = none.strike = 95;
		assert_int_equal(touch_price(&o, false, &some), CORE_OK);
		assert_int_equal(touch_price(&none, false, &certain), CORE_OK);
		assert_true(certain == 0 && some < 1e-3);
	}
}

static void
strikes_have_their_delta(void **state)
{
	(void) state;
	for (int i = 0; i < ROUNDS; i++)
	{
		option_terms o = random_option();
		option_greeks g;
		double		strike;

		assert_int_equal(option_greeks_of(&o, &g), CORE_OK);
		if (fabs(g.delta) < 1e-6 || g.itm_probability > 0.999)
			continue;
		assert_int_equal(strike_at_delta(&o, g.delta, &strike), CORE_OK);
		assert_close(strike, o.strike, 1e-10 * (1 + o.volatility));
	}
}

static void
edges(void **state)
{
	option_terms o = {true, 1e300, 1, 1e10, 1, 0, -1};
	option_greeks g;
	covered_call_income income;
	collar_bounds bounds;
	double		price;

	(void) state;
	assert_int_equal(option_price(&o, &price), CORE_OUT_OF_RANGE);
	o = (option_terms) {false, 90, 100, 0, 0.3, 0.1, 0};
	assert_int_equal(option_greeks_of(&o, &g), CORE_NULL);
	assert_same(g.price, 10);
	assert_int_equal(covered_call(100, 110, 1, 0, 0, &income), CORE_NULL);
	assert_same(income.break_even, 99);
	assert_int_equal(covered_call(100, 110, 1, 1e-300, 0, &income), CORE_OUT_OF_RANGE);
	assert_int_equal(collar(100, 110, 1, 105, 1, &bounds), CORE_BAD_PARAMETER);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prices_are_those_of_the_formula),
		cmocka_unit_test(small_prices_have_their_digits),
		cmocka_unit_test(least_prices_are_denormal),
		cmocka_unit_test(greeks_are_differentiated_prices),
		cmocka_unit_test(digitals_and_touches),
		cmocka_unit_test(touches_without_chance),
		cmocka_unit_test(strikes_have_their_delta),
		cmocka_unit_test(edges),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
