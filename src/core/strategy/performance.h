/*-------------------------------------------------------------------------
 *
 * core/strategy/performance.h
 *	  Where a return came from, and the curve of a unit.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_STRATEGY_PERFORMANCE_H
#define PG_YIELD_CORE_STRATEGY_PERFORMANCE_H

#include "core/base/status.h"

typedef struct brinson_effects
{
	double		allocation;
	double		selection;
	double		interaction;
} brinson_effects;

extern brinson_effects brinson_of(double weight, double benchmark_weight, double ret, double benchmark_return,
								  double benchmark_total);
extern double carino_factor_of(double ret, double benchmark_return);

#endif							/* PG_YIELD_CORE_STRATEGY_PERFORMANCE_H */
