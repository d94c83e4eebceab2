/*-------------------------------------------------------------------------
 *
 * core/derivative/pendle.c
 *	  Pendle v2 to the last digit: its markets, their oracles, interest of YT.
 *
 *-------------------------------------------------------------------------
 */
#include "core/derivative/pendle.h"

#include "core/chain/logexp.h"
#include "core/chain/signed_calc.h"

#define ONE				FIXED_WAD
#define SECONDS_A_YEAR	((u256) {{31536000, 0, 0, 0}})
#define MINIMUM_LIQUIDITY	((u256) {{1000, 0, 0, 0}})
#define HUNDRED			((u256) {{100, 0, 0, 0}})

/* Of PT in a market's assets, after a trade: 96 % */
#define MAX_PROPORTION	((u256) {{UINT64_C(960000000000000000), 0, 0, 0}})

static s256
mul_down(core_status *status, s256 a, s256 b)
{
	return scalc_mul_then_div(status, a, b, ONE);
}

static s256
div_down(core_status *status, s256 a, s256 b)
{
	return scalc_mul_then_div(status, a, ONE, b);
}

static s256
exp_of(core_status *status, s256 x)
{
	u256		out = U256_ZERO;
	core_status outcome = *status == CORE_OK ? logexp_exp(x, &out) : CORE_OK;

	return calc_step(status, outcome, out);
}

static s256
ln_of(core_status *status, s256 x)
{
	s256		out = U256_ZERO;
	core_status outcome = *status == CORE_OK ? logexp_ln(x, &out) : CORE_OK;

	return calc_step(status, outcome, out);
}

/* ---------- SY and assets ---------- */

static u256
sy_to_asset(core_status *status, u256 index, u256 sy)
{
	return calc_mul_then_div(status, sy, index, ONE);
}

/* x * y + z - 1 over z, all checked, as SYUtils rounds up */
static u256
scaled_up(core_status *status, u256 x, u256 y, u256 z)
{
	u256		sum = calc_sub(status, calc_add(status, calc_mul(status, x, y), z),
							   u256_from_u64(1));

	return calc_div(status, sum, z);
}

/* Assets as SY, the magnitude rounded down or up */
static s256
asset_to_sy(core_status *status, u256 index, s256 asset, bool up)
{
	u256		magnitude = s256_magnitude(asset);
	u256		sy = up ? scaled_up(status, magnitude, ONE, index) :
		calc_mul_then_div(status, magnitude, ONE, index);

	return scalc_with_sign(status, sy, s256_is_negative(asset));
}

/* ---------- rates ---------- */

/* e^(rate * time): the PT that one asset buys */
static s256
exchange_rate_of(core_status *status, u256 ln_rate, u256 seconds)
{
	u256		exponent = calc_mul_then_div(status, ln_rate, seconds, SECONDS_A_YEAR);

	return exp_of(status, scalc_of(status, exponent));
}

static s256
logit(core_status *status, s256 proportion)
{
	calc_require(status, !u256_equal(proportion, ONE));
	return ln_of(status, div_down(status, proportion, scalc_sub(status, ONE, proportion)));
}

/* The exchange rate of a curve when so many of "all" assets are PT, at least 1 */
static s256
exchange_rate_at(core_status *status, s256 pt, s256 all, const pendle_curve *curve)
{
	s256		proportion = div_down(status, pt, all);
	s256		rate;

	calc_require(status, s256_cmp(proportion, MAX_PROPORTION) <= 0);
	rate = scalc_add(status, div_down(status, logit(status, proportion), curve->rate_scalar),
					 curve->rate_anchor);
	calc_require(status, s256_cmp(rate, ONE) >= 0);
	return rate;
}

/*
 * The anchor is such that the last implied rate is the market's rate now: so
 * the rate stays as time goes on, not the price.
 */
static s256
anchor_of(core_status *status, const pendle_market *market, const pendle_curve *curve, s256 pt)
{
	s256		rate = exchange_rate_of(status, market->last_ln_implied_rate, market->seconds);
	s256		proportion = div_down(status, pt, scalc_add(status, pt, curve->total_asset));

	calc_require(status, s256_cmp(rate, ONE) >= 0);
	return scalc_sub(status, rate, div_down(status, logit(status, proportion), curve->rate_scalar));
}

static pendle_curve
curve_of(core_status *status, const pendle_market *market)
{
	pendle_curve curve = {.rate_scalar = U256_ZERO};
	s256		pt = scalc_of(status, market->total_pt);
	s256		scalar = scalc_of(status, market->scalar_root);

	calc_require(status, !u256_is_zero(market->seconds));
	curve.rate_scalar = scalc_mul_then_div(status, scalar, SECONDS_A_YEAR,
										   scalc_of(status, market->seconds));
	calc_require(status, !u256_is_zero(curve.rate_scalar));
	curve.total_asset = scalc_of(status, sy_to_asset(status, market->py_index, market->total_sy));
	calc_require(status, !u256_is_zero(pt) && !u256_is_zero(curve.total_asset));
	curve.rate_anchor = anchor_of(status, market, &curve, pt);
	curve.fee_rate = exchange_rate_of(status, market->ln_fee_rate_root, market->seconds);
	return curve;
}

