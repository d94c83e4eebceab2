/*-------------------------------------------------------------------------
 *
 * core/base/gamma.c
 *	  The gamma and beta laws, and those that follow from them.
 *
 * Sums and continued fractions are those of M. Abramowitz and I. A. Stegun,
 * "Handbook of Mathematical Functions", 6.5.29, 6.5.31 and 26.5.8.
 *
 *-------------------------------------------------------------------------
 */
#include "core/base/gamma.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

#include "core/base/normal.h"

/* From this shape on the law is normal but for terms that an expansion has */
#define LARGE_SHAPE	1e7

/* A value that stands for zero in a continued fraction */
#define TINY	1e-300

/* More terms than any sum here needs */
#define MAX_TERMS	200000

/*
 * x^shape e^-x / Gamma(shape + 1).  By the distance of x from the shape where
 * that is what matters: logarithms of large numbers that nearly cancel would
 * lose digits.
 */
static double
gamma_weight(double shape, double x)
{
	double		off = (x - shape) / shape;

	if (shape < 20)
		return exp(shape * log(x) - x - lgamma(shape + 1));
	/* Stirling's series for Gamma(shape + 1) */
	return exp(shape * (log1p(off) - off) - 1 / (12 * shape) + 1 / (360 * pow(shape, 3)) -
			   1 / (1260 * pow(shape, 5)) + 1 / (1680 * pow(shape, 7))) /
		sqrt(2 * M_PI * shape);
}

/* The probability below x < shape + 1. */
static double
gamma_sum(double shape, double x)
{
	double		term = 1;
	double		sum = 1;

	for (int n = 1; n < MAX_TERMS && term > sum * DBL_EPSILON / 4; n++)
	{
		term *= x / (shape + n);
		sum += term;
	}
	return sum * gamma_weight(shape, x);
}

/* The probability above x >= shape + 1, by W. J. Lentz's way from the top. */
static double
gamma_fraction(double shape, double x)
{
	double		b = x + 1 - shape;
	double		c = 1 / TINY;
	double		d = 1 / b;
	double		fraction = d;

	for (int i = 1; i < MAX_TERMS; i++)
	{
		double		a = -i * (i - shape);
		double		factor;

		b += 2;
		d = a * d + b;
		c = b + a / c;
		d = 1 / (fabs(d) < TINY ? TINY : d);
		c = fabs(c) < TINY ? TINY : c;
		factor = d * c;
		fraction *= factor;
		if (fabs(factor - 1) <= DBL_EPSILON)
			break;
	}
	return fraction * gamma_weight(shape, x) * shape;
}

/* The probability that a gamma variable of this shape, above 0, and scale 1 is below x. */
double
gamma_below(double shape, double x)
{
	if (x <= 0)
		return 0;
	return x < shape + 1 ? gamma_sum(shape, x) : 1 - gamma_fraction(shape, x);
}

double
gamma_above(double shape, double x)
{
	if (x <= 0)
		return 1;
	return x < shape + 1 ? 1 - gamma_sum(shape, x) : gamma_fraction(shape, x);
}

/*
 * The quantile of a law of a large shape from that of the normal law: E. A.
 * Cornish and R. A. Fisher's expansion.
 */
static double
large_quantile(double shape, double z)
{
	double		root = sqrt(shape);

	return shape + root * z + (z * z - 1) / 3 + (z * z * z - 7 * z) / (36 * root) -
		(3 * pow(z, 4) + 7 * z * z - 16) / (810 * shape) +
		(9 * pow(z, 5) + 256 * z * z * z - 433 * z) / (38880 * shape * root);
}

/*
 * Newton's steps on the logarithm of the smaller tail, kept within a bracket
 * that they narrow.
 */
static double
refined_quantile(double shape, double tail, bool lower, double guess)
{
	double		low = 0;
	double		high = INFINITY;
	double		x = guess > 0 ? guess : shape * 1e-3;

	for (int i = 0; i < 200; i++)
	{
		double		found = lower ? gamma_below(shape, x) : gamma_above(shape, x);
		double		density = gamma_weight(shape, x) * shape / x;
		double		step = found > 0 && density > 0 ?
			(lower ? 1 : -1) * log(tail / found) * found / density : NAN;
		double		next = x + step;

		if ((found < tail) == lower)
			low = x;
		else
			high = x;
		if (!(next > low && next < high))
			next = isinf(high) ? 2 * x : low == 0 ? x / 16 : low + (high - low) / 2;
		if (fabs(next - x) <= 2 * DBL_EPSILON * x)
			return next;
		x = next;
	}
	return x;
}

static double
quantile_of_tail(double shape, double tail, bool lower)
{
	double		z = normal_quantile(tail) * (lower ? 1 : -1);
	double		cube = 1 - 1 / (9 * shape) + z / (3 * sqrt(shape));

	if (shape >= LARGE_SHAPE)
		return large_quantile(shape, z);
	/* small quantiles of small shapes: the first term of the sum alone */
	if (lower && (cube < 0.2 || shape < 1))
		return refined_quantile(shape, tail, lower, exp((log(tail) + lgamma(shape + 1)) / shape));
	return refined_quantile(shape, tail, lower, shape * cube * cube * cube);
}

/* The x below which there is this probability, above 0 and below 1. */
double
gamma_quantile(double shape, double below)
{
	return quantile_of_tail(shape, below, true);
}

/* The x above which there is. */
double
gamma_upper_quantile(double shape, double above)
{
	return quantile_of_tail(shape, above, false);
}

/* The continued fraction of the incomplete beta function, for x below its mean. */
static double
beta_fraction(double a, double b, double x)
{
	double		c = 1;
	double		d = 1 - (a + b) * x / (a + 1);
	double		fraction;

	d = 1 / (fabs(d) < TINY ? TINY : d);
	fraction = d;
	for (int m = 1; m < MAX_TERMS; m++)
	{
		double		even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
		double		odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
		double		factor;

		d = 1 + even * d;
		c = 1 + even / c;
		d = 1 / (fabs(d) < TINY ? TINY : d);
		c = fabs(c) < TINY ? TINY : c;
		fraction *= d * c;
		d = 1 + odd * d;
		c = 1 + odd / c;
		d = 1 / (fabs(d) < TINY ? TINY : d);
		c = fabs(c) < TINY ? TINY : c;
		factor = d * c;
		fraction *= factor;
		if (fabs(factor - 1) <= DBL_EPSILON)
			break;
	}
	return fraction;
}

/* The probability that a beta variable is below x, from 0 to 1; a and b above 0. */
double
beta_below(double a, double b, double x)
{
	double		weight;

	if (x <= 0 || x >= 1)
		return x >= 1;
	weight = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x));
	if (x < (a + 1) / (a + b + 2))
		return weight * beta_fraction(a, b, x) / a;
	return 1 - weight * beta_fraction(b, a, 1 - x) / b;
}

/* The probability that Student's t of so many degrees is farther from 0 than t. */
double
student_two_tails(double t, double degrees)
{
	return beta_below(degrees / 2, 0.5, degrees / (degrees + t * t));
}
