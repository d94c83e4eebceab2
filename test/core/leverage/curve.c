/*-------------------------------------------------------------------------
 *
 * test_leverage_curve.c
 *	  Curves of straight lines, Spark and Gearbox: numbers of their own tests,
 *	  GMP on random inputs, and laws that a curve must keep.
 *
 *-------------------------------------------------------------------------
 */
#include "words.h"

#include "core/leverage/curve.h"

#include <math.h>

#define ROUNDS	20000

#define ONE		UINT64_C(1000000000000000000)

static double
random_fraction(void)
{
	return (double) (random_u64() >> 11) / 9007199254740992.0;
}

/* ---------- curves of doubles ---------- */

static void
test_known_curve(void **state)
{
	const double us[] = {0, 0.8, 1}, rates[] = {0.01, 0.05, 0.65};
	double		got;
	int			at;

	(void) state;
	assert_int_equal(curve_check(us, rates, 3, &at), CURVE_SOUND);
	assert_ok(curve_kinked_rate(0, us, rates, 3, false, &got));
	assert_double_is(got, 0.01);
	assert_ok(curve_kinked_rate(0.8, us, rates, 3, false, &got));
	assert_double_is(got, 0.05);
	assert_ok(curve_kinked_rate(1, us, rates, 3, false, &got));
	assert_double_is(got, 0.65);
	assert_ok(curve_kinked_rate(0.4, us, rates, 3, false, &got));
	assert_true(fabs(got - 0.03) < 1e-17);
	assert_ok(curve_kinked_rate(0.9, us, rates, 3, false, &got));
	assert_true(fabs(got - 0.35) < 1e-16);
	assert_status(curve_kinked_rate(1.1, us, rates, 3, false, &got), CORE_BAD_PARAMETER);
	assert_ok(curve_kinked_rate(1.1, us, rates, 3, true, &got));
	assert_true(fabs(got - 0.95) < 1e-15);
	assert_status(curve_kinked_rate(1e308, us, (double[]) {0, 0, 1e10}, 3, true, &got), CORE_OUT_OF_RANGE);
}

static void
test_faults(void **state)
{
	int			at;

	(void) state;
	assert_int_equal(curve_check((double[]) {0, NAN}, (double[]) {0, 0}, 2, &at), CURVE_NOT_FINITE);
	assert_int_equal(at, 1);
	assert_int_equal(curve_check((double[]) {0, 1}, (double[]) {INFINITY, 0}, 2, &at), CURVE_NOT_FINITE);
	assert_int_equal(at, 0);
	assert_int_equal(curve_check((double[]) {0, 0.5, 0.5}, (double[]) {0, 0, 0}, 3, &at), CURVE_NOT_ASCENDING);
	assert_int_equal(at, 2);
}

/* Between two points the rate is between theirs, at each it is its own, and where rates rise so does it */
static void
test_curve_laws(void **state)
{
	(void) state;
	for (int i = 0; i < ROUNDS; i++)
	{
		double		us[6], rates[6], got, next;
		int			n = 2 + (int) random_below(5);
		double		scale = i % 100 == 0 ? 1e308 : 1;

		for (int j = 0; j < n; j++)
		{
			us[j] = (j == 0 ? 0 : us[j - 1]) + random_fraction() + 1e-9;
			rates[j] = (random_fraction() - 0.5) * 2 * scale;
		}
		for (int j = 0; j + 1 < n; j++)
		{
			double		u = us[j] + (us[j + 1] - us[j]) * random_fraction();

			assert_ok(curve_kinked_rate(us[j], us, rates, n, false, &got));
			assert_double_is(got, rates[j]);
			assert_ok(curve_kinked_rate(u, us, rates, n, false, &got));
			assert_true(got >= fmin(rates[j], rates[j + 1]) && got <= fmax(rates[j], rates[j + 1]));
			assert_ok(curve_kinked_rate(fmin(nextafter(u, INFINITY), us[j + 1]), us, rates, n, false, &next));
			/* to the last place: the two ends are reckoned from */
			if (rates[j + 1] >= rates[j])
				assert_true(next >= got - fabs(got) * 1e-15 - 1e-16 * scale);
		}
	}
}

