-- What all types with a rollup have alike: the operator || , and that the order of rows leaves no trace.

\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT plan(1 + 9 * 21 + 16 * 5 + 3);

-- two values of each type, and one of another set of rows
CREATE TEMP TABLE parts AS
SELECT p.part,
	rate_agg(ts, rate) AS rate_summary,
	window_agg(ts, rate, '2026-01-01Z', '2026-02-01Z') AS rate_window,
	blend_agg(rate - 1.05, weight) AS blend_summary,
	ema_agg(ts, rate, '3 days') AS ema_summary,
	return_agg(rate - 1.05) AS return_summary,
	risk_agg(rate - 1.05, 0.001) AS risk_summary,
	benchmark_agg(rate - 1.05, weight / 10 - 0.3) AS benchmark_summary,
	sketch_agg(rate - 1.05) AS return_sketch,
	lvr_agg(weight - 3, rate, 1.05) AS lvr_summary,
	account_agg(weight, 0.8, weight * 0.7) AS account_summary,
	stress_agg(weight, 0.8, weight * 0.7, '{-0.1,-0.2,-0.4}') AS stress_summary,
	rate_series(ts, rate) AS rate_series,
	range_path(ts, rate, 1.02, 1.08, '2026-02-01Z') AS range_path,
	cashflow_agg(ts, rate - weight) AS cashflow_summary,
	twr_agg(ts, rate, weight - 3) AS twr_summary,
	sample_agg(rate, weight) AS sample_summary,
	backing_agg(round(weight::numeric * 1e18), round(rate::numeric * 1e18)) AS backing_summary,
	curve_agg(weight + part / 8.0, rate) AS discount_curve,
	nelson_siegel_agg(weight, rate - 1.05, 1.5) AS nelson_siegel_summary,
	funding_agg(ts, rate - 1.05) AS funding_summary,
	accuracy_agg(rate, weight, weight - 1, weight + 1) AS accuracy_summary
FROM generate_series(1, 3) AS p(part),
	LATERAL (
		SELECT timestamptz '2026-01-01Z' + (7 * i + part) * interval '1 hour' AS ts,
			1 + (i * 37 + part * 11) % 100 / 1000.0::float8 AS rate,
			(i * part) % 7 + 0.1::float8 AS weight
		FROM generate_series(1, 20) AS i
	) AS r
GROUP BY p.part;

CREATE TEMP TABLE kinds AS
SELECT attname::text AS kind
FROM pg_attribute
WHERE attrelid = 'parts'::regclass AND attnum > 1;

SELECT set_eq(
	'SELECT kind FROM kinds',
	-- covariances are equal but for the last digits in another order: risk/covariance.sql has them
	$$SELECT proargtypes[0]::regtype::text FROM pg_proc WHERE proname = 'rollup' AND proargtypes[0] <> 'covariance_summary'::regtype$$,
	'all types with a rollup are here');

