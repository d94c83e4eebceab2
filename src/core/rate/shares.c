/*-------------------------------------------------------------------------
 *
 * core/rate/shares.c
 *	  Shares of a pool and what they are worth, to the last wei, as the
 *	  contracts compute it.
 *
 * Nearly all is made of u256_mul_div.  The order of divisions is the
 * contract's: two floors in a row are not one.
 *
 *-------------------------------------------------------------------------
 */
#include "core/rate/shares.h"

#include "core/chain/fixed.h"

#define ONE					u256_from_u64(1)
#define MICROSECONDS		UINT64_C(1000000)
#define CAPO_YEAR_SECONDS	UINT64_C(31536000)
#define EIGEN_OFFSET		u256_from_u64(1000)

static core_status
checked_add(u256 a, u256 b, u256 *out)
{
	return u256_add(a, b, out) ? CORE_OK : CORE_OUT_OF_RANGE;
}

static core_status
checked_mul(u256 a, u256 b, u256 *out)
{
	return u256_mul(a, b, out) ? CORE_OK : CORE_OUT_OF_RANGE;
}

static u256
lesser(u256 a, u256 b)
{
	return u256_cmp(a, b) < 0 ? a : b;
}

static bool
is_portion(u256 part, u256 whole)
{
	return u256_cmp(part, whole) <= 0;
}

/* ---------- conversion ---------- */

static core_status
pool_totals(const share_pool *pool, u256 *assets, u256 *shares)
{
	core_status status = checked_add(pool->assets, pool->virtual_assets, assets);

	return status == CORE_OK ? checked_add(pool->shares, pool->virtual_shares, shares) : status;
}

/* amount as it is where there are no shares yet, otherwise in the proportion of the totals */
core_status
shares_to_assets(u256 shares, const share_pool *pool, u256_rounding rounding, u256 *out)
{
	u256		all_assets;
	u256		all_shares;
	core_status status = pool_totals(pool, &all_assets, &all_shares);

	if (status == CORE_OK && !u256_is_zero(all_shares))
		status = u256_mul_div(shares, all_assets, all_shares, rounding, out);
	else if (status == CORE_OK)
		*out = shares;
	return status;
}

core_status
assets_to_shares(u256 assets, const share_pool *pool, u256_rounding rounding, u256 *out)
{
	u256		all_assets;
	u256		all_shares;
	core_status status = pool_totals(pool, &all_assets, &all_shares);

	if (status == CORE_OK && !u256_is_zero(all_shares))
		status = u256_mul_div(assets, all_shares, all_assets, rounding, out);
	else if (status == CORE_OK)
		*out = assets;
	return status;
}

core_status
exchange_rate(u256 total_assets, u256 total_shares, u256 scale, u256 *out)
{
	share_pool	pool = {total_assets, total_shares, U256_ZERO, U256_ZERO};

	return shares_to_assets(scale, &pool, U256_FLOOR, out);
}

core_status
rate_chain(const u256 *rates, size_t n, u256 scale, u256 *out)
{
	u256		product = scale;
	bool		any_zero = false;

	if (u256_is_zero(scale))
		return CORE_DIVISION_BY_ZERO;
	for (size_t i = 0; i < n; i++)
	{
		core_status status = u256_mul_div(product, rates[i], scale, U256_FLOOR, &product);

		if (status != CORE_OK)
			return status;
		any_zero |= u256_is_zero(rates[i]);
	}
	*out = product;
	return u256_is_zero(product) && !any_zero ? CORE_BAD_PARAMETER : CORE_OK;
}

core_status
rate_invert(u256 rate, u256 scale, u256_rounding rounding, u256 *out)
{
	return u256_mul_div(scale, scale, rate, rounding, out);
}

core_status
rebase_amount(u256 shares, const share_pool *before, const share_pool *after,
			  bool *negative, u256 *magnitude)
{
	u256		worth_before;
	u256		worth_after;
	core_status status = shares_to_assets(shares, before, U256_FLOOR, &worth_before);

	if (status == CORE_OK)
		status = shares_to_assets(shares, after, U256_FLOOR, &worth_after);
	if (status != CORE_OK)
		return status;
	*negative = u256_cmp(worth_after, worth_before) < 0;
	*magnitude = *negative ? u256_sub_wrap(worth_before, worth_after)
		: u256_sub_wrap(worth_after, worth_before);
	return CORE_OK;
}

