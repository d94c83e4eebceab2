/*-------------------------------------------------------------------------
 *
 * savings.c
 *	  Savings rates against GMP, with the products that the contracts refuse.
 *
 *-------------------------------------------------------------------------
 */
#include "oracle.h"

#include "core/chain/fixed.h"
#include "core/rate/savings.h"

/* *x = (*x * y + half) / ray; false where a product does not fit 256 bits */
static bool
ray_step(mpz_t x, const mpz_t y, const mpz_t ray)
{
	mpz_t		half;
	bool		fits;

	mpz_init(half);
	mpz_fdiv_q_2exp(half, ray, 1);
	mpz_mul(x, x, y);
	mpz_add(x, x, half);
	fits = mpz_fits_u256(x);
	mpz_fdiv_q(x, x, ray);
	mpz_clear(half);
	return fits;
}

static bool
power(mpz_t z, const mpz_t base, uint64_t n, const mpz_t ray)
{
	bool		fits = true;
	mpz_t		x;

	mpz_init_set(x, base);
	mpz_set(z, n % 2 ? base : ray);
	for (n /= 2; n > 0 && fits; n /= 2)
	{
		mpz_t		square;

		mpz_init_set(square, x);
		fits = ray_step(x, square, ray);
		mpz_clear(square);
		if (fits && n % 2)
			fits = ray_step(z, x, ray);
	}
	mpz_clear(x);
	return fits;
}

static void
against_gmp(void **state)
{
	mpz_t		ray;
	mpz_t		base;
	mpz_t		want;
	mpz_t		chi;
	int			refused = 0;

	(void) state;
	mpz_inits(ray, base, want, chi, NULL);
	mpz_ui_pow_ui(ray, 10, 27);
	for (int round = 0; round < 5000; round++)
	{
		u256		rate = u256_add_wrap(FIXED_RAY, u256_shr(random_u256(), 256 - random_below(150)));
		u256		start = u256_shr(random_u256(), 96 + random_below(160));
		uint64_t	seconds = random_u256().limb[0] >> random_below(64);
		u256		index;
		s256		apy;
		bool		fits;

		mpz_set_u256(base, rate);
		mpz_set_u256(chi, start);
		fits = power(want, base, seconds, ray);
		mpz_mul(want, want, chi);
		fits = fits && mpz_fits_u256(want);
		mpz_fdiv_q(want, want, ray);
		refused += !fits;
		assert_int_equal(savings_index(start, rate, u256_from_u64(seconds), &index),
						 fits ? CORE_OK : CORE_OUT_OF_RANGE);
		if (fits)
			assert_u256_is(index, want);
		fits = power(want, base, SAVINGS_YEAR, ray);
		mpz_sub(want, want, ray);
		assert_int_equal(savings_apy(rate, &apy), fits ? CORE_OK : CORE_OUT_OF_RANGE);
		if (fits)
			assert_u256_is(apy, want);
	}
	assert_true(refused > 100 && refused < 4900);
	mpz_clears(ray, base, want, chi, NULL);
}

static void
edges(void **state)
{
	u256		index;
	s256		apy;

	(void) state;
	assert_int_equal(savings_index(FIXED_RAY, U256_ZERO, U256_ZERO, &index), CORE_OK);
	assert_true(u256_equal(index, FIXED_RAY));
	assert_int_equal(savings_index(FIXED_RAY, FIXED_RAY, U256_MAX, &index), CORE_OK);
	assert_true(u256_equal(index, FIXED_RAY));
	assert_int_equal(savings_apy(U256_ZERO, &apy), CORE_OK);
	assert_true(u256_equal(s256_magnitude(apy), FIXED_RAY) && s256_is_negative(apy));
	assert_int_equal(savings_apy(U256_MAX, &apy), CORE_OUT_OF_RANGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(against_gmp),
		cmocka_unit_test(edges),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
