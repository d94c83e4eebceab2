/*-------------------------------------------------------------------------
 *
 * core/base/normal.h
 *	  The standard normal law: what every domain with chances in it needs.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_BASE_NORMAL_H
#define PG_YIELD_CORE_BASE_NORMAL_H

extern double normal_density(double x);
extern double normal_tail(double x);
extern double normal_scaled_tail(double x);
extern double normal_between(double low, double high);
extern double normal_quantile(double p);
extern double normal_both_below(double h, double k, double correlation);
extern double normal_between_and_below(double low, double high, double k, double correlation);

#endif							/* PG_YIELD_CORE_BASE_NORMAL_H */
