/*-------------------------------------------------------------------------
 *
 * leverage/loop.c
 *	  The SQL face of domain leverage: loops.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/float.h"

#include "core/leverage/loop.h"
#include "leverage/position.h"
#include "series/input.h"
#include "server/compat.h"
#include "server/report.h"
#include "server/row.h"
#include "server/span.h"

static Datum
float8_or_null(FunctionCallInfo fcinfo, core_status status, double result, const char *what)
{
	if (!report_status(status, what))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

static double
leverage_argument(FunctionCallInfo fcinfo, int n)
{
	double		leverage = PG_GETARG_FLOAT8(n);

	check_leverage("leverage", leverage);
	return leverage;
}

static double
threshold_argument(FunctionCallInfo fcinfo, int n)
{
	double		threshold = PG_GETARG_FLOAT8(n);

	check_loop_threshold(threshold);
	return threshold;
}

/* Argument n, a rate, an incentive or a yield: any finite number */
static double
finite_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	double		value = PG_GETARG_FLOAT8(n);

	check_finite(argument, value);
	return value;
}

/* ---------- leverage and health ---------- */

PG_FUNCTION_INFO_V1(leverage_from_ltv);
Datum
leverage_from_ltv(PG_FUNCTION_ARGS)
{
	double		ltv = PG_GETARG_FLOAT8(0);

	check_threshold("ltv", ltv);
	PG_RETURN_FLOAT8(loop_leverage_from_ltv(ltv));
}

PG_FUNCTION_INFO_V1(ltv_from_leverage);
Datum
ltv_from_leverage(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(loop_ltv_from_leverage(leverage_argument(fcinfo, 0)));
}

/* max_leverage(max_ltv, health_factor) */
PG_FUNCTION_INFO_V1(max_leverage);
Datum
max_leverage(PG_FUNCTION_ARGS)
{
	double		ltv = PG_GETARG_FLOAT8(0);
	double		health_factor = PG_GETARG_FLOAT8(1);

	check_threshold("max_ltv", ltv);
	if (!loop_leverage_is_valid(health_factor))
		report_bad_position("health_factor", health_factor, "finite and at least 1");
	PG_RETURN_FLOAT8(loop_leverage_from_ltv(ltv / health_factor));
}

PG_FUNCTION_INFO_V1(leverage_after_rounds);
Datum
leverage_after_rounds(PG_FUNCTION_ARGS)
{
	double		ltv = PG_GETARG_FLOAT8(0);
	int32		rounds = integer_argument(fcinfo, 1, "rounds", 0, PG_INT32_MAX);

	check_threshold("ltv", ltv);
	PG_RETURN_FLOAT8(loop_leverage_after_rounds(ltv, rounds));
}

PG_FUNCTION_INFO_V1(leverage_loop_health_factor);
Datum
leverage_loop_health_factor(PG_FUNCTION_ARGS)
{
	double		leverage = leverage_argument(fcinfo, 0);
	double		threshold = threshold_argument(fcinfo, 1);
	double		result = 0;
	core_status status = loop_health_factor(leverage, threshold, &result);

	return float8_or_null(fcinfo, status, result, "loop_health_factor");
}

PG_FUNCTION_INFO_V1(liquidation_price);
Datum
liquidation_price(PG_FUNCTION_ARGS)
{
	double		collateral = PG_GETARG_FLOAT8(0);
	double		threshold = threshold_argument(fcinfo, 1);
	double		debt = PG_GETARG_FLOAT8(2);
	double		result = 0;
	core_status status;

	check_amount("collateral_amount", collateral);
	if (!isfinite(debt))
		report_bad_position("debt", debt, "finite");
	status = loop_liquidation_price(collateral, threshold, debt, &result);
	return float8_or_null(fcinfo, status, result, "liquidation_price");
}

/* loop_liquidation_rate(leverage, liquidation_threshold, exchange_rate) */
PG_FUNCTION_INFO_V1(leverage_loop_liquidation_rate);
Datum
leverage_loop_liquidation_rate(PG_FUNCTION_ARGS)
{
	double		leverage = leverage_argument(fcinfo, 0);
	double		threshold = threshold_argument(fcinfo, 1);
	double		rate = PG_GETARG_FLOAT8(2);
	double		result = 0;
	core_status status;

	check_rate("exchange_rate", rate);
	status = loop_liquidation_rate(leverage, threshold, rate, &result);
	return float8_or_null(fcinfo, status, result, "loop_liquidation_rate");
}

