/*-------------------------------------------------------------------------
 *
 * test_abi.c
 *	  Signatures, ABI data and logs: published cases, round trips of random
 *	  types, and input that lies. To be run at the top of the source tree.
 *
 *-------------------------------------------------------------------------
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "core/chain/abi_decode.h"
#include "core/chain/keccak.h"
#include "abi_json.h"
#include "vectors.h"

/* How often the decoder lets data be shared, on average. */
#define MAX_SHARING 4

static abi_node nodes[ABI_MAX_NODES];

static abi_signature
signature(const char *text)
{
	abi_signature sig = {.text = text, .length = strlen(text), .nodes = nodes};

	sig.capacity = abi_node_bound(sig.length);
	return sig;
}

/* ---------- signatures ---------- */

static void
check_canonical(const char *text, unsigned forms, const char *canonical)
{
	abi_signature sig = signature(text);
	abi_error	error;
	char		out[512];
	core_status status = forms == 0 ? abi_parse_list(&sig, &error) :
		abi_parse_declaration(&sig, forms, &error);

	if (status != CORE_OK)
		fail_msg("%s: %s at %u", text, abi_problem_text(error.problem), error.position);
	assert_int_equal(abi_signature_text(&sig, out, sizeof(out)), strlen(canonical));
	assert_string_equal(out, canonical);
}

#define ANY (ABI_DECL_EVENT | ABI_DECL_FUNCTION | ABI_DECL_ERROR)
#define SELECTOR (ABI_DECL_FUNCTION | ABI_DECL_ERROR)

static void
canonical_forms(void **state)
{
	(void) state;
	check_canonical("()", 0, "()");
	check_canonical(" ( ) ", 0, "()");
	check_canonical("uint", 0, "(uint256)");
	check_canonical("uint,\tint [ 3 ] [] x", 0, "(uint256,int256[3][])");
	check_canonical("(uint a, byte b)", 0, "(uint256,bytes1)");
	check_canonical("tuple(uint a, byte b)", 0, "(uint256,bytes1)");
	check_canonical("tuple(uint a, byte b) t", 0, "((uint256,bytes1))");
	check_canonical("(uint,byte)[]", 0, "((uint256,bytes1)[])");
	check_canonical("(uint),byte", 0, "((uint256),bytes1)");
	check_canonical("((uint),(tuple(fixed,ufixed)[2]))", 0,
					"((uint256),((fixed128x18,ufixed128x18)[2]))");
	check_canonical("(fixed8x80,ufixed256x1,function)", 0, "(fixed8x80,ufixed256x1,function)");
	check_canonical("(uint8,int256,bytes32,bytes1,bytes,string,bool,address)", 0,
					"(uint8,int256,bytes32,bytes1,bytes,string,bool,address)");
	check_canonical("uint[18446744073709551615]", 0, "(uint256[18446744073709551615])");
	check_canonical("event Transfer(address indexed from, address indexed to, uint value);",
					ABI_DECL_EVENT, "Transfer(address,address,uint256)");
	check_canonical("Transfer ( address indexed , address indexed,uint )", ABI_DECL_EVENT,
					"Transfer(address,address,uint256)");
	check_canonical("event\nA(bytes32 indexed a, int indexed b, bool indexed c, byte indexed d)\n"
					"anonymous ;\n", ANY, "A(bytes32,int256,bool,bytes1)");
	check_canonical("function f(address payable to, address payable[] calldata all, "
					"tuple(uint a)[2] memory x) external payable virtual override "
					"returns (uint, (string memory a) b);", SELECTOR,
					"f(address,address[],(uint256)[2])");
	check_canonical("error Bad(uint a)", SELECTOR, "Bad(uint256)");
	check_canonical("error(uint a)", SELECTOR, "error(uint256)");
	check_canonical("function error(uint a)", SELECTOR, "error(uint256)");
	check_canonical("$_9()", SELECTOR, "$_9()");
	check_canonical("returns(uint returns)", SELECTOR, "returns(uint256)");
}

static void
check_refused(const char *text, unsigned forms, abi_problem problem, const char *token)
{
	abi_signature sig = signature(text);
	abi_error	error;
	core_status status = forms == 0 ? abi_parse_list(&sig, &error) :
		abi_parse_declaration(&sig, forms, &error);

	if (status != CORE_BAD_PARAMETER || error.problem != problem)
		fail_msg("%s: status %d, %s", text, (int) status, abi_problem_text(error.problem));
	if (error.token_length != strlen(token) ||
		strncmp(text + error.position, token, error.token_length) != 0)
		fail_msg("%s: token \"%.*s\"", text, (int) error.token_length, text + error.position);
}

