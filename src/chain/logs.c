/*-------------------------------------------------------------------------
 *
 * chain/logs.c
 *	  The SQL face of the readers of market logs.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "chain/event.h"
#include "core/chain/hex.h"
#include "core/chain/logs.h"
#include "server/numeric_u256.h"
#include "server/row.h"

/* ---------- values ---------- */

/* Bytes as bytea, or as lower-case text with 0x where the log came as text. */
static Datum
bytes_datum(const uint8_t *bytes, size_t length, bool hex)
{
	Size		size = VARHDRSZ + (hex ? 2 + 2 * length : length);
	struct varlena *result = palloc(size);

	SET_VARSIZE(result, size);
	if (hex)
	{
		memcpy(VARDATA(result), "0x", 2);
		bytes_to_hex(bytes, length, VARDATA(result) + 2);
	}
	else
		memcpy(VARDATA(result), bytes, length);
	return PointerGetDatum(result);
}

static Datum
list_datum(const uint8_t *words, size_t count)
{
	Datum	   *elements = palloc_extended(sizeof(Datum) * Max(count, 1), MCXT_ALLOC_HUGE);

	for (size_t i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		elements[i] = NumericGetDatum(u256_to_numeric(u256_load_be(words + EVENT_WORD * i,
																   EVENT_WORD)));
	}
	return PointerGetDatum(construct_array(elements, (int) count, NUMERICOID, -1, false,
										   TYPALIGN_INT));
}

static Datum
value_datum(const event_value *value, bool hex)
{
	switch (value->kind)
	{
		case EVENT_UINT:
			return NumericGetDatum(u256_to_numeric(value->word));
		case EVENT_INT:
			return NumericGetDatum(s256_to_numeric(value->word));
		case EVENT_SMALL_UINT:
		case EVENT_SMALL_INT:
			return Int32GetDatum((int32) value->number);
		case EVENT_TIME:
			return TimestampTzGetDatum(value->number);
		case EVENT_ADDRESS:
			return bytes_datum(value->bytes, EVENT_ADDRESS_BYTES, hex);
		case EVENT_BYTES32:
			return bytes_datum(value->bytes, EVENT_WORD, hex);
		case EVENT_LIST_OF_ONE:
			return list_datum(value->bytes, 1);
		case EVENT_LIST:
			return list_datum(value->bytes, value->count);
		case EVENT_WORD_OF_EVENT:
			return CStringGetTextDatum((const char *) value->bytes);
		case EVENT_YES:
		case EVENT_NO:
			return BoolGetDatum(value->kind == EVENT_YES);
		case EVENT_ABSENT:
			break;
	}
	return (Datum) 0;
}

/* ---------- readers ---------- */

static event_table
reader_events(const log_reader *reader)
{
	return (event_table) {reader->events, sizeof(event_layout), reader->num_events};
}

/*
 * Arguments topics, data and strict.  The row of a log of another event, and
 * in the tolerant form of a damaged one, is NULL.
 */
static Datum
read_log(FunctionCallInfo fcinfo, const log_reader *reader, bool hex)
{
	event_input	in;
	event_value values[EVENT_MAX_COLUMNS];
	Datum		columns[EVENT_MAX_COLUMNS];
	bool		nulls[EVENT_MAX_COLUMNS];

	if (event_input_event(&in, PG_GETARG_DATUM(0), hex, reader_events(reader)) == NULL ||
		!event_input_values(&in, PG_GETARG_DATUM(1), values, reader->num_columns))
	{
		if (PG_GETARG_BOOL(2))
			event_input_report(&in);
		PG_RETURN_NULL();
	}
	for (int i = 0; i < reader->num_columns; i++)
	{
		nulls[i] = values[i].kind == EVENT_ABSENT;
		columns[i] = value_datum(&values[i], hex);
	}
	return row_with_nulls(fcinfo, columns, nulls);
}

/* A reader with one column returns that and no row. */
static Datum
read_log_value(FunctionCallInfo fcinfo, const log_reader *reader, bool hex)
{
	event_input	in;
	event_value value;

	if (event_input_event(&in, PG_GETARG_DATUM(0), hex, reader_events(reader)) == NULL ||
		!event_input_values(&in, PG_GETARG_DATUM(1), &value, 1))
	{
		if (PG_GETARG_BOOL(2))
			event_input_report(&in);
		PG_RETURN_NULL();
	}
	return value_datum(&value, hex);
}

