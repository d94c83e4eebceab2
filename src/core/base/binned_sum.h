/*-------------------------------------------------------------------------
 *
 * core/base/binned_sum.h
 *	  Sums that do not depend on the order of their terms, not in a single bit.
 *
 * The line of numbers is cut into bins of 26 bits, at the same places for all
 * sums.  A term is cut into the digits that it has in these bins, and each bin
 * adds up its own digits as an integer, without carries to the next.  A sum
 * keeps BINNED_BINS bins, from that of the highest digit of its greatest term
 * down; what terms have below is dropped.  Which digits those are depends on
 * the set of terms alone, and integers add up to the same in any order; so the
 * state itself is the same for any order and any split into parts that are
 * merged later.  No term is rounded at more than 2^-104 of the greatest.
 *
 * The idea of bins at fixed places is that of J. Demmel and H. D. Nguyen,
 * "Parallel Reproducible Summation", IEEE Transactions on Computers 64 (2015);
 * with integers for bins a term takes no more steps than one in twice the
 * precision of a double.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_BASE_BINNED_SUM_H
#define PG_YIELD_CORE_BASE_BINNED_SUM_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "core/base/dd.h"

#define BINNED_BITS	26
#define BINNED_BINS	5
#define BINNED_MASK	((UINT64_C(1) << BINNED_BITS) - 1)

/* As many terms, or twice as many, leave a bin room for what its neighbour carries over. */
#define BINNED_MAX_TERMS	(INT64_C(1) << 35)

/* "top" of a sum without terms other than zero: below that of any. */
#define BINNED_NONE	(INT64_MIN / 2)

/*
 * bin[i] counts units of 2^(26 (top - i) - 1074): bin 0 is that of the least
 * double.  Eight-byte fields only, so there is no padding.
 */
typedef struct binned_sum
{
	int64_t		top;
	int64_t		bin[BINNED_BINS];
} binned_sum;

#define BINNED_EMPTY	((binned_sum) {BINNED_NONE, {0}})

/*
 * The value of a sum in the one way that there is to write it: digits of base
 * 2^26 between -2^25 and 2^25 - 1, the first of them not zero and in bin
 * "top"; all is zero for zero.  No padding.
 */
#define BINNED_DIGITS	8

typedef struct binned_digits
{
	int64_t		top;
	int32_t		digit[BINNED_DIGITS];
} binned_digits;

extern void binned_add_digits(binned_sum *s, int64_t top, int64_t digit2, int64_t digit1,
							  int64_t digit0);
extern void binned_merge(binned_sum *into, const binned_sum *other);
extern bool binned_is_valid(const binned_sum *s, int64_t num_terms);
extern bool binned_is_valid_scaled(const binned_sum *s, int64_t num_terms);
extern bool binned_is_sum_of_positives(const binned_sum *s, int64_t num_terms);
extern bool binned_is_positive(const binned_sum *s);
extern binned_digits binned_value_digits(const binned_sum *s);
extern int	binned_cmp(const binned_sum *a, const binned_sum *b);
extern dd	binned_leading(const binned_sum *s, int64_t *unit_bin);
extern dd	binned_value(const binned_sum *s);
extern dd	binned_scaled_value(const binned_sum *s, int64_t exponent);
extern double binned_quotient(const binned_sum *a, const binned_sum *b);

/* The parts of a double: +- mantissa * 2^(place - 1074) */
typedef struct binned_term
{
	uint64_t	mantissa;
	unsigned	place;
	int64_t		sign;			/* 0 or -1 */
} binned_term;

static inline binned_term
binned_parts(double x)
{
	uint64_t	bits;
	unsigned	exponent;

	memcpy(&bits, &x, sizeof(bits));
	exponent = (unsigned) (bits >> 52) & 0x7ff;
	return (binned_term) {
		(bits & ((UINT64_C(1) << 52) - 1)) | (uint64_t) (exponent != 0) << 52,
		exponent - (exponent != 0), -(int64_t) (bits >> 63)
	};
}

