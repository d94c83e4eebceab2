/*-------------------------------------------------------------------------
 *
 * core/series/path.c
 *	  Measures of a path: what depends on the order of the values of a series.
 *
 * Sums are kept as Ogita, Rump and Oishi's Sum2 keeps them ("Accurate sum and
 * dot product", SIAM J. Sci. Comput. 26 (2005)): the errors of all additions
 * are added up aside, so that a sum of millions is as exact as its terms.
 *
 *-------------------------------------------------------------------------
 */
#include "core/series/path.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "core/yield/apr.h"

#define USECS_PER_DAY	86400000000.0

/* So many steps are looked at together. */
#define SPREAD_CHUNK	256
#define STEPS_CHUNK		128

/* What follows is worth a branch of its own only if it is seldom taken. */
#if defined(__GNUC__)
#define path_unlikely(x)	__builtin_expect((x) != 0, 0)
#else
#define path_unlikely(x)	((x) != 0)
#endif

/* The span between two times; their whole range is wider than an int64. */
static inline double
span(int64_t from, int64_t to)
{
	return (double) ((uint64_t) to - (uint64_t) from);
}

static inline void
add(dd *sum, double term)
{
	dd			s = dd_two_sum(sum->hi, term);

	sum->hi = s.hi;
	sum->lo += s.lo;
}

static inline double
total(dd sum)
{
	return sum.hi + sum.lo;
}