/* ---------- baskets ---------- */

/* False where the sum is 2^512 or more */
static bool
u512_accumulate(u512 *sum, u512 term)
{
	uint64_t	carry = 0;

	for (int i = 0; i < 8; i++)
		sum->limb[i] = limb_add(sum->limb[i], term.limb[i], &carry);
	return carry == 0;
}

static core_status
floored_sum(const u256 *balances, const u256 *prices, size_t n, u256 *out)
{
	u256		sum = U256_ZERO;
	core_status status = CORE_OK;

	for (size_t i = 0; i < n && status == CORE_OK; i++)
	{
		u256		value;

		status = wad_mul(balances[i], prices[i], U256_FLOOR, &value);
		if (status == CORE_OK)
			status = checked_add(sum, value, &sum);
	}
	if (status == CORE_OK)
		*out = sum;
	return status;
}

/* sum(balance * price) / divisor, floored once */
static core_status
exact_sum_over(const u256 *balances, const u256 *prices, size_t n, u256 divisor, u256 *out)
{
	u512		sum = {{0}};
	u512		quot;

	for (size_t i = 0; i < n; i++)
		if (!u512_accumulate(&sum, u256_mul_full(balances[i], prices[i])))
			return CORE_OUT_OF_RANGE;
	if (!u512_divmod(sum, divisor, &quot, NULL))
		return CORE_DIVISION_BY_ZERO;
	if ((quot.limb[4] | quot.limb[5] | quot.limb[6] | quot.limb[7]) != 0)
		return CORE_OUT_OF_RANGE;
	for (int i = 0; i < 4; i++)
		out->limb[i] = quot.limb[i];
	return CORE_OK;
}

core_status
basket_value(const u256 *balances, const u256 *prices, size_t n, bool floor_each, u256 *out)
{
	if (floor_each)
		return floored_sum(balances, prices, n, out);
	return exact_sum_over(balances, prices, n, FIXED_WAD, out);
}

core_status
basket_rate(const u256 *balances, const u256 *prices, size_t n, u256 supply,
			bool floor_each, u256 *out)
{
	u256		value;
	core_status status;

	if (u256_is_zero(supply))
	{
		*out = FIXED_WAD;
		return CORE_OK;
	}
	if (!floor_each)
		return exact_sum_over(balances, prices, n, supply, out);
	status = floored_sum(balances, prices, n, &value);
	return status == CORE_OK ? exchange_rate(value, supply, FIXED_WAD, out) : status;
}

/* ---------- ERC-4626 ---------- */

/* The fee on top of an amount */
static core_status
fee_on_raw(u256 assets, u256 fee_bps, u256 *fee)
{
	return percent_mul(assets, fee_bps, U256_CEIL, fee);
}

/* The fee that is part of an amount */
static core_status
fee_on_total(u256 assets, u256 fee_bps, u256 *fee)
{
	return u256_mul_div(assets, fee_bps, u256_add_wrap(fee_bps, FIXED_PERCENT), U256_CEIL, fee);
}

static core_status
vault_pool(const erc4626_vault *vault, share_pool *pool)
{
	*pool = (share_pool) {vault->total_assets, vault->total_shares, U256_ZERO, U256_ZERO};
	if (!is_portion(vault->fee_bps, FIXED_PERCENT))
		return CORE_BAD_PARAMETER;
	if (vault->variant == ERC4626_SOLMATE)
		return vault->decimals_offset == 0 ? CORE_OK : CORE_BAD_PARAMETER;
	pool->virtual_assets = ONE;
	return u256_pow10(vault->decimals_offset, &pool->virtual_shares) ? CORE_OK : CORE_BAD_PARAMETER;
}

core_status
erc4626_preview_deposit(u256 assets, const erc4626_vault *vault, u256 *out)
{
	share_pool	pool;
	u256		fee;
	core_status status = vault_pool(vault, &pool);

	if (status == CORE_OK)
		status = fee_on_total(assets, vault->fee_bps, &fee);
	if (status == CORE_OK)
		status = assets_to_shares(u256_sub_wrap(assets, fee), &pool, U256_FLOOR, out);
	return status;
}

