/*-------------------------------------------------------------------------
 *
 * test_stableswap.c
 *	  StableSwap pools against an oracle in GMP, and the laws of their curve.
 *
 * The oracle follows the contracts with integers of any size and a flag that
 * says whether one of them left 256 bits: another arithmetic, and another
 * arrangement of the formulas, than that of the core.
 *
 *-------------------------------------------------------------------------
 */
#include "oracle.h"

#include <math.h>

#include "core/chain/fixed.h"
#include "core/liquidity/stableswap.h"
#include "core/liquidity/stableswap_deposit.h"
#include "core/liquidity/stableswap_depth.h"

#define ROUNDS		4000
#define COINS		STABLESWAP_MAX_COINS

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

/* ---------- the oracle ---------- */

typedef struct machine
{
	mpz_t		xp[COINS];
	mpz_t		ann;
	mpz_t		d;
	mpz_t		y;
	mpz_t		s;
	mpz_t		p;
	mpz_t		c;
	mpz_t		b;
	mpz_t		t;
	mpz_t		u;
	mpz_t		last;
	int			n;
	stableswap_variant variant;
	unsigned long precision;
	bool		failed;
} machine;

static void
machine_init(machine *m, const stableswap_pool *pool)
{
	mpz_inits(m->ann, m->d, m->y, m->s, m->p, m->c, m->b, m->t, m->u, m->last, NULL);
	m->n = pool->n;
	m->variant = pool->variant;
	m->failed = false;
	m->precision = pool->variant == STABLESWAP_RAW ? 1 :
		pool->variant >= STABLESWAP_BALANCER_V2 ? 1000 : 100;
	for (int k = 0; k < COINS; k++)
	{
		mpz_init(m->xp[k]);
		if (k < pool->n)
			mpz_set_u256(m->xp[k], pool->xp[k]);
	}
	mpz_set_u256(m->ann, pool->amp);
	mpz_mul_ui(m->ann, m->ann, (unsigned long) pool->n);
}

static void
machine_clear(machine *m)
{
	mpz_clears(m->ann, m->d, m->y, m->s, m->p, m->c, m->b, m->t, m->u, m->last, NULL);
	for (int k = 0; k < COINS; k++)
		mpz_clear(m->xp[k]);
}

static void
keep(machine *m, const mpz_t z)
{
	if (!mpz_fits_u256(z))
		m->failed = true;
}

static void
times(machine *m, mpz_t out, const mpz_t a, const mpz_t b)
{
	mpz_mul(out, a, b);
	keep(m, out);
}

static void
times_ui(machine *m, mpz_t out, const mpz_t a, unsigned long b)
{
	mpz_mul_ui(out, a, b);
	keep(m, out);
}

static void
over(machine *m, mpz_t out, const mpz_t a, const mpz_t b, bool up)
{
	if (mpz_sgn(b) == 0)
		m->failed = true;
	else if (up)
		mpz_cdiv_q(out, a, b);
	else
		mpz_fdiv_q(out, a, b);
}

static void
plus(machine *m, mpz_t out, const mpz_t a, const mpz_t b)
{
	mpz_add(out, a, b);
	keep(m, out);
}

static void
minus(machine *m, mpz_t out, const mpz_t a, const mpz_t b)
{
	mpz_sub(out, a, b);
	keep(m, out);
}

static bool
near(const mpz_t a, const mpz_t b, mpz_t t)
{
	mpz_sub(t, a, b);
	return mpz_cmpabs_ui(t, 1) <= 0;
}

static void
curve_round(machine *m)
{
	mpz_t		divisor;
	unsigned long n = (unsigned long) m->n;

	mpz_init(divisor);
	mpz_set(m->p, m->d);
	for (int k = 0; k < m->n; k++)
	{
		times_ui(m, divisor, m->xp[k], m->variant == STABLESWAP_NG ? 1 : n);
		mpz_add_ui(divisor, divisor, m->variant == STABLESWAP_PLUS1);
		keep(m, divisor);
		times(m, m->p, m->p, m->d);
		over(m, m->p, m->p, divisor, false);
	}
	if (m->variant == STABLESWAP_NG)
	{
		mpz_ui_pow_ui(divisor, n, n);
		over(m, m->p, m->p, divisor, false);
	}
	times(m, m->t, m->ann, m->s);
	mpz_fdiv_q_ui(m->t, m->t, m->precision);
	times_ui(m, m->u, m->p, n);
	plus(m, m->t, m->t, m->u);
	times(m, m->t, m->t, m->d);
	mpz_sub_ui(divisor, m->ann, m->precision);
	keep(m, divisor);
	times(m, divisor, divisor, m->d);
	mpz_fdiv_q_ui(divisor, divisor, m->precision);
	times_ui(m, m->u, m->p, n + 1);
	plus(m, divisor, divisor, m->u);
	over(m, m->d, m->t, divisor, false);
	mpz_clear(divisor);
}

