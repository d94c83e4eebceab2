/*-------------------------------------------------------------------------
 *
 * core/strategy/portfolio.c
 *	  What a portfolio risks, and which weights are best.
 *
 *-------------------------------------------------------------------------
 */
#include "core/strategy/portfolio.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "core/base/matrix.h"
#include "core/base/quadratic.h"

static core_status
check_numbers(const double *value, size_t n)
{
	double		sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += value[i] * 0;
	return isfinite(sum) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* ---------- measures ---------- */

double
portfolio_return(const double *weights, const double *returns, int n)
{
	double		sum = 0;

	for (int i = 0; i < n; i++)
		sum += weights[i] * returns[i];
	return sum;
}

/* Covariance of token i with the portfolio. */
static double
covariance_with(const double *weights, const double *covariance, int n, int i)
{
	return portfolio_return(weights, covariance + (size_t) i * n, n);
}

/* The root of w'Cw; rounding may leave nothing where it is below zero. */
core_status
portfolio_deviation(const double *weights, const double *covariance, int n, double *result)
{
	double		variance = 0;

	for (int i = 0; i < n; i++)
		variance += weights[i] * covariance_with(weights, covariance, n, i);
	*result = variance > 0 ? sqrt(variance) : variance * 0;
	return check_numbers(result, 1);
}

/* w_i (Cw)_i / deviation, which add up to it; CORE_NULL without risk. */
core_status
portfolio_contributions(const double *weights, const double *covariance, int n, double *result)
{
	double		deviation;
	core_status status = portfolio_deviation(weights, covariance, n, &deviation);

	if (status != CORE_OK)
		return status;
	if (deviation == 0)
		return CORE_NULL;
	for (int i = 0; i < n; i++)
		result[i] = weights[i] * covariance_with(weights, covariance, n, i) / deviation;
	return check_numbers(result, n);
}

/* The deviations of the parts, weighted, over that of the whole (Choueifaty and Coignard, 2008). */
core_status
portfolio_diversification(const double *weights, const double *covariance, int n, double *result)
{
	double		deviation;
	double		sum = 0;
	core_status status = portfolio_deviation(weights, covariance, n, &deviation);

	if (status != CORE_OK)
		return status;
	if (deviation == 0)
		return CORE_NULL;
	for (int i = 0; i < n; i++)
		sum += weights[i] * sqrt(covariance[(size_t) i * n + i]);
	*result = sum / deviation;
	return check_numbers(result, 1);
}

/* Weights as 1 / deviation; CORE_NULL where one has none. */
core_status
portfolio_inverse_volatility(const double *covariance, int n, double *weights)
{
	double		sum = 0;

	for (int i = 0; i < n; i++)
	{
		if (!(covariance[(size_t) i * n + i] > 0))
			return CORE_NULL;
		weights[i] = 1 / sqrt(covariance[(size_t) i * n + i]);
		sum += weights[i];
	}
	for (int i = 0; i < n; i++)
		weights[i] /= sum;
	return check_numbers(weights, n);
}

/* ---------- optimal weights ---------- */

/* Rows of limits as they are put down one after the other. */
typedef struct limit_rows
{
	int			n;
	int			num_rows;
	double	   *normal;
	double	   *bound;
} limit_rows;

static size_t
most_rows(const portfolio_limits *limits)
{
	return 3 + 2 * ((size_t) limits->n + limits->num_groups);
}

size_t
portfolio_scratch(const portfolio_limits *limits)
{
	size_t		rows = most_rows(limits);

	return quadratic_scratch(limits->n, (int) rows) + rows * ((size_t) limits->n + 1) +
		(size_t) limits->n * (limits->n + 2);
}

static double *
add_row(limit_rows *rows, double bound)
{
	double	   *row = rows->normal + (size_t) rows->num_rows * rows->n;

	memset(row, 0, sizeof(double) * rows->n);
	rows->bound[rows->num_rows++] = bound;
	return row;
}

/*
 * sign * (normal'x - bound * share) >= 0, where share is 1, or the sum of x if
 * weights are x over that.
 */
static void
add_limit(limit_rows *rows, const double *normal, int only, double sign, double bound, bool of_sum)
{
	double	   *row;

	if (!isfinite(bound))
		return;
	row = add_row(rows, of_sum ? 0 : sign * bound);
	for (int i = 0; i < rows->n; i++)
	{
		double		v = normal != NULL ? normal[i] : i == only ? 1 : 0;

		row[i] = sign * (of_sum ? v - bound : v);
	}
}

static void
add_limits(limit_rows *rows, const portfolio_limits *limits, bool of_sum)
{
	for (int i = 0; i < limits->n; i++)
	{
		add_limit(rows, NULL, i, 1, limits->lower[i], of_sum);
		add_limit(rows, NULL, i, -1, limits->upper[i], of_sum);
	}
	for (int g = 0; g < limits->num_groups; g++)
	{
		const double *group = limits->groups + (size_t) g * limits->n;

		add_limit(rows, group, -1, 1, limits->group_lower[g], of_sum);
		add_limit(rows, group, -1, -1, limits->group_upper[g], of_sum);
	}
}

static limit_rows
begin_rows(const portfolio_limits *limits, double *scratch)
{
	limit_rows	rows = {.n = limits->n};

	rows.normal = scratch;
	rows.bound = scratch + most_rows(limits) * limits->n;
	return rows;
}

static core_status
solve_rows(const limit_rows *rows, int num_equal, const double *covariance, const double *linear, double *scratch,
		   core_pause pause, double *weights)
{
	quadratic_programme p = {
		.n = rows->n, .covariance = covariance, .linear = linear, .num_limits = rows->num_rows,
		.num_equal = num_equal, .normal = rows->normal, .bound = rows->bound, .pause = pause
	};

	return quadratic_solve(&p, scratch, weights);
}

static void
add_sum_of_one(limit_rows *rows)
{
	double	   *row = add_row(rows, 1);

	for (int i = 0; i < rows->n; i++)
		row[i] = 1;
}

/* The least variance within the limits; CORE_NULL if no weights are. */
core_status
portfolio_min_variance(const portfolio_limits *limits, const double *covariance, double *scratch,
					   core_pause pause, double *weights)
{
	limit_rows	rows = begin_rows(limits, scratch);

	add_sum_of_one(&rows);
	add_limits(&rows, limits, false);
	return solve_rows(&rows, 1, covariance, NULL, scratch + most_rows(limits) * ((size_t) limits->n + 1), pause, weights);
}

/* The least variance of those that return "target". */
core_status
portfolio_target(const portfolio_limits *limits, const double *covariance, const double *returns, double target,
				 double *scratch, core_pause pause, double *weights)
{
	limit_rows	rows = begin_rows(limits, scratch);

	add_sum_of_one(&rows);
	memcpy(add_row(&rows, target), returns, sizeof(double) * limits->n);
	add_limits(&rows, limits, false);
	return solve_rows(&rows, 2, covariance, NULL, scratch + most_rows(limits) * ((size_t) limits->n + 1), pause, weights);
}

/* Fill up the tokens that return most, one after the other, from the least that all may be. */
static core_status
fill_up(const portfolio_limits *limits, const double *returns, double *left, double *weights)
{
	int			n = limits->n;
	double		rest = 1;

	for (int i = 0; i < n; i++)
	{
		if (!isfinite(limits->lower[i]))
			return CORE_OUT_OF_RANGE;
		weights[i] = limits->lower[i];
		left[i] = limits->upper[i] - limits->lower[i];
		rest -= weights[i];
	}
	if (rest < -1e-12)
		return CORE_NULL;
	while (rest > 0)
	{
		int			best = -1;

		for (int i = 0; i < n; i++)
			if (left[i] > 0 && (best < 0 || returns[i] > returns[best]))
				best = i;
		if (best < 0)
			return rest > 1e-12 ? CORE_NULL : CORE_OK;
		weights[best] += fmin(rest, left[best]);
		rest -= fmin(rest, left[best]);
		left[best] = 0;
	}
	return CORE_OK;
}

/*
 * The greatest return within the limits.  With groups, of weights of which
 * several have it those with the least squares: from some weight of the return
 * on, that is what is found where squares count a little (Mangasarian and Meyer,
 * SIAM J. Control Optim. 17, 1979).  CORE_OUT_OF_RANGE where there is none,
 * since a bound is infinite.
 */
core_status
portfolio_greatest_return(const portfolio_limits *limits, const double *returns, double *scratch, core_pause pause,
						  double *weights)
{
	int			n = limits->n;
	limit_rows	rows = begin_rows(limits, scratch);
	double	   *unit = scratch + most_rows(limits) * ((size_t) n + 1);
	double	   *linear = unit + (size_t) n * n;
	double		least = returns[0],
				greatest = returns[0];

	if (limits->num_groups == 0)
		return fill_up(limits, returns, scratch, weights);
	for (int i = 0; i < n; i++)
	{
		if (!isfinite(limits->lower[i]))
			return CORE_OUT_OF_RANGE;
		least = fmin(least, returns[i]);
		greatest = fmax(greatest, returns[i]);
	}
	for (int i = 0; i < n * n; i++)
		unit[i] = i % (n + 1) == 0;
	for (int i = 0; i < n; i++)
		linear[i] = greatest > least ? 1e5 * (returns[i] - least) / (greatest - least) : 0;
	add_sum_of_one(&rows);
	add_limits(&rows, limits, false);
	return solve_rows(&rows, 1, unit, linear, linear + n, pause, weights);
}

/*
 * The greatest ratio of return above the riskless rate to deviation: of
 * multiples x of weights with such a return of 1, those with the least
 * variance (Tutuncu, Optimization methods in finance, section 8.2).  CORE_NULL
 * where no weights return more than the riskless rate, or where covariances are
 * singular, so that there may be no greatest.
 */
core_status
portfolio_max_sharpe(const portfolio_limits *limits, const double *covariance, const double *returns,
					 double risk_free, double *scratch, core_pause pause, double *weights)
{
	int			n = limits->n;
	limit_rows	rows = begin_rows(limits, scratch);
	double	   *rest = scratch + most_rows(limits) * ((size_t) n + 1);
	double		scale = 0;
	double		sum = 0;
	double	   *row;
	core_status status;

	if (matrix_cholesky(covariance, n, rest) >= 0)
		return CORE_NULL;
	for (int i = 0; i < n; i++)
		scale = fmax(scale, fabs(returns[i] - risk_free));
	if (scale == 0)
		return CORE_NULL;
	row = add_row(&rows, 1);
	for (int i = 0; i < n; i++)
		row[i] = (returns[i] - risk_free) / scale;
	row = add_row(&rows, 0);
	for (int i = 0; i < n; i++)
		row[i] = 1;
	add_limits(&rows, limits, true);
	status = solve_rows(&rows, 1, covariance, NULL, rest, pause, weights);
	if (status != CORE_OK)
		return status;
	for (int i = 0; i < n; i++)
		sum += weights[i];
	if (!(sum > 1e-12))
		return CORE_NULL;
	for (int i = 0; i < n; i++)
		weights[i] /= sum;
	return CORE_OK;
}

/* ---------- risk parity ---------- */

#define MAX_SWEEPS	100000

/*
 * Weights whose contributions to the risk are as the budgets, which are
 * positive: the least of x'Cx/2 - sum of budget * ln x, one coordinate after the
 * other (Griveau-Billion, Richard and Roncalli, arXiv 1311.4057).  CORE_NULL
 * where one token does not vary, or it does not settle.
 */
core_status
portfolio_risk_parity(const double *covariance, const double *budgets, int n, core_pause pause, double *x)
{
	double		sum = 0;
	double		change = 1;

	for (int i = 0; i < n; i++)
	{
		if (!(covariance[(size_t) i * n + i] > 0))
			return CORE_NULL;
		x[i] = sqrt(budgets[i] / covariance[(size_t) i * n + i]);
	}
	for (int sweep = 0; change > 4 * DBL_EPSILON; sweep++)
	{
		if (sweep == MAX_SWEEPS)
			return CORE_NULL;
		if (pause != NULL)
			pause();
		change = 0;
		for (int i = 0; i < n; i++)
		{
			double		c = covariance[(size_t) i * n + i];
			double		s = covariance_with(x, covariance, n, i) - c * x[i];
			double		root = sqrt(s * s + 4 * c * budgets[i]);
			double		next = s > 0 ? 2 * budgets[i] / (s + root) : (root - s) / (2 * c);

			change = fmax(change, fabs(next - x[i]) / next);
			x[i] = next;
		}
	}
	for (int i = 0; i < n; i++)
		sum += x[i];
	for (int i = 0; i < n; i++)
		x[i] /= sum;
	return check_numbers(x, n);
}

/* ---------- hierarchical risk parity ---------- */

/* Two clusters that become one */
typedef struct merge
{
	double		distance;
	int			left;
	int			right;
} merge;

size_t
portfolio_hrp_scratch(int n)
{
	return (size_t) n * n + 16 * ((size_t) n + 1);
}

/* sqrt((1 - correlation) / 2) */
static double
distance_of(const double *covariance, int n, int i, int j)
{
	double		r = covariance[(size_t) i * n + j] / sqrt(covariance[(size_t) i * n + i]) /
		sqrt(covariance[(size_t) j * n + j]);

	return sqrt(fmax(0, fmin(1, (1 - r) / 2)));
}

/* The tree that spans all with the least distances, from the first token on (Prim). */
static void
span(const double *covariance, int n, double *nearest, bool *reached, merge *edge)
{
	int			at = 0;

	for (int i = 0; i < n; i++)
	{
		nearest[i] = INFINITY;
		reached[i] = false;
	}
	for (int k = 0; k < n - 1; k++)
	{
		double		least = INFINITY;
		int			next = 0;

		reached[at] = true;
		for (int i = 0; i < n; i++)
		{
			if (reached[i])
				continue;
			nearest[i] = fmin(nearest[i], distance_of(covariance, n, at, i));
			if (nearest[i] < least)
			{
				least = nearest[i];
				next = i;
			}
		}
		edge[k] = (merge) {least, at, next};
		at = next;
	}
}

/* In order of distance; equal ones stay as they were. */
static void
sort_edges(merge *edge, int n)
{
	for (int i = 1; i < n; i++)
	{
		merge		e = edge[i];
		int			j = i;

		for (; j > 0 && edge[j - 1].distance > e.distance; j--)
			edge[j] = edge[j - 1];
		edge[j] = e;
	}
}

static int
find_cluster(const int *parent, int i)
{
	while (parent[i] >= 0)
		i = parent[i];
	return i;
}

/* Edges between tokens to merges of clusters, the one of lower number left; those made are numbered on from n. */
static void
label_merges(merge *edge, int n, int *parent)
{
	for (int i = 0; i < 2 * n; i++)
		parent[i] = -1;
	for (int k = 0; k < n - 1; k++)
	{
		int			a = find_cluster(parent, edge[k].left);
		int			b = find_cluster(parent, edge[k].right);

		edge[k].left = a < b ? a : b;
		edge[k].right = a < b ? b : a;
		parent[a] = parent[b] = n + k;
	}
}

/* The leaves below a cluster from left to right, with a stack of clusters. */
static void
list_leaves(const merge *edge, int n, int *stack, int *leaves)
{
	int			depth = 0;
	int			count = 0;

	stack[depth++] = n > 1 ? 2 * n - 2 : 0;
	while (depth > 0)
	{
		int			cluster = stack[--depth];

		if (cluster < n)
		{
			leaves[count++] = cluster;
			continue;
		}
		stack[depth++] = edge[cluster - n].right;
		stack[depth++] = edge[cluster - n].left;
	}
}

/* The variance of a cluster whose weights are as 1 / variance. */
static double
cluster_variance(const double *covariance, int n, const int *leaf, int count)
{
	double		inverse = 0;
	double		variance = 0;

	for (int i = 0; i < count; i++)
		inverse += 1 / covariance[(size_t) leaf[i] * n + leaf[i]];
	for (int i = 0; i < count; i++)
		for (int j = 0; j < count; j++)
			variance += covariance[(size_t) leaf[i] * n + leaf[j]] /
				covariance[(size_t) leaf[i] * n + leaf[i]] / covariance[(size_t) leaf[j] * n + leaf[j]];
	return variance / inverse / inverse;
}

/* Share out the weights of a list of leaves: halves by their variances, and so on. */
static void
bisect(const double *covariance, int n, const int *leaf, int count, double *weights)
{
	int			half = count / 2;
	double		left,
				right;

	if (count < 2)
		return;
	left = cluster_variance(covariance, n, leaf, half);
	right = cluster_variance(covariance, n, leaf + half, count - half);
	for (int i = 0; i < count; i++)
		weights[leaf[i]] *= (i < half ? right : left) / (left + right);
	bisect(covariance, n, leaf, half, weights);
	bisect(covariance, n, leaf + half, count - half, weights);
}

/*
 * Lopez de Prado's hierarchical risk parity (Journal of Portfolio Management
 * 42/4, 2016): tokens are put in the order of single linkage, and weights are
 * shared out by halving it.  CORE_NULL where a token does not vary.
 */
core_status
portfolio_hrp(const double *covariance, int n, core_pause pause, double *scratch, double *weights)
{
	double	   *nearest = scratch;
	merge	   *edge = (merge *) (nearest + n + 1);
	int		   *parent = (int *) (edge + n + 1);
	int		   *leaves = parent + 2 * n + 2;
	bool	   *reached = (bool *) (leaves + n + 1);

	for (int i = 0; i < n; i++)
	{
		if (!(covariance[(size_t) i * n + i] > 0))
			return CORE_NULL;
		weights[i] = 1;
	}
	span(covariance, n, nearest, reached, edge);
	sort_edges(edge, n - 1);
	label_merges(edge, n, parent);
	if (pause != NULL)
		pause();
	list_leaves(edge, n, parent, leaves);
	bisect(covariance, n, leaves, n, weights);
	return check_numbers(weights, n);
}

/* ---------- Kelly, implied returns, Black and Litterman ---------- */

/* fraction * C^-1 (returns - risk_free) (Thorp, 2006, section 7); CORE_NULL of singular covariances. */
core_status
portfolio_kelly(const double *returns, const double *covariance, int n, double risk_free, double fraction,
				double *scratch, double *weights)
{
	if (matrix_cholesky(covariance, n, scratch) >= 0)
		return CORE_NULL;
	for (int i = 0; i < n; i++)
		weights[i] = fraction * (returns[i] - risk_free);
	matrix_cholesky_solve(scratch, n, weights);
	return check_numbers(weights, n);
}

/* The returns at which weights are best: risk_aversion * C w + risk_free (Sharpe, 1974). */
core_status
portfolio_implied_returns(const double *weights, const double *covariance, int n, double risk_aversion,
						  double risk_free, double *result)
{
	for (int i = 0; i < n; i++)
		result[i] = risk_aversion * covariance_with(weights, covariance, n, i) + risk_free;
	return check_numbers(result, n);
}

size_t
portfolio_views_scratch(int n, int num_views)
{
	return (size_t) num_views * (2 * (size_t) num_views + 2 * (size_t) n + 2);
}

/* P tau C, row after row, and P tau C P' + Omega. */
static void
join_views(const double *covariance, int n, const portfolio_views *v, double tau, double *pc, double *joint)
{
	int			k = v->num_views;

	for (int a = 0; a < k; a++)
		for (int i = 0; i < n; i++)
			pc[(size_t) a * n + i] = tau * portfolio_return(v->views + (size_t) a * n, covariance + (size_t) i * n, n);
	for (int a = 0; a < k; a++)
		for (int b = 0; b < k; b++)
		{
			double		pcp = portfolio_return(pc + (size_t) a * n, v->views + (size_t) b * n, n);

			joint[a * k + b] = pcp + (a != b ? 0 : v->variances != NULL ? v->variances[a] : pcp);
		}
}

/*
 * The returns of the prior and those of views put together, each by how sure it
 * is (Black and Litterman, Financial Analysts Journal 48/5, 1992; He and
 * Litterman, 1999).  CORE_NULL where views contradict each other for certain.
 */
core_status
portfolio_black_litterman(const double *covariance, const double *prior, int n, const portfolio_views *v, double tau,
						  double *scratch, double *returns, double *covariance_out)
{
	int			k = v->num_views;
	double	   *pc = scratch;
	double	   *joint = pc + (size_t) k * n;
	double	   *factor = joint + (size_t) k * k;
	double	   *x = factor + (size_t) k * k;
	double	   *column = x + k;

	join_views(covariance, n, v, tau, pc, joint);
	if (k > 0 && matrix_cholesky(joint, k, factor) >= 0)
		return CORE_NULL;
	for (int a = 0; a < k; a++)
		x[a] = v->returns[a] - portfolio_return(v->views + (size_t) a * n, prior, n);
	matrix_cholesky_solve(factor, k, x);
	for (int i = 0; i < n; i++)
	{
		returns[i] = prior[i];
		for (int a = 0; a < k; a++)
			returns[i] += pc[(size_t) a * n + i] * x[a];
	}
	for (int i = 0; i < n; i++)
	{
		for (int a = 0; a < k; a++)
			column[a] = pc[(size_t) a * n + i];
		matrix_cholesky_solve(factor, k, column);
		for (int j = 0; j < n; j++)
		{
			double		less = 0;

			for (int a = 0; a < k; a++)
				less += column[a] * pc[(size_t) a * n + j];
			covariance_out[(size_t) i * n + j] = (1 + tau) * covariance[(size_t) i * n + j] - less;
		}
	}
	matrix_make_symmetric(covariance_out, n);
	return check_numbers(returns, n) == CORE_OK ? check_numbers(covariance_out, (size_t) n * n) : CORE_OUT_OF_RANGE;
}
