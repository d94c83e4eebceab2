/*-------------------------------------------------------------------------
 *
 * core/base/quadratic.c
 *	  Quadratic programmes: the least of x'Cx/2 - c'x within linear limits.
 *
 * The dual method of Goldfarb and Idnani (Mathematical Programming 27, 1983):
 * from the least of all, limits that are broken are taken in one after the
 * other, and let go where they no longer hold anything, until none is broken.
 * It needs no point to start from, ends after finitely many steps, and limits
 * that hold do so to the last digits.
 *
 * Variables are measured in their deviations, so that the matrix is one of
 * correlations; with its factor LL', the step is taken in y = L'x, where the
 * sum to be made least is that of squares.
 *
 *-------------------------------------------------------------------------
 */
#include "core/base/quadratic.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "core/base/matrix.h"

/* Limits are of length 1: broken is what is off by more, and no direction is what is shorter */
#define BROKEN		1e-11
#define NO_LENGTH	1e-11

typedef struct solver
{
	const quadratic_programme *p;
	int			n;
	double	   *scale;			/* x is y times this */
	double	   *factor;			/* L */
	double	   *normal;			/* of limits in y */
	double	   *bound;
	double	   *length;			/* of limits before they were made 1 */
	double	   *start;			/* least of all, in y */
	double	   *y;
	int		   *active;
	int			num_active;
	bool	   *is_active;
	double	   *hold;			/* multipliers of the active ones */
	double	   *products;		/* of the active normals with one another */
	double	   *triangle;		/* its factor */
	double	   *along;			/* the share of a normal that the active ones have */
	double	   *direction;
} solver;

size_t
quadratic_scratch(int n, int num_limits)
{
	size_t		most = (size_t) n + 1;

	return 4 * (size_t) n * n + (size_t) num_limits * (n + 4) + 2 * most * most + 8 * most + 16;
}

static double
dot(const double *a, const double *b, int n)
{
	double		sum = 0;

	for (int i = 0; i < n; i++)
		sum += a[i] * b[i];
	return sum;
}

/* Solve L v = v, in place. */
static void
forward(const double *factor, int n, double *v)
{
	for (int i = 0; i < n; i++)
		v[i] = (v[i] - dot(factor + (size_t) i * n, v, i)) / factor[(size_t) i * n + i];
}

/* Solve L' v = v, in place. */
static void
backward(const double *factor, int n, double *v)
{
	for (int i = n - 1; i >= 0; i--)
	{
		v[i] /= factor[(size_t) i * n + i];
		for (int k = 0; k < i; k++)
			v[k] -= factor[(size_t) i * n + k] * v[i];
	}
}

/*
 * The factor of the correlations.  Where they are singular, what is added to
 * the diagonal is far below what they are known to.
 */
static bool
factorise(solver *s, double *correlation)
{
	int			n = s->n;

	for (int i = 0; i < n; i++)
	{
		double		variance = s->p->covariance[(size_t) i * n + i];

		s->scale[i] = variance > 0 ? 1 / sqrt(variance) : 1;
	}
	for (double ridge = 0; ridge < 1e-6; ridge = ridge == 0 ? 1e-15 : ridge * 10)
	{
		for (int i = 0; i < n; i++)
			for (int j = 0; j < n; j++)
				correlation[(size_t) i * n + j] = s->p->covariance[(size_t) i * n + j] * s->scale[i] * s->scale[j] +
					(i == j ? ridge : 0);
		if (matrix_cholesky(correlation, n, s->factor) < 0)
			return true;
	}
	return false;
}

/* Limits in y, their normals of length 1; false if one that has no normal cannot hold. */
static bool
read_limits(solver *s)
{
	int			n = s->n;

	for (int k = 0; k < s->p->num_limits; k++)
	{
		double	   *v = s->normal + (size_t) k * n;
		double		length;

		for (int i = 0; i < n; i++)
			v[i] = s->p->normal[(size_t) k * n + i] * s->scale[i];
		forward(s->factor, n, v);
		length = sqrt(dot(v, v, n));
		s->is_active[k] = false;
		s->length[k] = length;
		s->bound[k] = length > 0 ? s->p->bound[k] / length : s->p->bound[k];
		if (length == 0 && (s->bound[k] > 0 || (k < s->p->num_equal && s->bound[k] != 0)))
			return false;
		for (int i = 0; i < n; i++)
			v[i] /= length > 0 ? length : 1;
	}
	return true;
}

