/*-------------------------------------------------------------------------
 *
 * leverage/curve.c
 *	  The SQL face of domain leverage: curves of straight lines, Spark, Fluid
 *	  and Gearbox.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "utils/float.h"

#include "chain/rule.h"
#include "core/chain/fixed.h"
#include "core/leverage/curve.h"
#include "core/leverage/fluid.h"
#include "leverage/position.h"
#include "server/compat.h"
#include "server/report.h"

#define RULE(name, ...) RULE_FUNCTION(leverage_##name, name, __VA_ARGS__)

/* ---------- curves of doubles ---------- */

/* The points of arguments utilizations and rates, which make a curve */
static void
curve_arguments(FunctionCallInfo fcinfo, double **utilizations, double **rates, int *n)
{
	int			num_rates;
	int			at;
	curve_fault fault;

	*utilizations = float8_elements(PG_GETARG_ARRAYTYPE_P(1), "utilizations", get_float8_nan(), n);
	*rates = float8_elements(PG_GETARG_ARRAYTYPE_P(2), "rates", get_float8_nan(), &num_rates);
	if (num_rates != *n || *n < 2)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("utilizations and rates must be as many, two or more: %d, %d", *n, num_rates),
				 errhint("Each pair is a point of the curve: its ends and its kinks.")));
	fault = curve_check(*utilizations, *rates, *n, &at);
	if (fault == CURVE_NOT_FINITE)
	{
		check_finite(psprintf("utilizations[%d]", at + 1), (*utilizations)[at]);
		check_finite(psprintf("rates[%d]", at + 1), (*rates)[at]);
	}
	check_not_negative("utilizations[1]", (*utilizations)[0]);
	if (fault == CURVE_NOT_ASCENDING)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("utilizations must ascend: utilizations[%d] is %s, and utilizations[%d] %s",
						at, float8out_internal((*utilizations)[at - 1]), at + 1,
						float8out_internal((*utilizations)[at]))));
}

PG_FUNCTION_INFO_V1(leverage_kinked_rate);
Datum
leverage_kinked_rate(PG_FUNCTION_ARGS)
{
	double		utilization = PG_GETARG_FLOAT8(0);
	double	   *utilizations;
	double	   *rates;
	double		rate = 0;
	int			n;
	core_status status;

	check_not_negative("utilization", utilization);
	curve_arguments(fcinfo, &utilizations, &rates, &n);
	status = curve_kinked_rate(utilization, utilizations, rates, n, PG_GETARG_BOOL(3), &rate);
	if (status == CORE_BAD_PARAMETER)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("utilization must be within the curve, from %s to %s, not %s",
						float8out_internal(utilizations[0]), float8out_internal(utilizations[n - 1]),
						float8out_internal(utilization)),
				 errhint("extrapolate => true lengthens the first and the last line.")));
	report_status(status, "kinked_rate");
	PG_RETURN_FLOAT8(rate);
}

