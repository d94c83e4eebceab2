/*-------------------------------------------------------------------------
 *
 * rate.h
 *	  The type rate_summary, for the domains that build on it.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_RATE_H
#define PG_YIELD_RATE_H

#include "core/rate.h"

#define PG_GETARG_RATE_SUMMARY(n)	((rate_summary *) PG_GETARG_POINTER(n))
#define PG_RETURN_RATE_SUMMARY(x)	PG_RETURN_POINTER(x)

#endif							/* PG_YIELD_RATE_H */
