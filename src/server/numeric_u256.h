/*-------------------------------------------------------------------------
 *
 * server/numeric_u256.h
 *	  numeric to 256-bit integers and double, and back, without text.
 *
 * Readers take a Datum as a function's argument or heap_deform_tuple gives
 * it, and do not allocate unless it is compressed or stored out of line: call
 * them on PG_GETARG_DATUM(n), since PG_GETARG_NUMERIC(n) copies every value
 * that comes out of a table.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_SERVER_NUMERIC_U256_H
#define PG_YIELD_SERVER_NUMERIC_U256_H

#include "fmgr.h"
#include "utils/numeric.h"

#include "core/chain/decimal.h"

/* What a numeric turned out to be; *out is written on NUMERIC_READ_OK only */
typedef enum numeric_read
{
	NUMERIC_READ_OK = 0,
	NUMERIC_READ_NEGATIVE,		/* below zero, where only unsigned will do */
	NUMERIC_READ_FRACTION,		/* not whole, where only whole will do */
	NUMERIC_READ_OVERFLOW,		/* beyond the range of the result */
	NUMERIC_READ_NAN,
	NUMERIC_READ_INFINITY		/* of either sign */
} numeric_read;

/* NaN or an infinity; num may have a one-byte header but not be toasted */
extern bool numeric_is_special(Numeric num);

/* A whole number from 0 to 2^256 - 1 */
extern numeric_read numeric_to_u256(Datum num, u256 *out);

/* A whole number from -2^255 to 2^255 - 1; never says NUMERIC_READ_NEGATIVE */
extern numeric_read numeric_to_s256(Datum num, s256 *out);

/*
 * num * 10^scale as sign and magnitude, the magnitude a whole number from 0 to
 * 2^256 - 1; scale is 0 .. DECIMAL_MAX_SCALE.  Never says NUMERIC_READ_NEGATIVE.
 */
extern numeric_read numeric_to_scaled(Datum num, int scale, bool *negative, u256 *magnitude);

/*
 * The nearest double, ties to even: what numeric's own cast to float8 gives,
 * except that what is too small becomes the nearest subnormal or zero.  Never
 * NaN or infinite.
 */
extern numeric_read numeric_to_double(Datum num, double *out);

/* The same value as a numeric with no digits after the point, palloc'd */
extern Numeric u256_to_numeric(u256 a);
extern Numeric s256_to_numeric(s256 a);

/*
 * a * 10^-scale, exactly, palloc'd; scale is 0 .. DECIMAL_MAX_SCALE.  dscale
 * digits are shown after the point, or as many as the value needs if that is
 * more: 0 trims as trim_scale() does, scale shows them all.
 */
extern Numeric u256_to_numeric_scaled(u256 a, int scale, int dscale);

/* The same with a sign */
extern Numeric scaled_to_numeric(bool negative, u256 magnitude, int scale, int dscale);

#endif							/* PG_YIELD_SERVER_NUMERIC_U256_H */
