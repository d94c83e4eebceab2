/*-------------------------------------------------------------------------
 *
 * core/risk/tails.h
 *	  How far the worst returns go.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_RISK_TAILS_H
#define PG_YIELD_CORE_RISK_TAILS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/pause.h"
#include "core/base/status.h"

/* ---------- beyond a threshold ---------- */

/* The generalised Pareto law of what returns are below a threshold */
typedef struct gpd_law
{
	double		threshold;
	double		shape;
	double		scale;
} gpd_law;

typedef struct gpd_fitted
{
	gpd_law		law;
	size_t		exceedances;
	double		log_likelihood; /* minus infinity if the law does not reach the worst */
} gpd_fitted;

typedef enum gpd_method
{
	GPD_MLE,
	GPD_PWM
} gpd_method;

/* Fewer exceedances than this tell nothing of a law */
#define GPD_MIN_EXCEEDANCES	10

extern core_status gpd_estimate(const double *sorted, size_t n, double tail_fraction,
								gpd_method method, double *excess, core_pause pause,
								gpd_fitted *fitted);
extern core_status gpd_quantile(const gpd_law *law, double share, double confidence,
								double *value_at_risk);
extern core_status gpd_shortfall(const gpd_law *law, double share, double confidence,
								 double *shortfall);
extern core_status hill_index(const double *greatest, size_t n, size_t count, double *index);

/* ---------- of what was seen ---------- */

extern double worst_quantile(const double *sorted, size_t n, double confidence);
extern double worst_mean(const double *sorted, size_t n, double confidence);

/* ---------- was a value at risk right? ---------- */

typedef struct var_test
{
	int64_t		violations;
	double		expected;
	double		kupiec;
	double		kupiec_p;
	double		independence;
	double		independence_p;
	double		coverage;
	double		coverage_p;
} var_test;

extern core_status var_test_of(const double *returns, const double *value_at_risk,
							   bool *violated, size_t n, double confidence, var_test *test);

#endif							/* PG_YIELD_CORE_RISK_TAILS_H */
