/*-------------------------------------------------------------------------
 *
 * core/derivative/pt.c
 *	  Principal and yield tokens.
 *
 * A PT is a zero-coupon bond.  Sources: Pendle's documentation, "Market APY
 * calculation", for the yields of both; risk as of any bond whose yield compounds
 * yearly.
 *
 *-------------------------------------------------------------------------
 */
#include "core/derivative/pt.h"

#include <math.h>

#include "core/base/interpolate.h"
#include "core/derivative/bond.h"

#define USECS_PER_DAY	86400000000.0

/* Years of year_days days from one time to another, negative if that is earlier. */
double
pt_year_fraction(int64_t time0, int64_t time1, double year_days)
{
	double		span = time1 >= time0 ? time_span(time0, time1) : -time_span(time1, time0);

	return span / USECS_PER_DAY / year_days;
}

/* (1 + apy)^-years, apy > -1 */
core_status
pt_price(double implied_apy, double years, double *price)
{
	return bond_discount_factor(implied_apy, years > 0 ? years : 0, 1, price);
}

/* price^(-1/years) - 1, price > 0: of one above 1 it is negative */
core_status
pt_implied_apy(double price, double years, double *apy)
{
	return bond_zero_rate(price, years > 0 ? years : 0, 1, apy);
}

/* A zero-coupon bond's yields and how its price moves with them. */
core_status
pt_risk(double price, double years, pt_measures *m)
{
	core_status status = pt_implied_apy(price, years, &m->implied_apy);
	double		accrual = 1 + m->implied_apy;

	if (status != CORE_OK)
		return status;
	m->ln_rate = -log(price) / years;
	m->macaulay_duration = years;
	m->modified_duration = years / accrual;
	m->convexity = years * (years + 1) / (accrual * accrual);
	m->dv01 = price * m->modified_duration * 1e-4;
	return bond_checked(m->ln_rate + m->modified_duration + m->convexity + m->dv01);
}

/*
 * The yearly return of a YT at a price >= 0, if its asset yields "underlying_apy"
 * > -1 from now on and rewards a simple reward_apr, of which the protocol keeps
 * a fee:
 *
 *		((1 - fee) ((1 + apy)^years - 1 + reward_apr years) / yt_price)^(1/years) - 1
 *
 * CORE_NULL for a price of 0, and where what comes in is negative.
 */
core_status
pt_long_apy(double underlying_apy, double yt_price, double years, double reward_apr, double fee,
			double *apy)
{
	double		income;

	if (years <= 0 || yt_price == 0)
		return CORE_NULL;
	income = (expm1(years * log1p(underlying_apy)) + reward_apr * years) * (1 - fee);
	if (income < 0)
		return CORE_NULL;
	*apy = expm1((log(income) - log(yt_price)) / years);
	return bond_checked(*apy);
}

/* The underlying yield at which a YT returns its price: (1 + yt_price / (1 - fee))^(1/years) - 1 */
core_status
pt_break_even_apy(double yt_price, double years, double fee, double *apy)
{
	if (years <= 0)
		return CORE_NULL;
	*apy = expm1(log1p(yt_price / (1 - fee)) / years);
	return bond_checked(*apy);
}

/* What a unit paid for YT earns the yield of: 1 / price; CORE_NULL for a price of 0 */
core_status
pt_leverage(double yt_price, double *leverage)
{
	if (yt_price == 0)
		return CORE_NULL;
	*leverage = 1 / yt_price;
	return bond_checked(*leverage);
}
