/*-------------------------------------------------------------------------
 *
 * core/strategy/rebalance.h
 *	  When and how far to set weights back.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_STRATEGY_REBALANCE_H
#define PG_YIELD_CORE_STRATEGY_REBALANCE_H

#include <stdbool.h>

#include "core/base/status.h"

extern core_status rebalance_drift(const double *weights, const double *returns, int n, double *result);
extern core_status rebalance_turnover(const double *before, const double *after, int n, double *result);
extern core_status rebalance_trades_of(const double *amounts, const double *targets, int n, double band,
									   bool to_edge, double *trades);
extern void rebalance_no_trade_band(double target, double risk_aversion, double cost, double *lower, double *upper);
extern core_status migration_years(double amount, double apr_from, double apr_to, double cost, double *years);

#endif							/* PG_YIELD_CORE_STRATEGY_REBALANCE_H */
