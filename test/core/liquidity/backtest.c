/*
 * Unit tests of core/liquidity/backtest.c: accounts of policies against plain
 * bookkeeping, and their identities.
 */
#include "test.h"

#include <float.h>
#include <math.h>

#include "core/liquidity/backtest.h"
#include "core/liquidity/il.h"

#define DAY	INT64_C(86400000000)

#define assert_near(a, b, tolerance)	assert_true(fabs((a) - (b)) <= (tolerance))

static double
amount0(double l, double p, double pa, double pb)
{
	double		s = sqrt(fmin(fmax(p, pa), pb));

	return l * (1 / s - 1 / sqrt(pb));
}

static double
amount1(double l, double p, double pa, double pb)
{
	return l * (sqrt(fmin(fmax(p, pa), pb)) - sqrt(pa));
}

static double
value(double l, double p, double pa, double pb)
{
	return amount0(l, p, pa, pb) * p + amount1(l, p, pa, pb);
}

static backtest_result
run(const backtest_policy *policy, double initial, const double *price, const double *volume, int n)
{
	backtest	b;
	backtest_result r;

	assert_int_equal(backtest_begin(&b, policy, initial, 0, price[0]), CORE_OK);
	for (int i = 1; i < n; i++)
		assert_int_equal(backtest_step(&b, i * DAY, price[i], volume == NULL ? 0 : volume[i]),
						 CORE_OK);
	assert_int_equal(backtest_finish(&b, 365, &r), CORE_OK);
	return r;
}

/* Never recentred: the account is that of one position. */
static void
a_position_that_stays_is_plain(void **state)
{
	static const double price[] = {1, 1.03, 0.99, 1.2, 0.8, 1.04, 1.04};
	static const double volume[] = {9, 100, 200, 300, 400, 500, 600};
	backtest_policy policy = {.fee = 0.003, .width = 0.1, .trigger = BACKTEST_NEVER,
		.has_volume = true, .other_liquidity = 50};
	double		pb = 1.1,
				pa = 1 / 1.1;
	double		l = 10 / value(1, 1, pa, pb);
	double		fees = 0,
				lvr = 0;
	backtest_result r = run(&policy, 10, price, volume, 7);
	double		il;

	(void) state;
	for (int i = 1; i < 7; i++)
	{
		double		low = sqrt(fmin(price[i - 1], price[i]));
		double		high = sqrt(fmax(price[i - 1], price[i]));
		double		part = high == low ? 1 :
			fmax(fmin(high, sqrt(pb)) - fmax(low, sqrt(pa)), 0) / (high - low);

		fees += volume[i] * part * 0.003 * l / (l + 50);
		lvr += amount0(l, price[i - 1], pa, pb) * (price[i] - price[i - 1]) -
			value(l, price[i], pa, pb) + value(l, price[i - 1], pa, pb);
	}
	assert_close(r.fees, fees, 1e-13);
	assert_close(r.lvr, lvr, 1e-12);
	assert_int_equal(il_of_range(1, 1.04, pa, pb, &il), CORE_OK);
	assert_close(r.il, il, 1e-12);
	assert_close(r.value, value(l, 1.04, pa, pb) + fees, 1e-14);
	assert_close(r.hodl, amount0(l, 1, pa, pb) * 1.04 + amount1(l, 1, pa, pb), 1e-14);
	/* from 1.2 and from 0.8 it was out for a day each */
	assert_close(r.share_in_range, 4.0 / 6, 1e-15);
	assert_int_equal(r.num_rebalances, 0);
	assert_close(r.net_apr, (r.value - r.hodl) / 10 * 365 / 6, 1e-13);
	policy.has_volume = false;
	r = run(&policy, 10, price, NULL, 7);
	fees = 0;
	for (int i = 1; i < 7; i++)
		fees += 0.003 * l * fabs(sqrt(fmin(fmax(price[i], pa), pb)) -
								 sqrt(fmin(fmax(price[i - 1], pa), pb)));
	assert_close(r.fees, fees, 1e-13);
}

