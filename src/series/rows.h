/*-------------------------------------------------------------------------
 *
 * series/rows.h
 *	  Sets of rows (time, value) that are made a block at a time.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_SERIES_ROWS_H
#define PG_YIELD_SERIES_ROWS_H

#include "fmgr.h"

/* Rows, valid until the next ones are asked for. */
typedef struct row_block
{
	size_t		num_rows;
	const int64 *time;
	const double *value;
	const bool *is_null;		/* of the values; NULL if none is */
} row_block;

/*
 * Make the state of a set from the arguments of the call; argument 0, a series,
 * is given again, as a value that lives as long as the set.
 */
typedef void *(*row_begin) (FunctionCallInfo fcinfo, Datum series);

/* The next rows, at least one; false at the end. */
typedef bool (*row_next) (void *state, row_block *block);

extern Datum series_rows(FunctionCallInfo fcinfo, row_begin begin, row_next next);

#endif							/* PG_YIELD_SERIES_ROWS_H */
