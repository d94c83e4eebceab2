/*-------------------------------------------------------------------------
 *
 * server/float8_array.c
 *	  Arguments that are arrays of numbers, read where they lie or copied.
 *
 * A table stores an array of up to 13 elements with a header of one byte, out
 * of alignment.  The server's PG_GETARG_ARRAYTYPE_P copies it to new memory,
 * which costs more than many a function that is then computed of it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "utils/array.h"
#include "utils/memutils.h"

#include "server/compat.h"
#include "server/float8_array.h"
#include "server/interrupts.h"

/* What comes before the number of dimensions in an array with a long header */
#define LENGTH_WORD		sizeof(int32)

/* Of an array of any shape, which is copied if its header is short. */
static void
read_any(ArrayType *from, float8_array *array)
{
	array->num_dims = ARR_NDIM(from);
	array->n = ArrayGetNItems(ARR_NDIM(from), ARR_DIMS(from));
	array->has_null = array_contains_nulls(from);
	array->values = (const double *) ARR_DATA_PTR(from);
}

/*
 * The elements of a float8[], and whether there is a NULL among them.  Which
 * dimensions and NULLs are right is for the caller to say.
 */
void
read_float8_array(Datum value, float8_array *array)
{
	struct varlena *packed = PG_DETOAST_DATUM_PACKED(value);
	const char *content = VARDATA_ANY(packed);
	const char *elements = content + ARR_OVERHEAD_NONULLS(1) - LENGTH_WORD;
	bool		is_short = VARATT_IS_1B(packed);
	ArrayType	header;
	int32		n;

	memcpy((char *) &header + LENGTH_WORD, content, sizeof(header) - LENGTH_WORD);
	if (unlikely(header.ndim != 1 || header.dataoffset != 0))
	{
		read_any(DatumGetArrayTypeP(PointerGetDatum(packed)), array);
		return;
	}
	memcpy(&n, content + sizeof(header) - LENGTH_WORD, sizeof(n));
	Assert(n >= 0 && (n <= FLOAT8_ARRAY_COPY || !is_short));
	array->num_dims = 1;
	array->n = n;
	array->has_null = false;
	array->values = is_short ? array->copy : (const double *) elements;
	/* one by one, which is faster for as few as they are */
	for (int i = 0; is_short && i < Min(n, FLOAT8_ARRAY_COPY); i++)
		memcpy(&array->copy[i], elements + i * sizeof(double), sizeof(double));
}

/* Argument "at", an array of float8: one dimension, not empty, no NULL. */
void
float8_vector_argument(FunctionCallInfo fcinfo, int at, const char *argument, float8_array *array)
{
	read_float8_array(PG_GETARG_DATUM(at), array);
	if (unlikely(array->num_dims != 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 array->num_dims == 0 ? errmsg("%s must not be empty", argument) :
				 errmsg("%s must have one dimension, not %d", argument, array->num_dims)));
	if (unlikely(array->has_null))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must not contain NULL", argument)));
}

/* How many elements an array of one dimension at most has, and whether NULL is one of them. */
static int
length_of(ArrayType *array, const char *argument, bool null_is_right)
{
	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must have one dimension, not %d", argument, ARR_NDIM(array))));
	if (!null_is_right && array_contains_nulls(array))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must hold no NULL", argument)));
	return ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
}

/*
 * A copy of the elements of an array of one dimension at most.  Those that are
 * NULL are as "null_value" says, or an error if that is NaN.
 */
double *
float8_elements(ArrayType *array, const char *argument, double null_value, int *n)
{
	const double *element = (const double *) ARR_DATA_PTR(array);
	const uint8 *present = ARR_NULLBITMAP(array);
	double	   *values;

	*n = length_of(array, argument, !isnan(null_value));
	values = MemoryContextAllocHuge(CurrentMemoryContext, sizeof(double) * ((Size) *n + 1));
	for (int i = 0; i < *n; i++)
	{
		bool		is_null = present != NULL && (present[i / 8] & (1 << (i % 8))) == 0;

		pause_at(i);
		values[i] = is_null ? null_value : *element++;
	}
	return values;
}

/* The same of a bigint[], which holds no NULL. */
int64 *
int64_elements(ArrayType *array, const char *argument, int *n)
{
	int64	   *values;

	*n = length_of(array, argument, false);
	values = MemoryContextAllocHuge(CurrentMemoryContext, sizeof(int64) * ((Size) *n + 1));
	memcpy(values, ARR_DATA_PTR(array), sizeof(int64) * *n);
	return values;
}

/* And of a boolean[]. */
bool *
bool_elements(ArrayType *array, const char *argument, int *n)
{
	bool	   *values;

	*n = length_of(array, argument, false);
	values = palloc((Size) *n + 1);
	memcpy(values, ARR_DATA_PTR(array), *n);
	return values;
}
