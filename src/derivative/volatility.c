/*-------------------------------------------------------------------------
 *
 * derivative/volatility.c
 *	  The SQL face of domain derivative: volatility out of many options.
 *
 * strike_quotes and smile_points are the states of variance_strike and svi_fit,
 * which need all of their rows; they merge by union.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "utils/float.h"

#include "core/derivative/volatility.h"
#include "derivative/arguments.h"
#include "derivative/points.h"
#include "server/compat.h"
#include "server/interrupts.h"
#include "server/report.h"
#include "server/row.h"

/* ---------- quotes of one expiry ---------- */

StaticAssertDecl(sizeof(strike_quote) == 3 * sizeof(double) && sizeof(expiry_terms) == 3 * sizeof(double),
				 "rows and terms must be doubles without padding");

static bool
is_positive(double value)
{
	return value > 0 && value <= DBL_MAX;
}

static bool
is_price_or_missing(double value)
{
	return isnan(value) || (value >= 0 && value <= DBL_MAX);
}

static bool
expiry_is_valid(const double *terms)
{
	return is_positive(terms[0]) && terms[1] >= 0 && terms[1] <= DBL_MAX && isfinite(terms[2]);
}

static bool
quote_is_valid(const double *row)
{
	return is_positive(row[0]) && is_price_or_missing(row[1]) && is_price_or_missing(row[2]) &&
		!(isnan(row[1]) && isnan(row[2]));
}

static double
greater_or_present(double a, double b)
{
	return isnan(a) || b > a ? b : a;
}

/* Of two prices of one option the greater counts; so quotes merge in any order. */
static bool
merge_quotes(double *into, const double *row)
{
	if (into[0] != row[0])
		return false;
	into[1] = greater_or_present(into[1], row[1]);
	into[2] = greater_or_present(into[2], row[2]);
	return true;
}

static const point_form quotes_form = {
	.type = "strike_quotes",
	.num_terms = 3,
	.num_columns = 3,
	.terms_are_valid = expiry_is_valid,
	.row_is_valid = quote_is_valid,
	.merge = merge_quotes,
	.layout = "(forward,years,rate)[(strike,call_price,put_price),(strike,call_price,)], a price empty where there is none",
	.same_terms = "forward, years and rate must be the same in all rows of a group",
};

POINTS_TYPE(strike_quotes, &quotes_form)

/* Argument n, a price that may be missing */
static inline double
price_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	double		value;

	if (PG_ARGISNULL(n))
		return get_float8_nan();
	value = PG_GETARG_FLOAT8(n) + 0.0;
	check_not_negative(argument, value);
	return value;
}

/* (state, strike, call_price, put_price, forward, years, rate) */
PG_FUNCTION_INFO_V1(strike_quotes_accum);
Datum
strike_quotes_accum(PG_FUNCTION_ARGS)
{
	expanded_points *p = points_state(fcinfo, &quotes_form);
	double		row[3],
				terms[3];

	if (PG_ARGISNULL(1) || PG_ARGISNULL(4) || PG_ARGISNULL(5) || PG_ARGISNULL(6) ||
		(PG_ARGISNULL(2) && PG_ARGISNULL(3)))
		return points_unchanged(fcinfo, p);
	row[0] = PG_GETARG_FLOAT8(1);
	check_positive("strike", row[0]);
	row[1] = price_argument(fcinfo, 2, "call_price");
	row[2] = price_argument(fcinfo, 3, "put_price");
	terms[0] = PG_GETARG_FLOAT8(4);
	check_positive("forward", terms[0]);
	terms[1] = PG_GETARG_FLOAT8(5) + 0.0;
	check_not_negative("years", terms[1]);
	terms[2] = PG_GETARG_FLOAT8(6) + 0.0;
	check_finite("rate", terms[2]);
	if (unlikely(p == NULL))
		p = points_begin(fcinfo, &quotes_form, terms);
	points_check_terms(p, terms);
	points_append(p, row);
	return points_datum(p);
}