core_status
erc4626_preview_mint(u256 shares, const erc4626_vault *vault, u256 *out)
{
	share_pool	pool;
	u256		assets;
	u256		fee;
	core_status status = vault_pool(vault, &pool);

	if (status == CORE_OK)
		status = shares_to_assets(shares, &pool, U256_CEIL, &assets);
	if (status == CORE_OK)
		status = fee_on_raw(assets, vault->fee_bps, &fee);
	return status == CORE_OK ? checked_add(assets, fee, out) : status;
}

/* What leaves the vault so that "assets" are left after the fee; Puffer floors it */
static core_status
gross_of_exit_fee(u256 assets, const erc4626_vault *vault, u256 *gross)
{
	u256		fee;
	core_status status;

	if (vault->variant == ERC4626_PUFFER)
		return u256_mul_div(assets, FIXED_PERCENT, u256_sub_wrap(FIXED_PERCENT, vault->fee_bps),
							U256_FLOOR, gross);
	status = fee_on_raw(assets, vault->fee_bps, &fee);
	return status == CORE_OK ? checked_add(assets, fee, gross) : status;
}

core_status
erc4626_preview_withdraw(u256 assets, const erc4626_vault *vault, u256 *out)
{
	share_pool	pool;
	u256		gross;
	core_status status = vault_pool(vault, &pool);

	if (status == CORE_OK)
		status = gross_of_exit_fee(assets, vault, &gross);
	return status == CORE_OK ? assets_to_shares(gross, &pool, U256_CEIL, out) : status;
}

core_status
erc4626_preview_redeem(u256 shares, const erc4626_vault *vault, u256 *out)
{
	share_pool	pool;
	u256		assets;
	u256		fee;
	core_status status = vault_pool(vault, &pool);

	if (status == CORE_OK)
		status = shares_to_assets(shares, &pool, U256_FLOOR, &assets);
	if (status == CORE_OK)
		status = vault->variant == ERC4626_PUFFER ? fee_on_raw(assets, vault->fee_bps, &fee)
			: fee_on_total(assets, vault->fee_bps, &fee);
	/* neither fee is above the assets, as none is above 10000 */
	if (status == CORE_OK)
		*out = u256_sub_wrap(assets, fee);
	return status;
}

core_status
drip_total_assets(u256 stored, u256 reward, uint64_t elapsed, int64_t cycle, u256 *out)
{
	u256		released = reward;
	core_status status = CORE_OK;

	if (cycle > 0 && elapsed < (uint64_t) cycle)
		status = u256_mul_div(reward, u256_from_u64(elapsed), u256_from_u64((uint64_t) cycle),
							  U256_FLOOR, &released);
	return status == CORE_OK ? checked_add(stored, released, out) : status;
}

/* ---------- Lido ---------- */

static core_status
lido_internal_shares(u256 total_shares, u256 external_shares, u256 *out)
{
	if (!u256_sub(total_shares, external_shares, out))
		return CORE_BAD_PARAMETER;
	return u256_is_zero(*out) ? CORE_DIVISION_BY_ZERO : CORE_OK;
}

core_status
lido_pooled_eth_by_shares(u256 shares, u256 internal_ether, u256 total_shares,
						  u256 external_shares, u256_rounding rounding, u256 *out)
{
	u256		internal_shares;
	core_status status = lido_internal_shares(total_shares, external_shares, &internal_shares);

	if (status == CORE_OK)
		status = u256_mul_div(shares, internal_ether, internal_shares, rounding, out);
	return status;
}

core_status
lido_shares_by_pooled_eth(u256 ether, u256 internal_ether, u256 total_shares,
						  u256 external_shares, u256_rounding rounding, u256 *out)
{
	u256		internal_shares;
	core_status status = lido_internal_shares(total_shares, external_shares, &internal_shares);

	if (status == CORE_OK)
		status = u256_mul_div(ether, internal_shares, internal_ether, rounding, out);
	return status;
}

core_status
lido_external_ether(u256 external_shares, u256 internal_ether, u256 total_shares, u256 *out)
{
	return lido_pooled_eth_by_shares(external_shares, internal_ether, total_shares,
									 external_shares, U256_FLOOR, out);
}

