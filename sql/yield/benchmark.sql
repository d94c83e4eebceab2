-- domain yield: exponential averages, and benchmarks out of many sources

--@include summary_type.sql.in TYPE = ema_summary, LENGTH = 112
COMMENT ON TYPE ema_summary IS 'what values at times come down to for an exponential average of one half-life: sums of weight and of value * weight, the same for any order of rows, and their number; fixed length, mergeable with rollup()';


-- ema_summary: accessors

CREATE FUNCTION ema(ema_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'ema_summary_ema' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION ema(ema_summary) IS
	'exponential average of a summary, as of its latest value';

CREATE FUNCTION num_values(ema_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'ema_summary_num_values' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION num_values(ema_summary) IS
	'how many values were summarised';

-- aggregates: their steps

--@for TIME DATE = timestamp with time zone, | timestamp without time zone, | date, _date
CREATE FUNCTION _ema_summary_accum(ema_summary, @TIME@, double precision, interval) RETURNS ema_summary
	AS 'MODULE_PATHNAME', 'ema_summary_accum@DATE@' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION _ema_summary_accum(ema_summary, @TIME@, double precision, interval) IS
	'adds a value and its time to a ema_summary';
--@end

CREATE FUNCTION _ema_summary_combine(ema_summary, ema_summary) RETURNS ema_summary
	AS 'MODULE_PATHNAME', 'ema_summary_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION _ema_summary_combine(ema_summary, ema_summary) IS
	'merges two ema_summary';

--@for TIME DATE = timestamp with time zone, | timestamp without time zone, | date, _date
CREATE FUNCTION _ema_summary_moving_accum(
	internal, @TIME@, double precision, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'ema_summary_moving_accum@DATE@' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _ema_summary_moving_accum(internal, @TIME@, double precision, interval) IS
	'ema_summary: forward step over a moving frame';
--@end

--@for TIME = timestamp with time zone | timestamp without time zone | date
CREATE FUNCTION _ema_summary_moving_remove(
	internal, @TIME@, double precision, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'ema_summary_moving_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _ema_summary_moving_remove(internal, @TIME@, double precision, interval) IS
	'ema_summary: backward step over a moving frame';
--@end

CREATE FUNCTION _ema_summary_moving_combine(internal, ema_summary) RETURNS internal
	AS 'MODULE_PATHNAME', 'ema_summary_moving_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _ema_summary_moving_combine(internal, ema_summary) IS
	'ema_summary: forward step of rollup over a moving frame';

CREATE FUNCTION _ema_summary_moving_uncombine(internal, ema_summary) RETURNS internal
	AS 'MODULE_PATHNAME', 'ema_summary_moving_uncombine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _ema_summary_moving_uncombine(internal, ema_summary) IS
	'ema_summary: backward step of rollup over a moving frame';

CREATE FUNCTION _ema_summary_moving_final(internal) RETURNS ema_summary
	AS 'MODULE_PATHNAME', 'ema_summary_moving_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _ema_summary_moving_final(internal) IS
	'ema_summary: last step over a moving frame';

CREATE FUNCTION _ema_summary_ema_final(ema_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'ema_summary_ema' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION _ema_summary_ema_final(ema_summary) IS
	'last step of aggregate ema';

CREATE FUNCTION _ema_summary_moving_ema(internal) RETURNS double precision
	AS 'MODULE_PATHNAME', 'ema_summary_moving_ema' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _ema_summary_moving_ema(internal) IS
	'last step of aggregate ema over a moving frame';

-- aggregates

--@for TIME READ = timestamp with time zone, | timestamp without time zone, ; ts: read as UTC | date, ; ts: the start of the day in UTC
CREATE AGGREGATE ema_agg(ts @TIME@, value double precision, half_life interval) (
	SFUNC = _ema_summary_accum,
	STYPE = ema_summary,
	COMBINEFUNC = _ema_summary_combine,
	MSFUNC = _ema_summary_moving_accum,
	MINVFUNC = _ema_summary_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _ema_summary_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE ema_agg(@TIME@, double precision, interval) IS
	'summarises values at times for an exponential average in which a value half_life older weighs half as much@READ@';
--@end

--@for TIME READ = timestamp with time zone, | timestamp without time zone, ; ts: read as UTC | date, ; ts: the start of the day in UTC
CREATE AGGREGATE ema(ts @TIME@, value double precision, half_life interval) (
	SFUNC = _ema_summary_accum,
	STYPE = ema_summary,
	FINALFUNC = _ema_summary_ema_final,
	COMBINEFUNC = _ema_summary_combine,
	MSFUNC = _ema_summary_moving_accum,
	MINVFUNC = _ema_summary_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _ema_summary_moving_ema,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE ema(@TIME@, double precision, interval) IS
	'exponential average of values at times as of the latest, rows in any order and at any distance; a value half_life older weighs half as much; as pandas ewm(halflife, times)@READ@';
--@end

CREATE AGGREGATE rollup(ema_summary) (
	SFUNC = _ema_summary_combine,
	STYPE = ema_summary,
	COMBINEFUNC = _ema_summary_combine,
	MSFUNC = _ema_summary_moving_combine,
	MINVFUNC = _ema_summary_moving_uncombine,
	MSTYPE = internal,
	MFINALFUNC = _ema_summary_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(ema_summary) IS
	'merges ema_summary values of one half-life';

-- exponential average over rows

CREATE FUNCTION ema_step(previous double precision, value double precision, alpha double precision) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION ema_step(double precision, double precision, double precision) IS
	'next exponential average, alpha * value + (1 - alpha) * previous; the value where there is no previous, and the previous where there is no value; alpha above 0, at most 1';

-- no combine function: each row weighs by its place

CREATE AGGREGATE ema(value double precision, alpha double precision) (
	SFUNC = ema_step,
	STYPE = double precision,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE ema(double precision, double precision) IS
	'exponential average over rows, alpha * value + (1 - alpha) * previous from the first value on; call with ORDER BY; takes no note of time';

-- samples: trimmed mean and medians

--@include summary_type.sql.in TYPE = sample_summary, LENGTH = VARIABLE, STORAGE = external
COMMENT ON TYPE sample_summary IS 'values and their weights, of which median, trimmed_mean and weighted_median are figures; every row, in order of value; mergeable with || and rollup()';

--@include stored_type.sql.in TYPE = level_sample, LENGTH = VARIABLE, STORAGE = external
COMMENT ON TYPE level_sample IS 'values and a fraction of them that is asked about: the state of trimmed_mean';

--@for TYPE WHAT = sample_summary, values | level_sample, values of one fraction
CREATE FUNCTION _@TYPE@_combine(@TYPE@, @TYPE@) RETURNS @TYPE@
	AS 'MODULE_PATHNAME', '@TYPE@_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION _@TYPE@_combine(@TYPE@, @TYPE@) IS 'merges two @TYPE@ @WHAT@';

--@end
CREATE AGGREGATE rollup(sample_summary) (
	SFUNC = _sample_summary_combine,
	STYPE = sample_summary,
	SSPACE = 256,
	COMBINEFUNC = _sample_summary_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(sample_summary) IS 'merges sample_summary values';

CREATE FUNCTION _sample_accum(sample_summary, double precision) RETURNS sample_summary
	AS 'MODULE_PATHNAME', 'sample_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION _sample_accum(sample_summary, double precision) IS
	'adds a value of weight 1 to a sample_summary';

CREATE FUNCTION _sample_accum(sample_summary, double precision, double precision) RETURNS sample_summary
	AS 'MODULE_PATHNAME', 'weighted_median_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION _sample_accum(sample_summary, double precision, double precision) IS
	'adds a value and its weight to a sample_summary';

CREATE FUNCTION _trimmed_mean_accum(level_sample, double precision, double precision) RETURNS level_sample
	AS 'MODULE_PATHNAME', 'trimmed_mean_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION _trimmed_mean_accum(level_sample, double precision, double precision) IS
	'adds a value to the state of trimmed_mean';

CREATE FUNCTION _trimmed_mean_final(level_sample) RETURNS double precision
	AS 'MODULE_PATHNAME', 'trimmed_mean_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION _trimmed_mean_final(level_sample) IS
	'last step of aggregate trimmed_mean';

CREATE FUNCTION _weighted_median_final(sample_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'sample_summary_weighted_median' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION _weighted_median_final(sample_summary) IS
	'last step of aggregate weighted_median';

CREATE AGGREGATE sample_agg(value double precision) (
	SFUNC = _sample_accum,
	STYPE = sample_summary,
	SSPACE = 256,
	COMBINEFUNC = _sample_summary_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sample_agg(double precision) IS
	'keeps values, each of weight 1, for median, trimmed_mean and weighted_median, mergeable with rollup()';

CREATE AGGREGATE sample_agg(value double precision, weight double precision) (
	SFUNC = _sample_accum,
	STYPE = sample_summary,
	SSPACE = 256,
	COMBINEFUNC = _sample_summary_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sample_agg(double precision, double precision) IS
	'keeps values and their weights for median, trimmed_mean and weighted_median, mergeable with rollup(); weight: not negative, any unit';

CREATE FUNCTION median(sample_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'sample_summary_median' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION median(sample_summary) IS
	'the value in the middle of a sample_summary, of an even number the mean of the two in the middle; weights do not count';

CREATE FUNCTION trimmed_mean(sample_summary, fraction double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'sample_summary_trimmed_mean' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION trimmed_mean(sample_summary, double precision) IS
	'mean of the values of a sample_summary after floor(fraction * rows) of the least and as many of the greatest are cut, as the aggregate gives; weights do not count; fraction from 0 to below 0.5';

CREATE FUNCTION weighted_median(sample_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'sample_summary_weighted_median' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION weighted_median(sample_summary) IS
	'value of a sample_summary at which half of the weight is reached, as the aggregate gives; NULL without weight';

CREATE AGGREGATE trimmed_mean(value double precision, fraction double precision) (
	SFUNC = _trimmed_mean_accum,
	STYPE = level_sample,
	SSPACE = 256,
	FINALFUNC = _trimmed_mean_final,
	COMBINEFUNC = _level_sample_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE trimmed_mean(double precision, double precision) IS
	'mean of values, rows in any order, after floor(fraction * rows) of the least and as many of the greatest are cut; fraction from 0 to below 0.5; as scipy trim_mean';

CREATE AGGREGATE weighted_median(value double precision, weight double precision) (
	SFUNC = _sample_accum,
	STYPE = sample_summary,
	SSPACE = 256,
	FINALFUNC = _weighted_median_final,
	COMBINEFUNC = _sample_summary_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE weighted_median(double precision, double precision) IS
	'value at which half of the weight is reached, rows in any order; the mean of two where it is reached between them; weight: not negative, any unit; NULL without weight';
