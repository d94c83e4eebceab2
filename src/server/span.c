/*-------------------------------------------------------------------------
 *
 * span.c
 *	  Arguments and results that are lengths of time.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/int.h"
#include "utils/fmgrprotos.h"

#include "server/compat.h"
#include "server/span.h"

static char *
shown_interval(const Interval *span)
{
	return DatumGetCString(DirectFunctionCall1(interval_out, IntervalPGetDatum(span)));
}

/*
 * An interval as microseconds, a day being 24 hours.  It must be positive and
 * of one length: a month is not, and neither is an infinite interval, which
 * has months as well.
 */
int64
positive_span(const char *argument, const Interval *span)
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
		result <= 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be positive and below 290000 years, not %s", argument,
						shown_interval(span))));
	return result;
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
