-- Properties and vectors of domain strategy: performance.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null
SET LOCAL timezone = 'UTC';
CREATE FUNCTION pg_temp.series_of(ts timestamptz[], v float8[]) RETURNS rate_series LANGUAGE sql AS 'SELECT rate_series(t, x) FROM unnest(ts, v) u(t, x)';

\set csv 'test/vectors/strategy/brinson.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/strategy/brinson.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors('SELECT ARRAY[allocation::text, selection::text, interaction::text] FROM brinson({weight:float8}, {benchmark_weight:float8}, {return_:float8}, {benchmark_return:float8}, {benchmark_total:float8})',
	'allocation selection interaction');
\set csv 'test/vectors/strategy/carino_factor.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/strategy/carino_factor.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors('SELECT ARRAY[carino_factor({a:float8}, {b:float8})::text]', 'expected', 'carino_factor');
SELECT pg_temp.check_vectors('SELECT ARRAY[idle_drag({a:float8}, {b:float8}, {c:float8})::text]', 'expected', 'idle_drag') WHERE EXISTS (SELECT FROM vector WHERE fn = 'idle_drag');
\set csv 'test/vectors/strategy/chain_index.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/strategy/chain_index.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors($$
	SELECT ARRAY[num_rates(e)::text, extract(epoch FROM first_time(e))::text, first_rate(e)::text, (SELECT rate FROM unnest(e) WITH ORDINALITY u(ts, rate, i) WHERE i = num_rates(e) / 2 + 1)::text, last_rate(e)::text]
	FROM (SELECT chain_index(ARRAY[pg_temp.series_of({ts1:timestamptz[]}, {v1:float8[]}), pg_temp.series_of({ts2:timestamptz[]}, {v2:float8[]})],
		ARRAY[pg_temp.series_of({wts1:timestamptz[]}, {w1_:float8[]}), pg_temp.series_of({wts2:timestamptz[]}, {w2_:float8[]})], {start_value:float8}) AS e) x $$, 'points! first_time first middle last');
\set csv 'test/vectors/strategy/idle_drag.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/strategy/idle_drag.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors($$ SELECT ARRAY[idle_share::text, forgone::text, drag_apr::text] FROM (SELECT pg_temp.series_of({its:timestamptz[]}, {idle:float8[]}) AS i, pg_temp.series_of({tts:timestamptz[]}, {total:float8[]}) AS t,
	pg_temp.series_of({bts:timestamptz[]}, {benchmark:float8[]}) AS b) s, idle_drag(i, t, b) $$, 'idle_share forgone drag_apr');
\set csv 'test/vectors/strategy/tear_sheet.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/strategy/tear_sheet.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors($$
	SELECT ARRAY[total_return, apr, apy, volatility, sharpe, sortino, calmar, omega, max_drawdown, ulcer_index, value_at_risk, expected_shortfall, skewness, kurtosis, hit_rate, alpha, beta, tracking_error, information_ratio]::text[]
	FROM (SELECT pg_temp.series_of({ts:timestamptz[]}, {rate:float8[]}) AS e, pg_temp.series_of({ts:timestamptz[]}, {benchmark:float8[]}) AS b) s, tear_sheet(e, b, {risk_free:float8}) $$,
	'total_return apr apy volatility sharpe sortino calmar omega max_drawdown ulcer_index value_at_risk expected_shortfall skewness kurtosis hit_rate alpha beta tracking_error information_ratio');

-- attribution adds up over sectors, and with Carino's factors over periods
CREATE TEMP TABLE sectors AS
SELECT t, k, w / sum(w) OVER s AS w, b / sum(b) OVER s AS b, r, br FROM (
	SELECT t, k, random() AS w, random() AS b, (random() - 0.4) / 5 AS r, (random() - 0.4) / 5 AS br FROM generate_series(1, 12) t, generate_series(1, 4) k) x WINDOW s AS (PARTITION BY t);
CREATE TEMP TABLE periods AS
SELECT t, r, b, allocation + selection + interaction AS effects FROM (
	SELECT t, sum(s.w * s.r) AS r, sum(s.b * s.br) AS b FROM sectors s GROUP BY t) p JOIN LATERAL (
	SELECT sum(allocation) AS allocation, sum(selection) AS selection, sum(interaction) AS interaction FROM sectors s, brinson(s.w, s.b, s.r, s.br, p.b) WHERE s.t = p.t) e ON true;
