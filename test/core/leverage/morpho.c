/*-------------------------------------------------------------------------
 *
 * test_morpho.c
 *	  Morpho Blue: numbers of its own tests and of its SDK's, the interest rate
 *	  model against GMP on random inputs, and laws that roundings must keep.
 *
 *-------------------------------------------------------------------------
 */
#include "oracle.h"

#include "core/chain/fixed.h"
#include "core/leverage/morpho.h"

#include <math.h>

#define ROUNDS	20000

#define small(x)					u256_from_u64(x)
#define assert_ok(call)				assert_int_equal(call, CORE_OK)
#define assert_status(call, want)	assert_int_equal(call, want)

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
	assert_s256_is(got, z);
	mpz_clear(z);
}

static u256
random_amount(unsigned bits)
{
	return u256_shr(random_u256(), 256 - bits);
}

static u256
random_wad(void)
{
	return small(random_u64() % UINT64_C(1000000000000000001));
}

/* ---------- shares and interest ---------- */

/* In and out again, rounded as the contract does, gains nobody anything */
static void
test_shares(void **state)
{
	u256		shares, back;

	(void) state;
	for (int i = 0; i < ROUNDS; i++)
	{
		u256		assets = random_amount(100);
		u256		total_assets = random_amount(100);
		u256		total_shares = random_amount(120);

		assert_ok(morpho_to_shares(assets, total_assets, total_shares, U256_FLOOR, &shares));
		assert_ok(morpho_to_assets(shares, total_assets, total_shares, U256_FLOOR, &back));
		assert_true(u256_cmp(back, assets) <= 0);
		assert_ok(morpho_to_shares(assets, total_assets, total_shares, U256_CEIL, &shares));
		assert_ok(morpho_to_assets(shares, total_assets, total_shares, U256_CEIL, &back));
		assert_true(u256_cmp(back, assets) >= 0);
	}
	assert_ok(morpho_to_shares(num("10000000000"), small(1000000), num("100000000000"), U256_FLOOR, &shares));
	assert_num(shares, "1000008999991000");
	assert_ok(morpho_to_shares(small(1), U256_ZERO, U256_ZERO, U256_FLOOR, &shares));
	assert_num(shares, "1000000");
	assert_status(morpho_to_assets(small(1), U256_MAX, U256_ZERO, U256_FLOOR, &shares), CORE_OUT_OF_RANGE);
}

static void
test_accrual(void **state)
{
	morpho_market market = {num("1000000000000000000000"), num("1000000000000000000000000000"),
	num("900000000000000000000")};
	morpho_accrual got;
	u256		growth, more, price, after;

	(void) state;
	assert_ok(morpho_taylor_compounded(num("5073566716"), small(MORPHO_YEAR_SECONDS), &growth));
	assert_num(growth, "173482666614800759");
	assert_ok(morpho_accrue(&market, num("5073566716"), small(MORPHO_YEAR_SECONDS), num("100000000000000000"), &got));
	assert_num(got.interest, "156134399953320683100");
	assert_num(got.after.borrow_assets, "1056134399953320683100");
	assert_num(got.after.supply_assets, "1156134399953320683100");
	/* the fee is a tenth of the interest, at the price that suppliers have after it */
	assert_ok(morpho_to_assets(got.fee_shares, got.after.supply_assets, got.after.supply_shares,
							   U256_FLOOR, &growth));
	assert_num(growth, "15613439995332068309");
	assert_status(morpho_accrue(&market, small(1), small(1), num("250000000000000001"), &got), CORE_BAD_PARAMETER);
	market.supply_assets = u256_sub_wrap(u256_shl(small(1), 128), small(1));
	assert_status(morpho_accrue(&market, num("5073566716"), small(1), U256_ZERO, &got), CORE_OUT_OF_RANGE);
	assert_status(morpho_accrue(&market, U256_MAX, small(2), U256_ZERO, &got), CORE_OUT_OF_RANGE);

	for (int i = 0; i < ROUNDS; i++)
	{
		u256		rate = random_amount(36);
		u256		seconds = random_amount(26);
		u256		fee = small(random_u64() % UINT64_C(250000000000000001));

		/* as on chain, where the virtual asset weighs little */
		market.supply_assets = u256_add_wrap(random_amount(90), num("1000000000000"));
		market.supply_shares = u256_mul_wrap(market.supply_assets, small(1000000));
		market.borrow_assets = u256_shr(market.supply_assets, random_below(3));
		assert_ok(morpho_accrue(&market, rate, seconds, fee, &got));
		assert_ok(morpho_taylor_compounded(rate, seconds, &growth));
		assert_ok(morpho_taylor_compounded(rate, u256_add_wrap(seconds, small(random_below(99))), &more));
		assert_true(u256_cmp(more, growth) >= 0);
		assert_true(u256_cmp(growth, u256_mul_wrap(rate, seconds)) >= 0);
		/* a share never loses value by interest */
		assert_ok(morpho_to_assets(FIXED_RAY, market.supply_assets, market.supply_shares, U256_FLOOR, &price));
		assert_ok(morpho_to_assets(FIXED_RAY, got.after.supply_assets, got.after.supply_shares, U256_FLOOR, &after));
		assert_true(u256_cmp(after, price) >= 0);
	}
}

