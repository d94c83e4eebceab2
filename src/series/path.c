/*-------------------------------------------------------------------------
 *
 * series/path.c
 *	  The SQL face of domain series: measures of a path.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/int.h"
#include "funcapi.h"
#include "utils/timestamp.h"

#include "core/series/path.h"
#include "core/yield/apr.h"
#include "rate/window.h"
#include "series/fold.h"
#include "series/input.h"
#include "series/rows.h"
#include "series/type.h"
#include "server/compat.h"
#include "server/report.h"
#include "server/row.h"
#include "server/span.h"

/* ---------- folding ---------- */

/* Fold what is known at a moment, argument n; NULL is the last point. */
static int64
fold_until(FunctionCallInfo fcinfo, int n, path_fold fold, void *state)
{
	series_header header;
	path_window w;
	int64		at;

	if (PG_ARGISNULL(n))
	{
		series_get_header(PG_GETARG_DATUM(0), &header);
		at = header.last_time;
	}
	else
		at = PG_GETARG_TIMESTAMPTZ(n);
	check_time("at", at);
	path_window_init(&w, TIME_MIN, at, RATE_LOCF);
	fold_window(PG_GETARG_DATUM(0), &w, fold, state);
	return at;
}

static Datum
float8_or_null(FunctionCallInfo fcinfo, core_status status, double result, const char *what)
{
	if (!report_status(status, what))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

/* ---------- time-weighted ---------- */

static Datum
average_result(FunctionCallInfo fcinfo, const path_mean *s)
{
	double		result = 0;
	core_status status = path_mean_average(s, &result);

	return float8_or_null(fcinfo, status, result, "twap");
}

static Datum
stddev_result(FunctionCallInfo fcinfo, const path_spread *s)
{
	double		result = 0;
	core_status status = path_spread_stddev(s, &result);

	return float8_or_null(fcinfo, status, result, "time_weighted_stddev");
}

static Datum
integral_result(FunctionCallInfo fcinfo, const path_mean *s, double unit)
{
	double		result = 0;
	core_status status = path_mean_integral(s, unit, &result);

	return float8_or_null(fcinfo, status, result, "integral");
}

/* A unit of time, by its name, in microseconds. */
static double
read_unit(FunctionCallInfo fcinfo, int n)
{
	static const char *const names[] = {
		"microsecond", "millisecond", "second", "minute", "hour", "day"
	};
	static const double lengths[] = {
		1, 1000, USECS_PER_SEC, USECS_PER_MINUTE, USECS_PER_HOUR, USECS_PER_DAY
	};

	return lengths[choice_argument(fcinfo, n, "unit", names, lengthof(names), NULL)];
}

/* (series, start_time, end_time, method) */
PG_FUNCTION_INFO_V1(series_twap);
Datum
series_twap(PG_FUNCTION_ARGS)
{
	path_mean	s;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(3))
		PG_RETURN_NULL();
	path_mean_init(&s, read_rate_method(fcinfo, 3));
	if (!fold_arguments(fcinfo, 1, s.method, path_mean_fold, &s))
		PG_RETURN_NULL();
	return average_result(fcinfo, &s);
}

/* (series, start_time, end_time, method, unit) */
PG_FUNCTION_INFO_V1(series_integral);
Datum
series_integral(PG_FUNCTION_ARGS)
{
	path_mean	s;
	double		unit;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(3) || PG_ARGISNULL(4))
		PG_RETURN_NULL();
	unit = read_unit(fcinfo, 4);
	path_mean_init(&s, read_rate_method(fcinfo, 3));
	if (!fold_arguments(fcinfo, 1, s.method, path_mean_fold, &s))
		PG_RETURN_NULL();
	return integral_result(fcinfo, &s, unit);
}

/* (series, start_time, end_time, method) */
PG_FUNCTION_INFO_V1(series_time_weighted_stddev);
Datum
series_time_weighted_stddev(PG_FUNCTION_ARGS)
{
	path_spread s;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(3))
		PG_RETURN_NULL();
	path_spread_init(&s, read_rate_method(fcinfo, 3));
	if (!fold_arguments(fcinfo, 1, s.method, path_spread_fold, &s))
		PG_RETURN_NULL();
	return stddev_result(fcinfo, &s);
}

