/*-------------------------------------------------------------------------
 *
 * core/base/quadrature.c
 *	  Integrals of smooth functions.
 *
 *-------------------------------------------------------------------------
 */
#include "core/base/quadrature.h"

#include <math.h>

/* An interval is halved so often at most */
#define MAX_HALVINGS	14

/* Gauss and Legendre's rule of ten points, exact for polynomials up to degree 19 */
static double
gauss(quadrature_function f, const void *context, double from, double to)
{
	static const double node[] = {
		0.14887433898163121088, 0.43339539412924719080, 0.67940956829902440623,
		0.86506336668898451073, 0.97390652851717172008
	};
	static const double weight[] = {
		0.29552422471475287017, 0.26926671930999635509, 0.21908636251598204400,
		0.14945134915058059315, 0.06667134430868813759
	};
	double		middle = (from + to) / 2;
	double		half = (to - from) / 2;
	double		sum = 0;

	for (int i = 0; i < 5; i++)
		sum += weight[i] * (f(middle - half * node[i], context) +
							f(middle + half * node[i], context));
	return sum * half;
}

/* Halve until the halves agree with the whole; bounded by "halvings". */
static double
refined(quadrature_function f, const void *context, double from, double to, double whole,
		double tolerance, int halvings)
{
	double		middle = (from + to) / 2;
	double		left = gauss(f, context, from, middle);
	double		right = gauss(f, context, middle, to);

	if (halvings == 0 || fabs(left + right - whole) <= tolerance)
		return left + right;
	return refined(f, context, from, middle, left, tolerance, halvings - 1) +
		refined(f, context, middle, to, right, tolerance, halvings - 1);
}

/*
 * The integral of f over the pieces between ascending edges, none of which has a
 * kink inside, to some 1e-13 of the integral of its magnitude.
 */
double
quadrature(quadrature_function f, const void *context, const double *edge, int num_edges)
{
	double		total = 0;
	double		sum = 0;

	for (int i = 1; i < num_edges; i++)
		total += fabs(gauss(f, context, edge[i - 1], edge[i]));
	for (int i = 1; i < num_edges; i++)
		if (edge[i] > edge[i - 1])
			sum += refined(f, context, edge[i - 1], edge[i],
						   gauss(f, context, edge[i - 1], edge[i]), total * 1e-13, MAX_HALVINGS);
	return sum;
}
