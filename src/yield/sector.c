/*-------------------------------------------------------------------------
 *
 * yield/sector.c
 *	  The SQL face of domain yield: concentration and growth of a sector.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "core/yield/sector.h"
#include "server/compat.h"
#include "server/moving.h"
#include "server/report.h"
#include "server/row.h"
#include "server/summary.h"

/* ---------- concentration ---------- */

/*
 * Transition function of hhi: the blend_summary of values that are their own
 * weights.  Combine function, rollup and moving inverse are those of blends.
 */
PG_FUNCTION_INFO_V1(hhi_accum);
Datum
hhi_accum(PG_FUNCTION_ARGS)
{
	blend_summary *s = summary_state(fcinfo, sizeof(blend_summary));
	double		value;

	if (PG_ARGISNULL(1))
	{
		if (s == NULL)
			PG_RETURN_NULL();
		PG_RETURN_POINTER(s);
	}
	value = PG_GETARG_FLOAT8(1);
	check_not_negative("value", value);
	if (s == NULL)
	{
		s = summary_alloc(fcinfo, sizeof(blend_summary));
		blend_summary_init(s);
	}
	report_status(blend_summary_add(s, value, value), "sum of squares");
	PG_RETURN_POINTER(s);
}

/* The index of a summary: accessor, and final function of hhi. */
PG_FUNCTION_INFO_V1(blend_summary_hhi);
Datum
blend_summary_hhi(PG_FUNCTION_ARGS)
{
	double		result;

	if (!report_status(sector_hhi((blend_summary *) PG_GETARG_POINTER(0), &result), "hhi"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

/* ---------- growth ---------- */

static locked_value
locked_argument(FunctionCallInfo fcinfo, int which)
{
	static const char *const names[][2] = {
		{"units0", "units1"}, {"rate0", "rate1"}, {"price0", "price1"}
	};
	double		v[3];

	for (int i = 0; i < 3; i++)
	{
		v[i] = PG_GETARG_FLOAT8(2 * i + which);
		check_not_negative(names[i][which], v[i]);
	}
	return (locked_value) {v[0], v[1], v[2]};
}

PG_FUNCTION_INFO_V1(tvl_growth);
Datum
tvl_growth(PG_FUNCTION_ARGS)
{
	locked_value before = locked_argument(fcinfo, 0);
	locked_value after = locked_argument(fcinfo, 1);
	growth_parts parts;

	report_status(sector_growth(&before, &after, &parts), "tvl_growth");
	return row_of_float8(fcinfo, (const double[]) {parts.price, parts.accrual, parts.flow,
												   parts.total}, 4);
}
