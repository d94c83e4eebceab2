/*-------------------------------------------------------------------------
 *
 * server/state_memory.h
 *	  The memory of aggregates' states that are expanded objects.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_SERVER_STATE_MEMORY_H
#define PG_YIELD_SERVER_STATE_MEMORY_H

#include "fmgr.h"

extern MemoryContext state_memory(FunctionCallInfo fcinfo);

#endif							/* PG_YIELD_SERVER_STATE_MEMORY_H */
