/*-------------------------------------------------------------------------
 *
 * interrupts.h
 *	  What core/pause.h calls here: whoever cancels a query need not wait.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_INTERRUPTS_H
#define PG_YIELD_INTERRUPTS_H

#include "miscadmin.h"

/* A core_pause. */
static inline void
check_interrupts(void)
{
	CHECK_FOR_INTERRUPTS();
}

#endif							/* PG_YIELD_INTERRUPTS_H */
