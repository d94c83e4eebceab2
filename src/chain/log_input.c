/*-------------------------------------------------------------------------
 *
 * log_input.c
 *	  The arguments topics and data of functions that read logs of known events.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/tupmacs.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "chain/hex_text.h"
#include "chain/log_input.h"
#include "server/report.h"

static bool
fail(log_input *in, log_problem problem, int at)
{
	in->problem = problem;
	in->at = at;
	return false;
}

/* ---------- topics ---------- */

/* Where the elements of an array are, step by step; NULL and empty ones are no topics. */
typedef struct element_cursor
{
	const uint8 *present;		/* a bit for each, or NULL if all are */
	char	   *at;
} element_cursor;

static element_cursor
first_element(ArrayType *array)
{
	return (element_cursor) {ARR_NULLBITMAP(array), ARR_DATA_PTR(array)};
}

static bool
next_element(element_cursor *cursor, int i, const char **content, size_t *length)
{
	char	   *element = cursor->at;

	if (cursor->present != NULL && (cursor->present[i / 8] & (1 << (i % 8))) == 0)
		return false;
	*content = VARDATA_ANY(element);
	*length = VARSIZE_ANY_EXHDR(element);
	element = att_addlength_pointer(element, -1, element);
	cursor->at = (char *) att_align_nominal(element, TYPALIGN_INT);
	return *length > 0;
}

/*
 * Finds the topics without reading them.  A missing one before others, or too
 * many, is a problem only of a log whose event is wanted: *missing is its
 * place, or -1.
 */
static void
find_topics(log_input *in, ArrayType *array, int *missing)
{
	int			num = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	element_cursor cursor = first_element(array);
	int			hole = -1;

	in->count = 0;
	*missing = -1;
	for (int i = 0; i < num; i++)
	{
		const char *content;
		size_t		length;

		if (!next_element(&cursor, i, &content, &length))
		{
			hole = hole < 0 ? i : hole;
			continue;
		}
		*missing = hole;
		in->count = i + 1;
		if (i >= EVENT_MAX_TOPICS)
			continue;
		in->element[i] = content;
		in->element_length[i] = length;
	}
}

static bool
read_topic(log_input *in, int i)
{
	const char *content = in->element[i];
	size_t		length = in->element_length[i];
	uint8_t		bytes[EVENT_WORD + 1];
	size_t		nbytes;

	if (!in->hex)
	{
		in->log.topics[i] = (const uint8_t *) content;
		return length == EVENT_WORD || fail(in, LOG_BAD_TOPIC, i);
	}
	if (length > 2 * EVENT_WORD + 2 || !hex_text_to_bytes(content, length, bytes, &nbytes) ||
		nbytes != EVENT_WORD)
		return fail(in, LOG_BAD_HEX_TOPIC, i);
	memcpy(in->room[i], bytes, EVENT_WORD);
	in->log.topics[i] = in->room[i];
	return true;
}

static const event_layout *
layout_at(log_events events, int i)
{
	return (const event_layout *) ((const char *) events.first + (Size) i * events.stride);
}

/* Which event a log of these topics is; *named if its first topic is that of one. */
static const event_layout *
find_event(const log_input *in, log_events events, bool *named)
{
	u256		topic0 = u256_load_be(in->log.topics[0], EVENT_WORD);

	*named = false;
	for (int i = 0; i < events.num; i++)
	{
		const event_layout *event = layout_at(events, i);

		if (!u256_equal(event->topic0, topic0))
			continue;
		*named = true;
		if (event->num_topics == in->count)
			return event;
	}
	return NULL;
}

const event_layout *
log_input_event(log_input *in, Datum topics, bool hex, log_events events)
{
	ArrayType  *array = DatumGetArrayTypeP(topics);
	int			missing;
	bool		named;

	in->hex = hex;
	in->problem = LOG_FINE;
	in->event = NULL;
	if (ARR_NDIM(array) > 1)
		(void) fail(in, LOG_TOPICS_NOT_FLAT, ARR_NDIM(array));
	else
		find_topics(in, array, &missing);
	if (in->problem != LOG_FINE || in->count == 0)
		return NULL;
	if (missing == 0)
		(void) fail(in, LOG_TOPIC_MISSING, 0);
	if (in->problem != LOG_FINE || !read_topic(in, 0))
		return NULL;
	in->event = find_event(in, events, &named);
	if (named && in->count > EVENT_MAX_TOPICS)
		(void) fail(in, LOG_TOO_MANY_TOPICS, in->count);
	else if (named && missing > 0)
		(void) fail(in, LOG_TOPIC_MISSING, missing);
	return in->problem == LOG_FINE ? in->event : NULL;
}

