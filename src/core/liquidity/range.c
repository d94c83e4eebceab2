/*-------------------------------------------------------------------------
 *
 * core/liquidity/range.c
 *	  How long a price stays between two bounds.
 *
 *-------------------------------------------------------------------------
 */
#include "core/liquidity/range.h"

#include <float.h>
#include <math.h>
#include <stddef.h>

#include "core/base/normal.h"
#include "core/base/quadrature.h"
#include "core/liquidity/univ3.h"
#include "core/yield/apr.h"

#define PI				3.14159265358979323846
#define SQRT_TWO_PI		2.50662827463100050242

/* Variance over the squared width from which the modes serve better than the images */
#define MODES_FROM		0.25
#define MODES			64
#define IMAGES			6

/* exp(-NEGLIGIBLE) beside 1 */
#define NEGLIGIBLE		45

/* Beyond so many standard deviations there is nothing; exp(-45^2 / 2) is no double */
#define FAR				39

/* Drift over deviation beyond which the deviation does not show in a double */
#define PURE_DRIFT		1e8

/* The edges that lie between low and high, and these two; in place, returns how many. */
static int
cut_edges(double *edge, int num_edges, double low, double high)
{
	int			n = 0;

	for (int i = 0; i < num_edges; i++)
		edge[i] = fmin(fmax(edge[i], low), high);
	for (int i = 0; i < num_edges; i++)
		if (n == 0 || edge[i] > edge[n - 1])
			edge[n++] = edge[i];
	return n;
}

/* ---------- the walk ---------- */

/*
 * Prices positive and finite, pa < pb, sigma not negative, mu finite, checked
 * by the caller.  CORE_OUT_OF_RANGE where the drift is not finite.
 */
core_status
range_walk_init(range_walk *walk, double price, double pa, double pb, double sigma, double mu)
{
	*walk = (range_walk) {
		yield_log_growth(pa, price), yield_log_growth(price, pb), sigma, mu - sigma * sigma / 2
	};
	return isfinite(walk->drift) ? CORE_OK : CORE_OUT_OF_RANGE;
}

bool
range_is_inside(const range_walk *walk)
{
	return walk->below >= 0 && walk->above > 0;
}

/* Is the price within its bounds after a move of its logarithm? */
static bool
is_inside_after(const range_walk *walk, double move)
{
	return move >= -walk->below && move < walk->above;
}

/* When a price that only drifts leaves its range; infinite if never */
static double
drift_exit(const range_walk *walk)
{
	if (walk->drift > 0)
		return walk->above / walk->drift;
	return walk->drift < 0 ? walk->below / -walk->drift : INFINITY;
}

/* ---------- the first exit ---------- */

/* A walk over some years in units of its width, from 0 to 1 */
typedef struct unit_walk
{
	double		z;				/* where it starts */
	double		rest;			/* 1 - z, with its own digits */
	double		shift;			/* how far it drifts */
	double		spread;			/* its standard deviation */
} unit_walk;

static unit_walk
unit_walk_of(const range_walk *walk, double years)
{
	double		width = walk->below + walk->above;

	return (unit_walk) {walk->below / width, walk->above / width, walk->drift * years / width,
		walk->sigma * sqrt(years) / width};
}

/*
 * The mass between 0 and 1 of the image of the start that makes a bound
 * absorb: a normal law about "at" + shift, weighted by
 * exp(shift (at - z) / spread^2).  "low" and "high" are at^2 - z^2 and
 * (1 - at)^2 - rest^2, which are never negative: so what is subtracted here is
 * never beyond 1, though weight and tail may be beyond a double, and the mass
 * is below exp(-min(low, high) / (2 spread^2)).
 */
static double
image_mass(const unit_walk *w, double at, double low, double high)
{
	double		variance = w->spread * w->spread;
	double		from = -(at + w->shift) / w->spread;
	double		to = (1 - at - w->shift) / w->spread;
	double		at0,
				at1;

	if (fmin(low, high) > 2 * NEGLIGIBLE * variance)
		return 0;
	at0 = exp(-((w->z + w->shift) * (w->z + w->shift) + low) / (2 * variance));
	at1 = exp(-((w->rest - w->shift) * (w->rest - w->shift) + high) / (2 * variance));
	if (from > 0)
		return at0 * normal_scaled_tail(from) - at1 * normal_scaled_tail(to);
	if (to < 0)
		return at1 * normal_scaled_tail(-to) - at0 * normal_scaled_tail(-from);
	return exp(w->shift * (at - w->z) / variance) - at0 * normal_scaled_tail(-from) -
		at1 * normal_scaled_tail(to);
}

