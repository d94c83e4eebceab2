/*-------------------------------------------------------------------------
 *
 * core/leverage/loop.h
 *	  Loops: collateral that was bought with what is borrowed against it.
 *
 * A loop of leverage L holds L of collateral and owes L - 1 for each 1 of
 * equity.  Rates are fractions a year of 365 days and keep their sign; an ltv
 * lies in [0, 1), a liquidation threshold in (0, 1], a leverage is finite and
 * at least 1, a health factor finite and not negative.  Callers check that.
 *
 * Every function that returns a status fails with CORE_OUT_OF_RANGE where a
 * result leaves the range of a double.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_LEVERAGE_LOOP_H
#define PG_YIELD_CORE_LEVERAGE_LOOP_H

#include <float.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/base/status.h"
#include "core/leverage/cascade.h"

static inline bool
loop_leverage_is_valid(double leverage)
{
	return leverage >= 1 && leverage <= DBL_MAX;
}

static inline bool
loop_threshold_is_valid(double threshold)
{
	return threshold > 0 && threshold <= 1;
}

/* ---------- leverage and health ---------- */

extern double loop_leverage_from_ltv(double ltv);
extern double loop_ltv_from_leverage(double leverage);
extern double loop_leverage_after_rounds(double ltv, int32_t rounds);
extern core_status loop_health_factor(double leverage, double threshold, double *result);
extern core_status loop_liquidation_price(double collateral, double threshold, double debt,
										  double *result);
extern core_status loop_liquidation_rate(double leverage, double threshold, double rate,
										 double *result);
extern core_status loop_depeg_tolerance(double health_factor, double *result);

/* ---------- carry ---------- */

/* What a leg earns or costs: a rate, and what is paid on top of it */
typedef struct loop_leg
{
	double		rate;
	double		incentive;
	double		periods;		/* a year, in which the rate is compounded; may be infinite */
} loop_leg;

extern core_status loop_apr(double leverage, const loop_leg *supply, const loop_leg *borrow,
							double *result);
extern core_status loop_apy(double leverage, const loop_leg *supply, const loop_leg *borrow,
							double *result);
extern core_status loop_break_even(double leverage, const loop_leg *supply,
								   const loop_leg *borrow, double *result);

/* More years than these are never, for they fit into no interval. */
#define LOOP_MAX_YEARS	500000.0

extern core_status loop_years_to_liquidation(double health_factor, double supply_apr,
											 double borrow_apr, double *years);
extern core_status loop_years_to_liquidation_apy(double health_factor, double supply_apy,
												 double borrow_apy, double *years);

/* ---------- to a target ---------- */

/* What a swap between collateral and debt, paid for with a flash loan, costs */
typedef struct loop_trade
{
	double		oracle_price;	/* of a unit of collateral in units of debt, > 0 */
	double		market_price;	/* the same where the swap takes place */
	double		slippage;		/* share by which the swap's price is worse, [0, 1) */
	double		swap_fee;		/* share of what goes into the swap, [0, 1) */
	double		flash_fee;		/* of what is borrowed for the moment, >= 0 */
} loop_trade;

typedef struct loop_adjustment
{
	double		flash_loan;		/* in units of debt */
	double		collateral_change;
	double		debt_change;
	double		collateral_after;
	double		debt_after;
	double		cost;			/* equity lost, at the oracle's price */
} loop_adjustment;

extern core_status loop_adjust(double collateral, double debt, double target_ltv,
							   const loop_trade *trade, loop_adjustment *out);

/* ---------- the way out ---------- */

typedef struct loop_unwinding
{
	double		sold;			/* collateral, by its value before the sale */
	double		proceeds;		/* after the swap's fee */
	double		impact;			/* by how much the price is lower then, a fraction */
	double		debt_after;		/* that not even all collateral repays */
	double		cost;
	double		equity_after;
} loop_unwinding;

extern core_status loop_unwind(double collateral, double debt, const cascade_depth *depth,
							   double swap_fee, double flash_fee, loop_unwinding *out);

#endif							/* PG_YIELD_CORE_LEVERAGE_LOOP_H */
