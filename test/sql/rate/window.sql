-- rates in force at a moment and at the ends of a window: behaviour, errors and edges
SET timezone = 'UTC'; SET datestyle = 'ISO'; SET intervalstyle = 'postgres';

CREATE TEMP TABLE points (ts timestamptz, rate float8);
INSERT INTO points VALUES ('2024-01-05', 1.5), ('2024-01-01', 1), ('2024-01-05', 1.25), (NULL, 9), ('2024-01-09', 0.5),
	('2024-01-06', NULL);

-- the last known rate, and the line: before the first, at a point (the greater of a tie), between, after the last
SELECT at::date AS day, rate_at(ts, rate, at), rate_at_linear(ts, rate, at), rate_age(ts, rate, at)
FROM points, unnest('{2023-12-31,2024-01-01,2024-01-03,2024-01-05,2024-01-06,2024-01-09,2024-01-11}'::timestamptz[]) at
GROUP BY at ORDER BY at;
SELECT rate_age(ts, rate, '2024-02-29 23:59:59.999999') FROM points;

-- nothing known
SELECT rate_at(ts, rate, '2024-01-05') IS NULL, rate_age(ts, rate, '2024-01-05') IS NULL FROM points WHERE false;
SELECT rate_at(ts, rate, NULL) IS NULL, rate_age(NULL, rate, '2024-01-05') IS NULL FROM points;
-- a NULL moment leaves its row out
SELECT rate_at(ts, rate, CASE WHEN rate <> 1.5 THEN timestamptz '2024-01-06' END) FROM points;

-- max_age: a rate that is older is none; NULL is any age
SELECT at, rate_at(ts, rate, at, '1 day') AS "1 day", rate_at(ts, rate, at, '0') AS "0", rate_at(ts, rate, at, '23:59:59.999999') AS less,
	rate_at(ts, rate, at, NULL) AS any
FROM points, unnest('{2023-12-31,2024-01-02,2024-01-03,2024-01-05,2024-01-06,2024-01-09}'::timestamptz[]) at
GROUP BY at ORDER BY at;
SELECT rate_at(ts::timestamp, rate, timestamp '2024-01-06', '1 day'), rate_at(ts::date, rate, '2024-01-06'::date, '1 day') FROM points;
SELECT ts, rate_at(ts, rate, '2024-01-06', '1 day') OVER (ORDER BY ts, rate ROWS BETWEEN CURRENT ROW AND CURRENT ROW),
	rate_at(ts, rate, '2024-01-06', '1 day') OVER (ORDER BY ts, rate ROWS 1 PRECEDING) FROM points;
SELECT rate_at(ts, rate, '2024-01-06', '-1 second') FROM points;
SELECT rate_at(ts, rate, '2024-01-06', '1 month') FROM points;
SELECT rate_at(ts, rate, ts, '0') FROM points;

-- the moment is one for all rows; bad arguments
SELECT rate_at(ts, rate, ts) FROM points;
SELECT rate_at_linear(ts, rate, ts) OVER (ORDER BY rate) FROM points WHERE ts < '2024-01-06';
SELECT rate_at(ts, rate, 'infinity') FROM points;
SELECT rate_at(ts, rate, '-infinity') FROM points;
SELECT rate_at('infinity', 1, '2024-01-01');
SELECT rate_at('2024-01-01', 0, '2024-01-01');
SELECT rate_at('2024-01-01', 'NaN', '2024-01-01');
SELECT rate_age('2024-01-01', -1, '2024-01-01');
SELECT rate_age('4714-11-24 BC', 1, '294276-01-01');

-- a row of no rate, as an oracle's round that was never answered, is left out by FILTER
SELECT rate_at(ts, answer, '2022-06-20') FILTER (WHERE answer > 0)
FROM (VALUES (timestamptz '2022-06-18', 0.93501933::float8), ('1970-01-01', 0), ('2022-06-19', 0.939387353273438)) v(ts, answer);

-- windows
SELECT window_agg(ts, rate, '2024-01-03', '2024-01-06') AS inside, window_agg(ts, rate, '2023-01-01', '2023-12-01') AS before,
	window_agg(ts, rate, '2024-01-05', '2024-01-05') AS moment FROM points \gx
SELECT start_time(w), end_time(w), start_rate(w), end_rate(w), start_rate(w, 'linear'), end_rate(w, method => 'linear'), rate_age(w)
FROM (SELECT window_agg(ts, rate, '2024-01-03', '2024-01-06') w FROM points) x;
SELECT start_rate(w) IS NULL, end_rate(w) IS NULL, start_rate(w, 'linear') IS NULL, rate_age(w) IS NULL
FROM (SELECT window_agg(ts, rate, '2023-01-01', '2023-12-01') w FROM points) x;
SELECT start_rate(w, 'nearest') FROM (SELECT window_agg(ts, rate, '2024-01-03', '2024-01-06') w FROM points) x;
SELECT end_rate(w, '') FROM (SELECT window_agg(ts, rate, '2024-01-03', '2024-01-06') w FROM points) x;
SELECT end_rate(w, NULL) FROM (SELECT window_agg(ts, rate, '2024-01-03', '2024-01-06') w FROM points) x;
SELECT window_agg(ts, rate, '2024-01-06', '2024-01-03') FROM points;
SELECT window_agg(ts, rate, '2024-01-06', NULL) IS NULL, window_agg(ts, rate, NULL, '2024-01-06') IS NULL FROM points;
SELECT window_agg(ts, rate, '2024-01-01', ts) FROM points;
SELECT window_agg(ts, rate, '2024-01-06', 'infinity') FROM points;

