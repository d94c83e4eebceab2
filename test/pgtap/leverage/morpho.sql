-- Vectors and properties of Morpho Blue.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

-- vectors
CREATE TEMP TABLE share (fn text, amount numeric, total_assets numeric, total_shares numeric, rounding text, expected numeric, kind text, source text);
\copy share FROM 'test/vectors/leverage/morpho_shares.csv' (FORMAT csv, HEADER)
SELECT is(CASE fn WHEN 'morpho_to_assets' THEN morpho_to_assets(amount, total_assets, total_shares, rounding)
	WHEN 'morpho_to_shares' THEN morpho_to_shares(amount, total_assets, total_shares, rounding) END, expected, format('%s(%s, ...): %s', fn, amount, source)) FROM share;
SELECT is(count(*)::int, 30, 'all vectors of shares were loaded') FROM share;

CREATE TEMP TABLE irm (utilization numeric, rate_at_target numeric, elapsed numeric, avg_rate numeric, end_rate_at_target numeric, kind text, source text);
\copy irm FROM 'test/vectors/leverage/morpho_irm.csv' (FORMAT csv, HEADER)
SELECT is(morpho_irm(utilization, rate_at_target, elapsed), (avg_rate, end_rate_at_target),
	format('morpho_irm(%s, %s, %s)', utilization, rate_at_target, elapsed)) FROM irm;
SELECT is(count(*)::int, 142, 'all vectors of morpho_irm were loaded') FROM irm;

CREATE TEMP TABLE line (text text);
\copy line FROM 'test/vectors/leverage/lending_other.json' (FORMAT csv, DELIMITER E'\x01', QUOTE E'\x02')
CREATE TEMP TABLE other AS
SELECT r->>'fn' AS fn, r->'args' AS a, r->>'expected' AS expected, r->>'source' AS source
FROM (SELECT string_agg(text, '') AS text FROM line) t CROSS JOIN jsonb_array_elements(t.text::jsonb) r;
CREATE TEMP TABLE position AS
SELECT fn, expected, (a->>'collateral')::numeric AS collateral, (a->>'borrowShares')::numeric AS shares, (a->>'totalBorrowAssets')::numeric AS total_assets,
	(a->>'totalBorrowShares')::numeric AS total_shares, (a->>'price')::numeric AS price, (a->>'lltv')::numeric AS lltv
FROM other WHERE a ? 'borrowShares';

SELECT is(morpho_liquidation_incentive_factor((a->>'lltv')::numeric), expected::numeric, source) FROM other WHERE fn = 'liquidation_incentive_factor';
SELECT is(morpho_utilization((a->>'supply')::numeric, (a->>'borrow')::numeric), expected::numeric, source) FROM other WHERE fn = 'utilization';
SELECT ok(is_close(morpho_borrow_apy((a->>'rate_per_second')::numeric), expected::numeric), source) FROM other WHERE fn = 'rate_to_apy';
SELECT is(CASE fn WHEN 'supply_to_utilization' THEN morpho_supply_to_utilization(supply, borrow, target)
	WHEN 'withdraw_to_utilization' THEN morpho_withdraw_to_utilization(supply, borrow, target)
	WHEN 'borrow_to_utilization' THEN morpho_borrow_to_utilization(supply, borrow, target) END, expected::numeric, format('%s: %s', fn, source))
FROM other, LATERAL (SELECT (a->>'supply')::numeric AS supply, (a->>'borrow')::numeric AS borrow, (a->>'target')::numeric AS target) m WHERE fn LIKE '%_to_utilization';
SELECT is(morpho_taylor_compounded((a->>'x')::numeric, (a->>'n')::numeric), expected::numeric, 'morpho_taylor_compounded') FROM other WHERE fn = 'wTaylorCompounded';
-- without debt the SDK of that time had a health factor of 2^256 - 1; it is NULL here, and in later versions
SELECT is(morpho_health_factor(collateral, shares, total_assets, total_shares, price, lltv),
	nullif(expected::numeric, 2::numeric ^ 256 - 1), fn) FROM position WHERE fn = 'health_factor';
SELECT is(CASE fn WHEN 'max_borrowable' THEN morpho_max_borrowable(collateral, shares, total_assets, total_shares, price, lltv)::text
	WHEN 'borrow_capacity_usage' THEN morpho_borrow_usage(collateral, shares, total_assets, total_shares, price, lltv)::text
	WHEN 'is_healthy' THEN morpho_is_healthy(collateral, shares, total_assets, total_shares, price, lltv)::text
	WHEN 'liquidation_price' THEN morpho_liquidation_price(collateral, shares, total_assets, total_shares, lltv)::text
	WHEN 'price_variation_to_liq' THEN morpho_price_variation(collateral, shares, total_assets, total_shares, price, lltv)::text END, expected, fn)
FROM position WHERE fn <> 'health_factor';
SELECT is(count(*)::int, 19, 'all other vectors of Morpho were found') FROM other WHERE a ? 'borrowShares' OR fn LIKE '%_to_utilization'
	OR fn IN ('liquidation_incentive_factor', 'utilization', 'rate_to_apy', 'wTaylorCompounded');