static void
test_utilization(void **state)
{
	u256		got;

	(void) state;
	assert_ok(morpho_utilization(U256_ZERO, U256_ZERO, &got));
	assert_num(got, "0");
	assert_ok(morpho_utilization(small(1000), small(500), &got));
	assert_num(got, "500000000000000000");
	assert_status(morpho_utilization(small(1000), small(1001), &got), CORE_BAD_PARAMETER);
}

/* ---------- adaptive curve ---------- */

/* Truncation toward zero is what GMP's tdiv does */
static void
wexp(mpz_t out, const mpz_t x)
{
	mpz_t		t, ln2, r;
	long		q;

	mpz_inits(t, ln2, r, NULL);
	mpz_set_str(ln2, "693147180559945309", 10);
	mpz_set_str(t, "-41446531673892822312", 10);
	if (mpz_cmp(x, t) < 0)
		mpz_set_ui(out, 0);
	else if (mpz_set_str(t, "93859467695000404319", 10), mpz_cmp(x, t) >= 0)
		mpz_set_str(out, "57716089161558943949701069502944508345128422502756744429568", 10);
	else
	{
		mpz_tdiv_q_ui(t, ln2, 2);
		if (mpz_sgn(x) < 0)
			mpz_neg(t, t);
		mpz_add(t, x, t);
		mpz_tdiv_q(t, t, ln2);
		q = mpz_get_si(t);
		mpz_mul(t, t, ln2);
		mpz_sub(r, x, t);
		mpz_set_u256(ln2, FIXED_WAD);
		mpz_mul(t, r, r);
		mpz_tdiv_q(t, t, ln2);
		mpz_tdiv_q_ui(t, t, 2);
		mpz_add(t, t, r);
		mpz_add(t, t, ln2);
		if (q >= 0)
			mpz_mul_2exp(out, t, (mp_bitcnt_t) q);
		else
			mpz_fdiv_q_2exp(out, t, (mp_bitcnt_t) -q);
	}
	mpz_clears(t, ln2, r, NULL);
}

static void
test_exponential(void **state)
{
	mpz_t		x, want;

	(void) state;
	mpz_inits(x, want, NULL);
	for (int i = 0; i < ROUNDS; i++)
	{
		u256		magnitude = random_amount(60 + random_below(9));
		s256		argument = random_below(2) ? magnitude : s256_neg_wrap(magnitude);

		mpz_set_s256(x, argument);
		wexp(want, x);
		assert_s256_is(morpho_wexp(argument), want);
	}
	for (int i = -2; i <= 2; i++)
	{
		mpz_set_str(x, "-41446531673892822312", 10);
		i < 0 ? mpz_sub_ui(x, x, (unsigned long) -i) : mpz_add_ui(x, x, (unsigned long) i);
		wexp(want, x);
		assert_s256_is(morpho_wexp(u256_from_mpz(x)), want);
		mpz_set_str(x, "93859467695000404319", 10);
		i < 0 ? mpz_sub_ui(x, x, (unsigned long) -i) : mpz_add_ui(x, x, (unsigned long) i);
		wexp(want, x);
		assert_s256_is(morpho_wexp(u256_from_mpz(x)), want);
	}
	assert_num(morpho_wexp(S256_MIN), "0");
	mpz_clears(x, want, NULL);
}

