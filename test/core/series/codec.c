/*
 * Unit tests of core/series/codec.c and of what it is made of: every bit comes
 * back, equal points are equal bytes, and no bytes are taken for more than they
 * are.
 */
#include "test.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/series/bits.h"
#include "core/series/column.h"
#include "core/series/layout.h"

#define MAX_POINTS	5000

static int64_t time_at[MAX_POINTS];
static double value_at[MAX_POINTS];
static series_block block;

/* An image of just its size, so that the sanitizer sees what is read beyond */
typedef struct image
{
	uint8_t    *bytes;
	size_t		size;
} image;

static image
encode(size_t from, size_t n)
{
	uint8_t    *room = malloc(series_image_bound(n));
	image		i = {.size = series_encode(time_at + from, value_at + from, n, NULL, room)};

	assert_true(i.size <= series_image_bound(n));
	i.bytes = malloc(i.size);
	memcpy(i.bytes, room, i.size);
	free(room);
	return i;
}

static series_view
view_of(image i)
{
	series_view view;

	assert_true(series_open(&view, i.bytes, i.size));
	return view;
}

static void
check_header(image i, size_t n)
{
	series_header h;
	double		min = value_at[0];
	double		max = value_at[0];

	for (size_t k = 0; k < n; k++)
	{
		min = series_value_is_less(value_at[k], min) ? value_at[k] : min;
		max = series_value_is_less(max, value_at[k]) ? value_at[k] : max;
	}
	assert_true(series_read_header(i.bytes, i.size < SERIES_HEADER_BYTES ? i.size :
								   SERIES_HEADER_BYTES, &h));
	assert_int_equal(h.num_points, n);
	assert_true(h.first_time == time_at[0] && h.last_time == time_at[n - 1]);
	assert_memory_equal(&h.first_value, &value_at[0], 8);
	assert_memory_equal(&h.last_value, &value_at[n - 1], 8);
	assert_memory_equal(&h.min_value, &min, 8);
	assert_memory_equal(&h.max_value, &max, 8);
}

/* The first n points as an image and back; returns its size. */
static size_t
check_points(size_t n)
{
	image		i = encode(0, n);
	series_view view = view_of(i);
	size_t		done = 0;

	check_header(i, n);
	assert_int_equal(view.num_blocks, (n + SERIES_BLOCK_POINTS - 1) / SERIES_BLOCK_POINTS);
	for (size_t b = 0; b < view.num_blocks; b++)
	{
		assert_true(series_decode(&view, b, &block));
		assert_memory_equal(block.time, time_at + done, block.num_points * 8);
		assert_memory_equal(block.value, value_at + done, block.num_points * 8);
		assert_true(block.num_points == SERIES_BLOCK_POINTS || b == view.num_blocks - 1);
		done += block.num_points;
	}
	assert_int_equal(done, n);
	assert_false(series_decode(&view, view.num_blocks, &block));
	assert_true(series_is_valid(&view, &block));
	free(i.bytes);
	return i.size;
}

/* A double with any bits that are finite */
static double
any_double(uint64_t *seed)
{
	uint64_t	bits = next_random(seed);

	if ((bits >> 52 & 0x7ff) == 0x7ff)
		bits ^= UINT64_C(1) << 62;
	return bits_to_double(bits);
}

#define TIMES	9
#define VALUES	20

/* How far the next time is */
static uint64_t
gap_of_kind(int kind, size_t i, uint64_t *seed)
{
	uint64_t	r = next_random(seed);

	switch (kind)
	{
		case 0:
			return UINT64_C(3600000000);
		case 1:					/* slots, irregular */
			return 12000000 * (1 + r % 9);
		case 2:					/* daily, seldom a gap */
			return UINT64_C(86400000000) * (r % 50 == 0 ? 1 + r % 300 : 1);
		case 3:					/* microseconds */
			return 1 + r % 3;
		case 4:					/* anything up to what fits */
			return 1 + r % (UINT64_C(9435000000000000000) / MAX_POINTS - 1);
		case 5:					/* a jump over everything */
			return i == 2 ? (uint64_t) TIME_END - (uint64_t) TIME_MIN - MAX_POINTS : 1;
		case 6:					/* drifting */
			return 60000000 + i * 1000 + r % 10;
		case 7:					/* half of them late by a little */
			return 60000000 + (r % 2 ? r % 100000 * 7 : 0);
		default:				/* widths of all kinds */
			return 1 + (r >> (13 + r % 50));
	}
}

