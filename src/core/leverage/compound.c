/*-------------------------------------------------------------------------
 *
 * core/leverage/compound.c
 *	  Compound v3 (Comet) to the last digit.
 *
 * The order of the steps and the rounding of each are the contract's.
 *
 *-------------------------------------------------------------------------
 */
#include "core/leverage/compound.h"

#include "core/chain/calc.h"

/* One of an index */
#define INDEX_SCALE		u256_from_u64(UINT64_C(1000000000000000))

/* Bits of the magnitude of an int104 */
#define PRINCIPAL_BITS	103

static u256
factor_of(core_status *status, u256 amount, u256 factor)
{
	return calc_mul_div(status, amount, factor, FIXED_WAD, U256_FLOOR);
}

static bool
is_factor(u256 wad)
{
	return u256_cmp(wad, FIXED_WAD) <= 0;
}

static u256
calc_u64(core_status *status, u256 value)
{
	return calc_fits(status, u256_fits_u64(value), value);
}

/* The signed number of a magnitude */
static s256
calc_signed(core_status *status, u256 magnitude, bool negative)
{
	s256		out = U256_ZERO;
	bool		fits = s256_from_magnitude(magnitude, negative, &out);

	return calc_fits(status, fits, out);
}

static s256
calc_signed_add(core_status *status, s256 a, s256 b)
{
	s256		out = U256_ZERO;
	bool		fits = s256_add(a, b, &out);

	return calc_fits(status, fits, out);
}

/* ---------- rates ---------- */

core_status
comet_per_second(u256 rate_per_year, u256 *out)
{
	core_status status = CORE_OK;
	u256		result = calc_div(&status, rate_per_year, u256_from_u64(COMET_YEAR_SECONDS));

	return calc_done(status, result, out);
}

core_status
comet_utilization(u256 total_supply, u256 total_borrow, u256 *out)
{
	core_status status = CORE_OK;
	u256		result = U256_ZERO;

	if (!u256_is_zero(total_supply))
		result = calc_mul_div(&status, total_borrow, FIXED_WAD, total_supply, U256_FLOOR);
	return calc_done(status, result, out);
}

core_status
comet_rate(u256 utilization, const comet_curve *curve, u256 *out)
{
	core_status status = CORE_OK;
	u256		low = calc_min(utilization, curve->kink);
	u256		high = calc_floor_sub(utilization, curve->kink);
	u256		rate = calc_add(&status, curve->base, factor_of(&status, curve->slope_low, low));

	calc_require(&status, is_factor(curve->kink));
	rate = calc_add(&status, rate, factor_of(&status, curve->slope_high, high));
	rate = calc_u64(&status, rate);
	return calc_done(status, rate, out);
}

core_status
comet_accrue_index(u256 index, u256 rate, u256 seconds, u256 *out)
{
	core_status status = CORE_OK;
	u256		growth = factor_of(&status, index, calc_mul(&status, rate, seconds));
	u256		result = calc_u64(&status, calc_add(&status, index, growth));

	return calc_done(status, result, out);
}

/* ---------- balances ---------- */

core_status
comet_present_value(s256 principal, u256 supply_index, u256 borrow_index, s256 *out)
{
	core_status status = CORE_OK;
	bool		is_debt = s256_is_negative(principal);
	u256		value = calc_mul_div(&status, s256_magnitude(principal),
									 is_debt ? borrow_index : supply_index, INDEX_SCALE, U256_FLOOR);
	s256		result = calc_signed(&status, value, is_debt);

	return calc_done(status, result, out);
}

core_status
comet_principal_value(s256 balance, u256 supply_index, u256 borrow_index, s256 *out)
{
	core_status status = CORE_OK;
	bool		is_debt = s256_is_negative(balance);
	u256		value = calc_mul_div(&status, s256_magnitude(balance), INDEX_SCALE,
									 is_debt ? borrow_index : supply_index,
									 is_debt ? U256_CEIL : U256_FLOOR);
	s256		result = calc_signed(&status, value, is_debt);

	result = calc_fits(&status, u256_bit_length(value) <= PRINCIPAL_BITS, result);
	return calc_done(status, result, out);
}

/* ---------- accounts ---------- */

static u256
value_of(core_status *status, u256 amount, u256 price, u256 scale)
{
	calc_require(status, !u256_is_zero(price));
	return calc_mul_div(status, amount, price, scale, U256_FLOOR);
}

/* Value of the collaterals, each times its factor; without factors as it is */
static u256
collateral_value(core_status *status, const comet_account *account, const u256 *factors)
{
	u256		sum = U256_ZERO;

	for (int i = 0; i < account->num_collaterals; i++)
	{
		u256		value = value_of(status, account->amounts[i], account->prices[i],
									 account->scales[i]);

		if (factors != NULL)
		{
			calc_require(status, is_factor(factors[i]));
			value = factor_of(status, value, factors[i]);
		}
		sum = calc_add(status, sum, value);
	}
	return sum;
}

core_status
comet_liquidity(const comet_account *account, const u256 *factors, s256 *out)
{
	core_status status = CORE_OK;
	u256		base = value_of(&status, s256_magnitude(account->balance), account->base_price,
								account->base_scale);
	s256		result = calc_signed(&status, base, s256_is_negative(account->balance));
	u256		collateral = collateral_value(&status, account, factors);

	result = calc_signed_add(&status, result, calc_signed(&status, collateral, false));
	return calc_done(status, result, out);
}

/* How much of a debt a credit pays, and what is left on either side */
static void
settle(core_status *status, u256 debt, u256 credit, comet_absorption *out)
{
	out->balance_after = calc_floor_sub(credit, debt);
	out->shortfall = calc_floor_sub(debt, credit);
	out->base_paid_out = calc_add(status, debt, out->balance_after);
}

core_status
comet_absorb(const comet_account *account, const u256 *liquidate_factors,
			 const u256 *liquidation_factors, comet_absorption *out)
{
	s256		liquidity = U256_ZERO;
	core_status status = comet_liquidity(account, liquidate_factors, &liquidity);
	comet_absorption result = {.seized_value = U256_ZERO};
	u256		credit;

	calc_require(&status, s256_is_negative(account->balance) && s256_is_negative(liquidity));
	result.seized_value = collateral_value(&status, account, NULL);
	credit = collateral_value(&status, account, liquidation_factors);
	credit = calc_mul_div(&status, credit, account->base_scale, account->base_price, U256_FLOOR);
	settle(&status, s256_magnitude(account->balance), credit, &result);
	result.value_paid_out = value_of(&status, result.base_paid_out, account->base_price,
									 account->base_scale);
	if (status == CORE_OK)
		*out = result;
	return status;
}

core_status
comet_quote_collateral(u256 base_amount, const comet_offer *offer, u256 *out)
{
	core_status status = CORE_OK;
	u256		discount;
	u256		price;
	u256		amount;

	calc_require(&status, is_factor(offer->liquidation_factor) &&
				 is_factor(offer->store_front_factor) &&
				 !u256_is_zero(offer->asset_price) && !u256_is_zero(offer->base_price));
	discount = factor_of(&status, offer->store_front_factor,
						 calc_floor_sub(FIXED_WAD, offer->liquidation_factor));
	price = factor_of(&status, offer->asset_price, calc_floor_sub(FIXED_WAD, discount));
	amount = calc_mul(&status, offer->base_price, base_amount);
	/* one division after the other, as the contract does */
	amount = calc_mul_div(&status, amount, offer->asset_scale, price, U256_FLOOR);
	amount = calc_div(&status, amount, offer->base_scale);
	return calc_done(status, amount, out);
}
