/*-------------------------------------------------------------------------
 *
 * chain/abi.c
 *	  The SQL face of domain chain: hashes, signatures, ABI-encoded data, logs.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "common/hashfn.h"
#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "chain/hex_text.h"
#include "chain/jsonb_writer.h"
#include "chain/log.h"
#include "core/chain/abi_decode.h"
#include "core/chain/keccak.h"
#include "server/compat.h"
#include "server/numeric_u256.h"
#include "server/report.h"

#define SELECTOR_BYTES	4

/* How much of a type an error message shows */
#define SHOWN_BYTES		40

/* ---------- bytes, as bytea and as hexadecimal text ---------- */

static Datum
make_bytea(const uint8 *bytes, Size length)
{
	bytea	   *result = palloc(VARHDRSZ + length);

	SET_VARSIZE(result, VARHDRSZ + length);
	memcpy(VARDATA(result), bytes, length);
	PG_RETURN_BYTEA_P(result);
}

static char *
shown_hex(const uint8 *bytes, Size length)
{
	char		digits[2 * WORD_BYTES];

	bytes_to_hex(bytes, Min(length, WORD_BYTES), digits);
	return psprintf("0x%.*s%s", (int) (2 * Min(length, WORD_BYTES)), digits,
					length > WORD_BYTES ? "..." : "");
}

/* ---------- keccak256, checksum_address ---------- */

/* In pieces, because a gigabyte takes seconds. */
static Datum
hash_datum(byte_view view)
{
	const Size	piece = 1024 * 1024;
	keccak256_state state;
	uint8		hash[WORD_BYTES];

	keccak256_init(&state);
	for (Size at = 0; at < view.length; at += piece)
	{
		CHECK_FOR_INTERRUPTS();
		keccak256_update(&state, view.bytes + at, Min(piece, view.length - at));
	}
	keccak256_final(&state, hash);
	return make_bytea(hash, WORD_BYTES);
}

PG_FUNCTION_INFO_V1(keccak256_bytea);
Datum
keccak256_bytea(PG_FUNCTION_ARGS)
{
	bytea	   *bytes = PG_GETARG_BYTEA_PP(0);

	return hash_datum((byte_view) {(const uint8 *) VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes)});
}

/*
 * Every text could be meant to be hashed as it is, also one of nothing but
 * digits, so that here the prefix is not optional.
 */
PG_FUNCTION_INFO_V1(keccak256_text);
Datum
keccak256_text(PG_FUNCTION_ARGS)
{
	text	   *hex = PG_GETARG_TEXT_PP(0);
	const char *digits = VARDATA_ANY(hex);
	Size		length = VARSIZE_ANY_EXHDR(hex);
	byte_view	view;

	if (hex_prefix_length(digits, length) == 0 ||
		!read_bytes("", PointerGetDatum(hex), (byte_form) {.hex = true,.tolerant = true}, &view))
		report_bad_hex("argument of keccak256", digits, length,
					   "To hash the characters of a text, convert it to bytes: "
					   "keccak256(convert_to(value, 'UTF8')).");
	return hash_datum(view);
}

static Datum
checksum_datum(FunctionCallInfo fcinfo, bool hex)
{
	uint8		room[ADDRESS_BYTES + 1];
	const uint8 *address;
	char		checksummed[2 * ADDRESS_BYTES + 3];

	(void) read_fixed_bytes("address", 0, PG_GETARG_DATUM(0), (byte_form) {.hex = hex},
							ADDRESS_BYTES, room, &address);
	checksum_address(address, checksummed);
	PG_RETURN_TEXT_P(cstring_to_text(checksummed));
}

PG_FUNCTION_INFO_V1(checksum_address_bytea);
Datum
checksum_address_bytea(PG_FUNCTION_ARGS)
{
	return checksum_datum(fcinfo, false);
}

