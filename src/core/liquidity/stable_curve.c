/*-------------------------------------------------------------------------
 *
 * core/liquidity/stable_curve.c
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
#include "core/liquidity/stable_curve.h"

#include <float.h>
#include <math.h>

#include "core/base/dd.h"

/* Newton's method doubles the digits at each step: after eight come sixteen */
#define CLOSE_ENOUGH	1e-8
#define MAX_STEPS		100

/* A step of next_excess() leaves about the fourth power of its own size */
#define CLOSE_TO_FOURTH	1e-4

/* A loss needs but half of the digits of its excess, see stable_balanced_loss() */
#define CLOSE_TO_EIGHTH	1e-2

/* Where v of guess_excess() may be taken for its first order */
#define NEGLIGIBLE		1e-6

/* The greatest distance of prices that are near: from 1/5.83 to 5.83 */
#define NEAR			1.0

/*
 * How far a price is from one, without sign and the same for p and 1/p:
 * (p - 1)^2 / (4 p), from 0 to infinity.
 */
static double
price_distance(double price)
{
	double		gap = price - 1;

	return gap / price * (gap / 4);
}

static double
imbalance(double ann, double z, double g)
{
	return sqrt(z * (2 + z + ann / g));
}

/*
 * A first guess of the excess at a near distance, to a hundredth for a usual
 * ann of 20 or more.  Where z is small against one the equation of
 * next_excess() says for v = ann z, with d = 4 (ann + 1) / ann^2, that
 *
 *		v (1 + v)^3 = k (1 + d g^2),	k = distance ann^3 / (4 (ann + 2)).
 *
 * With s = v^2 + 3v/2 + 1/3 the left side is s^2 - 1/9 to a part in 80, and g^2
 * is about 26s/25 + 49/75, which leaves two quadratic equations in turn; both
 * have the right slope at zero.
 */
static double
guess_excess(double ann, double distance)
{
	double		first = distance * ((ann + 2) / 4);
	double		share = ann / (ann + 2);
	double		half = distance * (0.52 * share * (ann + 1));	/* 13/25 k d */
	double		rest = distance * (share * (ann * ann / 4 + (ann + 1) * (49.0 / 75)));
	double		s;

	if (ann < 1)
		return distance * (1 + ann / 2) / (1 + sqrt(1 + distance));
	if (first * ann < NEGLIGIBLE)
		return first;
	s = half + sqrt((rest + 1.0 / 9) + half * half);
	return (sqrt(s + 11.0 / 48) - 0.75) * (1 / ann);
}

/*
 * A better excess from one that is nearly right: a step of Householder's
 * method of the third order, which leaves the fourth power of the error, for
 *
 *		z g^3 (ann + g (2 + z)) = distance (g^3 + ann g^2 (1 + z) + ann^2/4),
 *
 * to which the price of a point, (ann + g/y) / (ann + g/x), leads.  Divisions
 * and roots are what a solution costs; this has one.
 */
static double
next_excess(double ann, double distance, double z)
{
	double		v = ann * z;
	double		g = 1 + v;
	/* the two factors of the left side, p and q, and their derivatives */
	double		p = z * g * (g * g);
	double		p1 = g * g * (g + 3 * v);
	double		p2 = 6 * ann * g * (g + v);
	double		p3 = 6 * ann * ann * (3 * g + v);
	double		q = 2 + ann + z * (1 + 2 * ann + v);
	double		q1 = 1 + 2 * ann + 2 * v;
	double		q2 = 2 * ann;
	/* left side less right side, and its derivatives */
	double		f = p * q - distance * (g * g * (2 * g + (ann - 1)) + ann * ann / 4);
	double		f1 = p1 * q + p * q1 - 2 * distance * ann * g * (3 * g + (ann - 1));
	double		f2 = p2 * q + 2 * p1 * q1 + p * q2 - 2 * distance * ann * ann * (6 * g + (ann - 1));
	double		f3 = p3 * q + 3 * (p2 * q1 + p1 * q2) - 12 * distance * ann * (ann * ann);

	return z - f * (6 * f1 * f1 - 3 * f * f2) / (6 * f1 * (f1 * f1 - f * f2) + f * f * f3);
}

/*
 * The excess at a near distance > 0; "enough" is how small the last step must
 * be.
 */
static double
solve_near(double ann, double distance, double enough)
{
	double		z = guess_excess(ann, distance);

	for (int i = 0; i < MAX_STEPS; i++)
	{
		double		last = z;

		z = next_excess(ann, distance, z);
		if (fabs(z - last) <= enough * z)
			break;
	}
	return z;
}

/*
 * The same at a great distance, where powers would overflow and no guess is
 * close: the logarithm of the quotient of the two sides has a slope between 1
 * and 4, so that Newton's method on logarithms converges from any guess.
 */
static double
solve_far(double ann, double distance)
{
	double		z = fmin(sqrt(distance), cbrt(distance / ann));

	for (int i = 0; i < MAX_STEPS; i++)
	{
		double		g = 1 + ann * z;
		double		share = ann / g;
		double		left = g * (2 + z) + ann;
		double		rest = share / (4 * g);
		double		right = 1 + share * (1 + z + rest);
		double		slope = 1 + z * ((ann * (2 + z) + g) / left -
									 share * (1 - share * (1 + z + 3 * rest)) / right);
		double		step = log(distance / z * right / left) / slope;

		z *= exp(step);
		if (fabs(step) < CLOSE_ENOUGH)
			break;
	}
	return z;
}

/*
 * Value at a price of what was deposited in balance at price one, over the
 * value of the deposit held, less one: zero at one, else negative, the same
 * for p and 1/p, with all digits for any move.
 *
 * It is z - m t with m = |p - 1| / (p + 1).  Of all points of the curve the one
 * that trading brings about is worth the least, so an error of the excess
 * tells on its value by its square only.  Far from one z and m t are close to
 * each other; there all is written out by the excess.
 */
double
stable_balanced_loss(double ann, double price)
{
	double		distance = price_distance(price);
	double		z,
				g;

	if (distance == 0)
		return 0;
	if (distance <= NEAR)
	{
		z = solve_near(ann, distance, CLOSE_TO_EIGHTH);
		g = 1 + ann * z;
		/* t by a root that does not wait for a division, as imbalance() does */
		return z - fabs(price - 1) / ((price + 1) * g) * sqrt(z * g * (ann + g * (2 + z)));
	}
	z = solve_far(ann, distance);
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
	z = distance <= NEAR ? solve_near(ann, distance, CLOSE_TO_FOURTH) :
		solve_far(ann, distance);
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
