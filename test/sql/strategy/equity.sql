-- strategies over a history
SET timezone = 'UTC';
CREATE TEMP TABLE h AS
SELECT rate_series(t, a) AS a, rate_series(t, b) AS b, rate_series(t, c) AS c
FROM (VALUES (timestamptz '2025-01-01', 1, 2, 0.05), ('2025-01-11', 1.1, 2, 0.02), ('2025-01-21', 1.2, 4, 0.1)) v(t, a, b, c);
SELECT staking_equity(a), staking_equity(a, b, 10, 0.1, 0.5, 'redeem') FROM h;
SELECT p.* FROM h, staking_path(a, b, 10, 0.1, 0.5) p;
SELECT round(last_rate(lending_equity(ARRAY[c]))::numeric, 6) FROM h;
SELECT ts, market, round(apr::numeric, 3) AS apr, round(p.equity::numeric, 6) AS equity, switches
FROM h, (SELECT rate_series(timestamptz '2025-01-01', 0.03) AS flat) f, lending_path(ARRAY[c, flat], 100, 0.001) p;
SELECT carry_equity(c, a, 1, 100), carry_equity(c, NULL, 0, 100, 0.01) FROM h;
SELECT p.* FROM h, carry_path(c, NULL, 0, 100, 0.01) p;
SELECT ts, action, round(amount::numeric, 6) AS amount, round(cost::numeric, 6) AS cost, round(p.equity::numeric, 6) AS equity
FROM h, (SELECT rate_series(timestamptz '2025-01-01', 0.5) AS vol) v, covered_call_path(a, vol, '10 days', 1.05, 100, 0.1) p;
SELECT portfolio_equity(ARRAY[a, b], '{0.5,0.5}', equity => 100) FROM h;
SELECT p.* FROM h, portfolio_path(ARRAY[a, b], '{0.5,0.5}', band => 0.05, cost => 0.01, equity => 100) p;
SELECT num_rates(range_equity(a, NULL, 0.003, 0.5)) FROM h;
SELECT staking_equity(NULL), lending_equity('{}'), carry_equity(NULL), portfolio_equity('{}', '{}');
-- errors
SELECT staking_equity(rate_series(now(), -1));
SELECT staking_equity(a, equity => 0) FROM h;
SELECT staking_equity(a, entry_cost => 1) FROM h;
SELECT staking_equity(a, exit => 'burn') FROM h;
SELECT lending_equity(ARRAY[a], min_gain => -1) FROM h;
SELECT lending_equity(ARRAY[a], min_hold => '1 month') FROM h;
SELECT lending_equity(ARRAY[a, NULL]) FROM h;
SELECT carry_equity(c, margin => 'NaN') FROM h;
SELECT covered_call_equity(a, b, '0', 1) FROM h;
SELECT covered_call_equity(a, b, '1 day', 0) FROM h;
SELECT portfolio_equity(ARRAY[a, b], '{0.5,0.6}') FROM h;
SELECT portfolio_equity(ARRAY[a, b], '{1}') FROM h;
SELECT portfolio_equity(ARRAY[a, b], '{1.5,-0.5}') FROM h;
SELECT portfolio_equity(ARRAY[a, b], '{0.5,0.5}', every => '-1 day') FROM h;
SELECT portfolio_equity(ARRAY[a, b], '{0.5,0.5}', band => -1) FROM h;
