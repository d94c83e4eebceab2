/*-------------------------------------------------------------------------
 *
 * yield/sample.h
 *	  Values without times, and figures of where they lie: the types that hold
 *	  them, for aggregates of later domains, too.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_YIELD_SAMPLE_H
#define PG_YIELD_YIELD_SAMPLE_H

#include "server/row_set.h"

/* sample_summary: rows are weighted_value (core/yield/benchmark.h), in order of value */
extern const row_kind sample_kind;

/* level_sample: rows are double, in order, and the term is a fraction at least 0 and below 1 */
extern const row_kind level_sample_kind;

extern double *sample_values(Datum sample, size_t *n);

#endif							/* PG_YIELD_YIELD_SAMPLE_H */
