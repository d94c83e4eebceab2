/*-------------------------------------------------------------------------
 *
 * risk/peg.c
 *	  The SQL face of domain risk: below the fair rate.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "funcapi.h"
#include "utils/array.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "core/base/normal.h"
#include "core/risk/peg.h"
#include "core/yield/apr.h"
#include "risk/points.h"
#include "series/type.h"
#include "server/compat.h"
#include "server/float8_array.h"
#include "server/interrupts.h"
#include "server/report.h"
#include "server/row.h"
#include "server/span.h"

/* ---------- redemption ---------- */

/* (market, fair, wait, fee, year_days): the gain, and how many waits a year has */
static double
redemption_arguments(FunctionCallInfo fcinfo, double *waits)
{
	double		market = PG_GETARG_FLOAT8(0);
	double		fair = PG_GETARG_FLOAT8(1);
	int64		wait = positive_span("wait", PG_GETARG_INTERVAL_P(2));
	double		fee = PG_GETARG_FLOAT8(3);

	check_rate("market", market);
	check_rate("fair", fair);
	check_below_one("fee", fee);
	check_parameter("year_days", PG_GETARG_FLOAT8(4));
	*waits = PG_GETARG_FLOAT8(4) * USECS_PER_DAY / wait;
	return redemption_gain(market, fair, fee);
}

static Datum
finite_result(double value, const char *what)
{
	if (!isfinite(value))
		report_status(CORE_OUT_OF_RANGE, what);
	PG_RETURN_FLOAT8(value);
}

PG_FUNCTION_INFO_V1(redemption_apr);
Datum
redemption_apr(PG_FUNCTION_ARGS)
{
	double		waits;
	double		gain = redemption_arguments(fcinfo, &waits);

	return finite_result(gain * waits, "redemption_apr");
}

PG_FUNCTION_INFO_V1(redemption_apy);
Datum
redemption_apy(PG_FUNCTION_ARGS)
{
	double		waits;
	double		gain = redemption_arguments(fcinfo, &waits);

	return finite_result(expm1(waits * log1p(gain)), "redemption_apy");
}

/* ---------- spells ---------- */

