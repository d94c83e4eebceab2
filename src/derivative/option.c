/*-------------------------------------------------------------------------
 *
 * derivative/option.c
 *	  The SQL face of domain derivative: options.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "core/derivative/american.h"
#include "core/derivative/implied.h"
#include "core/derivative/lattice.h"
#include "core/derivative/option.h"
#include "core/derivative/option_income.h"
#include "derivative/arguments.h"
#include "server/compat.h"
#include "server/interrupts.h"
#include "server/report.h"
#include "server/row.h"

/* ---------- arguments ---------- */

static double
positive_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	double		value = PG_GETARG_FLOAT8(n);

	check_positive(argument, value);
	return value;
}

static double
amount_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	double		value = PG_GETARG_FLOAT8(n);

	check_not_negative(argument, value);
	return value;
}

static double
finite_argument(FunctionCallInfo fcinfo, int n, const char *argument)
{
	double		value = PG_GETARG_FLOAT8(n);

	check_finite(argument, value);
	return value;
}

static bool
call_argument(FunctionCallInfo fcinfo)
{
	static const char *const types[] = {"call", "put"};

	return choice_argument(fcinfo, 0, "option_type", types, lengthof(types), NULL) == 0;
}

/* Argument 0, and from n on: spot, strike, years; volatility if there is one; rate, yield */
static option_terms
option_arguments(FunctionCallInfo fcinfo, int n, bool has_volatility)
{
	option_terms option;

	option.call = call_argument(fcinfo);
	option.spot = positive_argument(fcinfo, n++, "spot");
	option.strike = positive_argument(fcinfo, n++, "strike");
	option.years = amount_argument(fcinfo, n++, "years");
	option.volatility = has_volatility ? amount_argument(fcinfo, n++, "volatility") : 0;
	option.rate = finite_argument(fcinfo, n++, "rate");
	option.yield = finite_argument(fcinfo, n++, "yield");
	return option;
}

/* The same of a forward: its yield is the rate, if it has one; else both are 0. */
static option_terms
forward_arguments(FunctionCallInfo fcinfo, int n, bool has_volatility, bool has_rate)
{
	option_terms option;

	option.call = call_argument(fcinfo);
	option.spot = positive_argument(fcinfo, n++, "forward");
	option.strike = positive_argument(fcinfo, n++, "strike");
	option.years = amount_argument(fcinfo, n++, "years");
	option.volatility = has_volatility ? amount_argument(fcinfo, n++, "volatility") : 0;
	option.rate = has_rate ? finite_argument(fcinfo, n++, "rate") : 0;
	option.yield = option.rate;
	return option;
}

/* ---------- results ---------- */

static inline Datum
number_result(FunctionCallInfo fcinfo, core_status status, double value, const char *what)
{
	if (likely(status == CORE_OK))
		PG_RETURN_FLOAT8(value);
	(void) report_status(status, what);
	PG_RETURN_NULL();
}

/* A row of n numbers; where the status is CORE_NULL those from "from" to before "to" are NULL. */
static Datum
row_of_numbers(FunctionCallInfo fcinfo, core_status status, const double *values, int n, int from,
			   int to, const char *what)
{
	Datum		columns[16];
	bool		nulls[16] = {false};

	Assert(n <= 16);
	if (report_status(status, what))
		return row_of_float8(fcinfo, values, n);
	for (int i = 0; i < n; i++)
	{
		nulls[i] = i >= from && i < to;
		columns[i] = nulls[i] ? (Datum) 0 : Float8GetDatum(values[i]);
	}
	return row_with_nulls(fcinfo, columns, nulls);
}

#define COLUMNS_OF(record)	((int) (sizeof(record) / sizeof(double)))

/* ---------- European options ---------- */

PG_FUNCTION_INFO_V1(option_bs_price);
Datum
option_bs_price(PG_FUNCTION_ARGS)
{
	option_terms option = option_arguments(fcinfo, 1, true);
	double		price = 0;
	core_status status = option_price(&option, &price);

	return number_result(fcinfo, status, price, "price of the option");
}

PG_FUNCTION_INFO_V1(option_bs_greeks);
Datum
option_bs_greeks(PG_FUNCTION_ARGS)
{
	option_terms option = option_arguments(fcinfo, 1, true);
	option_greeks greeks;
	core_status status = option_greeks_of(&option, &greeks);

	return row_of_numbers(fcinfo, status, &greeks.price, COLUMNS_OF(greeks), 1, COLUMNS_OF(greeks),
						  "row of greeks");
}

PG_FUNCTION_INFO_V1(option_bs_implied_volatility);
Datum
option_bs_implied_volatility(PG_FUNCTION_ARGS)
{
	double		price = amount_argument(fcinfo, 1, "price");
	option_terms option = option_arguments(fcinfo, 2, false);
	double		volatility = 0;
	core_status status = implied_volatility(&option, price, &volatility);

	return number_result(fcinfo, status, volatility, "implied volatility");
}

