/*-------------------------------------------------------------------------
 *
 * core/strategy/allocation.c
 *	  What to supply to which market, when deposits lower the rates.
 *
 * A deposit of x lowers the utilization to u = B/(S + x), and with it the rate
 * r(u) and what suppliers get, apr = r u (1 - reserve factor).  On a straight
 * line r = a + q u, q >= 0, the interest I = x apr has the marginal rate
 *
 *		k (a B S/t^2 + q B^2 (2 S - t)/t^3), t = S + x, k = 1 - reserve factor,
 *
 * which falls with x wherever it is positive: there I is concave.  But where a
 * deposit pushes the utilization below a kink the marginal rate jumps up, so
 * that of several lines and markets any choice may be best.  A price on deposits
 * at which each market does what is best for it gives what no allocation can
 * pass (the Lagrangian bound); where markets are torn between two lines, or
 * between being used and not, the choice is made both ways (branch and bound),
 * until nothing is left to choose.
 *
 *-------------------------------------------------------------------------
 */
#include "core/strategy/allocation.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define MAX_NODES		4000
#define BISECTIONS		110

/* An allocation that is better by less is none */
#define GAIN			1e-12

/* ---------- one market ---------- */

static double
rate_on(const supply_market *m, int line, double u, double *intercept, double *slope)
{
	if (line < 0 || line >= m->num_points - 1)
	{
		*slope = 0;
		*intercept = m->rate[line < 0 ? 0 : m->num_points - 1];
	}
	else
	{
		*slope = (m->rate[line + 1] - m->rate[line]) / (m->utilization[line + 1] - m->utilization[line]);
		*intercept = m->rate[line] - *slope * m->utilization[line];
	}
	return *intercept + *slope * u;
}

/* The line of a utilization: -1 below the first point; at a point, the one below it. */
static int
line_below(const supply_market *m, double u)
{
	int			line = m->num_points - 1;

	while (line >= 0 && m->utilization[line] >= u)
		line--;
	return line;
}

static double
utilization_of(const supply_market *m, double x)
{
	return m->supply + x > 0 ? m->borrow / (m->supply + x) : 0;
}

static double
supply_apr_of(const supply_market *m, double x)
{
	double		u = utilization_of(m, x);
	double		a,
				q;

	return rate_on(m, line_below(m, u), u, &a, &q) * u * m->share;
}

/* The rate of the next that is put in, x going up. */
static double
marginal_of(const supply_market *m, double x)
{
	double		t = m->supply + x;
	double		a,
				q;

	if (t == 0)
		return 0;
	rate_on(m, line_below(m, utilization_of(m, x)), 0, &a, &q);
	return m->share * (a * m->borrow * m->supply / t / t +
					   q * m->borrow * m->borrow * (2 * m->supply - t) / t / t / t);
}

/* Deposits at which the utilization is at the ends of a line, within 0 and the cap; false if there are none. */
static bool
line_bounds(const supply_market *m, int line, double *low, double *high)
{
	double		above = line >= m->num_points - 1 ? INFINITY : m->utilization[line + 1];
	double		below = line < 0 ? 0 : m->utilization[line];

	*low = isinf(above) ? 0 : above > 0 ? m->borrow / above - m->supply : INFINITY;
	*high = below > 0 ? m->borrow / below - m->supply : INFINITY;
	*low = fmax(*low, 0);
	*high = fmin(*high, m->cap);
	return *low < *high || (*low == 0 && *high == 0 && m->cap == 0 && line == m->num_points - 1);
}

/* Where on a line the marginal rate is "price": Newton's method from above a convex function's only root. */
static double
stationary(const supply_market *m, int line, double price)
{
	double		a,
				q,
				c,
				linear,
				constant,
				t;

	rate_on(m, line, 0, &a, &q);
	c = m->share * q * m->borrow * m->borrow;
	linear = m->share * a * m->borrow * m->supply - c;
	constant = 2 * m->supply * c;
	if (price <= 0)
		return linear < 0 ? constant / -linear - m->supply : INFINITY;
	t = sqrt(fmax(linear, 0) / price) + cbrt(constant / price);
	for (int i = 0; i < 60 && t > 0; i++)
	{
		double		f = price * t * t * t - linear * t - constant;
		double		slope = 3 * price * t * t - linear;
		double		next = slope > 0 ? t - f / slope : t;

		if (!(next < t))
			break;
		t = next;
	}
	return t - m->supply;
}

/* ---------- what is open in a node ---------- */

