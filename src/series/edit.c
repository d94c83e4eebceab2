/*-------------------------------------------------------------------------
 *
 * series/edit.c
 *	  The SQL face of domain series: a part of a series taken out, left out or
 *	  put in.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/timestamp.h"

#include "core/series/path.h"
#include "series/input.h"
#include "series/type.h"
#include "server/span.h"

/* A part of time, from the start to before the end; open where a bound is NULL. */
typedef struct span_of_time
{
	int64		start;
	int64		end;
} span_of_time;

/* Arguments 1 and 2, start_time and end_time. */
static span_of_time
read_span(FunctionCallInfo fcinfo)
{
	span_of_time span = {
		read_time_bound(fcinfo, 1, "start_time", DT_NOBEGIN, DT_NOBEGIN),
		read_time_bound(fcinfo, 2, "end_time", DT_NOEND, DT_NOEND)
	};

	check_time_bounds(span.start, span.end);
	return span;
}

/* The points of a series from a time up to before another. */
static void
append_part(expanded_series *s, Datum series, int64 start, int64 end)
{
	series_reader reader;
	const int64 *time;
	const double *value;
	size_t		n;

	series_reader_init_at(&reader, series, start, end);
	while (series_reader_next(&reader, &time, &value, &n) && time[0] < end)
	{
		size_t		from = path_first_from(time, n, start);
		size_t		to = path_first_from(time, n, end);

		series_append(s, time + from, value + from, to - from);
	}
}

/* All of a series but the part. */
static void
append_rest(expanded_series *s, Datum series, span_of_time part)
{
	append_part(s, series, DT_NOBEGIN, part.start);
	append_part(s, series, part.end, DT_NOEND);
}

static Datum
datum_or_null(FunctionCallInfo fcinfo, expanded_series *s)
{
	if (series_is_empty(s))
		PG_RETURN_NULL();
	return series_datum(s);
}

/* slice(series, start_time, end_time) */
PG_FUNCTION_INFO_V1(rate_series_slice);
Datum
rate_series_slice(PG_FUNCTION_ARGS)
{
	span_of_time part;
	expanded_series *s;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	part = read_span(fcinfo);
	s = series_begin(0);
	append_part(s, PG_GETARG_DATUM(0), part.start, part.end);
	return datum_or_null(fcinfo, s);
}

/* remove(series, start_time, end_time) */
PG_FUNCTION_INFO_V1(rate_series_remove);
Datum
rate_series_remove(PG_FUNCTION_ARGS)
{
	span_of_time part;
	expanded_series *s;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	part = read_span(fcinfo);
	s = series_begin(0);
	append_rest(s, PG_GETARG_DATUM(0), part);
	return datum_or_null(fcinfo, s);
}

/* replace(series, start_time, end_time, new): NULL is the series without points, on both sides. */
PG_FUNCTION_INFO_V1(rate_series_replace);
Datum
rate_series_replace(PG_FUNCTION_ARGS)
{
	span_of_time part = read_span(fcinfo);
	expanded_series *s = series_begin(0);

	if (!PG_ARGISNULL(0))
		append_rest(s, PG_GETARG_DATUM(0), part);
	if (!PG_ARGISNULL(3))
		append_part(s, PG_GETARG_DATUM(3), DT_NOBEGIN, DT_NOEND);
	return datum_or_null(fcinfo, s);
}
