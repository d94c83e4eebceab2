/*-------------------------------------------------------------------------
 *
 * derivative/series.c
 *	  The SQL face of domain derivative: histories made into series of yields.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "core/base/binned_sum.h"
#include "core/derivative/funding.h"
#include "core/derivative/perp.h"
#include "core/derivative/pt.h"
#include "derivative/schedule.h"
#include "series/input.h"
#include "series/type.h"
#include "server/compat.h"
#include "server/report.h"

/* A series that was filled, NULL if no point is in it. */
static Datum
series_result(FunctionCallInfo fcinfo, expanded_series *result)
{
	if (series_is_empty(result))
		PG_RETURN_NULL();
	return series_datum(result);
}

/* ---------- yields to a date ---------- */

/* A time to which yields run, and the year that they are of. */
typedef struct series_term
{
	TimestampTz end;
	double		year_days;
} series_term;

/* Arguments n and n + 1 */
static series_term
term_arguments(FunctionCallInfo fcinfo, int n, const char *argument)
{
	series_term term = {PG_GETARG_TIMESTAMPTZ(n), PG_GETARG_FLOAT8(n + 1)};

	check_time(argument, term.end);
	check_parameter("year_days", term.year_days);
	return term;
}

/* How many of n points, in order of time, are before the end. */
static size_t
points_before(const int64 *time, size_t n, TimestampTz end)
{
	while (n > 0 && time[n - 1] >= end)
		n--;
	return n;
}

/* (prices, maturity, year_days) */
PG_FUNCTION_INFO_V1(derivative_pt_implied_apy_series);
Datum
derivative_pt_implied_apy_series(PG_FUNCTION_ARGS)
{
	series_term term = term_arguments(fcinfo, 1, "maturity");
	expanded_series *result;
	series_reader reader;
	const int64 *time;
	const double *price;
	double		apy[SERIES_BLOCK_POINTS];
	size_t		n;

	series_reader_init(&reader, PG_GETARG_DATUM(0));
	result = series_begin(reader.num_points);
	while (series_reader_next(&reader, &time, &price, &n))
	{
		n = points_before(time, n, term.end);
		for (size_t i = 0; i < n; i++)
		{
			check_positive("prices", price[i]);
			report_status(pt_implied_apy(price[i],
										 pt_year_fraction(time[i], term.end, term.year_days),
										 &apy[i]), "pt_implied_apy_series");
		}
		series_append(result, time, apy, n);
	}
	return series_result(fcinfo, result);
}

/* (spot, future, expiry, year_days): at the points of future, with the spot of then */
PG_FUNCTION_INFO_V1(derivative_basis_apr_series);
Datum
derivative_basis_apr_series(PG_FUNCTION_ARGS)
{
	series_term term = term_arguments(fcinfo, 2, "expiry");
	expanded_series *result;
	series_input spot,
				future;
	series_carry carry;

	series_input_init(&spot, PG_GETARG_DATUM(0));
	series_input_init(&future, PG_GETARG_DATUM(1));
	series_carry_init(&carry, &spot.stream);
	result = series_begin(future.reader.num_points);
	for (; series_stream_has_point(&future.stream); future.stream.at++)
	{
		series_point p = series_stream_front(&future.stream);
		double		price,
					apr;

		if (p.time >= term.end)
			break;
		if (!report_status(series_value_at(&carry, p.time, SERIES_LOCF, &price), "spot"))
			continue;
		check_positive("spot", price);
		check_not_negative("future", p.value);
		report_status(perp_basis_apr(price, p.value,
									 pt_year_fraction(p.time, term.end, term.year_days), &apr),
					  "basis_apr_series");
		series_append(result, &p.time, &apr, 1);
	}
	return series_result(fcinfo, result);
}

/* ---------- cumulative funding ---------- */

/* Final function of funding_series: the sum of the rates up to each. */
PG_FUNCTION_INFO_V1(derivative_funding_series_final);
Datum
derivative_funding_series_final(PG_FUNCTION_ARGS)
{
	expanded_series *result;
	series_reader reader;
	const int64 *time;
	const double *rate;
	double		total[SERIES_BLOCK_POINTS];
	binned_sum	sum = BINNED_EMPTY;
	size_t		n;

	series_reader_init(&reader, PG_GETARG_DATUM(0));
	result = series_begin(reader.num_points);
	while (series_reader_next(&reader, &time, &rate, &n))
	{
		for (size_t i = 0; i < n; i++)
		{
			if (!funding_rate_is_valid(rate[i]))
				report_bad_float8("rate", rate[i], "finite and above -1");
			binned_add(&sum, rate[i]);
			total[i] = binned_value(&sum).hi;
			if (!isfinite(total[i]))
				report_status(CORE_OUT_OF_RANGE, "funding_series");
		}
		series_append(result, time, total, n);
	}
	return series_datum(result);
}
