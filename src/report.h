/*-------------------------------------------------------------------------
 *
 * report.h
 *	  Argument checks and error reports that all domains share.
 *
 * A message names the argument and shows the value; the hint says what would
 * be right.  All of these return only when there is nothing to report.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_REPORT_H
#define PG_YIELD_REPORT_H

#include <math.h>

#include "datatype/timestamp.h"

#include "compat.h"
#include "core/rate.h"
#include "core/status.h"

pg_noreturn extern void report_bad_float8(const char *argument, double value,
										  const char *requirement);
pg_noreturn extern void report_bad_rate(const char *argument, double rate);
pg_noreturn extern void report_bad_time(const char *argument, TimestampTz time);
pg_noreturn extern void report_reversed(const char *later, const char *earlier,
										TimestampTz later_time, TimestampTz earlier_time);
extern void check_parameter(const char *argument, double value);
extern bool report_status(core_status status, const char *what);

/* An exchange rate as it comes from a row or a caller. */
static inline void
check_rate(const char *argument, double rate)
{
	if (unlikely(!rate_is_valid(rate)))
		report_bad_rate(argument, rate);
}

static inline void
check_time(const char *argument, TimestampTz time)
{
	if (unlikely(!rate_time_is_valid(time)))
		report_bad_time(argument, time);
}

/* Any finite number. */
static inline void
check_finite(const char *argument, double value)
{
	if (unlikely(!isfinite(value)))
		report_bad_float8(argument, value, "finite");
}

/* A finite number that is not negative. */
static inline void
check_not_negative(const char *argument, double value)
{
	if (unlikely(!(value >= 0 && value <= DBL_MAX)))
		report_bad_float8(argument, value, "finite and not negative");
}

#endif							/* PG_YIELD_REPORT_H */
