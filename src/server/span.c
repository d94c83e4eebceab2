/*-------------------------------------------------------------------------
 *
 * server/span.c
 *	  Arguments and results that are lengths of time, and bounds in it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/int.h"
#include "utils/fmgrprotos.h"

#include "server/compat.h"
#include "server/report.h"
#include "server/span.h"

static char *
shown_interval(const Interval *span)
{
	return DatumGetCString(DirectFunctionCall1(interval_out, IntervalPGetDatum(span)));
}

/*
 * An interval as microseconds, a day being 24 hours; at least "least", which
 * the word says.  It must be of one length: a month is not, and neither is an
 * infinite interval, which has months as well.
 */
static int64
span_from(const char *argument, const Interval *span, int64 least, const char *word)
{
	int64		days,
				result;

	if (span->month != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must have no months or years, not %s", argument,
						shown_interval(span)),
				 errhint("Say it in days: not all months have the same length.")));
	if (pg_mul_s64_overflow(span->day, USECS_PER_DAY, &days) ||
		pg_add_s64_overflow(days, span->time, &result) ||
		result < least)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be %s and below 290000 years, not %s", argument, word,
						shown_interval(span))));
	return result;
}

/* A span of more than no time, in microseconds. */
int64
positive_span(const char *argument, const Interval *span)
{
	return span_from(argument, span, 1, "positive");
}

/*
 * Argument n, max_age: how old a value may be to count, in microseconds; any
 * age if it is NULL.
 */
uint64
max_age_argument(FunctionCallInfo fcinfo, int n)
{
	if (PG_ARGISNULL(n))
		return PG_UINT64_MAX;
	return (uint64) span_from("max_age", PG_GETARG_INTERVAL_P(n), 0, "zero or more");
}

/*
 * Microseconds as a difference of timestamps has them: days of 24 hours, and
 * the rest.
 */
Interval *
span_interval(uint64 span)
{
	Interval   *result = palloc0(sizeof(Interval));

	result->day = (int32) (span / USECS_PER_DAY);
	result->time = (int64) (span % USECS_PER_DAY);
	return result;
}

/* ---------- bounds ---------- */

/*
 * A bound in time; NULL and "open", the infinity that leaves nothing out, are
 * none.  The other infinity is a bound like any time: it leaves all out.
 */
TimestampTz
read_time_bound(FunctionCallInfo fcinfo, int n, const char *argument, TimestampTz open,
		   TimestampTz otherwise)
{
	TimestampTz bound;

	if (PG_ARGISNULL(n))
		return otherwise;
	bound = PG_GETARG_TIMESTAMPTZ(n);
	if (bound == open)
		return otherwise;
	if (!TIMESTAMP_NOT_FINITE(bound))
		check_time(argument, bound);
	return bound;
}

/* Two bounds that a caller gave, start_time and end_time. */
void
check_time_bounds(TimestampTz start, TimestampTz end)
{
	if (end < start)
	{
		/* timestamptz_to_str has one static buffer */
		char	   *end_text = pstrdup(timestamptz_to_str(end));

		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("end_time must not be before start_time: %s is before %s",
						end_text, timestamptz_to_str(start))));
	}
}
