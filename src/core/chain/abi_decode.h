/*-------------------------------------------------------------------------
 *
 * core/chain/abi_decode.h
 *	  ABI-encoded data and event logs, walked by a parsed signature.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_CHAIN_ABI_DECODE_H
#define PG_YIELD_CORE_CHAIN_ABI_DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/status.h"
#include "core/chain/abi_type.h"

/*
 * Solidity does not promise that a string is UTF-8, and PostgreSQL's text
 * cannot hold all that is.
 */
typedef enum abi_text
{
	ABI_TEXT_FINE,				/* valid UTF-8 without U+0000, or not a string */
	ABI_TEXT_ZERO,				/* valid UTF-8 with U+0000 in it */
	ABI_TEXT_INVALID			/* not UTF-8 */
} abi_text;

/*
 * One value that is neither an array nor a tuple. bytes points into the
 * caller's data or topics:
 *	numbers, bool	the big-endian word, 32 bytes; int and fixed are two's
 *					complement over all of it, bool is its last byte
 *	address			20 bytes
 *	function		24 bytes, address and selector
 *	bytes<k>		k bytes
 *	bytes, string	the content
 *	ABI_HASH		32 bytes: what an indexed string, bytes, array or tuple
 *					leaves in its topic
 */
typedef struct abi_value
{
	abi_kind	kind;
	uint16_t	bits;			/* as in abi_node */
	uint8_t		decimals;		/* of fixed and ufixed: the number is over 10^decimals */
	abi_text	text;			/* of a string */
	uint32_t	node;			/* its type */
	const uint8_t *bytes;
	size_t		length;
} abi_value;

/*
 * What the decoder calls, in the order of the values. Every begin with object
 * true is followed by pairs of key and value (or begin … end), every other by
 * values alone. A callback that does not return CORE_OK ends the decoding with
 * that status, and so may one that never returns: the decoder holds nothing.
 */
typedef struct abi_visitor
{
	void	   *ctx;
	core_status (*begin) (void *ctx, bool object, uint64_t count);
	core_status (*end) (void *ctx, bool object);
	core_status (*key) (void *ctx, const char *name, size_t length);
	core_status (*value) (void *ctx, const abi_value *value);
} abi_visitor;

/*
 * Decodes data as the arguments of a list (or of a declaration: the bytes
 * after a selector). The visitor sees an array of values; tuples are arrays.
 * Arguments marked indexed are left out, having no place in data.
 *
 * Strict as the decoder that solc generates (ABI coder v2) is: whatever it
 * reverts on is CORE_BAD_BINARY, and *error says which argument, where, and how
 * many bytes were needed and there. Like it, the decoder ignores bytes that no
 * offset leads to, padding after bytes and strings, and its absence at the end.
 *
 * Offsets may make values share data, but only to a point: the values visited
 * may take up to four times the length of data, so that work and output are
 * linear in it. Data in which nothing is shared never comes near.
 *
 * What the visitor saw before an error is to be thrown away.
 */
extern core_status abi_decode(const abi_signature *sig, const uint8_t *data, size_t length,
							  const abi_visitor *visitor, abi_error *error);

/*
 * Whether a log is of this event by its first topic, topic being the event's
 * (abi_event_topic). An anonymous event has none, and may be any.
 */
extern bool abi_event_matches(const abi_signature *event, const uint8_t topic[32],
							  const uint8_t *const *topics, size_t num_topics);

/*
 * Decodes a log: topics are pointers to words of 32 bytes. The visitor sees an
 * object with a key for every argument, in the order of the declaration: its
 * name, or its position from 0 if it has none. A tuple is an object in the
 * same way if any of its members has a name, and otherwise an array.
 *
 * CORE_NULL (with problem ABI_OTHER_EVENT) if the first topic is not the
 * event's, before the visitor is called; CORE_BAD_PARAMETER if there are more
 * topics than a log can have, or more or less than the event has indexed
 * arguments; and as abi_decode.
 */
extern core_status abi_decode_log(const abi_signature *event, const uint8_t topic[32],
								  const uint8_t *const *topics, size_t num_topics,
								  const uint8_t *data, size_t length,
								  const abi_visitor *visitor, abi_error *error);

#endif							/* PG_YIELD_CORE_CHAIN_ABI_DECODE_H */
