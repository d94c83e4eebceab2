/*-------------------------------------------------------------------------
 *
 * risk/feeds.c
 *	  The SQL face of domain risk: the age of what feeds say.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "core/risk/feeds.h"
#include "rate/window.h"
#include "series/type.h"
#include "server/compat.h"
#include "server/report.h"
#include "server/span.h"

/* Arguments 2 and 3: the window, from the first to the last point where not given. */
static void
window_arguments(FunctionCallInfo fcinfo, stale_time *s)
{
	series_header header;

	series_get_header(PG_GETARG_DATUM(0), &header);
	s->start = PG_ARGISNULL(2) ? header.first_time : PG_GETARG_TIMESTAMPTZ(2);
	s->end = PG_ARGISNULL(3) ? header.last_time : PG_GETARG_TIMESTAMPTZ(3);
	check_time("start_time", s->start);
	check_time("end_time", s->end);
	if (s->end < s->start && !PG_ARGISNULL(2) && !PG_ARGISNULL(3))
		report_reversed_window("end_time", "start_time", s->end, s->start);
}

/* (series, max_age, start_time, end_time): false if the window has nothing to say */
static bool
read_stale(FunctionCallInfo fcinfo, stale_time *s)
{
	series_reader reader;
	const int64 *time;
	const double *value;
	size_t		n;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return false;
	*s = (stale_time) {.max_age = positive_span("max_age", PG_GETARG_INTERVAL_P(1))};
	window_arguments(fcinfo, s);
	if (s->end < s->start)
		return false;
	series_reader_init_at(&reader, PG_GETARG_DATUM(0), s->start, s->end);
	while (series_reader_next(&reader, &time, &value, &n) && time[0] <= s->end)
		stale_time_fold(s, time, n);
	return stale_time_finish(s);
}

PG_FUNCTION_INFO_V1(series_time_stale);
Datum
series_time_stale(PG_FUNCTION_ARGS)
{
	stale_time	s;

	if (!read_stale(fcinfo, &s))
		PG_RETURN_NULL();
	PG_RETURN_INTERVAL_P(span_interval(s.total));
}

PG_FUNCTION_INFO_V1(series_share_stale);
Datum
series_share_stale(PG_FUNCTION_ARGS)
{
	stale_time	s;

	if (!read_stale(fcinfo, &s) || s.from == s.end)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8((double) s.total / (double) ((uint64) s.end - (uint64) s.from));
}
