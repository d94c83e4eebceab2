-- Rules that everything in the extension keeps, read off the catalogue.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
\i test/pgtap/include/catalogue.sql
SELECT no_plan();
SELECT setseed(0.25) \g /dev/null

CREATE TEMP VIEW member AS
SELECT d.classid, d.objid, i.identity, i.type FROM pg_extension e JOIN pg_depend d ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
	AND d.deptype = 'e' CROSS JOIN LATERAL pg_identify_object(d.classid, d.objid, 0) i WHERE e.extname = 'pg_yield';

-- words for people
SELECT is_empty($$
	SELECT identity FROM member WHERE classid IN ('pg_proc'::regclass, 'pg_operator'::regclass, 'pg_type'::regclass) AND type <> 'composite type'
		AND identity NOT LIKE '%[]' AND cardinality(regexp_split_to_array(coalesce(obj_description(objid, classid::regclass::text), ''), '\s+'))
			< CASE WHEN type = 'operator' THEN 2 ELSE 3 END
		AND coalesce(obj_description(objid, classid::regclass::text), '') <> 'equal'
$$, 'everything has a comment of more than a word or two');
SELECT is_empty($$
	SELECT routine, obj_description(routine) FROM routine WHERE obj_description(routine) ~ '(--|@|\m(TODO|FIXME|XXX)\M)|^\s|\s$|\.$'
$$, 'comments are finished, without a full stop');

-- how the planner may treat them
SELECT is_empty($$ SELECT identity FROM member JOIN pg_proc p ON p.oid = objid WHERE classid = 'pg_proc'::regclass
	AND (provolatile <> 'i' OR proparallel <> 's') $$, 'everything is immutable and safe in parallel plans');
SELECT is_empty($$ SELECT identity FROM member JOIN pg_proc p ON p.oid = objid WHERE classid = 'pg_proc'::regclass
	-- SQL whose names were looked up when it was made is as good as C
	AND (prosecdef OR proleakproof OR proconfig IS NOT NULL OR prolang NOT IN (SELECT oid FROM pg_language WHERE lanname IN ('c', 'internal')) AND prosqlbody IS NULL) $$,
	'nothing runs in a language or with settings that could be turned against its caller');
SELECT is_empty($$
	SELECT routine, procost, prorows FROM routine JOIN pg_proc p ON p.oid = routine WHERE is_set AND arity > 0 AND procost = 1
$$, 'functions that return rows say what they cost');
-- aggregates
SELECT is_empty($$ SELECT aggfnoid::regprocedure FROM member JOIN pg_aggregate a ON a.aggfnoid = objid
	WHERE aggtranstype = 'internal'::regtype AND aggcombinefn <> 0 AND (aggserialfn = 0 OR aggdeserialfn = 0) $$,
	'a state of internal type that combines can be sent');
-- what depends on the order of rows in which they come has no combine function
SELECT is_empty($$ SELECT aggfnoid::regprocedure FROM member JOIN pg_aggregate a ON a.aggfnoid = objid
	WHERE aggcombinefn = 0 AND obj_description(a.aggfnoid) !~* 'order' $$, 'every aggregate combines, or says that it depends on the order of its rows');
SELECT is_empty($$ SELECT r.routine FROM routine r JOIN pg_aggregate a ON a.aggfnoid = r.routine
	WHERE (aggmtransfn = 0) <> (aggminvtransfn = 0) OR aggmtransfn <> 0 AND aggmtranstype = 0 $$, 'moving forms are whole');

-- types
SELECT is_empty($$
	SELECT type, want FROM own_type CROSS JOIN unnest('{btree,hash}'::text[]) want
	WHERE NOT EXISTS (SELECT FROM pg_opclass c JOIN pg_am m ON m.oid = opcmethod WHERE opcintype = type AND opcdefault AND amname = want)
$$, 'every type has indexes and hashes');
SELECT is_empty($$ SELECT type FROM own_type JOIN pg_type t ON t.oid = type WHERE typreceive = 0 OR typsend = 0 OR typalign <> 'd' AND typlen > 0 $$,
	'every type has a binary form');
SELECT is_empty($$
	SELECT type FROM own_type WHERE EXISTS (SELECT FROM routine WHERE kind = 'a' AND name = 'rollup' AND types = ARRAY[type])
		AND NOT EXISTS (SELECT FROM pg_operator WHERE oprname = '||' AND oprleft = type AND oprright = type AND oprresult = type)
$$, 'what rolls up merges with || too');
SELECT is_empty($$
	SELECT result FROM routine WHERE kind = 'a' AND result IN (SELECT type FROM own_type)
		AND NOT EXISTS (SELECT FROM routine r WHERE r.kind = 'a' AND r.name = 'rollup' AND r.types = ARRAY[routine.result])
$$, 'what an aggregate summarises rolls up');
SELECT is_empty($$
	SELECT o.oid::regoperator FROM member JOIN pg_operator o ON o.oid = objid AND classid = 'pg_operator'::regclass
	WHERE oprname IN ('<', '<=', '=', '<>', '>=', '>') AND (oprcom = 0 OR oprnegate = 0 OR oprrest = 0 OR oprjoin = 0)
		OR oprname = '=' AND NOT (oprcanmerge AND oprcanhash)
$$, 'comparisons have what the planner needs');

-- names
SELECT is_empty($$ SELECT routine FROM routine WHERE NOT is_machinery AND arity > 1 AND kind = 'f'
	AND '' = ANY (names[CASE WHEN types[1] IN (SELECT type FROM own_type) THEN 2 ELSE 1 END:]) $$, 'arguments have names');
