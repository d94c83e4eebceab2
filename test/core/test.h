/*-------------------------------------------------------------------------
 *
 * test.h
 *	  What the unit tests of the core share: cmocka, and random numbers that
 *	  are the same in every run.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_TEST_H
#define PG_YIELD_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Compare doubles for being the same value. */
#define assert_same(a, b)	assert_true((a) == (b))

/* |a - b| <= tolerance * |b| */
#define assert_close(a, b, tolerance) \
	assert_true(fabs((a) - (b)) <= (tolerance) * fabs(b))

/* splitmix64 (S. Vigna, public domain constants) */
static inline uint64_t
next_random(uint64_t *state)
{
	uint64_t	z = (*state += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* uniform in [0, 1) */
static inline double
next_fraction(uint64_t *state)
{
	return (double) (next_random(state) >> 11) / 9007199254740992.0;
}

#endif							/* PG_YIELD_TEST_H */
