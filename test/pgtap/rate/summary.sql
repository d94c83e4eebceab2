-- Properties and vectors of domain rate.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

-- premium: vectors
CREATE TEMP TABLE premium_case (market float8, fair float8, expected numeric, tol numeric, abs_tol numeric,
	kind text, source text);
\copy premium_case FROM 'test/vectors/rate/premium.csv' (FORMAT csv, HEADER)
SELECT ok(is_close(premium(market, fair), expected, tol, abs_tol),
	format('premium(%s, %s): %s', market, fair, source))
FROM premium_case;
SELECT cmp_ok(count(*)::int, '>=', 36, 'all vectors of premium were loaded') FROM premium_case;

-- rate_agg: its definition in plain SQL, on histories full of ties
CREATE TEMP TABLE history AS
SELECT series, i AS row, timestamptz '2024-01-01' + (random() * 20)::int * interval '1 hour' AS ts,
	1 + (random() * 20)::int / 64.0::float8 AS rate
FROM generate_series(1, 40) series, generate_series(1, 50) i;

CREATE TEMP TABLE defined AS
SELECT series, first_time, last_time, num_rates, min_rate, max_rate,
	(SELECT max(rate) FROM history x WHERE x.series = d.series AND x.ts = d.first_time) AS first_rate,
	(SELECT max(rate) FROM history x WHERE x.series = d.series AND x.ts = d.last_time) AS last_rate
FROM (
	SELECT series, min(ts) AS first_time, max(ts) AS last_time, count(*) AS num_rates,
		min(rate) AS min_rate, max(rate) AS max_rate
	FROM history GROUP BY series
) d;

SELECT is_empty($$
	SELECT series FROM (SELECT series, rate_agg(ts, rate) s FROM history GROUP BY series) a JOIN defined d USING (series)
	WHERE (first_time(s), last_time(s), num_rates(s), min_rate(s), max_rate(s), first_rate(s), last_rate(s))
		IS DISTINCT FROM (first_time, last_time, num_rates, min_rate, max_rate, first_rate, last_rate)
$$, 'rate_agg and its accessors meet the definition in plain SQL');

SELECT is_empty($$
	SELECT series FROM history GROUP BY series
	HAVING rate_agg(ts, rate ORDER BY row) <> rate_agg(ts, rate ORDER BY random())
		OR rate_agg(ts, rate ORDER BY row) <> rate_agg(ts, rate ORDER BY ts DESC, rate)
$$, 'rate_agg does not depend on the order of rows');

SELECT is_empty($$
	SELECT series FROM (
		SELECT series, part, rate_agg(ts, rate) s
		FROM (SELECT *, (random() * 6)::int AS part FROM history) h GROUP BY series, part
	) p GROUP BY series
	HAVING rollup(s ORDER BY random()) <> (SELECT rate_agg(ts, rate) FROM history h WHERE h.series = p.series)
$$, 'rollup of any split is the summary of the whole');

SELECT is_empty($$
	SELECT 1 FROM (
		SELECT rollup(s) OVER (ORDER BY series ROWS 3 PRECEDING) AS moving,
			(SELECT rate_agg(ts, rate) FROM history h WHERE h.series BETWEEN a.series - 3 AND a.series) AS whole
		FROM (SELECT series, rate_agg(ts, rate) s FROM history GROUP BY series) a
	) x WHERE moving IS DISTINCT FROM whole
$$, 'rollup over a moving frame');

