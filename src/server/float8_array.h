/*-------------------------------------------------------------------------
 *
 * server/float8_array.h
 *	  Arguments that are arrays of numbers, read where they lie or copied.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_SERVER_FLOAT8_ARRAY_H
#define PG_YIELD_SERVER_FLOAT8_ARRAY_H

#include "fmgr.h"
#include "utils/array.h"

/* An array whose header is short has at most 126 bytes, 21 of them headers */
#define FLOAT8_ARRAY_COPY	13

/*
 * The elements of all dimensions in a row; not valid if there is a NULL among
 * them.  They may be in "copy", so the struct must stay where it was filled.
 */
typedef struct float8_array
{
	const double *values;
	int			n;
	int			num_dims;		/* 0 of an empty array */
	bool		has_null;
	double		copy[FLOAT8_ARRAY_COPY];
} float8_array;

extern void read_float8_array(Datum value, float8_array *array);
extern void float8_vector_argument(FunctionCallInfo fcinfo, int at, const char *argument,
								   float8_array *array);
extern double *float8_elements(ArrayType *array, const char *argument, double null_value,
							   int *n);
extern int64 *int64_elements(ArrayType *array, const char *argument, int *n);
extern bool *bool_elements(ArrayType *array, const char *argument, int *n);

#endif							/* PG_YIELD_SERVER_FLOAT8_ARRAY_H */
