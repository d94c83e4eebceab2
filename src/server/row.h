/*-------------------------------------------------------------------------
 *
 * server/row.h
 *	  Results of functions with several OUT columns.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_SERVER_ROW_H
#define PG_YIELD_SERVER_ROW_H

#include "fmgr.h"

extern Datum row_with_nulls(FunctionCallInfo fcinfo, Datum *values, bool *nulls);
extern Datum row_of_nulls(FunctionCallInfo fcinfo, int n);
extern Datum row_result(FunctionCallInfo fcinfo, Datum *values);
extern Datum row_of_float8(FunctionCallInfo fcinfo, const double *values, int n);

#endif							/* PG_YIELD_SERVER_ROW_H */
