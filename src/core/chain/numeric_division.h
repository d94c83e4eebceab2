/*-------------------------------------------------------------------------
 *
 * core/chain/numeric_division.h
 *	  Division as PostgreSQL's numeric has it, to the same digits.
 *
 * Off-chain programs that pay people compute in SQL, and what they pay then
 * depends on where numeric stops dividing.  The rule, written out so that
 * results stay the same whatever a server's own division does:
 *
 * A number stands in digits of base 10000, aligned at the decimal point.  The
 * weight of the quotient is estimated as the difference of the places of both
 * operands' first digits, and one less where the dividend's first digit is not
 * above the divisor's.  The quotient gets 16 decimals, less four for each place
 * of that weight (more if it is negative), but at least as many as either
 * operand is written with, and from 0 to 1000.  There it is rounded, half away
 * from zero.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_NUMERIC_DIVISION_H
#define PG_YIELD_CORE_NUMERIC_DIVISION_H

#include "core/chain/wide.h"

/* mantissa * 10^-scale; scale is how many decimals it is written with */
typedef struct scaled_number
{
	wide		mantissa;
	int			scale;
} scaled_number;

/* How many decimals the quotient gets */
extern int	numeric_division_scale(const scaled_number *a, const scaled_number *b);

/* CORE_DIVISION_BY_ZERO; CORE_OUT_OF_RANGE where a step needs more than 1280 bits */
extern core_status numeric_division(const scaled_number *a, const scaled_number *b,
									scaled_number *out);

/* Floor of a * 10^exponent; CORE_OUT_OF_RANGE where that is 2^256 or more */
extern core_status scaled_floor(const scaled_number *a, int exponent, u256 *out);

#endif							/* PG_YIELD_CORE_NUMERIC_DIVISION_H */
