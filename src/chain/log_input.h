/*-------------------------------------------------------------------------
 *
 * log_input.h
 *	  The arguments topics and data of functions that read logs of known events.
 *
 * Topics are an array of bytea or of hex text in which what a log does not have
 * may be NULL or empty at the end, as a table with four columns has it.  As
 * little as possible is read: of other logs only the first topic.
 *
 * A log that is damaged is an error in the strict form, and none at all in the
 * tolerant one: nothing here raises one but log_input_report.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_LOG_INPUT_H
#define PG_YIELD_LOG_INPUT_H

#include "fmgr.h"

#include "server/compat.h"
#include "core/chain/event.h"

typedef enum log_problem
{
	LOG_FINE,
	LOG_TOPICS_NOT_FLAT,
	LOG_TOO_MANY_TOPICS,
	LOG_TOPIC_MISSING,
	LOG_BAD_TOPIC,				/* not 32 bytes */
	LOG_BAD_HEX_TOPIC,			/* not hex text of 32 bytes */
	LOG_BAD_HEX_DATA,
	LOG_HEX_AS_BYTES,			/* data is bytea and holds hex text */
	LOG_BAD_CONTENT				/* as "report" has it */
} log_problem;

typedef struct log_input
{
	bool		hex;
	log_problem problem;
	int			at;				/* the topic that is wrong, from 0, or how many there are */
	event_report report;
	const event_layout *event;	/* once it is known */

	int			count;			/* topics */
	const char *element[EVENT_MAX_TOPICS];
	size_t		element_length[EVENT_MAX_TOPICS];
	uint8_t		room[EVENT_MAX_TOPICS][EVENT_WORD];
	const char *content;		/* of data */
	size_t		content_length;
	event_log	log;
} log_input;

/* A table entry's layout at "i"; layouts may be members of greater entries. */
typedef struct log_events
{
	const event_layout *first;
	size_t		stride;			/* bytes from one to the next */
	int			num;
} log_events;

/*
 * Which of the events a log is, by its topics (an array of bytea, or of text if
 * hex); NULL for a log of others, and for a damaged one, whose problem is then
 * set.
 */
extern const event_layout *log_input_event(log_input *in, Datum topics, bool hex,
										   log_events events);

/* Its values, with topics 1 and on and data; false for a damaged log. */
extern bool log_input_values(log_input *in, Datum data, event_value *values, int columns);

/* Reports the problem, if there is one. */
extern void log_input_report(const log_input *in);

#endif							/* PG_YIELD_LOG_INPUT_H */
