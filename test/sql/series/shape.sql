-- A series in another shape: behaviour.
SET timezone = 'UTC';

CREATE VIEW s AS SELECT rate_series '[(2024-01-01 00:00Z,1),(2024-01-01 00:45Z,2),(2024-01-01 01:00Z,1),(2024-01-01 01:30Z,2),(2024-01-01 02:00Z,3)]' AS s;
CREATE VIEW one AS SELECT rate_series '[(2024-01-01 00:30Z,5)]' AS s;

-- value_at: as of, on the line, nearest, next
SELECT at::time, value_at(s, at), value_at(s, at, 'linear') AS linear, value_at(s, at, 'nearest') AS nearest, value_at(s, at, 'next') AS next
FROM s, unnest(ARRAY['2023-12-31 23:00', '2024-01-01 00:00', '2024-01-01 00:22:30', '2024-01-01 00:23', '2024-01-01 01:00', '2024-01-01 02:00', '2024-01-01 03:00']::timestamptz[]) at;
SELECT value_at(s, '2024-01-01'), value_at(s, '2024-01-02'), value_at(s, '2024-01-01 00:30', 'linear'), value_at(s, '2024-01-02', 'linear') FROM one;
SELECT value_at(s, NULL), value_at(s, '2024-01-01', NULL), value_at(NULL::rate_series, '2024-01-01') FROM s;
SELECT value_at(s, '2024-01-01', 'bfill') FROM s;
SELECT value_at(s, 'infinity') FROM s;

-- max_age: exactly as old is still a value; the method chooses the point, then its distance is judged
SELECT max_age, value_at(s, at, max_age => max_age) AS locf, value_at(s, at, 'linear', max_age) AS linear,
	value_at(s, at, 'nearest', max_age) AS nearest, value_at(s, at, 'next', max_age) AS next
FROM s, (VALUES (timestamptz '2024-01-01 00:30')) v(at), unnest('{0,00:14:59.999999,00:15,00:29:59.999999,00:30,100000000 days,NULL}'::interval[]) max_age;
SELECT value_at(s, '2024-01-01', max_age => '0'), value_at(s, '2024-01-01 00:00:00.000001', max_age => '0') IS NULL AS later,
	value_at(s, timestamp '2024-01-01 03:00', max_age => '1 hour') AS twin, value_at(s, '2023-12-31 23:00', 'next', '1 hour') AS ahead FROM s;
SELECT value_at(s, '2024-01-01', max_age => '-1 us') FROM s;
SELECT value_at(s, '2024-01-01', max_age => '1 month') FROM s;
SELECT value_at(s, '2024-01-01', 'locf', '2147483647 days') FROM s;

-- a time without a zone is UTC, in any session
SET timezone = 'America/New_York';
SELECT value_at(s, timestamp '2024-01-01 00:45') AS of_timestamp, value_at(s, timestamptz '2024-01-01 00:45+00') AS same, value_at(s, timestamp '2024-01-01 00:50', 'next') AS next FROM s;
SET timezone = 'UTC';
-- all arguments untyped
PREPARE untyped AS SELECT value_at($1, $2), value_at($1, $2, $3), (SELECT count(*) FROM returns($1, $4, $5, $6, $7)), ema_series($1, $4, $3);
EXECUTE untyped('[(2024-01-01 00:00Z,1),(2024-01-02 00:00Z,2)]', '2024-01-01 12:00', 'linear', '1 hour', 'log', 'UTC', NULL);

-- a value in every block of a long series
SELECT count(*), count(*) FILTER (WHERE value_at(s, at) = i), count(*) FILTER (WHERE value_at(s, at, 'linear') = i + 0.5),
	count(*) FILTER (WHERE value_at(s, at, 'next') = i + 1)
FROM (SELECT rate_series(timestamptz '2024-01-01' + i * interval '2 min', i) AS s FROM generate_series(0, 5000) i) x,
	generate_series(1, 4999, 17) i, LATERAL (SELECT timestamptz '2024-01-01' + i * interval '2 min' + interval '1 min' AS at) y;
SELECT value_at(s, '2024-01-02 10:07', 'linear') AS between_blocks
FROM (SELECT rate_series(timestamptz '2024-01-01' + i * interval '2 min', i) AS s FROM generate_series(0, 5000) i) x;

