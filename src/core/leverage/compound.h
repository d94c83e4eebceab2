/*-------------------------------------------------------------------------
 *
 * core/leverage/compound.h
 *	  Compound v3 (Comet) to the last digit: rates, indices, balances, whether
 *	  an account may borrow or be absorbed, and what its collateral sells for.
 *
 * All are chain integers: rates (per second), utilization and factors are wads
 * (18 decimals), indices have 15, prices the 8 of their feeds, amounts the
 * smallest unit of their asset.  A scale is one whole unit of an asset, a power
 * of ten.  Products have 512 bits, so that some results exist at which the
 * contract reverts.
 *
 * From Comet.sol and CometCore.sol of compound-finance/comet.  Every function
 * fails with CORE_OUT_OF_RANGE where a result, or an amount on the way to it,
 * is beyond 256 bits, and for the reasons named at it.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_LEVERAGE_COMPOUND_H
#define PG_YIELD_CORE_LEVERAGE_COMPOUND_H

#include "core/chain/u256.h"

#define COMET_YEAR_SECONDS	UINT64_C(31536000)

/* ---------- rates ---------- */

/* A rate as it is configured, per year, to the one per second that is used: floored */
extern core_status comet_per_second(u256 rate_per_year, u256 *out);

/* Borrowed over supplied, floored, above one where more is borrowed; zero where nothing is supplied */
extern core_status comet_utilization(u256 total_supply, u256 total_borrow, u256 *out);

/* All per second; a market has one of these for suppliers and another for borrowers */
typedef struct comet_curve
{
	u256		kink;
	u256		base;
	u256		slope_low;
	u256		slope_high;
} comet_curve;

/*
 * getSupplyRate and getBorrowRate.  CORE_BAD_PARAMETER for a kink above one,
 * CORE_OUT_OF_RANGE from 2^64 on, where the contract returns it.
 */
extern core_status comet_rate(u256 utilization, const comet_curve *curve, u256 *out);

/* index + index * (rate * seconds), floored; CORE_OUT_OF_RANGE from 2^64 on, where it is stored */
extern core_status comet_accrue_index(u256 index, u256 rate, u256 seconds, u256 *out);

/* ---------- balances ---------- */

/*
 * presentValue and principalValue: an account's stored principal and what it is
 * worth, both positive for suppliers and negative for borrowers.  The worth is
 * cut towards zero; a principal is rounded against the account, that is cut for
 * suppliers and away from zero for borrowers.  comet_principal_value fails with
 * CORE_DIVISION_BY_ZERO for an index of zero and with CORE_OUT_OF_RANGE from
 * 2^103 on, where the contract stores principals.
 */
extern core_status comet_present_value(s256 principal, u256 supply_index, u256 borrow_index,
									   s256 *out);
extern core_status comet_principal_value(s256 balance, u256 supply_index, u256 borrow_index,
										 s256 *out);

/* ---------- accounts ---------- */

typedef struct comet_account
{
	s256		balance;		/* of the base asset, negative for debt */
	u256		base_price;
	u256		base_scale;
	const u256 *amounts;		/* of each collateral */
	const u256 *prices;
	const u256 *scales;
	int			num_collaterals;
} comet_account;

/*
 * What is common to these: CORE_BAD_PARAMETER for a price of zero, at which the
 * contract reverts, and for a factor above one; CORE_DIVISION_BY_ZERO for a
 * scale of zero.
 */

/*
 * Worth of the balance, cut towards zero, and of the collateral times its
 * factors, floored twice each.  With borrow collateral factors, an account may
 * borrow where this is not negative (isBorrowCollateralized); with liquidate
 * collateral factors, one in debt can be absorbed where it is (isLiquidatable).
 */
extern core_status comet_liquidity(const comet_account *account, const u256 *factors, s256 *out);

typedef struct comet_absorption
{
	u256		seized_value;	/* of all collateral, at its prices */
	u256		base_paid_out;	/* by the reserves, of the base asset */
	u256		value_paid_out;
	u256		balance_after;	/* the account's, which is never negative */
	u256		shortfall;		/* the part of base_paid_out that no collateral stands for */
} comet_absorption;

/*
 * absorbInternal: the reserves take all collateral, and credit it at its
 * liquidation factors.  CORE_BAD_PARAMETER also where the account is not
 * liquidatable.
 */
extern core_status comet_absorb(const comet_account *account, const u256 *liquidate_factors,
								const u256 *liquidation_factors, comet_absorption *out);

typedef struct comet_offer
{
	u256		base_price;
	u256		base_scale;
	u256		asset_price;
	u256		asset_scale;
	u256		liquidation_factor;
	u256		store_front_factor;
} comet_offer;

/*
 * quoteCollateral: absorbed collateral for an amount of the base asset, at a
 * discount of store_front_factor * (1 - liquidation_factor).
 * CORE_BAD_PARAMETER for a factor above one or a price of zero,
 * CORE_DIVISION_BY_ZERO for a base scale of zero or a discount of everything.
 */
extern core_status comet_quote_collateral(u256 base_amount, const comet_offer *offer, u256 *out);

#endif							/* PG_YIELD_CORE_LEVERAGE_COMPOUND_H */
