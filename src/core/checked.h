/*-------------------------------------------------------------------------
 *
 * checked.h
 *	  256-bit arithmetic as Vyper and Solidity check it, in expressions.
 *
 * A contract's formula is a chain of operations each of which may revert.
 * These take the status of the chain and leave it alone once it has failed,
 * so that a formula reads as it is written, and is asked once, at its end,
 * whether it held.  What a failed operation returns is zero and means nothing.
 *
 * The status becomes CORE_OUT_OF_RANGE where a result is negative or 2^256 or
 * more, CORE_DIVISION_BY_ZERO where a divisor is zero.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_CHECKED_H
#define PG_YIELD_CORE_CHECKED_H

#include "u256.h"

/* The first failure is the one to tell: those after it follow from its zero. */
static inline void
checked_fail(core_status failure, core_status *status)
{
	if (*status == CORE_OK)
		*status = failure;
}

static inline u256
checked_add(u256 a, u256 b, core_status *status)
{
	u256		out = U256_ZERO;

	if (!u256_add(a, b, &out))
		checked_fail(CORE_OUT_OF_RANGE, status);
	return out;
}

static inline u256
checked_sub(u256 a, u256 b, core_status *status)
{
	u256		out = U256_ZERO;

	if (!u256_sub(a, b, &out))
		checked_fail(CORE_OUT_OF_RANGE, status);
	return out;
}

static inline u256
checked_mul(u256 a, u256 b, core_status *status)
{
	u256		out = U256_ZERO;

	if (!u256_mul(a, b, &out))
		checked_fail(CORE_OUT_OF_RANGE, status);
	return out;
}

/* a times a small number: the coins of a pool, a precision */
static inline u256
checked_scale(u256 a, uint64_t b, core_status *status)
{
	if (limbs_mul_add(a.limb, 4, b, 0) != 0)
	{
		checked_fail(CORE_OUT_OF_RANGE, status);
		return U256_ZERO;
	}
	return a;
}

static inline u256
checked_div(u256 a, u256 b, core_status *status)
{
	u256		out = U256_ZERO;

	if (!u256_div(a, b, &out))
		checked_fail(CORE_DIVISION_BY_ZERO, status);
	return out;
}

static inline u256
checked_div_up(u256 a, u256 b, core_status *status)
{
	u256		out = U256_ZERO;
	u256		rem = U256_ZERO;

	if (!u256_divmod(a, b, &out, &rem))
		checked_fail(CORE_DIVISION_BY_ZERO, status);
	/* a remainder means that b is above 1, hence the quotient below 2^255 */
	return u256_is_zero(rem) ? out : u256_add_wrap(out, u256_from_u64(1));
}

/* a * b / c, where the product must fit 256 bits, as it must in a contract */
static inline u256
checked_mul_div(u256 a, u256 b, u256 c, core_status *status)
{
	return checked_div(checked_mul(a, b, status), c, status);
}

static inline u256
checked_mul_div_up(u256 a, u256 b, u256 c, core_status *status)
{
	return checked_div_up(checked_mul(a, b, status), c, status);
}

#endif							/* PG_YIELD_CORE_CHECKED_H */
