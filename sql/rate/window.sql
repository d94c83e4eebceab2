-- domain rate: the exchange rates in force at a moment, and at the ends of a window

--@include summary_type.sql.in TYPE = rate_window, LENGTH = 80, COMPARING = 2, TEXT = 500
COMMENT ON TYPE rate_window IS 'a window of time and the exchange rates nearest to its start and to its end; fixed length, mergeable with rollup()';

-- rate_window: accessors

CREATE FUNCTION start_time(rate_window) RETURNS timestamp with time zone
	AS 'MODULE_PATHNAME', 'rate_window_start_time' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION start_time(rate_window) IS
	'start of a window';

CREATE FUNCTION end_time(rate_window) RETURNS timestamp with time zone
	AS 'MODULE_PATHNAME', 'rate_window_end_time' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION end_time(rate_window) IS
	'end of a window';

CREATE FUNCTION start_rate(rate_window, method text DEFAULT 'locf') RETURNS double precision
	AS 'MODULE_PATHNAME', 'rate_window_start_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION start_rate(rate_window, text) IS
	'exchange rate in force at the start of a window; method ''locf'' carries the last known rate forward, ''linear'' draws a line between the neighbours; NULL where none is known';

CREATE FUNCTION end_rate(rate_window, method text DEFAULT 'locf') RETURNS double precision
	AS 'MODULE_PATHNAME', 'rate_window_end_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION end_rate(rate_window, text) IS
	'exchange rate in force at the end of a window; method ''locf'' carries the last known rate forward, ''linear'' draws a line between the neighbours; NULL where none is known';

CREATE FUNCTION rate_age(rate_window) RETURNS interval
	AS 'MODULE_PATHNAME', 'rate_window_rate_age' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION rate_age(rate_window) IS
	'time from the recording of the rate in force at the end of a window to that end; NULL where none is known';

-- aggregates: their steps

--@for TIME DATE = timestamp with time zone, | timestamp without time zone, | date, _date
--@for START FINISH UNTIL = timestamp with time zone, timestamp with time zone, | timestamp without time zone, timestamp without time zone, | timestamp without time zone, timestamp with time zone, | timestamp with time zone, timestamp without time zone, | date, date, _until_date
CREATE FUNCTION _rate_window_accum(rate_window, @TIME@, double precision, @START@, @FINISH@) RETURNS rate_window
	AS 'MODULE_PATHNAME', 'rate_window_accum@DATE@@UNTIL@' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;
COMMENT ON FUNCTION _rate_window_accum(rate_window, @TIME@, double precision, @START@, @FINISH@) IS
	'adds an exchange rate to a rate_window';

CREATE FUNCTION _rate_window_moving_accum(internal, @TIME@, double precision, @START@, @FINISH@) RETURNS internal
	AS 'MODULE_PATHNAME', 'rate_window_moving_accum@DATE@@UNTIL@' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _rate_window_moving_accum(internal, @TIME@, double precision, @START@, @FINISH@) IS
	'rate_window: forward step over a moving frame';

CREATE FUNCTION _rate_window_moving_remove(internal, @TIME@, double precision, @START@, @FINISH@) RETURNS internal
	AS 'MODULE_PATHNAME', 'rate_window_moving_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _rate_window_moving_remove(internal, @TIME@, double precision, @START@, @FINISH@) IS
	'rate_window: backward step over a moving frame';

--@end
--@end

--@for TIME DATE = timestamp with time zone, | timestamp without time zone, | date, _date
--@for AT UNTIL = timestamp with time zone, | timestamp without time zone, | date, _until_date
CREATE FUNCTION _rate_moment_accum(rate_window, @TIME@, double precision, @AT@) RETURNS rate_window
	AS 'MODULE_PATHNAME', 'rate_moment_accum@DATE@@UNTIL@' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION _rate_moment_accum(rate_window, @TIME@, double precision, @AT@) IS
	'adds an exchange rate to a rate_window of no length';

CREATE FUNCTION _rate_moment_moving_accum(internal, @TIME@, double precision, @AT@) RETURNS internal
	AS 'MODULE_PATHNAME', 'rate_moment_moving_accum@DATE@@UNTIL@' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _rate_moment_moving_accum(internal, @TIME@, double precision, @AT@) IS
	'rate_window of no length: forward step over a moving frame';

