-- rate_series: the type, its aggregate and what reads it
\set VERBOSITY terse

-- text form: any order in, time order out; of two values at the same time the greater
SELECT '[(2024-01-02T00:00:00+00:00,1.2),(2024-01-01T00:00:00+00:00,1.1),(2024-01-02T00:00:00+00:00,1.3)]'::rate_series;
SELECT ' [(2024-01-01T00:00:00Z,-0),(2024-01-02T00:00:00.000001Z,5e-324),(2024-01-03T00:00:00Z,-1.7976931348623157e+308)] '::rate_series;
SELECT '[(4714-11-24T00:00:00+00:00 BC,1),(294276-12-31T23:59:59.999999+00:00,2)]'::rate_series;
SET timezone = 'Asia/Tokyo';
SET datestyle = 'German';
SET extra_float_digits = -15;
SELECT '[(2024-01-01T00:00:00+00:00,0.1)]'::rate_series;
RESET timezone;
RESET datestyle;
RESET extra_float_digits;

-- what is no series
SELECT ''::rate_series;
SELECT '[]'::rate_series;
SELECT '[()]'::rate_series;
SELECT '[(2024-01-01T00:00:00+00:00)]'::rate_series;
SELECT '[(2024-01-01T00:00:00+00:00,1]'::rate_series;
SELECT '[(2024-01-01T00:00:00+00:00,1),]'::rate_series;
SELECT '[(2024-01-01T00:00:00+00:00,1)'::rate_series;
SELECT '[(2024-01-01T00:00:00+00:00,1)] x'::rate_series;
SELECT '[(2024-01-01T00:00:00+00:00,1)(2024-01-02T00:00:00+00:00,1)]'::rate_series;
SELECT '[(2024-01-01T00:00:00+00:00,NaN)]'::rate_series;
SELECT '[(2024-01-01T00:00:00+00:00,1e999)]'::rate_series;
SELECT '[(2024-01-01T00:00:00+00:00, 1)]'::rate_series;
SELECT '[(infinity,1)]'::rate_series;
SELECT '[(now,1)]'::rate_series;
SELECT '[(2024-01-01,1)]'::rate_series;
SELECT '[(2024-02-30T00:00:00+00:00,1)]'::rate_series;

-- the aggregate: rows in any order, NULLs skipped, numeric or float8
CREATE TEMP TABLE points (ts timestamptz, rate float8);
INSERT INTO points VALUES
	('2024-01-03 00:00+00', 1.3), ('2024-01-01 00:00+00', 1.1), ('2024-01-02 00:00+00', 1.2),
	('2024-01-02 00:00+00', 1.15), (NULL, 9), ('2024-01-09 00:00+00', NULL);
SELECT rate_series(ts, rate) FROM points;
SELECT rate_series(ts, rate::numeric) FROM points;
SELECT rate_series(ts, rate) FROM points WHERE false;
SELECT rate_series(ts, rate) FROM points WHERE rate IS NULL;
SELECT rate_series(ts, rate) FILTER (WHERE rate < 1.25) FROM points;
SELECT ts, rate_series(ts, rate) OVER (ORDER BY ts ROWS 1 PRECEDING) FROM points WHERE rate < 2;
SELECT rate_series('infinity', 1.0::float8);
SELECT rate_series('2024-01-01', 'NaN'::float8);
SELECT rate_series('2024-01-01', '-Infinity'::float8);
SELECT rate_series('2024-01-01', 'NaN'::numeric);
SELECT rate_series('2024-01-01', 1e400::numeric);

-- merging
CREATE TEMP TABLE s AS SELECT ts, rate_series(ts, rate) AS series FROM points WHERE ts IS NOT NULL AND rate IS NOT NULL GROUP BY ts;
SELECT rollup(series) FROM s;
SELECT rollup(series ORDER BY ts DESC) = rollup(series ORDER BY ts) AS same FROM s;
SELECT rollup(series) FROM s WHERE false;
SELECT a.series || b.series AS merged, (a.series || b.series) = (b.series || a.series) AS commutes, (a.series || a.series) = a.series AS idempotent
FROM s a, s b WHERE a.ts < b.ts ORDER BY a.ts, b.ts LIMIT 1;

