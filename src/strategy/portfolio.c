/*-------------------------------------------------------------------------
 *
 * strategy/portfolio.c
 *	  The SQL face of domain strategy: what a portfolio risks, and which
 *	  weights are best.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "funcapi.h"
#include "utils/array.h"
#include "utils/tuplestore.h"

#include "core/strategy/portfolio.h"
#include "server/compat.h"
#include "server/interrupts.h"
#include "server/matrix_argument.h"
#include "server/report.h"
#include "server/row.h"
#include "server/set_size.h"
#include "strategy/history.h"
#include "strategy/vectors.h"

#define MAX_POINTS	10000

/* Argument "at", covariances of one token at least. */
static matrix
tokens_argument(FunctionCallInfo fcinfo, int at)
{
	matrix		m = covariance_argument(fcinfo, at, "covariance", PORTFOLIO_MAX);

	if (m.rows == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("covariance must not be empty")));
	return m;
}

/* The vector in argument "at", of as many as the covariances in argument "of" are of. */
static double *
vector_beside(FunctionCallInfo fcinfo, int at, const char *argument, const matrix *m)
{
	return vector_of(fcinfo, at, argument, "rows of covariance", m->rows);
}

static double *
room_for(Size n)
{
	return allocate_numbers(n, sizeof(double));
}

/* ---------- measures ---------- */

/* (weights, covariance) */
PG_FUNCTION_INFO_V1(portfolio_volatility);
Datum
portfolio_volatility(PG_FUNCTION_ARGS)
{
	matrix		m = tokens_argument(fcinfo, 1);
	double	   *weights = vector_beside(fcinfo, 0, "weights", &m);
	double		result;

	report_status(portfolio_deviation(weights, m.values, m.rows, &result), "portfolio_volatility");
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(risk_contributions);
Datum
risk_contributions(PG_FUNCTION_ARGS)
{
	matrix		m = tokens_argument(fcinfo, 1);
	double	   *weights = vector_beside(fcinfo, 0, "weights", &m);
	double	   *result = room_for(m.rows);

	if (!report_status(portfolio_contributions(weights, m.values, m.rows, result), "risk_contributions"))
		PG_RETURN_NULL();
	return result_vector(result, m.rows);
}

PG_FUNCTION_INFO_V1(diversification_ratio);
Datum
diversification_ratio(PG_FUNCTION_ARGS)
{
	matrix		m = tokens_argument(fcinfo, 1);
	double	   *weights = vector_beside(fcinfo, 0, "weights", &m);
	double		result;

	if (!report_status(portfolio_diversification(weights, m.values, m.rows, &result), "diversification_ratio"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(inverse_volatility_weights);
Datum
inverse_volatility_weights(PG_FUNCTION_ARGS)
{
	matrix		m = tokens_argument(fcinfo, 0);
	double	   *weights = room_for(m.rows);

	if (!report_status(portfolio_inverse_volatility(m.values, m.rows, weights), "inverse_volatility_weights"))
		PG_RETURN_NULL();
	return result_vector(weights, m.rows);
}

/* ---------- optimal weights ---------- */

static void
check_order(const char *low, const double *lower, const char *high, const double *upper, int n)
{
	for (int i = 0; i < n; i++)
		if (lower[i] > upper[i])
			report_bad_argument(psprintf("%s[%d]", low, i + 1), lower[i],
								psprintf("at most %s[%d], %g", high, i + 1, upper[i]));
}

/* (…, lower, upper, groups, group_lower, group_upper) from argument "at" on, any of which may be NULL. */
static portfolio_limits
limits_arguments(FunctionCallInfo fcinfo, int at, int n)
{
	portfolio_limits limits = {.n = n};

	limits.lower = bounds_of_tokens(fcinfo, at, "lower", "rows of covariance", n, 0);
	limits.upper = bounds_of_tokens(fcinfo, at + 1, "upper", "rows of covariance", n, 1);
	check_order("lower", limits.lower, "upper", limits.upper, n);
	if (!PG_ARGISNULL(at + 2))
	{
		matrix		groups = matrix_argument(fcinfo, at + 2, "groups");

		limits.num_groups = groups.rows;
		limits.groups = groups.values;
		if (groups.rows > PORTFOLIO_MAX)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("groups must have at most %d rows, not %d", PORTFOLIO_MAX, groups.rows)));
		if (groups.rows > 0)
			check_same_length("columns of groups", groups.columns, "rows of covariance", n);
	}
	limits.group_lower = bounds_of_tokens(fcinfo, at + 3, "group_lower", "rows of groups", limits.num_groups, -INFINITY);
	limits.group_upper = bounds_of_tokens(fcinfo, at + 4, "group_upper", "rows of groups", limits.num_groups, INFINITY);
	check_order("group_lower", limits.group_lower, "group_upper", limits.group_upper, limits.num_groups);
	return limits;
}

/* Were weights found?  Reports what else there is. */
static bool
were_found(core_status status, const char *what)
{
	if (status == CORE_BAD_PARAMETER)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("covariance must be positive semidefinite"),
				 errdetail("One of its eigenvalues is negative: no returns have these covariances.")));
	return report_status(status, what);
}

