/*-------------------------------------------------------------------------
 *
 * core/liquidity/cryptoswap.h
 *	  Curve's pools of coins that are not pegged to each other, twocrypto-ng and
 *	  tricrypto-ng, to the last wei, as the contracts compute them.
 *
 * Sources: curvefi/twocrypto-ng at 9827286 (2.0.0) and 0fcca0d (2.1.0),
 * curvefi/tricrypto-ng at 584591e (2.0.0).  The curve is that of M. Egorov,
 * "Automatic market-making with dynamic peg" (2021).
 *
 * xp are balances with 18 decimals in units of coin 0; amp is A * n^n * 10000
 * and gamma has 18 decimals, as A() and gamma() of a pool give them; fees are in
 * 1e-10.  Coins are counted from 0.
 *
 * How functions fail, all of them where the contract reverts:
 * CORE_BAD_PARAMETER where amp, gamma, d or a balance is outside the contract's
 * own limits, CORE_DIVISION_BY_ZERO, and CORE_OUT_OF_RANGE where an amount on
 * the way is negative or too great for a word, or where Newton's iteration does
 * not end.  A failed function leaves *out alone.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_LIQUIDITY_CRYPTOSWAP_H
#define PG_YIELD_CORE_LIQUIDITY_CRYPTOSWAP_H

#include "core/chain/u256.h"

#define CRYPTOSWAP_MIN_COINS	2
#define CRYPTOSWAP_MAX_COINS	3
#define CRYPTOSWAP_MAX_ROUNDS	255

/* Fees are parts of this */
#define CRYPTOSWAP_FEE_ONE		UINT64_C(10000000000)

typedef enum cryptoswap_version
{
	CRYPTOSWAP_V20,				/* twocrypto-ng 2.0.0, tricrypto-ng 2.0.0 */
	CRYPTOSWAP_V21				/* twocrypto-ng 2.1.0, of two coins only */
} cryptoswap_version;

/* The curve and where a pool is on it */
typedef struct cryptoswap_curve
{
	cryptoswap_version version;
	int			n;				/* coins: 2 or 3 */
	u256		amp;
	u256		gamma;
	u256		xp[CRYPTOSWAP_MAX_COINS];
} cryptoswap_curve;

typedef struct cryptoswap_fees
{
	u256		mid;			/* in balance */
	u256		out;			/* far from it */
	u256		gamma;			/* how fast from one to the other, 18 decimals */
} cryptoswap_fees;

/* What brings balances to xp; scale[0] is not read */
typedef struct cryptoswap_scales
{
	u256		precision[CRYPTOSWAP_MAX_COINS];
	u256		scale[CRYPTOSWAP_MAX_COINS];	/* price_scale of coins 1 and 2 */
} cryptoswap_scales;

/* The invariant D: newton_D without an earlier K0 */
extern core_status cryptoswap_d(const cryptoswap_curve *curve, u256 *out);

/*
 * xp[j] that goes with the others at d: get_y, the cubic in closed form, and
 * Newton's iteration only where the contract has it.  curve->xp[j] is not read.
 */
extern core_status cryptoswap_y(const cryptoswap_curve *curve, int j, u256 d, u256 *out);

/*
 * Price of coin j, not 0, in coin 0 with 18 decimals: the slope of the curve in
 * units of xp, get_p, times price_scale; what a pool keeps as last_prices.
 */
extern core_status cryptoswap_spot_price(const cryptoswap_curve *curve, int j, u256 d,
										 u256 price_scale, u256 *out);

/* The fee at xp, whose curve in between differs by version */
extern core_status cryptoswap_fee(const cryptoswap_curve *curve, const cryptoswap_fees *fees,
								  u256 *out);

/* What dx of coin i buys of coin j, in the tokens' units; curve->xp is not read */
extern core_status cryptoswap_dy(const cryptoswap_curve *curve, const u256 *balances,
								 const cryptoswap_scales *scales, const cryptoswap_fees *fees,
								 int i, int j, u256 dx, u256 d, u256 *out);

/* D as constant product of balances in balance, per share, with 18 decimals */
extern core_status cryptoswap_virtual_price(const cryptoswap_curve *curve,
											const cryptoswap_scales *scales, u256 d, u256 supply,
											u256 *out);

/* Price of a share in coin 0, from the oracle's prices of the n - 1 others */
extern core_status cryptoswap_lp_price(int n, u256 virtual_price, const u256 *oracle, u256 *out);

/* The contracts' own cube root: cbrt(x * 1e36) after at most seven steps of Newton's iteration */
extern u256 cryptoswap_cbrt(u256 x);

#endif							/* PG_YIELD_CORE_LIQUIDITY_CRYPTOSWAP_H */