SELECT is_empty($$ SELECT DISTINCT routine, n FROM routine, unnest(names) n WHERE n !~ '^[a-z0-9_]*$' $$, 'in small letters');

-- great numbers are chain integers
CREATE FUNCTION pg_temp.whole_if_great(numeric) RETURNS numeric LANGUAGE sql AS 'SELECT CASE WHEN abs($1) > 1e6 THEN round($1) ELSE $1 END';

-- One value for one set of rows, whatever their order and however they are split.
CREATE FUNCTION orders(aggregate regprocedure) RETURNS TABLE (one boolean, hashes_agree boolean, same_accessors text) LANGUAGE plpgsql AS $$
DECLARE
	r record;
BEGIN
	SELECT * INTO r FROM pg_temp.routine WHERE routine = aggregate;
	EXECUTE format('CREATE TEMP TABLE shuffled AS SELECT i, random() AS k%s FROM generate_series(1, 60) i', (
		SELECT string_agg(format(', %s AS x%s', CASE WHEN r.types[n] IN ('float8', 'numeric') AND s.expression ~ '\mi\M'
			THEN format(CASE WHEN r.types[n] = 'numeric'::regtype THEN 'pg_temp.whole_if_great((%s)::%s * (1 + random() * 1e-3)::%2$s)'
					ELSE '(%s)::%s * (1 + random() * 1e-3)::%2$s' END, s.expression, r.types[n]) ELSE s.expression END, n), '' ORDER BY n)
		FROM unnest(samples_of(aggregate, 'i')) WITH ORDINALITY s(expression, n)));
	RETURN QUERY EXECUTE format('WITH made AS (
			SELECT %1$I(%2$s ORDER BY i) AS a FROM shuffled UNION ALL SELECT %1$I(%2$s ORDER BY i DESC) FROM shuffled
			UNION ALL SELECT %1$I(%2$s ORDER BY k) FROM shuffled
			UNION ALL SELECT rollup(part) FROM (SELECT %1$I(%2$s) AS part FROM shuffled GROUP BY i %% 7) p
			UNION ALL SELECT rollup(part ORDER BY i DESC) FROM (SELECT i %% 5 AS i, %1$I(%2$s) AS part FROM shuffled GROUP BY i %% 5) p)
		SELECT count(DISTINCT a) = 1, count(DISTINCT %3$I(a)) = 1, %4$s FROM made', r.name,
		(SELECT string_agg('x' || n, ', ' ORDER BY n) FROM generate_series(1, r.arity) n), '_' || r.result || '_hash',
		coalesce((SELECT format('concat_ws('', '', %s)', string_agg(format('CASE WHEN count(DISTINCT %1$I(a)::text) > 1 THEN %1$L END', name), ', '))
			FROM pg_temp.routine WHERE kind = 'f' AND types[1] = r.result AND required = 1 AND NOT is_set AND NOT is_machinery AND result <> r.result HAVING count(*) > 0), '''''')
	);
	DROP TABLE pg_temp.shuffled;
END
$$;
CREATE TEMP TABLE ordered AS SELECT routine, o.* FROM routine, orders(routine) o WHERE kind = 'a' AND result IN (SELECT type FROM own_type)
	AND NOT types && ARRAY(SELECT type FROM own_type) AND types <@ '{timestamptz,float8,numeric,interval,float8[]}'::regtype[]
	-- its sums are in double precision, and equal but for the last digits: its own script has the rest
	AND name <> 'covariance_agg'
	-- what a last step makes of a state is no state, and does not merge as one
	AND EXISTS (SELECT FROM pg_aggregate WHERE aggfnoid = routine AND aggfinalfn = 0);
SELECT is_empty($$ SELECT routine FROM ordered WHERE NOT one $$, 'summaries of the same rows are equal, in any order and however they are split');
SELECT is_empty($$ SELECT routine FROM ordered WHERE NOT hashes_agree $$, 'and so are their hashes');
SELECT is_empty($$ SELECT routine, same_accessors FROM ordered WHERE one AND same_accessors <> '' $$, 'and equal summaries show the same figures');

-- NULL is the empty summary
CREATE FUNCTION with_null(own regtype) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	x text := literal_of(sample_of('', '', own, '2'), own);
	y text := literal_of(sample_of('', '', own, '3'), own);
	result text;
BEGIN
	EXECUTE format('SELECT concat_ws('', '', CASE WHEN (%1$s || NULL::%3$s) IS DISTINCT FROM %1$s THEN ''right'' END,
		CASE WHEN (NULL::%3$s || %1$s) IS DISTINCT FROM %1$s THEN ''left'' END, CASE WHEN (NULL::%3$s || NULL::%3$s) IS NOT NULL THEN ''both'' END,
		CASE WHEN (%1$s || %2$s) IS DISTINCT FROM (SELECT rollup(v) FROM unnest(ARRAY[%1$s, %2$s]) v) THEN ''rollup'' END)', x, y, own) INTO result;
	RETURN result;
END
$$;
SELECT is_empty($$
	WITH merging AS MATERIALIZED (SELECT type FROM own_type JOIN pg_operator ON oprname = '||' AND oprleft = type AND oprright = type)
	SELECT type, with_null(type) FROM merging WHERE with_null(type) <> ''
$$, '|| is rollup of two, and NULL is the empty one on either side');
SELECT * FROM finish();
ROLLBACK;
