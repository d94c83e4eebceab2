/*-------------------------------------------------------------------------
 *
 * core/rate/lst.h
 *	  Liquid staking and restaking tokens of Ethereum mainnet, and the exchange
 *	  rates that their contracts' event logs set.
 *
 * A registry of three static tables: tokens, the contracts that emit rates,
 * and the events they emit. Addresses and topics are kept as text, as one finds
 * and searches for them; addresses carry their EIP-55 checksum.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_RATE_LST_H
#define PG_YIELD_CORE_RATE_LST_H

#include "core/chain/u256.h"

#define LST_ADDRESS_BYTES	20
#define LST_TOPIC_BYTES		32
#define LST_MAX_TOPICS		4		/* LOG4 of the virtual machine */

typedef enum lst_kind
{
	LST_REBASING,				/* balances grow; the rate is that of one share */
	LST_ACCRUING,				/* worth grows by itself as time passes or rewards arrive */
	LST_ORACLE_SET,				/* a stored rate, changed by reports */
	LST_COMPUTED				/* computed from holdings whenever it is asked for */
} lst_kind;

/* What a rate is where there are no shares (or, of the last, no assets either). */
typedef enum lst_empty
{
	LST_EMPTY_NULL,				/* the contract has no answer: it reverts */
	LST_EMPTY_ZERO,
	LST_EMPTY_ONE,
	LST_EITHER_EMPTY_ONE
} lst_empty;

#define LST_STORED	UINT8_MAX	/* in place of a word of shares: the rate stands in the log */

/*
 * An event that sets a rate. The rate is word number assets of its data, or
 * floor(assets * 1e18 / shares) of two words, counted from 0.
 */
typedef struct lst_event
{
	const char *declaration;	/* as Solidity has it, with indexed and names */
	const char *topic0;			/* 0x and 64 digits */
	uint8_t		num_topics;		/* topic0 included */
	uint8_t		num_words;		/* of data */
	uint8_t		assets;
	uint8_t		shares;			/* or LST_STORED */
	lst_empty	empty;
} lst_event;

/* A contract that emits such events. */
typedef struct lst_contract
{
	uint64_t	key;			/* first eight bytes of its address */
	const char *address;		/* 0x and 40 digits, EIP-55 */
	const char *name;
	const char *symbol;			/* whose rate it sets; NULL: topic 2 is that token's address */
	const lst_event *events;	/* the present form first */
	uint8_t		num_events;
} lst_contract;

typedef struct lst_token
{
	const char *symbol;
	const char *name;
	const char *protocol;
	lst_kind	kind;
	bool		restaked;		/* LRT rather than LST */
	const char *address;		/* EIP-55 */
	const lst_contract *source; /* whose first event sets the rate at present, or NULL */
	const char *rate_in;		/* symbol of what the rate counts */
	const char *snapshot;		/* without a source: the view to call at a block; else NULL */
} lst_token;

/* The registry in its order; NULL behind its end. */
extern const lst_token *lst_token_at(size_t i);
extern const lst_contract *lst_contract_at(size_t i);

/* Bytes of an address or topic of the registry; out has room for as many. */
extern void lst_address_bytes(const char *text, uint8_t out[LST_ADDRESS_BYTES]);
extern void lst_topic_bytes(const char *text, uint8_t out[LST_TOPIC_BYTES]);

/* The contract at an address, or NULL: whatever that one emits sets no rate. */
extern const lst_contract *lst_find_contract(const uint8_t address[LST_ADDRESS_BYTES]);

/*
 * The event of a contract that a log with this first topic and number of
 * topics is. CORE_NULL if it is none that sets a rate. CORE_BAD_BINARY if it is
 * one by its first topic but has another number of topics, which no log of the
 * contract has; *event is then one of that first topic.
 */
extern core_status lst_find_event(const lst_contract *contract,
								  const uint8_t topic0[LST_TOPIC_BYTES], int num_topics,
								  const lst_event **event);

/*
 * The rate that an event's data sets, over 1e18. CORE_BAD_BINARY where data is
 * short of the event's words (bytes beyond them are not looked at, as no ABI
 * decoder does), CORE_NULL where the contract itself has no rate to give,
 * CORE_OUT_OF_RANGE where the rate is 2^256 or more.
 */
extern core_status lst_event_rate(const lst_event *event, const uint8_t *data, size_t length,
								  u256 *rate);

/*
 * Symbol of the token whose rate an event of this contract sets; topic2 is
 * looked at only if the contract reports on several. NULL: a token that is not
 * in the registry.
 */
extern const char *lst_event_symbol(const lst_contract *contract,
									const uint8_t topic2[LST_TOPIC_BYTES]);

#endif							/* PG_YIELD_CORE_RATE_LST_H */
