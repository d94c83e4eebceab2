/*-------------------------------------------------------------------------
 *
 * oracle.h
 *	  What the unit tests of wide arithmetic share: operands, and GMP as judge.
 *
 * Operands are not uniform: carries, trial digits one too great and results
 * at the very edge come from limbs of all ones and from powers of two.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_TEST_ORACLE_H
#define PG_YIELD_TEST_ORACLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gmp.h>

#include "core/chain/u256.h"

static uint64_t random_state = 0x9E3779B97F4A7C15U;

/* splitmix64: the same sequence on every machine */
static inline uint64_t
random_u64(void)
{
	uint64_t	z = random_state += 0x9E3779B97F4A7C15U;

	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
	return z ^ (z >> 31);
}

static inline unsigned
random_below(unsigned n)
{
	return (unsigned) (random_u64() >> 33) % n;
}

/* One limb out of those that break carries, or any */
static inline uint64_t
random_limb(void)
{
	switch (random_below(6))
	{
		case 0:
			return 0;
		case 1:
			return UINT64_MAX;
		case 2:
			return (uint64_t) 1 << 63;
		case 3:
			return (uint64_t) 1 << random_below(64);
		case 4:
			return UINT64_MAX - random_below(3);
		default:
			return random_u64();
	}
}

static inline u256
random_u256(void)
{
	u256		x = {{random_u64(), random_u64(), random_u64(), random_u64()}};
	u256		one = u256_from_u64(1);
	unsigned	bits = random_below(256);

	switch (random_below(9))
	{
		case 0:
			return x;
		case 1:
		case 2:
			return u256_shr(x, bits);
		case 3:
			return u256_shr(U256_MAX, bits);
		case 4:
			return u256_shl(one, bits);
		case 5:
			return u256_add_wrap(u256_shl(one, bits), one);
		case 6:
			for (int i = 0; i < 4; i++)
				x.limb[i] = random_limb();
			return u256_shr(x, 64 * random_below(4));
		case 7:
			return u256_from_u64(random_below(17));
		default:
			return u256_sub_wrap(u256_shl(one, 255 + random_below(2)), u256_from_u64(random_below(9)));
	}
}

/* Another operand, at times nearly the same as the first */
static inline u256
random_partner(u256 a)
{
	if (random_below(8) != 0)
		return random_u256();
	a.limb[random_below(4)] = random_limb();
	return u256_shr(a, 64 * random_below(4));
}

static inline void
mpz_set_limbs(mpz_t z, const uint64_t *limbs, size_t n)
{
	mpz_import(z, n, -1, sizeof(uint64_t), 0, 0, limbs);
}

static inline void
mpz_set_u256(mpz_t z, u256 a)
{
	mpz_set_limbs(z, a.limb, 4);
}

static inline void
mpz_set_s256(mpz_t z, s256 a)
{
	mpz_set_u256(z, s256_magnitude(a));
	if (s256_is_negative(a))
		mpz_neg(z, z);
}

/* z modulo 2^256, so for a negative z the two's complement */
static inline u256
u256_from_mpz(const mpz_t z)
{
	u256		out = U256_ZERO;
	mpz_t		t;

	mpz_init(t);
	mpz_fdiv_r_2exp(t, z, 256);
	mpz_export(out.limb, NULL, -1, sizeof(uint64_t), 0, 0, t);
	mpz_clear(t);
	return out;
}

static inline bool
mpz_fits_u256(const mpz_t z)
{
	return mpz_sgn(z) >= 0 && mpz_sizeinbase(z, 2) <= 256;
}

static inline bool
mpz_fits_s256(const mpz_t z)
{
	return mpz_sizeinbase(z, 2) <= 255 ||
		(mpz_sgn(z) < 0 && mpz_sizeinbase(z, 2) == 256 && mpz_scan1(z, 0) == 255);
}

/* Whether GMP's number is exactly this one; prints both where it is not */
static inline void
assert_u256_is(u256 got, const mpz_t want)
{
	mpz_t		z;

	mpz_init(z);
	mpz_set_u256(z, got);
	if (mpz_cmp(z, want) != 0)
	{
		gmp_fprintf(stderr, "got  %Zx\nwant %Zx\n", z, want);
		fail();
	}
	mpz_clear(z);
}

static inline void
assert_s256_is(s256 got, const mpz_t want)
{
	mpz_t		z;

	mpz_init(z);
	mpz_set_s256(z, got);
	if (mpz_cmp(z, want) != 0)
	{
		gmp_fprintf(stderr, "got  %Zx\nwant %Zx\n", z, want);
		fail();
	}
	mpz_clear(z);
}

/* Same bits, so that the sign of zero counts */
static inline void
assert_double_is(double got, double want)
{
	if (memcmp(&got, &want, sizeof(got)) != 0)
	{
		fprintf(stderr, "got %a, want %a\n", got, want);
		fail();
	}
}

/* Number of random operations: the first argument, or PG_YIELD_TEST_OPS */
static inline uint64_t
operations(int argc, char **argv, uint64_t otherwise)
{
	const char *text = argc > 1 ? argv[1] : getenv("PG_YIELD_TEST_OPS");

	return text != NULL ? strtoull(text, NULL, 10) : otherwise;
}

#endif							/* PG_YIELD_TEST_ORACLE_H */