CREATE FUNCTION _rate_moment_moving_remove(internal, @TIME@, double precision, @AT@) RETURNS internal
	AS 'MODULE_PATHNAME', 'rate_moment_moving_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _rate_moment_moving_remove(internal, @TIME@, double precision, @AT@) IS
	'rate_window of no length: backward step over a moving frame';

CREATE FUNCTION _rate_moment_accum(rate_window, @TIME@, double precision, @AT@, interval) RETURNS rate_window
	AS 'MODULE_PATHNAME', 'rate_moment_accum@DATE@@UNTIL@' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION _rate_moment_accum(rate_window, @TIME@, double precision, @AT@, interval) IS
	'adds an exchange rate to a rate_window of no length, unless it is older than an interval';

CREATE FUNCTION _rate_moment_moving_accum(internal, @TIME@, double precision, @AT@, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'rate_moment_moving_accum@DATE@@UNTIL@' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _rate_moment_moving_accum(internal, @TIME@, double precision, @AT@, interval) IS
	'rate_window of no length, without rates older than an interval: forward step over a moving frame';

CREATE FUNCTION _rate_moment_moving_remove(internal, @TIME@, double precision, @AT@, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'rate_moment_moving_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _rate_moment_moving_remove(internal, @TIME@, double precision, @AT@, interval) IS
	'rate_window of no length, without rates older than an interval: backward step over a moving frame';

--@end
--@end

CREATE FUNCTION _rate_window_combine(rate_window, rate_window) RETURNS rate_window
	AS 'MODULE_PATHNAME', 'rate_window_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION _rate_window_combine(rate_window, rate_window) IS
	'merges two rate_window of the same start and end';

CREATE FUNCTION _rate_window_moving_combine(internal, rate_window) RETURNS internal
	AS 'MODULE_PATHNAME', 'rate_window_moving_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _rate_window_moving_combine(internal, rate_window) IS
	'rate_window: forward step of rollup over a moving frame';

CREATE FUNCTION _rate_window_moving_uncombine(internal, rate_window) RETURNS internal
	AS 'MODULE_PATHNAME', 'rate_window_moving_uncombine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _rate_window_moving_uncombine(internal, rate_window) IS
	'rate_window: backward step of rollup over a moving frame';

CREATE FUNCTION _rate_window_moving_final(internal) RETURNS rate_window
	AS 'MODULE_PATHNAME', 'rate_window_moving_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _rate_window_moving_final(internal) IS
	'rate_window: last step over a moving frame';

CREATE FUNCTION _rate_at_final(rate_window) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rate_at_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION _rate_at_final(rate_window) IS
	'last step of aggregate rate_at';

CREATE FUNCTION _rate_at_moving_final(internal) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rate_at_moving_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _rate_at_moving_final(internal) IS
	'last step of aggregate rate_at over a moving frame';

CREATE FUNCTION _rate_at_linear_final(rate_window) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rate_at_linear_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION _rate_at_linear_final(rate_window) IS
	'last step of aggregate rate_at_linear';

CREATE FUNCTION _rate_at_linear_moving_final(internal) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rate_at_linear_moving_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _rate_at_linear_moving_final(internal) IS
	'last step of aggregate rate_at_linear over a moving frame';

CREATE FUNCTION _rate_age_final(rate_window) RETURNS interval
	AS 'MODULE_PATHNAME', 'rate_window_rate_age' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION _rate_age_final(rate_window) IS
	'last step of aggregate rate_age';

CREATE FUNCTION _rate_age_moving_final(internal) RETURNS interval
	AS 'MODULE_PATHNAME', 'rate_age_moving_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _rate_age_moving_final(internal) IS
	'last step of aggregate rate_age over a moving frame';

-- aggregates

--@for TIME READ = timestamp with time zone, | timestamp without time zone, ; ts: read as UTC | date, ; ts: the start of the day in UTC
--@for START FINISH = timestamp with time zone, timestamp with time zone | timestamp without time zone, timestamp without time zone | timestamp without time zone, timestamp with time zone | timestamp with time zone, timestamp without time zone | date, date
CREATE AGGREGATE window_agg(ts @TIME@, rate double precision,
	t0 @START@, t1 @FINISH@) (
	SFUNC = _rate_window_accum,
	STYPE = rate_window,
	COMBINEFUNC = _rate_window_combine,
	MSFUNC = _rate_window_moving_accum,
	MINVFUNC = _rate_window_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _rate_window_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE window_agg(@TIME@, double precision,
	@START@, @FINISH@) IS
	'the exchange rates nearest to the start t0 and to the end t1 of a window, rows in any order; t0, t1: the same in all rows@READ@';

--@end
--@end

CREATE AGGREGATE rollup(rate_window) (
	SFUNC = _rate_window_combine,
	STYPE = rate_window,
	COMBINEFUNC = _rate_window_combine,
	MSFUNC = _rate_window_moving_combine,
	MINVFUNC = _rate_window_moving_uncombine,
	MSTYPE = internal,
	MFINALFUNC = _rate_window_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(rate_window) IS
	'merges windows of the same start and end into that of all their rates';

--@for TIME READ = timestamp with time zone, | timestamp without time zone, ; ts: read as UTC | date, ; ts: the start of the day in UTC
--@for AT = timestamp with time zone | timestamp without time zone | date
CREATE AGGREGATE rate_at(ts @TIME@, rate double precision, at @AT@) (
	SFUNC = _rate_moment_accum,
	STYPE = rate_window,
	FINALFUNC = _rate_at_final,
	COMBINEFUNC = _rate_window_combine,
	MSFUNC = _rate_moment_moving_accum,
	MINVFUNC = _rate_moment_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _rate_at_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rate_at(@TIME@, double precision, @AT@) IS
	'exchange rate in force at a moment, the last known at or before it, rows in any order; at: the same in all rows; NULL before the first rate@READ@';

CREATE AGGREGATE rate_at(ts @TIME@, rate double precision, at @AT@, max_age interval) (
	SFUNC = _rate_moment_accum,
	STYPE = rate_window,
	FINALFUNC = _rate_at_final,
	COMBINEFUNC = _rate_window_combine,
	MSFUNC = _rate_moment_moving_accum,
	MINVFUNC = _rate_moment_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _rate_at_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rate_at(@TIME@, double precision, @AT@, interval) IS
	'exchange rate in force at a moment, the last known at or before it, rows in any order; at: the same in all rows; NULL before the first rate and where it is older than max_age@READ@';

--@end
--@end

--@for TIME READ = timestamp with time zone, | timestamp without time zone, ; ts: read as UTC | date, ; ts: the start of the day in UTC
--@for AT = timestamp with time zone | timestamp without time zone | date
CREATE AGGREGATE rate_at_linear(ts @TIME@, rate double precision, at @AT@) (
	SFUNC = _rate_moment_accum,
	STYPE = rate_window,
	FINALFUNC = _rate_at_linear_final,
	COMBINEFUNC = _rate_window_combine,
	MSFUNC = _rate_moment_moving_accum,
	MINVFUNC = _rate_moment_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _rate_at_linear_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rate_at_linear(@TIME@, double precision, @AT@) IS
	'exchange rate at a moment on the line between its neighbours in time, rows in any order; at: the same in all rows; NULL before the first rate and after the last@READ@';

--@end
--@end

--@for TIME READ = timestamp with time zone, | timestamp without time zone, ; ts: read as UTC | date, ; ts: the start of the day in UTC
--@for AT = timestamp with time zone | timestamp without time zone | date
CREATE AGGREGATE rate_age(ts @TIME@, rate double precision, at @AT@) (
	SFUNC = _rate_moment_accum,
	STYPE = rate_window,
	FINALFUNC = _rate_age_final,
	COMBINEFUNC = _rate_window_combine,
	MSFUNC = _rate_moment_moving_accum,
	MINVFUNC = _rate_moment_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = _rate_age_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rate_age(@TIME@, double precision, @AT@) IS
	'time from the recording of the exchange rate in force at a moment to that moment, rows in any order; at: the same in all rows; NULL before the first rate@READ@';

--@end
--@end
