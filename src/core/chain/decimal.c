/*-------------------------------------------------------------------------
 *
 * core/chain/decimal.c
 *	  Conversions of numbers in base 10000, the digits of numeric.
 *
 * Digits are taken four at a time, 10^16 being the greatest power of 10000 in
 * a limb.
 *
 *-------------------------------------------------------------------------
 */
#include "core/chain/decimal.h"

#include <float.h>

#define GROUP_DIGITS	4
#define GROUP_BASE		UINT64_C(10000000000000000)

/* 10^16 normalized, and its reciprocal (see limb_reciprocal) */
#define GROUP_SHIFT			10
#define GROUP_NORMALIZED	(GROUP_BASE << GROUP_SHIFT)
#define GROUP_RECIPROCAL	UINT64_C(0xCD2B297D889BC2B6)

/* Limbs of 10000^20, the first power of 10000 above 2^256 */
#define WHOLE_MAX_DIGITS	20
#define WHOLE_LIMBS			5

/*
 * A number halfway between two doubles has at most 768 significant decimal
 * digits, so that whatever follows the 797 or more which 200 digits hold can
 * only tell "exactly" from "a little more".
 */
#define DOUBLE_MAX_DIGITS	200

/* 10000^200 is below 2^2688, and so is 5^1120, the greatest divisor needed */
#define DOUBLE_LIMBS		42

/* Decimals of at least 10000^78 are infinite, below 10000^-81 they are zero */
#define DOUBLE_MAX_WEIGHT	77
#define DOUBLE_MIN_WEIGHT	(-81)

/* 5^27 is the greatest power of five in a limb */
#define LIMB_POW5			27

/* 10000^9 is below 2^128 */
#define PAIR_MAX_DIGITS		9

static const uint64_t powers_of_five[LIMB_POW5 + 1] = {
	UINT64_C(1), UINT64_C(5), UINT64_C(25),
	UINT64_C(125), UINT64_C(625), UINT64_C(3125),
	UINT64_C(15625), UINT64_C(78125), UINT64_C(390625),
	UINT64_C(1953125), UINT64_C(9765625), UINT64_C(48828125),
	UINT64_C(244140625), UINT64_C(1220703125), UINT64_C(6103515625),
	UINT64_C(30517578125), UINT64_C(152587890625), UINT64_C(762939453125),
	UINT64_C(3814697265625), UINT64_C(19073486328125), UINT64_C(95367431640625),
	UINT64_C(476837158203125), UINT64_C(2384185791015625), UINT64_C(11920928955078125),
	UINT64_C(59604644775390625), UINT64_C(298023223876953125), UINT64_C(1490116119384765625),
	UINT64_C(7450580596923828125)
};

