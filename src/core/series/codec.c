/*-------------------------------------------------------------------------
 *
 * core/series/codec.c
 *	  Series as bytes and back.
 *
 * Times and values are two columns of whole numbers (core/series/column.c): values
 * as decimal fractions, v = n / 10^e, with one e for a block, or else by their
 * bits.  bench/series_codec.c compares that with what is published.  Bytes a
 * point (times: Gorilla's in whole seconds), and nanoseconds a point to decode
 * both columns, gcc 12 -O2 at 2.5 GHz; encoding takes 16 to 38:
 *
 *							values of				  ours	times	ours	ours	ns
 *							Gorilla	Chimp	ALP				Gorilla			total
 *	wstETH, day, 12 digits	6.07	5.68	4.57	3.19	0.15	0.02	3.28	4.2
 *	  same, hour, carried	0.37	0.48	4.06	0.20	0.13	0.01	0.23	3.7
 *	  same, hour, lines		5.63	5.27	6.13	0.48	0.13	0.01	0.51	3.4
 *	Aave's index, day		5.98	5.51	6.14	4.66	0.15	0.02	4.75	4.7
 *	ETH in USD, day			6.86	6.66	4.94	4.54	0.15	0.02	4.67	4.2
 *	weETH's market, day		6.19	5.65	6.14	5.36	0.16	0.04	5.49	4.3
 *	rETH, reports			6.25	5.64	6.14	4.88	1.78	1.51	6.44	4.6
 *	  same, hour, carried	0.42	0.52	6.13	0.31	0.13	0.01	0.34	2.9
 *	stETH/ETH, oracle		6.79	5.99	6.27	5.85	1.04	1.03	6.96	4.4
 *	perpetual, funding		6.12	5.78	2.14	1.67	0.13	0.01	1.72	5.1
 *	Curve's virtual price	6.10	5.56	6.14	4.74	2.01	1.61	6.47	6.5
 *	staking APR, day		7.12	6.64	6.64	5.89	0.13	0.01	5.94	4.3
 *	rows of make bench		5.86	5.26	6.13	3.75	0.13	0.01	3.78	3.1
 *	18 digits of wei		6.38	5.27	6.13	3.88	0.13	0.01	3.91	3.1
 *	random walk				6.87	5.84	6.13	5.37	0.13	0.01	5.40	3.2
 *	cents, at blocks		6.49	5.62	1.54	1.02	1.27	0.63	1.67	4.2
 *	changes 1 in 3			2.28	2.18	6.13	2.00	0.13	0.01	2.03	4.6
 *	random					8.25	7.89	7.04	7.60	0.13	0.01	7.62	5.2
 *
 * Gorilla (T. Pelkonen et al., VLDB 2015) and Chimp (P. Liakos et al., VLDB
 * 2022; Chimp128 gains where values recur, as cents do with 2.58, and loses
 * where they are carried forward) work on the bits of a value and those of its
 * predecessor: they do not see even growth, and take one value after the other.
 * ALP (A. Afroozeh et al., SIGMOD 2023) sees decimals and unpacks many values
 * at once, but keeps levels, not differences, and those of a rate that grows
 * are far apart within a block.  So: ALP's decimals, by a division, which gives
 * back every decimal whose digits are below 2^51; then first or second
 * differences as whole numbers; then codes of one width with exceptions, each
 * step a loop of its own over the block.  At worst, noise over several powers of
 * two, that is half a byte more than ALP takes for its dictionary of upper bits.
 *
 * The bytes, every number little-endian, nothing aligned:
 *
 *	header
 *	1		version, 1
 *	1		where the least value is: 0 first, 1 last, 2 kept (2 bits); where the
 *			greatest is (2); 0 (4)
 *	4		number of points
 *	8, 8	first time, first value
 *	with more than one point:
 *	8, 8	last time, last value
 *	0-16	least value, greatest value, if kept
 *	directory, for every block but the first:
 *	8, 8	its first time, its first value
 *	4		where it starts, counted from the start of the first block
 *	blocks, which are empty if of one point:
 *	1		what its numbers are: 0 to 22, values times that power of ten; 31,
 *			the bits of values in ascending order
 *			column of times; column of values (core/series/column.c)
 *
 *-------------------------------------------------------------------------
 */
