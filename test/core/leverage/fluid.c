/*-------------------------------------------------------------------------
 *
 * test_fluid.c
 *	  Fluid: numbers of its own tests, GMP on random inputs, and laws that
 *	  curves, ticks and liquidations must keep.
 *
 *-------------------------------------------------------------------------
 */
#include "words.h"

#include "core/leverage/fluid.h"

#include <math.h>

#define ROUNDS	20000

#define PRICE_ONE	UINT64_C(1000000000000)

/* ---------- curves ---------- */

static u256
rate_at(uint64_t utilization, const u256 *points, int n)
{
	u256		got = U256_ZERO;

	assert_ok(fluid_borrow_rate(small(utilization), points, points + 4, n, &got));
	return got;
}

/* liquidityCalcsCalcRates.t.sol */
static void
test_known_rates(void **state)
{
	u256		one_kink[8] = {small(0), small(8000), small(10000), small(0), small(400), small(1000), small(15000)};
	u256		declining[8] = {small(0), small(8000), small(10000), small(0), small(1600), small(400), small(15000)};
	u256		two_kinks[8] = {small(0), small(8000), small(9000), small(10000), small(400), small(1000), small(8000), small(15000)};
	u256		got;

	(void) state;
	assert_num(rate_at(0, one_kink, 3), "400");
	assert_num(rate_at(4000, one_kink, 3), "700");
	assert_num(rate_at(8000, one_kink, 3), "1000");
	assert_num(rate_at(9000, one_kink, 3), "8000");
	assert_num(rate_at(12000, one_kink, 3), "29000");
	assert_num(rate_at(4000, declining, 3), "1000");
	assert_num(rate_at(9000, declining, 3), "7700");
	assert_num(rate_at(12000, declining, 3), "29600");
	assert_num(rate_at(9500, two_kinks, 4), "11500");
	one_kink[6] = small(65535);
	assert_num(rate_at(10000, one_kink, 3), "65535");
	assert_num(rate_at(10001, one_kink, 3), "65535");
	assert_num(rate_at(15000, one_kink, 3), "65535");
	/* falling below zero; points that are no curve */
	one_kink[6] = small(0);
	assert_status(fluid_borrow_rate(small(10001), one_kink, one_kink + 4, 3, &got), CORE_BAD_PARAMETER);
	assert_status(fluid_borrow_rate(U256_MAX, one_kink, one_kink + 4, 3, &got), CORE_OUT_OF_RANGE);
	assert_status(fluid_borrow_rate(S256_MAX, one_kink, one_kink + 4, 3, &got), CORE_OUT_OF_RANGE);
	assert_false(fluid_is_curve(one_kink, one_kink + 4, 2));
	one_kink[6] = small(65536);
	assert_false(fluid_is_curve(one_kink, one_kink + 4, 3));
	one_kink[6] = small(65535);
	one_kink[1] = small(10000);
	assert_false(fluid_is_curve(one_kink, one_kink + 4, 3));
	one_kink[0] = small(1);
	assert_false(fluid_is_curve(one_kink, one_kink + 4, 3));
}

/* What GMP says, and what a point says at it */
static void
test_rates(void **state)
{
	(void) state;
	for (int i = 0; i < ROUNDS; i++)
	{
		uint64_t	kink = 1 + random_up_to(9998), utilization = random_up_to(10000);
		uint64_t	rates[3] = {random_up_to(65535), random_up_to(65535), random_up_to(65535)};
		u256		points[8] = {small(0), small(kink), small(10000), small(0), small(rates[0]), small(rates[1]), small(rates[2])};
		int			segment = utilization < kink ? 0 : 1;
		uint64_t	x0 = segment == 0 ? 0 : kink;
		mpz_t		slope, want;

		mpz_init_set_si(slope, (long) rates[segment + 1] - (long) rates[segment]);
		mpz_mul_ui(slope, slope, PRICE_ONE);
		mpz_tdiv_q_ui(slope, slope, segment == 0 ? kink : 10000 - kink);
		mpz_init_set_ui(want, rates[segment] * PRICE_ONE);
		mpz_submul_ui(want, slope, x0);
		mpz_addmul_ui(want, slope, utilization);
		mpz_tdiv_q_ui(want, want, PRICE_ONE);
		assert_u256_is(rate_at(utilization, points, 3), want);
		assert_true(u256_equal(rate_at(kink, points, 3), small(rates[1])));
		assert_true(u256_equal(rate_at(0, points, 3), small(rates[0])));
		mpz_clears(slope, want, NULL);
	}
}