-- accessors
SELECT num_rates(s), first_time(s) AT TIME ZONE 'UTC' AS first_time, first_rate(s), last_time(s) AT TIME ZONE 'UTC' AS last_time, last_rate(s), min_rate(s), max_rate(s)
FROM (SELECT rate_series(ts, rate) AS s FROM points) p;
-- a negative zero is below zero, whether the series was stored or has just been made
SELECT min_rate(s) AS made, max_rate(s), min_rate(stored), max_rate(stored), float8send(min_rate(slice(s))) = float8send(min_rate(stored)) AS same
FROM (SELECT rate_series '[(2024-01-01Z,0),(2024-01-02Z,-0),(2024-01-03Z,0)]' AS stored) x, slice(stored) s;
SELECT rate_summary(s), s::rate_summary = r AS same FROM (SELECT rate_series(ts, rate) AS s, rate_agg(ts, rate) AS r FROM points WHERE rate <> 1.15) p;
SELECT round(apr(s)::numeric, 9) AS apr, apr(s) = apr(r) AS same_apr, apy(s) = apy(r) AS same_apy, log_yield(s, 360) = log_yield(r, 360) AS same_log_yield
FROM (SELECT rate_series(ts, rate) AS s, rate_agg(ts, rate) AS r FROM points) p;
SELECT apr('[(2024-01-01T00:00:00Z,1)]'::rate_series);
SELECT apr('[(2024-01-01T00:00:00Z,-1),(2024-01-02T00:00:00Z,1)]'::rate_series);
SELECT apr('[(2024-01-01T00:00:00Z,1),(2024-01-02T00:00:00Z,1)]'::rate_series, 0);

-- a part of it
SELECT slice(s, '2024-01-02+00'), slice(s, NULL, '2024-01-02+00'), slice(s, '2024-01-02+00', '2024-01-03+00'), slice(s, '-infinity', 'infinity') = s AS whole, slice(s) = s AS unbounded
FROM (SELECT rate_series(ts, rate) AS s FROM points) p;
SELECT slice(s, '2025-01-01+00'), slice(s, '2024-01-02+00', '2024-01-02+00') FROM (SELECT rate_series(ts, rate) AS s FROM points) p;
SELECT slice(s, 'infinity') IS NULL AS nothing_later, slice(s, NULL, '-infinity') IS NULL AS nothing_earlier FROM (SELECT rate_series(ts, rate) AS s FROM points) p;
SELECT slice(s, 'infinity', '2024-01-01+00') FROM (SELECT rate_series(ts, rate) AS s FROM points) p;
SELECT slice(s, '2025-01-01+00', '2024-01-01+00') FROM (SELECT rate_series(ts, rate) AS s FROM points) p;
SELECT ts AT TIME ZONE 'UTC' AS ts, rate FROM unnest((SELECT rate_series(ts, rate) FROM points));
SELECT * FROM unnest(NULL::rate_series);

-- comparison, and what needs it
SELECT count(DISTINCT series) FROM s;
SELECT a.series = b.series AS eq, a.series <> b.series AS ne, (a.series < b.series) <> (a.series > b.series) AS one_less,
	(a.series <= b.series) <> (a.series >= b.series) AS one_not_less
FROM s a, s b WHERE a.ts < b.ts ORDER BY a.ts, b.ts LIMIT 1;
CREATE INDEX ON s (series);
CREATE INDEX ON s USING hash (series);

-- stored, as a month a row, kept current by an upsert
CREATE TEMP TABLE monthly (token text, month date, series rate_series, PRIMARY KEY (token, month));
INSERT INTO monthly SELECT 'x', '2024-01-01', rate_series(ts, rate) FROM points;
INSERT INTO monthly AS m SELECT 'x', '2024-01-01', rate_series('2024-01-04 00:00+00', 1.4::float8)
	ON CONFLICT (token, month) DO UPDATE SET series = m.series || EXCLUDED.series;
INSERT INTO monthly AS m SELECT 'x', '2024-01-01', rate_series('2024-01-04 00:00+00', 1.4::float8)
	ON CONFLICT (token, month) DO UPDATE SET series = m.series || EXCLUDED.series;
SELECT series FROM monthly;

-- a variable of PL/pgSQL keeps its value when it is merged into another
DO $$
DECLARE
	a rate_series := '[(2024-01-01T00:00:00Z,1)]';
	b rate_series;
BEGIN
	b := a || '[(2024-01-02T00:00:00Z,2)]';
	a := a || a;
	RAISE NOTICE '% %', a, b;
