/*-------------------------------------------------------------------------
 *
 * series/pair.c
 *	  The SQL face of domain series: two series side by side.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/tuplestore.h"

#include "core/series/pair.h"
#include "series/edges.h"
#include "series/grid.h"
#include "series/input.h"
#include "server/compat.h"
#include "server/report.h"
#include "server/span.h"

/* align(a, b, method, max_age).  Not strict, since the last may be NULL. */
PG_FUNCTION_INFO_V1(rate_series_align);
Datum
rate_series_align(PG_FUNCTION_ARGS)
{
	static const char *const joins[] = {"locf", "linear", "inner"};
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	series_input a,
				b;
	series_align align;
	series_pair pair;

	InitMaterializedSRF(fcinfo, 0);
	if (has_null_argument(fcinfo, 3))
		return (Datum) 0;
	series_input_init(&a, PG_GETARG_DATUM(0));
	series_input_init(&b, PG_GETARG_DATUM(1));
	series_align_init(&align, (series_join) choice_argument(fcinfo, 2, "method", joins,
														lengthof(joins), NULL), &a.stream, &b.stream);
	series_align_limit(&align, max_age_argument(fcinfo, 3));
	while (series_align_next(&align, &pair))
	{
		Datum		values[3] = {
			TimestampTzGetDatum(pair.time), Float8GetDatum(pair.a), Float8GetDatum(pair.b)
		};
		bool		nulls[3] = {false, !pair.has_a, !pair.has_b};

		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* premium(market, fair) */
PG_FUNCTION_INFO_V1(rate_series_premium);
Datum
rate_series_premium(PG_FUNCTION_ARGS)
{
	series_header header;
	series_input market,
				fair;
	series_carry carry;
	series_point p;
	expanded_series *result;

	series_get_header(PG_GETARG_DATUM(0), &header);
	check_not_negative("market", header.min_value);
	series_get_header(PG_GETARG_DATUM(1), &header);
	check_rate("fair", header.min_value);
	series_input_init(&market, PG_GETARG_DATUM(0));
	series_input_init(&fair, PG_GETARG_DATUM(1));
	series_carry_init(&carry, &fair.stream);
	result = series_begin(market.reader.num_points);
	while (report_status(series_premium_next(&market.stream, &carry, &p), "premium"))
		series_append(result, &p.time, &p.value, 1);
	if (series_is_empty(result))
		PG_RETURN_NULL();
	return series_datum(result);
}

/* ---------- correlation ---------- */

/* Moments that grow, and what they are for. */
typedef struct moment_state
{
	series_comoment *moments;
	const char *what;
} moment_state;

/* The change from the values before to these. */
static void
add_values(void *state, const double *value)
{
	moment_state *s = state;

	report_status(series_comoment_add(s->moments, value[0], value[1]), s->what);
}

/* The moments behind (a, b, step, kind, timezone, origin); false for NULL. */
static bool
read_moments(FunctionCallInfo fcinfo, series_comoment *m, const char *what)
{
	Datum		both[] = {PG_GETARG_DATUM(0), PG_GETARG_DATUM(1)};
	moment_state state = {m, what};
	series_header a,
				b;
	series_change kind;

	if (has_null_argument(fcinfo, 2) || PG_ARGISNULL(3) || PG_ARGISNULL(4))
		return false;
	kind = read_change(fcinfo, 3, true);
	series_get_header(PG_GETARG_DATUM(0), &a);
	series_get_header(PG_GETARG_DATUM(1), &b);
	check_change(kind, &a);
	check_change(kind, &b);
	series_comoment_init(m, kind);
	if (PG_ARGISNULL(2))
		series_common_points(both, 2, add_values, &state);
	else
	{
		series_grid grid;

		series_grid_init(&grid, fcinfo, 2, 4, 5);
		series_edges(both, 2, &grid, PG_UINT64_MAX, what, add_values, &state);
	}
	return true;
}

typedef core_status (*moment_function) (const series_comoment *m, double *result);

static Datum
result_of_moments(FunctionCallInfo fcinfo, moment_function function, const char *what)
{
	series_comoment m;
	double		result;

	if (!read_moments(fcinfo, &m, what) || !report_status(function(&m, &result), what))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(rate_series_correlation);
Datum
rate_series_correlation(PG_FUNCTION_ARGS)
{
	return result_of_moments(fcinfo, series_correlation, "correlation");
}

PG_FUNCTION_INFO_V1(rate_series_beta);
Datum
rate_series_beta(PG_FUNCTION_ARGS)
{
	return result_of_moments(fcinfo, series_beta, "beta");
}
