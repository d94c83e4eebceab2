/*-------------------------------------------------------------------------
 *
 * test_univ3.c
 *	  Concentrated liquidity against the contracts' rules written out for GMP,
 *	  and laws that no pool may break.
 *
 *-------------------------------------------------------------------------
 */
#include "oracle.h"

#include <math.h>

#include "core/liquidity/univ2.h"
#include "core/liquidity/univ3.h"
#include "core/liquidity/univ3_depth.h"
#include "core/liquidity/univ3_swap.h"

#define ROUNDS		20000
#define POOLS		1500
#define MAX_TICKS	40

static u256
num(const char *decimal)
{
	mpz_t		z;
	u256		out;

	mpz_init_set_str(z, decimal, 0);
	out = u256_from_mpz(z);
	mpz_clear(z);
	return out;
}

static void
assert_num(u256 got, const char *want)
{
	mpz_t		z;

	mpz_init_set_str(z, want, 0);
	assert_u256_is(got, z);
	mpz_clear(z);
}

#define small(x)					u256_from_u64(x)
#define assert_ok(call)				assert_int_equal(call, CORE_OK)
#define assert_status(call, want)	assert_int_equal(call, want)
#define assert_same_word(a, b)		assert_true(u256_equal(a, b))

static u256
price_at(int32_t tick)
{
	u256		price = U256_ZERO;

	assert_true(univ3_sqrt_price_at_tick(tick, &price));
	return price;
}

static int32_t
tick_at(u256 price)
{
	int32_t		tick = 0;

	assert_true(univ3_tick_at_sqrt_price(price, &tick));
	return tick;
}

static int32_t
random_tick(int32_t least, int32_t greatest)
{
	return least + (int32_t) random_below((unsigned) (greatest - least + 1));
}

/* A price that a pool can have, at times a tick's own or beside it */
static u256
random_price(void)
{
	u256		price = price_at(random_tick(UNIV3_MIN_TICK + 2, UNIV3_MAX_TICK - 2));

	switch (random_below(6))
	{
		case 0:
			return price;
		case 1:
			return u256_sub_wrap(price, small(1));
		case 2:
			return u256_add_wrap(price, small(1));
		case 3:
			return random_below(2) != 0 ? UNIV3_MIN_SQRT_PRICE : UNIV3_HIGHEST_LIMIT;
		default:
			/* somewhere within its tick */
			return u256_add_wrap(price, u256_mul_wrap(u256_shr(price, 24), small(random_below(800))));
	}
}

static u256
random_liquidity(void)
{
	return u256_shr(random_u256(), 128 + random_below(100));
}

/* An amount of tokens, from nothing to much */
static u256
random_amount(void)
{
	return u256_shr(random_u256(), 128 + random_below(120));
}

/* ---------- ticks ---------- */

/* The product of the contract's constants, which GMP makes of their definition */
static void
oracle_price(mpz_t price, int32_t tick)
{
	static mpz_t constants[20];
	static bool ready = false;
	mpz_t		rest;

	if (!ready)
	{
		mpf_t		root;
		mpf_t		scaled;

		mpf_init2(root, 600);
		mpf_init2(scaled, 600);
		mpf_set_str(root, "1.0001", 10);
		mpf_sqrt(root, root);
		for (int i = 0; i < 20; i++)
		{
			mpf_set_ui(scaled, 1);
			mpf_mul_2exp(scaled, scaled, 128 + 1);
			mpf_div(scaled, scaled, root);
			mpz_init(constants[i]);
			mpz_set_f(constants[i], scaled);
			mpz_add_ui(constants[i], constants[i], 1);
			mpz_fdiv_q_2exp(constants[i], constants[i], 1);
			mpf_mul(root, root, root);
		}
		mpf_clear(root);
		mpf_clear(scaled);
		ready = true;
	}
	mpz_init(rest);
	mpz_set_ui(price, 1);
	mpz_mul_2exp(price, price, 128);
	for (int i = 0; i < 20; i++)
		if ((abs(tick) >> i & 1) != 0)
		{
			mpz_mul(price, price, constants[i]);
			mpz_fdiv_q_2exp(price, price, 128);
		}
	if (tick > 0)
	{
		mpz_set_u256(rest, U256_MAX);
		mpz_fdiv_q(price, rest, price);
	}
	mpz_cdiv_q_2exp(price, price, 32);
	mpz_clear(rest);
}

/* getTickAtSqrtRatio as the contract has it: a logarithm to 14 bits, two candidates */
static int32_t
oracle_tick(u256 sqrt_price)
{
	mpz_t		price,
				r,
				log,
				low,
				high;
	long		msb;
	int32_t		tick;

	mpz_inits(price, r, log, low, high, NULL);
	mpz_set_u256(price, sqrt_price);
	mpz_mul_2exp(r, price, 32);
	msb = (long) mpz_sizeinbase(r, 2) - 1;
	if (msb >= 128)
		mpz_fdiv_q_2exp(r, r, (mp_bitcnt_t) (msb - 127));
	else
		mpz_mul_2exp(r, r, (mp_bitcnt_t) (127 - msb));
	mpz_set_si(log, msb - 128);
	mpz_mul_2exp(log, log, 64);
	for (mp_bitcnt_t i = 0; i < 14; i++)
	{
		mpz_mul(r, r, r);
		mpz_fdiv_q_2exp(r, r, 127);
		if (mpz_tstbit(r, 128))
		{
			mpz_set_ui(low, 1);
			mpz_mul_2exp(low, low, 63 - i);
			mpz_add(log, log, low);
			mpz_fdiv_q_2exp(r, r, 1);
		}
	}
	mpz_set_str(low, "255738958999603826347141", 10);
	mpz_mul(log, log, low);
	mpz_set_str(low, "3402992956809132418596140100660247210", 10);
	mpz_sub(low, log, low);
	mpz_fdiv_q_2exp(low, low, 128);
	mpz_set_str(high, "291339464771989622907027621153398088495", 10);
	mpz_add(high, log, high);
	mpz_fdiv_q_2exp(high, high, 128);
	tick = (int32_t) mpz_get_si(low);
	if (mpz_cmp(low, high) != 0)
	{
		oracle_price(r, (int32_t) mpz_get_si(high));
		if (mpz_cmp(r, price) <= 0)
			tick = (int32_t) mpz_get_si(high);
	}
	mpz_clears(price, r, log, low, high, NULL);
	return tick;
}

/* Every tick: its price gives it again, one unit less the tick before */
static void
test_whole_domain(void **state)
{
	u256		before = U256_ZERO;
	double		price_before = 0;

	(void) state;
	for (int32_t tick = UNIV3_MIN_TICK; tick <= UNIV3_MAX_TICK; tick++)
	{
		u256		price = price_at(tick);
		int			decimals = tick % 7 * 3;	/* of either sign */
		double		human = univ3_tick_to_price(tick, 0);
		int32_t		again;

		assert_true(u256_cmp(before, price) < 0);
		if (tick < UNIV3_MAX_TICK)
			assert_int_equal(tick_at(price), tick);
		if (tick > UNIV3_MIN_TICK)
			assert_int_equal(tick_at(u256_sub_wrap(price, small(1))), tick - 1);
		assert_true(human > price_before);
		assert_ok(univ3_price_to_tick(human, 0, &again));
		assert_int_equal(again, tick);
		if (tick % 16 == 0)
		{
			assert_ok(univ3_price_to_tick(univ3_tick_to_price(tick, decimals), decimals, &again));
			assert_int_equal(again, tick);
		}
		before = price;
		price_before = human;
	}
	assert_same_word(price_at(UNIV3_MIN_TICK), UNIV3_MIN_SQRT_PRICE);
	assert_same_word(price_at(UNIV3_MAX_TICK), UNIV3_MAX_SQRT_PRICE);
}

