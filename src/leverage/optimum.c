/*-------------------------------------------------------------------------
 *
 * leverage/optimum.c
 *	  The SQL face of domain leverage: borrow rates, and loops that move them.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/float.h"

#include "core/leverage/optimum.h"
#include "leverage/position.h"
#include "server/compat.h"
#include "server/interrupts.h"
#include "server/report.h"
#include "server/row.h"
#include "server/span.h"

/* ---------- curves ---------- */

/* The curve in arguments n and n + 1: utilizations, rates. */
static rate_curve
curve_arguments(FunctionCallInfo fcinfo, int n)
{
	int			num_points,
				num_rates;
	double	   *utilizations = float8_elements(PG_GETARG_ARRAYTYPE_P(n), "utilizations", NAN,
											   &num_points);
	double	   *rates = float8_elements(PG_GETARG_ARRAYTYPE_P(n + 1), "rates", NAN, &num_rates);

	if (num_points != num_rates || num_points < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("utilizations and rates must have the same number of elements, "
						"at least one, not %d and %d", num_points, num_rates)));
	for (int i = 0; i < num_points; i++)
	{
		pause_at(i);
		check_amount("utilizations", utilizations[i]);
		if (i > 0 && utilizations[i] <= utilizations[i - 1])
			report_bad_position("utilizations", utilizations[i], "rising");
		check_finite("rates", rates[i]);
	}
	return (rate_curve) {utilizations, rates, num_points, check_interrupts};
}

static double
rate_at_target_argument(FunctionCallInfo fcinfo, int n)
{
	double		rate = PG_GETARG_FLOAT8(n);

	if (!(rate >= ADAPTIVE_MIN_RATE && rate <= ADAPTIVE_MAX_RATE))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("rate_at_target must be from 0.001 to 2, not %s",
						float8out_internal(rate)),
				 errhint("It is a fraction a year: what the market stores, in wad per second, "
						 "times 31536000 / 1e18.")));
	return rate;
}

/* Argument n, horizon, in years */
static double
years_argument(FunctionCallInfo fcinfo, int n)
{
	return (double) positive_span("horizon", PG_GETARG_INTERVAL_P(n))
		/ ((double) USECS_PER_DAY * 365);
}

/* ---------- the optimum ---------- */

/*
 * (equity, supply_apr, market_supply, market_borrow, ... curve ..., and from
 * argument n on max_leverage, own_debt, transaction_cost, horizon)
 */
static loop_problem
problem_arguments(FunctionCallInfo fcinfo, int n, double *years)
{
	double		market_borrow = PG_GETARG_FLOAT8(3);
	double		cost = PG_GETARG_FLOAT8(n + 2);
	loop_problem p = {
		.equity = PG_GETARG_FLOAT8(0),
		.supply_apr = PG_GETARG_FLOAT8(1),
		.market_supply = PG_GETARG_FLOAT8(2),
		.max_leverage = PG_GETARG_FLOAT8(n),
		.own_debt = PG_GETARG_FLOAT8(n + 1)
	};

	check_parameter("equity", p.equity);
	check_finite("supply_apr", p.supply_apr);
	check_parameter("market_supply", p.market_supply);
	check_amount("market_borrow", market_borrow);
	check_leverage("max_leverage", p.max_leverage);
	check_amount("own_debt", p.own_debt);
	if (p.own_debt > market_borrow)
		report_bad_position("own_debt", p.own_debt, "a part of market_borrow");
	check_share("transaction_cost", cost);
	*years = years_argument(fcinfo, n + 3);
	p.others = market_borrow - p.own_debt;
	p.trade_cost = cost / *years;
	return p;
}

static Datum
optimum_row(FunctionCallInfo fcinfo, core_status status, const loop_optimum *o)
{
	static const char *const limits[] = {"rate", "leverage", "liquidity", "cost"};

	report_status(status, "optimal_loop");
	return row_result(fcinfo, (Datum[]) {
		Float8GetDatum(o->borrow), Float8GetDatum(o->leverage), Float8GetDatum(o->utilization),
		Float8GetDatum(o->borrow_apr), Float8GetDatum(o->net_apr),
		CStringGetTextDatum(limits[o->limit])
	});
}

static Datum
optimum_on_curve(FunctionCallInfo fcinfo, const rate_curve *curve, int n)
{
	double		years;
	loop_problem problem = problem_arguments(fcinfo, n, &years);
	loop_optimum optimum;
	core_status status = loop_optimum_on_curve(&problem, curve, &optimum);

	return optimum_row(fcinfo, status, &optimum);
}

/* optimal_loop(equity, supply_apr, market_supply, market_borrow, utilizations, rates, ...) */
PG_FUNCTION_INFO_V1(optimal_loop);
Datum
optimal_loop(PG_FUNCTION_ARGS)
{
	rate_curve	curve = curve_arguments(fcinfo, 4);

	return optimum_on_curve(fcinfo, &curve, 6);
}

/* The same with (base, slope1, slope2, optimal), as Aave has the curve */
PG_FUNCTION_INFO_V1(optimal_loop_kinked);
Datum
optimal_loop_kinked(PG_FUNCTION_ARGS)
{
	double		base = PG_GETARG_FLOAT8(4);
	double		slope1 = PG_GETARG_FLOAT8(5);
	double		slope2 = PG_GETARG_FLOAT8(6);
	double		optimal = PG_GETARG_FLOAT8(7);
	double		utilization[3] = {0, optimal, 1};
	double		rate[3] = {base, base + slope1, base + slope1 + slope2};
	rate_curve	curve = {utilization, rate, 3, NULL};

	check_finite("base", base);
	check_finite("slope1", slope1);
	check_finite("slope2", slope2);
	if (!(optimal > 0 && optimal < 1))
		report_bad_position("optimal", optimal, "above 0 and below 1");
	return optimum_on_curve(fcinfo, &curve, 8);
}

/* optimal_loop_morpho(equity, supply_apr, market_supply, market_borrow, rate_at_target, ...) */
PG_FUNCTION_INFO_V1(optimal_loop_morpho);
Datum
optimal_loop_morpho(PG_FUNCTION_ARGS)
{
	double		rate = rate_at_target_argument(fcinfo, 4);
	double		years;
	loop_problem problem = problem_arguments(fcinfo, 5, &years);
	loop_optimum optimum;

	if (problem.others + problem.own_debt > problem.market_supply)
		report_bad_position("market_borrow", PG_GETARG_FLOAT8(3), "at most market_supply");
	return optimum_row(fcinfo, loop_optimum_adaptive(&problem, rate, years, &optimum), &optimum);
}
