-- Properties and vectors of domain risk: returns beside those of a benchmark.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

CREATE TEMP TABLE benchmark_case (fn text, returns float8[], benchmark float8[], risk_free float8, periods float8,
	expected numeric, tol numeric, abs_tol numeric, kind text, source text);
\copy benchmark_case FROM 'test/vectors/risk/benchmark_agg.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 120, 'all vectors of benchmark_agg were loaded') FROM benchmark_case;
CREATE TEMP TABLE empyrical_case (fn text, returns float8[], benchmark float8[], target float8, risk_free float8, periods float8,
	expected numeric, tol numeric, abs_tol numeric, kind text, source text);
\copy empyrical_case FROM 'test/vectors/risk/empyrical.csv' (FORMAT csv, HEADER)

-- what one of the measures says of pairs; empyrical compounds its alpha
CREATE FUNCTION pg_temp.measure(fn text, returns float8[], benchmark float8[], risk_free float8, periods float8) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
	s benchmark_summary;
	result float8;
	arguments text;
BEGIN
	SELECT benchmark_agg(r, b) INTO s FROM unnest(returns, benchmark) v(r, b);
	SELECT string_agg(format('%s => %L', name, value), ', ') INTO arguments
	FROM (VALUES ('risk_free', risk_free::text), ('periods', periods::text)) v(name, value)
	WHERE value IS NOT NULL AND fn NOT IN ('beta', 'batting_average') AND (name = 'periods' OR fn = 'alpha');
	EXECUTE format('SELECT %I(%s)', fn, concat_ws(', ', '$1', arguments)) INTO result USING s;
	RETURN result;
END $$;
SELECT ok(is_close(pg_temp.measure(fn, returns, benchmark, risk_free, periods), expected, NULL, NULL)
		OR is_close(pg_temp.measure(fn, returns, benchmark, risk_free, periods), expected, tol, abs_tol),
	format('%s(%s) of %s pairs: %s', fn, concat_ws(', ', risk_free, periods), cardinality(returns), coalesce(expected::text, 'NULL')))
FROM benchmark_case;
SELECT ok(is_close(CASE fn WHEN 'alpha' THEN apr_to_apy(x, coalesce(periods, 365)) ELSE x END, expected, tol, abs_tol),
	format('empyrical''s %s: %s', fn, coalesce(expected::text, 'NULL')))
FROM empyrical_case, LATERAL pg_temp.measure(fn, returns, benchmark, risk_free, periods) x WHERE cardinality(benchmark) > 0;

CREATE TABLE benchmark_history AS
SELECT series, i AS row, b, CASE series % 4 WHEN 0 THEN b + (random() - 0.5) * 1e-6 WHEN 1 THEN -2 * b ELSE b / 2 + (random() - 0.5) * 0.03 END::float8 AS r
FROM (SELECT series, i, CASE WHEN i % 11 = 0 THEN 0 ELSE (random() - 0.48) * CASE WHEN series % 3 = 0 THEN 0.5 ELSE 0.001 END END::float8 AS b
	FROM generate_series(1, 20) series, generate_series(1, 200) i) x;
CREATE TEMP TABLE benchmark_whole AS
SELECT series, benchmark_agg(r, b) AS s, risk_agg(r) AS own, risk_agg(b) AS other, risk_agg(r - b) AS lead FROM benchmark_history GROUP BY series;

