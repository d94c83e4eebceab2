/*-------------------------------------------------------------------------
 *
 * core/risk/garch.h
 *	  Volatility that comes in clusters.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_RISK_GARCH_H
#define PG_YIELD_CORE_RISK_GARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/pause.h"
#include "core/base/status.h"

/* Variances of steps of a path, each over its width, with weights that fade. */
typedef struct ewma_path
{
	double		lambda;			/* above 0 and below 1 */
	bool		has_point;
	int64_t		time;
	double		value;
	bool		has_variance;
	double		variance;		/* a microsecond */
} ewma_path;

extern void ewma_path_step(ewma_path *path, int64_t time, double value);

/* GARCH(1,1): h' = omega + alpha e^2 + beta h, where e is a return less mu */
typedef struct garch_model
{
	double		mu;
	double		omega;
	double		alpha;
	double		beta;
} garch_model;

typedef struct garch_fitted
{
	garch_model model;
	double		log_likelihood;
	double		next_variance;
	double		last_residual;
} garch_fitted;

/* Fewer returns than this tell nothing of a model */
#define GARCH_MIN_RETURNS	50

extern double garch_likelihood(const double *returns, size_t n, const garch_model *model,
							   double *variance);
extern core_status garch_estimate(const double *returns, size_t n, double *scaled,
								  core_pause pause, garch_fitted *fitted);
extern double garch_next(const garch_model *model, double variance);

#endif							/* PG_YIELD_CORE_RISK_GARCH_H */
