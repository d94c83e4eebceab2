/*-------------------------------------------------------------------------
 *
 * core/rate/summary.h
 *	  Exchange rates over time, and what a set of them comes down to.
 *
 * core/base/point.h says what a rate and a time are.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_RATE_SUMMARY_H
#define PG_YIELD_CORE_RATE_SUMMARY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/point.h"
#include "core/base/status.h"
#include "core/chain/u256.h"

/*
 * A set of (time, rate) points.  The first rate is the one with the least
 * time, the last rate the one with the greatest; of several at the same time
 * the greatest rate counts.  The least and the greatest rate, and the number,
 * are of all points, those that lost a tie included.
 *
 * There is no empty summary: num_rates is at least 1.  Eight-byte fields only,
 * so there is no padding, and equal summaries are equal byte by byte.
 */
typedef struct rate_summary
{
	int64_t		num_rates;
	int64_t		first_time;
	int64_t		last_time;
	double		first_rate;
	double		last_rate;
	double		min_rate;
	double		max_rate;
} rate_summary;

/*
 * The summary of one point.  The caller has checked the point with
 * rate_is_valid and time_is_valid.
 */
static inline void
rate_summary_init(rate_summary *s, int64_t time, double rate)
{
	s->num_rates = 1;
	s->first_time = s->last_time = time;
	s->first_rate = s->last_rate = rate;
	s->min_rate = s->max_rate = rate;
}

/*
 * Add one checked point.  Written for rows that come in time order, where
 * only the first comparison of each kind is taken.
 */
static inline void
rate_summary_add(rate_summary *s, int64_t time, double rate)
{
	s->num_rates++;
	if (time > s->last_time)
	{
		s->last_time = time;
		s->last_rate = rate;
	}
	else if (time == s->last_time && rate > s->last_rate)
		s->last_rate = rate;
	if (time < s->first_time)
	{
		s->first_time = time;
		s->first_rate = rate;
	}
	else if (time == s->first_time && rate > s->first_rate)
		s->first_rate = rate;
	if (rate < s->min_rate)
		s->min_rate = rate;
	if (rate > s->max_rate)
		s->max_rate = rate;
}

extern core_status rate_summary_merge(rate_summary *into, const rate_summary *other);
extern bool rate_summary_is_valid(const rate_summary *s);
extern int	rate_summary_cmp(const rate_summary *a, const rate_summary *b);
extern double rate_change_exact(u256 from, u256 to);
extern core_status rate_premium(double market, double fair, double *premium);
extern core_status rate_premium_of_change(double fair, double change, double *premium);

#endif							/* PG_YIELD_CORE_RATE_SUMMARY_H */
