/*
 * Unit tests of core/leverage/loop.c, core/leverage/optimum.c, core/leverage/replay.c.
 */
#include "series_source.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/interpolate.h"
#include "core/leverage/loop.h"
#include "core/leverage/optimum.h"
#include "core/leverage/replay.h"

#define ROUNDS	20000

static double
between(uint64_t *seed, double low, double high)
{
	return low + (high - low) * next_fraction(seed);
}

/* ---------- leverage and health ---------- */

static void
leverage_and_ltv_are_inverse(void **state)
{
	uint64_t	seed = 1;

	(void) state;
	assert_same(loop_leverage_from_ltv(0), 1);
	assert_same(loop_leverage_from_ltv(0.875), 8);
	assert_same(loop_ltv_from_leverage(8), 0.875);
	assert_same(loop_ltv_from_leverage(1), 0);
	for (int i = 0; i < ROUNDS; i++)
	{
		double		leverage = exp(between(&seed, 0, 6));

		assert_close(loop_leverage_from_ltv(loop_ltv_from_leverage(leverage)), leverage,
					 2e-16 * leverage + 1e-15);
	}
}

static void
rounds_are_a_geometric_series(void **state)
{
	uint64_t	seed = 2;

	(void) state;
	assert_same(loop_leverage_after_rounds(0, 5), 1);
	/* a principal of 100 at 90 %, once and thirty times */
	assert_close(100 * loop_leverage_after_rounds(0.9, 1), 190.0, 1e-14);
	assert_close(100 * loop_leverage_after_rounds(0.9, 30), 961.8479575523056, 1e-14);
	assert_close(loop_leverage_after_rounds(0.9, INT32_MAX), 10.0, 1e-15);
	for (int i = 0; i < 500; i++)
	{
		double		ltv = between(&seed, 0, 1);
		double		sum = 0,
					term = 1;

		for (int n = 0; n < 60; n++)
		{
			sum += term;
			term *= ltv;
			assert_close(loop_leverage_after_rounds(ltv, n), sum, 1e-13);
		}
	}
}

static void
at_the_liquidation_price_health_is_one(void **state)
{
	uint64_t	seed = 3;

	(void) state;
	for (int i = 0; i < ROUNDS; i++)
	{
		double		leverage = exp(between(&seed, 0.01, 5));
		double		threshold = between(&seed, 0.1, 1);
		double		rate = exp(between(&seed, -5, 5));
		double		price,
					fall,
					health,
					limit;

		assert_int_equal(loop_health_factor(leverage, threshold, &health), CORE_OK);
		assert_int_equal(loop_liquidation_rate(leverage, threshold, rate, &limit), CORE_OK);
		assert_int_equal(loop_depeg_tolerance(health, &fall), CORE_OK);
		assert_int_equal(loop_liquidation_price(leverage / rate, threshold, leverage - 1, &price),
						 CORE_OK);
		assert_close(price, limit, 1e-13);
		assert_close(limit * health, rate, 1e-14);
		assert_true(fabs(1 - fall - limit / rate) <= 1e-13 * (1 + fabs(fall)));
	}
}

static void
what_has_no_answer_is_null(void **state)
{
	loop_leg	leg = {0.03, 0, 1};
	double		x;

	(void) state;
	assert_int_equal(loop_health_factor(1, 0.9, &x), CORE_NULL);
	assert_int_equal(loop_liquidation_rate(1, 0.9, 1, &x), CORE_NULL);
	assert_int_equal(loop_liquidation_price(1, 0.9, 0, &x), CORE_NULL);
	assert_int_equal(loop_liquidation_price(1, 0.9, -1, &x), CORE_NULL);
	assert_int_equal(loop_liquidation_price(0, 0.9, 1, &x), CORE_NULL);
	assert_int_equal(loop_liquidation_price(1e-300, 0.9, 1e300, &x), CORE_OUT_OF_RANGE);
	assert_int_equal(loop_depeg_tolerance(0, &x), CORE_NULL);
	assert_int_equal(loop_depeg_tolerance(1e-320, &x), CORE_OUT_OF_RANGE);
	assert_int_equal(loop_break_even(1, &leg, &leg, &x), CORE_NULL);
	assert_int_equal(loop_years_to_liquidation(1.1, 0.03, 0.03, &x), CORE_NULL);
	assert_int_equal(loop_years_to_liquidation(1.1, 0.04, 0.03, &x), CORE_NULL);
	assert_int_equal(loop_years_to_liquidation(1.1, 0, 1e-9, &x), CORE_NULL);
	assert_int_equal(loop_years_to_liquidation(1.1, -1e308, 1e308, &x), CORE_OK);
	assert_same(x, 0);
	assert_int_equal(loop_years_to_liquidation(0.9, 0.04, 0.03, &x), CORE_OK);
	assert_same(x, 0);
}

