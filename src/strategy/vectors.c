/*-------------------------------------------------------------------------
 *
 * strategy/vectors.c
 *	  Arguments that are vectors of as many numbers as there are tokens.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/array.h"

#include "risk/history.h"
#include "server/float8_array.h"
#include "server/matrix_argument.h"
#include "server/report.h"
#include "strategy/history.h"
#include "strategy/vectors.h"

/* Argument "at", finite numbers without NULL; a copy. */
double *
vector_argument(FunctionCallInfo fcinfo, int at, const char *argument, int *n)
{
	if (array_contains_nulls(PG_GETARG_ARRAYTYPE_P(at)))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("%s must hold no NULL", argument)));
	return history_argument(fcinfo, at, argument, n);
}

/* The same, of as many as the argument "like" has. */
double *
vector_of(FunctionCallInfo fcinfo, int at, const char *argument, const char *like, int n)
{
	int			length;
	double	   *value = vector_argument(fcinfo, at, argument, &length);

	check_same_length(argument, length, like, n);
	return value;
}

/* The same of bounds, which may be infinite; where the argument is NULL, all are "otherwise". */
double *
bounds_of_tokens(FunctionCallInfo fcinfo, int at, const char *argument, const char *like, int n, double otherwise)
{
	double	   *value;
	int			length;

	if (PG_ARGISNULL(at))
	{
		value = allocate_numbers(n, sizeof(double));
		for (int i = 0; i < n; i++)
			value[i] = otherwise;
		return value;
	}
	value = float8_elements(PG_GETARG_ARRAYTYPE_P(at), argument, NAN, &length);
	check_same_length(argument, length, like, n);
	for (int i = 0; i < n; i++)
		if (isnan(value[i]))
			report_bad_float8(argument, value[i], "a number");
	return value;
}

Datum
result_vector(const double *values, int n)
{
	return vector_datum(values, n);
}