#define READER_FORM(symbol, reader, id, hex) \
	PG_FUNCTION_INFO_V1(symbol); \
	Datum \
	symbol(PG_FUNCTION_ARGS) \
	{ \
		return reader(fcinfo, &log_readers[id], hex); \
	}

#define READER_FORMS(name, reader, id) \
	READER_FORM(name, reader, id, false) \
	READER_FORM(name##_hex, reader, id, true)

READER_FORMS(aave_reserve_log, read_log, LOG_AAVE_RESERVE)
READER_FORMS(morpho_accrue_log, read_log, LOG_MORPHO_ACCRUE)
READER_FORMS(euler_vault_status_log, read_log, LOG_EULER_VAULT_STATUS)
READER_FORMS(comet_log, read_log, LOG_COMET)
READER_FORMS(univ2_sync_log, read_log, LOG_UNIV2_SYNC)
READER_FORMS(univ2_swap_log, read_log, LOG_UNIV2_SWAP)
READER_FORMS(univ3_swap_log, read_log, LOG_UNIV3_SWAP)
READER_FORMS(univ3_mint_log, read_log, LOG_UNIV3_MINT)
READER_FORMS(univ3_burn_log, read_log, LOG_UNIV3_BURN)
READER_FORMS(univ3_collect_log, read_log, LOG_UNIV3_COLLECT)
READER_FORMS(univ4_swap_log, read_log, LOG_UNIV4_SWAP)
READER_FORMS(univ4_modify_liquidity_log, read_log, LOG_UNIV4_MODIFY_LIQUIDITY)
READER_FORMS(balancer_v2_swap_log, read_log, LOG_BALANCER_V2_SWAP)
READER_FORMS(balancer_v3_swap_log, read_log, LOG_BALANCER_V3_SWAP)
READER_FORMS(curve_exchange_log, read_log, LOG_CURVE_EXCHANGE)
READER_FORMS(pendle_rate_log, read_log, LOG_PENDLE_RATE)
READER_FORMS(pendle_swap_log, read_log, LOG_PENDLE_SWAP)
READER_FORMS(pendle_index_log, read_log_value, LOG_PENDLE_INDEX)
READER_FORMS(chainlink_answer_log, read_log, LOG_CHAINLINK_ANSWER)
READER_FORMS(erc20_transfer_log, read_log, LOG_ERC20_TRANSFER)
READER_FORMS(erc721_transfer_log, read_log, LOG_ERC721_TRANSFER)
READER_FORMS(erc1155_transfer_log, read_log, LOG_ERC1155_TRANSFER)
READER_FORMS(erc4626_log, read_log, LOG_ERC4626)

/* ---------- the events as rows ---------- */

#define EVENT_COLUMNS	5

static void
put_event(ReturnSetInfo *rows, const log_reader *reader, const event_layout *event)
{
	uint8_t		topic0[EVENT_WORD];
	bool		nulls[EVENT_COLUMNS] = {false};
	Datum		columns[EVENT_COLUMNS];

	(void) u256_store_be(event->topic0, topic0, EVENT_WORD);
	columns[0] = CStringGetTextDatum(event->protocol);
	columns[1] = CStringGetTextDatum(event->declaration);
	columns[2] = CStringGetTextDatum(reader->function);
	columns[3] = bytes_datum(topic0, EVENT_WORD, false);
	columns[4] = Int32GetDatum(event->num_topics);
	tuplestore_putvalues(rows->setResult, rows->setDesc, columns, nulls);
}

PG_FUNCTION_INFO_V1(market_events);
Datum
market_events(PG_FUNCTION_ARGS)
{
	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < LOG_READERS; i++)
		for (int j = 0; j < log_readers[i].num_events; j++)
			put_event((ReturnSetInfo *) fcinfo->resultinfo, &log_readers[i],
					  &log_readers[i].events[j]);
	PG_RETURN_VOID();
}
