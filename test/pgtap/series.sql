-- Properties of the type rate_series.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

-- histories full of ties and gaps, of one point and of many, of three kinds of values
CREATE TEMP TABLE history AS
SELECT series, i AS row,
	timestamptz '2024-01-01' + CASE series % 3
		WHEN 0 THEN (random() * 30 * series)::int * interval '1 hour'
		WHEN 1 THEN (random() * 1e9)::bigint * interval '1 microsecond'
		ELSE i * interval '12 seconds' END AS ts,
	CASE series % 4
		WHEN 0 THEN (random() * 20)::int / 64.0::float8
		WHEN 1 THEN 1 + series * 0.001 + round((random() * 1e6)::numeric, 3)::float8 / 1e7
		WHEN 2 THEN (random() - 0.5) * 10 ^ (series - 20)
		ELSE 1 + i / 1e5::float8 + random() * 1e-9 END AS rate
FROM generate_series(1, 40) series, generate_series(1, CASE WHEN series % 10 = 9 THEN 4000 ELSE series * 2 - 1 END) i;

-- the definition in plain SQL: of several rates at the same time the greatest
CREATE TEMP TABLE defined AS SELECT series, ts, max(rate) AS rate FROM history GROUP BY series, ts;

CREATE TEMP TABLE made AS SELECT series, rate_series(ts, rate) AS s FROM history GROUP BY series;

SELECT is_empty($$
	(SELECT series, u.ts, u.rate FROM made, unnest(s) u) EXCEPT SELECT series, ts, rate FROM defined
$$, 'every point of a series is one of its rows');
SELECT is_empty($$
	SELECT series, ts, rate FROM defined EXCEPT (SELECT series, u.ts, u.rate FROM made, unnest(s) u)
$$, 'every row is a point of the series, bit for bit');
SELECT is_empty($$
	SELECT series FROM (SELECT series, u.ts, lag(u.ts) OVER (PARTITION BY series ORDER BY u.ordinality) AS before
		FROM made, unnest(s) WITH ORDINALITY u) x WHERE ts <= before
$$, 'points come in time order');
SELECT is_empty($$
	SELECT series FROM made JOIN (
		SELECT series, count(*) AS n, min(ts) AS first, max(ts) AS last, min(rate) AS least, max(rate) AS greatest
		FROM defined GROUP BY series) d USING (series)
	WHERE (num_rates(s), first_time(s), last_time(s), min_rate(s), max_rate(s)) IS DISTINCT FROM (n, first, last, least, greatest)
$$, 'accessors of a series');

-- laws: any order, any split, any number of times
SELECT is_empty($$
	SELECT series FROM history JOIN made USING (series) GROUP BY series, s
	HAVING rate_series(ts, rate ORDER BY random()) <> s OR rate_series(ts, rate ORDER BY ts DESC, rate) <> s
		OR rate_series(ts, rate ORDER BY ts) <> s
$$, 'a series does not depend on the order of rows');
SELECT is_empty($$
	SELECT series FROM (
		SELECT series, part, rate_series(ts, rate) p
		FROM (SELECT *, (random() * 6)::int AS part FROM history) h GROUP BY series, part
	) x JOIN made USING (series) GROUP BY series, s HAVING rollup(p ORDER BY random()) <> s
$$, 'rollup of any split is the series of the whole');
SELECT is_empty($$
	SELECT series FROM (
		SELECT series, part, rate_series(ts, rate) p
		FROM (SELECT *, ntile(5) OVER (PARTITION BY series ORDER BY ts) AS part FROM history) h GROUP BY series, part
	) x JOIN made USING (series) GROUP BY series, s HAVING rollup(p ORDER BY part) <> s
$$, 'rollup of parts in time order is the series of the whole');
SELECT is_empty($$
	SELECT a.series FROM made a JOIN made b ON b.series = a.series + 3 JOIN made c ON c.series = a.series + 5
	WHERE a.s || b.s <> b.s || a.s OR (a.s || b.s) || c.s <> a.s || (b.s || c.s) OR a.s || a.s <> a.s
		OR rate_series_hash(a.s || b.s) <> rate_series_hash(b.s || a.s)
$$, 'merging is commutative, associative and idempotent, and equal series have equal hashes');
SELECT is_empty($$
	SELECT series FROM made, LATERAL (SELECT first_time(s) + (last_time(s) - first_time(s)) * random() AS cut) c
	WHERE coalesce(slice(s, NULL, cut) || slice(s, cut), slice(s, NULL, cut), slice(s, cut)) <> s
$$, 'a series cut in two is merged again');

