/*-------------------------------------------------------------------------
 *
 * strategy/forecast.c
 *	  The SQL face of domain strategy: what comes next, and how sure that is.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "funcapi.h"
#include "utils/array.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "core/base/select.h"
#include "core/strategy/forecast.h"
#include "risk/history.h"
#include "risk/points.h"
#include "server/compat.h"
#include "server/interrupts.h"
#include "server/matrix_argument.h"
#include "server/report.h"
#include "server/row.h"
#include "server/set_size.h"
#include "strategy/history.h"

#define MAX_HORIZON		100000
#define MAX_SEASON		PG_INT32_MAX
#define MAX_WINDOW		10000

/* ---------- forecasts ---------- */

/* (…, horizon, model, season, confidence): the steps after n values; NULL if they are too few. */
static forecast_step *
make_forecast(FunctionCallInfo fcinfo, const double *y, Size n, int *horizon)
{
	forecast_model model = model_argument(fcinfo, 2);
	int			season = integer_argument(fcinfo, 3, "season", 1, MAX_SEASON);
	double		confidence = confidence_argument_of(fcinfo, 4);
	forecast_step *steps;

	*horizon = integer_argument(fcinfo, 1, "horizon", 1, MAX_HORIZON);
	steps = allocate_numbers(4 * (Size) *horizon, sizeof(forecast_step));
	if (!report_status(forecast_steps(model, y, n, season, confidence, *horizon,
									  allocate_numbers(forecast_scratch(n), sizeof(double)),
									  check_interrupts, steps), "forecast"))
		return NULL;
	return steps;
}

/* (history, horizon, model, season, confidence) */
PG_FUNCTION_INFO_V1(forecast_array);
Datum
forecast_array(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rows = (ReturnSetInfo *) fcinfo->resultinfo;
	int			n,
				horizon;
	double	   *y = known_history(fcinfo, 0, "history", &n);
	forecast_step *steps = make_forecast(fcinfo, y, n, &horizon);

	InitMaterializedSRF(fcinfo, 0);
	for (int h = 0; steps != NULL && h < horizon; h++)
		tuplestore_putvalues(rows->setResult, rows->setDesc,
							 (Datum[]) {Int32GetDatum(h + 1), Float8GetDatum(steps[h].value),
							 Float8GetDatum(steps[h].lower), Float8GetDatum(steps[h].upper)},
							 (bool[4]) {false});
	return (Datum) 0;
}

/* The median time from a point to the next, of which there are two at least. */
static int64
median_step(const series_points *points)
{
	double	   *step = allocate_numbers(points->n, sizeof(double));

	for (Size i = 1; i < points->n; i++)
		step[i - 1] = (double) (points->time[i] - points->time[i - 1]);
	return (int64) select_median(step, points->n - 1);
}

/* (series, horizon, model, season, confidence) */
PG_FUNCTION_INFO_V1(series_forecast);
Datum
series_forecast(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rows = (ReturnSetInfo *) fcinfo->resultinfo;
	series_points points;
	forecast_step *steps;
	int			horizon;
	int64		step;

	read_points(PG_GETARG_DATUM(0), &points);
	steps = make_forecast(fcinfo, points.value, points.n, &horizon);
	InitMaterializedSRF(fcinfo, 0);
	if (steps == NULL)
		return (Datum) 0;
	step = median_step(&points);
	if (horizon > 0 && step > (END_TIMESTAMP - 1 - points.time[points.n - 1]) / horizon)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("horizon reaches beyond the last timestamp")));
	for (int h = 0; h < horizon; h++)
		tuplestore_putvalues(rows->setResult, rows->setDesc,
							 (Datum[]) {Int32GetDatum(h + 1),
							 TimestampTzGetDatum(points.time[points.n - 1] + (h + 1) * step),
							 Float8GetDatum(steps[h].value), Float8GetDatum(steps[h].lower),
							 Float8GetDatum(steps[h].upper)},
							 (bool[5]) {false});
	return (Datum) 0;
}

/* The rows of a forecast whose horizon is known when the query is planned. */
PG_FUNCTION_INFO_V1(forecast_rows);
Datum
forecast_rows(PG_FUNCTION_ARGS)
{
	set_size   *asked = set_size_asked(fcinfo);
	Datum		horizon;

	if (asked == NULL || !set_size_argument(asked, 1, INT8OID, &horizon))
		PG_RETURN_POINTER(NULL);
	return set_size_answer(asked, (double) DatumGetInt64(horizon));
}

/* ---------- smoothing ---------- */

/* A share from argument n; false where it is NULL, to be fitted. */
static bool
share_argument(FunctionCallInfo fcinfo, int n, const char *argument, double least, double greatest, double *share)
{
	if (PG_ARGISNULL(n))
		return false;
	check_between(argument, PG_GETARG_FLOAT8(n), least, greatest);
	*share = PG_GETARG_FLOAT8(n);
	return true;
}

static void
check_smoothing(const smoothing *s, const char *what)
{
	if (!isfinite(s->level) || !isfinite(s->trend) || !isfinite(s->sse))
		report_status(CORE_OUT_OF_RANGE, what);
}

/* (history, alpha), alpha of which may be NULL */
PG_FUNCTION_INFO_V1(ses_fit);
Datum
ses_fit(PG_FUNCTION_ARGS)
{
	smoothing	s = {.phi = 1};
	bool		given;
	double	   *y;
	int			n;

	if (PG_ARGISNULL(0))
		return row_of_nulls(fcinfo, 3);
	y = known_history(fcinfo, 0, "history", &n);
	given = share_argument(fcinfo, 1, "alpha", 0, 1, &s.alpha);
	if (n == 0)
		return row_of_nulls(fcinfo, 3);
	smoothing_fit(&s, false, !given, false, false, y, n, check_interrupts);
	check_smoothing(&s, "ses_fit");
	return row_of_float8(fcinfo, (double[]) {s.alpha, s.level, s.sse}, 3);
}

