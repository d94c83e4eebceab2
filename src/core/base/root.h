/*-------------------------------------------------------------------------
 *
 * core/base/root.h
 *	  Roots of functions whose slope is known.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_BASE_ROOT_H
#define PG_YIELD_CORE_BASE_ROOT_H

#include <stdbool.h>

/* The value at x, and the slope there. */
typedef double (*root_function) (double x, double *slope, const void *context);

extern double root_between(root_function f, const void *context, double a, double b, bool rising,
						   double guess);

#endif							/* PG_YIELD_CORE_BASE_ROOT_H */
