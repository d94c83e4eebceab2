-- domain risk: what a set of returns says of risk and reward
SET timezone = 'UTC'; SET datestyle = 'ISO';
CREATE FUNCTION pg_temp.risk(VARIADIC r float8[]) RETURNS risk_summary LANGUAGE sql RETURN (SELECT risk_agg(x) FROM unnest(r) x);
CREATE FUNCTION pg_temp.risk_to(target float8, VARIADIC r float8[]) RETURNS risk_summary LANGUAGE sql RETURN (SELECT risk_agg(x, target) FROM unnest(r) x);

-- the measures
SELECT num_returns(s), mean_return(s), worst_return(s), best_return(s), hit_rate(s), volatility(s, 1) AS volatility,
	downside_deviation(s, 1) AS downside_deviation, omega_ratio(s)
FROM (SELECT pg_temp.risk(0.25, NULL, -0.5, 0, 0.75)) v(s);
SELECT round(skewness(s)::numeric, 6) AS skewness, round(skewness(s, 'sample')::numeric, 6) AS of_sample,
	round(kurtosis(s)::numeric, 6) AS kurtosis, round(kurtosis(s, 'sample')::numeric, 6) AS of_sample,
	round(sharpe_ratio(s, 0.1, 12)::numeric, 6) AS sharpe, round(sortino_ratio(s, 12)::numeric, 6) AS sortino,
	round(sharpe_ratio_error(s, 0.1, 12)::numeric, 6) AS error, round(probabilistic_sharpe_ratio(s, 0.5, 0.1, 12)::numeric, 6) AS probability,
	round(min_track_record(s, 0, 0.9, 0.1, 12)::numeric, 4) AS periods
FROM (SELECT pg_temp.risk(0.25, -0.5, 0, 0.75)) v(s);
SELECT round(value_at_risk(s)::numeric, 6) AS normal, round(value_at_risk(s, 0.99, 'cornish_fisher')::numeric, 6) AS cornish_fisher,
	round(expected_shortfall(s)::numeric, 6) AS normal, round(expected_shortfall(s, 0.99, 'cornish_fisher')::numeric, 6) AS cornish_fisher
FROM (SELECT pg_temp.risk(0.1, -0.12, 0.01, 0.03, -0.01, 0.02, -0.05, 0.04)) v(s);
SELECT hit_rate(s), omega_ratio(s), downside_deviation(s, 1) FROM (SELECT pg_temp.risk_to(0.25, 0.25, -0.5, 0, 0.75)) v(s);
SELECT skewness(r), kurtosis(r) FROM (VALUES (0::float8), (NULL), (1), (0), (0)) v(r);
SELECT i, skewness(r) OVER w, kurtosis(r) OVER w, mean_return(risk_agg(r) OVER w), mean_return(risk_agg(r, 0) OVER w)
FROM (VALUES (1, 0::float8), (2, NULL), (3, 1), (4, 0), (5, 0)) v(i, r) WINDOW w AS (ORDER BY i ROWS 3 PRECEDING);

-- nothing to say
SELECT risk_agg(r) IS NULL AS no_rows, skewness(r) IS NULL AS skewness FROM (VALUES (NULL::float8)) v(r);
SELECT volatility(s) IS NULL AS volatility, sharpe_ratio(s) IS NULL AS sharpe, skewness(s) IS NULL AS skewness, value_at_risk(s) IS NULL AS var,
	sortino_ratio(s) IS NULL AS sortino, omega_ratio(s) IS NULL AS omega, downside_deviation(s), mean_return(s)
FROM (SELECT pg_temp.risk(0.01)) v(s);
SELECT volatility(s), sharpe_ratio(s) IS NULL AS sharpe, kurtosis(s) IS NULL AS kurtosis, expected_shortfall(s) IS NULL AS shortfall,
	min_track_record(s) IS NULL AS record FROM (SELECT pg_temp.risk(0.01, 0.01, 0.01, 0.01, 0.01)) v(s);
SELECT skewness(s, 'sample') IS NULL AS two, kurtosis(s, 'sample') IS NULL AS of_two, min_track_record(s) IS NULL AS a_loss
FROM (SELECT pg_temp.risk(0.01, -0.02)) v(s);
SELECT value_at_risk(s, 0.999, 'cornish_fisher') IS NULL AS falls FROM (SELECT pg_temp.risk(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, -1)) v(s);

