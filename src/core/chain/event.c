/*-------------------------------------------------------------------------
 *
 * core/chain/event.c
 *	  Event logs of known events, read into columns by a table of their fields.
 *
 *-------------------------------------------------------------------------
 */
#include "core/chain/event.h"

/* Seconds from 1970 to 2000, and the range of a timestamp: 4714 BC to 294276 AD */
#define EPOCH_SECONDS	INT64_C(946684800)
#define LAST_SECOND		INT64_C(9224318015999)
#define SECOND			INT64_C(1000000)

/* ---------- words ---------- */

static bool
fits_unsigned(u256 word, int bits)
{
	uint64_t	above = bits % 64 == 0 ? 0 : word.limb[bits / 64] >> bits % 64;

	for (int i = (bits + 63) / 64; i < 4; i++)
		above |= word.limb[i];
	return above == 0;
}

/* Two's complement: one bit is the sign, which the bits above repeat. */
static bool
fits_signed(s256 word, int bits)
{
	uint64_t	sign = 0 - (word.limb[3] >> 63);

	for (int i = 0; i < 4; i++)
		word.limb[i] ^= sign;
	return fits_unsigned(word, bits - 1);
}

/* A number that an int holds, whatever the width of its type. */
static bool
read_small(bool fits, event_value *value)
{
	value->number = (int32_t) (uint32_t) value->word.limb[0];
	return fits;
}

static bool
read_time(event_value *value)
{
	uint64_t	seconds = value->word.limb[0];

	if (!u256_fits_u64(value->word) || seconds > (uint64_t) LAST_SECOND)
		return false;
	value->number = ((int64_t) seconds - EPOCH_SECONDS) * SECOND;
	return true;
}

/* An argument that is one word, of a topic or of data. */
static bool
read_word(const event_field *field, const uint8_t *bytes, event_value *value)
{
	value->word = u256_load_be(bytes, EVENT_WORD);
	value->bytes = bytes;
	switch (field->kind)
	{
		case EVENT_INT:
			return fits_signed(value->word, field->bits);
		case EVENT_SMALL_INT:
			return fits_signed(value->word, field->bits) &&
				read_small(fits_signed(value->word, 32), value);
		case EVENT_SMALL_UINT:
			return fits_unsigned(value->word, field->bits) &&
				read_small(fits_unsigned(value->word, 31), value);
		case EVENT_TIME:
			return fits_unsigned(value->word, field->bits) && read_time(value);
		case EVENT_ADDRESS:
			value->bytes = bytes + EVENT_WORD - EVENT_ADDRESS_BYTES;
			return fits_unsigned(value->word, 8 * EVENT_ADDRESS_BYTES);
		default:
			return fits_unsigned(value->word, field->bits);
	}
}

/* ---------- lists ---------- */

/* A word of data as a number of bytes or elements; false if above "limit". */
static bool
read_size(const uint8_t *bytes, size_t limit, size_t *size)
{
	u256		word = u256_load_be(bytes, EVENT_WORD);

	*size = (size_t) word.limb[0];
	return u256_fits_u64(word) && word.limb[0] <= limit;
}

/* uint256[]: the word is the offset, from the beginning of data, of its length and elements. */
static bool
read_list(const event_log *log, const uint8_t *bytes, event_value *value)
{
	size_t		offset;
	size_t		rest;

	if (!read_size(bytes, log->length - EVENT_WORD, &offset))
		return false;
	rest = log->length - offset - EVENT_WORD;
	value->bytes = log->data + offset + EVENT_WORD;
	return read_size(log->data + offset, rest / EVENT_WORD, &value->count);
}

/* ---------- logs ---------- */

/* Where the next argument stands. */
typedef struct event_cursor
{
	const uint8_t *const *topic;
	const uint8_t *data;
} event_cursor;

static const uint8_t *
next_word(event_cursor *at, bool indexed)
{
	if (indexed)
		return *at->topic++;
	at->data += EVENT_WORD;
	return at->data - EVENT_WORD;
}

static event_fault
read_field(const event_layout *event, const event_log *log, const event_field *field,
		   event_cursor *at, event_value *value)
{
	value->kind = (event_kind) field->kind;
	switch (field->kind)
	{
		case EVENT_WORD_OF_EVENT:
			value->bytes = (const uint8_t *) event->word;
			return EVENT_FINE;
		case EVENT_YES:
		case EVENT_NO:
			return EVENT_FINE;
		case EVENT_LIST:
			return read_list(log, next_word(at, false), value) ? EVENT_FINE : EVENT_BAD_LIST;
		default:
			return read_word(field, next_word(at, field->indexed), value) ?
				EVENT_FINE : EVENT_BAD_VALUE;
	}
}

bool
event_read(const event_layout *event, const event_log *log, event_value *values, int columns,
		   event_report *report)
{
	event_cursor at = {log->topics + 1, log->data};
	event_value unread;

	*report = (event_report) {EVENT_SHORT_DATA, 0};
	if (log->length < (size_t) EVENT_WORD * event->num_words)
		return false;
	for (int i = 0; i < columns; i++)
		values[i].kind = EVENT_ABSENT;
	for (int i = 0; i < event->num_fields; i++)
	{
		const event_field *field = &event->fields[i];

		report->argument = i;
		report->fault = read_field(event, log, field, &at,
								   field->column == EVENT_NO_COLUMN ? &unread :
								   &values[field->column]);
		if (report->fault != EVENT_FINE)
			return false;
	}
	return true;
}

const char *
event_argument(const char *declaration, int argument, size_t *length)
{
	const char *start = strchr(declaration, '(') + 1;

	while (argument-- > 0)
		start = strchr(start, ',') + 2;
	*length = strcspn(start, ",)");
	return start;
}
