/*-------------------------------------------------------------------------
 *
 * core/series/layout.h
 *	  A history of values as one compressed image, and the way to read it.
 *
 * A series is a set of points (time, value), distinct in time and ascending.
 * A time is microseconds since 2000-01-01 00:00:00 UTC, as in core/base/point.h; a value
 * is any finite double, negative zero included.  Of several values at the same
 * time the greatest is kept.
 *
 * The image is a header, a directory of blocks, and the blocks, each of
 * SERIES_BLOCK_POINTS points but for the last, which holds the rest.  Every
 * number in it is little-endian wherever it is written.  The image is a
 * function of the points alone: equal series are equal byte by byte, however
 * they were put together.  core/series/codec.c describes the layout.
 *
 * Whatever folds over a series takes it block by block, as two arrays, oldest
 * block first, and keeps what it has to remember in a state of its own.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_SERIES_LAYOUT_H
#define PG_YIELD_CORE_SERIES_LAYOUT_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/pause.h"
#include "core/base/status.h"
#include "core/rate/summary.h"

#define SERIES_BLOCK_POINTS	1024

/* 2^26 points: as arrays a gigabyte, which is also what an image may take. */
#define SERIES_MAX_POINTS	((size_t) 1 << 26)

/* series_read_header reads no more of an image than this. */
#define SERIES_HEADER_BYTES	54

/* What the header says, without reading a block. */
typedef struct series_header
{
	int64_t		num_points;		/* at least 1 */
	int64_t		first_time;
	int64_t		last_time;
	double		first_value;
	double		last_value;
	double		min_value;
	double		max_value;
} series_header;

/* An image that was looked at with series_open. */
typedef struct series_view
{
	const uint8_t *image;
	size_t		size;
	size_t		num_blocks;
	size_t		directory;		/* where it is in the image */
	size_t		blocks;			/* where the first block is */
	series_header header;
} series_view;

/* One block of points, decoded. */
typedef struct series_block
{
	size_t		num_points;
	int64_t		time[SERIES_BLOCK_POINTS];
	double		value[SERIES_BLOCK_POINTS];
} series_block;

/*
 * The order of values: that of numbers, with negative zero below zero, so that
 * the greatest and the least of any values are one value, bit by bit.
 */
static inline bool
series_value_is_less(double a, double b)
{
	return a < b || (a == b && a == 0 && signbit(a) && !signbit(b));
}

/* core/series/codec.c */
extern size_t series_image_bound(size_t num_points);
extern size_t series_encode(const int64_t *time, const double *value, size_t num_points,
							core_pause pause, uint8_t *image);
extern bool series_read_header(const uint8_t *image, size_t size, series_header *header);
extern size_t series_prefix_bytes(const uint8_t *image, size_t size);
extern void series_block_bytes(const series_view *view, size_t block, size_t *from, size_t *to);
extern bool series_open(series_view *view, const uint8_t *image, size_t size);
extern bool series_decode(const series_view *view, size_t block, series_block *out);
extern bool series_is_valid(const series_view *view, series_block *scratch);
extern size_t series_block_at(const series_view *view, int64_t time);
extern size_t series_extend_bound(const series_view *view, size_t num_points);
extern size_t series_extend(const series_view *view, const int64_t *time, const double *value,
							size_t num_points, series_block *scratch, core_pause pause,
							uint8_t *image);

/* core/series/order.c */
extern bool series_is_ordered(const int64_t *time, size_t num_points);
extern size_t series_sort(int64_t *time, double *value, size_t num_points,
						  int64_t *time_room, double *value_room, core_pause pause);

#endif							/* PG_YIELD_CORE_SERIES_LAYOUT_H */
