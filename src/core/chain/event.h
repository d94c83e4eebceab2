/*-------------------------------------------------------------------------
 *
 * core/chain/event.h
 *	  Event logs of known events, read into columns by a table of their fields.
 *
 * Where a signature is known beforehand nothing has to be parsed: an event is
 * its first topic, the number of its topics, and for each argument its type,
 * whether it is indexed, and the column it goes to.  Values are checked as an
 * ABI decoder does it and stay where they are; nothing is copied.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_CHAIN_EVENT_H
#define PG_YIELD_CORE_CHAIN_EVENT_H

#include "core/chain/u256.h"

#define EVENT_MAX_TOPICS	4	/* LOG4 of the virtual machine */
#define EVENT_WORD			32	/* bytes of a topic, and of a word of data */
#define EVENT_ADDRESS_BYTES	20
#define EVENT_MAX_COLUMNS	9

/* What an argument is, and what it becomes. */
typedef enum event_kind
{
	EVENT_ABSENT = 0,			/* of a value: NULL; no field is of this kind */
	EVENT_UINT,					/* uint<bits> */
	EVENT_INT,					/* int<bits> */
	EVENT_SMALL_UINT,			/* the same where the values that occur fit an int */
	EVENT_SMALL_INT,
	EVENT_TIME,					/* uint<bits>, seconds since 1970 */
	EVENT_ADDRESS,
	EVENT_BYTES32,
	EVENT_LIST_OF_ONE,			/* uint256, as a list */
	EVENT_LIST,					/* uint256[] */
	/* what an event says by being that one, not by an argument */
	EVENT_WORD_OF_EVENT,
	EVENT_YES,
	EVENT_NO
} event_kind;

#define EVENT_NO_COLUMN	UINT8_MAX	/* checked, and in no column */

typedef struct event_field
{
	uint8_t		kind;			/* event_kind */
	uint16_t	bits;
	bool		indexed;
	uint8_t		column;
} event_field;

typedef struct event_layout
{
	u256		topic0;
	const char *declaration;	/* as Solidity has it, with indexed and names */
	const char *protocol;
	const char *word;			/* what EVENT_WORD_OF_EVENT stands for, or NULL */
	const event_field *fields;	/* in the order of the declaration; last those of no argument */
	uint8_t		num_fields;
	uint8_t		num_topics;		/* topic0 included */
	uint8_t		num_words;		/* that data has at the least */
} event_layout;

/* Topics 1 and on are read only once the event is known. */
typedef struct event_log
{
	const uint8_t *topics[EVENT_MAX_TOPICS];
	const uint8_t *data;
	size_t		length;
} event_log;

typedef struct event_value
{
	event_kind	kind;
	u256		word;			/* of numbers; of EVENT_LIST_OF_ONE its element */
	const uint8_t *bytes;		/* of others: 20 or 32; of a list its words; a word of event's text */
	size_t		count;			/* of a list: words at bytes */
	int64_t		number;			/* small numbers; of a time microseconds since 2000-01-01 UTC */
} event_value;

/* Why a log could not be read. */
typedef enum event_fault
{
	EVENT_FINE,
	EVENT_SHORT_DATA,
	EVENT_BAD_VALUE,			/* of argument "argument", from 0: out of range */
	EVENT_BAD_LIST				/* of argument "argument": beyond the data */
} event_fault;

typedef struct event_report
{
	event_fault fault;
	int			argument;
} event_report;

/*
 * The values of a log of this event, "columns" of them; those that the event
 * does not have are absent.  False with *report where a log of this event
 * cannot be like that.  Bytes behind what the event has are not looked at.
 */
extern bool event_read(const event_layout *event, const event_log *log,
					   event_value *values, int columns, event_report *report);

/* The text of argument "argument", from 0, in a declaration: "uint256 indexed id". */
extern const char *event_argument(const char *declaration, int argument, size_t *length);

/* ---------- for the tables of events ---------- */

#define EVENT_COUNT(array)					(sizeof(array) / sizeof((array)[0]))
/* a to d are topic0, eight bytes each, as one reads it */
#define EVENT_LAYOUT(a, b, c, d, declaration, protocol, word, fields, topics, words) \
	{{{UINT64_C(d), UINT64_C(c), UINT64_C(b), UINT64_C(a)}}, declaration, protocol, word, \
	fields, EVENT_COUNT(fields), topics, words}

#endif							/* PG_YIELD_CORE_CHAIN_EVENT_H */