/* The same normalized, with the reciprocal (see limb_reciprocal) and the shift */
static const struct
{
	uint64_t	divisor;
	uint64_t	reciprocal;
	int			shift;
}			normalized_fives[LIMB_POW5 + 1] = {
	{UINT64_C(0x8000000000000000), UINT64_C(0xFFFFFFFFFFFFFFFF), 63},
	{UINT64_C(0xA000000000000000), UINT64_C(0x9999999999999999), 61},
	{UINT64_C(0xC800000000000000), UINT64_C(0x47AE147AE147AE14), 59},
	{UINT64_C(0xFA00000000000000), UINT64_C(0x0624DD2F1A9FBE76), 57},
	{UINT64_C(0x9C40000000000000), UINT64_C(0xA36E2EB1C432CA57), 54},
	{UINT64_C(0xC350000000000000), UINT64_C(0x4F8B588E368F0846), 52},
	{UINT64_C(0xF424000000000000), UINT64_C(0x0C6F7A0B5ED8D36B), 50},
	{UINT64_C(0x9896800000000000), UINT64_C(0xAD7F29ABCAF48578), 47},
	{UINT64_C(0xBEBC200000000000), UINT64_C(0x5798EE2308C39DF9), 45},
	{UINT64_C(0xEE6B280000000000), UINT64_C(0x12E0BE826D694B2E), 43},
	{UINT64_C(0x9502F90000000000), UINT64_C(0xB7CDFD9D7BDBAB7D), 40},
	{UINT64_C(0xBA43B74000000000), UINT64_C(0x5FD7FE17964955FD), 38},
	{UINT64_C(0xE8D4A51000000000), UINT64_C(0x19799812DEA11197), 36},
	{UINT64_C(0x9184E72A00000000), UINT64_C(0xC25C268497681C26), 33},
	{UINT64_C(0xB5E620F480000000), UINT64_C(0x6849B86A12B9B01E), 31},
	{UINT64_C(0xE35FA931A0000000), UINT64_C(0x203AF9EE756159B2), 29},
	{UINT64_C(0x8E1BC9BF04000000), UINT64_C(0xCD2B297D889BC2B6), 26},
	{UINT64_C(0xB1A2BC2EC5000000), UINT64_C(0x70EF54646D496892), 24},
	{UINT64_C(0xDE0B6B3A76400000), UINT64_C(0x2725DD1D243ABA0E), 22},
	{UINT64_C(0x8AC7230489E80000), UINT64_C(0xD83C94FB6D2AC34A), 19},
	{UINT64_C(0xAD78EBC5AC620000), UINT64_C(0x79CA10C9242235D5), 17},
	{UINT64_C(0xD8D726B7177A8000), UINT64_C(0x2E3B40A0E9B4F7DD), 15},
	{UINT64_C(0x878678326EAC9000), UINT64_C(0xE392010175EE5962), 12},
	{UINT64_C(0xA968163F0A57B400), UINT64_C(0x82DB34012B25144E), 10},
	{UINT64_C(0xD3C21BCECCEDA100), UINT64_C(0x357C299A88EA76A5), 8},
	{UINT64_C(0x84595161401484A0), UINT64_C(0xEF2D0F5DA7DD8AA2), 5},
	{UINT64_C(0xA56FA5B99019A5C8), UINT64_C(0x8C240C4AECB13BB5), 3},
	{UINT64_C(0xCECB8F27F4200F3A), UINT64_C(0x3CE9A36F23C0FC90), 1}
};

/* The powers of ten that a double holds exactly */
#define EXACT_POW10			22

static const double exact_powers_of_ten[EXACT_POW10 + 1] = {
	1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
	1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22
};

/* Digits that are read, which need not be aligned */
typedef const char *digit_string;

static inline digit_string
skip_digits(digit_string digits, int n)
{
	return digits + n * (int) sizeof(int16_t);
}

static inline int
digit_at(digit_string digits, int i)
{
	int16_t		digit;

	memcpy(&digit, skip_digits(digits, i), sizeof(digit));
	return digit;
}

/* Drop zero digits at both ends */
static inline void
trim(digit_string *digits, int *ndigits, int *weight)
{
	while (*ndigits > 0 && digit_at(*digits, 0) == 0)
	{
		*digits = skip_digits(*digits, 1);
		(*ndigits)--;
		(*weight)--;
	}
	while (*ndigits > 0 && digit_at(*digits, *ndigits - 1) == 0)
		(*ndigits)--;
}

static inline uint64_t
pair_value(digit_string digits)
{
	return (uint64_t) digit_at(digits, 0) * 10000 + (uint64_t) digit_at(digits, 1);
}

/* Four digits as one number below 10^16 */
static inline uint64_t
group_value(digit_string digits)
{
	return pair_value(digits) * 100000000 + pair_value(skip_digits(digits, 2));
}

/* How many of at least one digit come before whole groups: 1 to 4 */
static inline int
head_digits(int ndigits)
{
	return (int) (((unsigned) ndigits - 1) % GROUP_DIGITS) + 1;
}

/* One to four digits as one number */
static inline uint64_t
head_value(digit_string digits, int n)
{
	uint64_t	value = (uint64_t) digit_at(digits, 0);

	for (int i = 1; i < n; i++)
		value = value * 10000 + (uint64_t) digit_at(digits, i);
	return value;
}

/* x = x * factor + addend, x growing by a limb when needed; returns the limbs used */
static inline int
grow_mul_add(uint64_t *x, int used, uint64_t factor, uint64_t addend)
{
	uint64_t	carry = limbs_mul_add(x, used, factor, addend);

	if (carry != 0)
		x[used++] = carry;
	return used;
}

