-- Vectors and laws of what is below its fair rate.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();

CREATE FUNCTION series_of(ts text, rate text) RETURNS rate_series LANGUAGE sql
RETURN (SELECT rate_series(t, v) FROM unnest(ts::timestamptz[], rate::float8[]) p(t, v));

-- vectors
CREATE TEMP TABLE redemption_case (fn text, market float8, fair float8, wait interval, fee float8, year_days float8, expected numeric,
	abs_tol numeric, kind text, source text);
\copy redemption_case FROM 'test/vectors/risk/redemption.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 48, 'all vectors of redemption were loaded') FROM redemption_case;
SELECT ok(is_close(CASE fn WHEN 'redemption_apr' THEN redemption_apr(market, fair, wait, fee, year_days)
		ELSE redemption_apy(market, fair, wait, fee, year_days) END, expected, '1e-12', abs_tol),
	format('%s(%s, %s, %s, %s, %s)', fn, market, fair, wait, fee, year_days))
FROM redemption_case;

CREATE TEMP TABLE spell_case (ts text, rate text, threshold float8, recover float8, nth int, spells bigint, start_time text, end_time text,
	seconds text, lowest text, ongoing text, kind text, source text);
\copy spell_case FROM 'test/vectors/risk/spells_below.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 12, 'all vectors of spells_below were loaded') FROM spell_case;
SELECT is(ROW(coalesce(s.n, 0), extract(epoch FROM s.start_time)::bigint::text, extract(epoch FROM s.end_time)::bigint::text,
		extract(epoch FROM s.spell)::bigint::text, s.lowest, s.ongoing)::text,
	ROW(c.spells, c.start_time, c.end_time, c.seconds, c.lowest::float8, c.ongoing::boolean)::text, format('below %s to %s', threshold, recover))
FROM spell_case c LEFT JOIN LATERAL (SELECT count(*) OVER () AS n, b.* FROM spells_below(series_of(ts, rate), threshold, recover) b
	ORDER BY b.start_time OFFSET nth LIMIT 1) s ON true;

CREATE TEMP TABLE fit_case (ts text, rate text, year_days float8, theta numeric, mu numeric, sigma numeric, half_life numeric, log_likelihood numeric,
	tol numeric, abs_tol numeric, kind text, source text);
\copy fit_case FROM 'test/vectors/risk/ou_fit.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 11, 'all vectors of ou_fit were loaded') FROM fit_case;
SELECT ok(is_close(f.theta, c.theta, tol, abs_tol) AND is_close(f.mu, c.mu, tol, abs_tol) AND is_close(f.sigma, c.sigma, tol, abs_tol)
		AND is_close(extract(epoch FROM f.half_life)::float8, c.half_life, tol, '1e-6') AND is_close(f.log_likelihood, c.log_likelihood, tol, abs_tol),
	format('ou_fit of theta %s', c.theta))
FROM fit_case c, ou_fit(series_of(ts, rate), year_days) f;

CREATE TEMP TABLE forecast_case (x float8, theta float8, mu float8, sigma float8, horizon interval, confidence float8, mean numeric, stddev numeric,
	lower numeric, upper numeric, tol numeric, abs_tol numeric, kind text, source text);
\copy forecast_case FROM 'test/vectors/risk/ou_forecast.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 15, 'all vectors of ou_forecast were loaded') FROM forecast_case;
SELECT ok(is_close(f.mean, c.mean, tol, abs_tol) AND is_close(f.stddev, c.stddev, tol, abs_tol) AND is_close(f.lower, c.lower, tol, abs_tol)
		AND is_close(f.upper, c.upper, tol, abs_tol), format('ou_forecast(%s, %s, %s, %s, %s)', x, theta, mu, sigma, horizon))
FROM forecast_case c, ou_forecast(x, theta, mu, sigma, horizon, confidence) f;

CREATE TEMP TABLE below_case (x float8, threshold float8, theta float8, mu float8, sigma float8, horizon interval, expected numeric,
	tol numeric, abs_tol numeric, kind text, source text);
\copy below_case FROM 'test/vectors/risk/ou_probability_below.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 15, 'all vectors of ou_probability_below were loaded') FROM below_case;
SELECT ok(is_close(ou_probability_below(x, threshold, theta, mu, sigma, horizon), expected, tol, abs_tol),
	format('ou_probability_below(%s, %s, %s, %s, %s, %s)', x, threshold, theta, mu, sigma, horizon))
FROM below_case;

