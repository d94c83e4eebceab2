/*-------------------------------------------------------------------------
 *
 * test_binned_sum.c
 *	  Unit tests of core/binned_sum, and of logarithms in double-double, whose
 *	  sums these are.
 *
 *-------------------------------------------------------------------------
 */
#include "core/base/binned_sum.h"

#include <gmp.h>
#include <float.h>

#include "test.h"

#define TERMS	60

static bool
is_same_state(const binned_sum *a, const binned_sum *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

/* A double of any size that is finite, or one of a narrow range. */
static double
next_term(uint64_t *seed, int round)
{
	double		sign = next_random(seed) % 2 ? 1 : -1;

	switch (round % 4)
	{
		case 0:
			return ldexp(sign * next_fraction(seed), (int) (next_random(seed) % 2098) - 1074);
		case 1:
			return ldexp(sign * next_fraction(seed), (int) (next_random(seed) % 140) - 70);
		case 2:
			return next_random(seed) % 3 == 0 ? sign * 0.0 : sign * next_fraction(seed) * 0x1p-1040;
		default:
			return sign * (1 + next_fraction(seed)) * 1000;
	}
}

static void
shuffle(double *x, int n, uint64_t *seed)
{
	for (int i = n - 1; i > 0; i--)
	{
		int			j = (int) (next_random(seed) % (unsigned) (i + 1));
		double		swap = x[i];

		x[i] = x[j];
		x[j] = swap;
	}
}

/* Any order, any split and any order of merging leave the same bytes. */
static void
order_leaves_no_trace(void **state)
{
	uint64_t	seed = 11;

	(void) state;
	for (int round = 0; round < 4000; round++)
	{
		double		x[TERMS];
		binned_sum	whole = BINNED_EMPTY;

		for (int i = 0; i < TERMS; i++)
		{
			/* great terms that cancel leave small ones */
			x[i] = i > 0 && next_random(&seed) % 4 == 0 ? -x[i - 1] : next_term(&seed, round);
			binned_add(&whole, x[i]);
			binned_add_product(&whole, x[i], 3e-7);
		}
		assert_true(binned_is_valid(&whole, 2 * TERMS));
		for (int again = 0; again < 4; again++)
		{
			binned_sum	part[4] = {BINNED_EMPTY, BINNED_EMPTY, BINNED_EMPTY, BINNED_EMPTY};
			int			into = (int) (next_random(&seed) % 4);

			shuffle(x, TERMS, &seed);
			for (int i = 0; i < TERMS; i++)
			{
				binned_add_product(&part[next_random(&seed) % 4], x[i], 3e-7);
				binned_add(&part[next_random(&seed) % 4], x[i]);
			}
			for (int p = 0; p < 4; p++)
				if (p != into)
					binned_merge(&part[into], &part[p]);
			assert_true(is_same_state(&part[into], &whole));
		}
	}
}

/* x * 2^1074 */
static void
set_scaled(mpz_t z, double x)
{
	int			exponent;
	double		mantissa = frexp(x, &exponent) * 0x1p53;

	mpz_set_d(z, mantissa);
	exponent += 1074 - 53;
	if (exponent >= 0)
		mpz_mul_2exp(z, z, (mp_bitcnt_t) exponent);
	else
		mpz_tdiv_q_2exp(z, z, (mp_bitcnt_t) -exponent);
}

/* The value is the exact sum, but for what lies far below the greatest term. */
static void
value_is_the_sum(void **state)
{
	uint64_t	seed = 12;
	mpz_t		sum,
				term,
				bound;

	(void) state;
	mpz_inits(sum, term, bound, NULL);
	for (int round = 0; round < 4000; round++)
	{
		binned_sum	s = BINNED_EMPTY;
		double		greatest = 0;
		dd			value;

		mpz_set_ui(sum, 0);
		for (int i = 0; i < TERMS; i++)
		{
			double		x = ldexp(next_term(&seed, round), -8);

			binned_add(&s, x);
			set_scaled(term, x);
			mpz_add(sum, sum, term);
			greatest = fmax(greatest, fabs(x));
		}
		value = binned_value(&s);
		assert_same(value.hi + value.lo, value.hi);
		set_scaled(term, value.hi);
		mpz_sub(sum, sum, term);
		set_scaled(term, value.lo);
		mpz_sub(sum, sum, term);
		/* 2^-98 of the greatest for what 60 terms lost, and a rounding of the least double */
		set_scaled(bound, greatest);
		mpz_tdiv_q_2exp(bound, bound, 98);
		mpz_add_ui(bound, bound, 1);
		assert_true(mpz_cmpabs(sum, bound) <= 0);
	}
	mpz_clears(sum, term, bound, NULL);
}

static binned_sum
sum_of(const double *x, size_t n)
{
	binned_sum	s = BINNED_EMPTY;

	for (size_t i = 0; i < n; i++)
		binned_add(&s, x[i]);
	return s;
}

#define SUM_OF(...) \
	sum_of((const double[]) {__VA_ARGS__}, sizeof((const double[]) {__VA_ARGS__}) / sizeof(double))

static void
assert_equal_values(binned_sum a, binned_sum b)
{
	binned_digits x = binned_value_digits(&a);
	binned_digits y = binned_value_digits(&b);

	assert_int_equal(binned_cmp(&a, &b), 0);
	assert_memory_equal(&x, &y, sizeof(x));
}

/* Sums of other terms are equal if they come to the same, whatever the bins hold. */
static void
comparison_is_that_of_values(void **state)
{
	uint64_t	seed = 13;

	(void) state;
	assert_equal_values(SUM_OF(1, 1, 1, 1), SUM_OF(4));
	assert_equal_values(SUM_OF(0x1p25, 0x1p25), SUM_OF(0x1p26));
	assert_equal_values(SUM_OF(0x1p90, -0x1p90, 5), SUM_OF(0x1p60, 5, -0x1p60));
	assert_equal_values(SUM_OF(-0.0, 0), SUM_OF(7, -7));
	assert_equal_values(SUM_OF(0x1p77, -1), SUM_OF(0x1p77 - 0x1p30, 0x1p30 - 1));
	for (int i = 0; i < 100000; i++)
	{
		double		x = next_term(&seed, i);
		double		y = i % 5 == 0 ? -x : i % 7 == 0 ? nextafter(x, 1) : next_term(&seed, i / 4);
		binned_sum	a = SUM_OF(x);
		binned_sum	b = SUM_OF(y);
		binned_sum	c = SUM_OF(x / 2, x / 4, x / 4);

		assert_int_equal(binned_cmp(&a, &b), (x > y) - (x < y));
		assert_int_equal(binned_cmp(&b, &a), (y > x) - (y < x));
		assert_same(binned_value(&a).hi, x);
		if (fabs(x) > 0x1p-900 && fabs(x) < 0x1p900)
		{
			assert_equal_values(a, c);
			if (fabs(y) > 0x1p-90 && fabs(y) < 0x1p90)
				assert_same(binned_quotient(&a, &b), x / y);
		}
	}
}

/* A product counts with all digits that the bins have, whatever its size. */
static void
products_are_exact(void **state)
{
	uint64_t	seed = 14;
	int			num_cut = 0;
	mpz_t		a,
				b;

	(void) state;
	mpz_inits(a, b, NULL);
	for (int i = 0; i < 200000; i++)
	{
		double		x = next_term(&seed, i);
		double		y = next_term(&seed, i / 4);
		binned_sum	s = BINNED_EMPTY;
		binned_sum	swapped = i % 2 ? BINNED_EMPTY : SUM_OF(1e5, -1e5);
		binned_digits digits;

		binned_add_product(&s, x, y);
		binned_add_product(&swapped, y, x);
		assert_true(binned_is_valid(&s, 1));
		if (i % 2 || fabs(x * y) > 1e5)
			assert_int_equal(binned_cmp(&s, &swapped), 0);
		/* both in units of 2^-2148, and all digits as one integer from bin -42 on, 18 bits lower */
		set_scaled(a, x);
		set_scaled(b, y);
		mpz_mul(a, a, b);
		mpz_mul_2exp(a, a, 18);
		digits = binned_value_digits(&s);
		mpz_set_ui(b, 0);
		for (int k = 0; k < BINNED_DIGITS; k++)
		{
			mpz_mul_2exp(b, b, 26);
			if (digits.digit[k] < 0)
				mpz_sub_ui(b, b, (unsigned long) -digits.digit[k]);
			else
				mpz_add_ui(b, b, (unsigned long) digits.digit[k]);
		}
		if (digits.top - 7 + 42 >= 0)
			mpz_mul_2exp(b, b, (mp_bitcnt_t) (26 * (digits.top - 7 + 42)));
		else
			mpz_tdiv_q_2exp(b, b, (mp_bitcnt_t) (26 * (7 - 42 - digits.top)));
		/* of six digits the last is below the bins */
		mpz_sub(a, a, b);
		num_cut += mpz_sgn(a) != 0;
		assert_true(mpz_sgn(a) == 0 || mpz_sizeinbase(a, 2) <= (size_t) (26 * (s.top - 4 + 42)));
	}
	assert_true(num_cut >= 1 && num_cut <= 200000 / 50);
	mpz_clears(a, b, NULL);
}

static void
bins_do_not_overflow(void **state)
{
	binned_sum	s = SUM_OF(DBL_MAX);
	binned_sum	other;

	(void) state;
	for (int i = 0; i < BINNED_BINS; i++)
		s.bin[i] = BINNED_MAX_TERMS * (int64_t) BINNED_MASK;
	assert_true(binned_is_valid(&s, BINNED_MAX_TERMS));
	assert_false(binned_is_valid(&s, BINNED_MAX_TERMS - 1));
	assert_same(binned_value(&s).hi, INFINITY);
	assert_same(binned_quotient(&s, &s), 1);
	other = s;
	for (int i = 0; i < BINNED_BINS; i++)
		other.bin[i] = s.bin[i] /= 2;
	binned_merge(&s, &other);
	assert_true(binned_is_valid(&s, BINNED_MAX_TERMS));
	assert_same(binned_quotient(&s, &other), 2);
}

static void
invalid_sums(void **state)
{
	binned_sum	good = SUM_OF(3, 5);
	binned_sum	bad[] = {good, good, good, good, good, BINNED_EMPTY};

	(void) state;
	bad[0].top = -43;
	bad[1].top = 1000;
	bad[2].bin[0] = INT64_MAX;
	bad[3].bin[4] = INT64_MIN;
	bad[4].top = INT64_MIN;
	bad[5].bin[2] = 1;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(binned_is_valid(&bad[i], 2));
	assert_true(binned_is_valid(&good, 2));
	assert_true(binned_is_sum_of_positives(&good, 2));
	good = SUM_OF(3, -5);
	assert_true(binned_is_valid(&good, 2));
	assert_false(binned_is_sum_of_positives(&good, 2));
}

/* ln(1 + r) as mpmath has it, to twice the digits of a double */
static const struct
{
	double		r;
	dd			log;
}			logarithms[] = {
	{0x1.999999999999ap-4, {0x1.8663f793c46c7p-4, -0x1.c19f63692c23cp-62}},
	{-0x1.999999999999ap-4, {-0x1.af8e8210a415ep-4, 0x1.fd7bb5034e2b9p-60}},
	{0x1.0000000000000p+0, {0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56}},
	{-0x1.0000000000000p-1, {-0x1.62e42fefa39efp-1, -0x1.abc9e3b39803fp-56}},
	{0x1.79ca10c924223p-67, {0x1.79ca10c924223p-67, -0x1.16c262777579cp-134}},
	{-0x1.12e0be826d695p-30, {-0x1.12e0be84bbb51p-30, 0x1.6fc755c3dd59ap-84}},
	{0x1.f75104d551d69p-16, {0x1.f74f16101d066p-16, -0x1.500e93970d0c8p-70}},
	{0x1.7e43c8800759cp+996, {0x1.5963447f87fb5p+9, 0x1.abccc0710fcd4p-46}},
	{0x1.e42d130773b76p+1023, {0x1.62dd08fdc6f88p+9, 0x1.16a687db2877dp-45}},
	{-0x1.ffffffaa19c47p-1, {-0x1.26bb1bb9fc04ep+4, 0x1.f0e7560566187p-50}},
	{-0x1.fffffffffffffp-1, {-0x1.25e4f7b2737fap+5, -0x1.8486612173c69p-51}},
	{0x1.0000000000000p-60, {0x1.0000000000000p-60, -0x1.0000000000000p-121}},
	{0x1.a827997709f7ap-2, {0x1.62e42fd2cf8f5p-2, -0x1.5981c0cb81c9ep-59}},
	{0x1.a827999fcef33p-2, {0x1.62e42fefa39f0p-2, -0x1.1132eb1e92ed6p-56}},
	{-0x1.2bec333018868p-2, {-0x1.62e42fefa39f1p-2, 0x1.8d8f957c3d43cp-57}},
	{0x1.eb851eb851eb8p-7, {0x1.e7debbdf2a394p-7, 0x1.a5d6bf3ef099cp-62}},
	{-0x1.ff2e48e8a71dep-7, {-0x1.019ae03fa5bc2p-6, 0x1.28261766c50d8p-60}},
	{0x1.0000000000000p-5, {0x1.f829b0e783300p-6, 0x1.33e3f04f1ef23p-60}},
	{-0x1.0000000000000p-6, {-0x1.0205658935847p-6, -0x1.27c8e8416e71fp-60}},
	{0x1.a36e2eb1c432dp-12, {0x1.a358b69a11fcbp-12, 0x1.442619d239da5p-68}},
	{0x1.4800000000000p+5, {0x1.de6bf542e3d2dp+1, -0x1.e5a6db8a10f43p-54}},
	{-0x1.7a50f63537d45p-22, {-0x1.7a50fa935e46ep-22, -0x1.95109d1465947p-76}},
	{-0x1.211b627e1f8ffp-29, {-0x1.211b6283398b5p-29, 0x1.534379d9ef4acp-84}},
	{-0x1.b5d34316e07c0p-1, {-0x1.ee910bcbd3b21p+0, -0x1.211fc63d0a6d5p-57}},
	{-0x1.16e965eb37585p-27, {-0x1.16e965fe35543p-27, -0x1.04871eb83a85ap-81}},
	{0x1.12f29f414235ep-17, {0x1.12f2556e4bed8p-17, -0x1.281f0c7da98a3p-74}},
	{-0x1.2f1b5a3666323p-7, {-0x1.3084767dffce6p-7, 0x1.990cbc345d2d6p-63}},
	{-0x1.b74f56bbe74e7p-20, {-0x1.b74f6e4af29e2p-20, -0x1.21052e165982ap-74}},
	{-0x1.0c3af639421a0p-7, {-0x1.0d558cc88cb59p-7, -0x1.def3711ed91bfp-62}},
	{-0x1.7ab8a001b5a45p-24, {-0x1.7ab8a119d8844p-24, 0x1.7f62c6b093967p-78}},
	{0x1.337c2f0dc16eep-27, {0x1.337c2ef6ac3d9p-27, 0x1.8b7244cf63976p-84}},
	{0x1.943dd36b42aaep-10, {0x1.93ee1dfe8da02p-10, 0x1.6a1a9e59d238cp-64}},
	{-0x1.2e43f77cf42b6p-17, {-0x1.2e4450b632c6bp-17, -0x1.c7dc57ef50bd6p-73}},
	{-0x1.e6da675a73eb3p-21, {-0x1.e6da75d1fc68fp-21, 0x1.5993add4e970bp-75}},
	{-0x1.c3cf849d6e564p-22, {-0x1.c3cf8ad8381e8p-22, -0x1.a08b43a2aa111p-76}},
	{0x1.1109d1b10b7dcp-17, {0x1.110988e3a8f8bp-17, -0x1.031b6aa8f0a39p-72}},
	{0x1.02cd93a4d1fa3p-23, {0x1.02cd929f2ef8ep-23, 0x1.5468bcf67355bp-78}},
	{-0x1.0a628263d091bp-17, {-0x1.0a62c7b01fd2ep-17, -0x1.dd3370f810143p-72}},
	{-0x1.05546fe70eca4p-2, {-0x1.2db7b882b71d6p-2, -0x1.5e82888937d36p-57}},
	{0x1.2385d74fbf504p-28, {0x1.2385d7455f83dp-28, 0x1.2e0b11be90a67p-82}},
	{0x1.85f87b878f894p-6, {0x1.8166e7177fb7cp-6, -0x1.7d84cea260388p-60}}
};

static void
logarithms_and_back(void **state)
{
	(void) state;
	for (size_t i = 0; i < sizeof(logarithms) / sizeof(logarithms[0]); i++)
	{
		double		r = logarithms[i].r;
		dd			log = dd_log(dd_two_sum(1, r));
		dd			error = dd_add(log, dd_negated(logarithms[i].log));

		assert_true(fabs(error.hi) <= 0x1p-73 * fabs(log.hi));
		assert_close(dd_expm1(log), r, 0x1p-52);
	}
	assert_same(dd_expm1((dd) {0, 0}), 0);
	assert_same(dd_expm1((dd) {-1e6, 0}), -1);
	assert_same(dd_expm1((dd) {710, 0}), INFINITY);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(order_leaves_no_trace),
		cmocka_unit_test(value_is_the_sum),
		cmocka_unit_test(comparison_is_that_of_values),
		cmocka_unit_test(products_are_exact),
		cmocka_unit_test(bins_do_not_overflow),
		cmocka_unit_test(invalid_sums),
		cmocka_unit_test(logarithms_and_back)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