core_status
pendle_curve_at(const pendle_market *market, pendle_curve *curve)
{
	core_status status = CORE_OK;
	pendle_curve found = curve_of(&status, market);

	if (status == CORE_OK)
		*curve = found;
	return status;
}

/* ---------- trades ---------- */

/* The fee in assets, of a trade whose assets before it are given */
static s256
fee_of(core_status *status, const pendle_curve *curve, s256 net_pt, s256 rate, s256 asset)
{
	s256		below_one = scalc_sub(status, ONE, curve->fee_rate);

	if (!s256_is_negative(net_pt) && !u256_is_zero(net_pt))
	{
		calc_require(status, s256_cmp(div_down(status, rate, curve->fee_rate), ONE) >= 0);
		return mul_down(status, asset, below_one);
	}
	return scalc_neg(status, scalc_mul_then_div(status, asset, below_one, curve->fee_rate));
}

/* The trade itself: SY to the account, as a fee, and of it to the reserve */
static void
trade_amounts(core_status *status, const pendle_market *market, const pendle_curve *curve,
			  s256 net_pt, pendle_trade *trade)
{
	s256		pt = market->total_pt;
	s256		left = scalc_sub(status, pt, net_pt);
	s256		rate = exchange_rate_at(status, left, scalc_add(status, pt, curve->total_asset), curve);
	s256		asset = scalc_neg(status, div_down(status, net_pt, rate));
	s256		fee = fee_of(status, curve, net_pt, rate, asset);
	s256		reserve = scalc_mul_then_div(status, fee,
											 scalc_of(status, market->reserve_fee_percent), HUNDRED);
	s256		net = scalc_sub(status, asset, fee);

	trade->net_sy_to_account = asset_to_sy(status, market->py_index, net, s256_is_negative(net));
	trade->net_sy_fee = asset_to_sy(status, market->py_index, fee, false);
	trade->net_sy_to_reserve = asset_to_sy(status, market->py_index, reserve, false);
}

/* The implied rate of a market by the curve that it had before the trade */
static u256
ln_implied_rate_after(core_status *status, const pendle_market *market, const pendle_curve *curve,
					  const pendle_trade *trade)
{
	s256		asset = scalc_of(status, sy_to_asset(status, market->py_index, trade->total_sy_after));
	s256		all = scalc_add(status, trade->total_pt_after, asset);
	s256		rate = exchange_rate_at(status, trade->total_pt_after, all, curve);
	u256		ln_rate = scalc_unsigned(status, ln_of(status, rate));
	u256		result = calc_mul_then_div(status, ln_rate, SECONDS_A_YEAR, market->seconds);

	calc_require(status, !u256_is_zero(result));
	return result;
}

core_status
pendle_trade_pt(const pendle_market *market, s256 net_pt_to_account, pendle_trade *trade)
{
	core_status status = CORE_OK;
	pendle_trade t = {.net_sy_to_account = U256_ZERO};
	pendle_curve curve;

	(void) scalc_of(&status, market->total_pt);
	(void) scalc_of(&status, market->total_sy);
	calc_require(&status, s256_cmp(market->total_pt, net_pt_to_account) > 0);
	curve = curve_of(&status, market);
	trade_amounts(&status, market, &curve, net_pt_to_account, &t);
	t.total_pt_after = scalc_sub(&status, market->total_pt, net_pt_to_account);
	t.total_sy_after = scalc_sub(&status, market->total_sy,
								 scalc_add(&status, t.net_sy_to_account, t.net_sy_to_reserve));
	(void) scalc_unsigned(&status, t.total_sy_after);
	t.ln_implied_rate_after = ln_implied_rate_after(&status, market, &curve, &t);
	if (status == CORE_OK)
		*trade = t;
	return status;
}

/*
 * The YT that are sold come with as many PT out of the market; some of both
 * are redeemed for the SY that these cost, the rest for the account.
 */
static s256
sy_for_yt(core_status *status, u256 index, u256 yt, s256 net_sy)
{
	u256		owed = scalc_unsigned(status, scalc_neg(status, net_sy));
	u256		repaid = scaled_up(status, owed, index, ONE);

	calc_require(status, u256_cmp(yt, repaid) >= 0);
	return asset_to_sy(status, index, scalc_of(status, calc_floor_sub(yt, repaid)), false);
}

