/*
 * Unit tests of core/series/stream.c and core/series/shape.c: each against its
 * definition in plain loops, in blocks of many sizes.
 */
#include "series_source.h"

#include <math.h>

#include "core/series/shape.h"

#define MINUTE		INT64_C(60000000)
#define ROUNDS		400
#define MAX_EDGES	400

static const size_t block_sizes[] = {1, 2, 7, 1000};

/* ---------- references: whole arrays, no state ---------- */

/* index of the last point at a time or before, -1 if there is none */
static int
index_at(const source *s, int64_t time)
{
	int			last = -1;

	for (int i = 0; i < (int) s->num_points; i++)
		if (s->time[i] <= time)
			last = i;
	return last;
}

static series_neighbours
neighbours_at(const source *s, int64_t at)
{
	int			i = index_at(s, at);
	series_neighbours n = {0};

	if (i >= 0)
	{
		n.has_before = true;
		n.before = (series_point) {s->time[i], s->value[i]};
	}
	if (i >= 0 && s->time[i] == at)
	{
		n.has_after = true;
		n.after = n.before;
	}
	else if (i + 1 < (int) s->num_points)
	{
		n.has_after = true;
		n.after = (series_point) {s->time[i + 1], s->value[i + 1]};
	}
	return n;
}

/* How far the point that a method goes by is from a moment; there is one. */
static uint64_t
age_at(const series_neighbours *n, int64_t at, series_method method)
{
	uint64_t	back = (uint64_t) (at - n->before.time);
	uint64_t	ahead = (uint64_t) (n->after.time - at);

	if (method == SERIES_NEXT || (method == SERIES_NEAREST && !n->has_before))
		return ahead;
	return method == SERIES_NEAREST && n->has_after && ahead < back ? ahead : back;
}

/* NAN stands for NULL here: no value of a series is one. */
static double
value_at(const source *s, int64_t at, series_method method, uint64_t max_age)
{
	series_neighbours n = neighbours_at(s, at);
	double		value;

	if (series_value_between(&n, at, method, SERIES_ANY_AGE, &value) != CORE_OK)
		return NAN;
	return age_at(&n, at, method) <= max_age ? value : NAN;
}

/* The mean over time, one microsecond after the other. */
static double
define_twap(const source *s, int64_t start, int64_t end, uint64_t max_age)
{
	double		sum = 0;
	int			count = 0;

	for (int64_t t = start; t < end; t++)
	{
		int			i = index_at(s, t);

		if (i < 0 || (uint64_t) (t - s->time[i]) >= max_age)
			continue;
		sum += s->value[i];
		count++;
	}
	return count > 0 ? sum / count : NAN;
}

static double
define_bucket(const source *s, series_measure measure, int64_t start, int64_t end,
			  uint64_t max_age)
{
	double		sum = 0,
				first = NAN,
				min = INFINITY,
				max = -INFINITY;
	int			count = 0;

	for (size_t i = 0; i < s->num_points; i++)
	{
		if (s->time[i] < start || s->time[i] >= end)
			continue;
		if (count++ == 0)
			first = s->value[i];
		sum += s->value[i];
		min = fmin(min, s->value[i]);
		max = fmax(max, s->value[i]);
	}
	switch (measure)
	{
		case SERIES_BUCKET_LOCF:
			return value_at(s, start, SERIES_LOCF, max_age);
		case SERIES_BUCKET_LINEAR:
			return value_at(s, start, SERIES_LINEAR, max_age);
		case SERIES_BUCKET_LAST:
			return value_at(s, end - 1, SERIES_LOCF, max_age);
		case SERIES_BUCKET_TWAP:
			return define_twap(s, start, end, max_age);
		case SERIES_BUCKET_FIRST:
			return first;
		case SERIES_BUCKET_MIN:
			return count > 0 ? min : NAN;
		case SERIES_BUCKET_MAX:
			return count > 0 ? max : NAN;
		case SERIES_BUCKET_MEAN:
			return count > 0 ? sum / count : NAN;
	}
	return NAN;
}