/* ---------- exchange prices ---------- */

/* liquidityCalcsCalcExchangePrices.t.sol */
static void
test_known_prices(void **state)
{
	fluid_totals totals = {num("10000000000000000000"), num("2000000000000000000"),
	num("8000000000000000000"), num("1000000000000000000")};
	u256		supply = small(PRICE_ONE), borrow = small(PRICE_ONE);
	u256		half_a_year = small(15768000), got;

	(void) state;
	assert_ok(fluid_accrue(&totals, small(1000), small(5000), half_a_year, &supply, &borrow));
	assert_num(supply, "1020000000000");
	assert_num(borrow, "1050000000000");
	totals.supply = num("10200000000000000000");
	totals.borrow = num("8400000000000000000");
	assert_ok(fluid_accrue(&totals, small(1000), small(5000), half_a_year, &supply, &borrow));
	assert_num(borrow, "1102500000000");
	/* the ratios have four digits, and the test allows 1e7 off 1.041e12 */
	assert_true(u256_cmp(supply, small(UINT64_C(1040990000000))) >= 0 &&
				u256_cmp(supply, small(UINT64_C(1041010000000))) <= 0);
	/* no rate, no time */
	assert_ok(fluid_accrue(&totals, small(0), small(5000), half_a_year, &supply, &borrow));
	assert_num(borrow, "1102500000000");
	assert_ok(fluid_accrue(&totals, small(1000), small(5000), U256_ZERO, &supply, &borrow));
	assert_num(borrow, "1102500000000");
	/* nobody pays: 1 of interest against more than 10000 without */
	totals.borrow = small(1);
	totals.borrow_free = small(10001);
	assert_ok(fluid_accrue(&totals, small(1000), small(0), half_a_year, &supply, &borrow));
	assert_num(borrow, "1102500000000");
	assert_ok(fluid_supply_rate(&totals, small(1000), small(0), &got));
	assert_num(got, "0");
	totals = (fluid_totals) {U256_ZERO, small(9), small(9), U256_ZERO};
	assert_ok(fluid_supply_rate(&totals, small(1000), small(0), &got));
	assert_num(got, "0");
	/* all of it borrowed, no fee, one in a hundred suppliers paid, their share to four digits */
	totals = (fluid_totals) {small(1), small(99), small(100), U256_ZERO};
	assert_ok(fluid_supply_rate(&totals, small(1000), small(0), &got));
	assert_num(got, "10000990000000");
	totals = (fluid_totals) {U256_ZERO, U256_ZERO, U256_ZERO, U256_ZERO};
	assert_ok(fluid_supply_rate(&totals, small(1000), small(0), &got));
	assert_num(got, "0");
	totals = (fluid_totals) {small(10000), U256_ZERO, small(16384), U256_ZERO};
	assert_status(fluid_supply_rate(&totals, small(1000), small(0), &got), CORE_BAD_PARAMETER);
	totals.borrow = small(1);
	assert_status(fluid_supply_rate(&totals, small(65536), small(0), &got), CORE_BAD_PARAMETER);
	assert_status(fluid_supply_rate(&totals, small(1), small(10001), &got), CORE_BAD_PARAMETER);
	supply = U256_ZERO;
	assert_status(fluid_accrue(&totals, small(1), small(0), small(1), &supply, &borrow), CORE_BAD_PARAMETER);
	supply = small(UINT64_MAX);
	assert_status(fluid_accrue(&totals, small(65535), small(0), half_a_year, &supply, &supply), CORE_OUT_OF_RANGE);
	totals.supply_free = U256_MAX;
	assert_status(fluid_utilization(&totals, &got), CORE_OUT_OF_RANGE);
}