-- resample: what reporters expected of time-weighted means (timescaledb-toolkit 208, 544, 548)
SELECT r.ts::time, r.value FROM s, resample(s, '1 hour', 'twap') r;
SELECT r.ts::time, r.value FROM (
	SELECT rate_series(h + m, v) AS s
	FROM generate_series(timestamptz '2024-01-01', '2024-01-01 03:00', '1 hour') h, (VALUES (interval '2 min', 10), ('55 min', 100)) x(m, v)) x,
	resample(s, '1 hour', 'twap') r;
SELECT r.ts, round(r.value::numeric, 4) AS value
FROM (SELECT rate_series '[(2019-12-31 23:10Z,10),(2020-01-01 03:10Z,20),(2020-01-01 03:50Z,40)]' AS s) x,
	resample(s, '1 hour', 'twap', start_time => '2020-01-01', end_time => '2020-01-01 05:00') r;

-- every method, with empty buckets before, among and after the points
SELECT r.ts::time, l.value AS last, r.value AS locf, i.value AS linear, f.value AS first, mi.value AS min, ma.value AS max, me.value AS mean, tw.value AS twap
FROM (SELECT rate_series '[(2024-01-01 00:10Z,2),(2024-01-01 00:20Z,4),(2024-01-01 01:00Z,1),(2024-01-01 03:20Z,8)]' AS s) x,
	resample(s, '1 hour', 'locf', start_time => '2023-12-31 23:00', end_time => '2024-01-01 05:00') r
	JOIN resample(s, '1 hour', start_time => '2023-12-31 23:00', end_time => '2024-01-01 05:00') l USING (ts)
	JOIN resample(s, '1 hour', 'linear', start_time => '2023-12-31 23:00', end_time => '2024-01-01 05:00') i USING (ts)
	JOIN resample(s, '1 hour', 'first', start_time => '2023-12-31 23:00', end_time => '2024-01-01 05:00') f USING (ts)
	JOIN resample(s, '1 hour', 'min', start_time => '2023-12-31 23:00', end_time => '2024-01-01 05:00') mi USING (ts)
	JOIN resample(s, '1 hour', 'max', start_time => '2023-12-31 23:00', end_time => '2024-01-01 05:00') ma USING (ts)
	JOIN resample(s, '1 hour', 'mean', start_time => '2023-12-31 23:00', end_time => '2024-01-01 05:00') me USING (ts)
	JOIN resample(s, '1 hour', 'twap', start_time => '2023-12-31 23:00', end_time => '2024-01-01 05:00') tw USING (ts)
ORDER BY r.ts;

-- one point; bounds before and after all points
-- max_age: a feed that was silent shows as a gap
SELECT l.ts::time, l.value AS last, lo.value AS locf, i.value AS linear, tw.value AS twap, ma.value AS max
FROM (SELECT rate_series '[(2024-01-01 00:15Z,1),(2024-01-01 00:40Z,2),(2024-01-01 03:10Z,5)]' AS s) x, resample(s, '30 min', max_age => '40 min') l
	JOIN resample(s, '30 min', 'locf', max_age => '40 min') lo USING (ts) JOIN resample(s, '30 min', 'linear', max_age => '40 min') i USING (ts)
	JOIN resample(s, '30 min', 'twap', max_age => '40 min') tw USING (ts) JOIN resample(s, '30 min', 'max', max_age => '40 min') ma USING (ts)
ORDER BY ts;
SELECT r.* FROM one, resample(s, '30 min', end_time => '2024-01-01 02:00', max_age => '29:59.999999') r;
SELECT count(*) FROM s, resample(s, '1 hour', max_age => '-1 second') r;
SELECT count(*) FROM s, resample(s, '1 hour', max_age => '1 year') r;
SELECT r.* FROM one, resample(s, '1 hour') r;
SELECT r.* FROM one, resample(s, '12 hours', 'locf', start_time => '2024-01-05', end_time => '2024-01-06') r;
SELECT r.* FROM one, resample(s, '12 hours', 'mean', start_time => '2023-12-31', end_time => '2023-12-31 20:00') r;
SELECT count(*) FROM one, resample(s, '1 hour', end_time => '2023-01-01') r;
SELECT count(*) FROM one, resample(s, '1 hour', start_time => '2024-01-02') r;
SELECT count(*) FROM one, resample(s, '1 hour', start_time => '2024-01-02', end_time => '2024-01-02') r;