static double
probability(double x)
{
	return fmin(fmax(x, 0), 1);
}

/*
 * The probability that the price has left its range within a time, by the
 * method of images: what a free walk has outside, and what the images take
 * away inside.  Good for a deviation up to the width.  The images of a walk
 * with drift are weighted (D. Cox, H. Miller, "The Theory of Stochastic
 * Processes", 1965, section 5.7).  The price is inside, sigma positive.
 */
double
range_exit_by_images(const range_walk *walk, double years)
{
	unit_walk	w = unit_walk_of(walk, years);
	double		sum = normal_tail((w.rest - w.shift) / w.spread) +
		normal_tail((w.z + w.shift) / w.spread);

	for (int k = -IMAGES; k <= IMAGES; k++)
	{
		if (k != 0)
			sum -= image_mass(&w, w.z - 2 * k, 4 * k * (k - w.z), 4 * k * (k + w.rest));
		sum += image_mass(&w, -w.z - 2 * k, 4 * k * (k + w.z),
						  4 * (1 + k) * (1 + k - w.rest));
	}
	return probability(sum);
}

/*
 * The same by the modes of diffusion between absorbing bounds:
 *
 *		1 - sum 2 n pi sin(n pi z) / (h^2 + n^2 pi^2) exp(-n^2 pi^2 D/2)
 *			(exp(-h z - h^2 D/2) - (-1)^n exp(h (1 - z) - h^2 D/2))
 *
 * with h D the drift and D the variance.  Good for a deviation from a third of
 * the width on; source as above.
 */
double
range_exit_by_modes(const range_walk *walk, double years)
{
	unit_walk	w = unit_walk_of(walk, years);
	double		variance = w.spread * w.spread;
	double		h = w.shift / variance;
	double		down = exp(-w.shift * (w.z + w.shift / 2) / variance);
	double		up = exp(w.shift * (w.rest - w.shift / 2) / variance);
	double		sum = 0;

	for (int n = 1; n <= MODES; n++)
	{
		double		wave = n * PI;
		double		decay = exp(-wave * wave * variance / 2);
		/* the sine of what is left to the nearer bound has all its digits */
		double		sine = w.z <= w.rest ? sin(wave * w.z) :
			n % 2 == 1 ? sin(wave * w.rest) : -sin(wave * w.rest);

		sum += 2 * wave / (h * h + wave * wave) * sine * decay *
			(n % 2 == 1 ? down + up : down - up);
		if (decay < DBL_EPSILON * 1e-4)
			break;
	}
	return probability(1 - sum);
}

/* The probability that the price has left its range within a time; 1 if it is outside. */
double
range_exit_by(const range_walk *walk, double years)
{
	unit_walk	w;

	if (!range_is_inside(walk))
		return 1;
	w = unit_walk_of(walk, years);
	if (walk->sigma == 0 || w.spread < 1e-150)
		return drift_exit(walk) <= years;
	if (w.z <= 0 || w.spread >= FAR || !isfinite(w.shift))
		return 1;
	return w.spread * w.spread < MODES_FROM ? range_exit_by_images(walk, years) :
		range_exit_by_modes(walk, years);
}

/* The probability that the price is within its range at a time, wherever it is now or was between. */
double
range_inside_at(const range_walk *walk, double years)
{
	double		spread = walk->sigma * sqrt(years);
	double		shift = walk->drift * years;

	if (spread == 0)
		return is_inside_after(walk, shift);
	return probability(normal_between((-walk->below - shift) / spread,
									  (walk->above - shift) / spread));
}

/* Twice the drift over the variance, the exponent of the walk's scale function */
static double
scale_exponent(const range_walk *walk)
{
	double		exponent = 2 * (walk->drift / walk->sigma) / walk->sigma;

	return fmin(fmax(exponent, -DBL_MAX), DBL_MAX);
}

/*
 * (1 - exp(-k x)) / (1 - exp(-k width)) for 0 <= x <= width: how likely a walk
 * that is x above the lower bound is to reach the upper one first.  "rest" is
 * width - x.
 */