static core_status
finite_or_out_of_range(double result)
{
	return isfinite(result) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* The first of ascending times that is not before a moment; n if there is none. */
size_t
path_first_from(const int64_t *time, size_t n, int64_t moment)
{
	size_t		low = 0;
	size_t		high = n;

	while (low < high)
	{
		size_t		middle = low + (high - low) / 2;

		if (time[middle] < moment)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* ---------- windows ---------- */

/*
 * The window from "start" to "end", start <= end, both valid times.  By
 * RATE_LOCF a path has a value from its first point on.  By RATE_LINEAR it has
 * one on the line between two points, and stays level after the last.
 */
void
path_window_init(path_window *w, int64_t start, int64_t end, rate_method method)
{
	memset(w, 0, sizeof(*w));
	w->start = start;
	w->end = end;
	w->method = method;
}

/* The value of the path at a moment between the newest point and the next one. */
static double
value_between(const path_window *w, int64_t next_time, double next_value, int64_t moment)
{
	rate_window edge;
	double		value = w->seen.value;

	if (w->method == RATE_LOCF)
		return value;
	rate_window_init(&edge, moment, moment);
	edge.start = (rate_edge) {w->seen.time, w->seen.value, next_time, next_value};
	(void) rate_window_rate_at_start(&edge, RATE_LINEAR, &value);
	return value;
}

static void
feed(path_window *w, path_fold fold, void *state, const int64_t *time, const double *value,
	 size_t n)
{
	if (n == 0)
		return;
	fold(state, time, value, n);
	w->feeding = true;
	w->fed_time = time[n - 1];
}

static void
see(path_window *w, int64_t time, double value)
{
	w->seen = (path_point) {true, time, value};
}

/*
 * Points of the path, those before the window included: of these the last one
 * counts.  False once nothing that follows can matter.
 */
bool
path_window_fold(path_window *w, path_fold fold, void *state,
				 const int64_t *time, const double *value, size_t n)
{
	size_t		from;
	size_t		to;

	if (n == 0 || w->done)
		return !w->done;
	from = time[0] >= w->start ? 0 : path_first_from(time, n, w->start);
	if (from > 0)
		see(w, time[from - 1], value[from - 1]);
	if (from == n)
		return true;
	if (!w->feeding && w->seen.exists && time[from] > w->start)
	{
		double		at_start = value_between(w, time[from], value[from], w->start);

		feed(w, fold, state, &w->start, &at_start, 1);
	}
	/* end + 1 is a number, since no valid time is the greatest of int64 */
	to = time[n - 1] <= w->end ? n : path_first_from(time, n, w->end + 1);
	if (to > from)
	{
		feed(w, fold, state, time + from, value + from, to - from);
		see(w, time[to - 1], value[to - 1]);
	}
	if (to == n)
		return true;
	if (w->feeding && w->fed_time < w->end)
	{
		double		at_end = value_between(w, time[to], value[to], w->end);

		feed(w, fold, state, &w->end, &at_end, 1);
	}
	w->done = true;
	return false;
}

/* The end of the path: its last value is carried to the end of the window. */
void
path_window_finish(path_window *w, path_fold fold, void *state)
{
	if (w->done || !w->seen.exists)
		return;
	if (!w->feeding)
		feed(w, fold, state, &w->start, &w->seen.value, 1);
	if (w->fed_time < w->end)
		feed(w, fold, state, &w->end, &w->seen.value, 1);
	w->done = true;
}

/* ---------- time-weighted average and integral ---------- */

void
path_mean_init(path_mean *s, rate_method method)
{
	memset(s, 0, sizeof(*s));
	s->method = method;
}

static inline void
mean_steps(path_mean *s, const int64_t *time, const double *value, size_t n, bool linear)
{
	int64_t		t0 = s->last.time;
	double		v0 = s->last.value;
	double		low = s->low;
	double		high = s->high;
	dd			area = s->area;

	for (size_t i = 0; i < n; i++)
	{
		double		v1 = value[i];
		double		height = linear ? v0 + v1 : v0;

		add(&area, height * span(t0, time[i]));
		low = v0 < low ? v0 : low;
		high = v0 > high ? v0 : high;
		t0 = time[i];
		v0 = v1;
	}
	/* on a line the newest point has a weight too; it is seen again next time */
	s->low = linear && v0 < low ? v0 : low;
	s->high = linear && v0 > high ? v0 : high;
	s->area = area;
	s->last.time = t0;
	s->last.value = v0;
}

/*
 * Take the first point of all; what is left of a call are then steps, each
 * from the point before to its own.
 */
static void
take_first(path_point *last, const int64_t **time, const double **value, size_t *n)
{
	*last = (path_point) {true, **time, **value};
	(*time)++;
	(*value)++;
	(*n)--;
}

void
path_mean_fold(void *state, const int64_t *time, const double *value, size_t n)
{
	path_mean  *s = state;

	if (n > 0 && !s->last.exists)
	{
		s->first_time = time[0];
		s->low = s->high = value[0];
		take_first(&s->last, &time, &value, &n);
	}
	if (s->method == RATE_LINEAR)
		mean_steps(s, time, value, n, true);
	else
		mean_steps(s, time, value, n, false);
}

/*
 * The time-weighted average: the integral over the length of time.  Of a
 * single moment it is the value then.  It never leaves the interval of the
 * values, so that of a constant path it is the constant.
 * CORE_NULL without a point, CORE_OUT_OF_RANGE when the integral is beyond a
 * double.
 */
core_status
path_mean_average(const path_mean *s, double *average)
{
	double		mean;

	if (!s->last.exists)
		return CORE_NULL;
	if (s->first_time == s->last.time)
	{
		*average = s->last.value;
		return CORE_OK;
	}
	mean = total(s->area) / span(s->first_time, s->last.time);
	if (s->method == RATE_LINEAR)
		mean /= 2;
	if (!isfinite(mean))
		return CORE_OUT_OF_RANGE;
	*average = mean < s->low ? s->low : mean > s->high ? s->high : mean;
	return CORE_OK;
}

/* The integral of the values over time, in units of so many microseconds. */
core_status
path_mean_integral(const path_mean *s, double unit, double *integral)
{
	if (!s->last.exists)
		return CORE_NULL;
	*integral = total(s->area) / (s->method == RATE_LINEAR ? 2 * unit : unit);
	return finite_or_out_of_range(*integral);
}

/* ---------- time-weighted standard deviation ---------- */

void
path_spread_init(path_spread *s, rate_method method)
{
	memset(s, 0, sizeof(*s));
	s->method = method;
}

/*
 * Join the integral over another stretch of time, of its own mean and moment:
 * T. F. Chan, G. H. Golub and R. J. LeVeque, "Updating formulae and a pairwise
 * algorithm for computing sample variances" (1979), with widths as weights.
 */
static void
spread_merge(path_spread *s, double width, double mean, double moment)
{
	double		both = s->width + width;
	double		apart = mean - s->mean;

	s->mean += apart * (width / both);
	s->moment += moment + apart * apart * (s->width * (width / both));
	s->width = both;
}

/*
 * Steps no more than SPREAD_CHUNK: first their mean, then what lies about it.
 * What rounding left of the mean is taken off the second sum, as usual.
 */
static inline void
spread_chunk(path_spread *s, const int64_t *time, const double *value, size_t n, bool linear)
{
	double		width[SPREAD_CHUNK];
	double		v0 = s->last.value;
	double		all = 0;
	double		area = 0;
	double		mean;
	double		rest = 0;
	double		squares = 0;

	for (size_t i = 0; i < n; i++)
	{
		width[i] = span(i == 0 ? s->last.time : time[i - 1], time[i]);
		all += width[i];
		area += (linear ? 0.5 * (v0 + value[i]) : v0) * width[i];
		v0 = value[i];
	}
	mean = area / all;
	v0 = s->last.value - mean;
	for (size_t i = 0; i < n; i++)
	{
		double		v1 = value[i] - mean;

		rest += (linear ? 0.5 * (v0 + v1) : v0) * width[i];
		squares += (linear ? (v0 * v0 + v0 * v1 + v1 * v1) / 3 : v0 * v0) * width[i];
		v0 = v1;
	}
	rest /= all;
	spread_merge(s, all, mean + rest, fmax(squares - rest * rest * all, 0));
	s->last = (path_point) {true, time[n - 1], value[n - 1]};
}

void
path_spread_fold(void *state, const int64_t *time, const double *value, size_t n)
{
	path_spread *s = state;

	if (n > 0 && !s->last.exists)
		take_first(&s->last, &time, &value, &n);
	while (n > 0)
	{
		size_t		chunk = n < SPREAD_CHUNK ? n : SPREAD_CHUNK;

		if (s->method == RATE_LINEAR)
			spread_chunk(s, time, value, chunk, true);
		else
			spread_chunk(s, time, value, chunk, false);
		time += chunk;
		value += chunk;
		n -= chunk;
	}
}

/*
 * The standard deviation about the time-weighted average, each value weighted
 * by the time it was in force; of the whole time, not of a sample.  Zero of a
 * single moment.
 */
core_status
path_spread_stddev(const path_spread *s, double *stddev)
{
	if (!s->last.exists)
		return CORE_NULL;
	*stddev = s->width > 0 ? sqrt(s->moment / s->width) : 0;
	return finite_or_out_of_range(*stddev);
}

/* ---------- volatility ---------- */

/*
 * For a path whose first and last point are these; all values positive.
 */
void
path_volatility_init(path_volatility *s, path_return kind,
					 int64_t first_time, double first_value,
					 int64_t last_time, double last_value)
{
	memset(s, 0, sizeof(*s));
	s->kind = kind;
	if (first_time < last_time)
		s->drift = yield_log_growth(first_value, last_value) / span(first_time, last_time);
}

/* Moves of up to 1/64 either way, some 3 %, need no logarithm. */
#define SMALL_MOVE	(1.0 / 64)

/*
 * ln((1 + d) / (1 - d)) = 2 artanh(d) by its series, for |d| <= SMALL_MOVE,
 * where the first term left out is below 2^-62 of the result.
 */
static inline double
small_log(double d)
{
	double		z = d * d;

	return 2 * d + 2 * d * z *
		(1.0 / 3 + z * (1.0 / 5 + z * (1.0 / 7 + z * (1.0 / 9))));
}

/*
 * Steps from point to point, a chunk at a time and array by array: so a
 * compiler can do several at once, which halves the price of the division.
 * What lies behind the last step is harmless and never read.
 */
typedef struct path_steps
{
	size_t		n;
	double		width[STEPS_CHUNK];
	double		point[STEPS_CHUNK + 1];	/* the first before the first step */
	double		result[STEPS_CHUNK];	/* the return */
	double		per_time[STEPS_CHUNK];	/* 1 / width */
} path_steps;

/* Cut off the next steps, at least one, and move on behind them. */
static void
cut_steps(path_steps *s, path_point *last, const int64_t **time, const double **value, size_t *n)
{
	size_t		m = *n < STEPS_CHUNK ? *n : STEPS_CHUNK;

	s->n = m;
	s->width[0] = span(last->time, **time);
	s->point[0] = last->value;
	for (size_t i = 1; i < m; i++)
		s->width[i] = span((*time)[i - 1], (*time)[i]);
	memcpy(s->point + 1, *value, m * sizeof(double));
	for (size_t i = m; i < STEPS_CHUNK; i++)
	{
		s->width[i] = 1;
		s->point[i + 1] = s->point[m];
	}
	*last = (path_point) {true, (*time)[m - 1], (*value)[m - 1]};
	*time += m;
	*value += m;
	*n -= m;
}

/*
 * Logarithmic returns.  One division serves the return and the inverse of the
 * width.  Where the product under it leaves the range of a double, or the move
 * is great, the return is made absurdly great or NaN, which add_squares
 * notices; a comparison here would keep compilers from doing several at once.
 */
static void
log_returns(path_steps *s)
{
	for (size_t i = 0; i < STEPS_CHUNK; i++)
	{
		double		base = s->point[i] + s->point[i + 1];
		double		product = base * s->width[i];
		double		inverse = 1 / product;
		double		x = (s->point[i + 1] - s->point[i]) * s->width[i] * inverse;
		double		size = fabs(x);
		double		excess = size - (size < SMALL_MOVE ? size : SMALL_MOVE);

		s->per_time[i] = base * inverse;
		s->result[i] = small_log(x) + excess * 1e300 + 0 * (product * inverse);
	}
}

/* The same of simple returns. */
static void
simple_returns(path_steps *s)
{
	for (size_t i = 0; i < STEPS_CHUNK; i++)
	{
		double		product = s->point[i] * s->width[i];
		double		inverse = 1 / product;
		double		change = s->point[i + 1] - s->point[i];

		s->per_time[i] = s->point[i] * inverse;
		s->result[i] = change * s->width[i] * inverse + 0 * (product * inverse);
	}
}

/* Reckon anew those returns that are too great or no number. */
static void
mend_returns(path_steps *s, path_return kind)
{
	for (size_t i = 0; i < s->n; i++)
	{
		double		from = s->point[i];
		double		to = s->point[i + 1];

		if (fabs(s->result[i]) < 4 * SMALL_MOVE)
			continue;
		s->per_time[i] = 1 / s->width[i];
		s->result[i] = kind == PATH_LOG_RETURN ? yield_log_growth(from, to) : (to - from) / from;
	}
}

/*
 * The sum of a chunk of terms, of which n count, in four parts side by side.
 */
static double
chunk_sum(double *terms, size_t n)
{
	double		sum[4] = {0, 0, 0, 0};

	for (size_t i = n; i < STEPS_CHUNK; i++)
		terms[i] = 0;
	for (size_t i = 0; i < STEPS_CHUNK; i += 4)
	{
		sum[0] += terms[i];
		sum[1] += terms[i + 1];
		sum[2] += terms[i + 2];
		sum[3] += terms[i + 3];
	}
	return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/*
 * Take a drift off the returns, and what is then above a limit, and add them
 * up, and their squares for each unit of time.  False, with the sums
 * unchanged, if one is no number.
 */
static bool
add_squares(dd *sum, dd *squares, const path_steps *s, double drift, double limit)
{
	double		rest[STEPS_CHUNK];
	double		terms[STEPS_CHUNK];
	double		all;

	for (size_t i = 0; i < STEPS_CHUNK; i++)
	{
		double		x = s->result[i] - drift * s->width[i];

		/* so that NaN stays what it is */
		x = limit < x ? limit : x;
		rest[i] = x;
		terms[i] = x * x * s->per_time[i];
	}
	all = chunk_sum(terms, s->n);
	if (!isfinite(all))
		return false;
	add(squares, all);
	add(sum, chunk_sum(rest, s->n));
	return true;
}

/* Add the returns of these steps and their squares to two sums, see add_squares. */
static void
take_steps(path_steps *s, path_return kind, dd *sum, dd *squares, double drift, double limit)
{
	if (kind == PATH_LOG_RETURN)
		log_returns(s);
	else
		simple_returns(s);
	if (add_squares(sum, squares, s, drift, limit))
		return;
	mend_returns(s, kind);
	/* whoever reads the sum will see that it is beyond a double */
	if (!add_squares(sum, squares, s, drift, limit))
		squares->hi = INFINITY;
}

void
path_volatility_fold(void *state, const int64_t *time, const double *value, size_t n)
{
	path_volatility *s = state;
	path_steps	steps;

	if (n > 0 && !s->last.exists)
	{
		s->first_time = time[0];
		take_first(&s->last, &time, &value, &n);
	}
	s->num_steps += (int64_t) n;
	while (n > 0)
	{
		cut_steps(&steps, &s->last, &time, &value, &n);
		take_steps(&steps, s->kind, &s->sum, &s->squares, s->drift, DBL_MAX);
	}
}

/*
 * The volatility of a year, from n returns r over steps of unequal width w:
 *
 *		drift = sum(r) / sum(w)
 *		variance = sum((r - drift w)^2 / w) / (n - 1)
 *
 * For logarithmic returns this is the unbiased form of the estimator of
 * greatest likelihood of a geometric Brownian motion seen at any times (Y.
 * Ait-Sahalia and P. Mykland, "The effects of random and discrete sampling
 * when estimating continuous-time diffusions", Econometrica 71 (2003), for
 * such sampling).  With equal steps it is the sample standard deviation of the
 * returns times the square root of the number of steps in a year, the usual
 * figure.
 *
 * CORE_NULL of fewer than two steps.
 */
core_status
path_volatility_annual(const path_volatility *s, double year_days, double *volatility)
{
	double		sum = total(s->sum);
	double		moment;

	if (s->num_steps < 2)
		return CORE_NULL;
	moment = total(s->squares) - sum * (sum / span(s->first_time, s->last.time));
	*volatility = sqrt(fmax(moment, 0) / (double) (s->num_steps - 1)) *
		sqrt(year_days * USECS_PER_DAY);
	/* fmax would hide that a sum is no number */
	return isfinite(moment) ? finite_or_out_of_range(*volatility) : CORE_OUT_OF_RANGE;
}

/* ---------- downside deviation ---------- */

/* "target" is the least return one accepts, simple and per year, finite. */
void
path_downside_init(path_downside *s, double target, double year_days)
{
	memset(s, 0, sizeof(*s));
	s->target = target / (year_days * USECS_PER_DAY);
}

void
path_downside_fold(void *state, const int64_t *time, const double *value, size_t n)
{
	path_downside *s = state;
	path_steps	steps;

	if (n > 0 && !s->last.exists)
		take_first(&s->last, &time, &value, &n);
	s->num_steps += (int64_t) n;
	while (n > 0)
	{
		cut_steps(&steps, &s->last, &time, &value, &n);
		take_steps(&steps, PATH_SIMPLE_RETURN, &s->sum, &s->squares, s->target, 0);
	}
}

/*
 * The downside deviation of a year, from n simple returns r over steps of
 * width w years:
 *
 *		sqrt(sum(min(r - target w, 0)^2 / w) / n)
 *
 * All steps count in n, those above the target too.  With equal steps, N a
 * year, this is sqrt(mean(min(r - target/N, 0)^2)) * sqrt(N), which is
 * empyrical's downside_risk.  CORE_NULL without a step.
 */
core_status
path_downside_annual(const path_downside *s, double year_days, double *deviation)
{
	if (s->num_steps < 1)
		return CORE_NULL;
	*deviation = sqrt(total(s->squares) / (double) s->num_steps) *
		sqrt(year_days * USECS_PER_DAY);
	return finite_or_out_of_range(*deviation);
}

/* ---------- drawdown ---------- */

/* How far a value, positive, lies below a peak that it does not exceed, as a fraction of it. */
double
path_fall(double peak, double value)
{
	return (peak - value) / peak;
}

void
path_drawdown_init(path_drawdown *s)
{
	memset(s, 0, sizeof(*s));
	s->share = 1;
}

/* A little more than the value that is such a share of a peak. */
static double
trigger_of(double peak, double share)
{
	return peak * share * (1 + 8 * DBL_EPSILON);
}

/*
 * Is the fall from a peak to a value deeper than all before?  Shallow falls
 * are told apart by the part that is lost, and deep ones by what is left,
 * since all falls to next to nothing are rounded to 1.
 */
static bool
is_deeper(const path_drawdown *s, double peak, double value)
{
	double		fall = path_fall(peak, value);

	return fall > 0.5 && s->depth > 0.5 ? value / peak < s->share : fall > s->depth;
}

/*
 * Values are positive.  A value is divided by its peak only where it may make
 * a new deepest fall.  As in pyfolio's account of the greatest drawdown, the
 * peak is the last moment at which its value stood, the trough the first
 * moment of the least, the recovery the first moment at the peak again.
 */
void
path_drawdown_fold(void *state, const int64_t *time, const double *value, size_t n)
{
	path_drawdown *s = state;
	path_point	peak = s->peak;
	double		trigger = s->trigger;

	for (size_t i = 0; i < n; i++)
	{
		double		v = value[i];

		if (v >= peak.value)
		{
			if (path_unlikely(s->trough.exists && !s->recovery.exists))
				s->recovery = (path_point) {true, time[i], v};
			if (v > peak.value)
				trigger = trigger_of(v, s->share);
			peak = (path_point) {true, time[i], v};
		}
		else if (path_unlikely(v <= trigger) && is_deeper(s, peak.value, v))
		{
			s->depth = path_fall(peak.value, v);
			s->share = v / peak.value;
			trigger = trigger_of(peak.value, s->share);
			s->from = peak;
			s->trough = (path_point) {true, time[i], v};
			s->recovery = (path_point) {false, 0, 0};
		}
	}
	s->peak = peak;
	s->trigger = trigger;
}

/* ---------- ulcer index ---------- */

void
path_ulcer_init(path_ulcer *s)
{
	memset(s, 0, sizeof(*s));
}

void
path_ulcer_fold(void *state, const int64_t *time, const double *value, size_t n)
{
	path_ulcer *s = state;
	int64_t		t0;
	double		peak;
	dd			squares = s->squares;

	if (n > 0 && !s->last.exists)
	{
		s->first_time = time[0];
		s->peak = value[0];
		take_first(&s->last, &time, &value, &n);
	}
	t0 = s->last.time;
	peak = s->peak;
	for (size_t i = 0; i < n; i++)
	{
		if (value[i] >= peak)
			peak = value[i];
		else
		{
			double		fall = path_fall(peak, value[i]);

			add(&squares, fall * fall * span(t0, time[i]));
		}
		t0 = time[i];
	}
	s->squares = squares;
	s->peak = peak;
	s->last.time = t0;
}

/*
 * The root of the mean square of the drawdown (P. Martin and B. McCann, "The
 * Investor's Guide to Fidelity Funds", 1989): the drawdown at the end of each
 * step, weighted by the length of the step.  With equal steps it is the root
 * of the mean over all points but the first.  Zero of a single point.
 */
core_status
path_ulcer_index(const path_ulcer *s, double *index)
{
	if (!s->last.exists)
		return CORE_NULL;
	*index = s->first_time == s->last.time ? 0 :
		sqrt(total(s->squares) / span(s->first_time, s->last.time));
	return finite_or_out_of_range(*index);
}

/* ---------- spells ---------- */

/* Keep the longer of two spells, of equal ones the first. */
static inline void
keep_longer(path_spell *longest, int64_t start, int64_t end)
{
	if ((uint64_t) end - (uint64_t) start >
		(uint64_t) longest->end - (uint64_t) longest->start)
		*longest = (path_spell) {start, end};
}

void
path_flat_init(path_flat *s)
{
	memset(s, 0, sizeof(*s));
}

void
path_flat_fold(void *state, const int64_t *time, const double *value, size_t n)
{
	path_flat  *s = state;
	double		current;
	int64_t		since;
	path_spell	longest = s->longest;

	if (n == 0)
		return;
	if (!s->last.exists)
	{
		s->since = time[0];
		longest = (path_spell) {time[0], time[0]};
		s->last.value = value[0];
	}
	current = s->last.value;
	since = s->since;
	for (size_t i = 0; i < n; i++)
	{
		if (value[i] != current)
		{
			keep_longer(&longest, since, time[i]);
			since = time[i];
			current = value[i];
		}
	}
	s->longest = longest;
	s->since = since;
	s->last = (path_point) {true, time[n - 1], current};
}

/*
 * The longest time from one change of the value to the next; the first and the
 * last point count as changes.  start == end of a single point.
 */
path_spell
path_flat_longest(const path_flat *s)
{
	path_spell	longest = s->longest;

	keep_longer(&longest, s->since, s->last.time);
	return longest;
}

void
path_below_init(path_below *s, double threshold)
{
	memset(s, 0, sizeof(*s));
	s->threshold = threshold;
}

void
path_below_fold(void *state, const int64_t *time, const double *value, size_t n)
{
	path_below *s = state;
	double		threshold = s->threshold;
	bool		below;
	int64_t		since;

	if (n == 0)
		return;
	if (!s->last.exists)
	{
		s->first_time = time[0];
		s->since = time[0];
		s->longest = (path_spell) {time[0], time[0]};
		take_first(&s->last, &time, &value, &n);
		if (n == 0)
			return;
	}
	below = s->last.value < threshold;
	since = s->since;
	for (size_t i = 0; i < n; i++)
	{
		bool		is_below = value[i] < threshold;

		if (is_below != below)
		{
			if (below)
			{
				s->total += (uint64_t) time[i] - (uint64_t) since;
				keep_longer(&s->longest, since, time[i]);
			}
			since = time[i];
			below = is_below;
		}
	}
	s->since = since;
	s->last = (path_point) {true, time[n - 1], value[n - 1]};
}

/* Is the last value below the threshold?  It is so since s->since then. */
bool
path_below_is_below(const path_below *s)
{
	return s->last.exists && s->last.value < s->threshold;
}

/* The longest time below the threshold; start == end if it never was. */
path_spell
path_below_longest(const path_below *s)
{
	path_spell	longest = s->longest;

	if (path_below_is_below(s))
		keep_longer(&longest, s->since, s->last.time);
	return longest;
}

/* All time below the threshold, in microseconds. */
uint64_t
path_below_time(const path_below *s)
{
	return s->total +
		(path_below_is_below(s) ? (uint64_t) s->last.time - (uint64_t) s->since : 0);
}

/*
 * The share of the time below the threshold; of a single moment 0 or 1.
 */
core_status
path_below_share(const path_below *s, double *share)
{
	if (!s->last.exists)
		return CORE_NULL;
	if (s->first_time == s->last.time)
		*share = path_below_is_below(s);
	else
		*share = (double) path_below_time(s) / span(s->first_time, s->last.time);
	return CORE_OK;
}

/* ---------- rolling yields ---------- */

/* "next" gives the points of the path once more, oldest first; see path_source. */
void
path_lag_init(path_lag *lag, path_source next, void *source)
{
	memset(lag, 0, sizeof(*lag));
	lag->next = next;
	lag->source = source;
}

/*
 * The value in force at a moment that is not before the last one asked for.
 * False before the first point.
 */
static inline bool
value_at(path_lag *lag, int64_t moment, double *value)
{
	for (;;)
	{
		while (lag->i < lag->n && lag->time[lag->i] <= moment)
		{
			lag->current = lag->value[lag->i++];
			lag->has_value = true;
		}
		if (lag->i < lag->n)
			break;
		lag->i = lag->n = 0;
		if (!lag->next(lag->source, &lag->time, &lag->value, &lag->n))
			break;
	}
	*value = lag->current;
	return lag->has_value;
}

/*
 * For each of n points, all values positive, the yearly yield from the value
 * in force "width" microseconds earlier to its own; NULL where the path had
 * none then, or the yield is beyond a double.
 */
void
path_rolling_yield(path_lag *lag, int64_t width, double year_days, path_yield yield,
				   const int64_t *time, const double *value, size_t n,
				   double *result, bool *is_null)
{
	for (size_t i = 0; i < n; i++)
	{
		double		before;
		bool		known = time[i] >= INT64_MIN + width &&
			value_at(lag, time[i] - width, &before);

		result[i] = 0;
		is_null[i] = !known ||
			yield(before, value[i], time[i] - width, time[i], year_days, &result[i]) != CORE_OK;
	}
}