/* a digit as a number with the sign 0 or -1 */
static inline int64_t
binned_signed(uint64_t digit, int64_t sign)
{
	return ((int64_t) digit ^ sign) - sign;
}

/* What a row of an aggregate does a few times must not become a call. */
#if defined(__GNUC__)
#define BINNED_ALWAYS	__attribute__((always_inline))
#else
#define BINNED_ALWAYS
#endif

/*
 * Add a digit to a bin, apart from what is added to its neighbours: compilers
 * take the additions of a term for a vector, and then gathering its digits
 * costs more than all the rest.
 */
static inline void
binned_count(int64_t *bin, int64_t digit)
{
	*bin += digit;
#if defined(__GNUC__)
	__asm__("" : "+m"(*bin));
#endif
}

/*
 * Add x * 2^(26 bins + shift), 0 <= shift < 26.  52 = 2 * 26, so that the
 * highest digit of a normal double is the third.
 */
static inline void
binned_add_shifted(binned_sum *s, double x, int64_t bins, unsigned shift)
{
	binned_term term = binned_parts(x);
	unsigned	place = term.place + shift;
	unsigned	up = place % BINNED_BITS;
	uint64_t	low = (term.mantissa & BINNED_MASK) << up;
	uint64_t	high = ((term.mantissa >> BINNED_BITS) << up) + (low >> BINNED_BITS);
	int64_t		digit2 = binned_signed(high >> BINNED_BITS, term.sign);
	int64_t		digit1 = binned_signed(high & BINNED_MASK, term.sign);
	int64_t		digit0 = binned_signed(low & BINNED_MASK, term.sign);
	int64_t		top = bins + place / BINNED_BITS + 2;
	uint64_t	below = (uint64_t) s->top - (uint64_t) top;

	if (below <= BINNED_BINS - 3)
	{
		binned_count(&s->bin[below], digit2);
		binned_count(&s->bin[below + 1], digit1);
		binned_count(&s->bin[below + 2], digit0);
	}
	else
		binned_add_digits(s, top, digit2, digit1, digit0);
}

/* Add a finite x. */
static inline void
binned_add(binned_sum *s, double x)
{
	binned_add_shifted(s, x, 0, 0);
}

/* Add what a double-double holds, finite and normal. */
static inline void
binned_add_dd(binned_sum *s, dd x)
{
	binned_add(s, x.hi);
	binned_add(s, x.lo);
}

/*
 * Add a * b * 2^(26 bins + shift), both finite; the product, which is exact,
 * may be beyond the range of a double.  It has five digits, or six: the last
 * of these is below the bins of any sum that has the first.
 */
