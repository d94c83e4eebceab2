/*
 * Unit tests of core/series/path.c.  Each measure is compared with its
 * definition, written out in long double over whole paths.
 */
#include "test.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>

#include "core/series/path.h"
#include "core/yield/apr.h"

#define DAY		INT64_C(86400000000)
#define HOUR	INT64_C(3600000000)
#define MINUTE	INT64_C(60000000)
#define YEAR	(365.0L * 86400e6L)

#define MAX_POINTS	3000

typedef struct path
{
	size_t		n;
	int64_t		time[MAX_POINTS];
	double		value[MAX_POINTS];
} path;

/* ---------- paths ---------- */

/* Of many kinds: smooth, jumpy, with values that repeat, steps equal or not. */
static void
random_path(path *p, uint64_t *seed)
{
	uint64_t	kind = next_random(seed);
	double		move = (const double[]) {1e-9, 1e-4, 0.01, 0.3}[kind % 4];
	bool		equal_steps = kind >> 8 & 1;
	bool		repeats = kind >> 9 & 1;
	int64_t		time = (int64_t) (next_random(seed) % 1000000) * DAY / 1000;
	double		value = 0.5 + next_fraction(seed);

	p->n = (kind >> 12 & 7) == 0 ? 1 + (kind >> 16) % 5 : 1 + (kind >> 16) % MAX_POINTS;
	for (size_t i = 0; i < p->n; i++)
	{
		p->time[i] = time;
		p->value[i] = value;
		time += equal_steps ? HOUR : 1 + (int64_t) (next_random(seed) % (uint64_t) (2 * DAY));
		if (!repeats || next_random(seed) % 3 == 0)
			value *= exp(move * (next_fraction(seed) - 0.49));
	}
}

static path
shifted(const path *p, int64_t by, double factor)
{
	path		q = *p;

	for (size_t i = 0; i < q.n; i++)
	{
		q.time[i] += by;
		q.value[i] *= factor;
	}
	return q;
}

/* In one piece where "seed" is NULL, else cut at random. */
static void
fold_all(path_fold fold, void *state, const path *p, uint64_t *seed)
{
	size_t		i = 0;

	while (i < p->n)
	{
		size_t		n = seed == NULL ? p->n : next_random(seed) % 700;

		n = n < p->n - i ? n : p->n - i;
		fold(state, p->time + i, p->value + i, n);
		i += n;
	}
}

static void
fold_window(path_window *w, path_fold fold, void *state, const path *p, uint64_t *seed)
{
	size_t		i = 0;

	while (i < p->n)
	{
		size_t		n = seed == NULL ? p->n : next_random(seed) % 700;

		n = n < p->n - i ? n : p->n - i;
		if (!path_window_fold(w, fold, state, p->time + i, p->value + i, n))
			return;
		i += n;
	}
	path_window_finish(w, fold, state);
}

static void
close_to(double got, long double expected, long double tolerance)
{
	if (!(fabsl(got - expected) <= tolerance))
	{
		fprintf(stderr, "got %.17g, expected %.20Lg, off by %Lg\n", got, expected, got - expected);
		fail();
	}
}

/* ---------- time-weighted ---------- */

static double
twap(const path *p, int64_t start, int64_t end, rate_method method, uint64_t *seed)
{
	path_window w;
	path_mean	s;
	double		result = NAN;

	path_window_init(&w, start, end, method);
	path_mean_init(&s, method);
	fold_window(&w, path_mean_fold, &s, p, seed);
	if (path_mean_average(&s, &result) == CORE_NULL)
		return NAN;
	return result;
}