/* Which lines a market may be on, and whether it is used, not used, or may be either */
typedef enum usage
{
	MAY_BE_USED,
	IS_USED,
	IS_NOT_USED
} usage;

typedef struct choice
{
	int			first;			/* lines; -1 is the one below the first point */
	int			last;
	usage		use;
} choice;

/* What a market does at a price */
typedef struct response
{
	double		x;
	double		interest;		/* less what using it costs */
	int			line;			/* num_points: not used */
} response;

typedef struct search
{
	const allocation_problem *p;
	choice	   *open;
	double	   *x;
	double	   *low;
	double	   *best;
	double	   *group_price;
	double		best_value;
	double		unexplored;		/* greatest bound of what was left alone */
	double		top_rate;
	int			nodes;
} search;

static response
respond(const supply_market *m, const choice *c, double price)
{
	response	r = {0, 0, m->num_points};
	double		best = c->use == IS_USED ? -INFINITY : 0;

	if (c->use == IS_NOT_USED)
		return r;
	for (int line = c->last; line >= c->first; line--)
	{
		double		low,
					high,
					x,
					interest;

		if (!line_bounds(m, line, &low, &high))
			continue;
		x = fmin(fmax(stationary(m, line, price), low), high);
		interest = x * supply_apr_of(m, x) - m->cost;
		if (interest - price * x > best && (x > 0 || c->use == IS_USED))
		{
			best = interest - price * x;
			r = (response) {x, interest, line};
		}
	}
	return r;
}

/* ---------- all markets at a price ---------- */

/* What the markets of a group put in at a price on top of which the group has its own. */
static double
group_total(const search *s, int group, double price, double *x, double *value)
{
	double		total = 0;

	*value = 0;
	for (int i = 0; i < s->p->n; i++)
	{
		response	r;

		if (s->p->market[i].group != group)
			continue;
		r = respond(&s->p->market[i], &s->open[i], price);
		x[i] = r.x;
		total += r.x;
		*value += r.interest - price * r.x;
	}
	return total;
}

/*
 * The price of a group at which it stays within its cap; what it puts in goes
 * to x, and what no allocation of the group can pass at the price of all to
 * *bound.
 */
static double
settle_group(search *s, int group, double price, double *x, double *bound)
{
	double		low = 0,
				high = s->top_rate;
	double		value;
	double		total = group_total(s, group, price, x, &value);

	s->group_price[group] = 0;
	*bound = value;
	if (total <= s->p->group_cap[group])
		return total;
	for (int i = 0; i < BISECTIONS && low < high; i++)
	{
		double		middle = low + (high - low) / 2;

		if (middle == low || middle == high)
			break;
		total = group_total(s, group, price + middle, x, &value);
		*bound = fmin(*bound, value + middle * s->p->group_cap[group]);
		if (total > s->p->group_cap[group])
			low = middle;
		else
			high = middle;
	}
	total = group_total(s, group, price + high, x, &value);
	*bound = fmin(*bound, value + high * s->p->group_cap[group]);
	s->group_price[group] = high;
	return total;
}

/* What all put in at a price, and what no allocation passes, *bound. */
static double
total_at(search *s, double price, double *x, double *bound)
{
	double		total = 0;

	*bound = price * s->p->budget;
	for (int g = 0; g < s->p->num_groups; g++)
	{
		double		of_group;

		total += settle_group(s, g, price, x, &of_group);
		*bound += of_group;
	}
	for (int i = 0; i < s->p->n; i++)
	{
		response	r;

		if (s->p->market[i].group >= 0)
			continue;
		r = respond(&s->p->market[i], &s->open[i], price);
		x[i] = r.x;
		total += r.x;
		*bound += r.interest - price * r.x;
	}
	return total;
}

/*
 * The least price at which no more than the budget is put in: what is put in
 * goes to x, and what is at a price just below, where it is more, to low.
 */
static double
settle(search *s, double *x, double *low_x, double *bound)
{
	double		low = 0,
				high = s->top_rate;
	double		at;
	double		total = total_at(s, 0, low_x, bound);

	if (total <= s->p->budget)
	{
		memcpy(x, low_x, sizeof(double) * s->p->n);
		return 0;
	}
	for (int i = 0; i < BISECTIONS; i++)
	{
		double		middle = low + (high - low) / 2;

		if (middle == low || middle == high)
			break;
		if (s->p->pause != NULL)
			s->p->pause();
		if (total_at(s, middle, x, &at) > s->p->budget)
			low = middle;
		else
			high = middle;
		*bound = fmin(*bound, at);
	}
	total_at(s, low, low_x, &at);
	*bound = fmin(*bound, at);
	total_at(s, high, x, &at);
	*bound = fmin(*bound, at);
	return high;
}

