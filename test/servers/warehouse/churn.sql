-- Random changes of the warehouse's raw tables, and what its levels must then be by plain SQL over the raw logs.

SET search_path = warehouse, public;

-- events with the rate in a word of their data, in plain hexadecimal digits
CREATE TABLE event (id int PRIMARY KEY, token text, address text, topic0 text, topic1 text, words int, word int);
INSERT INTO event VALUES
	(0, 'cbETH', '0xbe9895146f7af43049ca1c1ae358b0541ea49704',
		'0x0b4e9390054347e2a16d95fd8376311b0d2deedecba526e9742bcaa40b059f0b', '0x' || repeat('00', 32), 1, 0),
	(1, 'rsETH', '0x349a73444b1a310bae67ef67973022020d70020d',
		'0x8d3b19635cf6f25b423571483e205b44b40c0c8f35f76e22089c6750c717bf17', NULL, 2, 0),
	(2, 'swETH', '0xf951e335afb289353dc249e82926178eac7ded78',
		'0xf0e4379b3fd6b436bf73f47761c746a33d02bbd47835cbd8050b130fb2c6db2e', NULL, 5, 1);

-- some logs of 4000 random blocks, an hour apart; one in twenty is damaged
CREATE FUNCTION random_logs(how_many int) RETURNS SETOF etl_logs VOLATILE LANGUAGE sql SET search_path FROM CURRENT AS $$
	SELECT DISTINCT ON (block, index) block * 300, NULL, '2024-01-01'::timestamp + block * interval '1 hour', NULL, NULL::bigint, index,
		address, topic0, topic1, NULL, NULL,
		CASE WHEN damage < 0.02 THEN NULL WHEN damage < 0.05 THEN '0x1234'
			ELSE '0x' || (SELECT string_agg(lpad(to_hex(CASE WHEN w = word THEN rate ELSE 77 END), 64, '0'), '' ORDER BY w)
				FROM generate_series(0, words - 1) w) END
	FROM (
		SELECT (random() * 4000)::bigint AS block, (random() * 3)::bigint AS index, floor(random() * 3)::int AS id,
			(1e18 + random() * 1e17)::bigint AS rate, random() AS damage
		FROM generate_series(1, how_many)
	) r
	JOIN event USING (id)
$$;

CREATE FUNCTION churn(op int) RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	at bigint := 300 * (random() * 4000)::bigint;
	n int := (1 + random() * 30)::int;
BEGIN
	CASE op
	WHEN 0 THEN INSERT INTO etl_logs SELECT * FROM random_logs(n) ON CONFLICT DO NOTHING;
	WHEN 1 THEN INSERT INTO etl_logs AS e SELECT * FROM random_logs(n)
		ON CONFLICT (block_number, log_index) DO UPDATE
		SET address = excluded.address, topic0 = excluded.topic0, topic1 = excluded.topic1, data = excluded.data;
	WHEN 2 THEN UPDATE etl_logs e SET data = r.data, address = r.address, topic0 = r.topic0, topic1 = r.topic1
		FROM (SELECT DISTINCT ON (block_number) * FROM random_logs(n)) r WHERE e.block_number = r.block_number;
	WHEN 3 THEN UPDATE etl_logs SET block_timestamp = block_timestamp + (random() - 0.5) * interval '60 days'
		WHERE block_number BETWEEN at AND at + 1500;
	WHEN 4 THEN CALL reorg(300 * (4000 - (random() ^ 3 * 400)::bigint));
	WHEN 5 THEN DELETE FROM etl_logs WHERE block_number BETWEEN at AND at + 300 * n;
	WHEN 6 THEN INSERT INTO axe_logs
		SELECT CASE WHEN random() < 0.9 THEN 1 ELSE 10 END, block_number, block_timestamp AT TIME ZONE 'UTC', log_index, NULL,
			decode(substr(address, 3), 'hex'), array_remove(ARRAY[decode(substr(topic0, 3), 'hex'), decode(substr(topic1, 3), 'hex')], NULL),
			decode(substr(data, 3), 'hex')
		FROM random_logs(n) ON CONFLICT DO NOTHING;
	WHEN 7 THEN DELETE FROM axe_logs WHERE block_num BETWEEN at AND at + 300 * n;
	WHEN 8 THEN UPDATE axe_logs SET chain = 11 - chain WHERE block_num BETWEEN at AND at + 300 * n AND chain IN (1, 10)
		AND NOT EXISTS (SELECT FROM axe_logs o WHERE (o.block_num, o.log_idx, o.chain) = (axe_logs.block_num, axe_logs.log_idx, 11 - axe_logs.chain));
	WHEN 9 THEN INSERT INTO polled_rates SELECT at + 300 * i, '2024-01-01 00:00+00'::timestamptz + (at / 300 + i) * interval '1 hour',
			(ARRAY['wstETH', 'cbETH'])[1 + i % 2], (1e18 + random() * 1e17)::bigint FROM generate_series(1, n) i
		ON CONFLICT (block_number, token) DO UPDATE SET rate = excluded.rate;
	WHEN 10 THEN UPDATE etl_logs SET block_number = block_number + 1500000 WHERE block_number BETWEEN at AND at + 300;
	WHEN 11 THEN IF random() < 0.05 AND current_setting('transaction_isolation') = 'read committed' THEN TRUNCATE axe_logs; END IF;
	END CASE;
