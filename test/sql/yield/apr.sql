-- domain yield: behaviour, errors and edges
SET timezone = 'UTC'; SET datestyle = 'ISO';

-- apr and apy of two points; signs are kept
SELECT apr(1.0, 1.01, '2024-01-01', '2024-02-01') AS apr, round(apy(1.0, 1.01, '2024-01-01', '2024-02-01')::numeric, 12) AS apy;
SELECT apr(1.0, 0.98, '2024-01-01', '2024-02-01') AS apr, round(apy(1.0, 0.98, '2024-01-01', '2024-02-01')::numeric, 12) AS apy;
SELECT apr(1.0, 1.0, '2024-01-01', '2024-02-01'), apy(1.0, 1.0, '2024-01-01', '2024-02-01');
SELECT apr(1, 1.5, '2023-01-01', '2024-01-01'), apr(1, 1.5, '2023-01-01', '2024-01-01', year_days => 730),
	apr(rate0 => 1, rate1 => 2, t0 => '2024-01-01', t1 => '2024-01-02', year_days => 1);
SELECT apr(NULL, 1, now(), now()), apy(1, NULL, now(), now()), apr(1, 1, NULL, now()), apr(1, 1, now(), now(), NULL);

-- no span, no yield; nor when it is beyond double precision
SELECT apr(1, 2, '2024-01-01', '2024-01-01') IS NULL, apy(1, 2, '2024-01-01', '2024-01-01') IS NULL;
SELECT apy(1, 2, '2024-01-01 00:00:00', '2024-01-01 00:00:01') IS NULL, apr(1e-300, 1e300, '2024-01-01', '2024-01-02') IS NULL;

-- the widest span that there is
SELECT apr(1, 2, '4714-11-24 BC', '294276-12-31 23:59:59.999999');

-- bad arguments
SELECT apr(0, 1, '2024-01-01', '2024-01-02');
SELECT apr(1, 0, '2024-01-01', '2024-01-02');
SELECT apy(-1, 1, '2024-01-01', '2024-01-02');
SELECT apy(1, 'NaN', '2024-01-01', '2024-01-02');
SELECT apr(1, 'Infinity', '2024-01-01', '2024-01-02');
SELECT apr(1, 1, '2024-01-02', '2024-01-01');
SELECT apr(1, 1, '-infinity', '2024-01-01');
SELECT apr(1, 1, '2024-01-01', 'infinity');
SELECT apr(1, 1, '2024-01-01', '2024-01-02', 0);
SELECT apr(1, 1, '2024-01-01', '2024-01-02', -365);
SELECT apy(1, 1, '2024-01-01', '2024-01-02', 'NaN');
SELECT apy(1, 1, '2024-01-01', '2024-01-02', 'Infinity');

-- the aggregates
SELECT apr(ts, rate), round(apy(ts, rate)::numeric, 12) AS apy FROM (VALUES
	(timestamptz '2024-03-01', 1.03::float8), ('2024-01-01', 1.01), (NULL, 9), ('2024-02-01', 1.02), ('2024-04-01', NULL)) v(ts, rate);
SELECT apr(ts, rate) IS NULL, apy(ts, rate) IS NULL FROM (VALUES (timestamptz '2024-03-01', 1.03::float8)) v(ts, rate);
SELECT apr(ts, rate) IS NULL FROM (VALUES (timestamptz '2024-03-01', 1.03::float8), ('2024-03-01', 1.04)) v(ts, rate);
SELECT apr(now(), 1), apy(now(), 1) WHERE false;
SELECT apr(now(), -1);
SELECT apy('infinity'::timestamptz, 1);

-- over a summary
SELECT apr(s), apr(s, 366), apr(s, year_days => 360), round(apy(s)::numeric, 12) AS apy
FROM (SELECT rate_agg(ts, rate) AS s FROM (VALUES (timestamptz '2023-01-01', 1::float8), ('2024-01-01', 1.04)) v(ts, rate)) x;
SELECT apr(NULL::rate_summary), apy(NULL::rate_summary);
SELECT apr('(2024-01-01T00:00:00+00:00,1,2024-02-01T00:00:00+00:00,1.1,0.9,1.2,5)'::rate_summary, 0);

