/*-------------------------------------------------------------------------
 *
 * core/base/least_squares.h
 *	  The coefficients that bring a sum of columns nearest to a column.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_BASE_LEAST_SQUARES_H
#define PG_YIELD_CORE_BASE_LEAST_SQUARES_H

#include "core/base/pause.h"
#include "core/base/status.h"

#define LEAST_SQUARES_MAX	32

extern core_status least_squares(double *columns, double *y, size_t rows, int n, core_pause pause,
								 double *intercept, double *coefficient, double *sse);

#endif							/* PG_YIELD_CORE_BASE_LEAST_SQUARES_H */