/* n^n * product / D^(n-1), in m->p */
static void
balancer_p(machine *m, bool up)
{
	unsigned long n = (unsigned long) m->n;

	times_ui(m, m->p, m->xp[0], n);
	for (int k = 1; k < m->n; k++)
	{
		times(m, m->p, m->p, m->xp[k]);
		times_ui(m, m->p, m->p, n);
		over(m, m->p, m->p, m->d, up);
	}
}

static void
balancer_round(machine *m, bool up)
{
	mpz_t		precision;

	mpz_init_set_ui(precision, m->precision);
	balancer_p(m, up);
	times(m, m->t, m->ann, m->s);
	times(m, m->t, m->t, m->p);
	over(m, m->t, m->t, precision, up);
	times_ui(m, m->u, m->d, (unsigned long) m->n);
	times(m, m->u, m->u, m->d);
	plus(m, m->t, m->t, m->u);
	minus(m, m->u, m->ann, precision);
	times(m, m->u, m->u, m->p);
	over(m, m->u, m->u, precision, !up);
	times_ui(m, precision, m->d, (unsigned long) m->n + 1);
	plus(m, m->u, m->u, precision);
	over(m, m->d, m->t, m->u, up);
	mpz_clear(precision);
}

/* D in m->d; false where the contract reverts */
static bool
oracle_d(machine *m, bool up)
{
	mpz_set_ui(m->s, 0);
	for (int k = 0; k < m->n; k++)
		plus(m, m->s, m->s, m->xp[k]);
	mpz_set(m->d, m->s);
	if (mpz_sgn(m->s) == 0)
		return true;
	for (int round = 0; round < 255 && !m->failed; round++)
	{
		mpz_set(m->last, m->d);
		if (m->variant == STABLESWAP_BALANCER_V2)
			balancer_round(m, up);
		else
			curve_round(m);
		if (near(m->d, m->last, m->t))
			return !m->failed;
	}
	return m->variant == STABLESWAP_RAW && !m->failed;
}

/* c and b of the quadratic for coin j */
static void
oracle_terms(machine *m, int j)
{
	mpz_set_ui(m->s, 0);
	for (int k = 0; k < m->n; k++)
		if (k != j)
			plus(m, m->s, m->s, m->xp[k]);
	if (m->variant >= STABLESWAP_BALANCER_V2)
	{
		bool		v3 = m->variant == STABLESWAP_BALANCER_V3;

		balancer_p(m, false);
		times(m, m->c, m->d, m->d);
		times_ui(m, m->c, m->c, v3 ? 1000 : 1);
		times(m, m->u, m->ann, m->p);
		over(m, m->c, m->c, m->u, true);
		times_ui(m, m->c, m->c, v3 ? 1 : 1000);
		times(m, m->c, m->c, m->xp[j]);
		times_ui(m, m->b, m->d, v3 ? 1000 : 1);
		over(m, m->b, m->b, m->ann, false);
		times_ui(m, m->b, m->b, v3 ? 1 : 1000);
	}
	else
	{
		mpz_set(m->c, m->d);
		for (int k = 0; k < m->n; k++)
		{
			if (k == j)
				continue;
			times(m, m->c, m->c, m->d);
			times_ui(m, m->u, m->xp[k], (unsigned long) m->n);
			over(m, m->c, m->c, m->u, false);
		}
		times(m, m->c, m->c, m->d);
		times_ui(m, m->c, m->c, m->precision);
		times_ui(m, m->u, m->ann, (unsigned long) m->n);
		over(m, m->c, m->c, m->u, false);
		times_ui(m, m->b, m->d, m->precision);
		over(m, m->b, m->b, m->ann, false);
	}
	plus(m, m->b, m->b, m->s);
}

/* balance j in m->y at the D in m->d */
static bool
oracle_y(machine *m, int j)
{
	bool		up = m->variant >= STABLESWAP_BALANCER_V2;

	oracle_terms(m, j);
	mpz_set(m->y, m->d);
	if (up)
	{
		times(m, m->t, m->d, m->d);
		plus(m, m->t, m->t, m->c);
		plus(m, m->u, m->d, m->b);
		over(m, m->y, m->t, m->u, true);
	}
	for (int round = 0; round < 255 && !m->failed; round++)
	{
		mpz_set(m->last, m->y);
		times(m, m->t, m->y, m->y);
		plus(m, m->t, m->t, m->c);
		times_ui(m, m->u, m->y, 2);
		plus(m, m->u, m->u, m->b);
		minus(m, m->u, m->u, m->d);
		over(m, m->y, m->t, m->u, up);
		if (near(m->y, m->last, m->t))
			return !m->failed;
	}
	return m->variant == STABLESWAP_RAW && !m->failed;
}

