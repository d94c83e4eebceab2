/*-------------------------------------------------------------------------
 *
 * core/chain/decimal.h
 *	  Conversions of numbers in base 10000, the digits of numeric.
 *
 * A decimal is (digits, ndigits, weight, negative): the sum of digits[i] *
 * 10000^(weight - i), every digit within 0 .. 9999.  Leading and trailing
 * zero digits are allowed in what is read, and the int16_t that it consists of
 * need not be aligned; there are no such zeros in what is written.
 * Zero has no digits and weight 0.  Nothing here goes through text.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_CHAIN_DECIMAL_H
#define PG_YIELD_CORE_CHAIN_DECIMAL_H

#include "core/chain/u256.h"

/* Why a decimal is not the integer that was asked for */
typedef enum decimal_status
{
	DECIMAL_OK = 0,
	DECIMAL_NEGATIVE,			/* below zero, where only unsigned will do */
	DECIMAL_FRACTION,			/* not whole */
	DECIMAL_OVERFLOW			/* whole, and beyond the range */
} decimal_status;

/* Digits that a 256-bit mantissa can have, wherever its decimal point is */
#define DECIMAL_U256_DIGITS	21

/* The greatest scale that u256_to_decimal takes: numeric's own limit */
#define DECIMAL_MAX_SCALE	16383

/* A whole number from 0 to 2^256 - 1.  *out is written on DECIMAL_OK only. */
extern decimal_status decimal_to_u256(const void *digits, int ndigits, int weight,
									  bool negative, u256 *out);

/* A whole number from -2^255 to 2^255 - 1; never says DECIMAL_NEGATIVE */
extern decimal_status decimal_to_s256(const void *digits, int ndigits, int weight,
									  bool negative, s256 *out);

/*
 * The magnitude of the decimal times 10^scale, a whole number from 0 to 2^256
 * - 1; scale is 0 .. DECIMAL_MAX_SCALE.  The sign is the caller's: it never
 * says DECIMAL_NEGATIVE.
 */
extern decimal_status decimal_to_scaled(const void *digits, int ndigits, int weight,
										int scale, u256 *magnitude);

/*
 * a * 10^-scale, exactly; scale is 0 .. DECIMAL_MAX_SCALE.  digits has room
 * for DECIMAL_U256_DIGITS.  Returns the number of digits.
 */
extern int	u256_to_decimal(u256 a, int scale, int16_t *digits, int *weight);

/*
 * The double nearest to the decimal, ties to even, for every input: what
 * strtod makes of its text.  CORE_OUT_OF_RANGE where that is infinite; what is
 * too small becomes the nearest subnormal or zero.  The cost is bounded
 * however many digits there are.
 */
extern core_status decimal_to_double(const void *digits, int ndigits, int weight,
									 bool negative, double *out);

#endif							/* PG_YIELD_CORE_CHAIN_DECIMAL_H */
