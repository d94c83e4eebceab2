-- the age of what feeds say
WITH feed(s) AS (
	SELECT rate_series(ts, 1) FROM unnest('{2024-01-01 00:00+00,2024-01-02 00:00+00,2024-01-04 00:00+00}'::timestamptz[]) ts)
SELECT time_stale(s, '1 day'), share_stale(s, '1 day'), time_stale(s, '1 day', end_time => '2024-01-06 00:00+00') AS until_now,
	time_stale(s, '1 day', '2024-01-03 06:00+00', '2024-01-03 18:00+00') AS inside, time_stale(s, '1 day', '2023-01-01', '2023-01-02') AS before
FROM feed;
-- errors
SELECT time_stale(rate_series(now(), 1), '0 days');
SELECT share_stale(rate_series(now(), 1), '1 month');
