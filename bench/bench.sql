-- The measurements behind every claim of speed. Run by bench.sh; prints Markdown.
-- psql variables: rows, tokens, rounds.

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
VACUUM ANALYZE;

CREATE TABLE measure (
	id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	title text,					-- one table each
	name text,
	workers int DEFAULT 0,
	is_floor boolean DEFAULT false,	-- what the others are compared with
	query text,
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

('APR of each token and month', '**`apr(rollup(s))` from stored daily summaries**', true,
	$$SELECT token, date_trunc('month', day, 'UTC'), apr(rollup(s)) FROM bench_daily GROUP BY 1, 2$$),
('APR of each token and month', '**`apr(ts, rate)` from rows**', false,
	$$SELECT token, date_trunc('month', ts, 'UTC'), apr(ts, rate) FROM bench_rates GROUP BY 1, 2$$),

('Rolling 7-day APR of one token, in the order of an index', '**`apr(ts, rate) OVER (… RANGE ''7 days'' PRECEDING)`**', true,
	$$SELECT apr(ts, rate) OVER (ORDER BY ts RANGE '7 days' PRECEDING) AS x FROM bench_history$$),
('Rolling 7-day APR of one token, in the order of an index', '**the same with the rate as of seven days before: `apr(last_rate(rate_agg(ts, rate) OVER (… UNBOUNDED PRECEDING AND ''7 days'' PRECEDING)), rate, …)`**', false, $$
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
	'SELECT coalesce(lst_rate(address, ARRAY[topic0, topic1, topic2, topic3], data), 0) FROM bench_other_logs');

INSERT INTO measure (title, name, is_floor, workers, query)
SELECT 'APR of each token, two parallel workers', name, is_floor, 2, query FROM measure
WHERE title = 'APR of each token, one process' AND (is_floor OR name LIKE '**`apr(ts%');
INSERT INTO measure (title, name, is_floor, workers, query)
SELECT 'APR of each token from one moment to another, two parallel workers', name, is_floor, 2, query FROM measure
WHERE title = 'APR of each token from one moment to another, one process' AND (is_floor OR name LIKE '**`apr_between(%');

CREATE FUNCTION run_measures(rounds int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	m record;
	began timestamptz;
BEGIN
	FOR round IN 0 .. rounds LOOP
		FOR m IN SELECT * FROM measure ORDER BY id LOOP
			PERFORM set_config('max_parallel_workers_per_gather', m.workers::text, true);
			PERFORM set_config('enable_seqscan', CASE WHEN m.title LIKE 'Rolling%' THEN 'off' ELSE 'on' END, true);
			began := clock_timestamp();
			EXECUTE 'SELECT count(*) FROM (' || m.query || ') q WHERE q IS NOT NULL';
			-- the first round only warms up
			IF round > 0 THEN
				UPDATE measure SET ms = ms || 1000 * extract(epoch FROM clock_timestamp() - began)::float8 WHERE id = m.id;
			END IF;
		END LOOP;
	END LOOP;
END
$$;
SELECT run_measures(:rounds) \g /dev/null

\pset format unaligned
\pset tuples_only on
WITH median AS (
	SELECT id, title, name, is_floor, percentile_cont(0.5) WITHIN GROUP (ORDER BY x) AS ms
	FROM measure, unnest(ms) x GROUP BY id
), lines AS (
	SELECT id, title, format('| %s | %s | %s |', name, round(ms::numeric, 1),
		round((ms / (SELECT ms FROM median f WHERE f.title = m.title AND f.is_floor))::numeric, 2)) AS line
	FROM median m
)
SELECT format(E'\n## %s\n\n| | ms | ratio |\n|---|---:|---:|\n%s', title, string_agg(line, E'\n' ORDER BY id))
FROM lines GROUP BY title ORDER BY min(id);
