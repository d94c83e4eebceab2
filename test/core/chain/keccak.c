/*-------------------------------------------------------------------------
 *
 * test_keccak.c
 *	  Keccak-256, checksum addresses, event topics and function selectors
 *	  against published numbers. To be run at the top of the source tree.
 *
 *-------------------------------------------------------------------------
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "core/chain/abi_type.h"
#include "core/chain/keccak.h"
#include "vectors.h"

static void
keccak_vectors(void **state)
{
	vectors		v = vectors_open("test/vectors/chain/keccak256.csv");

	(void) state;
	while (vectors_next(&v))
	{
		size_t		length;
		uint8_t    *input = hex_bytes(vectors_get(&v, "input"), &length);
		uint8_t		hash[32];
		char		text[67];

		keccak256(input, length, hash);
		assert_string_equal(hex_text(hash, 32, text), vectors_get(&v, "expected"));
		free(input);
	}
	assert_true(v.num_rows >= 14);
	vectors_close(&v);
}

/* However a message is cut into updates, and wherever it lies in memory. */
static void
keccak_in_pieces(void **state)
{
	static uint8_t message[600];

	(void) state;
	for (size_t i = 0; i < sizeof(message); i++)
		message[i] = (uint8_t) (i * 131 + 7);
	for (size_t length = 0; length < 300; length++)
	{
		uint8_t		whole[32];
		uint8_t		pieces[32];

		keccak256(message + 1, length, whole);
		for (size_t step = 1; step < 150; step += 3)
		{
			keccak256_state hash;

			keccak256_init(&hash);
			for (size_t at = 0; at < length; at += step)
				keccak256_update(&hash, message + 1 + at, length - at < step ? length - at : step);
			keccak256_final(&hash, pieces);
			assert_memory_equal(whole, pieces, 32);
		}
	}
}

static void
checksum_vectors(void **state)
{
	vectors		v = vectors_open("test/vectors/chain/checksum_address.csv");

	(void) state;
	while (vectors_next(&v))
	{
		size_t		length;
		uint8_t    *address = hex_bytes(vectors_get(&v, "address"), &length);
		char		text[43];

		assert_int_equal(length, 20);
		checksum_address(address, text);
		assert_string_equal(text, vectors_get(&v, "expected"));
		free(address);
	}
	assert_true(v.num_rows >= 37);
	vectors_close(&v);
}

static void
parse(abi_signature *sig, const char *text, unsigned forms)
{
	static abi_node nodes[ABI_MAX_NODES];
	abi_error	error;

	*sig = (abi_signature) {.text = text, .length = strlen(text), .nodes = nodes};
	sig->capacity = abi_node_bound(sig->length);
	assert_int_equal(abi_parse_declaration(sig, forms, &error), CORE_OK);
}

static void
topic_vectors(void **state)
{
	vectors		v = vectors_open("test/vectors/chain/event_topics.csv");

	(void) state;
	while (vectors_next(&v))
	{
		abi_signature sig;
		uint8_t		topic[32];
		char		text[67];

		parse(&sig, vectors_get(&v, "signature"), ABI_DECL_EVENT);
		abi_event_topic(&sig, topic);
		assert_string_equal(hex_text(topic, 32, text), vectors_get(&v, "expected"));
	}
	assert_true(v.num_rows >= 25);
	vectors_close(&v);
}

static void
selector_vectors(void **state)
{
	vectors		v = vectors_open("test/vectors/chain/function_selectors.csv");

	(void) state;
	while (vectors_next(&v))
	{
		abi_signature sig;
		uint8_t		selector[4];
		char		text[11];

		parse(&sig, vectors_get(&v, "signature"), ABI_DECL_FUNCTION | ABI_DECL_ERROR);
		abi_function_selector(&sig, selector);
		assert_string_equal(hex_text(selector, 4, text), vectors_get(&v, "expected"));
	}
	assert_true(v.num_rows >= 13);
	vectors_close(&v);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keccak_vectors),
		cmocka_unit_test(keccak_in_pieces),
		cmocka_unit_test(checksum_vectors),
		cmocka_unit_test(topic_vectors),
		cmocka_unit_test(selector_vectors)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
