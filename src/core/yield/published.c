/*-------------------------------------------------------------------------
 *
 * core/yield/published.c
 *	  Yields as protocols and data sites publish them.
 *
 *-------------------------------------------------------------------------
 */
#include "core/yield/published.h"

#include <math.h>

#include "core/yield/apr.h"

#define SECONDS_PER_DAY		86400.0
#define WEI_PER_GWEI		UINT64_C(1000000000)

/* The double nearest to n limbs. */
static double
limbs_nearest(const uint64_t *limbs, int n)
{
	double		result = 0;

	n = limbs_significant(limbs, n);
	/* 512 bits are far below the greatest double */
	if (n > 0)
		(void) limbs_to_double(limbs, n, false, 0, &result);
	return result;
}

/* out = |a - b| over n limbs; true where a < b */
static bool
limbs_distance(uint64_t *out, const uint64_t *a, const uint64_t *b, int n)
{
	uint64_t	borrow = 0;
	uint64_t	carry;

	for (int i = 0; i < n; i++)
		out[i] = limb_sub(a[i], b[i], &borrow);
	if (borrow == 0)
		return false;
	carry = 1;
	for (int i = 0; i < n; i++)
		out[i] = limb_add(~out[i], 0, &carry);
	return true;
}

/* a - b, rounded once; exact integers, so that nothing cancels */
static double
difference(const uint64_t *a, const uint64_t *b, int n)
{
	uint64_t	distance[8] = {0};
	bool		negative = limbs_distance(distance, a, b, n);
	double		magnitude = limbs_nearest(distance, n);

	return negative ? -magnitude : magnitude;
}

/* gain / base over a span of seconds, for a year; base > 0, seconds > 0 */
static core_status
simple_yield(double gain, double base, double seconds, double year_days, double *apr)
{
	*apr = gain / base * (year_days * SECONDS_PER_DAY / seconds);
	return isfinite(*apr) ? CORE_OK : CORE_NULL;
}

/*
 * The yield of a Lido report, from the totals of ether (wei) and shares
 * before and after it:
 *
 *		(post.ether / post.shares / (pre.ether / pre.shares) - 1) * year / seconds
 *
 * computed as (post.ether * pre.shares - pre.ether * post.shares) over
 * (pre.ether * post.shares) with products in 512 bits, so that only the result
 * is rounded, some four times.  For the gross form, "post" is the internal
 * ether and the internal shares without those minted as fees.
 *
 * seconds is finite and not negative; CORE_NULL where it is zero, and where
 * the yield is beyond a double.  CORE_DIVISION_BY_ZERO where pre.ether,
 * pre.shares or post.shares is zero.  Source: docs.lido.fi, "Lido APR", and
 * the comments on TokenRebased in Lido.sol; there in 1e27 fixed point.
 */
core_status
yield_lido_apr(const share_totals *pre, const share_totals *post,
			   double seconds, double year_days, double *apr)
{
	u512		grown = u256_mul_full(post->ether, pre->shares);
	u512		base = u256_mul_full(pre->ether, post->shares);

	if (u256_is_zero(pre->ether) || u256_is_zero(pre->shares) || u256_is_zero(post->shares))
		return CORE_DIVISION_BY_ZERO;
	if (seconds == 0)
		return CORE_NULL;
	return simple_yield(difference(grown.limb, base.limb, 8), limbs_nearest(base.limb, 8),
						seconds, year_days, apr);
}

/* a + b, both in gwei, plus c wei, in wei; false at 2^256 */
static bool
wei_of(u256 a, u256 b, u256 c, u256 *out)
{
	u256		gwei,
				wei;

	return u256_add(a, b, &gwei) &&
		u256_mul(gwei, u256_from_u64(WEI_PER_GWEI), &wei) &&
		u256_add(wei, c, out);
}

/*
 * ETH.STORE, the reference rate of Ethereum staking, of validators that were
 * active all the time:
 *
 *		(tx_fees + (end - start - deposits + withdrawals) * 1e9)
 *			/ (effective_balance * 1e9) * year / seconds
 *
 * exact in the integers.  CORE_OUT_OF_RANGE where a sum in wei is 2^256 or
 * more, CORE_DIVISION_BY_ZERO for no effective balance, CORE_NULL for no
 * seconds.  Source: gobitfly/eth.store; without what is paid for blocks
 * outside of the fee market (MEV).
 */
