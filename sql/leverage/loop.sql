-- domain leverage: loops

-- leverage and health

CREATE FUNCTION leverage_from_ltv(ltv double precision) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION leverage_from_ltv(double precision) IS
	'collateral for each 1 of equity at a loan to value: 1/(1 - ltv); ltv as a fraction, at least 0 and below 1';

CREATE FUNCTION ltv_from_leverage(leverage double precision) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION ltv_from_leverage(double precision) IS
	'loan to value at a leverage: 1 - 1/leverage, a fraction; the inverse of leverage_from_ltv';

CREATE FUNCTION max_leverage(max_ltv double precision, health_factor double precision DEFAULT 1) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION max_leverage(double precision, double precision) IS
	'greatest leverage that a loan to value allows, or, of a liquidation threshold, the one that leaves a health factor: 1/(1 - max_ltv/health_factor); max_ltv at least 0 and below 1, health_factor at least 1';

CREATE FUNCTION leverage_after_rounds(ltv double precision, rounds bigint) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION leverage_after_rounds(double precision, bigint) IS
	'leverage after so many rounds of borrowing at a loan to value and lending again: (1 - ltv^(rounds + 1))/(1 - ltv)';

CREATE FUNCTION loop_health_factor(leverage double precision, liquidation_threshold double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'leverage_loop_health_factor' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION loop_health_factor(double precision, double precision) IS
	'health factor of a loop: liquidation_threshold * leverage/(leverage - 1); NULL at a leverage of 1, without debt';

CREATE FUNCTION liquidation_price(collateral_amount double precision, liquidation_threshold double precision, debt double precision) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 7;
COMMENT ON FUNCTION liquidation_price(double precision, double precision, double precision) IS
	'price of a unit of collateral, in units of debt, at which the health factor is 1: debt/(collateral_amount * liquidation_threshold); NULL without debt, where it is negative because other collateral covers it, and without collateral; below it the position may be liquidated';

CREATE FUNCTION loop_liquidation_rate(leverage double precision, liquidation_threshold double precision, exchange_rate double precision DEFAULT 1) RETURNS double precision
	AS 'MODULE_PATHNAME', 'leverage_loop_liquidation_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION loop_liquidation_rate(double precision, double precision, double precision) IS
	'exchange rate at which the health factor of a loop is 1: exchange_rate * (leverage - 1)/(leverage * liquidation_threshold), exchange_rate being the rate at that leverage; NULL at a leverage of 1';

CREATE FUNCTION depeg_tolerance(health_factor double precision) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION depeg_tolerance(double precision) IS
	'share of its value that collateral may lose, by a depeg or slashing that the oracle sees, until the health factor is 1: 1 - 1/health_factor, negative below 1; NULL at 0';

-- carry

CREATE FUNCTION loop_apr(
	leverage double precision, supply_apr double precision, borrow_apr double precision,
	supply_incentive_apr double precision DEFAULT 0, borrow_incentive_apr double precision DEFAULT 0) RETURNS double precision
	AS 'MODULE_PATHNAME', 'leverage_loop_apr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION loop_apr(double precision, double precision, double precision, double precision, double precision) IS
	'yield of the equity of a loop: leverage * (supply_apr + supply_incentive_apr) - (leverage - 1) * (borrow_apr - borrow_incentive_apr); fractions per year';

CREATE FUNCTION loop_apy(
	leverage double precision, supply_apr double precision, borrow_apr double precision,
	supply_incentive_apr double precision DEFAULT 0, borrow_incentive_apr double precision DEFAULT 0,
	supply_periods double precision DEFAULT 365, borrow_periods double precision DEFAULT 31536000) RETURNS double precision
	AS 'MODULE_PATHNAME', 'leverage_loop_apy' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION loop_apy(double precision, double precision, double precision, double precision, double precision, double precision, double precision) IS
	'what the equity of a loop that nobody touches has earned after a year, as a fraction: each leg compounds so many times a year (''Infinity'' is continuously), incentives are paid out; the leverage holds at the start';

CREATE FUNCTION break_even_borrow_apr(
	leverage double precision, supply_apr double precision,
	supply_incentive_apr double precision DEFAULT 0, borrow_incentive_apr double precision DEFAULT 0) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION break_even_borrow_apr(double precision, double precision, double precision, double precision) IS
	'borrow rate at which loop_apr is 0: leverage * (supply_apr + supply_incentive_apr)/(leverage - 1) + borrow_incentive_apr; fraction per year; NULL at a leverage of 1';

CREATE FUNCTION time_to_liquidation(health_factor double precision, supply_apr double precision, borrow_apr double precision) RETURNS interval
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION time_to_liquidation(double precision, double precision, double precision) IS
	'time until debt that grows faster than collateral has brought the health factor to 1, both compounding continuously: ln(health_factor)/(borrow_apr - supply_apr) years of 365 days; 0 below 1, NULL if never, or not within 500000 years';

CREATE FUNCTION time_to_liquidation_apy(health_factor double precision, supply_apy double precision, borrow_apy double precision) RETURNS interval
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION time_to_liquidation_apy(double precision, double precision, double precision) IS
	'time_to_liquidation of compound yields: ln(health_factor)/(ln(1 + borrow_apy) - ln(1 + supply_apy)) years of 365 days';

-- to a target

CREATE FUNCTION adjust_to_ltv(
	collateral double precision, debt double precision, target_ltv double precision,
	oracle_price double precision DEFAULT 1, market_price double precision DEFAULT NULL,
	slippage double precision DEFAULT 0, swap_fee double precision DEFAULT 0, flash_fee double precision DEFAULT 0,
	OUT flash_loan double precision, OUT collateral_change double precision, OUT debt_change double precision,
	OUT collateral_after double precision, OUT debt_after double precision, OUT cost double precision) RETURNS record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20;
COMMENT ON FUNCTION adjust_to_ltv(double precision, double precision, double precision, double precision, double precision, double precision, double precision, double precision) IS
	'swap with a flash loan that brings a position to a loan to value, up or down; prices are units of debt for a unit of collateral, market_price NULL is the oracle''s; cost is the equity lost at the oracle''s price; NULL where no swap attains it; after OasisDEX adjust-position.ts';

CREATE FUNCTION adjust_to_health_factor(
	collateral double precision, liquidation_threshold double precision, debt double precision, target_health_factor double precision,
	oracle_price double precision DEFAULT 1, market_price double precision DEFAULT NULL,
	slippage double precision DEFAULT 0, swap_fee double precision DEFAULT 0, flash_fee double precision DEFAULT 0,
	OUT flash_loan double precision, OUT collateral_change double precision, OUT debt_change double precision,
	OUT collateral_after double precision, OUT debt_after double precision, OUT cost double precision) RETURNS record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20;
COMMENT ON FUNCTION adjust_to_health_factor(double precision, double precision, double precision, double precision, double precision, double precision, double precision, double precision, double precision) IS
	'adjust_to_ltv to a health factor, that is to a loan to value of liquidation_threshold/target_health_factor';

-- the way out

CREATE FUNCTION unwind_cost(
	collateral double precision, debt double precision, depth_amounts double precision[], depth_impacts double precision[],
	swap_fee double precision DEFAULT 0, flash_fee double precision DEFAULT 0,
	OUT sold double precision, OUT proceeds double precision, OUT price_impact double precision,
	OUT cost double precision, OUT debt_after double precision, OUT equity_after double precision) RETURNS record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION unwind_cost(double precision, double precision, double precision[], double precision[], double precision, double precision) IS
	'what it costs to sell as much collateral as repays all debt, along a depth curve: the price is lower by depth_impacts[i], a fraction, once depth_amounts[i] was sold, in between on the line; collateral is counted by its value before, in units of debt';

CREATE FUNCTION unwind_cost_pool(
	collateral double precision, debt double precision, pool_reserve double precision,
	swap_fee double precision DEFAULT 0, flash_fee double precision DEFAULT 0,
	OUT sold double precision, OUT proceeds double precision, OUT price_impact double precision,
	OUT cost double precision, OUT debt_after double precision, OUT equity_after double precision) RETURNS record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION unwind_cost_pool(double precision, double precision, double precision, double precision, double precision) IS
	'unwind_cost into a constant product pool that holds collateral worth pool_reserve, and as much of the debt''s asset';

-- borrow rates, and loops that move them

CREATE FUNCTION optimal_loop(
	equity double precision, supply_apr double precision, market_supply double precision, market_borrow double precision,
	utilizations double precision[], rates double precision[], max_leverage double precision,
	own_debt double precision DEFAULT 0, transaction_cost double precision DEFAULT 0, horizon interval DEFAULT '365 days',
	OUT borrow double precision, OUT leverage double precision, OUT utilization double precision,
	OUT borrow_apr double precision, OUT net_apr double precision, OUT limited_by text) RETURNS record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION optimal_loop(double precision, double precision, double precision, double precision, double precision[], double precision[], double precision, double precision, double precision, interval) IS
	'debt at which a loop earns most where its own borrowing moves the rate, on a curve as of kinked_rate: rate + borrow * rate'' = supply_apr, or a kink, or a limit (limited_by: rate, leverage, liquidity, cost); market_borrow includes own_debt; transaction_cost is a share of each change of debt; after Baude, Danos, El Khalloufi, arXiv 2601.14005';

CREATE FUNCTION optimal_loop_kinked(
	equity double precision, supply_apr double precision, market_supply double precision, market_borrow double precision,
	base double precision, slope1 double precision, slope2 double precision, optimal double precision, max_leverage double precision,
	own_debt double precision DEFAULT 0, transaction_cost double precision DEFAULT 0, horizon interval DEFAULT '365 days',
	OUT borrow double precision, OUT leverage double precision, OUT utilization double precision,
	OUT borrow_apr double precision, OUT net_apr double precision, OUT limited_by text) RETURNS record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION optimal_loop_kinked(double precision, double precision, double precision, double precision, double precision, double precision, double precision, double precision, double precision, double precision, double precision, interval) IS
	'optimal_loop on a curve with one kink, as Aave v3 has it: base, base + slope1 at the utilization optimal, base + slope1 + slope2 at 1';

CREATE FUNCTION optimal_loop_morpho(
	equity double precision, supply_apr double precision, market_supply double precision, market_borrow double precision,
	rate_at_target double precision, max_leverage double precision,
	own_debt double precision DEFAULT 0, transaction_cost double precision DEFAULT 0, horizon interval DEFAULT '1 day',
	OUT borrow double precision, OUT leverage double precision, OUT utilization double precision,
	OUT borrow_apr double precision, OUT net_apr double precision, OUT limited_by text) RETURNS record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION optimal_loop_morpho(double precision, double precision, double precision, double precision, double precision, double precision, double precision, double precision, interval) IS
	'optimal_loop on the adaptive curve of Morpho (AdaptiveCurveIrm), which moves over the horizon for which the debt stays: borrow_apr is the mean until then; rate_at_target at the start, a fraction per year';

-- over a history

CREATE FUNCTION accrued_index(apr rate_series) RETURNS rate_series
	AS 'MODULE_PATHNAME', 'leverage_accrued_index' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION accrued_index(rate_series) IS
	'index of a history of rates, fractions per year of 365 days: 1 at the first, and each rate compounds continuously until the next';

CREATE FUNCTION loop_replay(
	rates rate_series, borrow_index rate_series, leverage double precision, liquidation_threshold double precision,
	market rate_series DEFAULT NULL, equity double precision DEFAULT 1, liquidation_bonus double precision DEFAULT 0,
	OUT start_time timestamp with time zone, OUT end_time timestamp with time zone,
	OUT final_equity double precision, OUT total_return double precision, OUT apr double precision,
	OUT supply_apr double precision, OUT borrow_apr double precision,
	OUT health_factor double precision, OUT worst_health_factor double precision, OUT worst_time timestamp with time zone,
	OUT negative_carry_days double precision, OUT max_drawdown double precision,
	OUT liquidated boolean, OUT liquidation_time timestamp with time zone) RETURNS record
	AS 'MODULE_PATHNAME', 'leverage_loop_replay' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20000;
COMMENT ON FUNCTION loop_replay(rate_series, rate_series, double precision, double precision, rate_series, double precision, double precision) IS
	'what became of a loop opened at the first time that its series share and left alone: collateral grows as the exchange rates, debt as the borrow index; equity is worth the market prices where they are given; ends where the health factor falls below 1; NULL for series that do not overlap';

CREATE FUNCTION loop_equity(
	rates rate_series, borrow_index rate_series, leverage double precision, liquidation_threshold double precision,
	market rate_series DEFAULT NULL, equity double precision DEFAULT 1, liquidation_bonus double precision DEFAULT 0) RETURNS rate_series
	AS 'MODULE_PATHNAME', 'leverage_loop_equity' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20000;
COMMENT ON FUNCTION loop_equity(rate_series, rate_series, double precision, double precision, rate_series, double precision, double precision) IS
	'the equity of loop_replay over time, in units of debt, up to a liquidation';

CREATE FUNCTION loop_history(
	rates rate_series, borrow_index rate_series, leverage double precision, liquidation_threshold double precision,
	market rate_series DEFAULT NULL, equity double precision DEFAULT 1,
	OUT ts timestamp with time zone, OUT collateral double precision, OUT debt double precision, OUT equity double precision,
	OUT health_factor double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'leverage_loop_history' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50000
	SUPPORT _rate_series_joined_rows ROWS 1000;
COMMENT ON FUNCTION loop_history(rate_series, rate_series, double precision, double precision, rate_series, double precision) IS
	'the loop of loop_replay at each of its times, in units of debt; the last row of a liquidated one is what the liquidator found';
