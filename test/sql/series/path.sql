-- measures of a path: averages, volatility, drawdown, spells, trailing and rolling yields
\set VERBOSITY terse
\pset null NULL
SET timezone = 'UTC';
SET intervalstyle = 'postgres';

-- time-weighted averages that users of another tool expected, in its issues 208, 544 and 548
SELECT twap(s, '2020-01-01 00:00', '2020-01-01 01:00') AS first_hour, twap(s, '2020-01-01 01:00', '2020-01-01 02:00') AS second_hour
FROM (SELECT rate_series(ts, rate) AS s FROM (VALUES (timestamptz '2020-01-01 00:00', 1::float8), ('2020-01-01 00:45', 2),
	('2020-01-01 01:00', 1), ('2020-01-01 01:30', 2), ('2020-01-01 02:00', 3)) v(ts, rate)) x;
SELECT bucket, twap(s, bucket, bucket + interval '1 hour')
FROM (SELECT rate_series(ts, rate) AS s FROM (
	SELECT h + interval '2 minutes' AS ts, 10::float8 AS rate FROM generate_series(timestamptz '2020-01-01 00:00', '2020-01-01 03:00', '1 hour') h
	UNION ALL SELECT h + interval '55 minutes', 100 FROM generate_series(timestamptz '2019-12-31 23:00', '2020-01-01 03:00', '1 hour') h) r) x,
	generate_series(timestamptz '2020-01-01 00:00', '2020-01-01 03:00', '1 hour') bucket;
SELECT bucket, round(twap(s, bucket, bucket + interval '1 hour')::numeric, 4) AS twap
FROM (SELECT rate_series(ts, rate) AS s FROM (VALUES (timestamptz '2019-12-31 23:10', 10::float8), ('2020-01-01 03:10', 20),
	('2020-01-01 03:50', 40)) v(ts, rate)) x,
	generate_series(timestamptz '2020-01-01 00:00', '2020-01-01 04:00', '1 hour') bucket;

-- windows and methods
CREATE TEMP TABLE points (ts timestamptz, rate float8);
INSERT INTO points VALUES ('2024-01-05', 4), ('2024-01-01', 1), ('2024-01-02', 2), ('2024-01-02', 3), (NULL, 9), ('2024-01-09', NULL),
	('2024-01-04', 2);
CREATE TEMP TABLE path AS SELECT rate_series(ts, rate) AS s FROM points;
SELECT start_time::date, end_time::date, twap(s, start_time, end_time) AS locf, twap(s, start_time, end_time, 'linear') AS linear,
	integral(s, start_time, end_time, unit => 'day') AS integral, integral(s, start_time, end_time, 'linear', 'day') AS integral_linear,
	round(time_weighted_stddev(s, start_time, end_time)::numeric, 12) AS stddev,
	round(time_weighted_stddev(s, start_time, end_time, 'linear')::numeric, 12) AS stddev_linear
FROM path, (VALUES (NULL::timestamptz, NULL::timestamptz), ('2024-01-01', '2024-01-02'), ('2024-01-03', '2024-01-05'), ('2024-01-03', NULL),
	(NULL, '2024-01-03'), ('2023-12-30', '2024-01-02'), ('2024-01-04', '2024-01-08'), ('2024-02-01', '2024-02-02'), ('2023-01-01', '2023-02-01'),
	('2024-01-03', '2024-01-03'), ('2024-02-01', NULL), (NULL, '2023-01-01')) w(start_time, end_time);
