-- Vectors and properties of pools of Uniswap v2, v3 and v4.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

-- a query's one value as text, or "error" for an error of class 22
CREATE FUNCTION outcome(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE query INTO result;
	RETURN result;
EXCEPTION WHEN OTHERS THEN
	IF SQLSTATE NOT LIKE '22%' THEN
		RAISE;
	END IF;
	RETURN 'error';
END
$$;

-- vectors
CREATE TEMP TABLE price_case (tick int, expected text, kind text, source text);
\copy price_case FROM 'test/vectors/liquidity/sqrt_price_at_tick.csv' (FORMAT csv, HEADER)
SELECT is(outcome(format('SELECT univ3_sqrt_price_at_tick(%s)', tick)), expected, format('sqrt price at %s: %s', tick, source)) FROM price_case;
SELECT is(count(*)::int, 78, 'all vectors of univ3_sqrt_price_at_tick were loaded') FROM price_case;

CREATE TEMP TABLE tick_case (sqrt_price numeric, expected text, kind text, source text);
\copy tick_case FROM 'test/vectors/liquidity/tick_at_sqrt_price.csv' (FORMAT csv, HEADER)
SELECT is(outcome(format('SELECT univ3_tick_at_sqrt_price(%s)', sqrt_price)), expected, format('tick at %s: %s', sqrt_price, source)) FROM tick_case;
SELECT is(count(*)::int, 99, 'all vectors of univ3_tick_at_sqrt_price were loaded') FROM tick_case;

CREATE TEMP TABLE amounts_case (liquidity numeric, sqrt_price numeric, tick_lower int, tick_upper int, round_up boolean,
	amount0 numeric, amount1 numeric, tol numeric, kind text, source text);
\copy amounts_case FROM 'test/vectors/liquidity/univ3_amounts.csv' (FORMAT csv, HEADER)
\copy amounts_case FROM 'test/vectors/liquidity/univ3_amounts_backtest.csv' (FORMAT csv, HEADER)
SELECT is(univ3_amounts(liquidity, sqrt_price, tick_lower, tick_upper, round_up), ROW(amount0, amount1), format('univ3_amounts: %s', source))
FROM amounts_case;
SELECT is(count(*)::int, 371, 'all vectors of univ3_amounts were loaded') FROM amounts_case;

CREATE TEMP TABLE liquidity_case (sqrt_price numeric, tick_lower int, tick_upper int, amount0 numeric, amount1 numeric,
	expected text, kind text, source text);
\copy liquidity_case FROM 'test/vectors/liquidity/univ3_liquidity.csv' (FORMAT csv, HEADER)
SELECT is(outcome(format('SELECT univ3_liquidity(%s, %s, %s, %s, %s)', sqrt_price, tick_lower, tick_upper, amount0, amount1)), expected,
	format('univ3_liquidity: %s', source)) FROM liquidity_case;
SELECT is(count(*)::int, 45, 'all vectors of univ3_liquidity were loaded') FROM liquidity_case;

CREATE TEMP TABLE growth_case (tick_lower int, tick_upper int, tick int, global numeric, lower_outside numeric, upper_outside numeric,
	expected numeric, kind text, source text);
\copy growth_case FROM 'test/vectors/liquidity/univ3_fee_growth_inside.csv' (FORMAT csv, HEADER)
SELECT is(univ3_fee_growth_inside(tick_lower, tick_upper, tick, global, lower_outside, upper_outside), expected,
	format('univ3_fee_growth_inside: %s', source)) FROM growth_case;
SELECT is(count(*)::int, 25, 'all vectors of univ3_fee_growth_inside were loaded') FROM growth_case;

CREATE TEMP TABLE owed_case (inside numeric, inside_last numeric, liquidity numeric, expected numeric, kind text, source text);
\copy owed_case FROM 'test/vectors/liquidity/univ3_fees_owed.csv' (FORMAT csv, HEADER)
SELECT is(univ3_fees_owed(inside, inside_last, liquidity), expected, format('univ3_fees_owed: %s', source)) FROM owed_case;
SELECT is(count(*)::int, 8, 'all vectors of univ3_fees_owed were loaded') FROM owed_case;

CREATE TEMP TABLE swap_case (sqrt_price numeric, liquidity numeric, tick int, fee_pips int, tick_spacing int, ticks int[], liquidity_net numeric[],
	amount numeric, exact_in boolean, zero_for_one boolean, sqrt_price_limit numeric, amount_in numeric, amount_out numeric,
	sqrt_price_after numeric, tick_after int, liquidity_after numeric, filled boolean, kind text, source text);
\copy swap_case FROM 'test/vectors/liquidity/univ3_swap.csv' (FORMAT csv, HEADER)
\copy swap_case FROM 'test/vectors/liquidity/univ3_quotes_cbeth_weth.csv' (FORMAT csv, HEADER)
-- what a source does not say is empty
SELECT is(ROW(s.amount_in, s.amount_out, CASE WHEN c.sqrt_price_after IS NOT NULL THEN s.sqrt_price_after END,
		CASE WHEN c.tick_after IS NOT NULL THEN s.tick_after END, CASE WHEN c.liquidity_after IS NOT NULL THEN s.liquidity_after END, s.filled),
	ROW(c.amount_in, c.amount_out, c.sqrt_price_after, c.tick_after, c.liquidity_after, c.filled),
	format('univ3_swap: %s', source))
FROM swap_case c CROSS JOIN LATERAL univ3_swap(sqrt_price, liquidity, tick, fee_pips, tick_spacing, ticks, liquidity_net, amount, exact_in,
	zero_for_one, sqrt_price_limit) s;
SELECT is(count(*)::int, 47, 'all vectors of univ3_swap were loaded') FROM swap_case;

-- ticks and prices: from tick to price and back, over the domain in strides that meet every residue of the spacings
SELECT is_empty($$
	SELECT t FROM generate_series(-887272, 887271, 37) t WHERE univ3_tick_at_sqrt_price(univ3_sqrt_price_at_tick(t)) <> t
		OR (t > -887272 AND univ3_tick_at_sqrt_price(univ3_sqrt_price_at_tick(t) - 1) <> t - 1)
		OR univ3_price_to_tick(univ3_tick_to_price(t)) <> t OR univ3_price_to_tick(univ3_tick_to_price(t, 6, 18), 6, 18) <> t
		OR univ3_price_to_tick(univ3_tick_to_price(t, 18, 6), 18, 6) <> t
$$, 'a tick''s price is at that tick, and one unit less at the one before');
SELECT is_empty($$
	SELECT t, d FROM generate_series(-450000, 450000, 997) t, unnest('{-12,0,12}'::int[]) d
	CROSS JOIN LATERAL (SELECT univ3_tick_to_price(t, greatest(d, 0), greatest(-d, 0)) AS price) p
	WHERE NOT is_close(price, 1.0001::numeric(60, 50) ^ t * 10::numeric ^ d, 1e-14)
$$, 'a tick''s price is that power of 1.0001');
SELECT is_empty($$
	SELECT t, price, e100 FROM generate_series(-887272, 887271, 1999) t
	CROSS JOIN LATERAL (SELECT univ3_sqrt_price_at_tick(t) AS s) x
	CROSS JOIN LATERAL (SELECT univ3_price(s, 6, 18) AS price, univ3_price(s, 6, 18, true) AS inverse,
		div(s * s * 1e100, 2::numeric ^ 192) AS e100) p
	WHERE abs(price * 1e112 - e100) > e100 * 5e-28 + 1 OR abs(price * inverse - 1) > 1e-27
$$, 'univ3_price is right to 28 digits, either way');
SELECT is_empty($$
	SELECT t, s FROM generate_series(-887272, 887272, 4001) t, unnest('{1,10,60,200,2000,32767}'::int[]) s
	CROSS JOIN LATERAL (SELECT univ3_nearest_usable_tick(t, s) AS u) x
	WHERE u % s <> 0 OR abs(u) > 887272 OR (2 * abs(u - t) > s AND abs(t) + s <= 887272)
$$, 'univ3_nearest_usable_tick is a multiple, the nearest and within bounds');

-- positions
CREATE TEMP TABLE random_position AS
SELECT trunc(10::numeric ^ (random() * 24 + 6)::numeric) AS liquidity, lower, lower + 1 + (random() * 20000)::int AS upper,
	univ3_sqrt_price_at_tick(lower + (random() * 30000 - 5000)::int) + (random() * 1e8)::bigint AS price
FROM (SELECT (random() * 1600000 - 800000)::int AS lower FROM generate_series(1, 3000)) l;
SELECT is_empty($$
	SELECT * FROM random_position CROSS JOIN LATERAL univ3_amounts(liquidity, price, lower, upper) b
	CROSS JOIN LATERAL univ3_amounts(liquidity, price, lower, upper, true) m
	WHERE b.amount0 > m.amount0 OR b.amount1 > m.amount1 OR (univ3_liquidity(price, lower, upper, b.amount0, b.amount1) > liquidity)
		OR b <> univ3_amounts_at_prices(liquidity, price, univ3_sqrt_price_at_tick(lower), univ3_sqrt_price_at_tick(upper))
		OR m <> univ3_amounts_at_prices(liquidity, price, univ3_sqrt_price_at_tick(lower), univ3_sqrt_price_at_tick(upper), true)
		OR univ3_liquidity(price, lower, upper, m.amount0, m.amount1)
			<> univ3_liquidity_at_prices(price, univ3_sqrt_price_at_tick(lower), univ3_sqrt_price_at_tick(upper), m.amount0, m.amount1)
$$, 'burning pays no more than minting takes, nor do its amounts mint more; bounds may be ticks or prices');
SELECT is_empty($$
	SELECT * FROM random_position CROSS JOIN LATERAL (SELECT least(greatest(price, univ3_sqrt_price_at_tick(lower)),
		univ3_sqrt_price_at_tick(upper)) AS p, univ3_sqrt_price_at_tick(lower) AS a, univ3_sqrt_price_at_tick(upper) AS b) s
	WHERE univ3_amounts(liquidity, price, lower, upper) IS DISTINCT FROM ROW(div(div(liquidity * 2::numeric ^ 96 * (b - p), b), p),
		div(liquidity * (p - a), 2::numeric ^ 96))
$$, 'univ3_amounts is what numeric says');
SELECT is_empty($$
	SELECT * FROM (SELECT trunc(random()::numeric * 2::numeric ^ 256) AS g, trunc(random()::numeric * 2::numeric ^ 256) AS l,
		trunc(random()::numeric * 2::numeric ^ 256) AS u, (random() * 400 - 200)::int AS t FROM generate_series(1, 1000)) r
	CROSS JOIN LATERAL (SELECT univ3_fee_growth_inside(-200, -100, t, g, l, u) AS below, univ3_fee_growth_inside(-100, 100, t, g, u, u) AS here,
		univ3_fee_growth_inside(-200, 100, t, g, l, u) AS whole) f
	WHERE mod(f.below + f.here + 2::numeric ^ 256 * 2, 2::numeric ^ 256) <> f.whole
$$, 'fees of adjoining ranges add up to those of both');

-- swaps: the pool of cbETH and WETH, in parts and at once
CREATE TEMP TABLE cbeth AS SELECT * FROM swap_case WHERE array_length(ticks, 1) > 50 LIMIT 1;
-- and one whose liquidity ends on both sides
CREATE TEMP TABLE closed AS SELECT * FROM swap_case WHERE array_length(ticks, 1) = 10 AND liquidity_net[1] + liquidity_net[2] > 0 LIMIT 1;
SELECT is((SELECT sum(n) FROM closed, unnest(liquidity_net) n), 0::numeric, 'that pool is closed');
CREATE TEMP TABLE trial AS
SELECT trunc(10::numeric ^ (random() * 24)::numeric) AS amount, random() < 0.5 AS zero_for_one, random()::numeric AS part FROM generate_series(1, 300);
SELECT is_empty($$
	SELECT t.* FROM trial t, (TABLE cbeth UNION ALL TABLE closed) c
	CROSS JOIN LATERAL univ3_swap(c.sqrt_price, c.liquidity, c.tick, fee_pips, tick_spacing, ticks, liquidity_net, t.amount, true, t.zero_for_one) whole
	CROSS JOIN LATERAL univ3_swap(c.sqrt_price, c.liquidity, c.tick, fee_pips, tick_spacing, ticks, liquidity_net, trunc(t.amount * part), true, t.zero_for_one) a
	CROSS JOIN LATERAL univ3_swap(a.sqrt_price_after, a.liquidity_after, a.tick_after, fee_pips, tick_spacing, ticks, liquidity_net,
		t.amount - trunc(t.amount * part), true, t.zero_for_one) b
	CROSS JOIN LATERAL univ3_swap(c.sqrt_price, c.liquidity, c.tick, fee_pips, tick_spacing, ticks, liquidity_net, whole.amount_out, false, t.zero_for_one) back
	WHERE a.amount_out + b.amount_out > whole.amount_out AND whole.filled
		OR whole.filled <> (whole.amount_in = t.amount) OR NOT back.filled
		OR (whole.sqrt_price_after > c.sqrt_price AND t.zero_for_one) OR (whole.sqrt_price_after < c.sqrt_price AND NOT t.zero_for_one)
$$, 'a swap in parts brings no more, and its price moves one way');
SELECT cmp_ok(count(*)::int, '>', 20, 'some of these swaps went beyond the pool')
FROM trial t, closed c CROSS JOIN LATERAL univ3_swap(c.sqrt_price, c.liquidity, c.tick, fee_pips, tick_spacing, ticks, liquidity_net, t.amount, true,
	t.zero_for_one) s WHERE NOT s.filled AND s.amount_in < t.amount AND s.liquidity_after = 0;

-- depth
CREATE TEMP TABLE depth AS
SELECT c.*, d.slippage, d.amount_in AS sold, d.amount_out AS bought, d.average_price, d.exhausted, mode, zero
FROM (TABLE cbeth UNION ALL TABLE closed) c, unnest('{marginal,average}'::text[]) mode, unnest('{true,false}'::boolean[]) zero
CROSS JOIN LATERAL univ3_depth_curve(c.sqrt_price, c.liquidity, c.tick, fee_pips, tick_spacing, ticks, liquidity_net,
	'{0,0.00005,0.0001,0.0005,0.001,0.002,0.005,0.01,0.05,0.5}', zero, mode) d;
SELECT is(count(*)::int, 80, 'a depth for every slippage, with and without an end') FROM depth;
SELECT isnt(count(*)::int, 0, 'some exhaust a pool') FROM depth WHERE exhausted;
SELECT is_empty($$
	SELECT slippage, mode, zero, sold, bought, e.* FROM depth CROSS JOIN LATERAL univ3_exit_depth(sqrt_price, liquidity, tick, fee_pips, tick_spacing, ticks,
		liquidity_net, slippage, zero, mode) e
	WHERE (sold, bought, depth.exhausted) IS DISTINCT FROM (e.amount_in, e.amount_out, e.exhausted)
$$, 'the curve is what univ3_exit_depth says');
SELECT is_empty($$
	SELECT slippage, mode, zero, sold, bought, s.* FROM depth CROSS JOIN LATERAL univ3_swap(sqrt_price, liquidity, tick, fee_pips, tick_spacing, ticks,
		liquidity_net, sold, true, zero) s
	WHERE s.amount_in <> sold OR s.amount_out < bought OR (mode = 'average' AND s.amount_out <> bought)
$$, 'sold at once, it brings what it says');
SELECT is_empty($$
	SELECT slippage, zero, sold, bought, average_price FROM depth CROSS JOIN LATERAL (SELECT univ3_price(sqrt_price, 0, 0, NOT zero) * (1 - exact(slippage)) AS least) x
	CROSS JOIN LATERAL univ3_swap(sqrt_price, liquidity, tick, fee_pips, tick_spacing, ticks, liquidity_net, trunc(sold * 1.000000001) + 1000, true, zero) s
	WHERE mode = 'average' AND -- the slippage that a float8 holds
	(bought < sold * least * (1 - 1e-16) OR (NOT exhausted AND s.amount_out >= s.amount_in * least))
$$, 'the average is good enough, and of a little more it is not');
SELECT is_empty($$
	SELECT * FROM (SELECT mode, zero, slippage, sold, bought, exhausted, lag(sold) OVER w AS sold_before, lag(bought) OVER w AS bought_before,
		lag(exhausted) OVER w AS exhausted_before FROM depth WINDOW w AS (PARTITION BY sqrt_price, mode, zero ORDER BY slippage)) d
	WHERE sold < sold_before OR bought < bought_before OR (exhausted_before AND (NOT exhausted OR sold > sold_before))
$$, 'more slippage is not less depth');
SELECT is(array_agg(DISTINCT sold), '{0}', 'an average that is worse by less than the fee is none') FROM depth
WHERE mode = 'average' AND slippage < 0.00009;
SELECT is_empty($$
	SELECT slippage, zero, e.* FROM depth CROSS JOIN LATERAL univ3_exit_depth(sqrt_price, liquidity, tick, fee_pips, tick_spacing, ticks, liquidity_net, slippage,
		zero, 'marginal', decimals0 => 18, decimals1 => 18) e
	WHERE mode = 'marginal' AND NOT depth.exhausted AND NOT is_close(e.price_after,
		univ3_price(sqrt_price, 0, 0) * CASE WHEN zero THEN 1 - exact(slippage) ELSE 1 / (1 - exact(slippage)) END, 1e-14)
$$, 'the marginal price ends where the slippage says');

-- Uniswap v2
SELECT is_empty($$
	SELECT * FROM (SELECT trunc(10::numeric ^ (random() * 30)::numeric) AS a, trunc(10::numeric ^ (random() * 30)::numeric) AS x,
		trunc(10::numeric ^ (random() * 30)::numeric) AS y, (random() * 9999)::int AS fee FROM generate_series(1, 2000)) r
	CROSS JOIN LATERAL (SELECT univ2_amount_out(a, x, y, fee) AS b) o
	WHERE b <> div(a * (10000 - fee) * y, x * 10000 + a * (10000 - fee))
		OR univ2_amount_out(a, x, y) <> div(a * 997 * y, x * 1000 + a * 997)
		OR (b > 0 AND univ2_amount_in(b, x, y, fee) <> div(x * b * 10000, (y - b) * (10000 - fee)) + 1)
		OR (b > 0 AND univ2_amount_in(b, x, y) <> div(x * b * 1000, (y - b) * 997) + 1)
		OR (x + a) * (y - b) < x * y
$$, 'swaps of Uniswap v2 are what numeric says, and the product never falls');

-- every word that is none is refused by every function, in every place
SELECT is_empty($$
	SELECT f, n, bad FROM (
		SELECT p.oid::regprocedure AS f, n, bad, p.proname, (SELECT string_agg(CASE WHEN i - 1 = n THEN quote_literal(bad) || '::numeric'
				WHEN t = 'numeric'::regtype THEN CASE WHEN p.proargnames[i] LIKE 'sqrt\_price%upper' THEN '5000000001' WHEN p.proargnames[i] LIKE 'sqrt\_price%'
					THEN '5000000000' ELSE '1' END
				WHEN t = 'integer'::regtype THEN CASE p.proargnames[i] WHEN 'tick' THEN '-884233' WHEN 'tick_spacing' THEN '1' WHEN 'tick_upper' THEN '9' ELSE '0' END
				WHEN t = 'boolean'::regtype THEN 'true' WHEN t = 'numeric[]'::regtype THEN '''{}''::numeric[]'
				WHEN t = 'integer[]'::regtype THEN '''{}''::int[]' WHEN t = 'float8[]'::regtype THEN '''{0.1}''::float8[]'
				WHEN t = 'float8'::regtype THEN '0.5::float8' ELSE quote_literal('average') END, ', ' ORDER BY i)
			FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY a(t, i)) AS arguments
		FROM pg_proc p CROSS JOIN generate_series(0, p.pronargs - 1) n CROSS JOIN unnest('{-1,0.5,NaN,Infinity,-Infinity,1e78}'::text[]) bad
		WHERE p.prosrc LIKE 'liquidity\_univ%' AND p.proargtypes[n] = 'numeric'::regtype
	) c WHERE outcome(format('SELECT (%I(%s))::text', proname, arguments)) <> 'error'
$$, 'no function takes what is not a chain integer');
SELECT cmp_ok(count(*)::int, '=', 17, 'all functions were tried') FROM pg_proc WHERE prosrc LIKE 'liquidity\_univ%';
SELECT is_empty($$
	SELECT oid::regprocedure FROM pg_proc WHERE prosrc LIKE 'liquidity\_univ%'
		AND (provolatile <> 'i' OR proparallel <> 's' OR obj_description(oid, 'pg_proc') IS NULL
			OR proisstrict = (proname IN ('univ3_swap', 'univ3_exit_depth', 'univ3_depth_curve')))
$$, 'all are immutable, parallel safe and have a comment; strict unless NULL has a meaning');

-- bad numbers in arrays and as float8
SELECT is_empty($$
	SELECT bad FROM unnest('{-0.1,1,NaN,Infinity,-Infinity}'::text[]) bad, cbeth WHERE outcome(format(
		'SELECT univ3_exit_depth(%s, %s, %s, %s, %s, ''{}'', ''{}'', %L, true, ''average'')', sqrt_price, liquidity, tick, fee_pips, tick_spacing, bad)) <> 'error'
	UNION ALL
	SELECT bad FROM unnest('{-0.1,0,1e300,NaN,Infinity,-Infinity}'::text[]) bad, cbeth WHERE outcome(format(
		'SELECT univ3_exit_depth(%s, %s, %s, %s, %s, ''{}'', ''{}'', 0.1, true, ''average'', %L)', sqrt_price, liquidity, tick, fee_pips, tick_spacing, bad)) <> 'error'
	UNION ALL
	SELECT bad FROM unnest('{-0.1,0,1e300,NaN,Infinity,-Infinity}'::text[]) bad WHERE outcome(format('SELECT univ3_price_to_tick(%L)', bad)) <> 'error'
$$, 'no slippage, reference or price that is none is taken');

-- stored, compressed and out of line
CREATE TEMP TABLE stored AS SELECT * FROM cbeth;
ALTER TABLE stored ALTER ticks SET STORAGE external, ALTER liquidity_net SET STORAGE main;
INSERT INTO stored SELECT * FROM cbeth;
INSERT INTO stored SELECT sqrt_price, liquidity, tick, fee_pips, tick_spacing, array_agg(t ORDER BY t), array_agg(0::numeric), amount, exact_in, zero_for_one
FROM cbeth, generate_series(-20000, 20000) t GROUP BY sqrt_price, liquidity, tick, fee_pips, tick_spacing, amount, exact_in, zero_for_one;
SELECT is((SELECT count(DISTINCT s) FROM stored c CROSS JOIN LATERAL univ3_swap(sqrt_price, liquidity, tick, fee_pips, tick_spacing, ticks, liquidity_net,
	1, true, true) s)::int, 1, 'arrays may be stored anyhow');

SELECT * FROM finish();
ROLLBACK;
