/*-------------------------------------------------------------------------
 *
 * server/report.c
 *	  Argument checks and error reports that all domains share.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "utils/float.h"
#include "utils/fmgrprotos.h"
#include "utils/timestamp.h"

#include "server/report.h"

/* Characters of a value that a message shows, and digits where it has more */
#define SHOWN_LENGTH	100
#define SHOWN_DIGITS	15

/*
 * "requirement" completes "must be ...".
 */
void
report_bad_float8(const char *argument, double value, const char *requirement)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("%s must be %s, not %s", argument, requirement,
					float8out_internal(value))));
	pg_unreachable();
}

/* The same of a parameter, which is 22023. */
void
report_bad_argument(const char *argument, double value, const char *requirement)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s must be %s, not %s", argument, requirement, float8out_internal(value))));
	pg_unreachable();
}

/* Two arrays that go together. */
void
check_same_length(const char *argument0, int length0, const char *argument1, int length1)
{
	if (unlikely(length0 != length1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s and %s must have the same number of elements, not %d and %d",
						argument0, argument1, length0, length1)));
}

void
report_bad_rate(const char *argument, double rate)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("%s must be positive and finite, not %s", argument,
					float8out_internal(rate)),
			 errhint("An exchange rate is what one token is worth in its underlying asset. "
					 "Leave rows without one out with FILTER or NULLIF.")));
	pg_unreachable();
}

void
report_bad_time(const char *argument, TimestampTz time)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("%s must be a finite time, not %s", argument, timestamptz_to_str(time))));
	pg_unreachable();
}

void
report_reversed(const char *later, const char *earlier,
				TimestampTz later_time, TimestampTz earlier_time)
{
	/* timestamptz_to_str has one static buffer */
	char	   *later_text = pstrdup(timestamptz_to_str(later_time));

	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s must not be before %s: %s is before %s", later, earlier,
					later_text, timestamptz_to_str(earlier_time)),
			 errhint("The earlier comes first; aggregates take points in any order.")));
	pg_unreachable();
}

/*
 * Is one of the first arguments NULL?  Functions with an optional argument
 * cannot be strict, but the others have to be there.
 */
bool
has_null_argument(FunctionCallInfo fcinfo, int num_arguments)
{
	for (int i = 0; i < num_arguments; i++)
		if (PG_ARGISNULL(i))
			return true;
	return false;
}

/* A parameter such as year_days: positive and finite. */
void
check_parameter(const char *argument, double value)
{
	if (!(value > 0 && value <= DBL_MAX))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be positive and finite, not %s", argument,
						float8out_internal(value))));
}

/* What numeric_as_float8 makes of what is no finite double. */
double
special_numeric_as_float8(const char *argument, Datum value)
{
	double		ignored;

	if (numeric_to_double(value, &ignored) == NUMERIC_READ_OVERFLOW)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s is beyond double precision: %s", argument, shown_numeric(value))));
	return DatumGetFloat8(DirectFunctionCall1(numeric_float8, value));
}

/*
 * A date as its first moment in UTC.  An infinite one comes back as an infinite
 * time, which the checks of a time report.
 */
TimestampTz
date_as_time(const char *argument, DateADT date)
{
	if (DATE_IS_NOBEGIN(date))
		return DT_NOBEGIN;
	if (DATE_IS_NOEND(date))
		return DT_NOEND;
	if (date >= TIMESTAMP_END_JULIAN - POSTGRES_EPOCH_JDATE)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s must be before the year 294277, not %s", argument,
						DatumGetCString(DirectFunctionCall1(date_out, DateADTGetDatum(date))))));
	return (TimestampTz) date * USECS_PER_DAY;
}

/* A numeric in a message; one with very many digits in scientific notation. */
char *
shown_numeric(Datum value)
{
	Numeric		num = DatumGetNumeric(value);
	char	   *text = DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(num)));

	return strlen(text) <= SHOWN_LENGTH ? text : numeric_out_sci(num, SHOWN_DIGITS);
}

/* Text in a message, cut where it is very long. */
char *
shown_text(const char *text, int len)
{
	if (len <= SHOWN_LENGTH)
		return pnstrdup(text, len);
	len = pg_mbcliplen(text, len, SHOWN_LENGTH);
	return psprintf("%.*s...", len, text);
}

/* Argument n, an integer between bounds; a bigint, as indexers store what is smaller. */
int
integer_argument(FunctionCallInfo fcinfo, int n, const char *argument, int least, int greatest)
{
	int64		value = PG_GETARG_INT64(n);

	if (unlikely(value < least || value > greatest))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be from %d to %d, not " INT64_FORMAT, argument, least, greatest,
						value)));
	return (int) value;
}

/* "It can be 'a', 'b' or 'c'." */
static char *
listed_choices(const char *const *words, int num_words)
{
	StringInfoData list;

	initStringInfo(&list);
	appendStringInfoString(&list, "It can be ");
	for (int i = 0; i < num_words; i++)
		appendStringInfo(&list, "%s'%s'",
						 i == 0 ? "" : i + 1 < num_words ? ", " : " or ", words[i]);
	appendStringInfoChar(&list, '.');
	return list.data;
}

/*
 * Which of some words argument n, a text, is, letter by letter: one that is
 * nearly right must not pass for another.  A hint of NULL is the list of them.
 */
int
choice_argument(FunctionCallInfo fcinfo, int n, const char *argument,
				const char *const *words, int num_words, const char *hint)
{
	text	   *given = PG_GETARG_TEXT_PP(n);
	size_t		len = VARSIZE_ANY_EXHDR(given);

	for (int i = 0; i < num_words; i++)
		if (strlen(words[i]) == len && memcmp(words[i], VARDATA_ANY(given), len) == 0)
			return i;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s is unknown: \"%s\"", argument, shown_text(VARDATA_ANY(given), (int) len)),
			 errhint("%s", hint != NULL ? hint : listed_choices(words, num_words))));
	pg_unreachable();
}

/*
 * What the core said of its result: true when there is one, false when it is
 * NULL.  "what" names the result in the error otherwise.
 */
bool
report_status(core_status status, const char *what)
{
	switch (status)
	{
		case CORE_OK:
			return true;
		case CORE_NULL:
			return false;
		case CORE_OUT_OF_RANGE:
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("%s is out of range", what)));
			break;
		case CORE_DIVISION_BY_ZERO:
			ereport(ERROR,
					(errcode(ERRCODE_DIVISION_BY_ZERO),
					 errmsg("%s: division by zero", what)));
			break;
		case CORE_BAD_PARAMETER:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("invalid argument for %s", what)));
			break;
		case CORE_BAD_TEXT:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
					 errmsg("invalid text for %s", what)));
			break;
		case CORE_BAD_BINARY:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
					 errmsg("invalid binary data for %s", what)));
			break;
	}
	elog(ERROR, "unexpected status %d of %s", (int) status, what);
	return false;
}
