-- Properties and vectors of domain liquidity: impermanent loss.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

CREATE TEMP TABLE cp_case (price_ratio float8, expected numeric, tol numeric, abs_tol numeric, kind text, source text);
\copy cp_case FROM 'test/vectors/liquidity/il_constant_product.csv' (FORMAT csv, HEADER)
SELECT is(count(*)::int, 18, 'all vectors of il_constant_product were loaded') FROM cp_case;
SELECT ok(is_close(il_constant_product(price_ratio), expected, tol, abs_tol), format('il_constant_product(%s)', price_ratio)) FROM cp_case;

CREATE TEMP TABLE weighted_case (price_ratios float8[], weights float8[], expected numeric, tol numeric, abs_tol numeric, kind text, source text);
\copy weighted_case FROM 'test/vectors/liquidity/il_weighted.csv' (FORMAT csv, HEADER)
SELECT is(count(*)::int, 13, 'all vectors of il_weighted were loaded') FROM weighted_case;
SELECT ok(is_close(il_weighted(price_ratios, weights), expected, tol, abs_tol), format('il_weighted(%s, %s)', price_ratios, weights)) FROM weighted_case;

CREATE TEMP TABLE range_case (p0 float8, p1 float8, pa float8, pb float8, expected numeric, tol numeric, abs_tol numeric, kind text, source text);
\copy range_case FROM 'test/vectors/liquidity/il_concentrated.csv' (FORMAT csv, HEADER)
SELECT is(count(*)::int, 19, 'all vectors of il_concentrated were loaded') FROM range_case;
SELECT ok(is_close(il_concentrated(p0, p1, pa, pb), expected, tol, abs_tol), format('il_concentrated(%s, %s, %s, %s)', p0, p1, pa, pb)) FROM range_case;

CREATE TEMP TABLE stable_case (amp float8, price float8, expected numeric, tol numeric, abs_tol numeric, kind text, source text);
\copy stable_case FROM 'test/vectors/liquidity/il_stableswap.csv' (FORMAT csv, HEADER)
SELECT is(count(*)::int, 18, 'all vectors of il_stableswap were loaded') FROM stable_case;
SELECT ok(is_close(il_stableswap(amp, price), expected, 1e-12, 0), format('il_stableswap(%s, %s), to 1e-12', amp, price)) FROM stable_case;
SELECT ok(is_close(il_stableswap(amp, 1, price), expected, 1e-12, 0), format('il_stableswap(%s, 1, %s)', amp, price)) FROM stable_case;

CREATE TEMP TABLE rate_case (p0 float8, p1 float8, e0 float8, e1 float8, total numeric, accrual numeric, depeg numeric,
	tol numeric, abs_tol numeric, kind text, source text);
\copy rate_case FROM 'test/vectors/liquidity/il_rate_adjusted.csv' (FORMAT csv, HEADER)
SELECT is(count(*)::int, 12, 'all vectors of il_rate_adjusted were loaded') FROM rate_case;
SELECT ok(is_close(r.total, c.total, 1e-12) AND is_close(r.accrual, c.accrual, 1e-12) AND is_close(r.depeg, c.depeg, 1e-12, 1e-18)
	AND r.depeg = r.total - r.accrual, format('il_rate_adjusted(%s, %s, %s, %s), to 1e-12', p0, p1, e0, e1))
FROM rate_case c, il_rate_adjusted(p0, p1, e0, e1) r;