/* ---------- the value at a moment ---------- */

static void
values_between_points(void **state)
{
	series_neighbours n = {true, true, {10, 2}, {20, 4}};
	double		value;

	(void) state;
	assert_int_equal(series_value_between(&n, 14, SERIES_LOCF, SERIES_ANY_AGE, &value), CORE_OK);
	assert_same(value, 2.0);
	assert_int_equal(series_value_between(&n, 14, SERIES_LINEAR, SERIES_ANY_AGE, &value), CORE_OK);
	assert_same(value, 2.8);
	assert_int_equal(series_value_between(&n, 14, SERIES_NEXT, SERIES_ANY_AGE, &value), CORE_OK);
	assert_same(value, 4.0);
	assert_int_equal(series_value_between(&n, 15, SERIES_NEAREST, SERIES_ANY_AGE, &value), CORE_OK);
	assert_same(value, 2.0);
	assert_int_equal(series_value_between(&n, 16, SERIES_NEAREST, SERIES_ANY_AGE, &value), CORE_OK);
	assert_same(value, 4.0);

	n.has_before = false;
	assert_int_equal(series_value_between(&n, 5, SERIES_LOCF, SERIES_ANY_AGE, &value), CORE_NULL);
	assert_int_equal(series_value_between(&n, 5, SERIES_LINEAR, SERIES_ANY_AGE, &value), CORE_NULL);
	assert_int_equal(series_value_between(&n, 5, SERIES_NEAREST, SERIES_ANY_AGE, &value), CORE_OK);
	assert_same(value, 4.0);
	n.has_before = true;
	n.has_after = false;
	assert_int_equal(series_value_between(&n, 25, SERIES_NEXT, SERIES_ANY_AGE, &value), CORE_NULL);
	assert_int_equal(series_value_between(&n, 25, SERIES_LINEAR, SERIES_ANY_AGE, &value), CORE_NULL);
	assert_int_equal(series_value_between(&n, 25, SERIES_NEAREST, SERIES_ANY_AGE, &value), CORE_OK);
	assert_same(value, 2.0);
}

/* Moments one after the other, and each by itself, give what the whole array does. */
static void
values_at_moments(void **state)
{
	uint64_t	seed = 7;

	(void) state;
	for (int round = 0; round < ROUNDS; round++)
	{
		source		s;
		series_stream stream;
		series_carry c;
		series_method method = (series_method) (round % 4);

		random_source(&s, 1 + (size_t) (next_random(&seed) % 100), &seed);
		stream = stream_of(&s, block_sizes[round / 4 % 4]);
		series_carry_init(&c, &stream);
		c.max_age = random_age(&seed);
		for (int64_t at = -3; at < s.time[s.num_points - 1] + 4;
			 at += 1 + (int64_t) (next_random(&seed) % 5))
		{
			double		expected = value_at(&s, at, method, c.max_age);
			double		value;

			assert_int_equal(series_value_at(&c, at, method, &value),
							 isnan(expected) ? CORE_NULL : CORE_OK);
			if (!isnan(expected))
				assert_same(value, expected);
		}
	}
}

static void
lines_stay_between_their_ends(void **state)
{
	series_neighbours n = {true, true, {0, -DBL_MAX}, {4, DBL_MAX}};
	uint64_t	seed = 1;
	double		value;

	(void) state;
	assert_int_equal(series_value_between(&n, 2, SERIES_LINEAR, SERIES_ANY_AGE, &value), CORE_OK);
	assert_same(value, 0.0);
	assert_int_equal(series_value_between(&n, 3, SERIES_LINEAR, SERIES_ANY_AGE, &value), CORE_OK);
	assert_close(value, DBL_MAX / 2, 1e-15);

	n.before.time = TIME_MIN;
	n.after.time = TIME_END - 1;
	for (int round = 0; round < 20000; round++)
	{
		int64_t		at = (int64_t) (next_random(&seed) % (uint64_t) TIME_END);

		n.before.value = next_fraction(&seed) - 0.5;
		n.after.value = next_fraction(&seed) - 0.5;
		assert_int_equal(series_value_between(&n, at, SERIES_LINEAR, SERIES_ANY_AGE, &value), CORE_OK);
		assert_true(value >= fmin(n.before.value, n.after.value));
		assert_true(value <= fmax(n.before.value, n.after.value));
	}
}

