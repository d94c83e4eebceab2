/*-------------------------------------------------------------------------
 *
 * core/leverage/replay.h
 *	  A loop over a history: what became of it.
 *
 * A loop is opened at the first time of its history and left alone.  Its
 * collateral grows as the exchange rate, its debt as the borrow index.  The
 * market that lends to it sees the exchange rate; what equity is worth is
 * another price where there is one.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_LEVERAGE_REPLAY_H
#define PG_YIELD_CORE_LEVERAGE_REPLAY_H

#include "core/base/dd.h"
#include "core/series/stream.h"

/* ---------- the history ---------- */

/* What is known at a time; all values are positive. */
typedef struct loop_point
{
	int64_t		time;
	double		rate;
	double		index;
	double		market;
	bool		is_rate;		/* a rate was recorded at this time */
} loop_point;

/*
 * The times of two or three series, from a time at which all of them have
 * begun to one at which none has ended.
 */
typedef struct loop_path
{
	series_carry rates;
	series_carry index;
	series_carry market;		/* without points: the rates are the market's too */
	int64_t		next;
	int64_t		end;
	bool		done;
} loop_path;

extern void loop_path_init(loop_path *path, series_stream *rates, series_stream *index,
						   series_stream *market, int64_t start, int64_t end);
extern bool loop_path_next(loop_path *path, loop_point *point);

/* ---------- the loop ---------- */

typedef struct loop_terms
{
	double		equity;			/* at the start, > 0 */
	double		leverage;		/* finite, at least 1 */
	double		threshold;		/* (0, 1] */
	double		bonus;			/* of a liquidator, >= 0 */
} loop_terms;

typedef struct loop_state
{
	double		collateral;		/* what it is worth on the market */
	double		debt;
	double		equity;
	bool		has_debt;
	double		health_factor;	/* where there is debt */
	bool		is_liquidated;	/* the health factor is below 1 */
	double		equity_after;	/* what a liquidation leaves, the same as equity without one */
} loop_state;

extern core_status loop_state_at(const loop_terms *terms, const loop_point *first,
								 const loop_point *now, loop_state *state);

/* What has happened until now */
typedef struct loop_replay
{
	loop_terms	terms;
	bool		has_first;
	loop_point	first;
	loop_point	last;
	loop_state	state;			/* at the last point */
	loop_point	last_rate;		/* the last time at which a rate was recorded */
	double		worst_health_factor;
	int64_t		worst_time;
	double		peak;			/* of equity */
	double		max_drawdown;	/* as a fraction of the peak, never positive */
	double		negative_carry; /* microseconds */
} loop_replay;

static inline void
loop_replay_init(loop_replay *r, const loop_terms *terms)
{
	*r = (loop_replay) {.terms = *terms};
}

extern core_status loop_replay_add(loop_replay *r, const loop_point *now);

/* ---------- an index from rates ---------- */

typedef struct accrual
{
	bool		has_last;
	series_point last;			/* of the rates */
	dd			growth;			/* logarithm of the index */
} accrual;

extern core_status accrual_add(accrual *a, int64_t time, double apr, double *index);

#endif							/* PG_YIELD_CORE_LEVERAGE_REPLAY_H */
