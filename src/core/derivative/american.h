/*-------------------------------------------------------------------------
 *
 * core/derivative/american.h
 *	  Options that may be exercised at any time until expiry.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_DERIVATIVE_AMERICAN_H
#define PG_YIELD_CORE_DERIVATIVE_AMERICAN_H

#include "core/derivative/option.h"

extern double option_certain_value(const option_terms *option);
extern core_status american_price(const option_terms *option, double *price);

#endif							/* PG_YIELD_CORE_DERIVATIVE_AMERICAN_H */
