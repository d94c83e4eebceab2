-- Properties and vectors of domain strategy: how far forecasts were off.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

\set csv 'test/vectors/strategy/forecast_backtest.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/strategy/forecast_backtest.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors($$
	SELECT ARRAY[forecasts::text, bias::text, mae::text, rmse::text, mase::text, coverage::text, skill::text, dm_statistic::text, dm_p_value::text]
	FROM forecast_backtest_array({history:float8[]}, {horizon:int}, {model:text}, {season:int}, {level:float8}, {min_train:int}, {every:int}) $$,
	'forecasts! bias mae rmse mase coverage skill dm_statistic dm_p_value');

\set csv 'test/vectors/strategy/accuracy_agg.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/strategy/accuracy_agg.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors(format($$ SELECT ARRAY[(SELECT %I(%s%s) FROM unnest({actual:float8[]}, {forecast:float8[]}, {lower:float8[]}, {upper:float8[]}) v(a, f, l, u))::text] $$,
	fn, CASE WHEN fn IN ('coverage', 'interval_score') THEN 'accuracy_agg(a, f, l, u)' ELSE 'accuracy_agg(a, f)' END,
	CASE WHEN fn IN ('mase', 'interval_score') THEN ', {x:float8}' ELSE '' END), 'expected', fn)
FROM (SELECT DISTINCT fn FROM vector) f;

\set csv 'test/vectors/strategy/scoring.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/strategy/scoring.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors('SELECT ARRAY[interval_score({actual:float8}, {p:float8}, {q:float8}, {r:float8})::text]', 'expected', 'interval_score');
SELECT pg_temp.check_vectors('SELECT ARRAY[pinball_loss({actual:float8}, {p:float8}, {q:float8})::text]', 'expected', 'pinball_loss');
SELECT pg_temp.check_vectors('SELECT ARRAY[crps_normal({actual:float8}, {p:float8}, {q:float8})::text]', 'expected', 'crps_normal');
SELECT pg_temp.check_vectors('SELECT ARRAY[conformal_radius({sample:float8[]}, {q:float8})::text]', 'expected', 'conformal_radius');
SELECT pg_temp.check_vectors('SELECT ARRAY[naive_scale({sample:float8[]}, {q:int})::text]', 'expected', 'naive_scale');

CREATE TEMP TABLE forecasts AS
SELECT g, i, y AS actual, y + (random() - 0.4) * 10 ^ (g % 5) AS forecast, y - 1 AS lower, y + (random() - 0.2) * 3 + 1 AS upper
FROM generate_series(1, 20) g, generate_series(1, 100) i, LATERAL (SELECT round((10 * (random() - 0.5))::numeric, 1)::float8 AS y WHERE i > 0 AND g > 0) v;
DELETE FROM forecasts WHERE lower > upper;

-- the same by plain sums
SELECT is_empty($$
	SELECT g FROM (
		SELECT g, accuracy_agg(actual, forecast) AS s, avg(forecast - actual) AS b, avg(abs(forecast - actual)) AS m, sqrt(avg((forecast - actual) ^ 2)) AS r,
			avg(CASE WHEN actual = 0 AND forecast = 0 THEN 0 ELSE 2 * abs(actual - forecast) / (abs(actual) + abs(forecast)) END) AS sm, bool_or(actual = 0) AS zero,
			avg(abs(actual - forecast) / nullif(abs(actual), 0)) AS mp, count(*) AS n FROM forecasts GROUP BY g) x
	WHERE abs(bias(s) - b) > 1e-12 * m OR abs(mae(s) / m - 1) > 1e-13 OR abs(rmse(s) / r - 1) > 1e-13 OR abs(smape(s) / sm - 1) > 1e-13 OR num_forecasts(s) <> n
		OR CASE WHEN zero THEN mape(s) IS NOT NULL ELSE abs(mape(s) / mp - 1) > 1e-13 END OR coverage(s) IS NOT NULL OR interval_score(s, 0.9) IS NOT NULL
		OR abs(mase(s, 2) - m / 2) > 1e-12 * m OR mase(s, 0) IS NOT NULL
$$, 'means are those of plain SQL');
SELECT is_empty($$
	SELECT g FROM (SELECT g, accuracy_agg(actual, forecast, lower, upper) AS s, avg((actual BETWEEN lower AND upper)::int) AS c, avg(interval_score(actual, lower, upper, 0.8)) AS w FROM forecasts GROUP BY g) x
	WHERE abs(coverage(s) - c) > 1e-15 OR abs(interval_score(s, 0.8) / w - 1) > 1e-13
$$, 'and so are those of bounds');
SELECT is_empty($$
	SELECT g FROM (SELECT g, accuracy_agg(actual, forecast, lower, upper) AS s FROM forecasts GROUP BY g) x
	JOIN (SELECT g, rollup(t) AS t FROM (SELECT g, i % 7, accuracy_agg(actual, forecast, lower, upper ORDER BY random()) AS t FROM forecasts GROUP BY 1, 2) y GROUP BY g) z USING (g)
	WHERE s <> t OR s <> s::text::accuracy_summary
$$, 'any order and split');
SELECT is_empty($$
	SELECT g, i FROM (SELECT g, i, accuracy_agg(actual, forecast) OVER w AS s, array_agg(i) OVER w AS rows FROM forecasts WINDOW w AS (PARTITION BY g ORDER BY i ROWS 9 PRECEDING)) x
	WHERE i % 20 = 0 AND s <> (SELECT accuracy_agg(actual, forecast) FROM forecasts f WHERE f.g = x.g AND f.i = ANY (rows))
$$, 'moving frames');