/*
 * Borrowers pay what suppliers and the fee get, to the four digits that the shares
 * have; and prices are what GMP makes of the rates.
 */
static void
test_prices(void **state)
{
	(void) state;
	for (int i = 0; i < ROUNDS; i++)
	{
		double		with = 1e18 * (1 + (double) random_up_to(99)), free = 1e18 * (double) random_up_to(99);
		double		lent = (with + free) * (0.1 + (double) random_up_to(90) / 100), unpaid = lent * (double) random_up_to(9) / 10;
		fluid_totals totals;
		u256		rate = small(1 + random_up_to(20000)), fee = small(random_up_to(9000)), seconds = random_amount(25);
		u256		supply_rate, supply = small(PRICE_ONE), borrow = small(PRICE_ONE);
		double		earned, paid;
		mpz_t		want;

		assert_ok(u256_from_double(with, &totals.supply));
		assert_ok(u256_from_double(free, &totals.supply_free));
		assert_ok(u256_from_double(floor(lent - unpaid), &totals.borrow));
		assert_ok(u256_from_double(floor(unpaid), &totals.borrow_free));
		assert_ok(fluid_supply_rate(&totals, rate, fee, &supply_rate));
		earned = with * u256_to_double(supply_rate) / 1e12;
		paid = (lent - unpaid) * u256_to_double(rate) / 1e4 * (1 - u256_to_double(fee) / 1e4);
		assert_true(fabs(earned - paid) <= 0.02 * paid);
		assert_ok(fluid_accrue(&totals, rate, fee, seconds, &supply, &borrow));
		word(want, small(PRICE_ONE));
		times_over(want, u256_mul_wrap(supply_rate, seconds), u256_mul_wrap(small(31536000), small(PRICE_ONE)));
		plus(want, small(PRICE_ONE));
		assert_u256_is(supply, want);
		mpz_set_u256(want, small(PRICE_ONE));
		times_over(want, u256_mul_wrap(rate, seconds), u256_mul_wrap(small(31536000), small(10000)));
		plus(want, small(PRICE_ONE));
		assert_u256_is(borrow, want);
		mpz_clear(want);
	}
}

/* ---------- ticks ---------- */

/* |a - 1.0015^tick * 2^96| in units of the last place of the ratio and in 1e-30ths */
static void
assert_is_power(int32_t tick, u256 ratio)
{
	mpf_t		power, got, error;

	mpf_set_default_prec(512);
	mpf_init_set_str(power, "1.0015", 10);
	mpf_init(got);
	mpf_init(error);
	mpf_pow_ui(power, power, (unsigned long) (tick < 0 ? -tick : tick));
	if (tick < 0)
		mpf_ui_div(power, 1, power);
	mpf_mul_2exp(power, power, 96);
	{
		mpz_t		z;

		word(z, ratio);
		mpf_set_z(got, z);
		mpz_clear(z);
	}
	mpf_sub(error, got, power);
	mpf_abs(error, error);
	mpf_sub_ui(error, error, 2);
	mpf_div(error, error, power);
	assert_true(mpf_cmp_d(error, 1e-17) < 0);
	mpf_clears(power, got, error, NULL);
}

