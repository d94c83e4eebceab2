/*-------------------------------------------------------------------------
 *
 * core/leverage/aave.h
 *	  Aave v3 to the last digit: interest, rates, balances, accounts,
 *	  liquidations, and the words that hold a reserve's configuration.
 *
 * All are chain integers: rates and indices are rays (27 decimals), health
 * factors wads (18), ratios basis points (10000 is 100 %), values are in the
 * pool's base currency (8 decimals of US dollars on most chains).  Products
 * have 512 bits, so that some results exist at which the contract reverts.
 *
 * Contracts in service differ in their roundings; see aave_version.
 *
 * Every function fails with CORE_OUT_OF_RANGE where a result, or an amount on
 * the way to it, is 2^256 or more, and for the reasons named at it.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_LEVERAGE_AAVE_H
#define PG_YIELD_CORE_LEVERAGE_AAVE_H

#include "core/chain/u256.h"

#define AAVE_YEAR_SECONDS	UINT64_C(31536000)

/* Reserves that a bitmap of 128 bits can speak of */
#define AAVE_MAX_RESERVES	128

/*
 * Which contracts: those of aave-v3-origin since 3.7; 3.6, which still rounded
 * liquidations half up; 3.5, which besides did not count a collateral whose
 * threshold was zero; 3.0 to 3.2, which rounded everything half up,
 * averaged the liquidation threshold to whole basis points first, and had
 * neither a rule on dust nor a deficit.
 */
typedef enum aave_version
{
	AAVE_ORIGIN,
	AAVE_V3_6,
	AAVE_V3_5,
	AAVE_V3_0
} aave_version;

/* The three approximations of continuous compounding that have been in service */
typedef enum aave_compounding
{
	AAVE_TAYLOR,				/* aave-v3-origin MathUtils.sol today */
	AAVE_BINOMIAL,				/* aave-v3-core MathUtils.sol */
	AAVE_V2						/* protocol-v2 and the SDK: rate per second floored first */
} aave_compounding;

typedef enum aave_side
{
	AAVE_SUPPLY,
	AAVE_DEBT
} aave_side;

typedef enum aave_action
{
	AAVE_DO_SUPPLY,
	AAVE_DO_WITHDRAW,
	AAVE_DO_BORROW,
	AAVE_DO_REPAY
} aave_action;

/* ---------- interest ---------- */

/* One plus simple interest: 1e27 + floor(rate * seconds / year) */
extern core_status aave_linear_interest(u256 rate, u256 seconds, u256 *out);

/* One plus compound interest, in one of the approximations */
extern core_status aave_compound_interest(u256 rate, u256 seconds, aave_compounding form,
										  u256 *out);

/*
 * An index after some seconds at a rate, interest times index rounded half up:
 * ReserveLogic._updateIndexes.  Supply accrues linearly, debt compounds.
 * CORE_OUT_OF_RANGE from 2^128 on, where the contract stores it.
 */
extern core_status aave_accrue_index(u256 index, u256 rate, u256 seconds, aave_side side,
									 aave_compounding form, u256 *out);

/*
 * The yield of a rate that compounds every second, in ray: calculateCompoundedRate
 * of aave-utilities, (1e27 + floor(rate / year))^seconds - 1e27 by rpow.
 * CORE_OUT_OF_RANGE also for 2^64 seconds or more.
 */
extern core_status aave_apy(u256 rate, u256 seconds, u256 *out);

/* ---------- rates ---------- */

typedef struct aave_curve
{
	u256		optimal;
	u256		base;
	u256		slope1;
	u256		slope2;
	u256		reserve_factor_bps;
} aave_curve;

typedef struct aave_rate_set
{
	u256		supply_rate;
	u256		borrow_rate;
	u256		utilization;
} aave_rate_set;

/*
 * DefaultReserveInterestRateStrategyV2.sol.  deficit is bad debt that lowers what
 * suppliers get and not what borrowers pay.  No debt: (0, base, 0).
 * CORE_BAD_PARAMETER where optimal is above one or the reserve factor above
 * 100 %; CORE_DIVISION_BY_ZERO for an optimal of zero at a utilization of zero.
 */
extern core_status aave_rates(u256 available, u256 debt, u256 deficit, const aave_curve *curve,
							  aave_rate_set *out);

/*
 * What a reserve's treasury gets of the interest between two indices, in units
 * of the asset: ReserveLogic._accrueToTreasury.  CORE_BAD_PARAMETER where the
 * index fell or the reserve factor is above 100 %.
 */
extern core_status aave_treasury_accrual(u256 scaled_debt, u256 index_before, u256 index_after,
										 u256 reserve_factor_bps, aave_version version, u256 *out);

/* ---------- balances ---------- */

/* balanceOf: scaled * index, floored for aTokens and ceiled for debt since 3.5 (TokenMath.sol) */
extern core_status aave_scaled_to_balance(u256 scaled, u256 index, aave_side side,
										  aave_version version, u256 *out);

/* What is minted or burned for an amount; CORE_DIVISION_BY_ZERO for an index of zero */
extern core_status aave_amount_to_scaled(u256 amount, u256 index, aave_action action,
										 aave_version version, u256 *out);

/*
 * An amount in the base currency, amount * price / 10^decimals: collateral
 * floored, debt ceiled since 3.5.  CORE_BAD_PARAMETER for decimals above 77.
 */
extern core_status aave_base_value(u256 amount, u256 price, unsigned decimals, aave_side side,
								   aave_version version, u256 *out);