static double
value_of_kind(int kind, size_t i, uint64_t *seed)
{
	static const double edges[] = {
		0.0, -0.0, DBL_MAX, -DBL_MAX, DBL_MIN, -DBL_MIN, 5e-324, -5e-324, 1.0, -1.0, 0.1, 1e22, 1e23,
		2251799813685247.0, 2251799813685248.0, -2251799813685248.0, 9007199254740992.0,
		4.35, 1e-22, 2e-22
	};
	double		u = next_fraction(seed);
	uint64_t	r = next_random(seed);

	switch (kind)
	{
		case 0:
			return any_double(seed);
		case 1:
			return edges[r % (sizeof(edges) / sizeof(*edges))];
		case 2:					/* growth with 18 digits */
			return (1e18 + (double) i * 3.7e12 + (double) (r % 1000)) / 1e18;
		case 3:					/* 12 digits */
			return round((1 + (double) i * 1e-4 + u * 1e-6) * 1e12) / 1e12;
		case 4:					/* changes once a day */
			return 1 + (double) (i / 24) * 1e-4;
		case 5:					/* noise about one */
			return 1 + (u - 0.5) * 1e-3;
		case 6:					/* cents, signed */
			return round((u - 0.5) * 1e6) / 100;
		case 7:
			return (double) i;
		case 8:					/* floats once */
			return (double) (float) (1 + u);
		case 9:					/* constant */
			return 1.0000000000000002;
		case 10:				/* denormals */
			return (double) (r % 1000) * 5e-324;
		case 11:				/* zeros of both signs */
			return r % 2 ? 0.0 : -0.0;
		case 12:				/* every exponent */
			return ldexp(1 + u, (int) (i % 2098) - 1074);
		case 13:				/* huge steps at times */
			return r % 100 == 0 ? u * 1e300 : 1.5;
		case 14:				/* a third changes */
			return r % 3 == 0 || i == 0 ? u : value_at[i - 1];
		case 15:				/* decimals, and one that is none */
			return i == 700 ? 0.1 + 0.2 : round(u * 1e4) / 1e4;
		case 16:				/* digits become more on the way */
			return round(u * pow(10, (double) (i / 64 % 15))) / pow(10, (double) (i / 64 % 15));
		case 17:				/* at the limit of decimals */
			return (2251799813685248.0 - (double) (r % 8)) / 1e3;
		case 18:				/* small decimals */
			return round(u * 1e6) / 1e22;
		default:				/* widths of all kinds */
			return (double) (int64_t) (r >> (r % 60));
	}
}

static void
fill(int time_kind, int value_kind, uint64_t seed)
{
	int64_t		t = time_kind == 4 || time_kind == 5 ? TIME_MIN : 0;

	for (size_t i = 0; i < MAX_POINTS; i++)
	{
		time_at[i] = t;
		value_at[i] = value_of_kind(value_kind, i, &seed);
		t = (int64_t) ((uint64_t) t + gap_of_kind(time_kind, i, &seed));
		/* out of room: from here on by the microsecond */
		if (t >= TIME_END - MAX_POINTS || t < time_at[i])
			t = time_at[i] + 1;
	}
}

static void
every_bit_comes_back(void **state)
{
	static const size_t sizes[] = {
		1, 2, 3, 4, 9, 17, 255, 257, 1023, 1024, 1025, 1026, 4097, MAX_POINTS
	};

	(void) state;
	for (int t = 0; t < TIMES; t++)
		for (int v = 0; v < VALUES; v++)
		{
			fill(t, v, (uint64_t) (100 * t + v));
			for (size_t s = 0; s < sizeof(sizes) / sizeof(*sizes); s++)
				check_points(sizes[s]);
		}
}

static void
extremes_of_time(void **state)
{
	(void) state;
	for (size_t i = 0; i < 3; i++)
		value_at[i] = (double) i;
	time_at[0] = TIME_MIN;
	time_at[1] = TIME_END - 1;
	check_points(2);
	time_at[1] = 0;
	time_at[2] = TIME_END - 1;
	check_points(3);
	time_at[0] = TIME_END - 1;
	check_points(1);
}

