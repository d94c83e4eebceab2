-- domain rate: the exchange rates in force at a moment, and at the ends of a window

-- type rate_window

CREATE TYPE rate_window;

CREATE FUNCTION rate_window_in(cstring) RETURNS rate_window
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rate_window_in(cstring) IS 'text input of rate_window';

CREATE FUNCTION rate_window_out(rate_window) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rate_window_out(rate_window) IS 'text output of rate_window';

CREATE FUNCTION rate_window_recv(internal) RETURNS rate_window
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rate_window_recv(internal) IS 'binary input of rate_window';

CREATE FUNCTION rate_window_send(rate_window) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rate_window_send(rate_window) IS 'binary output of rate_window';

CREATE TYPE rate_window (
	INPUT = rate_window_in,
	OUTPUT = rate_window_out,
	RECEIVE = rate_window_recv,
	SEND = rate_window_send,
	INTERNALLENGTH = 80,
	ALIGNMENT = double,
	STORAGE = plain
);
COMMENT ON TYPE rate_window IS 'a window of time and the exchange rates nearest to its start and to its end; fixed length, mergeable with rollup()';

-- rate_window: comparison, for sorting, grouping and joining

CREATE FUNCTION rate_window_lt(rate_window, rate_window) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rate_window_lt(rate_window, rate_window) IS 'implementation of < operator';

CREATE FUNCTION rate_window_le(rate_window, rate_window) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rate_window_le(rate_window, rate_window) IS 'implementation of <= operator';

CREATE FUNCTION rate_window_eq(rate_window, rate_window) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rate_window_eq(rate_window, rate_window) IS 'implementation of = operator';

CREATE FUNCTION rate_window_ne(rate_window, rate_window) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rate_window_ne(rate_window, rate_window) IS 'implementation of <> operator';

CREATE FUNCTION rate_window_ge(rate_window, rate_window) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rate_window_ge(rate_window, rate_window) IS 'implementation of >= operator';

CREATE FUNCTION rate_window_gt(rate_window, rate_window) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rate_window_gt(rate_window, rate_window) IS 'implementation of > operator';

CREATE FUNCTION rate_window_order(rate_window, rate_window) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rate_window_order(rate_window, rate_window) IS 'less, equal or greater: -1, 0, 1';

CREATE FUNCTION rate_window_hash(rate_window) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rate_window_hash(rate_window) IS 'hash';

