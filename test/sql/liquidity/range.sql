-- domain liquidity: ranges
SET extra_float_digits = 0;
SET timezone = 'UTC';
SET intervalstyle = 'postgres';

-- a price that is a geometric Brownian motion
SELECT round(range_exit_probability(1, 0.9, 1.1, 0.5, 0.1, '30 days')::numeric, 12) AS "exit", round(range_probability(1, 0.9, 1.1, 0.5, 0.1, '30 days')::numeric, 12) AS "in range",
	round(range_exit_up_probability(1, 0.9, 1.1, 0.5, 0.1)::numeric, 12) AS up, round(range_expected_share_in_range(1, 0.9, 1.1, 0.5, 0.1, '30 days')::numeric, 12) AS share;
SELECT date_trunc('second', range_expected_exit(1, 0.9, 1.1, 0.5, 0.1)) AS "exit", date_trunc('second', range_expected_time_in_range(1, 0.9, 1.1, 0.5, 0.1, '30 days')) AS "in range",
	date_trunc('second', range_expected_exit(1, 0.9, 1.1, 0.5, 0.1, 360)) AS "in a year of 360 days";
-- p where it cannot be inside, and at the bounds, of which pb is outside
SELECT p, range_exit_probability(p, 1, 2, 0.5, 0.1, '1 day') AS "exit", range_exit_up_probability(p, 1, 2, 0.5, 0.1) AS up, range_expected_exit(p, 1, 2, 0.5, 0.1) AS "when",
	range_probability(p, 1, 2, 0, 0, '1 day') AS "in range"
FROM unnest('{0.5,1,1.5,2,3}'::float8[]) p WHERE p <> 1.5;
-- sigma = 0 is the drift; without either it never leaves
SELECT mu, range_exit_probability(1, 0.9, 1.1, 0, mu, '365 days') AS "exit", range_exit_up_probability(1, 0.9, 1.1, 0, mu) AS up, date_trunc('second', range_expected_exit(1, 0.9, 1.1, 0, mu)) AS "when",
	date_trunc('second', range_expected_time_in_range(1, 0.9, 1.1, 0, mu, '365 days')) AS "in range"
FROM unnest('{-0.2,-0.1,0,0.05,0.1}'::float8[]) mu;
-- mu = sigma^2/2: |a| b/sigma^2
SELECT round(extract(epoch FROM range_expected_exit(1, 0.5, 2, 0.5, 0.125))::numeric / 86400 / 365, 9) = round((ln(2.0) / 0.5) ^ 2, 9) AS "no drift of the logarithm",
	range_exit_up_probability(1, 0.5, 2, 0.5, 0.125) AS half;
SELECT date_trunc('second', lst_range_drift_time(1, 1.01, 0.03)) AS "1 % at 3 %", date_trunc('second', lst_range_drift_time(1, 1.002, 0.035)) AS "0.2 % at 3.5 %",
	lst_range_drift_time(1, 1, 0.03) AS "there", lst_range_drift_time(2, 1, -0.03) AS "beyond", lst_range_drift_time(1, 1.01, 0) IS NULL AS never, lst_range_drift_time(1, 1.01, -0.03) IS NULL AS "never too";
SELECT range_exit_probability(1, 0.9, 1.1, NULL, 0.1, '30 days') IS NULL AS unknown;
SELECT range_exit_probability(0, 0.9, 1.1, 0.5, 0.1, '30 days');
SELECT range_exit_probability('NaN', 0.9, 1.1, 0.5, 0.1, '30 days');
SELECT range_exit_probability(1, 1.1, 0.9, 0.5, 0.1, '30 days');
SELECT range_exit_probability(1, 1, 1, 0.5, 0.1, '30 days');
SELECT range_exit_probability(1, 0.9, 'Infinity', 0.5, 0.1, '30 days');
SELECT range_exit_probability(1, 0.9, 1.1, -0.5, 0.1, '30 days');
SELECT range_exit_probability(1, 0.9, 1.1, 'NaN', 0.1, '30 days');
SELECT range_exit_probability(1, 0.9, 1.1, 1e200, 0.1, '30 days');
SELECT range_exit_probability(1, 0.9, 1.1, 0.5, 'Infinity', '30 days');
SELECT range_exit_probability(1, 0.9, 1.1, 0.5, 0.1, '0 days');
SELECT range_exit_probability(1, 0.9, 1.1, 0.5, 0.1, '-1 days');
SELECT range_exit_probability(1, 0.9, 1.1, 0.5, 0.1, '1 month');
SELECT range_exit_probability(1, 0.9, 1.1, 0.5, 0.1, '30 days', 0);
SELECT range_expected_exit(1, 0.9, 1.1, 1e-4, 1e-8, 'NaN');
SELECT range_expected_exit(1, 1e-300, 1e300, 1e-4, 0);
SELECT lst_range_drift_time(1, 1.01, -1);
SELECT lst_range_drift_time(1, 1.01, 'NaN');
SELECT lst_range_drift_time(1, 1.01, 1e-300);
SELECT lst_range_drift_time(-1, 1.01, 0.03);

