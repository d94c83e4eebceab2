/*-------------------------------------------------------------------------
 *
 * test/core/derivative/american.c
 *	  American options against published figures, lattices and their laws.
 *
 *-------------------------------------------------------------------------
 */
#include "test.h"

#include <math.h>

#include "core/derivative/american.h"
#include "core/derivative/lattice.h"

static double
american(bool call, double spot, double years, double volatility, double rate, double yield)
{
	option_terms o = {call, spot, 1, years, volatility, rate, yield};
	double		price = -1;

	assert_int_equal(american_price(&o, &price), CORE_OK);
	return price;
}

static double
european(bool call, double spot, double years, double volatility, double rate, double yield)
{
	option_terms o = {call, spot, 1, years, volatility, rate, yield};
	double		price;

	assert_int_equal(option_price(&o, &price), CORE_OK);
	return price;
}

/* Premiums of Andersen, Lake and Offengenden (2016), tables 2 and 7, of a strike of 100 */
static void
published_premiums(void **state)
{
	(void) state;
	assert_true(fabs(100 * (american(false, 1, 1, 0.25, 0.05, 0.05) - european(false, 1, 1, 0.25, 0.05, 0.05)) -
					 0.106952702747) < 3e-5);
}

/* Leisen and Reimer's lattice, extrapolated from two numbers of steps */
static double
extrapolated(const option_terms *o)
{
	static double room[LATTICE_ROOM(2001)];
	double		coarse,
				fine;

	assert_int_equal(lattice_price(o, 501, true, LATTICE_LEISEN_REIMER, NULL, room, &coarse), CORE_OK);
	assert_int_equal(lattice_price(o, 2001, true, LATTICE_LEISEN_REIMER, NULL, room, &fine), CORE_OK);
	return fine + (fine - coarse) * 501 / (2001 - 501);
}

static void
lattices_agree(void **state)
{
	static const double cases[][5] = {
		{1, 0.5, 0.4, 0.05, 0}, {0.9, 1, 0.25, 0.1, 0.03}, {1.2, 2, 0.6, 0.03, 0.08}, {1, 0.02, 0.8, 0.05, 0.04},
		{1.05, 3, 0.15, 0.02, 0.02}, {0.8, 10, 0.3, 0.06, 0.01}, {1, 1, 0.05, 0.08, 0.02}, {1, 1, 0.05, 0.02, 0.08},
		{1.3, 5, 1.2, 0.05, -0.02}, {1, 20, 0.2, 0.05, 0.05}
	};

	(void) state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		const double *c = cases[i];
		option_terms o = {false, c[0], 1, c[1], c[2], c[3], c[4]};

		assert_true(fabs(american(false, c[0], c[1], c[2], c[3], c[4]) - extrapolated(&o)) < 1e-5);
	}
}

static void
laws(void **state)
{
	uint64_t	seed = 3;

	(void) state;
	for (int i = 0; i < 3000; i++)
	{
		double		s = exp(2 * next_fraction(&seed) - 1);
		double		t = pow(10, 4.5 * next_fraction(&seed) - 3);
		double		v = pow(10, 2 * next_fraction(&seed) - 2);
		double		r = pow(10, 3 * next_fraction(&seed) - 4);
		double		q = i % 3 == 0 ? 0 : pow(10, 3 * next_fraction(&seed) - 4);
		double		put = american(false, s, t, v, r, q);
		option_terms mirrored = {true, 1, s, t, v, q, r};
		double		call;

		assert_true(put >= european(false, s, t, v, r, q) && put >= 1 - s && put >= 0 && put <= 1);
		assert_int_equal(american_price(&mirrored, &call), CORE_OK);
		assert_true(fabs(put - call) <= 1e-12);
		assert_true(american(false, s, t * 1.01, v, r, q) >= put - 2e-6);
		assert_true(american(false, s, t, v * 1.01, r, q) >= put - 2e-6);
		assert_true(american(false, s * 1.01, t, v, r, q) <= put + 2e-6);
	}
}

/* Without end, and with little volatility: what is known in closed form */
static void
limits(void **state)
{
	double		power = (0.05 + sqrt(0.05 * 0.05 + 2 * 0.07 * 0.04)) / 0.04;
	option_terms o = {false, 1, 1, 3, 0, 0.02, 0.06};

	(void) state;
	/* H. McKean's perpetual put, whose boundary is power / (1 + power) */
	assert_true(fabs(american(false, 1, 1e5, 0.2, 0.07, 0) -
					 1 / (1 + power) * pow(power / (1 + power), power)) < 1e-5);
	for (double v = 1e-3; v > 1e-9; v /= 3)
	{
		o.volatility = v;
		assert_true(fabs(american(false, 1, 3, v, 0.02, 0.06) - option_certain_value(&o)) < v * v * 5 + 1e-6);
	}
	assert_same(american(true, 1, 2, 0.3, 0.05, 0), european(true, 1, 2, 0.3, 0.05, 0));
	assert_same(american(false, 1, 2, 0.3, 0, 0.05), european(false, 1, 2, 0.3, 0, 0.05));
	assert_same(american(false, 0.5, 2, 0.3, 0.05, 0.01), 0.5);
	assert_same(american(false, 0.9, 0, 0.3, 0.05, 0.01), 0.1 + (1 - 0.9 - 0.1));
	o = (option_terms) {false, 1, 1, 1, 0.3, -0.01, -0.02};
	assert_int_equal(american_price(&o, &power), CORE_BAD_PARAMETER);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_premiums),
		cmocka_unit_test(lattices_agree),
		cmocka_unit_test(laws),
		cmocka_unit_test(limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
