-- Properties of yields of a window whose ends lie between the rates.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null
SET LOCAL timezone = 'UTC';

-- made-up histories: duplicates of time, gaps, slashings, frozen rates
CREATE TEMP TABLE history AS
SELECT series, i AS row, timestamptz '2024-01-01' + ((random() * 400)::int + CASE WHEN random() < 0.3 THEN 1000 ELSE 0 END) * interval '7 hours' AS ts,
	CASE WHEN random() < 0.9 THEN 1 + (random() * 40)::int / 256.0::float8 - CASE WHEN random() < 0.05 THEN 0.5 ELSE 0 END END AS rate
FROM generate_series(1, 30) series, generate_series(1, 60) i;
CREATE TEMP TABLE span AS
SELECT t0, t0 + (1 + random() * 5000)::int * interval '1 hour' AS t1
FROM (SELECT timestamptz '2023-12-20' + (random() * 8000)::int * interval '1 hour' AS t0 FROM generate_series(1, 80)) x;
CREATE TEMP TABLE computed AS
SELECT series, t0, t1, apr_between(ts, rate, t0, t1) AS a, apy_between(ts, rate, t0, t1) AS y,
	apr_between_linear(ts, rate, t0, t1) AS al, apy_between_linear(ts, rate, t0, t1) AS yl, window_agg(ts, rate, t0, t1) AS w
FROM history CROSS JOIN span GROUP BY series, t0, t1;

-- the definition in plain SQL: the last rate at or before either end, and the whole length of the window
CREATE TEMP TABLE defined AS
SELECT series, t0, t1, r0, r1
FROM (SELECT DISTINCT series FROM history) s CROSS JOIN span
LEFT JOIN LATERAL (SELECT rate AS r0 FROM history h WHERE h.series = s.series AND ts <= t0 AND rate IS NOT NULL
	ORDER BY ts DESC, rate DESC LIMIT 1) b ON true
LEFT JOIN LATERAL (SELECT rate AS r1 FROM history h WHERE h.series = s.series AND ts <= t1 AND rate IS NOT NULL
	ORDER BY ts DESC, rate DESC LIMIT 1) a ON true;
SELECT is_empty($$
	SELECT 1 FROM defined FULL JOIN computed USING (series, t0, t1)
	WHERE NOT is_close(a, (exact(r1) - exact(r0)) / exact(r0) * 31536000 / extract(epoch FROM t1 - t0), 1e-15, 1e-18)
$$, 'apr_between is the simple yield between the rates in force at its ends');
SELECT is_empty($$
	SELECT 1 FROM defined FULL JOIN computed USING (series, t0, t1)
	WHERE y IS DISTINCT FROM apy(r0, r1, t0, t1) OR a IS DISTINCT FROM apr(r0, r1, t0, t1)
$$, 'apy_between and apr_between are apy and apr of these, bit for bit');
SELECT is_empty($$
	SELECT 1 FROM computed WHERE al IS DISTINCT FROM apr(start_rate(w, 'linear'), end_rate(w, 'linear'), t0, t1)
		OR yl IS DISTINCT FROM apy(start_rate(w, 'linear'), end_rate(w, 'linear'), t0, t1)
$$, 'the linear forms use the rates on the line');
SELECT is_empty($$
	SELECT 1 FROM computed WHERE (a, y, al, yl) IS DISTINCT FROM (apr(w), apy(w), apr(w, method => 'linear'), apy(w, 365, 'linear'))
		OR apr(w, 730) IS DISTINCT FROM 2 * a OR apy(w, 365.25) IS DISTINCT FROM apy(start_rate(w), end_rate(w), t0, t1, 365.25)
$$, 'over a rate_window the same, for any year');
SELECT cmp_ok(count(*)::int, '>', 20, 'some windows start before all rates') FROM defined WHERE r0 IS NULL;
SELECT cmp_ok(count(*)::int, '>', 20, 'some lost') FROM computed WHERE a < 0;
SELECT cmp_ok(count(*)::int, '>', 20, 'some stood still') FROM computed WHERE a = 0;

