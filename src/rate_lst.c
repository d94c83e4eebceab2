/*-------------------------------------------------------------------------
 *
 * rate_lst.c
 *	  The SQL face of the registry of staking tokens: logs to exchange rates.
 *
 * Topics and data are read only from logs of contracts that set a rate, so
 * that a table of all logs costs little more than a comparison of addresses,
 * and data that is stored out of line stays there.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/array.h"
#include "utils/builtins.h"

/* inline functions of the server do not use all of their parameters */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-parameter"
#include "access/htup_details.h"
#include "funcapi.h"
#pragma GCC diagnostic pop

#include "compat.h"
#include "core/hex.h"
#include "core/lst.h"
#include "numeric_u256.h"
#include "report.h"

/* The topics of a log; those that no event of the registry needs are only counted. */
typedef struct log_topics
{
	uint8_t		bytes[LST_MAX_TOPICS][LST_TOPIC_BYTES];
	int			num;
} log_topics;

/* ---------- arguments: bytes, or hex text ---------- */

/* The name of an argument, or of element "number" of an array, from 1. */
static char *
argument_name(const char *argument, int number)
{
	return number == 0 ? pstrdup(argument) : psprintf("%s[%d]", argument, number);
}

pg_noreturn static void
report_bad_hex(const char *argument, int number, const char *content, size_t length,
			   const char *hint)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid hexadecimal text for %s: \"%s\"", argument_name(argument, number),
					text_to_cstring(cstring_to_text_with_len(content, length))),
			 errhint("%s", hint)));
	pg_unreachable();
}

/*
 * Bytes of hex text with 0x in front, or \x as bytea shows it, or nothing;
 * false if it is no such text. out has room for length / 2.
 */
static bool
read_hex(const char *text, size_t length, uint8_t *out, size_t *nbytes)
{
	if (length >= 2 && text[0] == '\\' && text[1] == 'x')
	{
		text += 2;
		length -= 2;
	}
	return hex_to_bytes(text, length, out, nbytes) == CORE_OK;
}

/* Exactly "wanted" (up to 32) bytes to out, from bytea or from hex text. */
static void
read_fixed(const char *argument, int number, Datum value, bool hex, uint8_t *out, size_t wanted)
{
	struct varlena *packed = PG_DETOAST_DATUM_PACKED(value);
	const char *content = VARDATA_ANY(packed);
	size_t		length = VARSIZE_ANY_EXHDR(packed);
	uint8_t		bytes[LST_TOPIC_BYTES + 1];
	size_t		nbytes;

	if (!hex)
	{
		if (length != wanted)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
					 errmsg("%s must have %zu bytes, not %zu", argument_name(argument, number),
							wanted, length),
					 errhint("Hexadecimal text goes in as text, not as bytea.")));
		memcpy(out, content, wanted);
		return;
	}
	if (length > 2 * wanted + 2 || !read_hex(content, length, bytes, &nbytes) || nbytes != wanted)
		report_bad_hex(argument, number, content, length,
					   psprintf("It is 0x and %zu digits.", 2 * wanted));
	memcpy(out, bytes, wanted);
}

/* The array without the NULLs at its end: a table has four columns of topics. */
static int
present_topics(const bool *nulls, int num)
{
	while (num > 0 && nulls[num - 1])
		num--;
	if (num > LST_MAX_TOPICS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("topics must have at most %d elements, not %d", LST_MAX_TOPICS, num)));
	for (int i = 0; i < num; i++)
		if (nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("topics[%d] must not be NULL before topics[%d]", i + 1, num),
					 errhint("A log has its topics in order; only those at the end may be absent.")));
	return num;
}

static void
read_topics(Datum array, bool hex, log_topics *topics)
{
	ArrayType  *value = DatumGetArrayTypeP(array);
	Datum	   *element;
	bool	   *nulls;
	int			num;

	if (ARR_NDIM(value) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("topics must have one dimension, not %d", ARR_NDIM(value))));
	deconstruct_array(value, hex ? TEXTOID : BYTEAOID, -1, false, TYPALIGN_INT,
					  &element, &nulls, &num);
	topics->num = present_topics(nulls, num);
	for (int i = 0; i < topics->num; i++)
		read_fixed("topics", i + 1, element[i], hex, topics->bytes[i], LST_TOPIC_BYTES);
}

/* ---------- logs ---------- */

