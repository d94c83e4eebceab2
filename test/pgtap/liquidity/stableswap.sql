-- Vectors and properties of StableSwap pools.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
\i test/pgtap/include/outcome.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

-- vectors
CREATE TEMP TABLE d_case (balances numeric[], amp numeric, rates numeric[], variant text, expected numeric, kind text, source text);
\copy d_case FROM 'test/vectors/liquidity/stableswap_d.csv' (FORMAT csv, HEADER)
\copy d_case FROM 'test/vectors/liquidity/stableswap_d_composable.csv' (FORMAT csv, HEADER)
SELECT is(stableswap_d(balances, amp, rates, variant), expected, format('stableswap_d(%s, %s, %s): %s', balances, amp, variant, source))
FROM d_case;
SELECT is(count(*)::int, 119, 'all vectors of stableswap_d were loaded') FROM d_case;

CREATE TEMP TABLE dy_case (i int, j int, dx numeric, balances numeric[], amp numeric, fee numeric, rates numeric[], variant text,
	expected numeric, kind text, source text);
\copy dy_case FROM 'test/vectors/liquidity/stableswap_dy.csv' (FORMAT csv, HEADER)
\copy dy_case FROM 'test/vectors/liquidity/stableswap_dy_balancer.csv' (FORMAT csv, HEADER)
\copy dy_case FROM 'test/vectors/liquidity/stableswap_dy_rai.csv' (FORMAT csv, HEADER)
\copy dy_case FROM 'test/vectors/liquidity/stableswap_dy_reference.csv' (FORMAT csv, HEADER)
\copy dy_case FROM 'test/vectors/liquidity/stableswap_dy_composable.csv' (FORMAT csv, HEADER)
SELECT is(stableswap_dy(i, j, dx, balances, amp, fee, rates, variant), expected, format('stableswap_dy(%s, %s, %s, %s): %s',
	i, j, dx, variant, source))
FROM dy_case;
SELECT is(count(*)::int, 168, 'all vectors of stableswap_dy were loaded') FROM dy_case;

CREATE TEMP TABLE price_case (balances numeric[], amp numeric, supply numeric, rates numeric[], variant text, expected numeric,
	kind text, source text);
\copy price_case FROM 'test/vectors/liquidity/stableswap_virtual_price.csv' (FORMAT csv, HEADER)
\copy price_case FROM 'test/vectors/liquidity/stableswap_virtual_price_composable.csv' (FORMAT csv, HEADER)
SELECT is(stableswap_virtual_price(balances, amp, supply, rates, variant), expected, format('stableswap_virtual_price: %s', source))
FROM price_case;
SELECT is(count(*)::int, 88, 'all vectors of stableswap_virtual_price were loaded') FROM price_case;

CREATE TEMP TABLE deposit_case (fn text, amounts numeric[], balances numeric[], amp numeric, fee numeric, supply numeric, rates numeric[], variant text,
	offpeg_fee_multiplier numeric, deposit boolean, expected text, kind text, source text);
ALTER TABLE deposit_case ALTER fn SET DEFAULT 'stableswap_add_liquidity';
\copy deposit_case (amounts, balances, amp, fee, supply, rates, variant, offpeg_fee_multiplier, expected, kind, source) FROM 'test/vectors/liquidity/stableswap_add_liquidity.csv' (FORMAT csv, HEADER)
ALTER TABLE deposit_case ALTER fn SET DEFAULT 'stableswap_remove_liquidity_imbalance';
\copy deposit_case (amounts, balances, amp, fee, supply, rates, variant, offpeg_fee_multiplier, expected, kind, source) FROM 'test/vectors/liquidity/stableswap_remove_liquidity_imbalance.csv' (FORMAT csv, HEADER)
ALTER TABLE deposit_case ALTER fn SET DEFAULT 'stableswap_calc_token_amount';
\copy deposit_case (amounts, balances, amp, fee, supply, rates, variant, offpeg_fee_multiplier, deposit, expected, kind, source) FROM 'test/vectors/liquidity/stableswap_calc_token_amount.csv' (FORMAT csv, HEADER)
SELECT is(answer(format('%s(%L, %L, %s, %s, %s, %L, %L, %L%s)', fn, amounts, balances, amp, fee, supply, rates, variant, offpeg_fee_multiplier,
	', ' || quote_literal(deposit))), expected, format('%s(%s, %s, %s): %s', fn, amounts, balances, variant, source))