-- days on the clock: 31 March 2024 had 23 hours in Berlin, 27 October 25
SET timezone = 'Europe/Berlin';
SELECT r.ts, lead(r.ts) OVER (ORDER BY r.ts) - r.ts AS length, r.value
FROM (SELECT rate_series(t, extract(epoch FROM t - timestamptz '2024-03-29')::float8 / 3600) AS s FROM generate_series(timestamptz '2024-03-29', '2024-04-02', '1 hour') t) x,
	resample(s, '1 day', 'first', 'Europe/Berlin') r;
SELECT r.ts, r.value AS hours
FROM (SELECT rate_series(timestamptz '2024-10-26' + i * interval '3600 s', 1) AS s FROM generate_series(0, 24 * 3) i) x,
	LATERAL (SELECT r.ts, num_rates(slice(s, r.ts, lead(r.ts, 1, 'infinity') OVER (ORDER BY r.ts))) AS value FROM resample(s, '1 day', timezone => 'Europe/Berlin') r) r;
-- 24 hours are no day of 23 or 25
SELECT r.ts FROM (SELECT rate_series '[(2024-10-26 12:00Z,1),(2024-10-29 12:00Z,2)]' AS s) x, resample(s, '24 hours', timezone => 'Europe/Berlin') r;
-- months, quarters and weeks
SELECT r.* FROM (SELECT rate_series '[(2024-02-15 00:00Z,1),(2024-03-31 21:59:59Z,2),(2024-03-31 22:00Z,3),(2024-11-05 00:00Z,4)]' AS s) x,
	resample(s, '1 month', 'last', 'Europe/Berlin') r;
SET timezone = 'UTC';
SELECT r.ts FROM (SELECT rate_series '[(2024-02-15 00:00Z,1),(2024-11-05 00:00Z,4)]' AS s) x, resample(s, '3 months') r;
SELECT r.ts, to_char(r.ts, 'Dy') FROM (SELECT rate_series '[(2024-02-15 00:00Z,1),(2024-03-05 00:00Z,4)]' AS s) x, resample(s, '7 days') r;
-- years from July on; a month from the 31st on ends where the month does
SELECT r.ts FROM (SELECT rate_series '[(2022-02-15 00:00Z,1),(2024-03-05 00:00Z,4)]' AS s) x, resample(s, '1 year', origin => '2000-07-01') r;
SELECT r.ts FROM (SELECT rate_series '[(2024-01-31 00:00Z,1),(2024-06-05 00:00Z,4)]' AS s) x, resample(s, '1 month', origin => '2020-01-31') r;
SELECT r.ts FROM (SELECT rate_series '[(2024-01-31 00:00Z,1),(2024-01-31 01:00Z,4)]' AS s) x, resample(s, '25 min', origin => '2024-06-01 00:05') r;
-- a zone whose clock leaves out midnight, and one that left out a day
SELECT r.ts FROM (SELECT rate_series '[(2018-11-03 12:00Z,1),(2018-11-05 12:00Z,4)]' AS s) x, resample(s, '1 day', timezone => 'America/Sao_Paulo') r;
SELECT r.ts FROM (SELECT rate_series '[(2011-12-29 12:00Z,1),(2012-01-01 12:00Z,4)]' AS s) x, resample(s, '1 day', timezone => 'Pacific/Apia') r;
-- before the origin
SELECT r.ts FROM (SELECT rate_series '[(1899-12-30 12:00Z,1),(1900-01-02 12:00Z,4)]' AS s) x, resample(s, '2 days') r;
SELECT r.ts FROM (SELECT rate_series '[(1899-12-30 12:00Z,1),(1900-01-02 12:00Z,4)]' AS s) x, resample(s, '5 months', timezone => 'UTC') r;
-- the ends of time
SELECT count(*), min(r.ts) FROM (SELECT rate_series '[(294276-12-30 12:00Z,1)]' AS s) x, resample(s, '1 day') r;
SELECT r.ts FROM (SELECT rate_series '[(294276-12-31 12:00Z,1)]' AS s) x, resample(s, '1 day') r;
SELECT r.ts FROM (SELECT rate_series '[(294276-12-31 12:00Z,1)]' AS s) x, resample(s, '1 month') r;