SELECT is_empty('SELECT t FROM periods WHERE abs(effects - (r - b)) > 1e-14', 'effects sum to the difference');
SELECT ok(abs((SELECT sum(effects * carino_factor(r, b)) / carino_factor(total, benchmark) FROM periods, (SELECT exp(sum(ln(1 + r))) - 1 AS total, exp(sum(ln(1 + b))) - 1 AS benchmark FROM periods) x GROUP BY total, benchmark)
	- (SELECT exp(sum(ln(1 + r))) - exp(sum(ln(1 + b))) FROM periods)) < 1e-13, 'and over periods to that of the linked returns');
SELECT ok(abs(carino_factor(0.05, 0.05 * (1 + 1e-15)) - 1 / 1.05) < 1e-15 AND carino_factor(0.1, 0.02) = carino_factor(0.02, 0.1), 'carino_factor has no gap where returns are equal');

-- deposits and withdrawals are no return
CREATE TEMP TABLE fund AS SELECT i, timestamptz '2024-01-01' + i * interval '1 day' AS ts, 1 + 0.01 * sin(i) AS growth, CASE WHEN i % 5 = 0 THEN 50 * cos(i) ELSE 0 END AS flow FROM generate_series(0, 40) i;
CREATE TEMP TABLE valued AS
WITH RECURSIVE v(i, ts, value, flow) AS (
	SELECT i, ts, 100.0::float8, flow FROM fund WHERE i = 0
	UNION ALL SELECT f.i, f.ts, (v.value + v.flow) * f.growth, f.flow FROM v JOIN fund f ON f.i = v.i + 1)
SELECT * FROM v;
SELECT ok(abs(last_rate(unit_value_series(ts, value, flow)) - 1 - twr(ts, value, flow)) < 1e-13 AND num_rates(unit_value_series(ts, value, flow)) = 41 AND first_rate(unit_value_series(ts, value, flow)) = 1,
	'the curve of a unit ends at its time-weighted return') FROM valued;
SELECT ok(abs(last_rate(unit_value_series(ts, value, flow)) - (SELECT exp(sum(ln(growth))) FROM fund WHERE i > 0)) < 1e-13, 'which is that of the assets') FROM valued;
SELECT ok(unit_value_series(ts, value, flow ORDER BY random()) = unit_value_series(ts, value, flow) AND unit_value_series(twr_agg(ts, value, flow)) = unit_value_series(ts, value, flow), 'in any order, and of a summary') FROM valued;
SELECT ok(unit_value_series(ts AT TIME ZONE 'UTC', value, flow) = unit_value_series(ts, value, flow), 'of times without a zone') FROM valued;

-- a tear sheet is its measures
SELECT is_empty($$
	SELECT 1 FROM (SELECT unit_value_series(ts, value, flow) AS e FROM valued) x, tear_sheet(e, NULL, 0.02) t, LATERAL (SELECT risk_summary(e, '1 day', 0.02 / 365) AS r) y
	WHERE (t.volatility, t.sharpe, t.sortino, t.omega, t.skewness, t.kurtosis, t.hit_rate) <> (volatility(r), sharpe_ratio(r, 0.02), sortino_ratio(r), omega_ratio(r), skewness(r), kurtosis(r), hit_rate(r))
		OR (t.max_drawdown, t.apr, t.calmar) <> (max_drawdown(e), apr(e), calmar_ratio(e)) OR t.beta IS NOT NULL OR t.value_at_risk < t.expected_shortfall
$$, 'a tear sheet is its measures');
SELECT is_empty($$ SELECT 1 FROM tear_sheet(NULL) WHERE total_return IS NOT NULL $$, 'of nothing there is none');
SELECT ok(abs(beta - 1) < 1e-12 AND abs(alpha) < 1e-12 AND abs(tracking_error) < 1e-12, 'beside itself') FROM (SELECT unit_value_series(ts, value, flow) AS e FROM valued) x, tear_sheet(e, e);
SELECT ok(idle_share = 1 AND abs(forgone - 100 * 0.05) < 1e-12 AND abs(drag_apr - 0.05) < 1e-12, 'all idle, at 5 % a year')
FROM (SELECT rate_series(t, 100) AS v, rate_series(t, r) AS b FROM (VALUES (timestamptz '2025-01-01', 1), ('2026-01-01', 1.05)) h(t, r)) x, idle_drag(v, v, b);
SELECT * FROM finish();
ROLLBACK;
