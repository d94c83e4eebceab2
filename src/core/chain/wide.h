/*-------------------------------------------------------------------------
 *
 * core/chain/wide.h
 *	  Unsigned integers of 1280 bits, for quotients times powers of ten whose
 *	  factors a word does not hold.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_WIDE_H
#define PG_YIELD_CORE_WIDE_H

#include "core/chain/u256.h"

#define WIDE_LIMBS	20

typedef struct wide
{
	uint64_t	limb[WIDE_LIMBS];	/* least significant first */
} wide;

/* a + b, which may be more than a word */
extern wide wide_sum(u256 a, u256 b);
extern wide wide_product(u256 a, u256 b);

static inline wide
wide_of(u256 a)
{
	return wide_sum(a, U256_ZERO);
}

static inline bool
wide_is_zero(const wide *a)
{
	return limbs_significant(a->limb, WIDE_LIMBS) == 0;
}

/* -1, 0 or 1 */
extern int	wide_cmp(const wide *a, const wide *b);

/* False where the result is 2^1280 or more; *a is then worth nothing */
extern bool wide_add(wide *a, u256 b);
extern bool wide_scale(wide *a, int exponent);	/* times 10^exponent, which is not negative */

/* Floor of a / b, and the remainder, which may be NULL; false where b is zero */
extern bool wide_divmod(const wide *a, const wide *b, wide *quotient, wide *rest);

/* False where it is 2^256 or more */
extern bool wide_to_u256(const wide *a, u256 *out);

/* How many decimal digits it has; 0 for zero */
extern int	wide_decimal_digits(const wide *a);

#endif							/* PG_YIELD_CORE_WIDE_H */