/* Append the row of a limit to the triangle of the active ones. */
static void
append_row(solver *s, int row)
{
	int			n = s->n;
	int			most = n + 1;
	const double *v = s->normal + (size_t) s->active[row] * n;
	double	   *line = s->triangle + (size_t) row * most;
	double		rest = dot(v, v, n);

	for (int j = 0; j < row; j++)
	{
		const double *other = s->triangle + (size_t) j * most;

		line[j] = (dot(v, s->normal + (size_t) s->active[j] * n, n) - dot(line, other, j)) / other[j];
		rest -= line[j] * line[j];
	}
	line[row] = sqrt(rest > DBL_MIN ? rest : DBL_MIN);
}

static void
drop(solver *s, int at)
{
	s->is_active[s->active[at]] = false;
	for (int j = at + 1; j < s->num_active; j++)
	{
		s->active[j - 1] = s->active[j];
		s->hold[j - 1] = s->hold[j];
	}
	s->num_active--;
	for (int j = at; j < s->num_active; j++)
		append_row(s, j);
}

/* Solve products * r = r by the triangle of the active limits. */
static void
solve_active(const solver *s, double *r)
{
	int			most = s->n + 1;

	for (int i = 0; i < s->num_active; i++)
		r[i] = (r[i] - dot(s->triangle + (size_t) i * most, r, i)) / s->triangle[(size_t) i * most + i];
	for (int i = s->num_active - 1; i >= 0; i--)
	{
		r[i] /= s->triangle[(size_t) i * most + i];
		for (int k = 0; k < i; k++)
			r[k] -= s->triangle[(size_t) i * most + k] * r[i];
	}
}

/* What of a normal is left when the active ones are taken off, and how much of each that was. */
static double
take_off(solver *s, const double *v)
{
	int			n = s->n;

	for (int j = 0; j < s->num_active; j++)
		s->along[j] = dot(v, s->normal + (size_t) s->active[j] * n, n);
	solve_active(s, s->along);
	memcpy(s->direction, v, sizeof(double) * n);
	for (int j = 0; j < s->num_active; j++)
		for (int i = 0; i < n; i++)
			s->direction[i] -= s->along[j] * s->normal[(size_t) s->active[j] * n + i];
	return dot(s->direction, s->direction, n);
}

/* The active limit, no equality, that lets go first when another is taken in by t; -1 if none does. */
static int
first_to_let_go(const solver *s, double sign, double *t)
{
	int			at = -1;

	*t = INFINITY;
	for (int j = 0; j < s->num_active; j++)
	{
		double		falls = sign * s->along[j];

		if (s->active[j] < s->p->num_equal || falls <= 0)
			continue;
		if (s->hold[j] / falls < *t)
		{
			*t = s->hold[j] / falls;
			at = j;
		}
	}
	return at;
}

/* Take in limit k, which is broken; CORE_NULL if it cannot hold beside the others. */
static core_status
take_in(solver *s, int k)
{
	const double *v = s->normal + (size_t) k * s->n;
	double		taken = 0;

	for (;;)
	{
		double		square = take_off(s, v);
		double		broken = dot(v, s->y, s->n) - s->bound[k];
		double		sign = broken > 0 ? -1 : 1;
		bool		has_length = square > NO_LENGTH * NO_LENGTH && s->num_active < s->n;
		double		to_limit = has_length ? fabs(broken) / square : INFINITY;
		double		to_drop;
		int			dropped = first_to_let_go(s, sign, &to_drop);
		double		t = fmin(to_limit, to_drop);

		if (s->p->pause != NULL)
			s->p->pause();
		if (!isfinite(t))
			return fabs(broken) <= 100 * BROKEN ? CORE_OK : CORE_NULL;
		for (int j = 0; j < s->num_active; j++)
			s->hold[j] -= sign * t * s->along[j];
		taken += sign * t;
		if (has_length)
			for (int i = 0; i < s->n; i++)
				s->y[i] += sign * t * s->direction[i];
		if (to_limit <= to_drop)
			break;
		drop(s, dropped);
	}
	s->active[s->num_active] = k;
	s->hold[s->num_active] = taken;
	s->is_active[k] = true;
	append_row(s, s->num_active++);
	return CORE_OK;
}

