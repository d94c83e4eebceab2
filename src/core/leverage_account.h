/*-------------------------------------------------------------------------
 *
 * leverage_account.h
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

#include "dd.h"
#include "status.h"

/*
 * A set of positions, each with collateral or debt or both.  Where some
 * position has collateral without an ltv, the borrow limit is not known.
 * Eight-byte fields only, so there is no padding.  There is no empty summary.
 */
typedef struct account_summary
{
	int64_t		num_positions;
	int64_t		num_without_ltv;	/* positions with collateral but no ltv */
	dd			collateral;			/* sum of collateral */
	dd			limit;				/* sum of collateral * liquidation_threshold */
	dd			borrow_limit;		/* sum of collateral * ltv */
	dd			debt;				/* sum of debt */
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
	*s = (account_summary) {0, 0, {0, 0}, {0, 0}, {0, 0}, {0, 0}};
}

/*
 * Add a position, checked by the caller.  CORE_OUT_OF_RANGE, with "s"
 * unchanged, when a sum leaves the range of a double.  The limit cannot leave
 * it before the collateral does.
 */
static inline core_status
account_summary_add(account_summary *s, double collateral, double threshold, double debt)
{
	dd			total = dd_add_double(s->collateral, collateral);
	dd			owed = dd_add_double(s->debt, debt);
	dd			limit = dd_add(s->limit, dd_two_product(collateral, threshold));

	if (!dd_is_normal(total) || !dd_is_normal(owed) || !dd_is_normal(limit))
		return CORE_OUT_OF_RANGE;
	s->collateral = total;
	s->debt = owed;
	s->limit = limit;
	s->num_positions++;
	return CORE_OK;
}

/* Say of the position just added up to which ltv its collateral may borrow. */
static inline void
account_summary_add_ltv(account_summary *s, double collateral, double ltv)
{
	s->borrow_limit = dd_add(s->borrow_limit, dd_two_product(collateral, ltv));
}

/* Say of the position just added that its ltv is not known. */
static inline void
account_summary_add_no_ltv(account_summary *s, double collateral)
{
	s->num_without_ltv += collateral > 0;
}

extern core_status account_summary_merge(account_summary *into, const account_summary *other);
extern bool account_summary_is_valid(const account_summary *s);
extern int	account_summary_cmp(const account_summary *a, const account_summary *b);

extern core_status leverage_health_factor(double collateral, double threshold, double debt,
										  double *result);
extern core_status account_health_factor(const account_summary *s, double *result);
extern core_status account_ltv(const account_summary *s, double *result);
extern core_status account_leverage(const account_summary *s, double *result);
extern core_status account_available_to_borrow(const account_summary *s, double *result);
extern core_status account_liquidation_distance(const account_summary *s, double *result);
extern core_status account_equity(const account_summary *s, double *result);

#endif							/* PG_YIELD_CORE_LEVERAGE_ACCOUNT_H */
