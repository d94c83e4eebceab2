/*-------------------------------------------------------------------------
 *
 * core/risk/covariance.h
 *	  How the returns of many tokens move together.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_RISK_COVARIANCE_H
#define PG_YIELD_CORE_RISK_COVARIANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/pause.h"
#include "core/base/status.h"

#define COVARIANCE_MAX_TOKENS	500

/* Of a matrix whose eigenvalues are asked for */
#define PRINCIPAL_MAX_TOKENS	200

/*
 * Periods; the returns of one of them, from which the others are reckoned; the
 * means of what is left, and sums of products of the deviations from them:
 * those of tokens i and j <= i, row after row of the lower triangle.
 */
typedef struct covariance_summary
{
	int32_t		vl_len_;		/* for the server, not ours to read */
	int32_t		num_tokens;
	int64_t		num_returns;
	double		number[];		/* origin, means, products */
} covariance_summary;

extern size_t covariance_count(int num_tokens);
extern size_t covariance_size(int num_tokens);
extern void covariance_init(covariance_summary *s, int num_tokens);
extern core_status covariance_add(covariance_summary *s, const double *returns);
extern core_status covariance_merge(covariance_summary *into, const covariance_summary *other);
extern bool covariance_is_valid(const covariance_summary *s);

extern core_status covariance_means(const covariance_summary *s, double periods, double *result);
extern core_status covariance_matrix_of(const covariance_summary *s, double periods, double *result);
extern void covariance_correlations(const covariance_summary *s, double *result);

extern core_status covariance_ewma(const double *returns, int rows, int n, double lambda,
								   double periods, core_pause pause, double *result);

typedef enum shrinkage_target
{
	SHRINK_IDENTITY,
	SHRINK_CONSTANT_CORRELATION
} shrinkage_target;

extern core_status covariance_shrunk(double *returns, int rows, int n, shrinkage_target target,
									 double periods, core_pause pause, double *scratch, double *result,
									 double *shrinkage);

/* A direction in which tokens move together */
typedef struct principal_component
{
	double		variance;
	double		share;
	const double *loadings;
} principal_component;

extern core_status principal_components_of(double *covariance, int n, core_pause pause, double *value,
										   double *vector, principal_component *component);

#endif							/* PG_YIELD_CORE_RISK_COVARIANCE_H */