static double
sum_of(const double *x, int n)
{
	double		sum = 0;

	for (int i = 0; i < n; i++)
		sum += x[i];
	return sum;
}

/* Interest less costs of an allocation. */
static double
value_of(const allocation_problem *p, const double *x)
{
	double		sum = 0;

	for (int i = 0; i < p->n; i++)
		sum += x[i] * supply_apr_of(&p->market[i], x[i]) - (x[i] > 0 ? p->market[i].cost : 0);
	return sum;
}

/* ---------- branch and bound ---------- */

/* The line that a deposit is on. */
static int
line_of(const supply_market *m, double x)
{
	int			line = line_below(m, utilization_of(m, x));

	return line < -1 ? -1 : line;
}

/* Let every market stay on the line where it is, or out; what is best then is found for certain. */
static void
try_lines(search *s, const double *at, double *room)
{
	int			n = s->p->n;
	choice	   *saved = s->open;
	choice	   *fixed = (choice *) room;
	double	   *x = room + 2 * n;
	double	   *low = x + n;
	double		bound;
	double		sum,
				more;

	for (int i = 0; i < n; i++)
	{
		int			line = line_of(&s->p->market[i], at[i]);

		fixed[i] = (choice) {line, line, at[i] > 0 ? IS_USED : IS_NOT_USED};
	}
	s->open = fixed;
	settle(s, x, low, &bound);
	s->open = saved;
	sum = sum_of(x, n);
	more = sum_of(low, n);
	/* both prices are next to each other: what is between them brings the sum to the budget */
	if (more > s->p->budget && s->p->num_groups == 0)
		for (int i = 0; i < n; i++)
			x[i] += (low[i] - x[i]) * ((s->p->budget - sum) / (more - sum));
	if (sum_of(x, n) <= s->p->budget * (1 + 1e-9) && value_of(s->p, x) > s->best_value)
	{
		s->best_value = value_of(s->p, x);
		memcpy(s->best, x, sizeof(double) * n);
	}
}

/* The market that is torn at a price most: it does something else a little below and above. */
static int
torn_market(const search *s, double price, double *low_x, double *high_x)
{
	double		nudge = 1e-10 * s->top_rate;
	double		most = 0;
	int			at = -1;

	for (int i = 0; i < s->p->n; i++)
	{
		const supply_market *m = &s->p->market[i];
		double		own = price + (m->group >= 0 ? s->group_price[m->group] : 0);
		response	below = respond(m, &s->open[i], own - nudge);
		response	above = respond(m, &s->open[i], own + nudge);

		if (below.line == above.line || !(fabs(below.x - above.x) > most))
			continue;
		most = fabs(below.x - above.x);
		at = i;
		*low_x = above.x;
		*high_x = below.x;
	}
	return at;
}

static void explore(search *s, double parent_bound, double *room);

static void
explore_with(search *s, int market, choice c, double bound, double *room)
{
	choice		saved = s->open[market];

	s->open[market] = c;
	explore(s, bound, room);
	s->open[market] = saved;
}

/* Choose for a market that is torn: used or not, or on which side of the line of the greater deposit. */
static void
branch(search *s, int market, double low_x, double high_x, double bound, double *room)
{
	choice		c = s->open[market];
	choice		other = c;
	int			line;

	if (c.use == MAY_BE_USED && low_x == 0)
	{
		c.use = IS_USED;
		other.use = IS_NOT_USED;
	}
	else
	{
		/* lines are numbered upward, so a greater deposit is on one of a lower number */
		line = line_of(&s->p->market[market], high_x);
		if (line >= c.last)
			line = c.last - 1;
		c.last = line;
		other.first = line + 1;
	}
	explore_with(s, market, c, bound, room);
	explore_with(s, market, other, bound, room);
}

static void
explore(search *s, double parent_bound, double *room)
{
	double		bound;
	double		price,
				low_x,
				high_x;
	int			torn;

	if (s->nodes >= MAX_NODES)
	{
		s->unexplored = fmax(s->unexplored, parent_bound);
		return;
	}
	s->nodes++;
	price = settle(s, s->x, s->low, &bound);
	bound = fmin(bound, parent_bound);
	if (!isfinite(bound) || bound <= s->best_value + GAIN * fabs(s->best_value))
		return;
	torn = torn_market(s, price, &low_x, &high_x);
	try_lines(s, s->x, room);
	if (torn < 0 || bound <= s->best_value + GAIN * fabs(s->best_value))
	{
		/* what rounding leaves between both is no allocation */
		if (torn < 0 && bound > s->best_value + 1e-9 * fabs(s->best_value))
			s->unexplored = fmax(s->unexplored, bound);
		return;
	}
	branch(s, torn, low_x, high_x, bound, room);
}