/* dy of a pool without rates, in m->y; false where the contract reverts */
static bool
oracle_dy(machine *m, const stableswap_pool *pool, int i, int j, const mpz_t dx)
{
	bool		balancer = m->variant >= STABLESWAP_BALANCER_V2;
	mpz_t		fee;
	mpz_t		part;
	mpz_t		old;
	bool		ok = oracle_d(m, true);

	mpz_inits(fee, part, NULL);
	mpz_init_set(old, m->xp[j]);
	mpz_set_u256(fee, pool->fee);
	if (balancer)
	{
		mpz_mul(part, dx, fee);
		mpz_cdiv_q_ui(part, part, 10000000000UL);
		mpz_sub(part, dx, part);
	}
	else
		mpz_set(part, dx);
	plus(m, m->xp[i], m->xp[i], part);
	ok = ok && oracle_y(m, j);
	mpz_sub(m->y, old, m->y);
	mpz_sub_ui(m->y, m->y, 1);
	ok = ok && mpz_sgn(m->y) >= 0;
	if (ok && !balancer)
	{
		mpz_mul(part, m->y, fee);
		mpz_fdiv_q_ui(part, part, 10000000000UL);
		mpz_sub(m->y, m->y, part);
	}
	mpz_clears(fee, part, old, NULL);
	return ok;
}

/* ---------- random pools ---------- */

static u256
random_amount(unsigned max_bits)
{
	u256		x = {{random_u64(), random_u64(), random_u64(), random_u64()}};

	return u256_shr(x, 256 - (1 + random_below(max_bits)));
}

/* From pools as they are to pools that break: balances of up to so many bits */
static stableswap_pool
random_pool(unsigned bits)
{
	stableswap_pool pool = {.variant = (stableswap_variant) random_below(7)};
	u256		typical = random_amount(bits);

	pool.n = 2 + (int) random_below(random_below(3) == 0 ? 7 : 2);
	pool.amp = u256_from_u64((1 + random_below(3000)) * UINT64_C(1000));
	if (pool.variant == STABLESWAP_RAW)
		pool.amp = u256_from_u64(1 + random_below(5000));
	pool.fee = u256_from_u64(random_below(4) == 0 ? 0 : random_below(100000000));
	for (int k = 0; k < pool.n; k++)
	{
		pool.balance[k] = u256_add_wrap(u256_shr(typical, random_below(5)), random_amount(16));
		if (random_below(20) == 0)
			pool.balance[k] = random_amount(bits);
	}
	assert_ok(stableswap_scale_balances(&pool));
	return pool;
}

static void
check_pool(const stableswap_pool *pool)
{
	machine		m;
	u256		got = U256_ZERO;
	u256		dx = random_amount(1 + (unsigned) u256_bit_length(pool->xp[0]));
	mpz_t		z;
	core_status status;
	bool		ok;

	machine_init(&m, pool);
	ok = oracle_d(&m, true);
	status = stableswap_d(pool, &got);
	assert_int_equal(status == CORE_OK, ok);
	if (ok)
		assert_u256_is(got, m.d);
	machine_clear(&m);

	machine_init(&m, pool);
	mpz_init(z);
	mpz_set_u256(z, dx);
	ok = oracle_dy(&m, pool, 0, 1, z);
	status = stableswap_dy(pool, 0, 1, dx, &got);
	assert_int_equal(status == CORE_OK, ok);
	if (ok)
		assert_u256_is(got, m.y);
	mpz_clear(z);
	machine_clear(&m);
}

static void
test_against_gmp(void **state)
{
	(void) state;
	for (int k = 0; k < ROUNDS; k++)
	{
		stableswap_pool pool = random_pool(k % 4 == 0 ? 250 : 96);

		check_pool(&pool);
	}
}

static void
test_virtual_price_against_gmp(void **state)
{
	(void) state;
	for (int k = 0; k < ROUNDS / 4; k++)
	{
		stableswap_pool pool = random_pool(96);
		u256		supply = random_amount(96);
		u256		got = U256_ZERO;
		machine		m;
		bool		ok;

		machine_init(&m, &pool);
		ok = oracle_d(&m, false);
		mpz_set_u256(m.u, FIXED_WAD);
		times(&m, m.d, m.d, m.u);
		mpz_set_u256(m.u, supply);
		over(&m, m.d, m.d, m.u, false);
		assert_int_equal(stableswap_virtual_price(&pool, supply, &got) == CORE_OK, ok && !m.failed);
		if (ok && !m.failed)
			assert_u256_is(got, m.d);
		machine_clear(&m);
	}
}

/* ---------- laws ---------- */