/* ---------- data ---------- */

static bool
read_data(log_input *in, Datum data)
{
	struct varlena *packed = PG_DETOAST_DATUM_PACKED(data);
	uint8_t    *bytes;

	in->content = VARDATA_ANY(packed);
	in->content_length = VARSIZE_ANY_EXHDR(packed);
	if (!in->hex)
	{
		in->log.data = (const uint8_t *) in->content;
		in->log.length = in->content_length;
		return !bytes_are_hex_text(in->log.data, in->log.length) || fail(in, LOG_HEX_AS_BYTES, 0);
	}
	bytes = palloc(in->content_length / 2 + 1);
	in->log.data = bytes;
	return hex_text_to_bytes(in->content, in->content_length, bytes, &in->log.length) ||
		fail(in, LOG_BAD_HEX_DATA, 0);
}

bool
log_input_values(log_input *in, Datum data, event_value *values, int columns)
{
	for (int i = 1; i < in->count; i++)
		if (!read_topic(in, i))
			return false;
	if (!read_data(in, data))
		return false;
	return event_read(in->event, &in->log, values, columns, &in->report) ||
		fail(in, LOG_BAD_CONTENT, 0);
}

/* ---------- reports ---------- */

static void
report_hex(const char *argument, const char *content, size_t length, const char *hint)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("%s is not hexadecimal text: \"%s\"", argument,
					shown_text(content, (int) length)),
			 errhint("%s", hint)));
}

static void
report_topic(const log_input *in)
{
	char	   *name = psprintf("topics[%d]", in->at + 1);

	if (in->problem == LOG_BAD_HEX_TOPIC)
		report_hex(name, in->element[in->at], in->element_length[in->at],
				   "A topic is 0x and 64 digits.");
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("%s must have %d bytes, not %zu", name, EVENT_WORD,
					in->element_length[in->at]),
			 errhint("Hexadecimal text goes in as text, not as bytea.")));
}

static void
report_topics(const log_input *in)
{
	if (in->problem == LOG_TOPICS_NOT_FLAT)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("topics must have one dimension, not %d", in->at)));
	if (in->problem == LOG_TOO_MANY_TOPICS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("topics must have at most %d elements, not %d", EVENT_MAX_TOPICS, in->at)));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("topics[%d] must not be NULL or empty before topics[%d]", in->at + 1, in->count),
			 errhint("A log has its topics in order; only those at the end may be missing.")));
}

static void
report_content(const log_input *in)
{
	const event_layout *event = in->event;
	size_t		length;
	const char *argument = event_argument(event->declaration, in->report.argument, &length);

	if (in->report.fault == EVENT_SHORT_DATA)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("data must have at least %d bytes, not %zu", EVENT_WORD * event->num_words,
						in->log.length),
				 errdetail("The log is %s.", event->declaration)));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg(in->report.fault == EVENT_BAD_LIST ?
					"\"%.*s\" is not within data" : "the value of \"%.*s\" is out of range",
					(int) length, argument),
			 errdetail("The log is %s.", event->declaration)));
}

void
log_input_report(const log_input *in)
{
	switch (in->problem)
	{
		case LOG_FINE:
			break;
		case LOG_TOPICS_NOT_FLAT:
		case LOG_TOO_MANY_TOPICS:
		case LOG_TOPIC_MISSING:
			report_topics(in);
			break;
		case LOG_BAD_TOPIC:
		case LOG_BAD_HEX_TOPIC:
			report_topic(in);
			break;
		case LOG_BAD_HEX_DATA:
			report_hex("data", in->content, in->content_length,
					   "It is 0x and an even number of digits.");
			break;
		case LOG_HEX_AS_BYTES:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
					 errmsg("data holds hexadecimal text instead of bytes: \"%s\"",
							shown_text(in->content, (int) in->content_length)),
					 errhint("A bytea is written '\\x...', not '0x...'; text can go in as text.")));
			break;
		case LOG_BAD_CONTENT:
			report_content(in);
			break;
	}
}
