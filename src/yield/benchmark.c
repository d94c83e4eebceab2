/*-------------------------------------------------------------------------
 *
 * yield/benchmark.c
 *	  The SQL face of domain yield: exponential averages, and trimmed mean and
 *	  weighted median over sources.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/float.h"
#include "utils/memutils.h"

#include "core/yield/benchmark.h"
#include "server/compat.h"
#include "server/moving.h"
#include "server/report.h"
#include "server/span.h"
#include "server/summary.h"

StaticAssertDecl(sizeof(ema_summary) == 8 * 2 + 2 * sizeof(binned_sum),
				 "ema_summary must have no padding, it is stored byte by byte");

/* ---------- the type ema_summary ---------- */

static bool
is_valid(const void *value)
{
	return ema_summary_is_valid(value);
}

static const summary_field fields[] = {
	SUMMARY_INT64(ema_summary, half_life),
	SUMMARY_SUM(ema_summary, weight),
	SUMMARY_SUM(ema_summary, weighted),
	SUMMARY_INT64(ema_summary, num_values)
};

static const summary_form form = {
	"ema_summary", sizeof(ema_summary), fields, lengthof(fields), is_valid,
	"(half_life in microseconds,sum of weights,sum of value * weight,num_values)",
	"No set of values has this summary."
};

SUMMARY_FORM(ema_summary, &form)

/* ---------- exponential average over time ---------- */

static void
check_half_lives(int64 a, int64 b)
{
	if (a != b)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("half_life must be the same for all rows")));
}

static core_status
merge_of_one_half_life(ema_summary *into, const ema_summary *other)
{
	check_half_lives(into->half_life, other->half_life);
	return ema_summary_merge(into, other);
}

static bool
is_skipped(FunctionCallInfo fcinfo)
{
	return PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3);
}

/* Put the row in arguments 1 to 3 into a summary that is empty or has rows. */
static pg_attribute_always_inline void
add_row(FunctionCallInfo fcinfo, time_reader read_time, ema_summary *s)
{
	TimestampTz time = read_time(fcinfo, 1, "ts");
	double		value = PG_GETARG_FLOAT8(2);

	check_time("ts", time);
	check_finite("value", value);
	report_status(ema_summary_add(s, time, value), "ema");
}

/* Transition function of ema_agg and ema; see rate_summary_accum. */
static pg_attribute_always_inline Datum
accumulate(FunctionCallInfo fcinfo, time_reader read_time)
{
	ema_summary *s = summary_state(fcinfo, sizeof(ema_summary));
	int64		half_life;

	if (is_skipped(fcinfo))
	{
		if (s == NULL)
			PG_RETURN_NULL();
		PG_RETURN_POINTER(s);
	}
	half_life = positive_span("half_life", PG_GETARG_INTERVAL_P(3));
	if (s == NULL)
	{
		s = summary_alloc(fcinfo, sizeof(ema_summary));
		ema_summary_init(s, half_life);
	}
	else
		check_half_lives(half_life, s->half_life);
	add_row(fcinfo, read_time, s);
	PG_RETURN_POINTER(s);
}

TIME_FORMS(ema_summary_accum, accumulate)

SUMMARY_MERGE_FUNCTIONS(ema_summary, merge_of_one_half_life, 3, "ema")

/* Forward function of the same aggregates over a moving frame. */
static pg_attribute_always_inline Datum
moving_accumulate(FunctionCallInfo fcinfo, time_reader read_time)
{
	sliding    *state = moving_state(fcinfo, ema_summary_merge_slots, sizeof(ema_summary));

	if (!is_skipped(fcinfo))
	{
		ema_summary row;

		ema_summary_init(&row, positive_span("half_life", PG_GETARG_INTERVAL_P(3)));
		add_row(fcinfo, read_time, &row);
		moving_push(fcinfo, state, &row, "ema");
	}
	PG_RETURN_POINTER(state);
}

TIME_FORMS(ema_summary_moving_accum, moving_accumulate)

