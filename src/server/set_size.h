/*-------------------------------------------------------------------------
 *
 * server/set_size.h
 *	  How many rows a set-returning function gives, told to the planner.
 *
 * A support function answers where the number follows from arguments that are
 * known when the query is planned, constants and what is computed of them; else
 * the planner takes the ROWS of the declaration.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_SERVER_SET_SIZE_H
#define PG_YIELD_SERVER_SET_SIZE_H

#include "fmgr.h"

/* A set whose size is asked for. */
typedef struct SupportRequestRows set_size;

extern set_size *set_size_asked(FunctionCallInfo fcinfo);
extern Oid	set_size_type(const set_size *asked, int n);
extern bool set_size_argument(set_size *asked, int n, Oid type, Datum *value);
extern bool set_size_is_null(set_size *asked, int n);
extern bool set_size_array(set_size *asked, int n, Oid type, int *length);
extern Datum set_size_answer(set_size *asked, double rows);

#endif							/* PG_YIELD_SERVER_SET_SIZE_H */
