/*-------------------------------------------------------------------------
 *
 * derivative/swap.c
 *	  The SQL face of domain derivative: swaps of a fixed against a floating rate.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/timestamp.h"

#include "core/derivative/pt.h"
#include "core/derivative/swap.h"
#include "derivative/curve_type.h"
#include "derivative/schedule.h"
#include "server/compat.h"
#include "server/interrupts.h"
#include "server/report.h"
#include "server/row.h"

/* Terms but for the times: the fixed rate and the notional, arguments "at" and the next. */
static swap_terms
terms_arguments(FunctionCallInfo fcinfo, int at)
{
	swap_terms	terms = {
		.fixed_rate = PG_GETARG_FLOAT8(at), .notional = PG_GETARG_FLOAT8(at + 1),
		.pause = check_interrupts
	};

	check_finite("fixed_rate", terms.fixed_rate);
	check_finite("notional", terms.notional);
	return terms;
}

static Datum
swap_row(FunctionCallInfo fcinfo, core_status status, const swap_measures *m, const char *what)
{
	bool		nulls[4] = {false, !m->has_par_rate, false, false};

	if (!report_status(status, what))
		PG_RETURN_NULL();
	return row_with_nulls(fcinfo, (Datum[]) {
		Float8GetDatum(m->annuity), Float8GetDatum(m->par_rate), Float8GetDatum(m->pv),
		Float8GetDatum(m->pv01)
	}, nulls);
}

/* (times, discount_factors, fixed_rate, notional) */
PG_FUNCTION_INFO_V1(derivative_swap_value);
Datum
derivative_swap_value(PG_FUNCTION_ARGS)
{
	swap_terms	terms = terms_arguments(fcinfo, 2);
	schedule	schedule;
	swap_measures measures = {0};
	core_status status;

	schedule_arguments(fcinfo, 0, "discount_factors", &schedule);
	check_positive_values("discount_factors", &schedule.values);
	terms.times = schedule.times.values;
	terms.n = schedule.times.n;
	status = swap_value(&terms, schedule.values.values, &measures);
	return swap_row(fcinfo, status, &measures, "swap_value");
}

/* (curve, times, fixed_rate, notional, interpolation) */
PG_FUNCTION_INFO_V1(derivative_curve_swap_value);
Datum
derivative_curve_swap_value(PG_FUNCTION_ARGS)
{
	swap_terms	terms = terms_arguments(fcinfo, 2);
	curve_method method = method_argument(fcinfo, 4);
	discount_curve curve;
	float8_array times;
	swap_measures measures = {0};
	core_status status;

	times_argument(fcinfo, 1, &times);
	terms.times = times.values;
	terms.n = times.n;
	curve_argument(fcinfo, 0, &curve);
	status = curve_swap_value(&curve, &terms, method, &measures);
	return swap_row(fcinfo, status, &measures, "curve_swap_value");
}

/* Arguments 0 to 3, (notional, fixed_rate, index0, index1) */
static void
check_index_swap(FunctionCallInfo fcinfo)
{
	check_finite("notional", PG_GETARG_FLOAT8(0));
	check_finite("fixed_rate", PG_GETARG_FLOAT8(1));
	check_rate("index0", PG_GETARG_FLOAT8(2));
	check_rate("index1", PG_GETARG_FLOAT8(3));
}

/* (notional, fixed_rate, index0, index1, t0, t1, year_days) */
PG_FUNCTION_INFO_V1(derivative_swap_settlement);
Datum
derivative_swap_settlement(PG_FUNCTION_ARGS)
{
	TimestampTz time0 = PG_GETARG_TIMESTAMPTZ(4);
	TimestampTz time1 = PG_GETARG_TIMESTAMPTZ(5);
	double		payment = 0;
	core_status status;

	check_index_swap(fcinfo);
	check_time("t0", time0);
	check_time("t1", time1);
	check_parameter("year_days", PG_GETARG_FLOAT8(6));
	if (time1 < time0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("t1 must not be before t0: %s, %s", pstrdup(timestamptz_to_str(time1)),
						pstrdup(timestamptz_to_str(time0)))));
	status = swap_settlement(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2),
							 PG_GETARG_FLOAT8(3),
							 pt_year_fraction(time0, time1, PG_GETARG_FLOAT8(6)), &payment);
	return float8_result(fcinfo, status, &payment, "swap_settlement");
}

/* (notional, fixed_rate, index0, index1, years_elapsed, years_left, discount_factor) */
PG_FUNCTION_INFO_V1(derivative_index_swap_value);
Datum
derivative_index_swap_value(PG_FUNCTION_ARGS)
{
	double		value = 0;
	core_status status;

	check_index_swap(fcinfo);
	check_not_negative("years_elapsed", PG_GETARG_FLOAT8(4));
	check_not_negative("years_left", PG_GETARG_FLOAT8(5));
	check_positive("discount_factor", PG_GETARG_FLOAT8(6));
	status = swap_index_value(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2),
							  PG_GETARG_FLOAT8(3), PG_GETARG_FLOAT8(4), PG_GETARG_FLOAT8(5),
							  PG_GETARG_FLOAT8(6), &value);
	return float8_result(fcinfo, status, &value, "index_swap_value");
}