/* ---------- buckets ---------- */

/* Ascending edges around the points; some buckets hold none, some many. */
static size_t
random_edges(int64_t *edge, uint64_t *seed)
{
	size_t		n = 2 + (size_t) (next_random(seed) % 60);

	edge[0] = (int64_t) (next_random(seed) % 200) - 60;
	for (size_t i = 1; i < n; i++)
		edge[i] = edge[i - 1] + 1 + (int64_t) (next_random(seed) %
											   (next_random(seed) % 4 == 0 ? 150 : 12));
	return n - 1;
}

static void
assert_bucket(const source *s, series_measure measure, const int64_t *edge,
			  uint64_t max_age, double value, bool is_null)
{
	double		expected = define_bucket(s, measure, edge[0], edge[1], max_age);

	assert_int_equal(is_null, isnan(expected));
	if (is_null)
		return;
	if (measure == SERIES_BUCKET_MEAN || measure == SERIES_BUCKET_TWAP)
		assert_close(value, expected, 1e-13);
	else
		assert_same(value, expected);
}

static void
buckets_meet_their_definition(void **state)
{
	uint64_t	seed = 2;

	(void) state;
	for (int round = 0; round < ROUNDS; round++)
	{
		source		s;
		int64_t		edge[MAX_EDGES];
		size_t		n;

		random_source(&s, 1 + (size_t) (next_random(&seed) % 120), &seed);
		n = random_edges(edge, &seed);
		for (series_measure m = SERIES_BUCKET_LOCF; m <= SERIES_BUCKET_TWAP; m++)
		{
			series_stream stream = stream_of(&s, block_sizes[round % 4]);
			series_carry c;
			double		value[MAX_EDGES];
			bool		is_null[MAX_EDGES];
			size_t		half = n / 2;

			/* in two calls, since buckets come in blocks as well */
			series_carry_init(&c, &stream);
			c.max_age = random_age(&seed);
			assert_int_equal(series_resample(&c, m, edge, half, value, is_null), CORE_OK);
			assert_int_equal(series_resample(&c, m, edge + half, n - half, value + half,
											 is_null + half), CORE_OK);
			for (size_t i = 0; i < n; i++)
				assert_bucket(&s, m, edge + i, c.max_age, value[i], is_null[i]);
		}
	}
}

/* The same bits however the points are cut into blocks. */
static void
blocks_make_no_difference(void **state)
{
	uint64_t	seed = 3;

	(void) state;
	for (int round = 0; round < ROUNDS; round++)
	{
		source		s;
		int64_t		edge[MAX_EDGES];
		size_t		n;
		series_measure m = (series_measure) (round % (SERIES_BUCKET_TWAP + 1));
		double		value[2][MAX_EDGES] = {{0}};
		bool		is_null[2][MAX_EDGES];

		random_source(&s, 1 + (size_t) (next_random(&seed) % SOURCE_POINTS), &seed);
		n = random_edges(edge, &seed);
		for (int k = 0; k < 2; k++)
		{
			series_stream stream = stream_of(&s, k == 0 ? 3 : 1000);
			series_carry c;

			series_carry_init(&c, &stream);
			assert_int_equal(series_resample(&c, m, edge, n, value[k], is_null[k]), CORE_OK);
		}
		for (size_t i = 0; i < n; i++)
		{
			assert_int_equal(is_null[0][i], is_null[1][i]);
			if (!is_null[0][i])
				assert_same(value[0][i], value[1][i]);
		}
	}
}

