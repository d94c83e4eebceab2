/*-------------------------------------------------------------------------
 *
 * core/yield/benchmark.h
 *	  One figure out of many: exponential average over time, trimmed mean and
 *	  weighted median over sources.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_YIELD_BENCHMARK_H
#define PG_YIELD_CORE_YIELD_BENCHMARK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/binned_sum.h"
#include "core/base/status.h"

/*
 * Values at times, each with a weight that halves with every half-life of its
 * age: the sums of weight and of value*weight, where a weight is 2 to the power
 * of the half-lives since the zero of time.  Whole half-lives are powers of two,
 * and the bins of a sum go as far up as time does, so that nothing is scaled
 * while rows come in.  There is no empty summary.
 */
typedef struct ema_summary
{
	int64_t		half_life;		/* microseconds, > 0 */
	int64_t		num_values;
	binned_sum	weight;
	binned_sum	weighted;
} ema_summary;

/* A value and its weight, as weighted_median sorts them. */
typedef struct weighted_value
{
	double		value;
	double		weight;
} weighted_value;

extern void ema_summary_init(ema_summary *s, int64_t half_life);
extern core_status ema_summary_add(ema_summary *s, int64_t time, double value);
extern core_status ema_summary_merge(ema_summary *into, const ema_summary *other);
extern bool ema_summary_is_valid(const ema_summary *s);
extern core_status ema_summary_mean(const ema_summary *s, double *mean);

extern double ema_next(double previous, double value, double alpha);

extern core_status trimmed_mean(const double *sorted, size_t n, double fraction, double *mean);
extern double sample_median(const weighted_value *sorted, size_t n);
extern core_status weighted_median(const weighted_value *sorted, size_t n, double *median);

#endif							/* PG_YIELD_CORE_YIELD_BENCHMARK_H */