-- time in range over a history
CREATE TEMP TABLE quote (ts timestamptz, price float8);
INSERT INTO quote VALUES ('2024-01-01', 1), ('2024-01-02', 2), ('2024-01-04', 3), ('2024-01-05', 2.5), (NULL, 1), ('2024-01-03', NULL);
SELECT time_in_range(ts, price, 2, 3, '2024-01-11') AS "to the 11th", share_in_range(ts, price, 2, 3, '2024-01-11') AS share, time_in_range(ts, price, 2, 3, NULL) AS "to the last",
	time_in_range(ts, price, 2, 3, '2024-01-03') AS "to the 3rd", time_in_range(ts, price, 2, 3, '2023-01-03') IS NULL AS "before all", share_in_range(ts, price, 2, 3, '2024-01-01') AS "at the first"
FROM quote;
SELECT time_in_range(s, 2, 3), share_in_range(s, 2, 3), time_in_range_between(s, 2, 3, '2024-01-03', '2024-01-11') AS "in a window", share_in_range_between(s, 2, 3, '2024-01-03', '2024-01-11'),
	time_in_range_between(s, 2, 3, '2023-01-01', '2023-01-02') IS NULL AS "before all", time_in_range(s, -5, 5) AS "all of it", time_in_range(s, NULL, 5) IS NULL AS unknown
FROM (SELECT rate_series(ts, price) AS s FROM quote) x;
SELECT time_in_range(ts, price, 2, 3, NULL) IS NULL AS nothing FROM quote WHERE false;
SELECT time_in_range(ts, price, 2, 3, NULL) AS "a moment", share_in_range(ts, price, 2, 3, NULL) AS "of it" FROM quote WHERE price = 2;
SELECT ts, share_in_range(ts, price, 2, 3, NULL) OVER (ORDER BY ts ROWS 2 PRECEDING) FROM quote;
SELECT time_in_range(ts, price, 3, 2, NULL) FROM quote;
SELECT time_in_range(ts, price, 'NaN', 2, NULL) FROM quote;
SELECT time_in_range(ts, price, price, 5, NULL) FROM quote;
SELECT time_in_range(ts, price / 0.0 ^ 0 * 'Infinity', 2, 3, NULL) FROM quote;
SELECT time_in_range(ts, price, 2, 3, 'infinity') FROM quote;
SELECT time_in_range_between(rate_series(ts, price), 2, 3, '2024-01-03', '2024-01-02') FROM quote;
SELECT time_in_range(rate_series(ts, price), 3, 2) FROM quote;

-- their state: a value like any other, of which an aggregate alone changes its own in place
SELECT _range_path_accum(_range_path_accum(NULL, timestamptz '2024-01-02Z', 2.5, 2, 3, timestamptz '2024-01-11Z'), timestamptz '2024-01-01Z', 1, 2, 3, timestamptz '2024-01-11Z') AS state,
	_range_path_accum(NULL, date '2024-01-02', 2.5, -2, 3, NULL) AS "without an end";
SELECT p = p::text::range_path AS "read back", _time_in_range_final(p), _share_in_range_final(p),
	_range_path_combine(p, p) = p AS "with itself", hash = _range_path_hash(p::text::range_path) AS "one hash"
FROM (VALUES ('(2,3,2024-01-11T00:00:00+00:00,[(2024-01-01T00:00:00+00:00,1),(2024-01-02T00:00:00+00:00,2.5)])'::range_path), ('(-1,-0,,[(2024-01-01T00:00:00+00:00,-1)])')) v(p), _range_path_hash(p) hash;
-- stored and merged
SELECT time_in_range(rollup(p)) AS "rolled up", share_in_range(rollup(p)), time_in_range(rollup(p) || NULL) AS "none added", time_in_range(NULL || rollup(p)) AS "to none", (NULL::range_path || NULL) IS NULL AS none,
	rollup(p) || rollup(p) = rollup(p) AS again
