/*-------------------------------------------------------------------------
 *
 * core/liquidity/weighted.c
 *	  Balancer's weighted pools.
 *
 * Sources of the formulas: WeightedMath and FixedPoint of Balancer v2 and v3.
 * The powers are those of core/chain/logexp.c.
 *
 *-------------------------------------------------------------------------
 */
#include "core/liquidity/weighted.h"

#include "core/chain/calc.h"
#include "core/chain/fixed.h"
#include "core/chain/logexp.h"

#define ONE_18				FIXED_WAD

/* Trades are at most this part of a balance: _MAX_IN_RATIO and _MAX_OUT_RATIO */
#define MAX_TRADE_RATIO		u256_from_u64(UINT64_C(300000000000000000))

/* 1e-14, by which a power may be wrong: MAX_POW_RELATIVE_ERROR */
#define MAX_POWER_ERROR		u256_from_u64(10000)

static u256
small(uint64_t x)
{
	return u256_from_u64(x);
}

/* ---------- fixed point ---------- */

static u256
mul_down(u256 a, u256 b, core_status *status)
{
	return calc_mul_then_div(status, a, b, ONE_18);
}

static u256
mul_up(u256 a, u256 b, core_status *status)
{
	return calc_mul_then_div_up(status, a, b, ONE_18);
}

static u256
div_down(u256 a, u256 b, core_status *status)
{
	return calc_mul_then_div(status, a, ONE_18, b);
}

static u256
div_up(u256 a, u256 b, core_status *status)
{
	return calc_mul_then_div_up(status, a, ONE_18, b);
}

core_status
weighted_power_up(u256 x, u256 y, weighted_pow version, u256 *out)
{
	core_status status = CORE_OK;
	uint64_t	whole = u256_fits_u64(y) ? y.limb[0] / FIXED_WAD.limb[0] : 0;
	u256		result = x;

	if (version == WEIGHTED_POW_V2 && (whole == 1 || whole == 2 || whole == 4) &&
		y.limb[0] % FIXED_WAD.limb[0] == 0)
	{
		for (; whole > 1; whole /= 2)
			result = mul_up(result, result, &status);
	}
	else
	{
		status = logexp_pow(x, y, &result);
		if (status != CORE_OK)
			return status;
		result = calc_add(&status, result,
						  calc_add(&status, mul_up(result, MAX_POWER_ERROR, &status), small(1)));
	}
	if (status == CORE_OK)
		*out = result;
	return status;
}

/* ---------- swaps ---------- */

/* Pools refuse trades of more than 30 % of a balance */
static bool
is_tradable(u256 amount, u256 balance, core_status *status)
{
	return u256_cmp(amount, mul_down(balance, MAX_TRADE_RATIO, status)) <= 0;
}

core_status
weighted_out(const weighted_pair *pair, u256 amount_in, u256 *out)
{
	core_status status = CORE_OK;
	u256		fee = mul_up(amount_in, pair->swap_fee, &status);
	u256		amount = calc_sub(&status, amount_in, fee);
	bool		tradable = is_tradable(amount, pair->balance_in, &status);
	u256		base = div_up(pair->balance_in, calc_add(&status, pair->balance_in, amount),
							  &status);
	u256		exponent = div_down(pair->weight_in, pair->weight_out, &status);
	u256		power = U256_ZERO;
	u256		rest = U256_ZERO;

	if (status == CORE_OK && !tradable)
		return CORE_BAD_PARAMETER;
	if (status == CORE_OK)
		status = weighted_power_up(base, exponent, pair->pow_version, &power);
	/* the margin may have taken the power above one: then nothing is left */
	(void) u256_sub(ONE_18, power, &rest);
	rest = mul_down(pair->balance_out, rest, &status);
	if (status == CORE_OK)
		*out = rest;
	return status;
}

core_status
weighted_in(const weighted_pair *pair, u256 amount_out, u256 *out)
{
	core_status status = CORE_OK;
	bool		tradable = is_tradable(amount_out, pair->balance_out, &status);
	u256		left = U256_ZERO;
	u256		base;
	u256		exponent;
	u256		power = U256_ZERO;
	u256		amount;

	if (status == CORE_OK && !tradable)
		return CORE_BAD_PARAMETER;
	left = calc_sub(&status, pair->balance_out, amount_out);
	base = div_up(pair->balance_out, left, &status);
	exponent = div_up(pair->weight_out, pair->weight_in, &status);
	if (status == CORE_OK)
		status = weighted_power_up(base, exponent, pair->pow_version, &power);
	amount = mul_up(pair->balance_in, calc_sub(&status, power, ONE_18), &status);
	amount = div_up(amount, calc_sub(&status, ONE_18, pair->swap_fee), &status);
	if (status == CORE_OK)
		*out = amount;
	return status;
}

core_status
weighted_spot_price(const weighted_pair *pair, double *out)
{
	double		kept = 1.0 - u256_to_double(pair->swap_fee) / u256_to_double(ONE_18);

	if (u256_is_zero(pair->balance_in) || u256_is_zero(pair->weight_out))
		return CORE_DIVISION_BY_ZERO;
	*out = u256_to_double(pair->balance_out) / u256_to_double(pair->balance_in) *
		(u256_to_double(pair->weight_in) / u256_to_double(pair->weight_out)) * kept;
	return CORE_OK;
}
