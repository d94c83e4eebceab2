-- Properties and vectors of staking tokens: logs to exchange rates.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();

-- lst_rate: vectors, as hex text and as bytes
CREATE TEMP TABLE rate_case (address text, topics text, data text, expected numeric, kind text, source text);
\copy rate_case FROM 'test/vectors/rate/lst_rate.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 32, 'all vectors of lst_rate were loaded') FROM rate_case;
SELECT is(lst_rate(address, string_to_array(topics, ' '), data), expected, format('lst_rate, hex text: %s', source))
FROM rate_case;

CREATE FUNCTION unhex(hex text) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
	SELECT decode(substr(hex, 3), 'hex')
$$;
CREATE TEMP TABLE log AS
SELECT source, expected, unhex(address) AS address, unhex(data) AS data,
	(SELECT array_agg(unhex(t) ORDER BY i) FROM string_to_table(topics, ' ') WITH ORDINALITY u(t, i)) AS topics
FROM rate_case;
SELECT is(lst_rate(address, topics, data), expected, format('lst_rate, bytes: %s', source)) FROM log;

-- lst_symbol has a symbol exactly where lst_rate has a rate, and the registry knows it
SELECT is_empty($$
	SELECT 1 FROM log WHERE (lst_symbol(address, topics) IS NULL) <> (expected IS NULL)
		OR lst_symbol(address, topics) NOT IN (SELECT symbol FROM lst_tokens())
$$, 'lst_symbol names the token of every rate');

-- the job of an ETL: one statement, whatever else is among the logs
CREATE TABLE rates (token text, rate numeric);
INSERT INTO rates SELECT lst_symbol(address, topics), rate
FROM log, lst_rate(address, topics, data) rate WHERE rate IS NOT NULL;
SELECT results_eq('SELECT count(*), sum(rate) FROM rates',
	'SELECT count(expected), sum(expected) FROM log', 'INSERT ... SELECT takes every rate');

CREATE TABLE generated (address bytea, topics bytea[], data bytea,
	rate numeric GENERATED ALWAYS AS (lst_rate(address, topics, data)) STORED);
INSERT INTO generated SELECT address, topics, data FROM log;
SELECT results_eq('SELECT count(rate), sum(rate) FROM generated',
	'SELECT count(expected), sum(expected) FROM log', 'a generated column takes every rate');
CREATE INDEX ON generated (lst_rate(address, topics, data));
SELECT pass('an index over lst_rate');

-- logs as exports have them: missing topics are empty, data is empty
CREATE TABLE exported (address text, topic0 text, topic1 text, topic2 text, topic3 text, data text,
	rate numeric GENERATED ALWAYS AS (lst_rate(address, ARRAY[topic0, topic1, topic2, topic3], data, strict => false)) STORED,
	symbol text GENERATED ALWAYS AS (lst_symbol(address, ARRAY[topic0, topic1, topic2, topic3], strict => false)) STORED);
INSERT INTO exported
SELECT address, t[1], coalesce(t[2], ''), coalesce(t[3], ''), coalesce(t[4], ''), data FROM rate_case, string_to_array(topics, ' ') t;
SELECT results_eq('SELECT count(rate), sum(rate) FROM exported',
	'SELECT count(expected), sum(expected) FROM log', 'empty topics are no topics');
INSERT INTO exported SELECT address, topic0, topic1, topic2, topic3, '0x' FROM exported;
INSERT INTO exported SELECT address, topic0, '', '', '', data FROM exported WHERE rate IS NOT NULL AND topic1 <> '';
SELECT results_eq('SELECT count(rate), sum(rate) FROM exported',
	'SELECT count(expected), sum(expected) FROM log', 'logs that are damaged do not stop a load');

