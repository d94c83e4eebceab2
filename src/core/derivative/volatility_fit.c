/*-------------------------------------------------------------------------
 *
 * core/derivative/volatility_fit.c
 *	  The SVI slice through points of a smile.
 *
 * Of given m and sigma the slice is linear in the rest, with y = (k - m) / sigma:
 * w = a + d y + c sqrt(1 + y^2), where c = b sigma and d = rho c.  So least
 * squares in a, d and c are solved, with |d| < c, and the search is one in m and
 * the logarithm of sigma alone: Zeliade Systems, "Quasi-explicit calibration of
 * Gatheral's SVI model" (2009).
 *
 *-------------------------------------------------------------------------
 */
#include "core/derivative/volatility.h"

#include <math.h>

#define LEAST_POINTS	5

/* |rho| at most */
#define MOST_RHO		0.999999

/* Widths of the range of log-moneyness that sigma, and the distance of m from its middle, may have */
#define GRID_STEPS		9
#define GRID_M			2.0
#define LEAST_SIGMA		0.003
#define MOST_SIGMA		4.0

/* J. Nelder's and R. Mead's simplex ends when it is so small, or after so many steps */
#define SMALL_SIMPLEX	1e-11
#define SIMPLEX_STEPS	600

typedef struct fit_context
{
	const smile_point *points;
	size_t		n;
	core_pause	pause;
	double		low;			/* of log-moneyness */
	double		width;
} fit_context;

/* Where the search is: m and ln sigma in widths, and the mean square error there. */
typedef struct fit_place
{
	double		m;
	double		log_sigma;
	double		error;
} fit_place;

/* sqrt(1 + y^2) - 1 */
static double
bow(double y)
{
	return y * y / (1 + sqrt(1 + y * y));
}

/* Means and centred moments of y, of bow(y) and of w */
typedef struct fit_moments
{
	double		y;
	double		bow;
	double		w;
	double		yy;
	double		yb;
	double		bb;
	double		yw;
	double		bw;
} fit_moments;

/* Call body for each point i, pausing now and then. */
#define EACH_POINT(c, i) \
	for (size_t until_ = 0, i = 0; i < (c)->n; ) \
		for (until_ = core_next_pause((c)->pause, i, (c)->n); i < until_; i++)

static double
position(const fit_context *c, const svi_slice *s, size_t i)
{
	return (c->points[i].log_moneyness - s->m) / s->sigma;
}

static fit_moments
moments_at(const fit_context *c, const svi_slice *s)
{
	fit_moments f = {0};

	EACH_POINT(c, i)
	{
		double		y = position(c, s, i);

		f.y += y / (double) c->n;
		f.bow += bow(y) / (double) c->n;
		f.w += c->points[i].total_variance / (double) c->n;
	}
	EACH_POINT(c, i)
	{
		double		position_of = position(c, s, i);
		double		y = position_of - f.y;
		double		b = bow(position_of) - f.bow;
		double		w = c->points[i].total_variance - f.w;

		f.yy += y * y;
		f.yb += y * b;
		f.bb += b * b;
		f.yw += y * w;
		f.bw += b * w;
	}
	return f;
}

/* The least squares where d is rho c: one unknown, c >= 0.  What they take off the error. */
static double
gain_at_rho(const fit_moments *f, double rho, double *c)
{
	double		square = f->bb + 2 * rho * f->yb + rho * rho * f->yy;
	double		with_w = f->bw + rho * f->yw;

	*c = with_w > 0 && square > 0 ? with_w / square : 0;
	return *c * with_w;
}

/* a, b and rho of given m and sigma. */
static void
set_linear(const fit_context *context, svi_slice *s)
{
	fit_moments f = moments_at(context, s);
	double		det = f.yy * f.bb - f.yb * f.yb;
	double		c = (f.yy * f.bw - f.yb * f.yw) / det;
	double		d = (f.bb * f.yw - f.yb * f.bw) / det;

	if (!(c > 0 && fabs(d) <= MOST_RHO * c && isfinite(c)))
	{
		double		other;
		double		sign = gain_at_rho(&f, MOST_RHO, &c) >= gain_at_rho(&f, -MOST_RHO, &other) ? 1 : -1;

		if (sign < 0)
			c = other;
		d = sign * MOST_RHO * c;
	}
	s->b = c / s->sigma;
	s->rho = c > 0 ? d / c : 0;
	s->a = f.w - d * f.y - c * f.bow - c;
}

static double
mean_square_error(const fit_context *c, const svi_slice *s)
{
	double		sum = 0;

	EACH_POINT(c, i)
	{
		double		off = svi_variance(s, c->points[i].log_moneyness) - c->points[i].total_variance;

		sum += off * off / (double) c->n;
	}
	return sum;
}

