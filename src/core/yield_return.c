/*-------------------------------------------------------------------------
 *
 * yield_return.c
 *	  Returns of adjacent periods linked to one, and a return taken apart by
 *	  its sources.
 *
 *-------------------------------------------------------------------------
 */
#include "yield_return.h"

#include <math.h>

#include "yield.h"
#include "yield_published.h"
#include "yield_terms.h"

/*
 * Far enough from the ends of a double that the product of two is in range,
 * and far enough apart that it is hardly ever needed.
 */
#define GROWTH_MAX	0x1p400
#define GROWTH_MIN	0x1p-400

/* No sum of exponents overflows long before a billion rows of 2^1024 each. */
#define EXPONENT_MAX	(INT64_C(1) << 60)

/* ---------- linking ---------- */

void
return_summary_init(return_summary *s)
{
	*s = (return_summary) {0, 0, {1, 0}};
}

/* Move powers of two from the growth to the exponent, exactly. */
static void
normalise(dd *growth, int64_t *exponent)
{
	int			shift;

	if (growth->hi >= GROWTH_MIN && growth->hi <= GROWTH_MAX)
		return;
	if (growth->hi == 0)
	{
		*growth = (dd) {0, 0};
		*exponent = 0;
		return;
	}
	growth->hi = frexp(growth->hi, &shift);
	growth->lo = ldexp(growth->lo, -shift);
	*exponent += shift;
}

/* Multiply by growth * 2^exponent, which is normalised, as many more returns. */
static core_status
multiply(return_summary *s, dd growth, int64_t exponent, int64_t num_returns)
{
	dd			product = dd_product(s->growth, growth);
	int64_t		sum = s->exponent + exponent;

	normalise(&product, &sum);
	if (sum > EXPONENT_MAX || sum < -EXPONENT_MAX)
		return CORE_OUT_OF_RANGE;
	s->growth = product;
	s->exponent = sum;
	s->num_returns += num_returns;
	return CORE_OK;
}

/*
 * Link one more return, finite and not below -1: the gain of a period over the
 * value at its start.  The product is kept in twice the precision of a double,
 * without logarithms, which makes it as good as independent of the order, and
 * a total loss (-1) an ordinary row.  CORE_OUT_OF_RANGE only after more rows
 * than there are.
 */
core_status
return_summary_add(return_summary *s, double ret)
{
	dd			growth = dd_two_sum(1, ret);
	int64_t		exponent = 0;

	normalise(&growth, &exponent);
	return multiply(s, growth, exponent, 1);
}

/*
 * Take all returns of "other" into "into".  Commutative; associative to the
 * last bits of a double-double.
 */
core_status
return_summary_merge(return_summary *into, const return_summary *other)
{
	if (into->num_returns > INT64_MAX - other->num_returns)
		return CORE_OUT_OF_RANGE;
	return multiply(into, other->growth, other->exponent, other->num_returns);
}

/* Could adding returns have led to this? */
bool
return_summary_is_valid(const return_summary *s)
{
	if (s->num_returns < 1)
		return false;
	if (s->growth.hi == 0)
		return s->growth.lo == 0 && s->exponent == 0;
	return s->growth.hi >= GROWTH_MIN && s->growth.hi <= GROWTH_MAX &&
		isfinite(s->growth.lo) && s->growth.hi + s->growth.lo == s->growth.hi &&
		s->exponent >= -EXPONENT_MAX && s->exponent <= EXPONENT_MAX;
}

/* A total order over all fields, for sorting and grouping. */
int
return_summary_cmp(const return_summary *a, const return_summary *b)
{
	if (a->exponent != b->exponent)
		return a->exponent < b->exponent ? -1 : 1;
	if (a->growth.hi != b->growth.hi)
		return a->growth.hi < b->growth.hi ? -1 : 1;
	if (a->growth.lo != b->growth.lo)
		return a->growth.lo < b->growth.lo ? -1 : 1;
	return (a->num_returns > b->num_returns) - (a->num_returns < b->num_returns);
}

/* The linked return, the product less one.  CORE_OUT_OF_RANGE beyond a double. */
core_status
return_summary_total(const return_summary *s, double *ret)
{
	int			shift = s->exponent > 4096 ? 4096 : s->exponent < -4096 ? -4096 : (int) s->exponent;
	dd			growth = {ldexp(s->growth.hi, shift), ldexp(s->growth.lo, shift)};

	if (!isfinite(growth.hi))
		return CORE_OUT_OF_RANGE;
	*ret = dd_add_double(growth, -1).hi;
	return CORE_OK;
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
 * duration seconds pays a day, floor(amount / (duration / 86400)).  Durations
 * are whole days there; others are exact here.  CORE_DIVISION_BY_ZERO.
 * Source: Layr-Labs/sidecar, pkg/rewards.
 */
core_status
eigen_tokens_per_day(u256 amount, u256 duration, u256 *tokens)
{
	return u256_mul_div(amount, u256_from_u64(86400), duration, U256_FLOOR, tokens);
}

/*
 * EigenLayer: a staker's reward of a day and the operator's part of it.
 *
 *		proportion = floor(weight / total_weight * 1e15) / 1e15
 *		payout = floor(proportion * tokens_per_day)
 *		operator = floor(payout * split_bips / 1e4), the rest is the staker's
 *
 * Weights are sums of multiplier * shares, whole; both may be scaled alike.
 * CORE_DIVISION_BY_ZERO without total weight, CORE_BAD_PARAMETER where weight
 * is above the total or split_bips above 10000.  Source: Layr-Labs/sidecar,
 * pkg/rewards, since its fork "Arno"; earlier ones round otherwise.
 */
core_status
eigen_split(u256 tokens_per_day, u256 weight, u256 total_weight, unsigned split_bips,
			eigen_reward *reward)
{
	const u256	unit = u256_from_u64(UINT64_C(1000000000000000));
	u256		proportion;
	core_status status;

	if (u256_cmp(weight, total_weight) > 0 || split_bips > 10000)
		return CORE_BAD_PARAMETER;
	status = u256_mul_div(weight, unit, total_weight, U256_FLOOR, &proportion);
	/* neither of the others can fail: both factors are at most one */
	if (status == CORE_OK)
		status = u256_mul_div(proportion, tokens_per_day, unit, U256_FLOOR, &reward->payout);
	if (status == CORE_OK)
		status = u256_mul_div(reward->payout, u256_from_u64(split_bips), u256_from_u64(10000),
							  U256_FLOOR, &reward->operator_part);
	if (status == CORE_OK)
		reward->staker_part = u256_sub_wrap(reward->payout, reward->operator_part);
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
