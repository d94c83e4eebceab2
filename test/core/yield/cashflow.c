/*
 * Unit tests of core/yield/cashflow.c: published vectors, laws, and a search in long
 * double over all of the rates as an independent reference.
 */
#include "test.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/yield/apr.h"
#include "core/yield/cashflow.h"
#include "vectors.h"

#define DAY			INT64_C(86400000000)
#define YEAR		(365 * DAY)
#define MAX_FLOWS	2000
#define MAX_ROOTS	64

static int	polls;

static void
count_poll(void)
{
	polls++;
}

/* days since 1970 of a date YYYY-MM-DD (civil calendar) */
static int64_t
date_time(const char *text)
{
	int			year = atoi(text);
	int			month = atoi(text + 5);
	int			day = atoi(text + 8);
	int			y = month <= 2 ? year - 1 : year;
	int			era = (y >= 0 ? y : y - 399) / 400;
	int			of_era = y - era * 400;
	int			of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int			days = of_era * 365 + of_era / 4 - of_era / 100 + of_year;

	return ((int64_t) era * 146097 + days - 719468) * DAY;
}

/* The elements of an array's text, {a,b,c}; returns how many. */
static size_t
read_flows(char *times, char *amounts, cash_flow *flows)
{
	size_t		n = 0;

	for (char *t = times, *a = amounts; t != NULL && a != NULL; n++)
	{
		flows[n].time = date_time(t + 1);
		flows[n].amount = strtod(a + 1, NULL);
		t = strchr(t + 1, ',');
		a = strchr(a + 1, ',');
	}
	return n;
}

static int
compare_flows(const void *a, const void *b)
{
	const cash_flow *x = a;
	const cash_flow *y = b;

	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return (x->amount > y->amount) - (x->amount < y->amount);
}

/* Of flows in any order, which are kept. */
static core_status
xirr_of(const cash_flow *flows, size_t n, double *rate)
{
	static cash_flow copy[MAX_FLOWS];

	memcpy(copy, flows, n * sizeof(cash_flow));
	qsort(copy, n, sizeof(cash_flow), compare_flows);
	return cash_xirr(copy, n, count_poll, rate);
}

static double
xnpv_of(const cash_flow *flows, size_t n, double rate)
{
	static cash_flow copy[MAX_FLOWS];
	double		value;

	memcpy(copy, flows, n * sizeof(cash_flow));
	qsort(copy, n, sizeof(cash_flow), compare_flows);
	assert_int_equal(cash_xnpv(copy, n, rate, NULL, &value), CORE_OK);
	return value;
}

static void
check_vectors(const char *path, int least)
{
	vectors		v = vectors_open(path);
	static cash_flow flows[MAX_FLOWS];

	while (vectors_next(&v))
	{
		size_t		n = read_flows(vectors_get(&v, "ts"), vectors_get(&v, "amount"), flows);
		const char *expected = vectors_get(&v, "expected");
		double		tol = strtod(vectors_get(&v, "tol"), NULL);
		double		rate = NAN;
		core_status status = xirr_of(flows, n, &rate);

		if (status != (*expected == '\0' ? CORE_NULL : CORE_OK) ||
			(*expected != '\0' && !(fabs(rate - strtod(expected, NULL)) <=
									fmax(tol * fabs(rate), 1e-12))))
		{
			print_error("%s: %.17g, expected %s\n", vectors_get(&v, "source"), rate, expected);
			fail();
		}
	}
	assert_true(v.num_rows >= least);
	vectors_close(&v);
}

static void
xirr_vectors(void **state)
{
	(void) state;
	check_vectors("test/vectors/yield/xirr.csv", 40);
	check_vectors("test/vectors/yield/xirr_issues.csv", 10);
	assert_true(polls > 0);
}

/* ---------- against long double ---------- */

/* f at x, relative to the moment that weighs most */
static long double
exact_value(const cash_flow *flows, size_t n, int64_t first, long double x)
{
	long double sum = 0;
	int64_t		from = first;

	for (size_t i = 0; x < 0 && i < n; i++)
		from = flows[i].time > from ? flows[i].time : from;
	for (size_t i = 0; i < n; i++)
		sum += flows[i].amount * expl(-x * (long double) (flows[i].time - from) / YEAR);
	return sum;
}

