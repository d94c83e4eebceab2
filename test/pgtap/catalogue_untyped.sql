-- What a driver sends without types resolves: every scalar function with all its
-- arguments untyped, or with one of its own types and the rest untyped.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/catalogue.sql
SELECT no_plan();

-- Does the call resolve? Values of the arguments do not matter: what is wrong
-- with them is found once the function is.
CREATE FUNCTION refusal(call text, types text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE concat('PREPARE unresolved', types, ' AS SELECT ', call);
	DEALLOCATE unresolved;
	RETURN NULL;
EXCEPTION WHEN OTHERS THEN
	RETURN CASE WHEN SQLSTATE NOT LIKE '22%' THEN SQLERRM END;
END
$$;

-- Every function, with as many arguments as it may be given. Only the
-- extension's own types are declared.
CREATE TEMP TABLE given AS
SELECT routine, name, types, names, required, is_variadic, n AS arity,
	ARRAY(SELECT CASE WHEN type IN (SELECT type FROM own_type) THEN type::text ELSE 'unknown' END FROM unnest(types) type) AS declared
FROM routine CROSS JOIN generate_series(required::int, arity::int) n WHERE kind = 'f' AND NOT is_machinery AND n > 0;

CREATE TEMP TABLE tried AS
SELECT 'parameters' AS how, routine, arity, NULL AS argument, format('%I(%s)', name, parameters(1, arity)) AS call,
	array_to_string(declared[1:arity], ', ') AS types
FROM given
UNION ALL
SELECT 'literals', routine, arity, NULL, format('%I(%s)', name, (SELECT string_agg(CASE WHEN type = 'unknown' THEN quote_literal('0') ELSE 'NULL::' || type END, ', ' ORDER BY n)
	FROM unnest(declared[1:arity]) WITH ORDINALITY d(type, n))), NULL
FROM given
UNION ALL
SELECT 'by name', routine, arity, names[n], format('%I(%s)', name, concat_ws(', ', nullif(parameters(1, required), ''), names[n] || ' => $' || arity)),
	array_to_string(declared[1:required] || declared[n], ', ')
FROM given CROSS JOIN LATERAL generate_series(arity, cardinality(types)) n WHERE arity = required + 1
UNION ALL
SELECT 'one typed', routine, arity, names[n] || ' ' || types[n], format('%I(%s)', name, parameters(1, arity)),
	array_to_string(declared[1:n - 1] || types[n]::text || declared[n + 1:arity], ', ')
FROM given CROSS JOIN LATERAL generate_series(1, arity) n
WHERE declared[n] = 'unknown' AND NOT (is_variadic AND n = cardinality(types));
ALTER TABLE tried ADD refusal text;
UPDATE tried SET refusal = refusal(call, '(' || types || ')');

SELECT is_empty($$ SELECT routine, arity, refusal FROM tried WHERE how = 'parameters' AND refusal IS NOT NULL $$,
	'every function resolves with parameters that have no type');
SELECT is_empty($$ SELECT routine, arity, refusal FROM tried WHERE how = 'literals' AND refusal IS NOT NULL $$, 'and with literals');
SELECT is_empty($$ SELECT routine, argument, refusal FROM tried WHERE how = 'by name' AND refusal IS NOT NULL $$, 'and with each optional argument by its name');
SELECT is_empty($$ SELECT routine, arity, argument, refusal FROM tried WHERE how = 'one typed' AND refusal IS NOT NULL $$,
	'and with any one argument of its type, the others without');
SELECT * FROM finish();
ROLLBACK;
