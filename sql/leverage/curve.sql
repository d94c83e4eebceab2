-- domain leverage: curves of interest rates; Spark, Fluid, Gearbox

-- any curve

CREATE FUNCTION kinked_rate(
	utilization double precision, utilizations double precision[], rates double precision[],
	extrapolate boolean DEFAULT false) RETURNS double precision
	AS 'MODULE_PATHNAME', 'leverage_kinked_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION kinked_rate(double precision, double precision[], double precision[], boolean) IS
	'rate at a utilization on the straight lines through points of ascending utilizations and their rates, all fractions; an error beyond the points unless extrapolate, which lengthens the end lines';

CREATE FUNCTION utilization(borrowed double precision, supplied double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'leverage_utilization' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION utilization(double precision, double precision) IS
	'borrowed over supplied, a fraction, above 1 where more is borrowed; zero where both are zero, NULL where only supplied is';

CREATE FUNCTION supply_rate(
	borrow_rate double precision, utilization double precision, reserve_factor double precision DEFAULT 0) RETURNS double precision
	AS 'MODULE_PATHNAME', 'leverage_supply_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION supply_rate(double precision, double precision, double precision) IS
	'what suppliers earn of a borrow rate, a fraction: borrow_rate * utilization * (1 - reserve_factor)';

CREATE FUNCTION per_second_apr(
	rate double precision, year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'leverage_per_second_apr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION per_second_apr(double precision, double precision) IS
	'simple rate a year of a rate per second, both fractions: rate * 86400 * year_days (365.2425 for Euler, 365 elsewhere)';

CREATE FUNCTION per_second_apy(
	rate double precision, year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'leverage_per_second_apy' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION per_second_apy(double precision, double precision) IS
	'yield a year of a rate per second, both fractions, compounded every second: (1 + rate)^(86400 * year_days) - 1 (365.2425 for Euler, 365 elsewhere)';

-- Spark

CREATE FUNCTION spark_savings_apr(rate numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_spark_savings_apr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION spark_savings_apr(numeric) IS
	'yearly rate in ray of a savings rate, one plus the interest of a second in ray: (rate - 1e27) * 31536000; Spark PotRateSource, SSRRateSource';

CREATE FUNCTION spark_source_rate(
	rate numeric, lower_bound numeric, upper_bound numeric, fallback numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_spark_source_rate' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION spark_source_rate(numeric, numeric, numeric, numeric) IS
	'a rate kept within bounds, or the fallback where it is NULL, that is where its source failed; Spark CappedFallbackRateSource';

CREATE FUNCTION spark_slope1(source_rate numeric, spread numeric, base numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_spark_slope1' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION spark_slope1(numeric, numeric, numeric) IS
	'the slope1 in ray that makes the rate at the kink source_rate + spread (which may be negative): greatest(0, source_rate + spread - base), to be given to aave_rates; Spark RateTargetKinkInterestRateStrategy';

-- Fluid: liquidity layer

CREATE FUNCTION fluid_borrow_rate(
	utilization_bps numeric, utilizations_bps numeric[], rates_bps numeric[]) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_fluid_borrow_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION fluid_borrow_rate(numeric, numeric[], numeric[]) IS
	'borrow rate in basis points on the lines through 3 or 4 points from utilization 0 to 10000 (one kink or two), going on above 10000, at most 65535; Fluid LiquidityCalcs.calcBorrowRateFromUtilization';

CREATE FUNCTION fluid_utilization(
	supply numeric, supply_interest_free numeric, borrow numeric, borrow_interest_free numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_fluid_utilization' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION fluid_utilization(numeric, numeric, numeric, numeric) IS
	'all borrowed over all supplied of a token in basis points, floored, zero where nothing is supplied; Fluid UserModule.operate';

CREATE FUNCTION fluid_supply_rate(
	supply numeric, supply_interest_free numeric, borrow numeric, borrow_interest_free numeric,
	borrow_rate_bps numeric, fee_bps numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_fluid_supply_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION fluid_supply_rate(numeric, numeric, numeric, numeric, numeric, numeric) IS
	'what suppliers with interest earn a year, with 12 decimals (1e12 is 100 %): borrow rate less the fee, times their share of the utilization that pays; Fluid LiquidityCalcs.calcExchangePrices';

CREATE FUNCTION fluid_exchange_prices(
	supply numeric, supply_interest_free numeric, borrow numeric, borrow_interest_free numeric,
	borrow_rate_bps numeric, fee_bps numeric, elapsed numeric, supply_price numeric DEFAULT 1000000000000,
	borrow_price numeric DEFAULT 1000000000000, OUT supply_price_after numeric,
	OUT borrow_price_after numeric)
	AS 'MODULE_PATHNAME', 'leverage_fluid_exchange_prices' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION fluid_exchange_prices(numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric) IS
	'exchange prices (12 decimals) of supply and debt with interest after elapsed seconds; Fluid LiquidityCalcs.calcExchangePrices';

-- Fluid: vaults

CREATE FUNCTION fluid_ratio_at_tick(tick bigint) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_fluid_ratio_at_tick' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION fluid_ratio_at_tick(bigint) IS
	'ratio of debt to collateral at a tick from -32767 to 32767, 1.0015^tick * 2^96, rounded up from tick zero on; Fluid TickMath.getRatioAtTick';

CREATE FUNCTION fluid_tick_at_ratio(ratio numeric, OUT tick integer, OUT perfect_ratio numeric)
	AS 'MODULE_PATHNAME', 'leverage_fluid_tick_at_ratio' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION fluid_tick_at_ratio(numeric) IS
	'the greatest tick whose ratio (2^96 is one) is not above this one, and its ratio as the contract reckons it; Fluid TickMath.getTickAtRatio';

CREATE FUNCTION fluid_vault_limits(
	oracle_price numeric, liquidation_threshold_bps numeric, liquidation_penalty_bps numeric,
	supply_price numeric DEFAULT 1000000000000, borrow_price numeric DEFAULT 1000000000000,
	OUT collateral_per_debt numeric, OUT ratio numeric, OUT tick integer)
	AS 'MODULE_PATHNAME', 'leverage_fluid_vault_limits' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION fluid_vault_limits(numeric, numeric, numeric, numeric, numeric) IS
	'from which ratio (2^96 is one) and tick on a vault is liquidated at an oracle price (debt per collateral, 27 decimals), and what a liquidator gets for a unit of debt (27 decimals); Fluid VaultT1.liquidate';

CREATE FUNCTION fluid_liquidation(
	debt numeric, ratio numeric, target_ratio numeric, collateral_per_debt numeric,
	repay numeric DEFAULT 115792089237316195423570985008687907853269984665640564039457584007913129639935,
	OUT debt_liquidated numeric, OUT collateral_liquidated numeric, OUT ratio_after numeric)
	AS 'MODULE_PATHNAME', 'leverage_fluid_liquidation' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION fluid_liquidation(numeric, numeric, numeric, numeric, numeric) IS
	'one step of a liquidation in raw amounts: debt at a ratio down to a target ratio (2^96 is one), or as much of it as there is to repay; Fluid VaultT1.liquidate';

-- Gearbox

CREATE FUNCTION gearbox_borrow_rate(
	expected_liquidity numeric, available_liquidity numeric, u1 numeric, u2 numeric, base numeric,
	slope1 numeric, slope2 numeric, slope3 numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_gearbox_borrow_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION gearbox_borrow_rate(numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric) IS
	'borrow rate a year in ray on a curve that rises by slope1 until utilization u1 (wad), by slope2 until u2 and by slope3 until 1; Gearbox LinearInterestRateModelV3.calcBorrowRate';

CREATE FUNCTION gearbox_available_to_borrow(
	expected_liquidity numeric, available_liquidity numeric, u2 numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_gearbox_available_to_borrow' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION gearbox_available_to_borrow(numeric, numeric, numeric) IS
	'what can be borrowed from a pool that forbids a utilization above u2 (wad): (u2 - utilization) * expected_liquidity; Gearbox LinearInterestRateModelV3.availableToBorrow';

CREATE FUNCTION gearbox_weighted_value(
	value numeric, liquidation_threshold_bps numeric,
	quota numeric DEFAULT 115792089237316195423570985008687907853269984665640564039457584007913129639935) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_gearbox_weighted_value' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION gearbox_weighted_value(numeric, numeric, numeric) IS
	'what a token counts towards an account''s solvency, in the unit of value and quota: least(value, quota) * liquidation threshold, floored; Gearbox CollateralLogic';

CREATE FUNCTION gearbox_quota_interest(quota numeric, rate_bps numeric, seconds numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'leverage_gearbox_quota_interest' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION gearbox_quota_interest(numeric, numeric, numeric) IS
	'simple interest on a quota over some seconds at a rate in basis points a year, in the unit of the quota, floored twice; Gearbox QuotasLogic';