/* ---------- carry ---------- */

static void
carry_laws(void **state)
{
	uint64_t	seed = 4;

	(void) state;
	for (int i = 0; i < ROUNDS; i++)
	{
		double		leverage = exp(between(&seed, 0.01, 3));
		loop_leg	supply = {between(&seed, -0.1, 0.2), between(&seed, 0, 0.05), 365};
		loop_leg	borrow = {between(&seed, 0, 0.2), between(&seed, 0, 0.05), INFINITY};
		double		x,
					apy,
					expected;

		assert_int_equal(loop_break_even(leverage, &supply, &borrow, &borrow.rate), CORE_OK);
		assert_int_equal(loop_apr(leverage, &supply, &borrow, &x), CORE_OK);
		assert_true(fabs(x) <= 1e-14 * leverage);

		assert_int_equal(loop_apy(leverage, &supply, &borrow, &apy), CORE_OK);
		expected = leverage * (pow(1 + supply.rate / 365, 365) - 1 + supply.incentive)
			- (leverage - 1) * (exp(borrow.rate) - 1 - borrow.incentive);
		assert_true(fabs(apy - expected) <= 1e-12 * leverage * exp(fabs(borrow.rate)));
	}
}

static void
health_is_one_when_the_time_has_come(void **state)
{
	uint64_t	seed = 5;

	(void) state;
	for (int i = 0; i < ROUNDS; i++)
	{
		double		health = exp(between(&seed, 0, 1));
		double		supply = between(&seed, -0.2, 0.2);
		double		borrow = supply + between(&seed, 0.001, 0.5);
		double		years;

		assert_int_equal(loop_years_to_liquidation(health, supply, borrow, &years), CORE_OK);
		assert_close(health * exp((supply - borrow) * years), 1.0, 1e-12);
		assert_int_equal(loop_years_to_liquidation_apy(health, supply, borrow, &years), CORE_OK);
		assert_close(health * pow((1 + supply) / (1 + borrow), years), 1.0, 1e-11);
	}
}

/* ---------- to a target ---------- */

static loop_trade
random_trade(uint64_t *seed)
{
	double		price = exp(between(seed, -3, 3));

	return (loop_trade) {
		price, price * between(seed, 0.97, 1.05), between(seed, 0, 0.02), between(seed, 0, 0.01),
		between(seed, 0, 0.002)
	};
}

/* What was swapped is worth what the trade says, and no fee is a gift. */
static void
assert_trade_adds_up(const loop_trade *t, const loop_adjustment *a)
{
	double		rise = a->collateral_change;

	if (rise >= 0)
	{
		assert_close(rise * t->market_price * (1 + t->slippage) / (1 - t->swap_fee),
					 a->flash_loan, 1e-13);
		assert_close(a->debt_change, a->flash_loan * (1 + t->flash_fee), 1e-13);
	}
	else
	{
		assert_close(-rise * t->market_price * (1 - t->slippage) * (1 - t->swap_fee),
					 a->flash_loan * (1 + t->flash_fee), 1e-13);
		assert_close(-a->debt_change, a->flash_loan, 1e-15);
	}
}