-- what a query with placeholders for a type and its values gives
CREATE FUNCTION pg_temp.of(query text, kind text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE replace(query, 'TYPE', kind) INTO result;
	RETURN result;
END $$;

SELECT is(pg_temp.of('SELECT _TYPE_send(a.TYPE || b.TYPE) FROM parts a, parts b WHERE a.part = 1 AND b.part = 2', kind),
	pg_temp.of('SELECT _TYPE_send(rollup(TYPE)) FROM parts WHERE part < 3', kind),
	kind || ': || is rollup of the two') FROM kinds;
SELECT is(pg_temp.of('SELECT _TYPE_send(b.TYPE || a.TYPE) FROM parts a, parts b WHERE a.part = 1 AND b.part = 2', kind),
	pg_temp.of('SELECT _TYPE_send(rollup(TYPE)) FROM parts WHERE part < 3', kind),
	kind || ': || commutes') FROM kinds;
SELECT is(pg_temp.of('SELECT string_agg(concat_ws('' '', (TYPE || NULL)::text, (NULL::TYPE || TYPE)::text), '';'' ORDER BY part) FROM parts', kind),
	pg_temp.of('SELECT string_agg(concat_ws('' '', TYPE, TYPE), '';'' ORDER BY part) FROM parts', kind),
	kind || ': NULL is the empty one on either side') FROM kinds;
SELECT is(pg_temp.of('SELECT NULL::TYPE || NULL::TYPE', kind), NULL, kind || ': NULL || NULL') FROM kinds;

-- parameters of a generic plan are the same objects for every row and every use
CREATE TABLE pg_temp.results (kind text, plan text, n bigint, result text);
CREATE FUNCTION pg_temp.run_plans() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	k text;
	v text;
BEGIN
	SET LOCAL plan_cache_mode = force_generic_plan;
	FOR k IN SELECT kind FROM kinds LOOP
		EXECUTE format('SELECT %I::text FROM parts WHERE part = 1', k) INTO v;
		EXECUTE format('PREPARE once(%1$s) AS INSERT INTO results SELECT %1$L, ''once'', part, ($1 || %1$I)::text FROM parts', k);
		EXECUTE format('PREPARE behind(%1$s) AS INSERT INTO results SELECT %1$L, ''behind'', part, (%1$I || $1)::text FROM parts', k);
		EXECUTE format('PREPARE twice(%1$s) AS INSERT INTO results SELECT %1$L, ''twice'', part, ($1 || $1 || $1 || %1$I)::text FROM parts', k);
		EXECUTE format('EXECUTE once(%L)', v);
		EXECUTE format('EXECUTE behind(%L)', v);
		EXECUTE format('EXECUTE twice(%L)', v);
		EXECUTE format('INSERT INTO results SELECT %1$L, ''rollup'', b.part, rollup(s)::text FROM parts a, parts b, LATERAL (VALUES (a.%1$I), (b.%1$I)) r(s) WHERE a.part = 1 GROUP BY b.part', k);
		EXECUTE format('INSERT INTO results SELECT %1$L, ''rollup of four'', b.part, rollup(s)::text FROM parts a, parts b, LATERAL (VALUES (a.%1$I), (a.%1$I), (a.%1$I), (b.%1$I)) r(s) WHERE a.part = 1 GROUP BY b.part', k);
		DEALLOCATE ALL;
	END LOOP;
END $$;
SELECT pg_temp.run_plans();
SELECT is(r.results, o.results, k.kind || ': a parameter ' || p.plan || ' of three rows')
FROM kinds k,
	(VALUES ('once', 'rollup'), ('behind', 'rollup'), ('twice', 'rollup of four')) p(plan, other),
	LATERAL (SELECT string_agg(result, ';' ORDER BY n) FROM results WHERE kind = k.kind AND plan = p.plan) r(results),
	LATERAL (SELECT string_agg(result, ';' ORDER BY n) FROM results WHERE kind = k.kind AND plan = p.other) o(results);

-- an upsert into a column that may be NULL
SELECT lives_ok(replace($$
	CREATE TEMP TABLE stored_TYPE (id int PRIMARY KEY, s TYPE);
	INSERT INTO stored_TYPE VALUES (1, NULL), (2, (SELECT TYPE FROM parts WHERE part = 2)), (4, NULL);
	INSERT INTO stored_TYPE AS t
	SELECT part, TYPE FROM parts UNION ALL SELECT 4, NULL
	ON CONFLICT (id) DO UPDATE SET s = t.s || excluded.s $$, 'TYPE', kind), kind || ': upsert') FROM kinds;
SELECT is(pg_temp.of('SELECT string_agg(coalesce(s::text, ''none''), '';'' ORDER BY id) FROM stored_TYPE', kind),
	pg_temp.of($$
		SELECT string_agg(coalesce(s::text, 'none'), ';' ORDER BY part)
		FROM (SELECT part, CASE part WHEN 2 THEN (SELECT rollup(TYPE) FROM (VALUES (p.TYPE), (p.TYPE)) v(TYPE)) ELSE TYPE END AS s
			FROM parts p UNION ALL SELECT 4, NULL) x $$, kind),
	kind || ': what an upsert stores') FROM kinds;

-- rows of all magnitudes and signs, some of which cancel, in 300 groups
SELECT setseed(0.5) \g /dev/null
CREATE TABLE summary_rows AS
SELECT g, i, sign * a AS amount, abs(a) AS size, random() * 0.99 AS share, random() * 0.4 - 0.2 AS ret,
	timestamptz '2026-01-01Z' + random() * interval '40 days' AS ts, (random() * 5)::int AS part
FROM (
	SELECT g, i, CASE WHEN i % 3 = 0 THEN -1 ELSE 1 END AS sign,
		CASE WHEN i % 3 = 0 THEN lag(a) OVER (PARTITION BY g ORDER BY i) ELSE a END AS a
	FROM (
		SELECT g, i, random() * 10 ^ (CASE WHEN g % 2 = 0 THEN 20 ELSE 3 END * (2 * random() - 1)) AS a
		FROM generate_series(1, 300) g, generate_series(0, 60) i
	) r
) x
WHERE a IS NOT NULL;
ALTER TABLE summary_rows SET (parallel_workers = 3);
ANALYZE summary_rows;

CREATE TEMP TABLE sums (kind text, call text);
INSERT INTO sums VALUES
	('blend_summary', 'blend_agg(amount, size ORDERED)'),
	('ema_summary', 'ema_agg(ts, amount, ''1 day'' ORDERED)'),
	('return_summary', 'return_agg(ret ORDERED)'),
	('cashflow_summary', 'cashflow_agg(ts, amount ORDERED)'),
	('twr_summary', 'twr_agg(ts, size, amount ORDERED)'),
	('sample_summary', 'sample_agg(amount, size ORDERED)'),
	('risk_summary', 'risk_agg(amount, 0.01 ORDERED)'),
	('benchmark_summary', 'benchmark_agg(ret, amount ORDERED)'),
	('return_sketch', 'sketch_agg(amount ORDERED)'),
	('lvr_summary', 'lvr_agg(amount, 1 + share, 1 + ret ORDERED)'),
	('discount_curve', 'curve_agg(size, 1 + share ORDERED)'),
	('nelson_siegel_summary', 'nelson_siegel_agg(share, ret, 1.5 ORDERED)'),
	('funding_summary', 'funding_agg(ts, ret ORDERED)'),
	('accuracy_summary', 'accuracy_agg(amount, ret, -size, size ORDERED)'),
	('account_summary', 'account_agg(size, share, size * share, share / 2 ORDERED)'),
	('stress_summary', 'stress_agg(size, share, size * 0.5, ''{-0.1,-0.4,-0.7}'', ''{-0.2,-0.4,-0.8}'', 0.05, 0.5 ORDERED)');

-- The summary of each group in one order; in others; of parts, merged in any order; in a parallel plan; after a dump of the parts.
CREATE FUNCTION pg_temp.differences(kind text, call text, query text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	n bigint;
BEGIN
	EXECUTE replace(replace(replace(replace($q$
		SELECT count(*)
		FROM (SELECT g, CALL AS s FROM summary_rows GROUP BY g) a FULL JOIN (QUERY) b USING (g)
		WHERE (a.s = b.s AND _TYPE_send(a.s) = _TYPE_send(b.s) AND _TYPE_hash(a.s) = _TYPE_hash(b.s)
			AND _TYPE_hash_extended(a.s, 7) = _TYPE_hash_extended(b.s, 7)) IS NOT TRUE
		$q$, 'QUERY', query), 'CALL', call), 'TYPE', kind), 'ORDERED', '') INTO n;
	RETURN n;
END $$;
SELECT is(sum(pg_temp.differences(kind, call, replace('SELECT g, CALL AS s FROM summary_rows GROUP BY g', 'CALL', replace(call, 'ORDERED', 'ORDER BY random()')))),
	0::numeric, kind || ': any order of rows')
FROM sums, generate_series(1, 20) GROUP BY kind;
SELECT is(sum(pg_temp.differences(kind, call, replace($$
		SELECT g, rollup(s ORDER BY random()) AS s
		FROM (SELECT g, CALL AS s FROM summary_rows GROUP BY g, (i * run + part) % 7) x
		GROUP BY g $$, 'run', run::text))),
	0::numeric, kind || ': any split') FROM sums, generate_series(1, 10) run GROUP BY kind;
SELECT is(pg_temp.differences(kind, call, $$
		SELECT g, rollup(s::text::TYPE) AS s
		FROM (
			SELECT g, rollup(s::text::TYPE ORDER BY p DESC) AS s
			FROM (SELECT g, part % 2 AS q, part AS p, CALL AS s FROM summary_rows GROUP BY g, part) x
			GROUP BY g, q
		) y
		GROUP BY g $$),
	0::bigint, kind || ': any split, by way of the text') FROM sums;
-- all is one group here, which workers share
CREATE TEMP TABLE in_order AS
SELECT kind, call, pg_temp.of(format('SELECT %s FROM summary_rows', replace(call, 'ORDERED', 'ORDER BY i')), kind) AS s FROM sums;
SELECT force_parallel() \g /dev/null
SELECT matches(explained('SELECT blend_agg(amount, size) FROM summary_rows'), 'Partial', 'workers share the rows');
SELECT format('SELECT is((SELECT %s FROM summary_rows)::text, %L, %L)', replace(call, 'ORDERED', ''), s, kind || ': a parallel plan')
FROM in_order \gexec
SELECT force_serial() \g /dev/null

-- what did not change is not written again
CREATE FUNCTION pg_temp.rows_moved(kind text, call text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	n bigint;
BEGIN
	EXECUTE format('CREATE MATERIALIZED VIEW stored AS SELECT g, %s AS s FROM summary_rows GROUP BY g', replace(call, 'ORDERED', 'ORDER BY random()'));
	CREATE UNIQUE INDEX ON stored (g);
	CREATE TEMP TABLE places AS SELECT g, ctid AS place FROM stored;
	REFRESH MATERIALIZED VIEW CONCURRENTLY stored;
	SELECT count(*) INTO n FROM stored s FULL JOIN places p USING (g) WHERE s.ctid IS DISTINCT FROM p.place;
	DROP TABLE places;
	DROP MATERIALIZED VIEW stored;
	RETURN n;
END $$;
SELECT is(pg_temp.rows_moved(kind, call), 0::bigint, kind || ': REFRESH MATERIALIZED VIEW CONCURRENTLY writes nothing') FROM sums;

-- other rows that come to the same are equal, and whatever a row changes is not
SELECT ok(a = b AND _blend_summary_hash(a) = _blend_summary_hash(b) AND NOT a < b AND NOT a > b, 'equal by value')
FROM (SELECT blend_agg(x, 3) FROM (VALUES (0.5), (0.5)) v(x)) p(a), (SELECT blend_agg(x, w) FROM (VALUES (1, 2), (0.25, 4)) v(x, w)) q(b);
SELECT ok(a <> b AND equity(a) <> equity(b) AND (a < b) <> (a > b), 'a unit beside 1e20 counts')
FROM (SELECT account_agg(c, 0.5, d) FROM (VALUES (1e20, 1e20), (1, 0)) v(c, d)) p(a),
	(SELECT account_agg(c, 0.5, d) FROM (VALUES (1e20, 1e20), (0, 1)) v(c, d)) q(b);

SELECT * FROM finish();
ROLLBACK;
