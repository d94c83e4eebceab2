/*-------------------------------------------------------------------------
 *
 * risk/regimes.c
 *	  The SQL face of domain risk: outliers, changes and trends of a history.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "funcapi.h"
#include "utils/array.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "core/risk/regimes.h"
#include "risk/history.h"
#include "risk/level.h"
#include "risk/points.h"
#include "series/type.h"
#include "server/compat.h"
#include "server/interrupts.h"
#include "server/report.h"
#include "server/row.h"
#include "server/span.h"

static void *
allocate(Size n, Size size)
{
	return MemoryContextAllocExtended(CurrentMemoryContext, (n + 1) * size,
									  MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
}

/* ---------- outliers ---------- */

typedef struct ranked_value
{
	double		value;
	int32		place;
} ranked_value;

static int
compare_ranked(const void *left, const void *right)
{
	const ranked_value *a = left;
	const ranked_value *b = right;

	if (a->value != b->value)
		return a->value < b->value ? -1 : 1;
	return (a->place > b->place) - (a->place < b->place);
}

static void
rank_values(const series_points *points, ranked_window *w)
{
	ranked_value *by_value = allocate(points->n, sizeof(ranked_value));
	double	   *sorted = allocate(points->n, sizeof(double));
	int32	   *rank = allocate(points->n, sizeof(int32));

	for (Size i = 0; i < points->n; i++)
		by_value[i] = (ranked_value) {points->value[i], (int32) i};
	qsort(by_value, points->n, sizeof(ranked_value), compare_ranked);
	for (Size i = 0; i < points->n; i++)
	{
		pause_at(i);
		sorted[i] = by_value[i].value;
		rank[by_value[i].place] = (int32) i;
	}
	*w = (ranked_window) {.value = points->value, .sorted = sorted, .rank = rank,
		.count = allocate(points->n, sizeof(int32)), .n = points->n};
}

static void
put_outlier(ReturnSetInfo *result, int64 time, double value, const outlier_score *s)
{
	Datum		values[] = {
		TimestampTzGetDatum(time), Float8GetDatum(value), Float8GetDatum(s->median),
		Float8GetDatum(s->mad), Float8GetDatum(s->score), BoolGetDatum(s->is_outlier)
	};
	bool		nulls[lengthof(values)] = {false, false, !s->is_known, !s->is_known,
		!s->has_score, !s->is_known};

	if (s->is_known && (!isfinite(s->mad) || (s->has_score && !isfinite(s->score))))
		report_status(CORE_OUT_OF_RANGE, "outliers");
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* (series, window_size, threshold) */
PG_FUNCTION_INFO_V1(series_outliers);
Datum
series_outliers(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	uint64		width = positive_span("window_size", PG_GETARG_INTERVAL_P(1));
	double		threshold = PG_GETARG_FLOAT8(2);
	series_points points;
	ranked_window w;

	check_not_negative("threshold", threshold);
	InitMaterializedSRF(fcinfo, 0);
	read_points(PG_GETARG_DATUM(0), &points);
	rank_values(&points, &w);
	for (Size i = 0, from = 0; i < points.n; i++)
	{
		outlier_score s;

		if (i % 1024 == 0)
			CHECK_FOR_INTERRUPTS();
		while ((uint64) points.time[i] - (uint64) points.time[from] > width)
			from++;
		ranked_window_move(&w, from, i);
		s = outlier_score_of(&w, points.value[i], threshold);
		put_outlier(result, points.time[i], points.value[i], &s);
	}
	return (Datum) 0;
}

/* (state, value) */
PG_FUNCTION_INFO_V1(mad_accum);
Datum
mad_accum(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1))
		return row_set_unchanged(fcinfo, &level_sample_kind);
	check_finite("value", PG_GETARG_FLOAT8(1));
	return add_to_level(fcinfo, PG_GETARG_FLOAT8(1), 0);
}

PG_FUNCTION_INFO_V1(mad_final);
Datum
mad_final(PG_FUNCTION_ARGS)
{
	row_view	view;
	double	   *room;
	double		result;

	row_set_open(&level_sample_kind, PG_GETARG_DATUM(0), &view);
	room = allocate(view.num_rows, sizeof(double));
	result = median_deviation(view.rows, view.num_rows, room);
	pfree(room);
	row_set_close(&view);
	if (!isfinite(result))
		report_status(CORE_OUT_OF_RANGE, "mad");
	PG_RETURN_FLOAT8(result);
}

