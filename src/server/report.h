/*-------------------------------------------------------------------------
 *
 * server/report.h
 *	  Argument checks and error reports that all domains share.
 *
 * A message names the argument and shows the value; the hint says what would
 * be right.  All of these return only when there is nothing to report.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_SERVER_REPORT_H
#define PG_YIELD_SERVER_REPORT_H

#include <math.h>

#include "datatype/timestamp.h"
#include "fmgr.h"
#include "utils/date.h"
#include "utils/timestamp.h"

#include "core/base/point.h"
#include "core/base/status.h"
#include "server/compat.h"
#include "server/numeric_u256.h"

pg_noreturn extern void report_bad_float8(const char *argument, double value,
										  const char *requirement);
pg_noreturn extern void report_bad_rate(const char *argument, double rate);
pg_noreturn extern void report_bad_time(const char *argument, TimestampTz time);
pg_noreturn extern void report_reversed(const char *later, const char *earlier,
										TimestampTz later_time, TimestampTz earlier_time);
pg_noreturn extern void report_bad_argument(const char *argument, double value,
											const char *requirement);
extern void check_same_length(const char *argument0, int length0, const char *argument1,
							  int length1);
extern bool has_null_argument(FunctionCallInfo fcinfo, int num_arguments);
extern void check_parameter(const char *argument, double value);
extern bool report_status(core_status status, const char *what);
extern char *shown_numeric(Datum value);
extern char *shown_text(const char *text, int len);
extern int	choice_argument(FunctionCallInfo fcinfo, int n, const char *argument,
							const char *const *words, int num_words, const char *hint);
extern int	integer_argument(FunctionCallInfo fcinfo, int n, const char *argument, int least,
							 int greatest);
extern double special_numeric_as_float8(const char *argument, Datum value);
extern TimestampTz date_as_time(const char *argument, DateADT date);

/*
 * A numeric as float8, NaN and infinities included, which the checks of the
 * argument report as they do those of float8.
 */
static inline double
numeric_as_float8(const char *argument, Datum value)
{
	double		result;

	if (likely(numeric_to_double(value, &result) == NUMERIC_READ_OK))
		return result;
	return special_numeric_as_float8(argument, value);
}

/*
 * Argument n, a number, as a double.  A function that comes in several forms,
 * one for each type of number, has one body which takes one of these.
 */
typedef double (*float8_reader) (FunctionCallInfo fcinfo, int n, const char *argument);

static inline double
read_float8_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	(void) argument;
	return PG_GETARG_FLOAT8(n);
}

static inline double
read_numeric_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	return numeric_as_float8(argument, PG_GETARG_DATUM(n));
}

/*
 * Argument n, the time of a row, as microseconds since 2000-01-01 00:00 UTC;
 * again one body for the forms of a function.  A timestamp without time zone
 * is UTC, as chain data is, so it is read as a timestamptz is, in any session.
 */
typedef TimestampTz (*time_reader) (FunctionCallInfo fcinfo, int n, const char *argument);

static inline TimestampTz
read_time_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	(void) argument;
	return PG_GETARG_TIMESTAMPTZ(n);
}

/* A date is its first moment in UTC. */
static inline TimestampTz
read_date_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	return date_as_time(argument, PG_GETARG_DATEADT(n));
}

/*
 * Define the forms of a function whose body takes such a reader: name, for
 * both kinds of timestamp, and name_date.
 */
#define TIME_FORMS(name, body) \
	PG_FUNCTION_INFO_V1(name); \
	Datum \
	name(PG_FUNCTION_ARGS) \
	{ \
		return body(fcinfo, read_time_argument); \
	} \
	PG_FUNCTION_INFO_V1(name##_date); \
	Datum \
	name##_date(PG_FUNCTION_ARGS) \
	{ \
		return body(fcinfo, read_date_argument); \
	}

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
	if (unlikely(!time_is_valid(time)))
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

/*
 * Parameters of a calculation: a number that is none is 22003, one out of its
 * range 22023.
 */
static inline void
check_between(const char *argument, double value, double least, double greatest)
{
	check_finite(argument, value);
	if (unlikely(value < least || value > greatest))
		report_bad_argument(argument, value,
							psprintf("from %g to %g", least, greatest));
}

static inline void
check_probability(const char *argument, double value)
{
	check_between(argument, value, 0, 1);
}

/* A share that must leave something: 1 itself would divide by zero. */
static inline void
check_below_one(const char *argument, double value)
{
	check_finite(argument, value);
	if (unlikely(value < 0 || value >= 1))
		report_bad_argument(argument, value, "at least 0 and below 1");
}

/* "confidence", strictly between 0 and 1. */
static inline void
check_confidence(double value)
{
	check_finite("confidence", value);
	if (unlikely(value <= 0 || value >= 1))
		report_bad_argument("confidence", value, "above 0 and below 1");
}

#endif							/* PG_YIELD_SERVER_REPORT_H */
