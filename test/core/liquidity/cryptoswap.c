/*-------------------------------------------------------------------------
 *
 * test_cryptoswap.c
 *	  Pools of unpegged coins against their equation in GMP's floats, and the
 *	  laws of their curve.
 *
 * The contracts' answers to the last wei are vectors of the SQL tests; here the
 * equation itself, which the contracts nowhere write down, says that D and the
 * balances solve it.
 *
 *-------------------------------------------------------------------------
 */
#include "oracle.h"

#include <math.h>

#include "core/chain/fixed.h"
#include "core/liquidity/cryptoswap.h"

#define ROUNDS		1500

#define assert_ok(call)		assert_int_equal(call, CORE_OK)

/* ---------- the equation ---------- */

typedef struct equation
{
	mpf_t		product;
	mpf_t		sum;
	mpf_t		d;
	mpf_t		k0;
	mpf_t		k;
	mpf_t		t;
	mpf_t		u;
} equation;

static void
equation_init(equation *e)
{
	mpf_set_default_prec(512);
	mpf_inits(e->product, e->sum, e->d, e->k0, e->k, e->t, e->u, NULL);
}

static void
equation_clear(equation *e)
{
	mpf_clears(e->product, e->sum, e->d, e->k0, e->k, e->t, e->u, NULL);
}

static void
mpf_set_u256(mpf_t f, u256 a)
{
	mpz_t		z;

	mpz_init(z);
	mpz_set_u256(z, a);
	mpf_set_z(f, z);
	mpz_clear(z);
}

/* (D/n)^n into t */
static void
mean_power(equation *e, int n)
{
	mpf_div_ui(e->t, e->d, (unsigned long) n);
	mpf_pow_ui(e->t, e->t, (unsigned long) n);
}

/* A K0 gamma^2 / (gamma + 1 - K0)^2, with A without its n^n */
static void
curvature(equation *e, const cryptoswap_curve *curve)
{
	mpf_set_u256(e->u, curve->gamma);
	mpf_div_ui(e->u, e->u, UINT64_C(1000000000000000000));
	mpf_set_u256(e->k, curve->amp);
	mpf_div_ui(e->k, e->k, 10000);
	mpf_div_ui(e->k, e->k, curve->n == 2 ? 4 : 27);
	mpf_mul(e->k, e->k, e->k0);
	mpf_mul(e->k, e->k, e->u);
	mpf_mul(e->k, e->k, e->u);
	mpf_add_ui(e->u, e->u, 1);
	mpf_sub(e->u, e->u, e->k0);
	mpf_mul(e->u, e->u, e->u);
	mpf_div(e->k, e->k, e->u);
}

/* Sign of K D^(n-1) sum + product - K D^n - (D/n)^n, K with n^n in it: that of a pool above D */
static int
side_of(const cryptoswap_curve *curve, u256 d)
{
	equation	e;
	int			sign;

	equation_init(&e);
	mpf_set_ui(e.product, 1);
	for (int k = 0; k < curve->n; k++)
	{
		mpf_set_u256(e.u, curve->xp[k]);
		mpf_mul(e.product, e.product, e.u);
		mpf_add(e.sum, e.sum, e.u);
	}
	mpf_set_u256(e.d, d);
	mean_power(&e, curve->n);
	mpf_div(e.k0, e.product, e.t);
	mpf_sub(e.product, e.product, e.t);
	curvature(&e, curve);
	mpf_sub(e.sum, e.sum, e.d);
	mpf_pow_ui(e.t, e.d, (unsigned long) curve->n - 1);
	mpf_mul(e.t, e.t, e.k);
	mpf_mul(e.t, e.t, e.sum);
	mpf_add(e.product, e.product, e.t);
	sign = mpf_sgn(e.product);
	equation_clear(&e);
	return sign;
}

/* x (1 +- 10^-12), and one unit */
static u256
nudged(u256 x, bool up)
{
	u256		part = U256_ZERO;
	u256		ten_12 = u256_from_u64(UINT64_C(1000000000000));

	assert_true(u256_div(x, ten_12, &part));
	part = u256_add_wrap(part, u256_from_u64(2));
	return up ? u256_add_wrap(x, part) : u256_sub_wrap(x, part);
}

/* ---------- pools ---------- */