/* ---------- equal rates, equal utilizations ---------- */

/* The least deposit at which suppliers get no more than a rate. */
static double
deposit_to_rate(const supply_market *m, double apr)
{
	double		low = 0,
				high = m->cap;

	if (m->supply + m->cap <= 0 || supply_apr_of(m, 0) <= apr)
		return 0;
	if (supply_apr_of(m, m->cap) > apr)
		return m->cap;
	for (int i = 0; i < BISECTIONS; i++)
	{
		double		middle = low + (high - low) / 2;

		if (middle == low || middle == high)
			break;
		if (supply_apr_of(m, middle) > apr)
			low = middle;
		else
			high = middle;
	}
	return high;
}

static double
deposit_to_utilization(const supply_market *m, double u)
{
	if (utilization_of(m, 0) <= u)
		return 0;
	return u > 0 ? fmin(m->borrow / u - m->supply, m->cap) : m->cap;
}

/* What is put in at a level of rates or utilizations; each group no more than its cap, all of it at a level of its own. */
static double
fill_to(const allocation_problem *p, allocation_objective objective, int group, double level, double *x)
{
	double		sum = 0;

	for (int i = 0; i < p->n; i++)
	{
		if (p->market[i].group != group)
			continue;
		x[i] = objective == ALLOCATE_RATE ? deposit_to_rate(&p->market[i], level) :
			deposit_to_utilization(&p->market[i], level);
		sum += x[i];
	}
	return sum;
}

static double
fill_group(const allocation_problem *p, allocation_objective objective, int group, double level, double top, double *x)
{
	double		low = level,
				high = top;
	double		sum = fill_to(p, objective, group, level, x);

	if (group < 0 || sum <= p->group_cap[group])
		return sum;
	for (int i = 0; i < BISECTIONS; i++)
	{
		double		middle = low + (high - low) / 2;

		if (middle == low || middle == high)
			break;
		if (fill_to(p, objective, group, middle, x) > p->group_cap[group])
			low = middle;
		else
			high = middle;
	}
	return fill_to(p, objective, group, high, x);
}

static double
fill_all(const allocation_problem *p, allocation_objective objective, double level, double top, double *x)
{
	double		sum = fill_group(p, objective, -1, level, top, x);

	for (int g = 0; g < p->num_groups; g++)
		sum += fill_group(p, objective, g, level, top, x);
	return sum;
}

/* The highest are brought down first, until the budget is used up. */
static void
level_down(const allocation_problem *p, allocation_objective objective, double top, double *x, double *low_x)
{
	double		low = 0,
				high = top;
	double		sum,
				more;

	if (fill_all(p, objective, 0, top, x) <= p->budget)
		return;
	for (int i = 0; i < BISECTIONS; i++)
	{
		double		middle = low + (high - low) / 2;

		if (p->pause != NULL)
			p->pause();
		if (middle == low || middle == high)
			break;
		if (fill_all(p, objective, middle, top, x) > p->budget)
			low = middle;
		else
			high = middle;
	}
	more = fill_all(p, objective, low, top, low_x);
	sum = fill_all(p, objective, high, top, x);
	for (int i = 0; more > sum && i < p->n; i++)
		x[i] += (low_x[i] - x[i]) * ((p->budget - sum) / (more - sum));
}

/* ---------- all together ---------- */

static double
top_rate(const allocation_problem *p)
{
	double		top = 0;

	for (int i = 0; i < p->n; i++)
		for (int k = 0; k < p->market[i].num_points; k++)
			top = fmax(top, p->market[i].rate[k]);
	return top;
}

size_t
allocation_scratch(int n)
{
	return 12 * (size_t) n + 16;
}

/* The most interest, to s->best. */
static void
search_most_interest(const allocation_problem *p, double *scratch, search *s)
{
	int			n = p->n;
	double	   *room;

	*s = (search) {.p = p, .top_rate = top_rate(p) + DBL_MIN, .best_value = 0, .unexplored = -INFINITY};
	s->x = scratch;
	s->low = s->x + n;
	s->best = s->low + n;
	s->group_price = s->best + n;
	s->open = (choice *) (s->group_price + n);
	room = s->group_price + 3 * n;
	memset(s->best, 0, sizeof(double) * n);
	for (int i = 0; i < n; i++)
		s->open[i] = (choice) {-1, p->market[i].num_points - 1, MAY_BE_USED};
	explore(s, INFINITY, room);
}