PG_FUNCTION_INFO_V1(checksum_address_text);
Datum
checksum_address_text(PG_FUNCTION_ARGS)
{
	return checksum_datum(fcinfo, true);
}

/* ---------- signatures ---------- */

/* What an argument may be parsed as: ABI_DECL_*, or a list of types. */
#define LIST_OF_TYPES	0u

/* A signature with its nodes and text in one piece of memory, and its topic. */
typedef struct parsed
{
	abi_signature sig;
	uint8		topic[WORD_BYTES];	/* unless it is a list of types */
} parsed;

/*
 * The signatures that a call site has met, in fn_extra: a query over logs of
 * many events, each row with its own, would otherwise parse at each row.  A
 * slot belongs to all signatures of one hash; the last to come has it.
 */
#define CACHE_SLOTS	64

typedef struct signature_cache
{
	parsed	   *last;
	parsed	   *slots[CACHE_SLOTS];
} signature_cache;

static const char *
signature_hint(abi_problem problem)
{
	switch (problem)
	{
		case ABI_UNKNOWN_TYPE:
			return "Types are those of the ABI: uint256, int24, address, bool, bytes32, bytes, "
				"string, arrays such as uint256[], tuples in parentheses. A contract or an enum "
				"is an address or a uint8 there, a struct the tuple of its members.";
		case ABI_WRONG_KEYWORD:
			return "event_topic and decode_log take an event, function_selector takes a function "
				"or an error.";
		case ABI_NO_NAME:
		case ABI_BAD_NAME:
			return "A declaration is a name and its arguments in parentheses: "
				"Transfer(address indexed from, address indexed to, uint256 value).";
		case ABI_TOO_MANY_INDEXED:
			return "An event has up to three indexed arguments, an anonymous one up to four.";
		default:
			return NULL;
	}
}

static void
report_signature(const char *argument, const abi_signature *sig, const abi_error *error)
{
	const char *at = sig->text + error->position;
	Size		length = error->token_length;
	const char *hint = signature_hint(error->problem);
	int			position = pg_mbstrlen_with_len(sig->text, (int) error->position) + 1;

	/* the core knows characters of UTF-8 only, and so do most who use SQL_ASCII */
	if (length > 0 && IS_HIGHBIT_SET(*at) && GetDatabaseEncoding() != PG_SQL_ASCII)
		length = Min((Size) pg_encoding_mblen(GetDatabaseEncoding(), at),
					 sig->length - error->position);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("invalid %s: %s", argument, abi_problem_text(error->problem)),
			 error->needed > 0 ?
			 errdetail("The limit is " UINT64_FORMAT ", and this has " UINT64_FORMAT ".",
					   error->needed, error->available) :
			 length > 0 ?
			 errdetail("At character %d: \"%s\".", position, shown_text(at, (int) length)) :
			 errdetail("At the end of \"%s\".", shown_text(sig->text, (int) sig->length)),
			 hint != NULL ? errhint("%s", hint) : 0));
}

static void
parse_or_report(const char *argument, abi_signature *sig, unsigned forms)
{
	abi_error	error;
	core_status status = forms == LIST_OF_TYPES ?
		abi_parse_list(sig, &error) : abi_parse_declaration(sig, forms, &error);

	if (status != CORE_OK)
		report_signature(argument, sig, &error);
}

/* Parses a signature into one piece of memory of context. */
static parsed *
parse_signature(MemoryContext context, const char *argument, const char *text, Size length,
				unsigned forms)
{
	abi_signature sig = {.text = text, .length = length, .capacity = abi_node_bound(length)};
	abi_node   *nodes = palloc(sig.capacity * sizeof(abi_node));
	Size		nodes_size;
	parsed	   *result;

	sig.nodes = nodes;
	parse_or_report(argument, &sig, forms);
	nodes_size = sig.num_nodes * sizeof(abi_node);
	result = MemoryContextAlloc(context, MAXALIGN(sizeof(parsed)) + nodes_size + length);
	result->sig = sig;
	result->sig.nodes = (abi_node *) ((char *) result + MAXALIGN(sizeof(parsed)));
	result->sig.text = (char *) result->sig.nodes + nodes_size;
	memcpy(result->sig.nodes, nodes, nodes_size);
	memcpy(unconstify(char *, result->sig.text), text, length);
	pfree(nodes);
	if (forms != LIST_OF_TYPES)
		abi_event_topic(&result->sig, result->topic);
	return result;
}

