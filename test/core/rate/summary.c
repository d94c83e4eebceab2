/*
 * Unit tests of core/rate/summary.c: laws of the summary, against its definition.
 */
#include "test.h"

#include <math.h>
#include <string.h>

#include "core/rate/summary.h"

#define POINTS	7

typedef struct point
{
	int64_t		time;
	double		rate;
} point;

/* The definition, read out over all points at once. */
static rate_summary
define(const point *p, int n)
{
	rate_summary s = {n, p[0].time, p[0].time, 0, 0, p[0].rate, p[0].rate};

	for (int i = 0; i < n; i++)
	{
		s.first_time = p[i].time < s.first_time ? p[i].time : s.first_time;
		s.last_time = p[i].time > s.last_time ? p[i].time : s.last_time;
		s.min_rate = fmin(s.min_rate, p[i].rate);
		s.max_rate = fmax(s.max_rate, p[i].rate);
	}
	for (int i = 0; i < n; i++)
	{
		if (p[i].time == s.first_time)
			s.first_rate = fmax(s.first_rate, p[i].rate);
		if (p[i].time == s.last_time)
			s.last_rate = fmax(s.last_rate, p[i].rate);
	}
	return s;
}

static rate_summary
add_all(const point *p, int n)
{
	rate_summary s;

	rate_summary_init(&s, p[0].time, p[0].rate);
	for (int i = 1; i < n; i++)
		rate_summary_add(&s, p[i].time, p[i].rate);
	return s;
}

/* Few distinct times and rates, so that ties of both kinds are common. */
static void
fill(point *p, int n, uint64_t *seed)
{
	for (int i = 0; i < n; i++)
	{
		p[i].time = (int64_t) (next_random(seed) % 4) - 1;
		p[i].rate = 1 + (double) (next_random(seed) % 4) / 8;
	}
}

static void
adding_meets_the_definition(void **state)
{
	uint64_t	seed = 1;

	(void) state;
	for (int round = 0; round < 20000; round++)
	{
		point		p[POINTS];
		int			n = 1 + (int) (next_random(&seed) % POINTS);
		rate_summary a,
					b;

		fill(p, n, &seed);
		a = add_all(p, n);
		b = define(p, n);
		assert_int_equal(rate_summary_cmp(&a, &b), 0);
		assert_memory_equal(&a, &b, sizeof(a));
		assert_true(rate_summary_is_valid(&a));
	}
}

static void
merging_splits_gives_the_whole(void **state)
{
	uint64_t	seed = 2;

	(void) state;
	for (int round = 0; round < 20000; round++)
	{
		point		p[POINTS];
		int			n = 2 + (int) (next_random(&seed) % (POINTS - 1));
		int			cut = 1 + (int) (next_random(&seed) % (unsigned) (n - 1));
		rate_summary whole,
					left,
					right,
					ab,
					ba;

		fill(p, n, &seed);
		whole = define(p, n);
		left = define(p, cut);
		right = define(p + cut, n - cut);
		ab = left;
		ba = right;
		assert_int_equal(rate_summary_merge(&ab, &right), CORE_OK);
		assert_int_equal(rate_summary_merge(&ba, &left), CORE_OK);
		assert_memory_equal(&ab, &whole, sizeof(whole));
		assert_memory_equal(&ba, &whole, sizeof(whole));
	}
}

/*
 * Validity is exact: of all images over a few values, just those pass that
 * some set of up to four points brings about.
 */
#define VALUES	3
#define IMAGES	(4 * VALUES * VALUES * VALUES * VALUES * VALUES * VALUES)

static int
image_number(const rate_summary *s)
{
	const double field[] = {
		(double) s->first_time, (double) s->last_time,
		s->first_rate - 1, s->last_rate - 1, s->min_rate - 1, s->max_rate - 1
	};
	int			number = (int) s->num_rates - 1;

	for (int i = 0; i < 6; i++)
		number = number * VALUES + (int) field[i];
	return number;
}

