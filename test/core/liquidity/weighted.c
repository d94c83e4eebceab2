/*-------------------------------------------------------------------------
 *
 * test_weighted.c
 *	  Weighted pools: their powers, rounded up, against exact ones, and the
 *	  laws of their curve.
 *
 *-------------------------------------------------------------------------
 */
#include "oracle.h"

#include <math.h>

#include "core/chain/fixed.h"
#include "core/liquidity/weighted.h"

#define ROUNDS		20000

static u256
num(const char *decimal)
{
	mpz_t		z;
	u256		out;

	mpz_init_set_str(z, decimal, 10);
	out = u256_from_mpz(z);
	mpz_clear(z);
	return out;
}

static void
assert_num(u256 got, const char *want)
{
	mpz_t		z;

	mpz_init_set_str(z, want, 10);
	assert_u256_is(got, z);
	mpz_clear(z);
}

#define assert_ok(call)		assert_int_equal(call, CORE_OK)

/* ---------- powers ---------- */

/* Against libm, whose powers are good to some 1e-15; powUp is never below */
static void
test_power_up_is_a_power(void **state)
{
	(void) state;
	for (int k = 0; k < ROUNDS; k++)
	{
		u256		base = u256_from_u64(UINT64_C(100000000000000000) +
										 random_u64() % UINT64_C(9900000000000000000));
		u256		power = u256_from_u64(random_u64() % UINT64_C(9000000000000000000));
		u256		up = U256_ZERO;
		double		exact = pow(u256_to_double(base) / 1e18, u256_to_double(power) / 1e18) * 1e18;

		assert_ok(weighted_power_up(base, power, WEIGHTED_POW_V1, &up));
		assert_true(u256_to_double(up) >= exact * (1 - 2e-15));
		assert_true(u256_to_double(up) <= exact * (1 + 1e-13) + 2);
	}
}

static void
test_power_shortcuts(void **state)
{
	u256		one = FIXED_WAD;
	u256		two = u256_add_wrap(one, one);
	u256		four = u256_add_wrap(two, two);
	u256		third = num("333333333333333333");
	u256		got;

	(void) state;
	/* exact but for rounding up */
	assert_ok(weighted_power_up(third, one, WEIGHTED_POW_V2, &got));
	assert_num(got, "333333333333333333");
	assert_ok(weighted_power_up(third, two, WEIGHTED_POW_V2, &got));
	assert_num(got, "111111111111111111");
	assert_ok(weighted_power_up(third, four, WEIGHTED_POW_V2, &got));
	assert_num(got, "12345679012345679");
	/* by logarithm they are not */
	assert_ok(weighted_power_up(third, one, WEIGHTED_POW_V1, &got));
	assert_true(u256_cmp(got, third) > 0);
}

/* ---------- swaps ---------- */

static weighted_pair
random_pair(void)
{
	weighted_pair pair;
	uint64_t	weight = 10 + random_below(81);

	pair.balance_in = u256_mul_wrap(FIXED_WAD, u256_from_u64(1 + random_below(100000000)));
	pair.balance_out = u256_mul_wrap(FIXED_WAD, u256_from_u64(1 + random_below(100000000)));
	pair.weight_in = u256_from_u64(weight * UINT64_C(10000000000000000));
	pair.weight_out = u256_from_u64((100 - weight) * UINT64_C(10000000000000000));
	pair.swap_fee = u256_from_u64(random_u64() % UINT64_C(100000000000000000));
	pair.pow_version = (weighted_pow) random_below(2);
	return pair;
}

static void
test_swap_laws(void **state)
{
	(void) state;
	for (int k = 0; k < ROUNDS / 4; k++)
	{
		weighted_pair pair = random_pair();
		u256		in = u256_shr(pair.balance_in, 2 + random_below(20));
		u256		out;
		u256		less;
		u256		back;
		double		spot;

		assert_ok(weighted_out(&pair, in, &out));
		assert_ok(weighted_out(&pair, u256_shr(in, 1), &less));
		assert_true(u256_cmp(less, out) <= 0);
		/* never better than the price of a very small trade */
		assert_ok(weighted_spot_price(&pair, &spot));
		assert_true(u256_to_double(out) <= spot * u256_to_double(in) * (1 + 1e-15));

		/* to buy what that gave costs what it cost, but for the margins of both powers */
		if (weighted_in(&pair, out, &back) != CORE_OK)
			continue;
		assert_true(u256_to_double(back) >= u256_to_double(in) -
					1e-12 * u256_to_double(pair.balance_in));
	}
}

static void
test_swap_edges(void **state)
{
	weighted_pair pair = random_pair();
	u256		limit;
	u256		got;

	(void) state;
	/* 30 % after the fee, and not a wei more */
	pair.swap_fee = U256_ZERO;
	limit = u256_mul_wrap(FIXED_WAD, u256_from_u64(30));
	pair.balance_in = pair.balance_out = u256_mul_wrap(FIXED_WAD, u256_from_u64(100));
	assert_ok(weighted_out(&pair, limit, &got));
	assert_ok(weighted_in(&pair, limit, &got));
	limit = u256_add_wrap(limit, u256_from_u64(1));
	assert_int_equal(weighted_out(&pair, limit, &got), CORE_BAD_PARAMETER);
	assert_int_equal(weighted_in(&pair, limit, &got), CORE_BAD_PARAMETER);

	/* nothing in gives nothing, and nothing out costs next to nothing */
	assert_ok(weighted_out(&pair, U256_ZERO, &got));
	assert_true(u256_is_zero(got));
	pair.weight_in = pair.weight_out;
	pair.pow_version = WEIGHTED_POW_V2;
	assert_ok(weighted_in(&pair, U256_ZERO, &got));
	assert_true(u256_is_zero(got));

	pair.weight_out = U256_ZERO;
	assert_int_equal(weighted_out(&pair, FIXED_WAD, &got), CORE_DIVISION_BY_ZERO);
	pair.balance_in = U256_ZERO;
	assert_int_equal(weighted_out(&pair, U256_ZERO, &got), CORE_DIVISION_BY_ZERO);
	pair.balance_in = U256_MAX;
	assert_int_equal(weighted_out(&pair, FIXED_WAD, &got), CORE_OUT_OF_RANGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_power_up_is_a_power),
		cmocka_unit_test(test_power_shortcuts),
		cmocka_unit_test(test_swap_laws),
		cmocka_unit_test(test_swap_edges),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