/* Last steps of the aggregates, over all of a series. */
static Datum
twap_of_group(FunctionCallInfo fcinfo, rate_method method)
{
	path_mean	s;

	path_mean_init(&s, method);
	fold_points(PG_GETARG_DATUM(0), path_mean_fold, &s);
	return average_result(fcinfo, &s);
}

PG_FUNCTION_INFO_V1(series_twap_final);
Datum
series_twap_final(PG_FUNCTION_ARGS)
{
	return twap_of_group(fcinfo, RATE_LOCF);
}

PG_FUNCTION_INFO_V1(series_twap_linear_final);
Datum
series_twap_linear_final(PG_FUNCTION_ARGS)
{
	return twap_of_group(fcinfo, RATE_LINEAR);
}

PG_FUNCTION_INFO_V1(series_integral_final);
Datum
series_integral_final(PG_FUNCTION_ARGS)
{
	path_mean	s;

	path_mean_init(&s, RATE_LOCF);
	fold_points(PG_GETARG_DATUM(0), path_mean_fold, &s);
	return integral_result(fcinfo, &s, USECS_PER_SEC);
}

PG_FUNCTION_INFO_V1(series_time_weighted_stddev_final);
Datum
series_time_weighted_stddev_final(PG_FUNCTION_ARGS)
{
	path_spread s;

	path_spread_init(&s, RATE_LOCF);
	fold_points(PG_GETARG_DATUM(0), path_spread_fold, &s);
	return stddev_result(fcinfo, &s);
}

/* ---------- deviations of returns ---------- */

static path_return
read_return(FunctionCallInfo fcinfo, int n)
{
	static const char *const kinds[] = {[PATH_LOG_RETURN] = "log", [PATH_SIMPLE_RETURN] = "simple"};

	return (path_return) choice_argument(fcinfo, n, "kind", kinds, lengthof(kinds), NULL);
}

static Datum
volatility_of(FunctionCallInfo fcinfo, double year_days, path_return kind)
{
	Datum		series = PG_GETARG_DATUM(0);
	rate_summary summary;
	path_volatility s;
	double		result = 0;
	core_status status;

	series_get_summary(series, &summary);
	path_volatility_init(&s, kind, summary.first_time, summary.first_rate,
						 summary.last_time, summary.last_rate);
	fold_points(series, path_volatility_fold, &s);
	status = path_volatility_annual(&s, year_days, &result);
	return float8_or_null(fcinfo, status, result, "volatility");
}

/* (series, year_days, kind) */
PG_FUNCTION_INFO_V1(series_volatility);
Datum
series_volatility(PG_FUNCTION_ARGS)
{
	check_parameter("year_days", PG_GETARG_FLOAT8(1));
	return volatility_of(fcinfo, PG_GETARG_FLOAT8(1), read_return(fcinfo, 2));
}

PG_FUNCTION_INFO_V1(series_volatility_final);
Datum
series_volatility_final(PG_FUNCTION_ARGS)
{
	return volatility_of(fcinfo, YIELD_DEFAULT_YEAR_DAYS, PATH_LOG_RETURN);
}

static Datum
downside_of(FunctionCallInfo fcinfo, double min_return, double year_days)
{
	Datum		series = PG_GETARG_DATUM(0);
	rate_summary summary;
	path_downside s;
	double		result = 0;
	core_status status;

	/* for its check of the rates */
	series_get_summary(series, &summary);
	path_downside_init(&s, min_return, year_days);
	fold_points(series, path_downside_fold, &s);
	status = path_downside_annual(&s, year_days, &result);
	return float8_or_null(fcinfo, status, result, "downside_deviation");
}

/* (series, min_return, year_days) */
PG_FUNCTION_INFO_V1(series_downside_deviation);
Datum
series_downside_deviation(PG_FUNCTION_ARGS)
{
	check_finite("min_return", PG_GETARG_FLOAT8(1));
	check_parameter("year_days", PG_GETARG_FLOAT8(2));
	return downside_of(fcinfo, PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2));
}

