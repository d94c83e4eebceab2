/*-------------------------------------------------------------------------
 *
 * yield/apr.h
 *	  Yields of summaries, for the domains that build on them.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_YIELD_APR_H
#define PG_YIELD_YIELD_APR_H

#include "fmgr.h"

#include "core/rate/summary.h"
#include "core/yield/apr.h"
#include "rate/summary.h"

/* yield_apr_of_change, yield_apy_of_change or yield_log_of_change */
typedef core_status (*yield_function) (double rate0, double rate1, double change,
									   int64_t time0, int64_t time1,
									   double year_days, double *result);

extern Datum yield_of_change(FunctionCallInfo fcinfo, const rate_pair *rates, int times_at,
							 yield_function function, const char *what);
extern Datum yield_of_summary(FunctionCallInfo fcinfo, const rate_summary *s, double year_days,
							  yield_function function, const char *what);
extern void check_periods(const char *argument, double periods);

#endif							/* PG_YIELD_YIELD_APR_H */
