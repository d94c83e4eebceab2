/*-------------------------------------------------------------------------
 *
 * core/chain/abi_decode.c
 *	  ABI-encoded data and event logs, walked by a parsed signature.
 *
 * The encoding is that of the Contract ABI Specification of the Solidity
 * documentation. A value stands where it belongs, or, if its type is dynamic,
 * behind an offset from the start of the body it belongs to. "Body" here is
 * the row of words that a list, a tuple or an array consists of.
 *
 * Each body is checked against the data as a whole before its members are
 * read, so that reading a member needs no check of its own.
 *
 *-------------------------------------------------------------------------
 */
#include "core/chain/abi_decode.h"

#include <string.h>

#define WORD 32

/*
 * How often the data may be visited, on average. Once would do for what
 * compilers emit; encoders that save calldata let equal values share a place.
 */
#define ABI_MAX_SHARING 4

typedef struct decoder
{
	const abi_signature *sig;
	const abi_visitor *visitor;
	abi_error  *error;
	const uint8_t *data;
	uint64_t	length;			/* bytes of data */
	uint64_t	budget;			/* bytes that may still be visited */
	uint32_t	argument;		/* the one that is being decoded, for errors */
	bool		log;			/* names are keys, indexed arguments are topics */
	const uint8_t *const *topics;
	size_t		next_topic;		/* the one for the next indexed argument */
} decoder;

static const uint8_t all_zeros[WORD];
static const uint8_t all_ones[WORD] = {
	0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff
};

/* ---------- errors ---------- */

static core_status
fail(decoder *d, abi_problem problem, uint32_t node, uint64_t offset,
	 uint64_t needed, uint64_t available)
{
	*d->error = (abi_error) {
		.problem = problem,
		.argument = d->argument,
		.node = node,
		.offset = offset,
		.needed = needed,
		.available = available
	};
	return CORE_BAD_BINARY;
}

/* Bytes from a place to the end of the data. */
static uint64_t
rest(const decoder *d, uint64_t at)
{
	return at < d->length ? d->length - at : 0;
}

/*
 * Takes what is about to be visited off the budget. As every value takes a
 * word or more of a body, and every body, bytes and string is paid for when it
 * is entered, the budget bounds the number of values and of bytes given out.
 */
static core_status
spend(decoder *d, uint32_t node, uint64_t at, uint64_t bytes)
{
	if (bytes > d->budget)
		return fail(d, ABI_OVERLAP, node, at, bytes, d->budget);
	d->budget -= bytes;
	return CORE_OK;
}

/* ---------- words ---------- */

/* A word as a number, saturating at UINT64_MAX, which is beyond any data. */
static uint64_t
read_size(const uint8_t *word)
{
	uint64_t	size = 0;

	if (memcmp(word, all_zeros, WORD - 8) != 0)
		return UINT64_MAX;
	for (int i = WORD - 8; i < WORD; i++)
		size = size << 8 | word[i];
	return size;
}

/*
 * Whether a word is what an encoder makes of a value of this type: narrower
 * numbers extended by zero or by sign, bytes filled up with zeros on the right.
 */
static bool
word_is_valid(const abi_node *node, const uint8_t *word)
{
	size_t		used = node->bits / 8;
	size_t		unused = WORD - used;

	switch (node->kind)
	{
		case ABI_BOOL:
			return memcmp(word, all_zeros, WORD - 1) == 0 && word[WORD - 1] <= 1;
		case ABI_INT:
		case ABI_FIXED:
			return memcmp(word, word[unused] & 0x80 ? all_ones : all_zeros, unused) == 0;
		case ABI_FUNCTION:
		case ABI_BYTES_N:
			return memcmp(word + used, all_zeros, unused) == 0;
		default:
			return memcmp(word, all_zeros, unused) == 0;
	}
}

static core_status
visit_word(decoder *d, uint32_t index, const uint8_t *word)
{
	const abi_node *node = &d->sig->nodes[index];
	abi_value	value = {
		.kind = (abi_kind) node->kind,
		.bits = node->bits,
		.decimals = node->decimals,
		.node = index,
		.bytes = word,
		.length = WORD
	};

	if (node->kind == ABI_ADDRESS || node->kind == ABI_FUNCTION || node->kind == ABI_BYTES_N)
	{
		value.length = node->bits / 8;
		if (node->kind == ABI_ADDRESS)
			value.bytes += WORD - value.length;
	}
	return d->visitor->value(d->visitor->ctx, &value);
}