/* rewards * fee / precision and its share of the rest, with one division for all */
static core_status
lido_v2_fee_shares(u256 rewards, u256 total_fee, u256 shares_before, u256 post_ether,
				   u256 precision, u256 *out)
{
	u256		scaled_fee;
	u256		scaled_ether;
	core_status status = checked_mul(rewards, total_fee, &scaled_fee);

	if (status == CORE_OK)
		status = checked_mul(post_ether, precision, &scaled_ether);
	if (status != CORE_OK)
		return status;
	if (!u256_sub(scaled_ether, scaled_fee, &scaled_ether))
		return CORE_BAD_PARAMETER;
	return u256_mul_div(scaled_fee, shares_before, scaled_ether, U256_FLOOR, out);
}

core_status
lido_fee_shares(u256 rewards, u256 total_fee, u256 shares_before, u256 post_ether,
				u256 precision, lido_version version, u256 *out)
{
	u256		fee_ether;
	core_status status;

	if (u256_is_zero(precision))
		return CORE_DIVISION_BY_ZERO;
	if (!is_portion(total_fee, precision))
		return CORE_BAD_PARAMETER;
	if (version == LIDO_V2)
		return lido_v2_fee_shares(rewards, total_fee, shares_before, post_ether, precision, out);
	status = u256_mul_div(rewards, total_fee, precision, U256_FLOOR, &fee_ether);
	if (status != CORE_OK)
		return status;
	if (!u256_sub(post_ether, fee_ether, &post_ether))
		return CORE_BAD_PARAMETER;
	return u256_mul_div(fee_ether, shares_before, post_ether, U256_FLOOR, out);
}

core_status
lido_withdrawal_payout(u256 amount, u256 shares, u256 max_share_rate, u256 *out)
{
	u256		own_rate;
	core_status status = ray_div(amount, shares, U256_FLOOR, &own_rate);

	if (status == CORE_OK && u256_cmp(own_rate, max_share_rate) > 0)
		status = ray_mul(shares, max_share_rate, U256_FLOOR, out);
	else if (status == CORE_OK)
		*out = amount;
	return status;
}

/* ---------- other protocols ---------- */

/* a * b / c, or zero where c is */
static core_status
mul_div_or_zero(u256 a, u256 b, u256 c, u256_rounding rounding, u256 *out)
{
	if (!u256_is_zero(c))
		return u256_mul_div(a, b, c, rounding, out);
	*out = U256_ZERO;
	return CORE_OK;
}

core_status
etherfi_amount_for_share(u256 shares, u256 pooled_ether, u256 total_shares, u256 *out)
{
	return mul_div_or_zero(shares, pooled_ether, total_shares, U256_FLOOR, out);
}

core_status
etherfi_shares_for_amount(u256 amount, u256 pooled_ether, u256 total_shares, u256 *out)
{
	return mul_div_or_zero(amount, total_shares, pooled_ether, U256_FLOOR, out);
}

core_status
etherfi_shares_for_withdrawal(u256 amount, u256 pooled_ether, u256 total_shares, u256 *out)
{
	return mul_div_or_zero(amount, total_shares, pooled_ether, U256_CEIL, out);
}

/* fee / price in shares; a fee of zero does not divide, whatever the price */
static core_status
fee_in_shares(core_status status, u256 fee, u256 price, u256 *price_out, u256 *fee_shares)
{
	u256		minted = U256_ZERO;

	if (status == CORE_OK && !u256_is_zero(fee))
		status = wad_div(fee, price, U256_FLOOR, &minted);
	if (status == CORE_OK)
	{
		*price_out = price;
		*fee_shares = minted;
	}
	return status;
}

core_status
kelp_reprice(u256 total_eth, u256 supply, u256 old_price, u256 fee_bps,
			 u256 *price, u256 *fee_shares)
{
	u256		old_eth;
	u256		fee = U256_ZERO;
	u256		new_price = FIXED_WAD;
	core_status status;

	if (!is_portion(fee_bps, FIXED_PERCENT))
		return CORE_BAD_PARAMETER;
	if (u256_is_zero(supply))
		return fee_in_shares(CORE_OK, fee, new_price, price, fee_shares);
	status = wad_mul(supply, old_price, U256_FLOOR, &old_eth);
	if (status == CORE_OK && u256_cmp(total_eth, old_eth) > 0)
		status = percent_mul(u256_sub_wrap(total_eth, old_eth), fee_bps, U256_FLOOR, &fee);
	if (status == CORE_OK)
		status = wad_div(u256_sub_wrap(total_eth, fee), supply, U256_FLOOR, &new_price);
	return fee_in_shares(status, fee, new_price, price, fee_shares);
}

