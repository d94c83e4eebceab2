/*-------------------------------------------------------------------------
 *
 * test/core/risk/sketch.c
 *	  Sketches of returns: against all values in order.
 *
 *-------------------------------------------------------------------------
 */
#include "test.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/rank.h"
#include "core/risk/sketch.h"

#define ROOM	4096
#define VALUES	1500

typedef struct held_sketch
{
	sketch		s;
	sketch_slot slot[ROOM];
	sketch_bucket bucket[ROOM];
	sketch_view view;
} held_sketch;

static void
begin(held_sketch *h, double accuracy)
{
	sketch_scale_init(&h->s.scale, accuracy);
	sketch_begin(&h->s, h->slot, ROOM);
}

static void
look(held_sketch *h)
{
	size_t		n = sketch_list(&h->s, h->bucket);

	assert_true(sketch_view_init(&h->view, h->s.scale.accuracy, h->bucket, n));
	assert_int_equal(h->view.count, h->s.count);
}

static int
compare_values(const void *a, const void *b)
{
	double		x = *(const double *) a,
				y = *(const double *) b;

	return (x > y) - (x < y);
}

/* Of all sizes, both signs, some of them equal, some zero */
static void
random_values(double *value, int n, int kind, uint64_t *seed)
{
	for (int i = 0; i < n; i++)
	{
		double		u = next_fraction(seed);

		value[i] = (next_random(seed) % 3 == 0 ? -1 : 1) *
			(kind == 0 ? 0.1 * u : kind == 1 ? pow(10, 20 * u - 14) : kind == 2 ? 0.01 : pow(2, floor(40 * u) - 20));
	}
}

static const double accuracies[] = {0.001, 0.01, 0.02, 0.1};

static void
quantiles_and_tails_are_within_the_accuracy(void **state)
{
	static held_sketch h;
	static double value[VALUES];
	uint64_t	seed = 3;

	(void) state;
	for (int round = 0; round < 64; round++)
	{
		double		accuracy = accuracies[round % 4];
		int			n = round < 8 ? 1 + round : 1 + (int) (next_random(&seed) % 700);

		random_values(value, n, round / 4 % 4, &seed);
		begin(&h, accuracy);
		for (int i = 0; i < n; i++)
			sketch_add(&h.s, value[i], 1);
		look(&h);
		qsort(value, n, sizeof(double), compare_values);
		for (int i = 0; i <= 100; i++)
		{
			double		fraction = i / 100.0;
			int			rank = (int) rank_down(fraction * (n - 1));
			double		beyond,
						next;
			long double tail = 0;
			long double sizes = 0;

			for (int j = 0; j <= rank; j++)
			{
				tail += value[j];
				sizes += fabs(value[j]);
			}
			beyond = fmax(0, fraction * (n - 1) - rank);
			next = rank + 1 < n ? value[rank + 1] : value[rank];
			assert_true(fabs(sketch_quantile(&h.view, fraction) -
							 ((1 - beyond) * value[rank] + beyond * next)) <=
						(accuracy + 1e-12) * ((1 - beyond) * fabs(value[rank]) + beyond * fabs(next)) +
						SKETCH_ZERO);
			if (i == 0 || i == 100)
				continue;
			rank = (int) rank_down((1 - (1 - fraction)) * (n - 1));
			assert_true(fabs(sketch_shortfall(&h.view, 1 - fraction) * (rank + 1) - (double) tail) <=
						(accuracy + 1e-12) * (double) sizes + SKETCH_ZERO * (rank + 1) ||
						fabs(sketch_shortfall(&h.view, 1 - fraction) - value[rank]) <= (accuracy + 1e-12) * fabs(value[rank]));
			assert_true(sketch_shortfall(&h.view, 1 - fraction) <= sketch_quantile(&h.view, 1 - (1 - fraction)));
		}
	}
}