/* What users of another time series tool expected, in its issues of these numbers. */
static void
known_averages(void **state)
{
	const path	issue208 = {5, {0, 45 * MINUTE, 60 * MINUTE, 90 * MINUTE, 120 * MINUTE},
	{1, 2, 1, 2, 3}};
	const path	issue548 = {3, {-50 * MINUTE, 190 * MINUTE, 230 * MINUTE}, {10, 20, 40}};
	path		issue544 = {0};

	(void) state;
	assert_same(twap(&issue208, 0, HOUR, RATE_LOCF, NULL), 1.25);
	assert_same(twap(&issue208, HOUR, 2 * HOUR, RATE_LOCF, NULL), 1.5);
	for (int hour = 0; hour < 6; hour++)
	{
		issue544.time[issue544.n] = hour * HOUR + 2 * MINUTE;
		issue544.value[issue544.n++] = 10;
		issue544.time[issue544.n] = hour * HOUR + 55 * MINUTE;
		issue544.value[issue544.n++] = 100;
	}
	for (int hour = 1; hour < 6; hour++)
		assert_same(twap(&issue544, hour * HOUR, (hour + 1) * HOUR, RATE_LOCF, NULL), 20.5);
	/* without a value before 00:02 the average is over what follows */
	close_to(twap(&issue544, 0, HOUR, RATE_LOCF, NULL), (53 * 10 + 5 * 100) / 58.0L, 1e-14L);
	for (int hour = 0; hour < 3; hour++)
		assert_same(twap(&issue548, hour * HOUR, (hour + 1) * HOUR, RATE_LOCF, NULL), 10);
	close_to(twap(&issue548, 3 * HOUR, 4 * HOUR, RATE_LOCF, NULL), 1300 / 60.0L, 1e-14L);
	assert_same(twap(&issue548, 4 * HOUR, 5 * HOUR, RATE_LOCF, NULL), 40);
}

static void
window_edges(void **state)
{
	const path	p = {3, {0, 10, 20}, {1, 3, 2}};
	const path	one = {1, {0}, {7}};

	(void) state;
	/* an instant, between and on points */
	assert_same(twap(&p, 5, 5, RATE_LOCF, NULL), 1);
	assert_same(twap(&p, 5, 5, RATE_LINEAR, NULL), 2);
	assert_same(twap(&p, 10, 10, RATE_LOCF, NULL), 3);
	assert_same(twap(&p, 10, 10, RATE_LINEAR, NULL), 3);
	/* before, after, and around */
	assert_true(isnan(twap(&p, -5, -1, RATE_LOCF, NULL)));
	assert_true(isnan(twap(&p, -5, -1, RATE_LINEAR, NULL)));
	assert_same(twap(&p, 25, 30, RATE_LOCF, NULL), 2);
	assert_same(twap(&p, 25, 30, RATE_LINEAR, NULL), 2);
	assert_same(twap(&p, -5, 0, RATE_LOCF, NULL), 1);
	assert_same(twap(&p, -5, 10, RATE_LOCF, NULL), 1);
	assert_same(twap(&p, -5, 10, RATE_LINEAR, NULL), 2);
	assert_same(twap(&p, 0, 20, RATE_LOCF, NULL), 2);
	assert_same(twap(&p, 0, 20, RATE_LINEAR, NULL), 2.25);
	assert_same(twap(&p, 0, 40, RATE_LOCF, NULL), 2);
	assert_same(twap(&p, 0, 40, RATE_LINEAR, NULL), 2.125);
	/* inside of one step */
	assert_same(twap(&p, 12, 16, RATE_LOCF, NULL), 3);
	close_to(twap(&p, 12, 16, RATE_LINEAR, NULL), 2.6L, 1e-15L);
	assert_same(twap(&one, 0, 0, RATE_LOCF, NULL), 7);
	assert_same(twap(&one, 0, 10, RATE_LOCF, NULL), 7);
	assert_same(twap(&one, 5, 10, RATE_LINEAR, NULL), 7);
	/* from the first time to the last there is */
	assert_same(twap(&p, TIME_MIN, TIME_END - 1, RATE_LOCF, NULL), 2);
}

/* The value at a moment and the integral, by definition. */
static bool
value_of(const path *p, int64_t at, rate_method method, long double *value)
{
	for (size_t i = p->n; i-- > 0;)
	{
		if (p->time[i] > at)
			continue;
		*value = p->value[i];
		if (method == RATE_LINEAR && i + 1 < p->n)
			*value += ((long double) p->value[i + 1] - p->value[i]) * (long double) (at - p->time[i]) /
				(long double) (p->time[i + 1] - p->time[i]);
		return true;
	}
	return false;
}

typedef struct stretch
{
	long double width;
	long double from;
	long double to;
} stretch;

