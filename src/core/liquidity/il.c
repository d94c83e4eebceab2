/*-------------------------------------------------------------------------
 *
 * core/liquidity/il.c
 *	  Impermanent loss.
 *
 * A move of a thousandth costs 1e-7, so forms that subtract from one would
 * lose half of the digits.  All losses here are products of differences that
 * do not cancel: they keep a relative precision of some 1e-15 however small
 * the move.
 *
 *-------------------------------------------------------------------------
 */
#include "core/liquidity/il.h"

#include <float.h>
#include <math.h>

#include "core/base/dd.h"
#include "core/liquidity/stable_curve.h"

static core_status
finite_result(double value, double *result)
{
	*result = value;
	return isfinite(value) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* A loss from its size, of which rounding must not make more than everything. */
static double
loss_of(double size)
{
	/* 0 - x where -x would be minus zero */
	return size < 1 ? 0 - size : -1;
}

/* ---------- constant product ---------- */

/*
 * Loss of a constant product pool after the price has changed to price_ratio
 * times what it was:
 *
 *		2 sqrt(k) / (1 + k) - 1 = -(1 - sqrt(k))^2 / (1 + k)
 *
 * Source: Pintail, "Uniswap: A Good Deal for Liquidity Providers?" (2019).
 */
double
il_of_ratio(double price_ratio)
{
	double		gap = (price_ratio - 1) / (1 + sqrt(price_ratio));

	return loss_of(gap / (1 + price_ratio) * gap);
}

/* The same from two prices, whose ratio would round a small move away. */
double
il_of_prices(double price0, double price1)
{
	double		gap;

	/* only the ratio counts, and a sum must not overflow */
	if (price0 > DBL_MAX / 2 || price1 > DBL_MAX / 2)
	{
		price0 /= 4;
		price1 /= 4;
	}
	gap = (price1 - price0) / (sqrt(price0) + sqrt(price1));
	return loss_of(gap / (price0 + price1) * gap);
}

/* ---------- weighted ---------- */

/*
 * log(1 + x) - x for 1 + x = ratio/mean, zero or negative, with all its
 * digits: for small x by the series of log((1 + r) / (1 - r)), r = x / (2 + x),
 * whose terms are taken by fours, as sums that do not wait for each other.
 */
static double
log1p_less(double x, double ratio, double mean)
{
	double		r,
				y,
				z,
				w,
				series;

	if (fabs(x) > 0.34)
		return (x > -0.5 && x < 1 ? log1p(x) : log(ratio / mean)) - x;
	r = (ratio - mean) / (ratio + mean);
	y = r * r;
	z = y * y;
	w = z * z;
	series = (1.0 / 3 + w * (1.0 / 11 + w * (1.0 / 19))) +
		y * (1.0 / 5 + w * (1.0 / 13 + w * (1.0 / 21))) +
		z * ((1.0 / 7 + w * (1.0 / 15 + w * (1.0 / 23))) +
			 y * (1.0 / 9 + w * (1.0 / 17 + w * (1.0 / 25))));
	return r * (2 * y * series - x);
}

/* exp(x) - 1; the losses of most moves are small enough for the first terms of its series. */
static double
exp_less_one(double x)
{
	double		y = x * x;

	if (fabs(x) > 1.0 / 64)
		return expm1(x);
	return x + y * ((1.0 / 2 + x * (1.0 / 6)) +
					y * ((1.0 / 24 + x * (1.0 / 120)) + y * (1.0 / 720 + x * (1.0 / 5040))));
}

/* The mean of the ratios by weight; the weights need not sum to one exactly. */
static double
weighted_mean(il_weights *w)
{
	double		total = 0;
	double		sum = 0;

	w->equal = true;
	for (int i = 0; i < w->n; i++)
	{
		total += w->weights[i];
		sum += w->ratios[i] * w->weights[i];
		w->equal = w->equal && w->ratios[i] == w->ratios[0];
	}
	w->per_total = 1 / total;
	return sum * w->per_total;
}

/*
 * Loss of a weighted pool of n >= 1 tokens, each of which is worth ratio times
 * what it was, in any unit:
 *
 *		prod(r_i^w_i) / sum(w_i r_i) - 1
 *
 * Weights are positive and sum to nearly one; they are taken over their sum.
 * With x_i = r_i/m - 1, m the mean, the logarithm of the quotient is the sum of
 * w_i (log(1 + x_i) - x_i): small numbers of one sign.  That m is rounded
 * costs a second order, s below.  Source: balancer/balancer-v3-monorepo,
 * WeightedLPOracle.sol, and arXiv 2203.11352.
 */
void
il_weights_begin(il_weights *w, const double *ratios, const double *weights, int n)
{
	*w = (il_weights) {.ratios = ratios, .weights = weights, .n = n, .scale = 1};
	w->growth = w->mean = weighted_mean(w);
	if (w->mean <= DBL_MAX / 4)
		return;
	/* only the ratios' own ratios count, and a sum must not overflow */
	w->scale = 0.0625;
	w->mean = 0;
	for (int i = 0; i < n; i++)
		w->mean += ratios[i] * w->scale * (weights[i] * w->per_total);
}

/* The next tokens, IL_WEIGHTS_STEP at most; false when all are done. */
bool
il_weights_step(il_weights *w)
{
	int			end = w->n - w->done > IL_WEIGHTS_STEP ? w->done + IL_WEIGHTS_STEP : w->n;

	for (int i = w->done; i < end && !w->equal; i++)
	{
		double		weight = w->weights[i] * w->per_total;
		double		ratio = w->ratios[i] * w->scale;
		double		x = (ratio - w->mean) / w->mean;

		w->s += x * weight;
		w->sum += log1p_less(x, ratio, w->mean) * weight;
	}
	w->done = end;
	return end < w->n;
}

/* The loss, when all tokens are done. */
double
il_weights_loss(const il_weights *w)
{
	/* of s itself, which is a rounding, the logarithm is s - s^2/2 */
	double		sum = w->sum + w->s * w->s / 2;

	return sum < 0 && !w->equal ? exp_less_one(sum) : 0;
}

/*
 * Values at the end of a position that was worth "value", and of its deposit
 * held: value * sum(w_i r_i), and the same with the loss.
 */
core_status
il_weights_values(const il_weights *w, double value, double *lp, double *hodl)
{
	*hodl = value * w->growth;
	*lp = *hodl * (1 + il_weights_loss(w));
	return isfinite(*hodl) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* ---------- concentrated ---------- */

static double
held_within(double price, double pa, double pb)
{
	return price < pa ? pa : price > pb ? pb : price;
}

/*
 * Loss of a position between pa and pb after the price has gone from price0 to
 * price1, which differ by "change".  With s0 and s1 the roots of the prices
 * held within the range, and "beyond" what price1 exceeds it by, value less
 * deposit is
 *
 *		-(s1 - s0) ((s1 - s0) s1 + beyond) / (s0 s1)
 *
 * where all differences have one sign.  It holds wherever the prices are: a
 * deposit made outside the range is of one token, and loses nothing before
 * the price is inside.  Derived from the amounts of the Uniswap v3
 * whitepaper; CORE_OUT_OF_RANGE where they are beyond a double.
 */
static core_status
loss_in_range(double price0, double price1, double change, double pa, double pb, double *il)
{
	double		held0 = held_within(price0, pa, pb);
	double		held1 = held_within(price1, pa, pb);
	double		move = held0 == price0 && held1 == price1 ? change : held1 - held0;
	double		root0 = sqrt(held0);
	double		root1 = sqrt(held1);
	double		root_b = sqrt(pb);
	double		gap,
				deposit,
				size;

	*il = 0;
	if (move == 0)
		return CORE_OK;
	gap = move / (root0 + root1);
	deposit = (pb - held0) / ((root_b + root0) * root0 * root_b) * price1 +
		(held0 - pa) / (root0 + sqrt(pa));
	size = gap * (gap * root1 + (price1 - held1)) / (root0 * root1) / deposit;
	if (!isfinite(size))
		return CORE_OUT_OF_RANGE;
	*il = loss_of(size);
	return CORE_OK;
}

core_status
il_of_range(double price0, double price1, double pa, double pb, double *il)
{
	return loss_in_range(price0, price1, price1 - price0, pa, pb, il);
}

/* ---------- StableSwap ---------- */

/*
 * Loss of a StableSwap pool of two coins that was entered in balance, at a
 * price of one; amp is A() of the contract.  See core/liquidity/stable_curve.h for units.
 */
double
il_of_stable(double amp, double price)
{
	return loss_of(-stable_balanced_loss(2 * amp, price));
}

/*
 * From price0 to price1, which differ by "change"; not finite where balances
 * are beyond a double.
 */
static double
stable_move(double amp, double price0, double price1, double change)
{
	stable_point from = stable_at_price(2 * amp, price0);
	stable_point to = stable_at_price(2 * amp, price1);
	double		loss = stable_loss(2 * amp, from, to, price1,
								   stable_step_of_price(2 * amp, from, to, change));

	return loss < -1 ? -1 : loss;
}

/*
 * The same where it was entered at price0.  CORE_OUT_OF_RANGE for prices so
 * far from one that balances are beyond a double.
 */
core_status
il_of_stable_prices(double amp, double price0, double price1, double *il)
{
	return finite_result(stable_move(amp, price0, price1, price1 - price0), il);
}

/* ---------- with a fair rate that grows ---------- */

static core_status
split(double total, double accrual, il_parts *parts)
{
	*parts = (il_parts) {total, accrual, total - accrual};
	return isfinite(total) && isfinite(accrual) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* What the price would have changed by, had the discount stayed as it was. */
static double
accrued_change(const rate_path *path)
{
	return path->price0 * ((path->rate1 - path->rate0) / path->rate0);
}

/*
 * The loss of a constant product pool of a token whose fair rate grows, split:
 * accrual is the loss had the market price grown as the rate did, which is
 * certain and does not come back; depeg is the rest.  The split is this
 * project's own.
 */
core_status
il_split_constant_product(const rate_path *path, il_parts *parts)
{
	return split(il_of_prices(path->price0, path->price1),
				 il_of_prices(path->rate0, path->rate1), parts);
}

/* The same between two prices that stay where they are while the rate grows. */
core_status
il_split_range(const rate_path *path, double pa, double pb, il_parts *parts)
{
	double		change = accrued_change(path);
	double		total,
				accrual;
	core_status status = il_of_range(path->price0, path->price1, pa, pb, &total);

	if (status == CORE_OK)
		status = loss_in_range(path->price0, path->price0 + change, change, pa, pb, &accrual);
	return status == CORE_OK ? split(total, accrual, parts) : status;
}

/* A StableSwap pool that takes a token for what its rate says it is worth. */
static core_status
split_rate_aware(const rate_path *path, double ann, il_parts *parts)
{
	double		fair0 = path->price0 / path->rate0;
	double		fair1 = path->price1 / path->rate1;
	stable_point from = stable_at_price(ann, fair0);
	stable_point to = stable_at_price(ann, fair1);
	dd			there = dd_two_product(path->price1, path->rate0);
	dd			here = dd_two_product(path->price0, path->rate1);
	double		change = dd_add(there, (dd) {-here.hi, -here.lo}).hi / path->rate0 / path->rate1;
	double		grown;
	stable_point accrued = stable_after_growth(ann, from, path->rate0, path->rate1, &grown);

	return split(stable_loss(ann, accrued, to, fair1,
							 stable_step_of_price(ann, from, to, change) - grown),
				 stable_loss(ann, accrued, from, fair0, -grown), parts);
}

/*
 * The same in a StableSwap pool, which either knows the rate (rate_aware) or
 * not.  In one that knows, the price that moves the balances is the discount;
 * growth unbalances it, and is taken to happen first, without a trade, the
 * trades to follow at the end.  The deposit is held in both cases, so it is
 * worth more as the rate grows.
 */
core_status
il_split_stable(const rate_path *path, double amp, bool rate_aware, il_parts *parts)
{
	double		change = accrued_change(path);

	if (rate_aware)
		return split_rate_aware(path, 2 * amp, parts);
	return split(stable_move(amp, path->price0, path->price1, path->price1 - path->price0),
				 stable_move(amp, path->price0, path->price0 + change, change), parts);
}

/* ---------- values and returns ---------- */

/* What n amounts are worth: the sum of amount * price. */
core_status
il_held_value(const double *amounts, const double *prices, int n, double *value)
{
	double		sum = 0;

	for (int i = 0; i < n; i++)
		sum += amounts[i] * prices[i];
	return finite_result(sum, value);
}

/*
 * The return of a position over a benchmark: its value, fees and rewards over
 * that of the benchmark, less one, and by causes: the loss against the deposit
 * held (il), what that deposit made more than the benchmark (mix), fees and
 * rewards.  All values at the end, hodl and benchmark positive.
 */
core_status
il_net_return(double lp, double hodl, double benchmark, double fees, double rewards,
			  lp_return *result)
{
	result->benchmark = benchmark;
	result->il = (lp - hodl) / benchmark;
	result->mix = (hodl - benchmark) / benchmark;
	result->fees = fees / benchmark;
	result->rewards = rewards / benchmark;
	result->net = result->il + result->mix + result->fees + result->rewards;
	return isfinite(result->net) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/*
 * The yearly fees over the deposit's value that make a position worth as much
 * as the deposit held: (hodl - lp)/value * year/days.  Negative where it is
 * worth more already.  CORE_NULL without a value or a time.
 */
core_status
il_break_even_apr(double value, double lp, double hodl, double days, double year_days,
				  double *apr)
{
	if (value == 0 || days == 0)
		return CORE_NULL;
	return finite_result((hodl - lp) / value * (year_days / days), apr);
}
