/*-------------------------------------------------------------------------
 *
 * test_aave.c
 *	  Aave v3: numbers of its own tests and of its SDK's, formulas against GMP
 *	  on random inputs, and laws that roundings must keep.
 *
 *-------------------------------------------------------------------------
 */
#include "oracle.h"

#include "core/chain/fixed.h"
#include "core/leverage/aave.h"

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
	assert_u256_is(got, z);
	mpz_clear(z);
}

static u256
random_amount(unsigned bits)
{
	return u256_shr(random_u256(), 256 - bits);
}

/* A rate of up to some 300 % a year, in ray */
static u256
random_rate(void)
{
	return random_below(20) == 0 ? U256_ZERO : random_amount(91);
}

static u256
random_seconds(void)
{
	return small(random_below(4) == 0 ? random_below(4) : random_u64() >> (33 + random_below(20)));
}

/* z = z * b / c, floored, half up or ceiled */
static void
scale(mpz_t z, const mpz_t b, const mpz_t c, u256_rounding rounding)
{
	mpz_mul(z, z, b);
	if (rounding == U256_FLOOR)
		mpz_fdiv_q(z, z, c);
	else if (rounding == U256_CEIL)
		mpz_cdiv_q(z, z, c);
	else
	{
		mpz_mul_2exp(z, z, 1);
		mpz_add(z, z, c);
		mpz_fdiv_q(z, z, c);
		mpz_fdiv_q_2exp(z, z, 1);
	}
}

/* ---------- interest ---------- */

static void
test_known_interest(void **state)
{
	u256		got;
	u256		five = num("50000000000000000000000000");

	(void) state;
	/* aave-v3-origin tests/protocol/libraries/math/MathUtils.t.sol */
	assert_ok(aave_compound_interest(num("80000000000000000000000000"), small(220752000), AAVE_TAYLOR, &got));
	assert_num(got, "1746069333333333333333333333");
	/* aave-utilities pool-math.test.ts */
	assert_ok(aave_compound_interest(num("500000000000000000"), small(100000100), AAVE_V2, &got));
	assert_num(got, "1000000001585491184589599100");
	assert_ok(aave_accrue_index(num("1048540642417873800000000000"), U256_ZERO, small(100000100),
								AAVE_SUPPLY, AAVE_TAYLOR, &got));
	assert_num(got, "1048540642417873800000000000");
	/* aave-utilities calculate-compounded-interest.test.ts */
	assert_ok(aave_apy(num("109284236984257451326752610"), small(31536000), &got));
	assert_num(got, "115479365565265190368974686");
	assert_ok(aave_apy(num("109284236984257451326752610"), small(15768000), &got));
	assert_num(got, "56162565879545453589985212");
	/* the three forms at 5 % and a year */
	assert_ok(aave_compound_interest(five, small(AAVE_YEAR_SECONDS), AAVE_TAYLOR, &got));
	assert_num(got, "1051270833333333333333333333");
	for (int form = AAVE_TAYLOR; form <= AAVE_V2; form++)
	{
		assert_ok(aave_compound_interest(five, U256_ZERO, form, &got));
		assert_true(u256_equal(got, FIXED_RAY));
		assert_ok(aave_compound_interest(U256_ZERO, small(1000), form, &got));
		assert_true(u256_equal(got, FIXED_RAY));
		assert_status(aave_compound_interest(U256_MAX, U256_MAX, form, &got), CORE_OUT_OF_RANGE);
	}
	assert_status(aave_linear_interest(U256_MAX, small(AAVE_YEAR_SECONDS), &got), CORE_OUT_OF_RANGE);
	assert_status(aave_apy(five, U256_MAX, &got), CORE_OUT_OF_RANGE);
	assert_status(aave_apy(five, small(UINT64_MAX), &got), CORE_OUT_OF_RANGE);
	assert_status(aave_accrue_index(u256_shl(small(1), 128), U256_ZERO, small(1), AAVE_DEBT,
									AAVE_TAYLOR, &got), CORE_OUT_OF_RANGE);
}

