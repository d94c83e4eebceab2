/*-------------------------------------------------------------------------
 *
 * core/rate/observed.c
 *	  Rates that are seen in what was paid for shares: a quotient of two whole
 *	  amounts, and between which bounds the price was that a contract rounded.
 *
 * Where product and divisor are words it is one division; with the decimals of
 * odd tokens, and at the bounds of a word, both are longer.
 *
 *-------------------------------------------------------------------------
 */
#include "core/rate/observed.h"

#define ONE_UNIT	u256_from_u64(1)

core_status
observed_quotient(wide assets, wide shares, int exponent, u256 *rate)
{
	u256		dividend;
	u256		divisor;
	u256		scale;

	if (wide_is_zero(&shares))
		return CORE_NULL;
	if (exponent >= 0 && wide_to_u256(&assets, &dividend) && wide_to_u256(&shares, &divisor) &&
		u256_pow10((unsigned) exponent, &scale))
		return u256_mul_div(dividend, scale, divisor, U256_FLOOR, rate);
	/* a word and a bit more, times 10^95, is 574 bits */
	(void) wide_scale(&assets, exponent);
	(void) wide_scale(&shares, -exponent);
	(void) wide_divmod(&assets, &shares, &assets, NULL);
	return wide_to_u256(&assets, rate) ? CORE_OK : CORE_OUT_OF_RANGE;
}

core_status
observed_of_more_shares(u256 assets, u256 shares, int exponent, u256 *least)
{
	return observed_quotient(wide_of(assets), wide_sum(shares, ONE_UNIT), exponent, least);
}

core_status
observed_of_more_assets(u256 assets, u256 shares, int exponent, u256 *greatest)
{
	return observed_quotient(wide_sum(assets, ONE_UNIT), wide_of(shares), exponent, greatest);
}

core_status
observed_deposit_least(u256 assets, u256 shares, int exponent, u256 *least)
{
	u256		other;
	core_status status;

	*least = U256_ZERO;
	if (u256_is_zero(assets))
		return CORE_OK;
	status = observed_of_more_shares(assets, shares, exponent, least);
	if (status != CORE_OK)
		return status;
	status = observed_quotient(wide_of(u256_sub_wrap(assets, ONE_UNIT)), wide_of(shares),
							   exponent, &other);
	if (status == CORE_OK && u256_cmp(other, *least) < 0)
		*least = other;
	return status;
}

core_status
observed_withdrawal_greatest(u256 assets, u256 shares, int exponent, u256 *greatest)
{
	u256		other;
	core_status status = observed_quotient(wide_of(assets),
										   wide_of(u256_sub_wrap(shares, ONE_UNIT)),
										   exponent, greatest);

	if (status != CORE_OK)
		return status;
	status = observed_of_more_assets(assets, shares, exponent, &other);
	if (status == CORE_OK && u256_cmp(other, *greatest) > 0)
		*greatest = other;
	return status;
}
