-- domain leverage: Morpho Blue

-- shares and interest

CREATE FUNCTION morpho_to_assets(
	shares numeric, total_assets numeric, total_shares numeric, rounding text DEFAULT 'floor') RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_morpho_to_assets' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION morpho_to_assets(numeric, numeric, numeric, text) IS
	'assets of shares of a Morpho Blue market, shares * (total_assets + 1) / (total_shares + 1e6), rounded floor, ceil or half_up; SharesMathLib';

CREATE FUNCTION morpho_to_shares(
	assets numeric, total_assets numeric, total_shares numeric, rounding text DEFAULT 'floor') RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_morpho_to_shares' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION morpho_to_shares(numeric, numeric, numeric, text) IS
	'shares of assets in a Morpho Blue market, assets * (total_shares + 1e6) / (total_assets + 1), rounded floor, ceil or half_up; SharesMathLib';

CREATE FUNCTION morpho_taylor_compounded(rate numeric, seconds numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_morpho_taylor_compounded' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION morpho_taylor_compounded(numeric, numeric) IS
	'interest of a rate per second over seconds in wad (1e18), without the one: the first three terms of exp(rate * seconds) - 1, each floored; Morpho MathLib.wTaylorCompounded';

CREATE FUNCTION morpho_accrue(
	total_supply_assets numeric, total_supply_shares numeric, total_borrow_assets numeric, borrow_rate numeric,
	elapsed numeric, fee numeric DEFAULT 0, OUT interest numeric, OUT fee_shares numeric, OUT supply_assets_after
	numeric, OUT supply_shares_after numeric, OUT borrow_assets_after numeric)
	AS 'MODULE_PATHNAME', 'leverage_morpho_accrue' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION morpho_accrue(numeric, numeric, numeric, numeric, numeric, numeric) IS
	'a Morpho Blue market after elapsed seconds at borrow_rate (wad per second), with the shares minted for the fee (wad, at most 25 % of interest); Morpho._accrueInterest';

CREATE FUNCTION morpho_utilization(total_supply_assets numeric, total_borrow_assets numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_morpho_utilization' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION morpho_utilization(numeric, numeric) IS
	'borrowed over supplied assets in wad (1e18), floored, zero where nothing is supplied; as AdaptiveCurveIrm reads it';

-- adaptive curve

CREATE FUNCTION morpho_irm(
	utilization numeric, rate_at_target numeric, elapsed numeric, OUT avg_rate numeric, OUT end_rate_at_target
	numeric)
	AS 'MODULE_PATHNAME', 'leverage_morpho_irm' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;
COMMENT ON FUNCTION morpho_irm(numeric, numeric, numeric) IS
	'average borrow rate over elapsed seconds and the rate at target after them, in wad per second, at a utilization in wad; rate_at_target is 0 before a market''s first update; Morpho AdaptiveCurveIrm';

CREATE FUNCTION morpho_borrow_rate(utilization numeric, rate_at_target numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_morpho_borrow_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION morpho_borrow_rate(numeric, numeric) IS
	'borrow rate at once in wad per second on the curve through rate_at_target at 90 % utilization (a quarter of it at 0, four times it at 1); Morpho AdaptiveCurveIrm';

CREATE FUNCTION morpho_borrow_apy(rate numeric) RETURNS double precision
	AS 'MODULE_PATHNAME', 'leverage_morpho_borrow_apy' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION morpho_borrow_apy(numeric) IS
	'yearly yield, a fraction, of a rate in wad per second: expm1(rate * 31536000); rateToApy of the Morpho SDK';

CREATE FUNCTION morpho_supply_apy(rate numeric, utilization numeric, fee numeric DEFAULT 0) RETURNS double precision
	AS 'MODULE_PATHNAME', 'leverage_morpho_supply_apy' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION morpho_supply_apy(numeric, numeric, numeric) IS
	'what suppliers earn a year, a fraction: morpho_borrow_apy(rate) * utilization * (1 - fee), the latter two in wad; supplyApy of the Morpho SDK';

-- positions

CREATE FUNCTION morpho_max_borrow(collateral numeric, price numeric, lltv numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_morpho_max_borrow' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION morpho_max_borrow(numeric, numeric, numeric) IS
	'the most debt that collateral carries, in loan units: floor(floor(collateral * price / 1e36) * lltv / 1e18); Morpho._isHealthy';

CREATE FUNCTION morpho_max_borrowable(
	collateral numeric, borrow_shares numeric, total_borrow_assets numeric, total_borrow_shares numeric, price
	numeric, lltv numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_morpho_max_borrowable' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION morpho_max_borrowable(numeric, numeric, numeric, numeric, numeric, numeric) IS
	'what a position can still borrow, in loan units: morpho_max_borrow less its debt rounded up, never below zero; Morpho SDK MarketUtils';

CREATE FUNCTION morpho_is_healthy(
	collateral numeric, borrow_shares numeric, total_borrow_assets numeric, total_borrow_shares numeric, price
	numeric, lltv numeric) RETURNS boolean
	AS 'MODULE_PATHNAME', 'leverage_morpho_is_healthy' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION morpho_is_healthy(numeric, numeric, numeric, numeric, numeric, numeric) IS
	'whether the debt of a position, rounded up, is not above morpho_max_borrow; always true without debt; Morpho._isHealthy';

CREATE FUNCTION morpho_health_factor(
	collateral numeric, borrow_shares numeric, total_borrow_assets numeric, total_borrow_shares numeric, price
	numeric, lltv numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_morpho_health_factor' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION morpho_health_factor(numeric, numeric, numeric, numeric, numeric, numeric) IS
	'morpho_max_borrow over debt in wad (1e18), floored; NULL without debt; Morpho SDK MarketUtils';

CREATE FUNCTION morpho_borrow_usage(
	collateral numeric, borrow_shares numeric, total_borrow_assets numeric, total_borrow_shares numeric, price
	numeric, lltv numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_morpho_borrow_usage' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION morpho_borrow_usage(numeric, numeric, numeric, numeric, numeric, numeric) IS
	'share of its borrowing power that a position uses, in wad: ceil(1e36 / health factor), 2^256 - 1 for a health factor of zero, NULL without debt; Morpho SDK MarketUtils';

CREATE FUNCTION morpho_liquidation_price(
	collateral numeric, borrow_shares numeric, total_borrow_assets numeric, total_borrow_shares numeric, lltv
	numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_morpho_liquidation_price' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION morpho_liquidation_price(numeric, numeric, numeric, numeric, numeric) IS
	'price with 36 decimals below which a position can be liquidated: ceil(debt * 1e36 / floor(collateral * lltv)), 2^256 - 1 without collateral, NULL without debt; Morpho SDK MarketUtils';

CREATE FUNCTION morpho_price_variation(
	collateral numeric, borrow_shares numeric, total_borrow_assets numeric, total_borrow_shares numeric, price
	numeric, lltv numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_morpho_price_variation' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION morpho_price_variation(numeric, numeric, numeric, numeric, numeric, numeric) IS
	'change of the price, signed in wad (-1e17 is a fall of 10 %), that leads to the liquidation price, rounded up; NULL without debt, collateral or a price; Morpho SDK MarketUtils';

-- liquidation

CREATE FUNCTION morpho_liquidation_incentive_factor(lltv numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_morpho_liquidation_incentive_factor' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION morpho_liquidation_incentive_factor(numeric) IS
	'collateral seized per debt repaid by value, in wad: least(1.15, 1 / (1 - 0.3 * (1 - lltv))); Morpho.liquidate';

CREATE FUNCTION morpho_liquidation(
	collateral numeric, borrow_shares numeric, total_borrow_assets numeric, total_borrow_shares numeric, price
	numeric, lltv numeric, seize numeric DEFAULT 0, repay_shares numeric DEFAULT 0, OUT seized_assets numeric,
	OUT repaid_assets numeric, OUT repaid_shares numeric, OUT bad_debt_assets numeric, OUT bad_debt_shares
	numeric)
	AS 'MODULE_PATHNAME', 'leverage_morpho_liquidation' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION morpho_liquidation(numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric) IS
	'a liquidation that seizes an amount of collateral or repays a number of shares, one of which is not zero, and the debt written off at the suppliers'' cost where no collateral is left; an error where the contract reverts; Morpho.liquidate';

-- to a utilization

CREATE FUNCTION morpho_supply_to_utilization(
	total_supply_assets numeric, total_borrow_assets numeric, utilization numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_morpho_supply_to_utilization' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION morpho_supply_to_utilization(numeric, numeric, numeric) IS
	'what to supply until a market''s utilization has fallen to that in wad: ceil(borrowed / utilization) less supplied, zero where it is below; NULL for zero while something is borrowed; Morpho SDK MarketUtils';

CREATE FUNCTION morpho_withdraw_to_utilization(
	total_supply_assets numeric, total_borrow_assets numeric, utilization numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_morpho_withdraw_to_utilization' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION morpho_withdraw_to_utilization(numeric, numeric, numeric) IS
	'what can be withdrawn until a market''s utilization has risen to that in wad: supplied less ceil(borrowed / utilization), zero where it is above; Morpho SDK MarketUtils';

CREATE FUNCTION morpho_borrow_to_utilization(
	total_supply_assets numeric, total_borrow_assets numeric, utilization numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_morpho_borrow_to_utilization' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION morpho_borrow_to_utilization(numeric, numeric, numeric) IS
	'what can be borrowed until a market''s utilization has risen to that in wad: floor(supplied * utilization) less borrowed, zero where it is above; Morpho SDK MarketUtils';

CREATE FUNCTION morpho_repay_to_utilization(
	total_supply_assets numeric, total_borrow_assets numeric, utilization numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_morpho_repay_to_utilization' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION morpho_repay_to_utilization(numeric, numeric, numeric) IS
	'what to repay until a market''s utilization has fallen to that in wad: borrowed less floor(supplied * utilization), zero where it is below; Morpho SDK MarketUtils';
