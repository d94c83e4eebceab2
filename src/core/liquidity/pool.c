/*-------------------------------------------------------------------------
 *
 * core/liquidity/pool.c
 *	  Kinds of pool of two tokens, in floating point.
 *
 *-------------------------------------------------------------------------
 */
#include "core/liquidity/pool.h"

#include <math.h>

#include "core/liquidity/stable_curve.h"

/*
 * x = L (1/s - 1/sqrt(pb)), y = L (s - sqrt(pa)) with s the root of the price
 * held within the range; differences of roots by way of those of prices, which
 * do not cancel.  Source: Uniswap v3 whitepaper, section 6.2.
 */
static pool_amounts
concentrated_amounts(const pool *p, double price)
{
	double		held = price < p->pa ? p->pa : price > p->pb ? p->pb : price;
	double		root = sqrt(held);
	double		root_b = sqrt(p->pb);

	return (pool_amounts) {(p->pb - held) / ((root_b + root) * root * root_b),
		(held - p->pa) / (root + sqrt(p->pa))};
}

/*
 * What one unit of liquidity (however the kind counts it) holds at a price,
 * after trading has brought the pool there.  Sources: x y = k for Uniswap v2;
 * for weighted pools the values have the ratio of the weights (Balancer
 * whitepaper); the others as named at their functions.
 */
pool_amounts
pool_amounts_at(const pool *p, double price)
{
	stable_point point;
	double		value;

	switch (p->kind)
	{
		case POOL_CONSTANT_PRODUCT:
			return (pool_amounts) {1 / sqrt(price), sqrt(price)};
		case POOL_WEIGHTED:
			value = pow(price, p->weight);
			return (pool_amounts) {p->weight * value / price, (1 - p->weight) * value};
		case POOL_CONCENTRATED:
			return concentrated_amounts(p, price);
		case POOL_STABLESWAP:
			point = stable_at_price(2 * p->amp, price);
			return (pool_amounts) {point.y, point.x};
	}
	return (pool_amounts) {NAN, NAN};
}

static double
value_of(pool_amounts a, double price)
{
	return a.amount0 * price + a.amount1;
}

static core_status
finite_result(double value, double *result)
{
	*result = value;
	return isfinite(value) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* What a position worth "value" holds at a price. */
core_status
pool_amounts_of_value(const pool *p, double value, double price, pool_amounts *amounts)
{
	pool_amounts one = pool_amounts_at(p, price);
	double		units = value / value_of(one, price);

	*amounts = (pool_amounts) {units * one.amount0, units * one.amount1};
	return isfinite(amounts->amount0) && isfinite(amounts->amount1) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/* Value at price1 of a position that was worth "value" at price0, without fees. */
core_status
pool_lp_value(const pool *p, double value, double price0, double price1, double *result)
{
	return finite_result(value * (value_of(pool_amounts_at(p, price1), price1) /
								  value_of(pool_amounts_at(p, price0), price0)), result);
}

/* Value at price1 of the two amounts that such a position held at price0. */
core_status
pool_hodl_value(const pool *p, double value, double price0, double price1, double *result)
{
	pool_amounts held = pool_amounts_at(p, price0);

	return finite_result(value * (value_of(held, price1) / value_of(held, price0)), result);
}
