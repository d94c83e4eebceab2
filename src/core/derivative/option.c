/*-------------------------------------------------------------------------
 *
 * core/derivative/option.c
 *	  European options in closed form: prices, greeks, digitals, touches.
 *
 * F. Black and M. Scholes, "The Pricing of Options and Corporate Liabilities",
 * Journal of Political Economy 81 (1973), with a yield after R. C. Merton.  An
 * option in the money is its intrinsic value and the option of the other type,
 * by put-call parity; so all of them are made of options out of the money, of
 * which nothing cancels.
 *
 *-------------------------------------------------------------------------
 */
#include "core/derivative/option.h"

#include <math.h>

#include "core/base/dd.h"
#include "core/base/normal.h"

#define SQRT_TWO_PI		2.50662827463100050242

/* The series is taken up to this half of a deviation, or this part of a tail */
#define SERIES_UP_TO	0.3
#define SERIES_OF_TAIL	0.125
#define SERIES_TERMS	72
#define NEGLIGIBLE		1e-17

/* Where moments come by their recurrence upwards, which loses digits in the tail */
#define MIDDLE			2

/* From here on half the terms determine the ratios */
#define FAR_TAIL		4

/* ---------- the value of an option out of the money ---------- */

/*
 * Mills' ratio at tail - half less that at tail + half is twice the sum of
 * half^n / n! M_n over odd n, where M_n is the integral of
 * u^n exp(-tail u - u^2 / 2) over u > 0; all terms are positive, and
 * M_{n+1} = n M_{n-1} - tail M_n.  Here for a small tail.
 */
static double
ratio_difference_of_middle(double tail, double half)
{
	double		before = SQRT_TWO_PI * normal_scaled_tail(tail);
	double		moment = 1 - tail * before;
	double		sum = 0;
	double		power = half;

	for (int n = 1; n < SERIES_TERMS && power * moment > sum * NEGLIGIBLE; n += 2)
	{
		sum += power * moment;
		before = n * before - tail * moment;
		moment = (n + 1) * moment - tail * before;
		power *= half * half / ((n + 1) * (n + 2));
	}
	return 2 * sum;
}

/*
 * The same in the tail, where M_n / M_{n-1} = n / (tail + M_{n+1} / M_n), which
 * is stable downwards (W. Gautschi, "Computational Aspects of Three-Term
 * Recurrence Relations", SIAM Review 9, 1967).
 */
static double
ratio_difference_of_tail(double tail, double half)
{
	double		ratio[SERIES_TERMS + 1];
	int			terms = tail < FAR_TAIL ? SERIES_TERMS : SERIES_TERMS / 2;
	double		next = sqrt(terms + tail * tail / 4) - tail / 2;
	double		sum = 0;
	double		term;

	for (int n = terms; n > 0; n--)
		next = ratio[n] = n / (tail + next);
	term = half * ratio[1] / (tail + ratio[1]);
	for (int n = 1; n + 2 < terms && term > sum * NEGLIGIBLE; n += 2)
	{
		sum += term;
		term *= half * half * ratio[n + 1] * ratio[n + 2] / ((n + 1) * (n + 2));
	}
	return 2 * sum;
}

/*
 * The value of an option out of the money, as a part of the most that it can be
 * worth (which is the lesser of asset and cash), over the density at d1: from
 * |moneyness| and a deviation above 0.  All in some units in the last place,
 * however small the value.
 */
double
black_far_ratio(double moneyness, double deviation)
{
	double		tail = moneyness / deviation;
	double		half = deviation / 2;

	if (tail < MIDDLE && half < SERIES_UP_TO)
		return ratio_difference_of_middle(tail, half);
	if (half < SERIES_UP_TO || half < tail * SERIES_OF_TAIL)
		return ratio_difference_of_tail(tail, half);
	return black_far_value(1, moneyness, deviation) / normal_density(tail - half);
}

/* What the part of a deviation, above 0, lacks to the whole; nothing cancels. */
double
black_far_lack(double moneyness, double deviation)
{
	double		d1 = deviation / 2 - moneyness / deviation;
	double		below2 = deviation / 2 + moneyness / deviation;

	if (below2 > 6)
		return normal_tail(d1) +
			normal_density(d1) * SQRT_TWO_PI * normal_scaled_tail(below2);
	return normal_tail(d1) + exp(moneyness) * normal_tail(below2);
}

