-- domain risk: when a history changed, and which of its values do not belong to it

CREATE FUNCTION outliers(
	series rate_series, window_size interval, threshold double precision DEFAULT 3.5,
	OUT ts timestamp with time zone, OUT value double precision, OUT median double precision, OUT mad double precision,
	OUT score double precision, OUT outlier boolean) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'series_outliers' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000
	SUPPORT _rate_series_point_rows ROWS 1000;
COMMENT ON FUNCTION outliers(rate_series, interval, double precision) IS
	'each value against the median and the median absolute deviation of those in the window before it: modified score (Iglewicz and Hoaglin), an outlier beyond the threshold';

CREATE FUNCTION cusum(
	series rate_series, target double precision, slack double precision, threshold double precision,
	OUT ts timestamp with time zone, OUT value double precision, OUT up double precision, OUT down double precision,
	OUT alarm boolean) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'series_cusum' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000
	SUPPORT _rate_series_point_rows ROWS 1000;
COMMENT ON FUNCTION cusum(rate_series, double precision, double precision, double precision) IS
	'sums of what values are above and below a target by more than the slack (Page): an alarm above the threshold, after which both start again';

CREATE FUNCTION cusum_step(state double precision, value double precision, target double precision, slack double precision) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 4;
COMMENT ON FUNCTION cusum_step(double precision, double precision, double precision, double precision) IS
	'one step of cusum from a stored sum: the upward one, or with a negative slack the downward one';

CREATE FUNCTION change_points(
	series rate_series, penalty double precision DEFAULT NULL, cost text DEFAULT 'mean', min_size bigint DEFAULT 2,
	OUT start_time timestamp with time zone, OUT end_time timestamp with time zone, OUT num_points integer,
	OUT mean double precision, OUT stddev double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'series_change_points' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000 ROWS 10;
COMMENT ON FUNCTION change_points(rate_series, double precision, text, bigint) IS
	'segments of a history whose level (cost mean) or level and spread (mean_variance) stay, with the least costs and penalties in all (PELT, exact); penalty NULL: 2 or 3 times the logarithm of the number of points';

CREATE FUNCTION autocorrelation(history double precision[], lag bigint DEFAULT 1) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION autocorrelation(double precision[], bigint) IS
	'correlation of values with those "lag" places later, about the mean of all, from -1 to 1; NULL where values do not vary or the lag is too long';

CREATE FUNCTION trend_test_array(
	history double precision[], OUT tau double precision, OUT s bigint, OUT z double precision, OUT p_value double precision,
	OUT slope double precision) RETURNS record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION trend_test_array(double precision[]) IS
	'Mann and Kendall''s test for a trend (tau-b, S, z with the correction for continuity, two-sided p) and the median slope for each place (Theil and Sen)';

CREATE FUNCTION trend_test(
	series rate_series, year_days double precision DEFAULT 365,
	OUT tau double precision, OUT s bigint, OUT z double precision, OUT p_value double precision, OUT slope double precision) RETURNS record
	AS 'MODULE_PATHNAME', 'series_trend_test' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION trend_test(rate_series, double precision) IS
	'trend_test_array of a series, with the median slope a year';

CREATE FUNCTION _mad_accum(level_sample, double precision) RETURNS level_sample
	AS 'MODULE_PATHNAME', 'mad_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION _mad_accum(level_sample, double precision) IS 'adds a value to the state of mad';

CREATE FUNCTION _mad_final(level_sample) RETURNS double precision
	AS 'MODULE_PATHNAME', 'mad_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION _mad_final(level_sample) IS 'last step of aggregate mad';

CREATE AGGREGATE mad(value double precision) (
	SFUNC = _mad_accum,
	STYPE = level_sample,
	SSPACE = 256,
	FINALFUNC = _mad_final,
	COMBINEFUNC = _level_sample_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE mad(double precision) IS
	'median absolute deviation: the median distance of values from their median, not scaled (times 1.4826 it is a deviation of normal values)';
