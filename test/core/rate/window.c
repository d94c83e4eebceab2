/*
 * Unit tests of core/rate/window.c: laws of the window, against its definition.
 */
#include "test.h"

#include <math.h>
#include <string.h>

#include "core/rate/window.h"

#define POINTS	6

typedef struct point
{
	int64_t		time;
	double		rate;
} point;

/* The definition: the greatest rate of those at the nearest time. */
static rate_edge
define_edge(const point *p, int n, int64_t moment)
{
	rate_edge	e = {RATE_NO_BEFORE, 0, RATE_NO_AFTER, 0};

	for (int i = 0; i < n; i++)
	{
		if (p[i].time <= moment && p[i].time > e.before_time)
			e.before_time = p[i].time;
		if (p[i].time >= moment && p[i].time < e.after_time)
			e.after_time = p[i].time;
	}
	for (int i = 0; i < n; i++)
	{
		if (p[i].time == e.before_time)
			e.before_rate = fmax(e.before_rate, p[i].rate);
		if (p[i].time == e.after_time)
			e.after_rate = fmax(e.after_rate, p[i].rate);
	}
	return e;
}

static rate_window
define(const point *p, int n, int64_t start, int64_t end)
{
	return (rate_window) {start, end, define_edge(p, n, start), define_edge(p, n, end)};
}

static rate_window
add_all(const point *p, int n, int64_t start, int64_t end)
{
	rate_window w;

	rate_window_init(&w, start, end);
	for (int i = 0; i < n; i++)
		rate_window_add(&w, p[i].time, p[i].rate);
	return w;
}

/* Few distinct times and rates, so that ties of both kinds are common. */
static void
fill(point *p, int n, uint64_t *seed)
{
	for (int i = 0; i < n; i++)
	{
		p[i].time = (int64_t) (next_random(seed) % 6) - 1;
		p[i].rate = 1 + (double) (next_random(seed) % 4) / 8;
	}
}

static void
adding_meets_the_definition(void **state)
{
	uint64_t	seed = 1;

	(void) state;
	for (int round = 0; round < 30000; round++)
	{
		point		p[POINTS];
		int			n = 1 + (int) (next_random(&seed) % POINTS);
		int64_t		start = (int64_t) (next_random(&seed) % 6) - 1;
		int64_t		end = start + (int64_t) (next_random(&seed) % 4);
		rate_window a,
					b;

		fill(p, n, &seed);
		a = add_all(p, n, start, end);
		b = define(p, n, start, end);
		assert_int_equal(rate_window_cmp(&a, &b), 0);
		assert_memory_equal(&a, &b, sizeof(a));
		assert_true(rate_window_is_valid(&a));
	}
}

static void
merging_splits_gives_the_whole(void **state)
{
	uint64_t	seed = 2;

	(void) state;
	for (int round = 0; round < 30000; round++)
	{
		point		p[POINTS];
		int			n = 2 + (int) (next_random(&seed) % (POINTS - 1));
		int			cut = 1 + (int) (next_random(&seed) % (unsigned) (n - 1));
		rate_window whole,
					left,
					right,
					ab,
					ba;

		fill(p, n, &seed);
		whole = define(p, n, 1, 3);
		left = define(p, cut, 1, 3);
		right = define(p + cut, n - cut, 1, 3);
		ab = left;
		ba = right;
		assert_int_equal(rate_window_merge(&ab, &right), CORE_OK);
		assert_int_equal(rate_window_merge(&ba, &left), CORE_OK);
		assert_memory_equal(&ab, &whole, sizeof(whole));
		assert_memory_equal(&ba, &whole, sizeof(whole));
		assert_int_equal(rate_window_merge(&ab, &left), CORE_OK);
		assert_memory_equal(&ab, &whole, sizeof(whole));
	}
}

static void
other_windows_do_not_merge(void **state)
{
	const point p = {0, 1};
	rate_window a = define(&p, 1, 0, 5);
	rate_window b = define(&p, 1, 1, 5);
	rate_window c = define(&p, 1, 0, 6);
	rate_window before = a;

	(void) state;
	assert_int_equal(rate_window_merge(&a, &b), CORE_BAD_PARAMETER);
	assert_int_equal(rate_window_merge(&a, &c), CORE_BAD_PARAMETER);
	assert_memory_equal(&a, &before, sizeof(a));
}

/*
 * Validity is exact: of all images over a few values, just those pass that
 * some set of up to four points brings about.  Times are 0 to 4 and none,
 * rates 1 and 2 and none; the windows lie within.
 */
#define TIMES	5
#define SIDE	((TIMES + 1) * 3)	/* times and none, rates and none */
#define IMAGES	(SIDE * SIDE * SIDE * SIDE)

