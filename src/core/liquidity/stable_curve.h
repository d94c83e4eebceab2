/*-------------------------------------------------------------------------
 *
 * core/liquidity/stable_curve.h
 *	  The StableSwap curve of two coins in floating point: balances at a
 *	  price, what moving along it costs, and how fast balances follow prices.
 *
 * Everything is for an invariant D of one, that is for balances that sum to
 * one at a price of one.  "ann" is A() of the contract times 2, the number of
 * coins; positive and at most STABLE_MAX_ANN.  A price is that of coin 1 (y)
 * in coin 0 (x), positive and finite, in the units that the pool itself
 * balances, which for a pool with rates is balance times rate.
 *
 * For the contracts' own integers see the functions whose names begin with
 * stableswap; they answer other questions.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_LIQUIDITY_STABLE_CURVE_H
#define PG_YIELD_CORE_LIQUIDITY_STABLE_CURVE_H

#define STABLE_MAX_ANN	2e12

/* A point of the curve: balances of coin 0 and coin 1. */
typedef struct stable_point
{
	double		x;
	double		y;
} stable_point;

extern double stable_balanced_loss(double ann, double price);

extern stable_point stable_at_price(double ann, double price);
extern double stable_step_of_price(double ann, stable_point from, stable_point to,
								   double change);
extern stable_point stable_after_growth(double ann, stable_point from, double rate0,
										double rate1, double *step);
extern double stable_loss(double ann, stable_point from, stable_point to, double price,
						  double step);
extern double stable_depth(double ann, stable_point at, double price);

#endif							/* PG_YIELD_CORE_LIQUIDITY_STABLE_CURVE_H */