/* Every form written out with integers of any size, in the order of its contract's lines */
static void
expect_compound(mpz_t want, u256 rate, u256 seconds, aave_compounding form)
{
	mpz_t		r, n, year, ray, t, square, cube;

	mpz_inits(r, n, year, ray, t, square, cube, NULL);
	mpz_set_u256(r, rate);
	mpz_set_u256(n, seconds);
	mpz_set_u256(ray, FIXED_RAY);
	mpz_set_ui(year, AAVE_YEAR_SECONDS);
	if (form == AAVE_TAYLOR)
	{
		scale(r, n, year, U256_FLOOR);
		mpz_fdiv_q_ui(t, r, 6);
		scale(t, r, ray, U256_HALF_UP);
		mpz_fdiv_q_ui(want, r, 2);
		mpz_add(want, want, t);
		scale(want, r, ray, U256_HALF_UP);
		mpz_add(want, want, r);
		mpz_add(want, want, ray);
	}
	else
	{
		if (form == AAVE_V2)
			mpz_fdiv_q(r, r, year);
		mpz_set(square, r);
		scale(square, r, ray, U256_HALF_UP);
		if (form == AAVE_BINOMIAL)
		{
			mpz_fdiv_q(square, square, year);
			mpz_fdiv_q(square, square, year);
		}
		mpz_set(cube, square);
		scale(cube, r, ray, U256_HALF_UP);
		if (form == AAVE_BINOMIAL)
			mpz_fdiv_q(cube, cube, year);
		mpz_mul(want, r, n);
		if (form == AAVE_BINOMIAL)
			mpz_fdiv_q(want, want, year);
		mpz_add(want, want, ray);
		mpz_sub_ui(t, n, 1);
		mpz_mul(t, t, n);
		mpz_mul(square, square, t);
		mpz_fdiv_q_ui(square, square, 2);
		mpz_add(want, want, square);
		if (mpz_cmp_ui(n, 2) > 0)
		{
			mpz_sub_ui(n, n, 2);
			mpz_mul(t, t, n);
			mpz_mul(cube, cube, t);
			mpz_fdiv_q_ui(cube, cube, 6);
			mpz_add(want, want, cube);
		}
	}
	mpz_clears(r, n, year, ray, t, square, cube, NULL);
}

static void
test_interest_formulas(void **state)
{
	mpz_t		want;
	u256		got;

	(void) state;
	mpz_init(want);
	for (int i = 0; i < ROUNDS; i++)
	{
		u256		rate = random_rate();
		u256		seconds = random_seconds();
		aave_compounding form = (aave_compounding) random_below(3);

		if (u256_is_zero(seconds))
			continue;
		expect_compound(want, rate, seconds, form);
		assert_ok(aave_compound_interest(rate, seconds, form, &got));
		assert_u256_is(got, want);
	}
	mpz_clear(want);
}

/* More time or a higher rate is never less; compounding is never less than linear, to rounding */
static void
test_interest_laws(void **state)
{
	u256		linear, less, more, supply, debt;

	(void) state;
	for (int i = 0; i < ROUNDS; i++)
	{
		u256		rate = random_rate();
		u256		seconds = random_seconds();
		u256		index = u256_add_wrap(FIXED_RAY, random_amount(88));
		aave_compounding form = (aave_compounding) random_below(3);

		assert_ok(aave_linear_interest(rate, seconds, &linear));
		assert_ok(aave_compound_interest(rate, seconds, form, &less));
		/* v2 floors the rate of a second, and can end below simple interest */
		if (form != AAVE_V2)
			assert_true(u256_cmp(less, linear) >= 0);
		assert_ok(aave_compound_interest(rate, u256_add_wrap(seconds, small(random_below(1000))), form, &more));
		assert_true(u256_cmp(more, less) >= 0);
		assert_ok(aave_compound_interest(u256_add_wrap(rate, random_amount(80)), seconds, form, &more));
		assert_true(u256_cmp(more, less) >= 0);
		if (u256_cmp(seconds, small(AAVE_YEAR_SECONDS)) > 0)
			continue;
		assert_ok(aave_accrue_index(index, rate, seconds, AAVE_SUPPLY, form, &supply));
		assert_ok(aave_accrue_index(index, rate, seconds, AAVE_DEBT, AAVE_TAYLOR, &debt));
		assert_true(u256_cmp(supply, index) >= 0 && u256_cmp(debt, supply) >= 0);
	}
}

