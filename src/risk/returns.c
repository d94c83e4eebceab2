/*-------------------------------------------------------------------------
 *
 * risk/returns.c
 *	  The SQL face of domain risk: what a set of returns says of risk and reward.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/float.h"

#include "core/risk/returns.h"
#include "risk/returns.h"
#include "series/input.h"
#include "server/compat.h"
#include "server/moving.h"
#include "server/report.h"
#include "server/summary.h"

StaticAssertDecl(sizeof(risk_summary) == 8 * 6 + 6 * sizeof(binned_sum),
				 "risk_summary must have no padding, it is stored byte by byte");

#define PG_GETARG_RISK_SUMMARY(n)	((risk_summary *) PG_GETARG_POINTER(n))

/* ---------- the type risk_summary ---------- */

static bool
is_valid(const void *value)
{
	return risk_summary_is_valid(value);
}

static const summary_field fields[] = {
	SUMMARY_INT64(risk_summary, num_returns),
	SUMMARY_INT64(risk_summary, num_above),
	SUMMARY_INT64(risk_summary, num_below),
	SUMMARY_FLOAT8(risk_summary, target),
	SUMMARY_FLOAT8(risk_summary, worst),
	SUMMARY_FLOAT8(risk_summary, best),
	SUMMARY_SUM(risk_summary, sum[RISK_FROM]),
	SUMMARY_SUM(risk_summary, sum[RISK_BELOW]),
	SUMMARY_SUM(risk_summary, square[RISK_FROM]),
	SUMMARY_SUM(risk_summary, square[RISK_BELOW]),
	SUMMARY_SUM(risk_summary, cube),
	SUMMARY_SUM(risk_summary, fourth)
};

static const summary_form form = {
	"risk_summary", sizeof(risk_summary), fields, lengthof(fields), is_valid,
	"(num_returns,number above target,number below,target,worst,best,sum of returns not below,"
	"sum below,sum of squares not below,sum of squares below,sum of cubes,sum of fourth powers)",
	"No set of returns has this summary."
};

SUMMARY_FORM(risk_summary, &form)

/* ---------- arguments ---------- */

double
finite_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	check_finite(argument, PG_GETARG_FLOAT8(n));
	return PG_GETARG_FLOAT8(n);
}

/* Argument n, the number of periods in a year. */
double
year_periods_argument(FunctionCallInfo fcinfo, int n)
{
	double		periods = PG_GETARG_FLOAT8(n);

	if (unlikely(!(periods >= 1 && periods <= DBL_MAX)))
		report_bad_argument("periods", periods, "1 or more, and finite");
	return periods;
}

static double
confidence_argument(FunctionCallInfo fcinfo, int n)
{
	check_confidence(PG_GETARG_FLOAT8(n));
	return PG_GETARG_FLOAT8(n);
}

static risk_estimate
estimate_argument(FunctionCallInfo fcinfo, int n)
{
	static const char *const words[] = {
		[RISK_POPULATION] = "population", [RISK_SAMPLE] = "sample"
	};

	return (risk_estimate) choice_argument(fcinfo, n, "method", words, lengthof(words), NULL);
}

static risk_tail
tail_argument(FunctionCallInfo fcinfo, int n)
{
	static const char *const words[] = {
		[RISK_NORMAL] = "normal", [RISK_CORNISH_FISHER] = "cornish_fisher"
	};

	return (risk_tail) choice_argument(fcinfo, n, "method", words, lengthof(words), NULL);
}

/* (summary, benchmark, ...): risk_free and periods are the arguments from n on. */
static risk_hurdle
hurdle_arguments(FunctionCallInfo fcinfo, int n)
{
	return (risk_hurdle) {
		finite_argument(fcinfo, 1, "benchmark"), finite_argument(fcinfo, n, "risk_free"),
		year_periods_argument(fcinfo, n + 1)
	};
}

/* ---------- returns of periods of series ---------- */

/* Changes that are taken as they come. */
typedef struct change_state
{
	series_change kind;
	int			num_series;
	bool		has_previous;
	double	   *previous;
	double	   *change;
	const char *what;
	core_status (*take) (void *, const double *);
	void	   *state;
} change_state;

static void
take_change(void *state, const double *value)
{
	change_state *s = state;

	if (value != NULL && s->has_previous)
	{
		for (int i = 0; i < s->num_series; i++)
			report_status(series_change_of(s->kind, s->previous[i], value[i], &s->change[i]),
						  s->what);
		report_status(s->take(s->state, s->change), s->what);
	}
	s->has_previous = value != NULL;
	if (value != NULL)
		memcpy(s->previous, value, sizeof(double) * s->num_series);
}

/*
 * Take the changes of series over periods of a step, or, of one or two of
 * them, where step is NULL, from each of their common times to the next; step,
 * kind, zone and origin are numbers of arguments, of which kind and zone are
 * not NULL.  A period at whose ends a value is older than max_age is left out.
 */
