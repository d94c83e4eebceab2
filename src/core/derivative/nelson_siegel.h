/*-------------------------------------------------------------------------
 *
 * core/derivative/nelson_siegel.h
 *	  Yield curves of four numbers, and of six: Nelson-Siegel and Svensson.
 *
 * Rates are continuous zero rates, fractions a year; times are years, at least
 * 0; tau, also in years, is positive.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_DERIVATIVE_NELSON_SIEGEL_H
#define PG_YIELD_CORE_DERIVATIVE_NELSON_SIEGEL_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/binned_sum.h"
#include "core/base/pause.h"
#include "core/base/status.h"
#include "core/yield/benchmark.h"

/* How many sums of products a fit takes: see nelson_siegel.c. */
#define NELSON_SIEGEL_SUMS	9

/*
 * What rates at times come down to for a fit with one tau: the sums of its
 * normal equations, the same for any order of rows.  No padding.
 */
typedef struct nelson_siegel_summary
{
	int64_t		num_points;
	double		tau;
	binned_sum	sum[NELSON_SIEGEL_SUMS];
} nelson_siegel_summary;

typedef struct nelson_siegel_curve
{
	double		beta[3];
	double		tau;
	double		rmse;
	int64_t		num_points;
} nelson_siegel_curve;

extern double nelson_siegel_rate(double years, const double *beta, double tau);
extern double svensson_rate(double years, const double *beta, double tau1, double tau2);

extern void nelson_siegel_init(nelson_siegel_summary *s, double tau);
extern core_status nelson_siegel_add(nelson_siegel_summary *s, double years, double rate);
extern core_status nelson_siegel_merge(nelson_siegel_summary *into,
									   const nelson_siegel_summary *other);
extern bool nelson_siegel_is_valid(const nelson_siegel_summary *s);
extern core_status nelson_siegel_fit(const nelson_siegel_summary *s, nelson_siegel_curve *curve);
extern core_status nelson_siegel_search(const weighted_value *points, size_t n, core_pause pause,
										nelson_siegel_curve *curve);

#endif							/* PG_YIELD_CORE_DERIVATIVE_NELSON_SIEGEL_H */