/*
 * The value itself, from the most that it can be: most (N(d1) - exp(|moneyness|)
 * N(d2)).  The root of the density is multiplied twice, so that no digit is lost
 * below the least normal double before the end.
 */
double
black_far_value(double most, double moneyness, double deviation)
{
	double		tail = moneyness / deviation;
	double		half = deviation / 2;
	double		root;

	if (half < SERIES_UP_TO || half < tail * SERIES_OF_TAIL)
	{
		root = exp(-(tail - half) * (tail - half) / 4);
		return most / SQRT_TWO_PI * black_far_ratio(moneyness, deviation) * root * root;
	}
	if (half > tail)
		return most - most * black_far_lack(moneyness, deviation);
	if (tail + half > 6)
		return most * (normal_tail(tail - half) -
					   normal_density(tail - half) * SQRT_TWO_PI * normal_scaled_tail(tail + half));
	return most * (normal_tail(tail - half) - exp(moneyness) * normal_tail(tail + half));
}

/* ---------- what the formulas share ---------- */

/* ln(spot / strike), with all digits near the money and for any two doubles. */
static double
log_ratio(double spot, double strike)
{
	double		ratio = spot / strike;

	if (ratio > 0.9 && ratio < 1.1)
		return log1p((spot - strike) / strike);
	if (ratio > 1e-300 && ratio < 1e300)
		return log(ratio);
	return log(spot) - log(strike);
}

/* exp(-rate years), where a rate of 0 is common and costs nothing */
static double
discount(double rate, double years)
{
	return rate == 0 ? 1 : exp(-rate * years);
}

/* False if it is beyond a double. */
bool
black_terms_of(const option_terms *option, black_terms *black)
{
	double		growth = (option->rate - option->yield) * option->years;

	black->asset = option->spot * discount(option->yield, option->years);
	black->cash = option->strike * discount(option->rate, option->years);
	black->moneyness = log_ratio(option->spot, option->strike) + growth;
	black->deviation = option->volatility * sqrt(option->years);
	return isfinite(black->asset) && isfinite(black->cash) && isfinite(black->moneyness) &&
		isfinite(black->deviation);
}

/* Of asset and cash the lesser: the most that an option out of the money can be worth. */
double
black_most(const black_terms *black)
{
	return black->asset < black->cash ? black->asset : black->cash;
}

/*
 * What is lacking to the bound, where the value is near it; else the intrinsic
 * value and that of the option out of the money, rounded once.
 */
static double
price_of_terms(bool call, const black_terms *black)
{
	double		plus = call ? black->asset : black->cash;
	double		minus = call ? black->cash : black->asset;
	double		most = black_most(black);
	double		moneyness = fabs(black->moneyness);
	double		far = 0;

	if (black->deviation / 2 > SERIES_UP_TO && moneyness < black->deviation * black->deviation / 2)
		return plus - most * black_far_lack(moneyness, black->deviation);
	if (black->deviation > 0)
		far = black_far_value(most, moneyness, black->deviation);
	return plus > minus ? dd_add_double(dd_two_sum(plus, -minus), far).hi : far;
}

core_status
option_price(const option_terms *option, double *price)
{
	black_terms black;

	if (!black_terms_of(option, &black))
		return CORE_OUT_OF_RANGE;
	*price = price_of_terms(option->call, &black);
	return CORE_OK;
}

