-- domain risk: what a path of values says of risk and reward
SET timezone = 'UTC'; SET datestyle = 'ISO';
CREATE TEMP TABLE path AS
SELECT rate_series(timestamptz '2025-01-01Z' + i * interval '1 day', v) AS r FROM unnest('{1,1.25,1,0.5,1.25,2,1,1.5}'::float8[]) WITH ORDINALITY u(v, i);
SELECT * FROM drawdowns((SELECT r FROM path));
SELECT * FROM drawdowns((SELECT r FROM path), 0.55);
SELECT drawdown_series(r), conditional_drawdown(r), conditional_drawdown(r, 0.5) FROM path;
SELECT round(stability(r)::numeric, 6) AS stability, round(sharpe_ratio(r)::numeric, 6) AS sharpe, round(sortino_ratio(r)::numeric, 6) AS sortino FROM path;
SELECT sharpe_ratio(r) IS NULL AS sharpe, sortino_ratio(r) IS NULL AS sortino, calmar_ratio(r) IS NULL AS calmar, martin_ratio(r) IS NULL AS martin,
	stability(r) IS NULL AS stability, conditional_drawdown(r) IS NULL AS conditional, drawdown_series(r)
FROM (SELECT rate_series(timestamptz '2025-01-01Z', 2)) x(r);

-- errors
SELECT sharpe_ratio(r, 'NaN') FROM path;
SELECT sortino_ratio(r, 0, 0) FROM path;
SELECT calmar_ratio(r, -1) FROM path;
SELECT martin_ratio(r, 'Infinity') FROM path;
SELECT conditional_drawdown(r, 1) FROM path;
SELECT drawdowns(r, -0.1) FROM path;
SELECT stability(r) FROM (SELECT rate_series(timestamptz '2025-01-01Z', -2)) x(r);
SELECT drawdown_series(r) FROM (SELECT rate_series(timestamptz '2025-01-01Z', 0)) x(r);
