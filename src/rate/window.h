/*-------------------------------------------------------------------------
 *
 * rate/window.h
 *	  The type rate_window, for the domains that build on it.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_RATE_WINDOW_H
#define PG_YIELD_RATE_WINDOW_H

#include "datatype/timestamp.h"
#include "fmgr.h"

#include "core/rate/window.h"
#include "server/compat.h"

#define PG_GETARG_RATE_WINDOW(n)	((rate_window *) PG_GETARG_POINTER(n))
#define PG_RETURN_RATE_WINDOW(x)	PG_RETURN_POINTER(x)

extern rate_method read_rate_method(FunctionCallInfo fcinfo, int n);
pg_noreturn extern void report_reversed_window(const char *end_name, const char *start_name,
											   TimestampTz end, TimestampTz start);
extern bool rate_window_of_frame(FunctionCallInfo fcinfo, rate_window *w);

#endif							/* PG_YIELD_RATE_WINDOW_H */
