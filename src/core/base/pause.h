/*-------------------------------------------------------------------------
 *
 * core/base/pause.h
 *	  Pauses of what takes long, so that whoever waits can give up.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_BASE_PAUSE_H
#define PG_YIELD_CORE_BASE_PAUSE_H

#include <stddef.h>

/*
 * What is called now and then by that which takes long with many points, NULL
 * for nothing.  It need not return: what was being written or sorted is then
 * good for nothing.
 */
typedef void (*core_pause) (void);

/* Numbers that are looked at from one pause to the next */
#define CORE_PAUSE_AFTER	((size_t) 1 << 18)

/*
 * How far a loop over n points, which is at point i, goes before it pauses
 * again; of few points none does.
 */
static inline size_t
core_next_pause(core_pause pause, size_t i, size_t n)
{
	if (i > 0 && pause != NULL)
		pause();
	return n - i < CORE_PAUSE_AFTER ? n : i + CORE_PAUSE_AFTER;
}

/* The same in a loop that is at element i: now and then. */
static inline void
core_pause_at(core_pause pause, size_t i)
{
	if (i % CORE_PAUSE_AFTER == 0 && pause != NULL)
		pause();
}

#endif							/* PG_YIELD_CORE_BASE_PAUSE_H */
