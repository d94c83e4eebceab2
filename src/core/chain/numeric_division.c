/*-------------------------------------------------------------------------
 *
 * core/chain/numeric_division.c
 *	  Division as PostgreSQL's numeric has it, to the same digits.
 *
 *-------------------------------------------------------------------------
 */
#include "core/chain/numeric_division.h"

#define DIGIT_DECIMALS		4	/* of a digit of base 10000 */
#define LEAST_SIGNIFICANT	16
#define GREATEST_SCALE		1000

static int
floor_div(int a, int b)
{
	return a / b - (a % b < 0);
}

/* The first digit of base 10000 that is not zero, and its place; 0 and 0 for zero */
static void
first_digit(const scaled_number *a, int *digit, int *place)
{
	int			digits = wide_decimal_digits(&a->mantissa);
	int			top = digits - 1 - a->scale;	/* a is 10^top or more, and less than 10 times that */
	int			shift;
	wide		number = a->mantissa;
	wide		power = wide_of(u256_from_u64(1));

	*digit = 0;
	*place = 0;
	if (digits == 0)
		return;
	*place = floor_div(top, DIGIT_DECIMALS);
	shift = DIGIT_DECIMALS * *place + a->scale;
	/* at most the number itself, or some four decimals more than it has */
	(void) wide_scale(shift > 0 ? &power : &number, shift > 0 ? shift : -shift);
	(void) wide_divmod(&number, &power, &number, NULL);
	*digit = (int) number.limb[0];
}

int
numeric_division_scale(const scaled_number *a, const scaled_number *b)
{
	int			digit_a;
	int			digit_b;
	int			place_a;
	int			place_b;
	int			scale;

	first_digit(a, &digit_a, &place_a);
	first_digit(b, &digit_b, &place_b);
	scale = LEAST_SIGNIFICANT - DIGIT_DECIMALS * (place_a - place_b - (digit_a <= digit_b));
	if (scale < a->scale)
		scale = a->scale;
	if (scale < b->scale)
		scale = b->scale;
	if (scale < 0)
		scale = 0;
	return scale > GREATEST_SCALE ? GREATEST_SCALE : scale;
}

/* The quotient, with half of the divisor or more left, goes up */
static bool
round_half_up(wide *quotient, const wide *rest, const wide *divisor)
{
	wide		twice = *rest;

	if (limbs_mul_add(twice.limb, WIDE_LIMBS, 2, 0) == 0 && wide_cmp(&twice, divisor) < 0)
		return true;
	return wide_add(quotient, u256_from_u64(1));
}

core_status
numeric_division(const scaled_number *a, const scaled_number *b, scaled_number *out)
{
	int			scale = numeric_division_scale(a, b);
	int			exponent = scale + b->scale - a->scale;
	wide		dividend = a->mantissa;
	wide		divisor = b->mantissa;
	wide		rest;

	if (wide_is_zero(&divisor))
		return CORE_DIVISION_BY_ZERO;
	if (!wide_scale(exponent > 0 ? &dividend : &divisor, exponent > 0 ? exponent : -exponent))
		return CORE_OUT_OF_RANGE;
	(void) wide_divmod(&dividend, &divisor, &out->mantissa, &rest);
	out->scale = scale;
	return round_half_up(&out->mantissa, &rest, &divisor) ? CORE_OK : CORE_OUT_OF_RANGE;
}

core_status
scaled_floor(const scaled_number *a, int exponent, u256 *out)
{
	wide		number = a->mantissa;
	wide		power = wide_of(u256_from_u64(1));
	int			shift = exponent - a->scale;

	if (!wide_scale(shift > 0 ? &number : &power, shift > 0 ? shift : -shift))
		return CORE_OUT_OF_RANGE;
	(void) wide_divmod(&number, &power, &number, NULL);
	return wide_to_u256(&number, out) ? CORE_OK : CORE_OUT_OF_RANGE;
}