FROM deposit_case;
SELECT is(count(*)::int, 650, 'all vectors of deposits and withdrawals were loaded') FROM deposit_case;
SELECT is_empty($$
	SELECT * FROM deposit_case, LATERAL (SELECT ARRAY(SELECT b + a FROM unnest(balances, amounts) u(b, a)) AS after, supply + expected::numeric AS shares) x
	WHERE fn = 'stableswap_add_liquidity' AND expected NOT IN ('0', 'error') AND supply > 0
		AND stableswap_remove_liquidity_imbalance(amounts, after, amp, fee, shares, rates, variant, offpeg_fee_multiplier) < expected::numeric
$$, 'to add and remove the same never gains');
SELECT is_empty($$
	SELECT * FROM deposit_case, LATERAL (SELECT ARRAY(SELECT b + a FROM unnest(balances, amounts) u(b, a)) AS after, supply + expected::numeric AS shares) x
	WHERE fn = 'stableswap_add_liquidity' AND expected NOT IN ('0', 'error') AND supply > 0
		AND stableswap_virtual_price(after, amp, shares, rates, variant) < stableswap_virtual_price(balances, amp, supply, rates, variant)
$$, 'nor does D per share fall by a deposit');

-- rules that no vector covers, against plain SQL with integers of any size

-- balance i where the invariant is d: get_y_D of Curve's templates
CREATE FUNCTION plain_y(xp numeric[], amp numeric, i int, d numeric) RETURNS numeric LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	n int := cardinality(xp);
	c numeric := d;
	b numeric := 0;
	y numeric := d;
	last numeric;
BEGIN
	FOR k IN 1 .. n LOOP
		IF k <> i + 1 THEN
			b := b + xp[k];
			c := div(c * d, xp[k] * n);
		END IF;
	END LOOP;
	c := div(c * d * 100, amp * n * n);
	b := b + div(d * 100, amp * n);
	LOOP
		last := y;
		y := div(y * y + c, 2 * y + b - d);
		EXIT WHEN abs(y - last) <= 1;
	END LOOP;
	RETURN y;
END
$$;

