-- Times come with and without time zone. What reads row times takes both, and
-- dates in aggregates, and gives in every session what it gives in UTC.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
\i test/pgtap/include/outcome.sql
\i test/pgtap/include/catalogue.sql
SELECT no_plan();

-- Calls that need times. The first is the row's, the others are boundaries; of
-- a function that has an argument "at" only that is one.
CREATE TEMP TABLE timed AS
SELECT routine, name, kind, is_set, types, names, required,
	ARRAY(SELECT n FROM generate_series(1, CASE kind WHEN 'a' THEN arity ELSE required END) n WHERE types[n] = 'timestamptz'::regtype ORDER BY n) AS times
FROM routine WHERE kind IN ('a', 'f') AND NOT is_machinery;
DELETE FROM timed WHERE times = '{}' OR types && '{timestamp, date}'::regtype[];

-- The kinds of times that a caller may have: row times and boundaries of each.
CREATE TEMP TABLE form AS
SELECT t.*, row_time, boundary, ARRAY(SELECT CASE WHEN n <> ALL (times) THEN types[n]
		WHEN CASE WHEN 'at' = ANY (names) THEN names[n] <> 'at' ELSE n = times[1] END THEN row_time ELSE boundary END
	FROM generate_series(1, cardinality(types)) n ORDER BY n) AS given
FROM timed t CROSS JOIN unnest('{timestamptz, timestamp, date}'::regtype[]) row_time CROSS JOIN unnest('{timestamptz, timestamp, date}'::regtype[]) boundary
WHERE (cardinality(times) > 1 OR row_time = boundary) AND (kind = 'a' OR regtype 'date' NOT IN (row_time, boundary));

SELECT is_empty($$
	SELECT f.routine FROM form f WHERE kind = 'f' AND (row_time, boundary) = (regtype 'timestamp', regtype 'timestamp')
		AND NOT EXISTS (SELECT FROM routine r WHERE r.name = f.name AND r.types = f.given)
$$, 'every function with required times has a twin for timestamps');
SELECT is_empty($$
	SELECT f.routine, f.row_time, f.boundary FROM form f WHERE kind = 'a' AND boundary IN (row_time, regtype 'timestamptz')
		AND NOT EXISTS (SELECT FROM routine r WHERE r.kind = 'a' AND r.name = f.name AND r.types[1:times[1]] = f.given[1:times[1]])
$$, 'every aggregate over row times has twins for timestamps and dates');
SELECT is_empty($$
	SELECT t.routine FROM routine t WHERE t.types && '{timestamp, date}'::regtype[] AND NOT is_machinery AND NOT EXISTS (SELECT FROM timed r
		WHERE r.name = t.name AND r.types = ARRAY(SELECT CASE WHEN type IN (regtype 'timestamp', 'date') THEN regtype 'timestamptz' ELSE type END
			FROM unnest(t.types) WITH ORDINALITY u(type, n) ORDER BY n))
$$, 'a twin is of a function with required times, never of one whose only times are optional');

-- What a call gives to columns of such times in a session of such a zone,
-- written out in UTC. "Read as UTC" is the definition: the same columns with AT TIME ZONE 'UTC'.
CREATE FUNCTION given_in(zone text, query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	PERFORM set_config('TimeZone', zone, true);
	EXECUTE 'CREATE TEMP TABLE outcome_of AS ' || query;
	PERFORM set_config('TimeZone', 'UTC', true);
	SELECT string_agg(o::text, E'\n') INTO result FROM pg_temp.outcome_of o;
	DROP TABLE pg_temp.outcome_of;
	RETURN result;
EXCEPTION WHEN OTHERS THEN
	RETURN 'error ' || SQLSTATE || ': ' || SQLERRM;
END
$$;

CREATE FUNCTION call_of(f form, as_utc boolean) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
	argument text;
	arguments text := '';
	columns text := '';
BEGIN
	FOR n IN 1 .. cardinality(f.types) LOOP
		argument := coalesce(nullif(pg_get_function_arg_default(f.routine, n), 'NULL::' || f.types[n]),
			sample_of(f.name, f.names[n], f.given[n], 'i'));
		columns := columns || format(', (%s)::%s AS x%s', argument, f.given[n], n);
		arguments := arguments || CASE WHEN n > 1 THEN ', ' ELSE '' END || CASE WHEN as_utc AND f.given[n] <> f.types[n]
			THEN format('(x%s::timestamp AT TIME ZONE ''UTC'')', n) ELSE 'x' || n END;
	END LOOP;
	columns := format('(SELECT i%s FROM generate_series(1, 19) i OFFSET 0) x', columns);
	RETURN CASE WHEN f.kind = 'a' THEN format('SELECT %I(%s) FROM %s', f.name, arguments, columns)
		ELSE format('SELECT i, f.* FROM %s, %I(%s) f', columns, f.name, arguments) END;
END
$$;

CREATE TEMP TABLE read AS
SELECT routine, row_time, boundary, zone, given_in(zone, call_of(f, false)) AS result, given_in('UTC', call_of(f, true)) AS defined
FROM form f CROSS JOIN unnest('{UTC,America/New_York,Asia/Kolkata}'::text[]) zone;

SELECT is_empty($$ SELECT routine, row_time, boundary, zone, left(result, 90), left(defined, 90) FROM read WHERE result IS DISTINCT FROM defined $$,
	'times mean the same in every session, and those without time zone are UTC');
SELECT is_empty($$
	SELECT routine, left(max(result), 90) FROM read GROUP BY routine
	HAVING every(result IS NULL OR result LIKE 'error %' OR regexp_replace(result, '^\(([0-9]+,+)?\)$', '', 'gn') ~ '^\s*$')
$$, 'samples reach every function with times');

SELECT * FROM finish();
ROLLBACK;