SELECT unit, integral(s, unit => unit) FROM path, unnest('{microsecond,millisecond,second,minute,hour,day}'::text[]) unit;
SELECT twap(s), twap(s, '2024-01-01', '2024-06-01'), twap(s, method => 'linear'), integral(s), time_weighted_stddev(s)
FROM rate_series('[(2024-01-01T00:00:00Z,7)]') s;
SELECT twap(NULL), twap(s, method => NULL), integral(s, unit => NULL), integral(NULL), time_weighted_stddev(NULL), time_weighted_stddev(s, method => NULL)
FROM path;
SELECT twap(s) FROM rate_series('[(2024-01-01T00:00:00Z,-1e-320),(2024-01-02T00:00:00Z,-0)]') s;
SELECT twap(s, '2024-01-03', '2024-01-02') FROM path;
SELECT twap(s, '-infinity') FROM path;
SELECT twap(s, NULL, 'infinity') FROM path;
SELECT twap(s, method => 'LOCF') FROM path;
SELECT integral(s, unit => 'year') FROM path;
SELECT integral(s, unit => 'fortnight') FROM path;
SELECT twap('[(2024-01-01T00:00:00Z,1.7e308),(2024-01-02T00:00:00Z,1)]'::rate_series);
SELECT time_weighted_stddev('[(2024-01-01T00:00:00Z,1.7e308),(2024-01-02T00:00:00Z,1),(2024-01-03T00:00:00Z,1)]'::rate_series);

-- returns of 1, 3 and -1 percent
CREATE TEMP TABLE steps AS
SELECT rate_series(ts, exp(x)) AS log_path FROM (VALUES (timestamptz '2024-01-01', 0::float8), ('2024-01-02', 0.01), ('2024-01-03', 0.04), ('2024-01-04', 0.03)) v(ts, x);
SELECT round(volatility(log_path)::numeric, 12) AS vol, round((0.02 * sqrt(365::float8))::numeric, 12) AS same,
	round(volatility(log_path, 252)::numeric, 12) AS of_252, round(volatility(log_path, kind => 'simple')::numeric, 12) AS simple,
	round(downside_deviation(log_path)::numeric, 12) AS downside, round(downside_deviation(log_path, 3.65)::numeric, 12) AS of_1_a_day,
	round(downside_deviation(log_path, year_days => 252)::numeric, 12) AS downside_252 FROM steps;
-- twice as long steps after the first: growth at one pace has no volatility
SELECT round(volatility(rate_series '[(2024-01-01T00:00:00Z,1),(2024-01-02T00:00:00Z,2),(2024-01-04T00:00:00Z,8)]')::numeric, 12) AS vol;
SELECT volatility(rate_series '[(2024-01-01T00:00:00Z,1),(2024-01-02T00:00:00Z,2)]'), downside_deviation(rate_series '[(2024-01-01T00:00:00Z,1),(2024-01-02T00:00:00Z,2)]'),
	downside_deviation(rate_series '[(2024-01-01T00:00:00Z,1)]'), volatility(NULL::rate_series), downside_deviation(NULL::rate_series), volatility(rate_series '[(2024-01-01T00:00:00Z,1)]', NULL);
SELECT volatility(log_path, 0) FROM steps;
SELECT volatility(log_path, 'NaN') FROM steps;
SELECT volatility(log_path, kind => 'arithmetic') FROM steps;
SELECT downside_deviation(log_path, 'NaN') FROM steps;
SELECT downside_deviation(log_path, 0, -365) FROM steps;
SELECT volatility(rate_series '[(2024-01-01T00:00:00Z,1),(2024-01-02T00:00:00Z,-2.5),(2024-01-03T00:00:00Z,1)]');
SELECT downside_deviation(rate_series '[(2024-01-01T00:00:00Z,1),(2024-01-02T00:00:00Z,0),(2024-01-03T00:00:00Z,1)]');
SELECT volatility(rate_series '[(2024-01-01T00:00:00Z,1e-300),(2024-01-02T00:00:00Z,1e300),(2024-01-03T00:00:00Z,1)]', kind => 'simple');

-- drawdown
CREATE TEMP TABLE falls (name text, s rate_series);
INSERT INTO falls VALUES
	('never', '[(2024-01-01T00:00:00Z,1),(2024-01-02T00:00:00Z,1),(2024-01-03T00:00:00Z,2)]'),
	('one point', '[(2024-01-01T00:00:00Z,1)]'),
	('open', '[(2024-01-01T00:00:00Z,4),(2024-01-02T00:00:00Z,3),(2024-01-03T00:00:00Z,8),(2024-01-04T00:00:00Z,4),(2024-01-05T00:00:00Z,6)]'),
	('recovered', '[(2024-01-01T00:00:00Z,4),(2024-01-02T00:00:00Z,4),(2024-01-03T00:00:00Z,2),(2024-01-04T00:00:00Z,2),(2024-01-05T00:00:00Z,4),(2024-01-06T00:00:00Z,5)]');
