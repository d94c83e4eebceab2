/*-------------------------------------------------------------------------
 *
 * moving.h
 *	  States of moving aggregates: core/sliding.h in memory of the executor.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_MOVING_H
#define PG_YIELD_MOVING_H

#include "fmgr.h"

#include "core/sliding.h"

extern sliding *moving_state(FunctionCallInfo fcinfo, sliding_merge merge, size_t width);
extern void moving_push(FunctionCallInfo fcinfo, sliding *state, const void *element,
						const char *what);
extern void moving_pop(sliding *state, const char *what);
extern bool moving_result(FunctionCallInfo fcinfo, void *result, const char *what);

#endif							/* PG_YIELD_MOVING_H */
