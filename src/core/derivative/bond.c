/*-------------------------------------------------------------------------
 *
 * core/derivative/bond.c
 *	  Rates of interest, discount factors, and bonds at a yield.
 *
 * Sources: any textbook of fixed income, such as F. J. Fabozzi, "The Handbook of
 * Fixed Income Securities"; conventions of compounding as in QuantLib's
 * InterestRate and BondFunctions.
 *
 *-------------------------------------------------------------------------
 */
#include "core/derivative/bond.h"

#include <stdbool.h>

/*
 * What one, due in so many years, is worth today: (1 + rate/periods)^(-periods years).
 * rate > -periods, years >= 0.
 */
core_status
bond_discount_factor(double rate, double years, double periods, double *factor)
{
	*factor = years == 0 ? 1 : exp(-years * bond_growth(rate, periods));
	return bond_checked(*factor);
}

/* Its inverse, of a factor > 0; CORE_NULL for no time at all. */
core_status
bond_zero_rate(double factor, double years, double periods, double *rate)
{
	if (years == 0)
		return CORE_NULL;
	*rate = bond_rate(-log(factor) / years, periods);
	return bond_checked(*rate);
}

/*
 * The rate from years0 to years1, years0 <= years1, that two positive factors
 * agree on; CORE_NULL where the times are equal.
 */
core_status
bond_forward_rate(double factor0, double years0, double factor1, double years1, double periods,
				  double *rate)
{
	if (years0 == years1)
		return CORE_NULL;
	*rate = bond_rate(bond_log_ratio(factor0, factor1) / (years1 - years0), periods);
	return bond_checked(*rate);
}

/* The sum of all amounts, discounted. */
core_status
bond_price(const bond_flows *flows, double yield, double periods, double *price)
{
	double		growth = bond_growth(yield, periods);
	dd			sum = {0, 0};

	for (size_t i = 0; i < flows->n; i++)
	{
		core_pause_at(flows->pause, i);
		sum = dd_add_double(sum, flows->amounts[i] * exp(-growth * flows->times[i]));
	}
	*price = sum.hi;
	return bond_checked(*price);
}

/*
 * The yield at which the amounts are worth a price > 0; of several the nearest
 * to 0, CORE_NULL if there is none.  "room" has place for n + 1 flows.
 */
core_status
bond_yield(double price, const bond_flows *flows, double periods, cash_flow *room, double *yield)
{
	bool		now = flows->times[0] == 0;
	double		growth;
	core_status status;

	room[0].when = 0;
	room[0].amount = now ? flows->amounts[0] - price : -price;
	for (size_t i = now; i < flows->n; i++)
	{
		core_pause_at(flows->pause, i);
		room[i + !now].when = flows->times[i];
		room[i + !now].amount = flows->amounts[i];
	}
	status = cash_nearest_growth(room, flows->n + !now, flows->pause, &growth);
	if (status != CORE_OK)
		return status;
	*yield = bond_rate(growth, periods);
	return isfinite(*yield) ? CORE_OK : CORE_NULL;
}

/*
 * Price and how it moves with the yield: durations are -dP/dy / P (modified) and
 * that times 1 + yield/periods (Macaulay, the mean time of payment), convexity
 * is d2P/dy2 / P.  CORE_NULL where the price is 0.
 */
core_status
bond_risk(const bond_flows *flows, double yield, double periods, bond_measures *measures)
{
	double		growth = bond_growth(yield, periods);
	double		step = isinf(periods) ? 0 : 1 / periods;
	double		accrual = 1 + yield * step;
	dd			price = {0, 0};
	dd			first = {0, 0};
	dd			second = {0, 0};

	for (size_t i = 0; i < flows->n; i++)
	{
		double		t = flows->times[i];
		double		value = flows->amounts[i] * exp(-growth * t);

		core_pause_at(flows->pause, i);
		price = dd_add_double(price, value);
		first = dd_add_double(first, value * t);
		second = dd_add_double(second, value * t * (t + step));
	}
	if (price.hi == 0)
		return CORE_NULL;
	measures->price = price.hi;
	measures->macaulay_duration = first.hi / price.hi;
	measures->modified_duration = measures->macaulay_duration / accrual;
	measures->convexity = second.hi / price.hi / (accrual * accrual);
	measures->dv01 = first.hi / accrual * 1e-4;
	return bond_checked(measures->price * 0 + measures->modified_duration + measures->convexity +
						measures->dv01);
}
