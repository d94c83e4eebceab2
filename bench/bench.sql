-- The measurements behind every claim of speed. Run by bench.sh; prints Markdown.
-- psql variables: rows, tokens, rounds, only, duckdb.

SET jit = off;
SET work_mem = '256MB';
SET client_min_messages = warning;

-- 50 tokens, a rate of each in turn, as a chain's blocks bring them
CREATE TABLE bench_rates AS
SELECT timestamptz '2020-01-01' + (g / :tokens) * interval '12 minutes' AS ts,
	'token' || to_char(g % :tokens, 'FM00') AS token,
	(1 + (g % :tokens) * 0.01) * (1 + (g / :tokens) * 1e-6 + 1e-7 * sin(g)) AS rate,
	1 + cos(g)::float8 AS weight
FROM generate_series(0, :rows - 1) g;

-- one token's history, read in the order of its index
CREATE TABLE bench_history AS SELECT ts, rate FROM bench_rates WHERE token = 'token07' ORDER BY ts;
CREATE INDEX ON bench_history (ts);

CREATE TABLE bench_daily AS
SELECT token, date_trunc('day', ts, 'UTC') AS day, rate_agg(ts, rate) AS s FROM bench_rates GROUP BY 1, 2;

-- logs in ethereum-etl's layout, and the same in bytes: rates of cbETH, of rETH, and transfers of other tokens
CREATE TABLE bench_logs AS
SELECT address, topic0, topic1, NULL::text AS topic2, NULL::text AS topic3, data FROM (
	SELECT '0xbe9895146f7af43049ca1c1ae358b0541ea49704' AS address,
		'0x0b4e9390054347e2a16d95fd8376311b0d2deedecba526e9742bcaa40b059f0b' AS topic0,
		'0x0000000000000000000000009b37180d847b27adc13c2277299045c1237ae281' AS topic1,
		'0x' || lpad(to_hex(1000000000000000000 + g), 64, '0') AS data, g AS id
	FROM generate_series(1, :rows / 10) g
	UNION ALL
	SELECT '0x6cc65bf618f55ce2433f9d8d827fc44117d81399',
		'0xdd27295717c4fbd48b1840f846e18be6f0b7bd6b55608e697e53b15848cecdf9', '0x' || lpad(to_hex(g), 64, '0'),
		'0x' || lpad('66f0', 64, '0') || lpad(to_hex(1100000000000000000 + g) || '0000', 64, '0') || lpad('1', 64, '0')
			|| lpad(to_hex(1000000000000000000) || '0000', 64, '0') || lpad('66f1', 64, '0'), g
	FROM generate_series(1, :rows / 10) g
) l;
CREATE TABLE bench_other_logs AS
SELECT '0x' || lpad(to_hex(g * 7919), 40, '0') AS address,
	'0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef' AS topic0, topic1, topic1 AS topic2, topic3, data
FROM (SELECT *, row_number() OVER () AS g FROM bench_logs) l;
CREATE TABLE bench_logs_bytes AS
SELECT decode(substr(address, 3), 'hex') AS address,
	ARRAY[decode(substr(topic0, 3), 'hex'), decode(substr(topic1, 3), 'hex')] AS topics, decode(substr(data, 3), 'hex') AS data
FROM bench_logs;

-- logs with values of the sizes that mainnet has, as bytes and as hexadecimal text
CREATE FUNCTION bench_word(hex text) RETURNS bytea LANGUAGE sql IMMUTABLE AS
	$$ SELECT decode(lpad(hex, 64, substr('0f', 1 + (hex ~ '^f')::int, 1)), 'hex') $$;
CREATE TABLE bench_transfers AS
SELECT ARRAY[event_topic('Transfer(address,address,uint256)'),
		bench_word('0' || md5(g::text) || 'a1b2c3d4'), bench_word('0' || md5((g % 999)::text) || 'b3c4d5e6')] AS topics,
	bench_word(substr('0' || md5((-g)::text), 1, 12 + g % 9)) AS data
FROM generate_series(1, least(:rows, 300000)) g;
CREATE TABLE bench_swaps AS
SELECT ARRAY[event_topic('Swap(address,address,int256,int256,uint160,uint128,int24)'),
		bench_word('0' || md5(g::text) || 'a1b2c3d4'), bench_word('0' || md5((g % 999)::text) || 'b3c4d5e6')] AS topics,
	bench_word(substr('f' || md5(g::text), 1, 18)) || bench_word(substr('0' || md5(g::text), 1, 20)) || bench_word('0' || md5((-g)::text))
		|| bench_word(substr('0' || md5((g / 50)::text), 1, 19)) || bench_word('fd' || lpad(to_hex(g % 65536), 4, '0')) AS data
FROM generate_series(1, least(:rows, 300000)) g;
CREATE TABLE bench_hex_transfers AS
SELECT ARRAY(SELECT '0x' || encode(t, 'hex') FROM unnest(topics) t) AS topics, '0x' || encode(data, 'hex') AS data FROM bench_transfers;
CREATE TABLE bench_hex_swaps AS
SELECT ARRAY(SELECT '0x' || encode(t, 'hex') FROM unnest(topics) t) AS topics, '0x' || encode(data, 'hex') AS data FROM bench_swaps;
CREATE TABLE bench_deposits AS
SELECT ARRAY[event_topic('Deposit(address,address,uint256,uint256)'), topics[2], topics[3]] AS topics,
	bench_word(substr('0' || md5((g + 1)::text), 1, 16)) || bench_word(substr('0' || md5(g::text), 1, 16)) AS data
FROM (SELECT topics, row_number() OVER () AS g FROM bench_swaps) l;
CREATE TABLE bench_hex_deposits AS
SELECT ARRAY(SELECT '0x' || encode(t, 'hex') FROM unnest(topics) t) AS topics, '0x' || encode(data, 'hex') AS data FROM bench_deposits;
-- logs for every reader of market logs: of its first event, with values of usual sizes
CREATE FUNCTION bench_argument(type text, name text, g int) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE
		WHEN type = 'address' THEN bench_word('0' || md5(name || g) || 'a1b2c3d4')
		WHEN type = 'bytes32' THEN decode(md5(name || g) || md5(g || name), 'hex')
		WHEN type IN ('int24', 'uint24') OR name LIKE '%\_id' THEN bench_word('0' || to_hex(g % 1000))
		WHEN name ~* 'timestamp|updatedat' THEN bench_word(to_hex(1700000000 + g))
		ELSE bench_word('0' || left(md5(name || g), CASE type WHEN 'uint160' THEN 28 ELSE 19 END))
	END
$$;
CREATE TABLE bench_reader_logs AS
SELECT function, topic0 || array_agg(word ORDER BY i) FILTER (WHERE indexed) AS topics,
	coalesce(string_agg(word, '' ORDER BY i) FILTER (WHERE NOT indexed), '') AS data
FROM (SELECT DISTINCT ON (function) * FROM market_events() WITH ORDINALITY ORDER BY function, ordinality) e,
	generate_series(1, 2000) g,
	string_to_table(substring(event FROM '\((.*)\)'), ', ') WITH ORDINALITY a(argument, i),
	LATERAL (SELECT argument LIKE '% indexed %' AS indexed,
		bench_argument(split_part(argument, ' ', 1), split_part(argument, ' ', -1), g) AS word) w
