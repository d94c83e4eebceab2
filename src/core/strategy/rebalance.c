/*-------------------------------------------------------------------------
 *
 * core/strategy/rebalance.c
 *	  When and how far to set weights back.
 *
 *-------------------------------------------------------------------------
 */
#include "core/strategy/rebalance.h"

#include <math.h>

/* Weights after returns: w (1 + r) over their sum; CORE_NULL where nothing is left. */
core_status
rebalance_drift(const double *weights, const double *returns, int n, double *result)
{
	double		sum = 0;

	for (int i = 0; i < n; i++)
		sum += result[i] = weights[i] * (1 + returns[i]);
	if (sum == 0)
		return CORE_NULL;
	for (int i = 0; i < n; i++)
	{
		result[i] /= sum;
		if (!isfinite(result[i]))
			return CORE_OUT_OF_RANGE;
	}
	return CORE_OK;
}

/* Half the sum of the changes: what is bought, which is what is sold. */
core_status
rebalance_turnover(const double *before, const double *after, int n, double *result)
{
	*result = 0;
	for (int i = 0; i < n; i++)
		*result += fabs(after[i] - before[i]) / 2;
	return isfinite(*result) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/*
 * What to buy and sell so that amounts have the weights of the targets, or if
 * to_edge is set so that none is off by more than the band; nothing while none
 * is.  CORE_NULL of amounts that are worth nothing.
 */
core_status
rebalance_trades_of(const double *amounts, const double *targets, int n, double band, bool to_edge, double *trades)
{
	double		total = 0;
	double		worst = 0;
	double		share;

	for (int i = 0; i < n; i++)
		total += amounts[i];
	if (!isfinite(total))
		return CORE_OUT_OF_RANGE;
	if (!(total > 0))
		return CORE_NULL;
	for (int i = 0; i < n; i++)
		worst = fmax(worst, fabs(amounts[i] / total - targets[i]));
	share = worst <= band ? 0 : to_edge ? 1 - band / worst : 1;
	for (int i = 0; i < n; i++)
		trades[i] = share * (targets[i] * total - amounts[i]);
	return CORE_OK;
}

/*
 * Within which weights of one risky asset a trade costs more than it gains, to
 * first order in the cost: w +- (3/(2 gamma) cost w^2 (1 - w)^2)^(1/3) (Janecek and
 * Shreve, Finance and Stochastics 8, 2004).
 */
void
rebalance_no_trade_band(double target, double risk_aversion, double cost, double *lower, double *upper)
{
	double		half = cbrt(3 * cost / (2 * risk_aversion) * target * target * (1 - target) * (1 - target));

	*lower = target - half;
	*upper = target + half;
}

/* Years after which a better rate has earned the cost of moving; CORE_NULL if it never does. */
core_status
migration_years(double amount, double apr_from, double apr_to, double cost, double *years)
{
	double		gain = amount * (apr_to - apr_from);

	if (cost == 0)
	{
		*years = 0;
		return gain > 0 ? CORE_OK : CORE_NULL;
	}
	if (!(gain > 0))
		return CORE_NULL;
	*years = cost / gain;
	return isfinite(*years) ? CORE_OK : CORE_OUT_OF_RANGE;
}
