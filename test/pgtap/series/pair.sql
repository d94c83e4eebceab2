-- Properties of align, premium, correlation and beta.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.25) \g /dev/null
SET LOCAL timezone = 'UTC';

-- pairs of histories that share some of their times
CREATE TEMP TABLE history AS
SELECT pair, side, timestamptz '2024-03-20' + (random() * 10 * pair)::int * CASE pair % 2 WHEN 0 THEN interval '1 hour' ELSE interval '40 min' END AS ts,
	1 + random() AS rate
FROM generate_series(1, 20) pair, generate_series(1, 2) side, generate_series(1, CASE WHEN pair IN (5, 10) THEN 3000 ELSE 5 * pair END) i;
CREATE TEMP TABLE defined AS
SELECT pair, side, ts, max(rate) AS rate, lead(ts, 1, '3000-01-01') OVER w AS until, lead(max(rate)) OVER w AS next_rate
FROM history GROUP BY pair, side, ts WINDOW w AS (PARTITION BY pair, side ORDER BY ts);
CREATE TEMP TABLE made AS
SELECT pair, rate_series(ts, rate) FILTER (WHERE side = 1) AS a, rate_series(ts, rate) FILTER (WHERE side = 2) AS b FROM history GROUP BY pair;
ANALYZE;

-- align: the definition in plain SQL
CREATE TEMP TABLE aligned AS
SELECT t.pair, t.ts, a.rate AS a, b.rate AS b, a.ts = t.ts AND b.ts = t.ts AS common, a.ts = t.ts AS at_a, b.ts = t.ts AS at_b,
	exact(a.rate) + exact(a.next_rate - a.rate) * extract(epoch FROM t.ts - a.ts) / extract(epoch FROM a.until - a.ts) AS a_line,
	exact(b.rate) + exact(b.next_rate - b.rate) * extract(epoch FROM t.ts - b.ts) / extract(epoch FROM b.until - b.ts) AS b_line
FROM (SELECT DISTINCT pair, ts FROM defined) t
	LEFT JOIN defined a ON a.pair = t.pair AND a.side = 1 AND a.ts <= t.ts AND a.until > t.ts
	LEFT JOIN defined b ON b.pair = t.pair AND b.side = 2 AND b.ts <= t.ts AND b.until > t.ts;

SELECT cmp_ok(count(*)::int, '>', 1000, 'there is something to compare') FROM aligned;
SELECT is_empty($$
	SELECT pair, ts FROM aligned x FULL JOIN (SELECT pair, r.* FROM made, align(a, b) r) y USING (pair, ts)
	WHERE (x.a, x.b) IS DISTINCT FROM (y.a, y.b)
$$, 'align: last values carried forward');
SELECT is_empty($$
	SELECT pair, ts FROM (SELECT * FROM aligned WHERE common) x FULL JOIN (SELECT pair, r.* FROM made, align(a, b, 'inner') r) y USING (pair, ts)
	WHERE (x.a, x.b) IS DISTINCT FROM (y.a, y.b)
$$, 'align: common times');
SELECT is_empty($$
	SELECT pair, ts FROM aligned x FULL JOIN (SELECT pair, r.* FROM made, align(a, b, 'linear') r) y USING (pair, ts)
	WHERE NOT is_close(y.a, CASE WHEN at_a THEN exact(x.a) ELSE a_line END, 1e-14) OR NOT is_close(y.b, CASE WHEN at_b THEN exact(x.b) ELSE b_line END, 1e-14)
$$, 'align: on lines');
SELECT is_empty(format($$
	SELECT pair, max_age, u.* FROM made, unnest(ARRAY['0', '20 min', '5 hours', '100000000 days']::interval[]) max_age,
		LATERAL (SELECT * FROM align(made.a, made.b, %1$L) o FULL JOIN align(made.a, made.b, %1$L, max_age) y USING (ts)) u(ts, any_a, any_b, a, b)
	WHERE (u.a, u.b) IS DISTINCT FROM (CASE WHEN value_at(made.a, ts, max_age => max_age) IS NOT NULL THEN any_a END,
		CASE WHEN value_at(made.b, ts, max_age => max_age) IS NOT NULL THEN any_b END)
$$, method), 'align: nothing that is older than max_age: ' || method) FROM unnest(ARRAY['locf', 'linear', 'inner']) method;
SELECT is_empty($$
	SELECT pair FROM made, unnest(ARRAY['locf', 'linear', 'inner']) method, align(a, a, method) r
	GROUP BY pair, method, made.a HAVING rate_series(r.ts, r.a) <> made.a OR rate_series(r.ts, r.b) <> made.a OR count(*) <> num_rates(made.a)
$$, 'a series aligned with itself is itself, twice');
SELECT is_empty($$
	SELECT pair FROM made, unnest(ARRAY['locf', 'linear', 'inner']) method
	WHERE (SELECT array_agg((r.ts, r.a, r.b)) FROM align(a, b, method) r) IS DISTINCT FROM (SELECT array_agg((r.ts, r.b, r.a)) FROM align(b, a, method) r)
$$, 'the order of the two does not matter');

