/*-------------------------------------------------------------------------
 *
 * derivative/nelson_siegel.c
 *	  The SQL face of domain derivative: curves of Nelson-Siegel and Svensson,
 *	  and the fit of the former.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "executor/executor.h"
#include "utils/float.h"

#include "core/derivative/nelson_siegel.h"
#include "derivative/schedule.h"
#include "server/compat.h"
#include "server/interrupts.h"
#include "server/report.h"
#include "server/row.h"
#include "server/summary.h"
#include "yield/sample.h"

StaticAssertDecl(sizeof(nelson_siegel_summary) == 16 + NELSON_SIEGEL_SUMS * sizeof(binned_sum),
				 "nelson_siegel_summary must have no padding, it is stored byte by byte");

/* ---------- curves ---------- */

static Datum
rate_datum(FunctionCallInfo fcinfo, double rate, const char *what)
{
	return float8_result(fcinfo, bond_checked(rate), &rate, what);
}

/* (years, beta0, beta1, beta2, tau) */
PG_FUNCTION_INFO_V1(derivative_nelson_siegel);
Datum
derivative_nelson_siegel(PG_FUNCTION_ARGS)
{
	double		beta[3] = {PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2), PG_GETARG_FLOAT8(3)};

	check_not_negative("years", PG_GETARG_FLOAT8(0));
	check_finite("beta0", beta[0]);
	check_finite("beta1", beta[1]);
	check_finite("beta2", beta[2]);
	check_positive("tau", PG_GETARG_FLOAT8(4));
	return rate_datum(fcinfo, nelson_siegel_rate(PG_GETARG_FLOAT8(0), beta, PG_GETARG_FLOAT8(4)),
					  "nelson_siegel");
}

/* (years, beta0, beta1, beta2, beta3, tau1, tau2) */
PG_FUNCTION_INFO_V1(derivative_svensson);
Datum
derivative_svensson(PG_FUNCTION_ARGS)
{
	double		beta[4] = {
		PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2), PG_GETARG_FLOAT8(3), PG_GETARG_FLOAT8(4)
	};

	check_not_negative("years", PG_GETARG_FLOAT8(0));
	check_finite("beta0", beta[0]);
	check_finite("beta1", beta[1]);
	check_finite("beta2", beta[2]);
	check_finite("beta3", beta[3]);
	check_positive("tau1", PG_GETARG_FLOAT8(5));
	check_positive("tau2", PG_GETARG_FLOAT8(6));
	return rate_datum(fcinfo, svensson_rate(PG_GETARG_FLOAT8(0), beta, PG_GETARG_FLOAT8(5),
											PG_GETARG_FLOAT8(6)), "svensson");
}

/* (years, curve): NULL if one of the numbers of the curve is. */
PG_FUNCTION_INFO_V1(derivative_nelson_siegel_of_curve);
Datum
derivative_nelson_siegel_of_curve(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {"beta0", "beta1", "beta2", "tau"};
	HeapTupleHeader row = PG_GETARG_HEAPTUPLEHEADER(1);
	double		number[4];

	check_not_negative("years", PG_GETARG_FLOAT8(0));
	for (int i = 0; i < 4; i++)
	{
		bool		is_null;

		number[i] = DatumGetFloat8(GetAttributeByNum(row, i + 1, &is_null));
		if (is_null)
			PG_RETURN_NULL();
		check_finite(names[i], number[i]);
	}
	check_positive("tau", number[3]);
	return rate_datum(fcinfo, nelson_siegel_rate(PG_GETARG_FLOAT8(0), number, number[3]),
					  "nelson_siegel");
}

/* ---------- the type nelson_siegel_summary ---------- */

static bool
is_valid(const void *value)
{
	return nelson_siegel_is_valid(value);
}

static const summary_field fields[] = {
	SUMMARY_FLOAT8(nelson_siegel_summary, tau),
	SUMMARY_INT64(nelson_siegel_summary, num_points),
	SUMMARY_SUM(nelson_siegel_summary, sum[0]),
	SUMMARY_SUM(nelson_siegel_summary, sum[1]),
	SUMMARY_SUM(nelson_siegel_summary, sum[2]),
	SUMMARY_SUM(nelson_siegel_summary, sum[3]),
	SUMMARY_SUM(nelson_siegel_summary, sum[4]),
	SUMMARY_SUM(nelson_siegel_summary, sum[5]),
	SUMMARY_SUM(nelson_siegel_summary, sum[6]),
	SUMMARY_SUM(nelson_siegel_summary, sum[7]),
	SUMMARY_SUM(nelson_siegel_summary, sum[8])
};

