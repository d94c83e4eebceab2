/*-------------------------------------------------------------------------
 *
 * derivative/perp.c
 *	  The SQL face of domain derivative: perpetual and dated futures.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "chain/rule.h"
#include "core/derivative/dydx.h"
#include "core/derivative/gmx.h"
#include "core/derivative/perp.h"
#include "derivative/schedule.h"
#include "liquidity/pool.h"
#include "server/report.h"
#include "server/row.h"

/* Argument n, finite. */
static double
finite_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	check_finite(argument, PG_GETARG_FLOAT8(n));
	return PG_GETARG_FLOAT8(n);
}

/* A price that something is divided by. */
static double
price_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	check_positive(argument, PG_GETARG_FLOAT8(n));
	return PG_GETARG_FLOAT8(n);
}

/* Argument n, finite and at least 0. */
static double
amount_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	check_not_negative(argument, PG_GETARG_FLOAT8(n));
	return PG_GETARG_FLOAT8(n);
}

/* ---------- funding rates ---------- */

/* (impact_bid, impact_ask, index_price) */
PG_FUNCTION_INFO_V1(derivative_premium_index);
Datum
derivative_premium_index(PG_FUNCTION_ARGS)
{
	double		bid = amount_argument(fcinfo, 0, "impact_bid");
	double		ask = amount_argument(fcinfo, 1, "impact_ask");
	double		premium = 0;

	if (bid > ask)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("impact_bid must not be above impact_ask, but %g is above %g", bid, ask)));
	return float8_result(fcinfo, perp_premium_index(bid, ask,
													price_argument(fcinfo, 2, "index_price"),
													&premium),
						 &premium, "premium_index");
}

/* A limit: any number that is not negative; an infinite one is none. */
static double
limit_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	double		limit = PG_GETARG_FLOAT8(n);

	if (isnan(limit))
		report_bad_float8(argument, limit, "a number");
	if (limit < 0)
		report_bad_argument(argument, limit, "at least 0");
	return limit;
}

/* (premium, interest_rate, clamp, cap, hours) */
PG_FUNCTION_INFO_V1(derivative_funding_rate);
Datum
derivative_funding_rate(PG_FUNCTION_ARGS)
{
	double		premium = finite_argument(fcinfo, 0, "premium");
	double		rate = 0;
	funding_terms terms = {
		finite_argument(fcinfo, 1, "interest_rate"),
		limit_argument(fcinfo, 2, "clamp"),
		limit_argument(fcinfo, 3, "cap"),
		PG_GETARG_FLOAT8(4)
	};

	check_parameter("hours", terms.hours);
	return float8_result(fcinfo, perp_funding_rate(premium, &terms, &rate), &rate,
						 "funding_rate");
}

/* How many periods, argument 1, are in a year of argument 2 days */
static double
periods_a_year(FunctionCallInfo fcinfo)
{
	double		days = days_argument(fcinfo, 1, "period");

	check_parameter("year_days", PG_GETARG_FLOAT8(2));
	return PG_GETARG_FLOAT8(2) / days;
}

/* (rate, period, year_days) */
PG_FUNCTION_INFO_V1(derivative_funding_rate_apr);
Datum
derivative_funding_rate_apr(PG_FUNCTION_ARGS)
{
	double		rate = finite_argument(fcinfo, 0, "rate");
	double		apr = 0;

	return float8_result(fcinfo, perp_rate_apr(rate, periods_a_year(fcinfo), &apr), &apr,
						 "funding_rate_apr");
}

PG_FUNCTION_INFO_V1(derivative_funding_rate_apy);
Datum
derivative_funding_rate_apy(PG_FUNCTION_ARGS)
{
	double		rate = finite_argument(fcinfo, 0, "rate");
	double		apy = 0;

	return float8_result(fcinfo, perp_rate_apy(rate, periods_a_year(fcinfo), &apy), &apy,
						 "funding_rate_apy");
}

/* ---------- funding as contracts compute it ---------- */