static void
refused_types(void **state)
{
	static const char *const unknown[] = {
		"uint7", "uint0", "uint264", "uint08", "uint256x", "uint-8", "int1", "bytes0", "bytes33",
		"bytes032", "byte1", "bool8", "address20", "string1", "fixed7x1", "fixed128", "fixed128x",
		"fixed128x0", "fixed128x81", "fixed128x018", "ufixed264x1", "fixed128X18", "Uint", "IERC20",
		"mapping", "tuple", "function1", "payable", "decimal", "uint99999999999999999999"
	};

	(void) state;
	for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++)
	{
		char		text[100];
		char		token[50];

		strcpy(token, unknown[i]);
		token[strcspn(token, "-")] = '\0';
		snprintf(text, sizeof(text), "(bool, %s indeed)", unknown[i]);
		check_refused(text, 0, strcmp(token, "uint") == 0 ? ABI_UNEXPECTED : ABI_UNKNOWN_TYPE,
					  strcmp(token, "uint") == 0 ? "-" : token);
	}
	check_refused("uint[0]", 0, ABI_BAD_ARRAY_LENGTH, "0");
	check_refused("uint[03]", 0, ABI_BAD_ARRAY_LENGTH, "03");
	check_refused("uint[0x3]", 0, ABI_BAD_ARRAY_LENGTH, "0x3");
	check_refused("uint[-1]", 0, ABI_BAD_ARRAY_LENGTH, "-");
	check_refused("uint[2 2]", 0, ABI_BAD_ARRAY_LENGTH, "2");
	check_refused("uint[18446744073709551616]", 0, ABI_BAD_ARRAY_LENGTH, "18446744073709551616");
	check_refused("(uint[2", 0, ABI_UNBALANCED, "[");
	check_refused("(uint])", 0, ABI_UNEXPECTED, "]");
	check_refused("(uint,())", 0, ABI_EMPTY_TUPLE, "()");
	check_refused("()[]", 0, ABI_EMPTY_TUPLE, "()");
	check_refused("function(uint) external f", 0, ABI_UNEXPECTED, "(");
}

static void
refused_forms(void **state)
{
	(void) state;
	check_refused("", 0, ABI_NO_TYPE, "");
	check_refused("(uint", 0, ABI_UNBALANCED, "(");
	check_refused("((uint)", 0, ABI_UNBALANCED, "(");
	check_refused("(uint))", 0, ABI_UNBALANCED, ")");
	check_refused("(uint,)", 0, ABI_NO_TYPE, ")");
	check_refused("(,uint)", 0, ABI_NO_TYPE, ",");
	check_refused("(uint;)", 0, ABI_UNEXPECTED, ";");
	check_refused("(uint \xe2\x82\xac)", 0, ABI_UNEXPECTED, "\xe2\x82\xac");
	check_refused("(uint a b)", 0, ABI_UNEXPECTED, "b");
	check_refused("(uint 1a)", 0, ABI_BAD_NAME, "1a");
	check_refused("(uint a, bool a)", 0, ABI_SAME_NAME, "a");
	check_refused("(uint indexed a)", 0, ABI_MISPLACED_INDEXED, "indexed");
	check_refused("(uint payable)", 0, ABI_UNEXPECTED, "payable");
	check_refused("f(uint)", 0, ABI_UNKNOWN_TYPE, "f");

	check_refused("", ANY, ABI_NO_NAME, "");
	check_refused("(uint)", ANY, ABI_NO_NAME, "(");
	check_refused("event (uint)", ANY, ABI_NO_NAME, "(");
	check_refused("event event (uint)", ANY, ABI_NO_NAME, "event");
	check_refused("error function()", ANY, ABI_NO_NAME, "function");
	check_refused("1f(uint)", ANY, ABI_BAD_NAME, "1f");
	check_refused("f", ANY, ABI_UNEXPECTED, "");
	check_refused("f(uint", ANY, ABI_UNBALANCED, "(");
	check_refused("f(uint))", ANY, ABI_UNBALANCED, ")");
	check_refused("f(uint) junk", ANY, ABI_TRAILING, "junk");
	check_refused("f(uint);;", ANY, ABI_TRAILING, ";");
	check_refused("f(uint) returns uint", ANY, ABI_UNEXPECTED, "uint");
	check_refused("f(uint) returns (uint) returns (uint)", ANY, ABI_TRAILING, "returns");
	check_refused("f(uint[] storage x)", ANY, ABI_STORAGE_POINTER, "storage");
	check_refused("f(uint memory memory)", ANY, ABI_UNEXPECTED, "memory");
	check_refused("function E(uint)", ABI_DECL_EVENT, ABI_WRONG_KEYWORD, "function");
	check_refused("event E(uint)", SELECTOR, ABI_WRONG_KEYWORD, "event");
	check_refused("event E(uint) view", ANY, ABI_TRAILING, "view");
	check_refused("function f(uint) anonymous", ANY, ABI_TRAILING, "anonymous");
	check_refused("function f(uint indexed a)", ANY, ABI_MISPLACED_INDEXED, "indexed");
	check_refused("f(uint a) returns (uint indexed b)", ANY, ABI_MISPLACED_INDEXED, "indexed");
	check_refused("event E((uint indexed a) t)", ANY, ABI_MISPLACED_INDEXED, "indexed");
	check_refused("event E(int indexed, int indexed, int indexed, int indexed)", ANY,
				  ABI_TOO_MANY_INDEXED, "E");
	check_refused("event E(int indexed, int indexed, int indexed, int indexed, int indexed a) "
				  "anonymous", ANY, ABI_TOO_MANY_INDEXED, "indexed");
}

static void
repeat(char *out, const char *what, int times)
{
	while (times-- > 0)
		out = strcpy(out, what) + strlen(what);
}

