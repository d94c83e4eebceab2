/*-------------------------------------------------------------------------
 *
 * core/base/dd.h
 *	  Sums in twice the precision of a double.
 *
 * A value is an unevaluated sum hi + lo with |lo| at most half a unit in the
 * last place of hi.  It keeps some 106 bits, which makes a sum of doubles
 * independent of the order of its terms to far below what a double can show
 * (core/base/binned_sum.h has sums that do not depend on it at all).
 * The error-free steps are Knuth's (sum) and Dekker's (product), as in
 * T. J. Dekker, "A floating-point technique for extending the available
 * precision", Numerische Mathematik 18 (1971).
 *
 * They rely on each operation being rounded once, so the library is compiled
 * with -ffp-contract=off and without -ffast-math.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_BASE_DD_H
#define PG_YIELD_CORE_BASE_DD_H

#include <math.h>
#include <stdbool.h>

typedef struct dd
{
	double		hi;
	double		lo;
} dd;

extern dd	dd_log(dd x);
extern double dd_expm1(dd x);

/* a + b exactly, for any a and b whose sum does not overflow */
static inline dd
dd_two_sum(double a, double b)
{
	double		sum = a + b;
	double		part = sum - a;

	return (dd) {sum, (a - (sum - part)) + (b - part)};
}

/* a + b exactly, for |a| >= |b| */
static inline dd
dd_fast_two_sum(double a, double b)
{
	double		sum = a + b;

	return (dd) {sum, b - (sum - a)};
}

/* a cut into two halves of 26 bits each; |a| < 2^996 */
static inline dd
dd_split(double a)
{
	double		c = 134217729.0 * a;	/* 2^27 + 1 */
	double		hi = c - (c - a);

	return (dd) {hi, a - hi};
}

/*
 * a * b exactly, unless the product overflows or its error is below the least
 * double.  fma() would be one instruction where the processor has it and a
 * slow emulation where it has not; it serves only for values so large that
 * cutting them would overflow.
 */
static inline dd
dd_two_product(double a, double b)
{
	double		product = a * b;
	dd			x,
				y;

	if (fabs(a) > 1e290 || fabs(b) > 1e290)
		return (dd) {product, fma(a, b, -product)};
	x = dd_split(a);
	y = dd_split(b);
	return (dd) {product,
		((x.hi * y.hi - product) + x.hi * y.lo + x.lo * y.hi) + x.lo * y.lo};
}

/* a + b; the order of the two makes no difference */
static inline dd
dd_add(dd a, dd b)
{
	dd			s = dd_two_sum(a.hi, b.hi);
	dd			t = dd_two_sum(a.lo, b.lo);

	s = dd_fast_two_sum(s.hi, s.lo + t.hi);
	return dd_fast_two_sum(s.hi, s.lo + t.lo);
}

/* the same for a plain double, with fewer steps */
static inline dd
dd_add_double(dd a, double b)
{
	dd			s = dd_two_sum(a.hi, b);

	return dd_fast_two_sum(s.hi, s.lo + a.lo);
}

/* a * b; the order of the two makes no difference */
static inline dd
dd_product(dd a, dd b)
{
	dd			p = dd_two_product(a.hi, b.hi);

	return dd_fast_two_sum(p.hi, p.lo + (a.hi * b.lo + a.lo * b.hi));
}

static inline dd
dd_negated(dd a)
{
	return (dd) {-a.hi, -a.lo};
}

/* a / b rounded to a double, right to about one unit in its last place */
static inline double
dd_quotient(dd a, dd b)
{
	double		q = a.hi / b.hi;
	dd			p;

	/* one step of refinement, unless it would meet an overflow */
	if (!isfinite(q) || fabs(q) > 1e290 || fabs(b.hi) > 1e290)
		return q;
	p = dd_two_product(q, b.hi);
	return q + ((a.hi - p.hi) - p.lo + a.lo - q * b.lo) / b.hi;
}

#endif							/* PG_YIELD_CORE_BASE_DD_H */