-- laws over random moves, from a millionth of a millionth up
CREATE TEMP TABLE move AS
SELECT 1 + x AS k, 2000 * exp(random() - 0.5) AS p0, 0.5 + random() * 0.4 AS low, 1.1 + random() AS high, 1 + 1000 * random() AS amp, 0.01 + 0.98 * random() AS w
FROM (SELECT exp(-27 + 28 * random()) AS x FROM generate_series(1, 500)) m;
SELECT is_empty($$
	SELECT 1 FROM move WHERE NOT (il_constant_product(k) < 0 AND il_constant_product(1 / k) < 0 AND il_weighted(ARRAY[k, 1], ARRAY[w, 1 - w]) < 0
		AND il_concentrated(p0, p0 * k, p0 * low, p0 * high) <= 0 AND il_stableswap(amp, k) < 0 AND il_stableswap(amp, k, 1) < 0)
$$, 'no move gains');
SELECT is_empty($$
	SELECT 1 FROM move WHERE il_constant_product(k * 1.01) >= il_constant_product(k) OR il_weighted(ARRAY[k * 1.01, 1], ARRAY[w, 1 - w]) >= il_weighted(ARRAY[k, 1], ARRAY[w, 1 - w])
		OR il_concentrated(1, k * 1.01, low, high) >= il_concentrated(1, k, low, high) OR il_stableswap(amp, k * 1.01) >= il_stableswap(amp, k)
$$, 'the further the price, the greater the loss');
SELECT is_empty($$
	SELECT 1 FROM move WHERE NOT is_close(il_weighted(ARRAY[k, 1], '{0.5,0.5}'), exact(il_constant_product(k)), 1e-13)
		OR NOT is_close(il_concentrated(1, k, 1e-30, 1e30), exact(il_constant_product(k)), 1e-12)
		OR NOT is_close(il_stableswap(1e-14, k), exact(il_constant_product(k)), 1e-12)
$$, 'equal weights, an endless range and no amplification are a constant product');
SELECT is_empty($$
	SELECT 1 FROM move WHERE k > 1.001 AND NOT is_close(il_constant_product(k), -(((exact(k) - 1) / (1 + sqrt(exact(k)::numeric(80, 60)))) ^ 2) / (1 + exact(k)), 1e-12)
$$, 'the closed form in numeric');
SELECT is_empty($$
	SELECT 1 FROM move, (VALUES ('constant_product'), ('weighted'), ('concentrated'), ('stableswap')) v(kind),
		LATERAL (SELECT CASE kind WHEN 'concentrated' THEN low END AS pa, CASE kind WHEN 'concentrated' THEN high END AS pb,
			CASE kind WHEN 'weighted' THEN w END AS weight, CASE kind WHEN 'stableswap' THEN amp END AS a) s,
		LATERAL (SELECT lp_value(kind, 7, 1, k, pa, pb, weight, a) AS lp, hodl_value(kind, 7, 1, k, pa, pb, weight, a) AS hodl,
			CASE kind WHEN 'constant_product' THEN il_constant_product(k) WHEN 'weighted' THEN il_weighted(ARRAY[k, 1], ARRAY[w, 1 - w])
				WHEN 'concentrated' THEN il_concentrated(1, k, low, high) ELSE il_stableswap(amp, k) END AS il) x,
		lp_amounts(kind, 7, 1, pa, pb, weight, a) m
	WHERE abs(lp / hodl - 1 - il) > 2e-15 OR abs(hodl_value(ARRAY[amount0, amount1], ARRAY[k, 1]) / hodl - 1) > 2e-15 OR abs(amount0 + amount1 - 7) > 1e-14
$$, 'lp_value over hodl_value less one is the loss, and lp_amounts is what is held');

-- arrays are read the same however they are stored: short, long, compressed, with a bitmap of NULLs that is empty, sliced, expanded
CREATE TEMP TABLE stored AS
SELECT n, array_agg(1 + sin(n * i) / 2 ORDER BY i) AS r, array_agg(1::float8 / n) AS w, array_agg(1 + sin(n * i) / 2 ORDER BY i) || NULL::float8 AS more
FROM generate_series(1, 40) n, generate_series(1, n) i GROUP BY n
UNION ALL SELECT 1000, array_fill(1.5::float8, ARRAY[500]) || array_fill(0.5::float8, ARRAY[500]), array_fill(0.001::float8, ARRAY[1000]),
	array_fill(1.5::float8, ARRAY[500]) || array_fill(0.5::float8, ARRAY[500]) || NULL::float8;
CREATE FUNCTION pg_temp.expanded(a float8[]) RETURNS float8[] LANGUAGE plpgsql AS $$ BEGIN a[1] := a[1]; RETURN a; END $$;
SELECT is_empty($$
	SELECT 1 FROM stored, LATERAL (SELECT il_weighted(r || '{}'::float8[], w || '{}'::float8[]) AS il) fresh
	WHERE il_weighted(r, w) <> il OR il_weighted(more[1:cardinality(r)], w) <> il OR il_weighted(pg_temp.expanded(r), pg_temp.expanded(w)) <> il
		OR (n = 1000 AND NOT is_close(il, sqrt(0.75) - 1, 1e-13)) OR abs(lp_value(7, r, w) / hodl_value(7, r, w) - 1 - il) > 1e-15
$$, 'arrays as tables store them');
SELECT throws_ok(format('SELECT il_weighted(more, w) FROM stored WHERE n = %s', n), '22023', NULL, format('a NULL among %s stored elements', n)) FROM stored WHERE n IN (1, 40, 1000);

