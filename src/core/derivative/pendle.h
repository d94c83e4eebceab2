/*-------------------------------------------------------------------------
 *
 * core/derivative/pendle.h
 *	  Pendle v2 to the last digit: its markets, their oracles, interest of YT.
 *
 * Source of the formulas: pendle-core-v2-public at e8c2cca, MarketMathCore.sol,
 * PMath.sol, SYUtils.sol, PendlePYOracleLib.sol, PendleLpOracleLib.sol,
 * InterestManagerYT.sol, ActionCallbackV3.sol and the linear discount oracles.
 * All numbers have 18 decimals unless said; what the contract holds in an
 * int256 is one here, and truncates where it does.
 *
 * CORE_BAD_PARAMETER stands for what the contract refuses, CORE_OUT_OF_RANGE for
 * an overflow, CORE_DIVISION_BY_ZERO for a division by zero, all of them reverts.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_DERIVATIVE_PENDLE_H
#define PG_YIELD_CORE_DERIVATIVE_PENDLE_H

#include "core/base/status.h"
#include "core/chain/u256.h"

/* A market, and the seconds left to its expiry */
typedef struct pendle_market
{
	u256		total_pt;
	u256		total_sy;
	u256		py_index;
	u256		scalar_root;
	u256		ln_fee_rate_root;
	u256		reserve_fee_percent;	/* of 100 */
	u256		last_ln_implied_rate;
	u256		seconds;
} pendle_market;

/* What a market's curve is at a moment */
typedef struct pendle_curve
{
	s256		rate_scalar;
	s256		total_asset;
	s256		rate_anchor;
	s256		fee_rate;
} pendle_curve;

typedef struct pendle_trade
{
	s256		net_sy_to_account;
	s256		net_sy_fee;
	s256		net_sy_to_reserve;
	s256		total_pt_after;
	s256		total_sy_after;
	u256		ln_implied_rate_after;
} pendle_trade;

typedef struct pendle_py_rate
{
	u256		pt_to_asset;
	u256		yt_to_asset;
	u256		pt_to_sy;
	u256		yt_to_sy;
} pendle_py_rate;

typedef struct pendle_added
{
	s256		lp_to_account;
	s256		lp_to_reserve;
	s256		sy_used;
	s256		pt_used;
} pendle_added;

extern core_status pendle_curve_at(const pendle_market *market, pendle_curve *curve);
extern core_status pendle_trade_pt(const pendle_market *market, s256 net_pt_to_account,
								   pendle_trade *trade);
extern core_status pendle_trade_yt(const pendle_market *market, s256 net_yt_to_account,
								   pendle_trade *trade);
extern core_status pendle_py_rate_at(u256 ln_implied_rate, s256 seconds, u256 sy_index,
									 u256 py_index, pendle_py_rate *rate);
extern core_status pendle_lp_rate_at(const pendle_market *market, bool expired, u256 total_lp,
									 u256 twap_ln_implied_rate, u256 sy_index,
									 u256 *lp_to_asset, u256 *lp_to_sy);
extern core_status pendle_add(u256 total_pt, u256 total_sy, u256 total_lp, u256 sy_desired,
							  u256 pt_desired, pendle_added *added);
extern core_status pendle_remove(u256 total_pt, u256 total_sy, u256 total_lp, u256 lp_to_remove,
								 u256 *sy_to_account, u256 *pt_to_account);
extern core_status pendle_interest(u256 yt_balance, u256 index0, u256 index1, u256 fee_rate,
								   u256 *interest, u256 *fee, u256 *net_interest);
extern core_status pendle_discounted(s256 seconds, u256 discount_per_year, u256 matured_price,
									 u256 *price);

#endif							/* PG_YIELD_CORE_DERIVATIVE_PENDLE_H */