PG_FUNCTION_INFO_V1(series_downside_deviation_final);
Datum
series_downside_deviation_final(PG_FUNCTION_ARGS)
{
	return downside_of(fcinfo, 0, YIELD_DEFAULT_YEAR_DAYS);
}

/* ---------- drawdown ---------- */

static void
read_drawdown(Datum series, path_drawdown *s)
{
	rate_summary summary;

	series_get_summary(series, &summary);
	path_drawdown_init(s);
	fold_points(series, path_drawdown_fold, s);
}

/* A drawdown is not positive, and zero has no sign. */
static double
drawdown_of_fall(double fall)
{
	return fall > 0 ? -fall : 0;
}

PG_FUNCTION_INFO_V1(series_max_drawdown);
Datum
series_max_drawdown(PG_FUNCTION_ARGS)
{
	path_drawdown s;

	read_drawdown(PG_GETARG_DATUM(0), &s);
	PG_RETURN_FLOAT8(drawdown_of_fall(s.depth));
}

PG_FUNCTION_INFO_V1(series_max_drawdown_details);
Datum
series_max_drawdown_details(PG_FUNCTION_ARGS)
{
	path_drawdown s;
	Datum		values[6];
	bool		nulls[6] = {false};

	read_drawdown(PG_GETARG_DATUM(0), &s);
	values[0] = Float8GetDatum(drawdown_of_fall(s.depth));
	values[1] = TimestampTzGetDatum(s.from.time);
	values[2] = Float8GetDatum(s.from.value);
	values[3] = TimestampTzGetDatum(s.trough.time);
	values[4] = Float8GetDatum(s.trough.value);
	values[5] = TimestampTzGetDatum(s.recovery.time);
	for (int i = 1; i <= 4; i++)
		nulls[i] = !s.trough.exists;
	nulls[5] = !s.recovery.exists;
	return row_with_nulls(fcinfo, values, nulls);
}

/* What the header says is enough. */
PG_FUNCTION_INFO_V1(series_current_drawdown);
Datum
series_current_drawdown(PG_FUNCTION_ARGS)
{
	rate_summary summary;

	series_get_summary(PG_GETARG_DATUM(0), &summary);
	PG_RETURN_FLOAT8(drawdown_of_fall(path_fall(summary.max_rate, summary.last_rate)));
}

PG_FUNCTION_INFO_V1(series_ulcer_index);
Datum
series_ulcer_index(PG_FUNCTION_ARGS)
{
	rate_summary summary;
	path_ulcer	s;
	double		result = 0;
	core_status status;

	series_get_summary(PG_GETARG_DATUM(0), &summary);
	path_ulcer_init(&s);
	fold_points(PG_GETARG_DATUM(0), path_ulcer_fold, &s);
	status = path_ulcer_index(&s, &result);
	return float8_or_null(fcinfo, status, result, "ulcer_index");
}

/* ---------- spells ---------- */

/* Its length, start and end, all NULL if there was none. */
static Datum
spell_result(FunctionCallInfo fcinfo, const path_spell *spell, bool exists)
{
	Datum		values[3];
	bool		nulls[3] = {!exists, !exists, !exists};

	values[0] = IntervalPGetDatum(span_interval((uint64) spell->end - (uint64) spell->start));
	values[1] = TimestampTzGetDatum(spell->start);
	values[2] = TimestampTzGetDatum(spell->end);
	return row_with_nulls(fcinfo, values, nulls);
}

PG_FUNCTION_INFO_V1(series_longest_flat);
Datum
series_longest_flat(PG_FUNCTION_ARGS)
{
	path_flat	s;
	path_spell	longest;

	path_flat_init(&s);
	fold_points(PG_GETARG_DATUM(0), path_flat_fold, &s);
	longest = path_flat_longest(&s);
	return spell_result(fcinfo, &longest, true);
}

/* (series, at) */
PG_FUNCTION_INFO_V1(series_time_since_change);
Datum
series_time_since_change(PG_FUNCTION_ARGS)
{
	path_flat	s;
	int64		at;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	path_flat_init(&s);
	at = fold_until(fcinfo, 1, path_flat_fold, &s);
	if (!s.last.exists)
		PG_RETURN_NULL();
	PG_RETURN_INTERVAL_P(span_interval((uint64) at - (uint64) s.since));
}