core_status
yield_eth_store_apr(const validator_flows *flows, double seconds, double year_days, double *apr)
{
	u256		credit,
				debit,
				base;

	if (!wei_of(flows->end_balance, flows->withdrawals, flows->tx_fees, &credit) ||
		!wei_of(flows->start_balance, flows->deposits, U256_ZERO, &debit) ||
		!wei_of(flows->effective_balance, U256_ZERO, U256_ZERO, &base))
		return CORE_OUT_OF_RANGE;
	if (u256_is_zero(base))
		return CORE_DIVISION_BY_ZERO;
	if (seconds == 0)
		return CORE_NULL;
	return simple_yield(difference(credit.limb, debit.limb, 4), u256_to_double(base),
						seconds, year_days, apr);
}

/*
 * rewards / stake for a year of year_days.  All finite, stake and days not
 * negative.  CORE_NULL where one of these is zero, or the yield is beyond a
 * double.  Rated's network APR: rewards and active stake of validators that
 * were active in the whole window of so many days.
 */
core_status
yield_on_stake(double rewards, double stake, double days, double year_days, double *apr)
{
	if (stake == 0 || days == 0)
		return CORE_NULL;
	return simple_yield(rewards, stake, days * SECONDS_PER_DAY, year_days, apr);
}

/*
 * DefiLlama's apyBase from two exchange rates a number of days apart that the
 * adaptor takes for granted (1, 7, 30), in percent:
 *
 *		(rate1 - rate0) / rate0 * 365 / days * 100, or
 *		((rate1 / rate0) ^ (365 / days) - 1) * 100
 *
 * Rates positive and finite, days too.  CORE_NULL beyond a double.  Negative
 * where the rate fell; the site then shows 0.  Source: DefiLlama/yield-server,
 * src/adaptors.
 */
core_status
yield_defillama_base_pct(double rate0, double rate1, double days, bool compounded,
						 double *percent)
{
	double		spans = YIELD_DEFAULT_YEAR_DAYS / days;

	if (compounded)
		*percent = 100 * expm1(yield_log_growth(rate0, rate1) * spans);
	else
		*percent = 100 * ((rate1 - rate0) / rate0 * spans);
	return isfinite(*percent) ? CORE_OK : CORE_NULL;
}

/*
 * DefiLlama's yield of a liquidity pool, in percent: the fees of a day over
 * the value locked, times 365, or those of a week, times 52 (364 days).
 * CORE_NULL where nothing is locked or the yield is beyond a double,
 * CORE_BAD_PARAMETER for other days.  Source: utils.apy of
 * DefiLlama/yield-server.
 */
core_status
yield_defillama_lp_pct(double fees, double tvl, int64_t days, double *percent)
{
	if (days != 1 && days != 7)
		return CORE_BAD_PARAMETER;
	if (tvl == 0)
		return CORE_NULL;
	*percent = fees / tvl * (days == 1 ? 365 : 52) * 100;
	return isfinite(*percent) ? CORE_OK : CORE_NULL;
}

/*
 * DefiLlama's net weekly yield, in percent: max(base + 52 il, -100), where
 * base is apyBase7d and il is il7d, a weekly loss and not positive.  CORE_NULL
 * unless base > 0, as there.  The only figure here with a floor: it is theirs.
 * Source: DefiLlama/defillama-app.
 */
core_status
yield_defillama_net_pct(double base, double il, double *percent)
{
	double		net = base + 52 * il;

	if (!(base > 0))
		return CORE_NULL;
	if (net < -100)
		net = -100;
	*percent = net;
	return isfinite(net) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/*
 * The rate (xcp_profit / 2 + xcp_profit_a / 2 + 1) / 2 of one of Curve's pools
 * of unpegged coins, at two moments (curvefi/curve-api#99).  Its factor of a
 * quarter cancels in a yield and is left out.  CORE_OUT_OF_RANGE where a sum is 2^256 or more.
 */
core_status
yield_cryptoswap_growth(const crypto_profits *from, const crypto_profits *to, double *rate0,
						double *rate1, double *change)
{
	const u256	two = {{UINT64_C(2000000000000000000), 0, 0, 0}};
	u256		sum0,
				sum1;

	if (!u256_add(from->profit, from->profit_a, &sum0) || !u256_add(sum0, two, &sum0) ||
		!u256_add(to->profit, to->profit_a, &sum1) || !u256_add(sum1, two, &sum1))
		return CORE_OUT_OF_RANGE;
	*rate0 = u256_to_double(sum0);
	*rate1 = u256_to_double(sum1);
	*change = difference(sum1.limb, sum0.limb, 4);
	return CORE_OK;
}
