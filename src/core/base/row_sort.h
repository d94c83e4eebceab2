/*-------------------------------------------------------------------------
 *
 * core/base/row_sort.h
 *	  Rows of a few words of 64 bits in the order of their words.
 *
 * A word is an int64 or a double that is no negative zero.  Doubles ascend as
 * their bits do once those below the sign are flipped in negative ones; the NaN
 * that stands for what is not there, its sign not set, comes behind all numbers.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_BASE_ROW_SORT_H
#define PG_YIELD_CORE_BASE_ROW_SORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/pause.h"

#define ROW_MAX_WORDS	3

typedef struct row_order
{
	unsigned	num_words;
	bool		is_integer[ROW_MAX_WORDS];
} row_order;

/* So many rows are sorted without any room. */
#define ROW_SORT_SMALL	24

/* What of a word compares as an int64 does */
static inline int64_t
word_key(uint64_t word, bool is_integer)
{
	int64_t		key = (int64_t) word;

	return is_integer || key >= 0 ? key : (int64_t) (word ^ (UINT64_MAX >> 1));
}

extern int	compare_rows(const uint64_t *a, const uint64_t *b, const row_order *order);
extern uint64_t *sort_rows(uint64_t *rows, size_t n, const row_order *order, uint64_t *room,
						   core_pause pause);
extern bool rows_ascend(const uint64_t *rows, size_t n, const row_order *order);

#endif							/* PG_YIELD_CORE_BASE_ROW_SORT_H */
