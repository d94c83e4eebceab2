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
		OR _rate_series_hash(a.s || b.s) <> _rate_series_hash(b.s || a.s)
$$, 'merging is commutative, associative and idempotent, and equal series have equal hashes');
SELECT is_empty($$
	SELECT series FROM made, LATERAL (SELECT first_time(s) + (last_time(s) - first_time(s)) * random() AS cut) c
	WHERE coalesce(slice(s, NULL, cut) || slice(s, cut), slice(s, NULL, cut), slice(s, cut)) <> s
$$, 'a series cut in two is merged again');

-- a part cut out and put back; a part put in place of another, twice
CREATE TEMP TABLE cut AS
SELECT series, s, least(a, b) AS start_time, greatest(a, b) AS end_time
FROM made, LATERAL (SELECT first_time(s) + (last_time(s) - first_time(s)) * random() AS a, first_time(s) + (last_time(s) - first_time(s)) * random() AS b) x;
SELECT is_empty($$
	SELECT series FROM cut
	WHERE remove(s, start_time, end_time) || slice(s, start_time, end_time) IS DISTINCT FROM s
		OR replace(s, start_time, end_time, slice(s, start_time, end_time)) IS DISTINCT FROM s
		OR remove(s, NULL, end_time) IS DISTINCT FROM slice(s, end_time) OR remove(s, start_time, NULL) IS DISTINCT FROM slice(s, NULL, start_time)
$$, 'remove and replace leave what slice takes');
SELECT is_empty($$
	SELECT c.series FROM cut c JOIN made n ON n.series = c.series % 39 + 2,
		LATERAL (SELECT replace(c.s, start_time, end_time, n.s) AS once) r
	WHERE once IS DISTINCT FROM (SELECT rate_series(ts, rate) FROM
			(SELECT ts, rate FROM unnest(c.s) WHERE ts < start_time OR ts >= end_time UNION ALL SELECT ts, rate FROM unnest(n.s)) x)
		OR replace(once, start_time, end_time, n.s) IS DISTINCT FROM once
$$, 'replace: the definition in plain SQL; done twice it changes nothing');

-- of every aggregate there is one for timestamps and one for dates, which mean the same in any session
SET LOCAL timezone = 'America/New_York';
CREATE TEMP TABLE timed AS
SELECT series, ts, ts AT TIME ZONE 'UTC' AS utc, rate, (ts AT TIME ZONE 'UTC')::date AS day, date_trunc('day', ts, 'UTC') AS day_utc FROM history WHERE series % 4 IN (1, 3);
CREATE FUNCTION pg_temp.differing(aggregate text, type text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	n bigint;
BEGIN
	EXECUTE format($f$
		SELECT count(*) FROM (SELECT %1$s(ts, rate::%2$s)::text AS a, %1$s(utc, rate::%2$s)::text AS b, %1$s(day_utc, rate::%2$s)::text AS c,
			%1$s(day, rate::%2$s)::text AS d FROM timed GROUP BY series) x
		WHERE a IS DISTINCT FROM b OR c IS DISTINCT FROM d$f$, aggregate, type) INTO n;
	RETURN n;
END
$$;
SELECT is(pg_temp.differing(aggregate, type), 0::bigint, format('%s of timestamps, dates and %s', aggregate, type))
FROM unnest(ARRAY['rate_series', 'twap', 'twap_linear', 'integral', 'time_weighted_stddev', 'volatility', 'downside_deviation', 'max_drawdown',
	'current_drawdown', 'ulcer_index']) aggregate, unnest(ARRAY['float8', 'numeric']) type;
SELECT isnt(rate_series(ts, rate), rate_series(utc::timestamptz, rate), 'a cast in the session''s zone is something else') FROM timed;
RESET timezone;

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
SELECT is(binary_copy(_rate_series_send(s), 'rate_series'), s::text, format('the binary form of series %s holds every bit', series))
FROM made WHERE series IN (1, 2, 3, 4, 9, 40);
SELECT throws_ok(format('SELECT binary_copy(%L::bytea, %L)', image, 'rate_series'), '22P03', NULL, what)
FROM (
	SELECT ''::bytea, 'no bytes' UNION ALL
	SELECT '\x00', 'one byte' UNION ALL
	SELECT substring(_rate_series_send(s) FROM 1 FOR octet_length(_rate_series_send(s)) - 1), 'an image that is cut off' FROM made WHERE series = 9 UNION ALL
	SELECT _rate_series_send(s) || '\x00', 'an image with a byte too many' FROM made WHERE series = 9
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
	SELECT place, b FROM made, generate_series(0, octet_length(_rate_series_send(s)) - 1) place, generate_series(0, 7) b
	WHERE series = %s AND pg_temp.flip(_rate_series_send(s), place, b) = s::text
$$, series), format('no image but one is series %s', series)) FROM (VALUES (2), (4), (5)) v (series);

-- bytes that are still in use when an expression of a series has been computed, more than before
CREATE FUNCTION pg_temp.kept(expression text, source text) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
	before numeric;
	ignored text;
	after numeric;
BEGIN
	SELECT sum(used_bytes) INTO before FROM pg_backend_memory_contexts;
	EXECUTE format('SELECT %s, (SELECT sum(used_bytes) FROM pg_backend_memory_contexts) FROM %s', expression, source) INTO ignored, after;
	RETURN after - before;
END
$$;

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

-- a hash lets go of what it fetched, and is that of the bytes, in parts
SELECT cmp_ok(pg_temp.kept(call || ' + ' || call || ' + ' || call || ' + ' || call, 'series_long'), '<', (SELECT 2 * pg_column_size(s) FROM series_long)::numeric,
	call || ' keeps no copy') FROM unnest(ARRAY['_rate_series_hash(s)::numeric', '_rate_series_hash_extended(s, 1)::numeric']) call;
SELECT is(_rate_series_hash(s), ('x' || right(to_hex(_rate_series_hash_extended(s, 0)), 8))::bit(32)::int, 'the hash is the low half of the hash with seed 0')
FROM (SELECT s FROM series_long UNION ALL SELECT s FROM made WHERE series < 5) x;
SELECT isnt(_rate_series_hash_extended(s, 1), _rate_series_hash_extended(s, 0), 'a seed changes the hash') FROM series_long;
-- nor does a grid on a clock keep anything for every edge
SELECT cmp_ok(pg_temp.kept('correlation(s, s, ''1 day'', ''delta'', ''Europe/Berlin'')', $$ (SELECT rate_series '[(2000-01-01Z,1),(2300-01-01Z,2),(2600-01-01Z,5)]' AS s OFFSET 0) x $$),
	'<', 3000000.0, 'edges of days keep no memory');

-- limits are told
SET LOCAL work_mem = '64kB';
SET LOCAL client_min_messages = error;
SELECT lives_ok($$ SELECT rate_series(now() + g * interval '1 second', 1.0::float8) FROM generate_series(1, 100000) g $$,
	'a series that needs more than work_mem is made');

SELECT * FROM finish();
ROLLBACK;
