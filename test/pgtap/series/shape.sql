-- Properties of value_at, resample, returns, ema_series and lttb.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null
SET LOCAL timezone = 'UTC';

-- histories with ties and gaps, of one point and of many; the long ones have several blocks
CREATE TEMP TABLE history AS
SELECT series, timestamptz '2024-03-20' + CASE series % 3
		WHEN 0 THEN (random() * 30 * series)::int * interval '1 hour'
		WHEN 1 THEN (random() * 2e12)::bigint * interval '1 microsecond'
		ELSE i * interval '11 min' + (i / 40) * interval '2 days' END AS ts,
	1 + (random() * 40)::int / 64.0::float8 AS rate
FROM generate_series(1, 21) series, generate_series(1, CASE WHEN series IN (5, 10) THEN 2500 ELSE series * 3 - 2 END) i;
-- the definition in plain SQL: of several rates at the same time the greatest, in force until the next
CREATE TEMP TABLE defined AS
SELECT series, ts, rate, lead(ts, 1, '3000-01-01') OVER w AS until, lead(rate) OVER w AS next_rate, row_number() OVER w AS row
FROM (SELECT series, ts, max(rate) AS rate FROM history GROUP BY series, ts) x
WINDOW w AS (PARTITION BY series ORDER BY ts);
CREATE INDEX ON defined (series, ts);
CREATE TEMP TABLE made AS SELECT series, rate_series(ts, rate) AS s FROM history GROUP BY series;
ANALYZE;

-- value_at, also at the very points
CREATE TEMP TABLE moment AS
SELECT series, ts FROM defined WHERE random() < 0.1
UNION SELECT series, timestamptz '2024-03-19' + (random() * 3e12)::bigint * interval '1 microsecond' FROM generate_series(1, 21) series, generate_series(1, 40);

SELECT is_empty($$
	SELECT series, ts FROM moment m JOIN made USING (series)
	WHERE value_at(s, m.ts) IS DISTINCT FROM
		(SELECT rate FROM defined d WHERE d.series = m.series AND d.ts <= m.ts ORDER BY ts DESC LIMIT 1)
$$, 'value_at: the last value at or before');
SELECT is_empty($$
	SELECT series, ts FROM moment m JOIN made USING (series)
	WHERE value_at(s, m.ts, 'next') IS DISTINCT FROM
		(SELECT rate FROM defined d WHERE d.series = m.series AND d.ts >= m.ts ORDER BY ts LIMIT 1)
$$, 'value_at: the next value');
SELECT is_empty($$
	SELECT series, ts FROM moment m JOIN made USING (series)
	WHERE value_at(s, m.ts, 'nearest') IS DISTINCT FROM
		(SELECT rate FROM defined d WHERE d.series = m.series ORDER BY abs(extract(epoch FROM d.ts - m.ts)), ts LIMIT 1)
$$, 'value_at: the nearest value');
SELECT is_empty($$
	SELECT series, m.ts FROM moment m JOIN made USING (series) LEFT JOIN defined d USING (series)
	WHERE (d.ts = m.ts AND value_at(s, m.ts, 'linear') <> d.rate)
		OR (d.ts < m.ts AND m.ts < d.until AND NOT is_close(value_at(s, m.ts, 'linear'),
			exact(d.rate) + exact(d.next_rate - d.rate) * extract(epoch FROM m.ts - d.ts) / extract(epoch FROM d.until - d.ts), 1e-14))
$$, 'value_at: on the line');
SELECT is_empty($$
	SELECT series, at FROM (
		SELECT h.series, m.ts AS at, rate_at_linear(h.ts, rate, m.ts) AS of_rows FROM history h JOIN moment m USING (series) GROUP BY h.series, m.ts
	) r JOIN made USING (series)
	WHERE of_rows IS DISTINCT FROM value_at(s, at, 'linear')
$$, 'value_at agrees with the aggregate rate_at_linear to the last bit');

