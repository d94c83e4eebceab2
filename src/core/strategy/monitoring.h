/*-------------------------------------------------------------------------
 *
 * core/strategy/monitoring.h
 *	  Alarms that are raised at one level and cleared at another.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_STRATEGY_MONITORING_H
#define PG_YIELD_CORE_STRATEGY_MONITORING_H

#include <stdbool.h>
#include <stdint.h>

/* Levels that are not equal: raise_at above clear_at looks for values that are too high, below it for too low */
static inline bool
hysteresis_step(bool state, double value, double raise_at, double clear_at)
{
	if (raise_at > clear_at)
		return state ? value > clear_at : value >= raise_at;
	return state ? value < clear_at : value <= raise_at;
}

typedef struct alert
{
	int64_t		raised_at;
	int64_t		cleared_at;
	bool		is_cleared;
	double		worst;
	int64_t		worst_time;
} alert;

/* An alert that is looked out for; it is one once it has lasted for min_duration. */
typedef struct alert_watch
{
	double		raise_at;
	double		clear_at;
	uint64_t	min_duration;
	bool		state;
	int64_t		began;
	alert		at_hand;
} alert_watch;

extern bool alert_watch_add(alert_watch *w, int64_t time, double value, alert *ended);
extern bool alert_watch_end(const alert_watch *w, int64_t last_time, alert *open);

#endif							/* PG_YIELD_CORE_STRATEGY_MONITORING_H */