CREATE FUNCTION rate_window_hash_extended(rate_window, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rate_window_hash_extended(rate_window, bigint) IS 'hash with a seed';

CREATE OPERATOR < (
	LEFTARG = rate_window, RIGHTARG = rate_window, FUNCTION = rate_window_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (rate_window, rate_window) IS 'less than';

CREATE OPERATOR <= (
	LEFTARG = rate_window, RIGHTARG = rate_window, FUNCTION = rate_window_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (rate_window, rate_window) IS 'less than or equal';

CREATE OPERATOR = (
	LEFTARG = rate_window, RIGHTARG = rate_window, FUNCTION = rate_window_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
COMMENT ON OPERATOR = (rate_window, rate_window) IS 'equal';

CREATE OPERATOR <> (
	LEFTARG = rate_window, RIGHTARG = rate_window, FUNCTION = rate_window_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (rate_window, rate_window) IS 'not equal';

CREATE OPERATOR >= (
	LEFTARG = rate_window, RIGHTARG = rate_window, FUNCTION = rate_window_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (rate_window, rate_window) IS 'greater than or equal';

CREATE OPERATOR > (
	LEFTARG = rate_window, RIGHTARG = rate_window, FUNCTION = rate_window_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (rate_window, rate_window) IS 'greater than';

CREATE OPERATOR CLASS rate_window_btree_ops
	DEFAULT FOR TYPE rate_window USING btree AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 rate_window_order(rate_window, rate_window);
COMMENT ON OPERATOR CLASS rate_window_btree_ops USING btree IS 'btree operators of rate_window';

CREATE OPERATOR CLASS rate_window_hash_ops
	DEFAULT FOR TYPE rate_window USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 rate_window_hash(rate_window),
	FUNCTION 2 rate_window_hash_extended(rate_window, bigint);
COMMENT ON OPERATOR CLASS rate_window_hash_ops USING hash IS 'hash operators of rate_window';

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
	AS 'MODULE_PATHNAME', 'rate_window_start_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION start_rate(rate_window, text) IS
	'exchange rate in force at the start of a window; method ''locf'' carries the last known rate forward, ''linear'' draws a line between the neighbours; NULL where none is known';

CREATE FUNCTION end_rate(rate_window, method text DEFAULT 'locf') RETURNS double precision
	AS 'MODULE_PATHNAME', 'rate_window_end_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION end_rate(rate_window, text) IS
	'exchange rate in force at the end of a window; method ''locf'' carries the last known rate forward, ''linear'' draws a line between the neighbours; NULL where none is known';

CREATE FUNCTION rate_age(rate_window) RETURNS interval
	AS 'MODULE_PATHNAME', 'rate_window_rate_age' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rate_age(rate_window) IS
	'time from the recording of the rate in force at the end of a window to that end; NULL where none is known';

-- aggregates: their steps

CREATE FUNCTION rate_window_accum(rate_window, timestamp with time zone, double precision, timestamp with time zone, timestamp with time zone) RETURNS rate_window
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rate_window_accum(rate_window, timestamp with time zone, double precision, timestamp with time zone, timestamp with time zone) IS
	'adds an exchange rate to a rate_window';

CREATE FUNCTION rate_moment_accum(rate_window, timestamp with time zone, double precision, timestamp with time zone) RETURNS rate_window
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rate_moment_accum(rate_window, timestamp with time zone, double precision, timestamp with time zone) IS
	'adds an exchange rate to a rate_window of no length';

CREATE FUNCTION rate_window_combine(rate_window, rate_window) RETURNS rate_window
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rate_window_combine(rate_window, rate_window) IS
	'merges two rate_window of the same start and end';

CREATE FUNCTION rate_window_moving_accum(internal, timestamp with time zone, double precision, timestamp with time zone, timestamp with time zone) RETURNS internal
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rate_window_moving_accum(internal, timestamp with time zone, double precision, timestamp with time zone, timestamp with time zone) IS
	'rate_window: forward step over a moving frame';

CREATE FUNCTION rate_window_moving_remove(internal, timestamp with time zone, double precision, timestamp with time zone, timestamp with time zone) RETURNS internal
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rate_window_moving_remove(internal, timestamp with time zone, double precision, timestamp with time zone, timestamp with time zone) IS
	'rate_window: backward step over a moving frame';

CREATE FUNCTION rate_moment_moving_accum(internal, timestamp with time zone, double precision, timestamp with time zone) RETURNS internal
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rate_moment_moving_accum(internal, timestamp with time zone, double precision, timestamp with time zone) IS
	'rate_window of no length: forward step over a moving frame';

CREATE FUNCTION rate_moment_moving_remove(internal, timestamp with time zone, double precision, timestamp with time zone) RETURNS internal
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rate_moment_moving_remove(internal, timestamp with time zone, double precision, timestamp with time zone) IS
	'rate_window of no length: backward step over a moving frame';

CREATE FUNCTION rate_window_moving_combine(internal, rate_window) RETURNS internal
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rate_window_moving_combine(internal, rate_window) IS
	'rate_window: forward step of rollup over a moving frame';

CREATE FUNCTION rate_window_moving_uncombine(internal, rate_window) RETURNS internal
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rate_window_moving_uncombine(internal, rate_window) IS
	'rate_window: backward step of rollup over a moving frame';

CREATE FUNCTION rate_window_moving_final(internal) RETURNS rate_window
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rate_window_moving_final(internal) IS
	'rate_window: last step over a moving frame';

CREATE FUNCTION rate_at_final(rate_window) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rate_at_final(rate_window) IS
	'last step of aggregate rate_at';

CREATE FUNCTION rate_at_moving_final(internal) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rate_at_moving_final(internal) IS
	'last step of aggregate rate_at over a moving frame';

CREATE FUNCTION rate_at_linear_final(rate_window) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rate_at_linear_final(rate_window) IS
	'last step of aggregate rate_at_linear';

CREATE FUNCTION rate_at_linear_moving_final(internal) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rate_at_linear_moving_final(internal) IS
	'last step of aggregate rate_at_linear over a moving frame';

CREATE FUNCTION rate_age_final(rate_window) RETURNS interval
	AS 'MODULE_PATHNAME', 'rate_window_rate_age' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rate_age_final(rate_window) IS
	'last step of aggregate rate_age';

CREATE FUNCTION rate_age_moving_final(internal) RETURNS interval
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rate_age_moving_final(internal) IS
	'last step of aggregate rate_age over a moving frame';

-- aggregates

CREATE AGGREGATE window_agg(ts timestamp with time zone, rate double precision,
	t0 timestamp with time zone, t1 timestamp with time zone) (
	SFUNC = rate_window_accum,
	STYPE = rate_window,
	COMBINEFUNC = rate_window_combine,
	MSFUNC = rate_window_moving_accum,
	MINVFUNC = rate_window_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = rate_window_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE window_agg(timestamp with time zone, double precision,
	timestamp with time zone, timestamp with time zone) IS
	'the exchange rates nearest to the start t0 and to the end t1 of a window, rows in any order; t0, t1: the same in all rows';

CREATE AGGREGATE rollup(rate_window) (
	SFUNC = rate_window_combine,
	STYPE = rate_window,
	COMBINEFUNC = rate_window_combine,
	MSFUNC = rate_window_moving_combine,
	MINVFUNC = rate_window_moving_uncombine,
	MSTYPE = internal,
	MFINALFUNC = rate_window_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(rate_window) IS
	'merges windows of the same start and end into that of all their rates';

CREATE AGGREGATE rate_at(ts timestamp with time zone, rate double precision, at timestamp with time zone) (
	SFUNC = rate_moment_accum,
	STYPE = rate_window,
	FINALFUNC = rate_at_final,
	COMBINEFUNC = rate_window_combine,
	MSFUNC = rate_moment_moving_accum,
	MINVFUNC = rate_moment_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = rate_at_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rate_at(timestamp with time zone, double precision, timestamp with time zone) IS
	'exchange rate in force at a moment, the last known at or before it, rows in any order; at: the same in all rows; NULL before the first rate';

CREATE AGGREGATE rate_at_linear(ts timestamp with time zone, rate double precision, at timestamp with time zone) (
	SFUNC = rate_moment_accum,
	STYPE = rate_window,
	FINALFUNC = rate_at_linear_final,
	COMBINEFUNC = rate_window_combine,
	MSFUNC = rate_moment_moving_accum,
	MINVFUNC = rate_moment_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = rate_at_linear_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rate_at_linear(timestamp with time zone, double precision, timestamp with time zone) IS
	'exchange rate at a moment on the line between its neighbours in time, rows in any order; at: the same in all rows; NULL before the first rate and after the last';

CREATE AGGREGATE rate_age(ts timestamp with time zone, rate double precision, at timestamp with time zone) (
	SFUNC = rate_moment_accum,
	STYPE = rate_window,
	FINALFUNC = rate_age_final,
	COMBINEFUNC = rate_window_combine,
	MSFUNC = rate_moment_moving_accum,
	MINVFUNC = rate_moment_moving_remove,
	MSTYPE = internal,
	MFINALFUNC = rate_age_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rate_age(timestamp with time zone, double precision, timestamp with time zone) IS
	'time from the recording of the exchange rate in force at a moment to that moment, rows in any order; at: the same in all rows; NULL before the first rate';
