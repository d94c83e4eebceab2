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

#include "miscadmin.h"
#include "utils/float.h"
#include "utils/memutils.h"

#include "core/yield/benchmark.h"
#include "server/compat.h"
#include "server/moving.h"
#include "server/report.h"
#include "server/row_set.h"
#include "server/span.h"
#include "server/summary.h"
#include "yield/sample.h"

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

/* ---------- samples: trimmed mean and medians ---------- */

const row_kind sample_kind = {
	.type = "sample_summary",
	.layout = "[(value,weight),(value,weight)], finite, weights not negative",
	.num_words = 2, .words = {WORD_FINITE, WORD_NOT_NEGATIVE}
};

const row_kind level_sample_kind = {
	.type = "level_sample",
	.layout = "(fraction,[(value),(value)]), values finite, fraction from 0 to below 1",
	.num_terms = 1, .terms = {WORD_FRACTION}, .term_names = {"fraction"},
	.num_words = 1, .words = {WORD_FINITE}
};

ROW_SET_TYPE(sample_summary, &sample_kind)
SUMMARY_CONCATENATION(sample_summary)
ROW_SET_TYPE(level_sample, &level_sample_kind)

static void
check_fraction(double fraction)
{
	if (!(fraction >= 0 && fraction < 0.5))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("fraction must be from 0 to below 0.5, not %s",
						float8out_internal(fraction)),
				 errhint("It is the share of values that is cut from either end.")));
}

/* Transition function of trimmed_mean: value, fraction. */
PG_FUNCTION_INFO_V1(trimmed_mean_accum);
Datum
trimmed_mean_accum(PG_FUNCTION_ARGS)
{
	row_set    *set;
	row_value	fraction;
	double		value;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		return row_set_unchanged(fcinfo, &level_sample_kind);
	value = PG_GETARG_FLOAT8(1) + 0.0;
	fraction.number = PG_GETARG_FLOAT8(2) + 0.0;
	check_fraction(fraction.number);
	check_finite("value", value);
	set = row_set_of_terms(fcinfo, &level_sample_kind, &fraction);
	row_set_append(set, &value, sizeof(value));
	return row_set_result(fcinfo, set);
}

static Datum
add_weighted(FunctionCallInfo fcinfo, double value, double weight)
{
	weighted_value row = {value + 0.0, weight + 0.0};
	row_set    *set;

	check_finite("value", value);
	check_not_negative("weight", weight);
	set = row_set_of_terms(fcinfo, &sample_kind, NULL);
	row_set_append(set, &row, sizeof(row));
	return row_set_result(fcinfo, set);
}

/* Transition function of sample_agg and weighted_median: value, weight. */
PG_FUNCTION_INFO_V1(weighted_median_accum);
Datum
weighted_median_accum(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		return row_set_unchanged(fcinfo, &sample_kind);
	return add_weighted(fcinfo, PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2));
}

/* Transition function of sample_agg: value. */
PG_FUNCTION_INFO_V1(sample_accum);
Datum
sample_accum(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1))
		return row_set_unchanged(fcinfo, &sample_kind);
	return add_weighted(fcinfo, PG_GETARG_FLOAT8(1), 1);
}

static Datum
return_figure(FunctionCallInfo fcinfo, core_status status, double result, const char *what)
{
	if (!report_status(status, what))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

/* Final function of trimmed_mean */
PG_FUNCTION_INFO_V1(trimmed_mean_final);
Datum
trimmed_mean_final(PG_FUNCTION_ARGS)
{
	row_view	view;
	double		result = 0;
	core_status status;

	row_set_open(&level_sample_kind, PG_GETARG_DATUM(0), &view);
	check_fraction(view.terms[0].number);
	status = trimmed_mean(view.rows, view.num_rows, view.terms[0].number, &result);
	row_set_close(&view);
	return return_figure(fcinfo, status, result, "trimmed_mean");
}

/* The values of a sample_summary without their weights, in order. */
double *
sample_values(Datum sample, size_t *n)
{
	row_view	view;
	const weighted_value *rows;
	double	   *values;

	row_set_open(&sample_kind, sample, &view);
	*n = view.num_rows;
	rows = view.rows;
	values = MemoryContextAllocHuge(CurrentMemoryContext, *n * sizeof(double));
	for (size_t i = 0; i < *n; i++)
		values[i] = rows[i].value;
	row_set_close(&view);
	return values;
}

PG_FUNCTION_INFO_V1(sample_summary_trimmed_mean);
Datum
sample_summary_trimmed_mean(PG_FUNCTION_ARGS)
{
	double		fraction = PG_GETARG_FLOAT8(1);
	double		result = 0;
	double	   *values;
	size_t		n;
	core_status status;

	check_fraction(fraction);
	values = sample_values(PG_GETARG_DATUM(0), &n);
	status = trimmed_mean(values, n, fraction, &result);
	pfree(values);
	return return_figure(fcinfo, status, result, "trimmed_mean");
}

PG_FUNCTION_INFO_V1(sample_summary_median);
Datum
sample_summary_median(PG_FUNCTION_ARGS)
{
	row_view	view;
	double		result;

	row_set_open(&sample_kind, PG_GETARG_DATUM(0), &view);
	result = sample_median(view.rows, view.num_rows);
	row_set_close(&view);
	PG_RETURN_FLOAT8(result);
}

/* The same with weights; final function of weighted_median, too. */
PG_FUNCTION_INFO_V1(sample_summary_weighted_median);
Datum
sample_summary_weighted_median(PG_FUNCTION_ARGS)
{
	row_view	view;
	double		result = 0;
	core_status status;

	row_set_open(&sample_kind, PG_GETARG_DATUM(0), &view);
	status = weighted_median(view.rows, view.num_rows, &result);
	row_set_close(&view);
	return return_figure(fcinfo, status, result, "weighted_median");
}