static void
adjustments_attain_their_target(void **state)
{
	uint64_t	seed = 6;
	int			up = 0,
				down = 0;

	(void) state;
	for (int i = 0; i < ROUNDS; i++)
	{
		loop_trade	t = random_trade(&seed);
		double		collateral = exp(between(&seed, -5, 10));
		double		debt = collateral * t.oracle_price * between(&seed, 0, 0.85);
		double		target = between(&seed, 0, 0.85);
		loop_adjustment a;

		assert_int_equal(loop_adjust(collateral, debt, target, &t, &a), CORE_OK);
		assert_true(a.flash_loan >= 0 && a.collateral_after > 0 && a.debt_after >= 0);
		assert_close(a.debt_after / (a.collateral_after * t.oracle_price), target, 1e-12);
		assert_trade_adds_up(&t, &a);
		assert_true(fabs((collateral - a.collateral_after) * t.oracle_price - (debt - a.debt_after)
						 - a.cost) <= 1e-12 * collateral * t.oracle_price);
		up += a.debt_change > 0;
		down += a.debt_change < 0;
		/* without friction nothing is lost, and the way back leads back */
		t = (loop_trade) {t.oracle_price, t.oracle_price, 0, 0, 0};
		assert_int_equal(loop_adjust(collateral, debt, target, &t, &a), CORE_OK);
		assert_true(fabs(a.cost) <= 1e-12 * collateral * t.oracle_price);
		assert_int_equal(loop_adjust(a.collateral_after, a.debt_after,
									 debt / (collateral * t.oracle_price), &t, &a), CORE_OK);
		assert_close(a.collateral_after, collateral, 1e-11);
	}
	assert_true(up > ROUNDS / 4 && down > ROUNDS / 4);
}

static void
adjustments_that_are_published(void **state)
{
	loop_trade	up = {1, 0.995, 0.001, 0, 0};
	loop_trade	down = {1000, 1000, 0.03, 0.002, 0.0009};
	loop_adjustment a;

	(void) state;
	assert_int_equal(loop_adjust(100, 90, 0.93, &up, &a), CORE_OK);
	assert_close(a.flash_loan, 45.275929994696625, 1e-14);
	assert_close(a.debt_after, 135.27592999469664, 1e-14);
	assert_close(a.collateral_after, 145.45798924160928, 1e-14);
	/* debt of 68500 on collateral worth 15000: no sale makes that half */
	assert_int_equal(loop_adjust(15, 68500, 0.5, &down, &a), CORE_NULL);
}

static void
adjustments_at_their_limits(void **state)
{
	loop_trade	fair = {1, 1, 0, 0, 0};
	loop_trade	dear = {1, 1, 0.1, 0, 0};
	loop_trade	cheap = {1, 0.8, 0, 0, 0};
	loop_adjustment a;

	(void) state;
	/* there already, or nothing there */
	assert_int_equal(loop_adjust(100, 50, 0.5, &dear, &a), CORE_OK);
	assert_same(a.flash_loan, 0);
	assert_same(a.debt_after, 50);
	assert_int_equal(loop_adjust(0, 0, 0.5, &dear, &a), CORE_OK);
	assert_same(a.collateral_after, 0);
	/* all of it */
	assert_int_equal(loop_adjust(100, 50, 0, &dear, &a), CORE_OK);
	assert_same(a.debt_after, 0);
	assert_close(a.collateral_after, 100 - 50 / 0.9, 1e-15);
	assert_int_equal(loop_adjust(50, 50, 0, &fair, &a), CORE_OK);
	assert_same(a.collateral_after, 0);
	/* more than all of it */
	assert_int_equal(loop_adjust(50, 50, 0, &dear, &a), CORE_NULL);
	assert_int_equal(loop_adjust(0, 50, 0.5, &fair, &a), CORE_NULL);
	/* each sale costs more health than it brings, each purchase brings some */
	assert_int_equal(loop_adjust(100, 95, 0.92, &dear, &a), CORE_NULL);
	assert_int_equal(loop_adjust(100, 70, 0.9, &cheap, &a), CORE_NULL);
	assert_int_equal(loop_adjust(1e308, 1, 0.9, &(loop_trade) {10, 10, 0, 0, 0}, &a),
					 CORE_OUT_OF_RANGE);
}

/* ---------- the way out ---------- */

/* The proceeds of a sale by Simpson's rule, which is exact for lines. */
static double
proceeds_of(const cascade_depth *depth, double sold)
{
	int			steps = 20000;
	double		step = sold / steps,
				sum = 0;

	for (int i = 0; i < steps; i++)
		sum += (cascade_price(depth, i * step) + 4 * cascade_price(depth, (i + 0.5) * step)
				+ cascade_price(depth, (i + 1) * step)) * step / 6;
	return sum;
}