/* ---------- rates ---------- */

static void
expect_rates(mpz_t supply, mpz_t borrow, mpz_t usage, u256 available, u256 owed, u256 deficit,
			 const aave_curve *curve)
{
	mpz_t		ray, total, t, optimal, debt;

	mpz_inits(ray, total, t, optimal, debt, NULL);
	mpz_set_u256(ray, FIXED_RAY);
	mpz_set_u256(debt, owed);
	mpz_set_u256(optimal, curve->optimal);
	mpz_set_u256(total, available);
	mpz_add(total, total, debt);
	mpz_set(usage, debt);
	scale(usage, ray, total, U256_HALF_UP);
	if (mpz_cmp(usage, optimal) > 0)
	{
		mpz_sub(borrow, usage, optimal);
		mpz_sub(t, ray, optimal);
		scale(borrow, ray, t, U256_HALF_UP);
		mpz_set_u256(t, curve->slope2);
		scale(borrow, t, ray, U256_HALF_UP);
		mpz_set_u256(t, curve->slope1);
		mpz_add(borrow, borrow, t);
	}
	else
	{
		mpz_set_u256(borrow, curve->slope1);
		scale(borrow, usage, ray, U256_HALF_UP);
		scale(borrow, ray, optimal, U256_HALF_UP);
	}
	mpz_set_u256(t, curve->base);
	mpz_add(borrow, borrow, t);
	mpz_set_u256(t, deficit);
	mpz_add(total, total, t);
	mpz_set(supply, debt);
	scale(supply, ray, total, U256_HALF_UP);
	scale(supply, borrow, ray, U256_HALF_UP);
	mpz_set_u256(t, u256_sub_wrap(FIXED_PERCENT, curve->reserve_factor_bps));
	mpz_set_ui(total, 10000);
	scale(supply, t, total, U256_HALF_UP);
	mpz_clears(ray, total, t, optimal, debt, NULL);
}

static aave_curve
random_curve(void)
{
	u256		percent = num("10000000000000000000000000");

	return (aave_curve) {u256_mul_wrap(percent, small(1 + random_below(99))), random_amount(84),
		random_amount(86), random_amount(90), small(random_below(10001))};
}

static void
test_rates(void **state)
{
	mpz_t		supply, borrow, usage;
	aave_rate_set got;

	(void) state;
	mpz_inits(supply, borrow, usage, NULL);
	for (int i = 0; i < ROUNDS; i++)
	{
		aave_curve	curve = random_curve();
		u256		available = random_amount(100);
		u256		debt = u256_add_wrap(random_amount(100), small(1));
		u256		deficit = random_below(2) ? U256_ZERO : random_amount(90);

		expect_rates(supply, borrow, usage, available, debt, deficit, &curve);
		assert_ok(aave_rates(available, debt, deficit, &curve, &got));
		assert_u256_is(got.supply_rate, supply);
		assert_u256_is(got.borrow_rate, borrow);
		assert_u256_is(got.utilization, usage);
		/* suppliers never get more than borrowers pay */
		assert_true(u256_cmp(got.supply_rate, got.borrow_rate) <= 0);
	}
	mpz_clears(supply, borrow, usage, NULL);
}

