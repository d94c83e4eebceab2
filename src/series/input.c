/*-------------------------------------------------------------------------
 *
 * series/input.c
 *	  Arguments of functions that turn series into something else.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/lsyscache.h"
#include "utils/timestamp.h"

#include "series/input.h"
#include "server/report.h"

static bool
fill_from_reader(series_stream *stream)
{
	stream->at = 0;
	stream->num_points = 0;
	return series_reader_next(stream->source, &stream->time, &stream->value,
							  &stream->num_points);
}

static void
make_stream(series_input *input)
{
	input->stream = (series_stream) {.fill = fill_from_reader, .source = &input->reader};
}

/* All points of a series, a value of SQL. */
void
series_input_init(series_input *input, Datum series)
{
	series_reader_init(&input->reader, series);
	make_stream(input);
}

/*
 * The points from the last one at or before "start" on, and perhaps some
 * before; the caller means to read about as far as to "end".
 */
void
series_input_init_at(series_input *input, Datum series, int64 start, int64 end)
{
	series_reader_init_at(&input->reader, series, start, end);
	make_stream(input);
}

/* Argument n, rate_series[] of one dimension without NULL. */
Datum *
series_array_argument(FunctionCallInfo fcinfo, int n, const char *argument, int *num_series)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(n);
	Datum	   *series;
	int16		length;
	bool		by_value;
	char		align;

	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must have one dimension, not %d", argument, ARR_NDIM(array))));
	if (array_contains_nulls(array))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must hold no NULL", argument)));
	get_typlenbyvalalign(ARR_ELEMTYPE(array), &length, &by_value, &align);
	deconstruct_array(array, ARR_ELEMTYPE(array), length, by_value, align, &series, NULL, num_series);
	return series;
}

/* What is to be made of two values, one after the other. */
series_change
read_change(FunctionCallInfo fcinfo, int n, bool with_level)
{
	static const char *const kinds[] = {"simple", "log", "delta", "level"};

	return (series_change) choice_argument(fcinfo, n, "kind", kinds,
									   lengthof(kinds) - (with_level ? 0 : 1), NULL);
}

/* A return is one of positive values. */
void
check_change(series_change kind, const series_header *header)
{
	if ((kind == SERIES_SIMPLE || kind == SERIES_LOG) && !rate_is_valid(header->min_value))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("values of the series must be positive, not %s",
						float8out_internal(header->min_value)),
				 errhint("A return is a fraction of the value before. "
						 "Differences, kind 'delta', are of any values.")));
}
