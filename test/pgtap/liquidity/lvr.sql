-- Properties of domain liquidity: loss versus rebalancing, and fees.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

-- rates: what the kinds share
CREATE TEMP TABLE place AS
SELECT 0.3 + random() AS sigma, 0.5 + random() AS p, 0.1 + 0.3 * random() AS low, 1.6 + random() AS high, 1 + 1000 * random() AS amp, random() * 0.02 AS fee
FROM generate_series(1, 300);
SELECT is_empty($$
	SELECT 1 FROM place WHERE lvr_rate('constant_product', sigma) <> sigma * sigma / 8 OR ulps(lvr_rate('weighted', sigma, weight => 0.5), sigma * sigma / 8) > 2
		OR ulps(lvr_rate('concentrated', sigma, p, low, high), sigma * sigma / 8 * capital_efficiency(p, low, high)) > 4
		OR abs(lvr_rate('concentrated', sigma, p, 1e-30, 1e30) * 8 / sigma ^ 2 - 1) > 1e-12
		OR abs(lvr_rate('stableswap', sigma, p, a => 1e-14) * 8 / sigma ^ 2 - 1) > 1e-12
		OR abs(lvr_rate('stableswap', sigma, 1, a => amp) * 8 / sigma ^ 2 / (amp + 1) - 1) > 1e-12
		OR abs(capital_efficiency(sqrt(low * high), low, high) * (1 - (low / high) ^ 0.25) - 1) > 1e-12
$$, 'rates of loss agree where kinds do');
-- the loss of IL is that of LVR to the second order: half a move up, half down, sigma^2/8 each
SELECT is_empty($$
	SELECT 1 FROM place WHERE abs((il_concentrated(p, p * exp(1e-4), low, high) + il_concentrated(p, p * exp(-1e-4), low, high)) / 2
		/ -lvr_rate('concentrated', 1e-4, p, low, high) - 1) > 1e-3
$$, 'a small move loses what its square does at the rate of LVR');
SELECT is_empty($$
	SELECT 1 FROM place, LATERAL (SELECT lvr_with_fees(1, sigma, fee, '12 s') AS poisson, lvr_with_fees(1, sigma, fee, '12 s', 'fixed') AS fixed,
		lvr_with_fees(1, sigma, fee, '12 s', 'fast') AS fast, lvr_with_fees(1, sigma, fee, '2 s') AS faster) x
	WHERE NOT (fixed < poisson AND poisson < fast AND faster < poisson AND poisson < 1 AND fixed > 0)
		OR abs(1 / poisson - 1 - 1 / fast) > 1e-12 * 1 / fast
$$, 'fees and faster blocks leave less to arbitrage, equal blocks least');

-- realised
CREATE TABLE lvr_swaps AS
SELECT g, i, (random() - 0.5) * exp(10 * random()) AS q, 2000 * exp(0.01 * random()) AS p, 2000 * exp(0.01 * random()) AS m
FROM generate_series(1, 20) g, generate_series(1, 500) i;
CREATE TEMP TABLE whole AS SELECT g, lvr_agg(q, p, m) AS s, realized_lvr(q, p, m) AS loss FROM lvr_swaps GROUP BY g;
SELECT is_empty($$
	SELECT 1 FROM lvr_swaps JOIN whole USING (g) GROUP BY g, loss, s
	HAVING abs(exact(loss) - sum(exact(q) * (exact(m) - exact(p)))) > 2e-16 * exact(lvr_volume(s))
		OR NOT is_close(lvr_volume(s), sum(abs(exact(q)) * exact(m)), 1e-15) OR num_swaps(s) <> count(*) OR realized_lvr(s) <> loss
		OR realized_lvr(q, p, m ORDER BY random()) <> loss OR -realized_lvr(-q, p, m) <> loss
$$, 'realized_lvr is the exact sum, in any order');
SELECT is_empty($$
	SELECT 1 FROM (SELECT g, i % 7 AS part, lvr_agg(q, p, m) AS s FROM lvr_swaps GROUP BY 1, 2) x JOIN whole USING (g)
	GROUP BY g, loss HAVING realized_lvr(rollup(x.s ORDER BY random())) <> loss
$$, 'what was stored in parts rolls up to the same');
SELECT is_empty(format($$
	SELECT 1 FROM (SELECT realized_lvr(q, p, m) OVER w AS moving, lvr_agg(q, p, m) OVER w AS s, array_agg(q) OVER w AS qs, array_agg(p) OVER w AS ps, array_agg(m) OVER w AS ms
		FROM (SELECT g, i, CASE WHEN i %% 7 > 0 THEN q END AS q, p, m FROM lvr_swaps WHERE g < 4) h WINDOW w AS (PARTITION BY g ORDER BY i %s)) x,
		LATERAL (SELECT realized_lvr(q, p, m) AS again FROM unnest(qs, ps, ms) u(q, p, m)) y
	WHERE (moving IS NULL) <> (again IS NULL) OR abs(moving - again) > 1e-15 * (1 + abs(again)) OR realized_lvr(s) IS DISTINCT FROM moving
$$, frame), 'realized_lvr OVER (' || frame || ')')
FROM (VALUES ('ROWS 5 PRECEDING'), ('ROWS BETWEEN 1 FOLLOWING AND 4 FOLLOWING'), ('ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING'),
	('ROWS BETWEEN 3 PRECEDING AND 3 FOLLOWING EXCLUDE CURRENT ROW')) f(frame);
