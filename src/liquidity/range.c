/*-------------------------------------------------------------------------
 *
 * liquidity/range.c
 *	  The SQL face of domain liquidity: ranges.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/float.h"

#include "core/liquidity/plan.h"
#include "core/liquidity/range.h"
#include "core/liquidity/univ3.h"
#include "liquidity/pool.h"
#include "liquidity/stay.h"
#include "series/fold.h"
#include "series/input.h"
#include "server/compat.h"
#include "server/report.h"
#include "server/row.h"
#include "server/span.h"

/* ln 1.0001, the step of a tick */
#define LOG_OF_TICK		9.999500033330834e-05

/* ---------- arguments and results ---------- */

/* p, pa, pb, sigma and mu, the arguments from 0 on */
static range_walk
walk_arguments(FunctionCallInfo fcinfo)
{
	range_walk	walk;
	double		price = positive_argument(fcinfo, 0, "p");
	double		sigma = unsigned_argument(fcinfo, 3, "sigma");
	double		mu = PG_GETARG_FLOAT8(4);
	double		pa,
				pb;

	range_argument(fcinfo, 1, &pa, &pb);
	check_finite("mu", mu);
	report_status(range_walk_init(&walk, price, pa, pb, sigma, mu), "mu - sigma^2/2");
	return walk;
}

static double
year_days_argument(FunctionCallInfo fcinfo, int n)
{
	check_parameter("year_days", PG_GETARG_FLOAT8(n));
	return PG_GETARG_FLOAT8(n);
}

/* Argument n, an interval, in years of argument m, year_days, which may be next to nothing */
static double
years_of_argument(FunctionCallInfo fcinfo, int n, int m, const char *argument)
{
	double		years = days_argument(fcinfo, n, argument) / year_days_argument(fcinfo, m);

	report_status(years > 0 && years <= DBL_MAX ? CORE_OK : CORE_OUT_OF_RANGE, argument);
	return years;
}

static double
years_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	return years_of_argument(fcinfo, n, n + 1, argument);
}

/* An apy, which may be negative, but not a loss of everything */
static double
apy_argument(FunctionCallInfo fcinfo, int n)
{
	double		apy = PG_GETARG_FLOAT8(n);

	if (!(apy > -1 && apy <= DBL_MAX))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("apy must be above -1 and finite, not %s", float8out_internal(apy)),
				 errhint("A yield of 3 %% a year is 0.03.")));
	return apy;
}

/* Years as an interval; 22003 where that is beyond one */
static Interval *
years_interval(double years, double year_days, const char *what)
{
	double		span = years * year_days * USECS_PER_DAY;

	if (!(span < (double) PG_INT64_MAX))
		report_status(CORE_OUT_OF_RANGE, what);
	return span_interval((uint64) rint(span));
}

/* ---------- closed forms ---------- */

PG_FUNCTION_INFO_V1(liquidity_range_exit_probability);
Datum
liquidity_range_exit_probability(PG_FUNCTION_ARGS)
{
	range_walk	walk = walk_arguments(fcinfo);

	PG_RETURN_FLOAT8(range_exit_by(&walk, years_argument(fcinfo, 5, "horizon")));
}

PG_FUNCTION_INFO_V1(liquidity_range_probability);
Datum
liquidity_range_probability(PG_FUNCTION_ARGS)
{
	range_walk	walk = walk_arguments(fcinfo);

	PG_RETURN_FLOAT8(range_inside_at(&walk, years_argument(fcinfo, 5, "horizon")));
}

