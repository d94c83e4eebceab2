/*-------------------------------------------------------------------------
 *
 * numeric_division.c
 *	  Wide integers and numeric's division against GMP, and known scales.
 *
 *-------------------------------------------------------------------------
 */
#include "oracle.h"

#include "core/chain/numeric_division.h"

static void
mpz_set_wide(mpz_t z, const wide *a)
{
	mpz_import(z, WIDE_LIMBS, -1, sizeof(uint64_t), 0, 0, a->limb);
}

/* Of any length from none to "limbs" */
static wide
random_wide(int limbs)
{
	wide		a = {{0}};
	int			bits = (int) random_below((unsigned) (64 * limbs));

	for (int i = 0; 64 * i < bits; i++)
		a.limb[i] = random_u256().limb[0] >> (bits - 64 * i < 64 ? 64 - (bits - 64 * i) : 0);
	return a;
}

static void
integers(void **state)
{
	mpz_t		a;
	mpz_t		b;
	mpz_t		want;
	mpz_t		got;

	(void) state;
	mpz_inits(a, b, want, got, NULL);
	for (int round = 0; round < 30000; round++)
	{
		wide		x = random_wide(WIDE_LIMBS);
		wide		y = random_wide(1 + (int) random_below(WIDE_LIMBS));
		wide		quotient;
		wide		rest;
		char		text[400];

		mpz_set_wide(a, &x);
		mpz_set_wide(b, &y);
		assert_int_equal(wide_decimal_digits(&x),
						 mpz_sgn(a) == 0 ? 0 : gmp_snprintf(text, sizeof(text), "%Zd", a));
		assert_int_equal(wide_cmp(&x, &y), mpz_cmp(a, b) < 0 ? -1 : mpz_cmp(a, b) > 0);
		assert_int_equal(wide_divmod(&x, &y, &quotient, &rest), mpz_sgn(b) != 0);
		if (mpz_sgn(b) == 0)
			continue;
		mpz_fdiv_qr(want, a, a, b);
		mpz_set_wide(got, &quotient);
		assert_int_equal(mpz_cmp(got, want), 0);
		mpz_set_wide(got, &rest);
		assert_int_equal(mpz_cmp(got, a), 0);
	}
	mpz_clears(a, b, want, got, NULL);
}

/* Powers of ten and their neighbours, where digits and scales change */
static void
powers(void **state)
{
	wide		power = {{1}};

	(void) state;
	for (int digits = 1;; digits++)
	{
		wide		less = power;
		uint64_t	borrow = 1;

		for (int i = 0; i < WIDE_LIMBS; i++)
			less.limb[i] = limb_sub(less.limb[i], 0, &borrow);
		assert_int_equal(wide_decimal_digits(&power), digits);
		assert_int_equal(wide_decimal_digits(&less), digits - 1);
		if (!wide_scale(&power, 1))
		{
			assert_int_equal(digits, 386);	/* 2^1280 is 2.08e385 */
			break;
		}
	}
}

/* What PostgreSQL gives: scale(a / b) */
static void
scales(void **state)
{
	static const struct
	{
		uint64_t	a;
		int			scale_a;
		uint64_t	b;
		int			scale_b;
		int			expected;
	}			cases[] = {
		{2, 0, 3, 0, 20},		/* 0.66666666666666666667 */
		{3, 0, 2, 0, 16},		/* 1.5000000000000000 */
		{1, 0, 1, 0, 20},
		{10000, 0, 3, 0, 16},	/* 3333.3333333333333333: the first digits are 1 and 3 */
		{100000, 0, 3, 0, 12},	/* 33333.333333333333 */
		{UINT64_C(10000000000000000), 0, 3, 0, 4},
		{UINT64_C(100000000000000000), 0, 3, 0, 0},
		{UINT64_C(100000000000000000), 30, 3, 0, 32},
		{1, 4, 3, 0, 24},
		{0, 0, 3, 0, 20},
		{5, 0, 2, 5, 12}
	};

	(void) state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		scaled_number a = {wide_of(u256_from_u64(cases[i].a)), cases[i].scale_a};
		scaled_number b = {wide_of(u256_from_u64(cases[i].b)), cases[i].scale_b};

		if (numeric_division_scale(&a, &b) != cases[i].expected)
			fail_msg("case %zu: %d, not %d", i, numeric_division_scale(&a, &b), cases[i].expected);
	}
}

/* Half away from zero at the scale, whatever the scale is */
static void
quotients(void **state)
{
	mpz_t		a;
	mpz_t		b;
	mpz_t		power;
	mpz_t		got;

	(void) state;
	mpz_inits(a, b, power, got, NULL);
	for (int round = 0; round < 30000; round++)
	{
		scaled_number x = {random_wide(8), (int) random_below(78)};
		scaled_number y = {random_wide(4), (int) random_below(78)};
		scaled_number out;
		core_status status = numeric_division(&x, &y, &out);
		int			exponent;

		mpz_set_wide(a, &x.mantissa);
		mpz_set_wide(b, &y.mantissa);
		if (mpz_sgn(b) == 0)
		{
			assert_int_equal(status, CORE_DIVISION_BY_ZERO);
			continue;
		}
		assert_int_equal(status, CORE_OK);
		assert_int_equal(out.scale, numeric_division_scale(&x, &y));
		exponent = out.scale + y.scale - x.scale;
		mpz_ui_pow_ui(power, 10, (unsigned long) abs(exponent));
		mpz_mul(exponent > 0 ? a : b, exponent > 0 ? a : b, power);
		mpz_mul_2exp(a, a, 1);
		mpz_add(a, a, b);
		mpz_mul_2exp(b, b, 1);
		mpz_fdiv_q(a, a, b);
		mpz_set_wide(got, &out.mantissa);
		assert_int_equal(mpz_cmp(got, a), 0);
	}
	mpz_clears(a, b, power, got, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(integers),
		cmocka_unit_test(powers),
		cmocka_unit_test(scales),
		cmocka_unit_test(quotients),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