static void
bounded(mpz_t rate)
{
	if (mpz_cmp_ui(rate, 31709791) < 0)
		mpz_set_ui(rate, 31709791);
	if (mpz_cmp_ui(rate, UINT64_C(63419583967)) > 0)
		mpz_set_ui(rate, UINT64_C(63419583967));
}

/* AdaptiveCurveIrm._borrowRate in integers of any size, for a market that exists */
static void
expect_irm(mpz_t average, mpz_t end, u256 utilization, u256 start, u256 seconds)
{
	mpz_t		wad, error, t, rate;

	mpz_inits(wad, error, t, rate, NULL);
	mpz_set_u256(wad, FIXED_WAD);
	mpz_set_u256(rate, start);
	mpz_set_u256(error, utilization);
	mpz_set_ui(t, UINT64_C(900000000000000000));
	mpz_sub(error, error, t);
	if (mpz_sgn(error) > 0)
		mpz_sub(t, wad, t);
	mpz_mul(error, error, wad);
	mpz_tdiv_q(error, error, t);
	mpz_mul_ui(t, error, UINT64_C(1585489599188));
	mpz_tdiv_q(t, t, wad);
	mpz_set_u256(average, seconds);
	mpz_mul(t, t, average);
	if (mpz_sgn(t) == 0)
	{
		mpz_set(end, rate);
		mpz_set(average, rate);
	}
	else
	{
		wexp(end, t);
		mpz_mul(end, end, rate);
		mpz_tdiv_q(end, end, wad);
		bounded(end);
		mpz_tdiv_q_ui(t, t, 2);
		wexp(average, t);
		mpz_mul(average, average, rate);
		mpz_tdiv_q(average, average, wad);
		bounded(average);
		mpz_mul_ui(average, average, 2);
		mpz_add(average, average, rate);
		mpz_add(average, average, end);
		mpz_tdiv_q_ui(average, average, 4);
	}
	mpz_mul_ui(t, wad, 3);
	if (mpz_sgn(error) < 0)
		mpz_fdiv_q_ui(t, t, 4);
	mpz_mul(t, t, error);
	mpz_tdiv_q(t, t, wad);
	mpz_add(t, t, wad);
	mpz_mul(average, average, t);
	mpz_tdiv_q(average, average, wad);
	mpz_clears(wad, error, t, rate, NULL);
}

static u256
random_rate_at_target(void)
{
	return small(31709791 + random_u64() % (UINT64_C(63419583967) - 31709791 + 1));
}

static void
test_irm(void **state)
{
	mpz_t		average, end;
	u256		got_average, got_end, rate;

	(void) state;
	mpz_inits(average, end, NULL);
	for (int i = 0; i < ROUNDS; i++)
	{
		u256		utilization = random_wad();
		u256		start = random_rate_at_target();
		u256		seconds = random_amount(1 + random_below(40));

		if (random_below(20) == 0)
			utilization = small(UINT64_C(900000000000000000) - 2 + random_below(5));
		expect_irm(average, end, utilization, start, seconds);
		assert_ok(morpho_irm(utilization, start, seconds, &got_average, &got_end));
		assert_u256_is(got_average, average);
		assert_u256_is(got_end, end);
		/* without time the average is the rate of the curve */
		assert_ok(morpho_irm(utilization, start, U256_ZERO, &got_average, &got_end));
		assert_ok(morpho_borrow_rate(utilization, start, &rate));
		assert_true(u256_equal(got_average, rate) && u256_equal(got_end, start));
	}
	mpz_clears(average, end, NULL);
}

