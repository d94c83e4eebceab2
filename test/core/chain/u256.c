/*-------------------------------------------------------------------------
 *
 * test_u256.c
 *	  256-bit arithmetic: known edges, and random operands against GMP.
 *
 * The number of random operations is the first argument, or the environment
 * variable PG_YIELD_TEST_OPS, or 200,000.
 *
 *-------------------------------------------------------------------------
 */
#include "oracle.h"

#include <math.h>

#include "core/chain/fixed.h"

static uint64_t rounds = 200000;
static mpz_t A;
static mpz_t B;
static mpz_t C;
static mpz_t W;
static mpz_t R;

/* A checked result: refused exactly where GMP's does not fit */
static void
check_unsigned(bool ok, u256 got)
{
	assert_int_equal(ok, mpz_fits_u256(W));
	if (ok)
		assert_u256_is(got, W);
}

static void
check_signed(bool ok, s256 got)
{
	assert_int_equal(ok, mpz_fits_s256(W));
	if (ok)
		assert_s256_is(got, W);
}

static void
check_sums(u256 a, u256 b)
{
	u256		got = U256_ZERO;

	mpz_add(W, A, B);
	check_unsigned(u256_add(a, b, &got), got);
	assert_true(u256_equal(u256_add_wrap(a, b), u256_from_mpz(W)));
	mpz_sub(W, A, B);
	check_unsigned(u256_sub(a, b, &got), got);
	assert_true(u256_equal(u256_sub_wrap(a, b), u256_from_mpz(W)));
	assert_int_equal(u256_cmp(a, b), (mpz_sgn(W) > 0) - (mpz_sgn(W) < 0));
	assert_int_equal(u256_equal(a, b), mpz_sgn(W) == 0);
}

static void
check_product(u256 a, u256 b)
{
	u256		got = U256_ZERO;
	u512		full = u256_mul_full(a, b);

	mpz_mul(W, A, B);
	check_unsigned(u256_mul(a, b, &got), got);
	assert_true(u256_equal(u256_mul_wrap(a, b), u256_from_mpz(W)));
	mpz_set_limbs(R, full.limb, 8);
	assert_int_equal(mpz_cmp(R, W), 0);
}

static void
check_quotient(u256 a, u256 b)
{
	u256		quot = U256_ZERO;
	u256		rem = U256_ZERO;
	bool		ok = u256_divmod(a, b, &quot, &rem);

	assert_int_equal(ok, !u256_is_zero(b));
	if (!ok)
		return;
	mpz_fdiv_qr(W, R, A, B);
	assert_u256_is(quot, W);
	assert_u256_is(rem, R);
	assert_true(u256_div(a, b, &quot) && u256_mod(a, b, &rem));
	assert_u256_is(quot, W);
	assert_u256_is(rem, R);
}

static void
check_wide_quotient(u256 a, u256 b, u256 c)
{
	u512		num = {{a.limb[0], a.limb[1], a.limb[2], a.limb[3],
						b.limb[0], b.limb[1], b.limb[2], b.limb[3]}};
	u512		quot = {{0}};
	u256		rem = U256_ZERO;
	bool		ok = u512_divmod(num, c, &quot, &rem);

	assert_int_equal(ok, !u256_is_zero(c));
	if (!ok)
		return;
	mpz_mul_2exp(W, B, 256);
	mpz_add(W, W, A);
	mpz_fdiv_qr(W, R, W, C);
	assert_u256_is(rem, R);
	mpz_set_limbs(R, quot.limb, 8);
	assert_int_equal(mpz_cmp(R, W), 0);
}

/* W = round(A * B / C) */
static void
oracle_mul_div(u256_rounding rounding)
{
	mpz_mul(W, A, B);
	if (rounding == U256_FLOOR)
		mpz_fdiv_q(W, W, C);
	else if (rounding == U256_CEIL)
		mpz_cdiv_q(W, W, C);
	else
	{
		mpz_mul_2exp(W, W, 1);
		mpz_add(W, W, C);
		mpz_mul_2exp(R, C, 1);
		mpz_fdiv_q(W, W, R);
	}
}

