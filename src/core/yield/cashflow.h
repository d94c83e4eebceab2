/*-------------------------------------------------------------------------
 *
 * core/yield/cashflow.h
 *	  Returns of cash flows: internal rates, present values, linked returns,
 *	  and the fees of a vault.
 *
 * Amounts are signed from the side of the holder: negative is paid in,
 * positive is got back or still held.  Times are microseconds, rates are
 * fractions and keep their sign.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_YIELD_CASHFLOW_H
#define PG_YIELD_CORE_YIELD_CASHFLOW_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/pause.h"
#include "core/base/status.h"

/*
 * A flow at a time.  The functions below put "when" in the place of "time":
 * the same moment in years, or in periods, since the first flow.
 */
typedef struct cash_flow
{
	union
	{
		int64_t		time;
		double		when;
	};
	double		amount;
} cash_flow;

/* What a portfolio was worth just before a flow, and the flow: in is positive. */
typedef struct valuation
{
	int64_t		time;
	double		value;
	double		flow;
} valuation;

/* A vault's share after its fees; see vault_crystallize. */
typedef struct vault_account
{
	double		net_price;
	double		high_water_mark;
	double		management;		/* what the fees took from a share */
	double		performance;
	double		fee_shares;		/* minted for them, per share before */
} vault_account;

extern core_status cash_xirr(cash_flow *flows, size_t n, core_pause pause, double *rate);
extern core_status cash_irr(cash_flow *flows, size_t n, core_pause pause, double *rate);
extern core_status cash_nearest_growth(cash_flow *flows, size_t n, core_pause pause,
									   double *growth);
extern core_status cash_xnpv(cash_flow *flows, size_t n, double rate, core_pause pause,
							 double *value);
extern core_status cash_npv(const cash_flow *flows, size_t n, double rate, core_pause pause,
							double *value);
extern core_status cash_mirr(const cash_flow *flows, size_t n, double finance_rate,
							 double reinvest_rate, core_pause pause, double *rate);
extern core_status cash_modified_dietz(cash_flow *flows, size_t n, core_pause pause,
									   double *result);

/* Gets the logarithm of a unit's value at a time. */
typedef void (*unit_taker) (void *state, int64_t time, double growth);

extern core_status cash_unit_values(const valuation *rows, size_t n, core_pause pause, unit_taker take,
									void *state);
extern core_status cash_twr(const valuation *rows, size_t n, core_pause pause, double *result);
extern core_status cash_twr_apy(const valuation *rows, size_t n, core_pause pause,
								double *result);

extern core_status vault_crystallize(double gross_price, double high_water_mark,
									 int64_t time0, int64_t time1, double management_fee,
									 double performance_fee, double year_days,
									 vault_account *account);
extern core_status vault_history(const cash_flow *prices, size_t n, double management_fee,
								 double performance_fee, core_pause pause, vault_account *account);

#endif							/* PG_YIELD_CORE_YIELD_CASHFLOW_H */