END
$$;

-- ---------- the same by plain SQL ----------

CREATE VIEW plain_rates AS
SELECT DISTINCT ON (block_number, log_index, token) *
FROM (
	SELECT l.block_number, l.log_index, l.block_timestamp AT TIME ZONE 'UTC' + l.log_index * interval '1 microsecond' AS ts, e.token,
		(('x' || substr(l.data, 3 + 64 * e.word + 48, 16))::bit(64)::bigint / 1e18::numeric)::float8 AS rate
	FROM etl_logs l
	JOIN event e ON e.address = l.address AND e.topic0 = l.topic0
	WHERE length(l.data) = 2 + 64 * e.words
	UNION ALL
	SELECT l.block_num, l.log_idx, l.block_timestamp + l.log_idx * interval '1 microsecond', e.token,
		(('x' || substr(encode(l.data, 'hex'), 1 + 64 * e.word + 48, 16))::bit(64)::bigint / 1e18::numeric)::float8
	FROM axe_logs l
	JOIN event e ON e.address = '0x' || encode(l.address, 'hex') AND e.topic0 = '0x' || encode(l.topics[1], 'hex')
	WHERE l.chain = 1 AND length(l.data) = 32 * e.words
	UNION ALL
	SELECT block_number, -1, ts, token, (rate / 1e18)::float8
	FROM polled_rates
) r
ORDER BY block_number, log_index, token, ts, rate;

-- of several rates at one moment a series keeps the greatest
CREATE VIEW plain_points AS
SELECT token, ts, max(rate) AS rate FROM plain_rates GROUP BY token, ts;

-- what differs, by level: nothing
CREATE VIEW differences AS
SELECT 'rates' AS level, count(*) FROM (
	(SELECT block_number, log_index, ts, token, rate FROM rates EXCEPT ALL SELECT * FROM plain_rates)
	UNION ALL
	(SELECT * FROM plain_rates EXCEPT ALL SELECT block_number, log_index, ts, token, rate FROM rates)) d
UNION ALL
SELECT 'months', count(*) FROM (
	(SELECT m.token, m.month, u.ts, u.rate FROM rate_months m, unnest(m.rates) u(ts, rate)
		EXCEPT ALL SELECT token, date_trunc('month', ts AT TIME ZONE 'UTC')::date, ts, rate FROM plain_points)
	UNION ALL
	(SELECT token, date_trunc('month', ts AT TIME ZONE 'UTC')::date, ts, rate FROM plain_points
		EXCEPT ALL SELECT m.token, m.month, u.ts, u.rate FROM rate_months m, unnest(m.rates) u(ts, rate))) d
UNION ALL
SELECT 'days', count(*) FROM (
	SELECT token, day, first_time(rates) AS t0, last_time(rates) AS t1, num_rates(rates) AS n FROM rate_days) d
FULL JOIN (
	SELECT token, (ts AT TIME ZONE 'UTC')::date AS day, min(ts) AS t0, max(ts) AS t1, count(*) AS n FROM plain_rates GROUP BY 1, 2) p
USING (token, day, t0, t1, n)
WHERE d.token IS NULL OR p.token IS NULL
UNION ALL
SELECT 'rates of days', count(*)
FROM rate_days d
WHERE last_rate(d.rates) IS DISTINCT FROM (
	SELECT rate
	FROM plain_points p
	WHERE p.token = d.token AND p.ts = last_time(d.rates)
);