static inline void
binned_add_product_shifted(binned_sum *s, double a, double b, int64_t bins, unsigned shift)
{
	binned_term x = binned_parts(a);
	binned_term y = binned_parts(b);
	int64_t		sign = x.sign ^ y.sign;
	unsigned	place = x.place + y.place + shift;
	unsigned	up;
	uint64_t	x0 = x.mantissa & BINNED_MASK,
				x1 = x.mantissa >> BINNED_BITS,
				y0 = y.mantissa & BINNED_MASK,
				y1 = y.mantissa >> BINNED_BITS;
	uint64_t	digit0,
				digit1,
				digit2,
				digit3,
				digit4,
				carry,
				below;
	int64_t		top;

	/* the product in digits, and these moved up */
	digit0 = x0 * y0;
	digit1 = x0 * y1 + x1 * y0 + (digit0 >> BINNED_BITS);
	digit2 = x1 * y1 + (digit1 >> BINNED_BITS);
	/* both places count from 2^-1074, which is 42 bins less 18 bits */
	place += 18;
	up = place % BINNED_BITS;
	top = bins + (int64_t) (place / BINNED_BITS) - 42 + 4;
	carry = (digit0 & BINNED_MASK) << up;
	digit0 = carry & BINNED_MASK;
	carry = (carry >> BINNED_BITS) + ((digit1 & BINNED_MASK) << up);
	digit1 = carry & BINNED_MASK;
	carry = (carry >> BINNED_BITS) + ((digit2 & BINNED_MASK) << up);
	digit3 = (carry >> BINNED_BITS) + ((digit2 >> BINNED_BITS) << up);
	digit2 = carry & BINNED_MASK;
	digit4 = digit3 >> BINNED_BITS;
	digit3 &= BINNED_MASK;
	if (digit4 > BINNED_MASK)
	{
		digit0 = digit1;
		digit1 = digit2;
		digit2 = digit3;
		digit3 = digit4 & BINNED_MASK;
		digit4 >>= BINNED_BITS;
		top++;
	}

	below = (uint64_t) s->top - (uint64_t) top;
	if (below == 0)
	{
		binned_count(&s->bin[0], binned_signed(digit4, sign));
		binned_count(&s->bin[1], binned_signed(digit3, sign));
		binned_count(&s->bin[2], binned_signed(digit2, sign));
		binned_count(&s->bin[3], binned_signed(digit1, sign));
		binned_count(&s->bin[4], binned_signed(digit0, sign));
	}
	else if (below == 1)
	{
		binned_count(&s->bin[1], binned_signed(digit4, sign));
		binned_count(&s->bin[2], binned_signed(digit3, sign));
		binned_count(&s->bin[3], binned_signed(digit2, sign));
		binned_count(&s->bin[4], binned_signed(digit1, sign));
	}
	else
	{
		binned_add_digits(s, top, binned_signed(digit4, sign), binned_signed(digit3, sign),
						  binned_signed(digit2, sign));
		binned_add_digits(s, top - 3, binned_signed(digit1, sign), binned_signed(digit0, sign), 0);
	}
}

/* Add a * b exactly. */
static inline void
binned_add_product(binned_sum *s, double a, double b)
{
	binned_add_product_shifted(s, a, b, 0, 0);
}

/*
 * Add the number of 128 bits (high, low), with the sign 0 or -1, times
 * 2^exponent, -10000 < exponent < 10000; one of its four highest bits is set.
 * Its five highest digits are added, what is below is dropped.
 */
static inline BINNED_ALWAYS void
binned_add_wide(binned_sum *s, uint64_t high, uint64_t low, int exponent, int64_t sign)
{
	/* from the place of the highest bit, moved so that it is positive */
	unsigned	place = (unsigned) (exponent + 127 + 1074 + BINNED_BITS * 1000);
	unsigned	up = place % BINNED_BITS + 1;
	int64_t		top = (int64_t) (place / BINNED_BITS) - 1000;
	uint64_t	below = (uint64_t) s->top - (uint64_t) top;
	int64_t		digit4 = binned_signed(high >> (64 - up), sign);
	int64_t		digit3,
				digit2,
				digit1,
				digit0;

	high = high << up | low >> (64 - up);
	low <<= up;
	digit3 = binned_signed(high >> 38, sign);
	digit2 = binned_signed(high >> 12 & BINNED_MASK, sign);
	digit1 = binned_signed((high << 14 | low >> 50) & BINNED_MASK, sign);
	digit0 = binned_signed(low >> 24 & BINNED_MASK, sign);
	if (below <= 1)
	{
		/* no processor could foretell which of the two it is */
		binned_count(&s->bin[below], digit4);
		binned_count(&s->bin[below + 1], digit3);
		binned_count(&s->bin[below + 2], digit2);
		binned_count(&s->bin[below + 3], digit1);
		binned_count(&s->bin[BINNED_BINS - 1], digit0 & ((int64_t) below - 1));
	}
	else
	{
		binned_add_digits(s, top, digit4, digit3, digit2);
		binned_add_digits(s, top - 3, digit1, digit0, 0);
	}
}

#endif							/* PG_YIELD_CORE_BASE_BINNED_SUM_H */
