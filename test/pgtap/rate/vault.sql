-- Properties and vectors of the prices of vault shares.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
\i test/pgtap/include/outcome.sql
\i test/pgtap/include/logs.sql
SELECT no_plan();

-- vectors: recorded logs, encoded ones, and damaged ones strictly and not
CREATE TEMP TABLE vault_case (function text, form text, topics text, data text, share_decimals text,
	asset_decimals text, min_shares text, strict text, expected text, kind text, source text);
\copy vault_case FROM 'test/vectors/rate/vault.csv' (FORMAT csv, HEADER, FORCE_NOT_NULL (data))
SELECT cmp_ok(count(*)::int, '>=', 346, 'all vectors of vaults were loaded') FROM vault_case;

CREATE FUNCTION read_vault(c vault_case) RETURNS text LANGUAGE sql AS $$
	SELECT regexp_replace(outcome(format('SELECT ARRAY[%s] FROM %s(%s)',
		CASE c.function WHEN 'vault_rate_time' THEN 'trunc(extract(epoch FROM vault_rate_time))::text'
			ELSE log_columns(c.function, c.form) END,
		c.function, concat_ws(', ', log_topics(c.topics, c.form),
			CASE WHEN c.function <> 'vault_event' THEN log_literal(c.data, c.form) END,
			'share_decimals => ' || c.share_decimals, 'asset_decimals => ' || c.asset_decimals,
			'min_shares => ' || c.min_shares, 'strict => ' || c.strict))), '^error: .*', 'error')
$$;
SELECT is(read_vault(c), CASE expected WHEN 'error' THEN expected ELSE expected::text[]::text END,
	format('%s: %s', function, source))
FROM vault_case c;

-- made-up deposits and withdrawals against exact integers, with all sorts of decimals
CREATE FUNCTION word(n numeric) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$ SELECT uint_to_bytes(n, 32) $$;
CREATE FUNCTION deposit_topics() RETURNS bytea[] LANGUAGE sql IMMUTABLE AS $$
	SELECT ARRAY[event_topic('Deposit(address,address,uint256,uint256)'), word(1), word(2)]
$$;
CREATE FUNCTION withdraw_topics() RETURNS bytea[] LANGUAGE sql IMMUTABLE AS $$
	SELECT ARRAY[event_topic('Withdraw(address,address,address,uint256,uint256)'), word(1), word(2), word(3)]
$$;
-- floor(a * 10^e / b)
CREATE FUNCTION exact_quotient(a numeric, b numeric, e int) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
	SELECT div(a * ('1e' || greatest(e, 0))::numeric, b * ('1e' || greatest(-e, 0))::numeric)
$$;
CREATE TEMP TABLE vault AS SELECT least(div(a * ('7e' || n % 68)::numeric, 3), 2::numeric ^ 256 - 1) AS assets,
	least(div(b * ('5e' || n % 74)::numeric, 2) + 1, 2::numeric ^ 256 - 1) AS shares, n % 78 AS share_decimals, n * 31 % 78 AS asset_decimals
FROM (SELECT n, (n * 7919 % 10007)::numeric AS a, (n::bigint * 104729 % 9973)::numeric AS b FROM generate_series(1, 2000) n) r;
ALTER TABLE vault ADD exponent int GENERATED ALWAYS AS (18 + share_decimals - asset_decimals) STORED;
SELECT is_empty($$
	SELECT * FROM (
		SELECT *, exact_quotient(assets, shares, exponent) AS exact,
			vault_rate(deposit_topics(), word(assets) || word(shares), share_decimals, asset_decimals, strict => false) AS deposit,
			vault_rate(withdraw_topics(), word(assets) || word(shares), share_decimals, asset_decimals, strict => false) AS withdraw
		FROM vault
	) r WHERE deposit IS DISTINCT FROM nullif(least(exact, 2::numeric ^ 256), 2::numeric ^ 256) OR withdraw IS DISTINCT FROM deposit
$$, 'vault_rate is the exact floor, whatever the decimals');
SELECT cmp_ok(count(*) FILTER (WHERE exponent < 0 OR exponent > 77)::int, '>', 300, 'of all sorts') FROM vault;
SELECT is_empty($$
	SELECT * FROM (
		SELECT *, least(exact_quotient(assets, shares + 1, exponent),
				exact_quotient(greatest(assets - 1, 0), shares, exponent)) AS least, exact_quotient(assets, shares, exponent) AS rate
		FROM vault WHERE exact_quotient(assets, shares, exponent) < 2::numeric ^ 256
	) r, vault_rate_bounds(deposit_topics(), word(assets) || word(shares), share_decimals, asset_decimals) b
	WHERE rate_min <> least OR rate_max <> rate
$$, 'bounds of deposits are exact');
SELECT is_empty($$
	SELECT * FROM (
		SELECT *, greatest(exact_quotient(assets, nullif(shares - 1, 0), exponent),
				CASE WHEN shares > 1 THEN exact_quotient(assets + 1, shares, exponent) END) AS greatest,
			exact_quotient(assets, shares, exponent) AS rate
		FROM vault WHERE exact_quotient(assets + 1, greatest(shares - 1, 1), exponent) < 2::numeric ^ 256
	) r, vault_rate_bounds(withdraw_topics(), word(assets) || word(shares), share_decimals, asset_decimals) b
	WHERE rate_max IS DISTINCT FROM greatest OR rate_min <> rate
$$, 'bounds of withdrawals are exact');