/* The window as stretches on each of which the path is constant or a line. */
static size_t
stretches(const path *p, int64_t start, int64_t end, rate_method method, stretch *out)
{
	size_t		n = 0;
	int64_t		at = start > p->time[0] ? start : p->time[0];

	for (size_t i = 0; i <= p->n && at < end; i++)
	{
		int64_t		next = i < p->n && p->time[i] < end ? p->time[i] : end;
		long double from,
					to;

		if (next <= at)
			continue;
		assert_true(value_of(p, at, method, &from) && value_of(p, next, method, &to));
		out[n++] = (stretch) {(long double) (next - at), from, method == RATE_LOCF ? from : to};
		at = next;
	}
	return n;
}

static void
averages_and_deviations(void **state)
{
	static path p;
	static stretch part[MAX_POINTS + 2];
	uint64_t	seed = 3;

	(void) state;
	for (int round = 0; round < 400; round++)
	{
		rate_method method = round % 2 ? RATE_LINEAR : RATE_LOCF;
		long double area = 0,
					width = 0,
					moment = 0,
					greatest = 0;
		int64_t		start,
					end;
		path_window w;
		path_mean	mean;
		path_spread spread;
		double		average,
					integral,
					deviation;
		size_t		n;

		random_path(&p, &seed);
		start = p.time[0] + (int64_t) (next_random(&seed) % (uint64_t) (100 * DAY)) - 5 * DAY;
		end = start + (int64_t) (next_random(&seed) % (uint64_t) (2000 * DAY));
		if (end <= p.time[0])
			continue;
		n = stretches(&p, start, end, method, part);
		for (size_t i = 0; i < n; i++)
		{
			width += part[i].width;
			area += part[i].width * (part[i].from + part[i].to) / 2;
			greatest = fmaxl(greatest, part[i].from);
		}
		for (size_t i = 0; i < n; i++)
		{
			long double a = part[i].from - area / width;
			long double b = part[i].to - area / width;

			moment += part[i].width * (a * a + a * b + b * b) / 3;
		}
		path_window_init(&w, start, end, method);
		path_mean_init(&mean, method);
		fold_window(&w, path_mean_fold, &mean, &p, &seed);
		assert_int_equal(path_mean_average(&mean, &average), CORE_OK);
		assert_int_equal(path_mean_integral(&mean, 1, &integral), CORE_OK);
		close_to(average, area / width, 4e-16L * area / width);
		close_to(integral, area, 4e-16L * area);
		assert_same(average, twap(&p, start, end, method, NULL));

		path_window_init(&w, start, end, method);
		path_spread_init(&spread, method);
		fold_window(&w, path_spread_fold, &spread, &p, &seed);
		assert_int_equal(path_spread_stddev(&spread, &deviation), CORE_OK);
		close_to(deviation, sqrtl(moment / width),
				 1e-13L * sqrtl(moment / width) + 1e-15L * greatest);
	}
}

/* A constant path has just that average, and no deviation. */
static void
constant_paths(void **state)
{
	static path p;
	uint64_t	seed = 4;

	(void) state;
	for (int round = 0; round < 100; round++)
	{
		double		constant = exp(40 * next_fraction(&seed) - 20);
		path_spread s;
		double		deviation;

		random_path(&p, &seed);
		for (size_t i = 0; i < p.n; i++)
			p.value[i] = round % 2 ? constant : -constant;
		assert_same(twap(&p, p.time[0] + 1, p.time[0] + 77777777, RATE_LOCF, &seed), p.value[0]);
		assert_same(twap(&p, p.time[0], p.time[p.n - 1], RATE_LINEAR, &seed), p.value[0]);
		path_spread_init(&s, RATE_LOCF);
		fold_all(path_spread_fold, &s, &p, &seed);
		assert_int_equal(path_spread_stddev(&s, &deviation), CORE_OK);
		assert_true(deviation <= 3e-16 * constant);
	}
}

