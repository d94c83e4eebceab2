/*-------------------------------------------------------------------------
 *
 * core/liquidity/range.h
 *	  How long a price stays between two bounds.
 *
 * The price is a geometric Brownian motion, dP/P = mu dt + sigma dW: its
 * logarithm drifts by mu - sigma^2/2 a year.  Times are years, sigma and mu are
 * yearly, sigma is not negative.  A range is from pa, which is part of it, to
 * pb, which is not, as of ticks; bounds are positive with pa < pb.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_LIQUIDITY_RANGE_H
#define PG_YIELD_CORE_LIQUIDITY_RANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/status.h"
#include "core/series/path.h"

/* The logarithm of the price as seen from where it is now. */
typedef struct range_walk
{
	double		below;			/* ln(price / pa): negative where the price is below */
	double		above;			/* ln(pb / price): negative where it is above */
	double		sigma;
	double		drift;			/* mu - sigma^2/2 */
} range_walk;

/* Something to be averaged over the places that a walk visits. */
typedef double (*range_weight) (double log_price, const void *context);

extern core_status range_walk_init(range_walk *walk, double price, double pa, double pb,
								   double sigma, double mu);
extern bool range_is_inside(const range_walk *walk);

extern double range_exit_by(const range_walk *walk, double years);
extern double range_exit_by_images(const range_walk *walk, double years);
extern double range_exit_by_modes(const range_walk *walk, double years);
extern double range_inside_at(const range_walk *walk, double years);
extern core_status range_exit_up(const range_walk *walk, double *probability);
extern core_status range_exit_time(const range_walk *walk, double *years);
extern double range_time_inside(const range_walk *walk, double years);
extern double range_time_by_places(const range_walk *walk, double years);
extern double range_average_over_time(const range_walk *walk, double years,
									  range_weight weight, const void *context);
extern double range_average_until_exit(const range_walk *walk, range_weight weight,
									   const void *context);
extern double range_average_at(const range_walk *walk, double years, range_weight weight,
							   const void *context);
extern core_status range_drift_time(double price, double bound, double apy, double *years);

/* Time between two bounds over a path, a fold as those of core/series/path.h. */
typedef struct range_stay
{
	path_below	lower;
	path_below	upper;
} range_stay;

extern void range_stay_init(range_stay *s, double lower, double upper);
extern void range_stay_fold(void *state, const int64_t *time, const double *value, size_t n);
extern uint64_t range_stay_time(const range_stay *s);
extern core_status range_stay_share(const range_stay *s, double *share);

extern core_status range_mean_tick(int64_t cumulative0, int64_t cumulative1, int64_t seconds,
								   int32_t *tick, double *rest);

#endif							/* PG_YIELD_CORE_LIQUIDITY_RANGE_H */
