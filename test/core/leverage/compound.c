/*-------------------------------------------------------------------------
 *
 * test_compound.c
 *	  Compound v3: numbers of Comet's own tests, GMP on random inputs, and laws
 *	  that rates and roundings must keep.
 *
 *-------------------------------------------------------------------------
 */
#include "words.h"

#include "core/leverage/compound.h"

#define ROUNDS	20000

#define ONE			UINT64_C(1000000000000000000)
#define INDEX_ONE	UINT64_C(1000000000000000)

static comet_curve
random_curve(void)
{
	return (comet_curve) {small(random_up_to(ONE)), random_amount(40), random_amount(40),
		random_amount(50)};
}

static void
test_known_rates(void **state)
{
	comet_curve supply = {small(UINT64_C(800000000000000000)), U256_ZERO, small(1268391679),
	small(UINT64_C(12683916793))};
	comet_curve borrow = {small(UINT64_C(800000000000000000)), small(317097919), small(1585489599),
	small(UINT64_C(9512937595))};
	u256		got;

	(void) state;
	/* interest-rate-test.ts: 10 % utilization of the configuration above, in seconds */
	assert_ok(comet_per_second(small(UINT64_C(40000000000000000)), &got));
	assert_num(got, "1268391679");
	assert_ok(comet_rate(small(UINT64_C(100000000000000000)), &supply, &got));
	assert_num(got, "126839167");
	assert_ok(comet_rate(small(UINT64_C(100000000000000000)), &borrow, &got));
	assert_num(got, "475646878");
	assert_ok(comet_rate(U256_ZERO, &borrow, &got));
	assert_num(got, "317097919");
	/* beyond one the curve goes on */
	assert_ok(comet_rate(small(UINT64_C(1100000000000000000)), &supply, &got));
	assert_num(got, "4819888380");
	supply.kink = small(ONE + 1);
	assert_status(comet_rate(U256_ZERO, &supply, &got), CORE_BAD_PARAMETER);
	supply.kink = small(ONE);
	supply.base = small(UINT64_MAX);
	assert_ok(comet_rate(U256_ZERO, &supply, &got));
	assert_status(comet_rate(small(ONE), &supply, &got), CORE_OUT_OF_RANGE);
	assert_status(comet_rate(U256_MAX, &supply, &got), CORE_OUT_OF_RANGE);
	assert_ok(comet_utilization(U256_ZERO, small(1), &got));
	assert_num(got, "0");
	assert_ok(comet_utilization(small(2), small(3), &got));
	assert_num(got, "1500000000000000000");
	assert_status(comet_utilization(small(1), U256_MAX, &got), CORE_OUT_OF_RANGE);
}

/* What GMP says, never falling, and without a jump at the kink */
static void
test_rates(void **state)
{
	u256		got, next;
	mpz_t		want, part;

	(void) state;
	for (int i = 0; i < ROUNDS; i++)
	{
		comet_curve curve = random_curve();
		u256		utilization = small(random_up_to(2 * ONE));
		bool		is_low = u256_cmp(utilization, curve.kink) <= 0;

		assert_ok(comet_rate(utilization, &curve, &got));
		word(want, curve.slope_low);
		times_over(want, is_low ? utilization : curve.kink, FIXED_WAD);
		plus(want, curve.base);
		word(part, curve.slope_high);
		times_over(part, is_low ? U256_ZERO : u256_sub_wrap(utilization, curve.kink), FIXED_WAD);
		mpz_add(want, want, part);
		assert_u256_is(got, want);
		mpz_clears(want, part, NULL);
		assert_ok(comet_rate(u256_add_wrap(utilization, random_amount(50)), &curve, &next));
		assert_true(u256_cmp(next, got) >= 0);
		assert_ok(comet_rate(curve.kink, &curve, &got));
		assert_ok(comet_rate(u256_add_wrap(curve.kink, small(1)), &curve, &next));
		assert_true(u256_cmp(u256_sub_wrap(next, got), small(1)) <= 0);
	}
}

static void
test_indices(void **state)
{
	u256		got, later;
	mpz_t		want;

	(void) state;
	for (int i = 0; i < ROUNDS; i++)
	{
		u256		index = small(INDEX_ONE + random_up_to(INDEX_ONE));
		u256		rate = random_amount(36);
		u256		seconds = random_amount(25);

		assert_ok(comet_accrue_index(index, rate, seconds, &got));
		word(want, index);
		times_over(want, u256_mul_wrap(rate, seconds), FIXED_WAD);
		plus(want, index);
		assert_u256_is(got, want);
		mpz_clear(want);
		assert_ok(comet_accrue_index(index, rate, u256_add_wrap(seconds, random_amount(10)), &later));
		assert_true(u256_cmp(later, got) >= 0);
	}
	assert_status(comet_accrue_index(small(UINT64_MAX), small(ONE), small(1), &got), CORE_OUT_OF_RANGE);
	assert_status(comet_accrue_index(small(1), U256_MAX, small(2), &got), CORE_OUT_OF_RANGE);
}

