/*-------------------------------------------------------------------------
 *
 * core/leverage/optimum.c
 *	  How much a loop should borrow, where its own borrowing moves the rate.
 *
 * With a debt of B the loop earns, a year,
 *
 *		(equity + B) * supply - B * rate(B) - trade_cost * |B - own_debt|
 *
 * which is greatest where the marginal cost of debt is what it earns,
 * rate(B) + B * rate'(B) = supply, less the cost of a trade where B rises and
 * with it where B falls; at a kink of the curve; or at a limit.  After B. Baude,
 * V. Danos, H. El Khalloufi, "Leveraged positions on decentralized lending
 * platforms" (arXiv 2601.14005), for a single market.
 *
 *-------------------------------------------------------------------------
 */
#include "core/leverage/optimum.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

#include "core/leverage/curve.h"

/* Halvings after which an interval of doubles has no middle left. */
#define MAX_HALVINGS	1100

/* ---------- curves ---------- */

/*
 * The borrow rate at a utilization: on the line between two points, that of the
 * first point below it, and on the last line's extension beyond, as Fluid has it.
 */
double
rate_curve_at(const rate_curve *curve, double utilization)
{
	double		rate = INFINITY;

	if (utilization <= curve->utilization[0] || curve->num_points == 1)
		return curve->rate[0];
	/* leaves the infinity where the line leaves the doubles */
	(void) curve_kinked_rate(utilization, curve->utilization, curve->rate,
							 (int) curve->num_points, true, &rate);
	return rate;
}

/* How far a utilization is off the target, from -1 to 1. */
static double
adaptive_error(double utilization)
{
	double		off = utilization - ADAPTIVE_TARGET;

	return off / (off > 0 ? 1 - ADAPTIVE_TARGET : ADAPTIVE_TARGET);
}

/* The steps of the curve: how much its height changes with the error. */
static double
adaptive_slope(double error)
{
	return error > 0 ? ADAPTIVE_STEEPNESS - 1 : 1 - 1 / ADAPTIVE_STEEPNESS;
}

/*
 * The mean rate at target over some years at a constant error, and its
 * derivative by the error: it moves by e^(speed * error * years), within its
 * bounds.  Zero years are none.
 */
static double
mean_rate_at_target(double rate, double error, double years, double *derivative)
{
	double		x = ADAPTIVE_SPEED * error * years;
	double		bound = error > 0 ? ADAPTIVE_MAX_RATE : ADAPTIVE_MIN_RATE;
	double		to_bound = log(bound / rate);	/* the x at which it stays there */

	if (fabs(x) <= fabs(to_bound))
	{
		/* (e^x - 1) / x and its derivative, near zero by its series */
		double		growth = x == 0 ? 1 : expm1(x) / x;
		double		bend = fabs(x) < 1e-4 ? 0.5 + x / 3 + x * x / 8 : (exp(x) - growth) / x;

		*derivative = rate * bend * ADAPTIVE_SPEED * years;
		return rate * growth;
	}
	*derivative = (rate - bound + bound * to_bound) / (x * error);
	return bound + (bound - rate - bound * to_bound) / x;
}

/*
 * The mean borrow rate of the adaptive curve over some years at a constant
 * utilization, 0 to 1, which starts with a rate at target within the model's
 * bounds.  That is the limit of accruals that come ever more often; the
 * contract, between two of them, takes the mean of three points of it.
 */
double
adaptive_rate(double utilization, double rate_at_target, double years)
{
	double		error = adaptive_error(utilization);
	double		ignored;

	return (1 + adaptive_slope(error) * error)
		* mean_rate_at_target(rate_at_target, error, years, &ignored);
}

/* ---------- comparing debts ---------- */

/* The best debt so far. */
typedef struct search
{
	const loop_problem *problem;
	double		most;			/* debt that equity and the market allow */
	bool		found;
	double		borrow;
	double		borrow_apr;
	double		profit;			/* over that of equity alone */
} search;

static void
search_init(search *s, const loop_problem *p)
{
	double		by_equity = p->equity * (p->max_leverage - 1);
	double		by_market = p->market_supply - p->others;

	*s = (search) {.problem = p};
	s->most = fmax(fmin(by_equity, by_market), 0);
}

