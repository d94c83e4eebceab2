-- domain rate: shares, assets and exact exchange rates

-- shares and assets

CREATE FUNCTION shares_to_assets(
	shares numeric, total_assets numeric, total_shares numeric, rounding text DEFAULT 'floor',
	virtual_assets numeric DEFAULT 0, virtual_shares numeric DEFAULT 0) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_shares_to_assets' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION shares_to_assets(numeric, numeric, numeric, text, numeric, numeric) IS
	'what shares of a pool are worth, shares * (total_assets + virtual_assets) / (total_shares + virtual_shares), in chain integers, rounded floor, ceil or half_up; one to one where there are no shares, virtual or other; as ERC-4626, Lido, Rocket Pool, Mantle';

CREATE FUNCTION assets_to_shares(
	assets numeric, total_assets numeric, total_shares numeric, rounding text DEFAULT 'floor',
	virtual_assets numeric DEFAULT 0, virtual_shares numeric DEFAULT 0) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_assets_to_shares' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION assets_to_shares(numeric, numeric, numeric, text, numeric, numeric) IS
	'the shares of a pool that assets are worth, assets * (total_shares + virtual_shares) / (total_assets + virtual_assets), in chain integers, rounded floor, ceil or half_up; one to one where there are no shares, virtual or other; as ERC-4626, Lido, Rocket Pool, Mantle';

CREATE FUNCTION exchange_rate(
	total_assets numeric, total_shares numeric, scale numeric DEFAULT 1000000000000000000) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_exchange_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION exchange_rate(numeric, numeric, numeric) IS
	'assets of one share as a chain integer with unit scale, floor(total_assets * scale / total_shares); scale where there are no shares';

CREATE FUNCTION rate_chain(VARIADIC rates numeric[]) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_rate_chain' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION rate_chain(VARIADIC numeric[]) IS
	'product of exchange rates with unit 1e18 (weETH in eETH, eETH in ETH), floored at every hop, as contracts that call one another do; NULL where a rate is; an error where that rounds to 0 and no rate is 0';