/* Is one of the first n arguments NULL? */
static bool
lacks(FunctionCallInfo fcinfo, int n)
{
	for (int i = 0; i < n; i++)
		if (PG_ARGISNULL(i))
			return true;
	return false;
}

/* (covariance, lower, upper, groups, group_lower, group_upper) */
PG_FUNCTION_INFO_V1(min_variance_weights);
Datum
min_variance_weights(PG_FUNCTION_ARGS)
{
	matrix		m;
	portfolio_limits limits;
	double	   *weights;

	if (lacks(fcinfo, 1))
		PG_RETURN_NULL();
	m = tokens_argument(fcinfo, 0);
	limits = limits_arguments(fcinfo, 1, m.rows);
	weights = room_for(m.rows);
	if (!were_found(portfolio_min_variance(&limits, m.values, room_for(portfolio_scratch(&limits)), check_interrupts,
											  weights), "min_variance_weights"))
		PG_RETURN_NULL();
	return result_vector(weights, m.rows);
}

/* (expected_returns, covariance, risk_free, lower, …) */
PG_FUNCTION_INFO_V1(max_sharpe_weights);
Datum
max_sharpe_weights(PG_FUNCTION_ARGS)
{
	matrix		m;
	portfolio_limits limits;
	double	   *returns,
			   *weights;

	if (lacks(fcinfo, 3))
		PG_RETURN_NULL();
	m = tokens_argument(fcinfo, 1);
	returns = vector_beside(fcinfo, 0, "expected_returns", &m);
	check_finite("risk_free", PG_GETARG_FLOAT8(2));
	limits = limits_arguments(fcinfo, 3, m.rows);
	weights = room_for(m.rows);
	if (!were_found(portfolio_max_sharpe(&limits, m.values, returns, PG_GETARG_FLOAT8(2),
											room_for(portfolio_scratch(&limits)), check_interrupts, weights),
					   "max_sharpe_weights"))
		PG_RETURN_NULL();
	return result_vector(weights, m.rows);
}

/* (expected_returns, covariance, target, lower, …) */
PG_FUNCTION_INFO_V1(target_return_weights);
Datum
target_return_weights(PG_FUNCTION_ARGS)
{
	matrix		m;
	portfolio_limits limits;
	double	   *returns,
			   *weights;

	if (lacks(fcinfo, 3))
		PG_RETURN_NULL();
	m = tokens_argument(fcinfo, 1);
	returns = vector_beside(fcinfo, 0, "expected_returns", &m);
	check_finite("target", PG_GETARG_FLOAT8(2));
	limits = limits_arguments(fcinfo, 3, m.rows);
	weights = room_for(m.rows);
	if (!were_found(portfolio_target(&limits, m.values, returns, PG_GETARG_FLOAT8(2),
										room_for(portfolio_scratch(&limits)), check_interrupts, weights),
					   "target_return_weights"))
		PG_RETURN_NULL();
	return result_vector(weights, m.rows);
}