static void
images_are_small(void **state)
{
	(void) state;
	/* a constant by the hour, growth with 12 digits by the day, noise */
	fill(0, 9, 1);
	assert_true(check_points(5000) < 350);
	fill(2, 3, 1);
	assert_true(check_points(1024) < 1024 * 5);
	fill(0, 4, 1);
	assert_true(check_points(4096) < 4096 / 3);
	fill(8, 0, 1);
	assert_true(check_points(MAX_POINTS) < MAX_POINTS * 16 + 1000);
	/* little of few points, too */
	fill(0, 9, 1);
	assert_int_equal(check_points(1), 22);
	assert_true(check_points(30) < 60);
	fill(0, 3, 1);
	assert_true(check_points(30) < 30 * 6);
}

static void
extending_is_encoding(void **state)
{
	static const size_t sizes[] = {1, 2, 30, 1022, 1023, 1024, 1025, 2047, 2048, 2049, 3000};
	static const size_t more[] = {0, 1, 2, 500, 1023, 1024, 1025, 2000};

	(void) state;
	for (int kind = 0; kind < VALUES; kind++)
		for (size_t s = 0; s < sizeof(sizes) / sizeof(*sizes); s++)
			for (size_t m = 0; m < sizeof(more) / sizeof(*more); m++)
			{
				fill(kind % TIMES, kind, (uint64_t) kind);
				image		part = encode(0, sizes[s]);
				image		whole = encode(0, sizes[s] + more[m]);
				series_view view = view_of(part);
				uint8_t    *out = malloc(series_extend_bound(&view, more[m]));

				assert_true(whole.size <= series_extend_bound(&view, more[m]));
				assert_int_equal(series_extend(&view, time_at + sizes[s], value_at + sizes[s],
											   more[m], &block, NULL, out), whole.size);
				assert_memory_equal(out, whole.bytes, whole.size);
				free(part.bytes);
				free(whole.bytes);
				free(out);
			}
}

static void
blocks_are_found_by_time(void **state)
{
	image		i;
	series_view view;

	(void) state;
	fill(1, 2, 3);
	i = encode(0, 4097);
	view = view_of(i);
	assert_int_equal(series_block_at(&view, INT64_MIN), 0);
	assert_int_equal(series_block_at(&view, INT64_MAX), 4);
	for (size_t k = 0; k < 4097; k++)
	{
		assert_int_equal(series_block_at(&view, time_at[k]), k / SERIES_BLOCK_POINTS);
		assert_int_equal(series_block_at(&view, time_at[k] - 1),
						 k == 0 ? 0 : (k - 1) / SERIES_BLOCK_POINTS);
	}
	free(i.bytes);
}

/* Whatever is decoded of any bytes is in order, valid and finite. */
static void
check_safe(const uint8_t *bytes, size_t size)
{
	series_view view;
	int64_t		last = INT64_MIN;

	if (!series_open(&view, bytes, size))
		return;
	for (size_t b = 0; b < view.num_blocks; b++)
	{
		if (!series_decode(&view, b, &block))
		{
			assert_false(series_is_valid(&view, &block));
			return;
		}
		for (size_t i = 0; i < block.num_points; i++)
		{
			assert_true(block.time[i] > last && time_is_valid(block.time[i]));
			assert_true(isfinite(block.value[i]));
			last = block.time[i];
		}
	}
}

static size_t pauses;

static void
count_pause(void)
{
	pauses++;
}

/* Writing pauses at every block. */
static void
writing_pauses(void **state)
{
	enum
	{
		N = 20 * SERIES_BLOCK_POINTS
	};
	static int64_t time[2 * N];
	static double value[2 * N];
	series_view view;
	series_block block;
	uint8_t    *first = malloc(series_image_bound(N));
	uint8_t    *both;
	size_t		size;

	(void) state;
	for (size_t i = 0; i < 2 * N; i++)
	{
		time[i] = (int64_t) i * 1000000;
		value[i] = (double) i;
	}
	pauses = 0;
	size = series_encode(time, value, N, count_pause, first);
	assert_int_equal(pauses, 20);
	assert_true(series_open(&view, first, size));
	both = malloc(series_extend_bound(&view, N));
	assert_true(series_extend(&view, time + N, value + N, N, &block, count_pause, both) > size);
	assert_int_equal(pauses, 40);
	free(first);
	free(both);
}

