/*-------------------------------------------------------------------------
 *
 * risk/paths.c
 *	  The SQL face of domain risk: what a path of values says of risk and reward.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "funcapi.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "core/base/point.h"
#include "core/risk/paths.h"
#include "core/yield/apr.h"
#include "risk/returns.h"
#include "series/fold.h"
#include "series/type.h"
#include "server/compat.h"
#include "server/interrupts.h"
#include "server/report.h"

/* ---------- ratios ---------- */

/* Argument n, the days of a year. */
static double
year_argument(FunctionCallInfo fcinfo, int n)
{
	check_parameter("year_days", PG_GETARG_FLOAT8(n));
	return PG_GETARG_FLOAT8(n);
}

/* lead over risk; NULL without risk, an error beyond a double. */
static Datum
ratio_or_null(FunctionCallInfo fcinfo, double lead, double risk, const char *what)
{
	double		ratio = lead / risk;

	if (!(risk > 0))
		PG_RETURN_NULL();
	report_status(isfinite(ratio) ? CORE_OK : CORE_OUT_OF_RANGE, what);
	PG_RETURN_FLOAT8(ratio);
}

/* The drift of a year above a rate; false of a single point. */
static bool
read_drift(FunctionCallInfo fcinfo, paths_steps *s, rate_summary *summary, double rate,
		   double year_days, const char *what, double *lead)
{
	series_get_summary(PG_GETARG_DATUM(0), summary);
	paths_steps_init(s);
	fold_points(PG_GETARG_DATUM(0), paths_steps_fold, s);
	if (!report_status(paths_drift(s, year_days, lead), what))
		return false;
	*lead -= rate;
	return true;
}

/* (series, risk_free, year_days) */
PG_FUNCTION_INFO_V1(series_sharpe_ratio);
Datum
series_sharpe_ratio(PG_FUNCTION_ARGS)
{
	double		risk_free = finite_argument(fcinfo, 1, "risk_free");
	double		year_days = year_argument(fcinfo, 2);
	rate_summary summary;
	paths_steps steps;
	path_volatility s;
	double		lead,
				volatility = 0;

	if (!read_drift(fcinfo, &steps, &summary, risk_free, year_days, "sharpe_ratio", &lead) ||
		!paths_steps_vary(&steps))
		PG_RETURN_NULL();
	path_volatility_init(&s, PATH_SIMPLE_RETURN, summary.first_time, summary.first_rate,
						 summary.last_time, summary.last_rate);
	fold_points(PG_GETARG_DATUM(0), path_volatility_fold, &s);
	if (!report_status(path_volatility_annual(&s, year_days, &volatility), "sharpe_ratio"))
		PG_RETURN_NULL();
	return ratio_or_null(fcinfo, lead, volatility, "sharpe_ratio");
}

/* (series, min_return, year_days) */
PG_FUNCTION_INFO_V1(series_sortino_ratio);
Datum
series_sortino_ratio(PG_FUNCTION_ARGS)
{
	double		min_return = finite_argument(fcinfo, 1, "min_return");
	double		year_days = year_argument(fcinfo, 2);
	rate_summary summary;
	paths_steps steps;
	path_downside s;
	double		lead,
				deviation = 0;

	if (!read_drift(fcinfo, &steps, &summary, min_return, year_days, "sortino_ratio", &lead))
		PG_RETURN_NULL();
	path_downside_init(&s, min_return, year_days);
	fold_points(PG_GETARG_DATUM(0), path_downside_fold, &s);
	if (!report_status(path_downside_annual(&s, year_days, &deviation), "sortino_ratio"))
		PG_RETURN_NULL();
	return ratio_or_null(fcinfo, lead, deviation, "sortino_ratio");
}

/* The compound yield of a year from the first point to the last; false of a single point. */
static bool
read_apy(FunctionCallInfo fcinfo, double year_days, const char *what, double *apy)
{
	rate_summary s;

	series_get_summary(PG_GETARG_DATUM(0), &s);
	return report_status(yield_apy(s.first_rate, s.last_rate, s.first_time, s.last_time,
								   year_days, apy), what);
}

/* (series, year_days) */
PG_FUNCTION_INFO_V1(series_calmar_ratio);
Datum
series_calmar_ratio(PG_FUNCTION_ARGS)
{
	double		year_days = year_argument(fcinfo, 1);
	path_drawdown s;
	double		apy;

	if (!read_apy(fcinfo, year_days, "calmar_ratio", &apy))
		PG_RETURN_NULL();
	path_drawdown_init(&s);
	fold_points(PG_GETARG_DATUM(0), path_drawdown_fold, &s);
	return ratio_or_null(fcinfo, apy, s.depth, "calmar_ratio");
}

/* (series, risk_free, year_days) */
PG_FUNCTION_INFO_V1(series_martin_ratio);
Datum
series_martin_ratio(PG_FUNCTION_ARGS)
{
	double		risk_free = finite_argument(fcinfo, 1, "risk_free");
	double		year_days = year_argument(fcinfo, 2);
	path_ulcer	s;
	double		apy,
				index = 0;

	if (!read_apy(fcinfo, year_days, "martin_ratio", &apy))
		PG_RETURN_NULL();
	path_ulcer_init(&s);
	fold_points(PG_GETARG_DATUM(0), path_ulcer_fold, &s);
	report_status(path_ulcer_index(&s, &index), "martin_ratio");
	return ratio_or_null(fcinfo, apy - risk_free, index, "martin_ratio");
}

