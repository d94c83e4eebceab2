/*-------------------------------------------------------------------------
 *
 * core/derivative/implied.c
 *	  The volatility that a price of an option implies.
 *
 * By parity the option is one out of the money, and its value a part of the most
 * that it can be worth: it depends on |moneyness| and the deviation alone.  The
 * root in the deviation is sought in the logarithm of that part where it is
 * small, of what it lacks to the whole where it is great, and in itself in
 * between, with the first three derivatives (A. S. Householder, "The Numerical
 * Treatment of a Single Nonlinear Equation", 1970), inside a bracket.  The point
 * of inflexion, sqrt(2 |moneyness|), parts small from great, as in P. Jaeckel,
 * "Let's Be Rational", Wilmott (2015).
 *
 *-------------------------------------------------------------------------
 */
#include "core/derivative/implied.h"

#include <float.h>
#include <math.h>

#include "core/base/dd.h"
#include "core/base/normal.h"

#define SQRT_TWO_PI		2.50662827463100050242
#define LOG_SQRT_TWO_PI	0.91893853320467274178

#define LARGE_PART		0.75
#define MAX_STEPS		400

/* A step of order four that is so small is the last: another would change nothing */
#define LAST_STEP		3e-5

/*
 * If one unit in the last place of a price moves the volatility by more than
 * more than a hundredth, the price says nothing of it; with a margin, as the
 * volatility that it is reckoned from is not closer than that.
 */
#define MAX_MOVE		0.02

typedef enum implied_side
{
	SIDE_SMALL,					/* the logarithm of the part is compared */
	SIDE_MIDDLE,				/* the part */
	SIDE_LARGE					/* the logarithm of what is lacking */
} implied_side;

typedef struct implied_target
{
	double		moneyness;		/* at least 0 */
	double		part;			/* of the most it can be worth */
	double		lack;			/* to that */
	implied_side side;
	double		logarithm;		/* of the part, or of what it lacks, as the side wants */
} implied_target;

/*
 * Below the point of inflexion the logarithm of the part is taken for
 * -moneyness^2 / 2 / deviation^2 + gain ln deviation, with the value and the
 * slope that it has at that point.
 */
static double
guess_of_small(const implied_target *t, double turn, double part_at_turn)
{
	double		gain = turn / SQRT_TWO_PI / part_at_turn - t->moneyness / 2;
	double		below = log(part_at_turn) - t->logarithm;
	double		guess = turn;

	for (int i = 0; i < 4; i++)
		guess = 1 / sqrt(1 / (turn * turn) + 2 / (t->moneyness * t->moneyness) *
						 fmax(0, below + gain * log(guess / turn)));
	return guess;
}

/* The deviation at the money of an option that is worth this part. */
static double
deviation_at_money(double part, double lack)
{
	return part < 0.1 ? part * SQRT_TWO_PI : -2 * normal_quantile(lack / 2);
}

/* The side on which the target is, and a guess of the deviation, above 0. */
static double
first_guess(implied_target *t)
{
	double		turn = sqrt(2 * t->moneyness);
	double		part_at_turn = 0.5 - normal_scaled_tail(turn);
	double		here,
				there;

	if (t->part < part_at_turn)
	{
		t->side = SIDE_SMALL;
		return guess_of_small(t, turn, part_at_turn);
	}
	t->side = t->part > LARGE_PART ? SIDE_LARGE : SIDE_MIDDLE;
	here = deviation_at_money(t->part, t->lack);
	there = deviation_at_money(part_at_turn, 1 - part_at_turn);
	return sqrt(here * here + fmax(0, turn * turn - there * there));
}

/*
 * Newton's step from a deviation, and in *bent the logarithmic slope where the
 * side compares logarithms, else 0.
 */
static double
newton_step(const implied_target *t, double deviation, double *bent)
{
	double		d1 = deviation / 2 - t->moneyness / deviation;
	double		ratio;

	*bent = 0;
	if (t->side == SIDE_MIDDLE)
		return (t->part - black_far_value(1, t->moneyness, deviation)) / normal_density(d1);
	if (t->side == SIDE_SMALL)
	{
		ratio = black_far_ratio(t->moneyness, deviation);
		*bent = 1 / ratio;
		return (t->logarithm - log(ratio) + d1 * d1 / 2 + LOG_SQRT_TWO_PI) * ratio;
	}
	ratio = black_far_lack(t->moneyness, deviation);
	if (ratio == 0)
		return -INFINITY;
	*bent = -normal_density(d1) / ratio;
	return (t->logarithm - log(ratio)) / *bent;
}

