-- domain risk: how evenly a whole is shared

CREATE FUNCTION _gini_accum(level_sample, double precision) RETURNS level_sample
	AS 'MODULE_PATHNAME', 'gini_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION _gini_accum(level_sample, double precision) IS 'adds a value to the state of gini';

CREATE FUNCTION _gini_final(level_sample) RETURNS double precision
	AS 'MODULE_PATHNAME', 'gini_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION _gini_final(level_sample) IS 'last step of aggregate gini';

CREATE AGGREGATE gini(value double precision) (
	SFUNC = _gini_accum,
	STYPE = level_sample,
	SSPACE = 256,
	FINALFUNC = _gini_final,
	COMBINEFUNC = _level_sample_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE gini(double precision) IS
	'Gini''s coefficient of values that are not negative: 0 where all have the same, near 1 where one has everything; NULL without anything';

CREATE FUNCTION _nakamoto_accum(level_sample, double precision) RETURNS level_sample
	AS 'MODULE_PATHNAME', 'nakamoto_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION _nakamoto_accum(level_sample, double precision) IS 'adds a value to the state of nakamoto_coefficient';

CREATE FUNCTION _nakamoto_accum(level_sample, double precision, double precision) RETURNS level_sample
	AS 'MODULE_PATHNAME', 'nakamoto_threshold_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION _nakamoto_accum(level_sample, double precision, double precision) IS
	'adds a value to the state of nakamoto_coefficient, with its threshold';

CREATE FUNCTION _nakamoto_final(level_sample) RETURNS bigint
	AS 'MODULE_PATHNAME', 'nakamoto_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION _nakamoto_final(level_sample) IS 'last step of aggregate nakamoto_coefficient';

CREATE AGGREGATE nakamoto_coefficient(value double precision) (
	SFUNC = _nakamoto_accum,
	STYPE = level_sample,
	SSPACE = 256,
	FINALFUNC = _nakamoto_final,
	COMBINEFUNC = _level_sample_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nakamoto_coefficient(double precision) IS
	'fewest, the greatest first, who together have more than a third of the whole; NULL without anything';

CREATE AGGREGATE nakamoto_coefficient(value double precision, threshold double precision) (
	SFUNC = _nakamoto_accum,
	STYPE = level_sample,
	SSPACE = 256,
	FINALFUNC = _nakamoto_final,
	COMBINEFUNC = _level_sample_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nakamoto_coefficient(double precision, double precision) IS
	'fewest, the greatest first, who together have more than the threshold, a share of the whole that is one for all rows';

CREATE FUNCTION portfolio_overlap(a double precision[], b double precision[]) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION portfolio_overlap(double precision[], double precision[]) IS
	'share that two portfolios have in common: the sum of the lesser shares of each holding, from 0 to 1; NULL if one is empty';
