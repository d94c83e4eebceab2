-- domain yield: exponential averages, trimmed mean, weighted median
SET timezone = 'UTC'; SET datestyle = 'ISO';

-- ema over time: a value one half-life older weighs half as much, rows in any order
SELECT ema(ts, v, '1 day'), ema(ema_agg(ts, v, '1 day')), num_values(ema_agg(ts, v, '1 day'))
FROM (VALUES (timestamptz '2024-01-02', 4::float8), ('2024-01-01', 1), (NULL, 9), ('2024-01-03', NULL)) t(ts, v);
SELECT ema(ts, v, '1 day') AS "gap of two", ema(ts, v, '1000 years'::interval + '1 day' - '1000 years'::interval) AS same
FROM (VALUES (timestamptz '2024-01-03', 4::float8), ('2024-01-01', 1)) t(ts, v);
SELECT ema(ts, v, '1 day') AS long_ago FROM (VALUES (timestamptz '2024-01-03', 4::float8), ('1000-01-01 BC', 1e300)) t(ts, v);
SELECT ema(ts, v, '1 day') AS "two at once" FROM (VALUES (timestamptz '2024-01-03', 4::float8), ('2024-01-03', 2)) t(ts, v);
SELECT ema(now(), 0.5, '1 hour') AS one, (SELECT ema(now(), 1, '1 hour') WHERE false) IS NULL AS no_rows, ema(now(), 1, NULL) IS NULL AS no_half_life;
SELECT ts::date, ema(ts, v, '1 day') OVER (ORDER BY ts ROWS 1 PRECEDING), num_values(ema_agg(ts, v, '1 day') OVER (ORDER BY ts ROWS 1 PRECEDING))
FROM (VALUES (timestamptz '1999-12-30', 1::float8), ('1999-12-31', 4), ('2000-01-01', NULL), ('2000-01-02', 7)) t(ts, v);
SELECT ema(rollup(s)), num_values(rollup(s)), rollup(s) FROM (VALUES ('(1000,41:16384,41:49152,1)'::ema_summary), (NULL), ('(1000,41:32768,41:196608,1)')) t(s);
SELECT ema(now(), 'NaN', '1 day');
SELECT ema('infinity', 1, '1 day');
SELECT ema(now(), 1, '0');
SELECT ema(now(), 1, '-1 day');
SELECT ema(now(), 1, '1 month');
SELECT ema(now(), 1, h) FROM (VALUES (interval '1 day'), ('2 days')) t(h);
SELECT ema(now(), 1, h) OVER (ORDER BY h ROWS 1 PRECEDING) FROM (VALUES (interval '1 day'), ('2 days')) t(h);
SELECT rollup(s) FROM (VALUES ('(1000,41:16384,41:49152,1)'::ema_summary), ('(2000,41:16384,41:49152,1)')) t(s);
SELECT ema(ts, 1.7e308, '1 day') FROM (VALUES (timestamptz '2024-01-01 12:00')) t(ts);
SELECT ''::ema_summary;
SELECT '(1000,41:16384,41:49152,0)'::ema_summary;
SELECT '(0,41:16384,41:49152,1)'::ema_summary;
SELECT '(1000,0,41:49152,1)'::ema_summary;
SELECT '(1000,41:16384,41:99999999,1)'::ema_summary;
SELECT '(1000,41,41:49152,1)'::ema_summary;
SELECT '(1000,41:16384,41:49152,1)'::ema_summary < '(1000,41:32768,41:49152,1)'::ema_summary AS less, ema('(1000,41:32768,41:49152,1)'::ema_summary);

-- ema over rows
SELECT ema(v, 0.5 ORDER BY i) FROM (VALUES (1, 4::float8), (2, 8), (3, NULL), (4, 2)) t(i, v);
SELECT i, ema(v, 0.25) OVER (ORDER BY i) FROM (VALUES (1, 4::float8), (2, 8), (3, NULL), (4, -2)) t(i, v);
SELECT ema_step(NULL, 4, 0.5), ema_step(4, 8, 0.5), ema_step(4, NULL, 0.5), ema_step(4, 8, NULL), ema_step(NULL, NULL, 0.5) IS NULL;
SELECT (SELECT ema(v, 0.5) FROM (VALUES (1::float8)) t(v) WHERE false) IS NULL AS no_rows;
SELECT ema_step(4, 8, 0);
SELECT ema_step(4, 8, 1.5);
SELECT ema_step(4, 'NaN', 0.5);
SELECT ema_step('Infinity', 8, 0.5);

-- trimmed_mean: as many are cut below as above
SELECT trimmed_mean(v, 0) AS mean, trimmed_mean(v, 0.2) AS trimmed, trimmed_mean(v, 0.4999) AS "all but one"
FROM (VALUES (1::float8), (2), (NULL), (3), (100), (-50)) t(v);
SELECT trimmed_mean(v, 0.25) AS "one of four" FROM (VALUES (1::float8), (2), (4), (1000)) t(v);
SELECT trimmed_mean(5, 0.4) AS one, (SELECT trimmed_mean(5, 0.4) WHERE false) IS NULL AS no_rows, trimmed_mean(5, NULL) IS NULL AS no_fraction;
SELECT trimmed_mean(v, 0.1) OVER (ORDER BY v) FROM (VALUES (3::float8), (1), (2)) t(v);
SELECT trimmed_mean('NaN', 0.1);
SELECT trimmed_mean(1, 0.5);
SELECT trimmed_mean(1, -0.1);
SELECT trimmed_mean(1, 'NaN');
SELECT trimmed_mean(1, f) FROM (VALUES (0.1::float8), (0.2)) t(f);
SELECT trimmed_mean(1e308, 0) FROM generate_series(1, 3);

-- weighted_median
SELECT weighted_median(v, w) FROM (VALUES (1::float8, 1::float8), (2, 1), (3, 10), (NULL, 100), (50, NULL)) t(v, w);
SELECT weighted_median(v, 1) AS odd, weighted_median(v, 1) FILTER (WHERE v < 4) AS even FROM (VALUES (1::float8), (2), (4)) t(v);
SELECT weighted_median(v, w) AS "half exactly" FROM (VALUES (1::float8, 2::float8), (2, 0), (7, 1), (9, 1)) t(v, w);
SELECT weighted_median(1, 0) IS NULL AS no_weight, (SELECT weighted_median(1, 1) WHERE false) IS NULL AS no_rows, weighted_median(-3, 1e-300) AS one;
SELECT weighted_median('Infinity', 1);
SELECT weighted_median(1, -1);
SELECT weighted_median(1, 'NaN');
SELECT weighted_median(1, 1.7e308) FROM generate_series(1, 2);
-- sample_agg
SELECT sample_agg(x), sample_agg(x, w) FROM (VALUES (3::float8, 1::float8), (1, 0), (NULL, 1), (2, NULL)) v(x, w);
SELECT median(s), weighted_median(s), trimmed_mean(s, 0.3) FROM (VALUES ('[(3,1),(1,0),(2,1),(9,7)]'::sample_summary)) v(s);
SELECT median(sample_agg(x)), median(sample_agg(x, 0)), weighted_median(sample_agg(x, 0)) FROM (VALUES (1e308), (1.5e308)) v(x);
SELECT trimmed_mean(sample_agg(1), 0.5);
SELECT sample_agg(1, -1);
SELECT sample_agg('Infinity');
SELECT '[(1)]'::sample_summary;
SELECT '[(1,-1)]'::sample_summary;
SELECT '(0.1,[(2),(1),(-0)])'::level_sample, '(1,[(2)])'::level_sample;
SELECT _trimmed_mean_final('(0.6,[(2)])');