static void
test_fractions(void **state)
{
	double		got;

	(void) state;
	assert_ok(curve_utilization(0, 0, &got));
	assert_double_is(got, 0.0);
	assert_status(curve_utilization(1, 0, &got), CORE_NULL);
	assert_ok(curve_utilization(3, 2, &got));
	assert_double_is(got, 1.5);
	assert_status(curve_utilization(1e308, 1e-308, &got), CORE_OUT_OF_RANGE);
	assert_ok(curve_supply_rate(0.05, 0.8, 0.1, &got));
	assert_true(fabs(got - 0.036) < 1e-16);
	assert_status(curve_supply_rate(1e308, 1e308, 0, &got), CORE_OUT_OF_RANGE);
	assert_ok(curve_per_second_apr(1e-9, 365, &got));
	assert_true(fabs(got - 0.031536) < 1e-17);
	assert_ok(curve_per_second_apy(1e-9, 365, &got));
	assert_true(fabs(got - 0.032038528297639107) < 1e-17);
	/* Euler's default curve at full utilization: 300 % in its own year */
	assert_ok(curve_per_second_apy(43929919477309202859e-27, 365.2425, &got));
	assert_true(fabs(got - 3) < 1e-6);
	assert_ok(curve_per_second_apy(-1e-9, 365, &got));
	assert_true(fabs(got + 0.031043926608072543) < 1e-17);
	assert_status(curve_per_second_apy(1, 365, &got), CORE_OUT_OF_RANGE);
	assert_status(curve_per_second_apr(1e308, 365, &got), CORE_OUT_OF_RANGE);
}

/* ---------- Spark ---------- */

/* RateTargetKinkInterestRateStrategy.t.sol: spread -0.5 % over 5 %, base 1 % */
static void
test_spark(void **state)
{
	u256		base = num("10000000000000000000000000"), got;
	s256		spread = num("-5000000000000000000000000");
	u256		rate = num("50000000000000000000000000");

	(void) state;
	assert_ok(spark_slope1(rate, spread, base, &got));
	assert_num(got, "35000000000000000000000000");
	assert_ok(spark_slope1(num("70000000000000000000000000"), spread, base, &got));
	assert_num(got, "55000000000000000000000000");
	assert_ok(spark_slope1(num("12000000000000000000000000"), spread, base, &got));
	assert_num(got, "0");
	assert_ok(spark_slope1(U256_ZERO, spread, base, &got));
	assert_num(got, "0");
	assert_ok(spark_slope1(rate, num("5000000000000000000000000"), base, &got));
	assert_num(got, "45000000000000000000000000");
	assert_status(spark_slope1(U256_MAX, spread, base, &got), CORE_OUT_OF_RANGE);
	assert_status(spark_slope1(S256_MAX, small(1), base, &got), CORE_OUT_OF_RANGE);
	/* 5 % a year as the savings rate has it */
	assert_ok(spark_savings_apr(num("1000000001547125957863212448"), &got));
	assert_num(got, "48790164207174267760128000");
	assert_status(spark_savings_apr(num("999999999999999999999999999"), &got), CORE_BAD_PARAMETER);
	assert_status(spark_savings_apr(U256_MAX, &got), CORE_OUT_OF_RANGE);
	assert_ok(spark_source_rate(NULL, small(1), small(9), small(5), &got));
	assert_num(got, "5");
	rate = small(10);
	assert_ok(spark_source_rate(&rate, small(1), small(9), small(5), &got));
	assert_num(got, "9");
	rate = small(0);
	assert_ok(spark_source_rate(&rate, small(1), small(9), small(5), &got));
	assert_num(got, "1");
	assert_status(spark_source_rate(&rate, small(1), small(9), small(10), &got), CORE_BAD_PARAMETER);
	assert_status(spark_source_rate(&rate, small(6), small(9), small(5), &got), CORE_BAD_PARAMETER);
}

/* ---------- Gearbox ---------- */

static gearbox_curve
known_curve(void)
{
	return (gearbox_curve) {num("700000000000000000"), num("900000000000000000"), U256_ZERO,
		num("10000000000000000000000000"), num("20000000000000000000000000"), num("1000000000000000000000000000")};
}