/* All roots with |ln(1 + r)| up to 14, in order, and whether f rises there. */
static size_t
exact_roots(const cash_flow *flows, size_t n, long double *roots, bool *rises)
{
	int64_t		first = flows[0].time;
	size_t		found = 0;
	long double a = -14;
	long double fa;

	for (size_t i = 0; i < n; i++)
		first = flows[i].time < first ? flows[i].time : first;
	fa = exact_value(flows, n, first, a);
	for (int i = 1; i <= 5600; i++)
	{
		long double b = -14 + i * 0.005L;
		long double fb = exact_value(flows, n, first, b);

		if ((fa > 0) != (fb > 0) && found < MAX_ROOTS)
		{
			long double lo = a;
			long double hi = b;

			for (int k = 0; k < 80; k++)
			{
				long double mid = (lo + hi) / 2;

				if ((exact_value(flows, n, first, mid) > 0) == (fa > 0))
					lo = mid;
				else
					hi = mid;
			}
			rises[found] = fa < 0;
			roots[found++] = lo;
		}
		a = b;
		fa = fb;
	}
	return found;
}

/* The documented choice among all roots, in ascending order. */
static long double
exact_choice(const long double *roots, const bool *rises, size_t n, bool gain)
{
	long double best = NAN;

	for (size_t i = 0; gain && i < n; i++)
	{
		if (!rises[i] && roots[i] > logl(0.01L) && roots[i] <= logl(101.0L) && !(best > 0))
			best = roots[i];
	}
	for (size_t i = 0; isnan(best) && i < n; i++)
	{
		bool		nearest = true;

		for (size_t k = 0; k < n; k++)
			nearest &= fabsl(roots[i]) <= fabsl(roots[k]);
		if (nearest)
			best = roots[i];
	}
	return best;
}

/*
 * Made-up portfolios: mostly payments then a value, as people have, and wholly
 * random ones, which have up to many roots.
 */
static size_t
make_flows(uint64_t *seed, int kind, cash_flow *flows)
{
	size_t		n = 2 + next_random(seed) % 12;
	double		years = kind % 2 == 0 ? 1 : 6;
	double		total = 0;

	for (size_t i = 0; i < n; i++)
	{
		double		size = exp(4 * next_fraction(seed));
		bool		in = kind < 2 ? next_random(seed) % 4 == 0 : next_random(seed) % 2 == 0;

		flows[i].time = INT64_C(700000000000000) +
			(int64_t) (next_fraction(seed) * years * (double) YEAR);
		flows[i].amount = in ? size : -size;
		total += flows[i].amount;
	}
	if (kind < 2)
	{
		flows[n - 1].time = INT64_C(700000000000000) + (int64_t) (years * 1.01 * (double) YEAR);
		flows[n - 1].amount = fabs(total) * (0.2 + 2 * next_fraction(seed));
	}
	return n;
}

static void
xirr_agrees_with_long_double(void **state)
{
	uint64_t	seed = 11;
	int			several = 0;
	int			none = 0;

	(void) state;
	for (int round = 0; round < 600; round++)
	{
		cash_flow	flows[16];
		long double roots[MAX_ROOTS];
		bool		rises[MAX_ROOTS];
		size_t		n = make_flows(&seed, round % 4, flows);
		size_t		found = exact_roots(flows, n, roots, rises);
		long double total = 0;
		long double expected;
		double		rate = NAN;
		core_status status = xirr_of(flows, n, &rate);

		for (size_t i = 0; i < n; i++)
			total += flows[i].amount;
		expected = exact_choice(roots, rises, found, total > 0);
		several += found > 1;
		none += found == 0;
		if (found == 0)
		{
			/* at most one where the reference does not look */
			assert_true(status == CORE_NULL || fabs(log1p(rate)) > 13.99);
			continue;
		}
		assert_int_equal(status, CORE_OK);
		if (!(fabsl(rate - expm1l(expected)) <= 1e-11L * (1 + fabsl(expm1l(expected)))))
		{
			print_error("round %d: %.17g, expected %.17Lg of %zu roots\n", round, rate,
						expm1l(expected), found);
			fail();
		}
	}
	assert_true(several > 50 && none > 50);
}

/* ---------- laws ---------- */

static void
shuffle(uint64_t *seed, cash_flow *flows, size_t n)
{
	for (size_t i = n - 1; i > 0; i--)
	{
		size_t		j = next_random(seed) % (i + 1);
		cash_flow	swap = flows[i];

		flows[i] = flows[j];
		flows[j] = swap;
	}
}