/* A pool of sizes that exist, up to 20 times as much of one coin as of another */
static stableswap_pool
real_pool(void)
{
	stableswap_pool pool = {.variant = (stableswap_variant) random_below(7)};
	u256		scale = u256_mul_wrap(FIXED_WAD, u256_from_u64(1 + random_below(100000)));

	pool.n = 2 + (int) random_below(3);
	pool.amp = u256_from_u64((20 + random_below(2000)) * UINT64_C(1000));
	if (pool.variant == STABLESWAP_RAW)
		pool.amp = u256_from_u64(10 + random_below(2000));
	pool.fee = u256_from_u64(random_below(40000000));
	pool.has_rates = random_below(2) == 0;
	for (int k = 0; k < pool.n; k++)
	{
		pool.balance[k] = u256_mul_wrap(scale, u256_from_u64(100 + random_below(1900)));
		pool.balance[k] = u256_add_wrap(pool.balance[k], random_amount(60));
		pool.rate[k] = u256_from_u64(UINT64_C(900000000000000000) +
									 random_u64() % UINT64_C(500000000000000000));
	}
	assert_ok(stableswap_scale_balances(&pool));
	return pool;
}

/* The pool after a swap, the whole fee being left in it */
static stableswap_pool
after_swap(const stableswap_pool *pool, int i, int j, u256 dx, u256 dy)
{
	stableswap_pool after = *pool;

	after.balance[i] = u256_add_wrap(after.balance[i], dx);
	after.balance[j] = u256_sub_wrap(after.balance[j], dy);
	assert_ok(stableswap_scale_balances(&after));
	return after;
}

/* a is not below b by more than the rounding of the iterations */
static void
assert_not_below(u256 a, u256 b, uint64_t rounding)
{
	assert_true(u256_cmp(u256_add_wrap(a, u256_from_u64(rounding)), b) >= 0);
}

/*
 * By how much two amounts may differ that would be the same but for rounding.
 * Balancer v2 divides D by A before it multiplies by the precision, 1000.
 */
static uint64_t
noise(const stableswap_pool *pool)
{
	return pool->variant == STABLESWAP_BALANCER_V2 ||
		pool->variant == STABLESWAP_BALANCER_COMPOSABLE ? 20000 : 16;
}

static void
test_swap_laws(void **state)
{
	(void) state;
	for (int k = 0; k < ROUNDS; k++)
	{
		stableswap_pool pool = real_pool();
		stableswap_pool after;
		u256		dx = u256_shr(pool.balance[0], 1 + random_below(20));
		u256		half = u256_shr(dx, 1);
		u256		d0;
		u256		d1;
		u256		dy;
		u256		first;
		u256		price0;
		u256		price1;

		assert_ok(stableswap_d(&pool, &d0));
		assert_ok(stableswap_dy(&pool, 0, 1, dx, &dy));
		after = after_swap(&pool, 0, 1, dx, dy);

		/* Balancer v2, rounding up, goes round in circles at some balances */
		if (stableswap_d(&after, &d1) == CORE_BAD_PARAMETER)
		{
			assert_int_equal(pool.variant, STABLESWAP_BALANCER_V2);
			continue;
		}

		/* nobody takes value out by swapping */
		assert_not_below(d1, d0, 0);
		if (stableswap_virtual_price(&pool, pool.balance[0], &price0) == CORE_OK &&
			stableswap_virtual_price(&after, pool.balance[0], &price1) == CORE_OK)
			assert_not_below(price1, price0, 0);
		else
			assert_int_equal(pool.variant, STABLESWAP_BALANCER_V2);

		/* more in, not less out; less than half as much out for half as much in */
		assert_ok(stableswap_dy(&pool, 0, 1, half, &first));
		assert_not_below(dy, first, 0);
		assert_not_below(u256_shl(first, 1), dy, noise(&pool));
	}
}

/*
 * In two parts a trade gives no more than as a whole.  Without a fee, that is:
 * the second part would gain from the fee that the first has left in the pool.
 */
static void
test_split_without_fee(void **state)
{
	(void) state;
	for (int k = 0; k < ROUNDS / 4; k++)
	{
		stableswap_pool pool = real_pool();
		stableswap_pool after;
		u256		dx = u256_shr(pool.balance[0], 1 + random_below(12));
		u256		part = u256_shr(dx, 1 + random_below(4));
		u256		dy;
		u256		first;
		u256		second;

		pool.fee = U256_ZERO;
		assert_ok(stableswap_dy(&pool, 0, 1, dx, &dy));
		assert_ok(stableswap_dy(&pool, 0, 1, part, &first));
		after = after_swap(&pool, 0, 1, part, first);
		if (stableswap_dy(&after, 0, 1, u256_sub_wrap(dx, part), &second) == CORE_OK)
			assert_not_below(dy, u256_add_wrap(first, second), noise(&pool));
	}
}

