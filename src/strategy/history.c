/*-------------------------------------------------------------------------
 *
 * strategy/history.c
 *	  Arguments of domain strategy: histories of equal steps.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/array.h"
#include "utils/memutils.h"

#include "risk/history.h"
#include "server/report.h"
#include "strategy/history.h"

/* Argument n, finite numbers, the oldest first; a copy.  A gap has no place in equal steps: NULL is 22004. */
double *
known_history(FunctionCallInfo fcinfo, int n, const char *argument, int *length)
{
	if (array_contains_nulls(PG_GETARG_ARRAYTYPE_P(n)))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("%s must hold no NULL", argument),
				 errhint("Its values are equal steps apart: fill gaps, or resample a series.")));
	return history_argument(fcinfo, n, argument, length);
}

/* Room for n things, and one more. */
void *
allocate_numbers(Size n, Size size)
{
	return MemoryContextAllocHuge(CurrentMemoryContext, (n + 1) * size);
}

forecast_model
model_argument(FunctionCallInfo fcinfo, int n)
{
	static const char *const words[] = {
		[FORECAST_NAIVE] = "naive", [FORECAST_DRIFT] = "drift", [FORECAST_MEAN] = "mean",
		[FORECAST_SEASONAL_NAIVE] = "seasonal_naive", [FORECAST_SES] = "ses", [FORECAST_HOLT] = "holt",
		[FORECAST_DAMPED] = "damped", [FORECAST_THETA] = "theta", [FORECAST_AR1] = "ar1",
		[FORECAST_COMB] = "comb"
	};

	return (forecast_model) choice_argument(fcinfo, n, "model", words, lengthof(words), NULL);
}

double
confidence_argument_of(FunctionCallInfo fcinfo, int n)
{
	check_confidence(PG_GETARG_FLOAT8(n));
	return PG_GETARG_FLOAT8(n);
}
