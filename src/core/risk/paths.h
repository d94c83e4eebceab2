/*-------------------------------------------------------------------------
 *
 * core/risk/paths.h
 *	  What a path of values says of risk and reward.
 *
 * These are folds as those of core/series/path.h; values are positive.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_RISK_PATHS_H
#define PG_YIELD_CORE_RISK_PATHS_H

#include "core/series/path.h"

/* Simple returns of steps of any width. */
typedef struct paths_steps
{
	path_point	last;
	int64_t		first_time;
	int64_t		num_steps;
	dd			sum;			/* of the returns */
	double		least;			/* of a return over the width of its step */
	double		greatest;
} paths_steps;

/* The line through the logarithm of the values over time, both from the first point on. */
typedef struct paths_line
{
	path_point	first;
	int64_t		num_points;
	double		width;			/* of the path, the unit of time */
	double		least;			/* of the values */
	double		greatest;
	dd			time;
	dd			log;
	dd			time_square;
	dd			log_square;
	dd			product;
} paths_line;

/* A fall below the greatest value so far. */
typedef struct paths_drawdown
{
	path_point	peak;			/* the last point at that value */
	path_point	trough;			/* the first of the least; none: no fall */
	path_point	recovery;		/* the first point not below the peak; none: not yet */
} paths_drawdown;

extern void paths_steps_init(paths_steps *s);
extern void paths_steps_fold(void *state, const int64_t *time, const double *value, size_t n);
extern core_status paths_drift(const paths_steps *s, double year_days, double *drift);
extern bool paths_steps_vary(const paths_steps *s);

extern void paths_line_init(paths_line *s, int64_t first_time, int64_t last_time);
extern void paths_line_fold(void *state, const int64_t *time, const double *value, size_t n);
extern core_status paths_stability(const paths_line *s, double *stability);

extern bool paths_drawdown_step(paths_drawdown *s, int64_t time, double value,
								paths_drawdown *ended);
extern size_t paths_num_worst(size_t n, double confidence);
extern core_status paths_mean(const double *value, size_t n, double *mean);

#endif							/* PG_YIELD_CORE_RISK_PATHS_H */
