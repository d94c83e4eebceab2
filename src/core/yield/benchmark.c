/*-------------------------------------------------------------------------
 *
 * core/yield/benchmark.c
 *	  One figure out of many: exponential average over time, trimmed mean and
 *	  weighted median over sources.
 *
 *-------------------------------------------------------------------------
 */
#include "core/yield/benchmark.h"

#include <math.h>

/* ---------- exponential average over time ---------- */

/* half_life: microseconds, > 0 */
void
ema_summary_init(ema_summary *s, int64_t half_life)
{
	*s = (ema_summary) {half_life, 0, BINNED_EMPTY, BINNED_EMPTY};
}

/*
 * The floor of a / b, b > 0, and what is left, 0 .. b - 1.  Dividing doubles
 * and putting the result right takes a tenth of the time of dividing integers.
 */
static inline int64_t
floor_divide(int64_t a, int64_t b, int64_t *rest)
{
	double		guess = (double) a / (double) b;
	int64_t		quotient;

	/* beyond, the guess is wrong by more than one */
	quotient = fabs(guess) < 0x1p50 ? (int64_t) guess : a / b;
	*rest = (int64_t) ((uint64_t) a - (uint64_t) quotient * (uint64_t) b);
	if (*rest < 0)
	{
		*rest += b;
		return quotient - 1;
	}
	if (*rest >= b)
	{
		*rest -= b;
		return quotient + 1;
	}
	return quotient;
}

/*
 * Add a finite value at a time in microseconds.  CORE_OUT_OF_RANGE only after
 * more values than there are.
 */
core_status
ema_summary_add(ema_summary *s, int64_t time, double value)
{
	int64_t		rest,
				shift;
	int64_t		halvings = floor_divide(time, s->half_life, &rest);
	double		weight = exp2((double) rest / (double) s->half_life);
	int64_t		bins = floor_divide(halvings, BINNED_BITS, &shift);

	if (s->num_values >= BINNED_MAX_TERMS)
		return CORE_OUT_OF_RANGE;
	s->num_values++;
	binned_add_shifted(&s->weight, weight, bins, (unsigned) shift);
	binned_add_product_shifted(&s->weighted, weight, value, bins, (unsigned) shift);
	return CORE_OK;
}

/*
 * Take all values of "other" into "into".  Commutative and associative.
 * CORE_BAD_PARAMETER where the half-lives differ.
 */
core_status
ema_summary_merge(ema_summary *into, const ema_summary *other)
{
	if (into->half_life != other->half_life)
		return CORE_BAD_PARAMETER;
	if (into->num_values > BINNED_MAX_TERMS - other->num_values)
		return CORE_OUT_OF_RANGE;
	into->num_values += other->num_values;
	binned_merge(&into->weight, &other->weight);
	binned_merge(&into->weighted, &other->weighted);
	return CORE_OK;
}

/* Could adding values have led to these sums? */
bool
ema_summary_is_valid(const ema_summary *s)
{
	return s->num_values >= 1 && s->num_values <= BINNED_MAX_TERMS && s->half_life > 0 &&
		binned_is_valid_scaled(&s->weight, s->num_values) &&
		binned_is_valid_scaled(&s->weighted, s->num_values) &&
		binned_cmp(&s->weight, &BINNED_EMPTY) > 0;
}

/*
 * The exponential average as of the latest value:
 *
 *		sum(value * 2^(time / half_life)) / sum(2^(time / half_life))
 *
 * Any spacing of rows is right as it is; a gap makes what is before it weigh
 * less.  As ewm(halflife, times).mean() of pandas.
 */
core_status
ema_summary_mean(const ema_summary *s, double *mean)
{
	*mean = binned_quotient(&s->weighted, &s->weight);
	return isfinite(*mean) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/*
 * One step of the exponential average over rows, 0 < alpha <= 1:
 * alpha * value + (1 - alpha) * previous.  It lies between the two, so that it
 * is finite if they are.
 */
double
ema_next(double previous, double value, double alpha)
{
	return alpha * value + (1 - alpha) * previous;
}

/* ---------- over sources ---------- */

/*
 * The mean of what is left after floor(fraction * n) of n values in ascending
 * order are cut from either end; 0 <= fraction < 0.5.  As scipy.stats'
 * trim_mean.  CORE_NULL for no values, CORE_OUT_OF_RANGE where the sum is
 * beyond a double.
 */
core_status
trimmed_mean(const double *sorted, size_t n, double fraction, double *mean)
{
	size_t		cut = (size_t) (fraction * (double) n);
	dd			sum = {0, 0};

	if (n == 0)
		return CORE_NULL;
	if (2 * cut >= n)
		cut = (n - 1) / 2;
	for (size_t i = cut; i < n - cut; i++)
		sum = dd_add_double(sum, sorted[i]);
	*mean = dd_quotient(sum, (dd) {(double) (n - 2 * cut), 0});
	return isfinite(*mean) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/*
 * The median of at least one value in ascending order, each of which counts
 * once, whatever its weight: of an even number the mean of the two in the middle.
 */
double
sample_median(const weighted_value *sorted, size_t n)
{
	double		low = sorted[(n - 1) / 2].value;
	double		high = sorted[n / 2].value;

	/* no sum overflows, and none of two that are equal and tiny is rounded */
	return low == high ? low : fabs(low) < 1 && fabs(high) < 1 ? (low + high) / 2 : low / 2 + high / 2;
}

/*
 * The value at which half of all weight is reached, of values in ascending
 * order with weights that are finite and not negative; where it is reached
 * exactly between two values, their mean.  With equal weights it is the
 * median.  CORE_NULL without weight, CORE_OUT_OF_RANGE where their sum is
 * beyond a double.
 */
core_status
weighted_median(const weighted_value *sorted, size_t n, double *median)
{
	dd			total = {0, 0};
	dd			below = {0, 0};

	for (size_t i = 0; i < n; i++)
		total = dd_add_double(total, sorted[i].weight);
	if (!isfinite(total.hi))
		return CORE_OUT_OF_RANGE;
	if (total.hi == 0)
		return CORE_NULL;
	for (size_t i = 0; i < n; i++)
	{
		dd			above;

		if (sorted[i].weight == 0)
			continue;
		below = dd_add_double(below, sorted[i].weight);
		above = dd_add(total, (dd) {-below.hi, -below.lo});
		if (below.hi < above.hi || (below.hi == above.hi && below.lo < above.lo))
			continue;
		*median = sorted[i].value;
		/* half exactly: the next value with weight has the other half */
		if (below.hi == above.hi && below.lo == above.lo)
		{
			while (i + 1 < n && sorted[++i].weight == 0)
				;
			*median = *median / 2 + sorted[i].value / 2;
		}
		return CORE_OK;
	}
	return CORE_NULL;			/* not reached: all weight is below the end */
}
