/*
 * Unit tests of core/leverage/stress.c: the table against the definitions, one
 * account after the other, and laws.
 */
#include "test.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/leverage/stress.h"

#define ACCOUNTS	300
#define MAX_SHOCKS	40

typedef struct account
{
	double		c,
				t,
				d;
} account;

static uint64_t seed;

static double
uniform(double from, double to)
{
	return from + (to - from) * next_fraction(&seed);
}

/* one of 0 .. n - 1 */
static int
pick(int n)
{
	return (int) (next_random(&seed) % n);
}

static stress_summary *
make(const stress_shock *shocks, int n, double bonus, double close_factor)
{
	stress_summary *s = malloc(stress_size(n, stress_has_market(shocks, n), close_factor));

	s->reserved = 0;
	stress_init(s, shocks, n, bonus, close_factor);
	return s;
}

static void
add(stress_summary *s, account a)
{
	assert_int_equal(stress_add(s, a.c, a.c, a.t, a.d), CORE_OK);
}

static void
read_table(const stress_summary *s, stress_row *rows)
{
	stress_part scratch[MAX_SHOCKS];

	assert_int_equal(stress_table(s, scratch, rows), CORE_OK);
}

/* The definitions, in long double. */
static void
assert_row(const stress_row *row, const account *accounts, int n, double bonus,
		   double close_factor)
{
	long double x = 1 + row->shock.oracle,
				y = 1 + row->shock.market,
				b = 1 + bonus,
				k = close_factor,
				collateral = 0,
				debt = 0,
				seized = 0,
				repaid = 0,
				sold = 0,
				bad = 0,
				uncovered = 0,
				toxic_debt = 0;
	int			num = 0,
				toxic = 0;

	for (int i = 0; i < n; i++)
	{
		long double c = accounts[i].c,
					d = accounts[i].d;
		long double take = fminl(k * d * b, c * x);

		uncovered += fmaxl(0, d - c * y);
		if (!(accounts[i].c * (1 + row->shock.oracle) * accounts[i].t < accounts[i].d))
			continue;
		num++;
		collateral += c * x;
		debt += d;
		seized += take;
		repaid += take / b;
		sold += take < c * x ? take / x * y : c * y;
		if (c * x < d * b)
		{
			toxic++;
			toxic_debt += d;
			bad += d - c * x / b;
		}
	}
	assert_int_equal(row->accounts_liquidatable, num);
	assert_int_equal(row->accounts_toxic, toxic);
	assert_close(row->collateral_liquidatable, (double) collateral, 1e-14);
	assert_close(row->debt_liquidatable, (double) debt, 1e-14);
	assert_close(row->debt_toxic, (double) toxic_debt, 1e-14);
	assert_int_equal(row->pays, b * y >= x * (1 - 1e-15L));
	if (row->pays)
	{
		assert_close(row->collateral_seized, (double) seized, 1e-13);
		assert_close(row->debt_repaid, (double) repaid, 1e-13);
		assert_true(fabsl(row->liquidator_profit - (sold - repaid)) <= 1e-13L * (repaid + sold));
		assert_true(fabsl(row->bad_debt - bad) <= 1e-13L * toxic_debt);
	}
	else
	{
		assert_same(row->collateral_seized, 0);
		assert_same(row->debt_repaid, 0);
		assert_same(row->liquidator_profit, 0);
		assert_true(fabsl(row->bad_debt - uncovered) <= 1e-13L * debt + 1e-9L);
	}
}

static void
random_books(void **state)
{
	(void) state;
	for (int run = 0; run < 300; run++)
	{
		account		accounts[ACCOUNTS];
		stress_shock shocks[MAX_SHOCKS];
		stress_row	rows[MAX_SHOCKS];
		double		bonus,
					close_factor;
		stress_summary *s,
				   *parts[2];
		int			n;

		seed = run;
		n = 1 + pick(MAX_SHOCKS);
		bonus = pick(3) == 0 ? 0 : uniform(0, 0.15);
		close_factor = pick(2) ? 1 : uniform(0.01, 1);
		for (int i = 0; i < n; i++)
		{
			shocks[i].oracle = pick(8) == 0 ? -(pick(2)) : uniform(-1, 0.2);
			shocks[i].market = run % 3 ? shocks[i].oracle : uniform(-1, 0.2);
		}
		s = make(shocks, n, bonus, close_factor);
		for (int p = 0; p < 2; p++)
			parts[p] = make(shocks, n, bonus, close_factor);
		for (int i = 0; i < ACCOUNTS; i++)
		{
			accounts[i].c = pick(10) ? uniform(0, 1000) : 0;
			accounts[i].t = uniform(0, 0.97);
			accounts[i].d = pick(10) ? uniform(0, 1000) : 0;
			add(s, accounts[i]);
			add(parts[pick(2)], accounts[i]);
		}
		assert_true(stress_is_valid(s));
		read_table(s, rows);
		for (int i = 0; i < n; i++)
			assert_row(&rows[i], accounts, ACCOUNTS, bonus, close_factor);
		/* merged, it is the same book */
		assert_int_equal(stress_merge(parts[0], parts[1]), CORE_OK);
		read_table(parts[0], rows);
		for (int i = 0; i < n; i++)
			assert_row(&rows[i], accounts, ACCOUNTS, bonus, close_factor);
		assert_memory_equal(&parts[0]->num_shocks, &s->num_shocks,
							stress_size(n, s->has_market, close_factor) -
							offsetof(stress_summary, num_shocks));
		free(s);
		free(parts[0]);
		free(parts[1]);
	}
}