static void
check_twap(const source *points, const int64_t *edge, const double *expected, size_t n)
{
	source		s = *points;
	series_stream stream = stream_of(&s, 2);
	series_carry c;
	double		value[8];
	bool		is_null[8];

	series_carry_init(&c, &stream);
	assert_int_equal(series_resample(&c, SERIES_BUCKET_TWAP, edge, n, value, is_null), CORE_OK);
	for (size_t i = 0; i < n; i++)
	{
		assert_false(is_null[i]);
		assert_close(value[i], expected[i], 1e-15);
	}
}

/* What reporters of timescaledb-toolkit's issues 208, 544 and 548 expected. */
static void
known_time_weighted_means(void **state)
{
	const source issue_208 = {
		.time = {0, 45 * MINUTE, 60 * MINUTE, 90 * MINUTE, 120 * MINUTE},
		.value = {1, 2, 1, 2, 3}, .num_points = 5
	};
	const source issue_544 = {
		.time = {2 * MINUTE, 55 * MINUTE, 62 * MINUTE, 115 * MINUTE, 122 * MINUTE, 175 * MINUTE},
		.value = {10, 100, 10, 100, 10, 100}, .num_points = 6
	};
	const source issue_548 = {
		.time = {-50 * MINUTE, 190 * MINUTE, 230 * MINUTE},
		.value = {10, 20, 40}, .num_points = 3
	};
	const int64_t hours[] = {0, 60 * MINUTE, 120 * MINUTE, 180 * MINUTE, 240 * MINUTE, 300 * MINUTE};
	const double expected_208[] = {1.25, 1.5};
	const double expected_544[] = {20.5, 20.5};
	const double expected_548[] = {10, 10, 10, 65.0 / 3, 40};

	(void) state;
	check_twap(&issue_208, hours, expected_208, 2);
	check_twap(&issue_544, hours + 1, expected_544, 2);
	check_twap(&issue_548, hours, expected_548, 5);
}

/* A feed that reports every ten minutes and is silent for an hour; ten minutes are fresh. */
static void
means_of_fresh_values(void **state)
{
	source		s = {
		.time = {0, 10 * MINUTE, 20 * MINUTE, 90 * MINUTE},
		.value = {1, 2, 3, 8}, .num_points = 4
	};
	const int64_t edge[] = {0, 30 * MINUTE, 60 * MINUTE, 90 * MINUTE, 120 * MINUTE};
	const uint64_t ages[] = {10 * MINUTE, 15 * MINUTE, 0};
	const double expected[3][4] = {{2, NAN, NAN, 8}, {2, 3, NAN, 8}, {NAN, NAN, NAN, NAN}};

	(void) state;
	for (int k = 0; k < 3; k++)
	{
		series_stream stream = stream_of(&s, 2);
		series_carry c;
		double		value[4];
		bool		is_null[4];

		series_carry_init(&c, &stream);
		c.max_age = ages[k];
		assert_int_equal(series_resample(&c, SERIES_BUCKET_TWAP, edge, 4, value, is_null), CORE_OK);
		for (int i = 0; i < 4; i++)
		{
			assert_int_equal(is_null[i], isnan(expected[k][i]));
			if (!is_null[i])
				assert_same(value[i], expected[k][i]);
		}
	}
}

static void
extreme_buckets(void **state)
{
	source		s = {
		.time = {TIME_MIN, 0, TIME_END - 1},
		.value = {DBL_MAX, DBL_MAX, -DBL_MAX}, .num_points = 3
	};
	const int64_t edge[] = {TIME_MIN, TIME_END - 1};
	series_stream stream = stream_of(&s, 1);
	series_carry c;
	double		value;
	bool		is_null;

	(void) state;
	series_carry_init(&c, &stream);
	assert_int_equal(series_resample(&c, SERIES_BUCKET_TWAP, edge, 1, &value, &is_null), CORE_OK);
	assert_same(value, DBL_MAX);
	/* almost as old as a value can be */
	for (uint64_t more = 0; more < 2; more++)
	{
		stream = stream_of(&s, 1);
		series_carry_init(&c, &stream);
		c.max_age = (uint64_t) (TIME_END - 3) + more;
		assert_int_equal(series_value_at(&c, TIME_END - 2, SERIES_LOCF, &value),
						 more == 0 ? CORE_NULL : CORE_OK);
	}
	stream = stream_of(&s, 1);
	series_carry_init(&c, &stream);
	assert_int_equal(series_resample(&c, SERIES_BUCKET_MEAN, edge, 1, &value, &is_null),
					 CORE_OUT_OF_RANGE);
}