-- FILTER and window frames
SELECT ts::date, round((apr(ts, rate) OVER (ORDER BY ts RANGE '2 days' PRECEDING))::numeric, 9) AS rolling,
	round((apr(ts, rate) FILTER (WHERE extract(day FROM ts)::int % 2 = 1) OVER (ORDER BY ts))::numeric, 9) AS odd_days
FROM (SELECT timestamptz '2024-01-01' + g * interval '1 day', 1 + 0.001 * g * g FROM generate_series(0, 6) g) v(ts, rate);

-- compounding
SELECT round(apr_to_apy(0.12, 12)::numeric, 12), round(apr_to_apy(0.05)::numeric, 12), round(apr_to_apy(0.05, 'Infinity')::numeric, 12);
SELECT round(apy_to_apr(0.126825030131969, 12)::numeric, 12), round(apy_to_apr(0.05)::numeric, 12), round(apy_to_apr(0.05, periods => 'Infinity')::numeric, 12);
SELECT apr_to_apy(0), apy_to_apr(0), apr_to_apy(-12, 12), apy_to_apr(-1, 12), apr_to_apy(NULL), apy_to_apr(0.1, NULL);
SELECT apr_to_apy(-13, 12) IS NULL, apy_to_apr(-1.5) IS NULL, apy_to_apr(-1, 'Infinity') IS NULL;
SELECT apr_to_apy('NaN');
SELECT apr_to_apy('Infinity');
SELECT apr_to_apy(0.1, 0);
SELECT apr_to_apy(0.1, -1);
SELECT apy_to_apr(0.1, 'NaN');
SELECT apr_to_apy(0.1, '-Infinity');
SELECT apr_to_apy(1000, 'Infinity');

-- blends
SELECT blended_apr(apr, weight) FROM (VALUES (0.03::float8, 50::float8), (0.05, 30), (-0.01, 20), (NULL, 1), (1, NULL)) v(apr, weight);
SELECT blended_apr(0.5, 0) IS NULL, blended_apr(0.5, NULL) IS NULL;
SELECT blended_apr(1, 1) WHERE false;
SELECT blended_apr(0.1, -1);
SELECT blended_apr('NaN', 1);
SELECT blended_apr(0.1, 'Infinity');
SELECT blended_apr(1e200, 1e200);
SELECT blended_apr(apr, 1e308) FROM (VALUES (0.1::float8), (0.2)) v(apr);
SELECT blended_apr(m), total_weight(m), num_aprs(m), m
FROM (SELECT blend_agg(apr, weight) AS m FROM (VALUES (0.25::float8, 2::float8), (0.5, 2), (7, 0)) v(apr, weight)) x;
SELECT blended_apr(rollup(m)), num_aprs(rollup(m))
FROM (VALUES ('(41:512,41:128,2)'::blend_summary), (NULL), ('(41:512,41:256,1)')) v(m);
SELECT blended_apr(NULL), total_weight(NULL), num_aprs(NULL);
SELECT _blend_summary_accum('(41:512,41:128,2)', 0.5, 2), _blend_summary_combine('(41:512,41:128,2)', '(41:512,41:256,1)');

-- bad blends
SELECT ''::blend_summary;
SELECT '(1,2)'::blend_summary;
SELECT '(41:512,41:128,x)'::blend_summary;
SELECT '(NaN,41:128,1)'::blend_summary;
SELECT '(41:-512,41:128,1)'::blend_summary;
SELECT '(41:512:1:1:1:1:1,41:128,1)'::blend_summary;
SELECT '(0,41:128,1)'::blend_summary;
SELECT '(41:512,41:128,0)'::blend_summary;
SELECT '(41:512,0,1)'::blend_summary;
