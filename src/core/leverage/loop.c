/*-------------------------------------------------------------------------
 *
 * core/leverage/loop.c
 *	  Loops: collateral that was bought with what is borrowed against it.
 *
 *-------------------------------------------------------------------------
 */
#include "core/leverage/loop.h"

#include <math.h>

#include "core/base/dd.h"
#include "core/yield/apr.h"

static core_status
checked(double result)
{
	return isfinite(result) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* ---------- leverage and health ---------- */

/* Collateral for each 1 of equity at a loan to value: 1 / (1 - ltv). */
double
loop_leverage_from_ltv(double ltv)
{
	return 1 / (1 - ltv);
}

/* Its inverse, 1 - 1/leverage, without the cancellation. */
double
loop_ltv_from_leverage(double leverage)
{
	return (leverage - 1) / leverage;
}

/*
 * The leverage after equity was lent, and "rounds" times as much as the ltv
 * allows was borrowed, swapped and lent again: the sum of ltv^0 .. ltv^rounds.
 * rounds >= 0.
 */
double
loop_leverage_after_rounds(double ltv, int32_t rounds)
{
	if (ltv == 0)
		return 1;
	return -expm1(((double) rounds + 1) * log(ltv)) / (1 - ltv);
}

/* Threshold times collateral over debt; CORE_NULL without debt. */
core_status
loop_health_factor(double leverage, double threshold, double *result)
{
	if (leverage == 1)
		return CORE_NULL;
	*result = threshold * (leverage / (leverage - 1));
	return checked(*result);
}

/*
 * The price of a unit of collateral, in units of debt, at which the health
 * factor is 1.  CORE_NULL without debt, or where other collateral, taken off the
 * debt, covers it, and without collateral, where no price is enough.
 */
core_status
loop_liquidation_price(double collateral, double threshold, double debt, double *result)
{
	if (debt <= 0 || collateral == 0)
		return CORE_NULL;
	*result = debt / threshold / collateral;
	return checked(*result);
}

/*
 * The exchange rate to which that of a loop's collateral, now "rate", must fall
 * until its health factor is 1: rate * (leverage - 1) / (leverage * threshold).
 * CORE_NULL without debt.
 */
core_status
loop_liquidation_rate(double leverage, double threshold, double rate, double *result)
{
	if (leverage == 1)
		return CORE_NULL;
	*result = rate * (loop_ltv_from_leverage(leverage) / threshold);
	return checked(*result);
}

/*
 * The share of its value that collateral may lose before the health factor is
 * 1: 1 - 1/health_factor, below zero where it is less already.  CORE_NULL at a
 * health factor of zero: collateral that is worth nothing cannot lose any.
 */
core_status
loop_depeg_tolerance(double health_factor, double *result)
{
	if (health_factor == 0)
		return CORE_NULL;
	*result = (health_factor - 1) / health_factor;
	return checked(*result);
}

/* ---------- carry ---------- */

/*
 * The yield of equity while the leverage lasts: leverage * supply - (leverage -
 * 1) * borrow, each with its incentive.
 */
core_status
loop_apr(double leverage, const loop_leg *supply, const loop_leg *borrow, double *result)
{
	*result = leverage * (supply->rate + supply->incentive)
		- (leverage - 1) * (borrow->rate - borrow->incentive);
	return checked(*result);
}

/*
 * What equity has earned after a year in which nothing was touched: both legs
 * compound, each on its own, so that the leverage drifts; incentives are paid
 * out and earn nothing.  Below -1 where debt has outgrown collateral.
 * CORE_NULL where a leg loses more than everything.
 */
core_status
loop_apy(double leverage, const loop_leg *supply, const loop_leg *borrow, double *result)
{
	loop_leg	grown[2] = {*supply, *borrow};
	core_status status = yield_apr_to_apy(supply->rate, supply->periods, &grown[0].rate);

	if (status == CORE_OK)
		status = yield_apr_to_apy(borrow->rate, borrow->periods, &grown[1].rate);
	return status == CORE_OK ? loop_apr(leverage, &grown[0], &grown[1], result) : status;
}

/*
 * The borrow rate at which a loop earns nothing: leverage * supply / (leverage -
 * 1), with the incentives.  CORE_NULL without debt.
 */
core_status
loop_break_even(double leverage, const loop_leg *supply, const loop_leg *borrow, double *result)
{
	if (leverage == 1)
		return CORE_NULL;
	*result = leverage / (leverage - 1) * (supply->rate + supply->incentive) + borrow->incentive;
	return checked(*result);
}

/* Years until a health factor that shrinks by e^-decline a year is 1. */
static core_status
years_to_one(double health_factor, double decline, double *years)
{
	*years = 0;
	if (health_factor < 1)
		return CORE_OK;
	if (!(decline > 0))
		return CORE_NULL;
	*years = log(health_factor) / decline;
	return *years <= LOOP_MAX_YEARS ? CORE_OK : CORE_NULL;
}

/*
 * Years until debt that grows faster than collateral has brought the health
 * factor to 1, both compounding continuously: ln(health_factor) / (borrow -
 * supply).  Zero where it is below 1 already; CORE_NULL for never.
 */
core_status
loop_years_to_liquidation(double health_factor, double supply_apr, double borrow_apr,
						  double *years)
{
	return years_to_one(health_factor, borrow_apr - supply_apr, years);
}

/* The same of effective yields, each above -1. */
core_status
loop_years_to_liquidation_apy(double health_factor, double supply_apy, double borrow_apy,
							  double *years)
{
	return years_to_one(health_factor, log1p(borrow_apy) - log1p(supply_apy), years);
}

/* ---------- to a target ---------- */

/*
 * What a swap leaves.  The debt is taken from the target, which it then has to
 * the last digit also where it is small beside what was owed.  Positions that
 * hold less than nothing exist only in the formula.
 */
static core_status
adjusted(double collateral, double target_ltv, double oracle_price, loop_adjustment *out)
{
	out->collateral_after = collateral + out->collateral_change;
	out->debt_after = out->collateral_after * oracle_price * target_ltv;
	out->cost = out->debt_change - out->collateral_change * oracle_price;
	if (!isfinite(out->collateral_after) || !isfinite(out->debt_after) || !isfinite(out->cost))
		return CORE_OUT_OF_RANGE;
	return out->collateral_after >= 0 ? CORE_OK : CORE_NULL;
}

/*
 * Borrow X for the moment, swap it to collateral, lend that, and borrow what
 * the flash loan and its fee need.  debt + X (1 + Ff) is the target's share of
 * (collateral + X (1 - Fo) / P) Po with P the price paid: after OasisDEX,
 * packages/domain adjust-position.ts.
 */
static core_status
lever_up(double collateral, double gap, double target_ltv, const loop_trade *trade,
		 loop_adjustment *out)
{
	double		price = trade->market_price * (1 + trade->slippage);
	double		gained = (1 - trade->swap_fee) / price;
	double		reach = (1 + trade->flash_fee) - target_ltv * trade->oracle_price * gained;

	if (reach <= 0)
		return CORE_NULL;
	out->flash_loan = -gap / reach;
	out->debt_change = out->flash_loan * (1 + trade->flash_fee);
	out->collateral_change = out->flash_loan * gained;
	return adjusted(collateral, target_ltv, trade->oracle_price, out);
}

/*
 * Repay X from a flash loan, take collateral out, and swap as much of it as the
 * loan and its fee need: debt - X is the target's share of (collateral - X (1 +
 * Ff) / ((1 - Fo) P)) Po with P the price received.  That formula of OasisDEX
 * is for leverage that rises; here every fee is paid, not received.
 */
static core_status
lever_down(double collateral, double gap, double target_ltv, const loop_trade *trade,
		   loop_adjustment *out)
{
	double		price = trade->market_price * (1 - trade->slippage);
	double		spent = (1 + trade->flash_fee) / ((1 - trade->swap_fee) * price);
	double		reach = 1 - target_ltv * trade->oracle_price * spent;

	if (reach <= 0)
		return CORE_NULL;
	out->flash_loan = gap / reach;
	out->debt_change = -out->flash_loan;
	out->collateral_change = -out->flash_loan * spent;
	return adjusted(collateral, target_ltv, trade->oracle_price, out);
}

/*
 * The swap that brings a position to a loan to value, up or down.  Collateral
 * is in its units, debt in its own, both finite and not negative; 0 <=
 * target_ltv, finite.  CORE_NULL where no swap does: each sale raises the loan
 * to value, or all collateral would not be enough.
 */
core_status
loop_adjust(double collateral, double debt, double target_ltv, const loop_trade *trade,
			loop_adjustment *out)
{
	dd			value = dd_two_product(collateral, target_ltv * trade->oracle_price);
	double		gap = dd_add_double((dd) {-value.hi, -value.lo}, debt).hi;

	*out = (loop_adjustment) {.collateral_after = collateral, .debt_after = debt};
	if (!isfinite(gap))
		return CORE_OUT_OF_RANGE;
	if (gap == 0)
		return CORE_OK;
	if (gap < 0)
		return lever_up(collateral, gap, target_ltv, trade, out);
	return lever_down(collateral, gap, target_ltv, trade, out);
}

/* ---------- the way out ---------- */

/* A sale under way along a depth curve. */
typedef struct sale
{
	double		sold;
	double		price;			/* relative to that before the sale */
	double		wanted;			/* proceeds still to come */
} sale;

/*
 * Sell up to "amount" while the price falls by "slope" a unit, but no more than
 * is wanted: the proceeds of y are price * y - slope * y^2 / 2.  True if there
 * is an end to the sale here, because no more is wanted or nothing is paid.
 */
static bool
sell_on_line(sale *s, double amount, double slope)
{
	double		rest = s->price * s->price - 2 * slope * s->wanted;
	double		enough = rest >= 0 ? 2 * s->wanted / (s->price + sqrt(rest)) : INFINITY;
	bool		worthless = s->price <= slope * amount;

	if (enough <= amount)
	{
		s->sold += enough;
		s->price -= slope * enough;
		s->wanted = 0;
		return true;
	}
	if (worthless)
		amount = s->price == 0 ? 0 : s->price / slope;
	s->sold += amount;
	s->wanted -= amount * (s->price - slope * amount / 2);
	s->price = worthless ? 0 : s->price - slope * amount;
	return worthless;
}

/* Along a curve, which goes on beyond its last point as before it. */
static void
sell_on_curve(sale *s, const cascade_depth *depth, double collateral)
{
	size_t		n = depth->num_points;
	double		from = 0,
				impact = 0;

	for (size_t i = 0, next = 0; i < n && from < collateral; i++)
	{
		double		slope = (depth->impacts[i] - impact) / (depth->amounts[i] - from);
		double		to = i + 1 == n || depth->amounts[i] > collateral
			? collateral : depth->amounts[i];

		if (i == next)
			next = core_next_pause(depth->pause, i, n);
		s->price = 1 - impact;
		if (sell_on_line(s, to - from, slope))
			return;
		from = depth->amounts[i];
		impact = depth->impacts[i];
	}
}

/* Into a constant product pool, which gives reserve * x / (reserve + x) for x. */
static void
sell_to_pool(sale *s, double reserve, double collateral)
{
	double		enough = s->wanted < reserve
		? s->wanted * reserve / (reserve - s->wanted) : INFINITY;
	double		share;

	s->sold = enough < collateral ? enough : collateral;
	share = reserve / (reserve + s->sold);
	s->wanted = enough <= collateral ? 0 : s->wanted - s->sold * share;
	s->price = share * share;
}

/*
 * Sell as much collateral as repays all debt, and the flash loan's fee.
 * Collateral is counted by its value at the price before, in units of debt;
 * "depth" is as in cascade_price.  Where all of it is not enough, debt is left.
 */
core_status
loop_unwind(double collateral, double debt, const cascade_depth *depth, double swap_fee,
			double flash_fee, loop_unwinding *out)
{
	double		share = (1 - swap_fee) / (1 + flash_fee);	/* of a sale that repays debt */
	sale		s = {0, 1, debt / share};
	double		repaid;

	if (debt > 0)
	{
		if (depth->num_points > 0)
			sell_on_curve(&s, depth, collateral);
		else
			sell_to_pool(&s, depth->pool_reserve, collateral);
	}
	out->debt_after = s.wanted > 0 ? s.wanted * share : 0;
	repaid = debt - out->debt_after;
	out->sold = s.sold;
	out->proceeds = repaid * (1 + flash_fee);
	out->impact = 1 - s.price;
	/* no sale brings more than it gives away, but its rounding might */
	out->cost = fmax(s.sold - repaid, 0);
	out->equity_after = collateral - s.sold - out->debt_after;
	return isfinite(out->proceeds) && isfinite(out->cost) && isfinite(out->equity_after)
		? CORE_OK : CORE_OUT_OF_RANGE;
}
