/*-------------------------------------------------------------------------
 *
 * core/series/column.h
 *	  A column of whole numbers in few bytes.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_SERIES_COLUMN_H
#define PG_YIELD_CORE_SERIES_COLUMN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The most numbers of a column */
#define COLUMN_MAX		1024

/* The most bytes of a column of n numbers, the first of which is elsewhere */
#define COLUMN_BYTES(n)	(19 + 8 * (n))

extern size_t column_encode(const int64_t *numbers, size_t n, uint8_t *out);
extern size_t column_decode(const uint8_t *in, size_t size, const uint8_t *end, size_t n,
							int64_t *numbers);

#endif							/* PG_YIELD_CORE_SERIES_COLUMN_H */
