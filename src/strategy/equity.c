/*-------------------------------------------------------------------------
 *
 * strategy/equity.c
 *	  The SQL face of domain strategy: strategies over a history.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "core/series/union.h"
#include "core/strategy/equity.h"
#include "series/input.h"
#include "server/compat.h"
#include "server/interrupts.h"
#include "server/report.h"
#include "server/span.h"
#include "strategy/history.h"
#include "strategy/sides.h"
#include "strategy/vectors.h"

/* ---------- what comes out ---------- */

/* A series of equity, or rows of decisions, or of markets: one of the two is NULL. */
typedef struct outcome
{
	expanded_series *series;
	ReturnSetInfo *rows;
} outcome;

static outcome
begin_outcome(FunctionCallInfo fcinfo, bool as_rows)
{
	outcome		o = {0};

	if (as_rows)
	{
		InitMaterializedSRF(fcinfo, 0);
		o.rows = (ReturnSetInfo *) fcinfo->resultinfo;
	}
	else
		o.series = series_begin(0);
	return o;
}

static Datum
end_outcome(FunctionCallInfo fcinfo, outcome *o)
{
	if (o->series == NULL)
		return (Datum) 0;
	if (series_is_empty(o->series))
		PG_RETURN_NULL();
	return series_datum(o->series);
}

/* NULL, or no rows, of a call that lacks an argument */
static Datum
no_outcome(FunctionCallInfo fcinfo, bool as_rows)
{
	if (as_rows)
	{
		InitMaterializedSRF(fcinfo, 0);
		return (Datum) 0;
	}
	PG_RETURN_NULL();
}

static void
put_equity(outcome *o, int64 time, double equity)
{
	if (o->series != NULL)
		series_append_point(o->series, time, equity);
}

static void
put_action(outcome *o, int64 time, double equity, const equity_action *action)
{
	Datum		values[5];
	bool		nulls[5] = {false};

	if (o->rows == NULL || action->name == NULL)
		return;
	values[0] = TimestampTzGetDatum(time);
	values[1] = Float8GetDatum(equity);
	values[2] = PointerGetDatum(cstring_to_text(action->name));
	values[3] = Float8GetDatum(action->amount);
	values[4] = Float8GetDatum(action->cost);
	tuplestore_putvalues(o->rows->setResult, o->rows->setDesc, values, nulls);
}

/* ---------- arguments ---------- */

static double
equity_argument(FunctionCallInfo fcinfo, int n)
{
	check_parameter("equity", PG_GETARG_FLOAT8(n));
	return PG_GETARG_FLOAT8(n);
}

static double
cost_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	check_below_one(argument, PG_GETARG_FLOAT8(n));
	return PG_GETARG_FLOAT8(n);
}

/* Is an argument NULL that must not be?  "optional" are those that may be, ended by -1. */
static bool
lacks_any(FunctionCallInfo fcinfo, const int *optional)
{
	for (int i = 0; i < PG_NARGS(); i++)
	{
		bool		may_be = false;

		for (const int *o = optional; *o >= 0; o++)
			may_be = may_be || *o == i;
		if (!may_be && PG_ARGISNULL(i))
			return true;
	}
	return false;
}

/* ---------- staking ---------- */

/*
 * (rates, market, equity, entry_cost, exit_cost, exit, max_age): bought at the
 * first point, sold or redeemed at the last.
 */
