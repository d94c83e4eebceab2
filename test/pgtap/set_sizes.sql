-- The planner knows how many rows a set has where that follows from constants.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
\i test/pgtap/include/catalogue.sql
SELECT no_plan();

-- Rows that a plan expects of a query in its lowest node.
CREATE FUNCTION expected_rows(query text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (FORMAT JSON) ' || query INTO plan;
	RETURN (plan -> 0 -> 'Plan' ->> 'Plan Rows')::float8;
END
$$;
CREATE FUNCTION given_rows(query text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
	result float8;
BEGIN
	EXECUTE format('SELECT count(*) FROM (%s) x', query) INTO result;
	RETURN result;
EXCEPTION WHEN data_exception THEN
	RETURN NULL;
END
$$;

CREATE TEMP TABLE set_call AS
SELECT routine, prosupport <> 0 AS has_support, arity, types, format('SELECT * FROM %I(%s)', name, (
	SELECT string_agg(literal_of(s, type), ', ' ORDER BY n) FROM unnest(samples_of(routine, '2'), types) WITH ORDINALITY u(s, type, n))) AS query
FROM routine r JOIN pg_proc p ON p.oid = routine WHERE is_set;
ALTER TABLE set_call ADD expected float8, ADD given float8;
UPDATE set_call SET expected = expected_rows(query), given = given_rows(query);

SELECT is_empty($$ SELECT routine, expected, given FROM set_call WHERE arity = 0 AND expected <> given $$, 'ROWS of a table without arguments is what it has');
-- but those whose rows are found in the values: drawdowns, spells, changes, alerts, decisions
SELECT is_empty($$ SELECT routine FROM set_call WHERE NOT has_support AND types && ARRAY(SELECT type FROM own_type)
	AND routine::text !~ '^(drawdowns|spells_below|change_points|alerts|staking_path|carry_path|covered_call_path)\(' $$,
	'sets that are made of the extension''s own types tell their size');
SELECT is_empty($$ SELECT routine, expected, given FROM set_call WHERE has_support AND given IS NULL AND routine::text NOT LIKE 'univ3%' $$, 'samples reach them');
SELECT is_empty($$ SELECT routine, expected, given FROM set_call WHERE has_support AND NOT (expected BETWEEN given / 2 - 1 AND 2 * given + 1) $$,
	'of constants they know it, to a factor of two');

-- a year of hours
SELECT rate_series(timestamptz '2024-01-01 00:00+00' + i * interval '1 hour', 1 + i / 1e5) AS s FROM generate_series(0, 8760) i \gset
PREPARE points(rate_series) AS SELECT * FROM unnest($1);
SET LOCAL plan_cache_mode = force_custom_plan;
SELECT is(expected_rows(query), rows::float8, format('%s: %s', rows, note)) FROM (VALUES
	(8761, 'points', format('SELECT * FROM unnest(%L::rate_series)', :'s')),
	(8761, 'a parameter of a custom plan', format('EXECUTE points(%L)', :'s')),
	(8761, 'in a select list', format('SELECT unnest(%L::rate_series)', :'s')),
	(8761, 'a rolling yield', format('SELECT * FROM rolling_apr(%L::rate_series, ''1 day'')', :'s')),
	(1000, 'of a series that is not known', 'SELECT * FROM unnest((SELECT rate_series(now(), 1)))'),
	(8760, 'returns from point to point', format('SELECT * FROM returns(%L::rate_series)', :'s')),
	(365, 'returns by day', format('SELECT * FROM returns(%L::rate_series, ''1 day'')', :'s')),
	(366, 'buckets of a day', format('SELECT * FROM resample(%L::rate_series, ''1 day'')', :'s')),
	(12, 'months of a yield', format('SELECT * FROM period_apr(%L::rate_series, ''1 month'', ''America/New_York'')', :'s')),
	(31, 'buckets between times', format('SELECT * FROM resample(%L::rate_series, ''1 day'', start_time => ''2024-05-01'', end_time => ''2024-06-01'')', :'s')),
	(31, 'of a series that is not known', 'SELECT * FROM resample((SELECT rate_series(now(), 1)), ''1 day'', start_time => ''2024-05-01'', end_time => ''2024-06-01'')'),
	(1000, 'of one whose end is not known', 'SELECT * FROM resample((SELECT rate_series(now(), 1)), ''1 day'', start_time => ''2024-05-01'')'),
	(8761, 'two series', format('SELECT * FROM align(%1$L::rate_series, %1$L::rate_series)', :'s')),
	(3, 'slippages', 'SELECT * FROM stableswap_depth_curve(0, 1, ''{100000, 100000}'', 100, 4000000, ''{0.01, 0.02, 0.03}'')'),
	(2, 'slippages that are not known', 'SELECT d.* FROM (SELECT random() AS x OFFSET 0) r, stableswap_depth_curve(0, 1, ''{100000, 100000}'', 100, 4000000, ARRAY[x, x]) d')
) AS v(rows, note, query);

-- what is wrong with an argument is said when it is used, not before
SELECT lives_ok(format('EXPLAIN SELECT * FROM resample(%L::rate_series, %L)', :'s', step), format('a plan for a step of %s', step))
FROM unnest('{0,-1 day,1 month -30 days,178000000 years}'::text[]) step;
SELECT throws_ok(format('SELECT * FROM resample(%L::rate_series, ''-1 day'')', :'s'), '22023', NULL, 'and an error for its rows');
SELECT lives_ok(format('EXPLAIN SELECT * FROM resample(%L::rate_series, ''1 day'', start_time => %L, end_time => %L)', :'s', a, b), format('from %s to %s', a, b))
FROM (VALUES ('-infinity', 'infinity'), ('2024-05-01', '2024-04-01'), ('infinity', '-infinity')) AS v(a, b);
SELECT lives_ok('EXPLAIN SELECT * FROM stableswap_depth_curve(0, 1, ''{1, 1}'', 100, 0, ''{{0.1, 0.2}}'')', 'slippages of two dimensions');
SELECT lives_ok('EXPLAIN SELECT * FROM stableswap_depth_curve(0, 1, ''{1, 1}'', 100, 0, NULL)', 'no slippages');
SELECT * FROM finish();
ROLLBACK;