/* Recentred at 1.2: all token 1 there, of which a part is sold. */
static void
a_recentring_pays_for_what_it_trades(void **state)
{
	static const double price[] = {1, 1.2, 1.25};
	backtest_policy policy = {.width = 0.1, .trigger = BACKTEST_AT_EXIT, .cost = 0.01, .gas = 0.5};
	backtest_result r = run(&policy, 10, price, NULL, 3);
	double		l = 10 / value(1, 1, 1 / 1.1, 1.1);
	double		cash = value(l, 1.2, 1 / 1.1, 1.1);
	double		unit = value(1, 1.2, 1.2 / 1.1, 1.2 * 1.1);
	double		share = amount0(1, 1.2, 1.2 / 1.1, 1.2 * 1.1) * 1.2 / unit;
	double		left = (cash - 0.5) / (1 + 0.01 * share);

	(void) state;
	assert_int_equal(r.num_rebalances, 1);
	assert_close(r.costs, cash - left, 1e-13);
	/* the cost is that of what was bought, exactly */
	assert_close(r.costs, 0.5 + 0.01 * share * left, 1e-13);
	assert_close(r.value, value(left / unit, 1.25, 1.2 / 1.1, 1.2 * 1.1), 1e-13);
	assert_close(r.value, r.hodl * (1 + r.il) + r.fees - r.costs, 1e-13);
	/* one that cannot pay stays */
	policy.gas = 11;
	r = run(&policy, 10, price, NULL, 3);
	assert_int_equal(r.num_rebalances, 0);
	assert_same(r.costs, 0);
	assert_close(r.value, cash, 1e-14);
}

/* Downward: all token 0, and the other side of the cost */
static void
a_recentring_may_sell(void **state)
{
	static const double price[] = {1, 0.8, 0.9};
	backtest_policy policy = {.width = 0.1, .trigger = BACKTEST_AT_EXIT, .cost = 0.02};
	backtest_result r = run(&policy, 10, price, NULL, 3);
	double		l = 10 / value(1, 1, 1 / 1.1, 1.1);
	double		before = value(l, 0.8, 1 / 1.1, 1.1);
	double		unit = value(1, 0.8, 0.8 / 1.1, 0.8 * 1.1);
	double		share = amount0(1, 0.8, 0.8 / 1.1, 0.8 * 1.1) * 0.8 / unit;
	double		left = before - r.costs;

	(void) state;
	assert_close(r.costs, 0.02 * (before - share * left), 1e-13);
	assert_close(r.value, value(left / unit, 0.9, 0.8 / 1.1, 0.8 * 1.1), 1e-13);
}

static void
triggers_are_what_they_say(void **state)
{
	static const double price[] = {1, 1.04, 1.06, 1.06, 1.0, 0.97, 0.9, 0.9};
	backtest_policy policy = {.width = 0.1, .trigger = BACKTEST_AT_DISTANCE, .distance = 0.05};

	(void) state;
	/* at 1.06 (from 1), at 1 (from 1.06), at 0.9 (from 1), which is the last but one */
	assert_int_equal(run(&policy, 1, price, NULL, 8).num_rebalances, 3);
	/* the last point calls for nothing any more */
	assert_int_equal(run(&policy, 1, price, NULL, 7).num_rebalances, 2);
	policy = (backtest_policy) {.width = 0.1, .trigger = BACKTEST_AT_INTERVAL, .every = 2 * DAY};
	assert_int_equal(run(&policy, 1, price, NULL, 8).num_rebalances, 3);
	policy.every = 2 * DAY + 1;
	assert_int_equal(run(&policy, 1, price, NULL, 8).num_rebalances, 2);
	policy.every = 1;
	assert_int_equal(run(&policy, 1, price, NULL, 8).num_rebalances, 6);
	policy = (backtest_policy) {.width = 0.05, .trigger = BACKTEST_AT_EXIT};
	assert_int_equal(run(&policy, 1, price, NULL, 8).num_rebalances, 3);
	/* skewed upward it stays longer */
	policy.skew = 0.04;
	assert_int_equal(run(&policy, 1, price, NULL, 5).num_rebalances, 0);
	policy.skew = 0;
	assert_int_equal(run(&policy, 1, price, NULL, 5).num_rebalances, 1);
}