/* A worse shock never spares an account, and never lessens bad debt. */
static void
worse_is_not_better(void **state)
{
	stress_shock shocks[MAX_SHOCKS];
	stress_row	rows[MAX_SHOCKS];

	(void) state;
	for (int run = 0; run < 50; run++)
	{
		stress_summary *s;

		seed = run;
		for (int i = 0; i < MAX_SHOCKS; i++)
			shocks[i].oracle = shocks[i].market = uniform(-1, 0.1);
		s = make(shocks, MAX_SHOCKS, run % 2 * 0.05, 1);
		for (int i = 0; i < ACCOUNTS; i++)
			add(s, (account) {uniform(0, 100), uniform(0.4, 0.95), uniform(0, 80)});
		read_table(s, rows);
		for (int i = 1; i < MAX_SHOCKS; i++)
		{
			assert_true(rows[i].shock.oracle <= rows[i - 1].shock.oracle);
			assert_true(rows[i].accounts_liquidatable >= rows[i - 1].accounts_liquidatable);
			assert_true(rows[i].debt_liquidatable >= rows[i - 1].debt_liquidatable);
			assert_true(rows[i].accounts_toxic >= rows[i - 1].accounts_toxic);
			assert_true(rows[i].bad_debt >= rows[i - 1].bad_debt);
			/* what is not repaid when all is seized is lost */
			assert_close(rows[i].debt_repaid + rows[i].bad_debt, rows[i].debt_liquidatable, 1e-12);
		}
		free(s);
	}
}

static void
edges(void **state)
{
	const stress_shock one[] = {{0, 0}};
	const stress_shock two[] = {{-0.0, 0}, {-1, -1}};
	stress_summary *s = make(one, 1, 0, 1);
	stress_summary *other = make(two, 2, 0, 1);
	stress_row	rows[2];
	double		collateral,
				debt;

	(void) state;
	assert_false(stress_is_valid(s));
	/* at the very threshold an account is safe */
	add(s, (account) {100, 0.5, 50});
	add(s, (account) {100, 0.5, nextafter(50, 51)});
	read_table(s, rows);
	assert_int_equal(rows[0].accounts_liquidatable, 1);
	assert_int_equal(stress_merge(s, other), CORE_BAD_PARAMETER);
	/* at no price, all that is owed is lost, and what is seized is worth nothing */
	add(other, (account) {100, 0.5, 50});
	add(other, (account) {100, 0.5, 0});
	add(other, (account) {0, 0, 7});
	read_table(other, rows);
	assert_int_equal(rows[0].accounts_liquidatable, 1);
	assert_same(rows[0].bad_debt, 7);
	assert_int_equal(rows[1].accounts_liquidatable, 2);
	assert_same(rows[1].bad_debt, 57);
	assert_same(rows[1].collateral_seized, 0);
	assert_same(rows[1].liquidator_profit, 0);
	/* what is no figure leaves the book as it was; a sum may be beyond a double */
	add(s, (account) {DBL_MAX, 0.5, 0});
	assert_int_equal(stress_add(s, INFINITY, 1, 0.5, 0), CORE_OUT_OF_RANGE);
	assert_int_equal(s->num_accounts, 3);
	assert_int_equal(stress_totals(s, &collateral, &debt), CORE_OK);
	add(s, (account) {DBL_MAX, 0.5, 0});
	assert_int_equal(stress_totals(s, &collateral, &debt), CORE_OUT_OF_RANGE);
	s->num_accounts = BINNED_MAX_TERMS;
	assert_int_equal(stress_merge(s, s), CORE_OUT_OF_RANGE);
	free(s);
	free(other);
}

static void
corrupt_books(void **state)
{
	const stress_shock shocks[] = {{0, 0}, {-0.5, -0.6}};
	stress_summary *s = make(shocks, 2, 0.05, 0.5);
	size_t		size = stress_size(2, true, 0.5);
	stress_summary *copy = malloc(size);

	(void) state;
	add(s, (account) {100, 0.8, 70});
	assert_int_equal(stress_num_grids(s), 4);
	assert_true(stress_is_valid(s));
	for (int i = 0; i < 9; i++)
	{
		memcpy(copy, s, size);
		switch (i)
		{
			case 0: copy->num_accounts = 0; break;
			case 1: copy->debt.bin[0] = -1; break;
			case 2: stress_shocks(copy)[0].oracle = -0.7; break;
			case 3: stress_shocks(copy)[1].market = NAN; break;
			case 4: stress_shocks(copy)[1].market = -0.5; break;
			case 5: stress_cells(copy)[1].num_accounts = 2; break;
			case 6: stress_cells(copy)[1].num_accounts = -1; break;
			case 7: stress_cells(copy)[1].debt.bin[0] = INT64_MAX; break;
			case 8: stress_cells(copy)[0].collateral = s->collateral; break;
		}
		assert_false(stress_is_valid(copy));
	}
	free(s);
	free(copy);
}

