/*-------------------------------------------------------------------------
 *
 * core/liquidity/il.h
 *	  Impermanent loss: what a position is worth over what was deposited,
 *	  less one.
 *
 * The benchmark is always the deposit held as it was.  Losses are fractions,
 * zero or negative, without fees.  Prices are positive and finite.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_LIQUIDITY_IL_H
#define PG_YIELD_CORE_LIQUIDITY_IL_H

#include <stdbool.h>

#include "core/base/status.h"

/*
 * The loss of a pair whose fair rate grows: what the growth alone would have
 * cost, and the rest, of either sign; depeg is total - accrual to the last bit.
 */
typedef struct il_parts
{
	double		total;
	double		accrual;
	double		depeg;
} il_parts;

/* Market prices and fair rates at entry and at the end. */
typedef struct rate_path
{
	double		price0;
	double		price1;
	double		rate0;
	double		rate1;
} rate_path;

/* A return over a benchmark, and its parts, as fractions of the benchmark. */
typedef struct lp_return
{
	double		benchmark;		/* value */
	double		il;
	double		mix;
	double		fees;
	double		rewards;
	double		net;			/* il + mix + fees + rewards, to the last bit */
} lp_return;

/*
 * The tokens of a weighted pool, which are gone through step by step: there may
 * be many, and each takes a logarithm.
 */
#define IL_WEIGHTS_STEP	65536

typedef struct il_weights
{
	const double *ratios;
	const double *weights;
	int			n;
	int			done;
	bool		equal;			/* are the ratios all the same? */
	double		per_total;		/* one over the sum of the weights */
	double		growth;			/* mean of the ratios by weight */
	double		mean;			/* the same, scaled */
	double		scale;
	double		s;
	double		sum;
} il_weights;

extern double il_of_ratio(double price_ratio);
extern double il_of_prices(double price0, double price1);
extern core_status il_of_range(double price0, double price1, double pa, double pb, double *il);
extern double il_of_stable(double amp, double price);
extern core_status il_of_stable_prices(double amp, double price0, double price1, double *il);

extern core_status il_split_constant_product(const rate_path *path, il_parts *parts);
extern core_status il_split_range(const rate_path *path, double pa, double pb,
								  il_parts *parts);
extern core_status il_split_stable(const rate_path *path, double amp, bool rate_aware,
								   il_parts *parts);

extern void il_weights_begin(il_weights *w, const double *ratios, const double *weights, int n);
extern bool il_weights_step(il_weights *w);
extern double il_weights_loss(const il_weights *w);
extern core_status il_weights_values(const il_weights *w, double value, double *lp,
									 double *hodl);
extern core_status il_held_value(const double *amounts, const double *prices, int n,
								 double *value);
extern core_status il_net_return(double lp, double hodl, double benchmark, double fees,
								 double rewards, lp_return *result);
extern core_status il_break_even_apr(double value, double lp, double hodl, double days,
									 double year_days, double *apr);

#endif							/* PG_YIELD_CORE_LIQUIDITY_IL_H */
