/*-------------------------------------------------------------------------
 *
 * core/rate/savings.c
 *	  Savings rates of Maker and Sky: an index that grows by a factor a second.
 *
 *-------------------------------------------------------------------------
 */
#include "core/rate/savings.h"

#include "core/chain/calc.h"

/* a * b / 1e27, rounded half up, where product and half must fit a word */
static u256
ray_product(core_status *status, u256 a, u256 b)
{
	u256		half = u256_shr(FIXED_RAY, 1);

	return calc_div(status, calc_add(status, calc_mul(status, a, b), half), FIXED_RAY);
}

/*
 * _rpow of makerdao/dss src/pot.sol and sky-ecosystem/stusds src/StUsds.sol:
 * powers by squaring.  u256_pow_fixed takes the same steps with products of
 * 512 bits; here what the contract refuses is refused.
 */
static u256
ray_power(core_status *status, u256 base, u256 n)
{
	u256		power = (n.limb[0] & 1) != 0 ? base : FIXED_RAY;

	for (n = u256_shr(n, 1); !u256_is_zero(n) && *status == CORE_OK; n = u256_shr(n, 1))
	{
		base = ray_product(status, base, base);
		if ((n.limb[0] & 1) != 0)
			power = ray_product(status, power, base);
	}
	return power;
}

core_status
savings_index(u256 chi, u256 rate, u256 seconds, u256 *index)
{
	core_status status = CORE_OK;
	u256		power = ray_power(&status, rate, seconds);
	u256		grown = calc_mul_then_div(&status, power, chi, FIXED_RAY);

	return calc_done(status, grown, index);
}

core_status
savings_apy(u256 rate, s256 *apy)
{
	core_status status = CORE_OK;
	u256		power = ray_power(&status, rate, u256_from_u64(SAVINGS_YEAR));

	if (status == CORE_OK && !s256_sub(power, FIXED_RAY, apy))
		return CORE_OUT_OF_RANGE;
	return status;
}