static Datum
run_staking(FunctionCallInfo fcinfo, bool as_rows)
{
	static const char *const words[] = {"market", "redeem"};
	static const int optional[] = {1, 6, -1};
	bool		redeems,
				has_market = !PG_ARGISNULL(1);
	double		equity,
				entry,
				leave;
	sides		s;
	outcome		o;
	double		first = 0;
	double		paid = 0;
	int64		last_time;

	if (lacks_any(fcinfo, optional))
		return no_outcome(fcinfo, as_rows);
	equity = equity_argument(fcinfo, 2);
	entry = cost_argument(fcinfo, 3, "entry_cost");
	leave = cost_argument(fcinfo, 4, "exit_cost");
	redeems = choice_argument(fcinfo, 5, "exit", words, lengthof(words), NULL) == 1;
	sides_begin(&s);
	if (has_market)
		sides_add(&s, PG_GETARG_DATUM(1), "market", true);
	sides_add(&s, PG_GETARG_DATUM(0), "rates", true);
	sides_open(&s, max_age_argument(fcinfo, 6));
	/* a token is worth what its own points say: of a market, those of the market */
	sides_lead(&s, 0);
	last_time = sides_end(&s, 0);
	o = begin_outcome(fcinfo, as_rows);
	while (sides_next(&s))
	{
		bool		last = s.points.time == last_time;
		double		price = last && redeems && has_market ? s.points.value[1] : s.points.value[0];
		double		value,
					cost;
		equity_action action = {0};

		if (first == 0)
		{
			first = s.points.value[0];
			paid = equity * (1 - entry);
			action = (equity_action) {"stake", equity, equity * entry};
			put_action(&o, s.points.time, paid, &action);
		}
		value = paid * (price / first);
		cost = last ? value * leave : 0;
		if (last)
			action = (equity_action) {redeems ? "redeem" : "sell", value, cost};
		value -= cost;
		if (!isfinite(value))
			report_status(CORE_OUT_OF_RANGE, "staking_equity");
		if (last)
			put_action(&o, s.points.time, value, &action);
		put_equity(&o, s.points.time, value);
	}
	return end_outcome(fcinfo, &o);
}

PG_FUNCTION_INFO_V1(staking_equity);
Datum
staking_equity(PG_FUNCTION_ARGS)
{
	return run_staking(fcinfo, false);
}

PG_FUNCTION_INFO_V1(staking_path);
Datum
staking_path(PG_FUNCTION_ARGS)
{
	return run_staking(fcinfo, true);
}

/* ---------- lending ---------- */

static void
put_market(outcome *o, const lending_strategy *l)
{
	if (o->rows != NULL)
		tuplestore_putvalues(o->rows->setResult, o->rows->setDesc,
							 (Datum[]) {TimestampTzGetDatum(l->time), Int32GetDatum((int32) l->market + 1),
							 Float8GetDatum(l->apr), Float8GetDatum(l->equity), Int32GetDatum(l->switches)},
							 (bool[5]) {false});
}

/* (aprs, equity, switch_cost, min_gain, min_hold, max_age) */
static Datum
run_lending(FunctionCallInfo fcinfo, bool as_rows)
{
	static const int optional[] = {5, -1};
	lending_strategy l = {0};
	sides		s;
	outcome		o;
	Interval   *hold;

	if (lacks_any(fcinfo, optional))
		return no_outcome(fcinfo, as_rows);
	l.equity = equity_argument(fcinfo, 1);
	l.switch_cost = cost_argument(fcinfo, 2, "switch_cost");
	check_not_negative("min_gain", PG_GETARG_FLOAT8(3));
	l.min_gain = PG_GETARG_FLOAT8(3);
	hold = PG_GETARG_INTERVAL_P(4);
	l.min_hold = hold->month == 0 && hold->day == 0 && hold->time == 0 ? 0 : positive_span("min_hold", hold);
	sides_begin(&s);
	l.num_markets = sides_add_all(&s, fcinfo, 0, "aprs", false);
	if (l.num_markets == 0)
		return no_outcome(fcinfo, as_rows);
	sides_open(&s, max_age_argument(fcinfo, 5));
	o = begin_outcome(fcinfo, as_rows);
	while (sides_next(&s))
	{
		report_status(lending_step(&l, s.points.time, s.points.value), "lending_equity");
		put_market(&o, &l);
		put_equity(&o, s.points.time, l.equity);
	}
	return end_outcome(fcinfo, &o);
}