static void
too_great(void **state)
{
	const path	p = {3, {0, DAY, 2 * DAY}, {1e308, 1e308, -1e308}};
	path_mean	mean;
	path_spread spread;
	double		result;

	(void) state;
	path_mean_init(&mean, RATE_LOCF);
	fold_all(path_mean_fold, &mean, &p, NULL);
	assert_int_equal(path_mean_average(&mean, &result), CORE_OUT_OF_RANGE);
	assert_int_equal(path_mean_integral(&mean, 1, &result), CORE_OUT_OF_RANGE);
	path_spread_init(&spread, RATE_LINEAR);
	fold_all(path_spread_fold, &spread, &p, NULL);
	assert_int_equal(path_spread_stddev(&spread, &result), CORE_OUT_OF_RANGE);
}

static void
no_points(void **state)
{
	path_mean	mean;
	path_spread spread;
	path_volatility volatility;
	path_downside downside;
	path_ulcer	ulcer;
	path_below	below;
	double		result;

	(void) state;
	path_mean_init(&mean, RATE_LOCF);
	path_mean_fold(&mean, NULL, NULL, 0);
	assert_int_equal(path_mean_average(&mean, &result), CORE_NULL);
	assert_int_equal(path_mean_integral(&mean, 1, &result), CORE_NULL);
	path_spread_init(&spread, RATE_LOCF);
	assert_int_equal(path_spread_stddev(&spread, &result), CORE_NULL);
	path_volatility_init(&volatility, PATH_LOG_RETURN, 0, 1, 0, 1);
	assert_int_equal(path_volatility_annual(&volatility, 365, &result), CORE_NULL);
	path_downside_init(&downside, 0, 365);
	assert_int_equal(path_downside_annual(&downside, 365, &result), CORE_NULL);
	path_ulcer_init(&ulcer);
	assert_int_equal(path_ulcer_index(&ulcer, &result), CORE_NULL);
	path_below_init(&below, 1);
	assert_int_equal(path_below_share(&below, &result), CORE_NULL);
	assert_false(path_below_is_below(&below));
}

/* ---------- volatility and downside deviation ---------- */

static core_status
volatility(const path *p, path_return kind, uint64_t *seed, double *result)
{
	path_volatility s;

	path_volatility_init(&s, kind, p->time[0], p->value[0], p->time[p->n - 1], p->value[p->n - 1]);
	fold_all(path_volatility_fold, &s, p, seed);
	return path_volatility_annual(&s, 365, result);
}

static core_status
downside(const path *p, double target, uint64_t *seed, double *result)
{
	path_downside s;

	path_downside_init(&s, target, 365);
	fold_all(path_downside_fold, &s, p, seed);
	return path_downside_annual(&s, 365, result);
}

static long double
return_of(const path *p, size_t i, path_return kind)
{
	long double from = p->value[i - 1];
	long double to = p->value[i];

	return kind == PATH_LOG_RETURN ? log1pl((to - from) / from) : (to - from) / from;
}

static void
deviations_of_returns(void **state)
{
	static path p;
	uint64_t	seed = 5;

	(void) state;
	for (int round = 0; round < 400; round++)
	{
		path_return kind = round % 2 ? PATH_SIMPLE_RETURN : PATH_LOG_RETURN;
		double		target = (round % 3 - 1) * 0.07;
		long double sum = 0,
					squares = 0,
					short_squares = 0,
					greatest = 0;
		long double width = (long double) 1;
		double		result,
					again;
		size_t		n;

		random_path(&p, &seed);
		n = p.n - 1;
		width = (long double) (p.time[n] - p.time[0]);
		for (size_t i = 1; i <= n; i++)
			sum += return_of(&p, i, kind);
		for (size_t i = 1; i <= n; i++)
		{
			long double w = (long double) (p.time[i] - p.time[i - 1]);
			long double x = return_of(&p, i, kind) - sum / width * w;
			long double y = fminl(return_of(&p, i, PATH_SIMPLE_RETURN) - target * w / YEAR, 0);

			squares += x * x / w;
			short_squares += y * y / w;
			/* what one rounding of a return makes of the result */
			greatest = fmaxl(greatest, 2e-16L * 2e-16L / w);
		}
		if (n < 2)
			assert_int_equal(volatility(&p, kind, &seed, &result), CORE_NULL);
		else
		{
			long double expected = sqrtl(squares / (n - 1) * YEAR);

			assert_int_equal(volatility(&p, kind, &seed, &result), CORE_OK);
			close_to(result, expected, 1e-12L * expected + sqrtl(greatest * YEAR));
			assert_int_equal(volatility(&p, kind, NULL, &again), CORE_OK);
			close_to(again, result, 1e-14L * result);
		}
		if (n < 1)
			assert_int_equal(downside(&p, target, &seed, &result), CORE_NULL);
		else
		{
			long double expected = sqrtl(short_squares / n * YEAR);

			assert_int_equal(downside(&p, target, &seed, &result), CORE_OK);
			close_to(result, expected, 1e-12L * expected + sqrtl(greatest * YEAR));
		}
	}
}