static void
any_order_and_any_split_are_the_same(void **state)
{
	static held_sketch whole,
				part,
				other;
	static double value[VALUES];
	uint64_t	seed = 8;

	(void) state;
	for (int round = 0; round < 32; round++)
	{
		int			n = 500,
					cut = (int) (next_random(&seed) % 500);

		random_values(value, n, round / 4 % 4, &seed);
		begin(&whole, accuracies[round % 4]);
		begin(&part, accuracies[round % 4]);
		begin(&other, accuracies[round % 4]);
		for (int i = 0; i < n; i++)
		{
			sketch_add(&whole.s, value[i], 1);
			sketch_add(i < cut ? &part.s : &other.s, value[n - 1 - i], 1);
		}
		/* some that come and go */
		for (int i = 0; i < 50; i++)
			sketch_add(&whole.s, value[i] * 3, 1);
		for (int i = 50; i-- > 0;)
			sketch_add(&whole.s, value[i] * 3, -1);
		for (size_t i = 0, m = sketch_list(&other.s, other.bucket); i < m; i++)
			assert_true(sketch_merge_bucket(&part.s, &other.bucket[i]));
		look(&whole);
		look(&part);
		assert_int_equal(whole.view.n, part.view.n);
		assert_memory_equal(whole.bucket, part.bucket, whole.view.n * sizeof(sketch_bucket));
	}
}

/* Numbers beside the edges of buckets, the least and the greatest */
static void
edges_are_where_they_belong(void **state)
{
	static held_sketch h;

	(void) state;
	for (int k = 0; k < 4; k++)
	{
		long double base = (1 + (long double) accuracies[k]) / (1 - (long double) accuracies[k]);

		begin(&h, accuracies[k]);
		for (int i = -200; i <= 3000; i += 7)
		{
			long double edge = powl(base, i);
			double		at = (double) edge;

			if (edge > DBL_MAX / 2)
				break;
			for (int step = -3; step <= 3; step++)
			{
				double		x = at * (1 + step * DBL_EPSILON);

				/* the edge itself is off by some units of a long double */
				if (fabsl(x - edge) > edge * 4e-19L * (fabs((double) i) + 10) && i > -27 / log(base))
					assert_int_equal(sketch_key(&h.s.scale, x), i + (x > edge) + SKETCH_SHIFT);
			}
		}
		sketch_add(&h.s, DBL_MAX, 1);
		sketch_add(&h.s, -DBL_MAX, 1);
		sketch_add(&h.s, DBL_MAX, 1);
		sketch_add(&h.s, SKETCH_ZERO, 1);
		sketch_add(&h.s, DBL_MIN / 4, 1);
		look(&h);
		assert_int_equal(h.view.n, 4);
		assert_true(sketch_quantile(&h.view, 1) >= DBL_MAX * (1 - accuracies[k]) && sketch_quantile(&h.view, 1) <= DBL_MAX);
		assert_true(sketch_shortfall(&h.view, 0.9) >= -DBL_MAX);
		assert_true(isfinite(sketch_shortfall(&h.view, 0.001)));
	}
}

static void
what_no_sketch_holds(void **state)
{
	static held_sketch h;
	sketch_bucket bad[2];

	(void) state;
	begin(&h, 0.01);
	sketch_add(&h.s, -0.5, 1);
	sketch_add(&h.s, 0.25, 1);
	look(&h);
#define REFUSED(change) \
	memcpy(bad, h.bucket, sizeof(bad)); \
	change; \
	assert_false(sketch_view_init(&h.view, 0.01, bad, 2))
	REFUSED(bad[0].count = 0);
	REFUSED(bad[0].count = -1);
	REFUSED(bad[0].count = 2);
	REFUSED(bad[1].count = INT64_MAX);
	REFUSED(bad[0].sum_low *= 2);
	REFUSED(bad[0].sum_low = -1);
	REFUSED(bad[0].sum_high = 1);
	REFUSED(bad[0].key = INT64_MIN);
	REFUSED(bad[0].key = -1);
	REFUSED(bad[1].key = INT64_MAX);
	REFUSED(bad[1].key = bad[0].key);
	REFUSED(bad[1].key = 0);
	assert_false(sketch_view_init(&h.view, 0.01, h.bucket, 0));
	assert_false(sketch_view_init(&h.view, NAN, h.bucket, 2));
	assert_false(sketch_view_init(&h.view, 0.2, h.bucket, 2));
	assert_true(sketch_view_init(&h.view, 0.01, h.bucket, 2));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quantiles_and_tails_are_within_the_accuracy),
		cmocka_unit_test(any_order_and_any_split_are_the_same),
		cmocka_unit_test(edges_are_where_they_belong),
		cmocka_unit_test(what_no_sketch_holds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
