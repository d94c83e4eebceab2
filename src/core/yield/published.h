/*-------------------------------------------------------------------------
 *
 * core/yield/published.h
 *	  Yields as protocols and data sites publish them.
 *
 * Results are fractions a year with their sign, or percent where the name
 * ends in _pct.  Nothing here is clipped unless the comment says that the
 * publisher's own figure is.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_YIELD_PUBLISHED_H
#define PG_YIELD_CORE_YIELD_PUBLISHED_H

#include <stdbool.h>

#include "core/base/status.h"
#include "core/chain/u256.h"

/* The totals of a Lido report, before and after it. */
typedef struct share_totals
{
	u256		ether;
	u256		shares;
} share_totals;

/* What happened to the validators of an ETH.STORE day. */
typedef struct validator_flows
{
	u256		tx_fees;		/* wei; all others in gwei */
	u256		start_balance;
	u256		end_balance;
	u256		deposits;
	u256		withdrawals;
	u256		effective_balance;
} validator_flows;

extern core_status yield_lido_apr(const share_totals *pre, const share_totals *post,
								  double seconds, double year_days, double *apr);
extern core_status yield_eth_store_apr(const validator_flows *flows, double seconds,
									   double year_days, double *apr);
extern core_status yield_on_stake(double rewards, double stake, double days,
								  double year_days, double *apr);
extern core_status yield_defillama_base_pct(double rate0, double rate1, double days,
											bool compounded, double *percent);
extern core_status yield_defillama_lp_pct(double fees, double tvl, int64_t days, double *percent);
extern core_status yield_defillama_net_pct(double base, double il, double *percent);

/* What a pool of unpegged coins has earned, both with 18 decimals from one on */
typedef struct crypto_profits
{
	u256		profit;			/* xcp_profit: before what was spent on rebalancing */
	u256		profit_a;		/* xcp_profit_a: the same at the last claim of the admin's fees */
} crypto_profits;

extern core_status yield_cryptoswap_growth(const crypto_profits *from, const crypto_profits *to,
										   double *rate0, double *rate1, double *change);

#endif							/* PG_YIELD_CORE_YIELD_PUBLISHED_H */
