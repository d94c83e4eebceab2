/*-------------------------------------------------------------------------
 *
 * core/leverage/account.c
 *	  Lending accounts: what is lent, what is owed, and how far that is from a
 *	  liquidation.
 *
 * The health factor is that of Aave v3 (GenericLogic.sol): collateral times
 * its own threshold, summed over the account, over all debt.  Thresholds are
 * not averaged first.
 *
 *-------------------------------------------------------------------------
 */
#include "core/leverage/account.h"

/* Take all positions of "other" into "into".  Commutative and associative. */
core_status
account_summary_merge(account_summary *into, const account_summary *other)
{
	/* the positions without an ltv are no more than all */
	if (into->num_positions > BINNED_MAX_TERMS - other->num_positions)
		return CORE_OUT_OF_RANGE;
	into->num_positions += other->num_positions;
	into->num_without_ltv += other->num_without_ltv;
	binned_merge(&into->collateral, &other->collateral);
	binned_merge(&into->limit, &other->limit);
	binned_merge(&into->borrow_limit, &other->borrow_limit);
	binned_merge(&into->debt, &other->debt);
	return CORE_OK;
}

/* Could adding positions have led to these sums? */
bool
account_summary_is_valid(const account_summary *s)
{
	const binned_sum *sums[] = {&s->collateral, &s->limit, &s->borrow_limit, &s->debt};

	if (s->num_positions < 1 || s->num_positions > BINNED_MAX_TERMS ||
		s->num_without_ltv < 0 || s->num_without_ltv > s->num_positions)
		return false;
	for (int i = 0; i < 4; i++)
		if (!binned_is_sum_of_positives(sums[i], s->num_positions))
			return false;
	/* shares below one leave less than the whole */
	if (binned_cmp(&s->limit, &s->collateral) > 0 ||
		binned_cmp(&s->borrow_limit, &s->collateral) > 0)
		return false;
	return s->num_without_ltv == 0 || s->collateral.top != BINNED_NONE;
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
	if (s->debt.top == BINNED_NONE)
		return CORE_NULL;
	return finite_result(binned_quotient(&s->limit, &s->debt), result);
}

/* debt / collateral; CORE_NULL without collateral */
core_status
account_ltv(const account_summary *s, double *result)
{
	if (s->collateral.top == BINNED_NONE)
		return CORE_NULL;
	return finite_result(binned_quotient(&s->debt, &s->collateral), result);
}

/* The sum of collateral. */
core_status
account_total_collateral(const account_summary *s, double *result)
{
	return finite_result(binned_value(&s->collateral).hi, result);
}

/* The sum of debt. */
core_status
account_total_debt(const account_summary *s, double *result)
{
	return finite_result(binned_value(&s->debt).hi, result);
}

/* What the owner is left with, below zero when more is owed than there is. */
static dd
equity_of(const account_summary *s)
{
	return dd_add(binned_value(&s->collateral), dd_negated(binned_value(&s->debt)));
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
	return finite_result(dd_quotient(binned_value(&s->collateral), equity), result);
}

/*
 * What may still be borrowed: the borrow limit less the debt, zero when that
 * is exceeded (Aave v3, GenericLogic.calculateAvailableBorrows).  CORE_NULL
 * when the limit of some collateral is not known.
 */
core_status
account_available_to_borrow(const account_summary *s, double *result)
{
	double		available = dd_add(binned_value(&s->borrow_limit),
								   dd_negated(binned_value(&s->debt))).hi;

	if (s->num_without_ltv > 0)
		return CORE_NULL;
	return finite_result(available <= 0 ? 0 : available, result);
}

/*
 * 1 - 1 / health factor: the share of its value that the collateral may lose
 * before the health factor is one; below zero when it is less already.
 * CORE_NULL without debt, and when no collateral secures it.
 */
core_status
account_liquidation_distance(const account_summary *s, double *result)
{
	dd			limit = binned_value(&s->limit);

	if (s->debt.top == BINNED_NONE || s->limit.top == BINNED_NONE)
		return CORE_NULL;
	return finite_result(dd_quotient(dd_add(limit, dd_negated(binned_value(&s->debt))), limit),
						 result);
}
