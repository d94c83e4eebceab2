/*-------------------------------------------------------------------------
 *
 * core/risk/look_through.h
 *	  What tokens that hold tokens hold in the end, and what holdings are worth.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_RISK_LOOK_THROUGH_H
#define PG_YIELD_CORE_RISK_LOOK_THROUGH_H

#include "core/base/dd.h"
#include "core/base/pause.h"
#include "core/base/status.h"
#include "core/series/stream.h"

/* One holds of another: "share" of it for each unit of the holder, any finite number. */
typedef struct holding
{
	int			asset;
	double		share;
} holding;

/* What is known of one while holdings are followed. */
typedef struct holding_node
{
	dd			total;			/* what the one asked about holds of it */
	size_t		next;			/* of its holdings, the first that was not followed yet */
	int			seen_from;		/* whom it was reached from last */
	int			depth;			/* the most steps to it */
	bool		on_path;
} holding_node;

/*
 * Nodes, numbered from 0, and what they hold: that of node n is
 * held[first[n]] to held[first[n + 1] - 1].  "node", "path" and "order" have
 * room for all nodes; holdings_begin sets them.
 */
typedef struct holdings
{
	const holding *held;
	const size_t *first;
	int			num_nodes;
	holding_node *node;
	int		   *path;
	int		   *order;
	int			length;			/* of "order", or of a "path" that is a cycle */
	size_t		steps;
	core_pause	pause;
} holdings;

extern void holdings_sort(const int *holder, const int *asset, const double *share, size_t n,
						  int num_nodes, size_t *first, holding *held);
extern void holdings_begin(holdings *h);
extern core_status holdings_follow(holdings *h, int holder);

/* Does it hold nothing itself? */
static inline bool
holdings_ends_at(const holdings *h, int node)
{
	return h->first[node] == h->first[node + 1];
}

/* Units of a token and its price, and what they are worth by now. */
typedef struct held_token
{
	series_carry units;
	series_carry price;
	dd			value;
} held_token;

extern void holdings_value_begin(held_token *token, size_t n, int64_t start);
extern core_status holdings_value_next(held_token *token, size_t n, series_point *value);

#endif							/* PG_YIELD_CORE_RISK_LOOK_THROUGH_H */