GROUP BY function, topic0, g;
SELECT format('CREATE TABLE bench_bytes_%1$s AS SELECT topics, data FROM bench_reader_logs, generate_series(1, 50) WHERE function = %1$L', function),
	format('CREATE TABLE bench_hex_%1$s AS SELECT ARRAY(SELECT ''0x'' || encode(t, ''hex'') FROM unnest(topics) t) AS topics, ''0x'' || encode(data, ''hex'') AS data '
		'FROM bench_bytes_%1$s', function)
FROM bench_reader_logs GROUP BY function ORDER BY function \gexec
CREATE TABLE bench_sums AS SELECT random() AS weight FROM generate_series(1, 100000);
-- options near the money, as many quotes; returns of a million days
CREATE TABLE bench_options AS
SELECT spot, strike, years, volatility, bs_price('call', spot, strike, years, volatility, 0.03, 0.02) AS price
FROM (SELECT 3000 * (0.9 + 0.2 * random()) AS spot, 3000::float8 AS strike, 0.1 + random() AS years, 0.3 + 0.5 * random() AS volatility
	FROM generate_series(1, 100000)) o;
CREATE TABLE bench_returns AS SELECT 0.02 * (random() + random() + random() - 1.5) AS return, 0.03 * (random() - 0.5) AS benchmark
FROM generate_series(1, 1000000);
-- the same rows as an indexer stores them: rates and weights in wei
CREATE TABLE bench_wei AS
SELECT ts, token, trunc(rate::numeric * 1e18) + g % 1000 AS rate, trunc(weight::numeric * 1e21) + g AS weight
FROM (SELECT *, row_number() OVER () AS g FROM bench_rates) r;

-- the same rows with times in UTC, without time zone
CREATE TABLE bench_utc AS SELECT ts AT TIME ZONE 'UTC' AS ts, token, rate FROM bench_rates;

-- a million words of events: amounts of some 80 bits, and others that use all 256
SELECT setseed(0.5) \g /dev/null
CREATE TABLE bench_words AS
SELECT decode(lpad(to_hex((random() * 65535)::bigint) || lpad(to_hex((random() * 9e18)::bigint), 16, '0'), 64, '0'), 'hex') AS word,
	sha256(int4send(g)) AS full_word
FROM generate_series(1, 1000000) g;
CREATE TABLE bench_hex AS SELECT '0x' || encode(word, 'hex') AS hex FROM bench_words;
CREATE TABLE bench_values AS SELECT bytes_to_uint(word) AS value, bytes_to_uint(full_word) AS full_value FROM bench_words;
CREATE TABLE bench_products AS
SELECT trunc(1e18 * (1 + random()::numeric)) + g AS a, trunc(1e22 * (1 + random()::numeric)) + g AS b,
	trunc(1e21 * (1 + random()::numeric)) + g AS c
FROM generate_series(1, 1000000) g;
-- positions of 200 to 20000 ticks, most of them around the price
CREATE TABLE bench_ranges AS
SELECT univ3_sqrt_price_at_tick(tick) + g AS sqrt_price, tick - width AS tick_lower, tick + width AS tick_upper,
	trunc(1e15 * (1 + random()::numeric)) * (1 + g % 100000) AS liquidity
FROM (SELECT g, (g % 20000 - 210000) AS tick, 100 + g % 9900 AS width FROM generate_series(1, 1000000) g) p;
-- accounts with 10 flows each: payments, a withdrawal, a value at the end
CREATE TABLE bench_flows AS
SELECT g / 10 AS account, timestamptz '2020-01-01' + (g % 10) * interval '37 days' + (g % 97) * interval '1 hour' AS ts,
	(CASE g % 10 WHEN 9 THEN 1000 * (8 + 2 * sin(g)) WHEN 4 THEN 300 ELSE -1000 - (g % 7) * 10 END)::float8 AS amount
FROM generate_series(0, :rows / 5 - 1) g;
-- a lending market: 100000 accounts of 10 positions, and the same rows as a book of a million accounts
CREATE TABLE bench_positions AS
SELECT g % 100000 AS account, (1 + g * 7 % 1000)::float8 AS collateral, 0.5 + g * 31 % 45 / 100.0::float8 AS liquidation_threshold, (g * 13 % 600)::float8 AS debt
FROM generate_series(1, 1000000) g;
-- moves of a price, ranges about it, and swaps
CREATE TABLE bench_moves AS
SELECT 1 + 0.3 * sin(g) AS k, 1 + 0.2 * cos(g) AS p, ARRAY[1 + 0.3 * sin(g), 1] AS ratios, 100 * sin(7 * g) AS quantity
FROM generate_series(1, 1000000) g;
-- swaps in pools of two coins
CREATE TABLE bench_pools AS
SELECT trunc(1e21 * (1 + random()::numeric)) + g AS dx,
	ARRAY[trunc(5e23 * (1 + random()::numeric)), trunc(6e23 * (1 + random()::numeric))] AS balances
FROM generate_series(1, 20000) g;
VACUUM ANALYZE;

-- get_dy of Curve's pools with two coins, in PL/pgSQL with numeric
CREATE FUNCTION plain_dy(dx numeric, x numeric, y numeric, amp numeric, fee numeric) RETURNS numeric LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	s numeric := x + y;
	ann numeric := amp * 2;
	d numeric := s;
	last numeric;
	p numeric;
	b numeric;
	c numeric;
	z numeric;
BEGIN
	LOOP
		p := div(div(d * d, x) * d, y * 4);
		last := d;
		d := div((div(ann * s, 100) + p * 2) * d, div((ann - 100) * d, 100) + 3 * p);
		EXIT WHEN abs(d - last) <= 1;
	END LOOP;
	c := div(div(d * d, (x + dx) * 2) * d * 100, ann * 2);
	b := x + dx + div(d * 100, ann);
	z := d;
	LOOP
		last := z;
		z := div(z * z + c, 2 * z + b - d);
		EXIT WHEN abs(z - last) <= 1;
	END LOOP;
	z := y - z - 1;
	RETURN z - div(z * fee, 10000000000);
END
$$;

-- the fastest SQL that we know for a word: seven bytes at a time as bigint, then Horner's rule in numeric
CREATE FUNCTION seven_bytes(word text, first int) RETURNS text LANGUAGE sql AS $$
	SELECT format('((get_byte(%1$s, %2$s) << 16 | (get_byte(%1$s, %3$s) << 8) | get_byte(%1$s, %4$s))::bigint << 32 | '
		'((get_byte(%1$s, %5$s)::bigint << 24) | (get_byte(%1$s, %6$s) << 16 | (get_byte(%1$s, %7$s) << 8) | get_byte(%1$s, %8$s))))',
		word, first, first + 1, first + 2, first + 3, first + 4, first + 5, first + 6)
$$;
CREATE FUNCTION plain_word(word text) RETURNS text LANGUAGE sql AS $$
	SELECT format('((((((get_byte(%1$s, 0)::bigint << 24) | (get_byte(%1$s, 1) << 16 | (get_byte(%1$s, 2) << 8) | get_byte(%1$s, 3)))::numeric '
		'* %6$s + %2$s) * %6$s + %3$s) * %6$s + %4$s) * %6$s + %5$s)',
		word, seven_bytes(word, 4), seven_bytes(word, 11), seven_bytes(word, 18), seven_bytes(word, 25), 1::bigint << 56)
$$;

CREATE TABLE measure (
	id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	title text,					-- one table each
	name text,
	workers int DEFAULT 0,
	is_floor boolean DEFAULT false,	-- what the others are compared with
	query text,
	num_rows int,				-- to show rows a second, or NULL
	ms float8[] DEFAULT '{}'
);

