/*-------------------------------------------------------------------------
 *
 * rate/summary.h
 *	  The type rate_summary and pairs of rates, for the domains that build on them.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_RATE_SUMMARY_H
#define PG_YIELD_RATE_SUMMARY_H

#include "core/rate/summary.h"

#define PG_GETARG_RATE_SUMMARY(n)	((rate_summary *) PG_GETARG_POINTER(n))
#define PG_RETURN_RATE_SUMMARY(x)	PG_RETURN_POINTER(x)

/* Two rates and what lies between them, to - from, unchecked */
typedef struct rate_pair
{
	double		from;
	double		to;
	double		change;
} rate_pair;

extern rate_pair rate_pair_of_float8(double from, double to);
extern rate_pair rate_pair_of_int64(int64 from, int64 to);
extern rate_pair rate_pair_of_numeric(const char *from_name, Datum from,
									  const char *to_name, Datum to);

#endif							/* PG_YIELD_RATE_SUMMARY_H */
