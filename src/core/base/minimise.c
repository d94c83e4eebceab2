/*-------------------------------------------------------------------------
 *
 * core/base/minimise.c
 *	  The least value of a smooth function of a few numbers.
 *
 * The method of C. G. Broyden, R. Fletcher, D. Goldfarb and D. F. Shanno
 * (1970): steps by an inverse matrix of second slopes that is learnt on the way.
 *
 *-------------------------------------------------------------------------
 */
#include "core/base/minimise.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define MAX_STEPS		500

/* Good enough: what another step is expected to gain, and once more in a row */
#define LEAST_GAIN		1e-11

typedef double matrix[MINIMISE_MAX][MINIMISE_MAX];

static void
make_unit(matrix inverse, int n)
{
	for (int i = 0; i < n; i++)
		for (int j = 0; j < n; j++)
			inverse[i][j] = i == j;
}

static double
product(const double *a, const double *b, int n)
{
	double		sum = 0;

	for (int i = 0; i < n; i++)
		sum += a[i] * b[i];
	return sum;
}

/* Learn from a step and the change of the slopes along it. */
static void
learn(matrix inverse, const double *step, const double *change, int n)
{
	double		along = product(step, change, n);
	double		turned[MINIMISE_MAX];
	double		scale;

	/* slopes that do not rise along the step say nothing of a minimum */
	if (!(along > 1e-14 * sqrt(product(step, step, n) * product(change, change, n))))
		return;
	for (int i = 0; i < n; i++)
		turned[i] = product(inverse[i], change, n);
	scale = (1 + product(change, turned, n) / along) / along;
	for (int i = 0; i < n; i++)
		for (int j = 0; j < n; j++)
			inverse[i][j] += scale * step[i] * step[j] -
				(turned[i] * step[j] + step[i] * turned[j]) / along;
}

/*
 * Go from x along "way", which is changed to the step that was gone, by a
 * length that lowers the value enough (L. Armijo, 1966); false if none does.
 */
static bool
go(minimise_function f, const void *context, int n, double *x, double *value, double *slope,
   double *way, double fall)
{
	double		next[MINIMISE_MAX];
	double		next_slope[MINIMISE_MAX];

	for (double length = 1; length > 1e-12; length /= 2)
	{
		double		found;

		for (int i = 0; i < n; i++)
			next[i] = x[i] + length * way[i];
		found = f(next, next_slope, context);
		if (!(found <= *value + 1e-4 * length * fall))
			continue;
		for (int i = 0; i < n; i++)
			way[i] = next[i] - x[i];
		memcpy(x, next, n * sizeof(double));
		memcpy(slope, next_slope, n * sizeof(double));
		*value = found;
		return true;
	}
	return false;
}

/*
 * From x to where f of n <= MINIMISE_MAX numbers is least, nearby.  True if it
 * got there: as near as LEAST_GAIN, relative to the value or 1.
 */
bool
minimise(minimise_function f, const void *context, int n, double *x, double *value)
{
	matrix		inverse;
	double		slope[MINIMISE_MAX];
	bool		is_fresh = true;
	int			small_gains = 0;

	*value = f(x, slope, context);
	if (!isfinite(*value))
		return false;
	make_unit(inverse, n);
	for (int steps = 0; steps < MAX_STEPS; steps++)
	{
		double		way[MINIMISE_MAX];
		double		before[MINIMISE_MAX];
		double		fall;

		for (int i = 0; i < n; i++)
			way[i] = -product(inverse[i], slope, n);
		fall = product(way, slope, n);
		small_gains = -fall / 2 <= LEAST_GAIN * fmax(1, fabs(*value)) ? small_gains + 1 : 0;
		if (small_gains > 1 || fall == 0)
			return true;
		memcpy(before, slope, sizeof(before));
		if (!(fall < 0) || !go(f, context, n, x, value, slope, way, fall))
		{
			/* once more down the slope itself; if that does not help, this is the bottom */
			if (is_fresh)
				return small_gains > 0 || sqrt(product(slope, slope, n)) < 1e-5 * fmax(1, fabs(*value));
			make_unit(inverse, n);
			is_fresh = true;
			continue;
		}
		is_fresh = false;
		for (int i = 0; i < n; i++)
			before[i] = slope[i] - before[i];
		learn(inverse, way, before, n);
	}
	return false;
}
