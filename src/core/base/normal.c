/*-------------------------------------------------------------------------
 *
 * core/base/normal.c
 *	  The standard normal law.
 *
 *-------------------------------------------------------------------------
 */
#include "core/base/normal.h"

#include <math.h>

#define SQRT_HALF		0.70710678118654752440
#define SQRT_TWO_PI		2.50662827463100050242

/* From this argument on, and with so many terms, the continued fraction is exact to a double */
#define FRACTION_FROM	6
#define FRACTION_TERMS	30

/* Its density at x. */
double
normal_density(double x)
{
	return exp(-x * x / 2) / SQRT_TWO_PI;
}

/* The probability above x, with all its digits where it is small. */
double
normal_tail(double x)
{
	return 0.5 * erfc(x * SQRT_HALF);
}

/*
 * The same times exp(x^2 / 2), which neither vanishes nor overflows; x >= 0.
 * The continued fraction is that of Mills' ratio, by P. S. Laplace.
 */
double
normal_scaled_tail(double x)
{
	double		fraction = x;

	if (x < FRACTION_FROM)
		return exp(x * x / 2) * normal_tail(x);
	for (int k = FRACTION_TERMS; k > 0; k--)
		fraction = x + k / fraction;
	return 1 / (SQRT_TWO_PI * fraction);
}

/* The probability between two bounds, low <= high, without loss where it is small. */
double
normal_between(double low, double high)
{
	double		width = high - low;
	double		middle = low + width / 2;

	if (width < 1e-3)
		return normal_density(middle) * width * (1 + (middle * middle - 1) * width * width / 24);
	if (low > 0)
		return normal_tail(low) - normal_tail(high);
	if (high < 0)
		return normal_tail(-high) - normal_tail(-low);
	return 1 - normal_tail(high) - normal_tail(-low);
}
