/*-------------------------------------------------------------------------
 *
 * liquidity/stay.h
 *	  Time that a path spends in a range: what functions over a series and
 *	  aggregates over rows share.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_LIQUIDITY_STAY_H
#define PG_YIELD_LIQUIDITY_STAY_H

#include "fmgr.h"

#include "core/liquidity/range.h"

/* What is asked of a stay, as a value of SQL */
typedef Datum (*stay_result) (FunctionCallInfo fcinfo, const range_stay *stay);

extern void read_stay_range(FunctionCallInfo fcinfo, int n, double *lower, double *upper);
extern Datum stay_time(FunctionCallInfo fcinfo, const range_stay *stay);
extern Datum stay_share(FunctionCallInfo fcinfo, const range_stay *stay);

#endif							/* PG_YIELD_LIQUIDITY_STAY_H */