static void
test_irm_edges(void **state)
{
	u256		average, end;

	(void) state;
	/* AdaptiveCurveIrmTest.sol: the first call */
	assert_ok(morpho_irm(FIXED_WAD, U256_ZERO, U256_ZERO, &average, &end));
	assert_num(average, "5073566716");
	assert_num(end, "1268391679");
	assert_ok(morpho_irm(FIXED_WAD, U256_ZERO, small(99999999), &average, &end));
	assert_num(end, "1268391679");
	/* five days at full utilization from 4 % */
	assert_ok(morpho_irm(FIXED_WAD, small(1268391679), small(432000), &average, &end));
	assert_num(average, "7338724560");
	assert_num(end, "2516027586");
	assert_ok(morpho_irm(FIXED_WAD, small(1268391679), u256_shr(U256_MAX, 42), &average, &end));
	assert_num(end, "63419583967");
	assert_status(morpho_irm(FIXED_WAD, small(1268391679), S256_MAX, &average, &end), CORE_OUT_OF_RANGE);
	assert_status(morpho_irm(FIXED_WAD, small(1268391679), U256_MAX, &average, &end), CORE_OUT_OF_RANGE);
	assert_status(morpho_irm(small(UINT64_C(1000000000000000001)), U256_ZERO, U256_ZERO, &average, &end),
				  CORE_BAD_PARAMETER);
	assert_status(morpho_irm(U256_ZERO, small(31709790), U256_ZERO, &average, &end), CORE_BAD_PARAMETER);
	assert_status(morpho_irm(U256_ZERO, small(UINT64_C(63419583968)), U256_ZERO, &average, &end), CORE_BAD_PARAMETER);
	assert_status(morpho_borrow_rate(U256_ZERO, U256_ZERO, &average), CORE_BAD_PARAMETER);
}

static void
test_yields(void **state)
{
	double		got;

	(void) state;
	/* 40 % a year in seconds, MarketUtils.test.ts */
	assert_ok(morpho_borrow_apy(small(UINT64_C(12683916793)), &got));
	assert_true(fabs(got - 0.4918246976174727) < 1e-15);
	assert_ok(morpho_borrow_apy(U256_ZERO, &got));
	assert_double_is(got, 0.0);
	assert_status(morpho_borrow_apy(U256_MAX, &got), CORE_OUT_OF_RANGE);
	assert_ok(morpho_supply_apy(small(UINT64_C(12683916793)), small(UINT64_C(500000000000000000)),
								small(UINT64_C(250000000000000000)), &got));
	assert_true(fabs(got - 0.4918246976174727 * 0.375) < 1e-15);
	assert_status(morpho_supply_apy(U256_ZERO, U256_MAX, U256_ZERO, &got), CORE_BAD_PARAMETER);
}

/* ---------- positions ---------- */

/* MarketUtils.test.ts: ten shares at two assets a share, against 100 at a price of one */
static morpho_position
known_position(void)
{
	return (morpho_position) {small(100), small(10), small(2000000), small(1000001),
		num("1000000000000000000000000000000000000"), num("500000000000000000")};
}