static void
consider(search *s, double borrow, double borrow_apr)
{
	const loop_problem *p = s->problem;
	double		profit = borrow * (p->supply_apr - borrow_apr)
		- p->trade_cost * fabs(borrow - p->own_debt);

	if (s->found && !(profit > s->profit || (profit == s->profit && borrow < s->borrow)))
		return;
	s->found = true;
	s->borrow = borrow;
	s->borrow_apr = borrow_apr;
	s->profit = profit;
}

/* What limits the best debt: the supply of it, or its price. */
static loop_limit
limit_of(const search *s)
{
	const loop_problem *p = s->problem;

	if (s->borrow >= s->most)
		return p->equity * (p->max_leverage - 1) <= p->market_supply - p->others
			? LOOP_LIMIT_LEVERAGE : LOOP_LIMIT_LIQUIDITY;
	if (s->borrow == p->own_debt && p->trade_cost > 0)
		return LOOP_LIMIT_COST;
	return LOOP_LIMIT_RATE;
}

static core_status
search_result(const search *s, loop_optimum *out)
{
	const loop_problem *p = s->problem;

	out->borrow = s->borrow;
	out->leverage = 1 + s->borrow / p->equity;
	out->utilization = (p->others + s->borrow) / p->market_supply;
	out->borrow_apr = s->borrow_apr;
	out->net_apr = p->supply_apr + s->profit / p->equity;
	out->limit = limit_of(s);
	return isfinite(out->leverage) && isfinite(out->utilization) && isfinite(out->borrow_apr) &&
		isfinite(out->net_apr) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* Where a change that costs nothing would not pay either, cost is no limit. */
static void
settle_limit(loop_optimum *out, const loop_optimum *if_free)
{
	if (if_free->borrow == out->borrow)
		out->limit = if_free->limit;
}

/* ---------- a curve of straight lines ---------- */

/* A line of the curve: its rate at a utilization, and its slope. */
typedef struct rate_line
{
	double		utilization;
	double		rate;
	double		slope;
} rate_line;

static double
rate_on_line(const rate_line *line, const loop_problem *p, double borrow)
{
	double		utilization = (p->others + borrow) / p->market_supply;

	return line->rate + line->slope * (utilization - line->utilization);
}

/*
 * The best debt from "from" to "to", which lie on one line and on one side of
 * the present debt; there the profit is a parabola.
 */
static void
consider_piece(search *s, const rate_line *line, double from, double to, double earns)
{
	const loop_problem *p = s->problem;
	double		per_unit = line->slope / p->market_supply;
	double		best = (earns - rate_on_line(line, p, 0)) / (2 * per_unit);

	if (!(from <= to))
		return;
	consider(s, from, rate_on_line(line, p, from));
	consider(s, to, rate_on_line(line, p, to));
	if (per_unit > 0 && best > from && best < to)
		consider(s, best, rate_on_line(line, p, best));
}

/* The best debt with a utilization on one line of the curve. */
static void
consider_line(search *s, const rate_line *line, double low, double high)
{
	const loop_problem *p = s->problem;
	double		from = fmax(low * p->market_supply - p->others, 0);
	double		to = fmin(high * p->market_supply - p->others, s->most);

	consider_piece(s, line, from, fmin(to, p->own_debt), p->supply_apr + p->trade_cost);
	consider_piece(s, line, fmax(from, p->own_debt), to, p->supply_apr - p->trade_cost);
}

static core_status
solve_on_curve(const loop_problem *problem, const rate_curve *curve, loop_optimum *out)
{
	const double *u = curve->utilization;
	const double *rate = curve->rate;
	size_t		n = curve->num_points;
	rate_line	line = {u[0], rate[0], 0};
	search		s;

	search_init(&s, problem);
	consider_line(&s, &line, 0, n == 1 ? INFINITY : u[0]);
	for (size_t i = 0, next = 0; i + 1 < n; i++)
	{
		if (i == next)
			next = core_next_pause(curve->pause, i, n);
		line = (rate_line) {u[i], rate[i], (rate[i + 1] - rate[i]) / (u[i + 1] - u[i])};
		consider_line(&s, &line, u[i], i + 2 == n ? INFINITY : u[i + 1]);
	}
	return search_result(&s, out);
}

/*
 * The optimum where the rate is a curve of straight lines.  Each of them has
 * its own closed form, so that lines that fall, or rise less than those
 * before, are no obstacle.
 */
core_status
loop_optimum_on_curve(const loop_problem *problem, const rate_curve *curve, loop_optimum *out)
{
	loop_problem free = *problem;
	loop_optimum if_free;
	core_status status = solve_on_curve(problem, curve, out);

	free.trade_cost = 0;
	if (status == CORE_OK && out->limit == LOOP_LIMIT_COST)
	{
		status = solve_on_curve(&free, curve, &if_free);
		settle_limit(out, &if_free);
	}
	return status;
}

/* ---------- the adaptive curve ---------- */

typedef struct adaptive_market
{
	double		rate_at_target;
	double		years;
} adaptive_market;

static void
consider_adaptive(search *s, const adaptive_market *m, double borrow)
{
	double		utilization = (s->problem->others + borrow) / s->problem->market_supply;

	consider(s, borrow, adaptive_rate(utilization, m->rate_at_target, m->years));
}

/* What the next unit of debt costs: rate + borrow * rate'. */
static double
marginal_cost(const loop_problem *p, const adaptive_market *m, bool above, double borrow)
{
	double		error = adaptive_error((p->others + borrow) / p->market_supply);
	double		slope = adaptive_slope(above ? 1 : -1);
	double		span = above ? 1 - ADAPTIVE_TARGET : ADAPTIVE_TARGET;
	double		bend;
	double		mean = mean_rate_at_target(m->rate_at_target, error, m->years, &bend);
	double		height = 1 + slope * error;

	return height * mean + borrow * (slope * mean + height * bend) / (span * p->market_supply);
}

/*
 * The best debt from "from" to "to", on one side of the target and of the
 * present debt.  A product of convex functions that rise is one, so that the
 * marginal cost rises, and is what debt earns at one place at most.
 */
static void
consider_adaptive_piece(search *s, const adaptive_market *m, bool above, double from, double to,
						double earns)
{
	if (!(from <= to))
		return;
	consider_adaptive(s, m, from);
	consider_adaptive(s, m, to);
	/* no place within: it would be next to an end, and as good by its rounding */
	if (marginal_cost(s->problem, m, above, from) >= earns ||
		marginal_cost(s->problem, m, above, to) <= earns)
		return;
	for (int i = 0; i < MAX_HALVINGS; i++)
	{
		double		middle = from + (to - from) / 2;

		if (!(middle > from && middle < to))
			break;
		if (marginal_cost(s->problem, m, above, middle) < earns)
			from = middle;
		else
			to = middle;
	}
	consider_adaptive(s, m, from);
}

static core_status
solve_adaptive(const loop_problem *p, const adaptive_market *m, loop_optimum *out)
{
	double		up = p->supply_apr - p->trade_cost;
	double		down = p->supply_apr + p->trade_cost;
	double		kink = ADAPTIVE_TARGET * p->market_supply - p->others;
	search		s;

	search_init(&s, p);
	kink = fmin(fmax(kink, 0), s.most);
	consider_adaptive_piece(&s, m, false, 0, fmin(kink, p->own_debt), down);
	consider_adaptive_piece(&s, m, false, p->own_debt, kink, up);
	consider_adaptive_piece(&s, m, true, kink, fmin(s.most, p->own_debt), down);
	consider_adaptive_piece(&s, m, true, fmax(kink, p->own_debt), s.most, up);
	return search_result(&s, out);
}

/*
 * The optimum on Morpho's adaptive curve where the debt stays as it is for some
 * years, over which the curve moves; zero years are the curve of this moment.
 * Others have borrowed no more than is supplied, and the rate at target is
 * within the model's bounds.
 */
core_status
loop_optimum_adaptive(const loop_problem *problem, double rate_at_target, double years,
					  loop_optimum *out)
{
	adaptive_market market = {rate_at_target, years};
	loop_problem free = *problem;
	loop_optimum if_free;
	core_status status = solve_adaptive(problem, &market, out);

	free.trade_cost = 0;
	if (status == CORE_OK && out->limit == LOOP_LIMIT_COST)
	{
		status = solve_adaptive(&free, &market, &if_free);
		settle_limit(out, &if_free);
	}
	return status;
}
