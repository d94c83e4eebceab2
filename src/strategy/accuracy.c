/*-------------------------------------------------------------------------
 *
 * strategy/accuracy.c
 *	  The SQL face of domain strategy: how far forecasts were off, and whether
 *	  they beat doing nothing.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "funcapi.h"
#include "utils/tuplestore.h"

#include "core/strategy/accuracy.h"
#include "risk/points.h"
#include "server/compat.h"
#include "server/interrupts.h"
#include "server/moving.h"
#include "server/report.h"
#include "server/row.h"
#include "server/summary.h"
#include "strategy/history.h"

#define MAX_HORIZON		100000

StaticAssertDecl(sizeof(accuracy_summary) == 8 * 4 + 7 * sizeof(binned_sum),
				 "accuracy_summary must have no padding, it is stored byte by byte");

#define PG_GETARG_ACCURACY(n)	((accuracy_summary *) PG_GETARG_POINTER(n))

/* ---------- the type accuracy_summary ---------- */

static bool
is_valid(const void *value)
{
	return accuracy_is_valid(value);
}

static const summary_field fields[] = {
	SUMMARY_INT64(accuracy_summary, num_forecasts),
	SUMMARY_INT64(accuracy_summary, num_zero),
	SUMMARY_INT64(accuracy_summary, num_bounded),
	SUMMARY_INT64(accuracy_summary, num_inside),
	SUMMARY_SUM(accuracy_summary, error),
	SUMMARY_SUM(accuracy_summary, size),
	SUMMARY_SUM(accuracy_summary, square),
	SUMMARY_SUM(accuracy_summary, share),
	SUMMARY_SUM(accuracy_summary, symmetric),
	SUMMARY_SUM(accuracy_summary, width),
	SUMMARY_SUM(accuracy_summary, outside)
};

static const summary_form form = {
	"accuracy_summary", sizeof(accuracy_summary), fields, lengthof(fields), is_valid,
	"(num_forecasts,actual values of 0,number with bounds,number inside,sum of errors,of their sizes,of "
	"squares,of shares in the actual value,of shares in both,of widths,of distances outside)",
	"No set of forecasts has this summary."
};

SUMMARY_FORM(accuracy_summary, &form)

/* ---------- aggregates ---------- */

SUMMARY_MERGE_STEPS(accuracy_summary, accuracy_merge, "accuracy_agg")

/* Add the row in arguments 1 on: (actual, forecast) or (actual, forecast, lower, upper). */
static void
add_row(FunctionCallInfo fcinfo, accuracy_summary *s)
{
	static const char *const names[] = {"actual", "forecast", "lower", "upper"};

	for (int i = 1; i < PG_NARGS(); i++)
		check_finite(names[i - 1], PG_GETARG_FLOAT8(i));
	if (PG_NARGS() == 3)
	{
		report_status(accuracy_add(s, PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2)), "accuracy_agg");
		return;
	}
	if (PG_GETARG_FLOAT8(3) > PG_GETARG_FLOAT8(4))
		report_bad_argument("lower", PG_GETARG_FLOAT8(3), "at most upper");
	report_status(accuracy_add_bounded(s, PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2), PG_GETARG_FLOAT8(3),
									   PG_GETARG_FLOAT8(4)), "accuracy_agg");
}

static bool
has_null_in_row(FunctionCallInfo fcinfo)
{
	for (int i = 1; i < PG_NARGS(); i++)
		if (PG_ARGISNULL(i))
			return true;
	return false;
}

PG_FUNCTION_INFO_V1(accuracy_summary_accum);
Datum
accuracy_summary_accum(PG_FUNCTION_ARGS)
{
	accuracy_summary *s = summary_state(fcinfo, sizeof(accuracy_summary));

	if (has_null_in_row(fcinfo))
	{
		if (s == NULL)
			PG_RETURN_NULL();
		PG_RETURN_POINTER(s);
	}
	if (s == NULL)
	{
		s = summary_alloc(fcinfo, sizeof(accuracy_summary));
		accuracy_init(s);
	}
	add_row(fcinfo, s);
	PG_RETURN_POINTER(s);
}