static void
test_ticks_against_gmp(void **state)
{
	mpz_t		want;

	(void) state;
	mpz_init(want);
	for (int i = 0; i < ROUNDS; i++)
	{
		int32_t		tick = random_tick(UNIV3_MIN_TICK, UNIV3_MAX_TICK);
		u256		price = random_price();

		oracle_price(want, tick);
		assert_u256_is(price_at(tick), want);
		assert_int_equal(tick_at(price), oracle_tick(price));
	}
	mpz_clear(want);
}

static void
test_tick_domain(void **state)
{
	static const int32_t outside[] = {887273, -887273, INT32_MAX, INT32_MIN, 1 << 20};
	u256		price;
	int32_t		tick;

	(void) state;
	for (size_t i = 0; i < sizeof(outside) / sizeof(outside[0]); i++)
		assert_false(univ3_sqrt_price_at_tick(outside[i], &price));
	assert_false(univ3_tick_at_sqrt_price(U256_ZERO, &tick));
	assert_false(univ3_tick_at_sqrt_price(U256_MAX, &tick));
	assert_false(univ3_tick_at_sqrt_price(small(4295128738), &tick));
	assert_false(univ3_tick_at_sqrt_price(UNIV3_MAX_SQRT_PRICE, &tick));
	assert_int_equal(tick_at(UNIV3_MIN_SQRT_PRICE), -887272);
	assert_int_equal(tick_at(UNIV3_HIGHEST_LIMIT), 887271);
}

static void
test_nearest_usable_tick(void **state)
{
	static const int32_t cases[][3] = {
		/* v3-sdk nearestUsableTick.test.ts */
		{5, 10, 10}, {-5, 10, 0}, {4, 10, 0}, {-6, 10, -10}, {0, 1, 0}, {-15, 10, -10}, {15, 10, 20},
		{UNIV3_MIN_TICK, 443636, -887272}, {UNIV3_MIN_TICK, 443637, -443637},
		{UNIV3_MAX_TICK, 443637, 443637}, {UNIV3_MIN_TICK, 60, -887220}, {UNIV3_MAX_TICK, 200, 887200},
		{887272, 1, 887272}, {100, INT32_MAX, 0}
	};

	(void) state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(univ3_nearest_usable_tick(cases[i][0], cases[i][1]), cases[i][2]);
	for (int i = 0; i < ROUNDS; i++)
	{
		int32_t		tick = random_tick(UNIV3_MIN_TICK, UNIV3_MAX_TICK);
		int32_t		spacing = random_tick(1, 32767);
		int32_t		usable = univ3_nearest_usable_tick(tick, spacing);

		assert_true(usable % spacing == 0 && abs(usable) <= UNIV3_MAX_TICK);
		assert_true(2 * abs(usable - tick) <= spacing || abs(tick) + spacing > UNIV3_MAX_TICK);
	}
}

/* ---------- prices ---------- */

/* The exact price of mpq, or its inverse */
static void
exact_price(mpq_t out, u256 sqrt_price, int decimals, bool invert)
{
	mpz_t		ten;

	mpz_init(ten);
	mpz_set_u256(mpq_numref(out), sqrt_price);
	mpz_mul(mpq_numref(out), mpq_numref(out), mpq_numref(out));
	mpz_set_ui(mpq_denref(out), 1);
	mpz_mul_2exp(mpq_denref(out), mpq_denref(out), 192);
	mpz_ui_pow_ui(ten, 10, (unsigned long) abs(decimals));
	if (decimals >= 0)
		mpz_mul(mpq_numref(out), mpq_numref(out), ten);
	else
		mpz_mul(mpq_denref(out), mpq_denref(out), ten);
	mpq_canonicalize(out);
	if (invert)
		mpq_inv(out, out);
	mpz_clear(ten);
}

/* mantissa * 10^-scale is right to half a unit in its 28th digit */
static void
assert_price(u256 sqrt_price, int decimals, bool invert)
{
	mpq_t		want,
				got,
				tolerance;
	mpz_t		ten;
	u256		mantissa;
	int			scale;

	mpq_inits(want, got, tolerance, NULL);
	mpz_init(ten);
	assert_ok(univ3_price(sqrt_price, decimals, invert, &mantissa, &scale));
	exact_price(want, sqrt_price, decimals, invert);
	mpz_set_u256(mpq_numref(got), mantissa);
	mpz_ui_pow_ui(mpq_denref(got), 10, (unsigned long) scale);
	mpq_canonicalize(got);
	assert_true(scale >= 0);

	/* half a unit of the last digit is 5e-28 of a number between 1 and 10 */
	mpq_sub(got, got, want);
	mpq_abs(got, got);
	mpz_set_ui(mpq_numref(tolerance), 5);
	mpz_ui_pow_ui(mpq_denref(tolerance), 10, UNIV3_PRICE_DIGITS);
	mpq_canonicalize(tolerance);
	mpq_mul(tolerance, tolerance, want);
	assert_true(mpq_cmp(got, tolerance) <= 0);
	mpz_clear(ten);
	mpq_clears(want, got, tolerance, NULL);
}

static void
test_price(void **state)
{
	u256		mantissa;
	int			scale;
	mpq_t		want;

	(void) state;
	mpq_init(want);
	for (int i = 0; i < ROUNDS; i++)
	{
		u256		price = random_price();
		int			decimals = random_tick(-18, 18);
		double		nearest = univ3_price_to_double(price, decimals);

		assert_price(price, decimals, random_below(2) != 0);
		exact_price(want, price, decimals, false);
		assert_true(fabs(nearest / mpq_get_d(want) - 1) < 5e-16);
	}
	/* powers of ten, where the number of digits changes, and the ends */
	for (int i = -38; i <= 38; i++)
		for (int beside = -2; beside <= 2; beside++)
		{
			u256		price;

			assert_ok(univ3_sqrt_price_of(pow(10, i), 0, &price));
			price = beside < 0 ? u256_sub_wrap(price, small((uint64_t) -beside)) :
				u256_add_wrap(price, small((uint64_t) beside));
			assert_price(price, 0, false);
			assert_price(price, 0, true);
		}
	for (int i = 0; i < 4; i++)
		assert_price(i % 2 ? UNIV3_MIN_SQRT_PRICE : UNIV3_HIGHEST_LIMIT, i < 2 ? 30 : -30, i % 2 == 0);
	assert_ok(univ3_price(num("79228162514264337593543950336"), 0, true, &mantissa, &scale));
	assert_num(mantissa, "1000000000000000000000000000");
	assert_int_equal(scale, 27);
	assert_status(univ3_price(UNIV3_MAX_SQRT_PRICE, 0, false, &mantissa, &scale), CORE_OUT_OF_RANGE);
	assert_status(univ3_price(UNIV3_HIGHEST_LIMIT, 255, false, &mantissa, &scale), CORE_OUT_OF_RANGE);
	mpq_clear(want);
}

