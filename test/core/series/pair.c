/*
 * Unit tests of core/series/pair.c: each against its definition in plain loops.
 */
#include "series_source.h"

#include <math.h>

#include "core/series/pair.h"

#define ROUNDS	400

static int
index_at(const source *s, int64_t time)
{
	int			last = -1;

	for (int i = 0; i < (int) s->num_points; i++)
		if (s->time[i] <= time)
			last = i;
	return last;
}

static bool
has_point_at(const source *s, int64_t time)
{
	int			i = index_at(s, time);

	return i >= 0 && s->time[i] == time;
}

/* NAN stands for NULL here: no value of a series is one. */
static double
define_side(const source *s, series_join join, int64_t time, uint64_t max_age)
{
	int			i = index_at(s, time);
	double		part;

	if (i < 0 || (uint64_t) (time - s->time[i]) > max_age)
		return NAN;
	if (s->time[i] == time || join == SERIES_JOIN_LOCF)
		return s->value[i];
	if (i + 1 == (int) s->num_points)
		return NAN;
	part = (double) (time - s->time[i]) / (double) (s->time[i + 1] - s->time[i]);
	return s->value[i] + part * (s->value[i + 1] - s->value[i]);
}

static void
assert_side(bool has, double value, double expected)
{
	assert_int_equal(has, !isnan(expected));
	if (has)
		assert_close(value, expected, 1e-14);
}

static void
align_meets_its_definition(void **state)
{
	uint64_t	seed = 1;

	(void) state;
	for (int round = 0; round < ROUNDS; round++)
	{
		source		a,
					b;

		random_source(&a, 1 + (size_t) (next_random(&seed) % 100), &seed);
		random_source(&b, 1 + (size_t) (next_random(&seed) % 100), &seed);
		for (series_join join = SERIES_JOIN_LOCF; join <= SERIES_JOIN_INNER; join++)
		{
			series_stream stream_a = stream_of(&a, 1 + (size_t) round % 5);
			series_stream stream_b = stream_of(&b, 1 + (size_t) round % 7);
			series_align s;
			series_pair pair;
			uint64_t	max_age = random_age(&seed);

			series_align_init(&s, join, &stream_a, &stream_b);
			series_align_limit(&s, max_age);
			for (int64_t t = -1; t < 100000; t++)
			{
				bool		at_a = has_point_at(&a, t);
				bool		at_b = has_point_at(&b, t);

				if (t > a.time[a.num_points - 1] && t > b.time[b.num_points - 1])
					break;
				if (join == SERIES_JOIN_INNER ? !at_a || !at_b : !at_a && !at_b)
					continue;
				assert_true(series_align_next(&s, &pair));
				assert_int_equal(pair.time, t);
				assert_side(pair.has_a, pair.a, define_side(&a, join, t, max_age));
				assert_side(pair.has_b, pair.b, define_side(&b, join, t, max_age));
			}
			assert_false(series_align_next(&s, &pair));
		}
	}
}

static void
premium_meets_its_definition(void **state)
{
	uint64_t	seed = 2;

	(void) state;
	for (int round = 0; round < ROUNDS; round++)
	{
		source		market,
					fair;
		series_stream market_stream,
					fair_stream;
		series_carry c;
		series_point p;

		random_source(&market, 1 + (size_t) (next_random(&seed) % 100), &seed);
		random_source(&fair, 1 + (size_t) (next_random(&seed) % 100), &seed);
		market_stream = stream_of(&market, 1 + (size_t) round % 5);
		fair_stream = stream_of(&fair, 1 + (size_t) round % 7);
		series_carry_init(&c, &fair_stream);
		for (size_t i = 0; i < market.num_points; i++)
		{
			int			k = index_at(&fair, market.time[i]);

			if (k < 0)
				continue;
			assert_int_equal(series_premium_next(&market_stream, &c, &p), CORE_OK);
			assert_int_equal(p.time, market.time[i]);
			assert_same(p.value, (market.value[i] - fair.value[k]) / fair.value[k]);
		}
		assert_int_equal(series_premium_next(&market_stream, &c, &p), CORE_NULL);
	}
}

/* ---------- correlation ---------- */

/* In two passes, with the means known. */
static void
define_moments(const double *x, const double *y, size_t n, double *r, double *beta)
{
	long double mean_x = 0,
				mean_y = 0,
				xx = 0,
				yy = 0,
				xy = 0;

	for (size_t i = 0; i < n; i++)
	{
		mean_x += x[i];
		mean_y += y[i];
	}
	mean_x /= n;
	mean_y /= n;
	for (size_t i = 0; i < n; i++)
	{
		xx += (x[i] - mean_x) * (x[i] - mean_x);
		yy += (y[i] - mean_y) * (y[i] - mean_y);
		xy += (x[i] - mean_x) * (y[i] - mean_y);
	}
	*r = (double) (xy / sqrtl(xx * yy));
	*beta = (double) (xy / yy);
}

