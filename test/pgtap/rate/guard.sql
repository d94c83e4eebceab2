-- Properties of guards, and what they say of real data.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null
SET LOCAL timezone = 'UTC';

-- decimal figures at their bounds, below and above, judged in numeric
CREATE TEMP TABLE updates AS
SELECT old, round(old * (1 + sign * bps / 1e4) + nudge * 1e-10, 12) AS new, bps, sign, nudge
FROM (SELECT round(0.9 + random()::numeric * 0.4, 8) AS old, (1 + random() * 300)::int::numeric AS bps FROM generate_series(1, 400)) x,
	(VALUES (1), (-1)) s(sign), (VALUES (-1), (0), (1)) n(nudge);
SELECT is_empty($$
	SELECT 1 FROM updates WHERE rate_jump_ok(old, new, bps, bps) <> (abs(new - old) * 1e4 <= old * bps)
$$, 'rate_jump_ok is what numeric says, also exactly at the bound');
SELECT is_empty($$
	SELECT 1 FROM updates WHERE rate_guard(old, new, NULL, NULL, max_up => (bps / 1e4)::float8, max_down => (bps / 1e4)::float8)
		IS DISTINCT FROM CASE WHEN (new - old) * 1e4 > old * bps THEN 'jump_up' WHEN (old - new) * 1e4 > old * bps THEN 'jump_down' END
$$, 'so is rate_guard');
SELECT is_empty($$
	SELECT 1 FROM generate_series(1, 2000), LATERAL (SELECT 1 + random() * 0.2 AS r, random() * 0.3 AS a, random() * 700 AS d) x,
		LATERAL (SELECT timestamptz '2024-01-01' AS t0, timestamptz '2024-01-01' + d * interval '1 day' AS t1) t,
		LATERAL (SELECT rate_cap(r, t0, t1, a) AS cap) c
	WHERE rate_guard(r, cap, t0, t1, max_apr => a) IS NOT NULL OR rate_guard(r, cap * (1 + 1e-14), t0, t1, max_apr => a) IS DISTINCT FROM 'growth'
		OR NOT is_close(cap, exact(r) * (1 + exact(a) * extract(epoch FROM t1 - t0) / 31536000), 1e-15)
		OR (t1 > t0 AND NOT is_close(apr(r, cap, t0, t1), exact(a), 1e-9, 1e-9))
$$, 'rate_cap is the greatest rate that passes, and its yield is max_apr');
SELECT is_empty($$
	SELECT 1 FROM generate_series(1, 500), LATERAL (SELECT random() * 1e24 AS a, 1 + random() * 1e24 AS s, 0.5 + random() AS r) x
	WHERE NOT is_close(backing_ratio(a, s, r), exact(a) / (exact(s) * exact(r)), 1e-15) OR (a < s * r) <> (backing_ratio(a, s, r) < 1)
$$, 'backing_ratio');

-- Rocket Pool as recorded: the row without supply, the one after it, two days of much growth, and the report that goes back in time
CREATE TEMP TABLE reth (id bigint GENERATED ALWAYS AS IDENTITY, block_number bigint, ts timestamptz, total_eth numeric, supply numeric);
\copy reth (block_number, ts, total_eth, supply) FROM 'examples/data/reth_balances.csv' (FORMAT csv, HEADER)
CREATE TEMP TABLE judged AS
SELECT id, block_number, ts, rate_guard(lag(rate) OVER w, rate, lag(ts) OVER w, ts, max_up => 0.01, max_down => 0.05, max_apr => 0.27) AS reason
FROM (SELECT *, CASE WHEN supply = 0 THEN 0 ELSE total_eth / supply END::float8 AS rate FROM reth) r WINDOW w AS (ORDER BY id);
SELECT results_eq('SELECT block_number, reason FROM judged WHERE reason IS NOT NULL ORDER BY id', $$VALUES
	(13337280::bigint, 'no_rate'), (13338720, 'no_old_rate'), (15891840, 'growth'), (16001280, 'out_of_order'),
	(16179840, 'growth')$$, 'of 1245 reports of rETH five stand out: two at the beginning, days of 30 % and 39 % a year, and one that goes back');

-- Chainlink's stETH/ETH at the depeg of June 2022
CREATE TEMP TABLE round (round_id numeric, updated_at timestamptz, answer numeric);
\copy round FROM 'test/vectors/rate/steth_eth_rounds.csv' (FORMAT csv, HEADER)
INSERT INTO round VALUES (18446744073709551999, 'epoch', 0);
SELECT results_eq($$
	SELECT updated_at::date, rate_guard(lag(answer / 1e18) OVER w, answer / 1e18, lag(updated_at) OVER w, updated_at, max_up => 0.02, max_down => 0.02)
	FROM round WINDOW w AS (ORDER BY round_id) ORDER BY round_id
$$, $$
	VALUES (date '2022-06-10', NULL), ('2022-06-11', NULL), ('2022-06-12', NULL), ('2022-06-13', 'jump_down'), ('2022-06-13', 'jump_up'),
		('2022-06-14', 'jump_down'), ('2022-06-15', NULL), ('2022-06-16', NULL), ('2022-06-17', NULL), ('2022-06-18', NULL),
		('2022-06-19', NULL), ('2022-06-20', NULL), ('2022-06-21', NULL), ('1970-01-01', 'no_rate')
$$, 'jumps of two percent, and a round that was never answered');

SELECT * FROM finish();
ROLLBACK;