static void
test_tick_prices(void **state)
{
	static const double outside[] = {0, -1, 1e-300, 1e300, 2.9e-39, 3.5e38};
	u256		price;
	int32_t		tick;

	(void) state;
	assert_double_is(univ3_tick_to_price(0, 0), 1.0);
	assert_double_is(univ3_tick_to_price(1, 0), 1.0001);
	assert_double_is(univ3_tick_to_price(-1, 0), 1 / 1.0001);
	assert_double_is(univ3_tick_to_price(0, 12), 1e12);
	for (int i = 0; i < ROUNDS; i++)
	{
		/* long double has the digits that pow(double) lacks */
		int32_t		at = random_tick(-500000, 500000);
		long double want = expl((long double) at * log1pl(0.0001L));

		assert_true(fabsl(univ3_tick_to_price(at, 0) / want - 1) < 2e-15L);
	}
	for (size_t i = 0; i < sizeof(outside) / sizeof(outside[0]); i++)
	{
		assert_status(univ3_price_to_tick(outside[i], 0, &tick), CORE_OUT_OF_RANGE);
		assert_status(univ3_sqrt_price_of(outside[i], 0, &price), CORE_OUT_OF_RANGE);
	}
	assert_status(univ3_price_to_tick(NAN, 0, &tick), CORE_OUT_OF_RANGE);
	assert_status(univ3_price_to_tick(INFINITY, 0, &tick), CORE_OUT_OF_RANGE);
	assert_status(univ3_sqrt_price_of(NAN, 0, &price), CORE_OUT_OF_RANGE);
	assert_status(univ3_sqrt_price_of(INFINITY, 0, &price), CORE_OUT_OF_RANGE);
	assert_status(univ3_sqrt_price_of(1, 255, &price), CORE_OUT_OF_RANGE);
	assert_ok(univ3_sqrt_price_of(4, 0, &price));
	assert_num(price, "158456325028528675187087900672");
	assert_ok(univ3_price_to_tick(nextafter(1, 0), 0, &tick));
	assert_int_equal(tick, -1);
}

/* ---------- amounts ---------- */

static void
mpz_div_rounded(mpz_t out, const mpz_t a, const mpz_t b, bool up)
{
	if (up)
		mpz_cdiv_q(out, a, b);
	else
		mpz_fdiv_q(out, a, b);
}

static void
oracle_amount0(mpz_t out, const mpz_t lower, const mpz_t upper, const mpz_t liquidity, bool up)
{
	mpz_t		width;

	mpz_init(width);
	mpz_sub(width, upper, lower);
	mpz_mul_2exp(out, liquidity, 96);
	mpz_mul(out, out, width);
	mpz_div_rounded(out, out, upper, up);
	mpz_div_rounded(out, out, lower, up);
	mpz_clear(width);
}

static void
oracle_amount1(mpz_t out, const mpz_t lower, const mpz_t upper, const mpz_t liquidity, bool up)
{
	mpz_sub(out, upper, lower);
	mpz_mul(out, out, liquidity);
	if (up)
		mpz_cdiv_q_2exp(out, out, 96);
	else
		mpz_fdiv_q_2exp(out, out, 96);
}

static void
oracle_amounts(u256 amount[2], u256 price, u256 lower, u256 upper, u256 liquidity, bool up)
{
	mpz_t		p,
				a,
				b,
				l,
				out;

	mpz_inits(p, a, b, l, out, NULL);
	mpz_set_u256(p, price);
	mpz_set_u256(a, lower);
	mpz_set_u256(b, upper);
	mpz_set_u256(l, liquidity);
	amount[0] = amount[1] = U256_ZERO;
	if (mpz_cmp(p, b) < 0)
	{
		oracle_amount0(out, mpz_cmp(p, a) <= 0 ? a : p, b, l, up);
		amount[0] = u256_from_mpz(out);
	}
	if (mpz_cmp(p, a) > 0)
	{
		oracle_amount1(out, a, mpz_cmp(p, b) < 0 ? p : b, l, up);
		amount[1] = u256_from_mpz(out);
	}
	mpz_clears(p, a, b, l, out, NULL);
}

static void
test_amounts(void **state)
{
	(void) state;
	for (int i = 0; i < ROUNDS; i++)
	{
		int32_t		tick_lower = random_tick(UNIV3_MIN_TICK, UNIV3_MAX_TICK - 1);
		u256		lower = price_at(tick_lower);
		int32_t		most = random_below(2) != 0 || tick_lower + 100 > UNIV3_MAX_TICK ?
			UNIV3_MAX_TICK : tick_lower + 100;
		u256		upper = price_at(random_tick(tick_lower + 1, most));
		u256		price = random_below(4) == 0 ? lower : random_price();
		u256		liquidity = random_liquidity();
		u256		want[2];
		u256		burnt[2];
		u256		minted[2];

		if (!univ3_is_pool_price(price))
			continue;
		assert_ok(univ3_amounts(liquidity, price, lower, upper, false, &burnt[0], &burnt[1]));
		assert_ok(univ3_amounts(liquidity, price, lower, upper, true, &minted[0], &minted[1]));
		oracle_amounts(want, price, lower, upper, liquidity, false);
		assert_same_word(burnt[0], want[0]);
		assert_same_word(burnt[1], want[1]);
		oracle_amounts(want, price, lower, upper, liquidity, true);
		assert_same_word(minted[0], want[0]);
		assert_same_word(minted[1], want[1]);
		for (int k = 0; k < 2; k++)
			assert_true(u256_cmp(burnt[k], minted[k]) <= 0 && u256_bit_length(minted[k]) <= 193);
	}
}

/* getLiquidityForAmounts; false where the result does not fit uint128 */
static bool
oracle_liquidity(mpz_t out, u256 price, u256 lower, u256 upper, const u256 given[2])
{
	mpz_t		p,
				a,
				b,
				other;

	mpz_inits(p, a, b, other, NULL);
	mpz_set_u256(a, lower);
	mpz_set_u256(b, upper);
	mpz_set_u256(p, univ3_min(univ3_max(price, lower), upper));
	mpz_set_si(out, -1);
	if (mpz_cmp(p, b) < 0)
	{
		mpz_mul(out, p, b);
		mpz_fdiv_q_2exp(out, out, 96);
		mpz_set_u256(other, given[0]);
		mpz_mul(out, out, other);
		mpz_sub(other, b, p);
		mpz_fdiv_q(out, out, other);
	}
	if (mpz_cmp(p, a) > 0)
	{
		mpz_set_u256(other, given[1]);
		mpz_mul_2exp(other, other, 96);
		mpz_sub(b, p, a);
		mpz_fdiv_q(other, other, b);
		if (mpz_sgn(out) < 0 || mpz_cmp(other, out) < 0)
			mpz_set(out, other);
	}
	mpz_clears(p, a, b, other, NULL);
	return mpz_sizeinbase(out, 2) <= 128;
}

static void
test_liquidity(void **state)
{
	int			found = 0;
	mpz_t		want;

	(void) state;
	mpz_init(want);
	for (int i = 0; i < ROUNDS; i++)
	{
		int32_t		tick_lower = random_tick(UNIV3_MIN_TICK, UNIV3_MAX_TICK - 1);
		u256		lower = price_at(tick_lower);
		u256		upper = price_at(random_tick(tick_lower + 1, UNIV3_MAX_TICK));
		u256		price = random_price();
		u256		given[2] = {random_amount(), random_amount()};
		u256		taken[2];
		u256		liquidity;
		core_status status = univ3_liquidity(price, lower, upper, given[0], given[1], &liquidity);

		assert_int_equal(status, oracle_liquidity(want, price, lower, upper, given) ?
						 CORE_OK : CORE_OUT_OF_RANGE);
		/* what it takes to mint is never more than was given */
		if (status == CORE_OK)
		{
			assert_u256_is(liquidity, want);
			assert_ok(univ3_amounts(liquidity, price, lower, upper, true, &taken[0], &taken[1]));
			assert_true(u256_cmp(taken[0], given[0]) <= 0);
			assert_true(u256_cmp(taken[1], given[1]) <= 0);
			found++;
		}
	}
	assert_true(found > ROUNDS / 2);
	mpz_clear(want);
}