static bool
is_signature(const parsed *signature, const char *text, Size length)
{
	return signature != NULL && signature->sig.length == length &&
		memcmp(signature->sig.text, text, length) == 0;
}

/*
 * The signature in an argument, from the cache or to the cache.  A call site
 * always asks for the same forms.  Without a call site (DirectFunctionCall)
 * there is no cache.
 */
static const abi_signature *
get_signature(FunctionCallInfo fcinfo, const char *argument, const text *signature,
			  unsigned forms, const uint8 **topic)
{
	const char *text = VARDATA_ANY(signature);
	Size		length = VARSIZE_ANY_EXHDR(signature);
	FmgrInfo   *site = fcinfo->flinfo;
	signature_cache *cache = site != NULL ? site->fn_extra : NULL;
	parsed	   *found = cache != NULL ? cache->last : NULL;

	if (!is_signature(found, text, length) && site == NULL)
		found = parse_signature(CurrentMemoryContext, argument, text, length, forms);
	else if (!is_signature(found, text, length))
	{
		uint32		slot = hash_bytes((const unsigned char *) text, (int) length) % CACHE_SLOTS;

		if (cache == NULL)
			site->fn_extra = cache = MemoryContextAllocZero(site->fn_mcxt, sizeof(*cache));
		found = cache->slots[slot];
		if (!is_signature(found, text, length))
		{
			parsed	   *fresh = parse_signature(site->fn_mcxt, argument, text, length, forms);

			cache->slots[slot] = fresh;
			if (found != NULL)
				pfree(found);
			found = fresh;
		}
		cache->last = found;
	}
	*topic = found->topic;
	return &found->sig;
}

/* The first topic of an event, which an anonymous one has not. */
PG_FUNCTION_INFO_V1(event_topic);
Datum
event_topic(PG_FUNCTION_ARGS)
{
	const uint8 *topic;
	const abi_signature *event = get_signature(fcinfo, "signature", PG_GETARG_TEXT_PP(0),
											   ABI_DECL_EVENT, &topic);

	if (event->anonymous)
		PG_RETURN_NULL();
	return make_bytea(topic, WORD_BYTES);
}

PG_FUNCTION_INFO_V1(function_selector);
Datum
function_selector(PG_FUNCTION_ARGS)
{
	const uint8 *topic;

	(void) get_signature(fcinfo, "signature", PG_GETARG_TEXT_PP(0),
						 ABI_DECL_FUNCTION | ABI_DECL_ERROR, &topic);
	return make_bytea(topic, SELECTOR_BYTES);
}

/* ---------- values to jsonb ---------- */

/* Where values go, and how numbers are written */
typedef struct json_target
{
	jsonb_writer json;
	bool		numbers_as_text;
} json_target;

static Numeric
fixed_to_numeric(u256 word, int decimals, bool is_signed)
{
	bool		negative = is_signed && s256_is_negative(word);
	Numeric		magnitude = u256_to_numeric_scaled(negative ? s256_magnitude(word) : word,
												   decimals, 0);

	if (!negative)
		return magnitude;
	return DatumGetNumeric(DirectFunctionCall1(numeric_uminus, NumericGetDatum(magnitude)));
}

/* All the digits of a number, as a string */
static void
put_digits(jsonb_writer *json, Numeric number)
{
	char	   *digits = DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(number)));

	jsonb_writer_string(json, digits, strlen(digits));
	pfree(digits);
}

