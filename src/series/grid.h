/*-------------------------------------------------------------------------
 *
 * series/grid.h
 *	  Edges of buckets of time: every so many hours, days or months.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_SERIES_GRID_H
#define PG_YIELD_SERIES_GRID_H

#include "fmgr.h"
#include "utils/timestamp.h"

/*
 * Edges at whole numbers of steps from an origin.  Steps of days and months
 * are reckoned on the clock of a time zone, where days have 23 to 25 hours;
 * the others have one length.
 */
typedef struct series_grid
{
	int64		step;			/* microseconds; the least, if on a clock */
	int64		origin;			/* of the edge numbered 0; local time, if on a clock */
	Interval	clock_step;		/* days or months, one of the two; else nothing */
	Datum		zone;
	MemoryContext scratch;		/* for what conversions on a clock leave behind */
	int64		next;			/* number of the next edge */
	TimestampTz last;			/* the edge given last */
} series_grid;

extern void series_grid_init(series_grid *grid, FunctionCallInfo fcinfo,
							 int step, int zone, int origin);
extern void series_grid_check_size(const series_grid *grid, TimestampTz start, TimestampTz end);
extern void series_grid_seek(series_grid *grid, TimestampTz time);
extern TimestampTz series_grid_next(series_grid *grid);
extern size_t series_grid_buckets(series_grid *grid, TimestampTz end, TimestampTz *edge,
								  size_t room);

#endif							/* PG_YIELD_SERIES_GRID_H */
