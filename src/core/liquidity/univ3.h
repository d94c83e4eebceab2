/*-------------------------------------------------------------------------
 *
 * core/liquidity/univ3.h
 *	  Concentrated liquidity: ticks, prices, amounts and fees of Uniswap v3.
 *
 * A sqrt price is sqrt(token1 per token0) * 2^96, both tokens in their least
 * units ("raw"); a tick is a power of 1.0001 of the price.  Integers and their
 * roundings are those of the contracts: TickMath.sol and SqrtPriceMath.sol of
 * Uniswap/v3-core, LiquidityAmounts.sol of Uniswap/v3-periphery.  Uniswap v4
 * (v4-core) computes the same.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_LIQUIDITY_UNIV3_H
#define PG_YIELD_CORE_LIQUIDITY_UNIV3_H

#include "core/chain/u256.h"

#define UNIV3_MIN_TICK		(-887272)
#define UNIV3_MAX_TICK		887272

/* The prices of these ticks; pools are at UNIV3_MIN_SQRT_PRICE or above, and below the other */
#define UNIV3_MIN_SQRT_PRICE	((u256) {{UINT64_C(4295128739), 0, 0, 0}})
#define UNIV3_MAX_SQRT_PRICE \
	((u256) {{UINT64_C(0x5D951D5263988D26), UINT64_C(0xEFD1FC6A50648849), UINT64_C(0xFFFD8963), 0}})

/* 100 % in the unit of fees */
#define UNIV3_FEE_UNIT		1000000

/* Significant decimal digits of univ3_price */
#define UNIV3_PRICE_DIGITS	28

/* Whether a pool can be at this price: the domain is half open */
static inline bool
univ3_is_pool_price(u256 sqrt_price)
{
	return u256_cmp(sqrt_price, UNIV3_MIN_SQRT_PRICE) >= 0 &&
		u256_cmp(sqrt_price, UNIV3_MAX_SQRT_PRICE) < 0;
}

/* Liquidity is a uint128 */
static inline bool
univ3_is_liquidity(u256 liquidity)
{
	return (liquidity.limb[2] | liquidity.limb[3]) == 0;
}

static inline u256
univ3_min(u256 a, u256 b)
{
	return u256_cmp(a, b) < 0 ? a : b;
}

static inline u256
univ3_max(u256 a, u256 b)
{
	return u256_cmp(a, b) < 0 ? b : a;
}

/* getSqrtRatioAtTick: false where the tick is beyond +-887272 */
extern bool univ3_sqrt_price_at_tick(int32_t tick, u256 *sqrt_price);

/*
 * getTickAtSqrtRatio: the greatest tick whose sqrt price is not above this
 * one.  False where no pool can be at this price.
 */
extern bool univ3_tick_at_sqrt_price(u256 sqrt_price, int32_t *tick);

/*
 * Token0 and token1 between two sqrt prices, 0 < lower <= upper < 2^160, at
 * liquidity below 2^128: getAmount0Delta and getAmount1Delta.  Pools round up
 * what they take.  Results are at most 2^192 within the domain of prices.
 */
extern u256 univ3_amount0(u256 lower, u256 upper, u256 liquidity, bool round_up);
extern u256 univ3_amount1(u256 lower, u256 upper, u256 liquidity, bool round_up);

/*
 * What a position from sqrt price lower to upper holds: rounded down, as
 * burning pays and getAmountsForLiquidity says, or rounded up, as minting
 * takes.  CORE_OUT_OF_RANGE where liquidity, a bound (which may also be
 * UNIV3_MAX_SQRT_PRICE) or the price is outside its domain,
 * CORE_BAD_PARAMETER where lower is not below upper.
 */
extern core_status univ3_amounts(u256 liquidity, u256 sqrt_price, u256 lower, u256 upper,
								 bool round_up, u256 *amount0, u256 *amount1);

/*
 * The greatest liquidity that both amounts pay for: getLiquidityForAmounts,
 * which is short of the true maximum by its rounding of the product of the two
 * sqrt prices.  Fails as univ3_amounts does, and with CORE_OUT_OF_RANGE where
 * the result is 2^128 or more; the contract reverts already where one amount
 * alone would pay for that much.
 */
extern core_status univ3_liquidity(u256 sqrt_price, u256 lower, u256 upper,
								   u256 amount0, u256 amount1, u256 *liquidity);

/*
 * Fees per unit of liquidity that arose between two ticks, Q128.128 and modulo
 * 2^256 (Tick.sol, getFeeGrowthInside).  A tick equal to tick_upper is above
 * the range.
 */
extern u256 univ3_fee_growth_inside(int32_t tick_lower, int32_t tick_upper, int32_t tick,
									u256 global, u256 lower_outside, u256 upper_outside);

/* floor((inside - inside_last mod 2^256) * liquidity / 2^128); CORE_OUT_OF_RANGE for liquidity */
extern core_status univ3_fees_owed(u256 inside, u256 inside_last, u256 liquidity, u256 *owed);

/*
 * Token0's price in token1, or with invert token1's in token0, in whole
 * tokens: mantissa * 10^-scale, rounded half up to UNIV3_PRICE_DIGITS
 * significant digits.  decimals is those of token0 less those of token1.
 * CORE_OUT_OF_RANGE for a sqrt price outside its domain, or where decimals
 * makes the mantissa 2^256 or more.
 */
extern core_status univ3_price(u256 sqrt_price, int decimals, bool invert,
							   u256 *mantissa, int *scale);

/* x * 10^decimals, decimals within +-255; rounded once where it is within +-22 */
extern double univ3_shift_decimals(double x, int decimals);

/* The same as a double, for a sqrt price that is not zero; decimals within +-255 */
extern double univ3_price_to_double(u256 sqrt_price, int decimals);

/*
 * The price of a tick, 1.0001^tick * 10^decimals, to about one unit in the
 * last place: from TickMath's ratio before it is cut to 96 bits, which leaves
 * low prices with few digits.  The tick is within +-887272.
 */
extern double univ3_tick_to_price(int32_t tick, int decimals);

/*
 * The greatest tick for which univ3_tick_to_price is not above price, so that
 * the one undoes the other.  CORE_OUT_OF_RANGE where price is not within the
 * prices of the least and the greatest tick.
 */
extern core_status univ3_price_to_tick(double price, int decimals, int32_t *tick);

/*
 * The sqrt price of token0's price in token1, floored; right to a double's
 * precision.  CORE_OUT_OF_RANGE where no pool can be there.
 */
extern core_status univ3_sqrt_price_of(double price, int decimals, u256 *sqrt_price);

/*
 * The multiple of tick_spacing (positive) that is nearest to a tick within
 * +-887272, halves upward, and within the same bounds: nearestUsableTick of
 * Uniswap/v3-sdk.
 */
extern int32_t univ3_nearest_usable_tick(int32_t tick, int32_t tick_spacing);

#endif							/* PG_YIELD_CORE_LIQUIDITY_UNIV3_H */
