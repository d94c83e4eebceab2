/*-------------------------------------------------------------------------
 *
 * core/yield/terms.h
 *	  The terms in which a yield is stated: before or after fees, inflation,
 *	  a benchmark.
 *
 * Yields are fractions a year and keep their sign.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_YIELD_TERMS_H
#define PG_YIELD_CORE_YIELD_TERMS_H

#include "core/base/status.h"

extern double yield_net_of_fee(double apr, double fee);
extern core_status yield_gross_of_fee(double apr, double fee, double *gross);
extern core_status yield_real(double apr, double issuance, double *real);
extern core_status yield_spread_bps(double rate, double benchmark, double *bps);

#endif							/* PG_YIELD_CORE_YIELD_TERMS_H */