/* The digits (at least one) as an integer; returns the limbs used */
static int
digits_to_limbs(uint64_t *x, digit_string digits, int ndigits)
{
	int			head = head_digits(ndigits);
	int			used = 1;

	x[0] = head_value(digits, head);
	for (int i = head; i < ndigits; i += GROUP_DIGITS)
		used = grow_mul_add(x, used, GROUP_BASE, group_value(skip_digits(digits, i)));
	return used;
}

/* The same for at most PAIR_MAX_DIGITS digits, in two limbs; returns the high one */
static inline uint64_t
digits_to_pair(digit_string digits, int ndigits, uint64_t *low)
{
	int			head = head_digits(ndigits);
	uint64_t	value = head_value(digits, head);
	uint64_t	high = 0;

	digits = skip_digits(digits, head);
	if (ndigits > GROUP_DIGITS)
	{
		value = limb_mul_add(value, GROUP_BASE, group_value(digits), 0, &high);
		digits = skip_digits(digits, GROUP_DIGITS);
	}
	if (ndigits > 2 * GROUP_DIGITS)
	{
		uint64_t	carry;

		value = limb_mul_add(value, GROUP_BASE, group_value(digits), 0, &carry);
		high = high * GROUP_BASE + carry;
	}
	*low = value;
	return high;
}

/* The powers of 10000 in a limb, and at most the last of them */
static inline uint64_t
power_of_base(int n)
{
	static const uint64_t powers[GROUP_DIGITS] = {10000, 100000000, 1000000000000, GROUP_BASE};

	return powers[n < GROUP_DIGITS ? n - 1 : GROUP_DIGITS - 1];
}

/* A whole decimal of weight below PAIR_MAX_DIGITS: as digits_to_pair */
static inline uint64_t
whole_to_pair(digit_string digits, int ndigits, int weight, uint64_t *low)
{
	uint64_t	high = digits_to_pair(digits, ndigits, low);

	for (int zeros = weight + 1 - ndigits; zeros > 0; zeros -= GROUP_DIGITS)
	{
		uint64_t	factor = power_of_base(zeros);
		uint64_t	carry;

		*low = limb_mul(*low, factor, &carry);
		high = high * factor + carry;
	}
	return high;
}

/* The magnitude of a decimal, which must be whole and below 2^256 */
static decimal_status
decimal_magnitude(digit_string digits, int ndigits, int weight, u256 *out)
{
	uint64_t	x[WHOLE_LIMBS] = {0};
	int			used;

	if (ndigits > weight + 1)
		return DECIMAL_FRACTION;
	if (weight < PAIR_MAX_DIGITS)
	{
		*out = U256_ZERO;
		out->limb[1] = whole_to_pair(digits, ndigits, weight, &out->limb[0]);
		return DECIMAL_OK;
	}
	if (weight >= WHOLE_MAX_DIGITS)
		return DECIMAL_OVERFLOW;
	used = digits_to_limbs(x, digits, ndigits);
	for (int zeros = weight + 1 - ndigits; zeros > 0; zeros -= GROUP_DIGITS)
		used = grow_mul_add(x, used, power_of_base(zeros), 0);
	if (used > 4)
		return DECIMAL_OVERFLOW;
	memcpy(out->limb, x, sizeof(out->limb));
	return DECIMAL_OK;
}

decimal_status
decimal_to_u256(const void *digits, int ndigits, int weight, bool negative, u256 *out)
{
	digit_string first = digits;

	trim(&first, &ndigits, &weight);
	if (ndigits == 0)
	{
		*out = U256_ZERO;
		return DECIMAL_OK;
	}
	if (negative)
		return DECIMAL_NEGATIVE;
	return decimal_magnitude(first, ndigits, weight, out);
}

decimal_status
decimal_to_s256(const void *digits, int ndigits, int weight, bool negative, s256 *out)
{
	digit_string first = digits;
	u256		magnitude = U256_ZERO;
	decimal_status status = DECIMAL_OK;

	trim(&first, &ndigits, &weight);
	if (ndigits > 0)
		status = decimal_magnitude(first, ndigits, weight, &magnitude);
	if (status == DECIMAL_OK && !s256_from_magnitude(magnitude, negative, out))
		status = DECIMAL_OVERFLOW;
	return status;
}

