/*-------------------------------------------------------------------------
 *
 * risk/tails.c
 *	  The SQL face of domain risk: how far the worst returns go.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "funcapi.h"
#include "utils/array.h"
#include "utils/memutils.h"

#include "core/risk/tails.h"
#include "risk/history.h"
#include "risk/level.h"
#include "server/compat.h"
#include "server/interrupts.h"
#include "server/report.h"
#include "server/row.h"

/* ---------- beyond a threshold ---------- */

static Datum
fitted_row(FunctionCallInfo fcinfo, const gpd_fitted *f)
{
	Datum		values[5] = {
		Float8GetDatum(f->law.threshold), Float8GetDatum(f->law.shape),
		Float8GetDatum(f->law.scale), Int32GetDatum((int32) f->exceedances),
		Float8GetDatum(f->log_likelihood)
	};
	bool		nulls[5] = {false, false, false, false, isinf(f->log_likelihood)};

	if (!isfinite(f->law.shape) || !isfinite(f->law.scale))
		report_status(CORE_OUT_OF_RANGE, "gpd_fit");
	return row_with_nulls(fcinfo, values, nulls);
}

/* (returns, tail_fraction, method) */
PG_FUNCTION_INFO_V1(gpd_fit);
Datum
gpd_fit(PG_FUNCTION_ARGS)
{
	static const char *const methods[] = {[GPD_MLE] = "mle", [GPD_PWM] = "pwm"};
	int			n;
	double	   *returns = history_argument(fcinfo, 0, "returns", &n);
	double		tail_fraction = PG_GETARG_FLOAT8(1);
	gpd_method	method = (gpd_method) choice_argument(fcinfo, 2, "method", methods, lengthof(methods), NULL);
	gpd_fitted	fitted;

	check_finite("tail_fraction", tail_fraction);
	if (tail_fraction <= 0 || tail_fraction > 0.5)
		report_bad_argument("tail_fraction", tail_fraction, "above 0 and at most 0.5");
	if (!report_status(gpd_estimate(sorted_history(returns, n), n, tail_fraction, method, returns,
									check_interrupts, &fitted), "gpd_fit"))
		return row_of_nulls(fcinfo, 5);
	return fitted_row(fcinfo, &fitted);
}

typedef core_status (*gpd_figure) (const gpd_law *law, double share, double confidence,
								   double *result);

/* (threshold, shape, scale, exceedance_share, confidence) */
static Datum
figure_of_law(FunctionCallInfo fcinfo, gpd_figure figure, const char *what)
{
	gpd_law		law = {PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2)};
	double		share = PG_GETARG_FLOAT8(3);
	double		result;

	check_finite("threshold", law.threshold);
	check_finite("shape", law.shape);
	check_parameter("scale", law.scale);
	check_probability("exceedance_share", share);
	check_confidence(PG_GETARG_FLOAT8(4));
	if (share == 0 || !report_status(figure(&law, share, PG_GETARG_FLOAT8(4), &result), what))
		PG_RETURN_NULL();
	if (!isfinite(result))
		report_status(CORE_OUT_OF_RANGE, what);
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(gpd_value_at_risk);
Datum
gpd_value_at_risk(PG_FUNCTION_ARGS)
{
	return figure_of_law(fcinfo, gpd_quantile, "gpd_value_at_risk");
}

PG_FUNCTION_INFO_V1(gpd_expected_shortfall);
Datum
gpd_expected_shortfall(PG_FUNCTION_ARGS)
{
	return figure_of_law(fcinfo, gpd_shortfall, "gpd_expected_shortfall");
}

/* Values in descending order: losses of the lower tail, returns of the upper one. */
static void
descend(double *sorted, int n, bool lower)
{
	for (int i = 0; i < n && lower; i++)
		sorted[i] = -sorted[i];
	for (int i = 0, j = n - 1; i < j && !lower; i++, j--)
	{
		double		kept = sorted[i];

		sorted[i] = sorted[j];
		sorted[j] = kept;
	}
}