static u256
ratio_of(u256 x, unsigned per_thousand)
{
	u256		out = U256_ZERO;

	assert_ok(u256_mul_div(x, u256_from_u64(per_thousand), u256_from_u64(1000), U256_FLOOR, &out));
	return out;
}

/* In the usual range of parameters, balances within a factor of three */
static cryptoswap_curve
random_curve(void)
{
	cryptoswap_curve curve = {.n = 2 + (int) random_below(2)};
	uint64_t	least_amp = curve.n == 2 ? 4000 : 2700;
	u256		typical = u256_mul_wrap(FIXED_WAD, u256_from_u64(1 + (random_u64() >> (34 + random_below(26)))));

	curve.version = curve.n == 2 ? (cryptoswap_version) random_below(2) : CRYPTOSWAP_V20;
	curve.amp = u256_from_u64(least_amp * (1 + random_below(1000)));
	curve.gamma = u256_from_u64(UINT64_C(10000000000) + (random_u64() >> (14 + random_below(30))));
	for (int k = 0; k < curve.n; k++)
		curve.xp[k] = u256_add_wrap(ratio_of(typical, 500 + random_below(1000)),
									u256_from_u64(random_u64() >> 8));
	return curve;
}

static void
test_d_solves_the_equation(void **state)
{
	int			solved = 0;

	(void) state;
	for (int round = 0; round < ROUNDS; round++)
	{
		cryptoswap_curve curve = random_curve();
		u256		d = U256_ZERO;

		if (cryptoswap_d(&curve, &d) != CORE_OK)
			continue;
		solved++;
		assert_true(side_of(&curve, nudged(d, false)) > 0);
		assert_true(side_of(&curve, nudged(d, true)) < 0);
	}
	assert_true(solved > ROUNDS * 9 / 10);
}

static void
test_y_solves_the_equation(void **state)
{
	int			solved = 0;

	(void) state;
	for (int round = 0; round < ROUNDS; round++)
	{
		cryptoswap_curve curve = random_curve();
		cryptoswap_curve other;
		u256		d = U256_ZERO;
		u256		y = U256_ZERO;
		int			j = (int) random_below((unsigned) curve.n);
		int			i = (j + 1) % curve.n;

		if (cryptoswap_d(&curve, &d) != CORE_OK)
			continue;
		curve.xp[i] = ratio_of(curve.xp[i], 700 + random_below(600));
		other = curve;
		if (cryptoswap_y(&curve, j, d, &y) != CORE_OK)
			continue;
		solved++;
		other.xp[j] = nudged(y, true);
		assert_true(side_of(&other, d) > 0);
		other.xp[j] = nudged(y, false);
		assert_true(side_of(&other, d) < 0);
		/* its own value is not read */
		curve.xp[j] = U256_MAX;
		assert_ok(cryptoswap_y(&curve, j, d, &other.xp[j]));
		assert_true(u256_equal(other.xp[j], y));
	}
	assert_true(solved > ROUNDS * 9 / 10);
}

/* ---------- laws of swaps ---------- */

static void
test_swap_laws(void **state)
{
	cryptoswap_fees fees = {{{26000000}}, {{45000000}}, {{UINT64_C(230000000000000)}}};
	cryptoswap_fees none = {U256_ZERO, U256_ZERO, FIXED_WAD};
	int			swapped = 0;

	(void) state;
	for (int round = 0; round < ROUNDS; round++)
	{
		cryptoswap_curve curve = random_curve();
		cryptoswap_curve after = curve;
		cryptoswap_scales scales = {{{{1}}, {{1}}, {{1}}}, {FIXED_WAD, FIXED_WAD, FIXED_WAD}};
		u256		dx = ratio_of(curve.xp[0], 1 + random_below(300));
		u256		half = u256_shr(dx, 1);
		u256		d = U256_ZERO;
		u256		d_after = U256_ZERO;
		u256		dy;
		u256		with_fee;
		u256		first;
		u256		second;

		if (cryptoswap_d(&curve, &d) != CORE_OK ||
			cryptoswap_dy(&curve, curve.xp, &scales, &none, 0, 1, dx, d, &dy) != CORE_OK)
			continue;
		swapped++;
		assert_ok(cryptoswap_dy(&curve, curve.xp, &scales, &fees, 0, 1, dx, d, &with_fee));
		assert_true(u256_cmp(with_fee, dy) < 0);
		/* D does not fall, but for the last digits of a double */
		after.xp[0] = u256_add_wrap(curve.xp[0], dx);
		after.xp[1] = u256_sub_wrap(curve.xp[1], with_fee);
		assert_ok(cryptoswap_d(&after, &d_after));
		assert_true(u256_to_double(d_after) > u256_to_double(d) * (1 - 1e-14));
		/* two halves at the same D give no more than the whole, but for get_y's last 1e-14 */
		assert_ok(cryptoswap_dy(&curve, curve.xp, &scales, &none, 0, 1, half, d, &first));
		after = curve;
		after.xp[0] = u256_add_wrap(curve.xp[0], half);
		after.xp[1] = u256_sub_wrap(curve.xp[1], first);
		assert_ok(cryptoswap_dy(&after, after.xp, &scales, &none, 0, 1,
								u256_sub_wrap(dx, half), d, &second));
		assert_true(u256_to_double(u256_add_wrap(first, second)) <=
					u256_to_double(dy) + 1e-13 * u256_to_double(curve.xp[1]) + 2);
	}
	assert_true(swapped > ROUNDS * 9 / 10);
}