/*
 * Four decimal places are a digit, which only moves the point; the rest of the
 * scale is multiplied into the digits, where none is lost that counts.
 */
decimal_status
decimal_to_scaled(const void *digits, int ndigits, int weight, int scale, u256 *magnitude)
{
	static const int factors[GROUP_DIGITS] = {1, 10, 100, 1000};
	digit_string first = digits;
	int16_t		scaled[WHOLE_MAX_DIGITS + 2];
	int			factor = factors[scale % 4];
	int			carry = 0;

	trim(&first, &ndigits, &weight);
	if (ndigits == 0)
	{
		*magnitude = U256_ZERO;
		return DECIMAL_OK;
	}
	weight += scale / 4;
	/* less than one digit is gained, so two behind the point are too many */
	if (ndigits > weight + 2)
		return DECIMAL_FRACTION;
	if (weight >= WHOLE_MAX_DIGITS)
		return DECIMAL_OVERFLOW;
	for (int i = ndigits; i > 0; i--)
	{
		carry += digit_at(first, i - 1) * factor;
		scaled[i] = (int16_t) (carry % 10000);
		carry /= 10000;
	}
	scaled[0] = (int16_t) carry;
	return decimal_to_u256(scaled, ndigits + 1, weight + 1, false, magnitude);
}

/*
 * x (at least two limbs, of which the last is not zero) /= 10^16; *used is
 * reduced to what remains, and the remainder is returned.
 */
static inline uint64_t
divide_by_group(uint64_t *x, int *used)
{
	int			top = *used - 1;
	uint64_t	rem;

	if (x[top] < GROUP_BASE)
	{
		/* the first limb of the quotient is zero, and the next is not */
		rem = x[top] << GROUP_SHIFT | x[top - 1] >> (64 - GROUP_SHIFT);
		*used = top--;
	}
	else
		rem = x[top] >> (64 - GROUP_SHIFT);
	for (int i = top; i >= 0; i--)
	{
		uint64_t	low = x[i] << GROUP_SHIFT;

		if (i > 0)
			low |= x[i - 1] >> (64 - GROUP_SHIFT);
		x[i] = limb_div_2by1(rem, low, GROUP_NORMALIZED, GROUP_RECIPROCAL, &rem);
	}
	return rem >> GROUP_SHIFT;
}

/* A number below 10^16 as four digits */
static inline void
store_group(uint64_t group, int16_t *digits)
{
	uint32_t	high = (uint32_t) (group / 100000000);
	uint32_t	low = (uint32_t) (group % 100000000);

	digits[0] = (int16_t) (high / 10000);
	digits[1] = (int16_t) (high % 10000);
	digits[2] = (int16_t) (low / 10000);
	digits[3] = (int16_t) (low % 10000);
}

int
u256_to_decimal(u256 a, int scale, int16_t *digits, int *weight)
{
	static const uint64_t align[GROUP_DIGITS] = {1, 1000, 100, 10};
	uint64_t	groups[6];
	int			ngroups = 0;
	int16_t		head[GROUP_DIGITS];
	int			ndigits = 0;
	uint64_t	x[WHOLE_LIMBS];
	int			used = u256_limbs(a);

	/* the decimal point has to fall between two digits of base 10000 */
	memcpy(x, a.limb, sizeof(a.limb));
	if (scale % 4 != 0)
		used = grow_mul_add(x, used, align[scale % 4], 0);
	while (used > 1)
		groups[ngroups++] = divide_by_group(x, &used);
	for (; used == 1; used = x[0] != 0)
	{
		groups[ngroups++] = x[0] % GROUP_BASE;
		x[0] /= GROUP_BASE;
	}
	*weight = 0;
	if (ngroups == 0)
		return 0;

	/* straight to where they belong, without the zeros at either end */
	store_group(groups[--ngroups], head);
	for (int i = 0; i < GROUP_DIGITS; i++)
		if (ndigits > 0 || head[i] != 0)
			digits[ndigits++] = head[i];
	for (; ngroups > 0; ndigits += GROUP_DIGITS)
		store_group(groups[--ngroups], digits + ndigits);
	*weight = ndigits - 1 - (scale + 3) / 4;
	while (digits[ndigits - 1] == 0)
		ndigits--;
	return ndigits;
}