/* Depth, number and length are bounded, each with an error that gives the bound. */
static void
bounded_signatures(void **state)
{
	static char text[ABI_MAX_TEXT + 100];
	abi_signature sig;
	abi_error	error;

	(void) state;
	for (int depth = ABI_MAX_DEPTH; depth <= ABI_MAX_DEPTH + 1; depth++)
	{
		bool		fine = depth == ABI_MAX_DEPTH;

		strcpy(text, "f(uint");
		repeat(text + strlen(text), "[]", depth);
		strcat(text, ")");
		sig = signature(text);
		assert_int_equal(abi_parse_declaration(&sig, ANY, &error),
						 fine ? CORE_OK : CORE_BAD_PARAMETER);
		assert_int_equal(error.problem, fine ? ABI_FINE : ABI_TOO_DEEP);

		repeat(text, "(", depth + 1);
		strcat(text, "uint");
		repeat(text + strlen(text), ")", depth + 1);
		sig = signature(text);
		assert_int_equal(abi_parse_list(&sig, &error), fine ? CORE_OK : CORE_BAD_PARAMETER);
		assert_int_equal(error.problem, fine ? ABI_FINE : ABI_TOO_DEEP);
	}
	assert_int_equal(error.needed, ABI_MAX_DEPTH);

	repeat(text, "(", 60000);
	sig = signature(text);
	assert_int_equal(abi_parse_list(&sig, &error), CORE_BAD_PARAMETER);
	assert_int_equal(error.problem, ABI_TOO_DEEP);

	strcpy(text, "int");
	repeat(text + 3, ",int", 1100);
	sig = signature(text);
	assert_int_equal(abi_parse_list(&sig, &error), CORE_BAD_PARAMETER);
	assert_int_equal(error.problem, ABI_TOO_MANY_TYPES);
	assert_int_equal(error.needed, ABI_MAX_NODES);

	repeat(text, " ", ABI_MAX_TEXT);
	strcpy(text + ABI_MAX_TEXT, "f()");
	sig = signature(text);
	assert_int_equal(abi_parse_declaration(&sig, ANY, &error), CORE_BAD_PARAMETER);
	assert_int_equal(error.problem, ABI_TEXT_TOO_LONG);
}

static void
parsed_nodes(void **state)
{
	abi_signature sig = signature("f((uint8[2] a, address)[3] t, uint[4294967295][4294967295] u, "
								  "string[2] s) returns (bool ok)");
	abi_error	error;
	const abi_node *node;

	(void) state;
	assert_int_equal(abi_parse_declaration(&sig, ANY, &error), CORE_OK);
	assert_int_equal(sig.num_args, 3);
	assert_int_equal(nodes[sig.outputs].length, 1);
	node = &nodes[nodes[0].child];
	assert_int_equal(node->kind, ABI_VECTOR);
	assert_int_equal(node->body_words, 9);
	assert_false(node->dynamic);
	assert_true(nodes[node->child].named);
	assert_int_equal(node->height, 3);
	assert_memory_equal(sig.text + node->name_start, "t", node->name_length);
	node = &nodes[node->next];
	assert_true(node->body_words == UINT64_C(4294967295) * UINT64_C(4294967295));
	node = &nodes[node->next];
	assert_true(node->dynamic);
	assert_int_equal(node->body_words, 2);

	/* 2^64-1 words and more: the sum saturates too */
	sig = signature("(uint[4294967295][4294967295][4294967295], uint[2], string)");
	assert_int_equal(abi_parse_list(&sig, &error), CORE_OK);
	assert_true(nodes[0].body_words == UINT64_MAX);

	/* a buffer that is too small is said to be, and the text is cut */
	sig = signature("(int,int)");
	sig.capacity = 2;
	assert_int_equal(abi_parse_list(&sig, &error), CORE_BAD_PARAMETER);
	assert_int_equal(error.problem, ABI_TOO_MANY_TYPES);
	sig.capacity = 3;
	assert_int_equal(abi_parse_list(&sig, &error), CORE_OK);
	for (size_t capacity = 0; capacity < 20; capacity++)
	{
		char		out[20];

		memset(out, '#', sizeof(out));
		assert_int_equal(abi_type_text(&sig, 0, out, capacity), 15);
		if (capacity > 0)
			assert_int_equal(strlen(out), capacity > 15 ? 15 : capacity - 1);
		assert_true(capacity == 20 || out[capacity] == '#');
	}
}

static void
problem_texts(void **state)
{
	(void) state;
	for (int problem = ABI_FINE; problem <= ABI_OVERLAP; problem++)
		assert_non_null(abi_problem_text((abi_problem) problem));
}

/* ---------- published cases ---------- */

static void
assert_json(const char *given, const char *expected)
{
	char	   *a = json_normal(given);
	char	   *b = json_normal(expected);

	assert_string_equal(a, b);
	free(a);
	free(b);
}

static void
decode_vectors(void **state)
{
	vectors		v = vectors_open("test/vectors/chain/abi_decode.csv");

	(void) state;
	while (vectors_next(&v))
	{
		abi_signature sig = signature(vectors_get(&v, "types"));
		size_t		length;
		uint8_t    *data = hex_bytes(vectors_get(&v, "data"), &length);
		abi_error	error;
		json		j;
		abi_visitor visitor = json_visitor(&j);

		assert_int_equal(abi_parse_list(&sig, &error), CORE_OK);
		assert_int_equal(abi_decode(&sig, data, length, &visitor, &error), CORE_OK);
		assert_json(j.text, vectors_get(&v, "expected"));
		free(j.text);
		free(data);
	}
	assert_true(v.num_rows >= 15);
	vectors_close(&v);
}