-- max_age: the method chooses the point, then its distance is judged
CREATE TEMP TABLE age_case (series rate_series, ts timestamptz, max_age interval, expected float8, kind text, source text);
\copy age_case FROM 'test/vectors/series/value_at_max_age.csv' (FORMAT csv, HEADER)
SELECT is(count(*)::int, 6, 'all vectors of max_age were loaded') FROM age_case;
SELECT is(value_at(series, ts, max_age => max_age), expected, format('value_at(%s, max_age => %s)', ts, max_age)) FROM age_case;

CREATE TEMP TABLE limited AS
SELECT series, s, m.ts, method, max_age, value_at(s, m.ts, method) AS any_age, value_at(s, m.ts, method, max_age) AS value
FROM moment m JOIN made USING (series), unnest(ARRAY['locf', 'linear', 'nearest', 'next']) method,
	unnest(ARRAY['0', '7 min', '11 min', '3 hours', '2 days', '100000000 days']::interval[]) max_age
WHERE series <= 9;
SELECT is_empty($$ SELECT * FROM limited WHERE max_age = '100000000 days' AND value IS DISTINCT FROM any_age $$,
	'value_at: a max_age that nothing reaches is none');
SELECT is_empty($$
	SELECT * FROM limited l LEFT JOIN LATERAL (SELECT ts FROM defined d WHERE d.series = l.series AND d.ts <= l.ts ORDER BY ts DESC LIMIT 1) b ON true
		LEFT JOIN LATERAL (SELECT ts FROM defined d WHERE d.series = l.series AND d.ts >= l.ts ORDER BY ts LIMIT 1) a ON true
	WHERE value IS DISTINCT FROM CASE WHEN CASE method WHEN 'next' THEN a.ts - l.ts WHEN 'nearest' THEN least(l.ts - b.ts, a.ts - l.ts)
		ELSE l.ts - b.ts END <= max_age THEN any_age END
$$, 'value_at: a value is given as long as its point is no further than max_age');
SELECT cmp_ok(count(*) FILTER (WHERE value IS NULL)::int, '>', 500, 'some are too old') FROM limited WHERE any_age IS NOT NULL;
SELECT is_empty($$
	SELECT series, at, max_age FROM (
		SELECT h.series, m.ts AS at, max_age, rate_at(h.ts, rate, m.ts, max_age) AS of_rows
		FROM history h JOIN moment m USING (series), unnest(ARRAY['11 min', '2 days', NULL]::interval[]) max_age WHERE series <= 9 GROUP BY h.series, m.ts, max_age
	) r JOIN made USING (series)
	WHERE of_rows IS DISTINCT FROM value_at(s, at, max_age => max_age)
$$, 'value_at agrees with the aggregate rate_at, with a max_age too');

-- resample: which buckets there are
CREATE TEMP TABLE grid (step interval, zone text);
INSERT INTO grid VALUES ('1 hour', 'UTC'), ('45 min', 'UTC'), ('1 day', 'UTC'), ('1 day', 'Europe/Berlin'), ('1 day', 'America/New_York'),
	('1 month', 'Europe/Berlin'), ('7 days', 'Europe/Berlin'), ('3 months', 'UTC'), ('1 year', 'Asia/Kolkata');
CREATE TEMP TABLE bucket AS
SELECT series, step, zone, ts, lead(ts) OVER (PARTITION BY series, step, zone ORDER BY ts) AS until
FROM made, grid, resample(s, step, 'locf', zone) r WHERE extract(epoch FROM last_time(s) - first_time(s)) < 86400 * 60 OR step > '1 day';

