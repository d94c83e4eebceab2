-- domain strategy: monitoring

CREATE FUNCTION hysteresis(state boolean, value double precision, raise_at double precision, clear_at double precision) RETURNS boolean
	AS 'MODULE_PATHNAME', 'hysteresis' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION hysteresis(boolean, double precision, double precision, double precision) IS
	'is an alarm on after a value: raised at raise_at, cleared at clear_at, below it if values are feared that are too high, above it if too low; NULL state: off; NULL value: as it was';

CREATE AGGREGATE hysteresis(value double precision, raise_at double precision, clear_at double precision) (
	SFUNC = hysteresis,
	STYPE = boolean,
	INITCOND = 'false',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE hysteresis(double precision, double precision, double precision) IS
	'is an alarm on after the values in the order of rows, with ORDER BY or in a window';

CREATE FUNCTION alerts(
	series rate_series, raise_at double precision, clear_at double precision, min_duration interval DEFAULT '0',
	OUT raised_at timestamp with time zone, OUT cleared_at timestamp with time zone, OUT worst double precision,
	OUT worst_time timestamp with time zone) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'alerts' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000 ROWS 10;
COMMENT ON FUNCTION alerts(rate_series, double precision, double precision, interval) IS
	'times at which an alarm over a series was raised, after it had lasted for min_duration, and cleared, once each: raised at raise_at, cleared at clear_at, as hysteresis; worst: the value furthest off; cleared_at is NULL while it lasts';