static void
test_rate_edges(void **state)
{
	aave_curve	curve = {num("800000000000000000000000000"), small(5), small(7), small(9), small(1000)};
	aave_rate_set got;

	(void) state;
	assert_ok(aave_rates(small(123), U256_ZERO, U256_ZERO, &curve, &got));
	assert_num(got.borrow_rate, "5");
	assert_num(got.supply_rate, "0");
	assert_num(got.utilization, "0");
	curve.reserve_factor_bps = small(10001);
	assert_status(aave_rates(small(1), small(1), U256_ZERO, &curve, &got), CORE_BAD_PARAMETER);
	curve.reserve_factor_bps = small(10000);
	assert_ok(aave_rates(small(1), small(1), U256_ZERO, &curve, &got));
	assert_num(got.supply_rate, "0");
	curve.optimal = u256_add_wrap(FIXED_RAY, small(1));
	assert_status(aave_rates(small(1), small(1), U256_ZERO, &curve, &got), CORE_BAD_PARAMETER);
	curve.optimal = FIXED_RAY;
	assert_ok(aave_rates(U256_ZERO, small(1), U256_ZERO, &curve, &got));
	assert_num(got.borrow_rate, "12");
	curve.optimal = U256_ZERO;
	assert_ok(aave_rates(U256_ZERO, small(1), U256_ZERO, &curve, &got));
	assert_num(got.borrow_rate, "21");
	/* one part in 2^200 rounds to a utilization of zero */
	assert_status(aave_rates(u256_shl(small(1), 200), small(1), U256_ZERO, &curve, &got),
				  CORE_DIVISION_BY_ZERO);
	assert_status(aave_rates(U256_MAX, small(1), U256_ZERO, &curve, &got), CORE_OUT_OF_RANGE);
}

/* ---------- balances ---------- */

/* Rounded against the account: what goes in and out again is never more, debt never less */
static void
test_balances(void **state)
{
	u256		index, amount, scaled, back, half, treasury;

	(void) state;
	for (int i = 0; i < ROUNDS; i++)
	{
		index = u256_add_wrap(FIXED_RAY, random_amount(90));
		amount = random_amount(110);
		assert_ok(aave_amount_to_scaled(amount, index, AAVE_DO_SUPPLY, AAVE_ORIGIN, &scaled));
		assert_ok(aave_scaled_to_balance(scaled, index, AAVE_SUPPLY, AAVE_ORIGIN, &back));
		assert_true(u256_cmp(back, amount) <= 0);
		assert_ok(aave_amount_to_scaled(amount, index, AAVE_DO_WITHDRAW, AAVE_ORIGIN, &half));
		assert_true(u256_cmp(half, scaled) >= 0);
		assert_ok(aave_amount_to_scaled(amount, index, AAVE_DO_BORROW, AAVE_ORIGIN, &scaled));
		assert_ok(aave_scaled_to_balance(scaled, index, AAVE_DEBT, AAVE_ORIGIN, &back));
		assert_true(u256_cmp(back, amount) >= 0);
		assert_ok(aave_amount_to_scaled(amount, index, AAVE_DO_REPAY, AAVE_ORIGIN, &half));
		assert_true(u256_cmp(half, scaled) <= 0);
		/* half up lies within one of both */
		assert_ok(aave_scaled_to_balance(scaled, index, AAVE_DEBT, AAVE_V3_0, &half));
		assert_true(u256_cmp(half, back) <= 0 && u256_cmp(u256_add_wrap(half, small(1)), back) >= 0);
		assert_ok(aave_treasury_accrual(scaled, index, u256_add_wrap(index, random_amount(80)),
										small(random_below(10001)), i % 2 ? AAVE_ORIGIN : AAVE_V3_0, &treasury));
	}
	assert_status(aave_amount_to_scaled(small(1), U256_ZERO, AAVE_DO_SUPPLY, AAVE_ORIGIN, &back),
				  CORE_DIVISION_BY_ZERO);
	assert_status(aave_treasury_accrual(small(1), small(2), small(1), small(0), AAVE_ORIGIN, &back),
				  CORE_BAD_PARAMETER);
	assert_ok(aave_treasury_accrual(num("1000000000000000000000"), FIXED_RAY,
									num("1010000000000000000000000000"), small(1500), AAVE_ORIGIN, &back));
	assert_num(back, "1500000000000000000");
	assert_ok(aave_base_value(small(3), small(5), 1, AAVE_SUPPLY, AAVE_ORIGIN, &back));
	assert_num(back, "1");
	assert_ok(aave_base_value(small(3), small(5), 1, AAVE_DEBT, AAVE_ORIGIN, &back));
	assert_num(back, "2");
	assert_ok(aave_base_value(small(3), small(5), 1, AAVE_DEBT, AAVE_V3_0, &back));
	assert_num(back, "1");
	assert_status(aave_base_value(small(3), small(5), 78, AAVE_DEBT, AAVE_V3_0, &back), CORE_BAD_PARAMETER);
}

