/*-------------------------------------------------------------------------
 *
 * server/matrix_argument.c
 *	  Matrices: double precision[] of two dimensions, in and out.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/float.h"
#include "utils/memutils.h"

#include "core/base/matrix.h"
#include "server/interrupts.h"
#include "server/matrix_argument.h"
#include "server/report.h"

static void
check_shape(ArrayType *array, const char *argument)
{
	if (ARR_NDIM(array) > 0 && ARR_NDIM(array) != 2)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must have two dimensions, not %d", argument, ARR_NDIM(array)),
				 errhint("A matrix is an array of rows, such as '{{1,2},{3,4}}'.")));
	if (array_contains_nulls(array))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("%s must hold no NULL", argument)));
}

static void
check_elements(const matrix *m, const char *argument)
{
	for (int i = 0; i < m->rows; i++)
	{
		pause_at(i);
		for (int j = 0; j < m->columns; j++)
			if (unlikely(!isfinite(m->values[(Size) i * m->columns + j])))
				report_bad_float8(psprintf("%s[%d][%d]", argument, i + 1, j + 1),
								  m->values[(Size) i * m->columns + j], "finite");
	}
}

/* Argument n, of two dimensions, all elements finite; an empty array has neither rows nor columns. */
matrix
matrix_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(n);
	matrix		m = {NULL, 0, 0};
	Size		size;

	check_shape(array, argument);
	if (ARR_NDIM(array) == 2)
	{
		m.rows = ARR_DIMS(array)[0];
		m.columns = ARR_DIMS(array)[1];
	}
	size = sizeof(double) * m.rows * m.columns;
	m.values = MemoryContextAllocHuge(CurrentMemoryContext, size + 1);
	memcpy(m.values, ARR_DATA_PTR(array), size);
	check_elements(&m, argument);
	return m;
}

static void
check_diagonal(const matrix *m, const char *argument)
{
	for (int i = 0; i < m->rows; i++)
		if (m->values[i * m->rows + i] < 0)
			report_bad_argument(psprintf("%s[%d][%d]", argument, i + 1, i + 1),
								m->values[i * m->rows + i], "not negative");
}

/*
 * Argument n, covariances of at most so many tokens: square, symmetric but for
 * rounding, which is levelled out, and no variance negative.
 */
matrix
covariance_argument(FunctionCallInfo fcinfo, int n, const char *argument, int most)
{
	matrix		m = matrix_argument(fcinfo, n, argument);
	int			i,
				j;

	if (m.rows != m.columns)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must have as many rows as columns, not %d and %d", argument, m.rows, m.columns)));
	if (m.rows > most)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must have at most %d rows, not %d", argument, most, m.rows)));
	check_diagonal(&m, argument);
	if (!matrix_is_symmetric(m.values, m.rows, &i, &j))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be symmetric: [%d][%d] is %s, and [%d][%d] is %s", argument,
						i + 1, j + 1, float8out_internal(m.values[i * m.rows + j]),
						j + 1, i + 1, float8out_internal(m.values[j * m.rows + i]))));
	matrix_make_symmetric(m.values, m.rows);
	return m;
}

static Datum
make_array(const double *values, const bool *nulls, int num_dims, int *dims, int n)
{
	Datum	   *elements = MemoryContextAllocHuge(CurrentMemoryContext, sizeof(Datum) * ((Size) n + 1));
	int			lower[2] = {1, 1};

	for (int i = 0; i < n; i++)
	{
		pause_at(i);
		elements[i] = Float8GetDatum(values[i] + 0.0);
	}
	return PointerGetDatum(construct_md_array(elements, (bool *) nulls, num_dims, dims, lower, FLOAT8OID,
											  sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

/* The matrix as an array. */
Datum
matrix_datum(const double *values, int rows, int columns)
{
	return make_array(values, NULL, 2, (int[]) {rows, columns}, rows * columns);
}

Datum
vector_datum(const double *values, int n)
{
	return make_array(values, NULL, 1, (int[]) {n}, n);
}

/* The matrix as an array, NaN as NULL. */
Datum
matrix_with_nulls(const double *values, int rows, int columns)
{
	bool	   *nulls = palloc((Size) rows * columns + 1);

	for (int i = 0; i < rows * columns; i++)
		nulls[i] = isnan(values[i]);
	return make_array(values, nulls, 2, (int[]) {rows, columns}, rows * columns);
}
