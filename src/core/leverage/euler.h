/*-------------------------------------------------------------------------
 *
 * core/leverage/euler.h
 *	  Euler v2 to the last digit: rates and their accrual, loan-to-value
 *	  ratios that are lowered in steps of a block, health and liquidations.
 *
 * All are chain integers: rates are rays (27 decimals) per second, ratios
 * basis points (10000 is 100 %), utilization has the scale 2^32 - 1, values are
 * in a vault's unit of account.  Products have 512 bits, so that some results
 * exist at which a contract reverts.
 *
 * From euler-xyz/euler-vault-kit.  Every function fails with CORE_OUT_OF_RANGE
 * where a result, or an amount on the way to it, is 2^256 or more, and for the
 * reasons named at it.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_LEVERAGE_EULER_H
#define PG_YIELD_CORE_LEVERAGE_EULER_H

#include "core/chain/u256.h"

/* 365.2425 days, the mean of the Gregorian calendar: Constants.sol */
#define EULER_YEAR_SECONDS	UINT64_C(31556952)

/* All of a vault's assets are borrowed */
#define EULER_FULL_UTILIZATION	UINT64_C(0xFFFFFFFF)

/* ---------- rates ---------- */

/* borrows * (2^32 - 1) / (cash + borrows), floored; zero in an empty vault */
extern core_status euler_utilization(u256 cash, u256 borrows, u256 *out);

typedef struct euler_curve
{
	u256		base;			/* ray per second */
	u256		slope1;			/* the same for each step of utilization */
	u256		slope2;
	u256		kink;			/* of 2^32 - 1 */
} euler_curve;

/* IRMLinearKink.computeInterestRate; CORE_BAD_PARAMETER for a kink above 2^32 - 1 */
extern core_status euler_borrow_rate(u256 cash, u256 borrows, const euler_curve *curve, u256 *out);

/*
 * What of a rate suppliers get: that times borrows * (1 - fee) / (cash + borrows),
 * floored twice, as the lens has it.  Zero in an empty vault; CORE_BAD_PARAMETER
 * for a fee above 10000.
 */
extern core_status euler_supply_rate(u256 rate, u256 cash, u256 borrows, u256 fee_bps, u256 *out);

/* The yield of a rate over a year: (1e27 + rate)^31556952 - 1e27 by rpow */
extern core_status euler_apy(u256 rate, u256 *out);

/*
 * An interest accumulator after some seconds: accumulator * rpow(1e27 + rate,
 * seconds) / 1e27, floored (Cache.sol).  CORE_OUT_OF_RANGE also for 2^64 seconds.
 */
extern core_status euler_accumulator(u256 rate, u256 seconds, u256 accumulator, u256 *out);

/*
 * Assets owed, rounded up, for a stored debt, which has 31 more bits, since the
 * account's accumulator: BorrowUtils.getCurrentOwed, Owed.toAssetsUp.
 * CORE_DIVISION_BY_ZERO where that is zero.
 */
extern core_status euler_debt(u256 owed, u256 accumulator, u256 account_accumulator, u256 *out);

/* ---------- health ---------- */

/*
 * The liquidation ratio on its way down, LTVConfig.getLTV: target and what is
 * left of the difference to the initial one, floored.  remaining and ramp are
 * times of one unit; none remaining, or a target that is not lower, is the target.
 * CORE_BAD_PARAMETER for a ratio above 10000 or more remaining than the ramp has.
 */
extern core_status euler_liquidation_ltv(u256 initial_bps, u256 target_bps, uint64_t remaining,
										 u256 ramp, u256 *out);

/* The sum of values times ratios, each floored; CORE_BAD_PARAMETER for a ratio above 10000 */
extern core_status euler_adjusted_collateral(const u256 *values, const u256 *ltvs_bps, int n,
											 u256 *out);

/* Collateral at its ratios must be above the liability; without one all is well */
extern bool euler_is_healthy(u256 adjusted_collateral, u256 liability_value);

/* adjusted_collateral / liability in wad, floored; CORE_NULL without a liability */
extern core_status euler_health_score(u256 adjusted_collateral, u256 liability_value, u256 *out);

/* ---------- liquidation ---------- */

typedef struct euler_violation
{
	u256		adjusted_collateral;	/* of all collaterals, at liquidation ratios */
	u256		liability_value;
	u256		max_discount_bps;
	u256		liability;		/* assets owed */
	u256		collateral_value;	/* of the collateral to be seized */
	u256		collateral_balance;
} euler_violation;

/*
 * The discount at which collateral is seized, in wad: what the health score
 * misses to one, at most max_discount_bps; zero for a healthy account.
 * CORE_BAD_PARAMETER for a maximum of 10000 or more, which no vault can have.
 */
extern core_status euler_liquidation_discount(const euler_violation *violation, u256 *out);

/*
 * Liquidation.calculateLiquidation: the most that can be repaid of a violator's
 * debt, and the balance it buys, or the part of both for an amount to repay;
 * U256_MAX repays all.  Nothing for a healthy account, and for a debt
 * without value (since July 2024; before, it reverted); all of a worthless
 * collateral for nothing.  CORE_BAD_PARAMETER as above and for a repayment above
 * the most.
 */
extern core_status euler_liquidate(const euler_violation *violation, u256 repay,
								   u256 *repay_assets, u256 *yield_balance);

#endif							/* PG_YIELD_CORE_LEVERAGE_EULER_H */
