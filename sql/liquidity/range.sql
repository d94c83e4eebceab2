-- domain liquidity: ranges

-- a price that is a geometric Brownian motion

CREATE FUNCTION range_exit_probability(
	p double precision,
	pa double precision,
	pb double precision,
	sigma double precision,
	mu double precision,
	horizon interval,
	year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'liquidity_range_exit_probability' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION range_exit_probability(double precision, double precision, double precision, double precision, double precision, interval, double precision) IS
	'probability that a price now at p has left the range from pa to pb at least once within horizon, of a price that is a geometric Brownian motion, sigma and mu a year; 1 if it is outside now; Cox and Miller, The Theory of Stochastic Processes, 5.7';

CREATE FUNCTION range_probability(
	p double precision,
	pa double precision,
	pb double precision,
	sigma double precision,
	mu double precision,
	horizon interval,
	year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'liquidity_range_probability' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION range_probability(double precision, double precision, double precision, double precision, double precision, interval, double precision) IS
	'probability that a price now at p is in the range from pa to pb at the end of horizon, wherever it was before, of a price that is a geometric Brownian motion, sigma and mu a year';

CREATE FUNCTION range_exit_up_probability(
	p double precision,
	pa double precision,
	pb double precision,
	sigma double precision,
	mu double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'liquidity_range_exit_up_probability' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION range_exit_up_probability(double precision, double precision, double precision, double precision, double precision) IS
	'probability that a price now at p, a geometric Brownian motion, leaves the range from pa to pb at pb rather than at pa; sigma and mu a year; NULL if it never leaves (sigma and mu 0); Karlin and Taylor, A Second Course in Stochastic Processes, 15.3';

CREATE FUNCTION range_expected_exit(
	p double precision,
	pa double precision,
	pb double precision,
	sigma double precision,
	mu double precision,
	year_days double precision DEFAULT 365) RETURNS interval
	AS 'MODULE_PATHNAME', 'liquidity_range_expected_exit' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION range_expected_exit(double precision, double precision, double precision, double precision, double precision, double precision) IS
	'expected time until a price now at p leaves the range from pa to pb, of a price that is a geometric Brownian motion, sigma and mu a year; 0 if it is outside now, NULL if it never leaves; Karlin and Taylor, 15.3';

CREATE FUNCTION range_expected_time_in_range(
	p double precision,
	pa double precision,
	pb double precision,
	sigma double precision,
	mu double precision,
	horizon interval,
	year_days double precision DEFAULT 365) RETURNS interval
	AS 'MODULE_PATHNAME', 'liquidity_range_expected_time_in_range' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION range_expected_time_in_range(double precision, double precision, double precision, double precision, double precision, interval, double precision) IS
	'expected time that a price now at p spends in the range from pa to pb within horizon, exits and returns included, of a price that is a geometric Brownian motion, sigma and mu a year';

CREATE FUNCTION range_expected_share_in_range(
	p double precision,
	pa double precision,
	pb double precision,
	sigma double precision,
	mu double precision,
	horizon interval,
	year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'liquidity_range_expected_share' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION range_expected_share_in_range(double precision, double precision, double precision, double precision, double precision, interval, double precision) IS
	'the same as range_expected_time_in_range, as a fraction of horizon';

CREATE FUNCTION lst_range_drift_time(
	p double precision,
	pb double precision,
	apy double precision,
	year_days double precision DEFAULT 365) RETURNS interval
	AS 'MODULE_PATHNAME', 'liquidity_lst_range_drift_time' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION lst_range_drift_time(double precision, double precision, double precision, double precision) IS
	'time in which a price that grows at apy (0.03 is 3 % a year) drifts from p to the upper bound pb, ln(pb/p)/ln(1 + apy) years; 0 if it is there, NULL if it never gets there';

-- time in range over a history

CREATE FUNCTION time_in_range(series rate_series, lower double precision, upper double precision) RETURNS interval
	AS 'MODULE_PATHNAME', 'liquidity_time_in_range' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION time_in_range(rate_series, double precision, double precision) IS
	'how long the values of a series, prices or ticks, were from lower to below upper, each carried forward to the next, from the first to the last point';

CREATE FUNCTION share_in_range(series rate_series, lower double precision, upper double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'liquidity_share_in_range' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION share_in_range(rate_series, double precision, double precision) IS
	'for what part of the time the values of a series were from lower to below upper, as a fraction; arguments as time_in_range';

-- only where both are of one kind can the end be left out, or a call without it would be ambiguous
--@for START END DEFAULT = timestamp with time zone, timestamp with time zone,  DEFAULT NULL | timestamp without time zone, timestamp without time zone,  DEFAULT NULL | timestamp without time zone, timestamp with time zone, | timestamp with time zone, timestamp without time zone,
CREATE FUNCTION time_in_range_between(
	series rate_series,
	lower double precision,
	upper double precision,
	start_time @START@,
	end_time @END@ @DEFAULT@) RETURNS interval
	AS 'MODULE_PATHNAME', 'liquidity_time_in_range_between' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION time_in_range_between(rate_series, double precision, double precision, @START@, @END@) IS
	'how long in a window of time the values of a series, prices or ticks, were from lower to below upper, each carried forward; start_time and end_time: NULL is the first and the last point; NULL if no value is known';

CREATE FUNCTION share_in_range_between(
	series rate_series,
	lower double precision,
	upper double precision,
	start_time @START@,
	end_time @END@ @DEFAULT@) RETURNS double precision
	AS 'MODULE_PATHNAME', 'liquidity_share_in_range_between' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 500;
COMMENT ON FUNCTION share_in_range_between(rate_series, double precision, double precision, @START@, @END@) IS
	'for what part of a window of time the values of a series were from lower to below upper, as a fraction; arguments as time_in_range_between';
--@end

--@include stored_type.sql.in TYPE = range_path, LENGTH = VARIABLE, STORAGE = external, ALIGNMENT = int4,
--@	TEXT = 2000
COMMENT ON TYPE range_path IS 'prices over time, and the range and the end that time_in_range and share_in_range ask about: the state of these aggregates; mergeable with || and rollup()';

CREATE FUNCTION time_in_range(range_path) RETURNS interval
	AS 'MODULE_PATHNAME', 'range_path_time' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION time_in_range(range_path) IS
	'how long the prices of a range_path were in its range, from the first to its end_time, or to the last';

CREATE FUNCTION share_in_range(range_path) RETURNS double precision
	AS 'MODULE_PATHNAME', 'range_path_share' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION share_in_range(range_path) IS
	'for what part of the time, as a fraction, the prices of a range_path were in its range';

CREATE FUNCTION _range_path_merge(range_path, range_path) RETURNS range_path
	AS 'MODULE_PATHNAME', 'range_path_merge' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 200;
COMMENT ON FUNCTION _range_path_merge(range_path, range_path) IS 'implementation of || operator';

CREATE OPERATOR || (
	LEFTARG = range_path, RIGHTARG = range_path, FUNCTION = _range_path_merge,
	COMMUTATOR = ||
);
COMMENT ON OPERATOR || (range_path, range_path) IS
	'one path with the prices of both, which have one range and end; of two prices at the same time the greater is kept; NULL is the path without prices';

CREATE FUNCTION _range_path_combine(range_path, range_path) RETURNS range_path
	AS 'MODULE_PATHNAME', 'range_path_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION _range_path_combine(range_path, range_path) IS
	'merges two range_path of one range and end';

CREATE AGGREGATE rollup(range_path) (
	SFUNC = _range_path_combine,
	STYPE = range_path,
	SSPACE = 4096,
	COMBINEFUNC = _range_path_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(range_path) IS
	'merges range_path values of one range and end';

CREATE FUNCTION _time_in_range_final(range_path) RETURNS interval
	AS 'MODULE_PATHNAME', 'range_path_time' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION _time_in_range_final(range_path) IS
	'last step of aggregate time_in_range';

CREATE FUNCTION _share_in_range_final(range_path) RETURNS double precision
	AS 'MODULE_PATHNAME', 'range_path_share' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION _share_in_range_final(range_path) IS
	'last step of aggregate share_in_range';

--@for TIME FROM = timestamp with time zone, | timestamp without time zone, | date, _date
--@for END TO = timestamp with time zone, | timestamp without time zone, | date, _to_date
CREATE FUNCTION _range_path_accum(
	range_path, @TIME@, double precision, double precision, double precision, @END@) RETURNS range_path
	AS 'MODULE_PATHNAME', 'range_path_accum@FROM@@TO@' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION _range_path_accum(range_path, @TIME@, double precision, double precision, double precision, @END@) IS
	'adds a price to a range_path';

CREATE AGGREGATE range_path(ts @TIME@, price double precision, lower double precision, upper double precision, end_time @END@) (
	SFUNC = _range_path_accum,
	STYPE = range_path,
	SSPACE = 4096,
	COMBINEFUNC = _range_path_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE range_path(@TIME@, double precision, double precision, double precision, @END@) IS
	'keeps the prices of its rows, to be stored, merged and asked by time_in_range and share_in_range; arguments as there';

CREATE AGGREGATE time_in_range(ts @TIME@, price double precision, lower double precision, upper double precision, end_time @END@) (
	SFUNC = _range_path_accum,
	STYPE = range_path,
	SSPACE = 4096,
	FINALFUNC = _time_in_range_final,
	COMBINEFUNC = _range_path_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE time_in_range(@TIME@, double precision, double precision, double precision, @END@) IS
	'how long the price was from lower to below upper, from the first row to end_time (NULL: the last row), rows in any order, each price, or tick, carried forward to the next; of rows of one time the greatest counts (log_time tells them apart); lower, upper and end_time the same in all rows; times without zone are UTC';

CREATE AGGREGATE share_in_range(ts @TIME@, price double precision, lower double precision, upper double precision, end_time @END@) (
	SFUNC = _range_path_accum,
	STYPE = range_path,
	SSPACE = 4096,
	FINALFUNC = _share_in_range_final,
	COMBINEFUNC = _range_path_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE share_in_range(@TIME@, double precision, double precision, double precision, @END@) IS
	'for what part of the time, as a fraction, the price was from lower to below upper; arguments as time_in_range';

--@end
--@end
-- cumulative ticks

CREATE FUNCTION twap_tick(
	tick_cumulative_start bigint,
	tick_cumulative_end bigint,
	period interval) RETURNS integer
	AS 'MODULE_PATHNAME', 'liquidity_twap_tick' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION twap_tick(bigint, bigint, interval) IS
	'mean tick over period, of whole seconds, from two readings of tickCumulative of a Uniswap v3 pool, rounded down; consult of OracleLibrary.sol, Uniswap/v3-periphery';

CREATE FUNCTION twap_price(
	tick_cumulative_start bigint,
	tick_cumulative_end bigint,
	period interval,
	decimals0 bigint DEFAULT 0,
	decimals1 bigint DEFAULT 0) RETURNS double precision
	AS 'MODULE_PATHNAME', 'liquidity_twap_price' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION twap_price(bigint, bigint, interval, bigint, bigint) IS
	'geometric mean price of token0 in token1 over period from two readings of tickCumulative, 1.0001^((end - start)/seconds) * 10^(decimals0 - decimals1), not rounded to a tick; decimals 0 for least units';

-- which range

CREATE FUNCTION propose_range(
	fair_rate double precision,
	sigma double precision,
	apy double precision,
	holding interval,
	width double precision DEFAULT 2,
	tick_spacing bigint DEFAULT NULL,
	decimals0 bigint DEFAULT 0,
	decimals1 bigint DEFAULT 0,
	year_days double precision DEFAULT 365,
	OUT pa double precision,
	OUT pb double precision,
	OUT tick_lower integer,
	OUT tick_upper integer) RETURNS record
	AS 'MODULE_PATHNAME', 'liquidity_propose_range' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION propose_range(double precision, double precision, double precision, interval, double precision, bigint, bigint, bigint, double precision) IS
	'a range that keeps width standard deviations about the fair rate and reaches up by what accrues at apy until the end of holding: fair_rate * exp(-width * sigma * sqrt(holding)) to fair_rate * (1 + apy)^holding * exp(width * sigma * sqrt(holding)), the other way round for a negative apy; sigma a year, of price over fair rate; with tick_spacing widened to usable ticks';

CREATE FUNCTION evaluate_range(
	p double precision,
	pa double precision,
	pb double precision,
	sigma double precision,
	mu double precision,
	fee_apr double precision,
	horizon interval,
	rebalance_cost double precision DEFAULT 0,
	trigger text DEFAULT 'exit',
	value double precision DEFAULT 1,
	gas double precision DEFAULT 0,
	other_liquidity double precision DEFAULT NULL,
	year_days double precision DEFAULT 365,
	OUT expected_time_in_range interval,
	OUT expected_fee_apr double precision,
	OUT lvr_apr double precision,
	OUT rebalances_per_year double precision,
	OUT rebalance_cost_apr double precision,
	OUT net_apr double precision) RETURNS record
	AS 'MODULE_PATHNAME', 'liquidity_evaluate_range' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION evaluate_range(double precision, double precision, double precision, double precision, double precision, double precision, interval, double precision, text, double precision, double precision, double precision, double precision) IS
	'what a range is expected to bring a year over a holder of what it holds who trades at the market, fractions of its value: fee_apr of a full-range position and sigma^2/8 times the mean capital efficiency, and the cost of recentring at each exit (trigger exit, the long run), after each horizon (interval) or not (never); rebalance_cost a fraction of what is traded, gas in the unit of value; NULL for exit where p is outside';

CREATE FUNCTION full_range_fee_apr(
	volume double precision,
	fee double precision,
	liquidity double precision,
	p double precision,
	period interval,
	year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'liquidity_full_range_fee_apr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION full_range_fee_apr(double precision, double precision, double precision, double precision, interval, double precision) IS
	'estimate of what a small position over all prices earns a year, volume * fee/(2 * liquidity * sqrt(p)) * year/period, from the volume of a period and the liquidity at p, both in units of token1; NULL without liquidity';

-- a policy over a history

CREATE FUNCTION backtest_range(
	prices rate_series,
	volumes rate_series,
	fee double precision,
	width double precision,
	other_liquidity double precision DEFAULT NULL,
	trigger text DEFAULT 'exit',
	distance double precision DEFAULT NULL,
	every interval DEFAULT NULL,
	rebalance_cost double precision DEFAULT 0,
	gas double precision DEFAULT 0,
	skew double precision DEFAULT 0,
	equity double precision DEFAULT 1,
	year_days double precision DEFAULT 365,
	OUT fees double precision,
	OUT costs double precision,
	OUT il double precision,
	OUT lvr double precision,
	OUT rebalances bigint,
	OUT share_in_range double precision,
	OUT final_value double precision,
	OUT hodl_value double precision,
	OUT net_apr double precision) RETURNS record
	AS 'MODULE_PATHNAME', 'liquidity_backtest_range' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION backtest_range(rate_series, rate_series, double precision, double precision, double precision, text, double precision, interval, double precision, double precision, double precision, double precision, double precision) IS
	'what a position from the centre over 1 + width to the centre times 1 + width, recentred by a trigger (exit, distance, interval, never), would have brought over a history of prices of token0 in token1: amounts in token1; fees by swap_fee_share of the volumes (each of the time up to its own) in range or, with volumes NULL, of what the position itself traded; il a fraction of hodl_value against the deposit held; final_value = hodl_value * (1 + il) + fees - costs; NULL of a single point';

CREATE FUNCTION backtest_range_path(
	prices rate_series,
	volumes rate_series,
	fee double precision,
	width double precision,
	other_liquidity double precision DEFAULT NULL,
	trigger text DEFAULT 'exit',
	distance double precision DEFAULT NULL,
	every interval DEFAULT NULL,
	rebalance_cost double precision DEFAULT 0,
	gas double precision DEFAULT 0,
	skew double precision DEFAULT 0,
	equity double precision DEFAULT 1,
	OUT ts timestamp with time zone,
	OUT price double precision,
	OUT pa double precision,
	OUT pb double precision,
	OUT amount0 double precision,
	OUT amount1 double precision,
	OUT fees double precision,
	OUT costs double precision,
	OUT lvr double precision,
	OUT rebalances bigint,
	OUT value double precision,
	OUT hodl_value double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'liquidity_backtest_range_path' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50000
	SUPPORT _rate_series_point_rows ROWS 500;
COMMENT ON FUNCTION backtest_range_path(rate_series, rate_series, double precision, double precision, double precision, text, double precision, interval, double precision, double precision, double precision, double precision) IS
	'the same as backtest_range, a row at each price, before it is acted upon: the range in force, what the position holds, fees, costs, lvr and rebalances so far, value with fees, and the deposit held';
