/*-------------------------------------------------------------------------
 *
 * core/base/splitmix.h
 *	  Random numbers by their place: the same on every machine and in any order.
 *
 * SplitMix64 of G. L. Steele, D. Lea and C. H. Flood, "Fast splittable
 * pseudorandom number generators", OOPSLA 2014.  Its state goes up by a
 * constant, so number k needs none of those before it.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_BASE_SPLITMIX_H
#define PG_YIELD_CORE_BASE_SPLITMIX_H

#include <stdint.h>

/* Number k, from 0, of a seed: 64 bits. */
static inline uint64_t
splitmix(uint64_t seed, uint64_t k)
{
	uint64_t	z = seed + (k + 1) * UINT64_C(0x9E3779B97F4A7C15);

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

/* The same as a number above 0 and below 1, the middle of one of 2^53 equal pieces. */
static inline double
splitmix_uniform(uint64_t seed, uint64_t k)
{
	return ((double) (splitmix(seed, k) >> 11) + 0.5) * 0x1p-53;
}

#endif							/* PG_YIELD_CORE_BASE_SPLITMIX_H */