/* tickMath.t.sol, and every tick's ratio against the power itself */
static void
test_ticks(void **state)
{
	u256		ratio, before = U256_ZERO, perfect, most;
	int32_t		tick;

	(void) state;
	assert_true(fluid_ratio_at_tick(0, &ratio));
	assert_num(ratio, "79228162514264337593543950336");
	assert_true(fluid_ratio_at_tick(-32767, &ratio));
	assert_num(ratio, "37075071");
	assert_true(fluid_ratio_at_tick(-32766, &ratio));
	assert_num(ratio, "37130684");
	assert_true(fluid_ratio_at_tick(32767, &most));
	assert_num(most, "169307877264527972847801929085841449095838922544595");
	assert_false(fluid_ratio_at_tick(32768, &ratio));
	assert_false(fluid_ratio_at_tick(-32768, &ratio));
	assert_false(fluid_ratio_at_tick(INT32_MIN, &ratio));
	assert_status(fluid_tick_at_ratio(small(37075071), &tick, &perfect), CORE_OUT_OF_RANGE);
	assert_status(fluid_tick_at_ratio(u256_add_wrap(most, small(1)), &tick, &perfect), CORE_OUT_OF_RANGE);
	assert_ok(fluid_tick_at_ratio(small(37075072), &tick, &perfect));
	assert_int_equal(tick, -32767);
	assert_num(perfect, "37075071");
	assert_ok(fluid_tick_at_ratio(small(37130684), &tick, &perfect));
	assert_int_equal(tick, -32767);
	assert_ok(fluid_tick_at_ratio(small(37130688), &tick, &perfect));
	assert_int_equal(tick, -32766);
	assert_ok(fluid_tick_at_ratio(most, &tick, &perfect));
	assert_int_equal(tick, 32767);

	for (int32_t t = -32767; t <= 32767; t++)
	{
		assert_true(fluid_ratio_at_tick(t, &ratio));
		assert_true(u256_cmp(before, ratio) < 0);
		if (t % 7 == 0)
			assert_is_power(t, ratio);
		before = ratio;
		if (t == -32767 || t == 32767)
			continue;
		/* a ratio's tick is its own, or by rounding the one below; a thousandth above it is its own */
		assert_ok(fluid_tick_at_ratio(ratio, &tick, &perfect));
		assert_true(tick == t || tick == t - 1);
		assert_true(u256_cmp(perfect, ratio) <= 0);
		(void) u256_mul_div(ratio, small(1001), small(1000), U256_FLOOR, &ratio);
		assert_ok(fluid_tick_at_ratio(ratio, &tick, &perfect));
		assert_int_equal(tick, t);
	}
}

/* ---------- vaults ---------- */

static void
test_vaults(void **state)
{
	fluid_vault vault = {num("2000000000000000000000000000000"), small(9000), small(500), small(PRICE_ONE), small(PRICE_ONE)};
	fluid_limits limits;

	(void) state;
	assert_ok(fluid_vault_limits(&vault, &limits));
	assert_num(limits.collateral_per_debt, "525000000000000000000000");
	assert_num(limits.ratio, "142610692525675807668379110604800");
	assert_int_equal(limits.tick, 5000);
	/* supply that has grown stands for more collateral */
	vault.supply_price = small(2 * PRICE_ONE);
	assert_ok(fluid_vault_limits(&vault, &limits));
	assert_num(limits.collateral_per_debt, "262500000000000000000000");
	vault.borrow_price = U256_ZERO;
	assert_status(fluid_vault_limits(&vault, &limits), CORE_DIVISION_BY_ZERO);
	vault.borrow_price = small(PRICE_ONE);
	vault.liquidation_penalty_bps = small(10001);
	assert_status(fluid_vault_limits(&vault, &limits), CORE_BAD_PARAMETER);
	vault.liquidation_penalty_bps = small(0);
	vault.oracle_price = U256_ZERO;
	assert_status(fluid_vault_limits(&vault, &limits), CORE_BAD_PARAMETER);
	vault.oracle_price = u256_add_wrap(u256_mul_wrap(FIXED_RAY, FIXED_RAY), small(1));
	assert_status(fluid_vault_limits(&vault, &limits), CORE_BAD_PARAMETER);
	vault.oracle_price = small(1);
	assert_status(fluid_vault_limits(&vault, &limits), CORE_OUT_OF_RANGE);
	vault.oracle_price = u256_mul_wrap(FIXED_RAY, FIXED_RAY);
	vault.supply_price = small(PRICE_ONE);
	assert_ok(fluid_vault_limits(&vault, &limits));
	/* capped at 1e45 */
	assert_num(limits.collateral_per_debt, "1000000000");
}

