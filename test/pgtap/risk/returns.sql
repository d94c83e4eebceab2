-- Properties and vectors of domain risk: what a set of returns says of risk and reward.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

CREATE TEMP TABLE risk_case (expected text, fn text, returns float8[], target float8, risk_free float8, periods float8,
	confidence float8, benchmark float8, method text, abs_tol numeric, kind text, source text);
\copy risk_case FROM 'test/vectors/risk/risk_agg.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 400, 'all vectors of risk_agg were loaded') FROM risk_case;

-- what one of the measures says of returns
CREATE FUNCTION pg_temp.measure(c risk_case) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
	s risk_summary;
	result float8;
	arguments text;
BEGIN
	IF c.fn LIKE 'agg\_%' THEN
		EXECUTE format('SELECT %I(x) FROM unnest($1) x', substr(c.fn, 5)) INTO result USING c.returns;
		RETURN result;
	END IF;
	SELECT CASE WHEN c.target IS NULL THEN risk_agg(x) ELSE risk_agg(x, c.target) END INTO s FROM unnest(c.returns) x;
	SELECT string_agg(format('%s => %L', name, value), ', ') INTO arguments
	FROM (VALUES ('risk_free', c.risk_free::text), ('periods', c.periods::text), ('confidence', c.confidence::text),
		('benchmark', c.benchmark::text), ('method', c.method)) v(name, value)
	WHERE value IS NOT NULL;
	EXECUTE format('SELECT %I(%s)', c.fn, concat_ws(', ', '$1', arguments)) INTO result USING s;
	RETURN result;
END $$;
SELECT ok(is_close(pg_temp.measure(c), c.expected::numeric, NULL, NULL) OR is_close(pg_temp.measure(c), c.expected::numeric, NULL, abs_tol),
	format('%s(%s) of %s returns: %s', fn, concat_ws(', ', target, risk_free, periods, confidence, benchmark, method),
		cardinality(returns), coalesce(expected, 'NULL')))
FROM risk_case c WHERE expected IS DISTINCT FROM 'error';
SELECT throws_matching(format('SELECT pg_temp.measure(c) FROM risk_case c WHERE expected = ''error'' AND fn = %L', fn),
	'must be', fn || ': an error') FROM risk_case WHERE expected = 'error';

-- histories of all kinds: rates that hardly vary, prices, losses, ties with the target
CREATE TABLE risk_history AS
SELECT series, i AS row, CASE series % 4
	WHEN 0 THEN 8e-5 + (random() - 0.5) * 1e-6
	WHEN 1 THEN (random() + random() + random() - 1.5) * 0.05
	WHEN 2 THEN round(((random() - 0.6) * 0.01)::numeric, 3)
	ELSE -random() ^ 8 END::float8 AS ret
FROM generate_series(1, 20) series, generate_series(1, 200) i;
CREATE TEMP TABLE risk_whole AS
SELECT series, risk_agg(ret, 0.001) AS s, array_agg(ret) AS returns FROM risk_history GROUP BY series;

SELECT is_empty($$
	SELECT 1 FROM risk_whole JOIN (SELECT series, risk_agg(ret, 0.001) OVER w AS moving, row FROM risk_history
		WINDOW w AS (PARTITION BY series ORDER BY row ROWS BETWEEN 9 PRECEDING AND 1 FOLLOWING)) m USING (series)
	WHERE moving <> (SELECT risk_agg(r, 0.001) FROM unnest(returns[greatest(row - 9, 1):row + 1]) r)
$$, 'over a moving frame the summary is that of its rows');
SELECT is_empty($$
	SELECT 1 FROM (SELECT series, row, rollup(s) OVER w AS moving
		FROM (SELECT series, row / 10 AS row, risk_agg(ret) AS s FROM risk_history GROUP BY 1, 2) x
		WINDOW w AS (PARTITION BY series ORDER BY row ROWS 3 PRECEDING)) m
	WHERE moving <> (SELECT risk_agg(ret) FROM risk_history h WHERE h.series = m.series AND h.row / 10 BETWEEN m.row - 3 AND m.row)
$$, 'and rollup over one');

