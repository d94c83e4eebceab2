/*-------------------------------------------------------------------------
 *
 * pg_yield.c
 *	  The module itself; its functions are in the files of their domains.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr.h"

#include "server/compat.h"

PG_YIELD_MODULE_MAGIC;