/* A point of the frontier, of these weights. */
static void
put_point(ReturnSetInfo *rows, const matrix *m, const double *returns, const double *weights)
{
	double		deviation;

	report_status(portfolio_deviation(weights, m->values, m->rows, &deviation), "efficient_frontier");
	tuplestore_putvalues(rows->setResult, rows->setDesc,
						 (Datum[]) {Float8GetDatum(portfolio_return(weights, returns, m->rows)),
						 Float8GetDatum(deviation), result_vector(weights, m->rows)},
						 (bool[3]) {false});
}

/* The weights of greatest return; false if no weights are within the limits. */
static bool
greatest_return(const portfolio_limits *limits, const double *returns, double *scratch, double *weights)
{
	core_status status = portfolio_greatest_return(limits, returns, scratch, check_interrupts, weights);

	if (status == CORE_OUT_OF_RANGE)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("lower must be finite: a frontier without bounds has no end"),
				 errhint("target_return_weights takes bounds that are infinite.")));
	return were_found(status, "efficient_frontier");
}

/* (expected_returns, covariance, points, lower, …) */
PG_FUNCTION_INFO_V1(efficient_frontier);
Datum
efficient_frontier(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rows = (ReturnSetInfo *) fcinfo->resultinfo;
	matrix		m;
	portfolio_limits limits;
	double	   *returns,
			   *weights,
			   *scratch;
	double	   *best;
	double		least,
				greatest;
	int			points;

	InitMaterializedSRF(fcinfo, 0);
	if (lacks(fcinfo, 3))
		return (Datum) 0;
	m = tokens_argument(fcinfo, 1);
	returns = vector_beside(fcinfo, 0, "expected_returns", &m);
	points = integer_argument(fcinfo, 2, "points", 1, MAX_POINTS);
	limits = limits_arguments(fcinfo, 3, m.rows);
	weights = room_for(m.rows);
	scratch = room_for(portfolio_scratch(&limits));
	best = room_for(m.rows);
	if (!greatest_return(&limits, returns, scratch, best))
		return (Datum) 0;
	greatest = portfolio_return(best, returns, m.rows);
	if (!were_found(portfolio_min_variance(&limits, m.values, scratch, check_interrupts, weights),
					   "efficient_frontier"))
		return (Datum) 0;
	least = portfolio_return(weights, returns, m.rows);
	put_point(rows, &m, returns, weights);
	for (int k = 1; k < points; k++)
	{
		double		target = k == points - 1 ? greatest : least + (greatest - least) * k / (points - 1);

		/* at the end there may be but one portfolio, which rounding takes away */
		if (target > least && !were_found(portfolio_target(&limits, m.values, returns, target, scratch, check_interrupts,
															  weights), "efficient_frontier"))
			memcpy(weights, best, sizeof(double) * m.rows);
		put_point(rows, &m, returns, weights);
	}
	return (Datum) 0;
}

PG_FUNCTION_INFO_V1(efficient_frontier_rows);
Datum
efficient_frontier_rows(PG_FUNCTION_ARGS)
{
	set_size   *asked = set_size_asked(fcinfo);
	Datum		points;

	if (asked == NULL || !set_size_argument(asked, 2, INT8OID, &points))
		PG_RETURN_POINTER(NULL);
	return set_size_answer(asked, (double) DatumGetInt64(points));
}

/* (covariance, budgets), of which the second may be NULL */
PG_FUNCTION_INFO_V1(risk_parity_weights);
Datum
risk_parity_weights(PG_FUNCTION_ARGS)
{
	matrix		m;
	double	   *budgets,
			   *weights;

	if (lacks(fcinfo, 1))
		PG_RETURN_NULL();
	m = tokens_argument(fcinfo, 0);
	budgets = bounds_of_tokens(fcinfo, 1, "budgets", "rows of covariance", m.rows, 1);
	for (int i = 0; i < m.rows; i++)
		check_parameter("budgets", budgets[i]);
	weights = room_for(m.rows);
	if (!report_status(portfolio_risk_parity(m.values, budgets, m.rows, check_interrupts, weights),
					   "risk_parity_weights"))
		PG_RETURN_NULL();
	return result_vector(weights, m.rows);
}

