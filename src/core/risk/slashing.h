/*-------------------------------------------------------------------------
 *
 * core/risk/slashing.h
 *	  Losses of many that fail together: slashing of a restaked book.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_RISK_SLASHING_H
#define PG_YIELD_CORE_RISK_SLASHING_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/pause.h"
#include "core/base/status.h"

extern double vasicek_quantile(double probability, double correlation, double confidence);
extern double vasicek_cdf(double loss, double probability, double correlation);
extern double vasicek_shortfall(double probability, double correlation, double confidence);
extern double joint_chance(double probability_a, double probability_b, double correlation);

/*
 * Operators who lose "units" each if they fail, of a normal variable whose
 * share "correlation", from 0 to below 1, is common to all; "quantile" is that
 * of the probability of each to fail.
 */
typedef struct slashing_book
{
	const int64_t *units;
	const double *quantile;
	size_t		num_operators;
	double		correlation;
	core_pause	pause;
} slashing_book;

extern void slashing_law(const slashing_book *book, double *chance, double *work);

/* A stake of an operator in a service; both are numbered from 0. */
typedef struct slashing_stake
{
	double		loss;
	double		quantile;		/* of the probability of being slashed */
	int			operator;
	int			service;
} slashing_stake;

/*
 * What is simulated.  "factor" has room for num_operators + num_services
 * numbers, "operator_loss" for num_operators; "operator_stake" is NULL, or what
 * each operator can lose at most in a trial.
 */
typedef struct slashing_trials
{
	const slashing_stake *stake;
	size_t		num_stakes;
	int			num_operators;
	int			num_services;
	double		market_correlation;
	double		operator_correlation;
	double		service_correlation;
	const double *operator_stake;
	uint64_t	seed;
	double	   *factor;
	double	   *operator_loss;
} slashing_trials;

extern double slashing_trial(const slashing_trials *trials, uint64_t number);

/* Of all trials; losses are positive, "stddev" is not valid for a single trial. */
typedef struct slashing_figures
{
	double		expected_loss;
	double		stddev;
	double		loss_probability;
	double		loss_quantile;
	double		tail_loss;
	double		worst;
} slashing_figures;

extern void slashing_figures_of(const double *sorted, size_t num_trials, double confidence,
								core_pause pause, slashing_figures *figures);

/* Operators with their stakes, and services that they secure, joined by edges that count from 0. */
typedef struct restaking_network
{
	const double *stake;
	const double *profit;
	const double *threshold;
	const int  *edge_operator;
	const int  *edge_service;
	size_t		num_operators;
	size_t		num_services;
	size_t		num_edges;
} restaking_network;

extern core_status restaking_security(const restaking_network *network, double *cost,
									  double *secured, double *buffer);
extern double restaking_bound(double buffer, double shock);

#endif							/* PG_YIELD_CORE_RISK_SLASHING_H */
