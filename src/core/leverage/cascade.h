/*-------------------------------------------------------------------------
 *
 * core/leverage/cascade.h
 *	  Liquidations that move the price, which brings about more of them.
 *
 * A price is relative to that before the shock, so that an amount of
 * collateral is counted by its value at price 1.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_LEVERAGE_CASCADE_H
#define PG_YIELD_CORE_LEVERAGE_CASCADE_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/dd.h"
#include "core/base/pause.h"
#include "core/base/status.h"

/* A book of accounts, which liquidations change. */
typedef struct cascade_book
{
	double	   *collateral;		/* at price 1 */
	const double *threshold;
	double	   *debt;
	size_t		num_accounts;
	double		bonus;
	double		close_factor;
} cascade_book;

/* How far a sale moves the price: one of the two. */
typedef struct cascade_depth
{
	const double *amounts;		/* rising, > 0: collateral sold, at price 1 */
	const double *impacts;		/* not falling, 0 .. 1: by how much the price fell then */
	size_t		num_points;		/* 0: a pool */
	double		pool_reserve;	/* collateral in a constant product pool, at price 1 */
	core_pause	pause;			/* or NULL */
} cascade_depth;

/* What the liquidations of a round come to. */
typedef struct cascade_round
{
	int64_t		num_accounts;
	dd			sold;			/* collateral, at price 1 */
	dd			seized;			/* the same at the round's price */
	dd			repaid;
	dd			bad_debt;		/* owed by accounts that were left without collateral */
} cascade_round;

extern void cascade_liquidate(cascade_book *book, size_t from, size_t to, double price,
							  cascade_round *round);
extern double cascade_price(const cascade_depth *depth, double sold);

#endif							/* PG_YIELD_CORE_LEVERAGE_CASCADE_H */