/* Topics apart by spaces, as pointers to words in *bytes. */
static size_t
split_topics(char *text, uint8_t *bytes[8])
{
	size_t		count = 0;

	for (char *topic = strtok(text, " "); topic != NULL && count < 8; topic = strtok(NULL, " "))
	{
		size_t		length;

		bytes[count++] = hex_bytes(topic, &length);
		assert_int_equal(length, 32);
	}
	return count;
}

static void
log_vectors(void **state)
{
	vectors		v = vectors_open("test/vectors/chain/decode_log.csv");

	(void) state;
	while (vectors_next(&v))
	{
		abi_signature sig = signature(vectors_get(&v, "event"));
		uint8_t    *topics[8];
		size_t		num_topics = split_topics(vectors_get(&v, "topics"), topics);
		size_t		length;
		uint8_t    *data = hex_bytes(vectors_get(&v, "data"), &length);
		uint8_t		topic[32];
		abi_error	error;
		json		j;
		abi_visitor visitor = json_visitor(&j);

		assert_int_equal(abi_parse_declaration(&sig, ABI_DECL_EVENT, &error), CORE_OK);
		abi_event_topic(&sig, topic);
		assert_int_equal(abi_decode_log(&sig, topic, (const uint8_t *const *) topics, num_topics,
										data, length, &visitor, &error), CORE_OK);
		assert_json(j.text, vectors_get(&v, "expected"));
		while (num_topics > 0)
			free(topics[--num_topics]);
		free(j.text);
		free(data);
	}
	assert_true(v.num_rows >= 91);
	vectors_close(&v);
}

/* ---------- data that lies ---------- */

/* Data built word by word; a negative number is two's complement. */
static size_t
words(uint8_t *out, size_t count, const int64_t *values)
{
	for (size_t i = 0; i < count; i++)
	{
		memset(out + 32 * i, values[i] < 0 ? 0xff : 0, 32);
		for (int byte = 0; byte < 8; byte++)
			out[32 * i + 31 - byte] = (uint8_t) ((uint64_t) values[i] >> 8 * byte);
	}
	return 32 * count;
}

/* Decodes a list; *result takes the JSON, in new memory, unless it is NULL. */
static core_status
decode(const char *types, const uint8_t *data, size_t length, abi_error *error, json *result)
{
	abi_signature sig = signature(types);
	uint8_t    *copy = malloc(length + 1);
	json		j;
	abi_visitor visitor = json_visitor(&j);
	core_status status;

	/* in memory of its own size, so that a sanitizer sees what lies beyond */
	copy = realloc(copy, length > 0 ? length : 1);
	if (length > 0)
		memcpy(copy, data, length);
	assert_int_equal(abi_parse_list(&sig, error), CORE_OK);
	status = abi_decode(&sig, length > 0 ? copy : NULL, length, &visitor, error);
	assert_true(status == CORE_OK || status == CORE_BAD_BINARY);
	assert_true(j.num_values <= MAX_SHARING * length / 32);
	assert_true(j.num_bytes <= MAX_SHARING * length);
	free(copy);
	if (result != NULL)
		*result = j;
	else
		free(j.text);
	return status;
}

#define WORDS(...) \
	words(data, sizeof((int64_t[]) {__VA_ARGS__}) / sizeof(int64_t), (int64_t[]) {__VA_ARGS__})

static uint8_t data[1 << 16];

static void
check_error(const char *types, size_t length, abi_problem problem, uint32_t argument,
			uint64_t offset, uint64_t needed, uint64_t available)
{
	abi_error	error;

	assert_int_equal(decode(types, data, length, &error, NULL), CORE_BAD_BINARY);
	assert_int_equal(error.problem, problem);
	assert_int_equal(error.argument, argument);
	assert_int_equal(error.offset, offset);
	assert_true(error.needed == needed);
	assert_true(error.available == available);
}

static void
short_data(void **state)
{
	(void) state;
	check_error("(uint256)", 0, ABI_SHORT_DATA, 0, 0, 32, 0);
	check_error("(uint256)", 31, ABI_SHORT_DATA, 0, 0, 32, 31);
	check_error("(bool,uint256)", WORDS(1) + 5, ABI_SHORT_DATA, 1, 32, 32, 5);
	check_error("(bool,uint256[3],bool)", WORDS(1, 2, 3), ABI_SHORT_DATA, 1, 32, 96, 64);
	check_error("(uint[4294967295][4294967295])", WORDS(1), ABI_SHORT_DATA, 0, 0, UINT64_MAX, 32);
	check_error("(bool,uint[4294967295][4294967295][4294967295],uint)", WORDS(1, 2),
				ABI_SHORT_DATA, 1, 32, UINT64_MAX, 32);
	check_error("(string)", WORDS(32), ABI_SHORT_DATA, 0, 32, 32, 0);
	check_error("(string)", WORDS(32, 0) - 1, ABI_SHORT_DATA, 0, 32, 32, 31);
	check_error("(uint[])", WORDS(32), ABI_SHORT_DATA, 0, 32, 32, 0);
	check_error("(uint,(string,uint))", WORDS(1, 64, 64), ABI_SHORT_DATA, 1, 64, 64, 32);
	check_error("(string[3])", WORDS(32, 0, 0), ABI_SHORT_DATA, 0, 32, 96, 64);
}