ANALYZE lvr_swaps;
ALTER TABLE lvr_swaps SET (parallel_workers = 2);
SELECT force_parallel() \g /dev/null
SELECT matches(explained('SELECT g, realized_lvr(q, p, m) FROM lvr_swaps GROUP BY g'), 'Partial', 'realized_lvr runs in parallel');
SELECT is_empty($$
	SELECT 1 FROM (SELECT g, realized_lvr(q, p, m) AS p FROM lvr_swaps GROUP BY g) x JOIN whole USING (g) WHERE p <> loss
$$, 'and gives the same');
SELECT force_serial() \g /dev/null
SELECT is_empty($$SELECT 1 FROM whole WHERE s::text::lvr_summary <> s OR _lvr_summary_hash(s) <> _lvr_summary_hash(s::text::lvr_summary)$$, 'text round trip');
SELECT is(binary_copy(_lvr_summary_send(s), 'lvr_summary')::lvr_summary, s, 'binary round trip') FROM whole WHERE g < 4;
SELECT throws_ok(format('SELECT binary_copy(%L, %L)', decode(image, 'hex'), 'lvr_summary'), '22P03', NULL, 'no summary: ' || image)
FROM (
	SELECT encode(overlay(_lvr_summary_send('(41:-1,41:2,1)') PLACING bytes FROM 1 + 8 * field), 'hex') AS image
	FROM (VALUES (12, '\x0000000000000000'::bytea), (0, '\x7ff8000000000000'), (7, '\xffffffffffffffff')) v(field, bytes)
) x;

-- a pool that is moved along its curve to each new price loses what the rate says, in the mean
CREATE TEMP TABLE path AS
SELECT i, exp(sum(0.01 * sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()) - 0.00005) OVER (ORDER BY i)) AS price FROM generate_series(1, 20000) i;
SELECT cmp_ok(abs(sum(lvr) / (20000 * lvr_rate('constant_product', 0.01)) - 1)::float8, '<', 0.05::float8, 'realised over simulated prices tends to sigma^2/8')
FROM (
	SELECT realized_lvr((1 / sqrt(before) - 1 / sqrt(price)) / (2 * sqrt(before)), sqrt(before * price), price) AS lvr
	FROM (SELECT price, lag(price) OVER (ORDER BY i) AS before, i FROM path) p WHERE before > 0 GROUP BY i
) x;

-- fees
SELECT is_empty($$
	SELECT 1 FROM (SELECT trunc(random()::numeric * 2^200::numeric) AS a, trunc(random()::numeric * 2^150::numeric) AS d0, trunc(random()::numeric * 2^150::numeric) AS d1,
		trunc(random()::numeric * 2^90::numeric) AS l, random() * 1e6 AS price FROM generate_series(1, 200)) x
	WHERE NOT is_close(fee_apr_growth(a, a + d0, mod(a * 977, 2^256::numeric), mod(a * 977 + d1, 2^256::numeric), l, price, 1e30, '10 days'),
		(div(d0 * l, 2^128::numeric) * exact(price) + div(d1 * l, 2^128::numeric)) / 1e30 * 36.5, 1e-14)
$$, 'fee_apr_growth against numeric');
SELECT is_empty($$
	SELECT 1 FROM place WHERE abs(fee_apr(swap_fee_share(1e6, fee, sigma, p), 1e5, '7 days') / fee_apr_liquidity(1e6, fee, sigma, p, 1e5, '7 days') - 1) > 1e-14
		OR abs(fee_apr_volume(1e6, fee, 1e5, '7 days') * sigma / (sigma + p) / fee_apr_liquidity(1e6, fee, sigma, p, 1e5, '7 days') - 1) > 1e-14
$$, 'the estimates agree where they say the same');

SELECT * FROM finish();
ROLLBACK;
