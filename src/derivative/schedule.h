/*-------------------------------------------------------------------------
 *
 * derivative/schedule.h
 *	  Arguments that many functions of the domain have: times with what is paid
 *	  at them, and rates that compound.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_DERIVATIVE_SCHEDULE_H
#define PG_YIELD_DERIVATIVE_SCHEDULE_H

#include "fmgr.h"

#include "core/derivative/bond.h"
#include "server/float8_array.h"

/* Times and what belongs to each; must stay where it was filled. */
typedef struct schedule
{
	float8_array times;
	float8_array values;
} schedule;

extern void times_argument(FunctionCallInfo fcinfo, int at, float8_array *times);
extern void schedule_arguments(FunctionCallInfo fcinfo, int at, const char *argument,
							   schedule *schedule);
extern void check_positive(const char *argument, double value);
extern void check_positive_values(const char *argument, const float8_array *values);
extern bond_flows schedule_flows(const schedule *schedule);
extern void *schedule_room(const float8_array *times, size_t more, size_t size);
extern double periods_argument(FunctionCallInfo fcinfo, int at);
extern void check_rate_of_periods(const char *argument, double rate, double periods);
extern void check_years_rise(double years0, double years1);
extern Datum float8_result(FunctionCallInfo fcinfo, core_status status, const double *result,
						   const char *what);

#endif							/* PG_YIELD_DERIVATIVE_SCHEDULE_H */
