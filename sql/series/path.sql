-- domain series: measures of a path

-- time-weighted averages

CREATE FUNCTION twap(series rate_series, start_time timestamp with time zone DEFAULT NULL, end_time timestamp with time zone DEFAULT NULL, method text DEFAULT 'locf') RETURNS double precision
	AS 'MODULE_PATHNAME', 'series_twap' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION twap(rate_series, timestamp with time zone, timestamp with time zone, text) IS
	'time-weighted average of a series in a window of time; method ''locf'' carries the last known value forward, into the window too, ''linear'' draws lines between the points; start_time and end_time: NULL is the first and the last point';

CREATE FUNCTION integral(series rate_series, start_time timestamp with time zone DEFAULT NULL, end_time timestamp with time zone DEFAULT NULL, method text DEFAULT 'locf', unit text DEFAULT 'second') RETURNS double precision
	AS 'MODULE_PATHNAME', 'series_integral' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION integral(rate_series, timestamp with time zone, timestamp with time zone, text, text) IS
	'integral of a series over a window of time, in values times unit: microsecond, millisecond, second, minute, hour or day; as twap otherwise';

CREATE FUNCTION time_weighted_stddev(series rate_series, start_time timestamp with time zone DEFAULT NULL, end_time timestamp with time zone DEFAULT NULL, method text DEFAULT 'locf') RETURNS double precision
	AS 'MODULE_PATHNAME', 'series_time_weighted_stddev' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 500;
COMMENT ON FUNCTION time_weighted_stddev(rate_series, timestamp with time zone, timestamp with time zone, text) IS
	'standard deviation of a series about its time-weighted average, each value weighted by the time it was in force (of the population, not of a sample); arguments as twap';

-- deviations of returns

CREATE FUNCTION volatility(series rate_series, year_days double precision DEFAULT 365, kind text DEFAULT 'log') RETURNS double precision
	AS 'MODULE_PATHNAME', 'series_volatility' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION volatility(rate_series, double precision, text) IS
	'volatility per year of a series of exchange rates, as a fraction: sample deviation of its returns (kind: log or simple), each over the root of the time it took, so that steps need not be equal; NULL of fewer than three points';