END $$;

-- a parameter is one object for all rows and all uses, and none of them changes it
CREATE FUNCTION pg_temp.made(points text) RETURNS rate_series LANGUAGE plpgsql AS 'BEGIN RETURN slice(points::rate_series); END';
CREATE TEMP TABLE tok AS SELECT g AS id, rate_series(timestamptz '2024-01-01 00:00+00' + g * interval '1 day', g) AS s FROM generate_series(1, 4) g GROUP BY g ORDER BY g;
SET test.points = '[(2023-01-02T00:00:00Z,2),(2023-01-01T00:00:00Z,1)]';
SET plan_cache_mode = force_generic_plan;
PREPARE merged(rate_series) AS SELECT id, $1 || s AS s, num_rates(s || $1) AS swapped, num_rates($1 || $1) AS twice, num_rates($1) AS points FROM tok ORDER BY id;
EXECUTE merged(pg_temp.made(current_setting('test.points')));
EXECUTE merged(_rate_series_in(textout(current_setting('test.points'))));
PREPARE used(rate_series) AS SELECT num_rates(_rate_series_combine($1, s)) AS combined, num_rates(_rate_series_accum($1, first_time(s), 1)) AS accumulated,
	num_rates($1 || s || $1) AS merged, lttb($1, 10) = $1 AS same, num_rates($1) AS points FROM tok ORDER BY id;
EXECUTE used(pg_temp.made(current_setting('test.points')));
PREPARE updated(rate_series) AS UPDATE tok SET s = $1 || s RETURNING id, num_rates(s);
EXECUTE updated(pg_temp.made(current_setting('test.points')));
EXECUTE updated(_rate_series_in(textout(current_setting('test.points'))));
PREPARE rolled(rate_series) AS SELECT rollup($1), num_rates(rollup($1 || s)) AS with_rows FROM tok;
EXECUTE rolled(pg_temp.made(current_setting('test.points')));
-- not even a function that owns what it is given
CREATE FUNCTION pg_temp.appended(s rate_series, day int) RETURNS rate_series LANGUAGE plpgsql AS $$
BEGIN
	s := s || _rate_series_accum(NULL, '2024-01-01 00:00+00'::timestamptz + day * interval '1 day', day);
	RETURN s;
END $$;
PREPARE owned(rate_series) AS SELECT num_rates(pg_temp.appended($1, id)) AS once, num_rates(pg_temp.appended(pg_temp.appended($1, id), id + 1)) AS twice, num_rates($1) AS points
FROM tok ORDER BY id;
EXECUTE owned(pg_temp.made(current_setting('test.points')));
EXECUTE owned(_rate_series_in(textout(current_setting('test.points'))));
RESET plan_cache_mode;
-- in a loop of PL/pgSQL a series grows
DO $$
DECLARE
	s rate_series;
BEGIN
	FOR day IN 1 .. 5 LOOP
		s := s || _rate_series_accum(NULL, '2024-01-01 00:00+00'::timestamptz + day * interval '1 day', day);
	END LOOP;
	s := s || s;
	RAISE NOTICE '%', s;
END $$;
-- an aggregate that somebody makes of the operator
CREATE AGGREGATE pg_temp.all_of(rate_series) (SFUNC = _rate_series_merge, STYPE = rate_series);
SELECT pg_temp.all_of(CASE WHEN id <> 3 THEN s END ORDER BY id) = rollup(s) FILTER (WHERE id <> 3) AS same, pg_temp.all_of(NULL) IS NULL AS none FROM tok;
SELECT id % 2 AS odd, num_rates(pg_temp.all_of(CASE WHEN id <> 3 THEN s END)) FROM tok GROUP BY 1 ORDER BY 1;

-- NULL is the series without points
SELECT NULL::rate_series || '[(2024-01-01Z,1)]' AS right, '[(2024-01-01Z,1)]'::rate_series || NULL AS left, NULL::rate_series || NULL AS none;

-- points put right and taken out
CREATE TEMP VIEW days AS SELECT rate_series '[(2024-01-01Z,1),(2024-01-02Z,2),(2024-01-03Z,3),(2024-01-04Z,4)]' AS s;
SELECT remove(s, '2024-01-02+00', '2024-01-04+00'), remove(s, NULL, '2024-01-04+00') AS last, remove(s, '2024-01-02+00', NULL) AS first,
	remove(s, NULL, NULL) AS none, remove(s, '2024-01-02+00', '2024-01-02+00') = s AS all, remove(NULL, '2024-01-02+00', NULL) AS of_null FROM days;
