/*-------------------------------------------------------------------------
 *
 * strategy/performance.c
 *	  The SQL face of domain strategy: where a return came from.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "core/strategy/equity.h"
#include "core/strategy/performance.h"
#include "core/yield/cashflow.h"
#include "series/type.h"
#include "server/compat.h"
#include "server/interrupts.h"
#include "server/report.h"
#include "server/row.h"
#include "server/span.h"
#include "strategy/history.h"
#include "strategy/sides.h"
#include "yield/cashflow.h"

/* ---------- attribution ---------- */

/* (weight, benchmark_weight, return, benchmark_return, benchmark_total) */
PG_FUNCTION_INFO_V1(brinson);
Datum
brinson(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {
		"weight", "benchmark_weight", "return", "benchmark_return", "benchmark_total"
	};
	brinson_effects e;
	double		values[3];

	for (int i = 0; i < 5; i++)
		check_finite(names[i], PG_GETARG_FLOAT8(i));
	e = brinson_of(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2), PG_GETARG_FLOAT8(3),
				   PG_GETARG_FLOAT8(4));
	values[0] = e.allocation + 0.0;
	values[1] = e.selection + 0.0;
	values[2] = e.interaction + 0.0;
	for (int i = 0; i < 3; i++)
		if (!isfinite(values[i]))
			report_status(CORE_OUT_OF_RANGE, "brinson");
	return row_of_float8(fcinfo, values, 3);
}

static double
return_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	double		value = PG_GETARG_FLOAT8(n);

	check_finite(argument, value);
	if (value <= -1)
		report_bad_float8(argument, value, "above -1");
	return value;
}

/* (return, benchmark_return) */
PG_FUNCTION_INFO_V1(carino_factor);
Datum
carino_factor(PG_FUNCTION_ARGS)
{
	double		result = carino_factor_of(return_argument(fcinfo, 0, "return"),
										  return_argument(fcinfo, 1, "benchmark_return"));

	if (!isfinite(result))
		report_status(CORE_OUT_OF_RANGE, "carino_factor");
	PG_RETURN_FLOAT8(result);
}

/* ---------- an index of linked returns ---------- */

/* (series, weights, equity, max_age), the last of which may be NULL */
PG_FUNCTION_INFO_V1(chain_index);
Datum
chain_index(PG_FUNCTION_ARGS)
{
	chain_strategy c = {0};
	sides		s;
	expanded_series *result;
	int			num_weights;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	check_parameter("equity", PG_GETARG_FLOAT8(2));
	c.equity = PG_GETARG_FLOAT8(2);
	sides_begin(&s);
	c.n = sides_add_all(&s, fcinfo, 0, "series", true);
	num_weights = sides_add_all(&s, fcinfo, 1, "weights", false);
	check_same_length("series", (int) c.n, "weights", num_weights);
	if (c.n == 0)
		PG_RETURN_NULL();
	for (int i = 0; i < num_weights; i++)
	{
		series_header header;

		series_get_header(s.series[c.n + i], &header);
		check_not_negative("weights", header.min_value);
	}
	c.price = allocate_numbers(c.n, sizeof(double));
	c.weight = allocate_numbers(c.n, sizeof(double));
	sides_open(&s, max_age_argument(fcinfo, 3));
	result = series_begin(0);
	while (sides_next(&s))
	{
		report_status(chain_step(&c, s.points.value, s.points.value + c.n), "chain_index");
		series_append_point(result, s.points.time, c.equity);
	}
	if (series_is_empty(result))
		PG_RETURN_NULL();
	return series_datum(result);
}

/* ---------- idle assets ---------- */

/* (idle_share, apr, idle_apr) */
PG_FUNCTION_INFO_V1(idle_drag);
Datum
idle_drag(PG_FUNCTION_ARGS)
{
	double		result;

	check_probability("idle_share", PG_GETARG_FLOAT8(0));
	check_finite("apr", PG_GETARG_FLOAT8(1));
	check_finite("idle_apr", PG_GETARG_FLOAT8(2));
	result = PG_GETARG_FLOAT8(0) * (PG_GETARG_FLOAT8(1) - PG_GETARG_FLOAT8(2));
	if (!isfinite(result))
		report_status(CORE_OUT_OF_RANGE, "idle_drag");
	PG_RETURN_FLOAT8(result);
}

static void
check_not_negative_side(Datum series, const char *argument)
{
	series_header header;

	series_get_header(series, &header);
	check_not_negative(argument, header.min_value);
}

/* (idle, total, benchmark): between the latest first and the earliest last point */
PG_FUNCTION_INFO_V1(series_idle_drag);
Datum
series_idle_drag(PG_FUNCTION_ARGS)
{
	idle_strategy i = {0};
	sides		s;
	int64		end;
	double		values[3];

	check_not_negative_side(PG_GETARG_DATUM(0), "idle");
	check_not_negative_side(PG_GETARG_DATUM(1), "total");
	sides_begin(&s);
	sides_add(&s, PG_GETARG_DATUM(0), "idle", false);
	sides_add(&s, PG_GETARG_DATUM(1), "total", false);
	sides_add(&s, PG_GETARG_DATUM(2), "benchmark", true);
	sides_open(&s, SERIES_ANY_AGE);
	end = Min(Min(sides_end(&s, 0), sides_end(&s, 1)), sides_end(&s, 2));
	while (sides_next(&s) && s.points.time <= end)
		idle_step(&i, s.points.time, s.points.value[0], s.points.value[1], s.points.value[2]);
	if (!report_status(idle_result(&i, &values[0], &values[1], &values[2]), "idle_drag"))
		return row_of_nulls(fcinfo, 3);
	return row_of_float8(fcinfo, values, 3);
}

/* ---------- the curve of a unit ---------- */

static void
put_unit(void *state, int64_t time, double growth)
{
	double		value = exp(growth);

	if (!isfinite(value))
		report_status(CORE_OUT_OF_RANGE, "unit_value_series");
	series_append_point(state, time, value);
}

/* (summary), and the last step of the aggregate */
PG_FUNCTION_INFO_V1(unit_value_series);
Datum
unit_value_series(PG_FUNCTION_ARGS)
{
	row_view	view;
	expanded_series *result = series_begin(0);
	core_status status;

	row_set_open(&twr_summary_kind, PG_GETARG_DATUM(0), &view);
	status = cash_unit_values(view.rows, view.num_rows, check_interrupts, put_unit, result);
	row_set_close(&view);
	if (!report_status(status, "unit_value_series") || series_is_empty(result))
		PG_RETURN_NULL();
	return series_datum(result);
}
