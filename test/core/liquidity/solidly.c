/*-------------------------------------------------------------------------
 *
 * test_solidly.c
 *	  Stable pools of Solidly's kind against the least balance that keeps k,
 *	  found by bisection with integers of any size.
 *
 *-------------------------------------------------------------------------
 */
#include "oracle.h"

#include <math.h>

#include "core/chain/fixed.h"
#include "core/liquidity/solidly.h"

#define ROUNDS		3000
#define WAD			UINT64_C(1000000000000000000)

#define assert_ok(call)		assert_int_equal(call, CORE_OK)

/* out = floor(a * b / 10^18) */
static void
mul_wad(mpz_t out, const mpz_t a, const mpz_t b)
{
	mpz_mul(out, a, b);
	mpz_fdiv_q_ui(out, out, WAD);
}

/* k of two balances with 18 decimals, every product floored */
static void
oracle_k(mpz_t k, const mpz_t x, const mpz_t y)
{
	mpz_t		x2;
	mpz_t		y2;

	mpz_inits(x2, y2, NULL);
	mul_wad(x2, x, x);
	mul_wad(y2, y, y);
	mpz_add(x2, x2, y2);
	mul_wad(y2, x, y);
	mul_wad(k, y2, x2);
	mpz_clears(x2, y2, NULL);
}

/* The least y with k(x, y) >= k, which is not above y */
static void
oracle_y(mpz_t y, const mpz_t x, const mpz_t k)
{
	mpz_t		low;
	mpz_t		middle;
	mpz_t		got;

	mpz_inits(low, middle, got, NULL);
	while (mpz_cmp(low, y) < 0)
	{
		mpz_add(middle, low, y);
		mpz_fdiv_q_2exp(middle, middle, 1);
		oracle_k(got, x, middle);
		if (mpz_cmp(got, k) >= 0)
			mpz_set(y, middle);
		else
			mpz_add_ui(low, middle, 1);
	}
	mpz_clears(low, middle, got, NULL);
}

/*
 * From 1000 tokens to some 10^9 of them, with 18 decimals: of fewer than one the
 * curve is flat in its last digits, and several balances keep k
 */
static u256
random_reserve(void)
{
	u256		x = {{random_u64(), random_u64() >> (38 + random_below(26)), 0, 0}};

	return u256_add_wrap(x, u256_mul_wrap(FIXED_WAD, u256_from_u64(1000)));
}

static solidly_pool
random_pool(solidly_version version)
{
	solidly_pool pool = {.version = version, .unit = {FIXED_WAD, FIXED_WAD}};

	pool.reserve[0] = random_reserve();
	/* within a factor of 32 of each other */
	pool.reserve[1] = u256_add_wrap(u256_shr(pool.reserve[0], random_below(5)),
									u256_from_u64(random_u64() >> 5));
	pool.fee_bps = u256_from_u64(random_below(100));
	return pool;
}

static void
test_k(void **state)
{
	mpz_t		x;
	mpz_t		y;

	(void) state;
	mpz_inits(x, y, NULL);
	for (int round = 0; round < ROUNDS; round++)
	{
		solidly_pool pool = random_pool(SOLIDLY_AERODROME);
		u256		k = U256_ZERO;

		mpz_set_u256(x, pool.reserve[0]);
		mpz_set_u256(y, pool.reserve[1]);
		oracle_k(x, x, y);
		assert_ok(solidly_k(&pool, &k));
		assert_u256_is(k, x);
	}
	mpz_clears(x, y, NULL);
}

/* What is left of amount_in, and the reserves after it by the oracle */
static void
oracle_swap(const solidly_pool *pool, u256 amount_in, mpz_t out)
{
	mpz_t		x;
	mpz_t		y;
	mpz_t		k;
	mpz_t		fee;

	mpz_inits(x, y, k, fee, NULL);
	mpz_set_u256(x, pool->reserve[0]);
	mpz_set_u256(y, pool->reserve[1]);
	oracle_k(k, x, y);
	mpz_set_u256(out, amount_in);
	mpz_add(x, x, out);
	mpz_mul_ui(fee, out, pool->fee_bps.limb[0]);
	mpz_fdiv_q_ui(fee, fee, 10000);
	mpz_sub(x, x, fee);
	mpz_set(out, y);
	oracle_y(y, x, k);
	mpz_sub(out, out, y);
	mpz_clears(x, y, k, fee, NULL);
}

