/*
 * Unit tests of core/risk/returns.c: order and split, closed forms, and exact
 * integers as an independent reference.
 */
#include "test.h"

#include <float.h>
#include <gmp.h>
#include <math.h>
#include <string.h>

#include "core/base/normal.h"
#include "core/risk/returns.h"

#define ROWS	300

static risk_summary
summary_of(const double *returns, int n, double target)
{
	risk_summary s;

	risk_summary_init(&s, target);
	for (int i = 0; i < n; i++)
		assert_int_equal(risk_summary_add(&s, returns[i]), CORE_OK);
	assert_true(risk_summary_is_valid(&s));
	return s;
}

/* returns of all kinds and magnitudes, with zeros and ties with the target among them */
static double
random_return(uint64_t *seed, int round)
{
	double		x = next_fraction(seed) - 0.5;

	if (next_random(seed) % 10 == 0)
		return next_random(seed) % 2 == 0 ? 0 : 0.001;
	if (round % 4 == 0)
		return 8e-5 + 1e-7 * x;
	return round % 4 == 1 ? x : ldexp(x, (int) (next_random(seed) % 2000) - 1000);
}

static void
the_order_of_rows_leaves_no_trace(void **state)
{
	uint64_t	seed = 5;

	(void) state;
	for (int round = 0; round < 200; round++)
	{
		double		returns[ROWS];
		risk_summary whole,
					part[3];

		for (int i = 0; i < ROWS; i++)
			returns[i] = random_return(&seed, round);
		whole = summary_of(returns, ROWS, 0.001);
		for (int k = 0; k < 3; k++)
			part[k] = summary_of(&returns[k], 1, 0.001);
		for (int i = ROWS - 1; i >= 3; i--)
			assert_int_equal(risk_summary_add(&part[next_random(&seed) % 3], returns[i]), CORE_OK);
		assert_int_equal(risk_summary_merge(&part[1], &part[0]), CORE_OK);
		assert_int_equal(risk_summary_merge(&part[2], &part[1]), CORE_OK);
		assert_memory_equal(&part[2], &whole, sizeof(whole));
	}
}

/* the power k of x times 2^shift, all of whose digits are whole then */
static void
exact_power(mpz_t result, double x, int k, int shift)
{
	mpf_t		f;

	mpf_init2(f, 20000);
	mpf_set_d(f, x);
	mpf_pow_ui(f, f, (unsigned long) k);
	mpf_mul_2exp(f, f, (mp_bitcnt_t) shift);
	mpz_set_f(result, f);
	mpf_clear(f);
}

/* |value - exact| in units of 2^-98 of the greatest power in size */
static void
assert_sum(dd value, const mpz_t exact, int shift, double greatest)
{
	mpf_t		difference,
				part;

	mpf_init2(difference, 20000);
	mpf_init2(part, 20000);
	mpf_set_z(difference, exact);
	mpf_div_2exp(difference, difference, (mp_bitcnt_t) shift);
	mpf_set_d(part, value.hi);
	mpf_sub(difference, difference, part);
	mpf_set_d(part, value.lo);
	mpf_sub(difference, difference, part);
	assert_true(fabs(mpf_get_d(difference)) <= 0x1p-98 * ROWS * greatest);
	mpf_clears(difference, part, NULL);
}

/* each sum against that of exact integers */
static void
sums_are_exact_to_thirty_digits(void **state)
{
	const int	shift = 2000;
	uint64_t	seed = 7;

	(void) state;
	for (int round = 0; round < 30; round++)
	{
		double		returns[ROWS],
					greatest = 0;
		risk_summary s;
		mpz_t		sum[5],
					power;

		mpz_init(power);
		for (int k = 1; k <= 4; k++)
			mpz_init(sum[k]);
		for (int i = 0; i < ROWS; i++)
		{
			returns[i] = round % 2 == 0 ? random_return(&seed, 0) :
				ldexp(next_fraction(&seed) - 0.5, -(int) (next_random(&seed) % 90));
			greatest = fmax(greatest, fabs(returns[i]));
			for (int k = 1; k <= 4; k++)
			{
				exact_power(power, returns[i], k, shift);
				mpz_add(sum[k], sum[k], power);
			}
		}
		s = summary_of(returns, ROWS, 0);
		assert_sum(dd_add(binned_value(&s.sum[0]), binned_value(&s.sum[1])), sum[1], shift, greatest);
		assert_sum(dd_add(binned_value(&s.square[0]), binned_value(&s.square[1])), sum[2], shift,
				   pow(greatest, 2));
		assert_sum(binned_value(&s.cube), sum[3], shift, pow(greatest, 3));
		assert_sum(binned_value(&s.fourth), sum[4], shift, pow(greatest, 4));
		mpz_clears(power, sum[1], sum[2], sum[3], sum[4], NULL);
	}
}

