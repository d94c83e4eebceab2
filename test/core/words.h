/*-------------------------------------------------------------------------
 *
 * words.h
 *	  What the unit tests of rules on words share: words from decimal text, and
 *	  formulas of GMP's.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_TEST_WORDS_H
#define PG_YIELD_TEST_WORDS_H

#include "oracle.h"

#include "core/chain/fixed.h"

#define small(x)					u256_from_u64(x)
#define assert_ok(call)				assert_int_equal(call, CORE_OK)
#define assert_status(call, want)	assert_int_equal(call, want)

static inline u256
num(const char *decimal)
{
	mpz_t		z;
	u256		out;

	mpz_init_set_str(z, decimal, 10);
	out = u256_from_mpz(z);
	mpz_clear(z);
	return out;
}

static inline void
assert_num(u256 got, const char *want)
{
	mpz_t		z;

	mpz_init_set_str(z, want, 10);
	assert_s256_is(got, z);
	mpz_clear(z);
}

/* Of any length up to that many bits */
static inline u256
random_amount(unsigned bits)
{
	return u256_shr(random_u256(), 256 - bits);
}

static inline uint64_t
random_up_to(uint64_t greatest)
{
	return random_u64() % (greatest + 1);
}

/* A number of GMP's with the value of a word; to be cleared */
static inline void
word(mpz_t z, u256 a)
{
	mpz_init(z);
	mpz_set_u256(z, a);
}

/* z * a / b, floored */
static inline void
times_over(mpz_t z, u256 a, u256 b)
{
	mpz_t		x;

	word(x, a);
	mpz_mul(z, z, x);
	mpz_set_u256(x, b);
	mpz_fdiv_q(z, z, x);
	mpz_clear(x);
}

static inline void
plus(mpz_t z, u256 a)
{
	mpz_t		x;

	word(x, a);
	mpz_add(z, z, x);
	mpz_clear(x);
}

#endif							/* PG_YIELD_TEST_WORDS_H */
