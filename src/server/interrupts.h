/*-------------------------------------------------------------------------
 *
 * server/interrupts.h
 *	  What core/base/pause.h calls here: whoever cancels a query need not wait.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_SERVER_INTERRUPTS_H
#define PG_YIELD_SERVER_INTERRUPTS_H

#include "miscadmin.h"

#include "core/base/pause.h"

/* A core_pause. */
static inline void
check_interrupts(void)
{
	CHECK_FOR_INTERRUPTS();
}

/* The same in a loop here, which is at element i: now and then. */
static inline void
pause_at(size_t i)
{
	if (unlikely(i % CORE_PAUSE_AFTER == 0))
		CHECK_FOR_INTERRUPTS();
}

#endif							/* PG_YIELD_SERVER_INTERRUPTS_H */