CREATE FUNCTION plain_dynamic_fee(fee numeric, m numeric, xi numeric, xj numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE WHEN m <= 1e10 THEN fee ELSE div(m * fee, div((m - 1e10) * 4 * xi * xj, (xi + xj) * (xi + xj)) + 1e10) END
$$;

-- _calc_withdraw_one_coin: of the templates, and with the dynamic fee of NG where a multiplier is given
CREATE FUNCTION plain_withdraw(i int, amount numeric, xp numeric[], amp numeric, fee numeric, supply numeric, variant text, m numeric)
RETURNS numeric LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	n int := cardinality(xp);
	d0 numeric := stableswap_d(xp, amp, NULL, variant);
	d1 numeric := d0 - div(amount * d0, supply);
	y numeric := plain_y(xp, amp, i, d1);
	base numeric := div(fee * n, 4 * (n - 1));
	ideal numeric := div(d0 + d1, 2 * n);
	reduced numeric[] := xp;
	kept numeric;
BEGIN
	FOR k IN 1 .. n LOOP
		kept := div(xp[k] * d1, d0);
		IF k = i + 1 THEN
			reduced[k] := xp[k] - div(plain_dynamic_fee(base, m, div(xp[k] + y, 2), ideal) * (kept - y), 1e10);
		ELSE
			reduced[k] := xp[k] - div(plain_dynamic_fee(base, m, xp[k], ideal) * (xp[k] - kept), 1e10);
		END IF;
	END LOOP;
	RETURN reduced[i + 1] - plain_y(reduced, amp, i, d1) - 1;
END
$$;

CREATE TEMP TABLE pool AS
SELECT g AS id, ARRAY(SELECT trunc(1e21::numeric * (1 + 9 * random()::numeric)) FROM generate_series(1, 2 + g % 3)) AS balances,
	100 * (10 + (random() * 2000)::int)::numeric AS amp, (random() * 4e7)::int::numeric AS fee, g % (2 + g % 3) AS coin,
	CASE WHEN random() < 0.5 THEN (1e10 + trunc(random()::numeric * 9e10)) END AS multiplier, trunc(1e20::numeric * random()::numeric) + 1 AS dx
FROM generate_series(1, 300) g;

SELECT is_empty($$
	SELECT * FROM pool, unnest('{std,plus1,ng}'::text[]) v
	WHERE stableswap_withdraw_one_coin(coin, dx, balances, amp, fee, 5e22::numeric, NULL, v, CASE v WHEN 'ng' THEN multiplier END)
		IS DISTINCT FROM plain_withdraw(coin, dx, balances, amp, fee, 5e22, v, CASE v WHEN 'ng' THEN coalesce(multiplier, 0) ELSE 0 END)
$$, 'stableswap_withdraw_one_coin is what numeric says');
SELECT is_empty($$
	SELECT * FROM pool WHERE stableswap_dynamic_fee(fee, 3e10::numeric, balances[1], balances[2])
		<> plain_dynamic_fee(fee, 3e10, balances[1], balances[2])
$$, 'stableswap_dynamic_fee is what numeric says');
SELECT is_empty($$
	SELECT * FROM (
		SELECT p.*, stableswap_y(0, 1, balances[1] + dx, balances, amp) AS y FROM pool p) p,
		LATERAL (SELECT balances[2] - y - 1 AS dy) d
	WHERE stableswap_dy(0, 1, dx, balances, amp, fee, offpeg_fee_multiplier => multiplier) IS DISTINCT FROM dy - div(
		dy * plain_dynamic_fee(fee, coalesce(multiplier, 0), div(2 * balances[1] + dx, 2), div(balances[2] + y, 2)), 1e10)
$$, 'the swap with a dynamic fee is the balance solved for, less the fee in the middle of the trade');
SELECT is_empty($$
	SELECT * FROM pool WHERE abs(stableswap_y(0, 1, balances[1] + dx, balances, amp, NULL, 'std')
		- plain_y(ARRAY[balances[1] + dx] || balances[2:], amp, 1, stableswap_d(balances, amp, NULL, 'std'))) > 0
$$, 'stableswap_y is what numeric says');
-- get_p of stableswap-ng, term by term
SELECT is_empty($$
	SELECT * FROM (
		SELECT p.*, cardinality(balances) AS n, stableswap_d(balances, amp) AS d FROM pool p) p,
		LATERAL (SELECT div(amp * n * balances[1], 100) AS xa) a,
		LATERAL (SELECT div(div(div(d, n::numeric ^ n) * d, balances[1]) * d, balances[2]) AS two) t,
		LATERAL (SELECT CASE WHEN n > 2 THEN div(two * d, balances[3]) ELSE two END AS three) u,
		LATERAL (SELECT CASE WHEN n > 3 THEN div(three * d, balances[4]) ELSE three END AS dr) r
	WHERE stableswap_spot_price(1, 0, balances, amp) IS DISTINCT FROM div(1e18 * (xa + div(dr * balances[1], balances[2])), xa + dr)
$$, 'stableswap_spot_price is what numeric says');

-- laws of swaps
SELECT is_empty($$
	SELECT * FROM pool, unnest('{std,plus1,ng}'::text[]) v,
		LATERAL (SELECT stableswap_dy(0, 1, dx, balances, amp, fee, NULL, v) AS dy) s,
		LATERAL (SELECT ARRAY[balances[1] + dx, balances[2] - dy] || balances[3:] AS after) a
	WHERE stableswap_d(after, amp, NULL, v) < stableswap_d(balances, amp, NULL, v)
		OR stableswap_virtual_price(after, amp, 4e21::numeric, NULL, v) < stableswap_virtual_price(balances, amp, 4e21::numeric, NULL, v)
		OR stableswap_dy(0, 1, dx + 1000, balances, amp, fee, NULL, v) < dy
		OR stableswap_dy(1, 0, dy, after, amp, fee, NULL, v) > dx
$$, 'a swap takes nothing out of the pool, more of it gives more, and back gives no more than was paid');
SELECT is_empty($$
	SELECT * FROM pool WHERE abs(stableswap_spot_price(0, 1, balances, amp)
		- 1e18 * stableswap_dy(0, 1, 1e13::numeric, balances, amp, 0) / 1e13::numeric) > 1e12
$$, 'the price is that of a small swap');
SELECT is_empty($$
	SELECT * FROM pool WHERE (SELECT sum(pool_share(k, balances)) FROM generate_series(0, cardinality(balances) - 1) k) NOT BETWEEN 1 - 1e-15 AND 1 + 1e-15
$$, 'shares add up to one');

-- exit depth
SELECT is_empty($$
	SELECT * FROM pool, unnest('{0.001,0.01,0.1,0.6}'::numeric[]) x,
		stableswap_exit_depth(0, 1, balances, amp, fee, x::float8) d
	WHERE exhausted OR (amount_in > 1e6 AND (amount_out < amount_in * (1 - x)
		OR amount_out <> stableswap_dy(0, 1, amount_in, balances, amp, fee)
		OR stableswap_dy(0, 1, amount_in + 1, balances, amp, fee) >= (amount_in + 1) * (1 - x)
		OR average_price < 1 - x::float8 OR NOT is_close(average_price, amount_out / amount_in, 1e-15)))
$$, 'the depth is good, and one unit more is not');
SELECT is_empty($$
	SELECT * FROM (
		SELECT id, slippage, amount_in, lag(amount_in) OVER (PARTITION BY id ORDER BY slippage) AS less
		FROM pool, stableswap_depth_curve(0, 1, balances, amp, fee, '{0,0.001,0.01,0.1,0.6}', NULL, 'ng', 'spot', 'marginal')) c
	WHERE amount_in < less
$$, 'more slippage, more depth');
SELECT is_empty($$
	SELECT * FROM pool, LATERAL (SELECT array_agg(amount_in) AS one_by_one
		FROM unnest('{0.001,0.01,0.1}'::float8[]) s, stableswap_exit_depth(0, 1, balances, amp, fee, s)) a,
		LATERAL (SELECT array_agg(amount_in) AS curve FROM stableswap_depth_curve(0, 1, balances, amp, fee, '{0.001,0.01,0.1}')) b
	WHERE one_by_one <> curve
$$, 'a curve is its points');
-- 3pool at block 24407242, DAI sold for USDC: 9.27, 16.25 and 25.2 million, which an independent search over the contract's quotes gives
SELECT is(array_agg(round(amount_in / 1e24, 2) ORDER BY slippage), '{9.27,16.25,25.20}', 'depth of 3pool')
FROM price_case, stableswap_depth_curve(0, 1, balances, amp, 1500000, '{0.0005,0.001,0.005}', rates, variant)
WHERE source LIKE '3pool%';

-- arrays as tables keep them
CREATE TEMP TABLE stored AS SELECT id, balances, amp, fee FROM pool;
SELECT force_parallel() \g /dev/null
SELECT is(sum(stableswap_dy(0, 1, 1000000, s.balances, s.amp, s.fee)), (SELECT sum(stableswap_dy(0, 1, 1000000, balances, amp, fee)) FROM pool),
	'from a table, by workers') FROM stored s;
SELECT force_serial() \g /dev/null

SELECT * FROM finish();
ROLLBACK;