/*
 * What to put into each of n markets out of a budget, some of which may be left
 * idle.  upper_bound: no allocation brings more interest, counting what using the
 * markets of the one with the most costs.  There are no more groups than
 * markets.
 */
core_status
allocate(const allocation_problem *p, allocation_objective objective, double *scratch,
		 supply_share *share, double *upper_bound)
{
	search		s;
	double	   *x;
	double		costs = 0;

	search_most_interest(p, scratch, &s);
	for (int i = 0; i < p->n; i++)
		costs += s.best[i] > 0 ? p->market[i].cost : 0;
	*upper_bound = fmax(s.best_value, s.unexplored) + costs;
	x = s.best;
	if (objective != ALLOCATE_INTEREST)
	{
		x = s.x;
		level_down(p, objective, objective == ALLOCATE_RATE ? s.top_rate : 1 + DBL_EPSILON, x, s.low);
	}
	for (int i = 0; i < p->n; i++)
	{
		double		apr;

		/* what rounding puts in is nothing */
		if (x[i] < 1e-13 * p->budget)
			x[i] = 0;
		apr = supply_apr_of(&p->market[i], x[i]);

		share[i] = (supply_share) {x[i], apr, marginal_of(&p->market[i], x[i]), x[i] * apr};
		if (!isfinite(share[i].interest) || !isfinite(share[i].marginal_apr))
			return CORE_OUT_OF_RANGE;
	}
	return isfinite(*upper_bound) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* ---------- loops ---------- */

/* The line of a utilization going up: at a point, the one above it. */
static void
loop_line(const loop_market *m, double u, double *intercept, double *slope, double *end)
{
	int			line = m->num_points - 2;

	while (line > 0 && m->utilization[line] > u)
		line--;
	*slope = (m->rate[line + 1] - m->rate[line]) / (m->utilization[line + 1] - m->utilization[line]);
	*intercept = m->rate[line] - *slope * m->utilization[line];
	*end = line == m->num_points - 2 ? 1 : m->utilization[line + 1];
}

/*
 * The equity at which the next of it brings no more than "price": leverage *
 * staking less what is borrowed at a rate that the loop itself raises (arXiv
 * 2601.14005, equations 29 to 31).
 */
static double
loop_equity_at(const loop_market *m, double staking, double price, double *rate)
{
	double		more = m->leverage - 1;
	double		u = m->borrow / m->supply;
	double		x = 0;
	double		a,
				q,
				end;

	for (;;)
	{
		double		slope,
					top,
					stationary_x;

		loop_line(m, u, &a, &q, &end);
		*rate = a + q * u;
		if (more <= 0 || u >= 1)
			return x;
		slope = q * more / m->supply;
		/* marginal: L s - more (a + q B/S + 2 slope x) */
		top = m->leverage * staking - more * (a + q * m->borrow / m->supply) - price;
		stationary_x = slope > 0 ? top / (2 * more * slope) : top > 0 ? INFINITY : -INFINITY;
		if (!(stationary_x > x))
			return x;
		u = (m->borrow + more * stationary_x) / m->supply;
		if (u <= end)
		{
			*rate = a + q * u;
			return stationary_x;
		}
		u = end;
		x = (end * m->supply - m->borrow) / more;
	}
}

static double
loop_total(const loop_market *market, int n, double staking, double price, loop_share *share)
{
	double		sum = 0;

	for (int i = 0; i < n; i++)
	{
		share[i].equity = loop_equity_at(&market[i], staking, price, &share[i].borrow_apr);
		sum += share[i].equity;
	}
	return sum;
}

/* What the last of the equity brings, at a kink what it brought up to there; of none, what the first would. */
static double
loop_marginal(const loop_market *m, double staking, double x)
{
	double		more = m->leverage - 1;
	double		u = (m->borrow + more * x) / m->supply;
	double		a,
				q,
				end;

	loop_line(m, x > 0 ? u * (1 - 1e-12) : u, &a, &q, &end);
	return m->leverage * staking - more * (a + q * u + more * x * q / m->supply);
}

/* Equity in loops as long as they bring more than staking alone, which gets the rest. */
core_status
allocate_loops_of(const loop_market *market, int n, double budget, double staking, core_pause pause,
				  loop_share *share, double *rest)
{
	double		low = staking,
				high = staking;
	double		sum = loop_total(market, n, staking, staking, share);

	for (int i = 0; i < n; i++)
		high = fmax(high, market[i].leverage * fabs(staking) + market[i].leverage);
	for (int i = 0; sum > budget && i < BISECTIONS; i++)
	{
		double		middle = low + (high - low) / 2;

		if (pause != NULL)
			pause();
		if (middle == low || middle == high)
			break;
		if (loop_total(market, n, staking, middle, share) > budget)
			low = middle;
		else
			high = middle;
	}
	if (sum > budget)
	{
		double		more = loop_total(market, n, staking, low, share);

		sum = loop_total(market, n, staking, high, share);
		/* where lines are flat or kinked, the last is the first that has room */
		for (int i = 0; more > sum && i < n && sum < budget; i++)
		{
			double		rate;
			double		room = loop_equity_at(&market[i], staking, low, &rate) - share[i].equity;
			double		taken = fmin(room, budget - sum);

			share[i].equity += taken;
			sum += taken;
		}
	}
	*rest = fmax(budget - sum, 0);
	for (int i = 0; i < n; i++)
	{
		double		u = (market[i].borrow + (market[i].leverage - 1) * share[i].equity) / market[i].supply;
		double		a,
					q,
					end;

		loop_line(&market[i], u, &a, &q, &end);
		share[i].borrow_apr = a + q * u;
		share[i].marginal_apr = loop_marginal(&market[i], staking, share[i].equity);
		if (!isfinite(share[i].equity) || !isfinite(share[i].marginal_apr))
			return CORE_OUT_OF_RANGE;
	}
	return CORE_OK;
}

/* ---------- reallocation, lots ---------- */

/*
 * What a vault moves so that utilizations become equal: withdrawals are bounded
 * by what it has and by what is not lent, and both sides scaled to the lesser
 * (as the reallocation bot of Morpho Blue does).  CORE_NULL of nothing supplied.
 */
core_status
equalize_utilization_of(const double *supply, const double *borrow, const double *vault, int n,
						double *utilization, double *flow)
{
	double		supplied = 0,
				borrowed = 0,
				in = 0,
				out = 0,
				moved;

	for (int i = 0; i < n; i++)
	{
		supplied += supply[i];
		borrowed += borrow[i];
	}
	if (!isfinite(supplied) || !isfinite(borrowed))
		return CORE_OUT_OF_RANGE;
	if (!(supplied > 0) || !(borrowed > 0))
		return CORE_NULL;
	for (int i = 0; i < n; i++)
	{
		flow[i] = borrow[i] / (borrowed / supplied) - supply[i];
		if (flow[i] < 0)
			flow[i] = -fmin(-flow[i], fmin(vault[i], fmax(supply[i] - borrow[i], 0)));
		in += fmax(flow[i], 0);
		out += fmax(-flow[i], 0);
	}
	moved = fmin(in, out);
	for (int i = 0; i < n; i++)
	{
		double		side = flow[i] > 0 ? in : out;

		flow[i] = side > 0 ? flow[i] * (moved / side) + 0.0 : 0;
		utilization[i] = supply[i] + flow[i] > 0 ? borrow[i] / (supply[i] + flow[i]) : 0;
	}
	return CORE_OK;
}

/*
 * Whole lots: each gets those that its amount has, and the rest go to the
 * largest remainders, of equal ones the first (Hamilton).  The sum is the
 * greatest multiple of a lot not above that of the amounts.
 */
core_status
round_to_lots_of(const double *amount, int n, double lot, double *result)
{
	double		sum = 0,
				given = 0,
				whole;

	for (int i = 0; i < n; i++)
	{
		sum += amount[i];
		result[i] = floor(amount[i] / lot);
		given += result[i];
	}
	whole = floor(sum / lot * (1 + 4 * DBL_EPSILON));
	if (!(whole < 9e15))
		return CORE_OUT_OF_RANGE;
	for (double left = whole - given; left >= 1; left--)
	{
		int			best = 0;
		double		most = -1;

		for (int i = 0; i < n; i++)
		{
			double		remainder = amount[i] / lot - result[i];

			if (remainder > most)
			{
				most = remainder;
				best = i;
			}
		}
		result[best]++;
	}
	for (int i = 0; i < n; i++)
		result[i] *= lot;
	return CORE_OK;
}