-- windows that adjoin: growth multiplies, and nothing is lost between them
SELECT is_empty($$
	SELECT 1 FROM history CROSS JOIN (SELECT t0, t0 + (t1 - t0) / 3 AS tm, t1 FROM span WHERE t1 - t0 > '60 days') x
	GROUP BY series, t0, tm, t1
	HAVING abs(ln(1 + apy_between(ts, rate, t0, tm)) * extract(epoch FROM tm - t0)::float8
		+ ln(1 + apy_between(ts, rate, tm, t1)) * extract(epoch FROM t1 - tm)::float8
		- ln(1 + apy_between(ts, rate, t0, t1)) * extract(epoch FROM t1 - t0)::float8) > 1e-3
$$, 'yields of adjoining windows compound to that of both');
-- rows outside the window count only as the last before an end
SELECT is_empty($$
	SELECT 1 FROM history CROSS JOIN span GROUP BY series, t0, t1
	HAVING apr_between(ts, rate, t0, t1) IS DISTINCT FROM apr_between(ts, rate, t0, t1) FILTER (WHERE ts <= t1)
$$, 'what comes after the end does not matter');

-- any order, any split
SELECT is_empty($$
	SELECT 1 FROM history JOIN computed USING (series) GROUP BY series, t0, t1, a, y, al
	HAVING (apr_between(ts, rate, t0, t1 ORDER BY random()), apy_between(ts, rate, t0, t1 ORDER BY ts DESC, rate),
		apr_between_linear(ts, rate, t0, t1 ORDER BY row)) IS DISTINCT FROM (a, y, al)
$$, 'no dependence on the order of rows, bit for bit');
SELECT is_empty($$
	SELECT 1 FROM (
		SELECT series, t0, t1, part, window_agg(ts, rate, t0, t1) w
		FROM (SELECT *, (random() * 9)::int AS part FROM history) h CROSS JOIN span GROUP BY series, t0, t1, part
	) p JOIN computed c USING (series, t0, t1) GROUP BY series, t0, t1, a, y
	HAVING (apr(rollup(p.w ORDER BY random())), apy(rollup(p.w))) IS DISTINCT FROM (a, y)
$$, 'nor on any split');

-- moving frames
SELECT is_empty(format($$
	SELECT 1 FROM (
		SELECT apr_between(ts, rate, '2024-02-01', '2024-04-01') OVER w AS a, apy_between(ts, rate, '2024-02-01', '2024-04-01') OVER w AS y,
			apr_between_linear(ts, rate, '2024-02-01', '2024-04-01') OVER w AS al, apy_between_linear(ts, rate, '2024-02-01', '2024-04-01') OVER w AS yl,
			array_agg(ts) OVER w AS tss, array_agg(rate) OVER w AS rates
		FROM history WINDOW w AS (PARTITION BY series ORDER BY %s)
	) x, LATERAL (
		SELECT window_agg(t, r, '2024-02-01', '2024-04-01') AS w FROM unnest(tss, rates) u(t, r)
	) d WHERE (a, y, al, yl) IS DISTINCT FROM (apr(w), apy(w), apr(w, method => 'linear'), apy(w, method => 'linear'))
$$, frame), 'OVER (ORDER BY ' || frame || ')')
FROM (VALUES ('ts RANGE ''60 days'' PRECEDING'), ('ts RANGE BETWEEN ''30 days'' PRECEDING AND ''30 days'' FOLLOWING'),
	('row ROWS BETWEEN 10 PRECEDING AND 10 FOLLOWING'), ('ts GROUPS 9 PRECEDING'), ('row ROWS UNBOUNDED PRECEDING')) f(frame);

-- serial and parallel
CREATE TABLE parallel_history AS
SELECT g % 5 AS series, timestamptz '2024-01-01' + (g * 7919 % 100003) * interval '1 minute' AS ts,
	1 + (g * 104729 % 1000003) / 1e6::float8 AS rate