/* ---------- accounts ---------- */

/* CORE_NULL where there is no debt; CORE_BAD_PARAMETER for a threshold above 10000 */
extern core_status aave_health_factor(u256 collateral, u256 debt, u256 threshold_bps,
									  aave_version version, u256 *out);

/* collateral * ltv less debt, never below zero; CORE_BAD_PARAMETER for an ltv above 10000 */
extern core_status aave_available_to_borrow(u256 collateral, u256 debt, u256 ltv_bps,
											aave_version version, u256 *out);

typedef struct aave_account
{
	u256		collateral;
	u256		debt;
	u256		ltv_bps;		/* average weighted by value, floored */
	u256		threshold_bps;	/* the same */
	u256		available;
	u256		health_factor;
	bool		has_debt;		/* without debt there is no health factor */
} aave_account;

/*
 * GenericLogic.calculateUserAccountData from values in the base currency.  A
 * collateral whose threshold is zero counts since 3.6, and not before.
 * CORE_BAD_PARAMETER for a threshold or an ltv above 10000.
 */
extern core_status aave_account_data(const u256 *values, const u256 *thresholds, const u256 *ltvs,
									 int num_collaterals, const u256 *debts, int num_debts,
									 aave_version version, aave_account *out);

/* What a reserve or an e-mode category allows, in basis points */
typedef struct aave_terms
{
	u256		ltv;
	u256		threshold;
	u256		bonus;
} aave_terms;

typedef struct aave_category
{
	aave_terms	terms;
	u256		collateral_bitmap;
	u256		ltvzero_bitmap;
	bool		isolated;
} aave_category;

/*
 * The terms of a reserve for an account in an e-mode category, and whether they
 * are the category's: ValidationLogic.getUserReserveLtv.  Before 3.6 a reserve
 * whose own ltv or threshold was zero had zero in a category too.
 * CORE_BAD_PARAMETER for reserve_id of AAVE_MAX_RESERVES or more, and for the
 * bitmap ltvzero before 3.6 or an isolated category before 3.7.
 */
extern core_status aave_emode_terms(unsigned reserve_id, const aave_terms *reserve,
									const aave_category *category, aave_version version,
									aave_terms *out, bool *in_category);

/* ---------- liquidation ---------- */

typedef struct aave_liquidation_call
{
	u256		collateral_balance;
	u256		collateral_price;
	u256		debt_balance;
	u256		debt_price;
	u256		bonus_bps;		/* 10500 is a bonus of 5 % */
	u256		fee_bps;		/* of the bonus */
	u256		health_factor;
	u256		total_debt;		/* of the account, in the base currency */
	u256		debt_to_cover;
	u256		other_collateral;	/* of the account, in the base currency */
	unsigned	collateral_decimals;
	unsigned	debt_decimals;
} aave_liquidation_call;

typedef struct aave_liquidation
{
	u256		max_debt;		/* what the close factor lets a liquidator repay */
	u256		debt_repaid;
	u256		collateral_to_liquidator;	/* without the fee */
	u256		protocol_fee;
	u256		deficit;		/* debt written off, as no collateral is left */
} aave_liquidation;

/*
 * LiquidationLogic.executeLiquidationCall.  CORE_BAD_PARAMETER where the health
 * factor is one or more, there is no debt, the bonus is below 10000, the fee
 * above 10000, decimals are above 77, or where a rest worth less than 1000 of the
 * base currency would be left of both, which 3.0 allowed.
 * CORE_DIVISION_BY_ZERO for a price of zero.
 */
extern core_status aave_liquidate(const aave_liquidation_call *call, aave_version version,
								  aave_liquidation *out);

/* ---------- configuration ---------- */

/* ReserveConfiguration.sol: all that the word holds, or held in a past version */
typedef struct aave_reserve_config
{
	uint32_t	ltv;
	uint32_t	threshold;
	uint32_t	bonus;
	uint32_t	decimals;
	bool		active;
	bool		frozen;
	bool		borrowing;
	bool		stable_borrowing;	/* until 3.1 */
	bool		paused;
	bool		borrowable_in_isolation;
	bool		siloed_borrowing;
	bool		flash_loans;
	uint32_t	reserve_factor;
	uint64_t	borrow_cap;
	uint64_t	supply_cap;
	uint32_t	liquidation_fee;
	uint32_t	emode_category; /* until 3.1 */
	uint64_t	unbacked_mint_cap;	/* until 3.3 */
	uint64_t	debt_ceiling;
	bool		virtual_accounting; /* until 3.3 */
} aave_reserve_config;

extern aave_reserve_config aave_configuration(u256 data);

/* ---------- prices ---------- */

/* PriceCapAdapterBase: base_price * min(ratio, max_ratio) / 10^decimals, floored */
extern core_status aave_capo_price(u256 base_price, u256 ratio, u256 max_ratio,
								   unsigned ratio_decimals, u256 *out);

/*
 * PendlePriceCapAdapter: the price less a discount that falls linearly to zero at
 * maturity.  unit is one of the rate, 1e18 (the first adapters: 10000).
 * CORE_BAD_PARAMETER where the discount is above one.
 */
extern core_status aave_pt_price(u256 asset_price, u256 discount_per_year,
								 u256 seconds_to_maturity, u256 unit, u256 *out);

#endif							/* PG_YIELD_CORE_LEVERAGE_AAVE_H */
