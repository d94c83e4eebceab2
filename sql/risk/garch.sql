-- domain risk: volatility that comes in clusters

CREATE FUNCTION ewma_volatility(series rate_series, lambda double precision DEFAULT 0.94, year_days double precision DEFAULT 365) RETURNS double precision
	AS 'MODULE_PATHNAME', 'series_ewma_volatility' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION ewma_volatility(rate_series, double precision, double precision) IS
	'volatility a year at the last point, a fraction, of log returns whose weights fade by lambda a step (RiskMetrics); NULL for one point';

CREATE FUNCTION ewma_volatility_series(series rate_series, lambda double precision DEFAULT 0.94, year_days double precision DEFAULT 365) RETURNS rate_series
	AS 'MODULE_PATHNAME', 'series_ewma_volatility_series' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION ewma_volatility_series(rate_series, double precision, double precision) IS
	'ewma_volatility at each point but the first, of what was known then';

CREATE FUNCTION garch_fit(
	returns double precision[], OUT mu double precision, OUT omega double precision, OUT alpha double precision,
	OUT beta double precision, OUT log_likelihood double precision, OUT last_variance double precision,
	OUT last_residual double precision) RETURNS record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000000;
COMMENT ON FUNCTION garch_fit(double precision[]) IS
	'GARCH(1,1) of greatest likelihood with normal shocks; last_variance is that of the period after the last; NULLs for fewer than 50 returns, equal ones, and where the search finds no maximum';

CREATE FUNCTION garch_log_likelihood(returns double precision[], mu double precision, omega double precision, alpha double precision, beta double precision) RETURNS double precision
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION garch_log_likelihood(double precision[], double precision, double precision, double precision, double precision) IS
	'logarithm of the likelihood of returns under a GARCH(1,1) that starts from the mean of squared residuals';

CREATE FUNCTION garch_variances(returns double precision[], mu double precision, omega double precision, alpha double precision, beta double precision) RETURNS double precision[]
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION garch_variances(double precision[], double precision, double precision, double precision, double precision) IS
	'variances of each period under a GARCH(1,1), one more than there are returns: the last is the forecast of the next period';

CREATE FUNCTION garch_forecast(
	omega double precision, alpha double precision, beta double precision, next_variance double precision, horizon bigint,
	OUT step integer, OUT variance double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 30;
COMMENT ON FUNCTION garch_forecast(double precision, double precision, double precision, double precision, bigint) IS
	'expected variance of each of the next periods under a GARCH(1,1), of which the first is known';
