/*-------------------------------------------------------------------------
 *
 * risk/history.h
 *	  Arrays of returns and other numbers, in and out.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_RISK_HISTORY_H
#define PG_YIELD_RISK_HISTORY_H

#include "fmgr.h"
#include "utils/array.h"

extern double *history_argument(FunctionCallInfo fcinfo, int n, const char *argument, int *length);
extern double *sorted_history(const double *value, Size n);
extern ArrayType *history_array(const double *value, int n, const char *what);

#endif							/* PG_YIELD_RISK_HISTORY_H */