static void
check_mul_div(u256 a, u256 b, u256 c, u256_rounding rounding)
{
	u256		got = U256_ZERO;
	core_status status = u256_mul_div(a, b, c, rounding, &got);

	if (u256_is_zero(c))
	{
		assert_int_equal(status, CORE_DIVISION_BY_ZERO);
		return;
	}
	oracle_mul_div(rounding);
	assert_true(status == CORE_OK || status == CORE_OUT_OF_RANGE);
	check_unsigned(status == CORE_OK, got);
}

static void
check_signed_sums(s256 a, s256 b)
{
	s256		got = U256_ZERO;

	mpz_set_s256(A, a);
	mpz_set_s256(B, b);
	mpz_add(W, A, B);
	check_signed(s256_add(a, b, &got), got);
	mpz_sub(W, A, B);
	check_signed(s256_sub(a, b, &got), got);
	assert_int_equal(s256_cmp(a, b), (mpz_sgn(W) > 0) - (mpz_sgn(W) < 0));
	mpz_neg(W, A);
	check_signed(s256_neg(a, &got), got);
}

static void
check_signed_product(s256 a, s256 b)
{
	s256		got = U256_ZERO;
	core_status status = s256_div(a, b, &got);

	mpz_set_s256(A, a);
	mpz_set_s256(B, b);
	if (u256_is_zero(b))
		assert_int_equal(status, CORE_DIVISION_BY_ZERO);
	else
	{
		mpz_tdiv_q(W, A, B);
		check_signed(status == CORE_OK, got);
		if (status != CORE_OK)
			assert_int_equal(status, CORE_OUT_OF_RANGE);
	}
	mpz_mul(W, A, B);
	check_signed(s256_mul(a, b, &got), got);
}

static void
check_shifts(u256 a)
{
	unsigned	bits = random_below(270);

	mpz_mul_2exp(W, A, bits);
	assert_true(u256_equal(u256_shl(a, bits), u256_from_mpz(W)));
	mpz_fdiv_q_2exp(W, A, bits);
	assert_u256_is(u256_shr(a, bits), W);
	assert_int_equal(u256_bit_length(a), u256_is_zero(a) ? 0 : mpz_sizeinbase(A, 2));
	assert_int_equal(u256_log2(a), u256_bit_length(a) - 1);
}

static void
check_sqrt(u256 a)
{
	mpz_sqrt(W, A);
	assert_u256_is(u256_sqrt(a), W);
}

/* The double that 53 bits of A, rounded to even, are */
static double
oracle_double(void)
{
	size_t		bits = mpz_sizeinbase(A, 2);
	size_t		drop = bits > 53 ? bits - 53 : 0;

	mpz_fdiv_q_2exp(W, A, drop);
	mpz_fdiv_r_2exp(R, A, drop);
	if (drop > 0)
	{
		mpz_set_ui(C, 1);
		mpz_mul_2exp(C, C, drop - 1);
		if (mpz_cmp(R, C) > 0 || (mpz_cmp(R, C) == 0 && mpz_odd_p(W)))
			mpz_add_ui(W, W, 1);
	}
	return ldexp(mpz_get_d(W), (int) drop);
}

static void
check_double(u256 a)
{
	double		want = oracle_double();
	u256		back;

	assert_double_is(u256_to_double(a), want);
	if (want < 0x1p256)
	{
		mpz_set_d(W, want);
		assert_int_equal(u256_from_double(want, &back), CORE_OK);
		assert_u256_is(back, W);
	}
	else
		assert_int_equal(u256_from_double(want, &back), CORE_OUT_OF_RANGE);
	mpz_set_s256(A, a);
	mpz_abs(A, A);
	want = oracle_double();
	assert_double_is(s256_to_double(a), s256_is_negative(a) ? -want : want);
}

