/*-------------------------------------------------------------------------
 *
 * chain.h
 *	  Arguments that are chain integers, for the domains that build on them.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CHAIN_H
#define PG_YIELD_CHAIN_H

#include "fmgr.h"

#include "core/u256.h"
#include "numeric_u256.h"

extern u256_rounding rounding_argument(const text *rounding);
pg_noreturn extern void report_bad_uint(const char *argument, Datum value);

/*
 * Argument n as a word: a numeric, whole, from 0 to 2^256 - 1.  Anything else
 * is an error that calls it "argument".
 */
static inline u256
uint_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	u256		result;

	if (unlikely(numeric_to_u256(PG_GETARG_DATUM(n), &result) != NUMERIC_READ_OK))
		report_bad_uint(argument, PG_GETARG_DATUM(n));
	return result;
}

#endif							/* PG_YIELD_CHAIN_H */