static void
lying_offsets(void **state)
{
	(void) state;
	check_error("(string)", WORDS(33), ABI_BAD_OFFSET, 0, 0, 33, 32);
	check_error("(string)", WORDS(-1), ABI_BAD_OFFSET, 0, 0, UINT64_MAX, 32);
	check_error("(bool,string)", WORDS(0, -32), ABI_BAD_OFFSET, 1, 32, UINT64_MAX, 64);
	check_error("(string[])", WORDS(32, 1, INT64_MAX), ABI_BAD_OFFSET, 0, 64, INT64_MAX, 32);
	check_error("(string)", WORDS(32, 1), ABI_BAD_LENGTH, 0, 32, 1, 0);
	check_error("(string)", WORDS(32, 33, 0), ABI_BAD_LENGTH, 0, 32, 33, 32);
	check_error("(bytes)", WORDS(32, -1, 0), ABI_BAD_LENGTH, 0, 32, UINT64_MAX, 32);
	check_error("(uint[])", WORDS(32, 3, 0, 0), ABI_BAD_LENGTH, 0, 32, 96, 64);
	check_error("(uint[])", WORDS(32, INT64_MAX, 0), ABI_BAD_LENGTH, 0, 32, UINT64_MAX, 32);
	check_error("(uint[])", WORDS(32, (int64_t) 1 << 59, 0), ABI_BAD_LENGTH, 0, 32, UINT64_MAX, 32);
	check_error("(uint[3][])", WORDS(32, 1, 0, 0), ABI_BAD_LENGTH, 0, 32, 96, 64);
	check_error("(uint[4294967295][4294967295][4294967295][])", WORDS(32, 1, 0),
				ABI_BAD_LENGTH, 0, 32, UINT64_MAX, 32);
	data[3] = 1;
	check_error("(bytes)", 64, ABI_BAD_OFFSET, 0, 0, UINT64_MAX, 64);
}

static void
wide_values(void **state)
{
	static const struct
	{
		const char *type;
		int64_t		word;
		bool		fine;
	}			cases[] = {
		{"uint8", 255, true}, {"uint8", 256, false}, {"uint8", -1, false}, {"uint256", -1, true},
		{"int8", 127, true}, {"int8", 128, false}, {"int8", -128, true}, {"int8", -129, false},
		{"int24", 0x7fffff, true}, {"int24", 0xffffff, false}, {"int24", -0x800000, true},
		{"int256", -1, true}, {"bool", 1, true}, {"bool", 2, false}, {"bool", 256, false},
		{"bool", -1, false}, {"address", INT64_MAX, true}, {"address", -1, false},
		{"bytes1", 1, false}, {"bytes1", 0, true}, {"bytes31", 1, false}, {"bytes32", 1, true},
		{"bytes24", 1, false}, {"function", 1, false}, {"function", 0, true},
		{"ufixed8x1", 256, false}, {"fixed8x1", 128, false}, {"fixed8x1", -128, true}
	};

	(void) state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		char		types[60];
		abi_error	error;

		snprintf(types, sizeof(types), "(bool,%s)", cases[i].type);
		WORDS(0, cases[i].word);
		if (cases[i].fine)
			assert_int_equal(decode(types, data, 64, &error, NULL), CORE_OK);
		else
			check_error(types, 64, ABI_BAD_VALUE, 1, 32, 32, 32);
	}
}

static void
check_list(const char *types, size_t length, const char *expected)
{
	abi_error	error;
	json		j;

	assert_int_equal(decode(types, data, length, &error, &j), CORE_OK);
	assert_json(j.text, expected);
	free(j.text);
}

/* What solc's own decoder lets pass. */
static void
tolerated(void **state)
{
	size_t		length;

	(void) state;
	check_list("()", 0, "[]");
	check_list("()", WORDS(1), "[]");
	check_list("(uint8)", WORDS(1, 2) + 3, "[1]");
	length = WORDS(32, 3, -1);
	memcpy(data + 64, "abc", 3);
	check_list("(string)", length, "[\"abc\"]");
	check_list("(string)", 67, "[\"abc\"]");
	check_error("(string)", 66, ABI_BAD_LENGTH, 0, 32, 3, 2);
	check_list("(bytes)", length, "[\"0x616263\"]");
	check_list("(uint[],uint[])", WORDS(64, 64, 1, 7), "[[7], [7]]");
	check_list("(string,string)", WORDS(64, 64, 0), "[\"\", \"\"]");
	check_list("(uint[])", WORDS(0), "[[]]");
	check_list("(fixed8x2,ufixed16x1,fixed)", WORDS(-128, 65535, -1),
			   "[-1.28, 6553.5, -0.000000000000000001]");
	length = WORDS(0);
	memset(data, 0xab, 24);
	check_list("(function)", length, "[\"0xabababababababababababababababababababababababab\"]");
}

static void
check_text_flag(const char *text, size_t length, abi_text expected)
{
	abi_error	error;
	json		j;

	WORDS(32, (int64_t) length, 0, 0);
	memcpy(data + 64, text, length);
	assert_int_equal(decode("string", data, 128, &error, &j), CORE_OK);
	assert_int_equal(j.worst_text, expected);
	free(j.text);
}

