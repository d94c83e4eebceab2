-- domain series: a series in another shape

--@for TIME TIME_NOTE = timestamp with time zone, | timestamp without time zone, ; ts is read as UTC
CREATE FUNCTION value_at(series rate_series, ts @TIME@, method text DEFAULT 'locf', max_age interval DEFAULT NULL) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rate_series_value_at' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION value_at(rate_series, @TIME@, text, interval) IS
	'value of a series at a time; method: locf (last value at or before, as of), linear (on the line between the neighbours), nearest, or next; NULL where the method finds no point, or one further than max_age from the time@TIME_NOTE@';

--@end
CREATE FUNCTION _rate_series_bucket_rows(internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'rate_series_bucket_rows' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION _rate_series_bucket_rows(internal) IS 'tells the planner of a row for each bucket of time';

CREATE FUNCTION resample(series rate_series, step interval, method text DEFAULT 'last', timezone text DEFAULT 'UTC',
	origin timestamp with time zone DEFAULT NULL, start_time timestamp with time zone DEFAULT NULL,
	end_time timestamp with time zone DEFAULT NULL, max_age interval DEFAULT NULL,
	OUT ts timestamp with time zone, OUT value double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'rate_series_resample' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20000
	SUPPORT _rate_series_bucket_rows ROWS 1000;
COMMENT ON FUNCTION resample(rate_series, interval, text, text, timestamp with time zone, timestamp with time zone, timestamp with time zone, interval) IS
	'one row for every bucket of time, empty ones too, ts being its start; method: last (in force at its end), locf or linear (at its start), twap (time-weighted, with carry-in), or first, min, max, mean of its points, which are NULL where it has none; a value older than max_age is none; days and months on the clock of timezone';

CREATE FUNCTION _rate_series_period_rows(internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'rate_series_period_rows' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION _rate_series_period_rows(internal) IS 'tells the planner of a row for each period of time, or from each point to the next';

CREATE FUNCTION returns(series rate_series, step interval DEFAULT NULL, kind text DEFAULT 'simple', timezone text DEFAULT 'UTC',
	origin timestamp with time zone DEFAULT NULL, OUT start_time timestamp with time zone, OUT end_time timestamp with time zone,
	OUT value double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'rate_series_returns' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20000
	SUPPORT _rate_series_period_rows ROWS 1000;
COMMENT ON FUNCTION returns(rate_series, interval, text, text, timestamp with time zone) IS
	'returns from point to point, or of every whole period of a step, as fractions that are not annualised; kind: simple (to/from - 1), log (natural logarithm), or delta (to - from)';

CREATE FUNCTION period_apr(series rate_series, step interval, timezone text DEFAULT 'UTC', origin timestamp with time zone DEFAULT NULL,
	year_days double precision DEFAULT 365, OUT start_time timestamp with time zone, OUT end_time timestamp with time zone,
	OUT apr double precision, OUT apy double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'rate_series_period_apr' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20000
	SUPPORT _rate_series_period_rows ROWS 100;
COMMENT ON FUNCTION period_apr(rate_series, interval, text, timestamp with time zone, double precision) IS
	'simple and compound yield per year of every whole period of a step, days and months on the clock of timezone, from the exchange rate in force at its start to the one in force at its end, as fractions';

CREATE FUNCTION ema_series(series rate_series, half_life interval, method text DEFAULT 'locf') RETURNS rate_series
	AS 'MODULE_PATHNAME', 'rate_series_ema' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION ema_series(rate_series, interval, text) IS
	'exponential moving average over time, as a series: at every point of a series, of the path by method locf, next or linear (Eckner''s EMA_last, EMA_next, EMA_lin), or of its points weighed by age (points)';

CREATE FUNCTION lttb(series rate_series, points integer) RETURNS rate_series
	AS 'MODULE_PATHNAME', 'rate_series_lttb' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION lttb(rate_series, integer) IS
	'at most so many points of a series, those that show its shape in a chart: Largest-Triangle-Three-Buckets (Steinarsson 2013)';