-- a split at an unchanged discount is all accrual
SELECT is_empty($$
	SELECT 1 FROM move, LATERAL il_concentrated_rate_adjusted(1, k, 1, k, low, high) c, LATERAL il_stableswap_rate_adjusted(amp, 1, k, 1, k) s,
		LATERAL il_stableswap_rate_adjusted(amp, 1, k, 1, k, false) u
	WHERE abs(c.depeg) > 1e-12 * abs(c.total) + 1e-26 OR abs(s.depeg) > 1e-12 * abs(s.total) + 1e-26 OR s.total > 0 OR u.depeg <> 0 OR u.total <> il_stableswap(amp, 1, k)
		OR (k < 1.5 AND amp > 5 AND s.total < 0.3 * il_constant_product(k))
$$, 'growth alone is accrual, and a pool that knows the rate loses little by it');

-- realised: against its definition, in any order, in parallel
CREATE TABLE il_positions AS
SELECT g, i, p0, p0 * exp(0.2 * random() - 0.1) AS p1, p0 * 0.95 AS pa, p0 * 1.05 AS pb
FROM (SELECT g, i, 1000 + 100 * random() AS p0 FROM generate_series(1, 20) g, generate_series(1, 300) i) x;
CREATE TEMP TABLE whole AS SELECT g, realized_il(p0, p1, pa, pb) AS ranged, realized_il(p0, p1) AS full FROM il_positions GROUP BY g;
SELECT is_empty($$
	SELECT 1 FROM il_positions JOIN whole USING (g) GROUP BY g, ranged, "full"
	HAVING realized_il(p0, p1, pa, pb ORDER BY random()) <> ranged OR realized_il(p0, p1 ORDER BY random()) <> "full"
		OR abs(ranged + 1 - exp(sum(ln(1 + il_concentrated(p0, p1, pa, pb))))) > 1e-13 OR ranged > min(il_concentrated(p0, p1, pa, pb))
		OR abs("full" + 1 - exp(sum(ln(1 + il_constant_product(p1 / p0))))) > 1e-13
$$, 'realized_il is the product of what the positions kept, in any order, and never comes back');
ANALYZE il_positions;
ALTER TABLE il_positions SET (parallel_workers = 2);
SELECT force_parallel() \g /dev/null
SELECT matches(explained('SELECT g, realized_il(p0, p1, pa, pb) FROM il_positions GROUP BY g'), 'Partial', 'realized_il runs in parallel');
SELECT is_empty($$
	SELECT 1 FROM (SELECT g, realized_il(p0, p1, pa, pb) AS p FROM il_positions GROUP BY g) x JOIN whole USING (g) WHERE abs(p - ranged) > 1e-15
$$, 'and gives the same');
SELECT force_serial() \g /dev/null

-- a net return is the sum of its parts, whatever the benchmark
SELECT is_empty($$
	SELECT 1 FROM move, unnest(ARRAY['hodl', 'hodl_lst', 'hodl_eth']) b(benchmark), LATERAL lp_net_return(100, 100 * w + 50, 100 * low + 50, amp / 100, high, benchmark, k) r
	WHERE il + mix + fee_return + reward_return <> net OR abs((100 * w + 50 + amp / 100 + high) / benchmark_value - 1 - net) > 1e-12
		OR benchmark_value <> CASE benchmark WHEN 'hodl' THEN 100 * low + 50 WHEN 'hodl_eth' THEN 100 ELSE 100 * k END
$$, 'net returns');
SELECT is_empty($$
	SELECT 1 FROM move, LATERAL (SELECT lp_value('constant_product', 100, 1, k) AS lp, hodl_value('constant_product', 100, 1, k) AS hodl) v
	WHERE abs((lp_net_return(100, lp, hodl, fees => break_even_fee_apr(100, lp, hodl, '30 days') * 100 * 30 / 365)).net) > 1e-15
$$, 'the fees of break_even_fee_apr break even');

SELECT * FROM finish();
ROLLBACK;
