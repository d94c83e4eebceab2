-- domain series: two series side by side

CREATE FUNCTION _rate_series_joined_rows(internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'rate_series_joined_rows' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION _rate_series_joined_rows(internal) IS 'tells the planner of a row for each time of several series';

CREATE FUNCTION align(a rate_series, b rate_series, method text DEFAULT 'locf', max_age interval DEFAULT NULL,
	OUT ts timestamp with time zone, OUT a double precision, OUT b double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'rate_series_align' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20000
	SUPPORT _rate_series_joined_rows ROWS 1000;
COMMENT ON FUNCTION align(rate_series, rate_series, text, interval) IS
	'two series as one table; method: locf (all times, the other value carried forward), linear (all times, on the line), or inner (common times); NULL where a series has no value, or only one older than max_age';

CREATE FUNCTION premium(market rate_series, fair rate_series) RETURNS rate_series
	AS 'MODULE_PATHNAME', 'rate_series_premium' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000;
COMMENT ON FUNCTION premium(rate_series, rate_series) IS
	'premium of the market over the fair rate at the times of the market, market/fair - 1, the fair rate carried forward; as fractions, negative is a discount; NULL if no fair rate was known yet';

CREATE FUNCTION correlation(a rate_series, b rate_series, step interval DEFAULT NULL, kind text DEFAULT 'simple',
	timezone text DEFAULT 'UTC', origin timestamp with time zone DEFAULT NULL) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rate_series_correlation' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION correlation(rate_series, rate_series, interval, text, text, timestamp with time zone) IS
	'Pearson''s correlation of the returns of two series over periods of a step, or between the times that both have; kind: simple, log, delta, or level (the values themselves); from -1 to 1, NULL where one does not vary';

CREATE FUNCTION beta(series rate_series, benchmark rate_series, step interval DEFAULT NULL, kind text DEFAULT 'simple',
	timezone text DEFAULT 'UTC', origin timestamp with time zone DEFAULT NULL) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rate_series_beta' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION beta(rate_series, rate_series, interval, text, text, timestamp with time zone) IS
	'beta of a series to a benchmark: the covariance of their returns over the variance of the benchmark''s, over periods of a step, or between the times that both have; NULL where the benchmark does not vary';