static double
reach(double k, double x, double rest)
{
	double		width = x + rest;

	if (fabs(k) * width < DBL_MIN)
		return x / width;
	if (k > 0)
		return expm1(-k * x) / expm1(-k * width);
	/* both sides times exp(k width), so that nothing overflows */
	return exp(k * rest) * expm1(k * x) / expm1(k * width);
}

/*
 * The probability that the price leaves its range at the upper bound, whenever
 * it does.  Of a price outside it is known.  CORE_NULL where it never leaves.
 * Source: S. Karlin, H. Taylor, "A Second Course in Stochastic Processes",
 * 1981, section 15.3.
 */
core_status
range_exit_up(const range_walk *walk, double *result)
{
	if (!range_is_inside(walk))
		*result = walk->above <= 0;
	else if (walk->sigma > 0)
		*result = probability(reach(scale_exponent(walk), walk->below, walk->above));
	else if (walk->drift == 0)
		return CORE_NULL;
	else
		*result = walk->drift > 0;
	return CORE_OK;
}

/*
 * The mean time to the exit of a walk from z in a range of width 1 with a
 * variance of 1 and a small drift h, |h| <= 1: (p - z)/h with p from reach, by
 *
 *		2 z (1 - z) / (h sinh h) sum_j G_j h^2j (1/(2j)! + r h/(2j + 1)!)
 *
 * where r = 1 - 2z and G_j = 1 + r^2 + ... + r^(2j - 2): terms of one sign
 * where (p - z)/h would subtract what is nearly equal.  Derived here.
 */
static double
exit_time_of_small_drift(double z, double rest, double h)
{
	double		r = rest - z;
	double		geometric = 0;
	double		power = 1;
	double		term = 1;		/* h^(2j - 2) / (2j)! */
	double		sum = 0;

	for (int j = 1; j <= 12; j++)
	{
		geometric += power;
		power *= r * r;
		term *= (j == 1 ? 1 : h * h) / ((2 * j - 1) * (2 * j));
		sum += geometric * term * (1 + r * h / (2 * j + 1));
	}
	return 2 * z * rest * sum * (h == 0 ? 1 : h / sinh(h));
}

/*
 * The mean time until the price leaves its range: |a| b/sigma^2 without a
 * drift of the logarithm, else (b up - |a| (1 - up))/drift.  0 where it is
 * outside, CORE_NULL where it never leaves, CORE_OUT_OF_RANGE.  Source as of
 * range_exit_up.
 */
