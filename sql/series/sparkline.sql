-- domain series: a trend as a line of text

-- sparkline

CREATE FUNCTION _sparkline_accum(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'sparkline_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION _sparkline_accum(internal, double precision) IS
	'adds a value to a sparkline';

CREATE FUNCTION _sparkline_accum(internal, double precision, integer) RETURNS internal
	AS 'MODULE_PATHNAME', 'sparkline_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION _sparkline_accum(internal, double precision, integer) IS
	'adds a value to a sparkline of at most so many marks';

CREATE FUNCTION _sparkline_final(internal) RETURNS text
	AS 'MODULE_PATHNAME', 'sparkline_final' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50;
COMMENT ON FUNCTION _sparkline_final(internal) IS
	'draws a sparkline';

-- no combine function: a line depends on the order of its values
CREATE AGGREGATE sparkline(value double precision) (
	SFUNC = _sparkline_accum,
	STYPE = internal,
	FINALFUNC = _sparkline_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sparkline(double precision) IS
	'line of block characters, one for each value, from the least to the greatest of them; call with ORDER BY';

CREATE AGGREGATE sparkline(value double precision, width integer) (
	SFUNC = _sparkline_accum,
	STYPE = internal,
	FINALFUNC = _sparkline_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sparkline(double precision, integer) IS
	'line of at most width block characters, each the mean of an equal share of the values; call with ORDER BY';

CREATE FUNCTION sparkline(rate_series) RETURNS text
	AS 'MODULE_PATHNAME', 'sparkline_of_series' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION sparkline(rate_series) IS
	'line of block characters, one for each point of a series in order of time, from the least to the greatest value';

CREATE FUNCTION sparkline(rate_series, width integer) RETURNS text
	AS 'MODULE_PATHNAME', 'sparkline_of_series' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION sparkline(rate_series, integer) IS
	'line of at most width block characters, each the mean of an equal share of the points of a series in order of time';
