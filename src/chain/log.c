/*-------------------------------------------------------------------------
 *
 * chain/log.c
 *	  Arguments that are bytes: data, words, and the topics of a log.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/tupmacs.h"
#include "miscadmin.h"
#include "utils/array.h"

#include "chain/hex_text.h"
#include "chain/log.h"
#include "server/compat.h"
#include "server/report.h"

/* Digits between two looks for an interrupt: a gigabyte takes a second */
#define HEX_CHUNK		((Size) 8 * 1024 * 1024)

/* ---------- what is wrong ---------- */

void
report_bad_hex(const char *argument, const char *text, Size length, const char *hint)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("%s is not hexadecimal text: \"%s\"", argument, shown_text(text, (int) length)),
			 errdetail("Hexadecimal text is 0x and an even number of digits 0-9, a-f or A-F."),
			 hint != NULL ? errhint("%s", hint) : 0));
	pg_unreachable();
}

static void
report_misread_hex(const char *argument, byte_view view)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("%s holds hexadecimal text instead of bytes: \"%s\"", argument,
					shown_text((const char *) view.bytes, (int) view.length)),
			 errhint("A bytea is written '\\x...', not '0x...'. Of a bytea that holds such text, "
					 "convert_from(..., 'UTF8') can be decoded.")));
}

/* ---------- bytes of any number ---------- */

static bool
has_prefix(const char *text, Size length)
{
	return hex_prefix_length(text, length) > 0;
}

/*
 * The bytes of hexadecimal text, chunk by chunk.  A chunk that begins with a
 * prefix is none: the prefix of the whole was taken off before.
 */
static bool
read_hex(const char *text, Size length, uint8 *to)
{
	Size		at = hex_prefix_length(text, length);
	size_t		num_bytes;

	do
	{
		Size		chunk = Min(length - at, HEX_CHUNK);

		CHECK_FOR_INTERRUPTS();
		if (has_prefix(text + at, length - at) ||
			hex_to_bytes(text + at, chunk, to, &num_bytes) != CORE_OK)
			return false;
		at += chunk;
		to += num_bytes;
	} while (at < length);
	return true;
}

/* Encoded data comes in words: two bytes more than that, the first being 0x, are no coincidence. */
static bool
check_bytes(const char *argument, byte_view view, bool tolerant)
{
	if (likely(view.length % WORD_BYTES != 2 || !bytes_are_hex_text(view.bytes, view.length)))
		return true;
	if (!tolerant)
		report_misread_hex(argument, view);
	return false;
}

bool
read_bytes(const char *argument, Datum value, byte_form form, byte_view *view)
{
	struct varlena *packed = PG_DETOAST_DATUM_PACKED(value);
	const char *text = VARDATA_ANY(packed);
	Size		length = VARSIZE_ANY_EXHDR(packed);
	uint8	   *bytes;

	*view = (byte_view) {(const uint8 *) text, length};
	if (!form.hex)
		return check_bytes(argument, *view, form.tolerant);
	bytes = palloc(length / 2 + 1);
	if (!read_hex(text, length, bytes))
	{
		if (!form.tolerant)
			report_bad_hex(argument, text, length, NULL);
		return false;
	}
	*view = (byte_view) {bytes, (length - hex_prefix_length(text, length)) / 2};
	return true;
}

/* ---------- bytes of a fixed number ---------- */

/* Argument, or its element "number" from 1, has not so many bytes. */
static void
report_fixed_bytes(const char *argument, int number, struct varlena *packed, bool hex, Size length)
{
	const char *name = number == 0 ? argument : psprintf("%s[%d]", argument, number);
	byte_view	view = {(const uint8 *) VARDATA_ANY(packed), VARSIZE_ANY_EXHDR(packed)};

	if (hex)
		(void) read_bytes(name, PointerGetDatum(packed), (byte_form) {.hex = true}, &view);
	else if (view.length == 2 * length + 2 && bytes_are_hex_text(view.bytes, view.length))
		report_misread_hex(name, view);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("%s must have %zu bytes, not %zu", name, length, view.length),
			 length == ADDRESS_BYTES && view.length == WORD_BYTES ?
			 errhint("The address in a topic or another word is its last 20 bytes.") : 0));
}

