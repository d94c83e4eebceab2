/*-------------------------------------------------------------------------
 *
 * core/base/rank.h
 *	  Places among sorted values that come from a product of two doubles.
 *
 * (1 - 0.9) * 20 is 1.9999999999999996: whoever asks for 90 % of 20 means 2.
 * So a place counts as the whole number that it misses by no more than 1e-9.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_BASE_RANK_H
#define PG_YIELD_CORE_BASE_RANK_H

#include <math.h>
#include <stddef.h>

#define RANK_FUZZ	1e-9

/* The whole number at or below a place, which is not negative. */
static inline size_t
rank_down(double place)
{
	return (size_t) floor(place + RANK_FUZZ);
}

/* The whole number at or above. */
static inline size_t
rank_up(double place)
{
	return (size_t) ceil(fmax(place - RANK_FUZZ, 0));
}

#endif							/* PG_YIELD_CORE_BASE_RANK_H */