static void
check_bytes(u256 a)
{
	uint8_t		bytes[32];
	uint8_t		want[32] = {0};
	int			n = 1 + (int) random_below(32);
	bool		fits = mpz_sizeinbase(A, 2) <= (size_t) n * 8;

	assert_int_equal(u256_store_be(a, bytes, n), fits);
	if (fits)
	{
		size_t		used = mpz_sgn(A) == 0 ? 0 : (mpz_sizeinbase(A, 2) + 7) / 8;

		mpz_export(want + n - used, NULL, 1, 1, 0, 0, A);
		assert_memory_equal(bytes, want, (size_t) n);
		assert_true(u256_equal(u256_load_be(bytes, n), a));
		mpz_set(W, A);
		if (mpz_tstbit(A, (mp_bitcnt_t) n * 8 - 1))
		{
			mpz_set_ui(R, 1);
			mpz_mul_2exp(R, R, (mp_bitcnt_t) n * 8);
			mpz_sub(W, W, R);
		}
		assert_s256_is(s256_load_be(bytes, n), W);
	}
	assert_true(u256_equal(s256_sign_extend(a, n),
						   s256_sign_extend(u256_and(a, u256_shr(U256_MAX, 256 - 8 * (unsigned) n)), n)));
}

#define KINDS	14

static void
check_kind(unsigned kind, u256 a, u256 b, u256 c)
{
	switch (kind)
	{
		case 0:
			check_sums(a, b);
			break;
		case 1:
			check_product(a, b);
			break;
		case 2:
		case 3:
			check_quotient(a, b);
			break;
		case 4:
			check_wide_quotient(a, b, c);
			break;
		case 5:
		case 6:
		case 7:
			check_mul_div(a, b, c, (u256_rounding) (kind - 5));
			break;
		case 8:
			check_signed_sums(a, b);
			break;
		case 9:
			check_signed_product(a, b);
			break;
		case 10:
			check_shifts(a);
			break;
		case 11:
			check_sqrt(a);
			break;
		case 12:
			check_double(a);
			break;
		default:
			check_bytes(a);
	}
}

/* One operation of every kind in turn, each on operands of its own */
static void
test_random(void **state)
{
	(void) state;
	for (uint64_t i = 0; i < rounds; i++)
	{
		u256		a = random_u256();
		u256		b = random_partner(a);
		u256		c = random_partner(random_below(2) == 0 ? a : b);

		mpz_set_u256(A, a);
		mpz_set_u256(B, b);
		mpz_set_u256(C, c);
		check_kind((unsigned) (i % KINDS), a, b, c);
	}
}

/* a * b / c exactly at a half, and results that only rounding pushes over the edge */
static void
test_rounding_edges(void **state)
{
	u256		one = u256_from_u64(1);
	u256		two = u256_from_u64(2);
	u256		out = u256_from_u64(7);

	(void) state;
	for (uint64_t i = 0; i < rounds / 10; i++)
	{
		u256		c = random_u256();
		u256		near = u256_sub_wrap(u256_shr(c, 1), u256_from_u64(random_below(3)));

		near = u256_add_wrap(near, u256_from_u64(random_below(3)));
		mpz_set_u256(A, near);
		mpz_set_ui(B, 1);
		mpz_set_u256(C, c);
		check_mul_div(near, one, c, U256_HALF_UP);
		mpz_set_u256(A, U256_MAX);
		mpz_set_u256(B, near);
		for (int r = 0; r < 3; r++)
			check_mul_div(U256_MAX, near, c, (u256_rounding) r);
		mpz_set_u256(B, c);
		for (int r = 0; r < 3; r++)
			check_mul_div(U256_MAX, c, c, (u256_rounding) r);
	}
	assert_int_equal(u256_mul_div(U256_MAX, one, U256_ZERO, U256_FLOOR, &out),
					 CORE_DIVISION_BY_ZERO);
	assert_int_equal(u256_mul_div(U256_ZERO, one, U256_ZERO, U256_CEIL, &out),
					 CORE_DIVISION_BY_ZERO);
	assert_int_equal(u256_mul_div(U256_MAX, two, one, U256_FLOOR, &out), CORE_OUT_OF_RANGE);
	assert_true(u256_equal(out, u256_from_u64(7)));
	assert_int_equal(u256_mul_div(U256_ZERO, U256_MAX, one, U256_CEIL, &out), CORE_OK);
	assert_true(u256_is_zero(out));
}

