/*-------------------------------------------------------------------------
 *
 * core/base/status.h
 *	  What a core function says of its own outcome.
 *
 * The core never raises: it returns one of these, and the SQL face turns it
 * into NULL or into an error with the matching SQLSTATE (src/server/report.c).
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_BASE_STATUS_H
#define PG_YIELD_CORE_BASE_STATUS_H

#include <float.h>

/*
 * Sums in twice the precision of double, and equal digits on every machine,
 * need arithmetic that rounds to double at each step.  The x87 unit does not,
 * and what it makes of them is nonsense without a word.
 */
#if FLT_EVAL_METHOD == 2 || (defined(__i386__) && !defined(__SSE2_MATH__))
#error "pg_yield needs arithmetic that rounds to double: on 32-bit x86 compile with -msse2 -mfpmath=sse"
#endif

typedef enum core_status
{
	CORE_OK = 0,
	CORE_NULL,					/* the question has no answer: SQL NULL */
	CORE_OUT_OF_RANGE,			/* 22003 numeric_value_out_of_range */
	CORE_DIVISION_BY_ZERO,		/* 22012 division_by_zero */
	CORE_BAD_PARAMETER,			/* 22023 invalid_parameter_value */
	CORE_BAD_TEXT,				/* 22P02 invalid_text_representation */
	CORE_BAD_BINARY				/* 22P03 invalid_binary_representation */
} core_status;

#endif							/* PG_YIELD_CORE_BASE_STATUS_H */
