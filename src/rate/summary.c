/*-------------------------------------------------------------------------
 *
 * rate/summary.c
 *	  The SQL face of domain rate: exchange rates over time.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "libpq/pqformat.h"
#include "utils/fmgrprotos.h"
#include "utils/timestamp.h"

#include "rate/summary.h"
#include "server/compat.h"
#include "server/moving.h"
#include "server/numeric_u256.h"
#include "server/report.h"
#include "server/summary.h"

#define RATE_SUMMARY_FIELDS	7

StaticAssertDecl(sizeof(rate_summary) == 8 * RATE_SUMMARY_FIELDS,
				 "rate_summary must have no padding, it is hashed byte by byte");
StaticAssertDecl(TIME_MIN == MIN_TIMESTAMP && TIME_END == END_TIMESTAMP,
				 "the core's range of times must be the server's");

/* ---------- the type rate_summary ---------- */

PG_FUNCTION_INFO_V1(rate_summary_in);
Datum
rate_summary_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	char	   *field[RATE_SUMMARY_FIELDS];
	rate_summary *s = palloc(sizeof(rate_summary));

	if (!split_fields(pstrdup(text), field, RATE_SUMMARY_FIELDS) ||
		!read_timestamptz(field[0], &s->first_time, fcinfo->context) ||
		!read_float8(field[1], &s->first_rate) ||
		!read_timestamptz(field[2], &s->last_time, fcinfo->context) ||
		!read_float8(field[3], &s->last_rate) ||
		!read_float8(field[4], &s->min_rate) ||
		!read_float8(field[5], &s->max_rate) ||
		!read_int64(field[6], &s->num_rates))
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"", "rate_summary", text),
				 errhint("The form is (first_time,first_rate,last_time,last_rate,"
						 "min_rate,max_rate,num_rates), times in UTC.")));
	if (!rate_summary_is_valid(s))
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid value for type %s: \"%s\"", "rate_summary", text),
				 errdetail("No set of rates has this summary.")));
	PG_RETURN_RATE_SUMMARY(s);
}

PG_FUNCTION_INFO_V1(rate_summary_out);
Datum
rate_summary_out(PG_FUNCTION_ARGS)
{
	rate_summary *s = PG_GETARG_RATE_SUMMARY(0);
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfoChar(&out, '(');
	append_timestamptz(&out, s->first_time);
	appendStringInfoChar(&out, ',');
	append_float8(&out, s->first_rate);
	appendStringInfoChar(&out, ',');
	append_timestamptz(&out, s->last_time);
	appendStringInfoChar(&out, ',');
	append_float8(&out, s->last_rate);
	appendStringInfoChar(&out, ',');
	append_float8(&out, s->min_rate);
	appendStringInfoChar(&out, ',');
	append_float8(&out, s->max_rate);
	appendStringInfoChar(&out, ',');
	append_int64(&out, s->num_rates);
	appendStringInfoChar(&out, ')');
	PG_RETURN_CSTRING(out.data);
}

/* The binary form is the fields in the order of the text, big-endian. */
PG_FUNCTION_INFO_V1(rate_summary_recv);
Datum
rate_summary_recv(PG_FUNCTION_ARGS)
{
	StringInfo	in = (StringInfo) PG_GETARG_POINTER(0);
	rate_summary *s = palloc(sizeof(rate_summary));

	s->first_time = pq_getmsgint64(in);
	s->first_rate = pq_getmsgfloat8(in);
	s->last_time = pq_getmsgint64(in);
	s->last_rate = pq_getmsgfloat8(in);
	s->min_rate = pq_getmsgfloat8(in);
	s->max_rate = pq_getmsgfloat8(in);
	s->num_rates = pq_getmsgint64(in);
	if (!rate_summary_is_valid(s))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary value for type %s", "rate_summary"),
				 errdetail("No set of rates has this summary.")));
	PG_RETURN_RATE_SUMMARY(s);
}