PG_FUNCTION_INFO_V1(depeg_tolerance);
Datum
depeg_tolerance(PG_FUNCTION_ARGS)
{
	double		health_factor = PG_GETARG_FLOAT8(0);
	double		result = 0;
	core_status status;

	check_amount("health_factor", health_factor);
	status = loop_depeg_tolerance(health_factor, &result);
	return float8_or_null(fcinfo, status, result, "depeg_tolerance");
}

/* ---------- carry ---------- */

/* Argument n, how often a year a leg compounds; infinity is continuously */
static double
periods_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	double		periods = PG_GETARG_FLOAT8(n);

	if (!(periods > 0))
		report_bad_position(argument, periods, "positive");
	return periods;
}

/* (leverage, supply_apr, borrow_apr, supply_incentive_apr, borrow_incentive_apr) */
static void
read_legs(FunctionCallInfo fcinfo, loop_leg *supply, loop_leg *borrow)
{
	*supply = (loop_leg) {
		finite_argument(fcinfo, 1, "supply_apr"),
		finite_argument(fcinfo, 3, "supply_incentive_apr"), 1
	};
	*borrow = (loop_leg) {
		finite_argument(fcinfo, 2, "borrow_apr"),
		finite_argument(fcinfo, 4, "borrow_incentive_apr"), 1
	};
}

PG_FUNCTION_INFO_V1(leverage_loop_apr);
Datum
leverage_loop_apr(PG_FUNCTION_ARGS)
{
	double		leverage = leverage_argument(fcinfo, 0);
	double		result = 0;
	loop_leg	supply,
				borrow;
	core_status status;

	read_legs(fcinfo, &supply, &borrow);
	status = loop_apr(leverage, &supply, &borrow, &result);
	return float8_or_null(fcinfo, status, result, "loop_apr");
}

PG_FUNCTION_INFO_V1(leverage_loop_apy);
Datum
leverage_loop_apy(PG_FUNCTION_ARGS)
{
	double		leverage = leverage_argument(fcinfo, 0);
	double		result = 0;
	loop_leg	supply,
				borrow;
	core_status status;

	read_legs(fcinfo, &supply, &borrow);
	supply.periods = periods_argument(fcinfo, 5, "supply_periods");
	borrow.periods = periods_argument(fcinfo, 6, "borrow_periods");
	status = loop_apy(leverage, &supply, &borrow, &result);
	return float8_or_null(fcinfo, status, result, "loop_apy");
}

/* break_even_borrow_apr(leverage, supply_apr, supply_incentive_apr, borrow_incentive_apr) */
PG_FUNCTION_INFO_V1(break_even_borrow_apr);
Datum
break_even_borrow_apr(PG_FUNCTION_ARGS)
{
	double		leverage = leverage_argument(fcinfo, 0);
	loop_leg	supply = {
		finite_argument(fcinfo, 1, "supply_apr"),
		finite_argument(fcinfo, 2, "supply_incentive_apr"), 1
	};
	loop_leg	borrow = {0, finite_argument(fcinfo, 3, "borrow_incentive_apr"), 1};
	double		result = 0;
	core_status status = loop_break_even(leverage, &supply, &borrow, &result);

	return float8_or_null(fcinfo, status, result, "break_even_borrow_apr");
}

typedef core_status (*years_function) (double health_factor, double supply, double borrow,
									   double *years);

static Datum
time_to(FunctionCallInfo fcinfo, years_function function, double supply, double borrow)
{
	double		health_factor = PG_GETARG_FLOAT8(0);
	double		years = 0;

	check_amount("health_factor", health_factor);
	if (!report_status(function(health_factor, supply, borrow, &years), "time_to_liquidation"))
		PG_RETURN_NULL();
	PG_RETURN_INTERVAL_P(span_interval((uint64) rint(years * 365 * USECS_PER_DAY)));
}

PG_FUNCTION_INFO_V1(time_to_liquidation);
Datum
time_to_liquidation(PG_FUNCTION_ARGS)
{
	return time_to(fcinfo, loop_years_to_liquidation, finite_argument(fcinfo, 1, "supply_apr"),
				   finite_argument(fcinfo, 2, "borrow_apr"));
}

static double
apy_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	double		apy = finite_argument(fcinfo, n, argument);

	if (apy <= -1)
		report_bad_position(argument, apy, "above -1");
	return apy;
}

PG_FUNCTION_INFO_V1(time_to_liquidation_apy);
Datum
time_to_liquidation_apy(PG_FUNCTION_ARGS)
{
	return time_to(fcinfo, loop_years_to_liquidation_apy, apy_argument(fcinfo, 1, "supply_apy"),
				   apy_argument(fcinfo, 2, "borrow_apy"));
}