SELECT remove(s, '-infinity', 'infinity') AS none, remove(s, 'infinity', NULL) = s AS all, remove(s, '2024-02-01+00', NULL) = s AS all_too FROM days;
SELECT replace(s, '2024-01-02+00', '2024-01-04+00', '[(2024-01-02 12:00Z,2.5)]') FROM days;
SELECT replace(s, '2024-01-02+00', '2024-01-04+00', NULL) = remove(s, '2024-01-02+00', '2024-01-04+00') AS removed, replace(NULL, '2024-01-02+00', NULL, s) = s AS new,
	replace(s, NULL, NULL, slice(s, '2024-01-04+00')) AS all_new, replace(NULL, NULL, NULL, NULL) AS none FROM days;
-- a value can be put right to a smaller one, which a merge cannot; points outside the span are merged
SELECT replace(s, '2024-01-02+00', '2024-01-03+00', '[(2024-01-02Z,1.5),(2024-01-04Z,5),(2024-01-03Z,0)]'), s || '[(2024-01-02Z,1.5)]' = s AS merged_away FROM days;
SELECT replace(r, '2024-01-02+00', '2024-01-03+00', '[(2024-01-02Z,1.5)]') = r AS again
FROM days, replace(s, '2024-01-02+00', '2024-01-03+00', '[(2024-01-02Z,1.5)]') r;
SELECT remove(s, '2024-01-03+00', '2024-01-02+00') FROM days;
SELECT replace(s, '2024-01-03+00', '2024-01-02+00', s) FROM days;

-- times without a zone are UTC, dates their first moment there
SET timezone = 'America/New_York';
SELECT rate_series(t, 1) = rate_series(t AT TIME ZONE 'UTC', 1) AS timestamps, rate_series(t::date, 1) = rate_series(t::date::timestamp AT TIME ZONE 'UTC', 1) AS dates
FROM generate_series(timestamp '2024-03-10', '2024-03-11', '1 hour') t;
SELECT remove(s, timestamp '2024-01-02', timestamptz '2024-01-04+00') = remove(s, timestamptz '2024-01-02+00', timestamp '2024-01-04') AS mixed,
	replace(s, timestamp '2024-01-02', timestamp '2024-01-04', NULL) AS both FROM days;
SELECT rate_series(d, 1) FROM (VALUES (date '294277-01-01')) v(d);
SELECT rate_series(d, 1) FROM (VALUES (date 'infinity')) v(d);
RESET timezone;

CREATE FUNCTION pg_temp.is_refused(points text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
	RETURN points::rate_series IS NULL;
EXCEPTION WHEN invalid_text_representation THEN
	RETURN true;
END $$;
-- a number of the text form is decimal and one of double precision
SELECT number, pg_temp.is_refused(format('[(2024-01-01Z,%s)]', number)) AS refused
FROM (VALUES ('0x1p3'), ('inf'), ('nan'), ('1_000'), ('1e400'), ('1e-400'), (''), ('1e3')) v(number);
SELECT '[(2024-01-01Z,5e-324),(2024-01-02Z,1E+3),(2024-01-03Z,-0)]'::rate_series;

-- thousands of points: out of line, in several blocks
CREATE TEMP TABLE long AS SELECT rate_series('2024-01-01 00:00+00'::timestamptz + g * interval '1 minute', 1 + g / 1000000.0::float8) AS series
FROM generate_series(0, 4999) g;
SELECT num_rates(series), first_rate(series), last_rate(series), pg_column_size(series) < 5000 * 10 AS small FROM long;
SELECT count(*), bool_and(rate = 1 + (extract(epoch FROM ts - '2024-01-01 00:00+00') / 60)::float8 / 1000000.0::float8) AS exact FROM long, unnest(series);
SELECT num_rates(slice(series, '2024-01-02+00', '2024-01-03+00')), first_time(slice(series, '2024-01-02+00')) AT TIME ZONE 'UTC' AS first_time FROM long;

-- numbers without a type are still numbers
SELECT premium('1.5', '1.25');
PREPARE p AS SELECT premium($1, $2);
EXECUTE p ('1.5', '1.25');