PG_FUNCTION_INFO_V1(rate_summary_send);
Datum
rate_summary_send(PG_FUNCTION_ARGS)
{
	rate_summary *s = PG_GETARG_RATE_SUMMARY(0);
	StringInfoData out;

	pq_begintypsend(&out);
	pq_sendint64(&out, s->first_time);
	pq_sendfloat8(&out, s->first_rate);
	pq_sendint64(&out, s->last_time);
	pq_sendfloat8(&out, s->last_rate);
	pq_sendfloat8(&out, s->min_rate);
	pq_sendfloat8(&out, s->max_rate);
	pq_sendint64(&out, s->num_rates);
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

SUMMARY_OPERATOR_CLASS(rate_summary, rate_summary_cmp)

/* ---------- accessors ---------- */

PG_FUNCTION_INFO_V1(rate_summary_first_rate);
Datum
rate_summary_first_rate(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(PG_GETARG_RATE_SUMMARY(0)->first_rate);
}

PG_FUNCTION_INFO_V1(rate_summary_last_rate);
Datum
rate_summary_last_rate(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(PG_GETARG_RATE_SUMMARY(0)->last_rate);
}

PG_FUNCTION_INFO_V1(rate_summary_min_rate);
Datum
rate_summary_min_rate(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(PG_GETARG_RATE_SUMMARY(0)->min_rate);
}

PG_FUNCTION_INFO_V1(rate_summary_max_rate);
Datum
rate_summary_max_rate(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(PG_GETARG_RATE_SUMMARY(0)->max_rate);
}

PG_FUNCTION_INFO_V1(rate_summary_first_time);
Datum
rate_summary_first_time(PG_FUNCTION_ARGS)
{
	PG_RETURN_TIMESTAMPTZ(PG_GETARG_RATE_SUMMARY(0)->first_time);
}

PG_FUNCTION_INFO_V1(rate_summary_last_time);
Datum
rate_summary_last_time(PG_FUNCTION_ARGS)
{
	PG_RETURN_TIMESTAMPTZ(PG_GETARG_RATE_SUMMARY(0)->last_time);
}

PG_FUNCTION_INFO_V1(rate_summary_num_rates);
Datum
rate_summary_num_rates(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_RATE_SUMMARY(0)->num_rates);
}

/* ---------- aggregates ---------- */

/*
 * Transition function of rate_agg, apr and apy.  Not strict, because the state
 * of no rows is NULL, which a strict function would never get past.
 */
static pg_attribute_always_inline Datum
rate_accum(FunctionCallInfo fcinfo, time_reader read_time, float8_reader read_rate)
{
	rate_summary *s = summary_state(fcinfo, sizeof(rate_summary));
	TimestampTz time;
	double		rate;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
	{
		if (s == NULL)
			PG_RETURN_NULL();
		PG_RETURN_RATE_SUMMARY(s);
	}
	time = read_time(fcinfo, 1, "ts");
	rate = read_rate(fcinfo, 2, "rate");
	check_time("ts", time);
	check_rate("rate", rate);

	if (s == NULL)
	{
		s = summary_alloc(fcinfo, sizeof(rate_summary));
		rate_summary_init(s, time, rate);
		PG_RETURN_RATE_SUMMARY(s);
	}
	rate_summary_add(s, time, rate);
	PG_RETURN_RATE_SUMMARY(s);
}

/*
 * Combine function of the same aggregates, and transition function of rollup.
 * Strict: the first summary becomes the state.
 */
PG_FUNCTION_INFO_V1(rate_summary_combine);
Datum
rate_summary_combine(PG_FUNCTION_ARGS)
{
	rate_summary *s = summary_state(fcinfo, sizeof(rate_summary));

	report_status(rate_summary_merge(s, PG_GETARG_RATE_SUMMARY(1)), "num_rates");
	PG_RETURN_RATE_SUMMARY(s);
}

SUMMARY_CONCATENATION(rate_summary)

static core_status
merge_slots(void *into, const void *other)
{
	return rate_summary_merge(into, other);
}

/* Forward function of rate_agg, apr and apy over a moving frame. */
static pg_attribute_always_inline Datum
rate_moving_accum(FunctionCallInfo fcinfo, time_reader read_time, float8_reader read_rate)
{
	sliding    *state = moving_state(fcinfo, merge_slots, sizeof(rate_summary));

	if (!PG_ARGISNULL(1) && !PG_ARGISNULL(2))
	{
		TimestampTz time = read_time(fcinfo, 1, "ts");
		double		rate = read_rate(fcinfo, 2, "rate");
		rate_summary point;

		check_time("ts", time);
		check_rate("rate", rate);
		rate_summary_init(&point, time, rate);
		moving_push(fcinfo, state, &point, "num_rates");
	}
	PG_RETURN_POINTER(state);
}