/* No other bytes than those of series_encode are valid. */
static void
damage_is_seen(void **state)
{
	uint64_t	seed = 9;

	(void) state;
	for (int kind = 0; kind < VALUES; kind++)
	{
		fill(kind % TIMES, kind, (uint64_t) kind);
		image		i = encode(0, 1100);
		series_view view;

		for (int k = 0; k < 600; k++)
		{
			/* the first bytes one by one, then any */
			size_t		at = k < 120 ? (size_t) k : next_random(&seed) % i.size;
			uint8_t		old = i.bytes[at % i.size];

			at %= i.size;
			i.bytes[at] ^= (uint8_t) (1 << next_random(&seed) % 8);
			check_safe(i.bytes, i.size);
			/* a value that differs may be another series, and then it is encoded so */
			if (series_open(&view, i.bytes, i.size) && series_is_valid(&view, &block))
			{
				int64_t		t[1100];
				double		v[1100];
				uint8_t    *again = malloc(series_image_bound(1100));

				for (size_t b = 0, n = 0; b < view.num_blocks; b++, n += block.num_points)
				{
					assert_true(series_decode(&view, b, &block));
					memcpy(t + n, block.time, block.num_points * 8);
					memcpy(v + n, block.value, block.num_points * 8);
				}
				assert_int_equal(series_encode(t, v, 1100, NULL, again), i.size);
				assert_memory_equal(again, i.bytes, i.size);
				free(again);
			}
			i.bytes[at] = old;
		}
		for (size_t size = 0; size < i.size; size += size < 100 ? 1 : 37)
		{
			uint8_t    *cut = malloc(size + 1);

			memcpy(cut, i.bytes, size);
			cut = realloc(cut, size > 0 ? size : 1);
			check_safe(cut, size);
			assert_false(series_open(&view, cut, size) && series_is_valid(&view, &block));
			free(cut);
		}
		free(i.bytes);
	}
}

static void
lies_in_the_header_are_seen(void **state)
{
	image		i;
	series_view view;

	(void) state;
	fill(0, 2, 1);
	i = encode(0, 5);
	/* counts */
	for (int shift = 0; shift < 32; shift++)
	{
		bits_store_short(i.bytes + 2, UINT64_C(5) ^ UINT64_C(1) << shift, 4);
		assert_false(series_open(&view, i.bytes, i.size) && series_is_valid(&view, &block));
	}
	bits_store_short(i.bytes + 2, 0, 4);
	assert_false(series_open(&view, i.bytes, i.size));
	bits_store_short(i.bytes + 2, SERIES_MAX_POINTS + 1, 4);
	assert_false(series_open(&view, i.bytes, i.size));
	bits_store_short(i.bytes + 2, 5, 4);
	assert_true(series_open(&view, i.bytes, i.size) && series_is_valid(&view, &block));
	/* values that are none */
	bits_store(i.bytes + 14, bits_of_double(INFINITY));
	assert_false(series_open(&view, i.bytes, i.size));
	bits_store(i.bytes + 14, bits_of_double(NAN));
	assert_false(series_open(&view, i.bytes, i.size));
	free(i.bytes);
}

/* The bytes are as they are on every machine, and in every release of version 1. */
static void
bytes_are_fixed(void **state)
{
	static const uint8_t expected[] = {
		1, 4, 3, 0, 0, 0,
		0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f,
		0, 0x80, 0xee, 0x36, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x40,
		2, 1, 0, 4, 0, 0x80, 0xee, 0x36, 1, 0, 1, 50
	};
	image		i;

	(void) state;
	for (size_t k = 0; k < 3; k++)
	{
		time_at[k] = (int64_t) k * 460800000;
		value_at[k] = k < 2 ? 1.5 : 2;
	}
	value_at[1] = 1.75;
	i = encode(0, 3);
	assert_int_equal(i.size, sizeof(expected));
	assert_memory_equal(i.bytes, expected, sizeof(expected));
	free(i.bytes);
}

/* Images of longer paths by their FNV-1a hash: units, exceptions, all orders */
static void
longer_images_are_fixed(void **state)
{
	static const int kinds[] = {0, 1, 7, 8, 9, 11, 14, 19};
	uint64_t	hash = UINT64_C(0xcbf29ce484222325);

	(void) state;
	for (int t = 0; t < TIMES; t++)
		for (size_t k = 0; k < sizeof(kinds) / sizeof(*kinds); k++)
		{
			image		i;

			fill(t, kinds[k], (uint64_t) t);
			i = encode(0, 2500);
			for (size_t at = 0; at < i.size; at++)
				hash = (hash ^ i.bytes[at]) * UINT64_C(0x100000001b3);
			free(i.bytes);
		}
	assert_true(hash == UINT64_C(0x798ae2bfdf9bc98f));
}

