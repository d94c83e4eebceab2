/*-------------------------------------------------------------------------
 *
 * liquidity/backtest.c
 *	  The SQL face of domain liquidity: policies of ranges over a history.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "funcapi.h"
#include "miscadmin.h"
#include "utils/float.h"
#include "utils/tuplestore.h"

#include "core/liquidity/backtest.h"
#include "liquidity/pool.h"
#include "series/input.h"
#include "series/type.h"
#include "server/compat.h"
#include "server/report.h"
#include "server/row.h"
#include "server/span.h"

/* The arguments of backtest_range and backtest_range_path */
enum
{
	ARG_PRICES,
	ARG_VOLUMES,
	ARG_FEE,
	ARG_WIDTH,
	ARG_OTHERS,
	ARG_TRIGGER,
	ARG_DISTANCE,
	ARG_EVERY,
	ARG_COST,
	ARG_GAS,
	ARG_SKEW,
	ARG_VALUE,
	ARG_YEAR_DAYS				/* backtest_range only */
};

static const char *const trigger_names[] = {
	[BACKTEST_AT_EXIT] = "exit", [BACKTEST_AT_DISTANCE] = "distance",
	[BACKTEST_AT_INTERVAL] = "interval", [BACKTEST_NEVER] = "never"
};

/* ---------- arguments ---------- */

static bool
is_optional(int n)
{
	return n == ARG_VOLUMES || n == ARG_OTHERS || n == ARG_DISTANCE || n == ARG_EVERY;
}

static bool
lacks_argument(FunctionCallInfo fcinfo)
{
	for (int i = 0; i < PG_NARGS(); i++)
		if (PG_ARGISNULL(i) && !is_optional(i))
			return true;
	return false;
}

/* An argument that stands beside another one: there if that is, else not. */
static void
check_companion(FunctionCallInfo fcinfo, int n, const char *argument, bool needed,
				const char *needs, const char *has_no)
{
	if (PG_ARGISNULL(n) == needed)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 needed ? errmsg("%s needs %s", needs, argument) :
				 errmsg("%s has no %s", has_no, argument)));
}

static void
read_trigger(FunctionCallInfo fcinfo, backtest_policy *policy)
{
	const char *name;

	policy->trigger = choice_argument(fcinfo, ARG_TRIGGER, "trigger", trigger_names,
									  lengthof(trigger_names), NULL);
	name = psprintf("trigger %s", trigger_names[policy->trigger]);
	check_companion(fcinfo, ARG_DISTANCE, "distance", policy->trigger == BACKTEST_AT_DISTANCE,
					name, name);
	check_companion(fcinfo, ARG_EVERY, "every", policy->trigger == BACKTEST_AT_INTERVAL,
					name, name);
	if (!PG_ARGISNULL(ARG_DISTANCE))
		policy->distance = positive_argument(fcinfo, ARG_DISTANCE, "distance");
	if (!PG_ARGISNULL(ARG_EVERY))
		policy->every = positive_span("every", PG_GETARG_INTERVAL_P(ARG_EVERY));
}

/*
 * The centre must leave the price within the range, and nearer than what calls
 * for a new one: else each recentring is followed by one more.
 */
static double
skew_argument(FunctionCallInfo fcinfo, const backtest_policy *policy)
{
	double		skew = PG_GETARG_FLOAT8(ARG_SKEW);
	bool		by_distance = policy->trigger == BACKTEST_AT_DISTANCE;
	double		size = 1 + (by_distance ? Min(policy->width, policy->distance) : policy->width);

	if (skew != 0 && !(1 + skew < size && 1 + skew > 1 / size))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("skew must leave the price within the range%s, not %s",
						by_distance ? " and the distance" : "", float8out_internal(skew)),
				 errhint("It is above 1/(1 + width) - 1 and below width, and the same of distance "
						 "where that is the trigger.")));
	return skew;
}

static double
cost_argument(FunctionCallInfo fcinfo)
{
	double		cost = PG_GETARG_FLOAT8(ARG_COST);

	if (!(cost >= 0 && cost < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("rebalance_cost must be from 0 to below 1, not %s",
						float8out_internal(cost)),
				 errhint("It is a fraction of what is traded: 10 basis points are 0.001.")));
	return cost;
}

static backtest_policy
policy_arguments(FunctionCallInfo fcinfo)
{
	backtest_policy policy = {
		.fee = fee_argument(fcinfo, ARG_FEE),
		.width = positive_argument(fcinfo, ARG_WIDTH, "width"),
		.cost = cost_argument(fcinfo),
		.gas = unsigned_argument(fcinfo, ARG_GAS, "gas"),
		.has_volume = !PG_ARGISNULL(ARG_VOLUMES)
	};

	read_trigger(fcinfo, &policy);
	policy.skew = skew_argument(fcinfo, &policy);
	check_companion(fcinfo, ARG_OTHERS, "other_liquidity", policy.has_volume,
					"a history of volumes", "a backtest without volumes");
	if (policy.has_volume)
		policy.other_liquidity = unsigned_argument(fcinfo, ARG_OTHERS, "other_liquidity");
	return policy;
}

