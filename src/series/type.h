/*-------------------------------------------------------------------------
 *
 * series/type.h
 *	  The type rate_series: how functions read one, and how they make one.
 *
 * On disk a series is a varlena that holds the image of core/series/layout.h.  While
 * it grows, as the state of an aggregate or the result of a function, it is an
 * expanded object with its points in two plain arrays; the server flattens it
 * where it is stored or sent to another process.
 *
 * Only the state of an aggregate is ever read-write.  What a function returns
 * is in order and read-only: it may become a parameter, which is the same
 * object for every row and every place that uses it.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_SERIES_TYPE_H
#define PG_YIELD_SERIES_TYPE_H

#include "fmgr.h"

#include "core/series/layout.h"
#include "server/compat.h"

/* ---------- reading ---------- */

/*
 * The points of a series, block by block.  What it points to lives in the
 * memory context that was current when it was made.
 */
typedef struct series_reader
{
	size_t		num_points;
	size_t		num_blocks;
	size_t		next_block;
	const int64 *time;			/* of an expanded series: its arrays */
	const double *value;
	series_view view;			/* of a flat one */
	series_block *block;
	Datum		stored;			/* one that is fetched block by block, or 0 */
	size_t		fetched_from;	/* the blocks of it that are there */
	size_t		fetched_to;
} series_reader;

extern void series_reader_init(series_reader *reader, Datum series);
extern void series_reader_init_at(series_reader *reader, Datum series, int64 start, int64 end);
extern bool series_reader_next(series_reader *reader, const int64 **time,
							   const double **value, size_t *num_points);
extern void series_reader_seek(series_reader *reader, int64 time);
extern void series_get_header(Datum series, series_header *header);
extern void series_get_summary(Datum series, rate_summary *summary);

/* ---------- making ---------- */

typedef struct expanded_series expanded_series;

extern expanded_series *series_begin(size_t room);
extern expanded_series *series_begin_state(FunctionCallInfo fcinfo);
extern MemoryContext series_context(const expanded_series *series);
extern void series_append(expanded_series *series, const int64 *time, const double *value,
						  size_t num_points);
extern void series_append_point(expanded_series *series, int64 time, double value);
extern bool series_is_empty(const expanded_series *series);
extern Datum series_datum(expanded_series *series);
extern Datum series_read_only(Datum series);
extern bool series_cut_point(char **text, char **time, char **value);

#endif							/* PG_YIELD_SERIES_TYPE_H */
