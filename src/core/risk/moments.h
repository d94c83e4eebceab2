/*-------------------------------------------------------------------------
 *
 * core/risk/moments.h
 *	  Sums of powers and products that leave no range, and what is made of them.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_RISK_MOMENTS_H
#define PG_YIELD_CORE_RISK_MOMENTS_H

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "core/base/binned_sum.h"
#include "core/base/status.h"

/* A number that is not zero, as +- mantissa * 2^exponent, the highest bit of the mantissa set. */
static inline uint64_t
mantissa_of(double x, int *exponent)
{
	uint64_t	bits;

	if (fabs(x) < DBL_MIN)
	{
		/* 2^54 makes it normal */
		double		normal = x * 0x1p54;

		memcpy(&bits, &normal, sizeof(bits));
		*exponent = (int) (bits >> 52 & 0x7ff) - 1086 - 54;
	}
	else
	{
		memcpy(&bits, &x, sizeof(bits));
		*exponent = (int) (bits >> 52 & 0x7ff) - 1086;
	}
	return bits << 11 | UINT64_C(1) << 63;
}

/* x in other units: x * 2^exponent */
static inline double
size_of(double x, int exponent)
{
	return ldexp(x, exponent);
}

static inline core_status
finite_or_out_of_range(double result)
{
	return isfinite(result) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* Finite, and no negative zero. */
static inline bool
is_plain(double x)
{
	return isfinite(x) && !(x == 0 && signbit(x));
}

/* Units in which none of the numbers between two is greater than 1 in size. */
static inline int
unit_between(double least, double greatest)
{
	int			exponent;

	frexp(fmax(fabs(least), fabs(greatest)), &exponent);
	return exponent;
}

static inline dd
times(dd a, double b)
{
	return dd_product(a, (dd) {b, 0});
}

/* a / b, in twice the precision of a double */
static inline dd
quotient(dd a, dd b)
{
	double		q = a.hi / b.hi;
	dd			rest = dd_add(a, dd_negated(times(b, q)));

	return dd_two_sum(q, rest.hi / b.hi);
}

/* a / n, the same */
static inline dd
part(dd a, double n)
{
	return quotient(a, (dd) {n, 0});
}

/*
 * The variance of n numbers whose range has this half.  It cannot be less than
 * that of two at the ends and all the others in the middle, nor more than that
 * of halves at the ends, whatever rounding has made of it.
 */
static inline double
bounded_variance(double variance, double half, int64_t n)
{
	double		least = half * half * 2 / (double) n;

	return variance < least ? least : variance > half * half ? half * half : variance;
}

#endif							/* PG_YIELD_CORE_RISK_MOMENTS_H */
