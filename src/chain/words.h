/*-------------------------------------------------------------------------
 *
 * chain/words.h
 *	  Arguments that are chain integers, for the domains that build on them.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CHAIN_WORDS_H
#define PG_YIELD_CHAIN_WORDS_H

#include "fmgr.h"
#include "utils/array.h"

#include "core/chain/u256.h"
#include "server/compat.h"
#include "server/numeric_u256.h"

extern u256_rounding rounding_argument(const text *rounding);
extern u256 *uint_array(ArrayType *array, const char *argument, int *n);
pg_noreturn extern void report_bad_uint(const char *argument, Datum value);
pg_noreturn extern void report_zero(const char *argument, const char *function);

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

/* The same where the function divides by it. */
static inline u256
divisor_argument(FunctionCallInfo fcinfo, int n, const char *argument, const char *function)
{
	u256		result = uint_argument(fcinfo, n, argument);

	if (unlikely(u256_is_zero(result)))
		report_zero(argument, function);
	return result;
}

#endif							/* PG_YIELD_CHAIN_WORDS_H */