/* ---------- accounts ---------- */

static void
test_known_accounts(void **state)
{
	u256		values[] = {num("4100000000000"), num("500000000000"), num("6000000000000")};
	u256		thresholds[] = {small(8100), small(7800), small(7800)};
	u256		ltvs[] = {small(7800), small(7500), small(7300)};
	u256		debts[] = {num("5250000000000"), num("1234567890100")};
	aave_account got;
	u256		hf;

	(void) state;
	assert_ok(aave_account_data(values, thresholds, ltvs, 3, debts, 2, AAVE_ORIGIN, &got));
	assert_num(got.collateral, "10600000000000");
	assert_num(got.debt, "6484567890100");
	assert_num(got.ltv_bps, "7502");
	assert_num(got.threshold_bps, "7916");
	assert_num(got.health_factor, "1293995242583635048");
	assert_num(got.available, "1467552109900");
	assert_ok(aave_account_data(values, thresholds, ltvs, 3, debts, 2, AAVE_V3_0, &got));
	assert_num(got.health_factor, "1293989074092429788");
	/* a threshold of zero took a collateral out before 3.6 */
	thresholds[2] = U256_ZERO;
	assert_ok(aave_account_data(values, thresholds, ltvs, 3, debts, 0, AAVE_V3_5, &got));
	assert_num(got.collateral, "4600000000000");
	assert_ok(aave_account_data(values, thresholds, ltvs, 3, debts, 0, AAVE_V3_6, &got));
	assert_num(got.collateral, "10600000000000");
	assert_num(got.ltv_bps, "7502");
	assert_ok(aave_account_data(values, thresholds, ltvs, 3, debts, 0, AAVE_ORIGIN, &got));
	assert_num(got.threshold_bps, "3500");
	assert_false(got.has_debt);
	assert_ok(aave_account_data(NULL, NULL, NULL, 0, debts, 1, AAVE_ORIGIN, &got));
	assert_num(got.health_factor, "0");
	assert_num(got.ltv_bps, "0");
	ltvs[0] = small(10001);
	assert_status(aave_account_data(values, thresholds, ltvs, 3, debts, 2, AAVE_ORIGIN, &got), CORE_BAD_PARAMETER);

	assert_status(aave_health_factor(small(1), U256_ZERO, small(8000), AAVE_ORIGIN, &hf), CORE_NULL);
	assert_status(aave_health_factor(small(1), small(1), small(10001), AAVE_ORIGIN, &hf), CORE_BAD_PARAMETER);
	assert_ok(aave_health_factor(num("3500000000000"), num("2000000000000"), small(8300), AAVE_ORIGIN, &hf));
	assert_num(hf, "1452500000000000000");
}

/* One collateral: the account says what the single functions say */
static void
test_account_laws(void **state)
{
	(void) state;
	for (int i = 0; i < ROUNDS; i++)
	{
		u256		value = random_amount(90);
		u256		debt = u256_add_wrap(random_amount(90), small(1));
		u256		threshold = small(1 + random_below(10000));
		u256		ltv = small(random_below(10001));
		aave_version version = (aave_version) random_below(4);
		aave_account got;
		u256		hf, less, available;

		assert_ok(aave_account_data(&value, &threshold, &ltv, 1, &debt, 1, version, &got));
		assert_ok(aave_health_factor(value, debt, threshold, version, &hf));
		assert_ok(aave_available_to_borrow(value, debt, got.ltv_bps, version, &available));
		if (!u256_is_zero(value))
			assert_true(u256_equal(got.health_factor, hf));
		assert_true(u256_equal(got.available, available));
		/* the older rounding is within one unit of the base currency and half up */
		assert_ok(aave_health_factor(value, u256_add_wrap(debt, small(1 + random_below(99))), threshold,
									 version, &less));
		assert_true(u256_cmp(less, hf) <= 0);
	}
}

