/*-------------------------------------------------------------------------
 *
 * series_order.c
 *	  Points into the order of a series: ascending and distinct in time.
 *
 *-------------------------------------------------------------------------
 */
#include "series.h"

#include <string.h>

/* Are these times strictly ascending, as those of a series are? */
bool
series_is_ordered(const int64_t *time, size_t num_points)
{
	for (size_t i = 1; i < num_points; i++)
		if (time[i] <= time[i - 1])
			return false;
	return true;
}

size_t
series_sort(int64_t *time, double *value, size_t num_points,
			int64_t *time_room, double *value_room)
{
	size_t		last = 0;

	for (size_t width = 1; width < num_points; width *= 2)
	{
		for (size_t from = 0; from < num_points; from += 2 * width)
		{
			size_t		a = from;
			size_t		middle = from + width < num_points ? from + width : num_points;
			size_t		b = middle;
			size_t		end = middle + width < num_points ? middle + width : num_points;

			for (size_t k = from; k < end; k++)
			{
				size_t		i = a < middle && (b >= end || time[a] <= time[b]) ? a++ : b++;

				time_room[k] = time[i];
				value_room[k] = value[i];
			}
		}
		memcpy(time, time_room, num_points * sizeof(*time));
		memcpy(value, value_room, num_points * sizeof(*value));
	}
	for (size_t i = 1; i < num_points; i++)
	{
		if (time[i] != time[last])
		{
			time[++last] = time[i];
			value[last] = value[i];
		}
		else if (series_value_is_less(value[last], value[i]))
			value[last] = value[i];
	}
	return num_points > 0 ? last + 1 : 0;
}
