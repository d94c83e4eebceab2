/*
 * Unit tests of core/liquidity/plan.c: proposals, and what is expected of a
 * range against simulated positions.
 */
#include "test.h"

#include <float.h>
#include <math.h>

#include "core/liquidity/lvr.h"
#include "core/liquidity/plan.h"
#include "core/liquidity/range.h"
#include "core/liquidity/univ3.h"

#define PI	3.14159265358979323846

#define assert_near(a, b, tolerance)	assert_true(fabs((a) - (b)) <= (tolerance))

static void
proposals_hold_the_fair_rate(void **state)
{
	range_bounds b;

	(void) state;
	assert_int_equal(plan_propose(1.2, 0.02, 0.03, 0.25, 2, &b), CORE_OK);
	assert_close(b.pa, 1.2 * exp(-0.02), 1e-14);
	assert_close(b.pb, 1.2 * pow(1.03, 0.25) * exp(0.02), 1e-14);
	assert_int_equal(plan_propose(1.2, 0.02, -0.03, 0.25, 2, &b), CORE_OK);
	assert_close(b.pa, 1.2 * pow(0.97, 0.25) * exp(-0.02), 1e-14);
	assert_close(b.pb, 1.2 * exp(0.02), 1e-14);
	assert_int_equal(plan_propose(1.2, 0, 0.03, 1, 2, &b), CORE_OK);
	assert_same(b.pa, 1.2);
	assert_int_equal(plan_propose(1.2, 0, 0, 1, 2, &b), CORE_BAD_PARAMETER);
	assert_int_equal(plan_propose(1.2, 1e3, 0, 1, 2, &b), CORE_OUT_OF_RANGE);
}

static void
ticks_reach_outward(void **state)
{
	uint64_t	seed = 1;
	range_bounds b;

	(void) state;
	for (int i = 0; i < 20000; i++)
	{
		int32_t		spacing = 1 + (int32_t) (next_fraction(&seed) * 200);
		range_bounds wish;

		wish.pa = exp(20 * (next_fraction(&seed) - 0.5));
		wish.pb = wish.pa * (1 + 0.1 * next_fraction(&seed));
		b = wish;
		assert_int_equal(plan_widen_to_ticks(&b, spacing, 0), CORE_OK);
		assert_true(b.tick_lower % spacing == 0 && b.tick_upper % spacing == 0);
		assert_true(b.pa <= wish.pa && b.pb >= wish.pb && b.tick_lower < b.tick_upper);
		assert_true(univ3_tick_to_price(b.tick_lower + spacing, 0) > wish.pa);
		assert_true(univ3_tick_to_price(b.tick_upper - spacing, 0) < wish.pb ||
					b.tick_upper == b.tick_lower + spacing);
		/* what is at ticks stays there */
		wish = b;
		assert_int_equal(plan_widen_to_ticks(&b, spacing, 0), CORE_OK);
		assert_true(b.tick_lower == wish.tick_lower && b.tick_upper == wish.tick_upper);
	}
	b = (range_bounds) {.pa = 1, .pb = 1};
	assert_int_equal(plan_widen_to_ticks(&b, 60, 0), CORE_OK);
	assert_int_equal(b.tick_lower, 0);
	assert_int_equal(b.tick_upper, 60);
	b = (range_bounds) {.pa = 1e-50, .pb = 1};
	assert_int_equal(plan_widen_to_ticks(&b, 60, 0), CORE_OUT_OF_RANGE);
	b = (range_bounds) {.pa = 1, .pb = 1e50};
	assert_int_equal(plan_widen_to_ticks(&b, 60, 0), CORE_OUT_OF_RANGE);
	b = (range_bounds) {.pa = univ3_tick_to_price(-887272, 0), .pb = 1};
	assert_int_equal(plan_widen_to_ticks(&b, 60, 0), CORE_OUT_OF_RANGE);
}

static double
normal(uint64_t *seed)
{
	return sqrt(-2 * log(1 - next_fraction(seed))) * cos(2 * PI * next_fraction(seed));
}