-- the true price lies within: shares of a deposit are the floor of assets / price, assets of a withdrawal that of shares * price
SELECT is_empty($$
	SELECT 1 FROM (
		SELECT 1e18 + n * 12345678901234567 AS price, (n * 7919 + 1)::numeric AS amount FROM generate_series(1, 500) n
	) v,
	vault_rate_bounds(deposit_topics(), word(amount) || word(div(amount * 1e18, price))) d,
	vault_rate_bounds(withdraw_topics(), word(div(amount * price, 1e18)) || word(amount)) w
	WHERE price NOT BETWEEN d.rate_min AND d.rate_max + 1 OR price NOT BETWEEN w.rate_min AND w.rate_max + 1
$$, 'the price that an event came from is within its bounds');

-- an Euler vault, to the limits of its words
SELECT is_empty($$
	SELECT * FROM vault, vault_rate(ARRAY[event_topic('VaultStatus(uint256,uint256,uint256,uint256,uint256,uint256,uint256)')],
		word(shares) || word(assets) || word(0) || word(assets) || word(0) || word(0) || word(1700000000),
		share_decimals, asset_decimals, strict => false) rate,
		exact_quotient(2 * assets + 1000000, shares + 1000000, exponent) exact
	WHERE rate IS DISTINCT FROM nullif(least(exact, 2::numeric ^ 256), 2::numeric ^ 256)
$$, 'rates of VaultStatus are exact');

-- vault_event, vault_events
SELECT is_empty($$
	SELECT 1 FROM vault_case c WHERE function = 'vault_event' AND read_vault(c) <> '{NULL}'
		AND read_vault(c)::text[] <@ (SELECT array_agg(event) FROM vault_events()) IS NOT TRUE
$$, 'vault_event is of vault_events');
SELECT is_empty($$
	SELECT 1 FROM vault_events() v JOIN market_events() m USING (topic0, num_topics)
	WHERE split_part(m.event, '(', 1) <> v.event
$$, 'events that market_events has too have the same name');
SELECT set_eq('SELECT DISTINCT kind FROM vault_events()', ARRAY['deposit', 'withdraw', 'report', 'state'], 'kinds');
SELECT is_empty($$
	SELECT topic0 FROM vault_events() GROUP BY topic0 HAVING count(*) > 1
$$, 'an event has one layout');

-- the job of an ETL: a generated column, one statement, whatever else is among the logs
CREATE TABLE logs (topics text[], data text, rate numeric GENERATED ALWAYS AS (vault_rate(topics, data, strict => false)) STORED,
	ts timestamptz GENERATED ALWAYS AS (vault_rate_time(topics, data)) STORED);
INSERT INTO logs SELECT string_to_array(topics, ' '), data FROM vault_case
WHERE function = 'vault_event' AND topics !~ '-|NULL|EMPTY';
SELECT cmp_ok(count(rate)::int, '>', 40, 'a generated column of rates') FROM logs;
CREATE INDEX ON logs (vault_event(topics));

-- parallel plans give the same
CREATE TABLE many AS SELECT topics, data FROM logs, generate_series(1, 500);
SELECT force_parallel();
SELECT matches(explained('SELECT sum(vault_rate(topics, data)) FROM many'), 'Parallel', 'vault_rate runs in parallel');
SELECT results_eq('SELECT sum(vault_rate(topics, data)) FROM many', 'SELECT 500 * sum(rate) FROM logs', 'parallel sum');

SELECT * FROM finish();
ROLLBACK;
