/*-------------------------------------------------------------------------
 *
 * core/rate/window.c
 *	  The exchange rates that are in force at the two ends of a window of time.
 *
 *-------------------------------------------------------------------------
 */
#include "core/rate/window.h"

#include "core/base/interpolate.h"

static void
rate_edge_merge(rate_edge *into, const rate_edge *other)
{
	rate_edge_take_before(into, other->before_time, other->before_rate);
	rate_edge_take_after(into, other->after_time, other->after_rate);
}

/*
 * Take all points of "other" into "into".  Commutative, associative and
 * idempotent: each end keeps the nearest point on either side.
 *
 * CORE_BAD_PARAMETER, with "into" unchanged, when the two are not of the same
 * window: what lies nearest to one moment says nothing of another.
 */
core_status
rate_window_merge(rate_window *into, const rate_window *other)
{
	if (into->start_time != other->start_time || into->end_time != other->end_time)
		return CORE_BAD_PARAMETER;
	rate_edge_merge(&into->start, &other->start);
	rate_edge_merge(&into->end, &other->end);
	return CORE_OK;
}

static bool
has_before(const rate_edge *e)
{
	return e->before_time != RATE_NO_BEFORE;
}

static bool
has_after(const rate_edge *e)
{
	return e->after_time != RATE_NO_AFTER;
}

static bool
is_same_edge(const rate_edge *a, const rate_edge *b)
{
	return a->before_time == b->before_time && a->before_rate == b->before_rate &&
		a->after_time == b->after_time && a->after_rate == b->after_rate;
}

/* Is there a set of points, perhaps empty, with these nearest to "moment"? */
static bool
rate_edge_is_valid(const rate_edge *e, int64_t moment)
{
	if (has_before(e)
		? !time_is_valid(e->before_time) || !rate_is_valid(e->before_rate) ||
		e->before_time > moment
		: e->before_rate != 0)
		return false;
	if (has_after(e)
		? !time_is_valid(e->after_time) || !rate_is_valid(e->after_rate) ||
		e->after_time < moment
		: e->after_rate != 0)
		return false;
	/* a point at the moment itself is on both sides */
	if (e->before_time == moment || e->after_time == moment)
		return e->before_time == e->after_time && e->before_rate == e->after_rate;
	return true;
}

/*
 * Is there a set of points, at least one, that leaves this behind?  Exactly
 * those images pass that adding points can produce, so that whatever was
 * computed here can be stored and read back, and nothing else can be read.
 */
bool
rate_window_is_valid(const rate_window *w)
{
	const rate_edge *s = &w->start;
	const rate_edge *e = &w->end;

	if (!time_is_valid(w->start_time) || !time_is_valid(w->end_time) ||
		w->start_time > w->end_time ||
		!rate_edge_is_valid(s, w->start_time) || !rate_edge_is_valid(e, w->end_time))
		return false;
	if (!has_before(s) && !has_after(s))
		return false;

	/* without a point from the start up to the end, both ends look at the same two */
	if (s->after_time > w->end_time)
		return is_same_edge(s, e);

	/*
	 * The first point from the start on and the last one up to the end are
	 * then both inside, in this order.
	 */
	if (e->before_time < s->after_time)
		return false;
	if (e->before_time == s->after_time && e->before_rate != s->after_rate)
		return false;

	/* a moment has one edge; a point there is all that is inside */
	return w->start_time < w->end_time || is_same_edge(s, e);
}

static int
cmp_int64(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int
cmp_double(double a, double b)
{
	return (a > b) - (a < b);
}

static int
rate_edge_cmp(const rate_edge *a, const rate_edge *b)
{
	int			c;

	if ((c = cmp_int64(a->before_time, b->before_time)) != 0 ||
		(c = cmp_double(a->before_rate, b->before_rate)) != 0 ||
		(c = cmp_int64(a->after_time, b->after_time)) != 0)
		return c;
	return cmp_double(a->after_rate, b->after_rate);
}

/*
 * A total order: by the window first, then by the points.  Zero means equal in
 * every bit, since a valid window holds neither NaN nor a negative zero.
 */
int
rate_window_cmp(const rate_window *a, const rate_window *b)
{
	int			c;

	if ((c = cmp_int64(a->start_time, b->start_time)) != 0 ||
		(c = cmp_int64(a->end_time, b->end_time)) != 0 ||
		(c = rate_edge_cmp(&a->start, &b->start)) != 0)
		return c;
	return rate_edge_cmp(&a->end, &b->end);
}

/*
 * The rate at an edge.  CORE_NULL when there is no point before it, or, on a
 * line, none after it: a rate is never carried backward, nor a line prolonged.
 */
static core_status
rate_edge_rate(const rate_edge *e, int64_t moment, rate_method method, double *rate)
{
	if (!has_before(e) || (method == RATE_LINEAR && !has_after(e)))
		return CORE_NULL;
	if (method == RATE_LOCF || e->before_time == e->after_time)
		*rate = e->before_rate;
	else
		*rate = interpolate(e->before_time, e->before_rate, e->after_time, e->after_rate, moment);
	return CORE_OK;
}

/* The rate in force at the start of the window; see rate_edge_rate. */
core_status
rate_window_rate_at_start(const rate_window *w, rate_method method, double *rate)
{
	return rate_edge_rate(&w->start, w->start_time, method, rate);
}

/* The rate in force at the end of the window; see rate_edge_rate. */
core_status
rate_window_rate_at_end(const rate_window *w, rate_method method, double *rate)
{
	return rate_edge_rate(&w->end, w->end_time, method, rate);
}

/*
 * How long before the end of the window the rate in force there was recorded,
 * in microseconds, not negative.  CORE_NULL when there is none,
 * CORE_OUT_OF_RANGE when an int64 does not hold it: some 292000 years.
 */
core_status
rate_window_age(const rate_window *w, int64_t *age)
{
	uint64_t	usecs = (uint64_t) w->end_time - (uint64_t) w->end.before_time;

	if (!has_before(&w->end))
		return CORE_NULL;
	if (usecs > INT64_MAX)
		return CORE_OUT_OF_RANGE;
	*age = (int64_t) usecs;
	return CORE_OK;
}