core_status
kelp_reprice_e36(u256 total_value, u256 supply, u256 old_price, u256 fee_bps,
				 u256 *price, u256 *fee_shares)
{
	u256		growth;
	u256		scaled_fee = U256_ZERO;
	u256		fee = U256_ZERO;
	u256		new_price = FIXED_WAD;
	core_status status = CORE_OK;

	if (!is_portion(fee_bps, FIXED_PERCENT))
		return CORE_BAD_PARAMETER;
	if (u256_is_zero(supply))
		return fee_in_shares(CORE_OK, fee, new_price, price, fee_shares);
	(void) u256_div(total_value, supply, &new_price);
	if (u256_sub(new_price, old_price, &growth))
	{
		status = wad_mul(growth, supply, U256_FLOOR, &fee);
		if (status == CORE_OK)
			status = percent_mul(fee, fee_bps, U256_FLOOR, &fee);
		/* at most growth * supply, which is at most total_value */
		scaled_fee = u256_mul_wrap(fee, FIXED_WAD);
		(void) u256_div(u256_sub_wrap(total_value, scaled_fee), supply, &new_price);
	}
	return fee_in_shares(status, fee, new_price, price, fee_shares);
}

core_status
kelp_withdrawal_payout(u256 expected, u256 shares, u256 share_price, u256 asset_price, u256 *out)
{
	u256		present;
	core_status status = u256_mul_div(shares, share_price, asset_price, U256_FLOOR, &present);

	if (status == CORE_OK)
		*out = lesser(expected, present);
	return status;
}

core_status
swell_reprice(u256 reserves, u256 rewards, u256 supply, u256 fee_wad,
			  u256 *rate, u256 *fee_shares)
{
	u256		total;
	u256		fee_eth;
	u256		minted;
	core_status status = checked_add(reserves, rewards, &total);

	if (!is_portion(fee_wad, FIXED_WAD))
		return CORE_BAD_PARAMETER;
	if (status == CORE_OK)
		status = wad_mul(rewards, fee_wad, U256_FLOOR, &fee_eth);
	if (status == CORE_OK)
		status = wad_mul(supply, fee_eth, U256_FLOOR, &minted);
	if (status == CORE_OK)
		status = wad_div(minted, u256_sub_wrap(total, fee_eth), U256_FLOOR, &minted);
	if (status == CORE_OK)
		status = checked_add(supply, minted, &supply);
	if (status == CORE_OK)
		status = wad_div(total, supply, U256_FLOOR, rate);
	if (status == CORE_OK)
		*fee_shares = minted;
	return status;
}

core_status
mantle_eth_to_meth(u256 eth, u256 total_controlled, u256 supply, u256 adjustment_bps, u256 *out)
{
	u256		reduced;
	core_status status;

	if (!u256_sub(FIXED_PERCENT, adjustment_bps, &reduced))
		return CORE_BAD_PARAMETER;
	if (u256_is_zero(supply))
	{
		*out = eth;
		return CORE_OK;
	}
	status = checked_mul(supply, reduced, &supply);
	if (status == CORE_OK)
		status = checked_mul(total_controlled, FIXED_PERCENT, &total_controlled);
	return status == CORE_OK ? u256_mul_div(eth, supply, total_controlled, U256_FLOOR, out) : status;
}

core_status
puffer_withdrawal_payout(u256 shares, u256 request_rate, u256 batch_rate, u256 *out)
{
	return wad_mul(shares, lesser(request_rate, batch_rate), U256_FLOOR, out);
}

core_status
mellow_deposit_shares(u256 assets, u256 price, u256 *out)
{
	return wad_mul(assets, price, U256_FLOOR, out);
}

core_status
mellow_redeem_assets(u256 shares, u256 price, u256 *out)
{
	return wad_div(shares, price, U256_FLOOR, out);
}

/* ---------- EigenLayer ---------- */

share_pool
eigen_strategy(u256 balance, u256 total_shares)
{
	return (share_pool) {balance, total_shares, EIGEN_OFFSET, EIGEN_OFFSET};
}

static u256
scaling_or_one(u256 scaling_factor)
{
	return u256_is_zero(scaling_factor) ? FIXED_WAD : scaling_factor;
}

