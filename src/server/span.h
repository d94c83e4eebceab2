/*-------------------------------------------------------------------------
 *
 * span.h
 *	  Arguments and results that are lengths of time.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_SPAN_H
#define PG_YIELD_SPAN_H

#include "fmgr.h"
#include "utils/timestamp.h"

extern int64 positive_span(const char *argument, const Interval *span);
extern Interval *span_interval(uint64 span);

#endif							/* PG_YIELD_SPAN_H */
