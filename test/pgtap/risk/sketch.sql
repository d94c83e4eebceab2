-- Vectors and laws of return_sketch.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();

CREATE TEMP TABLE sketch_case (fn text, returns float8[], fraction text, confidence text, expected numeric, tol numeric, abs_tol numeric, kind text, source text);
\copy sketch_case FROM 'test/vectors/risk/return_sketch.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 35, 'all vectors were loaded') FROM sketch_case;
CREATE FUNCTION figure(fn text, s return_sketch, parameter text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
	result float8;
BEGIN
	EXECUTE format('SELECT %I(%s)', fn, concat_ws(', ', '$1', parameter)) USING s INTO result;
	RETURN result;
END $$;
SELECT ok(abs(exact(figure(fn, s, coalesce(fraction, confidence))) - expected) <= coalesce(tol, 0) * abs(expected) + coalesce(abs_tol, 0),
	format('%s at %s of %s returns', fn, coalesce(fraction, confidence), cardinality(returns)))
FROM sketch_case, LATERAL (SELECT sketch_agg(x) AS s FROM unnest(returns) x) y;

-- the guarantee, on returns of all sizes, some of them equal
SELECT setseed(0.3) \g /dev/null
CREATE TABLE made AS
SELECT i, i % 12 AS g, i % 7 AS part, CASE i % 12 WHEN 0 THEN 0.01 WHEN 1 THEN 0 WHEN 2 THEN round((random() * 0.1)::numeric, 2)
	ELSE (random() - 0.4) * 10 ^ (random() * (i % 12) - 6) END::float8 AS return
FROM generate_series(1, 20000) i;
ALTER TABLE made SET (parallel_workers = 3);
ANALYZE made;
CREATE TEMP TABLE whole AS
SELECT g, a, sketch_agg(return, a) AS s, array_agg(return ORDER BY return) AS r, count(*) AS n FROM made, unnest('{0.001,0.01,0.1}'::float8[]) a GROUP BY g, a;
SELECT is_empty($$ SELECT g, a, q FROM whole, LATERAL (SELECT k / 50.0::float8 AS q FROM generate_series(0, 50) k) k,
	LATERAL (SELECT floor(q * (n - 1) + 1e-9)::int AS rank) p, LATERAL (SELECT greatest(0, q * (n - 1) - rank) AS beyond) b,
	LATERAL (SELECT r[1 + rank] AS x, coalesce(r[2 + rank], r[1 + rank]) AS y) e
	WHERE (abs(quantile(s, q) - ((1 - beyond) * x + beyond * y)) <= (a + 1e-12) * ((1 - beyond) * abs(x) + beyond * abs(y)) + 1e-12) IS NOT TRUE $$, 'quantiles are within the accuracy');
SELECT is_empty($$ SELECT g, a, c FROM whole, unnest('{0.5,0.9,0.95,0.99,0.999}'::float8[]) c,
	LATERAL (SELECT avg(x) AS exact, avg(abs(x)) AS size FROM unnest(r[:1 + floor((1 - c) * (n - 1) + 1e-9)::int]) x) e
	WHERE (abs(expected_shortfall(s, c) - exact) <= (a + 1e-12) * size + 1e-12) IS NOT TRUE $$, 'so are means of tails');
SELECT is_empty($$ SELECT g, a, c FROM whole, unnest('{0.5,0.9,0.95,0.99,0.999}'::float8[]) c WHERE expected_shortfall(s, c) > value_at_risk(s, c) $$,
	'the mean of a tail is not above where it begins');
SELECT is_empty($$ SELECT g, a FROM whole WHERE num_returns(s) <> n $$, 'all returns are counted');
SELECT is_empty($$ SELECT g, a FROM whole WHERE value_at_risk(s) <> value_at_risk(s, 0.95) OR value_at_risk(s, 0.75) <> quantile(s, 0.25)
	OR expected_shortfall(s) <> expected_shortfall(s, 0.95) $$, 'defaults');
SELECT is(max(pg_column_size(s)) < 16 + 32 * 2 * ln(1e15) / ln((1 + a) / (1 - a)), true, 'size for ' || a) FROM whole GROUP BY a;
SELECT cmp_ok(pg_column_size(sketch_agg(sin(i * i) / 50)), '<', 8192, 'a few kB for the days of a year') FROM generate_series(1, 365) i;

-- order, split, plan, text and bytes leave no trace
CREATE FUNCTION differ(query text) RETURNS TABLE (g int) LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE format('SELECT w.g FROM whole w FULL JOIN (%s) o USING (g) WHERE a = 0.01
		AND (w.s = o.s AND _return_sketch_send(w.s) = _return_sketch_send(o.s) AND w.s::text = o.s::text AND _return_sketch_order(w.s, o.s) = 0
			AND _return_sketch_hash(w.s) = _return_sketch_hash(o.s) AND _return_sketch_hash_extended(w.s, 5) = _return_sketch_hash_extended(o.s, 5)) IS NOT TRUE', query);
END $$;
SELECT is_empty(format('SELECT * FROM differ(%L)', q), q) FROM (VALUES
	('SELECT g, sketch_agg(return) AS s FROM made GROUP BY g'), ('SELECT g, sketch_agg(return ORDER BY random()) AS s FROM made GROUP BY g'),
	('SELECT g, rollup(s ORDER BY random()) AS s FROM (SELECT g, sketch_agg(return) AS s FROM made GROUP BY g, part) x GROUP BY g'),
	('SELECT g, s::text::return_sketch AS s FROM (SELECT g, sketch_agg(return) AS s FROM made GROUP BY g) x'),
	('SELECT g, binary_copy(_return_sketch_send(s), ''return_sketch'')::return_sketch AS s FROM (SELECT g, sketch_agg(return) AS s FROM made GROUP BY g) x'),
	('SELECT DISTINCT ON (g) g, sketch_agg(return) OVER (PARTITION BY g ORDER BY i) AS s FROM made ORDER BY g, i DESC'),
	('SELECT g, a.s || b.s AS s FROM (SELECT g, sketch_agg(return) AS s FROM made WHERE part < 3 GROUP BY g) a
		JOIN (SELECT g, sketch_agg(return) AS s FROM made WHERE part >= 3 GROUP BY g) b USING (g)')) v(q);
SELECT force_parallel() \g /dev/null
SELECT matches(explained('SELECT g, sketch_agg(return) FROM made GROUP BY g'), 'Partial', 'workers share the work');
SELECT is_empty($$ SELECT * FROM differ('SELECT g, sketch_agg(return) AS s FROM made GROUP BY g') $$, 'in a parallel plan');
SELECT force_serial() \g /dev/null
SELECT is_empty($$ SELECT i FROM (SELECT i, sketch_agg(return) OVER w AS s, array_agg(return) OVER w AS r FROM made WHERE i <= 600 WINDOW w AS (ORDER BY i ROWS BETWEEN 40 PRECEDING AND 5 PRECEDING)) x
	WHERE s IS DISTINCT FROM (SELECT sketch_agg(v) FROM unnest(r) v) $$, 'moving frames are what their rows are');
SELECT throws_ok(q, s, NULL, q) FROM (VALUES
	('SELECT sketch_agg(''Infinity''::float8)', '22003'), ('SELECT sketch_agg(1, 0.0009)', '22023'), ('SELECT sketch_agg(1, 0.11)', '22023'),
	('SELECT rollup(s) FROM (SELECT sketch_agg(1) AS s UNION SELECT sketch_agg(1, 0.02)) x', '22023'),
	('SELECT value_at_risk(sketch_agg(1), 0)', '22023'), ('SELECT quantile(sketch_agg(1), -0.1)', '22023')) v(q, s);
SELECT throws_ok(format('SELECT binary_copy(%L::bytea, ''return_sketch'')', overlay(_return_sketch_send(s) PLACING decode(bytes, 'hex') FROM at)), '22P03', NULL, bytes || ' at ' || at)
FROM (SELECT sketch_agg(x) AS s FROM unnest('{-0.5,0.25}'::float8[]) x) y,
	(VALUES (1, '7ff8000000000000'), (1, '3fe0000000000000'), (9, '0000000000000000'), (9, '0000000000000003'), (9, '7fffffffffffffff'),
		(17, '8000000000000000'), (25, '0000000000000000'), (25, 'ffffffffffffffff'), (33, '0000000000000001'), (41, 'ffffffffffffffff')) v(at, bytes);

SELECT * FROM finish();
ROLLBACK;
