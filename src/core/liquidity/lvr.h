/*-------------------------------------------------------------------------
 *
 * core/liquidity/lvr.h
 *	  Loss versus rebalancing, and what fees make up for it.
 *
 * LVR is measured against a portfolio that holds what the pool holds at each
 * moment, but trades at the market's price.  It is not impermanent loss, whose
 * benchmark trades nothing: LVR only grows, also where prices come back.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_LIQUIDITY_LVR_H
#define PG_YIELD_CORE_LIQUIDITY_LVR_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/binned_sum.h"
#include "core/base/status.h"
#include "core/chain/u256.h"
#include "core/liquidity/pool.h"

/*
 * A set of swaps: what the pool lost by them, the value that changed hands at
 * the market's price, both in the quote token and in double-double, and how
 * many there were.  There is no empty summary.
 */
typedef struct lvr_summary
{
	int64_t		num_swaps;
	binned_sum	loss;			/* sum of quantity * (market - execution) */
	binned_sum	volume;			/* sum of |quantity| * market, >= 0 */
} lvr_summary;

/* How blocks follow each other, for lvr_with_fees. */
typedef enum lvr_blocks
{
	LVR_BLOCKS_POISSON,			/* at random, as in the first paper on fees */
	LVR_BLOCKS_FIXED,			/* at equal distances, as on most chains */
	LVR_BLOCKS_FAST				/* the limit of the first for a large fee */
} lvr_blocks;

/* A fee growth of Uniswap v3, before and after, Q128.128 modulo 2^256. */
typedef struct fee_growth
{
	u256		start;
	u256		end;
} fee_growth;

extern double lvr_capital_efficiency(double price, double pa, double pb);
extern core_status lvr_rate_of_pool(const pool *p, double sigma, double price, double *rate);
extern core_status lvr_after_fees(double lvr, double block_sigma, double fee,
								  lvr_blocks blocks, double *rate);

extern void lvr_summary_init(lvr_summary *s);
extern core_status lvr_summary_add(lvr_summary *s, double quantity, double execution,
								   double market);
extern core_status lvr_summary_merge(lvr_summary *into, const lvr_summary *other);
extern bool lvr_summary_is_valid(const lvr_summary *s);
extern core_status lvr_summary_loss(const lvr_summary *s, double *loss);
extern core_status lvr_summary_volume(const lvr_summary *s, double *volume);

extern core_status lvr_fee_apr(double fees, double value, double days, double year_days,
							   double *apr);
extern core_status lvr_fees_of_volume(double volume, double fee, double liquidity,
									  double pool_liquidity, double *fees);
extern core_status lvr_fees_of_growth(const fee_growth *growth0, const fee_growth *growth1,
									  u256 liquidity, double price, double *fees);

#endif							/* PG_YIELD_CORE_LIQUIDITY_LVR_H */
