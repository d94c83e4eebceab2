-- domain risk: returns beside those of a benchmark
SET timezone = 'UTC'; SET datestyle = 'ISO';
CREATE TEMP TABLE pairs AS
SELECT benchmark_agg(r, b) AS s
FROM (VALUES (0.02::float8, 0.01::float8), (-0.01, -0.02), (0.03, 0.02), (NULL, 0.5), (0.5, NULL), (0, 0), (-0.02, 0.01)) v(r, b);

SELECT num_returns(s), round(beta(s)::numeric, 6) AS beta, round(correlation(s)::numeric, 6) AS correlation, batting_average(s),
	round(alpha(s, 0.03, 12)::numeric, 6) AS alpha, round(active_return(s, 12)::numeric, 6) AS active
FROM pairs;
SELECT round(tracking_error(s, 12)::numeric, 6) AS tracking_error, round(information_ratio(s, 12)::numeric, 6) AS information_ratio,
	round(up_capture(s, 12)::numeric, 6) AS up, round(down_capture(s, 12)::numeric, 6) AS down, round(capture_ratio(s, 12)::numeric, 6) AS ratio
FROM pairs;
SELECT i, beta(benchmark_agg(r, b) OVER w), num_returns(benchmark_agg(r, b) OVER w)
FROM (VALUES (1, 1::float8, 1::float8), (2, NULL, 7), (3, 3, 2), (4, 3, 4)) v(i, r, b) WINDOW w AS (ORDER BY i ROWS 2 PRECEDING);

-- nothing to say
SELECT benchmark_agg(r, 1) IS NULL AS no_rows FROM (VALUES (NULL::float8)) v(r);
SELECT beta(s) IS NULL AS beta, correlation(s) IS NULL AS correlation, alpha(s) IS NULL AS alpha, tracking_error(s) IS NULL AS error,
	information_ratio(s) IS NULL AS ratio, up_capture(s, 1), down_capture(s) IS NULL AS down, capture_ratio(s) IS NULL AS captures, active_return(s, 1)
FROM (SELECT benchmark_agg(0.5, 0.25)) x(s);
SELECT down_capture(s, 1) AS all_lost, capture_ratio(s) IS NULL AS no_rise FROM (SELECT benchmark_agg(-1, -0.5)) x(s);
SELECT down_capture(s, 1) IS NULL AS more_than_all FROM (SELECT benchmark_agg(-1.5, -0.5)) x(s);
SELECT capture_ratio(s, 1) IS NULL AS nothing_lost FROM (SELECT benchmark_agg(r, b) FROM (VALUES (0.1::float8, 0.1::float8), (0, -0.1)) v(r, b)) x(s);
SELECT up_capture(s, 365) AS "beyond a double and back" FROM (SELECT benchmark_agg(99, 99)) x(s);

-- errors
SELECT benchmark_agg('NaN', 1);
SELECT benchmark_agg(1, 'Infinity');
SELECT benchmark_agg(1, '-Infinity') OVER (ROWS 1 PRECEDING);
SELECT alpha(s, 'NaN') FROM pairs;
SELECT alpha(s, 0, 0) FROM pairs;
SELECT tracking_error(s, 'NaN') FROM pairs;
SELECT up_capture(s) FROM (SELECT benchmark_agg(1e300, 1)) x(s);

-- the type benchmark_summary
SELECT benchmark_agg(0.5, -0.25);
SELECT a < b AS less, a || a = rollup AS equal FROM (SELECT benchmark_agg(0.5, 1)) x(a), (SELECT benchmark_agg(0.5, 2)) y(b),
	(SELECT rollup(s) FROM (SELECT benchmark_agg(0.5, 1) FROM generate_series(1, 2) i GROUP BY i) v(s)) z;
SELECT ''::benchmark_summary;
SELECT '(1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0)'::benchmark_summary = benchmark_agg(0, 0) AS zero;
SELECT '(1,2,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0)'::benchmark_summary;

-- of series
SELECT num_returns(s), beta(s), worst
FROM (SELECT benchmark_summary(a, b), worst_return(risk_summary(a)) FROM (
	SELECT rate_series(ts, v), rate_series(ts, w) FROM (VALUES (timestamptz '2025-01-01Z', 1::float8, 1::float8), ('2025-01-02Z', 2, 1.5), ('2025-01-03Z', 1, 1.125), ('2025-01-04 01:00Z', 4, 5)) v(ts, v, w)
) x(a, b)) y(s, worst);
SELECT benchmark_summary(r, r, kind => 'level') FROM (SELECT rate_series(timestamptz '2025-01-01Z', 1)) x(r);
SELECT benchmark_summary(r, r, '-1 day') FROM (SELECT rate_series(timestamptz '2025-01-01Z', 1)) x(r);
SELECT benchmark_summary(r, r) IS NULL AS no_period FROM (SELECT rate_series(timestamptz '2025-01-01Z', 1)) x(r);
