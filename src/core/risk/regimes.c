/*-------------------------------------------------------------------------
 *
 * core/risk/regimes.c
 *	  When a history changed, and which of its values do not belong to it.
 *
 *-------------------------------------------------------------------------
 */
#include "core/risk/regimes.h"

#include <math.h>

#include "core/base/dd.h"
#include "core/base/normal.h"
#include "core/base/select.h"
#include "core/base/splitmix.h"

/* ---------- outliers ---------- */

/* The scale of a deviation of a normal variable over its median, and over its mean, deviation */
#define MEDIAN_SCALE	0.6745
#define MEAN_SCALE		1.253314

/* Ranks are counted in P. M. Fenwick's tree (1994). */
static void
count_rank(ranked_window *w, int32_t rank, int32_t by)
{
	for (size_t i = (size_t) rank + 1; i <= w->n; i += i & -i)
		w->count[i] += by;
}

/* The k-th least value in the window, from 0. */
static double
kth_of_window(const ranked_window *w, size_t k)
{
	size_t		at = 0;
	size_t		step = 1;

	while (2 * step <= w->n)
		step *= 2;
	for (; step > 0; step /= 2)
		if (at + step <= w->n && (size_t) w->count[at + step] <= k)
		{
			at += step;
			k -= (size_t) w->count[at];
		}
	return w->sorted[at];
}

/* Let the window be from..to - 1; neither end goes back. */
void
ranked_window_move(ranked_window *w, size_t from, size_t to)
{
	for (; w->to < to; w->to++)
		count_rank(w, w->rank[w->to], 1);
	for (; w->from < from; w->from++)
		count_rank(w, w->rank[w->from], -1);
}

static double
median_of_window(const ranked_window *w, size_t n)
{
	double		upper = kth_of_window(w, n / 2);
	double		lower = n % 2 == 1 ? upper : kth_of_window(w, n / 2 - 1);

	return lower + (upper - lower) / 2;
}

/*
 * The k-th least distance from the median, from 0.  Values below it, from the
 * median down, and those above are two ascending lists of distances; the k
 * least of both together are some of each.
 */
static double
kth_distance(const ranked_window *w, size_t n, double median, size_t k)
{
	size_t		below = n / 2;	/* values that count as the lower list */
	size_t		low = k + 1 > n - below ? k + 1 - (n - below) : 0;
	size_t		high = k + 1 < below ? k + 1 : below;
	double		left,
				right;

	/* how many of the lower list are among the k + 1 least */
	while (low < high)
	{
		size_t		taken = low + (high - low) / 2;
		double		next = median - kth_of_window(w, below - 1 - taken);
		double		last = kth_of_window(w, below + (k - taken)) - median;

		if (next < last)
			low = taken + 1;
		else
			high = taken;
	}
	left = low > 0 ? median - kth_of_window(w, below - low) : 0;
	right = k + 1 > low ? kth_of_window(w, below + (k - low)) - median : 0;
	return fmax(left, right);
}

static double
mad_of_window(const ranked_window *w, size_t n, double median)
{
	double		upper = kth_distance(w, n, median, n / 2);
	double		lower = n % 2 == 1 ? upper : kth_distance(w, n, median, n / 2 - 1);

	return lower + (upper - lower) / 2;
}

static double
mean_distance(const ranked_window *w, double median)
{
	double		sum = 0;

	for (size_t i = w->from; i < w->to; i++)
		sum += fabs(w->value[i] - median);
	return sum / (double) (w->to - w->from);
}

/*
 * The modified score of B. Iglewicz and D. C. Hoaglin, "How to detect and
 * handle outliers" (1993): where more than half of the values are the same, by
 * the mean distance instead.
 */
outlier_score
outlier_score_of(const ranked_window *w, double value, double threshold)
{
	size_t		n = w->to - w->from;
	outlier_score s = {.is_known = n >= 3};
	double		scale;

	if (!s.is_known)
		return s;
	s.median = median_of_window(w, n);
	s.mad = mad_of_window(w, n, s.median);
	scale = s.mad > 0 ? s.mad / MEDIAN_SCALE : MEAN_SCALE * mean_distance(w, s.median);
	s.has_score = scale > 0;
	s.score = s.has_score ? (value - s.median) / scale : 0;
	s.is_outlier = s.has_score ? fabs(s.score) > threshold : value != s.median;
	return s;
}