static void
test_emode(void **state)
{
	aave_terms	reserve = {small(7800), small(8100), small(10600)};
	aave_category category = {{small(9300), small(9500), small(10100)}, small(0), small(0), false};
	aave_terms	got;
	bool		in;

	(void) state;
	category.collateral_bitmap = u256_shl(small(1), 127);
	assert_ok(aave_emode_terms(127, &reserve, &category, AAVE_ORIGIN, &got, &in));
	assert_true(in && u256_equal(got.ltv, small(9300)) && u256_equal(got.bonus, small(10100)));
	assert_ok(aave_emode_terms(126, &reserve, &category, AAVE_ORIGIN, &got, &in));
	assert_true(!in && u256_equal(got.ltv, small(7800)) && u256_equal(got.threshold, small(8100)));
	assert_status(aave_emode_terms(128, &reserve, &category, AAVE_ORIGIN, &got, &in), CORE_BAD_PARAMETER);
	/* a reserve that is nothing by itself can be much in a category, since 3.6 */
	reserve.ltv = U256_ZERO;
	assert_ok(aave_emode_terms(127, &reserve, &category, AAVE_ORIGIN, &got, &in));
	assert_num(got.ltv, "9300");
	assert_ok(aave_emode_terms(127, &reserve, &category, AAVE_V3_5, &got, &in));
	assert_num(got.ltv, "0");
	assert_num(got.threshold, "9500");
	reserve.threshold = U256_ZERO;
	assert_ok(aave_emode_terms(127, &reserve, &category, AAVE_V3_5, &got, &in));
	assert_num(got.threshold, "0");
	category.isolated = true;
	assert_status(aave_emode_terms(127, &reserve, &category, AAVE_V3_5, &got, &in), CORE_BAD_PARAMETER);
	reserve = (aave_terms) {small(7800), small(8100), small(10600)};
	assert_ok(aave_emode_terms(3, &reserve, &category, AAVE_ORIGIN, &got, &in));
	assert_true(u256_is_zero(got.ltv) && u256_equal(got.threshold, small(8100)));
	category.ltvzero_bitmap = category.collateral_bitmap;
	assert_ok(aave_emode_terms(127, &reserve, &category, AAVE_ORIGIN, &got, &in));
	assert_true(u256_is_zero(got.ltv) && u256_equal(got.threshold, small(9500)));
}

/* ---------- liquidation ---------- */

static aave_liquidation_call
known_call(void)
{
	return (aave_liquidation_call) {
		.collateral_balance = num("10000000000000000000"),
		.collateral_price = num("250000000000"),
		.debt_balance = num("22000000000"),
		.debt_price = num("100000000"),
		.bonus_bps = small(10500),
		.fee_bps = small(1000),
		.health_factor = num("960000000000000000"),
		.total_debt = num("2200000000000"),
		.debt_to_cover = U256_MAX,
		.collateral_decimals = 18,
		.debt_decimals = 6
	};
}

static void
test_known_liquidations(void **state)
{
	aave_liquidation_call call = known_call();
	aave_liquidation got;

	(void) state;
	assert_ok(aave_liquidate(&call, AAVE_ORIGIN, &got));
	assert_num(got.max_debt, "11000000000");
	assert_num(got.collateral_to_liquidator, "4598000000000000000");
	assert_num(got.protocol_fee, "22000000000000000");
	assert_num(got.deficit, "0");
	/* too little collateral for all debt: it goes, and the rest of the debt is written off */
	call.collateral_price = num("200000000000");
	call.health_factor = num("800000000000000000");
	assert_ok(aave_liquidate(&call, AAVE_ORIGIN, &got));
	assert_num(got.debt_repaid, "19047619048");
	assert_num(got.collateral_to_liquidator, "9952380952380952380");
	assert_num(got.protocol_fee, "47619047619047620");
	assert_num(got.deficit, "2952380952");
	assert_ok(aave_liquidate(&call, AAVE_V3_5, &got));
	assert_num(got.protocol_fee, "47619047619047619");
	assert_ok(aave_liquidate(&call, AAVE_V3_0, &got));
	assert_num(got.deficit, "0");
	assert_num(got.debt_repaid, "19047619048");
	/* other collateral keeps the account alive */
	call.other_collateral = small(1);
	assert_ok(aave_liquidate(&call, AAVE_ORIGIN, &got));
	assert_num(got.deficit, "0");
}

