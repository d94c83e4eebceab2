-- domain strategy: what a portfolio risks, and which weights are best

CREATE FUNCTION portfolio_volatility(weights double precision[], covariance double precision[]) RETURNS double precision
	AS 'MODULE_PATHNAME', 'portfolio_volatility' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION portfolio_volatility(double precision[], double precision[]) IS
	'deviation of the return of a portfolio, root of w''Cw, for the period of the covariances';

CREATE FUNCTION risk_contributions(weights double precision[], covariance double precision[]) RETURNS double precision[]
	AS 'MODULE_PATHNAME', 'risk_contributions' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION risk_contributions(double precision[], double precision[]) IS
	'what each token adds to the volatility of a portfolio: w (Cw) / volatility; they sum to it; NULL without risk';

CREATE FUNCTION diversification_ratio(weights double precision[], covariance double precision[]) RETURNS double precision
	AS 'MODULE_PATHNAME', 'diversification_ratio' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION diversification_ratio(double precision[], double precision[]) IS
	'weighted volatilities of the tokens over that of the portfolio, 1 or more of weights that are not negative (Choueifaty and Coignard 2008); NULL without risk';

CREATE FUNCTION inverse_volatility_weights(covariance double precision[]) RETURNS double precision[]
	AS 'MODULE_PATHNAME', 'inverse_volatility_weights' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION inverse_volatility_weights(double precision[]) IS
	'weights as 1 over the volatility of each token; NULL where one does not vary';

CREATE FUNCTION min_variance_weights(
	covariance double precision[], lower double precision[] DEFAULT NULL, upper double precision[] DEFAULT NULL,
	groups double precision[] DEFAULT NULL, group_lower double precision[] DEFAULT NULL, group_upper double precision[] DEFAULT NULL)
	RETURNS double precision[]
	AS 'MODULE_PATHNAME', 'min_variance_weights' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION min_variance_weights(double precision[], double precision[], double precision[], double precision[], double precision[], double precision[]) IS
	'weights that sum to 1 with the least variance; lower, upper: bounds of each, 0 and 1 if NULL, infinite ones lift them; groups: a row of weights for each limit, group_lower <= sum <= group_upper; NULL where no weights are within the limits';

CREATE FUNCTION max_sharpe_weights(
	expected_returns double precision[], covariance double precision[], risk_free double precision DEFAULT 0,
	lower double precision[] DEFAULT NULL, upper double precision[] DEFAULT NULL,
	groups double precision[] DEFAULT NULL, group_lower double precision[] DEFAULT NULL, group_upper double precision[] DEFAULT NULL)
	RETURNS double precision[]
	AS 'MODULE_PATHNAME', 'max_sharpe_weights' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION max_sharpe_weights(double precision[], double precision[], double precision, double precision[], double precision[], double precision[], double precision[], double precision[]) IS
	'weights that sum to 1 with the greatest return above the riskless rate over volatility; returns, covariances and risk_free of one period; limits as in min_variance_weights; NULL where nothing returns more than the riskless rate, and of singular covariances';

CREATE FUNCTION target_return_weights(
	expected_returns double precision[], covariance double precision[], target double precision,
	lower double precision[] DEFAULT NULL, upper double precision[] DEFAULT NULL,
	groups double precision[] DEFAULT NULL, group_lower double precision[] DEFAULT NULL, group_upper double precision[] DEFAULT NULL)
	RETURNS double precision[]
	AS 'MODULE_PATHNAME', 'target_return_weights' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION target_return_weights(double precision[], double precision[], double precision, double precision[], double precision[], double precision[], double precision[], double precision[]) IS
	'weights that sum to 1 with the least variance of those that return the target; limits as in min_variance_weights; NULL where no weights return it';

CREATE FUNCTION _efficient_frontier_rows(internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'efficient_frontier_rows' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION _efficient_frontier_rows(internal) IS 'tells the planner of a row for each point of a frontier';

CREATE FUNCTION efficient_frontier(
	expected_returns double precision[], covariance double precision[], points bigint DEFAULT 20,
	lower double precision[] DEFAULT NULL, upper double precision[] DEFAULT NULL,
	groups double precision[] DEFAULT NULL, group_lower double precision[] DEFAULT NULL, group_upper double precision[] DEFAULT NULL,
	OUT expected_return double precision, OUT volatility double precision, OUT weights double precision[]) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'efficient_frontier' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20000
	SUPPORT _efficient_frontier_rows ROWS 20;
COMMENT ON FUNCTION efficient_frontier(double precision[], double precision[], bigint, double precision[], double precision[], double precision[], double precision[], double precision[]) IS
	'least volatility for each return, in equal steps of return from that of the least variance to the greatest attainable, and its weights; limits as in min_variance_weights; no rows where no weights are within them';

CREATE FUNCTION risk_parity_weights(covariance double precision[], budgets double precision[] DEFAULT NULL) RETURNS double precision[]
	AS 'MODULE_PATHNAME', 'risk_parity_weights' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION risk_parity_weights(double precision[], double precision[]) IS
	'weights whose risk_contributions are as the budgets, positive ones, or equal if NULL; NULL where a token does not vary';

CREATE FUNCTION hrp_weights(covariance double precision[]) RETURNS double precision[]
	AS 'MODULE_PATHNAME', 'hrp_weights' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2000;
COMMENT ON FUNCTION hrp_weights(double precision[]) IS
	'hierarchical risk parity of Lopez de Prado (2016), single linkage; NULL where a token does not vary';

CREATE FUNCTION kelly_weights(
	expected_returns double precision[], covariance double precision[], risk_free double precision DEFAULT 0,
	fraction double precision DEFAULT 1) RETURNS double precision[]
	AS 'MODULE_PATHNAME', 'kelly_weights' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION kelly_weights(double precision[], double precision[], double precision, double precision) IS
	'weights of greatest growth, times a fraction: inverse covariances times returns above the riskless rate; they need not sum to 1; NULL of singular covariances';

CREATE FUNCTION implied_returns(
	weights double precision[], covariance double precision[], risk_aversion double precision, risk_free double precision DEFAULT 0)
	RETURNS double precision[]
	AS 'MODULE_PATHNAME', 'implied_returns' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION implied_returns(double precision[], double precision[], double precision, double precision) IS
	'returns at which weights are best: risk_aversion times their covariances with the portfolio, plus the riskless rate';

CREATE FUNCTION black_litterman(
	covariance double precision[], prior double precision[], views double precision[], view_returns double precision[],
	view_variances double precision[] DEFAULT NULL, tau double precision DEFAULT 0.05,
	OUT expected_returns double precision[], OUT covariance_out double precision[])
	AS 'MODULE_PATHNAME', 'black_litterman' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 500;
COMMENT ON FUNCTION black_litterman(double precision[], double precision[], double precision[], double precision[], double precision[], double precision) IS
	'returns of a prior and of views put together (Black and Litterman 1992); views: a row of weights for each, view_variances: how sure it is, 0 for certain, NULL: as sure as the prior';