/* With equal steps it is what one reckons in a spreadsheet. */
static void
equal_steps(void **state)
{
	path		p = {4, {0, DAY, 2 * DAY, 3 * DAY}, {1, exp(0.01), exp(0.04), exp(0.03)}};
	double		result;

	(void) state;
	assert_int_equal(volatility(&p, PATH_LOG_RETURN, NULL, &result), CORE_OK);
	/* returns 0.01, 0.03, -0.01: their sample deviation is 0.02 */
	assert_close(result, 0.02 * sqrt(365), 1e-14);
	assert_int_equal(downside(&p, 0, NULL, &result), CORE_OK);
	assert_close(result, -expm1(-0.01) / sqrt(3) * sqrt(365), 1e-13);
	/* growth at one pace has none */
	p = (path) {3, {0, DAY, 3 * DAY}, {1, 2, 8}};
	assert_int_equal(volatility(&p, PATH_LOG_RETURN, NULL, &result), CORE_OK);
	assert_true(result < 1e-14);
	p = (path) {2, {0, DAY}, {1, 2}};
	assert_int_equal(volatility(&p, PATH_LOG_RETURN, NULL, &result), CORE_NULL);
	assert_int_equal(downside(&p, 0, NULL, &result), CORE_OK);
	assert_same(result, 0);
}

/* Values of any size, and moves of any size, of which doubles are capable. */
static void
extreme_returns(void **state)
{
	static const double sizes[] = {5e-324, 1e-310, 2e-308, 1e-200, 1, 1e200, 1e300, 1.7e308};
	double		result;

	(void) state;
	for (size_t i = 0; i < 8; i++)
	{
		for (size_t j = 0; j < 8; j++)
		{
			const path	p = {3, {0, DAY, 2 * DAY}, {sizes[i], sizes[j], sizes[j]}};
			double		change = log(sizes[j]) - log(sizes[i]);

			assert_int_equal(volatility(&p, PATH_LOG_RETURN, NULL, &result), CORE_OK);
			close_to(result, fabsl(change) / sqrtl(2) * sqrtl(365), 1e-12L * fabs(change));
			if (sizes[j] / sizes[i] > 1e150)
				assert_int_equal(volatility(&p, PATH_SIMPLE_RETURN, NULL, &result), CORE_OUT_OF_RANGE);
			else
			{
				assert_int_equal(volatility(&p, PATH_SIMPLE_RETURN, NULL, &result), CORE_OK);
				change = (sizes[j] - sizes[i]) / sizes[i];
				/* the drift taken off is that of the logarithms, up to 700 times as great */
				close_to(result, fabsl(change) / sqrtl(2) * sqrtl(365), 1e-8L * fabs(change));
			}
			assert_int_equal(downside(&p, 0, NULL, &result), CORE_OK);
		}
	}
}

/* ---------- drawdown ---------- */

static void
drawdown_is(const path *p, double depth, int64_t from, int64_t trough, int64_t recovery)
{
	path_drawdown s;

	path_drawdown_init(&s);
	fold_all(path_drawdown_fold, &s, p, NULL);
	assert_close(s.depth, depth, 1e-15);
	assert_true(s.trough.exists == (depth > 0));
	assert_int_equal(s.from.time, from);
	assert_int_equal(s.trough.time, trough);
	assert_int_equal(s.recovery.exists, recovery > 0);
	assert_int_equal(s.recovery.time, recovery);
}