-- errors
SELECT risk_agg('NaN'::float8);
SELECT risk_agg(0.1, '-Infinity');
SELECT risk_agg(r, t) FROM (VALUES (0.1::float8, 0::float8), (0.2, 0.01)) v(r, t);
SELECT risk_agg(r, t) OVER (ORDER BY t ROWS 1 PRECEDING) FROM (VALUES (0.1::float8, 0::float8), (0.2, 0.01)) v(r, t);
SELECT pg_temp.risk_to(0.1, 0.1) || pg_temp.risk(0.1);
SELECT volatility(pg_temp.risk(0.1, 0.2), 0.5);
SELECT volatility(pg_temp.risk(0.1, 0.2), 'Infinity');
SELECT sharpe_ratio(pg_temp.risk(0.1, 0.2), 'NaN');
SELECT sharpe_ratio(pg_temp.risk(0.1, 0.2), 0, 0);
SELECT value_at_risk(pg_temp.risk(0.1, 0.2), 1);
SELECT value_at_risk(pg_temp.risk(0.1, 0.2), 'NaN');
SELECT expected_shortfall(pg_temp.risk(0.1, 0.2), 0.9, 'historical');
SELECT skewness(pg_temp.risk(0.1, 0.2), 'excel');
SELECT probabilistic_sharpe_ratio(pg_temp.risk(0.1, 0.2), 'Infinity');
SELECT min_track_record(pg_temp.risk(0.1, 0.2), 0, 0);
SELECT volatility(pg_temp.risk(1.7e308, -1.7e308));

-- the type risk_summary
SELECT pg_temp.risk_to(0.25, 0.5, -0.5, 2);
SELECT pg_temp.risk(0.5) < pg_temp.risk(0.5, 0.5) AS less, pg_temp.risk(0.5, -0.5) = pg_temp.risk(-0.5, 0.5) AS equal, pg_temp.risk(-0.0::float8) = pg_temp.risk(0) AS zero,
	_risk_summary_order(pg_temp.risk_to(0.5, 0), pg_temp.risk_to(0.25, 0)), num_returns(_risk_summary_accum(pg_temp.risk(0.5), 1)),
	num_returns(_risk_summary_combine(pg_temp.risk(0.5), pg_temp.risk(15)));
SELECT ''::risk_summary;
SELECT '(1,0,0,0,0,0,0,0,0,0,0,0)'::risk_summary = pg_temp.risk(0) AS zero;
SELECT '(1,0,0,0,0,NaN,0,0,0,0,0,0)'::risk_summary;
SELECT '(1,1,0,0,0,0,0,0,0,0,0,0)'::risk_summary;
SELECT '(1,0,0,0,0,1,0,0,0,0,0,0)'::risk_summary;

-- of a series
SELECT num_returns(risk_summary(r)) AS days, num_returns(risk_summary(r, '12 hours')) AS halves, num_returns(risk_summary(r, NULL)) AS points,
	worst_return(risk_summary(r)), best_return(risk_summary(r, kind => 'delta')), hit_rate(risk_summary(r, period_target => 0.2)), risk_summary(r, '1 month') IS NULL AS no_month
FROM (SELECT rate_series(ts, v) FROM (VALUES (timestamptz '2025-01-01 00:00Z', 1::float8), ('2025-01-02 00:00Z', 1.5), ('2025-01-02 06:00Z', 3), ('2025-01-03 00:00Z', 1.2)) v(ts, v)) x(r);
SELECT risk_summary(r, '1 day', 'NaN') FROM (SELECT rate_series(timestamptz '2025-01-01Z', 1)) x(r);
SELECT risk_summary(r, '0 days') FROM (SELECT rate_series(timestamptz '2025-01-01Z', 1)) x(r);
SELECT risk_summary(r, kind => 'level') FROM (SELECT rate_series(timestamptz '2025-01-01Z', 1)) x(r);
SELECT risk_summary(r) FROM (SELECT rate_series(timestamptz '2025-01-01Z', -1)) x(r);
