/*-------------------------------------------------------------------------
 *
 * series/edges.h
 *	  Values of series side by side, from period to period.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_SERIES_EDGES_H
#define PG_YIELD_SERIES_EDGES_H

#include "fmgr.h"

#include "series/grid.h"

/* Take the values of all series at the next moment; NULL where one of them is too old to be one. */
typedef void (*edge_taker) (void *state, const double *value);

extern void series_common_points(const Datum *series, int num_series, edge_taker take,
								 void *state);
extern void series_edges(const Datum *series, int num_series, series_grid *grid, uint64 max_age,
						 const char *what, edge_taker take, void *state);

#endif							/* PG_YIELD_SERIES_EDGES_H */
