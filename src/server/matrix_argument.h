/*-------------------------------------------------------------------------
 *
 * server/matrix_argument.h
 *	  Matrices: double precision[] of two dimensions, in and out.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_SERVER_MATRIX_ARGUMENT_H
#define PG_YIELD_SERVER_MATRIX_ARGUMENT_H

#include "fmgr.h"
#include "utils/array.h"

/* A copy of the elements, row after row. */
typedef struct matrix
{
	double	   *values;
	int			rows;			/* 0 of an empty array */
	int			columns;
} matrix;

extern matrix matrix_argument(FunctionCallInfo fcinfo, int n, const char *argument);
extern matrix covariance_argument(FunctionCallInfo fcinfo, int n, const char *argument, int most);
extern Datum matrix_datum(const double *values, int rows, int columns);
extern Datum vector_datum(const double *values, int n);
extern Datum matrix_with_nulls(const double *values, int rows, int columns);

#endif							/* PG_YIELD_SERVER_MATRIX_ARGUMENT_H */
