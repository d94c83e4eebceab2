/*-------------------------------------------------------------------------
 *
 * core/yield/eigen.c
 *	  EigenLayer's rewards as its calculation has them.
 *
 *-------------------------------------------------------------------------
 */
#include "core/yield/eigen.h"

#define DAY					UINT64_C(86400)
#define PROPORTION_DECIMALS	15

/* FLOOR(a / b) of numeric */
static core_status
floor_of_quotient(const scaled_number *a, const scaled_number *b, u256 *out)
{
	scaled_number quotient;
	core_status status = numeric_division(a, b, &quotient);

	return status == CORE_OK ? scaled_floor(&quotient, 0, out) : status;
}

/* The product is exact, with the decimals of both */
static core_status
product(u256 a, const scaled_number *b, scaled_number *out)
{
	u256		mantissa;

	if (!wide_to_u256(&b->mantissa, &mantissa))
		return CORE_OUT_OF_RANGE;
	*out = (scaled_number) {wide_product(a, mantissa), b->scale};
	return CORE_OK;
}

/* -1, 0 or 1; both are below 2^256 but for their decimals, of which there are few */
static int
compare(const scaled_number *a, const scaled_number *b)
{
	wide		left = a->mantissa;
	wide		right = b->mantissa;

	(void) wide_scale(&left, b->scale);
	(void) wide_scale(&right, a->scale);
	return wide_cmp(&left, &right);
}

core_status
eigen_daily(u256 amount, u256 duration, u256 *tokens)
{
	u256		days = U256_ZERO;
	u256		rest = U256_ZERO;
	scaled_number dividend = eigen_whole(amount);
	scaled_number divisor;

	(void) u256_divmod(duration, u256_from_u64(DAY), &days, &rest);
	if (u256_is_zero(rest))
		divisor = eigen_whole(days);
	else
	{
		dividend.mantissa = wide_product(amount, u256_from_u64(DAY));
		divisor = eigen_whole(duration);
	}
	return floor_of_quotient(&dividend, &divisor, tokens);
}

core_status
eigen_proportional(u256 tokens, const scaled_number *weight, const scaled_number *total,
				   u256 *payout)
{
	scaled_number quotient;
	u256		proportion = U256_ZERO;
	u256		unit = U256_ZERO;
	core_status status;

	if (compare(weight, total) > 0)
		return CORE_BAD_PARAMETER;
	status = numeric_division(weight, total, &quotient);
	if (status == CORE_OK)
		status = scaled_floor(&quotient, PROPORTION_DECIMALS, &proportion);
	(void) u256_pow10(PROPORTION_DECIMALS, &unit);
	/* dividing by 1e15 leaves 16 decimals or more, so that it is exact */
	if (status == CORE_OK)
		status = u256_mul_div(proportion, tokens, unit, U256_FLOOR, payout);
	return status;
}

core_status
eigen_divide(eigen_parts *parts, unsigned split_bips)
{
	scaled_number cut = {wide_product(parts->whole, u256_from_u64(split_bips)), 0};
	scaled_number all = eigen_whole(u256_from_u64(EIGEN_BIPS));
	core_status status;

	if (split_bips > EIGEN_BIPS)
		return CORE_BAD_PARAMETER;
	status = floor_of_quotient(&cut, &all, &parts->operator_part);
	if (status == CORE_OK)
		parts->rest = u256_sub_wrap(parts->whole, parts->operator_part);
	return status;
}

core_status
eigen_pot(u256 tokens_per_day, const scaled_number *weight, const scaled_number *total_weight,
		  unsigned split_bips, eigen_parts *parts)
{
	scaled_number weighted;
	core_status status = product(tokens_per_day, weight, &weighted);

	if (compare(weight, total_weight) > 0)
		return CORE_BAD_PARAMETER;
	if (status == CORE_OK)
		status = floor_of_quotient(&weighted, total_weight, &parts->whole);
	return status == CORE_OK ? eigen_divide(parts, split_bips) : status;
}

core_status
eigen_weight(u256 shares, u256 magnitude, u256 max_magnitude, u256 multiplier,
			 scaled_number *weight)
{
	scaled_number allocated = {wide_product(shares, magnitude), 0};
	scaled_number whole = eigen_whole(max_magnitude);
	scaled_number quotient;
	core_status status = numeric_division(&allocated, &whole, &quotient);

	return status == CORE_OK ? product(multiplier, &quotient, weight) : status;
}

core_status
eigen_fee(u256 amount, unsigned fee_bips, u256 *fee)
{
	if (fee_bips > EIGEN_BIPS)
		return CORE_BAD_PARAMETER;
	return u256_mul_div(amount, u256_from_u64(fee_bips), u256_from_u64(EIGEN_BIPS), U256_FLOOR, fee);
}
