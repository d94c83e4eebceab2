/*-------------------------------------------------------------------------
 *
 * core/derivative/nelson_siegel.c
 *	  Yield curves of four numbers, and of six: Nelson-Siegel and Svensson.
 *
 *		z(t) = beta0 + beta1 h(x) + beta2 g(x)		x = t / tau
 *		h(x) = (1 - e^-x) / x, g(x) = h(x) - e^-x
 *
 * Svensson adds beta3 g(t / tau2).  With tau given the curve is linear in the
 * betas, so the least squares are the solution of three normal equations, whose
 * sums add up over any parts of the rows.  They are kept and solved in twice the
 * precision of a double, because the equations square the condition of the
 * problem.
 *
 * Sources: C. R. Nelson and A. F. Siegel, "Parsimonious Modeling of Yield
 * Curves", Journal of Business 60 (1987); L. E. O. Svensson, NBER 4871 (1994).
 *
 *-------------------------------------------------------------------------
 */
#include "core/derivative/nelson_siegel.h"

#include <float.h>
#include <math.h>
#include <stddef.h>

#include "core/base/dd.h"

/* Below, g is a series, of which so many terms are exact to a double. */
#define SMALL_X		0.5
#define SMALL_TERMS	14

/* Where tau is sought, in how many steps of its logarithm, and how closely */
#define LEAST_TAU		0.02
#define GREATEST_TAU	30
#define TAU_STEPS		72
#define TAU_TOLERANCE	1e-10

/* An error of so little of the rates' own size is that of their rounding */
#define EXACT	1e-15

/* Equations whose determinant is below so much of the product of their diagonal have no one solution */
#define SINGULAR	1e-26

/* The sums: of h, g and their products, of the rate y and its products with 1, h, g, y */
enum
{
	SUM_H, SUM_G, SUM_HH, SUM_HG, SUM_GG, SUM_Y, SUM_HY, SUM_GY, SUM_YY
};

/* The same as numbers, with the number of points */
typedef struct moments
{
	double		n;
	dd			sum[NELSON_SIEGEL_SUMS];
} moments;

/* ---------- the curve ---------- */

/* How much beta1 counts at x >= 0: from 1 down to 0 */
static double
slope_loading(double x)
{
	return x == 0 ? 1 : -expm1(-x) / x;
}

/* How much beta2 counts: from 0 up and down to 0; its series has the terms (-1)^(k+1) x^k k / (k+1)! */
static double
hump_loading(double x)
{
	double		power = 1;
	double		sum = 0;

	if (x >= SMALL_X)
		return slope_loading(x) - exp(-x);
	for (int k = 1; k <= SMALL_TERMS; k++)
	{
		power *= -x / k;
		sum -= power * k / (k + 1);
	}
	return sum;
}

/* The rate at a time. */
double
nelson_siegel_rate(double years, const double *beta, double tau)
{
	double		x = years / tau;

	return beta[0] + beta[1] * slope_loading(x) + beta[2] * hump_loading(x);
}

/* The same with a second hump: four betas and two taus. */
double
svensson_rate(double years, const double *beta, double tau1, double tau2)
{
	return nelson_siegel_rate(years, beta, tau1) + beta[3] * hump_loading(years / tau2);
}

/* ---------- sums of points ---------- */

/* The sums of nothing. */
void
nelson_siegel_init(nelson_siegel_summary *s, double tau)
{
	s->num_points = 0;
	s->tau = tau;
	for (int i = 0; i < NELSON_SIEGEL_SUMS; i++)
		s->sum[i] = BINNED_EMPTY;
}

/* Add a point, both numbers finite, years not negative. */
core_status
nelson_siegel_add(nelson_siegel_summary *s, double years, double rate)
{
	double		h = slope_loading(years / s->tau);
	double		g = hump_loading(years / s->tau);

	if (s->num_points >= BINNED_MAX_TERMS)
		return CORE_OUT_OF_RANGE;
	s->num_points++;
	binned_add(&s->sum[SUM_H], h);
	binned_add(&s->sum[SUM_G], g);
	binned_add_product(&s->sum[SUM_HH], h, h);
	binned_add_product(&s->sum[SUM_HG], h, g);
	binned_add_product(&s->sum[SUM_GG], g, g);
	binned_add(&s->sum[SUM_Y], rate);
	binned_add_product(&s->sum[SUM_HY], h, rate);
	binned_add_product(&s->sum[SUM_GY], g, rate);
	binned_add_product(&s->sum[SUM_YY], rate, rate);
	return CORE_OK;
}