SELECT name, max_drawdown(s), current_drawdown(s), round(ulcer_index(s)::numeric, 12) AS ulcer_index, d.*
FROM falls, max_drawdown_details(s) d;
SELECT max_drawdown(NULL), current_drawdown(NULL), ulcer_index(NULL), max_drawdown_details(NULL);
SELECT max_drawdown('[(2024-01-01T00:00:00Z,1),(2024-01-02T00:00:00Z,0)]');
SELECT max_drawdown_details('[(2024-01-01T00:00:00Z,1),(2024-01-02T00:00:00Z,-0)]');
SELECT current_drawdown('[(2024-01-01T00:00:00Z,-3)]');
SELECT ulcer_index('[(2024-01-01T00:00:00Z,-3),(2024-01-02T00:00:00Z,2)]');

-- spells
SELECT f.* FROM (VALUES
	('[(2024-01-01T00:00:00Z,1),(2024-01-02T00:00:00Z,2),(2024-01-03T00:00:00Z,2),(2024-01-04T12:00:00Z,3),(2024-01-05T00:00:00Z,3)]'::rate_series),
	('[(2024-01-01T00:00:00Z,1)]'), ('[(2024-01-01T00:00:00Z,0),(2024-01-02T00:00:00Z,-0)]'), (NULL)) v(s), longest_flat(s) f;
SELECT at, time_since_change(s, at), below_since(s, 2.5, at), below_since(s, 1, at) FROM
	(SELECT '[(2024-01-01T00:00:00Z,1),(2024-01-02T00:00:00Z,2),(2024-01-03T00:00:00Z,2),(2024-01-04T12:00:00Z,3),(2024-01-05T00:00:00Z,3)]'::rate_series AS s) x,
	(VALUES (NULL::timestamptz), ('2023-12-31'), ('2024-01-01'), ('2024-01-03 06:00'), ('2024-01-04 12:00'), ('2024-03-01')) m(at);
SELECT threshold, time_below(s, threshold), share_below(s, threshold), time_below(s, threshold, '2024-01-01 12:00', '2024-01-10') AS in_window,
	share_below(s, threshold, '2024-01-01 12:00', '2024-01-10') AS share_in_window, l.*
FROM path, unnest('{1,2,2.5,3.5,10}'::float8[]) threshold, longest_below(s, threshold) l;
SELECT time_below(s, 2, '2023-01-01', '2023-02-01'), share_below(s, 2, '2023-01-01', '2023-02-01'), share_below(s, 2, '2024-01-01', '2024-01-01') AS at_once,
	time_below(s, 2, '2024-02-01'), longest_below(NULL, 2), longest_below(s, NULL), time_below(NULL, 2), time_below(s, NULL), share_below(s, NULL),
	below_since(s, NULL), below_since(NULL, 2), time_since_change(NULL), longest_flat(NULL)
FROM path;
SELECT time_since_change(s, 'infinity') FROM path;
SELECT below_since(s, 2, '-infinity') FROM path;
SELECT time_below(s, 'NaN') FROM path;
SELECT longest_below(s, 'Infinity') FROM path;
SELECT share_below(s, 2, '2024-01-02', '2024-01-01') FROM path;

-- trailing and rolling yields: 1, 3, 2 and 4 on the first, second, fourth and fifth of January
SELECT trailing_apr(s, '1 day'), trailing_apr(s, '3 days'), trailing_apr(s, '3 days', '2024-01-06 12:00') AS carried, trailing_apr(s, '3 days', year_days => 3) AS of_3_days,
	round(trailing_apy(s, '2 days', year_days => 2)::numeric, 12) AS apy, trailing_apr(s, '5 days') AS too_long, trailing_apr(s, '4 days', '2023-01-01') AS too_early
