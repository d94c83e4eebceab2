/*-------------------------------------------------------------------------
 *
 * test_perp.c
 *	  Sums of funding against plain sums, the index of dYdX against GMP, funding
 *	  of GMX against its rules.
 *
 *-------------------------------------------------------------------------
 */
#include "test.h"

#include <gmp.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "core/derivative/dydx.h"
#include "core/derivative/funding.h"
#include "core/derivative/gmx.h"

#define PAYMENTS	200
#define DAY			INT64_C(86400000000)

static uint64_t seed = 11;

/* Rates of all sizes. */
static double
next_rate(void)
{
	return (next_fraction(&seed) - 0.45) * pow(10, -6 * next_fraction(&seed));
}

/* Any order and any split give the same bytes, and what plain sums give. */
static void
test_funding_sums(void **state)
{
	int64_t		time[PAYMENTS];
	double		rate[PAYMENTS];
	funding_summary all,
				part[7] = {0};
	bool		used[7] = {false};
	long double later = 0,
				growth = 0,
				total = 0;
	double		result;

	(void) state;
	for (int i = 0; i < PAYMENTS; i++)
	{
		time[i] = (int64_t) (next_fraction(&seed) * 50) * DAY;
		rate[i] = next_rate();
	}
	time[3] = time[77] = 0;
	time[5] = 50 * DAY;
	funding_summary_init(&all, time[0], rate[0]);
	for (int i = 1; i < PAYMENTS; i++)
		assert_same(funding_summary_add(&all, time[i], rate[i]), CORE_OK);
	for (int i = PAYMENTS - 1; i >= 0; i--)
	{
		int			p = (i * 13) % 7;

		total += rate[i];
		later += time[i] > 0 ? rate[i] : 0;
		growth += time[i] > 0 ? log1pl(rate[i]) : 0;
		if (used[p])
			assert_same(funding_summary_add(&part[p], time[i], rate[i]), CORE_OK);
		else
			funding_summary_init(&part[p], time[i], rate[i]);
		used[p] = true;
	}
	for (int p = 1; p < 7; p++)
		assert_same(funding_summary_merge(&part[0], &part[p]), CORE_OK);
	assert_memory_equal(&all, &part[0], sizeof(all));
	assert_true(funding_summary_is_valid(&all));
	assert_same(funding_summary_total(&all, &result), CORE_OK);
	assert_close(result, (double) total, 1e-15);
	assert_same(funding_summary_apr(&all, 365, &result), CORE_OK);
	assert_close(result, (double) (later * 7.3L), 1e-14);
	assert_same(funding_summary_apy(&all, 365, &result), CORE_OK);
	assert_close(result, (double) expm1l(growth * 7.3L), 1e-13);
}

/* The series for small rates, on both sides of where it ends. */
static void
test_growth(void **state)
{
	(void) state;
	for (int i = 0; i < 100000; i++)
	{
		double		rate = (2 * next_fraction(&seed) - 1) * 0x1p-9;
		long double exact = log1pl(rate);

		assert_true(fabsl(funding_growth(rate) - exact) <= 2.3e-16L * fabsl(exact));
	}
	assert_same(funding_growth(5e-324), 5e-324);
	assert_same(funding_growth(0), 0);
}

static void
test_dydx_by_gmp(void **state)
{
	mpz_t		product,
				ten;

	(void) state;
	mpz_inits(product, ten, NULL);
	for (int i = 0; i < 2000; i++)
	{
		uint64_t	ppm = next_random(&seed) >> 44;
		uint64_t	seconds = next_random(&seed) >> 46;
		uint64_t	price = next_random(&seed) >> 20;
		bool		negative = i % 2;
		dydx_funding f = {U256_ZERO, u256_from_u64(seconds), u256_from_u64(price),
			(int) (next_random(&seed) % 20) - 12, (int) (next_random(&seed) % 20) - 15};
		int			power = f.exponent + f.atomic_resolution + 6;
		s256		delta;

		assert_true(s256_from_magnitude(u256_from_u64(ppm), negative, &f.rate_ppm));
		mpz_set_ui(product, ppm);
		mpz_mul_ui(product, product, seconds);
		mpz_mul_ui(product, product, price);
		mpz_ui_pow_ui(ten, 10, (unsigned long) (power < 0 ? -power : power));
		if (power < 0)
			mpz_tdiv_q(product, product, ten);
		else
			mpz_mul(product, product, ten);
		mpz_tdiv_q_ui(product, product, 28800);
		assert_same(dydx_index_delta(&f, &delta), CORE_OK);
		for (int limb = 0; limb < 4; limb++)
		{
			assert_same(s256_magnitude(delta).limb[limb], mpz_get_ui(product));
			mpz_tdiv_q_2exp(product, product, 64);
		}
		assert_true(s256_is_negative(delta) == (negative && !u256_is_zero(delta)));
	}
	mpz_clears(product, ten, NULL);
}

/* What is paid lies between the bounds, and nothing adapts where no time passed. */
static void
test_gmx_bounds(void **state)
{
	(void) state;
	for (int i = 0; i < 2000; i++)
	{
		u256		dollar = U256_ZERO;
		gmx_market	m = {.seconds = u256_from_u64(i % 3 ? next_random(&seed) >> 50 : 0)};
		gmx_funding funding;

		assert_true(u256_pow10(30, &dollar));
		assert_true(u256_mul(dollar, u256_from_u64(1 + (next_random(&seed) >> 40)), &m.long_open_interest));
		assert_true(u256_mul(dollar, u256_from_u64(1 + (next_random(&seed) >> 40)), &m.short_open_interest));
		m.increase_factor = u256_from_u64(1 + (next_random(&seed) >> 4));
		m.decrease_factor = u256_from_u64(next_random(&seed) >> 20);
		m.min_factor = u256_from_u64(1000);
		m.max_factor = u256_from_u64(UINT64_C(1) << 62);
		assert_true(s256_from_magnitude(u256_from_u64(next_random(&seed) >> 3), i % 2, &m.saved_factor));
		assert_same(gmx_next_funding(&m, &funding), CORE_OK);
		assert_true(u256_cmp(funding.factor_per_second, m.min_factor) >= 0);
		assert_true(u256_cmp(funding.factor_per_second, m.max_factor) <= 0);
		if (u256_is_zero(m.seconds))
			assert_true(u256_equal(funding.next_saved_factor, m.saved_factor));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_funding_sums),
		cmocka_unit_test(test_growth),
		cmocka_unit_test(test_dydx_by_gmp),
		cmocka_unit_test(test_gmx_bounds)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