static int
side_number(int64_t time, double rate)
{
	int			t = time == RATE_NO_BEFORE || time == RATE_NO_AFTER ? TIMES : (int) time;

	return t * 3 + (int) rate;
}

static int
image_number(const rate_window *w)
{
	int			number = side_number(w->start.before_time, w->start.before_rate);

	number = number * SIDE + side_number(w->start.after_time, w->start.after_rate);
	number = number * SIDE + side_number(w->end.before_time, w->end.before_rate);
	return number * SIDE + side_number(w->end.after_time, w->end.after_rate);
}

static rate_window
numbered_image(int number, int64_t start, int64_t end)
{
	rate_window w = {.start_time = start, .end_time = end};
	int			side[4];

	for (int i = 3; i >= 0; i--, number /= SIDE)
		side[i] = number % SIDE;
	w.start.before_time = side[0] / 3 < TIMES ? side[0] / 3 : RATE_NO_BEFORE;
	w.start.after_time = side[1] / 3 < TIMES ? side[1] / 3 : RATE_NO_AFTER;
	w.end.before_time = side[2] / 3 < TIMES ? side[2] / 3 : RATE_NO_BEFORE;
	w.end.after_time = side[3] / 3 < TIMES ? side[3] / 3 : RATE_NO_AFTER;
	w.start.before_rate = side[0] % 3;
	w.start.after_rate = side[1] % 3;
	w.end.before_rate = side[2] % 3;
	w.end.after_rate = side[3] % 3;
	return w;
}

/* Mark what up to four points can bring about. */
static void
mark_reachable(bool *reachable, int64_t start, int64_t end)
{
	for (int n = 1; n <= 4; n++)
	{
		int			combinations = 1;

		for (int i = 0; i < n; i++)
			combinations *= TIMES * 2;
		for (int c = 0; c < combinations; c++)
		{
			point		p[4];
			rate_window w;

			for (int i = 0, rest = c; i < n; i++, rest /= TIMES * 2)
			{
				p[i].time = rest % TIMES;
				p[i].rate = 1 + rest / TIMES % 2;
			}
			w = define(p, n, start, end);
			reachable[image_number(&w)] = true;
		}
	}
}

static void
validity_is_exact(void **state)
{
	static bool reachable[IMAGES];

	(void) state;
	for (int64_t end = 1; end <= 3; end++)
	{
		memset(reachable, 0, sizeof(reachable));
		mark_reachable(reachable, 1, end);
		for (int number = 0; number < IMAGES; number++)
		{
			rate_window w = numbered_image(number, 1, end);

			assert_int_equal(rate_window_is_valid(&w), reachable[number]);
		}
	}
}

static void
bad_values_are_not_valid(void **state)
{
	const double bad_rate[] = {0, -0.0, -1, NAN, INFINITY, -INFINITY};
	const int64_t bad_time[] = {INT64_MIN, INT64_MAX, TIME_END, TIME_MIN - 1};
	const point p[] = {{-9, 1}, {2, 1}, {5, 1}, {12, 1}};
	const rate_window good = define(p, 4, 0, 10);

	(void) state;
	assert_true(rate_window_is_valid(&good));
	for (size_t i = 0; i < sizeof(bad_rate) / sizeof(bad_rate[0]); i++)
		for (int field = 0; field < 4; field++)
		{
			rate_window w = good;
			double	   *rate[] = {&w.start.before_rate, &w.start.after_rate,
			&w.end.before_rate, &w.end.after_rate};

			*rate[field] = bad_rate[i];
			assert_false(rate_window_is_valid(&w));
		}
	for (size_t i = 0; i < sizeof(bad_time) / sizeof(bad_time[0]); i++)
		for (int field = 0; field < 6; field++)
		{
			rate_window w = good;
			int64_t    *time[] = {&w.start_time, &w.end_time, &w.start.before_time,
			&w.start.after_time, &w.end.before_time, &w.end.after_time};

			*time[field] = bad_time[i];
			assert_false(rate_window_is_valid(&w));
		}
}

/* The rate at a moment, or -1 for NULL. */
static double
rate_at(const point *p, int n, int64_t moment, rate_method method)
{
	rate_window w = add_all(p, n, moment, moment);
	double		start = -1,
				end = -1;

	assert_int_equal(rate_window_rate_at_start(&w, method, &start),
					 rate_window_rate_at_end(&w, method, &end));
	assert_same(start, end);
	return end;
}