/* floor = 2^256 - 1 with a remainder: only ceil and half-up leave the range */
static void
test_rounding_overflow(void **state)
{
	u256		out;
	u256		a;
	u256		b = u256_from_u64(535006138814359);

	(void) state;
	/* half of 2^257 - 1, which 535006138814359 divides, is 2^256 - 1 and a half */
	mpz_ui_pow_ui(W, 2, 257);
	mpz_sub_ui(W, W, 1);
	assert_int_equal(mpz_tdiv_q_ui(A, W, 535006138814359), 0);
	a = u256_from_mpz(A);
	assert_int_equal(u256_mul_div(a, b, u256_from_u64(2), U256_FLOOR, &out), CORE_OK);
	assert_true(u256_equal(out, U256_MAX));
	assert_int_equal(u256_mul_div(a, b, u256_from_u64(2), U256_HALF_UP, &out), CORE_OUT_OF_RANGE);
	assert_int_equal(u256_mul_div(a, b, u256_from_u64(2), U256_CEIL, &out), CORE_OUT_OF_RANGE);
}

static void
test_constants(void **state)
{
	u256		power;

	(void) state;
	for (unsigned n = 0; n <= U256_MAX_POW10; n++)
	{
		mpz_ui_pow_ui(W, 10, n);
		assert_true(u256_pow10(n, &power));
		assert_u256_is(power, W);
	}
	assert_false(u256_pow10(U256_MAX_POW10 + 1, &power));
	assert_true(u256_pow10(18, &power) && u256_equal(power, FIXED_WAD));
	assert_true(u256_pow10(27, &power) && u256_equal(power, FIXED_RAY));
	assert_true(u256_pow10(4, &power) && u256_equal(power, FIXED_PERCENT));
	assert_true(u256_is_zero(U256_ZERO) && !u256_is_zero(U256_MAX));
	assert_int_equal(u256_log2(U256_ZERO), -1);
	assert_true(u256_fits_u64(u256_from_u64(UINT64_MAX)) && !u256_fits_u64(U256_MAX));
}

static void
test_signed_edges(void **state)
{
	s256		minus_one = U256_MAX;
	s256		one = u256_from_u64(1);
	s256		out;
	uint8_t		byte = 0x80;

	(void) state;
	assert_int_equal(s256_div(S256_MIN, minus_one, &out), CORE_OUT_OF_RANGE);
	assert_int_equal(s256_div(S256_MIN, U256_ZERO, &out), CORE_DIVISION_BY_ZERO);
	assert_int_equal(s256_div(S256_MIN, one, &out), CORE_OK);
	assert_true(u256_equal(out, S256_MIN));
	assert_false(s256_neg(S256_MIN, &out));
	assert_false(s256_mul(S256_MIN, minus_one, &out));
	assert_false(s256_add(S256_MAX, one, &out));
	assert_false(s256_sub(S256_MIN, one, &out));
	assert_int_equal(s256_cmp(S256_MIN, S256_MAX), -1);
	assert_true(u256_equal(s256_load_be(&byte, 1), s256_neg_wrap(u256_from_u64(128))));
	assert_false(s256_from_magnitude(S256_MIN, false, &out));
	assert_true(s256_from_magnitude(S256_MIN, true, &out));
	assert_true(u256_equal(out, S256_MIN));
	assert_double_is(s256_to_double(S256_MIN), -0x1p255);
}

static void
test_double_edges(void **state)
{
	u256		out = U256_ZERO;

	(void) state;
	assert_double_is(u256_to_double(U256_MAX), 0x1p256);
	assert_double_is(u256_to_double(U256_ZERO), 0.0);
	assert_int_equal(u256_from_double(-0.0, &out), CORE_OK);
	assert_int_equal(u256_from_double(-1.0, &out), CORE_OUT_OF_RANGE);
	assert_int_equal(u256_from_double(NAN, &out), CORE_OUT_OF_RANGE);
	assert_int_equal(u256_from_double(INFINITY, &out), CORE_OUT_OF_RANGE);
	assert_int_equal(u256_from_double(0.5, &out), CORE_BAD_PARAMETER);
	assert_int_equal(u256_from_double(0x1p52 + 0.5, &out), CORE_OK);	/* the literal is even */
	assert_int_equal(u256_from_double(0x1p51 + 0.5, &out), CORE_BAD_PARAMETER);
	assert_int_equal(u256_from_double(0x1.fffffffffffffp255, &out), CORE_OK);
	assert_int_equal(u256_bit_length(out), 256);
}