/* ---------- text ---------- */

/*
 * Bytes of the UTF-8 character at s, or 0 if there is none: the well-formed
 * sequences of table 3-7 of the Unicode Standard, which leave out overlong
 * forms, surrogates and what is above U+10FFFF.
 */
static size_t
utf8_length(const uint8_t *s, size_t available)
{
	uint8_t		low = 0x80;		/* bounds of the second byte */
	uint8_t		high = 0xBF;
	size_t		length;

	if (s[0] < 0x80)
		return 1;
	if (s[0] < 0xC2 || s[0] > 0xF4)
		return 0;
	length = s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : 4;
	if (s[0] == 0xE0)
		low = 0xA0;
	else if (s[0] == 0xED)
		high = 0x9F;
	else if (s[0] == 0xF0)
		low = 0x90;
	else if (s[0] == 0xF4)
		high = 0x8F;

	if (length > available || s[1] < low || s[1] > high)
		return 0;
	for (size_t i = 2; i < length; i++)
	{
		if ((s[i] & 0xC0) != 0x80)
			return 0;
	}
	return length;
}

static abi_text
check_text(const uint8_t *s, size_t length)
{
	size_t		i = 0;

	while (i < length)
	{
		uint64_t	eight;
		size_t		step;

		/* nearly all text is ASCII */
		if (length - i >= 8)
		{
			memcpy(&eight, s + i, 8);
			if ((eight & UINT64_C(0x8080808080808080)) == 0)
			{
				i += 8;
				continue;
			}
		}
		step = utf8_length(s + i, length - i);
		if (step == 0)
			return ABI_TEXT_INVALID;
		i += step;
	}
	return length > 0 && memchr(s, 0, length) != NULL ? ABI_TEXT_ZERO : ABI_TEXT_FINE;
}

/* ---------- values ---------- */

static core_status visit_members(decoder *d, uint32_t index, uint64_t count, uint64_t at);

/* bytes or string at a place that may lie anywhere up to the end of the data. */
static core_status
visit_bytes(decoder *d, uint32_t index, uint64_t at)
{
	abi_value	value = {.kind = (abi_kind) d->sig->nodes[index].kind, .node = index};
	uint64_t	available;
	uint64_t	length;
	core_status status;

	if (rest(d, at) < WORD)
		return fail(d, ABI_SHORT_DATA, index, at, WORD, rest(d, at));
	length = read_size(d->data + at);
	available = rest(d, at + WORD);
	if (length > available)
		return fail(d, ABI_BAD_LENGTH, index, at, length, available);
	status = spend(d, index, at, WORD + length);
	if (status != CORE_OK)
		return status;

	value.bytes = d->data + at + WORD;
	value.length = (size_t) length;
	if (value.kind == ABI_STRING)
		value.text = check_text(value.bytes, value.length);
	return d->visitor->value(d->visitor->ctx, &value);
}

/* An array with its length in front. */
static core_status
visit_array(decoder *d, uint32_t index, uint64_t at)
{
	uint64_t	words = d->sig->nodes[index].body_words;
	uint64_t	available;
	uint64_t	count;
	core_status status;

	if (rest(d, at) < WORD)
		return fail(d, ABI_SHORT_DATA, index, at, WORD, rest(d, at));
	count = read_size(d->data + at);
	available = rest(d, at + WORD);
	if (count > available / WORD / words)
		return fail(d, ABI_BAD_LENGTH, index, at,
					abi_saturating_mul(abi_saturating_mul(count, words), WORD), available);
	status = spend(d, index, at, (1 + count * words) * WORD);
	if (status != CORE_OK)
		return status;
	return visit_members(d, index, count, at + WORD);
}

