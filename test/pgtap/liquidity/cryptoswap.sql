-- Vectors and properties of Curve's pools of unpegged coins.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
\i test/pgtap/include/outcome.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

-- vectors
CREATE TEMP TABLE d_case (xp numeric[], amp numeric, gamma numeric, version text, expected text, kind text, source text);
\copy d_case FROM 'test/vectors/liquidity/cryptoswap_d.csv' (FORMAT csv, HEADER)
SELECT is(answer(format('cryptoswap_d(%L, %s, %s, %L)', xp, amp, gamma, version)), expected, format('cryptoswap_d(%s, %s, %s): %s', xp, amp, gamma, source))
FROM d_case;
CREATE TEMP TABLE y_case (j int, xp numeric[], d numeric, amp numeric, gamma numeric, version text, expected text, kind text, source text);
\copy y_case FROM 'test/vectors/liquidity/cryptoswap_y.csv' (FORMAT csv, HEADER)
SELECT is(answer(format('cryptoswap_y(%s, %L, %s, %s, %s, %L)', j, xp, d, amp, gamma, version)), expected,
	format('cryptoswap_y(%s, %s, %s, %s): %s', j, xp, amp, gamma, source))
FROM y_case;
CREATE TEMP TABLE dy_case (i int, j int, dx numeric, balances numeric[], price_scale numeric[], d numeric, amp numeric, gamma numeric, mid_fee numeric,
	out_fee numeric, fee_gamma numeric, precisions numeric[], version text, expected text, kind text, source text);
\copy dy_case FROM 'test/vectors/liquidity/cryptoswap_dy.csv' (FORMAT csv, HEADER)
SELECT is(answer(format('cryptoswap_dy(%s, %s, %s, %L, %L, %s, %s, %s, %s, %s, %s, %L, %L)', i, j, dx, balances, price_scale, d, amp, gamma, mid_fee, out_fee,
	fee_gamma, precisions, version)), expected, format('cryptoswap_dy(%s, %s, %s, %s): %s', i, j, dx, balances, source))
FROM dy_case;
CREATE TEMP TABLE fee_case (xp numeric[], mid_fee numeric, out_fee numeric, fee_gamma numeric, version text, expected text, kind text, source text);
\copy fee_case FROM 'test/vectors/liquidity/cryptoswap_fee.csv' (FORMAT csv, HEADER)
SELECT is(answer(format('cryptoswap_fee(%L, %s, %s, %s, %L)', xp, mid_fee, out_fee, fee_gamma, version)), expected, format('cryptoswap_fee(%s): %s', xp, source))
FROM fee_case;
CREATE TEMP TABLE spot_case (j int, xp numeric[], d numeric, amp numeric, gamma numeric, price_scale numeric, expected text, kind text, source text);
\copy spot_case FROM 'test/vectors/liquidity/cryptoswap_spot_price.csv' (FORMAT csv, HEADER)
SELECT is(answer(format('cryptoswap_spot_price(%s, %L, %s, %s, %s, %s)', j, xp, d, amp, gamma, price_scale)), expected,
	format('cryptoswap_spot_price(%s, %s): %s', j, xp, source))
FROM spot_case;
CREATE TEMP TABLE virtual_case (d numeric, price_scale numeric[], supply numeric, version text, expected text, kind text, source text);
\copy virtual_case FROM 'test/vectors/liquidity/cryptoswap_virtual_price.csv' (FORMAT csv, HEADER)
SELECT is(answer(format('cryptoswap_virtual_price(%s, %L, %s, %L)', d, price_scale, supply, version)), expected, format('cryptoswap_virtual_price(%s): %s', d, source))
FROM virtual_case;
CREATE TEMP TABLE share_case (virtual_price numeric, price_oracle numeric[], expected text, kind text, source text);
\copy share_case FROM 'test/vectors/liquidity/cryptoswap_lp_price.csv' (FORMAT csv, HEADER)
SELECT is(answer(format('cryptoswap_lp_price(%s, %L)', virtual_price, price_oracle)), expected, format('cryptoswap_lp_price(%s): %s', virtual_price, source))
FROM share_case;
SELECT is((SELECT count(*) FROM d_case) + (SELECT count(*) FROM y_case) + (SELECT count(*) FROM dy_case) + (SELECT count(*) FROM fee_case)
	+ (SELECT count(*) FROM spot_case) + (SELECT count(*) FROM virtual_case) + (SELECT count(*) FROM share_case), 1300::bigint, 'all vectors were loaded');

