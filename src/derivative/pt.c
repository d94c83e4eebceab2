/*-------------------------------------------------------------------------
 *
 * derivative/pt.c
 *	  The SQL face of domain derivative: principal and yield tokens.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/timestamp.h"

#include "core/derivative/pt.h"
#include "derivative/schedule.h"
#include "server/compat.h"
#include "server/report.h"
#include "server/row.h"

PG_FUNCTION_INFO_V1(derivative_year_fraction);
Datum
derivative_year_fraction(PG_FUNCTION_ARGS)
{
	TimestampTz time0 = PG_GETARG_TIMESTAMPTZ(0);
	TimestampTz time1 = PG_GETARG_TIMESTAMPTZ(1);
	double		years;

	check_time("t0", time0);
	check_time("t1", time1);
	check_parameter("year_days", PG_GETARG_FLOAT8(2));
	years = pt_year_fraction(time0, time1, PG_GETARG_FLOAT8(2));
	return float8_result(fcinfo, bond_checked(years), &years, "year_fraction");
}

PG_FUNCTION_INFO_V1(derivative_pt_price);
Datum
derivative_pt_price(PG_FUNCTION_ARGS)
{
	double		price = 0;

	check_rate_of_periods("implied_apy", PG_GETARG_FLOAT8(0), 1);
	check_finite("years", PG_GETARG_FLOAT8(1));
	return float8_result(fcinfo, pt_price(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), &price),
						 &price, "pt_price");
}

PG_FUNCTION_INFO_V1(derivative_pt_implied_apy);
Datum
derivative_pt_implied_apy(PG_FUNCTION_ARGS)
{
	double		apy = 0;

	check_positive("pt_price", PG_GETARG_FLOAT8(0));
	check_finite("years", PG_GETARG_FLOAT8(1));
	return float8_result(fcinfo, pt_implied_apy(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), &apy),
						 &apy, "pt_implied_apy");
}

PG_FUNCTION_INFO_V1(derivative_pt_risk);
Datum
derivative_pt_risk(PG_FUNCTION_ARGS)
{
	pt_measures m;

	check_positive("pt_price", PG_GETARG_FLOAT8(0));
	check_finite("years", PG_GETARG_FLOAT8(1));
	if (!report_status(pt_risk(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), &m), "pt_risk"))
		PG_RETURN_NULL();
	return row_of_float8(fcinfo, (const double[]) {
		m.implied_apy, m.ln_rate, m.macaulay_duration, m.modified_duration, m.convexity, m.dv01
	}, 6);
}

/* What the protocol keeps of all income, as a fraction. */
static double
fee_argument(FunctionCallInfo fcinfo, int at)
{
	double		fee = PG_GETARG_FLOAT8(at);

	if (unlikely(!(fee >= 0 && fee < 1)))
		report_bad_float8("fee", fee, "at least 0 and below 1");
	return fee;
}

/* (underlying_apy, yt_price, years, reward_apr, fee) */
PG_FUNCTION_INFO_V1(derivative_yt_long_apy);
Datum
derivative_yt_long_apy(PG_FUNCTION_ARGS)
{
	double		fee = fee_argument(fcinfo, 4);
	double		apy = 0;

	check_rate_of_periods("underlying_apy", PG_GETARG_FLOAT8(0), 1);
	check_not_negative("yt_price", PG_GETARG_FLOAT8(1));
	check_finite("years", PG_GETARG_FLOAT8(2));
	check_finite("reward_apr", PG_GETARG_FLOAT8(3));
	return float8_result(fcinfo, pt_long_apy(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1),
											 PG_GETARG_FLOAT8(2), PG_GETARG_FLOAT8(3), fee, &apy),
						 &apy, "yt_long_apy");
}

/* (yt_price, years, fee) */
PG_FUNCTION_INFO_V1(derivative_yt_break_even_apy);
Datum
derivative_yt_break_even_apy(PG_FUNCTION_ARGS)
{
	double		fee = fee_argument(fcinfo, 2);
	double		apy = 0;

	check_not_negative("yt_price", PG_GETARG_FLOAT8(0));
	check_finite("years", PG_GETARG_FLOAT8(1));
	return float8_result(fcinfo,
						 pt_break_even_apy(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), fee, &apy),
						 &apy, "yt_break_even_apy");
}

PG_FUNCTION_INFO_V1(derivative_yt_leverage);
Datum
derivative_yt_leverage(PG_FUNCTION_ARGS)
{
	double		leverage = 0;

	check_not_negative("yt_price", PG_GETARG_FLOAT8(0));
	return float8_result(fcinfo, pt_leverage(PG_GETARG_FLOAT8(0), &leverage), &leverage,
						 "yt_leverage");
}
