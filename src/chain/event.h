/*-------------------------------------------------------------------------
 *
 * chain/event.h
 *	  Which of some known events a log is, and its values: the arguments topics
 *	  and data of functions that read such logs.
 *
 * Topics are an array of bytea or of hex text in which what a log does not have
 * may be NULL or empty at the end, as a table with four columns has it.  As
 * little as possible is read: of other logs only the first topic.
 *
 * A log that is damaged is an error in the strict form, and none at all in the
 * tolerant one: nothing here raises one but event_input_report.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CHAIN_EVENT_H
#define PG_YIELD_CHAIN_EVENT_H

#include "fmgr.h"

#include "chain/log.h"
#include "core/chain/event.h"
#include "server/compat.h"

typedef enum log_problem
{
	LOG_FINE,
	LOG_TOPICS_NOT_FLAT,
	LOG_TOO_MANY_TOPICS,
	LOG_TOPIC_MISSING,
	LOG_BAD_TOPIC,				/* not 32 bytes, or no hex text */
	LOG_BAD_DATA,				/* no hex text, or hex text as bytea */
	LOG_BAD_CONTENT				/* as "report" has it */
} log_problem;

typedef struct event_input
{
	byte_form	form;			/* tolerant */
	log_problem problem;
	int			at;				/* the topic that is wrong, from 0, or how many there are */
	event_report report;
	const event_layout *event;	/* once it is known */

	int			count;			/* topics */
	const struct varlena *topic[EVENT_MAX_TOPICS];
	uint8_t		room[EVENT_MAX_TOPICS][EVENT_WORD + 1];
	Datum		data;
	event_log	log;
} event_input;

/* A table entry's layout at "i"; layouts may be members of greater entries. */
typedef struct event_table
{
	const event_layout *first;
	size_t		stride;			/* bytes from one to the next */
	int			num;
} event_table;

/*
 * Which of the events a log is, by its topics (an array of bytea, or of text if
 * hex); NULL for a log of others, and for a damaged one, whose problem is then
 * set.
 */
extern const event_layout *event_input_event(event_input *in, Datum topics, bool hex,
										   event_table events);

/* Its values, with topics 1 and on and data; false for a damaged log. */
extern bool event_input_values(event_input *in, Datum data, event_value *values, int columns);

/* Reports the problem, if there is one. */
extern void event_input_report(const event_input *in);

#endif							/* PG_YIELD_CHAIN_EVENT_H */
