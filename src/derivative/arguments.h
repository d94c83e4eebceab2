/*-------------------------------------------------------------------------
 *
 * derivative/arguments.h
 *	  Checks of arguments that the topics of domain derivative share.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_DERIVATIVE_ARGUMENTS_H
#define PG_YIELD_DERIVATIVE_ARGUMENTS_H

#include "server/report.h"

/* A price, a strike: what is divided by, or has a logarithm. */
static inline void
check_positive(const char *argument, double value)
{
	if (unlikely(!(value > 0 && value <= DBL_MAX)))
		report_bad_float8(argument, value, "positive and finite");
}

#endif							/* PG_YIELD_DERIVATIVE_ARGUMENTS_H */