SELECT is_empty($$
	SELECT * FROM bucket WHERE step <= '1 day' AND step <> '45 min'
		AND date_trunc(CASE WHEN step = '1 hour' THEN 'hour' ELSE 'day' END, ts, zone) <> ts
$$, 'hours and days start as date_trunc cuts them, whatever the clock does');
SELECT is_empty($$
	SELECT * FROM bucket
	WHERE date_trunc(CASE step WHEN '1 month' THEN 'month' WHEN '3 months' THEN 'quarter' WHEN '1 year' THEN 'year' WHEN '7 days' THEN 'week' END, ts, zone) <> ts
$$, 'weeks, months, quarters and years start as date_trunc cuts them');
SELECT is_empty($$
	SELECT * FROM bucket WHERE step = '45 min' AND date_bin(step, ts, '2000-01-03Z') <> ts
$$, 'other steps start as date_bin cuts them');
SELECT is_empty($$
	SELECT * FROM bucket WHERE until <> (ts AT TIME ZONE zone + step) AT TIME ZONE zone
$$, 'a bucket ends where the next starts, a step later on the clock');
SELECT is_empty($$
	SELECT series, step, zone FROM bucket JOIN made USING (series) GROUP BY series, step, zone, s
	HAVING min(ts) > first_time(s) OR max(ts) > last_time(s) OR coalesce(min(until), 'infinity') <= first_time(s)
		OR (max(ts) AT TIME ZONE zone + step) AT TIME ZONE zone <= last_time(s)
$$, 'buckets reach from the first point to the last, no further');

-- resample: what is in them
DELETE FROM bucket WHERE until IS NULL;
CREATE TEMP TABLE measured AS
SELECT b.series, b.step, b.zone, b.ts, min(d.rate) FILTER (WHERE d.ts >= b.ts) AS min, max(d.rate) FILTER (WHERE d.ts >= b.ts) AS max,
	avg(exact(d.rate)) FILTER (WHERE d.ts >= b.ts) AS mean, (array_agg(d.rate ORDER BY d.ts) FILTER (WHERE d.ts >= b.ts))[1] AS first,
	(array_agg(d.rate ORDER BY d.ts DESC))[1] AS last, (array_agg(d.rate ORDER BY d.ts) FILTER (WHERE d.ts <= b.ts))[1] AS locf,
	sum(exact(d.rate) * extract(epoch FROM least(d.until, b.until) - greatest(d.ts, b.ts)))
		/ sum(extract(epoch FROM least(d.until, b.until) - greatest(d.ts, b.ts))) AS twap
FROM bucket b LEFT JOIN defined d ON d.series = b.series AND d.ts < b.until AND d.until > b.ts
GROUP BY 1, 2, 3, 4;
CREATE TEMP TABLE resampled AS
SELECT series, step, zone, method, ts, value FROM made JOIN (SELECT DISTINCT series, step, zone FROM bucket) b USING (series),
	unnest(ARRAY['last', 'locf', 'first', 'min', 'max', 'mean', 'twap', 'linear']) method, resample(s, step, method, zone) r;

SELECT cmp_ok(count(*)::int, '>', 3000, 'there is something to compare') FROM measured;
SELECT cmp_ok(count(*)::int, '>', 500, 'some of it empty buckets') FROM measured WHERE min IS NULL;
SELECT is_empty(format($$
	SELECT series, step, zone, ts FROM measured JOIN resampled USING (series, step, zone, ts) WHERE method = %L AND value IS DISTINCT FROM %I
$$, method, method), 'resample: ' || method) FROM unnest(ARRAY['last', 'locf', 'first', 'min', 'max']) method;
SELECT is_empty(format($$
	SELECT series, step, zone, ts FROM measured JOIN resampled USING (series, step, zone, ts) WHERE method = %L AND NOT is_close(value, %I, 1e-15)
$$, method, method), 'resample: ' || method) FROM unnest(ARRAY['mean', 'twap']) method;
SELECT is_empty($$
	SELECT series, ts FROM resampled JOIN made USING (series) WHERE method = 'linear' AND value IS DISTINCT FROM value_at(s, ts, 'linear')
$$, 'resample: linear');

-- resample with a max_age: measures of the points inside do not look at it, the others are as value_at and as the definition
CREATE TEMP TABLE fresh AS
SELECT series, step, zone, method, max_age, r.ts, r.value, any_age
FROM (SELECT DISTINCT series, step, zone, method FROM resampled WHERE series IN (1, 2, 4, 6)) q JOIN made USING (series),
	unnest(ARRAY['11 min', '5 hours', '100000000 days']::interval[]) max_age, LATERAL (
		SELECT r.*, a.value AS any_age FROM resample(s, step, method, zone, max_age => max_age) r FULL JOIN resample(s, step, method, zone) a USING (ts)
	) r;
