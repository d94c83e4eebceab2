-- Properties and vectors of domain strategy: scores.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

\set csv 'test/vectors/strategy/score.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/strategy/score.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors('SELECT ARRAY[weighted_score({a:float8[]}, {b:float8[]})::text]', 'expected', 'weighted_score');
SELECT pg_temp.check_vectors('SELECT ARRAY[amplified_score(v[1], v[2], v[3], v[4], v[5])::text] FROM (SELECT {a:float8[]} AS v) x', 'expected', 'amplified_score');

\set csv 'test/vectors/strategy/window_scores.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/strategy/window_scores.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors(format('SELECT ARRAY[(SELECT z FROM (SELECT i, %s(x) OVER () AS z FROM unnest({values:float8[]}) WITH ORDINALITY u(x, i)) w WHERE i = {nth:int})::text]', fn), 'expected', fn)
FROM (SELECT DISTINCT fn FROM vector) f;

CREATE TEMP TABLE tokens AS SELECT k, i, CASE WHEN i % 9 = 0 THEN NULL ELSE random() * k END AS v FROM generate_series(1, 10) k, generate_series(1, 50) i;
SELECT is_empty($$
	SELECT k, i FROM (SELECT k, i, v, z_score(v) OVER w AS z, min_max_score(v) OVER w AS m, robust_z_score(v) OVER w AS r FROM tokens WINDOW w AS (PARTITION BY k)) x
	JOIN (SELECT k, avg(v) AS mean, stddev(v) AS sd, min(v) AS lo, max(v) AS hi, percentile_cont(0.5) WITHIN GROUP (ORDER BY v) AS median, mad(v) AS d FROM tokens GROUP BY k) y USING (k)
	WHERE abs(z - (v - mean) / sd) > 1e-12 OR abs(m - (v - lo) / (hi - lo)) > 1e-12 OR abs(r - 0.6745 * (v - median) / d) > 1e-12 OR (v IS NULL) <> (z IS NULL) OR (v IS NULL) <> (m IS NULL) OR m NOT BETWEEN 0 AND 1
$$, 'scores are those of plain SQL');
SELECT is_empty($$ SELECT k, i FROM (SELECT k, i, z_score(v) OVER (PARTITION BY k) AS a, z_score(v) OVER (PARTITION BY k ORDER BY i DESC) AS b FROM tokens) x WHERE abs(a - b) > 1e-13 $$,
	'of the whole partition, whatever its order');
SELECT is_empty($$
	SELECT k FROM (SELECT k, array_agg(coalesce(v, 7) ORDER BY i) AS v, array_agg(1.0 * i ORDER BY i) AS w FROM tokens WHERE i <= 5 GROUP BY k) x
	WHERE abs(weighted_score(v, w) - (SELECT sum(a * b) FROM unnest(v, w) u(a, b))) > 1e-12
		OR weighted_score(v, w) <> weighted_score_by_key(jsonb_build_object('a', v[1], 'b', v[2], 'c', v[3], 'd', v[4], 'e', v[5], 'other', 9), jsonb_build_object('a', 1, 'b', 2, 'c', 3, 'd', 4, 'e', 5))
		OR abs(weighted_score_by_key(jsonb_build_object('a', v[1], 'c', null), '{"a": 1, "b": -2, "c": 3}') - v[1] * 6) > 1e-12
$$, 'by key the same; what is not known is shared out');
SELECT * FROM finish();
ROLLBACK;
