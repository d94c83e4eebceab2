/*-------------------------------------------------------------------------
 *
 * core/derivative/curve.c
 *	  Curves of discount factors, read between their nodes.
 *
 * Everything is computed of L(T) = -ln DF(T), which is 0 at 0 and the integral of
 * the instantaneous forward rate up to T.
 *
 *-------------------------------------------------------------------------
 */
#include "core/derivative/curve.h"

#include "core/base/root.h"

/* Beyond so much of continuous spread no double tells prices apart */
#define MAX_SHIFT	1e6

/* ---------- between nodes ---------- */

/*
 * The first node at or beyond a time; n if there is none.
 */
static size_t
node_at_or_after(const discount_curve *curve, double years)
{
	size_t		low = 0;
	size_t		high = curve->n;

	while (low < high)
	{
		size_t		middle = low + (high - low) / 2;

		if (curve_years(curve, middle) < years)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Node i counted from 1, where 0 is today. */
static inline double
end_years(const discount_curve *curve, size_t i)
{
	return i == 0 ? 0 : curve_years(curve, i - 1);
}

static inline double
end_factor(const discount_curve *curve, size_t i)
{
	return i == 0 ? 1 : curve_factor(curve, i - 1);
}

/* The growth over the piece that ends at node i >= 1, and its mean forward rate. */
static inline double
piece_growth(const discount_curve *curve, size_t i)
{
	return bond_log_ratio(end_factor(curve, i - 1), end_factor(curve, i));
}

static double
mean_forward(const discount_curve *curve, size_t i)
{
	return piece_growth(curve, i) / (end_years(curve, i) - end_years(curve, i - 1));
}

/*
 * The forward rate at node i, from 0 to n, by Hagan and West: the mean of those
 * of the two pieces, the shorter of which counts more; at the ends so that the
 * rate goes on as it came.
 */
static double
node_forward(const discount_curve *curve, size_t i)
{
	double		before;
	double		after;

	if (curve->n == 1)
		return mean_forward(curve, 1);
	if (i == 0)
		return 1.5 * mean_forward(curve, 1) - 0.5 * node_forward(curve, 1);
	if (i == curve->n)
		return 1.5 * mean_forward(curve, i) - 0.5 * node_forward(curve, i - 1);
	before = end_years(curve, i) - end_years(curve, i - 1);
	after = end_years(curve, i + 1) - end_years(curve, i);
	return (before * mean_forward(curve, i + 1) + after * mean_forward(curve, i)) /
		(before + after);
}

/* The integral of ((eta - x) / eta)^2 from 0 to x, no further than to eta. */
static double
falling_part(double x, double eta)
{
	double		left = 1 - x / eta;

	return x < eta ? eta / 3 * (1 - left * left * left) : eta / 3;
}

/* The integral of ((x - eta) / (1 - eta))^2 from eta to x, 0 before. */
static double
rising_part(double x, double eta)
{
	double		part = (x - eta) / (1 - eta);

	return x > eta ? (1 - eta) / 3 * part * part * part : 0;
}

/*
 * The integral from 0 to x, 0 <= x < 1, of g, the forward rate less its mean over
 * the piece, which is g0 at its begin, g1 at its end, and of which nothing is
 * left over the whole piece.  Of the four shapes the one that keeps it monotone
 * where its ends are.
 * Source: P. S. Hagan and G. West, "Interpolation Methods for Curve
 * Construction", Applied Mathematical Finance 13 (2006), section 6.
 */
static double
convex_integral(double g0, double g1, double x)
{
	double		eta;
	double		bend;

	if (g0 == 0 || g1 == 0)
		return 0;
	if ((g0 > 0) == (g1 > 0))
	{
		eta = g1 / (g0 + g1);
		bend = -g0 * eta;
		return bend * x + (g0 - bend) * falling_part(x, eta) + (g1 - bend) * rising_part(x, eta);
	}
	if (fabs(g1) > 2 * fabs(g0))
		return g0 * x + (g1 - g0) * rising_part(x, (g1 + 2 * g0) / (g1 - g0));
	if (fabs(g1) < 0.5 * fabs(g0))
		return g1 * x + (g0 - g1) * falling_part(x, 3 * g1 / (g1 - g0));
	return x * (1 - x) * (g0 * (1 - x) - g1 * x);
}

/* The three ways from node i - 1 to node i, at the part x of it; years is the time there. */
static double
log_linear(const discount_curve *curve, size_t i, double x)
{
	return x <= 0.5 ? piece_growth(curve, i) * x - log(end_factor(curve, i - 1)) :
		-piece_growth(curve, i) * (1 - x) - log(end_factor(curve, i));
}

static double
linear_zero(const discount_curve *curve, size_t i, double x, double years)
{
	double		to = -log(end_factor(curve, i)) / end_years(curve, i);
	double		from;

	if (i == 1)
		return to * years;
	from = -log(end_factor(curve, i - 1)) / end_years(curve, i - 1);
	return (from + (to - from) * x) * years;
}

static double
monotone_convex(const discount_curve *curve, size_t i, double x)
{
	double		mean = mean_forward(curve, i);
	double		g0 = node_forward(curve, i - 1) - mean;
	double		g1 = node_forward(curve, i) - mean;

	return log_linear(curve, i, x) +
		(end_years(curve, i) - end_years(curve, i - 1)) * convex_integral(g0, g1, x);
}

/*
 * -ln of the discount factor at a time, years >= 0; CORE_NULL beyond the last
 * node, CORE_OUT_OF_RANGE where nodes are so near or far that no double holds
 * the rates between them.
 */
core_status
curve_log_discount(const discount_curve *curve, double years, curve_method method,
				   double *log_discount)
{
	size_t		i = node_at_or_after(curve, years) + 1;
	double		from;
	double		x;

	*log_discount = 0;
	if (i > curve->n)
		return CORE_NULL;
	if (years == 0)
		return CORE_OK;
	from = end_years(curve, i - 1);
	x = (years - from) / (end_years(curve, i) - from);
	if (years == end_years(curve, i))
		*log_discount = -log(end_factor(curve, i));
	else if (method == CURVE_LOG_LINEAR)
		*log_discount = log_linear(curve, i, x);
	else if (method == CURVE_LINEAR_ZERO)
		*log_discount = linear_zero(curve, i, x, years);
	else
		*log_discount = monotone_convex(curve, i, x);
	return bond_checked(*log_discount);
}

/* ---------- what is read off a curve ---------- */

/* The factor at a time: at a node its own, to the last bit. */
core_status
curve_discount_factor(const discount_curve *curve, double years, curve_method method,
					  double *factor)
{
	size_t		i = node_at_or_after(curve, years);
	double		log_discount;
	core_status status;

	if (i < curve->n && years == curve_years(curve, i))
	{
		*factor = curve_factor(curve, i);
		return CORE_OK;
	}
	status = curve_log_discount(curve, years, method, &log_discount);
	*factor = exp(-log_discount);
	return status == CORE_OK ? bond_checked(*factor) : status;
}

/* The rate from now to a time, compounding "periods" times a year; CORE_NULL at 0. */
core_status
curve_zero_rate(const discount_curve *curve, double years, double periods, curve_method method,
				double *rate)
{
	double		log_discount;
	core_status status = curve_log_discount(curve, years, method, &log_discount);

	if (status != CORE_OK || years == 0)
		return years == 0 ? CORE_NULL : status;
	*rate = bond_rate(log_discount / years, periods);
	return bond_checked(*rate);
}

/* The rate between two times, years0 <= years1; CORE_NULL if they are equal. */
core_status
curve_forward_rate(const discount_curve *curve, double years0, double years1, double periods,
				   curve_method method, double *rate)
{
	double		log0,
				log1;
	core_status status = curve_log_discount(curve, years0, method, &log0);

	if (status == CORE_OK)
		status = curve_log_discount(curve, years1, method, &log1);
	if (status != CORE_OK || years0 == years1)
		return years0 == years1 ? CORE_NULL : status;
	*rate = bond_rate((log1 - log0) / (years1 - years0), periods);
	return bond_checked(*rate);
}

/*
 * A zero-coupon bond of so many years is held for a horizon, 0 <= horizon <=
 * years, while the curve stands still: what it earns by its own yield (carry),
 * what by being read off the curve at a nearer time (roll-down), and both:
 * (1 + carry)(1 + roll_down) = 1 + total_return.  CORE_NULL for years of 0 and
 * beyond the curve.
 */
core_status
curve_roll_down(const discount_curve *curve, double years, double horizon, curve_method method,
				curve_roll *roll)
{
	double		now,
				then;
	core_status status = curve_log_discount(curve, years, method, &now);

	if (status == CORE_OK)
		status = curve_log_discount(curve, years - horizon, method, &then);
	if (status != CORE_OK || years == 0)
		return years == 0 ? CORE_NULL : status;
	roll->carry = expm1(now * (horizon / years));
	roll->total_return = expm1(now - then);
	roll->roll_down = expm1(now - then - now * (horizon / years));
	return bond_checked(roll->carry + roll->total_return + roll->roll_down);
}

/* What amounts are worth on the curve; CORE_NULL if one lies beyond it. */
core_status
curve_value(const discount_curve *curve, const bond_flows *flows, curve_method method,
			double *value)
{
	dd			sum = {0, 0};

	for (size_t i = 0; i < flows->n; i++)
	{
		double		factor;
		core_status status = curve_discount_factor(curve, flows->times[i], method, &factor);

		core_pause_at(flows->pause, i);
		if (status != CORE_OK)
			return status;
		sum = dd_add_double(sum, flows->amounts[i] * factor);
	}
	*value = sum.hi;
	return bond_checked(*value);
}

/* ---------- the spread over a curve ---------- */

/*
 * What a spread is sought for.  The zero rates of the flows, all of them higher
 * by a spread s, grow by ln(u + s/m) m, where u = 1 + z/m of each and m the
 * periods.  s = m u_min (e^(v/m) - 1) for any v keeps all of them above -m; with
 * m infinite v is s.
 */
typedef struct spread_search
{
	const bond_flows *flows;
	const double *growth;		/* of the zero rate at each time */
	double		least;			/* of these */
	double		periods;
	double		price;
} spread_search;

/* The growth of flow i at v, and how it changes with v */
static double
shifted_growth(const spread_search *s, size_t i, double v, double *slope)
{
	double		ratio;
	double		more;

	*slope = 1;
	if (isinf(s->periods))
		return s->growth[i] + v;
	ratio = exp((s->least - s->growth[i]) / s->periods);
	more = ratio * expm1(v / s->periods);
	*slope = ratio * exp(v / s->periods) / (1 + more);
	return s->growth[i] + s->periods * log1p(more);
}

/*
 * ln(value of what is received) - ln(price and value of what is paid), which is
 * nearly a straight line in v, and its slope.
 */
static double
log_excess(double v, double *slope, const void *context)
{
	const spread_search *s = context;
	double		in = 0,
				out = s->price,
				in_slope = 0,
				out_slope = 0;

	for (size_t i = 0; i < s->flows->n; i++)
	{
		double		change;
		double		amount = s->flows->amounts[i];
		double		value = amount * exp(-s->flows->times[i] * shifted_growth(s, i, v, &change));

		core_pause_at(s->flows->pause, i);
		*(amount > 0 ? &in : &out) += fabs(value);
		*(amount > 0 ? &in_slope : &out_slope) -= fabs(value) * s->flows->times[i] * change;
	}
	*slope = in_slope / in - out_slope / out;
	return bond_log_ratio(in, out);
}

/*
 * The root nearest to 0 in one direction (dir 1 or -1): steps from 0 on, ever
 * longer, until the sign changes.
 */
static bool
spread_root(const spread_search *s, double excess, int dir, double *v)
{
	double		slope;
	double		from = 0;

	for (double step = 1.0 / 64; from < MAX_SHIFT; step *= 1.125)
	{
		double		to = from + step;

		if ((log_excess(dir * to, &slope, s) > 0) != (excess > 0))
		{
			*v = root_between(log_excess, s, dir > 0 ? from : -to, dir > 0 ? to : -from,
							  (excess > 0) == (dir < 0), dir * from);
			return true;
		}
		from = to;
	}
	return false;
}

/* Is what is paid worth less the higher the spread, so that there is one at most? */
static bool
only_receives(const bond_flows *flows)
{
	for (size_t i = 0; i < flows->n; i++)
		if (flows->amounts[i] < 0)
			return false;
	return true;
}

/* The root that is nearest to 0, where that is none itself. */
static bool
nearest_spread(const spread_search *s, double excess, double *v)
{
	double		below;
	bool		is_above;

	if (only_receives(s->flows))
		return spread_root(s, excess, excess > 0 ? 1 : -1, v);
	is_above = spread_root(s, excess, 1, v);
	if (!spread_root(s, excess, -1, &below))
		return is_above;
	if (!(is_above && *v <= -below))
		*v = below;
	return true;
}

/* The growth of the curve's zero rates at the times of flows, and the least of them */
static core_status
zero_growths(const discount_curve *curve, const bond_flows *flows, curve_method method,
			 double *growth, double *least)
{
	*least = INFINITY;
	for (size_t i = 0; i < flows->n; i++)
	{
		double		t = flows->times[i];
		double		log_discount;
		core_status status = curve_log_discount(curve, t, method, &log_discount);

		core_pause_at(flows->pause, i);
		if (status != CORE_OK)
			return status;
		growth[i] = t == 0 ? 0 : log_discount / t;
		if (t > 0 && flows->amounts[i] != 0)
			*least = fmin(*least, growth[i]);
	}
	return CORE_OK;
}

/*
 * The s that, added to all zero rates of the curve, compounding "periods" times
 * a year, makes the flows worth a price > 0; of several the nearest to 0.
 * CORE_NULL if there is none, or a flow lies beyond the curve.  "room" has place
 * for n doubles.
 */
core_status
curve_z_spread(const discount_curve *curve, double price, const bond_flows *flows,
			   double periods, curve_method method, double *room, double *spread)
{
	spread_search s = {flows, room, 0, periods, price};
	core_status status = zero_growths(curve, flows, method, room, &s.least);
	double		slope;
	double		excess;
	double		v = 0;

	if (status != CORE_OK)
		return status;
	if (isinf(s.least))
		return CORE_NULL;
	excess = log_excess(0, &slope, &s);
	if (excess != 0 && !nearest_spread(&s, excess, &v))
		return CORE_NULL;
	*spread = bond_rate(v, periods) * (isinf(periods) ? 1 : exp(s.least / periods));
	return isfinite(*spread) ? CORE_OK : CORE_NULL;
}

/* ---------- making one ---------- */

/*
 * The factors at ascending times > 0 of the curve on which each swap, from 0 to
 * one of these times and paying at it and all before, has the par rate given:
 *
 *		DF[n] = (1 - K[n] (tau[0] DF[0] + ... + tau[n-1] DF[n-1])) / (1 + K[n] tau[n])
 *
 * CORE_NULL if there is no such curve, since a factor would not be positive.
 */
core_status
curve_bootstrap(const double *times, const double *par_rates, size_t n, core_pause pause,
				double *factors)
{
	double		annuity = 0;

	for (size_t i = 0; i < n; i++)
	{
		double		tau = times[i] - (i == 0 ? 0 : times[i - 1]);
		double		factor = (1 - par_rates[i] * annuity) / (1 + par_rates[i] * tau);

		core_pause_at(pause, i);
		if (!curve_node_is_valid(times[i], factor) || !(1 + par_rates[i] * tau > 0))
			return CORE_NULL;
		factors[i] = factor;
		annuity += tau * factor;
	}
	return CORE_OK;
}