PG_FUNCTION_INFO_V1(lending_equity);
Datum
lending_equity(PG_FUNCTION_ARGS)
{
	return run_lending(fcinfo, false);
}

PG_FUNCTION_INFO_V1(lending_path);
Datum
lending_path(PG_FUNCTION_ARGS)
{
	return run_lending(fcinfo, true);
}

/* ---------- carry ---------- */

/* The value of a series in force at a time that comes after those before; 0 before its first point. */
static double
value_in_force(series_carry *carry, int64 time)
{
	series_carry_to(carry, time);
	return series_carry_is_fresh(carry, time) ? carry->last.value : 0;
}

/* (funding, staking, margin, equity, cost, max_age): a step at each payment */
static Datum
run_carry(FunctionCallInfo fcinfo, bool as_rows)
{
	static const int optional[] = {1, 5, -1};
	carry_strategy c = {0};
	series_input funding,
				staking;
	series_carry carry;
	series_header header;
	outcome		o;

	if (lacks_any(fcinfo, optional))
		return no_outcome(fcinfo, as_rows);
	c.margin = PG_GETARG_FLOAT8(2);
	check_not_negative("margin", c.margin);
	c.equity = equity_argument(fcinfo, 3);
	c.cost = cost_argument(fcinfo, 4, "cost");
	if (!PG_ARGISNULL(1))
	{
		check_positive_side(PG_GETARG_DATUM(1), "staking");
		series_input_init(&staking, PG_GETARG_DATUM(1));
		series_carry_init(&carry, &staking.stream);
		carry.max_age = max_age_argument(fcinfo, 5);
	}
	series_get_header(PG_GETARG_DATUM(0), &header);
	series_input_init(&funding, PG_GETARG_DATUM(0));
	o = begin_outcome(fcinfo, as_rows);
	for (size_t i = 0; series_stream_has_point(&funding.stream); i++)
	{
		series_point p = series_stream_front(&funding.stream);
		equity_action action;

		pause_at(i);
		report_status(carry_step(&c, p.value, PG_ARGISNULL(1) ? 0 : value_in_force(&carry, p.time),
								 p.time == header.last_time, &action), "carry_equity");
		put_action(&o, p.time, c.equity, &action);
		put_equity(&o, p.time, c.equity);
		funding.stream.at++;
	}
	return end_outcome(fcinfo, &o);
}

PG_FUNCTION_INFO_V1(carry_equity);
Datum
carry_equity(PG_FUNCTION_ARGS)
{
	return run_carry(fcinfo, false);
}

PG_FUNCTION_INFO_V1(carry_path);
Datum
carry_path(PG_FUNCTION_ARGS)
{
	return run_carry(fcinfo, true);
}

/* ---------- covered calls ---------- */

/* (prices, volatility, tenor, moneyness, equity, cost, year_days) */
static Datum
run_calls(FunctionCallInfo fcinfo, bool as_rows)
{
	static const int optional[] = {-1};
	call_strategy c = {0};
	sides		s;
	outcome		o;
	int64		last_time;

	if (lacks_any(fcinfo, optional))
		return no_outcome(fcinfo, as_rows);
	c.tenor = positive_span("tenor", PG_GETARG_INTERVAL_P(2));
	c.moneyness = PG_GETARG_FLOAT8(3);
	check_parameter("moneyness", c.moneyness);
	c.equity = equity_argument(fcinfo, 4);
	c.cost = cost_argument(fcinfo, 5, "cost");
	check_parameter("year_days", PG_GETARG_FLOAT8(6));
	c.year = PG_GETARG_FLOAT8(6) * USECS_PER_DAY;
	sides_begin(&s);
	sides_add(&s, PG_GETARG_DATUM(0), "prices", true);
	sides_add(&s, PG_GETARG_DATUM(1), "volatility", true);
	sides_open(&s, SERIES_ANY_AGE);
	last_time = Max(sides_end(&s, 0), sides_end(&s, 1));
	o = begin_outcome(fcinfo, as_rows);
	while (sides_next(&s))
	{
		equity_action settled,
					sold;

		report_status(call_step(&c, s.points.time, s.points.value[0], s.points.value[1], s.points.time == last_time,
								&settled, &sold), "covered_call_equity");
		put_action(&o, s.points.time, c.equity, &settled);
		put_action(&o, s.points.time, c.equity, &sold);
		put_equity(&o, s.points.time, c.equity);
	}
	return end_outcome(fcinfo, &o);
}

