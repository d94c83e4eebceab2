-- trailing yields: behaviour, errors and edges
SET timezone = 'UTC'; SET datestyle = 'ISO';
CREATE TEMP TABLE rates (ts timestamptz, rate float8);
INSERT INTO rates VALUES ('2024-01-08', 1.02), ('2024-01-01', 1.0), ('2024-01-04 12:00', 1.01), ('2024-01-15', 1.04), (NULL, 5), ('2024-01-20', NULL), ('2024-01-15', 1.03);

-- the rate in force seven days before the last, over seven days
SELECT trailing_apr(ts, rate, '7 days'), round((0.02 / 1.02 * 365 / 7)::numeric, 15) AS "by hand", round(trailing_apy(ts, rate, '7 days')::numeric, 9) AS apy,
	round(trailing_apr(ts, rate, '10 days')::numeric, 9) AS carried_forward, round((0.03 / 1.01 * 36.5)::numeric, 9) AS "by hand"
FROM rates;
SELECT trailing_apr(ts, rate, '14 days') IS NOT NULL AS full, trailing_apr(ts, rate, '14 days 0:00:00.000001') IS NULL AS not_yet,
	trailing_apr(ts, rate, NULL) IS NULL AS no_window, trailing_apr(ts, rate, '7 days') FILTER (WHERE false) IS NULL AS no_rows FROM rates;
-- at each row: NULL until the window is full, and for rows that are skipped what was before
SELECT ts, rate, round((trailing_apr(ts, rate, '7 days') OVER w)::numeric, 6) AS trailing,
	round((trailing_apr(ts, rate, '7 days') OVER (ORDER BY ts RANGE '8 days' PRECEDING))::numeric, 6) AS moving
FROM rates WINDOW w AS (ORDER BY ts) ORDER BY ts, rate;
-- forms
SELECT trailing_apr(ts::timestamp, rate, '7 days') = trailing_apr(ts, rate, '7 days') AS timestamps,
	trailing_apr(ts::date, rate, '7 days') = trailing_apr(ts, rate, '7 days') AS dates,
	trailing_apr(ts, (rate * 1e18)::numeric, '7 days') = trailing_apr(ts, rate * 1e18, '7 days') AS wei,
	trailing_apr(ts, rate, '7 days') = trailing_apr(rate_series(ts, rate), '7 days') AS series FROM rates;

-- errors
SELECT trailing_apr(ts, rate, '1 month') FROM rates;
SELECT trailing_apr(ts, rate, '0') FROM rates;
SELECT trailing_apr(ts, rate, '-1 day') FROM rates;
SELECT trailing_apr(ts, rate, w::interval) FROM rates, unnest('{7 days,8 days}'::text[]) w;
SELECT trailing_apr(ts, rate - 1, '7 days') FROM rates;
SELECT trailing_apr('infinity'::timestamptz, 1, '7 days');
-- windows that differ between frames, and frames without rows
SELECT ts, trailing_apr(ts, rate, w) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND CURRENT ROW) IS NULL AS unknown,
	trailing_apr(ts, rate, w) OVER (ORDER BY i ROWS BETWEEN 2 FOLLOWING AND 3 FOLLOWING) IS NULL AS ahead
FROM (VALUES (1, timestamptz '2024-01-01', 1::float8, interval '1 day'), (2, NULL, 2, '2 days'), (3, '2024-01-05', 3, '3 days'), (4, '2024-01-08', 3, '3 days')) v(i, ts, rate, w);
