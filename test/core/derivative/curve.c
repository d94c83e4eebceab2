/*-------------------------------------------------------------------------
 *
 * test_curve.c
 *	  Curves between their nodes against integrals of their forward rates, rates
 *	  and bonds in long double, and fits of Nelson and Siegel against plain
 *	  elimination.
 *
 *-------------------------------------------------------------------------
 */
#include "test.h"

#include <math.h>
#include <stdbool.h>

#include "core/derivative/bond.h"
#include "core/derivative/curve.h"
#include "core/derivative/nelson_siegel.h"

#define MAX_NODES	12

static uint64_t seed = 7;

typedef struct random_curve
{
	double		years[MAX_NODES];
	double		factors[MAX_NODES];
	discount_curve curve;
} random_curve;

/* Nodes up to some years, with forward rates of all signs. */
static void
make_curve(random_curve *r, size_t n)
{
	double		t = 0;
	double		growth = 0;

	for (size_t i = 0; i < n; i++)
	{
		double		step = 0.01 + next_fraction(&seed);

		t += step;
		growth += step * (next_fraction(&seed) * 0.2 - 0.05);
		r->years[i] = t;
		r->factors[i] = exp(-growth);
	}
	r->curve = (discount_curve) {(const char *) r->years, (const char *) r->factors, n};
}

static double
log_discount(const random_curve *r, double years, curve_method method)
{
	double		result;

	assert_int_equal(curve_log_discount(&r->curve, years, method, &result), CORE_OK);
	return result;
}

/* ---------- monotone convex ---------- */

/* The forward rates at the ends of piece i and its mean, all from the definition. */
static void
piece_forwards(const random_curve *r, size_t i, double *f0, double *f1, double *mean)
{
	double		fd[MAX_NODES + 1],
				tau[MAX_NODES + 1],
				f[MAX_NODES + 1];
	size_t		n = r->curve.n;

	for (size_t k = 1; k <= n; k++)
	{
		tau[k] = r->years[k - 1] - (k == 1 ? 0 : r->years[k - 2]);
		fd[k] = (log(k == 1 ? 1 : r->factors[k - 2]) - log(r->factors[k - 1])) / tau[k];
	}
	for (size_t k = 1; k < n; k++)
		f[k] = (tau[k] * fd[k + 1] + tau[k + 1] * fd[k]) / (tau[k] + tau[k + 1]);
	f[0] = n == 1 ? fd[1] : 1.5 * fd[1] - 0.5 * f[1];
	f[n] = n == 1 ? fd[1] : 1.5 * fd[n] - 0.5 * f[n - 1];
	*f0 = f[i - 1];
	*f1 = f[i];
	*mean = fd[i];
}

/* g as Hagan and West write it, section 6, equations 32 to 38 */
static double
g_of_paper(double g0, double g1, double x)
{
	double		eta,
				a;

	if (g0 == 0 && g1 == 0)
		return 0;
	if ((g0 < 0 && -0.5 * g0 <= g1 && g1 <= -2 * g0) || (g0 > 0 && -0.5 * g0 >= g1 && g1 >= -2 * g0))
		return g0 * (1 - 4 * x + 3 * x * x) + g1 * (-2 * x + 3 * x * x);
	if ((g0 < 0 && g1 > -2 * g0) || (g0 > 0 && g1 < -2 * g0))
	{
		eta = (g1 + 2 * g0) / (g1 - g0);
		return x <= eta ? g0 : g0 + (g1 - g0) * pow((x - eta) / (1 - eta), 2);
	}
	if ((g0 > 0 && 0 > g1 && g1 > -0.5 * g0) || (g0 < 0 && 0 < g1 && g1 < -0.5 * g0))
	{
		eta = 3 * g1 / (g1 - g0);
		return x < eta ? g1 + (g0 - g1) * pow((eta - x) / eta, 2) : g1;
	}
	eta = g1 / (g1 + g0);
	a = -g0 * g1 / (g0 + g1);
	return x <= eta ? a + (g0 - a) * pow((eta - x) / eta, 2) : a + (g1 - a) * pow((x - eta) / (1 - eta), 2);
}

