/*-------------------------------------------------------------------------
 *
 * core/leverage/carry.h
 *	  The yield of a loop whose borrow rate follows the pool's utilization.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_CARRY_H
#define PG_YIELD_CORE_CARRY_H

#include "core/base/status.h"

/* base at none, slope1 more at the optimum, slope2 more when all is lent */
typedef struct carry_curve
{
	double		optimal;		/* above 0, at most 1 */
	double		base;
	double		slope1;
	double		slope2;
} carry_curve;

/*
 * leverage * collateral_apr - (leverage - 1) * borrow rate.  Utilization is not
 * negative; above 1 the last line goes on.  CORE_OUT_OF_RANGE where no double
 * holds the result.
 */
extern core_status carry_apr_at(double leverage, double collateral_apr, double utilization,
								const carry_curve *curve, double *apr);

#endif							/* PG_YIELD_CORE_CARRY_H */
