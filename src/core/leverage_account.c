/*-------------------------------------------------------------------------
 *
 * leverage_account.c
 *	  Lending accounts: what is lent, what is owed, and how far that is from a
 *	  liquidation.
 *
 * The health factor is that of Aave v3 (GenericLogic.sol): collateral times
 * its own threshold, summed over the account, over all debt.  Thresholds are
 * not averaged first.
 *
 *-------------------------------------------------------------------------
 */
#include "leverage_account.h"

/*
 * Take all positions of "other" into "into".  Commutative; associative to the
 * last bits of a double-double, far below what any measure shows.
 */
core_status
account_summary_merge(account_summary *into, const account_summary *other)
{
	account_summary sum = *into;

	/* the positions without an ltv are no more than all */
	if (into->num_positions > INT64_MAX - other->num_positions)
		return CORE_OUT_OF_RANGE;
	sum.num_positions += other->num_positions;
	sum.num_without_ltv += other->num_without_ltv;
	sum.collateral = dd_add(into->collateral, other->collateral);
	sum.limit = dd_add(into->limit, other->limit);
	sum.borrow_limit = dd_add(into->borrow_limit, other->borrow_limit);
	sum.debt = dd_add(into->debt, other->debt);
	if (!dd_is_normal(sum.collateral) || !dd_is_normal(sum.limit) ||
		!dd_is_normal(sum.borrow_limit) || !dd_is_normal(sum.debt))
		return CORE_OUT_OF_RANGE;
	*into = sum;
	return CORE_OK;
}

/* Could adding positions have led to these sums? */
bool
account_summary_is_valid(const account_summary *s)
{
	if (s->num_positions < 1 || s->num_without_ltv < 0 || s->num_without_ltv > s->num_positions)
		return false;
	if (!dd_is_sum_of_positives(s->collateral) || !dd_is_sum_of_positives(s->limit) ||
		!dd_is_sum_of_positives(s->borrow_limit) || !dd_is_sum_of_positives(s->debt))
		return false;
	/* shares below one leave less than the whole */
	if (dd_cmp(s->limit, s->collateral) > 0 || dd_cmp(s->borrow_limit, s->collateral) > 0)
		return false;
	return s->num_without_ltv == 0 || s->collateral.hi > 0;
}

/* A total order over all fields, for sorting and grouping. */
int
account_summary_cmp(const account_summary *a, const account_summary *b)
{
	const dd	x[] = {a->collateral, a->debt, a->limit, a->borrow_limit};
	const dd	y[] = {b->collateral, b->debt, b->limit, b->borrow_limit};

	for (int i = 0; i < 4; i++)
	{
		int			order = dd_cmp(x[i], y[i]);

		if (order != 0)
			return order;
	}
	if (a->num_positions != b->num_positions)
		return a->num_positions < b->num_positions ? -1 : 1;
	return (a->num_without_ltv > b->num_without_ltv) - (a->num_without_ltv < b->num_without_ltv);
}

static core_status
finite_result(double value, double *result)
{
	*result = value;
	return isfinite(value) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/*
 * collateral * threshold / debt of a single position.  The quotient is below
 * one exactly when the product is below the debt.  CORE_NULL without debt,
 * CORE_OUT_OF_RANGE when the debt is too little for a double to hold the
 * quotient.
 */
core_status
leverage_health_factor(double collateral, double threshold, double debt, double *result)
{
	if (debt == 0)
		return CORE_NULL;
	return finite_result(collateral * threshold / debt, result);
}

/* The same of an account. */
core_status
account_health_factor(const account_summary *s, double *result)
{
	if (s->debt.hi == 0)
		return CORE_NULL;
	return finite_result(dd_quotient(s->limit, s->debt), result);
}

/* debt / collateral; CORE_NULL without collateral */
core_status
account_ltv(const account_summary *s, double *result)
{
	if (s->collateral.hi == 0)
		return CORE_NULL;
	return finite_result(dd_quotient(s->debt, s->collateral), result);
}

/* What the owner is left with, below zero when more is owed than there is. */
static dd
equity_of(const account_summary *s)
{
	return dd_add(s->collateral, dd_negated(s->debt));
}

/* collateral - debt */
core_status
account_equity(const account_summary *s, double *result)
{
	return finite_result(equity_of(s).hi, result);
}

/*
 * collateral / (collateral - debt), as often as the owner's own money is at
 * work.  CORE_NULL when no money is the owner's own.
 */
core_status
account_leverage(const account_summary *s, double *result)
{
	dd			equity = equity_of(s);

	if (equity.hi <= 0)
		return CORE_NULL;
	return finite_result(dd_quotient(s->collateral, equity), result);
}

/*
 * What may still be borrowed: the borrow limit less the debt, zero when that
 * is exceeded (Aave v3, GenericLogic.calculateAvailableBorrows).  CORE_NULL
 * when the limit of some collateral is not known.
 */
core_status
account_available_to_borrow(const account_summary *s, double *result)
{
	double		available = dd_add(s->borrow_limit, dd_negated(s->debt)).hi;

	if (s->num_without_ltv > 0)
		return CORE_NULL;
	*result = available > 0 ? available : 0;
	return CORE_OK;
}

/*
 * 1 - 1 / health factor: the share of its value that the collateral may lose
 * before the health factor is one; below zero when it is less already.
 * CORE_NULL without debt, and when no collateral secures it.
 */
core_status
account_liquidation_distance(const account_summary *s, double *result)
{
	if (s->debt.hi == 0 || s->limit.hi == 0)
		return CORE_NULL;
	return finite_result(dd_quotient(dd_add(s->limit, dd_negated(s->debt)), s->limit), result);
}
