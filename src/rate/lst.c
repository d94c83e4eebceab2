/*-------------------------------------------------------------------------
 *
 * rate/lst.c
 *	  The SQL face of the registry of staking tokens: logs to exchange rates.
 *
 * Topics and data are read only from logs of contracts that set a rate, so
 * that a table of all logs costs little more than a comparison of addresses,
 * and data that is stored out of line stays there.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"

#include "chain/log.h"
#include "core/rate/lst.h"
#include "server/compat.h"
#include "server/numeric_u256.h"
#include "server/report.h"
#include "server/row.h"

/* ---------- logs ---------- */

/*
 * The event that a log is, of its contract: arguments 0 and 1 of the function.
 * NULL for a log that sets no rate, and, if the form is tolerant, for one that
 * the contract cannot have written.
 */
static const lst_event *
log_event(FunctionCallInfo fcinfo, byte_form form, const lst_contract **contract, log_topics *topics)
{
	uint8		room[LST_ADDRESS_BYTES + 1];
	const uint8 *address;
	const lst_event *event = NULL;
	core_status status;

	if (!read_fixed_bytes("address", 0, PG_GETARG_DATUM(0), form, LST_ADDRESS_BYTES, room, &address))
		return NULL;
	*contract = lst_find_contract(address);
	if (*contract == NULL || !read_topics(PG_GETARG_DATUM(1), form, topics) || topics->count == 0)
		return NULL;
	status = lst_find_event(*contract, topics->words[0], (int) topics->count, &event);
	if (status == CORE_BAD_BINARY && !form.tolerant)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("topics of a log of %s must have %d elements, not %zu",
						(*contract)->name, event->num_topics, topics->count),
				 errdetail("The log is %s.", event->declaration)));
	return status == CORE_OK ? event : NULL;
}

/* The form of a call: argument n, strict, is false where NULL is wanted instead of an error. */
static byte_form
form_arguments(FunctionCallInfo fcinfo, bool hex, int n)
{
	return (byte_form) {.hex = hex,.tolerant = !PG_GETARG_BOOL(n)};
}

/* Data that the contract cannot have written */
static void
report_bad_data(const lst_contract *contract, const lst_event *event, byte_view data)
{
	if (data.length < 32 * (Size) event->num_words)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("data of a log of %s must have at least %d bytes, not %zu",
						contract->name, 32 * event->num_words, data.length),
				 errdetail("The log is %s.", event->declaration),
				 errhint("strict => false gives NULL for it.")));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("the token in data of a log of %s must be an address of 20 bytes",
					contract->name),
			 errdetail("The log is %s.", event->declaration),
			 errhint("strict => false gives NULL for it.")));
}

/* The event and the data of a log that sets a rate, arguments 0 to 2; NULL for another. */
static const lst_event *
log_event_and_data(FunctionCallInfo fcinfo, byte_form form, const lst_contract **contract,
				   byte_view *data)
{
	log_topics	topics;
	const lst_event *event = log_event(fcinfo, form, contract, &topics);

	if (event == NULL || !read_bytes("data", PG_GETARG_DATUM(2), form, data))
		return NULL;
	return event;
}

/* Is there a result?  Raises the error of another outcome than none, unless the form is tolerant. */
static bool
report_log_status(core_status status, byte_form form, const lst_contract *contract,
				  const lst_event *event, byte_view data)
{
	if (status == CORE_OK)
		return true;
	if (form.tolerant)
		return false;
	if (status == CORE_BAD_BINARY)
		report_bad_data(contract, event, data);
	return report_status(status, "rate");
}

static Datum
log_rate(FunctionCallInfo fcinfo, bool hex)
{
	byte_form	form = form_arguments(fcinfo, hex, 3);
	const lst_contract *contract;
	byte_view	data;
	const lst_event *event = log_event_and_data(fcinfo, form, &contract, &data);
	u256		rate;

	if (event == NULL ||
		!report_log_status(lst_event_rate(event, data.bytes, data.length, &rate),
						   form, contract, event, data))
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(u256_to_numeric(rate));
}

/* Nothing is a row of NULLs. */
static Datum
log_rate_bounds(FunctionCallInfo fcinfo, bool hex)
{
	byte_form	form = form_arguments(fcinfo, hex, 3);
	const lst_contract *contract;
	byte_view	data;
	const lst_event *event = log_event_and_data(fcinfo, form, &contract, &data);
	Datum		values[2] = {0};
	bool		nulls[2] = {true, true};
	u256		least,
				greatest;
	bool		bounded;

	if (event != NULL &&
		report_log_status(lst_event_bounds(event, data.bytes, data.length, &least, &greatest,
										   &bounded), form, contract, event, data))
	{
		values[0] = NumericGetDatum(u256_to_numeric(least));
		nulls[0] = false;
		if (bounded)
			values[1] = NumericGetDatum(u256_to_numeric(greatest));
		nulls[1] = !bounded;
	}
	return row_with_nulls(fcinfo, values, nulls);
}

static Datum
log_symbol(FunctionCallInfo fcinfo, bool hex)
{
	byte_form	form = form_arguments(fcinfo, hex, 2);
	const lst_contract *contract;
	log_topics	topics;
	const char *symbol;

	if (log_event(fcinfo, form, &contract, &topics) == NULL)
		PG_RETURN_NULL();
	symbol = lst_event_symbol(contract, topics.count > 2 ? topics.words[2] : NULL);
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

PG_FUNCTION_INFO_V1(lst_rate_bounds);
Datum
lst_rate_bounds(PG_FUNCTION_ARGS)
{
	return log_rate_bounds(fcinfo, false);
}

PG_FUNCTION_INFO_V1(lst_rate_bounds_hex);
Datum
lst_rate_bounds_hex(PG_FUNCTION_ARGS)
{
	return log_rate_bounds(fcinfo, true);
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

#define TOKEN_COLUMNS	11
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

/* How the rate of a token is known from logs */
static const char *
knowledge_name(const lst_event *event)
{
	if (event->shares == LST_STORED)
		return "report";
	return event->rounding == LST_EXACT ? "totals" : "observed";
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
	value[i] = text_datum(source ? knowledge_name(source->events) : NULL, &isnull[i]), i++;
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