-- exact arithmetic as the reference
CREATE TEMP TABLE risk_exact AS
SELECT series, n, mean, m2, m3, m4, below, above, square
FROM (SELECT series, count(*)::numeric AS n, sum(exact(ret)) / count(*)::numeric(60, 40) AS mean FROM risk_history GROUP BY series) a,
	LATERAL (
		SELECT sum(d * d) / n::numeric(60, 40) AS m2, sum(d * d * d) / n::numeric(60, 40) AS m3, sum(d * d * d * d) / n::numeric(60, 40) AS m4,
			sum(greatest(0.001 - exact(ret), 0)) AS below, sum(greatest(exact(ret) - 0.001, 0)) AS above,
			sum(greatest(0.001 - exact(ret), 0) ^ 2) AS square
		FROM (SELECT ret, exact(ret) - mean AS d FROM risk_history h WHERE h.series = a.series) h
	) b;
SELECT ok(is_close(mean_return(s), mean), series || ': mean_return') FROM risk_exact JOIN risk_whole USING (series);
SELECT ok(is_close(volatility(s, 1), sqrt(m2 * n / (n - 1))), series || ': volatility') FROM risk_exact JOIN risk_whole USING (series);
SELECT ok(is_close(skewness(s), m3 / (m2 * sqrt(m2)), 1e-12, 1e-14), series || ': skewness') FROM risk_exact JOIN risk_whole USING (series);
SELECT ok(is_close(kurtosis(s), m4 / (m2 * m2) - 3, 1e-12, 1e-14), series || ': kurtosis') FROM risk_exact JOIN risk_whole USING (series);
SELECT ok(is_close(downside_deviation(s, 1), sqrt(square / n)), series || ': downside_deviation') FROM risk_exact JOIN risk_whole USING (series);
SELECT ok(is_close(omega_ratio(s), above / below), series || ': omega_ratio') FROM risk_exact JOIN risk_whole USING (series);

-- laws
SELECT is_empty($$
	SELECT 1 FROM risk_whole, generate_series(0.5, 0.999, 0.01) c, (VALUES ('normal'), ('cornish_fisher')) m(method)
	WHERE expected_shortfall(s, c, method) > value_at_risk(s, c, method)
$$, 'the expected shortfall is no milder than the value at risk');
SELECT is_empty($$
	SELECT 1 FROM risk_whole, LATERAL (SELECT risk_agg(4 * r, 0.004) AS other FROM unnest(returns) r) x
	WHERE skewness(s) <> skewness(other) OR kurtosis(s) <> kurtosis(other) OR sharpe_ratio(s) <> sharpe_ratio(other)
		OR sortino_ratio(s) <> sortino_ratio(other) OR 4 * volatility(s) <> volatility(other) OR omega_ratio(s) <> omega_ratio(other)
$$, 'ratios have no scale');
SELECT is_empty($$
	SELECT 1 FROM risk_whole, LATERAL (SELECT risk_agg(-r) AS other, risk_agg(r) AS same FROM unnest(returns) r) x
	WHERE skewness(same) <> -skewness(other) OR kurtosis(same) <> kurtosis(other) OR worst_return(same) <> -best_return(other)
$$, 'a short position has the other skewness');
SELECT is_empty($$
	SELECT 1 FROM risk_whole WHERE abs(sortino_ratio(s) * downside_deviation(s) - (mean_return(s) - 0.001) * 365) > 1e-12 * 365 * abs(mean_return(s) - 0.001)
$$, 'sortino_ratio is the excess of a year over the downside deviation');
SELECT is_empty($$
	SELECT 1 FROM risk_whole WHERE abs(probabilistic_sharpe_ratio(s, sharpe_ratio(s)) - 0.5) > 1e-12
$$, 'no better than itself: one half');
SELECT is_empty($$
	SELECT 1 FROM risk_whole WHERE sharpe_ratio(s) > 0.1 AND
		abs(probabilistic_sharpe_ratio(s) - 0.95) > 1e-9 AND (probabilistic_sharpe_ratio(s) > 0.95) <> (min_track_record(s) < num_returns(s))
$$, 'a record is long enough when the chance is that of the confidence');

