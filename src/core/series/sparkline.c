/*-------------------------------------------------------------------------
 *
 * core/series/sparkline.c
 *	  The height of each mark in a line of block characters.
 *
 *-------------------------------------------------------------------------
 */
#include "core/series/sparkline.h"

/*
 * The level, 0 ... SPARKLINE_LEVELS - 1, of each of n finite values: where it
 * lies between the least and the greatest of them, which get the lowest and
 * the highest mark.  Values that are all equal have no shape and get a mark of
 * middle height.  Never fails.
 */
void
sparkline_levels(const double *values, size_t n, uint8_t *levels, core_pause pause)
{
	double		low = n > 0 ? values[0] : 0,
				high = low,
				range;

	for (size_t i = 1; i < n; i++)
	{
		if (values[i] < low)
			low = values[i];
		if (values[i] > high)
			high = values[i];
	}
	range = high / 2 - low / 2; /* halved, or it could overflow */
	for (size_t i = 0; i < n;)
		for (size_t stop = core_next_pause(pause, i, n); i < stop; i++)
		{
			double		position = range > 0 ? (values[i] / 2 - low / 2) / range : 0.5;
			int			level = (int) (position * SPARKLINE_LEVELS - (range > 0 ? 0 : 1));

			levels[i] = (uint8_t) (level < SPARKLINE_LEVELS ? level : SPARKLINE_LEVELS - 1);
		}
}

/*
 * Bring n values down to at most "width" (> 0), in place: each of the new ones
 * is the mean of an equal share of the old, to within one value.  Returns how
 * many there are now.  The values are finite, and so are the means.
 */
size_t
sparkline_shrink(double *values, size_t n, size_t width, core_pause pause)
{
	if (n <= width)
		return n;
	for (size_t i = 0, from = 0; i < width; i++)
	{
		/* i * n / width without the overflow of the product */
		size_t		to = (i + 1) * (n / width) + (i + 1) * (n % width) / width;
		double		size = (double) (to - from);
		double		mean = 0;

		while (from < to)
			for (size_t stop = core_next_pause(pause, from, to); from < stop; from++)
				mean += values[from] / size;
		values[i] = mean;
	}
	return width;
}