static void
test_ranges(void **state)
{
	const u256	one = small(1);
	u256		price = price_at(0);
	u256		lower = price_at(-10);
	u256		upper = price_at(10);
	u256		a;
	u256		b;

	(void) state;
	assert_status(univ3_amounts(one, price, upper, lower, false, &a, &b), CORE_BAD_PARAMETER);
	assert_status(univ3_amounts(one, price, lower, lower, false, &a, &b), CORE_BAD_PARAMETER);
	assert_status(univ3_amounts(one, U256_ZERO, lower, upper, false, &a, &b), CORE_OUT_OF_RANGE);
	assert_status(univ3_amounts(one, UNIV3_MAX_SQRT_PRICE, lower, upper, false, &a, &b), CORE_OUT_OF_RANGE);
	assert_status(univ3_amounts(one, price, one, upper, false, &a, &b), CORE_OUT_OF_RANGE);
	assert_status(univ3_amounts(one, price, lower, U256_MAX, false, &a, &b), CORE_OUT_OF_RANGE);
	assert_status(univ3_amounts(num("0x100000000000000000000000000000000"), price, lower, upper, false, &a, &b),
				  CORE_OUT_OF_RANGE);
	assert_ok(univ3_amounts(U256_ZERO, price, lower, upper, true, &a, &b));
	assert_true(u256_is_zero(a) && u256_is_zero(b));
	assert_ok(univ3_amounts(num("0xffffffffffffffffffffffffffffffff"), UNIV3_MIN_SQRT_PRICE,
							UNIV3_MIN_SQRT_PRICE, UNIV3_MAX_SQRT_PRICE, true, &a, &b));
	assert_true(u256_bit_length(a) == 193 - 1 + (int) (a.limb[3] & 1) && u256_is_zero(b));
	assert_status(univ3_liquidity(price, upper, lower, one, one, &a), CORE_BAD_PARAMETER);
	assert_status(univ3_liquidity(price, lower, upper, U256_MAX, U256_MAX, &a), CORE_OUT_OF_RANGE);
	assert_status(univ3_liquidity(lower, lower, upper, U256_MAX, one, &a), CORE_OUT_OF_RANGE);
	assert_ok(univ3_liquidity(price, lower, upper, one, U256_MAX, &a));
	assert_num(a, "2000");
	assert_ok(univ3_liquidity(lower, lower, upper, one, U256_MAX, &a));
	assert_ok(univ3_liquidity(upper, lower, upper, U256_MAX, one, &a));
}

static void
test_fees(void **state)
{
	u256		q128 = num("0x100000000000000000000000000000000");
	u256		got;

	(void) state;
	/* all eight places of a tick and of the outside values, as Tick.sol has them */
	assert_num(univ3_fee_growth_inside(-2, 2, 0, small(15), small(2), small(3)), "10");
	assert_num(univ3_fee_growth_inside(-2, 2, -3, small(15), small(2), small(0)), "2");
	assert_num(univ3_fee_growth_inside(-2, 2, -3, small(2), small(15), small(16)),
			   "0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff");
	assert_num(univ3_fee_growth_inside(-2, 2, 2, small(15), small(0), small(2)), "2");
	assert_num(univ3_fee_growth_inside(-2, 2, -2, small(15), small(0), small(2)), "13");
	assert_num(univ3_fee_growth_inside(-2, 2, 0, small(15), u256_sub_wrap(U256_MAX, small(2)), small(2)), "16");
	assert_ok(univ3_fees_owed(small(1), u256_sub_wrap(U256_ZERO, u256_sub_wrap(q128, small(1))), small(7), &got));
	assert_num(got, "7");
	assert_ok(univ3_fees_owed(small(0), small(1), u256_sub_wrap(q128, small(1)), &got));
	assert_true(u256_bit_length(got) == 256);
	assert_status(univ3_fees_owed(small(1), small(0), q128, &got), CORE_OUT_OF_RANGE);
}


/* ---------- pools ---------- */

typedef struct test_pool
{
	univ3_pool	pool;
	int32_t		ticks[MAX_TICKS];
	s256		nets[MAX_TICKS];
} test_pool;

/* Add what a position from lower to upper changes at a tick */
static void
add_net(test_pool *p, int32_t tick, s256 net)
{
	int			i = 0;

	while (i < p->pool.num_ticks && p->ticks[i] < tick)
		i++;
	if (i == p->pool.num_ticks || p->ticks[i] != tick)
	{
		memmove(p->ticks + i + 1, p->ticks + i, sizeof(p->ticks[0]) * (size_t) (p->pool.num_ticks - i));
		memmove(p->nets + i + 1, p->nets + i, sizeof(p->nets[0]) * (size_t) (p->pool.num_ticks - i));
		p->ticks[i] = tick;
		p->nets[i] = U256_ZERO;
		p->pool.num_ticks++;
	}
	p->nets[i] = u256_add_wrap(p->nets[i], net);
}

/* A pool with some positions, of which few are wide; at times between two of them, or empty */
static void
make_pool(test_pool *p)
{
	static const int32_t spacings[] = {1, 10, 60, 200, 2000, 16383, 32767};
	static const uint32_t fees[] = {0, 1, 100, 500, 3000, 10000, 500000, 999999};
	int			positions = (int) random_below(MAX_TICKS / 2);
	unsigned	scale = 40 + random_below(80);

	memset(p, 0, sizeof(*p));
	p->pool.ticks = p->ticks;
	p->pool.liquidity_net = p->nets;
	p->pool.tick_spacing = spacings[random_below(7)];
	p->pool.fee_pips = fees[random_below(8)];
	p->pool.sqrt_price = random_price();
	p->pool.tick = tick_at(p->pool.sqrt_price);
	/* where the price fell onto a tick */
	if (u256_equal(price_at(p->pool.tick), p->pool.sqrt_price) && random_below(2) != 0 &&
		p->pool.tick > UNIV3_MIN_TICK)
		p->pool.tick--;
	for (int i = 0; i < positions; i++)
	{
		int32_t		most = UNIV3_MAX_TICK / p->pool.tick_spacing;
		int32_t		here = p->pool.tick / p->pool.tick_spacing;
		int32_t		reach = random_below(4) == 0 ? most : 1 + (int32_t) random_below(300);
		int32_t		lower = here - (int32_t) random_below((unsigned) reach);
		int32_t		upper = lower + 1 + (int32_t) random_below((unsigned) reach * 2);
		u256		liquidity = u256_shr(random_u256(), 256 - scale + random_below(20));

		if (lower < -most || upper > most)
			continue;
		lower *= p->pool.tick_spacing;
		upper *= p->pool.tick_spacing;
		add_net(p, lower, liquidity);
		add_net(p, upper, s256_neg_wrap(liquidity));
		if (lower <= p->pool.tick && p->pool.tick < upper)
			p->pool.liquidity = u256_add_wrap(p->pool.liquidity, liquidity);
	}
}

/* Swap to the end; the number of steps is bounded by the words and the ticks */
static core_status
run(univ3_swap *swap)
{
	int			steps = 0;
	core_status status = CORE_OK;

	while (status == CORE_OK && !univ3_swap_is_over(swap))
	{
		u256		before = swap->sqrt_price;

		status = univ3_swap_advance(swap);
		assert_true(u256_cmp(swap->sqrt_price, before) * (swap->zero_for_one ? 1 : -1) <= 0);
		assert_true(++steps < 7000 + MAX_TICKS);
	}
	return status;
}

