/*-------------------------------------------------------------------------
 *
 * series/size.c
 *	  How many rows come of series that are known when a query is planned.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/timestamp.h"

#include "series/type.h"
#include "server/set_size.h"

/* Days of a month, in the mean over the 400 years after which the calendar repeats. */
#define MEAN_MONTH_DAYS	(146097.0 / 4800)

/* The header of argument n, if it is a series that is known; argument 0 is one. */
static bool
known_series(set_size *asked, int n, series_header *header)
{
	Datum		series;

	if (!set_size_argument(asked, n, set_size_type(asked, 0), &series))
		return false;
	series_get_header(series, header);
	return true;
}

/* A row for each point of argument 0. */
PG_FUNCTION_INFO_V1(rate_series_point_rows);
Datum
rate_series_point_rows(PG_FUNCTION_ARGS)
{
	set_size   *asked = set_size_asked(fcinfo);
	series_header header;

	if (asked == NULL || !known_series(asked, 0, &header))
		PG_RETURN_POINTER(NULL);
	return set_size_answer(asked, header.num_points);
}

/*
 * A row for each time of several series: as many as the longest has points if
 * their times are the same, which they mostly are, and at most so many times
 * as many as there are series.
 */
PG_FUNCTION_INFO_V1(rate_series_joined_rows);
Datum
rate_series_joined_rows(PG_FUNCTION_ARGS)
{
	set_size   *asked = set_size_asked(fcinfo);
	int64		most = 0;

	if (asked == NULL)
		PG_RETURN_POINTER(NULL);
	for (int n = 0; OidIsValid(set_size_type(asked, n)); n++)
	{
		series_header header;

		if (known_series(asked, n, &header))
			most = Max(most, header.num_points);
	}
	return most > 0 ? set_size_answer(asked, most) : PointerGetDatum(NULL);
}

/* ---------- buckets of time ---------- */

/* The length of a step in microseconds, in the mean over years. */
static double
mean_step(const Interval *step)
{
	return (step->month * MEAN_MONTH_DAYS + step->day) * USECS_PER_DAY + step->time;
}

/* Buckets of the step in argument 1 from start to end. */
static Datum
bucket_rows(set_size *asked, TimestampTz start, TimestampTz end)
{
	Datum		step;
	double		length;

	if (!set_size_argument(asked, 1, INTERVALOID, &step))
		PG_RETURN_POINTER(NULL);
	length = mean_step(DatumGetIntervalP(step));
	/* what else is wrong with the arguments is said when they are used */
	if (!(length > 0) || start >= end)
		PG_RETURN_POINTER(NULL);
	return set_size_answer(asked, ceil(((double) end - (double) start) / length));
}

/* A row for each step of resample(), from start_time or the first point to end_time or the last. */
PG_FUNCTION_INFO_V1(rate_series_bucket_rows);
Datum
rate_series_bucket_rows(PG_FUNCTION_ARGS)
{
	set_size   *asked = set_size_asked(fcinfo);
	series_header header = {0};
	bool		has_series,
				has_start,
				has_end;
	Datum		start,
				end;

	if (asked == NULL)
		PG_RETURN_POINTER(NULL);
	has_series = known_series(asked, 0, &header);
	has_start = set_size_argument(asked, 5, TIMESTAMPTZOID, &start);
	has_end = set_size_argument(asked, 6, TIMESTAMPTZOID, &end);
	if ((!has_start || !has_end) && !has_series)
		PG_RETURN_POINTER(NULL);
	return bucket_rows(asked, has_start ? DatumGetTimestampTz(start) : header.first_time,
					   has_end ? DatumGetTimestampTz(end) : header.last_time + 1);
}

/* A row for each whole step within argument 0; without a step from each point to the next. */
PG_FUNCTION_INFO_V1(rate_series_period_rows);
Datum
rate_series_period_rows(PG_FUNCTION_ARGS)
{
	set_size   *asked = set_size_asked(fcinfo);
	series_header header;

	if (asked == NULL || !known_series(asked, 0, &header))
		PG_RETURN_POINTER(NULL);
	if (set_size_is_null(asked, 1))
		return set_size_answer(asked, header.num_points - 1);
	return bucket_rows(asked, header.first_time, header.last_time);
}