static void
deleveraging(void **state)
{
	double		amount;

	(void) state;
	assert_int_equal(leverage_deleverage_amount(100, 0.8, 75, 1.25, 0, &amount), CORE_OK);
	assert_close((100 - amount) * 0.8 / (75 - amount), 1.25, 1e-14);
	assert_int_equal(leverage_deleverage_amount(100, 0.8, 75, 1.25, 0.1, &amount), CORE_OK);
	assert_close((100 - amount) * 0.8 / (75 - amount * 0.9), 1.25, 1e-14);
	assert_int_equal(leverage_deleverage_amount(100, 0.8, 50, 1.25, 0, &amount), CORE_OK);
	assert_same(amount, 0);
	assert_int_equal(leverage_deleverage_amount(100, 0.8, 0, 2, 0, &amount), CORE_OK);
	assert_same(amount, 0);
	/* selling more than there is, or a sale that lowers the health factor */
	assert_int_equal(leverage_deleverage_amount(100, 0.8, 200, 1.25, 0, &amount), CORE_NULL);
	assert_int_equal(leverage_deleverage_amount(100, 0.9, 95, 0.99, 0.5, &amount), CORE_NULL);
	assert_true(leverage_in_toxic_zone(100, 96, 0.05));
	assert_false(leverage_in_toxic_zone(100, 95, 0.05));
	assert_false(leverage_in_toxic_zone(0, 0, 0.05));
}

static void
quantiles(void **state)
{
	double		returns[] = {0.5, -0.5, 1, -0.25};
	double		values[] = {4, 1, 3, 2, 5};
	double		q;

	(void) state;
	assert_int_equal(stress_horizon_returns(returns, 4, 2, 0, 1), 3);
	assert_int_equal(stress_horizon_returns(returns, 4, 2, 1, 9), 3);
	assert_same(returns[0], -0.25);
	assert_same(returns[1], 0);
	assert_same(returns[2], 0.5);
	assert_int_equal(stress_horizon_returns(returns, 4, 5, 0, 4), 0);
	assert_int_equal(stress_quantile(values, 5, 0.25, NULL, &q), CORE_OK);
	assert_same(q, 2);
	assert_int_equal(stress_quantile(values, 5, 0.125, NULL, &q), CORE_OK);
	assert_same(q, 1.5);
	assert_int_equal(stress_quantile(values + 1, 1, 0.99, NULL, &q), CORE_OK);
	assert_same(q, 1);
	assert_int_equal(stress_quantile(values, 0, 0.99, NULL, &q), CORE_NULL);
}

static int
rising(const void *a, const void *b)
{
	double		x = *(const double *) a;
	double		y = *(const double *) b;

	return (x > y) - (x < y);
}

static int	pauses;

static void
count_pause(void)
{
	pauses++;
}

/* What sorting says, of values of both signs with ties among them */
static void
quantiles_are_those_of_sorted_values(void **state)
{
	size_t		n = CORE_PAUSE_AFTER + 1000;
	double	   *values = malloc(n * sizeof(double));
	double	   *sorted = malloc(n * sizeof(double));
	double		q;

	(void) state;
	for (size_t i = 0; i < n; i++)
		values[i] = sorted[i] = (double) (i * 7919 % 10007) / 64 - 80;
	qsort(sorted, n, sizeof(double), rising);
	pauses = 0;
	for (size_t place = 0; place < n; place += n / 37)
	{
		assert_int_equal(stress_quantile(values, n, (double) place / (double) (n - 1), count_pause, &q),
						 CORE_OK);
		assert_true(q >= sorted[place == 0 ? 0 : place - 1] && q <= sorted[place + 1 < n ? place + 1 : place]);
	}
	assert_int_equal(stress_quantile(values, n, 0, NULL, &q), CORE_OK);
	assert_same(q, sorted[0]);
	assert_int_equal(stress_quantile(values, n, 1, NULL, &q), CORE_OK);
	assert_same(q, sorted[n - 1]);
	assert_true(pauses > 37);
	free(values);
	free(sorted);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_books),
		cmocka_unit_test(worse_is_not_better),
		cmocka_unit_test(edges),
		cmocka_unit_test(corrupt_books),
		cmocka_unit_test(deleveraging),
		cmocka_unit_test(quantiles),
		cmocka_unit_test(quantiles_are_those_of_sorted_values)
	};

	return cmocka_run_group_tests_name("leverage_stress", tests, NULL, NULL);
}
