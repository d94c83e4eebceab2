/*-------------------------------------------------------------------------
 *
 * core/base/binned_sum.c
 *	  Sums that do not depend on the order of their terms.
 *
 *-------------------------------------------------------------------------
 */
#include "core/base/binned_sum.h"

/* The highest bins of a product of two doubles, the greatest and the least. */
#define HIGHEST_TOP	((2 * 2045 + 18) / BINNED_BITS - 42 + 5)
#define LOWEST_TOP	(-42)

/* Move the bins down, so that "top" is the highest; it is not below now. */
static void
raise_top(binned_sum *s, int64_t top)
{
	int64_t		by = top - s->top;

	for (int64_t i = BINNED_BINS - 1; i >= 0; i--)
		s->bin[i] = i >= by ? s->bin[i - by] : 0;
	s->top = top;
}

/* Add three digits of a term, from bin "top" down, wherever that is. */
void
binned_add_digits(binned_sum *s, int64_t top, int64_t digit2, int64_t digit1, int64_t digit0)
{
	const int64_t digits[] = {digit2, digit1, digit0};

	if (digit2 == 0 && digit1 == 0 && digit0 == 0)
		return;
	if (top > s->top)
		raise_top(s, top);
	for (int64_t i = 0, place = s->top - top; i < 3 && place < BINNED_BINS; i++, place++)
		s->bin[place] += digits[i];
}

/* Take all terms of "other" into "into": no more than BINNED_MAX_TERMS in all. */
void
binned_merge(binned_sum *into, const binned_sum *other)
{
	if (other->top > into->top)
		raise_top(into, other->top);
	for (int64_t i = 0, place = into->top - other->top; place < BINNED_BINS; i++, place++)
		into->bin[place] += other->bin[i];
}

/* Could this be a sum of so many terms, each a double or a product of two, times 2^n? */
bool
binned_is_valid_scaled(const binned_sum *s, int64_t num_terms)
{
	int64_t		bound = num_terms * (int64_t) BINNED_MASK;

	if (s->top < BINNED_NONE || s->top > INT64_MAX / BINNED_BITS + HIGHEST_TOP + 1)
		return false;
	for (int i = 0; i < BINNED_BINS; i++)
		if (s->bin[i] < -bound || s->bin[i] > bound || (s->top == BINNED_NONE && s->bin[i] != 0))
			return false;
	return true;
}

/* The same without the 2^n. */
bool
binned_is_valid(const binned_sum *s, int64_t num_terms)
{
	return binned_is_valid_scaled(s, num_terms) &&
		(s->top == BINNED_NONE || (s->top >= LOWEST_TOP && s->top <= HIGHEST_TOP));
}

/* The same, of terms that are not negative. */
bool
binned_is_sum_of_positives(const binned_sum *s, int64_t num_terms)
{
	for (int i = 0; i < BINNED_BINS; i++)
		if (s->bin[i] < 0)
			return false;
	return binned_is_valid(s, num_terms) && (s->top == BINNED_NONE || binned_is_positive(s));
}

bool
binned_is_positive(const binned_sum *s)
{
	return binned_value_digits(s).digit[0] > 0;
}

/* Write v as digit + 2^26 * the rest. */
static int32_t
cut_digit(int64_t *v)
{
	const int64_t half = INT64_C(1) << (BINNED_BITS - 1);
	int64_t		digit = (int64_t) ((uint64_t) (*v + half) & BINNED_MASK) - half;

	*v = (*v - digit) / (2 * half);
	return (int32_t) digit;
}

binned_digits
binned_value_digits(const binned_sum *s)
{
	binned_digits value = {s->top + 2, {0}};
	int64_t		carry = 0;
	int			first = 0;

	for (int i = BINNED_BINS - 1; i >= 0; i--)
	{
		carry += s->bin[i];
		value.digit[i + 2] = cut_digit(&carry);
	}
	value.digit[1] = cut_digit(&carry);
	value.digit[0] = cut_digit(&carry);

	while (first < BINNED_DIGITS && value.digit[first] == 0)
		first++;
	if (first == BINNED_DIGITS)
		return (binned_digits) {0, {0}};
	value.top -= first;
	for (int i = 0; i < BINNED_DIGITS; i++)
		value.digit[i] = i + first < BINNED_DIGITS ? value.digit[i + first] : 0;
	return value;
}

/* The order of the values, -1, 0 or 1. */
int
binned_cmp(const binned_sum *a, const binned_sum *b)
{
	binned_digits x = binned_value_digits(a);
	binned_digits y = binned_value_digits(b);

	/* the one that begins higher up is the greater in size */
	if (x.digit[0] != 0 && (y.digit[0] == 0 || x.top > y.top))
		return x.digit[0] < 0 ? -1 : 1;
	if (y.digit[0] != 0 && (x.digit[0] == 0 || y.top > x.top))
		return y.digit[0] < 0 ? 1 : -1;
	for (int i = 0; i < BINNED_DIGITS; i++)
		if (x.digit[i] != y.digit[i])
			return x.digit[i] < y.digit[i] ? -1 : 1;
	return 0;
}

/*
 * The value in twice the precision of a double, in units of bin *unit_bin; its
 * size is between 2^25 and 2^52, unless it is zero.
 */
dd
binned_leading(const binned_sum *s, int64_t *unit_bin)
{
	binned_digits value = binned_value_digits(s);
	double		pair[BINNED_DIGITS / 2];
	dd			sum;

	for (int i = 0; i < BINNED_DIGITS / 2; i++)
		pair[i] = value.digit[2 * i] * 0x1p26 + value.digit[2 * i + 1];
	*unit_bin = value.top - 1;
	/* each is less than half of a unit of the one before */
	sum = dd_fast_two_sum(pair[1] * 0x1p-52, pair[2] * 0x1p-104 + pair[3] * 0x1p-156);
	return dd_add(sum, (dd) {pair[0], 0});
}

static double
scaled(double x, int64_t exponent)
{
	return ldexp(x, exponent > 9999 ? 9999 : exponent < -9999 ? -9999 : (int) exponent);
}

/* The value times 2^exponent; hi is infinite beyond the range of a double. */
dd
binned_scaled_value(const binned_sum *s, int64_t exponent)
{
	int64_t		bin;
	dd			value = binned_leading(s, &bin);

	value.hi = scaled(value.hi, BINNED_BITS * bin - 1074 + exponent);
	value.lo = scaled(value.lo, BINNED_BITS * bin - 1074 + exponent);
	return value;
}

/* The value of a sum of doubles; hi is infinite beyond the range of a double. */
dd
binned_value(const binned_sum *s)
{
	return binned_scaled_value(s, 0);
}

/*
 * a / b, b not zero, right to about one unit in the last place; it depends on
 * no scale that both have.
 */
double
binned_quotient(const binned_sum *a, const binned_sum *b)
{
	int64_t		bin_a,
				bin_b;
	dd			x = binned_leading(a, &bin_a);
	dd			y = binned_leading(b, &bin_b);
	int64_t		bins = x.hi == 0 ? 0 : bin_a - bin_b;

	/* beyond, it is infinite or zero in any case */
	bins = bins > 999 ? 999 : bins < -999 ? -999 : bins;
	return scaled(dd_quotient(x, y), BINNED_BITS * bins);
}
