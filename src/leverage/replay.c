/*-------------------------------------------------------------------------
 *
 * leverage/replay.c
 *	  The SQL face of domain leverage: loops over a history.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "core/leverage/replay.h"
#include "core/yield/apr.h"
#include "leverage/position.h"
#include "series/input.h"
#include "server/compat.h"
#include "server/interrupts.h"
#include "server/report.h"
#include "server/row.h"

/* ---------- arguments ---------- */

/*
 * (rates, borrow_index, leverage, liquidation_threshold, market, equity,
 * liquidation_bonus), the last three of which are optional and market NULL
 * where there is none
 */
typedef struct history
{
	series_input rates;
	series_input index;
	series_input market;
	loop_terms	terms;
	loop_path	path;
	size_t		num_points;		/* no more than these */
} history;

/* The bounds of one more series, whose values are all positive */
static size_t
read_bounds(FunctionCallInfo fcinfo, int n, const char *argument, int64 *start, int64 *end)
{
	series_header header;

	series_get_header(PG_GETARG_DATUM(n), &header);
	if (!rate_is_valid(header.min_value))
		report_bad_float8(argument, header.min_value, "positive everywhere");
	*start = Max(*start, header.first_time);
	*end = Min(*end, header.last_time);
	return header.num_points;
}

static void
read_terms(FunctionCallInfo fcinfo, loop_terms *terms)
{
	*terms = (loop_terms) {
		.equity = PG_GETARG_FLOAT8(5),
		.leverage = PG_GETARG_FLOAT8(2),
		.threshold = PG_GETARG_FLOAT8(3),
		.bonus = PG_NARGS() > 6 ? PG_GETARG_FLOAT8(6) : 0
	};
	check_leverage("leverage", terms->leverage);
	check_loop_threshold(terms->threshold);
	check_parameter("equity", terms->equity);
	check_bonus(terms->bonus);
}

/*
 * False for NULL: one of the arguments, or series that have not so much as two
 * times in common.
 */
static bool
read_history(FunctionCallInfo fcinfo, history *h)
{
	bool		has_market = !PG_ARGISNULL(4);
	int64		start = PG_INT64_MIN;
	int64		end = PG_INT64_MAX;

	if (has_null_argument(fcinfo, 4) || PG_ARGISNULL(5) || (PG_NARGS() > 6 && PG_ARGISNULL(6)))
		return false;
	read_terms(fcinfo, &h->terms);
	h->num_points = read_bounds(fcinfo, 0, "rates", &start, &end);
	h->num_points += read_bounds(fcinfo, 1, "borrow_index", &start, &end);
	if (has_market)
		h->num_points += read_bounds(fcinfo, 4, "market", &start, &end);
	if (start >= end)
		return false;
	series_input_init_at(&h->rates, PG_GETARG_DATUM(0), start, end);
	series_input_init_at(&h->index, PG_GETARG_DATUM(1), start, end);
	if (has_market)
		series_input_init_at(&h->market, PG_GETARG_DATUM(4), start, end);
	loop_path_init(&h->path, &h->rates.stream, &h->index.stream,
				   has_market ? &h->market.stream : NULL, start, end);
	return true;
}

/* ---------- what became of it ---------- */

static Datum
replay_row(FunctionCallInfo fcinfo, const loop_replay *r)
{
	const loop_state *s = &r->state;
	const loop_point *from = &r->first;
	const loop_point *to = &r->last;
	double		start = r->terms.equity;
	double		apr = 0,
				supply_apr = 0,
				borrow_apr = 0;
	bool		nulls[14] = {false};

	/* a loop that was liquidated as it was opened has no rate a year */
	nulls[4] = !report_status(yield_apr(start, s->equity_after, from->time, to->time,
										YIELD_DEFAULT_YEAR_DAYS, &apr), "apr");
	nulls[5] = !report_status(yield_apr(from->rate, to->rate, from->time, to->time,
										YIELD_DEFAULT_YEAR_DAYS, &supply_apr), "supply_apr");
	nulls[6] = !report_status(yield_apr(from->index, to->index, from->time, to->time,
										YIELD_DEFAULT_YEAR_DAYS, &borrow_apr), "borrow_apr");
	nulls[7] = nulls[8] = nulls[9] = !s->has_debt;
	nulls[13] = !s->is_liquidated;
	return row_with_nulls(fcinfo, (Datum[]) {
		TimestampTzGetDatum(from->time), TimestampTzGetDatum(to->time),
		Float8GetDatum(s->equity_after), Float8GetDatum((s->equity_after - start) / start),
		Float8GetDatum(apr), Float8GetDatum(supply_apr), Float8GetDatum(borrow_apr),
		Float8GetDatum(s->health_factor), Float8GetDatum(r->worst_health_factor),
		TimestampTzGetDatum(r->worst_time),
		Float8GetDatum(r->negative_carry / (double) USECS_PER_DAY),
		Float8GetDatum(r->max_drawdown), BoolGetDatum(s->is_liquidated),
		TimestampTzGetDatum(to->time)
	}, nulls);
}