static void
assert_unwinds(const cascade_depth *depth, uint64_t *seed)
{
	double		collateral = between(seed, 1, 1000);
	double		debt = collateral * between(seed, 0, 1.1);
	double		swap_fee = between(seed, 0, 0.01);
	double		flash_fee = between(seed, 0, 0.01);
	loop_unwinding u;

	assert_int_equal(loop_unwind(collateral, debt, depth, swap_fee, flash_fee, &u), CORE_OK);
	assert_true(u.sold >= 0 && u.sold <= collateral * (1 + 1e-15) && u.debt_after >= 0);
	assert_true(u.cost >= -1e-9 && u.impact >= 0 && u.impact <= 1);
	assert_true(fabs(proceeds_of(depth, u.sold) * (1 - swap_fee) - u.proceeds) <= 1e-6 * collateral);
	assert_close(u.proceeds, (debt - u.debt_after) * (1 + flash_fee), 1e-12);
	assert_true(fabs(1 - u.impact - cascade_price(depth, u.sold)) <= 1e-9);
	assert_true(fabs(collateral - debt - u.cost - u.equity_after) <= 1e-9 * collateral);
	if (u.debt_after > 0)
		assert_true(u.sold >= collateral * (1 - 1e-12) || cascade_price(depth, u.sold) <= 1e-12);
}

static void
exits_are_paid_for(void **state)
{
	uint64_t	seed = 7;

	(void) state;
	for (int i = 0; i < 200; i++)
	{
		double		amounts[3] = {between(&seed, 1, 100), between(&seed, 101, 300), 400};
		double		impacts[3] = {between(&seed, 0, 0.01), between(&seed, 0.01, 0.1), 0.1};
		cascade_depth curve = {amounts, impacts, 1 + i % 3, 0, NULL};
		cascade_depth pool = {.pool_reserve = exp(between(&seed, 3, 12))};

		impacts[2] = between(&seed, 0.1, i % 2 == 0 ? 1 : 0.2);
		assert_unwinds(&curve, &seed);
		assert_unwinds(&pool, &seed);
	}
}

static void
exits_at_their_limits(void **state)
{
	double		amounts[2] = {100, 200};
	double		flat[2] = {0, 0};
	double		gone[2] = {1, 1};
	cascade_depth deep = {amounts, flat, 2, 0, NULL};
	cascade_depth cliff = {amounts, gone, 2, 0, NULL};
	loop_unwinding u;

	(void) state;
	assert_int_equal(loop_unwind(1000, 900, &deep, 0, 0, &u), CORE_OK);
	assert_same(u.sold, 900);
	assert_same(u.cost, 0);
	assert_same(u.equity_after, 100);
	assert_int_equal(loop_unwind(1000, 0, &cliff, 0.1, 0.1, &u), CORE_OK);
	assert_same(u.sold, 0);
	assert_same(u.equity_after, 1000);
	/* the first 100 bring 50, and nobody pays for more */
	assert_int_equal(loop_unwind(1000, 900, &cliff, 0, 0, &u), CORE_OK);
	assert_same(u.sold, 100);
	assert_same(u.proceeds, 50);
	assert_same(u.debt_after, 850);
	assert_same(u.impact, 1);
	assert_same(u.equity_after, 50);
	assert_int_equal(loop_unwind(0, 900, &deep, 0, 0, &u), CORE_OK);
	assert_same(u.debt_after, 900);
	assert_same(u.equity_after, -900);
}

/* ---------- curves ---------- */

static void
curves_go_through_their_points(void **state)
{
	double		u[3] = {0, 0.8, 1};
	double		rate[3] = {0.04, 0.1, 1.5};
	rate_curve	curve = {u, rate, 3, NULL};
	rate_curve	flat = {u + 1, rate, 1, NULL};

	(void) state;
	for (int i = 0; i < 3; i++)
		assert_same(rate_curve_at(&curve, u[i]), rate[i]);
	assert_close(rate_curve_at(&curve, 0.4), 0.07, 1e-15);
	assert_close(rate_curve_at(&curve, 0.9), 0.8, 1e-15);
	assert_close(rate_curve_at(&curve, 1.2), 2.9, 1e-15);
	assert_same(rate_curve_at(&flat, 0.1), 0.04);
	assert_same(rate_curve_at(&flat, 2), 0.04);
}

