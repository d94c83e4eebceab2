/*
 * Unit tests of core/yield/published.c: closed forms, laws, and GMP as an
 * independent reference.
 */
#include "test.h"

#include <float.h>
#include <gmp.h>
#include <math.h>

#include "core/yield/published.h"

static u256
random_word(uint64_t *seed, int limbs)
{
	u256		a = U256_ZERO;

	for (int i = 0; i < limbs; i++)
		a.limb[i] = next_random(seed);
	a.limb[0] |= 1;
	return a;
}

static void
to_mpz(mpz_t out, u256 a)
{
	mpz_import(out, 4, -1, sizeof(uint64_t), 0, 0, a.limb);
}

/* gain / base * factor in 300 bits */
static double
reference(const mpz_t gain, const mpz_t base, double year_days, double seconds)
{
	mpf_t		x,
				y;
	double		result;

	mpf_init2(x, 700);
	mpf_init2(y, 700);
	mpf_set_z(x, gain);
	mpf_set_z(y, base);
	mpf_div(x, x, y);
	mpf_set_d(y, year_days);
	mpf_mul(x, x, y);
	mpf_mul_ui(x, x, 86400);
	mpf_set_d(y, seconds);
	mpf_div(x, x, y);
	result = mpf_get_d(x);
	mpf_clears(x, y, NULL);
	return result;
}

/* Words of every width, and reports that move the rate by next to nothing. */
static void
lido_agrees_with_gmp(void **state)
{
	uint64_t	seed = 21;
	mpz_t		a,
				b,
				c,
				d,
				base;

	(void) state;
	mpz_inits(a, b, c, d, base, NULL);
	for (int i = 0; i < 20000; i++)
	{
		share_totals pre = {random_word(&seed, 1 + i % 4), random_word(&seed, 1 + i / 4 % 4)};
		share_totals post = {random_word(&seed, 1 + i % 3), random_word(&seed, 1 + i % 2)};
		double		seconds = 1 + (double) (next_random(&seed) % 1000000);
		double		expected,
					result;

		if (i % 3 == 0)
		{
			post = pre;
			post.ether.limb[0] ^= next_random(&seed) & 0xffff;
		}
		to_mpz(a, post.ether);
		to_mpz(b, pre.shares);
		to_mpz(c, pre.ether);
		to_mpz(d, post.shares);
		mpz_mul(base, c, d);
		mpz_mul(a, a, b);
		mpz_sub(a, a, base);
		expected = reference(a, base, 365.25, seconds);
		assert_int_equal(yield_lido_apr(&pre, &post, seconds, 365.25, &result), CORE_OK);
		/* mpf_get_d truncates */
		assert_true(fabs(result - expected) <= 1e-15 * fabs(expected));
		assert_true((result > 0) == (mpz_sgn(a) > 0) && (result < 0) == (mpz_sgn(a) < 0));
	}
	mpz_clears(a, b, c, d, base, NULL);
}

static void
lido_edges(void **state)
{
	share_totals one = {u256_from_u64(1), u256_from_u64(1)};
	share_totals two = {u256_from_u64(2), u256_from_u64(1)};
	share_totals no_shares = {u256_from_u64(1), U256_ZERO};
	share_totals no_ether = {U256_ZERO, u256_from_u64(1)};
	share_totals most = {U256_MAX, u256_from_u64(1)};
	double		result;

	(void) state;
	assert_int_equal(yield_lido_apr(&one, &two, 31536000, 365, &result), CORE_OK);
	assert_same(result, 1);
	assert_int_equal(yield_lido_apr(&two, &one, 31536000, 365, &result), CORE_OK);
	assert_same(result, -0.5);
	assert_int_equal(yield_lido_apr(&one, &no_ether, 31536000, 365, &result), CORE_OK);
	assert_same(result, -1);
	assert_int_equal(yield_lido_apr(&one, &two, 0, 365, &result), CORE_NULL);
	assert_int_equal(yield_lido_apr(&one, &most, DBL_MIN, 365, &result), CORE_NULL);
	assert_int_equal(yield_lido_apr(&no_ether, &two, 1, 365, &result), CORE_DIVISION_BY_ZERO);
	assert_int_equal(yield_lido_apr(&no_shares, &two, 1, 365, &result), CORE_DIVISION_BY_ZERO);
	assert_int_equal(yield_lido_apr(&one, &no_shares, 1, 365, &result), CORE_DIVISION_BY_ZERO);
}