PG_FUNCTION_INFO_V1(accuracy_summary_moving_accum);
Datum
accuracy_summary_moving_accum(PG_FUNCTION_ARGS)
{
	sliding    *state = moving_state(fcinfo, accuracy_summary_merge_slots, sizeof(accuracy_summary));
	accuracy_summary s;

	if (has_null_in_row(fcinfo))
		PG_RETURN_POINTER(state);
	accuracy_init(&s);
	add_row(fcinfo, &s);
	moving_push(fcinfo, state, &s, "accuracy_agg");
	PG_RETURN_POINTER(state);
}

PG_FUNCTION_INFO_V1(accuracy_summary_moving_remove);
Datum
accuracy_summary_moving_remove(PG_FUNCTION_ARGS)
{
	sliding    *state = moving_state(fcinfo, accuracy_summary_merge_slots, sizeof(accuracy_summary));

	if (!has_null_in_row(fcinfo))
		moving_pop(state, "accuracy_agg");
	PG_RETURN_POINTER(state);
}

/* ---------- accessors ---------- */

#define MEASURE(name, expression) \
	PG_FUNCTION_INFO_V1(accuracy_summary_##name); \
	Datum \
	accuracy_summary_##name(PG_FUNCTION_ARGS) \
	{ \
		const accuracy_summary *s = PG_GETARG_ACCURACY(0); \
		double		result; \
		if (!report_status(expression, #name)) \
			PG_RETURN_NULL(); \
		PG_RETURN_FLOAT8(result + 0.0); \
	}

MEASURE(bias, accuracy_bias(s, &result))
MEASURE(mae, accuracy_mae(s, &result))
MEASURE(rmse, accuracy_rmse(s, &result))
MEASURE(mape, accuracy_mape(s, &result))
MEASURE(smape, accuracy_smape(s, &result))
MEASURE(coverage, accuracy_coverage(s, &result))
MEASURE(interval_score, accuracy_interval_score(s, confidence_argument_of(fcinfo, 1), &result))

PG_FUNCTION_INFO_V1(accuracy_summary_num_forecasts);
Datum
accuracy_summary_num_forecasts(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_ACCURACY(0)->num_forecasts);
}

PG_FUNCTION_INFO_V1(accuracy_summary_mase);
Datum
accuracy_summary_mase(PG_FUNCTION_ARGS)
{
	double		scale = PG_GETARG_FLOAT8(1);
	double		result;

	check_not_negative("scale", scale);
	report_status(accuracy_mae(PG_GETARG_ACCURACY(0), &result), "mase");
	if (scale == 0)
		PG_RETURN_NULL();
	result /= scale;
	if (!isfinite(result))
		report_status(CORE_OUT_OF_RANGE, "mase");
	PG_RETURN_FLOAT8(result);
}

/* ---------- scores of one forecast ---------- */

static Datum
finite_result(double result, const char *what)
{
	if (!isfinite(result))
		report_status(CORE_OUT_OF_RANGE, what);
	PG_RETURN_FLOAT8(result);
}

/* (actual, lower, upper, confidence) */
PG_FUNCTION_INFO_V1(interval_score);
Datum
interval_score(PG_FUNCTION_ARGS)
{
	double		lower = PG_GETARG_FLOAT8(1);
	double		upper = PG_GETARG_FLOAT8(2);

	check_finite("actual", PG_GETARG_FLOAT8(0));
	check_finite("lower", lower);
	check_finite("upper", upper);
	if (lower > upper)
		report_bad_argument("lower", lower, "at most upper");
	return finite_result(winkler_score(PG_GETARG_FLOAT8(0), lower, upper, confidence_argument_of(fcinfo, 3)),
						 "interval_score");
}

/* (actual, forecast, fraction) */
PG_FUNCTION_INFO_V1(pinball_loss);
Datum
pinball_loss(PG_FUNCTION_ARGS)
{
	check_finite("actual", PG_GETARG_FLOAT8(0));
	check_finite("forecast", PG_GETARG_FLOAT8(1));
	check_probability("fraction", PG_GETARG_FLOAT8(2));
	return finite_result(pinball_loss_of(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2)),
						 "pinball_loss");
}

/* (actual, mean, stddev) */
PG_FUNCTION_INFO_V1(crps_normal);
Datum
crps_normal(PG_FUNCTION_ARGS)
{
	check_finite("actual", PG_GETARG_FLOAT8(0));
	check_finite("mean", PG_GETARG_FLOAT8(1));
	check_not_negative("stddev", PG_GETARG_FLOAT8(2));
	return finite_result(crps_of_normal(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2)),
						 "crps_normal");
}

