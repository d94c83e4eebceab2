/*-------------------------------------------------------------------------
 *
 * test/core/derivative/volatility.c
 *	  Variance strikes against plain loops, fits against what they fit.
 *
 *-------------------------------------------------------------------------
 */
#include "test.h"

#include <math.h>

#include "core/derivative/volatility.h"

static uint64_t seed = 1;

/* The definition, point by point, in long double */
static void
variance_by_its_definition(void **state)
{
	(void) state;
	for (int round = 0; round < 2000; round++)
	{
		strike_quote q[30];
		expiry_terms e = {100, 0.01 + next_fraction(&seed), 0.1 * next_fraction(&seed)};
		int			n = 2 + (int) (next_random(&seed) % 28);
		int			middle = 0;
		long double sum = 0;
		double		variance;

		for (int i = 0; i < n; i++)
		{
			q[i].strike = (i == 0 ? 70 : q[i - 1].strike) + 0.5 + 4 * next_fraction(&seed);
			q[i].call_price = 1 + next_fraction(&seed);
			q[i].put_price = 1 + next_fraction(&seed);
			if (q[i].strike <= e.forward)
				middle = i;
		}
		for (int i = 0; i < n; i++)
		{
			long double price = i == middle ? ((long double) q[i].call_price + q[i].put_price) / 2 :
				i < middle ? q[i].put_price : q[i].call_price;
			int			before = i > 0 ? i - 1 : i;
			int			behind = i < n - 1 ? i + 1 : i;

			sum += ((long double) q[behind].strike - q[before].strike) / (behind - before) * price /
				((long double) q[i].strike * q[i].strike);
			if (i < middle)
				q[i].call_price = NAN;
			if (i > middle)
				q[i].put_price = NAN;
		}
		sum = 2 / e.years * expl((long double) e.rate * e.years) * sum -
			powl(e.forward / q[middle].strike - 1, 2) / e.years;
		assert_int_equal(variance_strike(q, n, &e, &variance), CORE_OK);
		assert_close(variance, (double) sum, 1e-11);
	}
}

static void
no_variance(void **state)
{
	strike_quote q[] = {{90, NAN, 1}, {100, 3, 3}, {110, 1, NAN}};
	expiry_terms e = {101, 1, 0};
	double		v;

	(void) state;
	assert_int_equal(variance_strike(q, 3, &e, &v), CORE_OK);
	assert_int_equal(variance_strike(q, 0, &e, &v), CORE_NULL);
	assert_int_equal(variance_strike(q + 1, 1, &e, &v), CORE_NULL);
	e.forward = 99;
	assert_int_equal(variance_strike(q, 3, &e, &v), CORE_NULL);
	e = (expiry_terms) {101, 0, 0};
	assert_int_equal(variance_strike(q, 3, &e, &v), CORE_NULL);
	assert_int_equal(volatility_index(-1, 0.1, -1, 0.2, 0.15, &v), CORE_NULL);
	assert_int_equal(volatility_index(0.25, 0.1, 0.25, 0.2, 0.15, &v), CORE_OK);
	assert_close(v, 0.5, 1e-15);
}

static void
exact_slices_come_back(void **state)
{
	(void) state;
	for (int round = 0; round < 100; round++)
	{
		smile_point p[40];
		size_t		n = 6 + next_random(&seed) % 34;
		svi_slice	given = {0.1 * next_fraction(&seed), 0.02 + next_fraction(&seed) / 2,
			1.8 * next_fraction(&seed) - 0.9, 0.4 * next_fraction(&seed) - 0.2, 0.03 + next_fraction(&seed) / 2};
		svi_slice	fit;
		double		rmse;

		for (size_t i = 0; i < n; i++)
		{
			p[i].log_moneyness = 1.6 * (double) i / (double) (n - 1) - 0.8;
			p[i].total_variance = svi_variance(&given, p[i].log_moneyness);
		}
		assert_int_equal(svi_fit(p, n, NULL, &fit, &rmse), CORE_OK);
		assert_true(rmse < 1e-8);
		for (double k = -0.7; k < 0.7; k += 0.05)
			assert_true(fabs(svi_variance(&fit, k) - svi_variance(&given, k)) < 1e-6);
	}
}

/* No neighbour in any parameter is better. */
static void
fits_are_least_squares(void **state)
{
	(void) state;
	for (int round = 0; round < 50; round++)
	{
		smile_point p[20];
		svi_slice	fit;
		double		rmse;

		for (int i = 0; i < 20; i++)
			p[i] = (smile_point) {i / 10.0 - 1, 0.05 + pow(i / 10.0 - 1.1, 2) / 5 + 0.01 * next_fraction(&seed)};
		assert_int_equal(svi_fit(p, 20, NULL, &fit, &rmse), CORE_OK);
		assert_true(fit.b >= 0 && fabs(fit.rho) < 1 && fit.sigma > 0);
		for (int k = 0; k < 10; k++)
		{
			svi_slice	near = fit;
			double		sum = 0;

			((double *) &near)[k / 2] *= k % 2 == 0 ? 1.001 : 0.999;
			for (int i = 0; i < 20; i++)
				sum += pow(svi_variance(&near, p[i].log_moneyness) - p[i].total_variance, 2);
			assert_true(sqrt(sum / 20) >= rmse * (1 - 1e-9));
		}
	}
}

/* The formula as it stands, in long double, away from the money */
static void
sabr_by_its_formula(void **state)
{
	(void) state;
	for (int round = 0; round < 5000; round++)
	{
		long double f = 100, k = 100 * expl(3 * next_fraction(&seed) - 1.5L), t = next_fraction(&seed);
		sabr_terms	s = {0.1 + next_fraction(&seed), next_fraction(&seed), 1.8 * next_fraction(&seed) - 0.9,
			0.01 + next_fraction(&seed)};
		long double b = 1 - (long double) s.beta, l = logl(f / (double) k), m = powl(f * (double) k, b / 2);
		long double z = s.nu / s.alpha * m * l;
		long double x = logl((sqrtl(1 - 2 * s.rho * z + z * z) + z - s.rho) / (1 - s.rho));
		long double growth = b * b / 24 * s.alpha * s.alpha / m / m + s.rho * s.beta * s.nu * s.alpha / 4 / m +
			(2 - 3 * (long double) s.rho * s.rho) / 24 * s.nu * s.nu;
		long double want = s.alpha / m / (1 + b * b * l * l / 24 + powl(b * l, 4) / 1920) * z / x *
			(1 + growth * (double) t);
		double		v;

		if (fabsl(z) < 1e-4 || want <= 0)
			continue;
		assert_int_equal(sabr_volatility((double) k, 100, (double) t, &s, &v), CORE_OK);
		assert_close(v, (double) want, 1e-11);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(variance_by_its_definition),
		cmocka_unit_test(no_variance),
		cmocka_unit_test(exact_slices_come_back),
		cmocka_unit_test(fits_are_least_squares),
		cmocka_unit_test(sabr_by_its_formula),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
