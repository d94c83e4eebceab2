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

-- a year of each protocol in the layout of its logs: ether.fi's of the rates recorded each day, the others' of made-up
-- paths that rise each day but for a slashing. What is observed is seen in deposits of many sizes, either amount asked for.
CREATE FUNCTION word(n numeric) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$ SELECT uint_to_bytes(n, 32) $$;
CREATE TEMP TABLE recorded (ts timestamptz, token text, rate numeric);
\copy recorded FROM 'examples/data/lst_rates.csv' (FORMAT csv, HEADER)
CREATE TEMP TABLE path AS
SELECT day, 'weETH' AS token, (rate * 1e18)::numeric(60) AS rate
FROM (SELECT row_number() OVER (ORDER BY ts) AS day, rate FROM recorded WHERE token = 'weETH') r
UNION ALL
SELECT day, token, trunc(1e18 + day * 87654321012345 + day * length(token) - CASE WHEN day >= 200 THEN 3e15 ELSE 0 END)
FROM generate_series(1, 365) day, unnest(ARRAY['ezETH', 'pufETH', 'rsETH', 'mstETH', 'swETH', 'rswETH']) token;
CREATE TEMP TABLE steps AS
SELECT *, rate < lag(rate) OVER (PARTITION BY token ORDER BY day) AS is_loss FROM path;

CREATE TEMP TABLE told AS
WITH amount AS (
	SELECT *, trunc(10 ^ (15 + day % 6)::numeric * (1 + (day * 7919 % 1009) / 1009.0)) AS n FROM path
), paid AS (
	SELECT *, CASE WHEN day % 2 = 0 THEN n ELSE div(n * rate + 1e18 - 1, 1e18) END AS assets,
		CASE WHEN day % 2 = 0 THEN div(n * 1e18, rate) ELSE n END AS shares
	FROM amount
)
SELECT day, token, e.address, CASE WHEN topic THEN ARRAY[e.topic0, word(1), word(2)] ELSE ARRAY[e.topic0] END AS topics, body AS data
FROM paid JOIN LATERAL (
	SELECT 'Rebase' AS event, false AS topic, word(ceil(rate * 5e5)) || word(5e23) AS body WHERE token = 'weETH'
	UNION ALL SELECT 'Deposit', false, word(7) || word(0) || word(n) || word(div(n * 1e18, rate)) || word(0) WHERE token = 'ezETH'
	UNION ALL SELECT 'Deposit', true, word(assets) || word(shares) WHERE token = 'pufETH'
	UNION ALL SELECT 'RsETHPriceUpdate', false, word(rate) || word(rate - 1) WHERE token = 'rsETH'
	UNION ALL SELECT 'LSTExchangeRateUpdated', NULL, word(rate) WHERE token = 'mstETH'
	UNION ALL SELECT 'Reprice', false, word(n) || word(rate) || word(3) || word(4) || word(n) WHERE token IN ('swETH', 'rswETH')
) l ON true JOIN lst_events() e ON e.symbol = token AND split_part(e.event, '(', 1) = l.event AND (token <> 'rsETH' OR strpos(e.event, 'oldPrice') > 0);
UPDATE told SET topics = ARRAY[topics[1], word(9)] WHERE token = 'mstETH';

