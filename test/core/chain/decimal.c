/*-------------------------------------------------------------------------
 *
 * test_decimal.c
 *	  Base-10000 decimals: to and from words against GMP, to double against
 *	  strtod, which glibc rounds correctly for any length.
 *
 *-------------------------------------------------------------------------
 */
#include "oracle.h"

#include <math.h>

#include "core/chain/decimal.h"

#define MAX_DIGITS	1200

typedef struct decimal
{
	int16_t		digits[MAX_DIGITS];
	int			ndigits;
	int			weight;
	bool		negative;
} decimal;

static uint64_t rounds = 200000;

/* Decimal text times 10^exp10, with its point put between base-10000 digits */
static void
decimal_from_text(decimal *d, const char *text, long exp10)
{
	static char padded[4 * MAX_DIGITS + 1];
	size_t		tail = (size_t) (((exp10 % 4) + 4) % 4);
	size_t		len = strlen(text);
	size_t		head = (4 - (len + tail) % 4) % 4;
	size_t		all = head + len + tail;

	assert_true(all <= 4 * MAX_DIGITS);
	memset(padded, '0', all);
	memcpy(padded + head, text, len);
	d->negative = false;
	d->ndigits = (int) all / 4;
	for (int i = 0; i < d->ndigits; i++)
	{
		const char *p = padded + 4 * i;

		d->digits[i] = (int16_t) ((p[0] - '0') * 1000 + (p[1] - '0') * 100 +
								  (p[2] - '0') * 10 + (p[3] - '0'));
	}
	d->weight = (int) (exp10 - (long) tail) / 4 + d->ndigits - 1;
}

static void
check_double(const decimal *d)
{
	static char text[4 * MAX_DIGITS + 40];
	char	   *end = text;
	double		got = 7.0;
	double		want;
	core_status status;
	int			nonzero = 0;

	if (d->negative)
		*end++ = '-';
	for (int i = 0; i < d->ndigits; i++)
	{
		end += sprintf(end, "%04d", d->digits[i]);
		nonzero |= d->digits[i];
	}
	sprintf(end, "e%d", d->ndigits == 0 ? 0 : 4 * (d->weight - d->ndigits + 1));
	/* numeric has no negative zero; what is too small keeps its sign, as in strtod */
	want = nonzero == 0 ? 0.0 : strtod(text, NULL);
	status = decimal_to_double(d->digits, d->ndigits, d->weight, d->negative, &got);
	if (isinf(want))
	{
		assert_int_equal(status, CORE_OUT_OF_RANGE);
		assert_double_is(got, 7.0);
		return;
	}
	assert_int_equal(status, CORE_OK);
	if (got != want)
		fprintf(stderr, "%s\n", text);
	assert_double_is(got, want);
}

static void
check_text(const char *text, long exp10)
{
	static decimal d;

	decimal_from_text(&d, text, exp10);
	d.negative = random_below(4) == 0;
	check_double(&d);
}

static void
random_digits(decimal *d, int ndigits, int weight)
{
	d->ndigits = ndigits;
	d->weight = weight;
	d->negative = random_below(4) == 0;
	for (int i = 0; i < ndigits; i++)
	{
		unsigned	kind = random_below(8);

		d->digits[i] = (int16_t) (kind == 0 ? 0 : kind == 1 ? 9999 : random_below(10000));
	}
}

static void
test_double_random(void **state)
{
	static decimal d;

	(void) state;
	for (uint64_t i = 0; i < rounds; i++)
	{
		int			ndigits = (int) random_below(10);

		/* the usual: up to 36 figures around the decimal point */
		random_digits(&d, ndigits, (int) random_below(12) - 4);
		check_double(&d);
		if (i % 4 != 0)
			continue;
		random_digits(&d, (int) random_below(30), (int) random_below(170) - 88);
		check_double(&d);
		if (i % 64 != 0)
			continue;
		random_digits(&d, (int) random_below(MAX_DIGITS), (int) random_below(170) - 88);
		check_double(&d);
	}
}

