/*-------------------------------------------------------------------------
 *
 * server/compat.h
 *	  What differs among the supported versions of PostgreSQL (15 to 19).
 *
 * The only place that looks at PG_VERSION_NUM.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_SERVER_COMPAT_H
#define PG_YIELD_SERVER_COMPAT_H

#include "fmgr.h"
#include "nodes/nodes.h"

#if PG_VERSION_NUM < 150000
#error "pg_yield needs PostgreSQL 15 or later"
#endif

/*
 * Soft errors (16): an input function called through pg_input_is_valid() or
 * COPY ... ON_ERROR reports bad text to its caller instead of raising.
 */
#if PG_VERSION_NUM >= 160000
#include "nodes/miscnodes.h"
#include "varatt.h"				/* was part of postgres.h */
#else
#define ereturn(context, value, ...) \
	do { (void) (context); ereport(ERROR, __VA_ARGS__); return (value); } while (0)

static inline bool
DirectInputFunctionCallSafe(PGFunction func, char *str, Oid typioparam,
							int32 typmod, Node *escontext, Datum *result)
{
	(void) escontext;
	*result = DirectFunctionCall3(func, CStringGetDatum(str),
								  ObjectIdGetDatum(typioparam), Int32GetDatum(typmod));
	return true;
}
#endif

/* A function that does not return; spelt otherwise before 18. */
#ifndef pg_noreturn
#define pg_noreturn _Noreturn
#endif

/* A function that returns all of its rows at once; spelt otherwise in 15.0. */
#include "funcapi.h"
#ifndef MAT_SRF_USE_EXPECTED_DESC
#define InitMaterializedSRF(fcinfo, flags)	SetSingleFuncCall(fcinfo, flags)
#endif

/* The module's name and version in its magic block (18). */
#ifdef PG_MODULE_MAGIC_EXT
#define PG_YIELD_MODULE_MAGIC	PG_MODULE_MAGIC_EXT(.name = "pg_yield", .version = PG_YIELD_VERSION)
#else
#define PG_YIELD_MODULE_MAGIC	PG_MODULE_MAGIC
#endif

#endif							/* PG_YIELD_SERVER_COMPAT_H */
