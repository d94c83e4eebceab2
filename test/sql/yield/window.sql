-- yields of a window whose ends lie between the rates: behaviour, errors and edges
SET timezone = 'UTC'; SET datestyle = 'ISO';

CREATE TEMP TABLE points (ts timestamptz, rate float8);
INSERT INTO points VALUES ('2024-01-05', 1.5), ('2024-01-01', 1), ('2024-01-05', 1.25), (NULL, 9), ('2024-01-09', 1.75),
	('2024-01-06', NULL);

-- the boundary value is that as of the boundary, and the time is the window's
SELECT apr_between(ts, rate, '2024-01-03', '2024-01-07') = apr(1, 1.5, '2024-01-03', '2024-01-07') AS apr,
	apy_between(ts, rate, '2024-01-03', '2024-01-07') = apy(1, 1.5, '2024-01-03', '2024-01-07') AS apy,
	apr_between_linear(ts, rate, '2024-01-03', '2024-01-07') = apr(1.25, 1.625, '2024-01-03', '2024-01-07') AS apr_linear,
	apy_between_linear(ts, rate, '2024-01-03', '2024-01-07') = apy(1.25, 1.625, '2024-01-03', '2024-01-07') AS apy_linear
FROM points;
SELECT apr_between(ts, rate, '2024-01-03', '2024-01-07') FROM points;

-- a frozen rate earns nothing; a slashing less than nothing
SELECT apr_between(ts, rate, '2024-02-01', '2024-03-01'), apy_between(ts, rate, '2024-02-01', '2024-03-01') FROM points;
SELECT apr_between(ts, rate, '2024-01-01', '2025-01-01') FROM (VALUES (timestamptz '2023-12-01', 1.25::float8), ('2024-06-01', 1)) v(ts, rate);

-- nothing known at the start, no length, no rows
SELECT apr_between(ts, rate, '2023-12-31', '2024-01-07') IS NULL, apy_between(ts, rate, '2023-12-31', '2024-01-07') IS NULL,
	apr_between(ts, rate, '2024-01-07', '2024-01-07') IS NULL, apr_between_linear(ts, rate, '2024-01-07', '2024-01-10') IS NULL,
	apy_between_linear(ts, rate, '2023-12-31', '2024-01-07') IS NULL FROM points;
SELECT apr_between(ts, rate, '2024-01-03', '2024-01-07') IS NULL, apr_between(ts, rate, NULL, '2024-01-07') IS NULL FROM points WHERE false;

-- bad arguments
SELECT apr_between(ts, rate, '2024-01-07', '2024-01-03') FROM points;
SELECT apy_between(ts, rate, ts, '2024-02-01') FROM points;
SELECT apr_between_linear(ts, rate, '-infinity', '2024-02-01') FROM points;
SELECT apr_between('2024-01-01', 0, '2024-01-01', '2024-02-01');

-- of a rate_window
SELECT apr(w) = apr(1, 1.5, '2024-01-03', '2024-01-07') AS apr, apy(w) = apy(1, 1.5, '2024-01-03', '2024-01-07') AS apy,
	apr(w, 365.25) = apr(1, 1.5, '2024-01-03', '2024-01-07', 365.25) AS year,
	apr(w, method => 'linear') = apr(1.25, 1.625, '2024-01-03', '2024-01-07') AS linear,
	apy(w, 360, 'linear') = apy(1.25, 1.625, '2024-01-03', '2024-01-07', 360) AS both
FROM (SELECT window_agg(ts, rate, '2024-01-03', '2024-01-07') w FROM points) x;
SELECT apr(w, 0) FROM (SELECT window_agg(ts, rate, '2024-01-03', '2024-01-07') w FROM points) x;
SELECT apy(w, method => 'LOCF') FROM (SELECT window_agg(ts, rate, '2024-01-03', '2024-01-07') w FROM points) x;
SELECT apr(w) IS NULL, apr(NULL::rate_window) IS NULL FROM (SELECT window_agg(ts, rate, '2024-01-07', '2024-01-07') w FROM points) x;

-- over frames
SELECT ts::date, apr_between(ts, rate, '2024-01-02', '2024-01-07') OVER (ORDER BY ts, rate) IS NULL AS nothing,
	apr_between(ts, rate, '2024-01-02', '2024-01-07') OVER (ORDER BY ts, rate ROWS 2 PRECEDING) AS moving
FROM points WHERE ts IS NOT NULL AND rate IS NOT NULL ORDER BY ts, rate;