-- fees, from their formulas in plain SQL
SELECT is_empty($$
	SELECT * FROM (SELECT xp, mid_fee, out_fee, fee_gamma, version, expected::numeric AS fee, 4 * xp[1] * xp[2] / (xp[1] + xp[2]) ^ 2 AS b, fee_gamma / 1e18 AS g FROM fee_case
			WHERE cardinality(xp) = 2 AND expected <> 'error') c,
		LATERAL (SELECT CASE version WHEN 'v2.0' THEN g / (g + 1 - b) ELSE g * b / (g * b + 1 - b) END AS f) f
	WHERE abs(fee - (mid_fee * f + out_fee * (1 - f))) > 2
$$, 'the versions have their own fee curves');

-- laws
CREATE TEMP TABLE pool AS
SELECT n, ARRAY(SELECT trunc(1e22 * (1 + 2 * random()::numeric)) FROM generate_series(1, n + 0 * g)) AS balances, ARRAY(SELECT 1e18 FROM generate_series(2, n + 0 * g)) AS scale,
	trunc(1e21 * random()::numeric) + 1 AS dx, CASE n WHEN 2 THEN 400000 ELSE 540000 END AS amp, 145000000000000 AS gamma, v
FROM generate_series(1, 100) g, (VALUES (2, 'v2.0'), (2, 'v2.1'), (3, 'v2.0')) k(n, v);
ALTER TABLE pool ADD d numeric, ADD dy numeric;
UPDATE pool SET d = cryptoswap_d(balances, amp, gamma, v);
UPDATE pool SET dy = cryptoswap_dy(0, 1, dx, balances, scale, d, amp, gamma, 26000000, 45000000, 230000000000000, version => v);
SELECT is_empty($$
	SELECT * FROM pool WHERE cryptoswap_d(ARRAY[balances[1] + dx, balances[2] - dy] || balances[3 : ], amp, gamma, v) < d * (1 - 1e-14)
$$, 'D does not fall by a swap');
SELECT is_empty($$
	SELECT * FROM pool, LATERAL (SELECT ARRAY[balances[1] + dx, balances[2] - dy] || balances[3 : ] AS after) a
	WHERE cryptoswap_dy(1, 0, dy, after, scale, cryptoswap_d(after, amp, gamma, v), amp, gamma, 26000000, 45000000, 230000000000000, version => v) > dx
$$, 'there and back never gains');
CREATE FUNCTION feeless(dx numeric, xp numeric[], p pool) RETURNS numeric LANGUAGE sql AS $$
	SELECT cryptoswap_dy(0, 1, dx, xp, p.scale, p.d, p.amp, p.gamma, 0, 0, 1, version => p.v)
$$;
SELECT is_empty($$
	SELECT * FROM pool, LATERAL (SELECT feeless(div(dx, 2), balances, pool) AS first) f,
		LATERAL (SELECT feeless(dx - div(dx, 2), ARRAY[balances[1] + div(dx, 2), balances[2] - first] || balances[3 : ], pool) AS second) s
	WHERE first + second > feeless(dx, balances, pool) + balances[2] * 1e-13
$$, 'at one D a split swap never beats one, but for the last 1e-13 of get_y');
SELECT is_empty($$
	SELECT * FROM pool, LATERAL (SELECT cryptoswap_dy(1, 0, 1e16, balances, scale, d, amp, gamma, 0, 0, 230000000000000, version => v) / 1e16 AS got) g
	WHERE abs(got / (cryptoswap_spot_price(1, balances, d, amp, gamma) / 1e18) - 1) > 1e-4
$$, 'a small swap gets the spot price');

SELECT * FROM finish();
ROLLBACK;