PG_FUNCTION_INFO_V1(leverage_utilization);
Datum
leverage_utilization(PG_FUNCTION_ARGS)
{
	double		borrowed = PG_GETARG_FLOAT8(0);
	double		supplied = PG_GETARG_FLOAT8(1);
	double		result = 0;

	check_not_negative("borrowed", borrowed);
	check_not_negative("supplied", supplied);
	if (!report_status(curve_utilization(borrowed, supplied, &result), "utilization"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(leverage_supply_rate);
Datum
leverage_supply_rate(PG_FUNCTION_ARGS)
{
	double		borrow_rate = PG_GETARG_FLOAT8(0);
	double		utilization = PG_GETARG_FLOAT8(1);
	double		reserve_factor = PG_GETARG_FLOAT8(2);
	double		result = 0;

	check_finite("borrow_rate", borrow_rate);
	check_not_negative("utilization", utilization);
	if (!(reserve_factor >= 0 && reserve_factor <= 1))
		report_bad_float8("reserve_factor", reserve_factor, "from 0 to 1");
	report_status(curve_supply_rate(borrow_rate, utilization, reserve_factor, &result), "supply_rate");
	PG_RETURN_FLOAT8(result);
}

/* What a rate per second makes in a year */
static Datum
per_second(FunctionCallInfo fcinfo, core_status (*function) (double, double, double *),
		   bool above_minus_one, const char *name)
{
	double		rate = PG_GETARG_FLOAT8(0);
	double		year_days = PG_GETARG_FLOAT8(1);
	double		result = 0;

	check_finite("rate", rate);
	if (above_minus_one && !(rate > -1))
		report_bad_float8("rate", rate, "above -1");
	check_parameter("year_days", year_days);
	report_status(function(rate, year_days, &result), name);
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(leverage_per_second_apr);
Datum
leverage_per_second_apr(PG_FUNCTION_ARGS)
{
	return per_second(fcinfo, curve_per_second_apr, false, "per_second_apr");
}

PG_FUNCTION_INFO_V1(leverage_per_second_apy);
Datum
leverage_per_second_apy(PG_FUNCTION_ARGS)
{
	return per_second(fcinfo, curve_per_second_apy, true, "per_second_apy");
}

/* ---------- Spark ---------- */

RULE(spark_savings_apr, spark_savings_apr(v[0], &out), NULL, "rate must be 1e27 or more", "rate")

PG_FUNCTION_INFO_V1(leverage_spark_source_rate);
Datum
leverage_spark_source_rate(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"spark_source_rate", NULL,
	"fallback must be from lower_bound to upper_bound", 0, {NULL}};
	u256		rate = U256_ZERO;
	u256		bounds[3];
	u256		result = U256_ZERO;
	core_status status;

	/* only the rate has a meaning where it is NULL */
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		PG_RETURN_NULL();
	if (!PG_ARGISNULL(0))
		rate = uint_argument(fcinfo, 0, "rate");
	bounds[0] = uint_argument(fcinfo, 1, "lower_bound");
	bounds[1] = uint_argument(fcinfo, 2, "upper_bound");
	bounds[2] = uint_argument(fcinfo, 3, "fallback");
	status = spark_source_rate(PG_ARGISNULL(0) ? NULL : &rate, bounds[0], bounds[1], bounds[2],
							   &result);
	if (status == CORE_BAD_PARAMETER)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s in %s", rule.requirement, rule.name),
				 errdetail("lower_bound is %s, upper_bound is %s, fallback is %s.",
						   shown_numeric(PG_GETARG_DATUM(1)), shown_numeric(PG_GETARG_DATUM(2)),
						   shown_numeric(PG_GETARG_DATUM(3)))));
	return rule_result(fcinfo, &rule, status, result);
}

PG_FUNCTION_INFO_V1(leverage_spark_slope1);
Datum
leverage_spark_slope1(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"spark_slope1", NULL, NULL, 0, {NULL}};
	u256		source_rate = uint_argument(fcinfo, 0, "source_rate");
	s256		spread = signed_argument(fcinfo, 1, "spread");
	u256		base = uint_argument(fcinfo, 2, "base");
	u256		result = U256_ZERO;
	core_status status = spark_slope1(source_rate, spread, base, &result);

	if (status == CORE_OUT_OF_RANGE)
		report_overflow(rule.name, "2^255");
	return rule_result(fcinfo, &rule, status, result);
}

/* ---------- Fluid: liquidity layer ---------- */