/* (history, alpha, beta, phi), all of which but the first may be NULL */
PG_FUNCTION_INFO_V1(holt_fit);
Datum
holt_fit(PG_FUNCTION_ARGS)
{
	smoothing	s = {.phi = 1};
	bool		has_alpha,
				has_beta,
				has_phi;
	double	   *y;
	int			n;

	if (PG_ARGISNULL(0))
		return row_of_nulls(fcinfo, 6);
	y = known_history(fcinfo, 0, "history", &n);
	has_alpha = share_argument(fcinfo, 1, "alpha", 0, 1, &s.alpha);
	has_beta = share_argument(fcinfo, 2, "beta", 0, 1, &s.beta);
	has_phi = share_argument(fcinfo, 3, "phi", 0, 1, &s.phi);
	if (n < 2)
		return row_of_nulls(fcinfo, 6);
	smoothing_fit(&s, true, !has_alpha, !has_beta, !has_phi, y, n, check_interrupts);
	check_smoothing(&s, "holt_fit");
	return row_of_float8(fcinfo, (double[]) {s.alpha, s.beta, s.phi, s.level, s.trend, s.sse}, 6);
}

/* ---------- autoregressions ---------- */

/* (history, ar_order) */
PG_FUNCTION_INFO_V1(ar_fit);
Datum
ar_fit(PG_FUNCTION_ARGS)
{
	int			n;
	double	   *y = known_history(fcinfo, 0, "history", &n);
	int			order = integer_argument(fcinfo, 1, "ar_order", 1, AR_MAX_ORDER);
	double		coefficients[AR_MAX_ORDER];
	double		intercept,
				sigma;
	double	   *scratch = allocate_numbers(autoregression_scratch(n, order), sizeof(double));

	if (n < 2 * order + 2 ||
		!report_status(autoregression(y, n, order, scratch, check_interrupts, &intercept, coefficients, &sigma),
					   "ar_fit"))
		return row_of_nulls(fcinfo, 3);
	return row_result(fcinfo, (Datum[]) {Float8GetDatum(intercept),
					  PointerGetDatum(history_array(coefficients, order, "ar_fit")),
					  Float8GetDatum(sigma)});
}

static double *
variances_argument(FunctionCallInfo fcinfo, int *n)
{
	double	   *v = known_history(fcinfo, 0, "variances", n);

	for (int i = 0; i < *n; i++)
		check_not_negative("variances", v[i]);
	return v;
}

/* (variances, week, month) */
PG_FUNCTION_INFO_V1(har_fit);
Datum
har_fit(PG_FUNCTION_ARGS)
{
	int			n;
	double	   *v = variances_argument(fcinfo, &n);
	int			month = integer_argument(fcinfo, 2, "month", 1, MAX_WINDOW);
	int			week = integer_argument(fcinfo, 1, "week", 1, month);
	har_model	model;
	double		sigma,
				r_squared;

	if (!report_status(har_estimate(v, n, week, month, allocate_numbers(4 * (Size) n, sizeof(double)),
									check_interrupts, &model, &sigma, &r_squared), "har_fit"))
		return row_of_nulls(fcinfo, 6);
	return row_of_float8(fcinfo, (double[]) {model.intercept, model.daily, model.weekly, model.monthly,
						 sigma, r_squared}, 6);
}

/* (variances, intercept, daily, weekly, monthly, horizon, week, month) */
PG_FUNCTION_INFO_V1(har_forecast);
Datum
har_forecast(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {"intercept", "daily", "weekly", "monthly"};
	ReturnSetInfo *rows = (ReturnSetInfo *) fcinfo->resultinfo;
	int			n;
	double	   *v = variances_argument(fcinfo, &n);
	int			horizon = integer_argument(fcinfo, 5, "horizon", 1, MAX_HORIZON);
	int			month = integer_argument(fcinfo, 7, "month", 1, MAX_WINDOW);
	int			week = integer_argument(fcinfo, 6, "week", 1, month);
	har_model	model = {PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2), PG_GETARG_FLOAT8(3), PG_GETARG_FLOAT8(4)};

	for (int i = 0; i < 4; i++)
		check_finite(names[i], PG_GETARG_FLOAT8(i + 1));
	InitMaterializedSRF(fcinfo, 0);
	v = repalloc_huge(v, sizeof(double) * ((Size) n + horizon + 1));
	for (int h = 0; n >= month && h < horizon; h++)
	{
		double		next = har_next(&model, v, n + h, week, month);

		CHECK_FOR_INTERRUPTS();
		if (!isfinite(next))
			report_status(CORE_OUT_OF_RANGE, "har_forecast");
		v[n + h] = next;
		tuplestore_putvalues(rows->setResult, rows->setDesc,
							 (Datum[]) {Int32GetDatum(h + 1), Float8GetDatum(next)}, (bool[2]) {false});
	}
	return (Datum) 0;
}

PG_FUNCTION_INFO_V1(har_forecast_rows);
Datum
har_forecast_rows(PG_FUNCTION_ARGS)
{
	set_size   *asked = set_size_asked(fcinfo);
	Datum		horizon;

	if (asked == NULL || !set_size_argument(asked, 5, INT8OID, &horizon))
		PG_RETURN_POINTER(NULL);
	return set_size_answer(asked, (double) DatumGetInt64(horizon));
}
