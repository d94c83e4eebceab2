/*-------------------------------------------------------------------------
 *
 * core/liquidity/lvr.c
 *	  Loss versus rebalancing, and what fees make up for it.
 *
 *-------------------------------------------------------------------------
 */
#include "core/liquidity/lvr.h"

#include <float.h>
#include <math.h>

#include "core/liquidity/stable_curve.h"

/* sqrt(2), and sqrt(2 pi) / |zeta(1/2)| */
#define POISSON_SLOPE	1.4142135623730951
#define FIXED_SLOPE		1.7164519022674073

/* ---------- rates ---------- */

/*
 * How many times the value of a concentrated position a constant product pool
 * would need to offer the same depth at a price: 2 sqrt(price) L / value,
 *
 *		2 / ((1 - sqrt(price/pb)) + (1 - sqrt(pa/price)))
 *
 * and 0 outside the range, of which pa is part and pb is not, as of ticks.  At
 * the geometric mean of the bounds it is 1 / (1 - (pa/pb)^(1/4)), the figure of
 * the Uniswap v3 whitepaper.  Infinite where the bounds are too close to tell.
 */
double
lvr_capital_efficiency(double price, double pa, double pb)
{
	double		root = sqrt(price);
	double		root_a = sqrt(pa);
	double		root_b = sqrt(pb);

	if (price < pa || price >= pb)
		return 0;
	return 2 / ((pb - price) / (root_b * (root_b + root)) +
				(price - pa) / (root * (root + root_a)));
}

/* For a StableSwap pool of D = 1: price^2 |dy/dprice| / (2 value), times sigma^2. */
static double
stable_share(double amp, double price)
{
	stable_point at = stable_at_price(2 * amp, price);

	return stable_depth(2 * amp, at, price) * price * price / (2 * (at.x + price * at.y));
}

/*
 * Expected LVR a year per unit of the pool's value, without fees and with
 * trading at every moment: sigma^2/2 * price^2 |x'(price)| / value, where x is
 * what the pool holds of token 0.  That is sigma^2/8 for a constant product,
 * weight (1 - weight) sigma^2/2, and sigma^2/8 times the capital efficiency of
 * a concentrated position.  sigma is the yearly volatility of the price, not
 * negative.  Source: J. Milionis, C. Moallemi, T. Roughgarden, A. Zhang,
 * "Automated Market Making and Loss-Versus-Rebalancing", arXiv 2208.06046.
 */
