/*-------------------------------------------------------------------------
 *
 * yield/cashflow.h
 *	  Types of cash flows whose rows other domains read.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_YIELD_CASHFLOW_H
#define PG_YIELD_YIELD_CASHFLOW_H

#include "server/row_set.h"

/* Its rows are valuations (core/yield/cashflow.h). */
extern const row_kind twr_summary_kind;

#endif							/* PG_YIELD_YIELD_CASHFLOW_H */