/* The median distance of n > 0 values, in ascending order, from their median; "room" is for as many. */
double
median_deviation(const double *sorted, size_t n, double *room)
{
	double		median = sorted[(n - 1) / 2] + (sorted[n / 2] - sorted[(n - 1) / 2]) / 2;

	for (size_t i = 0; i < n; i++)
		room[i] = fabs(sorted[i] - median);
	return select_median(room, n);
}

/* ---------- sums of deviations ---------- */

/*
 * One more step of E. S. Page's sum (1954): upwards of what is above the target
 * by more than the slack, downwards where the slack is negative.
 */
double
cusum_next(double sum, double value, double target, double slack)
{
	double		deviation = signbit(slack) ? target - value : value - target;

	return fmax(0, sum + deviation - fabs(slack));
}

/* ---------- change points ---------- */

/*
 * The variance of the noise about a level that changes: of differences, by
 * their median deviation, or that of the values where half of the differences
 * are the same.  "room" is for n - 1 numbers; 0 of one value.
 */
double
noise_variance(const double *value, size_t n, double *room)
{
	double		median,
				mean,
				stddev,
				spread;

	if (n < 2)
		return 0;
	for (size_t i = 0; i + 1 < n; i++)
		room[i] = value[i + 1] - value[i];
	median = select_median(room, n - 1);
	for (size_t i = 0; i + 1 < n; i++)
		room[i] = fabs(value[i + 1] - value[i] - median);
	spread = select_median(room, n - 1) / (MEDIAN_SCALE * sqrt(2));
	if (spread > 0)
		return spread * spread;
	segment_moments(value, n, &mean, &stddev);
	return stddev * stddev * ((double) n - 1) / (double) n;
}

/* Mean and sample deviation, NAN of one value, about the first one so that little cancels. */
void
segment_moments(const double *value, size_t n, double *mean, double *stddev)
{
	dd			sum = {0, 0};
	dd			squares = {0, 0};
	double		off;

	for (size_t i = 0; i < n; i++)
		sum = dd_add_double(sum, value[i] - value[0]);
	off = sum.hi / (double) n;
	*mean = value[0] + off;
	for (size_t i = 0; i < n; i++)
	{
		double		deviation = (value[i] - value[0]) - off;

		squares = dd_add_double(squares, deviation * deviation);
	}
	*stddev = sqrt(squares.hi / ((double) n - 1));
}

/* Sums of what values are above the first, and of its squares, up to each point. */
static void
sum_up(change_search *s)
{
	dd			sum = {0, 0};
	dd			square = {0, 0};

	for (size_t i = 0; i <= s->n; i++)
	{
		s->sum_hi[i] = sum.hi;
		s->sum_lo[i] = sum.lo;
		s->square_hi[i] = square.hi;
		s->square_lo[i] = square.lo;
		if (i < s->n)
		{
			double		x = s->value[i] - s->value[0];

			sum = dd_add_double(sum, x);
			square = dd_add(square, dd_two_product(x, x));
		}
	}
}

/* The sum of squares about the mean of the points from..to - 1 */
static double
scatter(const change_search *s, size_t from, size_t to)
{
	dd			sum = dd_add((dd) {s->sum_hi[to], s->sum_lo[to]},
							 dd_negated((dd) {s->sum_hi[from], s->sum_lo[from]}));
	dd			square = dd_add((dd) {s->square_hi[to], s->square_lo[to]},
								dd_negated((dd) {s->square_hi[from], s->square_lo[from]}));
	dd			about_mean = dd_product(sum, sum);
	double		n = (double) (to - from);

	about_mean.hi /= n;
	about_mean.lo /= n;
	return fmax(dd_add(square, dd_negated(about_mean)).hi, 0);
}

static double
cost_of(const change_search *s, double scattered, double n)
{
	if (s->cost == CHANGE_MEAN)
		return scattered / s->variance;
	return n * log(fmax(scattered / n, 1e-12 * s->variance));
}

/*
 * How much cheaper a segment can be whole than in two parts.  Of means never;
 * where variances have a floor, by what the floor adds to the sum of the parts.
 */
static double
slack_of(const change_search *s, double scattered)
{
	double		n = (double) s->n;

	if (s->cost == CHANGE_MEAN)
		return 0;
	return fmin(n * log(2), n * n * 1e-12 * s->variance / fmax(scattered, 1e-300));
}

/*
 * The best start of the last segment of the beginning of length "to" among the
 * candidates, which are in ascending order: of equal ones the earlier.
 */