static void
laws_of_xirr(void **state)
{
	uint64_t	seed = 12;

	(void) state;
	for (int round = 0; round < 2000; round++)
	{
		cash_flow	flows[32];
		cash_flow	other[32];
		size_t		n = make_flows(&seed, round % 4, flows);
		double		rate,
					changed,
					gross = 0;

		if (xirr_of(flows, n, &rate) != CORE_OK)
			continue;
		/* the present value of all is zero */
		if (rate > -0.99 && rate < 1e3)
		{
			for (size_t i = 0; i < n; i++)
			{
				cash_flow	one[2] = {flows[i], flows[i]};

				one[1].amount = 0;
				for (size_t k = 0; k < n; k++)
					one[1].time = flows[k].time < one[1].time ? flows[k].time : one[1].time;
				gross += fabs(xnpv_of(one, 2, rate));
			}
			assert_true(fabs(xnpv_of(flows, n, rate)) <= 1e-12 * gross);
		}
		/* any order of rows */
		memcpy(other, flows, sizeof(flows));
		shuffle(&seed, other, n);
		assert_int_equal(xirr_of(other, n, &changed), CORE_OK);
		assert_same(changed, rate);
		/* any unit, any epoch */
		for (size_t i = 0; i < n; i++)
		{
			other[i].amount *= 1024;
			other[i].time -= 12345 * DAY + 6789;
		}
		assert_int_equal(xirr_of(other, n, &changed), CORE_OK);
		assert_same(changed, rate);
		/* a flow in two halves, and one of nothing */
		flows[n] = flows[0];
		flows[0].amount /= 2;
		flows[n].amount /= 2;
		flows[n + 1] = (cash_flow) {.time = flows[0].time - YEAR, .amount = 0};
		flows[n + 2] = (cash_flow) {.time = flows[0].time + 9 * YEAR, .amount = 0};
		assert_int_equal(xirr_of(flows, n + 1, &changed), CORE_OK);
		assert_same(changed, rate);
		assert_int_equal(xirr_of(flows, n + 3, &changed), CORE_OK);
		assert_same(changed, rate);
	}
}

static void
two_flows_have_an_apy(void **state)
{
	uint64_t	seed = 13;

	(void) state;
	for (int round = 0; round < 20000; round++)
	{
		double		paid = exp(40 * next_fraction(&seed) - 20);
		double		got = paid * exp((next_fraction(&seed) - 0.5) * (round % 2 ? 0.1 : 20));
		int64_t		span = 1 + (int64_t) (next_fraction(&seed) * 5 * (double) YEAR);
		cash_flow	flows[2] = {{{.time = 0}, -paid}, {{.time = span}, got}};
		double		rate = NAN,
					apy = NAN;
		core_status status = xirr_of(flows, 2, &rate);

		assert_int_equal(status, yield_apy(paid, got, 0, span, 365, &apy));
		if (status == CORE_OK)
			assert_same(rate, apy);
		/* who borrows pays what who lends gets */
		flows[0].amount = paid;
		flows[1].amount = -got;
		assert_int_equal(status, xirr_of(flows, 2, &rate));
		if (status == CORE_OK)
			assert_same(rate, apy);
	}
}

static void
edges_of_xirr(void **state)
{
	cash_flow	flows[4] = {{{.time = 0}, -1}, {{.time = YEAR}, 0}, {{.time = 2 * YEAR}, 4}};
	double		rate;

	(void) state;
	assert_int_equal(xirr_of(flows, 0, &rate), CORE_NULL);
	assert_int_equal(xirr_of(flows, 1, &rate), CORE_NULL);
	assert_int_equal(xirr_of(flows, 2, &rate), CORE_NULL);
	assert_int_equal(xirr_of(flows, 3, &rate), CORE_OK);
	assert_close(rate, 1.0, 1e-15);
	flows[2].amount = -4;
	assert_int_equal(xirr_of(flows, 3, &rate), CORE_NULL);
	/* all at one time */
	flows[1] = (cash_flow) {.time = 0, .amount = 1};
	assert_int_equal(xirr_of(flows, 2, &rate), CORE_NULL);
	/* flows that cancel are none */
	flows[2] = (cash_flow) {.time = DAY, .amount = 5};
	assert_int_equal(xirr_of(flows, 3, &rate), CORE_NULL);
	/* what came back is just what was paid */
	flows[1] = (cash_flow) {.time = DAY, .amount = 0.25};
	flows[2] = (cash_flow) {.time = 3 * DAY, .amount = 0.75};
	assert_int_equal(xirr_of(flows, 3, &rate), CORE_OK);
	assert_same(rate, 0);
	/* beyond a double, and below what tells it from -1 */
	flows[1].amount = 100;
	assert_int_equal(xirr_of(flows, 3, &rate), CORE_NULL);
	flows[1].amount = flows[2].amount = 1e-3;
	assert_int_equal(xirr_of(flows, 3, &rate), CORE_OK);
	assert_same(rate, -1);
	/* a loss with two sign changes of which one rate rounds to -1 */
	flows[2] = (cash_flow) {.time = 2 * DAY, .amount = -1e-3};
	flows[3] = (cash_flow) {.time = 3 * DAY, .amount = 1e-2};
	assert_int_equal(xirr_of(flows, 4, &rate), CORE_OK);
	assert_same(rate, -1);
}

