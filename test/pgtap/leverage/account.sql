-- Properties and vectors of domain leverage: lending accounts.
\set ON_ERROR_STOP on
\set QUIET on
BEGIN;
\i test/pgtap/include/common.sql
SELECT no_plan();
SELECT setseed(0.5) \g /dev/null

CREATE TEMP TABLE agg_case (collateral float8[], liquidation_threshold float8[], debt float8[], health_factor numeric, ltv numeric, leverage numeric,
	tol numeric, abs_tol numeric, kind text, source text);
\copy agg_case FROM 'test/vectors/leverage/account_agg.csv' (FORMAT csv, HEADER)
SELECT cmp_ok(count(*)::int, '>=', 13, 'all vectors of account_agg were loaded') FROM agg_case;
SELECT ok(is_close(health_factor(s), c.health_factor, tol, abs_tol) AND is_close(ltv(s), c.ltv, tol, abs_tol) AND is_close(leverage(s), c.leverage, tol, abs_tol),
	format('account of %s positions: %s', num_positions(s), c.health_factor))
FROM agg_case c, LATERAL (SELECT account_agg(x, t, d) AS s FROM unnest(collateral, c.liquidation_threshold, debt) u(x, t, d)) a;
CREATE TEMP TABLE loop_case (fn text, a float8, b float8, c float8, expected numeric, tol numeric, abs_tol numeric, kind text, source text);
\copy loop_case FROM 'test/vectors/leverage/loop.csv' (FORMAT csv, HEADER)
DELETE FROM loop_case WHERE fn <> 'health_factor';
SELECT cmp_ok(count(*)::int, '>=', 30, 'all vectors of health_factor were loaded') FROM loop_case;
SELECT ok(is_close(health_factor(a, b, c), expected, tol, abs_tol), format('health_factor(%s, %s, %s) = %s', a, b, c, expected)) FROM loop_case;
CREATE TEMP TABLE aave_case (collateral float8[], liquidation_threshold float8[], ltv float8[], debt float8[], health_factor numeric, available_to_borrow numeric,
	tol numeric, abs_tol numeric, kind text, source text);
\copy aave_case FROM 'test/vectors/leverage/account_aave.csv' (FORMAT csv, HEADER)
SELECT ok(is_close(health_factor(s), c.health_factor, 1e-12) AND is_close(available_to_borrow(s), c.available_to_borrow, tol, abs_tol),
	format('account of Aave with %s assets', num_positions(s)))
FROM aave_case c, LATERAL (SELECT account_agg(x, t, d, l) AS s FROM unnest(collateral, c.liquidation_threshold, debt, c.ltv) u(x, t, d, l)) a;

-- what the contract gave for 502 accounts
CREATE TEMP TABLE aave (account text, collateral_usd float8, debt_usd float8, liquidation_threshold_bps int, ltv_bps int, health_factor float8,
	wsteth_amount float8, eth_debt float8, emode int);
\copy aave FROM 'examples/data/aave_v3_wsteth_accounts.csv' (FORMAT csv, HEADER)
SELECT is_empty($$
	SELECT 1 FROM aave WHERE NOT is_close(health_factor(collateral_usd, liquidation_threshold_bps / 1e4, debt_usd), exact(health_factor), 2e-10)
$$, 'health factors that Aave v3 computed itself');
SELECT is(count(*)::int, 502, 'of all accounts with wstETH') FROM aave;

-- positions of accounts, of all sizes, some of them with collateral or debt alone
CREATE TABLE leverage_position AS
SELECT g AS row, (random() * 40)::int AS account, (random() * 9)::int AS part,
	CASE WHEN random() < 0.8 THEN exp(random() * 20 - 10) END AS c, CASE WHEN random() < 0.9 THEN random() * 0.95 END AS t,
	CASE WHEN random() < 0.8 THEN exp(random() * 20 - 10) END AS d, CASE WHEN random() < 0.9 THEN random() * 0.9 END AS l
FROM generate_series(1, 3000) g;
CREATE TEMP TABLE whole AS
SELECT account, account_agg(c, t, d, l) AS s, account_agg(c, t, d) AS s3, sum(exact(c)) AS sc, sum(exact(d)) AS sd, sum(exact(c) * exact(t)) AS st, sum(exact(c) * exact(l)) AS sl,
	count(*) FILTER (WHERE c IS NOT NULL OR d IS NOT NULL) AS n
FROM leverage_position GROUP BY account;
SELECT is_empty($$
	SELECT 1 FROM whole WHERE NOT (is_close(total_collateral(s), sc, 1.1e-14) AND is_close(total_debt(s), sd, 1.1e-14) AND is_close(health_factor(s), st / sd, 1e-14)
		AND is_close(ltv(s), sd / sc, 1e-14) AND is_close(leverage(s), CASE WHEN sc > sd THEN sc / (sc - sd) END, 1e-14) AND is_close(equity(s), sc - sd, 1e-14)
		AND is_close(liquidation_distance(s), (st - sd) / st, 1e-14) AND is_close(available_to_borrow(s), greatest(sl - sd, 0), 1e-14) AND num_positions(s) = n
		AND available_to_borrow(s3) IS NULL AND (health_factor(s3), ltv(s3), equity(s3)) = (health_factor(s), ltv(s), equity(s)))
$$, 'every measure is that of sums in numeric');
SELECT is_empty($$
	SELECT 1 FROM whole WHERE abs(health_factor(s) * (1 - liquidation_distance(s)) - 1) > 1e-13 * greatest(1, health_factor(s))
$$, 'at the liquidation distance the health factor is one');

