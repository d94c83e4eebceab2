/*-------------------------------------------------------------------------
 *
 * core/risk/concentration.c
 *	  How evenly a whole is shared.  Values are not negative.
 *
 *-------------------------------------------------------------------------
 */
#include "core/risk/concentration.h"

#include <math.h>

#include "core/base/dd.h"

/* A third is none among doubles: who have it to so many digits do not have more */
#define SHARE_FUZZ	1e-12

static dd
sum_of(const double *value, size_t n)
{
	dd			sum = {0, 0};

	for (size_t i = 0; i < n; i++)
		sum = dd_add_double(sum, value[i]);
	return sum;
}

/* C. Gini's coefficient of values in ascending order; CORE_NULL of a whole of nothing. */
core_status
gini_of(const double *sorted, size_t n, double *gini)
{
	dd			total = sum_of(sorted, n);
	dd			weighted = {0, 0};

	if (n == 0 || total.hi == 0)
		return CORE_NULL;
	for (size_t i = 0; i < n; i++)
		weighted = dd_add(weighted, dd_two_product(2 * (double) (i + 1) - (double) n - 1, sorted[i]));
	*gini = weighted.hi / total.hi / (double) n;
	return isfinite(*gini) ? CORE_OK : CORE_OUT_OF_RANGE;
}

/*
 * The fewest, the greatest first, who together have more than a share of the
 * whole, above 0 and below 1: B. Srinivasan and L. Lee's Nakamoto coefficient
 * (2017).  Values in ascending order.
 */
core_status
fewest_above(const double *sorted, size_t n, double share, int64_t *fewest)
{
	dd			total = sum_of(sorted, n);
	double		bound = share * total.hi * (1 + SHARE_FUZZ);
	dd			sum = {0, 0};
	size_t		taken = 0;

	if (n == 0 || total.hi == 0)
		return CORE_NULL;
	if (!isfinite(total.hi))
		return CORE_OUT_OF_RANGE;
	while (taken < n && sum.hi <= bound)
		sum = dd_add_double(sum, sorted[n - ++taken]);
	*fewest = (int64_t) taken;
	return CORE_OK;
}

/* The sum of the lesser shares of two portfolios; CORE_NULL if one has nothing. */
core_status
overlap_of(const double *a, const double *b, size_t n, double *overlap)
{
	double		total_a = sum_of(a, n).hi;
	double		total_b = sum_of(b, n).hi;
	dd			sum = {0, 0};

	if (total_a == 0 || total_b == 0)
		return CORE_NULL;
	if (!isfinite(total_a) || !isfinite(total_b))
		return CORE_OUT_OF_RANGE;
	for (size_t i = 0; i < n; i++)
		sum = dd_add_double(sum, fmin(a[i] / total_a, b[i] / total_b));
	*overlap = fmin(sum.hi, 1);
	return CORE_OK;
}