static void
find_last_start(change_search *s, size_t to, size_t num_candidates)
{
	s->least[to] = INFINITY;
	for (size_t i = 0; i < num_candidates && s->candidate[i] + s->min_size <= to; i++)
	{
		size_t		from = s->candidate[i];
		double		cost = s->least[from] + s->penalty +
			cost_of(s, scatter(s, from, to), (double) (to - from));

		if (cost < s->least[to])
		{
			s->least[to] = cost;
			s->start[to] = from;
		}
	}
}

/*
 * Forget candidates that can never be best again: those that are worse already
 * than one that begins at "to", from when on that one is long enough.
 */
static size_t
prune(change_search *s, size_t to, size_t num_candidates)
{
	size_t		kept = 0;

	for (size_t i = 0; i < num_candidates; i++)
	{
		size_t		from = s->candidate[i];

		if (s->expires[from] == SIZE_MAX && from + s->min_size <= to)
		{
			double		scattered = scatter(s, from, to);
			double		cost = s->least[from] + cost_of(s, scattered, (double) (to - from));

			if (cost > s->least[to] + slack_of(s, scattered) + 1e-9 * fabs(s->least[to]))
				s->expires[from] = to + s->min_size;
		}
		if (s->expires[from] > to + 1)
			s->candidate[kept++] = from;
	}
	return kept;
}

/*
 * Segments of at least min_size points whose costs and penalties add up to the
 * least: R. Killick, P. Fearnhead and I. A. Eckley, "Optimal detection of
 * changepoints with a linear computational cost" (2012), exact.  start[k] is
 * where the last segment of the first k points starts.  The variance is above 0.
 */
void
change_points_find(change_search *s)
{
	size_t		num_candidates = 0;
	size_t		work = 0;

	sum_up(s);
	s->least[0] = -s->penalty;
	for (size_t to = 1; to <= s->n; to++)
	{
		if (to >= s->min_size)
		{
			s->expires[to - s->min_size] = SIZE_MAX;
			if (to == s->min_size || isfinite(s->least[to - s->min_size]))
				s->candidate[num_candidates++] = to - s->min_size;
		}
		find_last_start(s, to, num_candidates);
		work += 2 * num_candidates + 1;
		if (isfinite(s->least[to]))
			num_candidates = prune(s, to, num_candidates);
		if (work > CORE_PAUSE_AFTER && s->pause != NULL)
		{
			s->pause();
			work = 0;
		}
	}
}

/* ---------- trends ---------- */

static bool
all_equal(const double *value, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (value[i] != value[0])
			return false;
	return true;
}