PG_FUNCTION_INFO_V1(leverage_fluid_borrow_rate);
Datum
leverage_fluid_borrow_rate(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"fluid_borrow_rate", NULL,
	"the curve must not be below zero there", 1, {"utilization_bps"}};
	u256		utilization = uint_argument(fcinfo, 0, "utilization_bps");
	int			n = items_in(fcinfo, 1);
	const u256 *utilizations = parallel_array(fcinfo, 1, "utilizations_bps", "utilizations_bps", n);
	const u256 *rates = parallel_array(fcinfo, 2, "rates_bps", "utilizations_bps", n);
	u256		result = U256_ZERO;
	core_status status;

	if (utilizations == NULL || rates == NULL)
		PG_RETURN_NULL();
	if (!fluid_is_curve(utilizations, rates, n))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("utilizations_bps and rates_bps must make a curve in fluid_borrow_rate"),
				 errhint("It has 3 or 4 points with utilizations that ascend from 0 to 10000, and "
						 "rates of at most 65535.")));
	status = fluid_borrow_rate(utilization, utilizations, rates, n, &result);
	if (status == CORE_OUT_OF_RANGE)
		report_overflow(rule.name, "2^255");
	return rule_result(fcinfo, &rule, status, result);
}

static core_status
utilization_of(const u256 *v, u256 *out)
{
	fluid_totals totals = {v[0], v[1], v[2], v[3]};

	return fluid_utilization(&totals, out);
}

static core_status
supply_rate_of(const u256 *v, u256 *out)
{
	fluid_totals totals = {v[0], v[1], v[2], v[3]};

	return fluid_supply_rate(&totals, v[4], v[5], out);
}

#define FLUID_TOTALS \
	"supply", "supply_interest_free", "borrow", "borrow_interest_free"
#define FLUID_REQUIREMENT \
	"borrow_rate_bps must be at most 65535, fee_bps at most 10000 and the utilization at most " \
	"16383 basis points"

RULE(fluid_utilization, utilization_of(v, &out), NULL, NULL, FLUID_TOTALS)
RULE(fluid_supply_rate, supply_rate_of(v, &out), NULL, FLUID_REQUIREMENT,
	 FLUID_TOTALS, "borrow_rate_bps", "fee_bps")

PG_FUNCTION_INFO_V1(leverage_fluid_exchange_prices);
Datum
leverage_fluid_exchange_prices(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"fluid_exchange_prices", NULL,
		FLUID_REQUIREMENT ", and prices above zero", 9,
	{FLUID_TOTALS, "borrow_rate_bps", "fee_bps", "elapsed", "supply_price", "borrow_price"}};
	u256		v[9];
	fluid_totals totals;
	core_status status;

	rule_arguments(fcinfo, &rule, v);
	totals = (fluid_totals) {v[0], v[1], v[2], v[3]};
	status = fluid_accrue(&totals, v[4], v[5], v[6], &v[7], &v[8]);
	if (status == CORE_OUT_OF_RANGE)
		report_overflow(rule.name, "2^64");
	return rule_row(fcinfo, &rule, status, &v[7], 2);
}

/* ---------- Fluid: vaults ---------- */

PG_FUNCTION_INFO_V1(leverage_fluid_ratio_at_tick);
Datum
leverage_fluid_ratio_at_tick(PG_FUNCTION_ARGS)
{
	int64		tick = PG_GETARG_INT64(0);
	u256		ratio = U256_ZERO;

	if (tick < -FLUID_MAX_TICK || tick > FLUID_MAX_TICK ||
		!fluid_ratio_at_tick((int32) tick, &ratio))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("tick must be from -%d to %d, not " INT64_FORMAT, FLUID_MAX_TICK,
						FLUID_MAX_TICK, tick)));
	PG_RETURN_NUMERIC(u256_to_numeric(ratio));
}

