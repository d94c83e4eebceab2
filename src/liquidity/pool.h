/*-------------------------------------------------------------------------
 *
 * liquidity/pool.h
 *	  Arguments that the analytic functions of domain liquidity share.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_LIQUIDITY_POOL_H
#define PG_YIELD_LIQUIDITY_POOL_H

#include "fmgr.h"
#include "utils/timestamp.h"

#include "core/liquidity/pool.h"
#include "server/report.h"

/* Argument n: a price, a volatility of zero aside all that must be positive and finite. */
static inline double
positive_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	double		value = PG_GETARG_FLOAT8(n);

	if (unlikely(!(value > 0 && value <= DBL_MAX)))
		check_parameter(argument, value);
	return value;
}

/* Argument n: fees, values, amounts, none of them below zero. */
static inline double
unsigned_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	double		value = PG_GETARG_FLOAT8(n);

	check_not_negative(argument, value);
	return value;
}

extern pool pool_argument(FunctionCallInfo fcinfo, int kind_at, int first_at);
extern int	decimals_difference(FunctionCallInfo fcinfo, int n);
extern void range_argument(FunctionCallInfo fcinfo, int n, double *pa, double *pb);
extern double amp_argument(FunctionCallInfo fcinfo, int n);
extern double fee_argument(FunctionCallInfo fcinfo, int n);
extern double days_argument(FunctionCallInfo fcinfo, int n, const char *argument);
extern double days_between(TimestampTz from, TimestampTz until);

#endif							/* PG_YIELD_LIQUIDITY_POOL_H */