static void
test_refused_liquidations(void **state)
{
	aave_liquidation_call call = known_call();
	aave_liquidation got;

	(void) state;
	call.debt_to_cover = num("21999000000");
	call.health_factor = num("950000000000000000");
	/* 1 USDC of debt and some collateral would stay behind */
	call.collateral_price = num("400000000000");
	assert_status(aave_liquidate(&call, AAVE_ORIGIN, &got), CORE_BAD_PARAMETER);
	assert_ok(aave_liquidate(&call, AAVE_V3_0, &got));
	call.debt_to_cover = U256_MAX;
	assert_ok(aave_liquidate(&call, AAVE_ORIGIN, &got));
	call.health_factor = FIXED_WAD;
	assert_status(aave_liquidate(&call, AAVE_ORIGIN, &got), CORE_BAD_PARAMETER);
	call = known_call();
	call.debt_balance = U256_ZERO;
	assert_status(aave_liquidate(&call, AAVE_ORIGIN, &got), CORE_BAD_PARAMETER);
	call = known_call();
	call.bonus_bps = small(9999);
	assert_status(aave_liquidate(&call, AAVE_ORIGIN, &got), CORE_BAD_PARAMETER);
	call = known_call();
	call.debt_decimals = 78;
	assert_status(aave_liquidate(&call, AAVE_ORIGIN, &got), CORE_BAD_PARAMETER);
	call = known_call();
	call.collateral_price = U256_ZERO;
	assert_status(aave_liquidate(&call, AAVE_ORIGIN, &got), CORE_DIVISION_BY_ZERO);
	call = known_call();
	call.debt_to_cover = U256_MAX;
	call.debt_balance = U256_MAX;
	assert_status(aave_liquidate(&call, AAVE_ORIGIN, &got), CORE_OUT_OF_RANGE);
}

/* Nobody gets what is not there, and a liquidator never gets more than the bonus */
static void
test_liquidation_laws(void **state)
{
	int			done = 0;

	(void) state;
	for (int i = 0; i < ROUNDS; i++)
	{
		aave_liquidation_call call = known_call();
		aave_version version = (aave_version) random_below(4);
		aave_liquidation got;
		u256		seized;
		u256		paid;
		u256		limit;

		call.collateral_balance = random_amount(75);
		call.collateral_price = u256_add_wrap(random_amount(42), small(1));
		call.debt_balance = u256_add_wrap(random_amount(50), small(1));
		call.health_factor = small(random_u64() % UINT64_C(1000000000000000000));
		call.debt_to_cover = random_below(2) ? U256_MAX : random_amount(50);
		call.bonus_bps = small(10000 + random_below(2000));
		call.fee_bps = small(random_below(10001));
		assert_ok(aave_base_value(call.debt_balance, call.debt_price, 6, AAVE_DEBT, AAVE_ORIGIN, &call.total_debt));
		if (aave_liquidate(&call, version, &got) != CORE_OK)
			continue;
		done++;
		seized = u256_add_wrap(got.collateral_to_liquidator, got.protocol_fee);
		assert_true(u256_cmp(seized, call.collateral_balance) <= 0);
		assert_true(u256_cmp(u256_add_wrap(got.debt_repaid, got.deficit), call.debt_balance) <= 0);
		assert_true(u256_cmp(got.debt_repaid, got.max_debt) <= 0);
		assert_true(u256_cmp(got.debt_repaid, call.debt_to_cover) <= 0);
		if (version != AAVE_ORIGIN)
			continue;
		/* seized * price * 10^6 * 1e4 <= repaid * price * 10^18 * bonus */
		assert_ok(u256_mul_div(seized, call.collateral_price, num("100000000000000000000"), U256_FLOOR, &seized));
		assert_ok(u256_mul_div(got.debt_repaid, call.bonus_bps, small(10000), U256_CEIL, &paid));
		assert_true(u256_add(paid, small(1), &limit) && u256_cmp(seized, limit) <= 0);
	}
	assert_true(done > ROUNDS / 10);
}

