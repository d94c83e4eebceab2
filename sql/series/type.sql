-- domain series: histories as one value

-- external: an image is compressed already, and its header can be read by itself.
-- The category is that of numbers, so that a call with two untyped parameters, such
-- as premium($1, $2), still is one of numbers, and not ambiguous.
--@include stored_type.sql.in TYPE = rate_series, LENGTH = VARIABLE, STORAGE = external, ALIGNMENT = int4, CATEGORY = N,
--@	COMPARING = 500, TEXT = 50000, BINARY = 500
COMMENT ON TYPE rate_series IS 'a history of (timestamp, double precision) points, distinct in time and in its order, compressed without loss; mergeable with || and rollup()';

-- COST is in multiplications of float8, as measured with a stored series of a
-- thousand points: 20 of what reads the header alone, some hundreds of what reads a
-- block or two, 1000 to 2000 of what reads all points, 2000 to 5000 of what makes a
-- series of as many, and 20000 of what makes rows of them.

-- aggregates

--@for TIME DATE = timestamp with time zone, | timestamp without time zone, | date, _date
--@for RATE NUMERIC = double precision, | numeric, _numeric
CREATE FUNCTION _rate_series_accum(rate_series, @TIME@, @RATE@) RETURNS rate_series
	AS 'MODULE_PATHNAME', 'rate_series_accum@DATE@@NUMERIC@' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;
COMMENT ON FUNCTION _rate_series_accum(rate_series, @TIME@, @RATE@) IS
	'adds a point to a rate_series';

--@end
--@end
CREATE FUNCTION _rate_series_combine(rate_series, rate_series) RETURNS rate_series
	AS 'MODULE_PATHNAME', 'rate_series_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION _rate_series_combine(rate_series, rate_series) IS
	'merges two rate_series';

--@for TIME TIME_NOTE = timestamp with time zone, | timestamp without time zone, ; ts is read as UTC | date, ; ts is the start of the day in UTC
--@for RATE RATE_NOTE = double precision, | numeric, ; rate is read as double precision
CREATE AGGREGATE rate_series(ts @TIME@, rate @RATE@) (
	SFUNC = _rate_series_accum,
	STYPE = rate_series,
	SSPACE = 4096,
	COMBINEFUNC = _rate_series_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rate_series(@TIME@, @RATE@) IS
	'the history of its rows, in any order; of several rates at the same time the greatest is kept; rate: any finite number@RATE_NOTE@@TIME_NOTE@';

--@end
--@end
CREATE AGGREGATE rollup(rate_series) (
	SFUNC = _rate_series_combine,
	STYPE = rate_series,
	SSPACE = 4096,
	COMBINEFUNC = _rate_series_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(rate_series) IS
	'merges series into one with all their points; of several values at the same time the greatest is kept';

CREATE FUNCTION _rate_series_merge(rate_series, rate_series) RETURNS rate_series
	AS 'MODULE_PATHNAME', 'rate_series_merge' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION _rate_series_merge(rate_series, rate_series) IS 'implementation of || operator';

CREATE OPERATOR || (
	LEFTARG = rate_series, RIGHTARG = rate_series, FUNCTION = _rate_series_merge,
	COMMUTATOR = ||
);
COMMENT ON OPERATOR || (rate_series, rate_series) IS
	'one series with the points of both; of two values at the same time the greater is kept; NULL is the series without points';

-- accessors

CREATE FUNCTION first_rate(rate_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rate_series_first_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION first_rate(rate_series) IS
	'value of the earliest point of a series';

CREATE FUNCTION last_rate(rate_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rate_series_last_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION last_rate(rate_series) IS
	'value of the latest point of a series';

CREATE FUNCTION min_rate(rate_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rate_series_min_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;
COMMENT ON FUNCTION min_rate(rate_series) IS
	'least value of a series';

CREATE FUNCTION max_rate(rate_series) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rate_series_max_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION max_rate(rate_series) IS
	'greatest value of a series';

CREATE FUNCTION first_time(rate_series) RETURNS timestamp with time zone
	AS 'MODULE_PATHNAME', 'rate_series_first_time' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION first_time(rate_series) IS
	'time of the earliest point of a series';

CREATE FUNCTION last_time(rate_series) RETURNS timestamp with time zone
	AS 'MODULE_PATHNAME', 'rate_series_last_time' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION last_time(rate_series) IS
	'time of the latest point of a series';

CREATE FUNCTION num_rates(rate_series) RETURNS bigint
	AS 'MODULE_PATHNAME', 'rate_series_num_rates' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;
COMMENT ON FUNCTION num_rates(rate_series) IS
	'number of points of a series';

CREATE FUNCTION rate_summary(rate_series) RETURNS rate_summary
	AS 'MODULE_PATHNAME', 'rate_series_summary' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;
COMMENT ON FUNCTION rate_summary(rate_series) IS
	'what rate_agg gives of the points of a series, all of which must be positive';

CREATE CAST (rate_series AS rate_summary) WITH FUNCTION rate_summary(rate_series);
COMMENT ON CAST (rate_series AS rate_summary) IS 'what rate_agg gives of the points of a series';

CREATE FUNCTION apr(series rate_series, year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rate_series_apr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;
COMMENT ON FUNCTION apr(rate_series, double precision) IS
	'simple yield per year of a series of exchange rates, from its first to its last point, as a fraction; NULL if it has one point';

CREATE FUNCTION apy(series rate_series, year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rate_series_apy' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;
COMMENT ON FUNCTION apy(rate_series, double precision) IS
	'compound yield per year of a series of exchange rates, from its first to its last point, as a fraction; NULL if it has one point';

CREATE FUNCTION log_yield(series rate_series, year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rate_series_log_yield' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;
COMMENT ON FUNCTION log_yield(rate_series, double precision) IS
	'continuously compounded yield per year of a series of exchange rates, from its first to its last point, as a fraction; NULL if it has one point';

-- the points again

CREATE FUNCTION slice(series rate_series, start_time timestamp with time zone DEFAULT NULL, end_time timestamp with time zone DEFAULT NULL) RETURNS rate_series
	AS 'MODULE_PATHNAME', 'rate_series_slice' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION slice(rate_series, timestamp with time zone, timestamp with time zone) IS
	'the points of a series from start_time up to before end_time; NULL is no bound, and the result if there are no such points';

--@for START = timestamp with time zone | timestamp without time zone
--@for END = timestamp with time zone | timestamp without time zone
CREATE FUNCTION remove(series rate_series, start_time @START@, end_time @END@) RETURNS rate_series
	AS 'MODULE_PATHNAME', 'rate_series_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION remove(rate_series, @START@, @END@) IS
	'a series without its points from start_time up to before end_time; NULL is no bound, and the result if no point is left; times without a zone are read as UTC';

CREATE FUNCTION replace(series rate_series, start_time @START@, end_time @END@, new rate_series) RETURNS rate_series
	AS 'MODULE_PATHNAME', 'rate_series_replace' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION replace(rate_series, @START@, @END@, rate_series) IS
	'a series without its points from start_time up to before end_time, and with those of another; NULL is a series without points, or no bound; times without a zone are read as UTC';

--@end
--@end
CREATE FUNCTION _rate_series_point_rows(internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'rate_series_point_rows' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION _rate_series_point_rows(internal) IS 'tells the planner of a row for each point of a series';

CREATE FUNCTION unnest(rate_series, OUT ts timestamp with time zone, OUT rate double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'rate_series_unnest' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20000
	SUPPORT _rate_series_point_rows ROWS 1000;
COMMENT ON FUNCTION unnest(rate_series) IS
	'the points of a series as rows, oldest first';
