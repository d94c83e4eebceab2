/*-------------------------------------------------------------------------
 *
 * rate/payout.c
 *	  The SQL face of queues of withdrawals.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "chain/rule.h"
#include "core/rate/payout.h"

RULE_FUNCTION(rule_etherfi_finalization_rate, etherfi_finalization_rate,
			  etherfi_finalization_rate(v[0], v[1], &out), NULL, NULL, "pooled", "total_shares")

RULE_FUNCTION(rule_etherfi_withdrawal_payout, etherfi_withdrawal_payout,
			  etherfi_withdrawal_payout(v[0], v[1], v[2], &out), NULL, NULL,
			  "requested", "shares", "rate")