static void
text_flags(void **state)
{
	static const char *const fine[] = {
		"", "plain", "sixteen ascii ch", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf",
		"\xee\x80\x80", "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf", "eight ch\xc3\xa9"
	};
	static const char *const invalid[] = {
		"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc2", "\xc2\x7f", "\xc2\xc0", "\xe0\x9f\xbf",
		"\xe0\xa0", "\xed\xa0\x80", "\xef\xbf\x7f", "\xf0\x8f\xbf\xbf", "\xf0\x90\x80",
		"\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "eight ch\xff", "\xffthen ascii"
	};

	(void) state;
	for (size_t i = 0; i < sizeof(fine) / sizeof(fine[0]); i++)
		check_text_flag(fine[i], strlen(fine[i]), ABI_TEXT_FINE);
	for (size_t i = 0; i < sizeof(invalid) / sizeof(invalid[0]); i++)
		check_text_flag(invalid[i], strlen(invalid[i]), ABI_TEXT_INVALID);
	check_text_flag("", 1, ABI_TEXT_ZERO);
	check_text_flag("abcdefgh\0abcdefghijk", 20, ABI_TEXT_ZERO);
	check_text_flag("\0\xff", 2, ABI_TEXT_INVALID);
}

/* ---------- bombs ---------- */

/*
 * levels arrays inside each other, each with width offsets that all lead to
 * the one next: width^levels values, if nobody counts.
 */
static size_t
bomb(int levels, int width, size_t tail_words)
{
	uint8_t    *out = data;

	words(out, 1, (int64_t[]) {32});
	out += 32;
	for (int level = 0; level < levels; level++)
	{
		words(out, 1, (int64_t[]) {width});
		out += 32;
		for (int i = 0; i < width; i++, out += 32)
			words(out, 1, (int64_t[]) {32 * width});
	}
	words(out, 1, (int64_t[]) {(int64_t) (tail_words * 32)});
	out += 32;
	memset(out, 0, tail_words * 32);
	return (size_t) (out - data) + tail_words * 32;
}

static void
bombs(void **state)
{
	abi_error	error;
	size_t		length;

	(void) state;
	length = bomb(4, 100, 0);
	assert_int_equal(decode("uint256[][][][][]", data, length, &error, NULL), CORE_BAD_BINARY);
	assert_int_equal(error.problem, ABI_OVERLAP);
	assert_int_equal(error.argument, 0);

	/* one long string, a thousand times */
	length = bomb(1, 1000, 900);
	assert_int_equal(decode("string[]", data, length, &error, NULL), CORE_BAD_BINARY);
	assert_int_equal(error.problem, ABI_OVERLAP);

	/* no value without a word of its own: the array of nothing is refused when parsed */
	check_refused("()[]", 0, ABI_EMPTY_TUPLE, "()");
	check_refused("(uint[0][])", 0, ABI_BAD_ARRAY_LENGTH, "0");

	/* an alias or two is nobody's harm */
	length = bomb(1, 100, 1);
	assert_int_equal(decode("string[]", data, length, &error, NULL), CORE_OK);
}

/* ---------- logs ---------- */

typedef struct log_case
{
	const char *event;
	size_t		num_topics;		/* with the event's own, if it has one */
	size_t		length;
} log_case;

static core_status
decode_log(log_case c, abi_error *error, json *j)
{
	abi_signature sig = signature(c.event);
	uint8_t		topic[32];
	static uint8_t word[5][32];
	const uint8_t *topics[5];
	abi_visitor visitor = json_visitor(j);

	assert_int_equal(abi_parse_declaration(&sig, ABI_DECL_EVENT, error), CORE_OK);
	abi_event_topic(&sig, topic);
	for (int i = 0; i < 5; i++)
	{
		memset(word[i], 0, 32);
		word[i][31] = (uint8_t) i;
		topics[i] = !sig.anonymous && i == 0 ? topic : word[i];
	}
	return abi_decode_log(&sig, topic, c.num_topics > 0 ? topics : NULL, c.num_topics,
						  c.length > 0 ? data : NULL, c.length, &visitor, error);
}

static void
check_log(log_case c, const char *expected)
{
	abi_error	error;
	json		j;

	assert_int_equal(decode_log(c, &error, &j), CORE_OK);
	assert_json(j.text, expected);
	free(j.text);
}

static void
check_log_error(log_case c, core_status status, abi_problem problem,
				uint64_t needed, uint64_t available)
{
	abi_error	error;
	json		j;

	assert_int_equal(decode_log(c, &error, &j), status);
	assert_int_equal(error.problem, problem);
	assert_int_equal(error.needed, needed);
	assert_int_equal(error.available, available);
	free(j.text);
}

#define HASH1 "0x0000000000000000000000000000000000000000000000000000000000000001"
#define HASH2 "0x0000000000000000000000000000000000000000000000000000000000000002"

