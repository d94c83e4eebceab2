/*-------------------------------------------------------------------------
 *
 * core/derivative/option_income.c
 *	  What holders earn who write options on what they hold, and parity.
 *
 *-------------------------------------------------------------------------
 */
#include "core/derivative/option_income.h"

#include <math.h>

/* A return over some years, simple and compounded, beside what the collateral earns. */
static void
annualise(double part, double years, double collateral_apr, double *apr, double *apy)
{
	*apr = part / years + collateral_apr;
	*apy = expm1(log1p(part) / years) + collateral_apr;
}

static core_status
status_of(double rates, double years, double amounts)
{
	if (!isfinite(amounts) || (years > 0 && !isfinite(rates)))
		return CORE_OUT_OF_RANGE;
	return years > 0 ? CORE_OK : CORE_NULL;
}

/* CORE_NULL: there is no time, so the rates are not to be used. */
core_status
covered_call(double spot, double strike, double premium, double years, double collateral_apr,
			 covered_call_income *income)
{
	annualise(premium / spot, years, collateral_apr, &income->premium_apr, &income->premium_apy);
	income->called_apr = (strike - spot + premium) / spot / years + collateral_apr;
	income->break_even = spot - premium;
	income->downside_protection = premium / spot;
	return status_of(income->premium_apy + income->premium_apr + income->called_apr, years,
					 income->break_even + income->downside_protection);
}

core_status
cash_secured_put(double spot, double strike, double premium, double years, double collateral_apr,
				 secured_put_income *income)
{
	annualise(premium / strike, years, collateral_apr, &income->premium_apr, &income->premium_apy);
	income->break_even = strike - premium;
	income->discount = (spot - income->break_even) / spot;
	return status_of(income->premium_apr + income->premium_apy, years, income->discount);
}

/* CORE_BAD_PARAMETER: the strike of the put is above that of the call. */
core_status
collar(double spot, double put_strike, double put_premium, double call_strike, double call_premium,
	   collar_bounds *bounds)
{
	if (put_strike > call_strike)
		return CORE_BAD_PARAMETER;
	bounds->net_cost = put_premium - call_premium;
	bounds->max_loss = spot - put_strike + bounds->net_cost;
	bounds->max_gain = call_strike - spot - bounds->net_cost;
	bounds->break_even = spot + bounds->net_cost;
	return isfinite(bounds->max_loss) && isfinite(bounds->max_gain) && isfinite(bounds->break_even) ?
		CORE_OK : CORE_OUT_OF_RANGE;
}

/* Parity: the forward at which a call and a put of one strike are worth what they are. */
core_status
implied_forward(double call_price, double put_price, double strike, double years, double rate,
				double *forward)
{
	*forward = strike + exp(rate * years) * (call_price - put_price);
	return isfinite(*forward) ? CORE_OK : CORE_OUT_OF_RANGE;
}
