/*-------------------------------------------------------------------------
 *
 * core/leverage/vault.c
 *	  Vaults over lending markets and over validators, to the last digit.
 *
 * The order of the steps and the rounding of each are the contracts'.
 *
 *-------------------------------------------------------------------------
 */
#include "core/leverage/vault.h"

#include <float.h>
#include <math.h>

#include "core/chain/calc.h"

#define WORD(x)			u256_from_u64(UINT64_C(x))
#define ONE_ETHER		FIXED_WAD
#define BASIS_POINTS	FIXED_PERCENT

/* ---------- Morpho Vault V2 ---------- */

/* Shares for a fee at the price that holders have without it; both fees see the supply before either */
static u256
fee_shares(core_status *status, u256 fee, u256 supply, u256 virtual_shares, u256 assets)
{
	return calc_mul_then_div(status, fee, calc_add(status, supply, virtual_shares),
							 calc_add(status, assets, WORD(1)));
}

core_status
morpho_vault_accrue(const morpho_vault *v, morpho_vault_accrual *out)
{
	core_status status = CORE_OK;
	morpho_vault_accrual a;
	u256		growth = calc_mul_then_div(&status, v->total_assets,
										   calc_mul(&status, v->elapsed, v->max_rate), FIXED_WAD);
	u256		cap = calc_add(&status, v->total_assets, growth);
	u256		performance;
	u256		management;
	u256		without_fees;

	/* a gain comes in at max_rate, a loss at once */
	a.total_assets = calc_min(v->real_assets, cap);
	a.interest = calc_floor_sub(a.total_assets, v->total_assets);
	performance = calc_mul_then_div(&status, a.interest, v->performance_fee, FIXED_WAD);
	management = calc_mul_then_div(&status, calc_mul(&status, a.total_assets, v->elapsed),
								   v->management_fee, FIXED_WAD);
	calc_require(&status, u256_cmp(calc_add(&status, performance, management), a.total_assets) <= 0);
	without_fees = calc_sub(&status, calc_sub(&status, a.total_assets, performance), management);
	a.performance_shares = fee_shares(&status, performance, v->total_supply, v->virtual_shares,
									  without_fees);
	a.management_shares = fee_shares(&status, management, v->total_supply, v->virtual_shares,
									 without_fees);
	a.total_supply = calc_add(&status, calc_add(&status, v->total_supply, a.performance_shares),
							  a.management_shares);
	if (status == CORE_OK)
		*out = a;
	return status;
}

/* ---------- MetaMorpho ---------- */

/* What is lost so far, and the assets with it, which never fall in v1.1 */
static void
take_losses(core_status *status, const metamorpho_vault *v, metamorpho_version version,
			metamorpho_accrual *a)
{
	a->lost_assets = U256_ZERO;
	a->total_assets = v->real_assets;
	if (version == METAMORPHO_V1)
		return;
	a->lost_assets = v->lost_assets;
	calc_require(status, u256_cmp(v->lost_assets, v->last_total_assets) <= 0);
	if (u256_cmp(v->real_assets, calc_sub(status, v->last_total_assets, v->lost_assets)) < 0)
		a->lost_assets = calc_sub(status, v->last_total_assets, v->real_assets);
	a->total_assets = calc_add(status, v->real_assets, a->lost_assets);
}

core_status
metamorpho_accrue(const metamorpho_vault *v, metamorpho_version version, metamorpho_accrual *out)
{
	core_status status = CORE_OK;
	metamorpho_accrual a;
	u256		fee;

	take_losses(&status, v, version, &a);
	a.interest = calc_floor_sub(a.total_assets, v->last_total_assets);
	fee = calc_mul_div(&status, a.interest, v->fee, FIXED_WAD, U256_FLOOR);
	calc_require(&status, u256_cmp(fee, a.total_assets) <= 0);
	a.fee_shares = calc_mul_div(&status, fee,
								calc_add(&status, v->total_supply,
										 calc_pow10(&status, v->decimals_offset)),
								calc_add(&status, calc_sub(&status, a.total_assets, fee), WORD(1)),
								U256_FLOOR);
	a.total_supply = calc_add(&status, v->total_supply, a.fee_shares);
	if (status == CORE_OK)
		*out = a;
	return status;
}

/* ---------- Lido's stVaults ---------- */

/* StETH takes no more than 128 bits of ether or shares, and not all ones */
static u256
convertible(core_status *status, u256 amount)
{
	static const u256 all_ones = {{UINT64_MAX, UINT64_MAX, 0, 0}};

	return calc_fits(status, u256_cmp(amount, all_ones) < 0, amount);
}

/* getPooledEthBySharesRoundUp */
static u256
ether_of(core_status *status, const lido_vault *v, u256 shares)
{
	return calc_mul_then_div_up(status, convertible(status, shares), v->total_ether, v->total_shares);
}

/* getSharesByPooledEth */
static u256
shares_of_ether(core_status *status, const lido_vault *v, u256 amount)
{
	return calc_mul_then_div(status, convertible(status, amount), v->total_shares, v->total_ether);
}

static u256
rest_of_whole(core_status *status, u256 bps)
{
	return calc_sub(status, BASIS_POINTS, bps);
}

static u256
greater(u256 a, u256 b)
{
	return u256_cmp(a, b) > 0 ? a : b;
}

/* The liability at its highest since the report, and the reserve on top of it */
static u256
locked_value(core_status *status, const lido_vault *v)
{
	u256		most = ether_of(status, v, v->max_liability_shares);
	u256		reserve = calc_mul_then_div_up(status, most, v->reserve_ratio,
											   rest_of_whole(status, v->reserve_ratio));

	return calc_add(status, most, greater(reserve, v->minimal_reserve));
}