/* By how much a call and a put break put-call parity: above 0 the call is dear. */
core_status
parity_gap(const option_terms *option, double call_price, double put_price, double *gap)
{
	black_terms black;

	if (!black_terms_of(option, &black))
		return CORE_OUT_OF_RANGE;
	*gap = call_price - put_price - (black.asset - black.cash);
	return isfinite(*gap) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* d1 and d2 of the formula, and the chances and the density that follow */
typedef struct black_chances
{
	double		sign;			/* 1 of a call, -1 of a put */
	double		d1;
	double		d2;
	double		above1;			/* N(sign d1) */
	double		above2;
	double		density;		/* at d1 */
} black_chances;

static black_chances
chances_of(bool call, const black_terms *black)
{
	black_chances c;

	c.sign = call ? 1 : -1;
	c.d1 = black->moneyness / black->deviation + black->deviation / 2;
	c.d2 = c.d1 - black->deviation;
	c.above1 = normal_tail(-c.sign * c.d1);
	c.above2 = normal_tail(-c.sign * c.d2);
	c.density = normal_density(c.d1);
	return c;
}

static bool
all_finite(const double *values, int n)
{
	for (int i = 0; i < n; i++)
		if (!isfinite(values[i]))
			return false;
	return true;
}

/* ---------- greeks ---------- */

/* Those of the spot and the volatility */
static void
set_inner_greeks(const option_terms *option, const black_terms *black, const black_chances *c,
				 option_greeks *g)
{
	double		kept = black->asset / option->spot;
	double		carry = (option->rate - option->yield) * 2 * option->years;

	g->delta = c->sign * kept * c->above1;
	g->gamma = kept * c->density / black->deviation / option->spot;
	g->vega = black->asset * c->density * sqrt(option->years);
	g->vanna = -kept * c->density * c->d2 / option->volatility;
	g->volga = g->vega * c->d1 * c->d2 / option->volatility;
	g->charm = c->sign * option->yield * kept * c->above1 - kept * c->density *
		(carry - c->d2 * black->deviation) / (2 * option->years * black->deviation);
}

/* Those of the rates and the strike, and of time */
static void
set_outer_greeks(const option_terms *option, const black_terms *black, const black_chances *c,
				 option_greeks *g)
{
	double		cash = c->sign * black->cash * c->above2;
	double		asset = c->sign * black->asset * c->above1;

	g->rho = cash * option->years;
	g->yield_rho = -asset * option->years;
	g->dual_delta = -c->sign * (black->cash / option->strike) * c->above2;
	g->itm_probability = c->above2;
	g->theta = -black->asset * c->density * option->volatility / (2 * sqrt(option->years)) -
		option->rate * cash + option->yield * asset;
}

/*
 * All of them, where there is time and volatility.  CORE_NULL: there is none,
 * and only the price is set.
 */
core_status
option_greeks_of(const option_terms *option, option_greeks *greeks)
{
	black_terms black;
	black_chances chances;

	if (!black_terms_of(option, &black))
		return CORE_OUT_OF_RANGE;
	greeks->price = price_of_terms(option->call, &black);
	if (!(black.deviation > 0))
		return CORE_NULL;
	chances = chances_of(option->call, &black);
	set_inner_greeks(option, &black, &chances, greeks);
	set_outer_greeks(option, &black, &chances, greeks);
	return all_finite(&greeks->price, sizeof(*greeks) / sizeof(double)) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* ---------- options settled in coin ---------- */

/* Black's price without discounting, in coin; spot is the forward, rate and yield are 0. */
core_status
inverse_price(const option_terms *option, double *price)
{
	core_status status = option_price(option, price);

	*price /= option->spot;
	return status == CORE_OK && !isfinite(*price) ? CORE_OUT_OF_RANGE : status;
}

/* As option_greeks_of; CORE_NULL sets both prices. */
core_status
inverse_greeks_of(const option_terms *option, inverse_greeks *greeks)
{
	option_greeks g;
	core_status status = option_greeks_of(option, &g);

	if (status != CORE_OK && status != CORE_NULL)
		return status;
	greeks->price_usd = g.price;
	greeks->price = g.price / option->spot;
	if (status == CORE_NULL)
		return isfinite(greeks->price) ? CORE_NULL : CORE_OUT_OF_RANGE;
	greeks->delta = g.delta;
	greeks->net_delta = g.delta - greeks->price;
	greeks->gamma = g.gamma;
	greeks->vega = g.vega;
	greeks->theta = g.theta;
	return all_finite(&greeks->price, sizeof(*greeks) / sizeof(double)) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* At expiry, in coin at the settlement price. */
core_status
inverse_payoff(bool call, double strike, double settlement, double *payoff)
{
	*payoff = fmax(0, (call ? settlement - strike : strike - settlement) / settlement);
	return isfinite(*payoff) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* ---------- digitals and touches ---------- */

/* What pays 1 at expiry if the option is in the money then; at the money it is not. */
core_status
digital_price(const option_terms *option, double *price)
{
	black_terms black;
	double		unit = discount(option->rate, option->years);

	if (!black_terms_of(option, &black) || !isfinite(unit))
		return CORE_OUT_OF_RANGE;
	if (black.deviation > 0)
		*price = unit * chances_of(option->call, &black).above2;
	else
		*price = (option->call ? black.moneyness > 0 : black.moneyness < 0) ? unit : 0;
	return CORE_OK;
}

/*
 * exp(power) times the chance above y, where both may be far off: "joint" is
 * power - y^2 / 2, which the caller knows without cancellation.
 */
static double
scaled_chance(double power, double y, double joint)
{
	return y > 0 ? exp(joint) * normal_scaled_tail(y) : exp(power) * normal_tail(y);
}

/* The price moves without chance: it is at the barrier at one time, or never. */
static double
certain_touch(double distance, const option_terms *option, bool at_expiry)
{
	double		drift = option->rate - option->yield;
	double		when = drift == 0 ? -1 : distance / drift;

	if (!(when >= 0 && when <= option->years))
		return 0;
	return discount(option->rate, at_expiry ? option->years : when);
}

/*
 * What pays 1 at the touch: two terms, (H/S)^(mu + lambda) N(..) and
 * (H/S)^(mu - lambda) N(..).  "lambda" is that of the formula times the square
 * of the volatility, and both terms have in common what the second power and
 * its chance come to together.
 */
static double
touch_at_hit(double distance, double drift, double lambda, const option_terms *option)
{
	double		variance = option->volatility * option->volatility;
	double		deviation = option->volatility * sqrt(option->years);
	double		sign = distance < 0 ? 1 : -1;
	double		near = distance / deviation;
	double		move = lambda * option->years / deviation;
	double		miss = near - drift * option->years / deviation;
	double		joint = -option->rate * option->years - miss * miss / 2;
	double		up = drift < 0 ? 2 * option->rate / (lambda - drift) : (drift + lambda) / variance;
	double		down = drift > 0 ? -2 * option->rate / (lambda + drift) : (drift - lambda) / variance;

	return scaled_chance(distance * up, -sign * (near + move), joint) +
		scaled_chance(distance * down, -sign * (near - move), joint);
}

static double
touch_at_expiry(double distance, double drift, const option_terms *option)
{
	double		deviation = option->volatility * sqrt(option->years);
	double		sign = distance < 0 ? 1 : -1;
	double		a = (distance - drift * option->years) / deviation;
	double		b = (distance + drift * option->years) / deviation;
	double		mirrored = 2 * distance * drift / (option->volatility * option->volatility);

	return discount(option->rate, option->years) *
		(normal_tail(-sign * a) + scaled_chance(mirrored, -sign * b, -a * a / 2));
}

/*
 * What pays 1 once the price has touched a barrier (the strike), from either
 * side, then or at expiry: M. Rubinstein and E. Reiner, "Unscrambling the Binary
 * Code", Risk 4 (1991).  CORE_NULL: under a rate that is very negative there is
 * no such price.
 */
core_status
touch_price(const option_terms *option, bool at_expiry, double *price)
{
	double		distance = log_ratio(option->strike, option->spot);
	double		variance = option->volatility * option->volatility;
	double		drift = option->rate - option->yield - variance / 2;
	double		square = drift * drift + 2 * option->rate * variance;

	*price = at_expiry ? discount(option->rate, option->years) : 1;
	if (option->spot != option->strike)
	{
		if (option->years == 0)
			*price = 0;
		else if (!(option->volatility * sqrt(option->years) > 0 && variance > 0))
			*price = certain_touch(distance, option, at_expiry);
		else if (at_expiry)
			*price = touch_at_expiry(distance, drift, option);
		else if (square < 0)
			return CORE_NULL;
		else
			*price = touch_at_hit(distance, drift, sqrt(square), option);
	}
	return isfinite(*price) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/*
 * The strike at which an option has a delta (of the spot); its strike is not
 * read.  CORE_NULL: no strike has it.
 */
core_status
strike_at_delta(const option_terms *option, double delta, double *strike)
{
	double		sign = option->call ? 1 : -1;
	double		chance = sign * delta * exp(option->yield * option->years);
	double		variance = option->volatility * option->volatility * option->years;
	double		growth = (option->rate - option->yield) * option->years + variance / 2;

	if (!(chance > 0 && chance < 1))
		return CORE_NULL;
	*strike = option->spot * exp(growth - sign * normal_quantile(chance) * sqrt(variance));
	return isfinite(*strike) && *strike > 0 ? CORE_OK : CORE_OUT_OF_RANGE;
}