/* A value of a dynamic type at the place that its offset leads to. */
static core_status
visit_dynamic(decoder *d, uint32_t index, uint64_t at)
{
	const abi_node *node = &d->sig->nodes[index];
	core_status status;

	if (node->kind == ABI_BYTES || node->kind == ABI_STRING)
		return visit_bytes(d, index, at);
	if (node->kind == ABI_ARRAY)
		return visit_array(d, index, at);

	if (node->body_words > rest(d, at) / WORD)
		return fail(d, ABI_SHORT_DATA, index, at,
					abi_saturating_mul(node->body_words, WORD), rest(d, at));
	status = spend(d, index, at, node->body_words * WORD);
	if (status != CORE_OK)
		return status;
	return visit_members(d, index, node->length, at);
}

/*
 * A member of the body that begins at body; its own word, or words, begin at
 * at and are known to lie within the data.
 */
static core_status
visit_value(decoder *d, uint32_t index, uint64_t body, uint64_t at)
{
	const abi_node *node = &d->sig->nodes[index];
	uint64_t	offset;

	if (!node->dynamic)
	{
		if (node->child != ABI_NONE)
			return visit_members(d, index, node->length, at);
		if (!word_is_valid(node, d->data + at))
			return fail(d, ABI_BAD_VALUE, index, at, WORD, WORD);
		return visit_word(d, index, d->data + at);
	}

	offset = read_size(d->data + at);
	if (offset > d->length - body)
		return fail(d, ABI_BAD_OFFSET, index, at, offset, d->length - body);
	return visit_dynamic(d, index, body + offset);
}

/* ---------- arrays, tuples, lists ---------- */

/* The key of a member: its name, or its position. */
static core_status
visit_key(decoder *d, const abi_node *member, uint32_t position)
{
	char		digits[10];
	size_t		start = sizeof(digits);

	if (member->name_length > 0)
		return d->visitor->key(d->visitor->ctx, d->sig->text + member->name_start,
							   member->name_length);
	do
	{
		digits[--start] = (char) ('0' + position % 10);
		position /= 10;
	} while (position > 0);
	return d->visitor->key(d->visitor->ctx, digits + start, sizeof(digits) - start);
}

/* The members of a tuple, one after the other, from the body at at. */
static core_status
visit_tuple_members(decoder *d, const abi_node *tuple, bool object, uint64_t at)
{
	uint64_t	body = at;
	uint32_t	position = 0;
	core_status status = CORE_OK;

	for (uint32_t i = tuple->child; i != ABI_NONE && status == CORE_OK; i = d->sig->nodes[i].next)
	{
		const abi_node *member = &d->sig->nodes[i];

		if (object)
			status = visit_key(d, member, position);
		if (status == CORE_OK)
			status = visit_value(d, i, body, at);
		at += abi_head_words(member) * WORD;
		position++;
	}
	return status;
}

/*
 * An array or tuple of count members whose body begins at at, lies within the
 * data, and is paid for.
 */
static core_status
visit_members(decoder *d, uint32_t index, uint64_t count, uint64_t at)
{
	const abi_node *node = &d->sig->nodes[index];
	bool		object = node->kind == ABI_TUPLE && node->named && d->log;
	core_status status = d->visitor->begin(d->visitor->ctx, object, count);

	if (status != CORE_OK)
		return status;
	if (node->kind == ABI_TUPLE)
		status = visit_tuple_members(d, node, object, at);
	else
	{
		uint64_t	step = abi_head_words(&d->sig->nodes[node->child]) * WORD;

		for (uint64_t i = 0; i < count && status == CORE_OK; i++)
			status = visit_value(d, node->child, at, at + i * step);
	}
	return status == CORE_OK ? d->visitor->end(d->visitor->ctx, object) : status;
}

/* The topic of an indexed argument: its word, or the hash of what has no single word. */
static core_status
visit_topic(decoder *d, uint32_t index)
{
	const abi_node *node = &d->sig->nodes[index];
	const uint8_t *word = d->topics[d->next_topic];
	abi_value	value = {.kind = ABI_HASH, .node = index, .bytes = word, .length = WORD};

	if (node->dynamic || node->child != ABI_NONE)
	{
		d->next_topic++;
		return d->visitor->value(d->visitor->ctx, &value);
	}
	if (!word_is_valid(node, word))
		return fail(d, ABI_BAD_TOPIC, index, d->next_topic, WORD, WORD);
	d->next_topic++;
	return visit_word(d, index, word);
}

/*
 * The arguments, from the data and, for a log, from its topics. Where there
 * are no topics, what is indexed is left out: it has no place in the data.
 */