static const summary_form form = {
	"nelson_siegel_summary", sizeof(nelson_siegel_summary), fields, lengthof(fields), is_valid,
	"(tau,num_points,sums of h,g,hh,hg,gg,y,hy,gy,yy)",
	"No set of rates at times has this summary."
};

SUMMARY_FORM(nelson_siegel_summary, &form)

/* ---------- the fit ---------- */

/* All rows of a group are for one tau. */
static void
check_same_tau(double a, double b)
{
	if (unlikely(a != b))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("tau must be the same in all rows of a group, not %s and %s",
						float8out_internal(Min(a, b)), float8out_internal(Max(a, b)))));
}

/* (state, years, continuous_rate, tau) */
PG_FUNCTION_INFO_V1(nelson_siegel_summary_accum);
Datum
nelson_siegel_summary_accum(PG_FUNCTION_ARGS)
{
	nelson_siegel_summary *s = summary_state(fcinfo, sizeof(nelson_siegel_summary));
	double		tau;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
	{
		if (s == NULL)
			PG_RETURN_NULL();
		PG_RETURN_POINTER(s);
	}
	tau = PG_GETARG_FLOAT8(3);
	check_not_negative("years", PG_GETARG_FLOAT8(1));
	check_finite("continuous_rate", PG_GETARG_FLOAT8(2));
	check_positive("tau", tau);
	if (s == NULL)
	{
		s = summary_alloc(fcinfo, sizeof(nelson_siegel_summary));
		nelson_siegel_init(s, tau);
	}
	check_same_tau(s->tau, tau);
	report_status(nelson_siegel_add(s, PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2)),
				  "number of points");
	PG_RETURN_POINTER(s);
}

PG_FUNCTION_INFO_V1(nelson_siegel_summary_combine);
Datum
nelson_siegel_summary_combine(PG_FUNCTION_ARGS)
{
	nelson_siegel_summary *s = summary_state(fcinfo, sizeof(nelson_siegel_summary));
	const nelson_siegel_summary *other = (nelson_siegel_summary *) PG_GETARG_POINTER(1);

	check_same_tau(s->tau, other->tau);
	report_status(nelson_siegel_merge(s, other), "number of points");
	PG_RETURN_POINTER(s);
}

SUMMARY_CONCATENATION(nelson_siegel_summary)

/* A row of the composite type. */
static Datum
curve_row(FunctionCallInfo fcinfo, core_status status, const nelson_siegel_curve *curve)
{
	Datum		values[6];

	if (!report_status(status, "nelson_siegel_fit"))
		PG_RETURN_NULL();
	for (int i = 0; i < 3; i++)
		values[i] = Float8GetDatum(curve->beta[i]);
	values[3] = Float8GetDatum(curve->tau);
	values[4] = Float8GetDatum(curve->rmse);
	values[5] = Int64GetDatum(curve->num_points);
	return row_result(fcinfo, values);
}

PG_FUNCTION_INFO_V1(nelson_siegel_summary_fit);
Datum
nelson_siegel_summary_fit(PG_FUNCTION_ARGS)
{
	nelson_siegel_curve curve;

	return curve_row(fcinfo, nelson_siegel_fit((nelson_siegel_summary *) PG_GETARG_POINTER(0),
											   &curve), &curve);
}

/*
 * (state, years, continuous_rate), tau to be sought: every row is kept, as a
 * sample of rates whose weights are years.
 */
PG_FUNCTION_INFO_V1(nelson_siegel_points_accum);
Datum
nelson_siegel_points_accum(PG_FUNCTION_ARGS)
{
	weighted_value row;
	row_set    *set;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		return row_set_unchanged(fcinfo, &sample_kind);
	check_not_negative("years", PG_GETARG_FLOAT8(1));
	check_finite("continuous_rate", PG_GETARG_FLOAT8(2));
	/* negative zeros have other bits */
	row.weight = PG_GETARG_FLOAT8(1) + 0.0;
	row.value = PG_GETARG_FLOAT8(2) + 0.0;
	set = row_set_of_terms(fcinfo, &sample_kind, NULL);
	row_set_append(set, &row, sizeof(row));
	return row_set_result(fcinfo, set);
}

PG_FUNCTION_INFO_V1(nelson_siegel_points_final);
Datum
nelson_siegel_points_final(PG_FUNCTION_ARGS)
{
	row_view	view;
	nelson_siegel_curve curve;
	core_status status;

	row_set_open(&sample_kind, PG_GETARG_DATUM(0), &view);
	status = nelson_siegel_search(view.rows, view.num_rows, check_interrupts, &curve);
	row_set_close(&view);
	return curve_row(fcinfo, status, &curve);
}
