-- Properties and vectors of domain yield: exponential averages, trimmed mean, weighted median.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

CREATE TEMP TABLE ema_case (seconds int[], value float8[], half_life int, expected numeric, tol numeric, abs_tol numeric, kind text, source text);
\copy ema_case FROM 'test/vectors/yield/ema.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 12, 'all vectors of ema were loaded') FROM ema_case;
SELECT ok(is_close((SELECT ema(timestamptz '2024-01-01' + s * interval '1 second', v, half_life * interval '1 second') FROM unnest(seconds, value) u(s, v)),
	expected, tol, abs_tol), format('ema of %s values: %s', cardinality(value), expected)) FROM ema_case;
CREATE TEMP TABLE alpha_case (value float8[], alpha float8, expected numeric, tol numeric, abs_tol numeric, kind text, source text);
\copy alpha_case FROM 'test/vectors/yield/ema_alpha.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 12, 'all vectors of ema over rows were loaded') FROM alpha_case;
SELECT ok(is_close((SELECT ema(v, alpha ORDER BY i) FROM unnest(value) WITH ORDINALITY u(v, i)), expected, tol, abs_tol),
	format('ema over %s rows: %s, %s', cardinality(value), expected, source)) FROM alpha_case;
CREATE TEMP TABLE sample_case (fn text, value float8[], weight float8[], fraction float8, expected numeric, tol numeric, abs_tol numeric,
	kind text, source text);
\copy sample_case FROM 'test/vectors/yield/sample.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 42, 'all vectors of trimmed_mean and weighted_median were loaded') FROM sample_case;
SELECT ok(is_close(CASE fn WHEN 'trimmed_mean' THEN (SELECT trimmed_mean(v, fraction) FROM unnest(value) v)
	ELSE (SELECT weighted_median(v, w) FROM unnest(value, weight) u(v, w)) END, expected, tol, abs_tol),
	format('%s of %s values: %s', fn, cardinality(value), expected)) FROM sample_case;

-- histories with gaps, duplicates and losses, in any order and any split
CREATE TABLE yield_benchmark_history AS
SELECT series, i AS row, timestamptz '1999-12-20' + (random() * 2000)::int * interval '1 hour' AS ts, random() * 0.1 - 0.03 AS value, trunc(random() * 50) AS weight
FROM generate_series(1, 20) series, generate_series(1, 200) i;
CREATE TEMP TABLE whole AS
SELECT series, ema(ts, value, '3 days') AS e, trimmed_mean(value, 0.1) AS t, weighted_median(value, weight) AS m FROM yield_benchmark_history GROUP BY series;
SELECT is_empty($$
	SELECT 1 FROM yield_benchmark_history JOIN whole USING (series) GROUP BY series, e, t, m
	HAVING ema(ts, value, '3 days' ORDER BY random()) <> e OR trimmed_mean(value, 0.1 ORDER BY random()) <> t
		OR weighted_median(value, weight ORDER BY random()) <> m
$$, 'no order of rows makes a difference, but for 4 units in the last place of ema');
CREATE MATERIALIZED VIEW yield_benchmark_daily AS
SELECT series, date_trunc('day', ts, 'UTC') AS day, ema_agg(ts, value, '3 days') AS s FROM yield_benchmark_history GROUP BY 1, 2;
SELECT is_empty($$
	SELECT 1 FROM yield_benchmark_daily JOIN whole USING (series) GROUP BY series, e
	HAVING ema(rollup(s ORDER BY random())) <> e OR num_values(rollup(s)) <> 200
$$, 'what was stored by day rolls up to the same');
SELECT is_empty($$
	SELECT 1 FROM (SELECT series, row, ts, ema(ts, value, '1 day') OVER w AS moving FROM yield_benchmark_history
		WINDOW w AS (PARTITION BY series ORDER BY row ROWS 20 PRECEDING)) m
	WHERE moving <> (SELECT ema(ts, value, '1 day') FROM yield_benchmark_history h WHERE h.series = m.series AND h.row BETWEEN m.row - 20 AND m.row)
$$, 'over a moving frame the same');
SELECT is_empty($$
	SELECT 1 FROM yield_benchmark_history GROUP BY series
	HAVING NOT ema(ts, value, '1 day') BETWEEN min(value) AND max(value) OR NOT trimmed_mean(value, 0.3) BETWEEN min(value) AND max(value)
		OR NOT is_close(ema(ts, value, interval '100000 days'), exact(avg(value)), 1e-1)
		OR NOT is_close(trimmed_mean(value, 0), exact(avg(value)), 1e-12)
		OR abs(weighted_median(value, 1) - percentile_cont(0.5) WITHIN GROUP (ORDER BY value)) > 1e-17
		OR weighted_median(value, weight) <> weighted_median(value, weight * 1024)
		OR sum(weight) FILTER (WHERE value < 0) > sum(weight) / 2 AND weighted_median(value, weight) >= 0
		OR NOT is_close(ema(ts + interval '1000 days', value, '1 day'), exact(ema(ts, value, '1 day')), 1e-14)
$$, 'each lies between its values; with equal weights the median is PostgreSQL''s; weights have no unit; only distances in time matter');
SELECT is_empty($$
	SELECT 1 FROM generate_series(1, 50) i, LATERAL (SELECT i * interval '7 hours' AS gap) g
	WHERE NOT is_close((SELECT ema(t, v, '1 day') FROM (VALUES (timestamptz '2024-01-01', 0::float8), (timestamptz '2024-01-01' + gap, 1)) x(t, v)),
		exact(1 / (1 + exp(-ln(2) * extract(epoch FROM gap)::float8 / 86400))), 1e-14)
$$, 'a gap of any length makes the past weigh less by 2^(gap/half_life)');
ANALYZE yield_benchmark_history;
ALTER TABLE yield_benchmark_history SET (parallel_workers = 2);
SELECT force_parallel() \g /dev/null
SELECT matches(explained($$SELECT series, ema(ts, value, '3 days'), trimmed_mean(value, 0.1), weighted_median(value, weight)
	FROM yield_benchmark_history GROUP BY series$$), 'Partial', 'all of them run in parallel');
