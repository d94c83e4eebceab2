-- Properties and vectors of domain strategy: what comes next in a history.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

\set csv 'test/vectors/strategy/forecast.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/strategy/forecast.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors($$
	SELECT ARRAY[value::text, lower::text, upper::text] FROM (SELECT {step:int} AS step) k
	LEFT JOIN forecast_array({history:float8[]}, {horizon:int}, {model:text}, {season:int}, {level:float8}) USING (step) $$, 'value lower upper');

\set csv 'test/vectors/strategy/exponential_smoothing.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/strategy/exponential_smoothing.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors('SELECT ARRAY[last_level::text, NULL, sse::text] FROM ses_fit({history:float8[]}, {alpha:float8})', 'last_level last_trend sse', 'ses_fit');
SELECT pg_temp.check_vectors('SELECT ARRAY[last_level::text, last_trend::text, sse::text] FROM holt_fit({history:float8[]}, {alpha:float8}, {beta:float8}, {phi:float8})',
	'last_level last_trend sse', 'holt_fit');

\set csv 'test/vectors/strategy/ar_fit.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/strategy/ar_fit.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors($$
	SELECT ARRAY[intercept::text, coefficients[1]::text, coefficients[2]::text, coefficients[3]::text, sigma::text]
	FROM ar_fit({history:float8[]}, {ar_order:int}) $$, 'intercept c1 c2 c3 sigma');

\set csv 'test/vectors/strategy/har_fit.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/strategy/har_fit.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors($$
	SELECT ARRAY[intercept::text, daily::text, weekly::text, monthly::text, sigma::text, r_squared::text]
	FROM har_fit({variances:float8[]}, {week:int}, {month:int}) $$, 'intercept daily weekly monthly sigma r_squared');

\set csv 'test/vectors/strategy/har_forecast.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/strategy/har_forecast.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors($$
	SELECT ARRAY[(SELECT variance FROM har_forecast({variances:float8[]}, {intercept:float8}, {daily:float8}, {weekly:float8}, {monthly:float8}, {horizon:int}, {week:int}, {month:int})
		WHERE step = {step:int})::text] $$, 'expected');

CREATE TEMP TABLE model AS
SELECT * FROM unnest('{naive,drift,mean,seasonal_naive,ses,holt,damped,theta,ar1,comb}'::text[]) model;
CREATE TABLE walk AS
SELECT k, array_agg(y ORDER BY i) AS y FROM (
	SELECT k, i, 3 + sum(random() - 0.5) OVER (PARTITION BY k ORDER BY i) * CASE WHEN k % 2 = 0 THEN 0.01 ELSE 1 END AS y
	FROM generate_series(1, 12) k, generate_series(1, 60) i) x GROUP BY k;

-- of what does not change nothing else is to be expected
SELECT is_empty($$ SELECT model, f FROM model, forecast_array(array_fill(0.031::float8, ARRAY[20]), 3, model, 2) f
	WHERE abs(value - 0.031) > 1e-16 OR upper - lower > 1e-15 $$, 'forecasts of a constant are constant');
-- units and a shift do not matter
SELECT is_empty($$
	SELECT k, model, f.step FROM walk, model, forecast_array(y, 3, model, 7) f, forecast_array(ARRAY(SELECT 4 * v - 1 FROM unnest(y) v), 3, model, 7) g
	WHERE f.step = g.step AND (abs(4 * f.value - 1 - g.value) > 1e-6 OR abs(4 * (f.upper - f.lower) - (g.upper - g.lower)) > 1e-6)
$$, 'forecasts in other units are the same');
SELECT is_empty($$
	SELECT k, model FROM walk, model, forecast_array(y, 5, model, 7) f WHERE NOT (lower < value AND value < upper)
		OR abs((upper - value) - (value - lower)) > 1e-12 * (upper - lower)
$$, 'bounds lie about the value');
SELECT is_empty($$
	SELECT model, s.step FROM walk, model, LATERAL (SELECT rate_series('2024-01-01Z'::timestamptz + i * interval '1 day', v) AS h FROM unnest(y) WITH ORDINALITY u(v, i)) x,
		forecast(h, 3, model, 2) s, forecast_array(y, 3, model, 2) a
	WHERE k = 1 AND s.step = a.step AND ((s.value, s.lower, s.upper) <> (a.value, a.lower, a.upper) OR s.ts <> last_time(h) + s.step * interval '1 day')
$$, 'of a series: the same, at its own steps');

