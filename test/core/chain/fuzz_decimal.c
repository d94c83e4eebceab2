/*-------------------------------------------------------------------------
 *
 * fuzz_decimal.c
 *	  Any digits, weight and sign: doubles agree with strtod, words survive a
 *	  round trip and agree with their double.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/chain/decimal.h"

#define MAX_DIGITS	2048

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(bool holds)
{
	if (!holds)
		abort();
}

static void
require_same(double a, double b)
{
	require(memcmp(&a, &b, sizeof(a)) == 0);
}

static void
fuzz_double(const int16_t *digits, int ndigits, int weight, bool negative)
{
	static char text[4 * MAX_DIGITS + 40];
	char	   *end = text;
	double		got = 0.0;
	double		want = 0.0;
	int			nonzero = 0;

	*end++ = negative ? '-' : '+';
	for (int i = 0; i < ndigits; i++)
	{
		end += sprintf(end, "%04d", digits[i]);
		nonzero |= digits[i];
	}
	sprintf(end, "e%d", 4 * (weight - ndigits + 1));
	if (nonzero != 0)
		want = strtod(text, NULL);
	if (isinf(want))
		require(decimal_to_double(digits, ndigits, weight, negative, &got) == CORE_OUT_OF_RANGE);
	else
	{
		require(decimal_to_double(digits, ndigits, weight, negative, &got) == CORE_OK);
		require_same(got, want);
	}
}

static void
fuzz_whole(const int16_t *digits, int ndigits, int weight, bool negative)
{
	int16_t		written[DECIMAL_U256_DIGITS];
	int			written_weight;
	int			n;
	double		x;
	u256		word;
	u256		back;
	s256		number;

	if (decimal_to_s256(digits, ndigits, weight, negative, &number) == DECIMAL_OK)
	{
		require(decimal_to_double(digits, ndigits, weight, negative, &x) == CORE_OK);
		require_same(x, s256_to_double(number));
	}
	if (decimal_to_u256(digits, ndigits, weight, negative, &word) != DECIMAL_OK)
		return;
	n = u256_to_decimal(word, 0, written, &written_weight);
	require(n <= 20 && (n == 0 || (written[0] != 0 && written[n - 1] != 0)));
	require(decimal_to_u256(written, n, written_weight, false, &back) == DECIMAL_OK);
	require(u256_equal(word, back));
	require(decimal_to_scaled(digits, ndigits, weight, 0, &back) == DECIMAL_OK);
	require(u256_equal(word, back));
	require(decimal_to_double(written, n, written_weight, false, &x) == CORE_OK);
	require_same(x, u256_to_double(word));
}

/* A mantissa with a scale: four decimals more are one digit less of weight */
static void
fuzz_scaled(const uint8_t *data, size_t size, int scale)
{
	u256		word = u256_load_be(data, (int) (size < 32 ? size : 32));
	int16_t		digits[DECIMAL_U256_DIGITS];
	int16_t		shifted[DECIMAL_U256_DIGITS];
	int			weight;
	int			shifted_weight;
	int			n = u256_to_decimal(word, scale, digits, &weight);
	u256		back;

	require(n <= DECIMAL_U256_DIGITS);
	require(u256_to_decimal(word, scale + 4, shifted, &shifted_weight) == n);
	require(n == 0 || weight == shifted_weight + 1);
	require(memcmp(digits, shifted, sizeof(int16_t) * (size_t) n) == 0);
	require(decimal_to_scaled(digits, n, weight, scale, &back) == DECIMAL_OK);
	require(u256_equal(word, back));
	fuzz_double(digits, n, weight, false);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int16_t digits[MAX_DIGITS];
	int			ndigits = 0;
	int			weight;
	bool		negative;

	if (size < 4 || size > 2 * MAX_DIGITS)
		return -1;
	/* mostly weights that matter to double, at times any that numeric has */
	weight = (data[0] & 2) != 0 ? (data[1] << 8 | data[2]) - 32768 : data[1] % 200 - 100;
	negative = (data[0] & 1) != 0;
	for (size_t i = 3; i + 1 < size; i += 2)
		digits[ndigits++] = (int16_t) ((data[i] << 8 | data[i + 1]) % 10000);
	fuzz_double(digits, ndigits, weight, negative);
	fuzz_whole(digits, ndigits, weight, negative);
	fuzz_whole(digits, ndigits, ndigits - 1, negative);
	fuzz_scaled(data + 3, size - 3, data[1] % 100);
	return 0;
}
