/*-------------------------------------------------------------------------
 *
 * core/leverage/account.h
 *	  Lending accounts: what is lent, what is owed, and how far that is from a
 *	  liquidation.
 *
 * Amounts are values in one currency, finite and not negative.  A liquidation
 * threshold is the share of a collateral's value that may be owed before the
 * account may be liquidated, an ltv the share up to which it may borrow; both
 * lie in [0, 1).
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_LEVERAGE_ACCOUNT_H
#define PG_YIELD_CORE_LEVERAGE_ACCOUNT_H

#include <float.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/base/binned_sum.h"
#include "core/base/status.h"

/*
 * A set of positions, each with collateral or debt or both.  Where some
 * position has collateral without an ltv, the borrow limit is not known.
 * Eight-byte fields only, so there is no padding.  There is no empty summary.
 */
typedef struct account_summary
{
	int64_t		num_positions;
	int64_t		num_without_ltv;	/* positions with collateral but no ltv */
	binned_sum	collateral;			/* sum of collateral */
	binned_sum	limit;				/* sum of collateral * liquidation_threshold */
	binned_sum	borrow_limit;		/* sum of collateral * ltv */
	binned_sum	debt;				/* sum of debt */
} account_summary;

static inline bool
leverage_amount_is_valid(double amount)
{
	return amount >= 0 && amount <= DBL_MAX;
}

static inline bool
leverage_threshold_is_valid(double threshold)
{
	return threshold >= 0 && threshold < 1;
}

static inline void
account_summary_init(account_summary *s)
{
	*s = (account_summary) {0, 0, BINNED_EMPTY, BINNED_EMPTY, BINNED_EMPTY, BINNED_EMPTY};
}

/*
 * Add a position, checked by the caller but for infinite amounts, which are
 * CORE_OUT_OF_RANGE; sums may leave the range of a double for a while.
 */
static inline core_status
account_summary_add(account_summary *s, double collateral, double threshold, double debt)
{
	if (!isfinite(collateral - debt) || s->num_positions >= BINNED_MAX_TERMS)
		return CORE_OUT_OF_RANGE;
	s->num_positions++;
	binned_add(&s->collateral, collateral);
	binned_add(&s->debt, debt);
	binned_add_product(&s->limit, collateral, threshold);
	return CORE_OK;
}

/* Say of the position just added up to which ltv its collateral may borrow. */
static inline void
account_summary_add_ltv(account_summary *s, double collateral, double ltv)
{
	binned_add_product(&s->borrow_limit, collateral, ltv);
}

/* Say of the position just added that its ltv is not known. */
static inline void
account_summary_add_no_ltv(account_summary *s, double collateral)
{
	s->num_without_ltv += collateral > 0;
}

extern core_status account_summary_merge(account_summary *into, const account_summary *other);
extern bool account_summary_is_valid(const account_summary *s);

extern core_status leverage_health_factor(double collateral, double threshold, double debt,
										  double *result);
extern core_status account_health_factor(const account_summary *s, double *result);
extern core_status account_ltv(const account_summary *s, double *result);
extern core_status account_leverage(const account_summary *s, double *result);
extern core_status account_available_to_borrow(const account_summary *s, double *result);
extern core_status account_liquidation_distance(const account_summary *s, double *result);
extern core_status account_total_collateral(const account_summary *s, double *result);
extern core_status account_total_debt(const account_summary *s, double *result);
extern core_status account_equity(const account_summary *s, double *result);

#endif							/* PG_YIELD_CORE_LEVERAGE_ACCOUNT_H */