static void
known_drawdowns(void **state)
{
	(void) state;
	drawdown_is(&(const path) {1, {5}, {2}}, 0, 0, 0, 0);
	drawdown_is(&(const path) {3, {5, 6, 7}, {2, 2, 3}}, 0, 0, 0, 0);
	drawdown_is(&(const path) {3, {5, 6, 7}, {2, 1, 1.5}}, 0.5, 5, 6, 0);
	drawdown_is(&(const path) {4, {5, 6, 7, 8}, {2, 1, 1.5, 2}}, 0.5, 5, 6, 8);
	/* the last moment at the peak, the first at the bottom, the first back */
	drawdown_is(&(const path) {7, {1, 2, 3, 4, 5, 6, 7}, {4, 4, 3, 3, 4, 4, 5}}, 0.25, 2, 3, 5);
	/* a deeper fall from the same peak, and from another one */
	drawdown_is(&(const path) {5, {1, 2, 3, 4, 5}, {4, 3, 3.5, 2, 4}}, 0.5, 1, 4, 5);
	drawdown_is(&(const path) {6, {1, 2, 3, 4, 5, 6}, {4, 3, 8, 7, 4, 7}}, 0.5, 3, 5, 0);
	/* of two as deep the first */
	drawdown_is(&(const path) {5, {1, 2, 3, 4, 5}, {4, 2, 8, 4, 8}}, 0.5, 1, 2, 3);
	/* the least fall there is */
	drawdown_is(&(const path) {2, {1, 2}, {1, 1 - DBL_EPSILON / 2}}, DBL_EPSILON / 2, 1, 2, 0);
	/* falls to next to nothing are all 1, and yet one is the deepest */
	drawdown_is(&(const path) {4, {1, 2, 3, 4}, {1, 1e-20, 1e-22, 1e-21}}, 1, 1, 3, 0);
	drawdown_is(&(const path) {4, {1, 2, 3, 4}, {2, 1e-20, 4, 1e-20}}, 1, 3, 4, 0);
}

static void
random_drawdowns(void **state)
{
	static path p;
	uint64_t	seed = 6;

	(void) state;
	for (int round = 0; round < 200; round++)
	{
		double		peak = 0,
					depth = 0;
		long double squares = 0;
		path_drawdown s;
		path_ulcer	u;
		double		index;

		random_path(&p, &seed);
		for (size_t i = 0; i < p.n; i++)
		{
			long double fall;

			peak = fmax(peak, p.value[i]);
			fall = ((long double) peak - p.value[i]) / peak;
			depth = fmax(depth, (peak - p.value[i]) / peak);
			if (i > 0)
				squares += fall * fall * (long double) (p.time[i] - p.time[i - 1]);
		}
		path_drawdown_init(&s);
		fold_all(path_drawdown_fold, &s, &p, &seed);
		assert_same(s.depth, depth);
		assert_same(s.peak.value, peak);
		if (depth > 0)
		{
			assert_same(path_fall(s.from.value, s.trough.value), depth);
			assert_true(s.from.time < s.trough.time);
			assert_true(!s.recovery.exists || s.recovery.time > s.trough.time);
			for (size_t i = 0; i < p.n; i++)
			{
				if (p.time[i] > s.from.time && (!s.recovery.exists || p.time[i] < s.recovery.time))
					assert_true(p.value[i] < s.from.value);
			}
		}
		path_ulcer_init(&u);
		fold_all(path_ulcer_fold, &u, &p, &seed);
		assert_int_equal(path_ulcer_index(&u, &index), CORE_OK);
		if (p.n > 1)
			squares /= (long double) (p.time[p.n - 1] - p.time[0]);
		close_to(index, sqrtl(squares), 1e-15L * index);
	}
}

/* ---------- spells ---------- */

static void
spell_is(path_spell got, int64_t start, int64_t end)
{
	assert_int_equal(got.start, start);
	assert_int_equal(got.end, end);
}

static void
flat_is(const path *p, int64_t start, int64_t end, int64_t since)
{
	path_flat	s;

	path_flat_init(&s);
	fold_all(path_flat_fold, &s, p, NULL);
	spell_is(path_flat_longest(&s), start, end);
	assert_int_equal(s.since, since);
}

