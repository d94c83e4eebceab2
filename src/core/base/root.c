/*-------------------------------------------------------------------------
 *
 * core/base/root.c
 *	  Roots of functions whose slope is known.
 *
 *-------------------------------------------------------------------------
 */
#include "core/base/root.h"

#include <float.h>
#include <math.h>

/*
 * The root between a and b, at which f has different signs, below zero at a if
 * it is rising: Newton's method from the guess, and bisection wherever that
 * would leave the bracket or does not halve its steps (W. H. Press et al.,
 * "Numerical Recipes", rtsafe).  It ends when there is no double left in
 * between, so it always converges.
 */
double
root_between(root_function f, const void *context, double a, double b, bool rising, double guess)
{
	double		last_step = b - a;
	double		step = last_step;
	double		x = guess > a && guess < b ? guess : a + (b - a) / 2;

	while (x > a && x < b)
	{
		double		slope;
		double		value = f(x, &slope, context);
		double		next = x - value / slope;

		if (value == 0)
			return x;
		if ((value > 0) == rising)
			b = x;
		else
			a = x;
		if (fabs(next - x) <= fabs(x) * DBL_EPSILON)
			return x;
		if (!(next > a && next < b) || fabs(2 * value) > fabs(last_step * slope))
			next = a + (b - a) / 2;
		last_step = step;
		step = fabs(next - x);
		x = next;
	}
	return x;
}