static double
share0(const range_plan *plan, double price)
{
	double		s = sqrt(fmin(fmax(price, plan->pa), plan->pb));
	double		x = (1 / s - 1 / sqrt(plan->pb)) * price;
	double		y = s - sqrt(plan->pa);

	return x / (x + y);
}

/* A cycle that ends with the horizon, or with the exit; what is earned on the way. */
static void
simulate(const range_plan *plan, bool until_exit, int num_steps, uint64_t *seed, double *inside,
		 double *efficiency, double *length, double *traded)
{
	double		dt = plan->years / num_steps;
	double		x = 0;
	int			k;

	*inside = *efficiency = 0;
	for (k = 0; until_exit || k < num_steps; k++)
	{
		double		price = plan->price * exp(x);

		if (until_exit && k > 0 && (price < plan->pa || price >= plan->pb))
			break;
		*inside += price >= plan->pa && price < plan->pb ? dt : 0;
		*efficiency += lvr_capital_efficiency(price, plan->pa, plan->pb) * dt;
		x += (plan->mu - plan->sigma * plan->sigma / 2) * dt + plan->sigma * sqrt(dt) * normal(seed);
	}
	*length = k * dt;
	*traded = fabs(share0(plan, plan->price * exp(x)) - share0(plan, plan->price));
}

static const range_plan example = {
	.price = 2000, .pa = 1700, .pb = 2500, .sigma = 0.6, .mu = 0.2, .years = 0.1, .fee_apr = 0.09,
	.cost = 0.002, .gas = 5, .value = 10000
};

static void
outlooks_are_those_of_simulated_positions(void **state)
{
	const int	num_paths = 4000;
	uint64_t	seed = 2;

	(void) state;
	for (int until_exit = 0; until_exit < 2; until_exit++)
	{
		range_plan	plan = example;
		range_outlook outlook;
		double		sum[4] = {0},
					square = 0;

		plan.trigger = until_exit ? PLAN_AT_EXIT : PLAN_AT_INTERVAL;
		assert_int_equal(plan_evaluate(&plan, &outlook), CORE_OK);
		for (int i = 0; i < num_paths; i++)
		{
			double		got[4];

			simulate(&plan, until_exit, until_exit ? 2000 : 200, &seed, &got[0], &got[1], &got[2],
					 &got[3]);
			for (int k = 0; k < 4; k++)
				sum[k] += got[k] / num_paths;
			square += got[1] * got[1] / num_paths;
		}
		/* walks that are looked at in steps leave later: 0.58 deviations of a step, each side */
		if (until_exit)
		{
			double		step = 0.5826 * plan.sigma * sqrt(plan.years / 2000);
			double		later = pow(1 + 2 * step / log(plan.pb / plan.pa), 2);

			assert_near(sum[2] / later * outlook.rebalances, 1, 0.05);
			assert_near(sum[1] / sum[2] * plan.fee_apr, outlook.fee_apr, 0.005 * outlook.fee_apr);
			assert_near(outlook.rebalances * (plan.cost * sum[3] + plan.gas / plan.value),
						outlook.cost_apr, 0.02 * outlook.cost_apr);
			assert_same(outlook.years_inside, plan.years);
		}
		else
		{
			double		error = sqrt((square - sum[1] * sum[1]) / num_paths) / sum[1];

			assert_near(sum[0] / outlook.years_inside, 1, 4 * error);
			assert_near(sum[1] / plan.years * plan.fee_apr / outlook.fee_apr, 1, 4 * error);
			assert_near(outlook.rebalances * (plan.cost * sum[3] + plan.gas / plan.value) /
						outlook.cost_apr, 1, 0.02);
			assert_close(outlook.rebalances, 10.0, 1e-12);
		}
		assert_close(outlook.lvr_apr / (plan.sigma * plan.sigma / 8),
					 outlook.fee_apr / plan.fee_apr, 1e-12);
		assert_same(outlook.net_apr, outlook.fee_apr - outlook.lvr_apr - outlook.cost_apr);
	}
}

