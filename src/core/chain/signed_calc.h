/*-------------------------------------------------------------------------
 *
 * core/chain/signed_calc.h
 *	  core/chain/calc.h for signed words: formulas of checked steps as Solidity's
 *	  int256 has them, quotients truncated towards zero.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_CHAIN_SIGNED_CALC_H
#define PG_YIELD_CORE_CHAIN_SIGNED_CALC_H

#include "core/chain/calc.h"

static inline s256
scalc_add(core_status *status, s256 a, s256 b)
{
	s256		out = U256_ZERO;
	bool		fits = s256_add(a, b, &out);

	return calc_fits(status, fits, out);
}

static inline s256
scalc_sub(core_status *status, s256 a, s256 b)
{
	s256		out = U256_ZERO;
	bool		fits = s256_sub(a, b, &out);

	return calc_fits(status, fits, out);
}

static inline s256
scalc_neg(core_status *status, s256 a)
{
	return scalc_sub(status, U256_ZERO, a);
}

static inline s256
scalc_mul(core_status *status, s256 a, s256 b)
{
	s256		out = U256_ZERO;
	bool		fits = s256_mul(a, b, &out);

	return calc_fits(status, fits, out);
}

/* CORE_DIVISION_BY_ZERO */
static inline s256
scalc_div(core_status *status, s256 a, s256 b)
{
	s256		out = U256_ZERO;
	core_status outcome = s256_div(a, b, &out);

	return calc_step(status, outcome, out);
}

/* a * b / c, where the product must fit */
static inline s256
scalc_mul_then_div(core_status *status, s256 a, s256 b, s256 c)
{
	return scalc_div(status, scalc_mul(status, a, b), c);
}

/* The same rounded up, of a product and a divisor that are positive */
static inline s256
scalc_mul_then_div_up(core_status *status, s256 a, s256 b, s256 c)
{
	s256		sum = scalc_sub(status, scalc_add(status, scalc_mul(status, a, b), c),
								u256_from_u64(1));

	return scalc_div(status, sum, c);
}

/* An unsigned word as a signed one: CORE_OUT_OF_RANGE from 2^255 on */
static inline s256
scalc_of(core_status *status, u256 a)
{
	return calc_fits(status, !s256_is_negative(a), a);
}

/* A signed word that must not be negative: CORE_BAD_PARAMETER */
static inline u256
scalc_unsigned(core_status *status, s256 a)
{
	calc_require(status, !s256_is_negative(a));
	return a;
}

/* The number of that sign and magnitude */
static inline s256
scalc_with_sign(core_status *status, u256 magnitude, bool negative)
{
	s256		out = U256_ZERO;
	bool		fits = s256_from_magnitude(magnitude, negative, &out);

	return calc_fits(status, fits, out);
}

#endif							/* PG_YIELD_CORE_CHAIN_SIGNED_CALC_H */