SELECT is_empty($$
	SELECT * FROM fresh WHERE (max_age = '100000000 days' OR method IN ('first', 'min', 'max', 'mean')) AND value IS DISTINCT FROM any_age
$$, 'resample: a max_age that nothing reaches is none, and none is asked of the points inside');
SELECT is_empty($$
	SELECT * FROM fresh JOIN bucket USING (series, step, zone, ts) JOIN made USING (series)
	WHERE method IN ('locf', 'linear') AND value IS DISTINCT FROM value_at(s, ts, method, max_age)
		OR method = 'last' AND value IS DISTINCT FROM value_at(s, until - interval '1 us', 'locf', max_age)
$$, 'resample: locf, linear and last of values no older than max_age');
SELECT is_empty($$
	SELECT series, step, zone, ts, max_age FROM fresh JOIN bucket b USING (series, step, zone, ts)
		LEFT JOIN LATERAL (
			SELECT sum(exact(d.rate) * extract(epoch FROM t.until - t.since)) / sum(extract(epoch FROM t.until - t.since)) AS twap
			FROM defined d, LATERAL (SELECT greatest(d.ts, b.ts) AS since, least(d.until, b.until, d.ts + max_age) AS until) t
			WHERE d.series = b.series AND t.since < t.until
		) t ON true
	WHERE method = 'twap' AND ((value IS NULL) <> (twap IS NULL) OR NOT is_close(value, twap, 1e-15))
$$, 'resample: twap of the time in which a value no older than max_age was in force');
SELECT cmp_ok(count(*)::int, '>', 100, method || ' shows gaps') FROM fresh
WHERE method IN ('last', 'locf', 'twap') AND value IS NULL AND any_age IS NOT NULL GROUP BY method;

-- a window of buckets is a part of all buckets
SELECT is_empty($$
	SELECT series, method, r.ts FROM made, unnest(ARRAY['last', 'first', 'mean', 'twap', 'linear']) method,
		LATERAL (SELECT first_time(s) + (last_time(s) - first_time(s)) / 3 AS from_time, first_time(s) + (last_time(s) - first_time(s)) / 2 AS to_time) w,
		resample(s, '7 hours', method, start_time => from_time, end_time => to_time) r
		LEFT JOIN resample(s, '7 hours', method) a USING (ts)
	WHERE r.value IS DISTINCT FROM a.value
$$, 'a window does not change what is in its buckets');

-- returns
SELECT is_empty($$
	SELECT series, end_time FROM (SELECT series, row_number() OVER (PARTITION BY series ORDER BY end_time) AS row, r.* FROM made, returns(s) r) r
		FULL JOIN (SELECT series, row, ts, until, next_rate, rate FROM defined WHERE next_rate IS NOT NULL) d USING (series, row)
	WHERE start_time IS DISTINCT FROM ts OR end_time IS DISTINCT FROM until OR NOT is_close(value, exact(next_rate) / exact(rate) - 1, 1e-15, 1e-16)
$$, 'returns from point to point');
SELECT is_empty($$
	SELECT series FROM (SELECT series, sum(value) AS total FROM made, returns(s, kind => 'log') GROUP BY series) r JOIN made USING (series)
	WHERE abs(total - ln(last_rate(s) / first_rate(s))) > 1e-12
$$, 'logarithmic returns add up');
SELECT is_empty($$
	SELECT series, step FROM made, unnest(ARRAY['1 hour', '1 day', '1 month']::interval[]) step, returns(s, step, 'delta', 'Europe/Berlin') r
	WHERE value <> value_at(s, end_time) - value_at(s, start_time) OR end_time <> (start_time AT TIME ZONE 'Europe/Berlin' + step) AT TIME ZONE 'Europe/Berlin'
$$, 'returns by period are of the values in force at its ends');

