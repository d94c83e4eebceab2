/*-------------------------------------------------------------------------
 *
 * core/base/normal.c
 *	  The standard normal law.
 *
 *-------------------------------------------------------------------------
 */
#include "core/base/normal.h"

#include <math.h>

#include "core/base/quadrature.h"

#define SQRT_HALF		0.70710678118654752440
#define SQRT_TWO_PI		2.50662827463100050242

/* From this argument on, and with so many terms, the continued fraction is exact to a double */
#define FRACTION_FROM	6
#define FRACTION_TERMS	30

/* So far from its greatest value the law of one of two variables is below 2^-53 of it */
#define NEGLIGIBLE		9.5
#define INNER_EDGES		7

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

/* A quotient of two polynomials of degree 7, coefficients from the constant on. */
static double
rational(double x, const double *above, const double *below)
{
	double		numerator = above[7];
	double		denominator = below[7];

	for (int i = 6; i >= 0; i--)
	{
		numerator = numerator * x + above[i];
		denominator = denominator * x + below[i];
	}
	return numerator / denominator;
}

/* Within 0.425 of the middle; "off" is p - 0.5. */
static double
quantile_of_middle(double off)
{
	static const double above[8] = {
		3.3871328727963666080, 1.3314166789178437745e+2, 1.9715909503065514427e+3,
		1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
		3.3430575583588128105e+4, 2.5090809287301226727e+3
	};
	static const double below[8] = {
		1, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
		2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4,
		5.2264952788528545610e+3
	};

	return off * rational(0.180625 - off * off, above, below);
}

/* The x > 0 above which there is the probability "tail", from its root of the negative logarithm. */
static double
quantile_of_tail(double tail)
{
	static const double near_above[8] = {
		1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550,
		3.64784832476320460504, 1.27045825245236838258, 2.41780725177450611770e-1,
		2.27238449892691845833e-2, 7.74545014278341407640e-4
	};
	static const double near_below[8] = {
		1, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1,
		1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
		1.05075007164441684324e-9
	};
	static const double far_above[8] = {
		6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580,
		2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
		2.71155556874348757815e-5, 2.01033439929228813265e-7
	};
	static const double far_below[8] = {
		1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
		7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
		2.04426310338993978564e-15
	};
	double		r = sqrt(-log(tail));

	return r <= 5 ? rational(r - 1.6, near_above, near_below) :
		rational(r - 5, far_above, far_below);
}

/*
 * The x below which there is the probability p, from 0 (minus infinity) to 1,
 * to some units in its last place: algorithm AS 241 of M. J. Wichura, Applied
 * Statistics 37 (1988).
 */
double
normal_quantile(double p)
{
	double		off = p - 0.5;

	if (fabs(off) <= 0.425)
		return quantile_of_middle(off);
	if (p <= 0 || p >= 1)
		return p <= 0 ? -INFINITY : INFINITY;
	return off < 0 ? -quantile_of_tail(p) : quantile_of_tail(1 - p);
}

/* What is the chance that Y is below its bound, times the density of X at x? */
typedef struct second_bound
{
	double		bound;
	double		correlation;
	double		spread;			/* of Y where X is known */
} second_bound;

static double
density_with_second(double x, const void *context)
{
	const second_bound *second = context;

	return normal_density(x) *
		normal_tail((second->correlation * x - second->bound) / second->spread);
}

/* Edges in ascending order, those outside the first two left out. */
static int
sorted_edges(double low, double high, const double *inner, int num_inner, double *edge)
{
	int			n = 0;

	edge[n++] = low;
	for (int i = 0; i < num_inner; i++)
	{
		int			at = n;

		if (!(inner[i] > low && inner[i] < high))
			continue;
		for (; edge[at - 1] > inner[i]; at--)
			edge[at] = edge[at - 1];
		edge[at] = inner[i];
		n++;
	}
	edge[n++] = high;
	return n;
}

/*
 * Where to integrate density_with_second over x from low to high, and in which
 * pieces: no more than NEGLIGIBLE from the greatest value, which is at a bound or
 * near the mean that x has where the other is at its own.
 */
static int
pieces_between(double low, double high, const second_bound *second, double *edge)
{
	double		mean = second->correlation * fmin(second->bound, 0);
	double		peak = fmax(low, fmin(high, mean));
	double		turn = second->bound / second->correlation;
	double		width = second->spread / fabs(second->correlation);
	double		inner[INNER_EDGES] = {
		peak - 1, peak + 1, turn - 8 * width, turn - 2 * width, turn, turn + 2 * width,
		turn + 8 * width
	};

	return sorted_edges(fmax(low, peak - NEGLIGIBLE), fmin(high, peak + NEGLIGIBLE), inner,
						INNER_EDGES, edge);
}

/* Of two that are equal, or opposite. */
static double
both_below_of_one(double h, double k, double correlation)
{
	if (correlation > 0)
		return normal_tail(-fmin(h, k));
	return h > -k ? normal_between(-k, h) : 0;
}

/*
 * The probability that two normal variables with a correlation from -1 to 1 are
 * below h and k.  One given, the other is normal again; the integral over the
 * one has no term that takes from another, so that small results keep their
 * digits.  It is cut where the conditional chance turns from 1 to 0, which may
 * be steep.
 */
double
normal_both_below(double h, double k, double correlation)
{
	second_bound second = {k, correlation, sqrt((1 - correlation) * (1 + correlation))};
	double		edge[INNER_EDGES + 2];

	if (fmin(h, k) == -INFINITY)
		return 0;
	if (fmax(h, k) == INFINITY)
		return normal_tail(-fmin(h, k));
	if (correlation == 0)
		return normal_tail(-h) * normal_tail(-k);
	if (second.spread == 0)
		return both_below_of_one(h, k, correlation);
	return quadrature(density_with_second, &second, edge, pieces_between(-INFINITY, h, &second, edge));
}

/*
 * The probability that of two such variables one is between low and high, low <
 * high, and the other below k; correlation > 0 and < 1.  No small result is the
 * difference of two that are not.
 */
double
normal_between_and_below(double low, double high, double k, double correlation)
{
	second_bound second = {k, correlation, sqrt((1 - correlation) * (1 + correlation))};
	double		edge[INNER_EDGES + 2];

	if (k == -INFINITY)
		return 0;
	if (k == INFINITY)
		return normal_between(low, high);
	return quadrature(density_with_second, &second, edge,
					  pieces_between(low, high, &second, edge));
}