-- what is stored is extended as if it were made anew
CREATE TEMP TABLE stored AS
SELECT series, part, rate_series(ts, rate) AS s
FROM (SELECT *, ntile(3) OVER (PARTITION BY series ORDER BY ts) AS part FROM history WHERE series > 3) h GROUP BY series, part;
SELECT is_empty($$
	SELECT series FROM stored a JOIN stored b USING (series) JOIN stored c USING (series) JOIN made m USING (series)
	WHERE (a.part, b.part, c.part) = (1, 2, 3)
		AND (a.s || b.s || c.s <> m.s OR a.s || (b.s || c.s) <> m.s OR c.s || b.s || a.s <> m.s)
$$, 'appending to a stored series gives the series of the whole');

-- of a long series that is stored, the functions that look at a part of it fetch that part
CREATE TEMP TABLE long AS
SELECT rate_series('2024-01-01 00:00+00'::timestamptz + g * interval '1 minute' + random() * interval '50 seconds', 1 + g * 1e-7 + random() * 1e-8) AS s FROM generate_series(1, 300000) g;
CREATE TEMP TABLE moment AS SELECT timestamptz '2023-12-31' + random() * interval '220 days' AS ts FROM generate_series(1, 12)
UNION ALL SELECT first_time(s) FROM long UNION ALL SELECT last_time(s) FROM long;
SELECT cmp_ok(pg_column_size(s), '>', 1000000, 'a long series is stored') FROM long;
SELECT is_empty($$
	SELECT m.ts FROM long, moment m WHERE value_at(s, m.ts) IS DISTINCT FROM (SELECT rate FROM unnest(s) u WHERE u.ts <= m.ts ORDER BY u.ts DESC LIMIT 1)
$$, 'value_at of a stored series');
SELECT is_empty($$
	SELECT m.ts FROM long, moment m
	WHERE slice(s, m.ts, m.ts + interval '9 days') IS DISTINCT FROM (SELECT rate_series(u.ts, u.rate) FROM unnest(s) u WHERE u.ts >= m.ts AND u.ts < m.ts + interval '9 days')
		OR slice(s, m.ts) IS DISTINCT FROM (SELECT rate_series(u.ts, u.rate) FROM unnest(s) u WHERE u.ts >= m.ts)
$$, 'slice of a stored series');
SELECT is_empty($$
	SELECT m.ts FROM long, LATERAL (SELECT rate_series(u.ts, u.rate) AS same FROM unnest(s) u OFFSET 0) x, moment m
	WHERE twap(s, m.ts, m.ts + interval '3 days') IS DISTINCT FROM twap(same, m.ts, m.ts + interval '3 days')
		OR trailing_apr(s, '30 days', m.ts) IS DISTINCT FROM trailing_apr(same, '30 days', m.ts)
$$, 'windows of a stored series are those of the same series made anew');

