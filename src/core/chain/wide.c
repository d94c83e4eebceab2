/*-------------------------------------------------------------------------
 *
 * core/chain/wide.c
 *	  Unsigned integers of 1280 bits, for quotients times powers of ten whose
 *	  factors a word does not hold.
 *
 *-------------------------------------------------------------------------
 */
#include "core/chain/wide.h"

#define WORD_LIMBS	4
#define LIMB_POW10	19			/* 10^19 is the greatest power of ten in a limb */

wide
wide_sum(u256 a, u256 b)
{
	wide		sum = {{0}};
	u256		low;

	sum.limb[WORD_LIMBS] = u256_add_carry(a, b, &low);
	memcpy(sum.limb, low.limb, sizeof(low.limb));
	return sum;
}

wide
wide_product(u256 a, u256 b)
{
	wide		product = {{0}};
	u512		full = u256_mul_full(a, b);

	memcpy(product.limb, full.limb, sizeof(full.limb));
	return product;
}

int
wide_cmp(const wide *a, const wide *b)
{
	for (int i = WIDE_LIMBS - 1; i >= 0; i--)
		if (a->limb[i] != b->limb[i])
			return a->limb[i] < b->limb[i] ? -1 : 1;
	return 0;
}

bool
wide_add(wide *a, u256 b)
{
	uint64_t	carry = 0;

	for (int i = 0; i < WIDE_LIMBS; i++)
		a->limb[i] = limb_add(a->limb[i], i < WORD_LIMBS ? b.limb[i] : 0, &carry);
	return carry == 0;
}

bool
wide_scale(wide *a, int exponent)
{
	uint64_t	carry = 0;
	u256		power;

	for (int step; exponent > 0 && carry == 0; exponent -= step)
	{
		step = exponent < LIMB_POW10 ? exponent : LIMB_POW10;
		(void) u256_pow10((unsigned) step, &power);
		carry = limbs_mul_add(a->limb, WIDE_LIMBS, power.limb[0], 0);
	}
	return carry == 0;
}

/* Limbs shifted down by 0 .. 63 bits, in place */
static void
shift_down(uint64_t *limb, int n, int shift)
{
	if (shift == 0)
		return;
	for (int i = 0; i < n; i++)
		limb[i] = limb[i] >> shift | (i + 1 < n ? limb[i + 1] << (64 - shift) : 0);
}

bool
wide_divmod(const wide *a, const wide *b, wide *quotient, wide *rest)
{
	int			n = limbs_significant(b->limb, WIDE_LIMBS);
	int			shift = n == 0 ? 0 : 64 - limb_bits(b->limb[n - 1]);
	uint64_t	dividend[WIDE_LIMBS + 2] = {0};
	uint64_t	divisor[WIDE_LIMBS + 1];
	uint64_t	digits[WIDE_LIMBS + 2] = {0};

	if (n == 0)
		return false;
	limbs_shift_up(divisor, b->limb, n, shift);
	limbs_shift_up(dividend, a->limb, WIDE_LIMBS, shift);
	limbs_div_normalized(dividend, WIDE_LIMBS + 2, divisor, n, digits);
	memcpy(quotient->limb, digits, sizeof(quotient->limb));
	if (rest != NULL)
	{
		memset(rest->limb, 0, sizeof(rest->limb));
		shift_down(dividend, n, shift);
		memcpy(rest->limb, dividend, sizeof(uint64_t) * (size_t) n);
	}
	return true;
}

bool
wide_to_u256(const wide *a, u256 *out)
{
	if (limbs_significant(a->limb, WIDE_LIMBS) > WORD_LIMBS)
		return false;
	memcpy(out->limb, a->limb, sizeof(out->limb));
	return true;
}

int
wide_decimal_digits(const wide *a)
{
	int			n = limbs_significant(a->limb, WIDE_LIMBS);
	int			bits = n == 0 ? 0 : 64 * (n - 1) + limb_bits(a->limb[n - 1]);
	int			digits = bits == 0 ? 0 : (bits - 1) * 1233 / 4096;	/* log10(2), rounded down */
	wide		power = wide_of(u256_from_u64(1));

	if (!wide_scale(&power, digits))
		return digits;
	while (wide_cmp(&power, a) <= 0)
	{
		digits++;
		if (!wide_scale(&power, 1))
			break;
	}
	return digits;
}