/* Both steps for each combination of types of ts and rate. */
#define RATE_STEPS(suffix, read_time, read_rate) \
	PG_FUNCTION_INFO_V1(rate_summary_accum##suffix); \
	Datum \
	rate_summary_accum##suffix(PG_FUNCTION_ARGS) \
	{ \
		return rate_accum(fcinfo, read_time, read_rate); \
	} \
	PG_FUNCTION_INFO_V1(rate_summary_moving_accum##suffix); \
	Datum \
	rate_summary_moving_accum##suffix(PG_FUNCTION_ARGS) \
	{ \
		return rate_moving_accum(fcinfo, read_time, read_rate); \
	}

RATE_STEPS(, read_time_argument, read_float8_argument)
RATE_STEPS(_numeric, read_time_argument, read_numeric_argument)
RATE_STEPS(_date, read_date_argument, read_float8_argument)
RATE_STEPS(_numeric_date, read_date_argument, read_numeric_argument)

/* The inverse of all: all that it looks at is whether the row was skipped. */
PG_FUNCTION_INFO_V1(rate_summary_moving_remove);
Datum
rate_summary_moving_remove(PG_FUNCTION_ARGS)
{
	sliding    *state = moving_state(fcinfo, merge_slots, sizeof(rate_summary));

	if (!PG_ARGISNULL(1) && !PG_ARGISNULL(2))
		moving_pop(state, "num_rates");
	PG_RETURN_POINTER(state);
}

/* Forward function of rollup over a moving frame. */
PG_FUNCTION_INFO_V1(rate_summary_moving_combine);
Datum
rate_summary_moving_combine(PG_FUNCTION_ARGS)
{
	sliding    *state = moving_state(fcinfo, merge_slots, sizeof(rate_summary));

	if (!PG_ARGISNULL(1))
		moving_push(fcinfo, state, PG_GETARG_RATE_SUMMARY(1), "num_rates");
	PG_RETURN_POINTER(state);
}

/* Its inverse. */
PG_FUNCTION_INFO_V1(rate_summary_moving_uncombine);
Datum
rate_summary_moving_uncombine(PG_FUNCTION_ARGS)
{
	sliding    *state = moving_state(fcinfo, merge_slots, sizeof(rate_summary));

	if (!PG_ARGISNULL(1))
		moving_pop(state, "num_rates");
	PG_RETURN_POINTER(state);
}

/* Final function of rate_agg and rollup over a moving frame. */
PG_FUNCTION_INFO_V1(rate_summary_moving_final);
Datum
rate_summary_moving_final(PG_FUNCTION_ARGS)
{
	rate_summary *result = palloc(sizeof(rate_summary));

	if (!moving_result(fcinfo, result, "num_rates"))
		PG_RETURN_NULL();
	PG_RETURN_RATE_SUMMARY(result);
}

/* ---------- pairs of rates ---------- */

/*
 * Two float8 as a pair.
 */
rate_pair
rate_pair_of_float8(double from, double to)
{
	return (rate_pair) {.from = from, .to = to, .change = to - from};
}

/*
 * Two bigints as a pair, with the exact change where neither is negative: what
 * is has no use as a rate.
 */
rate_pair
rate_pair_of_int64(int64 from, int64 to)
{
	return (rate_pair) {
		.from = from,
		.to = to,
		.change = from >= 0 && to >= 0 ? (double) (to - from) : (double) to - (double) from
	};
}

/* to - from, where the two are finite, rounded once. */
static double
change_of_numeric(Datum from, Datum to)
{
	Datum		change = DirectFunctionCall2(numeric_sub, to, from);
	double		result = numeric_as_float8("change of the rate", change);

	pfree(DatumGetPointer(change));
	return result;
}

/*
 * Two numerics as a pair, with the exact change: whole numbers, such as wei, on
 * limbs; others, such as indices kept with 27 decimals, in decimal digits.
 */
rate_pair
rate_pair_of_numeric(const char *from_name, Datum from, const char *to_name, Datum to)
{
	u256		from_word;
	u256		to_word;

	if (numeric_to_u256(from, &from_word) != NUMERIC_READ_OK ||
		numeric_to_u256(to, &to_word) != NUMERIC_READ_OK)
	{
		rate_pair	pair = rate_pair_of_float8(numeric_as_float8(from_name, from),
											   numeric_as_float8(to_name, to));

		if (isfinite(pair.change))
			pair.change = change_of_numeric(from, to);
		return pair;
	}
	return (rate_pair) {
		.from = u256_to_double(from_word),
		.to = u256_to_double(to_word),
		.change = rate_change_exact(from_word, to_word)
	};
}

/* market is "to", fair is "from" */
static Datum
premium_of(FunctionCallInfo fcinfo, const rate_pair *pair)
{
	double		result;

	check_not_negative("market", pair->to);
	if (pair->from == 0)
		ereport(ERROR,
				(errcode(ERRCODE_DIVISION_BY_ZERO),
				 errmsg("fair must be positive and finite, not 0")));
	check_rate("fair", pair->from);
	if (!report_status(rate_premium_of_change(pair->from, pair->change, &result), "premium"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(premium);
Datum
premium(PG_FUNCTION_ARGS)
{
	rate_pair	pair = rate_pair_of_float8(PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(0));

	return premium_of(fcinfo, &pair);
}

PG_FUNCTION_INFO_V1(premium_numeric);
Datum
premium_numeric(PG_FUNCTION_ARGS)
{
	rate_pair	pair = rate_pair_of_numeric("fair", PG_GETARG_DATUM(1),
											"market", PG_GETARG_DATUM(0));

	return premium_of(fcinfo, &pair);
}

PG_FUNCTION_INFO_V1(premium_bigint);
Datum
premium_bigint(PG_FUNCTION_ARGS)
{
	rate_pair	pair = rate_pair_of_int64(PG_GETARG_INT64(1), PG_GETARG_INT64(0));

	return premium_of(fcinfo, &pair);
}