/* The limit that is broken most; -1 if none is. */
static int
most_broken(const solver *s)
{
	double		worst = -BROKEN;
	int			at = -1;

	for (int k = s->p->num_equal; k < s->p->num_limits; k++)
	{
		double		slack;

		if (s->is_active[k] || s->length[k] == 0)
			continue;
		slack = dot(s->normal + (size_t) k * s->n, s->y, s->n) - s->bound[k];
		slack /= 1 + fabs(s->bound[k]);
		if (slack < worst)
		{
			worst = slack;
			at = k;
		}
	}
	return at;
}

/* Put y where the active limits hold, from the least of all: no rounding of the way there is left. */
static void
settle(solver *s)
{
	memcpy(s->y, s->start, sizeof(double) * s->n);
	for (int round = 0; round < 3; round++)
	{
		for (int j = 0; j < s->num_active; j++)
			s->along[j] = s->bound[s->active[j]] - dot(s->normal + (size_t) s->active[j] * s->n, s->y, s->n);
		solve_active(s, s->along);
		for (int j = 0; j < s->num_active; j++)
			for (int i = 0; i < s->n; i++)
				s->y[i] += s->along[j] * s->normal[(size_t) s->active[j] * s->n + i];
	}
}

static solver
make_solver(const quadratic_programme *p, double *scratch, double **room)
{
	size_t		n = (size_t) p->n;
	size_t		most = n + 1;
	solver		s = {.p = p, .n = p->n};

	s.factor = scratch;
	*room = s.factor + n * n;
	s.normal = *room + n * n;
	s.bound = s.normal + n * p->num_limits;
	s.length = s.bound + p->num_limits;
	s.triangle = s.length + p->num_limits;
	s.scale = s.triangle + most * most;
	s.start = s.scale + most;
	s.y = s.start + most;
	s.hold = s.y + most;
	s.along = s.hold + most;
	s.direction = s.along + most;
	s.active = (int *) (s.direction + most);
	s.is_active = (bool *) (s.active + 2 * most);
	return s;
}

/* A limit of one variable that holds does so exactly, and so does one that is met but for rounding. */
static void
meet_bounds(const solver *s, double *x)
{
	for (int k = 0; k < s->p->num_limits; k++)
	{
		const double *v = s->p->normal + (size_t) k * s->n;
		int			only = -1;
		int			count = 0;

		for (int i = 0; i < s->n; i++)
			if (v[i] != 0)
			{
				only = i;
				count++;
			}
		if (count == 1 && (s->is_active[k] || fabs(v[only] * x[only] - s->p->bound[k]) < 1e-15))
			x[only] = s->p->bound[k] / v[only] + 0.0;
	}
}

/*
 * The least point, to x.  CORE_NULL if no point is within all limits,
 * CORE_OUT_OF_RANGE if the numbers are too large, CORE_BAD_PARAMETER if the
 * matrix is none of covariances.
 */
core_status
quadratic_solve(const quadratic_programme *p, double *scratch, double *x)
{
	double	   *room;
	solver		s = make_solver(p, scratch, &room);
	int			steps = 0;

	if (!factorise(&s, room))
		return CORE_BAD_PARAMETER;
	if (!read_limits(&s))
		return CORE_NULL;
	for (int i = 0; i < s.n; i++)
		s.start[i] = p->linear == NULL ? 0 : p->linear[i] * s.scale[i];
	forward(s.factor, s.n, s.start);
	memcpy(s.y, s.start, sizeof(double) * s.n);
	for (int k = 0; k < p->num_equal; k++)
		if (s.length[k] > 0 && take_in(&s, k) != CORE_OK)
			return CORE_NULL;
	for (int k; (k = most_broken(&s)) >= 0;)
		if (++steps > 50 * (s.n + p->num_limits) || take_in(&s, k) != CORE_OK)
			return CORE_NULL;
	settle(&s);
	backward(s.factor, s.n, s.y);
	for (int i = 0; i < s.n; i++)
	{
		x[i] = s.y[i] * s.scale[i];
		if (!isfinite(x[i]))
			return CORE_OUT_OF_RANGE;
	}
	meet_bounds(&s, x);
	return CORE_OK;
}