FROM (SELECT range_path(ts, price, 2, 3, '2024-01-11') AS p FROM quote GROUP BY ts) x;
SELECT time_in_range(p || q) FROM (SELECT range_path(ts, price, 2, 3, '2024-01-11') AS p, range_path(ts, price, 2, 4, '2024-01-11') AS q FROM quote) x;
PREPARE twice(range_path) AS SELECT i, _time_in_range_final(_range_path_combine(_range_path_accum($1, '2024-01-05'::date + i, 9, 2, 3, timestamptz '2024-01-11Z'), _range_path_accum($1, date '2024-01-07', 2, 2, 3, timestamptz '2024-01-11Z'))) FROM generate_series(1, 3) i;
SET plan_cache_mode = force_generic_plan;
EXECUTE twice('(2,3,2024-01-11T00:00:00+00:00,[(2024-01-01T00:00:00+00:00,1),(2024-01-02T00:00:00+00:00,2.5)])');
RESET plan_cache_mode;
DEALLOCATE twice;
SELECT ''::range_path;
SELECT '(2,3,[(2024-01-01T00:00:00+00:00,1)])'::range_path;
SELECT '(3,2,,[(2024-01-01T00:00:00+00:00,1)])'::range_path;
SELECT '(2,3,,[(2024-01-01T00:00:00+00:00,1)]'::range_path;
SELECT '(2,3,,[])'::range_path;
SELECT '(2,3,,)'::range_path;
SELECT '(2,3,now,[(2024-01-01T00:00:00+00:00,1)])'::range_path;
SELECT '(2,NaN,,[(2024-01-01T00:00:00+00:00,1)])'::range_path;
SELECT _range_path_combine('(2,3,,[(2024-01-01T00:00:00+00:00,1)])', '(2,4,,[(2024-01-01T00:00:00+00:00,1)])');

-- rows of one block share its time: the greatest price counts, or with log_time the last log
SELECT time_in_range(ts, p, 1800, 2000, '2024-01-01 00:01') AS "the greatest", time_in_range(log_time(ts, log_index), p, 1800, 2000, '2024-01-01 00:01')::interval(0) AS "the last"
FROM (VALUES (timestamptz '2024-01-01 00:00:00', 1, 1900), ('2024-01-01 00:00:12', 3, 2100), ('2024-01-01 00:00:12', 7, 1900)) x(ts, log_index, p);

-- cumulative ticks
SELECT c0, c1, period, twap_tick(c0, c1, period), round(twap_price(c0, c1, period)::numeric, 12) AS price
FROM (VALUES (12, 12, interval '3 s'), (7, 12, '3 s'), (-7, -12, '3 s'), (-10, -12, '4 s'), (0, -7, '2 s'), (36028797018963967, -36028797018963968, '1 s')) v(c0, c1, period);
SELECT round(twap_price(0, 1800 * 200000::bigint, '30 min', 6, 18)::numeric, 18) AS "with decimals";
SELECT twap_tick(0, 1, '0 s');
SELECT twap_tick(0, 1, '1.5 s');
SELECT twap_tick(0, 887273, '1 s');
SELECT twap_tick(36028797018963968, 0, '1 s');
SELECT twap_price(0, 1, '1 s', 256);

-- proposals
SELECT round(pa::numeric, 12) AS pa, round(pb::numeric, 12) AS pb, tick_lower, tick_upper FROM propose_range(1.2, 0.02, 0.03, '30 days');
SELECT round(pa::numeric, 12) AS pa, round(pb::numeric, 12) AS pb, tick_lower, tick_upper FROM propose_range(1.2, 0.02, 0.03, '30 days', 3, 10);
SELECT round(pa::numeric, 12) AS pa, round(pb::numeric, 12) AS pb FROM propose_range(1.2, 0, -0.03, '365 days');
SELECT tick_lower, tick_upper FROM propose_range(2000, 0.6, 0, '7 days', tick_spacing => 60, decimals0 => 18, decimals1 => 6);
SELECT tick_lower, tick_upper FROM propose_range(1, 0, 0, '7 days', tick_spacing => 60);
SELECT propose_range(1, NULL, 0, '7 days') IS NULL AS unknown;
SELECT propose_range(1, 0, 0, '7 days');
SELECT propose_range(1, 1e9, 0, '7 days');
SELECT propose_range(0, 0.1, 0, '7 days');
SELECT propose_range(1, -0.1, 0, '7 days');
SELECT propose_range(1, 0.1, 0, '7 days', -2);
SELECT propose_range(1, 0.1, -2, '7 days');
SELECT propose_range(1, 0.1, 0, '7 days', tick_spacing => 0);
SELECT propose_range(1e-40, 0.1, 0, '7 days', tick_spacing => 1);
SELECT propose_range(1, 0.1, 0, '7 days', tick_spacing => 1, decimals0 => -1);