/* (rate_ppm, seconds, price, exponent, atomic_resolution) */
PG_FUNCTION_INFO_V1(derivative_dydx_funding_index_delta);
Datum
derivative_dydx_funding_index_delta(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {"dydx_funding_index_delta", NULL, NULL, 0, {NULL}};
	dydx_funding funding = {
		signed_argument(fcinfo, 0, "rate_ppm"),
		uint_argument(fcinfo, 1, "seconds"),
		uint_argument(fcinfo, 2, "price"),
		PG_GETARG_INT32(3), PG_GETARG_INT32(4)
	};
	s256		delta = U256_ZERO;
	core_status status = dydx_index_delta(&funding, &delta);

	return signed_rule_result(fcinfo, &rule, status, delta);
}

/*
 * (long_open_interest, short_open_interest, saved_factor, seconds,
 * increase_factor, decrease_factor, threshold_stable, threshold_decrease,
 * min_factor, max_factor, funding_factor)
 */
PG_FUNCTION_INFO_V1(derivative_gmx_funding);
Datum
derivative_gmx_funding(PG_FUNCTION_ARGS)
{
	static const word_rule rule = {
		"gmx_funding", NULL, "there must be open interest for the factor to adapt to", 0, {NULL}
	};
	gmx_market	market = {
		.long_open_interest = uint_argument(fcinfo, 0, "long_open_interest"),
		.short_open_interest = uint_argument(fcinfo, 1, "short_open_interest"),
		.saved_factor = signed_argument(fcinfo, 2, "saved_factor"),
		.seconds = uint_argument(fcinfo, 3, "seconds"),
		.increase_factor = uint_argument(fcinfo, 4, "increase_factor"),
		.decrease_factor = uint_argument(fcinfo, 5, "decrease_factor"),
		.threshold_stable = uint_argument(fcinfo, 6, "threshold_stable"),
		.threshold_decrease = uint_argument(fcinfo, 7, "threshold_decrease"),
		.min_factor = uint_argument(fcinfo, 8, "min_factor"),
		.max_factor = uint_argument(fcinfo, 9, "max_factor"),
		.funding_factor = uint_argument(fcinfo, 10, "funding_factor")
	};
	gmx_funding funding;

	check_rule(fcinfo, &rule, gmx_next_funding(&market, &funding));
	return row_result(fcinfo, (Datum[]) {
		NumericGetDatum(u256_to_numeric(funding.factor_per_second)),
		BoolGetDatum(funding.longs_pay_shorts),
		NumericGetDatum(s256_to_numeric(funding.next_saved_factor))
	});
}

/* ---------- basis and carry ---------- */

/* (spot, years, rate, yield) */
PG_FUNCTION_INFO_V1(derivative_forward_price);
Datum
derivative_forward_price(PG_FUNCTION_ARGS)
{
	double		spot = amount_argument(fcinfo, 0, "spot");
	double		years = amount_argument(fcinfo, 1, "years");
	double		carry = finite_argument(fcinfo, 2, "rate") - finite_argument(fcinfo, 3, "yield");
	double		price = 0;

	return float8_result(fcinfo, perp_forward_price(spot, years, carry, &price), &price,
						 "forward_price");
}

/* perp_basis_apr or perp_basis_apy */
typedef core_status (*basis_function) (double spot, double future, double years, double *result);

/* (spot, future, years) */
static Datum
basis_of(FunctionCallInfo fcinfo, basis_function function, const char *what)
{
	double		spot = price_argument(fcinfo, 0, "spot");
	double		future = amount_argument(fcinfo, 1, "future");
	double		years = finite_argument(fcinfo, 2, "years");
	double		result = 0;

	return float8_result(fcinfo, function(spot, future, years, &result), &result, what);
}

PG_FUNCTION_INFO_V1(derivative_basis_apr);
Datum
derivative_basis_apr(PG_FUNCTION_ARGS)
{
	return basis_of(fcinfo, perp_basis_apr, "basis_apr");
}

PG_FUNCTION_INFO_V1(derivative_basis_apy);
Datum
derivative_basis_apy(PG_FUNCTION_ARGS)
{
	return basis_of(fcinfo, perp_basis_apy, "basis_apy");
}

/* (spot, future, years, rate) */
PG_FUNCTION_INFO_V1(derivative_implied_yield);
Datum
derivative_implied_yield(PG_FUNCTION_ARGS)
{
	double		spot = price_argument(fcinfo, 0, "spot");
	double		future = amount_argument(fcinfo, 1, "future");
	double		years = finite_argument(fcinfo, 2, "years");
	double		rate = finite_argument(fcinfo, 3, "rate");
	double		yield = 0;

	return float8_result(fcinfo, perp_implied_yield(spot, future, years, rate, &yield), &yield,
						 "implied_yield");
}

