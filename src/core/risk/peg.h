/*-------------------------------------------------------------------------
 *
 * core/risk/peg.h
 *	  Below the fair rate: what it earns, how long it lasts, where it goes.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_RISK_PEG_H
#define PG_YIELD_CORE_RISK_PEG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/pause.h"
#include "core/base/status.h"

extern double redemption_gain(double market, double fair, double fee);

/* A time below a threshold, up to the first value that has recovered. */
typedef struct peg_spell
{
	int64_t		start;
	int64_t		end;			/* that of the last value so far while it goes on */
	double		lowest;
	int64_t		lowest_time;
} peg_spell;

/* Values come in ascending order of time. */
typedef struct peg_watch
{
	double		threshold;
	double		recover;		/* not below the threshold */
	bool		is_below;
	peg_spell	spell;			/* while it is */
} peg_watch;

extern bool peg_watch_step(peg_watch *watch, int64_t time, double value);

/* dx = theta (mu - x) dt + sigma dW, in years */
typedef struct ou_model
{
	double		theta;
	double		mu;
	double		sigma;
	double		log_likelihood;
} ou_model;

/* A path at times in microseconds, ascending; a year has so many of them. */
typedef struct ou_path
{
	const int64_t *time;
	const double *value;
	size_t		n;
	double		year;
	core_pause	pause;
} ou_path;

extern core_status ou_estimate(const ou_path *path, ou_model *model);
extern void ou_moments(const ou_model *model, double x, double years, double *mean,
					   double *stddev);

/* One distinct duration of a table of survival. */
typedef struct survival_row
{
	double		duration;
	int64_t		at_risk;
	int64_t		events;
	int64_t		censored;
	double		survival;
	double		stderr_;		/* NAN where all at risk had the event */
} survival_row;

/* How long something was watched, and whether it ended in the event. */
typedef struct survival_case
{
	double		duration;
	bool		observed;
} survival_case;

extern size_t kaplan_meier_rows(const survival_case *sorted, size_t n, survival_row *row);
extern void poisson_interval(double events, double exposure, double confidence, double *lower,
							 double *upper);

#endif							/* PG_YIELD_CORE_RISK_PEG_H */
