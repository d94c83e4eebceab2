/*-------------------------------------------------------------------------
 *
 * core/leverage/morpho.h
 *	  Morpho Blue to the last digit: shares, interest, the adaptive interest
 *	  rate model, health and liquidations.
 *
 * All are chain integers.  Rates are wads per second, utilizations, fees and
 * lltv wads; a price is loan units of one collateral unit with 36 decimals.
 * Shares carry 1 virtual asset and 1e6 virtual shares (SharesMathLib.sol).
 * Products have 512 bits, so that some results exist at which the contract
 * reverts.
 *
 * Every function fails with CORE_OUT_OF_RANGE where a result, or an amount on
 * the way to it, is 2^256 or more, and for the reasons named at it.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_LEVERAGE_MORPHO_H
#define PG_YIELD_CORE_LEVERAGE_MORPHO_H

#include "core/chain/u256.h"

#define MORPHO_YEAR_SECONDS	UINT64_C(31536000)

/* ---------- shares and interest ---------- */

extern core_status morpho_to_assets(u256 shares, u256 total_assets, u256 total_shares,
									u256_rounding rounding, u256 *out);
extern core_status morpho_to_shares(u256 assets, u256 total_assets, u256 total_shares,
									u256_rounding rounding, u256 *out);

/* exp(rate * seconds) - 1 to the third term, in wad: wTaylorCompounded of MathLib.sol */
extern core_status morpho_taylor_compounded(u256 rate, u256 seconds, u256 *out);

typedef struct morpho_market
{
	u256		supply_assets;
	u256		supply_shares;
	u256		borrow_assets;
} morpho_market;

typedef struct morpho_accrual
{
	u256		interest;
	u256		fee_shares;		/* minted to the fee recipient */
	morpho_market after;
} morpho_accrual;

/*
 * Morpho._accrueInterest.  CORE_BAD_PARAMETER for a fee above 25 %, the most
 * that the contract lets an owner set; CORE_OUT_OF_RANGE from 2^128 on, where
 * the contract stores totals.
 */
extern core_status morpho_accrue(const morpho_market *market, u256 borrow_rate, u256 seconds,
								 u256 fee, morpho_accrual *out);

/* Borrowed over supplied, floored; zero where nothing is supplied; CORE_BAD_PARAMETER above one */
extern core_status morpho_utilization(u256 supply_assets, u256 borrow_assets, u256 *out);

/* ---------- adaptive curve ---------- */

/*
 * AdaptiveCurveIrm._borrowRate: the average rate over the seconds since the last
 * update, and the rate at target after them.  rate_at_target is zero before a
 * market's first update.  CORE_BAD_PARAMETER for a utilization above one or a
 * rate at target outside the model's bounds (0.1 % to 200 % a year);
 * CORE_OUT_OF_RANGE where seconds overflow int256.
 */
extern core_status morpho_irm(u256 utilization, u256 rate_at_target, u256 seconds,
							  u256 *avg_rate, u256 *end_rate_at_target);

/* The rate of the curve at once: CORE_BAD_PARAMETER as morpho_irm, and for no rate at target */
extern core_status morpho_borrow_rate(u256 utilization, u256 rate_at_target, u256 *out);

/* e^x in wad as ExpLib.wExp has it: within 1 %, zero below ln(1e-18), clipped above */
extern s256 morpho_wexp(s256 x);

/*
 * Yields as fractions: expm1(rate * year), and that times utilization, less the
 * fee.  CORE_OUT_OF_RANGE where a double cannot hold it, CORE_BAD_PARAMETER for a
 * utilization or a fee above one.
 */
extern core_status morpho_borrow_apy(u256 rate, double *out);
extern core_status morpho_supply_apy(u256 rate, u256 utilization, u256 fee, double *out);

/* ---------- positions ---------- */

typedef struct morpho_position
{
	u256		collateral;
	u256		borrow_shares;
	u256		borrow_assets;	/* of the market */
	u256		total_borrow_shares;	/* of the market */
	u256		price;
	u256		lltv;
} morpho_position;

/*
 * What is common to these: CORE_BAD_PARAMETER for an lltv of one or more, which
 * no market can have.  Debt is rounded up, the worth of collateral down.
 */

/* floor(floor(collateral * price / 1e36) * lltv) */
extern core_status morpho_max_borrow(u256 collateral, u256 price, u256 lltv, u256 *out);

/* The same less the debt, never below zero */
extern core_status morpho_max_borrowable(const morpho_position *position, u256 *out);

/* Whether debt is not above max_borrow: Morpho._isHealthy; always without debt */
extern core_status morpho_is_healthy(const morpho_position *position, bool *out);

/* max_borrow over debt in wad, floored; CORE_NULL without debt */
extern core_status morpho_health_factor(const morpho_position *position, u256 *out);

/* debt over max_borrow in wad, ceiled as the SDK does; 2^256 - 1 where that is zero; CORE_NULL */
extern core_status morpho_borrow_usage(const morpho_position *position, u256 *out);

/*
 * The least price at which the position is healthy, ceil(debt * 1e36 /
 * floor(collateral * lltv)); the position's own price is not used.  CORE_NULL
 * without debt, 2^256 - 1 without collateral, as in MarketUtils.ts.
 */
extern core_status morpho_liquidation_price(const morpho_position *position, u256 *out);

/*
 * The change of price that leads there, in wad and signed: ceil(liquidation
 * price / price) - 1.  CORE_NULL without debt, collateral or a price.
 */
extern core_status morpho_price_variation(const morpho_position *position, s256 *out);

/* min(1.15, 1 / (1 - 0.3 (1 - lltv))) in wad */
extern core_status morpho_incentive_factor(u256 lltv, u256 *out);

typedef struct morpho_liquidation
{
	u256		seized_assets;
	u256		repaid_shares;
	u256		repaid_assets;
	u256		bad_debt_shares;
	u256		bad_debt_assets;
} morpho_liquidation;

/*
 * Morpho.liquidate for an amount of collateral to seize or of shares to repay,
 * exactly one of which is not zero.  CORE_BAD_PARAMETER where both or neither
 * are, the position is healthy, or has less than that, or more shares than the
 * market; CORE_DIVISION_BY_ZERO where shares are repaid at a price of zero.
 */
extern core_status morpho_liquidate(const morpho_position *position, u256 seized_assets,
									u256 repaid_shares, morpho_liquidation *out);

/* ---------- to a utilization ---------- */

typedef enum morpho_action
{
	MORPHO_SUPPLY,
	MORPHO_WITHDRAW,
	MORPHO_BORROW,
	MORPHO_REPAY
} morpho_action;

/*
 * How much to supply, withdraw, borrow or repay until a market has a utilization
 * (MarketUtils.ts); zero where it is beyond it.  CORE_BAD_PARAMETER for a
 * utilization above one; CORE_NULL where no amount is enough: supplying towards
 * zero while something is borrowed.
 */
extern core_status morpho_to_utilization(morpho_action action, u256 supply_assets,
										 u256 borrow_assets, u256 utilization, u256 *out);

#endif							/* PG_YIELD_CORE_LEVERAGE_MORPHO_H */
