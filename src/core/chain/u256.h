/*-------------------------------------------------------------------------
 *
 * core/chain/u256.h
 *	  256-bit integers as the Ethereum virtual machine has them.
 *
 * Prefix u256_: unsigned; s256_: two's complement on the same four limbs;
 * u512_: the products of two words.
 *
 * How functions fail: those that can fail for one reason only return bool,
 * false being failure (which one is said at each function); those that can
 * fail for several return core_status.  A failed function leaves *out alone.
 * Arithmetic without a suffix is checked, as in Solidity since 0.8; with the
 * suffix _wrap it is modulo 2^256, as in an unchecked block.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_CHAIN_U256_H
#define PG_YIELD_CORE_CHAIN_U256_H

#include "core/base/status.h"
#include "core/chain/limb.h"

typedef struct u256
{
	uint64_t	limb[4];		/* least significant first */
} u256;

typedef u256 s256;

typedef struct u512
{
	uint64_t	limb[8];		/* least significant first */
} u512;

typedef enum u256_rounding
{
	U256_FLOOR,
	U256_CEIL,
	U256_HALF_UP				/* exactly one half goes up, away from zero */
} u256_rounding;

#define U256_ZERO	((u256) {{0, 0, 0, 0}})
#define U256_MAX	((u256) {{UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX}})
#define S256_MIN	((s256) {{0, 0, 0, (uint64_t) 1 << 63}})
#define S256_MAX	((s256) {{UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX >> 1}})

/* 10^77 is the greatest power of ten below 2^256 */
#define U256_MAX_POW10	77

static inline u256
u256_from_u64(uint64_t x)
{
	return (u256) {{x, 0, 0, 0}};
}

static inline bool
u256_is_zero(u256 a)
{
	return (a.limb[0] | a.limb[1] | a.limb[2] | a.limb[3]) == 0;
}

static inline bool
u256_fits_u64(u256 a)
{
	return (a.limb[1] | a.limb[2] | a.limb[3]) == 0;
}

static inline bool
u256_equal(u256 a, u256 b)
{
	return ((a.limb[0] ^ b.limb[0]) | (a.limb[1] ^ b.limb[1]) |
			(a.limb[2] ^ b.limb[2]) | (a.limb[3] ^ b.limb[3])) == 0;
}

/* -1, 0 or 1 */
static inline int
u256_cmp(u256 a, u256 b)
{
	for (int i = 3; i >= 0; i--)
		if (a.limb[i] != b.limb[i])
			return a.limb[i] < b.limb[i] ? -1 : 1;
	return 0;
}

/* Number of limbs without the leading zero ones: 0 .. 4 */
static inline int
u256_limbs(u256 a)
{
	return limbs_significant(a.limb, 4);
}

/* 0 for zero, otherwise 1 + floor(log2 a) */
static inline int
u256_bit_length(u256 a)
{
	int			n = u256_limbs(a);

	return n == 0 ? 0 : 64 * (n - 1) + limb_bits(a.limb[n - 1]);
}

/* floor(log2 a); -1 for zero, which has none */
static inline int
u256_log2(u256 a)
{
	return u256_bit_length(a) - 1;
}

/* a + b modulo 2^256; returns the carry out */
static inline bool
u256_add_carry(u256 a, u256 b, u256 *out)
{
	uint64_t	carry = 0;

	for (int i = 0; i < 4; i++)
		out->limb[i] = limb_add(a.limb[i], b.limb[i], &carry);
	return carry != 0;
}

/* a - b modulo 2^256; returns the borrow out, that is a < b */
static inline bool
u256_sub_borrow(u256 a, u256 b, u256 *out)
{
	uint64_t	borrow = 0;

	for (int i = 0; i < 4; i++)
		out->limb[i] = limb_sub(a.limb[i], b.limb[i], &borrow);
	return borrow != 0;
}

static inline u256
u256_add_wrap(u256 a, u256 b)
{
	u256		sum;

	(void) u256_add_carry(a, b, &sum);
	return sum;
}

static inline u256
u256_sub_wrap(u256 a, u256 b)
{
	u256		diff;

	(void) u256_sub_borrow(a, b, &diff);
	return diff;
}

/* False where the sum is 2^256 or more */
static inline bool
u256_add(u256 a, u256 b, u256 *out)
{
	u256		sum;

	if (u256_add_carry(a, b, &sum))
		return false;
	*out = sum;
	return true;
}

/* False where the difference is negative */
static inline bool
u256_sub(u256 a, u256 b, u256 *out)
{
	u256		diff;

	if (u256_sub_borrow(a, b, &diff))
		return false;
	*out = diff;
	return true;
}

static inline u256
u256_and(u256 a, u256 b)
{
	for (int i = 0; i < 4; i++)
		a.limb[i] &= b.limb[i];
	return a;
}

static inline u256
u256_or(u256 a, u256 b)
{
	for (int i = 0; i < 4; i++)
		a.limb[i] |= b.limb[i];
	return a;
}

/* Shifts fill with zeros; by 256 bits or more they give zero */
extern u256 u256_shl(u256 a, unsigned bits);
extern u256 u256_shr(u256 a, unsigned bits);

