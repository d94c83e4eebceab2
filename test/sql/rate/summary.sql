-- domain rate: behaviour, errors and edges
SET timezone = 'UTC'; SET datestyle = 'ISO';

-- the type
SELECT '(2024-01-01T00:00:00+00:00,1,2024-02-01T00:00:00+00:00,1.1,0.9,1.2,5)'::rate_summary;
SELECT ' ( 2024-01-01T00:00:00+00:00,1,2024-02-01T00:00:00+00:00,1.1,0.9,1.2,5) '::rate_summary;
SELECT '(2024-01-01 00:00:00Z,1e0,2024-02-01 00:00:00+00,11e-1,.9e0,1.2,5)'::rate_summary;
SELECT '(2024-01-01 00:00:00Z,1e0,2024-02-01 00:00:00+00,11e-1,0.9,1.2,5)'::rate_summary;
SELECT ''::rate_summary;
SELECT '()'::rate_summary;
SELECT '(1,2,3)'::rate_summary;
SELECT '(2024-01-01 00:00:00+00,1,2024-02-01 00:00:00+00,1.1,0.9,1.2,5,6)'::rate_summary;
SELECT '(2024-01-01 00:00:00+00,1,2024-02-01 00:00:00+00,1.1,0.9,1.2,5'::rate_summary;
SELECT '(2024-01-01 00:00:00,1,2024-02-01 00:00:00+00,1.1,0.9,1.2,5)'::rate_summary;
SELECT '(now,1,now,1,1,1,1)'::rate_summary;
SELECT '(infinity,1,infinity,1,1,1,1)'::rate_summary;
SELECT '(2024-01-01 00:00:00+00,NaN,2024-02-01 00:00:00+00,1.1,0.9,1.2,5)'::rate_summary;
SELECT '(2024-01-01 00:00:00+00,1e999,2024-02-01 00:00:00+00,1.1,0.9,1e999,5)'::rate_summary;
SELECT '(2024-01-01 00:00:00+00,-1,2024-02-01 00:00:00+00,1.1,-1,1.2,5)'::rate_summary;
SELECT '(2024-01-01 00:00:00+00,1,2024-02-01 00:00:00+00,1.1,0.9,1.2,99999999999999999999)'::rate_summary;
SELECT '(2024-01-01 00:00:00+00,1,2024-02-01 00:00:00+00,1.1,0.9,1.2,0)'::rate_summary;
SELECT '(2024-02-01 00:00:00+00,1,2024-01-01 00:00:00+00,1.1,0.9,1.2,5)'::rate_summary;
SELECT '(2024-01-01 00:00:00+00,1,2024-02-01 00:00:00+00,1.1,1.05,1.2,5)'::rate_summary;

-- rate_agg: rows in any order; NULL rows are skipped; no rows give NULL
SELECT rate_agg(ts, rate) FROM (VALUES
	(timestamptz '2024-03-01', 1.03::float8), ('2024-01-01', 1.01), (NULL, 9), ('2024-02-01', 1.02), ('2024-04-01', NULL)) v(ts, rate);
SELECT rate_agg(ts, rate) FROM (VALUES (timestamptz '2024-03-01', NULL::float8)) v(ts, rate);
SELECT rate_agg(now(), 1) WHERE false;

-- of rows with one time the greater rate counts; all of them are counted
SELECT rate_agg(ts, rate) FROM (VALUES
	(timestamptz '2024-01-01', 1.01::float8), ('2024-01-01', 1.02), ('2024-02-01', 1.05), ('2024-02-01', 1.04)) v(ts, rate);

-- accessors
SELECT first_rate(s), last_rate(s), min_rate(s), max_rate(s), first_time(s), last_time(s), num_rates(s)
FROM (SELECT rate_agg(ts, rate) AS s FROM (VALUES
	(timestamptz '2024-03-01', 1.03::float8), ('2024-01-01', 1.05), ('2024-02-01', 1.02)) v(ts, rate)) x;
SELECT first_rate(NULL::rate_summary), num_rates(NULL::rate_summary), last_time(NULL::rate_summary);

-- rollup of none is NULL, NULL summaries are skipped
SELECT rollup(s) FROM (VALUES (NULL::rate_summary)) v(s);
SELECT rollup(s) FROM (VALUES (NULL::rate_summary),
	('(2024-01-01T00:00:00+00:00,1,2024-02-01T00:00:00+00:00,1.1,0.9,1.2,5)'), (NULL),
	('(2024-03-01T00:00:00+00:00,1.3,2024-03-01T00:00:00+00:00,1.3,1.3,1.3,1)')) v(s);
SELECT rollup(s) FROM (VALUES
	('(2024-01-01T00:00:00+00:00,1,2024-02-01T00:00:00+00:00,1.1,0.9,1.2,9223372036854775807)'::rate_summary),
	('(2024-03-01T00:00:00+00:00,1.3,2024-03-01T00:00:00+00:00,1.3,1.3,1.3,1)')) v(s);

-- bad rows
SELECT rate_agg(now(), 0);
SELECT rate_agg(now(), -1.5);
SELECT rate_agg(now(), 'NaN');
SELECT rate_agg(now(), 'Infinity');
SELECT rate_agg('infinity'::timestamptz, 1);
SELECT rate_agg('-infinity'::timestamptz, 1);

-- the steps of the aggregates, called by themselves, change no stored value
CREATE TEMP TABLE stored AS SELECT rate_agg(timestamptz '2024-01-01', 1.5) AS s;
SELECT _rate_summary_accum(s, '2024-02-01', 2) FROM stored;
SELECT _rate_summary_combine(s, _rate_summary_accum(NULL, '2024-02-01', 2)) FROM stored;
SELECT _rate_summary_accum(s, NULL, 2) FROM stored;
SELECT _rate_summary_accum(NULL, NULL, NULL);
SELECT s FROM stored;

-- premium
SELECT premium(0.99, 1.1), premium(1.1, 1), premium(1, 1), premium(0, 1), premium(NULL, 1), premium(1, NULL);
SELECT premium(1, 0);
SELECT premium(1, -1);
SELECT premium(-0.5, 1);
SELECT premium('NaN', 1);
SELECT premium(1, 'Infinity');
SELECT premium(1e300, 1e-300);

-- one state serves all aggregates of the same rows
SELECT rate_agg(ts, rate), round(apr(ts, rate)::numeric, 6) AS apr, round(apy(ts, rate)::numeric, 6) AS apy
FROM (VALUES (timestamptz '2023-01-01', 1::float8), ('2024-01-01', 1.04)) v(ts, rate);

-- any time type and any number will do
SELECT rate_agg(date '2024-01-01', 1), rate_agg(timestamp '2024-01-01', 1.5::real), rate_agg('2024-01-01', 2);
