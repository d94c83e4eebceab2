-- Vectors and properties of Compound v3 (Comet).
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

-- vectors
CREATE TEMP TABLE line (text text);
\copy line FROM 'test/vectors/leverage/lending_other.json' (FORMAT csv, DELIMITER E'\x01', QUOTE E'\x02')
CREATE TEMP TABLE other AS
SELECT r->>'fn' AS fn, r->'args' AS a, r AS record, r->>'expected' AS expected, coalesce(r->>'source', r->>'kind') AS source
FROM (SELECT string_agg(text, '') AS text FROM line) t CROSS JOIN jsonb_array_elements(t.text::jsonb) r;

SELECT is((comet_rate(u, (b->>'kink')::numeric, comet_per_second((b->>'base')::numeric), comet_per_second((b->>'low')::numeric), comet_per_second((b->>'high')::numeric)),
		comet_rate(u, (s->>'kink')::numeric, comet_per_second((s->>'base')::numeric), comet_per_second((s->>'low')::numeric), comet_per_second((s->>'high')::numeric)))::text,
	((record->'exact_per_second'->>'borrow')::numeric, (record->'exact_per_second'->>'supply')::numeric)::text, 'per second: ' || source)
FROM other, LATERAL (SELECT (a->>'utilization')::numeric AS u, a->'borrow' AS b, a->'supply' AS s) c WHERE fn = 'comet_rates_annual';
SELECT ok(abs((record->'exact_per_second'->>'borrow')::numeric * 31536000 - (record->'expected'->>'borrow_apr_wad')::numeric) <= (record->>'abs_tol_wad')::numeric
	AND is_close(per_second_apr((record->'exact_per_second'->>'supply')::float8 / 1e18), (record->'expected'->>'supply_apr_wad')::numeric / 1e18, abs_tol => 1e-10),
	'per year: ' || source) FROM other WHERE fn = 'comet_rates_annual';
SELECT is(comet_quote_collateral((a->>'base_amount')::numeric, (a->>'base_price')::numeric, (a->>'base_scale')::numeric, (a->>'asset_price')::numeric,
	(a->>'asset_scale')::numeric, (a->>'liquidation_factor')::numeric, (a->>'store_front_price_factor')::numeric), expected::numeric, source)
FROM other WHERE fn = 'comet_quote_collateral';
SELECT is(count(*)::int, 3, 'all vectors of Comet were found') FROM other WHERE fn LIKE 'comet%';

-- random inputs, where PostgreSQL's own integers of any size are the judge
CREATE FUNCTION random_uint(digits integer) RETURNS numeric LANGUAGE sql VOLATILE AS $$
	SELECT coalesce(string_agg((random() * 9.999 - 0.4999)::int::text, ''), '0')::numeric
	FROM generate_series(1, (random() * digits)::int)
