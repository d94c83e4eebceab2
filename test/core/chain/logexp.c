/*-------------------------------------------------------------------------
 *
 * test/core/chain/logexp.c
 *	  LogExpMath against the same steps in GMP, and against exact powers.
 *
 *-------------------------------------------------------------------------
 */
#include "oracle.h"

#include <math.h>

#include "core/chain/fixed.h"
#include "core/chain/logexp.h"

#define ROUNDS		20000
#define FACTORS		12

#define assert_ok(call)		assert_int_equal(call, CORE_OK)

/* ---------- LogExpMath with signed integers of any size ---------- */

static const char *const powers_of_e[FACTORS] = {
	"38877084059945950922200000000000000000000000000000000000",
	"6235149080811616882910000000",
	"7896296018268069516100000000000000",
	"888611052050787263676000000",
	"298095798704172827474000",
	"5459815003314423907810",
	"738905609893065022723",
	"271828182845904523536",
	"164872127070012814685",
	"128402541668774148407",
	"113314845306682631683",
	"106449445891785942956"
};

static mpz_t e18;
static mpz_t e20;
static mpz_t e36;
static mpz_t factor[FACTORS];
static mpz_t exponent[FACTORS];	/* 18 decimals for the first two, then 20 */

static int
set_up(void **state)
{
	(void) state;
	mpz_inits(e18, e20, e36, NULL);
	mpz_ui_pow_ui(e18, 10, 18);
	mpz_ui_pow_ui(e20, 10, 20);
	mpz_ui_pow_ui(e36, 10, 36);
	for (int k = 0; k < FACTORS; k++)
	{
		mpz_init_set_str(factor[k], powers_of_e[k], 10);
		mpz_init(exponent[k]);
		mpz_mul_2exp(exponent[k], k < 2 ? e18 : e20, 7);
		mpz_fdiv_q_2exp(exponent[k], exponent[k], (mp_bitcnt_t) k);
	}
	return 0;
}

static int
tear_down(void **state)
{
	(void) state;
	mpz_clears(e18, e20, e36, NULL);
	for (int k = 0; k < FACTORS; k++)
		mpz_clears(factor[k], exponent[k], NULL);
	return 0;
}

/* out = a * b / c, truncated */
static void
ratio(mpz_t out, const mpz_t a, const mpz_t b, const mpz_t c)
{
	mpz_mul(out, a, b);
	mpz_tdiv_q(out, out, c);
}

static void
series(mpz_t sum, mpz_t x, const mpz_t unit, unsigned last)
{
	mpz_t		square;
	mpz_t		term;
	mpz_t		z;

	mpz_inits(square, term, z, NULL);
	mpz_sub(term, x, unit);
	mpz_add(z, x, unit);
	ratio(term, term, unit, z);
	ratio(square, term, term, unit);
	mpz_set(sum, term);
	for (unsigned n = 3; n <= last; n += 2)
	{
		ratio(term, term, square, unit);
		mpz_tdiv_q_ui(z, term, n);
		mpz_add(sum, sum, z);
	}
	mpz_mul_2exp(sum, sum, 1);
	mpz_clears(square, term, z, NULL);
}

static void
oracle_ln(mpz_t out, const mpz_t arg)
{
	mpz_t		x;
	mpz_t		t;
	bool		below = mpz_cmp(arg, e18) < 0;

	mpz_inits(x, t, NULL);
	mpz_set(x, arg);
	if (below)
		mpz_tdiv_q(x, e36, arg);
	mpz_set_ui(out, 0);
	for (int k = 0; k < FACTORS; k++)
	{
		mpz_mul_ui(t, factor[k], k < 2 ? 1000000000000000000UL : 1);
		if (k == 2)
		{
			mpz_mul_ui(x, x, 100);
			mpz_mul_ui(out, out, 100);
		}
		if (mpz_cmp(x, t) < 0)
			continue;
		if (k >= 2)
			mpz_mul(x, x, e20);
		mpz_tdiv_q(x, x, factor[k]);
		mpz_add(out, out, exponent[k]);
	}
	series(t, x, e20, 11);
	mpz_add(out, out, t);
	mpz_tdiv_q_ui(out, out, 100);
	if (below)
		mpz_neg(out, out);
	mpz_clears(x, t, NULL);
}

static void
oracle_exp(mpz_t out, const mpz_t arg)
{
	mpz_t		x;
	mpz_t		term;
	mpz_t		sum;
	mpz_t		first;

	mpz_inits(x, term, sum, NULL);
	mpz_init_set_ui(first, 1);
	mpz_abs(x, arg);
	mpz_set(out, e20);
	for (int k = 0; k < 10; k++)
	{
		if (k == 2)
			mpz_mul_ui(x, x, 100);
		if (mpz_cmp(x, exponent[k]) < 0 || (k == 1 && mpz_cmp_ui(first, 1) > 0))
			continue;
		mpz_sub(x, x, exponent[k]);
		if (k < 2)
			mpz_set(first, factor[k]);
		else
			ratio(out, out, factor[k], e20);
	}
	mpz_set(term, e20);
	mpz_set(sum, e20);
	for (unsigned n = 1; n <= 12; n++)
	{
		ratio(term, term, x, e20);
		mpz_tdiv_q_ui(term, term, n);
		mpz_add(sum, sum, term);
	}
	ratio(out, out, sum, e20);
	mpz_mul(out, out, first);
	mpz_tdiv_q_ui(out, out, 100);
	if (mpz_sgn(arg) < 0)
		mpz_tdiv_q(out, e36, out);
	mpz_clears(x, term, sum, first, NULL);
}