/* Exactly between two doubles, and a little to either side of it */
static void
check_halfway(double x)
{
	static char text[4 * MAX_DIGITS];
	mpz_t		z;
	int			exp2;
	size_t		len;

	mpz_init(z);
	(void) frexp(x, &exp2);
	/* the spacing below 2^-1022 does not shrink any more */
	exp2 = exp2 - 53 < -1074 ? -1074 : exp2 - 53;
	mpz_set_d(z, ldexp(x, -exp2));
	mpz_mul_ui(z, z, 2);
	mpz_add_ui(z, z, 1);
	exp2--;
	if (exp2 >= 0)
		mpz_mul_2exp(z, z, (mp_bitcnt_t) exp2);
	else
	{
		mpz_t		five;

		mpz_init(five);
		mpz_ui_pow_ui(five, 5, (unsigned long) -exp2);
		mpz_mul(z, z, five);
		mpz_clear(five);
	}
	exp2 = exp2 < 0 ? exp2 : 0;
	mpz_get_str(text, 10, z);
	check_text(text, exp2);
	/* a tail far behind every figure that is looked at */
	len = strlen(text);
	memset(text + len, '0', 600);
	text[len + 600] = '1';
	text[len + 601] = '\0';
	check_text(text, exp2 - 601);
	mpz_sub_ui(z, z, 1);
	mpz_get_str(text, 10, z);
	check_text(text, exp2);
	mpz_add_ui(z, z, 2);
	mpz_get_str(text, 10, z);
	check_text(text, exp2);
	mpz_clear(z);
}

static void
test_double_halfway(void **state)
{
	(void) state;
	for (uint64_t i = 0; i < rounds / 50; i++)
	{
		uint64_t	image = random_u64() & ~((uint64_t) 1 << 63);
		double		x;

		if (i % 4 == 0)
			image >>= 11 + random_below(53);	/* subnormal */
		else if (i % 4 == 1)
			image = (image & 0xFFFFFFFFFFFFF) | (uint64_t) (1023 + random_below(200)) << 52;
		memcpy(&x, &image, sizeof(x));
		if (isfinite(x) && x != 0.0)
			check_halfway(x);
	}
	check_halfway(0x1.fffffffffffffp1023);
	check_halfway(0x1p-1022);
	check_halfway(0x0.fffffffffffffp-1022);
	check_halfway(0x1p-1074);
	check_halfway(0x1p1023);
}

static void
test_double_edges(void **state)
{
	static const struct
	{
		const char *text;
		long		exp10;
	}			cases[] = {
		{"0", 0}, {"1", 0}, {"9007199254740992", 0}, {"9007199254740993", 0}, {"9007199254740995", 0},
		{"1166301569445", -12}, {"1166301569445123456789", -9}, {"1000000000000000000", 0},
		{"1", 22}, {"1", 23}, {"1", 24}, {"1", -22}, {"1", -23}, {"123456789012345678", -18},
		{"17976931348623157", 292}, {"17976931348623158", 292}, {"17976931348623159", 292},
		{"1", 308}, {"1", 309}, {"1", 312}, {"1", 100000}, {"49406564584124654", -340},
		{"24703282292062327", -340}, {"24703282292062328", -340}, {"1", -323}, {"1", -324}, {"1", -325},
		{"22250738585072011", -324}, {"22250738585072014", -324}, {"1", -100000},
		{"5", -1}, {"3", -1}, {"1", -27}, {"1", -28}, {"1", -55}, {"1", -56}, {"1", -112}
	};
	static decimal d;
	static const int16_t zero_ends[] = {0, 0, 1, 5000, 0};
	double		got;

	(void) state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check_text(cases[i].text, cases[i].exp10);
	assert_int_equal(decimal_to_double(zero_ends, 5, 2, true, &got), CORE_OK);
	assert_double_is(got, -1.5);
	assert_int_equal(decimal_to_double(NULL, 0, 0, true, &got), CORE_OK);
	assert_double_is(got, 0.0);
	random_digits(&d, MAX_DIGITS, 32767);
	d.digits[0] = 1;
	assert_int_equal(decimal_to_double(d.digits, MAX_DIGITS, 32767, false, &got), CORE_OUT_OF_RANGE);
	assert_int_equal(decimal_to_double(d.digits, MAX_DIGITS, -32768, false, &got), CORE_OK);
	assert_double_is(got, 0.0);
}

