/*-------------------------------------------------------------------------
 *
 * risk/returns.h
 *	  Arguments that functions of returns have alike.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_RISK_RETURNS_H
#define PG_YIELD_RISK_RETURNS_H

#include "fmgr.h"

#include "core/base/status.h"
#include "series/edges.h"

extern double year_periods_argument(FunctionCallInfo fcinfo, int n);
extern double finite_argument(FunctionCallInfo fcinfo, int n, const char *argument);
extern void take_periods_of(FunctionCallInfo fcinfo, const Datum *series, int num_series, int step, int kind,
							int zone, int origin, uint64 max_age, const char *what,
							core_status (*take) (void *, const double *), void *state);
extern void take_periods(FunctionCallInfo fcinfo, int num_series, int step, int kind, int zone,
						 int origin, const char *what, core_status (*take) (void *, const double *),
						 void *state);

#endif							/* PG_YIELD_RISK_RETURNS_H */
