-- domain strategy: strategies over a history

CREATE FUNCTION staking_equity(
	rates rate_series, market rate_series DEFAULT NULL, equity double precision DEFAULT 1, entry_cost double precision DEFAULT 0,
	exit_cost double precision DEFAULT 0, exit text DEFAULT 'market', max_age interval DEFAULT NULL) RETURNS rate_series
	AS 'MODULE_PATHNAME', 'staking_equity' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION staking_equity(rate_series, rate_series, double precision, double precision, double precision, text, interval) IS
	'value over time of a staking token that is bought at the first point and left at the last, at its exchange rates, or at market prices where there are some; exit: market, or redeem, at the rate; costs are fractions';

CREATE FUNCTION staking_path(
	rates rate_series, market rate_series DEFAULT NULL, equity double precision DEFAULT 1, entry_cost double precision DEFAULT 0,
	exit_cost double precision DEFAULT 0, exit text DEFAULT 'market', max_age interval DEFAULT NULL,
	OUT ts timestamp with time zone, OUT equity double precision, OUT action text, OUT amount double precision, OUT cost double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'staking_path' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000 ROWS 100;
COMMENT ON FUNCTION staking_path(rate_series, rate_series, double precision, double precision, double precision, text, interval) IS
	'when staking_equity bought and left, the value then, and what it cost';

CREATE FUNCTION lending_equity(
	aprs rate_series[], equity double precision DEFAULT 1, switch_cost double precision DEFAULT 0, min_gain double precision DEFAULT 0,
	min_hold interval DEFAULT '0', max_age interval DEFAULT NULL) RETURNS rate_series
	AS 'MODULE_PATHNAME', 'lending_equity' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION lending_equity(rate_series[], double precision, double precision, double precision, interval, interval) IS
	'value over time of a deposit that grows by the rate of its market, a compound APR, and moves to the best market where that pays min_gain more and it has stayed for min_hold; switch_cost: a fraction of the value';

CREATE FUNCTION lending_path(
	aprs rate_series[], equity double precision DEFAULT 1, switch_cost double precision DEFAULT 0, min_gain double precision DEFAULT 0,
	min_hold interval DEFAULT '0', max_age interval DEFAULT NULL,
	OUT ts timestamp with time zone, OUT market integer, OUT apr double precision, OUT equity double precision, OUT switches integer) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'lending_path' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000 ROWS 100;
COMMENT ON FUNCTION lending_path(rate_series[], double precision, double precision, double precision, interval, interval) IS
	'market, rate, value and moves so far of lending_equity at each time';

CREATE FUNCTION carry_equity(
	funding rate_series, staking rate_series DEFAULT NULL, margin double precision DEFAULT 0.5, equity double precision DEFAULT 1,
	cost double precision DEFAULT 0, max_age interval DEFAULT NULL) RETURNS rate_series
	AS 'MODULE_PATHNAME', 'carry_equity' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION carry_equity(rate_series, rate_series, double precision, double precision, double precision, interval) IS
	'value over time of spot that is held, staked if a rate is given, and sold as a perpetual future: at each payment of funding, a fraction of the notional, which is then set to equity/(1 + margin); cost: a fraction of the notional at the start and the end';

CREATE FUNCTION carry_path(
	funding rate_series, staking rate_series DEFAULT NULL, margin double precision DEFAULT 0.5, equity double precision DEFAULT 1,
	cost double precision DEFAULT 0, max_age interval DEFAULT NULL,
	OUT ts timestamp with time zone, OUT equity double precision, OUT action text, OUT amount double precision, OUT cost double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'carry_path' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5000 ROWS 100;
COMMENT ON FUNCTION carry_path(rate_series, rate_series, double precision, double precision, double precision, interval) IS
	'when carry_equity began and ended, the value then, the notional, and what it cost';

CREATE FUNCTION covered_call_equity(
	prices rate_series, volatility rate_series, tenor interval, moneyness double precision, equity double precision DEFAULT 1,
	cost double precision DEFAULT 0, year_days double precision DEFAULT 365) RETURNS rate_series
	AS 'MODULE_PATHNAME', 'covered_call_equity' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20000;
COMMENT ON FUNCTION covered_call_equity(rate_series, rate_series, interval, double precision, double precision, double precision, double precision) IS
	'value over time of units that are held and on which calls are sold, as many, at moneyness times the price, again and again for a tenor, at the premium of Black and Scholes for the volatility then known, which buys units; calls are marked at each point and settled in units; cost: a fraction of the premium';

CREATE FUNCTION covered_call_path(
	prices rate_series, volatility rate_series, tenor interval, moneyness double precision, equity double precision DEFAULT 1,
	cost double precision DEFAULT 0, year_days double precision DEFAULT 365,
	OUT ts timestamp with time zone, OUT equity double precision, OUT action text, OUT amount double precision, OUT cost double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'covered_call_path' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20000 ROWS 100;
COMMENT ON FUNCTION covered_call_path(rate_series, rate_series, interval, double precision, double precision, double precision, double precision) IS
	'what covered_call_equity sold and settled, the value then, premium or what was owed, and the cost';

CREATE FUNCTION portfolio_equity(
	series rate_series[], weights double precision[], every interval DEFAULT NULL, band double precision DEFAULT NULL,
	cost double precision DEFAULT 0, equity double precision DEFAULT 1, max_age interval DEFAULT NULL) RETURNS rate_series
	AS 'MODULE_PATHNAME', 'portfolio_equity' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION portfolio_equity(rate_series[], double precision[], interval, double precision, double precision, double precision, interval) IS
	'value over time of a portfolio that is set back to its weights when an interval has passed since the last time or a weight is off by more than band, bought and held where both are NULL; cost: a fraction of what is traded';

CREATE FUNCTION portfolio_path(
	series rate_series[], weights double precision[], every interval DEFAULT NULL, band double precision DEFAULT NULL,
	cost double precision DEFAULT 0, equity double precision DEFAULT 1, max_age interval DEFAULT NULL,
	OUT ts timestamp with time zone, OUT equity double precision, OUT action text, OUT amount double precision, OUT cost double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'portfolio_path' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000 ROWS 100;
COMMENT ON FUNCTION portfolio_path(rate_series[], double precision[], interval, double precision, double precision, double precision, interval) IS
	'when portfolio_equity bought and set back, the value then, what was traded and what it cost';

CREATE FUNCTION range_equity(
	prices rate_series, volumes rate_series, fee double precision, width double precision, other_liquidity double precision DEFAULT NULL,
	trigger text DEFAULT 'exit', distance double precision DEFAULT NULL, every interval DEFAULT NULL, rebalance_cost double precision DEFAULT 0,
	gas double precision DEFAULT 0, skew double precision DEFAULT 0, equity double precision DEFAULT 1) RETURNS rate_series
	IMMUTABLE PARALLEL SAFE LANGUAGE sql COST 100000
BEGIN ATOMIC
	SELECT rate_series(p.ts, p.value)
	FROM backtest_range_path(prices, volumes, fee, width, other_liquidity, trigger, distance, every, rebalance_cost, gas, skew, equity) p;
END;
COMMENT ON FUNCTION range_equity(rate_series, rate_series, double precision, double precision, double precision, text, double precision, interval, double precision, double precision, double precision, double precision) IS
	'value over time of a position of concentrated liquidity, fees included: the values of backtest_range_path';
