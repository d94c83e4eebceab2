/*-------------------------------------------------------------------------
 *
 * series/fold.c
 *	  Folds of core/series/path.h over a series, or over a window of it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/timestamp.h"

#include "rate/window.h"
#include "series/fold.h"
#include "series/type.h"
#include "server/report.h"

/* All points of a series. */
void
fold_points(Datum series, path_fold fold, void *state)
{
	series_reader reader;
	const int64 *time;
	const double *value;
	size_t		n;

	series_reader_init(&reader, series);
	while (series_reader_next(&reader, &time, &value, &n))
		fold(state, time, value, n);
}

/* Of a window, only the blocks that matter are read. */
void
fold_window(Datum series, path_window *w, path_fold fold, void *state)
{
	series_reader reader;
	const int64 *time;
	const double *value;
	size_t		n;

	series_reader_init_at(&reader, series, w->start, w->end);
	while (series_reader_next(&reader, &time, &value, &n))
	{
		if (!path_window_fold(w, fold, state, time, value, n))
			return;
	}
	path_window_finish(w, fold, state);
}

/*
 * Fold what lies in the window of the arguments start_time and end_time, of
 * which the first is argument n.  A bound that is NULL is the first or the
 * last point.  False if no time is left then.
 */
bool
fold_arguments(FunctionCallInfo fcinfo, int n, rate_method method, path_fold fold, void *state)
{
	Datum		series = PG_GETARG_DATUM(0);
	series_header header;
	int64		start;
	int64		end;
	path_window w;

	if (PG_ARGISNULL(n) || PG_ARGISNULL(n + 1))
		series_get_header(series, &header);
	start = PG_ARGISNULL(n) ? header.first_time : PG_GETARG_TIMESTAMPTZ(n);
	end = PG_ARGISNULL(n + 1) ? header.last_time : PG_GETARG_TIMESTAMPTZ(n + 1);
	check_time("start_time", start);
	check_time("end_time", end);
	if (end < start)
	{
		if (!PG_ARGISNULL(n) && !PG_ARGISNULL(n + 1))
			report_reversed_window("end_time", "start_time", end, start);
		return false;
	}
	path_window_init(&w, start, end, method);
	fold_window(series, &w, fold, state);
	return true;
}
