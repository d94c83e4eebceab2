/*-------------------------------------------------------------------------
 *
 * core/series/path.h
 *	  Measures of a path: what depends on the order of the values of a series.
 *
 * Each measure is a fold.  Its state is set up by X_init, takes points, any
 * number at a time, by X_fold, and is read by a finishing function.  Points
 * come in ascending order of time, distinct in time, with finite values; how
 * they are cut into calls makes no difference to the result, but for the last
 * bits of path_spread, path_volatility and path_downside.
 *
 * A value is in force from its own time until the next point, "last
 * observation carried forward", unless a measure says otherwise.  Times are
 * microseconds as in core/base/point.h.  A year has year_days days, positive and finite.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_SERIES_PATH_H
#define PG_YIELD_CORE_SERIES_PATH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/dd.h"
#include "core/base/status.h"
#include "core/rate/window.h"

typedef void (*path_fold) (void *state, const int64_t *time, const double *value, size_t n);

/* The newest point that a fold has taken. */
typedef struct path_point
{
	bool		exists;
	int64_t		time;
	double		value;
} path_point;

/* A stretch of time, with start < end unless there was none. */
typedef struct path_spell
{
	int64_t		start;
	int64_t		end;
} path_spell;

/*
 * Gives a fold the part of a path that lies in a window of time, both ends
 * included, with a point at the very start and the very end where the path
 * has a value there.
 */
typedef struct path_window
{
	int64_t		start;
	int64_t		end;			/* not before start */
	rate_method method;
	path_point	seen;			/* newest point of the path */
	bool		feeding;		/* has the fold got a point? */
	bool		done;			/* has it got all of them? */
	int64_t		fed_time;		/* the newest it got */
} path_window;

/* time-weighted average and integral */
typedef struct path_mean
{
	path_point	last;
	int64_t		first_time;
	double		low;			/* of the values that have a weight */
	double		high;
	dd			area;			/* value * microseconds; RATE_LINEAR: twice that */
	rate_method method;
} path_mean;

/* time-weighted standard deviation */
typedef struct path_spread
{
	path_point	last;
	double		width;			/* microseconds so far */
	double		mean;
	double		moment;			/* integral of (value - mean)^2 */
	rate_method method;
} path_spread;

/* How the return of a step is reckoned. */
typedef enum path_return
{
	PATH_LOG_RETURN,			/* ln(to / from) */
	PATH_SIMPLE_RETURN			/* to / from - 1 */
} path_return;

/* volatility of returns */
typedef struct path_volatility
{
	path_point	last;
	int64_t		first_time;
	int64_t		num_steps;
	double		drift;			/* a microsecond, taken off each return */
	dd			sum;			/* of what is left of the returns */
	dd			squares;		/* of its square over the width of the step */
	path_return kind;
} path_volatility;

/* downside deviation */
typedef struct path_downside
{
	path_point	last;
	int64_t		num_steps;
	double		target;			/* return a microsecond */
	dd			sum;			/* of what falls short of it */
	dd			squares;		/* of its square over the width of the step */
} path_downside;

/* deepest fall below an earlier value */
typedef struct path_drawdown
{
	path_point	peak;			/* greatest value so far, the last time it stood there */
	double		trigger;		/* no value above it makes a new deepest fall */
	double		depth;			/* of the deepest fall, a fraction; 0: none yet */
	double		share;			/* of the peak, that it left */
	path_point	from;			/* the peak before it */
	path_point	trough;			/* its bottom */
	path_point	recovery;		/* the first point after it not below the peak */
} path_drawdown;

/* ulcer index */
typedef struct path_ulcer
{
	path_point	last;
	int64_t		first_time;
	double		peak;
	dd			squares;		/* of the drawdown, times microseconds */
} path_ulcer;

/* spells in which the value stays as it is */
typedef struct path_flat
{
	path_point	last;
	int64_t		since;			/* when the value became what it is */
	path_spell	longest;		/* of those that have ended, the first such */
} path_flat;

/* time below a threshold */
typedef struct path_below
{
	path_point	last;
	double		threshold;
	int64_t		first_time;
	int64_t		since;			/* when the present spell began, if there is one */
	uint64_t	total;			/* microseconds */
	path_spell	longest;
} path_below;

/*
 * The value in force at moments that do not go back, read from a path of its
 * own.
 */
typedef bool (*path_source) (void *source, const int64_t **time, const double **value,
							 size_t *n);

typedef struct path_lag
{
	path_source next;
	void	   *source;
	const int64_t *time;
	const double *value;
	size_t		n;
	size_t		i;				/* the first point that was not passed */
	bool		has_value;
	double		current;
} path_lag;

/* yield_apr or yield_apy */
typedef core_status (*path_yield) (double rate0, double rate1, int64_t time0, int64_t time1,
								   double year_days, double *result);

extern size_t path_first_from(const int64_t *time, size_t n, int64_t moment);

extern void path_window_init(path_window *w, int64_t start, int64_t end, rate_method method);
extern bool path_window_fold(path_window *w, path_fold fold, void *state,
							 const int64_t *time, const double *value, size_t n);
extern void path_window_finish(path_window *w, path_fold fold, void *state);

extern void path_mean_init(path_mean *s, rate_method method);
extern void path_mean_fold(void *state, const int64_t *time, const double *value, size_t n);
extern core_status path_mean_average(const path_mean *s, double *average);
extern core_status path_mean_integral(const path_mean *s, double unit, double *integral);

extern void path_spread_init(path_spread *s, rate_method method);
extern void path_spread_fold(void *state, const int64_t *time, const double *value, size_t n);
extern core_status path_spread_stddev(const path_spread *s, double *stddev);

extern void path_volatility_init(path_volatility *s, path_return kind,
								 int64_t first_time, double first_value,
								 int64_t last_time, double last_value);
extern void path_volatility_fold(void *state, const int64_t *time, const double *value, size_t n);
extern core_status path_volatility_annual(const path_volatility *s, double year_days,
										  double *volatility);

extern void path_downside_init(path_downside *s, double target, double year_days);
extern void path_downside_fold(void *state, const int64_t *time, const double *value, size_t n);
extern core_status path_downside_annual(const path_downside *s, double year_days,
										double *deviation);

extern void path_drawdown_init(path_drawdown *s);
extern void path_drawdown_fold(void *state, const int64_t *time, const double *value, size_t n);
extern double path_fall(double peak, double value);

extern void path_ulcer_init(path_ulcer *s);
extern void path_ulcer_fold(void *state, const int64_t *time, const double *value, size_t n);
extern core_status path_ulcer_index(const path_ulcer *s, double *index);

extern void path_flat_init(path_flat *s);
extern void path_flat_fold(void *state, const int64_t *time, const double *value, size_t n);
extern path_spell path_flat_longest(const path_flat *s);

extern void path_below_init(path_below *s, double threshold);
extern void path_below_fold(void *state, const int64_t *time, const double *value, size_t n);
extern bool path_below_is_below(const path_below *s);
extern uint64_t path_below_time(const path_below *s);
extern path_spell path_below_longest(const path_below *s);
extern core_status path_below_share(const path_below *s, double *share);

extern void path_lag_init(path_lag *lag, path_source next, void *source);
extern void path_rolling_yield(path_lag *lag, int64_t width, double year_days, path_yield yield,
							   const int64_t *time, const double *value, size_t n,
							   double *result, bool *is_null);

#endif							/* PG_YIELD_CORE_SERIES_PATH_H */