/* Take all points of "other" into "into": commutative and associative; of one tau, by the caller's care. */
core_status
nelson_siegel_merge(nelson_siegel_summary *into, const nelson_siegel_summary *other)
{
	if (into->num_points > BINNED_MAX_TERMS - other->num_points)
		return CORE_OUT_OF_RANGE;
	into->num_points += other->num_points;
	for (int i = 0; i < NELSON_SIEGEL_SUMS; i++)
		binned_merge(&into->sum[i], &other->sum[i]);
	return CORE_OK;
}

/* Could adding points have led to these sums? */
bool
nelson_siegel_is_valid(const nelson_siegel_summary *s)
{
	if (s->num_points < 1 || s->num_points > BINNED_MAX_TERMS ||
		!(s->tau > 0 && s->tau <= DBL_MAX))
		return false;
	for (int i = 0; i < NELSON_SIEGEL_SUMS; i++)
		if (!(i <= SUM_GG || i == SUM_YY ? binned_is_sum_of_positives(&s->sum[i], s->num_points) :
			  binned_is_valid(&s->sum[i], s->num_points)))
			return false;
	return true;
}

/* ---------- the fit ---------- */

/* a * b - c * d */
static dd
minor(dd a, dd b, dd c, dd d)
{
	return dd_add(dd_product(a, b), dd_negated(dd_product(c, d)));
}

static dd
dot(const dd *a, const dd *b)
{
	return dd_add(dd_add(dd_product(a[0], b[0]), dd_product(a[1], b[1])), dd_product(a[2], b[2]));
}

/* The sum of squares that is left, yy - 2 b.r + b M b, for betas b */
static double
squares_left(const dd *m, const dd *right, dd yy, const double *beta)
{
	dd			left = yy;

	for (int i = 0; i < 3; i++)
	{
		dd			row = dd_negated(dd_add(right[i], right[i]));

		for (int j = 0; j < 3; j++)
			row = dd_add(row, dd_product(m[3 * i + j], (dd) {beta[j], 0}));
		left = dd_add(left, dd_product(row, (dd) {beta[i], 0}));
	}
	return left.hi > 0 ? left.hi : 0;
}

/*
 * Solve the equations by their minors; CORE_NULL where they have not one
 * solution: of fewer than three times.
 */
static core_status
solve(const moments *s, double tau, nelson_siegel_curve *curve)
{
	dd			n = {s->n, 0};
	dd			h = s->sum[SUM_H],
				g = s->sum[SUM_G],
				hh = s->sum[SUM_HH],
				hg = s->sum[SUM_HG],
				gg = s->sum[SUM_GG];
	dd			m[9] = {n, h, g, h, hh, hg, g, hg, gg};
	dd			right[3] = {s->sum[SUM_Y], s->sum[SUM_HY], s->sum[SUM_GY]};
	dd			inverse[3][3] = {
		{minor(hh, gg, hg, hg), minor(g, hg, h, gg), minor(h, hg, g, hh)},
		{minor(g, hg, h, gg), minor(n, gg, g, g), minor(h, g, n, hg)},
		{minor(h, hg, g, hh), minor(h, g, n, hg), minor(n, hh, h, h)}
	};
	dd			determinant = dot(m, inverse[0]);

	if (!(fabs(determinant.hi) > SINGULAR * (s->n * hh.hi * gg.hi)))
		return CORE_NULL;
	for (int i = 0; i < 3; i++)
		curve->beta[i] = dd_quotient(dot(inverse[i], right), determinant);
	curve->tau = tau;
	curve->rmse = sqrt(squares_left(m, right, s->sum[SUM_YY], curve->beta) / s->n);
	curve->num_points = (int64_t) s->n;
	return isfinite(curve->beta[0] + curve->beta[1] + curve->beta[2] + curve->rmse) ?
		CORE_OK : CORE_OUT_OF_RANGE;
}

/* The curve of least squares; CORE_NULL for points at fewer than three times. */
core_status
nelson_siegel_fit(const nelson_siegel_summary *s, nelson_siegel_curve *curve)
{
	moments		sums = {.n = (double) s->num_points};

	if (s->num_points < 3)
		return CORE_NULL;
	for (int i = 0; i < NELSON_SIEGEL_SUMS; i++)
		sums.sum[i] = binned_value(&s->sum[i]);
	return solve(&sums, s->tau, curve);
}