/* The mean by many small steps, as accruals that come often take it. */
static double
define_adaptive(double utilization, double target, double years)
{
	double		error = (utilization - 0.9) / (utilization > 0.9 ? 0.1 : 0.9);
	double		height = error > 0 ? 3 * error + 1 : 0.75 * error + 1;
	int			steps = 20000;
	double		sum = 0;

	for (int i = 0; i < steps; i++)
	{
		double		rate = target * exp(50 * error * years * (i + 0.5) / steps);

		sum += rate < 0.001 ? 0.001 : rate > 2 ? 2 : rate;
	}
	return height * sum / steps;
}

static void
adaptive_rates_meet_their_definition(void **state)
{
	uint64_t	seed = 8;

	(void) state;
	assert_close(adaptive_rate(0, 0.04, 0), 0.01, 1e-15);
	assert_same(adaptive_rate(0.9, 0.04, 1), 0.04);
	assert_close(adaptive_rate(1, 0.04, 0), 0.16, 1e-14);
	/* five days at full utilization from 4 %: what the contract gave is within its approximations */
	assert_close(adaptive_rate(1, 0.04, 5.0 / 365), 7338724560e-18 * 31536000, 0.01);
	for (int i = 0; i < 300; i++)
	{
		double		u = next_fraction(&seed);
		double		target = exp(between(&seed, log(0.001), log(2)));
		double		years = i % 3 == 0 ? exp(between(&seed, -12, 0)) : next_fraction(&seed) / 5;

		assert_close(adaptive_rate(u, target, years), define_adaptive(u, target, years), 1e-6);
	}
}

/* ---------- the optimum ---------- */

static double
net_profit(const loop_problem *p, double borrow, double rate)
{
	return (p->equity + borrow) * p->supply_apr - borrow * rate
		- p->trade_cost * fabs(borrow - p->own_debt);
}

static loop_problem
random_problem(uint64_t *seed)
{
	double		supply = exp(between(seed, 3, 10));
	loop_problem p = {
		.equity = supply * exp(between(seed, -6, 0)),
		.supply_apr = between(seed, -0.01, next_random(seed) % 3 == 0 ? 0.5 : 0.1),
		.market_supply = supply,
		.others = supply * next_fraction(seed),
		.max_leverage = between(seed, 1, 15)
	};

	if (next_random(seed) % 2 == 0)
	{
		p.own_debt = between(seed, 0, 1) * (supply - p.others);
		p.trade_cost = between(seed, 0, 0.02);
	}
	return p;
}

/* What is common to any optimum. */
static void
assert_is_possible(const loop_problem *p, const loop_optimum *o)
{
	assert_true(o->borrow >= 0 && o->leverage <= p->max_leverage * (1 + 1e-12));
	assert_true(o->utilization <= fmax(1, p->others / p->market_supply) + 1e-12);
	assert_true(fabs(o->net_apr * p->equity - net_profit(p, o->borrow, o->borrow_apr))
				<= 1e-12 * p->market_supply);
}

static void
no_debt_on_a_grid_is_better(void **state)
{
	uint64_t	seed = 9;
	int			limited[4] = {0};

	(void) state;
	for (int round = 0; round < 400; round++)
	{
		double		u[4] = {0, between(&seed, 0.1, 0.6), between(&seed, 0.61, 0.95), 1};
		double		rate[4] = {between(&seed, 0, 0.03), 0, 0, 0};
		rate_curve	curve = {u, rate, 4, NULL};
		loop_problem p = random_problem(&seed);
		loop_optimum o;
		double		most;

		/* every third curve falls somewhere */
		for (int i = 1; i < 4; i++)
			rate[i] = rate[i - 1] + (round % 3 == 0 ? between(&seed, -0.02, 0.1)
									 : between(&seed, 0, 0.1));
		most = fmax(0, fmin(p.equity * (p.max_leverage - 1), p.market_supply - p.others));
		assert_int_equal(loop_optimum_on_curve(&p, &curve, &o), CORE_OK);
		assert_is_possible(&p, &o);
		assert_true(fabs(rate_curve_at(&curve, o.utilization) - o.borrow_apr) <= 1e-12);
		limited[o.limit]++;
		for (int i = 0; i <= 4000; i++)
		{
			double		borrow = most * i / 4000;
			double		r = rate_curve_at(&curve, (p.others + borrow) / p.market_supply);

			assert_true(net_profit(&p, borrow, r)
						<= o.net_apr * p.equity + 1e-12 * p.market_supply);
		}
	}
	for (int i = 0; i < 4; i++)
		assert_true(limited[i] >= 5);
}