/* W = rpow(A, n, B) with half-up products; false where a step leaves 256 bits */
static bool
oracle_pow(uint64_t n)
{
	mpz_set(W, (n & 1) != 0 ? A : B);
	for (n >>= 1; n != 0; n >>= 1)
	{
		mpz_mul(A, A, A);
		mpz_fdiv_q_2exp(R, B, 1);
		mpz_add(A, A, R);
		mpz_fdiv_q(A, A, B);
		if (!mpz_fits_u256(A))
			return false;
		if ((n & 1) == 0)
			continue;
		mpz_mul(W, W, A);
		mpz_add(W, W, R);
		mpz_fdiv_q(W, W, B);
		if (!mpz_fits_u256(W))
			return false;
	}
	return true;
}

static void
test_pow_fixed(void **state)
{
	u256		out;

	(void) state;
	for (uint64_t i = 0; i < rounds / 50; i++)
	{
		u256		one = random_below(2) == 0 ? FIXED_RAY : FIXED_WAD;
		u256		base = u256_add_wrap(one, u256_from_u64(random_u64() >> random_below(64)));
		uint64_t	n = random_u64() >> random_below(64);
		bool		fits;
		core_status status;

		if (random_below(8) == 0)
			base = random_u256();
		mpz_set_u256(A, base);
		mpz_set_u256(B, one);
		status = u256_pow_fixed(base, n, one, &out);
		fits = oracle_pow(n);
		assert_int_equal(status, fits ? CORE_OK : CORE_OUT_OF_RANGE);
		if (fits)
			assert_u256_is(out, W);
	}
	assert_int_equal(u256_pow_fixed(U256_ZERO, 0, FIXED_RAY, &out), CORE_OK);
	assert_true(u256_equal(out, FIXED_RAY));
	assert_int_equal(u256_pow_fixed(FIXED_RAY, 5, U256_ZERO, &out), CORE_DIVISION_BY_ZERO);
}

static void
test_fixed_point(void **state)
{
	u256		out;
	u256		five = u256_from_u64(5);
	u256		three = u256_from_u64(3);

	(void) state;
	assert_int_equal(ray_mul(three, five, U256_CEIL, &out), CORE_OK);
	assert_true(u256_equal(out, u256_from_u64(1)));
	assert_int_equal(percent_div(five, three, U256_FLOOR, &out), CORE_OK);
	assert_true(u256_equal(out, u256_from_u64(16666)));
	assert_int_equal(percent_div(u256_from_u64(2), three, U256_HALF_UP, &out), CORE_OK);
	assert_true(u256_equal(out, u256_from_u64(6667)));
	assert_int_equal(percent_mul(u256_from_u64(1), u256_from_u64(4999), U256_HALF_UP, &out), CORE_OK);
	assert_true(u256_is_zero(out));
	assert_int_equal(wad_mul(u256_from_u64(1), u256_from_u64(499999999999999999), U256_HALF_UP, &out),
					 CORE_OK);
	assert_true(u256_is_zero(out));
	assert_int_equal(wad_div(u256_from_u64(8745000000000000000), u256_from_u64(670000000000000000),
							 U256_HALF_UP, &out), CORE_OK);
	assert_true(u256_equal(out, u256_from_u64(UINT64_C(13052238805970149254))));
	assert_int_equal(ray_div(five, U256_ZERO, U256_HALF_UP, &out), CORE_DIVISION_BY_ZERO);
	assert_int_equal(ray_div(U256_MAX, five, U256_HALF_UP, &out), CORE_OUT_OF_RANGE);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_rounding_edges),
		cmocka_unit_test(test_rounding_overflow),
		cmocka_unit_test(test_constants),
		cmocka_unit_test(test_signed_edges),
		cmocka_unit_test(test_double_edges),
		cmocka_unit_test(test_pow_fixed),
		cmocka_unit_test(test_fixed_point),
	};

	rounds = operations(argc, argv, rounds);
	mpz_inits(A, B, C, W, R, NULL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
