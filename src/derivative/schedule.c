/*-------------------------------------------------------------------------
 *
 * derivative/schedule.c
 *	  Arguments that many functions of the domain have: times with what is paid
 *	  at them, and rates that compound.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/float.h"
#include "utils/memutils.h"

#include "derivative/schedule.h"
#include "server/compat.h"
#include "server/interrupts.h"
#include "server/report.h"
#include "yield/apr.h"

/* Argument "times", years that rise from 0 or later. */
void
times_argument(FunctionCallInfo fcinfo, int at, float8_array *times)
{
	float8_vector_argument(fcinfo, at, "times", times);
	for (int i = 0; i < times->n; i++)
	{
		double		t = times->values[i];

		pause_at(i);
		if (unlikely(!(t >= 0 && t <= DBL_MAX)))
			check_not_negative(psprintf("times[%d]", i + 1), t);
		if (unlikely(i > 0 && t <= times->values[i - 1]))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("times must rise: times[%d] is %s, and times[%d] %s", i,
							float8out_internal(times->values[i - 1]), i + 1, float8out_internal(t)),
					 errhint("Give each time once, in ascending order, in years.")));
	}
}

/* Argument "at", times, and the next, a finite number for each of them. */
void
schedule_arguments(FunctionCallInfo fcinfo, int at, const char *argument, schedule *schedule)
{
	const float8_array *values = &schedule->values;

	times_argument(fcinfo, at, &schedule->times);
	float8_vector_argument(fcinfo, at + 1, argument, &schedule->values);
	check_same_length("times", schedule->times.n, argument, values->n);
	for (int i = 0; i < values->n; i++)
	{
		pause_at(i);
		if (unlikely(!isfinite(values->values[i])))
			check_finite(psprintf("%s[%d]", argument, i + 1), values->values[i]);
	}
}

/* A price, a factor or a scale. */
void
check_positive(const char *argument, double value)
{
	if (unlikely(!(value > 0 && value <= DBL_MAX)))
		report_bad_float8(argument, value, "positive and finite");
}

/* Numbers each of which is positive. */
void
check_positive_values(const char *argument, const float8_array *values)
{
	for (int i = 0; i < values->n; i++)
	{
		pause_at(i);
		if (unlikely(!(values->values[i] > 0 && values->values[i] <= DBL_MAX)))
			check_positive(psprintf("%s[%d]", argument, i + 1), values->values[i]);
	}
}

/* As the core takes them. */
bond_flows
schedule_flows(const schedule *schedule)
{
	return (bond_flows) {
		schedule->times.values, schedule->values.values, schedule->times.n, check_interrupts
	};
}

/* Memory for something of each time, and for some more. */
void *
schedule_room(const float8_array *times, size_t more, size_t size)
{
	return MemoryContextAllocHuge(CurrentMemoryContext, (times->n + more) * size);
}

double
periods_argument(FunctionCallInfo fcinfo, int at)
{
	double		periods = PG_GETARG_FLOAT8(at);

	check_periods("periods", periods);
	return periods;
}

/* A rate that leaves something of what it is paid on after one period. */
void
check_rate_of_periods(const char *argument, double rate, double periods)
{
	check_finite(argument, rate);
	if (unlikely(!(rate > -periods)))
		report_bad_float8(argument, rate,
						  psprintf("above %s, a total loss in a period",
								   float8out_internal(-periods)));
}

/* A result that is float8, or what else the core said. */
Datum
float8_result(FunctionCallInfo fcinfo, core_status status, const double *result, const char *what)
{
	if (!report_status(status, what))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(*result);
}

/* Two times of which the second is not before the first. */
void
check_years_rise(double years0, double years1)
{
	check_not_negative("years0", years0);
	check_not_negative("years1", years1);
	if (years1 < years0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("years1 must not be less than years0: %s, %s", float8out_internal(years1),
						float8out_internal(years0))));
}