/* (residuals, confidence) */
PG_FUNCTION_INFO_V1(conformal_radius);
Datum
conformal_radius(PG_FUNCTION_ARGS)
{
	int			n;
	double	   *residuals = known_history(fcinfo, 0, "residuals", &n);
	double		result;

	if (!report_status(conformal_radius_of(residuals, n, confidence_argument_of(fcinfo, 1), &result),
					   "conformal_radius"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

/* (history, season) */
PG_FUNCTION_INFO_V1(naive_scale);
Datum
naive_scale(PG_FUNCTION_ARGS)
{
	int			n;
	double	   *y = known_history(fcinfo, 0, "history", &n);
	double		result;

	if (!report_status(naive_scale_of(y, n, integer_argument(fcinfo, 1, "season", 1, PG_INT32_MAX), &result),
					   "naive_scale"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

/* (errors_a, errors_b, horizon, power) */
PG_FUNCTION_INFO_V1(diebold_mariano);
Datum
diebold_mariano(PG_FUNCTION_ARGS)
{
	int			n,
				m;
	double	   *a = known_history(fcinfo, 0, "errors_a", &n);
	double	   *b = known_history(fcinfo, 1, "errors_b", &m);
	int			horizon = integer_argument(fcinfo, 2, "horizon", 1, MAX_HORIZON);
	double		power = PG_GETARG_FLOAT8(3);
	comparison	result;

	check_same_length("errors_a", n, "errors_b", m);
	check_parameter("power", power);
	if (!report_status(diebold_mariano_of(a, b, n, horizon, power, allocate_numbers(n, sizeof(double)),
										  check_interrupts, &result), "diebold_mariano"))
		return row_of_nulls(fcinfo, 2);
	return row_of_float8(fcinfo, (double[]) {result.statistic, result.p_value}, 2);
}

/* ---------- backtests ---------- */

/* (…, horizon, model, season, confidence, min_train, every) of n values; min_train may be NULL: half of them. */
static backtest_plan
plan_arguments(FunctionCallInfo fcinfo, Size n)
{
	backtest_plan plan = {
		.model = model_argument(fcinfo, 2), .season = integer_argument(fcinfo, 3, "season", 1, PG_INT32_MAX),
		.confidence = confidence_argument_of(fcinfo, 4),
		.horizon = integer_argument(fcinfo, 1, "horizon", 1, MAX_HORIZON), .min_train = Max(n / 2, 1),
		.every = integer_argument(fcinfo, 6, "every", 1, PG_INT32_MAX)
	};

	if (!PG_ARGISNULL(5))
		plan.min_train = integer_argument(fcinfo, 5, "min_train", 1, PG_INT32_MAX);
	return plan;
}

/* Is an argument NULL that must not be? */
static bool
lacks_argument(FunctionCallInfo fcinfo)
{
	for (int i = 0; i < 7; i++)
		if (i != 5 && PG_ARGISNULL(i))
			return true;
	return false;
}

typedef struct error_rows
{
	ReturnSetInfo *rows;
	const double *y;
	int			horizon;
} error_rows;

static core_status
put_origin(void *state, size_t origin, const forecast_step *steps)
{
	error_rows *e = state;

	for (int h = 0; h < e->horizon; h++)
		tuplestore_putvalues(e->rows->setResult, e->rows->setDesc,
							 (Datum[]) {Int32GetDatum((int32) origin), Int32GetDatum(h + 1),
							 Float8GetDatum(e->y[origin + h]), Float8GetDatum(steps[h].value),
							 Float8GetDatum(steps[h].lower), Float8GetDatum(steps[h].upper)},
							 (bool[6]) {false});
	return CORE_OK;
}

/* (history, horizon, model, season, confidence, min_train, every).  Not strict, since min_train may be NULL. */
PG_FUNCTION_INFO_V1(forecast_errors);
Datum
forecast_errors(PG_FUNCTION_ARGS)
{
	error_rows	state = {.rows = (ReturnSetInfo *) fcinfo->resultinfo};
	double	   *y;
	int			n;
	backtest_plan plan;

	InitMaterializedSRF(fcinfo, 0);
	if (lacks_argument(fcinfo))
		return (Datum) 0;
	y = known_history(fcinfo, 0, "history", &n);
	plan = plan_arguments(fcinfo, n);
	state.y = y;
	state.horizon = plan.horizon;
	report_status(backtest_origins(&plan, y, n, allocate_numbers(forecast_scratch(n), sizeof(double)),
								   check_interrupts, allocate_numbers(4 * (Size) plan.horizon, sizeof(forecast_step)),
								   put_origin, &state), "forecast_errors");
	return (Datum) 0;
}

/* A number that may be none; NaN is none. */
static void
put_float8(Datum *values, bool *nulls, int at, double value)
{
	values[at] = Float8GetDatum(value + 0.0);
	nulls[at] = isnan(value);
}

/* 1 - mae / other, NaN where the other is never off. */
static double
skill_of(double mae, double other)
{
	return other > 0 ? 1 - mae / other : NAN;
}

static Datum
backtest_row(FunctionCallInfo fcinfo, const backtest_result *r)
{
	Datum		values[10];
	bool		nulls[10] = {false};
	double		bias,
				mae,
				rmse,
				covered;

	report_status(accuracy_bias(&r->accuracy, &bias), "forecast_backtest");
	report_status(accuracy_mae(&r->accuracy, &mae), "forecast_backtest");
	report_status(accuracy_rmse(&r->accuracy, &rmse), "forecast_backtest");
	report_status(accuracy_coverage(&r->accuracy, &covered), "forecast_backtest");
	values[0] = Int32GetDatum((int32) Min(r->accuracy.num_forecasts, PG_INT32_MAX));
	put_float8(values, nulls, 1, bias);
	put_float8(values, nulls, 2, mae);
	put_float8(values, nulls, 3, rmse);
	put_float8(values, nulls, 4, r->scale > 0 ? mae / r->scale : NAN);
	put_float8(values, nulls, 5, covered);
	put_float8(values, nulls, 6, skill_of(mae, r->naive_mae));
	put_float8(values, nulls, 7, skill_of(mae, r->mean_mae));
	put_float8(values, nulls, 8, r->has_comparison ? r->comparison.statistic : NAN);
	put_float8(values, nulls, 9, r->has_comparison ? r->comparison.p_value : NAN);
	for (int i = 1; i < 10; i++)
		if (!nulls[i] && !isfinite(DatumGetFloat8(values[i])))
			report_status(CORE_OUT_OF_RANGE, "forecast_backtest");
	return row_with_nulls(fcinfo, values, nulls);
}

static Datum
make_backtest(FunctionCallInfo fcinfo, const double *y, Size n)
{
	backtest_plan plan = plan_arguments(fcinfo, n);
	backtest_result result;

	if (!report_status(backtest(&plan, y, n, allocate_numbers(forecast_scratch(n), sizeof(double)),
								allocate_numbers(3 * n, sizeof(double)), check_interrupts,
								allocate_numbers(4 * (Size) plan.horizon, sizeof(forecast_step)), &result),
					   "forecast_backtest"))
		return row_of_nulls(fcinfo, 10);
	return backtest_row(fcinfo, &result);
}

PG_FUNCTION_INFO_V1(forecast_backtest_array);
Datum
forecast_backtest_array(PG_FUNCTION_ARGS)
{
	int			n;
	double	   *y;

	if (lacks_argument(fcinfo))
		return row_of_nulls(fcinfo, 10);
	y = known_history(fcinfo, 0, "history", &n);
	return make_backtest(fcinfo, y, n);
}

PG_FUNCTION_INFO_V1(series_forecast_backtest);
Datum
series_forecast_backtest(PG_FUNCTION_ARGS)
{
	series_points points;

	if (lacks_argument(fcinfo))
		return row_of_nulls(fcinfo, 10);
	read_points(PG_GETARG_DATUM(0), &points);
	return make_backtest(fcinfo, points.value, points.n);
}
