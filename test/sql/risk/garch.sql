-- volatility that comes in clusters
CREATE TEMP TABLE price AS
SELECT rate_series(timestamptz '2024-01-01 00:00+00' + i * interval '1 day', v) AS s
FROM unnest('{100,101,99,99.5,102,101,101.5,108,103,104}'::float8[]) WITH ORDINALITY p(v, i);
SELECT round(ewma_volatility(s)::numeric, 6) AS default, round(ewma_volatility(s, 0.8)::numeric, 6) AS faster FROM price;
SELECT ts, round(rate::numeric, 6) AS volatility FROM price, unnest(ewma_volatility_series(s)) LIMIT 3;
SELECT round(garch_log_likelihood('{0.1,-0.2,0.3,0.05}', 0.01, 0.01, 0.1, 0.8)::numeric, 8);
SELECT round(v::numeric, 8) AS variance FROM unnest(garch_variances('{0.1,-0.2,0.3,0.05}', 0.01, 0.01, 0.1, 0.8)) v;
SELECT step, round(variance::numeric, 6) AS variance FROM garch_forecast(0.01, 0.1, 0.8, 0.3, 4);
SELECT round(mu::numeric, 3) AS mu, round(omega::numeric, 3) AS omega, round(alpha::numeric, 2) AS alpha, round(beta::numeric, 2) AS beta,
	round(log_likelihood::numeric, 3) AS log_likelihood
FROM (SELECT array_agg(sin(i * i) * CASE WHEN i / 40 % 2 = 0 THEN 1 ELSE 3 END ORDER BY i) AS r FROM generate_series(1, 400) i) x, garch_fit(r);
SELECT garch_fit('{0.1,0.2}'), garch_log_likelihood('{}', 0, 1, 0, 0) AS nothing;
-- errors
SELECT ewma_volatility(s, 1) FROM price;
SELECT garch_variances('{1}', 0, 0, 0.1, 0.1);
SELECT garch_forecast(1, 0.1, 0.1, 1, -1);