INSERT INTO measure (title, name, is_floor, query) VALUES
('APR of each token, one process', '`sum(rate)`', true,
	'SELECT token, sum(rate) FROM bench_rates GROUP BY token'),
('APR of each token, one process', '**`apr(ts, rate)`**', false,
	'SELECT token, apr(ts, rate) FROM bench_rates GROUP BY token'),
('APR of each token, one process', '**`rate_agg(ts, rate)`**', false,
	'SELECT token, rate_agg(ts, rate) FROM bench_rates GROUP BY token'),
('APR of each token, one process', '**`apr`, `apy`, `last_rate(rate_agg)` together**', false,
	'SELECT token, apr(ts, rate), apy(ts, rate), last_rate(rate_agg(ts, rate)) FROM bench_rates GROUP BY token'),
('APR of each token, one process', 'plain SQL: `min(ts)`, `max(ts)`, joined back to the table', false, $$
	SELECT token, (max(rate) FILTER (WHERE ts = t1) / max(rate) FILTER (WHERE ts = t0) - 1)
		* 31536000 / nullif(extract(epoch FROM max(t1) - max(t0)), 0)
	FROM (SELECT token, min(ts) AS t0, max(ts) AS t1 FROM bench_rates GROUP BY token) m JOIN bench_rates b USING (token)
	WHERE b.ts = t0 OR b.ts = t1 GROUP BY token$$),
('APR of each token, one process', 'plain SQL: `max(ARRAY[ts, rate])`', false, $$
	SELECT token, (b[2] / a[2] - 1) * 31536000 / nullif(b[1] - a[1], 0)
	FROM (SELECT token, min(ARRAY[extract(epoch FROM ts)::float8, rate]) AS a,
		max(ARRAY[extract(epoch FROM ts)::float8, rate]) AS b FROM bench_rates GROUP BY token) x$$),
('APR of each token, one process', 'plain SQL: `first_value`, `last_value`, `DISTINCT`', false, $$
	SELECT DISTINCT token, (last_value(rate) OVER w / first_value(rate) OVER w - 1)
		* 31536000 / nullif(extract(epoch FROM last_value(ts) OVER w - first_value(ts) OVER w), 0)
	FROM bench_rates
	WINDOW w AS (PARTITION BY token ORDER BY ts RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)$$),
('APR of each token, one process', 'plain SQL: `array_agg(rate ORDER BY ts)`', false, $$
	SELECT token, ((array_agg(rate ORDER BY ts DESC))[1] / (array_agg(rate ORDER BY ts))[1] - 1)
		* 31536000 / nullif(extract(epoch FROM max(ts) - min(ts)), 0)
	FROM bench_rates GROUP BY token$$),
('APR of each token, one process', 'plain SQL: `DISTINCT ON`, twice', false, $$
	SELECT token, (b.rate / a.rate - 1) * 31536000 / nullif(extract(epoch FROM b.ts - a.ts), 0)
	FROM (SELECT DISTINCT ON (token) token, ts, rate FROM bench_rates ORDER BY token, ts) a
	JOIN (SELECT DISTINCT ON (token) token, ts, rate FROM bench_rates ORDER BY token, ts DESC) b USING (token)$$),

('APR of all rows, one group, one process', '`sum(rate)`', true, 'SELECT sum(rate) FROM bench_rates'),
('APR of all rows, one group, one process', '**`apr(ts, rate)`**', false, 'SELECT apr(ts, rate) FROM bench_rates'),

('Funding of all payments, one group, one process', '`sum(rate)`', true,
	'SELECT sum(rate * 1e-4) FROM bench_rates'),
('Funding of all payments, one group, one process', '**`funding_agg(ts, rate)`**', false,
	'SELECT funding_agg(ts, rate * 1e-4) FROM bench_rates'),

('Rate of each token at a moment, one process', '`sum(rate)`', true,
	'SELECT token, sum(rate) FROM bench_rates GROUP BY token'),
('Rate of each token at a moment, one process', '**`rate_at(ts, rate, at)`**', false,
	$$SELECT token, rate_at(ts, rate, '2020-07-01') FROM bench_rates GROUP BY token$$),
('Rate of each token at a moment, one process', '**`rate_at`, `rate_at_linear`, `rate_age` together**', false,
	$$SELECT token, rate_at(ts, rate, '2020-07-01'), rate_at_linear(ts, rate, '2020-07-01'), rate_age(ts, rate, '2020-07-01')
	FROM bench_rates GROUP BY token$$),
('Rate of each token at a moment, one process', 'plain SQL: `DISTINCT ON`', false,
	$$SELECT DISTINCT ON (token) token, rate FROM bench_rates WHERE ts <= '2020-07-01' ORDER BY token, ts DESC, rate DESC$$),
('Rate of each token at a moment, one process', 'plain SQL: `max(ARRAY[ts, rate])`', false, $$
	SELECT token, (max(ARRAY[extract(epoch FROM ts)::float8, rate]) FILTER (WHERE ts <= '2020-07-01'))[2]
	FROM bench_rates GROUP BY token$$),

('APR of each token, times without zone, one process', '`sum(rate)`', true,
	'SELECT token, sum(rate) FROM bench_utc GROUP BY token'),
('APR of each token, times without zone, one process', '**`apr(ts, rate)`**', false,
	'SELECT token, apr(ts, rate) FROM bench_utc GROUP BY token'),
('APR of each token, times without zone, one process', '**`rate_at(ts, rate, now())`**', false,
	'SELECT token, rate_at(ts, rate, now()) FROM bench_utc GROUP BY token'),

('APR of each token from one moment to another, one process', '`sum(rate)`', true,
	'SELECT token, sum(rate) FROM bench_rates GROUP BY token'),
('APR of each token from one moment to another, one process', '**`apr_between(ts, rate, t0, t1)`**', false,
	$$SELECT token, apr_between(ts, rate, '2020-06-01', '2020-07-01') FROM bench_rates GROUP BY token$$),
('APR of each token from one moment to another, one process', '**`apr_between`, `apy_between` and their linear forms together**', false,
	$$SELECT token, apr_between(ts, rate, '2020-06-01', '2020-07-01'), apy_between(ts, rate, '2020-06-01', '2020-07-01'),
		apr_between_linear(ts, rate, '2020-06-01', '2020-07-01'), apy_between_linear(ts, rate, '2020-06-01', '2020-07-01')
	FROM bench_rates GROUP BY token$$),
('APR of each token from one moment to another, one process', 'plain SQL: `DISTINCT ON`, twice', false, $$
	SELECT token, (b.rate / a.rate - 1) * 365 / 30
	FROM (SELECT DISTINCT ON (token) token, rate FROM bench_rates WHERE ts <= '2020-06-01' ORDER BY token, ts DESC, rate DESC) a
	JOIN (SELECT DISTINCT ON (token) token, rate FROM bench_rates WHERE ts <= '2020-07-01' ORDER BY token, ts DESC, rate DESC) b USING (token)$$),

('Blended APR of each token, one process', '`sum(rate)`', true,
	'SELECT token, sum(rate) FROM bench_rates GROUP BY token'),
('Blended APR of each token, one process', '**`blended_apr(rate, weight)`**', false,
	'SELECT token, blended_apr(rate, weight) FROM bench_rates GROUP BY token'),
('Blended APR of each token, one process', 'plain SQL: `sum(rate * weight) / sum(weight)`, without its precision', false,
	'SELECT token, sum(rate * weight) / nullif(sum(weight), 0) FROM bench_rates GROUP BY token'),