static void
known_flats(void **state)
{
	(void) state;
	flat_is(&(const path) {1, {5}, {2}}, 5, 5, 5);
	flat_is(&(const path) {2, {5, 9}, {2, 2}}, 5, 9, 5);
	flat_is(&(const path) {2, {5, 9}, {2, 3}}, 5, 9, 9);
	flat_is(&(const path) {5, {1, 2, 3, 5, 6}, {1, 2, 2, 2, 3}}, 2, 6, 6);
	flat_is(&(const path) {5, {1, 2, 3, 5, 9}, {1, 2, 3, 3, 3}}, 3, 9, 3);
	/* the first of two, and zeros that differ in sign only */
	flat_is(&(const path) {5, {1, 3, 5, 6, 8}, {1, 2, 3, 4, 4}}, 1, 3, 6);
	flat_is(&(const path) {3, {1, 3, 5}, {0, -0.0, 0}}, 1, 5, 1);
}

static void
below_is(const path *p, double threshold, int64_t total, int64_t start, int64_t end, int64_t since)
{
	path_below	s;
	double		share;

	path_below_init(&s, threshold);
	fold_all(path_below_fold, &s, p, NULL);
	assert_int_equal(path_below_time(&s), total);
	spell_is(path_below_longest(&s), start, end);
	assert_int_equal(path_below_is_below(&s), since > 0);
	if (since > 0)
		assert_int_equal(s.since, since);
	assert_int_equal(path_below_share(&s, &share), CORE_OK);
	if (p->n > 1)
		assert_same(share, (double) total / (double) (p->time[p->n - 1] - p->time[0]));
	else
		assert_same(share, p->value[0] < threshold);
}

static void
known_belows(void **state)
{
	(void) state;
	below_is(&(const path) {1, {5}, {2}}, 2, 0, 5, 5, 0);
	below_is(&(const path) {1, {5}, {2}}, 3, 0, 5, 5, 5);
	below_is(&(const path) {5, {1, 2, 4, 5, 9}, {1, 3, 1, 3, 1}}, 2, 2, 1, 2, 9);
	below_is(&(const path) {5, {1, 2, 4, 5, 9}, {1, 3, 1, 1, 3}}, 2, 6, 4, 9, 0);
	below_is(&(const path) {5, {1, 2, 4, 5, 9}, {1, 1, 1, 1, 1}}, 2, 8, 1, 9, 1);
	below_is(&(const path) {5, {1, 2, 4, 5, 9}, {1, 1, 1, 1, 1}}, 1, 0, 1, 1, 0);
}

static void
random_spells(void **state)
{
	static path p;
	uint64_t	seed = 7;

	(void) state;
	for (int round = 0; round < 200; round++)
	{
		double		threshold;
		uint64_t	below = 0;
		int64_t		longest = 0;
		size_t		since = 0;
		path_flat	flat;
		path_below	s;
		path_spell	spell;

		random_path(&p, &seed);
		threshold = p.value[next_random(&seed) % p.n];
		for (size_t i = 1; i < p.n; i++)
		{
			if (p.value[i - 1] < threshold)
				below += (uint64_t) (p.time[i] - p.time[i - 1]);
			if (p.time[i] - p.time[since] > longest)
				longest = p.time[i] - p.time[since];
			if (p.value[i] != p.value[since])
				since = i;
		}
		path_flat_init(&flat);
		fold_all(path_flat_fold, &flat, &p, &seed);
		spell = path_flat_longest(&flat);
		assert_int_equal(spell.end - spell.start, longest);
		assert_int_equal(flat.since, p.time[since]);
		path_below_init(&s, threshold);
		fold_all(path_below_fold, &s, &p, &seed);
		assert_int_equal(path_below_time(&s), below);
	}
}

/* ---------- rolling yields ---------- */

typedef struct source
{
	const path *p;
	size_t		next;
	uint64_t	seed;
} source;

static bool
next_piece(void *state, const int64_t **time, const double **value, size_t *n)
{
	source	   *s = state;

	if (s->next == s->p->n)
		return false;
	*n = 1 + next_random(&s->seed) % 50;
	*n = *n < s->p->n - s->next ? *n : s->p->n - s->next;
	*time = s->p->time + s->next;
	*value = s->p->value + s->next;
	s->next += *n;
	return true;
}

