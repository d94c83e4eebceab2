/*-------------------------------------------------------------------------
 *
 * core/base/row_sort.c
 *	  Rows of a few words of 64 bits in the order of their words.
 *
 * Rows that come in order are left alone.  Others are dealt into parts by the
 * highest digit of their first word that differs between them, and each part is
 * sorted by itself: a million prices are in order after two or three moves of
 * each row, where comparing takes twenty.  Where a word is the same in all rows
 * of a part, the next one is sorted by.
 *
 *-------------------------------------------------------------------------
 */
#include "core/base/row_sort.h"

#include <string.h>

/* Rows of a part, about, and the most bits of a digit */
#define PART_BITS		3
#define MIN_DIGIT_BITS	4
#define MAX_DIGIT_BITS	9

/* compare_rows for whom knows the width when it is compiled */
static inline int
compare(const uint64_t *a, const uint64_t *b, const row_order *order, unsigned width)
{
	for (unsigned i = 0; i < width; i++)
	{
		int64_t		x = word_key(a[i], order->is_integer[i]);
		int64_t		y = word_key(b[i], order->is_integer[i]);

		if (x != y)
			return x < y ? -1 : 1;
	}
	return 0;
}

/* -1, 0 or 1 */
int
compare_rows(const uint64_t *a, const uint64_t *b, const row_order *order)
{
	return compare(a, b, order, order->num_words);
}

static inline void
move_row(uint64_t *to, const uint64_t *from, unsigned width)
{
	for (unsigned i = 0; i < width; i++)
		to[i] = from[i];
}

static inline bool
ascend(const uint64_t *rows, size_t n, const row_order *order, unsigned width)
{
	for (size_t i = 1; i < n; i++)
		if (compare(rows + (i - 1) * width, rows + i * width, order, width) > 0)
			return false;
	return true;
}

bool
rows_ascend(const uint64_t *rows, size_t n, const row_order *order)
{
	return ascend(rows, n, order, order->num_words);
}

static inline void
insertion_sort(uint64_t *rows, size_t n, const row_order *order, unsigned width)
{
	for (size_t i = 1; i < n; i++)
	{
		uint64_t	row[ROW_MAX_WORDS];
		size_t		j = i;

		if (compare(rows + (i - 1) * width, rows + i * width, order, width) <= 0)
			continue;
		move_row(row, rows + i * width, width);
		for (; j > 0 && compare(rows + (j - 1) * width, row, order, width) > 0; j--)
			move_row(rows + j * width, rows + (j - 1) * width, width);
		move_row(rows + j * width, row, width);
	}
}

/* What is to be sorted, and by which word: those before it are the same in all rows. */
typedef struct part
{
	uint64_t   *rows;
	uint64_t   *room;
	size_t		n;
	unsigned	word;
} part;

/* A digit of keys: those of no row are below "min". */
typedef struct digit
{
	uint64_t	min;
	unsigned	shift;
	unsigned	bits;
} digit;

static inline uint64_t
key_of(const part *p, size_t i, const row_order *order, unsigned width)
{
	return (uint64_t) word_key(p->rows[i * width + p->word], order->is_integer[p->word]);
}

static unsigned
bits_of(uint64_t x)
{
	unsigned	bits = 0;

	while (bits < 64 && x >> bits != 0)
		bits++;
	return bits;
}

/* The highest digit that makes parts of a few rows; of no bits where all keys are the same. */
static inline digit
highest_digit(const part *p, const row_order *order, unsigned width)
{
	int64_t		min = INT64_MAX;
	int64_t		max = INT64_MIN;
	unsigned	wanted = bits_of(p->n >> PART_BITS);
	unsigned	bits;

	for (size_t i = 0; i < p->n; i++)
	{
		int64_t		key = (int64_t) key_of(p, i, order, width);

		min = key < min ? key : min;
		max = key > max ? key : max;
	}
	wanted = wanted < MIN_DIGIT_BITS ? MIN_DIGIT_BITS : wanted;
	wanted = wanted > MAX_DIGIT_BITS ? MAX_DIGIT_BITS : wanted;
	bits = bits_of((uint64_t) max - (uint64_t) min);
	wanted = wanted > bits ? bits : wanted;
	return (digit) {(uint64_t) min, bits - wanted, wanted};
}

static inline size_t
place_of(const part *p, size_t i, const digit *d, const row_order *order, unsigned width)
{
	return (size_t) ((key_of(p, i, order, width) - d->min) >> d->shift);
}

/* Deal the rows into the room; end[x] becomes where those of digit x end. */
static inline void
deal(const part *p, const digit *d, size_t *end, const row_order *order, unsigned width,
	 core_pause pause)
{
	size_t		sum = 0;

	memset(end, 0, sizeof(*end) << d->bits);
	for (size_t i = 0; i < p->n; i++)
		end[place_of(p, i, d, order, width)]++;
	for (size_t x = 0; x < (size_t) 1 << d->bits; x++)
	{
		size_t		count = end[x];

		end[x] = sum;
		sum += count;
	}
	for (size_t i = 0; i < p->n;)
		for (size_t stop = core_next_pause(pause, i, p->n); i < stop; i++)
			move_row(p->room + end[place_of(p, i, d, order, width)]++ * width, p->rows + i * width,
					 width);
}

/* Sorts a part, to either of its two places, and returns which. */
typedef uint64_t *(*part_sort) (part p, const row_order *order, core_pause pause);

/* Each part that was dealt, in the room, while what it came from is its room */
static inline void
sort_dealt(const part *p, const digit *d, const size_t *end, const row_order *order,
		   unsigned width, part_sort sort, core_pause pause)
{
	size_t		start = 0;

	for (size_t x = 0; x < (size_t) 1 << d->bits; x++)
	{
		part		dealt = {p->room + start * width, p->rows + start * width, end[x] - start, p->word};

		if (dealt.n > 1 && sort(dealt, order, pause) == dealt.room)
			memcpy(dealt.rows, dealt.room, dealt.n * width * sizeof(uint64_t));
		start = end[x];
	}
}

static inline uint64_t *
sort_part(part p, const row_order *order, unsigned width, part_sort sort, core_pause pause)
{
	size_t		end[1 << MAX_DIGIT_BITS];
	digit		d;

	if (p.n <= ROW_SORT_SMALL)
	{
		insertion_sort(p.rows, p.n, order, width);
		return p.rows;
	}
	while ((d = highest_digit(&p, order, width)).bits == 0)
		if (++p.word == width)
			return p.rows;
	deal(&p, &d, end, order, width, pause);
	sort_dealt(&p, &d, end, order, width, sort, pause);
	return p.room;
}

/* The above, compiled for each width */
#define SORT_OF_WIDTH(name, width) \
	static uint64_t * \
	name(part p, const row_order *order, core_pause pause) \
	{ \
		return sort_part(p, order, width, name, pause); \
	}

SORT_OF_WIDTH(sort_single, 1)
SORT_OF_WIDTH(sort_pairs, 2)
SORT_OF_WIDTH(sort_triples, 3)

/*
 * Sort n rows, with room for as many if they are more than ROW_SORT_SMALL.
 * Returns where they are then: "rows" or "room".
 */
uint64_t *
sort_rows(uint64_t *rows, size_t n, const row_order *order, uint64_t *room, core_pause pause)
{
	static const part_sort sorts[ROW_MAX_WORDS] = {sort_single, sort_pairs, sort_triples};

	return sorts[order->num_words - 1] ((part) {rows, room, n, 0}, order, pause);
}
