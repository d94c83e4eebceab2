-- weights of portfolios
SELECT portfolio_volatility('{0.5,0.5}', '{{4,0},{0,4}}'), risk_contributions('{1,0}', '{{4,0},{0,4}}'), risk_contributions('{0,0}', '{{4,0},{0,4}}') AS none,
	diversification_ratio('{0.5,0.5}', '{{4,4},{4,4}}'), inverse_volatility_weights('{{1,0},{0,9}}'), inverse_volatility_weights('{{0,0},{0,9}}') AS nothing;
SELECT min_variance_weights('{{1,0},{0,3}}'), min_variance_weights('{{1,0},{0,3}}', upper => '{0.6,1}'), min_variance_weights('{{1,0},{0,3}}', lower => '{0.7,0.7}') AS none;
SELECT min_variance_weights('{{1,0},{0,3}}', groups => '{{0,1}}', group_lower => '{0.5}'), min_variance_weights('{{1,2},{2,9}}', '{-Infinity,-Infinity}', '{Infinity,Infinity}') AS short;
SELECT max_sharpe_weights('{0.02,0.04}', '{{1,0},{0,1}}', 0.01), max_sharpe_weights('{0.02,0.01}', '{{1,0},{0,1}}', 0.03) AS none, max_sharpe_weights('{1,2}', '{{1,1},{1,1}}') AS singular;
SELECT target_return_weights('{1,3}', '{{1,0},{0,1}}', 2.5), target_return_weights('{1,3}', '{{1,0},{0,1}}', 4) AS none;
SELECT round(expected_return::numeric, 6) AS expected_return, round(volatility::numeric, 6) AS volatility, weights FROM efficient_frontier('{1,3}', '{{1,0},{0,1}}', 3);
SELECT * FROM efficient_frontier('{1,3}', '{{1,0},{0,1}}', 3, lower => '{0.6,0.6}');
SELECT risk_parity_weights('{{1,0},{0,9}}'), risk_parity_weights('{{1,0},{0,1}}', '{1,4}') AS budgets, hrp_weights('{{1,0},{0,3}}'), hrp_weights('{{2}}') AS one;
SELECT kelly_weights('{0.02,0.04}', '{{0.1,0},{0,0.2}}'), kelly_weights('{0.02,0.04}', '{{1,1},{1,1}}') AS singular, implied_returns('{0.5,0.5}', '{{0.1,0},{0,0.2}}', 2, 0.01);
SELECT * FROM black_litterman('{{1,0},{0,1}}', '{0.02,0.04}', '{{1,0}}', '{0.03}', '{0}', 0.5);
SELECT black_litterman('{{1,0},{0,1}}', '{0.02,0.04}', '{{1,0},{1,0}}', '{0.03,0.05}', '{0,0}') AS contradiction, black_litterman(NULL, '{1}', '{}', '{}') AS nothing;
-- errors
SELECT min_variance_weights('{}');
SELECT min_variance_weights('{{1,2},{3,4}}');
SELECT min_variance_weights('{{1,0},{0,1}}', lower => '{0}');
SELECT min_variance_weights('{{1,0},{0,1}}', lower => '{0.5,0}', upper => '{0.4,1}');
SELECT min_variance_weights('{{1,0},{0,1}}', lower => '{NaN,0}');
SELECT min_variance_weights('{{1,0},{0,1}}', groups => '{{1}}');
SELECT min_variance_weights('{{1,0},{0,1}}', groups => '{{1,0}}', group_upper => '{1,2}');
SELECT min_variance_weights('{{1,5},{5,1}}');
SELECT max_sharpe_weights('{1,2,3}', '{{1,0},{0,1}}');
SELECT max_sharpe_weights('{1,NULL}', '{{1,0},{0,1}}');
SELECT target_return_weights('{1,2}', '{{1,0},{0,1}}', 'NaN');
SELECT efficient_frontier('{1,2}', '{{1,0},{0,1}}', 0);
SELECT efficient_frontier('{1,2}', '{{1,0},{0,1}}', lower => '{-Infinity,0}');
SELECT risk_parity_weights('{{1,0},{0,1}}', '{1,0}');
SELECT implied_returns('{1,2}', '{{1,0},{0,1}}', -1);
SELECT black_litterman('{{1,0},{0,1}}', '{0.02,0.04}', '{{1}}', '{0.03}');
SELECT black_litterman('{{1,0},{0,1}}', '{0.02,0.04}', '{{1,0}}', '{0.03}', '{-1}');
SELECT portfolio_volatility('{1e200,1}', '{{1e300,0},{0,1}}');