/* y and the price are those of the curve: against the swap, which uses neither */
static void
test_slope(void **state)
{
	(void) state;
	for (int k = 0; k < ROUNDS / 4; k++)
	{
		stableswap_pool pool = real_pool();
		u256		dx = u256_shr(pool.xp[0], 24);
		u256		price;
		u256		back;
		u256		y;
		double		slope;

		assert_ok(stableswap_spot_price(&pool, 0, 1, &price));
		assert_ok(stableswap_spot_price(&pool, 1, 0, &back));
		assert_ok(stableswap_y(&pool, 0, 1, u256_add_wrap(pool.xp[0], dx), &y));
		slope = u256_to_double(u256_sub_wrap(pool.xp[1], y)) / u256_to_double(dx);
		assert_true(slope < u256_to_double(price) / 1e18 * (1 + 1e-12));
		assert_true(slope > u256_to_double(price) / 1e18 * (1 - 1e-4));
		slope = u256_to_double(price) * u256_to_double(back) / 1e36;
		assert_true(slope > 1 - 1e-15 && slope < 1 + 1e-15);
	}
}

/* ---------- known numbers ---------- */

static void
test_convergence(void **state)
{
	stableswap_pool pool = {.variant = STABLESWAP_STD, .n = 2};
	u256		got;

	(void) state;
	/* curvefi/stableswap-ng tests/token/test_get_D.py: the old form does not converge here */
	pool.amp = u256_from_u64(1000);
	pool.xp[0] = num("100000000000000000000000");
	pool.xp[1] = num("1000000000000000000");
	assert_int_equal(stableswap_d(&pool, &got), CORE_BAD_PARAMETER);
	pool.variant = STABLESWAP_NG;
	assert_ok(stableswap_d(&pool, &got));
	assert_num(got, "9010395375710532394006");
}

static void
test_edges(void **state)
{
	stableswap_pool pool = {.variant = STABLESWAP_NG, .n = 3, .amp = {{20000}}};
	u256		got = u256_from_u64(7);

	(void) state;
	/* nothing: D is zero, a price has no meaning */
	assert_ok(stableswap_d(&pool, &got));
	assert_true(u256_is_zero(got));
	assert_int_equal(stableswap_virtual_price(&pool, U256_ZERO, &got), CORE_DIVISION_BY_ZERO);
	assert_int_equal(stableswap_dy(&pool, 0, 1, u256_from_u64(5), &got), CORE_DIVISION_BY_ZERO);
	assert_int_equal(stableswap_spot_price(&pool, 0, 1, &got), CORE_DIVISION_BY_ZERO);

	/* one balance zero, and too much */
	pool.xp[0] = pool.xp[1] = FIXED_WAD;
	assert_int_equal(stableswap_d(&pool, &got), CORE_DIVISION_BY_ZERO);
	pool.xp[0] = pool.xp[1] = pool.xp[2] = u256_shl(FIXED_WAD, 190);
	assert_int_equal(stableswap_d(&pool, &got), CORE_OUT_OF_RANGE);
	pool.xp[0] = U256_MAX;
	assert_int_equal(stableswap_d(&pool, &got), CORE_OUT_OF_RANGE);
	assert_true(u256_is_zero(got));

	/* nothing in, or next to nothing: the contract underflows */
	pool.xp[0] = pool.xp[1] = pool.xp[2] = FIXED_WAD;
	assert_int_equal(stableswap_dy(&pool, 0, 1, U256_ZERO, &got), CORE_NULL);
	/* amp below its precision */
	pool.amp = u256_from_u64(10);
	assert_int_equal(stableswap_d(&pool, &got), CORE_OUT_OF_RANGE);
}

static void
test_dynamic_fee(void **state)
{
	u256		fee = u256_from_u64(4000000);
	u256		twofold = u256_from_u64(20000000000);
	u256		got;

	(void) state;
	assert_ok(stableswap_dynamic_fee(fee, twofold, FIXED_WAD, FIXED_WAD, &got));
	assert_num(got, "4000000");
	/* 2 * fee / (4 * 3 / 16 + 1) */
	assert_ok(stableswap_dynamic_fee(fee, twofold, FIXED_WAD, num("3000000000000000000"), &got));
	assert_num(got, "4571428");
	/* far off the peg twice the fee, or a digit less: both quotients are floored */
	assert_ok(stableswap_dynamic_fee(fee, twofold, u256_from_u64(1), FIXED_WAD, &got));
	assert_num(got, "8000000");
	assert_ok(stableswap_dynamic_fee(fee, u256_from_u64(10000000000), U256_ZERO, U256_ZERO, &got));
	assert_num(got, "4000000");
	assert_int_equal(stableswap_dynamic_fee(fee, twofold, U256_ZERO, U256_ZERO, &got),
					 CORE_DIVISION_BY_ZERO);
	assert_int_equal(stableswap_dynamic_fee(fee, twofold, U256_MAX, U256_MAX, &got),
					 CORE_OUT_OF_RANGE);
}

