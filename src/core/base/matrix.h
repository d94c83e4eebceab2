/*-------------------------------------------------------------------------
 *
 * core/base/matrix.h
 *	  Square matrices: symmetry, eigenvalues, Cholesky's factor.
 *
 * A matrix of n rows is n * n numbers, row after row.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_BASE_MATRIX_H
#define PG_YIELD_CORE_BASE_MATRIX_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/pause.h"

/* How far elements of a symmetric matrix may differ, as a share of the root of the product of their diagonals. */
#define MATRIX_TOLERANCE	1e-9

extern bool matrix_is_symmetric(const double *m, int n, int *row, int *column);
extern void matrix_make_symmetric(double *m, int n);
extern bool matrix_eigen(double *m, int n, double *value, double *vector, core_pause pause);
extern int	matrix_cholesky(const double *m, int n, double *factor);
extern void matrix_cholesky_solve(const double *factor, int n, double *x);
extern void matrix_times(const double *m, int rows, int columns, const double *x, double *result);

#endif							/* PG_YIELD_CORE_BASE_MATRIX_H */