/* ---------- returns ---------- */

static void
changes(void **state)
{
	double		change;

	(void) state;
	assert_int_equal(series_change_of(SERIES_SIMPLE, 2, 3, &change), CORE_OK);
	assert_same(change, 0.5);
	assert_int_equal(series_change_of(SERIES_LOG, 2, 3, &change), CORE_OK);
	assert_close(change, log(1.5), 1e-15);
	assert_int_equal(series_change_of(SERIES_DELTA, -2, 3, &change), CORE_OK);
	assert_same(change, 5.0);
	assert_int_equal(series_change_of(SERIES_LEVEL, -2, 3, &change), CORE_OK);
	assert_same(change, 3.0);
	assert_int_equal(series_change_of(SERIES_SIMPLE, 1e-300, 1e300, &change), CORE_OUT_OF_RANGE);
	assert_int_equal(series_change_of(SERIES_LOG, 1e-300, 1e300, &change), CORE_OK);
	assert_close(change, 600 * log(10), 1e-15);
	assert_int_equal(series_change_of(SERIES_DELTA, -DBL_MAX, DBL_MAX, &change),
					 CORE_OUT_OF_RANGE);
}

/* ---------- exponential moving average ---------- */

/* The path at a moment, as the method sees it; the first value before it all. */
static double
path_at(const source *s, series_ema_method method, double t)
{
	size_t		i = 0;
	double		part;

	if (t <= (double) s->time[0])
		return s->value[0];
	while (i + 1 < s->num_points && (double) s->time[i + 1] <= t)
		i++;
	if (i + 1 == s->num_points || method == SERIES_EMA_LOCF)
		return s->value[i];
	if (method == SERIES_EMA_NEXT)
		return s->value[i + 1];
	part = (t - (double) s->time[i]) / (double) (s->time[i + 1] - s->time[i]);
	return s->value[i] + part * (s->value[i + 1] - s->value[i]);
}

/* The path weighed by age: an integral by the rule of midpoints. */
static double
define_ema_of_path(const source *s, series_ema_method method, int64_t half_life, int64_t at)
{
	const int	steps = 256;	/* per microsecond: breaks of the path are whole */
	double		decay = log(2) / (double) half_life;
	double		before = exp(-decay * (double) (at - s->time[0]));
	double		sum = before * s->value[0];
	double		weights = before;

	for (int64_t i = 0; i < (at - s->time[0]) * steps; i++)
	{
		double		t = (double) s->time[0] + ((double) i + 0.5) / steps;
		double		weight = exp(-decay * ((double) at - t)) * decay / steps;

		sum += weight * path_at(s, method, t);
		weights += weight;
	}
	return sum / weights;
}

static double
define_ema_of_points(const source *s, int64_t half_life, size_t n)
{
	double		sum = 0,
				weights = 0;

	for (size_t i = 0; i <= n; i++)
	{
		double		weight = exp2(-(double) (s->time[n] - s->time[i]) / (double) half_life);

		sum += weight * s->value[i];
		weights += weight;
	}
	return sum / weights;
}

static void
averages_meet_their_integral(void **state)
{
	uint64_t	seed = 4;

	(void) state;
	for (int round = 0; round < 20; round++)
	{
		source		s;
		int64_t		half_life = 1 + (int64_t) (next_random(&seed) % 40);

		random_source(&s, 12, &seed);
		for (series_ema_method m = SERIES_EMA_LOCF; m <= SERIES_EMA_POINTS; m++)
		{
			series_ema	e;
			double		mean = 0;

			series_ema_init(&e, m, half_life);
			for (size_t i = 0; i < s.num_points; i++)
			{
				mean = series_ema_add(&e, s.time[i], s.value[i]);
				if (m == SERIES_EMA_POINTS)
					assert_close(mean, define_ema_of_points(&s, half_life, i), 1e-14);
			}
			if (m != SERIES_EMA_POINTS)
				assert_close(mean, define_ema_of_path(&s, m, half_life,
													  s.time[s.num_points - 1]), 1e-6);
		}
	}
}

