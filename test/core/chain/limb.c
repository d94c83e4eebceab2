/*-------------------------------------------------------------------------
 *
 * test_limb.c
 *	  The primitives under all wide arithmetic, against GMP.
 *
 *-------------------------------------------------------------------------
 */
#include "oracle.h"

#define MAX_LIMBS	44

static uint64_t rounds = 200000;

static uint64_t
random_normalized(void)
{
	return random_limb() | (uint64_t) 1 << 63;
}

static void
test_bits(void **state)
{
	(void) state;
	assert_int_equal(limb_bits(0), 0);
	for (int i = 0; i < 64; i++)
	{
		uint64_t	power = (uint64_t) 1 << i;

		assert_int_equal(limb_bits(power), i + 1);
		assert_int_equal(limb_bits(power | (power - 1)), i + 1);
		assert_int_equal(limb_bits(power | (random_u64() & (power - 1))), i + 1);
	}
}

static void
test_mul_add(void **state)
{
	mpz_t		p;
	mpz_t		t;

	(void) state;
	mpz_inits(p, t, NULL);
	for (uint64_t i = 0; i < rounds; i++)
	{
		uint64_t	v[4] = {random_limb(), random_limb(), random_limb(), random_limb()};
		uint64_t	got[2];

		got[0] = limb_mul_add(v[0], v[1], v[2], v[3], &got[1]);
		mpz_set_limbs(p, v, 1);
		mpz_set_limbs(t, v + 1, 1);
		mpz_mul(p, p, t);
		for (int j = 2; j < 4; j++)
		{
			mpz_set_limbs(t, v + j, 1);
			mpz_add(p, p, t);
		}
		mpz_set_limbs(t, got, 2);
		assert_int_equal(mpz_cmp(p, t), 0);
	}
	mpz_clears(p, t, NULL);
}

static void
test_reciprocal(void **state)
{
	mpz_t		all_ones;
	mpz_t		v;
	mpz_t		d;

	(void) state;
	mpz_inits(all_ones, v, d, NULL);
	mpz_ui_pow_ui(all_ones, 2, 128);
	mpz_sub_ui(all_ones, all_ones, 1);
	for (uint64_t i = 0; i < rounds; i++)
	{
		uint64_t	divisor = random_normalized();
		uint64_t	want = 0;

		mpz_set_limbs(d, &divisor, 1);
		mpz_fdiv_q(v, all_ones, d);
		mpz_fdiv_r_2exp(v, v, 64);
		mpz_export(&want, NULL, -1, sizeof(want), 0, 0, v);
		assert_true(limb_reciprocal(divisor) == want);
	}
	mpz_clears(all_ones, v, d, NULL);
}

/* u below d * 2^(64 * (m - n)), often by little, so that digits are at their limit */
static void
prepare_division(uint64_t *u, int m, uint64_t *d, int n)
{
	for (int i = 0; i < n; i++)
		d[i] = random_limb();
	d[n - 1] |= (uint64_t) 1 << 63;
	for (int i = 0; i < m; i++)
		u[i] = random_limb();
	if (random_below(2) == 0)
	{
		memcpy(u + m - n, d, sizeof(uint64_t) * (size_t) n);
		if (n > 1 && u[m - n] > 0)
			u[m - n]--;
		else
			u[m - 1] >>= 1;
	}
	else
		u[m - 1] = random_u64() % d[n - 1];
}

static void
test_division(void **state)
{
	uint64_t	u[2 * MAX_LIMBS];
	uint64_t	d[MAX_LIMBS];
	uint64_t	q[MAX_LIMBS];
	mpz_t		num;
	mpz_t		den;
	mpz_t		quot;
	mpz_t		rem;
	mpz_t		got;

	(void) state;
	mpz_inits(num, den, quot, rem, got, NULL);
	for (uint64_t i = 0; i < rounds; i++)
	{
		int			n = 1 + (int) random_below(random_below(8) == 0 ? MAX_LIMBS : 5);
		int			m = n + 1 + (int) random_below(6);

		prepare_division(u, m, d, n);
		mpz_set_limbs(num, u, (size_t) m);
		mpz_set_limbs(den, d, (size_t) n);
		mpz_fdiv_qr(quot, rem, num, den);
		limbs_div_normalized(u, m, d, n, q);
		mpz_set_limbs(got, q, (size_t) (m - n));
		assert_int_equal(mpz_cmp(got, quot), 0);
		mpz_set_limbs(got, u, (size_t) n);
		assert_int_equal(mpz_cmp(got, rem), 0);
	}
	mpz_clears(num, den, quot, rem, got, NULL);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bits),
		cmocka_unit_test(test_mul_add),
		cmocka_unit_test(test_reciprocal),
		cmocka_unit_test(test_division),
	};

	rounds = operations(argc, argv, rounds);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
