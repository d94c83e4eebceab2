/*-------------------------------------------------------------------------
 *
 * strategy/history.h
 *	  Arguments of domain strategy: histories of equal steps.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_STRATEGY_HISTORY_H
#define PG_YIELD_STRATEGY_HISTORY_H

#include "fmgr.h"

#include "core/strategy/forecast.h"

extern double *known_history(FunctionCallInfo fcinfo, int n, const char *argument, int *length);
extern void *allocate_numbers(Size n, Size size);
extern forecast_model model_argument(FunctionCallInfo fcinfo, int n);
extern double confidence_argument_of(FunctionCallInfo fcinfo, int n);

#endif							/* PG_YIELD_STRATEGY_HISTORY_H */
