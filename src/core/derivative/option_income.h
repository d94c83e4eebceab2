/*-------------------------------------------------------------------------
 *
 * core/derivative/option_income.h
 *	  What holders earn who write options on what they hold, and parity.
 *
 * Prices are positive, premiums and years at least 0; an apr is a fraction a year.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_DERIVATIVE_OPTION_INCOME_H
#define PG_YIELD_CORE_DERIVATIVE_OPTION_INCOME_H

#include "core/base/status.h"

/* In the order of the columns in SQL; the first three are rates, which need years above 0. */
typedef struct covered_call_income
{
	double		premium_apr;
	double		premium_apy;
	double		called_apr;
	double		break_even;
	double		downside_protection;
} covered_call_income;

/* The first two are rates. */
typedef struct secured_put_income
{
	double		premium_apr;
	double		premium_apy;
	double		break_even;
	double		discount;
} secured_put_income;

typedef struct collar_bounds
{
	double		net_cost;
	double		max_loss;
	double		max_gain;
	double		break_even;
} collar_bounds;

extern core_status covered_call(double spot, double strike, double premium, double years,
								double collateral_apr, covered_call_income *income);
extern core_status cash_secured_put(double spot, double strike, double premium, double years,
									double collateral_apr, secured_put_income *income);
extern core_status collar(double spot, double put_strike, double put_premium, double call_strike,
						  double call_premium, collar_bounds *bounds);
extern core_status implied_forward(double call_price, double put_price, double strike, double years,
								   double rate, double *forward);

#endif							/* PG_YIELD_CORE_DERIVATIVE_OPTION_INCOME_H */
