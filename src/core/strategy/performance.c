/*-------------------------------------------------------------------------
 *
 * core/strategy/performance.c
 *	  Where a return came from, and the curve of a unit.
 *
 *-------------------------------------------------------------------------
 */
#include "core/strategy/performance.h"

#include <math.h>

/* Effects of one sector (Brinson and Fachler, Journal of Portfolio Management 11/3, 1985). */
brinson_effects
brinson_of(double weight, double benchmark_weight, double ret, double benchmark_return, double benchmark_total)
{
	return (brinson_effects) {
		(weight - benchmark_weight) * (benchmark_return - benchmark_total),
		benchmark_weight * (ret - benchmark_return),
		(weight - benchmark_weight) * (ret - benchmark_return)
	};
}

/*
 * (ln(1 + r) - ln(1 + b))/(r - b), or 1/(1 + r) where both are the same (Carino,
 * Journal of Performance Measurement 3/4, 1999); returns are above -1.
 */
double
carino_factor_of(double ret, double benchmark_return)
{
	double		ratio = (ret - benchmark_return) / (1 + benchmark_return);

	if (ratio == 0)
		return 1 / (1 + ret);
	return log1p(ratio) / ratio / (1 + benchmark_return);
}
