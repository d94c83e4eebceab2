-- Makes the table "vector" anew, with a column of text for each in the first line of the file :csv, which the
-- script then copies into it; and the function that asks what a query makes of each row.
--
--   \set csv 'test/vectors/DOMAIN/FILE.csv'
--   \i test/pgtap/include/vector_table.sql
--   \copy vector FROM 'test/vectors/DOMAIN/FILE.csv' (FORMAT csv, HEADER)
--   SELECT check_vectors('SELECT ARRAY[f({a:float8}, {b:text})::text]', 'expected');
--
-- A query has {COLUMN:TYPE} for the value of a column as a literal of a type, NULL where the field is empty, and
-- gives an array of text. The words behind it name the columns of what is expected: "-" is not looked at, "error" is
-- an error of class 22; with "!" behind it a name is one of a text or a whole number, which must be the same; the
-- others are numbers, to the columns tol (1e-12 if there is none) or abs_tol. Where "fn" is given, rows of others
-- are passed over.
\set header `head -n 1 :'csv'`
SET LOCAL client_min_messages = warning;
DROP TABLE IF EXISTS pg_temp.vector;
SELECT 'CREATE TEMP TABLE vector (' || string_agg(quote_ident(c) || ' text', ', ') || ')' FROM unnest(string_to_array(trim(E'\r' FROM :'header'), ',')) c \gexec

CREATE OR REPLACE FUNCTION pg_temp.filled_in(query text, fields jsonb) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(CASE WHEN n % 2 = 1 THEN part ELSE
		coalesce(quote_literal(fields ->> split_part(part, ':', 1)), 'NULL') || '::' || split_part(part, ':', 2) END, '' ORDER BY n)
	FROM regexp_split_to_table(query, '[{}]') WITH ORDINALITY u(part, n)
$$;

CREATE OR REPLACE FUNCTION pg_temp.answer_to(query text) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
	answer text[];
BEGIN
	EXECUTE query INTO answer;
	RETURN answer;
EXCEPTION WHEN data_exception THEN
	RETURN ARRAY['error'];
END $$;

CREATE OR REPLACE FUNCTION pg_temp.is_expected(got text, expected text, exactly boolean, tol numeric, abs_tol numeric) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
	IF expected = '-' THEN
		RETURN got IS DISTINCT FROM 'error';
	ELSIF got IS NULL OR expected IS NULL OR 'error' IN (got, expected) THEN
		RETURN got IS NOT DISTINCT FROM expected;
	ELSIF exactly THEN
		RETURN got = expected OR (got ~ '^-?[0-9.]+$' AND expected ~ '^-?[0-9.]+$' AND got::numeric = expected::numeric);
	END IF;
	RETURN is_close(got::float8, expected::numeric, coalesce(tol, 1e-12), coalesce(abs_tol, 0));
END $$;

CREATE OR REPLACE FUNCTION pg_temp.check_vectors(query text, outs text, of_fn text DEFAULT NULL) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	r jsonb;
	got text[];
	expected text[];
	names text[] := string_to_array(outs, ' ');
	n int := 0;
	wrong bigint;
BEGIN
	FOR r IN SELECT to_jsonb(v) FROM vector v LOOP
		CONTINUE WHEN of_fn IS NOT NULL AND r ->> 'fn' IS DISTINCT FROM of_fn;
		n := n + 1;
		got := pg_temp.answer_to(pg_temp.filled_in(query, r));
		SELECT array_agg(r ->> rtrim(name, '!') ORDER BY i) INTO expected FROM unnest(names) WITH ORDINALITY u(name, i);
		SELECT count(*) INTO wrong FROM unnest(names) WITH ORDINALITY u(name, i)
		WHERE NOT pg_temp.is_expected(CASE WHEN got = '{error}' THEN 'error' ELSE got[i] END,
			CASE WHEN got = '{error}' AND coalesce(expected[i], '-') = '-' AND expected[1] = 'error' THEN 'error' ELSE expected[i] END,
			name LIKE '%!', (r ->> 'tol')::numeric, (r ->> 'abs_tol')::numeric);
		RETURN NEXT ok(wrong = 0, format('%s %s: %s', coalesce(of_fn, substring(query FROM '\w+(?=\(\{)')), n, left(expected::text, 150)));
		IF wrong > 0 THEN
			RETURN NEXT diag(format('got %s expected %s by %s', got, expected, left(pg_temp.filled_in(query, r), 1000)));
		END IF;
	END LOOP;
	RETURN NEXT cmp_ok(n, '>', 0, 'cases of ' || coalesce(of_fn, 'the file'));
END $$;
