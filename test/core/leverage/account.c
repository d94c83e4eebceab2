/*
 * Unit tests of core/leverage/account.c: closed forms, laws, and sums in any
 * order and any split.
 */
#include "test.h"

#include <math.h>

#include "core/leverage/account.h"

#define POSITIONS	500

static uint64_t seed;

typedef core_status (*measure) (const account_summary *s, double *result);

static double
value_of(measure function, const account_summary *s)
{
	double		result;

	assert_int_equal(function(s, &result), CORE_OK);
	return result;
}

static void
assert_no_answer(measure function, const account_summary *s)
{
	double		result;

	assert_int_equal(function(s, &result), CORE_NULL);
}

static void
add(account_summary *s, double collateral, double threshold, double debt)
{
	assert_int_equal(account_summary_add(s, collateral, threshold, debt), CORE_OK);
	assert_true(account_summary_is_valid(s));
}

static void
known_account(void **state)
{
	account_summary s;

	(void) state;
	account_summary_init(&s);
	assert_false(account_summary_is_valid(&s));
	add(&s, 100, 0.75, 50);
	account_summary_add_ltv(&s, 100, 0.625);
	add(&s, 50, 0.5, 0);
	account_summary_add_ltv(&s, 50, 0.25);
	assert_same(value_of(account_health_factor, &s), 2);
	assert_close(value_of(account_ltv, &s), 1.0 / 3, 1e-16);
	assert_same(value_of(account_leverage, &s), 1.5);
	assert_same(value_of(account_available_to_borrow, &s), 25);
	assert_same(value_of(account_liquidation_distance, &s), 0.5);
	assert_same(value_of(account_equity, &s), 100);
	assert_int_equal(s.num_positions, 2);
	add(&s, 0, 0, 60);
	assert_same(value_of(account_available_to_borrow, &s), 0);
	assert_close(value_of(account_liquidation_distance, &s), -0.1, 1e-15);
	add(&s, 1, 0.5, 0);
	account_summary_add_no_ltv(&s, 1);
	assert_no_answer(account_available_to_borrow, &s);
}

static void
measures_without_an_answer(void **state)
{
	account_summary s;
	double		result;

	(void) state;
	account_summary_init(&s);
	add(&s, 100, 0.75, 0);
	assert_no_answer(account_health_factor, &s);
	assert_no_answer(account_liquidation_distance, &s);
	assert_same(value_of(account_leverage, &s), 1);
	assert_same(value_of(account_ltv, &s), 0);

	account_summary_init(&s);
	add(&s, 0, 0.75, 100);
	assert_same(value_of(account_health_factor, &s), 0);
	assert_no_answer(account_liquidation_distance, &s);
	assert_no_answer(account_ltv, &s);
	assert_no_answer(account_leverage, &s);
	assert_same(value_of(account_equity, &s), -100);

	add(&s, 100, 0.75, 0);
	assert_no_answer(account_leverage, &s);
	assert_int_equal(leverage_health_factor(1, 0.5, 0, &result), CORE_NULL);
	assert_int_equal(leverage_health_factor(1e300, 0.5, 1e-300, &result), CORE_OUT_OF_RANGE);
}

static void
sums_that_overflow(void **state)
{
	account_summary s,
				before;
	double		result;

	(void) state;
	account_summary_init(&s);
	add(&s, DBL_MAX, 0.999, DBL_MAX);
	before = s;
	assert_int_equal(account_summary_add(&s, INFINITY, 0.5, 0), CORE_OUT_OF_RANGE);
	assert_int_equal(account_summary_add(&s, 0, 0, INFINITY), CORE_OUT_OF_RANGE);
	assert_memory_equal(&s, &before, sizeof(s));
	/* sums beyond a double have no value, but their quotients do */
	add(&s, DBL_MAX, 0.999, DBL_MAX);
	assert_int_equal(account_total_collateral(&s, &result), CORE_OUT_OF_RANGE);
	assert_int_equal(account_total_debt(&s, &result), CORE_OUT_OF_RANGE);
	assert_int_equal(account_equity(&s, &result), CORE_OUT_OF_RANGE);
	assert_int_equal(account_available_to_borrow(&s, &result), CORE_OUT_OF_RANGE);
	assert_close(value_of(account_health_factor, &s), 0.999, 1e-15);
	assert_int_equal(account_summary_merge(&s, &before), CORE_OK);
	s.num_positions = BINNED_MAX_TERMS;
	assert_true(account_summary_is_valid(&s));
	assert_int_equal(account_summary_merge(&s, &before), CORE_OUT_OF_RANGE);
	assert_int_equal(account_summary_add(&s, 1, 0, 0), CORE_OUT_OF_RANGE);
}

/* Every scale gives the same health, every order and split the same summary. */
static void
laws(void **state)
{
	(void) state;
	for (int run = 0; run < 50; run++)
	{
		account_summary s,
					scaled,
					backwards,
					part[5];
		double		c[POSITIONS],
					t[POSITIONS],
					d[POSITIONS];

		seed = run;
		account_summary_init(&s);
		account_summary_init(&scaled);
		account_summary_init(&backwards);
		for (int p = 0; p < 5; p++)
			account_summary_init(&part[p]);
		for (int i = 0; i < POSITIONS; i++)
		{
			c[i] = exp(40 * next_fraction(&seed) - 20);
			t[i] = 0.99 * next_fraction(&seed);
			d[i] = c[i] * next_fraction(&seed);
			add(&s, c[i], t[i], d[i]);
			add(&scaled, ldexp(c[i], 7), t[i], ldexp(d[i], 7));
			add(&part[next_random(&seed) % 5], c[i], t[i], d[i]);
		}
		for (int i = POSITIONS - 1; i >= 0; i--)
			add(&backwards, c[i], t[i], d[i]);
		for (int p = 1; p < 5; p++)
			assert_int_equal(account_summary_merge(&part[0], &part[p]), CORE_OK);
		assert_same(value_of(account_health_factor, &s), value_of(account_health_factor, &scaled));
		assert_memory_equal(&backwards, &s, sizeof(s));
		assert_memory_equal(&part[0], &s, sizeof(s));
		assert_close(value_of(account_leverage, &s), 1 / (1 - value_of(account_ltv, &s)), 1e-13);
		assert_close(value_of(account_liquidation_distance, &s),
					 1 - 1 / value_of(account_health_factor, &s), 1e-12);
		assert_int_equal(part[0].num_positions, POSITIONS);
	}
}

static void
validity(void **state)
{
	account_summary a,
				b;

	(void) state;
	account_summary_init(&a);
	add(&a, 2, 0.5, 1);
	b = a;
	assert_true(account_summary_is_valid(&a));
	b.limit.bin[0] *= 3;
	assert_false(account_summary_is_valid(&b));
	b = a;
	b.debt.top = INT64_MAX;
	assert_false(account_summary_is_valid(&b));
	b = a;
	b.collateral.bin[0] = -b.collateral.bin[0];
	assert_false(account_summary_is_valid(&b));
	b = a;
	b.debt.bin[1] = INT64_MAX;
	assert_false(account_summary_is_valid(&b));
	b = a;
	b.num_positions = BINNED_MAX_TERMS + 1;
	assert_false(account_summary_is_valid(&b));
	b = a;
	b.num_without_ltv = 2;
	assert_false(account_summary_is_valid(&b));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_account),
		cmocka_unit_test(measures_without_an_answer),
		cmocka_unit_test(sums_that_overflow),
		cmocka_unit_test(laws),
		cmocka_unit_test(validity),
	};

	return cmocka_run_group_tests_name("leverage_account", tests, NULL, NULL);
}