static svi_slice
slice_at(const fit_context *c, double m, double log_sigma)
{
	svi_slice	s = {.m = c->low + c->width * (0.5 + m), .sigma = c->width * exp(log_sigma)};

	set_linear(c, &s);
	return s;
}

static fit_place
place_at(const fit_context *c, double m, double log_sigma)
{
	fit_place	p = {m, fmin(fmax(log_sigma, log(LEAST_SIGMA)), log(MOST_SIGMA)), 0};
	svi_slice	s;

	p.m = fmin(fmax(p.m, -GRID_M), GRID_M);
	s = slice_at(c, p.m, p.log_sigma);
	p.error = mean_square_error(c, &s);
	return p;
}

/* The best of a grid over all that is possible. */
static fit_place
best_of_grid(const fit_context *c)
{
	fit_place	best = {.error = INFINITY};

	for (int i = 0; i < GRID_STEPS; i++)
		for (int j = 0; j < GRID_STEPS; j++)
		{
			double		m = 1.5 * (2.0 * i / (GRID_STEPS - 1) - 1);
			double		share = (double) j / (GRID_STEPS - 1);
			fit_place	p = place_at(c, m, log(0.02) * (1 - share) + log(2) * share);

			if (p.error < best.error)
				best = p;
		}
	return best;
}

static void
sort_places(fit_place *p)
{
	for (int i = 1; i < 3; i++)
		for (int j = i; j > 0 && p[j].error < p[j - 1].error; j--)
		{
			fit_place	swap = p[j];

			p[j] = p[j - 1];
			p[j - 1] = swap;
		}
}

/* From the worst corner through the middle of the others, by a factor. */
static fit_place
moved(const fit_context *c, const fit_place *p, double factor)
{
	double		m = (p[0].m + p[1].m) / 2;
	double		log_sigma = (p[0].log_sigma + p[1].log_sigma) / 2;

	return place_at(c, m + factor * (m - p[2].m), log_sigma + factor * (log_sigma - p[2].log_sigma));
}

/* One step of the simplex, of which the best corner is first. */
static void
step_simplex(const fit_context *c, fit_place *p)
{
	fit_place	next = moved(c, p, 1);
	fit_place	further;

	if (next.error < p[0].error)
	{
		further = moved(c, p, 2);
		p[2] = further.error < next.error ? further : next;
	}
	else if (next.error < p[1].error)
		p[2] = next;
	else
	{
		further = moved(c, p, next.error < p[2].error ? 0.5 : -0.5);
		if (further.error < fmin(next.error, p[2].error))
			p[2] = further;
		else
			for (int i = 1; i < 3; i++)
				p[i] = place_at(c, (p[0].m + p[i].m) / 2, (p[0].log_sigma + p[i].log_sigma) / 2);
	}
	sort_places(p);
}

static bool
is_small(const fit_place *p)
{
	return fabs(p[1].m - p[0].m) + fabs(p[2].m - p[0].m) + fabs(p[1].log_sigma - p[0].log_sigma) +
		fabs(p[2].log_sigma - p[0].log_sigma) < SMALL_SIMPLEX;
}

/*
 * The slice of least squares, b >= 0 and |rho| < 1, and the root of its mean
 * square error.  CORE_NULL: fewer than five points, or all at one log-moneyness.
 */
core_status
svi_fit(const smile_point *points, size_t n, core_pause pause, svi_slice *slice, double *rmse)
{
	fit_context c = {points, n, pause, INFINITY, 0};
	double		high = -INFINITY;
	fit_place	p[3];

	for (size_t i = 0; i < n; i++)
	{
		c.low = fmin(c.low, points[i].log_moneyness);
		high = fmax(high, points[i].log_moneyness);
	}
	c.width = high - c.low;
	if (n < LEAST_POINTS || !(c.width > 0))
		return CORE_NULL;
	p[0] = best_of_grid(&c);
	p[1] = place_at(&c, p[0].m + 0.1, p[0].log_sigma);
	p[2] = place_at(&c, p[0].m, p[0].log_sigma + 0.2);
	sort_places(p);
	for (int i = 0; i < SIMPLEX_STEPS && !is_small(p); i++)
		step_simplex(&c, p);
	*slice = slice_at(&c, p[0].m, p[0].log_sigma);
	*rmse = sqrt(mean_square_error(&c, slice));
	return isfinite(slice->a) && isfinite(slice->b) && isfinite(slice->sigma) && isfinite(*rmse) ?
		CORE_OK : CORE_OUT_OF_RANGE;
}
