/*-------------------------------------------------------------------------
 *
 * test/core/derivative/lattice.c
 *	  Binomial lattices against published figures and the formula.
 *
 *-------------------------------------------------------------------------
 */
#include "test.h"

#include <math.h>

#include "core/derivative/lattice.h"

static double room[LATTICE_ROOM(LATTICE_MAX_STEPS)];

static double
priced(const option_terms *o, int steps, bool is_american, lattice_method method)
{
	double		price = -1;

	assert_int_equal(lattice_price(o, steps, is_american, method, NULL, room, &price), CORE_OK);
	return price;
}

/* J. Hull, "Options, Futures, and Other Derivatives": five steps and more of one put */
static void
published(void **state)
{
	option_terms o = {false, 50, 50, 5.0 / 12, 0.4, 0.1, 0};

	(void) state;
	assert_true(fabs(priced(&o, 5, true, LATTICE_CRR) - 4.49) < 0.005);
	assert_true(fabs(priced(&o, 50, true, LATTICE_CRR) - 4.273) < 0.005);
	assert_true(fabs(priced(&o, 500, true, LATTICE_CRR) - 4.283) < 0.005);
}

static void
converges(void **state)
{
	uint64_t	seed = 1;

	(void) state;
	for (int i = 0; i < 300; i++)
	{
		option_terms o = {i % 2 == 0, 80 + 40 * next_fraction(&seed), 100, 0.1 + next_fraction(&seed),
			0.1 + 0.6 * next_fraction(&seed), 0.1 * next_fraction(&seed), 0.1 * next_fraction(&seed)};
		double		price;

		assert_int_equal(option_price(&o, &price), CORE_OK);
		assert_true(fabs(priced(&o, 501, false, LATTICE_LEISEN_REIMER) - price) < 1e-3);
		assert_true(fabs(priced(&o, 501, false, LATTICE_CRR) - price) < 0.1);
		assert_true(priced(&o, 101, true, LATTICE_CRR) >= priced(&o, 101, false, LATTICE_CRR));
		assert_same(priced(&o, 100, true, LATTICE_LEISEN_REIMER), priced(&o, 101, true, LATTICE_LEISEN_REIMER));
	}
}

static int	pauses;

static void
count_pause(void)
{
	pauses++;
}

static void
edges(void **state)
{
	option_terms o = {true, 100, 100, 1, 0.01, 0.5, 0};
	double		price;

	(void) state;
	assert_int_equal(lattice_price(&o, 1, true, LATTICE_CRR, NULL, room, &price), CORE_NULL);
	o.volatility = 0;
	assert_close(priced(&o, 1, false, LATTICE_CRR), 100 - 100 * exp(-0.5), 1e-14);
	o = (option_terms) {false, 100, 100, 1, 0.3, 0.05, 0};
	assert_int_equal(lattice_price(&o, LATTICE_MAX_STEPS, true, LATTICE_CRR, count_pause, room, &price), CORE_OK);
	assert_true(pauses > 30);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published),
		cmocka_unit_test(converges),
		cmocka_unit_test(edges),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
