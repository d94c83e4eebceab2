/*-------------------------------------------------------------------------
 *
 * core/liquidity/univ2.c
 *	  Swaps against two reserves whose product stays the same: Uniswap v2.
 *
 *-------------------------------------------------------------------------
 */
#include "core/liquidity/univ2.h"

static bool
is_pool(u256 reserve_in, u256 reserve_out, uint32_t fee_bps)
{
	return !u256_is_zero(reserve_in) && !u256_is_zero(reserve_out) && fee_bps < UNIV2_FEE_UNIT;
}

core_status
univ2_amount_out(u256 amount_in, u256 reserve_in, u256 reserve_out, uint32_t fee_bps,
				 u256 *amount_out)
{
	u256		after_fee;
	u256		denominator;

	if (!is_pool(reserve_in, reserve_out, fee_bps))
		return CORE_BAD_PARAMETER;
	if (!u256_mul(amount_in, u256_from_u64(UNIV2_FEE_UNIT - fee_bps), &after_fee) ||
		!u256_mul(reserve_in, u256_from_u64(UNIV2_FEE_UNIT), &denominator) ||
		!u256_add(denominator, after_fee, &denominator))
		return CORE_OUT_OF_RANGE;
	return u256_mul_div(after_fee, reserve_out, denominator, U256_FLOOR, amount_out);
}

core_status
univ2_amount_in(u256 amount_out, u256 reserve_in, u256 reserve_out, uint32_t fee_bps,
				u256 *amount_in)
{
	u256		left;
	u256		numerator;
	u256		denominator;
	u256		quotient;

	if (!is_pool(reserve_in, reserve_out, fee_bps) || u256_cmp(amount_out, reserve_out) >= 0)
		return CORE_BAD_PARAMETER;
	if (u256_is_zero(amount_out))
	{
		*amount_in = U256_ZERO;
		return CORE_OK;
	}
	left = u256_sub_wrap(reserve_out, amount_out);
	if (!u256_mul(reserve_in, u256_from_u64(UNIV2_FEE_UNIT), &numerator) ||
		!u256_mul(left, u256_from_u64(UNIV2_FEE_UNIT - fee_bps), &denominator) ||
		u256_mul_div(numerator, amount_out, denominator, U256_FLOOR, &quotient) != CORE_OK ||
		!u256_add(quotient, u256_from_u64(1), amount_in))
		return CORE_OUT_OF_RANGE;
	return CORE_OK;
}
