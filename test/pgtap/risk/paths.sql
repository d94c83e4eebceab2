-- Properties and vectors of domain risk: what a path of values says of risk and reward.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

CREATE TEMP TABLE path_case (fn text, ts timestamptz[], rate float8[], a float8, year_days float8, expected numeric, tol numeric, abs_tol numeric, kind text, source text);
\copy path_case FROM 'test/vectors/risk/path_risk.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 100, 'all vectors were loaded') FROM path_case;
CREATE FUNCTION pg_temp.measure(c path_case) RETURNS float8 LANGUAGE sql AS $$
	SELECT CASE c.fn
		WHEN 'sharpe_ratio' THEN sharpe_ratio(r, c.a, c.year_days)
		WHEN 'sortino_ratio' THEN sortino_ratio(r, c.a, c.year_days)
		WHEN 'calmar_ratio' THEN calmar_ratio(r, c.year_days)
		WHEN 'martin_ratio' THEN martin_ratio(r, c.a, c.year_days)
		WHEN 'stability' THEN stability(r)
		WHEN 'conditional_drawdown' THEN conditional_drawdown(r, c.a)
		WHEN 'current_drawdown' THEN current_drawdown(r)
		WHEN 'max_drawdown' THEN max_drawdown(r)
		WHEN 'ulcer_index' THEN ulcer_index(r)
		WHEN 'drawdown_series_last' THEN (SELECT rate FROM unnest(drawdown_series(r)) u ORDER BY ts DESC LIMIT 1)
		WHEN 'drawdown_series_min' THEN (SELECT min(rate) FROM unnest(drawdown_series(r)) u)
		WHEN 'drawdown_series_points' THEN (SELECT count(*) FROM unnest(drawdown_series(r)) u)
	END
	FROM (SELECT rate_series(t, v) AS r FROM unnest(c.ts, c.rate) u(t, v)) s
$$;
SELECT ok(is_close(pg_temp.measure(c), expected, NULL, NULL) OR is_close(pg_temp.measure(c), expected, tol, abs_tol),
	format('%s(%s) of %s points: %s, not %s', fn, concat_ws(', ', a, year_days), cardinality(rate), coalesce(expected::text, 'NULL'), pg_temp.measure(c)))
FROM path_case c;

-- laws
CREATE TEMP TABLE paths_history AS
SELECT k, rate_series(ts, v) AS r FROM (
	SELECT k, timestamptz '2025-01-01Z' + i * interval '1 day' AS ts, exp(sum(random() - 0.49) OVER (PARTITION BY k ORDER BY i) / 20) AS v
	FROM generate_series(1, 10) k, generate_series(0, 300) i) x GROUP BY k;
SELECT ok(abs(sharpe_ratio(r, 0.03) / sharpe_ratio(risk_summary(r), 0.03) - 1) < 1e-12
	AND abs(sortino_ratio(r, 0.03) / sortino_ratio(risk_summary(r, '1 day', 0.03 / 365)) - 1) < 1e-12, k || ': equal steps give the figures of risk_summary') FROM paths_history;
SELECT ok(min(drawdown) = max_drawdown(r) AND count(*) FILTER (WHERE recovery_time IS NULL) = (current_drawdown(r) < 0)::int
	AND bool_and(peak_time < trough_time AND trough_time < recovery_time IS NOT FALSE), k || ': drawdowns') FROM paths_history, LATERAL drawdowns(r) GROUP BY k, r;
SELECT ok(abs((SELECT min(rate) FROM unnest(drawdown_series(r)) u) - max_drawdown(r)) < 1e-15 AND conditional_drawdown(r, 0.999999) = max_drawdown(r)
	AND conditional_drawdown(r, 0.9) <= conditional_drawdown(r, 0.5) AND stability(r) BETWEEN 0 AND 1, k || ': depths') FROM paths_history;
SELECT ok(NOT EXISTS (SELECT FROM drawdowns(r, 1)) AND (SELECT count(*) FROM drawdowns(r, 0.05)) = (SELECT count(*) FROM drawdowns(r) WHERE drawdown <= -0.05), k || ': min_depth') FROM paths_history;
SELECT * FROM finish();
ROLLBACK;
