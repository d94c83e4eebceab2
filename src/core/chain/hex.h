/*-------------------------------------------------------------------------
 *
 * core/chain/hex.h
 *	  Hexadecimal text to words and bytes, and back.
 *
 * Text is given by its address and length and need not be terminated.  A
 * leading 0x or 0X is optional, digits are of either case; white space,
 * signs and separators are not accepted.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_CHAIN_HEX_H
#define PG_YIELD_CORE_CHAIN_HEX_H

#include "core/chain/u256.h"

/* 0x and 64 digits */
#define U256_HEX_MAX	66

/*
 * An unsigned number from any count of digits.  CORE_BAD_TEXT where there is
 * no digit or a character that is none, CORE_OUT_OF_RANGE where more than 64
 * digits remain after the leading zeros.
 */
extern core_status hex_to_u256(const char *text, size_t len, u256 *out);

/*
 * Bytes from pairs of digits: *nbytes of them are written to out, which has
 * room for len / 2.  No digits at all are no bytes ("0x" is how empty data is
 * written).  CORE_BAD_TEXT for an odd number of digits or a character that is
 * none; what out holds is then undefined.
 */
extern core_status hex_to_bytes(const char *text, size_t len, uint8_t *out, size_t *nbytes);

/* 2 * n lower-case digits, without a prefix and without a terminator */
extern void bytes_to_hex(const uint8_t *bytes, size_t n, char *out);

/*
 * 0x and lower-case digits without leading zeros (0x0 for zero), at most
 * U256_HEX_MAX characters, no terminator.  Returns the length.
 */
extern size_t u256_to_hex(u256 a, char *out);

#endif							/* PG_YIELD_CORE_CHAIN_HEX_H */
