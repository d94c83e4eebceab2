/*-------------------------------------------------------------------------
 *
 * test_euler.c
 *	  Euler v2: numbers of the vault kit's own tests, GMP on random inputs, and
 *	  laws that rates and liquidations must keep.
 *
 *-------------------------------------------------------------------------
 */
#include "words.h"

#include "core/leverage/euler.h"

#define ROUNDS	20000

#define ONE		UINT64_C(1000000000000000000)

/* IRMTestDefault: 0 %, 10 % at half and 300 % at full utilization */
static euler_curve
test_curve(void)
{
	return (euler_curve) {U256_ZERO, small(1406417851), small(UINT64_C(19050045013)),
		small(UINT64_C(2147483648))};
}

static void
test_known_rates(void **state)
{
	euler_curve curve = test_curve();
	u256		got;

	(void) state;
	assert_ok(euler_borrow_rate(U256_ZERO, FIXED_WAD, &curve, &got));
	assert_num(got, "43929919477309202859");
	assert_ok(euler_borrow_rate(FIXED_WAD, num("333333333333333333"), &curve, &got));
	assert_num(got, "1510129667232482373");
	assert_ok(euler_borrow_rate(U256_ZERO, U256_ZERO, &curve, &got));
	assert_num(got, "0");
	assert_ok(euler_apy(num("43929919477309202859"), &got));
	/* 300 % to some seven digits */
	assert_true(u256_cmp(got, num("2999999000000000000000000000")) > 0 &&
				u256_cmp(got, num("3000001000000000000000000000")) < 0);
	assert_ok(euler_accumulator(num("3020259335871382597"), small(31536000), FIXED_RAY, &got));
	assert_num(got, "1099930392517125194794965724");
	assert_ok(euler_accumulator(FIXED_WAD, small(3600), FIXED_RAY, &got));
	assert_num(got, "1000003600006478207769528181");
	assert_ok(euler_accumulator(FIXED_WAD, U256_ZERO, num("1234"), &got));
	assert_num(got, "1234");
	curve.kink = small(UINT64_C(0x100000000));
	assert_status(euler_borrow_rate(U256_ZERO, FIXED_WAD, &curve, &got), CORE_BAD_PARAMETER);
	assert_status(euler_borrow_rate(U256_MAX, small(1), &curve, &got), CORE_OUT_OF_RANGE);
	assert_status(euler_accumulator(FIXED_RAY, small(1000), FIXED_RAY, &got), CORE_OUT_OF_RANGE);
	assert_status(euler_accumulator(U256_ZERO, u256_shl(small(1), 64), FIXED_RAY, &got), CORE_OUT_OF_RANGE);
	assert_status(euler_apy(U256_MAX, &got), CORE_OUT_OF_RANGE);
	assert_status(euler_supply_rate(small(1), small(1), small(1), small(10001), &got), CORE_BAD_PARAMETER);
	assert_ok(euler_supply_rate(small(1), U256_ZERO, U256_ZERO, small(0), &got));
	assert_num(got, "0");
}