FROM generate_series(1::bigint, 200000) g;
ANALYZE parallel_history;
\set query 'SELECT series, apr_between(ts, rate, $$2024-01-20 00:00:30$$, $$2024-02-20$$) a, apy_between(ts, rate, $$2024-01-20 00:00:30$$, $$2024-02-20$$) y, apr_between_linear(ts, rate, $$2024-01-20 00:00:30$$, $$2024-02-20 00:00:01$$) l FROM parallel_history GROUP BY series'
SELECT force_parallel();
SELECT ok(explained(:'query') LIKE '%Partial%Aggregate%', 'a partial plan');
CREATE TEMP TABLE parallel_result AS :query;
SELECT force_serial();
SELECT ok(explained(:'query') NOT LIKE '%Partial%', 'the plan to compare with is serial');
CREATE TEMP TABLE serial_result AS :query;
SELECT is_empty($$
	SELECT 1 FROM parallel_result p FULL JOIN serial_result s USING (series) WHERE (p.a, p.y, p.l) IS DISTINCT FROM (s.a, s.y, s.l)
$$, 'parallel equals serial, bit for bit');
SELECT isnt_empty('SELECT 1 FROM parallel_result WHERE a <> 0 AND l <> 0', 'there is something to compare');

-- the rolling yield of docs/yield/window.md, against the definition
SELECT is_empty($$
	SELECT 1 FROM (
		SELECT series, ts, apr(last_rate(rate_agg(ts, rate) OVER (PARTITION BY series ORDER BY ts
				RANGE BETWEEN UNBOUNDED PRECEDING AND '720 hours' PRECEDING)),
			last_rate(rate_agg(ts, rate) OVER (PARTITION BY series ORDER BY ts)), ts - interval '720 hours', ts) AS rolling FROM history
	) x WHERE rolling IS DISTINCT FROM (
		SELECT apr_between(h.ts, rate, x.ts - interval '720 hours', x.ts) FROM history h WHERE h.series = x.series)
$$, 'a rolling yield with the rate as of the start of each window');

-- Rocket Pool reported four balances twice; in the order of recording the rate falls once
CREATE TEMP TABLE reth (id bigint GENERATED ALWAYS AS IDENTITY, block_number bigint, ts timestamptz, total_eth numeric, supply numeric);
\copy reth (block_number, ts, total_eth, supply) FROM 'examples/data/reth_balances.csv' (FORMAT csv, HEADER)
CREATE TEMP TABLE report AS
SELECT id, ts AS t1, (total_eth / supply)::float8 AS rate1, lag(ts) OVER (ORDER BY id) AS t0, lag((total_eth / supply)::float8) OVER (ORDER BY id) AS rate0
FROM reth WHERE supply > 0;
SELECT results_eq('SELECT t0, t1 FROM report WHERE rate1 < rate0',
	$$VALUES (timestamptz '2022-11-21 13:16:35+00', timestamptz '2022-11-19 03:20:47+00')$$, 'one decrease, and it goes back in time');
SELECT throws_ok('SELECT apr(rate0, rate1, t0, t1) FROM report', '22023', NULL, 'reversed times are an error');
SELECT results_eq('SELECT round(apr(rate0, rate1, least(t0, t1), greatest(t0, t1))::numeric, 6) FROM report WHERE rate1 < rate0',
	'VALUES (-0.040923)', 'over the time between the two reports the fall is a negative yield');
SELECT is((SELECT apr_between(ts, total_eth / nullif(supply, 0), '2022-11-15', '2022-11-25') FROM reth),
	(SELECT apr_between(ts, total_eth / nullif(supply, 0), '2022-11-15', '2022-11-25') FROM (SELECT DISTINCT ts, total_eth, supply FROM reth) d),
	'reports that were repeated change nothing');
SELECT cmp_ok((SELECT apr_between(ts, total_eth / nullif(supply, 0), '2022-11-15', '2022-11-25') FROM reth), '>', 0::float8,
	'and in the order of time there was no loss');

SELECT * FROM finish();
ROLLBACK;