SELECT is_empty($$
	SELECT series, step FROM made, unnest(ARRAY['1 hour', '1 day', '1 month']::interval[]) step,
		LATERAL (SELECT apr, apy, value, extract(epoch FROM end_time - start_time) / 31536000 AS years,
				apy(value_at(s, start_time), value_at(s, end_time), start_time, end_time) AS apy_of_points
			FROM period_apr(s, step, 'Europe/Berlin') p FULL JOIN returns(s, step, 'simple', 'Europe/Berlin') r USING (start_time, end_time)) x
	WHERE value IS NULL OR NOT is_close(apr, exact(value) / years, 1e-12, 1e-12)
		OR apy IS DISTINCT FROM apy_of_points
$$, 'period_apr: the returns of the periods, per year');

-- ema: recurrences in numeric
CREATE TEMP TABLE averaged AS
WITH RECURSIVE step AS (
	SELECT series, row, ts, rate, 0::numeric AS a, exact(rate) AS locf, exact(rate) AS next, exact(rate) AS linear, exact(rate) AS points, 1::numeric AS weight FROM defined
	WHERE row = 1 AND series <= 12 AND series NOT IN (5, 10)
	UNION ALL
	SELECT series, row, ts, rate, a, round(u * locf + (1 - u) * before, 40), round(u * next + (1 - u) * exact(rate), 40),
		round(u * linear + ((1 - u) / a - u) * before + (1 - (1 - u) / a) * exact(rate), 40),
		round((u * weight * points + exact(rate)) / (u * weight + 1), 40), round(u * weight + 1, 40)
	FROM (
		SELECT s.series, d.row, d.ts, d.rate, exact(s.rate) AS before, locf, next, linear, points, weight, x.a, exp(-x.a) AS u
		FROM step s JOIN defined d ON d.series = s.series AND d.row = s.row + 1,
			LATERAL (SELECT ln(2::numeric(60, 50)) * extract(epoch FROM d.ts - s.ts) / 10000 AS a) x
	) y
)
SELECT * FROM step;
SELECT is_empty(format($$
	SELECT series, ts FROM (SELECT series, u.* FROM made, unnest(ema_series(s, '10000 s', %L)) u) e JOIN averaged a USING (series, ts)
	WHERE NOT is_close(e.rate, a.%I, 1e-13)
$$, method, method), 'ema_series: ' || method) FROM unnest(ARRAY['locf', 'next', 'linear', 'points']) method;
SELECT is_empty($$
	SELECT series FROM (SELECT series, s, ema(u.ts, u.rate, '1 day') AS of_rows FROM made, unnest(s) u GROUP BY series, s) x
	WHERE NOT is_close(last_rate(ema_series(s, '1 day', 'points')), exact(of_rows), 1e-13)
$$, 'ema_series by points ends at what the aggregate ema gives');

-- lttb
SELECT is_empty($$
	SELECT series, n FROM made, generate_series(3, 200, 13) n, LATERAL (SELECT lttb(s, n) AS fewer) l
	WHERE num_rates(fewer) <> least(n, num_rates(s)) OR first_time(fewer) <> first_time(s) OR last_time(fewer) <> last_time(s)
		OR fewer || s <> s
$$, 'lttb keeps as many points as asked for, all of them points of the series, and the ends');
SELECT is_empty($$
	SELECT series FROM made WHERE num_rates(s) > 3 AND lttb(s, num_rates(s)::int) <> s
$$, 'lttb of all points is the series');

-- the same from a stored series, from the state of an aggregate, in parallel
SELECT is_empty($$
	SELECT series FROM made JOIN (SELECT series, rate_series(ts, rate) AS fresh FROM history GROUP BY series) h USING (series)
	WHERE lttb(s, 20) <> lttb(fresh, 20) OR ema_series(s, '1 h') <> ema_series(fresh, '1 h') OR value_at(s, '2024-03-25') IS DISTINCT FROM value_at(fresh, '2024-03-25')
		OR (SELECT array_agg(r) FROM resample(s, '1 day', 'twap') r) <> (SELECT array_agg(r) FROM resample(fresh, '1 day', 'twap') r)
$$, 'stored or fresh makes no difference');

SELECT finish();
ROLLBACK;
