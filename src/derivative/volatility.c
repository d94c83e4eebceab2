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
#include "derivative/schedule.h"
#include "server/compat.h"
#include "server/interrupts.h"
#include "server/report.h"
#include "server/row.h"
#include "server/row_set.h"

/* ---------- quotes of one expiry ---------- */

StaticAssertDecl(sizeof(strike_quote) == 3 * sizeof(row_value) && sizeof(expiry_terms) == 3 * sizeof(row_value),
				 "rows and terms must have no padding, they are stored word by word");

static bool
has_price(const void *row)
{
	const strike_quote *quote = row;

	return !isnan(quote->call_price) || !isnan(quote->put_price);
}

static double
greater_or_present(double a, double b)
{
	return isnan(a) || b > a ? b : a;
}

/* Of two prices of one option the greater counts; so quotes merge in any order. */
static bool
merge_quotes(void *into, const void *row)
{
	strike_quote *quote = into;
	const strike_quote *other = row;

	if (quote->strike != other->strike)
		return false;
	quote->call_price = greater_or_present(quote->call_price, other->call_price);
	quote->put_price = greater_or_present(quote->put_price, other->put_price);
	return true;
}

static const row_kind quotes_kind = {
	.type = "strike_quotes",
	.layout = "(forward,years,rate,[(strike,call_price,put_price),(strike,call_price,)]), a price empty "
	"where there is none",
	.num_terms = 3, .terms = {WORD_POSITIVE, WORD_NOT_NEGATIVE, WORD_FINITE},
	.term_names = {"forward", "years", "rate"},
	.num_words = 3, .words = {WORD_POSITIVE, WORD_PRICE, WORD_PRICE},
	.row_is_valid = has_price,
	.merge = merge_quotes
};

ROW_SET_TYPE(strike_quotes, &quotes_kind)

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
	strike_quote quote;
	row_value	terms[3];
	row_set    *set;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(4) || PG_ARGISNULL(5) || PG_ARGISNULL(6) ||
		(PG_ARGISNULL(2) && PG_ARGISNULL(3)))
		return row_set_unchanged(fcinfo, &quotes_kind);
	quote.strike = PG_GETARG_FLOAT8(1);
	check_positive("strike", quote.strike);
	quote.call_price = price_argument(fcinfo, 2, "call_price");
	quote.put_price = price_argument(fcinfo, 3, "put_price");
	terms[0].number = PG_GETARG_FLOAT8(4);
	check_positive("forward", terms[0].number);
	terms[1].number = PG_GETARG_FLOAT8(5) + 0.0;
	check_not_negative("years", terms[1].number);
	terms[2].number = PG_GETARG_FLOAT8(6) + 0.0;
	check_finite("rate", terms[2].number);
	set = row_set_of_terms(fcinfo, &quotes_kind, terms);
	row_set_append(set, &quote, sizeof(quote));
	return row_set_result(fcinfo, set);
}

PG_FUNCTION_INFO_V1(strike_quotes_variance);
Datum
strike_quotes_variance(PG_FUNCTION_ARGS)
{
	row_view	view;
	double		variance = 0;
	core_status status;

	row_set_open(&quotes_kind, PG_GETARG_DATUM(0), &view);
	status = variance_strike(view.rows, view.num_rows, (const expiry_terms *) view.terms, &variance);
	row_set_close(&view);
	return float8_result(fcinfo, status, &variance, "variance");
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

StaticAssertDecl(sizeof(smile_point) == 2 * sizeof(row_value),
				 "rows must have no padding, they are stored word by word");

static const row_kind smile_kind = {
	.type = "smile_points",
	.layout = "[(log_moneyness,total_variance),(log_moneyness,total_variance)]",
	.num_words = 2, .words = {WORD_FINITE, WORD_NOT_NEGATIVE}
};

ROW_SET_TYPE(smile_points, &smile_kind)

/* (state, log_moneyness, total_variance) */
PG_FUNCTION_INFO_V1(smile_points_accum);
Datum
smile_points_accum(PG_FUNCTION_ARGS)
{
	smile_point point;
	row_set    *set;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		return row_set_unchanged(fcinfo, &smile_kind);
	point.log_moneyness = PG_GETARG_FLOAT8(1) + 0.0;
	point.total_variance = PG_GETARG_FLOAT8(2) + 0.0;
	check_finite("log_moneyness", point.log_moneyness);
	check_not_negative("total_variance", point.total_variance);
	set = row_set_of_terms(fcinfo, &smile_kind, NULL);
	row_set_append(set, &point, sizeof(point));
	return row_set_result(fcinfo, set);
}

PG_FUNCTION_INFO_V1(smile_points_fit);
Datum
smile_points_fit(PG_FUNCTION_ARGS)
{
	row_view	view;
	svi_slice	s;
	double		rmse = 0;
	core_status status;
	Datum		columns[7];

	row_set_open(&smile_kind, PG_GETARG_DATUM(0), &view);
	status = svi_fit(view.rows, view.num_rows, check_interrupts, &s, &rmse);
	row_set_close(&view);
	if (!report_status(status, "fit"))
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