CREATE FUNCTION rate_chain_scaled(rates numeric[], scale numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_rate_chain_scaled' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION rate_chain_scaled(numeric[], numeric) IS
	'product of exchange rates with unit scale (1e6 for 6 decimals), floored at every hop, as a vault on a vault has it; NULL where a rate is; an error where that rounds to 0 and no rate is 0';

CREATE FUNCTION rate_invert(
	rate numeric, scale numeric DEFAULT 1000000000000000000, rounding text DEFAULT 'floor') RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_rate_invert' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION rate_invert(numeric, numeric, text) IS
	'an exchange rate with unit scale the other way round, scale^2 / rate, for protocols that publish shares per asset (ankrETH, Mellow)';

CREATE FUNCTION rebase_amount(
	shares numeric, pre_total_assets numeric, pre_total_shares numeric, post_total_assets numeric,
	post_total_shares numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_rebase_amount' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION rebase_amount(numeric, numeric, numeric, numeric, numeric) IS
	'what a report added to the balance of a holder of shares in a rebasing token such as stETH or eETH, in wei: floored balance after minus floored balance before, negative in a slashing';

-- baskets

CREATE FUNCTION basket_value(balances numeric[], prices numeric[], floor_each boolean DEFAULT false) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_basket_value' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION basket_value(numeric[], numeric[], boolean) IS
	'sum of balance * price / 1e18 over the tokens of a basket, in chain integers, floored once, or for each token (floor_each, as Renzo RestakeManager)';

CREATE FUNCTION basket_rate(
	balances numeric[], prices numeric[], supply numeric, floor_each boolean DEFAULT false) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_basket_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION basket_rate(numeric[], numeric[], numeric, boolean) IS
	'exchange rate with unit 1e18 of a token that a basket backs: sum of balance * price over supply, floored once (as Kelp LRTOracle), or for each token too (floor_each, as Renzo RestakeManager); 1e18 where the supply is zero';

-- ERC-4626

CREATE FUNCTION erc4626_preview_deposit(
	assets numeric, total_assets numeric, total_shares numeric, decimals_offset bigint DEFAULT 0,
	entry_fee_bps numeric DEFAULT 0, variant text DEFAULT 'openzeppelin') RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_erc4626_preview_deposit' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION erc4626_preview_deposit(numeric, numeric, numeric, bigint, numeric, text) IS
	'shares minted for assets paid into a vault, rounded down, the fee within the assets rounded up; OpenZeppelin ERC4626 and ERC4626Fees, or variant solmate (no virtual shares) or puffer';

CREATE FUNCTION erc4626_preview_mint(
	shares numeric, total_assets numeric, total_shares numeric, decimals_offset bigint DEFAULT 0,
	entry_fee_bps numeric DEFAULT 0, variant text DEFAULT 'openzeppelin') RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_erc4626_preview_mint' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION erc4626_preview_mint(numeric, numeric, numeric, bigint, numeric, text) IS
	'assets to pay into a vault for shares, rounded up, the fee on top rounded up; OpenZeppelin ERC4626 and ERC4626Fees, or variant solmate (no virtual shares) or puffer';

CREATE FUNCTION erc4626_preview_withdraw(
	assets numeric, total_assets numeric, total_shares numeric, decimals_offset bigint DEFAULT 0,
	exit_fee_bps numeric DEFAULT 0, variant text DEFAULT 'openzeppelin') RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_erc4626_preview_withdraw' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION erc4626_preview_withdraw(numeric, numeric, numeric, bigint, numeric, text) IS
	'shares burned for assets paid out of a vault, rounded up, the fee on top rounded up; OpenZeppelin ERC4626 and ERC4626Fees, or variant solmate (no virtual shares) or puffer (PufferVaultV5: assets and fee are floor(assets * 1e4 / (1e4 - fee)))';

CREATE FUNCTION erc4626_preview_redeem(
	shares numeric, total_assets numeric, total_shares numeric, decimals_offset bigint DEFAULT 0,
	exit_fee_bps numeric DEFAULT 0, variant text DEFAULT 'openzeppelin') RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_erc4626_preview_redeem' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION erc4626_preview_redeem(numeric, numeric, numeric, bigint, numeric, text) IS
	'assets paid out of a vault for shares, rounded down, less the fee rounded up; OpenZeppelin ERC4626 and ERC4626Fees, or variant solmate (no virtual shares) or puffer (PufferVaultV5: the fee is of the assets before it)';

--@for TIME AT = timestamp with time zone, timestamp with time zone | timestamp without time zone, timestamp without time zone | timestamp without time zone, timestamp with time zone | timestamp with time zone, timestamp without time zone
CREATE FUNCTION drip_total_assets(
	stored numeric, reward numeric, last_sync @TIME@,
	cycle_end @TIME@, at @AT@) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_drip_total_assets' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION drip_total_assets(numeric, numeric, @TIME@, @TIME@, @AT@) IS
	'assets of a vault whose last reward is released linearly from last_sync to cycle_end, floored, in wei; xERC4626, which sfrxETH is';
--@end

-- Lido

CREATE FUNCTION lido_pooled_eth_by_shares(
	shares numeric, internal_ether numeric, total_shares numeric,
	external_shares numeric DEFAULT 0, rounding text DEFAULT 'floor') RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_lido_pooled_eth_by_shares' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION lido_pooled_eth_by_shares(numeric, numeric, numeric, numeric, text) IS
	'ether of stETH shares in wei, shares * internal_ether / (total_shares - external_shares), StETH.getPooledEthByShares since V3; before V3 internal_ether is all pooled ether and there are no external shares';

CREATE FUNCTION lido_shares_by_pooled_eth(
	ether numeric, internal_ether numeric, total_shares numeric,
	external_shares numeric DEFAULT 0, rounding text DEFAULT 'floor') RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_lido_shares_by_pooled_eth' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION lido_shares_by_pooled_eth(numeric, numeric, numeric, numeric, text) IS
	'stETH shares of ether in wei, ether * (total_shares - external_shares) / internal_ether, StETH.getSharesByPooledEth since V3; before V3 internal_ether is all pooled ether and there are no external shares';

CREATE FUNCTION lido_external_ether(
	external_shares numeric, internal_ether numeric, total_shares numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_lido_external_ether' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION lido_external_ether(numeric, numeric, numeric) IS
	'ether in wei behind the stETH shares that vaults outside back, floored, Lido.getExternalEther of V3; internal and external ether are the total supply of stETH';

CREATE FUNCTION lido_fee_shares(
	rewards numeric, total_fee numeric, shares_before numeric, post_ether numeric,
	fee_precision numeric DEFAULT 100000000000000000000, version text DEFAULT 'v3') RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_lido_fee_shares' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION lido_fee_shares(numeric, numeric, numeric, numeric, numeric, text) IS
	'stETH shares minted as fee of a report: total_fee/fee_precision of rewards in wei at the rate after the report; version v3 (Accounting) floors the fee in ether first, v2 (Lido) divides once; a report without consensus rewards mints none';

CREATE FUNCTION lido_withdrawal_payout(amount numeric, shares numeric, max_share_rate numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_lido_withdrawal_payout' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION lido_withdrawal_payout(numeric, numeric, numeric) IS
	'ether in wei that a finalized stETH withdrawal request is paid: its nominal amount, or shares * max_share_rate / 1e27 where its own rate is above max_share_rate; WithdrawalQueueBase';

-- other protocols

CREATE FUNCTION etherfi_amount_for_share(shares numeric, pooled_ether numeric, total_shares numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_etherfi_amount_for_share' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION etherfi_amount_for_share(numeric, numeric, numeric) IS
	'ether of eETH shares in wei, floored, zero where there are no shares; ether.fi LiquidityPool.amountForShare, of 1e18 the rate of weETH';

CREATE FUNCTION etherfi_shares_for_amount(
	amount numeric, pooled_ether numeric, total_shares numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_etherfi_shares_for_amount' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION etherfi_shares_for_amount(numeric, numeric, numeric) IS
	'eETH shares of ether in wei, floored, zero where there is no ether; ether.fi LiquidityPool.sharesForAmount';

CREATE FUNCTION etherfi_shares_for_withdrawal(
	amount numeric, pooled_ether numeric, total_shares numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_etherfi_shares_for_withdrawal' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION etherfi_shares_for_withdrawal(numeric, numeric, numeric) IS
	'eETH shares burned for ether withdrawn in wei, rounded up, zero where there is no ether; ether.fi LiquidityPool.sharesForWithdrawalAmount';

CREATE FUNCTION kelp_reprice(
	total_eth numeric, supply numeric, old_price numeric, fee_bps numeric, OUT price numeric,
	OUT fee_shares numeric)
	AS 'MODULE_PATHNAME', 'rule_kelp_reprice' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION kelp_reprice(numeric, numeric, numeric, numeric) IS
	'new rsETH price with unit 1e18 and rsETH minted as fee, fee_bps of the growth of total_eth over supply at old_price, in wei; Kelp LRTOracle.updateRSETHPrice';

CREATE FUNCTION kelp_reprice_e36(
	total_value numeric, supply numeric, old_price numeric, fee_bps numeric, OUT price numeric,
	OUT fee_shares numeric)
	AS 'MODULE_PATHNAME', 'rule_kelp_reprice_e36' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION kelp_reprice_e36(numeric, numeric, numeric, numeric) IS
	'new rsETH price with unit 1e18 and rsETH minted as fee, as Kelp LRTOracle of early 2025 computed them from total_value with unit 1e36, the sum of balance * price: the fee is of the growth of the floored price';

CREATE FUNCTION kelp_withdrawal_payout(
	expected numeric, shares numeric, share_price numeric, asset_price numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_kelp_withdrawal_payout' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION kelp_withdrawal_payout(numeric, numeric, numeric, numeric) IS
	'wei that an unlocked rsETH withdrawal is paid: the lesser of what was expected at request and floor(shares * share_price / asset_price); Kelp LRTWithdrawalManager; with asset_price 1e18 a batch of Puffer PufferWithdrawalManager';

CREATE FUNCTION swell_reprice(
	reserves numeric, rewards numeric, supply numeric, fee_wad numeric, OUT rate numeric,
	OUT fee_shares numeric)
	AS 'MODULE_PATHNAME', 'rule_swell_reprice' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION swell_reprice(numeric, numeric, numeric, numeric) IS
	'new rate of swETH or rswETH with unit 1e18 after rewards in wei on top of reserves, and shares minted as fee, fee_wad/1e18 of the rewards; Swell swETH.reprice';

CREATE FUNCTION mantle_eth_to_meth(
	eth numeric, total_controlled numeric, supply numeric, adjustment_bps numeric DEFAULT 0) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_mantle_eth_to_meth' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION mantle_eth_to_meth(numeric, numeric, numeric, numeric) IS
	'mETH minted for ether in wei, eth * supply * (1e4 - adjustment_bps) / (total_controlled * 1e4) floored, one to one where the supply is zero; Mantle Staking.ethToMETH';

CREATE FUNCTION puffer_withdrawal_payout(shares numeric, request_rate numeric, batch_rate numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_puffer_withdrawal_payout' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION puffer_withdrawal_payout(numeric, numeric, numeric) IS
	'wei that a completed pufETH withdrawal is paid, at the lesser of the rates with unit 1e18 at request and at finalization of its batch; PufferWithdrawalManager';

CREATE FUNCTION mellow_deposit_shares(assets numeric, price numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_mellow_deposit_shares' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION mellow_deposit_shares(numeric, numeric) IS
	'shares for assets in a Mellow flexible vault, floor(assets * price / 1e18): its oracle quotes shares per asset (priceD18)';

CREATE FUNCTION mellow_redeem_assets(shares numeric, price numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_mellow_redeem_assets' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION mellow_redeem_assets(numeric, numeric) IS
	'assets of shares in a Mellow flexible vault, floor(shares * 1e18 / price): its oracle quotes shares per asset (priceD18)';

-- EigenLayer

CREATE FUNCTION eigen_shares_to_underlying(shares numeric, balance numeric, total_shares numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_eigen_shares_to_underlying' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION eigen_shares_to_underlying(numeric, numeric, numeric) IS
	'tokens in wei of the shares of an EigenLayer strategy, floored, with 1000 virtual shares and tokens; StrategyBase.sharesToUnderlyingView';

CREATE FUNCTION eigen_underlying_to_shares(amount numeric, balance numeric, total_shares numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_eigen_underlying_to_shares' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION eigen_underlying_to_shares(numeric, numeric, numeric) IS
	'shares of an EigenLayer strategy for tokens in wei, floored, with 1000 virtual shares and tokens, balance without the deposit; StrategyBase.underlyingToSharesView';

CREATE FUNCTION eigen_withdrawable(
	deposit_shares numeric, deposit_scaling_factor numeric, max_magnitude numeric,
	beacon_slashing_factor numeric DEFAULT 1000000000000000000) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_eigen_withdrawable' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION eigen_withdrawable(numeric, numeric, numeric, numeric) IS
	'shares that a staker can withdraw after slashing: floor(floor(deposit_shares * factor) * floor(max_magnitude * beacon_slashing_factor)), factors with unit 1e18, a deposit scaling factor of 0 being 1e18; EigenLayer SlashingLib.calcWithdrawable';

CREATE FUNCTION eigen_dsf_update(
	deposit_shares numeric, added_shares numeric, deposit_scaling_factor numeric,
	max_magnitude numeric, beacon_slashing_factor numeric DEFAULT 1000000000000000000) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_eigen_dsf_update' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION eigen_dsf_update(numeric, numeric, numeric, numeric, numeric) IS
	'deposit scaling factor with unit 1e18 after a deposit that adds shares, deposit_shares being those before; an error where it would be 0, as there; EigenLayer SlashingLib.update';

CREATE FUNCTION eigen_slashed_shares(
	operator_shares numeric, old_magnitude numeric, new_magnitude numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_eigen_slashed_shares' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION eigen_slashed_shares(numeric, numeric, numeric) IS
	'shares that an operator loses when its magnitude falls, operator_shares - ceil(operator_shares * new_magnitude / old_magnitude); EigenLayer SlashingLib.calcSlashedAmount';

CREATE FUNCTION eigen_slashed_magnitude(magnitude numeric, wad_to_slash numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_eigen_slashed_magnitude' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION eigen_slashed_magnitude(numeric, numeric) IS
	'magnitude slashed, ceil(magnitude * wad_to_slash / 1e18); EigenLayer AllocationManager.slashOperator';

CREATE FUNCTION eigen_beacon_factor(
	beacon_slashing_factor numeric, old_balance numeric, new_balance numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_eigen_beacon_factor' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION eigen_beacon_factor(numeric, numeric, numeric) IS
	'beacon chain slashing factor with unit 1e18 after the restaked balance fell, floor(factor * new_balance / old_balance); EigenLayer EigenPodManager';

-- caps

--@for TIME AT = timestamp with time zone, timestamp with time zone | timestamp without time zone, timestamp without time zone | timestamp without time zone, timestamp with time zone | timestamp with time zone, timestamp without time zone
CREATE FUNCTION capo_max_ratio(
	snapshot_ratio numeric, snapshot_time @TIME@, max_growth_bps numeric,
	at @AT@, scaling_factor numeric DEFAULT 1000000) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_capo_max_ratio' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION capo_max_ratio(numeric, @TIME@, numeric, @AT@, numeric) IS
	'the greatest exchange rate that Aave accepts at a time: the snapshot and max_growth_bps a year of it (365 days), floored to a growth per second kept with scaling_factor (1 in the first adapters); CAPO PriceCapAdapterBase';
--@end

--@for TIME AT = timestamp with time zone, timestamp with time zone | timestamp without time zone, timestamp without time zone | timestamp without time zone, timestamp with time zone | timestamp with time zone, timestamp without time zone
CREATE FUNCTION capo_ratio(
	ratio numeric, snapshot_ratio numeric, snapshot_time @TIME@,
	max_growth_bps numeric, at @AT@, scaling_factor numeric DEFAULT 1000000) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rule_capo_ratio' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION capo_ratio(numeric, numeric, @TIME@, numeric, @AT@, numeric) IS
	'the exchange rate that Aave uses: ratio, or capo_max_ratio where ratio is above it; CAPO PriceCapAdapterBase';
--@end
