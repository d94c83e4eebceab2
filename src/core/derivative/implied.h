/*-------------------------------------------------------------------------
 *
 * core/derivative/implied.h
 *	  The volatility that a price of an option implies.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_DERIVATIVE_IMPLIED_H
#define PG_YIELD_CORE_DERIVATIVE_IMPLIED_H

#include "core/derivative/option.h"

extern core_status implied_volatility(const option_terms *option, double price, double *volatility);
extern core_status inverse_implied_volatility(const option_terms *option, double price,
											  double *volatility);

#endif							/* PG_YIELD_CORE_DERIVATIVE_IMPLIED_H */
