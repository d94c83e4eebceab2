/*-------------------------------------------------------------------------
 *
 * core/strategy/portfolio.h
 *	  What a portfolio risks, and which weights are best.
 *
 * Matrices are n * n numbers, row after row; returns, covariances and the
 * riskless rate are of one and the same period.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_STRATEGY_PORTFOLIO_H
#define PG_YIELD_CORE_STRATEGY_PORTFOLIO_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/pause.h"
#include "core/base/status.h"

#define PORTFOLIO_MAX	200

/* What weights may be: each on its own, and sums of them; bounds may be infinite */
typedef struct portfolio_limits
{
	int			n;
	const double *lower;
	const double *upper;
	int			num_groups;
	const double *groups;		/* num_groups * n */
	const double *group_lower;
	const double *group_upper;
} portfolio_limits;

extern core_status portfolio_deviation(const double *weights, const double *covariance, int n, double *result);
extern core_status portfolio_contributions(const double *weights, const double *covariance, int n, double *result);
extern core_status portfolio_diversification(const double *weights, const double *covariance, int n, double *result);
extern core_status portfolio_inverse_volatility(const double *covariance, int n, double *weights);

extern size_t portfolio_scratch(const portfolio_limits *limits);
extern core_status portfolio_min_variance(const portfolio_limits *limits, const double *covariance,
										  double *scratch, core_pause pause, double *weights);
extern core_status portfolio_target(const portfolio_limits *limits, const double *covariance, const double *returns,
									double target, double *scratch, core_pause pause, double *weights);
extern core_status portfolio_greatest_return(const portfolio_limits *limits, const double *returns, double *scratch,
											 core_pause pause, double *weights);
extern core_status portfolio_max_sharpe(const portfolio_limits *limits, const double *covariance, const double *returns,
										double risk_free, double *scratch, core_pause pause, double *weights);

extern core_status portfolio_risk_parity(const double *covariance, const double *budgets, int n, core_pause pause,
										 double *weights);
extern core_status portfolio_hrp(const double *covariance, int n, core_pause pause, double *scratch, double *weights);
extern size_t portfolio_hrp_scratch(int n);
extern core_status portfolio_kelly(const double *returns, const double *covariance, int n, double risk_free,
								   double fraction, double *scratch, double *weights);
extern core_status portfolio_implied_returns(const double *weights, const double *covariance, int n,
											 double risk_aversion, double risk_free, double *result);

/* Views: rows of weights, what they return, and how sure that is */
typedef struct portfolio_views
{
	int			num_views;
	const double *views;		/* num_views * n */
	const double *returns;
	const double *variances;	/* NULL: as sure as the prior */
} portfolio_views;

extern size_t portfolio_views_scratch(int n, int num_views);
extern core_status portfolio_black_litterman(const double *covariance, const double *prior, int n,
											 const portfolio_views *views, double tau, double *scratch,
											 double *returns, double *covariance_out);

extern double portfolio_return(const double *weights, const double *returns, int n);

#endif							/* PG_YIELD_CORE_STRATEGY_PORTFOLIO_H */