static void
logs(void **state)
{
	size_t		length = WORDS(7, 8);

	(void) state;
	check_log((log_case) {"E()", 1, 0}, "{}");
	check_log((log_case) {"E() anonymous", 0, 0}, "{}");
	check_log((log_case) {"E(uint8 indexed, uint a, uint8 indexed b, uint)", 3, length},
			  "{\"0\": 1, \"a\": 7, \"b\": 2, \"3\": 8}");
	check_log((log_case) {"E(string indexed s, (uint8 a, uint) t, uint[2] indexed v)", 3, length},
			  "{\"s\": \"" HASH1 "\", \"t\": {\"a\": 7, \"1\": 8}, \"v\": \"" HASH2 "\"}");
	check_log((log_case) {"E((uint8, uint))", 1, length}, "{\"0\": [7, 8]}");
	check_log((log_case) {"E(uint8 indexed a, uint8 indexed b, uint8 indexed c, bytes indexed d) "
			  "anonymous", 4, 0}, "{\"a\": 0, \"b\": 1, \"c\": 2, \"d\": "
			  "\"0x0000000000000000000000000000000000000000000000000000000000000003\"}");

	check_log_error((log_case) {"E(uint indexed a)", 5, 0}, CORE_BAD_PARAMETER,
					ABI_TOO_MANY_TOPICS, 4, 5);
	check_log_error((log_case) {"E(uint indexed a)", 1, 0}, CORE_BAD_PARAMETER,
					ABI_TOPIC_COUNT, 1, 0);
	check_log_error((log_case) {"E(uint a)", 2, 32}, CORE_BAD_PARAMETER, ABI_TOPIC_COUNT, 0, 1);
	check_log_error((log_case) {"E(uint a)", 0, 32}, CORE_NULL, ABI_OTHER_EVENT, 0, 0);
	check_log_error((log_case) {"E(uint indexed a) anonymous", 0, 0}, CORE_BAD_PARAMETER,
					ABI_TOPIC_COUNT, 1, 0);
	check_log_error((log_case) {"E(bytes4 indexed a)", 2, 0}, CORE_BAD_BINARY,
					ABI_BAD_TOPIC, 32, 32);
	check_log_error((log_case) {"E(uint a, uint indexed b, uint c, uint indexed d)", 3, 40},
					CORE_BAD_BINARY, ABI_SHORT_DATA, 32, 8);
}

/* Topics of another event are told from wrong ones, before anything is decoded. */
static void
other_events(void **state)
{
	abi_signature sig = signature("E(uint a)");
	uint8_t		topic[32];
	uint8_t		other[32];
	const uint8_t *topics[] = {other};
	abi_error	error;
	json		j;
	abi_visitor visitor = json_visitor(&j);

	(void) state;
	assert_int_equal(abi_parse_declaration(&sig, ABI_DECL_EVENT, &error), CORE_OK);
	abi_event_topic(&sig, topic);
	memcpy(other, topic, 32);
	assert_true(abi_event_matches(&sig, topic, topics, 1));
	other[31] ^= 1;
	assert_false(abi_event_matches(&sig, topic, topics, 1));
	assert_int_equal(abi_decode_log(&sig, topic, topics, 1, NULL, 0, &visitor, &error), CORE_NULL);
	assert_int_equal(error.problem, ABI_OTHER_EVENT);
	assert_int_equal(j.length, 0);

	/* as a list: what is indexed is not in the data */
	sig = signature("E(uint indexed a, uint b)");
	assert_int_equal(abi_parse_declaration(&sig, ABI_DECL_EVENT, &error), CORE_OK);
	WORDS(5);
	assert_int_equal(abi_decode(&sig, data, 32, &visitor, &error), CORE_OK);
	assert_string_equal(j.text, "[5]");
	free(j.text);
}

/* A visitor's own failure ends it, whichever call it comes from. */
static int	calls_left;

static core_status
stop_begin(void *ctx, bool object, uint64_t count)
{
	(void) ctx;
	(void) object;
	(void) count;
	return calls_left-- == 0 ? CORE_BAD_TEXT : CORE_OK;
}

static core_status
stop_end(void *ctx, bool object)
{
	return stop_begin(ctx, object, 0);
}

static core_status
stop_key(void *ctx, const char *name, size_t length)
{
	(void) name;
	return stop_begin(ctx, false, length);
}

static core_status
stop_value(void *ctx, const abi_value *value)
{
	return stop_begin(ctx, false, value->length);
}

static void
visitor_stops(void **state)
{
	abi_signature sig = signature("E((uint a, string s)[] t, bool b) anonymous");
	abi_visitor visitor = {NULL, stop_begin, stop_end, stop_key, stop_value};
	abi_error	error;
	size_t		length = WORDS(64, 1, 1, 32, 7, 64, 0);
	int			calls = 0;

	(void) state;
	assert_int_equal(abi_parse_declaration(&sig, ABI_DECL_EVENT, &error), CORE_OK);
	do
	{
		core_status status;

		calls_left = calls++;
		status = abi_decode_log(&sig, NULL, NULL, 0, data, length, &visitor, &error);
		assert_int_equal(status, calls_left < 0 ? CORE_BAD_TEXT : CORE_OK);
	} while (calls_left < 0);
	assert_int_equal(calls, 14);
}

/* ---------- round trips ---------- */

static uint64_t seed = 42;

static unsigned
any(unsigned below)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned) (seed >> 33) % below;
}

/* Appends a random type to text. */
static void
random_type(char *text, int depth)
{
	static const char *const leaf[] = {
		"uint", "uint8", "int24", "int256", "bool", "address", "bytes", "string", "bytes1",
		"bytes32", "function", "fixed", "ufixed8x2"
	};
	unsigned	members = 1 + any(3);

	if (depth > 0 && any(3) == 0)
	{
		for (unsigned i = 0; i < members; i++)
		{
			strcat(text, i == 0 ? "(" : ",");
			random_type(text, depth - 1);
		}
		strcat(text, ")");
	}
	else
		strcat(text, leaf[any(sizeof(leaf) / sizeof(leaf[0]))]);
	while (depth-- > 0 && any(3) == 0)
		strcat(text, any(2) == 0 ? "[]" : any(2) == 0 ? "[1]" : "[3]");
}

