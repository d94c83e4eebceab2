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

SELECT * FROM finish();
ROLLBACK;