core_status
range_exit_time(const range_walk *walk, double *years)
{
	double		width = walk->below + walk->above;
	double		z = walk->below / width;
	double		rest = walk->above / width;
	double		h = walk->drift / walk->sigma * (width / walk->sigma);
	double		gain;

	*years = 0;
	if (!range_is_inside(walk))
		return CORE_OK;
	if (walk->sigma == 0 || !isfinite(h))
	{
		*years = drift_exit(walk);
		return isinf(*years) && walk->drift == 0 ? CORE_NULL :
			isfinite(*years) ? CORE_OK : CORE_OUT_OF_RANGE;
	}
	if (fabs(h) <= 1)
		*years = exit_time_of_small_drift(z, rest, h) * (width / walk->sigma) *
			(width / walk->sigma);
	else
	{
		/* what is gained on the way, from the side that has the digits */
		gain = z < rest ? reach(2 * h, z, rest) - z : rest - reach(-2 * h, rest, z);
		*years = gain * width / walk->drift;
	}
	return isfinite(*years) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* ---------- where the price is over time ---------- */

/* The walk over some years in units of its standard deviation then. */
typedef struct scaled_walk
{
	double		low;			/* -below, and above */
	double		high;
	double		shift;			/* how far it drifts */
	double		unit;			/* a standard deviation, as a logarithm of prices */
	range_weight weight;
	const void *context;
} scaled_walk;

static scaled_walk
scaled_walk_of(const range_walk *walk, double years, range_weight weight, const void *context)
{
	double		unit = walk->sigma * sqrt(years);

	return (scaled_walk) {-walk->below / unit, walk->above / unit, walk->drift * years / unit,
		unit, weight, context};
}

/*
 * The density of the time that a walk over a time of 1, with a variance of 1,
 * spends at x:
 *
 *		integral of normal((x - shift t)/sqrt(t))/sqrt(t) from 0 to 1
 *		  = (Q(x - shift) - exp(2 shift x) Q(x + shift)) / shift,	x >= 0
 *
 * with Q the normal tail.  For a small shift that is a difference of Mills'
 * ratio R at two near arguments, taken by Taylor's series with R' = x R - 1.
 * Derived from the first passage time's law (A. Borodin, P. Salminen, "Handbook
 * of Brownian Motion", 2002, part II, 2.1).
 */
static double
visits(double x, double shift)
{
	double		gap = fabs(x) - (x < 0 ? -shift : shift);
	double		sum = fabs(x) + (x < 0 ? -shift : shift);
	double		size = x < 0 ? -shift : shift;
	double		ratio[6];

	x = fabs(x);
	if (fabs(shift) >= 0.01)
		return (normal_tail(gap) - (sum > 0 ? exp(-gap * gap / 2) * normal_scaled_tail(sum) :
									exp(2 * size * x) * normal_tail(sum))) / size;
	ratio[0] = SQRT_TWO_PI * normal_scaled_tail(x);
	ratio[1] = x * ratio[0] - 1;
	for (int k = 2; k < 6; k++)
		ratio[k] = (k - 1) * ratio[k - 2] + x * ratio[k - 1];
	return -2 * normal_density(gap) *
		(ratio[1] + shift * shift * (ratio[3] / 6 + shift * shift * ratio[5] / 120));
}

static double
weighted_visits(double x, const void *context)
{
	const scaled_walk *w = context;

	return visits(x, w->shift) * w->weight(x * w->unit, w->context);
}

/*
 * The integral of a weight over the time in range.  The density has a kink at
 * the start, and its scale is the deviation about it and about the end.
 */
static double
over_places(const scaled_walk *w)
{
	double		start = fmin(0, w->shift);
	double		end = fmax(0, w->shift);
	double		edge[] = {
		w->low, start - 10, start - 1, start, start + 10, end - 10, end, end + 1, end + 10, w->high
	};
	int			n;

	if (end - start < 20)
		edge[4] = edge[5] = (start + end) / 2;
	n = cut_edges(edge, 10, fmax(w->low, start - FAR), fmin(w->high, end + FAR));
	return quadrature(weighted_visits, w, edge, n);
}

static double
one(double log_price, const void *context)
{
	(void) log_price;
	(void) context;
	return 1;
}

static double
plain_weight(double x, const void *context)
{
	const scaled_walk *w = context;

	return w->weight(x, w->context);
}

/* A price that only drifts is at all places between its start and its end alike. */
static double
over_drift(const range_walk *walk, double years, range_weight weight, const void *context)
{
	double		move = walk->drift * years;
	double		low = fmax(fmin(0, move), -walk->below);
	double		high = fmin(fmax(0, move), walk->above);
	scaled_walk w = {.weight = weight, .context = context};

	if (move == 0)
		return is_inside_after(walk, 0) ? weight(0, context) : 0;
	return low < high ? quadrature(plain_weight, &w, (double[]) {low, high}, 2) / fabs(move) : 0;
}

/*
 * The mean over a time of a weight while the price is in range, and 0 while it
 * is not.  The weight is a function of the logarithm of the price over what it
 * is now, smooth within the range.  To about 1e-12.
 */
double
range_average_over_time(const range_walk *walk, double years, range_weight weight,
						const void *context)
{
	scaled_walk w = scaled_walk_of(walk, years, weight, context);

	if (walk->sigma == 0 || !(fabs(w.shift) < PURE_DRIFT))
		return over_drift(walk, years, weight, context);
	return w.low >= w.high ? 0 : over_places(&w);
}

/*
 * The share of a time of 1 that a walk with a variance of 1 spends below x:
 *
 *		1 - A + x A/shift + (A - B)/(2 shift^2) - density(x - shift)/shift,
 *		A = Q(x - shift), B = exp(2 shift x) Q(x + shift),	x >= 0
 *
 * by parts from the same law as "visits"; for x < 0 by the mirror.  Loses
 * digits as 1/shift^2 grows.
 */
static double
share_below(double x, double shift)
{
	double		a,
				b,
				gap,
				sum;

	if (x < 0)
		return 1 - share_below(-x, -shift);
	gap = x - shift;
	sum = x + shift;
	a = normal_tail(gap);
	b = sum > 0 ? exp(-gap * gap / 2) * normal_scaled_tail(sum) : exp(2 * shift * x) * normal_tail(sum);
	return normal_tail(-gap) + (x * a + (a - b) / (2 * shift) - normal_density(gap)) / shift;
}

/*
 * The years of the next "years" that the price is expected to spend in its
 * range, wherever it is now.  In closed form where that keeps its digits, else
 * by quadrature of the density of places.
 */
double
range_time_inside(const range_walk *walk, double years)
{
	scaled_walk w = scaled_walk_of(walk, years, one, NULL);
	double		share;

	if (walk->sigma == 0 || !(fabs(w.shift) < PURE_DRIFT) || fabs(w.shift) < 0.5 ||
		w.high - w.low < 0.05)
		return range_time_by_places(walk, years);
	/* infinite bounds would be taken times zero */
	share = (w.high > fmax(0, w.shift) + FAR ? 1 : share_below(w.high, w.shift)) -
		(w.low < fmin(0, w.shift) - FAR ? 0 : share_below(w.low, w.shift));
	return years * probability(share);
}

double
range_time_by_places(const range_walk *walk, double years)
{
	return years * probability(range_average_over_time(walk, years, one, NULL));
}

/* A weight times the law of the price at the end. */
static double
weighted_law(double x, const void *context)
{
	const scaled_walk *w = context;

	return normal_density(x - w->shift) * w->weight(x * w->unit, w->context);
}

/*
 * The mean of a weight at a time, where the price is in its range then, and 0
 * where it is not.  The weight may have a kink where the price is now.
 */
double
range_average_at(const range_walk *walk, double years, range_weight weight, const void *context)
{
	scaled_walk w = scaled_walk_of(walk, years, weight, context);
	double		edge[] = {w.low, 0, 0, 0, 0, w.high};
	double		move = walk->drift * years;
	double		first = fmin(0, w.shift);
	double		last = fmax(0, w.shift);

	if (walk->sigma == 0 || !(fabs(w.shift) < PURE_DRIFT))
		return is_inside_after(walk, move) ? weight(move, context) : 0;
	if (w.low >= w.high)
		return 0;
	edge[1] = first;
	edge[2] = last == 0 ? first : fmax(first, w.shift - 10);
	edge[3] = last;
	edge[4] = last + 10;
	return quadrature(weighted_law, &w, edge,
					cut_edges(edge, 6, fmax(w.low, w.shift - FAR), fmin(w.high, w.shift + FAR)));
}

/* ---------- where the price is until it leaves ---------- */

typedef struct killed_walk
{
	double		exponent;
	double		below;
	double		above;
	double		sign;			/* -1 where up and down are exchanged */
	range_weight weight;
	const void *context;
} killed_walk;

/*
 * The density of the time spent at x before the exit, up to a factor, with
 * k = 2 drift/sigma^2 >= 0:
 *
 *		up (1 - exp(-k (above - x))),								x >= 0
 *		exp(k x) (1 - exp(-k (below + x))) (1 - exp(-k above))/(1 - exp(-k width))
 *
 * (Karlin and Taylor, section 15.3: the Green function), and its limit for
 * k = 0.
 */
static double
visits_before_exit(double x, const killed_walk *w)
{
	double		k = w->exponent;

	if (k * (w->below + w->above) < 1e-12)
		return x >= 0 ? w->below * (w->above - x) : w->above * (w->below + x);
	if (x >= 0)
		return -reach(k, w->below, w->above) * expm1(-k * (w->above - x));
	return exp(k * x) * expm1(-k * (w->below + x)) * expm1(-k * w->above) /
		-expm1(-k * (w->below + w->above));
}

static double
weighted_visits_before_exit(double x, const void *context)
{
	const killed_walk *w = context;

	return visits_before_exit(x, w) * w->weight(w->sign * x, w->context);
}

/*
 * The mean of a weight over the time until the price leaves its range; the
 * price is inside.  Of one that never leaves, the weight where it is.
 */
double
range_average_until_exit(const range_walk *walk, range_weight weight, const void *context)
{
	bool		up = walk->drift >= 0;
	killed_walk w = {0, up ? walk->below : walk->above, up ? walk->above : walk->below,
		up ? 1 : -1, weight, context};
	double		edge[5];
	int			n;
	double		total;

	if (walk->sigma == 0)
		return walk->drift == 0 ? weight(0, context) :
			over_drift(walk, drift_exit(walk), weight, context);
	w.exponent = fabs(scale_exponent(walk));
	edge[0] = -w.below;
	edge[1] = fmax(-w.below, -FAR / w.exponent);
	edge[2] = 0;
	edge[3] = fmax(0, w.above - FAR / w.exponent);
	edge[4] = w.above;
	n = cut_edges(edge, 5, edge[0], edge[4]);
	w.weight = one;
	total = quadrature(weighted_visits_before_exit, &w, edge, n);
	w.weight = weight;
	return total > 0 ? quadrature(weighted_visits_before_exit, &w, edge, n) / total :
		weight(0, context);
}

/* ---------- drift of a staking token ---------- */

/*
 * When a price that grows at an APY reaches a bound: ln(bound/price)/ln(1 + apy)
 * years, 0 if it is there.  apy above -1, prices positive.  CORE_NULL if it
 * never does, CORE_OUT_OF_RANGE.
 */
core_status
range_drift_time(double price, double bound, double apy, double *years)
{
	*years = 0;
	if (price >= bound)
		return CORE_OK;
	if (!(apy > 0))
		return CORE_NULL;
	*years = yield_log_growth(price, bound) / log1p(apy);
	return isfinite(*years) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* ---------- over a history ---------- */

/* lower < upper, finite: the path is inside where lower <= value < upper */
void
range_stay_init(range_stay *s, double lower, double upper)
{
	path_below_init(&s->lower, lower);
	path_below_init(&s->upper, upper);
}

void
range_stay_fold(void *state, const int64_t *time, const double *value, size_t n)
{
	range_stay *s = state;

	path_below_fold(&s->lower, time, value, n);
	path_below_fold(&s->upper, time, value, n);
}

/* Microseconds inside: what is below the upper bound but not below the lower */
uint64_t
range_stay_time(const range_stay *s)
{
	return path_below_time(&s->upper) - path_below_time(&s->lower);
}

/* The share of the time inside; of a single moment 0 or 1, CORE_NULL of none */
core_status
range_stay_share(const range_stay *s, double *share)
{
	const path_below *p = &s->upper;

	if (!p->last.exists)
		return CORE_NULL;
	if (p->first_time == p->last.time)
		*share = path_below_is_below(p) && !path_below_is_below(&s->lower);
	else
		*share = (double) range_stay_time(s) /
			(double) ((uint64_t) p->last.time - (uint64_t) p->first_time);
	return CORE_OK;
}

/* ---------- ticks ---------- */

/*
 * The mean tick of some seconds, positive, from two readings of a pool's
 * tickCumulative: (cumulative1 - cumulative0)/seconds, rounded down, and what
 * that leaves, from 0 to below 1.  A tickCumulative is an int56 and its
 * difference is taken modulo 2^56, as by the contract.  CORE_OUT_OF_RANGE for
 * one that is none, or a mean beyond the ticks there are.  Source:
 * Uniswap/v3-periphery, OracleLibrary.sol, consult.
 */
core_status
range_mean_tick(int64_t cumulative0, int64_t cumulative1, int64_t seconds,
				int32_t *tick, double *rest)
{
	const int64_t limit = INT64_C(1) << 55;
	int64_t		delta,
				mean,
				remainder;

	if (cumulative0 < -limit || cumulative0 >= limit || cumulative1 < -limit ||
		cumulative1 >= limit)
		return CORE_OUT_OF_RANGE;
	delta = cumulative1 - cumulative0;
	if (delta >= limit)
		delta -= 2 * limit;
	else if (delta < -limit)
		delta += 2 * limit;
	mean = delta / seconds;
	remainder = delta % seconds;
	if (remainder < 0)
	{
		mean--;
		remainder += seconds;
	}
	if (mean < -UNIV3_MAX_TICK || mean > UNIV3_MAX_TICK)
		return CORE_OUT_OF_RANGE;
	*tick = (int32_t) mean;
	*rest = (double) remainder / (double) seconds;
	return CORE_OK;
}
