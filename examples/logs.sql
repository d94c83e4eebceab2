-- Logs in, rates out: what an ETL job does, over the tables of examples/load.sql.
-- Run from the top of the source tree:
--
--   psql -f examples/logs.sql

\pset footer off
\pset linestyle unicode
\pset border 1
\pset null '-'

-- the columns of ethereum-etl; token and rate fill themselves in
CREATE TABLE logs (
	block_number bigint,
	block_timestamp timestamptz,
	transaction_hash text,
	transaction_index bigint,
	log_index bigint,
	address text,
	topic0 text,
	topic1 text,
	topic2 text,
	topic3 text,
	data text,
	token text GENERATED ALWAYS AS (
		lst_symbol(address, ARRAY[topic0, topic1, topic2, topic3], strict => false)) STORED,
	rate numeric GENERATED ALWAYS AS (
		lst_rate(address, ARRAY[topic0, topic1, topic2, topic3], data, strict => false)) STORED
);

-- raw logs as they were recorded; none of them is a report of a rate. COPY leaves out generated columns.
\copy logs FROM 'examples/data/logs.csv' (FORMAT csv, HEADER)

-- Rocket Pool's reports are at hand as decoded figures. Here they are encoded
-- again as their contracts emit them: the word of staking ETH, which the rate
-- does not need, is zero, and block and time are those of the reported block.
WITH report AS (
	SELECT id,
		block_number,
		ts,
		encode(uint_to_bytes(block_number), 'hex') AS block,
		encode(uint_to_bytes(total_eth), 'hex') AS total_eth,
		encode(uint_to_bytes(0), 'hex') AS staking_eth,
		encode(uint_to_bytes(reth_supply), 'hex') AS reth_supply,
		encode(uint_to_bytes(extract(epoch FROM ts)::bigint), 'hex') AS time
	FROM reth_balances
)
INSERT INTO logs (block_number, block_timestamp, log_index, address, topic0, topic1, data)
SELECT block_number,
	ts,
	id,
	CASE WHEN ts < '2023-04-17' THEN '0x138313f102ce9a0662f826fca977e3ab4d6e5539'
		ELSE '0x07fcabcbe4ff0d80c2b1eb42855c0131b6cba2f4' END,
	'0x7bbbb137fdad433d6168b1c75c714c72b8abe8d07460f0c0b433063e7bf1f394',
	NULL,
	'0x' || block || total_eth || staking_eth || reth_supply || time
FROM report
WHERE ts < '2024-06-18'
UNION ALL
SELECT block_number,
	ts,
	id,
	'0x6cc65bf618f55ce2433f9d8d827fc44117d81399',
	'0xdd27295717c4fbd48b1840f846e18be6f0b7bd6b55608e697e53b15848cecdf9',
	'0x' || block,
	'0x' || time || total_eth || staking_eth || reth_supply || time
FROM report
WHERE ts >= '2024-06-18';

-- the job in one statement, where the table of logs is somebody else's
CREATE TABLE rates (
	block_number bigint,
	log_index bigint,
	ts timestamptz,
	token text,
	rate numeric,
	PRIMARY KEY (block_number, log_index)
);
INSERT INTO rates
SELECT block_number, log_index, block_timestamp, lst_symbol(address, topics), lst_rate
FROM logs,
	LATERAL (SELECT ARRAY[topic0, topic1, topic2, topic3] AS topics) t,
	lst_rate(address, topics, data)
WHERE lst_rate IS NOT NULL;

\echo
\echo 'Logs in, rates out: Rocket Pool''s reports, through three contracts and two layouts of their event,'
\echo 'and the wei at which the rate that a log sets differs from that of the decoded figures.'
\echo
SELECT l.token,
	left(l.address, 8) || '…' AS contract,
	count(*) AS logs,
	min(ts)::date AS "from",
	max(ts)::date AS "to",
	round((last_rate(rate_agg(ts, r.rate)) / 1e18)::numeric, 9) AS "last rate",
	round((100 * apr(ts, r.rate))::numeric, 3) AS "APR, %",
	(
		SELECT max(abs(x.rate - CASE WHEN b.reth_supply = 0 THEN 1e18
			ELSE div(b.total_eth * 1e18, b.reth_supply) END))
		FROM rates x
		JOIN reth_balances b ON b.id = x.log_index
		WHERE x.ts BETWEEN min(r.ts) AND max(r.ts)
	) AS "differs by"
FROM rates r
JOIN logs l USING (block_number, log_index)
GROUP BY l.token, l.address
ORDER BY min(ts);

\echo
\echo 'The same in the table of logs itself, where token and rate are generated columns.'
\echo
(
	SELECT block_timestamp AS ts,
		left(address, 8) || '…' AS contract,
		left(topic0, 8) || '…' AS topic0,
		token,
		rate
	FROM logs
	WHERE rate IS NULL
	ORDER BY block_number DESC, log_index DESC
	LIMIT 2
)
UNION ALL
(
	SELECT block_timestamp, left(address, 8) || '…', left(topic0, 8) || '…', token, rate
	FROM logs
	WHERE rate IS NOT NULL
	ORDER BY block_number DESC, log_index DESC
	LIMIT 3
)
ORDER BY ts;

\echo
\echo 'A log that sets no rate can still tell one: stETH and eETH log each transfer twice, in their own unit'
\echo 'and in shares. Beside it the oracle''s rate of the last day before, where examples/data has one.'
\echo
WITH moved AS (
	SELECT t.block_timestamp AS ts,
		CASE WHEN t.address LIKE '0xae7a%' THEN 'wstETH' ELSE 'weETH' END AS token,
		max(hex_to_uint(t.data)) AS amount,
		max(hex_to_uint(s.data)) AS shares
	FROM logs t
	JOIN logs s USING (transaction_hash, address, topic1, topic2)
	WHERE t.topic0 = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
		AND s.topic0 = '0x9d9c909296d9c674451c0c24f02cb64981eb3b727f99865939192f880a755dcb'
	GROUP BY 1, 2
)
SELECT ts::date AS day,
	token,
	amount,
	shares,
	mul_div(amount, 1e18, shares) AS rate,
	round((10000 * (amount / shares / o.rate::numeric - 1)), 3) AS "bps over"
FROM moved
LEFT JOIN LATERAL (
	SELECT l.rate
	FROM lst_rates l
	WHERE l.token = moved.token AND l.ts BETWEEN moved.ts - interval '1 day' AND moved.ts
	ORDER BY l.ts DESC
	LIMIT 1
) o ON true
ORDER BY ts;