/* amounts of all sizes, times as far apart as they can be */
static void
extremes_of_xirr(void **state)
{
	cash_flow	flows[3] = {{{.time = INT64_MIN}, -DBL_MAX}, {{.time = 0}, DBL_MAX},
	{{.time = INT64_MAX}, DBL_MAX}};
	double		rate;

	(void) state;
	assert_int_equal(xirr_of(flows, 3, &rate), CORE_OK);
	assert_true(rate > 0 && rate < 1e-5);
	flows[0].amount = -DBL_TRUE_MIN;
	flows[1].amount = DBL_TRUE_MIN;
	flows[2].amount = DBL_TRUE_MIN;
	assert_int_equal(xirr_of(flows, 3, &rate), CORE_OK);
	assert_true(rate > 0 && rate < 1e-5);
	flows[0].time = 0;
	flows[1].time = 1;
	flows[2].time = 2;
	assert_int_equal(xirr_of(flows, 3, &rate), CORE_NULL);
	flows[2].amount = -DBL_MAX;
	assert_true(xirr_of(flows, 3, &rate) == CORE_NULL || (rate >= -1 && rate <= DBL_MAX));
	flows[2].time = INT64_MAX;
	assert_true(xirr_of(flows, 3, &rate) == CORE_NULL || (rate >= -1 && rate <= DBL_MAX));
}

/* Random bits as flows: always an answer or none, never NaN, never endless. */
static void
any_flows_at_all(void **state)
{
	uint64_t	seed = 14;

	(void) state;
	for (int round = 0; round < 3000; round++)
	{
		cash_flow	flows[12];
		size_t		n = next_random(&seed) % 12;
		int			shift = (int) (next_random(&seed) % 60);
		double		rate;

		for (size_t i = 0; i < n; i++)
		{
			uint64_t	bits = next_random(&seed);

			flows[i].time = (int64_t) next_random(&seed) >> shift;
			memcpy(&flows[i].amount, &bits, sizeof(bits));
			if (!isfinite(flows[i].amount))
				flows[i].amount = 1;
		}
		if (xirr_of(flows, n, &rate) == CORE_OK)
			assert_true(rate >= -1 && rate <= DBL_MAX);
	}
}

/* ---------- equal steps ---------- */

static size_t
steps(const double *amounts, size_t n, cash_flow *flows)
{
	for (size_t i = 0; i < n; i++)
		flows[i] = (cash_flow) {.when = (double) i, .amount = amounts[i]};
	return n;
}

static void
rates_of_equal_steps(void **state)
{
	const double loan[] = {-1000, 300, 400, 500};
	const double two[] = {-1000, 2300, -1320};	/* 10 % and 20 %, a loss of 20 */
	cash_flow	flows[4];
	double		rate,
				value;

	(void) state;
	assert_int_equal(cash_irr(flows, steps(loan, 4, flows), NULL, &rate), CORE_OK);
	assert_int_equal(cash_npv(flows, steps(loan, 4, flows), rate, NULL, &value), CORE_OK);
	assert_true(fabs(value) < 1e-12 * 2200);
	assert_int_equal(cash_irr(flows, steps(two, 3, flows), NULL, &rate), CORE_OK);
	assert_close(rate, 0.1, 1e-12);
	assert_int_equal(cash_npv(flows, steps(two, 3, flows), 0, NULL, &value), CORE_OK);
	assert_same(value, -20);
	assert_int_equal(cash_npv(flows, steps(two, 3, flows), -1, NULL, &value), CORE_NULL);
	assert_int_equal(cash_npv(flows, 3, -0.5, NULL, &value), CORE_OK);
	assert_close(value, -1000.0 + 4600 - 5280, 1e-14);
	flows[0].amount = flows[1].amount = DBL_MAX;
	assert_int_equal(cash_npv(flows, 3, 0, NULL, &value), CORE_OUT_OF_RANGE);
	assert_int_equal(cash_mirr(flows, 3, 0, 0, NULL, &value), CORE_OUT_OF_RANGE);
	steps(loan, 4, flows);
	assert_int_equal(cash_mirr(flows, 4, rate, -1, NULL, &value), CORE_NULL);
	assert_int_equal(cash_mirr(flows, 1, 0, 0, NULL, &value), CORE_NULL);
	/* with the rate itself as both, the modified rate is the rate */
	assert_int_equal(cash_irr(flows, 4, NULL, &rate), CORE_OK);
	steps(loan, 4, flows);
	assert_int_equal(cash_mirr(flows, 4, rate, rate, NULL, &value), CORE_OK);
	assert_close(value, rate, 1e-13);
}

