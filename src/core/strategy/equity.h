/*-------------------------------------------------------------------------
 *
 * core/strategy/equity.h
 *	  Strategies over a history, one step after the other.
 *
 * What is decided at a time uses what was known by then.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_STRATEGY_EQUITY_H
#define PG_YIELD_CORE_STRATEGY_EQUITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/status.h"

/* What a strategy did at a step, if anything */
typedef struct equity_action
{
	const char *name;			/* NULL: nothing */
	double		amount;
	double		cost;
} equity_action;

/* ---------- lending, in the best of several markets ---------- */

typedef struct lending_strategy
{
	size_t		num_markets;
	double		switch_cost;
	double		min_gain;
	int64_t		min_hold;
	double		equity;
	size_t		market;
	double		apr;			/* of the market, in force since the last step */
	int64_t		time;
	int64_t		since;
	int			switches;
	bool		begun;
} lending_strategy;

extern core_status lending_step(lending_strategy *s, int64_t time, const double *apr);

/* ---------- long spot, short perpetual ---------- */

typedef struct carry_strategy
{
	double		margin;
	double		cost;
	double		equity;
	double		staking;		/* 0 until there is one */
	bool		begun;
} carry_strategy;

extern core_status carry_step(carry_strategy *s, double funding, double staking, bool last, equity_action *action);

/* ---------- covered calls ---------- */

typedef struct call_strategy
{
	int64_t		tenor;
	double		moneyness;
	double		cost;
	double		year;			/* microseconds */
	double		equity;
	double		units;
	double		sold;			/* calls that are out */
	double		strike;
	int64_t		expiry;
	bool		begun;
} call_strategy;

extern core_status call_step(call_strategy *s, int64_t time, double price, double volatility, bool last,
							 equity_action *settled, equity_action *sold);

/* ---------- a portfolio that is set back ---------- */

typedef struct portfolio_strategy
{
	size_t		n;
	const double *target;
	double		band;			/* negative: none */
	double		cost;
	double		equity;
	double	   *held;			/* value of each at the last step */
	double	   *price;
	bool		begun;
} portfolio_strategy;

extern core_status portfolio_step(portfolio_strategy *s, const double *price, bool due, equity_action *action);

/* ---------- an index of linked returns ---------- */

typedef struct chain_strategy
{
	size_t		n;
	double		equity;
	double	   *price;
	double	   *weight;
	bool		begun;
} chain_strategy;

extern core_status chain_step(chain_strategy *s, const double *price, const double *weight);

/* ---------- idle assets ---------- */

typedef struct idle_strategy
{
	double		idle_time;		/* sums of value times time */
	double		total_time;
	double		forgone;
	double		idle;
	double		total;
	double		benchmark;
	int64_t		time;
	int64_t		first_time;
	bool		begun;
} idle_strategy;

extern void idle_step(idle_strategy *s, int64_t time, double idle, double total, double benchmark);
extern core_status idle_result(const idle_strategy *s, double *share, double *forgone, double *drag);

#endif							/* PG_YIELD_CORE_STRATEGY_EQUITY_H */