static void
put_number(json_target *target, const abi_value *value)
{
	u256		word = u256_load_be(value->bytes, WORD_BYTES);
	Numeric		number;

	if (value->kind == ABI_UINT)
		number = u256_to_numeric(word);
	else if (value->kind == ABI_INT)
		number = s256_to_numeric(word);
	else
		number = fixed_to_numeric(word, value->decimals, value->kind == ABI_FIXED);
	if (target->numbers_as_text)
		put_digits(&target->json, number);
	else
		jsonb_writer_numeric(&target->json, number);

	/* an array may have millions */
	pfree(number);
}

/*
 * A string in the encoding of the database.  What is no text there becomes
 * hexadecimal: contracts may emit any bytes, and one token with a strange
 * name must not stop a query over a million.
 */
static void
put_string(jsonb_writer *json, const abi_value *value)
{
	int			encoding = GetDatabaseEncoding();
	const char *text = (const char *) value->bytes;
	int			length = (int) value->length;
	Oid			conversion;
	char	   *converted;

	if (value->text != ABI_TEXT_FINE || value->length > JENTRY_OFFLENMASK)
	{
		jsonb_writer_hex(json, value->bytes, value->length);
		return;
	}
	if (encoding == PG_UTF8 || encoding == PG_SQL_ASCII || length == 0)
	{
		jsonb_writer_string(json, text, value->length);
		return;
	}
	conversion = FindDefaultConversionProc(PG_UTF8, encoding);
	converted = palloc((Size) length * MAX_CONVERSION_GROWTH + 1);
	if (OidIsValid(conversion) &&
		pg_do_encoding_conversion_buf(conversion, PG_UTF8, encoding,
									  (unsigned char *) unconstify(char *, text), length,
									  (unsigned char *) converted,
									  length * MAX_CONVERSION_GROWTH + 1, true) == length)
		jsonb_writer_string(json, converted, strlen(converted));
	else
		jsonb_writer_hex(json, value->bytes, value->length);
	pfree(converted);
}

static core_status
on_value(void *to, const abi_value *value)
{
	json_target *target = to;

	CHECK_FOR_INTERRUPTS();
	switch (value->kind)
	{
		case ABI_UINT:
		case ABI_INT:
		case ABI_UFIXED:
		case ABI_FIXED:
			put_number(target, value);
			break;
		case ABI_BOOL:
			jsonb_writer_bool(&target->json, value->bytes[WORD_BYTES - 1] != 0);
			break;
		case ABI_STRING:
			put_string(&target->json, value);
			break;
		default:
			jsonb_writer_hex(&target->json, value->bytes, value->length);
	}
	return CORE_OK;
}

static core_status
on_begin(void *to, bool object, uint64_t count)
{
	jsonb_writer_begin(&((json_target *) to)->json, object, count);
	return CORE_OK;
}

static core_status
on_end(void *to, bool object)
{
	(void) object;
	jsonb_writer_end(&((json_target *) to)->json);
	return CORE_OK;
}

static core_status
on_key(void *to, const char *name, size_t length)
{
	/* a position is not in the signature, and gone after this call; no name begins with a digit */
	if (name[0] >= '0' && name[0] <= '9')
		name = pnstrdup(name, length);
	jsonb_writer_key(&((json_target *) to)->json, name, length);
	return CORE_OK;
}

static abi_visitor
make_visitor(json_target *target, bool numbers_as_text)
{
	jsonb_writer_init(&target->json);
	target->numbers_as_text = numbers_as_text;
	return (abi_visitor) {
		.ctx = target, .begin = on_begin, .end = on_end, .key = on_key, .value = on_value
	};
}

/* Argument n, integers: whether they are strings rather than numbers */
static bool
integers_argument(FunctionCallInfo fcinfo, int n)
{
	static const char *const words[] = {"number", "text"};

	return choice_argument(fcinfo, n, "integers", words, lengthof(words), NULL) == 1;
}