-- moving frames of every kind: the inverse must let go of the row that leaves
SELECT is_empty(format($$
	SELECT 1 FROM (
		SELECT rate_agg(ts, rate) OVER w AS moving, array_agg(ts) OVER w AS tss, array_agg(rate) OVER w AS rates
		FROM (SELECT series, row, ts, CASE WHEN row %% 7 <> 0 THEN rate END AS rate FROM history) h
		WINDOW w AS (PARTITION BY series ORDER BY %s %s)
	) x WHERE moving IS DISTINCT FROM (SELECT rate_agg(t, r) FROM unnest(tss, rates) u(t, r))
$$, key, frame), 'rate_agg OVER (ORDER BY ' || key || ' ' || frame || ')')
FROM (VALUES
	('ts', 'RANGE ''3 hours'' PRECEDING'),
	('ts', 'RANGE BETWEEN ''2 hours'' PRECEDING AND ''2 hours'' FOLLOWING'),
	('row', 'ROWS 5 PRECEDING'),
	('row', 'ROWS BETWEEN 5 PRECEDING AND 2 PRECEDING'),
	('row', 'ROWS BETWEEN 1 FOLLOWING AND 4 FOLLOWING'),
	('row', 'ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING'),
	('ts', 'GROUPS 2 PRECEDING'),
	('row', 'ROWS BETWEEN 3 PRECEDING AND 3 FOLLOWING EXCLUDE CURRENT ROW'),
	('row', 'ROWS UNBOUNDED PRECEDING')
) f(key, frame);

-- serial and parallel
CREATE TABLE parallel_history AS
SELECT g % 5 AS series, timestamptz '2024-01-01' + (g * 7919 % 100003) * interval '1 minute' AS ts,
	1 + (g * 104729 % 1000003) / 1e6::float8 AS rate
FROM generate_series(1::bigint, 200000) g;
ANALYZE parallel_history;
SELECT force_parallel();
SELECT ok(explained($$SELECT series, rate_agg(ts, rate) FROM parallel_history GROUP BY series$$) LIKE '%Partial%Aggregate%',
	'rate_agg has a partial plan');
CREATE TEMP TABLE parallel_result AS SELECT series, rate_agg(ts, rate) s FROM parallel_history GROUP BY series;
SELECT force_serial();
SELECT ok(explained($$SELECT series, rate_agg(ts, rate) FROM parallel_history GROUP BY series$$) NOT LIKE '%Partial%',
	'the plan to compare with is serial');
SELECT is_empty($$
	SELECT series FROM (SELECT series, rate_agg(ts, rate) s FROM parallel_history GROUP BY series) a
	JOIN parallel_result p USING (series) WHERE a.s <> p.s
$$, 'rate_agg in a parallel plan equals that in a serial one, bit for bit');
SELECT is((SELECT count(*) FROM parallel_result), 5::bigint, 'all groups are there');

-- text and binary round trips
SELECT is_empty($$
	SELECT 1 FROM (SELECT series, rate_agg(ts, rate) s FROM history GROUP BY series) a WHERE s::text::rate_summary <> s
$$, 'text round trip');
SELECT is(_rate_summary_send(s::text::rate_summary), _rate_summary_send(s), 'text round trip of awkward doubles: ' || s::text)
FROM (
	SELECT rate_agg(ts, rate) s FROM (VALUES
		(1, timestamptz '4714-11-24 00:00:00+00 BC', 5e-324::float8), (1, '294276-12-31 23:59:59.999999+00', 1.7976931348623157e308),
		(2, '2024-02-29 23:59:59.999999+00', 0.1), (2, '0001-01-01 00:00:00+00', 1.0 / 3),
		(3, '1999-12-31 23:59:59.000001+00', 2.2250738585072014e-308), (3, '2000-01-01 00:00:00+00', 1.0000000000000002)
	) v(g, ts, rate) GROUP BY g
) x;
SELECT is(binary_copy(_rate_summary_send(s), 'rate_summary')::rate_summary, s, 'binary round trip')
FROM (SELECT rate_agg(ts, rate) s FROM history GROUP BY series) a;

-- settings of the session do not change the text
SELECT rate_agg(ts, rate)::text AS plain FROM history \gset
SET timezone = 'Asia/Kathmandu'; SET datestyle = 'SQL, DMY'; SET extra_float_digits = -10;
SELECT is(rate_agg(ts, rate)::text, :'plain', 'text does not depend on settings') FROM history;
SELECT is(:'plain'::rate_summary::text, :'plain', 'nor does reading it');
RESET timezone; RESET datestyle; RESET extra_float_digits;

