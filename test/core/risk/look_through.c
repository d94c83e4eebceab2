/*-------------------------------------------------------------------------
 *
 * test/core/risk/look_through.c
 *	  Tokens that hold tokens: against a walk along every way, and sums at each
 *	  time by themselves.
 *
 *-------------------------------------------------------------------------
 */
#include "series_source.h"
#include "test.h"

#include <math.h>

#include "core/risk/look_through.h"
#include "core/series/shape.h"

#define NODES	12
#define EDGES	40

typedef struct made_up
{
	int			holder[EDGES];
	int			asset[EDGES];
	double		share[EDGES];
	size_t		n;
	size_t		first[NODES + 1];
	holding		held[EDGES];
	holding_node node[NODES];
	int			path[NODES];
	int			order[NODES];
} made_up;

static holdings
holdings_of(made_up *m)
{
	holdings	h = {m->held, m->first, NODES, m->node, m->path, m->order, 0, 0, NULL};

	holdings_sort(m->holder, m->asset, m->share, m->n, NODES, m->first, m->held);
	holdings_begin(&h);
	return h;
}

/* Edges go up in number, so that there is no cycle. */
static void
random_holdings(made_up *m, uint64_t *seed)
{
	m->n = next_random(seed) % EDGES;
	for (size_t i = 0; i < m->n; i++)
	{
		m->holder[i] = (int) (next_random(seed) % (NODES - 1));
		m->asset[i] = m->holder[i] + 1 + (int) (next_random(seed) % (uint64_t) (NODES - 1 - m->holder[i]));
		m->share[i] = 2 * next_fraction(seed) - 0.5;
	}
}

typedef struct end
{
	long double total;
	int			depth;
	bool		reached;
} end;

static void
walk(const made_up *m, int node, long double share, int depth, end *ends)
{
	ends[node].total += share;
	ends[node].reached = true;
	if (depth > ends[node].depth)
		ends[node].depth = depth;
	for (size_t i = 0; i < m->n; i++)
		if (m->holder[i] == node)
			walk(m, m->asset[i], share * m->share[i], depth + 1, ends);
}

static void
all_ways_are_added_up(void **state)
{
	uint64_t	seed = 5;

	(void) state;
	for (int round = 0; round < 300; round++)
	{
		made_up		m;
		holdings	h;

		random_holdings(&m, &seed);
		h = holdings_of(&m);
		for (int holder = 0; holder < NODES; holder++)
		{
			end			ends[NODES] = {{0}};
			int			reached = 0;

			walk(&m, holder, 1, 0, ends);
			assert_int_equal(holdings_follow(&h, holder), CORE_OK);
			for (int i = 0; i < NODES; i++)
				reached += ends[i].reached;
			assert_int_equal(h.length, reached);
			assert_int_equal(h.order[h.length - 1], holder);
			for (int i = 0; i < h.length; i++)
			{
				const end  *e = &ends[h.order[i]];

				assert_true(e->reached && h.node[h.order[i]].depth == e->depth);
				assert_true(fabs(h.node[h.order[i]].total.hi - (double) e->total) <= 1e-15);
			}
		}
	}
}

static void
cycles_are_found_and_shown(void **state)
{
	made_up		m = {.holder = {0, 1, 2, 3, 4}, .asset = {1, 2, 3, 1, 4}, .share = {1, 1, 0, 1, 1}, .n = 4};
	holdings	h = holdings_of(&m);

	(void) state;
	assert_int_equal(holdings_follow(&h, 0), CORE_BAD_PARAMETER);
	assert_int_equal(h.length, 3);
	assert_true(h.path[0] == 1 && h.path[1] == 2 && h.path[2] == 3);
	/* of itself, and of nothing that is reached */
	m.n = 5;
	h = holdings_of(&m);
	assert_int_equal(holdings_follow(&h, 4), CORE_BAD_PARAMETER);
	assert_true(h.length == 1 && h.path[0] == 4);
	assert_int_equal(holdings_follow(&h, 5), CORE_OK);
}

static void
more_than_a_double_holds(void **state)
{
	made_up		m = {.holder = {0, 1}, .asset = {1, 2}, .share = {1e200, 1e200}, .n = 2};
	holdings	h = holdings_of(&m);

	(void) state;
	assert_int_equal(holdings_follow(&h, 0), CORE_OUT_OF_RANGE);
	assert_int_equal(holdings_follow(&h, 1), CORE_OK);
}

/* ---------- values over time ---------- */

#define TOKENS	3

/* At one time, from the start of all series again; false if a price is too old. */
static bool
value_again(source *units, source *prices, int64_t time, const uint64_t *max_age, double *value)
{
	*value = 0;
	for (int i = 0; i < TOKENS; i++)
	{
		series_stream u = stream_of(&units[i], 7);
		series_stream p = stream_of(&prices[i], 5);
		series_carry cu,
					cp;
		double		x,
					y;

		series_carry_init(&cu, &u);
		series_carry_init(&cp, &p);
		cp.max_age = max_age[i];
		if (series_value_at(&cu, time, SERIES_LOCF, &x) != CORE_OK ||
			series_value_at(&cp, time, SERIES_LOCF, &y) != CORE_OK)
			return false;
		*value += x * y;
	}
	return true;
}

static void
values_are_those_of_each_time(void **state)
{
	uint64_t	seed = 9;

	(void) state;
	for (int round = 0; round < 30; round++)
	{
		source		units[TOKENS],
					prices[TOKENS];
		source		again[2 * TOKENS];
		uint64_t	max_age[TOKENS];
		series_stream stream[2 * TOKENS];
		held_token	token[TOKENS];
		int64_t		start = 0,
					end = 0;
		series_point value;

		for (int i = 0; i < TOKENS; i++)
		{
			random_source(&units[i], 1 + next_random(&seed) % 30, &seed);
			random_source(&prices[i], 1 + next_random(&seed) % 60, &seed);
			max_age[i] = random_age(&seed);
			again[2 * i] = units[i];
			again[2 * i + 1] = prices[i];
			for (int k = 0; k < 2; k++)
			{
				const source *s = &again[2 * i + k];

				start = s->time[0] > start ? s->time[0] : start;
				end = s->time[s->num_points - 1] > end ? s->time[s->num_points - 1] : end;
			}
			stream[2 * i] = stream_of(&again[2 * i], 3);
			stream[2 * i + 1] = stream_of(&again[2 * i + 1], 4);
			series_carry_init(&token[i].units, &stream[2 * i]);
			series_carry_init(&token[i].price, &stream[2 * i + 1]);
			token[i].price.max_age = max_age[i];
		}
		holdings_value_begin(token, TOKENS, start);
		for (int64_t time = start; time <= end; time++)
		{
			bool		is_point = false;
			double		expected;

			for (int i = 0; i < 2 * TOKENS; i++)
				for (size_t k = 0; k < again[i].num_points; k++)
					is_point |= again[i].time[k] == time;
			if (!is_point || !value_again(units, prices, time, max_age, &expected))
				continue;
			assert_int_equal(holdings_value_next(token, TOKENS, &value), CORE_OK);
			assert_int_equal(value.time, time);
			assert_close(value.value, expected, 1e-14);
		}
		assert_int_equal(holdings_value_next(token, TOKENS, &value), CORE_NULL);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_ways_are_added_up),
		cmocka_unit_test(cycles_are_found_and_shown),
		cmocka_unit_test(more_than_a_double_holds),
		cmocka_unit_test(values_are_those_of_each_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