/* ---------- what is wrong with data ---------- */

static uint32_t
argument_node(const abi_signature *sig, uint32_t argument)
{
	uint32_t	index = sig->nodes[0].child;

	while (argument-- > 0)
		index = sig->nodes[index].next;
	return index;
}

/* The name of an argument, or its position from 0 as in the result, and its type. */
static char *
described_argument(const abi_signature *sig, uint32_t argument)
{
	uint32_t	index = argument_node(sig, argument);
	const abi_node *node = &sig->nodes[index];
	char		type[SHOWN_BYTES + 1];

	abi_type_text(sig, index, type, sizeof(type));
	if (node->name_length == 0)
		return psprintf("argument %u (%s)", argument, type);
	return psprintf("argument \"%s\" (%s)",
					shown_text(sig->text + node->name_start, (int) node->name_length), type);
}

/* Where in an argument that has parts, or an empty text. */
static char *
described_part(const abi_signature *sig, const abi_error *error)
{
	char		type[SHOWN_BYTES + 1];

	if (error->node == argument_node(sig, error->argument))
		return "";
	abi_type_text(sig, error->node, type, sizeof(type));
	return psprintf("In a part of type %s: ", type);
}

/* What the contract wrote there, and what it would have to be. */
static char *
described_problem(const abi_error *error, byte_view data, const uint8_t *const *topics)
{
	const char *beyond = error->needed == PG_UINT64_MAX ? " or more" : "";

	switch (error->problem)
	{
		case ABI_SHORT_DATA:
			return psprintf(UINT64_FORMAT "%s bytes are needed from byte " UINT64_FORMAT
							" on, and " UINT64_FORMAT " are there.",
							error->needed, beyond, error->offset, error->available);
		case ABI_BAD_OFFSET:
			return psprintf("The offset at byte " UINT64_FORMAT " is " UINT64_FORMAT
							"%s, and the data ends at " UINT64_FORMAT " by the same count.",
							error->offset, error->needed, beyond, error->available);
		case ABI_BAD_LENGTH:
			return psprintf("The length at byte " UINT64_FORMAT " stands for " UINT64_FORMAT
							"%s bytes, and " UINT64_FORMAT " follow it.",
							error->offset, error->needed, beyond, error->available);
		case ABI_BAD_VALUE:
			return psprintf("The word at byte " UINT64_FORMAT " is %s.", error->offset,
							shown_hex(data.bytes + error->offset, WORD_BYTES));
		case ABI_BAD_TOPIC:
			return psprintf("Topic " UINT64_FORMAT " is %s.", error->offset,
							shown_hex(topics[error->offset], WORD_BYTES));
		default:
			return psprintf(UINT64_FORMAT " bytes at byte " UINT64_FORMAT " were to be read again; "
							"all values together may take four times the length of the data.",
							error->needed, error->offset);
	}
}

/* What the reason may be: a contract that is not as declared, or other data than is named. */
static const char *
data_hint(const abi_signature *sig, byte_view data, bool is_log)
{
	if (is_log)
		return "The contract may declare the event with other types or other indexed arguments. "
			"try_decode_log gives NULL for its logs.";
	if (sig->num_args == 1 && sig->nodes[argument_node(sig, 0)].kind == ABI_STRING &&
		data.length == WORD_BYTES)
		return "This is one word: older tokens have a bytes32 where others have a string.";
	return "The data may have been encoded for other types, or begin with a selector. "
		"try_abi_decode gives NULL for it.";
}

static void
report_data(const abi_signature *sig, const abi_error *error, byte_view data,
			const uint8_t *const *topics)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("cannot decode %s: %s", described_argument(sig, error->argument),
					abi_problem_text(error->problem)),
			 errdetail("%s%s", described_part(sig, error),
					   described_problem(error, data, topics)),
			 errhint("%s", data_hint(sig, data, topics != NULL))));
}