PG_FUNCTION_INFO_V1(leverage_loop_replay);
Datum
leverage_loop_replay(PG_FUNCTION_ARGS)
{
	history		h;
	loop_point	point;
	loop_replay replay;

	if (!read_history(fcinfo, &h))
		PG_RETURN_NULL();
	loop_replay_init(&replay, &h.terms);
	for (size_t i = 0; !replay.state.is_liquidated && loop_path_next(&h.path, &point); i++)
	{
		pause_at(i);
		report_status(loop_replay_add(&replay, &point), "loop_replay");
	}
	return replay_row(fcinfo, &replay);
}

/* ---------- its history ---------- */

/* Call "put" for each time up to a liquidation. */
static void
walk(history *h, void (*put) (void *target, const loop_point *point, const loop_state *state),
	 void *target, const char *what)
{
	loop_point	first,
				point;
	loop_state	state = {0};
	bool		has_first = false;

	for (size_t i = 0; !state.is_liquidated && loop_path_next(&h->path, &point); i++)
	{
		pause_at(i);
		if (!has_first)
			first = point;
		has_first = true;
		report_status(loop_state_at(&h->terms, &first, &point, &state), what);
		put(target, &point, &state);
	}
}

static void
put_row(void *target, const loop_point *point, const loop_state *state)
{
	ReturnSetInfo *result = target;
	Datum		values[5] = {
		TimestampTzGetDatum(point->time), Float8GetDatum(state->collateral),
		Float8GetDatum(state->debt), Float8GetDatum(state->equity),
		Float8GetDatum(state->health_factor)
	};
	bool		nulls[5] = {false, false, false, false, !state->has_debt};

	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

PG_FUNCTION_INFO_V1(leverage_loop_history);
Datum
leverage_loop_history(PG_FUNCTION_ARGS)
{
	history		h;

	InitMaterializedSRF(fcinfo, 0);
	if (read_history(fcinfo, &h))
		walk(&h, put_row, fcinfo->resultinfo, "loop_history");
	return (Datum) 0;
}

static void
put_equity(void *target, const loop_point *point, const loop_state *state)
{
	series_append(target, &point->time, &state->equity_after, 1);
}

PG_FUNCTION_INFO_V1(leverage_loop_equity);
Datum
leverage_loop_equity(PG_FUNCTION_ARGS)
{
	history		h;
	expanded_series *result;

	if (!read_history(fcinfo, &h))
		PG_RETURN_NULL();
	result = series_begin(h.num_points);
	walk(&h, put_equity, result, "loop_equity");
	return series_datum(result);
}

/* ---------- an index from rates ---------- */

/* accrued_index(apr) */
PG_FUNCTION_INFO_V1(leverage_accrued_index);
Datum
leverage_accrued_index(PG_FUNCTION_ARGS)
{
	series_reader reader;
	expanded_series *result;
	accrual		a = {0};
	const int64 *time;
	const double *apr;
	double		index[SERIES_BLOCK_POINTS];
	size_t		n;

	series_reader_init(&reader, PG_GETARG_DATUM(0));
	result = series_begin(reader.num_points);
	while (series_reader_next(&reader, &time, &apr, &n))
	{
		CHECK_FOR_INTERRUPTS();
		for (size_t i = 0; i < n; i++)
			report_status(accrual_add(&a, time[i], apr[i], &index[i]), "accrued_index");
		series_append(result, time, index, n);
	}
	return series_datum(result);
}
