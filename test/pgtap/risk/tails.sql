-- Vectors and laws of tails.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();

-- vectors
CREATE TEMP TABLE fit_text (returns float8[], tail_fraction float8, method text, threshold text, shape text, scale text,
	exceedances text, log_likelihood text, tol numeric, abs_tol numeric, kind text, source text);
\copy fit_text FROM 'test/vectors/risk/gpd_fit.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 16, 'all vectors of gpd_fit were loaded') FROM fit_text;
SELECT throws_ok(format('SELECT gpd_fit(%L, %s, %L)', returns, tail_fraction, method), '22023', NULL, 'no such fit') FROM fit_text WHERE threshold = 'error';
CREATE TEMP TABLE fit_case AS
SELECT returns, tail_fraction, method, threshold::numeric, shape::numeric, scale::numeric, exceedances::int, log_likelihood, tol, abs_tol
FROM fit_text WHERE threshold IS DISTINCT FROM 'error';
SELECT ok(is_close(f.threshold, c.threshold, tol, abs_tol) AND is_close(f.shape, c.shape, tol, abs_tol) AND is_close(f.scale, c.scale, tol, abs_tol)
		AND f.exceedances IS NOT DISTINCT FROM c.exceedances
		AND (c.log_likelihood = '-' OR is_close(f.log_likelihood, c.log_likelihood::numeric, tol, abs_tol)), format('gpd_fit %s of %s', method, tail_fraction))
FROM fit_case c, gpd_fit(returns, tail_fraction, method) f;

CREATE TEMP TABLE law_case (fn text, threshold float8, shape float8, scale float8, share float8, confidence float8, expected text, kind text, source text);
\copy law_case FROM 'test/vectors/risk/gpd_risk.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 20, 'all vectors of gpd_value_at_risk were loaded') FROM law_case;
SELECT ok(is_close(CASE fn WHEN 'gpd_value_at_risk' THEN gpd_value_at_risk(threshold, shape, scale, share, confidence)
		ELSE gpd_expected_shortfall(threshold, shape, scale, share, confidence) END, expected::numeric), format('%s(%s, %s)', fn, shape, confidence))
FROM law_case WHERE expected IS DISTINCT FROM 'error';
SELECT throws_ok(format('SELECT %s(%s, %s, %s, %s, %s)', fn, threshold, shape, scale, share, confidence), '22023', NULL, 'no law')
FROM law_case WHERE expected = 'error';

CREATE TEMP TABLE hill_case (returns float8[], tail_count int, tail text, expected numeric, kind text, source text);
\copy hill_case FROM 'test/vectors/risk/hill_tail_index.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 10, 'all vectors of hill_tail_index were loaded') FROM hill_case;
SELECT ok(is_close(hill_tail_index(returns, tail_count, tail), expected), format('hill_tail_index %s %s', tail_count, tail)) FROM hill_case;

CREATE TEMP TABLE var_case (returns float8[], level float8[], confidence float8, violations int, expected numeric, kupiec numeric, kupiec_p numeric,
	independence numeric, independence_p numeric, coverage numeric, coverage_p numeric, tol numeric, abs_tol numeric, kind text, source text);
\copy var_case FROM 'test/vectors/risk/var_backtest.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 6, 'all vectors of var_backtest were loaded') FROM var_case;
SELECT ok(t.violations = c.violations AND is_close(t.expected, c.expected, tol, abs_tol) AND is_close(t.kupiec, c.kupiec, tol, abs_tol)
		AND is_close(t.kupiec_p, c.kupiec_p, tol, abs_tol) AND is_close(t.independence, c.independence, tol, abs_tol)
		AND is_close(t.independence_p, c.independence_p, tol, abs_tol) AND is_close(t.conditional_coverage, c.coverage, tol, abs_tol)
		AND is_close(t.conditional_coverage_p, c.coverage_p, tol, abs_tol), format('var_backtest at %s', c.confidence))
FROM var_case c, var_backtest(returns, level, c.confidence) t;

-- quantiles of a law give it back, whatever the shape; scale goes through, shift too
CREATE TEMP TABLE law AS
SELECT shape, array_agg(-0.02 - 0.01 * CASE shape WHEN 0 THEN -ln(1 - p) ELSE ((1 - p) ^ -shape - 1) / shape END ORDER BY i)
	|| array_fill(0.01::float8, '{3000}') AS r
FROM unnest('{-0.3,0,0.2,0.6}'::float8[]) shape, generate_series(1, 1000) i, LATERAL (SELECT (i - 0.5) / 1000.0::float8) x(p) GROUP BY shape;
SELECT ok(abs(f.shape - law.shape) < CASE method WHEN 'pwm' THEN 0.05 ELSE 0.02 END AND abs(f.scale / 0.01 - 1) < 0.02, format('%s: shape %s, scale %s', method, law.shape, f.scale))
FROM law, unnest('{mle,pwm}'::text[]) method, gpd_fit(r, 0.2499999, method) f;
SELECT ok(abs(a.shape - b.shape) < 1e-6 AND abs(b.scale / a.scale - 5) < 1e-5 AND abs(b.threshold - 5 * a.threshold - 1) < 1e-12, 'another unit ' || shape0)
FROM (SELECT shape AS shape0, r FROM law) l, gpd_fit(r, 0.2) a, LATERAL (SELECT array_agg(5 * x + 1) AS other FROM unnest(r) x) o, gpd_fit(other, 0.2) b;
-- no law nearby is more likely; moments are never more likely than the likelihood's law
SELECT ok(bool_and(l.likelihood <= f.log_likelihood + 1e-6), 'none is better ' || c.tail_fraction)
FROM fit_case c, gpd_fit(returns, tail_fraction, 'mle') f, unnest('{-0.3,-0.1,-0.01,0,0.01,0.1,0.3}'::float8[]) a, unnest('{0.7,0.99,1,1.01,1.4}'::float8[]) b,
	LATERAL (SELECT -count(*) * ln(f.scale * b) - sum((1 + 1 / (f.shape + a)) * ln(greatest(1 + (f.shape + a) * y / (f.scale * b), 1e-300))) AS likelihood
		FROM unnest(returns) x, LATERAL (SELECT f.threshold - x AS y) z WHERE x < f.threshold AND f.shape + a <> 0
		HAVING bool_and(1 + (f.shape + a) * y / (f.scale * b) > 0)) l