PG_FUNCTION_INFO_V1(hrp_weights);
Datum
hrp_weights(PG_FUNCTION_ARGS)
{
	matrix		m = tokens_argument(fcinfo, 0);
	double	   *weights = room_for(m.rows);

	if (!report_status(portfolio_hrp(m.values, m.rows, check_interrupts, room_for(portfolio_hrp_scratch(m.rows)), weights),
					   "hrp_weights"))
		PG_RETURN_NULL();
	return result_vector(weights, m.rows);
}

/* (expected_returns, covariance, risk_free, fraction) */
PG_FUNCTION_INFO_V1(kelly_weights);
Datum
kelly_weights(PG_FUNCTION_ARGS)
{
	matrix		m = tokens_argument(fcinfo, 1);
	double	   *returns = vector_beside(fcinfo, 0, "expected_returns", &m);
	double	   *weights = room_for(m.rows);

	check_finite("risk_free", PG_GETARG_FLOAT8(2));
	check_finite("fraction", PG_GETARG_FLOAT8(3));
	if (!report_status(portfolio_kelly(returns, m.values, m.rows, PG_GETARG_FLOAT8(2), PG_GETARG_FLOAT8(3),
									   room_for((Size) m.rows * m.rows), weights), "kelly_weights"))
		PG_RETURN_NULL();
	return result_vector(weights, m.rows);
}

/* (weights, covariance, risk_aversion, risk_free) */
PG_FUNCTION_INFO_V1(implied_returns);
Datum
implied_returns(PG_FUNCTION_ARGS)
{
	matrix		m = tokens_argument(fcinfo, 1);
	double	   *weights = vector_beside(fcinfo, 0, "weights", &m);
	double	   *result = room_for(m.rows);

	check_parameter("risk_aversion", PG_GETARG_FLOAT8(2));
	check_finite("risk_free", PG_GETARG_FLOAT8(3));
	report_status(portfolio_implied_returns(weights, m.values, m.rows, PG_GETARG_FLOAT8(2), PG_GETARG_FLOAT8(3), result),
				  "implied_returns");
	return result_vector(result, m.rows);
}

/* (covariance, prior, views, view_returns, view_variances, tau), the fifth of which may be NULL */
PG_FUNCTION_INFO_V1(black_litterman);
Datum
black_litterman(PG_FUNCTION_ARGS)
{
	matrix		m,
				views;
	portfolio_views v = {0};
	double	   *prior,
			   *returns,
			   *covariance;

	if (lacks(fcinfo, 4) || PG_ARGISNULL(5))
		return row_of_nulls(fcinfo, 2);
	m = tokens_argument(fcinfo, 0);
	prior = vector_beside(fcinfo, 1, "prior", &m);
	views = matrix_argument(fcinfo, 2, "views");
	if (views.rows > PORTFOLIO_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("views must have at most %d rows, not %d", PORTFOLIO_MAX, views.rows)));
	if (views.rows > 0)
		check_same_length("columns of views", views.columns, "rows of covariance", m.rows);
	v.num_views = views.rows;
	v.views = views.values;
	v.returns = vector_of(fcinfo, 3, "view_returns", "rows of views", views.rows);
	if (!PG_ARGISNULL(4))
	{
		v.variances = vector_of(fcinfo, 4, "view_variances", "rows of views", views.rows);
		for (int i = 0; i < views.rows; i++)
			check_not_negative("view_variances", v.variances[i]);
	}
	check_parameter("tau", PG_GETARG_FLOAT8(5));
	returns = room_for(m.rows);
	covariance = room_for((Size) m.rows * m.rows);
	if (!report_status(portfolio_black_litterman(m.values, prior, m.rows, &v, PG_GETARG_FLOAT8(5),
												 room_for(portfolio_views_scratch(m.rows, views.rows)), returns,
												 covariance), "black_litterman"))
		return row_of_nulls(fcinfo, 2);
	return row_result(fcinfo, (Datum[]) {result_vector(returns, m.rows), matrix_datum(covariance, m.rows, m.rows)});
}
