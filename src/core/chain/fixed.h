/*-------------------------------------------------------------------------
 *
 * core/chain/fixed.h
 *	  Decimal fixed point as contracts use it: wad, ray and basis points.
 *
 * A wad has 18 decimals, a ray 27, a percentage 4 (10000 is 100 %).  All are
 * unsigned words.  Aave's WadRayMath and PercentageMath round half up unless
 * told otherwise; this is the same with a product of 512 bits, so that only a
 * result which does not fit is refused.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_CHAIN_FIXED_H
#define PG_YIELD_CORE_CHAIN_FIXED_H

#include "core/chain/u256.h"

#define FIXED_WAD		((u256) {{UINT64_C(1000000000000000000), 0, 0, 0}})
#define FIXED_RAY		((u256) {{UINT64_C(0x9FD0803CE8000000), 0x33B2E3C, 0, 0}})
#define FIXED_PERCENT	((u256) {{10000, 0, 0, 0}})

/* 10^18 with its leading bit at the top, and the reciprocal that limb_div_2by1 takes of it */
#define FIXED_WAD_SHIFT			4
#define FIXED_WAD_NORMALIZED	UINT64_C(0xDE0B6B3A76400000)
#define FIXED_WAD_RECIPROCAL	UINT64_C(0x2725DD1D243ABA0E)

/* Floor of a / 10^18, the division of most contracts, without that by a variable */
static inline u256
wad_floor(u256 a)
{
	u256		quot = U256_ZERO;
	uint64_t	rem = a.limb[3] >> (64 - FIXED_WAD_SHIFT);

	for (int i = 3; i >= 0; i--)
	{
		uint64_t	low = a.limb[i] << FIXED_WAD_SHIFT;

		if (i > 0)
			low |= a.limb[i - 1] >> (64 - FIXED_WAD_SHIFT);
		if ((rem | low) != 0)
			quot.limb[i] = limb_div_2by1(rem, low, FIXED_WAD_NORMALIZED, FIXED_WAD_RECIPROCAL, &rem);
	}
	return quot;
}

/*
 * a * b / unit, of two numbers with that unit or of one with it and a plain
 * amount.  CORE_OUT_OF_RANGE where the rounded result is 2^256 or more.
 */
static inline core_status
wad_mul(u256 a, u256 b, u256_rounding rounding, u256 *out)
{
	return u256_mul_div(a, b, FIXED_WAD, rounding, out);
}

static inline core_status
ray_mul(u256 a, u256 b, u256_rounding rounding, u256 *out)
{
	return u256_mul_div(a, b, FIXED_RAY, rounding, out);
}

static inline core_status
percent_mul(u256 a, u256 b, u256_rounding rounding, u256 *out)
{
	return u256_mul_div(a, b, FIXED_PERCENT, rounding, out);
}

/*
 * a * unit / b.  CORE_DIVISION_BY_ZERO where b is zero, CORE_OUT_OF_RANGE
 * where the rounded result is 2^256 or more.
 */
static inline core_status
wad_div(u256 a, u256 b, u256_rounding rounding, u256 *out)
{
	return u256_mul_div(a, FIXED_WAD, b, rounding, out);
}

static inline core_status
ray_div(u256 a, u256 b, u256_rounding rounding, u256 *out)
{
	return u256_mul_div(a, FIXED_RAY, b, rounding, out);
}

static inline core_status
percent_div(u256 a, u256 b, u256_rounding rounding, u256 *out)
{
	return u256_mul_div(a, FIXED_PERCENT, b, rounding, out);
}

#endif							/* PG_YIELD_CORE_CHAIN_FIXED_H */
