/*-------------------------------------------------------------------------
 *
 * series/input.h
 *	  Arguments of functions that turn series into something else.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_SERIES_INPUT_H
#define PG_YIELD_SERIES_INPUT_H

#include "datatype/timestamp.h"
#include "fmgr.h"
#include "funcapi.h"

#include "core/series/shape.h"
#include "core/series/stream.h"
#include "series/type.h"

/* A series as a stream of its points.  It must stay where it is. */
typedef struct series_input
{
	series_reader reader;
	series_stream stream;
} series_input;

extern void series_input_init(series_input *input, Datum series);
extern void series_input_init_at(series_input *input, Datum series, int64 start,
								 int64 end);

extern Datum *series_array_argument(FunctionCallInfo fcinfo, int n, const char *argument,
									int *num_series);

extern series_change read_change(FunctionCallInfo fcinfo, int n, bool with_level);
extern void check_change(series_change kind, const series_header *header);

#endif							/* PG_YIELD_SERIES_INPUT_H */
