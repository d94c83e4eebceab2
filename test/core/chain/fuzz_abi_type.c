/*-------------------------------------------------------------------------
 *
 * fuzz_signature.c
 *	  Any text as a signature: the parser stays within its buffers, and what
 *	  it accepts has a canonical form that parses to itself.
 *
 *-------------------------------------------------------------------------
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/chain/abi_type.h"

#define CHECK(condition) do { if (!(condition)) abort(); } while (0)

static core_status
parse(abi_signature *sig, const char *text, size_t length, unsigned forms, abi_error *error)
{
	*sig = (abi_signature) {.text = text, .length = length};
	sig->capacity = abi_node_bound(length);
	sig->nodes = malloc(sig->capacity * sizeof(abi_node));
	CHECK(sig->nodes != NULL);
	return forms == 0 ? abi_parse_list(sig, error) : abi_parse_declaration(sig, forms, error);
}

/* Every node but the first is the child or the next of exactly one that holds it. */
static void
check_links(const abi_signature *sig)
{
	uint32_t	links = 0;

	for (uint32_t i = 0; i < sig->num_nodes; i++)
	{
		const abi_node *node = &sig->nodes[i];

		CHECK(node->child == ABI_NONE || node->child < sig->num_nodes);
		CHECK(node->next == ABI_NONE || node->next < sig->num_nodes);
		CHECK(node->height <= ABI_MAX_DEPTH + 1);
		CHECK((size_t) node->name_start + node->name_length <= sig->length);
		CHECK(node->body_words > 0 || node->kind == ABI_TUPLE);
		links += (node->child != ABI_NONE) + (node->next != ABI_NONE);
	}
	CHECK(links + 1 + (sig->outputs != ABI_NONE) == sig->num_nodes);
}

static void
check_canonical(const abi_signature *sig, unsigned forms)
{
	size_t		length = abi_signature_text(sig, NULL, 0);
	char	   *first = malloc(length + 1);
	char	   *second = malloc(length + 1);
	abi_signature again;
	abi_error	error;

	CHECK(first != NULL && second != NULL);
	CHECK(abi_signature_text(sig, first, length + 1) == length);

	/* a canonical form may be longer than any text may be */
	if (length <= ABI_MAX_TEXT)
	{
		uint8_t		a[32];
		uint8_t		b[32];

		CHECK(parse(&again, first, length, forms, &error) == CORE_OK);
		CHECK(abi_signature_text(&again, second, length + 1) == length);
		CHECK(memcmp(first, second, length) == 0);
		CHECK(again.num_args == sig->num_args);
		abi_event_topic(sig, a);
		abi_event_topic(&again, b);
		CHECK(memcmp(a, b, 32) == 0);
		free(again.nodes);
	}
	free(first);
	free(second);
}

extern int	LLVMFuzzerTestOneInput(const uint8_t *input, size_t size);

/* The first byte chooses what is accepted, the rest is the text. */
int
LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
	abi_signature sig;
	abi_error	error;
	unsigned	forms;
	char	   *text;

	if (size == 0)
		return 0;
	forms = input[0] & 7;
	text = malloc(size);
	CHECK(text != NULL);
	memcpy(text, input + 1, size - 1);
	if (parse(&sig, text, size - 1, forms, &error) == CORE_OK)
	{
		CHECK(error.problem == ABI_FINE);
		check_links(&sig);
		check_canonical(&sig, forms);
	}
	else
	{
		CHECK(error.problem > ABI_FINE && error.problem < ABI_OTHER_EVENT);
		CHECK((size_t) error.position + error.token_length <= size - 1);
		CHECK(abi_problem_text(error.problem)[0] != '\0');
	}
	free(sig.nodes);
	free(text);
	return 0;
}