static univ3_swap
swap_in(const univ3_pool *pool, u256 amount, bool exact_in, bool zero_for_one, const u256 *limit)
{
	univ3_swap	swap;

	assert_ok(univ3_swap_begin(&swap, pool, amount, exact_in, zero_for_one, limit));
	assert_ok(run(&swap));
	return swap;
}

/* ---------- the contract's loop for GMP ---------- */

typedef struct oracle_state
{
	mpz_t		price,
				liquidity,
				remaining,
				amount_in,
				amount_out;
	int32_t		tick;
} oracle_state;

/* getNextSqrtPriceFromInput and ...FromOutput; their overflow branch as the contract has it */
static void
oracle_next_price(mpz_t next, const mpz_t price, const mpz_t liquidity, const mpz_t amount,
				  bool by_amount0, bool add)
{
	mpz_t		product,
				numerator;

	mpz_inits(product, numerator, NULL);
	mpz_set(next, price);
	if (!by_amount0)
	{
		mpz_mul_2exp(product, amount, 96);
		mpz_div_rounded(product, product, liquidity, !add);
		if (add)
			mpz_add(next, price, product);
		else
			mpz_sub(next, price, product);
	}
	else if (mpz_sgn(amount) != 0)
	{
		mpz_mul_2exp(numerator, liquidity, 96);
		mpz_mul(product, amount, price);
		if (mpz_sizeinbase(product, 2) <= 256)
		{
			if (add)
				mpz_add(product, numerator, product);
			else
				mpz_sub(product, numerator, product);
		}
		if (mpz_sizeinbase(product, 2) <= 256)
		{
			mpz_mul(next, numerator, price);
			mpz_cdiv_q(next, next, product);
		}
		else
		{
			mpz_fdiv_q(product, numerator, price);
			mpz_add(product, product, amount);
			mpz_cdiv_q(next, numerator, product);
		}
	}
	mpz_clears(product, numerator, NULL);
}

static void
oracle_flow(mpz_t out, const mpz_t from, const mpz_t to, const mpz_t liquidity, bool token0, bool up)
{
	bool		falls = mpz_cmp(from, to) >= 0;

	if (token0)
		oracle_amount0(out, falls ? to : from, falls ? from : to, liquidity, up);
	else
		oracle_amount1(out, falls ? to : from, falls ? from : to, liquidity, up);
}

/* computeSwapStep, and the pool's sums */
static void
oracle_step(oracle_state *s, const mpz_t target, uint32_t fee, bool exact_in, bool zero_for_one)
{
	mpz_t		given,
				full,
				next,
				in,
				out,
				paid;

	mpz_inits(given, full, next, in, out, paid, NULL);
	mpz_set(given, s->remaining);
	if (exact_in)
	{
		mpz_mul_ui(given, given, 1000000 - fee);
		mpz_fdiv_q_ui(given, given, 1000000);
	}
	oracle_flow(full, s->price, target, s->liquidity, exact_in == zero_for_one, exact_in);
	if (mpz_cmp(given, full) >= 0)
		mpz_set(next, target);
	else
		oracle_next_price(next, s->price, s->liquidity, given, exact_in == zero_for_one, exact_in);
	oracle_flow(in, s->price, next, s->liquidity, zero_for_one, true);
	oracle_flow(out, s->price, next, s->liquidity, !zero_for_one, false);
	if (!exact_in && mpz_cmp(out, s->remaining) > 0)
		mpz_set(out, s->remaining);
	if (exact_in && mpz_cmp(next, target) != 0)
		mpz_sub(paid, s->remaining, in);
	else
	{
		mpz_mul_ui(paid, in, fee);
		mpz_cdiv_q_ui(paid, paid, 1000000 - fee);
	}
	mpz_add(in, in, paid);
	mpz_sub(s->remaining, s->remaining, exact_in ? in : out);
	mpz_add(s->amount_in, s->amount_in, in);
	mpz_add(s->amount_out, s->amount_out, out);
	mpz_set(s->price, next);
	mpz_clears(given, full, next, in, out, paid, NULL);
}

/* The net liquidity of a tick, or NULL where it is not initialized; as slow as a bitmap is not */
static const s256 *
oracle_net(const univ3_pool *pool, int32_t tick)
{
	for (int i = 0; i < pool->num_ticks; i++)
		if (pool->ticks[i] == tick)
			return &pool->liquidity_net[i];
	return NULL;
}

/* From tick to tick until one is initialized or the word ends */
static int32_t
oracle_next_tick(const univ3_pool *pool, int32_t tick, bool falls)
{
	int32_t		compressed = (int32_t) floor((double) tick / pool->tick_spacing) + (falls ? 0 : 1);

	while (oracle_net(pool, compressed * pool->tick_spacing) == NULL &&
		   (((compressed % 256) + 256) % 256) != (falls ? 0 : 255))
		compressed += falls ? -1 : 1;
	compressed *= pool->tick_spacing;
	return compressed < UNIV3_MIN_TICK ? UNIV3_MIN_TICK :
		compressed > UNIV3_MAX_TICK ? UNIV3_MAX_TICK : compressed;
}

static void
oracle_swap(oracle_state *s, const univ3_pool *pool, u256 amount, bool exact_in, bool zero_for_one, u256 limit)
{
	mpz_t		stop,
				boundary,
				net,
				start;

	mpz_inits(stop, boundary, net, start, NULL);
	mpz_set_u256(s->price, pool->sqrt_price);
	mpz_set_u256(s->liquidity, pool->liquidity);
	mpz_set_u256(s->remaining, amount);
	mpz_set_u256(stop, limit);
	s->tick = pool->tick;
	while (mpz_sgn(s->remaining) != 0 && mpz_cmp(s->price, stop) != 0)
	{
		int32_t		next = oracle_next_tick(pool, s->tick, zero_for_one);
		const s256 *change = oracle_net(pool, next);
		bool		early;

		mpz_set(start, s->price);
		mpz_set_u256(boundary, price_at(next));
		early = zero_for_one ? mpz_cmp(boundary, stop) < 0 : mpz_cmp(boundary, stop) > 0;
		oracle_step(s, early ? stop : boundary, pool->fee_pips, exact_in, zero_for_one);
		if (mpz_cmp(s->price, boundary) == 0)
		{
			if (change != NULL)
			{
				mpz_set_s256(net, *change);
				if (zero_for_one)
					mpz_neg(net, net);
				mpz_add(s->liquidity, s->liquidity, net);
			}
			s->tick = zero_for_one ? next - 1 : next;
		}
		else if (mpz_cmp(s->price, start) != 0)
			s->tick = oracle_tick(u256_from_mpz(s->price));
	}
	mpz_clears(stop, boundary, net, start, NULL);
}

/* An amount of the size that the pool can take */
static u256
random_pool_amount(const univ3_pool *pool, bool token0)
{
	int32_t		reach = abs(pool->tick) > 880000 ? 1 : (int32_t) random_below(5000);
	u256		far = price_at(pool->tick > 880000 || (token0 && pool->tick >= -880000) ?
							   pool->tick - reach : pool->tick + reach);
	u256		low = univ3_min(far, pool->sqrt_price);
	u256		high = univ3_max(far, pool->sqrt_price);
	u256		amount = token0 ? univ3_amount0(low, high, pool->liquidity, true) :
		univ3_amount1(low, high, pool->liquidity, true);

	if (random_below(8) == 0)
		return random_amount();
	return random_below(2) != 0 ? amount : u256_shr(amount, random_below(100));
}