/* Aerodrome finds that balance exactly, Solidly within a few units of it */
static void
test_amount_out(void **state)
{
	mpz_t		want;
	mpz_t		got;

	(void) state;
	mpz_inits(want, got, NULL);
	for (int round = 0; round < ROUNDS; round++)
	{
		solidly_pool pool = random_pool((solidly_version) random_below(2));
		u256		amount = u256_shr(pool.reserve[0], random_below(60));
		u256		out = U256_ZERO;

		oracle_swap(&pool, amount, want);
		assert_ok(solidly_amount_out(&pool, amount, true, &out));
		if (pool.version == SOLIDLY_AERODROME)
			assert_u256_is(out, want);
		mpz_set_u256(got, out);
		mpz_sub(got, got, want);
		assert_true(mpz_cmpabs_ui(got, 3000) <= 0);
	}
	mpz_clears(want, got, NULL);
}

/* Both ways round the same, and in tokens of fewer decimals the same but for their last digit */
static void
test_units(void **state)
{
	(void) state;
	for (int round = 0; round < ROUNDS; round++)
	{
		solidly_pool pool = random_pool(SOLIDLY_ORIGINAL);
		solidly_pool turned = pool;
		u256		amount = u256_shr(pool.reserve[0], random_below(20));
		u256		out = U256_ZERO;
		u256		back = U256_ZERO;

		turned.reserve[0] = pool.reserve[1];
		turned.reserve[1] = pool.reserve[0];
		assert_ok(solidly_amount_out(&pool, amount, true, &out));
		assert_ok(solidly_amount_out(&turned, amount, false, &back));
		assert_true(u256_equal(out, back));
		turned.unit[0] = u256_from_u64(1000000);
		turned.reserve[0] = u256_from_u64(1000000000);
		turned.reserve[1] = u256_from_u64(0);
		assert_int_equal(solidly_amount_out(&turned, U256_ZERO, false, &out), CORE_DIVISION_BY_ZERO);
	}
}

/* The price is what a very small trade gets, and one where the reserves are equal */
static void
test_spot_price(void **state)
{
	solidly_pool pool = {.unit = {FIXED_WAD, FIXED_WAD}, .reserve = {FIXED_WAD, FIXED_WAD}};
	double		price = 0;

	(void) state;
	assert_ok(solidly_spot_price(&pool, &price));
	assert_double_is(price, 1.0);
	for (int round = 0; round < ROUNDS; round++)
	{
		double		x;
		double		y;

		pool = random_pool(SOLIDLY_AERODROME);
		x = u256_to_double(pool.reserve[0]);
		y = u256_to_double(pool.reserve[1]);
		assert_ok(solidly_spot_price(&pool, &price));
		assert_true(fabs(price / ((3 * x * x * y + y * y * y) / (x * x * x + 3 * x * y * y)) - 1) < 1e-14);
	}
	pool.reserve[1] = U256_MAX;
	pool.reserve[0] = u256_from_u64(1);
	pool.unit[1] = u256_from_u64(1);
	(void) u256_pow10(77, &pool.unit[0]);
	assert_ok(solidly_spot_price(&pool, &price));
	assert_true(isfinite(price));
	pool.reserve[0] = U256_ZERO;
	assert_int_equal(solidly_spot_price(&pool, &price), CORE_DIVISION_BY_ZERO);
}

static void
test_failures(void **state)
{
	solidly_pool pool = {.unit = {FIXED_WAD, FIXED_WAD}, .reserve = {U256_MAX, U256_MAX}};
	u256		out = U256_ZERO;

	(void) state;
	assert_int_equal(solidly_k(&pool, &out), CORE_OUT_OF_RANGE);
	assert_int_equal(solidly_y(&pool, U256_ZERO, FIXED_WAD, U256_ZERO, &out),
					 CORE_DIVISION_BY_ZERO);
	/* nothing of the smallest of all pools */
	pool.reserve[0] = pool.reserve[1] = u256_from_u64(1);
	assert_int_equal(solidly_amount_out(&pool, u256_from_u64(1), true, &out), CORE_DIVISION_BY_ZERO);
}

/* The constant division agrees with the general one */
static void
test_wad_floor(void **state)
{
	(void) state;
	for (int round = 0; round < 20 * ROUNDS; round++)
	{
		u256		a = random_u256();
		u256		want = U256_ZERO;

		assert_true(u256_div(a, FIXED_WAD, &want));
		assert_true(u256_equal(wad_floor(a), want));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wad_floor),
		cmocka_unit_test(test_k),
		cmocka_unit_test(test_amount_out),
		cmocka_unit_test(test_units),
		cmocka_unit_test(test_spot_price),
		cmocka_unit_test(test_failures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
