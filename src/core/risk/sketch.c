/*-------------------------------------------------------------------------
 *
 * core/risk/sketch.c
 *	  Quantiles of any number of returns from a few hundred buckets: DDSketch.
 *
 *-------------------------------------------------------------------------
 */
#include "core/risk/sketch.h"

#include <float.h>

#include "core/base/rank.h"

/* ---------- buckets ---------- */

/* ln 2 */
static const dd LN2 = {0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56};

/* For an accuracy that is valid. */
void
sketch_scale_init(sketch_scale *scale, double accuracy)
{
	scale->accuracy = accuracy;
	scale->log_base = dd_add(dd_log(dd_two_sum(1, accuracy)),
							 dd_negated(dd_log(dd_two_sum(1, -accuracy))));
	scale->per_log = 1 / scale->log_base.hi;
}

/* The key of a size by logarithms in twice the precision of a double. */
int64_t
sketch_key_near_edge(const sketch_scale *scale, double size)
{
	dd			log_size = dd_log((dd) {size, 0});
	double		i = rint(log_size.hi / scale->log_base.hi);
	dd			above = dd_add(log_size, dd_negated(dd_product(scale->log_base, (dd) {i, 0})));

	return (int64_t) i + (above.hi > 0) + SKETCH_SHIFT;
}

/*
 * The exponent of a power of two that no size in a bucket is below; it is below
 * all of them by less than a factor of 16.
 */
int
sketch_unit(const sketch_scale *scale, int64_t key)
{
	int64_t		i = (key < 0 ? -key : key) - SKETCH_SHIFT;

	return (int) floor((double) (i - 1) * (scale->log_base.hi / LN2.hi)) - 1;
}

/* ---------- a sketch that grows ---------- */

/* An empty one; its scale is set. */
void
sketch_begin(sketch *s, sketch_slot *slot, size_t capacity)
{
	s->slot = slot;
	s->capacity = capacity;
	s->num_used = 0;
	s->count = 0;
	for (size_t i = 0; i < capacity; i++)
		slot[i] = (sketch_slot) {.used = false};
}

/* The bucket of a key, which is made if it is not there. */
sketch_slot *
sketch_find(sketch *s, int64_t key)
{
	/* neighbours in value, which mostly are asked for together, are neighbours here */
	size_t		at = (size_t) (uint64_t) key & (s->capacity - 1);

	while (s->slot[at].used && s->slot[at].bucket.key != key)
		at = (at + 1) & (s->capacity - 1);
	if (!s->slot[at].used)
	{
		s->slot[at] = (sketch_slot) {{.key = key}, true, key == 0 ? 0 : sketch_unit(&s->scale, key)};
		s->num_used++;
	}
	return &s->slot[at];
}

/* What is in a bucket, together with what is; false if a count is too great. */
bool
sketch_merge_bucket(sketch *s, const sketch_bucket *bucket)
{
	sketch_bucket *b = &sketch_find(s, bucket->key)->bucket;

	if (bucket->count > INT64_MAX - s->count)
		return false;
	s->count += bucket->count;
	b->count += bucket->count;
	/* both are below 2^62 */
	b->sum_low += bucket->sum_low;
	b->sum_high += bucket->sum_high + (b->sum_low >> SKETCH_LOW_BITS);
	b->sum_low &= (INT64_C(1) << SKETCH_LOW_BITS) - 1;
	return true;
}

/* Use a greater table, or the like, in place of the one there is. */
void
sketch_move(sketch *s, sketch_slot *slot, size_t capacity)
{
	sketch		old = *s;

	sketch_begin(s, slot, capacity);
	for (size_t i = 0; i < old.capacity; i++)
		if (old.slot[i].used && old.slot[i].bucket.count > 0)
			sketch_merge_bucket(s, &old.slot[i].bucket);
}

/* Sift the bucket at a place down the heap of the first n, the greatest key on top. */
static void
sift_down(sketch_bucket *bucket, size_t at, size_t n)
{
	sketch_bucket moved = bucket[at];

	for (size_t child; (child = 2 * at + 1) < n; at = child)
	{
		if (child + 1 < n && bucket[child + 1].key > bucket[child].key)
			child++;
		if (bucket[child].key <= moved.key)
			break;
		bucket[at] = bucket[child];
	}
	bucket[at] = moved;
}

static void
sort_buckets(sketch_bucket *bucket, size_t n)
{
	for (size_t i = n / 2; i-- > 0;)
		sift_down(bucket, i, n);
	for (size_t i = n; i-- > 1;)
	{
		sketch_bucket greatest = bucket[0];

		bucket[0] = bucket[i];
		bucket[i] = greatest;
		sift_down(bucket, 0, i);
	}
}

/* The buckets that hold something, in order; room for num_used.  How many. */
size_t
sketch_list(const sketch *s, sketch_bucket *bucket)
{
	size_t		n = 0;

	for (size_t i = 0; i < s->capacity; i++)
		if (s->slot[i].used && s->slot[i].bucket.count > 0)
			bucket[n++] = s->slot[i].bucket;
	sort_buckets(bucket, n);
	return n;
}

/* ---------- reading ---------- */