/*
 * Both operands exact, hence one rounding (Clinger, "How to read floating
 * point numbers accurately", 1990); only where double means double.
 */
static inline bool
exact_quotient(uint64_t mantissa, int exp10, double *out)
{
#if defined(FLT_EVAL_METHOD) && FLT_EVAL_METHOD == 0
	if (mantissa > UINT64_C(1) << 53 || exp10 < -EXACT_POW10 || exp10 > EXACT_POW10)
		return false;
	if (exp10 < 0)
		*out = (double) (int64_t) mantissa / exact_powers_of_ten[-exp10];
	else
		*out = (double) (int64_t) mantissa * exact_powers_of_ten[exp10];
	return true;
#else
	(void) mantissa;
	(void) exp10;
	(void) out;
	(void) exact_powers_of_ten;
	return false;
#endif
}

/*
 * limb_to_double where the result is known to be far from both ends of the
 * range: 63 bits, the last of which stands for all that follow, round as the
 * whole would, and a power of two changes the exponent only.
 */
static inline bool
normal_to_double(uint64_t top, bool sticky, int exp2, double *out)
{
#if defined(FLT_EVAL_METHOD) && FLT_EVAL_METHOD == 0
	uint64_t	image = (uint64_t) (exp2 + 1 + 1023) << 52;
	double		scale;

	memcpy(&scale, &image, sizeof(scale));
	*out = (double) (int64_t) (top >> 1 | (top & 1) | (uint64_t) sticky) * scale;
	return true;
#else
	return limb_to_double(top, sticky, exp2, out);
#endif
}

/*
 * (high, low) / 10^k as a double, k at most LIMB_POW5: the usual case of
 * quotient_to_double below, which says why this is exact.
 */
static bool
pair_to_double(uint64_t high, uint64_t low, int k, double *out)
{
	uint64_t	divisor = normalized_fives[k].divisor;
	int			exp2 = normalized_fives[k].shift - k;
	bool		sticky;
	int			cut;
	uint64_t	rem;
	uint64_t	q;
	int			shift;

	if (high == 0)
	{
		high = low;
		low = 0;
		exp2 -= 64;
	}
	shift = 64 - limb_bits(high);
	if (shift > 0)
	{
		high = high << shift | low >> (64 - shift);
		low <<= shift;
	}
	exp2 -= shift;
	if (k == 0)
		return normal_to_double(high, low != 0, exp2 + 64 - normalized_fives[0].shift, out);
	/* one bit less of the dividend where the quotient would need 65 */
	cut = high >= divisor;
	sticky = cut && (low & 1) != 0;
	low = low >> cut | (high & (uint64_t) cut) << 63;
	high >>= cut;
	exp2 += cut;
	q = limb_div_2by1(high, low, divisor, normalized_fives[k].reciprocal, &rem);
	return normal_to_double(q, sticky || rem != 0, exp2, out);
}

/* x *= 5^n; returns the limbs used */
static int
multiply_pow5(uint64_t *x, int used, int n)
{
	for (; n > LIMB_POW5; n -= LIMB_POW5)
		used = grow_mul_add(x, used, powers_of_five[LIMB_POW5], 0);
	return grow_mul_add(x, used, powers_of_five[n], 0);
}

/*
 * The leading nu limbs of x (n limbs), shifted up so that the first bit is
 * set; zeros follow where x has fewer.  *exp2 is the power of two by which u
 * is to be multiplied to be x again, *sticky whether anything was cut off.
 */
static void
leading_limbs(uint64_t *u, int nu, const uint64_t *x, int n, int *exp2, bool *sticky)
{
	int			shift = 64 - limb_bits(x[n - 1]);
	uint64_t	lost = 0;

	for (int i = nu - 1; i >= 0; i--)
	{
		int			from = n - nu + i;

		u[i] = from >= 0 ? x[from] << shift : 0;
		if (shift > 0 && from >= 1)
			u[i] |= x[from - 1] >> (64 - shift);
	}
	if (n > nu)
		lost = x[n - nu - 1] << shift;
	for (int i = n - nu - 2; i >= 0; i--)
		lost |= x[i];
	*sticky = lost != 0;
	*exp2 = 64 * (n - nu) - shift;
}