('Linked returns, averages and concentration of each token, one process', '`sum(rate)`', true,
	'SELECT token, sum(rate) FROM bench_rates GROUP BY token'),
('Linked returns, averages and concentration of each token, one process', '**`linked_return(0.001 * weight - 0.001)`**', false,
	'SELECT token, linked_return(0.001 * weight - 0.001) FROM bench_rates GROUP BY token'),
('Linked returns, averages and concentration of each token, one process', '**`ema(ts, rate, ''7 days'')`**', false,
	$$SELECT token, ema(ts, rate, '7 days') FROM bench_rates GROUP BY token$$),
('Linked returns, averages and concentration of each token, one process', '**`ema(rate, 0.1)`**', false,
	'SELECT token, ema(rate, 0.1) FROM bench_rates GROUP BY token'),
('Linked returns, averages and concentration of each token, one process', '**`hhi(weight)`**', false,
	'SELECT token, hhi(weight) FROM bench_rates GROUP BY token'),
('Linked returns, averages and concentration of each token, one process', '**`log_yield(ts, rate)`**', false,
	'SELECT token, log_yield(ts, rate) FROM bench_rates GROUP BY token'),
('Linked returns, averages and concentration of each token, one process', 'plain SQL: `exp(sum(ln(0.999 + 0.001 * weight))) - 1`, without its precision', false,
	'SELECT token, exp(sum(ln(0.999 + 0.001 * weight))) - 1 FROM bench_rates GROUP BY token'),

('Middle of the yields of each token, one process', '`percentile_cont(0.5)`', true,
	'SELECT token, percentile_cont(0.5) WITHIN GROUP (ORDER BY rate) FROM bench_rates GROUP BY token'),
('Middle of the yields of each token, one process', '**`weighted_median(rate, weight)`**', false,
	'SELECT token, weighted_median(rate, weight) FROM bench_rates GROUP BY token'),
('Middle of the yields of each token, one process', '**`trimmed_mean(rate, 0.1)`**', false,
	'SELECT token, trimmed_mean(rate, 0.1) FROM bench_rates GROUP BY token'),

('APR of each token and month', '**`apr(rollup(s))` from stored daily summaries**', true,
	$$SELECT token, date_trunc('month', day, 'UTC'), apr(rollup(s)) FROM bench_daily GROUP BY 1, 2$$),
('APR of each token and month', '**`apr(ts, rate)` from rows**', false,
	$$SELECT token, date_trunc('month', ts, 'UTC'), apr(ts, rate) FROM bench_rates GROUP BY 1, 2$$),

('Rolling 7-day APR of one token, in the order of an index', '**`apr(ts, rate) OVER (… RANGE ''7 days'' PRECEDING)`**', true,
	$$SELECT apr(ts, rate) OVER (ORDER BY ts RANGE '7 days' PRECEDING) AS x FROM bench_history$$),
('Rolling 7-day APR of one token, in the order of an index', '**the same with the rate as of seven days before: `trailing_apr(ts, rate, ''7 days'') OVER (ORDER BY ts)`**', false,
	$$SELECT trailing_apr(ts, rate, '7 days') OVER (ORDER BY ts) AS x FROM bench_history$$),
('Rolling 7-day APR of one token, in the order of an index', '**`apr(last_rate(rate_agg(ts, rate) OVER (… UNBOUNDED PRECEDING AND ''7 days'' PRECEDING)), rate, …)`**', false, $$
	SELECT apr(last_rate(rate_agg(ts, rate) OVER (ORDER BY ts RANGE BETWEEN UNBOUNDED PRECEDING AND '7 days' PRECEDING)),
		rate, ts - interval '7 days', ts) AS x
	FROM bench_history$$),
('Rolling 7-day APR of one token, in the order of an index', 'plain SQL: `first_value`, `last_value`', false, $$
	SELECT (last_value(rate) OVER w / first_value(rate) OVER w - 1)
		* 31536000 / nullif(extract(epoch FROM last_value(ts) OVER w - first_value(ts) OVER w), 0) AS x
	FROM bench_history WINDOW w AS (ORDER BY ts RANGE '7 days' PRECEDING)$$),
('Rolling 7-day APR of one token, in the order of an index', 'plain SQL: a self-join by `LATERAL`', false, $$
	SELECT (h.rate / f.rate - 1) * 31536000 / nullif(extract(epoch FROM h.ts - f.ts), 0) AS x
	FROM bench_history h, LATERAL (
		SELECT ts, rate FROM bench_history x WHERE x.ts >= h.ts - interval '7 days' ORDER BY x.ts LIMIT 1) f$$),

('A fifth as many logs of rates to rates', '`octet_length(data)`, as hexadecimal text', true,
	'SELECT octet_length(data) FROM bench_logs'),
('A fifth as many logs of rates to rates', '**`lst_rate` of hexadecimal text**', false,
	'SELECT lst_rate(address, ARRAY[topic0, topic1, topic2, topic3], data) FROM bench_logs'),
('A fifth as many logs of rates to rates', '**`lst_rate` of bytes**', false,
	'SELECT lst_rate(address, topics, data) FROM bench_logs_bytes'),
('A fifth as many logs of rates to rates', '**`lst_rate` of logs of other contracts, hexadecimal text**', false,
	'SELECT coalesce(lst_rate(address, ARRAY[topic0, topic1, topic2, topic3], data), 0) FROM bench_other_logs'),
('A million words of amounts as `numeric`', '**`bytes_to_uint(word)`**', true, 'SELECT bytes_to_uint(word) FROM bench_words'),
('A million words of amounts as `numeric`', '**`bytes_to_uint(hex)`**, hex text', false, 'SELECT bytes_to_uint(hex) FROM bench_hex'),
('A million words of amounts as `numeric`', 'plain SQL: `get_byte`, shifts, Horner''s rule', false,
	'SELECT ' || plain_word('word') || ' FROM bench_words'),
('A million words of amounts as `numeric`', 'plain SQL: hex text cast to `bit(56)` and `bigint`, Horner''s rule', false, $$
	SELECT ((((('x' || substr(h, 1, 8))::bit(32)::bigint::numeric * 72057594037927936 + ('x' || substr(h, 9, 14))::bit(56)::bigint)
		* 72057594037927936 + ('x' || substr(h, 23, 14))::bit(56)::bigint) * 72057594037927936
		+ ('x' || substr(h, 37, 14))::bit(56)::bigint) * 72057594037927936 + ('x' || substr(h, 51, 14))::bit(56)::bigint) AS x
	FROM (SELECT encode(word, 'hex') AS h FROM bench_words OFFSET 0) w$$),
('A million words of amounts as `numeric`', 'plain SQL: `sum(get_byte(word, i) * 256 ^ (31 - i))`, a tenth of the words', false, $$
	SELECT (SELECT sum(get_byte(word, i) * 256::numeric ^ (31 - i)) FROM generate_series(0, 31) i) AS x
	FROM (SELECT word FROM bench_words LIMIT 100000) w$$),
('A million words of amounts as `numeric`', 'reading the words, which is part of each', false, 'SELECT word FROM bench_words'),

('A million words of 256 bits as `numeric`', '**`bytes_to_uint(word)`**', true, 'SELECT bytes_to_uint(full_word) FROM bench_words'),
('A million words of 256 bits as `numeric`', 'plain SQL: `get_byte`, shifts, Horner''s rule', false,
	'SELECT ' || plain_word('full_word') || ' FROM bench_words'),