core_status
lvr_rate_of_pool(const pool *p, double sigma, double price, double *rate)
{
	double		share = 0;

	switch (p->kind)
	{
		case POOL_CONSTANT_PRODUCT:
			share = 0.125;
			break;
		case POOL_WEIGHTED:
			share = p->weight * (1 - p->weight) / 2;
			break;
		case POOL_CONCENTRATED:
			share = lvr_capital_efficiency(price, p->pa, p->pb) / 8;
			break;
		case POOL_STABLESWAP:
			share = stable_share(p->amp, price);
			break;
	}
	*rate = share * sigma * sigma;
	return isfinite(*rate) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/*
 * What arbitrage costs a pool that takes a fee, a fraction, and whose trades
 * come in blocks over which the price moves by block_sigma: lvr times
 *
 *	POISSON	1 / (1 + sqrt(2) fee/block_sigma): the share of blocks that find
 *			the price outside the fee.  J. Milionis, C. Moallemi,
 *			T. Roughgarden, "Automated Market Making and Arbitrage Profits in
 *			the Presence of Fees", arXiv 2305.14604; for small fees and blocks.
 *	FIXED	1 / (1 + sqrt(2 pi)/|zeta(1/2)| fee/block_sigma).  A. Nezlobin,
 *			M. Tassy, arXiv 2505.05113, whose spread is twice the fee.
 *	FAST	block_sigma / (sqrt(2) fee): the limit of the first for fees far
 *			above block_sigma, and no figure for others.  Arrakis Finance,
 *			"LVR: from theory to practice", equation 3.
 *
 * CORE_DIVISION_BY_ZERO for FAST without a fee.
 */
core_status
lvr_after_fees(double lvr, double block_sigma, double fee, lvr_blocks blocks, double *rate)
{
	double		slope = blocks == LVR_BLOCKS_FIXED ? FIXED_SLOPE : POISSON_SLOPE;

	if (blocks == LVR_BLOCKS_FAST)
	{
		if (fee == 0)
			return CORE_DIVISION_BY_ZERO;
		*rate = lvr * (block_sigma / (slope * fee));
	}
	else
		*rate = fee == 0 ? lvr : lvr * (block_sigma / (block_sigma + slope * fee));
	return isfinite(*rate) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* ---------- realised ---------- */

void
lvr_summary_init(lvr_summary *s)
{
	*s = (lvr_summary) {0, BINNED_EMPTY, BINNED_EMPTY};
}

/*
 * Add a swap in which the pool sold "quantity" of the risky token (bought, if
 * negative) at the price "execution", without the fee, while the market's
 * price was "market".  quantity finite, prices positive and finite, checked by
 * the caller; CORE_OUT_OF_RANGE only after more swaps than there are.
 * Source of the measure: as lvr_rate_of_pool; credmark/credmark-models-py has
 * it so for Uniswap v3.
 */
core_status
lvr_summary_add(lvr_summary *s, double quantity, double execution, double market)
{
	dd			gap = dd_two_sum(market, -execution);

	if (s->num_swaps >= BINNED_MAX_TERMS)
		return CORE_OUT_OF_RANGE;
	s->num_swaps++;
	binned_add_product(&s->loss, gap.hi, quantity);
	binned_add_product(&s->loss, gap.lo, quantity);
	binned_add_product(&s->volume, fabs(quantity), market);
	return CORE_OK;
}

/* Commutative and associative. */
core_status
lvr_summary_merge(lvr_summary *into, const lvr_summary *other)
{
	if (into->num_swaps > BINNED_MAX_TERMS - other->num_swaps)
		return CORE_OUT_OF_RANGE;
	into->num_swaps += other->num_swaps;
	binned_merge(&into->loss, &other->loss);
	binned_merge(&into->volume, &other->volume);
	return CORE_OK;
}

/* Could adding swaps have led to these sums? */
bool
lvr_summary_is_valid(const lvr_summary *s)
{
	return s->num_swaps >= 1 && s->num_swaps <= BINNED_MAX_TERMS &&
		binned_is_valid(&s->loss, 2 * s->num_swaps) &&
		binned_is_sum_of_positives(&s->volume, s->num_swaps);
}

static core_status
sum_result(const binned_sum *sum, double *result)
{
	*result = binned_value(sum).hi;
	return isfinite(*result) ? CORE_OK : CORE_OUT_OF_RANGE;
}

core_status
lvr_summary_loss(const lvr_summary *s, double *loss)
{
	return sum_result(&s->loss, loss);
}

core_status
lvr_summary_volume(const lvr_summary *s, double *volume)
{
	return sum_result(&s->volume, volume);
}

/* ---------- fees ---------- */

/*
 * Fees of some days over a value, as a simple yearly yield.  CORE_NULL without
 * a value or a time.
 */
core_status
lvr_fee_apr(double fees, double value, double days, double year_days, double *apr)
{
	if (value == 0 || days == 0)
		return CORE_NULL;
	*apr = fees / value * (year_days / days);
	return isfinite(*apr) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/*
 * The part of the fees on a volume, traded while in range, that goes to a
 * position with so much liquidity beside that of the others.  CORE_NULL where
 * there is no liquidity.  Source: DefiLlama/yield-server, estimateFee.ts.
 */
core_status
lvr_fees_of_volume(double volume, double fee, double liquidity, double other_liquidity,
				   double *fees)
{
	double		all = liquidity + other_liquidity;

	if (all == 0)
		return CORE_NULL;
	*fees = volume * fee * (liquidity / all);
	return isfinite(all) && isfinite(*fees) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* floor((end - start mod 2^256) * liquidity / 2^128), as the pool credits it */
static core_status
owed(const fee_growth *growth, u256 liquidity, double *amount)
{
	u256		unit = u256_shl(u256_from_u64(1), 128);
	u256		tokens;
	core_status status = u256_mul_div(u256_sub_wrap(growth->end, growth->start), liquidity,
									  unit, U256_FLOOR, &tokens);

	if (status == CORE_OK)
		*amount = u256_to_double(tokens);
	return status;
}

/*
 * The fees that a position has earned, in smallest units of token 1, from the
 * fee growth inside its range before and after, exact in the integers up to
 * the last step; price is that of the smallest unit of token 0 in that of
 * token 1.  Source: Uniswap/v3-core, Position.sol.
 */
core_status
lvr_fees_of_growth(const fee_growth *growth0, const fee_growth *growth1, u256 liquidity,
				   double price, double *fees)
{
	double		amount0,
				amount1;
	core_status status = owed(growth0, liquidity, &amount0);

	if (status == CORE_OK)
		status = owed(growth1, liquidity, &amount1);
	if (status != CORE_OK)
		return status;
	*fees = amount0 * price + amount1;
	return isfinite(*fees) ? CORE_OK : CORE_OUT_OF_RANGE;
}
