/*-------------------------------------------------------------------------
 *
 * series/sparkline.c
 *	  The SQL face of domain series: a trend as a line of text.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "core/series/sparkline.h"
#include "series/type.h"
#include "server/compat.h"
#include "server/interrupts.h"
#include "server/report.h"

/* A block character is three bytes in UTF-8: U+2581 to U+2588. */
#define BLOCK_BYTES		3
#define MAX_VALUES		((MaxAllocSize - VARHDRSZ) / BLOCK_BYTES)

/* All values so far; the order of the calls is the order of the line. */
typedef struct sparkline_state
{
	double	   *values;
	size_t		num_values;
	size_t		capacity;
	int32		width;			/* at most so many marks; 0: no limit */
} sparkline_state;

static sparkline_state *
make_state(MemoryContext context)
{
	sparkline_state *state = MemoryContextAllocZero(context, sizeof(sparkline_state));

	state->capacity = 64;
	state->values = MemoryContextAlloc(context, state->capacity * sizeof(double));
	return state;
}

pg_noreturn static void
report_too_many(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			 errmsg("too many values for a sparkline"),
			 errhint("Aggregate them to fewer, by day or by month, first.")));
	pg_unreachable();
}

static void
append_value(sparkline_state *state, double value)
{
	if (state->num_values == state->capacity)
	{
		if (state->num_values >= MAX_VALUES)
			report_too_many();
		CHECK_FOR_INTERRUPTS();
		state->capacity *= 2;
		state->values = repalloc_huge(state->values, state->capacity * sizeof(double));
	}
	state->values[state->num_values++] = value;
}

static void
check_width(int32 width)
{
	if (width < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("width must be at least 1, not %d", width)));
}

/* The width must be one for all rows, or the line would depend on which. */
static void
set_width(sparkline_state *state, int32 width)
{
	check_width(width);
	if (state->width != 0 && state->width != width)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("width must be the same for all rows, not %d and %d",
						state->width, width)));
	state->width = width;
}

/* Transition function of both forms of sparkline; NULL values are skipped. */
PG_FUNCTION_INFO_V1(sparkline_accum);
Datum
sparkline_accum(PG_FUNCTION_ARGS)
{
	MemoryContext context;
	sparkline_state *state;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "aggregate function called in non-aggregate context");
	state = PG_ARGISNULL(0) ? make_state(context) : (sparkline_state *) PG_GETARG_POINTER(0);
	if (!PG_ARGISNULL(1))
	{
		double		value = PG_GETARG_FLOAT8(1);

		check_finite("value", value);
		append_value(state, value);
	}
	if (PG_NARGS() > 2 && !PG_ARGISNULL(2))
		set_width(state, PG_GETARG_INT32(2));
	PG_RETURN_POINTER(state);
}

/* The marks as text; in an encoding without block characters, ASCII ones. */
static text *
draw(const uint8 *levels, size_t n)
{
	int			encoding = GetDatabaseEncoding();
	bool		blocks = encoding == PG_UTF8 || encoding == PG_SQL_ASCII;
	size_t		size = n * (blocks ? BLOCK_BYTES : 1);
	text	   *result = palloc(VARHDRSZ + size);
	char	   *out = VARDATA(result);

	SET_VARSIZE(result, VARHDRSZ + size);
	for (size_t i = 0; i < n;)
		for (size_t stop = core_next_pause(check_interrupts, i, n); i < stop; i++)
		{
			if (blocks)
			{
				*out++ = '\xe2';
				*out++ = '\x96';
				*out++ = '\x81' + levels[i];
			}
			else
				*out++ = ".:-=+*#@"[levels[i]];
		}
	return result;
}

/* A line of values, which are used up, of at most so many marks; 0: no limit. */
static text *
line_of(double *values, size_t n, int32 width)
{
	uint8	   *levels;

	CHECK_FOR_INTERRUPTS();
	if (width > 0)
		n = sparkline_shrink(values, n, width, check_interrupts);
	levels = palloc(n);
	sparkline_levels(values, n, levels, check_interrupts);
	pfree(values);
	return draw(levels, n);
}

/* Works on a copy, since a window function goes on with the state. */
PG_FUNCTION_INFO_V1(sparkline_final);
Datum
sparkline_final(PG_FUNCTION_ARGS)
{
	sparkline_state *state = PG_ARGISNULL(0) ? NULL : (sparkline_state *) PG_GETARG_POINTER(0);
	double	   *values;

	if (state == NULL || state->num_values == 0)
		PG_RETURN_NULL();
	values = MemoryContextAllocHuge(CurrentMemoryContext, state->num_values * sizeof(double));
	memcpy(values, state->values, state->num_values * sizeof(double));
	PG_RETURN_TEXT_P(line_of(values, state->num_values, state->width));
}

/* The values of a series in order of time */
static double *
values_of_series(Datum series, size_t *n)
{
	series_reader reader;
	const int64 *time;
	const double *value;
	double	   *values;
	size_t		count;

	*n = 0;
	series_reader_init(&reader, series);
	values = MemoryContextAllocHuge(CurrentMemoryContext, reader.num_points * sizeof(double));
	while (series_reader_next(&reader, &time, &value, &count))
	{
		memcpy(values + *n, value, count * sizeof(double));
		*n += count;
	}
	return values;
}

PG_FUNCTION_INFO_V1(sparkline_of_series);
Datum
sparkline_of_series(PG_FUNCTION_ARGS)
{
	int32		width = PG_NARGS() > 1 ? PG_GETARG_INT32(1) : 0;
	double	   *values;
	size_t		n;

	if (PG_NARGS() > 1)
		check_width(width);
	values = values_of_series(PG_GETARG_DATUM(0), &n);
	if (n > MAX_VALUES)
		report_too_many();
	PG_RETURN_TEXT_P(line_of(values, n, width));
}