/* ---------- configuration and prices ---------- */

static void
test_configuration(void **state)
{
	aave_reserve_config got = aave_configuration(U256_MAX);

	(void) state;
	assert_true(got.ltv == 65535 && got.threshold == 65535 && got.bonus == 65535 && got.decimals == 255);
	assert_true(got.borrow_cap == UINT64_C(68719476735) && got.supply_cap == UINT64_C(68719476735));
	assert_true(got.debt_ceiling == UINT64_C(1099511627775) && got.virtual_accounting);
	got = aave_configuration(U256_ZERO);
	assert_true(got.ltv == 0 && !got.active && got.debt_ceiling == 0 && !got.flash_loans);
	/* a field at a time, so that no two overlap */
	assert_true(aave_configuration(u256_shl(small(8050), 0)).ltv == 8050);
	assert_true(aave_configuration(u256_shl(small(8300), 16)).threshold == 8300);
	assert_true(aave_configuration(u256_shl(small(10500), 32)).bonus == 10500);
	assert_true(aave_configuration(u256_shl(small(18), 48)).decimals == 18);
	assert_true(aave_configuration(u256_shl(small(1), 59)).stable_borrowing);
	assert_true(aave_configuration(u256_shl(small(1500), 64)).reserve_factor == 1500);
	assert_true(aave_configuration(u256_shl(small(2700000), 80)).borrow_cap == 2700000);
	assert_true(aave_configuration(u256_shl(small(3000000), 116)).supply_cap == 3000000);
	assert_true(aave_configuration(u256_shl(small(1000), 152)).liquidation_fee == 1000);
	assert_true(aave_configuration(u256_shl(small(7), 168)).emode_category == 7);
	assert_true(aave_configuration(u256_shl(small(9), 176)).unbacked_mint_cap == 9);
	assert_true(aave_configuration(u256_shl(small(500000000), 212)).debt_ceiling == 500000000);
}

static void
test_prices(void **state)
{
	u256		got;

	(void) state;
	assert_ok(aave_capo_price(num("350000000000"), num("1160000000000000000"),
							  num("1261319999999999975"), 18, &got));
	assert_num(got, "406000000000");
	assert_ok(aave_capo_price(num("350000000000"), num("1300000000000000000"),
							  num("1261319999999999975"), 18, &got));
	assert_num(got, "441461999999");
	assert_status(aave_capo_price(small(1), small(1), small(1), 78, &got), CORE_BAD_PARAMETER);
	/* a tenth a year, half a year to go */
	assert_ok(aave_pt_price(num("100000000"), num("100000000000000000"), small(15768000), FIXED_WAD, &got));
	assert_num(got, "95000000");
	assert_ok(aave_pt_price(num("100000000"), num("100000000000000000"), U256_ZERO, FIXED_WAD, &got));
	assert_num(got, "100000000");
	assert_status(aave_pt_price(small(1), FIXED_WAD, small(AAVE_YEAR_SECONDS * 2), FIXED_WAD, &got),
				  CORE_BAD_PARAMETER);
	assert_status(aave_pt_price(small(1), U256_ZERO, U256_ZERO, U256_ZERO, &got), CORE_DIVISION_BY_ZERO);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known_interest),
		cmocka_unit_test(test_interest_formulas),
		cmocka_unit_test(test_interest_laws),
		cmocka_unit_test(test_rates),
		cmocka_unit_test(test_rate_edges),
		cmocka_unit_test(test_balances),
		cmocka_unit_test(test_known_accounts),
		cmocka_unit_test(test_account_laws),
		cmocka_unit_test(test_emode),
		cmocka_unit_test(test_known_liquidations),
		cmocka_unit_test(test_refused_liquidations),
		cmocka_unit_test(test_liquidation_laws),
		cmocka_unit_test(test_configuration),
		cmocka_unit_test(test_prices),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
