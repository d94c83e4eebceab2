/*-------------------------------------------------------------------------
 *
 * stable_curve.c
 *	  The StableSwap curve of two coins in floating point.
 *
 * With D = 1 and two coins the invariant of Curve's contracts reads
 *
 *		ann (x + y) + 1 = ann + 1 / (4 x y)
 *
 * It is followed here by its excess z = x + y - 1, which is zero at balance
 * and grows with the imbalance t = |x - y|.  With g = 1 + ann z,
 *
 *		x y = 1 / (4 g),		t^2 = z (2 + z + ann / g),
 *
 * which hold all digits of z and t however small, where x and y alone would
 * not.  All else is derived here from these, in forms that do not cancel.
 * Source of the invariant: M. Egorov, "StableSwap" (2019); amp as in
 * curvefi/curve-contract, where A() already contains n^(n-1).
 *
 *-------------------------------------------------------------------------
 */
#include "stable_curve.h"

#include <float.h>
#include <math.h>

#include "dd.h"

/* Newton's method doubles the digits at each step: after eight come sixteen */
#define CLOSE_ENOUGH	1e-8
#define MAX_STEPS		100

/* Above this the cubic term alone decides, and squares would overflow */
#define VERY_DISTANT	1e60

/*
 * How far a price is from one, without sign and the same for p and 1/p:
 * with m = |p - 1| / (p + 1) this is m / (1 - m), from 0 to infinity.
 */
static double
price_distance(double price)
{
	return fabs(price - 1) / (2 * (price < 1 ? price : 1));
}

static double
imbalance(double ann, double z, double g)
{
	return sqrt(z * (2 + z + ann / g));
}

/*
 * A first guess of the excess at a distance.  With a large ann the excess is
 * small unless the distance is enormous, and v = g - 1 solves v (1 + v)^3 = c;
 * two steps of Newton's method from above leave a part in a hundred.  Small
 * distances are right for any ann.
 */
static double
guess_excess(double ann, double distance)
{
	double		c,
				v;

	if (distance > VERY_DISTANT)
		return cbrt(distance / ann);
	c = distance * distance * ann * (ann + 2) / 4;
	v = c * sqrt(sqrt(1 + c)) / (1 + c);
	for (int i = 0; i < 2; i++)
	{
		double		g = 1 + v;

		v -= (v * g * (g * g) - c) / (g * g * (1 + 4 * v));
	}
	return v / ann;
}

/*
 * The excess z > 0 at a distance > 0: the root of
 *
 *		2 g^2 t / (ann + 2 g / (1 + z + t)) = distance
 *
 * whose left side rises with a logarithmic slope between 1/2 and 3, so that
 * Newton's method on logarithms converges from any guess; close to the root
 * the plain method does the same without logarithms.  Divisions are what this
 * costs, hence the inverses.
 */
static double
solve_excess(double ann, double distance)
{
	double		z = guess_excess(ann, distance);

	for (int i = 0; i < MAX_STEPS; i++)
	{
		double		g = 1 + ann * z;
		double		per_g = 1 / g;
		double		t = sqrt(z * (2 + z + ann * per_g));
		double		per_t = 1 / t;
		double		t_slope = (1 + z + ann * per_g * per_g / 2) * per_t;
		double		per_larger = 1 / (1 + z + t);
		double		rest = ann + 2 * g * per_larger;
		double		slope = z * ((2 * ann * per_g + t_slope * per_t) * rest -
								 2 * (ann - g * (1 + t_slope) * per_larger) * per_larger);
		double		ratio = distance * per_g * per_t * (rest * per_g) / 2;
		double		step = (fabs(ratio - 1) < 0.5 ? ratio - 1 : log(ratio)) * rest / slope;

		z *= fabs(step) < 0.5 ? 1 + step : exp(step);
		if (fabs(step) < CLOSE_ENOUGH)
			break;
	}
	return z;
}

/*
 * Value at a price of what was deposited in balance at price one, over the
 * value of the deposit held, less one: zero at one, else negative, the same
 * for p and 1/p, with all digits for any move.
 */
double
stable_balanced_loss(double ann, double price)
{
	double		distance = price_distance(price);
	double		z,
				g;

	if (distance == 0)
		return 0;
	z = solve_excess(ann, distance);
	g = 1 + ann * z;
	return -z * (2 + ann / g * (2 - 1 / g)) / (ann / g / g + 2 * (1 + z));
}

/* The balances that trading brings about at a price. */
stable_point
stable_at_price(double ann, double price)
{
	double		distance = price_distance(price);
	double		z,
				g,
				larger,
				smaller;

	if (distance == 0)
		return (stable_point) {0.5, 0.5};
	z = solve_excess(ann, distance);
	g = 1 + ann * z;
	larger = (1 + z + imbalance(ann, z, g)) / 2;
	smaller = 1 / (4 * g * larger);
	/* the pool ends up with the cheap coin */
	return price < 1 ? (stable_point) {smaller, larger} : (stable_point) {larger, smaller};
}