void
take_periods_of(FunctionCallInfo fcinfo, const Datum *series, int num_series, int step, int kind,
				int zone, int origin, uint64 max_age, const char *what,
				core_status (*take) (void *, const double *), void *state)
{
	change_state changes = {
		.kind = read_change(fcinfo, kind, false), .num_series = num_series,
		.previous = palloc(sizeof(double) * num_series),
		.change = palloc(sizeof(double) * num_series), .what = what, .take = take, .state = state
	};

	for (int i = 0; i < num_series; i++)
	{
		series_header header;

		series_get_header(series[i], &header);
		check_change(changes.kind, &header);
	}
	if (PG_ARGISNULL(step))
		series_common_points(series, num_series, take_change, &changes);
	else
	{
		series_grid grid;

		series_grid_init(&grid, fcinfo, step, zone, origin);
		series_edges(series, num_series, &grid, max_age, what, take_change, &changes);
	}
}

/* The same of one or two series that are the first arguments. */
void
take_periods(FunctionCallInfo fcinfo, int num_series, int step, int kind, int zone, int origin,
			 const char *what, core_status (*take) (void *, const double *), void *state)
{
	Datum		series[2];

	for (int i = 0; i < num_series; i++)
		series[i] = PG_GETARG_DATUM(i);
	take_periods_of(fcinfo, series, num_series, step, kind, zone, origin, PG_UINT64_MAX, what, take, state);
}

static core_status
add_change(void *state, const double *change)
{
	return risk_summary_add(state, change[0]);
}

/* (series, step, period_target, kind, timezone, origin) */
PG_FUNCTION_INFO_V1(risk_summary_of_series);
Datum
risk_summary_of_series(PG_FUNCTION_ARGS)
{
	risk_summary *s;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(2) || PG_ARGISNULL(3) || PG_ARGISNULL(4))
		PG_RETURN_NULL();
	s = palloc(sizeof(risk_summary));
	risk_summary_init(s, finite_argument(fcinfo, 2, "period_target"));
	take_periods(fcinfo, 1, 1, 3, 4, 5, "risk_summary", add_change, s);
	if (s->num_returns == 0)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(s);
}

/* ---------- aggregates ---------- */

pg_noreturn static void
report_other_target(double target, double other)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("period_target must be the same for all rows: %s and %s",
					float8out_internal(target), float8out_internal(other)),
			 errhint("Returns that are measured by different targets have no summary.")));
	pg_unreachable();
}

static void
check_target(double target, double other)
{
	if (unlikely(target != other))
		report_other_target(target, other);
}

static core_status
merge_checked(risk_summary *into, const risk_summary *other)
{
	check_target(into->target, other->target);
	return risk_summary_merge(into, other);
}

SUMMARY_MERGE_STEPS(risk_summary, merge_checked, "risk_agg")

/* The return and target of a row; false if it is skipped. */
static inline bool
read_row(FunctionCallInfo fcinfo, bool has_target, double *ret, double *target)
{
	if (PG_ARGISNULL(1) || (has_target && PG_ARGISNULL(2)))
		return false;
	*ret = PG_GETARG_FLOAT8(1);
	*target = has_target ? PG_GETARG_FLOAT8(2) : 0;
	check_finite("return", *ret);
	if (has_target)
		check_finite("period_target", *target);
	return true;
}

static pg_attribute_always_inline Datum
accumulate(FunctionCallInfo fcinfo, bool has_target)
{
	risk_summary *s = summary_state(fcinfo, sizeof(risk_summary));
	double		ret,
				target;

	if (!read_row(fcinfo, has_target, &ret, &target))
	{
		if (s == NULL)
			PG_RETURN_NULL();
		PG_RETURN_POINTER(s);
	}
	if (s == NULL)
	{
		s = summary_alloc(fcinfo, sizeof(risk_summary));
		risk_summary_init(s, target);
	}
	else if (has_target)
		check_target(s->target, target);
	report_status(risk_summary_add(s, ret), "risk_agg");
	PG_RETURN_POINTER(s);
}

static pg_attribute_always_inline Datum
moving_accumulate(FunctionCallInfo fcinfo, bool has_target)
{
	sliding    *state = moving_state(fcinfo, risk_summary_merge_slots, sizeof(risk_summary));
	double		ret,
				target;

	if (read_row(fcinfo, has_target, &ret, &target))
	{
		risk_summary row;

		risk_summary_init(&row, target);
		report_status(risk_summary_add(&row, ret), "risk_agg");
		moving_push(fcinfo, state, &row, "risk_agg");
	}
	PG_RETURN_POINTER(state);
}

static pg_attribute_always_inline Datum
moving_remove(FunctionCallInfo fcinfo, bool has_target)
{
	sliding    *state = moving_state(fcinfo, risk_summary_merge_slots, sizeof(risk_summary));

	if (!PG_ARGISNULL(1) && !(has_target && PG_ARGISNULL(2)))
		moving_pop(state, "risk_agg");
	PG_RETURN_POINTER(state);
}

#define ROW_STEP(name, step, has_target) \
	PG_FUNCTION_INFO_V1(name); \
	Datum \
	name(PG_FUNCTION_ARGS) \
	{ \
		return step(fcinfo, has_target); \
	}

