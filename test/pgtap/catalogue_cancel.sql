-- Whoever cancels a statement does not wait, however long its input is.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/catalogue.sql
SELECT no_plan();

-- How many seconds it took until the statement was cancelled, or refused because its
-- input is too long or what it compounds too large. What is done before waits for that, or what comes next would be
-- cancelled.
CREATE FUNCTION waited(query text) RETURNS numeric LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE query;
	PERFORM pg_sleep(60);
EXCEPTION WHEN query_canceled OR data_exception OR program_limit_exceeded THEN
	IF SQLSTATE <> '57014' AND SQLERRM NOT LIKE '%takes at most%' AND SQLERRM NOT LIKE '% is out of range' THEN
		RAISE;
	END IF;
	RETURN extract(epoch FROM clock_timestamp() - statement_timestamp());
END
$$;

-- What is read is stored as it is, or to unpack it would take longest.
CREATE TEMP TABLE much (bytes bytea);
ALTER TABLE much ALTER bytes SET STORAGE EXTERNAL;
INSERT INTO much SELECT convert_to(repeat('0123456789abcdef', 25000000), 'UTF8');
-- to read it can be cancelled too, and is not what is asked here
SELECT clock_timestamp() AS start \gset
SELECT get_byte(bytes, 0) FROM much \g /dev/null
SELECT 0.3 + 1.2 * extract(epoch FROM clock_timestamp() - :'start') AS seconds \gset
\set query 'SELECT keccak256(bytes) FROM much'
\i test/pgtap/include/cancelled.sql
DROP TABLE much;

CREATE TEMP TABLE curve (utilizations float8[], rates float8[]);
ALTER TABLE curve ALTER utilizations SET STORAGE EXTERNAL, ALTER rates SET STORAGE EXTERNAL;
INSERT INTO curve SELECT array_agg(i / 4e6 ORDER BY i), array_agg(0.01 + i / 4e7 ORDER BY i) FROM generate_series(0, 4000000) i;
\set query 'SELECT optimal_loop(1e6, 0.2, 1e8, 5e7, utilizations, rates, 10) FROM curve'
\set seconds 0.2
\i test/pgtap/include/cancelled.sql
\set query 'SELECT unwind_cost(1e6, 5e5, utilizations[2:], rates[2:]) FROM curve'
\i test/pgtap/include/cancelled.sql
\set query 'SELECT irr(utilizations) FROM curve'
\i test/pgtap/include/cancelled.sql

-- rows are read for a second, then there is work for longer
\set query 'SELECT xirr(timestamptz \'2020-01-01\' + i * interval \'13 minutes\', CASE WHEN i % 2 = 0 THEN -1 ELSE 1.0001 END::float8) FROM generate_series(1, 1000000) i'
\set seconds 2
\i test/pgtap/include/cancelled.sql
\set query 'SELECT rate_series(timestamptz \'2020-01-01\' + (i * bigint \'7919\' % 1000003) * interval \'13 minutes\', i::float8) FROM generate_series(1, 1000000) i'
\set seconds 0.7
\i test/pgtap/include/cancelled.sql
\set seconds 0.9
\i test/pgtap/include/cancelled.sql
\set query 'SELECT weighted_median(sin(i), 1 + cos(i)) FROM generate_series(1, 1000000) i'
\set seconds 0.6
\i test/pgtap/include/cancelled.sql

-- a long series, and every function that reads one
CREATE TEMP TABLE long AS SELECT rate_series(timestamptz '2024-03-01' + i * interval '13 seconds', 1 + sin(i) / 9 + i / 1e7) AS s
FROM generate_series(1, 2000000) i;
CREATE TEMP TABLE waits (routine regprocedure, seconds numeric);
SET LOCAL statement_timeout = '150ms';
SELECT format('INSERT INTO waits VALUES (%L, waited(%L))', routine, format('SELECT %I(%s) FROM long', name, (
	SELECT string_agg(CASE WHEN type = regtype 'rate_series' THEN 's' ELSE replace(s, '{i}', '1') END, ', ' ORDER BY n)
	FROM unnest(types, samples_of(routine, '{i}')) WITH ORDINALITY u(type, s, n))))
FROM routine WHERE kind = 'f' AND regtype 'rate_series' = ANY (types) \gexec
SET LOCAL statement_timeout = 0;
SELECT is_empty($$ SELECT routine, seconds FROM waits WHERE seconds > 1.15 $$, 'every function of a long series is cancelled in time');
SELECT * FROM finish();
ROLLBACK;