/* YT are minted from SY, with as many PT that the market buys. */
static s256
sy_of_bought_yt(core_status *status, u256 index, u256 yt, s256 net_sy)
{
	u256		received = scalc_unsigned(status, net_sy);
	u256		needed = scaled_up(status, yt, ONE, index);

	return scalc_neg(status, scalc_of(status, calc_floor_sub(needed, received)));
}

core_status
pendle_trade_yt(const pendle_market *market, s256 net_yt_to_account, pendle_trade *trade)
{
	core_status status = CORE_OK;
	u256		yt = s256_magnitude(net_yt_to_account);
	bool		sells = s256_is_negative(net_yt_to_account);
	s256		net_pt = scalc_neg(&status, net_yt_to_account);
	pendle_trade t = {.net_sy_to_account = U256_ZERO};

	calc_require(&status, !u256_is_zero(yt));
	if (status == CORE_OK)
		status = pendle_trade_pt(market, net_pt, &t);
	t.net_sy_to_account = sells ? sy_for_yt(&status, market->py_index, yt, t.net_sy_to_account) :
		sy_of_bought_yt(&status, market->py_index, yt, t.net_sy_to_account);
	if (status == CORE_OK)
		*trade = t;
	return status;
}

/* ---------- oracles ---------- */

/* What a rate in assets is worth while SY is below its watermark */
static u256
after_loss(core_status *status, u256 rate, u256 sy_index, u256 py_index)
{
	return u256_cmp(sy_index, py_index) >= 0 ? rate :
		calc_mul_then_div(status, rate, sy_index, py_index);
}

static u256
in_sy(core_status *status, u256 rate, u256 sy_index, u256 py_index)
{
	return calc_mul_then_div(status, rate, ONE,
							 u256_cmp(sy_index, py_index) >= 0 ? sy_index : py_index);
}

core_status
pendle_py_rate_at(u256 ln_implied_rate, s256 seconds, u256 sy_index, u256 py_index,
				  pendle_py_rate *rate)
{
	core_status status = CORE_OK;
	bool		matured = s256_is_negative(seconds) || u256_is_zero(seconds);
	u256		pt = matured ? ONE :
		calc_mul_then_div(&status, ONE, ONE, exchange_rate_of(&status, ln_implied_rate, seconds));
	u256		yt = calc_sub(&status, ONE, pt);
	pendle_py_rate found = {
		after_loss(&status, pt, sy_index, py_index), after_loss(&status, yt, sy_index, py_index),
		in_sy(&status, pt, sy_index, py_index), in_sy(&status, yt, sy_index, py_index)
	};

	if (status == CORE_OK)
		*rate = found;
	return status;
}

/*
 * The assets that the pool would have if it were traded to the rate of the
 * oracle, at the mean of that and its own.
 */
static s256
hypothetical_asset(core_status *status, const pendle_market *market, u256 twap_ln_implied_rate)
{
	pendle_curve curve = curve_of(status, market);
	s256		oracle = exchange_rate_of(status, twap_ln_implied_rate, market->seconds);
	s256		last = exchange_rate_of(status, market->last_ln_implied_rate, market->seconds);
	s256		trade_rate = scalc_div(status, scalc_add(status, last, oracle), u256_from_u64(2));
	s256		c = exp_of(status, mul_down(status, curve.rate_scalar,
											scalc_sub(status, oracle, curve.rate_anchor)));
	s256		above = scalc_sub(status, mul_down(status, c, curve.total_asset), market->total_pt);
	s256		size = div_down(status, above, scalc_add(status, ONE, div_down(status, c, trade_rate)));

	return scalc_add(status,
					 scalc_sub(status, curve.total_asset, div_down(status, size, trade_rate)),
					 div_down(status, scalc_add(status, market->total_pt, size), oracle));
}

core_status
pendle_lp_rate_at(const pendle_market *market, bool expired, u256 total_lp,
				  u256 twap_ln_implied_rate, u256 sy_index, u256 *lp_to_asset, u256 *lp_to_sy)
{
	core_status status = CORE_OK;
	s256		pt = scalc_of(&status, market->total_pt);
	s256		asset = expired ?
		scalc_add(&status, pt, scalc_of(&status, sy_to_asset(&status, market->py_index, market->total_sy))) :
		hypothetical_asset(&status, market, twap_ln_implied_rate);
	u256		rate = scalc_unsigned(&status, div_down(&status, asset, scalc_of(&status, total_lp)));
	u256		scaled = after_loss(&status, rate, sy_index, market->py_index);
	u256		sy = in_sy(&status, rate, sy_index, market->py_index);

	if (status != CORE_OK)
		return status;
	*lp_to_asset = scaled;
	*lp_to_sy = sy;
	return CORE_OK;
}

/* ---------- liquidity ---------- */

