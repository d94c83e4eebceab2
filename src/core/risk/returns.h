/*-------------------------------------------------------------------------
 *
 * core/risk/returns.h
 *	  What a set of returns says of risk and reward.
 *
 * A return is the gain of a period as a fraction of the value at its start.
 * A value at risk is a return too: -0.03 is a loss of 3 %.  "periods" is the
 * number of periods in a year, 1 or more; a yearly rate enters a period as
 * rate / periods, and nothing is compounded.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_RISK_RETURNS_H
#define PG_YIELD_CORE_RISK_RETURNS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/binned_sum.h"
#include "core/base/status.h"

/*
 * Sums of powers of the returns.  Those of the first two are kept apart by
 * whether a return is below a target, the least of a period that is accepted,
 * or not: RISK_FROM and RISK_BELOW.  All of it is the same for any order of
 * returns.  There is no empty summary.
 */
typedef enum risk_side
{
	RISK_FROM,					/* the target or more */
	RISK_BELOW,
	RISK_SIDES
} risk_side;

typedef struct risk_summary
{
	int64_t		num_returns;
	int64_t		num_above;		/* of them above the target */
	int64_t		num_below;
	double		target;
	double		worst;
	double		best;
	binned_sum	sum[RISK_SIDES];
	binned_sum	square[RISK_SIDES];
	binned_sum	cube;
	binned_sum	fourth;
} risk_summary;

/*
 * Mean and central moments (of the population) in units that make no return
 * greater than 1 in size; times 2^exponent they are those of the returns.
 */
typedef struct risk_moments
{
	int64_t		num_returns;
	int			exponent;
	bool		varies;			/* are there two returns that differ? */
	double		mean;
	double		variance;
	dd			third;
	dd			fourth;
} risk_moments;

typedef enum risk_estimate
{
	RISK_POPULATION,
	RISK_SAMPLE
} risk_estimate;

typedef enum risk_tail
{
	RISK_NORMAL,
	RISK_CORNISH_FISHER
} risk_tail;

/* What a Sharpe ratio is measured by. */
typedef struct risk_hurdle
{
	double		benchmark;		/* a Sharpe ratio of a year */
	double		risk_free;		/* of a year */
	double		periods;
} risk_hurdle;

extern void risk_summary_init(risk_summary *s, double target);
extern core_status risk_summary_add(risk_summary *s, double ret);
extern core_status risk_summary_merge(risk_summary *into, const risk_summary *other);
extern bool risk_summary_is_valid(const risk_summary *s);

extern core_status risk_mean(const risk_summary *s, double *mean);
extern core_status risk_volatility(const risk_summary *s, double periods, double *volatility);
extern core_status risk_downside_deviation(const risk_summary *s, double periods,
										   double *deviation);
extern core_status risk_skewness(const risk_summary *s, risk_estimate estimate, double *skewness);
extern core_status risk_kurtosis(const risk_summary *s, risk_estimate estimate, double *kurtosis);
extern core_status risk_sharpe(const risk_summary *s, double risk_free, double periods,
							   double *ratio);
extern core_status risk_sortino(const risk_summary *s, double periods, double *ratio);
extern core_status risk_omega(const risk_summary *s, double *ratio);
extern double risk_hit_rate(const risk_summary *s);
extern core_status risk_value_at_risk(const risk_summary *s, double confidence, risk_tail tail,
									  double *result);
extern core_status risk_expected_shortfall(const risk_summary *s, double confidence,
										   risk_tail tail, double *result);
extern core_status risk_sharpe_error(const risk_summary *s, double risk_free, double periods,
									 double *error);
extern core_status risk_probabilistic_sharpe(const risk_summary *s, const risk_hurdle *hurdle,
											 double *probability);
extern core_status risk_min_track_record(const risk_summary *s, const risk_hurdle *hurdle,
										 double confidence, double *periods);

#endif							/* PG_YIELD_CORE_RISK_RETURNS_H */