PG_FUNCTION_INFO_V1(option_black_price);
Datum
option_black_price(PG_FUNCTION_ARGS)
{
	option_terms option = forward_arguments(fcinfo, 1, true, true);
	double		price = 0;
	core_status status = option_price(&option, &price);

	return number_result(fcinfo, status, price, "price of the option");
}

PG_FUNCTION_INFO_V1(option_black_implied_volatility);
Datum
option_black_implied_volatility(PG_FUNCTION_ARGS)
{
	double		price = amount_argument(fcinfo, 1, "price");
	option_terms option = forward_arguments(fcinfo, 2, false, true);
	double		volatility = 0;
	core_status status = implied_volatility(&option, price, &volatility);

	return number_result(fcinfo, status, volatility, "implied volatility");
}

/* ---------- options settled in coin ---------- */

PG_FUNCTION_INFO_V1(option_inverse_price);
Datum
option_inverse_price(PG_FUNCTION_ARGS)
{
	option_terms option = forward_arguments(fcinfo, 1, true, false);
	double		price = 0;
	core_status status = inverse_price(&option, &price);

	return number_result(fcinfo, status, price, "price of the option");
}

PG_FUNCTION_INFO_V1(option_inverse_greeks);
Datum
option_inverse_greeks(PG_FUNCTION_ARGS)
{
	option_terms option = forward_arguments(fcinfo, 1, true, false);
	inverse_greeks greeks;
	core_status status = inverse_greeks_of(&option, &greeks);

	return row_of_numbers(fcinfo, status, &greeks.price, COLUMNS_OF(greeks), 2, COLUMNS_OF(greeks),
						  "row of greeks");
}

PG_FUNCTION_INFO_V1(option_inverse_implied_volatility);
Datum
option_inverse_implied_volatility(PG_FUNCTION_ARGS)
{
	double		price = amount_argument(fcinfo, 1, "price");
	option_terms option = forward_arguments(fcinfo, 2, false, false);
	double		volatility = 0;
	core_status status = inverse_implied_volatility(&option, price, &volatility);

	return number_result(fcinfo, status, volatility, "implied volatility");
}

PG_FUNCTION_INFO_V1(option_inverse_payoff);
Datum
option_inverse_payoff(PG_FUNCTION_ARGS)
{
	bool		call = call_argument(fcinfo);
	double		strike = positive_argument(fcinfo, 1, "strike");
	double		settlement = positive_argument(fcinfo, 2, "settlement");
	double		payoff = 0;
	core_status status = inverse_payoff(call, strike, settlement, &payoff);

	return number_result(fcinfo, status, payoff, "payoff");
}

/* ---------- early exercise ---------- */

PG_FUNCTION_INFO_V1(option_american_price);
Datum
option_american_price(PG_FUNCTION_ARGS)
{
	option_terms option = option_arguments(fcinfo, 1, true);
	double		price = 0;
	core_status status = american_price(&option, &price);

	if (status == CORE_BAD_PARAMETER)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("american_price does not know options with two exercise boundaries"),
				 errdetail("A put has them where the yield is below a rate that is not above 0; a call where "
						   "the rate is below a yield that is not above 0."),
				 errhint("binomial_price prices these, too.")));
	return number_result(fcinfo, status, price, "price of the option");
}

PG_FUNCTION_INFO_V1(option_binomial_price);
Datum
option_binomial_price(PG_FUNCTION_ARGS)
{
	static const char *const methods[] = {"leisen_reimer", "crr"};
	option_terms option = option_arguments(fcinfo, 1, true);
	int			steps = integer_argument(fcinfo, 7, "steps", 1, LATTICE_MAX_STEPS);
	bool		american = PG_GETARG_BOOL(8);
	lattice_method method = (lattice_method)
		choice_argument(fcinfo, 9, "method", methods, lengthof(methods), NULL);
	double	   *room = palloc(LATTICE_ROOM(steps) * sizeof(double));
	double		price = 0;
	core_status status = lattice_price(&option, steps, american, method, check_interrupts, room,
									   &price);

	pfree(room);
	return number_result(fcinfo, status, price, "price of the option");
}

/* ---------- digitals, touches, strikes ---------- */

PG_FUNCTION_INFO_V1(option_digital_price);
Datum
option_digital_price(PG_FUNCTION_ARGS)
{
	option_terms option = option_arguments(fcinfo, 1, true);
	double		price = 0;
	core_status status = digital_price(&option, &price);

	return number_result(fcinfo, status, price, "price of the digital");
}

PG_FUNCTION_INFO_V1(option_touch_price);
Datum
option_touch_price(PG_FUNCTION_ARGS)
{
	option_terms option = {
		true, positive_argument(fcinfo, 0, "spot"), positive_argument(fcinfo, 1, "barrier"),
		amount_argument(fcinfo, 2, "years"), amount_argument(fcinfo, 3, "volatility"),
		finite_argument(fcinfo, 4, "rate"), finite_argument(fcinfo, 5, "yield")
	};
	double		price = 0;
	core_status status = touch_price(&option, PG_GETARG_BOOL(6), &price);

	return number_result(fcinfo, status, price, "price of the touch");
}

