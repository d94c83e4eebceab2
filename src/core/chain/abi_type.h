/*-------------------------------------------------------------------------
 *
 * core/chain/abi_type.h
 *	  Solidity signatures, parsed: types, names, canonical form, hash.
 *
 * A parsed signature is a flat array of nodes that link to each other by
 * index, in memory that the caller provides, so that it can be copied and kept
 * for as long as the caller likes. Names stay in the text they came from.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_CHAIN_ABI_TYPE_H
#define PG_YIELD_CORE_CHAIN_ABI_TYPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/status.h"

#define ABI_MAX_DEPTH 32		/* arrays and tuples inside each other, an argument being 1 */
#define ABI_MAX_NODES 1024		/* types in one signature, the argument list included */
#define ABI_MAX_TEXT 65536		/* bytes of a signature */
#define ABI_MAX_TOPICS 4		/* LOG0 to LOG4 of the EVM */
#define ABI_NONE UINT32_MAX		/* no node, no argument */

typedef enum abi_kind
{
	ABI_UINT,
	ABI_INT,
	ABI_UFIXED,
	ABI_FIXED,
	ABI_BOOL,
	ABI_ADDRESS,
	ABI_FUNCTION,				/* address and selector, 24 bytes */
	ABI_BYTES_N,				/* bytes1 to bytes32 */
	ABI_BYTES,
	ABI_STRING,
	ABI_VECTOR,					/* T[k] */
	ABI_ARRAY,					/* T[] */
	ABI_TUPLE,
	ABI_HASH					/* never in a node: the topic of an indexed dynamic value */
} abi_kind;

typedef struct abi_node
{
	uint8_t		kind;			/* abi_kind */
	uint8_t		decimals;		/* N of fixed<M>x<N> */
	uint8_t		height;			/* levels of arrays and tuples down from here, 0 for a leaf */
	bool		dynamic;		/* encoded behind an offset */
	bool		indexed;		/* an event's argument that is a topic */
	bool		named;			/* of a tuple: at least one member has a name */
	uint16_t	bits;			/* M of uint<M> and its like, 8k of bytes<k> */
	uint32_t	child;			/* first member, or the element, or ABI_NONE */
	uint32_t	next;			/* the next member of the same tuple, or ABI_NONE */
	uint32_t	name_start;		/* the name's place in the text; of node 0 the declaration's */
	uint32_t	name_length;	/* 0 if it has none */
	uint64_t	length;			/* k of T[k], number of members of a tuple, else 0 */

	/*
	 * Words that the value itself takes where it stands, offsets of dynamic
	 * members counting one each; of T[] the words of one element. UINT64_MAX
	 * stands for that and anything greater, which no data can hold. Indexed
	 * arguments are not in the body of their event.
	 */
	uint64_t	body_words;
} abi_node;

/* Kinds of declaration; several may be acceptable at once. */
#define ABI_DECL_EVENT 1u
#define ABI_DECL_FUNCTION 2u
#define ABI_DECL_ERROR 4u

/*
 * The caller sets the first four members before parsing, and points text and
 * nodes at their new places whenever it moves them.
 */
typedef struct abi_signature
{
	const char *text;			/* need not end with a zero byte */
	size_t		length;			/* bytes of text */
	abi_node   *nodes;			/* node 0 is the argument list, as a tuple */
	uint32_t	capacity;		/* nodes that there is room for */

	uint32_t	num_nodes;
	uint32_t	num_args;
	uint32_t	outputs;		/* the list after returns, as a tuple, or ABI_NONE */
	unsigned	forms;			/* ABI_DECL_*: what it may be; 0 for a list of types */
	uint8_t		num_indexed;
	bool		anonymous;
} abi_signature;

