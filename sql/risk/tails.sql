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
