/*-------------------------------------------------------------------------
 *
 * risk/history.c
 *	  Arrays of returns and other numbers, in and out.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/memutils.h"

#include "risk/history.h"
#include "server/float8_array.h"
#include "server/interrupts.h"
#include "server/report.h"

/* Argument n, finite numbers without NULL; a copy. */
double *
history_argument(FunctionCallInfo fcinfo, int n, const char *argument, int *length)
{
	double	   *value = float8_elements(PG_GETARG_ARRAYTYPE_P(n), argument, NAN, length);

	for (int i = 0; i < *length; i++)
	{
		pause_at(i);
		check_finite(argument, value[i]);
	}
	return value;
}

static int
compare_values(const void *left, const void *right)
{
	double		a = *(const double *) left;
	double		b = *(const double *) right;

	return (a > b) - (a < b);
}

/* A copy in ascending order. */
double *
sorted_history(const double *value, Size n)
{
	double	   *sorted = MemoryContextAllocHuge(CurrentMemoryContext, sizeof(double) * (n + 1));

	memcpy(sorted, value, n * sizeof(double));
	qsort(sorted, n, sizeof(double), compare_values);
	return sorted;
}

/* n numbers as float8[]; 22003 if one is not finite. */
ArrayType *
history_array(const double *value, int n, const char *what)
{
	Size		size = ARR_OVERHEAD_NONULLS(1) + sizeof(double) * (Size) n;
	ArrayType  *array = palloc0(size);

	SET_VARSIZE(array, size);
	array->ndim = 1;
	array->elemtype = FLOAT8OID;
	ARR_DIMS(array)[0] = n;
	ARR_LBOUND(array)[0] = 1;
	memcpy(ARR_DATA_PTR(array), value, sizeof(double) * n);
	for (int i = 0; i < n; i++)
		if (!isfinite(value[i]))
			report_status(CORE_OUT_OF_RANGE, what);
	return array;
}
