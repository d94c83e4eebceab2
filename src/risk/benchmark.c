/*-------------------------------------------------------------------------
 *
 * risk/benchmark.c
 *	  The SQL face of domain risk: returns beside those of a benchmark.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "core/risk/benchmark.h"
#include "risk/returns.h"
#include "server/compat.h"
#include "server/moving.h"
#include "server/report.h"
#include "server/summary.h"

StaticAssertDecl(sizeof(benchmark_summary) == 8 * 14 + 9 * sizeof(binned_sum),
				 "benchmark_summary must have no padding, it is stored byte by byte");

#define PG_GETARG_BENCHMARK_SUMMARY(n)	((benchmark_summary *) PG_GETARG_POINTER(n))

/* ---------- the type benchmark_summary ---------- */

static bool
is_valid(const void *value)
{
	return benchmark_summary_is_valid(value);
}

#define GROWTH_FIELDS(direction) \
	SUMMARY_INT64(benchmark_summary, growth[direction].num_periods), \
	SUMMARY_FLOAT8(benchmark_summary, growth[direction].worst), \
	SUMMARY_FLOAT8(benchmark_summary, growth[direction].worst_benchmark), \
	SUMMARY_SUM(benchmark_summary, growth[direction].log), \
	SUMMARY_SUM(benchmark_summary, growth[direction].log_benchmark)

static const summary_field fields[] = {
	SUMMARY_INT64(benchmark_summary, num_returns),
	SUMMARY_INT64(benchmark_summary, num_better),
	SUMMARY_FLOAT8(benchmark_summary, range.least),
	SUMMARY_FLOAT8(benchmark_summary, range.greatest),
	SUMMARY_FLOAT8(benchmark_summary, range_benchmark.least),
	SUMMARY_FLOAT8(benchmark_summary, range_benchmark.greatest),
	SUMMARY_FLOAT8(benchmark_summary, lead.least),
	SUMMARY_FLOAT8(benchmark_summary, lead.greatest),
	SUMMARY_SUM(benchmark_summary, sum),
	SUMMARY_SUM(benchmark_summary, sum_benchmark),
	SUMMARY_SUM(benchmark_summary, square),
	SUMMARY_SUM(benchmark_summary, square_benchmark),
	SUMMARY_SUM(benchmark_summary, product),
	GROWTH_FIELDS(BENCHMARK_UP),
	GROWTH_FIELDS(BENCHMARK_DOWN)
};

static const summary_form form = {
	"benchmark_summary", sizeof(benchmark_summary), fields, lengthof(fields), is_valid,
	"(num_returns,number better,least and greatest return,of the benchmark,of half the difference,"
	"sums of both,of their squares,of their product,then where the benchmark rose and where it "
	"fell: number,least return of both,sums of ln(1 + return) of both)",
	"No set of pairs of returns has this summary."
};

SUMMARY_FORM(benchmark_summary, &form)

/* ---------- aggregates ---------- */

SUMMARY_MERGE_FUNCTIONS(benchmark_summary, benchmark_summary_merge, 2, "benchmark_agg")

static inline void
add_row(FunctionCallInfo fcinfo, benchmark_summary *s)
{
	report_status(benchmark_summary_add(s, finite_argument(fcinfo, 1, "return"),
										finite_argument(fcinfo, 2, "benchmark")),
				  "benchmark_agg");
}

/* Transition function of benchmark_agg; see rate_summary_accum. */
PG_FUNCTION_INFO_V1(benchmark_summary_accum);
Datum
benchmark_summary_accum(PG_FUNCTION_ARGS)
{
	benchmark_summary *s = summary_state(fcinfo, sizeof(benchmark_summary));

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
	{
		if (s == NULL)
			PG_RETURN_NULL();
		PG_RETURN_POINTER(s);
	}
	if (s == NULL)
	{
		s = summary_alloc(fcinfo, sizeof(benchmark_summary));
		benchmark_summary_init(s);
	}
	add_row(fcinfo, s);
	PG_RETURN_POINTER(s);
}

PG_FUNCTION_INFO_V1(benchmark_summary_moving_accum);
Datum
benchmark_summary_moving_accum(PG_FUNCTION_ARGS)
{
	sliding    *state = moving_state(fcinfo, benchmark_summary_merge_slots,
									 sizeof(benchmark_summary));

	if (!PG_ARGISNULL(1) && !PG_ARGISNULL(2))
	{
		benchmark_summary row;

		benchmark_summary_init(&row);
		add_row(fcinfo, &row);
		moving_push(fcinfo, state, &row, "benchmark_agg");
	}
	PG_RETURN_POINTER(state);
}

/* ---------- of series ---------- */

static core_status
add_changes(void *state, const double *change)
{
	return benchmark_summary_add(state, change[0], change[1]);
}

/* (series, benchmark, step, kind, timezone, origin) */
PG_FUNCTION_INFO_V1(benchmark_summary_of_series);
Datum
benchmark_summary_of_series(PG_FUNCTION_ARGS)
{
	benchmark_summary *s;

	if (has_null_argument(fcinfo, 2) || PG_ARGISNULL(3) || PG_ARGISNULL(4))
		PG_RETURN_NULL();
	s = palloc(sizeof(benchmark_summary));
	benchmark_summary_init(s);
	take_periods(fcinfo, 2, 2, 3, 4, 5, "benchmark_summary", add_changes, s);
	if (s->num_returns == 0)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(s);
}

/* ---------- accessors ---------- */

PG_FUNCTION_INFO_V1(benchmark_summary_num_returns);
Datum
benchmark_summary_num_returns(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_BENCHMARK_SUMMARY(0)->num_returns);
}

PG_FUNCTION_INFO_V1(benchmark_summary_batting_average);
Datum
benchmark_summary_batting_average(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(benchmark_batting_average(PG_GETARG_BENCHMARK_SUMMARY(0)));
}

/* Define benchmark_summary_NAME, which returns what CALL, with "s" and "&result", says. */
#define MEASURE(name, call) \
	PG_FUNCTION_INFO_V1(benchmark_summary_##name); \
	Datum \
	benchmark_summary_##name(PG_FUNCTION_ARGS) \
	{ \
		const benchmark_summary *s = PG_GETARG_BENCHMARK_SUMMARY(0); \
		double		result = 0; \
		if (!report_status(call, #name)) \
			PG_RETURN_NULL(); \
		PG_RETURN_FLOAT8(result); \
	}

MEASURE(beta, benchmark_beta(s, &result))
MEASURE(correlation, benchmark_correlation(s, &result))
MEASURE(alpha, benchmark_alpha(s, finite_argument(fcinfo, 1, "risk_free"),
							   year_periods_argument(fcinfo, 2), &result))
MEASURE(active_return, benchmark_active_return(s, year_periods_argument(fcinfo, 1), &result))
MEASURE(tracking_error, benchmark_tracking_error(s, year_periods_argument(fcinfo, 1), &result))
MEASURE(information_ratio, benchmark_information_ratio(s, year_periods_argument(fcinfo, 1), &result))
MEASURE(up_capture, benchmark_capture(s, BENCHMARK_UP, year_periods_argument(fcinfo, 1), &result))
MEASURE(down_capture, benchmark_capture(s, BENCHMARK_DOWN, year_periods_argument(fcinfo, 1), &result))
MEASURE(capture_ratio, benchmark_capture_ratio(s, year_periods_argument(fcinfo, 1), &result))
