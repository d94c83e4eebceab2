/*-------------------------------------------------------------------------
 *
 * core/base/select.c
 *	  The k-th least of some numbers, and their median.
 *
 *-------------------------------------------------------------------------
 */
#include "core/base/select.h"

static void
swap(double *a, double *b)
{
	double		kept = *a;

	*a = *b;
	*b = kept;
}

/* The middle of three of them, moved to "from". */
static double
pivot_of(double *value, size_t from, size_t to)
{
	size_t		middle = from + (to - from) / 2;

	if (value[middle] < value[from])
		swap(&value[middle], &value[from]);
	if (value[to] < value[from])
		swap(&value[to], &value[from]);
	if (value[to] < value[middle])
		swap(&value[to], &value[middle]);
	return value[middle];
}

/*
 * The k-th least, from 0, of n > k finite numbers, which change places: C. A.
 * R. Hoare's way (1961).  What is before place k is then not greater, what is
 * behind not less.
 */
double
select_kth(double *value, size_t n, size_t k)
{
	size_t		from = 0;
	size_t		to = n - 1;

	while (from < to)
	{
		double		pivot = pivot_of(value, from, to);
		size_t		i = from;
		size_t		j = to;

		for (;;)
		{
			while (value[i] < pivot)
				i++;
			while (pivot < value[j])
				j--;
			if (i >= j)
				break;
			swap(&value[i++], &value[j--]);
		}
		/* up to j not greater than the pivot, from i on not less */
		if (k <= j && (i > j || k < i))
			to = j;
		else
			from = i > j ? i : j + 1;
	}
	return value[k];
}

/* The median of n > 0 finite numbers, which change places; of two in the middle their mean. */
double
select_median(double *value, size_t n)
{
	double		upper = select_kth(value, n, n / 2);
	double		lower = value[0];

	if (n % 2 == 1)
		return upper;
	for (size_t i = 1; i < n / 2; i++)
		if (value[i] > lower)
			lower = value[i];
	return lower + (upper - lower) / 2;
}
