-- domain risk: how far the worst returns go

CREATE FUNCTION gpd_fit(
	returns double precision[], tail_fraction double precision DEFAULT 0.1, method text DEFAULT 'mle',
	OUT threshold double precision, OUT shape double precision, OUT scale double precision, OUT exceedances integer,
	OUT log_likelihood double precision) RETURNS record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION gpd_fit(double precision[], double precision, text) IS
	'generalised Pareto law of the worst returns, by greatest likelihood (mle) or probability-weighted moments (pwm); NULLs for fewer than 10 of them, and where there is no law';

CREATE FUNCTION gpd_value_at_risk(
	threshold double precision, shape double precision, scale double precision, exceedance_share double precision,
	confidence double precision DEFAULT 0.99) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION gpd_value_at_risk(double precision, double precision, double precision, double precision, double precision) IS
	'return that is undercut with probability 1 - confidence, from a law of gpd_fit and the share of returns below its threshold; NULL if that share is less than 1 - confidence';

CREATE FUNCTION gpd_expected_shortfall(
	threshold double precision, shape double precision, scale double precision, exceedance_share double precision,
	confidence double precision DEFAULT 0.99) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION gpd_expected_shortfall(double precision, double precision, double precision, double precision, double precision) IS
	'mean return below gpd_value_at_risk; NULL where it is infinite, with a shape of 1 or above';

CREATE FUNCTION hill_tail_index(returns double precision[], tail_count bigint, tail text DEFAULT 'lower') RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION hill_tail_index(double precision[], bigint, text) IS
	'Hill''s index of the worst returns (tail lower) or the best (upper), so many of them: the smaller, the heavier the tail; 2 and less: infinite variance';

CREATE FUNCTION var_backtest(
	returns double precision[], value_at_risk double precision[], confidence double precision,
	OUT violations integer, OUT expected double precision, OUT kupiec double precision, OUT kupiec_p double precision,
	OUT independence double precision, OUT independence_p double precision,
	OUT conditional_coverage double precision, OUT conditional_coverage_p double precision) RETURNS record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION var_backtest(double precision[], double precision[], double precision) IS
	'returns below the value at risk that was given for them: how many, against how many were to be expected (Kupiec), whether they follow each other (Christoffersen), and both; statistics and p values';

-- of what was seen

CREATE FUNCTION _empirical_accum(level_sample, double precision, double precision) RETURNS level_sample
	AS 'MODULE_PATHNAME', 'empirical_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION _empirical_accum(level_sample, double precision, double precision) IS
	'adds a return to the state of value_at_risk and expected_shortfall';

CREATE FUNCTION _value_at_risk_final(level_sample) RETURNS double precision
	AS 'MODULE_PATHNAME', 'empirical_value_at_risk' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION _value_at_risk_final(level_sample) IS 'last step of aggregate value_at_risk';

CREATE FUNCTION _expected_shortfall_final(level_sample) RETURNS double precision
	AS 'MODULE_PATHNAME', 'empirical_expected_shortfall' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION _expected_shortfall_final(level_sample) IS 'last step of aggregate expected_shortfall';

CREATE AGGREGATE value_at_risk(return double precision, confidence double precision) (
	SFUNC = _empirical_accum,
	STYPE = level_sample,
	SSPACE = 256,
	FINALFUNC = _value_at_risk_final,
	COMBINEFUNC = _level_sample_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE value_at_risk(double precision, double precision) IS
	'return that is undercut with probability 1 - confidence, of those that were seen: between neighbours on a line, as percentile_cont(1 - confidence); a loss is negative';

CREATE AGGREGATE expected_shortfall(return double precision, confidence double precision) (
	SFUNC = _empirical_accum,
	STYPE = level_sample,
	SSPACE = 256,
	FINALFUNC = _expected_shortfall_final,
	COMBINEFUNC = _level_sample_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE expected_shortfall(double precision, double precision) IS
	'mean of the worst returns that were seen, floor((n - 1)(1 - confidence)) + 1 of n; a loss is negative';

CREATE FUNCTION value_at_risk(sample_summary, confidence double precision DEFAULT 0.95) RETURNS double precision
	AS 'MODULE_PATHNAME', 'sample_summary_value_at_risk' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION value_at_risk(sample_summary, double precision) IS
	'value_at_risk of the values of a sample_summary, as the aggregate gives; weights do not count';

CREATE FUNCTION expected_shortfall(sample_summary, confidence double precision DEFAULT 0.95) RETURNS double precision
	AS 'MODULE_PATHNAME', 'sample_summary_expected_shortfall' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION expected_shortfall(sample_summary, double precision) IS
	'expected_shortfall of the values of a sample_summary, as the aggregate gives; weights do not count';