PG_FUNCTION_INFO_V1(strike_quotes_variance);
Datum
strike_quotes_variance(PG_FUNCTION_ARGS)
{
	points_view view;
	double		variance = 0;

	points_open(&view, PG_GETARG_DATUM(0), &quotes_form);
	if (!report_status(variance_strike((const strike_quote *) view.rows, view.num_rows,
									   (const expiry_terms *) view.terms, &variance), "variance"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(variance);
}

PG_FUNCTION_INFO_V1(volatility_index_of_two);
Datum
volatility_index_of_two(PG_FUNCTION_ARGS)
{
	double		variance0 = PG_GETARG_FLOAT8(0);
	double		years0 = PG_GETARG_FLOAT8(1);
	double		variance1 = PG_GETARG_FLOAT8(2);
	double		years1 = PG_GETARG_FLOAT8(3);
	double		target_years = PG_GETARG_FLOAT8(4);
	double		volatility = 0;

	check_finite("variance0", variance0);
	check_not_negative("years0", years0);
	check_finite("variance1", variance1);
	check_not_negative("years1", years1);
	check_not_negative("target_years", target_years);
	if (years0 == years1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("years0 and years1 must differ: both are %g", years0)));
	if (!report_status(volatility_index(variance0, years0, variance1, years1, target_years, &volatility),
					   "volatility index"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(volatility);
}

/* ---------- SVI ---------- */

static void
check_correlation(double rho)
{
	if (!(rho > -1 && rho < 1))
		report_bad_float8("rho", rho, "between -1 and 1");
}

static void
check_slice(const svi_slice *s)
{
	check_finite("a", s->a);
	check_not_negative("b", s->b);
	check_correlation(s->rho);
	check_finite("m", s->m);
	check_positive("sigma", s->sigma);
}

/* Arguments 1 to 5: a, b, rho, m, sigma */
static svi_slice
slice_arguments(FunctionCallInfo fcinfo)
{
	svi_slice	s = {PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2), PG_GETARG_FLOAT8(3),
		PG_GETARG_FLOAT8(4), PG_GETARG_FLOAT8(5)};

	check_slice(&s);
	return s;
}

static Datum
variance_result(const svi_slice *slice, double log_moneyness)
{
	double		variance;

	check_finite("log_moneyness", log_moneyness);
	variance = svi_variance(slice, log_moneyness);
	(void) report_status(isfinite(variance) ? CORE_OK : CORE_OUT_OF_RANGE, "total variance");
	PG_RETURN_FLOAT8(variance);
}

PG_FUNCTION_INFO_V1(svi_variance_of_parameters);
Datum
svi_variance_of_parameters(PG_FUNCTION_ARGS)
{
	svi_slice	slice = slice_arguments(fcinfo);

	return variance_result(&slice, PG_GETARG_FLOAT8(0));
}

/* Column of an svi_curve, a number; false if it is NULL */
static bool
curve_column(HeapTupleHeader curve, const char *name, double *value)
{
	bool		is_null;
	Datum		column = GetAttributeByName(curve, name, &is_null);

	*value = is_null ? 0 : DatumGetFloat8(column);
	return !is_null;
}

PG_FUNCTION_INFO_V1(svi_variance_of_curve);
Datum
svi_variance_of_curve(PG_FUNCTION_ARGS)
{
	HeapTupleHeader curve = PG_GETARG_HEAPTUPLEHEADER(1);
	svi_slice	s;

	if (!curve_column(curve, "a", &s.a) || !curve_column(curve, "b", &s.b) ||
		!curve_column(curve, "rho", &s.rho) || !curve_column(curve, "m", &s.m) ||
		!curve_column(curve, "sigma", &s.sigma))
		PG_RETURN_NULL();
	check_slice(&s);
	return variance_result(&s, PG_GETARG_FLOAT8(0));
}

PG_FUNCTION_INFO_V1(svi_g_of_parameters);
Datum
svi_g_of_parameters(PG_FUNCTION_ARGS)
{
	svi_slice	slice = slice_arguments(fcinfo);
	double		log_moneyness = PG_GETARG_FLOAT8(0);
	double		g = 0;

	check_finite("log_moneyness", log_moneyness);
	if (!report_status(svi_density_sign(&slice, log_moneyness, &g), "g"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(g);
}

/* ---------- the fit ---------- */

StaticAssertDecl(sizeof(smile_point) == 2 * sizeof(double), "rows must be doubles without padding");

static bool
point_is_valid(const double *row)
{
	return isfinite(row[0]) && isfinite(row[1]);
}

static const point_form smile_form = {
	.type = "smile_points",
	.num_columns = 2,
	.row_is_valid = point_is_valid,
	.layout = "[(log_moneyness,total_variance),(log_moneyness,total_variance)]",
};

POINTS_TYPE(smile_points, &smile_form)

/* (state, log_moneyness, total_variance) */
PG_FUNCTION_INFO_V1(smile_points_accum);
Datum
smile_points_accum(PG_FUNCTION_ARGS)
{
	expanded_points *p = points_state(fcinfo, &smile_form);
	double		row[2];

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		return points_unchanged(fcinfo, p);
	row[0] = PG_GETARG_FLOAT8(1) + 0.0;
	row[1] = PG_GETARG_FLOAT8(2) + 0.0;
	check_finite("log_moneyness", row[0]);
	check_not_negative("total_variance", row[1]);
	if (unlikely(p == NULL))
		p = points_begin(fcinfo, &smile_form, NULL);
	points_append(p, row);
	return points_datum(p);
}

PG_FUNCTION_INFO_V1(smile_points_fit);
Datum
smile_points_fit(PG_FUNCTION_ARGS)
{
	points_view view;
	svi_slice	s;
	double		rmse = 0;
	Datum		columns[7];

	points_open(&view, PG_GETARG_DATUM(0), &smile_form);
	if (!report_status(svi_fit((const smile_point *) view.rows, view.num_rows, check_interrupts, &s, &rmse),
					   "fit"))
		PG_RETURN_NULL();
	columns[0] = Float8GetDatum(s.a);
	columns[1] = Float8GetDatum(s.b);
	columns[2] = Float8GetDatum(s.rho);
	columns[3] = Float8GetDatum(s.m);
	columns[4] = Float8GetDatum(s.sigma);
	columns[5] = Float8GetDatum(rmse);
	columns[6] = Int64GetDatum((int64) view.num_rows);
	return row_result(fcinfo, columns);
}

/* ---------- SABR ---------- */

static sabr_terms
sabr_arguments(FunctionCallInfo fcinfo)
{
	sabr_terms	s = {PG_GETARG_FLOAT8(3), PG_GETARG_FLOAT8(4), PG_GETARG_FLOAT8(5), PG_GETARG_FLOAT8(6)};

	check_positive("alpha", s.alpha);
	if (!(s.beta >= 0 && s.beta <= 1))
		report_bad_float8("beta", s.beta, "from 0 to 1");
	check_correlation(s.rho);
	check_not_negative("nu", s.nu);
	return s;
}

PG_FUNCTION_INFO_V1(sabr_volatility_of_strike);
Datum
sabr_volatility_of_strike(PG_FUNCTION_ARGS)
{
	double		strike = PG_GETARG_FLOAT8(0);
	double		forward = PG_GETARG_FLOAT8(1);
	double		years = PG_GETARG_FLOAT8(2);
	sabr_terms	sabr = sabr_arguments(fcinfo);
	double		volatility = 0;

	check_positive("strike", strike);
	check_positive("forward", forward);
	check_not_negative("years", years);
	if (!report_status(sabr_volatility(strike, forward, years, &sabr, &volatility), "volatility"))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(volatility);
}
