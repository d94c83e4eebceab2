/*-------------------------------------------------------------------------
 *
 * core/strategy/monitoring.c
 *	  Alarms that are raised at one level and cleared at another.
 *
 * An alarm that is raised must last before it is an alert, as Prometheus' "for"
 * has it.
 *
 *-------------------------------------------------------------------------
 */
#include "core/strategy/monitoring.h"

/* Has an alarm since "began" become an alert by a time? */
static bool
has_lasted(const alert_watch *w, int64_t time)
{
	return (uint64_t) time - (uint64_t) w->began >= w->min_duration;
}

static void
look_at_worst(alert_watch *w, int64_t time, double value)
{
	bool		high = w->raise_at > w->clear_at;

	if (high ? value > w->at_hand.worst : value < w->at_hand.worst)
	{
		w->at_hand.worst = value;
		w->at_hand.worst_time = time;
	}
}

/* The next value; true if an alert ends with it. */
bool
alert_watch_add(alert_watch *w, int64_t time, double value, alert *ended)
{
	bool		before = w->state;

	w->state = hysteresis_step(before, value, w->raise_at, w->clear_at);
	if (w->state && before)
		look_at_worst(w, time, value);
	else if (w->state)
	{
		w->began = time;
		w->at_hand = (alert) {.worst = value, .worst_time = time};
	}
	else if (before && has_lasted(w, time))
	{
		*ended = w->at_hand;
		ended->raised_at = (int64_t) ((uint64_t) w->began + w->min_duration);
		ended->cleared_at = time;
		ended->is_cleared = true;
		return true;
	}
	return false;
}

/* Is there an alert that has not ended by the last time? */
bool
alert_watch_end(const alert_watch *w, int64_t last_time, alert *open)
{
	if (!w->state || !has_lasted(w, last_time))
		return false;
	*open = w->at_hand;
	open->raised_at = (int64_t) ((uint64_t) w->began + w->min_duration);
	return true;
}
