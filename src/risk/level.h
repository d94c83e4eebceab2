/*-------------------------------------------------------------------------
 *
 * risk/level.h
 *	  Aggregates that look at all values of a group in order, and at a level
 *	  that all rows say alike: their state is a level_sample.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_RISK_LEVEL_H
#define PG_YIELD_RISK_LEVEL_H

#include "fmgr.h"

#include "yield/sample.h"

extern Datum add_to_level(FunctionCallInfo fcinfo, double value, double level);

#endif							/* PG_YIELD_RISK_LEVEL_H */