static u256
random_limit(const univ3_pool *pool, bool zero_for_one)
{
	if (random_below(3) == 0)
		return zero_for_one ? UNIV3_LOWEST_LIMIT : UNIV3_HIGHEST_LIMIT;
	return price_at(zero_for_one ? random_tick(UNIV3_MIN_TICK, pool->tick) :
					random_tick(pool->tick, UNIV3_MAX_TICK));
}

static void
test_swaps_against_gmp(void **state)
{
	test_pool	p;
	int			swaps = 0;
	int			crossed = 0;

	(void) state;
	for (int i = 0; i < POOLS; i++)
	{
		bool		exact_in = random_below(2) != 0;
		bool		zero_for_one = random_below(2) != 0;
		univ3_swap	swap;
		oracle_state want;
		u256		amount;
		u256		limit;
		int			at;

		make_pool(&p);
		assert_int_equal(univ3_pool_check(&p.pool, &at), UNIV3_SOUND);
		amount = random_pool_amount(&p.pool, exact_in == zero_for_one);
		limit = random_limit(&p.pool, zero_for_one);
		if (univ3_swap_begin(&swap, &p.pool, amount, exact_in, zero_for_one, &limit) != CORE_OK)
			continue;
		assert_ok(run(&swap));
		mpz_inits(want.price, want.liquidity, want.remaining, want.amount_in, want.amount_out, NULL);
		oracle_swap(&want, &p.pool, amount, exact_in, zero_for_one, limit);
		assert_u256_is(swap.sqrt_price, want.price);
		assert_u256_is(swap.liquidity, want.liquidity);
		assert_u256_is(swap.remaining, want.remaining);
		assert_u256_is(swap.amount_in, want.amount_in);
		assert_u256_is(swap.amount_out, want.amount_out);
		assert_int_equal(swap.tick, want.tick);
		mpz_clears(want.price, want.liquidity, want.remaining, want.amount_in, want.amount_out, NULL);
		swaps++;
		crossed += !u256_equal(swap.liquidity, p.pool.liquidity);
	}
	assert_true(swaps > POOLS / 2 && crossed > POOLS / 10);
}

/* What holds in every pool, whatever the roundings */
static void
test_swap_laws(void **state)
{
	test_pool	p;

	(void) state;
	for (int i = 0; i < POOLS; i++)
	{
		bool		zero_for_one = random_below(2) != 0;
		univ3_pool	later;
		univ3_swap	whole;
		univ3_swap	first;
		univ3_swap	second;
		u256		amount;
		u256		part;

		make_pool(&p);
		amount = random_pool_amount(&p.pool, zero_for_one);
		part = u256_shr(amount, random_below(10));
		whole = swap_in(&p.pool, amount, true, zero_for_one, NULL);
		assert_true(u256_cmp(whole.amount_in, amount) <= 0);

		/* in two parts it never brings more */
		first = swap_in(&p.pool, part, true, zero_for_one, NULL);
		later = p.pool;
		later.sqrt_price = first.sqrt_price;
		later.tick = first.tick;
		later.liquidity = first.liquidity;
		second = swap_in(&later, u256_sub_wrap(amount, part), true, zero_for_one, NULL);
		if (u256_is_zero(whole.remaining))
			assert_true(u256_cmp(u256_add_wrap(first.amount_out, second.amount_out), whole.amount_out) <= 0);

		/* and sold back at once it never brings a gain */
		later.sqrt_price = whole.sqrt_price;
		later.tick = whole.tick;
		later.liquidity = whole.liquidity;
		second = swap_in(&later, whole.amount_out, true, !zero_for_one, NULL);
		assert_true(u256_cmp(second.amount_out, whole.amount_in) <= 0);

		/*
		 * What it brought costs no more than was paid, and that pays for it: but
		 * where a whole step brings no more, the contract takes all of it.
		 */
		second = swap_in(&p.pool, whole.amount_out, false, zero_for_one, NULL);
		if (u256_cmp(second.amount_in, whole.amount_in) > 0)
			assert_true(u256_equal(second.sqrt_price, price_at(second.tick + zero_for_one)));
		assert_true(u256_is_zero(second.remaining));
		first = swap_in(&p.pool, second.amount_in, true, zero_for_one, NULL);
		assert_true(u256_cmp(first.amount_out, whole.amount_out) >= 0);
	}
}

static void
test_hostile_pools(void **state)
{
	int32_t		ticks[] = {-60, 60, 120};
	s256		nets[] = {small(5), S256_MAX, S256_MIN};
	univ3_pool	pool = {price_at(0), small(5), 0, 3000, 60, 3, ticks, nets};
	univ3_pool	bad;
	univ3_swap	swap;
	u256		limit = price_at(0);
	int			at;

	(void) state;
	assert_int_equal(univ3_pool_check(&pool, &at), UNIV3_SOUND);
#define assert_flaw(field, value, flaw) \
	do { bad = pool; bad.field = value; assert_int_equal(univ3_pool_check(&bad, &at), flaw); } while (0)
	assert_flaw(sqrt_price, U256_ZERO, UNIV3_BAD_PRICE);
	assert_flaw(sqrt_price, UNIV3_MAX_SQRT_PRICE, UNIV3_BAD_PRICE);
	assert_flaw(liquidity, U256_MAX, UNIV3_BAD_LIQUIDITY);
	assert_flaw(fee_pips, 1000000, UNIV3_BAD_FEE);
	assert_flaw(tick_spacing, 0, UNIV3_BAD_SPACING);
	assert_flaw(tick_spacing, 32768, UNIV3_BAD_SPACING);
	assert_flaw(tick, 1, UNIV3_BAD_TICK);
	assert_flaw(tick, -2, UNIV3_BAD_TICK);
	assert_flaw(tick, -1, UNIV3_SOUND);
	assert_flaw(tick_spacing, 7, UNIV3_TICK_NOT_SPACED);
	ticks[2] = 60;
	assert_flaw(tick, 0, UNIV3_TICKS_UNSORTED);
	assert_int_equal(at, 2);
	ticks[2] = INT32_MIN;
	assert_flaw(tick, 0, UNIV3_TICK_OUT_OF_RANGE);
	ticks[2] = 120;

	/* liquidity beyond a tick that cannot be */
	assert_ok(univ3_swap_begin(&swap, &pool, small(1000000000), true, false, NULL));
	assert_status(run(&swap), CORE_OUT_OF_RANGE);
	nets[1] = s256_neg_wrap(small(6));
	assert_ok(univ3_swap_begin(&swap, &pool, small(1000000000), true, false, NULL));
	assert_status(run(&swap), CORE_BAD_PARAMETER);
	assert_ok(univ3_swap_begin(&swap, &pool, U256_ZERO, true, false, NULL));
	assert_true(univ3_swap_is_over(&swap));

	/* limits, and amounts that int256 cannot hold */
	assert_status(univ3_swap_begin(&swap, &pool, small(1), true, true, &limit), CORE_BAD_PARAMETER);
	assert_status(univ3_swap_begin(&swap, &pool, small(1), true, false, &limit), CORE_BAD_PARAMETER);
	limit = UNIV3_MIN_SQRT_PRICE;
	assert_status(univ3_swap_begin(&swap, &pool, small(1), true, true, &limit), CORE_BAD_PARAMETER);
	assert_status(univ3_swap_begin(&swap, &pool, small(1), true, false, &limit), CORE_BAD_PARAMETER);
	limit = UNIV3_MAX_SQRT_PRICE;
	assert_status(univ3_swap_begin(&swap, &pool, small(1), true, false, &limit), CORE_BAD_PARAMETER);
	assert_status(univ3_swap_begin(&swap, &pool, S256_MIN, true, false, NULL), CORE_OUT_OF_RANGE);

	/* a whole domain of empty words */
	pool.num_ticks = 0;
	pool.tick_spacing = 1;
	pool.liquidity = U256_ZERO;
	swap = swap_in(&pool, S256_MAX, true, true, NULL);
	assert_same_word(swap.sqrt_price, UNIV3_LOWEST_LIMIT);
	assert_int_equal(swap.tick, UNIV3_MIN_TICK);
	pool.sqrt_price = UNIV3_HIGHEST_LIMIT;
	pool.tick = 887271;
	swap = swap_in(&pool, S256_MAX, true, false, NULL);
	assert_true(u256_is_zero(swap.amount_in) && !u256_is_zero(swap.remaining));
}

