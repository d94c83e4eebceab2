-- performance
SET timezone = 'UTC';
SELECT unit_value_series(t, v, f) FROM (VALUES (timestamptz '2025-01-01', 100, 0), ('2025-01-11', 110, 90), ('2025-01-21', 400, -400)) r(t, v, f);
SELECT unit_value_series(t, v, f) AS of_timestamp FROM (VALUES (timestamp '2025-01-01', 100, 0), ('2025-01-11', 110, 90)) r(t, v, f);
SELECT unit_value_series(t, v, f) AS nothing FROM (VALUES (timestamptz '2025-01-01', 100, 0)) r(t, v, f);
SELECT start_time, end_time, round(total_return::numeric, 6) AS total, round(apr::numeric, 4) AS apr, round(max_drawdown::numeric, 4) AS drawdown, round(hit_rate::numeric, 4) AS hits, beta, value_at_risk <= 0 AS var
FROM (SELECT rate_series(timestamptz '2025-01-01' + i * interval '1 day', 100 + i + 3 * sin(i)) AS e FROM generate_series(0, 30) i) x, tear_sheet(e, risk_free => 0.02);
SELECT round(beta::numeric, 9) AS beta, round(tracking_error::numeric, 9) AS error FROM (SELECT rate_series(timestamptz '2025-01-01' + i * interval '1 hour', 100 + i + 3 * sin(i)) AS e FROM generate_series(0, 30) i) x, tear_sheet(e, e, step => '1 hour');
SELECT volatility, sharpe FROM (SELECT rate_series(timestamptz '2025-01-01', 1) AS e) x, tear_sheet(e);
SELECT * FROM brinson(0.5, 0.25, 0.125, 0.0625, 0.03125);
SELECT carino_factor(0.5, 0.5), round(carino_factor(0.5, 0.25)::numeric, 9);
SELECT chain_index(ARRAY[a, b], ARRAY[w, v]) FROM (SELECT rate_series(t, x) AS a, rate_series(t, y) AS b, rate_series(t, 1) AS w, rate_series(t, 3) AS v FROM (VALUES (timestamptz '2025-01-01', 1, 1), ('2025-01-02', 2, 1), ('2025-01-03', 2, 2)) r(t, x, y)) s;
SELECT idle_drag(0.25, 0.04), idle_drag(0.25, 0.04, 0.02);
-- errors
SELECT unit_value_series(now(), -1, 0);
SELECT brinson(1, 2, 'NaN', 3, 4);
SELECT carino_factor(-1, 0);
SELECT idle_drag(1.5, 0.04);
SELECT chain_index(ARRAY[s], ARRAY[s, s]) FROM (SELECT rate_series(now(), 1) AS s) x;
SELECT chain_index(ARRAY[s], ARRAY[w]) FROM (SELECT rate_series(now(), 1) AS s, rate_series(now(), -1) AS w) x;
SELECT tear_sheet(s) FROM (SELECT rate_series(now(), -1) AS s) x;