('Sum of a million words', '`sum(numeric)`', true, 'SELECT sum(value) FROM bench_values'),
('Sum of a million words', '**`sum(bytes_to_uint(word))`**', false, 'SELECT sum(bytes_to_uint(word)) FROM bench_words'),
('Sum of a million words of 256 bits', '`sum(numeric)`', true, 'SELECT sum(full_value) FROM bench_values'),
('Sum of a million words of 256 bits', '**`sum(bytes_to_uint(word))`**', false, 'SELECT sum(bytes_to_uint(full_word)) FROM bench_words'),

('A million products and quotients', '**`mul_div(a, b, c)`**', true, 'SELECT mul_div(a, b, c) FROM bench_products'),
('A million products and quotients', 'plain SQL: `div(a * b, c)`', false, 'SELECT div(a * b, c) FROM bench_products'),

('A million sqrt prices of a pool as ticks', '**`univ3_tick_at_sqrt_price(sqrt_price)`**, exact', true,
	'SELECT univ3_tick_at_sqrt_price(sqrt_price) FROM bench_ranges'),
('A million sqrt prices of a pool as ticks', 'plain SQL: `floor(2 * ln(sqrt_price / 2 ^ 96) / ln(1.0001))`, in `float8`', false,
	'SELECT floor(2 * ln(sqrt_price::float8 / 79228162514264337593543950336::float8) / ln(1.0001::float8)) AS x FROM bench_ranges'),
('A million sqrt prices of a pool as prices', '**`univ3_price(sqrt_price, 18, 6)`**, 28 digits', true,
	'SELECT univ3_price(sqrt_price, 18, 6) FROM bench_ranges'),
('A million sqrt prices of a pool as prices', 'plain SQL: `sqrt_price * sqrt_price / 2 ^ 192 * 10 ^ 12`, in `numeric`', false,
	'SELECT sqrt_price * sqrt_price / 6277101735386680763835789423207666416102355444464034512896 * 1e12 AS x FROM bench_ranges'),
('A million sqrt prices of a pool as prices', 'plain SQL: the same in `float8`', false,
	'SELECT (sqrt_price::float8 / 79228162514264337593543950336::float8) ^ 2 * 1e12 AS x FROM bench_ranges'),
('Amounts of a million positions', '**`univ3_amounts(liquidity, sqrt_price, tick_lower, tick_upper)`**, exact', true,
	'SELECT univ3_amounts(liquidity, sqrt_price, tick_lower, tick_upper) AS x FROM bench_ranges'),
('Amounts of a million positions', 'plain SQL: `liquidity * (1 / s - 1 / sqrt(1.0001 ^ tick_upper))`, in `float8`', false, $$
	SELECT liquidity::float8 * (1 / s - 1 / b) AS x, liquidity::float8 * (s - a) AS y FROM (
		SELECT liquidity, a, b, least(greatest(sqrt_price::float8 / 79228162514264337593543950336::float8, a), b) AS s
		FROM (SELECT *, 1.0001::float8 ^ (tick_lower / 2.0::float8) AS a, 1.0001::float8 ^ (tick_upper / 2.0::float8) AS b
			FROM bench_ranges OFFSET 0) p OFFSET 0) q$$),

('APR of each token, rates in wei as `numeric`', '**`apr(ts, rate)`**, `float8`', true,
	'SELECT token, apr(ts, rate) FROM bench_rates GROUP BY token'),
('APR of each token, rates in wei as `numeric`', '**`apr(ts, rate)`**, `numeric`', false,
	'SELECT token, apr(ts, rate) FROM bench_wei GROUP BY token'),
('APR of each token, rates in wei as `numeric`', '**`rate_agg(ts, rate)`**, `numeric`', false,
	'SELECT token, rate_agg(ts, rate) FROM bench_wei GROUP BY token'),
('APR of each token, rates in wei as `numeric`', '**`apr(ts, rate::float8)`**, by the server''s cast', false,
	'SELECT token, apr(ts, rate::float8) FROM bench_wei GROUP BY token'),
('APR of each token, rates in wei as `numeric`', '`sum(rate)`, `numeric`', false,
	'SELECT token, sum(rate) FROM bench_wei GROUP BY token'),
('APR of all rows, one group, rates in wei as `numeric`', '**`apr(ts, rate)`**, `float8`', true, 'SELECT apr(ts, rate) FROM bench_rates'),
('APR of all rows, one group, rates in wei as `numeric`', '**`apr(ts, rate)`**, `numeric`', false, 'SELECT apr(ts, rate) FROM bench_wei'),

('Blended APR of each token, weights in wei as `numeric`', '**`blended_apr(apr, weight)`**, `float8`', true,
	'SELECT token, blended_apr(rate, weight) FROM bench_rates GROUP BY token'),
('Blended APR of each token, weights in wei as `numeric`', '**`blended_apr(apr, weight)`**, `float8`, `numeric`', false,
	'SELECT token, blended_apr(0.03::float8, weight) FROM bench_wei GROUP BY token'),
('Blended APR of each token, weights in wei as `numeric`', '**`blended_apr(apr, weight)`**, `numeric`', false,
	'SELECT token, blended_apr(rate, weight) FROM bench_wei GROUP BY token');

INSERT INTO measure (title, name, is_floor, query) VALUES
('Impermanent loss of a million moves, one process', '`sum(sqrt(k))`', true, 'SELECT sum(sqrt(k)) FROM bench_moves'),
('Impermanent loss of a million moves, one process', '**`sum(il_constant_product(k))`**', false, 'SELECT sum(il_constant_product(k)) FROM bench_moves'),
('Impermanent loss of a million moves, one process', '**`sum(il_concentrated(p, k, 0.8, 1.25))`**', false,
	'SELECT sum(il_concentrated(p, k, 0.8, 1.25)) FROM bench_moves'),
('Impermanent loss of a million moves, one process', '**`sum(il_weighted(ratios, ''{0.8,0.2}''))`**', false,
	$$SELECT sum(il_weighted(ratios, '{0.8,0.2}')) FROM bench_moves$$),
('Impermanent loss of a million moves, one process', '**`sum(il_stableswap(200, k))`**, which solves the curve', false,
	'SELECT sum(il_stableswap(200, k)) FROM bench_moves'),
('Impermanent loss of a million moves, one process', 'plain SQL: `2 * sqrt(k) / (1 + k) - 1`, without its precision', false,
	'SELECT sum(2 * sqrt(k) / (1 + k) - 1) FROM bench_moves'),

('Loss over a million swaps or positions, one process', '`sum(quantity)`', true, 'SELECT sum(quantity) FROM bench_moves'),
('Loss over a million swaps or positions, one process', '**`realized_lvr(quantity, p, k)`**', false, 'SELECT realized_lvr(quantity, p, k) FROM bench_moves'),
('Loss over a million swaps or positions, one process', '**`realized_il(p, k, 0.8, 1.25)`**', false, 'SELECT realized_il(p, k, 0.8, 1.25) FROM bench_moves'),
('Loss over a million swaps or positions, one process', 'plain SQL: `sum(quantity * (k - p))`, without its precision', false,
	'SELECT sum(quantity * (k - p)) FROM bench_moves');

INSERT INTO measure (title, name, is_floor, query) VALUES
('Money-weighted return of each account, 10 flows each', '`sum(amount)`', true,
	'SELECT account, sum(amount) FROM bench_flows GROUP BY account'),
('Money-weighted return of each account, 10 flows each', '**`xirr(ts, amount)`**', false,
	'SELECT account, xirr(ts, amount) FROM bench_flows GROUP BY account'),
