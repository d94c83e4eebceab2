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