#include "core/series/layout.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "core/series/bits.h"
#include "core/series/column.h"

#define VERSION				1
#define MIN_HEADER_BYTES	22
#define ENTRY_BYTES			20
#define BLOCK_MAX_BYTES		(1 + 2 * COLUMN_BYTES(SERIES_BLOCK_POINTS))

/* Where the least or the greatest value is kept */
#define AT_FIRST			0
#define AT_LAST				1
#define KEPT				2

/* What the numbers of a block are */
#define MAX_EXPONENT		22
#define ORDERED_BITS		31

/*
 * Added to a double between -2^51 and 2^51 this rounds it to a whole number,
 * ties to even, and leaves that number in the low bits.
 */
#define ROUNDER				6755399441055744.0	/* 1.5 * 2^52 */
#define ROUNDER_BITS		UINT64_C(0x4338000000000000)
#define ROUNDER_EXPONENT	UINT64_C(0x433)

/* So many values go through a loop whose length the compiler knows. */
#define STRIDE				64

static const double powers_of_ten[MAX_EXPONENT + 1] = {
	1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
	1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22
};

/*-------------------------------------------------------------------------
 * Values and the numbers that stand for them
 *-------------------------------------------------------------------------
 */

/* The bits of a double as a number that ascends with it; its own inverse */
static inline uint64_t
reorder_bits(uint64_t bits)
{
	return bits ^ ((0 - (bits >> 63)) >> 1);
}

/*
 * Where doubles are computed with more digits than they are kept (x87), cut
 * these at once.  What such a machine writes, it reads back bit by bit; another
 * may then see a quotient that was rounded twice.
 */
static inline double
as_kept(double x)
{
#if defined(FLT_EVAL_METHOD) && FLT_EVAL_METHOD == 0
	return x;
#else
	volatile double kept = x;

	return kept;
#endif
}

/*
 * The value times the power of ten, rounded.  Returns bits that are zero if
 * that is below 2^51 in magnitude and its quotient is the value, bit by bit.
 */
static inline uint64_t
to_decimal(double value, double power, int64_t *number)
{
	double		sum = as_kept(as_kept(value * power) + ROUNDER);
	uint64_t	bits = bits_of_double(sum);

	*number = (int64_t) (bits - ROUNDER_BITS);
	return ((bits >> 52) ^ ROUNDER_EXPONENT) |
		(bits_of_double(as_kept((sum - ROUNDER) / power)) ^ bits_of_double(value));
}

/* Raise the exponent until it does for the value; false if none does. */
static bool
raise_exponent(double value, unsigned *exponent)
{
	int64_t		number;

	while (to_decimal(value, powers_of_ten[*exponent], &number) != 0)
		if (++*exponent > MAX_EXPONENT)
			return false;
	return true;
}

/* Numbers of all values at this exponent; returns how many come before the first misfit. */
static size_t
convert_all(const double *value, size_t n, double power, int64_t *numbers)
{
	int64_t		ignored;

	for (size_t from = 0; from < n; from += STRIDE)
	{
		uint64_t	wrong = 0;

		if (n - from >= STRIDE)
			for (size_t i = 0; i < STRIDE; i++)
				wrong |= to_decimal(value[from + i], power, &numbers[from + i]);
		else
			for (size_t i = from; i < n; i++)
				wrong |= to_decimal(value[i], power, &numbers[i]);
		if (wrong != 0)
		{
			while (to_decimal(value[from], power, &ignored) == 0)
				from++;
			return from;
		}
	}
	return n;
}

/*
 * Values as decimal fractions of one number of digits, the least that does for
 * all.  A few values, spread out, tell most of it.  An exponent that does for a
 * value is assumed to do at a greater one as well, unless it gets too large;
 * the conversion looks at each.
 */
