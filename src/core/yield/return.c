/*-------------------------------------------------------------------------
 *
 * core/yield/return.c
 *	  Returns of adjacent periods linked to one, and a return taken apart by
 *	  its sources.
 *
 *-------------------------------------------------------------------------
 */
#include "core/yield/return.h"

#include <math.h>

#include "core/yield/apr.h"
#include "core/yield/published.h"
#include "core/yield/terms.h"
#include "core/yield/eigen.h"

/* ---------- linking ---------- */

void
return_summary_init(return_summary *s)
{
	*s = (return_summary) {0, 0, BINNED_EMPTY};
}

static void
lose_all(return_summary *s)
{
	s->is_total_loss = 1;
	s->log_growth = BINNED_EMPTY;
}

/*
 * Link one more return, finite and not below -1: the gain of a period over the
 * value at its start.  Logarithms in nearly twice the precision of a double
 * add up to the product, in any order to the last bit, and cost it no digit
 * that a double could show; a total loss (-1) is an ordinary row.
 * CORE_OUT_OF_RANGE only after more rows than there are.
 */
core_status
return_summary_add(return_summary *s, double ret)
{
	if (s->num_returns >= BINNED_MAX_TERMS)
		return CORE_OUT_OF_RANGE;
	s->num_returns++;
	if (ret == -1)
		lose_all(s);
	else if (!s->is_total_loss)
		binned_add_dd(&s->log_growth, dd_log(dd_two_sum(1, ret)));
	return CORE_OK;
}

/* Take all returns of "other" into "into".  Commutative and associative. */
core_status
return_summary_merge(return_summary *into, const return_summary *other)
{
	if (into->num_returns > BINNED_MAX_TERMS - other->num_returns)
		return CORE_OUT_OF_RANGE;
	into->num_returns += other->num_returns;
	if (into->is_total_loss || other->is_total_loss)
		lose_all(into);
	else
		binned_merge(&into->log_growth, &other->log_growth);
	return CORE_OK;
}

/* Could adding returns have led to this? */
bool
return_summary_is_valid(const return_summary *s)
{
	if (s->num_returns < 1 || s->num_returns > BINNED_MAX_TERMS)
		return false;
	if (s->is_total_loss == 1)
		return s->log_growth.top == BINNED_NONE && binned_is_valid(&s->log_growth, 1);
	return s->is_total_loss == 0 && binned_is_valid(&s->log_growth, s->num_returns);
}

