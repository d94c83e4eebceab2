/*-------------------------------------------------------------------------
 *
 * fuzz_series.c
 *	  Any bytes as the image of a series, and any points as a series whose
 *	  image is then damaged.
 *
 * The first byte says which: 0, the rest is an image; 1, there follow how often
 * points are repeated, how many bits of their image are turned afterwards, and
 * points of eight bytes each (make_point).
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/series/bits.h"
#include "core/series/layout.h"

#define MAX_POINTS	2100

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int64_t times[MAX_POINTS + 1];
static double values[MAX_POINTS + 1];
static int64_t time_room[MAX_POINTS + 1];
static double value_room[MAX_POINTS + 1];

static void
require(bool holds)
{
	if (!holds)
		abort();
}

/* Decode all; what is decoded must be in order, valid and finite.  -1: no series */
static long
read_points(const series_view *view, int64_t *t, double *v, size_t room)
{
	static series_block block;
	int64_t		last = INT64_MIN;
	size_t		n = 0;

	for (size_t b = 0; b < view->num_blocks; b++)
	{
		if (!series_decode(view, b, &block))
			return -1;
		require(block.num_points >= 1 && block.num_points <= SERIES_BLOCK_POINTS);
		require(series_block_at(view, block.time[0]) == b);
		for (size_t i = 0; i < block.num_points; i++)
		{
			require(block.time[i] > last && time_is_valid(block.time[i]));
			require(isfinite(block.value[i]));
			last = block.time[i];
			if (n < room)
			{
				t[n] = block.time[i];
				v[n] = block.value[i];
			}
			n++;
		}
	}
	require(n == (size_t) view->header.num_points && last == view->header.last_time);
	return (long) n;
}

/* Bytes that may be an image; if they are valid, encoding gives them again. */
static void
check_image(const uint8_t *data, size_t size)
{
	static series_block block;
	uint8_t    *exact = malloc(size > 0 ? size : 1);
	series_header header;
	series_view view;

	memcpy(exact, data, size);
	if (series_open(&view, exact, size))
	{
		long		n = read_points(&view, times, values, MAX_POINTS);
		bool		valid = series_is_valid(&view, &block);

		require(series_read_header(exact, size < SERIES_HEADER_BYTES ? size : SERIES_HEADER_BYTES,
								   &header));
		require(!valid || n > 0);
		if (n > 0 && n <= MAX_POINTS)
		{
			uint8_t    *again = malloc(series_image_bound((size_t) n));
			size_t		bytes = series_encode(times, values, (size_t) n, NULL, again);

			require(bytes <= series_image_bound((size_t) n));
			require(valid == (bytes == size && memcmp(again, exact, size) == 0));
			free(again);
		}
		if (n > 0 && view.header.last_time < TIME_END - 1)
		{
			int64_t		next = view.header.last_time + 1;
			double		value = 1.5;
			uint8_t    *longer = malloc(series_extend_bound(&view, 1));

			require(series_extend(&view, &next, &value, 1, &block, NULL, longer) <= series_extend_bound(&view, 1));
			free(longer);
		}
	}
	free(exact);
}

/* One point from eight bytes: small and large steps, decimals, any bits */
static void
make_point(const uint8_t *data, int64_t *time, double *value)
{
	uint64_t	x = bits_load(data);
	int64_t		step = (int64_t) (x >> 8 & 0xffff);
	uint64_t	bits = x * UINT64_C(0x9e3779b97f4a7c15);

	switch (x & 7)
	{
		case 0:
			*time += step;
			break;
		case 1:
			*time += step * 1000000;
			break;
		case 2:
			*time += step * INT64_C(86400000000);
			break;
		case 3:
			*time -= step * 1000;
			break;
		default:
			*time += INT64_C(3600000000);
	}
	if (!time_is_valid(*time))
		*time = TIME_MIN;
	if (x >> 3 & 1)
		*value = (double) (int64_t) (x >> 24) / (x >> 4 & 1 ? 1e9 : 1e18);
	else if (x >> 4 & 1)
		*value = bits_to_double(bits);
	else if (x >> 5 & 1)
		*value += (double) (int32_t) (x >> 32) * 1e-12;
	if (!isfinite(*value))
		*value = -0.0;
}

/* Returns how many points there are, sorted. */
static size_t
make_points(const uint8_t *data, size_t size, unsigned repeat)
{
	int64_t		time = 0;
	double		value = 1;
	size_t		n = 0;

	for (unsigned round = 0; round <= repeat; round++)
		for (size_t i = 0; i + 8 <= size && n < MAX_POINTS; i += 8, n++)
		{
			make_point(data + i, &time, &value);
			times[n] = time;
			values[n] = value;
		}
	return series_sort(times, values, n, time_room, value_room, NULL);
}

static void
check_points(const uint8_t *data, size_t size, unsigned repeat, unsigned damage)
{
	static int64_t t[MAX_POINTS];
	static double v[MAX_POINTS];
	static series_block block;
	size_t		n = make_points(data, size, repeat);
	uint8_t    *room = malloc(series_image_bound(n));
	uint8_t    *exact;
	size_t		bytes;
	series_view view;

	if (n > 0)
	{
		require(series_is_ordered(times, n));
		bytes = series_encode(times, values, n, NULL, room);
		require(bytes <= series_image_bound(n));
		exact = malloc(bytes);
		memcpy(exact, room, bytes);
		require(series_open(&view, exact, bytes));
		require(read_points(&view, t, v, MAX_POINTS) == (long) n);
		require(memcmp(t, times, n * 8) == 0 && memcmp(v, values, n * 8) == 0);
		require(series_is_valid(&view, &block));
		for (unsigned i = 0; i < damage; i++)
			exact[data[i % size] * 257u * (i + 1) % bytes] ^= (uint8_t) (1 << (data[(i + 1) % size] & 7));
		check_image(exact, bytes);
		free(exact);
	}
	free(room);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 1)
		return -1;
	if (data[0] == 0)
		check_image(data + 1, size - 1);
	else if (data[0] == 1 && size >= 11)
		check_points(data + 3, size - 3, data[1], data[2] & 3);
	else
		return -1;
	return 0;
}