/* In balance the price is one, and a small swap gets it; far from it, too */
static void
test_spot_price(void **state)
{
	cryptoswap_fees none = {U256_ZERO, U256_ZERO, FIXED_WAD};
	int			priced = 0;

	(void) state;
	for (int round = 0; round < ROUNDS; round++)
	{
		cryptoswap_curve curve = random_curve();
		cryptoswap_scales scales = {{{{1}}, {{1}}, {{1}}}, {FIXED_WAD, FIXED_WAD, FIXED_WAD}};
		u256		dx = u256_shr(curve.xp[1], 20);
		u256		d = U256_ZERO;
		u256		dy;
		u256		price;
		double		ratio;

		if (cryptoswap_d(&curve, &d) != CORE_OK ||
			cryptoswap_dy(&curve, curve.xp, &scales, &none, 1, 0, dx, d, &dy) != CORE_OK)
			continue;
		priced++;
		assert_ok(cryptoswap_spot_price(&curve, 1, d, FIXED_WAD, &price));
		ratio = u256_to_double(dy) / u256_to_double(dx) / (u256_to_double(price) / 1e18);
		assert_true(fabs(ratio - 1) < 1e-2);
	}
	assert_true(priced > ROUNDS * 9 / 10);
}

/* ---------- roots and prices of shares ---------- */

static void
test_cbrt(void **state)
{
	mpz_t		x;
	mpz_t		root;
	mpz_t		got;

	(void) state;
	mpz_inits(x, root, got, NULL);
	for (int round = 0; round < 20 * ROUNDS; round++)
	{
		u256		a = u256_shr((u256) {{random_u64(), random_u64(), random_u64(), random_u64()}},
								 random_below(255));

		mpz_set_u256(x, a);
		mpz_ui_pow_ui(got, 10, 36);
		mpz_mul(x, x, got);
		mpz_root(root, x, 3);
		mpz_set_u256(got, cryptoswap_cbrt(a));
		mpz_sub(got, got, root);
		/* to a unit while 36 decimals fit, to those that the contract gives up otherwise */
		assert_true(mpz_cmpabs_ui(got, u256_bit_length(a) <= 136 ? 1 : u256_bit_length(a) <= 196 ?
								  1000000 : UINT64_C(1000000000000)) <= 0);
	}
	assert_true(u256_is_zero(cryptoswap_cbrt(U256_ZERO)));
	mpz_clears(x, root, got, NULL);
}