static void
test_amp(void **state)
{
	u256		low = u256_from_u64(1000);
	u256		high = u256_from_u64(2001);
	u256		got;

	(void) state;
	assert_ok(stableswap_amp(low, high, 0, 3, &got));
	assert_num(got, "1000");
	assert_ok(stableswap_amp(low, high, 1, 3, &got));
	assert_num(got, "1333");
	assert_ok(stableswap_amp(high, low, 1, 3, &got));
	assert_num(got, "1668");
	assert_ok(stableswap_amp(high, low, 3, 3, &got));
	assert_num(got, "1000");
	assert_ok(stableswap_amp(low, high, 0, 0, &got));
	assert_num(got, "2001");
}

/* No shares out, no coin; a little of them at about their value; all of them, nearly all */
static void
test_withdraw_one_coin(void **state)
{
	(void) state;
	for (int k = 0; k < ROUNDS / 4; k++)
	{
		stableswap_pool pool = real_pool();
		u256		supply;
		u256		little;
		u256		got;
		double		ratio;

		if (pool.variant >= STABLESWAP_BALANCER_V2)
			continue;
		pool.fee = U256_ZERO;
		for (int c = 0; c < pool.n; c++)
			pool.xp[c] = pool.balance[c] = pool.balance[0];
		pool.has_rates = false;
		assert_ok(stableswap_d(&pool, &supply));
		little = u256_shr(supply, 20);
		assert_ok(stableswap_withdraw_one_coin(&pool, 0, little, supply, &got));
		ratio = u256_to_double(got) / u256_to_double(little);
		assert_true(ratio < 1 && ratio > 1 - 1e-5);
		assert_int_equal(stableswap_withdraw_one_coin(&pool, 0, U256_ZERO, supply, &got), CORE_NULL);
		assert_int_equal(stableswap_withdraw_one_coin(&pool, 0, little, U256_ZERO, &got),
						 CORE_DIVISION_BY_ZERO);
	}
}

/* ---------- depth ---------- */

static depth
find_depth(const stableswap_pool *pool, u256 slippage, depth_reference reference, depth_mode mode)
{
	depth_search search;
	int			steps = 0;

	assert_ok(depth_start(&search, pool, 0, 1, slippage, reference, mode));
	while (depth_step(&search))
		assert_true(++steps <= 520);
	return depth_result(&search);
}

/* Whether dy * rate_j * 1e18 >= dx * rate_i * (1e18 - slippage), by GMP */
static bool
is_within(const stableswap_pool *pool, u256 dx, u256 dy, u256 slippage)
{
	mpz_t		left;
	mpz_t		right;
	mpz_t		z;
	bool		result;

	mpz_inits(left, right, z, NULL);
	mpz_set_u256(left, dy);
	mpz_set_u256(right, dx);
	if (pool->has_rates)
	{
		mpz_set_u256(z, pool->rate[1]);
		mpz_mul(left, left, z);
		mpz_set_u256(z, pool->rate[0]);
		mpz_mul(right, right, z);
	}
	mpz_set_u256(z, FIXED_WAD);
	mpz_mul(left, left, z);
	mpz_set_u256(z, u256_sub_wrap(FIXED_WAD, slippage));
	mpz_mul(right, right, z);
	result = mpz_cmp(left, right) >= 0;
	mpz_clears(left, right, z, NULL);
	return result;
}

/* The amount found is good, one more is not */
static void
test_depth_is_the_edge(void **state)
{
	u256		one = u256_from_u64(1);

	(void) state;
	for (int k = 0; k < ROUNDS / 20; k++)
	{
		stableswap_pool pool = real_pool();
		u256		slippage = u256_from_u64(random_u64() % UINT64_C(500000000000000000));
		depth		found = find_depth(&pool, slippage, DEPTH_PAR, DEPTH_AVERAGE);
		u256		more = u256_add_wrap(found.amount_in, one);
		u256		dy;

		assert_false(found.exhausted);
		if (!u256_is_zero(found.amount_in))
		{
			assert_ok(stableswap_dy(&pool, 0, 1, found.amount_in, &dy));
			assert_true(u256_equal(dy, found.amount_out));
			assert_true(is_within(&pool, found.amount_in, dy, slippage));
			assert_true(found.average_price >= 1 - u256_to_double(slippage) / 1e18 - 1e-15);
		}
		if (stableswap_dy(&pool, 0, 1, more, &dy) == CORE_OK)
			assert_false(is_within(&pool, more, dy, slippage));
	}
}

