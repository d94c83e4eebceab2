/*-------------------------------------------------------------------------
 *
 * strategy/vectors.h
 *	  Arguments that are vectors of as many numbers as there are tokens.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_STRATEGY_VECTORS_H
#define PG_YIELD_STRATEGY_VECTORS_H

#include "fmgr.h"

extern double *vector_argument(FunctionCallInfo fcinfo, int at, const char *argument, int *n);
extern double *vector_of(FunctionCallInfo fcinfo, int at, const char *argument, const char *like, int n);
extern double *bounds_of_tokens(FunctionCallInfo fcinfo, int at, const char *argument, const char *like, int n,
								double otherwise);
extern Datum result_vector(const double *values, int n);

#endif							/* PG_YIELD_STRATEGY_VECTORS_H */
