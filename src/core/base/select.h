/*-------------------------------------------------------------------------
 *
 * core/base/select.h
 *	  The k-th least of some numbers, and their median.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_BASE_SELECT_H
#define PG_YIELD_CORE_BASE_SELECT_H

#include <stddef.h>

extern double select_kth(double *value, size_t n, size_t k);
extern double select_median(double *value, size_t n);

#endif							/* PG_YIELD_CORE_BASE_SELECT_H */