/* The curve is the sum of its forward rates, in many small steps. */
static void
test_monotone_convex_integrates_its_forwards(void **state)
{
	enum {STEPS = 20000};

	(void) state;
	for (int k = 0; k < 40; k++)
	{
		random_curve r;
		double		f0,
					f1,
					mean,
					from,
					to,
					sum = 0;
		size_t		i;

		make_curve(&r, 1 + k % MAX_NODES);
		i = 1 + next_random(&seed) % r.curve.n;
		piece_forwards(&r, i, &f0, &f1, &mean);
		from = i == 1 ? 0 : r.years[i - 2];
		to = r.years[i - 1];
		for (int step = 0; step < STEPS; step++)
		{
			double		x = (step + 0.5) / STEPS;

			sum += (mean + g_of_paper(f0 - mean, f1 - mean, x)) / STEPS * (to - from);
			if (step % 1999 == 1998)
				assert_true(fabs(log_discount(&r, from, CURVE_MONOTONE_CONVEX) + sum -
								 log_discount(&r, from + (to - from) * (step + 1) / STEPS,
											  CURVE_MONOTONE_CONVEX)) < 1e-9);
		}
	}
}

/* Whatever the way, a curve meets its nodes from both sides. */
static void
test_nodes_are_met(void **state)
{
	(void) state;
	for (int k = 0; k < 300; k++)
		for (curve_method method = CURVE_LOG_LINEAR; method <= CURVE_MONOTONE_CONVEX; method++)
		{
			random_curve r;
			double		factor;

			make_curve(&r, 1 + k % MAX_NODES);
			for (size_t i = 0; i < r.curve.n; i++)
			{
				assert_int_equal(curve_discount_factor(&r.curve, r.years[i], method, &factor), CORE_OK);
				assert_same(factor, r.factors[i]);
				assert_int_equal(curve_discount_factor(&r.curve, r.years[i] * (1 - 1e-12), method,
													   &factor), CORE_OK);
				assert_close(factor, r.factors[i], 1e-11);
			}
			assert_int_equal(curve_discount_factor(&r.curve, nextafter(r.years[r.curve.n - 1], 99),
												   method, &factor), CORE_NULL);
			assert_int_equal(curve_discount_factor(&r.curve, 0, method, &factor), CORE_OK);
			assert_same(factor, 1.0);
		}
}

/* The two simple ways, by their own words */
static void
test_lines_are_lines(void **state)
{
	(void) state;
	for (int k = 0; k < 2000; k++)
	{
		random_curve r;
		double		part = next_fraction(&seed);
		size_t		i;
		double		t0,
					t1,
					l0,
					l1,
					t;

		make_curve(&r, 2 + k % (MAX_NODES - 1));
		i = 1 + next_random(&seed) % (r.curve.n - 1);
		t0 = r.years[i - 1];
		t1 = r.years[i];
		l0 = -log(r.factors[i - 1]);
		l1 = -log(r.factors[i]);
		t = t0 + part * (t1 - t0);
		assert_true(fabs(log_discount(&r, t, CURVE_LOG_LINEAR) - (l0 + part * (l1 - l0))) < 1e-14);
		assert_true(fabs(log_discount(&r, t, CURVE_LINEAR_ZERO) -
						 t * (l0 / t0 + part * (l1 / t1 - l0 / t0))) < 1e-13);
		t = part * r.years[0];
		l1 = -log(r.factors[0]) * part;
		assert_true(fabs(log_discount(&r, t, CURVE_LOG_LINEAR) - l1) < 1e-15);
		assert_true(fabs(log_discount(&r, t, CURVE_LINEAR_ZERO) - l1) < 1e-15);
	}
}

