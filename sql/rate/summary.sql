-- domain rate: exchange rates over time

--@include summary_type.sql.in TYPE = rate_summary, LENGTH = 56, COMPARING = 2, TEXT = 200
COMMENT ON TYPE rate_summary IS 'what a set of exchange rates over time comes down to: first, last, least and greatest rate, and their number; fixed length, mergeable with rollup()';

-- rate_summary: accessors

CREATE FUNCTION first_rate(rate_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rate_summary_first_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION first_rate(rate_summary) IS
	'the rate with the least time; of several at that time the greatest of a rate_summary';

CREATE FUNCTION last_rate(rate_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rate_summary_last_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION last_rate(rate_summary) IS
	'the rate with the greatest time; of several at that time the greatest of a rate_summary';

CREATE FUNCTION min_rate(rate_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rate_summary_min_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION min_rate(rate_summary) IS
	'the least rate of a rate_summary';

CREATE FUNCTION max_rate(rate_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rate_summary_max_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION max_rate(rate_summary) IS
	'the greatest rate of a rate_summary';

CREATE FUNCTION first_time(rate_summary) RETURNS timestamp with time zone
	AS 'MODULE_PATHNAME', 'rate_summary_first_time' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION first_time(rate_summary) IS
	'the least time of a rate_summary';

CREATE FUNCTION last_time(rate_summary) RETURNS timestamp with time zone
	AS 'MODULE_PATHNAME', 'rate_summary_last_time' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION last_time(rate_summary) IS
	'the greatest time of a rate_summary';

CREATE FUNCTION num_rates(rate_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'rate_summary_num_rates' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION num_rates(rate_summary) IS
	'how many rates were summarised, rows of equal time each counted of a rate_summary';

-- aggregates: their steps

--@for TIME DATE = timestamp with time zone, | timestamp without time zone, | date, _date
--@for RATE NUMERIC = double precision, | numeric, _numeric
CREATE FUNCTION _rate_summary_accum(rate_summary, @TIME@, @RATE@) RETURNS rate_summary
	AS 'MODULE_PATHNAME', 'rate_summary_accum@NUMERIC@@DATE@' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;
COMMENT ON FUNCTION _rate_summary_accum(rate_summary, @TIME@, @RATE@) IS
	'adds a time and a rate to a rate_summary';

CREATE FUNCTION _rate_summary_moving_accum(internal, @TIME@, @RATE@) RETURNS internal
	AS 'MODULE_PATHNAME', 'rate_summary_moving_accum@NUMERIC@@DATE@' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _rate_summary_moving_accum(internal, @TIME@, @RATE@) IS
	'rate_summary: forward step over a moving frame';

CREATE FUNCTION _rate_summary_moving_remove(internal, @TIME@, @RATE@) RETURNS internal
	AS 'MODULE_PATHNAME', 'rate_summary_moving_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _rate_summary_moving_remove(internal, @TIME@, @RATE@) IS
	'rate_summary: backward step over a moving frame';

--@end
--@end

CREATE FUNCTION _rate_summary_combine(rate_summary, rate_summary) RETURNS rate_summary
	AS 'MODULE_PATHNAME', 'rate_summary_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION _rate_summary_combine(rate_summary, rate_summary) IS
	'merges two rate_summary';

CREATE FUNCTION _rate_summary_moving_combine(internal, rate_summary) RETURNS internal
	AS 'MODULE_PATHNAME', 'rate_summary_moving_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _rate_summary_moving_combine(internal, rate_summary) IS
	'rate_summary: forward step of rollup over a moving frame';

CREATE FUNCTION _rate_summary_moving_uncombine(internal, rate_summary) RETURNS internal
	AS 'MODULE_PATHNAME', 'rate_summary_moving_uncombine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _rate_summary_moving_uncombine(internal, rate_summary) IS
	'rate_summary: backward step of rollup over a moving frame';

CREATE FUNCTION _rate_summary_moving_final(internal) RETURNS rate_summary
	AS 'MODULE_PATHNAME', 'rate_summary_moving_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _rate_summary_moving_final(internal) IS
	'rate_summary: last step over a moving frame';

-- aggregates

--@for TIME READ = timestamp with time zone, | timestamp without time zone, ; ts: read as UTC | date, ; ts: the start of the day in UTC
--@for RATE UNIT = double precision, in units of the underlying asset | numeric, in any unit such as wei; read as double precision
CREATE AGGREGATE rate_agg(ts @TIME@, rate @RATE@) (
	SFUNC = _rate_summary_accum,
	STYPE = rate_summary,
	COMBINEFUNC = _rate_summary_combine,
	MSFUNC = _rate_summary_moving_accum,
	MINVFUNC = _rate_summary_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _rate_summary_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rate_agg(@TIME@, @RATE@) IS
	'summarises exchange rates over time, rows in any order; rate: positive, @UNIT@@READ@';

--@end
--@end

CREATE AGGREGATE rollup(rate_summary) (
	SFUNC = _rate_summary_combine,
	STYPE = rate_summary,
	COMBINEFUNC = _rate_summary_combine,
	MSFUNC = _rate_summary_moving_combine,
	MINVFUNC = _rate_summary_moving_uncombine,
	MSTYPE = internal,
	MFINALFUNC = _rate_summary_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(rate_summary) IS
	'merges rate summaries into the summary of all their rates';

-- premium

CREATE FUNCTION premium(market double precision, fair double precision) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION premium(double precision, double precision) IS
	'premium of the market rate over the fair rate, market/fair - 1, as a fraction; negative is a discount';

--@for RATE = numeric | bigint
CREATE FUNCTION premium(market @RATE@, fair @RATE@) RETURNS double precision
	AS 'MODULE_PATHNAME', 'premium_@RATE@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION premium(@RATE@, @RATE@) IS
	'premium of the market rate over the fair rate, market/fair - 1, as a fraction; negative is a discount; the difference is exact';

--@end
