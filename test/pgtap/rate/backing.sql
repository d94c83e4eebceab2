-- Properties and vectors of what stands behind a token.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
\i test/pgtap/include/outcome.sql
SELECT no_plan();

CREATE TEMP TABLE backing_case (locked numeric[], minted numeric[], locked_total numeric, minted_total numeric,
	ratio float8, shortfall numeric, kind text, source text);
\copy backing_case FROM 'test/vectors/rate/backing_agg.csv' (FORMAT csv, HEADER)
SELECT is(count(*)::int, 6, 'all vectors of backing_agg were loaded') FROM backing_case;
SELECT is(ROW(total_assets(s), total_supply(s), backing_ratio(s), pg_temp.backing_case.shortfall)::text,
	ROW(locked_total, minted_total, ratio, shortfall(s))::text, 'backing_agg of ' || locked::text)
FROM backing_case, LATERAL (SELECT backing_agg(l, m) AS s FROM unnest(locked, minted) v(l, m)) a;

CREATE TEMP TABLE one (rate float8, backing float8, expected numeric, kind text, source text);
\copy one FROM 'test/vectors/rate/rate_after_haircut.csv' (FORMAT csv, HEADER)
SELECT ok(is_close(rate_after_haircut(rate, backing), expected), format('rate_after_haircut(%s, %s)', rate, backing)) FROM one;
TRUNCATE one;
\copy one FROM 'test/vectors/rate/supplier_loss.csv' (FORMAT csv, HEADER)
SELECT ok(is_close(supplier_loss(rate, backing), expected), format('supplier_loss(%s, %s)', rate, backing)) FROM one;
SELECT is(supplier_loss(1, 0), NULL, 'no supply');
CREATE TEMP TABLE exits (utilization float8, expected numeric, kind text, source text);
\copy exits FROM 'test/vectors/rate/exit_capacity.csv' (FORMAT csv, HEADER)
SELECT ok(is_close(exit_capacity(utilization), expected), format('exit_capacity(%s)', utilization)) FROM exits;

-- against sums of numeric, in groups, frames, parallel workers and rollups
CREATE TABLE places AS SELECT n, n % 7 AS chain, CASE WHEN n % 11 <> 0 THEN (n::numeric * 7919) ^ 8 END::numeric(78, 0) AS assets,
	CASE WHEN n % 13 <> 0 THEN trunc((n::numeric * 104729) ^ 7) END AS supply
FROM generate_series(1, 3000) n;
SELECT is_empty($$
	SELECT 1 FROM (
		SELECT chain, backing_agg(assets, supply) AS s, sum(assets) FILTER (WHERE supply IS NOT NULL) AS a,
			sum(supply) FILTER (WHERE assets IS NOT NULL) AS m
		FROM places GROUP BY chain
	) g WHERE total_assets(s) <> a OR total_supply(s) <> m OR shortfall(s) <> greatest(m - a, 0)
		OR NOT is_close(backing_ratio(s), a / m, 1e-15)
$$, 'groups');
SELECT is_empty($$
	SELECT 1 FROM (
		SELECT backing_agg(assets, supply) OVER w AS s, sum(assets) FILTER (WHERE supply IS NOT NULL) OVER w AS a,
			sum(supply) FILTER (WHERE assets IS NOT NULL) OVER w AS m
		FROM places WINDOW w AS (ORDER BY n ROWS BETWEEN 3 PRECEDING AND 1 PRECEDING)
	) g WHERE total_assets(s) IS DISTINCT FROM a OR total_supply(s) IS DISTINCT FROM m
$$, 'moving frames, empty ones among them');
SELECT is_empty($$
	SELECT 1 FROM (
		SELECT rollup(s) OVER w AS r, sum(total_assets(s)) OVER w AS a FROM (
			SELECT n / 10 AS g, CASE WHEN n / 10 % 4 > 0 THEN backing_agg(assets, supply) END AS s FROM places GROUP BY 1, n / 10 % 4
		) p WINDOW w AS (ORDER BY g ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)
	) f WHERE total_assets(r) IS DISTINCT FROM a
$$, 'rollup over moving frames');
SELECT results_eq('SELECT rollup(s)::text FROM (SELECT backing_agg(assets, supply) AS s FROM places GROUP BY chain) g',
	'SELECT backing_agg(assets, supply)::text FROM places', 'rollup');
SELECT results_eq('SELECT (a || b)::text FROM (SELECT backing_agg(assets, supply) FILTER (WHERE n <= 1000) AS a, '
	'backing_agg(assets, supply) FILTER (WHERE n > 1000) AS b FROM places) h',
	'SELECT backing_agg(assets, supply)::text FROM places', 'a || b');
SELECT force_parallel();
SELECT matches(explained('SELECT backing_agg(assets, supply) FROM places'), 'Parallel', 'backing_agg runs in parallel');
CREATE TEMP TABLE parallel_sum AS SELECT backing_agg(assets, supply) AS s FROM places;
SELECT force_serial();
SELECT results_eq('SELECT s FROM parallel_sum', 'SELECT backing_agg(assets, supply) FROM places', 'parallel sum');

-- arguments that are bind parameters are not changed in place
PREPARE merge(backing_summary, backing_summary) AS SELECT $1 || $2, $1 FROM generate_series(1, 2);
SET LOCAL plan_cache_mode = force_generic_plan;
SELECT results_eq($$EXECUTE merge('(1,2,1)', '(3,4,1)')$$,
	$$VALUES ('(4,6,2)'::backing_summary, '(1,2,1)'::backing_summary), ('(4,6,2)', '(1,2,1)')$$, '|| of parameters');

-- text and binary forms
SELECT is(s::text::backing_summary, s, 'text form: ' || s::text) FROM (
	SELECT backing_agg(assets, supply) AS s FROM places UNION ALL SELECT backing_agg(2::numeric ^ 256 - 1, 0)) v;
SELECT is(binary_copy(decode(repeat('00', 31) || '05' || repeat('00', 31) || '04' || repeat('00', 7) || '01', 'hex'), 'backing_summary'),
	'(5,4,1)', 'binary form');
SELECT throws_ok($$SELECT binary_copy(decode(repeat('00', 72), 'hex'), 'backing_summary')$$, '22P03', NULL, 'a summary of nothing');
SELECT throws_ok(format('SELECT %L::backing_summary', t), '22P02', NULL, 'no summary: ' || t)
FROM unnest(ARRAY['', '()', '(1,2)', '(1,2,0)', '(1,2,-1)', '(-1,2,1)', '(1.5,2,1)', '(1e3,2,1)', '( 1,2,1)', '(,2,1)', '(NaN,2,1)',
	'(115792089237316195423570985008687907853269984665640564039457584007913129639936,2,1)', '(1,2,1,1)']) t;

-- errors
SELECT throws_ok(q, '22003', NULL, q) FROM unnest(ARRAY['SELECT backing_agg(-1, 1)', 'SELECT backing_agg(1.5, 1)',
	'SELECT backing_agg(1, ''NaN'')', 'SELECT backing_agg(1, 2::numeric ^ 256)',
	'SELECT backing_agg(2::numeric ^ 255, 1) FROM generate_series(1, 2)']) q;
SELECT throws_like(q, '% must be %', q) FROM unnest(ARRAY['SELECT rate_after_haircut(0, 1)', 'SELECT rate_after_haircut(1, -1)',
	'SELECT rate_after_haircut(1, ''NaN'')', 'SELECT supplier_loss(-1, 1)', 'SELECT exit_capacity(''Infinity'')']) q;

SELECT * FROM finish();
ROLLBACK;