-- the same as SQL's own aggregates, and as risk_agg
SELECT is_empty($$
	SELECT series, corr, correlation(s), regr_slope, beta(s)
	FROM benchmark_whole JOIN (SELECT series, corr(r, b), regr_slope(r, b) FROM benchmark_history GROUP BY series) x USING (series)
	WHERE abs(correlation(s) - corr) > 1e-12 OR abs(beta(s) - regr_slope) > 1e-11 * abs(regr_slope) OR correlation(s) NOT BETWEEN -1 AND 1
$$, 'beta and correlation are those of PostgreSQL');
SELECT is_empty($$
	SELECT series FROM benchmark_whole WHERE abs(tracking_error(s) / volatility(lead) - 1) > 1e-9 OR abs(active_return(s) - 365 * mean_return(lead)) > 1e-14
		OR abs(information_ratio(s) - sharpe_ratio(lead)) > 1e-9 * abs(sharpe_ratio(lead)) OR batting_average(s) <> hit_rate(lead)
$$, 'tracking error and information ratio are volatility and Sharpe ratio of the difference');
SELECT is_empty($$
	SELECT series FROM benchmark_whole, LATERAL (SELECT benchmark_agg(r, b) AS t FROM (
		SELECT r, b FROM benchmark_history h WHERE h.series = benchmark_whole.series) x) y WHERE s <> t
$$, 'order of rows');
SELECT is_empty($$
	SELECT series, up_capture(s), down_capture(s) FROM benchmark_whole JOIN (
		SELECT series, (exp(sum(ln(1 + r)) FILTER (WHERE b > 0) * 365 / count(*) FILTER (WHERE b > 0)) - 1) / (exp(sum(ln(1 + b)) FILTER (WHERE b > 0) * 365 / count(*) FILTER (WHERE b > 0)) - 1) AS up,
			(exp(sum(ln(1 + r)) FILTER (WHERE b < 0) * 365 / count(*) FILTER (WHERE b < 0)) - 1) / (exp(sum(ln(1 + b)) FILTER (WHERE b < 0) * 365 / count(*) FILTER (WHERE b < 0)) - 1) AS down
		FROM benchmark_history GROUP BY series) x USING (series)
	WHERE abs(up_capture(s) - up) > 1e-9 * abs(up) OR abs(down_capture(s) - down) > 1e-9 * abs(down) OR abs(capture_ratio(s) - up / down) > 1e-9 * abs(up / down)
$$, 'captures are quotients of yearly growth');

-- laws
SELECT ok(correlation(s) = 1 AND beta(s) = 1 AND tracking_error(s) = 0 AND information_ratio(s) IS NULL AND up_capture(s) = 1 AND abs(alpha(s)) < 1e-16 AND batting_average(s) = 0,
	'a benchmark beside itself') FROM (SELECT benchmark_agg(b, b) AS s FROM benchmark_history GROUP BY series) x;
SELECT ok(abs(correlation(s) + 1) < 1e-15 AND abs(beta(s) + 2) < 1e-15, 'minus twice the benchmark')
FROM (SELECT benchmark_agg(-2 * b, b) AS s FROM benchmark_history GROUP BY series) x;
SELECT is_empty($$
	SELECT 1 FROM (SELECT series, row, benchmark_agg(r, b) OVER w AS moving FROM benchmark_history
		WINDOW w AS (PARTITION BY series ORDER BY row ROWS BETWEEN 9 PRECEDING AND 1 FOLLOWING)) m
	WHERE moving <> (SELECT benchmark_agg(r, b) FROM benchmark_history h WHERE h.series = m.series AND h.row BETWEEN m.row - 9 AND m.row + 1)
$$, 'over a moving frame the summary is that of its rows');
SELECT is_empty($$
	SELECT 1 FROM (SELECT series, rollup(s ORDER BY random()) AS t FROM (SELECT series, row % 7, benchmark_agg(r, b) AS s FROM benchmark_history GROUP BY 1, 2) x GROUP BY series) y
		JOIN benchmark_whole USING (series) WHERE s <> t OR _benchmark_summary_hash(s) <> _benchmark_summary_hash(t)
$$, 'any split');
SELECT ok(benchmark_agg(r, b) = benchmark_agg(r, b) FILTER (WHERE r IS NOT NULL AND b IS NOT NULL) AND num_returns(benchmark_agg(r, b)) = 1, 'NULL on either side')
FROM (VALUES (0.1::float8, NULL::float8), (NULL, 0.1), (0.2, 0.1)) v(r, b);