('Money-weighted return of each account, 10 flows each', '**`modified_dietz(ts, amount)`**', false,
	'SELECT account, modified_dietz(ts, amount) FROM bench_flows GROUP BY account'),
('Money-weighted return of each account, 10 flows each', 'plain SQL: 8 steps of Newton''s method in a recursive query', false, $$
	SELECT account, r FROM (
		SELECT account, array_agg(extract(epoch FROM ts)::float8 / 31536000 - 50) AS t, array_agg(amount) AS a FROM bench_flows GROUP BY account
	) f, LATERAL (
		WITH RECURSIVE newton(i, r) AS (
			SELECT 0, 0.1::float8
			UNION ALL
			SELECT i + 1, greatest(r - s.f / s.d, (r - 1) / 2) FROM newton, LATERAL (
				SELECT sum(x * power(1 + r, -y)) AS f, sum(-x * y * power(1 + r, -y - 1)) AS d FROM unnest(a, t) u(x, y)) s
			WHERE i < 8
		)
		SELECT r FROM newton WHERE i = 8
	) n$$);

INSERT INTO measure (title, name, is_floor, workers, query)
SELECT 'APR of each token, two parallel workers', name, is_floor, 2, query FROM measure
WHERE title = 'APR of each token, one process' AND (is_floor OR name LIKE '**`apr(ts%');
INSERT INTO measure (title, name, is_floor, workers, query)
SELECT 'APR of each token from one moment to another, two parallel workers', name, is_floor, 2, query FROM measure
WHERE title = 'APR of each token from one moment to another, one process' AND (is_floor OR name LIKE '**`apr_between(%');

\set transfer 'Transfer(address indexed from, address indexed to, uint256 value)'
\set swap 'Swap(address indexed sender, address indexed recipient, int256 amount0, int256 amount1, uint160 sqrtPriceX96, uint128 liquidity, int24 tick)'
INSERT INTO measure (title, name, is_floor, num_rows, query)
SELECT title, name, is_floor, least(:rows, CASE WHEN title LIKE 'Swaps of 20,000%' THEN 20000 ELSE 300000 END), format(query, :'transfer', :'swap') FROM (VALUES
('Decoding logs of ERC-20 Transfer, one process', '`topics[1]`, `data`', true,
	'SELECT topics[1], data FROM bench_transfers'),
('Decoding logs of ERC-20 Transfer, one process', '**`decode_log(event, topics, data)`**', false,
	'SELECT decode_log(%1$L, topics, data) FROM bench_transfers'),
('Decoding logs of ERC-20 Transfer, one process', '**`decode_log(event, topics, data)` of hexadecimal text**', false,
	'SELECT decode_log(%1$L, topics, data) FROM bench_hex_transfers'),
('Decoding logs of ERC-20 Transfer, one process', 'plain SQL: `jsonb_build_object`, `encode`, eight `bit(32)`, unchecked', false, $$
	SELECT jsonb_build_object('from', '0x' || encode(substr(topics[2], 13), 'hex'), 'to', '0x' || encode(substr(topics[3], 13), 'hex'), 'value',
		((((((('x' || substr(h, 1, 8))::bit(32)::bigint::numeric * 4294967296
			+ ('x' || substr(h, 9, 8))::bit(32)::bigint) * 4294967296 + ('x' || substr(h, 17, 8))::bit(32)::bigint) * 4294967296
			+ ('x' || substr(h, 25, 8))::bit(32)::bigint) * 4294967296 + ('x' || substr(h, 33, 8))::bit(32)::bigint) * 4294967296
			+ ('x' || substr(h, 41, 8))::bit(32)::bigint) * 4294967296 + ('x' || substr(h, 49, 8))::bit(32)::bigint) * 4294967296
			+ ('x' || substr(h, 57, 8))::bit(32)::bigint)
	FROM (SELECT topics, encode(data, 'hex') AS h FROM bench_transfers OFFSET 0) x$$),
('Decoding logs of Uniswap v3 Swap, one process', '`topics[1]`, `data`', true,
	'SELECT topics[1], data FROM bench_swaps'),
('Decoding logs of Uniswap v3 Swap, one process', '**`decode_log(event, topics, data)`**', false,
	'SELECT decode_log(%2$L, topics, data) FROM bench_swaps'),
('Decoding logs of Uniswap v3 Swap, one process', '**`decode_log(event, topics, data)` of hexadecimal text**', false,
	'SELECT decode_log(%2$L, topics, data) FROM bench_hex_swaps'),
('Decoding logs of Uniswap v3 Swap, one process', '**`decode_log` of another event**', false,
	'SELECT coalesce(decode_log(%1$L, topics, data), ''{}'') FROM bench_swaps'),
('Decoding logs of Uniswap v3 Swap, one process', '**`univ3_swap_log(topics, data)`, the row**', false,
	'SELECT 1 FROM (SELECT univ3_swap_log(topics, data) AS l FROM bench_swaps OFFSET 0) s WHERE (l).tick IS NOT NULL'),
('Decoding logs of Uniswap v3 Swap, one process', '**the same of hexadecimal text**', false,
	'SELECT 1 FROM (SELECT univ3_swap_log(topics, data) AS l FROM bench_hex_swaps OFFSET 0) s WHERE (l).tick IS NOT NULL'),
('Decoding logs of Uniswap v3 Swap, one process', '**`FROM univ3_swap_log(topics, data)`, its columns**', false,
	'SELECT amount0, amount1, tick FROM bench_swaps, univ3_swap_log(topics, data)'),
('Decoding logs of Uniswap v3 Swap, one process', '**`vault_rate` of the logs of another event**', false,
	'SELECT coalesce(vault_rate(topics, data), 0) FROM bench_swaps'),

('Prices of shares from logs of ERC-4626 Deposit, one process', '`topics[1]`, `data`', true,
	'SELECT topics[1], data FROM bench_deposits'),
('Prices of shares from logs of ERC-4626 Deposit, one process', '**`vault_rate(topics, data)`**', false,
	'SELECT vault_rate(topics, data) FROM bench_deposits'),
('Prices of shares from logs of ERC-4626 Deposit, one process', '**`vault_rate(topics, data)` of hexadecimal text**', false,
	'SELECT vault_rate(topics, data) FROM bench_hex_deposits'),
('Prices of shares from logs of ERC-4626 Deposit, one process', '`decode_log`, `->>`, `div` of `numeric`', false, $$
	SELECT div((l ->> 'assets')::numeric * 1e18, (l ->> 'shares')::numeric) FROM (
		SELECT decode_log('Deposit(address indexed sender, address indexed owner, uint256 assets, uint256 shares)', topics, data) AS l
		FROM bench_deposits OFFSET 0) x$$)
,

('Swaps of 20,000 pools with two coins, one process', '`dx, balances`', true,
	'SELECT dx, balances FROM bench_pools'),
('Swaps of 20,000 pools with two coins, one process', '**`stableswap_dy(0, 1, dx, balances, amp, fee)`**', false,
	'SELECT stableswap_dy(0, 1, dx, balances, 20000, 4000000) FROM bench_pools'),
('Swaps of 20,000 pools with two coins, one process', '**`stableswap_d(balances, amp)`**', false,
	'SELECT stableswap_d(balances, 20000) FROM bench_pools'),
('Swaps of 20,000 pools with two coins, one process', '**`weighted_out` of an 80/20 pool**', false,
	'SELECT weighted_out(balances[1], 800000000000000000, balances[2], 200000000000000000, dx, 3000000000000000) FROM bench_pools'),
('Swaps of 20,000 pools with two coins, one process', '**`solidly_amount_out(dx, r0, r1, true)`**', false,
	'SELECT solidly_amount_out(dx, balances[1], balances[2], true) FROM bench_pools'),
('Swaps of 20,000 pools with two coins, one process', '**`cryptoswap_dy` of a twocrypto pool**', false, $$
	SELECT cryptoswap_dy(0, 1, dx, balances, '{1000000000000000000}', 1000000000000000000000000, 400000, 145000000000000,
		26000000, 45000000, 230000000000000) FROM bench_pools$$),
('Swaps of 20,000 pools with two coins, one process', '**`stableswap_add_liquidity(ARRAY[dx, 0], balances, …)`**', false,
	'SELECT stableswap_add_liquidity(ARRAY[dx, 0], balances, 20000, 4000000, 1000000000000000000000000) FROM bench_pools'),
('Swaps of 20,000 pools with two coins, one process', 'the same as `stableswap_dy` in PL/pgSQL', false,
	'SELECT plain_dy(dx, balances[1], balances[2], 20000, 4000000) FROM bench_pools')
) v(title, name, is_floor, query);

