/*-------------------------------------------------------------------------
 *
 * chain/log.h
 *	  Arguments that are bytes: data, words, and the topics of a log.
 *
 * A function takes them as bytea or as hexadecimal text.  Over a table of
 * all that a chain has some rows are always wrong, so that a caller may ask to
 * be told instead of an error being raised: every function here returns false
 * for what cannot be read if the form is tolerant, and else does not return.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CHAIN_LOG_H
#define PG_YIELD_CHAIN_LOG_H

#include "fmgr.h"
#include "utils/array.h"

#include "server/compat.h"

#define WORD_BYTES		32
#define ADDRESS_BYTES	20
#define MAX_TOPICS		4		/* LOG0 to LOG4 of the virtual machine */

/* A run of bytes that lives at least as long as the call */
typedef struct byte_view
{
	const uint8 *bytes;
	Size		length;
} byte_view;

/* How bytes come, and what becomes of those that are wrong */
typedef struct byte_form
{
	bool		hex;			/* hexadecimal text instead of bytea */
	bool		tolerant;		/* false instead of an error */
} byte_form;

/* The topics of a log.  Those that came as text were turned to bytes in "room". */
typedef struct log_topics
{
	const uint8 *words[MAX_TOPICS];
	Size		count;
	uint8		room[MAX_TOPICS][WORD_BYTES + 1];
} log_topics;

pg_noreturn extern void report_bad_hex(const char *argument, const char *text, Size length,
									   const char *hint);
extern bool read_bytes(const char *argument, Datum value, byte_form form, byte_view *view);
extern bool read_fixed_bytes(const char *argument, int number, Datum value, byte_form form,
							 Size length, uint8 *room, const uint8 **bytes);
extern bool read_topics(Datum array, byte_form form, log_topics *topics);

/* Where the elements of an array are, step by step and without a copy. */
typedef struct topic_cursor
{
	const uint8 *present;		/* a bit for each, or NULL if all are */
	const char *at;
} topic_cursor;

extern topic_cursor first_topic(const ArrayType *array);
extern const struct varlena *next_topic(topic_cursor *cursor, int i);

/* What is wrong with an array of topics; numbers are from 1. */
pg_noreturn extern void report_dimensions(int num_dims);
pg_noreturn extern void report_gap(int missing, int present);
pg_noreturn extern void report_too_many(int count);

#endif							/* PG_YIELD_CHAIN_LOG_H */