ROW_STEP(risk_summary_accum, accumulate, false)
ROW_STEP(risk_summary_accum_target, accumulate, true)
ROW_STEP(risk_summary_moving_accum, moving_accumulate, false)
ROW_STEP(risk_summary_moving_accum_target, moving_accumulate, true)
ROW_STEP(risk_summary_moving_remove, moving_remove, false)
ROW_STEP(risk_summary_moving_remove_target, moving_remove, true)

/* ---------- accessors ---------- */

PG_FUNCTION_INFO_V1(risk_summary_num_returns);
Datum
risk_summary_num_returns(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_RISK_SUMMARY(0)->num_returns);
}

PG_FUNCTION_INFO_V1(risk_summary_worst_return);
Datum
risk_summary_worst_return(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(PG_GETARG_RISK_SUMMARY(0)->worst);
}

PG_FUNCTION_INFO_V1(risk_summary_best_return);
Datum
risk_summary_best_return(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(PG_GETARG_RISK_SUMMARY(0)->best);
}

PG_FUNCTION_INFO_V1(risk_summary_hit_rate);
Datum
risk_summary_hit_rate(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(risk_hit_rate(PG_GETARG_RISK_SUMMARY(0)));
}

/* Define risk_summary_NAME, which returns what CALL, with "s" and "&result", says. */
#define MEASURE(name, call) \
	PG_FUNCTION_INFO_V1(risk_summary_##name); \
	Datum \
	risk_summary_##name(PG_FUNCTION_ARGS) \
	{ \
		const risk_summary *s = PG_GETARG_RISK_SUMMARY(0); \
		double		result = 0; \
		if (!report_status(call, #name)) \
			PG_RETURN_NULL(); \
		PG_RETURN_FLOAT8(result); \
	}

MEASURE(mean_return, risk_mean(s, &result))
MEASURE(volatility, risk_volatility(s, year_periods_argument(fcinfo, 1), &result))
MEASURE(downside_deviation, risk_downside_deviation(s, year_periods_argument(fcinfo, 1), &result))
MEASURE(skewness, risk_skewness(s, estimate_argument(fcinfo, 1), &result))
MEASURE(kurtosis, risk_kurtosis(s, estimate_argument(fcinfo, 1), &result))
MEASURE(skewness_final, risk_skewness(s, RISK_POPULATION, &result))
MEASURE(kurtosis_final, risk_kurtosis(s, RISK_POPULATION, &result))
MEASURE(sharpe_ratio, risk_sharpe(s, finite_argument(fcinfo, 1, "risk_free"),
								  year_periods_argument(fcinfo, 2), &result))
MEASURE(sortino_ratio, risk_sortino(s, year_periods_argument(fcinfo, 1), &result))
MEASURE(omega_ratio, risk_omega(s, &result))
MEASURE(value_at_risk, risk_value_at_risk(s, confidence_argument(fcinfo, 1),
										  tail_argument(fcinfo, 2), &result))
MEASURE(expected_shortfall, risk_expected_shortfall(s, confidence_argument(fcinfo, 1),
													tail_argument(fcinfo, 2), &result))
MEASURE(sharpe_ratio_error, risk_sharpe_error(s, finite_argument(fcinfo, 1, "risk_free"),
											  year_periods_argument(fcinfo, 2), &result))

PG_FUNCTION_INFO_V1(risk_summary_probabilistic_sharpe_ratio);
Datum
risk_summary_probabilistic_sharpe_ratio(PG_FUNCTION_ARGS)
{
	risk_hurdle hurdle = hurdle_arguments(fcinfo, 2);
	double		result = 0;

	if (!report_status(risk_probabilistic_sharpe(PG_GETARG_RISK_SUMMARY(0), &hurdle, &result),
					   "probabilistic_sharpe_ratio"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

/* (summary, benchmark, confidence, risk_free, periods) */
PG_FUNCTION_INFO_V1(risk_summary_min_track_record);
Datum
risk_summary_min_track_record(PG_FUNCTION_ARGS)
{
	risk_hurdle hurdle = hurdle_arguments(fcinfo, 3);
	double		result = 0;

	if (!report_status(risk_min_track_record(PG_GETARG_RISK_SUMMARY(0), &hurdle,
											 confidence_argument(fcinfo, 2), &result),
					   "min_track_record"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

/* Last steps of skewness(value) and kurtosis(value) over a moving frame. */
static Datum
moving_moment(FunctionCallInfo fcinfo,
			  core_status (*moment) (const risk_summary *, risk_estimate, double *),
			  const char *what)
{
	risk_summary s;
	double		result = 0;

	if (!moving_result(fcinfo, &s, what) ||
		!report_status(moment(&s, RISK_POPULATION, &result), what))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(risk_summary_moving_skewness);
Datum
risk_summary_moving_skewness(PG_FUNCTION_ARGS)
{
	return moving_moment(fcinfo, risk_skewness, "skewness");
}

PG_FUNCTION_INFO_V1(risk_summary_moving_kurtosis);
Datum
risk_summary_moving_kurtosis(PG_FUNCTION_ARGS)
{
	return moving_moment(fcinfo, risk_kurtosis, "kurtosis");
}