/* Of random paths and policies, what holds for all of them */
static void
accounts_add_up(void **state)
{
	uint64_t	seed = 3;

	(void) state;
	for (int i = 0; i < 2000; i++)
	{
		double		price[60],
					volume[60];
		backtest_policy policy = {.fee = 0.003, .width = 0.01 + 0.2 * next_fraction(&seed),
			.trigger = (backtest_trigger) (i % 4), .distance = 0.03, .every = 7 * DAY,
			.cost = 0.002 * (i % 3), .gas = 0.01 * (i % 2), .has_volume = i % 5 > 0,
			.other_liquidity = 1000};
		backtest_policy plain = policy;
		backtest_result r,
					free;

		price[0] = 1500;
		volume[0] = 0;
		for (int k = 1; k < 60; k++)
		{
			price[k] = price[k - 1] * exp(0.06 * (next_fraction(&seed) - 0.5));
			volume[k] = 1e5 * next_fraction(&seed);
		}
		r = run(&policy, 100, price, volume, 60);
		assert_true(r.lvr >= 0 && r.fees >= 0 && r.costs >= 0);
		assert_true(r.share_in_range >= 0 && r.share_in_range <= 1);
		assert_near(r.value, r.hodl * (1 + r.il) + r.fees - r.costs, 1e-11);
		plain.fee = plain.cost = plain.gas = 0;
		free = run(&plain, 100, price, volume, 60);
		assert_same(free.fees, 0);
		assert_same(free.costs, 0);
		assert_near(free.value, free.hodl * (1 + free.il), 1e-11);
		assert_true(free.num_rebalances == r.num_rebalances);
		assert_true(policy.cost > 0 || policy.gas > 0 || r.costs == 0);
		if (policy.trigger == BACKTEST_NEVER)
			assert_true(r.il <= 0);
	}
}

static void
absurd_policies_are_refused(void **state)
{
	backtest_policy policy = {.width = 1e-17, .trigger = BACKTEST_AT_EXIT};
	backtest	b;
	backtest_result r;

	(void) state;
	assert_int_equal(backtest_begin(&b, &policy, 1, 0, 1), CORE_OUT_OF_RANGE);
	policy.width = 1e300;
	assert_int_equal(backtest_begin(&b, &policy, 1, 0, 1e300), CORE_OUT_OF_RANGE);
	policy.width = 0.1;
	assert_int_equal(backtest_begin(&b, &policy, 1, 0, 1), CORE_OK);
	assert_int_equal(backtest_finish(&b, 365, &r), CORE_NULL);
	policy.has_volume = true;
	policy.fee = 0.5;
	assert_int_equal(backtest_begin(&b, &policy, 1, 0, 1), CORE_OK);
	assert_int_equal(backtest_step(&b, 1, 1, DBL_MAX), CORE_OK);
	assert_int_equal(backtest_step(&b, 2, 1, DBL_MAX), CORE_OK);
	assert_int_equal(backtest_step(&b, 3, 1, DBL_MAX), CORE_OUT_OF_RANGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_position_that_stays_is_plain),
		cmocka_unit_test(a_recentring_pays_for_what_it_trades),
		cmocka_unit_test(a_recentring_may_sell),
		cmocka_unit_test(triggers_are_what_they_say),
		cmocka_unit_test(accounts_add_up),
		cmocka_unit_test(absurd_policies_are_refused)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