/* The mean price between two points: what x changes by is -price times what y does. */
static double
mean_price(double ann, stable_point a, stable_point b)
{
	double		u = 1 / (4 * b.x);

	return (ann + u / (a.y * b.y)) / (ann + u / (a.x * a.y));
}

/*
 * What y changes by between two points whose prices differ by "change": the
 * difference of the balances, with all its digits where the points are close.
 */
double
stable_step_of_price(double ann, stable_point from, stable_point to, double change)
{
	double		mean = mean_price(ann, from, to);
	double		w0 = 1 / (4 * from.x * from.y);
	double		w1 = 1 / (4 * to.x * to.y);
	double		slope;

	/* of balances that far apart, the plain difference has them too */
	if (fabs(to.y - from.y) > (to.y + from.y) / 4)
		return to.y - from.y;

	/* the slope of the chord of price over y, negative, from the two prices' difference */
	slope = -4 * ann * (4 * w0 * w1 * (from.x - mean * to.y) * (w0 + w1) * (to.x - to.y) +
						w0 * w0 * (1 + mean)) -
		16 * w0 * w0 * w1 * w1 * (mean * from.y + from.x);
	return change / slope * (ann + w0 / from.x) * (ann + w1 / to.x);
}

/*
 * The excess z > 0 of a point whose balances have a ratio r, given
 * w = (r - 1)^2 / (4 r): the root of a cubic which rises and bends upwards, so
 * that Newton's method from above comes down to it without a detour.
 */
static double
excess_of_ratio(double ann, double w)
{
	double		z = w / (2 + ann);
	double		other = sqrt(w / (1 + 2 * ann));

	if (other < z)
		z = other;
	other = cbrt(w / ann);
	if (other < z)
		z = other;
	for (int i = 0; i < MAX_STEPS; i++)
	{
		double		value = z * (2 + ann + z * (1 + 2 * ann + z * ann));
		double		slope = 2 + ann + z * (2 * (1 + 2 * ann) + z * 3 * ann);
		double		step = (value - w) / slope;

		z -= step;
		if (fabs(step) < CLOSE_ENOUGH * z)
			break;
	}
	return z;
}

/*
 * The point of the curve on which a pool that scales coin 1 by its rate is
 * found when the rate has grown from rate0 to rate1 and nobody has traded; its
 * invariant has grown as well, which a curve of D = 1 does not show.  *step is
 * what y differs by.
 */
stable_point
stable_after_growth(double ann, stable_point from, double rate0, double rate1, double *step)
{
	dd			before = dd_two_product(from.x, rate0);
	dd			after = dd_two_product(from.y, rate1);
	double		gap = dd_add(after, (dd) {-before.hi, -before.lo}).hi;
	double		ratio = from.y / from.x * (rate1 / rate0);
	double		sum;
	stable_point result;

	*step = 0;
	if (rate0 == rate1)
		return from;
	sum = 1;
	if (gap != 0)
		sum += excess_of_ratio(ann, gap / before.hi * (gap / after.hi) / 4);
	result.x = sum / (1 + ratio);
	result.y = result.x * ratio;
	*step = from.y * ((rate1 - rate0) / rate0) * result.x /
		(from.x + mean_price(ann, from, result) * from.y);
	return result;
}

/*
 * Value of the balances "to", which trading brings about at "price", over that
 * of the balances "from" at the same price, less one.  step is to.y - from.y
 * with all its digits.  Zero without a step, else negative.
 *
 * The loss is step times (price - mean price); the difference of the two
 * prices is written out so that it does not cancel, given that price >= 1,
 * else the coins change their places.
 */
double
stable_loss(double ann, stable_point from, stable_point to, double price, double step)
{
	double		u,
				other,
				gap;

	if (step == 0)
		return 0;
	if (price < 1)
	{
		step *= -mean_price(ann, from, to);
		from = (stable_point) {from.y, from.x};
		to = (stable_point) {to.y, to.x};
		price = 1 / price;
	}
	u = 1 / (4 * to.x);
	other = -mean_price(ann, from, to) * step;
	gap = ann * u / from.y * (step / to.y * (1 / to.x - 1 / to.y) + other / from.x / to.x) +
		u * u * other / (from.x * to.x * from.y * to.y * to.y);
	return step * gap / ((ann + u / (to.x * to.y)) * (ann + u / (from.x * from.y))) /
		(from.x + price * from.y);
}

/*
 * How fast y falls as the price rises, -dy/dprice at a point with that price:
 * what an amount of liquidity is in a pool without ticks.
 */
double
stable_depth(double ann, stable_point at, double price)
{
	double		w = 1 / (4 * at.x * at.y);
	double		side = ann + w / at.x;

	return side / w * (side / w) /
		(4 * ann * (8 * w * (at.x - price * at.y) * (at.x - at.y) + 1 + price) +
		 16 * w * w * (price * at.y + at.x));
}