/* ---------- linked returns ---------- */

static void
linked_returns(void **state)
{
	/* doubles, gets 100 more, loses a quarter, is emptied, comes back later */
	valuation	rows[] = {{0, 0, 100}, {YEAR, 200, 100}, {2 * YEAR, 225, -225},
	{3 * YEAR, 0, 50}, {4 * YEAR, 60, 1e9}};
	double		result;

	(void) state;
	assert_int_equal(cash_twr(rows, 5, NULL, &result), CORE_OK);
	assert_close(result, 2 * 0.75 * 1.2 - 1, 1e-14);
	assert_int_equal(cash_twr_apy(rows, 5, NULL, &result), CORE_OK);
	assert_close(result, sqrt(sqrt(1.8)) - 1, 1e-14);
	assert_int_equal(cash_twr(rows, 1, NULL, &result), CORE_NULL);
	assert_int_equal(cash_twr(rows, 0, NULL, &result), CORE_NULL);
	rows[2].flow = -300;		/* more than there was */
	assert_int_equal(cash_twr(rows, 5, NULL, &result), CORE_NULL);
	rows[2].flow = -225;
	rows[3].value = 1;			/* something of nothing */
	assert_int_equal(cash_twr(rows, 5, NULL, &result), CORE_NULL);
	rows[3].value = 0;
	rows[4].value = 0;			/* all lost */
	assert_int_equal(cash_twr(rows, 5, NULL, &result), CORE_OK);
	assert_same(result, -1);
	assert_int_equal(cash_twr_apy(rows, 5, NULL, &result), CORE_OK);
	assert_same(result, -1);
	/* flows at one time, of which the greatest value counts */
	rows[2] = (valuation) {YEAR, 200, -150};
	rows[1] = (valuation) {YEAR, 190, 100};
	rows[3] = (valuation) {2 * YEAR, 300, 0};
	assert_int_equal(cash_twr(rows, 4, NULL, &result), CORE_OK);
	assert_close(result, 2.0 * 2 - 1, 1e-15);
}

static void
modified_dietz(void **state)
{
	cash_flow	flows[] = {{{.time = 0}, -100}, {{.time = YEAR / 2}, -50}, {{.time = YEAR}, 180}};
	double		result;

	(void) state;
	assert_int_equal(cash_modified_dietz(flows, 3, NULL, &result), CORE_OK);
	assert_close(result, 30.0 / 125, 1e-15);
	flows[0] = (cash_flow) {.time = 0, .amount = 100};
	flows[1] = (cash_flow) {.time = YEAR, .amount = 1};
	assert_int_equal(cash_modified_dietz(flows, 2, NULL, &result), CORE_NULL);
	flows[0] = (cash_flow) {.time = YEAR, .amount = -1};
	flows[1] = (cash_flow) {.time = YEAR, .amount = 1};
	assert_int_equal(cash_modified_dietz(flows, 2, NULL, &result), CORE_NULL);
}

/* ---------- vaults ---------- */