PG_FUNCTION_INFO_V1(liquidity_range_exit_up_probability);
Datum
liquidity_range_exit_up_probability(PG_FUNCTION_ARGS)
{
	range_walk	walk = walk_arguments(fcinfo);
	double		result;

	if (!report_status(range_exit_up(&walk, &result), "range_exit_up_probability"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(liquidity_range_expected_exit);
Datum
liquidity_range_expected_exit(PG_FUNCTION_ARGS)
{
	range_walk	walk = walk_arguments(fcinfo);
	double		year_days = year_days_argument(fcinfo, 5);
	double		years;

	if (!report_status(range_exit_time(&walk, &years), "range_expected_exit"))
		PG_RETURN_NULL();
	PG_RETURN_INTERVAL_P(years_interval(years, year_days, "range_expected_exit"));
}

PG_FUNCTION_INFO_V1(liquidity_range_expected_time_in_range);
Datum
liquidity_range_expected_time_in_range(PG_FUNCTION_ARGS)
{
	range_walk	walk = walk_arguments(fcinfo);
	double		years = range_time_inside(&walk, years_argument(fcinfo, 5, "horizon"));

	PG_RETURN_INTERVAL_P(years_interval(years, PG_GETARG_FLOAT8(6),
										"range_expected_time_in_range"));
}

PG_FUNCTION_INFO_V1(liquidity_range_expected_share);
Datum
liquidity_range_expected_share(PG_FUNCTION_ARGS)
{
	range_walk	walk = walk_arguments(fcinfo);
	double		years = years_argument(fcinfo, 5, "horizon");

	PG_RETURN_FLOAT8(range_time_inside(&walk, years) / years);
}

PG_FUNCTION_INFO_V1(liquidity_lst_range_drift_time);
Datum
liquidity_lst_range_drift_time(PG_FUNCTION_ARGS)
{
	double		price = positive_argument(fcinfo, 0, "p");
	double		bound = positive_argument(fcinfo, 1, "pb");
	double		apy = apy_argument(fcinfo, 2);
	double		year_days = year_days_argument(fcinfo, 3);
	double		years;

	if (!report_status(range_drift_time(price, bound, apy, &years), "lst_range_drift_time"))
		PG_RETURN_NULL();
	PG_RETURN_INTERVAL_P(years_interval(years, year_days, "lst_range_drift_time"));
}

/* ---------- time in range over a history ---------- */

/* Arguments n and n + 1, lower and upper: of prices, ticks, anything */
void
read_stay_range(FunctionCallInfo fcinfo, int n, double *lower, double *upper)
{
	*lower = PG_GETARG_FLOAT8(n);
	*upper = PG_GETARG_FLOAT8(n + 1);
	check_finite("lower", *lower);
	check_finite("upper", *upper);
	if (*lower >= *upper)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("lower must be below upper: %s, %s", float8out_internal(*lower),
						float8out_internal(*upper))));
}

Datum
stay_time(FunctionCallInfo fcinfo, const range_stay *stay)
{
	if (!stay->upper.last.exists)
		PG_RETURN_NULL();
	PG_RETURN_INTERVAL_P(span_interval(range_stay_time(stay)));
}

Datum
stay_share(FunctionCallInfo fcinfo, const range_stay *stay)
{
	double		share;

	if (!report_status(range_stay_share(stay, &share), "share_in_range"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(share);
}

/* (series, lower, upper), all of the series */
static Datum
stay_of_series(FunctionCallInfo fcinfo, stay_result result)
{
	range_stay	stay;
	double		lower,
				upper;

	read_stay_range(fcinfo, 1, &lower, &upper);
	range_stay_init(&stay, lower, upper);
	fold_points(PG_GETARG_DATUM(0), range_stay_fold, &stay);
	return result(fcinfo, &stay);
}

/* (series, lower, upper, start_time, end_time) */
static Datum
stay_of_window(FunctionCallInfo fcinfo, stay_result result)
{
	range_stay	stay;
	double		lower,
				upper;

	if (has_null_argument(fcinfo, 3))
		PG_RETURN_NULL();
	read_stay_range(fcinfo, 1, &lower, &upper);
	range_stay_init(&stay, lower, upper);
	if (!fold_arguments(fcinfo, 3, RATE_LOCF, range_stay_fold, &stay))
		PG_RETURN_NULL();
	return result(fcinfo, &stay);
}

PG_FUNCTION_INFO_V1(liquidity_time_in_range);
Datum
liquidity_time_in_range(PG_FUNCTION_ARGS)
{
	return stay_of_series(fcinfo, stay_time);
}

PG_FUNCTION_INFO_V1(liquidity_share_in_range);
Datum
liquidity_share_in_range(PG_FUNCTION_ARGS)
{
	return stay_of_series(fcinfo, stay_share);
}

PG_FUNCTION_INFO_V1(liquidity_time_in_range_between);
Datum
liquidity_time_in_range_between(PG_FUNCTION_ARGS)
{
	return stay_of_window(fcinfo, stay_time);
}

PG_FUNCTION_INFO_V1(liquidity_share_in_range_between);
Datum
liquidity_share_in_range_between(PG_FUNCTION_ARGS)
{
	return stay_of_window(fcinfo, stay_share);
}

/* ---------- ticks ---------- */

/* (tick_cumulative_start, tick_cumulative_end, period), of whole seconds as on the chain */
static int32
mean_tick_arguments(FunctionCallInfo fcinfo, double *rest)
{
	int64		span = positive_span("period", PG_GETARG_INTERVAL_P(2));
	int32		tick;

	if (span % USECS_PER_SEC != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("period must be of whole seconds"),
				 errhint("It is the difference of the timestamps of two blocks.")));
	if (range_mean_tick(PG_GETARG_INT64(0), PG_GETARG_INT64(1), span / USECS_PER_SEC,
						&tick, rest) != CORE_OK)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("no pool has these cumulative ticks: " INT64_FORMAT ", " INT64_FORMAT,
						PG_GETARG_INT64(0), PG_GETARG_INT64(1)),
				 errhint("They are int56, and their difference over the period is a tick from "
						 "-887272 to 887272.")));
	return tick;
}