/* ---------- rates and bonds ---------- */

/* Against powers in long double */
static void
test_rates_in_long_double(void **state)
{
	(void) state;
	for (int k = 0; k < 20000; k++)
	{
		double		periods = 1 + next_random(&seed) % 365;
		double		rate = next_fraction(&seed) * 1.5 - 0.5;
		double		years = pow(10, next_fraction(&seed) * 4 - 3);
		double		factor,
					back;
		long double exact = powl(1 + (long double) rate / periods, -(long double) periods * years);

		assert_int_equal(bond_discount_factor(rate, years, periods, &factor), CORE_OK);
		assert_close(factor, (double) exact, 1e-14);
		assert_int_equal(bond_zero_rate(factor, years, periods, &back), CORE_OK);
		/* as far as the factor's own rounding tells rates apart */
		assert_true(fabs(back - rate) <= 1e-14 + 4e-16 / years * (2 + fabs(rate)));
	}
}

/* Prices of long double at a yield give the yield back. */
static void
test_yields_undo_prices(void **state)
{
	(void) state;
	for (int k = 0; k < 3000; k++)
	{
		double		times[MAX_NODES],
					amounts[MAX_NODES];
		cash_flow	room[MAX_NODES + 1];
		size_t		n = 1 + k % MAX_NODES;
		double		periods = k % 3 == 0 ? INFINITY : 1 + k % 4;
		double		yield = next_fraction(&seed) * 1.2 - 0.4;
		long double price = 0;
		bond_flows	flows = {times, amounts, n, NULL};
		double		found;

		for (size_t i = 0; i < n; i++)
		{
			times[i] = (i == 0 ? 0 : times[i - 1]) + 0.05 + next_fraction(&seed);
			amounts[i] = next_fraction(&seed);
			price += amounts[i] * (isinf(periods) ? expl(-(long double) yield * times[i]) :
								   powl(1 + (long double) yield / periods, -(long double) periods * times[i]));
		}
		assert_int_equal(bond_yield((double) price, &flows, periods, room, &found), CORE_OK);
		assert_true(fabs(found - yield) < 1e-13 / times[0]);
	}
}

/* ---------- Nelson and Siegel ---------- */

/* A system of three equations by elimination with pivots, in long double */
static void
eliminate(long double m[3][4], long double *x)
{
	for (int c = 0; c < 3; c++)
	{
		int			pivot = c;

		for (int row = c + 1; row < 3; row++)
			if (fabsl(m[row][c]) > fabsl(m[pivot][c]))
				pivot = row;
		for (int j = 0; j < 4; j++)
		{
			long double swap = m[c][j];

			m[c][j] = m[pivot][j];
			m[pivot][j] = swap;
		}
		for (int row = 0; row < 3; row++)
			for (int j = 3; row != c && j >= c; j--)
				m[row][j] -= m[row][c] / m[c][c] * m[c][j];
	}
	for (int c = 0; c < 3; c++)
		x[c] = m[c][3] / m[c][c];
}

/* The same points by both, and the error that is left by each point. */
static void
test_fit_by_elimination(void **state)
{
	(void) state;
	for (int k = 0; k < 300; k++)
	{
		double		tau = 0.2 + 5 * next_fraction(&seed);
		long double m[3][4] = {{0}};
		long double x[3];
		nelson_siegel_summary s;
		nelson_siegel_curve fit;
		double		times[30],
					rates[30];
		double		left = 0;
		int			n = 4 + k % 27;

		nelson_siegel_init(&s, tau);
		for (int i = 0; i < n; i++)
		{
			long double ratio,
						basis[4];

			times[i] = 0.02 + 8 * next_fraction(&seed);
			rates[i] = next_fraction(&seed) * 0.1;
			ratio = (long double) times[i] / tau;
			basis[0] = 1;
			basis[1] = -expm1l(-ratio) / ratio;
			basis[2] = basis[1] - expl(-ratio);
			basis[3] = rates[i];
			for (int a = 0; a < 3; a++)
				for (int b = 0; b < 4; b++)
					m[a][b] += basis[a] * basis[b];
			assert_int_equal(nelson_siegel_add(&s, times[i], rates[i]), CORE_OK);
		}
		eliminate(m, x);
		assert_int_equal(nelson_siegel_fit(&s, &fit), CORE_OK);
		for (int c = 0; c < 3; c++)
			assert_true(fabs(fit.beta[c] - (double) x[c]) < 1e-9 * (1 + fabs((double) x[c])));
		for (int i = 0; i < n; i++)
			left += pow(rates[i] - nelson_siegel_rate(times[i], fit.beta, tau), 2);
		assert_true(fabs(fit.rmse - sqrt(left / n)) < 1e-12);
	}
}

