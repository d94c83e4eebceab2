-- domain yield: APR and APY of a window of time

-- of a rate_window

CREATE FUNCTION apr(rate_window, year_days double precision DEFAULT 365,
	method text DEFAULT 'locf') RETURNS double precision
	AS 'MODULE_PATHNAME', 'rate_window_apr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION apr(rate_window, double precision, text) IS
	'simple yearly yield from the exchange rate in force at the start of a window to that at its end, over the whole length of the window, as a fraction; method ''locf'' carries the last known rate forward, ''linear'' draws a line between the neighbours; NULL where no rate is known, and for a window of no length';

CREATE FUNCTION apy(rate_window, year_days double precision DEFAULT 365,
	method text DEFAULT 'locf') RETURNS double precision
	AS 'MODULE_PATHNAME', 'rate_window_apy' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION apy(rate_window, double precision, text) IS
	'compound yearly yield from the exchange rate in force at the start of a window to that at its end, over the whole length of the window, as a fraction; method ''locf'' carries the last known rate forward, ''linear'' draws a line between the neighbours; NULL where no rate is known, and for a window of no length';

-- aggregates: their last steps

CREATE FUNCTION _apr_between_final(rate_window) RETURNS double precision
	AS 'MODULE_PATHNAME', 'apr_between_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION _apr_between_final(rate_window) IS
	'last step of aggregate apr_between';

CREATE FUNCTION _apr_between_moving_final(internal) RETURNS double precision
	AS 'MODULE_PATHNAME', 'apr_between_moving_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _apr_between_moving_final(internal) IS
	'last step of aggregate apr_between over a moving frame';

CREATE FUNCTION _apy_between_final(rate_window) RETURNS double precision
	AS 'MODULE_PATHNAME', 'apy_between_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION _apy_between_final(rate_window) IS
	'last step of aggregate apy_between';

CREATE FUNCTION _apy_between_moving_final(internal) RETURNS double precision
	AS 'MODULE_PATHNAME', 'apy_between_moving_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _apy_between_moving_final(internal) IS
	'last step of aggregate apy_between over a moving frame';

CREATE FUNCTION _apr_between_linear_final(rate_window) RETURNS double precision
	AS 'MODULE_PATHNAME', 'apr_between_linear_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION _apr_between_linear_final(rate_window) IS
	'last step of aggregate apr_between_linear';

CREATE FUNCTION _apr_between_linear_moving_final(internal) RETURNS double precision
	AS 'MODULE_PATHNAME', 'apr_between_linear_moving_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _apr_between_linear_moving_final(internal) IS
	'last step of aggregate apr_between_linear over a moving frame';

CREATE FUNCTION _apy_between_linear_final(rate_window) RETURNS double precision
	AS 'MODULE_PATHNAME', 'apy_between_linear_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION _apy_between_linear_final(rate_window) IS
	'last step of aggregate apy_between_linear';

CREATE FUNCTION _apy_between_linear_moving_final(internal) RETURNS double precision
	AS 'MODULE_PATHNAME', 'apy_between_linear_moving_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _apy_between_linear_moving_final(internal) IS
	'last step of aggregate apy_between_linear over a moving frame';

-- aggregates

--@for TIME READ = timestamp with time zone, | timestamp without time zone, ; ts: read as UTC | date, ; ts: the start of the day in UTC
--@for START FINISH = timestamp with time zone, timestamp with time zone | timestamp without time zone, timestamp without time zone | timestamp without time zone, timestamp with time zone | timestamp with time zone, timestamp without time zone | date, date
CREATE AGGREGATE apr_between(ts @TIME@, rate double precision,
	t0 @START@, t1 @FINISH@) (
	SFUNC = _rate_window_accum,
	STYPE = rate_window,
	FINALFUNC = _apr_between_final,
	COMBINEFUNC = _rate_window_combine,
	MSFUNC = _rate_window_moving_accum,
	MINVFUNC = _rate_window_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _apr_between_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE apr_between(@TIME@, double precision,
	@START@, @FINISH@) IS
	'simple yearly yield from t0 to t1, between the exchange rates in force at either, the last known at or before it, rows in any order, as a fraction per year of 365 days; t0, t1: the same in all rows; NULL where no rate is known@READ@';

--@end
--@end

--@for TIME READ = timestamp with time zone, | timestamp without time zone, ; ts: read as UTC | date, ; ts: the start of the day in UTC
--@for START FINISH = timestamp with time zone, timestamp with time zone | timestamp without time zone, timestamp without time zone | timestamp without time zone, timestamp with time zone | timestamp with time zone, timestamp without time zone | date, date
CREATE AGGREGATE apy_between(ts @TIME@, rate double precision,
	t0 @START@, t1 @FINISH@) (
	SFUNC = _rate_window_accum,
	STYPE = rate_window,
	FINALFUNC = _apy_between_final,
	COMBINEFUNC = _rate_window_combine,
	MSFUNC = _rate_window_moving_accum,
	MINVFUNC = _rate_window_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _apy_between_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE apy_between(@TIME@, double precision,
	@START@, @FINISH@) IS
	'compound yearly yield from t0 to t1, between the exchange rates in force at either, the last known at or before it, rows in any order, as a fraction per year of 365 days; t0, t1: the same in all rows; NULL where no rate is known@READ@';

--@end
--@end

--@for TIME READ = timestamp with time zone, | timestamp without time zone, ; ts: read as UTC | date, ; ts: the start of the day in UTC
--@for START FINISH = timestamp with time zone, timestamp with time zone | timestamp without time zone, timestamp without time zone | timestamp without time zone, timestamp with time zone | timestamp with time zone, timestamp without time zone | date, date
CREATE AGGREGATE apr_between_linear(ts @TIME@, rate double precision,
	t0 @START@, t1 @FINISH@) (
	SFUNC = _rate_window_accum,
	STYPE = rate_window,
	FINALFUNC = _apr_between_linear_final,
	COMBINEFUNC = _rate_window_combine,
	MSFUNC = _rate_window_moving_accum,
	MINVFUNC = _rate_window_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _apr_between_linear_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE apr_between_linear(@TIME@, double precision,
	@START@, @FINISH@) IS
	'simple yearly yield from t0 to t1, between the exchange rates on the lines between the neighbours in time of either, rows in any order, as a fraction per year of 365 days; t0, t1: the same in all rows; NULL where no rate is known@READ@';

--@end
--@end

--@for TIME READ = timestamp with time zone, | timestamp without time zone, ; ts: read as UTC | date, ; ts: the start of the day in UTC
--@for START FINISH = timestamp with time zone, timestamp with time zone | timestamp without time zone, timestamp without time zone | timestamp without time zone, timestamp with time zone | timestamp with time zone, timestamp without time zone | date, date
CREATE AGGREGATE apy_between_linear(ts @TIME@, rate double precision,
	t0 @START@, t1 @FINISH@) (
	SFUNC = _rate_window_accum,
	STYPE = rate_window,
	FINALFUNC = _apy_between_linear_final,
	COMBINEFUNC = _rate_window_combine,
	MSFUNC = _rate_window_moving_accum,
	MINVFUNC = _rate_window_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _apy_between_linear_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE apy_between_linear(@TIME@, double precision,
	@START@, @FINISH@) IS
	'compound yearly yield from t0 to t1, between the exchange rates on the lines between the neighbours in time of either, rows in any order, as a fraction per year of 365 days; t0, t1: the same in all rows; NULL where no rate is known@READ@';

--@end
--@end
