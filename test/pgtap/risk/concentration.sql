-- Vectors and laws of concentration, and of other figures of all values in order.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();

-- vectors
CREATE TEMP TABLE share_case (fn text, v float8[], b float8[], threshold float8, expected text, abs_tol numeric, kind text, source text);
\copy share_case FROM 'test/vectors/risk/concentration.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 25, 'all vectors of concentration were loaded') FROM share_case;
SELECT ok(is_close(CASE fn WHEN 'gini' THEN (SELECT gini(x) FROM unnest(v) x) WHEN 'portfolio_overlap' THEN portfolio_overlap(v, b)
		ELSE CASE WHEN threshold IS NULL THEN (SELECT nakamoto_coefficient(x) FROM unnest(v) x)
			ELSE (SELECT nakamoto_coefficient(x, threshold) FROM unnest(v) x) END END, expected::numeric, '1e-12', abs_tol), fn || v::text)
FROM share_case WHERE expected IS DISTINCT FROM 'error';
SELECT throws_like(format('SELECT nakamoto_coefficient(x, %s) FROM unnest(%L::float8[]) x', coalesce(threshold, 0.3), v), '%must be%', 'refused ' || v::text)
FROM share_case WHERE expected = 'error';

CREATE TEMP TABLE mad_case (v float8[], expected numeric, kind text, source text);
\copy mad_case FROM 'test/vectors/risk/mad.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 10, 'all vectors of mad were loaded') FROM mad_case;
SELECT ok(is_close((SELECT mad(x) FROM unnest(v) x), expected), 'mad ' || expected) FROM mad_case;

CREATE TEMP TABLE tail_case (fn text, r float8[], confidence float8, expected text, kind text, source text);
\copy tail_case FROM 'test/vectors/risk/value_at_risk.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 122, 'all vectors of value_at_risk were loaded') FROM tail_case;
SELECT ok(is_close(CASE fn WHEN 'value_at_risk' THEN (SELECT value_at_risk(x, confidence) FROM unnest(r) x)
		ELSE (SELECT expected_shortfall(x, confidence) FROM unnest(r) x) END, expected::numeric), format('%s at %s of %s', fn, confidence, cardinality(r)))
FROM tail_case WHERE expected IS DISTINCT FROM 'error';
SELECT throws_ok(format('SELECT %s(x, %s) FROM unnest(%L::float8[]) x', fn, confidence, r), CASE WHEN 'NaN' = ANY (r) OR 'Infinity' = ANY (r) THEN '22003' ELSE '22023' END, NULL, 'refused') FROM tail_case WHERE expected = 'error';

-- the same of a sample that is kept; in parts, in any order; against percentile_cont
CREATE TEMP TABLE made AS SELECT i % 5 AS part, (hashint4(i) / 2147483648.0::float8) AS x FROM generate_series(1, 3001) i;
SELECT ok(value_at_risk(x, c) = (SELECT value_at_risk(rollup(s), c) FROM (SELECT sample_agg(x) AS s FROM made GROUP BY part) p)
	AND expected_shortfall(x, c) = (SELECT expected_shortfall(rollup(s), c) FROM (SELECT sample_agg(x) AS s FROM made GROUP BY part) p)
	AND abs(value_at_risk(x, c) - percentile_cont(1 - c) WITHIN GROUP (ORDER BY x)) < 1e-12 AND expected_shortfall(x, c) <= value_at_risk(x, c)
	AND value_at_risk(x, c) = value_at_risk(x, c ORDER BY x DESC), 'at ' || c)
FROM made, unnest('{0.5,0.9,0.95,0.99,0.9999}'::float8[]) c GROUP BY c;
SELECT ok(mad(x) = (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(x - m)) FROM made, (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY x) AS m FROM made) q),
	'mad by percentile_cont') FROM made;
-- scale does not matter, nothing added to nobody; equal shares
SELECT ok(abs(gini(x + 2) - gini(7 * (x + 2))) < 1e-14 AND nakamoto_coefficient(x + 2) = nakamoto_coefficient(7 * (x + 2)), 'scale') FROM made;
SELECT ok(bool_and(c = floor(n / 3.0) + 1), 'equal shares') FROM (SELECT n, nakamoto_coefficient(0.1) AS c FROM generate_series(1, 60) n, generate_series(1, n) GROUP BY n) x;
SELECT is(portfolio_overlap('{1,2,3}', '{10,20,30}'), 1::float8, 'the same shares');
SELECT ok(gini(x) IS NULL AND nakamoto_coefficient(x) IS NULL AND mad(x) IS NULL AND value_at_risk(x, 0.9) IS NULL, 'no rows') FROM unnest('{}'::float8[]) x;

SELECT throws_ok('SELECT ' || q, s, NULL, q) FROM (VALUES
	('gini(-1::float8)', '22003'), ('gini(''NaN''::float8)', '22003'), ('nakamoto_coefficient(1::float8, 1)', '22023'), ('nakamoto_coefficient(1::float8, ''NaN'')', '22003'),
	('mad(''Infinity''::float8)', '22003'), ('value_at_risk(1::float8, 0)', '22023'), ('expected_shortfall(''NaN''::float8, 0.9)', '22003'),
	('value_at_risk(x, x) FROM unnest(''{0.5,0.6}''::float8[]) x', '22023'), ('portfolio_overlap(''{1}'', ''{1,2}'')', '22023'), ('portfolio_overlap(''{-1}'', ''{1}'')', '22003'),
	('portfolio_overlap(''{NULL}'', ''{1}'')', '22023'), ('value_at_risk(sample_agg(1::float8), 1)', '22023')) v(q, s);

SELECT * FROM finish();
ROLLBACK;