FROM path;
SELECT r.ts::date, r.apr, round(y.apy::numeric, 12) AS apy FROM path, rolling_apr(s, '2 days', 2) r JOIN rolling_apy(s, '2 days', year_days => 2) y USING (ts);
SELECT rolling_apr_series(s, '2 days', 2), num_rates(rolling_apy_series(s, '2 days', 2)), rolling_apr_series(s, '5 days') FROM path;
SELECT count(*), count(apr) FROM path, rolling_apr(s, '290000 years'::interval - '290000 years' + '100000000 days') r;
SELECT trailing_apr(NULL, '1 day'), trailing_apr(s, NULL), trailing_apr(s, '1 day', year_days => NULL), trailing_apy(NULL, '1 day'),
	rolling_apr_series(NULL, '1 day'), rolling_apy_series(s, NULL) FROM path;
SELECT * FROM rolling_apr(NULL, '1 day');
SELECT * FROM path, rolling_apy(s, NULL);
SELECT trailing_apr(s, '1 month') FROM path;
SELECT trailing_apr(s, '-1 day') FROM path;
SELECT trailing_apr(s, '1 day', 'infinity') FROM path;
SELECT trailing_apr(s, '1 day', year_days => 0) FROM path;
SELECT trailing_apy('[(2024-01-01T00:00:00Z,1),(2024-01-02T00:00:00Z,-1)]', '1 day');
SELECT count(*) FROM path, rolling_apr(s, '0');
SELECT count(*) FROM path, rolling_apr(s, '1 year');
SELECT count(*) FROM path, rolling_apr(s, '1 day', 'NaN');
SELECT count(*) FROM rolling_apy('[(2024-01-01T00:00:00Z,1),(2024-01-02T00:00:00Z,0)]', '1 day');
SELECT rolling_apr_series(s, '1 month') FROM path;

-- aggregates over rows
SELECT twap(ts, rate), twap_linear(ts, rate), integral(ts, rate), round(time_weighted_stddev(ts, rate)::numeric, 12) AS stddev,
	round(volatility(ts, rate)::numeric, 12) AS vol, round(downside_deviation(ts, rate)::numeric, 12) AS downside,
	max_drawdown(ts, rate), current_drawdown(ts, rate), round(ulcer_index(ts, rate)::numeric, 12) AS ulcer FROM points;
SELECT twap(ts, rate::numeric), twap_linear(ts, rate::numeric), integral(ts, rate::numeric), round(time_weighted_stddev(ts, rate::numeric)::numeric, 12) AS stddev,
	round(volatility(ts, rate::numeric)::numeric, 12) AS vol, round(downside_deviation(ts, rate::numeric)::numeric, 12) AS downside,
	max_drawdown(ts, rate::numeric), current_drawdown(ts, rate::numeric), round(ulcer_index(ts, rate::numeric)::numeric, 12) AS ulcer FROM points;
SELECT twap(ts, rate), twap_linear(ts, rate), integral(ts, rate), time_weighted_stddev(ts, rate), volatility(ts, rate), downside_deviation(ts, rate),
	max_drawdown(ts, rate), current_drawdown(ts, rate), ulcer_index(ts, rate) FROM points WHERE ts IS NULL;
SELECT ts::date, rate, twap(ts, rate) OVER w, max_drawdown(ts, rate) OVER w, twap(ts, rate) FILTER (WHERE rate < 3) OVER w AS filtered
FROM points WHERE ts IS NOT NULL WINDOW w AS (ORDER BY ts, rate ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) ORDER BY ts, rate;
SELECT max_drawdown(ts, rate - 1) FROM points;
SELECT volatility(ts, -rate) FROM points;
SELECT twap(ts, rate) FROM (VALUES (timestamptz '2024-01-01', 'NaN'::float8)) v(ts, rate);
SELECT twap(ts, rate) FROM (VALUES (timestamptz 'infinity', 1::float8)) v(ts, rate);
