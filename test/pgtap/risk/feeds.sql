-- Vectors and laws of stale feeds.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();

CREATE FUNCTION series_of(ts text, rate text) RETURNS rate_series LANGUAGE sql
RETURN (SELECT rate_series(t, v) FROM unnest(ts::timestamptz[], rate::float8[]) p(t, v));

CREATE TEMP TABLE stale_case (ts text, rate text, max_age interval, start_time timestamptz, end_time timestamptz, seconds numeric,
	share numeric, kind text, source text);
\copy stale_case FROM 'test/vectors/risk/stale.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 24, 'all vectors were loaded') FROM stale_case;
SELECT is(extract(epoch FROM time_stale(series_of(ts, rate), max_age, start_time, end_time)), seconds, format('time stale by %s', max_age))
FROM stale_case;
SELECT ok(is_close(share_stale(series_of(ts, rate), max_age, start_time, end_time), share), format('share stale by %s', max_age))
FROM stale_case;

-- against a look at every minute; windows that begin and end anywhere; parts add up
CREATE TEMP TABLE feed AS
SELECT rate_series(timestamptz '2024-01-01 00:00+00' + (i * i % 977) * interval '1 hour' + i * interval '1 minute', 1) AS s
FROM generate_series(1, 40) i;
CREATE FUNCTION looked(s rate_series, age interval, from_time timestamptz, to_time timestamptz) RETURNS interval LANGUAGE sql
RETURN (SELECT count(*) * interval '1 minute' FROM generate_series(greatest(from_time, first_time(s)), to_time - interval '1 minute', interval '1 minute') m
	WHERE m >= (SELECT max(ts) FROM unnest(s) WHERE ts <= m) + age);
SELECT is(time_stale(s, age, f, t), justify_hours(looked(s, age, f, t)), format('%s from %s to %s', age, f, t))
FROM feed, unnest('{1 hour,30 hours,3 days}'::interval[]) age,
	(VALUES (timestamptz '2024-01-01 00:00+00', timestamptz '2024-02-20 00:00+00'), ('2024-01-05 11:00+00', '2024-01-19 03:30+00'),
		('2023-12-01 00:00+00', '2024-01-03 00:00+00')) w(f, t);
SELECT is(time_stale(s, age, NULL, m) + time_stale(s, age, m, NULL), time_stale(s, age), 'parts add up')
FROM feed, unnest('{1 hour,30 hours,3 days}'::interval[]) age,
	generate_series(timestamptz '2024-01-02 00:00+00', timestamptz '2024-02-01 00:00+00', interval '55 hours') m;
SELECT ok(time_stale(s, a) >= time_stale(s, a + interval '1 hour'), 'monotone in the age') FROM feed, generate_series(1, 20) i,
	LATERAL (SELECT i * interval '5 hours') x(a);
-- nothing to say
SELECT is(time_stale(s, '1 day', '2023-01-01', '2023-06-01'), NULL, 'before the first point') FROM feed;
SELECT is(share_stale(s, '1 day', '2024-01-05', '2024-01-05'), NULL, 'a window without width') FROM feed;
SELECT is(time_stale(NULL, '1 day'), NULL, 'no series');
SELECT throws_ok(q, s, NULL, q) FROM (VALUES
	('SELECT time_stale(s, ''0'') FROM feed', '22023'), ('SELECT time_stale(s, ''-1 day'') FROM feed', '22023'),
	('SELECT time_stale(s, ''1 month'') FROM feed', '22023'), ('SELECT time_stale(s, ''1 day'', ''infinity'') FROM feed', '22003'),
	('SELECT share_stale(s, ''1 day'', ''2024-02-01'', ''2024-01-01'') FROM feed', '22023')) v(q, s);

SELECT * FROM finish();
ROLLBACK;
