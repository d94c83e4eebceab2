/*-------------------------------------------------------------------------
 *
 * series_codec.c
 *	  Series as bytes and back.
 *
 *-------------------------------------------------------------------------
 */
#include "series.h"

#include <math.h>
#include <string.h>

#define HEADER_BYTES	64
#define VERSION			0

static void
store64(uint8_t *p, uint64_t x)
{
	for (int i = 0; i < 8; i++)
		p[i] = (uint8_t) (x >> 8 * i);
}

static uint64_t
load64(const uint8_t *p)
{
	uint64_t	x = 0;

	for (int i = 0; i < 8; i++)
		x |= (uint64_t) p[i] << 8 * i;
	return x;
}

static void
store_double(uint8_t *p, double d)
{
	uint64_t	x;

	memcpy(&x, &d, 8);
	store64(p, x);
}

static double
load_double(const uint8_t *p)
{
	uint64_t	x = load64(p);
	double		d;

	memcpy(&d, &x, 8);
	return d;
}

size_t
series_image_bound(size_t num_points)
{
	return HEADER_BYTES + 16 * num_points;
}

static bool
is_less(double a, double b)
{
	return a < b || (a == b && signbit(a) && !signbit(b));
}

size_t
series_encode(const int64_t *time, const double *value, size_t num_points, uint8_t *image)
{
	double		min = value[0];
	double		max = value[0];

	for (size_t i = 0; i < num_points; i++)
	{
		if (is_less(value[i], min))
			min = value[i];
		if (is_less(max, value[i]))
			max = value[i];
		store64(image + HEADER_BYTES + 16 * i, (uint64_t) time[i]);
		store_double(image + HEADER_BYTES + 16 * i + 8, value[i]);
	}
	store64(image, VERSION);
	store64(image + 8, num_points);
	store64(image + 16, (uint64_t) time[0]);
	store64(image + 24, (uint64_t) time[num_points - 1]);
	store_double(image + 32, value[0]);
	store_double(image + 40, value[num_points - 1]);
	store_double(image + 48, min);
	store_double(image + 56, max);
	return series_image_bound(num_points);
}

bool
series_read_header(const uint8_t *image, size_t size, series_header *header)
{
	if (size < HEADER_BYTES || load64(image) != VERSION)
		return false;
	if (load64(image + 8) < 1 || load64(image + 8) > SERIES_MAX_POINTS)
		return false;
	header->num_points = (int64_t) load64(image + 8);
	header->first_time = (int64_t) load64(image + 16);
	header->last_time = (int64_t) load64(image + 24);
	header->first_value = load_double(image + 32);
	header->last_value = load_double(image + 40);
	header->min_value = load_double(image + 48);
	header->max_value = load_double(image + 56);
	return rate_time_is_valid(header->first_time) && rate_time_is_valid(header->last_time) &&
		isfinite(header->first_value) && isfinite(header->last_value) &&
		isfinite(header->min_value) && isfinite(header->max_value);
}

bool
series_open(series_view *view, const uint8_t *image, size_t size)
{
	if (!series_read_header(image, size, &view->header) ||
		size != series_image_bound((size_t) view->header.num_points))
		return false;
	view->image = image;
	view->size = size;
	view->num_blocks = ((size_t) view->header.num_points + SERIES_BLOCK_POINTS - 1) / SERIES_BLOCK_POINTS;
	return true;
}

bool
series_decode(const series_view *view, size_t block, series_block *out)
{
	size_t		from = block * SERIES_BLOCK_POINTS;
	size_t		n = (size_t) view->header.num_points - from;

	if (block >= view->num_blocks)
		return false;
	out->num_points = n = n < SERIES_BLOCK_POINTS ? n : SERIES_BLOCK_POINTS;
	for (size_t i = 0; i < n; i++)
	{
		const uint8_t *p = view->image + HEADER_BYTES + 16 * (from + i);

		out->time[i] = (int64_t) load64(p);
		out->value[i] = load_double(p + 8);
		if (!rate_time_is_valid(out->time[i]) || !isfinite(out->value[i]) ||
			(i > 0 && out->time[i] <= out->time[i - 1]))
			return false;
	}
	return true;
}

bool
series_is_valid(const series_view *view, series_block *scratch)
{
	for (size_t b = 0; b < view->num_blocks; b++)
		if (!series_decode(view, b, scratch))
			return false;
	return true;
}

size_t
series_block_at(const series_view *view, int64_t time)
{
	size_t		low = 0;
	size_t		high = view->num_blocks;

	while (high - low > 1)
	{
		size_t		middle = low + (high - low) / 2;
		const uint8_t *p = view->image + HEADER_BYTES + 16 * SERIES_BLOCK_POINTS * middle;

		if ((int64_t) load64(p) <= time)
			low = middle;
		else
			high = middle;
	}
	return low;
}

size_t
series_extend_bound(const series_view *view, size_t num_points)
{
	return series_image_bound((size_t) view->header.num_points + num_points);
}

size_t
series_extend(const series_view *view, const int64_t *time, const double *value,
			  size_t num_points, series_block *scratch, uint8_t *image)
{
	size_t		old = (size_t) view->header.num_points;
	double		min = view->header.min_value;
	double		max = view->header.max_value;

	(void) scratch;
	memcpy(image, view->image, view->size);
	for (size_t i = 0; i < num_points; i++)
	{
		if (is_less(value[i], min))
			min = value[i];
		if (is_less(max, value[i]))
			max = value[i];
		store64(image + HEADER_BYTES + 16 * (old + i), (uint64_t) time[i]);
		store_double(image + HEADER_BYTES + 16 * (old + i) + 8, value[i]);
	}
	store64(image + 8, old + num_points);
	store64(image + 24, (uint64_t) time[num_points - 1]);
	store_double(image + 40, value[num_points - 1]);
	store_double(image + 48, min);
	store_double(image + 56, max);
	return series_image_bound(old + num_points);
}
