/*-------------------------------------------------------------------------
 *
 * core/leverage/carry.c
 *	  The yield of a loop whose borrow rate follows the pool's utilization.
 *
 *-------------------------------------------------------------------------
 */
#include "core/leverage/carry.h"

#include <math.h>

#include "core/leverage/curve.h"

core_status
carry_apr_at(double leverage, double collateral_apr, double utilization,
			 const carry_curve *curve, double *apr)
{
	double		utilizations[] = {0, curve->optimal, 1};
	double		rates[] = {curve->base, curve->base + curve->slope1,
		curve->base + curve->slope1 + curve->slope2};
	int			points = curve->optimal < 1 ? 3 : 2;
	double		borrow_rate;
	core_status status = curve_kinked_rate(utilization, utilizations, rates, points, true,
										   &borrow_rate);

	if (status != CORE_OK)
		return status;
	*apr = leverage * collateral_apr - (leverage - 1) * borrow_rate;
	return isfinite(*apr) ? CORE_OK : CORE_OUT_OF_RANGE;
}