/* (spot, future, years, spot_apr, margin, fee) */
PG_FUNCTION_INFO_V1(derivative_cash_and_carry_apr);
Datum
derivative_cash_and_carry_apr(PG_FUNCTION_ARGS)
{
	double		spot = price_argument(fcinfo, 0, "spot");
	double		future = amount_argument(fcinfo, 1, "future");
	double		years = finite_argument(fcinfo, 2, "years");
	double		apr = 0;
	carry_terms terms = {
		.spot_apr = finite_argument(fcinfo, 3, "spot_apr"),
		.margin = amount_argument(fcinfo, 4, "margin"),
		.fee = finite_argument(fcinfo, 5, "fee")
	};

	return float8_result(fcinfo, perp_cash_and_carry(spot, future, years, &terms, &apr), &apr,
						 "cash_and_carry_apr");
}

/* (funding_apr, spot_apr, margin, margin_apr, fee_apr) */
PG_FUNCTION_INFO_V1(derivative_delta_neutral_apr);
Datum
derivative_delta_neutral_apr(PG_FUNCTION_ARGS)
{
	double		funding_apr = finite_argument(fcinfo, 0, "funding_apr");
	double		apr = 0;
	carry_terms terms = {
		.spot_apr = finite_argument(fcinfo, 1, "spot_apr"),
		.margin = amount_argument(fcinfo, 2, "margin"),
		.margin_apr = finite_argument(fcinfo, 3, "margin_apr"),
		.fee = finite_argument(fcinfo, 4, "fee_apr")
	};

	return float8_result(fcinfo, perp_delta_neutral(funding_apr, &terms, &apr), &apr,
						 "delta_neutral_apr");
}

/* ---------- liquidation ---------- */

/* A share of the notional, which a position could not hold if it were all of it. */
static double
margin_argument(FunctionCallInfo fcinfo, int n)
{
	check_below_one("maintenance_margin", PG_GETARG_FLOAT8(n));
	return PG_GETARG_FLOAT8(n);
}

/*
 * (entry_price, size, collateral, maintenance_margin, maintenance_amount,
 * coin_collateral)
 */
PG_FUNCTION_INFO_V1(derivative_perp_liquidation_price);
Datum
derivative_perp_liquidation_price(PG_FUNCTION_ARGS)
{
	double		price = 0;
	perp_position position = {
		.entry_price = price_argument(fcinfo, 0, "entry_price"),
		.size = finite_argument(fcinfo, 1, "size"),
		.collateral = finite_argument(fcinfo, 2, "collateral"),
		.maintenance_margin = margin_argument(fcinfo, 3),
		.maintenance_amount = amount_argument(fcinfo, 4, "maintenance_amount"),
		.coin_collateral = finite_argument(fcinfo, 5, "coin_collateral")
	};

	return float8_result(fcinfo, perp_liquidation(&position, &price), &price,
						 "perp_liquidation_price");
}

/* (entry_price, notional, collateral, maintenance_margin) */
PG_FUNCTION_INFO_V1(derivative_inverse_perp_liquidation_price);
Datum
derivative_inverse_perp_liquidation_price(PG_FUNCTION_ARGS)
{
	double		entry = price_argument(fcinfo, 0, "entry_price");
	double		notional = finite_argument(fcinfo, 1, "notional");
	double		collateral = finite_argument(fcinfo, 2, "collateral");
	double		price = 0;

	return float8_result(fcinfo, perp_inverse_liquidation(entry, notional, collateral,
														  margin_argument(fcinfo, 3), &price),
						 &price, "inverse_perp_liquidation_price");
}

/* (entry_price, exit_price, notional) */
PG_FUNCTION_INFO_V1(derivative_inverse_perp_pnl);
Datum
derivative_inverse_perp_pnl(PG_FUNCTION_ARGS)
{
	double		entry = price_argument(fcinfo, 0, "entry_price");
	double		exit = price_argument(fcinfo, 1, "exit_price");
	double		pnl = 0;

	return float8_result(fcinfo, perp_inverse_pnl(entry, exit,
												  finite_argument(fcinfo, 2, "notional"), &pnl),
						 &pnl, "inverse_perp_pnl");
}
