-- No aggregate costs more than its rows: not with the number of groups, and over
-- a moving frame no more than the rows of its frames.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/catalogue.sql
SELECT no_plan();
SET LOCAL max_parallel_workers_per_gather = 0;
SET LOCAL jit = off;
SET LOCAL work_mem = '512MB';
SET LOCAL enable_sort = off;

-- Each pair of step and last step once: twins for other types of arguments share theirs.
CREATE TEMP TABLE timed AS
SELECT DISTINCT ON (step.prosrc, last.prosrc) r.routine, r.name, r.arity, samples_of(r.routine, 'i') AS samples, aggmtransfn <> 0 AS moves,
	r.types && '{timestamp, date}'::regtype[] AS is_twin, NULL::float8 AS few, NULL::float8 AS many, NULL::float8 AS narrow, NULL::float8 AS wide
FROM routine r JOIN pg_aggregate a ON a.aggfnoid = r.routine JOIN pg_proc step ON step.oid = aggtransfn LEFT JOIN pg_proc last ON last.oid = aggfinalfn
WHERE r.kind = 'a' ORDER BY step.prosrc, last.prosrc, r.types @> ARRAY['timestamptz'::regtype] DESC, r.routine;

-- the arguments' columns, computed before the clock starts
CREATE FUNCTION make_rows(t timed, rows int) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('CREATE TEMP TABLE argument AS SELECT i%s FROM generate_series(1, %s) i', (SELECT string_agg(format(', %s AS x%s',
			-- a summary for all rows, or making them would take longest
			CASE WHEN s LIKE '(SELECT %' OR s LIKE '((SELECT %' THEN regexp_replace(s, '\mi\M', '1', 'g') ELSE s END, n), '' ORDER BY n)
		FROM unnest(t.samples) WITH ORDINALITY u(s, n)), rows);
	ANALYZE pg_temp.argument;
END
$$;

CREATE FUNCTION seconds(query text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
	start timestamptz := clock_timestamp();
BEGIN
	EXECUTE query;
	RETURN extract(epoch FROM clock_timestamp() - start);
END
$$;

-- What it takes over few and many groups, narrow and wide frames. A machine is busy
-- at times: what looks slow is measured again, and the least time counts.
CREATE FUNCTION measure() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	t pg_temp.timed;
	call text;
	grouped text;
	framed text;
BEGIN
	FOR t IN SELECT * FROM pg_temp.timed LOOP
		call := format('%I(%s)', t.name, (SELECT string_agg('x' || n, ', ' ORDER BY n) FROM generate_series(1, t.arity) n));
		grouped := 'SELECT count(a) FROM (SELECT ' || call || ' AS a FROM pg_temp.argument GROUP BY i %% %s) x';
		framed := 'SELECT count(a) FROM (SELECT ' || call || ' OVER (ORDER BY i ROWS %s PRECEDING) AS a FROM pg_temp.argument WHERE i <= 1500) x';
		PERFORM make_rows(t, 60000);
		FOR attempt IN 1 .. 3 LOOP
			t.few := least(t.few, seconds(format(grouped, 10)));
			t.many := least(t.many, seconds(format(grouped, 20000)));
			IF NOT t.is_twin THEN
				t.narrow := least(t.narrow, seconds(format(framed, 5)));
				t.wide := least(t.wide, seconds(format(framed, 250)));
			END IF;
			EXIT WHEN t.many <= 3 * t.few + 0.25 AND (t.is_twin OR t.wide <= CASE WHEN t.moves THEN 4 ELSE 40 END * t.narrow + 0.05);
		END LOOP;
		DROP TABLE pg_temp.argument;
		UPDATE pg_temp.timed SET few = t.few, many = t.many, narrow = t.narrow, wide = t.wide WHERE routine = t.routine;
	END LOOP;
END
$$;
SET LOCAL statement_timeout = '300s';
SELECT measure() \g /dev/null

SELECT is_empty($$ SELECT routine, few, many FROM timed WHERE many IS NULL OR many > 12 * few + 0.5 $$,
	'60,000 rows in 20,000 groups take about as long as in 10');
SELECT is_empty($$ SELECT routine, narrow, wide FROM timed WHERE moves AND wide > 4 * narrow + 0.1 $$,
	'where rows can leave a frame, 250 rows cost no more than 5');
SELECT is_empty($$ SELECT routine, narrow, wide FROM timed WHERE NOT moves AND wide > 120 * narrow + 0.5 $$,
	'elsewhere no more than in proportion');
SELECT diag('computed anew for each frame: ' || string_agg(routine::text, ', ' ORDER BY routine::text)) FROM timed WHERE NOT moves AND NOT is_twin;
SELECT * FROM finish();
ROLLBACK;
