/*-------------------------------------------------------------------------
 *
 * core/base/sliding.h
 *	  Aggregation over a window that slides, without an inverse.
 *
 * A minimum or a rounded sum cannot be undone exactly, so a window from which
 * the oldest rows leave would have to be computed anew for every row, in
 * quadratic time.  Here each row costs a constant number of merges instead.
 *
 * The queue of elements is cut in two.  In its older part, each slot holds the
 * merge of that element and all younger ones of the part; the younger part
 * holds plain elements, and one more slot their merge.  The whole window is
 * then one merge of two slots; the oldest leaves by moving one index; and when
 * the older part is used up, the younger becomes the older by one sweep, which
 * each element meets once.  (Known as the two-stack queue; e.g. Tangwongsan,
 * Hirzel, Schneider, "Low-latency sliding-window aggregation in worst-case
 * constant time", DEBS 2017, section 2.)
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_BASE_SLIDING_H
#define PG_YIELD_CORE_BASE_SLIDING_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/status.h"

/* Merge an element into another of the same kind. */
typedef core_status (*sliding_merge) (void *into, const void *other);

typedef struct sliding
{
	sliding_merge merge;
	size_t		width;			/* bytes of an element */
	size_t		capacity;		/* elements for which there is room */
	size_t		head;			/* the oldest element */
	size_t		middle;			/* the first element of the younger part */
	size_t		tail;			/* one past the youngest element */
	unsigned char *slots;		/* capacity + 1 elements, the last one for the
								 * merge of the younger part */
} sliding;

extern void sliding_init(sliding *q, sliding_merge merge, size_t width);
extern size_t sliding_bytes(const sliding *q, size_t capacity);
extern void sliding_move(sliding *q, void *slots, size_t capacity);
extern bool sliding_is_full(sliding *q);
extern core_status sliding_push(sliding *q, const void *element);
extern core_status sliding_pop(sliding *q);
extern core_status sliding_result(const sliding *q, void *result);

/* How many elements the window holds. */
static inline size_t
sliding_length(const sliding *q)
{
	return q->tail - q->head;
}

#endif							/* PG_YIELD_CORE_BASE_SLIDING_H */