/* (series, threshold, start_time, end_time): false if there is nothing to say */
static bool
read_below(FunctionCallInfo fcinfo, path_below *s)
{
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return false;
	check_finite("threshold", PG_GETARG_FLOAT8(1));
	path_below_init(s, PG_GETARG_FLOAT8(1));
	return fold_arguments(fcinfo, 2, RATE_LOCF, path_below_fold, s) && s->last.exists;
}

PG_FUNCTION_INFO_V1(series_time_below);
Datum
series_time_below(PG_FUNCTION_ARGS)
{
	path_below	s;

	if (!read_below(fcinfo, &s))
		PG_RETURN_NULL();
	PG_RETURN_INTERVAL_P(span_interval(path_below_time(&s)));
}

PG_FUNCTION_INFO_V1(series_share_below);
Datum
series_share_below(PG_FUNCTION_ARGS)
{
	path_below	s;
	double		share = 0;
	core_status status;

	if (!read_below(fcinfo, &s))
		PG_RETURN_NULL();
	status = path_below_share(&s, &share);
	return float8_or_null(fcinfo, status, share, "share_below");
}

/* (series, threshold) */
PG_FUNCTION_INFO_V1(series_longest_below);
Datum
series_longest_below(PG_FUNCTION_ARGS)
{
	path_below	s;
	path_spell	longest;

	check_finite("threshold", PG_GETARG_FLOAT8(1));
	path_below_init(&s, PG_GETARG_FLOAT8(1));
	fold_points(PG_GETARG_DATUM(0), path_below_fold, &s);
	longest = path_below_longest(&s);
	return spell_result(fcinfo, &longest, longest.start < longest.end);
}

/* (series, threshold, at) */
PG_FUNCTION_INFO_V1(series_below_since);
Datum
series_below_since(PG_FUNCTION_ARGS)
{
	path_below	s;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	check_finite("threshold", PG_GETARG_FLOAT8(1));
	path_below_init(&s, PG_GETARG_FLOAT8(1));
	fold_until(fcinfo, 2, path_below_fold, &s);
	if (!path_below_is_below(&s))
		PG_RETURN_NULL();
	PG_RETURN_TIMESTAMPTZ(s.since);
}

/* ---------- trailing and rolling yields ---------- */

/* The value in force at a moment; false before the first point. */
static bool
value_at(series_reader *reader, int64 moment, double *value)
{
	const int64 *times;
	const double *values;
	size_t		n;

	series_reader_seek(reader, moment);
	if (!series_reader_next(reader, &times, &values, &n) || times[0] > moment)
		return false;
	*value = values[path_first_from(times, n, moment + 1) - 1];
	return true;
}

/* (series, window_size, at, year_days) */
static Datum
trailing_yield(FunctionCallInfo fcinfo, path_yield yield, const char *what)
{
	rate_summary summary;
	series_reader reader;
	int64		width;
	int64		start;
	int64		at;
	double		rate0;
	double		rate1;
	double		result = 0;
	core_status status;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(3))
		PG_RETURN_NULL();
	width = positive_span("window_size", PG_GETARG_INTERVAL_P(1));
	check_parameter("year_days", PG_GETARG_FLOAT8(3));
	series_get_summary(PG_GETARG_DATUM(0), &summary);
	at = PG_ARGISNULL(2) ? summary.last_time : PG_GETARG_TIMESTAMPTZ(2);
	check_time("at", at);
	if (pg_sub_s64_overflow(at, width, &start))
		PG_RETURN_NULL();
	series_reader_init_at(&reader, PG_GETARG_DATUM(0), start, at);
	if (!value_at(&reader, start, &rate0) || !value_at(&reader, at, &rate1))
		PG_RETURN_NULL();
	status = yield(rate0, rate1, start, at, PG_GETARG_FLOAT8(3), &result);
	return float8_or_null(fcinfo, status, result, what);
}

PG_FUNCTION_INFO_V1(series_trailing_apr);
Datum
series_trailing_apr(PG_FUNCTION_ARGS)
{
	return trailing_yield(fcinfo, yield_apr, "trailing_apr");
}