-- a fork, or any other contract, can emit the same event
SELECT is_empty($$
	SELECT 1 FROM log WHERE lst_rate(set_byte(address, 19, get_byte(address, 19) # 1), topics, data) IS NOT NULL
$$, 'logs of other addresses set no rate');

-- the wrapped rate is that of the other's event
SELECT is_empty($$
	SELECT 1 FROM lst_tokens() t WHERE (rate_event IS NULL AND snapshot IS NULL)
		OR (rate_event IS NULL) <> (rate_address IS NULL) OR (rate_event IS NULL) <> (known_by IS NULL) OR length(address) <> 20
$$, 'every token has an event or a view to call');
SELECT is_empty($$
	SELECT 1 FROM lst_tokens() WHERE (known_by = 'observed' AND snapshot IS NULL) OR known_by NOT IN ('report', 'totals', 'observed')
$$, 'where a rate is observed only, a view tells it to the last digit');
SELECT is_empty($$
	SELECT 1 FROM lst_tokens() t WHERE rate_event IS NOT NULL
		AND NOT EXISTS (SELECT 1 FROM lst_events() e WHERE e.address = t.rate_address AND e.event = t.rate_event)
$$, 'the events of lst_tokens are among lst_events');
SELECT results_eq($$
	SELECT symbol FROM lst_tokens() WHERE class = 'LST' ORDER BY symbol COLLATE "C"
$$, $$
	SELECT unnest(ARRAY['ETHx', 'LsETH', 'cbETH', 'mETH', 'osETH', 'rETH', 'sfrxETH', 'stETH', 'swETH', 'wBETH', 'wstETH'])
$$, 'the LSTs');

-- rates that are observed: vectors, each in its form; '-' is a topic that an export writes empty
CREATE FUNCTION outcome(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE result text;
BEGIN
	EXECUTE query INTO result;
	RETURN result;
EXCEPTION WHEN invalid_binary_representation THEN
	RETURN 'error';
END
$$;
CREATE FUNCTION arguments(form text, address text, topics text, data text DEFAULT NULL) RETURNS text LANGUAGE sql AS $$
	SELECT CASE form
		WHEN 'bytea' THEN format('%L::bytea, %L::bytea[]', unhex(address),
			(SELECT array_agg(CASE t WHEN '-' THEN '' ELSE unhex(t) END ORDER BY i) FROM string_to_table(topics, ' ') WITH ORDINALITY u(t, i)))
			|| coalesce(', ' || quote_literal(unhex(data)) || '::bytea', '')
		ELSE format('%L, %L::text[]', address, string_to_array(replace(topics, '-', ''), ' ')) || coalesce(', ' || quote_literal(data), '')
	END
$$;
CREATE TEMP TABLE observed_case (form text, address text, topics text, data text, strict boolean, expected text, kind text, source text);
\copy observed_case FROM 'test/vectors/rate/lst_rate_observed.csv' (FORMAT csv, HEADER)
SELECT is(outcome(format('SELECT lst_rate(%s%s)', arguments(form, address, topics, data), ', strict => ' || strict)), expected,
	format('lst_rate, %s: %s', form, source))
FROM observed_case;

-- what is an error is NULL in the tolerant form; all else is the same in both
SELECT is(outcome(format('SELECT lst_rate(%s, strict => false)', arguments(form, address, topics, data))), nullif(expected, 'error'),
	format('lst_rate, tolerant, %s: %s', form, source))
FROM observed_case;
SELECT is(outcome(format('SELECT rate_min FROM lst_rate_bounds(%s, strict => false)', arguments(form, address, topics, data))) IS NULL,
	nullif(expected, 'error') IS NULL, format('lst_rate_bounds where lst_rate is, %s: %s', form, source))
FROM observed_case;

CREATE TEMP TABLE bounds_case (form text, address text, topics text, data text, rate_min text, rate_max text, kind text, source text);
\copy bounds_case FROM 'test/vectors/rate/lst_rate_bounds.csv' (FORMAT csv, HEADER)
SELECT is(outcome(format('SELECT ROW(b.*) FROM lst_rate_bounds(%s) b', arguments(form, address, topics, data))),
	ROW(rate_min, rate_max)::text, format('lst_rate_bounds, %s: %s', form, source))
FROM bounds_case;
SELECT is_empty($$
	SELECT * FROM log, lst_rate_bounds(address, topics, data) WHERE rate_min IS DISTINCT FROM expected OR rate_max IS DISTINCT FROM expected
$$, 'rates that contracts tell are exact');

CREATE TEMP TABLE symbol_case (form text, address text, topics text, expected text, kind text, source text);
\copy symbol_case FROM 'test/vectors/rate/lst_symbol_observed.csv' (FORMAT csv, HEADER)
SELECT is(outcome(format('SELECT lst_symbol(%s)', arguments(form, address, topics))), expected, format('lst_symbol, %s: %s', form, source))
FROM symbol_case;
SELECT ok((SELECT count(*) FROM observed_case) = 51 AND (SELECT count(*) FROM bounds_case) = 38
	AND (SELECT count(*) FROM symbol_case) = 13, 'all vectors of observed rates were loaded');

-- parallel plans give the same
CREATE TABLE many AS SELECT log.* FROM log, generate_series(1, 500);
SELECT force_parallel();
SELECT matches(explained('SELECT count(lst_rate(address, topics, data)) FROM many'), 'Parallel', 'lst_rate runs in parallel');
SELECT results_eq('SELECT sum(lst_rate(address, topics, data)) FROM many',
	'SELECT 500 * sum(expected) FROM log', 'parallel sum of rates');

SELECT * FROM finish();
ROLLBACK;