static bool
find_decimals(const double *value, size_t n, unsigned *exponent, int64_t *numbers)
{
	size_t		good;

	*exponent = 0;
	for (size_t i = 0; i < n; i += 1 + n / 16)
		if (!raise_exponent(value[i], exponent))
			return false;
	while ((good = convert_all(value, n, powers_of_ten[*exponent], numbers)) < n)
		if (!raise_exponent(value[good], exponent))
			return false;
	return true;
}

/* Returns the byte that says what the numbers are. */
static unsigned
to_numbers(const double *value, size_t n, int64_t *numbers)
{
	unsigned	exponent;

	if (find_decimals(value, n, &exponent, numbers))
		return exponent;
	for (size_t i = 0; i < n; i++)
		numbers[i] = (int64_t) reorder_bits(bits_of_double(value[i]));
	return ORDERED_BITS;
}

static bool
first_number(unsigned form, double value, int64_t *number)
{
	if (form <= MAX_EXPONENT)
		return to_decimal(value, powers_of_ten[form], number) == 0;
	*number = (int64_t) reorder_bits(bits_of_double(value));
	return form == ORDERED_BITS;
}

/*
 * The values of n numbers, n a multiple of STRIDE; the numbers are spoilt.  A
 * correctly rounded division gives back every decimal.  False if a number is
 * none that to_decimal gives.
 *
 * Whole numbers become doubles by the way that ROUNDER came, two at a time;
 * gcc sees that only if integers and doubles have loops of their own.
 */
static bool
from_decimals(int64_t *numbers, size_t n, double power, double *value)
{
	uint64_t	wrong = 0;

	for (; n > 0; n -= STRIDE, numbers += STRIDE, value += STRIDE)
	{
		for (size_t i = 0; i < STRIDE; i++)
		{
			wrong |= ((uint64_t) numbers[i] + (UINT64_C(1) << 51)) >> 52;
			numbers[i] = (int64_t) ((uint64_t) numbers[i] + ROUNDER_BITS);
		}
		memcpy(value, numbers, STRIDE * sizeof(*value));
		for (size_t i = 0; i < STRIDE; i++)
			value[i] = as_kept((value[i] - ROUNDER) / power);
	}
	return wrong == 0;
}

static bool
from_bits(const int64_t *numbers, size_t n, double *value)
{
	uint64_t	wrong = 0;

	for (; n > 0; n -= STRIDE, numbers += STRIDE, value += STRIDE)
		for (size_t i = 0; i < STRIDE; i++)
		{
			uint64_t	bits = reorder_bits((uint64_t) numbers[i]);

			value[i] = bits_to_double(bits);
			/* adding one to an exponent of all ones carries into the sign */
			wrong |= (bits & INT64_MAX) + (UINT64_C(1) << 52);
		}
	return wrong >> 63 == 0;
}

static bool
from_numbers(unsigned form, int64_t *numbers, size_t n, double *value)
{
	for (; n % STRIDE != 0; n++)
		numbers[n] = 0;
	if (form == ORDERED_BITS)
		return from_bits(numbers, n, value);
	return from_decimals(numbers, n, powers_of_ten[form], value);
}

/*-------------------------------------------------------------------------
 * Blocks
 *-------------------------------------------------------------------------
 */

/* Returns the bytes written, at most BLOCK_MAX_BYTES. */
static size_t
encode_block(const int64_t *time, const double *value, size_t n, uint8_t *out)
{
	int64_t		numbers[SERIES_BLOCK_POINTS];
	uint8_t    *p = out + 1;

	if (n == 1)
		return 0;
	out[0] = (uint8_t) to_numbers(value, n, numbers);
	p += column_encode(time, n, p);
	p += column_encode(numbers, n, p);
	return (size_t) (p - out);
}

/*
 * The block in [in, stop) as n points, of which the first is given.  Up to
 * "end" bytes may be read.
 */
