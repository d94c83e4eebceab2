-- Properties and vectors of domain yield: concentration and growth of a sector.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

CREATE TEMP TABLE hhi_case (value float8[], expected numeric, tol numeric, abs_tol numeric, kind text, source text);
\copy hhi_case FROM 'test/vectors/yield/hhi.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 7, 'all vectors of hhi were loaded') FROM hhi_case;
SELECT ok(is_close((SELECT hhi(v) FROM unnest(value) v), expected, tol, abs_tol), format('hhi of %s values: %s', cardinality(value), expected))
FROM hhi_case;

CREATE TEMP TABLE growth_case (units0 float8, units1 float8, rate0 float8, rate1 float8, price0 float8, price1 float8,
	price numeric, accrual numeric, flow numeric, total numeric, tol numeric, abs_tol numeric, kind text, source text);
\copy growth_case FROM 'test/vectors/yield/tvl_growth.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 25, 'all vectors of tvl_growth were loaded') FROM growth_case;
SELECT ok(is_close(g.price, c.price, tol, abs_tol) AND is_close(g.accrual, c.accrual, tol, abs_tol) AND is_close(g.flow, c.flow, tol, abs_tol)
	AND is_close(g.total, c.total, tol, abs_tol) AND g.price + g.accrual + g.flow = g.total, format('tvl_growth: %s', c.total))
FROM growth_case c, tvl_growth(units0, units1, rate0, rate1, price0, price1) g;

-- laws
CREATE TABLE yield_sector_history AS
SELECT g, i, exp(random() * 20) AS value FROM generate_series(1, 20) g, generate_series(1, 500) i;
CREATE TEMP TABLE whole AS SELECT g, hhi(value) AS h FROM yield_sector_history GROUP BY g;
SELECT is_empty($$
	SELECT 1 FROM yield_sector_history JOIN whole USING (g) GROUP BY g, h
	HAVING ulps(hhi(value ORDER BY random()), h) > 4 OR h NOT BETWEEN 1.0 / count(*) AND 1
		OR NOT is_close(hhi(value * 1e6), exact(h)) OR ulps(hhi(blend_agg(value, value)), h) > 4
		OR NOT is_close(h, exact(sum(value * value) / (sum(value) * sum(value))))
$$, 'hhi depends on no order and no unit, lies between 1/n and 1');
CREATE MATERIALIZED VIEW yield_sector_part AS SELECT g, i % 7 AS part, blend_agg(value, value) AS s FROM yield_sector_history GROUP BY 1, 2;
SELECT is_empty($$
	SELECT 1 FROM yield_sector_part JOIN whole USING (g) GROUP BY g, h HAVING ulps(hhi(rollup(s ORDER BY random())), h) > 4
$$, 'what was stored in parts rolls up to the same');
ANALYZE yield_sector_history;
ALTER TABLE yield_sector_history SET (parallel_workers = 2);
SELECT force_parallel() \g /dev/null
SELECT matches(explained('SELECT g, hhi(value) FROM yield_sector_history GROUP BY g'), 'Partial', 'hhi runs in parallel');
SELECT is_empty($$
	SELECT 1 FROM (SELECT g, hhi(value) AS p FROM yield_sector_history GROUP BY g) x JOIN whole USING (g) WHERE ulps(p, h) > 4
$$, 'and gives the same');
SELECT force_serial() \g /dev/null
SELECT is_empty($$
	SELECT 1 FROM (SELECT random() * 100 AS u0, random() * 100 AS u1, random() AS r0, random() AS r1, random() * 9 AS p0, random() * 9 AS p1
		FROM generate_series(1, 500)) x, LATERAL tvl_growth(u0, u1, r0, r1, p0, p1) g, LATERAL tvl_growth(u1, u0, r1, r0, p1, p0) back
	WHERE g.price + g.accrual + g.flow <> g.total OR abs(g.total - (u1 * r1 * p1 - u0 * r0 * p0)) > 1e-11
		OR sign(g.price) <> sign(p1 - p0) OR sign(g.accrual) <> sign(r1 - r0) OR sign(g.flow) <> sign(u1 - u0)
		OR abs(back.price + g.price) + abs(back.accrual + g.accrual) + abs(back.flow + g.flow) > 1e-11
$$, 'growth is the sum of its parts, each has the sign of its cause, and the way back undoes them');

SELECT * FROM finish();
ROLLBACK;