/* Whether the leading n limbs of u (n + 1 limbs) are at least d */
static bool
leading_at_least(const uint64_t *u, const uint64_t *d, int n)
{
	for (int i = n - 1; i >= 0; i--)
		if (u[i + 1] != d[i])
			return u[i + 1] > d[i];
	return true;
}

/*
 * x / 10^k as a double.  With both sides normalized, one limb of quotient has
 * its first bit set and holds more than a double needs; the remainder, and
 * whatever was cut off below it, can only matter by not being zero.
 */
static bool
quotient_to_double(const uint64_t *x, int n, bool sticky, int k, double *out)
{
	uint64_t	five[DOUBLE_LIMBS + 1];
	uint64_t	d[DOUBLE_LIMBS + 1];
	uint64_t	u[DOUBLE_LIMBS + 1];
	uint64_t	q;
	int			nd;
	int			exp2;
	int			d_exp2;
	bool		cut;

	five[0] = 1;
	nd = multiply_pow5(five, 1, k);
	leading_limbs(d, nd, five, nd, &d_exp2, &cut);
	leading_limbs(u, nd + 1, x, n, &exp2, &cut);
	sticky |= cut;
	if (leading_at_least(u, d, nd))
	{
		sticky |= (u[0] & 1) != 0;
		for (int i = 0; i < nd; i++)
			u[i] = u[i] >> 1 | u[i + 1] << 63;
		u[nd] >>= 1;
		exp2++;
	}
	limbs_div_normalized(u, nd + 1, d, nd, &q);
	sticky |= limbs_significant(u, nd) > 0;
	return limb_to_double(q, sticky, exp2 - d_exp2 - k, out);
}

/* digits (at least one) * 10^exp10, whatever their number, as a double */
static bool
long_to_double(digit_string digits, int ndigits, int exp10, bool sticky, double *out)
{
	uint64_t	x[DOUBLE_LIMBS + 1];
	int			n = digits_to_limbs(x, digits, ndigits);

	if (exp10 < 0)
		return quotient_to_double(x, n, sticky, -exp10, out);
	n = multiply_pow5(x, n, exp10);
	return limbs_to_double(x, n, sticky, exp10, out);
}

/* The magnitude of stripped digits (at least one); false where it is infinite */
static inline bool
magnitude_to_double(digit_string digits, int ndigits, int weight, double *out)
{
	int			exp10 = 4 * (weight - ndigits + 1);

	if (ndigits <= GROUP_DIGITS && exact_quotient(head_value(digits, ndigits), exp10, out))
		return true;
	if (exp10 >= 0 && weight < PAIR_MAX_DIGITS)
	{
		uint64_t	low;
		uint64_t	high = whole_to_pair(digits, ndigits, weight, &low);

		return limb_pair_to_double(high, low, out) || pair_to_double(high, low, 0, out);
	}
	if (ndigits <= PAIR_MAX_DIGITS && exp10 < 0 && exp10 >= -LIMB_POW5)
	{
		uint64_t	low;
		uint64_t	high = digits_to_pair(digits, ndigits, &low);

		return pair_to_double(high, low, -exp10, out);
	}
	if (weight > DOUBLE_MAX_WEIGHT)
		return false;
	if (weight < DOUBLE_MIN_WEIGHT)
	{
		*out = 0.0;
		return true;
	}
	if (ndigits <= DOUBLE_MAX_DIGITS)
		return long_to_double(digits, ndigits, exp10, false, out);
	/* the last of the digits cut off is not zero: they were stripped */
	exp10 += 4 * (ndigits - DOUBLE_MAX_DIGITS);
	return long_to_double(digits, DOUBLE_MAX_DIGITS, exp10, true, out);
}

core_status
decimal_to_double(const void *digits, int ndigits, int weight, bool negative, double *out)
{
	digit_string first = digits;
	double		magnitude;

	trim(&first, &ndigits, &weight);
	if (ndigits == 0)
	{
		*out = 0.0;
		return CORE_OK;
	}
	if (!magnitude_to_double(first, ndigits, weight, &magnitude))
		return CORE_OUT_OF_RANGE;
	*out = negative ? -magnitude : magnitude;
	return CORE_OK;
}
