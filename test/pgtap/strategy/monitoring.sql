-- Properties and vectors of domain strategy: monitoring.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null
CREATE FUNCTION pg_temp.series_of(ts timestamptz[], v float8[]) RETURNS rate_series LANGUAGE sql AS 'SELECT rate_series(t, x) FROM unnest(ts, v) u(t, x)';

\set csv 'test/vectors/strategy/hysteresis.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/strategy/hysteresis.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors('SELECT ARRAY[hysteresis({state:boolean}, ({values:float8[]})[1], {raise_at:float8}, {clear_at:float8})::text]', 'expected!', 'step');
SELECT pg_temp.check_vectors('SELECT ARRAY[(SELECT hysteresis(x, {raise_at:float8}, {clear_at:float8} ORDER BY i) FROM unnest({values:float8[]}) WITH ORDINALITY u(x, i))::text]', 'expected!', fn) FROM (SELECT DISTINCT fn FROM vector WHERE fn <> 'step') f;
\set csv 'test/vectors/strategy/alerts.csv'
\i test/pgtap/include/vector_table.sql
\copy vector FROM 'test/vectors/strategy/alerts.csv' (FORMAT csv, HEADER)
SELECT pg_temp.check_vectors($$
	SELECT ARRAY[coalesce(n, 0)::text, extract(epoch FROM raised_at)::text, extract(epoch FROM cleared_at)::text, worst::text, extract(epoch FROM worst_time)::text]
	FROM (SELECT {nth:int} AS k) k LEFT JOIN (SELECT *, row_number() OVER (ORDER BY raised_at) - 1 AS k, count(*) OVER () AS n
		FROM alerts(pg_temp.series_of({ts:timestamptz[]}, {rate:float8[]}), {raise_at:float8}, {clear_at:float8}, {min_duration:interval})) x USING (k) $$, 'alerts! raised_at cleared_at worst worst_time');

CREATE TEMP TABLE walks AS
SELECT k, i, timestamptz '2024-01-01Z' + i * interval '1 hour' AS ts, sum(random() - 0.5) OVER (PARTITION BY k ORDER BY i) AS v FROM generate_series(1, 30) k, generate_series(1, 200) i;
-- the state after each value, by a window, and the alerts of the series
CREATE TEMP TABLE states AS SELECT k, i, ts, v, hysteresis(v, up, down) OVER (PARTITION BY k, up ORDER BY i) AS state, up, down FROM walks, (VALUES (1.0, 0.5), (-1, -0.5)) l(up, down);
SELECT is_empty($$
	(SELECT k, up, ts FROM (SELECT *, coalesce(lag(state) OVER (PARTITION BY k, up ORDER BY i), false) AS before FROM states) x WHERE state AND NOT before
		EXCEPT SELECT k, up, raised_at FROM (SELECT k, rate_series(ts, v) AS s FROM walks GROUP BY k) w, (VALUES (1.0, 0.5), (-1, -0.5)) l(up, down), alerts(s, up, down))
	UNION ALL
	(SELECT k, up, raised_at FROM (SELECT k, rate_series(ts, v) AS s FROM walks GROUP BY k) w, (VALUES (1.0, 0.5), (-1, -0.5)) l(up, down), alerts(s, up, down)
		EXCEPT SELECT k, up, ts FROM (SELECT *, coalesce(lag(state) OVER (PARTITION BY k, up ORDER BY i), false) AS before FROM states) x WHERE state AND NOT before)
$$, 'alerts begin where hysteresis turns on');
SELECT is_empty($$
	SELECT k, raised_at FROM (SELECT k, rate_series(ts, v) AS s FROM walks GROUP BY k) w, alerts(s, 1, 0.5) a
	WHERE worst <> (SELECT max(v) FROM walks WHERE walks.k = w.k AND ts >= raised_at AND ts < coalesce(cleared_at, 'infinity')) OR value_at(s, cleared_at) > 0.5 OR worst <> value_at(s, worst_time)
$$, 'worst is the worst until it is cleared');
SELECT is_empty($$
	SELECT k FROM (SELECT k, rate_series(ts, v) AS s FROM walks GROUP BY k) w, alerts(s, 1, 0.5, '6 hours') a
	WHERE NOT EXISTS (SELECT FROM alerts(s, 1, 0.5) b WHERE b.raised_at = a.raised_at - interval '6 hours' AND b.cleared_at IS NOT DISTINCT FROM a.cleared_at) OR a.cleared_at < a.raised_at
$$, 'with a duration: those that last, later');
SELECT is((SELECT hysteresis(v, 1, 0.5) FROM walks WHERE false), false, 'of no rows: off');
SELECT * FROM finish();
ROLLBACK;