static core_status
visit_arguments(decoder *d)
{
	const abi_node *list = &d->sig->nodes[0];
	uint64_t	count = d->log ? list->length : list->length - d->sig->num_indexed;
	uint64_t	at = 0;
	core_status status = d->visitor->begin(d->visitor->ctx, d->log, count);

	d->argument = 0;
	for (uint32_t i = list->child; i != ABI_NONE && status == CORE_OK; i = d->sig->nodes[i].next)
	{
		const abi_node *argument = &d->sig->nodes[i];

		if (d->log)
			status = visit_key(d, argument, d->argument);
		if (status == CORE_OK && !argument->indexed)
		{
			status = visit_value(d, i, 0, at);
			at += abi_head_words(argument) * WORD;
		}
		else if (status == CORE_OK && d->log)
			status = visit_topic(d, i);
		d->argument++;
	}
	return status == CORE_OK ? d->visitor->end(d->visitor->ctx, d->log) : status;
}

/* Names the argument whose own words are the first not to be there in full. */
static core_status
fail_short_list(decoder *d)
{
	uint64_t	at = 0;
	uint32_t	i = d->sig->nodes[0].child;

	d->argument = 0;
	for (; d->sig->nodes[i].next != ABI_NONE; i = d->sig->nodes[i].next, d->argument++)
	{
		const abi_node *node = &d->sig->nodes[i];

		if (node->indexed)
			continue;
		if (abi_head_words(node) > rest(d, at) / WORD)
			break;
		at += abi_head_words(node) * WORD;
	}
	return fail(d, ABI_SHORT_DATA, i, at,
				abi_saturating_mul(abi_head_words(&d->sig->nodes[i]), WORD), rest(d, at));
}

static core_status
decode(decoder *d)
{
	uint64_t	words = d->sig->nodes[0].body_words;

	*d->error = (abi_error) {.problem = ABI_FINE, .argument = ABI_NONE, .node = ABI_NONE};
	d->budget = abi_saturating_mul(d->length, ABI_MAX_SHARING);
	if (words > d->length / WORD)
		return fail_short_list(d);
	d->budget -= words * WORD;
	return visit_arguments(d);
}

core_status
abi_decode(const abi_signature *sig, const uint8_t *data, size_t length,
		   const abi_visitor *visitor, abi_error *error)
{
	decoder		d = {
		.sig = sig,
		.visitor = visitor,
		.error = error,
		.data = data,
		.length = length
	};

	return decode(&d);
}

/* ---------- logs ---------- */

bool
abi_event_matches(const abi_signature *event, const uint8_t topic[32],
				  const uint8_t *const *topics, size_t num_topics)
{
	if (event->anonymous)
		return true;
	return num_topics > 0 && memcmp(topics[0], topic, WORD) == 0;
}

static core_status
fail_topics(abi_error *error, abi_problem problem, uint64_t needed, uint64_t available)
{
	*error = (abi_error) {
		.problem = problem,
		.argument = ABI_NONE,
		.node = ABI_NONE,
		.needed = needed,
		.available = available
	};
	return problem == ABI_OTHER_EVENT ? CORE_NULL : CORE_BAD_PARAMETER;
}

core_status
abi_decode_log(const abi_signature *event, const uint8_t topic[32],
			   const uint8_t *const *topics, size_t num_topics,
			   const uint8_t *data, size_t length,
			   const abi_visitor *visitor, abi_error *error)
{
	size_t		first = event->anonymous ? 0 : 1;
	decoder		d = {
		.sig = event,
		.visitor = visitor,
		.error = error,
		.data = data,
		.length = length,
		.log = true,
		.topics = topics,
		.next_topic = first
	};

	if (num_topics > ABI_MAX_TOPICS)
		return fail_topics(error, ABI_TOO_MANY_TOPICS, ABI_MAX_TOPICS, num_topics);
	if (!abi_event_matches(event, topic, topics, num_topics))
		return fail_topics(error, ABI_OTHER_EVENT, 0, 0);
	if (num_topics - first != event->num_indexed)
		return fail_topics(error, ABI_TOPIC_COUNT, event->num_indexed, num_topics - first);
	return decode(&d);
}