/* The price after a trade of the marginal depth is where it was asked to be */
static void
test_marginal_depth(void **state)
{
	(void) state;
	for (int k = 0; k < ROUNDS / 20; k++)
	{
		stableswap_pool pool = real_pool();
		stableswap_pool after;
		u256		slippage = u256_from_u64(UINT64_C(1000000000000000) * (1 + random_below(300)));
		u256		dy;
		u256		before;
		u256		price;
		depth		found = find_depth(&pool, slippage, DEPTH_SPOT, DEPTH_MARGINAL);
		double		got;

		pool.fee = U256_ZERO;
		assert_ok(stableswap_spot_price(&pool, 0, 1, &before));
		assert_ok(stableswap_dy(&pool, 0, 1, found.amount_in, &dy));
		after = after_swap(&pool, 0, 1, found.amount_in, dy);
		assert_ok(stableswap_spot_price(&after, 0, 1, &price));
		got = u256_to_double(price) / u256_to_double(before);
		assert_true(got > 1 - u256_to_double(slippage) / 1e18 - 1e-9);
		assert_true(got < 1 - u256_to_double(slippage) / 1e18 + 1e-9);
	}
}

static void
test_depth_edges(void **state)
{
	stableswap_pool pool = {.variant = STABLESWAP_NG, .n = 2, .amp = {{20000}}};
	u256		almost_all = u256_sub_wrap(FIXED_WAD, u256_from_u64(1));
	depth		found;

	(void) state;
	pool.balance[0] = pool.balance[1] = u256_mul_wrap(FIXED_WAD, u256_from_u64(1000000));
	pool.fee = u256_from_u64(4000000);
	assert_ok(stableswap_scale_balances(&pool));
	/* no slippage, or less than the fee: nothing can be sold */
	found = find_depth(&pool, u256_from_u64(UINT64_C(300000000000000)), DEPTH_PAR, DEPTH_AVERAGE);
	assert_true(u256_is_zero(found.amount_in) && u256_is_zero(found.amount_out));
	assert_false(found.has_price);
	assert_false(found.exhausted);
	/* any price: the arithmetic of the contract ends first, and the amount out is the balance */
	found = find_depth(&pool, almost_all, DEPTH_PAR, DEPTH_MARGINAL);
	assert_true(u256_cmp(found.amount_out, pool.balance[1]) < 0);
	assert_not_below(found.amount_out, u256_shr(pool.balance[1], 1), 0);
	/* an empty pool has no depth */
	{
		depth_search search;

		pool.xp[0] = pool.xp[1] = U256_ZERO;
		assert_int_equal(depth_start(&search, &pool, 0, 1, U256_ZERO, DEPTH_SPOT, DEPTH_AVERAGE),
						 CORE_DIVISION_BY_ZERO);
	}
}

static void
test_share(void **state)
{
	stableswap_pool pool = {.variant = STABLESWAP_NG, .n = 2};
	double		got;

	(void) state;
	assert_int_equal(stableswap_share(&pool, 0, &got), CORE_NULL);
	pool.xp[0] = u256_from_u64(3);
	pool.xp[1] = u256_from_u64(1);
	assert_ok(stableswap_share(&pool, 0, &got));
	assert_double_is(got, 0.75);
	pool.xp[0] = U256_MAX;
	assert_int_equal(stableswap_share(&pool, 0, &got), CORE_OUT_OF_RANGE);
}

/* No double is nearer to the quotient, by exact fractions */
static void
test_ratio(void **state)
{
	mpq_t		exact;
	mpq_t		error;
	mpq_t		other;
	double		got = 0;

	(void) state;
	mpq_inits(exact, error, other, NULL);
	for (int k = 0; k < ROUNDS; k++)
	{
		u256		a = random_u256();
		u256		b = random_partner(a);

		assert_int_equal(u256_ratio(a, b, &got), !u256_is_zero(b));
		if (u256_is_zero(a) || u256_is_zero(b))
			continue;
		mpz_set_u256(mpq_numref(exact), a);
		mpz_set_u256(mpq_denref(exact), b);
		mpq_canonicalize(exact);
		mpq_set_d(error, got);
		mpq_sub(error, error, exact);
		mpq_abs(error, error);
		for (int side = 0; side < 2; side++)
		{
			mpq_set_d(other, nextafter(got, side == 0 ? 0.0 : INFINITY));
			mpq_sub(other, other, exact);
			mpq_abs(other, other);
			assert_true(mpq_cmp(error, other) <= 0);
		}
	}
	mpq_clears(exact, error, other, NULL);
}

/* ---------- deposits ---------- */

/* The pool after amounts went in, or out: the fees stay in it, none goes to an admin */
static stableswap_pool
pool_after(const stableswap_pool *pool, const u256 *amounts, bool deposit)
{
	stableswap_pool after = *pool;

	for (int k = 0; k < pool->n; k++)
		after.balance[k] = deposit ? u256_add_wrap(pool->balance[k], amounts[k])
			: u256_sub_wrap(pool->balance[k], amounts[k]);
	assert_ok(stableswap_scale_balances(&after));
	return after;
}

