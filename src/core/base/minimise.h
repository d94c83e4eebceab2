/*-------------------------------------------------------------------------
 *
 * core/base/minimise.h
 *	  The least value of a smooth function of a few numbers.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_BASE_MINIMISE_H
#define PG_YIELD_CORE_BASE_MINIMISE_H

#include <stdbool.h>

#define MINIMISE_MAX	8

/* The value at x, and its slopes; not finite where there is none. */
typedef double (*minimise_function) (const double *x, double *slope, const void *context);

extern bool minimise(minimise_function f, const void *context, int n, double *x, double *value);

#endif							/* PG_YIELD_CORE_BASE_MINIMISE_H */