static void
codes_of_every_width(void **state)
{
	uint64_t	seed = 4;

	(void) state;
	for (unsigned width = 0; width <= 64; width++)
		for (size_t n = 0; n <= 70; n++)
		{
			uint64_t	codes[70];
			uint64_t	back[70];
			size_t		size = bits_bytes(n, width);
			uint8_t    *bytes = malloc(size > 0 ? size : 1);

			if (bits_width_is_valid(width))
			{
				for (size_t i = 0; i < n; i++)
					codes[i] = width == 0 ? 0 : next_random(&seed) >> (64 - width);
				assert_int_equal(bits_pack(codes, n, width, bytes), size);
				bits_unpack(bytes, bytes + size, n, width, back);
				assert_memory_equal(back, codes, n * 8);
			}
			free(bytes);
		}
	for (unsigned width = 0; width < 64; width++)
	{
		uint64_t	top = width == 0 ? 0 : UINT64_C(1) << (width - 1);

		assert_int_equal(bits_width(top), width <= BITS_NARROW ? width : BITS_FULL);
		assert_int_equal(bits_width(2 * top - (width > 0)), width <= BITS_NARROW ? width : BITS_FULL);
	}
	assert_int_equal(bits_width(UINT64_MAX), BITS_FULL);
}

static void
division_is_exact(void **state)
{
	uint64_t	seed = 8;

	(void) state;
	for (int i = 0; i < 20000; i++)
	{
		uint64_t	by = next_random(&seed) >> (next_random(&seed) % 64);
		uint64_t	x = next_random(&seed) >> (next_random(&seed) % 64);
		exact_divisor d;

		by += by == 0;
		exact_divisor_init(&d, by);
		assert_int_equal(exact_divides(&d, x), x % by == 0);
		x -= x % by;
		assert_true(exact_divides(&d, x));
		if (x <= INT64_MAX)
		{
			assert_true(exact_quotient(&d, x) == x / by);
			assert_true(exact_quotient(&d, 0 - x) == 0 - x / by);
		}
	}
}

static void
columns_of_any_numbers(void **state)
{
	static int64_t numbers[COLUMN_MAX];
	static int64_t back[COLUMN_MAX];
	uint64_t	seed = 2;

	(void) state;
	for (int kind = 0; kind < 64 * 3; kind++)
		for (size_t n = 2; n <= COLUMN_MAX; n = n * 3 / 2 + 1)
		{
			uint8_t    *out = malloc(COLUMN_BYTES(n));
			size_t		size;
			uint8_t    *exact;

			for (size_t i = 0; i < n; i++)
			{
				uint64_t	x = next_random(&seed) >> kind % 64;

				x = kind / 64 == 1 ? x * 3 << (kind % 5) : x;
				x += kind / 64 == 2 && i > 0 ? (uint64_t) numbers[i - 1] : 0;
				numbers[i] = (int64_t) x;
			}
			size = column_encode(numbers, n, out);
			assert_true(size <= COLUMN_BYTES(n));
			exact = malloc(size);
			memcpy(exact, out, size);
			back[0] = numbers[0];
			assert_int_equal(column_decode(exact, size, exact + size, n, back), size);
			assert_memory_equal(back, numbers, n * 8);
			for (size_t cut = 0; cut < size && n < 100; cut++)
				assert_int_equal(column_decode(exact, cut, exact + cut, n, back), 0);
			free(out);
			free(exact);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_bit_comes_back),
		cmocka_unit_test(extremes_of_time),
		cmocka_unit_test(images_are_small),
		cmocka_unit_test(extending_is_encoding),
		cmocka_unit_test(blocks_are_found_by_time),
		cmocka_unit_test(writing_pauses),
		cmocka_unit_test(damage_is_seen),
		cmocka_unit_test(lies_in_the_header_are_seen),
		cmocka_unit_test(bytes_are_fixed),
		cmocka_unit_test(longer_images_are_fixed),
		cmocka_unit_test(codes_of_every_width),
		cmocka_unit_test(division_is_exact),
		cmocka_unit_test(columns_of_any_numbers),
	};

	return cmocka_run_group_tests_name("series_codec", tests, NULL, NULL);
}
