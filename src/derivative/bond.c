/*-------------------------------------------------------------------------
 *
 * derivative/bond.c
 *	  The SQL face of domain derivative: discount factors, zero and forward
 *	  rates, bonds.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "core/derivative/bond.h"
#include "derivative/schedule.h"
#include "server/compat.h"
#include "server/report.h"
#include "server/row.h"

/* ---------- one payment ---------- */

PG_FUNCTION_INFO_V1(derivative_discount_factor);
Datum
derivative_discount_factor(PG_FUNCTION_ARGS)
{
	double		rate = PG_GETARG_FLOAT8(0);
	double		years = PG_GETARG_FLOAT8(1);
	double		periods = periods_argument(fcinfo, 2);
	double		factor = 0;

	check_rate_of_periods("rate", rate, periods);
	check_not_negative("years", years);
	return float8_result(fcinfo, bond_discount_factor(rate, years, periods, &factor), &factor,
						 "discount_factor");
}

PG_FUNCTION_INFO_V1(derivative_zero_rate);
Datum
derivative_zero_rate(PG_FUNCTION_ARGS)
{
	double		factor = PG_GETARG_FLOAT8(0);
	double		years = PG_GETARG_FLOAT8(1);
	double		periods = periods_argument(fcinfo, 2);
	double		rate = 0;

	check_positive("discount_factor", factor);
	check_not_negative("years", years);
	return float8_result(fcinfo, bond_zero_rate(factor, years, periods, &rate), &rate, "zero_rate");
}

PG_FUNCTION_INFO_V1(derivative_forward_rate);
Datum
derivative_forward_rate(PG_FUNCTION_ARGS)
{
	double		factor0 = PG_GETARG_FLOAT8(0);
	double		years0 = PG_GETARG_FLOAT8(1);
	double		factor1 = PG_GETARG_FLOAT8(2);
	double		years1 = PG_GETARG_FLOAT8(3);
	double		periods = periods_argument(fcinfo, 4);
	double		rate = 0;

	check_positive("discount_factor0", factor0);
	check_positive("discount_factor1", factor1);
	check_years_rise(years0, years1);
	return float8_result(fcinfo,
						 bond_forward_rate(factor0, years0, factor1, years1, periods, &rate), &rate,
						 "forward_rate");
}

/* ---------- many ---------- */

/* (times, amounts, yield, periods) */
static bond_flows
bond_arguments(FunctionCallInfo fcinfo, schedule *schedule, double *yield, double *periods)
{
	*yield = PG_GETARG_FLOAT8(2);
	*periods = periods_argument(fcinfo, 3);
	check_rate_of_periods("yield", *yield, *periods);
	schedule_arguments(fcinfo, 0, "amounts", schedule);
	return schedule_flows(schedule);
}

PG_FUNCTION_INFO_V1(derivative_bond_price);
Datum
derivative_bond_price(PG_FUNCTION_ARGS)
{
	schedule	schedule;
	double		yield;
	double		periods;
	bond_flows	flows = bond_arguments(fcinfo, &schedule, &yield, &periods);
	double		price = 0;

	return float8_result(fcinfo, bond_price(&flows, yield, periods, &price), &price, "bond_price");
}

PG_FUNCTION_INFO_V1(derivative_bond_yield);
Datum
derivative_bond_yield(PG_FUNCTION_ARGS)
{
	double		price = PG_GETARG_FLOAT8(0);
	schedule	schedule;
	bond_flows	flows;
	cash_flow  *room;
	double		periods = periods_argument(fcinfo, 3);
	double		yield = 0;
	core_status status;

	check_positive("price", price);
	schedule_arguments(fcinfo, 1, "amounts", &schedule);
	flows = schedule_flows(&schedule);
	room = schedule_room(&schedule.times, 1, sizeof(cash_flow));
	status = bond_yield(price, &flows, periods, room, &yield);
	pfree(room);
	return float8_result(fcinfo, status, &yield, "bond_yield");
}

PG_FUNCTION_INFO_V1(derivative_bond_risk);
Datum
derivative_bond_risk(PG_FUNCTION_ARGS)
{
	schedule	schedule;
	double		yield;
	double		periods;
	bond_flows	flows = bond_arguments(fcinfo, &schedule, &yield, &periods);
	bond_measures m;

	if (!report_status(bond_risk(&flows, yield, periods, &m), "bond_risk"))
		PG_RETURN_NULL();
	return row_of_float8(fcinfo, (const double[]) {
		m.price, m.macaulay_duration, m.modified_duration, m.convexity, m.dv01
	}, 5);
}