-- random inputs, where PostgreSQL's own integers of any size are the judge
CREATE FUNCTION random_uint(digits integer) RETURNS numeric LANGUAGE sql VOLATILE AS $$
	SELECT coalesce(string_agg((random() * 9.999 - 0.4999)::int::text, ''), '0')::numeric
	FROM generate_series(1, (random() * digits)::int)
$$;
CREATE FUNCTION div_up(a numeric, b numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$ SELECT div(a + b - 1, b) $$;

CREATE TEMP TABLE random_input AS
SELECT row_number() OVER () AS row, random_uint(30) AS a, random_uint(30) AS b, random_uint(11) AS rate, random_uint(8) AS seconds, random_uint(18) AS wad, random_uint(17) + 7e17 AS lltv,
	random_uint(24) + 1e6 AS collateral, random_uint(36) + 1 AS price, random_uint(26) + 1 AS debt_shares, random_uint(20) AS supply, random_uint(18) AS borrow
FROM generate_series(1, 1000);

SELECT is_empty($$
	SELECT * FROM random_input WHERE morpho_to_assets(a, supply, b) <> div(a * (supply + 1), b + 1e6)
		OR morpho_to_shares(a, supply, b, 'ceil') <> div_up(a * (b + 1e6), supply + 1)
		OR morpho_to_assets(a, supply, b) <> shares_to_assets(a, supply, b, virtual_assets => 1, virtual_shares => 1e6)
$$, 'shares are what numeric and shares_to_assets say');
SELECT is_empty($$
	SELECT * FROM random_input WHERE morpho_to_assets(morpho_to_shares(a, supply, b), supply, b) > a
		OR morpho_to_assets(morpho_to_shares(a, supply, b, 'ceil'), supply, b, 'ceil') < a
$$, 'in and out again, rounding is the account''s loss');
SELECT is_empty($$
	SELECT * FROM random_input, LATERAL (SELECT rate * seconds AS x) x, LATERAL (SELECT div(x * x, 2e18) AS y) y
	WHERE morpho_taylor_compounded(rate, seconds) <> x + y + div(y * x, 3e18)
		OR morpho_taylor_compounded(rate, seconds + 1) < morpho_taylor_compounded(rate, seconds)
$$, 'interest is what numeric says, and grows with time');
SELECT is_empty($$
	SELECT * FROM random_input, LATERAL (SELECT div(borrow * morpho_taylor_compounded(rate, seconds), 1e18) AS interest) i, LATERAL (SELECT div(interest * 1e17, 1e18) AS fee) f,
		morpho_accrue(supply + borrow, b, borrow, rate, seconds, 1e17) m
	WHERE (m.interest, m.fee_shares, m.supply_assets_after, m.supply_shares_after, m.borrow_assets_after) IS DISTINCT FROM (i.interest, morpho_to_shares(fee,
		supply + borrow + i.interest - fee, b), supply + borrow + i.interest, b + morpho_to_shares(fee, supply + borrow + i.interest - fee, b), borrow + i.interest)
$$, 'accrual is what numeric says');
SELECT is_empty($$
	SELECT * FROM random_input, LATERAL (SELECT greatest(31709791, least(rate, 63419583967)) AS rate_at_target) r,
		morpho_irm(wad, rate_at_target, seconds) i, morpho_irm(wad, rate_at_target, 0) at_once
	WHERE at_once.avg_rate <> morpho_borrow_rate(wad, rate_at_target) OR at_once.end_rate_at_target <> rate_at_target
		OR i.end_rate_at_target NOT BETWEEN 31709791 AND 63419583967
		OR (wad >= 9e17 AND i.end_rate_at_target < rate_at_target) OR (wad <= 9e17 AND i.end_rate_at_target > rate_at_target)
		OR i.avg_rate NOT BETWEEN least(morpho_borrow_rate(wad, rate_at_target), morpho_borrow_rate(wad, i.end_rate_at_target)) - 1
			AND greatest(morpho_borrow_rate(wad, rate_at_target), morpho_borrow_rate(wad, i.end_rate_at_target))
$$, 'the rate at target rises above the target and falls below it, within its bounds, and the average lies between start and end');

-- positions: half of a market's shares at 1 asset for 1e6 shares
CREATE TEMP TABLE random_position AS
SELECT *, debt_shares * 2 AS total_shares, div(debt_shares * 2, 1e6) AS total_assets FROM random_input;
SELECT is_empty($$
	SELECT * FROM random_position, LATERAL (SELECT div_up(debt_shares * (total_assets + 1), total_shares + 1e6) AS debt, div(div(collateral * price, 1e36) * lltv, 1e18) AS power) p
	WHERE morpho_max_borrow(collateral, price, lltv) <> power
		OR morpho_max_borrowable(collateral, debt_shares, total_assets, total_shares, price, lltv) <> greatest(power - debt, 0)
		OR morpho_is_healthy(collateral, debt_shares, total_assets, total_shares, price, lltv) <> (power >= debt)
		OR morpho_health_factor(collateral, debt_shares, total_assets, total_shares, price, lltv) <> div(power * 1e18, debt)
		OR morpho_liquidation_price(collateral, debt_shares, total_assets, total_shares, lltv) <> div_up(debt * 1e36, div(collateral * lltv, 1e18))
		OR morpho_borrow_usage(collateral, debt_shares, total_assets, total_shares, price, lltv)
			<> CASE div(power * 1e18, debt) WHEN 0 THEN 2::numeric ^ 256 - 1 ELSE div_up(1e36, div(power * 1e18, debt)) END
		OR morpho_price_variation(collateral, debt_shares, total_assets, total_shares, price, lltv)
			<> div_up(div_up(debt * 1e36, div(collateral * lltv, 1e18)) * 1e18, price) - 1e18
$$, 'positions are what numeric says');
CREATE TEMP TABLE liquidated AS
SELECT p.*, l.*, factor FROM random_position p, LATERAL (SELECT morpho_liquidation_incentive_factor(lltv) AS factor) f,
	morpho_liquidation(collateral, debt_shares, total_assets, total_shares, price, lltv, seize => CASE row % 3 WHEN 0 THEN 1 WHEN 1 THEN div(collateral, 2) ELSE collateral END) l
WHERE NOT morpho_is_healthy(collateral, debt_shares, total_assets, total_shares, price, lltv)
	AND morpho_to_shares(div_up(div_up(collateral * price, 1e36) * 1e18, factor), total_assets, total_shares, 'ceil') <= debt_shares;
SELECT ok(count(*) > 100 AND count(*) FILTER (WHERE bad_debt_shares > 0) > 30, 'many positions were liquidated, some wholly') FROM liquidated;
SELECT is_empty($$
	SELECT * FROM liquidated WHERE repaid_shares > debt_shares OR repaid_shares + bad_debt_shares > debt_shares
		OR repaid_assets * factor < div(seized_assets * price, 1e36) * 1e18
		OR (bad_debt_shares > 0) <> (seized_assets = collateral AND repaid_shares < debt_shares)
$$, 'a liquidator pays at least what the incentive asks, and debt is written off where no collateral is left');

-- to a utilization
SELECT is_empty($$
	SELECT * FROM (SELECT *, wad + 1 AS target FROM random_input WHERE wad < 1e18) r
	WHERE morpho_supply_to_utilization(supply, borrow, target) <> greatest(div_up(borrow * 1e18, target) - supply, 0)
		OR morpho_withdraw_to_utilization(supply, borrow, target) <> greatest(supply - div_up(borrow * 1e18, target), 0)
		OR morpho_borrow_to_utilization(supply, borrow, target) <> greatest(div(supply * target, 1e18) - borrow, 0)
		OR morpho_repay_to_utilization(supply, borrow, target) <> greatest(borrow - div(supply * target, 1e18), 0)
		OR (borrow > 0 AND morpho_utilization(supply + borrow + morpho_supply_to_utilization(supply + borrow, borrow, target), borrow) > target)
$$, 'amounts to a utilization are what numeric says, and reach it');

-- every argument that is a word refuses what is not one
\i test/pgtap/include/outcome.sql
CREATE TEMP TABLE call AS
SELECT p.proname, n, bad, string_agg(CASE WHEN i - 1 = n THEN quote_literal(bad) || '::numeric' WHEN t = 'numeric'::regtype THEN '1'
	WHEN t = 'integer'::regtype THEN '0' WHEN t = 'boolean'::regtype THEN 'false'
	ELSE quote_literal(CASE p.proargnames[i] WHEN 'rounding' THEN 'floor' WHEN 'version' THEN CASE WHEN p.proname IN ('aave_compound_interest', 'aave_accrue_index')
		THEN 'taylor' ELSE 'origin' END ELSE 'supply' END) END, ', ' ORDER BY i) AS arguments
FROM pg_proc p CROSS JOIN generate_series(0, p.pronargs - 1) n CROSS JOIN unnest('{-1,0.5,NaN,Infinity,-Infinity,1e78}'::text[]) bad
	CROSS JOIN LATERAL unnest(p.proargtypes::oid[]) WITH ORDINALITY a(t, i)
WHERE p.prosrc LIKE 'leverage\_morpho\_%' AND p.proargtypes[n] = 'numeric'::regtype AND NOT p.proargtypes::oid[] @> ARRAY['numeric[]'::regtype::oid]
GROUP BY 1, 2, 3;
SELECT is_empty($$ SELECT * FROM call WHERE outcome(format('SELECT (%I(%s))::text', proname, arguments)) NOT LIKE 'error: % must be a whole number from 0 to 2^256 - 1, not %' $$,
	'no function takes what is not a chain integer');
SELECT cmp_ok(count(DISTINCT proname)::int, '>=', 15, 'and there are many') FROM call;

SELECT is_empty($$ SELECT oid::regprocedure FROM pg_proc WHERE proname LIKE 'morpho\_%' AND (provolatile <> 'i' OR proparallel <> 's' OR NOT proisstrict
	OR obj_description(oid, 'pg_proc') IS NULL) $$, 'all are immutable, strict, parallel safe and have a comment');

SELECT * FROM finish();
ROLLBACK;