PG_FUNCTION_INFO_V1(covered_call_equity);
Datum
covered_call_equity(PG_FUNCTION_ARGS)
{
	return run_calls(fcinfo, false);
}

PG_FUNCTION_INFO_V1(covered_call_path);
Datum
covered_call_path(PG_FUNCTION_ARGS)
{
	return run_calls(fcinfo, true);
}

/* ---------- a portfolio ---------- */

/* A time and an interval after it, on the clock of UTC. */
static int64
time_after(int64 time, Interval *every)
{
	Datum		utc = DirectFunctionCall2(timestamp_pl_interval, TimestampGetDatum(time), IntervalPGetDatum(every));

	return DatumGetTimestamp(utc);
}

static void
check_weights(const double *weight, int n)
{
	double		sum = 0;

	for (int i = 0; i < n; i++)
	{
		check_not_negative("weights", weight[i]);
		sum += weight[i];
	}
	if (fabs(sum - 1) > 1e-9)
		report_bad_argument("sum of weights", sum, "1");
}

/* (series, weights, every, band, cost, equity, max_age) */
static Datum
run_portfolio(FunctionCallInfo fcinfo, bool as_rows)
{
	static const int optional[] = {2, 3, 6, -1};
	portfolio_strategy p = {.band = -1};
	Interval   *every = NULL;
	sides		s;
	outcome		o;
	int64		next = PG_INT64_MAX;

	if (lacks_any(fcinfo, optional))
		return no_outcome(fcinfo, as_rows);
	sides_begin(&s);
	p.n = sides_add_all(&s, fcinfo, 0, "series", true);
	p.target = vector_of(fcinfo, 1, "weights", "series", (int) p.n);
	if (p.n == 0)
		return no_outcome(fcinfo, as_rows);
	check_weights(p.target, (int) p.n);
	if (!PG_ARGISNULL(2))
	{
		every = PG_GETARG_INTERVAL_P(2);
		if (every->month < 0 || every->day < 0 || every->time < 0 || (every->month == 0 && every->day == 0 && every->time == 0))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("every must be positive")));
	}
	if (!PG_ARGISNULL(3))
	{
		check_not_negative("band", PG_GETARG_FLOAT8(3));
		p.band = PG_GETARG_FLOAT8(3);
	}
	p.cost = cost_argument(fcinfo, 4, "cost");
	p.equity = equity_argument(fcinfo, 5);
	p.held = allocate_numbers(p.n, sizeof(double));
	p.price = allocate_numbers(p.n, sizeof(double));
	sides_open(&s, max_age_argument(fcinfo, 6));
	o = begin_outcome(fcinfo, as_rows);
	while (sides_next(&s))
	{
		equity_action action;
		bool		first = !p.begun;

		report_status(portfolio_step(&p, s.points.value, s.points.time >= next, &action), "portfolio_equity");
		if (every != NULL && (first || action.name != NULL))
			next = time_after(s.points.time, every);
		put_action(&o, s.points.time, p.equity, &action);
		put_equity(&o, s.points.time, p.equity);
	}
	return end_outcome(fcinfo, &o);
}

PG_FUNCTION_INFO_V1(portfolio_equity);
Datum
portfolio_equity(PG_FUNCTION_ARGS)
{
	return run_portfolio(fcinfo, false);
}

PG_FUNCTION_INFO_V1(portfolio_path);
Datum
portfolio_path(PG_FUNCTION_ARGS)
{
	return run_portfolio(fcinfo, true);
}