static void
fees_of_a_vault(void **state)
{
	cash_flow	prices[] = {{{.time = 0}, 1}, {{.time = YEAR}, 1.5}, {{.time = YEAR}, 1.4},
	{{.time = 2 * YEAR}, 1.2}, {{.time = 3 * YEAR}, 3}};
	vault_account a;
	double		net = 1;

	(void) state;
	assert_int_equal(vault_crystallize(1.5, 1.25, 0, YEAR / 2, 0.02, 0.2, 365, &a), CORE_OK);
	assert_close(a.management, 0.015, 1e-15);
	assert_close(a.performance, 0.2 * 0.235, 1e-14);
	assert_close(a.net_price, 1.5 - 0.015 - 0.047, 1e-15);
	assert_same(a.high_water_mark, a.net_price);
	/* the manager's new shares are worth the fees, the holders' the rest */
	assert_close(a.net_price * (1 + a.fee_shares), 1.5, 1e-15);
	assert_int_equal(vault_crystallize(1.2, 1.25, 0, 0, 0.02, 0.2, 365, &a), CORE_OK);
	assert_same(a.net_price, 1.2);
	assert_same(a.high_water_mark, 1.25);
	assert_int_equal(vault_crystallize(1.2, 1.25, 1, 0, 0.02, 0.2, 365, &a), CORE_BAD_PARAMETER);
	assert_int_equal(vault_crystallize(1.2, 1.25, 0, 99 * YEAR, 0.02, 0.2, 365, &a),
					 CORE_OUT_OF_RANGE);

	qsort(prices, 5, sizeof(prices[0]), compare_flows);
	assert_int_equal(vault_history(prices, 1, 0.02, 0.2, NULL, &a), CORE_OK);
	assert_same(a.net_price, 1);
	assert_same(a.fee_shares, 0);
	assert_int_equal(vault_history(prices, 5, 0, 0.2, NULL, &a), CORE_OK);
	net = 1 + 0.5 * 0.8;		/* up: a fifth of the gain */
	net *= 1.2 / 1.5;			/* down: nothing, below the mark of 1.4 */
	net = 1.4 + (net * 2.5 - 1.4) * 0.8;
	assert_close(a.net_price, net, 1e-14);
	assert_close(a.net_price * (1 + a.fee_shares), 3.0, 1e-14);
	assert_int_equal(vault_history(prices, 5, 0.02, 0.2, NULL, &a), CORE_OK);
	assert_close(a.net_price * (1 + a.fee_shares), 3.0, 1e-14);
	assert_int_equal(vault_history(prices, 5, 0, 0, NULL, &a), CORE_OK);
	assert_same(a.net_price, 3);
	assert_same(a.high_water_mark, 3);
}

/* Whatever looks at all of many flows can be left while it does. */
static void
many_flows_can_be_left(void **state)
{
	const size_t n = 400000;
	cash_flow  *flows = malloc(n * sizeof(cash_flow));
	valuation  *rows = malloc(n * sizeof(valuation));
	vault_account account;
	double		result;

	(void) state;
#define FILL \
	do { \
		for (size_t i = 0; i < n; i++) \
		{ \
			flows[i].time = i * INT64_C(60000000); \
			flows[i].amount = i % 3 == 0 ? 110 + (double) (i % 7) : -50; \
			rows[i] = (valuation) {flows[i].time, 100 + (double) (i % 5), 1}; \
		} \
		polls = 0; \
	} while (0)
	FILL;
	cash_xirr(flows, n, count_poll, &result);
	assert_true(polls >= 8);
	FILL;
	cash_xnpv(flows, n, 0.1, count_poll, &result);
	assert_true(polls >= 4);
	FILL;
	cash_modified_dietz(flows, n, count_poll, &result);
	assert_true(polls >= 8);
	FILL;
	cash_irr(flows, n, count_poll, &result);
	assert_true(polls >= 6);
	FILL;
	cash_mirr(flows, n, 0.0001, 0.0001, count_poll, &result);
	assert_true(polls >= 4);
	FILL;
	cash_twr(rows, n, count_poll, &result);
	assert_true(polls >= 2);
	FILL;
	for (size_t i = 0; i < n; i++)
		flows[i].amount = 1 + (double) i;
	vault_history(flows, n, 0.02, 0.2, count_poll, &account);
	assert_true(polls >= 1);
	free(flows);
	free(rows);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(xirr_vectors),
		cmocka_unit_test(xirr_agrees_with_long_double),
		cmocka_unit_test(laws_of_xirr),
		cmocka_unit_test(two_flows_have_an_apy),
		cmocka_unit_test(edges_of_xirr),
		cmocka_unit_test(extremes_of_xirr),
		cmocka_unit_test(any_flows_at_all),
		cmocka_unit_test(rates_of_equal_steps),
		cmocka_unit_test(linked_returns),
		cmocka_unit_test(modified_dietz),
		cmocka_unit_test(fees_of_a_vault),
		cmocka_unit_test(many_flows_can_be_left),
	};

	return cmocka_run_group_tests_name("cashflow", tests, NULL, NULL);
}
