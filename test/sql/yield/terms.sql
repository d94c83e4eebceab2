-- domain yield, its terms: log yield, conversion, fees, inflation, layers, spreads
SET timezone = 'UTC'; SET datestyle = 'ISO';

-- log_yield of two points, of rows, of a summary; signs are kept
SELECT round(log_yield(1, 1.1, '2023-01-01', '2024-01-01')::numeric, 12) AS up, round(log_yield(1.1, 1, '2023-01-01', '2024-01-01')::numeric, 12) AS down,
	log_yield(1, 1, '2023-01-01', '2024-01-01') AS flat, round(log_yield(1, 1.1, '2023-01-01', '2024-01-01', year_days => 730)::numeric, 12) AS "2y";
SELECT round(log_yield(1000000000000000000, 1100000000000000000, '2023-01-01', '2024-01-01')::numeric, 12) AS wei;
SELECT log_yield(1, 2, '2024-01-01', '2024-01-01') IS NULL AS no_span, log_yield(NULL, 2, '2024-01-01', '2024-01-02') IS NULL AS unknown;
SELECT round(log_yield(ts, rate)::numeric, 12), round(log_yield(rate_agg(ts, rate), 730)::numeric, 12)
FROM (VALUES (timestamptz '2024-01-01', 1.1::float8), ('2023-01-01', 1), (NULL, 3)) v(ts, rate);
SELECT round(log_yield(ts, rate)::numeric, 12)
FROM (VALUES (timestamptz '2024-01-01', 1.1::numeric), ('2023-01-01', 1), (NULL, 3)) v(ts, rate);
SELECT log_yield(now(), 1.0::float8) IS NULL AS one_time, (SELECT log_yield(now(), 1.0::float8) WHERE false) IS NULL AS no_rows;
SELECT round((log_yield(ts, rate) OVER (ORDER BY ts ROWS 1 PRECEDING))::numeric, 9)
FROM (VALUES (timestamptz '2024-01-01', 1::float8), ('2024-01-02', 1.001), ('2024-01-05', 1.002), ('2024-01-06', 0.999)) v(ts, rate);
SELECT log_yield(0, 1, '2024-01-01', '2024-01-02');
SELECT log_yield(1, 1, '2024-01-02', '2024-01-01');
SELECT log_yield(1, 1, '2024-01-01', '2024-01-02', 0);
SELECT log_yield(ts, 'NaN'::float8) FROM (VALUES (now())) v(ts);

-- convert_yield
SELECT round(convert_yield(0.12, 12, 1)::numeric, 12) AS "12 to 1", round(convert_yield(0.12, 12, 'Infinity')::numeric, 12) AS "12 to e",
	round(convert_yield(0.12, 'Infinity', 12)::numeric, 12) AS "e to 12", convert_yield(0.05, 365, 365) = 0.05 OR abs(convert_yield(0.05, 365, 365) - 0.05) < 1e-16 AS same;
SELECT round(convert_yield(-0.5, 1, 2)::numeric, 12) AS loss, convert_yield(0, 12, 365) AS zero, convert_yield(-12, 12, 1) AS all_lost,
	convert_yield(-12, 12, 4) AS all_lost_quarterly;
SELECT convert_yield(-13, 12, 1) IS NULL AS more_than_all, convert_yield(-1, 1, 'Infinity') IS NULL AS never, convert_yield(NULL, 1, 2) IS NULL AS unknown;
SELECT convert_yield('NaN', 1, 2);
SELECT convert_yield('-Infinity', 1, 2);
SELECT convert_yield(0.1, 0, 2);
SELECT convert_yield(0.1, 1, -2);
SELECT convert_yield(0.1, 'NaN', 2);
SELECT convert_yield(0.1, 1, '-Infinity');
SELECT convert_yield(800, 'Infinity', 1);

-- net_of_fee, gross_of_fee: no part of a loss
SELECT net_of_fee(0.04, 0.25) AS net, net_of_fee(-0.04, 0.25) AS loss, net_of_fee(0, 0.5) AS zero, net_of_fee(0.04, 0) AS free, net_of_fee(0.04, 1) AS nothing;
SELECT gross_of_fee(0.03, 0.25) AS gross, gross_of_fee(-0.04, 0.25) AS loss, gross_of_fee(net_of_fee(0.0625, 0.5), 0.5) AS back, gross_of_fee(0, 0.5) AS zero;
SELECT net_of_fee(NULL, 0.1) IS NULL, gross_of_fee(0.1, NULL) IS NULL;
SELECT net_of_fee(0.04, -0.1);
SELECT net_of_fee(0.04, 10);
SELECT net_of_fee(0.04, 'NaN');
SELECT net_of_fee('Infinity', 0.1);
SELECT gross_of_fee(0.04, 1);
SELECT gross_of_fee('NaN', 0.1);
SELECT gross_of_fee(1e308, 0.99);

-- real_yield
SELECT real_yield(0.05, 0) AS none, real_yield(0.5, 0.25) AS half, real_yield(0, 0.25) AS diluted, real_yield(0.25, -0.5) AS burnt;
SELECT real_yield(NULL, 0) IS NULL, real_yield(0, NULL) IS NULL;
SELECT real_yield(0.05, -1);
SELECT real_yield('NaN', 0);
SELECT real_yield(0.05, 'Infinity');

-- layer_apr
SELECT layer_apr(0.5, 0.5) AS two, layer_apr(0.25) AS one, layer_apr(0.5, -0.5) AS loss, layer_apr(0.5, -1) AS all_lost, layer_apr(VARIADIC ARRAY[0.5, 0.5, 1]) AS three;
SELECT layer_apr(0.1, NULL) IS NULL AS unknown, layer_apr(VARIADIC '{}'::float8[]) IS NULL AS none, layer_apr(VARIADIC NULL::float8[]) IS NULL AS null_array,
	layer_apr(-1.5, 0.1) IS NULL AS more_than_all;
SELECT layer_apr(0.1, 'NaN');
SELECT layer_apr(VARIADIC ARRAY[[0.1, 0.2], [0.3, 0.4]]);
SELECT layer_apr(1e200, 1e200);

-- spread_bps
SELECT spread_bps(0.5, 0.25) AS over, spread_bps(0.25, 0.5) AS below, spread_bps(0.5, 0.5) AS none, spread_bps(NULL, 1) IS NULL AS unknown;
SELECT spread_bps('NaN', 0);
SELECT spread_bps(0, 'Infinity');
SELECT spread_bps(1e308, -1e308);
