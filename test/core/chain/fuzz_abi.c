/*-------------------------------------------------------------------------
 *
 * fuzz_abi.c
 *	  Any data against any signature: the decoder stays within the data, what
 *	  it gives out is linear in it, and calls come in pairs and in order.
 *
 *-------------------------------------------------------------------------
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/chain/abi_decode.h"

#define CHECK(condition) do { if (!(condition)) abort(); } while (0)

#define MAX_SHARING 4			/* what the decoder promises */

typedef struct witness
{
	const uint8_t *data;
	size_t		length;
	const uint8_t *topics;
	size_t		values;
	size_t		bytes;
	size_t		containers;
	uint8_t		sum;			/* of all bytes given out, so that they are read */
	int			depth;
	bool		object[ABI_MAX_DEPTH + 2];
	bool		keyed;			/* a key waits for its value */
} witness;

static void
check_keyed(witness *w)
{
	CHECK(w->keyed == (w->depth > 0 && w->object[w->depth - 1]));
	w->keyed = false;
}

static core_status
on_begin(void *ctx, bool object, uint64_t count)
{
	witness    *w = ctx;

	check_keyed(w);
	CHECK(w->depth < ABI_MAX_DEPTH + 2);
	CHECK(count <= w->length / 32 + ABI_MAX_TOPICS);
	w->object[w->depth++] = object;
	w->containers++;
	return CORE_OK;
}

static core_status
on_end(void *ctx, bool object)
{
	witness    *w = ctx;

	CHECK(!w->keyed && w->depth > 0 && w->object[w->depth - 1] == object);
	w->depth--;
	return CORE_OK;
}

static core_status
on_key(void *ctx, const char *name, size_t length)
{
	witness    *w = ctx;

	CHECK(!w->keyed && w->depth > 0 && w->object[w->depth - 1]);
	CHECK(length > 0 && name[0] != '\0' && name[length - 1] != '\0');
	w->keyed = true;
	return CORE_OK;
}

static core_status
on_value(void *ctx, const abi_value *value)
{
	witness    *w = ctx;
	bool		in_data = value->bytes >= w->data && value->bytes <= w->data + w->length &&
		value->length <= (size_t) (w->data + w->length - value->bytes);
	bool		in_topics = value->bytes >= w->topics &&
		value->bytes + value->length <= w->topics + 5 * 32;

	check_keyed(w);
	CHECK(in_data || in_topics);
	for (size_t i = 0; i < value->length; i++)
		w->sum ^= value->bytes[i];
	w->values++;
	w->bytes += value->length;
	return CORE_OK;
}

static void
check_decoding(const abi_signature *sig, witness *w, size_t num_topics)
{
	abi_visitor visitor = {w, on_begin, on_end, on_key, on_value};
	const uint8_t *topics[5];
	uint8_t		topic[32];
	abi_error	error;
	core_status status;

	for (int i = 0; i < 5; i++)
		topics[i] = w->topics + 32 * i;
	abi_event_topic(sig, topic);
	if (sig->forms == 0)
		status = abi_decode(sig, w->data, w->length, &visitor, &error);
	else
		status = abi_decode_log(sig, sig->anonymous ? topic : topics[0], topics, num_topics,
								w->data, w->length, &visitor, &error);

	CHECK((status == CORE_OK) == (error.problem == ABI_FINE));
	CHECK(status != CORE_OK || w->depth == 0);
	CHECK(status == CORE_OK || status == CORE_NULL || error.problem >= ABI_TOO_MANY_TOPICS);
	CHECK(w->values <= MAX_SHARING * w->length / 32 + ABI_MAX_TOPICS);
	CHECK(w->bytes <= MAX_SHARING * w->length + 32 * ABI_MAX_TOPICS);
	CHECK(w->containers <= (MAX_SHARING * w->length / 32 + 1) * (ABI_MAX_DEPTH + 1));
}

extern int	LLVMFuzzerTestOneInput(const uint8_t *input, size_t size);

/*
 * The first byte: a list or an event, and how many topics. Then the signature,
 * up to a byte of zero; then the data, of which the end also serves as topics.
 */
int
LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
	const uint8_t *end = size > 0 ? memchr(input + 1, 0, size - 1) : NULL;
	static uint8_t topics[5 * 32];
	abi_node   *nodes;
	abi_signature sig;
	abi_error	error;
	core_status status;
	witness		w = {.topics = topics};

	if (end == NULL)
		return 0;
	sig = (abi_signature) {.text = (const char *) input + 1};
	sig.length = (size_t) (end - input) - 1;
	sig.capacity = abi_node_bound(sig.length);
	sig.nodes = nodes = malloc(sig.capacity * sizeof(abi_node));
	w.length = size - (size_t) (end + 1 - input);
	w.data = malloc(w.length > 0 ? w.length : 1);
	CHECK(nodes != NULL && w.data != NULL);
	memcpy((uint8_t *) w.data, end + 1, w.length);
	memset(topics, 0, sizeof(topics));
	memcpy(topics, w.data, w.length < sizeof(topics) ? w.length : sizeof(topics));

	status = (input[0] & 1) == 0 ? abi_parse_list(&sig, &error) :
		abi_parse_declaration(&sig, ABI_DECL_EVENT, &error);
	if (status == CORE_OK)
		check_decoding(&sig, &w, input[0] / 2 % 6);
	free(nodes);
	free((uint8_t *) w.data);
	return 0;
}
