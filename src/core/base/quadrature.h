/*-------------------------------------------------------------------------
 *
 * core/base/quadrature.h
 *	  Integrals of smooth functions.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_BASE_QUADRATURE_H
#define PG_YIELD_CORE_BASE_QUADRATURE_H

typedef double (*quadrature_function) (double x, const void *context);

extern double quadrature(quadrature_function f, const void *context, const double *edge,
						 int num_edges);

#endif							/* PG_YIELD_CORE_BASE_QUADRATURE_H */