static void
test_rates(void **state)
{
	u256		got, next, utilization;
	mpz_t		want, part;

	(void) state;
	for (int i = 0; i < ROUNDS; i++)
	{
		euler_curve curve = {random_amount(60), random_amount(34), random_amount(36), small(random_up_to(UINT32_MAX))};
		u256		cash = random_amount(100), borrows = random_amount(100);
		u256		fee = small(random_up_to(10000));
		u256		total = u256_add_wrap(u256_add_wrap(cash, borrows), small(u256_is_zero(cash)));

		cash = u256_sub_wrap(total, borrows);
		assert_ok(euler_utilization(cash, borrows, &utilization));
		word(want, borrows);
		times_over(want, small(UINT32_MAX), total);
		assert_u256_is(utilization, want);
		assert_ok(euler_borrow_rate(cash, borrows, &curve, &got));
		mpz_set_u256(want, u256_cmp(utilization, curve.kink) < 0 ? utilization : curve.kink);
		times_over(want, curve.slope1, small(1));
		word(part, u256_cmp(utilization, curve.kink) < 0 ? U256_ZERO : u256_sub_wrap(utilization, curve.kink));
		times_over(part, curve.slope2, small(1));
		mpz_add(want, want, part);
		plus(want, curve.base);
		assert_u256_is(got, want);
		/* more borrowed never costs less, and suppliers never get more than borrowers pay */
		assert_ok(euler_borrow_rate(cash, u256_add_wrap(borrows, random_amount(90)), &curve, &next));
		assert_true(u256_cmp(next, got) >= 0);
		assert_ok(euler_supply_rate(got, cash, borrows, fee, &next));
		assert_true(u256_cmp(next, got) <= 0);
		times_over(want, u256_sub_wrap(small(10000), fee), small(1));
		times_over(want, borrows, total);
		times_over(want, small(1), small(10000));
		assert_u256_is(next, want);
		mpz_clears(want, part, NULL);
	}
}

/* rpow with GMP's integers, as solmate writes it */
static void
rpow(mpz_t z, const mpz_t base, uint64_t n)
{
	mpz_t		x, ray, half;

	mpz_init_set(x, base);
	word(ray, FIXED_RAY);
	mpz_init(half);
	mpz_fdiv_q_ui(half, ray, 2);
	mpz_set(z, n % 2 == 0 ? ray : x);
	while ((n /= 2) > 0)
	{
		mpz_mul(x, x, x);
		mpz_add(x, x, half);
		mpz_fdiv_q(x, x, ray);
		if (n % 2 == 1)
		{
			mpz_mul(z, z, x);
			mpz_add(z, z, half);
			mpz_fdiv_q(z, z, ray);
		}
	}
	mpz_clears(x, ray, half, NULL);
}

static void
test_accumulator(void **state)
{
	u256		got, later;
	mpz_t		want, base;

	(void) state;
	for (int i = 0; i < ROUNDS / 10; i++)
	{
		u256		rate = random_amount(68);	/* up to the vault's cap */
		u256		seconds = random_amount(24);
		u256		accumulator = u256_add_wrap(FIXED_RAY, random_amount(90));

		word(base, FIXED_RAY);
		plus(base, rate);
		mpz_init(want);
		rpow(want, base, seconds.limb[0]);
		times_over(want, accumulator, FIXED_RAY);
		if (euler_accumulator(rate, seconds, accumulator, &got) == CORE_OK)
		{
			assert_u256_is(got, want);
			assert_true(u256_cmp(got, accumulator) >= 0);
			assert_ok(euler_accumulator(rate, u256_add_wrap(seconds, small(1)), accumulator, &later));
			assert_true(u256_cmp(later, got) >= 0);
			/* a debt grows with it, and is never less than it was */
			assert_ok(euler_debt(u256_shl(small(1000000), 31), got, accumulator, &later));
			assert_true(u256_cmp(later, small(1000000)) >= 0);
		}
		mpz_clears(want, base, NULL);
	}
	assert_ok(euler_debt(small(1), FIXED_RAY, FIXED_RAY, &got));
	assert_num(got, "1");
	assert_ok(euler_debt(u256_shl(small(7), 31), FIXED_RAY, FIXED_RAY, &got));
	assert_num(got, "7");
	assert_status(euler_debt(small(1), FIXED_RAY, U256_ZERO, &got), CORE_DIVISION_BY_ZERO);
}