$$;
CREATE FUNCTION div_up(a numeric, b numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$ SELECT div(a + b - 1, b) $$;

CREATE TEMP TABLE random_input AS
SELECT random_uint(18) AS kink, random_uint(19) AS utilization, random_uint(10) AS base, random_uint(11) AS low, random_uint(12) AS high, random_uint(8) AS seconds,
	1e15 + random_uint(15) AS supply_index, 1e15 + random_uint(15) AS borrow_index, random_uint(26) * (random() < 0.5)::int - random_uint(26) AS balance,
	random_uint(12) + 1 AS base_price, random_uint(12) + 1 AS price, random_uint(12) + 1 AS price2, random_uint(24) AS amount, random_uint(15) AS amount2,
	random_uint(18) AS factor, random_uint(18) AS factor2, random_uint(17) AS store_front
FROM generate_series(1, 1000);

SELECT is_empty($$
	SELECT * FROM random_input WHERE comet_rate(utilization, kink, base, low, high)
		<> base + div(low * least(utilization, kink), 1e18) + div(high * greatest(utilization - kink, 0), 1e18)
		OR comet_utilization(amount, amount2) <> CASE amount WHEN 0 THEN 0 ELSE div(amount2 * 1e18, amount) END
		OR comet_per_second(amount) <> div(amount, 31536000)
		OR comet_accrue_index(supply_index, low, seconds) <> supply_index + div(supply_index * low * seconds, 1e18)
$$, 'rates and indices are what numeric says');
SELECT is_empty($$
	SELECT * FROM random_input WHERE comet_rate(utilization + 1e15, kink, base, low, high) < comet_rate(utilization, kink, base, low, high)
		OR abs(comet_rate(kink + 1, kink, base, low, high) - comet_rate(kink, kink, base, low, high)) > 1
		OR comet_accrue_index(borrow_index, high, seconds + 1) < comet_accrue_index(borrow_index, high, seconds)
$$, 'a curve never falls nor jumps at its kink, and an index never falls');
SELECT is_empty($$
	SELECT * FROM random_input WHERE comet_present_value(balance, supply_index, borrow_index)
			<> sign(balance) * div(abs(balance) * CASE WHEN balance < 0 THEN borrow_index ELSE supply_index END, 1e15)
		OR comet_principal_value(balance, supply_index, borrow_index) <> CASE WHEN balance < 0 THEN -div_up(-balance * 1e15, borrow_index) ELSE div(balance * 1e15, supply_index) END
		OR comet_present_value(comet_principal_value(balance, supply_index, borrow_index), supply_index, borrow_index) > balance
$$, 'balances are what numeric says, and rounding is the account''s loss');
SELECT is_empty($$
	SELECT * FROM random_input, LATERAL (SELECT sign(balance) * div(abs(balance) * base_price, 1e6) + div(div(amount * price, 1e18) * factor, 1e18) + div(div(amount2 * price2, 1e8) * factor2, 1e18) AS liquidity) l
	WHERE comet_liquidity(balance, base_price, 1e6, ARRAY[amount, amount2], ARRAY[price, price2], '{1000000000000000000,100000000}', ARRAY[factor, factor2]) <> liquidity
		OR comet_is_borrow_collateralized(balance, base_price, 1e6, ARRAY[amount, amount2], ARRAY[price, price2], '{1000000000000000000,100000000}', ARRAY[factor, factor2]) <> (liquidity >= 0)
		OR comet_is_liquidatable(balance, base_price, 1e6, ARRAY[amount, amount2], ARRAY[price, price2], '{1000000000000000000,100000000}', ARRAY[factor, factor2]) <> (liquidity < 0)
		OR (balance >= 0 AND comet_is_liquidatable(balance, base_price, 1e6, ARRAY[amount, amount2], ARRAY[price, price2], '{1000000000000000000,100000000}', ARRAY[factor, factor2]))
$$, 'accounts are what numeric says, and without debt none is liquidatable');
CREATE TEMP TABLE absorbed AS
SELECT r.*, x.* FROM random_input r, LATERAL (SELECT 5e17 + div(factor, 2) AS credit) c, comet_absorb(balance, base_price, 1e6, ARRAY[amount], ARRAY[price], ARRAY[1e18], ARRAY[factor], ARRAY[credit]) x
WHERE comet_is_liquidatable(balance, base_price, 1e6, ARRAY[amount], ARRAY[price], ARRAY[1e18], ARRAY[factor]);
SELECT ok(count(*) > 200 AND count(*) FILTER (WHERE balance_after > 0) > 5 AND count(*) FILTER (WHERE shortfall > 0) > 100, 'many accounts were absorbed, some with a rest and some with a loss') FROM absorbed;
SELECT is_empty($$
	SELECT * FROM absorbed, LATERAL (SELECT div(div(div(amount * price, 1e18) * (5e17 + div(factor, 2)), 1e18) * 1e6, base_price) AS credit) c
	WHERE (seized_value, base_paid_out, value_paid_out, balance_after, shortfall) <> (div(amount * price, 1e18), -balance + greatest(credit + balance, 0),
		div((-balance + greatest(credit + balance, 0)) * base_price, 1e6), greatest(credit + balance, 0), greatest(-balance - credit, 0))
$$, 'absorptions are what numeric says');
SELECT is_empty($$
	SELECT * FROM random_input, LATERAL (SELECT div((price + 1000) * (1e18 - div(store_front * (1e18 - factor), 1e18)), 1e18) AS discounted) d
	WHERE comet_quote_collateral(amount, base_price, 1e6, price + 1000, 1e18, factor, store_front) <> div(div(base_price * amount * 1e18, discounted), 1e6)
		OR comet_quote_collateral(amount, base_price, 1e6, price + 1000, 1e18, factor, store_front) < comet_quote_collateral(amount, base_price, 1e6, price + 1000, 1e18, 1e18, store_front)
$$, 'quotes are what numeric says, and a discount never gives less');

-- every argument that is a word refuses what is not one
\set functions '^comet_'
\set signed '{principal,balance,base_balance}'
\i test/pgtap/include/words.sql
SELECT cmp_ok(count(DISTINCT proname)::int, '>=', 10, 'and there are many') FROM call;

-- functions are what the planner may think of them
SELECT is_empty($$ SELECT oid::regprocedure FROM pg_proc WHERE proname ~ '^comet_' AND (provolatile <> 'i' OR proparallel <> 's'
	OR NOT proisstrict OR obj_description(oid, 'pg_proc') IS NULL) $$, 'all are immutable, strict, parallel safe and have a comment');

SELECT * FROM finish();
ROLLBACK;