PG_FUNCTION_INFO_V1(liquidity_twap_tick);
Datum
liquidity_twap_tick(PG_FUNCTION_ARGS)
{
	double		rest;

	PG_RETURN_INT32(mean_tick_arguments(fcinfo, &rest));
}

PG_FUNCTION_INFO_V1(liquidity_twap_price);
Datum
liquidity_twap_price(PG_FUNCTION_ARGS)
{
	double		rest;
	int32		tick = mean_tick_arguments(fcinfo, &rest);

	PG_RETURN_FLOAT8(univ3_tick_to_price(tick, decimals_difference(fcinfo, 3)) *
					 exp(rest * LOG_OF_TICK));
}

/* ---------- which range ---------- */

/* (fair_rate, sigma, apy, holding, width, tick_spacing, decimals0, decimals1, year_days) */
PG_FUNCTION_INFO_V1(liquidity_propose_range);
Datum
liquidity_propose_range(PG_FUNCTION_ARGS)
{
	range_bounds bounds = {0};
	core_status status;
	Datum		values[4];
	bool		nulls[4] = {false, false, PG_ARGISNULL(5), PG_ARGISNULL(5)};
	double		rate,
				sigma,
				width;

	for (int i = 0; i < 9; i++)
		if (i != 5 && PG_ARGISNULL(i))
			PG_RETURN_NULL();
	rate = positive_argument(fcinfo, 0, "fair_rate");
	sigma = unsigned_argument(fcinfo, 1, "sigma");
	width = unsigned_argument(fcinfo, 4, "width");
	status = plan_propose(rate, sigma, apy_argument(fcinfo, 2),
						  years_of_argument(fcinfo, 3, 8, "holding"), width, &bounds);
	if (!PG_ARGISNULL(5) && status != CORE_OUT_OF_RANGE)
		status = plan_widen_to_ticks(&bounds,
									 integer_argument(fcinfo, 5, "tick_spacing", 1, UNIV3_MAX_TICK),
									 decimals_difference(fcinfo, 6));
	if (status == CORE_BAD_PARAMETER)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the range has no width"),
				 errhint("Without volatility and yield give a tick_spacing.")));
	report_status(status, "propose_range");
	values[0] = Float8GetDatum(bounds.pa);
	values[1] = Float8GetDatum(bounds.pb);
	values[2] = Int32GetDatum(bounds.tick_lower);
	values[3] = Int32GetDatum(bounds.tick_upper);
	return row_with_nulls(fcinfo, values, nulls);
}

