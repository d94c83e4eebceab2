/*-------------------------------------------------------------------------
 *
 * chain/event.c
 *	  Which of some known events a log is, and its values: the arguments topics
 *	  and data of functions that read such logs.
 *
 * How bytes come is chain/log.h's.  What is found wrong is only noted here: of
 * a log of another event it is no error, and the tolerant form of a function
 * asks for none.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "chain/event.h"

static bool
fail(event_input *in, log_problem problem, int at)
{
	in->problem = problem;
	in->at = at;
	return false;
}

/* ---------- topics ---------- */

/*
 * Finds the topics without reading them; NULLs and empty ones are none.  One
 * that is missing before others, or too many, is a problem only of a log whose
 * event is wanted: *missing is its place, or -1.
 */
static void
find_topics(event_input *in, const ArrayType *array, int *missing)
{
	int			num = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	topic_cursor cursor = first_topic(array);
	int			hole = -1;

	in->count = 0;
	*missing = -1;
	for (int i = 0; i < num; i++)
	{
		const struct varlena *topic = next_topic(&cursor, i);

		if (topic == NULL || VARSIZE_ANY_EXHDR(topic) == 0)
		{
			hole = hole < 0 ? i : hole;
			continue;
		}
		*missing = hole;
		in->count = i + 1;
		if (i < EVENT_MAX_TOPICS)
			in->topic[i] = topic;
	}
}

static bool
read_topic(event_input *in, int i)
{
	return read_fixed_bytes("topics", i + 1, PointerGetDatum(in->topic[i]), in->form, EVENT_WORD,
							in->room[i], &in->log.topics[i]) ||
		fail(in, LOG_BAD_TOPIC, i);
}

static const event_layout *
layout_at(event_table events, int i)
{
	return (const event_layout *) ((const char *) events.first + (Size) i * events.stride);
}

/* Which event a log of these topics is; *named if its first topic is that of one. */
static const event_layout *
find_event(const event_input *in, event_table events, bool *named)
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
event_input_event(event_input *in, Datum topics, bool hex, event_table events)
{
	ArrayType  *array = DatumGetArrayTypeP(topics);
	int			missing;
	bool		named;

	in->form = (byte_form) {.hex = hex,.tolerant = true};
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
read_data(event_input *in, Datum data)
{
	byte_view	view;

	in->data = data;
	if (!read_bytes("data", data, in->form, &view))
		return fail(in, LOG_BAD_DATA, 0);
	in->log.data = view.bytes;
	in->log.length = view.length;
	return true;
}

bool
event_input_values(event_input *in, Datum data, event_value *values, int columns)
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
report_content(const event_input *in)
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

/* Bytes that could not be read are read once more, not tolerantly, for the error. */
void
event_input_report(const event_input *in)
{
	event_input again = *in;
	byte_view	view;

	again.form.tolerant = false;
	switch (in->problem)
	{
		case LOG_FINE:
			break;
		case LOG_TOPICS_NOT_FLAT:
			report_dimensions(in->at);
		case LOG_TOO_MANY_TOPICS:
			report_too_many(in->at);
		case LOG_TOPIC_MISSING:
			report_gap(in->at + 1, in->count);
		case LOG_BAD_TOPIC:
			(void) read_topic(&again, in->at);
			break;
		case LOG_BAD_DATA:
			(void) read_bytes("data", in->data, again.form, &view);
			break;
		case LOG_BAD_CONTENT:
			report_content(in);
			break;
	}
}
