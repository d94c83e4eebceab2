/*-------------------------------------------------------------------------
 *
 * risk/concentration.c
 *	  The SQL face of domain risk: how evenly a whole is shared.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "core/risk/concentration.h"
#include "risk/level.h"
#include "server/compat.h"
#include "server/float8_array.h"
#include "server/interrupts.h"
#include "server/report.h"

#define THIRD	(1.0 / 3)

/* (state, value) and (state, value, threshold): a third where none is given, 0 of gini */
static Datum
share_accum(FunctionCallInfo fcinfo, double level)
{
	if (PG_ARGISNULL(1))
		return row_set_unchanged(fcinfo, &level_sample_kind);
	check_not_negative("value", PG_GETARG_FLOAT8(1));
	return add_to_level(fcinfo, PG_GETARG_FLOAT8(1), level);
}

PG_FUNCTION_INFO_V1(gini_accum);
Datum
gini_accum(PG_FUNCTION_ARGS)
{
	return share_accum(fcinfo, 0);
}

PG_FUNCTION_INFO_V1(nakamoto_accum);
Datum
nakamoto_accum(PG_FUNCTION_ARGS)
{
	return share_accum(fcinfo, THIRD);
}

PG_FUNCTION_INFO_V1(nakamoto_threshold_accum);
Datum
nakamoto_threshold_accum(PG_FUNCTION_ARGS)
{
	double		threshold;

	if (PG_ARGISNULL(2))
		return row_set_unchanged(fcinfo, &level_sample_kind);
	threshold = PG_GETARG_FLOAT8(2);
	check_finite("threshold", threshold);
	if (threshold <= 0 || threshold >= 1)
		report_bad_argument("threshold", threshold, "above 0 and below 1");
	return share_accum(fcinfo, threshold);
}

PG_FUNCTION_INFO_V1(gini_final);
Datum
gini_final(PG_FUNCTION_ARGS)
{
	row_view	view;
	double		result = 0;
	core_status status;

	row_set_open(&level_sample_kind, PG_GETARG_DATUM(0), &view);
	status = gini_of(view.rows, view.num_rows, &result);
	row_set_close(&view);
	if (!report_status(status, "gini"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

PG_FUNCTION_INFO_V1(nakamoto_final);
Datum
nakamoto_final(PG_FUNCTION_ARGS)
{
	row_view	view;
	int64_t		result = 0;
	core_status status;

	row_set_open(&level_sample_kind, PG_GETARG_DATUM(0), &view);
	status = fewest_above(view.rows, view.num_rows, view.terms[0].number, &result);
	row_set_close(&view);
	if (!report_status(status, "nakamoto_coefficient"))
		PG_RETURN_NULL();
	PG_RETURN_INT64(result);
}

/* (a, b) */
PG_FUNCTION_INFO_V1(portfolio_overlap);
Datum
portfolio_overlap(PG_FUNCTION_ARGS)
{
	int			n,
				num_b;
	double	   *a = float8_elements(PG_GETARG_ARRAYTYPE_P(0), "a", NAN, &n);
	double	   *b = float8_elements(PG_GETARG_ARRAYTYPE_P(1), "b", NAN, &num_b);
	double		result = 0;

	check_same_length("a", n, "b", num_b);
	for (int i = 0; i < n; i++)
	{
		pause_at(i);
		check_not_negative("a", a[i]);
		check_not_negative("b", b[i]);
	}
	if (!report_status(overlap_of(a, b, n, &result), "portfolio_overlap"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}