-- a series: the returns of its periods, however they are cut
CREATE TEMP TABLE risk_path AS
SELECT rate_series(ts, v) AS r FROM (
	SELECT timestamptz '2025-01-01Z' + i * interval '1 day' + CASE WHEN i % 3 = 0 THEN interval '0' ELSE -interval '5 hours' END AS ts,
		exp(sum(random() - 0.5) OVER (ORDER BY i) / 50) AS v FROM generate_series(0, 60) i) x;
SELECT is(risk_summary(r, '1 day', 0.001), (SELECT risk_agg(value, 0.001) FROM returns(r, '1 day')), 'risk_summary of days') FROM risk_path;
SELECT is(risk_summary(r, '7 days', kind => 'log'), (SELECT risk_agg(value) FROM returns(r, '7 days', 'log')), 'of weeks') FROM risk_path;
SELECT is(risk_summary(r, NULL), (SELECT risk_agg(value) FROM returns(r)), 'from point to point') FROM risk_path;
SELECT ok(risk_summary(rate_series(ts, 1.0), '1 day') IS NULL, 'NULL without a period') FROM (VALUES (timestamptz '2025-01-01Z')) v(ts);

-- all that a double can hold: a number, NULL or an error of range, never NaN
SELECT is_empty($$
	WITH extreme(x) AS (VALUES (0::float8), (5e-324), (-5e-324), (1e-300), (-1e-300), (1), (-1), (1e150), (-1e150), (1.7e308), (-1.7e308))
	SELECT a.x, b.x, t.x FROM extreme a, extreme b, extreme t,
		LATERAL (SELECT risk_agg(r, t.x) AS s FROM (VALUES (a.x), (b.x), (b.x)) v(r)) v
	WHERE skewness(s) NOT BETWEEN -0.7071067811865477 AND 0.7071067811865477 OR kurtosis(s) NOT BETWEEN -1.5000000000000004 AND -1.4999999999999996
		OR NOT mean_return(s) BETWEEN worst_return(s) AND best_return(s) OR s::text::risk_summary <> s OR hit_rate(s) NOT BETWEEN 0 AND 1
$$, 'extreme returns have moments too');

-- round trips and corrupt images
SELECT is_empty('SELECT 1 FROM risk_whole WHERE s::text::risk_summary <> s', 'text round trip');
SELECT is(binary_copy(_risk_summary_send(s), 'risk_summary')::risk_summary, s, 'binary round trip') FROM risk_whole;
CREATE TEMP TABLE image AS SELECT _risk_summary_send(risk_agg(r, 0.5)) AS good FROM (VALUES (0.25::float8), (-1), (2)) v(r);
SELECT is(encode(good, 'hex'),
	'0000000000000003000000000000000100000000000000023fe0000000000000bff00000000000004000000000000000' ||
	'000000000000002900000000000002000000000000000000000000000000000000000000000000000000000000000000' ||
	'0000000000000029ffffffffffffff400000000000000000000000000000000000000000000000000000000000000000' ||
	'000000000000002900000000000004000000000000000000000000000000000000000000000000000000000000000000' ||
	'000000000000002900000000000001100000000000000000000000000000000000000000000000000000000000000000' ||
	'000000000000002900000000000007040000000000000000000000000000000000000000000000000000000000000000' ||
	'000000000000002900000000000011010000000000000000000000000000000000000000000000000000000000000000',
	'the bytes of a summary') FROM image;
SELECT throws_ok(
	format($$SELECT binary_copy(overlay(good placing %L::bytea from %s), 'risk_summary') FROM image$$, bytes, 1 + 8 * field),
	'22P03', NULL, format('binary: %s in field %s', what, field))
FROM (VALUES
	(0, '\x0000000000000000'::bytea, 'no returns'), (0, '\xffffffffffffffff', 'fewer than none'), (1, '\x0000000000000004', 'more than all'),
	(1, '\x0000000000000000', 'none though there is one'), (2, '\x0000000000000003', 'all though there is another'),
	(3, '\x7ff8000000000000', 'NaN'), (3, '\x8000000000000000', 'negative zero'), (4, '\x7ff0000000000000', 'infinity'),
	(4, '\x4010000000000000', 'worst above best'), (7, '\x7fffffffffffffff', 'more than a bin can hold'), (18, '\x8fffffffffffffff', 'a square below zero')
) v(field, bytes, what);

SELECT * FROM finish();
ROLLBACK;