/* All values of a series are checked by its least one. */
static void
check_values(FunctionCallInfo fcinfo, int n, const char *argument, bool may_be_zero)
{
	series_header header;

	series_get_header(PG_GETARG_DATUM(n), &header);
	if (header.min_value > 0 || (may_be_zero && header.min_value == 0))
		return;
	report_bad_float8(psprintf("values of %s", argument), header.min_value,
					  may_be_zero ? "zero or positive" : "positive");
}

/* ---------- the run ---------- */

typedef struct backtest_run
{
	series_input prices;
	series_input volumes;
	backtest	state;
} backtest_run;

/* Deposit at the first price. */
static void
begin_run(FunctionCallInfo fcinfo, backtest_run *run)
{
	backtest_policy policy = policy_arguments(fcinfo);
	double		value = positive_argument(fcinfo, ARG_VALUE, "equity");
	series_point first;

	check_values(fcinfo, ARG_PRICES, "prices", false);
	series_input_init(&run->prices, PG_GETARG_DATUM(ARG_PRICES));
	if (policy.has_volume)
	{
		check_values(fcinfo, ARG_VOLUMES, "volumes", true);
		series_input_init(&run->volumes, PG_GETARG_DATUM(ARG_VOLUMES));
	}
	/* a series has a point */
	(void) series_stream_has_point(&run->prices.stream);
	first = series_stream_front(&run->prices.stream);
	run->prices.stream.at++;
	report_status(backtest_begin(&run->state, &policy, value, first.time, first.value),
				  "the first range of backtest_range");
}

/* What was traded after the present point, up to a time. */
static double
volume_until(backtest_run *run, int64 time)
{
	series_stream *s = &run->volumes.stream;
	double		sum = 0;

	if (!run->state.policy.has_volume)
		return 0;
	while (series_stream_has_point(s) && series_stream_front(s).time <= time)
	{
		if (series_stream_front(s).time > run->state.time)
			sum += series_stream_front(s).value;
		s->at++;
		CHECK_FOR_INTERRUPTS();
	}
	return sum;
}

static bool
next_point(backtest_run *run)
{
	series_stream *s = &run->prices.stream;
	series_point point;

	if (!series_stream_has_point(s))
		return false;
	CHECK_FOR_INTERRUPTS();
	point = series_stream_front(s);
	s->at++;
	report_status(backtest_step(&run->state, point.time, point.value,
								volume_until(run, point.time)), "backtest_range");
	return true;
}

/* ---------- results ---------- */

PG_FUNCTION_INFO_V1(liquidity_backtest_range);
Datum
liquidity_backtest_range(PG_FUNCTION_ARGS)
{
	backtest_run run;
	backtest_result r;

	if (lacks_argument(fcinfo))
		PG_RETURN_NULL();
	check_parameter("year_days", PG_GETARG_FLOAT8(ARG_YEAR_DAYS));
	begin_run(fcinfo, &run);
	while (next_point(&run))
		;
	if (!report_status(backtest_finish(&run.state, PG_GETARG_FLOAT8(ARG_YEAR_DAYS), &r),
					   "backtest_range"))
		PG_RETURN_NULL();
	return row_result(fcinfo, (Datum[]) {
		Float8GetDatum(r.fees), Float8GetDatum(r.costs), Float8GetDatum(r.il),
		Float8GetDatum(r.lvr), Int64GetDatum(r.num_rebalances), Float8GetDatum(r.share_in_range),
		Float8GetDatum(r.value), Float8GetDatum(r.hodl), Float8GetDatum(r.net_apr)
	});
}

static void
put_row(ReturnSetInfo *result, const backtest *b)
{
	pool_amounts held = backtest_amounts(b);
	bool		nulls[12] = {false};
	Datum		values[12] = {
		TimestampTzGetDatum(b->time), Float8GetDatum(b->price), Float8GetDatum(b->range.pa),
		Float8GetDatum(b->range.pb), Float8GetDatum(held.amount0), Float8GetDatum(held.amount1),
		Float8GetDatum(b->fees), Float8GetDatum(b->costs), Float8GetDatum(b->lvr),
		Int64GetDatum(b->num_rebalances), Float8GetDatum(backtest_value(b)),
		Float8GetDatum(backtest_hodl(b))
	};

	if (!isfinite(held.amount0) || !isfinite(backtest_value(b)) || !isfinite(backtest_hodl(b)))
		report_status(CORE_OUT_OF_RANGE, "backtest_range_path");
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

PG_FUNCTION_INFO_V1(liquidity_backtest_range_path);
Datum
liquidity_backtest_range_path(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	backtest_run run;

	InitMaterializedSRF(fcinfo, 0);
	if (lacks_argument(fcinfo))
		return (Datum) 0;
	begin_run(fcinfo, &run);
	do
		put_row(result, &run.state);
	while (next_point(&run));
	return (Datum) 0;
}