static void
test_gearbox(void **state)
{
	gearbox_curve curve = known_curve();
	u256		got, million = small(1000000);

	(void) state;
	assert_ok(gearbox_borrow_rate(million, small(650000), &curve, &got));
	assert_num(got, "5000000000000000000000000");
	assert_ok(gearbox_borrow_rate(million, small(200000), &curve, &got));
	assert_num(got, "20000000000000000000000000");
	assert_ok(gearbox_borrow_rate(million, small(50000), &curve, &got));
	assert_num(got, "530000000000000000000000000");
	assert_ok(gearbox_borrow_rate(U256_ZERO, small(5), &curve, &got));
	assert_num(got, "0");
	assert_ok(gearbox_borrow_rate(million, small(2000000), &curve, &got));
	assert_num(got, "0");
	assert_ok(gearbox_available_to_borrow(million, small(200000), curve.u2, &got));
	assert_num(got, "100000");
	assert_ok(gearbox_available_to_borrow(million, small(50000), curve.u2, &got));
	assert_num(got, "0");
	assert_ok(gearbox_available_to_borrow(million, small(2000000), curve.u2, &got));
	assert_num(got, "2000000");
	assert_status(gearbox_available_to_borrow(U256_ZERO, U256_ZERO, curve.u2, &got), CORE_DIVISION_BY_ZERO);
	assert_status(gearbox_available_to_borrow(million, million, FIXED_WAD, &got), CORE_BAD_PARAMETER);
	curve.u1 = num("950000000000000000");
	assert_status(gearbox_borrow_rate(million, million, &curve, &got), CORE_BAD_PARAMETER);
	curve.u2 = FIXED_WAD;
	assert_status(gearbox_borrow_rate(million, million, &curve, &got), CORE_BAD_PARAMETER);
	assert_ok(gearbox_weighted_value(small(1000), small(9000), small(500), &got));
	assert_num(got, "450");
	assert_ok(gearbox_weighted_value(small(1000), small(9000), U256_MAX, &got));
	assert_num(got, "900");
	assert_status(gearbox_weighted_value(small(1000), small(10001), U256_MAX, &got), CORE_BAD_PARAMETER);
	assert_ok(gearbox_quota_interest(small(1000000), small(500), small(31536000), &got));
	assert_num(got, "50000");
	assert_ok(gearbox_quota_interest(small(1000000), small(500), small(1), &got));
	assert_num(got, "0");
	assert_status(gearbox_quota_interest(U256_MAX, U256_MAX, small(1), &got), CORE_OUT_OF_RANGE);
}

/* What GMP says on every segment; less liquidity never makes it cheaper */
static void
test_gearbox_rates(void **state)
{
	(void) state;
	for (int i = 0; i < ROUNDS; i++)
	{
		uint64_t	u1 = random_up_to(ONE - 1), u2 = u1 + random_up_to(ONE - 1 - u1);
		gearbox_curve curve = {small(u1), small(u2), random_amount(80), random_amount(80), random_amount(85), random_amount(90)};
		u256		expected = u256_add_wrap(random_amount(90), small(1)), available, got, next;
		u256		from = U256_ZERO, to = curve.u1, rise = curve.slope1;
		mpz_t		want, u;

		(void) u256_mul_div(expected, small(random_up_to(ONE)), FIXED_WAD, U256_FLOOR, &available);
		word(u, u256_sub_wrap(expected, available));
		times_over(u, FIXED_WAD, expected);
		word(want, curve.base);
		if (mpz_cmp_ui(u, u1) >= 0)
		{
			plus(want, curve.slope1);
			from = curve.u1, to = curve.u2, rise = curve.slope2;
		}
		if (mpz_cmp_ui(u, u2) >= 0)
		{
			plus(want, curve.slope2);
			from = curve.u2, to = FIXED_WAD, rise = curve.slope3;
		}
		mpz_sub_ui(u, u, from.limb[0]);
		times_over(u, rise, u256_sub_wrap(to, from));
		mpz_add(want, want, u);
		assert_ok(gearbox_borrow_rate(expected, available, &curve, &got));
		assert_u256_is(got, want);
		mpz_clears(want, u, NULL);
		assert_ok(gearbox_borrow_rate(expected, u256_shr(available, 1), &curve, &next));
		assert_true(u256_cmp(next, got) >= 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known_curve),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_curve_laws),
		cmocka_unit_test(test_fractions),
		cmocka_unit_test(test_spark),
		cmocka_unit_test(test_gearbox),
		cmocka_unit_test(test_gearbox_rates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