CREATE FUNCTION downside_deviation(series rate_series, min_return double precision DEFAULT 0, year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'series_downside_deviation' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION downside_deviation(rate_series, double precision, double precision) IS
	'downside deviation per year of a series of exchange rates, as a fraction: root of the mean square by which simple returns fall short of min_return, a fraction per year (empyrical: downside_risk); NULL of one point';

-- drawdown

CREATE FUNCTION max_drawdown(series rate_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'series_max_drawdown' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION max_drawdown(rate_series) IS
	'deepest fall of a series of exchange rates below its greatest value until then, as a fraction, never positive; 0 if it never fell';

CREATE FUNCTION max_drawdown_details(series rate_series, OUT drawdown double precision, OUT peak_time timestamp with time zone, OUT peak_value double precision, OUT trough_time timestamp with time zone, OUT trough_value double precision, OUT recovery_time timestamp with time zone) RETURNS record
	AS 'MODULE_PATHNAME', 'series_max_drawdown_details' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION max_drawdown_details(rate_series) IS
	'the maximum drawdown of a series and its dates: the last moment at the peak, the first at the trough, the first back at the peak (NULL if not yet)';

CREATE FUNCTION current_drawdown(series rate_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'series_current_drawdown' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION current_drawdown(rate_series) IS
	'how far the last value of a series of exchange rates is below its greatest, as a fraction, never positive';

CREATE FUNCTION ulcer_index(series rate_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'series_ulcer_index' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION ulcer_index(rate_series) IS
	'root of the mean square of the drawdown of a series of exchange rates, as a fraction; the drawdown at the end of each step weighted by the time the step took';

-- spells

CREATE FUNCTION longest_flat(series rate_series, OUT spell interval, OUT start_time timestamp with time zone, OUT end_time timestamp with time zone) RETURNS record
	AS 'MODULE_PATHNAME', 'series_longest_flat' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION longest_flat(rate_series) IS
	'longest time in which the value of a series did not change, from one change to the next; its first and last point count as changes';

CREATE FUNCTION time_since_change(series rate_series, at timestamp with time zone DEFAULT NULL) RETURNS interval
	AS 'MODULE_PATHNAME', 'series_time_since_change' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION time_since_change(rate_series, timestamp with time zone) IS
	'how long before a moment the value of a series last changed; at: NULL is the last point';

CREATE FUNCTION time_below(series rate_series, threshold double precision, start_time timestamp with time zone DEFAULT NULL, end_time timestamp with time zone DEFAULT NULL) RETURNS interval
	AS 'MODULE_PATHNAME', 'series_time_below' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 500;
COMMENT ON FUNCTION time_below(rate_series, double precision, timestamp with time zone, timestamp with time zone) IS
	'how long in a window of time the value of a series was below a threshold, the last known value carried forward; start_time and end_time: NULL is the first and the last point';

CREATE FUNCTION share_below(series rate_series, threshold double precision, start_time timestamp with time zone DEFAULT NULL, end_time timestamp with time zone DEFAULT NULL) RETURNS double precision
	AS 'MODULE_PATHNAME', 'series_share_below' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 500;
COMMENT ON FUNCTION share_below(rate_series, double precision, timestamp with time zone, timestamp with time zone) IS
	'for what part of a window of time the value of a series was below a threshold, as a fraction; arguments as time_below';

CREATE FUNCTION longest_below(series rate_series, threshold double precision, OUT spell interval, OUT start_time timestamp with time zone, OUT end_time timestamp with time zone) RETURNS record
	AS 'MODULE_PATHNAME', 'series_longest_below' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION longest_below(rate_series, double precision) IS
	'longest time without a break in which the value of a series was below a threshold, from the first point below to the first one that is not, or the last; NULL if it never was';

CREATE FUNCTION below_since(series rate_series, threshold double precision, at timestamp with time zone DEFAULT NULL) RETURNS timestamp with time zone
	AS 'MODULE_PATHNAME', 'series_below_since' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION below_since(rate_series, double precision, timestamp with time zone) IS
	'since when the value of a series has been below a threshold at a moment; NULL if it is not below then; at: NULL is the last point';

-- trailing and rolling yields

CREATE FUNCTION trailing_apr(series rate_series, window_size interval, at timestamp with time zone DEFAULT NULL, year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'series_trailing_apr' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION trailing_apr(rate_series, interval, timestamp with time zone, double precision) IS
	'simple yield per year over the time before a moment, from the exchange rate in force window_size earlier to that in force then, as a fraction; NULL if the series begins later; at: NULL is the last point';

CREATE FUNCTION trailing_apy(series rate_series, window_size interval, at timestamp with time zone DEFAULT NULL, year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'series_trailing_apy' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION trailing_apy(rate_series, interval, timestamp with time zone, double precision) IS
	'compound yield per year over the time before a moment, from the exchange rate in force window_size earlier to that in force then, as a fraction; NULL if the series begins later; at: NULL is the last point';

CREATE FUNCTION rolling_apr(series rate_series, window_size interval, year_days double precision DEFAULT 365, OUT ts timestamp with time zone, OUT apr double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'series_rolling_apr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20000
	SUPPORT _rate_series_point_rows ROWS 1000;
COMMENT ON FUNCTION rolling_apr(rate_series, interval, double precision) IS
	'for each point of a series its simple yield per year over the time before it, from the exchange rate in force window_size earlier, as a fraction; NULL where the series begins later';

CREATE FUNCTION rolling_apy(series rate_series, window_size interval, year_days double precision DEFAULT 365, OUT ts timestamp with time zone, OUT apy double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'series_rolling_apy' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20000
	SUPPORT _rate_series_point_rows ROWS 1000;
COMMENT ON FUNCTION rolling_apy(rate_series, interval, double precision) IS
	'for each point of a series its compound yield per year over the time before it, from the exchange rate in force window_size earlier, as a fraction; NULL where the series begins later';

CREATE FUNCTION rolling_apr_series(series rate_series, window_size interval, year_days double precision DEFAULT 365) RETURNS rate_series
	AS 'MODULE_PATHNAME', 'series_rolling_apr_series' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION rolling_apr_series(rate_series, interval, double precision) IS
	'rolling_apr as a series, without the points where it is NULL; NULL if none is left';

CREATE FUNCTION rolling_apy_series(series rate_series, window_size interval, year_days double precision DEFAULT 365) RETURNS rate_series
	AS 'MODULE_PATHNAME', 'series_rolling_apy_series' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION rolling_apy_series(rate_series, interval, double precision) IS
	'rolling_apy as a series, without the points where it is NULL; NULL if none is left';

-- aggregates: their last steps

CREATE FUNCTION _twap_final(rate_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'series_twap_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION _twap_final(rate_series) IS
	'twap of all of a series, by locf';

CREATE FUNCTION _twap_linear_final(rate_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'series_twap_linear_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION _twap_linear_final(rate_series) IS
	'twap of all of a series, by linear';

CREATE FUNCTION _integral_final(rate_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'series_integral_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION _integral_final(rate_series) IS
	'integral of all of a series, over seconds';

CREATE FUNCTION _time_weighted_stddev_final(rate_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'series_time_weighted_stddev_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION _time_weighted_stddev_final(rate_series) IS
	'time_weighted_stddev of all of a series, by locf';

CREATE FUNCTION _volatility_final(rate_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'series_volatility_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION _volatility_final(rate_series) IS
	'volatility of log returns, in a year of 365 days';

CREATE FUNCTION _downside_deviation_final(rate_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'series_downside_deviation_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION _downside_deviation_final(rate_series) IS
	'downside_deviation below 0, in a year of 365 days';

-- aggregates

--@for TIME TIME_NOTE = timestamp with time zone, | timestamp without time zone, ; ts is read as UTC | date, ; ts is the start of the day in UTC
--@for RATE RATE_NOTE = double precision, | numeric, ; rate is read as double precision
CREATE AGGREGATE twap(ts @TIME@, rate @RATE@) (
	SFUNC = _rate_series_accum,
	STYPE = rate_series,
	SSPACE = 4096,
	FINALFUNC = _twap_final,
	COMBINEFUNC = _rate_series_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE twap(@TIME@, @RATE@) IS
	'time-weighted average of the values of all rows, in any order, each carried forward to the next; for windows and lines: twap(rate_series(ts, rate), ...)@RATE_NOTE@@TIME_NOTE@';

CREATE AGGREGATE twap_linear(ts @TIME@, rate @RATE@) (
	SFUNC = _rate_series_accum,
	STYPE = rate_series,
	SSPACE = 4096,
	FINALFUNC = _twap_linear_final,
	COMBINEFUNC = _rate_series_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE twap_linear(@TIME@, @RATE@) IS
	'time-weighted average of the lines from each row to the next, rows in any order@RATE_NOTE@@TIME_NOTE@';

CREATE AGGREGATE integral(ts @TIME@, rate @RATE@) (
	SFUNC = _rate_series_accum,
	STYPE = rate_series,
	SSPACE = 4096,
	FINALFUNC = _integral_final,
	COMBINEFUNC = _rate_series_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE integral(@TIME@, @RATE@) IS
	'integral of the values of all rows over time, in values times seconds, rows in any order, each carried forward to the next@RATE_NOTE@@TIME_NOTE@';

CREATE AGGREGATE time_weighted_stddev(ts @TIME@, rate @RATE@) (
	SFUNC = _rate_series_accum,
	STYPE = rate_series,
	SSPACE = 4096,
	FINALFUNC = _time_weighted_stddev_final,
	COMBINEFUNC = _rate_series_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE time_weighted_stddev(@TIME@, @RATE@) IS
	'standard deviation of the values of all rows about their time-weighted average, rows in any order, each carried forward to the next@RATE_NOTE@@TIME_NOTE@';

CREATE AGGREGATE volatility(ts @TIME@, rate @RATE@) (
	SFUNC = _rate_series_accum,
	STYPE = rate_series,
	SSPACE = 4096,
	FINALFUNC = _volatility_final,
	COMBINEFUNC = _rate_series_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE volatility(@TIME@, @RATE@) IS
	'volatility per year of 365 days of exchange rates, as a fraction, rows in any order, log returns; for others: volatility(rate_series(ts, rate), ...)@RATE_NOTE@@TIME_NOTE@';

CREATE AGGREGATE downside_deviation(ts @TIME@, rate @RATE@) (
	SFUNC = _rate_series_accum,
	STYPE = rate_series,
	SSPACE = 4096,
	FINALFUNC = _downside_deviation_final,
	COMBINEFUNC = _rate_series_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE downside_deviation(@TIME@, @RATE@) IS
	'downside deviation per year of 365 days of exchange rates, as a fraction, rows in any order, of simple returns below 0@RATE_NOTE@@TIME_NOTE@';

CREATE AGGREGATE max_drawdown(ts @TIME@, rate @RATE@) (
	SFUNC = _rate_series_accum,
	STYPE = rate_series,
	SSPACE = 4096,
	FINALFUNC = max_drawdown,
	COMBINEFUNC = _rate_series_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE max_drawdown(@TIME@, @RATE@) IS
	'deepest fall of exchange rates below the greatest until then, as a fraction, never positive, rows in any order@RATE_NOTE@@TIME_NOTE@';

CREATE AGGREGATE current_drawdown(ts @TIME@, rate @RATE@) (
	SFUNC = _rate_series_accum,
	STYPE = rate_series,
	SSPACE = 4096,
	FINALFUNC = current_drawdown,
	COMBINEFUNC = _rate_series_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE current_drawdown(@TIME@, @RATE@) IS
	'how far the last exchange rate is below the greatest, as a fraction, never positive, rows in any order@RATE_NOTE@@TIME_NOTE@';

CREATE AGGREGATE ulcer_index(ts @TIME@, rate @RATE@) (
	SFUNC = _rate_series_accum,
	STYPE = rate_series,
	SSPACE = 4096,
	FINALFUNC = ulcer_index,
	COMBINEFUNC = _rate_series_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE ulcer_index(@TIME@, @RATE@) IS
	'root of the mean square of the drawdown of exchange rates, as a fraction, rows in any order@RATE_NOTE@@TIME_NOTE@';

--@end
--@end