/* A pool in balance whose shares are its geometric mean: virtual price one */
static void
test_share_prices(void **state)
{
	cryptoswap_scales scales = {{{{1}}, {{1}}, {{1}}}, {FIXED_WAD, FIXED_WAD, FIXED_WAD}};
	u256		d = u256_mul_wrap(FIXED_WAD, u256_from_u64(6));
	u256		oracle[2] = {FIXED_WAD, FIXED_WAD};
	u256		price;

	(void) state;
	for (int n = 2; n <= 3; n++)
		for (int version = CRYPTOSWAP_V20; version <= (n == 2 ? CRYPTOSWAP_V21 : CRYPTOSWAP_V20); version++)
		{
			cryptoswap_curve curve = {.n = n, .version = (cryptoswap_version) version};
			u256		supply = u256_mul_wrap(FIXED_WAD, u256_from_u64(n == 2 ? 3 : 2));

			assert_ok(cryptoswap_virtual_price(&curve, &scales, d, supply, &price));
			assert_true(u256_equal(price, FIXED_WAD));
			assert_int_equal(cryptoswap_virtual_price(&curve, &scales, d, U256_ZERO, &price),
							 CORE_DIVISION_BY_ZERO);
			assert_ok(cryptoswap_lp_price(n, FIXED_WAD, oracle, &price));
			assert_true(u256_equal(price, u256_mul_wrap(FIXED_WAD, u256_from_u64((uint64_t) n))));
		}
}

/* ---------- limits ---------- */

static void
test_limits(void **state)
{
	cryptoswap_curve curve = {.n = 2, .amp = {{400000}}, .gamma = {{UINT64_C(2000000000000000)}},
	.xp = {FIXED_WAD, FIXED_WAD}};
	u256		two = u256_add_wrap(FIXED_WAD, FIXED_WAD);
	u256		out;

	(void) state;
	assert_ok(cryptoswap_d(&curve, &out));
	assert_true(u256_equal(out, two));
	/* what gamma 2.0 refuses 2.1 takes */
	curve.gamma = u256_add_wrap(curve.gamma, u256_from_u64(1));
	assert_int_equal(cryptoswap_d(&curve, &out), CORE_BAD_PARAMETER);
	assert_int_equal(cryptoswap_y(&curve, 0, two, &out), CORE_BAD_PARAMETER);
	curve.version = CRYPTOSWAP_V21;
	assert_ok(cryptoswap_d(&curve, &out));
	assert_ok(cryptoswap_y(&curve, 0, two, &out));
	curve.amp = u256_from_u64(3999);
	assert_int_equal(cryptoswap_d(&curve, &out), CORE_BAD_PARAMETER);
	curve.amp = u256_from_u64(400000);
	assert_int_equal(cryptoswap_y(&curve, 0, u256_from_u64(1), &out), CORE_BAD_PARAMETER);
	curve.xp[1] = U256_ZERO;
	assert_int_equal(cryptoswap_d(&curve, &out), CORE_BAD_PARAMETER);
	assert_true(cryptoswap_y(&curve, 0, two, &out) != CORE_OK);
	curve.xp[1] = U256_MAX;
	assert_true(cryptoswap_d(&curve, &out) != CORE_OK);
	assert_true(cryptoswap_y(&curve, 0, two, &out) != CORE_OK);
	assert_true(cryptoswap_spot_price(&curve, 1, two, FIXED_WAD, &out) != CORE_OK);
}

/* No operands make it loop, or fall over */
static void
test_hostile(void **state)
{
	(void) state;
	for (int round = 0; round < 3 * ROUNDS; round++)
	{
		cryptoswap_curve curve = random_curve();
		cryptoswap_fees fees = {random_u256(), random_u256(), random_u256()};
		cryptoswap_scales scales = {{{{1}}, {{1}}, {{1}}}, {FIXED_WAD, random_u256(), random_u256()}};
		u256		d = random_below(2) ? random_u256() : curve.xp[0];
		u256		out;

		if (random_below(2))
			curve.xp[random_below((unsigned) curve.n)] = random_u256();
		if (random_below(4) == 0)
			curve.gamma = random_u256();
		if (random_below(4) == 0)
			curve.amp = random_u256();
		(void) cryptoswap_d(&curve, &out);
		(void) cryptoswap_y(&curve, 0, d, &out);
		(void) cryptoswap_fee(&curve, &fees, &out);
		(void) cryptoswap_spot_price(&curve, 1, d, random_u256(), &out);
		(void) cryptoswap_virtual_price(&curve, &scales, d, random_u256(), &out);
		(void) cryptoswap_dy(&curve, curve.xp, &scales, &fees, 0, 1, random_u256(), d, &out);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cbrt),
		cmocka_unit_test(test_d_solves_the_equation),
		cmocka_unit_test(test_y_solves_the_equation),
		cmocka_unit_test(test_swap_laws),
		cmocka_unit_test(test_spot_price),
		cmocka_unit_test(test_share_prices),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
