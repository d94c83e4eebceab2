/*-------------------------------------------------------------------------
 *
 * chain/jsonb_writer.h
 *	  A jsonb value, written from front to back.
 *
 * Calls come in the order of the value: begin, the members (in an object each
 * after its key), end; the value is done when the outermost array or object
 * ends.  The result is byte for byte what PostgreSQL's own functions make;
 * without their tree of allocated values, decoding a log takes two thirds of
 * the time.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CHAIN_JSONB_WRITER_H
#define PG_YIELD_CHAIN_JSONB_WRITER_H

#include "lib/stringinfo.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"

#define JSONB_WRITER_DEPTH		40	/* arrays and objects inside each other */
#define JSONB_WRITER_MEMBERS	32	/* members of objects before memory is allocated */

/* An array or object that has begun */
typedef struct jsonb_frame
{
	bool		object;
	uint32		count;			/* elements or pairs that it will have */
	uint32		done;			/* those that are written */
	int			before;			/* where padding in front of it begins in the buffer */
	int			start;			/* where it begins itself */
	int			data;			/* where its elements begin; of an object unused */
	int			first_member;	/* of an object */
} jsonb_frame;

/* A pair of an object: its key, and the place of its value in the buffer */
typedef struct jsonb_member
{
	const char *key;
	uint32		key_length;
	uint32		type;			/* JENTRY_IS... */
	int			start;
	int			length;
} jsonb_member;

typedef struct jsonb_writer
{
	StringInfoData buf;			/* the varlena header, then the value so far */
	Jsonb	   *result;
	int			depth;
	jsonb_frame frames[JSONB_WRITER_DEPTH];
	jsonb_member *members;		/* of all objects that have begun */
	int			num_members;
	int			max_members;
	jsonb_member first_members[JSONB_WRITER_MEMBERS];
} jsonb_writer;

/*
 * Keys are not copied and must differ within an object; everything else is
 * copied.  Text must be valid in the encoding of the database.  count is the
 * number of elements or pairs to come.  Raises 54000 where jsonb has no room,
 * which for one string, array or object is 2^28 - 1 bytes.
 */
extern void jsonb_writer_init(jsonb_writer *w);
extern void jsonb_writer_begin(jsonb_writer *w, bool object, uint64 count);
extern void jsonb_writer_end(jsonb_writer *w);
extern void jsonb_writer_key(jsonb_writer *w, const char *name, Size length);
extern void jsonb_writer_string(jsonb_writer *w, const char *text, Size length);
extern void jsonb_writer_numeric(jsonb_writer *w, Numeric number);
extern void jsonb_writer_bool(jsonb_writer *w, bool value);

/* A string of 0x and lower-case digits */
extern void jsonb_writer_hex(jsonb_writer *w, const uint8 *bytes, Size length);

/* The value, palloc'd, once all that was begun has ended */
extern Jsonb *jsonb_writer_result(jsonb_writer *w);

#endif							/* PG_YIELD_CHAIN_JSONB_WRITER_H */