static u256
minting_capacity(core_status *status, const lido_vault *v)
{
	u256		value = calc_floor_sub(v->total_value, v->unsettled_fees);
	u256		reserve = calc_mul_then_div_up(status, value, v->reserve_ratio, BASIS_POINTS);

	if (u256_cmp(value, v->minimal_reserve) <= 0)
		return U256_ZERO;
	return calc_min(shares_of_ether(status, v, calc_floor_sub(value, greater(reserve, v->minimal_reserve))),
					v->share_limit);
}

/*
 * Shares to burn until the liability is back at the reserve ratio, and 100 more
 * that the contract adds for the roundings of burning (VaultHub._healthShortfallShares).
 */
static u256
health_shortfall(core_status *status, const lido_vault *v, u256 liability)
{
	u256		most = calc_mul(status, v->total_value, rest_of_whole(status, v->reserve_ratio));
	u256		owed = calc_mul(status, liability, BASIS_POINTS);
	u256		shares;

	if (u256_cmp(v->liability_shares, WORD(100)) <= 0)
		return v->liability_shares;
	calc_require(status, u256_cmp(owed, most) >= 0);
	shares = shares_of_ether(status, v, calc_div_up(status, calc_sub(status, owed, most), v->reserve_ratio));
	return calc_min(calc_add(status, shares, WORD(100)), v->liability_shares);
}

static void
set_obligations(core_status *status, const lido_vault *v, lido_vault_state *s)
{
	s->obligation_shares = greater(s->shortfall_shares, v->redemption_shares);
	s->obligations = ether_of(status, v, s->obligation_shares);
	/* smaller fees wait */
	if (u256_cmp(v->unsettled_fees, ONE_ETHER) >= 0)
		s->obligations = calc_add(status, s->obligations, v->unsettled_fees);
	s->obligations_shortfall = calc_floor_sub(s->obligations, v->available_balance);
}

static u256
withdrawable_value(core_status *status, const lido_vault *v, u256 unlocked)
{
	u256		balance = calc_min(v->available_balance, v->total_value);
	u256		redemptions = ether_of(status, v, v->redemption_shares);

	return calc_floor_sub(calc_min(calc_floor_sub(balance, redemptions), unlocked), v->unsettled_fees);
}

core_status
lido_vault_of(const lido_vault *v, lido_vault_state *out)
{
	core_status status = CORE_OK;
	lido_vault_state s = {.shortfall_shares = U256_ZERO};
	u256		healthy_up_to = calc_mul_then_div(&status, v->total_value,
												  rest_of_whole(&status, v->forced_rebalance_threshold),
												  BASIS_POINTS);

	s.liability = ether_of(&status, v, v->liability_shares);
	s.locked = locked_value(&status, v);
	s.unlocked = calc_floor_sub(v->total_value, s.locked);
	s.capacity_shares = minting_capacity(&status, v);
	s.healthy = u256_cmp(s.liability, healthy_up_to) <= 0;
	s.is_bad_debt = !s.healthy && u256_cmp(s.liability, v->total_value) > 0;
	s.bad_debt_shares = calc_floor_sub(v->liability_shares, shares_of_ether(&status, v, v->total_value));
	if (!s.healthy && !s.is_bad_debt)
		s.shortfall_shares = health_shortfall(&status, v, s.liability);
	if (!s.is_bad_debt)
		set_obligations(&status, v, &s);
	s.withdrawable = withdrawable_value(&status, v, s.unlocked);
	if (status == CORE_OK)
		*out = s;
	return status;
}

/* Seconds of a year over 2^shift, whole */
static u256
year_seconds(core_status *status, double year_days, unsigned *shift)
{
	double		seconds = year_days * 86400;
	u256		out = U256_ZERO;

	/* 0.3 days are 25920 seconds, though 0.3 is no double */
	if (fabs(seconds - rint(seconds)) <= 2 * DBL_EPSILON * seconds)
		seconds = rint(seconds);
	calc_require(status, isfinite(seconds) && seconds > 0);
	for (*shift = 0; *status == CORE_OK && seconds != floor(seconds) && *shift < 64; (*shift)++)
		seconds *= 2;
	if (*status == CORE_OK && u256_from_double(seconds, &out) != CORE_OK)
		*status = CORE_BAD_PARAMETER;
	calc_require(status, !u256_is_zero(out));
	return out;
}

core_status
lido_vault_fee(u256 value, u256 apr, unsigned apr_decimals, u256 seconds, u256 fee_bps,
			   double year_days, u256 *out)
{
	core_status status = CORE_OK;
	unsigned	shift;
	u256		year = year_seconds(&status, year_days, &shift);
	u256		amount = calc_mul(&status, calc_mul(&status, value, seconds),
								  calc_mul(&status, apr, fee_bps));
	u256		unit = calc_mul(&status, calc_mul(&status, calc_pow10(&status, apr_decimals), BASIS_POINTS),
								year);

	amount = calc_mul(&status, amount, u256_shl(WORD(1), shift));
	return calc_done(status, calc_div_up(&status, amount, unit), out);
}

double
lido_vault_carry_of(const lido_vault_terms *t)
{
	return t->staking_apr * (1 - t->operator_fee) - t->core_apr * (t->infra_fee + t->mint_ratio * t->liquidity_fee)
		- t->mint_ratio * t->steth_apr;
}