static void
no_debt_on_a_grid_is_better_than_adaptive(void **state)
{
	uint64_t	seed = 10;

	(void) state;
	for (int round = 0; round < 400; round++)
	{
		double		target = exp(between(&seed, log(0.001), log(0.2)));
		double		years = round % 4 == 0 ? 0 : next_fraction(&seed) * 0.1;
		loop_problem p = random_problem(&seed);
		loop_optimum o;
		double		most = fmax(0, fmin(p.equity * (p.max_leverage - 1),
										p.market_supply - p.others));

		assert_int_equal(loop_optimum_adaptive(&p, target, years, &o), CORE_OK);
		assert_is_possible(&p, &o);
		for (int i = 0; i <= 4000; i++)
		{
			double		borrow = most * i / 4000;
			double		r = adaptive_rate((p.others + borrow) / p.market_supply, target, years);

			assert_true(net_profit(&p, borrow, r)
						<= o.net_apr * p.equity + 1e-12 * p.market_supply);
		}
	}
}

/* At once, Morpho's curve is one with a kink. */
static void
adaptive_at_once_is_kinked(void **state)
{
	uint64_t	seed = 11;

	(void) state;
	for (int round = 0; round < 2000; round++)
	{
		double		target = exp(between(&seed, log(0.001), log(0.2)));
		double		u[3] = {0, 0.9, 1};
		double		rate[3] = {target / 4, target, target * 4};
		rate_curve	curve = {u, rate, 3, NULL};
		loop_problem p = random_problem(&seed);
		loop_optimum a,
					b;

		assert_int_equal(loop_optimum_adaptive(&p, target, 0, &a), CORE_OK);
		assert_int_equal(loop_optimum_on_curve(&p, &curve, &b), CORE_OK);
		assert_true(fabs(a.borrow - b.borrow) <= 1e-9 * p.market_supply);
		assert_true(fabs(a.net_apr - b.net_apr) <= 1e-12 * p.market_supply / p.equity);
		assert_int_equal(a.limit, b.limit);
	}
}

/* Two markets of a published allocation, each with what it was given. */
static void
first_order_condition_of_a_published_market(void **state)
{
	double		u[3] = {0, 0.9, 1};
	double		rate[3] = {0, 0.026, 0.8};
	rate_curve	curve = {u, rate, 3, NULL};
	loop_problem p = {585.7142857142857, 0.031, 20000, 15000, 5, 0, 0};
	loop_optimum o;
	double		low,
				high;

	(void) state;
	/* capped by leverage: 4 * (supply - marginal rate) over supply is the multiplier of the budget */
	assert_int_equal(loop_optimum_on_curve(&p, &curve, &o), CORE_OK);
	assert_int_equal(o.limit, LOOP_LIMIT_LEVERAGE);
	assert_close(0.031 + 4 * (0.031 - o.borrow_apr - o.borrow * 0.026 / 0.9 / 20000),
				 0.04126031746031746, 1e-12);
	/* with room enough it stops where the marginal rate is 3.1 % */
	p.equity = 1e4;
	p.others = 14000;
	rate[1] = 0.03;
	assert_int_equal(loop_optimum_on_curve(&p, &curve, &o), CORE_OK);
	assert_int_equal(o.limit, LOOP_LIMIT_RATE);
	assert_close(o.borrow_apr + o.borrow * 0.03 / 0.9 / 20000, 0.031, 1e-13);
	/* costs keep it from moving as long as they are more than that brings */
	low = o.borrow;
	p.own_debt = low * 0.99;
	p.trade_cost = 0.001;
	assert_int_equal(loop_optimum_on_curve(&p, &curve, &o), CORE_OK);
	assert_int_equal(o.limit, LOOP_LIMIT_COST);
	assert_same(o.borrow, p.own_debt);
	p.own_debt = 0;
	assert_int_equal(loop_optimum_on_curve(&p, &curve, &o), CORE_OK);
	high = o.borrow;
	assert_true(high < low);
	assert_close(o.borrow_apr + o.borrow * 0.03 / 0.9 / 20000, 0.030, 1e-13);
}

/* ---------- over a history ---------- */

