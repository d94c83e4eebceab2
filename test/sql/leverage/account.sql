-- domain leverage: lending accounts: behaviour, errors and edges

SELECT health_factor(100, 0.75, 50), health_factor(100, 0.75, 75), health_factor(0, 0.75, 75), health_factor(1000, 0, 1);
SELECT health_factor(100, 0.75, 0) IS NULL, health_factor(NULL, 0.75, 1) IS NULL, health_factor(0, 0, 0) IS NULL;
SELECT health_factor(liquidation_threshold => 0.5, debt => 1, collateral => 4);
SELECT health_factor(-1, 0.75, 50);
SELECT health_factor(100, 1, 50);
SELECT health_factor(100, 8300, 50);
SELECT health_factor(100, -0.1, 50);
SELECT health_factor(100, 0.75, -50);
SELECT health_factor('NaN', 0.75, 50);
SELECT health_factor(100, 'NaN', 50);
SELECT health_factor(100, 0.75, 'NaN');
SELECT health_factor('Infinity', 0.75, 50);
SELECT health_factor(100, 0.75, 'Infinity');
SELECT health_factor(1e300, 0.75, 1e-300);

-- an account of three rows
CREATE TEMP TABLE position (account text, asset text, collateral float8, liquidation_threshold float8, debt float8, ltv float8);
INSERT INTO position VALUES
	('a', 'wstETH', 100, 0.75, NULL, 0.5), ('a', 'USDC', 60, 0.5, 30, 0.25), ('a', 'ETH', NULL, NULL, 30, NULL),
	('b', 'wstETH', 100, 0.75, 0, 0.5),
	('c', 'ETH', 0, 0.75, 10, 0.5),
	('d', 'ETH', NULL, 0.75, NULL, 0.5),
	('e', 'ETH', 100, 0.75, 100, 0.5),
	('f', 'ETH', 50, NULL, 100, NULL);
CREATE TEMP TABLE account AS
SELECT account, account_agg(collateral, liquidation_threshold, debt) AS s, account_agg(collateral, liquidation_threshold, debt, ltv) AS l
FROM position GROUP BY account;
SELECT * FROM account ORDER BY account;
SELECT account, health_factor(s), ltv(s), leverage(s), liquidation_distance(s), equity(s), total_collateral(s), total_debt(s), num_positions(s)
FROM account ORDER BY account;
SELECT account, available_to_borrow(s), available_to_borrow(l), l = s AS same FROM account ORDER BY account;

-- NULL: a row with neither is skipped; where one is NULL the other counts
SELECT account_agg(NULL, 0.5, NULL) IS NULL, account_agg(1, 0.5, 1) FILTER (WHERE false) IS NULL, rollup(NULL::account_summary) IS NULL;
SELECT account_agg(c, t, d), sum(c), sum(c * t), sum(d) FROM (VALUES (8, 0.5, NULL), (NULL, NULL, 2), (NULL, 0.5, 1), (16, NULL, NULL), (NULL, NULL, NULL)) x(c, t, d);

-- rows are checked, whatever the others are
SELECT account_agg(c, 0.5, 1) FROM (VALUES (1), (-1)) x(c);
SELECT account_agg(1, t, 1) FROM (VALUES (0.5), (1)) x(t);
SELECT account_agg(1, 0.5, d) FROM (VALUES (1), ('NaN'::float8)) x(d);
SELECT account_agg(1, 0.5, 1, l) FROM (VALUES (0.5), (1.5)) x(l);
SELECT account_agg(1e308, 0.5, 1) FROM generate_series(1, 2);
SELECT account_agg('Infinity', 0.5, 1);

-- merging
SELECT rollup(s), rollup(l) FROM account;
SELECT available_to_borrow(rollup(x)) IS NULL AS "some ltv is not known" FROM (SELECT s FROM account WHERE account = 'a' UNION ALL SELECT l FROM account) y(x);
SELECT health_factor(rollup(s)) = (SELECT health_factor(account_agg(collateral, liquidation_threshold, debt)) FROM position) AS same FROM account;
SELECT account, asset, num_positions(account_agg(collateral, liquidation_threshold, debt) OVER w) AS n, total_debt(account_agg(collateral, liquidation_threshold, debt, ltv) OVER w) AS debt
FROM position WINDOW w AS (ORDER BY account, asset ROWS 1 PRECEDING) ORDER BY account, asset;
SELECT account, num_positions(rollup(s) OVER (ORDER BY account ROWS 1 PRECEDING)) AS n FROM account ORDER BY account;

-- the type
SELECT s::text::account_summary = s, _account_summary_send(s) = _account_summary_send(s::text::account_summary) FROM account WHERE account = 'a';
SELECT count(DISTINCT s), count(*) FROM account;
SELECT account FROM account ORDER BY s;
SELECT '(41:40960,41:15360,41:26880,41:16640,0,3)'::account_summary;
SELECT '(41:40960,41:15360,41:26880,41:16640,0)'::account_summary;
SELECT '(41:40960,41:15360,41:26880,41:16640,0,0)'::account_summary;
SELECT '(41:40960,41:15360,41:42240,41:16640,0,3)'::account_summary;
SELECT '(41:40960,41:-15360,41:26880,41:16640,0,3)'::account_summary;
SELECT '(41:40960:300000000,41:15360,41:26880,41:16640,0,3)'::account_summary;
SELECT '(41:40960,41:15360,41:26880,41:16640,4,3)'::account_summary;
SELECT '(NaN,41:15360,41:26880,41:16640,0,3)'::account_summary;
SELECT ''::account_summary;
