/*-------------------------------------------------------------------------
 *
 * core/leverage/fluid.h
 *	  Fluid to the last digit: rate curves and exchange prices of its liquidity
 *	  layer, ticks and liquidations of its vaults.
 *
 * All are chain integers: rates, utilization and fees are basis points (10000
 * is 100 %), exchange prices have 12 decimals, ratios of debt to collateral 96
 * binary digits (2^96 is one), oracle prices 27 decimals.
 *
 * From Instadapp/fluid-contracts-public: liquidityCalcs.sol, tickMath.sol,
 * liquidity/userModule and vaultT1/coreModule.  Every function fails with
 * CORE_OUT_OF_RANGE where a result, or an amount on the way to it, is beyond 256
 * bits, and for the reasons named at it.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_LEVERAGE_FLUID_H
#define PG_YIELD_CORE_LEVERAGE_FLUID_H

#include "core/chain/u256.h"

#define FLUID_YEAR_SECONDS	UINT64_C(31536000)

/* The greatest rate and the greatest utilization that are stored */
#define FLUID_MAX_RATE			UINT64_C(65535)
#define FLUID_MAX_UTILIZATION	UINT64_C(16383)

/* A curve has one kink or two */
#define FLUID_MIN_POINTS	3
#define FLUID_MAX_POINTS	4

#define FLUID_MAX_TICK		32767

/* ---------- liquidity layer ---------- */

/*
 * calcBorrowRateFromUtilization: the line through the two points around a
 * utilization, which may fall and goes on above 100 %, at most FLUID_MAX_RATE.
 * The points' utilizations start at 0, ascend, and end at 10000.
 * CORE_BAD_PARAMETER where they do not, for a rate above FLUID_MAX_RATE, and
 * where the line is below zero.
 */
extern core_status fluid_borrow_rate(u256 utilization, const u256 *utilizations,
									 const u256 *rates, int n, u256 *out);

/* Whether points make a curve, apart from where its last line leads */
extern bool fluid_is_curve(const u256 *utilizations, const u256 *rates, int n);

/* What a token's suppliers and borrowers have; some earn and pay no interest */
typedef struct fluid_totals
{
	u256		supply;
	u256		supply_free;
	u256		borrow;
	u256		borrow_free;
} fluid_totals;

/* All borrowed over all supplied in basis points, floored; zero where nothing is supplied */
extern core_status fluid_utilization(const fluid_totals *totals, u256 *out);

/*
 * What suppliers with interest earn, with 12 decimals (1e12 is 100 % a year):
 * borrow_rate * (1 - fee) times their share, which has whole basis points.
 * CORE_BAD_PARAMETER for a rate above FLUID_MAX_RATE, a fee above 10000 or a
 * utilization above FLUID_MAX_UTILIZATION, which the contract cannot store.
 */
extern core_status fluid_supply_rate(const fluid_totals *totals, u256 borrow_rate, u256 fee,
									 u256 *out);

/*
 * calcExchangePrices: both prices after some seconds.  CORE_BAD_PARAMETER as
 * fluid_supply_rate and for a price of zero; CORE_OUT_OF_RANGE from 2^64 on,
 * where the contract stores them.
 */
extern core_status fluid_accrue(const fluid_totals *totals, u256 borrow_rate, u256 fee,
								u256 seconds, u256 *supply_price, u256 *borrow_price);

/* ---------- vaults ---------- */

/* 1.0015^tick * 2^96, rounded up above tick zero; false for a tick beyond FLUID_MAX_TICK */
extern bool fluid_ratio_at_tick(int32_t tick, u256 *out);

/*
 * The greatest tick whose ratio is not above this one, and that ratio, both as
 * the contract reckons them: floored at every step, so that a ratio within a
 * 1e-24th part above a tick's, or its very own, may get the tick below.
 * CORE_OUT_OF_RANGE below 37075072 and above the ratio of the greatest tick.
 */
extern core_status fluid_tick_at_ratio(u256 ratio, int32_t *tick, u256 *perfect_ratio);

typedef struct fluid_vault
{
	u256		oracle_price;	/* debt per collateral, 27 decimals */
	u256		liquidation_threshold_bps;
	u256		liquidation_penalty_bps;
	u256		supply_price;	/* the vault's exchange prices */
	u256		borrow_price;
} fluid_vault;

typedef struct fluid_limits
{
	u256		collateral_per_debt;	/* what a liquidator gets, 27 decimals, penalty included */
	u256		ratio;			/* at the threshold */
	int32_t		tick;			/* debt above it is liquidated */
} fluid_limits;

/*
 * From where on and at what price a vault is liquidated, in raw amounts.
 * CORE_BAD_PARAMETER for an oracle price of zero or above 1e54 and for a threshold
 * or a penalty above 10000; CORE_DIVISION_BY_ZERO for a borrow price of zero and
 * where the price of raw amounts is floored to zero; CORE_OUT_OF_RANGE for a ratio
 * without a tick.
 */
extern core_status fluid_vault_limits(const fluid_vault *vault, fluid_limits *out);

typedef struct fluid_liquidation
{
	u256		debt;
	u256		collateral;
	u256		ratio_after;
} fluid_liquidation;

/*
 * One step of a liquidation: debt at a ratio down to a target ratio, or as much
 * of it as there is to repay.  All amounts are raw.  CORE_BAD_PARAMETER where there
 * is no debt, the target is zero or above the ratio, or the collateral is not worth
 * the debt and the penalty, so that repaying does not lower the ratio.
 */
extern core_status fluid_liquidate(u256 debt, u256 ratio, u256 target_ratio,
								   u256 collateral_per_debt, u256 repay, fluid_liquidation *out);

#endif							/* PG_YIELD_CORE_LEVERAGE_FLUID_H */
