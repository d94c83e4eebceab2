/*-------------------------------------------------------------------------
 *
 * core/risk/feeds.h
 *	  How long a feed had nothing fresh to say.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_RISK_FEEDS_H
#define PG_YIELD_CORE_RISK_FEEDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The time in a window, both ends in microseconds, at which the last point is
 * older than max_age; points come in ascending order, those before the window
 * included.
 */
typedef struct stale_time
{
	int64_t		start;
	int64_t		end;
	uint64_t	max_age;
	bool		has_point;
	int64_t		last;
	int64_t		from;			/* where the window begins that has points */
	uint64_t	total;
} stale_time;

extern void stale_time_fold(stale_time *s, const int64_t *time, size_t n);
extern bool stale_time_finish(stale_time *s);

#endif							/* PG_YIELD_CORE_RISK_FEEDS_H */
