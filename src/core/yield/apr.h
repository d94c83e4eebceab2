/*-------------------------------------------------------------------------
 *
 * core/yield/apr.h
 *	  Yields from exchange rates: simple, compound and blended.
 *
 * Every yield is a fraction per year, 0.032 for 3.2 %, and keeps its sign.
 * The year is year_days days of 86400 seconds, positive and finite.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_YIELD_APR_H
#define PG_YIELD_CORE_YIELD_APR_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/binned_sum.h"
#include "core/base/status.h"

#define YIELD_DEFAULT_YEAR_DAYS	365.0

/*
 * A set of (apr, weight) points: the sums of the weights and of apr*weight, and
 * how many there were.  There is no empty summary.
 */
typedef struct blend_summary
{
	int64_t		num_aprs;
	binned_sum	weight;			/* sum of weight, >= 0 */
	binned_sum	weighted;		/* sum of apr * weight */
} blend_summary;

extern core_status yield_apr(double rate0, double rate1, int64_t time0, int64_t time1,
							 double year_days, double *apr);
extern core_status yield_apy(double rate0, double rate1, int64_t time0, int64_t time1,
							 double year_days, double *apy);
extern core_status yield_apr_of_change(double rate0, double rate1, double change,
									   int64_t time0, int64_t time1,
									   double year_days, double *apr);
extern core_status yield_apy_of_change(double rate0, double rate1, double change,
									   int64_t time0, int64_t time1,
									   double year_days, double *apy);
extern double yield_log_growth(double rate0, double rate1);
extern core_status yield_log_of_change(double rate0, double rate1, double change,
									   int64_t time0, int64_t time1,
									   double year_days, double *result);
extern core_status yield_convert(double rate, double from, double to, double *result);
extern core_status yield_apr_to_apy(double apr, double periods, double *apy);
extern core_status yield_apy_to_apr(double apy, double periods, double *apr);

extern void blend_summary_init(blend_summary *s);
extern core_status blend_summary_add(blend_summary *s, double apr, double weight);
extern core_status blend_summary_merge(blend_summary *into, const blend_summary *other);
extern bool blend_summary_is_valid(const blend_summary *s);
extern core_status blend_summary_weight(const blend_summary *s, double *weight);
extern core_status blend_summary_apr(const blend_summary *s, double *apr);

#endif							/* PG_YIELD_CORE_YIELD_APR_H */
