/*-------------------------------------------------------------------------
 *
 * core/liquidity/stableswap.h
 *	  Pools of Curve's StableSwap kind, to the last wei, as the contracts
 *	  compute them.
 *
 * "StableSwap" is one equation (M. Egorov, "StableSwap - efficient mechanism
 * for Stablecoin liquidity", 2019) and several integer algorithms for it that
 * differ in the last digits, in what they can solve, and in when they take
 * the fee.  Amounts are unsigned words: balances in the token's smallest unit,
 * rates with 18 decimals (a rate brings a balance to the unit of the invariant,
 * xp = balance * rate / 1e18, so that a token with 6 decimals has 1e30), fees
 * in units of 1e-10.  Every product must fit 256 bits, as in the contracts.
 *
 * How functions fail: CORE_DIVISION_BY_ZERO where the contract would divide by
 * zero (a balance or the supply is zero), CORE_OUT_OF_RANGE where an amount on
 * the way is negative or 2^256 or more, CORE_BAD_PARAMETER where Newton's
 * iteration has not settled after 255 rounds, CORE_NULL where a trade is so
 * small that rounding leaves less than nothing of it.  In all four cases the
 * contract reverts.  A failed function leaves *out alone.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_LIQUIDITY_STABLESWAP_H
#define PG_YIELD_CORE_LIQUIDITY_STABLESWAP_H

#include "core/chain/u256.h"

#define STABLESWAP_MIN_COINS	2
#define STABLESWAP_MAX_COINS	8	/* of Curve's NG pools; Balancer has 5 */
#define STABLESWAP_MAX_ROUNDS	255

/* Fees are parts of this */
#define STABLESWAP_FEE_ONE		UINT64_C(10000000000)

typedef enum stableswap_variant
{
	STABLESWAP_RAW,				/* 3pool: A without precision, fee after conversion */
	STABLESWAP_STD,				/* pool templates, rETH, metapools: A in hundredths */
	STABLESWAP_PLUS1,			/* stETH: as STD, one added to the divisor of D_P */
	STABLESWAP_NG,				/* stableswap-ng: D_P divided by n^n at its end */
	STABLESWAP_BALANCER_V2,		/* StableMath of v2 as deployed with MetaStable pools */
	STABLESWAP_BALANCER_COMPOSABLE, /* of June 2022: D as STD, balances as BALANCER_V2 */
	STABLESWAP_BALANCER_V3		/* StableMath of v3 */
} stableswap_variant;

/* Set balances, rates, amp and fees, then call stableswap_scale_balances. */
typedef struct stableswap_pool
{
	stableswap_variant variant;
	int			n;				/* coins */
	bool		has_rates;		/* false: all rates are one, and nothing is scaled */
	u256		amp;			/* as the pool's own D() takes it: with its precision */
	u256		fee;			/* 1e-10, at most STABLESWAP_FEE_ONE */
	u256		offpeg_fee_multiplier;	/* NG, 1e-10; one or less: the fee is flat */
	u256		balance[STABLESWAP_MAX_COINS];
	u256		rate[STABLESWAP_MAX_COINS];
	u256		xp[STABLESWAP_MAX_COINS];
} stableswap_pool;

/* xp from balances and rates */
extern core_status stableswap_scale_balances(stableswap_pool *pool);

/*
 * The invariant D, in units of xp; zero where all balances are.  Balancer v2
 * rounds it up, as the deployed pools do for swaps.
 */
extern core_status stableswap_d(const stableswap_pool *pool, u256 *out);

/*
 * D * 1e18 / supply: what a share of the pool is worth in units of D.  Balancer
 * v2 rounds D down here (getRate).
 */
extern core_status stableswap_virtual_price(const stableswap_pool *pool, u256 supply, u256 *out);

/*
 * The balance of coin j, in units of xp, that goes with balance x of coin i when
 * all others and D stay as they are.  Coins are counted from 0, i is not j.
 */
extern core_status stableswap_y(const stableswap_pool *pool, int i, int j, u256 x, u256 *out);

/* The same at a D that the caller has computed */
extern core_status stableswap_y_at(const stableswap_pool *pool, u256 d, int i, int j, u256 x,
								   u256 *out);

/*
 * What dx of coin i buys of coin j, both in the tokens' units, after the fee.
 * raw converts to token units and then takes the fee; std, plus1 and ng take
 * the fee first; Balancer takes it off dx, rounded up (v2 before the rate is
 * applied, v3 after).
 */
extern core_status stableswap_dy(const stableswap_pool *pool, int i, int j, u256 dx, u256 *out);
extern core_status stableswap_dy_at(const stableswap_pool *pool, u256 d, int i, int j, u256 dx,
									u256 *out);

/*
 * Price of coin i in coin j, with 18 decimals, before any fee: the slope of the
 * curve in units of xp, so that one means that they trade at their rates.
 * Computed as _get_p of stableswap-ng computes it, in which j is 0.
 */
extern core_status stableswap_spot_price(const stableswap_pool *pool, int i, int j, u256 *out);

/* The same at a D that the caller has computed */
extern core_status stableswap_spot_price_at(const stableswap_pool *pool, u256 d, int i, int j,
											u256 *out);

/*
 * What "amount" shares of "supply" give if all is taken out as coin i: Curve's
 * calc_withdraw_one_coin, of its variants only.
 */
extern core_status stableswap_withdraw_one_coin(const stableswap_pool *pool, int i, u256 amount,
												u256 supply, u256 *out);

/*
 * The fee of stableswap-ng away from the peg: fee * m / ((m - 1) * 4 * xi * xj /
 * (xi + xj)^2 + 1) with m in 1e-10, and the fee itself where m is at most one.
 */
extern core_status stableswap_dynamic_fee(u256 fee, u256 offpeg_fee_multiplier, u256 xi, u256 xj,
										  u256 *out);

/*
 * The fee on a deposit or withdrawal is that of the trades it implies: of half of
 * what is out of proportion, as a share of n / (n - 1).  Fails in *status.
 */
extern u256 stableswap_imbalance_fee(const stableswap_pool *pool, core_status *status);

/*
 * A at a moment of its ramp, "elapsed" of "duration" after it began: from a0 to
 * a1 in a straight line, floored towards a0, and a1 from its end on.  Any unit
 * of time gives what whole seconds give at whole seconds.
 */
extern core_status stableswap_amp(u256 a0, u256 a1, uint64_t elapsed, uint64_t duration,
								  u256 *out);

/*
 * Share of coin i in the pool's balances, by their rates: from 0 to 1.
 * CORE_NULL where the pool is empty.
 */
extern core_status stableswap_share(const stableswap_pool *pool, int i, double *out);

#endif							/* PG_YIELD_CORE_LIQUIDITY_STABLESWAP_H */
