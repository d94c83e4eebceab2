/*-------------------------------------------------------------------------
 *
 * core/strategy/equity.c
 *	  Strategies over a history, one step after the other.
 *
 *-------------------------------------------------------------------------
 */
#include "core/strategy/equity.h"

#include <math.h>
#include <string.h>

#include "core/derivative/option.h"

#define MICROSECONDS_A_YEAR	(365.0 * 86400 * 1e6)

static core_status
finite_or_out_of_range(double result)
{
	return isfinite(result) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* ---------- lending ---------- */

/* The market of the greatest rate; of equal ones the first. */
static size_t
best_market(const double *apr, size_t n)
{
	size_t		best = 0;

	for (size_t i = 1; i < n; i++)
		if (apr[i] > apr[best])
			best = i;
	return best;
}

/* Equity grows by the rate that was in force since the last step, and then moves if that pays. */
core_status
lending_step(lending_strategy *s, int64_t time, const double *apr)
{
	size_t		best = best_market(apr, s->num_markets);

	if (!s->begun)
	{
		s->begun = true;
		s->market = best;
		s->since = time;
	}
	else
	{
		s->equity *= exp(s->apr * (double) (time - s->time) / MICROSECONDS_A_YEAR);
		if (apr[best] - apr[s->market] > s->min_gain && time - s->since >= s->min_hold)
		{
			s->equity *= 1 - s->switch_cost;
			s->market = best;
			s->since = time;
			s->switches++;
		}
	}
	s->time = time;
	s->apr = apr[s->market];
	return finite_or_out_of_range(s->equity);
}

/* ---------- carry ---------- */

/*
 * A payment of funding to the short, whose notional is what equity covers with
 * its margin, and what the spot, if staked, grew since the one before.  The
 * first payment came before the position.
 */
core_status
carry_step(carry_strategy *s, double funding, double staking, bool last, equity_action *action)
{
	double		share = 1 / (1 + s->margin);
	double		growth = s->staking > 0 && staking > 0 ? (staking - s->staking) / s->staking : 0;

	*action = (equity_action) {0};
	if (!s->begun)
	{
		s->begun = true;
		*action = (equity_action) {"open", s->equity * share, s->equity * s->cost * share};
		s->equity -= action->cost;
	}
	else
		s->equity *= 1 + (funding + growth) * share;
	if (last)
	{
		double		cost = s->equity * s->cost * share;

		*action = (equity_action) {"close", s->equity * share, action->cost + cost};
		s->equity -= cost;
	}
	s->staking = staking > 0 ? staking : s->staking;
	return finite_or_out_of_range(s->equity);
}

/* ---------- covered calls ---------- */

static core_status
call_value(const call_strategy *s, int64_t time, double price, double volatility, double *value)
{
	option_terms option = {
		.call = true, .spot = price, .strike = s->strike,
		.years = (double) (s->expiry - time) / s->year, .volatility = volatility
	};

	return option_price(&option, value);
}

/* What is owed at expiry is paid in kind. */
static void
settle_calls(call_strategy *s, double price, equity_action *action)
{
	double		owed = s->sold * fmax(price - s->strike, 0);

	s->units -= owed / price;
	s->sold = 0;
	*action = (equity_action) {"settle", owed, 0};
}

/* As many calls as units, for a premium that buys more of those. */
static core_status
sell_calls(call_strategy *s, int64_t time, double price, double volatility, equity_action *action)
{
	double		premium;
	core_status status;

	s->strike = s->moneyness * price;
	s->expiry = time + s->tenor;
	status = call_value(s, time, price, volatility, &premium);
	if (status != CORE_OK)
		return status;
	s->sold = s->units;
	*action = (equity_action) {"sell", s->sold * premium, s->sold * premium * s->cost};
	s->units += s->sold * premium * (1 - s->cost) / price;
	return CORE_OK;
}

/*
 * Calls are marked at each step by Black and Scholes without interest, settled
 * at the first at their expiry or after it, and sold anew but at the last.
 */
core_status
call_step(call_strategy *s, int64_t time, double price, double volatility, bool last,
		  equity_action *settled, equity_action *sold)
{
	double		value = 0;
	core_status status = CORE_OK;

	*settled = *sold = (equity_action) {0};
	if (!s->begun)
		s->units = s->equity / price;
	else if (s->sold > 0 && time >= s->expiry)
		settle_calls(s, price, settled);
	if (s->sold == 0 && !last && s->units > 0)
		status = sell_calls(s, time, price, volatility, sold);
	s->begun = true;
	if (status == CORE_OK && s->sold > 0)
		status = call_value(s, time, price, volatility, &value);
	s->equity = s->units * price - s->sold * value;
	return status != CORE_OK ? status : finite_or_out_of_range(s->equity);
}

/* ---------- a portfolio ---------- */

/* How far the weights are off their targets: the most, and all together. */
static double
distance_from_targets(const portfolio_strategy *s, double *sum)
{
	double		most = 0;

	*sum = 0;
	for (size_t i = 0; i < s->n; i++)
	{
		double		off = fabs(s->held[i] / s->equity - s->target[i]);

		*sum += off;
		most = fmax(most, off);
	}
	return most;
}

static void
hold_targets(portfolio_strategy *s)
{
	for (size_t i = 0; i < s->n; i++)
		s->held[i] = s->target[i] * s->equity;
}

/* Values move with prices; then weights are set back if it is time, or one is off by more than the band. */
core_status
portfolio_step(portfolio_strategy *s, const double *price, bool due, equity_action *action)
{
	double		most,
				sum;

	*action = (equity_action) {0};
	if (!s->begun)
	{
		*action = (equity_action) {"buy", s->equity, 0};
		hold_targets(s);
		memcpy(s->price, price, sizeof(double) * s->n);
		s->begun = true;
		return CORE_OK;
	}
	s->equity = 0;
	for (size_t i = 0; i < s->n; i++)
	{
		s->held[i] *= price[i] / s->price[i];
		s->price[i] = price[i];
		s->equity += s->held[i];
	}
	most = distance_from_targets(s, &sum);
	if (due || (s->band >= 0 && most > s->band))
	{
		*action = (equity_action) {"rebalance", s->equity * sum, s->equity * s->cost * sum};
		s->equity -= action->cost;
		hold_targets(s);
	}
	return finite_or_out_of_range(s->equity);
}

/* ---------- an index ---------- */

/* The mean of the changes by the weights of the step before; prices are positive. */
core_status
chain_step(chain_strategy *s, const double *price, const double *weight)
{
	double		sum = 0;
	double		change = 0;

	for (size_t i = 0; i < s->n && s->begun; i++)
	{
		sum += s->weight[i];
		change += s->weight[i] * ((price[i] - s->price[i]) / s->price[i]);
	}
	if (sum > 0)
		s->equity *= 1 + change / sum;
	s->begun = true;
	memcpy(s->price, price, sizeof(double) * s->n);
	memcpy(s->weight, weight, sizeof(double) * s->n);
	return finite_or_out_of_range(s->equity);
}

/* ---------- idle assets ---------- */

void
idle_step(idle_strategy *s, int64_t time, double idle, double total, double benchmark)
{
	double		span = (double) (time - s->time);

	if (s->begun)
	{
		s->idle_time += s->idle * span;
		s->total_time += s->total * span;
		s->forgone += s->idle * ((benchmark - s->benchmark) / s->benchmark);
	}
	else
		s->first_time = time;
	s->begun = true;
	s->time = time;
	s->idle = idle;
	s->total = total;
	s->benchmark = benchmark;
}

/* CORE_NULL over no time, or where there was nothing. */
core_status
idle_result(const idle_strategy *s, double *share, double *forgone, double *drag)
{
	if (!s->begun || !(s->total_time > 0))
		return CORE_NULL;
	*share = s->idle_time / s->total_time;
	*forgone = s->forgone;
	*drag = s->forgone / s->total_time * MICROSECONDS_A_YEAR;
	return finite_or_out_of_range(*share + *forgone + *drag);
}