static void
test_ltv_ramp(void **state)
{
	u256		got, later;

	(void) state;
	assert_ok(euler_liquidation_ltv(small(9000), small(8000), 500, small(1000), &got));
	assert_num(got, "8500");
	assert_ok(euler_liquidation_ltv(small(9000), small(8000), 0, small(1000), &got));
	assert_num(got, "8000");
	assert_ok(euler_liquidation_ltv(small(9000), small(8000), 1000, small(1000), &got));
	assert_num(got, "9000");
	assert_ok(euler_liquidation_ltv(small(8000), small(9000), 500, U256_ZERO, &got));
	assert_num(got, "9000");
	assert_status(euler_liquidation_ltv(small(9000), small(8000), 1001, small(1000), &got), CORE_BAD_PARAMETER);
	assert_status(euler_liquidation_ltv(small(9000), small(8000), 1, U256_ZERO, &got), CORE_BAD_PARAMETER);
	assert_status(euler_liquidation_ltv(small(10001), small(8000), 1, small(1), &got), CORE_BAD_PARAMETER);
	for (int i = 0; i < ROUNDS; i++)
	{
		u256		initial = small(random_up_to(10000)), target = small(random_up_to(10000));
		uint64_t	ramp = 1 + random_up_to(UINT64_C(1000000000000));
		uint64_t	remaining = random_up_to(ramp);

		assert_ok(euler_liquidation_ltv(initial, target, remaining, small(ramp), &got));
		assert_ok(euler_liquidation_ltv(initial, target, remaining / 2, small(ramp), &later));
		assert_true(u256_cmp(later, got) <= 0 && u256_cmp(later, target) >= 0);
	}
}

static void
test_health(void **state)
{
	u256		values[] = {small(1000), small(999)}, ltvs[] = {small(8500), small(1)};
	u256		got;

	(void) state;
	assert_ok(euler_adjusted_collateral(values, ltvs, 2, &got));
	assert_num(got, "850");
	assert_ok(euler_adjusted_collateral(values, ltvs, 0, &got));
	assert_num(got, "0");
	assert_true(euler_is_healthy(small(851), small(850)));
	assert_false(euler_is_healthy(small(850), small(850)));
	assert_true(euler_is_healthy(U256_ZERO, U256_ZERO));
	assert_ok(euler_health_score(small(850), small(1000), &got));
	assert_num(got, "850000000000000000");
	assert_status(euler_health_score(small(850), U256_ZERO, &got), CORE_NULL);
	ltvs[1] = small(10001);
	assert_status(euler_adjusted_collateral(values, ltvs, 2, &got), CORE_BAD_PARAMETER);
	ltvs[1] = small(10000);
	values[1] = U256_MAX;
	assert_status(euler_adjusted_collateral(values, ltvs, 2, &got), CORE_OUT_OF_RANGE);
}

static void
test_known_liquidations(void **state)
{
	/* 950 of adjusted collateral against 1000, all of one collateral worth 1100 */
	euler_violation violation = {small(950), small(1000), small(2000), small(1000), small(1100), small(110)};
	u256		repay, yield, got;

	(void) state;
	assert_ok(euler_liquidation_discount(&violation, &got));
	assert_num(got, "50000000000000000");
	assert_ok(euler_liquidate(&violation, U256_MAX, &repay, &yield));
	assert_num(repay, "1000");
	assert_num(yield, "105");
	assert_ok(euler_liquidate(&violation, small(500), &repay, &yield));
	assert_num(repay, "500");
	assert_num(yield, "52");
	assert_status(euler_liquidate(&violation, small(1001), &repay, &yield), CORE_BAD_PARAMETER);
	/* the discount stops at its maximum, and collateral at its value */
	violation.adjusted_collateral = small(500);
	assert_ok(euler_liquidation_discount(&violation, &got));
	assert_num(got, "200000000000000000");
	assert_ok(euler_liquidate(&violation, U256_MAX, &repay, &yield));
	assert_num(repay, "880");
	assert_num(yield, "110");
	/* worthless collateral goes for nothing */
	violation.collateral_value = U256_ZERO;
	assert_ok(euler_liquidate(&violation, U256_MAX, &repay, &yield));
	assert_num(repay, "0");
	assert_num(yield, "110");
	/* nothing of the healthy, and no discount either */
	violation.adjusted_collateral = small(1001);
	assert_ok(euler_liquidate(&violation, U256_MAX, &repay, &yield));
	assert_num(yield, "0");
	assert_ok(euler_liquidation_discount(&violation, &got));
	assert_num(got, "0");
	assert_status(euler_liquidate(&violation, small(1), &repay, &yield), CORE_BAD_PARAMETER);
	violation.max_discount_bps = small(10000);
	assert_status(euler_liquidation_discount(&violation, &got), CORE_BAD_PARAMETER);
	assert_status(euler_liquidate(&violation, U256_MAX, &repay, &yield), CORE_BAD_PARAMETER);
	/* dust without value */
	violation = (euler_violation) {U256_ZERO, U256_ZERO, small(1), small(1), small(1), small(1)};
	assert_ok(euler_liquidate(&violation, U256_MAX, &repay, &yield));
	assert_num(repay, "0");
	assert_num(yield, "0");
	assert_status(euler_liquidate(&violation, small(1), &repay, &yield), CORE_BAD_PARAMETER);
	violation.liability = U256_ZERO;
	assert_ok(euler_liquidate(&violation, U256_MAX, &repay, &yield));
	assert_num(yield, "0");
}