-- every reader, as a multiple of what sum(float8) of one group takes a row
INSERT INTO measure (title, name, is_floor, num_rows, query) VALUES
('Reading 100,000 market logs, one process', '`sum(float8)` of as many rows', true, 100000, 'SELECT sum(weight) FROM bench_sums');
INSERT INTO measure (title, name, num_rows, query)
SELECT 'Reading 100,000 market logs, one process', format('**`%s`**%s', function, CASE form WHEN 'hex' THEN ' of hexadecimal text' END), 100000,
	format('SELECT %s(topics, data) FROM bench_%s_%s', function, form, table_name)
FROM (SELECT DISTINCT function, function AS table_name FROM market_events() UNION SELECT 'vault_rate', 'erc4626_log') r,
	unnest(ARRAY['bytes', 'hex']) form
ORDER BY function, form;

-- derivatives and risk, as multiples of what sum(float8) of one group takes a row
INSERT INTO measure (title, name, is_floor, num_rows, query) VALUES
('Pricing 100,000 derivatives, one process', '`sum(float8)` of as many rows', true, 100000, 'SELECT sum(weight) FROM bench_sums'),
('Pricing 100,000 derivatives, one process', '**`bs_price`**', false, 100000,
	'SELECT bs_price(''call'', spot, strike, years, volatility, 0.03, 0.02) FROM bench_options'),
('Pricing 100,000 derivatives, one process', '**`bs_greeks`**', false, 100000,
	'SELECT bs_greeks(''call'', spot, strike, years, volatility, 0.03, 0.02) FROM bench_options'),
('Pricing 100,000 derivatives, one process', '**`bs_implied_volatility`**', false, 100000,
	'SELECT bs_implied_volatility(''call'', price, spot, strike, years, 0.03, 0.02) FROM bench_options'),
('Pricing 100,000 derivatives, one process', '**`american_price`**', false, 100000,
	'SELECT american_price(''put'', spot, strike, years, volatility, 0.03, 0.02) FROM bench_options'),
('Pricing 100,000 derivatives, one process', '**`pendle_swap`**', false, 100000, $$
	SELECT pendle_swap(1000000000000000000000, 900000000000000000000, 1153846153846153846, 75000000000000000000, 1000000000000000, 80,
		40000000000000000, 15552000, trunc(spot::numeric * 1e15)) FROM bench_options$$),
('Risk of a million returns, one group, one process', '`sum(return)`', true, 1000000, 'SELECT sum(return) FROM bench_returns'),
('Risk of a million returns, one group, one process', '`sum(return)`, `sum(benchmark)`', false, 1000000,
	'SELECT sum(return), sum(benchmark) FROM bench_returns'),
('Risk of a million returns, one group, one process', '**`risk_agg(return)`**', false, 1000000, 'SELECT risk_agg(return) FROM bench_returns'),
('Risk of a million returns, one group, one process', '**`benchmark_agg(return, benchmark)`**', false, 1000000,
	'SELECT benchmark_agg(return, benchmark) FROM bench_returns'),
('Risk of a million returns, one group, one process', '**`sketch_agg(return)`**', false, 1000000, 'SELECT sketch_agg(return) FROM bench_returns'),
('Risk of a million returns, one group, one process', '`stddev(return)`', false, 1000000, 'SELECT stddev(return) FROM bench_returns');

INSERT INTO measure (title, name, is_floor, num_rows, query)
SELECT 'Backtest of 1,000 values from 500 origins', format('**`forecast_backtest_array(…, %L)`**', model), false, 500,
	format($$SELECT forecast_backtest_array(h, 1, %L, min_train => 500) FROM (
		SELECT array_agg(0.03 + 0.001 * sin(i * i) + 0.00001 * i ORDER BY i) AS h FROM generate_series(1, 1000) i) x$$, model)
FROM unnest('{ses,damped}'::text[]) model;

CREATE UNLOGGED TABLE bench_portfolio AS
WITH f AS (
	SELECT i, array_agg(sin(i * k + k * k) ORDER BY k) AS v FROM generate_series(1, 50) i, generate_series(1, 60) k GROUP BY i
)
SELECT array_agg(row ORDER BY i) AS covariance, (SELECT array_agg(0.03 + 0.02 * sin(7 * i * i) ORDER BY i) FROM generate_series(1, 50) i) AS returns
FROM (SELECT a.i, array_agg((SELECT sum(x * y) FROM unnest(a.v, b.v) u(x, y)) ORDER BY b.i) AS row FROM f a, f b GROUP BY a.i) r;
INSERT INTO measure (title, name, is_floor, num_rows, query) VALUES
('Weights of 50 tokens', '**`max_sharpe_weights`**', false, 1, 'SELECT max_sharpe_weights(returns, covariance, 0.02) FROM bench_portfolio'),
('Weights of 50 tokens', '**`efficient_frontier` of 20 points**', false, 20, 'SELECT count(*) FROM bench_portfolio, efficient_frontier(returns, covariance, 20)');

CREATE UNLOGGED TABLE bench_year AS
SELECT rate_series(timestamptz '2025-01-01Z' + i * interval '1 hour', 1 + i * 1e-6 + sin(i) / 1000) AS a,
	rate_series(timestamptz '2025-01-01Z' + i * interval '1 hour', 1 + sin(i * i) / 100) AS b,
	rate_series(timestamptz '2025-01-01Z' + i * interval '1 hour', 0.03 + sin(i) / 100) AS c
FROM generate_series(0, 8759) i;
INSERT INTO measure (title, name, is_floor, num_rows, query)
SELECT 'Strategies over a year of hours', format('**`%s`**', name), false, 8760, format('SELECT num_rates(%s(%s)) FROM bench_year', name, args) FROM (VALUES
	('staking_equity', 'a, b'), ('lending_equity', 'ARRAY[c, b]'), ('carry_equity', 'c, a'), ('covered_call_equity', 'b, c, ''30 days'', 1.05'),
	('portfolio_equity', 'ARRAY[a, b], ''{0.5,0.5}'', NULL, 0.01'), ('range_equity', 'b, NULL, 0.003, 0.05')) v(name, args);

