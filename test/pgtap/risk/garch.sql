-- Vectors and laws of volatility that comes in clusters.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();

CREATE FUNCTION series_of(ts text, rate text) RETURNS rate_series LANGUAGE sql
RETURN (SELECT rate_series(t, v) FROM unnest(ts::timestamptz[], rate::float8[]) p(t, v));

-- vectors
CREATE TEMP TABLE ewma_case (ts text, rate text, lambda float8, year_days float8, expected text, tol text, kind text, source text);
\copy ewma_case FROM 'test/vectors/risk/ewma_volatility.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 28, 'all vectors of ewma_volatility were loaded') FROM ewma_case;
SELECT ok(is_close(ewma_volatility(series_of(ts, rate), lambda, year_days), nullif(expected, '')::numeric, coalesce(nullif(tol, ''), '1e-12')::numeric),
	format('ewma_volatility of %s', expected)) FROM ewma_case WHERE expected <> 'error' OR expected IS NULL;
SELECT throws_ok(format('SELECT ewma_volatility(series_of(%L, %L), %s, %s)', ts, rate, lambda, year_days), '22023', NULL, 'a lambda out of range')
FROM ewma_case WHERE expected = 'error';

CREATE TEMP TABLE garch_case (fn text, returns float8[], mu float8, omega float8, alpha float8, beta float8, horizon int, expected text,
	next_variance float8, kind text, source text);
\copy garch_case FROM 'test/vectors/risk/garch.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 40, 'all vectors of garch were loaded') FROM garch_case;
SELECT ok(is_close(CASE fn
	WHEN 'garch_log_likelihood' THEN garch_log_likelihood(returns, mu, omega, alpha, beta)
	WHEN 'garch_variances_last' THEN (SELECT v[cardinality(v)] FROM garch_variances(returns, mu, omega, alpha, beta) v)
	WHEN 'garch_variances_sum' THEN (SELECT sum(x) FROM unnest(garch_variances(returns, mu, omega, alpha, beta)) x)
	WHEN 'garch_variances_count' THEN cardinality(garch_variances(returns, mu, omega, alpha, beta))
	WHEN 'garch_forecast' THEN (SELECT variance FROM garch_forecast(omega, alpha, beta, next_variance, horizon) WHERE step = horizon) END,
	expected::numeric), format('%s of %s', fn, expected)) FROM garch_case WHERE expected <> 'error';
SELECT throws_ok(format('SELECT garch_log_likelihood(%L, %s, %s, %s, %s)', returns, mu, omega, alpha, beta), NULL, NULL, 'no model')
FROM garch_case WHERE expected = 'error' AND fn = 'garch_log_likelihood';

CREATE TEMP TABLE fit_case (returns float8[], mu numeric, omega numeric, alpha numeric, beta numeric, log_likelihood numeric,
	tol numeric, abs_tol numeric, kind text, source text);
\copy fit_case FROM 'test/vectors/risk/garch_fit.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 3, 'all vectors of garch_fit were loaded') FROM fit_case;
SELECT ok(f.log_likelihood >= c.log_likelihood - 1e-6 AND is_close(f.mu, c.mu, tol, abs_tol) AND is_close(f.omega, c.omega, tol, abs_tol)
		AND is_close(f.alpha, c.alpha, tol, abs_tol) AND is_close(f.beta, c.beta, tol, abs_tol), format('garch_fit: %s', c.log_likelihood))
FROM fit_case c, garch_fit(returns) f;
-- the benchmark of Fiorentini, Calzolari and Panattoni: all of the DM/GBP data
SELECT ok(abs(f.log_likelihood + 1106.60788) < 1e-4 AND abs(f.mu + 0.00619041) < 1e-6 AND abs(f.omega - 0.0107613) < 1e-6
		AND abs(f.alpha - 0.153134) < 1e-5 AND abs(f.beta - 0.805974) < 1e-5, 'the benchmark')
FROM (SELECT returns FROM garch_case WHERE cardinality(returns) = 1974 LIMIT 1) b, garch_fit(returns) f;

-- what a fit says of itself; nothing near is better, nor any of many other models
CREATE TEMP TABLE fitted AS SELECT row_number() OVER () AS nr, c.returns, f.* FROM fit_case c, garch_fit(returns) f;
SELECT ok(abs(garch_log_likelihood(returns, mu, omega, alpha, beta) - log_likelihood) < 1e-9
		AND last_variance = (garch_variances(returns, mu, omega, alpha, beta))[cardinality(returns) + 1]
		AND last_residual = returns[cardinality(returns)] - mu, 'the fit says what it is') FROM fitted;
SELECT ok(max(garch_log_likelihood(returns, mu * (1 + a), omega * (1 + b), alpha * (1 + c), beta * (1 + d))) <= log_likelihood + 1e-6, 'none near is better')
FROM fitted, unnest('{-0.01,0,0.01}'::float8[]) a, unnest('{-0.01,0,0.01}'::float8[]) b, unnest('{-0.01,0,0.01}'::float8[]) c,
	unnest('{-0.001,0,0.001}'::float8[]) d GROUP BY nr, log_likelihood;
