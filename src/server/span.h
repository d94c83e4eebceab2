/*-------------------------------------------------------------------------
 *
 * server/span.h
 *	  Arguments and results that are lengths of time, and bounds in it.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_SERVER_SPAN_H
#define PG_YIELD_SERVER_SPAN_H

#include "fmgr.h"
#include "utils/timestamp.h"

extern int64 positive_span(const char *argument, const Interval *span);
extern uint64 max_age_argument(FunctionCallInfo fcinfo, int n);
extern Interval *span_interval(uint64 span);
extern TimestampTz read_time_bound(FunctionCallInfo fcinfo, int n, const char *argument,
							  TimestampTz open, TimestampTz otherwise);
extern void check_time_bounds(TimestampTz start, TimestampTz end);

#endif							/* PG_YIELD_SERVER_SPAN_H */
