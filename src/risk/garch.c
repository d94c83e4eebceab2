/*-------------------------------------------------------------------------
 *
 * risk/garch.c
 *	  The SQL face of domain risk: volatility that comes in clusters.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "core/risk/garch.h"
#include "risk/history.h"
#include "series/type.h"
#include "server/compat.h"
#include "server/float8_array.h"
#include "server/interrupts.h"
#include "server/report.h"
#include "server/row.h"

/* ---------- weights that fade ---------- */

static void
ewma_arguments(FunctionCallInfo fcinfo, ewma_path *path, double *year)
{
	rate_summary summary;

	*path = (ewma_path) {.lambda = PG_GETARG_FLOAT8(1)};
	check_finite("lambda", path->lambda);
	if (path->lambda <= 0 || path->lambda >= 1)
		report_bad_argument("lambda", path->lambda, "above 0 and below 1");
	check_parameter("year_days", PG_GETARG_FLOAT8(2));
	*year = PG_GETARG_FLOAT8(2) * USECS_PER_DAY;
	/* for its check of the rates */
	series_get_summary(PG_GETARG_DATUM(0), &summary);
}

static double
yearly(const ewma_path *path, double year)
{
	double		result = sqrt(path->variance * year);

	if (!isfinite(result))
		report_status(CORE_OUT_OF_RANGE, "ewma_volatility");
	return result;
}

/* (series, lambda, year_days) */
PG_FUNCTION_INFO_V1(series_ewma_volatility);
Datum
series_ewma_volatility(PG_FUNCTION_ARGS)
{
	ewma_path	path;
	double		year;
	series_reader reader;
	const int64 *time;
	const double *value;
	size_t		n;

	ewma_arguments(fcinfo, &path, &year);
	series_reader_init(&reader, PG_GETARG_DATUM(0));
	while (series_reader_next(&reader, &time, &value, &n))
	{
		CHECK_FOR_INTERRUPTS();
		for (size_t i = 0; i < n; i++)
			ewma_path_step(&path, time[i], value[i]);
	}
	if (!path.has_variance)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(yearly(&path, year));
}

/* The same at each point but the first. */
PG_FUNCTION_INFO_V1(series_ewma_volatility_series);
Datum
series_ewma_volatility_series(PG_FUNCTION_ARGS)
{
	ewma_path	path;
	double		year;
	series_reader reader;
	series_header header;
	expanded_series *result;
	const int64 *time;
	const double *value;
	size_t		n;

	ewma_arguments(fcinfo, &path, &year);
	series_get_header(PG_GETARG_DATUM(0), &header);
	result = series_begin(header.num_points);
	series_reader_init(&reader, PG_GETARG_DATUM(0));
	while (series_reader_next(&reader, &time, &value, &n))
	{
		CHECK_FOR_INTERRUPTS();
		for (size_t i = 0; i < n; i++)
		{
			double		volatility;

			ewma_path_step(&path, time[i], value[i]);
			if (!path.has_variance)
				continue;
			volatility = yearly(&path, year);
			series_append(result, &time[i], &volatility, 1);
		}
	}
	if (series_is_empty(result))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(series_datum(result));
}

/* ---------- GARCH(1,1) ---------- */

/* Arguments n to n + 2: omega, alpha and beta of variances that are positive. */
static void
variance_arguments(FunctionCallInfo fcinfo, int n, garch_model *model)
{
	model->omega = PG_GETARG_FLOAT8(n);
	model->alpha = PG_GETARG_FLOAT8(n + 1);
	model->beta = PG_GETARG_FLOAT8(n + 2);
	check_parameter("omega", model->omega);
	check_not_negative("alpha", model->alpha);
	check_not_negative("beta", model->beta);
}

/* (returns, mu, omega, alpha, beta) */
static double *
model_arguments(FunctionCallInfo fcinfo, garch_model *model, int *n)
{
	model->mu = PG_GETARG_FLOAT8(1);
	check_finite("mu", model->mu);
	variance_arguments(fcinfo, 2, model);
	return history_argument(fcinfo, 0, "returns", n);
}

PG_FUNCTION_INFO_V1(garch_log_likelihood);
Datum
garch_log_likelihood(PG_FUNCTION_ARGS)
{
	garch_model model;
	int			n;
	double	   *returns = model_arguments(fcinfo, &model, &n);
	double		result;

	if (n == 0)
		PG_RETURN_NULL();
	result = garch_likelihood(returns, n, &model, NULL);
	if (!isfinite(result))
		report_status(CORE_OUT_OF_RANGE, "garch_log_likelihood");
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(garch_variances);
Datum
garch_variances(PG_FUNCTION_ARGS)
{
	garch_model model;
	int			n;
	double	   *returns = model_arguments(fcinfo, &model, &n);
	double	   *variance = palloc_extended(sizeof(double) * ((Size) n + 1), MCXT_ALLOC_HUGE);

	if (n == 0)
		PG_RETURN_NULL();
	garch_likelihood(returns, n, &model, variance);
	PG_RETURN_ARRAYTYPE_P(history_array(variance, n + 1, "garch_variances"));
}

static Datum
fitted_row(FunctionCallInfo fcinfo, const garch_fitted *f)
{
	const double values[7] = {
		f->model.mu, f->model.omega, f->model.alpha, f->model.beta, f->log_likelihood,
		f->next_variance, f->last_residual
	};

	for (int i = 0; i < 7; i++)
		if (!isfinite(values[i]))
			report_status(CORE_OUT_OF_RANGE, "garch_fit");
	return row_of_float8(fcinfo, values, 7);
}

PG_FUNCTION_INFO_V1(garch_fit);
Datum
garch_fit(PG_FUNCTION_ARGS)
{
	int			n;
	double	   *returns = history_argument(fcinfo, 0, "returns", &n);
	double	   *room = palloc_extended(sizeof(double) * ((Size) n + 1), MCXT_ALLOC_HUGE);
	garch_fitted fitted;

	if (!report_status(garch_estimate(returns, n, room, check_interrupts, &fitted), "garch_fit"))
		return row_of_nulls(fcinfo, 7);
	return fitted_row(fcinfo, &fitted);
}

/* (omega, alpha, beta, next_variance, horizon) */
PG_FUNCTION_INFO_V1(garch_forecast);
Datum
garch_forecast(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	garch_model model = {0};
	double		variance = PG_GETARG_FLOAT8(3);
	int			horizon = integer_argument(fcinfo, 4, "horizon", 0, PG_INT32_MAX);

	variance_arguments(fcinfo, 0, &model);
	check_not_negative("next_variance", variance);
	InitMaterializedSRF(fcinfo, 0);
	for (int step = 1; step <= horizon; step++)
	{
		Datum		values[] = {Int32GetDatum(step), Float8GetDatum(variance)};
		bool		nulls[] = {false, false};

		pause_at(step);
		if (!isfinite(variance))
			report_status(CORE_OUT_OF_RANGE, "garch_forecast");
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
		variance = garch_next(&model, variance);
	}
	return (Datum) 0;
}
