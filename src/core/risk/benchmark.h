/*-------------------------------------------------------------------------
 *
 * core/risk/benchmark.h
 *	  Returns beside those of a benchmark over the same periods.
 *
 * Units are those of core/risk/returns.h.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_RISK_BENCHMARK_H
#define PG_YIELD_CORE_RISK_BENCHMARK_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/binned_sum.h"
#include "core/base/status.h"

/* Periods in which the benchmark rose, and in which it fell. */
typedef enum benchmark_direction
{
	BENCHMARK_UP,
	BENCHMARK_DOWN,
	BENCHMARK_DIRECTIONS
} benchmark_direction;

typedef struct benchmark_range
{
	double		least;
	double		greatest;
} benchmark_range;

/* What became of both in the periods of one direction. */
typedef struct benchmark_growth
{
	int64_t		num_periods;
	double		worst;			/* least return; all are 0 without periods */
	double		worst_benchmark;
	binned_sum	log;			/* of 1 + return, where that is positive */
	binned_sum	log_benchmark;
} benchmark_growth;

/*
 * Sums of pairs of returns r and b, the same for any order of pairs.  There is
 * no empty summary.
 */
typedef struct benchmark_summary
{
	int64_t		num_returns;
	int64_t		num_better;		/* r > b */
	benchmark_range range;		/* of r */
	benchmark_range range_benchmark;
	benchmark_range lead;		/* of (r - b) / 2, which no double overflows */
	binned_sum	sum;
	binned_sum	sum_benchmark;
	binned_sum	square;
	binned_sum	square_benchmark;
	binned_sum	product;
	benchmark_growth growth[BENCHMARK_DIRECTIONS];
} benchmark_summary;

extern void benchmark_summary_init(benchmark_summary *s);
extern core_status benchmark_summary_add(benchmark_summary *s, double ret, double benchmark);
extern core_status benchmark_summary_merge(benchmark_summary *into,
										   const benchmark_summary *other);
extern bool benchmark_summary_is_valid(const benchmark_summary *s);

extern core_status benchmark_beta(const benchmark_summary *s, double *beta);
extern core_status benchmark_correlation(const benchmark_summary *s, double *correlation);
extern double benchmark_batting_average(const benchmark_summary *s);
extern core_status benchmark_alpha(const benchmark_summary *s, double risk_free, double periods,
								   double *alpha);
extern core_status benchmark_active_return(const benchmark_summary *s, double periods,
										   double *active);
extern core_status benchmark_tracking_error(const benchmark_summary *s, double periods,
											double *error);
extern core_status benchmark_information_ratio(const benchmark_summary *s, double periods,
											   double *ratio);
extern core_status benchmark_capture(const benchmark_summary *s, benchmark_direction direction,
									 double periods, double *capture);
extern core_status benchmark_capture_ratio(const benchmark_summary *s, double periods,
										   double *ratio);

#endif							/* PG_YIELD_CORE_RISK_BENCHMARK_H */
