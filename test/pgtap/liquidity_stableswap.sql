-- Vectors and properties of StableSwap pools.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

-- vectors
CREATE TEMP TABLE d_case (balances numeric[], amp numeric, rates numeric[], variant text, expected numeric, kind text, source text);
\copy d_case FROM 'test/vectors/liquidity/stableswap_d.csv' (FORMAT csv, HEADER)
SELECT is(stableswap_d(balances, amp, rates, variant), expected, format('stableswap_d(%s, %s, %s): %s', balances, amp, variant, source))
FROM d_case;
SELECT is(count(*)::int, 44, 'all vectors of stableswap_d were loaded') FROM d_case;

CREATE TEMP TABLE dy_case (i int, j int, dx numeric, balances numeric[], amp numeric, fee numeric, rates numeric[], variant text,
	expected numeric, kind text, source text);
\copy dy_case FROM 'test/vectors/liquidity/stableswap_dy.csv' (FORMAT csv, HEADER)
\copy dy_case FROM 'test/vectors/liquidity/stableswap_dy_balancer.csv' (FORMAT csv, HEADER)
\copy dy_case FROM 'test/vectors/liquidity/stableswap_dy_rai.csv' (FORMAT csv, HEADER)
\copy dy_case FROM 'test/vectors/liquidity/stableswap_dy_reference.csv' (FORMAT csv, HEADER)
SELECT is(stableswap_dy(i, j, dx, balances, amp, fee, rates, variant), expected, format('stableswap_dy(%s, %s, %s, %s): %s',
	i, j, dx, variant, source))
FROM dy_case;
SELECT is(count(*)::int, 93, 'all vectors of stableswap_dy were loaded') FROM dy_case;

CREATE TEMP TABLE price_case (balances numeric[], amp numeric, supply numeric, rates numeric[], variant text, expected numeric,
	kind text, source text);
\copy price_case FROM 'test/vectors/liquidity/stableswap_virtual_price.csv' (FORMAT csv, HEADER)
SELECT is(stableswap_virtual_price(balances, amp, supply, rates, variant), expected, format('stableswap_virtual_price: %s', source))
FROM price_case;
SELECT is(count(*)::int, 13, 'all vectors of stableswap_virtual_price were loaded') FROM price_case;

SELECT * FROM finish();
ROLLBACK;