static bool
decode_block(const uint8_t *in, const uint8_t *stop, const uint8_t *end, size_t n,
			 series_block *out)
{
	int64_t		numbers[SERIES_BLOCK_POINTS];
	const uint8_t *p = in + 1;
	size_t		bytes;

	if (n == 1)
		return in == stop;
	if (in == stop || !first_number(in[0], out->value[0], &numbers[0]))
		return false;
	bytes = column_decode(p, (size_t) (stop - p), end, n, out->time);
	p += bytes;
	if (bytes == 0)
		return false;
	bytes = column_decode(p, (size_t) (stop - p), end, n, numbers);
	p += bytes;
	if (bytes == 0 || p != stop)
		return false;
	return from_numbers(in[0], numbers, n, out->value);
}

/*-------------------------------------------------------------------------
 * The header and the directory
 *-------------------------------------------------------------------------
 */
static void
store_double(uint8_t *p, double d)
{
	bits_store(p, bits_of_double(d));
}

static double
load_double(const uint8_t *p)
{
	return bits_to_double(bits_load(p));
}

static bool
is_same(double a, double b)
{
	return bits_of_double(a) == bits_of_double(b);
}

static size_t
count_blocks(size_t num_points)
{
	return (num_points + SERIES_BLOCK_POINTS - 1) / SERIES_BLOCK_POINTS;
}

/* Where a least or greatest value is kept */
static unsigned
place_of(const series_header *h, double value)
{
	return is_same(value, h->first_value) ? AT_FIRST : is_same(value, h->last_value) ? AT_LAST : KEPT;
}

/* Returns the bytes written, at most SERIES_HEADER_BYTES. */
static size_t
write_header(const series_header *h, uint8_t *out)
{
	unsigned	min_place = place_of(h, h->min_value);
	unsigned	max_place = place_of(h, h->max_value);
	uint8_t    *p = out + MIN_HEADER_BYTES;

	out[0] = VERSION;
	out[1] = (uint8_t) (min_place | max_place << 2);
	bits_store_short(out + 2, (uint64_t) h->num_points, 4);
	bits_store(out + 6, (uint64_t) h->first_time);
	store_double(out + 14, h->first_value);
	if (h->num_points == 1)
		return MIN_HEADER_BYTES;
	bits_store(p, (uint64_t) h->last_time);
	store_double(p + 8, h->last_value);
	p += 16;
	if (min_place == KEPT)
	{
		store_double(p, h->min_value);
		p += 8;
	}
	if (max_place == KEPT)
	{
		store_double(p, h->max_value);
		p += 8;
	}
	return (size_t) (p - out);
}

static bool
header_is_valid(const series_header *h)
{
	if (!time_is_valid(h->first_time) || !time_is_valid(h->last_time))
		return false;
	if (!isfinite(h->first_value) || !isfinite(h->last_value) || !isfinite(h->min_value) ||
		!isfinite(h->max_value))
		return false;
	if ((uint64_t) h->last_time - (uint64_t) h->first_time < (uint64_t) h->num_points - 1 ||
		h->last_time < h->first_time)
		return false;
	return !series_value_is_less(h->first_value, h->min_value) &&
		!series_value_is_less(h->last_value, h->min_value) &&
		!series_value_is_less(h->max_value, h->first_value) &&
		!series_value_is_less(h->max_value, h->last_value);
}

/* A least or greatest value, read from where it is; *next is the next one kept. */
static bool
read_extreme(unsigned place, const series_header *h, const uint8_t **next, const uint8_t *end,
			 double *value)
{
	if (place == KEPT)
	{
		if (end - *next < 8)
			return false;
		*value = load_double(*next);
		*next += 8;
	}
	else
		*value = place == AT_FIRST ? h->first_value : h->last_value;
	return place_of(h, *value) == place;
}