-- any order, any split
CREATE TEMP VIEW measured AS SELECT account, health_factor(s) AS h, ltv(s) AS v, leverage(s) AS g, liquidation_distance(s) AS x, available_to_borrow(s) AS b, equity(s) AS e FROM whole;
SELECT is_empty($$
	SELECT 1 FROM leverage_position p JOIN measured m USING (account) GROUP BY account, h, v, g, x, b, e
	HAVING (health_factor(account_agg(c, t, d, l ORDER BY random())), ltv(account_agg(c, t, d ORDER BY c)), leverage(account_agg(c, t, d ORDER BY row DESC)),
		available_to_borrow(account_agg(c, t, d, l ORDER BY d)), equity(account_agg(c, t, d ORDER BY t))) IS DISTINCT FROM (h, v, g, b, e)
$$, 'no order of rows makes a difference');
CREATE MATERIALIZED VIEW leverage_parts AS SELECT account, part, account_agg(c, t, d, l) AS s FROM leverage_position GROUP BY 1, 2;
SELECT is_empty($$
	SELECT 1 FROM leverage_parts JOIN measured m USING (account) GROUP BY account, h, v, g, x, b, e
	HAVING (health_factor(rollup(s ORDER BY random())), ltv(rollup(s)), leverage(rollup(s)), liquidation_distance(rollup(s)), available_to_borrow(rollup(s)), equity(rollup(s)))
		IS DISTINCT FROM (h, v, g, x, b, e)
$$, 'what was stored in parts rolls up to the same');
SELECT is_empty($$
	SELECT 1 FROM (SELECT account, row, account_agg(c, t, d, l) OVER w AS s, array_agg(c) OVER w AS cs, array_agg(t) OVER w AS ts, array_agg(d) OVER w AS ds, array_agg(l) OVER w AS ls
		FROM leverage_position WINDOW w AS (PARTITION BY account ORDER BY row ROWS 5 PRECEDING)) m,
		LATERAL (SELECT account_agg(a, b, c, d) AS s FROM unnest(cs, ts, ds, ls) u(a, b, c, d)) x
	WHERE (health_factor(m.s), available_to_borrow(m.s), num_positions(m.s)) IS DISTINCT FROM (health_factor(x.s), available_to_borrow(x.s), num_positions(x.s))
$$, 'over a moving frame the same');
ANALYZE leverage_position;
ALTER TABLE leverage_position SET (parallel_workers = 2);
SELECT force_parallel() \g /dev/null
SELECT matches(explained('SELECT account, account_agg(c, t, d, l) FROM leverage_position GROUP BY account'), 'Partial', 'it runs in parallel');
SELECT is_empty($$
	SELECT 1 FROM (SELECT account, account_agg(c, t, d, l) AS s FROM leverage_position GROUP BY account) p JOIN measured USING (account)
	WHERE (health_factor(s), ltv(s), leverage(s), liquidation_distance(s), available_to_borrow(s), equity(s)) IS DISTINCT FROM (h, v, g, x, b, e)
$$, 'and gives the same');
SELECT force_serial() \g /dev/null

-- a sum that a plain one would lose
SELECT is((SELECT equity(account_agg(c, 0.5, d)) FROM (VALUES (1e18::float8, 1e18::float8), (0.25, 0)) x(c, d)), 0.25::float8, 'cancellation leaves what is left');

-- account_summary: round trips and corrupt images
SELECT is_empty('SELECT 1 FROM whole WHERE s::text::account_summary <> s OR _account_summary_send(s::text::account_summary) <> _account_summary_send(s)', 'text round trip');
SELECT is_empty($$SELECT 1 FROM whole WHERE binary_copy(_account_summary_send(s), 'account_summary') <> s::text$$, 'binary round trip');
SELECT throws_ok(format('SELECT binary_copy(%L, %L)', overlay(_account_summary_send(s) PLACING '\x7fffffffffffffff' FROM 9), 'account_summary'), '22P03', NULL, 'a bin that is too full')
FROM whole LIMIT 1;
SELECT throws_ok(format('SELECT binary_copy(%L, %L)', overlay(_account_summary_send(s) PLACING '\x0000000000000000' FROM 201), 'account_summary'), '22P03', NULL, 'no positions are no account')
FROM whole LIMIT 1;
SELECT throws_ok(format('SELECT binary_copy(%L, %L)', substr(_account_summary_send(s), 1, 207), 'account_summary'), '08P01', NULL, 'an image that ends early') FROM whole LIMIT 1;
SELECT is((SELECT count(*) FROM whole a JOIN whole b USING (s)), (SELECT count(*) FROM whole), 'hash join on summaries');
SELECT is_empty('SELECT 1 FROM whole a, whole b WHERE (a.s < b.s)::int + (a.s = b.s)::int + (a.s > b.s)::int <> 1 OR (a.s <= b.s) <> NOT (a.s > b.s)', 'a total order');

SELECT * FROM finish();
ROLLBACK;