/* Merged from parts in any order, the sums are the same in every bit. */
static void
test_sums_merge(void **state)
{
	(void) state;
	for (int k = 0; k < 100; k++)
	{
		nelson_siegel_summary whole,
					parts[3];

		nelson_siegel_init(&whole, 1.5);
		for (int p = 0; p < 3; p++)
			nelson_siegel_init(&parts[p], 1.5);
		for (int i = 0; i < 50; i++)
		{
			double		t = next_fraction(&seed) * pow(10, (double) (next_random(&seed) % 6) - 3);
			double		rate = (next_fraction(&seed) - 0.5) * pow(10, (double) (next_random(&seed) % 30) - 15);

			nelson_siegel_add(&whole, t, rate);
			nelson_siegel_add(&parts[next_random(&seed) % 3], t, rate);
		}
		nelson_siegel_merge(&parts[2], &parts[0]);
		nelson_siegel_merge(&parts[2], &parts[1]);
		assert_true(nelson_siegel_is_valid(&whole));
		for (int i = 0; i < NELSON_SIEGEL_SUMS; i++)
			assert_int_equal(binned_cmp(&whole.sum[i], &parts[2].sum[i]), 0);
	}
}

/* The search finds the curve that made its points. */
static void
test_search_recovers(void **state)
{
	(void) state;
	for (int k = 0; k < 60; k++)
	{
		double		beta[3] = {0.05, -0.04 + 0.08 * next_fraction(&seed), 0.01 + 0.05 * next_fraction(&seed)};
		double		tau = 0.1 + 5 * next_fraction(&seed);
		weighted_value points[25];
		nelson_siegel_curve fit;

		for (int i = 0; i < 25; i++)
		{
			points[i].weight = 0.05 + i * 0.4;
			points[i].value = nelson_siegel_rate(points[i].weight, beta, tau);
		}
		assert_int_equal(nelson_siegel_search(points, 25, NULL, &fit), CORE_OK);
		assert_true(fit.rmse < 1e-10);
		assert_close(fit.tau, tau, 1e-6);
	}
}

/* The series of the hump for small x meets the formula for others. */
static void
test_loadings(void **state)
{
	const double hump[3] = {0, 0, 1};

	(void) state;
	for (int k = 0; k < 2000; k++)
	{
		double		x = pow(10, next_fraction(&seed) * 6 - 4);
		long double exact = (-expm1l(-(long double) x)) / x - expl(-(long double) x);

		assert_close(nelson_siegel_rate(x, hump, 1), (double) exact, 1e-14 + 1e-19 / x);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_monotone_convex_integrates_its_forwards),
		cmocka_unit_test(test_nodes_are_met),
		cmocka_unit_test(test_lines_are_lines),
		cmocka_unit_test(test_rates_in_long_double),
		cmocka_unit_test(test_yields_undo_prices),
		cmocka_unit_test(test_fit_by_elimination),
		cmocka_unit_test(test_sums_merge),
		cmocka_unit_test(test_search_recovers),
		cmocka_unit_test(test_loadings)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