static double
value_at(const source *s, int64_t time, bool on_line)
{
	size_t		i = 0;

	while (i + 1 < s->num_points && s->time[i + 1] <= time)
		i++;
	if (!on_line || s->time[i] == time)
		return s->value[i];
	return s->value[i] + (s->value[i + 1] - s->value[i])
		* ((double) (time - s->time[i]) / (double) (s->time[i + 1] - s->time[i]));
}

static bool
has_time(const source *s, int64_t time)
{
	for (size_t i = 0; i < s->num_points; i++)
		if (s->time[i] == time)
			return true;
	return false;
}

typedef struct three
{
	source		rates;
	source		index;
	source		market;
	series_stream stream[3];
	int64_t		start;
	int64_t		end;
} three;

static void
random_three(three *t, int round, uint64_t *seed)
{
	source	   *s[3] = {&t->rates, &t->index, &t->market};

	do
	{
		t->start = 0;
		t->end = INT64_MAX;
		for (int i = 0; i < 3; i++)
		{
			random_source(s[i], 2 + (size_t) (next_random(seed) % 60), seed);
			t->stream[i] = stream_of(s[i], 1 + (size_t) (round + i) % 5);
			if (s[i]->time[0] > t->start)
				t->start = s[i]->time[0];
			if (s[i]->time[s[i]->num_points - 1] < t->end)
				t->end = s[i]->time[s[i]->num_points - 1];
		}
	} while (t->start >= t->end);
}

static void
paths_meet_their_definition(void **state)
{
	uint64_t	seed = 12;

	(void) state;
	for (int round = 0; round < 400; round++)
	{
		bool		with_market = round % 2 == 0;
		three		t;
		loop_path	path;
		loop_point	p;

		random_three(&t, round, &seed);
		loop_path_init(&path, &t.stream[0], &t.stream[1], with_market ? &t.stream[2] : NULL,
					   t.start, t.end);
		for (int64_t time = t.start; time <= t.end; time++)
		{
			if (time > t.start && !has_time(&t.rates, time) && !has_time(&t.index, time) &&
				!(with_market && has_time(&t.market, time)))
				continue;
			assert_true(loop_path_next(&path, &p));
			assert_int_equal(p.time, time);
			assert_same(p.rate, value_at(&t.rates, time, false));
			assert_close(p.index, value_at(&t.index, time, true), 1e-14);
			assert_same(p.market, value_at(with_market ? &t.market : &t.rates, time, false));
			assert_int_equal(p.is_rate, has_time(&t.rates, time));
		}
		assert_false(loop_path_next(&path, &p));
		assert_false(loop_path_next(&path, &p));
	}
}

/* A replay in plain loops over all points of a path. */
static void
replays_meet_their_definition(void **state)
{
	uint64_t	seed = 13;
	int			liquidated = 0;

	(void) state;
	for (int round = 0; round < 600; round++)
	{
		loop_terms	terms = {between(&seed, 0.5, 2), between(&seed, 1, 4),
		between(&seed, 0.7, 1), between(&seed, 0, 0.1)};
		three		t;
		loop_path	path;
		loop_point	p[SOURCE_POINTS];
		loop_replay r;
		int			n = 0,
					last_rate = 0;
		double		peak = terms.equity,
					worst = INFINITY,
					drawdown = 0,
					negative = 0,
					equity = terms.equity;
		bool		is_liquidated = false;

		random_three(&t, round, &seed);
		loop_path_init(&path, &t.stream[0], &t.stream[1], round % 2 == 0 ? &t.stream[2] : NULL,
					   t.start, t.end);
		loop_replay_init(&r, &terms);
		while (!r.state.is_liquidated && loop_path_next(&path, &p[n]))
			assert_int_equal(loop_replay_add(&r, &p[n++]), CORE_OK);
		for (int i = 0; i < n; i++)
		{
			double		units = terms.equity * terms.leverage / p[0].market;
			double		debt = terms.equity * (terms.leverage - 1) * p[i].index / p[0].index;
			double		health = units * p[i].rate * terms.threshold / debt;

			assert_false(is_liquidated);
			equity = units * p[i].market - debt;
			worst = fmin(worst, health);
			is_liquidated = health < 1;
			if (is_liquidated)
				equity = fmax(0, units - debt * (1 + terms.bonus) / p[i].rate) * p[i].market;
			peak = fmax(peak, equity);
			drawdown = fmin(drawdown, equity / peak - 1);
			if (!p[i].is_rate)
				continue;
			if (units * (p[i].rate - p[last_rate].rate) < terms.equity * (terms.leverage - 1)
				* (p[i].index - p[last_rate].index) / p[0].index)
				negative += (double) (p[i].time - p[last_rate].time);
			last_rate = i;
		}
		assert_int_equal(r.state.is_liquidated, is_liquidated);
		assert_true(is_liquidated || path.done);
		assert_true(fabs(r.state.equity_after - equity) <= 1e-13 * terms.leverage * terms.equity
					* (p[n - 1].market / p[0].market + p[n - 1].index / p[0].index));
		assert_close(r.worst_health_factor, worst, 1e-13);
		assert_true(fabs(r.max_drawdown - drawdown) <= 1e-11);
		assert_same(r.negative_carry, negative);
		liquidated += is_liquidated;
	}
	assert_true(liquidated > 50 && liquidated < 550);
}