/* Positions of evaluate_range's arguments behind p, pa, pb, sigma and mu */
enum
{
	EVALUATE_FEE_APR = 5,
	EVALUATE_HORIZON,
	EVALUATE_COST,
	EVALUATE_TRIGGER,
	EVALUATE_VALUE,
	EVALUATE_GAS,
	EVALUATE_OTHERS,
	EVALUATE_YEAR_DAYS,
	EVALUATE_ARGUMENTS
};

static range_plan
plan_arguments(FunctionCallInfo fcinfo)
{
	static const char *const triggers[] = {
		[PLAN_AT_EXIT] = "exit", [PLAN_AT_INTERVAL] = "interval", [PLAN_NEVER] = "never"
	};
	range_plan	plan = {
		.price = positive_argument(fcinfo, 0, "p"),
		.sigma = unsigned_argument(fcinfo, 3, "sigma"),
		.mu = PG_GETARG_FLOAT8(4),
		.years = years_of_argument(fcinfo, EVALUATE_HORIZON, EVALUATE_YEAR_DAYS, "horizon"),
		.fee_apr = unsigned_argument(fcinfo, EVALUATE_FEE_APR, "fee_apr"),
		.cost = unsigned_argument(fcinfo, EVALUATE_COST, "rebalance_cost"),
		.gas = unsigned_argument(fcinfo, EVALUATE_GAS, "gas"),
		.value = positive_argument(fcinfo, EVALUATE_VALUE, "value"),
		.has_others = !PG_ARGISNULL(EVALUATE_OTHERS),
		.trigger = choice_argument(fcinfo, EVALUATE_TRIGGER, "trigger", triggers,
								   lengthof(triggers), NULL)
	};

	range_argument(fcinfo, 1, &plan.pa, &plan.pb);
	check_finite("mu", plan.mu);
	if (plan.has_others)
		plan.other_liquidity = positive_argument(fcinfo, EVALUATE_OTHERS, "other_liquidity");
	return plan;
}

PG_FUNCTION_INFO_V1(liquidity_evaluate_range);
Datum
liquidity_evaluate_range(PG_FUNCTION_ARGS)
{
	range_plan	plan;
	range_outlook outlook;

	for (int i = 0; i < EVALUATE_ARGUMENTS; i++)
		if (i != EVALUATE_OTHERS && PG_ARGISNULL(i))
			PG_RETURN_NULL();
	plan = plan_arguments(fcinfo);
	if (!report_status(plan_evaluate(&plan, &outlook), "evaluate_range"))
		PG_RETURN_NULL();
	return row_result(fcinfo, (Datum[]) {
		IntervalPGetDatum(years_interval(outlook.years_inside,
										 PG_GETARG_FLOAT8(EVALUATE_YEAR_DAYS), "evaluate_range")),
		Float8GetDatum(outlook.fee_apr), Float8GetDatum(outlook.lvr_apr),
		Float8GetDatum(outlook.rebalances), Float8GetDatum(outlook.cost_apr),
		Float8GetDatum(outlook.net_apr)
	});
}

/* (volume, fee, liquidity, p, period, year_days) */
PG_FUNCTION_INFO_V1(liquidity_full_range_fee_apr);
Datum
liquidity_full_range_fee_apr(PG_FUNCTION_ARGS)
{
	double		volume = unsigned_argument(fcinfo, 0, "volume");
	double		fee = fee_argument(fcinfo, 1);
	double		liquidity = unsigned_argument(fcinfo, 2, "liquidity");
	double		price = positive_argument(fcinfo, 3, "p");
	double		years = years_argument(fcinfo, 4, "period");
	double		result;

	if (liquidity == 0)
		PG_RETURN_NULL();
	result = plan_full_range_fee_apr(volume, fee, liquidity, price, years);
	report_status(isfinite(result) ? CORE_OK : CORE_OUT_OF_RANGE, "full_range_fee_apr");
	PG_RETURN_FLOAT8(result);
}