PG_FUNCTION_INFO_V1(series_trailing_apy);
Datum
series_trailing_apy(PG_FUNCTION_ARGS)
{
	return trailing_yield(fcinfo, yield_apy, "trailing_apy");
}

/* Two readers of one series, the second behind the first by the window's size. */
typedef struct rolling_state
{
	series_reader reader;
	series_reader behind;
	path_lag	lag;
	path_yield	yield;
	int64		width;
	double		year_days;
	const int64 *time;			/* of the block at hand */
	size_t		n;
	double		result[SERIES_BLOCK_POINTS];
	bool		is_null[SERIES_BLOCK_POINTS];
} rolling_state;

static bool
next_points(void *source, const int64_t **time, const double **value, size_t *n)
{
	return series_reader_next((series_reader *) source, time, value, n);
}

/* Arguments (series, window_size, year_days), of which the series lives as long as the state. */
static rolling_state *
begin_rolling(FunctionCallInfo fcinfo, Datum series, path_yield yield)
{
	rolling_state *state = palloc0(sizeof(rolling_state));
	rate_summary summary;

	state->yield = yield;
	state->width = positive_span("window_size", PG_GETARG_INTERVAL_P(1));
	state->year_days = PG_GETARG_FLOAT8(2);
	check_parameter("year_days", state->year_days);
	/* for its check of the rates */
	series_get_summary(series, &summary);
	series_reader_init(&state->reader, series);
	series_reader_init(&state->behind, series);
	path_lag_init(&state->lag, next_points, &state->behind);
	return state;
}

/* The yields of the next block; false at the end. */
static bool
roll_on(rolling_state *state)
{
	const double *value;

	if (!series_reader_next(&state->reader, &state->time, &value, &state->n))
		return false;
	path_rolling_yield(&state->lag, state->width, state->year_days, state->yield,
					   state->time, value, state->n, state->result, state->is_null);
	return true;
}

static void *
begin_rolling_apr(FunctionCallInfo fcinfo, Datum series)
{
	return begin_rolling(fcinfo, series, yield_apr);
}

static void *
begin_rolling_apy(FunctionCallInfo fcinfo, Datum series)
{
	return begin_rolling(fcinfo, series, yield_apy);
}

static bool
next_rolling(void *source, row_block *block)
{
	rolling_state *state = source;

	if (!roll_on(state))
		return false;
	*block = (row_block) {state->n, state->time, state->result, state->is_null};
	return true;
}

PG_FUNCTION_INFO_V1(series_rolling_apr);
Datum
series_rolling_apr(PG_FUNCTION_ARGS)
{
	return series_rows(fcinfo, begin_rolling_apr, next_rolling);
}

PG_FUNCTION_INFO_V1(series_rolling_apy);
Datum
series_rolling_apy(PG_FUNCTION_ARGS)
{
	return series_rows(fcinfo, begin_rolling_apy, next_rolling);
}

/* The same as a series, of the points that have a yield. */
static Datum
rolling_series(FunctionCallInfo fcinfo, path_yield yield)
{
	rolling_state *state = begin_rolling(fcinfo, PG_GETARG_DATUM(0), yield);
	expanded_series *yields = series_begin(state->reader.num_points);
	int64		time[SERIES_BLOCK_POINTS];
	double		value[SERIES_BLOCK_POINTS];

	while (roll_on(state))
	{
		size_t		n = 0;

		for (size_t i = 0; i < state->n; i++)
		{
			time[n] = state->time[i];
			value[n] = state->result[i];
			n += !state->is_null[i];
		}
		series_append(yields, time, value, n);
	}
	if (series_is_empty(yields))
		PG_RETURN_NULL();
	return series_datum(yields);
}

PG_FUNCTION_INFO_V1(series_rolling_apr_series);
Datum
series_rolling_apr_series(PG_FUNCTION_ARGS)
{
	return rolling_series(fcinfo, yield_apr);
}

PG_FUNCTION_INFO_V1(series_rolling_apy_series);
Datum
series_rolling_apy_series(PG_FUNCTION_ARGS)
{
	return rolling_series(fcinfo, yield_apy);
}
