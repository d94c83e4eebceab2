/*-------------------------------------------------------------------------
 *
 * derivative/curve.c
 *	  The SQL face of domain derivative: what is read off a discount_curve, and
 *	  curves from par rates.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/float.h"

#include "core/derivative/curve.h"
#include "derivative/curve_type.h"
#include "derivative/schedule.h"
#include "server/compat.h"
#include "server/interrupts.h"
#include "server/report.h"
#include "server/row.h"

/* (curve, years, interpolation) */
PG_FUNCTION_INFO_V1(derivative_curve_discount_factor);
Datum
derivative_curve_discount_factor(PG_FUNCTION_ARGS)
{
	discount_curve curve;
	double		years = PG_GETARG_FLOAT8(1);
	curve_method method = method_argument(fcinfo, 2);
	double		factor = 0;

	check_not_negative("years", years);
	curve_argument(fcinfo, 0, &curve);
	return float8_result(fcinfo, curve_discount_factor(&curve, years, method, &factor), &factor,
						 "curve_discount_factor");
}

/* (curve, years, periods, interpolation) */
PG_FUNCTION_INFO_V1(derivative_curve_zero_rate);
Datum
derivative_curve_zero_rate(PG_FUNCTION_ARGS)
{
	discount_curve curve;
	double		years = PG_GETARG_FLOAT8(1);
	double		periods = periods_argument(fcinfo, 2);
	curve_method method = method_argument(fcinfo, 3);
	double		rate = 0;

	check_not_negative("years", years);
	curve_argument(fcinfo, 0, &curve);
	return float8_result(fcinfo, curve_zero_rate(&curve, years, periods, method, &rate), &rate,
						 "curve_zero_rate");
}

/* (curve, years0, years1, periods, interpolation) */
PG_FUNCTION_INFO_V1(derivative_curve_forward_rate);
Datum
derivative_curve_forward_rate(PG_FUNCTION_ARGS)
{
	discount_curve curve;
	double		years0 = PG_GETARG_FLOAT8(1);
	double		years1 = PG_GETARG_FLOAT8(2);
	double		periods = periods_argument(fcinfo, 3);
	curve_method method = method_argument(fcinfo, 4);
	double		rate = 0;

	check_years_rise(years0, years1);
	curve_argument(fcinfo, 0, &curve);
	return float8_result(fcinfo,
						 curve_forward_rate(&curve, years0, years1, periods, method, &rate), &rate,
						 "curve_forward_rate");
}

/* (curve, years, horizon, interpolation) */
PG_FUNCTION_INFO_V1(derivative_roll_down);
Datum
derivative_roll_down(PG_FUNCTION_ARGS)
{
	discount_curve curve;
	double		years = PG_GETARG_FLOAT8(1);
	double		horizon = PG_GETARG_FLOAT8(2);
	curve_method method = method_argument(fcinfo, 3);
	curve_roll	roll;

	check_not_negative("years", years);
	check_not_negative("horizon", horizon);
	if (horizon > years)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("horizon must not be beyond years: %s, %s", float8out_internal(horizon),
						float8out_internal(years))));
	curve_argument(fcinfo, 0, &curve);
	if (!report_status(curve_roll_down(&curve, years, horizon, method, &roll), "roll_down"))
		PG_RETURN_NULL();
	return row_of_float8(fcinfo, (const double[]) {
		roll.carry, roll.roll_down, roll.total_return
	}, 3);
}

/* (curve, times, amounts, interpolation) */
PG_FUNCTION_INFO_V1(derivative_curve_value);
Datum
derivative_curve_value(PG_FUNCTION_ARGS)
{
	discount_curve curve;
	schedule	schedule;
	bond_flows	flows;
	curve_method method = method_argument(fcinfo, 3);
	double		value = 0;

	schedule_arguments(fcinfo, 1, "amounts", &schedule);
	flows = schedule_flows(&schedule);
	curve_argument(fcinfo, 0, &curve);
	return float8_result(fcinfo, curve_value(&curve, &flows, method, &value), &value,
						 "curve_value");
}

/* (curve, price, times, amounts, periods, interpolation) */
PG_FUNCTION_INFO_V1(derivative_z_spread);
Datum
derivative_z_spread(PG_FUNCTION_ARGS)
{
	discount_curve curve;
	schedule	schedule;
	bond_flows	flows;
	double		price = PG_GETARG_FLOAT8(1);
	double		periods = periods_argument(fcinfo, 4);
	curve_method method = method_argument(fcinfo, 5);
	double	   *room;
	double		spread = 0;
	core_status status;

	check_positive("price", price);
	schedule_arguments(fcinfo, 2, "amounts", &schedule);
	flows = schedule_flows(&schedule);
	curve_argument(fcinfo, 0, &curve);
	room = schedule_room(&schedule.times, 0, sizeof(double));
	status = curve_z_spread(&curve, price, &flows, periods, method, room, &spread);
	pfree(room);
	return float8_result(fcinfo, status, &spread, "z_spread");
}

/* (times, par_rates) */
PG_FUNCTION_INFO_V1(derivative_bootstrap_curve);
Datum
derivative_bootstrap_curve(PG_FUNCTION_ARGS)
{
	schedule	schedule;
	const double *times;
	double	   *factors;

	schedule_arguments(fcinfo, 0, "par_rates", &schedule);
	times = schedule.times.values;
	check_positive("times[1]", times[0]);
	factors = schedule_room(&schedule.times, 0, sizeof(double));
	if (!report_status(curve_bootstrap(times, schedule.values.values, schedule.times.n,
									   check_interrupts, factors), "bootstrap_curve"))
		PG_RETURN_NULL();
	return curve_datum(times, factors, schedule.times.n);
}
