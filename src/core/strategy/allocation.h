/*-------------------------------------------------------------------------
 *
 * core/strategy/allocation.h
 *	  What to supply to which market, when deposits lower the rates.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_STRATEGY_ALLOCATION_H
#define PG_YIELD_CORE_STRATEGY_ALLOCATION_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/pause.h"
#include "core/base/status.h"

#define ALLOCATION_MAX_MARKETS	1000
#define ALLOCATION_MAX_POINTS	32

/* A lending market: its rate is on straight lines through points of ascending utilization, flat beyond them */
typedef struct supply_market
{
	double		supply;
	double		borrow;
	double		share;			/* of interest that suppliers get, 1 - reserve factor */
	double		cap;			/* most that may be put in */
	double		cost;			/* a year, of using it at all */
	int			group;			/* from 0; -1: none */
	int			num_points;
	const double *utilization;
	const double *rate;
} supply_market;

/* What is put in, and what that brings */
typedef struct supply_share
{
	double		amount;
	double		supply_apr;
	double		marginal_apr;
	double		interest;
} supply_share;

typedef enum allocation_objective
{
	ALLOCATE_INTEREST,
	ALLOCATE_RATE,
	ALLOCATE_UTILIZATION
} allocation_objective;

typedef struct allocation_problem
{
	const supply_market *market;
	int			n;
	double		budget;
	int			num_groups;
	const double *group_cap;
	core_pause	pause;
} allocation_problem;

extern size_t allocation_scratch(int n);
extern core_status allocate(const allocation_problem *p, allocation_objective objective, double *scratch,
							supply_share *share, double *upper_bound);

/* A market in which staked ether is lent and ether borrowed against it */
typedef struct loop_market
{
	double		supply;
	double		borrow;
	double		leverage;
	int			num_points;
	const double *utilization;
	const double *rate;
} loop_market;

typedef struct loop_share
{
	double		equity;
	double		borrow_apr;
	double		marginal_apr;
} loop_share;

extern core_status allocate_loops_of(const loop_market *market, int n, double budget, double staking_apr,
									 core_pause pause, loop_share *share, double *rest);

extern core_status equalize_utilization_of(const double *supply, const double *borrow, const double *vault, int n,
										   double *utilization, double *flow);
extern core_status round_to_lots_of(const double *amount, int n, double lot, double *result);

#endif							/* PG_YIELD_CORE_STRATEGY_ALLOCATION_H */