static void
test_liquidation(void **state)
{
	u256		one = u256_shl(small(1), 96), debt = num("1000000000000000000000");
	fluid_liquidation got, part;

	(void) state;
	/* debt of 1000 from a ratio of 0.9375 to 0.875 at a price of one and a penalty of 5 % */
	assert_ok(fluid_liquidate(debt, u256_mul_wrap(u256_shr(one, 5), small(30)), u256_mul_wrap(u256_shr(one, 5), small(28)),
							  num("1050000000000000000000000000"), U256_MAX, &got));
	assert_num(got.debt, "820512820512820512824");
	assert_num(got.collateral, "861538461538461538465");
	for (int i = 0; i < ROUNDS; i++)
	{
		/* a ratio of 0.80 .. 0.93, a target below it, a penalty up to 7 % */
		u256		ratio, target, price = u256_mul_wrap(small(10000 + random_up_to(700)), num("100000000000000000000000"));
		mpz_t		want, x;

		debt = u256_add_wrap(random_amount(90), num("1000000000000"));
		(void) u256_mul_div(one, small(8000 + random_up_to(1300)), small(10000), U256_FLOOR, &ratio);
		(void) u256_mul_div(ratio, small(9000 + random_up_to(1000)), small(10000), U256_FLOOR, &target);
		assert_ok(fluid_liquidate(debt, ratio, target, price, U256_MAX, &got));
		word(want, target);
		times_over(want, debt, ratio);
		mpz_neg(want, want);
		plus(want, debt);
		word(x, price);
		times_over(x, target, one);
		mpz_neg(x, x);
		plus(x, FIXED_RAY);
		times_over(want, FIXED_RAY, u256_from_mpz(x));
		assert_u256_is(got.debt, want);
		times_over(want, price, FIXED_RAY);
		assert_u256_is(got.collateral, want);
		mpz_clears(want, x, NULL);
		assert_true(u256_equal(got.ratio_after, target));
		/* repaying less leaves a ratio between */
		assert_ok(fluid_liquidate(debt, ratio, target, price, u256_shr(got.debt, 1), &part));
		assert_true(u256_cmp(part.collateral, got.collateral) <= 0);
		assert_true(u256_cmp(u256_add_wrap(part.ratio_after, u256_shr(one, 30)), target) >= 0);
		assert_true(u256_cmp(part.ratio_after, u256_add_wrap(ratio, u256_shr(one, 30))) <= 0);
	}
	assert_status(fluid_liquidate(U256_ZERO, one, one, small(1), U256_MAX, &got), CORE_BAD_PARAMETER);
	assert_status(fluid_liquidate(debt, one, U256_ZERO, small(1), U256_MAX, &got), CORE_BAD_PARAMETER);
	assert_status(fluid_liquidate(debt, small(1), one, small(1), U256_MAX, &got), CORE_BAD_PARAMETER);
	/* collateral that is not worth the debt and the penalty */
	assert_status(fluid_liquidate(debt, one, u256_shr(one, 1), num("1050000000000000000000000000"), U256_MAX, &got), CORE_BAD_PARAMETER);
	assert_status(fluid_liquidate(debt, one, one, FIXED_RAY, U256_MAX, &got), CORE_BAD_PARAMETER);
	assert_status(fluid_liquidate(debt, one, one, U256_MAX, U256_MAX, &got), CORE_BAD_PARAMETER);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known_rates),
		cmocka_unit_test(test_rates),
		cmocka_unit_test(test_known_prices),
		cmocka_unit_test(test_prices),
		cmocka_unit_test(test_ticks),
		cmocka_unit_test(test_vaults),
		cmocka_unit_test(test_liquidation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