static void
eth_store_known_and_edges(void **state)
{
	validator_flows flows = {
		.tx_fees = u256_from_u64(1000000000),
		.start_balance = u256_from_u64(1000),
		.end_balance = u256_from_u64(1041),
		.deposits = u256_from_u64(64),
		.withdrawals = u256_from_u64(32),
		.effective_balance = u256_from_u64(1000)
	};
	double		result;

	(void) state;
	assert_int_equal(yield_eth_store_apr(&flows, 86400, 365, &result), CORE_OK);
	assert_same(result, 3.65);
	flows.deposits = u256_from_u64(84);
	assert_int_equal(yield_eth_store_apr(&flows, 86400, 365, &result), CORE_OK);
	assert_same(result, -3.65);
	assert_int_equal(yield_eth_store_apr(&flows, 0, 365, &result), CORE_NULL);
	flows.withdrawals = U256_MAX;
	assert_int_equal(yield_eth_store_apr(&flows, 86400, 365, &result), CORE_OUT_OF_RANGE);
	flows.withdrawals = u256_shr(U256_MAX, 10);
	assert_int_equal(yield_eth_store_apr(&flows, 86400, 365, &result), CORE_OUT_OF_RANGE);
	flows.withdrawals = U256_ZERO;
	flows.effective_balance = U256_ZERO;
	assert_int_equal(yield_eth_store_apr(&flows, 86400, 365, &result), CORE_DIVISION_BY_ZERO);
}

static void
sites(void **state)
{
	double		result;

	(void) state;
	assert_int_equal(yield_on_stake(-1, 100, 2, 365, &result), CORE_OK);
	assert_close(result, -1.825, 1e-15);
	assert_int_equal(yield_on_stake(1, 0, 2, 365, &result), CORE_NULL);
	assert_int_equal(yield_on_stake(1, 1, 0, 365, &result), CORE_NULL);
	assert_int_equal(yield_on_stake(DBL_MAX, DBL_MIN, 1, 365, &result), CORE_NULL);
	assert_int_equal(yield_defillama_base_pct(2, 1, 365, false, &result), CORE_OK);
	assert_same(result, -50);
	assert_int_equal(yield_defillama_base_pct(1, 1.1, 182.5, true, &result), CORE_OK);
	assert_close(result, 21.0, 1e-14);
	assert_int_equal(yield_defillama_base_pct(DBL_MIN, DBL_MAX, 1, false, &result), CORE_NULL);
	assert_int_equal(yield_defillama_lp_pct(1, 100, 7, &result), CORE_OK);
	assert_same(result, 52);
	assert_int_equal(yield_defillama_lp_pct(1, 0, 7, &result), CORE_NULL);
	assert_int_equal(yield_defillama_lp_pct(1, 1, 30, &result), CORE_BAD_PARAMETER);
	assert_int_equal(yield_defillama_net_pct(5, -3, &result), CORE_OK);
	assert_same(result, -100);
	assert_int_equal(yield_defillama_net_pct(5, 0.5, &result), CORE_OK);
	assert_same(result, 31);
	assert_int_equal(yield_defillama_net_pct(0, 0, &result), CORE_NULL);
	assert_int_equal(yield_defillama_net_pct(1, DBL_MAX, &result), CORE_OUT_OF_RANGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lido_agrees_with_gmp),
		cmocka_unit_test(lido_edges),
		cmocka_unit_test(eth_store_known_and_edges),
		cmocka_unit_test(sites),
	};

	return cmocka_run_group_tests_name("yield_published", tests, NULL, NULL);
}