/* z is any integer: both readings of it, and what is written of it */
static void
check_whole(const mpz_t z)
{
	static decimal d;
	char		text[200];
	u256		u = U256_ZERO;
	s256		s = U256_ZERO;
	decimal_status status;

	mpz_get_str(text, 10, z);
	decimal_from_text(&d, text[0] == '-' ? text + 1 : text, 0);
	d.negative = text[0] == '-';
	/* zero digits after the point, as 5.000 has none of, must not matter */
	for (int i = (int) random_below(3); i > 0; i--)
		d.digits[d.ndigits++] = 0;
	status = decimal_to_u256(d.digits, d.ndigits, d.weight, d.negative, &u);
	if (mpz_sgn(z) < 0)
		assert_int_equal(status, DECIMAL_NEGATIVE);
	else
		assert_int_equal(status, mpz_fits_u256(z) ? DECIMAL_OK : DECIMAL_OVERFLOW);
	if (status == DECIMAL_OK)
		assert_u256_is(u, z);
	status = decimal_to_s256(d.digits, d.ndigits, d.weight, d.negative, &s);
	assert_int_equal(status, mpz_fits_s256(z) ? DECIMAL_OK : DECIMAL_OVERFLOW);
	if (status == DECIMAL_OK)
		assert_s256_is(s, z);
}

static void
check_written(u256 a, int scale)
{
	static decimal d;
	int16_t		digits[DECIMAL_U256_DIGITS];
	int16_t    *want = d.digits;
	char		text[100];
	mpz_t		z;
	int			weight;
	int			ndigits = u256_to_decimal(a, scale, digits, &weight);

	mpz_init(z);
	mpz_set_u256(z, a);
	mpz_get_str(text, 10, z);
	mpz_clear(z);
	decimal_from_text(&d, text, -scale);
	for (; d.ndigits > 0 && want[0] == 0; want++, d.ndigits--)
		d.weight--;
	while (d.ndigits > 0 && want[d.ndigits - 1] == 0)
		d.ndigits--;
	assert_int_equal(ndigits, d.ndigits);
	assert_int_equal(weight, d.ndigits == 0 ? 0 : d.weight);
	assert_memory_equal(digits, want, sizeof(int16_t) * (size_t) ndigits);
}

static void
test_whole(void **state)
{
	mpz_t		z;

	(void) state;
	mpz_init(z);
	for (uint64_t i = 0; i < rounds; i++)
	{
		u256		a = random_u256();

		mpz_set_u256(z, a);
		if (i % 4 == 1)
			mpz_set_s256(z, a);
		if (i % 64 == 2)
			mpz_mul_ui(z, z, random_below(100000));
		check_whole(z);
		check_written(a, i % 2 == 0 ? 0 : (int) random_below(90));
	}
	mpz_clear(z);
	check_written(U256_MAX, DECIMAL_MAX_SCALE);
	check_written(U256_MAX, 3);
	check_written(U256_ZERO, 18);
}

/* All within three of the ends of both ranges, and powers of ten */
static void
test_whole_edges(void **state)
{
	mpz_t		z;

	(void) state;
	mpz_init(z);
	for (int bits = 254; bits <= 258; bits++)
	{
		for (int by = -3; by <= 3; by++)
		{
			mpz_ui_pow_ui(z, 2, (unsigned long) bits);
			if (by < 0)
				mpz_sub_ui(z, z, (unsigned long) -by);
			else
				mpz_add_ui(z, z, (unsigned long) by);
			check_whole(z);
			mpz_neg(z, z);
			check_whole(z);
		}
	}
	for (unsigned long n = 0; n < 100; n++)
	{
		mpz_ui_pow_ui(z, 10, n);
		check_whole(z);
		mpz_sub_ui(z, z, 1);
		check_whole(z);
	}
	mpz_clear(z);
}

/* z * 10^-scale read with that scale is z; anything less is a fraction */
static void
check_scaled(const mpz_t z, int scale)
{
	static decimal d;
	static char text[200];
	u256		u = U256_ZERO;
	decimal_status status;

	mpz_get_str(text, 10, z);
	decimal_from_text(&d, text, -scale);
	status = decimal_to_scaled(d.digits, d.ndigits, d.weight, scale, &u);
	assert_int_equal(status, mpz_fits_u256(z) ? DECIMAL_OK : DECIMAL_OVERFLOW);
	if (status == DECIMAL_OK)
		assert_u256_is(u, z);
	decimal_from_text(&d, text, -scale - 1);
	status = decimal_to_scaled(d.digits, d.ndigits, d.weight, scale, &u);
	if (mpz_divisible_ui_p(z, 10) == 0 && mpz_fits_u256(z))
		assert_int_equal(status, DECIMAL_FRACTION);
	else if (mpz_divisible_ui_p(z, 10) == 0)
		assert_true(status == DECIMAL_FRACTION || status == DECIMAL_OVERFLOW);
	else if (status == DECIMAL_OK)
		assert_int_equal(decimal_to_scaled(d.digits, d.ndigits, d.weight, scale + 1, &u),
						 mpz_fits_u256(z) ? DECIMAL_OK : DECIMAL_OVERFLOW);
}