-- no smoothing by hand has less error than the one that is fitted
SELECT is_empty($$
	SELECT k, alpha FROM walk, generate_series(0, 40) a, LATERAL (SELECT a / 40.0 AS alpha) x, ses_fit(y, alpha) g, ses_fit(y) f WHERE g.sse < f.sse * (1 - 1e-9)
$$, 'ses_fit is the least');
SELECT is_empty($$
	SELECT k FROM walk, generate_series(0, 8) a, generate_series(0, 8) b, generate_series(0, 6) p,
		holt_fit(y, a / 8.0, b / 8.0, 0.8 + p * 0.03) g, LATERAL (SELECT * FROM holt_fit(y, phi => NULL)) f WHERE g.sse < f.sse * (1 - 1e-7)
$$, 'holt_fit is the least');
SELECT is_empty($$ SELECT k FROM walk, holt_fit(y) f, holt_fit(y, alpha_used, beta_used, phi_used) g WHERE f IS DISTINCT FROM g $$,
	'what was fitted, given, is the same');

-- recursions that are exact
SELECT results_eq($$ SELECT round(intercept::numeric, 9), round(coefficients[1]::numeric, 9), round(coefficients[2]::numeric, 9), sigma < 1e-12
	FROM (WITH RECURSIVE r(i, a, b) AS (SELECT 1, 1.0::float8, 1.3::float8 UNION ALL SELECT i + 1, b, 0.2 + 0.5 * b - 0.3 * a FROM r WHERE i < 30) SELECT array_agg(a ORDER BY i) AS y FROM r) x, ar_fit(y, 2) $$,
	$$ VALUES (0.2::numeric, 0.5::numeric, -0.3::numeric, true) $$, 'ar_fit recovers what made a history');

-- bounds of nine in ten hold nine in ten, of walks whose steps are normal (sums of twelve uniforms)
CREATE TEMP TABLE many AS
SELECT k, array_agg(y ORDER BY i) AS y FROM (
	SELECT k, i, sum(e) OVER (PARTITION BY k ORDER BY i) AS walk, e AS y FROM (
		SELECT k, i, (SELECT sum(random()) - 6 FROM generate_series(1, 12) WHERE i > 0) AS e FROM generate_series(1, 600) k, generate_series(1, 41) i) z) x GROUP BY k;
SELECT ok(hit BETWEEN 0.85 AND 0.95, model || ': bounds hold ' || round(hit, 3)) FROM (
	SELECT model, avg((y[41] BETWEEN lower AND upper)::int) AS hit FROM many, unnest('{mean,ses,ar1}'::text[]) model, forecast_array(y[1:40], 1, model) GROUP BY model) x;
SELECT ok(hit BETWEEN 0.85 AND 0.95, model || ': bounds of walks hold ' || round(hit, 3)) FROM (
	SELECT model, avg((w[41] BETWEEN lower AND upper)::int) AS hit FROM (
		SELECT k, array_agg(s ORDER BY i) AS w FROM (SELECT k, i, sum(e) OVER (PARTITION BY k ORDER BY i) AS s FROM many, unnest(y) WITH ORDINALITY u(e, i)) v GROUP BY k) z,
		unnest('{naive,drift,holt,damped,comb,theta}'::text[]) model, forecast_array(w[1:40], 1, model) GROUP BY model) x;
SELECT * FROM finish();
ROLLBACK;