-- what is wrong with an argument is said
SELECT count(*) FROM s, resample(s, '1 hour', 'ohlc') r;
SELECT count(*) FROM s, resample(s, '0') r;
SELECT count(*) FROM s, resample(s, '-1 day') r;
SELECT count(*) FROM s, resample(s, '1 day 12 hours') r;
SELECT count(*) FROM s, resample(s, '1 month -1 day') r;
SELECT count(*) FROM s, resample(s, '2147483647 days') r;
SELECT count(*) FROM s, resample(s, '2147483647 days', timezone => 'Europe/Berlin') r;
SELECT count(*) FROM s, resample(s, '2147483647 months') r;
SELECT count(*) FROM s, resample(s, '1 hour', timezone => 'Mars/Olympus') r;
SELECT count(*) FROM s, resample(s, '1 hour', origin => 'infinity') r;
SELECT count(*) FROM s, resample(s, '1 hour', start_time => '2024-01-02', end_time => '2024-01-01') r;
SELECT count(*) FROM s, resample(s, '1 us') r;
SELECT count(*) FROM s, resample(s, '1 us', end_time => '2024-01-01 00:00:01') r;
SELECT count(*) FROM (SELECT rate_series '[(2024-01-01 00:00Z,1.7e308),(2024-01-01 00:01Z,1.7e308)]' AS s) x, resample(s, '1 hour', 'mean') r;
SELECT r.value FROM (SELECT rate_series '[(2024-01-01 00:00Z,1.7e308),(2024-01-01 00:01Z,1.7e308)]' AS s) x, resample(s, '1 hour', 'twap') r;
-- NULL gives no rows, but no bound and no origin
SELECT (SELECT count(*) FROM resample(NULL, '1 hour')), (SELECT count(*) FROM resample(s, NULL)), (SELECT count(*) FROM resample(s, '1 hour', NULL)),
	(SELECT count(*) FROM resample(s, '1 hour', timezone => NULL)), (SELECT count(*) FROM resample(s, '1 hour', 'last', 'UTC', NULL, NULL, NULL)),
	(SELECT count(*) FROM resample(s, '1 hour', start_time => '-infinity', end_time => 'infinity')) FROM s;
-- the other infinity is a bound that leaves nothing
SELECT (SELECT count(*) FROM resample(s, '1 hour', start_time => 'infinity')), (SELECT count(*) FROM resample(s, '1 hour', end_time => '-infinity')) FROM s;
SELECT count(*) FROM s, resample(s, '1 hour', start_time => 'infinity', end_time => '-infinity') r;

-- returns, from point to point and by period
SELECT r.start_time::time, r.end_time::time, r.value, round(l.value::numeric, 12) AS log, d.value AS delta
FROM s, returns(s) r JOIN returns(s, kind => 'log') l USING (end_time) JOIN returns(s, kind => 'delta') d USING (end_time);
SELECT r.* FROM s, returns(s, step => '30 min') r;
SELECT r.* FROM (SELECT rate_series '[(2024-02-15 00:00Z,1),(2024-03-31 21:59Z,2),(2024-04-10 22:00Z,3),(2024-05-31 22:00Z,4)]' AS s) x,
	returns(s, '1 month', 'simple', 'Europe/Berlin') r;