/* Half of the way is left after a half-life, by each method in its manner. */
static void
known_averages(void **state)
{
	series_ema	e;

	(void) state;
	series_ema_init(&e, SERIES_EMA_LOCF, 10);
	assert_same(series_ema_add(&e, 0, 1), 1.0);
	assert_same(series_ema_add(&e, 10, 3), 1.0);
	assert_close(series_ema_add(&e, 20, 3), 2.0, 1e-15);
	assert_close(series_ema_add(&e, 30, 3), 2.5, 1e-15);
	series_ema_init(&e, SERIES_EMA_NEXT, 10);
	series_ema_add(&e, 0, 1);
	assert_close(series_ema_add(&e, 10, 3), 2.0, 1e-15);
	series_ema_init(&e, SERIES_EMA_LINEAR, 10);
	series_ema_add(&e, 0, 1);
	assert_close(series_ema_add(&e, 10, 3), 1 + 2 * (1 - 0.5 / log(2)), 1e-15);
	series_ema_init(&e, SERIES_EMA_POINTS, 10);
	series_ema_add(&e, 0, 1);
	assert_close(series_ema_add(&e, 10, 3), 3.5 / 1.5, 1e-15);
}

/* Half-lives from far below to far above the distance of points. */
static void
averages_stay_among_values(void **state)
{
	static const int64_t half_lives[] = {1, 1000, INT64_C(1) << 40, INT64_MAX};
	uint64_t	seed = 5;

	(void) state;
	for (int round = 0; round < ROUNDS; round++)
	{
		source		s;
		double		low = INFINITY,
					high = -INFINITY;
		series_ema	e,
					constant;

		random_source(&s, 100, &seed);
		series_ema_init(&e, (series_ema_method) (round % 4), half_lives[round / 4 % 4]);
		constant = e;
		for (size_t i = 0; i < s.num_points; i++)
		{
			double		mean = series_ema_add(&e, s.time[i], s.value[i]);

			low = fmin(low, s.value[i]);
			high = fmax(high, s.value[i]);
			assert_true(mean >= low * (1 - 1e-15) && mean <= high * (1 + 1e-15));
			assert_same(series_ema_add(&constant, s.time[i], 0.1), 0.1);
		}
	}
}

static void
averages_of_far_values(void **state)
{
	(void) state;
	for (series_ema_method m = SERIES_EMA_LOCF; m <= SERIES_EMA_POINTS; m++)
	{
		series_ema	e;

		series_ema_init(&e, m, 10);
		for (int i = 0; i < 50; i++)
			assert_true(isfinite(series_ema_add(&e, i * 7, i % 2 == 0 ? DBL_MAX : -DBL_MAX)));
	}
}

/* The mean of positive values is positive, also where one is lost beside the other. */
static void
averages_of_great_and_small_values(void **state)
{
	static const double values[] = {1e8, 1e-12, 1e8, 1e-12, 1e-12, 3e-12};

	(void) state;
	for (series_ema_method m = SERIES_EMA_LOCF; m <= SERIES_EMA_POINTS; m++)
	{
		series_ema	e;

		series_ema_init(&e, m, 1);
		for (int i = 0; i < 6; i++)
		{
			double		mean = series_ema_add(&e, INT64_C(1000000000000) * i, values[i]);

			assert_true(mean >= 1e-12 && mean <= 1e8);
		}
	}
}

/* ---------- fewer points ---------- */

