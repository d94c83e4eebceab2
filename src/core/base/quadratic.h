/*-------------------------------------------------------------------------
 *
 * core/base/quadratic.h
 *	  Quadratic programmes: the least of x'Cx/2 - c'x within linear limits.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_BASE_QUADRATIC_H
#define PG_YIELD_CORE_BASE_QUADRATIC_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/pause.h"
#include "core/base/status.h"

/*
 * n variables; normals of "num_limits" limits row after row, of which the first
 * "num_equal" are normal'x = bound and the others normal'x >= bound.
 */
typedef struct quadratic_programme
{
	int			n;
	const double *covariance;	/* symmetric, n * n */
	const double *linear;		/* c, or NULL */
	int			num_limits;
	int			num_equal;
	const double *normal;
	const double *bound;
	core_pause	pause;
} quadratic_programme;

extern size_t quadratic_scratch(int n, int num_limits);
extern core_status quadratic_solve(const quadratic_programme *p, double *scratch, double *x);

#endif							/* PG_YIELD_CORE_BASE_QUADRATIC_H */