-- of series, as beta(series, benchmark, ...) has it
CREATE TEMP TABLE benchmark_path AS
SELECT rate_series(ts, v) AS a, rate_series(ts + interval '3 hours', w) AS b FROM (
	SELECT timestamptz '2025-01-01Z' + i * interval '17 hours' AS ts, exp(sum(random() - 0.5) OVER (ORDER BY i) / 50) AS v, exp(sum(random() - 0.5) OVER (ORDER BY i) / 50) AS w
	FROM generate_series(0, 90) i) x;
SELECT ok(abs(beta(benchmark_summary(a, b, step, kind)) - beta(a, b, step, kind)) < 1e-13 AND abs(correlation(benchmark_summary(a, b, step, kind)) - correlation(a, b, step, kind)) < 1e-13,
	format('periods of %s, %s', step, kind))
FROM benchmark_path, (VALUES (interval '1 day'), ('7 days'), ('1 hour')) v(step), (VALUES ('simple'), ('log'), ('delta')) k(kind);
SELECT is(benchmark_summary(a, a, NULL), (SELECT benchmark_agg(value, value) FROM returns(a)), 'from point to point') FROM benchmark_path;

-- all that a double can hold: a number, NULL or an error of range, never NaN
CREATE FUNCTION pg_temp.harmless(call text, s benchmark_summary) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	x float8;
BEGIN
	EXECUTE format('SELECT %s($1)', call) INTO x USING s;
	RETURN coalesce(abs(x) <= 1.7976931348623157e308, true);
EXCEPTION WHEN numeric_value_out_of_range THEN
	RETURN true;
END $$;
SELECT is_empty($$
	WITH extreme(x) AS (VALUES (0::float8), (5e-324), (-1e-300), (1), (-1), (-1.5), (1e150), (1.7e308), (-1.7e308)),
		summaries AS MATERIALIZED (SELECT benchmark_agg(r, b) AS s FROM extreme a, extreme b, extreme c, LATERAL (VALUES (a.x, b.x), (b.x, c.x), (0, 0)) v(r, b) GROUP BY a.x, b.x, c.x)
	SELECT call, s FROM summaries, (VALUES ('beta'), ('correlation'), ('alpha'), ('active_return'), ('tracking_error'), ('information_ratio'), ('up_capture'), ('down_capture'), ('capture_ratio')) v(call)
	WHERE NOT pg_temp.harmless(call, s) OR s::text::benchmark_summary <> s OR correlation(s) NOT BETWEEN -1 AND 1
$$, 'extreme returns');

-- round trips and corrupt images
SELECT is_empty('SELECT 1 FROM benchmark_whole WHERE s::text::benchmark_summary <> s', 'text round trip');
SELECT is(binary_copy(_benchmark_summary_send(s), 'benchmark_summary')::benchmark_summary, s, 'binary round trip') FROM benchmark_whole;
CREATE TEMP TABLE image AS SELECT _benchmark_summary_send(benchmark_agg(r, b)) AS good FROM (VALUES (0.25::float8, 0.5::float8), (-1, -0.5), (2, 0)) v(r, b);
SELECT is(md5(good), 'a2cb6acc5fd7c515053d7f16e5d5f1ae', 'the bytes of a summary') FROM image;
SELECT throws_ok(
	format($$SELECT binary_copy(overlay(good placing %L::bytea from %s), 'benchmark_summary') FROM image$$, bytes, 1 + 8 * field),
	'22P03', NULL, format('binary: %s in field %s', what, field))
FROM (VALUES
	(0, '\x0000000000000000'::bytea, 'no returns'), (1, '\x0000000000000004', 'more better than all'), (1, '\xffffffffffffffff', 'fewer than none'),
	(2, '\x7ff8000000000000', 'NaN'), (3, '\x8000000000000000', 'negative zero'), (6, '\x7ff0000000000000', 'infinity'),
	(9, '\x7fffffffffffffff', 'more than a bin can hold'), (21, '\x8fffffffffffffff', 'a square below zero'),
	(38, '\x0000000000000003', 'more periods than returns'), (38, '\x0000000000000000', 'none though the benchmark rose'), (40, '\xbff0000000000000', 'a rise below zero')
) v(field, bytes, what);

SELECT * FROM finish();
ROLLBACK;
