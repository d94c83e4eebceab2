SET extra_float_digits = -3;
SET timezone = 'UTC';
CREATE TEMP TABLE prices AS
SELECT timestamptz '2026-01-01Z' + n * interval '30 days' AS ts, 0.96 + n / 100.0 AS pt, 3000 + n AS spot, 3040 - 5 * n AS future FROM generate_series(0, 4) n;
SELECT u.* FROM (SELECT rate_series(ts, pt) AS s FROM prices) x, unnest(pt_implied_apy_series(s, '2026-04-01')) u;
SELECT u.* FROM (SELECT rate_series(ts, spot) AS s, rate_series(ts, future) AS f FROM prices) x, unnest(basis_apr_series(s, f, '2026-04-01', 360)) u;
SELECT u.* FROM (SELECT funding_series(ts, pt - 0.98 ORDER BY pt DESC) AS s FROM prices) x, unnest(s) u;
SELECT pt_implied_apy_series(rate_series(ts, pt), '2025-01-01') AS matured FROM prices;
-- errors
SELECT pt_implied_apy_series(rate_series(ts, pt - 0.97), '2026-04-01') FROM prices;
SELECT basis_apr_series(rate_series(ts, -spot), rate_series(ts, future), '2026-04-01') FROM prices;
SELECT funding_series(ts, -spot) FROM prices;
