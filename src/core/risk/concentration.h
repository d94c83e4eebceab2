/*-------------------------------------------------------------------------
 *
 * core/risk/concentration.h
 *	  How evenly a whole is shared.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_RISK_CONCENTRATION_H
#define PG_YIELD_CORE_RISK_CONCENTRATION_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/status.h"

extern core_status gini_of(const double *sorted, size_t n, double *gini);
extern core_status fewest_above(const double *sorted, size_t n, double share, int64_t *fewest);
extern core_status overlap_of(const double *a, const double *b, size_t n, double *overlap);

#endif							/* PG_YIELD_CORE_RISK_CONCENTRATION_H */