WHERE f.shape IS NOT NULL GROUP BY c.tail_fraction;
SELECT ok(coalesce(p.log_likelihood <= m.log_likelihood + 1e-6, true), 'moments ' || tail_fraction)
FROM fit_case c, gpd_fit(returns, tail_fraction, 'mle') m, gpd_fit(returns, tail_fraction, 'pwm') p WHERE m.shape IS NOT NULL;
-- shortfall is the mean of what is beyond the value at risk; both fall with the confidence
SELECT ok(abs(gpd_expected_shortfall(-0.02, s, 0.01, 0.1, 0.99) - m) < 1e-4 * abs(m), 'mean beyond, shape ' || s)
FROM unnest('{-0.4,0,0.1}'::float8[]) s, LATERAL (SELECT avg(gpd_value_at_risk(-0.02, s, 0.01, 0.1, 1 - 0.01 * (i - 0.5) / 100000)) AS m FROM generate_series(1, 100000) i) x;
SELECT ok(gpd_value_at_risk(-0.02, s, 0.01, 0.1, c) > gpd_value_at_risk(-0.02, s, 0.01, 0.1, c + 0.02)
	AND gpd_expected_shortfall(-0.02, s, 0.01, 0.1, c) < gpd_value_at_risk(-0.02, s, 0.01, 0.1, c), format('shape %s at %s', s, c))
FROM unnest('{-0.4,-0.0001,0,0.0001,0.4,0.9}'::float8[]) s, unnest('{0.9,0.95,0.97}'::float8[]) c;
SELECT ok(abs(gpd_value_at_risk(-0.02, 1e-9, 0.01, 0.1) / gpd_value_at_risk(-0.02, 0, 0.01, 0.1) - 1) < 1e-8, 'no seam at shape 0');
SELECT is(gpd_value_at_risk(-0.02, 0.1, 0.01, 0.05, 0.94), NULL, 'not below the threshold');
SELECT is(gpd_expected_shortfall(-0.02, 1, 0.01, 0.05), NULL, 'no mean');
-- Hill's index of a law with a power tail
SELECT ok(abs(hill_tail_index(r, 2000, t) - 3) < 0.01, 'a tail of power 3: ' || t)
FROM unnest('{lower,upper}'::text[]) t, LATERAL (SELECT array_agg(CASE t WHEN 'lower' THEN -1 ELSE 1 END * ((i - 0.5) / 200000) ^ (-1 / 3.0::float8)) AS r FROM generate_series(1, 200000) i) x;
SELECT is(hill_tail_index(r, n), NULL, format('no index of %s of %s', n, r)) FROM (VALUES ('{}'::float8[], 1), ('{-1}', 1), ('{-1,-2,3}', 2), ('{-2,-2,-2}', 1)) v(r, n);
-- backtests
SELECT is(var_backtest('{}', '{}', 0.9)::text, '(,,,,,,,)', 'nothing to test');
SELECT ok(violations = 0 AND abs(kupiec + 20 * ln(0.95)) < 1e-13 AND independence = 0, 'no violation')
FROM var_backtest(array_fill(0.1::float8, '{10}'), array_fill(-0.1::float8, '{10}'), 0.95);
SELECT ok(kupiec = 0 AND kupiec_p = 1, 'as expected') FROM var_backtest(array_fill(-1::float8, '{5}') || array_fill(0::float8, '{5}'), array_fill(-0.5::float8, '{10}'), 0.5);
SELECT is(gpd_fit(r, 0.1)::text, '(,,,,)', 'no fit') FROM (VALUES ('{}'::float8[]), ('{1,2,3}'), (array_fill(0.1::float8, '{500}'))) v(r);

-- hostile
SELECT throws_ok(q, s, NULL, q) FROM (VALUES
	('SELECT gpd_fit(''{1,NaN}'')', '22003'), ('SELECT gpd_fit(''{1}'', 0)', '22023'), ('SELECT gpd_fit(''{1}'', 0.51)', '22023'), ('SELECT gpd_fit(''{1}'', 0.1, ''ml'')', '22023'),
	('SELECT gpd_value_at_risk(0, 0.1, 0, 0.1)', '22023'), ('SELECT gpd_value_at_risk(0, 0.1, 1, 1.1)', '22023'), ('SELECT gpd_value_at_risk(0, 500, 1e300, 0.1, 0.9999999)', '22003'),
	('SELECT hill_tail_index(''{1}'', 0)', '22023'), ('SELECT hill_tail_index(''{1}'', 1, ''left'')', '22023'), ('SELECT hill_tail_index(''{1,NULL}'', 1)', '22023'),
	('SELECT var_backtest(''{1,2}'', ''{1}'', 0.9)', '22023'), ('SELECT var_backtest(''{1}'', ''{1}'', 1)', '22023'), ('SELECT var_backtest(''{Infinity}'', ''{1}'', 0.9)', '22003')) v(q, s);

SELECT * FROM finish();
ROLLBACK;