-- outlooks
SELECT trigger, date_trunc('second', expected_time_in_range) AS inside, round(expected_fee_apr::numeric, 9) AS fees, round(lvr_apr::numeric, 9) AS lvr, round(rebalances_per_year::numeric, 6) AS rebalances,
	round(rebalance_cost_apr::numeric, 9) AS cost, round(net_apr::numeric, 9) AS net
FROM unnest('{exit,interval,never}'::text[]) trigger, LATERAL evaluate_range(2000, 1800, 2222, 0.6, 0, 0.06, '30 days', 0.001, trigger, gas => 0.0001);
SELECT round(evaluate_range.expected_fee_apr::numeric, 9) AS diluted FROM evaluate_range(2000, 1800, 2222, 0.6, 0, 0.06, '30 days', value => 1e4, other_liquidity => 1e5);
SELECT evaluate_range(1700, 1800, 2222, 0.6, 0, 0.06, '30 days') IS NULL AS outside, evaluate_range(1700, 1800, 2222, 0.6, 0, 0.06, NULL) IS NULL AS unknown;
SELECT date_trunc('second', expected_time_in_range) AS "it may come in" FROM evaluate_range(1700, 1800, 2222, 0.6, 0, 0.06, '30 days', trigger => 'never');
SELECT * FROM evaluate_range(2000, 1800, 2222, 0, 0, 0.06, '30 days', 0.001) e(inside, fees, lvr, rebalances, cost, net), LATERAL (SELECT round(fees::numeric, 12)) r;
SELECT evaluate_range(2000, 1800, 2222, 0.6, 0, -0.06, '30 days');
SELECT evaluate_range(2000, 1800, 2222, 0.6, 0, 0.06, '30 days', -1);
SELECT evaluate_range(2000, 1800, 2222, 0.6, 0, 0.06, '30 days', trigger => 'Exit');
SELECT evaluate_range(2000, 1800, 2222, 0.6, 0, 0.06, '30 days', value => 0);
SELECT evaluate_range(2000, 1800, 2222, 0.6, 0, 0.06, '30 days', other_liquidity => 0);
SELECT evaluate_range(2000, 1800, 2222, 1e160, 0, 0.06, '30 days');
SELECT full_range_fee_apr(1e6, 0.003, 1e5, 4, '73 days'), full_range_fee_apr(1e6, 0.003, 0, 4, '73 days') IS NULL AS "no liquidity";
SELECT full_range_fee_apr(-1, 0.003, 1e5, 4, '73 days');
SELECT full_range_fee_apr(1e308, 0.5, 1e-300, 4, '73 days');

-- backtests: out at 1.2, back in a new range
CREATE TEMP TABLE history AS
SELECT rate_series('2024-01-01'::timestamptz + i * interval '1 day', price) AS prices, rate_series('2024-01-01'::timestamptz + i * interval '1 day', 1000.0) AS volumes
FROM unnest('{1,1.05,1.2,1.22,1.1}'::float8[]) WITH ORDINALITY v(price, i);
SELECT round(fees::numeric, 9) AS fees, round(costs::numeric, 9) AS costs, round(il::numeric, 9) AS il, round(lvr::numeric, 9) AS lvr, rebalances, share_in_range, round(final_value::numeric, 9) AS value,
	round(hodl_value::numeric, 9) AS hodl, round(net_apr::numeric, 6) AS net
FROM history, backtest_range(prices, volumes, 0.003, 0.1, 1e4, rebalance_cost => 0.001, equity => 100);
SELECT ts, price, round(pa::numeric, 6) AS pa, round(pb::numeric, 6) AS pb, round(amount0::numeric, 6) AS amount0, round(amount1::numeric, 6) AS amount1, round(fees::numeric, 6) AS fees,
	round(costs::numeric, 6) AS costs, round(lvr::numeric, 6) AS lvr, rebalances, round(value::numeric, 6) AS value, round(hodl_value::numeric, 6) AS hodl
