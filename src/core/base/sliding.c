/*-------------------------------------------------------------------------
 *
 * core/base/sliding.c
 *	  Aggregation over a window that slides, without an inverse.
 *
 *-------------------------------------------------------------------------
 */
#include "core/base/sliding.h"

#include <string.h>

static unsigned char *
slot(const sliding *q, size_t i)
{
	return q->slots + i * q->width;
}

/* An empty window without room; sliding_move gives it some. */
void
sliding_init(sliding *q, sliding_merge merge, size_t width)
{
	memset(q, 0, sizeof(*q));
	q->merge = merge;
	q->width = width;
}

/* The memory that a capacity takes, in bytes. */
size_t
sliding_bytes(const sliding *q, size_t capacity)
{
	return (capacity + 1) * q->width;
}

/*
 * Go on in other memory, of sliding_bytes(capacity) bytes, aligned as the
 * elements need it, where capacity is at least sliding_length.  The caller
 * frees the old memory, q->slots, which it reads before the call.
 */
void
sliding_move(sliding *q, void *slots, size_t capacity)
{
	sliding		old = *q;

	q->slots = slots;
	q->capacity = capacity;
	q->head = 0;
	q->middle = old.middle - old.head;
	q->tail = old.tail - old.head;
	if (old.slots != NULL)
	{
		memcpy(q->slots, slot(&old, old.head), sliding_length(&old) * q->width);
		memcpy(slot(q, q->capacity), slot(&old, old.capacity), q->width);
	}
}

/*
 * Must there be more memory before the next push?  First takes back the room
 * of elements that have left, when that is at least half of all, so that
 * moving costs no more than a constant for each push.
 */
bool
sliding_is_full(sliding *q)
{
	if (q->tail < q->capacity)
		return false;
	if (q->head == 0 || q->head < q->capacity / 2)
		return true;
	memmove(q->slots, slot(q, q->head), sliding_length(q) * q->width);
	q->middle -= q->head;
	q->tail -= q->head;
	q->head = 0;
	return false;
}

/*
 * Take in the youngest element.  There must be room (sliding_is_full).
 * Returns what the merge returned; the window is unchanged if that failed.
 */
core_status
sliding_push(sliding *q, const void *element)
{
	unsigned char *younger = slot(q, q->capacity);

	if (q->tail == q->middle)
		memcpy(younger, element, q->width);
	else
	{
		core_status status = q->merge(younger, element);

		if (status != CORE_OK)
			return status;
	}
	memcpy(slot(q, q->tail), element, q->width);
	q->tail++;
	return CORE_OK;
}

/* Make the younger part the older one. */
static core_status
turn_over(sliding *q)
{
	for (size_t i = q->tail - 1; i > q->middle; i--)
	{
		core_status status = q->merge(slot(q, i - 1), slot(q, i));

		if (status != CORE_OK)
			return status;
	}
	q->middle = q->tail;
	return CORE_OK;
}

/* Let the oldest element go.  The window must not be empty. */
core_status
sliding_pop(sliding *q)
{
	if (q->head == q->middle)
	{
		core_status status = turn_over(q);

		if (status != CORE_OK)
			return status;
	}
	q->head++;
	if (q->head == q->tail)
		q->head = q->middle = q->tail = 0;
	return CORE_OK;
}

/*
 * Write the merge of the whole window to "result".  CORE_NULL when the window
 * is empty.
 */
core_status
sliding_result(const sliding *q, void *result)
{
	const unsigned char *younger = slot(q, q->capacity);

	if (q->head == q->tail)
		return CORE_NULL;
	if (q->head == q->middle)
	{
		memcpy(result, younger, q->width);
		return CORE_OK;
	}
	memcpy(result, slot(q, q->head), q->width);
	return q->middle == q->tail ? CORE_OK : q->merge(result, younger);
}