-- premium
SELECT is_empty($$
	SELECT pair, ts FROM (SELECT * FROM aligned WHERE at_a AND b IS NOT NULL) x FULL JOIN (SELECT pair, u.* FROM made, unnest(premium(a, b)) u) y USING (pair, ts)
	WHERE y.rate IS DISTINCT FROM premium(x.a, x.b)
$$, 'premium of series: of the market over the fair rate known then');
SELECT is_empty($$
	SELECT pair FROM made WHERE min_rate(premium(a, a)) <> 0 OR max_rate(premium(a, a)) <> 0 OR num_rates(premium(a, a)) <> num_rates(a)
$$, 'a series has no premium over itself');

-- correlation and beta: PostgreSQL's own, over the changes in plain SQL
CREATE TEMP TABLE changes AS
SELECT pair, kind, CASE kind WHEN 'simple' THEN a / a0 - 1 WHEN 'log' THEN ln(a / a0) WHEN 'delta' THEN a - a0 ELSE a END AS x,
	CASE kind WHEN 'simple' THEN b / b0 - 1 WHEN 'log' THEN ln(b / b0) WHEN 'delta' THEN b - b0 ELSE b END AS y
FROM (SELECT pair, a, b, lag(a) OVER w AS a0, lag(b) OVER w AS b0 FROM aligned WHERE common WINDOW w AS (PARTITION BY pair ORDER BY ts)) p,
	unnest(ARRAY['simple', 'log', 'delta', 'level']) kind
WHERE kind = 'level' OR a0 IS NOT NULL;
SELECT is_empty($$
	SELECT pair, kind FROM (SELECT pair, kind, corr(x, y) AS r, regr_slope(x, y) AS slope FROM changes GROUP BY pair, kind HAVING count(*) > 1) c JOIN made USING (pair)
	WHERE abs(correlation(a, b, kind => kind) - r) > 1e-12 OR abs(beta(a, b, kind => kind) - slope) > 1e-11 * (1 + abs(slope))
		OR (correlation(a, b, kind => kind) IS NULL) <> (r IS NULL)
$$, 'correlation and beta between common times');
CREATE TEMP TABLE changes_by_step AS
SELECT pair, step, zone, a / lag(a) OVER w - 1 AS x, b / lag(b) OVER w - 1 AS y
FROM (
	SELECT pair, step, zone, r.ts, r.value AS a, value_at(made.b, r.ts) AS b
	FROM made, (VALUES (interval '3 hours', 'UTC'), ('1 day', 'Europe/Berlin'), ('50 min', 'Asia/Kolkata')) v(step, zone), resample(made.a, step, 'locf', zone) r
	WHERE r.ts BETWEEN greatest(first_time(made.a), first_time(made.b)) AND least(last_time(made.a), last_time(made.b))
) p WINDOW w AS (PARTITION BY pair, step, zone ORDER BY ts);
SELECT is_empty($$
	SELECT pair, step FROM (SELECT pair, step, zone, corr(x, y) AS r, regr_slope(x, y) AS slope FROM changes_by_step GROUP BY pair, step, zone) c JOIN made USING (pair)
	WHERE NOT is_close(correlation(a, b, step, timezone => zone), exact(r), NULL, 1e-12) OR NOT is_close(beta(a, b, step, timezone => zone), exact(slope), 1e-11, 1e-12)
$$, 'correlation and beta over periods');
SELECT cmp_ok(count(*)::int, '>', 40, 'of many pairs and steps') FROM (SELECT FROM changes_by_step GROUP BY pair, step, zone HAVING corr(x, y) IS NOT NULL) c;

-- laws
SELECT is_empty($$
	SELECT pair FROM made WHERE correlation(a, a) <> 1 OR beta(a, a) <> 1 OR correlation(a, a, '5 hours', 'log') <> 1
$$, 'a series with itself');
SELECT is_empty($$
	SELECT pair FROM made WHERE correlation(a, b) IS DISTINCT FROM correlation(b, a) OR correlation(a, b, '5 hours') IS DISTINCT FROM correlation(b, a, '5 hours')
		OR abs(correlation(a, b)) > 1
$$, 'correlation is symmetric and from -1 to 1');

SELECT finish();
ROLLBACK;