/* calculateMaxLiquidation in integers of any size */
static void
expect_liquidation(mpz_t repay, mpz_t yield, const euler_violation *v)
{
	mpz_t		factor;
	u256		least = u256_sub_wrap(FIXED_WAD, u256_mul_wrap(v->max_discount_bps, small(ONE / 10000)));

	word(factor, v->adjusted_collateral);
	times_over(factor, FIXED_WAD, v->liability_value);
	if (u256_cmp(u256_from_mpz(factor), least) < 0)
		mpz_set_u256(factor, least);
	mpz_set_u256(repay, v->liability_value);
	mpz_set_u256(yield, v->liability_value);
	times_over(yield, FIXED_WAD, u256_from_mpz(factor));
	if (u256_cmp(v->collateral_value, u256_from_mpz(yield)) < 0)
	{
		mpz_set_u256(repay, v->collateral_value);
		times_over(repay, u256_from_mpz(factor), FIXED_WAD);
		mpz_set_u256(yield, v->collateral_value);
	}
	times_over(repay, v->liability, v->liability_value);
	times_over(yield, v->collateral_balance, v->collateral_value);
	mpz_clear(factor);
}

static void
test_liquidations(void **state)
{
	(void) state;
	for (int i = 0; i < ROUNDS; i++)
	{
		u256		value = u256_add_wrap(random_amount(90), small(1000));
		euler_violation v = {U256_ZERO, value, small(random_up_to(9999)), u256_add_wrap(random_amount(100), small(1)),
		u256_add_wrap(random_amount(90), small(1)), random_amount(100)};
		u256		repay, yield, part_repay, part_yield;
		mpz_t		want_repay, want_yield;

		assert_ok(u256_mul_div(value, small(random_up_to(10000)), small(10000), U256_FLOOR, &v.adjusted_collateral));
		mpz_inits(want_repay, want_yield, NULL);
		expect_liquidation(want_repay, want_yield, &v);
		assert_ok(euler_liquidate(&v, U256_MAX, &repay, &yield));
		assert_u256_is(repay, want_repay);
		assert_u256_is(yield, want_yield);
		assert_true(u256_cmp(repay, v.liability) <= 0 && u256_cmp(yield, v.collateral_balance) <= 0);
		assert_ok(euler_liquidate(&v, u256_shr(repay, 1), &part_repay, &part_yield));
		assert_true(u256_cmp(part_yield, yield) <= 0);
		mpz_clears(want_repay, want_yield, NULL);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known_rates),
		cmocka_unit_test(test_rates),
		cmocka_unit_test(test_accumulator),
		cmocka_unit_test(test_ltv_ramp),
		cmocka_unit_test(test_health),
		cmocka_unit_test(test_known_liquidations),
		cmocka_unit_test(test_liquidations),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
