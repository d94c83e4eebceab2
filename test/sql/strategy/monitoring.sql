-- alarms, once
SET timezone = 'UTC';
SELECT hysteresis(false, 2, 2, 1), hysteresis(true, 1.5, 2, 1), hysteresis(true, 1, 2, 1), hysteresis(NULL, 0.97, 0.98, 0.99), hysteresis(true, NULL, 2, 1), hysteresis(true, 1, NULL, 1) AS nothing;
SELECT i, v, hysteresis(v, 2, 1) OVER (ORDER BY i) FROM unnest('{0,2,1.5,NULL,1,3}'::float8[]) WITH ORDINALITY u(v, i) ORDER BY i;
SELECT a.* FROM (SELECT rate_series(timestamptz '2025-01-01' + i * interval '1 day', v) AS s FROM unnest('{0,2,3,1.5,1,2,1,2,2.5}'::float8[]) WITH ORDINALITY u(v, i)) x, alerts(s, 2, 1) a;
SELECT a.* FROM (SELECT rate_series(timestamptz '2025-01-01' + i * interval '1 day', v) AS s FROM unnest('{0,2,3,1.5,1,2,1,2,2.5}'::float8[]) WITH ORDINALITY u(v, i)) x, alerts(s, 2, 1, '2 days') a;
-- errors
SELECT hysteresis(true, 1, 2, 2);
SELECT hysteresis(true, 'NaN', 2, 1);
SELECT alerts(rate_series(now(), 1), 1, 1);
SELECT alerts(s, 'Infinity', 1) FROM (SELECT rate_series(now(), 1) AS s) x;
SELECT alerts(s, 2, 1, '1 month') FROM (SELECT rate_series(now(), 1) AS s) x;
