/*-------------------------------------------------------------------------
 *
 * core/strategy/score.h
 *	  One number out of several, and where a value stands among others.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_STRATEGY_SCORE_H
#define PG_YIELD_CORE_STRATEGY_SCORE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/status.h"

/* A weighted sum in which what is not known does not count as 0 */
typedef struct score_sum
{
	double		sum;			/* of those known */
	double		known;			/* their weights, by size */
	double		all;
} score_sum;

extern void score_add(score_sum *s, double weight, double metric, bool is_known);
extern core_status score_of(const score_sum *s, double *result);

#define AMPLIFIED_METRICS	5	/* apy, sharpe, alpha, beta, volatility */

/* From where and in what unit values are measured; unit 0: they do not vary */
typedef struct score_scale
{
	double		origin;
	double		unit;
} score_scale;

typedef enum score_kind
{
	SCORE_Z,
	SCORE_ROBUST_Z,
	SCORE_MIN_MAX
} score_kind;

extern score_scale score_scale_of(score_kind kind, double *value, size_t n);
extern core_status scaled_score(const score_scale *scale, double value, double *result);

#endif							/* PG_YIELD_CORE_STRATEGY_SCORE_H */