SELECT is_empty($$
	SELECT 1 FROM (SELECT series, ema(ts, value, '3 days') AS pe, trimmed_mean(value, 0.1) AS pt, weighted_median(value, weight) AS pm
		FROM yield_benchmark_history GROUP BY series) x JOIN whole USING (series)
	WHERE pe <> e OR pt <> t OR pm <> m
$$, 'and give the same');
SELECT is((SELECT trimmed_mean(value, 0.1) FROM yield_benchmark_history), (SELECT trimmed_mean(value, 0.1 ORDER BY value) FROM yield_benchmark_history), 'one group too');
SELECT throws_ok($$SELECT trimmed_mean(value, series::float8 / 100) FROM yield_benchmark_history$$, '22023', NULL, 'workers with different fractions disagree');
SELECT throws_ok($$SELECT ema(ts, value, series * interval '1 day') FROM yield_benchmark_history$$, '22023', NULL, 'workers with different half-lives disagree');
SELECT force_serial() \g /dev/null

-- ema_summary: round trips and corrupt images
SELECT is_empty('SELECT 1 FROM yield_benchmark_daily WHERE s::text::ema_summary <> s', 'text round trip');
SELECT is(binary_copy(_ema_summary_send(s), 'ema_summary')::ema_summary, s, 'binary round trip') FROM yield_benchmark_daily WHERE series = 3 LIMIT 10;
CREATE TEMP TABLE image AS SELECT _ema_summary_send('(1000,41:2,41:3,2)') AS good;
SELECT throws_ok(
	format($$SELECT binary_copy(overlay(good placing %L::bytea from %s), 'ema_summary') FROM image$$, bytes, 1 + 8 * field),
	'22P03', NULL, format('binary: %s in field %s', what, field))
FROM (VALUES
	(0, '\x0000000000000000'::bytea, 'no half-life'), (0, '\xffffffffffffffff', 'a negative half-life'), (1, '\x7ff8000000000000', 'a bin beyond all'),
	(2, '\x0000000000000000', 'no weight'), (2, '\xffffffffffffffff', 'a negative weight'), (7, '\x8000000000000000', 'a bin below all'),
	(8, '\x7fffffffffffffff', 'more than a bin can hold'), (13, '\x0000000000000000', 'no values')
) v(field, bytes, what);

-- samples, merged of parts in any order
CREATE TEMP TABLE stored_values AS
SELECT g, i, sin(i * 7 + g) * 10 ^ (i % 5) AS x, (i * 3 % 7)::float8 AS w FROM generate_series(1, 50) g, generate_series(0, g) i;
SELECT is_empty($$
	SELECT g
	FROM (SELECT g, trimmed_mean(x, 0.2), weighted_median(x, w), percentile_cont(0.5) WITHIN GROUP (ORDER BY x) AS middle FROM stored_values GROUP BY g) a
	JOIN (SELECT g, rollup(s ORDER BY part DESC) AS s FROM (SELECT g, i % 4 AS part, sample_agg(x, w ORDER BY random()) AS s FROM stored_values GROUP BY 1, 2) p
		GROUP BY g) b USING (g)
	WHERE (trimmed_mean, weighted_median) IS DISTINCT FROM (trimmed_mean(s, 0.2), weighted_median(s)) OR abs(median(s) - middle) > 1e-12 * abs(middle)
$$, 'figures of samples are those of the aggregates, and the median is PostgreSQL''s');
SELECT is_empty($$ SELECT g FROM stored_values GROUP BY g HAVING weighted_median(sample_agg(x)) <> median(sample_agg(x, 5)) $$,
	'with equal weights the median is the weighted one');

SELECT * FROM finish();
ROLLBACK;