/* There and back, rounding is the account's loss, and by at most the worth of a unit */
static void
test_balances(void **state)
{
	u256		supply = small(UINT64_C(1050000000000000)), borrow = small(UINT64_C(1100000000000001));
	s256		principal, back;

	(void) state;
	assert_ok(comet_present_value(num("1000000"), supply, borrow, &back));
	assert_num(back, "1050000");
	assert_ok(comet_present_value(num("-1000001"), supply, borrow, &back));
	assert_num(back, "-1100001");
	assert_ok(comet_principal_value(num("1000001"), supply, borrow, &principal));
	assert_num(principal, "952381");
	assert_ok(comet_principal_value(num("-1000001"), supply, borrow, &principal));
	assert_num(principal, "-909092");
	for (int i = 0; i < ROUNDS; i++)
	{
		u256		amount = random_amount(100);
		s256		balance = i % 2 == 0 ? amount : s256_neg_wrap(amount);

		supply = small(INDEX_ONE + random_up_to(INDEX_ONE));
		borrow = small(INDEX_ONE + random_up_to(INDEX_ONE));
		assert_ok(comet_principal_value(balance, supply, borrow, &principal));
		assert_ok(comet_present_value(principal, supply, borrow, &back));
		assert_true(s256_cmp(back, balance) <= 0);
		assert_true(s256_cmp(u256_add_wrap(back, small(2)), balance) >= 0);
	}
	assert_status(comet_principal_value(small(1), U256_ZERO, borrow, &back), CORE_DIVISION_BY_ZERO);
	assert_status(comet_principal_value(u256_shl(small(1), 103), small(INDEX_ONE), borrow, &back),
				  CORE_OUT_OF_RANGE);
	assert_ok(comet_principal_value(u256_sub_wrap(u256_shl(small(1), 103), small(1)), small(INDEX_ONE),
									borrow, &back));
	assert_status(comet_present_value(S256_MIN, supply, U256_MAX, &back), CORE_OUT_OF_RANGE);
}

/* 1 of 18 decimals at 2000 against 1500 of 6 decimals at 1 */
static comet_account
known_account(const u256 *amounts, const u256 *prices, const u256 *scales)
{
	return (comet_account) {s256_neg_wrap(num("1500000000")), num("100000000"), num("1000000"),
		amounts, prices, scales, 1};
}

static void
test_accounts(void **state)
{
	u256		amount = num("1000000000000000000"), price = num("200000000000"), scale = amount;
	u256		borrow_factor = num("700000000000000000"), liquidate_factor = num("800000000000000000");
	u256		credit_factor = num("900000000000000000");
	comet_account account = known_account(&amount, &price, &scale);
	comet_absorption absorbed;
	s256		got;

	(void) state;
	assert_ok(comet_liquidity(&account, &borrow_factor, &got));
	assert_num(got, "-10000000000");
	assert_ok(comet_liquidity(&account, &liquidate_factor, &got));
	assert_num(got, "10000000000");
	assert_status(comet_absorb(&account, &liquidate_factor, &credit_factor, &absorbed), CORE_BAD_PARAMETER);
	/* at 1800 it is absorbed with a rest of 120 for the account */
	price = num("180000000000");
	assert_ok(comet_absorb(&account, &liquidate_factor, &credit_factor, &absorbed));
	assert_num(absorbed.seized_value, "180000000000");
	assert_num(absorbed.balance_after, "120000000");
	assert_num(absorbed.base_paid_out, "1620000000");
	assert_num(absorbed.value_paid_out, "162000000000");
	assert_num(absorbed.shortfall, "0");
	/* at 1000 the reserves lose 600 */
	price = num("100000000000");
	assert_ok(comet_absorb(&account, &liquidate_factor, &credit_factor, &absorbed));
	assert_num(absorbed.balance_after, "0");
	assert_num(absorbed.base_paid_out, "1500000000");
	assert_num(absorbed.shortfall, "600000000");
	account.balance = U256_ZERO;
	assert_status(comet_absorb(&account, &liquidate_factor, &credit_factor, &absorbed), CORE_BAD_PARAMETER);
	price = U256_ZERO;
	assert_status(comet_liquidity(&account, &borrow_factor, &got), CORE_BAD_PARAMETER);
	price = amount;
	liquidate_factor = num("1000000000000000001");
	assert_status(comet_liquidity(&account, &liquidate_factor, &got), CORE_BAD_PARAMETER);
	scale = U256_ZERO;
	assert_status(comet_liquidity(&account, &borrow_factor, &got), CORE_DIVISION_BY_ZERO);
	amount = U256_MAX;
	scale = small(1);
	assert_status(comet_liquidity(&account, &borrow_factor, &got), CORE_OUT_OF_RANGE);
}