static void
put_spell(ReturnSetInfo *result, const peg_spell *spell, bool ongoing)
{
	Datum		values[] = {
		TimestampTzGetDatum(spell->start), TimestampTzGetDatum(spell->end),
		IntervalPGetDatum(span_interval((uint64) spell->end - (uint64) spell->start)),
		Float8GetDatum(spell->lowest), TimestampTzGetDatum(spell->lowest_time),
		BoolGetDatum(ongoing)
	};
	bool		nulls[lengthof(values)] = {false};

	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* (series, threshold, recover) */
PG_FUNCTION_INFO_V1(series_spells_below);
Datum
series_spells_below(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	peg_watch	watch = {0};
	series_reader reader;
	const int64 *time;
	const double *value;
	size_t		n;

	InitMaterializedSRF(fcinfo, 0);
	if (has_null_argument(fcinfo, 2))
		return (Datum) 0;
	watch.threshold = PG_GETARG_FLOAT8(1);
	watch.recover = PG_ARGISNULL(2) ? watch.threshold : PG_GETARG_FLOAT8(2);
	check_finite("threshold", watch.threshold);
	check_finite("recover", watch.recover);
	if (watch.recover < watch.threshold)
		report_bad_argument("recover", watch.recover, "at least threshold");
	series_reader_init(&reader, PG_GETARG_DATUM(0));
	while (series_reader_next(&reader, &time, &value, &n))
	{
		CHECK_FOR_INTERRUPTS();
		for (size_t i = 0; i < n; i++)
			if (peg_watch_step(&watch, time[i], value[i]))
				put_spell(result, &watch.spell, false);
	}
	if (watch.is_below)
		put_spell(result, &watch.spell, true);
	return (Datum) 0;
}

/* ---------- a rate that comes back to a mean ---------- */

/* The half-life as an interval, or infinite for what is longer than times go. */
static Datum
half_life_of(const ou_model *model, double year, bool *is_null)
{
	double		span = log(2) / model->theta * year;

	*is_null = !(span < 0x1p63);
	return *is_null ? (Datum) 0 : IntervalPGetDatum(span_interval((uint64) rint(span)));
}

/* (series, year_days) */
PG_FUNCTION_INFO_V1(series_ou_fit);
Datum
series_ou_fit(PG_FUNCTION_ARGS)
{
	series_points points;
	ou_path		path;
	ou_model	model;
	Datum		values[5];
	bool		nulls[5] = {false};

	check_parameter("year_days", PG_GETARG_FLOAT8(1));
	read_points(PG_GETARG_DATUM(0), &points);
	path = (ou_path) {points.time, points.value, points.n,
		PG_GETARG_FLOAT8(1) * USECS_PER_DAY, check_interrupts};
	if (!report_status(ou_estimate(&path, &model), "ou_fit"))
		return row_of_nulls(fcinfo, 5);
	values[0] = Float8GetDatum(model.theta);
	values[1] = Float8GetDatum(model.mu);
	values[2] = Float8GetDatum(model.sigma);
	values[3] = half_life_of(&model, path.year, &nulls[3]);
	values[4] = Float8GetDatum(model.log_likelihood);
	if (!isfinite(model.theta) || !isfinite(model.sigma))
		report_status(CORE_OUT_OF_RANGE, "ou_fit");
	return row_with_nulls(fcinfo, values, nulls);
}

/* Arguments n to n + 3: theta, mu, sigma, horizon; and year_days. */
static double
model_arguments(FunctionCallInfo fcinfo, int n, int n_year_days, ou_model *model)
{
	int64		horizon = positive_span("horizon", PG_GETARG_INTERVAL_P(n + 3));

	model->theta = PG_GETARG_FLOAT8(n);
	model->mu = PG_GETARG_FLOAT8(n + 1);
	model->sigma = PG_GETARG_FLOAT8(n + 2);
	check_parameter("theta", model->theta);
	check_finite("mu", model->mu);
	check_not_negative("sigma", model->sigma);
	check_parameter("year_days", PG_GETARG_FLOAT8(n_year_days));
	return horizon / (PG_GETARG_FLOAT8(n_year_days) * USECS_PER_DAY);
}

/* (x, theta, mu, sigma, horizon, confidence, year_days) */
PG_FUNCTION_INFO_V1(ou_forecast);
Datum
ou_forecast(PG_FUNCTION_ARGS)
{
	ou_model	model;
	double		years = model_arguments(fcinfo, 1, 6, &model);
	double		result[4];
	double		width;

	check_finite("x", PG_GETARG_FLOAT8(0));
	check_confidence(PG_GETARG_FLOAT8(5));
	ou_moments(&model, PG_GETARG_FLOAT8(0), years, &result[0], &result[1]);
	width = -normal_quantile((1 - PG_GETARG_FLOAT8(5)) / 2) * result[1];
	result[2] = result[0] - width;
	result[3] = result[0] + width;
	if (!isfinite(result[2]) || !isfinite(result[3]))
		report_status(CORE_OUT_OF_RANGE, "ou_forecast");
	return row_of_float8(fcinfo, result, 4);
}

/* (x, threshold, theta, mu, sigma, horizon, year_days) */
PG_FUNCTION_INFO_V1(ou_probability_below);
Datum
ou_probability_below(PG_FUNCTION_ARGS)
{
	ou_model	model;
	double		years = model_arguments(fcinfo, 2, 6, &model);
	double		threshold = PG_GETARG_FLOAT8(1);
	double		mean,
				stddev;

	check_finite("x", PG_GETARG_FLOAT8(0));
	check_finite("threshold", threshold);
	ou_moments(&model, PG_GETARG_FLOAT8(0), years, &mean, &stddev);
	if (!isfinite(mean) || !isfinite(stddev))
		report_status(CORE_OUT_OF_RANGE, "ou_probability_below");
	if (stddev == 0)
		PG_RETURN_FLOAT8(mean < threshold);
	PG_RETURN_FLOAT8(normal_tail((mean - threshold) / stddev));
}

/* ---------- how long, how often ---------- */

static int
compare_cases(const void *left, const void *right)
{
	double		a = ((const survival_case *) left)->duration;
	double		b = ((const survival_case *) right)->duration;

	return (a > b) - (a < b);
}

/* Arguments 0 and 1, in ascending order of duration. */
static survival_case *
survival_cases(FunctionCallInfo fcinfo, int *n)
{
	double	   *duration = float8_elements(PG_GETARG_ARRAYTYPE_P(0), "duration", NAN, n);
	int			num_observed;
	bool	   *observed = bool_elements(PG_GETARG_ARRAYTYPE_P(1), "observed", &num_observed);
	survival_case *cases = palloc_extended(sizeof(survival_case) * ((Size) *n + 1),
										   MCXT_ALLOC_HUGE);

	check_same_length("duration", *n, "observed", num_observed);
	for (int i = 0; i < *n; i++)
	{
		pause_at(i);
		check_not_negative("duration", duration[i]);
		cases[i] = (survival_case) {duration[i], observed[i]};
	}
	qsort(cases, *n, sizeof(survival_case), compare_cases);
	return cases;
}

PG_FUNCTION_INFO_V1(kaplan_meier);
Datum
kaplan_meier(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	int			n;
	survival_case *cases = survival_cases(fcinfo, &n);
	survival_row *row = palloc_extended(sizeof(survival_row) * ((Size) n + 1), MCXT_ALLOC_HUGE);
	size_t		rows = kaplan_meier_rows(cases, n, row);

	InitMaterializedSRF(fcinfo, 0);
	for (size_t i = 0; i < rows; i++)
	{
		Datum		values[] = {
			Float8GetDatum(row[i].duration), Int32GetDatum((int32) row[i].at_risk),
			Int32GetDatum((int32) row[i].events), Int32GetDatum((int32) row[i].censored),
			Float8GetDatum(row[i].survival), Float8GetDatum(row[i].stderr_)
		};
		bool		nulls[lengthof(values)] = {false, false, false, false, false,
			isnan(row[i].stderr_)};

		pause_at(i);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* (events, exposure, confidence) */
PG_FUNCTION_INFO_V1(event_rate);
Datum
event_rate(PG_FUNCTION_ARGS)
{
	int64		events = PG_GETARG_INT64(0);
	double		exposure = PG_GETARG_FLOAT8(1);
	double		result[3];

	if (events < 0)
		report_bad_float8("events", (double) events, "not negative");
	check_parameter("exposure", exposure);
	check_confidence(PG_GETARG_FLOAT8(2));
	result[0] = (double) events / exposure;
	poisson_interval((double) events, exposure, PG_GETARG_FLOAT8(2), &result[1], &result[2]);
	if (!isfinite(result[2]))
		report_status(CORE_OUT_OF_RANGE, "event_rate");
	return row_of_float8(fcinfo, result, 3);
}