/*
 * The event that a log is, of its contract: arguments 0 and 1 of the function.
 * NULL for a log that sets no rate.
 */
static const lst_event *
log_event(FunctionCallInfo fcinfo, bool hex, const lst_contract **contract, log_topics *topics)
{
	uint8_t		address[LST_ADDRESS_BYTES];
	const lst_event *event = NULL;

	read_fixed("address", 0, PG_GETARG_DATUM(0), hex, address, LST_ADDRESS_BYTES);
	*contract = lst_find_contract(address);
	if (*contract == NULL)
		return NULL;
	read_topics(PG_GETARG_DATUM(1), hex, topics);
	if (topics->num == 0)
		return NULL;
	switch (lst_find_event(*contract, topics->bytes[0], topics->num, &event))
	{
		case CORE_OK:
			return event;
		case CORE_NULL:
			return NULL;
		default:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
					 errmsg("topics of a log of %s must have %d elements, not %d",
							(*contract)->name, event->num_topics, topics->num),
					 errdetail("The log is %s.", event->declaration)));
	}
	return NULL;				/* not reached */
}

/* Argument 2 as bytes. */
static const uint8_t *
log_data(FunctionCallInfo fcinfo, bool hex, size_t *length)
{
	struct varlena *packed = PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(2));
	const char *content = VARDATA_ANY(packed);
	uint8_t    *bytes;

	*length = VARSIZE_ANY_EXHDR(packed);
	if (!hex)
		return (const uint8_t *) content;
	bytes = palloc(*length / 2 + 1);
	if (!read_hex(content, *length, bytes, length))
		report_bad_hex("data", 0, content, VARSIZE_ANY_EXHDR(packed),
					   "It is 0x and an even number of digits.");
	return bytes;
}

static Datum
log_rate(FunctionCallInfo fcinfo, bool hex)
{
	const lst_contract *contract;
	const lst_event *event;
	log_topics	topics;
	const uint8_t *data;
	size_t		length;
	u256		rate;
	core_status status;

	event = log_event(fcinfo, hex, &contract, &topics);
	if (event == NULL)
		PG_RETURN_NULL();
	data = log_data(fcinfo, hex, &length);
	status = lst_event_rate(event, data, length, &rate);
	if (status == CORE_BAD_BINARY)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("data of a log of %s must have at least %d bytes, not %zu",
						contract->name, 32 * event->num_words, length),
				 errdetail("The log is %s.", event->declaration)));
	if (!report_status(status, "rate"))
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(u256_to_numeric(rate));
}

static Datum
log_symbol(FunctionCallInfo fcinfo, bool hex)
{
	const lst_contract *contract;
	log_topics	topics;
	const char *symbol;

	if (log_event(fcinfo, hex, &contract, &topics) == NULL)
		PG_RETURN_NULL();
	symbol = lst_event_symbol(contract, topics.bytes[2]);
	if (symbol == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(symbol));
}

PG_FUNCTION_INFO_V1(lst_rate);
Datum
lst_rate(PG_FUNCTION_ARGS)
{
	return log_rate(fcinfo, false);
}

PG_FUNCTION_INFO_V1(lst_rate_hex);
Datum
lst_rate_hex(PG_FUNCTION_ARGS)
{
	return log_rate(fcinfo, true);
}

PG_FUNCTION_INFO_V1(lst_symbol);
Datum
lst_symbol(PG_FUNCTION_ARGS)
{
	return log_symbol(fcinfo, false);
}

PG_FUNCTION_INFO_V1(lst_symbol_hex);
Datum
lst_symbol_hex(PG_FUNCTION_ARGS)
{
	return log_symbol(fcinfo, true);
}

/* ---------- the registry as rows ---------- */

#define TOKEN_COLUMNS	10
#define EVENT_COLUMNS	5

/* Bytes of one of the registry's hex texts, or of NULL. */
static Datum
registry_bytes(const char *text, size_t length, void (*read) (const char *, uint8_t *), bool *isnull)
{
	bytea	   *result;

	*isnull = text == NULL;
	if (*isnull)
		return (Datum) 0;
	result = palloc(VARHDRSZ + length);
	SET_VARSIZE(result, VARHDRSZ + length);
	read(text, (uint8_t *) VARDATA(result));
	return PointerGetDatum(result);
}

static Datum
address_datum(const char *text, bool *isnull)
{
	return registry_bytes(text, LST_ADDRESS_BYTES, lst_address_bytes, isnull);
}