/* Sums of several collaterals are what GMP says; the more a factor, the more the liquidity */
static void
test_liquidity(void **state)
{
	(void) state;
	for (int i = 0; i < ROUNDS / 4; i++)
	{
		u256		amounts[4], prices[4], scales[4], factors[4];
		int			n = (int) random_below(5);
		comet_account account = {.balance = random_amount(80), .base_price = random_amount(40),
		.base_scale = small(1000000), .amounts = amounts, .prices = prices, .scales = scales, .num_collaterals = n};
		mpz_t		want, part;
		s256		got, more;

		account.base_price = u256_add_wrap(account.base_price, small(1));
		word(want, account.balance);
		times_over(want, account.base_price, account.base_scale);
		if (i % 2 == 0)
		{
			account.balance = s256_neg_wrap(account.balance);
			mpz_neg(want, want);
		}
		for (int j = 0; j < n; j++)
		{
			amounts[j] = random_amount(80);
			prices[j] = u256_add_wrap(random_amount(40), small(1));
			(void) u256_pow10(random_below(19), &scales[j]);
			factors[j] = small(random_up_to(ONE));
			word(part, amounts[j]);
			times_over(part, prices[j], scales[j]);
			times_over(part, factors[j], FIXED_WAD);
			mpz_add(want, want, part);
			mpz_clear(part);
		}
		assert_ok(comet_liquidity(&account, factors, &got));
		assert_s256_is(got, want);
		mpz_clear(want);
		for (int j = 0; j < n; j++)
			factors[j] = FIXED_WAD;
		assert_ok(comet_liquidity(&account, factors, &more));
		assert_true(s256_cmp(more, got) >= 0);
	}
}

static void
test_quote(void **state)
{
	/* quote-collateral-test.ts */
	comet_offer offer = {num("100000000"), num("1000000"), num("20000000000"), num("1000000000000000000"),
	num("600000000000000000"), num("500000000000000000")};
	u256		got, more;

	(void) state;
	assert_ok(comet_quote_collateral(num("200000000"), &offer, &got));
	assert_num(got, "1250000000000000000");
	/* no discount without one of both factors */
	offer.store_front_factor = U256_ZERO;
	assert_ok(comet_quote_collateral(num("200000000"), &offer, &got));
	assert_num(got, "1000000000000000000");
	offer.store_front_factor = FIXED_WAD;
	offer.liquidation_factor = U256_ZERO;
	assert_status(comet_quote_collateral(num("200000000"), &offer, &got), CORE_DIVISION_BY_ZERO);
	offer.liquidation_factor = num("1000000000000000001");
	assert_status(comet_quote_collateral(num("200000000"), &offer, &got), CORE_BAD_PARAMETER);
	offer.liquidation_factor = FIXED_WAD;
	offer.base_scale = U256_ZERO;
	assert_status(comet_quote_collateral(num("200000000"), &offer, &got), CORE_DIVISION_BY_ZERO);
	offer.base_scale = small(1);
	offer.base_price = U256_ZERO;
	assert_status(comet_quote_collateral(num("200000000"), &offer, &got), CORE_BAD_PARAMETER);
	for (int i = 0; i < ROUNDS; i++)
	{
		u256		amount = random_amount(90);
		mpz_t		want, price;

		offer = (comet_offer) {u256_add_wrap(random_amount(40), small(1)), small(1000000),
			u256_add_wrap(random_amount(45), small(10)), FIXED_WAD, small(random_up_to(ONE)),
			small(random_up_to(ONE / 2))};
		assert_ok(comet_quote_collateral(amount, &offer, &got));
		word(price, offer.store_front_factor);
		times_over(price, u256_sub_wrap(FIXED_WAD, offer.liquidation_factor), FIXED_WAD);
		mpz_neg(price, price);
		plus(price, FIXED_WAD);
		times_over(price, offer.asset_price, FIXED_WAD);
		word(want, offer.base_price);
		times_over(want, amount, small(1));
		times_over(want, offer.asset_scale, u256_from_mpz(price));
		times_over(want, small(1), offer.base_scale);
		assert_u256_is(got, want);
		mpz_clears(want, price, NULL);
		assert_ok(comet_quote_collateral(u256_add_wrap(amount, random_amount(20)), &offer, &more));
		assert_true(u256_cmp(more, got) >= 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known_rates),
		cmocka_unit_test(test_rates),
		cmocka_unit_test(test_indices),
		cmocka_unit_test(test_balances),
		cmocka_unit_test(test_accounts),
		cmocka_unit_test(test_liquidity),
		cmocka_unit_test(test_quote),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