/* The sum of a bucket with its sign, times 2^-70, so that it is in the range of a double. */
static dd
bucket_sum(const sketch_scale *scale, const sketch_bucket *b)
{
	int			exponent = sketch_unit(scale, b->key) - 52 - 70;
	/* each half in two parts that a double holds */
	dd			high = dd_two_sum((double) (b->sum_high >> 32) * 0x1p32, (double) (b->sum_high & 0xffffffff));
	dd			low = dd_two_sum((double) (b->sum_low >> 32) * 0x1p32, (double) (b->sum_low & 0xffffffff));
	dd			sum;

	if (b->key == 0)
		return (dd) {0, 0};
	high.hi *= 0x1p62;
	high.lo *= 0x1p62;
	sum = dd_add(high, low);
	sum.hi = ldexp(b->key < 0 ? -sum.hi : sum.hi, exponent);
	sum.lo = ldexp(b->key < 0 ? -sum.lo : sum.lo, exponent);
	return sum;
}

/*
 * A value that is within the accuracy of all in a bucket: 2 g^i / (g + 1), which
 * is g^i (1 - accuracy).
 */
static double
bucket_middle(const sketch_scale *scale, int64_t key)
{
	int64_t		i = (key < 0 ? -key : key) - SKETCH_SHIFT;
	dd			power = dd_product(scale->log_base, (dd) {(double) i, 0});
	double		size;

	if (key == 0)
		return 0;
	if (power.hi <= 0)
		size = (1 - scale->accuracy) / (dd_expm1(dd_negated(power)) + 1);
	else
		/* by half of it, as the edge of the last bucket is beyond the greatest double */
		size = fmin((1 - scale->accuracy) * (dd_expm1(dd_add(power, dd_negated(LN2))) + 1), DBL_MAX / 2) * 2;
	return key < 0 ? -size : size;
}

/* Is this what a sketch may hold in a bucket? */
static bool
bucket_is_valid(const sketch_scale *scale, const sketch_bucket *b)
{
	sketch_bucket size = *b;
	double		mean,
				middle;

	if (b->count <= 0 || b->sum_high < 0 || b->sum_low < 0 || b->sum_low >> SKETCH_LOW_BITS != 0)
		return false;
	if (b->key == 0)
		return b->sum_high == 0 && b->sum_low == 0;
	if (b->key < -sketch_key(scale, DBL_MAX) || b->key > sketch_key(scale, DBL_MAX))
		return false;
	size.key = b->key < 0 ? -b->key : b->key;
	if (size.key < sketch_key(scale, SKETCH_ZERO))
		return false;
	mean = bucket_sum(scale, &size).hi / (double) b->count;
	middle = bucket_middle(scale, size.key) * 0x1p-70;
	return fabs(mean - middle) <= 1.01 * scale->accuracy * mean;
}

/* Look at buckets; false if no sketch has them. */
bool
sketch_view_init(sketch_view *view, double accuracy, const sketch_bucket *bucket, size_t n)
{
	*view = (sketch_view) {.bucket = bucket, .n = n};
	if (!sketch_accuracy_is_valid(accuracy) || n == 0)
		return false;
	sketch_scale_init(&view->scale, accuracy);
	for (size_t i = 0; i < n; i++)
	{
		if ((i > 0 && bucket[i].key <= bucket[i - 1].key) || !bucket_is_valid(&view->scale, &bucket[i]) ||
			bucket[i].count > INT64_MAX - view->count)
			return false;
		view->count += bucket[i].count;
	}
	return true;
}

/* The bucket of the value at a rank from 0. */
static const sketch_bucket *
bucket_at(const sketch_view *view, int64_t rank)
{
	const sketch_bucket *b = view->bucket;

	for (; rank >= b->count; b++)
		rank -= b->count;
	return b;
}

/* The rank from 0 at a fraction of all, which may miss a whole number by rounding. */
static int64_t
rank_at(const sketch_view *view, double fraction)
{
	size_t		last = (size_t) view->count - 1;
	size_t		rank = rank_down(fraction * (double) last);

	return (int64_t) (rank > last ? last : rank);
}

/*
 * The value at place fraction (n - 1), fraction from 0 to 1, between its
 * neighbours on a line: each of them is known to the accuracy of the sketch.
 */
double
sketch_quantile(const sketch_view *view, double fraction)
{
	int64_t		rank = rank_at(view, fraction);
	double		beyond = fraction * (double) (view->count - 1) - (double) rank;
	double		value = bucket_middle(&view->scale, bucket_at(view, rank)->key);

	if (!(beyond > 0) || rank + 1 >= view->count)
		return value;
	return value + beyond *
		(bucket_middle(&view->scale, bucket_at(view, rank + 1)->key) - value);
}

/*
 * The mean of the lowest floor((n - 1) (1 - confidence)) + 1 values: exact for
 * whole buckets, of the last one in part its middle, which its mean is not
 * below; never above the quantile at the end.
 */
double
sketch_shortfall(const sketch_view *view, double confidence)
{
	int64_t		k = rank_at(view, 1 - confidence) + 1;
	int64_t		rest = k;
	const sketch_bucket *b = view->bucket;
	dd			sum = {0, 0};
	double		result;

	for (; rest > 0 && b->count <= rest; rest -= b++->count)
		sum = dd_add(sum, bucket_sum(&view->scale, b));
	if (rest > 0)
	{
		double		middle = bucket_middle(&view->scale, b->key) * 0x1p-70;
		double		mean = bucket_sum(&view->scale, b).hi / (double) b->count;

		sum = dd_add(sum, dd_two_product(fmin(middle, mean), (double) rest));
	}
	result = dd_quotient(sum, (dd) {(double) k, 0}) * 0x1p70;
	return fmin(result, sketch_quantile(view, 1 - confidence));
}
