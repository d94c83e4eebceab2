/*-------------------------------------------------------------------------
 *
 * yield/window.c
 *	  The SQL face of domain yield: APR and APY of a window of time.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr.h"

#include "core/yield/apr.h"
#include "rate/window.h"
#include "server/report.h"

/* yield_apr or yield_apy */
typedef core_status (*yield_function) (double rate0, double rate1,
									   int64_t time0, int64_t time1,
									   double year_days, double *result);

/* From the rate in force at the start of a window to that at its end. */
static Datum
yield_of_window(FunctionCallInfo fcinfo, const rate_window *w, rate_method method,
				double year_days, yield_function function, const char *what)
{
	double		rate0,
				rate1,
				result;

	if (!report_status(rate_window_rate_at_start(w, method, &rate0), what) ||
		!report_status(rate_window_rate_at_end(w, method, &rate1), what) ||
		!report_status(function(rate0, rate1, w->start_time, w->end_time, year_days,
								&result), what))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

/* The accessors: (rate_window, year_days, method). */
static Datum
yield_of_argument(FunctionCallInfo fcinfo, yield_function function, const char *what)
{
	double		year_days = PG_GETARG_FLOAT8(1);

	check_parameter("year_days", year_days);
	return yield_of_window(fcinfo, PG_GETARG_RATE_WINDOW(0), read_rate_method(fcinfo, 2),
						   year_days, function, what);
}

PG_FUNCTION_INFO_V1(rate_window_apr);
Datum
rate_window_apr(PG_FUNCTION_ARGS)
{
	return yield_of_argument(fcinfo, yield_apr, "apr");
}

PG_FUNCTION_INFO_V1(rate_window_apy);
Datum
rate_window_apy(PG_FUNCTION_ARGS)
{
	return yield_of_argument(fcinfo, yield_apy, "apy");
}

/* Last steps of the aggregates, whose year is the default one. */
static Datum
yield_of_group(FunctionCallInfo fcinfo, rate_method method, yield_function function,
			   const char *what)
{
	return yield_of_window(fcinfo, PG_GETARG_RATE_WINDOW(0), method,
						   YIELD_DEFAULT_YEAR_DAYS, function, what);
}

/* The same over a moving frame. */
static Datum
yield_of_frame(FunctionCallInfo fcinfo, rate_method method, yield_function function,
			   const char *what)
{
	rate_window w;

	if (!rate_window_of_frame(fcinfo, &w))
		PG_RETURN_NULL();
	return yield_of_window(fcinfo, &w, method, YIELD_DEFAULT_YEAR_DAYS, function, what);
}

/* Define both for one aggregate. */
#define LAST_STEPS(name, method, function, what) \
	PG_FUNCTION_INFO_V1(name##_final); \
	Datum \
	name##_final(PG_FUNCTION_ARGS) \
	{ \
		return yield_of_group(fcinfo, method, function, what); \
	} \
	PG_FUNCTION_INFO_V1(name##_moving_final); \
	Datum \
	name##_moving_final(PG_FUNCTION_ARGS) \
	{ \
		return yield_of_frame(fcinfo, method, function, what); \
	}

LAST_STEPS(apr_between, RATE_LOCF, yield_apr, "apr")
LAST_STEPS(apy_between, RATE_LOCF, yield_apy, "apy")
LAST_STEPS(apr_between_linear, RATE_LINEAR, yield_apr, "apr")
LAST_STEPS(apy_between_linear, RATE_LINEAR, yield_apy, "apy")