/* Returns the bytes of the header, or 0 if that is none. */
static size_t
read_header(const uint8_t *image, size_t size, series_header *h)
{
	const uint8_t *p = image + MIN_HEADER_BYTES;
	const uint8_t *end = image + size;

	if (size < MIN_HEADER_BYTES || image[0] != VERSION || image[1] >> 4 != 0)
		return 0;
	h->num_points = (int64_t) bits_load_short(image + 2, 4);
	if (h->num_points < 1 || h->num_points > (int64_t) SERIES_MAX_POINTS)
		return 0;
	h->first_time = h->last_time = (int64_t) bits_load(image + 6);
	h->first_value = h->last_value = load_double(image + 14);
	if (h->num_points > 1)
	{
		if (end - p < 16)
			return 0;
		h->last_time = (int64_t) bits_load(p);
		h->last_value = load_double(p + 8);
		p += 16;
	}
	if (!read_extreme(image[1] & 3, h, &p, end, &h->min_value) ||
		!read_extreme(image[1] >> 2, h, &p, end, &h->max_value) || !header_is_valid(h))
		return 0;
	return (size_t) (p - image);
}

/* The directory's entry of a block after the first */
static const uint8_t *
entry_of(const series_view *view, size_t block)
{
	return view->image + view->directory + (block - 1) * ENTRY_BYTES;
}

static int64_t
first_time_of(const series_view *view, size_t block)
{
	return block == 0 ? view->header.first_time : (int64_t) bits_load(entry_of(view, block));
}

static double
first_value_of(const series_view *view, size_t block)
{
	return block == 0 ? view->header.first_value : load_double(entry_of(view, block) + 8);
}

/* Where a block starts, counted from the first; that after the last is the end. */
static size_t
start_of(const series_view *view, size_t block)
{
	if (block == view->num_blocks)
		return view->size - view->blocks;
	return block == 0 ? 0 : (size_t) bits_load_short(entry_of(view, block) + 16, 4);
}

static size_t
points_of(const series_view *view, size_t block)
{
	size_t		rest = (size_t) view->header.num_points - block * SERIES_BLOCK_POINTS;

	return rest < SERIES_BLOCK_POINTS ? rest : SERIES_BLOCK_POINTS;
}

static bool
directory_is_valid(const series_view *view)
{
	for (size_t b = 1; b < view->num_blocks; b++)
		if (first_time_of(view, b) <= first_time_of(view, b - 1) ||
			first_time_of(view, b) > view->header.last_time ||
			start_of(view, b) <= start_of(view, b - 1) ||
			start_of(view, b) > view->size - view->blocks ||
			!isfinite(first_value_of(view, b)))
			return false;
	return true;
}

/*-------------------------------------------------------------------------
 * Writing
 *-------------------------------------------------------------------------
 */

/* An image that is being written, block by block */
typedef struct writer
{
	series_header header;
	uint8_t    *entry;
	uint8_t    *blocks;
	uint8_t    *next;
	core_pause pause;
} writer;

static void
note_extremes(series_header *h, const double *value, size_t n)
{
	for (size_t i = 0; i < n; i++)
	{
		if (series_value_is_less(value[i], h->min_value))
			h->min_value = value[i];
		if (series_value_is_less(h->max_value, value[i]))
			h->max_value = value[i];
	}
}

/* Write the header, which must be complete, and get ready for the blocks. */
static void
start_writing(writer *w, uint8_t *image)
{
	size_t		num_blocks = count_blocks((size_t) w->header.num_points);

	w->entry = image + write_header(&w->header, image);
	w->blocks = w->next = w->entry + (num_blocks - 1) * ENTRY_BYTES;
}

static void
write_block(writer *w, const int64_t *time, const double *value, size_t n)
{
	if (w->next != w->blocks)
	{
		bits_store(w->entry, (uint64_t) time[0]);
		store_double(w->entry + 8, value[0]);
		bits_store_short(w->entry + 16, (uint64_t) (w->next - w->blocks), 4);
		w->entry += ENTRY_BYTES;
	}
	w->next += encode_block(time, value, n, w->next);
}

static void
write_points(writer *w, const int64_t *time, const double *value, size_t n)
{
	for (size_t from = 0; from < n; from += SERIES_BLOCK_POINTS)
	{
		if (w->pause != NULL)
			w->pause();
		write_block(w, time + from, value + from,
					n - from < SERIES_BLOCK_POINTS ? n - from : SERIES_BLOCK_POINTS);
	}
}