static void
validity_is_exact(void **state)
{
	static bool reachable[IMAGES];

	(void) state;
	memset(reachable, 0, sizeof(reachable));
	for (int n = 1; n <= 4; n++)
	{
		int			combinations = 1;

		for (int i = 0; i < n; i++)
			combinations *= VALUES * VALUES;
		for (int c = 0; c < combinations; c++)
		{
			point		p[4];
			rate_summary s;

			for (int i = 0, rest = c; i < n; i++, rest /= VALUES * VALUES)
			{
				p[i].time = rest % VALUES;
				p[i].rate = 1 + rest / VALUES % VALUES;
			}
			s = define(p, n);
			reachable[image_number(&s)] = true;
		}
	}
	for (int number = 0; number < IMAGES; number++)
	{
		int			digit[6];
		int			rest = number;
		rate_summary s;

		for (int i = 5; i >= 0; i--, rest /= VALUES)
			digit[i] = rest % VALUES;
		s = (rate_summary) {rest + 1, digit[0], digit[1],
			1 + digit[2], 1 + digit[3], 1 + digit[4], 1 + digit[5]};
		assert_int_equal(rate_summary_is_valid(&s), reachable[number]);
	}
}

static void
bad_values_are_not_valid(void **state)
{
	const double bad[] = {0, -0.0, -1, NAN, INFINITY, -INFINITY};

	(void) state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
	{
		rate_summary s;

		assert_false(rate_is_valid(bad[i]));
		for (int field = 0; field < 4; field++)
		{
			rate_summary_init(&s, 0, 1);
			(&s.first_rate)[field] = bad[i];
			assert_false(rate_summary_is_valid(&s));
		}
	}
	assert_false(time_is_valid(INT64_MIN));
	assert_false(time_is_valid(INT64_MAX));
	assert_false(time_is_valid(TIME_END));
	assert_true(time_is_valid(TIME_END - 1));
	assert_true(time_is_valid(TIME_MIN));
}

static void
too_many_points_are_out_of_range(void **state)
{
	rate_summary s,
				other;

	(void) state;
	rate_summary_init(&s, 0, 1);
	other = s;
	other.num_rates = INT64_MAX;
	assert_int_equal(rate_summary_merge(&s, &other), CORE_OUT_OF_RANGE);
	assert_int_equal(s.num_rates, 1);
}

static void
premium_of_market_over_fair(void **state)
{
	double		premium;

	(void) state;
	assert_int_equal(rate_premium(1.25, 1, &premium), CORE_OK);
	assert_same(premium, 0.25);
	assert_int_equal(rate_premium(0, 1, &premium), CORE_OK);
	assert_same(premium, -1);
	assert_int_equal(rate_premium(1, 1, &premium), CORE_OK);
	assert_same(premium, 0);
	assert_int_equal(rate_premium(1e300, 1e-300, &premium), CORE_OUT_OF_RANGE);
	assert_int_equal(rate_premium_of_change(4, -1, &premium), CORE_OK);
	assert_same(premium, -0.25);
	assert_int_equal(rate_premium_of_change(1e-300, 1e300, &premium), CORE_OUT_OF_RANGE);
}

/* One wei of a rate in wei, which the nearest doubles do not show. */
static void
change_of_words_is_exact(void **state)
{
	u256		rate = {{UINT64_C(1050000000000000000), 0, 0, 0}};
	u256		next = {{UINT64_C(1050000000000000001), 0, 0, 0}};

	(void) state;
	assert_same(u256_to_double(next) - u256_to_double(rate), 0);
	assert_same(rate_change_exact(rate, next), 1);
	assert_same(rate_change_exact(next, rate), -1);
	assert_same(rate_change_exact(rate, rate), 0);
	assert_same(rate_change_exact(U256_ZERO, U256_MAX), 0x1p256);
	assert_same(rate_change_exact(U256_MAX, U256_ZERO), -0x1p256);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(adding_meets_the_definition),
		cmocka_unit_test(merging_splits_gives_the_whole),
		cmocka_unit_test(validity_is_exact),
		cmocka_unit_test(bad_values_are_not_valid),
		cmocka_unit_test(too_many_points_are_out_of_range),
		cmocka_unit_test(premium_of_market_over_fair),
		cmocka_unit_test(change_of_words_is_exact),
	};

	return cmocka_run_group_tests_name("rate", tests, NULL, NULL);
}