/* ---------- the search for tau ---------- */

typedef struct tau_search
{
	const weighted_value *points;
	size_t		n;
	core_pause	pause;
	nelson_siegel_curve best;	/* so far; rmse is infinite without any */
	core_status status;			/* of what else there was */
} tau_search;

static void
add_term(dd *sum, double a, double b)
{
	*sum = dd_add(*sum, dd_two_product(a, b));
}

static void
add_point(moments *s, double x, double y)
{
	double		h = slope_loading(x);
	double		g = hump_loading(x);

	s->n += 1;
	s->sum[SUM_H] = dd_add_double(s->sum[SUM_H], h);
	s->sum[SUM_G] = dd_add_double(s->sum[SUM_G], g);
	add_term(&s->sum[SUM_HH], h, h);
	add_term(&s->sum[SUM_HG], h, g);
	add_term(&s->sum[SUM_GG], g, g);
	s->sum[SUM_Y] = dd_add_double(s->sum[SUM_Y], y);
	add_term(&s->sum[SUM_HY], h, y);
	add_term(&s->sum[SUM_GY], g, y);
	add_term(&s->sum[SUM_YY], y, y);
}

/* The error of the best fit with a tau, given by its logarithm; infinite if there is none. */
static double
error_at(tau_search *search, double log_tau)
{
	double		tau = fmin(fmax(exp(log_tau), LEAST_TAU), GREATEST_TAU);
	moments		s = {0};
	nelson_siegel_curve curve;
	core_status status;

	for (size_t i = 0; i < search->n; i++)
	{
		core_pause_at(search->pause, i);
		add_point(&s, search->points[i].weight / tau, search->points[i].value);
	}
	status = solve(&s, tau, &curve);
	if (status != CORE_OK)
	{
		search->status = status == CORE_OUT_OF_RANGE ? status : search->status;
		return INFINITY;
	}
	if (curve.rmse < search->best.rmse)
		search->best = curve;
	return curve.rmse;
}

/* Golden section: the least error between two logarithms of tau, about where it is known to be. */
static void
refine(tau_search *search, double low, double high)
{
	const double golden = 0.61803398874989484820;
	double		a = high - golden * (high - low);
	double		b = low + golden * (high - low);
	double		error_a = error_at(search, a);
	double		error_b = error_at(search, b);

	while (high - low > TAU_TOLERANCE)
	{
		if (error_a <= error_b)
		{
			high = b;
			b = a;
			error_b = error_a;
			a = high - golden * (high - low);
			error_a = error_at(search, a);
		}
		else
		{
			low = a;
			a = b;
			error_a = error_b;
			b = low + golden * (high - low);
			error_b = error_at(search, b);
		}
	}
}

/*
 * The curve of least squares with tau from 1/50 to 30 years, by golden section
 * about every minimum of a grid.  "points" are n rates (value) at times (weight),
 * in an order of theirs that no row's place changes.  CORE_NULL for points at
 * fewer than three times.
 */
core_status
nelson_siegel_search(const weighted_value *points, size_t n, core_pause pause,
					 nelson_siegel_curve *curve)
{
	tau_search	search = {points, n, pause, {.rmse = INFINITY}, CORE_NULL};
	double		from = log(LEAST_TAU);
	double		step = (log(GREATEST_TAU) - from) / TAU_STEPS;
	double		error[TAU_STEPS + 1];
	double		exact;

	if (n < 3)
		return CORE_NULL;
	for (int i = 0; i <= TAU_STEPS; i++)
		error[i] = error_at(&search, from + i * step);
	exact = EXACT * fabs(search.best.beta[0]);
	for (int i = 0; i <= TAU_STEPS; i++)
	{
		int			before = i > 0 ? i - 1 : 0;
		int			after = i < TAU_STEPS ? i + 1 : TAU_STEPS;

		if (isfinite(error[i]) && error[i] <= error[before] && error[i] <= error[after] &&
			error[i] > exact)
			refine(&search, from + before * step, from + after * step);
	}
	*curve = search.best;
	return isfinite(curve->rmse) ? CORE_OK : search.status;
}