-- the same contracts' other logs, tokens that are not ether, exits with their fee, and damage
CREATE TEMP TABLE all_logs AS
SELECT row_number() OVER (ORDER BY day, token, kind) AS id, day, token, kind, address, topics, data FROM (
	SELECT 'report' AS kind, * FROM told
	UNION ALL SELECT 'other token', day, token, address, topics, set_byte(data, 63, 1) FROM told WHERE token = 'ezETH'
	UNION ALL SELECT 'exit', day, token, address, ARRAY[event_topic('Withdraw(address,address,address,uint256,uint256)'), word(1), word(2), word(3)],
		data FROM told WHERE token = 'pufETH'
	UNION ALL SELECT 'another event', day, token, address, ARRAY[event_topic('Transfer(address,address,uint256)'), word(1), word(2)], data FROM told
	UNION ALL SELECT 'another contract', day, token, set_byte(address, 0, get_byte(address, 0) # 1), topics, data FROM told
	UNION ALL SELECT 'short', day, token, address, topics, substr(data, 1, length(data) - 1) FROM told
	UNION ALL SELECT 'a topic more', day, token, address, topics || word(1) || word(1), data FROM told
) l;

-- a generated column, of bytes and of hexadecimal text, and INSERT ... SELECT
CREATE TABLE told_bytes (id bigint, address bytea, topics bytea[], data bytea,
	token text GENERATED ALWAYS AS (lst_symbol(address, topics, strict => false)) STORED,
	rate numeric GENERATED ALWAYS AS (lst_rate(address, topics, data, strict => false)) STORED);
INSERT INTO told_bytes SELECT id, address, topics, data FROM all_logs;
CREATE TABLE told_text (id bigint, address text, topics text[], data text,
	token text GENERATED ALWAYS AS (lst_symbol(address, topics, strict => false)) STORED,
	rate numeric GENERATED ALWAYS AS (lst_rate(address, topics, data, strict => false)) STORED);
INSERT INTO told_text SELECT id, '0x' || encode(address, 'hex'), ARRAY(SELECT '0x' || encode(t, 'hex') FROM unnest(topics) WITH ORDINALITY u(t, i) ORDER BY i),
	'0x' || encode(data, 'hex') FROM all_logs;
CREATE TABLE told_rates (id bigint, protocol text, token text, known_by text, rate numeric, rate_min numeric, rate_max numeric);
INSERT INTO told_rates
SELECT id, protocol, symbol, known_by, lst_rate(l.address, topics, data), rate_min, rate_max
FROM all_logs l
CROSS JOIN LATERAL lst_rate_bounds(l.address, topics, data, strict => false)
JOIN lst_tokens() ON symbol = lst_symbol(l.address, topics, strict => false)
WHERE rate_min IS NOT NULL;

SELECT results_eq($$ SELECT token, count(*) FROM told_rates GROUP BY token ORDER BY token COLLATE "C" $$,
	$$ SELECT token, count(*) FROM path GROUP BY token ORDER BY token COLLATE "C" $$, 'one rate of every log that tells one, and of no other');
SELECT is_empty($$
	SELECT id FROM told_rates r FULL JOIN (SELECT * FROM told_bytes WHERE rate IS NOT NULL) b USING (id)
		FULL JOIN (SELECT * FROM told_text WHERE rate IS NOT NULL) t USING (id)
	WHERE (r.token, r.rate) IS DISTINCT FROM (b.token, b.rate) OR (r.token, r.rate) IS DISTINCT FROM (t.token, t.rate)
$$, 'generated columns of bytes and of text, and INSERT ... SELECT, agree');
CREATE TEMP TABLE seen AS SELECT r.*, day, is_loss, p.rate AS true_rate FROM told_rates r JOIN all_logs l USING (id, token) JOIN steps p USING (token, day);
SELECT is_empty($$ SELECT * FROM seen WHERE known_by = 'report' AND (rate, rate_min, rate_max) IS DISTINCT FROM (true_rate, true_rate, true_rate) $$,
	'reports: the rate itself');
SELECT is_empty($$ SELECT * FROM seen WHERE known_by = 'totals' AND (rate <> rate_min OR rate <> rate_max OR rate NOT BETWEEN true_rate AND true_rate + 2000000) $$,
	'totals: the rate that they divide to');
SELECT is_empty($$ SELECT * FROM seen WHERE known_by = 'observed' AND (true_rate NOT BETWEEN rate_min AND rate_max + 1 OR rate NOT BETWEEN rate_min AND rate_max) $$,
	'observed: the rate is within the bounds');
-- monotone but for losses: of reports and totals the rates, of what is observed the bounds
SELECT is_empty($$
	SELECT * FROM (SELECT *, rate < lag(rate) OVER (PARTITION BY token ORDER BY day) AS falls FROM seen WHERE known_by <> 'observed') s
	WHERE falls IS DISTINCT FROM is_loss
$$, 'rates of ether.fi, Kelp, Eigenpie and Swell fall with a loss and at no other time');
SELECT is_empty($$
	SELECT * FROM (SELECT *, rate_max < max(rate_min) OVER w AS falls FROM seen WHERE known_by = 'observed' AND day <= 200
		WINDOW w AS (PARTITION BY token ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) s
	WHERE falls IS DISTINCT FROM is_loss
$$, 'bounds of Renzo and Puffer show the loss, and none before it');
SELECT set_eq($$ SELECT DISTINCT protocol, known_by FROM seen $$,
	$$ VALUES ('ether.fi', 'totals'), ('Renzo', 'observed'), ('Puffer', 'observed'), ('Kelp', 'report'), ('Eigenpie', 'report'), ('Swell', 'report') $$,
	'lst_tokens says how each is known');
SELECT cmp_ok(count(*) FILTER (WHERE is_loss)::int, '=', 1, 'one fall of ' || token) FROM seen GROUP BY token;

-- parallel plans give the same
CREATE TABLE many AS SELECT log.* FROM log, generate_series(1, 500);
SELECT force_parallel();
SELECT matches(explained('SELECT count(lst_rate(address, topics, data)) FROM many'), 'Parallel', 'lst_rate runs in parallel');
SELECT results_eq('SELECT sum(lst_rate(address, topics, data)) FROM many',
	'SELECT 500 * sum(expected) FROM log', 'parallel sum of rates');

SELECT * FROM finish();
ROLLBACK;