/* ---------- sums of deviations ---------- */

static void
put_cusum(ReturnSetInfo *result, int64 time, double value, double up, double down, bool alarm)
{
	Datum		values[] = {
		TimestampTzGetDatum(time), Float8GetDatum(value), Float8GetDatum(up),
		Float8GetDatum(down), BoolGetDatum(alarm)
	};
	bool		nulls[lengthof(values)] = {false};

	if (!isfinite(up) || !isfinite(down))
		report_status(CORE_OUT_OF_RANGE, "cusum");
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* (series, target, slack, threshold) */
PG_FUNCTION_INFO_V1(series_cusum);
Datum
series_cusum(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	double		target = PG_GETARG_FLOAT8(1);
	double		slack = PG_GETARG_FLOAT8(2);
	double		threshold = PG_GETARG_FLOAT8(3);
	double		up = 0;
	double		down = 0;
	series_reader reader;
	const int64 *time;
	const double *value;
	size_t		n;

	check_finite("target", target);
	check_not_negative("slack", slack);
	check_not_negative("threshold", threshold);
	InitMaterializedSRF(fcinfo, 0);
	series_reader_init(&reader, PG_GETARG_DATUM(0));
	while (series_reader_next(&reader, &time, &value, &n))
	{
		CHECK_FOR_INTERRUPTS();
		for (size_t i = 0; i < n; i++)
		{
			bool		alarm;

			up = cusum_next(up, value[i], target, slack);
			down = cusum_next(down, value[i], target, -slack);
			alarm = up > threshold || down > threshold;
			put_cusum(result, time[i], value[i], up, down, alarm);
			if (alarm)
				up = down = 0;
		}
	}
	return (Datum) 0;
}

/* (state, value, target, slack) */
PG_FUNCTION_INFO_V1(cusum_step);
Datum
cusum_step(PG_FUNCTION_ARGS)
{
	double		sum;

	check_not_negative("state", PG_GETARG_FLOAT8(0));
	check_finite("value", PG_GETARG_FLOAT8(1));
	check_finite("target", PG_GETARG_FLOAT8(2));
	check_finite("slack", PG_GETARG_FLOAT8(3));
	sum = cusum_next(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2),
					 PG_GETARG_FLOAT8(3));
	if (!isfinite(sum))
		report_status(CORE_OUT_OF_RANGE, "cusum_step");
	PG_RETURN_FLOAT8(sum);
}

/* ---------- change points ---------- */