PG_FUNCTION_INFO_V1(leverage_fluid_tick_at_ratio);
Datum
leverage_fluid_tick_at_ratio(PG_FUNCTION_ARGS)
{
	u256		ratio = uint_argument(fcinfo, 0, "ratio");
	int32_t		tick = 0;
	u256		perfect = U256_ZERO;
	Datum		values[2];

	if (fluid_tick_at_ratio(ratio, &tick, &perfect) != CORE_OK)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("ratio must be that of a tick from -%d to %d, not %s", FLUID_MAX_TICK,
						FLUID_MAX_TICK, shown_numeric(PG_GETARG_DATUM(0))),
				 errhint("It is debt over collateral, in raw amounts, times 2^96.")));
	values[0] = Int32GetDatum(tick);
	values[1] = NumericGetDatum(u256_to_numeric(perfect));
	return row_result(fcinfo, values);
}

PG_FUNCTION_INFO_V1(leverage_fluid_vault_limits);
Datum
leverage_fluid_vault_limits(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"fluid_vault_limits", "borrow_price and the raw price",
		"oracle_price must be above zero and at most 1e54", 5,
		{"oracle_price", "liquidation_threshold_bps", "liquidation_penalty_bps", "supply_price",
	"borrow_price"}};
	u256		v[5];
	fluid_vault vault;
	fluid_limits limits = {.tick = 0};
	core_status status;
	Datum		values[3];

	rule_arguments(fcinfo, &rule, v);
	require_bps(v[1], "liquidation_threshold_bps", PG_GETARG_DATUM(1));
	require_bps(v[2], "liquidation_penalty_bps", PG_GETARG_DATUM(2));
	vault = (fluid_vault) {v[0], v[1], v[2], v[3], v[4]};
	status = fluid_vault_limits(&vault, &limits);
	if (status == CORE_OUT_OF_RANGE)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("result of %s is out of range", rule.name),
				 errdetail("The ratio at the threshold has no tick, or an amount is 2^256 or more.")));
	check_rule(fcinfo, &rule, status);
	values[0] = NumericGetDatum(u256_to_numeric(limits.collateral_per_debt));
	values[1] = NumericGetDatum(u256_to_numeric(limits.ratio));
	values[2] = Int32GetDatum(limits.tick);
	return row_result(fcinfo, values);
}

PG_FUNCTION_INFO_V1(leverage_fluid_liquidation);
Datum
leverage_fluid_liquidation(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"fluid_liquidation", NULL,
		"there must be debt, a target_ratio above zero and not above ratio, and collateral worth the "
		"debt and the penalty", 5,
	{"debt", "ratio", "target_ratio", "collateral_per_debt", "repay"}};
	u256		v[5];
	u256		columns[3];
	fluid_liquidation result = {.debt = U256_ZERO};
	core_status status;

	rule_arguments(fcinfo, &rule, v);
	status = fluid_liquidate(v[0], v[1], v[2], v[3], v[4], &result);
	columns[0] = result.debt;
	columns[1] = result.collateral;
	columns[2] = result.ratio_after;
	return rule_row(fcinfo, &rule, status, columns, 3);
}

/* ---------- Gearbox ---------- */

static core_status
gearbox_rate(const u256 *v, u256 *out)
{
	gearbox_curve curve = {v[2], v[3], v[4], v[5], v[6], v[7]};

	return gearbox_borrow_rate(v[0], v[1], &curve, out);
}

RULE(gearbox_borrow_rate, gearbox_rate(v, &out), NULL, "u1 must not be above u2, nor u2 1e18 or more,",
	 "expected_liquidity", "available_liquidity", "u1", "u2", "base", "slope1", "slope2", "slope3")
RULE(gearbox_available_to_borrow, gearbox_available_to_borrow(v[0], v[1], v[2], &out),
	 "expected_liquidity", "u2 must be below 1e18", "expected_liquidity", "available_liquidity", "u2")
RULE(gearbox_weighted_value, gearbox_weighted_value(v[0], v[1], v[2], &out), NULL,
	 "liquidation_threshold_bps must be at most 10000",
	 "value", "liquidation_threshold_bps", "quota")
RULE(gearbox_quota_interest, gearbox_quota_interest(v[0], v[1], v[2], &out), NULL, NULL,
	 "quota", "rate_bps", "seconds")