/* ---------- depth ---------- */

static univ3_depth
depth_of(const univ3_pool *pool, u256 reference, double slippage, univ3_depth_mode mode, bool zero_for_one)
{
	univ3_depth depth;
	int			steps = 0;

	assert_ok(univ3_depth_begin(&depth, pool, reference, slippage, mode, zero_for_one));
	while (!depth.is_over)
	{
		assert_ok(univ3_depth_advance(&depth));
		assert_true(++steps < 7000 + MAX_TICKS);
	}
	return depth;
}

/* Whether out >= in * price * (1 - slippage), of the token sold, in exact fractions */
static bool
brings_enough(u256 in, u256 out, u256 reference, double slippage, bool zero_for_one)
{
	mpq_t		least,
				kept,
				amount;
	bool		enough;

	mpq_inits(least, kept, amount, NULL);
	exact_price(least, reference, 0, !zero_for_one);
	mpq_set_d(kept, slippage);
	mpq_set_ui(amount, 1, 1);
	mpq_sub(kept, amount, kept);
	mpq_mul(least, least, kept);
	mpz_set_u256(mpq_numref(amount), in);
	mpq_mul(least, least, amount);
	mpz_set_u256(mpq_numref(amount), out);
	enough = mpq_cmp(amount, least) >= 0;
	mpq_clears(least, kept, amount, NULL);
	return enough;
}

static void
check_average(const univ3_pool *pool, const univ3_depth *depth, u256 reference, double slippage)
{
	bool		zero_for_one = depth->swap.zero_for_one;
	/* where sqrt prices are small numbers, they and so the averages move in steps */
	unsigned	little = abs(pool->tick) < 300000 ? 40 : 10;
	u256		more = u256_add_wrap(depth->swap.amount_in, u256_shr(depth->swap.amount_in, little));
	univ3_swap	swap;

	assert_true(brings_enough(depth->swap.amount_in, depth->swap.amount_out, reference, slippage, zero_for_one));
	if (depth->is_exhausted || u256_is_zero(depth->swap.amount_in))
		return;
	/* a little more, which outweighs the roundings of a few words' steps, is too much */
	swap = swap_in(pool, u256_add_wrap(more, small(1000000)), true, zero_for_one, NULL);
	if (u256_bit_length(depth->swap.amount_out) > 60)
		assert_false(brings_enough(swap.amount_in, swap.amount_out, reference, slippage, zero_for_one));
}

static void
test_depth(void **state)
{
	test_pool	p;
	int			found[2] = {0, 0};
	int			exhausted = 0;

	(void) state;
	for (int i = 0; i < POOLS; i++)
	{
		bool		zero_for_one = random_below(2) != 0;
		double		slippage = pow(10, -(double) random_below(40) / 10) * 0.999;
		univ3_depth_mode mode = random_below(2) != 0 ? UNIV3_MARGINAL : UNIV3_AVERAGE;
		u256		reference;
		univ3_depth depth;
		univ3_depth more;
		univ3_swap	swap;

		make_pool(&p);
		reference = p.pool.sqrt_price;
		if (random_below(3) == 0)
			reference = univ3_min(u256_add_wrap(reference, u256_shr(reference, 4 + random_below(20))),
								  UNIV3_HIGHEST_LIMIT);
		depth = depth_of(&p.pool, reference, slippage, mode, zero_for_one);

		/* sold at once, it brings just that */
		swap = swap_in(&p.pool, depth.swap.amount_in, true, zero_for_one, NULL);
		if (mode == UNIV3_AVERAGE)
		{
			assert_same_word(swap.amount_in, depth.swap.amount_in);
			assert_same_word(swap.amount_out, depth.swap.amount_out);
			check_average(&p.pool, &depth, reference, slippage);
		}
		else if (!depth.is_exhausted && !u256_is_zero(depth.swap.amount_in))
		{
			swap = swap_in(&p.pool, S256_MAX, true, zero_for_one, &depth.swap.sqrt_price);
			assert_same_word(swap.amount_in, depth.swap.amount_in);
			assert_same_word(swap.amount_out, depth.swap.amount_out);
			/* a price, as if it were all that one unit brought */
			assert_same_word(depth.swap.sqrt_price, depth.bend);
		}
		more = depth_of(&p.pool, reference, slippage + (1 - slippage) / 4, mode, zero_for_one);
		assert_true(u256_cmp(more.swap.amount_in, depth.swap.amount_in) >= 0);
		assert_true(u256_cmp(more.swap.amount_out, depth.swap.amount_out) >= 0);
		found[mode] += !u256_is_zero(depth.swap.amount_in);
		exhausted += depth.is_exhausted;
	}
	assert_true(found[0] > POOLS / 8 && found[1] > POOLS / 16 && exhausted > POOLS / 50);
}

/* In a single range all is known in closed form */
static void
test_depth_of_one_range(void **state)
{
	int32_t		ticks[] = {-887220, 887220};
	s256		nets[] = {num("1000000000000000000000000"), s256_neg_wrap(num("1000000000000000000000000"))};
	univ3_pool	pool = {price_at(0), nets[0], 0, 3000, 60, 2, ticks, nets};
	double		price;

	(void) state;
	for (int i = 0; i < 2; i++)
	{
		bool		zero_for_one = i != 0;
		univ3_depth depth = depth_of(&pool, pool.sqrt_price, 0.01, UNIV3_MARGINAL, zero_for_one);

		/* from price 1 to 0.99 of the token sold: L * (1 / sqrt(0.99) - 1), and the fee on top */
		price = u256_to_double(depth.swap.amount_in);
		assert_true(fabs(price * 0.997 / (1e24 * (1 / sqrt(0.99) - 1)) - 1) < 1e-12);
		assert_false(depth.is_exhausted);

		/* (1 - f) / (1 + a * (1 - f) / L) = 1 - x of the average: a = L * (1 / (1 - x) - 1 / (1 - f)) */
		depth = depth_of(&pool, pool.sqrt_price, 0.01, UNIV3_AVERAGE, zero_for_one);
		price = u256_to_double(depth.swap.amount_in);
		assert_true(fabs(price / (1e24 * (1 / 0.99 - 1 / 0.997)) - 1) < 1e-12);
		assert_ok(univ3_average_price(&depth.swap, 0, &price));
		assert_true(fabs((zero_for_one ? price : 1 / price) / 0.99 - 1) < 1e-12);

		/* less than the fee */
		depth = depth_of(&pool, pool.sqrt_price, 0.001, UNIV3_AVERAGE, zero_for_one);
		assert_true(u256_is_zero(depth.swap.amount_in) && !depth.is_exhausted);
		assert_same_word(depth.swap.sqrt_price, pool.sqrt_price);
		assert_status(univ3_average_price(&depth.swap, 0, &price), CORE_NULL);
		depth = depth_of(&pool, pool.sqrt_price, 0, UNIV3_MARGINAL, zero_for_one);
		assert_true(u256_is_zero(depth.swap.amount_in) && !depth.is_exhausted);
	}
}

