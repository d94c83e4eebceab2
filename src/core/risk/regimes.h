/*-------------------------------------------------------------------------
 *
 * core/risk/regimes.h
 *	  When a history changed, and which of its values do not belong to it.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_RISK_REGIMES_H
#define PG_YIELD_CORE_RISK_REGIMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/pause.h"
#include "core/base/status.h"

/* ---------- outliers ---------- */

/*
 * The values of a window as a set of ranks: "sorted" has all n values of the
 * history in ascending order, "rank" the place of each in it; "count" has room
 * for n + 1 numbers, all 0 at first.
 */
typedef struct ranked_window
{
	const double *value;
	const double *sorted;
	const int32_t *rank;
	int32_t    *count;
	size_t		n;
	size_t		from;			/* the window holds the points from..to - 1 */
	size_t		to;
} ranked_window;

/* A value against those in the window before it. */
typedef struct outlier_score
{
	bool		is_known;		/* are there three values at least? */
	double		median;
	double		mad;
	bool		has_score;
	double		score;
	bool		is_outlier;
} outlier_score;

extern void ranked_window_move(ranked_window *w, size_t from, size_t to);
extern outlier_score outlier_score_of(const ranked_window *w, double value, double threshold);

extern double median_deviation(const double *sorted, size_t n, double *room);

/* ---------- sums of deviations ---------- */

extern double cusum_next(double sum, double value, double target, double slack);

/* ---------- change points ---------- */

typedef enum change_cost
{
	CHANGE_MEAN,
	CHANGE_MEAN_VARIANCE
} change_cost;

/*
 * What the search works with: sums of values and squares up to each point, the
 * least cost of each beginning, and where its last segment starts; all have
 * room for n + 1, "candidate" and "expires" too.
 */
typedef struct change_search
{
	const double *value;
	size_t		n;
	change_cost cost;
	size_t		min_size;		/* at least 1 */
	double		penalty;
	double		variance;		/* of the noise */
	double	   *sum_hi;
	double	   *sum_lo;
	double	   *square_hi;
	double	   *square_lo;
	double	   *least;
	size_t	   *start;
	size_t	   *candidate;
	size_t	   *expires;
	core_pause	pause;
} change_search;

extern double noise_variance(const double *value, size_t n, double *room);
extern void change_points_find(change_search *search);
extern void segment_moments(const double *value, size_t n, double *mean, double *stddev);

/* ---------- trends ---------- */

extern core_status autocorrelation_of(const double *value, size_t n, size_t lag, double *result);

/* Slopes that are looked at together: of 2,000 points all */
#define TREND_SLOPES	((size_t) 1 << 21)
#define TREND_MAX_POINTS	20000

typedef struct trend_test
{
	double		tau;
	int64_t		s;
	double		z;
	double		p_value;
	double		slope;
} trend_test;

extern core_status trend_test_of(const double *at, const double *value, size_t n, double *slopes,
								 double *sorted, core_pause pause, trend_test *test);

#endif							/* PG_YIELD_CORE_RISK_REGIMES_H */
