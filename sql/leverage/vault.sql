-- domain leverage: Morpho's vaults and Lido's stVaults

-- Morpho

CREATE FUNCTION morpho_vault_accrue(
	total_assets numeric, total_supply numeric, real_assets numeric, elapsed numeric, max_rate numeric,
	performance_fee numeric, management_fee numeric, virtual_shares numeric DEFAULT 1,
	OUT total_assets_after numeric, OUT performance_fee_shares numeric, OUT management_fee_shares numeric,
	OUT total_supply_after numeric, OUT interest numeric)
	AS 'MODULE_PATHNAME', 'morpho_vault_accrue_row' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION morpho_vault_accrue(numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric) IS
	'a Morpho Vault V2 after elapsed seconds: total_assets grow towards real_assets at max_rate (wad per second) at most and fall at once, fees (wad; management per second) are minted as shares; virtual_shares 10^(18 - decimals); VaultV2.accrueInterestView';

CREATE FUNCTION metamorpho_accrue(
	real_assets numeric, last_total_assets numeric, lost_assets numeric, total_supply numeric, fee numeric,
	decimals_offset bigint DEFAULT 0, version text DEFAULT 'v1.1',
	OUT total_assets_after numeric, OUT lost_assets_after numeric, OUT interest numeric, OUT fee_shares numeric,
	OUT total_supply_after numeric)
	AS 'MODULE_PATHNAME', 'metamorpho_accrue_row' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION metamorpho_accrue(numeric, numeric, numeric, numeric, numeric, bigint, text) IS
	'a MetaMorpho vault whose markets owe it real_assets, with the shares minted for the fee (wad, of interest); a loss lowers the price in version v1 and is kept as lost assets in v1.1; decimals_offset 18 - decimals; MetaMorpho._accruedFeeShares';

-- Lido

CREATE FUNCTION lido_vault(
	total_value numeric, liability_shares numeric, max_liability_shares numeric, minimal_reserve numeric,
	reserve_ratio_bps numeric, forced_rebalance_threshold_bps numeric, total_ether numeric, total_shares numeric,
	unsettled_fees numeric DEFAULT 0, redemption_shares numeric DEFAULT 0, share_limit numeric DEFAULT NULL,
	available_balance numeric DEFAULT NULL,
	OUT liability numeric, OUT locked numeric, OUT unlocked numeric, OUT minting_capacity_shares numeric,
	OUT healthy boolean, OUT shortfall_shares numeric, OUT obligation_shares numeric, OUT obligations numeric,
	OUT bad_debt_shares numeric, OUT withdrawable numeric, OUT obligations_shortfall numeric)
	AS 'MODULE_PATHNAME', 'lido_vault_row_of' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 300;
COMMENT ON FUNCTION lido_vault(numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric) IS
	'a stVault of Lido V3 in wei and shares: what it owes, locks and may mint in all, whether it is healthy, what it must burn and pay, what can be withdrawn; total_ether, total_shares: Lido''s internal ether and shares; of bad debt the shortfall and what follows are NULL; VaultHub';

CREATE FUNCTION lido_vault_fees(
	total_value numeric, minted_steth numeric, mintable_steth numeric, core_apr numeric, seconds numeric,
	infra_fee_bps numeric, liquidity_fee_bps numeric, reservation_fee_bps numeric,
	year_days double precision DEFAULT 365.25,
	OUT infra_fee numeric, OUT liquidity_fee numeric, OUT reservation_fee numeric)
	AS 'MODULE_PATHNAME', 'lido_vault_fees' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 400;
COMMENT ON FUNCTION lido_vault_fees(numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, double precision) IS
	'fees of a stVault over seconds in wei, each rounded up: infra of its total value, liquidity of the stETH minted, reservation of what could be, each at the gross APR of Lido''s core (a fraction, below 0 as 0) times basis points, in years of 365.25 days; calc_fee_value of lido-oracle';

CREATE FUNCTION lido_vault_carry(
	staking_apr double precision, mint_ratio double precision, steth_apr double precision, operator_fee double precision,
	infra_fee double precision, liquidity_fee double precision, core_apr double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'lido_vault_carry' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION lido_vault_carry(double precision, double precision, double precision, double precision, double precision, double precision, double precision) IS
	'what an ether in a stVault that minted mint_ratio of it as stETH earns a year, a fraction: staking_apr * (1 - operator_fee) - core_apr * (infra_fee + mint_ratio * liquidity_fee) - mint_ratio * steth_apr';
