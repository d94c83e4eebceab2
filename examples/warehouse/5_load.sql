-- The demo's figures as logs: raw ones as they were recorded, and the reports of Rocket Pool encoded as its
-- contract emits them. From the top of the source tree, after examples/load.sql and install.sql:
--
--   psql -f examples/warehouse/5_load.sql

SELECT set_config('search_path', 'warehouse, ' || current_setting('search_path'), false) \g /dev/null
CREATE TEMP TABLE recorded AS
SELECT block_number, block_timestamp, transaction_hash, transaction_index, log_index, address, topic0, topic1,
	topic2, topic3, data
FROM etl_logs
WHERE false;
\copy recorded FROM 'examples/data/logs.csv' (FORMAT csv, HEADER)
INSERT INTO etl_logs
SELECT block_number, NULL, block_timestamp, transaction_hash, transaction_index, log_index, address, topic0,
	topic1, topic2, topic3, data
FROM recorded;
DROP TABLE recorded;

INSERT INTO axe_logs
SELECT 1,
	block_number,
	ts,
	id,
	NULL,
	'\x6cc65bf618f55ce2433f9d8d827fc44117d81399',
	ARRAY['\xdd27295717c4fbd48b1840f846e18be6f0b7bd6b55608e697e53b15848cecdf9', uint_to_bytes(block_number)],
	time || uint_to_bytes(total_eth) || uint_to_bytes(0) || uint_to_bytes(reth_supply) || time
FROM reth_balances
CROSS JOIN LATERAL (SELECT uint_to_bytes(extract(epoch FROM ts)::bigint) AS time) t;

-- wstETH and weETH are at hand as rates of a day, as if asked at noon's block
INSERT INTO polled_rates
SELECT id, ts, token, rate::text::numeric * 1e18
FROM lst_rates
WHERE token <> 'rETH';

INSERT INTO alert_rules VALUES
	('wstETH pays little', 'wstETH', 'apr_7d_percent', 2.65, 2.7),
	('rETH is silent', 'rETH', 'age_hours', 48, 1);
