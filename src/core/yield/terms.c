/*-------------------------------------------------------------------------
 *
 * core/yield/terms.c
 *	  The terms in which a yield is stated: before or after fees, inflation,
 *	  a benchmark.
 *
 *-------------------------------------------------------------------------
 */
#include "core/yield/terms.h"

#include <math.h>

/*
 * What is left of a yield after a fee on rewards, 0 <= fee <= 1.  Protocols
 * take their fee of rewards and bear no part of losses (Lido mints fee shares
 * only when the validators' balance grew, EigenLayer and vaults likewise), so
 * that a negative yield stays as it is.
 */
double
yield_net_of_fee(double apr, double fee)
{
	return apr > 0 ? apr * (1 - fee) : apr;
}

/*
 * The yield before a fee on rewards: the inverse of yield_net_of_fee, for
 * 0 <= fee < 1.  CORE_OUT_OF_RANGE beyond a double.
 */
core_status
yield_gross_of_fee(double apr, double fee, double *gross)
{
	*gross = apr > 0 ? apr / (1 - fee) : apr;
	return isfinite(*gross) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/*
 * The yield over the growth of supply, (1 + apr)/(1 + issuance) - 1, after
 * I. Fisher; written so that small rates lose no digits.  issuance > -1.
 * CORE_OUT_OF_RANGE beyond a double.
 */
core_status
yield_real(double apr, double issuance, double *real)
{
	*real = (apr - issuance) / (1 + issuance);
	return isfinite(*real) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* rate over benchmark, both fractions, in basis points. */
core_status
yield_spread_bps(double rate, double benchmark, double *bps)
{
	*bps = (rate - benchmark) * 1e4;
	return isfinite(*bps) ? CORE_OK : CORE_OUT_OF_RANGE;
}
