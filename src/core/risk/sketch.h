/*-------------------------------------------------------------------------
 *
 * core/risk/sketch.h
 *	  Quantiles of any number of returns from a few hundred buckets: DDSketch.
 *
 * Buckets are a constant factor apart, so that the middle of one is within
 * "accuracy" of all that is in it; none are ever thrown together, so that a
 * sketch of parts that are merged is that of the whole.  Each also has the sum
 * of what is in it, for the mean of a tail.  That sum is exact: the values of a
 * bucket are within a factor of 1.23 of each other, so that all are whole
 * multiples of one unit, of 56 bits at most.  A sketch is thus the same to the
 * last bit for any order of rows.
 *
 * C. Masson, J. E. Rim and H. K. Lee, "DDSketch: a fast and fully-mergeable
 * quantile sketch with relative-error guarantees", PVLDB 12 (2019).
 *
 *-------------------------------------------------------------------------
 */
#ifndef PG_YIELD_CORE_RISK_SKETCH_H
#define PG_YIELD_CORE_RISK_SKETCH_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "core/base/dd.h"

#define SKETCH_MIN_ACCURACY	0.001
#define SKETCH_MAX_ACCURACY	0.1

/* Smaller values count as 0. */
#define SKETCH_ZERO	1e-12

/* sum_high counts units of 2^62. */
#define SKETCH_LOW_BITS	62

/*
 * A bucket that holds something.  Its key is in the order of the values: 0 for
 * zero, else the sign times (i + SKETCH_SHIFT), where the size of a value is
 * above g^(i - 1) and at most g^i, g = (1 + accuracy) / (1 - accuracy).  The
 * sum is that of the sizes, in units of 2^(sketch_unit - 52), that of zero 0.
 * Eight-byte fields only, so there is no padding.
 */
typedef struct sketch_bucket
{
	int64_t		key;
	int64_t		count;
	int64_t		sum_high;
	int64_t		sum_low;
} sketch_bucket;

#define SKETCH_SHIFT	(INT64_C(1) << 20)

/* What follows from an accuracy. */
typedef struct sketch_scale
{
	double		accuracy;
	dd			log_base;		/* ln g */
	double		per_log;		/* 1 / ln g */
} sketch_scale;

extern void sketch_scale_init(sketch_scale *scale, double accuracy);
extern int64_t sketch_key_near_edge(const sketch_scale *scale, double size);
extern int	sketch_unit(const sketch_scale *scale, int64_t key);

static inline bool
sketch_accuracy_is_valid(double accuracy)
{
	return accuracy >= SKETCH_MIN_ACCURACY && accuracy <= SKETCH_MAX_ACCURACY;
}

/*
 * The key of a finite value.  Where a logarithm that is a little off could be in
 * another bucket, one of twice the precision decides, the same on every machine.
 */
static inline int64_t
sketch_key(const sketch_scale *scale, double value)
{
	double		size = fabs(value);
	double		place,
				i;
	int64_t		key;

	if (size < SKETCH_ZERO)
		return 0;
	place = log(size) * scale->per_log;
	i = ceil(place);
	if (i - place < 1e-8 || i - place > 1 - 1e-8)
		key = sketch_key_near_edge(scale, size);
	else
		key = (int64_t) i + SKETCH_SHIFT;
	return value < 0 ? -key : key;
}

/* A bucket in a table of buckets by their keys, and its sketch_unit. */
typedef struct sketch_slot
{
	sketch_bucket bucket;		/* not in use if its count is 0 and ... */
	bool		used;			/* ... this is not set */
	int			unit;
} sketch_slot;

/* A sketch that grows: "slot" has room for a power of two, and is never full. */
typedef struct sketch
{
	sketch_scale scale;
	sketch_slot *slot;
	size_t		capacity;
	size_t		num_used;
	int64_t		count;
} sketch;

extern void sketch_begin(sketch *s, sketch_slot *slot, size_t capacity);
extern void sketch_move(sketch *s, sketch_slot *slot, size_t capacity);
extern sketch_slot *sketch_find(sketch *s, int64_t key);
extern bool sketch_merge_bucket(sketch *s, const sketch_bucket *bucket);
extern size_t sketch_list(const sketch *s, sketch_bucket *bucket);

/* Must the table be moved to a greater one before another bucket comes? */
static inline bool
sketch_is_full(const sketch *s)
{
	return s->num_used * 4 >= s->capacity * 3;
}

/* Add the size of a value, in units of the bucket, "times" over: 1 or -1. */
static inline void
sketch_add_size(sketch_slot *slot, double size, int times)
{
	sketch_bucket *b = &slot->bucket;
	uint64_t	bits;

	/* the mantissa, moved to the unit: 56 bits at most, for no size is denormal */
	memcpy(&bits, &size, sizeof(bits));
	b->sum_low += times * (int64_t) (((bits & ((UINT64_C(1) << 52) - 1)) | UINT64_C(1) << 52) <<
									 ((int) (bits >> 52) - 1023 - slot->unit));
	b->sum_high += b->sum_low >> SKETCH_LOW_BITS;
	b->sum_low &= (INT64_C(1) << SKETCH_LOW_BITS) - 1;
}

/* Add a finite value, or take one away that was added; the table is not full. */
static inline void
sketch_add(sketch *s, double value, int times)
{
	int64_t		key = sketch_key(&s->scale, value);
	sketch_slot *slot = sketch_find(s, key);

	slot->bucket.count += times;
	s->count += times;
	if (key != 0)
		sketch_add_size(slot, fabs(value), times);
}

/* Buckets in ascending order of their keys. */
typedef struct sketch_view
{
	sketch_scale scale;
	const sketch_bucket *bucket;
	size_t		n;
	int64_t		count;
} sketch_view;

extern bool sketch_view_init(sketch_view *view, double accuracy, const sketch_bucket *bucket, size_t n);
extern double sketch_quantile(const sketch_view *view, double fraction);
extern double sketch_shortfall(const sketch_view *view, double confidence);

#endif							/* PG_YIELD_CORE_RISK_SKETCH_H */
