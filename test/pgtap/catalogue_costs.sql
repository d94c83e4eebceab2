-- COST near what a call takes, in multiplications of float8, and what the planner makes of it.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/catalogue.sql
SELECT no_plan();
SET LOCAL jit = off;
SET LOCAL max_parallel_workers_per_gather = 0;

-- Milliseconds that a query runs: the least of several times, as other processes only add to it.
CREATE FUNCTION run_ms(query text, times int) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
	plan json;
	least_ms float8 := 'Infinity';
BEGIN
	FOR i IN 1 .. times LOOP
		EXECUTE 'EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF, FORMAT JSON) ' || query INTO plan;
		least_ms := least(least_ms, (plan -> 0 ->> 'Execution Time')::float8);
	END LOOP;
	RETURN least_ms;
END
$$;

-- Nanoseconds of one evaluation of an expression over the table "given"; it is evaluated
-- ten times a row, so that the rows themselves count for little.
CREATE FUNCTION ns_of(expression text, times int) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
	query text := 'SELECT %s FROM given, generate_series(1, %s)';
	once text := format('SELECT %s FROM given', expression);
	rounds int := greatest(1, least(1000, 0.05 / greatest(run_ms(once, 2) - run_ms('SELECT x1 FROM given', 2), 1e-4)));
BEGIN
	RETURN (run_ms(format(query, expression || repeat(', ' || expression, 9), rounds), times)
		- run_ms(format(query, 'x1' || repeat(', x1', 9), rounds), times)) * 1e6 / (10 * rounds * (SELECT count(*) FROM given));
END
$$;

CREATE TEMP TABLE given AS SELECT 1.1 + i::float8 AS x1, 1.2 + i::float8 AS x2 FROM generate_series(1, 4) i;
SELECT least(ns_of('x1 * x2', 20), ns_of('x2 * x1', 20)) AS unit \gset
DROP TABLE given;

CREATE FUNCTION ratio(r routine, unit float8, times int) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
	call text := format('%I(%s)', r.name, (SELECT string_agg(CASE WHEN r.is_variadic AND n = r.arity THEN 'VARIADIC x' ELSE 'x' END || n, ', ' ORDER BY n)
		FROM generate_series(1, r.arity) n));
BEGIN
	EXECUTE format('CREATE TEMP TABLE given AS SELECT %s FROM generate_series(1, 4) i', (
		SELECT string_agg(s || ' AS x' || n, ', ' ORDER BY n) FROM unnest(samples_of(r.routine, 'i')) WITH ORDINALITY u(s, n)));
	RETURN ns_of(CASE WHEN r.is_set THEN format('(SELECT count(*) FROM %s)', call) ELSE call END, times) / unit;
EXCEPTION WHEN data_exception THEN
	RETURN NULL;
END
$$;
CREATE FUNCTION measured(r routine, unit float8, times int) RETURNS float8 LANGUAGE plpgsql AS $$
BEGIN
	DROP TABLE IF EXISTS pg_temp.given;
	RETURN ratio(r, unit, times);
END
$$;
SET LOCAL client_min_messages = warning;
CREATE TEMP TABLE cost AS
SELECT r.routine, procost, measured(r, :unit, 2) AS ratio, is_set OR 'rate_series'::regtype = ANY (types) AS by_length,
	EXISTS (SELECT FROM pg_type t WHERE t.oid = ANY (types) AND typcategory = 'A') AS of_array
FROM routine r JOIN pg_proc p ON p.oid = r.routine WHERE kind = 'f' AND NOT is_machinery AND arity > 0;

-- what looks wrong is measured again, with more care
UPDATE cost SET ratio = measured(r, :unit, 20) FROM routine r
WHERE r.routine = cost.routine AND (ratio > 8 * procost OR ratio < procost / 20 AND NOT by_length AND NOT of_array);
SELECT cmp_ok((SELECT count(ratio) FROM cost)::int, '>', (SELECT count(*) FROM cost)::int * 9 / 10, 'samples reach nine functions of ten');
SELECT is_empty($$ SELECT routine, procost, round(ratio) FROM cost WHERE ratio > 10 * procost $$, 'no call takes ten times its COST');
-- of series, sets and arrays the COST is that of many points, which a sample has not
SELECT is_empty($$ SELECT routine, procost, round(ratio, 1) FROM (SELECT routine, procost, ratio::numeric FROM cost WHERE NOT by_length AND NOT of_array) c
	WHERE ratio < procost / 30 $$, 'nor a thirtieth of it');
SELECT is_empty($$ SELECT routine FROM cost WHERE by_length AND procost = 1 $$, 'whatever reads a series or makes rows says what that costs');

-- steps of an aggregate, which are made once a row
SELECT is_empty($$ SELECT DISTINCT aggtransfn FROM pg_aggregate JOIN routine ON routine = aggfnoid JOIN pg_proc p ON p.oid = aggtransfn
	WHERE procost = 1 AND aggtranstype IN (SELECT type FROM own_type) $$, 'steps of aggregates say what they cost');

-- what it is good for: what is cheap is asked first, in whatever order it is written
CREATE FUNCTION plan_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	lines text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
		lines := lines || line || E'\n';
	END LOOP;
	RETURN lines;
END
$$;
CREATE TEMP TABLE history (token int, s rate_series);
SELECT matches(plan_of('SELECT token FROM history WHERE max_drawdown(s) > 0.1 AND num_rates(s) > 10 AND token = 7'),
	'token = 7.*num_rates.*max_drawdown', 'filters are ordered by what they cost');

-- and what is dear is shared out among workers
CREATE TABLE many_rows AS SELECT i, repeat('x', 300) AS filler FROM generate_series(1, 30000) i;
ANALYZE many_rows;
SET LOCAL max_parallel_workers_per_gather = 2;
SELECT doesnt_match(plan_of('SELECT i FROM many_rows WHERE abs(i) > 7'), 'Gather', 'a table by itself needs no workers');
SELECT matches(plan_of('SELECT i FROM many_rows WHERE range_expected_time_in_range(1, 0.9, 1.1, 0.5, 0, interval ''30 days'', i) > ''7 days'''), 'Gather',
	'a dear function in a filter brings workers');
SELECT * FROM finish();
ROLLBACK;