-- rollup
SELECT rollup(w), rollup(w) = (SELECT window_agg(ts, rate, '2024-01-03', '2024-01-06') FROM points) AS same
FROM (SELECT window_agg(ts, rate, '2024-01-03', '2024-01-06') w FROM points GROUP BY ts UNION ALL SELECT NULL) x;
SELECT rollup(w) FROM (VALUES ('(2024-01-03T00:00:00Z,2024-01-06T00:00:00Z,2024-01-01T00:00:00Z,1,,,2024-01-01T00:00:00Z,1,,)'::rate_window),
	('(2024-01-03T00:00:00Z,2024-01-07T00:00:00Z,2024-01-01T00:00:00Z,1,,,2024-01-01T00:00:00Z,1,,)')) v(w);
SELECT rollup(w) OVER (ORDER BY end_time(w)) FROM (VALUES
	('(2024-01-03T00:00:00Z,2024-01-06T00:00:00Z,2024-01-01T00:00:00Z,1,,,2024-01-01T00:00:00Z,1,,)'::rate_window),
	('(2024-01-03T00:00:00Z,2024-01-07T00:00:00Z,2024-01-01T00:00:00Z,1,,,2024-01-01T00:00:00Z,1,,)')) v(w);
SELECT rollup(w) IS NULL FROM (VALUES (NULL::rate_window)) v(w);

-- windows over moving frames and FILTER
SELECT ts::date, rate, rate_at(ts, rate, '2024-01-05') OVER (ORDER BY ts, rate) AS so_far,
	rate_at(ts, rate, '2024-01-05') OVER (ORDER BY ts, rate ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS moving,
	rate_at(ts, rate, '2024-01-05') FILTER (WHERE rate < 1.4) OVER (ORDER BY ts, rate) AS filtered
FROM points WHERE ts IS NOT NULL ORDER BY ts, rate;

-- text
SELECT '(2024-01-03T00:00:00Z,2024-01-03T00:00:00Z,,,2024-01-04T00:00:00Z,1,,,2024-01-04T00:00:00Z,1)'::rate_window;
SELECT ''::rate_window;
SELECT '(,,,,,,,,,)'::rate_window;
SELECT '(2024-01-03T00:00:00Z,2024-01-06T00:00:00Z,,,,,,,,)'::rate_window;
SELECT '(2024-01-03T00:00:00Z,2024-01-06T00:00:00Z,2024-01-01T00:00:00Z,,,,2024-01-01T00:00:00Z,1,,)'::rate_window;
SELECT '(2024-01-03T00:00:00Z,2024-01-06T00:00:00Z,2024-01-01T00:00:00Z,NaN,,,2024-01-01T00:00:00Z,NaN,,)'::rate_window;
SELECT '(2024-01-03T00:00:00Z,2024-01-06T00:00:00Z,2024-01-01T00:00:00Z,1,,,2024-01-01T00:00:00Z,2,,)'::rate_window;
SELECT '(2024-01-03T00:00:00Z,2024-01-06T00:00:00Z,2024-01-04T00:00:00Z,1,,,2024-01-04T00:00:00Z,1,,)'::rate_window;
SELECT '(2024-01-06T00:00:00Z,2024-01-03T00:00:00Z,2024-01-01T00:00:00Z,1,,,2024-01-01T00:00:00Z,1,,)'::rate_window;
SELECT '(2024-01-03T00:00:00Z,2024-01-06T00:00:00Z,2024-01-01T00:00:00Z,1,,,2024-01-01T00:00:00Z,1,,) x'::rate_window;

-- the steps called directly do not change their arguments
SELECT _rate_window_combine(w, '(2024-01-03T00:00:00Z,2024-01-06T00:00:00Z,2024-01-02T00:00:00Z,2,,,2024-01-02T00:00:00Z,2,,)') AS merged, w
FROM (VALUES ('(2024-01-03T00:00:00Z,2024-01-06T00:00:00Z,2024-01-01T00:00:00Z,1,,,2024-01-01T00:00:00Z,1,,)'::rate_window)) v(w);
SELECT end_rate(_rate_window_accum(w, '2024-01-06', 3, '2024-01-03', '2024-01-06')), end_rate(w)
FROM (VALUES ('(2024-01-03T00:00:00Z,2024-01-06T00:00:00Z,2024-01-01T00:00:00Z,1,,,2024-01-01T00:00:00Z,1,,)'::rate_window)) v(w);
SELECT start_time(NULL), end_time(NULL), start_rate(NULL), end_rate(NULL);