/* (returns, tail_count, tail) */
PG_FUNCTION_INFO_V1(hill_tail_index);
Datum
hill_tail_index(PG_FUNCTION_ARGS)
{
	static const char *const tails[] = {"lower", "upper"};
	int			n;
	double	   *returns = history_argument(fcinfo, 0, "returns", &n);
	int			count = integer_argument(fcinfo, 1, "tail_count", 1, PG_INT32_MAX);
	bool		lower = choice_argument(fcinfo, 2, "tail", tails, lengthof(tails), NULL) == 0;
	double	   *sorted = sorted_history(returns, n);
	double		result;

	descend(sorted, n, lower);
	if (!report_status(hill_index(sorted, n, count, &result), "hill_tail_index"))
		PG_RETURN_NULL();
	if (!isfinite(result))
		report_status(CORE_OUT_OF_RANGE, "hill_tail_index");
	PG_RETURN_FLOAT8(result);
}

/* ---------- of what was seen ---------- */

/* (state, return, confidence) */
PG_FUNCTION_INFO_V1(empirical_accum);
Datum
empirical_accum(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		return row_set_unchanged(fcinfo, &level_sample_kind);
	check_finite("return", PG_GETARG_FLOAT8(1));
	check_confidence(PG_GETARG_FLOAT8(2));
	return add_to_level(fcinfo, PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2));
}

typedef double (*empirical_figure) (const double *sorted, size_t n, double confidence);

static Datum
figure_of_level(FunctionCallInfo fcinfo, empirical_figure figure, const char *what)
{
	row_view	view;
	double		result;

	row_set_open(&level_sample_kind, PG_GETARG_DATUM(0), &view);
	result = figure(view.rows, view.num_rows, view.terms[0].number);
	row_set_close(&view);
	if (!isfinite(result))
		report_status(CORE_OUT_OF_RANGE, what);
	PG_RETURN_FLOAT8(result);
}

/* (sample_summary, confidence) */
static Datum
figure_of_sample(FunctionCallInfo fcinfo, empirical_figure figure, const char *what)
{
	size_t		n;
	double	   *values = sample_values(PG_GETARG_DATUM(0), &n);
	double		result;

	check_confidence(PG_GETARG_FLOAT8(1));
	result = figure(values, n, PG_GETARG_FLOAT8(1));
	pfree(values);
	if (!isfinite(result))
		report_status(CORE_OUT_OF_RANGE, what);
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(empirical_value_at_risk);
Datum
empirical_value_at_risk(PG_FUNCTION_ARGS)
{
	return figure_of_level(fcinfo, worst_quantile, "value_at_risk");
}

PG_FUNCTION_INFO_V1(empirical_expected_shortfall);
Datum
empirical_expected_shortfall(PG_FUNCTION_ARGS)
{
	return figure_of_level(fcinfo, worst_mean, "expected_shortfall");
}

PG_FUNCTION_INFO_V1(sample_summary_value_at_risk);
Datum
sample_summary_value_at_risk(PG_FUNCTION_ARGS)
{
	return figure_of_sample(fcinfo, worst_quantile, "value_at_risk");
}

PG_FUNCTION_INFO_V1(sample_summary_expected_shortfall);
Datum
sample_summary_expected_shortfall(PG_FUNCTION_ARGS)
{
	return figure_of_sample(fcinfo, worst_mean, "expected_shortfall");
}

/* ---------- was a value at risk right? ---------- */

/* (returns, value_at_risk, confidence) */
PG_FUNCTION_INFO_V1(var_backtest);
Datum
var_backtest(PG_FUNCTION_ARGS)
{
	int			n,
				num_levels;
	double	   *returns = history_argument(fcinfo, 0, "returns", &n);
	double	   *level = history_argument(fcinfo, 1, "value_at_risk", &num_levels);
	var_test	test;
	Datum		values[8];

	check_same_length("returns", n, "value_at_risk", num_levels);
	check_confidence(PG_GETARG_FLOAT8(2));
	if (!report_status(var_test_of(returns, level, palloc_extended((Size) n + 1, MCXT_ALLOC_HUGE), n,
								   PG_GETARG_FLOAT8(2), &test), "var_backtest"))
		return row_of_nulls(fcinfo, 8);
	if (!isfinite(test.kupiec) || !isfinite(test.coverage))
		report_status(CORE_OUT_OF_RANGE, "var_backtest");
	values[0] = Int32GetDatum((int32) test.violations);
	values[1] = Float8GetDatum(test.expected);
	values[2] = Float8GetDatum(test.kupiec);
	values[3] = Float8GetDatum(test.kupiec_p);
	values[4] = Float8GetDatum(test.independence);
	values[5] = Float8GetDatum(test.independence_p);
	values[6] = Float8GetDatum(test.coverage);
	values[7] = Float8GetDatum(test.coverage_p);
	return row_result(fcinfo, values);
}
