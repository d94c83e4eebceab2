/*-------------------------------------------------------------------------
 *
 * rate/vault.c
 *	  The SQL face of the prices of vault shares: logs to exchange rates.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "chain/event.h"
#include "chain/rule.h"
#include "core/rate/vault.h"
#include "server/numeric_u256.h"
#include "server/report.h"
#include "server/row.h"

/* ---------- arguments ---------- */

static const vault_layout *
vault_log(event_input *in, Datum topics, bool hex)
{
	event_table	events = {&vault_layout_at(0)->event, sizeof(vault_layout), vault_num_layouts()};

	/* an event is the first member of its vault_layout */
	return (const vault_layout *) event_input_event(in, topics, hex, events);
}

/* Arguments topics and data; NULL for other logs, and, not strictly, for damaged ones. */
static const vault_layout *
vault_values(FunctionCallInfo fcinfo, bool hex, bool strict, event_value *values)
{
	event_input	in;
	const vault_layout *vault = vault_log(&in, PG_GETARG_DATUM(0), hex);

	if (vault != NULL && event_input_values(&in, PG_GETARG_DATUM(1), values, VAULT_COLUMNS))
		return vault;
	if (strict)
		event_input_report(&in);
	return NULL;
}

static vault_decimals
decimals_arguments(FunctionCallInfo fcinfo)
{
	vault_decimals decimals;

	decimals.share = decimals_argument(fcinfo, 2, "share_decimals");
	decimals.asset = decimals_argument(fcinfo, 3, "asset_decimals");
	return decimals;
}

/* ---------- vault_rate ---------- */

static Datum
rate_of_log(FunctionCallInfo fcinfo, bool hex)
{
	vault_decimals decimals = decimals_arguments(fcinfo);
	u256		min_shares = uint_argument(fcinfo, 4, "min_shares");
	bool		strict = PG_GETARG_BOOL(5);
	event_value values[VAULT_COLUMNS];
	const vault_layout *vault = vault_values(fcinfo, hex, strict, values);
	u256		rate;
	core_status status;

	if (vault == NULL)
		PG_RETURN_NULL();
	status = vault_event_rate(vault, values, decimals, min_shares, &rate);
	if (status != CORE_OK && !strict)
		PG_RETURN_NULL();
	if (!report_status(status, "rate"))
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(u256_to_numeric(rate));
}

/* ---------- vault_rate_bounds ---------- */

static Datum
bounds_of_log(FunctionCallInfo fcinfo, bool hex)
{
	vault_decimals decimals = decimals_arguments(fcinfo);
	event_value values[VAULT_COLUMNS];
	const vault_layout *vault = vault_values(fcinfo, hex, true, values);
	u256		least;
	u256		greatest;
	bool		bounded;
	Datum		columns[2] = {0};
	bool		nulls[2] = {false};

	if (vault == NULL ||
		!report_status(vault_event_bounds(vault, values, decimals, &least, &greatest, &bounded),
					   "rate"))
		PG_RETURN_NULL();
	columns[0] = NumericGetDatum(u256_to_numeric(least));
	nulls[1] = !bounded;
	if (bounded)
		columns[1] = NumericGetDatum(u256_to_numeric(greatest));
	return row_with_nulls(fcinfo, columns, nulls);
}

/* ---------- vault_rate_time, vault_event ---------- */

/* Of events without a time of their own data is not read. */
static Datum
time_of_log(FunctionCallInfo fcinfo, bool hex)
{
	event_input	in;
	const vault_layout *vault = vault_log(&in, PG_GETARG_DATUM(0), hex);
	event_value values[VAULT_COLUMNS];

	if (vault != NULL && !vault_has_time(vault))
		PG_RETURN_NULL();
	if (vault == NULL || !event_input_values(&in, PG_GETARG_DATUM(1), values, VAULT_COLUMNS))
	{
		event_input_report(&in);
		PG_RETURN_NULL();
	}
	PG_RETURN_TIMESTAMPTZ(values[VAULT_TIME].number);
}

static Datum
event_of_topics(FunctionCallInfo fcinfo, Datum topics, bool hex)
{
	event_input in;
	const vault_layout *vault = vault_log(&in, topics, hex);

	event_input_report(&in);
	if (vault == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(vault->name));
}

static Datum
event_of_log(FunctionCallInfo fcinfo, bool hex)
{
	return event_of_topics(fcinfo, PG_GETARG_DATUM(0), hex);
}

/*
 * Between an array of bytea and one of text PostgreSQL does not choose, so that
 * a literal or a parameter without a type comes here: as text, which it prefers
 * to both.
 */
PG_FUNCTION_INFO_V1(vault_event_untyped);
Datum
vault_event_untyped(PG_FUNCTION_ARGS)
{
	char	   *array = text_to_cstring(PG_GETARG_TEXT_PP(0));

	return event_of_topics(fcinfo, OidInputFunctionCall(F_ARRAY_IN, array, TEXTOID, -1), true);
}

#define LOG_FORM(symbol, function, hex) \
	PG_FUNCTION_INFO_V1(symbol); \
	Datum \
	symbol(PG_FUNCTION_ARGS) \
	{ \
		return function(fcinfo, hex); \
	}

#define LOG_FORMS(name, function) \
	LOG_FORM(name, function, false) \
	LOG_FORM(name##_hex, function, true)

LOG_FORMS(vault_rate, rate_of_log)
LOG_FORMS(vault_rate_bounds, bounds_of_log)
LOG_FORMS(vault_rate_time, time_of_log)
LOG_FORMS(vault_event, event_of_log)

/* ---------- the events as rows ---------- */

#define EVENT_COLUMNS	5

static Datum
topic_datum(const event_layout *event)
{
	bytea	   *topic = palloc(VARHDRSZ + EVENT_WORD);

	SET_VARSIZE(topic, VARHDRSZ + EVENT_WORD);
	(void) u256_store_be(event->topic0, (uint8_t *) VARDATA(topic), EVENT_WORD);
	PG_RETURN_BYTEA_P(topic);
}

PG_FUNCTION_INFO_V1(vault_events);
Datum
vault_events(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rows = (ReturnSetInfo *) fcinfo->resultinfo;
	bool		nulls[EVENT_COLUMNS] = {false};
	Datum		columns[EVENT_COLUMNS];

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < vault_num_layouts(); i++)
	{
		const vault_layout *vault = vault_layout_at((size_t) i);

		columns[0] = CStringGetTextDatum(vault->name);
		columns[1] = CStringGetTextDatum(vault->event.protocol);
		columns[2] = topic_datum(&vault->event);
		columns[3] = Int32GetDatum(vault->event.num_topics);
		columns[4] = CStringGetTextDatum(vault->kind);
		tuplestore_putvalues(rows->setResult, rows->setDesc, columns, nulls);
	}
	PG_RETURN_VOID();
}
