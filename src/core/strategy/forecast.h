/*-------------------------------------------------------------------------
 *
 * core/strategy/forecast.h
 *	  What comes next in a history of equal steps, and how sure that is.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_STRATEGY_FORECAST_H
#define PG_YIELD_CORE_STRATEGY_FORECAST_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/least_squares.h"
#include "core/base/pause.h"
#include "core/base/status.h"

typedef enum forecast_model
{
	FORECAST_NAIVE,
	FORECAST_DRIFT,
	FORECAST_MEAN,
	FORECAST_SEASONAL_NAIVE,
	FORECAST_SES,
	FORECAST_HOLT,
	FORECAST_DAMPED,
	FORECAST_THETA,
	FORECAST_AR1,
	FORECAST_COMB
} forecast_model;

/* The trend of damped fades by a factor of these bounds a step */
#define DAMPED_LEAST		0.8
#define DAMPED_GREATEST		0.98

/* Exponential smoothing of a level, and of a trend if there is one */
typedef struct smoothing
{
	double		alpha;
	double		beta;
	double		phi;
	double		level;			/* after the last value */
	double		trend;
	double		sse;			/* of forecasts of the next value, from the first on */
} smoothing;

extern void smoothing_run(smoothing *s, bool has_trend, const double *y, size_t n);
extern void smoothing_fit(smoothing *s, bool has_trend, bool fit_alpha, bool fit_beta, bool fit_phi,
						  const double *y, size_t n, core_pause pause);

/* One step ahead, with the bounds in which it lies as often as is asked */
typedef struct forecast_step
{
	double		value;
	double		lower;
	double		upper;
} forecast_step;

extern core_status forecast_steps(forecast_model model, const double *y, size_t n, int season, double confidence,
								  int horizon, double *scratch, core_pause pause, forecast_step *steps);
extern size_t forecast_scratch(size_t n);

#define AR_MAX_ORDER	20

extern core_status autoregression(const double *y, size_t n, int order, double *scratch, core_pause pause,
								  double *intercept, double *coefficients, double *sigma);
extern size_t autoregression_scratch(size_t n, int order);

/* Corsi's model of variances over days, weeks and months */
typedef struct har_model
{
	double		intercept;
	double		daily;
	double		weekly;
	double		monthly;
} har_model;

extern core_status har_estimate(const double *v, size_t n, int week, int month, double *scratch, core_pause pause,
								har_model *model, double *sigma, double *r_squared);
extern double har_next(const har_model *model, const double *v, size_t n, int week, int month);

#endif							/* PG_YIELD_CORE_STRATEGY_FORECAST_H */
