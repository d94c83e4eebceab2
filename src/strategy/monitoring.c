/*-------------------------------------------------------------------------
 *
 * strategy/monitoring.c
 *	  The SQL face of domain strategy: alarms, once.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "funcapi.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "core/strategy/monitoring.h"
#include "series/type.h"
#include "server/compat.h"
#include "server/interrupts.h"
#include "server/report.h"
#include "server/span.h"

static void
check_levels(double raise_at, double clear_at)
{
	check_finite("raise_at", raise_at);
	check_finite("clear_at", clear_at);
	if (raise_at == clear_at)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("raise_at and clear_at must differ"),
				 errhint("raise_at above clear_at looks for values that are too high, below it for too low.")));
}

/*
 * (state, value, raise_at, clear_at), and the step of the aggregate.  Not
 * strict: a state that is NULL is none yet, a value that is NULL says nothing.
 */
PG_FUNCTION_INFO_V1(hysteresis);
Datum
hysteresis(PG_FUNCTION_ARGS)
{
	bool		state = !PG_ARGISNULL(0) && PG_GETARG_BOOL(0);

	if (PG_ARGISNULL(2) || PG_ARGISNULL(3))
		PG_RETURN_NULL();
	check_levels(PG_GETARG_FLOAT8(2), PG_GETARG_FLOAT8(3));
	if (PG_ARGISNULL(1))
		PG_RETURN_BOOL(state);
	check_finite("value", PG_GETARG_FLOAT8(1));
	PG_RETURN_BOOL(hysteresis_step(state, PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2), PG_GETARG_FLOAT8(3)));
}

static void
put_alert(ReturnSetInfo *rows, const alert *a)
{
	Datum		values[4] = {
		TimestampTzGetDatum(a->raised_at), TimestampTzGetDatum(a->cleared_at), Float8GetDatum(a->worst),
		TimestampTzGetDatum(a->worst_time)
	};
	bool		nulls[4] = {false, !a->is_cleared, false, false};

	tuplestore_putvalues(rows->setResult, rows->setDesc, values, nulls);
}

/* (series, raise_at, clear_at, min_duration) */
PG_FUNCTION_INFO_V1(alerts);
Datum
alerts(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rows = (ReturnSetInfo *) fcinfo->resultinfo;
	alert_watch w = {.raise_at = PG_GETARG_FLOAT8(1), .clear_at = PG_GETARG_FLOAT8(2)};
	Interval   *span = PG_GETARG_INTERVAL_P(3);
	series_reader reader;
	series_header header;
	const int64 *time;
	const double *value;
	size_t		n;
	alert		a;

	check_levels(w.raise_at, w.clear_at);
	if (span->month != 0 || span->day != 0 || span->time != 0)
		w.min_duration = positive_span("min_duration", span);
	InitMaterializedSRF(fcinfo, 0);
	series_get_header(PG_GETARG_DATUM(0), &header);
	series_reader_init(&reader, PG_GETARG_DATUM(0));
	while (series_reader_next(&reader, &time, &value, &n))
	{
		CHECK_FOR_INTERRUPTS();
		for (size_t i = 0; i < n; i++)
			if (alert_watch_add(&w, time[i], value[i], &a))
				put_alert(rows, &a);
	}
	if (alert_watch_end(&w, header.last_time, &a))
		put_alert(rows, &a);
	return (Datum) 0;
}