PG_FUNCTION_INFO_V1(option_strike_at_delta);
Datum
option_strike_at_delta(PG_FUNCTION_ARGS)
{
	bool		call = call_argument(fcinfo);
	double		delta = finite_argument(fcinfo, 1, "delta");
	option_terms option = {
		call, positive_argument(fcinfo, 2, "spot"), 1, amount_argument(fcinfo, 3, "years"),
		amount_argument(fcinfo, 4, "volatility"), finite_argument(fcinfo, 5, "rate"),
		finite_argument(fcinfo, 6, "yield")
	};
	double		strike = 0;
	core_status status;

	if (!(call ? delta > 0 : delta < 0))
		report_bad_float8("delta", delta, call ? "above 0 for a call" : "below 0 for a put");
	status = strike_at_delta(&option, delta, &strike);
	if (status == CORE_NULL)
		report_bad_float8("delta", delta, "within what the yield leaves of 1 until expiry");
	return number_result(fcinfo, status, strike, "strike");
}

/* ---------- parity ---------- */

PG_FUNCTION_INFO_V1(option_implied_forward);
Datum
option_implied_forward(PG_FUNCTION_ARGS)
{
	double		call_price = amount_argument(fcinfo, 0, "call_price");
	double		put_price = amount_argument(fcinfo, 1, "put_price");
	double		strike = positive_argument(fcinfo, 2, "strike");
	double		years = amount_argument(fcinfo, 3, "years");
	double		rate = finite_argument(fcinfo, 4, "rate");
	double		forward = 0;
	core_status status = implied_forward(call_price, put_price, strike, years, rate, &forward);

	return number_result(fcinfo, status, forward, "forward price");
}

PG_FUNCTION_INFO_V1(option_parity_gap);
Datum
option_parity_gap(PG_FUNCTION_ARGS)
{
	double		call_price = amount_argument(fcinfo, 0, "call_price");
	double		put_price = amount_argument(fcinfo, 1, "put_price");
	option_terms option = {
		true, positive_argument(fcinfo, 2, "spot"), positive_argument(fcinfo, 3, "strike"),
		amount_argument(fcinfo, 4, "years"), 0, finite_argument(fcinfo, 5, "rate"),
		finite_argument(fcinfo, 6, "yield")
	};
	double		gap = 0;
	core_status status = parity_gap(&option, call_price, put_price, &gap);

	return number_result(fcinfo, status, gap, "gap");
}

/* ---------- income ---------- */

PG_FUNCTION_INFO_V1(option_covered_call);
Datum
option_covered_call(PG_FUNCTION_ARGS)
{
	double		spot = positive_argument(fcinfo, 0, "spot");
	double		strike = positive_argument(fcinfo, 1, "strike");
	double		premium = amount_argument(fcinfo, 2, "premium");
	double		years = amount_argument(fcinfo, 3, "years");
	double		apr = finite_argument(fcinfo, 4, "collateral_apr");
	covered_call_income income;
	core_status status = covered_call(spot, strike, premium, years, apr, &income);

	return row_of_numbers(fcinfo, status, &income.premium_apr, COLUMNS_OF(income), 0, 3,
						  "income of the covered call");
}

PG_FUNCTION_INFO_V1(option_cash_secured_put);
Datum
option_cash_secured_put(PG_FUNCTION_ARGS)
{
	double		spot = positive_argument(fcinfo, 0, "spot");
	double		strike = positive_argument(fcinfo, 1, "strike");
	double		premium = amount_argument(fcinfo, 2, "premium");
	double		years = amount_argument(fcinfo, 3, "years");
	double		apr = finite_argument(fcinfo, 4, "collateral_apr");
	secured_put_income income;
	core_status status = cash_secured_put(spot, strike, premium, years, apr, &income);

	return row_of_numbers(fcinfo, status, &income.premium_apr, COLUMNS_OF(income), 0, 2,
						  "income of the put");
}

PG_FUNCTION_INFO_V1(option_collar);
Datum
option_collar(PG_FUNCTION_ARGS)
{
	double		spot = positive_argument(fcinfo, 0, "spot");
	double		put_strike = positive_argument(fcinfo, 1, "put_strike");
	double		put_premium = amount_argument(fcinfo, 2, "put_premium");
	double		call_strike = positive_argument(fcinfo, 3, "call_strike");
	double		call_premium = amount_argument(fcinfo, 4, "call_premium");
	collar_bounds bounds;
	core_status status = collar(spot, put_strike, put_premium, call_strike, call_premium, &bounds);

	if (status == CORE_BAD_PARAMETER)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("put_strike must not be above call_strike"),
				 errdetail("They are %g and %g.", put_strike, call_strike)));
	return row_of_numbers(fcinfo, status, &bounds.net_cost, COLUMNS_OF(bounds), 0, 0,
						  "bounds of the collar");
}