CREATE TEMP TABLE survival_case (duration float8[], observed boolean[], nth int, rows text, at text, at_risk text, events text,
	censored text, survival text, stderr text, abs_tol numeric, kind text, source text);
\copy survival_case FROM 'test/vectors/risk/kaplan_meier.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 15, 'all vectors of kaplan_meier were loaded') FROM survival_case;
SELECT throws_ok(format('SELECT kaplan_meier(%L, %L)', duration, observed), '22023', NULL, 'arrays that do not go together')
FROM survival_case WHERE rows = 'error';
SELECT ok(k.n = c.rows::int AND k.duration = c.at::float8 AND c.at_risk IN ('-', k.at_risk::text)
		AND c.events IN ('-', k.events::text) AND c.censored IN ('-', k.censored::text)
		AND is_close(k.survival, c.survival::numeric, '1e-12', c.abs_tol)
		AND (c.stderr = '-' OR is_close(k.stderr, c.stderr::numeric, '1e-12', c.abs_tol)), format('survival to %s', c.at))
FROM survival_case c, LATERAL (SELECT count(*) OVER () AS n, r.* FROM kaplan_meier(c.duration, c.observed) r
	ORDER BY r.duration OFFSET nth LIMIT 1) k
WHERE rows <> 'error';

-- Garwood's interval, as tables of it have: 0, 1, 5, 100 events
SELECT ok(is_close(r.lower, c.lower, '1e-10', '0') AND is_close(r.upper, c.upper, '1e-10', '0'), 'interval of ' || n)
FROM (VALUES (0::bigint, 0, 3.688879454113936), (1, 0.025317807984289897, 5.571643390938898),
	(5, 1.6234863901184207, 11.668332079322666), (100, 81.36399125092314, 121.62679379242639)) c(n, lower, upper), event_rate(n, 1) r;
SELECT ok(r.rate = 3.0 / 250 AND r.lower < r.rate AND r.upper > r.rate AND
	abs(r.lower - (event_rate(3, 1)).lower / 250) < 1e-15, 'a rate for each unit of exposure') FROM event_rate(3, 250) r;
SELECT ok((event_rate(n, 1e6)).upper > (event_rate(n, 1e6)).rate AND (event_rate(n, 1e6, 0.99)).upper > (event_rate(n, 1e6)).upper, n || ' events')
FROM unnest('{0,7,1000,10000000,9223372036854775807}'::bigint[]) n;

-- a fit finds what a path was made of; the same on even and uneven steps
CREATE TEMP TABLE walk AS
WITH RECURSIVE step AS (
	SELECT 0 AS i, 0.0::float8 AS x, timestamptz '2024-01-01 00:00+00' AS at
	UNION ALL
	SELECT i + 1, f.mean + f.stddev * n.z, at + h.horizon
	FROM step, LATERAL (SELECT make_interval(hours => 12 + 24 * (i % 3)) AS horizon) h,
		LATERAL (SELECT sum(abs(hashint8(i * 12 + k)::float8) / 2147483648) - 6 AS z FROM generate_series(0, 11) k) n,
		LATERAL ou_forecast(x, 30, -0.002, 0.02, h.horizon) f
	WHERE i < 3000)
SELECT rate_series(at, x) AS path FROM step;
SELECT ok(abs(f.theta / 30 - 1) < 0.2 AND abs(f.mu + 0.002) < 0.001 AND abs(f.sigma / 0.02 - 1) < 0.05, 'what the path was made of')
FROM walk, ou_fit(path) f;
-- no theta nearby is better, by the exact likelihood of normal steps
CREATE FUNCTION likelihood(path rate_series, theta float8, mu float8, sigma float8) RETURNS float8 LANGUAGE sql
RETURN (SELECT sum(-0.5 * (ln(2 * pi()) + 2 * ln(f.stddev) + ((x - f.mean) / f.stddev) ^ 2))
	FROM (SELECT rate AS x, lag(rate) OVER w AS was, ts - lag(ts) OVER w AS wait FROM unnest(path) WINDOW w AS (ORDER BY ts)) s,
		LATERAL ou_forecast(was, theta, mu, sigma, wait) f WHERE was IS NOT NULL);
SELECT ok(abs(likelihood(path, f.theta, f.mu, f.sigma) / f.log_likelihood - 1) < 1e-10
		AND likelihood(path, f.theta * 1.01, f.mu, f.sigma) < f.log_likelihood AND likelihood(path, f.theta / 1.01, f.mu, f.sigma) < f.log_likelihood
		AND likelihood(path, f.theta, f.mu + 1e-4, f.sigma) < f.log_likelihood AND likelihood(path, f.theta, f.mu, f.sigma * 1.01) < f.log_likelihood,
	'the likelihood is greatest') FROM walk, ou_fit(path) f;
