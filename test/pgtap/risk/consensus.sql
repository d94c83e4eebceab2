-- Properties and vectors of domain risk: penalties, leak and exits of Ethereum's consensus layer.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();

CREATE TEMP TABLE slashing_case (expected text, fn text, effective_balance numeric, total_slashed numeric, total_balance numeric, fork text, kind text, source text);
\copy slashing_case FROM 'test/vectors/risk/eth_slashing.csv' (FORMAT csv, HEADER)
CREATE TEMP TABLE loss_case (effective_balance numeric, total_slashed numeric, total_balance numeric, fork text,
	initial numeric, correlation numeric, attestation numeric, total numeric, kind text, source text);
\copy loss_case FROM 'test/vectors/risk/eth_slashing_loss.csv' (FORMAT csv, HEADER)
CREATE TEMP TABLE leak_case (balance numeric, epochs int, score numeric, fork text, max_effective_balance numeric,
	balance_after numeric, effective_balance numeric, score_after numeric, leaked numeric, kind text, source text);
\copy leak_case FROM 'test/vectors/risk/eth_inactivity_leak.csv' (FORMAT csv, HEADER)
CREATE TEMP TABLE exit_case (fn text, exit_balance numeric, total_balance numeric, current_epoch bigint, earliest_exit_epoch bigint,
	exit_balance_to_consume numeric, fork text, exit_epoch numeric, withdrawable_epoch text, balance_to_consume text, kind text, source text);
\copy exit_case FROM 'test/vectors/risk/eth_exit.csv' (FORMAT csv, HEADER)
SELECT cmp_ok((SELECT count(*) FROM slashing_case) + (SELECT count(*) FROM loss_case) + (SELECT count(*) FROM leak_case)
	+ (SELECT count(*) FROM exit_case), '>=', 160::bigint, 'all vectors were loaded');

SELECT is(CASE fn
		WHEN 'eth_slashing_penalty' THEN eth_slashing_penalty(effective_balance, fork)
		WHEN 'eth_correlation_penalty' THEN eth_correlation_penalty(effective_balance, total_slashed, total_balance, fork)
		WHEN 'eth_base_reward' THEN eth_base_reward(effective_balance, total_balance)
		WHEN 'eth_attestation_penalty' THEN eth_attestation_penalty(effective_balance, total_balance)
	END, expected::numeric, concat_ws(' ', fn, effective_balance, total_slashed, total_balance, fork))
FROM slashing_case WHERE expected <> 'error';
SELECT throws_ok(format('SELECT %I(%L, %L)', fn, effective_balance, fork), '22023', NULL, concat_ws(' ', fn, fork)) FROM slashing_case WHERE expected = 'error';
SELECT ok((r.initial, r.correlation, r.attestation, r.total) = (c.initial, c.correlation, c.attestation, c.total),
	concat_ws(' ', 'eth_slashing_loss', effective_balance, total_slashed, total_balance, fork))
FROM loss_case c, LATERAL eth_slashing_loss(effective_balance, total_slashed, total_balance, fork) r;
SELECT ok((r.balance_after, r.effective_balance, r.score_after, r.leaked) = (c.balance_after, c.effective_balance, c.score_after, c.leaked),
	concat_ws(' ', 'eth_inactivity_leak', balance, epochs, score, fork, max_effective_balance))
FROM leak_case c, LATERAL eth_inactivity_leak(balance, epochs, score, fork, max_effective_balance) r;
SELECT is(eth_exit_churn_limit(total_balance, fork), exit_epoch, concat_ws(' ', fn, total_balance, fork)) FROM exit_case WHERE fn = 'eth_exit_churn_limit';
SELECT ok((r.exit_epoch::numeric, r.withdrawable_epoch::text, r.balance_to_consume::text) = (c.exit_epoch, c.withdrawable_epoch, c.balance_to_consume),
	concat_ws(' ', fn, exit_balance, total_balance, current_epoch, earliest_exit_epoch, exit_balance_to_consume, fork))
FROM exit_case c, LATERAL eth_exit_queue(exit_balance, total_balance, current_epoch, earliest_exit_epoch, exit_balance_to_consume, fork) r WHERE fn = 'eth_exit_queue';

-- laws
SELECT ok(abs(eth_issuance_apr(36e15::numeric) - 0.02767) < 1e-5, '36 million ether: 2.767 %');
SELECT is_empty($$
	SELECT n FROM generate_series(0, 20000, 137) n, LATERAL eth_inactivity_leak(32000000000, n) a, LATERAL eth_inactivity_leak(a.balance_after, 1000, a.score_after) b,
		LATERAL eth_inactivity_leak(32000000000, n + 1000) c
	WHERE abs(b.balance_after - c.balance_after) > 1e9 OR b.score_after <> c.score_after OR a.balance_after + a.leaked <> 32000000000
$$, 'a leak goes on where it stopped, but for the lag of the effective balance');
SELECT is_empty($$
	WITH RECURSIVE q(n, epoch, room) AS (
		VALUES (0, 0::bigint, 0::numeric)
		UNION ALL
		SELECT n + 1, exit_epoch, balance_to_consume FROM q, LATERAL eth_exit_queue(32000000000, 34000000000000000, 1000, epoch, room) WHERE n < 500
	)
	SELECT n FROM q, LATERAL eth_exit_queue(32000000000 * n::numeric, 34000000000000000, 1000) WHERE n > 0 AND (exit_epoch, balance_to_consume) <> (epoch, room)
$$, 'many exits take as long as one of them all');
SELECT is_empty($$
	SELECT fork FROM unnest('{phase0,altair,bellatrix,electra}'::text[]) fork, generate_series(0, 40, 1) n
	WHERE eth_correlation_penalty(32000000000, n * 1000000000000000::numeric, 34000000000000000, fork) > eth_correlation_penalty(32000000000, (n + 1) * 1000000000000000::numeric, 34000000000000000, fork)
$$, 'more slashed, more lost');
SELECT is(eth_correlation_penalty(32000000000, 32000000000, 34000000000000000, 'deneb'), 0::numeric, 'before Electra one alone loses nothing');
SELECT ok(eth_slashing_penalty(b, 'capella') = eth_slashing_penalty(b, 'bellatrix') AND eth_slashing_penalty(b, 'fulu') = eth_slashing_penalty(b), 'forks between')
FROM (VALUES (2048000000000::numeric)) v(b);
SELECT * FROM finish();
ROLLBACK;