static void
test_known_positions(void **state)
{
	morpho_position position = known_position();
	u256		got;
	bool		healthy;

	(void) state;
	assert_ok(morpho_max_borrowable(&position, &got));
	assert_num(got, "40");
	assert_ok(morpho_is_healthy(&position, &healthy));
	assert_true(healthy);
	assert_ok(morpho_health_factor(&position, &got));
	assert_num(got, "5000000000000000000");
	assert_ok(morpho_borrow_usage(&position, &got));
	assert_num(got, "200000000000000000");
	assert_ok(morpho_liquidation_price(&position, &got));
	assert_num(got, "200000000000000000000000000000000000");
	assert_ok(morpho_price_variation(&position, &got));
	assert_num(got, "-800000000000000000");
	position.collateral = U256_ZERO;
	assert_ok(morpho_liquidation_price(&position, &got));
	assert_true(u256_equal(got, U256_MAX));
	assert_ok(morpho_borrow_usage(&position, &got));
	assert_true(u256_equal(got, U256_MAX));
	assert_status(morpho_price_variation(&position, &got), CORE_NULL);
	position.borrow_shares = U256_ZERO;
	assert_ok(morpho_is_healthy(&position, &healthy));
	assert_true(healthy);
	assert_status(morpho_health_factor(&position, &got), CORE_NULL);
	assert_status(morpho_borrow_usage(&position, &got), CORE_NULL);
	assert_status(morpho_liquidation_price(&position, &got), CORE_NULL);
	position.lltv = FIXED_WAD;
	assert_status(morpho_health_factor(&position, &got), CORE_BAD_PARAMETER);
	assert_status(morpho_liquidation_price(&position, &got), CORE_BAD_PARAMETER);
}

/* At the liquidation price a position is healthy to some roundings, below it is not */
static void
test_position_laws(void **state)
{
	(void) state;
	for (int i = 0; i < ROUNDS; i++)
	{
		morpho_position position = {u256_add_wrap(random_amount(80), num("1000000000000000000")),
			u256_add_wrap(random_amount(90), num("1000000000000000000000")), U256_ZERO, U256_ZERO, U256_ZERO,
		small(UINT64_C(100000000000000000) + random_u64() % UINT64_C(880000000000000000))};
		bool		healthy;
		u256		health, price;

		position.total_borrow_shares = u256_add_wrap(position.borrow_shares, random_amount(95));
		position.borrow_assets = u256_shr(position.total_borrow_shares, 20);
		assert_ok(morpho_liquidation_price(&position, &price));
		position.price = price;
		assert_ok(morpho_health_factor(&position, &health));
		assert_ok(morpho_is_healthy(&position, &healthy));
		/* the contract floors the value before it takes the lltv of it, the SDK's price does not */
		assert_true(u256_cmp(u256_add_wrap(health, num("10000000000000")), FIXED_WAD) >= 0);
		assert_int_equal(healthy, u256_cmp(health, FIXED_WAD) >= 0);
		position.price = u256_sub_wrap(price, u256_add_wrap(u256_shr(price, 40), small(1)));
		assert_ok(morpho_is_healthy(&position, &healthy));
		assert_false(healthy);
	}
}

static void
test_incentive(void **state)
{
	static const char *const known[][2] = {
		{"385000000000000000", "1150000000000000000"}, {"770000000000000000", "1074113856068743286"},
		{"860000000000000000", "1043841336116910229"}, {"915000000000000000", "1026167265264238070"},
		{"945000000000000000", "1016776817488561260"}, {"965000000000000000", "1010611419909044972"},
		{"0", "1150000000000000000"}
	};
	u256		got;

	(void) state;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
	{
		assert_ok(morpho_incentive_factor(num(known[i][0]), &got));
		assert_num(got, known[i][1]);
	}
	assert_status(morpho_incentive_factor(FIXED_WAD, &got), CORE_BAD_PARAMETER);
}