static void
indices_compound_continuously(void **state)
{
	int64_t		year = INT64_C(365) * 86400 * 1000000;
	accrual		a = {0};
	double		index;

	(void) state;
	assert_int_equal(accrual_add(&a, 0, 0.05, &index), CORE_OK);
	assert_same(index, 1);
	assert_int_equal(accrual_add(&a, year, -0.05, &index), CORE_OK);
	assert_close(index, exp(0.05), 1e-15);
	assert_int_equal(accrual_add(&a, 2 * year, 1e6, &index), CORE_OK);
	assert_close(index, 1.0, 1e-15);
	assert_int_equal(accrual_add(&a, 3 * year, 0, &index), CORE_OUT_OF_RANGE);
}

static int	pauses;

static void
count_pause(void)
{
	pauses++;
}

/* Curves of many points leave those who wait a way out. */
static void
pauses_on_long_curves(void **state)
{
	size_t		n = 3 * CORE_PAUSE_AFTER;
	double	   *rising = malloc(n * sizeof(double));
	double	   *flat = calloc(n, sizeof(double));
	rate_curve	curve = {rising, rising, n, count_pause};
	cascade_depth depth = {rising, flat, n, 0, count_pause};
	loop_problem problem = {1, 0.05, 1, 0.5, 10, 0, 0};
	loop_optimum optimum;
	loop_unwinding way_out;

	(void) state;
	for (size_t i = 0; i < n; i++)
		rising[i] = (double) (i + 1) / (double) n;
	pauses = 0;
	assert_int_equal(loop_optimum_on_curve(&problem, &curve, &optimum), CORE_OK);
	assert_true(pauses >= 2);
	pauses = 0;
	assert_int_equal(loop_unwind(1, 1, &depth, 0, 0, &way_out), CORE_OK);
	assert_true(pauses >= 2);
	pauses = 0;
	assert_true(cascade_price(&depth, 1) == 1);
	assert_true(pauses >= 2);
	free(rising);
	free(flat);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(leverage_and_ltv_are_inverse),
		cmocka_unit_test(rounds_are_a_geometric_series),
		cmocka_unit_test(at_the_liquidation_price_health_is_one),
		cmocka_unit_test(pauses_on_long_curves),
		cmocka_unit_test(what_has_no_answer_is_null),
		cmocka_unit_test(carry_laws),
		cmocka_unit_test(health_is_one_when_the_time_has_come),
		cmocka_unit_test(adjustments_attain_their_target),
		cmocka_unit_test(adjustments_that_are_published),
		cmocka_unit_test(adjustments_at_their_limits),
		cmocka_unit_test(exits_are_paid_for),
		cmocka_unit_test(exits_at_their_limits),
		cmocka_unit_test(curves_go_through_their_points),
		cmocka_unit_test(adaptive_rates_meet_their_definition),
		cmocka_unit_test(no_debt_on_a_grid_is_better),
		cmocka_unit_test(no_debt_on_a_grid_is_better_than_adaptive),
		cmocka_unit_test(adaptive_at_once_is_kinked),
		cmocka_unit_test(first_order_condition_of_a_published_market),
		cmocka_unit_test(paths_meet_their_definition),
		cmocka_unit_test(replays_meet_their_definition),
		cmocka_unit_test(indices_compound_continuously),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
