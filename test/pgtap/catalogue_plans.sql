-- Every routine that takes one of the extension's types gives in a generic plan,
-- where one object is handed to every row and to every use of a
-- parameter, what it gives to literals.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
\i test/pgtap/include/outcome.sql
\i test/pgtap/include/catalogue.sql
SELECT no_plan();
SET LOCAL plan_cache_mode = force_generic_plan;

-- Calls with {n} for argument n: each routine and operator, and each with all
-- arguments of one type the same parameter.
CREATE TEMP TABLE call AS
SELECT routine::text AS what, is_machinery, kind, types, format('%I(%s)', name, (SELECT string_agg(CASE WHEN is_variadic AND n = arity THEN 'VARIADIC ' ELSE '' END
		|| '{' || n || '}', ', ' ORDER BY n) FROM generate_series(1, arity) n)) AS call, samples_of(routine, '{i}') AS samples
FROM routine WHERE types && ARRAY(SELECT type FROM own_type);
INSERT INTO call
SELECT o.oid::regoperator::text, false, 'f', ARRAY[o.oprleft, o.oprright]::regtype[], '{1} ' || o.oprname || ' {2}',
	ARRAY[sample_of('', '', o.oprleft, '{i}'), sample_of('', '', o.oprright, '{i}')]
FROM pg_operator o WHERE o.oprcode IN (SELECT routine FROM routine WHERE types && ARRAY(SELECT type FROM own_type));
INSERT INTO call
SELECT what || ', all the same', is_machinery, kind, types, (SELECT replace(call, string_agg('{' || n || '}', ', ' ORDER BY n), string_agg('{1}', ', '))
		FROM generate_series(1, 2) n), samples
FROM call WHERE types[1] = types[2] AND call LIKE '%{1}, {2}%'
UNION ALL SELECT what || ', both the same', is_machinery, kind, types, replace(call, '{2}', '{1}'), samples
FROM call WHERE types[1] = types[2] AND call LIKE '{1} %{2}';

CREATE FUNCTION filled(call text, arguments text[]) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
	FOR n IN 1 .. cardinality(arguments) LOOP
		call := replace(call, '{' || n || '}', arguments[n]);
	END LOOP;
	RETURN call;
END
$$;

-- Three rows, each of which uses each argument twice, and shows it afterwards;
-- an aggregate also over moving frames.
CREATE FUNCTION three_rows(kind "char", call text, types regtype[], arguments text[]) RETURNS text LANGUAGE sql STABLE AS $$
	SELECT format(CASE WHEN kind = 'a' THEN
		'SELECT string_agg(concat_ws(E''\n'', a, b, c, d, z), E''\n'') FROM (SELECT (%1$s OVER w)::text AS a, (%1$s OVER w)::text AS b,
			(%1$s OVER ())::text AS c, (SELECT (%1$s)::text FROM generate_series(1, 3)) AS d, concat_ws(E''\n'', %2$s) AS z
			FROM generate_series(1, 3) i WINDOW w AS (ORDER BY i ROWS 1 PRECEDING)) x'
		ELSE 'SELECT string_agg(coalesce(a, ''-'') || E''\n'' || coalesce(b, ''-'') || E''\n'' || z, E''\n'')
			FROM (SELECT (%1$s)::text AS a, (%1$s)::text AS b, concat_ws(E''\n'', %2$s) AS z FROM generate_series(1, 3) i) x'
		END, filled(call, arguments), (SELECT string_agg(a, ', ') FROM unnest(arguments, types) u(a, type)
			WHERE type IN (SELECT type FROM pg_temp.own_type)))
$$;

-- The same query in a generic plan, of these arguments.
CREATE FUNCTION in_plan(kind "char", call text, types regtype[], arguments text[]) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE format('PREPARE planned(%s) AS %s', array_to_string(types, ', '),
		three_rows(kind, call, types, string_to_array(parameters(1, cardinality(types)), ', ')));
	result := outcome(format('EXECUTE planned(%s)', array_to_string(arguments, ', ')));
	DEALLOCATE planned;
	RETURN result;
END
$$;

