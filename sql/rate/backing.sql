
-- what stands behind a token, over chains and bridges

--@include summary_type.sql.in TYPE = backing_summary, LENGTH = 72, COMPARING = 2
COMMENT ON TYPE backing_summary IS
	'what backs a token over chains and bridges: exact sums of assets and of supply, in the token''s smallest unit, and their number; fixed length, mergeable with rollup() and ||';

-- backing_summary: accessors

CREATE FUNCTION total_assets(backing_summary) RETURNS numeric
	AS 'MODULE_PATHNAME', 'backing_summary_total_assets' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION total_assets(backing_summary) IS 'sum of the assets of a summary, in the smallest unit';

CREATE FUNCTION total_supply(backing_summary) RETURNS numeric
	AS 'MODULE_PATHNAME', 'backing_summary_total_supply' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION total_supply(backing_summary) IS 'sum of the supplies of a summary, in the smallest unit';

CREATE FUNCTION backing_ratio(backing_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'backing_summary_backing_ratio' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION backing_ratio(backing_summary) IS
	'assets over supply of a summary; below 1 it is not fully backed; NULL without supply';

CREATE FUNCTION shortfall(backing_summary) RETURNS numeric
	AS 'MODULE_PATHNAME', 'backing_summary_missing' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION shortfall(backing_summary) IS
	'what the supply of a summary lacks of assets, in the smallest unit: max(supply - assets, 0)';

-- aggregates: their steps

CREATE FUNCTION _backing_summary_accum(backing_summary, numeric, numeric) RETURNS backing_summary
	AS 'MODULE_PATHNAME', 'backing_summary_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION _backing_summary_accum(backing_summary, numeric, numeric) IS
	'adds assets and supply of a place to a backing_summary';

CREATE FUNCTION _backing_summary_combine(backing_summary, backing_summary) RETURNS backing_summary
	AS 'MODULE_PATHNAME', 'backing_summary_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION _backing_summary_combine(backing_summary, backing_summary) IS
	'merges two backing_summary';

CREATE FUNCTION _backing_summary_moving_accum(backing_summary, numeric, numeric) RETURNS backing_summary
	AS 'MODULE_PATHNAME', 'backing_summary_moving_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;
COMMENT ON FUNCTION _backing_summary_moving_accum(backing_summary, numeric, numeric) IS
	'backing_summary: forward step over a moving frame';

CREATE FUNCTION _backing_summary_moving_remove(backing_summary, numeric, numeric) RETURNS backing_summary
	AS 'MODULE_PATHNAME', 'backing_summary_moving_remove' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION _backing_summary_moving_remove(backing_summary, numeric, numeric) IS
	'backing_summary: backward step over a moving frame';

CREATE FUNCTION _backing_summary_moving_combine(backing_summary, backing_summary) RETURNS backing_summary
	AS 'MODULE_PATHNAME', 'backing_summary_moving_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;
COMMENT ON FUNCTION _backing_summary_moving_combine(backing_summary, backing_summary) IS
	'backing_summary: forward step of rollup over a moving frame';

CREATE FUNCTION _backing_summary_moving_uncombine(backing_summary, backing_summary) RETURNS backing_summary
	AS 'MODULE_PATHNAME', 'backing_summary_moving_uncombine' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;
COMMENT ON FUNCTION _backing_summary_moving_uncombine(backing_summary, backing_summary) IS
	'backing_summary: backward step of rollup over a moving frame';

CREATE FUNCTION _backing_summary_moving_final(backing_summary) RETURNS backing_summary
	AS 'MODULE_PATHNAME', 'backing_summary_moving_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION _backing_summary_moving_final(backing_summary) IS
	'backing_summary: last step over a moving frame';

-- aggregates

CREATE AGGREGATE backing_agg(assets numeric, supply numeric) (
	SFUNC = _backing_summary_accum,
	STYPE = backing_summary,
	COMBINEFUNC = _backing_summary_combine,
	MSFUNC = _backing_summary_moving_accum,
	MINVFUNC = _backing_summary_moving_remove,
	MSTYPE = backing_summary,
	MFINALFUNC = _backing_summary_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE backing_agg(numeric, numeric) IS
	'sums up what backs a token: assets locked and supply issued in each place, whole numbers in the smallest unit; a row with a NULL is skipped';

CREATE AGGREGATE rollup(backing_summary) (
	SFUNC = _backing_summary_combine,
	STYPE = backing_summary,
	COMBINEFUNC = _backing_summary_combine,
	MSFUNC = _backing_summary_moving_combine,
	MINVFUNC = _backing_summary_moving_uncombine,
	MSTYPE = backing_summary,
	MFINALFUNC = _backing_summary_moving_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(backing_summary) IS 'merges summaries of backing into the summary of all their places';

-- what a hole in the backing costs

CREATE FUNCTION rate_after_haircut(rate double precision, backing double precision) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION rate_after_haircut(double precision, double precision) IS
	'an exchange rate times what stands behind it, at most the rate: rate * min(backing, 1)';

CREATE FUNCTION supplier_loss(deficit double precision, supply double precision) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION supplier_loss(double precision, double precision) IS
	'what the suppliers of a market lose if its bad debt is theirs, as a fraction: deficit/supply, in one unit; above 1 more than there is; NULL without supply';

CREATE FUNCTION exit_capacity(utilization double precision) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION exit_capacity(double precision) IS
	'the fraction of a market''s supply that could be taken out at once, 1 - utilization; negative where more is borrowed than supplied';
