/*-------------------------------------------------------------------------
 *
 * core/derivative/pt.h
 *	  Principal and yield tokens: a claim of one unit of the asset at maturity,
 *	  and all that it yields until then.  Together they are one unit.
 *
 * Prices are in units of the asset, yields and fees fractions; "years" is the
 * time to maturity.  Of what has matured, years <= 0, a price is 1 and all else
 * CORE_NULL.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_DERIVATIVE_PT_H
#define PG_YIELD_CORE_DERIVATIVE_PT_H

#include <stdint.h>

#include "core/base/status.h"

typedef struct pt_measures
{
	double		implied_apy;
	double		ln_rate;		/* the same, continuous: Pendle's lnImpliedRate */
	double		macaulay_duration;
	double		modified_duration;
	double		convexity;
	double		dv01;			/* loss of price for a yield higher by 1e-4 */
} pt_measures;

extern double pt_year_fraction(int64_t time0, int64_t time1, double year_days);
extern core_status pt_price(double implied_apy, double years, double *price);
extern core_status pt_implied_apy(double price, double years, double *apy);
extern core_status pt_risk(double price, double years, pt_measures *measures);
extern core_status pt_long_apy(double underlying_apy, double yt_price, double years,
							   double reward_apr, double fee, double *apy);
extern core_status pt_break_even_apy(double yt_price, double years, double fee, double *apy);
extern core_status pt_leverage(double yt_price, double *leverage);

#endif							/* PG_YIELD_CORE_DERIVATIVE_PT_H */