/*
 * So many bytes of an argument, or of its element "number" from 1.  room, for
 * those that come as text, has one byte more.
 */
bool
read_fixed_bytes(const char *argument, int number, Datum value, byte_form form, Size length,
				 uint8 *room, const uint8 **bytes)
{
	struct varlena *packed = PG_DETOAST_DATUM_PACKED(value);
	const char *content = VARDATA_ANY(packed);
	Size		given = VARSIZE_ANY_EXHDR(packed);
	size_t		num_bytes;

	*bytes = form.hex ? room : (const uint8 *) content;
	if (likely(form.hex ?
			   given <= 2 * length + 2 && hex_text_to_bytes(content, given, room, &num_bytes) &&
			   num_bytes == length :
			   given == length))
		return true;
	if (!form.tolerant)
		report_fixed_bytes(argument, number, packed, form.hex, length);
	return false;
}

/* ---------- topics ---------- */

void
report_dimensions(int num_dims)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("topics must have one dimension, not %d", num_dims)));
	pg_unreachable();
}

void
report_gap(int missing, int present)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("topics[%d] is missing, and topics[%d] is not", missing, present),
			 errhint("A log has its topics in order; only the last ones can be missing, "
					 "NULL or empty.")));
	pg_unreachable();
}

void
report_too_many(int count)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("topics has %d elements, and a log at most %d topics", count, MAX_TOPICS)));
	pg_unreachable();
}

topic_cursor
first_topic(const ArrayType *array)
{
	return (topic_cursor) {ARR_NULLBITMAP(array), ARR_DATA_PTR(array)};
}

/* Element i, from 0, of an array that is walked from its first on; NULL for NULL. */
const struct varlena *
next_topic(topic_cursor *cursor, int i)
{
	const struct varlena *element = (const struct varlena *) cursor->at;
	const char *end;

	if (cursor->present != NULL && (cursor->present[i / 8] & (1 << (i % 8))) == 0)
		return NULL;
	end = att_addlength_pointer(cursor->at, -1, cursor->at);
	cursor->at = (const char *) att_align_nominal(end, TYPALIGN_INT);
	return element;
}

/* No bytes, as exports write a topic that a log has not. */
static bool
is_empty(const struct varlena *element, bool hex)
{
	Size		length = VARSIZE_ANY_EXHDR(element);

	return length == 0 || (hex && length == 2 && has_prefix(VARDATA_ANY(element), length));
}

/* May element i be the next topic? */
static bool
check_place(const log_topics *topics, int i, int num_elements, bool tolerant)
{
	if ((Size) i == topics->count && i < MAX_TOPICS)
		return true;
	if (tolerant)
		return false;
	if ((Size) i != topics->count)
		report_gap((int) topics->count + 1, i + 1);
	report_too_many(num_elements);
}

/*
 * The topics of a log.  NULLs and empty ones at the end do not count: ARRAY[topic0,
 * topic1, topic2, topic3] makes them of columns that a log does not use.
 */
bool
read_topics(Datum value, byte_form form, log_topics *topics)
{
	ArrayType  *array = DatumGetArrayTypeP(value);
	int			num_elements = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	topic_cursor cursor = first_topic(array);

	topics->count = 0;
	if (ARR_NDIM(array) > 1)
	{
		if (!form.tolerant)
			report_dimensions(ARR_NDIM(array));
		return false;
	}
	for (int i = 0; i < num_elements; i++)
	{
		const struct varlena *topic = next_topic(&cursor, i);

		if (topic == NULL || is_empty(topic, form.hex))
			continue;
		if (!check_place(topics, i, num_elements, form.tolerant) ||
			!read_fixed_bytes("topics", i + 1, PointerGetDatum(topic), form, WORD_BYTES,
							  topics->room[i], &topics->words[i]))
			return false;
		topics->count++;
	}
	return true;
}