static void
rates_at_a_moment(void **state)
{
	const point p[] = {{100, 1.5}, {0, 1}, {100, 1.25}, {300, 0.5}};

	(void) state;
	assert_same(rate_at(p, 4, -1, RATE_LOCF), -1);
	assert_same(rate_at(p, 4, 0, RATE_LOCF), 1);
	assert_same(rate_at(p, 4, 99, RATE_LOCF), 1);
	assert_same(rate_at(p, 4, 100, RATE_LOCF), 1.5);
	assert_same(rate_at(p, 4, 299, RATE_LOCF), 1.5);
	assert_same(rate_at(p, 4, TIME_END - 1, RATE_LOCF), 0.5);

	assert_same(rate_at(p, 4, -1, RATE_LINEAR), -1);
	assert_same(rate_at(p, 4, 0, RATE_LINEAR), 1);
	assert_same(rate_at(p, 4, 25, RATE_LINEAR), 1.125);
	assert_same(rate_at(p, 4, 75, RATE_LINEAR), 1.375);
	assert_same(rate_at(p, 4, 100, RATE_LINEAR), 1.5);
	assert_same(rate_at(p, 4, 150, RATE_LINEAR), 1.25);
	assert_same(rate_at(p, 4, 250, RATE_LINEAR), 0.75);
	assert_same(rate_at(p, 4, 300, RATE_LINEAR), 0.5);
	assert_same(rate_at(p, 4, 301, RATE_LINEAR), -1);
}

/* Also over the whole range of times and of doubles a line stays between its ends. */
static void
lines_stay_between_their_ends(void **state)
{
	uint64_t	seed = 3;

	(void) state;
	for (int round = 0; round < 200000; round++)
	{
		point		p[2];
		int64_t		t[3];
		double		rate;

		for (int i = 0; i < 3; i++)
			t[i] = TIME_MIN +
				(int64_t) (next_fraction(&seed) * (double) (TIME_END / 4)) * (round % 2 ? 4 : 1);
		for (int i = 0; i < 2; i++)
			p[i] = (point) {t[i], round % 3 ? 1 + next_fraction(&seed) * 1e-15
				: ldexp(1 + next_fraction(&seed), (int) (next_random(&seed) % 2000) - 1000)};
		if (t[0] > t[1])
		{
			point		swap = p[0];

			p[0] = p[1];
			p[1] = swap;
		}
		if (t[2] < p[0].time || t[2] > p[1].time)
			continue;
		rate = rate_at(p, 2, t[2], RATE_LINEAR);
		assert_true(rate >= fmin(p[0].rate, p[1].rate) && rate <= fmax(p[0].rate, p[1].rate));
	}
}

static void
ages(void **state)
{
	const point p[] = {{5, 1}, {20, 1}};
	const point old = {TIME_MIN, 1};
	int64_t		age;
	rate_window w;

	(void) state;
	w = add_all(p, 2, 0, 4);
	assert_int_equal(rate_window_age(&w, &age), CORE_NULL);
	w = add_all(p, 2, 0, 5);
	assert_int_equal(rate_window_age(&w, &age), CORE_OK);
	assert_int_equal(age, 0);
	w = add_all(p, 2, 0, 19);
	assert_int_equal(rate_window_age(&w, &age), CORE_OK);
	assert_int_equal(age, 14);
	w = add_all(&old, 1, 0, TIME_END - 1);
	assert_int_equal(rate_window_age(&w, &age), CORE_OUT_OF_RANGE);
	w = add_all(&old, 1, 0, TIME_MIN + INT64_MAX);
	assert_int_equal(rate_window_age(&w, &age), CORE_OK);
	assert_int_equal(age, INT64_MAX);
}

static void
order_is_total(void **state)
{
	uint64_t	seed = 4;

	(void) state;
	for (int round = 0; round < 20000; round++)
	{
		point		p[2][3];
		rate_window a,
					b;

		fill(p[0], 3, &seed);
		fill(p[1], 3, &seed);
		a = define(p[0], 3, 1, 2);
		b = define(p[1], 3, 1, 2);
		assert_int_equal(rate_window_cmp(&a, &b), -rate_window_cmp(&b, &a));
		assert_int_equal(rate_window_cmp(&a, &b) == 0, memcmp(&a, &b, sizeof(a)) == 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(adding_meets_the_definition),
		cmocka_unit_test(merging_splits_gives_the_whole),
		cmocka_unit_test(other_windows_do_not_merge),
		cmocka_unit_test(validity_is_exact),
		cmocka_unit_test(bad_values_are_not_valid),
		cmocka_unit_test(rates_at_a_moment),
		cmocka_unit_test(lines_stay_between_their_ends),
		cmocka_unit_test(ages),
		cmocka_unit_test(order_is_total),
	};

	return cmocka_run_group_tests_name("rate_window", tests, NULL, NULL);
}
