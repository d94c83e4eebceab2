/*-------------------------------------------------------------------------
 *
 * yield/apr.c
 *	  The SQL face of domain yield: APR, APY and blends.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr.h"
#include "libpq/pqformat.h"
#include "utils/timestamp.h"

#include "core/yield/apr.h"
#include "rate/summary.h"
#include "server/compat.h"
#include "server/moving.h"
#include "server/report.h"
#include "server/summary.h"
#include "yield/apr.h"


#define PG_GETARG_BLEND_SUMMARY(n)	((blend_summary *) PG_GETARG_POINTER(n))
#define PG_RETURN_BLEND_SUMMARY(x)	PG_RETURN_POINTER(x)

StaticAssertDecl(sizeof(blend_summary) == 8 + 2 * sizeof(binned_sum),
				 "blend_summary must have no padding, it is stored byte by byte");

/* ---------- APR, APY and log yield ---------- */

/* Of two valid rates, their times and the year, which are arguments in a row. */
Datum
yield_of_change(FunctionCallInfo fcinfo, const rate_pair *rates, int times_at,
				yield_function function, const char *what)
{
	TimestampTz time0 = PG_GETARG_TIMESTAMPTZ(times_at);
	TimestampTz time1 = PG_GETARG_TIMESTAMPTZ(times_at + 1);
	double		year_days = PG_GETARG_FLOAT8(times_at + 2);
	double		result;

	check_time("t0", time0);
	check_time("t1", time1);
	check_parameter("year_days", year_days);
	if (time1 < time0)
		report_reversed("t1", "t0", time1, time0);
	if (!report_status(function(rates->from, rates->to, rates->change, time0, time1,
								year_days, &result), what))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

/* Of two points, given as arguments. */
static Datum
yield_of_points(FunctionCallInfo fcinfo, const rate_pair *rates,
				yield_function function, const char *what)
{
	check_rate("rate0", rates->from);
	check_rate("rate1", rates->to);
	return yield_of_change(fcinfo, rates, 2, function, what);
}

static Datum
yield_of_float8(FunctionCallInfo fcinfo, yield_function function, const char *what)
{
	rate_pair	rates = rate_pair_of_float8(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1));

	return yield_of_points(fcinfo, &rates, function, what);
}

static Datum
yield_of_numeric(FunctionCallInfo fcinfo, yield_function function, const char *what)
{
	rate_pair	rates = rate_pair_of_numeric("rate0", PG_GETARG_DATUM(0),
											 "rate1", PG_GETARG_DATUM(1));

	return yield_of_points(fcinfo, &rates, function, what);
}

static Datum
yield_of_bigint(FunctionCallInfo fcinfo, yield_function function, const char *what)
{
	rate_pair	rates = rate_pair_of_int64(PG_GETARG_INT64(0), PG_GETARG_INT64(1));

	return yield_of_points(fcinfo, &rates, function, what);
}

/*
 * From the first to the last point of a summary, as a result of the function
 * called "what".
 */