/* A narrow range about its middle: efficiency 1/d, recentrings sigma^2/d^2, half traded. */
static void
narrow_ranges_are_simple(void **state)
{
	(void) state;
	for (double d = 1e-2; d > 1e-9; d /= 10)
	{
		range_plan	plan = example;
		range_outlook outlook;

		plan.pa = plan.price * exp(-d);
		plan.pb = plan.price * exp(d);
		plan.mu = plan.sigma * plan.sigma / 2;
		plan.gas = 0;
		assert_int_equal(plan_evaluate(&plan, &outlook), CORE_OK);
		assert_close(outlook.fee_apr, plan.fee_apr * 2 / d, d + 1e-6);
		assert_close(outlook.rebalances, plan.sigma * plan.sigma / (d * d), 1e-5);
		assert_close(outlook.cost_apr, outlook.rebalances * plan.cost / 2, 1e-5);
	}
}

static void
outlooks_have_their_limits(void **state)
{
	range_plan	plan = example;
	range_outlook a,
				b;

	(void) state;
	/* no trigger, no cost; the rest as of the interval */
	plan.trigger = PLAN_NEVER;
	assert_int_equal(plan_evaluate(&plan, &a), CORE_OK);
	assert_same(a.cost_apr, 0);
	assert_same(a.rebalances, 0);
	plan.trigger = PLAN_AT_INTERVAL;
	assert_int_equal(plan_evaluate(&plan, &b), CORE_OK);
	assert_same(a.fee_apr, b.fee_apr);
	assert_same(a.years_inside, b.years_inside);
	/* all prices: a constant product */
	plan.pa = 1e-12 * plan.price;
	plan.pb = 1e12 * plan.price;
	assert_int_equal(plan_evaluate(&plan, &a), CORE_OK);
	assert_close(a.fee_apr, plan.fee_apr, 1e-5);
	assert_close(a.lvr_apr, plan.sigma * plan.sigma / 8, 1e-5);
	/* others as many as one's own halve the fees */
	plan = example;
	plan.has_others = true;
	plan.other_liquidity = plan.value /
		((1 / sqrt(plan.price) - 1 / sqrt(plan.pb)) * plan.price + sqrt(plan.price) - sqrt(plan.pa));
	assert_int_equal(plan_evaluate(&example, &a), CORE_OK);
	assert_int_equal(plan_evaluate(&plan, &b), CORE_OK);
	assert_close(b.fee_apr, a.fee_apr / 2, 1e-12);
	assert_same(b.lvr_apr, a.lvr_apr);
	/* out of range: nothing to wait for, or a wait */
	plan.price = 1500;
	assert_int_equal(plan_evaluate(&plan, &a), CORE_NULL);
	plan.trigger = PLAN_NEVER;
	assert_int_equal(plan_evaluate(&plan, &a), CORE_OK);
	assert_true(a.years_inside > 0 && a.years_inside < plan.years);
	/* without volatility it stays, or drifts out */
	plan = example;
	plan.sigma = 0;
	plan.mu = 0;
	assert_int_equal(plan_evaluate(&plan, &a), CORE_OK);
	assert_close(a.fee_apr, plan.fee_apr * lvr_capital_efficiency(2000, 1700, 2500), 1e-12);
	assert_same(a.rebalances, 0);
	plan.mu = 0.1;
	assert_int_equal(plan_evaluate(&plan, &a), CORE_OK);
	assert_close(a.rebalances, 0.1 / log(1.25), 1e-12);
	assert_close(a.cost_apr, a.rebalances * (0.002 * share0(&plan, 2000) + 5e-4), 1e-12);
	plan.trigger = PLAN_AT_INTERVAL;
	plan.years = 10;
	assert_int_equal(plan_evaluate(&plan, &a), CORE_OK);
	assert_close(a.years_inside, log(1.25) / 0.1, 1e-12);
	assert_close(a.cost_apr, 0.1 * (0.002 * share0(&plan, 2000) + 5e-4), 1e-12);
	assert_close(plan_full_range_fee_apr(1e6, 0.003, 1e5, 4, 0.5), 1e6 * 0.003 / 4e5 * 2, 1e-14);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(proposals_hold_the_fair_rate),
		cmocka_unit_test(ticks_reach_outward),
		cmocka_unit_test(outlooks_are_those_of_simulated_positions),
		cmocka_unit_test(narrow_ranges_are_simple),
		cmocka_unit_test(outlooks_have_their_limits)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
