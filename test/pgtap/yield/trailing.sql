-- Trailing yields: their definition, in groups, parallel plans and frames.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

CREATE TABLE history AS
SELECT s, i, timestamptz '2024-01-01' + (random() * 2000)::int * interval '1 hour' AS ts, 1 + (random() * 1000)::int / 4096.0::float8 AS rate
FROM generate_series(1, 20) s, generate_series(1, 150) i;
-- the definition in plain SQL, as of each row
CREATE TEMP TABLE defined AS
SELECT s, i, ts, rate, (SELECT rate FROM history b WHERE b.s = h.s AND b.ts <= h.ts - interval '10 days' ORDER BY ts DESC, rate DESC LIMIT 1) AS rate0,
	(SELECT max(rate) FROM history b WHERE b.s = h.s AND b.ts = h.ts) AS rate1
FROM history h;
SELECT is_empty($$
	SELECT * FROM (SELECT s, i, trailing_apr(ts, rate, '10 days') OVER w AS apr, trailing_apy(ts, rate, '10 days') OVER w AS apy FROM history
		WINDOW w AS (PARTITION BY s ORDER BY ts)) x JOIN defined d USING (s, i)
	WHERE apr IS DISTINCT FROM apr(rate0, rate1, ts - interval '10 days', ts) OR apy IS DISTINCT FROM apy(rate0, rate1, ts - interval '10 days', ts)
$$, 'over a growing frame it is the rate then in force to the last');
SELECT is_empty($$
	SELECT s FROM history GROUP BY s HAVING trailing_apr(ts, rate, '10 days' ORDER BY i) IS DISTINCT FROM trailing_apr(rate_series(ts, rate), '10 days')
		OR trailing_apy(ts, rate, '10 days' ORDER BY ts DESC) IS DISTINCT FROM trailing_apy(rate_series(ts, rate), '10 days')
		OR trailing_apr(ts, rate, '10 days' ORDER BY ts) IS DISTINCT FROM trailing_apr(rate_series(ts, rate), '10 days')
$$, 'and that of the series, in any order of rows');
-- frames of every kind, and in orders that are not of time
SELECT is_empty(format($$
	SELECT * FROM (SELECT trailing_apr(ts, rate, '10 days') OVER w AS moving, trailing_apr(rate_series(ts, rate) OVER w, '10 days') AS series
		FROM history WINDOW w AS (PARTITION BY s %s)) x WHERE moving IS DISTINCT FROM series
$$, frame), frame)
FROM unnest(ARRAY['ORDER BY ts RANGE ''11 days'' PRECEDING', 'ORDER BY ts RANGE BETWEEN ''31 days'' PRECEDING AND CURRENT ROW', 'ORDER BY ts, i ROWS 40 PRECEDING',
	'ORDER BY ts, i ROWS UNBOUNDED PRECEDING', 'ORDER BY ts DESC, i ROWS UNBOUNDED PRECEDING', 'ORDER BY ts DESC, i ROWS 40 PRECEDING', 'ORDER BY i ROWS 30 PRECEDING',
	'ORDER BY i ROWS BETWEEN 10 FOLLOWING AND 60 FOLLOWING', 'ORDER BY i', 'ORDER BY ts GROUPS 20 PRECEDING', 'ORDER BY ts ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING',
	'ORDER BY ts, i ROWS BETWEEN 30 PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW']) frame;

-- a parallel plan
SELECT force_parallel() \g /dev/null
SELECT ok(explained('SELECT trailing_apr(ts, rate, ''10 days'') FROM history') LIKE '%Partial Aggregate%', 'parts are merged in a parallel plan');
CREATE TEMP TABLE parallel AS SELECT s, trailing_apr(ts, rate, '10 days') AS apr, trailing_apy(ts, rate, '3 days') AS apy FROM history GROUP BY s;
SELECT results_eq($$ SELECT trailing_apr(ts, rate, '10 days') FROM history $$, $$ SELECT trailing_apr(rate_series(ts, rate), '10 days') FROM history $$, 'with the same result');
SELECT force_serial() \g /dev/null
SELECT is_empty($$
	SELECT s FROM history JOIN parallel USING (s) GROUP BY s, apr, apy
	HAVING trailing_apr(ts, rate, '10 days') IS DISTINCT FROM apr OR trailing_apy(ts, rate, '3 days') IS DISTINCT FROM apy
$$, 'in groups, too');

-- a year of blocks: a frame that grows or moves costs as much for the last row as for the first
CREATE TEMP TABLE blocks AS SELECT timestamptz '2024-01-01' + g * interval '2 minutes' AS ts, 1 + g * 1e-8 AS rate FROM generate_series(0, 262799) g;
SET LOCAL statement_timeout = '20s';
SELECT is(count(x)::int, 262800 - 21600, 'a growing frame of a year of blocks') FROM (SELECT trailing_apr(ts, rate, '30 days') OVER (ORDER BY ts) AS x FROM blocks) b;
SELECT is(count(x)::int, 262800 - 21600, 'one that moves') FROM (SELECT trailing_apr(ts, rate, '30 days') OVER (ORDER BY ts RANGE '31 days' PRECEDING) AS x FROM blocks) b;
SELECT is(count(x)::int, 262800 - 21600, 'one against the order of time') FROM (SELECT trailing_apr(ts, rate, '30 days') OVER (ORDER BY ts DESC ROWS UNBOUNDED PRECEDING) AS x FROM blocks) b;
SELECT ok(trailing_apr(ts, rate, '30 days' ORDER BY md5(rate::text)) = trailing_apr(ts, rate, '30 days'), 'rows in no order') FROM blocks;

SELECT * FROM finish();
ROLLBACK;
