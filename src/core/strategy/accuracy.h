/*-------------------------------------------------------------------------
 *
 * core/strategy/accuracy.h
 *	  How far forecasts were off, and whether that beats doing nothing.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_STRATEGY_ACCURACY_H
#define PG_YIELD_CORE_STRATEGY_ACCURACY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/binned_sum.h"
#include "core/base/pause.h"
#include "core/base/status.h"
#include "core/strategy/forecast.h"

/* Sums over forecasts, and over those of them that came with bounds; for any order of rows the same. */
typedef struct accuracy_summary
{
	int64_t		num_forecasts;
	int64_t		num_zero;		/* actual values of 0 */
	int64_t		num_bounded;
	int64_t		num_inside;
	binned_sum	error;			/* forecast - actual */
	binned_sum	size;			/* of the error */
	binned_sum	square;
	binned_sum	share;			/* of the size in that of the actual value */
	binned_sum	symmetric;		/* in the mean of both sizes */
	binned_sum	width;			/* of bounds */
	binned_sum	outside;		/* distance from the bounds */
} accuracy_summary;

extern void accuracy_init(accuracy_summary *s);
extern core_status accuracy_add(accuracy_summary *s, double actual, double forecast);
extern core_status accuracy_add_bounded(accuracy_summary *s, double actual, double forecast,
										double lower, double upper);
extern core_status accuracy_merge(accuracy_summary *into, const accuracy_summary *other);
extern bool accuracy_is_valid(const accuracy_summary *s);

extern core_status accuracy_bias(const accuracy_summary *s, double *result);
extern core_status accuracy_mae(const accuracy_summary *s, double *result);
extern core_status accuracy_rmse(const accuracy_summary *s, double *result);
extern core_status accuracy_mape(const accuracy_summary *s, double *result);
extern core_status accuracy_smape(const accuracy_summary *s, double *result);
extern core_status accuracy_coverage(const accuracy_summary *s, double *result);
extern core_status accuracy_interval_score(const accuracy_summary *s, double confidence, double *result);

extern double winkler_score(double actual, double lower, double upper, double confidence);
extern double pinball_loss_of(double actual, double forecast, double fraction);
extern double crps_of_normal(double actual, double mean, double stddev);
extern core_status conformal_radius_of(double *residual, size_t n, double confidence, double *result);
extern core_status naive_scale_of(const double *y, size_t n, size_t season, double *result);

typedef struct comparison
{
	double		statistic;
	double		p_value;
} comparison;

extern core_status diebold_mariano_of(const double *a, const double *b, size_t n, int horizon, double power,
									  double *scratch, core_pause pause, comparison *result);

/* Forecasts of a history from one origin after the other, each by a model that knows no more */
typedef struct backtest_plan
{
	forecast_model model;
	int			season;
	double		confidence;
	int			horizon;
	size_t		min_train;
	size_t		every;
} backtest_plan;

typedef struct backtest_result
{
	accuracy_summary accuracy;
	double		naive_mae;
	double		mean_mae;
	double		scale;			/* of the first training set; NaN where it has none */
	bool		has_comparison;
	comparison	comparison;		/* with the naive forecast, at the last step */
} backtest_result;

/* What is done with the forecasts of an origin */
typedef core_status (*origin_taker) (void *state, size_t origin, const forecast_step *steps);

extern core_status backtest_origins(const backtest_plan *plan, const double *y, size_t n, double *scratch,
									core_pause pause, forecast_step *steps, origin_taker take, void *state);
extern core_status backtest(const backtest_plan *plan, const double *y, size_t n, double *scratch, double *errors,
							core_pause pause, forecast_step *steps, backtest_result *result);

#endif							/* PG_YIELD_CORE_STRATEGY_ACCURACY_H */