/* D per share, which no deposit or withdrawal lowers, to a double's precision */
static void
assert_price_holds(const stableswap_pool *pool, u256 supply, const stableswap_pool *after,
				   u256 supply_after)
{
	u256		d;
	u256		d_after;
	double		before;

	assert_ok(stableswap_d(pool, &d));
	assert_ok(stableswap_d(after, &d_after));
	before = u256_to_double(d) / u256_to_double(supply);
	assert_true(u256_to_double(d_after) / u256_to_double(supply_after) > before * (1 - 1e-12));
}

/* Add, then remove the same: never fewer shares burned than minted; D per share never falls */
static void
test_deposit_laws(void **state)
{
	(void) state;
	for (int round = 0; round < ROUNDS / 4; round++)
	{
		stableswap_pool pool = real_pool();
		u256		amounts[STABLESWAP_MAX_COINS];
		stableswap_pool after;
		u256		supply;
		u256		minted;
		u256		burned;
		u256		view;

		if (pool.variant >= STABLESWAP_BALANCER_V2)
			continue;
		assert_ok(stableswap_d(&pool, &supply));
		for (int k = 0; k < pool.n; k++)
			amounts[k] = u256_shr(pool.balance[k], 1 + random_below(8));
		assert_ok(stableswap_add_liquidity(&pool, amounts, supply, &minted));
		after = pool_after(&pool, amounts, true);
		assert_price_holds(&pool, supply, &after, u256_add_wrap(supply, minted));
		assert_ok(stableswap_remove_liquidity_imbalance(&after, amounts,
														u256_add_wrap(supply, minted), &burned));
		assert_true(u256_cmp(burned, minted) >= 0);
		assert_ok(stableswap_calc_token_amount(&pool, amounts, supply, true, &view));
		assert_true(u256_cmp(view, minted) >= 0);
		if (pool.variant == STABLESWAP_NG)
			assert_true(u256_equal(view, minted));
	}
}

static void
test_deposit_edges(void **state)
{
	stableswap_pool pool = {.variant = STABLESWAP_NG, .n = 2, .amp = {{20000}}, .fee = {{4000000}}};
	u256		amounts[2] = {FIXED_WAD, FIXED_WAD};
	u256		two = u256_add_wrap(FIXED_WAD, FIXED_WAD);
	u256		got;

	(void) state;
	/* the first deposit is D; without all of its coins there is none */
	assert_ok(stableswap_add_liquidity(&pool, amounts, U256_ZERO, &got));
	assert_true(u256_equal(got, two));
	assert_ok(stableswap_calc_token_amount(&pool, amounts, U256_ZERO, true, &got));
	assert_true(u256_equal(got, two));
	assert_int_equal(stableswap_add_liquidity(&pool, amounts, two, &got), CORE_DIVISION_BY_ZERO);
	amounts[1] = U256_ZERO;
	assert_int_equal(stableswap_add_liquidity(&pool, amounts, U256_ZERO, &got), CORE_NULL);

	/* nothing in or out; all out but stETH's, which asks for one share more than there is */
	pool.balance[0] = pool.balance[1] = pool.xp[0] = pool.xp[1] = amounts[1] = FIXED_WAD;
	for (pool.variant = STABLESWAP_RAW; pool.variant <= STABLESWAP_NG; pool.variant++)
		assert_int_equal(stableswap_remove_liquidity_imbalance(&pool, amounts, two, &got),
						 pool.variant == STABLESWAP_PLUS1 ? CORE_OK : CORE_OUT_OF_RANGE);
	pool.variant = STABLESWAP_STD;
	amounts[0] = two;
	assert_int_equal(stableswap_remove_liquidity_imbalance(&pool, amounts, two, &got),
					 CORE_OUT_OF_RANGE);
	amounts[0] = amounts[1] = U256_ZERO;
	assert_int_equal(stableswap_add_liquidity(&pool, amounts, two, &got), CORE_NULL);
	assert_int_equal(stableswap_remove_liquidity_imbalance(&pool, amounts, two, &got), CORE_NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_against_gmp),
		cmocka_unit_test(test_virtual_price_against_gmp),
		cmocka_unit_test(test_swap_laws),
		cmocka_unit_test(test_split_without_fee),
		cmocka_unit_test(test_slope),
		cmocka_unit_test(test_convergence),
		cmocka_unit_test(test_edges),
		cmocka_unit_test(test_dynamic_fee),
		cmocka_unit_test(test_amp),
		cmocka_unit_test(test_withdraw_one_coin),
		cmocka_unit_test(test_deposit_laws),
		cmocka_unit_test(test_deposit_edges),
		cmocka_unit_test(test_depth_is_the_edge),
		cmocka_unit_test(test_marginal_depth),
		cmocka_unit_test(test_depth_edges),
		cmocka_unit_test(test_share),
		cmocka_unit_test(test_ratio),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