-- corrupt images: each field of a good one replaced by a bad value
CREATE TEMP TABLE image AS SELECT _rate_summary_send(
	'(2024-01-01T00:00:00+00:00,1,2024-02-01T00:00:00+00:00,1.1,0.9,1.2,5)') AS good;
SELECT throws_ok(
	format($$SELECT binary_copy(overlay(good placing %L::bytea from %s), 'rate_summary') FROM image$$, bytes, 1 + 8 * field),
	'22P03', NULL, format('binary: %s in field %s', what, field))
FROM (VALUES
	(0, '\x7fffffffffffffff'::bytea, 'an infinite time'), (0, '\x8000000000000000', 'a negative infinite time'),
	(2, '\x0000000000000000', 'a last time before the first'), (2, '\x7fffffffffffffff', 'an infinite time'),
	(1, '\x7ff8000000000000', 'NaN'), (3, '\x7ff0000000000000', 'Infinity'), (4, '\x0000000000000000', 'a zero rate'),
	(5, '\xbff0000000000000', 'a negative rate'), (5, '\x3ff0000000000000', 'a greatest rate below the last'),
	(4, '\x4000000000000000', 'a least rate above the first'), (6, '\x0000000000000000', 'no rates'),
	(6, '\xffffffffffffffff', 'a negative number'), (6, '\x0000000000000001', 'one rate with two times'),
	(6, '\x0000000000000002', 'two rates and four values'), (6, '\x0000000000000003', 'three rates and four values')
) v(field, bytes, what);
SELECT throws_ok($$SELECT binary_copy(substr(good, 1, 55), 'rate_summary') FROM image$$, '08P01', NULL, 'binary: too short');
SELECT throws_ok($$SELECT binary_copy(good || '\x00', 'rate_summary') FROM image$$, '22P03', NULL, 'binary: too long');

-- it can be stored, grouped, sorted, joined and indexed
-- summaries that differ for sure
CREATE TEMP TABLE stored AS SELECT series, rate_agg(ts, rate + series) s FROM history GROUP BY series;
SELECT lives_ok('CREATE UNIQUE INDEX ON stored USING btree (s)', 'btree index');
SELECT lives_ok('CREATE INDEX ON stored USING hash (s)', 'hash index');
SELECT is((SELECT count(*) FROM (SELECT s FROM stored UNION ALL SELECT s FROM stored) x), 80::bigint, 'rows');
SELECT is((SELECT count(*) FROM (SELECT s FROM stored UNION SELECT s FROM stored) x), 40::bigint, 'UNION knows equals');
SELECT is((SELECT count(*) FROM stored a JOIN stored b USING (s)), 40::bigint, 'join');
SELECT is_empty($$
	SELECT 1 FROM (SELECT s, lag(s) OVER (ORDER BY s) AS before FROM stored) x
	WHERE NOT (before < s AND before <= s AND s > before AND s >= before AND s <> before AND NOT s = before)
$$, 'operators agree with the sort order');

-- every object says what it is
SELECT is_empty($$
	SELECT pg_describe_object(classid, objid, 0) FROM pg_depend
	WHERE refobjid = (SELECT oid FROM pg_extension WHERE extname = 'pg_yield') AND deptype = 'e'
		AND classid IN ('pg_proc'::regclass, 'pg_type'::regclass, 'pg_operator'::regclass, 'pg_opclass'::regclass)
		AND obj_description(objid, classid::regclass::text) IS NULL
		AND NOT (classid = 'pg_type'::regclass AND (SELECT typelem <> 0 FROM pg_type WHERE oid = objid))
$$, 'every object has a comment');
SELECT is_empty($$
	SELECT p.oid::regprocedure FROM pg_proc p JOIN pg_depend d ON d.objid = p.oid AND d.classid = 'pg_proc'::regclass
	WHERE refobjid = (SELECT oid FROM pg_extension WHERE extname = 'pg_yield') AND deptype = 'e'
		AND (provolatile <> 'i' OR proparallel <> 's')
$$, 'every function is immutable and parallel safe');

SELECT * FROM finish();
ROLLBACK;
