-- domain yield: APR and APY of the time before the last row

--@for TIME DATE = timestamp with time zone, | timestamp without time zone, | date, _date
--@for RATE NUMERIC = double precision, | numeric, _numeric
CREATE FUNCTION trailing_accum(internal, @TIME@, @RATE@, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'trailing_accum@NUMERIC@@DATE@' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION trailing_accum(internal, @TIME@, @RATE@, interval) IS
	'adds an exchange rate to the state of a trailing yield';

CREATE FUNCTION trailing_moving_accum(internal, @TIME@, @RATE@, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'trailing_moving_accum@NUMERIC@@DATE@' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION trailing_moving_accum(internal, @TIME@, @RATE@, interval) IS
	'trailing yield: forward step over a moving frame';

CREATE FUNCTION trailing_moving_remove(internal, @TIME@, @RATE@, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'trailing_moving_remove@NUMERIC@@DATE@' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION trailing_moving_remove(internal, @TIME@, @RATE@, interval) IS
	'trailing yield: backward step over a moving frame';

--@end
--@end

CREATE FUNCTION trailing_combine(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION trailing_combine(internal, internal) IS
	'merges two states of a trailing yield';

CREATE FUNCTION trailing_serialize(internal) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION trailing_serialize(internal) IS
	'trailing yield: the state as bytes';

CREATE FUNCTION trailing_deserialize(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION trailing_deserialize(bytea, internal) IS
	'trailing yield: the state from bytes';

--@for NAME KIND = trailing_apr, simple | trailing_apy, compound
CREATE FUNCTION @NAME@_final(internal) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION @NAME@_final(internal) IS
	'last step of aggregate @NAME@';

--@for TIME READ = timestamp with time zone, | timestamp without time zone, ; ts: read as UTC | date, ; ts: the start of the day in UTC
--@for RATE UNIT = double precision, | numeric, ; rate: in any unit such as wei; read as double precision
CREATE AGGREGATE @NAME@(ts @TIME@, rate @RATE@, window_size interval) (
	SFUNC = trailing_accum,
	STYPE = internal,
	SSPACE = 1024,
	FINALFUNC = @NAME@_final,
	COMBINEFUNC = trailing_combine,
	SERIALFUNC = trailing_serialize,
	DESERIALFUNC = trailing_deserialize,
	MSFUNC = trailing_moving_accum,
	MINVFUNC = trailing_moving_remove,
	MSTYPE = internal,
	MSSPACE = 1024,
	MFINALFUNC = @NAME@_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE @NAME@(@TIME@, @RATE@, interval) IS
	'@KIND@ yearly yield of the time window_size before the last of the rows, in any order, from the exchange rate then in force to the last, as a fraction per year of 365 days; NULL until the rows reach back that far; window_size: without months, one for all rows@UNIT@@READ@';

--@end
--@end
--@end
