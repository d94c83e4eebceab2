/*-------------------------------------------------------------------------
 *
 * core/base/matrix.c
 *	  Square matrices: symmetry, eigenvalues, Cholesky's factor.
 *
 *-------------------------------------------------------------------------
 */
#include "core/base/matrix.h"

#include <float.h>
#include <math.h>

#define MAX_SWEEPS	60

/* Is m its own transpose but for rounding?  If not, *row and *column are of an element that differs. */
bool
matrix_is_symmetric(const double *m, int n, int *row, int *column)
{
	for (int i = 1; i < n; i++)
		for (int j = 0; j < i; j++)
		{
			double		scale = sqrt(fabs(m[i * n + i])) * sqrt(fabs(m[j * n + j]));

			if (fabs(m[i * n + j] - m[j * n + i]) <= MATRIX_TOLERANCE * scale)
				continue;
			*row = i;
			*column = j;
			return false;
		}
	return true;
}

/* Give both halves the mean of them, so that what rounding left is gone. */
void
matrix_make_symmetric(double *m, int n)
{
	for (int i = 1; i < n; i++)
		for (int j = 0; j < i; j++)
			m[i * n + j] = m[j * n + i] = m[i * n + j] / 2 + m[j * n + i] / 2;
}

/* The rotation of rows and columns p and q by (c, s). */
static void
rotate(double *m, int n, int p, int q, double c, double s)
{
	for (int k = 0; k < n; k++)
	{
		double		mp = m[k * n + p];
		double		mq = m[k * n + q];

		m[k * n + p] = c * mp - s * mq;
		m[k * n + q] = s * mp + c * mq;
	}
	for (int k = 0; k < n; k++)
	{
		double		mp = m[p * n + k];
		double		mq = m[q * n + k];

		m[p * n + k] = c * mp - s * mq;
		m[q * n + k] = s * mp + c * mq;
	}
}

static void
rotate_rows(double *m, int n, int p, int q, double c, double s)
{
	for (int k = 0; k < n; k++)
	{
		double		mp = m[p * n + k];
		double		mq = m[q * n + k];

		m[p * n + k] = c * mp - s * mq;
		m[q * n + k] = s * mp + c * mq;
	}
}

/*
 * Is element (p, q) nothing beside its diagonals?  By their product and not by
 * the greatest element: so small eigenvalues keep their digits beside great
 * ones (Demmel and Veselic, SIAM J. Matrix Anal. Appl. 13, 1992).
 */
static bool
is_negligible(const double *m, int n, int p, int q)
{
	double		scale = sqrt(fabs(m[p * n + p])) * sqrt(fabs(m[q * n + q]));

	return fabs(m[p * n + q]) <= DBL_EPSILON / 4 * scale || fabs(m[p * n + q]) < DBL_MIN;
}

/*
 * The eigenvalues of a symmetric matrix, which is used up, in no order, and
 * its eigenvectors, one a row, of length 1, by Jacobi's rotations (Golub and
 * Van Loan, Matrix Computations, section 8.5).  False if it did not end, which
 * a matrix of finite numbers does not bring about.
 */
bool
matrix_eigen(double *m, int n, double *value, double *vector, core_pause pause)
{
	bool		again = true;

	for (int i = 0; i < n * n; i++)
		vector[i] = i % (n + 1) == 0;
	for (int sweep = 0; again && sweep < MAX_SWEEPS; sweep++)
	{
		again = false;
		for (int p = 0; p < n; p++)
		{
			if (pause != NULL)
				pause();
			for (int q = p + 1; q < n; q++)
			{
				double		theta,
							t,
							c;

				if (is_negligible(m, n, p, q))
					continue;
				again = true;
				theta = (m[q * n + q] - m[p * n + p]) / (2 * m[p * n + q]);
				t = copysign(1, theta) / (fabs(theta) + hypot(1, theta));
				c = 1 / hypot(1, t);
				rotate(m, n, p, q, c, t * c);
				m[p * n + q] = m[q * n + p] = 0;
				rotate_rows(vector, n, p, q, c, t * c);
			}
		}
	}
	for (int i = 0; i < n; i++)
		value[i] = m[i * n + i];
	return !again;
}

/*
 * The lower triangle L with L L' = m, of which the lower half is read.  -1, or
 * the row at which m turned out not to be positive definite.
 */
int
matrix_cholesky(const double *m, int n, double *factor)
{
	for (int i = 0; i < n; i++)
		for (int j = 0; j <= i; j++)
		{
			double		rest = m[i * n + j];

			for (int k = 0; k < j; k++)
				rest -= factor[i * n + k] * factor[j * n + k];
			if (i == j && !(rest > DBL_EPSILON * n * fabs(m[i * n + i])))
				return i;
			factor[i * n + j] = i == j ? sqrt(rest) : rest / factor[j * n + j];
		}
	return -1;
}

/* Solve L L' x = b, in place. */
void
matrix_cholesky_solve(const double *factor, int n, double *x)
{
	for (int i = 0; i < n; i++)
	{
		for (int k = 0; k < i; k++)
			x[i] -= factor[i * n + k] * x[k];
		x[i] /= factor[i * n + i];
	}
	for (int i = n - 1; i >= 0; i--)
	{
		for (int k = i + 1; k < n; k++)
			x[i] -= factor[k * n + i] * x[k];
		x[i] /= factor[i * n + i];
	}
}

/* m x, of a matrix that need not be square. */
void
matrix_times(const double *m, int rows, int columns, const double *x, double *result)
{
	for (int i = 0; i < rows; i++)
	{
		result[i] = 0;
		for (int j = 0; j < columns; j++)
			result[i] += m[i * columns + j] * x[j];
	}
}
