-- domain leverage: Aave v3

-- interest

CREATE FUNCTION aave_linear_interest(rate numeric, seconds numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_aave_linear_interest' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION aave_linear_interest(numeric, numeric) IS
	'one plus the interest of a yearly rate over seconds, both in ray (1e27): 1e27 + floor(rate * seconds / 31536000), as suppliers accrue; Aave MathUtils.calculateLinearInterest';

CREATE FUNCTION aave_compound_interest(rate numeric, seconds numeric, version text DEFAULT 'taylor') RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_aave_compound_interest' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION aave_compound_interest(numeric, numeric, text) IS
	'one plus the interest of a yearly rate over seconds, compounded as Aave approximates it, in ray (1e27): taylor (aave-v3-origin), binomial (aave-v3-core) or v2 (protocol-v2 and the SDK, rate per second floored first)';

CREATE FUNCTION aave_accrue_index(
	index numeric, rate numeric, seconds numeric, side text, version text DEFAULT 'taylor') RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_aave_accrue_index' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION aave_accrue_index(numeric, numeric, numeric, text, text) IS
	'an index in ray (1e27) after seconds at a yearly rate: side supply accrues linearly, side debt compounds in the version of aave_compound_interest; rounded half up, Aave ReserveLogic._updateIndexes';

CREATE FUNCTION aave_apy(rate numeric, seconds numeric DEFAULT 31536000) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_aave_apy' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION aave_apy(numeric, numeric) IS
	'yield in ray (1e27) of a yearly rate that compounds every second: (1e27 + floor(rate / 31536000))^seconds - 1e27 by rayPow; calculateCompoundedRate of aave-utilities, what Aave''s interface shows as APY';

-- rates

CREATE FUNCTION aave_rates(
	available numeric, debt numeric, optimal numeric, base numeric, slope1 numeric, slope2 numeric,
	reserve_factor_bps numeric, deficit numeric DEFAULT 0, OUT supply_rate numeric, OUT borrow_rate numeric, OUT
	utilization numeric)
	AS 'MODULE_PATHNAME', 'leverage_aave_rates' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION aave_rates(numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric) IS
	'yearly rates and utilization in ray (1e27) of a reserve with two slopes that meet at the utilization optimal; amounts in units of the asset, a deficit lowers only the supply rate; Aave DefaultReserveInterestRateStrategyV2';

CREATE FUNCTION aave_treasury_accrual(
	scaled_debt numeric, index_before numeric, index_after numeric, reserve_factor_bps numeric, version text
	DEFAULT 'origin') RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_aave_treasury_accrual' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION aave_treasury_accrual(numeric, numeric, numeric, numeric, text) IS
	'what the treasury gets of the interest between two borrow indices, in units of the asset: reserve_factor_bps of scaled_debt * (index_after - index_before) / 1e27; Aave ReserveLogic._accrueToTreasury, version origin, v3.6, v3.5 or v3.0';

-- balances

CREATE FUNCTION aave_scaled_to_balance(
	scaled numeric, index numeric, side text, version text DEFAULT 'origin') RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_aave_scaled_to_balance' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION aave_scaled_to_balance(numeric, numeric, text, text) IS
	'balance of an aToken (side supply, floored) or a variable debt token (side debt, ceiled) from its scaled balance and index in ray; version v3.0 rounds half up; Aave TokenMath';

CREATE FUNCTION aave_amount_to_scaled(
	amount numeric, index numeric, action text, version text DEFAULT 'origin') RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_aave_amount_to_scaled' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION aave_amount_to_scaled(numeric, numeric, text, text) IS
	'scaled tokens minted or burned for an amount: supply and repay are floored, withdraw (and transfer) and borrow ceiled, so that rounding is the account''s loss; version v3.0 rounds half up; Aave TokenMath';

CREATE FUNCTION aave_base_value(
	amount numeric, price numeric, decimals bigint, side text, version text DEFAULT 'origin') RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_aave_base_value' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION aave_base_value(numeric, numeric, bigint, text, text) IS
	'amount * price / 10^decimals in the pool''s base currency, floored for side supply, ceiled for side debt (floored in version v3.0); Aave GenericLogic';

-- accounts

CREATE FUNCTION aave_health_factor(
	collateral_base numeric, debt_base numeric, liquidation_threshold_bps numeric, version text DEFAULT 'origin') RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_aave_health_factor' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION aave_health_factor(numeric, numeric, numeric, text) IS
	'health factor in wad (1e18) of values in the base currency, NULL without debt (2^256 - 1 on chain): floor(wadDiv(collateral * threshold, debt) / 1e4); version v3.0 rounds the collateral''s share half up first; Aave GenericLogic';

CREATE FUNCTION aave_available_to_borrow(
	collateral_base numeric, debt_base numeric, ltv_bps numeric, version text DEFAULT 'origin') RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_aave_available_to_borrow' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION aave_available_to_borrow(numeric, numeric, numeric, text) IS
	'what can still be borrowed, in the base currency: collateral * ltv / 1e4, floored (half up in version v3.0), less debt, never below zero; Aave GenericLogic.calculateAvailableBorrows';

CREATE FUNCTION aave_account(
	collateral_values numeric[], liquidation_thresholds_bps numeric[], ltvs_bps numeric[], debts numeric[],
	version text DEFAULT 'origin', OUT total_collateral numeric, OUT total_debt numeric, OUT available_to_borrow
	numeric, OUT liquidation_threshold_bps numeric, OUT ltv_bps numeric, OUT health_factor numeric)
	AS 'MODULE_PATHNAME', 'leverage_aave_account' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION aave_account(numeric[], numeric[], numeric[], numeric[], text) IS
	'what getUserAccountData says of an account with these collaterals and debts, values in the base currency, averages floored to basis points, health factor in wad, NULL without debt; a collateral with threshold zero counts since v3.6; NULL where an element is; Aave GenericLogic.calculateUserAccountData';

CREATE FUNCTION aave_emode_terms(
	reserve_id bigint, reserve_ltv_bps numeric, reserve_liquidation_threshold_bps numeric,
	reserve_liquidation_bonus_bps numeric, category_ltv_bps numeric, category_liquidation_threshold_bps numeric,
	category_liquidation_bonus_bps numeric, collateral_bitmap numeric, ltvzero_bitmap numeric DEFAULT 0, isolated
	boolean DEFAULT false, version text DEFAULT 'origin', OUT ltv_bps numeric, OUT liquidation_threshold_bps
	numeric, OUT liquidation_bonus_bps numeric, OUT in_category boolean)
	AS 'MODULE_PATHNAME', 'leverage_aave_emode_terms' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION aave_emode_terms(bigint, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, boolean, text) IS
	'the terms of a reserve for an account in an e-mode category: the category''s where its bit of collateral_bitmap is set, ltv zero where that of ltvzero_bitmap is or outside an isolated category; before 3.6 a reserve with ltv zero kept it; Aave ValidationLogic.getUserReserveLtv';

-- liquidation

CREATE FUNCTION aave_liquidation(
	collateral_balance numeric, collateral_price numeric, debt_balance numeric, debt_price numeric,
	liquidation_bonus_bps numeric, protocol_fee_bps numeric, health_factor numeric, total_debt_base numeric,
	debt_to_cover numeric, collateral_decimals bigint DEFAULT 18, debt_decimals bigint DEFAULT 18,
	other_collateral_base numeric DEFAULT 0, version text DEFAULT 'origin', OUT max_liquidatable_debt numeric,
	OUT debt_repaid numeric, OUT collateral_to_liquidator numeric, OUT protocol_fee numeric, OUT deficit numeric)
	AS 'MODULE_PATHNAME', 'leverage_aave_liquidation' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION aave_liquidation(numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, bigint, bigint, numeric, text) IS
	'a liquidation of debt_to_cover of one debt for one collateral, in units of the assets, prices with 8 decimals: what the close factor allows, what is repaid and seized, the fee of the bonus (10500 is 5 %), and the debt written off where no collateral is left; an error where the contract reverts; Aave LiquidationLogic';

-- configuration

CREATE FUNCTION aave_configuration(
	data numeric, OUT ltv_bps integer, OUT liquidation_threshold_bps integer, OUT liquidation_bonus_bps integer,
	OUT decimals integer, OUT active boolean, OUT frozen boolean, OUT borrowing_enabled boolean, OUT
	stable_borrowing_enabled boolean, OUT paused boolean, OUT borrowable_in_isolation boolean, OUT
	siloed_borrowing boolean, OUT flash_loan_enabled boolean, OUT reserve_factor_bps integer, OUT borrow_cap
	bigint, OUT supply_cap bigint, OUT liquidation_protocol_fee_bps integer, OUT emode_category integer, OUT
	unbacked_mint_cap bigint, OUT debt_ceiling bigint, OUT virtual_accounting boolean)
	AS 'MODULE_PATHNAME', 'leverage_aave_configuration' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION aave_configuration(numeric) IS
	'the fields of a reserve''s configuration word; caps in whole tokens (0 is none), debt_ceiling in cents; Aave ReserveConfiguration, with the fields of past versions';

-- prices

CREATE FUNCTION aave_capo_price(
	base_price numeric, ratio numeric, max_ratio numeric, ratio_decimals bigint DEFAULT 18) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_aave_capo_price' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION aave_capo_price(numeric, numeric, numeric, bigint) IS
	'price of a staking token as Aave''s capped oracle has it, floor(base_price * least(ratio, max_ratio) / 10^ratio_decimals); max_ratio as capo_max_ratio gives it; CAPO PriceCapAdapterBase';

CREATE FUNCTION aave_pt_price(
	asset_price numeric, discount_per_year numeric, seconds_to_maturity numeric, unit numeric DEFAULT
	1000000000000000000) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_aave_pt_price' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION aave_pt_price(numeric, numeric, numeric, numeric) IS
	'price of a Pendle principal token as Aave''s oracle has it: asset_price less a discount that falls linearly to zero at maturity, floored; discount_per_year with the given unit (1e18; 10000 in the first adapters); CAPO PendlePriceCapAdapter';