/* What is wrong. abi_problem_text has a sentence for each. */
typedef enum abi_problem
{
	ABI_FINE = 0,

	/* with the signature: position and length name the token */
	ABI_TEXT_TOO_LONG,			/* needed: the most there may be, available: what there is */
	ABI_TOO_MANY_TYPES,			/* needed: as above */
	ABI_TOO_DEEP,				/* needed: as above */
	ABI_WRONG_KEYWORD,
	ABI_NO_NAME,
	ABI_BAD_NAME,
	ABI_SAME_NAME,
	ABI_NO_TYPE,
	ABI_UNKNOWN_TYPE,
	ABI_BAD_ARRAY_LENGTH,
	ABI_EMPTY_TUPLE,
	ABI_MISPLACED_INDEXED,
	ABI_TOO_MANY_INDEXED,
	ABI_STORAGE_POINTER,
	ABI_UNBALANCED,
	ABI_UNEXPECTED,
	ABI_TRAILING,

	/* with the topics as a whole */
	ABI_OTHER_EVENT,
	ABI_TOO_MANY_TOPICS,		/* needed: the most there may be, available: what there is */
	ABI_TOPIC_COUNT,			/* needed: indexed arguments, available: topics for them */

	/* with a value: argument and node say which */
	ABI_SHORT_DATA,				/* needed: bytes from offset on, available: what there is */
	ABI_BAD_OFFSET,				/* offset: of the word, needed: its value, available: the most */
	ABI_BAD_LENGTH,				/* offset: the word, needed: bytes after it, available: there */
	ABI_BAD_VALUE,				/* offset: of the word */
	ABI_BAD_TOPIC,				/* offset: which topic, from 0 */
	ABI_OVERLAP					/* needed: bytes at offset, available: how many more may be */
} abi_problem;

typedef struct abi_error
{
	abi_problem problem;
	uint32_t	position;		/* of the offending token in the text, in bytes from 0 */
	uint32_t	token_length;	/* in bytes, 0 at the end of the text */
	uint32_t	argument;		/* from 0, or ABI_NONE */
	uint32_t	node;			/* the type that was being read, or ABI_NONE */
	uint64_t	offset;			/* in the data, in bytes from 0 */
	uint64_t	needed;			/* saturates at UINT64_MAX */
	uint64_t	available;
} abi_error;

/* A sentence in English on a problem, without a full stop. Never NULL. */
extern const char *abi_problem_text(abi_problem problem);

/*
 * Nodes that suffice for any signature of length bytes, or that it may have at
 * most: never more than ABI_MAX_NODES.
 */
extern uint32_t abi_node_bound(size_t length);

/*
 * Parses a list of types: (uint256,address[] to), tuple(uint256 a), or the
 * same without its parentheses. A list within parentheses and nothing after
 * them is the list itself, not a list of one tuple.
 *
 * CORE_BAD_PARAMETER, and *error tells why.
 */
extern core_status abi_parse_list(abi_signature *sig, abi_error *error);

/*
 * Parses a declaration: event Transfer(address indexed from, …) anonymous;
 * with or without the keyword, with visibility, mutability and returns (…) for
 * functions. forms is the set of ABI_DECL_* that the caller accepts: a keyword
 * outside it is an error, and so is `indexed` where no event is acceptable.
 *
 * CORE_BAD_PARAMETER, and *error tells why.
 */
extern core_status abi_parse_declaration(abi_signature *sig, unsigned forms, abi_error *error);

/*
 * Writes the canonical type of a node, or for the signature its name and the
 * types of its arguments, such as Transfer(address,address,uint256), to out,
 * ended by a zero byte and cut to capacity bytes with it (out may be NULL when
 * capacity is 0). Returns the length in full, without the zero byte.
 */
extern size_t abi_type_text(const abi_signature *sig, uint32_t node, char *out, size_t capacity);
extern size_t abi_signature_text(const abi_signature *sig, char *out, size_t capacity);

/*
 * Keccak-256 of the canonical signature: the first topic of an event that is
 * not anonymous. Its first four bytes are the selector of a function or error.
 */
extern void abi_event_topic(const abi_signature *sig, uint8_t topic[32]);
extern void abi_function_selector(const abi_signature *sig, uint8_t selector[4]);

/* a × b, or UINT64_MAX where that is exceeded. */
static inline uint64_t
abi_saturating_mul(uint64_t a, uint64_t b)
{
	return b != 0 && a > UINT64_MAX / b ? UINT64_MAX : a * b;
}

/* Words that a value takes in the body it is a member of. */
static inline uint64_t
abi_head_words(const abi_node *node)
{
	return node->dynamic ? 1 : node->body_words;
}

#endif							/* PG_YIELD_CORE_CHAIN_ABI_TYPE_H */
