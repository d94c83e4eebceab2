/*-------------------------------------------------------------------------
 *
 * core/leverage/replay.c
 *	  A loop over a history: what became of it.
 *
 *-------------------------------------------------------------------------
 */
#include "core/leverage/replay.h"

#include <math.h>

#include "core/base/interpolate.h"

/* 365 days, the year of lending markets, in microseconds */
#define YEAR_USECS	(365 * 86400e6)

/* ---------- the history ---------- */

/*
 * All series have a point at "start" or before, and one at "end" or after;
 * start <= end.  "market" may be NULL.
 */
void
loop_path_init(loop_path *path, series_stream *rates, series_stream *index,
			   series_stream *market, int64_t start, int64_t end)
{
	series_carry_init(&path->rates, rates);
	series_carry_init(&path->index, index);
	series_carry_init(&path->market, market);
	path->next = start;
	path->end = end;
	path->done = false;
}

/* Take the points up to a time; the time of the next point if that is sooner. */
static void
carry_on(series_carry *c, int64_t time, int64_t *next)
{
	series_carry_to(c, time);
	if (series_stream_has_point(c->points) && c->points->time[c->points->at] < *next)
		*next = c->points->time[c->points->at];
}

/* Interest accrues all the time, so an index goes straight from point to point. */
static double
index_at(const series_carry *c, int64_t time)
{
	series_point next;

	if (c->last.time == time)
		return c->last.value;
	next = series_stream_front(c->points);
	return interpolate(c->last.time, c->last.value, next.time, next.value, time);
}

/*
 * The next time of any of the series, and what is known then: exchange rates
 * and prices stand until the next one.  False after the last.
 */
bool
loop_path_next(loop_path *path, loop_point *point)
{
	int64_t		next = INT64_MAX;

	if (path->done)
		return false;
	point->time = path->next;
	carry_on(&path->rates, point->time, &next);
	carry_on(&path->index, point->time, &next);
	point->rate = path->rates.last.value;
	point->is_rate = path->rates.last.time == point->time;
	point->index = index_at(&path->index, point->time);
	point->market = point->rate;
	if (path->market.points != NULL)
	{
		carry_on(&path->market, point->time, &next);
		point->market = path->market.last.value;
	}
	path->next = next;
	path->done = next > path->end;
	return true;
}

/* ---------- the loop ---------- */

/*
 * What a liquidator leaves who repays all debt, and takes collateral for it, and
 * for the bonus, at the rate that the lender sees.  Debt that is left is the
 * lender's loss.
 */
static double
equity_after_liquidation(const loop_terms *terms, const loop_point *now, double units,
						 double debt)
{
	double		left = units - debt * (1 + terms->bonus) / now->rate;

	return left > 0 ? left * now->market : 0;
}

/* A loop of some terms that was opened at one point, at another. */
core_status
loop_state_at(const loop_terms *terms, const loop_point *first, const loop_point *now,
			  loop_state *state)
{
	double		units = terms->equity * terms->leverage / first->market;
	double		borrowed = terms->equity * (terms->leverage - 1);

	*state = (loop_state) {0};
	state->collateral = terms->equity * terms->leverage * (now->market / first->market);
	state->debt = borrowed * (now->index / first->index);
	state->equity = state->equity_after = state->collateral - state->debt;
	state->has_debt = state->debt > 0;
	if (state->has_debt)
	{
		state->health_factor = terms->threshold * (units * now->rate) / state->debt;
		state->is_liquidated = state->health_factor < 1;
	}
	if (state->is_liquidated)
		state->equity_after = equity_after_liquidation(terms, now, units, state->debt);
	return isfinite(state->collateral) && isfinite(state->debt) && isfinite(state->equity) &&
		isfinite(state->health_factor) && isfinite(state->equity_after)
		? CORE_OK : CORE_OUT_OF_RANGE;
}

/* Has debt grown by more than collateral, at the exchange rate, since then? */
static bool
carry_is_negative(const loop_replay *r, const loop_point *then, const loop_point *now)
{
	double		earned = r->terms.leverage * ((now->rate - then->rate) / r->first.market);
	double		paid = (r->terms.leverage - 1) * ((now->index - then->index) / r->first.index);

	return earned < paid;
}

static void
follow_equity(loop_replay *r, double equity)
{
	double		drawdown;

	if (equity > r->peak)
		r->peak = equity;
	drawdown = equity / r->peak - 1;
	if (drawdown < r->max_drawdown)
		r->max_drawdown = drawdown;
}

static void
begin(loop_replay *r, const loop_point *now)
{
	r->has_first = true;
	r->first = r->last_rate = *now;
	r->peak = r->terms.equity;
	r->worst_time = now->time;
	r->worst_health_factor = INFINITY;
}

/*
 * The next point, of which the first opens the loop.  Nothing happens after a
 * liquidation, so that the caller need not go on then.
 */
core_status
loop_replay_add(loop_replay *r, const loop_point *now)
{
	core_status status;

	if (!r->has_first)
		begin(r, now);
	status = loop_state_at(&r->terms, &r->first, now, &r->state);
	if (status != CORE_OK)
		return status;
	if (r->state.has_debt && r->state.health_factor < r->worst_health_factor)
	{
		r->worst_health_factor = r->state.health_factor;
		r->worst_time = now->time;
	}
	if (now->is_rate)
	{
		if (carry_is_negative(r, &r->last_rate, now))
			r->negative_carry += time_span(r->last_rate.time, now->time);
		r->last_rate = *now;
	}
	follow_equity(r, r->state.equity_after);
	r->last = *now;
	return CORE_OK;
}

/* ---------- an index from rates ---------- */

/*
 * The index at the time of the next rate: each rate compounds continuously until
 * the next one, and the index begins at 1.  CORE_OUT_OF_RANGE where it leaves
 * the range of a double, zero included.
 */
core_status
accrual_add(accrual *a, int64_t time, double apr, double *index)
{
	if (a->has_last)
		a->growth = dd_add_double(a->growth, a->last.value
								  * (time_span(a->last.time, time) / YEAR_USECS));
	a->has_last = true;
	a->last = (series_point) {time, apr};
	*index = exp(a->growth.hi);
	return rate_is_valid(*index) ? CORE_OK : CORE_OUT_OF_RANGE;
}