/* The product; u256_mul is false where it is 2^256 or more */
extern bool u256_mul(u256 a, u256 b, u256 *out);
extern u256 u256_mul_wrap(u256 a, u256 b);
extern u512 u256_mul_full(u256 a, u256 b);

/*
 * Floor of the quotient, and the remainder.  False where b is zero (which the
 * machine itself answers with zero, and Solidity with a panic).  quot and rem
 * of the divmod functions may be NULL.
 */
extern bool u256_divmod(u256 a, u256 b, u256 *quot, u256 *rem);
extern bool u512_divmod(u512 a, u256 b, u512 *quot, u256 *rem);
extern bool u256_div(u256 a, u256 b, u256 *out);
extern bool u256_mod(u256 a, u256 b, u256 *out);

/*
 * a * b / c with the product in 512 bits, rounded once.  CORE_DIVISION_BY_ZERO
 * where c is zero, CORE_OUT_OF_RANGE where the rounded result is 2^256 or more:
 * as mulDiv of Uniswap's FullMath and OpenZeppelin's Math revert.
 */
extern core_status u256_mul_div(u256 a, u256 b, u256 c, u256_rounding rounding, u256 *out);

/* a * b of two numbers below 2^128, which always fits */
static inline u256
u256_mul_pairs(u256 a, u256 b)
{
	u256		p;
	uint64_t	high;

	p.limb[0] = limb_mul(a.limb[0], b.limb[0], &high);
	p.limb[1] = limb_mul_add(a.limb[1], b.limb[0], high, 0, &p.limb[2]);
	p.limb[1] = limb_mul_add(a.limb[0], b.limb[1], p.limb[1], 0, &high);
	p.limb[2] = limb_mul_add(a.limb[1], b.limb[1], p.limb[2], high, &p.limb[3]);
	return p;
}

/* Greatest integer whose square is not above a; never fails */
extern u256 u256_sqrt(u256 a);

/*
 * base^n where base and the result are fixed-point numbers with the unit one:
 * powers by squaring, every product rounded half up, in the order of rpow in
 * MakerDAO's jug.sol, so that the last digit agrees.  base^0 is one, for zero
 * too.  Products have 512 bits here, so that some powers succeed at which the
 * contract reverts (a factor of 2^128 or more).  CORE_DIVISION_BY_ZERO where
 * one is zero, CORE_OUT_OF_RANGE where any step is 2^256 or more.
 */
extern core_status u256_pow_fixed(u256 base, uint64_t n, u256 one, u256 *out);

/* 10^n; false where n is above U256_MAX_POW10 */
extern bool u256_pow10(unsigned n, u256 *out);

/*
 * Big-endian words.  n is 1 .. 32 bytes.  The store is false, and writes
 * nothing, where a needs more than n bytes.
 */
extern u256 u256_load_be(const uint8_t *bytes, int n);
extern bool u256_store_be(u256 a, uint8_t *bytes, int n);

/* The nearest double, ties to even: always finite */
extern double u256_to_double(u256 a);

/*
 * The double nearest to a / b, rounded once, so that quotients in an order give
 * doubles in that order.  False where b is zero.
 */
extern bool u256_ratio(u256 a, u256 b, double *out);

/*
 * A whole double, exactly.  CORE_BAD_PARAMETER for a fraction,
 * CORE_OUT_OF_RANGE for NaN, negative numbers and 2^256 or more.
 */
extern core_status u256_from_double(double x, u256 *out);

static inline bool
s256_is_negative(s256 a)
{
	return a.limb[3] >> 63 != 0;
}

/* -a modulo 2^256, which leaves S256_MIN as it is */
static inline s256
s256_neg_wrap(s256 a)
{
	return u256_sub_wrap(U256_ZERO, a);
}

/* |a| as an unsigned number: right for S256_MIN too */
static inline u256
s256_magnitude(s256 a)
{
	return s256_is_negative(a) ? s256_neg_wrap(a) : a;
}

/* -1, 0 or 1 */
static inline int
s256_cmp(s256 a, s256 b)
{
	a.limb[3] ^= (uint64_t) 1 << 63;
	b.limb[3] ^= (uint64_t) 1 << 63;
	return u256_cmp(a, b);
}

/* The number of that sign and magnitude; false where 256 bits cannot hold it */
extern bool s256_from_magnitude(u256 magnitude, bool negative, s256 *out);

/* False where the result is below -2^255 or above 2^255 - 1 */
extern bool s256_neg(s256 a, s256 *out);
extern bool s256_add(s256 a, s256 b, s256 *out);
extern bool s256_sub(s256 a, s256 b, s256 *out);
extern bool s256_mul(s256 a, s256 b, s256 *out);

/*
 * Quotient truncated toward zero.  CORE_DIVISION_BY_ZERO where b is zero,
 * CORE_OUT_OF_RANGE for S256_MIN / -1.
 */
extern core_status s256_div(s256 a, s256 b, s256 *out);

/* The low n bytes (1 .. 32) of a, read as a signed number of that width */
extern s256 s256_sign_extend(u256 a, int n);

/* n big-endian bytes (1 .. 32) read as a signed number of that width */
extern s256 s256_load_be(const uint8_t *bytes, int n);

/* The nearest double, ties to even: always finite */
extern double s256_to_double(s256 a);

#endif							/* PG_YIELD_CORE_CHAIN_U256_H */
