-- Properties and vectors of the readers of market logs.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
\i test/pgtap/include/outcome.sql
\i test/pgtap/include/logs.sql
SELECT no_plan();

-- vectors: recorded logs, encoded ones, and damaged ones strictly and not
CREATE TEMP TABLE log_case (function text, form text, topics text, data text, strict text, expected text,
	kind text, source text);
\copy log_case FROM 'test/vectors/chain/logs.csv' (FORMAT csv, HEADER, FORCE_NOT_NULL (data))
SELECT cmp_ok(count(*)::int, '>=', 557, 'all vectors of the readers were loaded') FROM log_case;

CREATE FUNCTION read_log(function text, form text, topics text, data text, strict text) RETURNS text
LANGUAGE sql AS $$
	SELECT lower(regexp_replace(outcome(format('SELECT ARRAY[%s] FROM %s(%s, %s%s)', log_columns(function, form),
		function, log_topics(topics, form), log_literal(data, form), ', strict => ' || strict)), '^error: .*', 'error'))
$$;
SELECT is(read_log(function, form, topics, data, strict),
	CASE expected WHEN 'error' THEN expected ELSE lower(expected::text[]::text) END, format('%s: %s', function, source))
FROM log_case;

-- what is in hex text is what is in bytes
SELECT is(read_log(function, 'text', lower(topics), lower(data), 'false'),
	read_log(function, 'bytea', topics, data, 'false'), format('%s, text and bytea: %s', function, source))
FROM log_case WHERE form = 'bytea' AND topics NOT IN ('NULL', 'EMPTY') AND topics !~ 'NULL' AND data <> 'NULL';

-- market_events
SELECT is_empty($$
	SELECT event FROM market_events() WHERE topic0 <> event_topic(event)
$$, 'the topics of market_events are the hashes of the events');
SELECT is_empty($$
	SELECT event FROM market_events()
	WHERE num_topics <> 1 + (length(event) - length(replace(event, ' indexed ', ''))) / length(' indexed ')
$$, 'the numbers of topics are those of the declarations');
SELECT is_empty($$
	SELECT 1 FROM market_events() GROUP BY function, num_topics, topic0 HAVING count(*) > 1
$$, 'no reader has two events of one layout');
SELECT set_eq('SELECT function FROM market_events()',
	$$SELECT DISTINCT proname::text FROM pg_proc WHERE proname LIKE '%\_log' AND proargnames[3] = 'strict'$$,
	'market_events names every reader');
SELECT is_empty($$
	SELECT 1 FROM pg_proc JOIN (SELECT DISTINCT function FROM market_events()) e ON function = proname
	GROUP BY proname HAVING count(*) <> 2
$$, 'every reader has two forms');

-- a reader and decode_log agree on the values of a log: as many, and the same numbers
CREATE TEMP TABLE plain AS SELECT e.function, topics, data, num_topics, event,
	ARRAY(SELECT decode(substr(t, 3), 'hex') FROM string_to_table(topics, ' ') WITH ORDINALITY u(t, i) ORDER BY i) AS words
FROM log_case, market_events() e
WHERE form = 'bytea' AND (kind = 'real' OR source LIKE 'encoded by%') AND e.function = log_case.function
	AND topic0 = decode(substr(split_part(topics, ' ', 1), 3), 'hex')
	AND num_topics = cardinality(string_to_array(topics, ' ')) AND expected NOT LIKE '{NULL,NULL%' AND expected <> '{NULL}';
SELECT cmp_ok(count(*)::int, '>', 150, 'recorded and encoded logs of every form') FROM plain;
SELECT is((
		SELECT array_agg(value ORDER BY value COLLATE "C") FROM jsonb_each_text(decode_log(event, words, decode(substr(data, 3), 'hex'))) d(key, value)
		WHERE function <> 'erc1155_transfer_log'
	), (
		SELECT array_agg(c ORDER BY c COLLATE "C") FROM unnest(read_log(function, 'bytea', topics, data, 'true')::text[]) c
		WHERE c IS NOT NULL AND c NOT IN ('true', 'false', 'deposit', 'withdraw')
			AND c NOT LIKE 'supply%' AND c NOT LIKE 'withdraw%' AND c NOT LIKE 'absorb%' AND function <> 'erc1155_transfer_log'
	), format('%s and decode_log: %s', function, event))
FROM plain;

-- the job of an ETL: any logs, one statement, generated columns, an index
CREATE TABLE logs (topics bytea[], data bytea,
	amount numeric GENERATED ALWAYS AS ((erc20_transfer_log(topics, data, strict => false)).value) STORED);
INSERT INTO logs SELECT words, decode(substr(data, 3), 'hex') FROM plain;
SELECT results_eq('SELECT count(amount) FROM logs', $$
	SELECT count(*) FROM plain WHERE function = 'erc20_transfer_log'
$$, 'a generated column takes every value');
CREATE INDEX ON logs (((univ3_swap_log(topics, data)).sqrt_price));
SELECT pass('an index over a column of a reader');
SELECT results_eq('SELECT count(pool_id) FROM logs, balancer_v2_swap_log(topics, data)',
	$$SELECT count(*) FROM plain WHERE function = 'balancer_v2_swap_log'$$, 'FROM logs, reader(topics, data)');

-- a prepared statement gives the same at each execution, generic plan or not
PREPARE read_log(bytea[], bytea) AS SELECT value FROM erc20_transfer_log($1, $2);
SET LOCAL plan_cache_mode = force_generic_plan;
SELECT results_eq($$EXECUTE read_log('{"\\xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef",
	"\\x0000000000000000000000000000000000000000000000000000000000000001",
	"\\x0000000000000000000000000000000000000000000000000000000000000002"}', decode(repeat('00', 31) || '05', 'hex'))$$,
	'SELECT 5::numeric', 'bind parameters');

-- parallel plans give the same
CREATE TABLE many AS SELECT topics, data FROM logs, generate_series(1, 200);
SELECT force_parallel();
SELECT matches(explained('SELECT sum((erc20_transfer_log(topics, data)).value) FROM many'), 'Parallel',
	'readers run in parallel');
SELECT results_eq('SELECT sum((erc20_transfer_log(topics, data)).value) FROM many',
	'SELECT 200 * sum(amount) FROM logs', 'parallel sum');
SELECT force_serial();

-- data cut anywhere: NULL where tolerant, class 22 where strict
CREATE TEMP TABLE cut AS SELECT function, topics, substr(data, 1, 2 + 2 * length) AS data FROM (
	SELECT DISTINCT ON (event) * FROM plain WHERE data <> '0x' AND substr(data, 1, 66) !~ '^0x0+60$' ORDER BY event, data
) p, generate_series(0, (length(data) - 2) / 64 * 32 - 1, 5) length
WHERE function <> 'erc20_transfer_log' OR length < 32;
SELECT is(count(*) FILTER (WHERE coalesce(outcome(format('SELECT %s(%s, %s, false)', function,
		log_topics(topics, 'bytea'), log_literal(data, 'bytea'))), 'null') <> 'null'), 0::bigint,
	'cut data is NULL where tolerant: ' || function) FROM cut GROUP BY function;
SELECT is(count(*) FILTER (WHERE read_log(function, 'bytea', topics, data, 'true') <> 'error'), 0::bigint,
	'cut data is an error where strict: ' || function) FROM cut GROUP BY function;

SELECT * FROM finish();
ROLLBACK;
