/*-------------------------------------------------------------------------
 *
 * core/derivative/gmx.c
 *	  Funding of GMX v2, exactly.
 *
 * After gmx-io/gmx-synthetics, contracts/market/MarketUtils.sol
 * (getNextFundingFactorPerSecond) and contracts/utils/Precision.sol and
 * Calc.sol, for markets whose funding exponent is 1.
 *
 *-------------------------------------------------------------------------
 */
#include "core/derivative/gmx.h"

#include "core/chain/calc.h"

/* 10^30 */
static u256
gmx_unit(void)
{
	u256		unit = U256_ZERO;

	(void) u256_pow10(30, &unit);
	return unit;
}

/* The difference of longs and shorts; below one dollar it counts as none. */
static u256
skew_of(const gmx_market *m)
{
	u256		skew = u256_cmp(m->long_open_interest, m->short_open_interest) > 0
		? u256_sub_wrap(m->long_open_interest, m->short_open_interest)
		: u256_sub_wrap(m->short_open_interest, m->long_open_interest);

	return u256_cmp(skew, gmx_unit()) < 0 ? U256_ZERO : skew;
}

/* Without memory: the skew times the factor, at most the greatest. */
static core_status
static_funding(const gmx_market *m, u256 skew_share, gmx_funding *funding)
{
	core_status status = CORE_OK;
	u256		factor = calc_mul_div(&status, skew_share, m->funding_factor, gmx_unit(), U256_FLOOR);

	*funding = (gmx_funding) {
		calc_min(factor, m->max_factor),
		u256_cmp(m->long_open_interest, m->short_open_interest) > 0, U256_ZERO
	};
	return status;
}

/* The saved factor moved towards those that are more, by the skew and the time. */
static s256
increased(core_status *status, const gmx_market *m, u256 skew_share)
{
	u256		a_second = calc_mul_div(status, skew_share, m->increase_factor, gmx_unit(), U256_FLOOR);
	u256		amount = calc_mul(status, a_second, m->seconds);
	bool		to_shorts = u256_cmp(m->long_open_interest, m->short_open_interest) < 0;
	s256		change = U256_ZERO;
	s256		next = U256_ZERO;
	bool		fits = s256_from_magnitude(amount, to_shorts, &change) &&
		s256_add(m->saved_factor, change, &next);

	return calc_fits(status, fits, next);
}

/* The saved factor, not 0, moved towards 0, but never to it. */
static s256
decreased(core_status *status, const gmx_market *m)
{
	u256		amount = calc_mul(status, m->decrease_factor, m->seconds);
	u256		magnitude = s256_magnitude(m->saved_factor);
	u256		left = u256_cmp(magnitude, amount) <= 0 ? u256_from_u64(1)
		: u256_sub_wrap(magnitude, amount);
	s256		next = U256_ZERO;
	bool		fits = s256_from_magnitude(left, s256_is_negative(m->saved_factor), &next);

	return calc_fits(status, fits, next);
}

/* Do those pay already that are more? */
static bool
skew_pays(const gmx_market *m)
{
	int			skew = u256_cmp(m->long_open_interest, m->short_open_interest);
	int			paid_by = s256_cmp(m->saved_factor, U256_ZERO);

	return skew != 0 && skew == paid_by;
}

/* Where the saved factor goes before it is bounded. */
static s256
adapted(core_status *status, const gmx_market *m, u256 skew_share)
{
	if (!skew_pays(m) || u256_cmp(skew_share, m->threshold_stable) > 0)
		return increased(status, m, skew_share);
	if (u256_cmp(skew_share, m->threshold_decrease) < 0)
		return decreased(status, m);
	return m->saved_factor;
}

/* The value with a magnitude from least to greatest; 0 counts as positive. */
static s256
bound_magnitude(core_status *status, s256 value, u256 least, u256 greatest)
{
	u256		magnitude = s256_magnitude(value);
	s256		result = U256_ZERO;
	bool		fits;

	if (u256_cmp(magnitude, least) < 0)
		magnitude = least;
	else if (u256_cmp(magnitude, greatest) > 0)
		magnitude = greatest;
	fits = s256_from_magnitude(magnitude, s256_is_negative(value), &result);
	return calc_fits(status, fits, result);
}

/*
 * What is paid for each second from now on, by whom, and what is saved for the
 * next time.  CORE_BAD_PARAMETER where there is no open interest to adapt to,
 * CORE_OUT_OF_RANGE where a step is beyond a word, as in the contract.
 */
core_status
gmx_next_funding(const gmx_market *m, gmx_funding *funding)
{
	core_status status = CORE_OK;
	bool		adaptive = !u256_is_zero(m->increase_factor);
	u256		total = calc_add(&status, m->long_open_interest, m->short_open_interest);
	u256		skew_share;
	s256		paid;

	if (!adaptive && u256_equal(m->long_open_interest, m->short_open_interest))
	{
		*funding = (gmx_funding) {U256_ZERO, true, U256_ZERO};
		return status;
	}
	calc_require(&status, !u256_is_zero(total));
	if (status != CORE_OK)
		return status;
	skew_share = calc_mul_div(&status, skew_of(m), gmx_unit(), total, U256_FLOOR);
	if (status != CORE_OK)
		return status;
	if (!adaptive)
		return static_funding(m, skew_share, funding);
	funding->next_saved_factor = bound_magnitude(&status, adapted(&status, m, skew_share),
												 U256_ZERO, m->max_factor);
	paid = bound_magnitude(&status, funding->next_saved_factor, m->min_factor, m->max_factor);
	funding->factor_per_second = s256_magnitude(paid);
	funding->longs_pay_shorts = s256_cmp(paid, U256_ZERO) > 0;
	return status;
}
