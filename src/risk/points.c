/*-------------------------------------------------------------------------
 *
 * risk/points.c
 *	  All points of a series at once, for what looks at them more than once.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "risk/points.h"
#include "series/type.h"
#include "server/interrupts.h"

void
read_points(Datum series, series_points *points)
{
	series_header header;
	series_reader reader;
	const int64 *time;
	const double *value;
	size_t		n;

	series_get_header(series, &header);
	points->n = 0;
	points->time = MemoryContextAllocHuge(CurrentMemoryContext,
										  sizeof(int64) * header.num_points);
	points->value = MemoryContextAllocHuge(CurrentMemoryContext,
										   sizeof(double) * header.num_points);
	series_reader_init(&reader, series);
	while (series_reader_next(&reader, &time, &value, &n))
	{
		CHECK_FOR_INTERRUPTS();
		memcpy(points->time + points->n, time, sizeof(int64) * n);
		memcpy(points->value + points->n, value, sizeof(double) * n);
		points->n += n;
	}
}