/* ---------- abi_decode ---------- */

/* A function of bytea and of text, and the two that give NULL for what does not fit */
#define BYTE_FUNCTION(symbol, body, ...) \
	PG_FUNCTION_INFO_V1(symbol); \
	Datum \
	symbol(PG_FUNCTION_ARGS) \
	{ \
		return body(fcinfo, (byte_form) {__VA_ARGS__}); \
	}

#define BYTE_FUNCTIONS(name) \
	BYTE_FUNCTION(name##_bytea, name##_datum, .hex = false) \
	BYTE_FUNCTION(name##_text, name##_datum, .hex = true) \
	BYTE_FUNCTION(try_##name##_bytea, name##_datum, .hex = false,.tolerant = true) \
	BYTE_FUNCTION(try_##name##_text, name##_datum, .hex = true,.tolerant = true)

static Datum
abi_decode_datum(FunctionCallInfo fcinfo, byte_form form)
{
	const uint8 *topic;
	const abi_signature *sig = get_signature(fcinfo, "types", PG_GETARG_TEXT_PP(0),
											 LIST_OF_TYPES, &topic);
	bool		as_text = integers_argument(fcinfo, 2);
	byte_view	data;
	json_target target;
	abi_visitor visitor;
	abi_error	error;

	if (!read_bytes("data", PG_GETARG_DATUM(1), form, &data))
		PG_RETURN_NULL();
	visitor = make_visitor(&target, as_text);
	if (abi_decode(sig, data.bytes, data.length, &visitor, &error) != CORE_OK)
	{
		if (!form.tolerant)
			report_data(sig, &error, data, NULL);
		PG_RETURN_NULL();
	}
	PG_RETURN_JSONB_P(jsonb_writer_result(&target.json));
}

BYTE_FUNCTIONS(abi_decode)

/* ---------- decode_log ---------- */

/* The log has more or fewer topics than the event has indexed arguments. */
static void
report_topics(const abi_signature *event, const abi_error *error)
{
	char		name[SHOWN_BYTES + 1];

	abi_signature_text(event, name, sizeof(name));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("event has " UINT64_FORMAT " indexed arguments, and the log " UINT64_FORMAT
					" topics for them", error->needed, error->available),
			 errdetail("The event is %s, which may be declared with more or fewer indexed "
					   "arguments by other contracts.", name),
			 errhint("try_decode_log gives NULL for a log of another form. Those of one form have "
					 "one number of topics: an ERC-20 Transfer three, an ERC-721 Transfer four.")));
}

/* data stays where it is, perhaps out of line, until the log is known to be of the event. */
static Datum
decode_log_datum(FunctionCallInfo fcinfo, byte_form form)
{
	const uint8 *topic;
	const abi_signature *event = get_signature(fcinfo, "event", PG_GETARG_TEXT_PP(0),
											   ABI_DECL_EVENT, &topic);
	bool		as_text = integers_argument(fcinfo, 3);
	log_topics	topics;
	byte_view	data;
	json_target target;
	abi_visitor visitor;
	abi_error	error;
	core_status status;

	if (!read_topics(PG_GETARG_DATUM(1), form, &topics) ||
		!abi_event_matches(event, topic, topics.words, topics.count) ||
		!read_bytes("data", PG_GETARG_DATUM(2), form, &data))
		PG_RETURN_NULL();
	visitor = make_visitor(&target, as_text);
	status = abi_decode_log(event, topic, topics.words, topics.count, data.bytes, data.length,
							&visitor, &error);
	if (status == CORE_OK)
		PG_RETURN_JSONB_P(jsonb_writer_result(&target.json));
	if (status == CORE_BAD_PARAMETER && !form.tolerant)
		report_topics(event, &error);
	else if (!form.tolerant)
		report_data(event, &error, data, topics.words);
	PG_RETURN_NULL();
}

BYTE_FUNCTIONS(decode_log)
