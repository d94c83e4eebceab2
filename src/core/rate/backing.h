/*-------------------------------------------------------------------------
 *
 * core/rate/backing.h
 *	  What stands behind a token: over chains and bridges, and for who lent
 *	  against it.
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_BACKING_H
#define PG_YIELD_CORE_BACKING_H

#include "core/chain/u256.h"

/* Sums of amounts in the token's smallest unit; every byte counts when they are hashed. */
typedef struct backing_summary
{
	u256		assets;
	u256		supply;
	int64_t		num_rows;		/* 0 only in a frame that has none */
} backing_summary;

static inline bool
backing_summary_is_valid(const backing_summary *s)
{
	return s->num_rows > 0;
}

/* CORE_OUT_OF_RANGE, and nothing changed, where a sum is 2^256 or more */
extern core_status backing_summary_add(backing_summary *into, const backing_summary *other);

/* Takes off what was added before */
extern void backing_summary_remove(backing_summary *from, const backing_summary *other);

/* -1, 0 or 1: by assets, then supply, then number of rows */
extern int	backing_summary_cmp(const backing_summary *a, const backing_summary *b);

/* assets / supply, rounded once; CORE_NULL without supply */
extern core_status backing_summary_ratio(const backing_summary *s, double *ratio);

/* What the supply lacks of assets, or zero */
extern u256 backing_summary_shortfall(const backing_summary *s);

/* A whole number from nothing but digits; false for anything else, and for 2^256 or more */
extern bool backing_read_amount(const char *text, u256 *out);

/* deficit / supply; CORE_NULL without supply.  Neither is negative. */
extern core_status backing_supplier_loss(double deficit, double supply, double *loss);

/* What a token is worth of which "backing" is there; at most its rate */
static inline double
backing_rate_after_haircut(double rate, double backing)
{
	return rate * (backing < 1 ? backing : 1);
}

#endif							/* PG_YIELD_CORE_BACKING_H */