/* The most bytes that the image of so many points can take */
size_t
series_image_bound(size_t num_points)
{
	return SERIES_HEADER_BYTES +
		count_blocks(num_points) * (ENTRY_BYTES + 1 + 2 * COLUMN_BYTES(0)) + 16 * num_points;
}

/*
 * Write the image of points, 1 to SERIES_MAX_POINTS of them, their times valid
 * (time_is_valid) and strictly ascending, their values finite.  "image"
 * has room for series_image_bound(num_points).  Returns the bytes written.
 */
size_t
series_encode(const int64_t *time, const double *value, size_t num_points, core_pause pause,
			  uint8_t *image)
{
	writer		w = {.pause = pause};
	series_header *h = &w.header;

	h->num_points = (int64_t) num_points;
	h->first_time = time[0];
	h->last_time = time[num_points - 1];
	h->first_value = h->min_value = h->max_value = value[0];
	h->last_value = value[num_points - 1];
	note_extremes(h, value, num_points);
	start_writing(&w, image);
	write_points(&w, time, value, num_points);
	return (size_t) (w.next - image);
}

/* The most bytes that series_extend writes for so many points more */
size_t
series_extend_bound(const series_view *view, size_t num_points)
{
	/* the last block, written again, and the header may become longer */
	return view->size + BLOCK_MAX_BYTES + series_image_bound(num_points);
}

/* The full blocks of the view as they are, with their entries */
static void
copy_blocks(writer *w, const series_view *view, size_t num_blocks)
{
	size_t		bytes = start_of(view, num_blocks);

	if (num_blocks > 0)
	{
		memcpy(w->entry, view->image + view->directory, (num_blocks - 1) * ENTRY_BYTES);
		w->entry += (num_blocks - 1) * ENTRY_BYTES;
		memcpy(w->next, view->image + view->blocks, bytes);
		w->next += bytes;
	}
}

/*
 * Write the image of the points of a view and of further ones, as
 * series_encode would; the first time must be after the view's last.  Full
 * blocks are copied as they are.  "image" has room for series_extend_bound; all
 * points together are no more than SERIES_MAX_POINTS.
 * Returns the bytes written, or 0 if the view's last block is no block.
 */
size_t
series_extend(const series_view *view, const int64_t *time, const double *value,
			  size_t num_points, series_block *scratch, core_pause pause, uint8_t *image)
{
	size_t		full = (size_t) view->header.num_points / SERIES_BLOCK_POINTS;
	size_t		taken = 0;
	writer		w = {.header = view->header, .pause = pause};

	if (num_points > 0)
	{
		w.header.num_points += (int64_t) num_points;
		w.header.last_time = time[num_points - 1];
		w.header.last_value = value[num_points - 1];
		note_extremes(&w.header, value, num_points);
	}
	start_writing(&w, image);
	copy_blocks(&w, view, full);
	/* the last block is not full: it is written again */
	if (full < view->num_blocks)
	{
		if (!series_decode(view, full, scratch))
			return 0;
		for (; taken < num_points && scratch->num_points < SERIES_BLOCK_POINTS; taken++)
		{
			scratch->time[scratch->num_points] = time[taken];
			scratch->value[scratch->num_points++] = value[taken];
		}
		write_block(&w, scratch->time, scratch->value, scratch->num_points);
	}
	write_points(&w, time + taken, value + taken, num_points - taken);
	return (size_t) (w.next - image);
}

/*-------------------------------------------------------------------------
 * Reading
 *-------------------------------------------------------------------------
 */

/*
 * The header of an image of which "size" bytes are at hand: SERIES_HEADER_BYTES
 * of them are enough.  False if it is none.  It is as true as who wrote it:
 * series_is_valid compares it with the points.
 */
bool
series_read_header(const uint8_t *image, size_t size, series_header *header)
{
	return read_header(image, size, header) != 0;
}

/*
 * The bytes of header and directory, which is all that series_open looks at;
 * 0 if these are no header.  SERIES_HEADER_BYTES of an image are enough to ask.
 */
