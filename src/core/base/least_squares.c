/*-------------------------------------------------------------------------
 *
 * core/base/least_squares.c
 *	  The coefficients that bring a sum of columns nearest to a column.
 *
 * Means are taken off first, so that the intercept takes no digits from the
 * rest; then columns are made orthogonal by Gram and Schmidt's method as
 * modified (Bjorck, BIT 7, 1967), which on least squares is as accurate as
 * Householder's.
 *
 *-------------------------------------------------------------------------
 */
#include "core/base/least_squares.h"

#include <math.h>

static double
mean_off(double *x, size_t rows)
{
	double		mean = 0;

	for (size_t i = 0; i < rows; i++)
		mean += (x[i] - mean) / (double) (i + 1);
	for (size_t i = 0; i < rows; i++)
		x[i] -= mean;
	return mean;
}

static double
inner(const double *a, const double *b, size_t rows)
{
	double		sum = 0;

	for (size_t i = 0; i < rows; i++)
		sum += a[i] * b[i];
	return sum;
}

/* Take off b what of it lies along q; how much that is. */
static double
project(const double *q, double square, double *b, size_t rows)
{
	double		r = inner(q, b, rows) / square;

	for (size_t i = 0; i < rows; i++)
		b[i] -= r * q[i];
	return r;
}

/*
 * y as an intercept and n columns of "rows" each, one behind the other, times
 * coefficients; columns and y are used up, which leaves the residuals in y.
 * CORE_NULL if columns are not independent, or are more than rows.
 */
core_status
least_squares(double *columns, double *y, size_t rows, int n, core_pause pause,
			  double *intercept, double *coefficient, double *sse)
{
	double		mean[LEAST_SQUARES_MAX];
	double		r[LEAST_SQUARES_MAX][LEAST_SQUARES_MAX];

	if (rows <= (size_t) n)
		return CORE_NULL;
	*intercept = mean_off(y, rows);
	for (int j = 0; j < n; j++)
		mean[j] = mean_off(columns + j * rows, rows);
	for (int j = 0; j < n; j++)
	{
		double	   *q = columns + j * rows;
		double		whole = inner(q, q, rows);
		double		square;

		if (pause != NULL)
			pause();
		for (int k = 0; k < j; k++)
			r[k][j] = project(columns + k * rows, inner(columns + k * rows, columns + k * rows, rows), q, rows);
		square = inner(q, q, rows);
		/* whole is of the column as it came: a share of rounding is no direction */
		if (!(square > 1e-24 * (whole + mean[j] * mean[j] * (double) rows)))
			return CORE_NULL;
		coefficient[j] = project(q, square, y, rows);
	}
	for (int j = n - 1; j >= 0; j--)
		for (int k = j + 1; k < n; k++)
			coefficient[j] -= r[j][k] * coefficient[k];
	for (int j = 0; j < n; j++)
		*intercept -= coefficient[j] * mean[j];
	*sse = inner(y, y, rows);
	return isfinite(*sse) && isfinite(*intercept) ? CORE_OK : CORE_OUT_OF_RANGE;
}
