-- domain risk: the age of what feeds say

CREATE FUNCTION time_stale(
	series rate_series, max_age interval, start_time timestamp with time zone DEFAULT NULL,
	end_time timestamp with time zone DEFAULT NULL) RETURNS interval
	AS 'MODULE_PATHNAME', 'series_time_stale' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION time_stale(rate_series, interval, timestamp with time zone, timestamp with time zone) IS
	'time in a window, from the first point on, at which the last point is older than max_age';

CREATE FUNCTION share_stale(
	series rate_series, max_age interval, start_time timestamp with time zone DEFAULT NULL,
	end_time timestamp with time zone DEFAULT NULL) RETURNS double precision
	AS 'MODULE_PATHNAME', 'series_share_stale' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION share_stale(rate_series, interval, timestamp with time zone, timestamp with time zone) IS
	'share of a window, from the first point on, in which the last point is older than max_age';