-- text and binary form
SELECT is_empty($$ SELECT series FROM made WHERE s::text::rate_series <> s $$, 'the text form holds every bit');
SELECT is(binary_copy(rate_series_send(s), 'rate_series'), s::text, format('the binary form of series %s holds every bit', series))
FROM made WHERE series IN (1, 2, 3, 4, 9, 40);
SELECT throws_ok(format('SELECT binary_copy(%L::bytea, %L)', image, 'rate_series'), '22P03', NULL, what)
FROM (
	SELECT ''::bytea, 'no bytes' UNION ALL
	SELECT '\x00', 'one byte' UNION ALL
	SELECT substring(rate_series_send(s) FROM 1 FOR octet_length(rate_series_send(s)) - 1), 'an image that is cut off' FROM made WHERE series = 9 UNION ALL
	SELECT rate_series_send(s) || '\x00', 'an image with a byte too many' FROM made WHERE series = 9
) x (image, what);
-- a changed byte gives an error or another series, never this one
CREATE FUNCTION pg_temp.flip(image bytea, at int, one_bit int) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN binary_copy(set_byte(image, at, get_byte(image, at) # (1 << one_bit)), 'rate_series');
EXCEPTION WHEN invalid_binary_representation THEN
	RETURN 'refused';
END
$$;
SELECT is_empty(format($$
	SELECT place, b FROM made, generate_series(0, octet_length(rate_series_send(s)) - 1) place, generate_series(0, 7) b
	WHERE series = %s AND pg_temp.flip(rate_series_send(s), place, b) = s::text
$$, series), format('no image but one is series %s', series)) FROM (VALUES (2), (4), (5)) v (series);

-- storage: real rates, as they were recorded, daily, and hourly between them; every bit comes back
CREATE TABLE series_rates (ts timestamptz, token text, rate float8);
\copy series_rates FROM 'examples/data/lst_rates.csv' (FORMAT csv, HEADER)
CREATE TABLE series_hourly AS
SELECT h AS ts, token, rate FROM (
	SELECT token, ts, rate, lead(ts) OVER (PARTITION BY token ORDER BY ts) AS until FROM series_rates
) r, generate_series(ts, until - interval '1 second', interval '1 hour') h;
CREATE FUNCTION pg_temp.share_of(rows regclass, token text) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
	bytes bigint;
	lost bigint;
BEGIN
	EXECUTE format('CREATE TEMP TABLE packed ON COMMIT DROP AS SELECT %s AS token, rate_series(ts, rate) AS s FROM %s GROUP BY 1', token, rows);
	SELECT sum(pg_column_size(s)) INTO bytes FROM pg_temp.packed;
	EXECUTE format('SELECT count(*) FROM (SELECT %s, ts, float8send(rate) FROM %s EXCEPT SELECT token, u.ts, float8send(u.rate) FROM pg_temp.packed, unnest(s) u) x', token, rows) INTO lost;
	DROP TABLE pg_temp.packed;
	IF lost > 0 THEN
		RETURN NULL;
	END IF;
	RETURN bytes / (SELECT pg_relation_size(rows))::numeric;
END
$$;
SELECT cmp_ok(pg_temp.share_of('series_rates', 'token'), '<', 0.2, 'daily rates take less than a fifth of their table');
SELECT cmp_ok(pg_temp.share_of('series_hourly', 'token'), '<', 0.05, 'hourly rates that step once a day take less than a twentieth');

-- parallel plans
CREATE TABLE series_history AS SELECT * FROM history ORDER BY random();
ANALYZE series_history;
SELECT force_parallel() \g /dev/null
SELECT matches(explained('SELECT series, rate_series(ts, rate) FROM series_history GROUP BY series'), 'Partial',
	'rate_series runs in parallel plans');
SELECT is_empty($$
	SELECT series FROM (SELECT series, rate_series(ts, rate) p FROM series_history GROUP BY series) x JOIN made USING (series) WHERE p <> s
$$, 'parallel equals serial');
SELECT force_serial() \g /dev/null

-- of a long history only the part that is asked for is fetched, at its beginning, too
CREATE TABLE series_long AS
SELECT rate_series(timestamptz '2020-01-01+00' + i * interval '1 minute', random()) AS s FROM generate_series(1, 300000) i;
CREATE FUNCTION pg_temp.pages(query text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (ANALYZE, BUFFERS, TIMING off, FORMAT json) ' || query INTO plan;
	RETURN (plan->0->'Plan'->>'Shared Hit Blocks')::bigint + (plan->0->'Plan'->>'Shared Read Blocks')::bigint;
END
$$;
SELECT cmp_ok(10 * pg_temp.pages('SELECT num_rates(slice(s, start_time, start_time + interval ''1 day'')) FROM series_long, (VALUES (' || t || ')) v(start_time)'),
	'<', pg_temp.pages('SELECT twap(s) FROM series_long'), 'a slice at ' || t || ' fetches a part only')
FROM (VALUES ('timestamptz ''2019-12-31 12:00+00'''), ('timestamptz ''2020-05-01+00'''), ('timestamptz ''-infinity''')) v(t);
SELECT cmp_ok(10 * pg_temp.pages('SELECT ' || call || ' FROM series_long'),
	'<', pg_temp.pages('SELECT twap(s) FROM series_long'), call || ' fetches a part only')
FROM (VALUES ('value_at(s, ''2019-12-31+00'')'), ('value_at(s, ''2020-01-01 00:01+00'')'), ('twap(s, NULL, ''2020-01-02+00'')'),
	('trailing_apr(s, ''1 hour'', ''2020-01-01 02:00+00'')'), ('below_since(s, 2, ''2020-01-02+00'')')) v(call);

-- limits are told
SET LOCAL work_mem = '64kB';
SET LOCAL client_min_messages = error;
SELECT lives_ok($$ SELECT rate_series(now() + g * interval '1 second', 1.0::float8) FROM generate_series(1, 100000) g $$,
	'a series that needs more than work_mem is made');

SELECT * FROM finish();
ROLLBACK;
