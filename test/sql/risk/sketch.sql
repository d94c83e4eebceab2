-- quantiles of any number of returns
CREATE TEMP TABLE daily AS SELECT i % 4 AS part, sin(i * i) / 50 AS return FROM generate_series(1, 1000) i;
SELECT num_returns(s), round(value_at_risk(s)::numeric, 6) AS var, round(expected_shortfall(s)::numeric, 6) AS es, round(quantile(s, 0.5)::numeric, 6) AS median,
	round(value_at_risk(s, 0.99)::numeric, 6) AS var99
FROM (SELECT sketch_agg(return) AS s FROM daily) x;
SELECT rollup(s) = (SELECT sketch_agg(return) FROM daily) AS "rolled up" FROM (SELECT sketch_agg(return) AS s FROM daily GROUP BY part) x;
SELECT sketch_agg(x) AS sketch, sketch_agg(x, 0.1) AS coarse FROM unnest('{-0.5,0.25,0,1e-13,NULL,0.25}'::float8[]) x;
SELECT s = s::text::return_sketch AS "read back", s || NULL = s AS alone, num_returns(s || s) AS twice, s < s || s AS smaller
FROM (SELECT sketch_agg(x) AS s FROM unnest('{-0.5,0.25,0}'::float8[]) x) y;
SELECT sketch_agg(x) AS nothing FROM unnest('{NULL}'::float8[]) x;
-- a moving frame
SELECT i, num_returns(s), round(value_at_risk(s)::numeric, 4) AS var
FROM (SELECT i, sketch_agg(i / 100.0::float8) OVER (ORDER BY i ROWS 2 PRECEDING) AS s FROM generate_series(1, 5) i) x ORDER BY i;
-- errors
SELECT sketch_agg('NaN'::float8);
SELECT sketch_agg(1, 0.2);
SELECT sketch_agg(1, 'NaN');
SELECT sketch_agg(1, i / 100.0) FROM generate_series(1, 2) i;
SELECT sketch_agg(1) || sketch_agg(1, 0.02);
SELECT quantile(sketch_agg(1), 1.5);
SELECT value_at_risk(sketch_agg(1), 1);
SELECT expected_shortfall(sketch_agg(1), 0);
SELECT ''::return_sketch;
SELECT '(0.01)'::return_sketch;
SELECT '(0.01,1)'::return_sketch;
SELECT '(0.01,0:1:0:0,0:1:0:0)'::return_sketch;
SELECT '(0.01,0:1:0:1)'::return_sketch;
SELECT '(0.5,0:1:0:0)'::return_sketch;
SELECT '(0.01,0:9223372036854775807:0:0)'::return_sketch || sketch_agg(0);