FROM history, backtest_range_path(prices, volumes, 0.003, 0.1, 1e4, rebalance_cost => 0.001, equity => 100);
SELECT trigger, distance, every, round(final_value::numeric, 9) AS value, rebalances
FROM history, (VALUES ('exit', NULL, NULL), ('distance', 0.04, NULL), ('interval', NULL, interval '1 day'), ('never', NULL, NULL)) p(trigger, distance, every),
	LATERAL backtest_range(prices, NULL, 0.003, 0.1, trigger => trigger, distance => distance, every => every);
-- volumes count up to their own time: what came before the first price and after the last does not
SELECT round((fees / 0.003)::numeric, 9) AS volume
FROM history, (SELECT rate_series(ts, v) AS other FROM (VALUES ('2024-01-02'::timestamptz, 7.0), ('2024-01-02 12:00', 1), ('2024-01-03', 2), ('2024-02-01', 5)) v(ts, v)) o, LATERAL backtest_range(prices, other, 0.003, 0.5, 0);
SELECT backtest_range(rate_series('2024-01-01'::timestamptz, 1.0), NULL, 0.003, 0.1) IS NULL AS "one point", backtest_range(NULL, NULL, 0.003, 0.1) IS NULL AS none;
SELECT count(*) AS "a row", sum(value) AS value FROM (SELECT rate_series('2024-01-01'::timestamptz, 1.0) AS s) x, LATERAL backtest_range_path(s, NULL, 0.003, 0.1);
SELECT count(*) AS nothing FROM backtest_range_path(NULL, NULL, 0.003, 0.1);
SELECT backtest_range(prices, volumes, 0.003, 0.1) FROM history;
SELECT backtest_range(prices, NULL, 0.003, 0.1, 1e4) FROM history;
SELECT backtest_range(prices, NULL, 1, 0.1) FROM history;
SELECT backtest_range(prices, NULL, 0.003, 0) FROM history;
SELECT backtest_range(prices, NULL, 0.003, 'NaN') FROM history;
SELECT backtest_range(prices, NULL, 0.003, 1e-17) FROM history;
SELECT backtest_range(prices, NULL, 0.003, 0.1, trigger => 'often') FROM history;
SELECT backtest_range(prices, NULL, 0.003, 0.1, trigger => 'distance') FROM history;
SELECT backtest_range(prices, NULL, 0.003, 0.1, trigger => 'exit', distance => 0.1) FROM history;
SELECT backtest_range(prices, NULL, 0.003, 0.1, trigger => 'distance', distance => 0) FROM history;
SELECT backtest_range(prices, NULL, 0.003, 0.1, trigger => 'interval') FROM history;
SELECT backtest_range(prices, NULL, 0.003, 0.1, trigger => 'interval', every => '0 s') FROM history;
SELECT backtest_range(prices, NULL, 0.003, 0.1, rebalance_cost => 1) FROM history;
SELECT backtest_range(prices, NULL, 0.003, 0.1, gas => -1) FROM history;
SELECT backtest_range(prices, NULL, 0.003, 0.1, skew => 0.1) FROM history;
SELECT backtest_range(prices, NULL, 0.003, 0.1, skew => 'NaN') FROM history;
SELECT backtest_range(prices, NULL, 0.003, 0.1, trigger => 'distance', distance => 0.02, skew => -0.03) FROM history;
SELECT backtest_range(prices, NULL, 0.003, 0.1, equity => 0) FROM history;
SELECT backtest_range(prices, NULL, 0.003, 0.1, year_days => -1) FROM history;
SELECT backtest_range(prices, volumes, 0.003, 0.1, -1) FROM history;
CREATE TEMP TABLE odd AS SELECT v[1] AS v1, v[2] AS v2, rate_series('2025-01-01'::timestamptz, v[1]) || rate_series('2025-01-02'::timestamptz, v[2]) AS s FROM (VALUES ('{1,0}'::float8[]), ('{1,-1}'), ('{1e308,1e-300}')) x(v) GROUP BY v;
SELECT backtest_range(prices || s, NULL, 0.003, 0.1) FROM history, odd WHERE v2 = 0;
SELECT backtest_range(prices, s, 0.003, 0.1, 1) FROM history, odd WHERE v2 = -1;
SELECT backtest_range(prices || s, volumes, 0.003, 1e20, 1) FROM history, odd WHERE v1 = 1e308;
SELECT backtest_range(s, NULL, 0.003, 1e200) FROM odd WHERE v1 = 1e308;
