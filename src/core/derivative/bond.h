/*-------------------------------------------------------------------------
 *
 * core/derivative/bond.h
 *	  Rates of interest, discount factors, and bonds at a yield.
 *
 * A rate is a fraction a year that compounds "periods" times a year, infinity
 * for continuously; times are years from today, at least 0.  Inside, a rate is
 * its growth, the logarithm of what one becomes in a year, since that loses no
 * digits over a day.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_DERIVATIVE_BOND_H
#define PG_YIELD_CORE_DERIVATIVE_BOND_H

#include <math.h>
#include <stddef.h>

#include "core/base/dd.h"
#include "core/base/pause.h"
#include "core/base/status.h"
#include "core/yield/cashflow.h"

/* Amounts to be paid at ascending times, in years. */
typedef struct bond_flows
{
	const double *times;
	const double *amounts;
	size_t		n;
	core_pause	pause;
} bond_flows;

typedef struct bond_measures
{
	double		price;
	double		macaulay_duration;	/* years */
	double		modified_duration;
	double		convexity;
	double		dv01;			/* loss of price for a yield higher by 1e-4 */
} bond_measures;

/* ln(1 + rate / periods) * periods; rate > -periods */
static inline double
bond_growth(double rate, double periods)
{
	return isinf(periods) ? rate : periods * log1p(rate / periods);
}

/* Its inverse. */
static inline double
bond_rate(double growth, double periods)
{
	return isinf(periods) ? growth : periods * expm1(growth / periods);
}

/* ln(from / to) of two positive numbers, with all digits where they are near. */
static inline double
bond_log_ratio(double from, double to)
{
	if (from <= 2 * to && to <= 2 * from)
		return log1p((from - to) / to);
	return log(from) - log(to);
}

/* A finite result, or none. */
static inline core_status
bond_checked(double result)
{
	return isfinite(result) ? CORE_OK : CORE_OUT_OF_RANGE;
}

extern core_status bond_discount_factor(double rate, double years, double periods,
										double *factor);
extern core_status bond_zero_rate(double factor, double years, double periods, double *rate);
extern core_status bond_forward_rate(double factor0, double years0, double factor1,
									 double years1, double periods, double *rate);
extern core_status bond_price(const bond_flows *flows, double yield, double periods,
							  double *price);
extern core_status bond_yield(double price, const bond_flows *flows, double periods,
							  cash_flow *room, double *yield);
extern core_status bond_risk(const bond_flows *flows, double yield, double periods,
							 bond_measures *measures);

#endif							/* PG_YIELD_CORE_DERIVATIVE_BOND_H */