-- even steps, one of them a microsecond off: hardly another fit
SELECT ok(abs(a.theta / b.theta - 1) < 1e-6 AND abs(a.mu / b.mu - 1) < 1e-6 AND abs(a.sigma / b.sigma - 1) < 1e-6
		AND abs(a.log_likelihood / b.log_likelihood - 1) < 1e-9, 'even and almost even steps')
FROM (SELECT rate_series(timestamptz '2024-01-01' + i * interval '1 day', sin(i * i)) AS even,
		rate_series(timestamptz '2024-01-01' + i * interval '1 day' + (i = 50)::int * interval '1 microsecond', sin(i * i)) AS uneven
	FROM (SELECT i, i * 1.0 FROM generate_series(0, 200) i) s(i, f)) p,
	ou_fit(even) a, ou_fit(uneven) b WHERE a.theta IS NOT NULL;
SELECT is(ou_fit(series_of(ts, v))::text, '(,,,,)', 'no fit of ' || v)
FROM (VALUES ('{2024-01-01}', '{1}'), ('{2024-01-01,2024-01-02}', '{1,2}'), ('{2024-01-01,2024-01-02,2024-01-03}', '{3,3,3}'),
	('{2024-01-01,2024-01-02,2024-01-04,2024-01-05}', '{3,3,3,3}'), ('{2024-01-01,2024-01-02,2024-01-04,2024-01-05}', '{1,2,4,8}')) s(ts, v);

-- spells cover the time that is below, with the threshold as the way back
SELECT is(coalesce(sum(spell), '0'), time_below(path, t), 'time below ' || t)
FROM walk, unnest('{-0.02,-0.01,-0.002,0,0.01}'::float8[]) t, LATERAL (SELECT sum(spell) FROM spells_below(path, t)) s(spell) GROUP BY path, t;
-- survival of spells all observed is the share that lasts longer
SELECT ok(bool_and(abs(survival - (SELECT avg((d > duration)::int) FROM unnest('{3,1,4,1,5,9,2,6}'::float8[]) d)) < 1e-15), 'all observed')
FROM kaplan_meier('{3,1,4,1,5,9,2,6}', array_fill(true, '{8}'));

-- hostile
SELECT throws_ok(q, s, NULL, q) FROM (VALUES
	('SELECT redemption_apr(0, 1, ''1 day'')', '22003'), ('SELECT redemption_apr(1, ''NaN'', ''1 day'')', '22003'),
	('SELECT redemption_apr(1, 1, ''0'')', '22023'), ('SELECT redemption_apr(1, 1, ''1 month'')', '22023'),
	('SELECT redemption_apr(1, 1, ''1 day'', 1)', '22023'), ('SELECT redemption_apy(1, 1, ''1 day'', 0, -1)', '22023'),
	('SELECT redemption_apy(1e-9, 1, ''1 microsecond'')', '22003'),
	('SELECT * FROM spells_below((SELECT path FROM walk), 1, 0.5)', '22023'), ('SELECT * FROM spells_below((SELECT path FROM walk), ''NaN'')', '22003'),
	('SELECT ou_fit((SELECT path FROM walk), 0)', '22023'), ('SELECT ou_forecast(1, 0, 1, 1, ''1 day'')', '22023'),
	('SELECT ou_forecast(1, 1, 1, -1, ''1 day'')', '22003'), ('SELECT ou_forecast(1, 1, 1, 1, ''1 day'', 1)', '22023'),
	('SELECT ou_forecast(1e308, 1, -1e308, 1, ''1 day'')', '22003'), ('SELECT ou_probability_below(''Infinity'', 1, 1, 1, 1, ''1 day'')', '22003'),
	('SELECT kaplan_meier(''{1,2}'', ''{t}'')', '22023'), ('SELECT kaplan_meier(''{-1}'', ''{t}'')', '22003'), ('SELECT kaplan_meier(''{1}'', ''{NULL}'')', '22023'),
	('SELECT event_rate(-1, 1)', '22003'), ('SELECT event_rate(1, 0)', '22023'), ('SELECT event_rate(1, 1, 1)', '22023')) v(q, s);
SELECT is((SELECT count(*) FROM kaplan_meier('{}', '{}')), 0::bigint, 'nobody');
SELECT is((SELECT count(*) FROM spells_below(NULL, 1)), 0::bigint, 'no series');

SELECT * FROM finish();
ROLLBACK;
