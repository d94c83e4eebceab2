-- Vectors and properties of weighted pools.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

-- vectors
CREATE TEMP TABLE out_case (balance_in numeric, weight_in numeric, balance_out numeric, weight_out numeric, amount_in numeric,
	swap_fee numeric, expected numeric, kind text, source text);
\copy out_case FROM 'test/vectors/liquidity/weighted_out.csv' (FORMAT csv, HEADER)
SELECT is(weighted_out(balance_in, weight_in, balance_out, weight_out, amount_in, swap_fee), expected,
	format('weighted_out(..., %s): %s', amount_in, source))
FROM out_case;
SELECT is(count(*)::int, 104, 'all vectors of weighted_out were loaded') FROM out_case;

-- of pools whose exponent is 1, 2 or 4 the versions differ; of all others they do not
SELECT is_empty($$
	SELECT * FROM out_case WHERE weight_in / weight_out NOT IN (1, 2, 4) AND weighted_out(balance_in, weight_in, balance_out, weight_out,
		amount_in, swap_fee, 'v1') <> expected
$$, 'v1 differs in the shortcuts only');

-- laws
CREATE TEMP TABLE pair AS
SELECT g AS id, trunc(1e24 * random()::numeric) + 1e18 AS a, trunc(1e24 * random()::numeric) + 1e18 AS b, w::numeric * 1e16 AS wa, (100 - w)::numeric * 1e16 AS wb,
	trunc(1e16 * random()::numeric) AS fee, random()::numeric AS part, v
FROM generate_series(1, 500) g, LATERAL (SELECT 5 + (random() * 90)::int AS w, (ARRAY['v1', 'v2'])[1 + g % 2] AS v) w;
SELECT is_empty($$
	SELECT * FROM pair, LATERAL (SELECT trunc(a * part * 0.3) AS dx) x, LATERAL (SELECT weighted_out(a, wa, b, wb, dx, fee, v) AS dy) y
	WHERE dy > dx * weighted_spot_price(a, wa, b, wb, fee)::numeric * (1 + 1e-15) + 1
		OR weighted_out(a, wa, b, wb, trunc(dx / 2), fee, v) > dy
		OR weighted_out(a, wa, b, wb, dx, 0, v) < dy
$$, 'no better than the spot price, more for more, less after a fee');
SELECT is_empty($$
	SELECT * FROM pair, LATERAL (SELECT trunc(a * part * 0.3) AS dx) x, LATERAL (SELECT weighted_out(a, wa, b, wb, dx, 0, v) AS dy) y,
		LATERAL (SELECT trunc(power((a / (a + dx)), wa / wb) * 1e30) AS p) z
	WHERE abs(b - dy - b * p / 1e30) > b * 2e-14 OR dy > b - b * p / 1e30 + b * 1e-18 + 1
$$, 'the power is the power, and the pool is never worse off');
SELECT is_empty($$
	SELECT * FROM pair, LATERAL (SELECT trunc(b * part * 0.3) AS dy) x, LATERAL (SELECT weighted_in(a, wa, b, wb, dy, fee, v) AS dx) y
	WHERE dx < a * 0.29 AND weighted_out(a, wa, b, wb, dx, fee, v) > dy + b * greatest(wa / wb, 1) * 2e-14 + 1
$$, 'what was paid for an amount buys no more than that, but for the margin of the power');

SELECT * FROM finish();
ROLLBACK;