SELECT ok(max(garch_log_likelihood(returns, mu, v * (1 - a - b), a, b)) <= log_likelihood + 1e-6, 'none elsewhere is better')
FROM fitted, LATERAL (SELECT var_pop(x) AS v FROM unnest(returns) x) s, generate_series(1, 9) i, generate_series(0, 9) j,
	LATERAL (SELECT i / 20.0::float8 AS a) p, LATERAL (SELECT (1 - a) * (j * j / 81.0) * 0.999 AS b) q GROUP BY nr, log_likelihood;
-- scale and shift of the returns
SELECT ok(abs(b.omega / a.omega / 9 - 1) < 1e-4 AND abs(b.alpha - a.alpha) < 1e-5 AND abs(b.beta - a.beta) < 1e-5
		AND abs(b.mu - 3 * a.mu - 0.5) < 1e-6 AND abs(b.log_likelihood - a.log_likelihood + cardinality(returns) * ln(3)) < 1e-6, 'another unit')
FROM fitted a, LATERAL (SELECT array_agg(3 * x + 0.5 ORDER BY i) AS other FROM unnest(returns) WITH ORDINALITY u(x, i)) o, garch_fit(other) b;
-- returns that a model made give it back
SELECT ok(f.alpha BETWEEN 0.07 AND 0.14 AND f.beta BETWEEN 0.78 AND 0.9, format('alpha %s, beta %s of 0.1 and 0.85', f.alpha, f.beta))
FROM (WITH RECURSIVE day AS (
		SELECT 0 AS i, 1.0::float8 AS h, 0.0::float8 AS e
		UNION ALL
		SELECT i + 1, 0.05 + 0.1 * e * e + 0.85 * h, sqrt(0.05 + 0.1 * e * e + 0.85 * h) * z
		FROM day, LATERAL (SELECT sum(abs(hashint8(i * 12 + k)::float8) / 2147483648) - 6 AS z FROM generate_series(0, 11) k) n WHERE i < 6000)
	SELECT array_agg(e ORDER BY i) AS made FROM day WHERE i > 0) d, garch_fit(made) f;
-- without clusters: a fit, or none, but no error and never below a constant variance
SELECT ok(f.log_likelihood IS NULL OR f.log_likelihood >= -0.5 * 400 * (ln(2 * pi()) + ln(v) + 1) - 1e-6, 'no clusters')
FROM (SELECT array_agg(hashint4(i) / 2147483648.0::float8) AS r, var_pop(hashint4(i) / 2147483648.0::float8) AS v FROM generate_series(1, 400) i) x, garch_fit(r) f;
SELECT is(garch_fit(r)::text, '(,,,,,,)', 'no fit') FROM (VALUES ('{}'::float8[]), ('{0.1,0.2}'), (array_fill(0.1::float8, '{100}'))) v(r);

-- a forecast goes to the mean variance
SELECT ok(abs(variance - 1) < 1e-9, 'in the long run') FROM garch_forecast(0.05, 0.1, 0.85, 3, 1000) WHERE step = 1000;
SELECT is((SELECT count(*) FROM garch_forecast(0.05, 0.1, 0.85, 3, 0)), 0::bigint, 'no horizon');
-- ewma: of equal returns it is they; the series ends where the figure is, and does not look ahead
SELECT ok(abs(ewma_volatility(s) - 0.01 * sqrt(365)) < 1e-12, 'equal returns')
FROM (SELECT rate_series(timestamptz '2024-01-01 00:00+00' + i * interval '1 day', exp(0.01 * i)) FROM generate_series(0, 50) i) x(s);
SELECT ok(last_rate(ewma_volatility_series(s, 0.9)) = ewma_volatility(s, 0.9) AND num_rates(ewma_volatility_series(s, 0.9)) = num_rates(s) - 1
		AND value_at(ewma_volatility_series(s, 0.9), '2024-01-20 00:00+00') = ewma_volatility((SELECT rate_series(ts, rate) FROM unnest(s) WHERE ts <= '2024-01-20 00:00+00'), 0.9),
	'the series')
FROM (SELECT rate_series(timestamptz '2024-01-01 00:00+00' + i * interval '1 day', 1 + abs(hashint4(i) / 2147483648.0)) FROM generate_series(0, 50) i) x(s);
SELECT is(ewma_volatility_series(s), NULL, 'one point') FROM (SELECT rate_series(timestamptz '2024-01-01', 1)) x(s);

-- hostile
SELECT throws_ok(q, s, NULL, q) FROM (VALUES
	('SELECT garch_fit(''{1,NaN}'')', '22003'), ('SELECT garch_fit(''{1,NULL}'')', '22023'), ('SELECT garch_log_likelihood(''{1}'', 0, 0, 0.1, 0.1)', '22023'),
	('SELECT garch_log_likelihood(''{1}'', 0, 1, -0.1, 0.1)', '22003'), ('SELECT garch_variances(''{1e200}'', 0, 1, 0.1, 0.1)', '22003'),
	('SELECT garch_forecast(1, 0.1, 0.1, -1, 3)', '22003'), ('SELECT garch_forecast(1, 0.1, 0.1, 1, -3)', '22023'),
	('SELECT garch_forecast(1, 1e200, 0.1, 1, 30)', '22003'),
	('SELECT ewma_volatility((SELECT rate_series(timestamptz ''2024-01-01'', -1)))', '22003')) v(q, s);

SELECT * FROM finish();
ROLLBACK;
