/*-------------------------------------------------------------------------
 *
 * core/risk/look_through.c
 *	  What tokens that hold tokens hold in the end, and what holdings are worth.
 *
 *-------------------------------------------------------------------------
 */
#include "core/risk/look_through.h"

#include <math.h>

/* ---------- down to what holds nothing itself ---------- */

/*
 * Put n holdings, of holder[i] in asset[i], behind each other by holder, in the
 * order in which they are given.  "first" has room for num_nodes + 1.
 */
void
holdings_sort(const int *holder, const int *asset, const double *share, size_t n,
			  int num_nodes, size_t *first, holding *held)
{
	for (int i = 0; i <= num_nodes; i++)
		first[i] = 0;
	for (size_t i = 0; i < n; i++)
		first[holder[i]]++;
	for (int i = 1; i <= num_nodes; i++)
		first[i] += first[i - 1];
	/* from behind, so that each end becomes the beginning */
	for (size_t i = n; i-- > 0;)
		held[--first[holder[i]]] = (holding) {asset[i], share[i]};
}

void
holdings_begin(holdings *h)
{
	for (int i = 0; i < h->num_nodes; i++)
		h->node[i] = (holding_node) {.seen_from = -1};
	h->steps = 0;
}

static void
count_step(holdings *h)
{
	if (++h->steps % CORE_PAUSE_AFTER == 0 && h->pause != NULL)
		h->pause();
}

static void
enter(holdings *h, int node, int holder, int *height)
{
	h->node[node] = (holding_node) {
		.next = h->first[node], .seen_from = holder, .on_path = true
	};
	h->path[(*height)++] = node;
}

/* Leave the path of what lies between the first node of a cycle and its last. */
static core_status
report_cycle(holdings *h, int node, int height)
{
	int			start = 0;

	while (h->path[start] != node)
		start++;
	h->length = height - start;
	for (int i = 0; i < h->length; i++)
		h->path[i] = h->path[start + i];
	return CORE_BAD_PARAMETER;
}

/*
 * All nodes that are reached from one, each before those that hold it: depth
 * first, without recursion.
 */
static core_status
reach(holdings *h, int holder)
{
	int			height = 0;

	h->length = 0;
	enter(h, holder, holder, &height);
	while (height > 0)
	{
		int			top = h->path[height - 1];
		holding_node *node = &h->node[top];
		int			asset;

		count_step(h);
		if (node->next == h->first[top + 1])
		{
			node->on_path = false;
			h->order[h->length++] = top;
			height--;
			continue;
		}
		asset = h->held[node->next++].asset;
		if (h->node[asset].seen_from != holder)
			enter(h, asset, holder, &height);
		else if (h->node[asset].on_path)
			return report_cycle(h, asset, height);
	}
	return CORE_OK;
}

/* Hand what the holder has of a node on to what the node holds. */
static void
hand_on(holdings *h, int from)
{
	const holding_node *node = &h->node[from];

	for (size_t i = h->first[from]; i < h->first[from + 1]; i++)
	{
		holding_node *asset = &h->node[h->held[i].asset];

		count_step(h);
		asset->total = dd_add(asset->total, dd_product(node->total, (dd) {h->held[i].share, 0}));
		if (asset->depth <= node->depth)
			asset->depth = node->depth + 1;
	}
}

/*
 * What a holder has in the end of all that it reaches: the sum over all ways of
 * the products of the shares on them, in twice the precision of a double, so
 * that the order of the holdings does not show.  The nodes reached are in
 * "order", the holder itself last; of each, "total" and "depth" are set.
 *
 * CORE_BAD_PARAMETER if something that is reached holds itself: "path" then has
 * the nodes of the cycle, each of which holds the next and the last the first.
 * CORE_OUT_OF_RANGE when a double does not hold a total.
 */
core_status
holdings_follow(holdings *h, int holder)
{
	core_status status = reach(h, holder);

	if (status != CORE_OK)
		return status;
	h->node[holder].total = (dd) {1, 0};
	for (int i = h->length - 1; i >= 0; i--)
	{
		if (!isfinite(h->node[h->order[i]].total.hi))
			return CORE_OUT_OF_RANGE;
		hand_on(h, h->order[i]);
	}
	return CORE_OK;
}

/* ---------- what holdings are worth over time ---------- */

static void
value_token(held_token *token)
{
	token->value = dd_two_product(token->units.last.value, token->price.last.value);
}

/*
 * Carry units and prices to just before a time at which, or before, all of them
 * have a point; the carries are as series_carry_init leaves them.
 */
void
holdings_value_begin(held_token *token, size_t n, int64_t start)
{
	for (size_t i = 0; i < n; i++)
	{
		series_carry_to(&token[i].units, start - 1);
		series_carry_to(&token[i].price, start - 1);
		value_token(&token[i]);
	}
}

/* The time of the next point of a series, INT64_MAX if there is none. */
static int64_t
next_time(const series_carry *c)
{
	return series_stream_has_point(c->points) ? c->points->time[c->points->at] : INT64_MAX;
}

static int64_t
next_time_of_any(const held_token *token, size_t n)
{
	int64_t		first = INT64_MAX;

	for (size_t i = 0; i < n; i++)
	{
		int64_t		units = next_time(&token[i].units);
		int64_t		price = next_time(&token[i].price);

		if (units < first)
			first = units;
		if (price < first)
			first = price;
	}
	return first;
}

/* Take all points of a time; false if a price is then older than counts. */
static bool
take_points(held_token *token, size_t n, int64_t time, dd *sum)
{
	bool		fresh = true;

	*sum = (dd) {0, 0};
	for (size_t i = 0; i < n; i++)
	{
		bool		units = series_carry_take(&token[i].units, time);
		bool		price = series_carry_take(&token[i].price, time);

		if (units || price)
			value_token(&token[i]);
		if (!series_carry_is_fresh(&token[i].price, time))
			fresh = false;
		*sum = dd_add(*sum, token[i].value);
	}
	return fresh;
}

/*
 * The sum of units times prices at the next time at which any of them has a
 * point, all carried forward.  Times at which a price is older than its max_age
 * are passed over.  CORE_NULL after the last; CORE_OUT_OF_RANGE when a double
 * does not hold the sum.
 */
core_status
holdings_value_next(held_token *token, size_t n, series_point *value)
{
	int64_t		time;
	dd			sum;

	while ((time = next_time_of_any(token, n)) != INT64_MAX)
	{
		if (!take_points(token, n, time, &sum))
			continue;
		*value = (series_point) {time, sum.hi};
		return isfinite(sum.hi) ? CORE_OK : CORE_OUT_OF_RANGE;
	}
	return CORE_NULL;
}
