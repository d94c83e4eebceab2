/*-------------------------------------------------------------------------
 *
 * core/chain/limb.h
 *	  64-bit limbs: the few primitives that all wide arithmetic is made of.
 *
 * A number is an array of limbs, least significant first.  Only the widening
 * multiplication needs more than standard C to be fast; it uses __int128
 * where the compiler has it and 32-bit halves where it does not (or where
 * PG_YIELD_NO_INT128 is defined, so that the tests can take that road too).
 *
 * Division never uses the machine's 128/64 instruction, which C cannot name:
 * it multiplies by a reciprocal of the normalized divisor, after Möller and
 * Granlund, "Improved division by invariant integers", IEEE Transactions on
 * Computers 60 (2011).
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_CHAIN_LIMB_H
#define PG_YIELD_CORE_CHAIN_LIMB_H

#include <float.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SIZEOF_INT128__) && !defined(PG_YIELD_NO_INT128)
#define PG_YIELD_INT128 1

/* -Wpedantic objects to the type itself; the marker says that it is meant */
__extension__ typedef unsigned __int128 limb_pair;
#endif

/* a + b + *carry; *carry (0 or 1) is replaced by the carry out */
static inline uint64_t
limb_add(uint64_t a, uint64_t b, uint64_t *carry)
{
	uint64_t	partial = a + *carry;
	uint64_t	sum = partial + b;

	*carry = (uint64_t) (partial < a) | (uint64_t) (sum < b);
	return sum;
}

/* a - b - *borrow; *borrow (0 or 1) is replaced by the borrow out */
static inline uint64_t
limb_sub(uint64_t a, uint64_t b, uint64_t *borrow)
{
	uint64_t	partial = a - b;
	uint64_t	diff = partial - *borrow;

	*borrow = (uint64_t) (a < b) | (uint64_t) (partial < *borrow);
	return diff;
}

/* a * b + c + d, which always fits: the low limb is returned, *high gets the other */
static inline uint64_t
limb_mul_add(uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t *high)
{
#ifdef PG_YIELD_INT128
	limb_pair	t = (limb_pair) a * b + c + d;

	*high = (uint64_t) (t >> 64);
	return (uint64_t) t;
#else
	uint64_t	a0 = a & 0xFFFFFFFFU;
	uint64_t	a1 = a >> 32;
	uint64_t	b0 = b & 0xFFFFFFFFU;
	uint64_t	b1 = b >> 32;
	uint64_t	p00 = a0 * b0;
	uint64_t	p01 = a0 * b1;
	uint64_t	mid = a1 * b0 + (p00 >> 32) + (p01 & 0xFFFFFFFFU);
	uint64_t	low = (mid << 32) | (p00 & 0xFFFFFFFFU);
	uint64_t	top = a1 * b1 + (mid >> 32) + (p01 >> 32);

	low += c;
	top += low < c;
	low += d;
	top += low < d;
	*high = top;
	return low;
#endif
}

static inline uint64_t
limb_mul(uint64_t a, uint64_t b, uint64_t *high)
{
	return limb_mul_add(a, b, 0, 0, high);
}

/*
 * Length of x in bits, 0 for 0.  Standard C names no such instruction; the
 * exponent of an exactly converted double is the next best thing.
 */
static inline int
limb_bits(uint64_t x)
{
	uint32_t	high = (uint32_t) (x >> 32);
	double		exact = high != 0 ? (double) high : (double) (uint32_t) x;
	uint64_t	image;

	if (x == 0)
		return 0;
	memcpy(&image, &exact, sizeof(image));
	return (int) (image >> 52) - 1022 + (high != 0 ? 32 : 0);
}

/* floor((2^128 - 1) / d) - 2^64 for a normalized d (bit 63 set) */
extern uint64_t limb_reciprocal(uint64_t d);

/*
 * Quotient of (high, low) by d, remainder in *rem.  d is normalized, v its
 * reciprocal, high < d.  Algorithm 4 of the same paper.
 */
static inline uint64_t
limb_div_2by1(uint64_t high, uint64_t low, uint64_t d, uint64_t v, uint64_t *rem)
{
	uint64_t	q1;
	uint64_t	q0 = limb_mul_add(v, high, low, 0, &q1);
	uint64_t	one_less;
	uint64_t	r;

	q1 += high + 1;
	r = low - q1 * d;
	/* as likely as not, so no branch; the next is all but never taken */
	one_less = 0 - (uint64_t) (r > q0);
	q1 += one_less;
	r += one_less & d;
	if (r >= d)
	{
		q1++;
		r -= d;
	}
	*rem = r;
	return q1;
}

/* Copy n limbs shifted left by 0..63 bits into n + 1 limbs */
static inline void
limbs_shift_up(uint64_t *out, const uint64_t *in, int n, int shift)
{
	uint64_t	carry = 0;

	if (shift == 0)
	{
		memcpy(out, in, sizeof(uint64_t) * (size_t) n);
		out[n] = 0;
		return;
	}
	for (int i = 0; i < n; i++)
	{
		out[i] = (in[i] << shift) | carry;
		carry = in[i] >> (64 - shift);
	}
	out[n] = carry;
}

/* Number of limbs without the leading zero ones; 0 for zero */
static inline int
limbs_significant(const uint64_t *x, int n)
{
	while (n > 0 && x[n - 1] == 0)
		n--;
	return n;
}

/* x = x * factor + addend over n limbs; the carry out is returned */
static inline uint64_t
limbs_mul_add(uint64_t *x, int n, uint64_t factor, uint64_t addend)
{
	for (int i = 0; i < n; i++)
		x[i] = limb_mul_add(x[i], factor, addend, 0, &addend);
	return addend;
}

/*
 * Divide u (m limbs) by d (n limbs, 1 <= n < m) in place: u[0 .. n-1] becomes
 * the remainder, q gets the m - n limbs of the quotient.  d is normalized
 * (bit 63 of d[n-1] set) and the top n limbs of u, as a number, are below d.
 */
extern void limbs_div_normalized(uint64_t *u, int m, const uint64_t *d, int n, uint64_t *q);

/*
 * The double nearest to (high, low) where that is below 2^84, as all but the
 * greatest amounts of wei are: both terms of the sum are exact, which makes it
 * the only operation that rounds.  False where it is not below 2^84, or where
 * double arithmetic may have another precision than double.
 */
static inline bool
limb_pair_to_double(uint64_t high, uint64_t low, double *out)
{
#if defined(FLT_EVAL_METHOD) && FLT_EVAL_METHOD == 0
	if (high >= UINT64_C(1) << 20)
		return false;
	*out = (double) (int64_t) (high << 32 | low >> 32) * 4294967296.0 +
		(double) (int64_t) (low & 0xFFFFFFFF);
	return true;
#else
	(void) high;
	(void) low;
	(void) out;
	return false;
#endif
}

/*
 * The double nearest (ties to even) to (top + t) * 2^exp2, where top has bit
 * 63 set and 0 <= t < 1 with t > 0 exactly if sticky.  Returns false, and
 * leaves *out alone, where that is beyond the greatest double; a result below
 * the normal range is the correctly rounded subnormal or zero.
 */
extern bool limb_to_double(uint64_t top, bool sticky, int exp2, double *out);

/*
 * The same for (x + t) * 2^exp2, x being n >= 1 limbs of which the last is
 * not zero.
 */
extern bool limbs_to_double(const uint64_t *x, int n, bool sticky, int exp2, double *out);

#endif							/* PG_YIELD_CORE_CHAIN_LIMB_H */