/* The linked return, the product less one.  CORE_OUT_OF_RANGE beyond a double. */
core_status
return_summary_total(const return_summary *s, double *ret)
{
	*ret = s->is_total_loss ? -1 : dd_expm1(binned_value(&s->log_growth));
	return isfinite(*ret) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/*
 * The yield of layers that each earn on all that lies below, the product of
 * (1 + apr) less one.  All finite.  CORE_NULL for no layers, and where one
 * loses more than everything: the product of two of these would be a gain.
 */
core_status
yield_layered(const double *aprs, size_t n, double *apr)
{
	return_summary s;

	return_summary_init(&s);
	for (size_t i = 0; i < n; i++)
	{
		core_status status;

		if (aprs[i] < -1)
			return CORE_NULL;
		status = return_summary_add(&s, aprs[i]);
		if (status != CORE_OK)
			return status;
	}
	return n == 0 ? CORE_NULL : return_summary_total(&s, apr);
}

/* ---------- rewards ---------- */

/*
 * The yield of tokens paid: amount * price / stake for a year.  amount tokens
 * of that price (in the unit of stake) were paid over so many days to stake.
 * All finite, price, stake and days not negative; the amount may be, where
 * rewards are taken back.  CORE_NULL without stake or time.  Source: the
 * definition; ether.fi's weekly EIGEN figure is this one.
 */
core_status
yield_reward(double amount, double price, double stake, double days, double year_days,
			 double *apr)
{
	return yield_on_stake(amount * price, stake, days, year_days, apr);
}

/*
 * EigenLayer: what a reward submission of so much (smallest unit) over
 * duration seconds pays a day, FLOOR(amount / (duration / 86400)) as
 * PostgreSQL's numeric divides.  CORE_DIVISION_BY_ZERO.  Source:
 * Layr-Labs/sidecar, pkg/rewards.
 */
core_status
eigen_tokens_per_day(u256 amount, u256 duration, u256 *tokens)
{
	return eigen_daily(amount, duration, tokens);
}

/*
 * EigenLayer: a staker's reward of a day and the operator's part of it.
 *
 *		proportion = FLOOR(weight / total_weight * 1e15) / 1e15
 *		payout = FLOOR(proportion * tokens_per_day)
 *		operator = FLOOR(payout * split_bips / 1e4), the rest is the staker's
 *
 * The quotients are those of PostgreSQL's numeric, rounded before they are
 * floored.  Weights are sums of multiplier * shares, whole.
 * CORE_DIVISION_BY_ZERO without total weight, CORE_BAD_PARAMETER where weight
 * is above the total or split_bips above 10000.  Source: Layr-Labs/sidecar,
 * pkg/rewards, since its fork "Arno"; earlier ones round otherwise.
 */
core_status
eigen_split(u256 tokens_per_day, u256 weight, u256 total_weight, unsigned split_bips,
			eigen_reward *reward)
{
	scaled_number part = eigen_whole(weight);
	scaled_number total = eigen_whole(total_weight);
	eigen_parts parts;
	core_status status = eigen_proportional(tokens_per_day, &part, &total, &parts.whole);

	if (status == CORE_OK)
		status = eigen_divide(&parts, split_bips);
	if (status == CORE_OK)
		*reward = (eigen_reward) {parts.whole, parts.operator_part, parts.rest};
	return status;
}

/* ---------- attribution ---------- */

/*
 * A holder's return of a period by its sources, as logarithms, which add up
 * over sources and over periods:
 *
 *		staking		ln(1 + staking_return): what staking alone paid
 *		fees		ln((1 + net) / (1 + staking_return)), net after the fee
 *		restaking	ln(rate1 / rate0) - staking - fees: the rest of the token's
 *					own rate, whatever it is made of
 *		incentives	ln(1 + incentive_return): paid beside the rate
 *		peg			ln((market1 / rate1) / (market0 / rate0))
 *
 * Rates and market rates are positive and finite, staking_return and
 * incentive_return finite and above -1, 0 <= fee <= 1.  The total is defined
 * as the sum of the parts in the order of return_parts, and is
 * ln(market1 / market0) + ln(1 + incentive_return) but for rounding.
 * CORE_OUT_OF_RANGE where a quotient is beyond a double.  The measure is this
 * project's own: no source defines one.
 */
core_status
yield_attribute(const holding *h, return_parts *parts)
{
	double		net = yield_net_of_fee(h->staking_return, h->fee);
	double		premium0 = h->market0 / h->rate0;
	double		premium1 = h->market1 / h->rate1;

	parts->staking = log1p(h->staking_return);
	parts->fees = log1p((net - h->staking_return) / (1 + h->staking_return));
	parts->restaking = yield_log_growth(h->rate0, h->rate1) - parts->staking - parts->fees;
	parts->incentives = log1p(h->incentive_return);
	parts->peg = yield_log_growth(premium0, premium1);
	parts->total = parts->staking + parts->restaking + parts->incentives +
		parts->peg + parts->fees;
	return isfinite(parts->total) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/*
 * The share of a yield that is not paid as incentives, organic / (organic +
 * incentives).  Below 0 or above 1 where one of them is negative.  CORE_NULL
 * where there is no yield at all.
 */
core_status
yield_organic_share(double organic, double incentives, double *share)
{
	if (organic + incentives == 0)
		return CORE_NULL;
	*share = organic / (organic + incentives);
	return isfinite(*share) ? CORE_OK : CORE_OUT_OF_RANGE;
}