static void
put_segment(ReturnSetInfo *result, const series_points *points, Size from, Size to)
{
	double		mean,
				stddev;
	Datum		values[5];
	bool		nulls[5] = {false};

	segment_moments(points->value + from, to - from, &mean, &stddev);
	values[0] = TimestampTzGetDatum(points->time[from]);
	values[1] = TimestampTzGetDatum(points->time[to - 1]);
	values[2] = Int32GetDatum((int32) (to - from));
	values[3] = Float8GetDatum(mean);
	values[4] = Float8GetDatum(stddev);
	nulls[4] = to - from == 1;
	if (!isfinite(mean) || (!nulls[4] && !isfinite(stddev)))
		report_status(CORE_OUT_OF_RANGE, "change_points");
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* Segments from the last to the first, as the search knows them, put in order of time. */
static void
put_segments(ReturnSetInfo *result, const series_points *points, const Size *start)
{
	Size	   *end = allocate(points->n, sizeof(Size));
	Size		n = 0;

	for (Size to = points->n; to > 0; to = start[to])
		end[n++] = to;
	while (n-- > 0)
		put_segment(result, points, start[end[n]], end[n]);
}

static void
allocate_search(change_search *s)
{
	s->sum_hi = allocate(s->n, sizeof(double));
	s->sum_lo = allocate(s->n, sizeof(double));
	s->square_hi = allocate(s->n, sizeof(double));
	s->square_lo = allocate(s->n, sizeof(double));
	s->least = allocate(s->n, sizeof(double));
	s->start = allocate(s->n, sizeof(Size));
	s->candidate = allocate(s->n, sizeof(Size));
	s->expires = allocate(s->n, sizeof(Size));
}

/* Argument 1, or its default by the number of parameters that a segment has. */
static double
penalty_argument(FunctionCallInfo fcinfo, const change_search *s)
{
	double		penalty;

	if (PG_ARGISNULL(1))
		return (s->cost == CHANGE_MEAN ? 2 : 3) * log((double) s->n);
	penalty = PG_GETARG_FLOAT8(1);
	check_not_negative("penalty", penalty);
	return penalty;
}

/* (series, penalty, cost, min_size) */
PG_FUNCTION_INFO_V1(series_change_points);
Datum
series_change_points(PG_FUNCTION_ARGS)
{
	static const char *const costs[] = {[CHANGE_MEAN] = "mean", [CHANGE_MEAN_VARIANCE] = "mean_variance"};
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	series_points points;
	change_search s = {.pause = check_interrupts};

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		return (Datum) 0;
	s.cost = (change_cost) choice_argument(fcinfo, 2, "cost", costs, lengthof(costs), NULL);
	s.min_size = integer_argument(fcinfo, 3, "min_size", 1, PG_INT32_MAX);
	read_points(PG_GETARG_DATUM(0), &points);
	s.value = points.value;
	s.n = points.n;
	s.penalty = penalty_argument(fcinfo, &s);
	s.variance = noise_variance(points.value, points.n, allocate(points.n, sizeof(double)));
	if (!isfinite(s.variance))
		report_status(CORE_OUT_OF_RANGE, "change_points");
	if (s.variance == 0 || points.n < 2 * s.min_size)
	{
		put_segment(result, &points, 0, points.n);
		return (Datum) 0;
	}
	allocate_search(&s);
	change_points_find(&s);
	put_segments(result, &points, s.start);
	return (Datum) 0;
}

/* ---------- trends ---------- */

/* (history, lag) */
PG_FUNCTION_INFO_V1(autocorrelation);
Datum
autocorrelation(PG_FUNCTION_ARGS)
{
	int			n;
	double	   *history = history_argument(fcinfo, 0, "history", &n);
	double		result;

	if (!report_status(autocorrelation_of(history, n,
										  integer_argument(fcinfo, 1, "lag", 0, PG_INT32_MAX),
										  &result), "autocorrelation"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

static Datum
trend_row(FunctionCallInfo fcinfo, const double *at, const double *value, Size n)
{
	trend_test	test;
	Datum		values[5];

	if (n > TREND_MAX_POINTS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a trend test takes at most %d points, not %zu", TREND_MAX_POINTS, n),
				 errhint("Resample the history first.")));
	if (!report_status(trend_test_of(at, value, n, allocate(Min(TREND_SLOPES, n * n / 2), sizeof(double)),
									 sorted_history(value, n), check_interrupts, &test),
					   "slope"))
		return row_of_nulls(fcinfo, 5);
	values[0] = Float8GetDatum(test.tau);
	values[1] = Int64GetDatum(test.s);
	values[2] = Float8GetDatum(test.z);
	values[3] = Float8GetDatum(test.p_value);
	values[4] = Float8GetDatum(test.slope);
	return row_result(fcinfo, values);
}

PG_FUNCTION_INFO_V1(trend_test_array);
Datum
trend_test_array(PG_FUNCTION_ARGS)
{
	int			n;
	double	   *history = history_argument(fcinfo, 0, "history", &n);
	double	   *at = allocate(n, sizeof(double));

	for (int i = 0; i < n; i++)
		at[i] = i;
	return trend_row(fcinfo, at, history, n);
}

/* (series, year_days) */
PG_FUNCTION_INFO_V1(series_trend_test);
Datum
series_trend_test(PG_FUNCTION_ARGS)
{
	double		year = PG_GETARG_FLOAT8(1) * USECS_PER_DAY;
	series_points points;
	double	   *at;

	check_parameter("year_days", PG_GETARG_FLOAT8(1));
	read_points(PG_GETARG_DATUM(0), &points);
	at = allocate(points.n, sizeof(double));
	for (Size i = 0; i < points.n; i++)
		at[i] = (double) ((uint64) points.time[i] - (uint64) points.time[0]) / year;
	return trend_row(fcinfo, at, points.value, points.n);
}