/* As R's acf: about the mean of all, over the sum of all squares. */
core_status
autocorrelation_of(const double *value, size_t n, size_t lag, double *result)
{
	dd			sum = {0, 0};
	dd			squares = {0, 0};
	dd			products = {0, 0};
	double		off;

	if (n == 0 || lag >= n || all_equal(value, n))
		return CORE_NULL;
	for (size_t i = 0; i < n; i++)
		sum = dd_add_double(sum, value[i] - value[0]);
	off = sum.hi / (double) n;
	for (size_t i = 0; i < n; i++)
	{
		double		x = value[i] - value[0] - off;

		squares = dd_add_double(squares, x * x);
		if (i + lag < n)
			products = dd_add_double(products, x * (value[i + lag] - value[0] - off));
	}
	*result = products.hi / squares.hi;
	return isfinite(*result) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* What all pairs of points say of slopes and two bounds. */
typedef struct slope_count
{
	double		low;
	double		high;
	int64_t		below;			/* the lower bound */
	int64_t		at_low;
	size_t		inside;			/* strictly between them, of which the first are kept */
	int64_t		at_high;		/* none if both bounds are one */
	int64_t		s;				/* rises less falls */
	double	   *kept;
} slope_count;

static void
count_slope(slope_count *c, double slope)
{
	if (slope < c->low)
		c->below++;
	else if (slope == c->low)
		c->at_low++;
	else if (slope < c->high)
	{
		if (c->inside++ < TREND_SLOPES)
			c->kept[c->inside - 1] = slope;
	}
	else
		c->at_high += slope == c->high;
}

static void
look_at_slopes(slope_count *c, const double *at, const double *value, size_t n, core_pause pause)
{
	size_t		work = 0;

	c->below = c->at_low = c->at_high = c->s = 0;
	c->inside = 0;
	for (size_t j = 1; j < n; j++)
	{
		for (size_t i = 0; i < j; i++)
		{
			c->s += (value[j] > value[i]) - (value[j] < value[i]);
			count_slope(c, (value[j] - value[i]) / (at[j] - at[i]));
		}
		work += j;
		if (work > CORE_PAUSE_AFTER && pause != NULL)
		{
			pause();
			work = 0;
		}
	}
}

/*
 * Bounds about the median slope by a sample of pairs, so many deviations of its
 * rank wide; infinite where there is room for all slopes.
 */
static void
guess_slope_bounds(slope_count *c, const double *at, const double *value, size_t n,
				   double deviations)
{
	size_t		size = TREND_SLOPES / 2;
	size_t		off = (size_t) (deviations * sqrt((double) size) / 2);

	c->low = -INFINITY;
	c->high = INFINITY;
	if (n * (n - 1) / 2 <= TREND_SLOPES)
		return;
	for (size_t k = 0; k < size; k++)
	{
		size_t		i = (size_t) (splitmix_uniform(0, 2 * k) * (double) n);
		size_t		j = (size_t) (splitmix_uniform(0, 2 * k + 1) * (double) (n - 1));

		j += j >= i;
		c->kept[k] = (value[j] - value[i]) / (at[j] - at[i]);
	}
	c->low = select_kth(c->kept, size, size / 2 - off);
	c->high = select_kth(c->kept, size, size / 2 + off);
}

/* The slope of this rank, from 0; false if it is not between the bounds, or was not kept. */
static bool
slope_of_rank(const slope_count *c, int64_t rank, double *slope)
{
	rank -= c->below;
	if (rank >= 0 && rank < c->at_low)
	{
		*slope = c->low;
		return true;
	}
	rank -= c->at_low;
	if (rank >= 0 && rank < (int64_t) c->inside)
	{
		if (c->inside <= TREND_SLOPES)
			*slope = select_kth(c->kept, c->inside, (size_t) rank);
		return c->inside <= TREND_SLOPES;
	}
	*slope = c->high;
	return rank >= (int64_t) c->inside && rank - (int64_t) c->inside < c->at_high;
}

/* The median of all slopes between pairs of points: H. Theil (1950), P. K. Sen (1968). */
static double
median_slope(const double *at, const double *value, size_t n, double *slopes, core_pause pause,
			 int64_t *s)
{
	int64_t		pairs = (int64_t) n * ((int64_t) n - 1) / 2;
	slope_count c = {.kept = slopes};

	for (double deviations = 6; deviations < 100; deviations *= 2)
	{
		double		lower,
					upper;

		guess_slope_bounds(&c, at, value, n, deviations);
		look_at_slopes(&c, at, value, n, pause);
		*s = c.s;
		if (slope_of_rank(&c, (pairs - 1) / 2, &lower) && slope_of_rank(&c, pairs / 2, &upper))
			return lower + (upper - lower) / 2;
	}
	return NAN;
}

/* Sums over groups of t equal values of t (t - 1) and of t (t - 1) (2t + 5). */
static void
count_ties(const double *sorted, size_t n, double *pairs, double *spread)
{
	*pairs = *spread = 0;
	for (size_t i = 0, next; i < n; i = next)
	{
		double		t;

		for (next = i; next < n && sorted[next] == sorted[i]; next++)
			;
		t = (double) (next - i);
		*pairs += t * (t - 1);
		*spread += t * (t - 1) * (2 * t + 5);
	}
}

/*
 * H. B. Mann and M. G. Kendall's test for a trend of n values at ascending
 * places, and the median slope.  "slopes" has room for all pairs of values, or
 * TREND_SLOPES numbers if they are more, "sorted" has the values in ascending
 * order.  CORE_NULL of less than two values, or of equal ones.
 */
core_status
trend_test_of(const double *at, const double *value, size_t n, double *slopes, double *sorted,
			  core_pause pause, trend_test *test)
{
	double		all = (double) n * ((double) n - 1);
	double		tied,
				spread,
				deviation;

	if (n < 2 || sorted[0] == sorted[n - 1])
		return CORE_NULL;
	test->slope = median_slope(at, value, n, slopes, pause, &test->s);
	count_ties(sorted, n, &tied, &spread);
	deviation = sqrt((all * (2 * (double) n + 5) - spread) / 18);
	test->tau = 2 * (double) test->s / sqrt(all * (all - tied));
	test->z = (double) (test->s - (test->s > 0) + (test->s < 0)) / deviation;
	test->p_value = 2 * normal_tail(fabs(test->z));
	return isfinite(test->slope) ? CORE_OK : CORE_OUT_OF_RANGE;
}
