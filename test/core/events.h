/*-------------------------------------------------------------------------
 *
 * events.h
 *	  Checks of tables of events against their declarations, for unit tests.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_TEST_EVENTS_H
#define PG_YIELD_TEST_EVENTS_H

#include "core/chain/abi_type.h"
#include "core/chain/event.h"
#include "vectors.h"

/* The type that a field must have in the declaration. */
static inline void
check_field(const event_field *field, const abi_node *node)
{
	bool		is_list = field->kind == EVENT_LIST;
	abi_kind	kind = ABI_UINT;

	if (field->kind == EVENT_INT || field->kind == EVENT_SMALL_INT)
		kind = ABI_INT;
	else if (field->kind == EVENT_ADDRESS)
		kind = ABI_ADDRESS;
	else if (field->kind == EVENT_BYTES32)
		kind = ABI_BYTES_N;
	assert_int_equal(node->kind, is_list ? ABI_ARRAY : kind);
	assert_int_equal(node->indexed, field->indexed);
	if (!is_list && kind != ABI_ADDRESS)
		assert_int_equal(node->bits, field->bits);
	if (kind == ABI_ADDRESS)
		assert_int_equal(field->bits, 160);
	assert_false(is_list && field->indexed);
}

/* A table entry: its topic is the hash, its fields the arguments, its counts theirs. */
static inline void
check_layout(const event_layout *event, int columns)
{
	static abi_node nodes[ABI_MAX_NODES];
	abi_signature sig = {.text = event->declaration, .length = strlen(event->declaration),
		.nodes = nodes};
	abi_error	error;
	uint8_t		topic[EVENT_WORD];
	bool		used[EVENT_MAX_COLUMNS] = {false};
	int			argument = 0;

	sig.capacity = abi_node_bound(sig.length);
	assert_int_equal(abi_parse_declaration(&sig, ABI_DECL_EVENT, &error), CORE_OK);
	abi_event_topic(&sig, topic);
	assert_true(u256_equal(u256_load_be(topic, EVENT_WORD), event->topic0));
	assert_int_equal(event->num_topics, 1 + sig.num_indexed);
	assert_int_equal(event->num_words, sig.num_args - sig.num_indexed);
	for (uint32_t node = nodes[0].child; node != ABI_NONE; node = nodes[node].next)
	{
		size_t		length;
		const char *name = event_argument(event->declaration, argument, &length);

		check_field(&event->fields[argument++], &nodes[node]);
		assert_int_equal(name + length - event->declaration,
						 nodes[node].name_start + nodes[node].name_length);
	}
	assert_int_equal(argument, sig.num_args);
	for (int i = 0; i < event->num_fields; i++)
	{
		const event_field *field = &event->fields[i];

		assert_int_equal(field->kind >= EVENT_WORD_OF_EVENT, i >= argument);
		assert_true(field->kind != EVENT_WORD_OF_EVENT || event->word != NULL);
		if (field->column == EVENT_NO_COLUMN)
			continue;
		assert_true(field->column < columns && !used[field->column]);
		used[field->column] = true;
	}
}

#endif							/* PG_YIELD_TEST_EVENTS_H */