/* ---------- to a target ---------- */

/* From argument n on: oracle_price, market_price or NULL, slippage, swap_fee, flash_fee */
static loop_trade
read_trade(FunctionCallInfo fcinfo, int n)
{
	loop_trade	trade = {
		.oracle_price = PG_GETARG_FLOAT8(n),
		.slippage = PG_GETARG_FLOAT8(n + 2),
		.swap_fee = PG_GETARG_FLOAT8(n + 3),
		.flash_fee = PG_GETARG_FLOAT8(n + 4)
	};

	trade.market_price = PG_ARGISNULL(n + 1) ? trade.oracle_price : PG_GETARG_FLOAT8(n + 1);
	check_parameter("oracle_price", trade.oracle_price);
	check_parameter("market_price", trade.market_price);
	check_share("slippage", trade.slippage);
	check_share("swap_fee", trade.swap_fee);
	check_amount("flash_fee", trade.flash_fee);
	return trade;
}

/* NULL in any argument but market_price, which is argument n + 1 of n + 5 */
static bool
has_null_but_market(FunctionCallInfo fcinfo, int n)
{
	return has_null_argument(fcinfo, n + 1) || PG_ARGISNULL(n + 2) || PG_ARGISNULL(n + 3) ||
		PG_ARGISNULL(n + 4);
}

static Datum
adjustment(FunctionCallInfo fcinfo, double collateral, double debt, double target_ltv, int n,
		   const char *what)
{
	loop_trade	trade = read_trade(fcinfo, n);
	loop_adjustment a;

	check_amount("collateral", collateral);
	check_amount("debt", debt);
	if (!report_status(loop_adjust(collateral, debt, target_ltv, &trade, &a), what))
		PG_RETURN_NULL();
	return row_of_float8(fcinfo, (double[]) {
		a.flash_loan, a.collateral_change, a.debt_change, a.collateral_after, a.debt_after, a.cost
	}, 6);
}

PG_FUNCTION_INFO_V1(adjust_to_ltv);
Datum
adjust_to_ltv(PG_FUNCTION_ARGS)
{
	if (has_null_but_market(fcinfo, 3))
		PG_RETURN_NULL();
	check_threshold("target_ltv", PG_GETARG_FLOAT8(2));
	return adjustment(fcinfo, PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2), 3,
					  "adjust_to_ltv");
}

/* A health factor is a loan to value of threshold / health factor. */
PG_FUNCTION_INFO_V1(adjust_to_health_factor);
Datum
adjust_to_health_factor(PG_FUNCTION_ARGS)
{
	double		target;

	if (has_null_but_market(fcinfo, 4))
		PG_RETURN_NULL();
	target = PG_GETARG_FLOAT8(3);
	if (!(target > 0 && target <= DBL_MAX))
		report_bad_position("target_health_factor", target, "positive and finite");
	return adjustment(fcinfo, PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(2),
					  threshold_argument(fcinfo, 1) / target, 4, "adjust_to_health_factor");
}

/* ---------- the way out ---------- */

/* From argument n on: swap_fee, flash_fee */
static Datum
unwinding(FunctionCallInfo fcinfo, const cascade_depth *depth, int n)
{
	double		collateral = PG_GETARG_FLOAT8(0);
	double		debt = PG_GETARG_FLOAT8(1);
	double		swap_fee = PG_GETARG_FLOAT8(n);
	double		flash_fee = PG_GETARG_FLOAT8(n + 1);
	loop_unwinding u;

	check_amount("collateral", collateral);
	check_amount("debt", debt);
	check_share("swap_fee", swap_fee);
	check_amount("flash_fee", flash_fee);
	report_status(loop_unwind(collateral, debt, depth, swap_fee, flash_fee, &u), "unwind_cost");
	return row_of_float8(fcinfo, (double[]) {
		u.sold, u.proceeds, u.impact, u.cost, u.debt_after, u.equity_after
	}, 6);
}

PG_FUNCTION_INFO_V1(unwind_cost);
Datum
unwind_cost(PG_FUNCTION_ARGS)
{
	cascade_depth depth = {0};

	depth_arguments(fcinfo, 2, &depth);
	return unwinding(fcinfo, &depth, 4);
}

PG_FUNCTION_INFO_V1(unwind_cost_pool);
Datum
unwind_cost_pool(PG_FUNCTION_ARGS)
{
	cascade_depth depth = {.pool_reserve = PG_GETARG_FLOAT8(2)};

	check_parameter("pool_reserve", depth.pool_reserve);
	return unwinding(fcinfo, &depth, 3);
}