/* The mean of a summary: accessor, and final function of ema. */
static Datum
ema_of(const ema_summary *s)
{
	double		result;

	report_status(ema_summary_mean(s, &result), "ema");
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(ema_summary_ema);
Datum
ema_summary_ema(PG_FUNCTION_ARGS)
{
	return ema_of((ema_summary *) PG_GETARG_POINTER(0));
}

PG_FUNCTION_INFO_V1(ema_summary_moving_ema);
Datum
ema_summary_moving_ema(PG_FUNCTION_ARGS)
{
	ema_summary s;

	if (!moving_result(fcinfo, &s, "ema"))
		PG_RETURN_NULL();
	return ema_of(&s);
}

PG_FUNCTION_INFO_V1(ema_summary_num_values);
Datum
ema_summary_num_values(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(((ema_summary *) PG_GETARG_POINTER(0))->num_values);
}

/* ---------- exponential average over rows ---------- */

/*
 * ema_step, and the transition function of ema(value, alpha), whose state is
 * the average so far: the first value as it is, then step by step.
 */
PG_FUNCTION_INFO_V1(ema_step);
Datum
ema_step(PG_FUNCTION_ARGS)
{
	double		value,
				alpha,
				result;

	if (!PG_ARGISNULL(0))
		check_finite("previous", PG_GETARG_FLOAT8(0));
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	value = PG_GETARG_FLOAT8(1);
	alpha = PG_GETARG_FLOAT8(2);
	check_finite("value", value);
	if (!(alpha > 0 && alpha <= 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("alpha must be above 0 and at most 1, not %s", float8out_internal(alpha))));
	if (PG_ARGISNULL(0))
		PG_RETURN_FLOAT8(value);
	result = ema_next(PG_GETARG_FLOAT8(0), value, alpha);
	if (!isfinite(result))
		report_status(CORE_OUT_OF_RANGE, "ema");
	PG_RETURN_FLOAT8(result);
}

/* ---------- trimmed mean and weighted median ---------- */

/*
 * All values so far.  Those of weighted_median have a weight behind each; all
 * of trimmed_mean have one fraction.  Sorting them in a final function changes
 * no result of a later one, since they are a set.
 */
typedef struct sample
{
	int64		num_values;
	int64		capacity;
	int			width;			/* 1, or 2 with weights */
	double		fraction;
	double	   *numbers;
} sample;

#define SAMPLE_INITIAL_CAPACITY	64

static MemoryContext
aggregate_context(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "aggregate function called in non-aggregate context");
	return context;
}

static sample *
make_sample(MemoryContext context, int width, double fraction, int64 capacity)
{
	sample	   *s = MemoryContextAlloc(context, sizeof(sample));

	s->num_values = 0;
	s->capacity = Max(capacity, SAMPLE_INITIAL_CAPACITY);
	s->width = width;
	s->fraction = fraction;
	s->numbers = MemoryContextAllocHuge(context, s->capacity * width * sizeof(double));
	return s;
}

/* Make room for so many more values. */
static void
reserve(sample *s, int64 more)
{
	int64		needed = s->num_values + more;

	if (needed <= s->capacity)
		return;
	CHECK_FOR_INTERRUPTS();
	s->capacity = Max(s->capacity * 2, needed);
	s->numbers = repalloc_huge(s->numbers, s->capacity * s->width * sizeof(double));
}

static void
append_value(sample *s, double value, double weight)
{
	double	   *end;

	reserve(s, 1);
	end = s->numbers + s->num_values * s->width;
	end[0] = value;
	if (s->width == 2)
		end[1] = weight;
	s->num_values++;
}

static void
check_fraction(const sample *s, double fraction)
{
	if (!(fraction >= 0 && fraction < 0.5))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("fraction must be from 0 to below 0.5, not %s",
						float8out_internal(fraction)),
				 errhint("It is the share of values that is cut from either end.")));
	if (s != NULL && s->fraction != fraction)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("fraction must be the same for all rows, not %s and %s",
						float8out_internal(s->fraction), float8out_internal(fraction))));
}

static sample *
sample_argument(FunctionCallInfo fcinfo, int n)
{
	return PG_ARGISNULL(n) ? NULL : (sample *) PG_GETARG_POINTER(n);
}

static Datum
sample_result(FunctionCallInfo fcinfo, sample *s)
{
	if (s == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(s);
}

PG_FUNCTION_INFO_V1(trimmed_mean_accum);
Datum
trimmed_mean_accum(PG_FUNCTION_ARGS)
{
	MemoryContext context = aggregate_context(fcinfo);
	sample	   *s = sample_argument(fcinfo, 0);
	double		fraction;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		return sample_result(fcinfo, s);
	fraction = PG_GETARG_FLOAT8(2);
	check_fraction(s, fraction);
	check_finite("value", PG_GETARG_FLOAT8(1));
	if (s == NULL)
		s = make_sample(context, 1, fraction, 0);
	append_value(s, PG_GETARG_FLOAT8(1), 1);
	PG_RETURN_POINTER(s);
}

PG_FUNCTION_INFO_V1(weighted_median_accum);
Datum
weighted_median_accum(PG_FUNCTION_ARGS)
{
	MemoryContext context = aggregate_context(fcinfo);
	sample	   *s = sample_argument(fcinfo, 0);

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		return sample_result(fcinfo, s);
	check_finite("value", PG_GETARG_FLOAT8(1));
	check_not_negative("weight", PG_GETARG_FLOAT8(2));
	if (s == NULL)
		s = make_sample(context, 2, 0, 0);
	append_value(s, PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2));
	PG_RETURN_POINTER(s);
}