/* false where LogExpMath.pow reverts */
static bool
oracle_pow(mpz_t out, const mpz_t x, const mpz_t y)
{
	mpz_t		t;
	mpz_t		rest;
	double		size = mpz_get_d(x) / 1e18;
	bool		ok;

	if (mpz_sgn(y) == 0 || mpz_sgn(x) == 0)
	{
		mpz_set(out, e18);
		if (mpz_sgn(y) != 0)
			mpz_set_ui(out, 0);
		return true;
	}
	if (mpz_sizeinbase(x, 2) > 255)
		return false;
	mpz_inits(t, rest, NULL);
	mpz_ui_pow_ui(t, 2, 254);
	mpz_tdiv_q(t, t, e20);
	ok = mpz_cmp(y, t) < 0;
	mpz_set(rest, x);
	if (size > 0.9 && size < 1.1)
	{
		mpz_mul(rest, x, e18);
		series(t, rest, e36, 15);
		mpz_tdiv_qr(t, rest, t, e18);
		mpz_mul(t, t, y);
		ratio(rest, rest, y, e18);
		mpz_add(t, t, rest);
	}
	else
	{
		oracle_ln(t, x);
		mpz_mul(t, t, y);
	}
	mpz_tdiv_q(t, t, e18);
	mpz_mul_ui(rest, e18, mpz_sgn(t) < 0 ? 41 : 130);
	ok = ok && mpz_cmpabs(t, rest) <= 0;
	if (ok)
		oracle_exp(out, t);
	mpz_clears(t, rest, NULL);
	return ok;
}

/* ---------- powers ---------- */

static u256
random_base(void)
{
	u256		tenth = u256_from_u64(UINT64_C(100000000000000000));
	u256		near = u256_from_u64(random_u64() % UINT64_C(200000000000000000));

	switch (random_below(4))
	{
		case 0:
			return u256_add_wrap(u256_sub_wrap(FIXED_WAD, tenth), near);
		case 1:
			return u256_from_u64(random_u64() >> random_below(60));
		case 2:
			return u256_shr(random_u256(), random_below(200));
		default:
			return u256_mul_wrap(FIXED_WAD, u256_from_u64(1 + random_below(100000)));
	}
}

static void
test_pow_against_gmp(void **state)
{
	mpz_t		x;
	mpz_t		y;
	mpz_t		want;

	(void) state;
	mpz_inits(x, y, want, NULL);
	for (int k = 0; k < ROUNDS; k++)
	{
		u256		base = random_base();
		u256		power = random_below(20) == 0 ? random_u256()
			: u256_from_u64(random_u64() >> random_below(50));
		u256		got = U256_ZERO;
		bool		ok;

		mpz_set_u256(x, base);
		mpz_set_u256(y, power);
		ok = oracle_pow(want, x, y);
		assert_int_equal(logexp_pow(base, power, &got) == CORE_OK, ok);
		if (ok)
			assert_u256_is(got, want);
	}
	mpz_clears(x, y, want, NULL);
}

/* Against libm, whose powers are good to some 1e-15 */
static void
test_pow_is_a_power(void **state)
{
	(void) state;
	for (int k = 0; k < ROUNDS; k++)
	{
		u256		base = u256_from_u64(UINT64_C(100000000000000000) +
										 random_u64() % UINT64_C(9900000000000000000));
		u256		power = u256_from_u64(random_u64() % UINT64_C(9000000000000000000));
		u256		down = U256_ZERO;
		double		exact = pow(u256_to_double(base) / 1e18, u256_to_double(power) / 1e18) * 1e18;

		assert_ok(logexp_pow(base, power, &down));
		assert_true(fabs(u256_to_double(down) - exact) <= 1e-13 * exact + 2);
	}
}

static void
test_pow_edges(void **state)
{
	u256		one = FIXED_WAD;
	u256		two = u256_add_wrap(one, one);
	u256		got = u256_from_u64(7);

	(void) state;
	assert_ok(logexp_pow(U256_ZERO, U256_ZERO, &got));
	assert_true(u256_equal(got, one));
	assert_ok(logexp_pow(U256_ZERO, one, &got));
	assert_true(u256_is_zero(got));
	assert_ok(logexp_pow(one, two, &got));
	assert_true(u256_equal(got, one));
	assert_int_equal(logexp_pow(U256_MAX, one, &got), CORE_OUT_OF_RANGE);
	assert_int_equal(logexp_pow(two, U256_MAX, &got), CORE_OUT_OF_RANGE);
	assert_int_equal(logexp_pow(two, u256_mul_wrap(one, u256_from_u64(200)), &got),
					 CORE_OUT_OF_RANGE);
	assert_int_equal(logexp_pow(u256_from_u64(1), u256_from_u64(UINT64_C(999999999999999999)),
									&got), CORE_OUT_OF_RANGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pow_against_gmp),
		cmocka_unit_test(test_pow_is_a_power),
		cmocka_unit_test(test_pow_edges),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
