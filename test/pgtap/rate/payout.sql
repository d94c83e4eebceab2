-- Vectors and properties of queues of withdrawals.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/outcome.sql
SELECT no_plan();

CREATE TEMP TABLE rate_case (pooled numeric, total_shares numeric, expected numeric, kind text, source text);
\copy rate_case FROM 'test/vectors/rate/etherfi_finalization_rate.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 5, 'all vectors of etherfi_finalization_rate were loaded') FROM rate_case;
SELECT is(etherfi_finalization_rate(pooled, total_shares), expected, source) FROM rate_case;

CREATE TEMP TABLE payout_case (requested text, shares text, rate text, expected text, kind text, source text);
\copy payout_case FROM 'test/vectors/rate/etherfi_withdrawal_payout.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 27, 'all vectors of etherfi_withdrawal_payout were loaded') FROM payout_case;
SELECT is(regexp_replace(outcome(format('SELECT etherfi_withdrawal_payout(%s, %s, %s)', requested, shares, rate)),
	'^error: .*', 'error'), expected, source) FROM payout_case;

-- a request is for the shares that its amount is, rounded up; finalised at once it loses nothing
SELECT is_empty($$
	SELECT 1 FROM (SELECT n::numeric * 1234567890123456789 AS amount, 3e24 + n AS pooled, 27e23 - n * 7 AS shares
		FROM generate_series(1, 500) n) s
	WHERE etherfi_withdrawal_payout(amount, etherfi_shares_for_withdrawal(amount, pooled, shares),
		etherfi_finalization_rate(pooled, shares)) <> amount
$$, 'a request that is finalised at once is paid in full');

SELECT * FROM finish();
ROLLBACK;