static void
test_hostile_depth(void **state)
{
	static const double slippages[] = {-0.01, 1, 2, NAN, INFINITY, -INFINITY};
	s256		net = s256_neg_wrap(small(9));
	int32_t		tick = -60;
	univ3_pool	pool = {price_at(0), U256_ZERO, 0, 3000, 60, 0, &tick, &net};
	univ3_depth depth;

	(void) state;
	for (size_t i = 0; i < sizeof(slippages) / sizeof(slippages[0]); i++)
		assert_status(univ3_depth_begin(&depth, &pool, pool.sqrt_price, slippages[i], UNIV3_MARGINAL, true),
					  CORE_BAD_PARAMETER);
	assert_status(univ3_depth_begin(&depth, &pool, U256_ZERO, 0.1, UNIV3_MARGINAL, true), CORE_BAD_PARAMETER);

	/* an empty pool takes nothing, which is all it takes */
	for (int i = 0; i < 4; i++)
	{
		depth = depth_of(&pool, pool.sqrt_price, 0.01, (univ3_depth_mode) (i / 2), i % 2 != 0);
		assert_true(u256_is_zero(depth.swap.amount_in) && depth.is_exhausted);
		depth = depth_of(&pool, i % 2 != 0 ? UNIV3_MIN_SQRT_PRICE : UNIV3_HIGHEST_LIMIT, 0.9999999,
						 (univ3_depth_mode) (i / 2), i % 2 != 0);
		assert_true(u256_is_zero(depth.swap.amount_in) && depth.is_exhausted);
	}
	/* one with far too much of it, from end to end */
	pool.liquidity = num("0xffffffffffffffffffffffffffffffff");
	pool.tick_spacing = 32767;
	depth = depth_of(&pool, pool.sqrt_price, nextafter(1, 0), UNIV3_MARGINAL, true);
	assert_true(!u256_is_zero(depth.swap.amount_in) && !depth.is_exhausted);
	depth = depth_of(&pool, UNIV3_MIN_SQRT_PRICE, nextafter(1, 0), UNIV3_AVERAGE, true);
	assert_true(depth.is_exhausted);
	assert_same_word(depth.swap.sqrt_price, UNIV3_LOWEST_LIMIT);
	/* at the very end, where none can be sold */
	pool.sqrt_price = UNIV3_MIN_SQRT_PRICE;
	pool.tick = UNIV3_MIN_TICK;
	depth = depth_of(&pool, pool.sqrt_price, 0.5, UNIV3_AVERAGE, true);
	assert_true(u256_is_zero(depth.swap.amount_in));

	pool = (univ3_pool) {price_at(0), small(1000000000), 0, 3000, 60, 1, &tick, &net};
	net = small(1000000001);
	assert_ok(univ3_depth_begin(&depth, &pool, pool.sqrt_price, 0.5, UNIV3_AVERAGE, true));
	assert_ok(univ3_depth_advance(&depth));
	assert_status(univ3_depth_advance(&depth), CORE_BAD_PARAMETER);
}

/* ---------- constant product ---------- */

static void
test_univ2(void **state)
{
	u256		got;
	mpz_t		in,
				out,
				r_in,
				r_out,
				t;

	(void) state;
	/* v2-core UniswapV2Pair.spec.ts, in 1e18: swaps of 1 into reserves */
	assert_ok(univ2_amount_out(num("1000000000000000000"), num("5000000000000000000"),
							   num("10000000000000000000"), 30, &got));
	assert_num(got, "1662497915624478906");
	assert_ok(univ2_amount_out(num("1000000000000000000"), num("10000000000000000000"),
							   num("5000000000000000000"), 30, &got));
	assert_num(got, "453305446940074565");
	/* v2-periphery UniswapV2Router01.spec.ts */
	assert_ok(univ2_amount_in(small(1), small(100), small(100), 30, &got));
	assert_num(got, "2");
	assert_ok(univ2_amount_in(U256_ZERO, small(100), small(100), 30, &got));
	assert_num(got, "0");
	assert_status(univ2_amount_in(small(100), small(100), small(100), 30, &got), CORE_BAD_PARAMETER);
	assert_status(univ2_amount_out(small(1), U256_ZERO, small(1), 30, &got), CORE_BAD_PARAMETER);
	assert_status(univ2_amount_out(small(1), small(1), U256_ZERO, 30, &got), CORE_BAD_PARAMETER);
	assert_status(univ2_amount_out(small(1), small(1), small(1), 10000, &got), CORE_BAD_PARAMETER);
	assert_status(univ2_amount_in(small(1), small(1), small(2), 10000, &got), CORE_BAD_PARAMETER);
	assert_status(univ2_amount_out(U256_MAX, small(1), small(1), 30, &got), CORE_OUT_OF_RANGE);
	assert_status(univ2_amount_in(small(1), U256_MAX, small(2), 30, &got), CORE_OUT_OF_RANGE);

	mpz_inits(in, out, r_in, r_out, t, NULL);
	for (int i = 0; i < ROUNDS; i++)
	{
		u256		amount = random_amount();
		u256		reserve_in = u256_or(random_amount(), small(1));
		u256		reserve_out = u256_or(random_amount(), small(2));
		uint32_t	fee = random_below(2) != 0 ? 30 : random_below(10000);

		mpz_set_u256(in, amount);
		mpz_set_u256(r_in, reserve_in);
		mpz_set_u256(r_out, reserve_out);
		mpz_mul_ui(in, in, 10000 - fee);
		mpz_mul(t, in, r_out);
		mpz_mul_ui(r_in, r_in, 10000);
		mpz_add(in, in, r_in);
		mpz_fdiv_q(out, t, in);
		assert_ok(univ2_amount_out(amount, reserve_in, reserve_out, fee, &got));
		assert_u256_is(got, out);
		/* what it brings costs no more than one unit above what was paid, and pays for itself */
		assert_ok(univ2_amount_in(got, reserve_in, reserve_out, fee, &amount));
		assert_ok(univ2_amount_out(amount, reserve_in, reserve_out, fee, &reserve_out));
		assert_true(u256_cmp(reserve_out, got) >= 0);
	}
	mpz_clears(in, out, r_in, r_out, t, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole_domain),
		cmocka_unit_test(test_ticks_against_gmp),
		cmocka_unit_test(test_tick_domain),
		cmocka_unit_test(test_nearest_usable_tick),
		cmocka_unit_test(test_price),
		cmocka_unit_test(test_tick_prices),
		cmocka_unit_test(test_amounts),
		cmocka_unit_test(test_liquidity),
		cmocka_unit_test(test_ranges),
		cmocka_unit_test(test_fees),
		cmocka_unit_test(test_swaps_against_gmp),
		cmocka_unit_test(test_swap_laws),
		cmocka_unit_test(test_hostile_pools),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_depth_of_one_range),
		cmocka_unit_test(test_hostile_depth),
		cmocka_unit_test(test_univ2),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