Datum
yield_of_summary(FunctionCallInfo fcinfo, const rate_summary *s, double year_days,
				 yield_function function, const char *what)
{
	double		result;

	check_parameter("year_days", year_days);
	if (!report_status(function(s->first_rate, s->last_rate, s->last_rate - s->first_rate,
								s->first_time, s->last_time, year_days, &result), what))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

/* The same as the last step of an aggregate over a moving frame. */
static Datum
yield_of_frame(FunctionCallInfo fcinfo, yield_function function, const char *what)
{
	rate_summary s;

	if (!moving_result(fcinfo, &s, what))
		PG_RETURN_NULL();
	return yield_of_summary(fcinfo, &s, YIELD_DEFAULT_YEAR_DAYS, function, what);
}

/* One measure for each type of rate; its times may be of either kind of timestamp. */
#define POINTS_FUNCTION(name, function, type) \
	PG_FUNCTION_INFO_V1(name##_points_##type); \
	Datum \
	name##_points_##type(PG_FUNCTION_ARGS) \
	{ \
		return yield_of_##type(fcinfo, function, #name); \
	}

#define POINTS_FUNCTIONS(name, function) \
	POINTS_FUNCTION(name, function, float8) \
	POINTS_FUNCTION(name, function, numeric) \
	POINTS_FUNCTION(name, function, bigint)

POINTS_FUNCTIONS(apr, yield_apr_of_change)
POINTS_FUNCTIONS(apy, yield_apy_of_change)
POINTS_FUNCTIONS(log_yield, yield_log_of_change)

PG_FUNCTION_INFO_V1(rate_summary_apr);
Datum
rate_summary_apr(PG_FUNCTION_ARGS)
{
	return yield_of_summary(fcinfo, PG_GETARG_RATE_SUMMARY(0), PG_GETARG_FLOAT8(1),
							yield_apr_of_change, "apr");
}

PG_FUNCTION_INFO_V1(rate_summary_apy);
Datum
rate_summary_apy(PG_FUNCTION_ARGS)
{
	return yield_of_summary(fcinfo, PG_GETARG_RATE_SUMMARY(0), PG_GETARG_FLOAT8(1),
							yield_apy_of_change, "apy");
}

PG_FUNCTION_INFO_V1(rate_summary_log_yield);
Datum
rate_summary_log_yield(PG_FUNCTION_ARGS)
{
	return yield_of_summary(fcinfo, PG_GETARG_RATE_SUMMARY(0), PG_GETARG_FLOAT8(1),
							yield_log_of_change, "log_yield");
}

/* Final functions of the aggregates, whose year is the default one. */
PG_FUNCTION_INFO_V1(rate_summary_apr_final);
Datum
rate_summary_apr_final(PG_FUNCTION_ARGS)
{
	return yield_of_summary(fcinfo, PG_GETARG_RATE_SUMMARY(0), YIELD_DEFAULT_YEAR_DAYS,
							yield_apr_of_change, "apr");
}

PG_FUNCTION_INFO_V1(rate_summary_apy_final);
Datum
rate_summary_apy_final(PG_FUNCTION_ARGS)
{
	return yield_of_summary(fcinfo, PG_GETARG_RATE_SUMMARY(0), YIELD_DEFAULT_YEAR_DAYS,
							yield_apy_of_change, "apy");
}

PG_FUNCTION_INFO_V1(rate_summary_log_yield_final);
Datum
rate_summary_log_yield_final(PG_FUNCTION_ARGS)
{
	return yield_of_summary(fcinfo, PG_GETARG_RATE_SUMMARY(0), YIELD_DEFAULT_YEAR_DAYS,
							yield_log_of_change, "log_yield");
}

PG_FUNCTION_INFO_V1(rate_summary_moving_apr);
Datum
rate_summary_moving_apr(PG_FUNCTION_ARGS)
{
	return yield_of_frame(fcinfo, yield_apr_of_change, "apr");
}

PG_FUNCTION_INFO_V1(rate_summary_moving_apy);
Datum
rate_summary_moving_apy(PG_FUNCTION_ARGS)
{
	return yield_of_frame(fcinfo, yield_apy_of_change, "apy");
}

PG_FUNCTION_INFO_V1(rate_summary_moving_log_yield);
Datum
rate_summary_moving_log_yield(PG_FUNCTION_ARGS)
{
	return yield_of_frame(fcinfo, yield_log_of_change, "log_yield");
}

/* ---------- compounding ---------- */

/* How often a year a rate is credited. */
void
check_periods(const char *argument, double periods)
{
	/* an infinite number of them is continuous compounding */
	if (!(isinf(periods) && periods > 0))
		check_parameter(argument, periods);
}

PG_FUNCTION_INFO_V1(apr_to_apy);
Datum
apr_to_apy(PG_FUNCTION_ARGS)
{
	double		apr = PG_GETARG_FLOAT8(0);
	double		periods = PG_GETARG_FLOAT8(1);
	double		apy;

	check_finite("apr", apr);
	check_periods("periods", periods);
	if (!report_status(yield_apr_to_apy(apr, periods, &apy), "apy"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(apy);
}

PG_FUNCTION_INFO_V1(apy_to_apr);
Datum
apy_to_apr(PG_FUNCTION_ARGS)
{
	double		apy = PG_GETARG_FLOAT8(0);
	double		periods = PG_GETARG_FLOAT8(1);
	double		apr;

	check_finite("apy", apy);
	check_periods("periods", periods);
	if (!report_status(yield_apy_to_apr(apy, periods, &apr), "apr"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(apr);
}

PG_FUNCTION_INFO_V1(convert_yield);
Datum
convert_yield(PG_FUNCTION_ARGS)
{
	double		rate = PG_GETARG_FLOAT8(0);
	double		from = PG_GETARG_FLOAT8(1);
	double		to = PG_GETARG_FLOAT8(2);
	double		result;

	check_finite("rate", rate);
	check_periods("from_periods", from);
	check_periods("to_periods", to);
	if (!report_status(yield_convert(rate, from, to, &result), "convert_yield"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

/* ---------- the type blend_summary ---------- */

static bool
is_valid(const void *value)
{
	return blend_summary_is_valid(value);
}

static const summary_field fields[] = {
	SUMMARY_SUM(blend_summary, weight),
	SUMMARY_SUM(blend_summary, weighted),
	SUMMARY_INT64(blend_summary, num_aprs)
};

static const summary_form form = {
	"blend_summary", sizeof(blend_summary), fields, lengthof(fields), is_valid,
	"(sum of weight,sum of apr * weight,num_aprs)",
	"No set of yields and weights has this summary."
};

SUMMARY_FORM(blend_summary, &form)

/* ---------- blends ---------- */

static void
check_blend_row(double apr, double weight)
{
	check_finite("apr", apr);
	check_not_negative("weight", weight);
}

/* Transition function of blend_agg and blended_apr; see rate_summary_accum. */
static pg_attribute_always_inline Datum
blend_accum(FunctionCallInfo fcinfo, float8_reader read_apr, float8_reader read_weight)
{
	blend_summary *s = summary_state(fcinfo, sizeof(blend_summary));
	double		apr,
				weight;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
	{
		if (s == NULL)
			PG_RETURN_NULL();
		PG_RETURN_BLEND_SUMMARY(s);
	}
	apr = read_apr(fcinfo, 1, "apr");
	weight = read_weight(fcinfo, 2, "weight");
	check_blend_row(apr, weight);

	if (s == NULL)
	{
		s = summary_alloc(fcinfo, sizeof(blend_summary));
		blend_summary_init(s);
	}
	report_status(blend_summary_add(s, apr, weight), "apr * weight");
	PG_RETURN_BLEND_SUMMARY(s);
}

SUMMARY_MERGE_FUNCTIONS(blend_summary, blend_summary_merge, 2, "num_aprs")

/* Forward function of blend_agg and blended_apr over a moving frame. */
static pg_attribute_always_inline Datum
blend_moving_accum(FunctionCallInfo fcinfo, float8_reader read_apr, float8_reader read_weight)
{
	sliding    *state = moving_state(fcinfo, blend_summary_merge_slots, sizeof(blend_summary));

	if (!PG_ARGISNULL(1) && !PG_ARGISNULL(2))
	{
		double		apr = read_apr(fcinfo, 1, "apr");
		double		weight = read_weight(fcinfo, 2, "weight");
		blend_summary row;

		check_blend_row(apr, weight);
		blend_summary_init(&row);
		report_status(blend_summary_add(&row, apr, weight), "apr * weight");
		moving_push(fcinfo, state, &row, "num_aprs");
	}
	PG_RETURN_POINTER(state);
}

/* Both steps for each combination of types of apr and weight. */
#define BLEND_STEPS(suffix, read_apr, read_weight) \
	PG_FUNCTION_INFO_V1(blend_summary_accum##suffix); \
	Datum \
	blend_summary_accum##suffix(PG_FUNCTION_ARGS) \
	{ \
		return blend_accum(fcinfo, read_apr, read_weight); \
	} \
	PG_FUNCTION_INFO_V1(blend_summary_moving_accum##suffix); \
	Datum \
	blend_summary_moving_accum##suffix(PG_FUNCTION_ARGS) \
	{ \
		return blend_moving_accum(fcinfo, read_apr, read_weight); \
	}

BLEND_STEPS(, read_float8_argument, read_float8_argument)
BLEND_STEPS(_numeric_apr, read_numeric_argument, read_float8_argument)
BLEND_STEPS(_numeric_weight, read_float8_argument, read_numeric_argument)
BLEND_STEPS(_numeric, read_numeric_argument, read_numeric_argument)

/* The mean of a summary: accessor, and final function of blended_apr. */
static Datum
blended_apr_of(FunctionCallInfo fcinfo, const blend_summary *s)
{
	double		result;

	if (!report_status(blend_summary_apr(s, &result), "blended_apr"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(blend_summary_blended_apr);
Datum
blend_summary_blended_apr(PG_FUNCTION_ARGS)
{
	return blended_apr_of(fcinfo, PG_GETARG_BLEND_SUMMARY(0));
}

PG_FUNCTION_INFO_V1(blend_summary_moving_blended_apr);
Datum
blend_summary_moving_blended_apr(PG_FUNCTION_ARGS)
{
	blend_summary s;

	if (!moving_result(fcinfo, &s, "blended_apr"))
		PG_RETURN_NULL();
	return blended_apr_of(fcinfo, &s);
}

PG_FUNCTION_INFO_V1(blend_summary_total_weight);
Datum
blend_summary_total_weight(PG_FUNCTION_ARGS)
{
	double		result;

	report_status(blend_summary_weight(PG_GETARG_BLEND_SUMMARY(0), &result), "total_weight");
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(blend_summary_num_aprs);
Datum
blend_summary_num_aprs(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_BLEND_SUMMARY(0)->num_aprs);
}
