/*-------------------------------------------------------------------------
 *
 * server/label_array.h
 *	  Arguments of type text[] whose elements are names of things.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_SERVER_LABEL_ARRAY_H
#define PG_YIELD_SERVER_LABEL_ARRAY_H

#include "fmgr.h"
#include "utils/array.h"

/*
 * Elements with a number each, from 0 in the order of first appearance; equal
 * ones have the same.  "first" is where in "label" each number appears first.
 */
typedef struct label_array
{
	Datum	   *label;			/* text */
	int		   *number;
	int		   *first;
	int			n;
	int			num_distinct;
} label_array;

extern void read_labels(const char *const *argument, ArrayType *const *array, int num_arrays,
						label_array *labels);

#endif							/* PG_YIELD_SERVER_LABEL_ARRAY_H */
