-- domain risk: type return_sketch, quantiles of any number of returns

--@include stored_type.sql.in TYPE = return_sketch, LENGTH = VARIABLE, STORAGE = extended, ALIGNMENT = double,
--@	TEXT = 1000, BINARY = 500
COMMENT ON TYPE return_sketch IS 'a sketch of returns that gives any quantile to a relative accuracy (DDSketch): mergeable without loss, with || and rollup()';

CREATE FUNCTION _return_sketch_accum(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'return_sketch_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;
COMMENT ON FUNCTION _return_sketch_accum(internal, double precision) IS 'adds a return to a sketch of an accuracy of 0.01';

CREATE FUNCTION _return_sketch_accum(internal, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'return_sketch_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;
COMMENT ON FUNCTION _return_sketch_accum(internal, double precision, double precision) IS 'adds a return to a sketch';

CREATE FUNCTION _return_sketch_remove(internal, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'return_sketch_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;
COMMENT ON FUNCTION _return_sketch_remove(internal, double precision) IS 'takes a return out of a sketch again';

CREATE FUNCTION _return_sketch_remove(internal, double precision, double precision) RETURNS internal
	AS 'MODULE_PATHNAME', 'return_sketch_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;
COMMENT ON FUNCTION _return_sketch_remove(internal, double precision, double precision) IS 'takes a return out of a sketch again';

CREATE FUNCTION _return_sketch_merge(internal, return_sketch) RETURNS internal
	AS 'MODULE_PATHNAME', 'return_sketch_merge' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION _return_sketch_merge(internal, return_sketch) IS 'adds a sketch to one that grows';

CREATE FUNCTION _return_sketch_combine(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'return_sketch_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION _return_sketch_combine(internal, internal) IS 'merges two sketches that grow';

CREATE FUNCTION _return_sketch_serialize(internal) RETURNS bytea
	AS 'MODULE_PATHNAME', 'return_sketch_serialize' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION _return_sketch_serialize(internal) IS 'a sketch that grows as bytes, for another process';

CREATE FUNCTION _return_sketch_deserialize(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'return_sketch_deserialize' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION _return_sketch_deserialize(bytea, internal) IS 'a sketch that grows from the bytes of another process';

CREATE FUNCTION _return_sketch_final(internal) RETURNS return_sketch
	AS 'MODULE_PATHNAME', 'return_sketch_final' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION _return_sketch_final(internal) IS 'last step of aggregates that make a return_sketch';

CREATE AGGREGATE sketch_agg(return double precision) (
	SFUNC = _return_sketch_accum,
	STYPE = internal,
	SSPACE = 8192,
	FINALFUNC = _return_sketch_final,
	COMBINEFUNC = _return_sketch_combine,
	SERIALFUNC = _return_sketch_serialize,
	DESERIALFUNC = _return_sketch_deserialize,
	MSFUNC = _return_sketch_accum,
	MINVFUNC = _return_sketch_remove,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = _return_sketch_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sketch_agg(double precision) IS
	'sketch of returns whose quantiles are within 1 % of their value, from a few kB (DDSketch: Masson, Rim and Lee 2019)';

CREATE AGGREGATE sketch_agg(return double precision, accuracy double precision) (
	SFUNC = _return_sketch_accum,
	STYPE = internal,
	SSPACE = 8192,
	FINALFUNC = _return_sketch_final,
	COMBINEFUNC = _return_sketch_combine,
	SERIALFUNC = _return_sketch_serialize,
	DESERIALFUNC = _return_sketch_deserialize,
	MSFUNC = _return_sketch_accum,
	MINVFUNC = _return_sketch_remove,
	MSTYPE = internal,
	MSSPACE = 8192,
	MFINALFUNC = _return_sketch_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sketch_agg(double precision, double precision) IS
	'sketch of returns whose quantiles are within "accuracy" of their value, a fraction from 0.001 to 0.1, the same in all rows';

CREATE AGGREGATE rollup(return_sketch) (
	SFUNC = _return_sketch_merge,
	STYPE = internal,
	SSPACE = 8192,
	FINALFUNC = _return_sketch_final,
	COMBINEFUNC = _return_sketch_combine,
	SERIALFUNC = _return_sketch_serialize,
	DESERIALFUNC = _return_sketch_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(return_sketch) IS
	'merges sketches of one accuracy: the sketch of all their returns, to the last bit';

CREATE FUNCTION _return_sketch_concat(return_sketch, return_sketch) RETURNS return_sketch
	AS 'MODULE_PATHNAME', 'return_sketch_concat' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 200;
COMMENT ON FUNCTION _return_sketch_concat(return_sketch, return_sketch) IS 'implementation of || operator';

CREATE OPERATOR || (
	LEFTARG = return_sketch, RIGHTARG = return_sketch, FUNCTION = _return_sketch_concat,
	COMMUTATOR = ||
);
COMMENT ON OPERATOR || (return_sketch, return_sketch) IS
	'one return_sketch of the returns of both, as rollup() makes it; NULL is the empty one on either side';

CREATE FUNCTION num_returns(sketch return_sketch) RETURNS bigint
	AS 'MODULE_PATHNAME', 'return_sketch_num_returns' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION num_returns(return_sketch) IS 'how many returns a sketch is of';

CREATE FUNCTION quantile(sketch return_sketch, fraction double precision) RETURNS double precision
	AS 'MODULE_PATHNAME', 'return_sketch_quantile' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION quantile(return_sketch, double precision) IS
	'the return that this fraction of all is below, between its neighbours on a line as percentile_cont gives it, each of them within the accuracy of the sketch; fraction from 0 to 1';

CREATE FUNCTION value_at_risk(sketch return_sketch, confidence double precision DEFAULT 0.95) RETURNS double precision
	AS 'MODULE_PATHNAME', 'return_sketch_value_at_risk' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION value_at_risk(return_sketch, double precision) IS
	'return that is undercut with probability 1 - confidence, negative for a loss: quantile(sketch, 1 - confidence)';

CREATE FUNCTION expected_shortfall(sketch return_sketch, confidence double precision DEFAULT 0.95) RETURNS double precision
	AS 'MODULE_PATHNAME', 'return_sketch_expected_shortfall' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION expected_shortfall(return_sketch, double precision) IS
	'mean of the floor((n - 1) (1 - confidence)) + 1 lowest returns, within the accuracy of the sketch and mostly far closer; negative for a loss';
