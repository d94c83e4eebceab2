/*-------------------------------------------------------------------------
 *
 * derivative/curve_type.h
 *	  The type discount_curve as other functions read it.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_DERIVATIVE_CURVE_TYPE_H
#define PG_YIELD_DERIVATIVE_CURVE_TYPE_H

#include "fmgr.h"

#include "core/derivative/curve.h"

extern void curve_argument(FunctionCallInfo fcinfo, int n, discount_curve *curve);
extern Datum curve_datum(const double *years, const double *factors, size_t n);
extern curve_method method_argument(FunctionCallInfo fcinfo, int n);

#endif							/* PG_YIELD_DERIVATIVE_CURVE_TYPE_H */