static void
test_scaled(void **state)
{
	static const int16_t digit[] = {1};
	u256		u;
	mpz_t		z;

	(void) state;
	mpz_init(z);
	for (uint64_t i = 0; i < rounds / 4; i++)
	{
		mpz_set_u256(z, random_u256());
		if (i % 16 == 0)
			mpz_mul_ui(z, z, random_below(100000));
		check_scaled(z, (int) random_below(300));
	}
	for (int scale = 0; scale <= 80; scale++)
	{
		for (int by = -2; by <= 2; by++)
		{
			mpz_ui_pow_ui(z, 2, 256);
			if (by < 0)
				mpz_sub_ui(z, z, (unsigned long) -by);
			else
				mpz_add_ui(z, z, (unsigned long) by);
			check_scaled(z, scale);
		}
	}
	mpz_clear(z);
	assert_int_equal(decimal_to_scaled(NULL, 0, 0, 255, &u), DECIMAL_OK);
	assert_true(u256_is_zero(u));
	assert_int_equal(decimal_to_scaled(digit, 1, 32767, DECIMAL_MAX_SCALE, &u), DECIMAL_OVERFLOW);
	assert_int_equal(decimal_to_scaled(digit, 1, -32768, DECIMAL_MAX_SCALE, &u), DECIMAL_FRACTION);
}

/* Digits at an odd address, as behind a one-byte header */
static void
test_unaligned(void **state)
{
	static const int16_t digits[] = {12, 3456, 7890, 1234};
	char		bytes[sizeof(digits) + 1];
	u256		u;
	double		x;

	(void) state;
	memcpy(bytes + 1, digits, sizeof(digits));
	assert_int_equal(decimal_to_u256(bytes + 1, 4, 3, false, &u), DECIMAL_OK);
	assert_true(u256_equal(u, u256_from_u64(UINT64_C(12345678901234))));
	assert_int_equal(decimal_to_double(bytes + 1, 4, 1, true, &x), CORE_OK);
	assert_double_is(x, -123456.78901234);
}

static void
test_refusals(void **state)
{
	static const int16_t one_and_half[] = {1, 5000};
	static const int16_t tiny[] = {1};
	static const int16_t zeros[] = {0, 0, 0};
	u256		u = u256_from_u64(7);

	(void) state;
	assert_int_equal(decimal_to_u256(one_and_half, 2, 0, false, &u), DECIMAL_FRACTION);
	assert_int_equal(decimal_to_s256(one_and_half, 2, 0, true, &u), DECIMAL_FRACTION);
	assert_int_equal(decimal_to_u256(one_and_half, 2, 0, true, &u), DECIMAL_NEGATIVE);
	assert_int_equal(decimal_to_u256(tiny, 1, -1, false, &u), DECIMAL_FRACTION);
	assert_int_equal(decimal_to_u256(tiny, 1, -32768, false, &u), DECIMAL_FRACTION);
	assert_int_equal(decimal_to_u256(tiny, 1, 32767, false, &u), DECIMAL_OVERFLOW);
	assert_int_equal(decimal_to_u256(tiny, 1, 20, false, &u), DECIMAL_OVERFLOW);
	assert_int_equal(decimal_to_u256(tiny, 1, 19, false, &u), DECIMAL_OK);
	assert_int_equal(decimal_to_u256(zeros, 3, -5, true, &u), DECIMAL_OK);
	assert_true(u256_is_zero(u));
	assert_int_equal(decimal_to_u256(NULL, 0, 0, false, &u), DECIMAL_OK);
	assert_int_equal(decimal_to_s256(NULL, 0, 0, true, &u), DECIMAL_OK);
	assert_true(u256_is_zero(u));
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_double_random),
		cmocka_unit_test(test_double_halfway),
		cmocka_unit_test(test_double_edges),
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_whole_edges),
		cmocka_unit_test(test_scaled),
		cmocka_unit_test(test_unaligned),
		cmocka_unit_test(test_refusals),
	};

	rounds = operations(argc, argv, rounds);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