static void
test_liquidation(void **state)
{
	morpho_position position = known_position();
	morpho_liquidation got;

	(void) state;
	/* healthy; then a price at which ten assets of debt stand against nine */
	assert_status(morpho_liquidate(&position, small(1), U256_ZERO, &got), CORE_BAD_PARAMETER);
	position.price = num("90000000000000000000000000000000000");
	assert_ok(morpho_liquidate(&position, small(100), U256_ZERO, &got));
	assert_num(got.seized_assets, "100");
	assert_num(got.repaid_assets, "8");
	assert_num(got.repaid_shares, "8");
	assert_num(got.bad_debt_shares, "2");
	assert_num(got.bad_debt_assets, "2");
	assert_ok(morpho_liquidate(&position, U256_ZERO, small(5), &got));
	assert_num(got.repaid_shares, "5");
	assert_num(got.repaid_assets, "5");
	assert_num(got.seized_assets, "55");
	assert_num(got.bad_debt_assets, "0");
	assert_status(morpho_liquidate(&position, small(1), small(1), &got), CORE_BAD_PARAMETER);
	assert_status(morpho_liquidate(&position, U256_ZERO, U256_ZERO, &got), CORE_BAD_PARAMETER);
	assert_status(morpho_liquidate(&position, small(101), U256_ZERO, &got), CORE_BAD_PARAMETER);
	assert_status(morpho_liquidate(&position, U256_ZERO, small(10), &got), CORE_BAD_PARAMETER);
	position.price = U256_ZERO;
	assert_status(morpho_liquidate(&position, U256_ZERO, small(1), &got), CORE_DIVISION_BY_ZERO);
	assert_ok(morpho_liquidate(&position, small(100), U256_ZERO, &got));
	assert_num(got.bad_debt_shares, "10");
	position.total_borrow_shares = small(9);
	assert_status(morpho_liquidate(&position, small(100), U256_ZERO, &got), CORE_BAD_PARAMETER);
}

/* What is done reaches the utilization, and one unit less does not */
static void
test_to_utilization(void **state)
{
	u256		got;

	(void) state;
	assert_ok(morpho_to_utilization(MORPHO_SUPPLY, small(1000), small(400), num("250000000000000000"), &got));
	assert_num(got, "600");
	assert_ok(morpho_to_utilization(MORPHO_WITHDRAW, small(1000), small(400), num("500000000000000000"), &got));
	assert_num(got, "200");
	assert_ok(morpho_to_utilization(MORPHO_BORROW, small(1000), small(400), num("500000000000000000"), &got));
	assert_num(got, "100");
	assert_ok(morpho_to_utilization(MORPHO_REPAY, small(1000), small(400), num("300000000000000000"), &got));
	assert_num(got, "100");
	assert_status(morpho_to_utilization(MORPHO_SUPPLY, small(1), small(1), U256_ZERO, &got), CORE_NULL);
	assert_ok(morpho_to_utilization(MORPHO_SUPPLY, small(1), U256_ZERO, U256_ZERO, &got));
	assert_num(got, "0");
	assert_ok(morpho_to_utilization(MORPHO_WITHDRAW, small(7), small(1), U256_ZERO, &got));
	assert_num(got, "0");
	assert_ok(morpho_to_utilization(MORPHO_WITHDRAW, small(7), U256_ZERO, U256_ZERO, &got));
	assert_num(got, "7");
	assert_status(morpho_to_utilization(MORPHO_REPAY, small(1), small(1), U256_MAX, &got), CORE_BAD_PARAMETER);
	for (int i = 0; i < ROUNDS; i++)
	{
		u256		borrowed = u256_add_wrap(random_amount(90), small(1));
		u256		target = u256_add_wrap(random_wad(), small(1));
		u256		supply;
		u256		utilization;

		if (u256_cmp(target, FIXED_WAD) > 0)
			continue;
		assert_ok(morpho_to_utilization(MORPHO_SUPPLY, U256_ZERO, borrowed, target, &supply));
		assert_ok(morpho_utilization(supply, borrowed, &utilization));
		assert_true(u256_cmp(utilization, target) <= 0);
		assert_ok(u256_mul_div(u256_sub_wrap(supply, small(1)), target, FIXED_WAD, U256_FLOOR, &utilization));
		assert_true(u256_cmp(utilization, borrowed) < 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shares),
		cmocka_unit_test(test_accrual),
		cmocka_unit_test(test_utilization),
		cmocka_unit_test(test_exponential),
		cmocka_unit_test(test_irm),
		cmocka_unit_test(test_irm_edges),
		cmocka_unit_test(test_yields),
		cmocka_unit_test(test_known_positions),
		cmocka_unit_test(test_position_laws),
		cmocka_unit_test(test_incentive),
		cmocka_unit_test(test_liquidation),
		cmocka_unit_test(test_to_utilization),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
