/*-------------------------------------------------------------------------
 *
 * core/liquidity/pool.h
 *	  Kinds of pool of two tokens, in floating point: what a position holds at
 *	  a price, and what it is worth.
 *
 * Prices are those of token 0 in token 1, which is also the unit of values;
 * both positive and finite.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_LIQUIDITY_POOL_H
#define PG_YIELD_CORE_LIQUIDITY_POOL_H

#include "core/base/status.h"

/* The greatest amplification that is taken; contracts stop at a million. */
#define POOL_MAX_AMP	1e12

typedef enum pool_kind
{
	POOL_CONSTANT_PRODUCT,		/* x y = k */
	POOL_WEIGHTED,				/* x^weight y^(1 - weight) = k */
	POOL_CONCENTRATED,			/* constant product between two prices */
	POOL_STABLESWAP				/* Curve's, of two coins */
} pool_kind;

#define POOL_NUM_KINDS	4

/* A pool: the fields that its kind does not have are not looked at. */
typedef struct pool
{
	pool_kind	kind;
	double		pa;				/* concentrated: 0 < pa < pb */
	double		pb;
	double		weight;			/* weighted: of token 0, between 0 and 1 */
	double		amp;			/* stableswap: A() of the contract */
} pool;

typedef struct pool_amounts
{
	double		amount0;
	double		amount1;
} pool_amounts;

extern pool_amounts pool_amounts_at(const pool *p, double price);
extern core_status pool_amounts_of_value(const pool *p, double value, double price,
										 pool_amounts *amounts);
extern core_status pool_lp_value(const pool *p, double value, double price0, double price1,
								 double *result);
extern core_status pool_hodl_value(const pool *p, double value, double price0, double price1,
								   double *result);

#endif							/* PG_YIELD_CORE_LIQUIDITY_POOL_H */