/* The step of order four, from Newton's and the ratios of the derivatives to the first. */
static double
householder_step(const implied_target *t, double deviation, double newton, double bent)
{
	double		tail = t->moneyness / deviation;
	double		second = tail * tail / deviation - deviation / 4;
	double		third = second * second - 3 * tail * tail / (deviation * deviation) - 0.25 +
		bent * (2 * bent - 3 * second);

	second -= bent;
	return newton * (1 + second * newton / 2) / (1 + newton * (second + third * newton / 6));
}

/* Halfway, in proportion, between bounds that may be 0 and infinite. */
static double
halfway(double low, double x, double high)
{
	if (high == INFINITY)
		return 2 * x;
	return low == 0 ? x / 2 : sqrt(low) * sqrt(high);
}

static double
deviation_of(implied_target *t)
{
	double		low = 0;
	double		high = INFINITY;
	double		x = first_guess(t);

	for (int i = 0; i < MAX_STEPS && high - low > low * DBL_EPSILON; i++)
	{
		double		bent;
		double		newton = newton_step(t, x, &bent);
		double		next = x + householder_step(t, x, newton, bent);

		*(newton > 0 ? &low : &high) = x;
		if (fabs(next - x) <= LAST_STEP * x)
			return next;
		x = next >= low && next <= high ? next : halfway(low, x, high);
	}
	return x;
}

/* What an option is worth beyond its intrinsic value, from its price; exact but for the end. */
static double
time_value(bool call, const black_terms *black, double price)
{
	double		plus = call ? black->cash : black->asset;
	double		minus = call ? black->asset : black->cash;

	if (minus <= plus)
		return price;
	return dd_add_double(dd_two_sum(price, -minus), plus).hi;
}

/* False if the price is none that such an option can have. */
static bool
set_target(implied_target *t, bool call, const black_terms *black, double price, double value)
{
	double		most = black_most(black);

	t->moneyness = fabs(black->moneyness);
	t->part = value / most;
	t->lack = ((call ? black->asset : black->cash) - price) / most;
	if (!(value > 0 && t->lack > 0 && isfinite(t->part)) || (t->part == 0 && t->moneyness == 0))
		return false;
	t->logarithm = t->part > LARGE_PART ? log(t->lack) : log(value) - log(most);
	return true;
}

/* By which part of itself a deviation moves with the last place of a price. */
static double
move_of(double price, double value, const implied_target *t, double deviation)
{
	double		unit = nextafter(price, INFINITY) - price;

	if (t->side == SIDE_SMALL)
		return unit / value * black_far_ratio(t->moneyness, deviation) / deviation;
	return unit / value * t->part /
		(deviation * normal_density(deviation / 2 - t->moneyness / deviation));
}

/*
 * The volatility at which an option, whose own is not read, has a price.
 * CORE_NULL: none, as the price is not between the intrinsic value and the most
 * that such an option can be worth, or says nothing of it (MAX_MOVE).
 */
core_status
implied_volatility(const option_terms *option, double price, double *volatility)
{
	option_terms still = *option;
	black_terms black;
	implied_target t;
	double		value,
				deviation;

	still.volatility = 0;
	if (!black_terms_of(&still, &black))
		return CORE_OUT_OF_RANGE;
	value = time_value(option->call, &black, price);
	if (option->years == 0 || !set_target(&t, option->call, &black, price, value))
		return CORE_NULL;
	deviation = deviation_of(&t);
	if (!(move_of(price, value, &t, deviation) <= MAX_MOVE))
		return CORE_NULL;
	*volatility = deviation / sqrt(option->years);
	return isfinite(*volatility) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* The same from a price in coin; spot is the forward. */
core_status
inverse_implied_volatility(const option_terms *option, double price, double *volatility)
{
	price *= option->spot;
	return isfinite(price) ? implied_volatility(option, price, volatility) : CORE_NULL;
}
