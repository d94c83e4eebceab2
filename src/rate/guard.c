/*-------------------------------------------------------------------------
 *
 * rate/guard.c
 *	  The SQL face of domain rate: bounds on the updates of an exchange rate.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/timestamp.h"

#include "core/rate/guard.h"
#include "rate/window.h"
#include "server/report.h"

#define BPS	10000.0

/* A bound: a parameter of the caller's, finite and not negative. */
static double
checked_bound(const char *argument, double bound)
{
	if (!(bound >= 0 && bound <= DBL_MAX))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be finite and not negative, not %s", argument,
						float8out_internal(bound)),
				 errhint("A bound on a fall is given without a sign; NULL is no bound.")));
	return bound;
}

/* Argument n as a bound; NULL is none. */
static double
read_bound(FunctionCallInfo fcinfo, int n, const char *argument)
{
	if (PG_ARGISNULL(n))
		return RATE_NO_BOUND;
	return checked_bound(argument, PG_GETARG_FLOAT8(n));
}

/* Argument n as a bound in basis points. */
static double
read_bound_bps(FunctionCallInfo fcinfo, int n, const char *argument)
{
	double		bound = read_bound(fcinfo, n, argument);

	return bound < 0 ? bound : bound / BPS;
}

/*
 * Not strict: a bound that is NULL is none.  A rate that is none makes no
 * update that is in order, so the answer is false, not an error: this stands
 * in a WHERE that is to keep such rows out.
 */
PG_FUNCTION_INFO_V1(rate_jump_ok);
Datum
rate_jump_ok(PG_FUNCTION_ARGS)
{
	double		max_up = read_bound_bps(fcinfo, 2, "max_up_bps");
	double		max_down = read_bound_bps(fcinfo, 3, "max_down_bps");
	double		old_rate,
				new_rate;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	old_rate = PG_GETARG_FLOAT8(0);
	new_rate = PG_GETARG_FLOAT8(1);
	PG_RETURN_BOOL(rate_is_valid(old_rate) && rate_is_valid(new_rate) &&
				   rate_jump_is_within(old_rate, new_rate, max_up, max_down));
}

static const char *
verdict_text(rate_verdict verdict)
{
	switch (verdict)
	{
		case RATE_WITHIN_BOUNDS:
			break;
		case RATE_JUMPED_UP:
			return "jump_up";
		case RATE_JUMPED_DOWN:
			return "jump_down";
		case RATE_GREW_TOO_FAST:
			return "growth";
	}
	return NULL;
}

/*
 * What is wrong with an update, or NULL.  Arguments: old_rate, new_rate, t0,
 * t1, max_up, max_down, max_apr, year_days; what is NULL is not looked at.
 */
static const char *
guard(FunctionCallInfo fcinfo)
{
	rate_bounds bounds;
	double		old_rate;
	TimestampTz t0 = 0,
				t1 = 0;

	bounds.max_up = read_bound(fcinfo, 4, "max_up");
	bounds.max_down = read_bound(fcinfo, 5, "max_down");
	bounds.max_apr = read_bound(fcinfo, 6, "max_apr");
	bounds.year_days = PG_ARGISNULL(7) ? 0 : PG_GETARG_FLOAT8(7);
	if (PG_ARGISNULL(7))
		bounds.max_apr = RATE_NO_BOUND;
	else
		check_parameter("year_days", bounds.year_days);

	if (PG_ARGISNULL(1))
		return NULL;
	if (!rate_is_valid(PG_GETARG_FLOAT8(1)))
		return "no_rate";
	if (PG_ARGISNULL(2) || PG_ARGISNULL(3))
		bounds.max_apr = RATE_NO_BOUND;
	else
	{
		t0 = PG_GETARG_TIMESTAMPTZ(2);
		t1 = PG_GETARG_TIMESTAMPTZ(3);
		check_time("t0", t0);
		check_time("t1", t1);
		if (t1 < t0)
			return "out_of_order";
	}
	if (PG_ARGISNULL(0))
		return NULL;
	old_rate = PG_GETARG_FLOAT8(0);
	if (!rate_is_valid(old_rate))
		return "no_old_rate";
	return verdict_text(rate_judge(old_rate, PG_GETARG_FLOAT8(1), t0, t1, &bounds));
}

PG_FUNCTION_INFO_V1(rate_guard);
Datum
rate_guard(PG_FUNCTION_ARGS)
{
	const char *reason = guard(fcinfo);

	if (reason == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(reason));
}

PG_FUNCTION_INFO_V1(rate_cap);
Datum
rate_cap(PG_FUNCTION_ARGS)
{
	double		rate0 = PG_GETARG_FLOAT8(0);
	TimestampTz t0 = PG_GETARG_TIMESTAMPTZ(1);
	TimestampTz t1 = PG_GETARG_TIMESTAMPTZ(2);
	double		max_apr = checked_bound("max_apr", PG_GETARG_FLOAT8(3));
	double		year_days = PG_GETARG_FLOAT8(4);
	double		cap;

	check_rate("rate0", rate0);
	check_time("t0", t0);
	check_time("t1", t1);
	check_parameter("year_days", year_days);
	if (t1 < t0)
		report_reversed_window("t1", "t0", t1, t0);
	report_status(rate_growth_cap(rate0, t0, t1, max_apr, year_days, &cap), "cap");
	PG_RETURN_FLOAT8(cap);
}

PG_FUNCTION_INFO_V1(backing_ratio);
Datum
backing_ratio(PG_FUNCTION_ARGS)
{
	double		assets = PG_GETARG_FLOAT8(0);
	double		supply = PG_GETARG_FLOAT8(1);
	double		rate = PG_GETARG_FLOAT8(2);
	double		ratio;

	check_not_negative("assets", assets);
	check_not_negative("supply", supply);
	check_rate("rate", rate);
	if (!report_status(rate_backing(assets, supply, rate, &ratio), "backing ratio"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(ratio);
}