static pendle_added
add_to_empty(core_status *status, s256 sy, s256 pt)
{
	u256		root = u256_sqrt(scalc_mul(status, sy, pt));

	return (pendle_added) {
		scalc_sub(status, root, MINIMUM_LIQUIDITY), MINIMUM_LIQUIDITY, sy, pt
	};
}

/* As many LP as the scarcer of both brings; of the other what goes with it, rounded up */
static pendle_added
add_in_proportion(core_status *status, s256 total_pt, s256 total_sy, s256 total_lp, s256 sy,
				  s256 pt)
{
	s256		by_pt = scalc_mul_then_div(status, pt, total_lp, total_pt);
	s256		by_sy = scalc_mul_then_div(status, sy, total_lp, total_sy);

	if (s256_cmp(by_pt, by_sy) < 0)
		return (pendle_added) {
			by_pt, U256_ZERO, scalc_mul_then_div_up(status, total_sy, by_pt, total_lp), pt
		};
	return (pendle_added) {
		by_sy, U256_ZERO, sy, scalc_mul_then_div_up(status, total_pt, by_sy, total_lp)
	};
}

static bool
is_positive(s256 a)
{
	return !s256_is_negative(a) && !u256_is_zero(a);
}

core_status
pendle_add(u256 total_pt, u256 total_sy, u256 total_lp, u256 sy_desired, u256 pt_desired,
		   pendle_added *added)
{
	core_status status = CORE_OK;
	s256		sy = scalc_of(&status, sy_desired);
	s256		pt = scalc_of(&status, pt_desired);
	s256		all_pt = scalc_of(&status, total_pt);
	s256		all_sy = scalc_of(&status, total_sy);
	s256		all_lp = scalc_of(&status, total_lp);
	pendle_added a;

	calc_require(&status, !u256_is_zero(sy) && !u256_is_zero(pt));
	a = u256_is_zero(all_lp) ? add_to_empty(&status, sy, pt) :
		add_in_proportion(&status, all_pt, all_sy, all_lp, sy, pt);
	calc_require(&status, is_positive(a.lp_to_account) && is_positive(a.sy_used) &&
				 is_positive(a.pt_used));
	/* what the market then has must fit, too */
	(void) scalc_add(&status, all_pt, a.pt_used);
	(void) scalc_add(&status, all_sy, a.sy_used);
	(void) scalc_add(&status, all_lp, scalc_add(&status, a.lp_to_account, a.lp_to_reserve));
	if (status == CORE_OK)
		*added = a;
	return status;
}

core_status
pendle_remove(u256 total_pt, u256 total_sy, u256 total_lp, u256 lp_to_remove,
			  u256 *sy_to_account, u256 *pt_to_account)
{
	core_status status = CORE_OK;
	s256		lp = scalc_of(&status, lp_to_remove);
	s256		total = scalc_of(&status, total_lp);
	s256		sy = scalc_mul_then_div(&status, lp, scalc_of(&status, total_sy), total);
	s256		pt = scalc_mul_then_div(&status, lp, scalc_of(&status, total_pt), total);

	calc_require(&status, !u256_is_zero(lp) && u256_cmp(lp, total) <= 0 &&
				 !(u256_is_zero(sy) && u256_is_zero(pt)));
	if (status != CORE_OK)
		return status;
	*sy_to_account = sy;
	*pt_to_account = pt;
	return CORE_OK;
}

/* ---------- interest, and prices that rise on a line ---------- */

core_status
pendle_interest(u256 yt_balance, u256 index0, u256 index1, u256 fee_rate, u256 *interest,
				u256 *fee, u256 *net_interest)
{
	core_status status = CORE_OK;
	u256		gain = calc_sub(&status, index1, index0);
	u256		earned,
				taken,
				net;

	calc_require(&status, !u256_is_zero(index0));
	(void) calc_u128(&status, index1);	/* as the contract keeps it */
	earned = calc_mul_then_div(&status, calc_mul(&status, yt_balance, gain), ONE,
							   calc_mul(&status, index0, index1));
	earned = calc_u128(&status, earned);
	taken = calc_mul_then_div(&status, earned, fee_rate, ONE);
	net = calc_sub(&status, earned, taken);
	if (status != CORE_OK)
		return status;
	*interest = earned;
	*fee = taken;
	*net_interest = net;
	return CORE_OK;
}

core_status
pendle_discounted(s256 seconds, u256 discount_per_year, u256 matured_price, u256 *price)
{
	core_status status = CORE_OK;
	u256		left = s256_is_negative(seconds) ? U256_ZERO : seconds;
	u256		discount = calc_mul_then_div(&status, left, discount_per_year, SECONDS_A_YEAR);
	u256		result;

	calc_require(&status, u256_cmp(discount, ONE) <= 0);
	result = calc_mul_then_div(&status, calc_floor_sub(ONE, discount), matured_price, ONE);
	return calc_done(status, result, price);
}