/* A random word of an elementary type, as an encoder pads it. */
static void
random_word(const abi_node *node, uint8_t word[32])
{
	bool		left = node->kind == ABI_BYTES_N || node->kind == ABI_FUNCTION;
	bool		is_signed = node->kind == ABI_INT || node->kind == ABI_FIXED;
	size_t		used = node->bits / 8;
	uint8_t    *value = left ? word : word + 32 - used;

	memset(word, 0, 32);
	for (size_t i = 0; i < used; i++)
		value[i] = (uint8_t) (node->kind == ABI_BOOL ? any(2) : any(256));
	if (is_signed && value[0] >= 0x80)
		memset(word, 0xff, 32 - used);
}

static void encode(const abi_signature *sig, uint32_t index, json *out, json *expected);

/* Members as heads and tails; a tuple's one after the other, an array's count times the same. */
static void
encode_members(const abi_signature *sig, const abi_node *node, uint64_t count, json *out,
			   json *expected)
{
	json		tails;
	uint64_t	heads = 0;
	uint32_t	member = node->child;
	bool		tuple = node->kind == ABI_TUPLE;

	json_visitor(&tails);
	for (uint64_t i = 0; i < count; i++, member = tuple ? nodes[member].next : member)
		heads += abi_head_words(&nodes[member]) * 32;
	member = node->child;
	json_begin(expected, false, count);
	for (uint64_t i = 0; i < count; i++, member = tuple ? nodes[member].next : member)
	{
		uint8_t		offset[32];

		if (nodes[member].dynamic)
		{
			words(offset, 1, (int64_t[]) {(int64_t) (heads + tails.length)});
			json_put(out, (char *) offset, 32);
			encode(sig, member, &tails, expected);
		}
		else
			encode(sig, member, out, expected);
	}
	json_end(expected, false);
	json_put(out, tails.text, tails.length);
	free(tails.text);
}

/* Appends the encoding of a random value to out, and its JSON to expected. */
static void
encode(const abi_signature *sig, uint32_t index, json *out, json *expected)
{
	const abi_node *node = &sig->nodes[index];
	abi_value	value = {.kind = (abi_kind) node->kind, .decimals = node->decimals};
	uint8_t		word[32];
	uint64_t	count = node->child == ABI_NONE || node->kind == ABI_ARRAY ? any(5) : node->length;
	char		content[96] = {0};

	if (node->child != ABI_NONE || node->kind == ABI_TUPLE)
	{
		words(word, 1, (int64_t[]) {(int64_t) count});
		if (node->kind == ABI_ARRAY)
			json_put(out, (char *) word, 32);
		encode_members(sig, node, count, out, expected);
		return;
	}
	if (node->dynamic)
	{
		value.length = any(70);
		for (size_t i = 0; i < value.length; i++)
			content[i] = (char) ('a' + any(26));
		words(word, 1, (int64_t[]) {(int64_t) value.length});
		json_put(out, (char *) word, 32);
		json_put(out, content, (value.length + 31) / 32 * 32);
		value.bytes = (uint8_t *) content;
	}
	else
	{
		bool		right = node->kind == ABI_ADDRESS;

		random_word(node, word);
		json_put(out, (char *) word, 32);
		value.bytes = right ? word + 12 : word;
		value.length = node->bits / 8;
	}
	json_value(expected, &value);
}

/*
 * Random values of random types come back as they were, to the last byte of
 * their encoding and without ever using more than a quarter of the budget; and
 * no damage to the encoding does more than make an error.
 */
static void
round_trips(void **state)
{
	(void) state;
	for (int i = 0; i < 20000; i++)
	{
		char		types[2000] = "";
		abi_signature sig;
		abi_error	error;
		json		out;
		json		expected;
		json		j;

		strcpy(types, "(");
		random_type(types, 3);
		strcat(types, ",");
		random_type(types, 3);
		strcat(types, ")");
		sig = signature(types);
		assert_int_equal(abi_parse_list(&sig, &error), CORE_OK);

		json_visitor(&out);
		json_visitor(&expected);
		encode_members(&sig, &nodes[0], 2, &out, &expected);
		assert_int_equal(decode(types, (uint8_t *) out.text, out.length, &error, &j), CORE_OK);
		assert_string_equal(j.text, expected.text);
		assert_true(j.num_bytes <= out.length);
		free(j.text);
		for (int damage = 0; damage < 10 && out.length > 0; damage++)
		{
			out.text[any(2) == 0 ? any((unsigned) out.length) :
					 (any((unsigned) out.length) | 31)] = (char) any(256);
			decode(types, (uint8_t *) out.text, out.length - any(2) * any((unsigned) out.length),
				   &error, NULL);
		}
		free(out.text);
		free(expected.text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(canonical_forms),
		cmocka_unit_test(refused_types),
		cmocka_unit_test(refused_forms),
		cmocka_unit_test(bounded_signatures),
		cmocka_unit_test(parsed_nodes),
		cmocka_unit_test(problem_texts),
		cmocka_unit_test(decode_vectors),
		cmocka_unit_test(log_vectors),
		cmocka_unit_test(short_data),
		cmocka_unit_test(lying_offsets),
		cmocka_unit_test(wide_values),
		cmocka_unit_test(tolerated),
		cmocka_unit_test(text_flags),
		cmocka_unit_test(bombs),
		cmocka_unit_test(logs),
		cmocka_unit_test(other_events),
		cmocka_unit_test(visitor_stops),
		cmocka_unit_test(round_trips)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
