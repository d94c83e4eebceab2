-- What all types with a rollup have alike: the operator || .

BEGIN;
SELECT plan(1 + 9 * 10);

-- two values of each type, and one of another set of rows
CREATE TEMP TABLE parts AS
SELECT p.part,
	rate_agg(ts, rate) AS rate_summary,
	window_agg(ts, rate, '2026-01-01Z', '2026-02-01Z') AS rate_window,
	blend_agg(rate - 1.05, weight) AS blend_summary,
	ema_agg(ts, rate, '3 days') AS ema_summary,
	return_agg(rate - 1.05) AS return_summary,
	lvr_agg(weight - 3, rate, 1.05) AS lvr_summary,
	account_agg(weight, 0.8, weight * 0.7) AS account_summary,
	stress_agg(weight, 0.8, weight * 0.7, '{-0.1,-0.2,-0.4}') AS stress_summary,
	rate_series(ts, rate) AS rate_series,
	range_path(ts, rate, 1.02, 1.08, '2026-02-01Z') AS range_path
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
	$$SELECT proargtypes[0]::regtype::text FROM pg_proc WHERE proname = 'rollup'$$,
	'all types with a rollup are here');

-- what a query with placeholders for a type and its values gives
CREATE FUNCTION pg_temp.of(query text, kind text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE replace(query, 'TYPE', kind) INTO result;
	RETURN result;
END $$;

SELECT is(pg_temp.of('SELECT TYPE_send(a.TYPE || b.TYPE) FROM parts a, parts b WHERE a.part = 1 AND b.part = 2', kind),
	pg_temp.of('SELECT TYPE_send(rollup(TYPE)) FROM parts WHERE part < 3', kind),
	kind || ': || is rollup of the two') FROM kinds;
SELECT is(pg_temp.of('SELECT TYPE_send(b.TYPE || a.TYPE) FROM parts a, parts b WHERE a.part = 1 AND b.part = 2', kind),
	pg_temp.of('SELECT TYPE_send(rollup(TYPE)) FROM parts WHERE part < 3', kind),
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

SELECT * FROM finish();
ROLLBACK;