static Datum
text_datum(const char *text, bool *isnull)
{
	*isnull = text == NULL;
	return *isnull ? (Datum) 0 : CStringGetTextDatum(text);
}

static const char *
kind_name(lst_kind kind)
{
	switch (kind)
	{
		case LST_REBASING:
			return "rebasing";
		case LST_ACCRUING:
			return "accruing";
		case LST_ORACLE_SET:
			return "oracle-set";
		case LST_COMPUTED:
			return "computed";
	}
	return NULL;
}

/* On the first call of a function that returns rows: what is kept from row to row. */
static void
begin_rows(FunctionCallInfo fcinfo)
{
	FuncCallContext *context = SRF_FIRSTCALL_INIT();
	MemoryContext caller = MemoryContextSwitchTo(context->multi_call_memory_ctx);
	TupleDesc	row;

	if (get_call_result_type(fcinfo, NULL, &row) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	context->tuple_desc = BlessTupleDesc(row);
	context->user_fctx = palloc0(2 * sizeof(size_t));
	MemoryContextSwitchTo(caller);
}

static Datum
token_row(TupleDesc row, const lst_token *token)
{
	const lst_contract *source = token->source;
	Datum		value[TOKEN_COLUMNS];
	bool		isnull[TOKEN_COLUMNS];
	int			i = 0;

	value[i] = text_datum(token->symbol, &isnull[i]), i++;
	value[i] = text_datum(token->name, &isnull[i]), i++;
	value[i] = text_datum(token->protocol, &isnull[i]), i++;
	value[i] = text_datum(kind_name(token->kind), &isnull[i]), i++;
	value[i] = text_datum(token->restaked ? "LRT" : "LST", &isnull[i]), i++;
	value[i] = address_datum(token->address, &isnull[i]), i++;
	value[i] = text_datum(source ? source->events->declaration : NULL, &isnull[i]), i++;
	value[i] = address_datum(source ? source->address : NULL, &isnull[i]), i++;
	value[i] = text_datum(token->rate_in, &isnull[i]), i++;
	value[i] = text_datum(token->snapshot, &isnull[i]), i++;
	Assert(i == TOKEN_COLUMNS);
	return HeapTupleGetDatum(heap_form_tuple(row, value, isnull));
}

PG_FUNCTION_INFO_V1(lst_tokens);
Datum
lst_tokens(PG_FUNCTION_ARGS)
{
	FuncCallContext *context;
	const lst_token *token;

	if (SRF_IS_FIRSTCALL())
		begin_rows(fcinfo);
	context = SRF_PERCALL_SETUP();
	token = lst_token_at(context->call_cntr);
	if (token == NULL)
		SRF_RETURN_DONE(context);
	SRF_RETURN_NEXT(context, token_row(context->tuple_desc, token));
}

static Datum
event_row(TupleDesc row, const lst_contract *contract, const lst_event *event)
{
	Datum		value[EVENT_COLUMNS];
	bool		isnull[EVENT_COLUMNS];
	int			i = 0;

	value[i] = text_datum(contract->symbol, &isnull[i]), i++;
	value[i] = text_datum(contract->name, &isnull[i]), i++;
	value[i] = address_datum(contract->address, &isnull[i]), i++;
	value[i] = text_datum(event->declaration, &isnull[i]), i++;
	value[i] = registry_bytes(event->topic0, LST_TOPIC_BYTES, lst_topic_bytes, &isnull[i]), i++;
	Assert(i == EVENT_COLUMNS);
	return HeapTupleGetDatum(heap_form_tuple(row, value, isnull));
}

PG_FUNCTION_INFO_V1(lst_events);
Datum
lst_events(PG_FUNCTION_ARGS)
{
	FuncCallContext *context;
	const lst_contract *contract;
	size_t	   *at;				/* the contract, and which of its events */

	if (SRF_IS_FIRSTCALL())
		begin_rows(fcinfo);
	context = SRF_PERCALL_SETUP();
	at = context->user_fctx;
	contract = lst_contract_at(at[0]);
	if (contract != NULL && at[1] == contract->num_events)
	{
		contract = lst_contract_at(++at[0]);
		at[1] = 0;
	}
	if (contract == NULL)
		SRF_RETURN_DONE(context);
	SRF_RETURN_NEXT(context, event_row(context->tuple_desc, contract, &contract->events[at[1]++]));
}
