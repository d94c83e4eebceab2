/*-------------------------------------------------------------------------
 *
 * core/chain/time.h
 *	  A time of its own for each log of a block.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_CHAIN_TIME_H
#define PG_YIELD_CORE_CHAIN_TIME_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/point.h"
#include "core/base/status.h"

/* Block times are whole seconds, so a second is the room that a block has. */
#define LOG_INDEX_MAX	999999

static inline bool
log_index_is_valid(int64_t log_index)
{
	return log_index >= 0 && log_index <= LOG_INDEX_MAX;
}

/*
 * The time of a block, in microseconds, and a microsecond for each log before
 * this one.  CORE_OUT_OF_RANGE where that is beyond the last time there is.
 * Both arguments are valid.
 */
static inline core_status
log_time_of_block(int64_t block_time, int64_t log_index, int64_t *time)
{
	*time = block_time + log_index;
	return time_is_valid(*time) ? CORE_OK : CORE_OUT_OF_RANGE;
}

#endif							/* PG_YIELD_CORE_CHAIN_TIME_H */