static void
rolling(void **state)
{
	static path p;
	static double result[MAX_POINTS];
	static bool is_null[MAX_POINTS];
	uint64_t	seed = 8;

	(void) state;
	for (int round = 0; round < 50; round++)
	{
		int64_t		width = 1 + (int64_t) (next_random(&seed) % (uint64_t) (20 * DAY));
		source		points = {&p, 0, seed};
		path_lag	lag;

		random_path(&p, &seed);
		path_lag_init(&lag, next_piece, &points);
		for (size_t i = 0; i < p.n;)
		{
			size_t		n = 1 + next_random(&seed) % 60;

			n = n < p.n - i ? n : p.n - i;
			path_rolling_yield(&lag, width, 365.25, yield_apr, p.time + i, p.value + i, n,
							   result + i, is_null + i);
			i += n;
		}
		for (size_t i = 0; i < p.n; i++)
		{
			long double before;
			double		apr;

			assert_int_equal(is_null[i], !value_of(&p, p.time[i] - width, RATE_LOCF, &before));
			if (is_null[i])
				continue;
			assert_int_equal(yield_apr((double) before, p.value[i], p.time[i] - width, p.time[i],
									   365.25, &apr), CORE_OK);
			assert_same(apr, result[i]);
		}
	}
}

/* A window longer than all of time. */
static void
rolling_far(void **state)
{
	const path	p = {2, {TIME_MIN, TIME_END - 1}, {1, 2}};
	source		points = {&p, 0, 1};
	path_lag	lag;
	double		result[2];
	bool		is_null[2];

	(void) state;
	path_lag_init(&lag, next_piece, &points);
	path_rolling_yield(&lag, INT64_MAX, 365, yield_apy, p.time, p.value, 2, result, is_null);
	assert_true(is_null[0]);
	assert_false(is_null[1]);
}

/* ---------- laws ---------- */

/* Every measure that is a ratio, of one path and of a multiple at another time. */
static void
scale_and_shift(void **state)
{
	static path p,
				q;
	uint64_t	seed = 9;

	(void) state;
	for (int round = 0; round < 100; round++)
	{
		double		a,
					b;
		path_drawdown d,
					e;

		random_path(&p, &seed);
		/* a power of two, so that nothing is rounded */
		q = shifted(&p, (int64_t) (next_random(&seed) % 1000) * DAY, 1024);
		if (p.n > 2)
		{
			for (int kind = 0; kind < 2; kind++)
			{
				assert_int_equal(volatility(&p, (path_return) kind, NULL, &a), CORE_OK);
				assert_int_equal(volatility(&q, (path_return) kind, NULL, &b), CORE_OK);
				assert_same(a, b);
			}
			assert_int_equal(downside(&p, 0.03, NULL, &a), CORE_OK);
			assert_int_equal(downside(&q, 0.03, NULL, &b), CORE_OK);
			assert_same(a, b);
		}
		path_drawdown_init(&d);
		path_drawdown_init(&e);
		fold_all(path_drawdown_fold, &d, &p, NULL);
		fold_all(path_drawdown_fold, &e, &q, &seed);
		assert_same(d.depth, e.depth);
		assert_same(twap(&p, p.time[0], p.time[p.n - 1], RATE_LOCF, NULL) * 1024,
					twap(&q, q.time[0], q.time[q.n - 1], RATE_LOCF, &seed));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_averages),
		cmocka_unit_test(window_edges),
		cmocka_unit_test(averages_and_deviations),
		cmocka_unit_test(constant_paths),
		cmocka_unit_test(too_great),
		cmocka_unit_test(no_points),
		cmocka_unit_test(deviations_of_returns),
		cmocka_unit_test(equal_steps),
		cmocka_unit_test(extreme_returns),
		cmocka_unit_test(known_drawdowns),
		cmocka_unit_test(random_drawdowns),
		cmocka_unit_test(known_flats),
		cmocka_unit_test(known_belows),
		cmocka_unit_test(random_spells),
		cmocka_unit_test(rolling),
		cmocka_unit_test(rolling_far),
		cmocka_unit_test(scale_and_shift),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