/* The procedure as the thesis words it, over whole arrays. */
static size_t
define_lttb(const source *s, size_t kept, size_t *chosen)
{
	size_t		n = s->num_points;
	size_t		at = 0;
	size_t		count = 0;

	chosen[count++] = 0;
	for (size_t bucket = 0; bucket + 2 < kept; bucket++)
	{
		size_t		from = bucket * (n - 2) / (kept - 2) + 1;
		size_t		to = (bucket + 1) * (n - 2) / (kept - 2) + 1;
		size_t		after = (bucket + 2) * (n - 2) / (kept - 2) + 1;
		double		mean_time = 0,
					mean_value = 0,
					largest = -1;
		size_t		best = from;

		after = after < n ? after : n;
		for (size_t i = to; i < after; i++)
		{
			mean_time += (double) s->time[i] / (double) (after - to);
			mean_value += s->value[i] / (double) (after - to);
		}
		for (size_t i = from; i < to; i++)
		{
			double		area = fabs(((double) s->time[at] - mean_time) *
									(s->value[i] - s->value[at]) -
									(double) (s->time[at] - s->time[i]) *
									(mean_value - s->value[at])) / 2;

			/* two ways of rounding must not part where two areas are all but equal */
			if (area > largest * (1 + 1e-12))
			{
				largest = area;
				best = i;
			}
		}
		chosen[count++] = at = best;
	}
	chosen[count++] = n - 1;
	return count;
}

static void
lttb_meets_the_procedure(void **state)
{
	uint64_t	seed = 6;

	(void) state;
	for (int round = 0; round < ROUNDS; round++)
	{
		source		s,
					again;
		size_t		kept,
					chosen[SOURCE_POINTS];
		series_stream points,
					ahead;
		series_lttb l;
		series_point p;

		random_source(&s, 3 + (size_t) (next_random(&seed) % (SOURCE_POINTS - 3)), &seed);
		kept = 3 + (size_t) (next_random(&seed) % (s.num_points - 2));
		again = s;
		points = stream_of(&s, block_sizes[round % 4]);
		ahead = stream_of(&again, block_sizes[round / 4 % 4]);
		series_lttb_init(&l, &points, &ahead, s.num_points, kept);
		assert_int_equal(define_lttb(&s, kept, chosen), kept);
		for (size_t i = 0; i < kept; i++)
		{
			assert_true(series_lttb_next(&l, &p));
			assert_int_equal(p.time, s.time[chosen[i]]);
			assert_same(p.value, s.value[chosen[i]]);
		}
		assert_false(series_lttb_next(&l, &p));
	}
}

static void
lttb_of_values_beyond_areas(void **state)
{
	source		s = {.num_points = 100},
				again;
	series_stream points,
				ahead;
	series_lttb l;
	series_point p;
	int64_t		last = -1;

	(void) state;
	for (int i = 0; i < 100; i++)
	{
		s.time[i] = i * INT64_C(1000000000000);
		s.value[i] = i % 3 == 0 ? DBL_MAX : -DBL_MAX;
	}
	again = s;
	points = stream_of(&s, 7);
	ahead = stream_of(&again, 9);
	series_lttb_init(&l, &points, &ahead, 100, 10);
	for (int i = 0; i < 10; i++)
	{
		assert_true(series_lttb_next(&l, &p));
		assert_true(p.time > last);
		last = p.time;
	}
	assert_false(series_lttb_next(&l, &p));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_between_points),
		cmocka_unit_test(values_at_moments),
		cmocka_unit_test(lines_stay_between_their_ends),
		cmocka_unit_test(buckets_meet_their_definition),
		cmocka_unit_test(blocks_make_no_difference),
		cmocka_unit_test(known_time_weighted_means),
		cmocka_unit_test(means_of_fresh_values),
		cmocka_unit_test(extreme_buckets),
		cmocka_unit_test(changes),
		cmocka_unit_test(averages_meet_their_integral),
		cmocka_unit_test(known_averages),
		cmocka_unit_test(averages_stay_among_values),
		cmocka_unit_test(averages_of_far_values),
		cmocka_unit_test(averages_of_great_and_small_values),
		cmocka_unit_test(lttb_meets_the_procedure),
		cmocka_unit_test(lttb_of_values_beyond_areas),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