/* two returns, one of them q times: closed forms of any scale, from the least to the greatest double */
static void
two_values_have_closed_forms(void **state)
{
	static const double scales[] = {5e-324, 1e-310, 1e-200, 1e-5, 1, 1e100, 1e308};

	(void) state;
	for (size_t i = 0; i < sizeof(scales) / sizeof(scales[0]); i++)
		for (int q = 1; q < 50; q++)
		{
			risk_summary s;
			double		p = (double) q / (q + 1),
						result;

			risk_summary_init(&s, 0);
			risk_summary_add(&s, -scales[i]);
			for (int j = 0; j < q; j++)
				risk_summary_add(&s, 0);
			assert_int_equal(risk_skewness(&s, RISK_POPULATION, &result), CORE_OK);
			assert_true(fabs(result + (2 * p - 1) / sqrt(p * (1 - p))) <= 1e-13 * q);
			assert_int_equal(risk_kurtosis(&s, RISK_POPULATION, &result), CORE_OK);
			assert_true(fabs(result - (1 / (p * (1 - p)) - 6)) <= 1e-13 * (q + 6));
			assert_int_equal(risk_omega(&s, &result), CORE_OK);
			assert_same(result, 0);
		}
}

static void
nearly_equal_returns_have_a_variance(void **state)
{
	double		returns[] = {0.01, nextafter(0.01, 1), 0.01, nextafter(0.01, 1)};
	double		half = (returns[1] - returns[0]) / 2;
	risk_summary s = summary_of(returns, 4, 0);
	double		result;

	(void) state;
	assert_int_equal(risk_volatility(&s, 1, &result), CORE_OK);
	assert_true(result > half / 2 && result < half * 1.2);
	/* 32 digits do not tell its shape */
	assert_int_equal(risk_skewness(&s, RISK_POPULATION, &result), CORE_NULL);
	assert_int_equal(risk_kurtosis(&s, RISK_SAMPLE, &result), CORE_NULL);
	assert_int_equal(risk_value_at_risk(&s, 0.95, RISK_NORMAL, &result), CORE_OK);
	assert_int_equal(risk_value_at_risk(&s, 0.95, RISK_CORNISH_FISHER, &result), CORE_NULL);
}

/* of a symmetric set whose kurtosis is nought, all three tails are the normal one */
static void
tails(void **state)
{
	double		returns[] = {-sqrt(3), 0, 0, 0, 0, sqrt(3)};
	risk_summary s = summary_of(returns, 6, 0);
	double		result,
				kurtosis,
				sd;

	(void) state;
	assert_int_equal(risk_kurtosis(&s, RISK_POPULATION, &kurtosis), CORE_OK);
	assert_true(fabs(kurtosis) < 1e-14);
	assert_int_equal(risk_volatility(&s, 1, &sd), CORE_OK);
	assert_close(sd, sqrt(1.2), 1e-15);
	for (double c = 0.01; c < 1; c += 0.01)
	{
		double		z = normal_quantile(1 - c);

		assert_int_equal(risk_value_at_risk(&s, c, RISK_NORMAL, &result), CORE_OK);
		assert_true(fabs(result - z * sd) <= 1e-14);
		assert_int_equal(risk_value_at_risk(&s, c, RISK_CORNISH_FISHER, &result), CORE_OK);
		assert_true(fabs(result - z * sd) <= 1e-13);
		assert_int_equal(risk_expected_shortfall(&s, c, RISK_NORMAL, &result), CORE_OK);
		assert_true(fabs(result + normal_density(z) / (1 - c) * sd) <= 1e-13);
	}
}

static void
what_is_no_summary(void **state)
{
	double		returns[] = {-0.5, 0, 0.25};
	risk_summary good = summary_of(returns, 3, 0.1),
				s;

	(void) state;
#define BROKEN(change) \
	do { s = good; change; assert_false(risk_summary_is_valid(&s)); } while (0)
	BROKEN(s.num_returns = 0);
	BROKEN(s.num_returns = BINNED_MAX_TERMS + 1);
	BROKEN(s.num_above = 0);
	BROKEN(s.num_above = 2);
	BROKEN(s.num_below = 3);
	BROKEN(s.num_below = 0);
	BROKEN(s.target = NAN);
	BROKEN(s.target = -0.0);
	BROKEN(s.worst = 0.5);
	BROKEN(s.best = INFINITY);
	BROKEN(s.square[0].bin[0] = -s.square[0].bin[0]);
	BROKEN(s.square[1] = BINNED_EMPTY);
	BROKEN(s.fourth = BINNED_EMPTY);
	BROKEN(s.cube.bin[4] = INT64_MAX);
	BROKEN(s.worst = s.best = 0; s.num_above = 0; s.num_below = 3);
#undef BROKEN
	s = summary_of(returns, 1, 0);
	assert_int_equal(risk_summary_merge(&s, &good), CORE_BAD_PARAMETER);
	s = good;
	s.num_returns = BINNED_MAX_TERMS;
	assert_int_equal(risk_summary_add(&s, 0), CORE_OUT_OF_RANGE);
	assert_int_equal(risk_summary_merge(&s, &good), CORE_OUT_OF_RANGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_order_of_rows_leaves_no_trace),
		cmocka_unit_test(sums_are_exact_to_thirty_digits),
		cmocka_unit_test(two_values_have_closed_forms),
		cmocka_unit_test(nearly_equal_returns_have_a_variance),
		cmocka_unit_test(tails),
		cmocka_unit_test(what_is_no_summary)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
