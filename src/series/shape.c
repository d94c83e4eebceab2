/*-------------------------------------------------------------------------
 *
 * series/shape.c
 *	  The SQL face of domain series: a series in another shape.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/tuplestore.h"

#include "core/yield/apr.h"
#include "series/grid.h"
#include "series/input.h"
#include "server/compat.h"
#include "server/report.h"
#include "server/span.h"

/* Buckets that are measured at a time. */
#define BUCKETS_AT_ONCE	512

/* ---------- the value at a moment ---------- */

/* value_at(series, ts, method, max_age).  Not strict, since the last may be NULL. */
PG_FUNCTION_INFO_V1(rate_series_value_at);
Datum
rate_series_value_at(PG_FUNCTION_ARGS)
{
	static const char *const methods[] = {"locf", "linear", "nearest", "next"};
	TimestampTz at;
	series_input input;
	series_carry carry;
	series_method method;
	uint64		max_age;
	double		value;

	if (has_null_argument(fcinfo, 3))
		PG_RETURN_NULL();
	at = PG_GETARG_TIMESTAMPTZ(1);
	check_time("ts", at);
	method = (series_method) choice_argument(fcinfo, 2, "method", methods, lengthof(methods), NULL);
	max_age = max_age_argument(fcinfo, 3);
	series_input_init_at(&input, PG_GETARG_DATUM(0), at, at);
	series_carry_init(&carry, &input.stream);
	carry.max_age = max_age;
	if (!report_status(series_value_at(&carry, at, method, &value), "value_at"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(value);
}

/* ---------- buckets of time ---------- */

/* A row of a time and a value, which may be NULL. */
static void
put_bucket(ReturnSetInfo *result, TimestampTz ts, double value, bool is_null)
{
	Datum		values[2] = {TimestampTzGetDatum(ts), Float8GetDatum(value)};
	bool		nulls[2] = {false, is_null};

	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* All buckets of a grid up to one that starts at "end" or later. */
static void
put_buckets(ReturnSetInfo *result, series_grid *grid, TimestampTz end, Datum series,
			series_measure measure, uint64 max_age)
{
	TimestampTz edge[BUCKETS_AT_ONCE + 1];
	double		value[BUCKETS_AT_ONCE];
	bool		is_null[BUCKETS_AT_ONCE];
	series_input input;
	series_carry carry;
	size_t		n;

	edge[0] = series_grid_next(grid);
	series_input_init_at(&input, series, edge[0], end);
	series_carry_init(&carry, &input.stream);
	carry.max_age = max_age;
	while ((n = series_grid_buckets(grid, end, edge, BUCKETS_AT_ONCE)) > 0)
	{
		CHECK_FOR_INTERRUPTS();
		report_status(series_resample(&carry, measure, edge, n, value, is_null), "mean");
		for (size_t i = 0; i < n; i++)
			put_bucket(result, edge[i], value[i], is_null[i]);
		edge[0] = edge[n];
	}
}

/*
 * resample(series, step, method, timezone, origin, start_time, end_time,
 * max_age).  Not strict, since the last four may be NULL.
 */
PG_FUNCTION_INFO_V1(rate_series_resample);
Datum
rate_series_resample(PG_FUNCTION_ARGS)
{
	static const char *const measures[] = {
		"locf", "linear", "last", "first", "min", "max", "mean", "twap"
	};
	series_header header;
	series_grid grid;
	series_measure measure;
	TimestampTz start,
				end;
	uint64		max_age;

	InitMaterializedSRF(fcinfo, 0);
	if (has_null_argument(fcinfo, 4))
		return (Datum) 0;
	measure = (series_measure) choice_argument(fcinfo, 2, "method", measures, lengthof(measures),
											   NULL);
	series_grid_init(&grid, fcinfo, 1, 3, 4);
	max_age = max_age_argument(fcinfo, 7);
	series_get_header(PG_GETARG_DATUM(0), &header);
	start = read_time_bound(fcinfo, 5, "start_time", DT_NOBEGIN, header.first_time);
	/* the last point is in the last bucket, so the end is behind it */
	end = read_time_bound(fcinfo, 6, "end_time", DT_NOEND, header.last_time + 1);
	if (!PG_ARGISNULL(5) && !PG_ARGISNULL(6))
		check_time_bounds(start, end);
	if (start >= end)
		return (Datum) 0;
	series_grid_check_size(&grid, start, end);
	series_grid_seek(&grid, start);
	put_buckets((ReturnSetInfo *) fcinfo->resultinfo, &grid, end, PG_GETARG_DATUM(0), measure,
				max_age);
	return (Datum) 0;
}

/* ---------- returns ---------- */

static void
put_return(ReturnSetInfo *result, series_change kind, series_point from, series_point to)
{
	Datum		values[3];
	bool		nulls[3] = {false, false, false};
	double		change;

	report_status(series_change_of(kind, from.value, to.value, &change), "return");
	values[0] = TimestampTzGetDatum(from.time);
	values[1] = TimestampTzGetDatum(to.time);
	values[2] = Float8GetDatum(change);
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* From each point to the next. */
static void
put_returns_of_points(ReturnSetInfo *result, series_change kind, Datum series)
{
	series_input input;
	series_point from,
				to;

	series_input_init(&input, series);
	if (!series_stream_has_point(&input.stream))
		return;
	from = series_stream_front(&input.stream);
	for (input.stream.at++; series_stream_has_point(&input.stream); input.stream.at++)
	{
		to = series_stream_front(&input.stream);
		put_return(result, kind, from, to);
		from = to;
	}
}

/* What is made of a period, given the values in force at its ends. */
typedef void (*period_row) (ReturnSetInfo *result, const void *how, series_point from,
							series_point to);

/* From each edge of a grid to the next, as far as the series goes. */
static void
put_periods(ReturnSetInfo *result, period_row put, const void *how, Datum series,
			series_grid *grid, const series_header *header)
{
	series_input input;
	series_carry carry;
	series_point from = {0},
				to;
	bool		has_from = false;

	series_input_init(&input, series);
	series_carry_init(&carry, &input.stream);
	series_grid_check_size(grid, header->first_time, header->last_time);
	series_grid_seek(grid, header->first_time);
	while ((to.time = series_grid_next(grid)) <= header->last_time)
	{
		CHECK_FOR_INTERRUPTS();
		/* the first edge may lie before the first point */
		if (!report_status(series_value_at(&carry, to.time, SERIES_LOCF, &to.value), "return"))
			continue;
		if (has_from)
			put(result, how, from, to);
		has_from = true;
		from = to;
	}
}

static void
put_return_of_period(ReturnSetInfo *result, const void *kind, series_point from, series_point to)
{
	put_return(result, *(const series_change *) kind, from, to);
}

/* returns(series, step, kind, timezone, origin); without a step from point to point */
PG_FUNCTION_INFO_V1(rate_series_returns);
Datum
rate_series_returns(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	series_header header;
	series_change kind;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		return (Datum) 0;
	kind = read_change(fcinfo, 2, false);
	series_get_header(PG_GETARG_DATUM(0), &header);
	check_change(kind, &header);
	if (PG_ARGISNULL(1))
		put_returns_of_points(result, kind, PG_GETARG_DATUM(0));
	else
	{
		series_grid grid;

		series_grid_init(&grid, fcinfo, 1, 3, 4);
		put_periods(result, put_return_of_period, &kind, PG_GETARG_DATUM(0), &grid, &header);
	}
	return (Datum) 0;
}

/* ---------- yields of periods ---------- */

static void
put_yields(ReturnSetInfo *result, const void *year_days, series_point from, series_point to)
{
	double		year = *(const double *) year_days;
	double		apr = 0,
				apy = 0;
	Datum		values[4];
	bool		nulls[4] = {false};

	nulls[2] = !report_status(yield_apr(from.value, to.value, from.time, to.time, year, &apr),
							  "apr");
	nulls[3] = !report_status(yield_apy(from.value, to.value, from.time, to.time, year, &apy),
							  "apy");
	values[0] = TimestampTzGetDatum(from.time);
	values[1] = TimestampTzGetDatum(to.time);
	values[2] = Float8GetDatum(apr);
	values[3] = Float8GetDatum(apy);
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* period_apr(series, step, timezone, origin, year_days) */
PG_FUNCTION_INFO_V1(rate_series_period_apr);
Datum
rate_series_period_apr(PG_FUNCTION_ARGS)
{
	rate_summary summary;
	series_header header;
	series_grid grid;
	double		year_days;

	InitMaterializedSRF(fcinfo, 0);
	if (has_null_argument(fcinfo, 3) || PG_ARGISNULL(4))
		return (Datum) 0;
	year_days = PG_GETARG_FLOAT8(4);
	check_parameter("year_days", year_days);
	/* for its check of the rates */
	series_get_summary(PG_GETARG_DATUM(0), &summary);
	series_get_header(PG_GETARG_DATUM(0), &header);
	series_grid_init(&grid, fcinfo, 1, 2, 3);
	put_periods((ReturnSetInfo *) fcinfo->resultinfo, put_yields, &year_days, PG_GETARG_DATUM(0),
				&grid, &header);
	return (Datum) 0;
}

/* ---------- exponential moving average ---------- */

/* ema_series(series, half_life, method) */
PG_FUNCTION_INFO_V1(rate_series_ema);
Datum
rate_series_ema(PG_FUNCTION_ARGS)
{
	static const char *const methods[] = {"locf", "next", "linear", "points"};
	int64		half_life = positive_span("half_life", PG_GETARG_INTERVAL_P(1));
	expanded_series *result;
	series_reader reader;
	series_ema	ema;
	const int64 *time;
	const double *value;
	double		mean[SERIES_BLOCK_POINTS];
	size_t		n;

	series_ema_init(&ema, (series_ema_method) choice_argument(fcinfo, 2, "method", methods,
														  lengthof(methods), NULL), half_life);
	series_reader_init(&reader, PG_GETARG_DATUM(0));
	result = series_begin(reader.num_points);
	while (series_reader_next(&reader, &time, &value, &n))
	{
		for (size_t i = 0; i < n; i++)
			mean[i] = series_ema_add(&ema, time[i], value[i]);
		series_append(result, time, mean, n);
	}
	return series_datum(result);
}

/* ---------- fewer points ---------- */

/* lttb(series, points) */
PG_FUNCTION_INFO_V1(rate_series_lttb);
Datum
rate_series_lttb(PG_FUNCTION_ARGS)
{
	int32		num_kept = PG_GETARG_INT32(1);
	expanded_series *result;
	series_input input,
				ahead;
	series_lttb lttb;
	series_point p;

	if (num_kept < 3)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("points must be at least 3, not %d", num_kept),
				 errhint("The first and the last point stay, and some between them.")));
	series_input_init(&input, PG_GETARG_DATUM(0));
	if (input.reader.num_points <= (size_t) num_kept)
		return series_read_only(PG_GETARG_DATUM(0));
	series_input_init(&ahead, PG_GETARG_DATUM(0));
	result = series_begin(num_kept);
	series_lttb_init(&lttb, &input.stream, &ahead.stream, input.reader.num_points, num_kept);
	while (series_lttb_next(&lttb, &p))
		series_append(result, &p.time, &p.value, 1);
	return series_datum(result);
}