CREATE UNLOGGED TABLE bench_markets AS
SELECT array_agg(1000 + 100 * sin(i) ORDER BY i) AS supply, array_agg((1000 + 100 * sin(i)) * (0.6 + 0.35 * abs(sin(i * i))) ORDER BY i) AS borrow, array_agg(0.01::float8) AS base,
	array_agg(0.03 + 0.01 * cos(i) ORDER BY i) AS slope1, array_agg(0.8::float8) AS slope2, array_agg(0.9::float8) AS optimal, array_agg(0.1::float8) AS reserve
FROM generate_series(1, 100) i;
INSERT INTO measure (title, name, is_floor, num_rows, query) VALUES
('Allocation over 100 markets', '**`allocate_supply_kinked`**', false, 100,
	'SELECT max(upper_bound) FROM bench_markets, allocate_supply_kinked(5000, supply, borrow, base, slope1, slope2, optimal, reserve)');

-- covariances of 50 tokens: one aggregate against one for each pair
CREATE UNLOGGED TABLE bench_matrix AS
SELECT ARRAY(SELECT sin(i * t) / 100 FROM generate_series(1, 50) t WHERE i > 0) AS returns FROM generate_series(1, 20000) i;
CREATE UNLOGGED TABLE bench_columns AS
SELECT (SELECT string_agg(format('returns[%s] AS t%s', t, t), ', ') FROM generate_series(1, 50) t) AS list;
SELECT 'CREATE UNLOGGED TABLE bench_wide AS SELECT ' || list || ' FROM bench_matrix' FROM bench_columns \gexec
INSERT INTO measure (title, name, is_floor, num_rows, query)
SELECT 'Covariances of 50 tokens over 20,000 periods, one process', name, false, 20000, query FROM (VALUES
	('**`covariance_agg(returns)`**', 'SELECT covariance_agg(returns) FROM bench_matrix'),
	('plain SQL: `corr` of each of the 1,225 pairs', (SELECT 'SELECT ' || string_agg(format('corr(t%s, t%s)', a, b), ', ') || ' FROM bench_wide'
		FROM generate_series(1, 50) a, generate_series(1, 50) b WHERE a < b))) v(name, query);

\set shocks '{0,-0.02,-0.04,-0.06,-0.08,-0.1,-0.12,-0.14,-0.16,-0.18,-0.2,-0.22,-0.25,-0.3,-0.35,-0.4,-0.5,-0.6,-0.7,-0.8}'
INSERT INTO measure (title, name, is_floor, num_rows, query)
SELECT title, name, is_floor, 1000000, format(query, :'shocks') FROM (VALUES
('Health of 100,000 accounts of ten positions, one process', '`sum(collateral)`, `sum(liquidation_threshold)`, `sum(debt)`', true,
	'SELECT account, sum(collateral), sum(liquidation_threshold), sum(debt) FROM bench_positions GROUP BY account'),
('Health of 100,000 accounts of ten positions, one process', '**`account_agg(collateral, liquidation_threshold, debt)`**', false,
	'SELECT account, account_agg(collateral, liquidation_threshold, debt) FROM bench_positions GROUP BY account'),
('Health of 100,000 accounts of ten positions, one process', '**`health_factor`, `ltv`, `leverage` of `account_agg`**', false, $$
	SELECT account, health_factor(a), ltv(a), coalesce(leverage(a), 0) FROM (
		SELECT account, account_agg(collateral, liquidation_threshold, debt) AS a FROM bench_positions GROUP BY account) x$$),
('Health of 100,000 accounts of ten positions, one process', 'plain SQL: the same measures of `sum`, summation not compensated', false, $$
	SELECT account, l / nullif(d, 0), d / nullif(c, 0), coalesce(c / nullif(c - d, 0), 0) FROM (
		SELECT account, sum(collateral) AS c, sum(collateral * liquidation_threshold) AS l, sum(debt) AS d FROM bench_positions GROUP BY account) x$$),
('Stress of a million accounts with 20 shocks, one process', '`sum(collateral)`', true,
	'SELECT sum(collateral) FROM bench_positions'),
('Stress of a million accounts with 20 shocks, one process', '**`stress_agg(collateral, liquidation_threshold, debt, shocks)`**', false,
	'SELECT t.* FROM stress_table((SELECT stress_agg(collateral, liquidation_threshold, debt, %1$L) FROM bench_positions)) t'),
('Stress of a million accounts with 20 shocks, one process', '**the same with a bonus and a close factor**', false,
	'SELECT t.* FROM stress_table((SELECT stress_agg(collateral, liquidation_threshold, debt, %1$L, NULL, 0.05, 0.5) FROM bench_positions)) t'),
('Stress of a million accounts with 20 shocks, one process', 'plain SQL: join with the shocks', false, $$
	SELECT s, count(*), sum(collateral * (1 + s)), sum(debt), sum(greatest(debt - collateral * (1 + s), 0))
	FROM bench_positions JOIN unnest(%1$L::float8[]) s ON collateral * (1 + s) * liquidation_threshold < debt GROUP BY s$$)
) v(title, name, is_floor, query);

CREATE FUNCTION run_measures(rounds int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	m record;
	began timestamptz;
	elapsed float8;
BEGIN
	FOR round IN 0 .. rounds LOOP
		FOR m IN SELECT * FROM measure ORDER BY id LOOP
			PERFORM set_config('max_parallel_workers_per_gather', m.workers::text, true);
			PERFORM set_config('enable_seqscan', CASE WHEN m.title LIKE 'Rolling 7-day APR of one token%' THEN 'off' ELSE 'on' END, true);
			-- what takes ten seconds is run once; of all else the first round only warms up
			CONTINUE WHEN m.ms[1] > 10000;
			began := clock_timestamp();
			EXECUTE 'SELECT count(*) FROM (' || m.query || ') q WHERE q IS NOT NULL';
			elapsed := 1000 * extract(epoch FROM clock_timestamp() - began);
			IF round > 0 OR elapsed > 10000 THEN
				UPDATE measure SET ms = ms || elapsed WHERE id = m.id;
			END IF;
		END LOOP;
	END LOOP;
END
$$;
\ir series.sql
DELETE FROM measure WHERE title NOT LIKE :'only';
SELECT run_measures(:rounds) \g /dev/null
\if :duckdb
	\ir series_duckdb.sql
\endif

\pset format unaligned
\pset tuples_only on
WITH median AS (
	SELECT id, title, is_floor, percentile_cont(0.5) WITHIN GROUP (ORDER BY x) AS ms,
		name || coalesce(', ' || to_char(num_rows / percentile_cont(0.5) WITHIN GROUP (ORDER BY x) * 1000, 'FM999,999,999') || ' rows a second', '') AS name
	FROM measure, unnest(ms) x GROUP BY id
), lines AS (
	SELECT id, title, format('| %s | %s | %s |', name, round(ms::numeric, 1),
		round((ms / (SELECT ms FROM median f WHERE f.title = m.title AND f.is_floor))::numeric, 2)) AS line
	FROM median m
)
SELECT format(E'\n## %s\n\n| | ms | ratio |\n|---|---:|---:|\n%s', title, string_agg(line, E'\n' ORDER BY id))
FROM lines GROUP BY title ORDER BY min(id);

-- what the points of the path metrics take on disk
SELECT format(E'\n## Storage of the points\n\n| | bytes a point | share of the table |\n|---|---:|---:|\n%s', string_agg(
	format('| %s | %s | %s |', name, round(bytes / :rows::numeric, 1), round(bytes / (SELECT bytes FROM storage WHERE name LIKE 'the table%')::numeric, 3)),
	E'\n' ORDER BY bytes DESC))
FROM storage;