-- a backtest is its own errors summed up
CREATE TEMP TABLE histories AS
SELECT k, array_agg(y ORDER BY i) AS y FROM (
	SELECT k, i, 3 + sum(random() - 0.5) OVER (PARTITION BY k ORDER BY i) AS y FROM generate_series(1, 4) k, generate_series(1, 40) i) x GROUP BY k;
SELECT is_empty($$
	SELECT k, model FROM histories, unnest('{naive,drift,mean,seasonal_naive,ses,holt,damped,theta,ar1,comb}'::text[]) model,
		LATERAL (SELECT accuracy_agg(actual, forecast, lower, upper) AS s FROM forecast_errors(y, 3, model, 2, 0.8, 15, 2)) e, forecast_backtest_array(y, 3, model, 2, 0.8, 15, 2) b
	WHERE b.forecasts <> num_forecasts(s) OR (b.bias, b.mae, b.rmse, b.coverage) <> (bias(s), mae(s), rmse(s), coverage(s)) OR b.mase <> mae(s) / naive_scale(y[1:15], 2)
$$, 'forecast_backtest is the accuracy of forecast_errors');
SELECT is_empty($$
	SELECT k FROM histories, LATERAL (SELECT array_agg(forecast - actual ORDER BY origin) AS e FROM forecast_errors(y, 3, 'damped') WHERE step = 3) a,
		LATERAL (SELECT array_agg(forecast - actual ORDER BY origin) AS n FROM forecast_errors(y, 3, 'naive') WHERE step = 3) b, forecast_backtest_array(y, 3) t, diebold_mariano(e, n, 3) d
	WHERE (t.dm_statistic, t.dm_p_value) <> (d.statistic, d.p_value)
$$, 'and its test that of the errors of the last step');
SELECT is_empty($$ SELECT k FROM histories, forecast_backtest_array(y, 1, 'naive') WHERE skill <> 0 OR dm_statistic IS NOT NULL $$, 'naive is no better than naive');
SELECT is_empty($$ SELECT k FROM histories, diebold_mariano(y, ARRAY(SELECT 2 * v FROM unnest(y) v)) a, diebold_mariano(ARRAY(SELECT 2 * v FROM unnest(y) v), y) b
	WHERE a.statistic <> -b.statistic OR a.p_value <> b.p_value OR a.statistic > 0 $$, 'Diebold and Mariano is antisymmetric');

-- nothing looks ahead: what comes after an origin has no bearing on what was said at it
SELECT is_empty($$
	SELECT cut, model FROM histories, LATERAL (SELECT 5 + (random() * 30)::int AS cut FROM generate_series(1, 5) WHERE k > 0) c,
		unnest('{naive,drift,mean,seasonal_naive,ses,holt,damped,theta,ar1,comb}'::text[]) model,
		LATERAL (SELECT array_agg((origin, step, forecast, lower, upper)::text ORDER BY origin, step) AS known FROM forecast_errors(y, 2, model, 2, 0.9, 5) WHERE origin <= cut) a,
		LATERAL (SELECT array_agg((origin, step, forecast, lower, upper)::text ORDER BY origin, step) AS shifted
			FROM forecast_errors(y[1:cut] || ARRAY(SELECT 1e6 * random() FROM generate_series(cut + 1, 40)), 2, model, 2, 0.9, 5) WHERE origin <= cut) b
	WHERE known IS DISTINCT FROM shifted
$$, 'forecasts do not look ahead');
SELECT is_empty($$ SELECT k, origin FROM histories, forecast_errors(y, 2, 'comb', min_train => 10, every => 7) e, forecast_array(y[1:origin], 2, 'comb') f
	WHERE e.step = f.step AND (e.forecast, e.lower, e.upper) <> (f.value, f.lower, f.upper) $$, 'at each origin it is forecast_array of what was known');

-- conformal bounds cover what they promise
SELECT ok(avg((abs(e) <= r)::int) BETWEEN 0.85 AND 0.95, 'conformal_radius covers nine in ten')
FROM (SELECT k, random() ^ 3 AS e, conformal_radius(ARRAY(SELECT random() ^ 3 FROM generate_series(1, 49) WHERE k > 0)) AS r FROM generate_series(1, 1500) k) x;
SELECT * FROM finish();
ROLLBACK;