PG_FUNCTION_INFO_V1(series_stability);
Datum
series_stability(PG_FUNCTION_ARGS)
{
	rate_summary summary;
	paths_line	s;
	double		result = 0;

	series_get_summary(PG_GETARG_DATUM(0), &summary);
	paths_line_init(&s, summary.first_time, summary.last_time);
	fold_points(PG_GETARG_DATUM(0), paths_line_fold, &s);
	if (!report_status(paths_stability(&s, &result), "stability"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

/* ---------- drawdowns ---------- */

/* Make values the drawdowns at their points; *peak is the greatest so far. */
static void
drawdowns_of(const double *value, size_t n, double *peak, double *drawdown)
{
	for (size_t i = 0; i < n; i++)
	{
		*peak = value[i] > *peak ? value[i] : *peak;
		drawdown[i] = value[i] < *peak ? -path_fall(*peak, value[i]) : 0;
	}
}

PG_FUNCTION_INFO_V1(series_drawdown_series);
Datum
series_drawdown_series(PG_FUNCTION_ARGS)
{
	rate_summary summary;
	series_reader reader;
	const int64 *time;
	const double *value;
	double		drawdown[SERIES_BLOCK_POINTS];
	double		peak = 0;
	size_t		n;
	expanded_series *result;

	series_get_summary(PG_GETARG_DATUM(0), &summary);
	series_reader_init(&reader, PG_GETARG_DATUM(0));
	result = series_begin(reader.num_points);
	while (series_reader_next(&reader, &time, &value, &n))
	{
		for (size_t i = 0; i < n; i += SERIES_BLOCK_POINTS)
		{
			size_t		m = Min(n - i, SERIES_BLOCK_POINTS);

			drawdowns_of(value + i, m, &peak, drawdown);
			series_append(result, time + i, drawdown, m);
		}
	}
	return series_datum(result);
}

static int
compare_drawdowns(const void *a, const void *b)
{
	double		x = *(const double *) a;
	double		y = *(const double *) b;

	CHECK_FOR_INTERRUPTS();
	return (x > y) - (x < y);
}

/* The drawdowns at all points but the first, ascending: the deepest come first. */
static double *
sorted_drawdowns(Datum series, size_t *num_drawdowns)
{
	rate_summary summary;
	series_reader reader;
	const int64 *time;
	const double *value;
	double	   *drawdown;
	double		peak = 0;
	size_t		n,
				filled = 0;

	series_get_summary(series, &summary);
	series_reader_init(&reader, series);
	drawdown = MemoryContextAllocHuge(CurrentMemoryContext,
									  sizeof(double) * Max(reader.num_points, 1));
	while (series_reader_next(&reader, &time, &value, &n))
	{
		drawdowns_of(value, n, &peak, drawdown + filled);
		filled += n;
	}
	*num_drawdowns = filled - 1;
	qsort(drawdown + 1, *num_drawdowns, sizeof(double), compare_drawdowns);
	return drawdown + 1;
}

/* (series, confidence) */
PG_FUNCTION_INFO_V1(series_conditional_drawdown);
Datum
series_conditional_drawdown(PG_FUNCTION_ARGS)
{
	double		confidence = PG_GETARG_FLOAT8(1);
	size_t		n;
	double	   *drawdown;
	double		result = 0;

	check_confidence(confidence);
	drawdown = sorted_drawdowns(PG_GETARG_DATUM(0), &n);
	if (n == 0)
		PG_RETURN_NULL();
	report_status(paths_mean(drawdown, paths_num_worst(n, confidence), &result),
				  "conditional_drawdown");
	PG_RETURN_FLOAT8(result);
}

/* A fall as a row, if it is deep enough. */
static void
put_drawdown(ReturnSetInfo *result, const paths_drawdown *fall, double min_depth)
{
	double		depth = path_fall(fall->peak.value, fall->trough.value);
	Datum		values[6] = {
		Float8GetDatum(-depth), TimestampTzGetDatum(fall->peak.time),
		Float8GetDatum(fall->peak.value), TimestampTzGetDatum(fall->trough.time),
		Float8GetDatum(fall->trough.value), TimestampTzGetDatum(fall->recovery.time)
	};
	bool		nulls[6] = {false, false, false, false, false, !fall->recovery.exists};

	if (depth >= min_depth)
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* (series, min_depth) */
PG_FUNCTION_INFO_V1(series_drawdowns);
Datum
series_drawdowns(PG_FUNCTION_ARGS)
{
	double		min_depth = PG_GETARG_FLOAT8(1);
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	rate_summary summary;
	series_reader reader;
	paths_drawdown s = {.peak.exists = false},
				ended;
	const int64 *time;
	const double *value;
	size_t		n;

	check_probability("min_depth", min_depth);
	InitMaterializedSRF(fcinfo, 0);
	series_get_summary(PG_GETARG_DATUM(0), &summary);
	series_reader_init(&reader, PG_GETARG_DATUM(0));
	while (series_reader_next(&reader, &time, &value, &n))
		for (size_t i = 0; i < n; i++)
			if (paths_drawdown_step(&s, time[i], value[i], &ended))
				put_drawdown(result, &ended, min_depth);
	if (s.trough.exists)
		put_drawdown(result, &s, min_depth);
	return (Datum) 0;
}
