/*-------------------------------------------------------------------------
 *
 * chain/hex_text.h
 *	  Hexadecimal text where a word, a topic, an address or data is wanted.
 *
 * 0x, as ethereum-etl stores it, or \x, as psql shows a bytea: an untyped
 * literal of either kind becomes a text where there is a choice.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CHAIN_HEX_TEXT_H
#define PG_YIELD_CHAIN_HEX_TEXT_H

#include "core/chain/hex.h"

/* How long the prefix is: 2, or 0 if there is none. */
static inline size_t
hex_prefix_length(const char *text, size_t length)
{
	if (length < 2)
		return 0;
	if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X'))
		return 2;
	return text[0] == '\\' && text[1] == 'x' ? 2 : 0;
}

/*
 * The bytes that "text" says, whose prefix may be missing; false if it is no
 * such text.  out has room for length / 2 bytes.
 */
static inline bool
hex_text_to_bytes(const char *text, size_t length, uint8_t *out, size_t *nbytes)
{
	size_t		prefix = hex_prefix_length(text, length);

	/* the core takes a prefix too, so that a second one would pass */
	if (prefix > 0 && hex_prefix_length(text + prefix, length - prefix) > 0)
		return false;
	return hex_to_bytes(text + prefix, length - prefix, out, nbytes) == CORE_OK;
}

static inline bool
is_hex_digit(uint8_t c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/*
 * Whether bytes are the characters of hexadecimal text, which is what becomes
 * of '0x…' where PostgreSQL reads it as a bytea.
 */
static inline bool
bytes_are_hex_text(const uint8_t *bytes, size_t length)
{
	if (length < 2 || bytes[0] != '0' || (bytes[1] != 'x' && bytes[1] != 'X'))
		return false;
	for (size_t i = 2; i < length; i++)
		if (!is_hex_digit(bytes[i]))
			return false;
	return true;
}

#endif							/* PG_YIELD_CHAIN_HEX_TEXT_H */