/* Combine function of both. */
PG_FUNCTION_INFO_V1(sample_combine);
Datum
sample_combine(PG_FUNCTION_ARGS)
{
	MemoryContext context = aggregate_context(fcinfo);
	sample	   *into = sample_argument(fcinfo, 0);
	sample	   *other = sample_argument(fcinfo, 1);

	if (other == NULL)
		return sample_result(fcinfo, into);
	if (into == NULL)
		into = make_sample(context, other->width, other->fraction, other->num_values);
	else if (into->width == 1)
		check_fraction(into, other->fraction);
	Assert(into->width == other->width);
	reserve(into, other->num_values);
	memcpy(into->numbers + into->num_values * into->width, other->numbers,
		   other->num_values * other->width * sizeof(double));
	into->num_values += other->num_values;
	PG_RETURN_POINTER(into);
}

/* The form in which a worker sends its part: width, fraction, number, numbers. */
PG_FUNCTION_INFO_V1(sample_serialize);
Datum
sample_serialize(PG_FUNCTION_ARGS)
{
	sample	   *s = (sample *) PG_GETARG_POINTER(0);
	StringInfoData out;

	pq_begintypsend(&out);
	pq_sendint32(&out, s->width);
	pq_sendfloat8(&out, s->fraction);
	pq_sendint64(&out, s->num_values);
	for (int64 i = 0; i < s->num_values * s->width; i++)
		pq_sendfloat8(&out, s->numbers[i]);
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

pg_noreturn static void
report_bad_sample(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary state of an aggregate over a sample")));
	pg_unreachable();
}

PG_FUNCTION_INFO_V1(sample_deserialize);
Datum
sample_deserialize(PG_FUNCTION_ARGS)
{
	MemoryContext context = aggregate_context(fcinfo);
	bytea	   *image = PG_GETARG_BYTEA_PP(0);
	StringInfoData in;
	sample	   *s;
	int			width;
	double		fraction;
	int64		num_values;

	initStringInfo(&in);
	appendBinaryStringInfo(&in, VARDATA_ANY(image), VARSIZE_ANY_EXHDR(image));
	width = pq_getmsgint(&in, 4);
	fraction = pq_getmsgfloat8(&in);
	num_values = pq_getmsgint64(&in);
	if ((width != 1 && width != 2) || !(fraction >= 0 && fraction < 0.5) || num_values < 1 ||
		num_values != (in.len - in.cursor) / (8 * width) || (in.len - in.cursor) % (8 * width) != 0)
		report_bad_sample();
	s = make_sample(context, width, fraction, num_values);
	for (int64 i = 0; i < num_values * width; i++)
	{
		s->numbers[i] = pq_getmsgfloat8(&in);
		if (!isfinite(s->numbers[i]) || (i % width == 1 && s->numbers[i] < 0))
			report_bad_sample();
	}
	s->num_values = num_values;
	pfree(in.data);
	PG_RETURN_POINTER(s);
}

/* By value, then by weight, so that the result depends on no order of rows. */
static int
compare_numbers(const void *a, const void *b)
{
	const double x = *(const double *) a;
	const double y = *(const double *) b;

	CHECK_FOR_INTERRUPTS();
	return (x > y) - (x < y);
}

static int
compare_weighted(const void *a, const void *b)
{
	int			by_value = compare_numbers(a, b);

	return by_value != 0 ? by_value :
		compare_numbers(&((const weighted_value *) a)->weight,
						&((const weighted_value *) b)->weight);
}

PG_FUNCTION_INFO_V1(trimmed_mean_final);
Datum
trimmed_mean_final(PG_FUNCTION_ARGS)
{
	sample	   *s = sample_argument(fcinfo, 0);
	double		result;

	if (s == NULL)
		PG_RETURN_NULL();
	qsort(s->numbers, s->num_values, sizeof(double), compare_numbers);
	if (!report_status(trimmed_mean(s->numbers, s->num_values, s->fraction, &result),
					   "trimmed_mean"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(weighted_median_final);
Datum
weighted_median_final(PG_FUNCTION_ARGS)
{
	sample	   *s = sample_argument(fcinfo, 0);
	weighted_value *values;
	double		result;

	if (s == NULL)
		PG_RETURN_NULL();
	values = (weighted_value *) s->numbers;
	qsort(values, s->num_values, sizeof(weighted_value), compare_weighted);
	if (!report_status(weighted_median(values, s->num_values, &result), "weighted_median"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}
