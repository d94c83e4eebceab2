-- domain yield: APR and APY of the time before the last row

--@include stored_type.sql.in TYPE = trailing_rates, LENGTH = VARIABLE, STORAGE = external
COMMENT ON TYPE trailing_rates IS
	'a window of time and the rates that it needs, those within it before the last and the one in force at its start: the state of trailing_apr and trailing_apy';

--@for TIME DATE = timestamp with time zone, | timestamp without time zone, | date, _date
--@for RATE NUMERIC = double precision, | numeric, _numeric
CREATE FUNCTION _trailing_accum(trailing_rates, @TIME@, @RATE@, interval) RETURNS trailing_rates
	AS 'MODULE_PATHNAME', 'trailing_accum@NUMERIC@@DATE@' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;
COMMENT ON FUNCTION _trailing_accum(trailing_rates, @TIME@, @RATE@, interval) IS
	'adds an exchange rate to the state of a trailing yield';

CREATE FUNCTION _trailing_moving_accum(internal, @TIME@, @RATE@, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'trailing_moving_accum@NUMERIC@@DATE@' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _trailing_moving_accum(internal, @TIME@, @RATE@, interval) IS
	'trailing yield: forward step over a moving frame';

CREATE FUNCTION _trailing_moving_remove(internal, @TIME@, @RATE@, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'trailing_moving_remove@NUMERIC@@DATE@' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _trailing_moving_remove(internal, @TIME@, @RATE@, interval) IS
	'trailing yield: backward step over a moving frame';

--@end
--@end

CREATE FUNCTION _trailing_rates_combine(trailing_rates, trailing_rates) RETURNS trailing_rates
	AS 'MODULE_PATHNAME', 'trailing_rates_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION _trailing_rates_combine(trailing_rates, trailing_rates) IS
	'merges two trailing_rates of the same window';

--@for NAME KIND = trailing_apr, simple | trailing_apy, compound
CREATE FUNCTION _@NAME@_final(trailing_rates) RETURNS double precision
	AS 'MODULE_PATHNAME', '@NAME@_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION _@NAME@_final(trailing_rates) IS
	'last step of aggregate @NAME@';

CREATE FUNCTION _@NAME@_moving_final(internal) RETURNS double precision
	AS 'MODULE_PATHNAME', '@NAME@_moving_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _@NAME@_moving_final(internal) IS
	'last step of aggregate @NAME@ over a moving frame';

--@for TIME READ = timestamp with time zone, | timestamp without time zone, ; ts: read as UTC | date, ; ts: the start of the day in UTC
--@for RATE UNIT = double precision, | numeric, ; rate: in any unit such as wei; read as double precision
CREATE AGGREGATE @NAME@(ts @TIME@, rate @RATE@, window_size interval) (
	SFUNC = _trailing_accum,
	STYPE = trailing_rates,
	SSPACE = 1024,
	FINALFUNC = _@NAME@_final,
	COMBINEFUNC = _trailing_rates_combine,
	MSFUNC = _trailing_moving_accum,
	MINVFUNC = _trailing_moving_remove,
	MSTYPE = internal,
	MSSPACE = 1024,
	MFINALFUNC = _@NAME@_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE @NAME@(@TIME@, @RATE@, interval) IS
	'@KIND@ yearly yield of the time window_size before the last of the rows, in any order, from the exchange rate then in force to the last, as a fraction per year of 365 days; NULL until the rows reach back that far; window_size: without months, one for all rows@UNIT@@READ@';

--@end
--@end
--@end