-- A sample as PL/pgSQL holds it in a variable: of what can be held expanded the object itself.
CREATE FUNCTION make_holders() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	own record;
BEGIN
	FOR own IN SELECT type, sample_of('', '', type, 'i') AS expression, CASE WHEN o.oid IS NULL THEN 'v' ELSE 'v || v' END AS last
		FROM pg_temp.own_type LEFT JOIN pg_operator o ON o.oprname = '||' AND o.oprleft = type AND o.oprright = type
	LOOP
		EXECUTE format('CREATE FUNCTION pg_temp.held_%1$s(i int) RETURNS %1$s LANGUAGE plpgsql AS $f$
			DECLARE v %1$s; BEGIN v := %2$s; v := %3$s; RETURN v; END $f$', own.type, own.expression, own.last);
	END LOOP;
END
$$;
SELECT make_holders() \g /dev/null

-- A sample's text, given to the type's input function when the statement runs, as
-- the text of a bind parameter is.
CREATE FUNCTION bound(literal text, type regtype) RETURNS text LANGUAGE sql STABLE AS $$
	SELECT CASE WHEN literal LIKE 'NULL%' THEN literal
		ELSE format('%s(textout(concat(%s)))', typinput, replace(literal, '::' || type, '')) END FROM pg_type t WHERE t.oid = type
$$;

-- the second argument is another sample than the first
CREATE TEMP TABLE answer AS
SELECT what, is_machinery, i, outcome(three_rows(kind, call, types, literals)) AS literal, in_plan(kind, call, types, literals) AS of_literals,
	in_plan(kind, call, types, bound) AS of_bound, in_plan(kind, call, types, held) AS of_held
FROM call CROSS JOIN generate_series(1, 3) i CROSS JOIN LATERAL (
	SELECT array_agg(literal ORDER BY n) AS literals,
		array_agg(CASE WHEN own THEN bound(literal, type) ELSE literal END ORDER BY n) AS bound,
		array_agg(CASE WHEN own THEN held ELSE literal END ORDER BY n) AS held
	FROM (SELECT n, type, type IN (SELECT type FROM own_type) AS own, format('pg_temp.held_%s(%s)', type, i + n - 1) AS held,
			literal_of(CASE WHEN type IN (SELECT type FROM own_type) THEN format('pg_temp.held_%s(%s)', type, i + n - 1)
				ELSE replace(s, '{i}', (i + n - 1)::text) END, type) AS literal
		FROM unnest(types, samples) WITH ORDINALITY u(type, s, n)) x) a;

SELECT is_empty($$ SELECT what, i, left(of_literals, 80) FROM answer WHERE of_literals IS DISTINCT FROM literal $$,
	'in a generic plan every routine gives to literals what it gives without parameters');
SELECT is_empty($$ SELECT what, i, left(of_bound, 80) FROM answer WHERE of_bound IS DISTINCT FROM literal $$, 'and so to texts that are bound');
SELECT is_empty($$ SELECT what, i, left(of_held, 80) FROM answer WHERE of_held IS DISTINCT FROM literal $$, 'and so to values that PL/pgSQL holds');
SELECT is_empty($$ SELECT what, left(max(literal), 80) FROM answer WHERE NOT is_machinery GROUP BY what
	HAVING every(literal IS NULL OR literal LIKE 'error: %' OR split_part(literal, E'\n', 1) = '-') $$,
	'samples reach every routine: none has nothing but NULL and errors');
SELECT is_empty($$ SELECT type FROM own_type WHERE type NOT IN (SELECT unnest(types) FROM call) $$, 'every type is among them');

-- values that are put together row after row
CREATE FUNCTION merged(own regtype) RETURNS TABLE (row_number int, kept boolean) LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('CREATE TEMP TABLE stored AS SELECT i, (%s) AS x FROM generate_series(1, 4) i', replace(sample_of('', '', own, '{i}'), '{i}', 'i'));
	EXECUTE format('PREPARE upsert(%s) AS UPDATE stored SET x = $1 || x', own);
	EXECUTE format('EXECUTE upsert(%s)', bound(literal_of(sample_of('', '', own, '5'), own), own));
	RETURN QUERY EXECUTE format('SELECT i, x = (%s) || (%s) FROM stored ORDER BY i', literal_of(sample_of('', '', own, '5'), own),
		replace(sample_of('', '', own, '{i}'), '{i}', 'i'));
	DEALLOCATE upsert;
	DROP TABLE stored;
END
$$;
SELECT is_empty($$
	WITH merging AS MATERIALIZED (SELECT type FROM own_type JOIN pg_operator ON oprname = '||' AND oprleft = type AND oprright = type)
	SELECT type, m.* FROM merging, merged(type) m WHERE kept IS NOT TRUE
$$, 'UPDATE … SET x = $1 || x gives each row its own value');
SELECT * FROM finish();
ROLLBACK;
