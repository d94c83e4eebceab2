-- domain yield: APR, APY and blends

-- APR and APY

--@for NAME KIND FORMULA = apr, simple, (rate1 - rate0)/rate0 * year/(t1 - t0) | apy, compound, (rate1/rate0)^(year/(t1 - t0)) - 1 | log_yield, continuous (logarithmic), ln(rate1/rate0) * year/(t1 - t0)
--@for RATE TYPE EXACT = double precision, float8, | numeric, numeric, ; rates in any unit; the difference is exact whatever their digits | bigint, bigint, ; rates in any unit; the difference is exact
--@for START FINISH = timestamp with time zone, timestamp with time zone | timestamp without time zone, timestamp without time zone | timestamp without time zone, timestamp with time zone | timestamp with time zone, timestamp without time zone
CREATE FUNCTION @NAME@(rate0 @RATE@, rate1 @RATE@, t0 @START@, t1 @FINISH@,
	year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', '@NAME@_points_@TYPE@' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION @NAME@(@RATE@, @RATE@, @START@, @FINISH@, double precision) IS
	'@KIND@ yearly yield between two exchange rates, @FORMULA@, as a fraction; negative after a slashing; NULL when t0 = t1, or beyond double precision@EXACT@; a time without zone is UTC';

--@end
--@end
--@end

CREATE FUNCTION apr(rate_summary, year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rate_summary_apr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION apr(rate_summary, double precision) IS
	'simple yearly yield from the first to the last rate of a summary, as a fraction; NULL when they have the same time';

CREATE FUNCTION apy(rate_summary, year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rate_summary_apy' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION apy(rate_summary, double precision) IS
	'compound yearly yield from the first to the last rate of a summary, as a fraction; NULL when they have the same time';

CREATE FUNCTION log_yield(rate_summary, year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rate_summary_log_yield' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION log_yield(rate_summary, double precision) IS
	'continuous (logarithmic) yearly yield from the first to the last rate of a summary, as a fraction; NULL when they have the same time';

CREATE FUNCTION _rate_summary_apr_final(rate_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rate_summary_apr_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION _rate_summary_apr_final(rate_summary) IS
	'last step of aggregate apr';

CREATE FUNCTION _rate_summary_moving_apr(internal) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rate_summary_moving_apr' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _rate_summary_moving_apr(internal) IS
	'last step of aggregate apr over a moving frame';

CREATE FUNCTION _rate_summary_apy_final(rate_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rate_summary_apy_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION _rate_summary_apy_final(rate_summary) IS
	'last step of aggregate apy';

CREATE FUNCTION _rate_summary_log_yield_final(rate_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rate_summary_log_yield_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION _rate_summary_log_yield_final(rate_summary) IS
	'last step of aggregate log_yield';

CREATE FUNCTION _rate_summary_moving_apy(internal) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rate_summary_moving_apy' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _rate_summary_moving_apy(internal) IS
	'last step of aggregate apy over a moving frame';

CREATE FUNCTION _rate_summary_moving_log_yield(internal) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rate_summary_moving_log_yield' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _rate_summary_moving_log_yield(internal) IS
	'last step of aggregate log_yield over a moving frame';

--@for NAME KIND = apr, simple | apy, compound | log_yield, continuous (logarithmic)
--@for TIME READ = timestamp with time zone, | timestamp without time zone, ; ts: read as UTC | date, ; ts: the start of the day in UTC
--@for RATE UNIT = double precision, | numeric, ; rate: in any unit such as wei; read as double precision
CREATE AGGREGATE @NAME@(ts @TIME@, rate @RATE@) (
	SFUNC = _rate_summary_accum,
	STYPE = rate_summary,
	FINALFUNC = _rate_summary_@NAME@_final,
	COMBINEFUNC = _rate_summary_combine,
	MSFUNC = _rate_summary_moving_accum,
	MINVFUNC = _rate_summary_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _rate_summary_moving_@NAME@,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE @NAME@(@TIME@, @RATE@) IS
	'@KIND@ yearly yield from the first to the last exchange rate of the rows, in any order, as a fraction per year of 365 days; NULL for fewer than two times@UNIT@@READ@';

--@end
--@end
--@end
-- compounding

CREATE FUNCTION apr_to_apy(apr double precision, periods double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION apr_to_apy(double precision, double precision) IS
	'compound yield of a nominal one that is credited periods times a year, (1 + apr/periods)^periods - 1; infinite periods: e^apr - 1';

CREATE FUNCTION apy_to_apr(apy double precision, periods double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION apy_to_apr(double precision, double precision) IS
	'nominal yield, credited periods times a year, that compounds to a given one, periods * ((1 + apy)^(1/periods) - 1); infinite periods: ln(1 + apy)';

CREATE FUNCTION convert_yield(rate double precision, from_periods double precision, to_periods double precision)
	RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION convert_yield(double precision, double precision, double precision) IS
	'yearly rate credited from_periods times a year as the one that, credited to_periods times a year, grows by as much, to * ((1 + rate/from)^(from/to) - 1); infinite periods: continuous; 1: compound (APY)';

--@include summary_type.sql.in TYPE = blend_summary, LENGTH = 104
COMMENT ON TYPE blend_summary IS 'what a set of yields with weights comes down to: the sums of weight and of apr * weight, the same for any order of rows, and their number; fixed length, mergeable with rollup()';

-- blend_summary: accessors

CREATE FUNCTION blended_apr(blend_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'blend_summary_blended_apr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION blended_apr(blend_summary) IS
	'weighted mean of the yields of a summary, sum(apr * weight)/sum(weight), as a fraction; NULL when the weights sum to zero';

CREATE FUNCTION total_weight(blend_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'blend_summary_total_weight' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION total_weight(blend_summary) IS
	'sum of the weights of a summary';

CREATE FUNCTION num_aprs(blend_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'blend_summary_num_aprs' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION num_aprs(blend_summary) IS
	'how many yields were summarised';

-- aggregates: their steps

CREATE FUNCTION _blend_summary_accum(blend_summary, double precision, double precision) RETURNS blend_summary
	AS 'MODULE_PATHNAME', 'blend_summary_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;
COMMENT ON FUNCTION _blend_summary_accum(blend_summary, double precision, double precision) IS
	'adds a yield and its weight to a blend_summary';

CREATE FUNCTION _blend_summary_accum(blend_summary, numeric, double precision) RETURNS blend_summary
	AS 'MODULE_PATHNAME', 'blend_summary_accum_numeric_apr' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;
COMMENT ON FUNCTION _blend_summary_accum(blend_summary, numeric, double precision) IS
	'adds a yield and its weight to a blend_summary';

CREATE FUNCTION _blend_summary_accum(blend_summary, double precision, numeric) RETURNS blend_summary
	AS 'MODULE_PATHNAME', 'blend_summary_accum_numeric_weight' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;
COMMENT ON FUNCTION _blend_summary_accum(blend_summary, double precision, numeric) IS
	'adds a yield and its weight to a blend_summary';

CREATE FUNCTION _blend_summary_accum(blend_summary, numeric, numeric) RETURNS blend_summary
	AS 'MODULE_PATHNAME', 'blend_summary_accum_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;
COMMENT ON FUNCTION _blend_summary_accum(blend_summary, numeric, numeric) IS
	'adds a yield and its weight to a blend_summary';

CREATE FUNCTION _blend_summary_combine(blend_summary, blend_summary) RETURNS blend_summary
	AS 'MODULE_PATHNAME', 'blend_summary_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION _blend_summary_combine(blend_summary, blend_summary) IS
	'merges two blend_summary';

CREATE FUNCTION _blend_summary_moving_accum(internal, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'blend_summary_moving_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _blend_summary_moving_accum(internal, double precision, double precision) IS
	'blend_summary: forward step over a moving frame';

CREATE FUNCTION _blend_summary_moving_accum(internal, numeric, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'blend_summary_moving_accum_numeric_apr' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _blend_summary_moving_accum(internal, numeric, double precision) IS
	'blend_summary: forward step over a moving frame';

CREATE FUNCTION _blend_summary_moving_accum(internal, double precision, numeric) RETURNS internal
	AS 'MODULE_PATHNAME', 'blend_summary_moving_accum_numeric_weight' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _blend_summary_moving_accum(internal, double precision, numeric) IS
	'blend_summary: forward step over a moving frame';

CREATE FUNCTION _blend_summary_moving_accum(internal, numeric, numeric) RETURNS internal
	AS 'MODULE_PATHNAME', 'blend_summary_moving_accum_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _blend_summary_moving_accum(internal, numeric, numeric) IS
	'blend_summary: forward step over a moving frame';

CREATE FUNCTION _blend_summary_moving_remove(internal, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'blend_summary_moving_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _blend_summary_moving_remove(internal, double precision, double precision) IS
	'blend_summary: backward step over a moving frame';

CREATE FUNCTION _blend_summary_moving_remove(internal, numeric, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'blend_summary_moving_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _blend_summary_moving_remove(internal, numeric, double precision) IS
	'blend_summary: backward step over a moving frame';

CREATE FUNCTION _blend_summary_moving_remove(internal, double precision, numeric) RETURNS internal
	AS 'MODULE_PATHNAME', 'blend_summary_moving_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _blend_summary_moving_remove(internal, double precision, numeric) IS
	'blend_summary: backward step over a moving frame';

CREATE FUNCTION _blend_summary_moving_remove(internal, numeric, numeric) RETURNS internal
	AS 'MODULE_PATHNAME', 'blend_summary_moving_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _blend_summary_moving_remove(internal, numeric, numeric) IS
	'blend_summary: backward step over a moving frame';

CREATE FUNCTION _blend_summary_moving_combine(internal, blend_summary) RETURNS internal
	AS 'MODULE_PATHNAME', 'blend_summary_moving_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _blend_summary_moving_combine(internal, blend_summary) IS
	'blend_summary: forward step of rollup over a moving frame';

CREATE FUNCTION _blend_summary_moving_uncombine(internal, blend_summary) RETURNS internal
	AS 'MODULE_PATHNAME', 'blend_summary_moving_uncombine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _blend_summary_moving_uncombine(internal, blend_summary) IS
	'blend_summary: backward step of rollup over a moving frame';

CREATE FUNCTION _blend_summary_moving_final(internal) RETURNS blend_summary
	AS 'MODULE_PATHNAME', 'blend_summary_moving_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _blend_summary_moving_final(internal) IS
	'blend_summary: last step over a moving frame';

CREATE FUNCTION _blend_summary_blended_apr_final(blend_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'blend_summary_blended_apr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION _blend_summary_blended_apr_final(blend_summary) IS
	'last step of aggregate blended_apr';

CREATE FUNCTION _blend_summary_moving_blended_apr(internal) RETURNS double precision
	AS 'MODULE_PATHNAME', 'blend_summary_moving_blended_apr' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _blend_summary_moving_blended_apr(internal) IS
	'last step of aggregate blended_apr over a moving frame';

-- aggregates

CREATE AGGREGATE blend_agg(apr double precision, weight double precision) (
	SFUNC = _blend_summary_accum,
	STYPE = blend_summary,
	COMBINEFUNC = _blend_summary_combine,
	MSFUNC = _blend_summary_moving_accum,
	MINVFUNC = _blend_summary_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _blend_summary_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE blend_agg(double precision, double precision) IS
	'summarises yields with their weights; weight: not negative, any unit';

CREATE AGGREGATE blend_agg(apr numeric, weight double precision) (
	SFUNC = _blend_summary_accum,
	STYPE = blend_summary,
	COMBINEFUNC = _blend_summary_combine,
	MSFUNC = _blend_summary_moving_accum,
	MINVFUNC = _blend_summary_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _blend_summary_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE blend_agg(numeric, double precision) IS
	'summarises yields with their weights; weight: not negative, any unit';

CREATE AGGREGATE blend_agg(apr double precision, weight numeric) (
	SFUNC = _blend_summary_accum,
	STYPE = blend_summary,
	COMBINEFUNC = _blend_summary_combine,
	MSFUNC = _blend_summary_moving_accum,
	MINVFUNC = _blend_summary_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _blend_summary_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE blend_agg(double precision, numeric) IS
	'summarises yields with their weights; weight: not negative, any unit';

CREATE AGGREGATE blend_agg(apr numeric, weight numeric) (
	SFUNC = _blend_summary_accum,
	STYPE = blend_summary,
	COMBINEFUNC = _blend_summary_combine,
	MSFUNC = _blend_summary_moving_accum,
	MINVFUNC = _blend_summary_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _blend_summary_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE blend_agg(numeric, numeric) IS
	'summarises yields with their weights; weight: not negative, any unit';

CREATE AGGREGATE blended_apr(apr double precision, weight double precision) (
	SFUNC = _blend_summary_accum,
	STYPE = blend_summary,
	FINALFUNC = _blend_summary_blended_apr_final,
	COMBINEFUNC = _blend_summary_combine,
	MSFUNC = _blend_summary_moving_accum,
	MINVFUNC = _blend_summary_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _blend_summary_moving_blended_apr,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE blended_apr(double precision, double precision) IS
	'weighted mean of yields, sum(apr * weight)/sum(weight), as a fraction; NULL when the weights sum to zero';

CREATE AGGREGATE blended_apr(apr numeric, weight double precision) (
	SFUNC = _blend_summary_accum,
	STYPE = blend_summary,
	FINALFUNC = _blend_summary_blended_apr_final,
	COMBINEFUNC = _blend_summary_combine,
	MSFUNC = _blend_summary_moving_accum,
	MINVFUNC = _blend_summary_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _blend_summary_moving_blended_apr,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE blended_apr(numeric, double precision) IS
	'weighted mean of yields, sum(apr * weight)/sum(weight), as a fraction; NULL when the weights sum to zero';

CREATE AGGREGATE blended_apr(apr double precision, weight numeric) (
	SFUNC = _blend_summary_accum,
	STYPE = blend_summary,
	FINALFUNC = _blend_summary_blended_apr_final,
	COMBINEFUNC = _blend_summary_combine,
	MSFUNC = _blend_summary_moving_accum,
	MINVFUNC = _blend_summary_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _blend_summary_moving_blended_apr,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE blended_apr(double precision, numeric) IS
	'weighted mean of yields, sum(apr * weight)/sum(weight), as a fraction; NULL when the weights sum to zero';

CREATE AGGREGATE blended_apr(apr numeric, weight numeric) (
	SFUNC = _blend_summary_accum,
	STYPE = blend_summary,
	FINALFUNC = _blend_summary_blended_apr_final,
	COMBINEFUNC = _blend_summary_combine,
	MSFUNC = _blend_summary_moving_accum,
	MINVFUNC = _blend_summary_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _blend_summary_moving_blended_apr,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE blended_apr(numeric, numeric) IS
	'weighted mean of yields, sum(apr * weight)/sum(weight), as a fraction; NULL when the weights sum to zero';

CREATE AGGREGATE rollup(blend_summary) (
	SFUNC = _blend_summary_combine,
	STYPE = blend_summary,
	COMBINEFUNC = _blend_summary_combine,
	MSFUNC = _blend_summary_moving_combine,
	MINVFUNC = _blend_summary_moving_uncombine,
	MSTYPE = internal,
	MFINALFUNC = _blend_summary_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(blend_summary) IS
	'merges blend summaries into the summary of all their yields';