SELECT r.* FROM one, returns(s) r;
SELECT r.* FROM one, returns(s, step => '1 min') r;
SELECT r.value FROM (SELECT rate_series '[(2024-01-01 00:00Z,-1),(2024-01-02 00:00Z,3)]' AS s) x, returns(s, kind => 'delta') r;
SELECT r.value FROM (SELECT rate_series '[(2024-01-01 00:00Z,-1),(2024-01-02 00:00Z,3)]' AS s) x, returns(s) r;
SELECT r.value FROM (SELECT rate_series '[(2024-01-01 00:00Z,1),(2024-01-02 00:00Z,0)]' AS s) x, returns(s, kind => 'log') r;
SELECT r.value FROM (SELECT rate_series '[(2024-01-01 00:00Z,1e-300),(2024-01-02 00:00Z,1e300)]' AS s) x, returns(s) r;
SELECT r.value FROM s, returns(s, kind => 'level') r;
SELECT r.value FROM s, returns(s, step => '1 us') r LIMIT 1;
SELECT count(*) FROM s, returns(s, kind => NULL) r;

-- yields of whole periods: those between the values in force at their ends
CREATE VIEW quarter AS SELECT rate_series '[(2024-01-15Z,1),(2024-02-01Z,1.01),(2024-02-20Z,1.02),(2024-03-31 21:00Z,1.03),(2024-04-01Z,1.04),(2024-04-30Z,1)]' AS s;
SELECT p.*, p.apr = apr(value_at(s, start_time), value_at(s, end_time), start_time, end_time) AS apr_between, p.apy = apy(value_at(s, start_time), value_at(s, end_time), start_time, end_time) AS apy_between
FROM quarter, period_apr(s, '1 month') p;
SELECT p.start_time, p.end_time, round(p.apr::numeric, 6) AS apr, round(p.apy::numeric, 6) AS apy FROM quarter, period_apr(s, '1 month', 'Europe/Berlin', year_days => 360) p;
SELECT p.start_time, p.end_time FROM quarter, period_apr(s, '30 days', origin => '2024-01-15') p;
SELECT count(*) FROM quarter, period_apr(s, '1 year') p;
SELECT (SELECT count(*) FROM period_apr(s, NULL)), (SELECT count(*) FROM period_apr(NULL, '1 day')), (SELECT count(*) FROM period_apr(s, '1 month', NULL)) FROM quarter;
SELECT p.* FROM quarter, period_apr(s, '1 month', year_days => 0) p;
SELECT p.* FROM period_apr('[(2024-01-01Z,0),(2024-03-01Z,1)]', '1 month') p;

-- ema: halfway after a half-life
SELECT u.ts::time, round(u.rate::numeric, 12) AS locf, round(n.rate::numeric, 12) AS next, round(l.rate::numeric, 12) AS linear, round(p.rate::numeric, 12) AS points
FROM (SELECT rate_series '[(2024-01-01 00:00Z,1),(2024-01-01 00:10Z,3),(2024-01-01 00:20Z,3),(2024-01-01 00:40Z,3)]' AS s) x,
	unnest(ema_series(s, '10 min')) u JOIN unnest(ema_series(s, '10 min', 'next')) n USING (ts) JOIN unnest(ema_series(s, '10 min', 'linear')) l USING (ts)
	JOIN unnest(ema_series(s, '10 min', 'points')) p USING (ts);
SELECT ema_series(s, '1 day') = s FROM one;
SELECT ema_series(s, '1 month') FROM s;
SELECT ema_series(s, '-1 s') FROM s;
SELECT ema_series(s, '1 day', 'last') FROM s;
SELECT ema_series(s, NULL) FROM s;

-- lttb
SELECT lttb(s, 3), lttb(s, 4) FROM s;
SELECT lttb(s, 5) = s, lttb(s, 2147483647) = s FROM s;
SELECT lttb(s, 3) = s FROM one;
SELECT lttb(s, 2) FROM s;
SELECT lttb(s, NULL) FROM s;

-- stored, out of line, and as the state of an aggregate
CREATE TABLE stored AS SELECT rate_series(timestamptz '2024-01-01' + i * interval '1 hour' + (i % 7) * interval '1 s', 1 + sqrt(i)) AS s FROM generate_series(0, 20000) i;
SELECT num_rates(lttb(s, 100)), num_rates(ema_series(s, '1 day')), value_at(s, '2025-01-01 00:00'), (SELECT count(*) FROM resample(s, '1 day')),
	(SELECT count(*) FROM returns(s, step => '1 day')) FROM stored;
SELECT lttb(rate_series(u.ts, u.rate), 100) = (SELECT lttb(s, 100) FROM stored) AS same FROM stored, unnest(s) u;