/* shares * scaling_factor * slashing_factor, floored twice */
static core_status
scaled_shares(u256 shares, u256 scaling_factor, u256 slashing_factor, u256 *out)
{
	core_status status = wad_mul(shares, scaling_or_one(scaling_factor), U256_FLOOR, &shares);

	return status == CORE_OK ? wad_mul(shares, slashing_factor, U256_FLOOR, out) : status;
}

core_status
eigen_withdrawable(u256 deposit_shares, u256 scaling_factor, u256 max_magnitude,
				   u256 beacon_factor, u256 *out)
{
	u256		slashing_factor;
	core_status status = wad_mul(max_magnitude, beacon_factor, U256_FLOOR, &slashing_factor);

	if (status == CORE_OK)
		status = scaled_shares(deposit_shares, scaling_factor, slashing_factor, out);
	return status;
}

/*
 * A deposit scaling factor as the contract stores it: never 0, which means
 * "none yet" to whoever reads it next.
 */
static core_status
dsf_of(u256 factor, u256 slashing_factor, u256 *out)
{
	core_status status = wad_div(factor, slashing_factor, U256_FLOOR, out);

	return status == CORE_OK && u256_is_zero(*out) ? CORE_BAD_PARAMETER : status;
}

core_status
eigen_dsf_update(u256 deposit_shares, u256 added_shares, u256 scaling_factor,
				 u256 max_magnitude, u256 beacon_factor, u256 *out)
{
	u256		slashing_factor;
	u256		shares;
	u256		deposited;
	core_status status = wad_mul(max_magnitude, beacon_factor, U256_FLOOR, &slashing_factor);

	if (status == CORE_OK && u256_is_zero(deposit_shares))
		return dsf_of(scaling_or_one(scaling_factor), slashing_factor, out);
	if (status == CORE_OK)
		status = scaled_shares(deposit_shares, scaling_factor, slashing_factor, &shares);
	if (status == CORE_OK)
		status = checked_add(shares, added_shares, &shares);
	if (status == CORE_OK)
		status = checked_add(deposit_shares, added_shares, &deposited);
	if (status == CORE_OK)
		status = wad_div(shares, deposited, U256_FLOOR, &shares);
	return status == CORE_OK ? dsf_of(shares, slashing_factor, out) : status;
}

core_status
eigen_slashed_shares(u256 operator_shares, u256 old_magnitude, u256 new_magnitude, u256 *out)
{
	u256		left;
	core_status status;

	if (!is_portion(new_magnitude, old_magnitude))
		return CORE_BAD_PARAMETER;
	status = u256_mul_div(operator_shares, new_magnitude, old_magnitude, U256_CEIL, &left);
	if (status == CORE_OK)
		*out = u256_sub_wrap(operator_shares, left);
	return status;
}

core_status
eigen_slashed_magnitude(u256 magnitude, u256 portion, u256 *out)
{
	if (!is_portion(portion, FIXED_WAD))
		return CORE_BAD_PARAMETER;
	return wad_mul(magnitude, portion, U256_CEIL, out);
}

core_status
eigen_beacon_factor(u256 beacon_factor, u256 old_balance, u256 new_balance, u256 *out)
{
	if (!is_portion(new_balance, old_balance))
		return CORE_BAD_PARAMETER;
	return u256_mul_div(beacon_factor, new_balance, old_balance, U256_FLOOR, out);
}

/* ---------- Aave's correlated-asset price oracle ---------- */

core_status
capo_max_ratio(u256 snapshot_ratio, u256 growth_bps, u256 scaling, uint64_t elapsed, u256 *out)
{
	u256		growth = U256_ZERO;
	u256		unit;
	core_status status = checked_mul(growth_bps, scaling, &growth);

	/* the contract's two divisions in a row are one */
	if (status == CORE_OK)
		status = u256_mul_div(snapshot_ratio, growth, u256_from_u64(10000 * CAPO_YEAR_SECONDS),
							  U256_FLOOR, &growth);
	if (status == CORE_OK)
		status = checked_mul(scaling, u256_from_u64(MICROSECONDS), &unit);
	if (status == CORE_OK)
		status = u256_mul_div(growth, u256_from_u64(elapsed), unit, U256_FLOOR, &growth);
	return status == CORE_OK ? checked_add(snapshot_ratio, growth, out) : status;
}