size_t
series_prefix_bytes(const uint8_t *image, size_t size)
{
	series_header header;
	size_t		directory = read_header(image, size, &header);

	if (directory == 0)
		return 0;
	return directory + (count_blocks((size_t) header.num_points) - 1) * ENTRY_BYTES;
}

/* The bytes of the image that a block takes, 0 to num_blocks - 1, from the first to before the last */
void
series_block_bytes(const series_view *view, size_t block, size_t *from, size_t *to)
{
	*from = view->blocks + start_of(view, block);
	*to = view->blocks + start_of(view, block + 1);
}

/*
 * Look at an image, which must stay where it is while the view is used.  False
 * if header or directory are none; the blocks are looked at as they are
 * decoded.  Takes a moment for each block.
 */
bool
series_open(series_view *view, const uint8_t *image, size_t size)
{
	size_t		directory_bytes;

	view->directory = read_header(image, size, &view->header);
	if (view->directory == 0)
		return false;
	view->image = image;
	view->size = size;
	view->num_blocks = count_blocks((size_t) view->header.num_points);
	directory_bytes = (view->num_blocks - 1) * ENTRY_BYTES;
	if (size - view->directory < directory_bytes)
		return false;
	view->blocks = view->directory + directory_bytes;
	return directory_is_valid(view);
}

static bool
times_ascend(const int64_t *time, size_t n)
{
	bool		wrong = false;

	for (size_t i = 1; i < n; i++)
		wrong |= time[i] <= time[i - 1];
	return !wrong;
}

/*
 * The points of a block, 0 to num_blocks - 1.  False if it is no block.  What
 * is decoded ascends in time within the block and from block to block, and is
 * valid and finite, whatever the image is.
 */
bool
series_decode(const series_view *view, size_t block, series_block *out)
{
	const uint8_t *blocks = view->image + view->blocks;
	const uint8_t *end = view->image + view->size;
	int64_t		last_time;
	size_t		n;

	if (block >= view->num_blocks)
		return false;
	n = out->num_points = points_of(view, block);
	out->time[0] = first_time_of(view, block);
	out->value[0] = first_value_of(view, block);
	if (!decode_block(blocks + start_of(view, block), blocks + start_of(view, block + 1),
					  end, n, out) || !times_ascend(out->time, n))
		return false;
	last_time = out->time[n - 1];
	return block + 1 < view->num_blocks ? last_time < first_time_of(view, block + 1) :
		last_time == view->header.last_time;
}

/* Is a decoded block what encoding its points gives? */
static bool
block_is_canonical(const series_view *view, size_t block, const series_block *points)
{
	uint8_t		bytes[BLOCK_MAX_BYTES];
	size_t		start = start_of(view, block);
	size_t		size = start_of(view, block + 1) - start;

	return encode_block(points->time, points->value, points->num_points, bytes) == size &&
		memcmp(bytes, view->image + view->blocks + start, size) == 0;
}

/*
 * Is the image just what series_encode gives for its points?  Decodes and
 * encodes everything.
 */
bool
series_is_valid(const series_view *view, series_block *scratch)
{
	series_header h = view->header;

	h.min_value = h.max_value = h.first_value;
	for (size_t b = 0; b < view->num_blocks; b++)
	{
		if (!series_decode(view, b, scratch) ||
			!is_same(scratch->value[0], first_value_of(view, b)) ||
			!block_is_canonical(view, b, scratch))
			return false;
		note_extremes(&h, scratch->value, scratch->num_points);
	}
	return is_same(scratch->value[scratch->num_points - 1], h.last_value) &&
		is_same(h.min_value, view->header.min_value) &&
		is_same(h.max_value, view->header.max_value);
}

/*
 * The block in which a time is: the last that starts at or before it, or the
 * first if all start later.
 */
size_t
series_block_at(const series_view *view, int64_t time)
{
	size_t		low = 0;
	size_t		high = view->num_blocks;

	while (high - low > 1)
	{
		size_t		middle = low + (high - low) / 2;

		if (first_time_of(view, middle) <= time)
			low = middle;
		else
			high = middle;
	}
	return low;
}
