-- domain leverage: Euler v2

-- rates

CREATE FUNCTION euler_utilization(cash numeric, borrows numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_euler_utilization' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION euler_utilization(numeric, numeric) IS
	'borrowed over all assets of a vault with the scale 2^32 - 1, floored, zero in an empty vault; Euler IRMLinearKink';

CREATE FUNCTION euler_borrow_rate(
	cash numeric, borrows numeric, base_rate numeric, slope1 numeric, slope2 numeric, kink numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_euler_borrow_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION euler_borrow_rate(numeric, numeric, numeric, numeric, numeric, numeric) IS
	'borrow rate in ray per second: base_rate + slope1 for each step of utilization (scale 2^32 - 1) up to the kink, slope2 beyond it; Euler IRMLinearKink.computeInterestRate, without the vault''s cap';

CREATE FUNCTION euler_supply_rate(
	rate numeric, cash numeric, borrows numeric, interest_fee_bps numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_euler_supply_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION euler_supply_rate(numeric, numeric, numeric, numeric) IS
	'what suppliers get of a borrow rate, in ray per second: rate * borrows * (1 - fee) / (cash + borrows), floored twice, zero in an empty vault; Euler UtilsLens';

CREATE FUNCTION euler_apy(rate numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_euler_apy' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION euler_apy(numeric) IS
	'yield of a rate in ray per second over Euler''s year of 365.2425 days, in ray: rpow(1e27 + rate, 31556952) - 1e27; Euler UtilsLens';

CREATE FUNCTION euler_accumulator(
	rate numeric, seconds numeric, accumulator numeric DEFAULT 1000000000000000000000000000) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_euler_accumulator' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;
COMMENT ON FUNCTION euler_accumulator(numeric, numeric, numeric) IS
	'an interest accumulator (1e27 is one) after some seconds at a rate in ray per second: accumulator * rpow(1e27 + rate, seconds) / 1e27, floored; Euler Cache.initVaultCache';

CREATE FUNCTION euler_debt(owed numeric, accumulator numeric, account_accumulator numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_euler_debt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION euler_debt(numeric, numeric, numeric) IS
	'assets owed, rounded up, for a stored debt, which has 31 more binary digits: owed * accumulator / account_accumulator / 2^31; Euler BorrowUtils.getCurrentOwed';

-- health

--@for TARGET AT = timestamp with time zone, timestamp with time zone | timestamp without time zone, timestamp without time zone | timestamp without time zone, timestamp with time zone | timestamp with time zone, timestamp without time zone
CREATE FUNCTION euler_liquidation_ltv(
	initial_ltv_bps numeric, target_ltv_bps numeric, target_time @TARGET@,
	ramp_seconds numeric, at @AT@) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_euler_liquidation_ltv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION euler_liquidation_ltv(numeric, numeric, @TARGET@, numeric, @AT@) IS
	'a liquidation loan-to-value ratio on its way down to the target, in basis points: target + (initial - target) * remaining / ramp, floored; times without zone are UTC; Euler LTVConfig.getLTV';
--@end

CREATE FUNCTION euler_adjusted_collateral(collateral_values numeric[], ltvs_bps numeric[]) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_euler_adjusted_collateral' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION euler_adjusted_collateral(numeric[], numeric[]) IS
	'values of collateral times their loan-to-value ratios (basis points), each floored, in the unit of account; Euler LiquidityUtils';

CREATE FUNCTION euler_is_healthy(
	collateral_values numeric[], borrow_ltvs_bps numeric[], liability_value numeric) RETURNS boolean
	AS 'MODULE_PATHNAME', 'leverage_euler_is_healthy' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION euler_is_healthy(numeric[], numeric[], numeric) IS
	'whether collateral at its borrow ratios is above the liability, with which an account may borrow; true without one; Euler LiquidityUtils.checkLiquidity';

CREATE FUNCTION euler_is_liquidatable(
	collateral_values numeric[], liquidation_ltvs_bps numeric[], liability_value numeric) RETURNS boolean
	AS 'MODULE_PATHNAME', 'leverage_euler_is_liquidatable' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION euler_is_liquidatable(numeric[], numeric[], numeric) IS
	'whether a liability is not below collateral at its liquidation ratios; false without one; Euler Liquidation.calculateMaxLiquidation';

CREATE FUNCTION euler_health_score(
	collateral_values numeric[], ltvs_bps numeric[], liability_value numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_euler_health_score' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION euler_health_score(numeric[], numeric[], numeric) IS
	'collateral at its ratios over the liability in wad (1e18), floored; NULL without a liability; Euler Liquidation.calculateMaxLiquidation';

-- liquidation

CREATE FUNCTION euler_liquidation_discount(
	adjusted_collateral numeric, liability_value numeric, max_discount_bps numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_euler_liquidation_discount' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION euler_liquidation_discount(numeric, numeric, numeric) IS
	'discount at which collateral is seized, in wad: what the health score misses to one, at most max_discount_bps, zero for a healthy account; Euler Liquidation.calculateMaxLiquidation';

CREATE FUNCTION euler_liquidation(
	adjusted_collateral numeric, liability_value numeric, liability numeric, collateral_value numeric,
	collateral_balance numeric, max_discount_bps numeric,
	repay numeric DEFAULT 115792089237316195423570985008687907853269984665640564039457584007913129639935,
	OUT repay_assets numeric, OUT yield_balance numeric)
	AS 'MODULE_PATHNAME', 'leverage_euler_liquidation' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION euler_liquidation(numeric, numeric, numeric, numeric, numeric, numeric, numeric) IS
	'assets that a liquidator repays and the collateral it gets: the most that there is, or the part of it for an amount to repay; zeros for a healthy account and for a liability without value; Euler Liquidation.calculateLiquidation';