static void
moments_meet_two_passes(void **state)
{
	uint64_t	seed = 3;

	(void) state;
	for (int round = 0; round < ROUNDS; round++)
	{
		series_change kind = (series_change) (round % 4);
		size_t		n = 3 + (size_t) (next_random(&seed) % 100);
		double		x[128],
					y[128],
					a = 1,
					b = 1e6,
					r,
					slope,
					expected_r,
					expected_slope;
		size_t		count = 0;
		series_comoment m;

		series_comoment_init(&m, kind);
		for (size_t i = 0; i < n; i++)
		{
			double		next_a = a * (0.9 + 0.2 * next_fraction(&seed));
			double		next_b = b * (0.9 + 0.2 * next_fraction(&seed)) * next_a / a;

			assert_int_equal(series_comoment_add(&m, next_a, next_b), CORE_OK);
			if (i > 0 || kind == SERIES_LEVEL)
			{
				series_change_of(kind, a, next_a, &x[count]);
				series_change_of(kind, b, next_b, &y[count]);
				count++;
			}
			a = next_a;
			b = next_b;
		}
		define_moments(x, y, count, &expected_r, &expected_slope);
		assert_int_equal(series_correlation(&m, &r), CORE_OK);
		assert_int_equal(series_beta(&m, &slope), CORE_OK);
		assert_true(fabs(r - expected_r) < 1e-12);
		assert_true(fabs(slope - expected_slope) < 1e-11 * (1 + fabs(expected_slope)));
		assert_true(r >= -1 && r <= 1);
	}
}

/* To the last bit, for scales at which the product of squares is none. */
static void
laws_of_moments(void **state)
{
	static const double scales[] = {1, 1e-120, 1e120};
	uint64_t	seed = 4;

	(void) state;
	for (int round = 0; round < ROUNDS; round++)
	{
		double		scale = scales[round % 3];
		series_comoment ab,
					ba,
					aa,
					opposite;
		double		r,
					other;

		series_comoment_init(&ab, SERIES_DELTA);
		ba = aa = opposite = ab;
		for (int i = 0; i < 30; i++)
		{
			double		a = scale * next_fraction(&seed);
			double		b = scale * next_fraction(&seed);

			series_comoment_add(&ab, a, b);
			series_comoment_add(&ba, b, a);
			series_comoment_add(&aa, a, a);
			series_comoment_add(&opposite, a, -a);
		}
		assert_int_equal(series_correlation(&ab, &r), CORE_OK);
		assert_int_equal(series_correlation(&ba, &other), CORE_OK);
		assert_close(r, other, 1e-14);
		assert_int_equal(series_beta(&aa, &r), CORE_OK);
		assert_same(r, 1.0);
		assert_int_equal(series_correlation(&aa, &r), CORE_OK);
		assert_close(r, 1.0, 1e-15);
		if (scale == 1)
			assert_same(r, 1.0);
		assert_int_equal(series_correlation(&opposite, &r), CORE_OK);
		assert_close(r, -1.0, 1e-15);
	}
}

static void
moments_without_an_answer(void **state)
{
	series_comoment m;
	double		r;

	(void) state;
	series_comoment_init(&m, SERIES_SIMPLE);
	assert_int_equal(series_correlation(&m, &r), CORE_NULL);
	assert_int_equal(series_comoment_add(&m, 1, 1), CORE_OK);
	assert_int_equal(series_comoment_add(&m, 2, 3), CORE_OK);
	assert_int_equal(series_correlation(&m, &r), CORE_NULL);
	assert_int_equal(series_beta(&m, &r), CORE_NULL);
	assert_int_equal(series_comoment_add(&m, 4, 4), CORE_OK);
	/* a has but one return, b two */
	assert_int_equal(series_correlation(&m, &r), CORE_NULL);
	assert_int_equal(series_beta(&m, &r), CORE_OK);
	assert_same(r, 0.0);
	assert_int_equal(series_comoment_add(&m, 1e-300, 4), CORE_OK);
	assert_int_equal(series_comoment_add(&m, 1e300, 4), CORE_OUT_OF_RANGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(align_meets_its_definition),
		cmocka_unit_test(premium_meets_its_definition),
		cmocka_unit_test(moments_meet_two_passes),
		cmocka_unit_test(laws_of_moments),
		cmocka_unit_test(moments_without_an_answer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
