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

/*
 * Which of its two amounts a contract rounded to whole units, and so what the
 * rate was that it reckoned with.
 */
typedef enum lst_rounding
{
	LST_EXACT,					/* none: a rate, or totals */
	LST_SHARES_DOWN,			/* assets / (shares + 1) < rate <= assets / shares */
	LST_ASSETS_DOWN,			/* assets / shares <= rate < (assets + 1) / shares */
	LST_DEPOSIT,				/* shares down, or assets up, whichever was asked for */
	LST_WITHDRAWAL				/* assets down, or shares up */
} lst_rounding;

#define LST_STORED	UINT8_MAX	/* in place of a word of shares: the rate stands in the log */

/*
 * An event that sets a rate, or from whose amounts one is seen. The rate is
 * word number assets of its data, or floor(assets * 1e18 / shares) of two words,
 * counted from 0.
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
	lst_rounding rounding;
	uint8_t		token;			/* word of a token that must be 0 for assets to be ether; 0: none */
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
	const lst_contract *source; /* whose first event tells the rate at present, or NULL */
	const char *rate_in;		/* symbol of what the rate counts */
	const char *snapshot;		/* where logs do not tell the rate, or not to the last digit, or
								 * not at all times: the view to call at a block; else NULL */
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
 * decoder does) or names a token that is no address, CORE_NULL where the
 * contract itself has no rate to give or the amounts are of another token,
 * CORE_OUT_OF_RANGE where the rate is 2^256 or more.
 */
extern core_status lst_event_rate(const lst_event *event, const uint8_t *data, size_t length,
								  u256 *rate);

/*
 * The least and the greatest rate that the event's amounts allow, each rounded
 * down; both are the rate where they are exact. *bounded is false where there
 * is no greatest. Outcomes as lst_event_rate, for either bound.
 */
extern core_status lst_event_bounds(const lst_event *event, const uint8_t *data, size_t length,
									u256 *least, u256 *greatest, bool *bounded);

/*
 * Symbol of the token whose rate an event of this contract sets; topic2 is
 * looked at only if the contract reports on several. NULL: a token that is not
 * in the registry.
 */
extern const char *lst_event_symbol(const lst_contract *contract,
									const uint8_t topic2[LST_TOPIC_BYTES]);

#endif							/* PG_YIELD_CORE_RATE_LST_H */
