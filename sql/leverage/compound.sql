-- domain leverage: Compound v3 (Comet)

-- rates

CREATE FUNCTION comet_per_second(rate_per_year numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_comet_per_second' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION comet_per_second(numeric) IS
	'the rate per second that a Comet market computes with, floor(rate_per_year / 31536000), in wad (1e18) as the yearly one of its configuration; Comet constructor';

CREATE FUNCTION comet_utilization(total_supply numeric, total_borrow numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_comet_utilization' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION comet_utilization(numeric, numeric) IS
	'borrowed over supplied base asset in wad (1e18), floored, above 1e18 where more is borrowed, zero where nothing is supplied; Comet.getUtilization';

CREATE FUNCTION comet_rate(
	utilization numeric, kink numeric, base numeric, slope_low numeric, slope_high numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_comet_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION comet_rate(numeric, numeric, numeric, numeric, numeric) IS
	'rate per second in wad at a utilization in wad on a market''s supply or borrow curve, whose parameters are per second: base + slope_low up to the kink, slope_high beyond it; Comet.getSupplyRate, getBorrowRate';

CREATE FUNCTION comet_accrue_index(index numeric, rate numeric, seconds numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_comet_accrue_index' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION comet_accrue_index(numeric, numeric, numeric) IS
	'a supply or borrow index (1e15 is one) after some seconds at a rate per second in wad: index + floor(index * rate * seconds / 1e18); Comet.accruedInterestIndices';

-- balances

CREATE FUNCTION comet_present_value(
	principal numeric, supply_index numeric, borrow_index numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_comet_present_value' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION comet_present_value(numeric, numeric, numeric) IS
	'what a stored principal is worth in the base asset, negative for debt, cut towards zero: principal * index / 1e15 with the index of its side; Comet.presentValue';

CREATE FUNCTION comet_principal_value(
	balance numeric, supply_index numeric, borrow_index numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_comet_principal_value' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION comet_principal_value(numeric, numeric, numeric) IS
	'the principal that is stored for a balance of the base asset, negative for debt, rounded against the account: down for suppliers, up for borrowers; Comet.principalValue';

-- accounts

CREATE FUNCTION comet_liquidity(
	base_balance numeric, base_price numeric, base_scale numeric, collateral_balances numeric[],
	collateral_prices numeric[], collateral_scales numeric[], collateral_factors numeric[]) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_comet_liquidity' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION comet_liquidity(numeric, numeric, numeric, numeric[], numeric[], numeric[], numeric[]) IS
	'worth of a base balance (negative for debt) and of collateral times its factors (wad), in the units of the prices, signed; scales are 10^decimals; as Comet sums it in isBorrowCollateralized and isLiquidatable';

CREATE FUNCTION comet_is_borrow_collateralized(
	base_balance numeric, base_price numeric, base_scale numeric, collateral_balances numeric[],
	collateral_prices numeric[], collateral_scales numeric[], borrow_collateral_factors numeric[]) RETURNS boolean
	AS 'MODULE_PATHNAME', 'leverage_comet_is_borrow_collateralized' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION comet_is_borrow_collateralized(numeric, numeric, numeric, numeric[], numeric[], numeric[], numeric[]) IS
	'whether an account may borrow: comet_liquidity at borrow collateral factors is not negative; Comet.isBorrowCollateralized';

CREATE FUNCTION comet_is_liquidatable(
	base_balance numeric, base_price numeric, base_scale numeric, collateral_balances numeric[],
	collateral_prices numeric[], collateral_scales numeric[], liquidate_collateral_factors numeric[]) RETURNS boolean
	AS 'MODULE_PATHNAME', 'leverage_comet_is_liquidatable' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION comet_is_liquidatable(numeric, numeric, numeric, numeric[], numeric[], numeric[], numeric[]) IS
	'whether an account can be absorbed: comet_liquidity at liquidate collateral factors is negative; Comet.isLiquidatable';

-- liquidation

CREATE FUNCTION comet_absorb(
	base_balance numeric, base_price numeric, base_scale numeric, collateral_balances numeric[],
	collateral_prices numeric[], collateral_scales numeric[], liquidate_collateral_factors numeric[],
	liquidation_factors numeric[], OUT seized_value numeric, OUT base_paid_out numeric,
	OUT value_paid_out numeric, OUT balance_after numeric, OUT shortfall numeric)
	AS 'MODULE_PATHNAME', 'leverage_comet_absorb' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION comet_absorb(numeric, numeric, numeric, numeric[], numeric[], numeric[], numeric[], numeric[]) IS
	'what the reserves take and pay for a liquidatable account, whose collateral is credited at its liquidation factors (wad); shortfall is the part that no collateral stands for; Comet.absorbInternal';

CREATE FUNCTION comet_quote_collateral(
	base_amount numeric, base_price numeric, base_scale numeric, asset_price numeric, asset_scale numeric,
	liquidation_factor numeric, store_front_price_factor numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_comet_quote_collateral' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION comet_quote_collateral(numeric, numeric, numeric, numeric, numeric, numeric, numeric) IS
	'collateral that the protocol sells for an amount of the base asset, at a discount of store_front_price_factor * (1 - liquidation_factor), in wad; Comet.quoteCollateral';
